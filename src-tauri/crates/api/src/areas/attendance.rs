//! 考勤: a session's roll, one mark at a time.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attendance::AttendanceStatus,
    ids::{MakeUpId, MemberId, SessionId},
    sessions::SessionState,
};
use xueji_exchange::params;
use xueji_store::tables::{
    attendance::{self, MarkRecord, MarkSource},
    make_ups, roster,
    sessions::{self, SessionRecord},
};

use crate::{context::MutateContext, error::ApiError, forms, records::Records};

mod closing;
mod guests;
mod quorum;
pub(crate) mod roster_lines;
pub(crate) mod sheet;

pub use closing::{CloseRoll, OpenRoll, OpenRolls, RollClosed, close, open_rolls, reopen};
pub use guests::{GuestRequest, add as add_guest, remove as remove_guest};
pub use quorum::QuorumView;
pub use roster_lines::{
    AddToRoster, RemoveFromRoster, RosterRenewed, add as add_to_roster, remove as remove_from_roster, renew as renew_roster,
};
pub(crate) use sheet::make_up_view;
pub use sheet::{
    AttendanceSheet, LeaveProposal, LeaveStanding, LeftOutView, MakeUpView, MarkOrigin, MarkView, Marked, PersonView, RollRow, Tally, sheet,
};
use sheet::{Leaves, marked};

/// Marks one member. Only the fields given change; the status `unmarked`
/// clears the mark.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Mark {
    /// At which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Whom.
    #[ts(type = "string")]
    pub member: MemberId,
    /// The new status; unchanged where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub status: Option<AttendanceStatus>,
    /// Minutes late or left early; unchanged where absent, 0 clears.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub minutes: Option<u32>,
    /// 列席; unchanged where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub observer: Option<bool>,
    /// 备注; unchanged where absent, empty clears.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub remark: Option<String>,
    /// 批准人 of the leave; unchanged where absent, empty clears. Belongs to a
    /// leave and goes with it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub approver: Option<String>,
    /// Whether the clerk knows that the roll is closed; else a closed one
    /// refuses.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub although_closed: Option<bool>,
}

/// 其余全部出席: marks only those who have no mark yet and no leave.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MarkRest {
    /// At which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// As what.
    pub status: AttendanceStatus,
    /// Whether the clerk knows that the roll is closed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub although_closed: Option<bool>,
}

/// What 'the rest' did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RestMarked {
    /// How many were marked.
    pub filled: u32,
    /// How many had a mark already and were left alone.
    pub left_alone: u32,
    /// How many have no mark and are covered by a leave: left alone too.
    pub on_leave: u32,
}

/// Takes leaves over as marks.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TakeLeave {
    /// At which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Whose; everybody's where absent.
    #[serde(default)]
    #[ts(optional = nullable, type = "string[] | null")]
    pub members: Option<Vec<MemberId>>,
    /// Whether the clerk knows that the roll is closed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub although_closed: Option<bool>,
}

/// What taking leaves over did.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct LeaveTaken {
    /// How many marks say leave now.
    pub taken: u32,
}

/// Records a make-up of a missed session.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RecordMakeUp {
    /// Of which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// On which day, in any usual spelling; absent where not known.
    pub done_on: Option<String>,
    /// 补学形式
    pub form: Option<String>,
    /// 凭据
    pub evidence: Option<String>,
    /// Who checked it; absent where nobody has.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub checker: Option<String>,
    /// When it was checked; today where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub checked_on: Option<String>,
}

/// Names one make-up.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MakeUpRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: MakeUpId,
}

/// Names as a sentence takes them: the first three, then how many.
pub(crate) fn listed(names: &[String]) -> String {
    if names.len() > 3 { format!("{} 等 {} 人", names[..3].join("、"), names.len()) } else { names.join("、") }
}

/// Makes a session ready for marks. A roll that is taken was held: the first
/// mark says so of a planned session whose day has come, and freezes who is
/// required. A closed roll refuses, unless the caller knows.
pub(crate) fn hold(context: &mut MutateContext, session: SessionId, although_closed: bool) -> Result<SessionRecord, ApiError> {
    let record = sessions::get(&context.writer.reader(), session)?;
    if record.roll_closed_at.is_some() && !although_closed {
        return Err(ApiError::Refused { code: "roll_closed", params: params! { "title" => record.fields.title } });
    }
    match record.fields.state {
        SessionState::Held => {}
        SessionState::Cancelled => {
            return Err(ApiError::Refused { code: "session_cancelled", params: params! { "title" => record.fields.title } });
        }
        SessionState::Planned if record.fields.date > context.today => {
            return Err(ApiError::Refused {
                code: "session_in_future",
                params: params! { "title" => record.fields.title, "date" => record.fields.date.to_string() },
            });
        }
        SessionState::Planned => {
            let fields = sessions::SessionFields { state: SessionState::Held, ..record.fields.clone() };
            sessions::update(context.writer, session, record.revision, &fields)?;
        }
    }
    roster_lines::freeze(context, &record)?;
    Ok(record)
}

/// Writes a mark at a session made ready by [`hold`]: whoever has a status is
/// on the list, and who was there after all has nothing to make up.
pub(crate) fn write_mark(context: &mut MutateContext, mark: &MarkRecord) -> Result<(), ApiError> {
    attendance::set(context.writer, mark)?;
    if mark.status != AttendanceStatus::Unmarked {
        roster_lines::put_on(context, mark.session, mark.member)?;
    }
    if !mark.status.missed() {
        remove_make_up_of(context, mark.session, mark.member)?;
    }
    Ok(())
}

/// `attendance.mark`
pub fn mark(context: &mut MutateContext, request: Mark) -> Result<Marked, ApiError> {
    hold(context, request.session, request.although_closed == Some(true))?;
    let reader = context.writer.reader();
    let member = roster::get(&reader, request.member, context.today)?;
    let before = attendance::get(&reader, request.session, request.member)?;
    let before = before.unwrap_or_else(|| MarkRecord::new(request.session, request.member, AttendanceStatus::Unmarked));
    let changed = changed(before.clone(), &request)?;
    if changed != before {
        write_mark(context, &changed)?;
    }
    if let Some(observer) = request.observer {
        sessions::set_observer(context.writer, request.session, request.member, &member.person.name, observer)?;
    }
    let said = if request.observer == Some(true) { "observer" } else { changed.status.code() };
    context.writer.describe(params! { "name" => member.person.name, "status" => said });
    marked(&context.writer.reader(), request.session, request.member)
}

/// A mark with what a request says of it. Minutes belong to a late or an
/// early mark, an approver to a leave; they go with it. A status by hand ends
/// what a card or a leave said.
fn changed(before: MarkRecord, request: &Mark) -> Result<MarkRecord, ApiError> {
    let status = request.status.unwrap_or(before.status);
    let minutes = match request.minutes {
        Some(0) => None,
        Some(minutes) if minutes > 24 * 60 => return Err(ApiError::field("minutes", "minutes_too_many")),
        Some(minutes) => Some(minutes),
        None => before.minutes,
    }
    .filter(|_| matches!(status, AttendanceStatus::Late | AttendanceStatus::EarlyLeave));
    let text = |given: &Option<String>, before: &Option<String>| match given {
        Some(given) => forms::text(Some(given)),
        None => before.clone(),
    };
    let approver = text(&request.approver, &before.approver).filter(|_| is_leave(status));
    // What is said by hand is no longer what the card or the leave said.
    let same = status == before.status && approver == before.approver;
    Ok(MarkRecord {
        status,
        minutes,
        remark: text(&request.remark, &before.remark),
        approver,
        leave: before.leave.filter(|_| same),
        source: before.source.filter(|_| same),
        ..before
    })
}

fn is_leave(status: AttendanceStatus) -> bool {
    matches!(status, AttendanceStatus::OfficialLeave | AttendanceStatus::SickLeave | AttendanceStatus::PersonalLeave)
}

fn remove_make_up_of(context: &mut MutateContext, session: SessionId, member: MemberId) -> Result<(), ApiError> {
    let make_ups = attendance::make_ups_of(&context.writer.reader(), session)?;
    if let Some(make_up) = make_ups.iter().find(|make_up| make_up.member == member) {
        attendance::delete_make_up(context.writer, make_up.id)?;
    }
    Ok(())
}

/// `attendance.mark_rest`
pub fn mark_rest(context: &mut MutateContext, request: MarkRest) -> Result<RestMarked, ApiError> {
    let session = hold(context, request.session, request.although_closed == Some(true))?;
    let reader = context.writer.reader();
    let records = Records::of_day(&reader, session.fields.date)?;
    let leaves = Leaves::on(&reader, &session)?;
    let (mut rest, mut left_alone, mut on_leave) = (Vec::new(), 0, 0);
    for line in records.roll(&session) {
        if line.status != AttendanceStatus::Unmarked || line.observer {
            left_alone += 1;
        } else if leaves.proposal(&line).is_some() {
            on_leave += 1;
        } else {
            let remark = line.mark.and_then(|mark| mark.remark.clone());
            rest.push(MarkRecord { remark, ..MarkRecord::new(session.id, line.member.id, request.status) });
        }
    }
    for mark in &rest {
        attendance::set(context.writer, mark)?;
    }
    let filled = u32::try_from(rest.len()).unwrap_or(u32::MAX);
    context.writer.describe(params! { "title" => session.fields.title, "status" => request.status, "count" => filled });
    Ok(RestMarked { filled, left_alone, on_leave })
}

/// `attendance.take_leave`
pub fn take_leave(context: &mut MutateContext, request: TakeLeave) -> Result<LeaveTaken, ApiError> {
    let session = hold(context, request.session, request.although_closed == Some(true))?;
    let names = take_over(context, &session, request.members.as_deref())?;
    context.writer.describe(params! { "title" => session.fields.title, "names" => listed(&names) });
    Ok(LeaveTaken { taken: u32::try_from(names.len()).unwrap_or(u32::MAX) })
}

/// Makes marks of the leaves that cover a session's day, of some people or of
/// everybody; gives their names. The remark stays.
fn take_over(context: &mut MutateContext, session: &SessionRecord, only: Option<&[MemberId]>) -> Result<Vec<String>, ApiError> {
    let (mut names, mut marks) = (Vec::new(), Vec::new());
    {
        let reader = context.writer.reader();
        let records = Records::of_day(&reader, session.fields.date)?;
        let leaves = Leaves::on(&reader, session)?;
        for line in records.roll(session).filter(|line| only.is_none_or(|only| only.contains(&line.member.id))) {
            let Some(leave) = leaves.proposal(&line) else { continue };
            names.push(line.member.person.name.clone());
            marks.push(MarkRecord {
                remark: line.mark.and_then(|mark| mark.remark.clone()),
                approver: leave.fields.approver.clone(),
                leave: Some(leave.id),
                source: Some(MarkSource::Leave),
                ..MarkRecord::new(session.id, line.member.id, leave.fields.kind)
            });
        }
    }
    for mark in &marks {
        write_mark(context, mark)?;
    }
    Ok(names)
}

/// `attendance.make_up`
pub fn make_up(context: &mut MutateContext, request: RecordMakeUp) -> Result<Marked, ApiError> {
    let reader = context.writer.reader();
    let session = sessions::get(&reader, request.session)?;
    let member = roster::get(&reader, request.member, context.today)?;
    let missed = attendance::get(&reader, request.session, request.member)?.is_some_and(|mark| mark.status.missed());
    if !missed {
        return Err(ApiError::Refused { code: "nothing_missed", params: params! { "name" => member.person.name } });
    }
    let done_on = forms::optional_day("done_on", request.done_on.as_deref())?;
    if done_on.is_some_and(|day| day < session.fields.date) {
        return Err(ApiError::field("done_on", "make_up_before_session"));
    }
    let (checker, checked_on) = super::make_ups::check(request.checker.as_deref(), request.checked_on.as_deref(), done_on, context.today)?;
    let (form, evidence) = (forms::text(request.form.as_deref()), forms::text(request.evidence.as_deref()));
    let fields = make_ups::MakeUpFields { done_on, form, evidence, checker, checked_on };
    make_ups::set(context.writer, request.session, request.member, &fields)?;
    context.writer.describe(params! { "name" => member.person.name, "title" => session.fields.title });
    marked(&context.writer.reader(), request.session, request.member)
}

/// `attendance.remove_make_up`
pub fn remove_make_up(context: &mut MutateContext, request: MakeUpRequest) -> Result<Marked, ApiError> {
    let make_up = attendance::make_up(&context.writer.reader(), request.id)?;
    attendance::delete_make_up(context.writer, request.id)?;
    let member = roster::get(&context.writer.reader(), make_up.member, context.today)?;
    context.writer.describe(params! { "name" => member.person.name });
    marked(&context.writer.reader(), make_up.session, make_up.member)
}
