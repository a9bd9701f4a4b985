//! Expected days are read off a printed calendar of 2025 and 2026 and the
//! two notices of the State Council.

use super::*;
use chrono::{NaiveDate, NaiveTime};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dates(pattern: Pattern, on_holiday: OnHoliday, from: &str, to: &str) -> Vec<String> {
    let rule = Recurrence { pattern, on_holiday };
    let found = rule.occurrences(day(from), day(to), &WorkCalendar::new([])).unwrap();
    found.into_iter().filter_map(|one| one.date).map(|date| date.to_string()).collect()
}

#[test]
fn the_notices_count_their_days() {
    // The numbers of days off and of days to work that each notice names.
    for (year, off, work) in [(2025, 1 + 8 + 3 + 5 + 3 + 8, 5), (2026, 3 + 9 + 3 + 5 + 3 + 3 + 7, 6)] {
        let days = &ShippedHolidays::of(year).unwrap().days;
        assert_eq!(days.iter().filter(|day| !day.work).count(), off, "{year}");
        assert_eq!(days.iter().filter(|day| day.work).count(), work, "{year}");
        // One works in exchange only on weekends.
        use chrono::{Datelike, Weekday};
        assert!(days.iter().filter(|day| day.work).all(|day| matches!(day.date.weekday(), Weekday::Sat | Weekday::Sun)));
    }
    assert!(ShippedHolidays::of(2027).is_none());
}

#[test]
fn a_working_day_is_what_the_notice_says() {
    let calendar = WorkCalendar::new([]);
    assert!(!calendar.is_working(day("2025-10-08")), "a Wednesday of the National Day holiday");
    assert!(calendar.is_working(day("2025-09-28")), "a Sunday on which one works");
    assert!(!calendar.is_working(day("2025-09-27")), "a plain Saturday");
    assert_eq!(calendar.working_before(day("2025-10-03")), Some(day("2025-09-30")));
    assert_eq!(calendar.working_after(day("2025-10-03")), Some(day("2025-10-09")));
    // 2026: Saturday 14 February is worked, the 24th is the first day after.
    assert_eq!(calendar.working_before(day("2026-02-17")), Some(day("2026-02-14")));
    assert_eq!(calendar.working_after(day("2026-02-17")), Some(day("2026-02-24")));
    assert!(calendar.knows(2026) && !calendar.knows(2027));
}

#[test]
fn a_books_own_year_replaces_the_shipped_one_as_a_whole() {
    let own = Holiday { date: day("2026-01-01"), name: "元旦".to_owned(), work: false };
    let calendar = WorkCalendar::new([own]);
    assert!(!calendar.is_working(day("2026-01-01")));
    assert!(calendar.is_working(day("2026-02-17")), "the shipped spring festival no longer holds");
    assert!(!calendar.is_working(day("2025-10-01")), "another year stays");
}

#[test]
fn the_first_friday_of_each_month() {
    let pattern = Pattern::MonthWeekday { interval: 1, nth: 1, weekday: 5 };
    assert_eq!(
        dates(pattern.clone(), OnHoliday::Keep, "2025-01-01", "2025-06-30"),
        ["2025-01-03", "2025-02-07", "2025-03-07", "2025-04-04", "2025-05-02", "2025-06-06"]
    );
    // 4 April is 清明, 2 May lies in the holiday of 劳动节.
    assert_eq!(
        dates(pattern.clone(), OnHoliday::Before, "2025-03-01", "2025-06-30"),
        ["2025-03-07", "2025-04-03", "2025-04-30", "2025-06-06"]
    );
    assert_eq!(
        dates(pattern.clone(), OnHoliday::After, "2025-03-01", "2025-06-30"),
        ["2025-03-07", "2025-04-07", "2025-05-06", "2025-06-06"]
    );
    assert_eq!(dates(pattern, OnHoliday::Skip, "2025-03-01", "2025-06-30"), ["2025-03-07", "2025-06-06"]);
}

#[test]
fn every_second_week_counts_from_the_week_of_the_first_day() {
    let pattern = Pattern::Week { interval: 2, weekdays: vec![3] };
    // Begins on a Thursday: this week's Wednesday is past, the next one stands in the odd week.
    assert_eq!(dates(pattern, OnHoliday::Keep, "2025-03-06", "2025-04-10"), ["2025-03-19", "2025-04-02"]);
    let both = Pattern::Week { interval: 1, weekdays: vec![1, 5] };
    assert_eq!(dates(both, OnHoliday::Keep, "2025-03-03", "2025-03-10"), ["2025-03-03", "2025-03-07", "2025-03-10"]);
}

#[test]
fn a_day_of_the_month_avoids_weekends_and_a_chosen_saturday_does_not() {
    // 15 March and 15 June 2025 are a Saturday and a Sunday.
    let fifteenth = Pattern::MonthDay { interval: 3, day: 15 };
    assert_eq!(dates(fifteenth, OnHoliday::After, "2025-03-01", "2025-06-30"), ["2025-03-17", "2025-06-16"]);
    let saturdays = Pattern::MonthWeekday { interval: 1, nth: 3, weekday: 6 };
    assert_eq!(dates(saturdays, OnHoliday::Skip, "2025-03-01", "2025-03-31"), ["2025-03-15"]);
}

#[test]
fn months_without_the_day_are_passed_over() {
    let thirty_first = Pattern::MonthDay { interval: 1, day: 31 };
    assert_eq!(dates(thirty_first, OnHoliday::Keep, "2025-01-01", "2025-05-31"), ["2025-01-31", "2025-03-31", "2025-05-31"]);
    let last = Pattern::MonthDay { interval: 1, day: -1 };
    assert_eq!(dates(last, OnHoliday::Keep, "2024-02-01", "2024-03-31"), ["2024-02-29", "2024-03-31"]);
    let fifth = Pattern::MonthWeekday { interval: 1, nth: 5, weekday: 5 };
    assert_eq!(dates(fifth, OnHoliday::Keep, "2025-01-01", "2025-05-31"), ["2025-01-31", "2025-05-30"]);
    let last_friday = Pattern::MonthWeekday { interval: 1, nth: -1, weekday: 5 };
    assert_eq!(dates(last_friday, OnHoliday::Keep, "2025-01-01", "2025-02-28"), ["2025-01-31", "2025-02-28"]);
}

#[test]
fn two_occurrences_never_share_a_day() {
    // Tuesday 30 September stands; Wednesday to Wednesday are off and all move back onto it.
    let weekdays = Pattern::Week { interval: 1, weekdays: vec![2, 3, 4] };
    assert_eq!(dates(weekdays, OnHoliday::Before, "2025-09-29", "2025-10-09"), ["2025-09-30", "2025-10-09"]);
}

#[test]
fn an_unsound_rule_gives_no_days() {
    let calendar = WorkCalendar::new([]);
    let of = |pattern| Recurrence { pattern, on_holiday: OnHoliday::Keep }.occurrences(day("2025-01-01"), day("2025-02-01"), &calendar);
    assert_eq!(of(Pattern::Week { interval: 0, weekdays: vec![1] }), Err(RecurrenceProblem::Rule));
    assert_eq!(of(Pattern::Week { interval: 1, weekdays: vec![] }), Err(RecurrenceProblem::Rule));
    assert_eq!(of(Pattern::MonthDay { interval: 1, day: 0 }), Err(RecurrenceProblem::Rule));
    let weekly = Recurrence { pattern: Pattern::Week { interval: 1, weekdays: vec![1] }, on_holiday: OnHoliday::Keep };
    assert_eq!(weekly.occurrences(day("2025-02-01"), day("2025-01-01"), &calendar), Err(RecurrenceProblem::Reversed));
    assert_eq!(weekly.occurrences(day("2025-02-01"), day("2035-01-01"), &calendar), Err(RecurrenceProblem::TooLong));
}

#[test]
fn a_rule_in_words() {
    let half_past_two = NaiveTime::from_hms_opt(14, 30, 0);
    let of = |pattern| Recurrence { pattern, on_holiday: OnHoliday::Keep };
    assert_eq!(of(Pattern::MonthWeekday { interval: 1, nth: 1, weekday: 5 }).words(half_past_two), "每月第一个星期五 14:30");
    assert_eq!(of(Pattern::Week { interval: 2, weekdays: vec![3] }).words(None), "隔周星期三");
    assert_eq!(of(Pattern::Week { interval: 1, weekdays: vec![5, 1] }).words(None), "每周星期一、星期五");
    assert_eq!(of(Pattern::MonthDay { interval: 3, day: 15 }).words(None), "每季度15日");
    assert_eq!(of(Pattern::MonthWeekday { interval: 2, nth: -1, weekday: 7 }).words(None), "每 2 个月最后一个星期日");
}

#[test]
fn a_due_in_every_spelling() {
    for (text, written) in [
        ("3月", "2026-03"),
        ("３", "2026-03"),
        ("2026年3月", "2026-03"),
        ("2026.03", "2026-03"),
        ("3月15日", "2026-03-15"),
        ("2026-03-15", "2026-03-15"),
        ("一季度", "2026-Q1"),
        ("第四季度", "2026-Q4"),
        ("Q2", "2026-Q2"),
        ("2026-Q3", "2026-Q3"),
        ("上半年", "2026-Q2"),
        ("年底前", "2026-12"),
    ] {
        assert_eq!(Due::read(text, 2026).map(|due| due.to_string()).as_deref(), Ok(written), "{text}");
        assert_eq!(written.parse::<Due>().map(|due| due.to_string()).as_deref(), Ok(written));
    }
    for text in ["", "13月", "2026", "五季度", "2月30日", "开会"] {
        assert!(Due::read(text, 2026).is_err(), "{text}");
    }
    assert_eq!("2026-Q1".parse::<Due>().unwrap().last_day(), day("2026-03-31"));
    assert_eq!("2028-02".parse::<Due>().unwrap().last_day(), day("2028-02-29"));
    assert_eq!("2028-02-29".parse::<Due>().unwrap().in_year(2029).to_string(), "2029-02-28");
}

#[test]
fn every_shipped_anniversary_is_a_day() {
    let all = ShippedAnniversary::all();
    assert!(all.len() > 20 && all.iter().any(|day| day.usual));
    for one in all {
        assert!(NaiveDate::from_ymd_opt(2024, one.month, one.day).is_some(), "{}", one.name);
    }
    let party = all.iter().find(|day| (day.month, day.day) == (7, 1)).unwrap();
    assert_eq!(party.since_year, Some(1921));
}
