//! The one gateway: what is written is logged, undone, done again, and never
//! half there.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::Connection;
use xueji_domain::attendance::AttendanceStatus;
use xueji_store::{
    Book, NewBook, Stamp, StoreError,
    lock::Holder,
    log,
    tables::{
        attendance::{self, MarkRecord},
        book,
        roster::{self, PeriodField, PeriodValue, Person},
    },
};

struct Folder {
    _dir: tempfile::TempDir,
    path: PathBuf,
}

fn folder() -> Folder {
    let dir = tempfile::tempdir().unwrap();
    Folder { path: dir.path().join("台账.xueji"), _dir: dir }
}

fn stamp() -> Stamp {
    Stamp { at: 1_760_000_000_000, operator: "测试员".to_owned() }
}

fn holder() -> Holder {
    Holder { name: "甲机".to_owned(), since: "2025-10-09 08:53".to_owned() }
}

fn new_book(path: &Path) -> Book {
    Book::create(path, &NewBook { name: "第一支部", sample: false }, &holder(), &stamp()).unwrap()
}

fn add(book: &Book, name: &str, staff_no: &str) -> xueji_domain::ids::MemberId {
    let person = Person { name: name.to_owned(), staff_no: Some(staff_no.to_owned()), ..Person::default() };
    book.write("roster.add", &stamp(), |writer| roster::insert(writer, &person)).unwrap().value
}

fn names(book: &Book) -> Vec<String> {
    let day = NaiveDate::from_ymd_opt(2025, 12, 31).unwrap();
    book.read(|reader| roster::list(reader, day)).unwrap().into_iter().map(|member| member.person.name).collect()
}

#[test]
fn a_write_that_fails_leaves_nothing() {
    let folder = folder();
    let book = new_book(&folder.path);
    add(&book, "王伟", "1");
    let failed = book.write("import.roster", &stamp(), |writer| {
        roster::insert(writer, &Person { name: "李静".to_owned(), ..Person::default() })?;
        roster::insert(writer, &Person { name: "张三".to_owned(), staff_no: Some("1".to_owned()), ..Person::default() })
    });
    assert!(matches!(failed, Err(StoreError::StaffNoTaken { .. })));
    assert_eq!(names(&book), ["王伟"]);
    assert_eq!(book.read(|reader| log::history(reader, 10)).unwrap().len(), 1);
}

#[test]
fn a_write_past_the_gateway_is_refused() {
    let folder = folder();
    let book = new_book(&folder.path);
    // Outside an operation the log has no name to write the change under.
    let outside = book.write("x", &stamp(), |writer| {
        writer.execute("DELETE FROM temp.current_operation", ())?;
        writer.execute("INSERT INTO member (id, name, revision) VALUES ('a', '甲', 1)", ())
    });
    assert!(outside.is_err());
    assert!(names(&book).is_empty());
}

#[test]
fn a_reader_cannot_write() {
    let folder = folder();
    let book = new_book(&folder.path);
    let tried = book.read(|reader| reader.execute("DELETE FROM member", []).map_err(StoreError::from));
    assert!(matches!(tried, Err(StoreError::ReadOnly)));
}

#[test]
fn undo_and_redo_walk_back_and_forth_over_every_kind_of_change() {
    let folder = folder();
    let book = new_book(&folder.path);
    let id = add(&book, "王伟", "1");
    let from = NaiveDate::from_ymd_opt(2025, 8, 1);
    book.write("roster.change", &stamp(), |writer| {
        roster::touch(writer, id, 1)?;
        roster::set_period(writer, id, PeriodField::Rank, from, &PeriodValue::text(Some("一级科员")))
    })
    .unwrap();
    let renamed = Person { name: "王玮".to_owned(), ..Person::default() };
    book.write("roster.correct", &stamp(), |writer| roster::update(writer, id, 2, &renamed)).unwrap();
    book.write("roster.delete", &stamp(), |writer| roster::delete(writer, id)).unwrap();
    assert!(names(&book).is_empty());

    let rank = |book: &Book| {
        let day = NaiveDate::from_ymd_opt(2025, 9, 1).unwrap();
        book.read(|reader| roster::list(reader, day))
            .unwrap()
            .first()
            .map(|member| (member.person.name.clone(), member.standing.rank.clone()))
    };
    let states = [
        Some(("王玮".to_owned(), Some("一级科员".to_owned()))),
        Some(("王伟".to_owned(), Some("一级科员".to_owned()))),
        Some(("王伟".to_owned(), None)),
        None,
    ];
    for state in &states {
        book.undo(&stamp()).unwrap();
        assert_eq!(rank(&book), *state);
    }
    assert!(matches!(book.undo(&stamp()), Err(StoreError::NothingToUndo)));
    for state in states.iter().rev().skip(1) {
        book.redo(&stamp()).unwrap();
        assert_eq!(rank(&book), *state);
    }
    book.redo(&stamp()).unwrap();
    assert_eq!(rank(&book), None, "the deletion was done again");
    assert!(matches!(book.redo(&stamp()), Err(StoreError::NothingToUndo)));
    // And all the way back once more: what was done again can be taken back.
    for state in &states {
        book.undo(&stamp()).unwrap();
        assert_eq!(rank(&book), *state);
    }
}

#[test]
fn a_fresh_operation_ends_the_redo() {
    let folder = folder();
    let book = new_book(&folder.path);
    add(&book, "王伟", "1");
    book.undo(&stamp()).unwrap();
    add(&book, "李静", "2");
    assert!(matches!(book.redo(&stamp()), Err(StoreError::NothingToUndo)));
    assert_eq!(names(&book), ["李静"]);
}

#[test]
fn an_edit_of_what_somebody_else_changed_is_refused() {
    let folder = folder();
    let book = new_book(&folder.path);
    let id = add(&book, "王伟", "1");
    let person = |name: &str| Person { name: name.to_owned(), ..Person::default() };
    book.write("roster.correct", &stamp(), |writer| roster::update(writer, id, 1, &person("王玮"))).unwrap();
    let late = book.write("roster.correct", &stamp(), |writer| roster::update(writer, id, 1, &person("王维")));
    assert!(matches!(late, Err(StoreError::Changed { what: "member" })));
    // An undo raises the revision too: the form that showed 王玮 is stale.
    book.undo(&stamp()).unwrap();
    let stale = book.write("roster.correct", &stamp(), |writer| roster::update(writer, id, 2, &person("王维")));
    assert!(matches!(stale, Err(StoreError::Changed { .. })));
}

#[test]
fn what_changed_nothing_leaves_no_operation() {
    let folder = folder();
    let book = new_book(&folder.path);
    let written = book.write("settings.rename_book", &stamp(), |writer| book::rename(writer, "第一支部")).unwrap();
    assert!(written.operation.is_none());
    assert!(book.read(|reader| log::next_undo(reader)).unwrap().is_none());
}

#[test]
fn the_log_holds_before_and_after_and_who() {
    let folder = folder();
    let book = new_book(&folder.path);
    add(&book, "王伟", "1");
    drop(book);
    let raw = Connection::open(&folder.path).unwrap();
    let line: (String, Option<String>, String, String) = raw
        .query_row(
            "SELECT c.table_name, c.before, json_extract(c.after, '$.name'), o.operator FROM change_log AS c JOIN operation AS o ON o.id = c.operation",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .unwrap();
    assert_eq!(line, ("member".to_owned(), None, "王伟".to_owned(), "测试员".to_owned()));
}

#[test]
fn a_mark_that_says_nothing_any_more_is_gone() {
    let folder = folder();
    let book = new_book(&folder.path);
    let member = add(&book, "王伟", "1");
    let session = book
        .write("sessions.add", &stamp(), |writer| {
            use xueji_domain::sessions::{SessionLevel, SessionState};
            xueji_store::tables::sessions::insert(
                writer,
                &xueji_store::tables::sessions::SessionFields {
                    date: NaiveDate::from_ymd_opt(2025, 3, 5).unwrap(),
                    starts_at: None,
                    amount: None,
                    kind: "党课".to_owned(),
                    title: "第一课".to_owned(),
                    level: SessionLevel::Branch,
                    theme: None,
                    place: None,
                    number: None,
                    state: SessionState::Held,
                    remark: None,
                },
            )
        })
        .unwrap()
        .value;
    let mark = |status| MarkRecord::new(session, member, status);
    for status in [AttendanceStatus::Present, AttendanceStatus::Unmarked] {
        book.write("attendance.mark", &stamp(), |writer| attendance::set(writer, &mark(status))).unwrap();
    }
    assert_eq!(book.read(|reader| attendance::get(reader, session, member)).unwrap(), None);
    book.undo(&stamp()).unwrap();
    assert_eq!(book.read(|reader| attendance::get(reader, session, member)).unwrap(), Some(mark(AttendanceStatus::Present)));
}

#[test]
fn the_lock_names_its_holder() {
    let folder = folder();
    let book = new_book(&folder.path);
    match Book::open(&folder.path, &holder(), &stamp()).map(|_| ()) {
        Err(StoreError::Locked { holder, since }) => assert_eq!((holder.as_str(), since.as_str()), ("甲机", "2025-10-09 08:53")),
        other => panic!("{other:?}"),
    }
    drop(book);
    Book::open(&folder.path, &holder(), &stamp()).unwrap();
}

#[test]
fn other_files_and_newer_books_are_named_and_left_alone() {
    let folder = folder();
    let open = |path: &Path| Book::open(path, &holder(), &stamp()).map(|_| ());
    assert!(matches!(open(&folder.path), Err(StoreError::NotFound)));
    std::fs::write(&folder.path, b"PK\x03\x04 a spreadsheet, say").unwrap();
    assert!(matches!(open(&folder.path), Err(StoreError::NotABook)));
    std::fs::remove_file(&folder.path).unwrap();
    Connection::open(&folder.path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(open(&folder.path), Err(StoreError::NotABook)));
    std::fs::remove_file(&folder.path).unwrap();

    drop(new_book(&folder.path));
    Connection::open(&folder.path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(open(&folder.path), Err(StoreError::NewerVersion { book: 99, program: 3 })));
    let again = Book::create(&folder.path, &NewBook { name: "乙", sample: false }, &holder(), &stamp()).map(|_| ());
    assert!(matches!(again, Err(StoreError::AlreadyExists)), "a new book never replaces a file");
}

#[test]
fn a_copy_is_whole_and_one_file() {
    let folder = folder();
    let book = new_book(&folder.path);
    add(&book, "王伟", "1");
    let copy = book.copy_before("导入前", &stamp()).unwrap();
    assert!(copy.parent().unwrap().ends_with("学迹备份"));
    let copied = Book::open(&copy, &holder(), &stamp()).unwrap();
    assert_eq!(names(&copied), ["王伟"]);
    drop(copied);
    let beside: Vec<_> = std::fs::read_dir(copy.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!beside.iter().any(|name| name.to_string_lossy().ends_with("-wal")), "{beside:?}");
}

#[test]
fn the_queries_that_grow_with_the_years_use_an_index() {
    let folder = folder();
    drop(new_book(&folder.path));
    let raw = Connection::open(&folder.path).unwrap();
    for sql in [
        "SELECT id FROM session WHERE date BETWEEN '2025-01-01' AND '2025-12-31'",
        "SELECT a.member FROM session AS s JOIN attendance AS a ON a.session = s.id WHERE s.date BETWEEN '2025-01-01' AND '2025-12-31'",
        "SELECT m.id FROM make_up AS m WHERE m.session = 'x'",
        "SELECT e.id FROM self_study AS e LEFT JOIN note AS n ON n.self_study = e.id WHERE e.date BETWEEN '2025' AND '2026'",
        "SELECT e.id FROM self_study AS e WHERE e.member = 'x' AND e.date BETWEEN '2025' AND '2026'",
        "SELECT id FROM member WHERE staff_no = '1'",
        "SELECT 1 FROM change_log WHERE operation = 'x'",
        "SELECT 1 FROM change_log WHERE table_name = 'attendance' AND row_key = 'x'",
    ] {
        let mut statement = raw.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let plan: Vec<String> = statement.query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{sql}: {plan:?}");
    }
}

/// A migration that breaks, as one of a later version might: the book was
/// copied and checked before, and is what it was after.
#[test]
fn a_checked_copy_stands_before_a_migration_and_a_broken_one_changes_nothing() {
    let folder = folder();
    let book = new_book(&folder.path);
    add(&book, "王伟", "1");
    drop(book);
    // Without its record the first migration is due again, and its tables are
    // already there.
    Connection::open(&folder.path).unwrap().execute("DELETE FROM migration", []).unwrap();
    assert!(Book::open(&folder.path, &holder(), &stamp()).is_err());
    let copies: Vec<PathBuf> =
        std::fs::read_dir(folder.path.with_file_name("学迹备份")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let copy = copies.iter().find(|path| path.to_string_lossy().ends_with("升级前.xueji")).unwrap();
    for file in [&folder.path, copy] {
        let raw = Connection::open(file).unwrap();
        let held: (String, i64) =
            raw.query_row("SELECT name, (SELECT count(*) FROM migration) FROM member", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!(held, ("王伟".to_owned(), 0), "{}", file.display());
    }
}
