//! When an item of a plan is due: a month, a day or a quarter.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};

use crate::{
    calendar::{DateProblem, FIRST_YEAR, LAST_YEAR, PartialDate, parse_month_day, parse_partial_date},
    text::width,
};

/// When an item of a plan is due. As text `2026-03`, `2026-03-15` or
/// `2026-Q1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Within a month.
    Month {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// By a day.
    Day(NaiveDate),
    /// Within a quarter.
    Quarter {
        /// The year.
        year: i32,
        /// 1 to 4.
        quarter: u32,
    },
}

impl Due {
    /// Reads what people write: `3月`, `2026年3月`, `3月15日`, `一季度`, `Q1`,
    /// `上半年`, `年底`. Without a year it is `year`.
    ///
    /// # Errors
    /// Where it is no month, day or quarter, or one that does not exist.
    pub fn read(text: &str, year: i32) -> Result<Self, DateProblem> {
        let text = width::to_half_width(text);
        let text = text.trim();
        if let Some(due) = spoken(text, year) {
            return Ok(due);
        }
        if let Ok(month) = text.trim_end_matches('月').parse::<u32>() {
            // `3` and `3月` alike; a bare year is four digits.
            if month < 1000 {
                return Self::of_month(year, month);
            }
        }
        if let Some(found) = parse_month_day(text).filter(|found| found.rest.is_empty()) {
            return found.in_year(year).map(Due::Day);
        }
        match parse_partial_date(text)? {
            PartialDate::Day(day) => Ok(Due::Day(day)),
            PartialDate::Month { year, month } => Ok(Due::Month { year, month }),
            PartialDate::Year(_) => Err(DateProblem::NotADate),
        }
    }

    fn of_month(year: i32, month: u32) -> Result<Self, DateProblem> {
        if (1..=12).contains(&month) { Ok(Due::Month { year, month }) } else { Err(DateProblem::NoSuchMonth { month }) }
    }

    /// The year.
    pub fn year(self) -> i32 {
        match self {
            Due::Month { year, .. } | Due::Quarter { year, .. } => year,
            Due::Day(day) => day.year(),
        }
    }

    /// The quarter of the year in which it lies, 1 to 4.
    pub fn quarter(self) -> u32 {
        match self {
            Due::Month { month, .. } => month.div_ceil(3),
            Due::Quarter { quarter, .. } => quarter,
            Due::Day(day) => day.month().div_ceil(3),
        }
    }

    /// The last day on which it is in time.
    pub fn last_day(self) -> NaiveDate {
        match self {
            Due::Day(day) => day,
            Due::Month { year, month } => end_of_month(year, month),
            Due::Quarter { year, quarter } => end_of_month(year, quarter * 3),
        }
    }

    /// The first day on which it can be in time as planned.
    pub fn first_day(self) -> NaiveDate {
        let first = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MIN);
        match self {
            Due::Day(day) => day,
            Due::Month { year, month } => first(year, month),
            Due::Quarter { year, quarter } => first(year, quarter * 3 - 2),
        }
    }

    /// The same in another year; the 29th of February becomes the 28th.
    pub fn in_year(self, year: i32) -> Self {
        match self {
            Due::Month { month, .. } => Due::Month { year, month },
            Due::Quarter { quarter, .. } => Due::Quarter { year, quarter },
            Due::Day(day) => Due::Day(day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, day.month(), 28)).unwrap_or(day)),
        }
    }
}

fn spoken(text: &str, year: i32) -> Option<Due> {
    let text = text.trim_end_matches(['前', '内']);
    match text {
        "上半年" => return Some(Due::Quarter { year, quarter: 2 }),
        "下半年" | "年底" | "全年" | "年内" => return Some(Due::Month { year, month: 12 }),
        _ => {}
    }
    let (year, text) = match text.split_once(['年', '-']) {
        Some((before, rest)) => (before.trim().parse().ok().filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year))?, rest.trim()),
        None => (year, text),
    };
    let number = match text.strip_prefix(['Q', 'q']) {
        Some(number) => number.trim(),
        None => text.strip_suffix("季度")?.trim_start_matches('第').trim(),
    };
    let quarter = match number {
        "1" | "一" => 1,
        "2" | "二" => 2,
        "3" | "三" => 3,
        "4" | "四" => 4,
        _ => return None,
    };
    Some(Due::Quarter { year, quarter })
}

/// The last day of a month that exists.
fn end_of_month(year: i32, month: u32) -> NaiveDate {
    let (next_year, next) = if month >= 12 { (year + 1, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(next_year, next, 1).and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX)
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Due::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Due::Day(day) => write!(f, "{day}"),
            Due::Quarter { year, quarter } => write!(f, "{year:04}-Q{quarter}"),
        }
    }
}

impl FromStr for Due {
    type Err = DateProblem;

    /// Reads what [`Display`](fmt::Display) writes.
    fn from_str(text: &str) -> Result<Self, DateProblem> {
        let due = Self::read(text, 0)?;
        if due.to_string() == text { Ok(due) } else { Err(DateProblem::NotADate) }
    }
}
