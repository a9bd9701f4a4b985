//! 列席报告: who sat in on sessions, and whether their report has come. By the
//! practice it comes within ten working days and has at most 500 characters;
//! both are shown, neither is forced.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    ids::{MemberId, ObserverReportId, SessionId},
    planning::WorkCalendar,
    sessions::SessionState,
    text::{count, names, pinyin},
};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::{
        observers::{self, ObserverRecord, ReportFields, ReportRecord},
        sessions,
    },
};

use super::series::work_calendar;
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// Within how many working days after the session a report is to come.
const DAYS: usize = 10;

/// How long a report is to be at most, in characters.
const CHARACTERS: u32 = 500;

/// The longest report that is taken, in bytes.
const LONGEST: usize = 1 << 16;

/// Asks who sat in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ObserversRequest {
    /// On the sessions of this year; or
    #[serde(default)]
    #[ts(optional = nullable)]
    pub year: Option<i32>,
    /// on this session.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub session: Option<SessionId>,
}

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// The session is still to come, or was cancelled.
    NotYet,
    /// Not handed in, and there is time.
    Waiting,
    /// Not handed in, and the ten working days have passed.
    Overdue,
    /// Handed in in time.
    HandedIn,
    /// Handed in later.
    HandedInLate,
}

/// Somebody who sat in on a session, with their report.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ObserverRow {
    /// On which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Its day, `YYYY-MM-DD`.
    pub date: String,
    /// 主题
    pub title: String,
    /// The name.
    pub observer: String,
    /// The member, where certain.
    #[ts(type = "string | null")]
    pub member: Option<MemberId>,
    /// The day by which the report is to come: ten working days later.
    pub due_on: Option<String>,
    /// Where it stands.
    pub state: ReportState,
    /// The report, where something was written down.
    pub report: Option<ObserverReportView>,
    /// Pinyin of the name.
    pub search_keys: Vec<String>,
}

/// A report.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ObserverReportView {
    /// Its key.
    #[ts(type = "string")]
    pub id: ObserverReportId,
    /// `null`: a draft.
    pub submitted_on: Option<String>,
    /// Its text.
    pub body: String,
    /// 字数
    pub words: u32,
    /// Whether it is longer than the practice asks.
    pub too_long: bool,
    /// For the next edit.
    pub revision: u32,
}

/// Writes down a report; there is one of each observer at a session.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveReport {
    /// On which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Whose, as the list names them.
    pub observer: String,
    /// The member, where certain.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
    /// The revision that was seen, of a report that is there.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub revision: Option<u32>,
    /// When it was handed in, in any usual spelling; absent: a draft.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub submitted_on: Option<String>,
    /// Its text; may be empty where the paper lies elsewhere.
    pub body: String,
}

/// Names a report.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReportRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: ObserverReportId,
}

/// `observers.list`
pub fn list(context: &QueryContext, request: ObserversRequest) -> Result<Vec<ObserverRow>, ApiError> {
    let reader = context.reader;
    let (people, reports) = match (request.session, request.year) {
        (Some(session), _) => (observers::of_session(reader, session)?, observers::reports_of(reader, session)?),
        (None, year) => {
            let (from, to) =
                year.map_or(("0000".to_owned(), "9999-12-31".to_owned()), |year| (format!("{year:04}-01-01"), format!("{year:04}-12-31")));
            (observers::between(reader, &from, &to)?, observers::reports_between(reader, &from, &to)?)
        }
    };
    rows(reader, people, reports, context.today)
}

/// Everybody who sat in with their report, latest session first; then reports
/// of people who are no longer put down as observers.
fn rows(
    reader: &Reader,
    people: Vec<ObserverRecord>,
    mut reports: Vec<ReportRecord>,
    today: NaiveDate,
) -> Result<Vec<ObserverRow>, ApiError> {
    let calendar = work_calendar(reader)?;
    let mut rows = Vec::new();
    for person in people {
        let same = |report: &ReportRecord| is_of(&report.fields, person.session, &person.name, person.member);
        let report = reports.iter().position(same).map(|at| reports.remove(at));
        let held = person.state == SessionState::Held && person.date <= today;
        rows.push(row(person.session, person.date, person.title, (person.name, person.member), held, report, (&calendar, today)));
    }
    for report in reports {
        let who = (report.fields.observer.clone(), report.fields.member);
        rows.push(row(report.fields.session, report.date, report.title.clone(), who, true, Some(report), (&calendar, today)));
    }
    rows.sort_by(|one, other| other.date.cmp(&one.date));
    Ok(rows)
}

/// Whether a report is this observer's: by the member, where both are
/// certain, else by the name.
fn is_of(report: &ReportFields, session: SessionId, name: &str, member: Option<MemberId>) -> bool {
    let same = match (report.member, member) {
        (Some(one), Some(other)) => one == other,
        _ => report.observer == name,
    };
    report.session == session && same
}

fn row(
    session: SessionId,
    date: NaiveDate,
    title: String,
    (observer, member): (String, Option<MemberId>),
    held: bool,
    report: Option<ReportRecord>,
    (calendar, today): (&WorkCalendar, NaiveDate),
) -> ObserverRow {
    let due = due_on(calendar, date);
    let passed = |day: NaiveDate| due.is_some_and(|due| day > due);
    let state = match report.as_ref().and_then(|report| report.fields.submitted_on) {
        Some(on) if passed(on) => ReportState::HandedInLate,
        Some(_) => ReportState::HandedIn,
        None if !held => ReportState::NotYet,
        None if passed(today) => ReportState::Overdue,
        None => ReportState::Waiting,
    };
    ObserverRow {
        session,
        date: date.to_string(),
        title,
        search_keys: pinyin::search_keys(&observer),
        observer,
        member,
        due_on: due.map(|day| day.to_string()),
        state,
        report: report.map(report_view),
    }
}

/// The tenth working day after a day.
fn due_on(calendar: &WorkCalendar, date: NaiveDate) -> Option<NaiveDate> {
    std::iter::successors(calendar.working_after(date), |day| calendar.working_after(*day)).nth(DAYS - 1)
}

fn report_view(record: ReportRecord) -> ObserverReportView {
    let words = count::words(&record.fields.body);
    ObserverReportView {
        id: record.id,
        submitted_on: record.fields.submitted_on.map(|day| day.to_string()),
        body: record.fields.body,
        words,
        too_long: words > CHARACTERS,
        revision: record.revision,
    }
}

/// `observers.save`
pub fn save(context: &mut MutateContext, request: SaveReport) -> Result<Vec<ObserverRow>, ApiError> {
    let session = sessions::get(&context.writer.reader(), request.session)?;
    let observer = names::clean_name(&request.observer);
    if observer.is_empty() {
        return Err(ApiError::field("observer", "name_missing"));
    }
    let submitted_on = forms::optional_day("submitted_on", request.submitted_on.as_deref())?;
    if submitted_on.is_some_and(|on| on < session.fields.date) {
        return Err(ApiError::field("submitted_on", "report_before_session"));
    }
    if request.body.len() > LONGEST {
        return Err(ApiError::field("body", "text_too_long"));
    }
    let body = request.body.replace("\r\n", "\n").trim_end().to_owned();
    let known = observers::reports_of(&context.writer.reader(), request.session)?;
    let known = known.into_iter().find(|report| is_of(&report.fields, request.session, &observer, request.member));
    match known {
        Some(report) => observers::update(context.writer, report.id, request.revision.unwrap_or(0), submitted_on, &body)?,
        None if submitted_on.is_none() && body.is_empty() => return Err(ApiError::field("body", "report_empty")),
        None => {
            let fields = ReportFields { session: request.session, observer: observer.clone(), member: request.member, submitted_on, body };
            observers::insert(context.writer, &fields)?;
        }
    }
    context.writer.describe(params! { "name" => observer, "title" => session.fields.title });
    of_session(context, request.session)
}

fn of_session(context: &MutateContext, session: SessionId) -> Result<Vec<ObserverRow>, ApiError> {
    let reader = context.writer.reader();
    rows(&reader, observers::of_session(&reader, session)?, observers::reports_of(&reader, session)?, context.today)
}

/// `observers.remove`
pub fn remove(context: &mut MutateContext, request: ReportRequest) -> Result<Nothing, ApiError> {
    let report = observers::report(&context.writer.reader(), request.id)?;
    observers::delete(context.writer, request.id)?;
    context.writer.describe(params! { "name" => report.fields.observer, "title" => report.title });
    Ok(Nothing {})
}
