//! A session's roll as it is read: who is required, each mark with what
//! belongs to it, what leave proposes, who is left out, the count.

use std::collections::HashMap;

use serde::Serialize;
use ts_rs::TS;
use xueji_domain::{
    attendance::{AttendanceCounts, AttendanceRate, AttendanceStatus},
    ids::{LeaveId, MakeUpId, MemberId, SessionId},
    required::LeftOutReason,
    roster::{RankTable, Tier},
    sessions::Role,
    text::{names, pinyin},
};
use xueji_store::{
    Reader,
    tables::{
        attendance::{MakeUpRecord, MarkRecord, MarkSource},
        leave::{self, LeaveRecord},
        roster::MemberRecord,
        sessions::{self, SessionRecord},
    },
};

use super::quorum::{self, QuorumView};
use crate::{
    areas::{
        roster::namesakes,
        sessions::{SessionRequest, SessionRow},
    },
    context::{QueryContext, local},
    error::ApiError,
    records::{LeftOutLine, Records, RollLine},
    rules,
};

/// A session's roll.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AttendanceSheet {
    /// The session.
    pub session: SessionRow,
    /// What a full attendance earns, where a rule gives any: 1.5.
    pub credit: Option<String>,
    /// The unit of `credit`: 学分.
    pub credit_unit: String,
    /// In the order of the printed sheet: those required, and whoever else
    /// has a mark.
    pub rows: Vec<RollRow>,
    /// The count.
    pub tally: Tally,
    /// When the roll was closed, `YYYY-MM-DD HH:MM`; `null` while it is open.
    pub closed_at: Option<String>,
    /// Whether who is required is frozen: from the first mark on.
    pub frozen: bool,
    /// Who would come were the list made anew.
    pub comes: Vec<PersonView>,
    /// Who would go were the list made anew; nobody who has a mark.
    pub goes: Vec<PersonView>,
    /// Who is not required, and why.
    pub left_out: Vec<LeftOutView>,
    /// 来宾: who was there and is not on the roster, by name.
    pub guests: Vec<String>,
}

/// One line of the roll.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RollRow {
    /// Line number on the printed sheet, from 1.
    pub line: u32,
    /// Who.
    #[ts(type = "string")]
    pub member: MemberId,
    /// 姓名
    pub name: String,
    /// Widened: 王　伟.
    pub display_name: String,
    /// 工号
    pub staff_no: Option<String>,
    /// 职级
    pub rank: Option<String>,
    /// 层级
    pub tier: Tier,
    /// Whether another member bears the same name.
    pub namesake: bool,
    /// 部门, which tells namesakes apart.
    pub department: Option<String>,
    /// Pinyin initials and full pinyin.
    pub search_keys: Vec<String>,
    /// The mark.
    pub mark: MarkView,
    /// What a leave proposes for whoever is unmarked, or was marked absent
    /// before the leave came. Nothing of it is stored.
    pub proposal: Option<LeaveProposal>,
}

/// A leave that covers the session's day and is not taken over.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeaveProposal {
    /// Which leave.
    #[ts(type = "string")]
    pub leave: LeaveId,
    /// 公假, 病假 or 事假.
    pub kind: AttendanceStatus,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day, `YYYY-MM-DD`.
    pub until: String,
    /// 事由
    pub reason: Option<String>,
    /// 批准人
    pub approver: Option<String>,
    /// When it was written down, `YYYY-MM-DD`.
    pub entered_on: String,
    /// Whether that was after the session (补交).
    pub late: bool,
}

/// One member's mark at a session.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MarkView {
    /// The status; `unmarked` where nothing was ever said. Of leave it is the
    /// kind.
    pub status: AttendanceStatus,
    /// Minutes late or left early, where known.
    pub minutes: Option<u32>,
    /// 列席: outside 应到 and 实到.
    pub observer: bool,
    /// 备注
    pub remark: Option<String>,
    /// 批准人 of the leave.
    pub approver: Option<String>,
    /// How the mark came about; `null`: by hand.
    pub source: Option<MarkOrigin>,
    /// Of a mark that took a leave over: how that leave stands now.
    pub leave: Option<LeaveStanding>,
    /// The make-up, where there is one.
    pub make_up: Option<MakeUpView>,
}

impl MarkView {
    /// Nothing was ever said.
    pub(crate) fn unmarked() -> Self {
        let status = AttendanceStatus::Unmarked;
        Self { status, minutes: None, observer: false, remark: None, approver: None, source: None, leave: None, make_up: None }
    }
}

/// How a mark came about, where nobody typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MarkOrigin {
    /// A card was read.
    Card,
    /// A file was imported.
    Import,
    /// A leave was taken over.
    Leave,
}

impl From<MarkSource> for MarkOrigin {
    fn from(source: MarkSource) -> Self {
        match source {
            MarkSource::Card => Self::Card,
            MarkSource::Import => Self::Import,
            MarkSource::Leave => Self::Leave,
        }
    }
}

/// How the leave stands that a mark took over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeaveStanding {
    /// It says what the mark says.
    Holds,
    /// It was changed since: another kind, other days, another approver.
    Changed,
    /// It was removed since.
    Removed,
}

/// A make-up of a missed session.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MakeUpView {
    /// Its key.
    #[ts(type = "string")]
    pub id: MakeUpId,
    /// `YYYY-MM-DD`; `null` where the day is not known.
    pub done_on: Option<String>,
    /// 补学形式
    pub form: Option<String>,
    /// 凭据
    pub evidence: Option<String>,
    /// Who checked it.
    pub checker: Option<String>,
    /// When it was checked, `YYYY-MM-DD`.
    pub checked_on: Option<String>,
}

/// Somebody of the book.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonView {
    /// Who.
    #[ts(type = "string")]
    pub member: MemberId,
    /// 姓名
    pub name: String,
    /// 部门, where another bears the same name.
    pub department: Option<String>,
}

/// Somebody who is not required.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeftOutView {
    /// Who.
    #[serde(flatten)]
    pub person: PersonView,
    /// Why.
    pub reason: LeftOutReason,
    /// What says so, where there is a word: 离退休, 产假.
    pub detail: Option<String>,
    /// From which day (joined, moved, left), or until which (long leave);
    /// `YYYY-MM-DD`.
    pub day: Option<String>,
}

/// The count at the head of the roll.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Tally {
    /// Each status.
    pub counts: AttendanceCounts,
    /// 应到
    pub required: u32,
    /// 实到
    pub attended: u32,
    /// 请假
    pub on_leave: u32,
    /// 来宾, who are not on the roster.
    pub guests: u32,
    /// 出勤率
    pub rate: AttendanceRate,
    /// 含补学出勤率
    pub rate_with_make_up: AttendanceRate,
    /// Whether enough are there, where that matters.
    pub quorums: Vec<QuorumView>,
}

/// `attendance.sheet`
pub fn sheet(context: &QueryContext, request: SessionRequest) -> Result<AttendanceSheet, ApiError> {
    let session = sessions::get(context.reader, request.id)?;
    let records = Records::of_day(context.reader, session.fields.date)?;
    let credit = credit_of(context, &session)?;
    let leaves = Leaves::on(context.reader, &session)?;
    let (ranks, namesakes) = (RankTable::shipped(), namesakes(&records.members));
    let roll = records.numbered_roll(&session);
    let rows = roll.iter().map(|(number, line)| roll_row(line, *number, &leaves, &ranks, &namesakes)).collect();
    let person = |member: &MemberRecord| person_view(member, &namesakes);
    let (comes, goes) = super::roster_lines::difference(&records, &session);
    Ok(AttendanceSheet {
        session: crate::areas::sessions::row(&records, &session),
        credit: credit.0,
        credit_unit: credit.1,
        rows,
        tally: tally(context.reader, &records, &session)?,
        closed_at: session.roll_closed_at.and_then(local).map(|at| at.format("%Y-%m-%d %H:%M").to_string()),
        frozen: records.is_frozen(session.id),
        comes: comes.into_iter().map(person).collect(),
        goes: goes.into_iter().map(person).collect(),
        left_out: records.left_out(&session).into_iter().map(|line| left_out_view(&line, &namesakes)).collect(),
        guests: guests(&records, session.id),
    })
}

/// What the first rule set in use gives for being there throughout, and its
/// unit.
fn credit_of(context: &QueryContext, session: &SessionRecord) -> Result<(Option<String>, String), ApiError> {
    let Some(loaded) = rules::count::first_in_use(context.reader, session.fields.date)? else { return Ok((None, String::new())) };
    let credit = match session.fields.amount {
        Some(_) => rules::view::full_attendance(&loaded, rules::facts::attended(session))?,
        None => None,
    };
    Ok((credit.map(|credit| credit.to_string()), loaded.rules.head.unit.clone()))
}

/// Names of those who were there and are not on the roster.
pub(super) fn guests(records: &Records, session: SessionId) -> Vec<String> {
    let parts = records.parts.iter().filter(|part| part.session == session && part.role == Role::Observer && part.member.is_none());
    parts.map(|part| part.name.clone()).collect()
}

fn person_view(member: &MemberRecord, namesakes: &HashMap<String, u32>) -> PersonView {
    let name = member.person.name.clone();
    let shared = namesakes.get(&name).is_some_and(|bearers| *bearers > 1);
    PersonView { member: member.id, name, department: member.standing.department.clone().filter(|_| shared) }
}

fn left_out_view(line: &LeftOutLine, namesakes: &HashMap<String, u32>) -> LeftOutView {
    LeftOutView {
        person: person_view(line.member, namesakes),
        reason: line.reason,
        detail: line.detail.map(str::to_owned),
        day: line.day.map(|day| day.to_string()),
    }
}

fn roll_row(line: &RollLine, number: u32, leaves: &Leaves, ranks: &RankTable, namesakes: &HashMap<String, u32>) -> RollRow {
    let (person, standing) = (&line.member.person, &line.member.standing);
    RollRow {
        line: number,
        member: line.member.id,
        name: person.name.clone(),
        display_name: names::widened(&person.name),
        staff_no: person.staff_no.clone(),
        rank: standing.rank.clone(),
        tier: ranks.tier_of(standing.rank.as_deref()),
        namesake: namesakes.get(&person.name).is_some_and(|bearers| *bearers > 1),
        department: standing.department.clone(),
        search_keys: pinyin::search_keys(&person.name),
        mark: mark_view(line, leaves),
        proposal: leaves.proposal(line).map(|leave| proposal_view(leave, leaves)),
    }
}

/// The leaves that touch a session.
pub(crate) struct Leaves {
    day: chrono::NaiveDate,
    of: HashMap<MemberId, LeaveRecord>,
    taken: HashMap<LeaveId, LeaveRecord>,
}

impl Leaves {
    /// Those that cover the session's day, and those that its marks took over.
    pub fn on(reader: &Reader, session: &SessionRecord) -> Result<Self, ApiError> {
        let day = session.fields.date;
        let covering = leave::between(reader, &day.to_string(), &day.to_string())?;
        let mut taken: HashMap<LeaveId, LeaveRecord> = covering.iter().map(|leave| (leave.id, leave.clone())).collect();
        for mark in xueji_store::tables::attendance::of_session(reader, session.id)? {
            if let Some(id) = mark.leave.filter(|id| !taken.contains_key(id)) {
                taken.insert(id, leave::get(reader, id)?);
            }
        }
        Ok(Self { day, of: covering.into_iter().map(|leave| (leave.fields.member, leave)).collect(), taken })
    }

    /// The leave that a line could take over: of whoever has no status, or
    /// was marked absent before the leave was written down.
    pub fn proposal(&self, line: &RollLine) -> Option<&LeaveRecord> {
        if line.observer {
            return None;
        }
        let leave = self.of.get(&line.member.id)?;
        match line.status {
            AttendanceStatus::Unmarked => Some(leave),
            AttendanceStatus::Absent => Some(leave).filter(|leave| leave.fields.entered_on >= self.day),
            _ => None,
        }
    }

    fn standing(&self, mark: &MarkRecord) -> Option<LeaveStanding> {
        if mark.source != Some(MarkSource::Leave) {
            return None;
        }
        let Some(leave) = mark.leave.and_then(|id| self.taken.get(&id)) else { return Some(LeaveStanding::Removed) };
        let fields = &leave.fields;
        let same =
            fields.kind == mark.status && fields.covers(self.day) && fields.approver == mark.approver && fields.member == mark.member;
        Some(if same { LeaveStanding::Holds } else { LeaveStanding::Changed })
    }
}

fn proposal_view(leave: &LeaveRecord, leaves: &Leaves) -> LeaveProposal {
    let fields = &leave.fields;
    LeaveProposal {
        leave: leave.id,
        kind: fields.kind,
        from: fields.starts_on.to_string(),
        until: fields.ends_on.to_string(),
        reason: fields.reason.clone(),
        approver: fields.approver.clone(),
        entered_on: fields.entered_on.to_string(),
        late: fields.entered_on > leaves.day,
    }
}

pub(super) fn mark_view(line: &RollLine, leaves: &Leaves) -> MarkView {
    let mark = line.mark;
    MarkView {
        status: line.status,
        minutes: mark.and_then(|mark| mark.minutes),
        observer: line.observer,
        remark: mark.and_then(|mark| mark.remark.clone()),
        approver: mark.and_then(|mark| mark.approver.clone()),
        source: mark.and_then(|mark| mark.source).map(Into::into),
        leave: mark.and_then(|mark| leaves.standing(mark)),
        make_up: line.make_up.map(make_up_view),
    }
}

/// A make-up as the window shows it.
pub(crate) fn make_up_view(make_up: &MakeUpRecord) -> MakeUpView {
    MakeUpView {
        id: make_up.id,
        done_on: make_up.done_on.map(|day| day.to_string()),
        form: make_up.form.clone(),
        evidence: make_up.evidence.clone(),
        checker: make_up.checker.clone(),
        checked_on: make_up.checked_on.map(|day| day.to_string()),
    }
}

pub(crate) fn tally(reader: &Reader, records: &Records, session: &SessionRecord) -> Result<Tally, ApiError> {
    let counts = records.counts(session);
    Ok(Tally {
        counts,
        required: counts.required(),
        attended: counts.attended(),
        on_leave: counts.on_leave(),
        guests: u32::try_from(guests(records, session.id).len()).unwrap_or(u32::MAX),
        rate: counts.rate(),
        rate_with_make_up: counts.rate_with_make_up(),
        quorums: quorum::of(reader, records, session, &counts)?,
    })
}

/// A member's mark as it now stands, with the session's new count.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Marked {
    /// Whom.
    #[ts(type = "string")]
    pub member: MemberId,
    /// The mark.
    pub mark: MarkView,
    /// What a leave proposes now.
    pub proposal: Option<LeaveProposal>,
    /// The new count.
    pub tally: Tally,
}

pub(super) fn marked(reader: &Reader, session: SessionId, member: MemberId) -> Result<Marked, ApiError> {
    let session = sessions::get(reader, session)?;
    let records = Records::of_day(reader, session.fields.date)?;
    let leaves = Leaves::on(reader, &session)?;
    let line = records.roll(&session).find(|line| line.member.id == member);
    Ok(Marked {
        member,
        mark: line.as_ref().map_or_else(MarkView::unmarked, |line| mark_view(line, &leaves)),
        proposal: line.as_ref().and_then(|line| leaves.proposal(line)).map(|leave| proposal_view(leave, &leaves)),
        tally: tally(reader, &records, &session)?,
    })
}
