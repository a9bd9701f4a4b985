//! 报表: papers that leave the program.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use std::collections::HashMap;

use chrono::NaiveDate;
use xueji_domain::{
    roster::RankTable,
    simple_rules::{Category, Ledger, Outcome, RuleSet},
};
use xueji_exchange::{
    file::write_atomically,
    papers::{
        attendance_ledger::{self, AttendanceLedger, LedgerMember, LedgerSession},
        summary::{CreditLine, SummaryMember, SummaryPaper},
    },
};
use xueji_store::{
    Reader,
    tables::{book, roster::MemberRecord},
};

use crate::{
    app::Core,
    credits::{self, Facts},
    error::ApiError,
    files::file_name,
    jobs::Progress,
    records::Records,
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
    let today = core.today();
    progress.step(0, 3)?;
    let paper = core.query(|context| summary_paper(context.reader, request.year, today))?;
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
    let ledger = core.query(|context| {
        let records = Records::of_year(context.reader, request.year, on)?;
        let members: Vec<&MemberRecord> = listed(&records).collect();
        Ok(ledger(&records, &members))
    })?;
    progress.step(1, 2)?;
    write_atomically(&path, &ledger.to_csv())?;
    Ok(ReportWritten {
        file_name: file_name(&path),
        members: count(ledger.members.len()),
        sessions: count(ledger.sessions.len()),
        entries: 0,
    })
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

fn summary_paper(reader: &Reader, year: i32, today: NaiveDate) -> Result<SummaryPaper, ApiError> {
    let rules = credits::rules();
    let records = Records::of_year(reader, year, Core::as_of(today, year))?;
    let facts = Facts::collect(reader, &records, year, rules)?;
    let members: Vec<&MemberRecord> = listed(&records).collect();
    let ledger = ledger(&records, &members);
    let ranks = RankTable::shipped();
    let (mut lines, mut entries) = (Vec::new(), Vec::new());
    for ((member, number), row) in members.iter().zip(1..).zip(&ledger.members) {
        let tier = ranks.tier_of(member.standing.rank.as_deref());
        let credits = facts.ledger(rules, member.id, tier);
        entries.extend(credit_lines(member, &credits, rules));
        let (result, gap) = match credits.outcome {
            Outcome::Met => ("达标", None),
            Outcome::Short { gap } => ("未达标", Some(gap)),
            Outcome::NotRequired => ("不作要求", None),
        };
        let (person, standing) = (&member.person, &member.standing);
        lines.push(SummaryMember {
            line: number,
            staff_no: person.staff_no.clone().unwrap_or_default(),
            name: person.name.clone(),
            unit: standing.department.clone().unwrap_or_default(),
            rank: standing.rank.clone().unwrap_or_default(),
            tier: tier.label().to_owned(),
            party: standing.party_status.clone().unwrap_or_default(),
            category: standing.category.clone().unwrap_or_default(),
            required: credits.required,
            earned: credits.earned,
            by_category: credits.by_category.iter().map(|total| total.counted).collect(),
            gap,
            result: result.to_owned(),
            attendance: row.counts(ledger.sessions.len()),
            self_study_minutes: Some(facts.self_study_minutes(member.id)),
            notes_count: facts.note_count(member.id),
        });
    }
    Ok(SummaryPaper {
        book_name: book::get(reader)?.name,
        year,
        made_on: today,
        rule_title: rules.name().to_owned(),
        rule_lines: rules
            .lines()
            .into_iter()
            .map(|rule| format!("规则文件第 {} 行：{}：{}", rule.line, rules.label(rule.category), rule.words))
            .collect(),
        unit_word: rules.unit().to_owned(),
        categories: Category::ALL.into_iter().map(|category| rules.label(category).to_owned()).collect(),
        members: lines,
        entries,
        ledger,
        notes: notes(&records, rules),
    })
}

/// A member's credits, line by line.
fn credit_lines(member: &MemberRecord, ledger: &Ledger, rules: &RuleSet) -> Vec<CreditLine> {
    ledger
        .entries
        .iter()
        .map(|entry| {
            let steps: Vec<String> = entry.steps.iter().map(|step| credits::step_words(&step.what, step.before, step.after)).collect();
            CreditLine {
                staff_no: member.person.staff_no.clone().unwrap_or_default(),
                name: member.person.name.clone(),
                department: member.standing.department.clone().unwrap_or_default(),
                date: entry.date.map_or_else(|| "日期不详".to_owned(), |day| day.to_string()),
                category: rules.label(entry.category).to_owned(),
                fact: entry.label.clone(),
                rule: entry.rule.clone(),
                rule_line: format!("第 {} 行", entry.rule_line),
                base: steps.join("；"),
                amount: entry.base,
                counted: entry.counted,
                remark: if entry.counted < entry.base { "超出年上限的部分不计".to_owned() } else { String::new() },
            }
        })
        .collect()
}

/// What a reader of the paper has to know.
fn notes(records: &Records, rules: &RuleSet) -> Vec<String> {
    let mut notes = vec![
        "人员以姓氏笔画为序；职级、层级、部门以年末（当年为制表日）的登记为准。".to_owned(),
        "出勤率 =（出席 + 迟到 + 早退）÷（应到 − 公假）；未登记计入应到，不要求和列席不计入应到。含补学出勤率另把已补学的缺席、病假、事假计为出席。".to_owned(),
        "只统计状态为“已开展”的学习活动。".to_owned(),
        format!("{}按精确数计算，不取整；科员及以下和其他层级不作要求，不计入达标人数。", rules.unit()),
    ];
    let without: Vec<String> =
        records.held().filter(|session| session.fields.amount.is_none()).map(|session| session.fields.title.clone()).collect();
    if !without.is_empty() {
        notes.push(format!("下列活动没有登记时长，未计{}：{}。", rules.unit(), without.join("、")));
    }
    notes
}
