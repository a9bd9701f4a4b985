//! 请假台账: leave in advance, over a range of days, with kind, approver and
//! paper. It proposes marks on the rolls of its days, those already held too;
//! what took it over stays when it is changed or removed, and says so.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attendance::AttendanceStatus,
    ids::{LeaveId, MemberId, SessionId},
    sessions::SessionState,
    text::{names, pinyin},
};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::{
        leave::{self, LeaveFields, LeaveRecord},
        roster,
    },
};

use super::roster::namesakes;
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    records::Records,
};

/// Longer than this is no leave but long leave, which stands with the member.
/// Days.
const LONGEST: i64 = 366;

/// Asks for leaves.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LeavesRequest {
    /// Those that touch this day or a later one, `YYYY-MM-DD`.
    pub from: String,
    /// Those that touch this day or an earlier one, `YYYY-MM-DD`.
    pub until: String,
    /// One member's; everybody's where absent.
    #[serde(default)]
    #[ts(optional = nullable, type = "string | null")]
    pub member: Option<MemberId>,
}

/// The leaves of a span of days.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeaveBook {
    /// Latest first.
    pub rows: Vec<LeaveRow>,
    /// Who has approved leave in this book, most often first: what the form
    /// proposes.
    pub approvers: Vec<String>,
}

/// A leave in the book.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeaveRow {
    /// Its key.
    #[ts(type = "string")]
    pub id: LeaveId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// 姓名
    pub name: String,
    /// Widened: 王　伟.
    pub display_name: String,
    /// 工号
    pub staff_no: Option<String>,
    /// 部门
    pub department: Option<String>,
    /// Whether another member bears the same name.
    pub namesake: bool,
    /// Pinyin initials and full pinyin.
    pub search_keys: Vec<String>,
    /// 公假, 病假 or 事假.
    pub kind: AttendanceStatus,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day, `YYYY-MM-DD`.
    pub until: String,
    /// How many days, both included.
    pub days: u32,
    /// 事由
    pub reason: Option<String>,
    /// 批准人
    pub approver: Option<String>,
    /// 请假条
    pub paper: Option<String>,
    /// When it was written down, `YYYY-MM-DD`.
    pub entered_on: String,
    /// The sessions of its days at which the member is required, by date.
    pub sessions: Vec<LeaveSession>,
    /// For the next edit.
    pub revision: u32,
}

/// A session that a leave touches.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LeaveSession {
    /// Which.
    #[ts(type = "string")]
    pub session: SessionId,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// 主题
    pub title: String,
    /// The mark as it stands.
    pub status: AttendanceStatus,
    /// Whether the mark took this leave over.
    pub taken: bool,
    /// Whether the session was held: a mark can be made.
    pub held: bool,
}

/// What a form says of a leave.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LeaveInput {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// 公假, 病假 or 事假.
    pub kind: AttendanceStatus,
    /// The first day, in any usual spelling; required.
    pub from: String,
    /// The last day; the first where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub until: Option<String>,
    /// 事由
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<String>,
    /// 批准人
    #[serde(default)]
    #[ts(optional = nullable)]
    pub approver: Option<String>,
    /// 请假条: its number, or where it is kept.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub paper: Option<String>,
}

/// Edits a leave.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditLeave {
    /// Which.
    #[ts(type = "string")]
    pub id: LeaveId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new values.
    pub leave: LeaveInput,
}

/// Names one leave.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LeaveRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: LeaveId,
}

/// What removing a leave left behind.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct LeaveRemoved {
    /// How many marks had taken it over; they stay, without the paper.
    pub marks: u32,
}

/// `leave.list`
pub fn list(context: &QueryContext, request: LeavesRequest) -> Result<LeaveBook, ApiError> {
    let (from, until) = (forms::day("from", &request.from)?, forms::day("until", &request.until)?);
    let leaves = match request.member {
        Some(member) => {
            let of_member = leave::of_member(context.reader, member)?;
            of_member.into_iter().filter(|leave| leave.fields.starts_on <= until && leave.fields.ends_on >= from).collect()
        }
        None => leave::between(context.reader, &from.to_string(), &until.to_string())?,
    };
    Ok(LeaveBook { rows: rows(context.reader, &leaves, context.today)?, approvers: leave::approvers(context.reader)? })
}

/// Leaves with the sessions of their days.
fn rows(reader: &Reader, leaves: &[LeaveRecord], today: chrono::NaiveDate) -> Result<Vec<LeaveRow>, ApiError> {
    let first = leaves.iter().map(|leave| leave.fields.starts_on).min();
    let last = leaves.iter().map(|leave| leave.fields.ends_on).max();
    let (Some(first), Some(last)) = (first, last) else { return Ok(Vec::new()) };
    let records = Records::between(reader, &first.to_string(), &last.to_string(), today)?;
    let namesakes = namesakes(&records.members);
    let mut rolls: Rolls = HashMap::new();
    for session in records.sessions.iter().filter(|session| session.fields.state != SessionState::Cancelled) {
        for line in records.roll(session).filter(|line| !line.observer) {
            let view = LeaveSession {
                session: session.id,
                date: session.fields.date.to_string(),
                title: session.fields.title.clone(),
                status: line.status,
                taken: false,
                held: session.fields.date <= today,
            };
            rolls.entry(line.member.id).or_default().push((session.fields.date, view, line.mark.and_then(|mark| mark.leave)));
        }
    }
    let people: HashMap<MemberId, _> = records.members.iter().map(|member| (member.id, member)).collect();
    Ok(leaves.iter().filter_map(|leave| Some(row(leave, people.get(&leave.fields.member)?, &rolls, &namesakes))).collect())
}

/// By member: the day of a session, how the mark stands, and which leave it
/// took over.
type Rolls = HashMap<MemberId, Vec<(chrono::NaiveDate, LeaveSession, Option<LeaveId>)>>;

fn row(leave: &LeaveRecord, member: &roster::MemberRecord, rolls: &Rolls, namesakes: &HashMap<String, u32>) -> LeaveRow {
    let (fields, name) = (&leave.fields, &member.person.name);
    let sessions = rolls.get(&fields.member).map_or(&[][..], Vec::as_slice).iter();
    LeaveRow {
        id: leave.id,
        member: member.id,
        name: name.clone(),
        display_name: names::widened(name),
        staff_no: member.person.staff_no.clone(),
        department: member.standing.department.clone(),
        namesake: namesakes.get(name).is_some_and(|bearers| *bearers > 1),
        search_keys: pinyin::search_keys(name),
        kind: fields.kind,
        from: fields.starts_on.to_string(),
        until: fields.ends_on.to_string(),
        days: u32::try_from((fields.ends_on - fields.starts_on).num_days() + 1).unwrap_or_default(),
        reason: fields.reason.clone(),
        approver: fields.approver.clone(),
        paper: fields.paper.clone(),
        entered_on: fields.entered_on.to_string(),
        sessions: sessions
            .filter(|(day, ..)| fields.covers(*day))
            .map(|(_, view, taken)| LeaveSession { taken: *taken == Some(leave.id), ..view.clone() })
            .collect(),
        revision: leave.revision,
    }
}

fn row_of(context: &MutateContext, id: LeaveId) -> Result<LeaveRow, ApiError> {
    let reader = context.writer.reader();
    let leave = leave::get(&reader, id)?;
    rows(&reader, &[leave], context.today)?.pop().ok_or_else(|| ApiError::Internal { reason: "a leave of nobody".to_owned() })
}

fn fields(input: &LeaveInput, entered_on: chrono::NaiveDate) -> Result<LeaveFields, ApiError> {
    use AttendanceStatus::{OfficialLeave, PersonalLeave, SickLeave};
    if !matches!(input.kind, OfficialLeave | SickLeave | PersonalLeave) {
        return Err(ApiError::field("kind", "leave_kind_missing"));
    }
    let starts_on = forms::day("from", &input.from)?;
    let ends_on = forms::optional_day("until", input.until.as_deref())?.unwrap_or(starts_on);
    if ends_on < starts_on {
        return Err(ApiError::field("until", "days_reversed"));
    }
    if (ends_on - starts_on).num_days() >= LONGEST {
        return Err(ApiError::field("until", "leave_too_long"));
    }
    Ok(LeaveFields {
        member: input.member,
        kind: input.kind,
        starts_on,
        ends_on,
        reason: forms::text(input.reason.as_deref()),
        approver: forms::text(input.approver.as_deref()),
        paper: forms::text(input.paper.as_deref()),
        entered_on,
    })
}

/// Two leaves of one person never share a day: which kind would hold?
fn refuse_overlap(context: &MutateContext, fields: &LeaveFields, but: Option<LeaveId>) -> Result<(), ApiError> {
    let reader = context.writer.reader();
    let own = leave::of_member(&reader, fields.member)?;
    let meets = |other: &&LeaveRecord| {
        Some(other.id) != but && other.fields.starts_on <= fields.ends_on && fields.starts_on <= other.fields.ends_on
    };
    let Some(other) = own.iter().find(meets) else { return Ok(()) };
    let name = roster::get(&reader, fields.member, context.today)?.person.name;
    let params = params! {
        "name" => name, "kind" => other.fields.kind.label(),
        "from" => other.fields.starts_on.to_string(), "until" => other.fields.ends_on.to_string()
    };
    Err(ApiError::Field { field: "from", code: "leave_overlaps", params })
}

fn describe(context: &mut MutateContext, fields: &LeaveFields) -> Result<(), ApiError> {
    let name = roster::get(&context.writer.reader(), fields.member, context.today)?.person.name;
    let (from, until) = (fields.starts_on.to_string(), fields.ends_on.to_string());
    let days = if from == until { from } else { format!("{from} 至 {until}") };
    context.writer.describe(params! { "name" => name, "kind" => fields.kind, "days" => days });
    Ok(())
}

/// `leave.add`
pub fn add(context: &mut MutateContext, request: LeaveInput) -> Result<LeaveRow, ApiError> {
    let fields = fields(&request, context.today)?;
    refuse_overlap(context, &fields, None)?;
    describe(context, &fields)?;
    let id = leave::insert(context.writer, &fields)?;
    row_of(context, id)
}

/// `leave.edit`
pub fn edit(context: &mut MutateContext, request: EditLeave) -> Result<LeaveRow, ApiError> {
    let before = leave::get(&context.writer.reader(), request.id)?;
    let fields = fields(&request.leave, before.fields.entered_on)?;
    refuse_overlap(context, &fields, Some(request.id))?;
    describe(context, &fields)?;
    leave::update(context.writer, request.id, request.revision, &fields)?;
    row_of(context, request.id)
}

/// `leave.remove`
pub fn remove(context: &mut MutateContext, request: LeaveRequest) -> Result<LeaveRemoved, ApiError> {
    let reader = context.writer.reader();
    let before = leave::get(&reader, request.id)?;
    let marks = leave::taken_over(&reader, request.id)?;
    describe(context, &before.fields)?;
    leave::delete(context.writer, request.id)?;
    Ok(LeaveRemoved { marks })
}
