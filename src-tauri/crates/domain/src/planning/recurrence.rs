//! On which days a recurring session falls.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::WorkCalendar;

/// How often, and what happens on a holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Recurrence {
    /// How often.
    pub pattern: Pattern,
    /// What happens to an occurrence on a day off.
    pub on_holiday: OnHoliday,
}

/// How often. Weekdays count from 1, Monday, to 7, Sunday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "every", rename_all = "snake_case")]
pub enum Pattern {
    /// On weekdays of every n-th week, counted from the first day's week.
    Week {
        /// 1: every week.
        interval: u32,
        /// At least one.
        weekdays: Vec<u8>,
    },
    /// On the n-th of a weekday in every n-th month, counted from the first
    /// day's month. A month without a fifth one is passed over.
    MonthWeekday {
        /// 1: every month.
        interval: u32,
        /// 1 to 5, or -1: the last.
        nth: i8,
        /// 1 to 7.
        weekday: u8,
    },
    /// On a day of every n-th month. A month without that day is passed over.
    MonthDay {
        /// 1: every month.
        interval: u32,
        /// 1 to 31, or -1: the last.
        day: i8,
    },
}

/// What happens to an occurrence on a day off. Of a weekday chosen as such
/// only a holiday is a day off: who meets on Saturdays meant Saturdays. Of a
/// day of the month a weekend is one, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OnHoliday {
    /// It stays.
    Keep,
    /// It is left out.
    Skip,
    /// The nearest working day before.
    Before,
    /// The nearest working day after.
    After,
}

/// One occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The day by the pattern: which occurrence it is.
    pub nominal: NaiveDate,
    /// The day on which it is held; `None`: left out.
    pub date: Option<NaiveDate>,
}

/// Why a rule gives no days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecurrenceProblem {
    /// A number is out of its range, or no weekday is named.
    #[error("not a rule")]
    Rule,
    /// It ends before it begins.
    #[error("ends before it begins")]
    Reversed,
    /// Longer than [`LONGEST`].
    #[error("too long")]
    TooLong,
}

/// The longest that a recurring session is planned ahead, in days: five years.
pub const LONGEST: i64 = 5 * 366;

const WEEKDAY_NAMES: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
const NUMBERS: [&str; 6] = ["零", "一", "二", "三", "四", "五"];

impl Recurrence {
    /// Whether every number is in its range.
    pub fn is_sound(&self) -> bool {
        match &self.pattern {
            Pattern::Week { interval, weekdays } => {
                (1..=52).contains(interval) && !weekdays.is_empty() && weekdays.iter().all(|day| (1..=7).contains(day))
            }
            Pattern::MonthWeekday { interval, nth, weekday } => {
                (1..=24).contains(interval) && matches!(nth, -1 | 1..=5) && (1..=7).contains(weekday)
            }
            Pattern::MonthDay { interval, day } => (1..=24).contains(interval) && matches!(day, -1 | 1..=31),
        }
    }

    /// The occurrences from a day to another, both included, in order. One
    /// that would be moved out of the span, or onto another's day, is left
    /// out.
    ///
    /// # Errors
    /// Where the rule or the span is none.
    pub fn occurrences(&self, from: NaiveDate, to: NaiveDate, calendar: &WorkCalendar) -> Result<Vec<Occurrence>, RecurrenceProblem> {
        if !self.is_sound() {
            return Err(RecurrenceProblem::Rule);
        }
        if to < from {
            return Err(RecurrenceProblem::Reversed);
        }
        if (to - from).num_days() > LONGEST {
            return Err(RecurrenceProblem::TooLong);
        }
        let nominal: Vec<NaiveDate> = from.iter_days().take_while(|day| *day <= to).filter(|day| self.falls_on(*day, from)).collect();
        // Those that stay keep their days; only then the others move.
        let mut taken: BTreeSet<NaiveDate> = nominal.iter().copied().filter(|day| !self.is_off(*day, calendar)).collect();
        let occurrences = nominal.into_iter().map(|nominal| {
            let date = if self.is_off(nominal, calendar) { self.moved(nominal, calendar) } else { Some(nominal) };
            let date = date.filter(|date| *date == nominal || ((from..=to).contains(date) && taken.insert(*date)));
            Occurrence { nominal, date }
        });
        Ok(occurrences.collect())
    }

    fn is_off(&self, day: NaiveDate, calendar: &WorkCalendar) -> bool {
        match self.pattern {
            Pattern::MonthDay { .. } => !calendar.is_working(day),
            Pattern::Week { .. } | Pattern::MonthWeekday { .. } => calendar.is_holiday(day),
        }
    }

    fn moved(&self, day: NaiveDate, calendar: &WorkCalendar) -> Option<NaiveDate> {
        match self.on_holiday {
            OnHoliday::Keep => Some(day),
            OnHoliday::Skip => None,
            OnHoliday::Before => calendar.working_before(day),
            OnHoliday::After => calendar.working_after(day),
        }
    }

    fn falls_on(&self, day: NaiveDate, start: NaiveDate) -> bool {
        let weekday = day.weekday().number_from_monday() as u8;
        match &self.pattern {
            Pattern::Week { interval, weekdays } => {
                let weeks = (monday(day) - monday(start)).num_days() / 7;
                weekdays.contains(&weekday) && weeks % i64::from(*interval) == 0
            }
            Pattern::MonthWeekday { interval, nth, weekday: wanted } => {
                let rank = (day.day0() / 7 + 1) as i8;
                let last = day.checked_add_days(Days::new(7)).is_none_or(|later| later.month() != day.month());
                weekday == *wanted && months(start, day).is_multiple_of(*interval) && if *nth == -1 { last } else { rank == *nth }
            }
            Pattern::MonthDay { interval, day: wanted } => {
                let last = day.succ_opt().is_none_or(|next| next.month() != day.month());
                months(start, day).is_multiple_of(*interval)
                    && if *wanted == -1 { last } else { day.day() == u32::from(wanted.unsigned_abs()) }
            }
        }
    }

    /// Whether two days lie in one turn of the pattern: one week, one month.
    pub fn same_turn(&self, one: NaiveDate, other: NaiveDate) -> bool {
        match self.pattern {
            Pattern::Week { .. } => monday(one) == monday(other),
            Pattern::MonthWeekday { .. } | Pattern::MonthDay { .. } => (one.year(), one.month()) == (other.year(), other.month()),
        }
    }

    /// Whether a turn of the pattern has one occurrence at most.
    pub fn once_a_turn(&self) -> bool {
        !matches!(&self.pattern, Pattern::Week { weekdays, .. } if weekdays.len() > 1)
    }

    /// In words: `每月第一个星期五 14:30`.
    pub fn words(&self, starts_at: Option<NaiveTime>) -> String {
        let every = match &self.pattern {
            Pattern::Week { interval, weekdays } => {
                let mut days: Vec<u8> = weekdays.clone();
                days.sort_unstable();
                days.dedup();
                let names: Vec<String> = days.into_iter().map(|day| format!("星期{}", weekday_name(day))).collect();
                format!("{}{}", each(*interval, "周"), names.join("、"))
            }
            Pattern::MonthWeekday { interval, nth, weekday } => {
                let nth = if *nth == -1 {
                    "最后一个".to_owned()
                } else {
                    format!("第{}个", usize::try_from(*nth).ok().and_then(|nth| NUMBERS.get(nth)).unwrap_or(&""))
                };
                format!("{}{nth}星期{}", each(*interval, "月"), weekday_name(*weekday))
            }
            Pattern::MonthDay { interval, day: -1 } => format!("{}最后一天", each(*interval, "月")),
            Pattern::MonthDay { interval, day } => format!("{}{day}日", each(*interval, "月")),
        };
        match starts_at {
            Some(time) => format!("{every} {}", time.format("%H:%M")),
            None => every,
        }
    }
}

fn each(interval: u32, unit: &str) -> String {
    match (interval, unit) {
        (1, _) => format!("每{unit}"),
        (2, "周") => "隔周".to_owned(),
        (3, "月") => "每季度".to_owned(),
        (_, "月") => format!("每 {interval} 个月"),
        _ => format!("每 {interval} {unit}"),
    }
}

fn weekday_name(day: u8) -> &'static str {
    WEEKDAY_NAMES.get(usize::from(day).wrapping_sub(1)).copied().unwrap_or("")
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.week(Weekday::Mon).first_day()
}

fn months(from: NaiveDate, to: NaiveDate) -> u32 {
    let number = |day: NaiveDate| day.year() * 12 + day.month0() as i32;
    number(to).abs_diff(number(from))
}
