//! 日历: a year's sessions with holidays, days worked in exchange, and
//! anniversaries; the holidays themselves; a year planned like another.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    ids::{PlanItemId, SeriesId, SessionId},
    planning::{Holiday, ShippedHolidays},
    sessions::SessionState,
};
use xueji_exchange::{
    params,
    read::{self, ReadOptions},
};
use xueji_store::tables::{calendar as store, sessions};

mod anniversaries;
mod copy;
mod holiday_file;

pub use anniversaries::{
    AnniversaryRequest, AnniversaryView, ChooseAnniversary, SaveAnniversary, choose as choose_anniversary, list as anniversaries,
    remove as remove_anniversary, save as save_anniversary,
};
pub use copy::{CopyPreview, CopyYear, YearCopied, copy as copy_year, preview as copy_preview};

use super::{series::work_calendar, sessions::YearRequest};
use crate::{
    app::Core,
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    jobs::Progress,
};

/// A year.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CalendarYear {
    /// The calendar year.
    pub year: i32,
    /// Its sessions, by date and time.
    pub sessions: Vec<CalendarSession>,
    /// Days off and days worked in exchange, by date.
    pub holidays: Vec<HolidayView>,
    /// Whether the year's holidays are known.
    pub holidays_known: bool,
    /// The anniversaries that were chosen, by day.
    pub anniversaries: Vec<CalendarAnniversary>,
    /// The years that have sessions, with their numbers.
    pub years: Vec<YearCount>,
}

/// A session in the calendar.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CalendarSession {
    /// Its key.
    #[ts(type = "string")]
    pub id: SessionId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// `HH:MM`
    pub starts_at: Option<String>,
    /// 类型
    pub kind: String,
    /// 主题
    pub title: String,
    /// 地点
    pub place: Option<String>,
    /// planned, held, cancelled.
    pub state: SessionState,
    /// The series that made it.
    #[ts(type = "string | null")]
    pub series: Option<SeriesId>,
    /// The day that the series gave it.
    pub series_date: Option<String>,
    /// The plan's item that it carries out.
    #[ts(type = "string | null")]
    pub plan_item: Option<PlanItemId>,
    /// For the next edit.
    pub revision: u32,
}

/// A day off, or a weekend day on which one works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HolidayView {
    /// `YYYY-MM-DD`
    pub date: String,
    /// Of which holiday.
    pub name: String,
    /// Whether one works on it.
    pub work: bool,
}

impl HolidayView {
    fn of(day: &Holiday) -> Self {
        Self { date: day.date.to_string(), name: day.name.clone(), work: day.work }
    }
}

/// An anniversary on its day of a year.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CalendarAnniversary {
    /// `YYYY-MM-DD`
    pub date: String,
    /// What is remembered.
    pub name: String,
    /// How many years ago, where known and not in the future.
    pub years: Option<i32>,
}

/// A year with its number of sessions.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct YearCount {
    /// The calendar year.
    pub year: i32,
    /// Sessions.
    pub sessions: u32,
}

/// Where a year's holidays come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HolidaySource {
    /// They ship with the program.
    Shipped,
    /// The book has its own.
    Own,
    /// Nobody said: only weekends are off.
    None,
}

/// A year's holidays.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HolidayYear {
    /// The calendar year.
    pub year: i32,
    /// Where they come from.
    pub source: HolidaySource,
    /// The notice that the shipped ones were taken from.
    pub notice: Option<String>,
    /// By date.
    pub days: Vec<HolidayView>,
}

/// Reads a file of holidays.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReadHolidays {
    /// The file, by token.
    pub file: String,
    /// The calendar year that it is for.
    pub year: i32,
}

/// What a file of holidays says.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct HolidayFile {
    /// The calendar year.
    pub year: i32,
    /// The days that were read, by date.
    pub days: Vec<HolidayView>,
    /// The rows that were not.
    pub problems: Vec<HolidayProblem>,
}

/// A row that was not read.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HolidayProblem {
    /// Its number in the file, from 1.
    pub row: u32,
    /// The heading of the column.
    pub column: String,
    /// Which sentence, under `error`.
    pub code: &'static str,
    /// What stands there.
    pub value: String,
}

/// Sets a year's holidays.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetHolidays {
    /// The calendar year.
    pub year: i32,
    /// Every day of it.
    pub days: Vec<HolidayView>,
}

/// `calendar.year`
pub fn year(context: &QueryContext, request: YearRequest) -> Result<CalendarYear, ApiError> {
    let (first, last) = bounds(request.year)?;
    let calendar = work_calendar(context.reader)?;
    let mut found = sessions::of_year(context.reader, request.year)?;
    found.sort_by_key(|session| (session.fields.date, session.fields.starts_at, session.id));
    let on_day = |one: anniversaries::AnniversaryView| {
        let date = NaiveDate::from_ymd_opt(request.year, one.month, one.day)?;
        let years = one.since_year.map(|since| request.year - since).filter(|years| *years > 0);
        Some(CalendarAnniversary { date: date.to_string(), name: one.name, years })
    };
    Ok(CalendarYear {
        year: request.year,
        sessions: found.into_iter().map(session_view).collect(),
        holidays: calendar.between(first, last).map(HolidayView::of).collect(),
        holidays_known: calendar.knows(request.year),
        anniversaries: anniversaries::all(context.reader)?.into_iter().filter(|one| one.chosen).filter_map(on_day).collect(),
        years: store::years(context.reader)?.into_iter().map(|(year, sessions)| YearCount { year, sessions }).collect(),
    })
}

fn session_view(session: sessions::SessionRecord) -> CalendarSession {
    let fields = session.fields;
    CalendarSession {
        id: session.id,
        date: fields.date.to_string(),
        starts_at: fields.starts_at.map(|time| time.format("%H:%M").to_string()),
        kind: fields.kind,
        title: fields.title,
        place: fields.place,
        state: fields.state,
        series: session.links.series.map(|(series, _)| series),
        series_date: session.links.series.map(|(_, day)| day.to_string()),
        plan_item: session.links.plan_item,
        revision: session.revision,
    }
}

fn bounds(year: i32) -> Result<(NaiveDate, NaiveDate), ApiError> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| ApiError::field("year", "date_out_of_range"));
    Ok((day(1, 1)?, day(12, 31)?))
}

/// `calendar.holidays`
pub fn holidays(context: &QueryContext, request: YearRequest) -> Result<HolidayYear, ApiError> {
    holidays_of(context.reader, request.year)
}

fn holidays_of(reader: &xueji_store::Reader, year: i32) -> Result<HolidayYear, ApiError> {
    let (first, last) = bounds(year)?;
    let own = store::holidays(reader)?.iter().any(|day| day.date.year() == year);
    let shipped = ShippedHolidays::of(year);
    let source = match (own, shipped) {
        (true, _) => HolidaySource::Own,
        (false, Some(_)) => HolidaySource::Shipped,
        (false, None) => HolidaySource::None,
    };
    let notice = shipped.filter(|_| !own).map(|shipped| shipped.source.clone());
    let days = work_calendar(reader)?.between(first, last).map(HolidayView::of).collect();
    Ok(HolidayYear { year, source, notice, days })
}

/// The most that a file of holidays is followed: nobody's year has more rows.
const FILE_BYTES: u64 = 4 << 20;

/// `calendar.read_holidays`
pub fn read_holidays(core: &Core, progress: &Progress, request: ReadHolidays) -> Result<HolidayFile, ApiError> {
    let path = core.files.path(&request.file)?;
    let mut options = ReadOptions::default();
    (options.limits.file_bytes, options.limits.rows) = (FILE_BYTES, 2_000);
    let workbook = read::read_file(&path, &options, &|| progress.is_cancelled())?;
    Ok(holiday_file::read(&workbook, request.year))
}

/// `calendar.set_holidays`
pub fn set_holidays(context: &mut MutateContext, request: SetHolidays) -> Result<HolidayYear, ApiError> {
    let mut days = Vec::with_capacity(request.days.len());
    for day in &request.days {
        let date = forms::day("days", &day.date)?;
        if date.year() != request.year {
            return Err(ApiError::field("days", "holiday_outside"));
        }
        days.push(Holiday { date, name: forms::required("days", "name_missing", &day.name)?, work: day.work });
    }
    days.sort_by_key(|day| day.date);
    if days.windows(2).any(|pair| pair[0].date == pair[1].date) {
        return Err(ApiError::field("days", "holiday_double"));
    }
    store::set_holidays(context.writer, request.year, &days)?;
    let off = days.iter().filter(|day| !day.work).count();
    context.writer.describe(params! { "year" => request.year, "off" => off, "work" => days.len() - off });
    holidays_of(&context.writer.reader(), request.year)
}

/// `calendar.restore_holidays`: the shipped ones hold again.
pub fn restore_holidays(context: &mut MutateContext, request: YearRequest) -> Result<HolidayYear, ApiError> {
    store::set_holidays(context.writer, request.year, &[])?;
    context.writer.describe(params! { "year" => request.year });
    holidays_of(&context.writer.reader(), request.year)
}
