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
fn every_released_migration_keeps_a_real_file() {
    for migration in xueji_store::migrate::MIGRATIONS {
        assert!(fixture(&format!("books/{}.xueji", migration.name)).is_file(), "no file for {}", migration.name);
    }
}
