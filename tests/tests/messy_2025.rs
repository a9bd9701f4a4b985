//! messy-2025 into the book of branch-2025: which rows are added, kept,
//! refused and asked about is said by expected.json.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use xueji_tests::{Program, fixture, fixture_json};

fn outcomes(preview: &Value) -> Vec<(u64, String)> {
    let rows = preview["rows"].as_array().unwrap();
    rows.iter().map(|row| (row["row"].as_u64().unwrap(), row["outcome"].as_str().unwrap().to_owned())).collect()
}

fn wanted(part: &str) -> Vec<(u64, String)> {
    let expected = fixture_json("messy-2025/expected.json");
    let rows = expected[part].as_array().unwrap().clone();
    rows.iter().map(|row| (row["row"].as_u64().unwrap(), row["outcome"].as_str().unwrap().to_owned())).collect()
}

fn file(name: &str) -> std::path::PathBuf {
    fixture("messy-2025").join(name)
}

#[test]
fn the_roster_is_read_row_by_row_as_expected() {
    let program = Program::with_branch_2025();
    let preview = program.preview("roster", &file("roster.xlsx"), &BTreeMap::new());
    assert_eq!(outcomes(&preview), wanted("roster"));
    let stopped = program.refuse("import.apply", json!({ "plan": preview["plan"], "skip_problems": false }));
    assert_eq!(stopped.code, "import_stopped");
    program.call("import.apply", json!({ "plan": preview["plan"], "skip_problems": true }));
    let rows = program.call("roster.list", json!({ "order": "staff_no", "include_left": true }));
    let find = |number: &str| rows.as_array().unwrap().iter().find(|row| row["staff_no"] == number).cloned();
    let added = find("9001").unwrap();
    assert_eq!((&added["born"], &added["party_joined"]), (&json!("1990-05"), &json!("2012-07-01")), "a month alone stays a month");
    let added = find("9002").unwrap();
    assert_eq!((&added["born"], &added["party_joined"]), (&json!("1990-01-01"), &json!("2013-07-01")), "day numbers of a spreadsheet");
    assert!(find("9003").is_none() && find("9006").is_none());
    assert_eq!(find("1007").unwrap()["rank"], "乡科级正职", "blank cells never wipe a value");
}

#[test]
fn answers_let_the_asked_rows_of_the_roster_in() {
    let program = Program::with_branch_2025();
    let answers = BTreeMap::from([
        ("row:7:identity".to_owned(), "rename".to_owned()),
        ("row:8:identity".to_owned(), "add".to_owned()),
        ("rank:三级调研员助理".to_owned(), "accept".to_owned()),
    ]);
    let preview = program.preview("roster", &file("roster.xlsx"), &answers);
    let settled: Vec<_> = outcomes(&preview).into_iter().filter(|(row, _)| [7, 8, 9].contains(row)).collect();
    assert_eq!(settled, [(7, "change".to_owned()), (8, "add".to_owned()), (9, "add".to_owned())]);
    program.call("import.apply", json!({ "plan": preview["plan"], "skip_problems": true }));
    let rows = program.call("roster.list", json!({ "order": "staff_no", "include_left": true }));
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.iter().filter(|row| row["name"] == "郑波").count(), 3, "two people of one name are never merged");
    assert_eq!(rows.iter().find(|row| row["staff_no"] == "1000").unwrap()["name"], "李同号");
    assert_eq!(rows.iter().find(|row| row["staff_no"] == "9006").unwrap()["tier"], "other");
}

#[test]
fn the_self_study_is_read_row_by_row_as_expected() {
    let program = Program::with_branch_2025();
    let preview = program.preview("self_study", &file("selfstudy.csv"), &BTreeMap::new());
    assert_eq!(outcomes(&preview), wanted("self_study".replace('_', "").as_str()));
    program.call("import.apply", json!({ "plan": preview["plan"], "skip_problems": true }));
    let rows = program.call("study.list", json!({ "year": 2025 }));
    let on = |date: &str| rows.as_array().unwrap().iter().find(|row| row["date"] == date && row["content"] != "").unwrap().clone();
    assert_eq!(on("2025-11-03")["amount"]["label"], "半天");
    assert_eq!(on("2025-11-04")["amount"]["amount"], json!({ "value": "2", "unit": "class_hour" }));
    assert!(
        rows.as_array().unwrap().iter().any(|row| row["content"] == "=HYPERLINK(\"x\",\"数字政务\")"),
        "a text like a formula stays a text"
    );
}

#[test]
fn a_bare_number_below_ten_takes_its_unit_from_the_answer() {
    let program = Program::with_branch_2025();
    let answers = BTreeMap::from([
        ("row:5:amount".to_owned(), "hours".to_owned()),
        ("row:6:amount".to_owned(), "skip".to_owned()),
        ("row:8:identity".to_owned(), "staff_no:1993".to_owned()),
        ("row:9:identity".to_owned(), "staff_no:1000".to_owned()),
    ]);
    let preview = program.preview("self_study", &file("selfstudy.csv"), &answers);
    let settled: Vec<_> =
        outcomes(&preview).into_iter().filter(|(row, _)| [5, 6, 8, 9].contains(row)).map(|(_, outcome)| outcome).collect();
    assert_eq!(settled, ["add", "keep", "add", "add"]);
    program.call("import.apply", json!({ "plan": preview["plan"], "skip_problems": true }));
    let rows = program.call("study.list", json!({ "year": 2025 }));
    let on = |date: &str| rows.as_array().unwrap().iter().filter(|row| row["date"] == date).cloned().collect::<Vec<_>>();
    assert!(on("2025-11-06").iter().any(|row| row["staff_no"] == "1000" && row["amount"]["minutes"] == 300));
    assert!(on("2025-11-09").iter().any(|row| row["staff_no"] == "1993"));
}

#[test]
fn symbols_and_columns_of_the_matrix_are_asked_and_refused_as_expected() {
    let program = Program::with_branch_2025();
    let expected = fixture_json("messy-2025/expected.json")["attendance"].clone();
    let preview = program.preview("attendance", &file("attendance.csv"), &BTreeMap::new());
    let questions = preview["questions"].as_array().unwrap();
    let mut asked: Vec<&str> = questions.iter().filter_map(|question| question["key"].as_str()?.strip_prefix("symbol:")).collect();
    let mut wanted: Vec<&str> = expected["ask_symbols"].as_array().unwrap().iter().map(|symbol| symbol.as_str().unwrap()).collect();
    asked.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(asked, wanted);
    let columns = |state: &str| -> Vec<Value> {
        let columns = preview["columns"].as_array().unwrap();
        columns.iter().filter(|column| column["state"] == state).map(|column| column["heading"].clone()).collect()
    };
    assert_eq!(json!(columns("ask")), expected["ask_columns"]);
    assert_eq!(json!(columns("refuse")), expected["refuse_columns"]);
}

#[test]
fn what_a_matrix_says_is_kept_apart_as_status_role_minutes_and_make_up() {
    let program = Program::with_branch_2025();
    let preview = program.preview("attendance", &file("attendance.csv"), &BTreeMap::new());
    program.call("import.apply", json!({ "plan": preview["plan"], "skip_problems": true }));
    let sessions = program.call("sessions.list", json!({ "year": 2025 }));
    let mark = |session: usize, number: &str| {
        let sheet = program.call("attendance.sheet", json!({ "id": sessions[session]["id"] }));
        sheet["rows"].as_array().unwrap().iter().find(|row| row["staff_no"] == number).unwrap()["mark"].clone()
    };
    let made_up = mark(0, "1007");
    assert_eq!(made_up["status"], "absent", "补学 without an absence becomes an absence");
    assert_eq!(made_up["make_up"]["done_on"], Value::Null, "whose make-up has no known day");
    assert_eq!(mark(1, "1007")["observer"], true);
    assert_eq!(mark(2, "1007")["status"], "present", "a blank cell wipes nothing");
    let late = mark(0, "1014");
    assert_eq!((&late["status"], &late["minutes"]), (&json!("late"), &json!(15)));
    assert_eq!(mark(0, "1000")["status"], "present", "an unanswered symbol changes nothing");
    let tally = program.call("attendance.sheet", json!({ "id": sessions[1]["id"] }))["tally"].clone();
    assert_eq!(tally["counts"]["observers"], 1);
    let truth = fixture_json("branch-2025/truth.json");
    let marks = truth["marks"].as_object().unwrap().iter();
    let required = marks.filter(|(key, status)| key.ends_with("|2") && **status != "not_required").count();
    assert_eq!(tally["required"], required - 1, "列席 stands outside 应到");
    let again = program.preview("attendance", &file("attendance.csv"), &BTreeMap::new());
    assert_eq!(again["counts"]["add"], 0);
    assert_eq!(again["counts"]["change"], 0);
}
