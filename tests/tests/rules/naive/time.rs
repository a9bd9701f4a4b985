//! Periods by their names, and the shorter spans inside them.

use chrono::{Datelike, Days, Months, NaiveDate};
use xueji_domain::rules::model::{CapPer, Period};

/// A period that is evaluated.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    pub name: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Span {
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// How many days it has.
    pub fn length(&self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.from.iter_days().take_while(|day| *day <= self.to)
    }

    /// The 15th of each of its months: who is there on that day is there for
    /// the month.
    pub fn fifteenths(&self) -> Vec<NaiveDate> {
        self.days().filter(|day| day.day() == 15).collect()
    }
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

fn months_from(name: String, from: NaiveDate, months: u32) -> Span {
    Span { name, from, to: from + Months::new(months) - Days::new(1) }
}

/// The period that holds a day.
pub fn period_of(period: &Period, day: NaiveDate) -> Span {
    match period {
        Period::Year { month, day: first } => {
            let starts = date(day.year(), *month, *first);
            let from = if day >= starts { starts } else { date(day.year() - 1, *month, *first) };
            let span = months_from(String::new(), from, 12);
            Span { name: span.to.year().to_string(), ..span }
        }
        Period::HalfYear => {
            let half = day.month0() / 6;
            months_from(format!("{}-H{}", day.year(), half + 1), date(day.year(), half * 6 + 1, 1), 6)
        }
        Period::Quarter => {
            let quarter = day.month0() / 3;
            months_from(format!("{}-Q{}", day.year(), quarter + 1), date(day.year(), quarter * 3 + 1, 1), 3)
        }
        Period::Month => months_from(format!("{}-{:02}", day.year(), day.month()), date(day.year(), day.month(), 1), 1),
        Period::Day => Span { name: day.to_string(), from: day, to: day },
        other => unimplemented_shape(other),
    }
}

fn unimplemented_shape(period: &Period) -> Span {
    panic!("the naive evaluator has no periods of the shape {period:?}")
}

/// The window of a cap or a requirement into which a day falls: equal windows
/// have equal texts.
pub fn window(per: &CapPer, day: Option<NaiveDate>) -> String {
    let Some(day) = day else { return String::new() };
    match per {
        CapPer::Day => day.to_string(),
        CapPer::Week => format!("{}W{}", day.iso_week().year(), day.iso_week().week()),
        CapPer::Month => period_of(&Period::Month, day).name,
        CapPer::Quarter => period_of(&Period::Quarter, day).name,
        CapPer::HalfYear => period_of(&Period::HalfYear, day).name,
        CapPer::Event | CapPer::Key | CapPer::Period | CapPer::Cycle(_) => String::new(),
    }
}

/// The spans of one kind inside a period, in order.
pub fn spans_within(per: &CapPer, period: &Span) -> Vec<Span> {
    let shape = match per {
        CapPer::Month => Period::Month,
        CapPer::Quarter => Period::Quarter,
        CapPer::HalfYear => Period::HalfYear,
        _ => return vec![period.clone()],
    };
    let mut spans: Vec<Span> = Vec::new();
    for day in period.days() {
        let span = period_of(&shape, day);
        if spans.last() != Some(&span) {
            spans.push(span);
        }
    }
    spans
}
