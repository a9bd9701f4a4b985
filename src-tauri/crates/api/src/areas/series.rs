//! 周期活动: sessions that recur. A series makes its sessions at once; each
//! is a session like any other and can be moved, edited or left out alone.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    ids::{OrganizationId, PlanItemId, SeriesId, SessionId},
    planning::{Recurrence, RecurrenceProblem, WorkCalendar},
    sessions::{SessionLevel, SessionState},
};
use xueji_exchange::params;
use xueji_store::{
    Reader, Writer,
    tables::{
        book, calendar as calendar_store, plans,
        series::{self as store, SeriesFields, SeriesRecord, SkipRecord},
        sessions::{self, SessionFields, SessionLinks, SessionRecord},
    },
};

mod align;

pub use align::SeriesChange;
use align::{Alignment, Standing, align, session_fields};

use super::sessions::YearRequest;
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// What a form says of a series.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SeriesInput {
    /// How often, and what happens on a holiday.
    pub rule: Recurrence,
    /// The first day that it may fall on, in any usual spelling.
    pub starts_on: String,
    /// The last.
    pub ends_on: String,
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
    /// Whose; the book's own where empty.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// The plan's item that its sessions carry out.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub plan_item: Option<PlanItemId>,
}

/// A series in a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SeriesView {
    /// Its key.
    #[ts(type = "string")]
    pub id: SeriesId,
    /// How often.
    pub rule: Recurrence,
    /// The rule in words: 每月第一个星期五 14:30.
    pub words: String,
    /// `YYYY-MM-DD`
    pub starts_on: String,
    /// `YYYY-MM-DD`
    pub ends_on: String,
    /// `HH:MM`
    pub starts_at: Option<String>,
    /// As it is written: 90分钟.
    pub amount: Option<String>,
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
    /// Whose.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// Its sessions in the book.
    pub sessions: u32,
    /// Those that were held.
    pub held: u32,
    /// Occurrences left out.
    pub skipped: u32,
    /// The next planned day, from today on.
    pub next: Option<String>,
    /// For the next edit.
    pub revision: u32,
}

/// A series with all its occurrences.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SeriesDetail {
    /// As in the list.
    pub series: SeriesView,
    /// By the day that the series gave them.
    pub occurrences: Vec<OccurrenceView>,
}

/// One occurrence.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OccurrenceView {
    /// The day by the pattern: which occurrence it is.
    pub series_date: String,
    /// The day on which it stands; `null`: left out.
    pub date: Option<String>,
    /// Its session.
    #[ts(type = "string | null")]
    pub session: Option<SessionId>,
    /// Of the session.
    pub state: Option<SessionState>,
    /// Why it was left out, where somebody said so.
    pub reason: Option<String>,
}

/// Names a series.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SeriesRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: SeriesId,
}

/// Asks what a form would do.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreviewSeries {
    /// The series that is edited; `null`: a new one.
    #[ts(type = "string | null")]
    pub id: Option<SeriesId>,
    /// The form.
    pub series: SeriesInput,
}

/// What a form would do.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SeriesPreview {
    /// The rule in words.
    pub words: String,
    /// Every occurrence.
    pub days: Vec<PreviewDay>,
    /// Years whose holidays are not known: only weekends are off there.
    pub unknown_years: Vec<i32>,
    /// Of an edit: what becomes of the sessions.
    pub change: Option<SeriesChange>,
}

/// One occurrence of a form.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PreviewDay {
    /// The day by the pattern.
    pub series_date: String,
    /// The day on which it would stand; `null`: left out.
    pub date: Option<String>,
    /// The holiday that it fell on.
    pub holiday: Option<String>,
}

/// Edits a series for the future.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditSeries {
    /// Which.
    #[ts(type = "string")]
    pub id: SeriesId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new values.
    pub series: SeriesInput,
}

/// A series after a change, and what became of its sessions.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SeriesChanged {
    /// The series.
    pub series: SeriesView,
    /// In numbers.
    pub change: SeriesChange,
}

/// Ends a series.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EndSeries {
    /// Which.
    #[ts(type = "string")]
    pub id: SeriesId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The last day that it may fall on.
    pub on: String,
}

/// Leaves one session of a series out.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SkipSession {
    /// Which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Why.
    pub reason: Option<String>,
}

/// Takes a skip back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UnskipSession {
    /// Of which series.
    #[ts(type = "string")]
    pub series: SeriesId,
    /// The day that the series gave it.
    pub date: String,
}

/// The days off of a book.
pub(crate) fn work_calendar(reader: &Reader) -> Result<WorkCalendar, ApiError> {
    Ok(WorkCalendar::new(calendar_store::holidays(reader)?))
}

fn problem(problem: RecurrenceProblem) -> ApiError {
    match problem {
        RecurrenceProblem::Rule => ApiError::field("rule", "series_rule"),
        RecurrenceProblem::Reversed => ApiError::field("ends_on", "days_reversed"),
        RecurrenceProblem::TooLong => ApiError::field("ends_on", "series_too_long"),
    }
}

fn fields(input: &SeriesInput) -> Result<SeriesFields, ApiError> {
    Ok(SeriesFields {
        rule: input.rule.clone(),
        starts_on: forms::day("starts_on", &input.starts_on)?,
        ends_on: forms::day("ends_on", &input.ends_on)?,
        starts_at: forms::clock("starts_at", input.starts_at.as_deref())?,
        amount: forms::text(input.amount.as_deref()).map(|amount| forms::amount("amount", &amount)).transpose()?,
        kind: forms::required("kind", "kind_missing", &input.kind)?,
        title: forms::required("title", "title_missing", &input.title)?,
        level: input.level,
        theme: forms::text(input.theme.as_deref()),
        place: forms::text(input.place.as_deref()),
        organization: input.organization,
    })
}

fn view(reader: &Reader, record: &SeriesRecord, today: NaiveDate) -> Result<SeriesView, ApiError> {
    let sessions = store::sessions_of(reader, record.id)?;
    let fields = &record.fields;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let planned = sessions.iter().filter(|session| session.fields.state == SessionState::Planned && session.fields.date >= today);
    Ok(SeriesView {
        id: record.id,
        rule: fields.rule.clone(),
        words: fields.rule.words(fields.starts_at),
        starts_on: fields.starts_on.to_string(),
        ends_on: fields.ends_on.to_string(),
        starts_at: fields.starts_at.map(|time| time.format("%H:%M").to_string()),
        amount: fields.amount.map(|amount| amount.label()),
        kind: fields.kind.clone(),
        title: fields.title.clone(),
        level: fields.level,
        theme: fields.theme.clone(),
        place: fields.place.clone(),
        organization: fields.organization,
        sessions: count(sessions.len()),
        held: count(sessions.iter().filter(|session| session.fields.state == SessionState::Held).count()),
        skipped: count(store::skips(reader, record.id)?.len()),
        next: planned.map(|session| session.fields.date).min().map(|day| day.to_string()),
        revision: record.revision,
    })
}

/// `series.list`
pub fn list(context: &QueryContext, request: YearRequest) -> Result<Vec<SeriesView>, ApiError> {
    let day = |month, day| NaiveDate::from_ymd_opt(request.year, month, day).ok_or_else(|| ApiError::field("year", "date_out_of_range"));
    let all = store::between(context.reader, day(1, 1)?, day(12, 31)?)?;
    all.iter().map(|record| view(context.reader, record, context.today)).collect()
}

/// `series.get`
pub fn get(context: &QueryContext, request: SeriesRequest) -> Result<SeriesDetail, ApiError> {
    let reader = context.reader;
    let record = store::get(reader, request.id)?;
    let of_session = |session: SessionRecord| OccurrenceView {
        series_date: session.links.series.map_or(session.fields.date, |(_, day)| day).to_string(),
        date: Some(session.fields.date.to_string()),
        session: Some(session.id),
        state: Some(session.fields.state),
        reason: None,
    };
    let of_skip = |skip: SkipRecord| OccurrenceView {
        series_date: skip.date.to_string(),
        date: None,
        session: None,
        state: None,
        reason: skip.reason,
    };
    let mut occurrences: Vec<_> = store::sessions_of(reader, request.id)?.into_iter().map(of_session).collect();
    occurrences.extend(store::skips(reader, request.id)?.into_iter().map(of_skip));
    occurrences.sort_by(|one, other| one.series_date.cmp(&other.series_date));
    Ok(SeriesDetail { series: view(reader, &record, context.today)?, occurrences })
}

/// `series.preview`
pub fn preview(context: &QueryContext, request: PreviewSeries) -> Result<SeriesPreview, ApiError> {
    let after = fields(&request.series)?;
    let calendar = work_calendar(context.reader)?;
    let found = after.rule.occurrences(after.starts_on, after.ends_on, &calendar).map_err(problem)?;
    let years: BTreeSet<i32> = found.iter().map(|one| one.nominal.year()).collect();
    let change = match request.id {
        Some(id) => Some(alignment(context.reader, &store::get(context.reader, id)?, &after, context.today)?.change),
        None => None,
    };
    let days = found.into_iter().map(|one| PreviewDay {
        series_date: one.nominal.to_string(),
        date: one.date.map(|day| day.to_string()),
        holiday: calendar.named(one.nominal).filter(|day| !day.work).map(|day| day.name.clone()),
    });
    Ok(SeriesPreview {
        words: after.rule.words(after.starts_at),
        days: days.collect(),
        unknown_years: years.into_iter().filter(|year| !calendar.knows(*year)).collect(),
        change,
    })
}

fn alignment(reader: &Reader, record: &SeriesRecord, after: &SeriesFields, today: NaiveDate) -> Result<Alignment, ApiError> {
    let (sessions, in_use) = (store::sessions_of(reader, record.id)?, store::in_use(reader, record.id)?);
    let skips = store::skips(reader, record.id)?;
    let standing = Standing { before: &record.fields, sessions: &sessions, in_use: &in_use, skips: &skips };
    align(&standing, after, &work_calendar(reader)?, today).map_err(problem)
}

/// Makes one session of a series.
fn make(writer: &mut Writer, id: SeriesId, fields: &SessionFields, nominal: NaiveDate, links: Of) -> Result<SessionId, ApiError> {
    let session = sessions::insert(writer, fields)?;
    sessions::set_organizations(writer, session, &[links.organization])?;
    sessions::set_links(writer, session, SessionLinks { series: Some((id, nominal)), plan_item: links.plan_item, answers: None })?;
    Ok(session)
}

/// To whom and to what a series' sessions belong.
#[derive(Clone, Copy)]
struct Of {
    organization: OrganizationId,
    plan_item: Option<PlanItemId>,
}

fn organization(reader: &Reader, fields: &SeriesFields) -> Result<OrganizationId, ApiError> {
    Ok(match fields.organization {
        Some(organization) => organization,
        None => book::get(reader)?.root_organization,
    })
}

/// Adds a series with its sessions; gives the number of those.
pub(crate) fn create(
    writer: &mut Writer,
    fields: &SeriesFields,
    plan_item: Option<PlanItemId>,
    calendar: &WorkCalendar,
) -> Result<(SeriesId, u32), ApiError> {
    let found = fields.rule.occurrences(fields.starts_on, fields.ends_on, calendar).map_err(problem)?;
    let days: Vec<(NaiveDate, NaiveDate)> = found.into_iter().filter_map(|one| Some((one.nominal, one.date?))).collect();
    if days.is_empty() {
        return Err(ApiError::field("rule", "series_empty"));
    }
    let id = store::insert(writer, fields)?;
    let of = Of { organization: organization(&writer.reader(), fields)?, plan_item };
    for (nominal, date) in &days {
        make(writer, id, &session_fields(fields, *date), *nominal, of)?;
    }
    Ok((id, u32::try_from(days.len()).unwrap_or(u32::MAX)))
}

/// `series.add`
pub fn add(context: &mut MutateContext, request: SeriesInput) -> Result<SeriesView, ApiError> {
    let fields = fields(&request)?;
    let calendar = work_calendar(&context.writer.reader())?;
    if let Some(item) = request.plan_item {
        plans::item(&context.writer.reader(), item)?;
    }
    let (id, sessions) = create(context.writer, &fields, request.plan_item, &calendar)?;
    context.writer.describe(params! { "title" => fields.title, "words" => fields.rule.words(fields.starts_at), "sessions" => sessions });
    let reader = context.writer.reader();
    view(&reader, &store::get(&reader, id)?, context.today)
}

/// Carries an alignment out.
fn carry_out(context: &mut MutateContext, id: SeriesId, after: &SeriesFields, done: &Alignment, of: Of) -> Result<(), ApiError> {
    for session in &done.remove {
        sessions::delete(context.writer, session.id)?;
    }
    for (session, nominal, date) in &done.follow {
        let fields = session_fields(after, *date);
        if session.fields != fields {
            sessions::update(context.writer, session.id, session.revision, &fields)?;
        }
        sessions::set_organizations(context.writer, session.id, &[of.organization])?;
        let links = SessionLinks { series: Some((id, *nominal)), plan_item: of.plan_item.or(session.links.plan_item), ..session.links };
        sessions::set_links(context.writer, session.id, links)?;
    }
    for (nominal, date) in &done.add {
        make(context.writer, id, &session_fields(after, *date), *nominal, of)?;
    }
    Ok(())
}

fn change(
    context: &mut MutateContext,
    record: &SeriesRecord,
    revision: u32,
    after: &SeriesFields,
    plan_item: Option<PlanItemId>,
) -> Result<SeriesChanged, ApiError> {
    let reader = context.writer.reader();
    let done = alignment(&reader, record, after, context.today)?;
    let inherited = store::sessions_of(&reader, record.id)?.into_iter().find_map(|session| session.links.plan_item);
    let of = Of { organization: organization(&reader, after)?, plan_item: plan_item.or(inherited) };
    store::update(context.writer, record.id, revision, after)?;
    carry_out(context, record.id, after, &done, of)?;
    let reader = context.writer.reader();
    let series = view(&reader, &store::get(&reader, record.id)?, context.today)?;
    let SeriesChange { added, removed, followed, kept_moved, kept_edited, kept_settled } = done.change;
    context.writer.describe(params! {
        "title" => after.title, "words" => series.words, "on" => series.ends_on,
        "added" => added, "removed" => removed, "followed" => followed, "kept" => kept_moved + kept_edited + kept_settled,
    });
    Ok(SeriesChanged { series, change: done.change })
}

/// `series.edit`
pub fn edit(context: &mut MutateContext, request: EditSeries) -> Result<SeriesChanged, ApiError> {
    let record = store::get(&context.writer.reader(), request.id)?;
    let after = fields(&request.series)?;
    change(context, &record, request.revision, &after, request.series.plan_item)
}

/// `series.end`
pub fn end(context: &mut MutateContext, request: EndSeries) -> Result<SeriesChanged, ApiError> {
    let record = store::get(&context.writer.reader(), request.id)?;
    let after = SeriesFields { ends_on: forms::day("on", &request.on)?, ..record.fields.clone() };
    if after.ends_on < after.starts_on {
        return Err(ApiError::field("on", "days_reversed"));
    }
    change(context, &record, request.revision, &after, None)
}

/// `series.remove`: planned sessions that nobody touched go, the others stay
/// as single ones.
pub fn remove(context: &mut MutateContext, request: SeriesRequest) -> Result<Nothing, ApiError> {
    let reader = context.writer.reader();
    let record = store::get(&reader, request.id)?;
    let in_use = store::in_use(&reader, request.id)?;
    let (mut removed, mut kept) = (0_u32, 0_u32);
    for session in store::sessions_of(&reader, request.id)? {
        let untouched = session.fields == session_fields(&record.fields, session.fields.date);
        if untouched && session.fields.date >= context.today && !in_use.contains(&session.id) {
            sessions::delete(context.writer, session.id)?;
            removed += 1;
        } else {
            sessions::set_links(context.writer, session.id, SessionLinks { series: None, ..session.links })?;
            kept += 1;
        }
    }
    for skip in store::skips(&context.writer.reader(), request.id)? {
        store::unskip(context.writer, request.id, skip.date)?;
    }
    store::delete(context.writer, request.id)?;
    context.writer.describe(params! { "title" => record.fields.title, "removed" => removed, "kept" => kept });
    Ok(Nothing {})
}

/// `series.skip`
pub fn skip(context: &mut MutateContext, request: SkipSession) -> Result<SeriesView, ApiError> {
    let reader = context.writer.reader();
    let session = sessions::get(&reader, request.session)?;
    let Some((id, date)) = session.links.series else { return Err(ApiError::field("session", "series_none")) };
    let marked = xueji_store::tables::attendance::of_session(&reader, session.id)?;
    if session.fields.state == SessionState::Held || !marked.is_empty() {
        let params = params! { "title" => session.fields.title, "date" => session.fields.date.to_string() };
        return Err(ApiError::Refused { code: "series_held", params });
    }
    sessions::delete(context.writer, session.id)?;
    let reason = forms::text(request.reason.as_deref());
    store::skip(context.writer, &SkipRecord { series: id, date, reason: reason.clone() })?;
    context.writer.describe(params! { "title" => session.fields.title, "date" => session.fields.date.to_string(), "reason" => reason });
    let reader = context.writer.reader();
    view(&reader, &store::get(&reader, id)?, context.today)
}

/// `series.unskip`
pub fn unskip(context: &mut MutateContext, request: UnskipSession) -> Result<SeriesView, ApiError> {
    let nominal = forms::day("date", &request.date)?;
    let reader = context.writer.reader();
    let record = store::get(&reader, request.series)?;
    let fields = &record.fields;
    let found = fields.rule.occurrences(fields.starts_on, fields.ends_on, &work_calendar(&reader)?).map_err(problem)?;
    let date = found.into_iter().find(|one| one.nominal == nominal).and_then(|one| one.date).unwrap_or(nominal);
    let plan_item = store::sessions_of(&reader, record.id)?.into_iter().find_map(|session| session.links.plan_item);
    let of = Of { organization: organization(&reader, fields)?, plan_item };
    store::unskip(context.writer, record.id, nominal)?;
    make(context.writer, record.id, &session_fields(fields, date), nominal, of)?;
    context.writer.describe(params! { "title" => fields.title, "date" => date.to_string() });
    let reader = context.writer.reader();
    view(&reader, &store::get(&reader, record.id)?, context.today)
}
