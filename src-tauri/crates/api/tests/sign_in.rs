//! Sign-in lists through the dispatcher: three messy files against an answer
//! key that was written by hand.

use std::path::PathBuf;

use serde_json::{Value, json};
use xueji_api::{App, AppOptions, Clock};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/sign-in").join(name)
}

struct Desk {
    app: App,
    session: String,
    key: Value,
    _folder: tempfile::TempDir,
}

impl Desk {
    /// The book that the answer key names.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::Day("2025-06-23".parse().unwrap());
        let app = App::new(AppOptions { data_dir: folder.path().join("data"), clock, on_event: Box::new(|_| {}) });
        let key: Value = serde_json::from_str(&std::fs::read_to_string(fixture("expected.json")).unwrap()).unwrap();
        let mut desk = Self { app, session: String::new(), key, _folder: folder };
        let file = desk.app.register_file(desk._folder.path().join("台账.xueji"));
        desk.call("book.create", json!({ "file": file.token, "name": "机关第三党支部", "operator": "测试员" }));
        for line in desk.key["roster"].as_array().unwrap().clone() {
            let (name, number) = line.as_str().unwrap().split_once(' ').unwrap();
            desk.call("roster.add", json!({ "name": name, "staff_no": number, "rank": "科员" }));
        }
        let mut input = json!({
            "kind": "集体学习", "title": "学习全会精神", "level": "branch", "theme": null, "place": null, "state": "held",
            "hosts": null, "speakers": null, "recorders": null, "organizations": [], "remark": null,
        });
        input.as_object_mut().unwrap().extend(desk.key["session"].as_object().unwrap().clone());
        desk.session = desk.call("sessions.add", input)["value"]["id"].as_str().unwrap().to_owned();
        let (zhou, qian) = (desk.row("1007")["member"].clone(), desk.row("1011")["member"].clone());
        desk.call("attendance.mark", json!({ "session": desk.session, "member": zhou, "status": "sick_leave" }));
        desk.call("attendance.roster_remove", json!({ "session": desk.session, "member": qian }));
        desk
    }

    fn call(&self, name: &str, request: Value) -> Value {
        self.app.call(name, request).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    fn rows(&self) -> Vec<Value> {
        self.call("attendance.sheet", json!({ "id": self.session }))["rows"].as_array().unwrap().clone()
    }

    fn row(&self, number: &str) -> Value {
        self.rows().into_iter().find(|row| row["staff_no"] == number).unwrap_or(Value::Null)
    }

    /// The mark of a number, in short: `late 11 import`.
    fn mark(&self, number: &str) -> String {
        let mark = self.row(number)["mark"].clone();
        let text = |field: &str| mark[field].as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", text("status"), mark["minutes"], text("source"))
    }

    /// Opens a file of the fixtures, bound to the session, with the answers
    /// of the key.
    fn open(&self, name: &str) -> (Value, Value) {
        let file = self.app.register_file(fixture(name));
        let source = self.call("import.read", json!({ "file": file.token, "kind": "sign_in" }));
        let mut reading = source["reading"].clone();
        assert_eq!(reading["heading_row"], self.key[name]["heading_row"], "{name}");
        reading["sign_in"]["session"] = json!(self.session);
        for (key, answer) in self.key[name]["answers"].as_object().into_iter().flatten() {
            reading["answers"][key] = answer.clone();
        }
        (source, reading)
    }

    fn preview(&self, source: &Value, reading: &Value) -> Value {
        self.call("import.preview", json!({ "source": source["source"], "reading": reading }))
    }

    fn apply(&self, preview: &Value) -> Value {
        self.call("import.apply", json!({ "plan": preview["plan"], "skip_problems": true }))
    }

    fn steps(&self) -> usize {
        self.call("undo.history", json!({ "limit": 100 })).as_array().unwrap().len()
    }
}

fn codes(problems: &Value) -> Vec<&str> {
    problems.as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap()).collect()
}

/// Holds a preview against the key, row by row.
fn check(name: &str, preview: &Value, expected: &Value) {
    let rows = preview["rows"].as_array().unwrap();
    let expected = expected["rows"].as_array().unwrap();
    assert_eq!(rows.len(), expected.len(), "{name}: {rows:#?}");
    for (row, expected) in rows.iter().zip(expected) {
        let place = format!("{name} {}: {expected:#}\n{row:#}", expected["row"]);
        assert_eq!(row["row"], expected["row"], "{place}");
        assert_eq!(row["outcome"], expected["outcome"], "{place}");
        if let Some(after) = expected.get("after") {
            assert_eq!(&row["changes"][0]["after"], after, "{place}");
        }
        if let Some(problem) = expected["problem"].as_str() {
            assert!(codes(&row["problems"]).iter().all(|code| *code == problem), "{place}");
            assert_ne!(row["problems"], json!([]), "{place}");
        }
        if let Some(warning) = expected["warning"].as_str() {
            assert!(codes(&row["warnings"]).contains(&warning), "{place}");
        }
        if let Some(share) = expected["share"].as_str() {
            let said = format!("{}{}", row["changes"][0]["read_from"], row["warnings"][0]["params"]["figures"]);
            assert!(said.contains(share), "{place}");
        }
        if let Some(code) = expected["question"].as_str() {
            let asked = preview["questions"].as_array().unwrap().iter().find(|question| question["key"] == row["questions"][0]);
            assert_eq!(asked.unwrap()["code"], code, "{place}");
        }
    }
}

#[test]
fn a_signed_sheet_is_read_as_the_key_says() {
    let desk = Desk::new();
    let (source, mut reading) = desk.open("paper.xlsx");
    assert_eq!(reading["policy"], "fill_blanks");
    let preview = desk.preview(&source, &reading);
    check("paper.xlsx", &preview, &desk.key["paper.xlsx"]);
    // Answered: which 张伟, what 请假 is, that 钱进 sat in.
    reading["answers"] = json!({ "row:7:identity": "staff_no:1004", "symbol:请假": "personal_leave", "row:12:roll": "observer" });
    let before = desk.steps();
    let done = desk.apply(&desk.preview(&source, &reading));
    assert_eq!((&done["counts"]["add"], &done["left_out"], &done["changed"]), (&json!(6), &json!(1), &json!(true)));
    assert_eq!(desk.steps(), before + 1);
    let marks: Vec<String> = ["1001", "1002", "1003", "1004", "1005", "1006", "1007"].iter().map(|number| desk.mark(number)).collect();
    assert_eq!(
        marks,
        [
            "present null import",
            "late 11 import",
            "unmarked null -",
            "present null import",
            "present null import",
            "personal_leave null import",
            "sick_leave null -"
        ]
    );
    assert_eq!(desk.row("1011")["mark"]["observer"], true);
    // The same file again changes nothing.
    let again = desk.apply(&desk.preview(&source, &reading));
    assert_eq!((&again["changed"], &again["counts"]["add"], &again["counts"]["change"]), (&json!(false), &json!(0), &json!(0)));
    assert_eq!(desk.steps(), before + 1);
    // Chosen, the file stands over the mark by hand.
    reading["policy"] = json!("update");
    let preview = desk.preview(&source, &reading);
    assert_eq!(preview["counts"]["change"], 1);
    desk.apply(&preview);
    assert_eq!(desk.mark("1007"), "present null import");
    desk.call("undo.undo", json!({}));
    desk.call("undo.undo", json!({}));
    assert_eq!((desk.mark("1001"), desk.mark("1007")), ("unmarked null -".to_owned(), "sick_leave null -".to_owned()));
}

#[test]
fn a_meeting_programs_lists_are_read_as_the_key_says() {
    for name in ["meeting-gbk.csv", "meeting-utf16.csv"] {
        let desk = Desk::new();
        let (source, reading) = desk.open(name);
        let preview = desk.preview(&source, &reading);
        check(name, &preview, &desk.key[name]);
        desk.apply(&preview);
        let again = desk.preview(&source, &reading);
        assert_eq!((&again["counts"]["add"], &again["counts"]["change"]), (&json!(0), &json!(0)), "{name}");
    }
}

#[test]
fn an_alias_is_asked_once_and_remembered_and_the_session_is_not() {
    let desk = Desk::new();
    let (source, mut reading) = desk.open("meeting-gbk.csv");
    reading["answers"] = json!({});
    let preview = desk.preview(&source, &reading);
    let keys: Vec<&str> = preview["questions"].as_array().unwrap().iter().map(|question| question["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["alias:李静-组织部", "alias:赵敏的iPhone", "alias:欧阳修远(主持人)"]);
    let (source, mut reading) = desk.open("meeting-gbk.csv");
    reading["sign_in"]["threshold"] = json!(60);
    desk.apply(&desk.preview(&source, &reading));
    let file = desk.app.register_file(fixture("meeting-gbk.csv"));
    let source = desk.call("import.read", json!({ "file": file.token, "kind": "sign_in" }));
    assert_eq!(source["remembered"], true);
    assert_eq!(source["reading"]["answers"]["alias:赵敏的iPhone"], "staff_no:1003");
    assert_eq!((&source["reading"]["sign_in"]["session"], &source["reading"]["sign_in"]["threshold"]), (&Value::Null, &json!(60)));
}

#[test]
fn threshold_length_and_what_is_below_are_chosen() {
    let desk = Desk::new();
    let (source, mut reading) = desk.open("meeting-gbk.csv");
    reading["sign_in"]["threshold"] = json!(75);
    reading["sign_in"]["below"] = json!("absent");
    let preview = desk.preview(&source, &reading);
    assert_eq!(preview["rows"][4]["changes"][0]["after"], "缺席");
    // 孙丽 was there for 50 minutes: of an hour that is 83.3 %; 16:29 is no early end of it.
    reading["sign_in"]["length_minutes"] = json!(60);
    let preview = desk.preview(&source, &reading);
    let change = &preview["rows"][4]["changes"][0];
    assert_eq!(change["after"], "出席");
    assert!(change["read_from"].as_str().unwrap().contains("50 / 60 分钟（83.3%）"), "{change}");
}

#[test]
fn where_no_mark_may_be_set_the_preview_says_so() {
    let desk = Desk::new();
    let (source, mut reading) = desk.open("paper.xlsx");
    reading["sign_in"]["session"] = Value::Null;
    let refused = |reading: &Value| desk.app.call("import.preview", json!({ "source": source["source"], "reading": reading })).unwrap_err();
    let error = refused(&reading);
    assert_eq!((error.code.as_str(), &error.params["fields"]), ("columns_missing", &json!("学习活动")));
    reading["sign_in"]["session"] = json!(desk.session);
    desk.call("attendance.close_roll", json!({ "session": desk.session, "rest": "absent", "take_leave": false }));
    assert_eq!(refused(&reading).code, "roll_closed");
}
