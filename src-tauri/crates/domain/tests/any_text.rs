//! Whatever stands in a cell, reading it ends in an answer.

use proptest::prelude::*;
use xueji_domain::{
    amount::parse_amount,
    calendar::{PartialDate, parse_clock, parse_month_day, parse_partial_date},
    exact::Exact,
    text::{clean_name, clean_staff_no, clean_text, pinyin_sort_key, search_keys, split_surname, stroke_sort_key, widened},
};

/// Arbitrary text, and text made of the pieces of dates, durations and names.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9０-９年月日.．/:：点半周六（） \u{3000}-]{0,16}",
        "[0-9.个半一十小时分秒天学:零]{0,12}",
        "[张三欧阳·. A-z]{0,8}"
    ]
}

proptest! {
    #[test]
    fn nothing_panics(text in cell()) {
        let _ = parse_clock(&text);
        let _ = parse_amount(&text);
        let _ = text.parse::<Exact>();
        if let Some(heading) = parse_month_day(&text) {
            prop_assert!(text.contains(heading.rest));
            let _ = heading.in_year(2025);
        }
        let (surname, given) = split_surname(&text);
        prop_assert_eq!(format!("{surname}{given}"), text.clone());
        let _ = widened(&text);
        prop_assert!(search_keys(&text).len() <= 32);
    }

    #[test]
    fn what_is_read_is_written_and_read_again(text in cell()) {
        if let Ok(date) = parse_partial_date(&text) {
            prop_assert_eq!(date.to_string().parse::<PartialDate>(), Ok(date));
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing_more(text in cell()) {
        for clean in [clean_name, clean_staff_no, clean_text] {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }
    }

    #[test]
    fn names_that_differ_have_keys_that_differ(one in "[王欧阳修文明一·]{1,4}", other in "[王欧阳修文明一·]{1,4}") {
        prop_assert_eq!(one == other, stroke_sort_key(&one) == stroke_sort_key(&other));
        let silent = |name: &str| name.replace('·', "");
        if silent(&one) != silent(&other) {
            prop_assert_ne!(pinyin_sort_key(&one), pinyin_sort_key(&other));
        }
    }
}
