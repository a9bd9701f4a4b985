//! Days on which things go wrong: each gets a sentence of its own and loses
//! nothing.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use xueji_tests::{Program, fixture};

fn earned(program: &Program) -> Vec<Value> {
    let year = program.call("credits.year", json!({ "year": 2025 }));
    year["rows"].as_array().unwrap().iter().map(|row| row["earned"].clone()).collect()
}

#[test]
fn a_plan_is_not_carried_out_on_a_book_that_changed_since() {
    let program = Program::with_book("2025-12-31");
    let preview = program.preview("roster", &fixture("branch-2025/roster.xlsx"), &BTreeMap::new());
    program.mutate("roster.add", json!({ "name": "后来的人" }));
    let stale = program.refuse("import.apply", json!({ "plan": preview["plan"], "skip_problems": false }));
    assert_eq!(stale.code, "plan_stale");
}

#[test]
fn a_book_that_vanished_and_a_file_that_is_none_are_named() {
    let program = Program::with_branch_2025();
    let open = |name: &str| program.refuse("book.open", json!({ "file": program.app.register_file(program.path(name)).token })).code;
    assert_eq!(open("没有.xueji"), "book_not_found");
    std::fs::write(program.path("图.xueji"), b"\x89PNG\r\n\x1a\n and so on and on").unwrap();
    assert_eq!(open("图.xueji"), "not_a_book");
    assert_eq!(program.call("app.state", Value::Null)["book"]["members"], 46, "the open book stays open");
}

#[test]
fn a_place_that_cannot_be_written_is_named_and_the_book_stays() {
    let program = Program::with_branch_2025();
    let before = earned(&program);
    // A file where a folder should be: refused for root as well.
    std::fs::write(program.path("档"), b"").unwrap();
    let inside = program.app.register_file(program.path("档/汇总.xlsx"));
    let refused = program.refuse("reports.summary", json!({ "year": 2025, "file": inside.token }));
    assert!(["folder_missing", "folder_read_only", "write_failed"].contains(&refused.code.as_str()), "{}", refused.code);
    let onto_itself = program.app.register_file(program.path("台账.xueji"));
    assert_eq!(program.refuse("book.save_copy", json!({ "file": onto_itself.token })).code, "copy_onto_itself");
    assert_eq!(earned(&program), before);
}

/// A disk that fills up in the middle of an import, as SQLite meets it: the
/// book may not grow by another page.
#[test]
fn a_disk_that_fills_up_leaves_the_book_as_it_was() {
    use xueji_domain::ids::MemberId;
    use xueji_store::{Book, NewBook, Stamp, StoreError, lock::Holder, tables::roster};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("台账.xueji");
    let (holder, stamp) = (Holder { name: String::new(), since: String::new() }, Stamp { at: 1_760_000_000_000, operator: String::new() });
    let book = Book::create(&path, &NewBook { name: "甲", sample: false }, &holder, &stamp).unwrap();
    let fill = |writer: &mut xueji_store::Writer| -> Result<(), StoreError> {
        let pages: i64 = writer.query_row("PRAGMA page_count", [], |row| row.get(0)).map_err(StoreError::from)?;
        writer.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).map_err(StoreError::from)?;
        for number in 0..100_000 {
            let person = roster::Person { name: format!("人{number}"), ..Default::default() };
            let _: MemberId = roster::insert(writer, &person)?;
        }
        Ok(())
    };
    let full = book.write("import.roster", &stamp, fill);
    assert!(matches!(full, Err(StoreError::DiskFull)), "{full:?}");
    drop(book);
    let book = Book::open(&path, &holder, &stamp).unwrap();
    assert_eq!(book.read(xueji_store::tables::book::member_count).unwrap(), 0);
}

#[test]
fn a_job_that_is_cancelled_changes_nothing() {
    let program = Program::with_book("2025-12-31");
    let preview = program.preview("roster", &fixture("branch-2025/roster.xlsx"), &BTreeMap::new());
    let started = program.app.dispatch("import.apply", json!({ "plan": preview["plan"], "skip_problems": false })).unwrap();
    let _ = program.app.call("job.cancel", json!({ "job": started["job"] }));
    let state = loop {
        let state = program.call("job.state", json!({ "job": started["job"] }));
        if state["phase"] != "running" {
            break state;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    let members = program.call("app.state", Value::Null)["book"]["members"].as_u64().unwrap();
    // All or nothing, whichever came first: the import or the request to stop.
    match state["phase"].as_str().unwrap() {
        "failed" => assert_eq!((state["error"]["code"].as_str(), members), (Some("cancelled"), 0)),
        _ => assert_eq!(members, 46),
    }
}

#[test]
fn files_of_all_sorts_are_refused_by_name() {
    let program = Program::with_branch_2025();
    let before = earned(&program);
    let read = |name: &str, bytes: &[u8]| {
        std::fs::write(program.path(name), bytes).unwrap();
        let file = program.app.register_file(program.path(name));
        program.refuse("import.read", json!({ "file": file.token, "kind": "roster" })).code
    };
    assert_eq!(read("空.csv", b""), "empty");
    assert_eq!(read("图.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "unknown_type");
    let whole = std::fs::read(fixture("branch-2025/roster.xlsx")).unwrap();
    assert_eq!(read("半截.xlsx", &whole[..whole.len() / 2]), "damaged");
    let wide = ["甲"; 1_000_000].join(",");
    assert_eq!(read("宽.csv", wide.as_bytes()), "too_large");
    assert_eq!(earned(&program), before);
}
