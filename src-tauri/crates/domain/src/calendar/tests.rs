use super::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn one_day_in_every_spelling() {
    for text in [
        "2025年7月1日",
        "2025年07月01日",
        "２０２５年７月１日",
        "2025 年 7 月 1 日",
        "20250701",
        "２０２５０７０１",
        "2025/7/1",
        "2025-07-01",
        "2025－7－1",
        "2025.7.1",
        "2025．07．01",
        "2025.07.01.",
        "　2025-7-1 ",
        "2025年7月1号",
        "2025年7月1",
        "2025-07-01（周二）",
        "2025年7月1日星期二",
        "2025年7月1日 (星期二) 下午2:30",
        "2025/7/1  14:30",
        "2025-07-01T14:30:00",
        "2025-07-01 00:00:00.000",
        "2025年7月1日上午",
    ] {
        assert_eq!(parse_date(text), Ok(day(2025, 7, 1)), "{text}");
    }
}

#[test]
fn a_month_alone_stays_a_month_alone() {
    for text in ["2025.07", "2025年7月", "2025年7月份", "202507", "2025-7", "2025/07", "２０２５．０７"] {
        assert_eq!(parse_partial_date(text), Ok(PartialDate::Month { year: 2025, month: 7 }), "{text}");
        assert_eq!(parse_date(text), Err(DateProblem::NotADate), "{text}");
    }
    for text in ["2025", "2025年", "２０２５年"] {
        assert_eq!(parse_partial_date(text), Ok(PartialDate::Year(2025)), "{text}");
    }
}

#[test]
fn an_impossible_part_is_named() {
    for (text, problem) in [
        ("2025年13月5日", DateProblem::NoSuchMonth { month: 13 }),
        ("2025.00", DateProblem::NoSuchMonth { month: 0 }),
        ("20251301", DateProblem::NoSuchMonth { month: 13 }),
        ("1990年2月30日", DateProblem::NoSuchDay { year: 1990, month: 2, day: 30 }),
        ("2025-02-29", DateProblem::NoSuchDay { year: 2025, month: 2, day: 29 }),
        ("2025-01-00", DateProblem::NoSuchDay { year: 2025, month: 1, day: 0 }),
        ("1899-12-31", DateProblem::OutOfRange { year: 1899 }),
        ("2999年1月1日", DateProblem::OutOfRange { year: 2999 }),
        ("2201", DateProblem::OutOfRange { year: 2201 }),
    ] {
        assert_eq!(parse_partial_date(text), Err(problem), "{text}");
    }
    assert_eq!(parse_date("2024-02-29"), Ok(day(2024, 2, 29)));
    assert_eq!(parse_date("1900-01-01"), Ok(day(1900, 1, 1)));
    assert_eq!(parse_date("2200-12-31"), Ok(day(2200, 12, 31)));
}

#[test]
fn what_is_no_date_is_not_guessed() {
    for text in [
        "",
        " ",
        "待定",
        "7/1/2025",
        "25.7.1",
        "7月1日",
        "2025年7月1日至3日",
        "2025.7.1-7.3",
        "32874",
        "2025年123月",
        "2025-07-01 25:00",
        "2025年7月1日前后",
        "20250701001",
        "2025.07 14:30",
        "2025年七月",
    ] {
        assert_eq!(parse_partial_date(text), Err(DateProblem::NotADate), "{text}");
    }
}

#[test]
fn a_heading_gives_its_day_and_its_title() {
    let heading = parse_month_day("1月18日 廉政教育第1次党课").unwrap();
    assert_eq!(heading, MonthDay { year: None, month: 1, day: 18, rest: "廉政教育第1次党课" });
    assert_eq!(heading.in_year(2025), Ok(day(2025, 1, 18)));
    for text in ["1.18 党课", "01-18 党课", "1/18党课", "１月１８日（周六）党课", "1月18日：党课", "1月18党课", "1月18日\n党课 "]
    {
        assert_eq!(parse_month_day(text), Some(MonthDay { year: None, month: 1, day: 18, rest: "党课" }), "{text}");
    }
    for text in ["2025年1月18日 党课", "2025-01-18党课", "20250118 党课", "2025.1.18 党课"] {
        assert_eq!(parse_month_day(text), Some(MonthDay { year: Some(2025), month: 1, day: 18, rest: "党课" }), "{text}");
    }
    assert_eq!(parse_month_day("1月18日").unwrap().rest, "");
    assert_eq!(parse_month_day("1月15日 周三课堂").unwrap().rest, "周三课堂");
}

#[test]
fn a_heading_with_an_impossible_day_is_still_a_dated_heading() {
    let heading = parse_month_day("2月31日 不存在的活动").unwrap();
    assert_eq!(heading.in_year(2025), Err(DateProblem::NoSuchDay { year: 2025, month: 2, day: 31 }));
    assert_eq!(parse_month_day("13月1日 党课").unwrap().in_year(2025), Err(DateProblem::NoSuchMonth { month: 13 }));
    assert_eq!(parse_month_day("2024年2月29日 党课").unwrap().in_year(2025), Ok(day(2024, 2, 29)));
    for text in ["姓名", "工号", "", "第1次党课", "2025年度", "1月工作例会", "13.5学时", "1.2.3", "100", "2025.07 党课"]
    {
        assert_eq!(parse_month_day(text), None, "{text}");
    }
}

#[test]
fn day_numbers_of_both_systems() {
    let at = |date: NaiveDate, hour, minute| date.and_hms_opt(hour, minute, 0).unwrap();
    assert_eq!(from_excel_serial(32874.0, false), Ok(at(day(1990, 1, 1), 0, 0)));
    assert_eq!(from_excel_serial(41456.0, false), Ok(at(day(2013, 7, 1), 0, 0)));
    assert_eq!(from_excel_serial(1.0, false), Ok(at(day(1900, 1, 1), 0, 0)));
    assert_eq!(from_excel_serial(59.0, false), Ok(at(day(1900, 2, 28), 0, 0)));
    assert_eq!(from_excel_serial(61.0, false), Ok(at(day(1900, 3, 1), 0, 0)));
    // 1904-based files count the same days 1,462 lower.
    assert_eq!(from_excel_serial(41456.0 - 1462.0, true), Ok(at(day(2013, 7, 1), 0, 0)));
    // 14:30 is 870 of 1440 minutes.
    assert_eq!(from_excel_serial(41456.0 + 870.0 / 1440.0, false), Ok(at(day(2013, 7, 1), 14, 30)));
}

#[test]
fn numbers_that_are_no_days() {
    assert_eq!(from_excel_serial(60.0, false), Err(DateProblem::NoSuchDay { year: 1900, month: 2, day: 29 }));
    for number in [f64::NAN, f64::INFINITY, -1.0, 0.0, 0.5] {
        assert_eq!(from_excel_serial(number, false), Err(DateProblem::NotADate), "{number}");
    }
    assert_eq!(from_excel_serial(109_939.0, false).unwrap().date(), day(2200, 12, 31));
    assert_eq!(from_excel_serial(109_940.0, false), Err(DateProblem::OutOfRange { year: 2201 }));
    assert!(matches!(from_excel_serial(20_250_701.0, false), Err(DateProblem::OutOfRange { .. })));
    assert!(matches!(from_excel_serial(1e300, true), Err(DateProblem::OutOfRange { .. })));
}

#[test]
fn a_fraction_of_a_day_is_a_time() {
    // 19:00 is 19/24 = 0.791666…, 9:30 is 9.5/24 = 0.395833….
    for (fraction, hour, minute) in [(0.0, 0, 0), (0.375, 9, 0), (0.7916666666666666, 19, 0), (0.3958333333333333, 9, 30)] {
        assert_eq!(clock_from_excel(fraction), NaiveTime::from_hms_opt(hour, minute, 0), "{fraction}");
    }
    for fraction in [1.0, -0.1, f64::NAN, 0.999_999_9] {
        assert_eq!(clock_from_excel(fraction), None, "{fraction}");
    }
}

#[test]
fn times_of_day() {
    for (text, hour, minute) in [
        ("9:00", 9, 0),
        ("09:00", 9, 0),
        ("14：30", 14, 30),
        ("１４：３０", 14, 30),
        ("下午2:30", 14, 30),
        ("下午14:30", 14, 30),
        ("上午 9:05", 9, 5),
        ("14时30分", 14, 30),
        ("9点", 9, 0),
        ("9点半", 9, 30),
        ("9点一刻", 9, 15),
        ("晚上7点半", 19, 30),
        ("中午12:30", 12, 30),
        ("中午1点", 13, 0),
        ("2:30 PM", 14, 30),
        ("12:10 am", 0, 10),
        ("19:30:00", 19, 30),
    ] {
        assert_eq!(parse_clock(text), NaiveTime::from_hms_opt(hour, minute, 0), "{text}");
    }
    for text in ["", "9", "24:00", "9:60", "9:00-11:00", "90分钟", "900:00", "上午"] {
        assert_eq!(parse_clock(text), None, "{text}");
    }
}

#[test]
fn labels_are_as_on_paper() {
    assert_eq!(month_day_label(day(2025, 1, 18)), "1月18日");
    // 2025-01-18 was a Saturday.
    assert_eq!(weekday_label(day(2025, 1, 18)), "周六");
    assert_eq!(weekday_label(day(2025, 1, 19)), "周日");
}

#[test]
fn partial_dates_are_kept_as_text_and_in_order() {
    let mut dates: Vec<PartialDate> =
        ["2025-07-01", "2025-06-30", "2025", "2025-07", "2024-12-31"].into_iter().map(|text| text.parse().unwrap()).collect();
    dates.sort();
    let written: Vec<String> = dates.iter().map(PartialDate::to_string).collect();
    assert_eq!(written, ["2024-12-31", "2025", "2025-06-30", "2025-07", "2025-07-01"]);
    assert_eq!(serde_json::to_string(&dates[3]).unwrap(), "\"2025-07\"");
    assert_eq!(serde_json::from_str::<PartialDate>("\"2025-07\"").unwrap(), dates[3]);
    assert!(serde_json::from_str::<PartialDate>("\"2025.07\"").is_err());
    assert_eq!(serde_json::to_string(&DateProblem::NoSuchMonth { month: 13 }).unwrap(), r#"{"code":"no_such_month","month":13}"#);
}

#[test]
fn only_what_lies_wholly_after_a_day_is_after_it() {
    let today = day(2025, 12, 31);
    for (text, after) in
        [("2026-01-01", true), ("2025-12-31", false), ("2025-12", false), ("2026-01", true), ("2025", false), ("2026", true)]
    {
        assert_eq!(text.parse::<PartialDate>().unwrap().is_after(today), after, "{text}");
    }
}
