//! The attendance ledger, closed months and the history of a cell through the
//! dispatcher, as the window calls them. Expected figures are counted by hand
//! from the marks that stand in each test.

use serde_json::{Value, json};
use xueji_api::{App, AppOptions, Clock, ErrorView};

struct Program {
    app: App,
    folder: tempfile::TempDir,
}

impl Program {
    fn on(today: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options =
            AppOptions { data_dir: folder.path().join("data"), clock: Clock::Day(today.parse().unwrap()), on_event: Box::new(|_| {}) };
        let program = Self { app: App::new(options), folder };
        let file = program.app.register_file(program.folder.path().join("台账.xueji"));
        program.call("book.create", json!({ "file": file.token, "name": "机关第三党支部", "operator": "测试员" }));
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

    fn member(&self, name: &str) -> String {
        self.mutate("roster.add", json!({ "name": name }))["id"].as_str().unwrap().to_owned()
    }

    fn session(&self, date: &str, kind: &str) -> String {
        self.mutate("sessions.add", session(date, kind))["id"].as_str().unwrap().to_owned()
    }

    fn mark(&self, session: &str, member: &str, status: &str) {
        self.mutate("attendance.mark", json!({ "session": session, "member": member, "status": status }));
    }

    fn ledger(&self, filters: Value) -> Value {
        let mut request = json!({ "year": 2025 });
        request.as_object_mut().unwrap().extend(filters.as_object().unwrap().clone());
        self.call("attendance.ledger", request)
    }

    fn supplements(&self) -> Vec<Value> {
        self.call("months.supplements", json!({ "from": "2025-01", "to": "2025-12" })).as_array().unwrap().clone()
    }
}

fn session(date: &str, kind: &str) -> Value {
    json!({ "date": date, "kind": kind, "title": format!("{kind}{date}"), "level": "branch", "state": "held", "amount": "90分钟", "theme": kind, "organizations": [] })
}

fn with_reason(mut request: Value, reason: &str) -> Value {
    request["supplement_reason"] = json!(reason);
    request
}

/// Names and codes of the rows.
fn rows(ledger: &Value) -> Vec<(String, String)> {
    let row = |row: &Value| (row["name"].as_str().unwrap().to_owned(), row["codes"].as_str().unwrap().to_owned());
    ledger["members"].as_array().unwrap().iter().map(row).collect()
}

fn fraction(rate: &Value) -> (u64, u64) {
    (rate["attended"].as_u64().unwrap(), rate["out_of"].as_u64().unwrap())
}

/// 丁一, 王伟, 李静 by strokes (2, 4, 7) at three sessions held and one that
/// should have been.
fn branch() -> (Program, [String; 3], [String; 4]) {
    let program = Program::on("2025-12-15");
    let members = ["李静", "王伟", "丁一"].map(|name| program.member(name));
    let [li, wang, ding] = members.clone();
    let sessions =
        [("2025-10-10", "党课"), ("2025-11-07", "主题党日"), ("2025-11-21", "党课")].map(|(date, kind)| program.session(date, kind));
    let mut due = session("2025-12-12", "支委会");
    due["state"] = json!("planned");
    let due = program.mutate("sessions.add", due)["id"].as_str().unwrap().to_owned();
    let mut later = session("2025-12-29", "支委会");
    later["state"] = json!("planned");
    program.mutate("sessions.add", later);
    for (session, member, status) in [
        (0, &li, "present"),
        (0, &wang, "absent"),
        (0, &ding, "official_leave"),
        (1, &li, "late"),
        (1, &wang, "present"),
        (2, &li, "sick_leave"),
        (2, &ding, "present"),
    ] {
        program.mark(&sessions[session], member, status);
    }
    program.mutate("attendance.make_up", json!({ "session": sessions[0], "member": wang, "done_on": "2025-10-20", "form": "自学" }));
    let [first, second, third] = sessions;
    (program, members, [first, second, third, due])
}

#[test]
fn the_ledger_holds_every_cell_with_totals_of_what_was_held() {
    let (program, [_, wang, _], sessions) = branch();
    let ledger = program.ledger(json!({}));
    // The session of 29 December is still to come; that of the 12th waits for
    // its roll and counts nowhere.
    let ids: Vec<_> = ledger["sessions"].as_array().unwrap().iter().map(|column| column["id"].as_str().unwrap()).collect();
    assert_eq!(ids, sessions.iter().map(String::as_str).collect::<Vec<_>>());
    let expected = [("丁一", "4010"), ("王伟", "7100"), ("李静", "1250")].map(|(name, codes)| (name.to_owned(), codes.to_owned()));
    assert_eq!(rows(&ledger), expected);
    assert_eq!(ledger["details"], json!([{ "row": 1, "column": 0, "minutes": null, "observer": false, "remark": null, "made_up": true }]));
    // 王伟: absent and made up, present, unmarked: 1 of 3, with make-up 2 of 3.
    let row = &ledger["members"][1];
    assert_eq!(row["id"], json!(wang));
    assert_eq!((fraction(&row["total"]["rate"]), fraction(&row["total"]["rate_with_make_up"])), ((1, 3), (2, 3)));
    // 丁一: official leave stands outside: 1 of 2.
    assert_eq!(fraction(&ledger["members"][0]["total"]["rate"]), (1, 2));
    // 10 October: one of two there, the second made it up.
    let column = &ledger["sessions"][0]["total"];
    assert_eq!((fraction(&column["rate"]), fraction(&column["rate_with_make_up"])), ((1, 2), (2, 2)));
    // All together: 丁 1/2, 王 1/3, 李 2/3.
    assert_eq!((fraction(&ledger["total"]["rate"]), fraction(&ledger["total"]["rate_with_make_up"])), ((4, 8), (5, 8)));
    assert_eq!(ledger["reading"]["lines"], json!([]));
}

#[test]
fn filters_leave_out_sessions_and_members_and_count_what_is_left() {
    let (program, [li, ..], _) = branch();
    let november = program.ledger(json!({ "from": "2025-11-01", "to": "2025年11月30日" }));
    let codes: Vec<_> = rows(&november).into_iter().map(|(_, codes)| codes).collect();
    assert_eq!(codes, ["01", "10", "25"]);
    assert_eq!(rows(&program.ledger(json!({ "kind": "党课" })))[2].1, "15");
    assert_eq!(rows(&program.ledger(json!({ "theme": "主题党日" })))[1].1, "1");
    assert_eq!(rows(&program.ledger(json!({ "state": "planned" })))[0].1, "00");
    let sick = program.ledger(json!({ "status": "sick_leave" }));
    assert_eq!(rows(&sick), [("李静".to_owned(), "1250".to_owned())]);
    assert_eq!(sick["members"][0]["id"], json!(li));
    assert_eq!(fraction(&sick["total"]["rate"]), (2, 3));
    let nobody = program.ledger(json!({ "kind": "没有的类型" }));
    assert_eq!((nobody["members"].clone(), nobody["sessions"].clone()), (json!([]), json!([])));
    assert_eq!(nobody["kinds"], json!(["主题党日", "党课", "支委会"]));

    assert_eq!(program.refuse("attendance.ledger", json!({ "year": 2025, "from": "2024-12-01" })).code, "ledger_other_year");
    let turned = json!({ "year": 2025, "from": "2025-12-01", "to": "2025-11-01" });
    assert_eq!(program.refuse("attendance.ledger", turned).code, "ledger_ends_before_it_begins");
}

#[test]
fn an_organization_has_its_members_cells_while_they_were_its_own() {
    let (program, [li, ..], _) = branch();
    let root = program.call("organizations.list", json!({}))[0]["id"].clone();
    let group = program.mutate("organizations.add", json!({ "parent": root, "kind": "group", "name": "第一党小组" }))["id"].clone();
    let detail = program.call("roster.member", json!({ "id": li }));
    let changes = json!([{ "field": "organization", "value": group }]);
    program
        .mutate("roster.change", json!({ "id": li, "revision": detail["member"]["revision"], "from": "2025-11-01", "changes": changes }));
    let ledger = program.ledger(json!({ "organization": group }));
    // In October 李静 belonged to the branch itself.
    assert_eq!(rows(&ledger), [("李静".to_owned(), " 250".to_owned())]);
    assert_eq!(fraction(&ledger["total"]["rate"]), (1, 2));
}

#[test]
fn the_page_can_say_by_which_rate_the_scheme_in_use_goes() {
    let (program, ..) = branch();
    let id = program.mutate(
        "rules.save",
        json!({ "text": xueji_api::PRESETS.iter().find(|text| text.contains("attendance_rate_with_make_up")).unwrap() }),
    )["id"]
        .clone();
    program.mutate("rules.use", json!({ "rule_set": id, "from": "2025-01-01" }));
    let lines = program.ledger(json!({}))["reading"]["lines"].clone();
    assert_eq!(lines.as_array().unwrap().len(), 1, "{lines}");
    assert_eq!(lines[0]["with_make_up"], json!(true));
}

/// Every mutation of what belongs to a session, against a closed November.
#[test]
fn a_closed_month_refuses_every_change_until_a_reason_is_given() {
    let (program, [li, wang, ding], [october, early, late, due]) = branch();
    let make_up = json!({ "session": late, "member": li, "done_on": "2025-11-30", "form": "自学" });
    program.mutate("attendance.make_up", make_up.clone());
    program.mutate("attendance.mark_rest", json!({ "session": early, "status": "present" }));
    program.mutate("attendance.mark_rest", json!({ "session": late, "status": "present" }));
    let made = program.call("attendance.sheet", json!({ "id": late }))["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["member"] == json!(li))
        .unwrap()["mark"]["make_up"]["id"]
        .clone();
    program.mutate("months.close", json!({ "month": "2025-11", "leave_open": false }));

    let revision = |session: &str| program.call("sessions.get", json!({ "id": session }))["session"]["revision"].clone();
    let edited = |date: &str, kind: &str| json!({ "revision": 0, "session": session(date, kind) });
    let edit = |id: &str, date: &str, kind: &str| {
        let mut request = edited(date, kind);
        (request["id"], request["revision"]) = (json!(id), revision(id));
        request
    };
    let changes = [
        ("attendance.mark", json!({ "session": early, "member": wang, "status": "late" })),
        ("attendance.mark", json!({ "session": early, "member": wang, "remark": "迟了" })),
        ("attendance.mark", json!({ "session": early, "member": wang, "observer": true })),
        ("attendance.make_up", json!({ "session": late, "member": li, "done_on": "2025-12-01" })),
        ("attendance.remove_make_up", json!({ "id": made })),
        ("sessions.edit", edit(&early, "2025-11-07", "讲座")),
        ("sessions.edit", edit(&early, "2025-12-07", "主题党日")),
        ("sessions.edit", edit(&due, "2025-11-28", "支委会")),
        ("sessions.copy", json!({ "id": october, "date": "2025-11-10" })),
        ("sessions.add", session("2025-11-03", "党课")),
        ("sessions.set_state", json!({ "id": late, "revision": revision(&late), "state": "cancelled" })),
        ("sessions.delete", json!({ "id": early })),
    ];
    for (command, request) in &changes {
        let error = program.refuse(command, request.clone());
        assert_eq!((error.code.as_str(), &error.params["months"]), ("month_closed", &json!("2025年11月")), "{command}");
        // Blank is no reason.
        assert_eq!(program.refuse(command, with_reason(request.clone(), " 　")).code, "month_closed", "{command}");
    }
    assert!(program.supplements().is_empty());
    // Other months stay open.
    program.mark(&due, &ding, "present");

    let before = program.supplements().len();
    for (command, mut request) in changes {
        // Taking back what came before raised the revision.
        if request.get("revision").is_some() {
            request["revision"] = revision(request["id"].as_str().unwrap());
        }
        program.call(command, with_reason(request, "核对签到表"));
        program.call("undo.undo", json!({ "supplement_reason": "试过了" }));
        if command == "attendance.mark" {
            assert_eq!(program.refuse("undo.redo", json!({})).code, "month_closed");
        }
    }
    let supplements = program.supplements();
    assert_eq!(supplements.len() - before, 24, "one for each change and one for taking it back");
    let first = &supplements[0];
    assert_eq!(first["subject"], "2025-11-07 主题党日2025-11-07 王伟");
    assert_eq!((&first["reason"], &first["by"], &first["on"]), (&json!("核对签到表"), &json!("测试员"), &json!("2025-12-15")));
    assert_eq!((&first["operation"]["name"], &first["undone"]), (&json!("attendance.mark"), &json!(true)));
    assert_eq!((&supplements[1]["undoes"], &supplements[1]["reason"]), (&json!("attendance.mark"), &json!("试过了")));
}

#[test]
fn an_import_into_a_closed_month_is_refused_as_a_whole_until_a_reason_is_given() {
    let (program, [_, wang, _], [october, early, ..]) = branch();
    program.mutate("months.close", json!({ "month": "2025-11", "leave_open": true }));
    let path = program.folder.path().join("考勤.csv");
    std::fs::write(&path, "姓名,2025-10-10 党课2025-10-10,2025-11-07 主题党日2025-11-07\n王伟,出席,缺席\n").unwrap();
    let token = program.app.register_file(path).token;
    let source = program.call("import.read", json!({ "file": token, "kind": "attendance" }));
    let mut reading = source["reading"].clone();
    reading["policy"] = json!("update");
    let preview = program.call("import.preview", json!({ "source": source["source"], "reading": reading }));
    let apply = json!({ "plan": preview["plan"], "skip_problems": true });
    assert_eq!(program.refuse("import.apply", apply.clone()).code, "month_closed");
    let status = |session: &str| {
        let sheet = program.call("attendance.sheet", json!({ "id": session }));
        sheet["rows"].as_array().unwrap().iter().find(|row| row["member"] == json!(wang)).unwrap()["mark"]["status"].clone()
    };
    assert_eq!((status(&october), status(&early)), (json!("absent"), json!("present")), "nothing of it was carried out");
    program.call("import.apply", with_reason(apply, "按纸质签到表更正"));
    assert_eq!((status(&october), status(&early)), (json!("present"), json!("absent")));
    let subjects: Vec<_> = program.supplements().iter().map(|line| line["subject"].clone()).collect();
    assert_eq!(subjects, [json!("2025-11-07 主题党日2025-11-07 王伟")]);
}

#[test]
fn closing_a_month_says_what_is_open_and_opening_it_again_asks_why() {
    let (program, [_, wang, ding], [_, early, late, due]) = branch();
    let months = program.call("months.list", json!({ "year": 2025 }))["months"].clone();
    let november = &months[10];
    // 丁一 has no mark on the 7th, 王伟 none on the 21st.
    assert_eq!(
        (&november["month"], &november["sessions"], &november["held"], &november["unmarked"]),
        (&json!("2025-11"), &json!(2), &json!(2), &json!(2))
    );
    let open: Vec<_> = november["open_rolls"].as_array().unwrap().iter().map(|roll| roll["session"].clone()).collect();
    assert_eq!(open, [json!(early), json!(late)]);
    // December is not over; its session of the 12th has no roll, that of the
    // 29th is still to come.
    let december = &months[11];
    assert_eq!((&december["over"], &december["open_rolls"][0]["session"]), (&json!(false), &json!(due)));
    assert_eq!((&december["sessions"], december["open_rolls"].as_array().unwrap().len()), (&json!(2), 1));

    let refused = program.refuse("months.close", json!({ "month": "2025-11", "leave_open": false }));
    assert_eq!(refused.code, "month_rolls_open");
    assert_eq!((&refused.params["rolls"], &refused.params["unmarked"]), (&json!(2), &json!(2)));
    assert_eq!(program.refuse("months.close", json!({ "month": "2025-12", "leave_open": true })).code, "month_not_over");
    assert_eq!(program.refuse("months.close", json!({ "month": "十一月", "leave_open": true })).code, "date_not_a_date");
    assert_eq!(program.refuse("months.reopen", json!({ "month": "2025-11", "reason": "x" })).code, "month_not_closed");
    program.mark(&early, &ding, "present");
    program.mark(&late, &wang, "present");
    program.mutate("months.close", json!({ "month": "2025-11", "leave_open": false }));
    assert_eq!(program.refuse("months.close", json!({ "month": "2025-11", "leave_open": false })).code, "month_closed_already");
    assert_eq!(program.ledger(json!({}))["sessions"][1]["closed"], json!(true));
    assert_eq!(program.ledger(json!({}))["sessions"][0]["closed"], json!(false));

    assert_eq!(program.refuse("months.reopen", json!({ "month": "2025-11", "reason": " " })).code, "reason_missing");
    program.mutate("months.reopen", json!({ "month": "2025-11", "reason": "上级退回" }));
    program.mark(&early, &ding, "late");
    let november = program.call("months.list", json!({ "year": 2025 }))["months"][10].clone();
    assert_eq!(november["closed"], Value::Null);
    let reopened = json!([{ "closed": { "by": "测试员", "on": "2025-12-15" }, "by": "测试员", "on": "2025-12-15", "reason": "上级退回" }]);
    assert_eq!(november["reopened"], reopened);
    // Both can be taken back by name.
    program.mutate("months.close", json!({ "month": "2025-11", "leave_open": false }));
    let undone = program.call("undo.undo", json!({}));
    assert_eq!(undone["value"]["operation"]["name"], "months.close");
    program.mark(&early, &ding, "present");
}

#[test]
fn a_cell_tells_who_said_what_and_what_was_taken_back() {
    let (program, [_, wang, _], [october, ..]) = branch();
    program.mutate("attendance.mark", json!({ "session": october, "member": wang, "status": "late", "minutes": 10, "remark": "堵车" }));
    program.call("undo.undo", json!({}));
    program.mutate("attendance.mark", json!({ "session": october, "member": wang, "observer": true }));
    let history = program.call("attendance.history", json!({ "session": october, "member": wang }));
    assert_eq!((&history["name"], &history["date"]), (&json!("王伟"), &json!("2025-10-10")));
    let told: Vec<_> = history["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let said =
                |state: &Value| (state["status"].clone(), state["minutes"].clone(), state["make_up"].clone(), state["observer"].clone());
            (entry["operation"]["name"].clone(), entry["undone"].clone(), said(&entry["before"]), said(&entry["after"]))
        })
        .collect();
    let state = |status: &str, minutes: Option<u32>, make_up: Option<&str>, observer: bool| {
        (json!(status), json!(minutes), json!(make_up), json!(observer))
    };
    let line = |name: &str, undone: bool, before, after| (json!(name), json!(undone), before, after);
    let made_up = Some("2025-10-20 自学");
    let expected = [
        line("attendance.mark", false, state("absent", None, made_up, false), state("absent", None, made_up, true)),
        line("undo", false, state("late", Some(10), None, false), state("absent", None, made_up, false)),
        line("attendance.mark", true, state("absent", None, made_up, false), state("late", Some(10), None, false)),
        line("attendance.make_up", false, state("absent", None, None, false), state("absent", None, made_up, false)),
        line("attendance.mark", false, state("unmarked", None, None, false), state("absent", None, None, false)),
    ];
    assert_eq!(told, expected);
    assert_eq!(history["entries"][1]["undoes"], "attendance.mark");
    assert_eq!(history["entries"][0]["operation"]["operator"], "测试员");
}

/// The instant of an entry is the machine's, so the day is measured from it.
#[test]
fn an_entry_later_than_the_grace_days_is_tagged_with_the_days() {
    let today = chrono::Local::now().date_naive();
    let program = Program::on(&today.to_string());
    let member = program.member("王伟");
    for (days, late) in [(7, Value::Null), (8, json!(8))] {
        let date = (today - chrono::Duration::days(days)).to_string();
        let session = program.session(&date, "党课");
        program.mark(&session, &member, "present");
        let history = program.call("attendance.history", json!({ "session": session, "member": member }));
        assert_eq!((&history["grace_days"], &history["entries"][0]["late_by"]), (&json!(7), &late));
    }
}

#[test]
fn what_was_changed_after_closing_leaves_with_the_ledger_and_the_ledger_still_reads_back() {
    let (program, [_, wang, _], [_, early, ..]) = branch();
    program.mutate("months.close", json!({ "month": "2025-11", "leave_open": true }));
    let mark = |status: &str| json!({ "session": early, "member": wang, "status": status });
    program.mutate("attendance.mark", with_reason(mark("late"), "核对签到表"));
    program.mutate("attendance.mark", with_reason(mark("absent"), "写错了"));
    program.call("undo.undo", json!({ "supplement_reason": "没有错" }));
    let write = |command: &str, name: &str| {
        let path = program.folder.path().join(name);
        let token = program.app.register_file(path.clone()).token;
        let written = program.call(command, json!({ "year": 2025, "file": token }));
        (std::fs::read_to_string(path).unwrap(), written)
    };
    let (ledger, _) = write("reports.attendance_csv", "台账.csv");
    let lines: Vec<&str> = ledger.lines().collect();
    assert!(lines[0].ends_with(",部门,补登"), "{}", lines[0]);
    let told: Vec<&str> =
        lines.iter().filter_map(|line| line.split_once("2025-11-07 主题党日2025-11-07 王伟：")).map(|(_, rest)| rest).collect();
    assert_eq!(told, ["核对签到表（测试员 2025-12-15）"], "what was taken back is not said");

    let (register, written) = write("reports.supplements_csv", "补登.csv");
    assert_eq!(written["entries"], json!(3));
    let lines: Vec<&str> = register.lines().skip(1).collect();
    let line = |what: &str, reason: &str, undone: &str| {
        format!("2025-11,2025-11-07 主题党日2025-11-07 王伟,{what},{reason},测试员,2025-12-15,{undone}")
    };
    let expected =
        [line("点名 王伟 迟到", "核对签到表", ""), line("点名 王伟 缺席", "写错了", "是"), line("撤销：点名 王伟 缺席", "没有错", "")];
    assert_eq!(lines, expected);

    // Read back, it changes nothing and asks nothing of the new column.
    let token = program.app.register_file(program.folder.path().join("台账.csv")).token;
    let source = program.call("import.read", json!({ "file": token, "kind": "attendance" }));
    let preview = program.call("import.preview", json!({ "source": source["source"], "reading": source["reading"] }));
    assert_eq!(
        (&preview["counts"]["keep"], &preview["counts"]["add"], &preview["counts"]["change"]),
        (&json!(3), &json!(0), &json!(0)),
        "{preview}"
    );
    assert_eq!(preview["columns"].as_array().unwrap().len(), 3, "{}", preview["columns"]);
}
