//! Dates as people write them.
//!
//! One column of one real file holds `2025.07`, `2025年7月1日`, `20250701`,
//! `７月１日` and a spreadsheet's day number. A date here is as precise as it
//! was given: a month alone is kept as a month alone and never becomes its
//! first day. Nothing is guessed: `7/1/2025` could be two days and is refused.

use std::{cmp::Ordering, fmt, str::FromStr};

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use crate::text::scan::Scan;

/// The first year that a date may lie in. Earlier ones are slips, and
/// spreadsheets cannot hold them either.
pub const FIRST_YEAR: i32 = 1900;
/// The last year that a date may lie in.
pub const LAST_YEAR: i32 = 2200;

/// A date as precise as it was given. As text, in JSON and in the book:
/// `2025`, `2025-07` or `2025-07-01`.
///
/// In order, a year stands before its months and a month before its days.
/// The readers of this module only make dates that exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, TS)]
#[ts(type = "string")]
pub enum PartialDate {
    /// A year alone.
    Year(i32),
    /// A month alone.
    Month {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// A day.
    Day(NaiveDate),
}

/// Why a text or a number is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum DateProblem {
    /// It is not written as a date, or not precisely enough.
    #[error("not a date")]
    NotADate,
    /// The year has no such month.
    #[error("no month {month}")]
    NoSuchMonth {
        /// As it was written.
        month: u32,
    },
    /// The month has no such day.
    #[error("no day {day} in {year}-{month}")]
    NoSuchDay {
        /// The year.
        year: i32,
        /// The month, which exists.
        month: u32,
        /// As it was written.
        day: u32,
    },
    /// Outside [`FIRST_YEAR`] to [`LAST_YEAR`].
    #[error("year {year} is out of range")]
    OutOfRange {
        /// As it was written.
        year: i32,
    },
}

impl DateProblem {
    /// The name in JSON and in the catalogue of messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotADate => "not_a_date",
            Self::NoSuchMonth { .. } => "no_such_month",
            Self::NoSuchDay { .. } => "no_such_day",
            Self::OutOfRange { .. } => "out_of_range",
        }
    }
}

impl PartialDate {
    /// The year, which is always known.
    pub fn year(self) -> i32 {
        match self {
            Self::Year(year) | Self::Month { year, .. } => year,
            Self::Day(day) => day.year(),
        }
    }

    /// The month, where it was given.
    pub fn month(self) -> Option<u32> {
        match self {
            Self::Year(_) => None,
            Self::Month { month, .. } => Some(month),
            Self::Day(day) => Some(day.month()),
        }
    }

    /// The day, where it was given.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            _ => None,
        }
    }

    /// Whether the whole of it lies after a day: what makes a date of birth
    /// impossible. The current month is not after today.
    pub fn is_after(self, day: NaiveDate) -> bool {
        match self {
            Self::Year(year) => year > day.year(),
            Self::Month { year, month } => (year, month) > (day.year(), day.month()),
            Self::Day(own) => own > day,
        }
    }

    fn parts(self) -> (i32, u32, u32) {
        match self {
            Self::Year(year) => (year, 0, 0),
            Self::Month { year, month } => (year, month, 0),
            Self::Day(day) => (day.year(), day.month(), day.day()),
        }
    }
}

impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}
impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl From<NaiveDate> for PartialDate {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}
impl FromStr for PartialDate {
    type Err = DateProblem;

    /// Reads what [`Display`](fmt::Display) writes, and nothing else; for
    /// what people write there is [`parse_partial_date`].
    fn from_str(text: &str) -> Result<Self, DateProblem> {
        let date = parse_partial_date(text)?;
        if date.to_string() == text { Ok(date) } else { Err(DateProblem::NotADate) }
    }
}
impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Reads a date of any precision in any of the usual spellings: `2025.07`,
/// `2025年7月1日`, `20250701`, `2025/7/1`, full-width digits; a weekday in
/// brackets or a time of day behind it is left aside.
///
/// # Errors
/// Says which part is impossible; [`DateProblem::NotADate`] where the text is
/// not written as a date that begins with its year.
pub fn parse_partial_date(text: &str) -> Result<PartialDate, DateProblem> {
    let mut scan = Scan::new(text);
    let date = written_date(&mut scan).ok_or(DateProblem::NotADate)?;
    skip_weekday(&mut scan);
    scan.word(&["t"]);
    scan.blanks();
    let only_time_left = scan.is_done() || (date.day.is_some() && is_time_of_day(scan.rest()));
    if !only_time_left {
        return Err(DateProblem::NotADate);
    }
    date.check()
}

/// Reads a date that names its day.
///
/// # Errors
/// As [`parse_partial_date`]; a month or year alone is
/// [`DateProblem::NotADate`].
pub fn parse_date(text: &str) -> Result<NaiveDate, DateProblem> {
    parse_partial_date(text)?.day().ok_or(DateProblem::NotADate)
}

/// The date that a heading or title begins with, and what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDay<'a> {
    /// The year, where the heading gives one.
    pub year: Option<i32>,
    /// As it was written: may be a month that does not exist.
    pub month: u32,
    /// As it was written: may be a day that does not exist.
    pub day: u32,
    /// What follows the date, without the blanks and marks between.
    pub rest: &'a str,
}

impl MonthDay<'_> {
    /// The day, in the year that the heading gives or else in the one asked
    /// for.
    ///
    /// # Errors
    /// Where there is no such day.
    pub fn in_year(&self, year: i32) -> Result<NaiveDate, DateProblem> {
        checked_day(self.year.unwrap_or(year), self.month, self.day)
    }
}

/// Reads the date at the head of a text: `1月18日 廉政教育第1次党课` is the
/// 18th of January, then the title. `1.18 …`, `01-18 …` and a full date are
/// read too. `None` where the text does not begin with a date.
pub fn parse_month_day(text: &str) -> Option<MonthDay<'_>> {
    let mut scan = Scan::new(text);
    let (year, month, day) = match leading_full_date(&mut scan) {
        Some((year, month, day)) => (Some(year), month, day),
        None => {
            let (month, day) = leading_month_day(&mut scan)?;
            (None, month, day)
        }
    };
    skip_weekday(&mut scan);
    while scan.one_of(&[':', ',', '、', '-', '_']).is_some() || scan.blanks() {}
    Some(MonthDay { year, month, day, rest: scan.rest().trim_end() })
}

fn leading_full_date(scan: &mut Scan<'_>) -> Option<(i32, u32, u32)> {
    let mut ahead = *scan;
    let date = written_date(&mut ahead)?;
    let found = (date.year, date.month?, date.day?);
    *scan = ahead;
    Some(found)
}

fn leading_month_day(scan: &mut Scan<'_>) -> Option<(u32, u32)> {
    let month = scan.short_number()?;
    scan.blanks();
    match scan.one_of(&['月', '.', '-', '/'])? {
        '月' => {
            scan.blanks();
            let day = scan.short_number()?;
            scan.blanks();
            scan.one_of(&['日', '号']);
            Some((month, day))
        }
        // `3.5` may be a number as well: only what can be a day is one.
        _ => {
            let day = scan.short_number()?;
            let another_part = matches!(scan.peek(), Some('.' | '-' | '/' | '%'));
            ((1..=12).contains(&month) && (1..=31).contains(&day) && !another_part).then_some((month, day))
        }
    }
}

/// The moment that a spreadsheet's day number stands for, to the second. The
/// 1900 system counts a 29 February 1900 that never was; the 1904 system
/// begins at 1904-01-01.
///
/// # Errors
/// [`DateProblem::OutOfRange`] or [`DateProblem::NotADate`] (not a number, a
/// time without a day), [`DateProblem::NoSuchDay`] for 29 February 1900.
pub fn from_excel_serial(days: f64, system_1904: bool) -> Result<NaiveDateTime, DateProblem> {
    // Spreadsheets end with 9999-12-31; what lies beyond is told as that year.
    const BEYOND: f64 = 2_958_466.0;
    let first = if system_1904 { 0.0 } else { 1.0 };
    if !days.is_finite() || days < first {
        return Err(DateProblem::NotADate);
    }
    if days >= BEYOND {
        return Err(DateProblem::OutOfRange { year: 9999 });
    }
    let seconds = (days * 86_400.0).round() as i64;
    let (whole, second_of_day) = (seconds / 86_400, seconds % 86_400);
    let epoch = match (system_1904, whole) {
        (true, _) => (1904, 1, 1),
        (false, ..=59) => (1899, 12, 31),
        (false, 60) => return Err(DateProblem::NoSuchDay { year: 1900, month: 2, day: 29 }),
        (false, _) => (1899, 12, 30),
    };
    let moment = NaiveDate::from_ymd_opt(epoch.0, epoch.1, epoch.2)
        .and_then(|day| day.and_time(NaiveTime::MIN).checked_add_signed(Duration::days(whole) + Duration::seconds(second_of_day)))
        .ok_or(DateProblem::NotADate)?;
    checked_year(moment.year())?;
    Ok(moment)
}

/// The time of day that a spreadsheet's fraction of a day stands for, to the
/// nearest second: 0.375 is 9:00. `None` where it is no fraction of a day; a
/// day with a time is read by [`from_excel_serial`].
pub fn clock_from_excel(fraction: f64) -> Option<NaiveTime> {
    if !(0.0..1.0).contains(&fraction) {
        return None;
    }
    NaiveTime::from_num_seconds_from_midnight_opt((fraction * 86_400.0).round() as u32, 0)
}

/// Reads a time of day: `9:00`, `14：30`, `下午2:30`, `14时30分`, `9点半`.
pub fn parse_clock(text: &str) -> Option<NaiveTime> {
    let mut scan = Scan::new(text);
    let part = scan.word(&["上午", "早上", "凌晨", "中午", "下午", "晚上", "晚", "am", "pm"]);
    scan.blanks();
    let hour = scan.short_number()?;
    scan.blanks();
    let (minute, second) = match scan.one_of(&[':', '时', '点'])? {
        ':' => clock_digits(&mut scan)?,
        _ => spoken_minutes(&mut scan)?,
    };
    scan.blanks();
    let part = part.or_else(|| scan.word(&["am", "pm"]));
    scan.blanks();
    if !scan.is_done() {
        return None;
    }
    let hour = match part {
        Some("下午" | "晚上" | "晚" | "pm") if (1..12).contains(&hour) => hour + 12,
        Some("中午") if (1..=2).contains(&hour) => hour + 12,
        Some("am" | "凌晨") if hour == 12 => 0,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// `30`, `30:15`, `30:15.000` behind the hour.
fn clock_digits(scan: &mut Scan<'_>) -> Option<(u32, u32)> {
    let minute = scan.short_number()?;
    if scan.one_of(&[':']).is_none() {
        return Some((minute, 0));
    }
    let second = scan.short_number()?;
    if scan.one_of(&['.']).is_some() {
        scan.digits();
    }
    Some((minute, second))
}

/// `30分`, `半`, `一刻`, or nothing, behind 时 or 点.
fn spoken_minutes(scan: &mut Scan<'_>) -> Option<(u32, u32)> {
    match scan.word(&["半", "一刻", "三刻", "整"]) {
        Some("半") => return Some((30, 0)),
        Some("一刻") => return Some((15, 0)),
        Some("三刻") => return Some((45, 0)),
        Some(_) => return Some((0, 0)),
        None => {}
    }
    let Some(minute) = scan.short_number() else {
        return Some((0, 0));
    };
    scan.one_of(&['分']);
    Some((minute, 0))
}

/// `1月18日`, as headings and lists write a day of a known year.
pub fn month_day_label(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// `周六`.
pub fn weekday_label(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
    }
}

/// A date as it was written, before anybody asked whether it exists.
struct WrittenDate {
    year: i32,
    month: Option<u32>,
    day: Option<u32>,
}

impl WrittenDate {
    fn check(&self) -> Result<PartialDate, DateProblem> {
        checked_year(self.year)?;
        let Some(month) = self.month else {
            return Ok(PartialDate::Year(self.year));
        };
        if !(1..=12).contains(&month) {
            return Err(DateProblem::NoSuchMonth { month });
        }
        match self.day {
            None => Ok(PartialDate::Month { year: self.year, month }),
            Some(day) => checked_day(self.year, month, day).map(PartialDate::Day),
        }
    }
}

fn checked_year(year: i32) -> Result<(), DateProblem> {
    if (FIRST_YEAR..=LAST_YEAR).contains(&year) { Ok(()) } else { Err(DateProblem::OutOfRange { year }) }
}

fn checked_day(year: i32, month: u32, day: u32) -> Result<NaiveDate, DateProblem> {
    checked_year(year)?;
    if !(1..=12).contains(&month) {
        return Err(DateProblem::NoSuchMonth { month });
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateProblem::NoSuchDay { year, month, day })
}

/// Reads a date that begins with a year of four digits, as far as it goes.
fn written_date(scan: &mut Scan<'_>) -> Option<WrittenDate> {
    let digits = scan.digits();
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
    let year = i32::try_from(number(0..4)?).ok()?;
    match digits.len() {
        8 => return Some(WrittenDate { year, month: number(4..6), day: number(6..8) }),
        6 => return Some(WrittenDate { year, month: number(4..6), day: None }),
        4 => {}
        _ => return None,
    }
    scan.blanks();
    let mut date = WrittenDate { year, month: None, day: None };
    if separator(scan, &['年', '.', '/', '-']).is_none() {
        return Some(date);
    }
    date.month = scan.short_number();
    if date.month.is_none() {
        return Some(date);
    }
    scan.blanks();
    let between = separator(scan, &['月', '.', '/', '-']);
    if between == Some('月') {
        scan.one_of(&['份']);
    }
    if between.is_some() {
        date.day = scan.short_number();
    }
    if date.day.is_some() {
        scan.blanks();
        scan.one_of(&['日', '号', '.']);
    }
    Some(date)
}

fn separator(scan: &mut Scan<'_>, wanted: &[char]) -> Option<char> {
    let found = scan.one_of(wanted)?;
    scan.blanks();
    Some(found)
}

/// `周六`, `星期六`, `（周六）` behind a date.
fn skip_weekday(scan: &mut Scan<'_>) {
    let mut ahead = *scan;
    ahead.blanks();
    let bracket = ahead.one_of(&['(', '[', '【', '〔']);
    let named = ahead.word(&["星期", "礼拜", "周"]).and_then(|_| ahead.one_of(&['一', '二', '三', '四', '五', '六', '日', '天']));
    let closed = bracket.is_none() || ahead.one_of(&[')', ']', '】', '〕']).is_some();
    // 周三 may also begin a title (周三课堂): without brackets it counts as a
    // weekday only where a blank or the end follows.
    let ends = bracket.is_some() || ahead.is_done() || ahead.peek().is_some_and(char::is_whitespace);
    if named.is_some() && closed && ends {
        *scan = ahead;
    }
    scan.blanks();
}

fn is_time_of_day(text: &str) -> bool {
    parse_clock(text).is_some() || ["上午", "下午", "晚上", "中午", "全天"].contains(&text.trim())
}

#[cfg(test)]
mod tests;
