//! 结束点名: closing a roll says what becomes of those without a mark. A closed
//! roll takes changes only where the caller says that it knows.

use chrono::Days;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attendance::AttendanceStatus,
    ids::{MemberId, SessionId},
};
use xueji_exchange::params;
use xueji_store::tables::{
    attendance::{self, MarkRecord},
    roster_of_session, sessions,
};

use super::{hold, sheet::Leaves, take_over};
use crate::{
    areas::sessions::{SessionRequest, SessionRow},
    context::{MutateContext, QueryContext},
    error::ApiError,
    records::Records,
    table::Nothing,
};

/// How far back a roll counts as left open. Days.
const LOOK_BACK: Days = Days::new(366);

/// Closes a session's roll.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CloseRoll {
    /// Of which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// What those become who have neither a mark nor a leave; `null`: they
    /// stay unmarked.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub rest: Option<AttendanceStatus>,
    /// Whether leaves that cover the day are taken over first.
    pub take_leave: bool,
}

/// What closing a roll did.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct RollClosed {
    /// How many leaves were taken over.
    pub taken: u32,
    /// How many without a mark got one.
    pub marked: u32,
    /// How many stay without a mark.
    pub unmarked: u32,
}

/// A roll that waits for somebody.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OpenRoll {
    /// Of which session, with its count.
    pub session: SessionRow,
    /// How many have no mark.
    pub unmarked: u32,
    /// Of those, how many a leave covers.
    pub proposed: u32,
    /// Whether the roll was closed; only today's are listed closed.
    pub closed: bool,
}

/// The rolls of today, and those left open before.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OpenRolls {
    /// Today's sessions that are not cancelled, by time.
    pub today: Vec<OpenRoll>,
    /// Earlier ones whose roll was not closed and lacks marks, latest first;
    /// of the last 366 days.
    pub open: Vec<OpenRoll>,
}

/// `attendance.close_roll`
pub fn close(context: &mut MutateContext, request: CloseRoll) -> Result<RollClosed, ApiError> {
    let session = hold(context, request.session, false)?;
    let taken = if request.take_leave { take_over(context, &session, None)?.len() } else { 0 };
    let mut rest = Vec::new();
    let records = Records::of_day(&context.writer.reader(), session.fields.date)?;
    let leaves = Leaves::on(&context.writer.reader(), &session)?;
    let unmarked = |line: &&crate::records::RollLine| line.status == AttendanceStatus::Unmarked && !line.observer;
    let lines: Vec<_> = records.roll(&session).collect();
    let without: Vec<MemberId> = lines.iter().filter(unmarked).map(|line| line.member.id).collect();
    if let Some(status) = request.rest.filter(|status| *status != AttendanceStatus::Unmarked) {
        // Whom a leave covers that is not taken over stays open: a leave is
        // never overruled in passing.
        for line in lines.iter().filter(unmarked).filter(|line| leaves.proposal(line).is_none()) {
            let remark = line.mark.and_then(|mark| mark.remark.clone());
            rest.push(MarkRecord { remark, ..MarkRecord::new(session.id, line.member.id, status) });
        }
    }
    for mark in &rest {
        attendance::set(context.writer, mark)?;
    }
    let at = context.writer.stamp().at;
    sessions::set_roll_closed(context.writer, session.id, Some(at))?;
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let closed = RollClosed { taken: count(taken), marked: count(rest.len()), unmarked: count(without.len() - rest.len()) };
    context.writer.describe(params! { "title" => session.fields.title, "marked" => closed.marked, "taken" => closed.taken });
    Ok(closed)
}

/// `attendance.reopen_roll`
pub fn reopen(context: &mut MutateContext, request: SessionRequest) -> Result<Nothing, ApiError> {
    let session = sessions::get(&context.writer.reader(), request.id)?;
    sessions::set_roll_closed(context.writer, session.id, None)?;
    context.writer.describe(params! { "title" => session.fields.title });
    Ok(Nothing {})
}

/// `attendance.open_rolls`
pub fn open_rolls(context: &QueryContext, _: Nothing) -> Result<OpenRolls, ApiError> {
    let from = context.today.checked_sub_days(LOOK_BACK).unwrap_or(context.today);
    let records = Records::between(context.reader, &from.to_string(), &context.today.to_string(), context.today)?;
    let open = roster_of_session::open_until(context.reader, &from.to_string(), &context.today.to_string())?;
    let mut rolls = OpenRolls { today: Vec::new(), open: Vec::new() };
    for session in &records.sessions {
        let today = session.fields.date == context.today;
        let unmarked = records.counts(session).unmarked;
        if session.fields.state == xueji_domain::sessions::SessionState::Cancelled
            || !(today || (unmarked > 0 && open.contains(&session.id)))
        {
            continue;
        }
        let leaves = Leaves::on(context.reader, session)?;
        let proposed = records.roll(session).filter(|line| line.status == AttendanceStatus::Unmarked && leaves.proposal(line).is_some());
        let roll = OpenRoll {
            session: crate::areas::sessions::row(&records, session),
            unmarked,
            proposed: u32::try_from(proposed.count()).unwrap_or(u32::MAX),
            closed: session.roll_closed_at.is_some(),
        };
        if today { rolls.today.push(roll) } else { rolls.open.push(roll) }
    }
    rolls.today.sort_by(|one, other| one.session.starts_at.cmp(&other.session.starts_at));
    rolls.open.reverse();
    Ok(rolls)
}
