use chrono::NaiveDate;

use super::*;
use crate::{
    exact::Exact,
    rules::{
        facts::{Activity, EarlierResult, Item},
        ledger::{EntrySource, Outcome, QuestionKind, Reading, Step, StepKind, UnitFigure, UnitOutcome},
        model::Head,
    },
};

fn number(text: &str) -> Exact {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Group, code and parameters, so that the tests need no catalogue.
fn codes(group: &str, code: &str, params: &Map<String, Value>) -> String {
    let params: Vec<String> = params.iter().map(|(name, value)| format!("{name}={}", value.to_string().trim_matches('"'))).collect();
    format!("{group}.{code}({})", params.join(","))
}

fn rules() -> RuleSet {
    let head = Head { id: "demo".to_owned(), name: "某单位年度学时办法".to_owned(), unit: "学时".to_owned(), ..Head::default() };
    RuleSet { head, ..RuleSet::default() }
}

fn subject() -> Subject {
    let activity = Activity {
        id: "a9".into(),
        kind: "茶话会".into(),
        date: Some("2025-03".parse().unwrap()),
        until: None,
        count: 1,
        label: String::new(),
        items: vec![("days".into(), Item::Number(Exact::whole(5)))],
        schemes: Vec::new(),
    };
    Subject { id: "p1".to_owned(), activities: vec![activity], ..Subject::default() }
}

/// One period with one entry and one requirement.
fn ledger(total: &str) -> Ledger {
    let total = number(total);
    let step = Step {
        what: StepKind::Rate { of: "days".to_owned(), quantity: number("5"), per: Exact::ONE, units: number("5"), credit: number("6") },
        line: 15,
        before: Exact::ZERO,
        after: total,
    };
    let entry = Entry {
        fact: "a1".to_owned(),
        source: EntrySource::Fact,
        date: Some(day("2025-03-10")),
        category: "党校培训".to_owned(),
        bucket: Some("必修".to_owned()),
        line: 13,
        raw: number("30"),
        counted: total,
        count: 1,
        refused: false,
        steps: vec![step],
    };
    let test = TestState {
        of: "total".to_owned(),
        value: Some(total),
        min: Some(number("40")),
        min_inclusive: true,
        max: None,
        max_inclusive: true,
        passed: false,
        shortfall: number("40").checked_sub(total),
    };
    let requirement = RequirementState {
        id: "总量".to_owned(),
        label: "总量".to_owned(),
        span: None,
        passed: false,
        binding: true,
        repaired: false,
        tests: vec![test],
        line: 36,
        due: None,
        mend: String::new(),
    };
    let period = PeriodLedger {
        period: "2025".to_owned(),
        from: Some(day("2025-01-01")),
        to: Some(day("2025-12-31")),
        total,
        verdict: Verdict::Fail,
        buckets: vec![("必修".to_owned(), total)],
        entries: vec![entry],
        requirements: vec![requirement],
        ..PeriodLedger::default()
    };
    Ledger {
        total,
        periods: vec![period],
        state: State { earlier: vec![EarlierResult { period: "2024".to_owned(), ..EarlierResult::default() }], open: Vec::new() },
        notices: vec![Notice::UnmatchedActivity { fact: "a9".to_owned(), kind: "茶话会".to_owned() }],
        ..Ledger::default()
    }
}

fn decided(ledger: Ledger) -> Evaluation {
    Evaluation { questions: Vec::new(), outcomes: vec![Outcome { choices: Vec::new(), ledger }], complete: true }
}

fn under(reading: &str, ledger: Ledger) -> Outcome {
    Outcome { choices: vec![("options.change".to_owned(), reading.to_owned())], ledger }
}

fn asked(outcomes: Vec<Outcome>) -> Evaluation {
    let reading = |id: &str| Reading { id: id.to_owned(), label: String::new(), unbounded: false };
    let question = Question {
        key: "options.change".to_owned(),
        kind: QuestionKind::Option { option: "change".to_owned() },
        fact: None,
        line: 0,
        readings: vec![reading("end"), reading("start")],
    };
    Evaluation { questions: vec![question], outcomes, complete: true }
}

fn report(evaluation: &Evaluation) -> Value {
    to_json(&rules(), &[(&subject(), evaluation)], None, &codes)
}

#[test]
fn one_outcome_is_shown_as_the_guide_says() {
    let json = report(&decided(ledger("30")));
    assert_eq!(json["rules"], json!({ "id": "demo", "name": "某单位年度学时办法", "version": null, "unit": "学时" }));
    let person = &json["people"][0];
    assert_eq!((&person["id"], &person["total"], &person["verdict"]), (&json!("p1"), &json!("30"), &json!("fail")));
    let period = &person["periods"][0];
    for name in ["period", "from", "to", "status", "total", "verdict", "buckets", "categories", "counters", "carried_in", "missed"] {
        assert!(!period[name].is_null(), "{name}");
    }
    for name in ["score", "grade", "no_grade"] {
        assert!(period.get(name).is_some_and(Value::is_null), "{name}");
    }
    for name in ["entries", "requirements", "indicators", "vetoes", "effects", "carry_out", "consequences", "obligations", "unmatched"] {
        assert!(period[name].is_array(), "{name}");
    }
    assert_eq!(period["buckets"], json!({ "必修": "30" }));
    assert_eq!(period["unmatched"], json!(["a9"]));
    let step = json!({
        "kind": "rate", "of": "days", "quantity": "5", "per": "1", "units": "5", "credit": "6", "line": 15, "before": "0", "after": "30",
        "text": "rule_step.rate(after=30,amount=rule_step.amount(of=days,quantity=5),credit=6,per=1,units=5)",
    });
    assert_eq!(period["entries"][0]["steps"], json!([step]));
    let requirement = &period["requirements"][0];
    let shown = ["id", "label", "value", "min", "passed", "shortfall", "severity", "line"].map(|name| requirement[name].clone());
    let wanted = [json!("总量"), json!("总量"), json!("30"), json!("40"), json!(false), json!("10"), json!("must"), json!(36)];
    assert_eq!(shown, wanted);
    assert_eq!(json["unit"]["figures"], json!({}));
    assert_eq!((&json["questions"], &json["undecided"], &json["outcomes"]), (&json!([]), &json!([]), &json!([])));
    assert_eq!(json["notices"][0]["code"], json!("unmatched_activity"));
    assert_eq!(person["state"]["earlier"][0]["period"], json!("2024"));
}

#[test]
fn what_differs_between_readings_is_null_and_listed() {
    let json = report(&asked(vec![under("end", ledger("30")), under("start", ledger("28"))]));
    let person = &json["people"][0];
    let period = &person["periods"][0];
    assert_eq!((&person["total"], &period["total"], &period["buckets"]["必修"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!((&person["verdict"], &period["entries"][0]["raw"]), (&json!("fail"), &json!("30")));
    assert_eq!((&period["requirements"][0]["min"], &period["requirements"][0]["shortfall"]), (&json!("40"), &Value::Null));
    let undecided = json["undecided"].as_array().unwrap();
    let paths: Vec<&str> = undecided.iter().map(|entry| entry["path"].as_str().unwrap()).collect();
    let wanted = [
        "people/0/periods/0/buckets/必修",
        "people/0/periods/0/entries/0/counted",
        "people/0/periods/0/requirements/0/shortfall",
        "people/0/periods/0/requirements/0/value",
        "people/0/periods/0/total",
        "people/0/total",
    ];
    assert_eq!(paths, wanted);
    let values = json!([
        { "choices": { "options.change": "end" }, "value": "30" },
        { "choices": { "options.change": "start" }, "value": "28" },
    ]);
    assert_eq!(undecided[4]["values"], values);
    let outcomes = json["outcomes"].as_array().unwrap();
    assert_eq!(outcomes.len(), 2);
    assert_eq!(outcomes[1]["people"][0]["total"], json!("28"));
    assert_eq!(json["notices"].as_array().map(Vec::len), Some(1), "the same notice under both readings is one");
    let question = &json["questions"][0];
    assert_eq!((&question["key"], &question["people"]), (&json!("options.change"), &json!(["p1"])));
    assert_eq!(question["readings"][0], json!({ "id": "end", "label": "rule_reading.change_end(value=end)" }));
}

#[test]
fn readings_that_agree_leave_nothing_undecided() {
    let json = report(&asked(vec![under("end", ledger("30")), under("start", ledger("30"))]));
    assert_eq!((&json["people"][0]["total"], &json["undecided"]), (&json!("30"), &json!([])));
    assert_eq!(json["outcomes"].as_array().map(Vec::len), Some(2));
}

#[test]
fn lists_are_set_side_by_side_only_where_they_hold_the_same() {
    let merge = |one: Value, other: Value| {
        let readings = [(json!({ "q": "a" }), one), (json!({ "q": "b" }), other)];
        let mut undecided = Vec::new();
        let merged = merge::merged("x", &readings, &mut undecided);
        let paths: Vec<String> = undecided.iter().map(|entry| entry["path"].as_str().unwrap().to_owned()).collect();
        (merged, paths)
    };
    let one = json!([{ "id": "a", "n": 1 }, { "id": "b", "n": 2 }]);
    assert_eq!(
        merge(one.clone(), json!([{ "id": "a", "n": 1 }, { "id": "b", "n": 3 }])),
        (json!([{ "id": "a", "n": 1 }, { "id": "b", "n": null }]), vec!["x/1/n".to_owned()])
    );
    for other in [json!([{ "id": "a", "n": 1 }]), json!([{ "id": "b", "n": 1 }, { "id": "a", "n": 2 }]), json!([1, 2]), json!("text")] {
        assert_eq!(merge(one.clone(), other), (Value::Null, vec!["x".to_owned()]));
    }
    assert_eq!(merge(json!(["a"]), json!(["b"])), (Value::Null, vec!["x".to_owned()]));
    assert_eq!(merge(json!({ "a/b": 1 }), json!({})), (json!({ "a/b": null }), vec!["x/a~1b".to_owned()]));
    assert_eq!(merge(json!({ "text": "1" }), json!({ "text": "2" })), (json!({ "text": null }), Vec::new()));
}

#[test]
fn several_people_and_a_unit_each_have_their_readings() {
    let (open, closed) = (asked(vec![under("end", ledger("30")), under("start", ledger("28"))]), decided(ledger("12")));
    let figure = |value: &str| UnitFigure {
        id: "平均".to_owned(),
        label: "平均".to_owned(),
        raw: Some(number(value)),
        value: Some(number(value)),
        line: 9,
    };
    let outcome = |value: &str| UnitOutcome {
        choices: vec![("quota:优秀".to_owned(), value.to_owned())],
        ledger: UnitLedger { figures: vec![figure(value)], ..UnitLedger::default() },
    };
    let unit = UnitEvaluation { questions: Vec::new(), outcomes: vec![outcome("21"), outcome("20")] };
    let (one, mut other) = (subject(), subject());
    other.id = "p2".to_owned();
    let json = to_json(&rules(), &[(&one, &open), (&other, &closed)], Some(&unit), &codes);
    assert_eq!((&json["people"][0]["total"], &json["people"][1]["total"]), (&Value::Null, &json!("12")));
    assert_eq!(json["unit"]["figures"], json!({ "平均": null }));
    let paths: Vec<&str> = json["undecided"].as_array().unwrap().iter().map(|entry| entry["path"].as_str().unwrap()).collect();
    assert!(paths.contains(&"unit/figures/平均"));
    assert!(!paths.iter().any(|path| path.starts_with("people/1")));
    let outcomes = json["outcomes"].as_array().unwrap();
    assert_eq!(outcomes.iter().filter(|outcome| outcome["people"][0]["id"] == "p1").count(), 2);
    assert_eq!(outcomes.iter().filter(|outcome| outcome.get("unit").is_some()).count(), 2);
}

#[test]
fn a_verdict_over_several_periods_is_the_worst() {
    let of = |verdicts: &[Verdict]| {
        let periods = verdicts.iter().map(|verdict| PeriodLedger { verdict: *verdict, ..PeriodLedger::default() }).collect();
        verdict(&Ledger { periods, ..Ledger::default() })
    };
    assert_eq!(of(&[Verdict::Pass, Verdict::Fail, Verdict::Exempt]), Verdict::Fail);
    assert_eq!(of(&[Verdict::Exempt, Verdict::Pass]), Verdict::Pass);
    assert_eq!(of(&[Verdict::None, Verdict::Exempt]), Verdict::Exempt);
    assert_eq!(of(&[Verdict::Outside, Verdict::None]), Verdict::None);
    assert_eq!(of(&[]), Verdict::None);
}

#[test]
fn the_same_twice_gives_the_same_bytes() {
    let evaluation = asked(vec![under("end", ledger("30")), under("start", ledger("28"))]);
    assert_eq!(report(&evaluation).to_string(), report(&evaluation).to_string());
}
