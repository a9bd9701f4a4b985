//! 报表: papers that leave the program.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use std::{collections::HashMap, sync::Arc};

use xueji_domain::{exact::Exact, ids::MemberId, roster::RankTable, rules::model::Kind};
use xueji_exchange::{
    file::write_atomically,
    papers::{
        attendance_ledger::{self, AttendanceLedger, LedgerMember, LedgerSession},
        summary::{CreditLine, SummaryMember, SummaryPaper},
        supplements::{self, SupplementLine},
    },
};
use xueji_store::{
    Reader,
    tables::{
        book,
        credits::{self as store_credits, ReviewState},
        months::{self, SupplementRecord},
        roster::MemberRecord,
        study,
    },
};

use crate::{
    app::Core,
    areas::credits::{self, CreditEntry, CreditResult, CreditRow, MemberCredits},
    context::QueryContext,
    error::ApiError,
    files::file_name,
    jobs::Progress,
    messages::sentence,
    records::Records,
    rules::{
        count::{Scope, Year},
        quantities,
        shelf::Loaded,
        view,
    },
};

/// Writes a paper of a year to a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WriteReport {
    /// The year.
    pub year: i32,
    /// Where, by token of a save dialog.
    pub file: String,
}

/// A paper that was written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReportWritten {
    /// The file's name.
    pub file_name: String,
    /// Members in it.
    pub members: u32,
    /// Sessions in it.
    pub sessions: u32,
    /// Credits in it, line by line.
    pub entries: u32,
}

/// `reports.summary`
pub fn summary(core: &Core, progress: &Progress, request: WriteReport) -> Result<ReportWritten, ApiError> {
    let path = core.files.path(&request.file)?;
    progress.step(0, 3)?;
    let paper = core.query(|context| summary_paper(context, request.year))?;
    progress.step(1, 3)?;
    let bytes = paper.to_xlsx()?;
    progress.step(2, 3)?;
    write_atomically(&path, &bytes)?;
    Ok(ReportWritten {
        file_name: file_name(&path),
        members: count(paper.members.len()),
        sessions: count(paper.ledger.sessions.len()),
        entries: count(paper.entries.len()),
    })
}

/// `reports.attendance_csv`
pub fn attendance_csv(core: &Core, progress: &Progress, request: WriteReport) -> Result<ReportWritten, ApiError> {
    let path = core.files.path(&request.file)?;
    let on = Core::as_of(core.today(), request.year);
    progress.step(0, 2)?;
    let (ledger, supplements) = core.query(|context| {
        let records = Records::of_year(context.reader, request.year, on)?;
        let members: Vec<&MemberRecord> = listed(&records).collect();
        Ok((ledger(&records, &members), supplements_of(context.reader, request.year, &members)?))
    })?;
    progress.step(1, 2)?;
    write_atomically(&path, &ledger.to_csv_with(&supplements))?;
    Ok(ReportWritten {
        file_name: file_name(&path),
        members: count(ledger.members.len()),
        sessions: count(ledger.sessions.len()),
        entries: 0,
    })
}

/// `reports.supplements_csv`
pub fn supplements_csv(core: &Core, progress: &Progress, request: WriteReport) -> Result<ReportWritten, ApiError> {
    let path = core.files.path(&request.file)?;
    progress.step(0, 2)?;
    let lines: Vec<SupplementLine> = core.query(|context| {
        let records = supplements_in(context.reader, request.year)?;
        Ok(records.into_iter().map(supplement_line).collect())
    })?;
    progress.step(1, 2)?;
    write_atomically(&path, &supplements::to_csv(&lines))?;
    Ok(ReportWritten { file_name: file_name(&path), members: 0, sessions: 0, entries: count(lines.len()) })
}

fn supplements_in(reader: &Reader, year: i32) -> Result<Vec<SupplementRecord>, ApiError> {
    Ok(months::supplements(reader, &format!("{year:04}-01"), &format!("{year:04}-12"))?)
}

fn supplement_line(record: SupplementRecord) -> SupplementLine {
    let what = match &record.undoes {
        None => sentence("operation", &record.name, &record.params),
        Some(undone) => {
            let word = if record.name == "redo" { "重做" } else { "撤销" };
            format!("{word}：{}", sentence("operation", undone, &record.params))
        }
    };
    SupplementLine {
        month: record.month,
        subject: record.subject,
        what,
        reason: record.reason,
        by: record.recorded_by,
        on: record.recorded_on.to_string(),
        undone: record.undone,
    }
}

/// What was changed of each member's marks after their month was closed, as
/// far as it still stands.
fn supplements_of(reader: &Reader, year: i32, members: &[&MemberRecord]) -> Result<Vec<String>, ApiError> {
    let mut of: HashMap<MemberId, Vec<String>> = HashMap::new();
    for record in supplements_in(reader, year)? {
        if let Some(member) = record.member.filter(|_| !record.undone && record.name != "undo") {
            let text = format!("{}：{}（{} {}）", record.subject, record.reason, record.recorded_by, record.recorded_on);
            of.entry(member).or_default().push(text);
        }
    }
    Ok(members.iter().map(|member| of.remove(&member.id).unwrap_or_default().join("；")).collect())
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Whoever belongs to the branch at the year's end, or has a mark in it.
fn listed(records: &Records) -> impl Iterator<Item = &MemberRecord> {
    let marked: std::collections::HashSet<_> =
        records.held().flat_map(|session| records.roll(session)).map(|line| line.member.id).collect();
    records.members.iter().filter(move |member| member.standing.organization.is_some() || marked.contains(&member.id))
}

/// The attendance ledger: members down, held sessions across.
fn ledger(records: &Records, members: &[&MemberRecord]) -> AttendanceLedger {
    let sessions: Vec<_> = records.held().collect();
    let rolls: Vec<HashMap<_, _>> = sessions
        .iter()
        .map(|session| {
            records
                .roll(session)
                .map(|line| {
                    let mark = attendance_ledger::Mark { status: line.status, observer: line.observer, made_up: line.make_up.is_some() };
                    (line.member.id, mark)
                })
                .collect()
        })
        .collect();
    AttendanceLedger {
        sessions: sessions.iter().map(|session| LedgerSession { date: session.fields.date, title: session.fields.title.clone() }).collect(),
        members: members
            .iter()
            .map(|member| LedgerMember {
                staff_no: member.person.staff_no.clone().unwrap_or_default(),
                name: member.person.name.clone(),
                department: member.standing.department.clone().unwrap_or_default(),
                marks: rolls.iter().map(|roll| roll.get(&member.id).copied()).collect(),
            })
            .collect(),
    }
}

fn summary_paper(context: &QueryContext, year: i32) -> Result<SummaryPaper, ApiError> {
    let (reader, today) = (context.reader, context.today);
    let mut counted = Year::read(reader, today, year, &Scope::all(Kind::Credits))?;
    let index = counted.set(None)?;
    let shape = view::shape(reader, &counted)?;
    let set = Arc::clone(counted.sets[index].main());
    let all = credits::all_explained(reader, &mut counted, index, &shape)?;
    let of: HashMap<MemberId, MemberCredits> = all.into_iter().map(|credits| (credits.row.member.id, credits)).collect();
    let records = Records::of_year(reader, year, Core::as_of(today, year))?;
    let members: Vec<&MemberRecord> = listed(&records).collect();
    let ledger = ledger(&records, &members);
    let studied = StudySums::of(reader, &set, year)?;
    let categories = view::categories(&set.rules);
    let (mut lines, mut entries) = (Vec::new(), Vec::new());
    for ((member, number), row) in members.iter().zip(1..).zip(&ledger.members) {
        let own = of.get(&member.id);
        entries.extend(own.into_iter().flat_map(|own| credit_lines(member, own)));
        let mut line = summary_member(member, number, own.map(|own| &own.row), categories.len());
        line.attendance = row.counts(ledger.sessions.len());
        line.self_study_minutes = Some(studied.minutes(member.id));
        line.notes_count = studied.notes(member.id);
        lines.push(line);
    }
    let words = view::rules_view(&set, year, today);
    Ok(SummaryPaper {
        book_name: book::get(reader)?.name,
        year,
        made_on: today,
        rule_title: words.title,
        rule_lines: words.lines.into_iter().map(|rule| format!("规则文件第 {} 行：{}", rule.line, rule.words)).collect(),
        unit_word: words.unit,
        categories: categories.into_iter().map(|category| category.label).collect(),
        members: lines,
        entries,
        ledger,
        notes: notes(&records, &set.rules.head.unit),
    })
}

fn summary_member(member: &MemberRecord, line: u32, row: Option<&CreditRow>, categories: usize) -> SummaryMember {
    let (person, standing) = (&member.person, &member.standing);
    let tier = RankTable::shipped().tier_of(standing.rank.as_deref());
    let result = match row.map(|row| (row.result, row.verdict)) {
        Some((CreditResult::Met, _)) => "达标",
        Some((CreditResult::Short, Some(_))) => "未达标",
        Some((CreditResult::Short, None)) => "未定",
        Some((CreditResult::NotRequired, _)) | None => "不作要求",
    };
    SummaryMember {
        line,
        staff_no: person.staff_no.clone().unwrap_or_default(),
        name: person.name.clone(),
        unit: standing.department.clone().unwrap_or_default(),
        rank: standing.rank.clone().unwrap_or_default(),
        tier: tier.label().to_owned(),
        party: standing.party_status.clone().unwrap_or_default(),
        category: standing.category.clone().unwrap_or_default(),
        required: row.and_then(|row| row.required),
        earned: row.map_or(Exact::ZERO, |row| row.earned),
        by_category: row.map_or_else(|| vec![Exact::ZERO; categories], |row| row.by_category.clone()),
        gap: row.and_then(|row| row.gap),
        result: result.to_owned(),
        attendance: Default::default(),
        self_study_minutes: None,
        notes_count: 0,
    }
}

/// A member's credits, line by line.
fn credit_lines(member: &MemberRecord, credits: &MemberCredits) -> Vec<CreditLine> {
    let line = |entry: &CreditEntry| CreditLine {
        staff_no: member.person.staff_no.clone().unwrap_or_default(),
        name: member.person.name.clone(),
        department: member.standing.department.clone().unwrap_or_default(),
        date: entry.date.clone().unwrap_or_else(|| "日期不详".to_owned()),
        category: entry.category.clone(),
        fact: entry.fact.clone(),
        rule: entry.rule.clone(),
        rule_line: format!("第 {} 行", entry.rule_line),
        base: entry.steps.join("；"),
        amount: entry.base,
        counted: entry.counted,
        remark: if entry.counted < entry.base { "超出上限的部分不计".to_owned() } else { String::new() },
    };
    credits.entries.iter().map(line).collect()
}

/// How long everybody studied alone, and how many notes there are; entries
/// that were not accepted left out.
struct StudySums(HashMap<MemberId, (Exact, u32)>);

impl StudySums {
    fn of(reader: &Reader, set: &Loaded, year: i32) -> Result<Self, ApiError> {
        let reviews = store_credits::reviews(reader)?;
        let mut sums: HashMap<MemberId, (Exact, u32)> = HashMap::new();
        for entry in study::of_year(reader, year)? {
            if reviews.get(&entry.id).is_some_and(|review| review.state != ReviewState::Accepted) {
                continue;
            }
            let (minutes, notes) = sums.entry(entry.fields.member).or_default();
            *minutes = minutes.checked_add(quantities::minutes(&set.rules, entry.fields.amount)).unwrap_or(*minutes);
            *notes += u32::from(entry.note.is_some() || entry.fields.declared_chars.is_some());
        }
        Ok(Self(sums))
    }

    /// Whole minutes, rounded down.
    fn minutes(&self, member: MemberId) -> u64 {
        let minutes = self.0.get(&member).map_or(Exact::ZERO, |(minutes, _)| *minutes);
        u64::try_from(minutes.numer() / minutes.denom()).unwrap_or(0)
    }

    fn notes(&self, member: MemberId) -> u32 {
        self.0.get(&member).map_or(0, |(_, notes)| *notes)
    }
}

/// What a reader of the paper has to know.
fn notes(records: &Records, unit: &str) -> Vec<String> {
    let mut notes = vec![
        "人员以姓氏笔画为序；职级、层级、部门以年末（当年为制表日）的登记为准。".to_owned(),
        "出勤率 =（出席 + 迟到 + 早退）÷（应到 − 公假）；未登记计入应到，不要求和列席不计入应到。含补学出勤率另把已补学的缺席、病假、事假计为出席。".to_owned(),
        "只统计状态为“已开展”的学习活动。".to_owned(),
        format!("{unit}按精确数计算，只在规则写明的地方取整；不作要求的人不计入达标人数。"),
    ];
    let without: Vec<String> =
        records.held().filter(|session| session.fields.amount.is_none()).map(|session| session.fields.title.clone()).collect();
    if !without.is_empty() {
        notes.push(format!("下列活动没有登记时长，未计{unit}：{}。", without.join("、")));
    }
    notes
}
