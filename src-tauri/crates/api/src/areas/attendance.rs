//! 考勤: a session's roll, one mark at a time.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attendance::{AttendanceCounts, AttendanceRate, AttendanceStatus},
    ids::{MakeUpId, MemberId, SessionId},
    roster::Tier,
};

use super::sessions::SessionRow;

use std::collections::HashMap;

use xueji_domain::{
    roster::RankTable,
    sessions::SessionState,
    text::{names, pinyin},
};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::{
        attendance::{self, MakeUpRecord, MarkRecord},
        roster, sessions,
    },
};

use super::{roster::namesakes, sessions::SessionRequest};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    records::{Records, RollLine},
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
    /// Members in 姓氏笔画 order: those of the organizations that hold the
    /// session on its day, and whoever else has a mark.
    pub rows: Vec<RollRow>,
    /// The count.
    pub tally: Tally,
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
}

/// One member's mark at a session.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MarkView {
    /// The status; `unmarked` where nothing was ever said.
    pub status: AttendanceStatus,
    /// Minutes late or left early, where known.
    pub minutes: Option<u32>,
    /// 列席: outside 应到 and 实到.
    pub observer: bool,
    /// 备注
    pub remark: Option<String>,
    /// The make-up, where there is one.
    pub make_up: Option<MakeUpView>,
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
    /// 出勤率
    pub rate: AttendanceRate,
    /// 含补学出勤率
    pub rate_with_make_up: AttendanceRate,
}

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
}

/// A mark as it now stands in the book.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Marked {
    /// Whom.
    #[ts(type = "string")]
    pub member: MemberId,
    /// The mark.
    pub mark: MarkView,
    /// The new count.
    pub tally: Tally,
}

/// 其余全部出席: marks only those who have no mark yet.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MarkRest {
    /// At which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// As what.
    pub status: AttendanceStatus,
}

/// What 'the rest' did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RestMarked {
    /// How many were marked.
    pub filled: u32,
    /// How many had a mark already and were left alone.
    pub left_alone: u32,
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
}

/// Names one make-up.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MakeUpRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: MakeUpId,
}

/// `attendance.sheet`
pub fn sheet(context: &QueryContext, request: SessionRequest) -> Result<AttendanceSheet, ApiError> {
    let session = sessions::get(context.reader, request.id)?;
    let records = Records::of_day(context.reader, session.fields.date)?;
    let credit = credit_of(context, &session)?;
    let (ranks, namesakes) = (RankTable::shipped(), namesakes(&records.members));
    let rows = records.roll(&session).zip(1..).map(|(line, number)| roll_row(&line, number, &ranks, &namesakes)).collect();
    Ok(AttendanceSheet {
        session: super::sessions::row(&records, &session),
        credit: credit.0,
        credit_unit: credit.1,
        rows,
        tally: tally(&records.counts(&session)),
    })
}

/// What the first rule set in use gives for being there throughout, and its
/// unit.
fn credit_of(context: &QueryContext, session: &sessions::SessionRecord) -> Result<(Option<String>, String), ApiError> {
    let Some(loaded) = rules::count::first_in_use(context.reader, session.fields.date)? else { return Ok((None, String::new())) };
    let credit = match session.fields.amount {
        Some(_) => rules::view::full_attendance(&loaded, rules::facts::attended(session))?,
        None => None,
    };
    Ok((credit.map(|credit| credit.to_string()), loaded.rules.head.unit.clone()))
}

fn roll_row(line: &RollLine, number: u32, ranks: &RankTable, namesakes: &HashMap<String, u32>) -> RollRow {
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
        mark: mark_view(line),
    }
}

fn mark_view(line: &RollLine) -> MarkView {
    MarkView {
        status: line.status,
        minutes: line.mark.and_then(|mark| mark.minutes),
        observer: line.observer,
        remark: line.mark.and_then(|mark| mark.remark.clone()),
        make_up: line.make_up.map(make_up_view),
    }
}

fn make_up_view(make_up: &MakeUpRecord) -> MakeUpView {
    MakeUpView {
        id: make_up.id,
        done_on: make_up.done_on.map(|day| day.to_string()),
        form: make_up.form.clone(),
        evidence: make_up.evidence.clone(),
    }
}

fn tally(counts: &AttendanceCounts) -> Tally {
    Tally {
        counts: *counts,
        required: counts.required(),
        attended: counts.attended(),
        on_leave: counts.on_leave(),
        rate: counts.rate(),
        rate_with_make_up: counts.rate_with_make_up(),
    }
}

/// The mark as it now stands, with the session's new count.
fn marked(reader: &Reader, session: SessionId, member: MemberId) -> Result<Marked, ApiError> {
    let session = sessions::get(reader, session)?;
    let records = Records::of_day(reader, session.fields.date)?;
    let unmarked = MarkView { status: AttendanceStatus::Unmarked, minutes: None, observer: false, remark: None, make_up: None };
    let mark = records.roll(&session).find(|line| line.member.id == member).map_or(unmarked, |line| mark_view(&line));
    Ok(Marked { member, mark, tally: tally(&records.counts(&session)) })
}

/// A roll that is taken was held: the first mark says so of a planned session
/// whose day has come.
fn hold(context: &mut MutateContext, session: SessionId) -> Result<(), ApiError> {
    let record = sessions::get(&context.writer.reader(), session)?;
    match record.fields.state {
        SessionState::Held => Ok(()),
        SessionState::Cancelled => Err(ApiError::Refused { code: "session_cancelled", params: params! { "title" => record.fields.title } }),
        SessionState::Planned if record.fields.date > context.today => Err(ApiError::Refused {
            code: "session_in_future",
            params: params! { "title" => record.fields.title, "date" => record.fields.date.to_string() },
        }),
        SessionState::Planned => {
            let fields = sessions::SessionFields { state: SessionState::Held, ..record.fields };
            Ok(sessions::update(context.writer, session, record.revision, &fields)?)
        }
    }
}

/// `attendance.mark`
pub fn mark(context: &mut MutateContext, request: Mark) -> Result<Marked, ApiError> {
    hold(context, request.session)?;
    let reader = context.writer.reader();
    let member = roster::get(&reader, request.member, context.today)?;
    let before = attendance::get(&reader, request.session, request.member)?;
    let status = request.status.or(before.as_ref().map(|mark| mark.status)).unwrap_or(AttendanceStatus::Unmarked);
    let minutes = match request.minutes {
        Some(0) => None,
        Some(minutes) if minutes > 24 * 60 => return Err(ApiError::field("minutes", "minutes_too_many")),
        Some(minutes) => Some(minutes),
        // Minutes belong to a late or an early mark and go with it.
        None => before.as_ref().and_then(|mark| mark.minutes),
    }
    .filter(|_| matches!(status, AttendanceStatus::Late | AttendanceStatus::EarlyLeave));
    let before = before.unwrap_or_else(|| MarkRecord::new(request.session, request.member, status));
    let remark = match &request.remark {
        Some(remark) => forms::text(Some(remark)),
        None => before.remark.clone(),
    };
    let mark = MarkRecord { status, minutes, remark, ..before };
    attendance::set(context.writer, &mark)?;
    if !status.missed() {
        // Who was there after all has nothing to make up.
        remove_make_up_of(context, request.session, request.member)?;
    }
    if let Some(observer) = request.observer {
        sessions::set_observer(context.writer, request.session, request.member, &member.person.name, observer)?;
    }
    let said = if request.observer == Some(true) { "observer" } else { status.code() };
    context.writer.describe(params! { "name" => member.person.name, "status" => said });
    marked(&context.writer.reader(), request.session, request.member)
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
    hold(context, request.session)?;
    let reader = context.writer.reader();
    let session = sessions::get(&reader, request.session)?;
    let records = Records::of_day(&reader, session.fields.date)?;
    let (mut rest, mut left_alone) = (Vec::new(), 0);
    for line in records.roll(&session) {
        if line.status == AttendanceStatus::Unmarked && !line.observer {
            let remark = line.mark.and_then(|mark| mark.remark.clone());
            rest.push(MarkRecord { remark, ..MarkRecord::new(session.id, line.member.id, request.status) });
        } else {
            left_alone += 1;
        }
    }
    for mark in &rest {
        attendance::set(context.writer, mark)?;
    }
    let filled = u32::try_from(rest.len()).unwrap_or(u32::MAX);
    context.writer.describe(params! { "title" => session.fields.title, "status" => request.status, "count" => filled });
    Ok(RestMarked { filled, left_alone })
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
    let (form, evidence) = (forms::text(request.form.as_deref()), forms::text(request.evidence.as_deref()));
    attendance::set_make_up(context.writer, request.session, request.member, done_on, form.as_deref(), evidence.as_deref())?;
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
