//! Attached files through the dispatcher: by token and as bytes, kept once,
//! renamed, removed and brought back, written out again.

use serde_json::{Value, json};
use xueji_api::{App, AppOptions, Clock};

struct Desk {
    app: App,
    folder: tempfile::TempDir,
    session: String,
}

/// A picture of one pixel, as the PNG specification lays it out.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = AppOptions {
            data_dir: folder.path().join("data"),
            clock: Clock::Day("2025-12-15".parse().unwrap()),
            on_event: Box::new(|_| {}),
        };
        let mut desk = Self { app: App::new(options), folder, session: String::new() };
        let file = desk.token("台账.xueji");
        desk.call("book.create", json!({ "file": file, "name": "机关第三党支部", "operator": "测试员" }));
        let session = desk.call(
            "sessions.add",
            json!({ "date": "2025-12-10", "starts_at": null, "amount": null, "kind": "党课", "title": "专题党课", "level": "branch",
                    "theme": null, "place": null, "state": "held", "hosts": null, "speakers": null, "recorders": null,
                    "organizations": [], "remark": null }),
        );
        desk.session = session["value"]["id"].as_str().unwrap().to_owned();
        desk
    }

    fn token(&self, name: &str) -> String {
        self.app.register_file(self.folder.path().join(name)).token
    }

    fn call(&self, name: &str, request: Value) -> Value {
        self.app.call(name, request).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    fn refuse(&self, name: &str, request: Value) -> String {
        self.app.call(name, request).expect_err(name).code
    }

    fn add(&self, files: Value) -> Value {
        self.call("attachments.add", self.adding(files))
    }

    fn adding(&self, files: Value) -> Value {
        json!({ "owner_kind": "session", "owner": self.session, "label": "现场照片", "files": files })
    }

    fn rows(&self) -> Vec<Value> {
        let list = self.call("attachments.list", json!({ "owner_kind": "session", "owner": self.session }));
        list["rows"].as_array().unwrap().clone()
    }

    fn pixel(&self, name: &str) -> Value {
        self.add(json!([{ "type": "bytes", "name": name, "base64": PIXEL }]))
    }
}

#[test]
fn a_dropped_picture_and_a_chosen_file_come_in_and_go_out() {
    let desk = Desk::new();
    std::fs::write(desk.folder.path().join("会议记录.txt"), "三会一课会议记录").unwrap();
    let added = desk.add(json!([
        { "type": "bytes", "name": "C:\\照片\\IMG_1.txt", "base64": PIXEL },
        { "type": "file", "token": desk.token("会议记录.txt") },
    ]));
    assert_eq!(added["undo"]["name"], "attachments.add");
    let rows = desk.rows();
    assert_eq!(rows.len(), 2);
    // What it is is told by the bytes, not by the name.
    assert_eq!((&rows[0]["media_type"], &rows[0]["picture"]), (&json!("image/png"), &json!(true)));
    assert_eq!((&rows[1]["media_type"], &rows[1]["picture"]), (&json!("text/plain"), &json!(false)));
    assert_eq!(rows[0]["name"], "C照片IMG_1.txt");
    assert_eq!(rows[1]["size"], 24, "eight characters of three bytes");
    assert_eq!(rows[0]["label"], "现场照片");
    assert_eq!(rows[0]["added_on"], "2025-12-15");
    let content = desk.call("attachments.content", json!({ "id": rows[0]["id"] }));
    assert_eq!(content, json!({ "media_type": "image/png", "base64": PIXEL }));
    let saved = desk.call("attachments.save_as", json!({ "id": rows[1]["id"], "file": desk.token("出.txt") }));
    assert_eq!(saved["file_name"], "出.txt");
    assert_eq!(std::fs::read_to_string(desk.folder.path().join("出.txt")).unwrap(), "三会一课会议记录");
}

#[test]
fn what_was_removed_comes_back_with_its_bytes() {
    let desk = Desk::new();
    desk.pixel("照片.png");
    let id = desk.rows()[0]["id"].clone();
    desk.call("attachments.remove", json!({ "id": id }));
    assert!(desk.rows().is_empty());
    assert_eq!(desk.refuse("attachments.content", json!({ "id": id })), "record_gone");
    desk.call("undo.undo", json!({}));
    assert_eq!(desk.call("attachments.content", json!({ "id": id }))["base64"], PIXEL);
    // And the adding itself, there and back.
    desk.call("undo.undo", json!({}));
    assert!(desk.rows().is_empty());
    desk.call("undo.redo", json!({}));
    assert_eq!(desk.call("attachments.content", json!({ "id": id }))["base64"], PIXEL);
}

#[test]
fn a_name_and_a_label_change_each_alone() {
    let desk = Desk::new();
    desk.pixel("IMG_1.png");
    let row = desk.rows()[0].clone();
    let renamed = desk.call("attachments.edit", json!({ "id": row["id"], "revision": row["revision"], "name": "签到表" }));
    assert_eq!((&renamed["value"]["name"], &renamed["value"]["label"]), (&json!("签到表.png"), &json!("现场照片")));
    assert_eq!(
        desk.refuse("attachments.edit", json!({ "id": row["id"], "revision": row["revision"], "label": "签到表" })),
        "record_changed"
    );
    let labelled = desk.call("attachments.edit", json!({ "id": row["id"], "revision": renamed["value"]["revision"], "label": "" }));
    assert_eq!((&labelled["value"]["name"], &labelled["value"]["label"]), (&json!("签到表.png"), &json!(null)));
    assert_eq!(desk.refuse("attachments.edit", json!({ "id": row["id"], "revision": 3, "name": "///" })), "file_name_missing");
}

#[test]
fn what_cannot_be_attached_is_refused_by_name() {
    let desk = Desk::new();
    desk.pixel("照片.png");
    let bytes = |name: &str, base64: &str| json!([{ "type": "bytes", "name": name, "base64": base64 }]);
    assert_eq!(desk.refuse("attachments.add", desk.adding(bytes("同一张.png", PIXEL))), "attachment_twice");
    assert_eq!(desk.refuse("attachments.add", desk.adding(bytes("空.txt", ""))), "attachment_empty");
    assert_eq!(desk.refuse("attachments.add", desk.adding(bytes("坏.txt", "不是"))), "damaged");
    assert_eq!(desk.refuse("attachments.add", desk.adding(bytes("大.bin", &"AAAA".repeat(7 * 1024 * 1024)))), "attachment_too_large");
    let large = std::fs::File::create(desk.folder.path().join("大.bin")).unwrap();
    large.set_len(20 * 1024 * 1024 + 1).unwrap();
    let file = json!([{ "type": "file", "token": desk.token("大.bin") }]);
    assert_eq!(desk.refuse("attachments.add", desk.adding(file)), "attachment_too_large");
    assert_eq!(desk.refuse("attachments.add", desk.adding(json!([{ "type": "file", "token": desk.token("没有.bin") }]))), "not_found");
    let elsewhere = json!({ "owner_kind": "document", "owner": desk.session, "files": bytes("照片.png", PIXEL) });
    assert_eq!(desk.refuse("attachments.add", elsewhere), "record_gone");
    assert_eq!(desk.rows().len(), 1, "all or none");
}
