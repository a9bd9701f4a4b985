//! 签到卡: a card per member whose QR code a reader types into the roll.

use std::collections::HashMap;

use chrono::{NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attendance::AttendanceStatus,
    cards::{self, CardKey},
    ids::{MemberId, OrganizationId, SessionId},
    text::names,
};
use xueji_exchange::{
    params,
    qr::{self, QrDrawing},
};
use xueji_store::{
    Reader, StoreError,
    tables::{
        attendance::{MarkRecord, MarkSource},
        book, ledger, organizations,
        roster::{self, MemberRecord},
        sessions::{self, SessionRecord},
        settings,
    },
};

use super::attendance::{Tally, hold, write_mark};
use crate::{
    areas::attendance::sheet,
    context::{MutateContext, QueryContext, local},
    error::ApiError,
    records::Records,
    table::Nothing,
};

/// Whether cards were made, and how a late one is read.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CardsState {
    /// Whether the book has made cards.
    pub made: bool,
    /// How a card read after the beginning is taken.
    pub late: CardLate,
}

/// How a card is taken that is read after a session's beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardLate {
    /// Minutes after the beginning in which nobody is late yet; at most 120.
    pub grace_minutes: u32,
    /// What a later card says.
    pub taken: LateTaken,
}

/// What a card says that is read later than the minutes of grace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LateTaken {
    /// 迟到, with the minutes since the beginning.
    Late,
    /// The clerk is asked.
    Ask,
    /// 出席, whatever the clock says.
    Present,
}

/// Five minutes, as rooms fill.
const LATE: CardLate = CardLate { grace_minutes: 5, taken: LateTaken::Late };
const LATE_SETTING: &str = "cards.late";
/// More is no grace any more, but another beginning.
const MOST_GRACE: u32 = 120;

/// Makes cards.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct IssueCards {
    /// Whose; in the order of the printed sheets.
    #[ts(type = "string[]")]
    pub members: Vec<MemberId>,
}

/// A card to be printed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CardView {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// 姓名, widened: 王　伟.
    pub display_name: String,
    /// 工号
    pub staff_no: Option<String>,
    /// 所在组织
    pub organization: Option<String>,
    /// 部门
    pub department: Option<String>,
    /// What a reader types.
    pub text: String,
    /// The text as a QR code.
    pub qr: QrDrawing,
}

/// A card was read at a roll.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReadCard {
    /// At which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// What the reader typed.
    pub text: String,
    /// When, by the clock of the machine: `2025-12-15T14:32:05`.
    #[ts(type = "string")]
    pub at: NaiveDateTime,
    /// What the clerk, once asked, has marked: 迟到; anything else is 出席.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub answer: Option<AttendanceStatus>,
    /// Whether the clerk knows that the roll is closed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub although_closed: Option<bool>,
}

/// What came of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardOutcome {
    /// The mark was set.
    Marked,
    /// Whoever it is was there already; nothing changed.
    Already,
    /// Another mark stands, such as a leave: the clerk is asked, nothing
    /// changed.
    AskStanding,
    /// It is late: the clerk is asked, nothing changed.
    AskLate,
}

/// A card that was read.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CardRead {
    /// What came of it.
    pub outcome: CardOutcome,
    /// Whose card.
    #[ts(type = "string")]
    pub member: MemberId,
    /// 姓名
    pub name: String,
    /// 工号
    pub staff_no: Option<String>,
    /// The mark as it stands now.
    pub status: AttendanceStatus,
    /// Minutes late: of the mark, or by which it would be late.
    pub minutes: Option<u32>,
    /// When the mark that stands was set, `14:32`, with the day in front
    /// where that was not today.
    pub marked_at: Option<String>,
    /// The count.
    pub tally: Tally,
}

/// `cards.state`
pub fn state(context: &QueryContext, _: Nothing) -> Result<CardsState, ApiError> {
    Ok(CardsState { made: book::card_key(context.reader)?.is_some(), late: late(context.reader)? })
}

fn late(reader: &Reader) -> Result<CardLate, StoreError> {
    Ok(settings::get(reader, LATE_SETTING)?.unwrap_or(LATE))
}

/// `cards.set_late`
pub fn set_late(context: &mut MutateContext, request: CardLate) -> Result<CardLate, ApiError> {
    if request.grace_minutes > MOST_GRACE {
        return Err(ApiError::field("grace_minutes", "grace_too_long"));
    }
    settings::set(context.writer, LATE_SETTING, &request)?;
    context.writer.describe(params! { "minutes" => request.grace_minutes });
    Ok(request)
}

/// `cards.issue`: the first card makes the book's key with it.
pub fn issue(context: &mut MutateContext, request: IssueCards) -> Result<Vec<CardView>, ApiError> {
    if request.members.is_empty() {
        return Err(ApiError::field("members", "nobody_chosen"));
    }
    let key = book::make_card_key(context.writer)?;
    let reader = context.writer.reader();
    let known: HashMap<MemberId, MemberRecord> =
        roster::list(&reader, context.today)?.into_iter().map(|member| (member.id, member)).collect();
    let organizations: HashMap<OrganizationId, String> =
        organizations::list(&reader)?.into_iter().map(|organization| (organization.id, organization.name)).collect();
    let members = request.members.iter().map(|id| known.get(id).ok_or(StoreError::Gone { what: "member" }));
    members.map(|member| card_view(&key, member?, &organizations)).collect()
}

fn card_view(key: &CardKey, member: &MemberRecord, organizations: &HashMap<OrganizationId, String>) -> Result<CardView, ApiError> {
    let text = key.card(member.id);
    let qr = qr::draw(&text).map_err(|error| ApiError::Internal { reason: error.to_string() })?;
    Ok(CardView {
        member: member.id,
        display_name: names::widened(&member.person.name),
        staff_no: member.person.staff_no.clone(),
        organization: member.standing.organization.and_then(|id| organizations.get(&id).cloned()),
        department: member.standing.department.clone(),
        text,
        qr,
    })
}

/// Whose card a text is, or by name why it is not taken.
fn bearer(reader: &Reader, text: &str, session: &SessionRecord) -> Result<MemberRecord, ApiError> {
    let refused = |code, params| Err(ApiError::Refused { code, params });
    let Some(card) = cards::parse(text) else { return refused("card_damaged", params! {}) };
    let key = book::card_key(reader)?;
    let member = match roster::get(reader, card.member, session.fields.date) {
        Err(StoreError::Gone { .. }) => None,
        found => Some(found?),
    };
    let made = key.is_some_and(|key| key.made(&card));
    match (member, made) {
        (Some(member), true) => Ok(member),
        (Some(member), false) => refused("card_false", params! { "name" => member.person.name }),
        (None, true) => refused("card_of_nobody", params! {}),
        (None, false) => refused("card_foreign", params! {}),
    }
}

/// `attendance.card`
pub fn read(context: &mut MutateContext, request: ReadCard) -> Result<CardRead, ApiError> {
    let reader = context.writer.reader();
    let session = sessions::get(&reader, request.session)?;
    let member = bearer(&reader, &request.text, &session)?;
    let records = Records::of_day(&reader, session.fields.date)?;
    let Some(line) = records.roll(&session).find(|line| line.member.id == member.id) else {
        let code = if member.standing.organization.is_none() { "card_of_left" } else { "card_not_on_roll" };
        return Err(ApiError::Refused { code, params: params! { "name" => member.person.name, "title" => session.fields.title } });
    };
    let before = line.mark.cloned();
    let (outcome, status, minutes) = verdict(&reader, &session, &request, before.as_ref(), line.status)?;
    let marked_at =
        if outcome == CardOutcome::Marked { Some(clock(request.at)) } else { marked_at(&reader, &session, member.id, request.at)? };
    if outcome == CardOutcome::Marked {
        set(context, &request, &member, before, status, minutes)?;
    }
    told(context, session.id, outcome, &member, (status, minutes), marked_at)
}

/// What comes of a card: the mark to set, or the one that stands and what is
/// asked about it.
fn verdict(
    reader: &Reader,
    session: &SessionRecord,
    request: &ReadCard,
    before: Option<&MarkRecord>,
    standing: AttendanceStatus,
) -> Result<(CardOutcome, AttendanceStatus, Option<u32>), ApiError> {
    use AttendanceStatus::{Absent, Late, Present, Unmarked};
    let setting = late(reader)?;
    let minutes = late_by(session, request);
    let late = minutes.filter(|minutes| *minutes > setting.grace_minutes && setting.taken != LateTaken::Present);
    Ok(match (request.answer, late) {
        (Some(Late), _) => (CardOutcome::Marked, Late, minutes),
        (Some(_), _) => (CardOutcome::Marked, Present, None),
        (None, _) if standing.attended() => (CardOutcome::Already, standing, before.and_then(|mark| mark.minutes)),
        (None, late) if !matches!(standing, Unmarked | Absent) => (CardOutcome::AskStanding, standing, late),
        (None, None) => (CardOutcome::Marked, Present, None),
        (None, late) if setting.taken == LateTaken::Ask => (CardOutcome::AskLate, standing, late),
        (None, late) => (CardOutcome::Marked, Late, late),
    })
}

/// Whole minutes since the beginning; a card that is read on another day, to
/// catch up, says nothing of when its bearer came.
fn late_by(session: &SessionRecord, request: &ReadCard) -> Option<u32> {
    let start = session.fields.date.and_time(session.fields.starts_at?);
    if request.at.date() != session.fields.date {
        return None;
    }
    u32::try_from((request.at - start).num_minutes()).ok().filter(|minutes| *minutes > 0)
}

/// Sets the mark; the remark that somebody wrote stays.
fn set(
    context: &mut MutateContext,
    request: &ReadCard,
    member: &MemberRecord,
    before: Option<MarkRecord>,
    status: AttendanceStatus,
    minutes: Option<u32>,
) -> Result<(), ApiError> {
    hold(context, request.session, request.although_closed == Some(true))?;
    let mark = MarkRecord {
        minutes,
        remark: before.and_then(|mark| mark.remark),
        source: Some(MarkSource::Card),
        ..MarkRecord::new(request.session, member.id, status)
    };
    write_mark(context, &mark)?;
    context.writer.describe(params! { "name" => member.person.name, "status" => status.code(), "at" => clock(request.at) });
    Ok(())
}

fn told(
    context: &MutateContext,
    session: SessionId,
    outcome: CardOutcome,
    member: &MemberRecord,
    (status, minutes): (AttendanceStatus, Option<u32>),
    marked_at: Option<String>,
) -> Result<CardRead, ApiError> {
    let reader = context.writer.reader();
    let session = sessions::get(&reader, session)?;
    let records = Records::of_day(&reader, session.fields.date)?;
    Ok(CardRead {
        outcome,
        member: member.id,
        name: member.person.name.clone(),
        staff_no: member.person.staff_no.clone(),
        status,
        minutes,
        marked_at,
        tally: sheet::tally(&reader, &records, &session)?,
    })
}

/// When the mark that stands was set: what the card's reading said, else when
/// the last change was written.
fn marked_at(reader: &Reader, session: &SessionRecord, member: MemberId, now: NaiveDateTime) -> Result<Option<String>, ApiError> {
    let changes = ledger::changes(reader, session.id, member)?;
    let Some(last) = changes.iter().rfind(|change| change.table == "attendance" && change.after.is_some()) else { return Ok(None) };
    let said = last.operation.params.get("at").and_then(|at| at.as_str()).filter(|_| last.operation.name == "attendance.card");
    let at = local(last.operation.at).map(|at| at.naive_local());
    Ok(match (said, at) {
        (Some(said), _) => Some(said.to_owned()),
        (None, Some(at)) if at.date() == now.date() => Some(clock(at)),
        (None, at) => at.map(|at| at.format("%Y-%m-%d %H:%M").to_string()),
    })
}

fn clock(at: NaiveDateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}
