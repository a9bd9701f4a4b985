//! Rules, approvals, decisions and closings through the dispatcher, as the
//! window calls them. Expected amounts are worked out by hand from the rules
//! that stand in each test.

use std::path::PathBuf;

use serde_json::{Value, json};
use xueji_api::{App, AppOptions, Clock, ErrorView};

struct Program {
    app: App,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Program {
    fn on(today: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("台账.xueji");
        let program = Self { app: app(&folder, today), path, _folder: folder };
        let file = program.app.register_file(program.path.clone());
        program.call("book.create", json!({ "file": file.token, "name": "机关第三党支部", "operator": "测试员" }));
        program
    }

    /// The same book on another day.
    fn later(self, today: &str) -> Self {
        self.app.close();
        let app = app(&self._folder, today);
        let program = Self { app, path: self.path, _folder: self._folder };
        let file = program.app.register_file(program.path.clone());
        program.call("book.open", json!({ "file": file.token }));
        program
    }

    fn call(&self, name: &str, request: Value) -> Value {
        self.app.call(name, request).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    fn refuse(&self, name: &str, request: Value) -> ErrorView {
        self.app.call(name, request).expect_err(name)
    }

    fn mutate(&self, name: &str, request: Value) -> Value {
        self.call(name, request)["value"].clone()
    }

    fn undo(&self) {
        self.call("undo.undo", json!({}));
    }

    fn member(&self, name: &str, rank: &str) -> String {
        self.mutate("roster.add", json!({ "name": name, "rank": rank }))["id"].as_str().unwrap().to_owned()
    }

    fn study(&self, member: &str, date: &str, amount: &str) -> Value {
        self.mutate("study.add", json!({ "member": member, "date": date, "form": "读书", "content": "", "amount": amount, "note": null, "declared_chars": null }))
    }

    /// Stores a text and takes it into use for the whole book.
    fn use_from(&self, text: &str, from: &str) -> String {
        let id = self.mutate("rules.save", json!({ "text": text }))["id"].as_str().unwrap().to_owned();
        self.mutate("rules.use", json!({ "rule_set": id, "from": from }));
        id
    }

    fn row(&self, year: i32, key: &str, member: &str) -> Value {
        let table = self.call("credits.year", json!({ "year": year, "rule_set": key }));
        table["rows"].as_array().unwrap().iter().find(|row| row["member"]["id"] == member).cloned().unwrap_or_default()
    }

    fn ledger(&self, year: i32, key: &str, member: &str) -> Value {
        self.call("credits.member", json!({ "year": year, "rule_set": key, "member": member }))
    }

    fn closings(&self) -> Vec<Value> {
        self.call("closing.list", json!({})).as_array().unwrap().clone()
    }
}

fn app(folder: &tempfile::TempDir, today: &str) -> App {
    App::new(AppOptions { data_dir: folder.path().join("data"), clock: Clock::Day(today.parse().unwrap()), on_event: Box::new(|_| {}) })
}

/// An hour of reading is a credit; so many are required.
fn hours(key: &str, required: u32) -> String {
    format!(
        r#"id = "{key}"
name = "读书办法"
unit = "学时"
version = "{required}"

[options]
change = "end"
joined = "full"
left = "full"
leave = "full"

[[category]]
id = "读书"
  [[category.award]]
  of = "hours"
  credit = "1"
  round = "exact"

# 其他贡献，由人登记
[[category]]
id = "其他"
  [[category.award]]
  credit = "9"

[[requirement]]
id = "总量"
of = "total"
min = "{required}"
mend = "年底前补足"
"#
    )
}

/// What is above the requirement goes on to the next year, two years short in
/// a row bring a course.
fn carrying(key: &str) -> String {
    hours(key, 10).replace("leave = \"full\"", "leave = \"full\"\ncarry_now = \"counted\"")
        + r#"
[[carry]]
from = "total"
over = "10"
lifetime = 1

[[streak]]
id = "补课"
label = "集中补课"
when = "short('总量')"
length = 2
due = "next"
overlap = false
"#
}

const OPEN: &str = r#"
[[open]]
id = "上限"
question = "4 学时的上限是每次还是每年？"
  [[open.reading]]
  id = "event"
  label = "每次"
  [[open.reading]]
  id = "year"
  label = "每年"

[[cap]]
reading = "上限/event"
on = ["读书"]
per = "event"
max = "4"

[[cap]]
reading = "上限/year"
on = ["读书"]
per = "period"
max = "4"
"#;

#[test]
fn a_new_book_counts_by_the_example_table() {
    let program = Program::on("2025-12-31");
    let list = program.call("rules.list", json!({}));
    let used: Vec<_> = list["uses"].as_array().unwrap().iter().map(|used| (used["id"].clone(), used["key"].clone())).collect();
    assert_eq!(used, [(Value::Null, json!("weihai-example"))]);
    let sets = list["sets"].as_array().unwrap();
    assert!(sets.len() > 5 && sets.iter().all(|set| set["preset"] == true && set["errors"] == 0));
    let member = program.member("王伟", "乡科级正职");
    program.study(&member, "2025-03-05", "8小时");
    let row = program.row(2025, "weihai-example", &member);
    assert_eq!((&row["earned"], &row["required"], &row["gap"]), (&json!("2"), &json!("12"), &json!("10")));
}

#[test]
fn a_rule_set_holds_from_its_day_on_and_ends_the_version_before() {
    let program = Program::on("2026-03-01");
    let member = program.member("王伟", "");
    for date in ["2024-05-01", "2025-05-01", "2026-02-01"] {
        program.study(&member, date, "5小时");
    }
    program.use_from(&hours("h", 4), "2024-01-01");
    program.use_from(&hours("h", 6), "2025-07-01");
    let list = program.call("rules.list", json!({}));
    let spans: Vec<_> = list["uses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|used| (used["version"].clone(), used["from"].clone(), used["until"].clone()))
        .collect();
    assert_eq!(spans, [(json!("4"), json!("2024-01-01"), json!("2025-06-30")), (json!("6"), json!("2025-07-01"), Value::Null)]);
    // What holds on a year's last day counts for the whole year.
    assert_eq!(program.row(2024, "h", &member)["verdict"], "pass");
    assert_eq!(program.row(2025, "h", &member)["gap"], "1");
    // Before the first use the example table still stands.
    let before = program.call("credits.year", json!({ "year": 2023 }));
    assert_eq!(before["set"]["key"], "weihai-example");
    assert_eq!(program.refuse("credits.year", json!({ "year": 2023, "rule_set": "h" })).code, "rules_not_in_use");
    program.undo();
    assert_eq!(program.call("rules.list", json!({}))["uses"].as_array().unwrap().len(), 1);
    assert_eq!(program.row(2025, "h", &member)["verdict"], "pass", "the first version stands again");
}

#[test]
fn several_rule_sets_count_beside_each_other() {
    let program = Program::on("2025-12-31");
    let member = program.member("王伟", "");
    program.study(&member, "2025-05-01", "5小时");
    program.use_from(&hours("a", 4), "2025-01-01");
    program.use_from(&hours("b", 6), "2025-01-01");
    let ledger = program.ledger(2025, "b", &member);
    let sets: Vec<_> = ledger["sets"].as_array().unwrap().iter().map(|set| (set["set"]["key"].clone(), set["verdict"].clone())).collect();
    assert_eq!(sets, [(json!("a"), json!("pass")), (json!("b"), json!("fail"))]);
    let list = program.call("rules.list", json!({}));
    let used = list["uses"][0]["id"].clone();
    program.mutate("rules.stop", json!({ "id": used, "on": "2025-11-30" }));
    assert_eq!(program.call("credits.year", json!({ "year": 2025 }))["sets"].as_array().unwrap().len(), 1);
}

#[test]
fn an_organization_has_its_own_version() {
    let program = Program::on("2025-12-31");
    let root = program.call("organizations.list", json!({}))[0]["id"].clone();
    let group = program.mutate("organizations.add", json!({ "parent": root, "kind": "group", "name": "第一党小组" }))["id"].clone();
    let inside = program.mutate("roster.add", json!({ "name": "李静", "organization": group }))["id"].as_str().unwrap().to_owned();
    let outside = program.member("王伟", "");
    for member in [&inside, &outside] {
        program.study(member, "2025-05-01", "5小时");
    }
    program.use_from(&hours("h", 4), "2025-01-01");
    let own = program.mutate("rules.save", json!({ "text": hours("h", 6) }))["id"].clone();
    program.mutate("rules.use", json!({ "rule_set": own, "from": "2025-01-01", "organization": group }));
    assert_eq!(program.row(2025, "h", &outside)["required"], "4");
    assert_eq!(program.row(2025, "h", &inside)["required"], "6");
}

#[test]
fn a_text_is_tried_on_somebody_before_it_is_stored() {
    let program = Program::on("2025-12-31");
    let member = program.member("王伟", "");
    program.study(&member, "2025-05-01", "90分钟");
    let rules = json!({ "kind": "text", "text": hours("h", 4) });
    let tried = program.call("rules.trial", json!({ "rules": rules, "member": member, "year": 2025 }));
    assert_eq!(tried["ledger"]["row"]["earned"], "1.5");
    assert_eq!(tried["ledger"]["row"]["gap"], "2.5");
    let entry = &tried["ledger"]["entries"][0];
    assert_eq!((&entry["fact"], &entry["link"]["page"]), (&json!("读书1小时30分"), &json!("study")));
    assert_eq!(entry["rule_line"], 14, "the line of [[category.award]]: {entry}");
    assert!(entry["steps"][0].as_str().unwrap().contains("1.5"), "{entry}");
    let broken = json!({ "kind": "text", "text": hours("h", 4).replace("of = \"hours\"", "off = \"hours\"") });
    let tried = program.call("rules.trial", json!({ "rules": broken, "member": member, "year": 2025 }));
    assert_eq!(tried["ledger"], Value::Null);
    let finding = &tried["findings"][0];
    assert_eq!((&finding["line"], &finding["severity"]), (&json!(15), &json!("error")));
    assert!(finding["text"].as_str().unwrap().contains("of"), "{finding}");
}

#[test]
fn two_versions_are_compared_before_one_takes_effect() {
    let program = Program::on("2025-12-31");
    let (one, other) = (program.member("王伟", ""), program.member("李静", ""));
    program.study(&one, "2025-05-01", "5小时");
    program.study(&other, "2025-05-01", "2小时");
    let before = program.use_from(&hours("h", 4), "2025-01-01");
    // Half a credit an hour, and less is required: 2.5 of 2, and 1 of 2.
    let after = hours("h", 2).replacen("credit = \"1\"", "credit = \"0.5\"", 1);
    let compared = program.call(
        "rules.compare",
        json!({ "before": { "kind": "stored", "id": before }, "after": { "kind": "text", "text": after }, "year": 2025 }),
    );
    let rows: Vec<_> =
        compared["rows"].as_array().unwrap().iter().map(|row| (row["member"]["name"].clone(), row["difference"].clone())).collect();
    assert_eq!(rows, [(json!("王伟"), json!("-2.5")), (json!("李静"), json!("-1"))], "the greatest loss first");
    assert_eq!((&compared["lose"], &compared["gain"], &compared["newly_short"]), (&json!(2), &json!(0), &json!(0)));
    assert_eq!(compared["rows"][0]["after"]["verdict"], "pass");
}

/// Ten minutes a point, up to 60; from 30 on it is enough.
fn scheme(minutes: u32, enough: u32) -> String {
    format!(
        r#"id = "k"
name = "学习考核"
unit = "分"
kind = "assessment"
version = "{minutes}-{enough}"

[[indicator]]
id = "自学"
max = "60"
formula = "person.record.study_minutes / {minutes}"

[[indicator]]
id = "评议"
max = "40"
score = {{ by = ["核查"], use = "核查" }}

[[grade]]
of = "score"
bands = [{{ from = "{enough}", name = "合格" }}, {{ under = "{enough}", name = "不合格" }}]
"#
    )
}

#[test]
fn a_scheme_is_tried_and_two_are_compared_by_points_and_grade() {
    let program = Program::on("2025-12-31");
    let members = ["王伟", "李静", "赵敏"].map(|name| program.member(name, ""));
    let before = program.use_from(&scheme(10, 40), "2025-01-01");
    program.study(&members[0], "2025-05-01", "5小时");
    program.study(&members[1], "2025-05-01", "2小时");
    let score = |member: &str, value: &str| json!({ "rule_set": "k", "year": 2025, "member": member, "indicator": "评议", "scorer": "核查", "value": value, "reason": "查阅" });
    program.mutate("assess.score", score(&members[0], "20"));
    program.mutate("assess.score", score(&members[1], "20"));
    // 300 and 120 minutes at twenty a point: 15 + 20 and 6 + 20; what is in
    // use does not speak for the text that is tried.
    let after = json!({ "kind": "text", "text": scheme(20, 20) });
    let tried = program.call("rules.trial", json!({ "rules": after, "member": members[0], "year": 2025 }));
    let row = &tried["assessment"]["row"];
    assert_eq!((&row["score"], &row["grade"]), (&json!("35"), &json!("合格")));
    let points: Vec<_> = row["indicators"].as_array().unwrap().iter().map(|each| each["weighted"].clone()).collect();
    assert_eq!(points, ["15", "20"]);
    assert_eq!(tried["ledger"], Value::Null);
    let unscored = program.call("rules.trial", json!({ "rules": after, "member": members[2], "year": 2025 }));
    assert_eq!(unscored["assessment"]["row"]["range"], json!({ "min": "0", "max": "40" }));
    assert_eq!(unscored["assessment"]["questions"].as_array().unwrap().len(), 1);
    // Before: 30 + 20 = 50 and 12 + 20 = 32, of which 40 was enough.
    let compared = program.call("rules.compare", json!({ "before": { "kind": "stored", "id": before }, "after": after, "year": 2025 }));
    let side = |row: &Value, side: &str| (row[side]["total"].clone(), row[side]["grade"].clone());
    let rows: Vec<_> = compared["rows"].as_array().unwrap().iter().filter(|row| row["difference"].is_string()).collect();
    assert_eq!(rows.len(), 2, "{compared}");
    assert_eq!((&rows[0]["member"]["name"], &rows[0]["difference"]), (&json!("王伟"), &json!("-15")));
    assert_eq!((side(rows[0], "before"), side(rows[0], "after")), ((json!("50"), json!("合格")), (json!("35"), json!("合格"))));
    assert_eq!((side(rows[1], "before"), side(rows[1], "after")), ((json!("32"), json!("不合格")), (json!("26"), json!("合格"))));
    assert_eq!((&compared["lose"], &compared["gain"]), (&json!(2), &json!(0)));
    let mixed = json!({ "before": { "kind": "text", "text": hours("h", 4) }, "after": after, "year": 2025 });
    assert_eq!(program.refuse("rules.compare", mixed).code, "rules_not_comparable");
}

#[test]
fn a_text_with_errors_is_not_stored_and_one_in_use_is_not_replaced() {
    let program = Program::on("2025-12-31");
    let refused = program.refuse("rules.save", json!({ "text": hours("h", 4).replace("unit = \"学时\"\n", "") }));
    assert_eq!(refused.code, "rules_have_errors");
    let draft = program.mutate("rules.save", json!({ "text": hours("h", 4) }));
    assert_eq!((&draft["editable"], &draft["in_use"]), (&json!(true), &json!(false)));
    let replaced =
        program.mutate("rules.save", json!({ "text": hours("h", 5), "replaces": { "id": draft["id"], "revision": draft["revision"] } }));
    assert_eq!((&replaced["id"], &replaced["version"]), (&draft["id"], &json!("5")));
    program.mutate("rules.use", json!({ "rule_set": draft["id"], "from": "2025-01-01" }));
    let again = json!({ "text": hours("h", 6), "replaces": { "id": draft["id"], "revision": replaced["revision"] } });
    assert_eq!(program.refuse("rules.save", again).code, "rules_used");
    assert_eq!(program.refuse("rules.delete", json!({ "id": draft["id"] })).code, "rules_used");
    assert_eq!(program.refuse("rules.delete", json!({ "id": "preset:weihai-example" })).code, "rules_preset_kept");
    let same = program.mutate("rules.save", json!({ "text": hours("h", 5) }));
    assert_eq!(same["id"], draft["id"], "no text stands twice");
}

#[test]
fn a_preset_taken_into_use_is_copied_into_the_book() {
    let program = Program::on("2025-12-31");
    program.mutate("rules.use", json!({ "rule_set": "preset:party-32-56", "from": "2025-01-01" }));
    let list = program.call("rules.list", json!({}));
    let own: Vec<_> = list["sets"].as_array().unwrap().iter().filter(|set| set["key"] == "party-32-56").collect();
    assert_eq!(own.len(), 1);
    assert_eq!((&own[0]["preset"], &own[0]["in_use"]), (&json!(false), &json!(true)));
    program.undo();
    let list = program.call("rules.list", json!({}));
    let own: Vec<_> = list["sets"].as_array().unwrap().iter().filter(|set| set["key"] == "party-32-56").collect();
    assert_eq!((own.len(), &own[0]["preset"]), (1, &json!(true)));
}

#[test]
fn forms_change_a_text_and_leave_the_rest_of_it() {
    let program = Program::on("2025-12-31");
    let text = hours("h", 4);
    let seen = program.call("rules.inspect", json!({ "text": text }));
    let table = |outline: &Value, name: &str| outline.as_array().unwrap().iter().find(|table| table["name"] == name).cloned().unwrap();
    let categories = table(&seen["outline"], "category");
    assert_eq!(categories["entries"][1]["id"], "其他");
    assert_eq!(categories["entries"][0]["tables"][0]["entries"][0]["path"], "category/0/award/0");
    assert_eq!(seen["names"]["categories"][0]["id"], "读书");
    let edits = json!([
        { "kind": "set", "path": "requirement/0", "field": "min", "value": "5" },
        { "kind": "unset", "path": "requirement/0", "field": "mend" },
        { "kind": "add", "path": "category", "fields": [["id", "网络"], ["types", ["网络课程"]]] },
        { "kind": "add", "path": "category/2/award", "fields": [["of", "hours"], ["credit", "0.5"], ["round", "exact"]] },
        { "kind": "add", "path": "cap", "fields": [["on", ["网络"]], ["max", "2"]] },
        { "kind": "move", "path": "category/2", "to": 0 },
        { "kind": "set", "path": "", "field": "version", "value": "5" }
    ]);
    let edited = program.call("rules.edit", json!({ "text": text, "edits": edits }));
    let new = edited["text"].as_str().unwrap();
    assert_eq!(edited["inspection"]["errors"], 0, "{new}");
    assert!(new.contains("# 其他贡献，由人登记\n[[category]]\nid = \"其他\""), "comments stay with their entries: {new}");
    let order: Vec<usize> = ["\"网络\"\ntypes", "id = \"读书\"", "id = \"其他\"", "[[requirement]]"]
        .iter()
        .map(|part| new.find(part).unwrap_or_else(|| panic!("{part}: {new}")))
        .collect();
    assert!(order.is_sorted(), "{new}");
    let min = table(&edited["inspection"]["outline"], "requirement")["entries"][0]["fields"].clone();
    assert!(min.as_array().unwrap().iter().any(|field| field["name"] == "min" && field["value"] == "5"));
    assert!(!new.contains("年底前补足"));
    let removed = program.call(
        "rules.edit",
        json!({ "text": new, "edits": [{ "kind": "remove", "path": "category/0" }, { "kind": "remove", "path": "cap/0" }] }),
    );
    let names = removed["inspection"]["names"]["categories"].as_array().unwrap().iter().map(|each| each["id"].clone()).collect::<Vec<_>>();
    assert_eq!(names, ["读书", "其他"]);
    assert_eq!(
        program.refuse("rules.edit", json!({ "text": new, "edits": [{ "kind": "remove", "path": "category/9" }] })).code,
        "rules_path_unknown"
    );
    assert_eq!(
        program.refuse("rules.edit", json!({ "text": new, "edits": [{ "kind": "set", "path": "", "field": "note", "value": 0.5 }] })).code,
        "rules_value_unusable"
    );
}

#[test]
fn names_stand_in_the_order_given_and_what_an_entry_is_called_comes_first() {
    let program = Program::on("2025-12-31");
    let by_tier = json!({ "by": "person.tier", "table": { "处级以上": "18", "科级": "12", "其他": "6" }, "else": "3" });
    let edits = json!([
        { "kind": "set", "path": "requirement/0", "field": "min", "value": by_tier, "keys": ["by", "table", "处级以上", "科级", "其他", "else"] },
        { "kind": "set", "path": "requirement/0", "field": "label", "value": "全年" },
        // Nobody says in what order: as a person would write it.
        { "kind": "add", "path": "cap", "fields": [["on", ["读书"]], ["max", { "else": "1", "bands": [{ "credit": "2", "under": "9", "from": "0" }], "by": "count" }], ["id", "封顶"]] }
    ]);
    let edited = program.call("rules.edit", json!({ "text": hours("h", 5), "edits": edits }));
    let text = edited["text"].as_str().unwrap();
    let wanted = r#"min = { by = "person.tier", table = { "处级以上" = "18", "科级" = "12", "其他" = "6" }, else = "3" }"#;
    assert!(text.replace("处级以上 =", "\"处级以上\" =").contains(wanted), "{text}");
    assert!(text.contains("id = \"总量\"\nlabel = \"全年\"\nof = \"total\""), "{text}");
    let cap = r#"id = "封顶"
on = ["读书"]
max = { by = "count", bands = [{ from = "0", under = "9", credit = "2" }], else = "1" }"#;
    assert!(text.contains(cap), "{text}");
    let outline = edited["inspection"]["outline"].as_array().unwrap();
    let requirement = outline.iter().find(|table| table["name"] == "requirement").unwrap();
    let fields = requirement["entries"][0]["fields"].as_array().unwrap();
    let min = fields.iter().find(|field| field["name"] == "min").unwrap();
    assert_eq!(min["keys"], json!(["by", "table", "处级以上", "科级", "其他", "else"]), "forms show it as the file has it");
}

#[test]
fn a_credit_by_hand_counts_as_written_and_is_undone() {
    let program = Program::on("2025-12-31");
    let member = program.member("王伟", "");
    program.use_from(&hours("h", 4), "2025-01-01");
    let credit = json!({ "member": member, "category": "其他", "date": "2025-06-01", "amount": "1/3", "reason": "授课", "document": "〔2025〕3 号" });
    let added = program.mutate("manual_credits.add", credit.clone());
    let ledger = program.ledger(2025, "h", &member);
    assert_eq!(ledger["row"]["earned"], "1/3", "what was written, not the category's own 9");
    let entry = &ledger["entries"][0];
    assert_eq!((&entry["link"]["page"], &entry["category"]), (&json!("manual_credit"), &json!("其他")));
    program.undo();
    assert_eq!(program.row(2025, "h", &member)["earned"], "0");
    program.call("undo.redo", json!({}));
    let mut pending = credit.clone();
    pending["state"] = json!("pending");
    let row = program.call("manual_credits.list", json!({ "year": 2025 }))[0].clone();
    assert_eq!(row["id"], added["id"]);
    program.mutate("manual_credits.edit", json!({ "id": row["id"], "revision": row["revision"], "credit": pending }));
    let row = program.row(2025, "h", &member);
    assert_eq!((&row["earned"], &row["pending"]), (&json!("0"), &json!(1)));
    let wrong = json!({ "member": member, "category": "其他", "date": "2025-06-01", "amount": "许多", "reason": "授课" });
    let refused = program.refuse("manual_credits.add", wrong);
    assert_eq!((refused.code.as_str(), refused.field.as_deref()), ("number_unreadable", Some("amount")));
}

#[test]
fn a_member_with_credits_by_hand_is_not_deleted() {
    let program = Program::on("2025-12-31");
    let member = program.member("王伟", "");
    program.mutate(
        "manual_credits.add",
        json!({ "member": member, "category": "其他", "date": "2025-06-01", "amount": "1", "reason": "授课" }),
    );
    assert_eq!(program.refuse("roster.delete", json!({ "id": member })).code, "member_has_credits");
    program.undo();
    program.mutate("roster.delete", json!({ "id": member }));
}

#[test]
fn a_correction_stands_in_the_place_of_the_fact() {
    let program = Program::on("2025-12-31");
    let member = program.member("王伟", "");
    program.use_from(&hours("h", 4), "2025-01-01");
    program.study(&member, "2025-05-01", "5小时");
    let fact = program.ledger(2025, "h", &member)["entries"][0]["fact_id"].clone();
    program.mutate(
        "manual_credits.add",
        json!({ "member": member, "category": "读书", "date": "2025-05-01", "amount": "3", "reason": "实到 3 小时", "corrects": fact }),
    );
    let ledger = program.ledger(2025, "h", &member);
    assert_eq!(ledger["row"]["earned"], "3");
    assert_eq!(ledger["entries"].as_array().unwrap().len(), 1);
}

#[test]
fn what_waits_for_approval_is_shown_and_does_not_count() {
    let program = Program::on("2025-12-31");
    let member = program.member("王伟", "");
    program.use_from(&hours("h", 4), "2025-01-01");
    let entry = program.mutate(
        "study.add",
        json!({ "member": member, "date": "2025-05-01", "form": "读书", "content": "", "amount": "5小时", "note": null, "declared_chars": null, "pending": true }),
    );
    assert_eq!(entry["state"], "pending");
    let ledger = program.ledger(2025, "h", &member);
    assert_eq!((&ledger["row"]["earned"], &ledger["row"]["pending"]), (&json!("0"), &json!(1)));
    assert_eq!((&ledger["waiting"][0]["state"], &ledger["waiting"][0]["fact"]), (&json!("pending"), &json!("读书5小时")));
    assert_eq!(program.refuse("study.return", json!({ "ids": [entry["id"]] })).code, "reason_missing");
    let returned = program.mutate("study.return", json!({ "ids": [entry["id"]], "reason": "没有证明" }));
    assert_eq!((&returned[0]["state"], &returned[0]["state_reason"]), (&json!("returned"), &json!("没有证明")));
    let row = program.row(2025, "h", &member);
    assert_eq!((&row["earned"], &row["pending"]), (&json!("0"), &json!(0)));
    let approved = program.mutate("study.approve", json!({ "ids": [entry["id"]] }));
    assert_eq!((&approved[0]["state"], &approved[0]["reviewed_by"]), (&json!("accepted"), &json!("测试员")));
    assert_eq!(program.row(2025, "h", &member)["earned"], "5");
    program.undo();
    assert_eq!(program.row(2025, "h", &member)["earned"], "0");
}

#[test]
fn what_the_rules_leave_open_is_decided_once_and_reused() {
    let program = Program::on("2025-12-31");
    let (one, other) = (program.member("王伟", ""), program.member("李静", ""));
    program.use_from(&(hours("h", 6) + OPEN), "2025-01-01");
    // Two readings of 5 and 3 hours: 4 + 3 = 7 by the first, 4 by the second.
    for member in [&one, &other] {
        program.study(member, "2025-05-01", "5小时");
        program.study(member, "2025-06-01", "3小时");
    }
    let table = program.call("credits.year", json!({ "year": 2025, "rule_set": "h" }));
    assert_eq!(table["counts"]["undecided"], 2);
    let question = &table["questions"][0];
    assert_eq!(question["members"].as_array().unwrap().len(), 2);
    assert_eq!((&question["question"]["key"], &question["question"]["for_all"]), (&json!("上限"), &json!(true)));
    let row = program.row(2025, "h", &one);
    assert_eq!((&row["verdict"], &row["range"]), (&Value::Null, &json!({ "min": "4", "max": "7" })));
    let ledger = program.ledger(2025, "h", &one);
    let readings: Vec<_> = ledger["questions"][0]["readings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reading| (reading["id"].clone(), reading["label"].clone(), reading["range"]["min"].clone()))
        .collect();
    assert_eq!(readings, [(json!("event"), json!("每次"), json!("7")), (json!("year"), json!("每年"), json!("4"))]);
    assert_eq!(ledger["outcomes"].as_array().unwrap().len(), 2);

    let neither = json!({ "rule_set": "h", "question": "上限", "reason": "请示" });
    assert_eq!(program.refuse("decisions.record", neither).code, "decision_one_answer");
    let decision = json!({ "rule_set": "h", "question": "上限", "reading": "event", "reason": "请示组织部", "document": "〔2025〕9 号" });
    let decided = program.mutate("decisions.record", decision);
    for member in [&one, &other] {
        let row = program.row(2025, "h", member);
        assert_eq!((&row["earned"], &row["verdict"]), (&json!("7"), &json!("pass")));
    }
    // For one of them it was decided otherwise.
    program
        .mutate("decisions.record", json!({ "rule_set": "h", "question": "上限", "member": other, "reading": "year", "reason": "个案" }));
    assert_eq!(program.row(2025, "h", &other)["earned"], "4");
    assert_eq!(program.row(2025, "h", &one)["earned"], "7");
    program.mutate("decisions.remove", json!({ "id": decided["id"] }));
    assert_eq!(program.row(2025, "h", &one)["verdict"], Value::Null);
    program.undo();
    assert_eq!(program.row(2025, "h", &one)["earned"], "7");
    let decisions = program.call("decisions.list", json!({}));
    let words: Vec<_> = decisions.as_array().unwrap().iter().map(|each| (&each["question_text"], &each["reading_label"])).collect();
    let asked = json!("4 学时的上限是每次还是每年？");
    assert!(words.contains(&(&asked, &json!("每次"))) && words.contains(&(&asked, &json!("每年"))), "{words:?}");
    assert_eq!(words.len(), 2);
}

#[test]
fn what_a_session_lacks_is_answered_once_for_all_who_were_there() {
    let program = Program::on("2025-12-31");
    let members = ["王伟", "李静", "赵敏"].map(|name| program.member(name, ""));
    let text = hours("h", 4).replacen("id = \"读书\"", "id = \"读书\"\ntypes = [\"党课\"]", 1);
    program.use_from(&text, "2025-01-01");
    let session = program.mutate(
        "sessions.add",
        json!({ "date": "2025-03-05", "kind": "党课", "title": "第一课", "level": "branch", "state": "held", "organizations": [] }),
    );
    for member in &members {
        program.mutate("attendance.mark", json!({ "session": session["id"], "member": member, "status": "present" }));
    }
    let questions = program.call("credits.year", json!({ "year": 2025, "rule_set": "h" }))["questions"].clone();
    let questions = questions.as_array().unwrap();
    assert_eq!(questions.len(), 1, "{questions:?}");
    let question = &questions[0]["question"];
    assert_eq!(questions[0]["members"].as_array().unwrap().len(), 3);
    assert_eq!((&question["for_all"], &question["wants_value"]), (&json!(true), &json!(true)));
    let decision =
        json!({ "rule_set": "h", "question": question["key"], "fact": question["fact"], "value": "3", "reason": "签到表写三小时" });
    let decided = program.mutate("decisions.record", decision);
    assert_eq!(decided["question_text"], "“党课《第一课》（2025-03-05）”计多少？");
    assert_eq!(decided["reading_label"], Value::Null);
    for member in &members {
        assert_eq!(program.row(2025, "h", member)["earned"], "3");
    }
    assert_eq!(program.call("credits.year", json!({ "year": 2025, "rule_set": "h" }))["questions"], json!([]));
}

#[test]
fn a_credit_names_the_band_and_the_row_that_applied() {
    let program = Program::on("2025-12-31");
    let member = program.member("王伟", "");
    let bands = r#"credit = { by = "hours", bands = [{ from = "1", under = "4", credit = "2" }, { from = "4", credit = "5" }] }"#;
    let table = r#"
[[category]]
id = "获奖"
types = ["获奖"]
  [[category.award]]
  credit = { by = "form", table = { "一等奖" = "3", "二等奖" = "2", "鼓励奖" = "2" } }
"#;
    let text = hours("h", 4).replace("  of = \"hours\"\n  credit = \"1\"\n  round = \"exact\"", &format!("  {bands}"));
    let text = text.replacen("id = \"读书\"\n", "id = \"读书\"\ntypes = [\"读书\"]\n", 1) + table;
    program.use_from(&text.replace("types = [\"获奖\"]", "types = [\"网络课程\"]").replace("一等奖", "网络课程"), "2025-01-01");
    program.study(&member, "2025-05-01", "5小时");
    program.mutate("study.add", json!({ "member": member, "date": "2025-06-01", "form": "网络课程", "content": "", "amount": "1小时", "note": null, "declared_chars": null }));
    let entries = program.ledger(2025, "h", &member)["entries"].clone();
    let [read, course] = &entries.as_array().unwrap()[..] else { panic!("{entries}") };
    assert_eq!((&read["counted"], &read["rule"]), (&json!("5"), &json!("小时数 4 以上：每次 5 学时")));
    assert_eq!(read["trace"][0]["text"], "每次计 5（小时数 4 以上）");
    assert_eq!((&course["counted"], &course["rule"]), (&json!("3"), &json!("网络课程：每次 3 学时")));
}

#[test]
fn the_forecast_is_of_today_and_never_of_a_year_that_is_over() {
    // 10 April is the 100th of 365 days: 73 × 100 ÷ 365 = 20 by then.
    let program = Program::on("2025-04-10");
    let member = program.member("王伟", "");
    program.use_from(&hours("h", 73), "2025-01-01");
    program.study(&member, "2025-02-01", "18小时");
    let forecast = program.row(2025, "h", &member)["forecast"].clone();
    assert_eq!((&forecast["state"], &forecast["expected"], &forecast["behind"]), (&json!("behind"), &json!("20"), &json!("2")));
    let program = program.later("2026-01-01");
    assert_eq!(program.row(2025, "h", &member)["forecast"], Value::Null);
}

#[test]
fn a_closing_freezes_and_is_broken_by_tampering() {
    let program = Program::on("2026-01-05");
    let (one, other) = (program.member("王伟", ""), program.member("李静", ""));
    program.use_from(&hours("h", 4), "2025-01-01");
    program.study(&one, "2025-05-01", "5小时");
    program.study(&other, "2025-05-01", "2小时");
    let early = program.refuse("closing.close", json!({ "rule_set": "h", "year": 2026 }));
    assert_eq!(early.code, "closing_not_over");
    let preview = program.call("closing.preview", json!({ "rule_set": "h", "year": 2025 }));
    assert_eq!((&preview["members"], &preview["met"], &preview["short"]), (&json!(2), &json!(1), &json!(1)));
    let closed = program.mutate("closing.close", json!({ "rule_set": "h", "year": 2025 }));
    let request = json!({ "id": closed["id"] });
    let verified = program.call("closing.verify", request.clone());
    assert_eq!((&verified["intact"], &verified["found"]), (&json!(true), &closed["digest"]));
    assert_eq!(program.refuse("closing.close", json!({ "rule_set": "h", "year": 2025 })).code, "closing_exists");

    // The same book, closed anew, has the same digest.
    program.undo();
    assert!(program.closings().is_empty());
    let again = program.mutate("closing.close", json!({ "rule_set": "h", "year": 2025 }));
    assert_eq!(again["digest"], closed["digest"]);

    // Afterwards the year shows what was frozen, and what changed since.
    program.study(&one, "2025-06-01", "1小时");
    let row = program.row(2025, "h", &one);
    assert_eq!((&row["earned"], &row["closed"], &row["changed"]), (&json!("5"), &json!(true), &json!(true)));
    assert_eq!(program.row(2025, "h", &other)["changed"], false);
    let frozen = program.ledger(2025, "h", &one)["frozen"].clone();
    assert_eq!((&frozen["total"], &frozen["now"]), (&json!("5"), &json!("6")));
    assert_eq!((&frozen["changes"][0]["before"], &frozen["changes"][0]["after"]), (&Value::Null, &json!("1")));

    let closing = again["id"].as_str().unwrap().to_owned();
    program.app.close();
    let raw = rusqlite::Connection::open(&program.path).unwrap();
    let changed = raw.execute("UPDATE closing_line SET ledger = replace(ledger, '\"earned\":\"2\"', '\"earned\":\"4\"')", []).unwrap();
    assert_eq!(changed, 2);
    drop(raw);
    let program = program.later("2026-01-06");
    let verified = program.call("closing.verify", json!({ "id": closing }));
    assert_eq!((&verified["intact"], &verified["broken"], &verified["rules_intact"]), (&json!(false), &json!(["李静"]), &json!(true)));
    assert_ne!(verified["found"], verified["recorded"]);
}

#[test]
fn a_supplement_changes_a_closed_ledger_and_reopening_is_recorded() {
    let program = Program::on("2026-01-05");
    let member = program.member("王伟", "");
    program.use_from(&hours("h", 6), "2025-01-01");
    program.study(&member, "2025-05-01", "5小时");
    let closed = program.mutate("closing.close", json!({ "rule_set": "h", "year": 2025 }));
    let supplement = json!({ "closing": closed["id"], "member": member, "reason": "漏登", "document": "〔2026〕1 号" });
    assert_eq!(program.refuse("closing.supplement", supplement.clone()).code, "closing_unchanged");
    program.study(&member, "2025-06-01", "2小时");
    let made = program.mutate("closing.supplement", supplement);
    assert_eq!((&made["before"], &made["after"]), (&json!("5"), &json!("7")));
    let row = program.row(2025, "h", &member);
    assert_eq!((&row["earned"], &row["verdict"], &row["changed"]), (&json!("7"), &json!("pass"), &json!(false)));
    let frozen = program.ledger(2025, "h", &member)["frozen"].clone();
    assert_eq!((&frozen["total"], &frozen["supplement"]["reason"]), (&json!("5"), &json!("漏登")));
    let shown = program.call("closing.show", json!({ "id": closed["id"] }));
    assert_eq!(
        (&shown["lines"][0]["total"], &shown["lines"][0]["supplemented"], &shown["lines"][0]["now"]),
        (&json!("5"), &json!("7"), &Value::Null)
    );
    assert_eq!(program.call("closing.verify", json!({ "id": closed["id"] }))["intact"], true, "the frozen lines are what they were");
    program.undo();
    assert_eq!(program.row(2025, "h", &member)["earned"], "5");

    assert_eq!(program.refuse("closing.reopen", json!({ "id": closed["id"], "reason": " " })).code, "reason_missing");
    program.mutate("closing.reopen", json!({ "id": closed["id"], "reason": "上级退回" }));
    let row = program.row(2025, "h", &member);
    assert_eq!((&row["earned"], &row["closed"]), (&json!("7"), &json!(false)));
    let all = program.closings();
    assert_eq!((all.len(), &all[0]["reopened"]["reason"], &all[0]["reopened"]["by"]), (1, &json!("上级退回"), &json!("测试员")));
    let again = program.mutate("closing.close", json!({ "rule_set": "h", "year": 2025 }));
    assert_ne!(again["digest"], closed["digest"]);
    assert_eq!(program.closings().len(), 2, "the first one stays as a record");
}

#[test]
fn an_undecided_ledger_is_not_closed() {
    let program = Program::on("2026-01-05");
    let member = program.member("王伟", "");
    program.use_from(&(hours("h", 6) + OPEN), "2025-01-01");
    program.study(&member, "2025-05-01", "5小时");
    program.study(&member, "2025-06-01", "5小时");
    let preview = program.call("closing.preview", json!({ "rule_set": "h", "year": 2025 }));
    assert_eq!(preview["undecided"][0]["name"], "王伟");
    assert_eq!(program.refuse("closing.close", json!({ "rule_set": "h", "year": 2025 })).code, "closing_undecided");
}

#[test]
fn carry_over_and_streaks_go_across_closed_years_and_opening_records() {
    let program = Program::on("2026-06-30");
    let (rich, poor) = (program.member("王伟", ""), program.member("李静", ""));
    program.use_from(&carrying("c"), "2020-01-01");
    // 2024 is from before the book: 13 against 10, and short.
    for (member, total, passed) in [(&rich, "13", true), (&poor, "4", false)] {
        let short = if passed { json!([]) } else { json!(["总量"]) };
        program.mutate(
            "openings.record",
            json!({ "member": member, "rule_set": "c", "period": "2024", "total": total, "passed": passed, "short": short, "reason": "纸质台账" }),
        );
    }
    program.study(&rich, "2025-05-01", "9小时");
    program.study(&poor, "2025-05-01", "9小时");
    let row = program.row(2025, "c", &rich);
    assert_eq!((&row["carried_in"], &row["earned"], &row["verdict"]), (&json!("3"), &json!("12"), &json!("pass")));
    let ledger = program.ledger(2025, "c", &poor);
    assert_eq!(ledger["row"]["gap"], "1");
    assert_eq!((&ledger["history"][0]["period"], &ledger["history"][0]["source"]), (&json!("2024"), &json!("opening")));
    let consequence = &ledger["row"]["consequences"][0];
    assert_eq!(
        (&consequence["label"], &consequence["period"], &consequence["because"]),
        (&json!("集中补课"), &json!("2026"), &json!(["2024", "2025"]))
    );

    program.mutate("closing.close", json!({ "rule_set": "c", "year": 2025 }));
    // What is entered later for 2025 changes nothing in 2026: 2 go on.
    program.study(&rich, "2025-06-01", "1小时");
    program.study(&rich, "2026-02-01", "1小时");
    let ledger = program.ledger(2026, "c", &rich);
    assert_eq!((&ledger["row"]["carried_in"], &ledger["row"]["earned"]), (&json!("2"), &json!("3")));
    let sources: Vec<_> =
        ledger["history"].as_array().unwrap().iter().map(|year| (year["period"].clone(), year["source"].clone())).collect();
    assert_eq!(sources, [(json!("2024"), json!("opening")), (json!("2025"), json!("closed"))]);
    assert_eq!(program.row(2026, "c", &poor)["consequences"][0]["period"], "2026");
    // A supplement does change it.
    let closing = program.closings()[0]["id"].clone();
    program.mutate("closing.supplement", json!({ "closing": closing, "member": rich, "reason": "漏登" }));
    assert_eq!(program.row(2026, "c", &rich)["carried_in"], "3");
}

#[test]
fn each_year_is_counted_by_the_text_of_its_time() {
    let program = Program::on("2026-06-30");
    let member = program.member("王伟", "");
    let one = carrying("c");
    // From 2025 an hour is two credits, and 10 are required as before.
    let two = carrying("c").replacen("credit = \"1\"", "credit = \"2\"", 1).replace("version = \"10\"", "version = \"2025\"");
    program.use_from(&one, "2020-01-01");
    program.use_from(&two, "2025-01-01");
    program.study(&member, "2024-05-01", "12小时");
    program.study(&member, "2025-05-01", "5小时");
    // 2024: 12, 2 above 10; 2025: 5 × 2 + 2.
    let row = program.row(2025, "c", &member);
    assert_eq!((&row["carried_in"], &row["earned"]), (&json!("2"), &json!("12")));
}

/// 8 and 9 hours in 2024 are 17 where 12 are the limit of each, 12 where 12
/// are the limit of the year: 7 or 2 go on. 2025 stands under a text that
/// leaves nothing open: 5 hours are 10, and 17 or 12 with what came in.
#[test]
fn what_an_earlier_year_leaves_open_is_open_in_the_next() {
    let program = Program::on("2026-06-30");
    let member = program.member("王伟", "");
    let one = carrying("c") + &OPEN.replace("max = \"4\"", "max = \"12\"");
    let two = carrying("c").replacen("credit = \"1\"", "credit = \"2\"", 1).replace("version = \"10\"", "version = \"2025\"");
    program.use_from(&one, "2020-01-01");
    program.use_from(&two, "2025-01-01");
    program.study(&member, "2024-05-01", "8小时");
    program.study(&member, "2024-06-01", "9小时");
    program.study(&member, "2025-05-01", "5小时");
    let row = program.row(2025, "c", &member);
    assert_eq!((&row["range"], &row["verdict"]), (&json!({ "min": "12", "max": "17" }), &json!("pass")));
    let asked: Vec<_> = program.ledger(2025, "c", &member)["questions"].as_array().unwrap().iter().map(|one| one["key"].clone()).collect();
    assert_eq!(asked, ["上限"]);
    program.mutate("decisions.record", json!({ "rule_set": "c", "question": "上限", "reading": "event", "reason": "请示" }));
    let row = program.row(2025, "c", &member);
    assert_eq!((&row["range"], &row["earned"]), (&Value::Null, &json!("17")));
}

#[test]
fn a_make_up_counts_once_under_the_status_of_the_absence() {
    let program = Program::on("2025-12-31");
    let member = program.member("王伟", "乡科级正职");
    let session = program.mutate(
        "sessions.add",
        json!({ "date": "2025-03-05", "kind": "党课", "title": "第一课", "amount": "2小时", "level": "branch", "state": "held", "organizations": [] }),
    );
    program.mutate("attendance.mark", json!({ "session": session["id"], "member": member, "status": "absent" }));
    let ledger = program.ledger(2025, "weihai-example", &member);
    assert_eq!(ledger["entries"], json!([]));
    assert_eq!(ledger["refused"][0]["fact"], "党课《第一课》2小时（缺席）");
    program.mutate("attendance.make_up", json!({ "session": session["id"], "member": member, "done_on": "2025-04-01" }));
    let ledger = program.ledger(2025, "weihai-example", &member);
    // 2 hours at 0.5, 80 % of it.
    assert_eq!(ledger["row"]["earned"], "0.8");
    let entry = &ledger["entries"][0];
    assert_eq!((&entry["date"], &entry["fact"]), (&json!("2025-04-01"), &json!("党课《第一课》2小时（补学）")));
    assert_eq!(entry["link"], json!({ "page": "session", "id": session["id"] }));
}

#[test]
fn what_is_known_of_a_member_reaches_the_rules() {
    let program = Program::on("2025-12-31");
    let member = program.member("王伟", "");
    let text = hours("h", 4).replace("min = \"4\"", "min = { by = \"person.party_post\", table = { \"支部书记\" = \"8\" }, else = \"4\" }");
    program.use_from(&text, "2025-01-01");
    assert_eq!(program.row(2025, "h", &member)["required"], "4");
    program.mutate("member_facts.add", json!({ "member": member, "kind": "attribute", "name": "party_post", "value": "支部书记" }));
    assert_eq!(program.row(2025, "h", &member)["required"], "8");
    let leave = json!({ "member": member, "kind": "leave", "value": "病假", "from": "2025-01-01" });
    assert_eq!(program.refuse("member_facts.add", leave).code, "days_missing");
    program.undo();
    assert_eq!(program.row(2025, "h", &member)["required"], "4");
}

#[test]
fn an_assessment_draws_on_the_records_and_on_points_by_hand_and_is_closed() {
    let program = Program::on("2026-01-05");
    let member = program.member("王伟", "");
    program.study(&member, "2025-05-01", "5小时");
    let scheme = r#"id = "k"
name = "学习考核"
unit = "分"
kind = "assessment"

[[indicator]]
id = "自学"
max = "60"
formula = "person.record.study_minutes / 10"

[[indicator]]
id = "评议"
max = "40"
score = { by = ["核查"], use = "核查", step = "0.5", reason = true }

[[grade]]
of = "score"
bands = [{ from = "60", name = "合格" }, { under = "60", name = "不合格" }]
"#;
    program.use_from(scheme, "2025-01-01");
    let row = |program: &Program| program.call("assess.year", json!({ "year": 2025 }))["rows"][0].clone();
    // 300 minutes: 30 points; between 0 and 40 by hand.
    let open = row(&program);
    assert_eq!((&open["score"], &open["range"], &open["open"]), (&Value::Null, &json!({ "min": "30", "max": "70" }), &json!(1)));
    assert_eq!(open["indicators"][0]["value"], "30");
    assert_eq!(program.refuse("closing.close", json!({ "rule_set": "k", "year": 2025 })).code, "closing_undecided");
    let score = |value: &str| json!({ "rule_set": "k", "year": 2025, "member": member, "indicator": "评议", "scorer": "核查", "value": value, "reason": "查阅笔记" });
    assert_eq!(program.refuse("assess.score", score("41")).code, "score_out_of_range");
    assert_eq!(program.refuse("assess.score", score("35.3")).code, "score_step");
    program.mutate("assess.score", score("35.5"));
    let scored = row(&program);
    assert_eq!((&scored["score"], &scored["grade"]), (&json!("65.5"), &json!("合格")));
    program.undo();
    assert_eq!(row(&program)["score"], Value::Null);
    program.call("undo.redo", json!({}));
    let closed = program.mutate("closing.close", json!({ "rule_set": "k", "year": 2025 }));
    assert_eq!(program.call("closing.verify", json!({ "id": closed["id"] }))["intact"], true);
    program.study(&member, "2025-06-01", "1小时");
    let frozen = row(&program);
    assert_eq!((&frozen["score"], &frozen["closed"]), (&json!("65.5"), &json!(true)));
    let shown = program.call("closing.show", json!({ "id": closed["id"] }));
    assert_eq!(
        (&shown["lines"][0]["total"], &shown["lines"][0]["now"], &shown["lines"][0]["grade"]),
        (&json!("65.5"), &json!("71.5"), &json!("合格"))
    );
}

#[test]
fn results_of_many_are_recorded_all_or_none_and_undone_at_once() {
    let program = Program::on("2025-12-31");
    let members = ["王伟", "李静"].map(|name| program.member(name, ""));
    program.use_from(&carrying("c"), "2025-01-01");
    let result = |member: &str, total: &str, short: Value, carry: Value| json!({ "member": member, "rule_set": "c", "period": "2024", "total": total, "short": short, "passed": short == json!([]), "carry": carry, "reason": "2024 年度汇总表" });
    let (one, other) = (result(&members[0], "13", json!([]), json!([["", "3"]])), result(&members[1], "8", json!(["总量"]), json!([])));
    let twice = program.refuse("openings.record_many", json!({ "records": [one, one] }));
    assert_eq!(twice.code, "opening_twice");
    let unreadable = result(&members[1], "许多", json!([]), Value::Null);
    assert_eq!(program.refuse("openings.record_many", json!({ "records": [one, unreadable] })).field.as_deref(), Some("total"));
    assert_eq!(program.call("openings.list", json!({})), json!([]), "none of them");
    program.mutate("openings.record_many", json!({ "records": [one, other] }));
    assert_eq!(program.row(2025, "c", &members[0])["carried_in"], "3");
    let history = program.ledger(2025, "c", &members[1])["history"].clone();
    assert_eq!((&history[0]["passed"], &history[0]["short"]), (&json!(false), &json!(["总量"])));
    program.undo();
    assert_eq!(program.call("openings.list", json!({})), json!([]), "one step");
}
