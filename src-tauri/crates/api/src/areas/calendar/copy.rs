//! Last year's sessions and series, planned again for this year.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    ids::SessionId,
    planning::{OnHoliday, WorkCalendar},
    sessions::{Role, SessionState},
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        calendar as store,
        series::{self as series_store, SeriesFields, SeriesRecord},
        sessions::{self, SessionFields, SessionRecord},
        words,
    },
};

use crate::{
    areas::series,
    context::{MutateContext, QueryContext},
    error::ApiError,
};

/// How a day finds its place in another year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CopyBy {
    /// The second Friday of March stays the second Friday of March.
    Weekday,
    /// The 14th of March stays the 14th of March.
    Date,
}

/// Asks for a year to be planned like another.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CopyYear {
    /// The year that is copied.
    pub from: i32,
    /// The year that is planned.
    pub to: i32,
    /// How a day finds its place.
    pub by: CopyBy,
    /// What happens to a day that is off in the new year.
    pub on_holiday: OnHoliday,
    /// Only sessions and series of these kinds.
    pub kinds: Vec<String>,
}

/// What a copy would do.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CopyPreview {
    /// The sessions, by their new day; those of series are not among them.
    pub sessions: Vec<CopiedSession>,
    /// The series.
    pub series: Vec<CopiedSeries>,
    /// Sessions that the new year has already: same day, kind and title.
    pub standing: u32,
    /// Sessions left out because their day is off.
    pub left_out: u32,
    /// Every kind of the year that is copied, with its sessions.
    pub kinds: Vec<KindCount>,
    /// Whether the holidays of the new year are known.
    pub holidays_known: bool,
}

/// A kind with its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KindCount {
    /// The kind.
    pub kind: String,
    /// Sessions that were not cancelled.
    pub count: u32,
}

/// A session that would be copied.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CopiedSession {
    /// The session that is copied.
    #[ts(type = "string")]
    pub id: SessionId,
    /// Its day.
    pub from: String,
    /// The day that it would get.
    pub to: String,
    /// 类型
    pub kind: String,
    /// 主题
    pub title: String,
    /// The holiday that it had to avoid.
    pub avoided: Option<String>,
}

/// A series that would be made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CopiedSeries {
    /// 主题
    pub title: String,
    /// 类型
    pub kind: String,
    /// The rule in words.
    pub words: String,
    /// Its sessions in the new year.
    pub sessions: u32,
}

/// What a copy did.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct YearCopied {
    /// Sessions made, those of series among them.
    pub sessions: u32,
    /// Series made.
    pub series: u32,
    /// Sessions that the new year had already.
    pub standing: u32,
    /// Sessions left out because their day is off.
    pub left_out: u32,
}

/// What is to be made.
struct Planned {
    sessions: Vec<(SessionRecord, NaiveDate, Option<String>)>,
    series: Vec<(SeriesFields, u32)>,
    standing: u32,
    left_out: u32,
    kinds: Vec<KindCount>,
    calendar: WorkCalendar,
}

fn span(year: i32) -> Result<(NaiveDate, NaiveDate), ApiError> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| ApiError::field("to", "date_out_of_range"));
    Ok((day(1, 1)?, day(12, 31)?))
}

fn plan(reader: &Reader, request: &CopyYear) -> Result<Planned, ApiError> {
    if request.from == request.to {
        return Err(ApiError::field("to", "copy_same_year"));
    }
    let (first, last) = span(request.to)?;
    let (old_first, old_last) = span(request.from)?;
    let calendar = series::work_calendar(reader)?;
    let wanted: HashSet<&str> = request.kinds.iter().map(String::as_str).collect();
    let old: Vec<SessionRecord> =
        sessions::of_year(reader, request.from)?.into_iter().filter(|session| session.fields.state != SessionState::Cancelled).collect();
    let standing: HashSet<(NaiveDate, String, String)> = store::standing(reader, first, last)?.into_iter().collect();
    let mut planned =
        Planned { sessions: Vec::new(), series: Vec::new(), standing: 0, left_out: 0, kinds: kinds(&old), calendar: calendar.clone() };
    for session in old.into_iter().filter(|session| session.links.series.is_none() && wanted.contains(session.fields.kind.as_str())) {
        let nominal = in_year(session.fields.date, request.to, request.by);
        let Some((date, avoided)) = nominal.and_then(|day| avoid(day, request, &calendar, (first, last))) else {
            planned.left_out += 1;
            continue;
        };
        if standing.contains(&(date, session.fields.kind.clone(), session.fields.title.clone())) {
            planned.standing += 1;
        } else {
            planned.sessions.push((session, date, avoided));
        }
    }
    let there = series_store::between(reader, first, last)?;
    for record in series_store::between(reader, old_first, old_last)? {
        if wanted.contains(record.fields.kind.as_str()) && !stands(&record, &there, last) {
            copy_series(&record, request, (first, last), &mut planned);
        }
    }
    planned.sessions.sort_by_key(|(session, date, _)| (*date, session.id));
    Ok(planned)
}

/// Whether a series reaches into the new year by itself, or was copied.
fn stands(record: &SeriesRecord, there: &[SeriesRecord], last: NaiveDate) -> bool {
    let same = |one: &&SeriesRecord| one.fields.kind == record.fields.kind && one.fields.title == record.fields.title;
    record.fields.ends_on >= last || there.iter().any(|one| one.id == record.id) || there.iter().any(|one| same(&one))
}

fn copy_series(record: &SeriesRecord, request: &CopyYear, (first, last): (NaiveDate, NaiveDate), planned: &mut Planned) {
    let same_day = |day: NaiveDate| in_year(day, request.to, CopyBy::Date);
    let fields = &record.fields;
    let starts_on = if fields.starts_on.year() == request.from { same_day(fields.starts_on) } else { Some(first) };
    let ends_on = if fields.ends_on.year() == request.from { same_day(fields.ends_on) } else { Some(last) };
    let fields = SeriesFields { starts_on: starts_on.unwrap_or(first), ends_on: ends_on.unwrap_or(last), ..fields.clone() };
    let found = fields.rule.occurrences(fields.starts_on, fields.ends_on, &planned.calendar).unwrap_or_default();
    let sessions = found.iter().filter(|one| one.date.is_some()).count();
    if sessions > 0 {
        planned.series.push((fields, u32::try_from(sessions).unwrap_or(u32::MAX)));
    }
}

fn kinds(old: &[SessionRecord]) -> Vec<KindCount> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for session in old {
        *counts.entry(&session.fields.kind).or_default() += 1;
    }
    let mut kinds: Vec<KindCount> = counts.into_iter().map(|(kind, count)| KindCount { kind: kind.to_owned(), count }).collect();
    kinds.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.kind.cmp(&other.kind)));
    kinds
}

/// The day in another year; the fifth Friday becomes the last one where the
/// month has only four, and the 29th of February the 28th.
fn in_year(day: NaiveDate, year: i32, by: CopyBy) -> Option<NaiveDate> {
    match by {
        CopyBy::Date => day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, day.month(), 28)),
        CopyBy::Weekday => {
            let rank = (day.day0() / 7 + 1) as u8;
            let nth = |rank| NaiveDate::from_weekday_of_month_opt(year, day.month(), day.weekday(), rank);
            nth(rank).or_else(|| nth(rank - 1))
        }
    }
}

/// The day, or the working day that stands for it; with the holiday avoided.
/// A session that met on a weekend by weekday met there on purpose.
fn avoid(
    day: NaiveDate,
    request: &CopyYear,
    calendar: &WorkCalendar,
    (first, last): (NaiveDate, NaiveDate),
) -> Option<(NaiveDate, Option<String>)> {
    let off = match request.by {
        CopyBy::Weekday => calendar.is_holiday(day),
        CopyBy::Date => !calendar.is_working(day),
    };
    if !off || request.on_holiday == OnHoliday::Keep {
        return Some((day, None));
    }
    let moved = match request.on_holiday {
        OnHoliday::Before => calendar.working_before(day),
        OnHoliday::After => calendar.working_after(day),
        OnHoliday::Keep | OnHoliday::Skip => None,
    };
    let name = calendar.named(day).map_or_else(|| xueji_domain::calendar::weekday_label(day).to_owned(), |day| day.name.clone());
    moved.filter(|day| (first..=last).contains(day)).map(|moved| (moved, Some(name)))
}

/// `calendar.copy_preview`
pub fn preview(context: &QueryContext, request: CopyYear) -> Result<CopyPreview, ApiError> {
    let planned = plan(context.reader, &request)?;
    let sessions = planned.sessions.iter().map(|(session, date, avoided)| CopiedSession {
        id: session.id,
        from: session.fields.date.to_string(),
        to: date.to_string(),
        kind: session.fields.kind.clone(),
        title: session.fields.title.clone(),
        avoided: avoided.clone(),
    });
    let series = planned.series.iter().map(|(fields, sessions)| CopiedSeries {
        title: fields.title.clone(),
        kind: fields.kind.clone(),
        words: fields.rule.words(fields.starts_at),
        sessions: *sessions,
    });
    Ok(CopyPreview {
        sessions: sessions.collect(),
        series: series.collect(),
        standing: planned.standing,
        left_out: planned.left_out,
        kinds: planned.kinds,
        holidays_known: planned.calendar.knows(request.to),
    })
}

/// `calendar.copy_year`
pub fn copy(context: &mut MutateContext, request: CopyYear) -> Result<YearCopied, ApiError> {
    let reader = context.writer.reader();
    let planned = plan(&reader, &request)?;
    let (from, to) = (format!("{:04}-01-01", request.from), format!("{:04}-12-31", request.from));
    let mut organizations: HashMap<SessionId, Vec<_>> = HashMap::new();
    for (session, organization) in sessions::organizations_between(&reader, &from, &to)? {
        organizations.entry(session).or_default().push(organization);
    }
    let mut made = u32::try_from(planned.sessions.len()).unwrap_or(u32::MAX);
    for (session, date, _) in &planned.sessions {
        copy_session(context, session, *date, organizations.get(&session.id).map_or(&[], Vec::as_slice))?;
    }
    for (fields, _) in &planned.series {
        made += series::create(context.writer, fields, None, &planned.calendar)?.1;
    }
    let series = u32::try_from(planned.series.len()).unwrap_or(u32::MAX);
    context.writer.describe(params! { "from" => request.from, "to" => request.to, "sessions" => made, "series" => series });
    Ok(YearCopied { sessions: made, series, standing: planned.standing, left_out: planned.left_out })
}

fn copy_session(
    context: &mut MutateContext,
    source: &SessionRecord,
    date: NaiveDate,
    organizations: &[xueji_domain::ids::OrganizationId],
) -> Result<(), StoreError> {
    let fields = SessionFields { date, state: SessionState::Planned, number: None, remark: None, ..source.fields.clone() };
    let id = sessions::insert(context.writer, &fields)?;
    sessions::set_organizations(context.writer, id, organizations)?;
    let reader = context.writer.reader();
    let parts = sessions::parts_of(&reader, source.id)?;
    let (also, tags) = (words::also_of(&reader, source.id)?, words::tags_of(&reader, source.id)?);
    for role in [Role::Host, Role::Speaker, Role::Recorder] {
        let people: Vec<_> = parts.iter().filter(|part| part.role == role).map(|part| (part.name.clone(), part.member)).collect();
        sessions::set_parts(context.writer, id, role, &people)?;
    }
    words::set_also(context.writer, id, &also)?;
    words::set_tags(context.writer, id, &tags)
}
