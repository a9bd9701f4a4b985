//! The office's archive through the dispatcher: documents and what was
//! studied when, checks and what was mended, money to the cent, awards, cases,
//! observers' reports; removing says what it takes along, and undo brings it
//! back.

use serde_json::{Value, json};
use xueji_api::{App, AppOptions, Clock};

struct Office {
    app: App,
    folder: tempfile::TempDir,
}

impl Office {
    /// Today is Monday, 15 December 2025.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = AppOptions {
            data_dir: folder.path().join("data"),
            clock: Clock::Day("2025-12-15".parse().unwrap()),
            on_event: Box::new(|_| {}),
        };
        let office = Self { app: App::new(options), folder };
        let file = office.token("台账.xueji");
        office.call("book.create", json!({ "file": file, "name": "机关第三党支部", "operator": "测试员" }));
        office
    }

    fn token(&self, name: &str) -> String {
        self.app.register_file(self.folder.path().join(name)).token
    }

    fn call(&self, name: &str, request: Value) -> Value {
        self.app.call(name, request).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// The code of a refusal, and the field that it is about.
    fn refuse(&self, name: &str, request: Value) -> (String, Option<String>) {
        let error = self.app.call(name, request).expect_err(name);
        (error.code, error.field)
    }

    fn session(&self, date: &str, state: &str) -> String {
        let added = self.call("sessions.add", session(date, state));
        added["value"]["id"].as_str().unwrap().to_owned()
    }

    fn member(&self, name: &str) -> String {
        let added = self.call("roster.add", json!({ "name": name }));
        added["value"]["id"].as_str().unwrap().to_owned()
    }

    fn document(&self, title: &str, date: &str, study_by: Option<&str>) -> String {
        let input =
            json!({ "kind": "文件", "title": title, "number": "县发〔2025〕12号", "issuer": "县委", "date": date, "study_by": study_by });
        self.call("documents.add", input)["value"]["id"].as_str().unwrap().to_owned()
    }

    fn document_row(&self, id: &str) -> Value {
        let register = self.call("documents.list", json!({}));
        register["rows"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone()
    }

    fn undo(&self) {
        self.call("undo.undo", json!({}));
    }
}

fn session(date: &str, state: &str) -> Value {
    json!({ "date": date, "starts_at": "14:30", "amount": null, "kind": "集体学习", "title": "学习文件", "level": "branch", "theme": null,
            "place": null, "state": state, "hosts": null, "speakers": null, "recorders": null, "organizations": [], "remark": null })
}

#[test]
fn days_run_from_a_document_to_its_first_session() {
    let office = Office::new();
    let of = |id: &str| {
        let row = office.document_row(id);
        (row["study"].as_str().unwrap().to_owned(), row["days"].as_i64().unwrap())
    };
    // From 1 to 15 December 14 days have passed; the 10th has, the 20th has not.
    let waiting = office.document("甲", "2025-12-01", Some("2025-12-20"));
    let overdue = office.document("乙", "2025-12-01", Some("2025-12-10"));
    let kept = office.document("丙", "2025-12-01", None);
    assert_eq!(of(&waiting), ("waiting".into(), 14));
    assert_eq!(of(&overdue), ("overdue".into(), 14));
    assert_eq!(of(&kept), ("kept".into(), 14));
    // A planned session holds it open, but does not excuse what is overdue.
    for (id, study) in [(&waiting, "planned"), (&overdue, "overdue"), (&kept, "planned")] {
        let planned = office.call("documents.schedule", json!({ "document": id, "session": session("2025-12-18", "held") }));
        assert_eq!(planned["value"]["state"], "planned");
        assert_eq!(of(id).0, study);
    }
    // Studied on the 12th and again on the 14th: the first counts.
    for date in ["2025-12-14", "2025-12-12"] {
        let held = office.session(date, "held");
        office.call("sessions.set_answers", json!({ "session": held, "document": overdue }));
    }
    assert_eq!(of(&overdue), ("studied_late".into(), 11));
    let held = office.session("2025-12-05", "held");
    office.call("sessions.set_answers", json!({ "session": held, "document": waiting }));
    assert_eq!(of(&waiting), ("studied".into(), 4));
    let sessions = office.document_row(&overdue)["sessions"].clone();
    assert_eq!((&sessions[0]["date"], &sessions[0]["days"], &sessions[0]["late"]), (&json!("2025-12-12"), &json!(11), &json!(true)));
}

#[test]
fn a_document_that_is_studied_goes_only_when_its_sessions_are_let_go() {
    let office = Office::new();
    let id = office.document("关于学习的通知", "2025-12-01", None);
    assert_eq!(office.document_row(&id)["search_keys"][1], "gyxxdtz");
    let held = office.session("2025-12-05", "held");
    office.call("sessions.set_answers", json!({ "session": held, "document": id }));
    office.call(
        "attachments.add",
        json!({ "owner_kind": "document", "owner": id, "label": null, "files": [{ "type": "bytes", "name": "原文.txt", "base64": "5a2m5Lmg" }] }),
    );
    let error = office.app.call("documents.remove", json!({ "id": id, "untie": false })).unwrap_err();
    assert_eq!(error.code, "document_used");
    assert_eq!(error.params["sessions"], "2025-12-05“学习文件”");
    office.call("documents.remove", json!({ "id": id, "untie": true }));
    assert_eq!(office.call("documents.list", json!({}))["rows"], json!([]));
    office.undo();
    let row = office.document_row(&id);
    assert_eq!((&row["files"], row["sessions"].as_array().unwrap().len()), (&json!(1), 1));
}

#[test]
fn a_document_says_which_field_is_wrong() {
    let office = Office::new();
    let refused = |change: Value| {
        let mut input = json!({ "kind": "文件", "title": "甲", "date": "2025年12月1日" });
        input.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        office.refuse("documents.add", input)
    };
    assert_eq!(refused(json!({ "kind": "　" })), ("document_kind_missing".into(), Some("kind".into())));
    assert_eq!(refused(json!({ "title": "" })), ("title_missing".into(), Some("title".into())));
    assert_eq!(refused(json!({ "date": "昨天" })), ("date_not_a_date".into(), Some("date".into())));
    assert_eq!(refused(json!({ "study_by": "2025-11-30" })), ("study_by_before_document".into(), Some("study_by".into())));
}

#[test]
fn a_finding_is_mended_by_one_action_and_what_is_overdue_comes_first() {
    let office = Office::new();
    let check = |date: &str, findings: Value| {
        let input = json!({ "date": date, "inspector": "县委督查组", "subject": date, "findings": findings });
        office.call("inspections.add", input)["value"].clone()
    };
    let order = || -> Vec<String> {
        let book = office.call("inspections.list", json!({}));
        book["rows"].as_array().unwrap().iter().map(|row| row["subject"].as_str().unwrap().to_owned()).collect()
    };
    check("2025-12-10", json!([]));
    check("2025-11-10", json!([{ "text": "记录不全", "due_on": "2025-12-31" }, { "text": "　" }]));
    let late = check("2025-10-10", json!([{ "text": "签到表缺页", "due_on": "2025-10-20" }, { "text": "笔记偏少" }]));
    assert_eq!(order(), ["2025-10-10", "2025-11-10", "2025-12-10"]);
    assert_eq!((&late["open"], &late["overdue"]), (&json!(2), &json!(1)));
    let finding = &late["findings"][0];
    let mend = json!({ "id": finding["id"], "revision": finding["revision"], "by": "李静", "how": "已补齐" });
    let mended = office.call("inspections.mend", mend.clone())["value"].clone();
    assert_eq!((&mended["open"], &mended["overdue"]), (&json!(1), &json!(0)));
    let view = &mended["findings"][0];
    assert_eq!((&view["mended_on"], &view["mended_by"], &view["late"]), (&json!("2025-12-15"), &json!("李静"), &json!(true)));
    // The same click twice: the second saw what is no longer so.
    assert_eq!(office.refuse("inspections.mend", mend).0, "record_changed");
    office.undo();
    assert_eq!(order()[0], "2025-10-10");
}

#[test]
fn editing_a_check_keeps_how_its_findings_were_mended() {
    let office = Office::new();
    let input =
        json!({ "date": "2025-10-10", "inspector": "督查组", "subject": "学习记录", "findings": [{ "text": "甲" }, { "text": "乙" }] });
    let row = office.call("inspections.add", input)["value"].clone();
    let second = &row["findings"][1];
    let mend = json!({ "id": second["id"], "revision": second["revision"], "on": "2025.10.31" });
    let row = office.call("inspections.mend", mend)["value"].clone();
    let edited = office.call(
        "inspections.edit",
        json!({ "id": row["id"], "revision": row["revision"], "inspection": { "date": "2025-10-10", "inspector": "督查组", "subject": "学习记录",
                "findings": [{ "id": row["findings"][1]["id"], "text": "乙" }, { "text": "丙", "due_on": "2025-11-30" }] } }),
    )["value"]
        .clone();
    let texts: Vec<&str> = edited["findings"].as_array().unwrap().iter().map(|finding| finding["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["乙", "丙"]);
    assert_eq!(edited["findings"][0]["mended_on"], "2025-10-31");
    assert_eq!((&edited["open"], &edited["overdue"]), (&json!(1), &json!(1)));
    let due_before =
        json!({ "date": "2025-10-10", "inspector": "督查组", "subject": "学习", "findings": [{ "text": "甲", "due_on": "2025-10-09" }] });
    assert_eq!(office.refuse("inspections.add", due_before).0, "finding_due_before_inspection");
}

#[test]
fn money_is_exact_and_sums_by_kind_month_and_organization() {
    let office = Office::new();
    let spend = |date: &str, kind: &str, amount: &str| {
        office.call("expenses.add", json!({ "date": date, "kind": kind, "item": "学习用书", "amount": amount }))["value"].clone()
    };
    // Ten times ten cents is a yuan, which binary floating point does not give.
    for _ in 0..10 {
        spend("2025-03-01", "书籍", "0.1");
    }
    spend("2025-03-31", "报刊", "１，２８０元");
    spend("2025-12-01", "书籍", "￥128.50");
    spend("2024-12-31", "场地", "999");
    let year = office.call("expenses.list", json!({ "year": 2025 }));
    assert_eq!(year["total"], "1409.50");
    assert_eq!(
        year["by_kind"],
        json!([{ "name": "报刊", "count": 1, "total": "1280.00" }, { "name": "书籍", "count": 11, "total": "129.50" }])
    );
    assert_eq!((&year["by_month"][2], &year["by_month"][11], &year["by_month"][0]), (&json!("1281.00"), &json!("128.50"), &json!("0.00")));
    assert_eq!(year["by_organization"], json!([{ "name": "机关第三党支部", "count": 12, "total": "1409.50" }]));
    assert_eq!(year["years"], json!([2024, 2025]));
    for (amount, code) in [
        ("", "yuan_missing"),
        ("1,5", "yuan_unreadable"),
        ("1.234", "yuan_too_fine"),
        ("0", "yuan_nothing"),
        ("9999999999", "yuan_too_large"),
    ] {
        let input = json!({ "date": "2025-03-01", "kind": "书籍", "item": "书", "amount": amount });
        assert_eq!(office.refuse("expenses.add", input), (code.into(), Some("amount".into())));
    }
}

#[test]
fn an_expense_changes_goes_and_comes_back() {
    let office = Office::new();
    let row = office.call("expenses.add", json!({ "date": "2025-03-01", "kind": "书籍", "item": "读本", "amount": "30" }))["value"].clone();
    let edit = json!({ "id": row["id"], "revision": row["revision"], "expense": { "date": "2025-03-02", "kind": "书籍", "item": "读本", "amount": "35.5" } });
    assert_eq!(office.call("expenses.edit", edit.clone())["value"]["amount"], "35.50");
    assert_eq!(office.refuse("expenses.edit", edit).0, "record_changed");
    office.call("expenses.remove", json!({ "id": row["id"] }));
    assert_eq!(office.call("expenses.list", json!({ "year": 2025 }))["total"], "0.00");
    office.undo();
    assert_eq!(office.call("expenses.list", json!({ "year": 2025 }))["total"], "35.50");
}

#[test]
fn one_paper_commends_several_and_a_commended_person_stays_in_the_book() {
    let office = Office::new();
    let (wang, li, zhang) = (office.member("王伟"), office.member("李静"), office.member("张三"));
    let add = |date: &str, members: Value| {
        let commendation = json!({ "date": date, "title": "优秀学员", "issuer": "县委" });
        office.call("commendations.add", json!({ "commendation": commendation, "members": members, "organizations": [] }))
    };
    assert_eq!(add("2025-07-01", json!([wang, wang, li]))["value"].as_array().unwrap().len(), 2);
    // Two years back from 15 December 2025: the 15th still counts, the 14th no longer does.
    add("2023-12-14", json!([zhang]));
    let without = || -> Vec<String> {
        let book = office.call("commendations.list", json!({}));
        book["without"].as_array().unwrap().iter().map(|each| each["member"]["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(without(), ["张三"]);
    add("2023-12-15", json!([zhang]));
    assert!(without().is_empty());
    let of = office.call("commendations.of_member", json!({ "member": zhang }));
    assert_eq!((&of[0]["date"], &of[1]["date"]), (&json!("2023-12-15"), &json!("2023-12-14")));
    assert_eq!(office.refuse("roster.delete", json!({ "id": wang })).0, "member_has_commendations");
    let nobody = json!({ "commendation": { "date": "2025-07-01", "title": "优秀" }, "members": [], "organizations": [] });
    assert_eq!(office.refuse("commendations.add", nobody).0, "commended_missing");
    office.undo();
    assert_eq!(without(), ["张三"]);
}

#[test]
fn a_case_is_found_by_its_body_and_by_pinyin() {
    let office = Office::new();
    let add = |title: &str, body: &str| {
        office.call("cases.add", json!({ "date": "2025-05-01", "title": title, "kind": "学用结合", "body": body }))
    };
    add("田间课堂", "支部把党课搬到田间地头，\r\n群众听得进。");
    let body = format!("{}调研报告转化为办法", "前文".repeat(40));
    let other = add("调研成果", &body)["value"]["case"]["id"].clone();
    let titles = |text: &str| -> Vec<String> {
        let library = office.call("cases.list", json!({ "text": text }));
        library["rows"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles("地头"), ["田间课堂"]);
    assert_eq!(titles("tjkt"), ["田间课堂"]);
    assert_eq!(titles("学用结合 调研"), ["调研成果"]);
    assert!(titles("没有的话").is_empty());
    let library = office.call("cases.list", json!({ "text": "转化" }));
    assert!(library["rows"][0]["excerpt"].as_str().unwrap().contains("转化为办法"));
    assert_eq!(library["all"], 2);
    assert_eq!(office.call("cases.get", json!({ "id": other }))["body"], body);
    office.call("cases.remove", json!({ "id": other }));
    assert_eq!(office.refuse("cases.get", json!({ "id": other })).0, "record_gone");
}

#[test]
fn an_observers_report_is_due_ten_working_days_later() {
    let office = Office::new();
    // From Monday 1 December the tenth working day is Monday the 15th; from
    // the Friday before, it is Friday the 12th.
    let sessions = [office.session("2025-12-01", "held"), office.session("2025-11-28", "held"), office.session("2025-12-22", "planned")];
    for session in &sessions {
        office.call("attendance.guest_add", json!({ "session": session, "name": "赵督导", "member": null }));
    }
    let rows = office.call("observers.list", json!({ "year": 2025 }));
    let of = |at: usize| (rows[at]["state"].as_str().unwrap().to_owned(), rows[at]["due_on"].as_str().unwrap().to_owned());
    assert_eq!(of(0).0, "not_yet");
    assert_eq!(of(1), ("waiting".into(), "2025-12-15".into()));
    assert_eq!(of(2), ("overdue".into(), "2025-12-12".into()));
    let save = |body: &str, on: Option<&str>, revision: Option<u32>| json!({ "session": sessions[1], "observer": "赵督导", "member": null, "revision": revision, "submitted_on": on, "body": body });
    let draft = office.call("observers.save", save(&"字".repeat(501), None, None))["value"][0].clone();
    assert_eq!((&draft["state"], &draft["report"]["words"], &draft["report"]["too_long"]), (&json!("overdue"), &json!(501), &json!(true)));
    let handed = office.call("observers.save", save(&"字".repeat(500), Some("2025-12-12"), Some(1)))["value"][0].clone();
    assert_eq!((&handed["state"], &handed["report"]["too_long"]), (&json!("handed_in"), &json!(false)));
    let late = office.call("observers.save", save("短", Some("2025-12-15"), Some(2)))["value"][0].clone();
    assert_eq!(late["state"], "handed_in_late");
    assert_eq!(office.refuse("observers.save", save("短", Some("2025-11-27"), Some(3))).0, "report_before_session");
    let empty = json!({ "session": sessions[0], "observer": "赵督导", "member": null, "body": "" });
    assert_eq!(office.refuse("observers.save", empty).0, "report_empty");
    office.call("observers.remove", json!({ "id": late["report"]["id"] }));
    assert_eq!(office.call("observers.list", json!({ "session": sessions[1] }))[0]["report"], Value::Null);
}

#[test]
fn the_years_expenses_are_written_to_a_file() {
    let office = Office::new();
    office.call("expenses.add", json!({ "date": "2025-03-01", "kind": "书籍", "item": "读本", "amount": "30", "handled_by": "李静" }));
    let file = office.token("经费.csv");
    let written = office.call("expenses.export", json!({ "year": 2025, "file": file, "format": "csv" }));
    assert_eq!(written, json!({ "file_name": "经费.csv", "rows": 1, "total": "30.00" }));
    let text = std::fs::read_to_string(office.folder.path().join("经费.csv")).unwrap();
    assert!(text.contains("2025-03-01,书籍,读本,30.00,机关第三党支部,,李静,,"), "{text}");
    assert!(text.contains("合计,,1笔,30.00"), "{text}");
}
