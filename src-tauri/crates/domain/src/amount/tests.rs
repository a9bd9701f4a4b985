use proptest::prelude::*;

use super::*;

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

#[test]
fn time_with_its_unit_is_clear() {
    for (text, seconds) in [
        ("90分钟", 5400),
        ("90分", 5400),
        ("９０分钟", 5400),
        ("90min", 5400),
        ("90 MINS", 5400),
        ("1.5小时", 5400),
        ("１．５小时", 5400),
        ("1.5h", 5400),
        ("1.5 H", 5400),
        ("1h", 3600),
        ("1h30m", 5400),
        ("1h30", 5400),
        ("1小时30分", 5400),
        ("1小时 30 分钟", 5400),
        ("1小时15分", 4500),
        ("1小时零5分", 3900),
        ("0.75小时", 2700),
        ("0.5小时", 1800),
        ("半小时", 1800),
        ("半个小时", 1800),
        ("一个半小时", 5400),
        ("1个半小时", 5400),
        ("两个小时", 7200),
        ("2个钟头", 7200),
        ("1小时半", 5400),
        ("一刻钟", 900),
        ("四十五分钟", 2700),
        ("十分钟", 600),
        ("1:30", 5400),
        ("1：30", 5400),
        ("0:45", 2700),
        ("01:30:00", 5400),
        ("26小时", 93_600),
        ("5分", 300),
        ("1分30秒", 90),
        // A third of an hour to three places: 0.333 × 3600 = 1198.8 seconds.
        ("0.333小时", 1199),
    ] {
        assert_eq!(parse_amount(text), Ok(AmountReading::Clear(StudyAmount::Seconds(seconds))), "{text}");
    }
}

#[test]
fn units_of_account_are_kept() {
    for (text, amount) in [
        ("半天", StudyAmount::HalfDays(Exact::ONE)),
        ("半日", StudyAmount::HalfDays(Exact::ONE)),
        ("两个半天", StudyAmount::HalfDays(Exact::whole(2))),
        ("1天", StudyAmount::Days(Exact::ONE)),
        ("0.5天", StudyAmount::Days(exact("0.5"))),
        ("两天半", StudyAmount::Days(exact("2.5"))),
        ("2学时", StudyAmount::ClassHours(Exact::whole(2))),
        ("２学时", StudyAmount::ClassHours(Exact::whole(2))),
        ("1.5 课时", StudyAmount::ClassHours(exact("1.5"))),
    ] {
        assert_eq!(parse_amount(text), Ok(AmountReading::Clear(amount)), "{text}");
    }
}

#[test]
fn a_bare_number_is_minutes_from_ten_up_and_asked_below() {
    assert_eq!(parse_amount("90"), Ok(AmountReading::BareMinutes(StudyAmount::Seconds(5400))));
    assert_eq!(parse_amount("１２０"), Ok(AmountReading::BareMinutes(StudyAmount::Seconds(7200))));
    assert_eq!(parse_amount("10"), Ok(AmountReading::BareMinutes(StudyAmount::Seconds(600))));
    assert_eq!(parse_amount("60.0"), Ok(AmountReading::BareMinutes(StudyAmount::Seconds(3600))));
    assert_eq!(parse_amount("5"), Ok(AmountReading::Unclear { number: Exact::whole(5) }));
    assert_eq!(parse_amount("1.5"), Ok(AmountReading::Unclear { number: exact("1.5") }));
    assert_eq!(parse_amount("9.9").unwrap().amount(), None);
}

#[test]
fn what_is_no_duration_is_refused() {
    for text in
        ["", " ", "很久", "分钟", "半", "一个半", "1小时90分", "30分1小时", "90分左右", "1:75", "90分 90分", "1天2小时", ".5", "1.2.3"]
    {
        assert_eq!(parse_amount(text), Err(AmountProblem::NotAnAmount), "{text}");
    }
    assert_eq!(parse_amount("0.1234567天"), Err(AmountProblem::NotAnAmount));
    assert_eq!(StudyAmount::from_parts("1/3", "day"), Err(AmountProblem::NotAnAmount));
    for text in ["0", "0分钟", "-30", "－30分钟", "0天", "0:00"] {
        assert_eq!(parse_amount(text), Err(AmountProblem::NotPositive), "{text}");
    }
    for text in ["367天", "99999999小时", "20250701"] {
        assert_eq!(parse_amount(text), Err(AmountProblem::TooLong), "{text}");
    }
}

#[test]
fn more_than_a_day_is_read_and_told() {
    for (text, exceeds) in [
        ("26小时", true),
        ("24小时", false),
        ("1天", false),
        ("2天", true),
        ("两个半天", false),
        ("3个半天", true),
        ("8学时", false),
        ("25学时", true),
    ] {
        assert_eq!(parse_amount(text).unwrap().amount().unwrap().exceeds_a_day(), exceeds, "{text}");
    }
}

#[test]
fn labels_are_as_on_paper() {
    for (amount, label) in [
        (StudyAmount::Seconds(45 * 60), "45分钟"),
        (StudyAmount::Seconds(90 * 60), "1小时30分"),
        (StudyAmount::Seconds(120 * 60), "2小时"),
        (StudyAmount::Seconds(59), "59秒"),
        (StudyAmount::Seconds(90), "1分30秒"),
        (StudyAmount::HalfDays(Exact::ONE), "半天"),
        (StudyAmount::HalfDays(Exact::whole(3)), "3个半天"),
        (StudyAmount::Days(exact("1.5")), "1.5天"),
        (StudyAmount::ClassHours(Exact::whole(2)), "2学时"),
    ] {
        assert_eq!(amount.label(), label);
    }
}

#[test]
fn json_carries_the_value_as_text_with_its_unit() {
    let amount = StudyAmount::ClassHours(exact("1.5"));
    assert_eq!(serde_json::to_string(&amount).unwrap(), r#"{"value":"1.5","unit":"class_hour"}"#);
    assert_eq!(serde_json::from_str::<StudyAmount>(r#"{"value":"5400","unit":"second"}"#).unwrap(), StudyAmount::Seconds(5400));
    assert_eq!(StudyAmount::inline(&ts_rs::Config::default()), "{ value: string, unit: AmountUnit, }");
    for wrong in [r#"{"value":"0","unit":"day"}"#, r#"{"value":1.5,"unit":"day"}"#, r#"{"value":"1","unit":"week"}"#] {
        assert!(serde_json::from_str::<StudyAmount>(wrong).is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn what_the_book_keeps_comes_back(seconds in 1u32..1_000_000, tenths in 1i64..300) {
        let exact = Exact::fraction(tenths, 10).unwrap();
        for amount in
            [StudyAmount::Seconds(seconds), StudyAmount::HalfDays(exact), StudyAmount::Days(exact), StudyAmount::ClassHours(exact)]
        {
            let (value, unit) = amount.to_parts();
            prop_assert_eq!(StudyAmount::from_parts(&value, unit), Ok(amount));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "[0-9.:半个一十小时分天学hm -]{0,12}") {
        let _ = parse_amount(&text);
    }

    #[test]
    fn a_label_is_read_back(minutes in 1u32..3000) {
        let amount = StudyAmount::Seconds(minutes * 60);
        prop_assert_eq!(parse_amount(&amount.label()), Ok(AmountReading::Clear(amount)));
    }
}
