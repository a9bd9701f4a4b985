//! Spans of time: which period a day falls in, what it is called, which one
//! comes next.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::super::{
    facts::{Item, Person},
    model::{CapPer, Period},
};
use crate::calendar;

/// A period or a cycle with its place in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// `2025`, `2025-Q1`, …; see [`super::super::ledger::PeriodLedger`].
    pub name: String,
    /// The first day; `None`: no beginning.
    pub from: Option<NaiveDate>,
    /// The last day; `None`: no end.
    pub to: Option<NaiveDate>,
}

impl Span {
    /// Everything.
    pub fn all() -> Self {
        Self { name: "all".to_owned(), from: None, to: None }
    }

    /// Whether a day is inside.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// A day to look at a person on: the last one.
    pub fn last_day(&self) -> NaiveDate {
        self.to.unwrap_or(NaiveDate::MAX)
    }

    /// The first day.
    pub fn first_day(&self) -> NaiveDate {
        self.from.unwrap_or(NaiveDate::MIN)
    }

    /// Days inside; `None`: no end.
    pub fn days(&self) -> Option<u32> {
        days_between(self.from?, self.to?)
    }
}

/// Days from one to another, both counted.
pub(super) fn days_between(from: NaiveDate, to: NaiveDate) -> Option<u32> {
    u32::try_from(to.signed_duration_since(from).num_days() + 1).ok()
}

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The day before.
pub(super) fn before(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(1))
}

/// The day after.
pub(super) fn after(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(1))
}

/// The span of a kind that holds a day; `None` where a person's window has no
/// first day, or the day is before it, or the calendar ends.
pub(super) fn holding(period: &Period, at: NaiveDate, person: &Person) -> Option<Span> {
    match *period {
        Period::Year { month, day: first } => {
            let starts_in = if (at.month(), at.day()) >= (month, first) { at.year() } else { at.year() - 1 };
            year_span(starts_in, month, first)
        }
        Period::HalfYear => month_span(at, 6),
        Period::Quarter => month_span(at, 3),
        Period::Month => month_span(at, 1),
        Period::Day => Some(Span { name: at.to_string(), from: Some(at), to: Some(at) }),
        Period::Block { years, from } => {
            let years = i32::try_from(years.max(1)).ok()?;
            let first = from + (at.year() - from).div_euclid(years) * years;
            years_span(first, first + years - 1)
        }
        Period::Window { months, ref from } => window(at, months.max(1), first_day(person, from)?),
        Period::Rolling { years } => {
            let end = Span { name: at.year().to_string(), from: day(at.year(), 1, 1), to: day(at.year(), 12, 31) };
            rolling(&end, years)
        }
        Period::Lifetime => Some(Span::all()),
        Period::Span { from, to } => {
            let span = Span { from, to, ..Span::all() };
            span.holds(at).then_some(span)
        }
    }
}

/// The years that end with a span.
pub(super) fn rolling(end: &Span, years: u32) -> Option<Span> {
    let to = end.to?;
    let from = after(to)?.checked_sub_months(Months::new(years.max(1).checked_mul(12)?))?;
    let first =
        end.name.parse::<i32>().map_or_else(|_| from.to_string(), |last| (last + 1 - i32::try_from(years).unwrap_or(1)).to_string());
    Some(Span { name: format!("{first}–{}", end.name), from: Some(from), to: Some(to) })
}

/// The span after one.
pub(super) fn following(period: &Period, span: &Span, person: &Person) -> Option<Span> {
    holding(period, after(span.to?)?, person)
}

/// The span of a name: as [`holding`] names it, or for a day in it.
pub(super) fn named(period: &Period, name: &str, person: &Person) -> Option<Span> {
    if matches!(period, Period::Lifetime | Period::Span { .. }) {
        let Period::Span { from, to } = *period else { return Some(Span::all()) };
        return Some(Span { from, to, ..Span::all() });
    }
    if !is_named_so(period, name) {
        return None;
    }
    let first = name.split('–').next().unwrap_or(name);
    let at = first_day_of(first)?;
    match *period {
        // A year that begins late is named after the one in which it ends.
        Period::Year { month, day: first } if !first.eq(&0) && name.parse::<i32>().is_ok() => {
            let year: i32 = name.parse().ok()?;
            year_span(if (month, first) == (1, 1) { year } else { year - 1 }, month, first)
        }
        Period::Window { ref from, .. } => holding(period, at.max(first_day(person, from)?), person),
        _ => holding(period, at, person),
    }
}

/// Whether a name is of the shape that periods of a kind have, or a day's: a
/// quarter is no year, though it lies in one.
fn is_named_so(period: &Period, name: &str) -> bool {
    let rest = name.split_once('-').map(|(_, rest)| rest);
    if rest.is_some_and(|rest| rest.contains('-')) {
        return true;
    }
    match period {
        Period::Year { .. } => rest.is_none(),
        Period::HalfYear => rest.is_some_and(|rest| rest.starts_with('H')),
        Period::Quarter => rest.is_some_and(|rest| rest.starts_with('Q')),
        Period::Month => rest.is_some_and(|rest| !rest.starts_with(['H', 'Q'])),
        Period::Day => false,
        _ => true,
    }
}

/// The first day of `2025`, `2025-H1`, `2025-Q1`, `2025-03`, `2025-03-01`.
fn first_day_of(name: &str) -> Option<NaiveDate> {
    let (year, rest) = name.split_once('-').unwrap_or((name, ""));
    let year: i32 = year.parse().ok().filter(|year| (calendar::FIRST_YEAR..=calendar::LAST_YEAR).contains(year))?;
    if let Some(half) = rest.strip_prefix('H') {
        return day(year, (half.parse::<u32>().ok()?.checked_sub(1)?).checked_mul(6)? + 1, 1);
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        return day(year, (quarter.parse::<u32>().ok()?.checked_sub(1)?).checked_mul(3)? + 1, 1);
    }
    let (month, of_month) = rest.split_once('-').unwrap_or((rest, ""));
    let part = |text: &str| if text.is_empty() { Some(1) } else { text.parse().ok() };
    day(year, part(month)?, part(of_month)?)
}

fn year_span(starts_in: i32, month: u32, first: u32) -> Option<Span> {
    let from = day(starts_in, month, first)?;
    let to = before(day(starts_in + 1, month, first)?)?;
    Some(Span { name: to.year().to_string(), from: Some(from), to: Some(to) })
}

fn years_span(first: i32, last: i32) -> Option<Span> {
    Some(Span { name: format!("{first}–{last}"), from: Some(day(first, 1, 1)?), to: Some(day(last, 12, 31)?) })
}

/// The stretch of so many calendar months that holds a day: 1, 3 or 6.
fn month_span(at: NaiveDate, months: u32) -> Option<Span> {
    let part = at.month0() / months;
    let from = day(at.year(), part * months + 1, 1)?;
    let to = before(from.checked_add_months(Months::new(months))?)?;
    let name = match months {
        1 => format!("{}-{:02}", at.year(), at.month()),
        3 => format!("{}-Q{}", at.year(), part + 1),
        _ => format!("{}-H{}", at.year(), part + 1),
    };
    Some(Span { name, from: Some(from), to: Some(to) })
}

fn window(at: NaiveDate, months: u32, first: NaiveDate) -> Option<Span> {
    if at < first {
        return None;
    }
    let gone = u32::try_from((at.year() - first.year()) * 12 + at.month0() as i32 - first.month0() as i32).ok()?;
    // The count of months may be one too many where the day is not reached.
    for number in [gone / months, (gone / months).saturating_sub(1)] {
        let from = first.checked_add_months(Months::new(number.checked_mul(months)?))?;
        let to = before(first.checked_add_months(Months::new((number + 1).checked_mul(months)?))?)?;
        if from <= at && at <= to {
            return Some(Span { name: format!("{from}–{to}"), from: Some(from), to: Some(to) });
        }
    }
    None
}

/// A day that stands among a person's attributes.
pub(super) fn first_day(person: &Person, attribute: &str) -> Option<NaiveDate> {
    let at = person.attributes.binary_search_by(|(own, _)| (**own).cmp(attribute)).ok()?;
    match &person.attributes[at].1.last()?.value {
        Item::Text(text) => calendar::parse_date(text).ok(),
        _ => None,
    }
}

/// The weeks, months … that lie wholly between two days, both included.
pub(super) fn whole_spans(per: &CapPer, first: NaiveDate, last: NaiveDate) -> Vec<(NaiveDate, NaiveDate)> {
    let holding = |at: NaiveDate| -> Option<(NaiveDate, NaiveDate)> {
        let months = match per {
            CapPer::Week => {
                let monday = at.checked_sub_days(Days::new(at.weekday().num_days_from_monday().into()))?;
                return Some((monday, monday.checked_add_days(Days::new(6))?));
            }
            CapPer::Quarter => 3,
            CapPer::HalfYear => 6,
            _ => 1,
        };
        month_span(at, months).and_then(|span| Some((span.from?, span.to?)))
    };
    let mut spans = Vec::new();
    let mut at = first;
    while let Some((from, to)) = holding(at).filter(|(_, to)| *to <= last) {
        if first <= from {
            spans.push((from, to));
        }
        let Some(next) = after(to) else { break };
        at = next;
    }
    spans
}

/// The calendar spans of a kind inside another one, cut to it.
pub(super) fn inside(period: &Period, span: &Span, person: &Person) -> Vec<Span> {
    let (Some(from), Some(to)) = (span.from, span.to) else { return Vec::new() };
    let mut spans = Vec::new();
    let mut at = from;
    while let Some(next) = holding(period, at, person) {
        let end = next.last_day().min(to);
        spans.push(Span { name: next.name, from: Some(at), to: Some(end) });
        match after(end) {
            Some(day) if day <= to => at = day,
            _ => break,
        }
    }
    spans
}
