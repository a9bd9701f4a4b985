//! Times of day, durations and intervals as meeting programs and sign-in
//! sheets write them.

use chrono::{NaiveDate, NaiveTime, Timelike};
use xueji_domain::{
    calendar::{from_excel_serial, parse_clock, parse_date},
    text::heading_key,
};

use crate::read::{Cell, CellValue};

/// Why a time cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeProblem {
    /// It is not written as a time.
    Unreadable,
    /// It is of another day than the session.
    OtherDay(NaiveDate),
}

/// Seconds since the midnight before the session; a time without a date is
/// of its day.
pub(super) fn moment(cell: &Cell, day: NaiveDate) -> Result<u32, TimeProblem> {
    let (date, time) = match &cell.value {
        CellValue::Time(time) => (None, Some(*time)),
        CellValue::DateTime(moment) => (Some(moment.date()), Some(moment.time())),
        CellValue::Number(part) if (0.0..1.0).contains(part) => (None, xueji_domain::calendar::clock_from_excel(*part)),
        CellValue::Number(serial) => match from_excel_serial(*serial, false) {
            Ok(moment) => (Some(moment.date()), Some(moment.time())),
            Err(_) => (None, None),
        },
        _ => written_moment(&cell.display()),
    };
    match (date, time) {
        (Some(date), Some(_)) if date != day => Err(TimeProblem::OtherDay(date)),
        (_, Some(time)) => Ok(time.num_seconds_from_midnight()),
        (_, None) => Err(TimeProblem::Unreadable),
    }
}

/// `14:02`, `2025-06-20 14:02:11`, `2025年6月20日 下午2:02`, `6/20/25, 2:02:11 PM`.
fn written_moment(text: &str) -> (Option<NaiveDate>, Option<NaiveTime>) {
    let text = text.trim();
    if let Some(time) = parse_clock(text) {
        return (None, Some(time));
    }
    // The clock is what stands last; where it begins is tried from the left.
    for (at, _) in text.char_indices().filter(|(_, c)| c.is_whitespace() || matches!(c, 'T' | ',' | '，' | '日')) {
        let (date, clock) = text.split_at(at);
        let mut clock = clock.chars();
        let end = clock.next();
        let Some(time) = parse_clock(clock.as_str().trim()) else { continue };
        let date = if end == Some('日') { format!("{date}日") } else { date.trim_end_matches([',', '，']).to_owned() };
        return match parse_date(&date).ok().or_else(|| american_date(&date)) {
            Some(date) => (Some(date), Some(time)),
            None => (None, None),
        };
    }
    (None, None)
}

/// `6/20/25`, `6/20/2025`: what an English-language program writes.
fn american_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.trim().split('/').map(str::parse::<u32>);
    let (month, day, year) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let year = if year < 100 { year + 2000 } else { year };
    parts.next().is_none().then(|| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day))?
}

/// A duration in seconds; a bare number is minutes. `None` where it is not
/// written as one, or could be minutes as well as hours.
pub(super) fn duration(cell: &Cell) -> Option<u32> {
    const DAY: u32 = 86_400;
    let seconds = match &cell.value {
        CellValue::Duration(seconds) => u32::try_from(*seconds).ok(),
        CellValue::Time(time) => Some(time.num_seconds_from_midnight()),
        CellValue::Number(part) if *part > 0.0 && *part < 1.0 => {
            xueji_domain::calendar::clock_from_excel(*part).map(|time| time.num_seconds_from_midnight())
        }
        _ => written_duration(&cell.display()),
    };
    seconds.filter(|seconds| *seconds <= DAY)
}

/// `01:02:33`, `1小时2分33秒`, `1h 2m 3s`, `62分钟`, `62`.
fn written_duration(text: &str) -> Option<u32> {
    let text = heading_key(text);
    if text.contains(':') {
        let parts: Vec<u32> = text.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
        let [hours, minutes, seconds] = parts[..] else { return None };
        return (minutes < 60 && seconds < 60).then(|| hours.checked_mul(3600)?.checked_add(minutes * 60 + seconds))?;
    }
    let (mut total, mut rest, mut any) = (0u32, text.as_str(), false);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number: u32 = rest.get(..digits)?.parse().ok()?;
        rest = &rest[digits..];
        let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let unit = match &rest[..letters] {
            "小时" | "时" | "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
            "分钟" | "分" | "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "秒" | "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "" if !any => 60,
            _ => return None,
        };
        rest = &rest[letters..];
        total = total.checked_add(number.checked_mul(unit)?)?;
        any = true;
    }
    any.then_some(total)
}

/// The length of the union of intervals, in seconds; one that ends before it
/// begins is none.
pub(super) fn union(mut intervals: Vec<(u32, u32)>) -> u32 {
    intervals.sort_unstable();
    let (mut total, mut reached) = (0, 0);
    for (from, until) in intervals {
        let from = from.max(reached);
        if until > from {
            total += until - from;
            reached = until;
        }
    }
    total
}

/// `14:02`
pub(super) fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Result<u32, TimeProblem> {
        moment(&Cell::text(text), NaiveDate::from_ymd_opt(2025, 6, 20).unwrap())
    }

    #[test]
    fn times_are_read_in_the_spellings_of_programs_and_people() {
        const AT: u32 = 14 * 3600 + 2 * 60;
        for text in [
            "14:02",
            "14：02:00",
            "2025-06-20 14:02:00",
            "2025/6/20 14:02",
            "2025-06-20T14:02:00",
            "2025年6月20日 14:02",
            "2025年6月20日下午2:02",
            "6/20/25, 2:02:00 PM",
            "6/20/2025 2:02 pm",
            "下午2:02",
        ] {
            assert_eq!(at(text), Ok(AT), "{text}");
        }
        assert_eq!(at("2025-06-19 14:02"), Err(TimeProblem::OtherDay(NaiveDate::from_ymd_opt(2025, 6, 19).unwrap())));
        for text in ["14", "很早", "2025-06-20", "25:00", "13/20/25, 2:02 PM"] {
            assert_eq!(at(text), Err(TimeProblem::Unreadable), "{text}");
        }
    }

    #[test]
    fn durations_are_read_to_the_second() {
        for (text, seconds) in [
            ("01:02:33", 3753),
            ("1小时2分33秒", 3753),
            ("1h 2m 33s", 3753),
            ("62分钟", 3720),
            ("62", 3720),
            ("0", 0),
            ("45 秒", 45),
            ("２小时", 7200),
        ] {
            assert_eq!(duration(&Cell::text(text)), Some(seconds), "{text}");
        }
        for text in ["62:10", "1:75:00", "一会儿", "小时", "10:5分", "1小时2", "99999999999", "25小时", "1.5小时"] {
            assert_eq!(duration(&Cell::text(text)), None, "{text}");
        }
    }

    #[test]
    fn what_overlaps_counts_once() {
        assert_eq!(union(vec![(10, 20), (15, 30), (40, 50), (42, 45), (60, 55)]), 30);
        assert_eq!(union(vec![(10, 20), (20, 30)]), 20);
        assert_eq!(union(Vec::new()), 0);
    }
}
