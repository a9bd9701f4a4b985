//! 学习活动: planned, held, cancelled, copied; who had which part.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    amount::StudyAmount,
    attendance::{AttendanceCounts, AttendanceRate},
    ids::{MemberId, OrganizationId, PlanItemId, SeriesId, SessionId},
    sessions::{Role, SessionLevel, SessionState},
};

use chrono::NaiveDate;
use xueji_domain::{attendance::AttendanceStatus, text::names};
use xueji_exchange::params;
use xueji_store::{
    Reader, Writer,
    tables::{
        book, roster,
        sessions::{self, SessionFields, SessionRecord},
        words,
    },
};

use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    records::Records,
    table::Nothing,
};

/// A year.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct YearRequest {
    /// The calendar year.
    pub year: i32,
}

/// A session in a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SessionRow {
    /// Its key.
    #[ts(type = "string")]
    pub id: SessionId,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `HH:MM`, where known.
    pub starts_at: Option<String>,
    /// How long, where known.
    pub amount: Option<AmountView>,
    /// 类型
    pub kind: String,
    /// 主题
    pub title: String,
    /// 学习层级
    pub level: SessionLevel,
    /// 专题
    pub theme: Option<String>,
    /// 地点
    pub place: Option<String>,
    /// 编号 in the file it came from.
    pub number: Option<String>,
    /// planned, held, cancelled.
    pub state: SessionState,
    /// 主持人 as typed, joined by 、.
    pub hosts: String,
    /// What else it is at once: 主题党日 and 支部党员大会.
    pub also: Vec<String>,
    /// 标签
    pub tags: Vec<String>,
    /// The series that made it.
    #[ts(type = "string | null")]
    pub series: Option<SeriesId>,
    /// The day that the series gave it.
    pub series_date: Option<String>,
    /// The plan's item that it carries out.
    #[ts(type = "string | null")]
    pub plan_item: Option<PlanItemId>,
    /// Its marks.
    pub counts: AttendanceCounts,
    /// 应到
    pub required: u32,
    /// 实到
    pub attended: u32,
    /// 出勤率
    pub rate: AttendanceRate,
    /// For the next edit.
    pub revision: u32,
}

/// A duration as it was given.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AmountView {
    /// The amount and its unit.
    #[ts(type = "{ value: string; unit: \"second\" | \"half_day\" | \"day\" | \"class_hour\" }")]
    pub amount: StudyAmount,
    /// As it is written: 1小时30分, 半天, 2学时.
    pub label: String,
    /// Whole minutes, where the amount is a time.
    pub minutes: Option<u32>,
}

/// A session with everything that its page shows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SessionDetail {
    /// As in the list.
    pub session: SessionRow,
    /// Who had which part.
    pub parts: Vec<PartView>,
    /// Organizations that hold it together.
    #[ts(type = "string[]")]
    pub organizations: Vec<OrganizationId>,
    /// 备注
    pub remark: Option<String>,
}

/// One part in a session.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PartView {
    /// Which part.
    pub role: Role,
    /// The name as typed.
    pub name: String,
    /// The member it is, where certain.
    #[ts(type = "string | null")]
    pub member: Option<MemberId>,
    /// Whether somebody has to say who it is (待确认): no member, or several,
    /// bear the name.
    pub unconfirmed: bool,
}

/// What a form says of a session.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SessionInput {
    /// 日期, in any usual spelling; required.
    pub date: String,
    /// 开始时间
    pub starts_at: Option<String>,
    /// 时长, in any usual spelling.
    pub amount: Option<String>,
    /// 类型, required.
    pub kind: String,
    /// 主题, required.
    pub title: String,
    /// 学习层级
    pub level: SessionLevel,
    /// 专题
    pub theme: Option<String>,
    /// 地点
    pub place: Option<String>,
    /// planned or held.
    pub state: SessionState,
    /// 主持人, several joined by 、.
    pub hosts: Option<String>,
    /// 主讲人
    pub speakers: Option<String>,
    /// 记录人
    pub recorders: Option<String>,
    /// Organizations that hold it together; the book's own where empty.
    #[ts(type = "string[]")]
    pub organizations: Vec<OrganizationId>,
    /// 备注
    pub remark: Option<String>,
    /// What else it is at once; absent: as it was.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub also: Option<Vec<String>>,
    /// 标签; absent: as they were.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub tags: Option<Vec<String>>,
    /// The plan's item that it carries out, `null`: none; absent: as it was.
    #[serde(default, deserialize_with = "said")]
    #[ts(type = "string | null", optional)]
    pub plan_item: Option<Option<PlanItemId>>,
}

/// A field that is there, be it `null`; with `default`, an absent one is none.
fn said<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Edits a session.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditSession {
    /// Which.
    #[ts(type = "string")]
    pub id: SessionId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new values.
    pub session: SessionInput,
}

/// Copies a session to another day, without its marks.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CopySession {
    /// Which.
    #[ts(type = "string")]
    pub id: SessionId,
    /// To which day.
    pub date: String,
}

/// Moves a planned session to another day.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MoveSession {
    /// Which.
    #[ts(type = "string")]
    pub id: SessionId,
    /// The revision that was seen.
    pub revision: u32,
    /// To which day.
    pub date: String,
}

/// Names one session.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SessionRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: SessionId,
}

/// Sets a session's state: cancels it, or takes it up again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetSessionState {
    /// Which.
    #[ts(type = "string")]
    pub id: SessionId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new state.
    pub state: SessionState,
}

/// `sessions.list`
pub fn list(context: &QueryContext, request: YearRequest) -> Result<Vec<SessionRow>, ApiError> {
    let records = Records::of_year(context.reader, request.year, context.today)?;
    Ok(records.sessions.iter().map(|session| row(&records, session)).collect())
}

/// A session's row.
pub(crate) fn row(records: &Records, session: &SessionRecord) -> SessionRow {
    let fields = &session.fields;
    let counts = records.counts(session);
    SessionRow {
        id: session.id,
        date: fields.date.to_string(),
        starts_at: fields.starts_at.map(|time| time.format("%H:%M").to_string()),
        amount: fields.amount.map(amount_view),
        kind: fields.kind.clone(),
        title: fields.title.clone(),
        level: fields.level,
        theme: fields.theme.clone(),
        place: fields.place.clone(),
        number: fields.number.clone(),
        state: fields.state,
        hosts: records.names(session.id, Role::Host),
        also: records.also(session.id).to_vec(),
        tags: records.tags(session.id).to_vec(),
        series: session.links.series.map(|(series, _)| series),
        series_date: session.links.series.map(|(_, day)| day.to_string()),
        plan_item: session.links.plan_item,
        counts,
        required: counts.required(),
        attended: counts.attended(),
        // What has not been held has no rate, whoever is expected.
        rate: if fields.state == SessionState::Held { counts.rate() } else { AttendanceRate::default() },
        revision: session.revision,
    }
}

/// A duration as the window shows it.
pub(crate) fn amount_view(amount: StudyAmount) -> AmountView {
    let minutes = match amount {
        StudyAmount::Seconds(seconds) => Some(seconds / 60),
        _ => None,
    };
    AmountView { amount, label: amount.label(), minutes }
}

/// `sessions.get`
pub fn get(context: &QueryContext, request: SessionRequest) -> Result<SessionDetail, ApiError> {
    let record = sessions::get(context.reader, request.id)?;
    let records = Records::of_day(context.reader, record.fields.date)?;
    let parts = records
        .parts
        .iter()
        .filter(|part| part.session == request.id && part.role != Role::Observer)
        .map(|part| PartView { role: part.role, name: part.name.clone(), member: part.member, unconfirmed: part.member.is_none() })
        .collect();
    Ok(SessionDetail {
        session: row(&records, &record),
        parts,
        organizations: sessions::organizations_of(context.reader, request.id)?,
        remark: record.fields.remark,
    })
}

fn row_of(reader: &Reader, id: SessionId) -> Result<SessionRow, ApiError> {
    let record = sessions::get(reader, id)?;
    Ok(row(&Records::of_day(reader, record.fields.date)?, &record))
}

fn fields(input: &SessionInput) -> Result<SessionFields, ApiError> {
    Ok(SessionFields {
        date: forms::day("date", &input.date)?,
        starts_at: forms::clock("starts_at", input.starts_at.as_deref())?,
        amount: forms::text(input.amount.as_deref()).map(|amount| forms::amount("amount", &amount)).transpose()?,
        kind: forms::required("kind", "kind_missing", &input.kind)?,
        title: forms::required("title", "title_missing", &input.title)?,
        level: input.level,
        theme: forms::text(input.theme.as_deref()),
        place: forms::text(input.place.as_deref()),
        number: None,
        state: input.state,
        remark: forms::text(input.remark.as_deref()),
    })
}

/// Writes the parts of a form. A name is linked where exactly one member
/// bears it; else it stays as typed.
fn write_parts(writer: &mut Writer, id: SessionId, input: &SessionInput, day: NaiveDate) -> Result<(), ApiError> {
    let members = roster::list(&writer.reader(), day)?;
    for (role, typed) in [(Role::Host, &input.hosts), (Role::Speaker, &input.speakers), (Role::Recorder, &input.recorders)] {
        let people: Vec<_> = split_names(typed.as_deref().unwrap_or_default())
            .into_iter()
            .map(|name| {
                let mut bearers = members.iter().filter(|member| member.person.name == name);
                let member = bearers.next().map(|member| member.id).filter(|_| bearers.next().is_none());
                (name, member)
            })
            .collect();
        sessions::set_parts(writer, id, role, &people)?;
    }
    Ok(())
}

/// Names in one cell or field: 王伟、李静，张三.
pub(crate) fn split_names(typed: &str) -> Vec<String> {
    typed.split(['、', '，', ',', ';', '；', '/']).map(names::clean_name).filter(|name| !name.is_empty()).collect()
}

fn write_organizations(writer: &mut Writer, id: SessionId, chosen: &[OrganizationId]) -> Result<(), ApiError> {
    let organizations = if chosen.is_empty() { vec![book::get(&writer.reader())?.root_organization] } else { chosen.to_vec() };
    Ok(sessions::set_organizations(writer, id, &organizations)?)
}

/// Writes what a session is beside its kind, and what it carries out.
fn write_words(context: &mut MutateContext, id: SessionId, input: &SessionInput, kind: &str) -> Result<(), ApiError> {
    let clean = |words: &[String]| -> Vec<String> { words.iter().filter_map(|word| forms::text(Some(word))).collect() };
    if let Some(also) = &input.also {
        let mut also = clean(also);
        also.retain(|other| other != kind);
        words::set_also(context.writer, id, &also)?;
    }
    if let Some(tags) = &input.tags {
        words::set_tags(context.writer, id, &clean(tags))?;
    }
    if let Some(item) = input.plan_item {
        if let Some(item) = item {
            xueji_store::tables::plans::item(&context.writer.reader(), item)?;
        }
        super::plans::set_item(context, id, item)?;
    }
    Ok(())
}

/// `sessions.add`
pub fn add(context: &mut MutateContext, request: SessionInput) -> Result<SessionRow, ApiError> {
    let fields = fields(&request)?;
    let id = sessions::insert(context.writer, &fields)?;
    write_organizations(context.writer, id, &request.organizations)?;
    write_parts(context.writer, id, &request, fields.date)?;
    write_words(context, id, &request, &fields.kind)?;
    context.writer.describe(params! { "title" => fields.title, "date" => fields.date.to_string() });
    row_of(&context.writer.reader(), id)
}

/// `sessions.edit`
pub fn edit(context: &mut MutateContext, request: EditSession) -> Result<SessionRow, ApiError> {
    let before = sessions::get(&context.writer.reader(), request.id)?;
    let fields = SessionFields { number: before.fields.number, ..fields(&request.session)? };
    sessions::update(context.writer, request.id, request.revision, &fields)?;
    write_organizations(context.writer, request.id, &request.session.organizations)?;
    write_parts(context.writer, request.id, &request.session, fields.date)?;
    write_words(context, request.id, &request.session, &fields.kind)?;
    context.writer.describe(params! { "title" => fields.title, "date" => fields.date.to_string() });
    row_of(&context.writer.reader(), request.id)
}

/// `sessions.copy`
pub fn copy(context: &mut MutateContext, request: CopySession) -> Result<SessionRow, ApiError> {
    let date = forms::day("date", &request.date)?;
    let reader = context.writer.reader();
    let source = sessions::get(&reader, request.id)?;
    let organizations = sessions::organizations_of(&reader, request.id)?;
    let parts = sessions::parts_of(&reader, request.id)?;
    let fields = SessionFields { date, state: SessionState::Planned, number: None, ..source.fields };
    let id = sessions::insert(context.writer, &fields)?;
    sessions::set_organizations(context.writer, id, &organizations)?;
    for role in [Role::Host, Role::Speaker, Role::Recorder] {
        let people: Vec<_> = parts.iter().filter(|part| part.role == role).map(|part| (part.name.clone(), part.member)).collect();
        sessions::set_parts(context.writer, id, role, &people)?;
    }
    let reader = context.writer.reader();
    let (also, tags) = (words::also_of(&reader, request.id)?, words::tags_of(&reader, request.id)?);
    words::set_also(context.writer, id, &also)?;
    words::set_tags(context.writer, id, &tags)?;
    context.writer.describe(params! { "title" => fields.title, "date" => date.to_string() });
    row_of(&context.writer.reader(), id)
}

/// `sessions.move`: a session of a series stays one, and is not made again.
pub fn move_to(context: &mut MutateContext, request: MoveSession) -> Result<SessionRow, ApiError> {
    let date = forms::day("date", &request.date)?;
    let before = sessions::get(&context.writer.reader(), request.id)?;
    if before.fields.state != SessionState::Planned {
        let params = params! { "title" => before.fields.title, "date" => before.fields.date.to_string() };
        return Err(ApiError::Refused { code: "session_not_planned", params });
    }
    let from = before.fields.date;
    let fields = SessionFields { date, ..before.fields };
    sessions::update(context.writer, request.id, request.revision, &fields)?;
    context.writer.describe(params! { "title" => fields.title, "from" => from.to_string(), "date" => date.to_string() });
    row_of(&context.writer.reader(), request.id)
}

/// `sessions.set_state`
pub fn set_state(context: &mut MutateContext, request: SetSessionState) -> Result<SessionRow, ApiError> {
    let before = sessions::get(&context.writer.reader(), request.id)?;
    let fields = SessionFields { state: request.state, ..before.fields };
    sessions::update(context.writer, request.id, request.revision, &fields)?;
    context.writer.describe(params! { "title" => fields.title, "date" => fields.date.to_string(), "state" => fields.state });
    row_of(&context.writer.reader(), request.id)
}

/// `sessions.delete`
pub fn delete(context: &mut MutateContext, request: SessionRequest) -> Result<Nothing, ApiError> {
    let reader = context.writer.reader();
    let session = sessions::get(&reader, request.id)?;
    let marks = xueji_store::tables::attendance::of_session(&reader, request.id)?;
    let marks = marks.iter().filter(|mark| mark.status != AttendanceStatus::Unmarked).count();
    sessions::delete(context.writer, request.id)?;
    context.writer.describe(params! { "title" => session.fields.title, "date" => session.fields.date.to_string(), "marks" => marks });
    Ok(Nothing {})
}
