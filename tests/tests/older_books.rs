//! Books of every released format, as real files, opened by today's program:
//! what was in them is still there, and they can be written to.

use serde_json::{Value, json};
use xueji_tests::{Program, fixture};

/// Opens a copy of a fixture: a migration would write into it.
fn open(name: &str) -> Program {
    let program = Program::start("2025-12-31");
    let copy = program.path("旧.xueji");
    std::fs::copy(fixture(&format!("books/{name}.xueji")), &copy).unwrap();
    let file = program.app.register_file(copy);
    program.call("book.open", json!({ "file": file.token }));
    program
}

#[test]
fn a_book_of_the_first_format_holds_what_it_held() {
    let program = open("20261122-foundations");
    let state = program.call("app.state", Value::Null);
    assert_eq!((&state["book"]["name"], &state["book"]["members"]), (&json!("旧版本的台账"), &json!(2)));
    let credits = program.call("credits.year", json!({ "year": 2025 }));
    let earned: Vec<&Value> = credits["rows"].as_array().unwrap().iter().map(|row| &row["earned"]).collect();
    // 90 minutes: 0.75; late half of it, made up 80 % of it.
    assert_eq!(earned, [&json!("0.375"), &json!("0.6")]);
    program.mutate("roster.add", json!({ "name": "后来的人" }));
    assert_eq!(program.call("undo.undo", json!({}))["value"]["operation"]["name"], "roster.add");
    assert_eq!(
        program.call("undo.undo", json!({}))["value"]["operation"]["name"],
        "import.attendance",
        "its own history is still its history"
    );
}

#[test]
fn a_book_with_rules_and_a_closed_year_holds_what_it_held() {
    let program = open("20261122-rules");
    let table = program.call("credits.year", json!({ "year": 2025 }));
    assert_eq!((&table["set"]["key"], &table["set"]["version"]), (&json!("reading"), &json!("2025")));
    let rows: Vec<_> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["member"]["name"].clone(), row["earned"].clone(), row["closed"].clone(), row["changed"].clone()))
        .collect();
    // 王伟: 7 hours, of which the decision lets 6 count, and 3. 李静: 1 carried
    // from the year before the book, 5, and 1/3 by hand; 4 were accepted after
    // the closing and came in by a supplement.
    let closed = |name: &str, earned: &str| (json!(name), json!(earned), json!(true), json!(false));
    assert_eq!(rows, [closed("王伟", "9"), closed("李静", "31/3")]);
    let closings = program.call("closing.list", Value::Null);
    assert_eq!((&closings[0]["members"], &closings[0]["supplements"]), (&json!(2), &json!(1)));
    assert_eq!(program.call("closing.verify", json!({ "id": closings[0]["id"] }))["intact"], true, "the digest still holds");
    assert_eq!(program.call("decisions.list", Value::Null)[0]["reading"], "event");
    assert_eq!(program.call("openings.list", Value::Null)[0]["total"], "9");
    assert_eq!(program.call("manual_credits.list", json!({ "year": 2025 }))[0]["amount"], "1/3");
    let undone = program.call("undo.undo", json!({}));
    assert_eq!(undone["value"]["operation"]["name"], "closing.supplement", "its own history is still its history");
}

/// Closed when a closing had lines of members only: they are still frozen by
/// the same digest, what was logged of them can be taken back and done again.
#[test]
fn a_book_with_a_closed_assessment_holds_what_it_held() {
    let program = open("20261122-scores-closed");
    let rows = |program: &Program| -> Vec<(Value, Value, Value, Value)> {
        let year = program.call("assess.year", json!({ "year": 2025 }));
        let row = |row: &Value| (row["member"]["name"].clone(), row["score"].clone(), row["grade"].clone(), row["closed"].clone());
        year["rows"].as_array().unwrap().iter().map(row).collect()
    };
    let row = |name: &str, score: &str, grade: &str, closed: bool| (json!(name), json!(score), json!(grade), json!(closed));
    // 李静 was closed with 9.5 and went to 8 by a supplement.
    let held = [row("王伟", "10", "优秀", true), row("李静", "8", "合格", true)];
    assert_eq!(rows(&program), held);
    let id = program.call("closing.list", Value::Null)[0]["id"].clone();
    let verified = program.call("closing.verify", json!({ "id": id }));
    assert_eq!((&verified["intact"], &verified["found"]), (&json!(true), &json!(DIGEST)));
    let shown = program.call("closing.show", json!({ "id": id }));
    assert_eq!(shown["together"], Value::Null, "quotas were not kept then");
    for (operation, after) in [
        ("closing.supplement", [row("王伟", "10", "优秀", true), row("李静", "9.5", "优秀", true)]),
        ("assess.score", [row("王伟", "10", "优秀", true), row("李静", "9.5", "优秀", true)]),
        ("closing.close", [row("王伟", "10", "优秀", false), row("李静", "9.5", "优秀", false)]),
    ] {
        assert_eq!(program.call("undo.undo", json!({}))["value"]["operation"]["name"], operation);
        assert_eq!(rows(&program), after, "without {operation}");
    }
    for _ in 0..3 {
        program.call("undo.redo", json!({}));
    }
    assert_eq!(rows(&program), held);
    assert_eq!(program.call("closing.verify", json!({ "id": id }))["found"], DIGEST);
}

/// What the program of that format computed and showed when it closed.
const DIGEST: &str = "2c1b6cff0d89ef02944bf9c8be50808140c15851d4a1a862df6f1b8250dde964";

#[test]
fn a_book_with_closed_units_holds_what_it_held() {
    let program = open("20261122-unit-closings");
    let year = program.call("assess.year", json!({ "year": 2025, "rule_set": "k" }));
    let rows: Vec<_> = year["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["member"]["name"].clone(), row["score"].clone(), row["closed"].clone(), row["changed"].clone()))
        .collect();
    // The group had 7 when it was closed; 9 by hand came later.
    assert_eq!(
        rows,
        [(json!("旧版本的台账"), json!("9"), json!(true), json!(false)), (json!("第一小组"), json!("7"), json!(true), json!(true))]
    );
    assert_eq!((&year["quotas"][0]["places"], &year["unit_closed"]), (&json!("1"), &json!(true)));
    let id = program.call("closing.list", Value::Null)[0]["id"].clone();
    assert_eq!(program.call("closing.verify", json!({ "id": id }))["intact"], true);
    program.call("undo.undo", json!({}));
    assert_eq!(program.call("undo.undo", json!({}))["value"]["operation"]["name"], "closing.close", "its own history is still its history");
}

#[test]
fn a_book_of_the_clerks_desk_holds_what_it_held() {
    let program = open("20261123-desk");
    let sessions = program.call("sessions.list", json!({ "year": 2026 }));
    let titled = |title: &str| sessions.as_array().unwrap().iter().find(|row| row["title"] == title).unwrap().clone();
    // 王伟 was there, 李静 ill by her leave, 赵敏 absent when the roll was closed.
    let march = program.call("attendance.sheet", json!({ "id": titled("传达通知精神")["id"] }));
    let marks: Vec<_> = march["rows"].as_array().unwrap().iter().map(|row| (row["name"].clone(), row["mark"]["status"].clone())).collect();
    for (name, status) in [("王伟", "present"), ("李静", "sick_leave"), ("赵敏", "absent")] {
        assert!(marks.contains(&(json!(name), json!(status))), "{name}: {marks:?}");
    }
    // The first Fridays of January to June; 1 to 3 January are holidays of
    // 2026, and on Sunday the 4th one works.
    let series = sessions.as_array().unwrap().iter().filter(|row| row["title"] == "主题党日").count();
    assert_eq!((series, titled("主题党日")["date"].clone()), (6, json!("2026-01-04")));
    // February was closed, and changed with a reason since.
    let supplements = program.call("months.supplements", json!({ "from": "2026-02", "to": "2026-02" }));
    assert_eq!(supplements[0]["reason"], "查了签到表");
    let february = titled("学习纪律条例")["id"].clone();
    let mark = json!({ "session": february, "member": march["rows"][0]["member"], "status": "absent", "although_closed": true });
    assert_eq!(program.refuse("attendance.mark", mark).code, "month_closed");
    assert_eq!(program.call("expenses.list", json!({ "year": 2026 }))["rows"][0]["amount"], "128.50");
    let undone = program.call("undo.undo", json!({}));
    assert_eq!(undone["value"]["operation"]["name"], "warnings.put_off", "its own history is still its history");
}

#[test]
fn every_released_migration_keeps_a_real_file() {
    for migration in xueji_store::migrate::MIGRATIONS {
        assert!(fixture(&format!("books/{}.xueji", migration.name)).is_file(), "no file for {}", migration.name);
    }
}
