//! Cards through the dispatcher: made, read at a roll, refused by name.

use serde_json::{Value, json};
use xueji_api::{App, AppOptions, Clock};

struct Desk {
    app: App,
    folder: tempfile::TempDir,
}

impl Desk {
    fn on(today: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options =
            AppOptions { data_dir: folder.path().join("data"), clock: Clock::Day(today.parse().unwrap()), on_event: Box::new(|_| {}) };
        let desk = Self { app: App::new(options), folder };
        desk.new_book("甲");
        desk
    }

    fn new_book(&self, name: &str) {
        let file = self.app.register_file(self.folder.path().join(format!("{name}.xueji")));
        self.call("book.create", json!({ "file": file.token, "name": name, "operator": "测试员" }));
    }

    fn open(&self, name: &str) {
        let file = self.app.register_file(self.folder.path().join(format!("{name}.xueji")));
        self.call("book.open", json!({ "file": file.token }));
    }

    fn call(&self, name: &str, request: Value) -> Value {
        self.app.call(name, request).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    fn mutate(&self, name: &str, request: Value) -> Value {
        self.call(name, request)["value"].clone()
    }

    fn member(&self, name: &str) -> String {
        self.mutate("roster.add", json!({ "name": name, "rank": "科员" }))["id"].as_str().unwrap().to_owned()
    }

    fn session(&self, date: &str) -> String {
        let input = json!({
            "date": date, "starts_at": "14:30", "amount": "2小时", "kind": "集体学习", "title": "学习全会精神", "level": "branch", "theme": null,
            "place": null, "state": "planned", "hosts": null, "speakers": null, "recorders": null, "organizations": [], "remark": null,
        });
        self.mutate("sessions.add", input)["id"].as_str().unwrap().to_owned()
    }

    fn card(&self, member: &str) -> String {
        self.mutate("cards.issue", json!({ "members": [member] }))[0]["text"].as_str().unwrap().to_owned()
    }

    fn read(&self, session: &str, text: &str, at: &str) -> Value {
        self.mutate("attendance.card", json!({ "session": session, "text": text, "at": at }))
    }

    fn refused(&self, session: &str, text: &str) -> String {
        let request = json!({ "session": session, "text": text, "at": "2025-12-15T14:30:00" });
        self.app.call("attendance.card", request).expect_err("refused").code
    }

    fn mark(&self, session: &str, member: &str) -> Value {
        let sheet = self.call("attendance.sheet", json!({ "id": session }));
        sheet["rows"].as_array().unwrap().iter().find(|row| row["member"] == *member).unwrap()["mark"].clone()
    }

    fn history(&self) -> Vec<String> {
        let entries = self.call("undo.history", json!({ "limit": 100 }));
        entries.as_array().unwrap().iter().map(|entry| entry["operation"]["name"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

#[test]
fn the_first_card_makes_the_key_and_later_ones_change_nothing() {
    let desk = Desk::on("2025-12-15");
    let (wang, li) = (desk.member("王伟"), desk.member("李静"));
    assert_eq!(desk.call("cards.state", json!({}))["made"], false);
    let before = desk.history().len();
    let first = desk.card(&wang);
    assert_eq!(desk.history().len(), before + 1);
    let both = desk.mutate("cards.issue", json!({ "members": [li, wang] }));
    assert_eq!(desk.history().len(), before + 1, "the key is there already");
    assert_eq!(both[1]["text"], first);
    assert_ne!(both[0]["text"], first);
    assert_eq!(both[1]["display_name"], "王　伟");
    assert_eq!(desk.call("cards.state", json!({}))["made"], true);
    assert_eq!(desk.app.call("cards.issue", json!({ "members": [] })).unwrap_err().code, "nobody_chosen");
}

#[test]
fn a_card_marks_once_and_says_when() {
    let desk = Desk::on("2025-12-15");
    let wang = desk.member("王伟");
    let session = desk.session("2025-12-15");
    let text = desk.card(&wang);
    let read = desk.read(&session, &text, "2025-12-15T14:21:40");
    assert_eq!(
        (&read["outcome"], &read["name"], &read["status"], &read["marked_at"]),
        (&json!("marked"), &json!("王伟"), &json!("present"), &json!("14:21"))
    );
    assert_eq!(read["tally"]["attended"], 1);
    let mark = desk.mark(&session, &wang);
    assert_eq!((&mark["status"], &mark["source"]), (&json!("present"), &json!("card")));
    let steps = desk.history().len();
    // In lower case and full width, an hour later: still there, still 14:21.
    let again = desk.read(&session, &text.to_lowercase().replace('x', "Ｘ"), "2025-12-15T15:30:00");
    assert_eq!((&again["outcome"], &again["marked_at"], &again["minutes"]), (&json!("already"), &json!("14:21"), &Value::Null));
    assert_eq!(desk.history().len(), steps);
    desk.call("undo.undo", json!({}));
    assert_eq!(desk.mark(&session, &wang)["status"], "unmarked");
}

#[test]
fn lateness_follows_the_clock_and_the_setting() {
    let desk = Desk::on("2025-12-15");
    let names = ["王伟", "李静", "赵敏", "孙丽", "周强"];
    let members: Vec<String> = names.iter().map(|name| desk.member(name)).collect();
    let session = desk.session("2025-12-15");
    let texts: Vec<String> = members.iter().map(|member| desk.card(member)).collect();
    // Five minutes of grace: 14:35 is in time, 14:36 is six minutes late.
    let in_time = desk.read(&session, &texts[0], "2025-12-15T14:35:59");
    assert_eq!((&in_time["status"], &in_time["minutes"]), (&json!("present"), &Value::Null));
    let late = desk.read(&session, &texts[1], "2025-12-15T14:36:00");
    assert_eq!((&late["status"], &late["minutes"]), (&json!("late"), &json!(6)));
    desk.mutate("cards.set_late", json!({ "grace_minutes": 0, "taken": "ask" }));
    let asked = desk.read(&session, &texts[2], "2025-12-15T14:50:00");
    assert_eq!((&asked["outcome"], &asked["status"], &asked["minutes"]), (&json!("ask_late"), &json!("unmarked"), &json!(20)));
    assert_eq!(desk.mark(&session, &members[2])["status"], "unmarked");
    let answered =
        desk.mutate("attendance.card", json!({ "session": session, "text": texts[2], "at": "2025-12-15T14:50:00", "answer": "late" }));
    assert_eq!((&answered["outcome"], &answered["minutes"]), (&json!("marked"), &json!(20)));
    desk.mutate("cards.set_late", json!({ "grace_minutes": 0, "taken": "present" }));
    assert_eq!(desk.read(&session, &texts[3], "2025-12-15T16:00:00")["status"], "present");
    desk.mutate("cards.set_late", json!({ "grace_minutes": 0, "taken": "late" }));
    // Read the day after, to catch up: the clock says nothing.
    assert_eq!(desk.read(&session, &texts[4], "2025-12-16T09:00:00")["status"], "present");
    let too_long = desk.app.call("cards.set_late", json!({ "grace_minutes": 121, "taken": "late" })).unwrap_err();
    assert_eq!((too_long.code.as_str(), too_long.field.as_deref()), ("grace_too_long", Some("grace_minutes")));
}

#[test]
fn a_leave_that_stands_is_asked_about_and_an_absence_is_not() {
    let desk = Desk::on("2025-12-15");
    let (wang, li) = (desk.member("王伟"), desk.member("李静"));
    let session = desk.session("2025-12-15");
    desk.mutate("attendance.mark", json!({ "session": session, "member": wang, "status": "sick_leave", "remark": "发烧" }));
    desk.mutate("attendance.mark", json!({ "session": session, "member": li, "status": "absent" }));
    let text = desk.card(&wang);
    let asked = desk.read(&session, &text, "2025-12-15T14:30:00");
    assert_eq!((&asked["outcome"], &asked["status"]), (&json!("ask_standing"), &json!("sick_leave")));
    let request = json!({ "session": session, "text": text, "at": "2025-12-15T14:30:00", "answer": "present" });
    assert_eq!(desk.mutate("attendance.card", request)["outcome"], "marked");
    let mark = desk.mark(&session, &wang);
    assert_eq!((&mark["status"], &mark["remark"]), (&json!("present"), &json!("发烧")));
    assert_eq!(desk.read(&session, &desk.card(&li), "2025-12-15T14:30:00")["outcome"], "marked");
}

#[test]
fn every_wrong_card_is_refused_by_its_own_name() {
    let desk = Desk::on("2025-12-15");
    let (wang, li) = (desk.member("王伟"), desk.member("李静"));
    let gone = desk.member("赵敏");
    let session = desk.session("2025-12-15");
    let (text, of_gone) = (desk.card(&wang), desk.card(&gone));
    desk.mutate("roster.delete", json!({ "id": gone }));
    assert_eq!(desk.refused(&session, &of_gone), "card_of_nobody");
    for damaged in [&text[..20], "XJ1", "XJ2-A-B", &text.replace("XJ1", "XJ9")] {
        assert_eq!(desk.refused(&session, damaged), "card_damaged", "{damaged}");
    }
    let last = if text.ends_with('0') { "1" } else { "0" };
    let false_card = format!("{}{last}", &text[..text.len() - 1]);
    let error =
        desk.app.call("attendance.card", json!({ "session": session, "text": false_card, "at": "2025-12-15T14:30:00" })).unwrap_err();
    assert_eq!((error.code.as_str(), &error.params["name"]), ("card_false", &json!("王伟")));
    assert_eq!(desk.refused(&session, "XJ1-00000000000000000000000000-00000000"), "card_foreign");
    // Taken off the list of this session.
    desk.mutate("attendance.mark", json!({ "session": session, "member": wang, "status": "present" }));
    desk.mutate("attendance.roster_remove", json!({ "session": session, "member": li }));
    assert_eq!(desk.refused(&session, &desk.card(&li)), "card_not_on_roll");
    // Closed, and cancelled.
    desk.mutate("attendance.close_roll", json!({ "session": session, "rest": null, "take_leave": false }));
    assert_eq!(desk.read(&session, &text, "2025-12-15T14:40:00")["outcome"], "already");
    let other = desk.session("2025-12-20");
    assert_eq!(desk.refused(&other, &text), "session_in_future");
    // Another book takes no card of this one, with and without cards of its own.
    desk.new_book("乙");
    let there = desk.session("2025-12-15");
    assert_eq!(desk.refused(&there, &text), "card_foreign");
    let theirs = desk.card(&desk.member("钱进"));
    assert_eq!(desk.refused(&there, &text), "card_foreign");
    desk.open("甲");
    assert_eq!(desk.refused(&session, &theirs), "card_foreign");
}

#[test]
fn the_key_crosses_the_border_nowhere() {
    let desk = Desk::on("2025-12-15");
    let wang = desk.member("王伟");
    desk.card(&wang);
    let book = rusqlite::Connection::open(desk.folder.path().join("甲.xueji")).unwrap();
    let key: String = book.query_row("SELECT card_key FROM book", [], |row| row.get(0)).unwrap();
    assert_eq!(key.len(), 64);
    for (name, request) in [
        ("app.state", json!({})),
        ("cards.state", json!({})),
        ("cards.issue", json!({ "members": [wang] })),
        ("undo.history", json!({ "limit": 100 })),
        ("roster.member", json!({ "id": wang })),
    ] {
        assert!(!desk.call(name, request).to_string().contains(&key), "{name}");
    }
}
