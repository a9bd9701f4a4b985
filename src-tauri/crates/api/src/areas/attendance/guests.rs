//! 列席 and 来宾: who sits in. A member of the book is an observer by id,
//! anybody else a guest by name; both stand outside 应到 and 实到 and are
//! counted apart.

use serde::Deserialize;
use ts_rs::TS;
use xueji_domain::{
    ids::{MemberId, SessionId},
    sessions::Role,
    text::names,
};
use xueji_exchange::params;
use xueji_store::{
    StoreError,
    tables::{roster, sessions},
};

use crate::{context::MutateContext, error::ApiError, table::Nothing};

/// Somebody who sits in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct GuestRequest {
    /// At which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// The name; of a member it may be empty.
    pub name: String,
    /// The member it is; absent: a guest from outside.
    #[serde(default)]
    #[ts(optional = nullable, type = "string | null")]
    pub member: Option<MemberId>,
}

/// Everybody who sits in, in the order in which they were put down.
fn sitting_in(context: &MutateContext, session: SessionId) -> Result<Vec<(String, Option<MemberId>)>, ApiError> {
    let parts = sessions::parts_of(&context.writer.reader(), session)?;
    Ok(parts.into_iter().filter(|part| part.role == Role::Observer).map(|part| (part.name, part.member)).collect())
}

/// `attendance.guest_add`
pub fn add(context: &mut MutateContext, request: GuestRequest) -> Result<Nothing, ApiError> {
    let session = sessions::get(&context.writer.reader(), request.session)?;
    let mut people = sitting_in(context, session.id)?;
    let name = match request.member {
        Some(member) => roster::get(&context.writer.reader(), member, session.fields.date)?.person.name,
        None => names::clean_name(&request.name),
    };
    if name.is_empty() {
        return Err(ApiError::field("name", "name_missing"));
    }
    let known = people
        .iter()
        .any(|(other, member)| if request.member.is_some() { *member == request.member } else { *other == name && member.is_none() });
    if known {
        return Err(ApiError::Field { field: "name", code: "guest_known", params: params! { "name" => name } });
    }
    people.push((name.clone(), request.member));
    sessions::set_parts(context.writer, session.id, Role::Observer, &people)?;
    context.writer.describe(params! { "title" => session.fields.title, "name" => name });
    Ok(Nothing {})
}

/// `attendance.guest_remove`
pub fn remove(context: &mut MutateContext, request: GuestRequest) -> Result<Nothing, ApiError> {
    let session = sessions::get(&context.writer.reader(), request.session)?;
    let mut people = sitting_in(context, session.id)?;
    let at = people.iter().position(|(name, member)| match request.member {
        Some(_) => *member == request.member,
        None => *name == request.name && member.is_none(),
    });
    let (name, _) = people.remove(at.ok_or(StoreError::Gone { what: "session_part" })?);
    sessions::set_parts(context.writer, session.id, Role::Observer, &people)?;
    context.writer.describe(params! { "title" => session.fields.title, "name" => name });
    Ok(Nothing {})
}
