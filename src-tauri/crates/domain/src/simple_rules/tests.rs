//! Expected numbers are worked out by hand from the rule text of the example
//! table, not taken from the program.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::{
    amount::StudyAmount,
    attendance::AttendanceStatus,
    exact::Exact,
    ids::{Id, MakeUpId},
    roster::Tier,
};

const SHIPPED: &str = include_str!("../../../../../assets/presets/weihai-example.toml");

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

fn id<T>(number: u64) -> Id<T> {
    Id::from_parts(number, [0; 10])
}

fn minutes(minutes: u32) -> StudyAmount {
    StudyAmount::Seconds(minutes * 60)
}

fn fact(number: u64, day_of_year: u32, kind: FactKind) -> Fact {
    let date = NaiveDate::from_yo_opt(2025, day_of_year).unwrap();
    let id = match kind {
        FactKind::Collective { .. } => FactId::Session(id(number)),
        FactKind::SelfStudy { .. } => FactId::SelfStudy(id(number)),
        FactKind::Note { .. } => FactId::Note(id(number)),
    };
    Fact { id, date: Some(date), sort_date: date, label: format!("第{number}项"), kind }
}

fn collective(amount: StudyAmount, status: AttendanceStatus, made_up: bool) -> FactKind {
    FactKind::Collective { amount, status, made_up }
}

fn counted(ledger: &Ledger) -> Vec<String> {
    ledger.entries.iter().map(|entry| entry.counted.to_string()).collect()
}

/// The line of the shipped file on which an item of a section stands.
fn line_of(section: &str, item: &str) -> u32 {
    let header = format!("[{section}]");
    let (start, _) = SHIPPED.lines().enumerate().find(|(_, line)| *line == header).unwrap();
    let item = format!("{item} = ");
    let (at, _) = SHIPPED.lines().enumerate().skip(start).find(|(_, line)| line.starts_with(&item)).unwrap();
    at as u32 + 1
}

#[test]
fn the_shipped_table_says_what_the_issue_says() {
    let rules = RuleSet::shipped();
    assert_eq!(rules.required(Tier::DivisionAndAbove), Some(exact("18")));
    assert_eq!(rules.required(Tier::Section), Some(exact("12")));
    assert_eq!(rules.required(Tier::StaffAndBelow), None);
    assert_eq!(rules.required(Tier::Other), None);
    assert_eq!(rules.unit(), "学分");
    assert!(rules.name().contains("示例"));
    assert_eq!(rules.cap(Category::Collective), None);
    assert_eq!(rules.cap(Category::SelfStudy), Some(exact("4")));
    assert_eq!(rules.cap(Category::Note), Some(exact("2")));
}

#[test]
fn units_of_account_become_minutes() {
    let rules = RuleSet::shipped();
    for (amount, in_minutes) in [
        (StudyAmount::HalfDays(Exact::ONE), "240"),
        (StudyAmount::Days(exact("1.5")), "720"),
        (StudyAmount::ClassHours(exact("2")), "90"),
        (StudyAmount::Seconds(90), "1.5"),
    ] {
        assert_eq!(rules.minutes(amount), exact(in_minutes));
    }
}

#[test]
fn collective_study_gives_by_the_minute_and_by_the_mark() {
    use AttendanceStatus::*;
    // 90 minutes are 90 / 60 × 0.5 = 0.75; half of it 0.375; 80 % of it 0.6.
    for (status, made_up, credit) in [
        (Present, false, Some("0.75")),
        (Present, true, Some("0.75")),
        (Late, false, Some("0.375")),
        (EarlyLeave, false, Some("0.375")),
        (OfficialLeave, true, Some("0.6")),
        (SickLeave, true, Some("0.6")),
        (PersonalLeave, true, Some("0.6")),
        (Absent, true, Some("0.6")),
        (OfficialLeave, false, None),
        (SickLeave, false, None),
        (PersonalLeave, false, None),
        (Absent, false, None),
        (NotRequired, true, None),
        (Unmarked, true, None),
    ] {
        let ledger = evaluate(&RuleSet::shipped(), Tier::Section, &[fact(1, 18, collective(minutes(90), status, made_up))]);
        assert_eq!(ledger.earned, credit.map_or(Exact::ZERO, exact), "{status:?}");
        assert_eq!(ledger.entries.len(), usize::from(credit.is_some()), "{status:?}");
    }
}

#[test]
fn nothing_is_rounded() {
    // 20 minutes of self-study: a third of 0.25 is 1/12; three of them 0.25.
    let facts: Vec<Fact> = (1..=3).map(|n| fact(n, n as u32, FactKind::SelfStudy { amount: minutes(20) })).collect();
    let ledger = evaluate(&RuleSet::shipped(), Tier::Section, &facts);
    assert_eq!(counted(&ledger), ["1/12", "1/12", "1/12"]);
    assert_eq!(ledger.earned, exact("0.25"));
    assert_eq!(ledger.outcome, Outcome::Short { gap: exact("11.75") });
}

#[test]
fn the_cap_cuts_the_entry_that_crosses_it() {
    // 14 hours give 3.5; then 4 hours give 1, of which 0.5 fits under 4; then
    // an hour gives 0.25, of which nothing fits.
    let hours = |n, day, hours: u32| fact(n, day, FactKind::SelfStudy { amount: minutes(hours * 60) });
    let ledger = evaluate(&RuleSet::shipped(), Tier::Section, &[hours(3, 30, 1), hours(1, 10, 14), hours(2, 20, 4)]);
    assert_eq!(counted(&ledger), ["3.5", "0.5", "0"]);
    assert_eq!(ledger.entries[1].base, exact("1"));
    assert_eq!(ledger.entries[0].steps.len(), 1);
    let cut = ledger.entries[1].steps.last().unwrap();
    assert_eq!(cut.what, StepKind::Capped { cap: exact("4"), used: exact("3.5") });
    assert_eq!((cut.before, cut.after, cut.rule_line), (exact("1"), exact("0.5"), line_of("self_study", "cap")));
    let total = &ledger.by_category[1];
    assert_eq!((total.category, total.base, total.counted, total.cap), (Category::SelfStudy, exact("4.75"), exact("4"), Some(exact("4"))));
}

#[test]
fn notes_count_from_eight_hundred_characters_and_at_most_two_credits() {
    let lengths = [799, 800, 1500, 300, 2000, 801, 5000];
    let facts: Vec<Fact> =
        lengths.iter().enumerate().map(|(at, &chars)| fact(at as u64, at as u32 + 1, FactKind::Note { chars })).collect();
    let ledger = evaluate(&RuleSet::shipped(), Tier::DivisionAndAbove, &facts);
    assert_eq!(counted(&ledger), ["0.5", "0.5", "0.5", "0.5", "0"]);
    assert_eq!(ledger.earned, exact("2"));
    assert_eq!(ledger.outcome, Outcome::Short { gap: exact("16") });
}

#[test]
fn a_requirement_is_met_exactly_at_its_edge() {
    // 24 hours of collective study are 24 × 0.5 = 12.
    let day = |n: u64, hours: u32| fact(n, n as u32, collective(minutes(hours * 60), AttendanceStatus::Present, false));
    let facts = [day(1, 20), day(2, 4)];
    let rules = RuleSet::shipped();
    assert_eq!(evaluate(&rules, Tier::Section, &facts).outcome, Outcome::Met);
    assert_eq!(evaluate(&rules, Tier::Section, &facts[..1]).outcome, Outcome::Short { gap: exact("2") });
    assert_eq!(evaluate(&rules, Tier::StaffAndBelow, &facts).outcome, Outcome::NotRequired);
    assert_eq!(evaluate(&rules, Tier::Other, &[]).outcome, Outcome::NotRequired);
    let nothing = evaluate(&rules, Tier::Section, &[]);
    assert_eq!((nothing.earned, nothing.outcome), (Exact::ZERO, Outcome::Short { gap: exact("12") }));
    assert_eq!(nothing.by_category.len(), 3);
}

#[test]
fn every_entry_names_the_line_that_decided() {
    let facts = [
        fact(1, 1, collective(minutes(60), AttendanceStatus::Present, false)),
        fact(2, 2, collective(minutes(60), AttendanceStatus::Late, false)),
        fact(3, 3, collective(minutes(60), AttendanceStatus::EarlyLeave, false)),
        fact(4, 4, collective(minutes(60), AttendanceStatus::Absent, true)),
        fact(5, 5, FactKind::SelfStudy { amount: StudyAmount::HalfDays(Exact::ONE) }),
        fact(6, 6, FactKind::Note { chars: 800 }),
    ];
    let ledger = evaluate(&RuleSet::shipped(), Tier::Section, &facts);
    let named: Vec<(u32, &str)> = ledger.entries.iter().map(|entry| (entry.rule_line, entry.rule.as_str())).collect();
    assert_eq!(
        named,
        [
            (line_of("collective", "credit"), "每 60 分钟 0.5 学分"),
            (line_of("collective", "late"), "每 60 分钟 0.5 学分，迟到减半"),
            (line_of("collective", "early_leave"), "每 60 分钟 0.5 学分，早退减半"),
            (line_of("collective", "make_up"), "每 60 分钟 0.5 学分，补学计 80%"),
            (line_of("self_study", "credit"), "每 60 分钟 0.25 学分，每年最多 4 学分"),
            (line_of("note", "credit"), "800 字以上每篇 0.5 学分，每年最多 2 学分"),
        ]
    );
    let listed: Vec<(u32, String)> = RuleSet::shipped().lines().into_iter().map(|rule| (rule.line, rule.words)).collect();
    assert!(listed.iter().map(|(line, words)| (*line, words.as_str())).eq(named));
    // Half a day is 240 minutes: 4 × 0.25 = 1.
    assert_eq!(ledger.entries[4].counted, Exact::ONE);
}

#[test]
fn a_make_up_of_unknown_date_stands_at_its_session() {
    let mut made_up = fact(9, 40, collective(minutes(60), AttendanceStatus::Absent, true));
    made_up.id = FactId::MakeUp(MakeUpId::from_parts(9, [0; 10]));
    made_up.date = None;
    let facts = [fact(1, 50, FactKind::Note { chars: 800 }), made_up, fact(2, 30, FactKind::Note { chars: 800 })];
    let ledger = evaluate(&RuleSet::shipped(), Tier::Section, &facts);
    let labels: Vec<&str> = ledger.entries.iter().map(|entry| entry.label.as_str()).collect();
    assert_eq!(labels, ["第2项", "第9项", "第1项"]);
    assert_eq!(ledger.entries[1].date, None);
}

#[test]
fn json_names_things_in_english_and_carries_amounts_as_text() {
    let ledger = evaluate(&RuleSet::shipped(), Tier::Section, &[fact(1, 18, collective(minutes(90), AttendanceStatus::Late, false))]);
    let json = serde_json::to_value(&ledger).unwrap();
    assert_eq!(json["earned"], "0.375");
    assert_eq!(json["outcome"], serde_json::json!({"kind": "short", "gap": "11.625"}));
    assert_eq!(json["entries"][0]["fact"]["kind"], "session");
    assert_eq!(json["entries"][0]["date"], "2025-01-18");
    assert_eq!(json["entries"][0]["steps"][1]["what"], serde_json::json!({"code": "reduced", "reason": "late", "factor": "0.5"}));
    assert_eq!(json["entries"][0]["steps"][0]["what"]["minutes"], "90");
}

#[test]
fn a_file_that_cannot_be_meant_is_refused_where_it_stands() {
    let with = |from: &str, to: &str| {
        assert!(SHIPPED.contains(from), "{from}");
        RuleSet::parse(&SHIPPED.replacen(from, to, 1)).unwrap_err()
    };
    let place = |error: &RuleFileError| match *error {
        RuleFileError::NotReadable { line, column, .. } | RuleFileError::OutOfRange { line, column, .. } => (line, column),
    };
    let late = line_of("collective", "late");
    for (written, column) in [("late = \"1.5\"", 8), ("late = \"-1\"", 8), ("late = \"0.0001\"", 8)] {
        let error = with("late = \"0.5\"", written);
        assert_eq!(error, RuleFileError::OutOfRange { line: late, column, item: "late" });
    }
    for written in ["late = 0.5", "late = \"half\"", "lates = \"0.5\"", "late = ", "late = \"0.5\"\nlate = \"0.5\""] {
        let error = with("late = \"0.5\"", written);
        assert!(matches!(error, RuleFileError::NotReadable { .. }), "{written}: {error}");
        assert!((late..=late + 1).contains(&place(&error).0), "{written}: {error}");
    }
    assert!(matches!(with("per_minutes = 60", "per_minutes = 0"), RuleFileError::NotReadable { .. }));
    assert!(matches!(with("cap = \"4\"", "cap = \"-4\""), RuleFileError::OutOfRange { item: "cap", .. }));
    assert!(matches!(RuleSet::parse(""), Err(RuleFileError::NotReadable { line: 1, .. })));
}

fn any_fact() -> impl Strategy<Value = Fact> {
    let amount = prop_oneof![
        (1u32..20_000).prop_map(StudyAmount::Seconds),
        (1i64..8).prop_map(|n| StudyAmount::HalfDays(Exact::whole(n))),
        (1i64..40).prop_map(|tenths| StudyAmount::ClassHours(Exact::fraction(tenths, 10).unwrap())),
    ];
    let kind = (amount, prop::sample::select(AttendanceStatus::ALL.to_vec()), any::<bool>(), 0u32..3000, 0..3).prop_map(
        |(amount, status, made_up, chars, which)| match which {
            0 => collective(amount, status, made_up),
            1 => FactKind::SelfStudy { amount },
            _ => FactKind::Note { chars },
        },
    );
    (0u64..40, 1u32..30, kind).prop_map(|(number, day, kind)| fact(number, day, kind))
}

proptest! {
    #[test]
    fn the_order_of_facts_does_not_matter(
        (facts, shuffled) in prop::collection::vec(any_fact(), 0..40).prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle()))
    ) {
        let rules = RuleSet::shipped();
        prop_assert_eq!(evaluate(&rules, Tier::Section, &facts), evaluate(&rules, Tier::Section, &shuffled));
    }

    #[test]
    fn totals_agree_with_entries_and_keep_to_caps(facts in prop::collection::vec(any_fact(), 0..60)) {
        let rules = RuleSet::shipped();
        let ledger = evaluate(&rules, Tier::DivisionAndAbove, &facts);
        prop_assert_eq!(ledger.entries.iter().map(|entry| entry.counted).sum::<Exact>(), ledger.earned);
        for total in &ledger.by_category {
            let of_it = || ledger.entries.iter().filter(|entry| entry.category == total.category);
            prop_assert_eq!(of_it().map(|entry| entry.base).sum::<Exact>(), total.base);
            // A cap is all that can stand between base and counted.
            let expected = total.cap.map_or(total.base, |cap| cap.min(total.base));
            prop_assert_eq!(total.counted, expected);
        }
        for entry in &ledger.entries {
            prop_assert!(!entry.counted.is_negative() && entry.counted <= entry.base);
            let mut at = Exact::ZERO;
            for step in &entry.steps {
                prop_assert_eq!(step.before, at);
                at = step.after;
            }
            prop_assert_eq!(at, entry.counted);
        }
    }
}
