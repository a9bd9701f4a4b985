//! Roster, sessions, roll, make-up and self-study by hand: what a clerk does
//! between two imports.

use serde_json::{Value, json};
use xueji_tests::Program;

fn member(program: &Program, name: &str, rank: &str) -> Value {
    program.mutate("roster.add", json!({ "name": name, "rank": rank, "staff_no": null }))
}

fn session(program: &Program, date: &str, title: &str, amount: &str) -> Value {
    program.mutate(
        "sessions.add",
        json!({ "date": date, "title": title, "amount": amount, "kind": "党课", "level": "branch", "state": "held", "organizations": [] }),
    )
}

fn mark(program: &Program, session: &Value, member: &Value, status: &str) -> Value {
    program.mutate("attendance.mark", json!({ "session": session["id"], "member": member["id"], "status": status }))
}

fn earned(program: &Program, member: &Value) -> String {
    let ledger = program.call("credits.member", json!({ "year": 2025, "member": member["id"] }));
    ledger["row"]["earned"].as_str().unwrap().to_owned()
}

#[test]
fn a_promotion_is_history_and_a_correction_is_not() {
    let program = Program::with_book("2025-10-01");
    let added = member(&program, " 王 伟 ", "二级科员");
    assert_eq!((&added["name"], &added["display_name"], &added["tier"]), (&json!("王伟"), &json!("王　伟"), &json!("staff_and_below")));
    let promoted = program.mutate(
        "roster.change",
        json!({ "id": added["id"], "revision": added["revision"], "from": "2025年8月1日",
                "changes": [{ "field": "rank", "value": "乡科级副职" }, { "field": "post", "value": "副科长" }] }),
    );
    assert_eq!((&promoted["rank"], &promoted["tier"]), (&json!("乡科级副职"), &json!("section")));
    let on = |day: &str| program.call("roster.list", json!({ "on": day, "order": "strokes", "include_left": true }))[0]["rank"].clone();
    assert_eq!((on("2025-07-31"), on("2025-08-01")), (json!("二级科员"), json!("乡科级副职")));

    let corrected = program.mutate(
        "roster.correct",
        json!({ "id": added["id"], "revision": promoted["revision"], "member": { "name": "王玮", "rank": "乡科级正职", "post": "科长" } }),
    );
    assert_eq!(corrected["rank"], "乡科级正职");
    assert_eq!(on("2025-07-31"), "二级科员", "what was before the promotion stays");
    let stale = program.refuse("roster.correct", json!({ "id": added["id"], "revision": 1, "member": { "name": "王维" } }));
    assert_eq!(stale.code, "record_changed");
}

#[test]
fn who_left_is_outside_later_rolls_and_inside_earlier_ones() {
    let program = Program::with_book("2025-10-01");
    let (stays, leaves) = (member(&program, "李静", "一级科员"), member(&program, "张三", "一级科员"));
    let (before, after) = (session(&program, "2025-03-01", "一", "60"), session(&program, "2025-09-01", "二", "60"));
    program.mutate(
        "roster.change",
        json!({ "id": leaves["id"], "revision": leaves["revision"], "from": "2025-07-01", "changes": [{ "field": "organization", "value": null }] }),
    );
    let names = |session: &Value| -> Vec<Value> {
        let sheet = program.call("attendance.sheet", json!({ "id": session["id"] }));
        sheet["rows"].as_array().unwrap().iter().map(|row| row["member"].clone()).collect()
    };
    assert_eq!(names(&before).len(), 2);
    assert_eq!(names(&after), [stays["id"].clone()]);
    let listed = program.call("roster.list", json!({ "order": "strokes", "include_left": false }));
    assert_eq!(listed.as_array().unwrap().len(), 1);
}

#[test]
fn a_member_with_records_is_not_deleted_and_the_refusal_says_how_many() {
    let program = Program::with_book("2025-10-01");
    let (one, other) = (member(&program, "李静", "一级科员"), member(&program, "张三", "一级科员"));
    mark(&program, &session(&program, "2025-03-01", "一", "60"), &one, "present");
    let refused = program.refuse("roster.delete", json!({ "id": one["id"] }));
    assert_eq!((refused.code.as_str(), &refused.params["marks"]), ("member_has_records", &json!(1)));
    program.mutate("roster.delete", json!({ "id": other["id"] }));
    assert_eq!(program.call("undo.undo", json!({}))["value"]["operation"]["name"], "roster.delete");
}

#[test]
fn opening_a_roll_writes_nothing_and_each_mark_is_taken_back_by_name() {
    let program = Program::with_book("2025-10-01");
    let one = member(&program, "王伟", "乡科级副职");
    let held = session(&program, "2025-03-01", "第一课", "180分钟");
    let sheet = program.call("attendance.sheet", json!({ "id": held["id"] }));
    assert_eq!((&sheet["rows"][0]["mark"]["status"], &sheet["credit"]), (&json!("unmarked"), &json!("1.5")));
    assert_eq!(program.call("app.state", json!({}))["book"]["undo"]["name"], "sessions.add");

    mark(&program, &held, &one, "late");
    let undo = program.call("app.state", json!({}))["book"]["undo"].clone();
    assert_eq!(
        (&undo["name"], &undo["params"]["name"], &undo["params"]["status"]),
        (&json!("attendance.mark"), &json!("王伟"), &json!("late"))
    );
    assert_eq!(earned(&program, &one), "0.75");
    program.call("undo.undo", json!({}));
    assert_eq!(earned(&program, &one), "0");
}

#[test]
fn the_rest_fills_only_the_unmarked_and_counts_both() {
    let program = Program::with_book("2025-10-01");
    let people: Vec<Value> = ["丁一", "王伟", "李静", "张三"].iter().map(|name| member(&program, name, "一级科员")).collect();
    let held = session(&program, "2025-03-01", "第一课", "60");
    mark(&program, &held, &people[0], "sick_leave");
    program.mutate("attendance.mark", json!({ "session": held["id"], "member": people[1]["id"], "observer": true }));
    let rest = program.mutate("attendance.mark_rest", json!({ "session": held["id"], "status": "present" }));
    assert_eq!(rest, json!({ "filled": 2, "left_alone": 2, "on_leave": 0 }));
    let tally = program.call("attendance.sheet", json!({ "id": held["id"] }))["tally"].clone();
    assert_eq!((&tally["required"], &tally["attended"], &tally["counts"]["observers"]), (&json!(3), &json!(2), &json!(1)));
    assert_eq!(tally["rate"], json!({ "attended": 2, "out_of": 3 }));
}

#[test]
fn a_make_up_leaves_the_absence_and_gives_eighty_per_cent() {
    let program = Program::with_book("2025-10-01");
    let one = member(&program, "王伟", "乡科级副职");
    let held = session(&program, "2025-03-01", "第一课", "2小时");
    let early = program.refuse("attendance.make_up", json!({ "session": held["id"], "member": one["id"], "done_on": "2025-03-08" }));
    assert_eq!(early.code, "nothing_missed");
    mark(&program, &held, &one, "absent");
    let made_up =
        program.mutate("attendance.make_up", json!({ "session": held["id"], "member": one["id"], "done_on": "2025.3.8", "form": "自学" }));
    assert_eq!((&made_up["mark"]["status"], &made_up["mark"]["make_up"]["done_on"]), (&json!("absent"), &json!("2025-03-08")));
    // 120 minutes: 2 × 0.5 × 80 %.
    assert_eq!(earned(&program, &one), "0.8");
    assert_eq!(made_up["tally"]["rate"], json!({ "attended": 0, "out_of": 1 }));
    assert_eq!(made_up["tally"]["rate_with_make_up"], json!({ "attended": 1, "out_of": 1 }));
    let present = mark(&program, &held, &one, "present");
    assert_eq!(present["mark"]["make_up"], Value::Null, "who was there after all has nothing to make up");
}

#[test]
fn a_planned_session_earns_nothing_until_its_roll_is_taken() {
    let program = Program::with_book("2025-10-01");
    let one = member(&program, "王伟", "乡科级副职");
    let planned = |date: &str| {
        program.mutate(
            "sessions.add",
            json!({ "date": date, "title": date, "amount": "60", "kind": "党课", "level": "branch", "state": "planned", "organizations": [] }),
        )
    };
    let (past, future) = (planned("2025-09-30"), planned("2025-10-02"));
    assert_eq!(program.call("workbench.year", json!({ "year": 2025 }))["rate"], json!({ "attended": 0, "out_of": 0 }));
    mark(&program, &past, &one, "present");
    assert_eq!(program.call("sessions.get", json!({ "id": past["id"] }))["session"]["state"], "held");
    assert_eq!(earned(&program, &one), "0.5");
    let refused = program.refuse("attendance.mark", json!({ "session": future["id"], "member": one["id"], "status": "present" }));
    assert_eq!(refused.code, "session_in_future");
}

#[test]
fn a_session_is_edited_copied_cancelled_and_deleted() {
    let program = Program::with_book("2025-10-01");
    let one = member(&program, "王伟", "乡科级副职");
    let held = program.mutate(
        "sessions.add",
        json!({ "date": "２０２５年３月５日", "starts_at": "下午2:30", "amount": "1.5小时", "title": "第一课", "kind": "党课", "level": "branch",
                "state": "held", "hosts": "王伟、外来的人", "organizations": [] }),
    );
    assert_eq!((&held["date"], &held["starts_at"], &held["amount"]["minutes"]), (&json!("2025-03-05"), &json!("14:30"), &json!(90)));
    let parts = program.call("sessions.get", json!({ "id": held["id"] }))["parts"].clone();
    assert_eq!((&parts[0]["member"], &parts[1]["unconfirmed"]), (&one["id"], &json!(true)));
    mark(&program, &held, &one, "present");
    let copy = program.mutate("sessions.copy", json!({ "id": held["id"], "date": "2025-11-05" }));
    assert_eq!((&copy["state"], &copy["hosts"], &copy["attended"]), (&json!("planned"), &json!("王伟、外来的人"), &json!(0)));
    let now = program.call("sessions.get", json!({ "id": held["id"] }))["session"].clone();
    program.mutate("sessions.set_state", json!({ "id": held["id"], "revision": now["revision"], "state": "cancelled" }));
    assert_eq!(earned(&program, &one), "0", "a cancelled session earns nothing");
    program.call("undo.undo", json!({}));
    assert_eq!(earned(&program, &one), "0.75");
    program.mutate("sessions.delete", json!({ "id": held["id"] }));
    assert_eq!(program.call("undo.undo", json!({}))["value"]["operation"]["params"]["marks"], 1);
    assert_eq!(earned(&program, &one), "0.75", "the marks came back with the session");
}

#[test]
fn self_study_is_capped_and_a_note_counts_from_eight_hundred_words() {
    let program = Program::with_book("2025-10-01");
    let one = member(&program, "王伟", "乡科级副职");
    let entry = |amount: &str, note: Value, declared: Value| json!({ "member": one["id"], "date": "2025-05-01", "form": "读书", "content": "某书", "amount": amount, "note": note, "declared_chars": declared });
    // 15 hours × 0.25 = 3.75, then 2 more: 4 at most.
    let first = program.mutate("study.add", entry("15小时", json!(null), json!(null)));
    assert_eq!(earned(&program, &one), "3.75");
    program.mutate("study.add", entry("120", json!(null), json!(799)));
    assert_eq!(earned(&program, &one), "4");
    program.mutate("study.add", entry("30", json!("学".repeat(800)), json!(null)));
    assert_eq!(earned(&program, &one), "4.5");
    program.mutate("study.delete", json!({ "id": first["id"] }));
    // 2.5 hours left: 0.625, and the note.
    assert_eq!(earned(&program, &one), "1.125");
    let unclear = program.refuse("study.add", entry("5", json!(null), json!(null)));
    assert_eq!((unclear.code.as_str(), unclear.field.as_deref()), ("amount_unclear", Some("amount")));
    let ahead =
        program.refuse("study.add", json!({ "member": one["id"], "date": "2025-10-02", "form": "读书", "content": "", "amount": "60" }));
    assert_eq!(ahead.field.as_deref(), Some("date"));
}

#[test]
fn people_are_found_by_name_initials_pinyin_and_number() {
    let program = Program::with_branch_2025();
    let names = |text: &str| -> Vec<String> {
        let found = program.call("search.find", json!({ "text": text }));
        found["members"].as_array().unwrap().iter().map(|hit| hit["name"].as_str().unwrap().to_owned()).collect()
    };
    for typed in ["欧阳文桂", "oywg", "ouyangwengui", "1154", "文桂"] {
        assert_eq!(names(typed).first().map(String::as_str), Some("欧阳文桂"), "{typed}");
    }
    assert_eq!(names("zb").iter().filter(|name| *name == "郑波").count(), 2);
    let sessions = program.call("search.find", json!({ "text": "廉政" }))["sessions"].clone();
    assert!(
        sessions.as_array().unwrap().iter().all(|hit| hit["title"].as_str().unwrap().contains("廉政"))
            && !sessions.as_array().unwrap().is_empty()
    );
}

#[test]
fn the_last_book_opens_at_the_next_start_and_a_closed_one_does_not() {
    let program = Program::with_branch_2025();
    let again = |program: &Program| {
        let app = xueji_api::App::new(xueji_api::AppOptions {
            data_dir: program.path("data"),
            clock: xueji_api::Clock::System,
            on_event: Box::new(|_| {}),
        });
        app.open_last();
        app
    };
    program.app.close();
    let next = again(&program);
    assert_eq!(next.call("app.state", Value::Null).unwrap()["book"]["members"], 46);
    // While it is open there, nobody else opens it; the start says why.
    let other = again(&program);
    assert_eq!(other.call("app.state", Value::Null).unwrap()["problem"]["code"], "book_locked");
    next.call("book.close", Value::Null).unwrap();
    assert_eq!(again(&program).call("app.state", Value::Null).unwrap()["book"], Value::Null);
}

#[test]
fn the_sample_book_opens_with_one_command_and_is_marked() {
    let program = Program::start("2025-12-31");
    let info = program.call("book.open_sample", json!({}));
    assert_eq!((&info["sample"], &info["members"]), (&json!(true), &json!(46)));
    assert_eq!(program.call("book.open_sample", json!({}))["members"], 46, "a second time it is the same book");
}

#[test]
fn the_workbench_counts_what_the_rolls_say() {
    let program = Program::with_branch_2025();
    let truth = xueji_tests::fixture_json("branch-2025/truth.json");
    let marks: Vec<&str> = truth["marks"].as_object().unwrap().values().map(|status| status.as_str().unwrap()).collect();
    let count = |wanted: &[&str]| marks.iter().filter(|status| wanted.contains(status)).count();
    let bench = program.call("workbench.year", json!({ "year": 2025 }));
    let attended = count(&["present", "late", "early_leave"]);
    let owed = count(&["absent", "sick_leave", "personal_leave"]);
    assert_eq!(bench["rate"], json!({ "attended": attended, "out_of": attended + owed }));
    assert_eq!((&bench["make_ups_owed"]["count"], &bench["make_ups_owed"]["missed"]), (&json!(owed), &json!(owed)));
    assert_eq!(bench["held"], json!({ "done": 24, "of": 24 }));
    // Those of sessions before December are overdue on its last day (30 days),
    // and the warnings on single sessions add up to them.
    let before_december = |no: &str| {
        let sessions = truth["sessions"].as_array().unwrap();
        sessions.iter().any(|session| session["no"].to_string().as_str() == no && session["date"].as_str().unwrap() < "2025-12-01")
    };
    let of_session = |key: &String| before_december(key.split_once('|').unwrap().1);
    let owing = ["absent", "sick_leave", "personal_leave"];
    let overdue = truth["marks"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(key, status)| owing.contains(&status.as_str().unwrap()) && of_session(key))
        .count();
    let warnings = bench["warnings"].as_array().unwrap();
    let told: u64 = warnings
        .iter()
        .filter(|warning| warning["rule"] == "make_up_overdue")
        .map(|warning| warning["params"]["count"].as_u64().unwrap())
        .sum();
    assert_eq!(told as usize, overdue);
}
