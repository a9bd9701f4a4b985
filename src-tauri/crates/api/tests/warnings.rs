//! 预警 and 工作台 through the dispatcher, as the window calls them: each
//! rule raised by records, gone when they are settled; put off, taken back,
//! switched off. What is expected is worked out by hand.

use std::path::PathBuf;

use serde_json::{Value, json};
use xueji_api::{App, AppOptions, Clock, ErrorView};

struct Program {
    app: App,
    folder: tempfile::TempDir,
}

impl Program {
    fn on(today: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = Self { app: app(folder.path().join("data"), today), folder };
        let file = program.app.register_file(program.book());
        program.call("book.create", json!({ "file": file.token, "name": "机关第三党支部", "operator": "测试员" }));
        program
    }

    /// The same book on another day.
    fn later(self, today: &str) -> Self {
        self.app.close();
        let Self { folder, .. } = self;
        let program = Self { app: app(folder.path().join("data"), today), folder };
        let file = program.app.register_file(program.book());
        program.call("book.open", json!({ "file": file.token }));
        program
    }

    fn book(&self) -> PathBuf {
        self.folder.path().join("台账.xueji")
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

    fn member(&self, name: &str) -> String {
        id(&self.mutate("roster.add", json!({ "name": name, "party_status": "中共党员", "rank": "一级主任科员" })))
    }

    fn session(&self, date: &str, state: &str, kind: &str) -> String {
        let session = json!({ "date": date, "kind": kind, "title": format!("{date} {kind}"), "level": "branch", "state": state, "organizations": [], "amount": "90分钟" });
        id(&self.mutate("sessions.add", session))
    }

    fn mark(&self, session: &str, member: &str, status: &str) {
        self.mutate("attendance.mark", json!({ "session": session, "member": member, "status": status }));
    }

    fn set(&self, rule: &str, on: bool, threshold: Option<u32>) {
        self.mutate("warnings.set_rule", json!({ "rule": rule, "on": on, "threshold": threshold }));
    }

    fn list(&self, year: i32) -> Value {
        self.call("warnings.list", json!({ "year": year }))
    }

    /// What one rule raises in 2025.
    fn raised(&self, rule: &str) -> Vec<Value> {
        of(&self.list(2025), rule)
    }
}

fn app(data_dir: PathBuf, today: &str) -> App {
    App::new(AppOptions { data_dir, clock: Clock::Day(today.parse().unwrap()), on_event: Box::new(|_| {}) })
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

fn of(list: &Value, rule: &str) -> Vec<Value> {
    list["warnings"].as_array().unwrap().iter().filter(|warning| warning["rule"] == rule).cloned().collect()
}

#[test]
fn an_empty_book_warns_of_nothing() {
    let program = Program::on("2025-10-14");
    assert_eq!(program.list(2025)["warnings"], json!([]));
    let bench = program.call("workbench.year", json!({ "year": 2025 }));
    assert_eq!((&bench["due"], &bench["coverage"], &bench["behind"]), (&json!([]), &json!([]), &json!([])));
}

#[test]
fn a_roll_that_was_not_taken_is_warned_of_until_it_is_taken_or_cancelled() {
    let program = Program::on("2025-10-14");
    let (one, other) = (program.member("王伟"), program.member("李静"));
    let session = program.session("2025-10-10", "planned", "集体学习");
    program.session("2025-10-14", "planned", "集体学习");
    let raised = program.raised("roll_open");
    assert_eq!(raised.len(), 1, "today's is not late");
    assert_eq!((&raised[0]["code"], &raised[0]["params"]["days"]), (&json!("roll_not_taken"), &json!(4)));
    assert_eq!(raised[0]["place"], json!({ "page": "session", "id": session }));

    program.mark(&session, &one, "present");
    let raised = program.raised("roll_open");
    assert_eq!((&raised[0]["code"], &raised[0]["params"]["count"]), (&json!("roll_unmarked"), &json!(1)));
    program.mark(&session, &other, "present");
    assert_eq!(program.raised("roll_open"), [] as [Value; 0]);

    let never = program.session("2025-10-01", "planned", "集体学习");
    assert_eq!(program.raised("roll_open").len(), 1);
    let revision = program.call("sessions.get", json!({ "id": never }))["session"]["revision"].clone();
    let revision = if revision.is_null() { json!(1) } else { revision };
    program.mutate("sessions.set_state", json!({ "id": never, "revision": revision, "state": "cancelled" }));
    assert_eq!(program.raised("roll_open"), [] as [Value; 0]);
}

#[test]
fn a_make_up_is_warned_of_when_it_is_overdue_and_no_more_once_it_is_done() {
    let program = Program::on("2025-10-14");
    let member = program.member("王伟");
    // 30 days after 13 September is 13 October; after 14 September, today.
    let (late, in_time) = (program.session("2025-09-13", "held", "集体学习"), program.session("2025-09-14", "held", "集体学习"));
    program.mark(&late, &member, "absent");
    program.mark(&in_time, &member, "sick_leave");
    let raised = program.raised("make_up_overdue");
    assert_eq!(raised.len(), 1);
    assert_eq!((&raised[0]["params"]["count"], &raised[0]["params"]["days"]), (&json!(1), &json!(1)));
    // The other one is due today: it stands under what is due.
    let due = program.call("workbench.year", json!({ "year": 2025 }))["due"].clone();
    assert_eq!((&due[0]["kind"], &due[0]["date"], &due[0]["count"]), (&json!("make_up"), &json!("2025-10-14"), &json!(1)));
    program.mutate("make_ups.record", json!({ "absences": [{ "session": late, "member": member }], "done_on": "2025-10-01" }));
    assert_eq!(program.raised("make_up_overdue"), [] as [Value; 0]);
}

#[test]
fn absences_in_a_row_and_a_low_rate_are_warned_of_by_editable_thresholds() {
    let program = Program::on("2025-10-14");
    let member = program.member("王伟");
    let sessions: Vec<String> =
        ["2025-09-01", "2025-09-02", "2025-09-03", "2025-09-04"].map(|day| program.session(day, "held", "集体学习")).into();
    for (session, status) in sessions.iter().zip(["present", "absent", "absent", "absent"]) {
        program.mark(session, &member, status);
    }
    let run = program.raised("absences_in_row");
    assert_eq!((&run[0]["grade"], &run[0]["params"]["count"], &run[0]["threshold"]), (&json!("grave"), &json!(3), &json!(3)));
    let rate = program.raised("attendance_rate");
    assert_eq!((&rate[0]["params"]["percent"], &rate[0]["params"]["out_of"]), (&json!("25.0"), &json!(4)));
    program.set("absences_in_row", true, Some(4));
    program.set("attendance_rate", true, Some(25));
    assert_eq!((program.raised("absences_in_row").len(), program.raised("attendance_rate").len()), (0, 0));
    program.mutate("warnings.reset_rules", json!({}));
    assert_eq!((program.raised("absences_in_row").len(), program.raised("attendance_rate").len()), (1, 1));
    program.set("absences_in_row", false, None);
    assert_eq!(program.raised("absences_in_row").len(), 0);
    program.call("undo.undo", json!({}));
    assert_eq!(program.raised("absences_in_row").len(), 1);
    // Whoever made one of the three up is settled in both.
    program.mutate(
        "make_ups.record",
        json!({ "absences": sessions[1..].iter().map(|session| json!({ "session": session, "member": member })).collect::<Vec<_>>() }),
    );
    assert_eq!((program.raised("absences_in_row").len(), program.raised("attendance_rate").len()), (0, 0));
}

#[test]
fn meetings_to_be_held_are_warned_of_until_they_are_planned_or_held() {
    let program = Program::on("2025-10-24");
    program.member("王伟");
    let gaps = |program: &Program| {
        program.raised("coverage_gap").iter().map(|warning| warning["subject"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // The book begins with this session: what lies before was kept elsewhere.
    program.session("2025-09-20", "held", "主题党日");
    assert_eq!(gaps(&program), ["主题党日"], "seven days are left");
    assert!(program.raised("coverage_short").iter().all(|warning| warning["subject"] != "主题党日"));
    program.session("2025-10-30", "planned", "主题党日");
    assert_eq!(gaps(&program), [] as [&str; 0]);
    let program = program.later("2025-11-05");
    let short = program.raised("coverage_short");
    let of_party_day = short.iter().find(|warning| warning["subject"] == "主题党日").unwrap();
    assert_eq!(of_party_day["params"]["windows"], "10月", "planned and never held");
    // The strip shows it: September met, October short, November open.
    let bench = program.call("workbench.year", json!({ "year": 2025 }));
    let line = bench["coverage"].as_array().unwrap().iter().find(|line| line["name"] == "主题党日").unwrap();
    let states: Vec<&str> = line["cells"].as_array().unwrap()[8..11].iter().map(|cell| cell["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["met", "short", "not_yet_due"]);
}

#[test]
fn an_item_of_a_plan_is_warned_of_until_a_session_carries_it_out() {
    let program = Program::on("2025-04-02");
    program.member("王伟");
    let root = program.call("organizations.list", json!({}))[0]["id"].clone();
    let plan = program.mutate("plans.create", json!({ "year": 2025, "organization": root, "member": null }));
    let item = json!({ "theme": null, "title": "学习党章", "form": null, "material": null, "speaker": null, "target": null, "due": "3月", "note": null });
    let plan = program.mutate("plans.save_item", json!({ "plan": plan["id"], "id": null, "revision": 0, "item": item }));
    let raised = program.raised("plan_item_overdue");
    assert_eq!((&raised[0]["subject"], &raised[0]["params"]["days"]), (&json!("学习党章"), &json!(2)));
    let session = program.session("2025-04-01", "held", "集体学习");
    program.mutate("plans.tie", json!({ "item": plan["items"][0]["id"], "sessions": [session] }));
    assert_eq!(program.raised("plan_item_overdue"), [] as [Value; 0]);
}

#[test]
fn self_study_that_waits_is_counted_until_it_is_accepted() {
    let program = Program::on("2025-04-02");
    let member = program.member("王伟");
    let entry = json!({ "member": member, "date": "2025-04-01", "form": "读书", "content": "党章", "amount": "60分钟", "submit": true, "pending": true });
    let entry = program.mutate("study.add", entry);
    let waits = entry["state"] == "pending";
    let program = program.later("2025-04-09");
    assert!(waits, "{entry}");
    let raised = program.raised("approval_waiting");
    assert_eq!((&raised[0]["params"]["count"], &raised[0]["params"]["days"]), (&json!(1), &json!(7)));
    program.mutate("study.approve", json!({ "ids": [entry["id"]] }));
    assert_eq!(program.raised("approval_waiting"), [] as [Value; 0]);
}

#[test]
fn a_month_and_a_year_are_warned_of_until_they_are_closed() {
    let program = Program::on("2025-02-10");
    let member = program.member("王伟");
    let session = program.session("2025-01-10", "held", "集体学习");
    program.mark(&session, &member, "present");
    assert_eq!(program.raised("month_open")[0]["subject"], "1月");
    program.mutate("months.close", json!({ "month": "2025-01", "leave_open": false }));
    assert_eq!(program.raised("month_open"), [] as [Value; 0]);

    let program = program.later("2026-01-30");
    assert_eq!(of(&program.list(2026), "year_open")[0]["subject"], "2025 年", "seen in the new year too");
    assert_eq!(program.raised("year_open").len(), 1);
    let set = program.call("credits.year", json!({ "year": 2025 }))["set"]["key"].clone();
    program.mutate("closing.close", json!({ "rule_set": set, "year": 2025 }));
    assert_eq!((of(&program.list(2026), "year_open").len(), program.raised("year_open").len()), (0, 0));
    // What is closed is settled: nobody is chased for 2025 any more.
    assert_eq!(program.raised("credits_short"), [] as [Value; 0]);
}

#[test]
fn who_is_behind_is_said_by_how_much_and_failed_once_the_year_is_over() {
    let program = Program::on("2025-07-02");
    let member = program.member("王伟");
    // 科级: 12 a year under the shipped example; 2 July is day 183 of 365.
    let credits = program.call("credits.year", json!({ "year": 2025 }));
    assert_eq!(credits["rows"][0]["required"], "12");
    let bench = program.call("workbench.year", json!({ "year": 2025 }));
    // 12 × 183 ÷ 365 = 2196/365.
    assert_eq!((&bench["behind"][0]["name"], &bench["behind"][0]["behind"]), (&json!("王伟"), &json!("2196/365")));
    assert_eq!((&bench["progress"]["quarters"], &bench["progress"]["met"]), (&json!([1, 0, 0, 0]), &json!(0)));
    let raised = program.raised("credits_behind");
    assert_eq!((&raised[0]["grade"], &raised[0]["params"]["days"]), (&json!("grave"), &json!(183)));
    assert_eq!(raised[0]["place"], json!({ "page": "credits", "member": member }));
    let program = program.later("2026-01-02");
    assert_eq!(program.raised("credits_behind").len(), 0);
    assert_eq!(program.raised("credits_short").len(), 1);
}

#[test]
fn what_is_put_off_is_away_until_the_day_and_is_taken_back_or_undone() {
    let program = Program::on("2025-10-14");
    program.member("王伟");
    program.session("2025-10-10", "planned", "集体学习");
    let key = program.raised("roll_open")[0]["key"].clone();
    let ask = |until: Value| json!({ "year": 2025, "keys": [key], "until": until, "reason": "主持人出差，下周补" });
    let wrong = program.refuse("warnings.put_off", ask(json!("2025-10-14")));
    assert_eq!((wrong.code.as_str(), wrong.field.as_deref()), ("put_off_until_past", Some("until")));
    let wrong = program.refuse("warnings.put_off", json!({ "year": 2025, "keys": [key], "reason": " " }));
    assert_eq!(wrong.field.as_deref(), Some("reason"));
    let gone = program.refuse("warnings.put_off", json!({ "year": 2025, "keys": ["roll_open:nothing"], "reason": "x" }));
    assert_eq!(gone.code, "warning_gone");

    program.mutate("warnings.put_off", ask(json!("2025-10-20")));
    assert_eq!(program.raised("roll_open"), [] as [Value; 0]);
    let away = program.list(2025)["put_off"].clone();
    assert_eq!((&away[0]["until"], &away[0]["by"], &away[0]["on"]), (&json!("2025-10-20"), &json!("测试员"), &json!("2025-10-14")));
    let bench = program.call("workbench.year", json!({ "year": 2025 }));
    assert_eq!((of(&bench, "roll_open").len(), &bench["put_off"]), (0, &json!(1)));

    program.mutate("warnings.take_back", json!({ "keys": [key] }));
    assert_eq!(program.raised("roll_open").len(), 1);
    program.call("undo.undo", json!({}));
    assert_eq!(program.raised("roll_open").len(), 0);
    assert_eq!(program.refuse("warnings.take_back", json!({ "keys": ["nothing"] })).code, "warning_not_put_off");

    let program = program.later("2025-10-19");
    assert_eq!(program.raised("roll_open").len(), 0);
    let program = program.later("2025-10-20");
    assert_eq!(program.raised("roll_open").len(), 1, "back on the day");
    program.mutate("warnings.put_off", ask(Value::Null));
    let program = program.later("2026-06-01");
    assert_eq!(program.raised("roll_open").len(), 0, "for good");
}

#[test]
fn thresholds_are_shown_kept_within_bounds_and_named_by_undo() {
    let program = Program::on("2025-10-14");
    let wrong = program.refuse("warnings.set_rule", json!({ "rule": "attendance_rate", "on": true, "threshold": 101 }));
    assert_eq!((wrong.code.as_str(), wrong.field.as_deref()), ("threshold_out_of_range", Some("threshold")));
    program.set("attendance_rate", true, Some(90));
    let rules = program.call("warnings.rules", json!({}));
    let rule = rules.as_array().unwrap().iter().find(|rule| rule["rule"] == "attendance_rate").unwrap();
    assert_eq!(
        (&rule["threshold"]["value"], &rule["threshold"]["default"], &rule["threshold"]["unit"]),
        (&json!(90), &json!(80), &json!("percent"))
    );
    let undone = program.call("undo.history", json!({ "limit": 5, "before": null }));
    assert!(undone.to_string().contains("warnings.set_rule"));
}

#[test]
fn what_is_due_within_a_week_is_listed_by_day() {
    let program = Program::on("2025-12-29");
    program.member("王伟");
    program.session("2026-01-04", "planned", "党课");
    program.session("2025-12-30", "planned", "集体学习");
    program.session("2026-01-05", "planned", "集体学习");
    program.session("2025-12-29", "cancelled", "集体学习");
    let due = program.call("workbench.year", json!({ "year": 2025 }))["due"].clone();
    let days: Vec<&str> = due.as_array().unwrap().iter().map(|line| line["date"].as_str().unwrap()).collect();
    assert_eq!(days, ["2025-12-30", "2026-01-04"], "seven days, over the year's end");
    assert_eq!(program.call("workbench.year", json!({ "year": 2024 }))["due"], json!([]));
}

#[test]
fn a_document_is_warned_of_after_its_day_until_a_held_session_answers_it() {
    let program = Program::on("2025-04-02");
    program.member("王伟");
    let document = |title: &str, study_by: &str| {
        id(&program.mutate("documents.add", json!({ "kind": "文件", "title": title, "date": "2025-03-01", "study_by": study_by })))
    };
    let (late, _) = (document("通知", "2025-03-31"), document("意见", "2025-04-05"));
    let codes = || program.raised("document_unstudied").iter().map(|warning| warning["code"].clone()).collect::<Vec<_>>();
    assert_eq!(codes(), ["document_unstudied"]);
    let due = program.call("workbench.year", json!({ "year": 2025 }))["due"].clone();
    assert_eq!((&due[0]["kind"], &due[0]["subject"]), (&json!("document"), &json!("意见")));
    let session = program.session("2025-04-10", "planned", "集体学习");
    program.mutate("sessions.set_answers", json!({ "session": session, "document": late }));
    assert_eq!(codes(), ["document_planned"]);
    let held = program.session("2025-04-01", "held", "集体学习");
    program.mutate("sessions.set_answers", json!({ "session": held, "document": late }));
    assert_eq!(codes(), [] as [Value; 0]);
}

#[test]
fn a_finding_is_warned_of_after_its_day_until_it_is_mended() {
    let program = Program::on("2025-04-02");
    program.member("王伟");
    let findings = json!([{ "text": "记录不全", "due_on": "2025-04-01" }, { "text": "没有签到", "due_on": "2025-04-02" }]);
    let check = json!({ "date": "2025-03-01", "inspector": "上级党委", "subject": "学习记录", "findings": findings });
    let check = program.mutate("inspections.add", check);
    let raised = program.raised("finding_overdue");
    assert_eq!(raised.iter().map(|warning| warning["subject"].clone()).collect::<Vec<_>>(), ["记录不全"], "the other is due today");
    assert_eq!(raised[0]["place"], json!({ "page": "inspection", "id": check["id"] }));
    let finding = check["findings"].as_array().unwrap().iter().find(|finding| finding["text"] == "记录不全").unwrap();
    program.mutate("inspections.mend", json!({ "id": finding["id"], "revision": finding["revision"], "on": "2025-04-02", "by": "王伟" }));
    assert_eq!(program.raised("finding_overdue"), [] as [Value; 0]);
}
