//! Roll call and leave: who is required, what a leave proposes, what closing
//! asks, whether enough are there. Expected numbers are counted by hand.

use serde_json::{Value, json};
use xueji_tests::Program;

fn member(program: &Program, name: &str) -> Value {
    program.mutate("roster.add", json!({ "name": name, "rank": "一级科员", "party_status": "中共党员", "category": "在职" }))
}

fn members(program: &Program, names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| member(program, name)).collect()
}

fn session_of(program: &Program, kind: &str, date: &str, state: &str) -> Value {
    program.mutate(
        "sessions.add",
        json!({ "date": date, "title": "第一课", "amount": "60", "kind": kind, "level": "branch", "state": state, "organizations": [] }),
    )
}

fn session(program: &Program, date: &str) -> Value {
    session_of(program, "党课", date, "held")
}

fn sheet(program: &Program, session: &Value) -> Value {
    program.call("attendance.sheet", json!({ "id": session["id"] }))
}

fn mark(program: &Program, session: &Value, member: &Value, status: &str) -> Value {
    program.mutate("attendance.mark", json!({ "session": session["id"], "member": member["id"], "status": status }))
}

fn leave(program: &Program, member: &Value, kind: &str, from: &str, until: &str) -> Value {
    program.mutate(
        "leave.add",
        json!({ "member": member["id"], "kind": kind, "from": from, "until": until, "approver": "王主任", "reason": "看病", "paper": "3-01" }),
    )
}

fn names(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

fn row<'a>(sheet: &'a Value, member: &Value) -> &'a Value {
    sheet["rows"].as_array().unwrap().iter().find(|row| row["member"] == member["id"]).unwrap()
}

fn leaves_branch(program: &Program, member: &Value, from: &str) {
    let changes = json!([{ "field": "organization", "value": null }]);
    program.mutate("roster.change", json!({ "id": member["id"], "revision": member["revision"], "from": from, "changes": changes }));
}

#[test]
fn the_first_mark_freezes_who_was_required() {
    let program = Program::with_book("2025-10-01");
    let people = members(&program, &["丁一", "王伟", "李静"]);
    let held = session(&program, "2025-03-01");
    assert_eq!((sheet(&program, &held)["frozen"].clone(), sheet(&program, &held)["tally"]["required"].clone()), (json!(false), json!(3)));
    mark(&program, &held, &people[0], "present");

    // Entered later, though they belong there from the beginning; and one
    // who, it turns out, had left before.
    let late = member(&program, "张三");
    leaves_branch(&program, &people[2], "2025-02-01");
    let after = sheet(&program, &held);
    assert_eq!((&after["frozen"], &after["tally"]["required"]), (&json!(true), &json!(3)));
    assert_eq!(names(&after["rows"]), ["丁一", "王伟", "李静"]);
    assert_eq!((names(&after["comes"]), names(&after["goes"])), (vec!["张三"], vec!["李静"]));
    assert_eq!((&after["left_out"][0]["name"], &after["left_out"][0]["reason"]), (&json!("张三"), &json!("not_on_list")));
    // The year's list and the credits count the same people.
    let listed = program.call("sessions.list", json!({ "year": 2025 }));
    assert_eq!(listed[0]["required"], 3);

    let renewed = program.mutate("attendance.roster_renew", json!({ "id": held["id"] }));
    assert_eq!(renewed, json!({ "came": 1, "went": 1 }));
    let anew = sheet(&program, &held);
    let lines: Vec<_> =
        anew["rows"].as_array().unwrap().iter().map(|row| (row["line"].as_u64().unwrap(), row["name"].as_str().unwrap())).collect();
    assert_eq!(lines, [(1, "丁一"), (2, "王伟"), (4, "张三")], "whoever stays keeps the line");
    let _ = late;
    program.call("undo.undo", json!({}));
    assert_eq!(names(&sheet(&program, &held)["rows"]), ["丁一", "王伟", "李静"]);
}

#[test]
fn taking_back_the_first_mark_unfreezes_the_list() {
    let program = Program::with_book("2025-10-01");
    let people = members(&program, &["丁一", "王伟"]);
    let held = session(&program, "2025-03-01");
    mark(&program, &held, &people[0], "present");
    program.call("undo.undo", json!({}));
    member(&program, "张三");
    let now = sheet(&program, &held);
    assert_eq!((&now["frozen"], &now["tally"]["required"]), (&json!(false), &json!(3)));
}

#[test]
fn who_is_left_out_is_shown_with_the_reason_and_can_be_added() {
    let program = Program::with_book("2025-10-01");
    let people = members(&program, &["丁一", "王伟", "李静", "张三"]);
    program.mutate("roster.add", json!({ "name": "孙老", "category": "离退休", "party_status": "中共党员" }));
    let mother = member(&program, "赵敏");
    program.mutate(
        "member_facts.add",
        json!({ "member": mother["id"], "kind": "leave", "value": "产假", "from": "2025-02-01", "until": "2025-06-30" }),
    );
    leaves_branch(&program, &people[3], "2025-02-10");
    let held = session(&program, "2025-03-01");
    let before = sheet(&program, &held);
    assert_eq!(names(&before["rows"]), ["丁一", "王伟", "李静"]);
    let out: Vec<_> = before["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["name"].as_str().unwrap(), line["reason"].as_str().unwrap(), line["detail"].as_str(), line["day"].as_str()))
        .collect();
    // By strokes of the surname: 孙 6, 张 7, 赵 9.
    assert_eq!(
        out,
        [
            ("孙老", "retired", Some("离退休"), None),
            ("张三", "left", None, Some("2025-02-10")),
            ("赵敏", "long_leave", Some("产假"), Some("2025-06-30"))
        ]
    );
    program.mutate("attendance.roster_add", json!({ "session": held["id"], "members": [mother["id"]] }));
    let added = sheet(&program, &held);
    assert_eq!(names(&added["rows"]), ["丁一", "王伟", "李静", "赵敏"]);
    assert_eq!((&added["tally"]["required"], &row(&added, &mother)["line"]), (&json!(4), &json!(4)));
    program.mutate("attendance.roster_remove", json!({ "session": held["id"], "member": mother["id"] }));
    assert_eq!(sheet(&program, &held)["tally"]["required"], 3);
    mark(&program, &held, &people[0], "present");
    assert_eq!(
        program.refuse("attendance.roster_remove", json!({ "session": held["id"], "member": people[0]["id"] })).code,
        "roster_line_marked"
    );
}

#[test]
fn a_member_without_a_mark_is_deleted_in_spite_of_a_frozen_list() {
    let program = Program::with_book("2025-10-01");
    let people = members(&program, &["丁一", "王伟"]);
    let held = session(&program, "2025-03-01");
    mark(&program, &held, &people[0], "present");
    program.mutate("roster.delete", json!({ "id": people[1]["id"] }));
    assert_eq!(names(&sheet(&program, &held)["rows"]), ["丁一"]);
    program.call("undo.undo", json!({}));
    assert_eq!(names(&sheet(&program, &held)["rows"]), ["丁一", "王伟"]);
}

#[test]
fn leave_is_proposed_and_nothing_is_stored_before_it_is_taken_over() {
    let program = Program::with_book("2025-03-02");
    let people = members(&program, &["丁一", "王伟", "李静", "张三"]);
    leave(&program, &people[1], "sick_leave", "2025-02-20", "2025-03-05");
    let held = session(&program, "2025-03-01");
    let before = sheet(&program, &held);
    let proposal = &row(&before, &people[1])["proposal"];
    assert_eq!(
        (&proposal["kind"], &proposal["approver"], &proposal["from"], &proposal["late"]),
        (&json!("sick_leave"), &json!("王主任"), &json!("2025-02-20"), &json!(true)),
        "written down on 2 March, after the session of 1 March"
    );
    assert_eq!(row(&before, &people[1])["mark"]["status"], "unmarked");
    assert_eq!(before["tally"]["on_leave"], 0);

    mark(&program, &held, &people[0], "late");
    let rest = program.mutate("attendance.mark_rest", json!({ "session": held["id"], "status": "present" }));
    assert_eq!(rest, json!({ "filled": 2, "left_alone": 1, "on_leave": 1 }));
    assert_eq!(row(&sheet(&program, &held), &people[1])["mark"]["status"], "unmarked");

    let taken = program.mutate("attendance.take_leave", json!({ "session": held["id"] }));
    assert_eq!(taken, json!({ "taken": 1 }));
    let mark_of = |member: &Value| row(&sheet(&program, &held), member)["mark"].clone();
    let mark_now = mark_of(&people[1]);
    assert_eq!(
        (&mark_now["status"], &mark_now["approver"], &mark_now["source"], &mark_now["leave"]),
        (&json!("sick_leave"), &json!("王主任"), &json!("leave"), &json!("holds"))
    );
    assert_eq!(program.call("app.state", json!({}))["book"]["undo"]["params"]["names"], "王伟");
}

#[test]
fn a_mark_stays_when_its_leave_is_changed_or_removed_and_says_so() {
    let program = Program::with_book("2025-03-02");
    let people = members(&program, &["丁一"]);
    let own = leave(&program, &people[0], "sick_leave", "2025-03-01", "2025-03-02");
    let held = session(&program, "2025-03-01");
    program.mutate("attendance.take_leave", json!({ "session": held["id"], "members": [people[0]["id"]] }));
    let listed = program.call("leave.list", json!({ "from": "2025-03-01", "until": "2025-03-31" }));
    assert_eq!(listed["rows"][0]["sessions"][0]["taken"], true);
    assert_eq!(listed["approvers"], json!(["王主任"]));

    let changed = program.mutate(
        "leave.edit",
        json!({ "id": own["id"], "revision": own["revision"], "leave": { "member": people[0]["id"], "kind": "sick_leave", "from": "2025-03-02", "approver": "王主任" } }),
    );
    assert_eq!(changed["days"], 1);
    let standing = || row(&sheet(&program, &held), &people[0])["mark"].clone();
    assert_eq!((&standing()["status"], &standing()["leave"]), (&json!("sick_leave"), &json!("changed")));
    assert_eq!(program.mutate("leave.remove", json!({ "id": own["id"] })), json!({ "marks": 1 }));
    assert_eq!(
        (&standing()["status"], &standing()["leave"], &standing()["approver"]),
        (&json!("sick_leave"), &json!("removed"), &json!("王主任"))
    );
    program.call("undo.undo", json!({}));
    assert_eq!(standing()["leave"], "changed");
    // By hand, the mark is the clerk's own again.
    mark(&program, &held, &people[0], "personal_leave");
    assert_eq!((&standing()["leave"], &standing()["source"], &standing()["approver"]), (&json!(null), &json!(null), &json!("王主任")));
    mark(&program, &held, &people[0], "present");
    assert_eq!(standing()["approver"], json!(null));
}

#[test]
fn leave_that_comes_after_an_absence_is_offered_there() {
    let program = Program::with_book("2025-03-10");
    let people = members(&program, &["丁一", "王伟"]);
    let held = session(&program, "2025-03-01");
    program.mutate("attendance.close_roll", json!({ "session": held["id"], "rest": "absent", "take_leave": false }));
    leave(&program, &people[0], "personal_leave", "2025-03-01", "2025-03-01");
    let now = sheet(&program, &held);
    assert_eq!((&row(&now, &people[0])["mark"]["status"], &row(&now, &people[0])["proposal"]["late"]), (&json!("absent"), &json!(true)));
    let request = json!({ "session": held["id"], "members": [people[0]["id"]] });
    assert_eq!(program.refuse("attendance.take_leave", request.clone()).code, "roll_closed");
    let mut knowing = request;
    knowing["although_closed"] = json!(true);
    program.mutate("attendance.take_leave", knowing);
    let tally = sheet(&program, &held)["tally"].clone();
    assert_eq!((&tally["on_leave"], &tally["counts"]["absent"]), (&json!(1), &json!(1)));
}

#[test]
fn overlapping_leave_is_refused_by_name() {
    let program = Program::with_book("2025-03-10");
    let people = members(&program, &["王伟", "李静"]);
    leave(&program, &people[0], "sick_leave", "2025-03-01", "2025-03-05");
    let refused = program
        .refuse("leave.add", json!({ "member": people[0]["id"], "kind": "official_leave", "from": "2025.3.5", "until": "2025年3月8日" }));
    assert_eq!(refused.code, "leave_overlaps");
    assert_eq!(
        (&refused.params["name"], &refused.params["from"], &refused.params["until"]),
        (&json!("王伟"), &json!("2025-03-01"), &json!("2025-03-05"))
    );
    leave(&program, &people[0], "sick_leave", "2025-03-06", "2025-03-06");
    leave(&program, &people[1], "sick_leave", "2025-03-05", "2025-03-05");
    for (body, code) in [
        (json!({ "member": people[1]["id"], "kind": "absent", "from": "2025-04-01" }), "leave_kind_missing"),
        (json!({ "member": people[1]["id"], "kind": "sick_leave", "from": "2025-04-02", "until": "2025-04-01" }), "days_reversed"),
        (json!({ "member": people[1]["id"], "kind": "sick_leave", "from": "2025-04-02", "until": "2026-04-03" }), "leave_too_long"),
    ] {
        assert_eq!(program.refuse("leave.add", body).code, code);
    }
}

#[test]
fn closing_a_roll_says_its_numbers_and_a_closed_one_asks() {
    let program = Program::with_book("2025-10-01");
    let people = members(&program, &["丁一", "王伟", "李静", "张三", "赵敏"]);
    leave(&program, &people[1], "official_leave", "2025-10-01", "2025-10-01");
    let held = session_of(&program, "党课", "2025-10-01", "planned");
    let open = program.call("attendance.open_rolls", json!({}));
    assert_eq!(
        (&open["today"][0]["unmarked"], &open["today"][0]["proposed"], &open["today"][0]["closed"]),
        (&json!(5), &json!(1), &json!(false))
    );
    mark(&program, &held, &people[0], "present");
    let closed = program.mutate("attendance.close_roll", json!({ "session": held["id"], "rest": "absent", "take_leave": true }));
    assert_eq!(closed, json!({ "taken": 1, "marked": 3, "unmarked": 0 }));
    assert!(sheet(&program, &held)["closed_at"].is_string());
    let change = json!({ "session": held["id"], "member": people[2]["id"], "status": "late" });
    assert_eq!(program.refuse("attendance.mark", change.clone()).code, "roll_closed");
    program.mutate("attendance.reopen_roll", json!({ "id": held["id"] }));
    assert_eq!(program.call("app.state", json!({}))["book"]["undo"]["name"], "attendance.reopen_roll");
    program.mutate("attendance.mark", change);
    assert_eq!(row(&sheet(&program, &held), &people[2])["mark"]["status"], "late");
    for _ in 0..3 {
        program.call("undo.undo", json!({}));
    }
    let back = sheet(&program, &held);
    assert_eq!((&back["closed_at"], &back["tally"]["counts"]["unmarked"]), (&json!(null), &json!(4)));
}

#[test]
fn a_leave_is_never_overruled_by_closing() {
    let program = Program::with_book("2025-10-02");
    let people = members(&program, &["丁一", "王伟"]);
    leave(&program, &people[1], "sick_leave", "2025-10-01", "2025-10-01");
    let held = session(&program, "2025-10-01");
    let closed = program.mutate("attendance.close_roll", json!({ "session": held["id"], "rest": "absent", "take_leave": false }));
    assert_eq!(closed, json!({ "taken": 0, "marked": 1, "unmarked": 1 }));
    assert_eq!(program.call("attendance.open_rolls", json!({}))["open"], json!([]), "closed, though one is unmarked");
}

#[test]
fn rolls_left_open_are_listed_latest_first() {
    let program = Program::with_book("2025-10-01");
    let people = members(&program, &["丁一"]);
    let (first, second, done) =
        (session(&program, "2025-03-01"), session_of(&program, "党课", "2025-05-01", "planned"), session(&program, "2025-04-01"));
    mark(&program, &done, &people[0], "present");
    session(&program, "2024-09-29");
    let open = program.call("attendance.open_rolls", json!({}))["open"].clone();
    let ids: Vec<_> = open.as_array().unwrap().iter().map(|roll| roll["session"]["id"].clone()).collect();
    assert_eq!(ids, [second["id"].clone(), first["id"].clone()], "of the last 366 days");
}

#[test]
fn guests_and_observers_are_counted_apart() {
    let program = Program::with_book("2025-10-01");
    let people = members(&program, &["丁一", "王伟"]);
    let held = session(&program, "2025-03-01");
    program.mutate("attendance.guest_add", json!({ "session": held["id"], "name": " 陈 教授 " }));
    program.mutate("attendance.guest_add", json!({ "session": held["id"], "name": "", "member": people[1]["id"] }));
    let tally = sheet(&program, &held)["tally"].clone();
    assert_eq!((&tally["required"], &tally["guests"], &tally["counts"]["observers"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(program.refuse("attendance.guest_add", json!({ "session": held["id"], "name": "陈教授" })).code, "guest_known");
    assert_eq!(sheet(&program, &held)["guests"], json!(["陈教授"]));
    program.mutate("attendance.guest_remove", json!({ "session": held["id"], "name": "陈教授" }));
    assert_eq!(sheet(&program, &held)["tally"]["guests"], 0);
}

#[test]
fn the_quorum_of_a_members_meeting_counts_those_with_a_vote() {
    let program = Program::with_book("2025-10-01");
    let people = members(&program, &["丁一", "王伟", "李静", "张三", "赵敏", "钱六", "孙七", "周八"]);
    program.mutate("roster.add", json!({ "name": "吴九", "party_status": "中共预备党员" }));
    program.mutate("roster.add", json!({ "name": "郑十", "party_status": "群众" }));
    let meeting = session_of(&program, "支部党员大会", "2025-10-01", "held");
    let quorum = |at: usize| sheet(&program, &meeting)["tally"]["quorums"][at].clone();
    // 应到 9 members of the party; 8 of them vote, of whom 4 are half.
    assert_eq!(sheet(&program, &meeting)["tally"]["required"], 9);
    assert_eq!((&quorum(0)["expected"], &quorum(0)["needed"], &quorum(0)["votes_to_pass"]), (&json!(8), &json!(4), &json!(5)));
    for person in &people[..3] {
        mark(&program, &meeting, person, "present");
    }
    assert_eq!((&quorum(0)["present"], &quorum(0)["enough"]), (&json!(3), &json!(false)));
    let marked = mark(&program, &meeting, &people[3], "late");
    assert_eq!(
        (&marked["tally"]["quorums"][0]["present"], &marked["tally"]["quorums"][0]["enough"]),
        (&json!(4), &json!(true)),
        "the half suffices"
    );
    assert_eq!(quorum(1), Value::Null, "no election is held");
    let lecture = session(&program, "2025-10-01");
    assert_eq!(sheet(&program, &lecture)["tally"]["quorums"], json!([]));
}

#[test]
fn every_fact_of_a_mark_changes_by_itself() {
    let program = Program::with_book("2025-10-01");
    let people = members(&program, &["丁一"]);
    let held = session(&program, "2025-03-01");
    let change = |body: Value| {
        let mut request = json!({ "session": held["id"], "member": people[0]["id"] });
        request.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        program.mutate("attendance.mark", request)["mark"].clone()
    };
    change(json!({ "status": "personal_leave", "approver": "王主任", "remark": "家里有事" }));
    let now = change(json!({ "status": "sick_leave" }));
    assert_eq!((&now["status"], &now["approver"], &now["remark"]), (&json!("sick_leave"), &json!("王主任"), &json!("家里有事")));
    let now = change(json!({ "approver": "" }));
    assert_eq!((&now["status"], &now["approver"], &now["remark"]), (&json!("sick_leave"), &json!(null), &json!("家里有事")));
    let now = change(json!({ "status": "late", "minutes": 15, "approver": "王主任" }));
    assert_eq!((&now["minutes"], &now["approver"]), (&json!(15), &json!(null)), "nobody approves being late");
    let now = change(json!({ "status": "present" }));
    assert_eq!((&now["minutes"], &now["remark"]), (&json!(null), &json!("家里有事")));
}
