//! Planning a year through the dispatcher, as the window calls it. Expected
//! days are read off a calendar of 2025 and 2026 and the State Council's
//! notices.

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

    fn undo(&self) -> String {
        self.call("undo.undo", json!({}))["value"]["operation"]["name"].as_str().unwrap().to_owned()
    }

    fn year(&self, year: i32) -> Value {
        self.call("calendar.year", json!({ "year": year }))
    }

    fn days(&self, year: i32) -> Vec<String> {
        texts(&self.year(year)["sessions"], "date")
    }

    fn session_on(&self, date: &str) -> Value {
        let year: i32 = date[..4].parse().unwrap();
        self.year(year)["sessions"].as_array().unwrap().iter().find(|one| one["date"] == date).cloned().unwrap_or_default()
    }

    fn root(&self) -> Value {
        self.call("organizations.list", json!({}))[0]["id"].clone()
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path: PathBuf = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        self.app.register_file(path).token
    }
}

fn texts(list: &Value, field: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| one[field].as_str().unwrap_or_default().to_owned()).collect()
}

fn first_friday(on_holiday: &str) -> Value {
    json!({ "pattern": { "every": "month_weekday", "interval": 1, "nth": 1, "weekday": 5 }, "on_holiday": on_holiday })
}

fn series(rule: Value, from: &str, to: &str) -> Value {
    json!({
        "rule": rule, "starts_on": from, "ends_on": to, "starts_at": "14:30", "amount": "90分钟", "kind": "主题党日", "title": "主题党日",
        "level": "branch", "theme": null, "place": "三楼会议室", "organization": null,
    })
}

fn session(date: &str, kind: &str, title: &str, state: &str) -> Value {
    json!({
        "date": date, "starts_at": null, "amount": "2学时", "kind": kind, "title": title, "level": "branch", "theme": null, "place": null,
        "state": state, "hosts": null, "speakers": null, "recorders": null, "organizations": [], "remark": null,
    })
}

const FIRST_FRIDAYS_BEFORE: [&str; 6] = ["2025-01-03", "2025-02-07", "2025-03-07", "2025-04-03", "2025-04-30", "2025-06-06"];

#[test]
fn a_series_makes_its_sessions_and_one_undo_takes_them_away() {
    let program = Program::on("2024-12-20");
    let made = program.mutate("series.add", series(first_friday("before"), "2025-01-01", "2025-06-30"));
    assert_eq!(made["words"], "每月第一个星期五 14:30");
    assert_eq!(program.days(2025), FIRST_FRIDAYS_BEFORE);
    assert_eq!(program.session_on("2025-04-30")["series_date"], "2025-05-02");
    assert_eq!(program.undo(), "series.add");
    assert!(program.days(2025).is_empty());
    assert!(program.call("series.list", json!({ "year": 2025 })).as_array().unwrap().is_empty());
    program.call("undo.redo", json!({}));
    assert_eq!(program.days(2025), FIRST_FRIDAYS_BEFORE);
}

#[test]
fn an_edit_reaches_only_what_nobody_touched() {
    let program = Program::on("2025-02-10");
    let made = program.mutate("series.add", series(first_friday("before"), "2025-01-01", "2025-06-30"));
    // March is moved by hand, April gets a title of its own, June is left out; January and February are past.
    let march = program.session_on("2025-03-07");
    program.mutate("sessions.move", json!({ "id": march["id"], "revision": march["revision"], "date": "2025-03-10" }));
    let april = program.session_on("2025-04-03");
    let mut own = session("2025-04-03", "主题党日", "清明祭扫", "planned");
    own["starts_at"] = json!("14:30");
    program.mutate("sessions.edit", json!({ "id": april["id"], "revision": april["revision"], "session": own }));
    let june = program.session_on("2025-06-06");
    program.mutate("series.skip", json!({ "session": june["id"], "reason": "开展调研" }));
    assert_eq!(program.days(2025), ["2025-01-03", "2025-02-07", "2025-03-10", "2025-04-03", "2025-04-30"]);

    // Now the second Wednesday of each month.
    let rule = json!({ "pattern": { "every": "month_weekday", "interval": 1, "nth": 2, "weekday": 3 }, "on_holiday": "before" });
    let mut input = series(rule, "2025-01-01", "2025-07-31");
    input["title"] = json!("支部主题党日");
    let preview = program.call("series.preview", json!({ "id": made["id"], "series": input }));
    let changed = program.mutate("series.edit", json!({ "id": made["id"], "revision": 1, "series": input }));
    assert_eq!(preview["change"], changed["change"]);
    // May follows to its second Wednesday, the 14th. February's second Wednesday, the 12th, is still to come, and its
    // session of the 7th is past: a new one. June was left out on the old rule's day; June 11 and July 9 are new.
    assert_eq!(changed["change"], json!({ "added": 3, "removed": 0, "followed": 1, "kept_moved": 1, "kept_edited": 1, "kept_settled": 0 }));
    assert_eq!(
        program.days(2025),
        ["2025-01-03", "2025-02-07", "2025-02-12", "2025-03-10", "2025-04-03", "2025-05-14", "2025-06-11", "2025-07-09"]
    );
    assert_eq!(program.session_on("2025-05-14")["title"], "支部主题党日");
    assert_eq!(program.session_on("2025-04-03")["title"], "清明祭扫");
    assert_eq!(program.undo(), "series.edit");
    assert_eq!(program.days(2025), ["2025-01-03", "2025-02-07", "2025-03-10", "2025-04-03", "2025-04-30"]);
}

#[test]
fn one_is_skipped_and_restored_and_the_rest_ended() {
    let program = Program::on("2025-01-02");
    let made = program.mutate("series.add", series(first_friday("keep"), "2025-01-01", "2025-06-30"));
    let march = program.session_on("2025-03-07");
    program.mutate("series.skip", json!({ "session": march["id"], "reason": "上级会议" }));
    let detail = program.call("series.get", json!({ "id": made["id"] }));
    let skipped = detail["occurrences"].as_array().unwrap().iter().find(|one| one["series_date"] == "2025-03-07").unwrap().clone();
    assert_eq!((&skipped["date"], &skipped["reason"]), (&Value::Null, &json!("上级会议")));
    program.mutate("series.unskip", json!({ "series": made["id"], "date": "2025-03-07" }));
    assert!(program.days(2025).contains(&"2025-03-07".to_owned()));
    let ended = program.mutate("series.end", json!({ "id": made["id"], "revision": 1, "on": "2025-03-31" }));
    assert_eq!(ended["change"]["removed"], 3);
    assert_eq!(program.days(2025), ["2025-01-03", "2025-02-07", "2025-03-07"]);
}

#[test]
fn what_was_held_is_neither_skipped_nor_moved() {
    let program = Program::on("2025-03-07");
    program.mutate("series.add", series(first_friday("keep"), "2025-01-01", "2025-06-30"));
    let march = program.session_on("2025-03-07");
    program.mutate("sessions.set_state", json!({ "id": march["id"], "revision": 1, "state": "held" }));
    assert_eq!(program.refuse("series.skip", json!({ "session": march["id"], "reason": null })).code, "series_held");
    let moved = json!({ "id": march["id"], "revision": 2, "date": "2025-03-10" });
    assert_eq!(program.refuse("sessions.move", moved).code, "session_not_planned");
}

#[test]
fn forms_of_a_series_are_refused_by_field() {
    let program = Program::on("2025-03-07");
    let mut input = series(first_friday("keep"), "2025-06-30", "2025-01-01");
    let error = program.refuse("series.add", input.clone());
    assert_eq!((error.code.as_str(), error.field.as_deref()), ("days_reversed", Some("ends_on")));
    input["starts_on"] = json!("2025-01-04");
    input["ends_on"] = json!("2025-01-31");
    assert_eq!(program.refuse("series.add", input.clone()).code, "series_empty");
    input["ends_on"] = json!("2035-01-31");
    assert_eq!(program.refuse("series.add", input.clone()).code, "series_too_long");
    input["rule"]["pattern"]["nth"] = json!(7);
    assert_eq!(program.refuse("series.add", input).code, "series_rule");
}

#[test]
fn a_year_of_holidays_comes_from_a_file_with_rows_and_columns_named() {
    let program = Program::on("2026-11-20");
    assert_eq!(program.call("calendar.holidays", json!({ "year": 2026 }))["source"], "shipped");
    assert_eq!(program.call("calendar.holidays", json!({ "year": 2027 }))["source"], "none");
    let bad = "日期,名称,放假/上班\n2027-01-01,元旦,放假\n2027-02-30,春节,放假\n2026-12-31,元旦,放假\n1月2日,,上班\n2027-02-06,春节,也许\n2027.1.1,元旦,放假\n";
    let read = program.call("calendar.read_holidays", json!({ "file": program.file("坏.csv", bad.as_bytes()), "year": 2027 }));
    let problems: Vec<(u64, &str, &str)> = read["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["row"].as_u64().unwrap(), one["column"].as_str().unwrap(), one["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        problems,
        [
            (3, "日期", "holiday_date"),
            (4, "日期", "holiday_other_year"),
            (5, "名称", "holiday_name"),
            (6, "放假/上班", "holiday_work"),
            (7, "日期", "holiday_twice"),
        ]
    );
    let good = "2027年放假安排,,\n日期,节日,安排\n1月1日,元旦,放假\n20270206,春节,放假\n2027/2/7,春节,上班\n";
    let read = program.call("calendar.read_holidays", json!({ "file": program.file("好.csv", good.as_bytes()), "year": 2027 }));
    assert!(read["problems"].as_array().unwrap().is_empty());
    program.mutate("calendar.set_holidays", json!({ "year": 2027, "days": read["days"] }));
    let year = program.year(2027);
    assert_eq!(texts(&year["holidays"], "date"), ["2027-01-01", "2027-02-06", "2027-02-07"]);
    assert_eq!(year["holidays_known"], true);
    // A file for a shipped year replaces it as a whole, and can be taken back.
    program.mutate("calendar.set_holidays", json!({ "year": 2026, "days": [{ "date": "2026-01-01", "name": "元旦", "work": false }] }));
    assert_eq!(texts(&program.year(2026)["holidays"], "date"), ["2026-01-01"]);
    program.mutate("calendar.restore_holidays", json!({ "year": 2026 }));
    assert_eq!(program.year(2026)["holidays"].as_array().unwrap().len(), 33 + 6);
    assert_eq!(program.undo(), "calendar.restore_holidays");
    assert_eq!(texts(&program.year(2026)["holidays"], "date"), ["2026-01-01"]);
}

#[test]
fn anniversaries_are_chosen_added_and_removed() {
    let program = Program::on("2026-06-01");
    let named = |name: &str| {
        let all = program.call("calendar.anniversaries", json!({}));
        all.as_array().unwrap().iter().find(|one| one["name"] == name).cloned().unwrap_or_default()
    };
    let in_calendar = |name: &str| texts(&program.year(2026)["anniversaries"], "name").contains(&name.to_owned());
    assert!(in_calendar("中国共产党成立纪念日") && !in_calendar("世界读书日"));
    let party = program.year(2026)["anniversaries"].as_array().unwrap().iter().find(|one| one["date"] == "2026-07-01").cloned().unwrap();
    assert_eq!(party["years"], 105);
    let choose = |name: &str, month: u32, day: u32, chosen: bool| {
        program.mutate("calendar.choose_anniversary", json!({ "month": month, "day": day, "name": name, "chosen": chosen }))
    };
    choose("世界读书日", 4, 23, true);
    choose("中国共产党成立纪念日", 7, 1, false);
    assert!(!in_calendar("中国共产党成立纪念日") && in_calendar("世界读书日"));
    program.undo();
    assert!(in_calendar("中国共产党成立纪念日"));
    let own = json!({ "id": null, "revision": 0, "month": 5, "day": 20, "since_year": 1996, "name": "建局纪念日" });
    program.mutate("calendar.save_anniversary", own.clone());
    assert!(in_calendar("建局纪念日"));
    let mut wrong = own;
    wrong["day"] = json!(32);
    assert_eq!(program.refuse("calendar.save_anniversary", wrong).code, "anniversary_day");
    program.mutate("calendar.remove_anniversary", json!({ "id": named("建局纪念日")["id"] }));
    assert!(!in_calendar("建局纪念日"));
}

#[test]
fn last_years_plan_becomes_this_years() {
    let program = Program::on("2025-12-20");
    // The second Friday of March 2025; the 1st of May, a Thursday; a cancelled one; one of another kind.
    program.mutate("sessions.add", session("2025-03-14", "党课", "第一季度党课", "held"));
    program.mutate("sessions.add", session("2025-05-01", "党课", "劳动模范精神", "held"));
    program.mutate("sessions.add", session("2025-06-13", "党课", "停办的一次", "cancelled"));
    program.mutate("sessions.add", session("2025-07-04", "研讨", "年中研讨", "held"));
    program.mutate("series.add", series(first_friday("before"), "2025-01-01", "2025-06-30"));
    let request = json!({ "from": 2025, "to": 2026, "by": "weekday", "on_holiday": "after", "kinds": ["党课", "主题党日"] });
    let preview = program.call("calendar.copy_preview", request.clone());
    // The first Thursday of May 2026 is the 7th, no holiday. First Fridays of 2026: 2 January and 1 May are off and move back, 3 April stays.
    assert_eq!(texts(&preview["sessions"], "to"), ["2026-03-13", "2026-05-07"]);
    assert_eq!(preview["series"][0]["sessions"], 6 - 1);
    let done = program.mutate("calendar.copy_year", request.clone());
    assert_eq!((&done["sessions"], &done["series"]), (&json!(2 + 5), &json!(1)));
    assert_eq!(program.days(2026), ["2026-02-06", "2026-03-06", "2026-03-13", "2026-04-03", "2026-04-30", "2026-05-07", "2026-06-05"]);
    assert!(program.year(2026)["sessions"].as_array().unwrap().iter().all(|one| one["state"] == "planned"));
    // Once more makes nothing twice.
    let again = program.call("calendar.copy_preview", request);
    assert_eq!((again["sessions"].as_array().unwrap().len(), again["series"].as_array().unwrap().len()), (0, 0));
    assert_eq!(again["standing"], 2);
    assert_eq!(program.undo(), "calendar.copy_year");
    assert!(program.days(2026).is_empty());
    // By date the 1st of May stays in the holiday, and the nearest working day after is the 6th.
    let request = json!({ "from": 2025, "to": 2026, "by": "date", "on_holiday": "after", "kinds": ["党课"] });
    let preview = program.call("calendar.copy_preview", request);
    assert_eq!(texts(&preview["sessions"], "to"), ["2026-03-16", "2026-05-06"]);
    assert_eq!(preview["sessions"][1]["avoided"], "劳动节");
}

fn item(title: &str, theme: &Value, target: &str, due: &str) -> Value {
    json!({ "theme": theme, "title": title, "form": "集体学习", "material": null, "speaker": null, "target": target, "due": due, "note": null })
}

#[test]
fn a_plans_items_show_their_sessions_progress_and_gaps() {
    let program = Program::on("2026-04-10");
    let root = program.root();
    let plan = program.mutate("plans.create", json!({ "year": 2026, "organization": root }));
    assert_eq!(plan["title"], "2026年学习计划");
    assert_eq!(program.refuse("plans.create", json!({ "year": 2026, "organization": root })).code, "plan_exists");
    let id = plan["id"].clone();
    let theme = |name: &str, from: &str, to: &str| {
        let request = json!({ "plan": id, "id": null, "revision": 0, "name": name, "starts_on": from, "ends_on": to, "note": null });
        let plan = program.mutate("plans.save_theme", request);
        plan["themes"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone()
    };
    let first = theme("党章党规", "一季度", "一季度");
    assert_eq!((first["starts_on"].as_str(), first["ends_on"].as_str()), (Some("2026-01-01"), Some("2026-03-31")));
    assert_eq!(first["gap"], true);
    let later = theme("乡村振兴", "7月", "9月");
    assert_eq!(later["gap"], false, "its days have not begun");
    let save = |item: Value| {
        program.mutate("plans.save_item", json!({ "plan": id, "id": null, "revision": 0, "item": item }));
    };
    save(item("学习党章", &first["id"], "2次", "一季度"));
    save(item("读原著", &first["id"], "3学时", "6月"));
    save(item("写调研报告", &Value::Null, "1篇", "3月15日"));
    let found = || program.call("plans.find", json!({ "year": 2026, "organization": root }))["plan"].clone();
    let items = found()["items"].clone();
    assert_eq!(texts(&items, "state"), ["overdue", "unplanned", "overdue"]);
    assert_eq!(texts(&items, "due"), ["2026-Q1", "2026-06", "2026-03-15"]);

    // A session made from the item, one of another length tied later.
    let mut held = session("2026-02-06", "集体学习", "学习党章第一章", "held");
    held["plan_item"] = items[1]["id"].clone();
    held["tags"] = json!(["读书班", " "]);
    held["also"] = json!(["主题党日", "集体学习"]);
    program.mutate("sessions.add", held);
    let row = program.call("sessions.list", json!({ "year": 2026 }))[0].clone();
    assert_eq!((&row["tags"], &row["also"]), (&json!(["读书班"]), &json!(["主题党日"])), "its own kind is not a further one");
    // An edit that says nothing of it leaves the item; `null` unties it, and undo ties it again.
    let edit = |revision: u32, item: Option<Value>| {
        let mut changed = session("2026-02-06", "集体学习", "学习党章第一章", "held");
        if let Some(item) = item {
            changed["plan_item"] = item;
        }
        program.mutate("sessions.edit", json!({ "id": row["id"], "revision": revision, "session": changed }))
    };
    assert_eq!(edit(1, None)["plan_item"], items[1]["id"]);
    assert_eq!(edit(2, Some(Value::Null))["plan_item"], Value::Null);
    program.undo();
    let mut minutes = session("2026-03-06", "集体学习", "学习党章第二章", "held");
    minutes["amount"] = json!("90分钟");
    let minutes = program.mutate("sessions.add", minutes);
    program.mutate("plans.tie", json!({ "item": items[1]["id"], "sessions": [minutes["id"]] }));
    let second = found()["items"][1].clone();
    assert_eq!(second["progress"], json!({ "done": "2", "target": "3", "unit": "学时", "uncounted": 1 }));
    assert_eq!(second["state"], "underway");
    assert_eq!(found()["themes"][0]["held"], 2);
    assert_eq!(found()["themes"][0]["gap"], false);
    program.mutate("plans.untie", json!({ "item": items[1]["id"], "sessions": [minutes["id"]] }));
    assert_eq!(found()["items"][1]["sessions"].as_array().unwrap().len(), 1);

    // Order, then removal: the session stays.
    program.mutate("plans.move_item", json!({ "id": items[2]["id"], "to": 0 }));
    assert_eq!(texts(&found()["items"], "title"), ["写调研报告", "学习党章", "读原著"]);
    program.mutate("plans.remove_items", json!({ "ids": [items[1]["id"]] }));
    assert_eq!(program.call("sessions.list", json!({ "year": 2026 })).as_array().unwrap().len(), 2);
    program.undo();
    assert_eq!(found()["items"][2]["sessions"].as_array().unwrap().len(), 1);
    program.mutate("plans.remove", json!({ "id": id }));
    assert_eq!(found(), Value::Null);
    program.undo();
    assert_eq!(found()["items"].as_array().unwrap().len(), 3);
}

#[test]
fn a_plan_is_copied_with_its_periods_a_year_on() {
    let program = Program::on("2027-01-05");
    let member = program.mutate("roster.add", json!({ "name": "王伟", "rank": "四级主任科员" }))["id"].clone();
    let plan = program.mutate("plans.create", json!({ "year": 2027, "member": member, "organization": null }))["id"].clone();
    let save_theme = json!({ "plan": plan, "id": null, "revision": 0, "name": "党史", "starts_on": "1月", "ends_on": "2月", "note": null });
    let theme = program.mutate("plans.save_theme", save_theme)["themes"][0]["id"].clone();
    program
        .mutate("plans.save_item", json!({ "plan": plan, "id": null, "revision": 0, "item": item("通读党史", &theme, "12章", "2月28日") }));
    let copied = program.mutate("plans.copy", json!({ "from": plan, "year": 2028 }));
    assert_eq!((&copied["themes"], &copied["items"]), (&json!(1), &json!(1)));
    assert_eq!(copied["plan"]["title"], "2028年学习计划");
    // A span that ended with February ends with it in a leap year.
    assert_eq!(copied["plan"]["themes"][0]["ends_on"], "2028-02-29");
    assert_eq!(copied["plan"]["items"][0]["due"], "2028-02-28");
    assert_eq!(copied["plan"]["whose"], "王伟");
    let again = program.mutate("plans.copy", json!({ "from": plan, "year": 2028 }));
    assert_eq!((&again["items"], &again["standing"]), (&json!(0), &json!(1)));
}

#[test]
fn the_clerks_words_are_offered_hidden_and_renamed() {
    let program = Program::on("2026-03-01");
    let kinds = || program.call("roster.vocabulary", json!({}))["session_kinds"].clone();
    let has = |name: &str| kinds().as_array().unwrap().iter().any(|kind| kind == name);
    program.mutate("words.save", json!({ "list": "kind", "name": "道德讲堂", "level": "committee", "hidden": false }));
    program.mutate("words.save", json!({ "list": "kind", "name": "知识竞赛", "hidden": true }));
    assert!(has("道德讲堂") && !has("知识竞赛"));
    program.mutate("sessions.add", session("2026-02-06", "道德讲堂", "第一讲", "held"));
    let mut other = session("2026-02-13", "党课", "第二讲", "held");
    other["also"] = json!(["道德讲堂"]);
    program.mutate("sessions.add", other);
    let renamed = program.mutate("words.rename", json!({ "list": "kind", "from": "道德讲堂", "to": "学习讲堂" }));
    assert_eq!(renamed["records"], 2);
    let rows = program.call("sessions.list", json!({ "year": 2026 }));
    assert_eq!((&rows[0]["kind"], &rows[1]["also"]), (&json!("学习讲堂"), &json!(["学习讲堂"])));
    assert!(has("学习讲堂") && !has("道德讲堂"));
    assert_eq!(program.undo(), "words.rename");
    let rows = program.call("sessions.list", json!({ "year": 2026 }));
    assert_eq!((&rows[0]["kind"], &rows[1]["also"]), (&json!("道德讲堂"), &json!(["道德讲堂"])));
    assert_eq!(program.refuse("words.rename", json!({ "list": "kind", "from": "党课", "to": "微党课" })).code, "word_shipped");
    assert_eq!(program.refuse("words.rename", json!({ "list": "kind", "from": "道德讲堂", "to": "党课" })).code, "word_exists");
    assert_eq!(program.refuse("words.remove", json!({ "list": "kind", "name": "道德讲堂" })).code, "word_used");
    let level = program.call("words.list", json!({ "list": "kind" }));
    assert!(level.as_array().unwrap().iter().any(|word| word["name"] == "道德讲堂" && word["level"] == "committee" && word["used"] == 2));
}
