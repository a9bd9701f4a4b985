//! 应到名单: frozen with the first mark, made anew on the clerk's word, added
//! to by hand.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::ids::{MemberId, SessionId};
use xueji_exchange::params;
use xueji_store::tables::{
    attendance, roster,
    roster::MemberRecord,
    roster_of_session::{self, RosterLine},
    sessions::{self, SessionRecord},
};

use crate::{areas::sessions::SessionRequest, context::MutateContext, error::ApiError, records::Records, table::Nothing};

/// Puts people on a session's list by hand.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddToRoster {
    /// Of which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Whom.
    #[ts(type = "string[]")]
    pub members: Vec<MemberId>,
}

/// Takes somebody without a mark off a session's list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveFromRoster {
    /// Of which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Whom.
    #[ts(type = "string")]
    pub member: MemberId,
}

/// What making a list anew did.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct RosterRenewed {
    /// How many came.
    pub came: u32,
    /// How many went.
    pub went: u32,
}

/// Who would come and who would go were a frozen list made anew; by strokes.
/// Of a list that is not frozen, nobody: it follows the roster by itself.
pub(super) fn difference<'a>(records: &'a Records, session: &SessionRecord) -> (Vec<&'a MemberRecord>, Vec<&'a MemberRecord>) {
    if !records.is_frozen(session.id) {
        return (Vec::new(), Vec::new());
    }
    let now: HashSet<MemberId> = records.roster_now(session).into_iter().collect();
    let on_list = |member: &&MemberRecord| records.frozen_line(session.id, member.id).is_some();
    let comes = records.members.iter().filter(|member| now.contains(&member.id) && !on_list(member));
    let goes = records.members.iter().filter(|member| !now.contains(&member.id) && on_list(member));
    (comes.collect(), goes.collect())
}

/// Freezes who is required of a session, where that is not done yet.
pub(crate) fn freeze(context: &mut MutateContext, session: &SessionRecord) -> Result<(), ApiError> {
    if roster_of_session::is_frozen(&context.writer.reader(), session.id)? {
        return Ok(());
    }
    let records = Records::of_day(&context.writer.reader(), session.fields.date)?;
    let lines: Vec<(MemberId, u32)> = records.roster_now(session).into_iter().zip(1..).collect();
    Ok(roster_of_session::set(context.writer, session.id, &lines)?)
}

/// Puts somebody on a frozen list behind the last line, unless they are there.
pub(crate) fn put_on(context: &mut MutateContext, session: SessionId, member: MemberId) -> Result<bool, ApiError> {
    let lines = roster_of_session::of_session(&context.writer.reader(), session)?;
    if lines.iter().any(|line| line.member == member) {
        return Ok(false);
    }
    roster_of_session::add(context.writer, session, member, last(&lines) + 1)?;
    Ok(true)
}

fn last(lines: &[RosterLine]) -> u32 {
    lines.iter().map(|line| line.line).max().unwrap_or_default()
}

/// `attendance.roster_renew`: whoever stays keeps the line; who comes stands
/// behind the last.
pub fn renew(context: &mut MutateContext, request: SessionRequest) -> Result<RosterRenewed, ApiError> {
    let session = sessions::get(&context.writer.reader(), request.id)?;
    let records = Records::of_day(&context.writer.reader(), session.fields.date)?;
    let (comes, goes) = difference(&records, &session);
    // Who comes first: a line of the printed sheet is not given twice.
    for member in &comes {
        put_on(context, session.id, member.id)?;
    }
    for member in &goes {
        roster_of_session::remove(context.writer, session.id, member.id)?;
    }
    let count = |people: &[&MemberRecord]| u32::try_from(people.len()).unwrap_or(u32::MAX);
    let renewed = RosterRenewed { came: count(&comes), went: count(&goes) };
    context.writer.describe(params! { "title" => session.fields.title, "came" => renewed.came, "went" => renewed.went });
    Ok(renewed)
}

/// `attendance.roster_add`
pub fn add(context: &mut MutateContext, request: AddToRoster) -> Result<Nothing, ApiError> {
    let session = sessions::get(&context.writer.reader(), request.session)?;
    freeze(context, &session)?;
    let mut names = Vec::new();
    for member in request.members {
        let known = roster::get(&context.writer.reader(), member, session.fields.date)?;
        if put_on(context, session.id, member)? {
            names.push(known.person.name);
        }
    }
    context.writer.describe(params! { "title" => session.fields.title, "names" => super::listed(&names) });
    Ok(Nothing {})
}

/// `attendance.roster_remove`
pub fn remove(context: &mut MutateContext, request: RemoveFromRoster) -> Result<Nothing, ApiError> {
    let reader = context.writer.reader();
    let session = sessions::get(&reader, request.session)?;
    let member = roster::get(&reader, request.member, session.fields.date)?;
    if attendance::get(&reader, session.id, member.id)?.is_some() {
        return Err(ApiError::Refused { code: "roster_line_marked", params: params! { "name" => member.person.name } });
    }
    freeze(context, &session)?;
    roster_of_session::remove(context.writer, session.id, member.id)?;
    context.writer.describe(params! { "title" => session.fields.title, "name" => member.person.name });
    Ok(Nothing {})
}
