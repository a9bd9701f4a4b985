//! 三会一课, 补学 and 轮流主讲 through the dispatcher, as the window calls
//! them. What is expected is worked out by hand from the frequencies that the
//! regulations give: a members' meeting a quarter, 支委会, 党小组会 and
//! 主题党日 a month, 支委会 only from seven full members on.

use serde_json::{Value, json};
use xueji_api::{App, AppOptions, Clock, ErrorView};

struct Program {
    app: App,
    _folder: tempfile::TempDir,
}

impl Program {
    fn on(today: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::Day(today.parse().unwrap());
        let app = App::new(AppOptions { data_dir: folder.path().join("data"), clock, on_event: Box::new(|_| {}) });
        let file = app.register_file(folder.path().join("台账.xueji"));
        let program = Self { app, _folder: folder };
        program.call("book.create", json!({ "file": file.token, "name": "机关第三党支部", "operator": "测试员" }));
        program
    }

    fn call(&self, name: &str, request: Value) -> Value {
        self.app.call(name, request).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    fn mutate(&self, name: &str, request: Value) -> Value {
        self.call(name, request)["value"].clone()
    }

    fn refuse(&self, name: &str, request: Value) -> ErrorView {
        self.app.call(name, request).expect_err(name)
    }

    fn undo(&self) {
        self.call("undo.undo", json!({}));
    }

    fn member(&self, name: &str, fields: Value) -> String {
        let mut member = json!({ "name": name, "party_status": "中共党员" });
        member.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        id(&self.mutate("roster.add", member))
    }

    /// So many 正式党员 without any post.
    fn full_members(&self, count: usize) -> Vec<String> {
        (0..count).map(|number| self.member(&format!("党员{number}"), json!({ "staff_no": format!("A{number}") }))).collect()
    }

    fn root(&self) -> Value {
        self.call("organizations.list", json!({}))[0].clone()
    }

    fn organization(&self, kind: &str, name: &str) -> String {
        let root = self.root();
        id(&self.mutate("organizations.add", json!({ "parent": root["id"], "kind": kind, "name": name })))
    }

    fn session(&self, date: &str, kind: &str, fields: Value) -> String {
        let mut session = json!({ "date": date, "kind": kind, "title": format!("{date} {kind}"), "level": "branch", "state": "held", "organizations": [] });
        session.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        id(&self.mutate("sessions.add", session))
    }

    fn held(&self, date: &str, kind: &str) -> String {
        self.session(date, kind, json!({}))
    }

    fn mark(&self, session: &str, member: &str, status: &str) {
        self.mutate("attendance.mark", json!({ "session": session, "member": member, "status": status }));
    }

    fn year(&self, organization: Option<&str>) -> Value {
        self.call("coverage.year", json!({ "year": 2025, "organization": organization }))
    }

    /// State and reason of each window of an item under its only reading.
    fn windows(&self, item: &str) -> Vec<Value> {
        windows(&self.year(None), item)
    }

    fn owed(&self, by: &str) -> Value {
        self.call("make_ups.owed", json!({ "year": 2025, "by": by }))
    }
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

fn line<'a>(year: &'a Value, item: &str) -> &'a Value {
    year["items"].as_array().unwrap().iter().find(|line| line["coverage"]["item"] == item).unwrap_or_else(|| panic!("no {item}"))
}

fn windows(year: &Value, item: &str) -> Vec<Value> {
    let readings = line(year, item)["coverage"]["readings"].as_array().unwrap();
    assert_eq!(readings.len(), 1, "{item}");
    readings[0]["windows"].as_array().unwrap().clone()
}

fn states(windows: &[Value]) -> Vec<&str> {
    windows.iter().map(|window| window["state"].as_str().unwrap()).collect()
}

#[test]
fn six_full_members_have_no_committee_to_meet_and_the_seventh_brings_it() {
    let program = Program::on("2025-03-10");
    program.full_members(6);
    program.member("预备", json!({ "party_status": "中共预备党员" }));
    program.member("群众", json!({ "party_status": "群众" }));
    let year = program.year(None);
    assert_eq!(line(&year, "支委会")["coverage"]["state"], "not_applicable");
    assert_eq!(windows(&year, "支委会")[0]["reason"]["text"], "正式党员不足 7 人，不设支部委员会");
    assert_eq!(year["structure"]["full_members"], 6);
    assert_eq!(year["structure"]["probationary"], 1);
    assert_eq!(year["structure"]["committee"], false);

    program.member("第七名", json!({}));
    // January and February are over, March is not.
    assert_eq!(states(&program.windows("支委会"))[..4], ["short", "short", "not_yet_due", "not_yet_due"]);
    assert_eq!(program.windows("支委会")[2]["to"], "2025-03-31", "the day by which it can still be met");
}

#[test]
fn a_probationary_member_who_becomes_full_in_may_leaves_may_undecided_and_june_required() {
    let program = Program::on("2025-12-31");
    program.full_members(6);
    let member = program.mutate("roster.add", json!({ "name": "预备", "party_status": "中共预备党员" }));
    let changes = json!([{ "field": "party_status", "value": "中共党员" }]);
    program
        .mutate("roster.change", json!({ "id": member["id"], "revision": member["revision"], "from": "2025-05-14", "changes": changes }));
    let year = program.year(None);
    let windows = windows(&year, "支委会");
    let mut expected = vec!["not_applicable"; 4];
    expected.push("undecided");
    expected.extend(["short"; 6]);
    // December 31 is the last day: there is still time.
    expected.push("not_yet_due");
    assert_eq!(states(&windows), expected);
    assert_eq!(windows[4]["reason"], json!({ "code": "part_of_window", "from": "2025-05-14", "to": "2025-05-31" }));
    let changes = year["structure"]["changes"].as_array().unwrap();
    let numbers: Vec<_> = changes.iter().map(|change| (change["from"].as_str(), change["full_members"].as_u64().unwrap())).collect();
    assert_eq!(numbers, [(None, 6), (Some("2025-05-14"), 7)]);
}

#[test]
fn the_clerk_s_word_on_the_committee_stands_over_the_number() {
    let program = Program::on("2025-02-10");
    program.full_members(3);
    let root = program.root();
    let set = json!({ "id": root["id"], "revision": root["revision"], "established_on": "2025.2.1", "closed_on": null, "committee": true, "study_group": false });
    let row = program.mutate("organizations.set_structure", set);
    assert_eq!((row["established_on"].as_str(), row["committee"].as_bool()), (Some("2025-02-01"), Some(true)));
    let windows = program.windows("支委会");
    assert_eq!(states(&windows)[..2], ["not_applicable", "not_yet_due"]);
    assert_eq!(windows[0]["reason"]["code"], "not_established");
    program.undo();
    assert_eq!(states(&program.windows("支委会"))[..2], ["not_applicable", "not_applicable"]);

    let root = program.root();
    let wrong = json!({ "id": root["id"], "revision": root["revision"], "established_on": "2025-02-01", "closed_on": "2025-01-01", "committee": null, "study_group": false });
    assert_eq!(program.refuse("organizations.set_structure", wrong).code, "organization_closed_before_established");
}

#[test]
fn a_joint_meeting_counts_for_each_of_its_branches_and_for_nobody_else() {
    let program = Program::on("2025-04-02");
    let root = program.root();
    program
        .mutate("organizations.edit", json!({ "id": root["id"], "revision": root["revision"], "kind": "committee", "name": "机关党委" }));
    let branches: Vec<String> = ["第一支部", "第二支部", "第三支部"].into_iter().map(|name| program.organization("branch", name)).collect();
    for (number, branch) in branches.iter().enumerate() {
        program.member(&format!("党员{number}"), json!({ "organization": branch }));
    }
    let together = json!({ "organizations": [branches[0], branches[1]] });
    program.session("2025-03-05", "支部党员大会", together);
    let quarter = |branch: &str| windows(&program.year(Some(branch)), "党员大会")[0]["state"].clone();
    assert_eq!(branches.iter().map(|branch| quarter(branch)).collect::<Vec<_>>(), ["met", "met", "short"]);

    let year = program.year(Some(&branches[0]));
    assert_eq!(year["meetings"][0]["organizations"], json!(["第一支部", "第二支部"]));
    // The 党委 has branches below and no 中心组: nothing is asked of it.
    let names: Vec<_> = year["branches"].as_array().unwrap().iter().map(|branch| branch["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["第一支部", "第二支部", "第三支部"]);
    let short: Vec<_> = year["branches"].as_array().unwrap().iter().map(|branch| branch["short"].clone()).collect();
    // Each lacks three months of 主题党日; the third its meeting too.
    assert_eq!(short, [json!(["主题党日"]), json!(["主题党日"]), json!(["支部党员大会", "主题党日"])]);
    let windows: Vec<_> = year["branches"].as_array().unwrap().iter().map(|branch| branch["short_windows"].as_u64().unwrap()).collect();
    assert_eq!(windows, [3, 3, 4]);
}

#[test]
fn groups_meet_each_for_itself() {
    let program = Program::on("2025-02-05");
    let groups: Vec<String> = ["第一党小组", "第二党小组"].into_iter().map(|name| program.organization("group", name)).collect();
    program.member("甲", json!({ "organization": groups[0] }));
    program.session("2025-01-08", "党小组会", json!({ "organizations": [groups[0]] }));
    let year = program.year(None);
    let lines: Vec<_> = year["items"].as_array().unwrap().iter().filter(|line| line["coverage"]["item"] == "党小组会").collect();
    let january = |number: usize| {
        let windows = &lines[number]["coverage"]["readings"][0]["windows"];
        (lines[number]["group_name"].as_str().unwrap(), windows[0]["state"].as_str().unwrap())
    };
    assert_eq!([january(0), january(1)], [("第一党小组", "met"), ("第二党小组", "short")]);
}

#[test]
fn the_committee_s_quorum_is_counted_of_the_committee_and_voids_the_meeting() {
    let program = Program::on("2025-03-01");
    program.full_members(4);
    let committee: Vec<String> = ["支部书记", "组织委员", "宣传委员"]
        .into_iter()
        .enumerate()
        .map(|(number, post)| program.member(&format!("支委{number}"), json!({ "post": post })))
        .collect();
    let january = program.held("2025-01-10", "支委会");
    // One of three is less than half.
    for (member, status) in committee.iter().zip(["present", "absent", "personal_leave"]) {
        program.mark(&january, member, status);
    }
    let february = program.held("2025-02-10", "支委会");
    for (member, status) in committee.iter().zip(["present", "late", "absent"]) {
        program.mark(&february, member, status);
    }
    let windows = program.windows("支委会");
    assert_eq!(states(&windows)[..2], ["short", "met"]);
    assert_eq!(windows[0]["void"], json!([january]));
    let quorum = &windows[1]["meetings"][0]["quorums"][0];
    assert_eq!((quorum["present"].as_u64(), quorum["expected"].as_u64(), &quorum["outcome"]), (Some(2), Some(3), &json!("met")));
}

#[test]
fn a_roll_that_is_not_finished_leaves_the_quorum_unknown_and_the_meeting_counts() {
    let program = Program::on("2025-02-01");
    program.full_members(4);
    let secretary = program.member("书记", json!({ "post": "支部书记" }));
    program.member("委员甲", json!({ "post": "组织委员" }));
    program.member("委员乙", json!({ "post": "宣传委员" }));
    let session = program.held("2025-01-10", "支委会");
    program.mark(&session, &secretary, "present");
    let windows = program.windows("支委会");
    assert_eq!(windows[0]["state"], "met");
    let quorum = &windows[0]["meetings"][0]["quorums"][0];
    assert_eq!((&quorum["present"], quorum["expected"].as_u64(), &quorum["outcome"]), (&Value::Null, Some(3), &json!("unknown")));
}

#[test]
fn the_secretary_s_lecture_is_told_by_the_post_of_the_day_and_a_reading_is_chosen_by_name() {
    let program = Program::on("2025-12-31");
    let member = program.mutate("roster.add", json!({ "name": "王书记", "party_status": "中共党员", "post": "支部副书记" }));
    let changes = json!([{ "field": "post", "value": "支部书记" }]);
    program
        .mutate("roster.change", json!({ "id": member["id"], "revision": member["revision"], "from": "2025-06-01", "changes": changes }));
    // As deputy in March, as secretary in September.
    program.session("2025-03-20", "党课", json!({ "speakers": "王书记" }));
    program.session("2025-09-20", "党课", json!({ "speakers": "王书记" }));
    let year = program.year(None);
    let of = |year: &Value, item: &str| line(year, item)["coverage"].clone();
    let readings = of(&year, "书记讲党课")["readings"].clone();
    let found: Vec<_> = readings
        .as_array()
        .unwrap()
        .iter()
        .map(|reading| {
            (reading["reading"].as_str().unwrap(), reading["windows"][0]["held"].as_str().unwrap(), reading["state"].as_str().unwrap())
        })
        .collect();
    assert_eq!(found, [("once_a_year", "1", "met"), ("twice_a_year", "1", "not_yet_due")]);
    assert_eq!(of(&year, "书记讲党课")["state"], "undecided");
    let choices: Vec<_> =
        line(&year, "书记讲党课")["choices"].as_array().unwrap().iter().map(|choice| choice["id"].as_str().unwrap()).collect();
    assert_eq!(choices, ["once_a_year", "twice_a_year"]);

    program.mutate("coverage.choose", json!({ "item": "书记讲党课", "reading": "once_a_year" }));
    let chosen = of(&program.year(None), "书记讲党课");
    assert_eq!((&chosen["chosen"], &chosen["state"]), (&json!("once_a_year"), &json!("met")));
    program.undo();
    assert_eq!(of(&program.year(None), "书记讲党课")["state"], "undecided");
    program.mutate("coverage.choose", json!({ "item": "书记讲党课", "reading": "once_a_year" }));
    program.mutate("coverage.unchoose", json!({ "item": "书记讲党课" }));
    assert_eq!(of(&program.year(None), "书记讲党课")["state"], "undecided");

    assert_eq!(program.refuse("coverage.choose", json!({ "item": "没有这项", "reading": "x" })).code, "coverage_item_unknown");
    assert_eq!(program.refuse("coverage.choose", json!({ "item": "支委会", "reading": "" })).code, "coverage_reading_unknown");
    assert_eq!(program.refuse("coverage.year", json!({ "year": 3000 })).code, "year_out_of_range");
}

#[test]
fn talks_are_counted_between_people_who_were_there() {
    let program = Program::on("2025-12-30");
    let secretary = program.member("书记", json!({ "post": "支部书记" }));
    let members = program.full_members(2);
    let talk = program.held("2025-05-05", "谈心谈话");
    program.mark(&talk, &secretary, "present");
    program.mark(&talk, &members[0], "present");
    program.mark(&talk, &members[1], "absent");
    let year = program.year(None);
    let readings = line(&year, "谈心谈话_支委与党员")["coverage"]["readings"].clone();
    let figures = |number: usize| {
        (readings[number]["windows"][0]["held"].as_str().unwrap(), readings[number]["windows"][0]["required"].as_str().unwrap())
    };
    // Of the two pairs with the secretary one has talked; of three people two.
    assert_eq!([figures(0), figures(1)], [("1", "2"), ("2", "3")]);
    assert_eq!(readings[1]["windows"][0]["missing_people"], json!([members[1]]));
    let people = year["people"].as_array().unwrap();
    assert!(people.iter().any(|person| person["name"] == "党员1" && person["id"] == json!(members[1])));
}

#[test]
fn what_is_owed_has_its_day_and_several_are_made_up_by_one_operation() {
    let program = Program::on("2025-03-31");
    let members = program.full_members(4);
    let january = program.held("2025-01-10", "集体学习");
    let march = program.held("2025-03-01", "集体学习");
    for (member, status) in members.iter().zip(["absent", "sick_leave", "official_leave", "present"]) {
        program.mark(&january, member, status);
        program.mark(&march, member, status);
    }
    let owed = program.owed("session");
    assert_eq!(owed["days"], 30);
    let due: Vec<_> = owed["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| (group["date"].as_str().unwrap(), group["lines"][0]["due_on"].as_str().unwrap()))
        .collect();
    // January 10 and 30 days; March 1 and 30 days is today, which is not over.
    assert_eq!(due, [("2025-01-10", "2025-02-09"), ("2025-03-01", "2025-03-31")]);
    let total = |owed: &Value| ["missed", "done", "overdue", "owed"].map(|figure| owed["total"][figure].as_u64().unwrap());
    assert_eq!(total(&owed), [4, 0, 2, 2], "公假 owes nothing");
    assert_eq!(owed["total"]["rate"], json!({ "attended": 2, "out_of": 6 }));

    let absences: Vec<_> = [&members[0], &members[1]].into_iter().map(|member| json!({ "session": january, "member": member })).collect();
    let record = json!({ "absences": absences, "done_on": "2025-03-20", "form": "集中补学", "evidence": "笔记", "checker": null, "checked_on": null });
    program.mutate("make_ups.record", record);
    let owed = program.owed("person");
    assert_eq!(total(&owed), [4, 2, 0, 2]);
    assert_eq!(owed["total"]["rate_with_make_up"], json!({ "attended": 4, "out_of": 6 }));
    assert_eq!(owed["total"]["unchecked"], 2);
    let of = |owed: &Value, member: &str| owed["groups"].as_array().unwrap().iter().find(|group| group["id"] == *member).cloned().unwrap();
    assert_eq!(of(&owed, &members[0])["lines"][0]["state"], "done_late");
    assert_eq!(of(&owed, &members[0])["lines"][1]["state"], "owed");
    assert_eq!(of(&owed, &members[0])["lines"][1]["days_left"], 0);
    assert_eq!(owed["forms"], json!(["集中补学"]));

    let ids: Vec<_> = [0, 1].map(|number| of(&owed, &members[number])["lines"][0]["make_up"]["id"].clone()).to_vec();
    let early = json!({ "ids": ids, "checker": "李委员", "checked_on": "2025-03-19" });
    assert_eq!(program.refuse("make_ups.check", early).code, "make_up_checked_before_done");
    program.mutate("make_ups.check", json!({ "ids": ids, "checker": "李委员", "checked_on": null }));
    let checked = of(&program.owed("person"), &members[1])["lines"][0]["make_up"].clone();
    assert_eq!((&checked["checker"], &checked["checked_on"]), (&json!("李委员"), &json!("2025-03-31")));
    program.mutate("make_ups.uncheck", json!({ "ids": ids }));
    assert_eq!(program.owed("person")["total"]["unchecked"], 2);
    program.undo();
    assert_eq!(program.owed("person")["total"]["unchecked"], 0);
    program.mutate("make_ups.remove", json!({ "ids": ids }));
    assert_eq!(total(&program.owed("person")), [4, 0, 2, 2]);
}

#[test]
fn the_days_to_make_up_are_set_and_what_cannot_be_is_refused() {
    let program = Program::on("2025-03-31");
    let members = program.full_members(2);
    let session = program.held("2025-03-01", "集体学习");
    program.mark(&session, &members[0], "absent");
    program.mark(&session, &members[1], "present");
    program.mutate("make_ups.set_days", json!({ "days": 15 }));
    let line = program.owed("session")["groups"][0]["lines"][0].clone();
    assert_eq!((&line["due_on"], &line["state"], line["days_left"].as_i64()), (&json!("2025-03-16"), &json!("overdue"), Some(-15)));
    program.undo();
    assert_eq!(program.owed("session")["days"], 30);
    for days in [0, 367] {
        assert_eq!(program.refuse("make_ups.set_days", json!({ "days": days })).code, "make_up_days_out_of_range");
    }
    let record = |member: &str, on: &str| json!({ "absences": [{ "session": session, "member": member }], "done_on": on, "form": null, "evidence": null, "checker": null, "checked_on": null });
    assert_eq!(program.refuse("make_ups.record", record(&members[1], "2025-03-05")).code, "nothing_missed");
    assert_eq!(program.refuse("make_ups.record", record(&members[0], "2025-02-28")).code, "make_up_before_session");
    assert_eq!(program.refuse("make_ups.record", record(&members[0], "2025-04-01")).code, "date_in_future");
    let nobody = json!({ "absences": [], "done_on": null, "form": null, "evidence": null, "checker": null, "checked_on": null });
    assert_eq!(program.refuse("make_ups.record", nobody).code, "nothing_chosen");
    program.mutate("make_ups.record", record(&members[0], ""));
    assert_eq!(program.owed("session")["groups"][0]["lines"][0]["state"], "done_unknown");
}

#[test]
fn who_never_spoke_is_next_then_who_spoke_longest_ago_by_strokes_of_the_surname() {
    let program = Program::on("2025-06-01");
    // 丁 has two strokes, 王 four, 李 seven.
    let [li, wang, ding] = ["李静", "王伟", "丁宁"].map(|name| program.member(name, json!({})));
    let names = |rotation: &Value| {
        rotation["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let list = || program.call("rotation.list", json!({}));
    assert_eq!(names(&list()), ["丁宁", "王伟", "李静"]);
    program.session("2025-04-01", "党课", json!({ "speakers": "丁宁" }));
    program.session("2025-02-01", "党课", json!({ "speakers": "李静、外请专家" }));
    assert_eq!(names(&list()), ["王伟", "李静", "丁宁"]);
    assert_eq!(list()["next"], json!(wang));

    let planned = program.session("2025-07-01", "党课", json!({ "state": "planned" }));
    program.mutate("rotation.assign", json!({ "session": planned, "member": wang }));
    let rotation = list();
    assert_eq!(rotation["next"], json!(li), "who is put down for July has had the turn");
    assert_eq!(rotation["sessions"][0]["speakers"], "王伟");
    assert_eq!(program.refuse("rotation.assign", json!({ "session": planned, "member": wang })).code, "speaks_already");
    assert_eq!(rotation["rows"][2]["planned"][0]["date"], "2025-07-01");

    // In this order 丁宁 spoke last but for 王伟, who is down for July: 丁宁
    // stands behind 王伟.
    let order = json!({ "organization": rotation["organization"], "members": [li, wang, ding] });
    program.mutate("rotation.set_order", order);
    assert_eq!((names(&list()), &list()["next"]), (vec!["李静".to_owned(), "王伟".into(), "丁宁".into()], &json!(ding)));
    program.mutate("rotation.clear_order", json!({ "organization": rotation["organization"] }));
    assert_eq!(list()["ordered"], false);
    program.undo();
    assert_eq!(list()["ordered"], true);
}
