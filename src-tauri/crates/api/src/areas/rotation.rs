//! 轮流主讲: who has spoken when, how often, and who is next.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    ids::{MemberId, OrganizationId, SessionId},
    roster::OrganizationKind,
    sessions::{Role, SessionState},
    text::{names, pinyin},
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        organizations,
        roster::{self, MemberRecord},
        rotation::{self, SpokenRecord},
        sessions,
    },
};

use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    records::Records,
    table::Nothing,
};

/// Whose rotation.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RotationRequest {
    /// The book's own organization where absent.
    #[serde(default)]
    #[ts(optional = nullable, type = "string")]
    pub organization: Option<OrganizationId>,
}

/// Who has spoken, who is next.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Rotation {
    /// Whose.
    #[ts(type = "string")]
    pub organization: OrganizationId,
    /// Every organization of the book, in the order of the tree.
    pub organizations: Vec<RotationOrganization>,
    /// Whether an order was set. Else: who never spoke, then who spoke
    /// longest ago.
    pub ordered: bool,
    /// Who is next; nobody where there is nobody.
    #[ts(type = "string | null")]
    pub next: Option<MemberId>,
    /// In the order in which they speak; with an order set, those outside it
    /// stand last.
    pub rows: Vec<RotationRow>,
    /// Planned sessions from today on, in which somebody could speak.
    pub sessions: Vec<RotationSession>,
}

/// An organization whose rotation can be looked at.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RotationOrganization {
    /// Its key.
    #[ts(type = "string")]
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganizationKind,
}

/// One who speaks.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RotationRow {
    /// Who.
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
    /// 职务
    pub post: Option<String>,
    /// Pinyin initials and full pinyin.
    pub search_keys: Vec<String>,
    /// Place in the order that was set, from 1.
    pub position: Option<u32>,
    /// How often in all.
    pub times: u32,
    /// How often this year.
    pub times_this_year: u32,
    /// Held, latest first.
    pub spoken: Vec<Speech>,
    /// Planned, earliest first.
    pub planned: Vec<Speech>,
}

/// A session in which somebody speaks.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Speech {
    /// Which.
    #[ts(type = "string")]
    pub session: SessionId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 类型
    pub kind: String,
    /// 主题
    pub title: String,
}

/// A planned session.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RotationSession {
    /// Which.
    #[ts(type = "string")]
    pub id: SessionId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 类型
    pub kind: String,
    /// 主题
    pub title: String,
    /// 主讲 as typed, joined by 、.
    pub speakers: String,
}

/// Sets in which order people speak.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetRotation {
    /// Whose.
    #[ts(type = "string")]
    pub organization: OrganizationId,
    /// In this order; at least one. Those left out do not take turns.
    #[ts(type = "string[]")]
    pub members: Vec<MemberId>,
}

/// Goes back to who spoke longest ago.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ClearRotation {
    /// Whose.
    #[ts(type = "string")]
    pub organization: OrganizationId,
}

/// Puts somebody into a session as speaker.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AssignSpeaker {
    /// Which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Whom.
    #[ts(type = "string")]
    pub member: MemberId,
}

/// `rotation.list`
pub fn list(context: &QueryContext, request: RotationRequest) -> Result<Rotation, ApiError> {
    let (reader, today) = (context.reader, context.today);
    // A year ahead is as far as anybody plans.
    let until = today.checked_add_days(chrono::Days::new(366)).unwrap_or(today);
    let records = Records::between(reader, &today.to_string(), &until.to_string(), today)?;
    let tree = organizations::list(reader)?;
    let organization = request.organization.unwrap_or(records.root());
    if !tree.iter().any(|own| own.id == organization) {
        return Err(StoreError::Gone { what: "organization" }.into());
    }
    let mut spoken: HashMap<MemberId, Vec<SpokenRecord>> = HashMap::new();
    for speech in rotation::spoken(reader)? {
        spoken.entry(speech.member).or_default().push(speech);
    }
    let order = rotation::order_of(reader, organization)?;
    let ordered = !order.is_empty();
    let members = || records.members.iter().filter(|member| records.stands_below(member.id, organization, today));
    let mut rows: Vec<RotationRow> = members().map(|member| row(member, &order, spoken.get(&member.id), today)).collect();
    sort(&mut rows, ordered);
    let next = next(&rows, ordered);
    Ok(Rotation {
        organization,
        organizations: tree.into_iter().map(|own| RotationOrganization { id: own.id, name: own.name, kind: own.kind }).collect(),
        ordered,
        next,
        rows,
        sessions: open_sessions(&records, organization),
    })
}

fn row(member: &MemberRecord, order: &[MemberId], speeches: Option<&Vec<SpokenRecord>>, today: NaiveDate) -> RotationRow {
    let speeches = speeches.map(Vec::as_slice).unwrap_or_default();
    let held = || speeches.iter().filter(|speech| speech.state == SessionState::Held);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    RotationRow {
        member: member.id,
        name: member.person.name.clone(),
        display_name: names::widened(&member.person.name),
        staff_no: member.person.staff_no.clone(),
        department: member.standing.department.clone(),
        post: member.standing.post.clone(),
        search_keys: pinyin::search_keys(&member.person.name),
        position: order.iter().position(|id| *id == member.id).map(|place| count(place + 1)),
        times: count(held().count()),
        times_this_year: count(held().filter(|speech| speech.date.year() == today.year()).count()),
        spoken: held().rev().map(speech).collect(),
        // What was planned for a day that is over was not held, as far as
        // anybody knows.
        planned: speeches.iter().filter(|speech| speech.state == SessionState::Planned && speech.date >= today).map(speech).collect(),
    }
}

fn speech(record: &SpokenRecord) -> Speech {
    Speech { session: record.session, date: record.date.to_string(), kind: record.kind.clone(), title: record.title.clone() }
}

/// The latest day on which somebody spoke or is to speak.
fn latest(row: &RotationRow) -> Option<&str> {
    row.planned.last().or(row.spoken.first()).map(|speech| speech.date.as_str())
}

/// The rows come in 姓氏笔画 order, and keep it where nothing else decides.
fn sort(rows: &mut [RotationRow], ordered: bool) {
    if ordered {
        rows.sort_by_key(|row| row.position.unwrap_or(u32::MAX));
    } else {
        rows.sort_by(|one, other| latest(one).cmp(&latest(other)));
    }
}

/// Who is next. With an order: who stands behind whoever of them speaks
/// last, and at its end the first again.
fn next(rows: &[RotationRow], ordered: bool) -> Option<MemberId> {
    if !ordered {
        return rows.first().map(|row| row.member);
    }
    let taking_turns: Vec<&RotationRow> = rows.iter().filter(|row| row.position.is_some()).collect();
    // Of two on one day, the one further on in the order spoke last.
    let last =
        (0..taking_turns.len()).filter(|place| latest(taking_turns[*place]).is_some()).max_by_key(|place| latest(taking_turns[*place]));
    let place = last.map_or(0, |last| (last + 1) % taking_turns.len());
    taking_turns.get(place).map(|row| row.member)
}

fn open_sessions(records: &Records, organization: OrganizationId) -> Vec<RotationSession> {
    let concerns = |session: &&sessions::SessionRecord| {
        let mut holders = records.holders(session.id).iter();
        holders.any(|holder| records.is_below(*holder, organization) || records.is_below(organization, *holder))
    };
    let planned = records.sessions.iter().filter(|session| session.fields.state == SessionState::Planned);
    let view = |session: &sessions::SessionRecord| RotationSession {
        id: session.id,
        date: session.fields.date.to_string(),
        kind: session.fields.kind.clone(),
        title: session.fields.title.clone(),
        speakers: records.names(session.id, Role::Speaker),
    };
    planned.filter(concerns).map(view).collect()
}

fn name_of(reader: &Reader, id: OrganizationId) -> Result<String, ApiError> {
    let found = organizations::list(reader)?.into_iter().find(|own| own.id == id);
    Ok(found.ok_or(StoreError::Gone { what: "organization" })?.name)
}

/// `rotation.set_order`
pub fn set_order(context: &mut MutateContext, request: SetRotation) -> Result<Nothing, ApiError> {
    let mut members: Vec<MemberId> = Vec::new();
    for member in request.members {
        if !members.contains(&member) {
            roster::get(&context.writer.reader(), member, context.today)?;
            members.push(member);
        }
    }
    if members.is_empty() {
        return Err(ApiError::field("members", "nothing_chosen"));
    }
    let name = name_of(&context.writer.reader(), request.organization)?;
    rotation::set_order(context.writer, request.organization, &members)?;
    context.writer.describe(params! { "name" => name, "count" => members.len() });
    Ok(Nothing {})
}

/// `rotation.clear_order`
pub fn clear_order(context: &mut MutateContext, request: ClearRotation) -> Result<Nothing, ApiError> {
    let name = name_of(&context.writer.reader(), request.organization)?;
    rotation::set_order(context.writer, request.organization, &[])?;
    context.writer.describe(params! { "name" => name });
    Ok(Nothing {})
}

/// `rotation.assign`
pub fn assign(context: &mut MutateContext, request: AssignSpeaker) -> Result<Nothing, ApiError> {
    let reader = context.writer.reader();
    let session = sessions::get(&reader, request.session)?;
    let member = roster::get(&reader, request.member, session.fields.date)?;
    let (name, title) = (member.person.name, session.fields.title);
    if session.fields.state == SessionState::Cancelled {
        return Err(ApiError::Refused { code: "session_cancelled", params: params! { "title" => title } });
    }
    let mut speakers: Vec<(String, Option<MemberId>)> = sessions::parts_of(&reader, request.session)?
        .into_iter()
        .filter(|part| part.role == Role::Speaker)
        .map(|part| (part.name, part.member))
        .collect();
    if speakers.iter().any(|(_, speaker)| *speaker == Some(request.member)) {
        return Err(ApiError::Refused { code: "speaks_already", params: params! { "name" => name, "title" => title } });
    }
    speakers.push((name.clone(), Some(request.member)));
    sessions::set_parts(context.writer, request.session, Role::Speaker, &speakers)?;
    context.writer.describe(params! { "name" => name, "title" => title, "date" => session.fields.date.to_string() });
    Ok(Nothing {})
}
