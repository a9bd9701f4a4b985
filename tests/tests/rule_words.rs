//! What the rule engine says, in the words of the catalogue.

use serde_json::{Value, json};
use xueji_api::messages;
use xueji_domain::{
    exact::Exact,
    rules::{
        Request, evaluate, facts, file,
        ledger::{Question, QuestionKind, Reading, RequirementState, Step, StepKind, TestState},
        model::{Bucket, Cap, CapPer, Head, Origin, RuleSet},
        report::{Words, to_json},
    },
};

fn number(text: &str) -> Exact {
    text.parse().unwrap()
}

/// 学时, one bucket 必修, a yearly cap and one on single events.
fn rules() -> RuleSet {
    let cap = |id: &str, per| Cap {
        origin: Origin::default(),
        id: id.to_owned(),
        label: None,
        on: Vec::new(),
        per,
        key: None,
        max: None,
        count: None,
        min: None,
        who: None,
        when: None,
    };
    let bucket = Bucket { origin: Origin::default(), id: "必修".to_owned(), label: "必修".to_owned(), in_total: true, max: None };
    RuleSet {
        head: Head { unit: "学时".to_owned(), ..Head::default() },
        buckets: vec![bucket],
        caps: vec![cap("cap1", CapPer::Period), cap("cap2", CapPer::Event)],
        ..RuleSet::default()
    }
}

#[test]
fn a_step_shows_its_sum() {
    let rate = |of: &str, quantity: &str, per: &str, units: &str, credit: &str| StepKind::Rate {
        of: of.to_owned(),
        quantity: number(quantity),
        per: number(per),
        units: number(units),
        credit: number(credit),
    };
    let capped =
        |cap: &str, label: &str| StepKind::Capped { cap: cap.to_owned(), label: label.to_owned(), max: number("48"), used: number("36") };
    let label = |text: &str| text.to_owned();
    let rules = rules();
    let words = Words::new(&rules, &messages::sentence);
    for (what, before, after, wanted) in [
        (rate("days", "5", "1", "5", "6"), "0", "30", "5 天 × 6 = 30"),
        (rate("minutes", "90", "60", "1.5", "0.5"), "0", "0.75", "90 分钟 ÷ 60 × 0.5 = 0.75"),
        (rate("minutes", "100", "45", "2", "1"), "0", "2", "100 分钟 ÷ 45，按 2 计，× 1 = 2"),
        (rate("天 * 2", "3", "1", "3", "3"), "0", "9", "3（天 * 2） × 3 = 9"),
        (rate("字数", "900", "1000", "0.9", "1"), "0", "0.9", "900 字数 ÷ 1000 × 1 = 0.9"),
        (rate("", "1", "1", "1", "24"), "0", "24", "每次计 24"),
        (capped("cap1", ""), "30", "12", "本期上限 48，此前已计 36：30 → 12"),
        (capped("cap2", ""), "60", "48", "单次上限 48，此前已计 36：60 → 48"),
        (capped("必修", ""), "30", "12", "必修上限 48，此前已计 36：30 → 12"),
        (capped("cap1", "内训"), "30", "12", "内训（本期上限 48），此前已计 36：30 → 12"),
        (StepKind::Times { factor: number("0.5"), label: label("迟到减半") }, "3", "1.5", "迟到减半，× 0.5：3 → 1.5"),
        (StepKind::Plus { amount: number("-2"), label: String::new() }, "3", "1", "减 2：3 → 1"),
        (StepKind::Count { count: 3 }, "2", "6", "2 × 3 次 = 6"),
        (StepKind::Split { days: 2, of: 5 }, "30", "12", "跨期，共 5 天，本期 2 天：30 → 12"),
        (
            StepKind::Refused { label: String::new(), gate: "evidence", missing: vec![label("结业证书"), label("批件")] },
            "0",
            "0",
            "没有登记证明（结业证书、批件），不计",
        ),
        (StepKind::Refused { label: label("播放不足 90%"), gate: "condition", missing: Vec::new() }, "0", "0", "播放不足 90%，不计"),
        (StepKind::NotHighest { instead: label("a2") }, "12", "0", "与“a2”不累计，取高：12 → 0"),
        (StepKind::Decided { question: label("award:a1"), reason: label("部务会定") }, "0", "5", "人定 5（部务会定）"),
        (StepKind::CarriedIn { period: label("2024") }, "0", "17", "2024 结转 17"),
    ] {
        let step = Step { what, line: 1, before: number(before), after: number(after) };
        assert_eq!(words.step(&step), wanted);
    }
}

#[test]
fn a_requirement_says_what_is_missing_and_how_to_mend_it() {
    let test = |of: &str, value: Option<&str>, passed, shortfall: Option<&str>| TestState {
        of: of.to_owned(),
        value: value.map(number),
        min: Some(number("40")),
        min_inclusive: true,
        max: None,
        max_inclusive: true,
        passed,
        shortfall: shortfall.map(number),
    };
    let state = |tests: Vec<TestState>, passed| RequirementState {
        id: "总量".to_owned(),
        label: "总量".to_owned(),
        span: None,
        passed,
        binding: true,
        repaired: false,
        tests,
        line: 1,
        due: None,
        mend: String::new(),
    };
    let rules = rules();
    let words = Words::new(&rules, &messages::sentence);
    let mut short = state(vec![test("total", Some("32"), false, Some("8"))], false);
    assert_eq!(words.requirement(&short), "总量：32，要求不低于 40，差 8 学时");
    short.mend = "年底前补学".to_owned();
    assert_eq!(words.requirement(&short), "总量：32，要求不低于 40，差 8 学时。年底前补学");
    short.binding = false;
    short.span = Some("2025-03".to_owned());
    assert_eq!(words.requirement(&short), "总量（2025-03）：32，要求不低于 40，差 8 学时（提示，不影响结论）。年底前补学");
    let met = state(vec![test("days", Some("12"), false, Some("28")), test("必修", Some("40"), true, None)], true);
    assert_eq!(words.requirement(&met), "总量：12，要求不低于 40，差 28；40，要求不低于 40，达到");
    let nothing = state(vec![test("必修 / total", None, false, None)], false);
    assert_eq!(words.requirement(&nothing), "总量：没有值，要求不低于 40");
    let mut bounded = state(vec![test("total", Some("61"), false, None)], false);
    (bounded.tests[0].min_inclusive, bounded.tests[0].max) = (false, Some(number("60")));
    assert_eq!(words.requirement(&bounded), "总量：61，要求大于 40、不超过 60，未达到");
}

#[test]
fn a_question_and_its_readings_are_words() {
    let reading = |id: &str, unbounded| Reading { id: id.to_owned(), label: String::new(), unbounded };
    let question = |kind, fact: Option<&str>| Question {
        key: String::new(),
        kind,
        fact: fact.map(str::to_owned),
        line: 0,
        readings: vec![reading("0", false), reading("end", false), reading("1000000", true)],
    };
    let rules = rules();
    let words = Words::new(&rules, &messages::sentence);
    let option = question(QuestionKind::Option { option: "change".to_owned() }, None);
    assert_eq!(words.question(&option), "这一期里职级等有变化，要求按哪个时候的？");
    assert_eq!(words.reading(&option, &option.readings[1]), "按期末");
    let rounding = question(QuestionKind::Rounding { category: "网络课程".to_owned(), units: number("20/9") }, Some("a1"));
    assert_eq!(words.question(&rounding), "“网络课程”折合 20/9，不是整数，规则没有写怎样取舍。怎样算？");
    let range = QuestionKind::Discretion {
        category: "调研".to_owned(),
        min: Some(number("1")),
        max: Some(number("5")),
        min_inclusive: true,
        max_inclusive: true,
    };
    assert_eq!(words.question(&question(range, Some("a7"))), "“调研”在 1 到 5 之间由人裁量，“a7”计多少？");
    let value = question(QuestionKind::NoAward { category: "培训".to_owned() }, Some("a1"));
    assert_eq!(words.reading(&value, &value.readings[0]), "0");
    assert_eq!(words.reading(&value, &value.readings[2]), "更多，没有上限");
}

/// The code blocks of the guide that are in a language, in order.
fn blocks(language: &str) -> Vec<String> {
    let guide = include_str!("../../assets/guide/rules.md");
    let start = format!("```{language}\n");
    guide.split(&start).skip(1).filter_map(|rest| rest.split("\n```").next()).map(|block| format!("{block}\n")).collect()
}

#[test]
fn the_first_example_of_the_guide_comes_to_what_the_guide_says() {
    let reading = file::read(&blocks("toml")[0], &|_| None);
    let rules = reading.rule_set.unwrap_or_else(|| panic!("{:?}", reading.findings));
    let facts = facts::read(&blocks("json")[0]).unwrap();
    let request = Request { periods: facts.periods.clone(), as_of: facts.as_of, trace: true };
    let evaluation = evaluate(&rules, &facts.people[0], &request).unwrap();
    let json = to_json(&rules, &[(&facts.people[0], &evaluation)], None, &messages::sentence);
    let period = &json["people"][0]["periods"][0];
    let counted: Vec<(&Value, &Value)> =
        period["entries"].as_array().unwrap().iter().map(|entry| (&entry["fact"], &entry["counted"])).collect();
    assert_eq!(counted, [(&json!("a1"), &json!("30")), (&json!("a2"), &json!("2")), (&json!("a3"), &json!("0"))]);
    assert_eq!((&period["total"], &period["verdict"], &json["people"][0]["verdict"]), (&json!("32"), &json!("fail"), &json!("fail")));
    assert_eq!(period["buckets"], json!({ "必修": "30", "选修": "2" }));
    let texts = |list: &Value| list.as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(texts(&period["entries"][0]["steps"]), ["5 天 × 6 = 30"]);
    assert_eq!(texts(&period["entries"][2]["steps"]), ["播放不足 90%，不计"]);
    assert_eq!(texts(&period["requirements"]), ["总量：32，要求不低于 40，差 8 学时", "必修：30，要求不低于 24，达到"]);
    assert_eq!((&json["questions"], &json["undecided"], &json["complete"]), (&json!([]), &json!([]), &json!(true)));
}

/// An open question on the reach of a cap (section 5 of
/// the guide): two classes of 40, capped at 48 each or in all.
const OPEN: &str = r#"
id = "open"
name = "开放问题"
unit = "学分"

[[open]]
id = "外地培训上限"
question = "48 学分的上限是每班还是每年？"
  [[open.reading]]
  id = "per_class"
  label = "每班"
  [[open.reading]]
  id = "per_year"
  label = "每年"

[[category]]
id = "外地培训"
  [[category.award]]
  of = "days"
  credit = "8"
  round = "exact"

[[cap]]
reading = "外地培训上限/per_class"
on = ["外地培训"]
per = "event"
max = "48"

[[cap]]
reading = "外地培训上限/per_year"
on = ["外地培训"]
per = "period"
max = "48"
"#;

fn tried(decisions: &Value) -> Value {
    let rules = file::read(OPEN, &|_| None).rule_set.unwrap();
    let activity = |id: &str, date: &str| json!({ "id": id, "type": "外地培训", "date": date, "days": 5 });
    let facts = json!({
        "period": "2025",
        "activities": [activity("a1", "2025-03-01"), activity("a2", "2025-06-01")],
        "decisions": decisions,
    });
    let facts = facts::read(&facts.to_string()).unwrap();
    let request = Request { periods: facts.periods.clone(), as_of: None, trace: true };
    let evaluation = evaluate(&rules, &facts.people[0], &request).unwrap();
    to_json(&rules, &[(&facts.people[0], &evaluation)], None, &messages::sentence)
}

#[test]
fn an_open_question_is_shown_with_each_of_its_results() {
    let json = tried(&json!([]));
    let question = json!([{
        "key": "外地培训上限", "kind": "stated", "line": json["questions"][0]["line"], "people": ["p1"],
        "text": "48 学分的上限是每班还是每年？",
        "readings": [{ "id": "per_class", "label": "每班" }, { "id": "per_year", "label": "每年" }],
    }]);
    assert_eq!(json["questions"], question);
    let period = &json["people"][0]["periods"][0];
    assert_eq!(
        (&period["total"], &period["entries"][0]["counted"], &period["entries"][1]["counted"]),
        (&Value::Null, &json!("40"), &Value::Null)
    );
    let undecided = json["undecided"].as_array().unwrap();
    let total = undecided.iter().find(|entry| entry["path"] == "people/0/periods/0/total").unwrap();
    let values = json!([
        { "choices": { "外地培训上限": "per_class" }, "value": "80" },
        { "choices": { "外地培训上限": "per_year" }, "value": "48" },
    ]);
    assert_eq!(total["values"], values);
    let texts: Vec<&Value> = json["outcomes"][1]["people"][0]["periods"][0]["entries"][1]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| &step["text"])
        .collect();
    assert_eq!(texts, ["5 天 × 8 = 40", "本期上限 48，此前已计 40：40 → 8"]);
}

#[test]
fn a_decision_settles_it_and_the_state_can_be_read_again() {
    let json = tried(&json!([{ "question": "外地培训上限", "reading": "per_year", "reason": "请示后定" }]));
    let person = &json["people"][0];
    assert_eq!((&person["total"], &json["undecided"], &json["outcomes"]), (&json!("48"), &json!([]), &json!([])));
    let again = json!({ "earlier": person["state"]["earlier"], "activities": person["state"]["open"] });
    facts::read(&again.to_string()).unwrap();
}
