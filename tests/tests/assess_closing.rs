//! Closing assessments: of organizations and of people, whichever version
//! counts for them; what a closing freezes beside the scores, and what the
//! pages tell of later changes.

use serde_json::{Value, json};
use xueji_tests::Program;

/// A scheme with one indicator by hand and one from the records.
fn scheme(key: &str, subject: &str, more: &str) -> String {
    let notes = if subject == "unit" { "unit.notes" } else { "person.record.notes" };
    format!(
        r#"id = "{key}"
name = "述学评议"
unit = "分"
kind = "assessment"
subject = "{subject}"
version = "甲"

[[indicator]]
id = "述学"
max = "10"
score = {{ by = ["核查"], step = "0.5" }}

[[indicator]]
id = "笔记"
max = "5"
formula = "{notes}"

[[grade]]
of = "score"
bands = [{{ from = "9", name = "优秀" }}, {{ under = "9", name = "合格" }}]
{more}"#
    )
}

/// Half of all, rounded down, may be 优秀.
const QUOTA: &str = r#"
[[quota]]
id = "优秀名额"
grade = "优秀"
of = "members()"
share = "1/2"
round = "floor"
by = "score"
"#;

fn use_for(program: &Program, text: &str, organization: Option<&Value>) {
    let id = program.mutate("rules.save", json!({ "text": text }))["id"].clone();
    program.mutate("rules.use", json!({ "rule_set": id, "from": "2025-01-01", "organization": organization }));
}

fn member(program: &Program, name: &str, organization: Option<&Value>) -> Value {
    program.mutate("roster.add", json!({ "name": name, "organization": organization }))["id"].clone()
}

/// The book's own organization, and a group below it.
fn two_units(program: &Program) -> (Value, Value) {
    let root = program.call("organizations.list", json!({}))[0]["id"].clone();
    let group = program.mutate("organizations.add", json!({ "parent": root, "kind": "group", "name": "第一小组" }))["id"].clone();
    (root, group)
}

fn score(program: &Program, of: (&str, &Value), value: &str) {
    program.mutate(
        "assess.score",
        json!({ "rule_set": "k", "year": 2025, of.0: of.1, "indicator": "述学", "scorer": "核查", "value": value }),
    );
}

fn note(program: &Program, member: &Value) {
    let study = json!({ "member": member, "date": "2025-07-01", "form": "读书", "content": "书", "amount": "60分钟", "note": null, "declared_chars": 800 });
    program.mutate("study.add", study);
}

fn year(program: &Program) -> Value {
    program.call("assess.year", json!({ "year": 2025, "rule_set": "k" }))
}

fn row(program: &Program, id: &Value) -> Value {
    let year = year(program);
    year["rows"].as_array().unwrap().iter().find(|row| row["member"]["id"] == *id).cloned().unwrap_or_else(|| panic!("{year}"))
}

const PERIOD: fn() -> Value = || json!({ "rule_set": "k", "year": 2025 });

fn changes(of: &Value) -> Vec<(String, Value, Value)> {
    let all = of.as_array().unwrap().iter();
    all.map(|one| (one["label"].as_str().unwrap().to_owned(), one["before"].clone(), one["after"].clone())).collect()
}

fn change(label: &str, before: &str, after: &str) -> (String, Value, Value) {
    (label.to_owned(), json!(before), json!(after))
}

/// Changes a book past the program.
fn tamper(program: &Program, sql: &str) -> Program {
    program.app.close();
    let changed = rusqlite::Connection::open(program.path("台账.xueji")).unwrap().execute(sql, []).unwrap();
    assert_eq!(changed, 1);
    let again = Program::start("2026-01-05");
    std::fs::copy(program.path("台账.xueji"), again.path("台账.xueji")).unwrap();
    let file = again.app.register_file(again.path("台账.xueji"));
    again.call("book.open", json!({ "file": file.token }));
    again
}

#[test]
fn units_are_closed_supplemented_and_opened_again() {
    let program = Program::with_book("2026-01-05");
    let (root, group) = two_units(&program);
    let one = member(&program, "王伟", Some(&group));
    note(&program, &one);
    use_for(&program, &scheme("k", "unit", ""), None);
    let open = program.call("closing.preview", PERIOD());
    let undecided: Vec<&Value> = open["undecided"].as_array().unwrap().iter().map(|unit| &unit["name"]).collect();
    assert_eq!((&open["of_units"], &open["members"]), (&json!(true), &json!(2)));
    assert_eq!(undecided, ["机关第三党支部", "第一小组"]);
    assert_eq!(program.refuse("closing.close", PERIOD()).code, "closing_undecided");
    score(&program, ("organization", &root), "9");
    score(&program, ("organization", &group), "7");
    let ready = program.call("closing.preview", PERIOD());
    // One note in the group, which is the branch's too: 9 + 1 and 7 + 1.
    assert_eq!(ready["grades"], json!([{ "grade": "优秀", "count": 1 }, { "grade": "合格", "count": 1 }]));
    let closed = program.mutate("closing.close", PERIOD());
    assert_eq!((&closed["members"], &closed["of_units"]), (&json!(2), &json!(true)));
    assert_eq!(program.call("closing.verify", json!({ "id": closed["id"] }))["intact"], true);
    assert_eq!(program.refuse("closing.close", PERIOD()).code, "closing_exists");

    // A second note, and other points: the page shows what was frozen.
    note(&program, &one);
    score(&program, ("organization", &group), "7.5");
    let frozen = row(&program, &group);
    assert_eq!((&frozen["score"], &frozen["grade"], &frozen["closed"]), (&json!("8"), &json!("合格"), &json!(true)));
    assert_eq!((&frozen["indicators"][1]["value"], &frozen["indicators"][0]["scores"][0]["value"]), (&json!("1"), &json!("7")));
    assert_eq!(
        changes(&frozen["changes"]),
        [change("得分", "8", "9.5"), change("等次", "合格", "优秀"), change("述学", "7", "7.5"), change("笔记", "1", "2")]
    );
    let shown = program.call("closing.show", json!({ "id": closed["id"] }));
    let line = &shown["lines"][1];
    assert_eq!(
        (&line["organization"], &line["total"], &line["now"], &line["now_grade"]),
        (&group, &json!("8"), &json!("9.5"), &json!("优秀"))
    );
    let ledger = program.call("closing.ledger", json!({ "closing": closed["id"], "organization": group }));
    assert_eq!(ledger["assessment"]["row"]["score"], "8");
    assert_eq!(changes(&ledger["assessment"]["row"]["changes"]).len(), 4);

    let request = json!({ "closing": closed["id"], "organization": group, "reason": "漏登" });
    let made = program.mutate("closing.supplement", request.clone());
    assert_eq!((&made["before"], &made["after"], &made["organization"]), (&json!("8"), &json!("9.5"), &group));
    assert_eq!(program.refuse("closing.supplement", request).code, "closing_unchanged");
    let supplemented = row(&program, &group);
    assert_eq!((&supplemented["score"], &supplemented["closed"], &supplemented["changed"]), (&json!("9.5"), &json!(true), &json!(false)));
    let neither = program.refuse("closing.supplement", json!({ "closing": closed["id"], "reason": "漏登" }));
    assert_eq!(neither.code, "value_missing");
    program.call("undo.undo", json!({}));
    assert_eq!(row(&program, &group)["score"], "8");
    program.mutate("closing.reopen", json!({ "id": closed["id"], "reason": "重新核算" }));
    let now = row(&program, &group);
    assert_eq!((&now["score"], &now["closed"]), (&json!("9.5"), &json!(false)));
}

#[test]
fn a_tampered_line_of_a_unit_is_named() {
    let program = Program::with_book("2026-01-05");
    let (root, group) = two_units(&program);
    use_for(&program, &scheme("k", "unit", ""), None);
    score(&program, ("organization", &root), "9");
    score(&program, ("organization", &group), "7");
    let id = program.mutate("closing.close", PERIOD())["id"].clone();
    let sql =
        "UPDATE closing_line SET ledger = replace(ledger, '\"score\":\"7\"', '\"score\":\"9\"') WHERE ledger LIKE '%\"score\":\"7\"%'";
    let again = tamper(&program, sql);
    let verified = again.call("closing.verify", json!({ "id": id }));
    assert_eq!((&verified["intact"], &verified["broken"], &verified["rules_intact"]), (&json!(false), &json!(["第一小组"]), &json!(true)));
}

#[test]
fn quotas_are_frozen_with_the_year() {
    let program = Program::with_book("2026-01-05");
    use_for(&program, &scheme("k", "person", QUOTA), None);
    let names = ["王伟", "李静", "张三", "赵六"];
    let ids: Vec<Value> = names.iter().map(|name| member(&program, name, None)).collect();
    for (id, points) in ids.iter().zip(["10", "9.5", "9", "6"]) {
        score(&program, ("member", id), points);
    }
    // Two places, three with the grade.
    let preview = program.call("closing.preview", PERIOD());
    assert_eq!((&preview["over_quota"][0]["name"], &preview["tied"]), (&json!("张三"), &json!([])));
    let closed = program.mutate("closing.close", PERIOD());
    let frozen = year(&program);
    assert_eq!((&frozen["unit_closed"], &frozen["unit_changes"]), (&json!(true), &json!([])));
    assert_eq!((&frozen["quotas"][0]["places"], &frozen["quotas"][0]["over"]), (&json!("2"), &json!([ids[2]])));

    // The fourth would have the grade now, best of all.
    note(&program, &ids[3]);
    score(&program, ("member", &ids[3]), "10");
    let later = year(&program);
    assert_eq!(later["quotas"], frozen["quotas"]);
    assert_eq!(later["unit_changes"], json!([]), "of the frozen results nothing changed");
    program.mutate("closing.supplement", json!({ "closing": closed["id"], "member": ids[3], "reason": "漏登" }));
    let supplemented = year(&program);
    assert_eq!(supplemented["quotas"], frozen["quotas"], "the quota was given away");
    assert_eq!(
        changes(&supplemented["unit_changes"]),
        [change(
            "优秀名额",
            "2 个名额，评为这一等：王伟、李静、张三，超出：张三",
            "2 个名额，评为这一等：赵六、王伟、李静、张三，超出：李静、张三"
        )]
    );
    assert_eq!(program.call("closing.show", json!({ "id": closed["id"] }))["together"]["quotas"], frozen["quotas"]);
    assert_eq!(program.call("closing.verify", json!({ "id": closed["id"] }))["intact"], true);

    let again = tamper(&program, r#"UPDATE closing SET unit = replace(unit, '"places":"2"', '"places":"3"')"#);
    let verified = again.call("closing.verify", json!({ "id": closed["id"] }));
    assert_eq!((&verified["intact"], &verified["broken"]), (&json!(false), &json!([])), "the digest is over the quotas, too");
}

#[test]
fn equals_at_the_border_are_frozen_as_they_stood() {
    let program = Program::with_book("2026-01-05");
    use_for(&program, &scheme("k", "person", QUOTA), None);
    let ids: Vec<Value> = ["王伟", "李静"].iter().map(|name| member(&program, name, None)).collect();
    for id in &ids {
        score(&program, ("member", id), "9");
    }
    let preview = program.call("closing.preview", PERIOD());
    assert_eq!(preview["tied"].as_array().unwrap().len(), 2);
    program.mutate("closing.close", PERIOD());
    let decide = json!({ "rule_set": "k", "question": "quota:优秀名额", "reading": "none", "reason": "会议研究" });
    program.mutate("decisions.record", decide);
    let frozen = year(&program);
    assert_eq!(frozen["quotas"][0]["tied"].as_array().unwrap().len(), 2);
    assert_eq!(frozen["quotas"][0]["over"], json!([]));
    assert_eq!(frozen["unit_changes"][0]["label"], "优秀名额");
}

#[test]
fn one_closing_covers_every_version() {
    let program = Program::with_book("2026-01-05");
    let (_, group) = two_units(&program);
    use_for(&program, &scheme("k", "person", ""), None);
    // The group's version has one indicator more.
    let other = scheme("k", "person", "\n[[indicator]]\nid = \"讲课\"\nmax = \"3\"\nformula = \"person.record.lectures\"\n")
        .replace("version = \"甲\"", "version = \"乙\"");
    use_for(&program, &other, Some(&group));
    let (one, two) = (member(&program, "王伟", None), member(&program, "李静", Some(&group)));
    let gone = program.mutate("roster.add", json!({ "name": "赵六" }));
    let left = json!([{ "field": "organization", "value": null }]);
    program.mutate("roster.change", json!({ "id": gone["id"], "revision": gone["revision"], "from": "2025-02-01", "changes": left }));
    score(&program, ("member", &one), "9");
    score(&program, ("member", &two), "7");
    let preview = program.call("closing.preview", PERIOD());
    assert_eq!(preview["members"], 2);
    let left: Vec<(&Value, &Value)> = preview["left_out"].as_array().unwrap().iter().map(|out| (&out["name"], &out["why"])).collect();
    assert_eq!(left, [(&json!("赵六"), &json!("left"))]);
    let closed = program.mutate("closing.close", PERIOD());
    assert_eq!(closed["members"], 2);
    let shown = program.call("closing.show", json!({ "id": closed["id"] }));
    let lines: Vec<(&Value, &Value, &Value)> =
        shown["lines"].as_array().unwrap().iter().map(|line| (&line["member"]["name"], &line["version"], &line["total"])).collect();
    assert_eq!(lines, [(&json!("王伟"), &Value::Null, &json!("9")), (&json!("李静"), &json!("乙"), &json!("7"))]);
    assert_eq!(shown["together"]["left_out"][0]["name"], "赵六", "and it is remembered");
    assert_eq!(program.call("closing.verify", json!({ "id": closed["id"] }))["intact"], true);
    // Points stand below the indicator that they are of; one that a version
    // has not is not asked.
    let year = year(&program);
    let heads: Vec<&Value> = year["indicators"].as_array().unwrap().iter().map(|head| &head["id"]).collect();
    assert_eq!(heads, ["述学", "笔记", "讲课"]);
    assert_eq!(row(&program, &one)["indicators"][2]["asked"], false);
    assert_eq!(row(&program, &two)["indicators"][2]["value"], "0");
    // The supplement goes by the line's own version.
    note(&program, &two);
    let made = program.mutate("closing.supplement", json!({ "closing": closed["id"], "member": two, "reason": "漏登" }));
    assert_eq!((&made["before"], &made["after"]), (&json!("7"), &json!("8")));

    let again = tamper(&program, "UPDATE closing_line SET rules_digest = 'x' WHERE rules_digest IS NOT NULL");
    let verified = again.call("closing.verify", json!({ "id": closed["id"] }));
    assert_eq!((&verified["intact"], &verified["rules_intact"]), (&json!(false), &json!(false)));
}

#[test]
fn a_part_closed_before_is_left_out_by_name() {
    let program = Program::with_book("2026-01-05");
    let (_, group) = two_units(&program);
    use_for(&program, &scheme("k", "person", QUOTA), None);
    let (one, two) = (member(&program, "王伟", None), member(&program, "李静", Some(&group)));
    score(&program, ("member", &one), "9");
    score(&program, ("member", &two), "10");
    program.mutate("closing.close", json!({ "rule_set": "k", "year": 2025, "organization": group }));
    // 9 afterwards: the quota of all goes by the frozen 10.
    score(&program, ("member", &two), "1");
    let part = year(&program);
    assert_eq!((&part["unit_closed"], &part["quotas"][0]["candidates"]), (&json!(false), &json!([two, one])));
    let preview = program.call("closing.preview", PERIOD());
    assert_eq!((&preview["members"], &preview["left_out"][0]["name"]), (&json!(1), &json!("李静")));
    assert_eq!(preview["left_out"][0]["why"], "closed");
    assert_eq!(program.mutate("closing.close", PERIOD())["members"], 1);
    assert_eq!(year(&program)["quotas"][0]["over"], json!([one]));
}

/// Credits, too: an hour is two under the group's version.
#[test]
fn a_closing_of_credits_covers_every_version() {
    let program = Program::with_book("2026-01-05");
    let (_, group) = two_units(&program);
    let hours = |credit: &str, version: &str| {
        format!(
            r#"id = "k"
name = "读书办法"
unit = "学时"
version = "{version}"

[[category]]
id = "读书"
  [[category.award]]
  of = "hours"
  credit = "{credit}"
  round = "exact"
"#
        )
    };
    use_for(&program, &hours("1", "甲"), None);
    use_for(&program, &hours("2", "乙"), Some(&group));
    for (name, organization) in [("王伟", None), ("李静", Some(&group))] {
        let id = member(&program, name, organization);
        note(&program, &id);
    }
    let closed = program.mutate("closing.close", PERIOD());
    let shown = program.call("closing.show", json!({ "id": closed["id"] }));
    let lines: Vec<(&Value, &Value, &Value)> =
        shown["lines"].as_array().unwrap().iter().map(|line| (&line["member"]["name"], &line["version"], &line["total"])).collect();
    assert_eq!(lines, [(&json!("王伟"), &Value::Null, &json!("1")), (&json!("李静"), &json!("乙"), &json!("2"))]);
    let year = program.call("credits.year", json!({ "year": 2025, "rule_set": "k" }));
    let closed_rows: Vec<&Value> = year["rows"].as_array().unwrap().iter().map(|row| &row["closed"]).collect();
    assert_eq!(closed_rows, [&json!(true), &json!(true)]);
    assert_eq!(program.call("closing.verify", json!({ "id": closed["id"] }))["intact"], true);
}
