//! Days and times as spreadsheets keep them: a number of days since an epoch,
//! or ISO 8601 text.

use calamine::{ExcelDateTime, ExcelDateTimeType};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::CellValue;

/// 9999-12-31 as days since 1900: what lies beyond is no day to any program.
const LAST_SERIAL: f64 = 2_958_466.0;

/// 1904-01-01 in the system of 1900.
const DAYS_TO_1904: f64 = 1462.0;

/// A finite number, or the error that a spreadsheet would show in its place.
pub(super) fn number(value: f64) -> CellValue {
    if value.is_finite() { CellValue::Number(value) } else { CellValue::Error("#NUM!".to_owned()) }
}

/// The value of a numeric cell with a date or time format. A number outside
/// the calendar stays a number.
pub(super) fn from_serial(serial: ExcelDateTime) -> CellValue {
    let days = serial.as_f64();
    if serial.is_duration() {
        // Beyond this no elapsed time makes sense, and i64 has an end.
        let seconds = days * 86_400.0;
        return if seconds.abs() < 1e15 { CellValue::Duration(seconds.round() as i64) } else { number(days) };
    }
    if (0.0..1.0).contains(&days) {
        return time_of_day(days);
    }
    let counts_from_1900 = serial == ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false);
    let end = if counts_from_1900 { LAST_SERIAL } else { LAST_SERIAL - DAYS_TO_1904 };
    if !(1.0..end).contains(&days) {
        return number(days);
    }
    let (year, month, day, hour, minute, second, milli) = serial.to_ymd_hms_milli();
    // Excel counts a 29 February 1900 that never was. It is shown as it would
    // be there, and whoever reads it as a day refuses it.
    let Some(date) = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()) else {
        return CellValue::Text(format!("{year:04}-{month:02}-{day:02}"));
    };
    let Some(moment) = date.and_hms_milli_opt(hour.into(), minute.into(), second.into(), milli.into()) else {
        return number(days);
    };
    of_moment(to_whole_second(moment))
}

/// An ISO 8601 day, moment or time of day; other text stays text.
pub(super) fn from_iso(text: &str) -> CellValue {
    let trimmed = text.trim().trim_end_matches('Z');
    if let Ok(date) = trimmed.parse::<NaiveDate>() {
        return CellValue::Date(date);
    }
    if let Ok(moment) = trimmed.parse::<NaiveDateTime>() {
        let moment = to_whole_second(moment);
        // A time of day that was stored as a moment stands on day nothing,
        // and programs differ by one on which day that is.
        let day_nothing = [30, 31].into_iter().filter_map(|day| NaiveDate::from_ymd_opt(1899, 12, day)).any(|day| day == moment.date());
        let midnight = moment.time() == NaiveTime::MIN;
        return if day_nothing && !midnight { CellValue::Time(moment.time()) } else { of_moment(moment) };
    }
    match trimmed.parse::<NaiveTime>() {
        Ok(time) => CellValue::Time(time.with_nanosecond(0).unwrap_or(time)),
        Err(_) => CellValue::Text(text.to_owned()),
    }
}

/// An ISO 8601 duration (`PT09H30M00S`), which is how OpenDocument keeps a
/// time of day too: below a day it is taken for that. Other text stays text.
pub(super) fn from_iso_duration(text: &str) -> CellValue {
    match iso_seconds(text.trim()) {
        Some(seconds @ 0..86_400) => time_of_seconds(seconds),
        Some(seconds) => CellValue::Duration(seconds),
        None => CellValue::Text(text.to_owned()),
    }
}

fn iso_seconds(text: &str) -> Option<i64> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (days, time) = unsigned.strip_prefix('P')?.split_once('T')?;
    let mut seconds = match days.strip_suffix('D') {
        Some(days) => days.parse::<f64>().ok()? * 86_400.0,
        None if days.is_empty() => 0.0,
        None => return None,
    };
    let mut rest = time;
    for (unit, length) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((amount, after)) = rest.split_once(unit) {
            seconds += amount.parse::<f64>().ok()? * length;
            rest = after;
        }
    }
    (rest.is_empty() && seconds.is_finite() && seconds.abs() < 1e15).then(|| (sign * seconds).round() as i64)
}

fn time_of_day(days: f64) -> CellValue {
    // The last half second of a day rounds to its end, not into the next.
    time_of_seconds(((days * 86_400.0).round() as i64).min(86_399))
}

fn time_of_seconds(seconds: i64) -> CellValue {
    match u32::try_from(seconds).ok().and_then(|seconds| NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)) {
        Some(time) => CellValue::Time(time),
        None => CellValue::Duration(seconds),
    }
}

fn of_moment(moment: NaiveDateTime) -> CellValue {
    if moment.time() == NaiveTime::MIN { CellValue::Date(moment.date()) } else { CellValue::DateTime(moment) }
}

fn to_whole_second(moment: NaiveDateTime) -> NaiveDateTime {
    let rounded = moment.checked_add_signed(TimeDelta::milliseconds(500)).unwrap_or(moment);
    rounded.with_nanosecond(0).unwrap_or(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn serial(value: f64, is_1904: bool) -> CellValue {
        from_serial(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, is_1904))
    }

    #[test]
    fn serials_count_from_either_epoch() {
        // ECMA-376 part 1, 18.17.4.1: 1 is 1900-01-01, 2958465 is 9999-12-31;
        // in the other system 0 is 1904-01-01 and 2957003 is 9999-12-31.
        assert_eq!(serial(1.0, false), CellValue::Date(day(1900, 1, 1)));
        assert_eq!(serial(32874.0, false), CellValue::Date(day(1990, 1, 1)));
        assert_eq!(serial(41456.0, false), CellValue::Date(day(2013, 7, 1)));
        assert_eq!(serial(2_958_465.0, false), CellValue::Date(day(9999, 12, 31)));
        assert_eq!(serial(31412.0, true), CellValue::Date(day(1990, 1, 1)));
        assert_eq!(serial(2_957_003.0, true), CellValue::Date(day(9999, 12, 31)));
    }

    #[test]
    fn a_number_outside_the_calendar_stays_a_number() {
        assert_eq!(serial(-1.0, false), CellValue::Number(-1.0));
        assert_eq!(serial(2_958_466.0, false), CellValue::Number(2_958_466.0));
        assert_eq!(serial(2_957_004.0, true), CellValue::Number(2_957_004.0));
        assert_eq!(serial(1e300, false), CellValue::Number(1e300));
        assert_eq!(serial(f64::NAN, false), CellValue::Error("#NUM!".to_owned()));
        assert_eq!(serial(60.0, false), CellValue::Text("1900-02-29".to_owned()));
    }

    #[test]
    fn a_part_of_a_day_is_a_time() {
        let at = |hour, minute, second| NaiveTime::from_hms_opt(hour, minute, second).unwrap();
        assert_eq!(serial(0.8125, false), CellValue::Time(at(19, 30, 0)));
        assert_eq!(serial(0.999_999_9, false), CellValue::Time(at(23, 59, 59)));
        assert_eq!(serial(45675.375, false), CellValue::DateTime(day(2025, 1, 18).and_time(at(9, 0, 0))));
        assert_eq!(from_iso("1899-12-31T09:00:00.000"), CellValue::Time(at(9, 0, 0)));
        assert_eq!(from_iso("1899-12-30"), CellValue::Date(day(1899, 12, 30)));
        assert_eq!(from_iso("2999-01-01"), CellValue::Date(day(2999, 1, 1)));
        assert_eq!(from_iso_duration("PT09H30M00S"), CellValue::Time(at(9, 30, 0)));
        assert_eq!(from_iso_duration("PT26H30M00.5S"), CellValue::Duration(95_401));
        assert_eq!(from_iso_duration("P1DT1H"), CellValue::Duration(90_000));
        assert_eq!(from_iso_duration("PT5X"), CellValue::Text("PT5X".to_owned()));
    }

    #[test]
    fn an_elapsed_time_is_no_time_of_day() {
        let elapsed = |days| from_serial(ExcelDateTime::new(days, ExcelDateTimeType::TimeDelta, false));
        assert_eq!(elapsed(0.0625), CellValue::Duration(5400));
        assert_eq!(elapsed(f64::INFINITY), CellValue::Error("#NUM!".to_owned()));
    }
}
