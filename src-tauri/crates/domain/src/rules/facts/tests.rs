use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn number(text: &str) -> Item {
    Item::Number(text.parse().unwrap())
}

fn text(text: &str) -> Item {
    Item::Text(text.into())
}

/// The example of the guide, section 8.
const GUIDE: &str = r#"{
  "period": "2025",
  "as_of": "2025-11-30",
  "person": {
    "id": "p1",
    "rank": [ { "until": "2025-06-30", "value": "科级" }, { "from": "2025-07-01", "value": "处级" } ],
    "joined_on": "2025-05-01",
    "leave": [ { "from": "2025-02-01", "to": "2025-04-30", "kind": "病假" } ],
    "reviews": { "年度考核": "优秀" }
  },
  "activities": [
    { "id": "a1", "type": "在线学习", "date": "2025-03-01", "minutes": 90, "evidence": ["结业证书"] },
    { "id": "a2", "type": "脱产培训", "date": "2025-12-30", "until": "2026-01-03", "days": 5 }
  ],
  "earlier": [ { "period": "2024", "total": "91", "buckets": { "必修": "73" }, "passed": true, "short": [], "grade": "合格", "carry": [ { "to": "选修", "amount": "17" } ] } ],
  "scores": [ { "indicator": "读书学习", "by": "核查", "value": "8.5", "reason": "…" } ],
  "decisions": [ { "question": "外地培训上限", "reading": "per_class", "reason": "2025 年 3 月请示组织部" } ]
}"#;

#[test]
fn the_example_of_the_guide_is_read() {
    let file = read(GUIDE).unwrap();
    assert_eq!(file.periods, Some(PeriodRange { first: "2025".to_owned(), last: "2025".to_owned() }));
    assert_eq!(file.as_of, Some(day("2025-11-30")));
    let [subject] = file.people.as_slice() else { panic!("one person") };
    assert_eq!(subject.id, "p1");
    let person = &subject.person;
    assert_eq!(person.on("rank", day("2025-06-30")), Some(&text("科级")));
    assert_eq!(person.on("rank", day("2025-07-01")), Some(&text("处级")));
    assert_eq!(person.on("joined_on", day("2020-01-01")), Some(&text("2025-05-01")));
    assert_eq!(person.leave, [Leave { from: day("2025-02-01"), to: day("2025-04-30"), kind: "病假".to_owned() }]);
    assert_eq!(person.reviews, [("年度考核".to_owned(), "优秀".to_owned())]);
    let [a1, a2] = subject.activities.as_slice() else { panic!("two activities") };
    assert_eq!((&*a1.id, &*a1.kind, a1.count), ("a1", "在线学习", 1));
    assert_eq!(a1.item("minutes"), Some(&number("90")));
    assert_eq!(a1.item("evidence"), Some(&Item::List(Arc::from(["结业证书".into()]))));
    assert_eq!((a2.date, a2.until), (Some(PartialDate::Day(day("2025-12-30"))), Some(day("2026-01-03"))));
    let [earlier] = subject.earlier.as_slice() else { panic!("one earlier result") };
    assert_eq!((earlier.total, earlier.passed, earlier.grade.as_deref()), ("91".parse().ok(), Some(true), Some("合格")));
    assert_eq!(earlier.buckets, [("必修".to_owned(), Exact::whole(73))]);
    let carried = CarriedOut { id: String::new(), to: "选修".to_owned(), amount: Exact::whole(17), lifetime: 1 };
    assert_eq!(earlier.carry.as_deref(), Some([carried].as_slice()));
    assert_eq!(subject.scores[0].value, "8.5".parse().unwrap());
    assert_eq!(subject.decisions[0].answer, Answer::Reading("per_class".to_owned()));
}

fn item_of(json: &str) -> Result<Item, FactsError> {
    let file = read(&format!(r#"{{"activities": [{{"type": "t", "x": {json}}}]}}"#))?;
    Ok(file.people[0].activities[0].item("x").unwrap().clone())
}

#[test]
fn numbers_are_exact_however_they_are_written() {
    for (json, wanted) in [
        ("5", number("5")),
        ("0.1", number("1/10")),
        ("-2.50", number("-2.5")),
        (r#""0.5""#, number("0.5")),
        (r#""1/3""#, number("1/3")),
        (r#""90%""#, number("0.9")),
        (r#""1/3 %""#, number("1/300")),
        (r#""2025""#, number("2025")),
        (r#"" 12 ""#, number("12")),
        (r#""007""#, text("007")),
        (r#""110101199001011234""#, text("110101199001011234")),
        (r#""2025-03-01""#, text("2025-03-01")),
        (r#""06:30""#, text("06:30")),
        (r#""1.2.3""#, text("1.2.3")),
        (r#""""#, text("")),
        (r#""a\u5b57\ud83d\ude00\n""#, text("a字😀\n")),
        ("true", Item::Flag(true)),
        (r#"["一", 2]"#, Item::List(Arc::from(["一".into(), "2".into()]))),
        ("[]", Item::List(Arc::from([]))),
    ] {
        assert_eq!(item_of(json), Ok(wanted), "{json}");
    }
}

#[test]
fn a_number_of_a_record_equals_the_text_that_it_was() {
    let code = item_of(r#""12.50""#).unwrap();
    let expression = crate::rules::expression::read("x = '12.50' and x = '12.5' and x = 12.5 and x != '12.6'", 1).unwrap();
    struct Only(Item);
    impl crate::rules::expression::Scope for Only {
        fn name<'a>(
            &'a self,
            _: Option<crate::rules::expression::Prefix>,
            _: &str,
        ) -> Result<Datum<'a>, crate::rules::expression::TooLarge> {
            Ok(self.0.datum())
        }
    }
    assert_eq!(expression.holds(&Only(code)), Ok(true));
}

#[test]
fn what_may_be_left_out_has_its_default() {
    let file = read("\u{feff}{}").unwrap();
    assert_eq!((file.periods, file.people.len(), file.people[0].id.as_str()), (None, 1, "p1"));
    let file = read(r#"{"people": [{"activities": [{"type": "a"}, {"type": "b", "date": "2025-03", "count": "3", "x": null}]}, {"person": {"id": 7}}], "period": {"from": "2021", "to": 2025}, "unit": {"short": 1, "record": {"rate": "0.5"}}}"#).unwrap();
    let ids: Vec<&str> = file.people.iter().map(|subject| subject.id.as_str()).collect();
    assert_eq!(ids, ["p1", "7"]);
    let [a, b] = file.people[0].activities.as_slice() else { panic!("two activities") };
    assert_eq!((&*a.id, a.date, a.count), ("#1", None, 1));
    assert_eq!((&*b.id, b.date, b.count, b.items.len()), ("#2", Some(PartialDate::Month { year: 2025, month: 3 }), 3, 0));
    assert_eq!(file.periods, Some(PeriodRange { first: "2021".to_owned(), last: "2025".to_owned() }));
    let units: Vec<(&str, &Item)> = file.unit.items.iter().map(|(name, item)| (&**name, item)).collect();
    assert_eq!(units, [("record.rate", &number("0.5")), ("short", &number("1"))]);
}

#[test]
fn a_persons_record_is_reached_through_dots() {
    let file =
        read(r#"{"person": {"record": {"attendance_rate": "19/20", "credits": {"met": true}}, "titles": ["教授", "党员"]}}"#).unwrap();
    let person = &file.people[0].person;
    assert_eq!(person.on("record.attendance_rate", day("2025-01-01")), Some(&number("0.95")));
    assert_eq!(person.on("record.credits.met", day("2025-01-01")), Some(&Item::Flag(true)));
    assert_eq!(person.on("titles", day("2025-01-01")), Some(&Item::List(Arc::from(["教授".into(), "党员".into()]))));
}

/// The first error: code, line, column, path.
fn refused(text: &str) -> (&'static str, u32, u32, String) {
    match read(text) {
        Err(error) => (error.problem.code(), error.line, error.column, error.path),
        Ok(file) => panic!("{text} was read as {file:?}"),
    }
}

#[test]
fn a_refusal_says_where() {
    for (text, code, line, column, path) in [
        ("", "unfinished", 1, 1, ""),
        ("{", "unfinished", 1, 2, ""),
        ("{\n  'period': 1}", "not_json", 2, 3, ""),
        ("{} x", "not_json", 1, 4, ""),
        ("{\"period\": \"2025", "unclosed_text", 1, 12, ""),
        ("{\"period\": \"\\x\"}", "bad_escape", 1, 14, ""),
        ("{\"period\": \"\\ud800\"}", "bad_escape", 1, 14, ""),
        ("{\"period\": 025}", "leading_zero", 1, 12, ""),
        ("[]", "wrong_kind", 1, 1, ""),
        ("{\"期\": 1, \"perod\": \"2025\"}", "unknown_key", 1, 2, ""),
        ("{\"period\": \"2025\", \"period\": \"2026\"}", "duplicate_key", 1, 20, ""),
        ("{\"period\": true}", "wrong_kind", 1, 12, "period"),
        ("{\"period\": \"\"}", "empty", 1, 12, "period"),
        ("{\"period\": {\"from\": \"2021\"}}", "missing_key", 1, 12, "period"),
        ("{\"as_of\": \"2025-02-30\"}", "not_a_date", 1, 11, "as_of"),
        ("{\"as_of\": \"2025-02\"}", "day_wanted", 1, 11, "as_of"),
        ("{\"as_of\": \"3025-02-01\"}", "year_out_of_range", 1, 11, "as_of"),
        ("{\"people\": []}", "no_people", 1, 12, "people"),
        ("{\"people\": [{}], \"person\": {}}", "conflict", 1, 12, "people"),
        ("{\"people\": [{\"persons\": {}}]}", "unknown_key", 1, 14, "people[0]"),
        ("{\"people\": [{\"person\": {\"id\": \"p2\"}}, {}]}", "duplicate_id", 1, 39, "people[1]"),
        ("{\"person\": {\"rank\": null, \"birth\": {\"a\": {\"\": 1}}}}", "empty", 1, 47, "person.birth.a."),
        ("{\"person\": {\"a.b\": 1, \"a\": {\"b\": 2}}}", "duplicate_key", 1, 12, "person"),
        ("{\"person\": {\"leave\": {}}}", "wrong_kind", 1, 22, "person.leave"),
        ("{\"person\": {\"leave\": [{\"from\": \"2025-02-02\", \"to\": \"2025-02-01\"}]}}", "dates_reversed", 1, 23, "person.leave[0]"),
        ("{\"person\": {\"rank\": [{\"value\": 1, \"to\": \"2025-01-01\"}]}}", "unknown_key", 1, 35, "person.rank[0]"),
        ("{\"person\": {\"rank\": [{\"from\": \"2025-01-01\"}]}}", "missing_key", 1, 22, "person.rank[0]"),
        ("{\"activities\": {}}", "wrong_kind", 1, 16, "activities"),
        ("{\"activities\": [\n  {\"type\": \"学\"},\n  {\"date\": \"2025\"}]}", "missing_key", 3, 3, "activities[1]"),
        ("{\"activities\": [{\"type\": \"学\", \"字数\": 1e3}]}", "not_a_number", 1, 37, "activities[0].字数"),
        ("{\"activities\": [{\"type\": \"学\", \"x\": 10000000000}]}", "number_too_large", 1, 36, "activities[0].x"),
        ("{\"activities\": [{\"type\": \"学\", \"x\": 0.00000001}]}", "number_too_fine", 1, 36, "activities[0].x"),
        ("{\"activities\": [{\"type\": \"学\", \"x\": \"1/2000003\"}]}", "number_too_fine", 1, 36, "activities[0].x"),
        ("{\"activities\": [{\"type\": \"学\", \"x\": {}}]}", "wrong_kind", 1, 36, "activities[0].x"),
        ("{\"activities\": [{\"type\": \"学\", \"x\": [[]]}]}", "wrong_kind", 1, 37, "activities[0].x[0]"),
        ("{\"activities\": [{\"type\": \"学\", \"count\": 0}]}", "not_a_count", 1, 40, "activities[0].count"),
        ("{\"activities\": [{\"type\": \"学\", \"count\": \"1.5\"}]}", "not_a_count", 1, 40, "activities[0].count"),
        ("{\"activities\": [{\"type\": \"学\", \"until\": \"2025-01-01\"}]}", "until_without_day", 1, 17, "activities[0]"),
        (
            "{\"activities\": [{\"type\": \"学\", \"date\": \"2025-01-02\", \"until\": \"2025-01-01\"}]}",
            "dates_reversed",
            1,
            17,
            "activities[0]",
        ),
        ("{\"activities\": [{\"type\": \"学\", \"id\": \"#2\"}, {\"type\": \"学\"}]}", "duplicate_id", 1, 44, "activities[1]"),
        ("{\"earlier\": [{\"total\": 1}]}", "missing_key", 1, 14, "earlier[0]"),
        ("{\"earlier\": [{\"period\": \"2024\", \"passed\": \"是\"}]}", "wrong_kind", 1, 43, "earlier[0].passed"),
        ("{\"earlier\": [{\"period\": \"2024\", \"buckets\": {\"必修\": \"多\"}}]}", "not_a_number", 1, 51, "earlier[0].buckets.必修"),
        ("{\"earlier\": [{\"period\": \"2024\"}, {\"period\": 2024}]}", "duplicate_id", 1, 34, "earlier[1]"),
        ("{\"scores\": [{\"indicator\": \"读书\", \"value\": \"好\"}]}", "not_a_number", 1, 42, "scores[0].value"),
        ("{\"decisions\": [{\"question\": \"q\"}]}", "missing_key", 1, 16, "decisions[0]"),
        ("{\"decisions\": [{\"question\": \"q\", \"reading\": \"a\", \"value\": 1}]}", "conflict", 1, 16, "decisions[0]"),
    ] {
        assert_eq!(refused(text), (code, line, column, path.to_owned()), "{text}");
    }
}

#[test]
fn a_hostile_file_is_refused_and_not_suffered() {
    assert_eq!(refused(&" ".repeat((16 << 20) + 1)).0, "too_large");
    assert_eq!(refused(&"[".repeat(1_000_000)).0, "too_deep");
    assert_eq!(refused(&format!("[{}1]", "1,".repeat(2_000_000))).0, "too_many");
    let long = format!(r#"{{"person": {{"name": "{}"}}}}"#, "长".repeat(10_001));
    assert_eq!(refused(&long).0, "too_long");
    let many: String = (0..200_000).map(|index| format!(r#""k{index}": 1,"#)).collect();
    assert_eq!(refused(&format!(r#"{{"unit": {{{many} "k7": 2}}}}"#)).0, "duplicate_key");
}

#[test]
fn every_problem_has_a_code_of_its_own() {
    let codes: std::collections::BTreeSet<_> = FactsProblem::CODES.iter().collect();
    assert_eq!(codes.len(), FactsProblem::CODES.len());
}

#[test]
fn what_is_written_is_read_back() {
    let more = r#"{"period": {"from": "2021", "to": "2025"}, "unit": {"short": 1, "rate": "1/3"}, "people": [
        {"person": {"id": "p1", "record.rate": "0.95", "tags": ["甲"], "married": false}, "activities": [
            {"type": "讲课", "date": "2025", "count": 3, "label": "三次", "schemes": ["demo"], "approved": false, "hours": "2.5"}],
         "earlier": [{"period": "2024", "carry": [{"id": "c", "to": "选修", "amount": "17.5", "lifetime": 2}],
            "spread": [{"period": "2025", "fact": "b", "category": "学位", "amount": "30"}]},
            {"period": "2023", "carry": [], "short": ["总量"]}],
         "scores": [{"indicator": "读书", "value": 8, "period": "2025"}],
         "decisions": [{"question": "award:a1", "value": "5"}]},
        {"person": {"id": "p2"}}]}"#;
    for text in [GUIDE, more, "{}"] {
        let file = read(text).unwrap();
        let written = to_json(&file).to_string();
        assert_eq!(read(&written), Ok(file), "{written}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), cut in 0usize..1_200, put in "[\\]\\[{}\":, 0-9.eu\\\\字-]{0,4}") {
        let _ = read(&text);
        let characters: Vec<char> = GUIDE.chars().collect();
        let cut = cut.min(characters.len());
        let changed: String = characters[..cut].iter().copied().chain(put.chars()).chain(characters[cut..].iter().copied().skip(put.len() / 2)).collect();
        if let Err(error) = read(&changed) {
            prop_assert!(error.line >= 1 && error.line <= 1 + changed.matches('\n').count() as u32);
        }
        let shortened: String = characters[..cut].iter().collect();
        prop_assert!(cut == characters.len() || read(&shortened).is_err());
    }

    #[test]
    fn plain_json_is_read_as_others_read_it(text in "\\PC{0,12}", whole in -999_999i64..999_999) {
        let file = read(&serde_json::json!({"person": {"名": text, "n": whole}}).to_string()).unwrap();
        let person = &file.people[0].person;
        let read = person.on("名", day("2025-01-01")).unwrap();
        if text.parse::<Exact>().is_err() && !text.ends_with('%') {
            prop_assert_eq!(read, &Item::Text(text.into()));
        }
        prop_assert_eq!(person.on("n", day("2025-01-01")), Some(&Item::Number(Exact::whole(whole))));
    }
}
