//! Durations as people write them.
//!
//! Minutes and hours are time and become seconds. 半天, 天 and 学时 are units
//! of account: how many minutes they stand for is a matter of the year's
//! rules, so they are kept as they were given. A bare number is read as
//! minutes from ten up and asked about below that.

use num_traits::ToPrimitive;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use crate::exact::Exact;

mod parse;

pub use parse::{AmountReading, parse_amount};

/// The unit in which an amount of study is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AmountUnit {
    /// 秒: everything given in hours, minutes or by the clock.
    Second,
    /// 半天
    HalfDay,
    /// 天
    Day,
    /// 学时
    ClassHour,
}

impl AmountUnit {
    /// Every unit.
    pub const ALL: [AmountUnit; 4] = [AmountUnit::Second, AmountUnit::HalfDay, AmountUnit::Day, AmountUnit::ClassHour];

    /// The name in JSON and in the book.
    pub fn code(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::HalfDay => "half_day",
            Self::Day => "day",
            Self::ClassHour => "class_hour",
        }
    }

    /// The unit of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }
}

/// How long somebody studied, in the unit in which it was given. Always more
/// than nothing. In JSON `{"value": "5400", "unit": "second"}`, the value as
/// exact text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, TS)]
#[ts(as = "Parts")]
pub enum StudyAmount {
    /// Time, in seconds.
    Seconds(u32),
    /// 半天, so many of them.
    HalfDays(Exact),
    /// 天
    Days(Exact),
    /// 学时
    ClassHours(Exact),
}

/// The form of a [`StudyAmount`] in JSON.
#[derive(Serialize, Deserialize, TS)]
#[ts(rename = "StudyAmount")]
struct Parts {
    #[ts(type = "string")]
    value: Exact,
    unit: AmountUnit,
}

/// Why something is not an amount of study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum AmountProblem {
    /// It is not written as a duration.
    #[error("not an amount of study")]
    NotAnAmount,
    /// Zero or less.
    #[error("not more than nothing")]
    NotPositive,
    /// Longer than a year: a slip of the keyboard. What is merely more than
    /// a day is read, see [`StudyAmount::exceeds_a_day`].
    #[error("longer than a year")]
    TooLong,
}

impl AmountProblem {
    /// The name in JSON and in the catalogue of messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAnAmount => "not_an_amount",
            Self::NotPositive => "not_positive",
            Self::TooLong => "too_long",
        }
    }
}

const SECONDS_PER_MINUTE: i64 = 60;
const SECONDS_PER_HOUR: i64 = 3600;
const SECONDS_PER_DAY: u32 = 86_400;
const DAYS_PER_YEAR: i64 = 366;

impl StudyAmount {
    /// So many minutes, to the nearest second.
    ///
    /// # Errors
    /// Where that is nothing, or more than a year.
    pub fn of_minutes(minutes: Exact) -> Result<Self, AmountProblem> {
        Self::of(minutes * Exact::whole(SECONDS_PER_MINUTE), AmountUnit::Second)
    }

    /// So many hours, to the nearest second.
    ///
    /// # Errors
    /// Where that is nothing, or more than a year.
    pub fn of_hours(hours: Exact) -> Result<Self, AmountProblem> {
        Self::of(hours * Exact::whole(SECONDS_PER_HOUR), AmountUnit::Second)
    }

    /// So much of a unit; seconds to the nearest whole one, the others as
    /// decimals of at most six places.
    ///
    /// # Errors
    /// Where that is nothing, more than a year, or finer than six places,
    /// which no person writes and sums could not carry exactly.
    pub fn of(value: Exact, unit: AmountUnit) -> Result<Self, AmountProblem> {
        if value <= Exact::ZERO {
            return Err(AmountProblem::NotPositive);
        }
        let per_day = match unit {
            AmountUnit::Second => SECONDS_PER_DAY.into(),
            AmountUnit::HalfDay => 2,
            AmountUnit::Day => 1,
            // Counted at an hour each, the longest class hour in use.
            AmountUnit::ClassHour => 24,
        };
        if value > Exact::whole(DAYS_PER_YEAR * per_day) {
            return Err(AmountProblem::TooLong);
        }
        if unit != AmountUnit::Second && 1_000_000 % value.denom() != 0 {
            return Err(AmountProblem::NotAnAmount);
        }
        match unit {
            AmountUnit::HalfDay => Ok(Self::HalfDays(value)),
            AmountUnit::Day => Ok(Self::Days(value)),
            AmountUnit::ClassHour => Ok(Self::ClassHours(value)),
            AmountUnit::Second => match nearest_whole(value) {
                Some(0) => Err(AmountProblem::NotPositive),
                Some(seconds) => Ok(Self::Seconds(seconds)),
                None => Err(AmountProblem::TooLong),
            },
        }
    }

    /// The unit in which it was given.
    pub fn unit(self) -> AmountUnit {
        match self {
            Self::Seconds(_) => AmountUnit::Second,
            Self::HalfDays(_) => AmountUnit::HalfDay,
            Self::Days(_) => AmountUnit::Day,
            Self::ClassHours(_) => AmountUnit::ClassHour,
        }
    }

    /// How many of its unit.
    pub fn value(self) -> Exact {
        match self {
            Self::Seconds(seconds) => Exact::whole(seconds.into()),
            Self::HalfDays(value) | Self::Days(value) | Self::ClassHours(value) => value,
        }
    }

    /// As the book keeps it: the value as exact text, the code of the unit.
    pub fn to_parts(self) -> (String, &'static str) {
        (self.value().to_string(), self.unit().code())
    }

    /// From what [`to_parts`](Self::to_parts) gave.
    ///
    /// # Errors
    /// [`AmountProblem::NotAnAmount`] where the unit or the number is
    /// unknown; else as [`of`](Self::of).
    pub fn from_parts(value: &str, unit: &str) -> Result<Self, AmountProblem> {
        let value = value.parse().map_err(|_| AmountProblem::NotAnAmount)?;
        Self::of(value, AmountUnit::from_code(unit).ok_or(AmountProblem::NotAnAmount)?)
    }

    /// More than a day in one sitting: possible for a training course, likely
    /// a slip for a reading. Whoever takes it in asks.
    pub fn exceeds_a_day(self) -> bool {
        match self {
            Self::Seconds(seconds) => seconds > SECONDS_PER_DAY,
            Self::HalfDays(value) => value > Exact::whole(2),
            Self::Days(value) => value > Exact::ONE,
            Self::ClassHours(value) => value > Exact::whole(24),
        }
    }

    /// As a paper shows it: `45分钟`, `1小时30分`, `半天`, `2学时`.
    pub fn label(self) -> String {
        match self {
            Self::Seconds(seconds) => time_label(seconds),
            Self::HalfDays(value) if value == Exact::ONE => "半天".to_owned(),
            Self::HalfDays(value) => format!("{value}个半天"),
            Self::Days(value) => format!("{value}天"),
            Self::ClassHours(value) => format!("{value}学时"),
        }
    }
}

impl Serialize for StudyAmount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Parts { value: self.value(), unit: self.unit() }.serialize(serializer)
    }
}
impl<'de> Deserialize<'de> for StudyAmount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Parts { value, unit } = Parts::deserialize(deserializer)?;
        Self::of(value, unit).map_err(serde::de::Error::custom)
    }
}

/// The nearest whole number, half up; for numbers that are not negative.
fn nearest_whole(value: Exact) -> Option<u32> {
    ((2 * value.numer() + value.denom()) / (2 * value.denom())).to_u32()
}

fn time_label(seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, rest) {
        (0, 0, rest) => format!("{rest}秒"),
        (0, minutes, 0) => format!("{minutes}分钟"),
        (0, minutes, rest) => format!("{minutes}分{rest}秒"),
        (hours, 0, 0) => format!("{hours}小时"),
        (hours, minutes, 0) => format!("{hours}小时{minutes}分"),
        (hours, minutes, rest) => format!("{hours}小时{minutes}分{rest}秒"),
    }
}

#[cfg(test)]
mod tests;
