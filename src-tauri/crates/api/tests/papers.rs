//! A session's papers through the dispatcher: the six steps, texts written a
//! field at a time, evidence that the rules ask for, joint sessions, the days
//! since a document.

use serde_json::{Value, json};
use xueji_api::{App, AppOptions, Clock};

struct Desk {
    app: App,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn on(today: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options =
            AppOptions { data_dir: folder.path().join("data"), clock: Clock::Day(today.parse().unwrap()), on_event: Box::new(|_| {}) };
        let app = App::new(options);
        let file = app.register_file(folder.path().join("台账.xueji"));
        let desk = Self { app, _folder: folder };
        desk.call("book.create", json!({ "file": file.token, "name": "机关第三党支部", "operator": "测试员" }));
        desk
    }

    fn call(&self, name: &str, request: Value) -> Value {
        self.app.call(name, request).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    fn mutate(&self, name: &str, request: Value) -> Value {
        self.call(name, request)["value"].clone()
    }

    fn refuse(&self, name: &str, request: Value) -> String {
        self.app.call(name, request).expect_err(name).code
    }

    fn session(&self, date: &str, kind: &str) -> String {
        let input = json!({
            "date": date, "starts_at": "14:30", "amount": "2小时", "kind": kind, "title": "学习全会精神", "level": "branch", "theme": null,
            "place": "三楼会议室", "state": "held", "hosts": "王伟", "speakers": null, "recorders": null, "organizations": [], "remark": null,
        });
        self.mutate("sessions.add", input)["id"].as_str().unwrap().to_owned()
    }

    fn member(&self, name: &str) -> String {
        self.mutate("roster.add", json!({ "name": name, "rank": "科员" }))["id"].as_str().unwrap().to_owned()
    }

    fn mark(&self, session: &str, member: &str, status: &str) {
        self.call("attendance.mark", json!({ "session": session, "member": member, "status": status }));
    }

    fn write(&self, session: &str, field: &str, value: &str, base: Option<&str>) -> Value {
        self.mutate("sessions.write_paper", json!({ "session": session, "field": field, "value": value, "base": base }))
    }

    fn papers(&self, session: &str) -> Value {
        self.call("sessions.papers", json!({ "id": session }))
    }

    /// Which of the six are done, as the page and as the list say it.
    fn done(&self, session: &str, year: i32) -> Vec<bool> {
        let page: Vec<bool> =
            self.papers(session)["steps"].as_array().unwrap().iter().map(|step| step["done"].as_bool().unwrap()).collect();
        let list = self.call("sessions.steps", json!({ "year": year }));
        let line = list.as_array().unwrap().iter().find(|line| line["session"] == *session).unwrap();
        let listed: Vec<bool> = line["done"].as_array().unwrap().iter().map(|done| done.as_bool().unwrap()).collect();
        assert_eq!(page, listed);
        page
    }

    fn history(&self) -> Vec<Value> {
        self.call("undo.history", json!({ "limit": 100 })).as_array().unwrap().clone()
    }
}

#[test]
fn the_six_steps_are_done_one_after_another() {
    let desk = Desk::on("2025-12-15");
    let wang = desk.member("王伟");
    let session = desk.session("2025-12-10", "党课");
    assert_eq!(desk.done(&session, 2025), [false; 6]);
    desk.mark(&session, &wang, "present");
    assert_eq!(desk.done(&session, 2025), [false, false, true, false, false, false]);
    desk.write(&session, "agenda", "一、领学\n二、讨论", None);
    desk.write(&session, "notified_on", "2025年12月8日", None);
    assert_eq!(desk.done(&session, 2025), [false, true, true, false, false, false]);
    desk.write(&session, "minutes", "王伟主持会议。", None);
    desk.write(&session, "checked_by", "李静", None);
    assert_eq!(desk.done(&session, 2025), [false, true, true, true, false, false], "a checker without a day is no check");
    desk.write(&session, "checked_on", "2025-12-12", None);
    let last = desk.write(&session, "summary", "到会率高。", None);
    assert_eq!(last["paper"]["notified_on"], "2025-12-08");
    assert_eq!(desk.done(&session, 2025), [false, true, true, true, true, true]);
    // Taking back the last step by its name.
    let undone = desk.call("undo.undo", json!({}));
    assert_eq!(undone["value"]["operation"]["name"], "sessions.write_paper");
    assert_eq!(undone["value"]["operation"]["params"]["field"], "summary");
    assert_eq!(desk.done(&session, 2025), [false, true, true, true, true, false]);
}

#[test]
fn a_session_entered_before_its_day_is_planned() {
    let desk = Desk::on("2025-12-15");
    let session = desk.session("2099-01-05", "党课");
    assert_eq!(desk.done(&session, 2099), [true, false, false, false, false, false]);
    assert_eq!(desk.papers(&session)["steps"][0]["there"], json!(["entered_before"]));
}

#[test]
fn minutes_attached_or_on_paper_are_a_record() {
    let desk = Desk::on("2025-12-15");
    let session = desk.session("2025-12-10", "党课");
    let scan = json!({ "owner_kind": "session", "owner": session, "label": "会议记录",
                       "files": [{ "type": "bytes", "name": "记录.txt", "base64": "YQ==" }] });
    desk.call("attachments.add", scan);
    assert!(desk.done(&session, 2025)[3]);
    desk.call("undo.undo", json!({}));
    assert!(!desk.done(&session, 2025)[3]);
    desk.call("sessions.add_evidence", json!({ "session": session, "members": [], "evidence": "会议记录" }));
    assert!(desk.done(&session, 2025)[3]);
}

#[test]
fn a_text_saved_while_it_is_typed_is_one_step_of_the_history() {
    let desk = Desk::on("2025-12-15");
    let session = desk.session("2025-12-10", "党课");
    let before = desk.history().len();
    let typed = ["会", "会议开始", "会议开始。\n王伟发言。"];
    let mut base: Option<&str> = None;
    for value in typed {
        let request = json!({ "session": session, "field": "minutes", "value": value, "base": base, "edit": "一" });
        desk.call("sessions.write_paper", request);
        base = Some(value);
    }
    assert_eq!(desk.history().len(), before + 1);
    // A second stretch of typing is a second step.
    let request = json!({ "session": session, "field": "minutes", "value": "会议开始。", "base": base, "edit": "二" });
    desk.call("sessions.write_paper", request);
    assert_eq!(desk.history().len(), before + 2);
    desk.call("undo.undo", json!({}));
    assert_eq!(desk.papers(&session)["paper"]["minutes"], typed[2]);
    desk.call("undo.undo", json!({}));
    assert_eq!(desk.papers(&session)["paper"]["minutes"], json!(null));
    desk.call("undo.redo", json!({}));
    assert_eq!(desk.papers(&session)["paper"]["minutes"], typed[2]);
}

#[test]
fn an_undo_between_two_saves_ends_the_stretch() {
    let desk = Desk::on("2025-12-15");
    let session = desk.session("2025-12-10", "党课");
    let save = |value: &str, base: Option<&str>| {
        desk.call("sessions.write_paper", json!({ "session": session, "field": "summary", "value": value, "base": base, "edit": "一" }));
    };
    save("甲", None);
    desk.call("undo.undo", json!({}));
    save("乙", None);
    desk.call("undo.undo", json!({}));
    assert_eq!(desk.papers(&session)["paper"]["summary"], json!(null));
    desk.call("undo.redo", json!({}));
    assert_eq!(desk.papers(&session)["paper"]["summary"], "乙");
}

#[test]
fn what_somebody_else_wrote_is_not_written_over() {
    let desk = Desk::on("2025-12-15");
    let session = desk.session("2025-12-10", "党课");
    desk.write(&session, "summary", "甲", None);
    let stale = json!({ "session": session, "field": "summary", "value": "乙", "base": null });
    assert_eq!(desk.refuse("sessions.write_paper", stale), "record_changed");
    // Another field is nobody's concern.
    desk.write(&session, "agenda", "一、领学", None);
    desk.write(&session, "summary", "乙", Some("甲"));
    assert_eq!(desk.papers(&session)["paper"]["summary"], "乙");
    let number = json!({ "session": session, "field": "audience", "value": "十几个", "base": null });
    assert_eq!(desk.refuse("sessions.write_paper", number), "number_unreadable");
    let half = json!({ "session": session, "field": "audience", "value": "1.5", "base": null });
    assert_eq!(desk.refuse("sessions.write_paper", half), "not_a_head_count");
    desk.write(&session, "audience", "１２０", None);
    assert_eq!(desk.papers(&session)["paper"]["audience"], 120);
}

#[test]
fn the_nanjing_preset_accepts_a_session_of_the_book_once_its_evidence_is_there() {
    let desk = Desk::on("2025-12-15");
    let (wang, li) = (desk.member("王伟"), desk.member("李静"));
    let session = desk.session("2025-12-10", "中心组学习");
    desk.mark(&session, &wang, "present");
    desk.mark(&session, &li, "present");
    desk.mutate("rules.use", json!({ "rule_set": "preset:nanjing-2010", "from": "2025-01-01" }));
    let earned = |member: &str| {
        let table = desk.call("credits.year", json!({ "year": 2025, "rule_set": "nanjing-2010" }));
        let rows = table["rows"].as_array().unwrap().clone();
        rows.iter().find(|row| row["member"]["id"] == member).unwrap()["earned"].clone()
    };
    // 《南京市干部学习培训学分制管理办法》: 中心组学习每次 3 分，凭会议记录和学习笔记.
    assert_eq!((earned(&wang), earned(&li)), (json!("0"), json!("0")));
    desk.write(&session, "minutes", "王伟主持学习。", None);
    assert_eq!(earned(&wang), "0", "the notes are still missing");
    let papers = desk.mutate("sessions.add_evidence", json!({ "session": session, "members": [wang], "evidence": "学习笔记" }));
    assert_eq!((earned(&wang), earned(&li)), (json!("3"), json!("0")), "a member's own notes are nobody else's");
    let words = papers["evidence_words"].as_array().unwrap();
    assert!(words.contains(&json!("学习笔记")), "what the rules ask for is proposed");
    let id = papers["evidence"].as_array().unwrap().iter().find(|line| line["member"] == wang).unwrap()["id"].clone();
    desk.call("sessions.remove_evidence", json!({ "ids": [id] }));
    assert_eq!(earned(&wang), "0");
    // The label of what is attached counts for all.
    let scan = json!({ "owner_kind": "session", "owner": session, "label": "学习笔记",
                       "files": [{ "type": "bytes", "name": "笔记.txt", "base64": "YQ==" }] });
    desk.call("attachments.add", scan);
    assert_eq!((earned(&wang), earned(&li)), (json!("3"), json!("3")));
}

#[test]
fn a_joint_session_counts_each_branch() {
    let desk = Desk::on("2025-12-15");
    let root = desk.call("organizations.list", json!({}))[0]["id"].as_str().unwrap().to_owned();
    let branch = |name: &str| {
        desk.mutate("organizations.add", json!({ "parent": root, "kind": "branch", "name": name }))["id"].as_str().unwrap().to_owned()
    };
    let (first, second) = (branch("第一支部"), branch("第二支部"));
    let member = |name: &str, organization: &str| {
        let input = json!({ "name": name, "rank": "科员", "organization": organization });
        desk.mutate("roster.add", input)["id"].as_str().unwrap().to_owned()
    };
    let (wang, li, zhang) = (member("王伟", &first), member("李静", &first), member("张三", &second));
    let session = desk.session("2025-12-10", "主题党日");
    let papers = desk.mutate("sessions.set_holders", json!({ "session": session, "organizations": [second, first] }));
    assert_eq!(papers["branches"].as_array().unwrap().len(), 2);
    desk.mark(&session, &wang, "present");
    desk.mark(&session, &li, "sick_leave");
    desk.mark(&session, &zhang, "late");
    let branches = desk.papers(&session)["branches"].clone();
    let line = |at: usize| (branches[at]["name"].clone(), branches[at]["required"].clone(), branches[at]["attended"].clone());
    assert_eq!(line(0), (json!("第一支部"), json!(2), json!(1)));
    assert_eq!(line(1), (json!("第二支部"), json!(1), json!(1)));
    assert_eq!(branches[0]["on_leave"], 1);
    // Whoever stands below two counts with the nearer.
    let papers = desk.mutate("sessions.set_holders", json!({ "session": session, "organizations": [root, first] }));
    let names: Vec<_> =
        papers["branches"].as_array().unwrap().iter().map(|line| (line["name"].clone(), line["required"].clone())).collect();
    assert_eq!(names, [(json!("机关第三党支部"), json!(1)), (json!("第一支部"), json!(2))]);
}
