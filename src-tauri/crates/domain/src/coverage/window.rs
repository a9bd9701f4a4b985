//! The parts of a year in which something has to happen.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::{FIRST_YEAR, LAST_YEAR, PartialDate};

/// How wide a window is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "CoverageEvery")]
pub enum Every {
    /// Calendar months.
    Month,
    /// Calendar quarters.
    Quarter,
    /// January to June, July to December.
    HalfYear,
    /// The calendar year.
    Year,
}

/// One window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// `2025-03`, `2025-Q1`, `2025-H1`, `2025`.
    pub name: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// Whether a date lies in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placement {
    Inside,
    /// It is not precise enough to tell.
    Perhaps,
    Outside,
}

impl Every {
    /// The windows of a calendar year, in order; none for a year that no
    /// date may lie in.
    pub fn windows(self, year: i32) -> Vec<Window> {
        let months = match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        };
        (1..=12 / months).filter_map(|number| self.window(year, months, number)).collect()
    }

    fn window(self, year: i32, months: u32, number: u32) -> Option<Window> {
        let (from, _) = days_of_month(year, (number - 1) * months + 1)?;
        let (_, to) = days_of_month(year, number * months)?;
        let name = match self {
            Self::Month => format!("{year:04}-{number:02}"),
            Self::Quarter => format!("{year:04}-Q{number}"),
            Self::HalfYear => format!("{year:04}-H{number}"),
            Self::Year => format!("{year:04}"),
        };
        Some(Window { name, from, to })
    }
}

impl Window {
    pub(super) fn place(&self, date: PartialDate) -> Placement {
        let Some((first, last)) = days_of(date) else {
            return Placement::Outside;
        };
        if last < self.from || self.to < first {
            Placement::Outside
        } else if self.from <= first && last <= self.to {
            Placement::Inside
        } else {
            Placement::Perhaps
        }
    }
}

/// The first and the last day that a date can mean.
pub(super) fn days_of(date: PartialDate) -> Option<(NaiveDate, NaiveDate)> {
    match date {
        PartialDate::Day(day) => Some((day, day)),
        PartialDate::Month { year, month } => days_of_month(year, month),
        PartialDate::Year(year) => Some((days_of_month(year, 1)?.0, days_of_month(year, 12)?.1)),
    }
}

fn days_of_month(year: i32, month: u32) -> Option<(NaiveDate, NaiveDate)> {
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return None;
    }
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let next = if month == 12 { NaiveDate::from_ymd_opt(year + 1, 1, 1) } else { NaiveDate::from_ymd_opt(year, month + 1, 1) };
    Some((first, next?.pred_opt()?))
}

/// Whether a day lies in the months from one to another, both included; they
/// may reach over the turn of the year.
pub(super) fn in_months(day: NaiveDate, (from, to): (u32, u32)) -> bool {
    let month = day.month();
    if from <= to { (from..=to).contains(&month) } else { month >= from || month <= to }
}
