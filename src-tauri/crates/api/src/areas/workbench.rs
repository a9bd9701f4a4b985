//! 工作台: where the year stands, what is due, and what needs looking at.

use std::{
    collections::{BTreeMap, HashSet},
    mem,
};

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use ts_rs::TS;
use xueji_domain::{
    attendance::{AttendanceCounts, AttendanceRate},
    coverage::{State, WindowCoverage},
    exact::Exact,
    ids::{MemberId, OrganizationId},
    sessions::SessionState,
    warnings::Warning,
};

use super::{
    credits::{CreditResult, CreditRow, CreditsYear, ForecastState},
    sessions::{SessionRow, YearRequest, row},
    warnings,
};
use crate::{
    context::QueryContext,
    error::ApiError,
    records::Records,
    watch::{self, Due, YearInView},
};

/// Where the year stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Workbench {
    /// The year.
    pub year: i32,
    /// Those with a requirement, and those who met it.
    pub credits: Share,
    /// How far they are.
    pub progress: Progress,
    /// Who is behind at today's date, the furthest first.
    pub behind: Vec<BehindLine>,
    /// The unit of the credits: 学分, 学时.
    pub unit: String,
    /// 全年出勤率
    pub rate: AttendanceRate,
    /// Last year's rate; nothing required there where there are no records.
    pub rate_last_year: AttendanceRate,
    /// Sessions held, of all that are not cancelled.
    pub held: Share,
    /// Missed and not made up.
    pub make_ups_owed: Owed,
    /// One rate a month, January first.
    pub months: Vec<AttendanceRate>,
    /// What needs looking at, gravest first; what was put off left out.
    pub warnings: Vec<Warning>,
    /// How many were put off.
    pub put_off: u32,
    /// What is due within a week; nothing in another year than today's.
    pub due: Vec<Due>,
    /// 三会一课: of one branch its items, of several the branches.
    pub coverage: Vec<StripLine>,
    /// Days with study, and how many people studied.
    pub days: Vec<StudyDay>,
    /// Today's session, else the next planned, else the last held.
    pub session: Option<SessionRow>,
    /// Whether the book has members, sessions, marks: what the empty page
    /// says to do first.
    pub has: Has,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct Share {
    /// So many.
    pub done: u32,
    /// Of so many.
    pub of: u32,
}

/// How far those with a requirement are.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(rename = "CreditProgress")]
pub struct Progress {
    /// Not there yet: so many in each quarter of the requirement, the first
    /// up to 25 %. The last holds also those with the amount who fail a
    /// requirement of another kind.
    pub quarters: Vec<u32>,
    /// Those who met it.
    pub met: u32,
    /// Those for whom the rules leave it open.
    pub undecided: u32,
}

/// Somebody who is behind.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BehindLine {
    /// Who.
    #[ts(type = "string")]
    pub member: MemberId,
    /// 姓名
    pub name: String,
    /// What there is.
    #[ts(type = "string")]
    pub earned: Exact,
    /// What there should be by today.
    #[ts(type = "string")]
    pub expected: Exact,
    /// The difference.
    #[ts(type = "string")]
    pub behind: Exact,
    /// What the total must reach.
    #[ts(type = "string | null")]
    pub required: Option<Exact>,
    /// What would have to come every 30 days from now on.
    #[ts(type = "string | null")]
    pub needed_a_month: Option<Exact>,
    /// Whether it can no longer be reached.
    pub unreachable: bool,
}

/// A line of the coverage strip.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "CoverageStrip")]
pub struct StripLine {
    /// Whose table it leads to.
    #[ts(type = "string")]
    pub organization: OrganizationId,
    /// An item's or a branch's name.
    pub name: String,
    /// In order of time; together the whole year.
    pub cells: Vec<StripCell>,
}

/// A part of a line.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "CoverageStripCell")]
pub struct StripCell {
    /// The first month, 1 to 12.
    pub from: u32,
    /// The last month.
    pub to: u32,
    /// How it stands; of a branch, the item that needs attention first.
    pub state: State,
    /// Names of the items that are short in it, of a branch.
    pub short: Vec<String>,
    /// Whether as much as is missing is planned.
    pub planned: bool,
}

/// Make-ups owed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Owed {
    /// How many.
    pub count: u32,
    /// How many were missed in all.
    pub missed: u32,
    /// The day of the earliest missed session, `YYYY-MM-DD`.
    pub earliest: Option<String>,
}

/// A day of the study calendar.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StudyDay {
    /// `YYYY-MM-DD`
    pub date: String,
    /// 人次: people who attended or studied that day.
    pub people: u32,
}

/// What the book holds.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct Has {
    /// Any member.
    pub members: bool,
    /// Any session this year.
    pub sessions: bool,
    /// Any mark this year.
    pub marks: bool,
    /// Any self-study this year.
    pub self_study: bool,
}

/// `workbench.year`
pub fn year(context: &QueryContext, request: YearRequest) -> Result<Workbench, ApiError> {
    let mut view = YearInView::read(context, request.year)?;
    let all = view.warnings(&watch::rules(context.reader)?);
    let (warnings, put_off) = warnings::part(context.reader, context.today, all)?;
    let days = study_days(&mut view);
    let (records, tally) = (&view.records, &view.tally);
    let (share, progress) = progress(&view.credits[0]);
    let standing = records.sessions.iter().filter(|session| session.fields.state != SessionState::Cancelled).count();
    let has = Has {
        members: !records.members.is_empty(),
        sessions: !records.sessions.is_empty(),
        marks: tally.total.attended() + tally.total.on_leave() + tally.total.absent > 0,
        self_study: !view.study.is_empty(),
    };
    Ok(Workbench {
        year: request.year,
        credits: share,
        progress,
        behind: behind(&view.credits[0]),
        unit: view.credits[0].set.unit.clone(),
        rate: tally.total.rate(),
        rate_last_year: rate_of(&view.before),
        held: Share { done: number(records.held().count()), of: number(standing) },
        make_ups_owed: Owed { count: tally.owed, missed: tally.missed, earliest: tally.earliest.map(|day| day.to_string()) },
        months: tally.months.iter().map(AttendanceCounts::rate).collect(),
        warnings,
        put_off: number(put_off.len()),
        due: if request.year == context.today.year() { view.due(context.reader)? } else { Vec::new() },
        coverage: strip(&view),
        days,
        session: session_at_hand(records, context.today),
        has,
    })
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn rate_of(records: &Records) -> AttendanceRate {
    let mut total = AttendanceCounts::default();
    for session in records.held() {
        total.merge(&records.counts(session));
    }
    total.rate()
}

/// Those of the table who belong to the book today.
fn present(credits: &CreditsYear) -> impl Iterator<Item = &CreditRow> {
    credits.rows.iter().filter(|row| row.member.organization.is_some())
}

/// How many of those with a requirement met it, and how far the others are.
fn progress(credits: &CreditsYear) -> (Share, Progress) {
    let mut progress = Progress { quarters: vec![0; 4], ..Progress::default() };
    let mut of = 0;
    for row in present(credits).filter(|row| row.result != CreditResult::NotRequired) {
        of += 1;
        match row.result {
            CreditResult::Met => progress.met += 1,
            _ if row.verdict.is_none() => progress.undecided += 1,
            _ => progress.quarters[quarter(row)] += 1,
        }
    }
    (Share { done: progress.met, of }, progress)
}

/// In which quarter of the requirement what was earned lies, 0 to 3.
fn quarter(row: &CreditRow) -> usize {
    let share = row.required.and_then(|required| row.earned.checked_mul(Exact::whole(4))?.checked_div(required));
    share.map_or(3, |share| usize::try_from(share.floor().numer()).unwrap_or(0).min(3))
}

/// Who is behind at today's date, the furthest first.
fn behind(credits: &CreditsYear) -> Vec<BehindLine> {
    let line = |row: &CreditRow| {
        let forecast = row.forecast.as_ref()?;
        let unreachable = forecast.state == ForecastState::Unreachable;
        let behind = forecast.behind.filter(|_| unreachable || forecast.state == ForecastState::Behind)?;
        Some(BehindLine {
            member: row.member.id,
            name: row.member.name.clone(),
            earned: row.earned,
            expected: forecast.expected,
            behind,
            required: row.required,
            needed_a_month: forecast.needed_a_month.filter(|_| !unreachable),
            unreachable,
        })
    };
    let mut lines: Vec<BehindLine> = present(credits).filter_map(line).collect();
    lines.sort_by(|one, other| other.unreachable.cmp(&one.unreachable).then(other.behind.cmp(&one.behind)));
    lines
}

/// The coverage strip: the items of the only branch, or every branch with the
/// item that needs attention first, month by month.
fn strip(view: &YearInView) -> Vec<StripLine> {
    if let [(organization, _, coverage)] = view.coverage.as_slice() {
        let line = |item: &xueji_domain::coverage::ItemCoverage| {
            let [reading] = item.readings.as_slice() else { return None };
            let cells = reading.windows.iter().map(|window| cell(window.from.month(), window.to.month(), [window].into_iter()));
            let asked = item.state != State::NotApplicable;
            asked.then(|| StripLine { organization: *organization, name: item.name.clone(), cells: cells.collect() })
        };
        return coverage.items.iter().filter_map(line).collect();
    }
    let line = |(organization, name, coverage): &(OrganizationId, String, xueji_domain::coverage::Coverage)| {
        let decided = coverage.items.iter().filter(|item| item.readings.len() == 1);
        let windows: Vec<(&str, &WindowCoverage)> =
            decided.flat_map(|item| item.readings[0].windows.iter().map(|window| (item.name.as_str(), window))).collect();
        // A window that is wider than a month stands in its last month: that
        // is by when it has to be met.
        let month = |month: u32| {
            let own = || windows.iter().filter(move |(_, window)| window.to.month() == month);
            let mut cell = cell(month, month, own().map(|(_, window)| *window));
            cell.short = own().filter(|(_, window)| window.state == State::Short).map(|(name, _)| (*name).to_owned()).collect();
            cell.short.dedup();
            cell
        };
        StripLine { organization: *organization, name: name.clone(), cells: (1..=12).map(month).collect() }
    };
    view.coverage.iter().map(line).collect()
}

fn cell<'w>(from: u32, to: u32, windows: impl Iterator<Item = &'w WindowCoverage>) -> StripCell {
    let windows: Vec<_> = windows.collect();
    let weight = |state: &State| match state {
        State::NotApplicable => 0,
        State::Met => 1,
        State::NotYetDue => 2,
        State::Undecided => 3,
        State::Short => 4,
    };
    let state = windows.iter().map(|window| window.state).max_by_key(weight).unwrap_or(State::NotApplicable);
    let open = windows.iter().filter(|window| window.state == State::NotYetDue);
    let planned = open.clone().count() > 0
        && open.clone().all(|window| window.missing <= Exact::whole(i64::try_from(window.planned.len()).unwrap_or(i64::MAX)));
    StripCell { from, to, state, short: Vec::new(), planned }
}

/// How many people attended or studied on which day.
fn study_days(view: &mut YearInView) -> Vec<StudyDay> {
    let mut days: BTreeMap<NaiveDate, HashSet<MemberId>> = mem::take(&mut view.tally.days);
    for entry in &view.study {
        days.entry(entry.fields.date).or_default().insert(entry.fields.member);
    }
    let days = days.into_iter().filter(|(_, people)| !people.is_empty());
    days.map(|(day, people)| StudyDay { date: day.to_string(), people: number(people.len()) }).collect()
}

/// Today's session, else the next that is planned, else the last one held.
fn session_at_hand(records: &Records, today: chrono::NaiveDate) -> Option<SessionRow> {
    let standing = || records.sessions.iter().filter(|session| session.fields.state != SessionState::Cancelled);
    let found = standing()
        .find(|session| session.fields.date == today)
        .or_else(|| standing().find(|session| session.fields.date > today))
        .or_else(|| standing().next_back());
    found.map(|session| row(records, session))
}
