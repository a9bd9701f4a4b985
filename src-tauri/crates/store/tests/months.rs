//! Closed months: nothing passes the gateway by, a reason leaves its line,
//! and what was recorded stays.

use std::path::PathBuf;

use chrono::NaiveDate;
use rusqlite::Connection;
use xueji_domain::{
    attendance::AttendanceStatus,
    ids::{MemberId, SessionId},
    sessions::{SessionLevel, SessionState},
};
use xueji_store::{
    Book, NewBook, Stamp, StoreError, Supplement, Writer,
    lock::Holder,
    tables::{
        attendance::{self, MarkRecord},
        ledger, months,
        roster::{self, Person},
        sessions::{self, SessionFields, SessionLinks},
    },
};

struct Branch {
    book: Book,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

fn stamp() -> Stamp {
    Stamp { at: 1_760_000_000_000, operator: "测试员".to_owned() }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn fields(date: &str) -> SessionFields {
    SessionFields {
        date: day(date),
        starts_at: None,
        amount: None,
        kind: "党课".to_owned(),
        title: format!("党课{date}"),
        level: SessionLevel::Branch,
        theme: None,
        place: None,
        number: None,
        state: SessionState::Held,
        remark: None,
    }
}

impl Branch {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("台账.xueji");
        let holder = Holder { name: "甲机".to_owned(), since: "2025-10-09 08:53".to_owned() };
        let book = Book::create(&path, &NewBook { name: "第一支部", sample: false }, &holder, &stamp()).unwrap();
        Self { book, path, _folder: folder }
    }

    fn write<T>(&self, work: impl FnOnce(&mut Writer) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.book.write("test", &stamp(), work).map(|written| written.value)
    }

    fn because<T>(&self, reason: &str, work: impl FnOnce(&mut Writer) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.write(|writer| {
            writer.supplement(Some(Supplement { reason: reason.to_owned(), on: day("2025-12-03") }));
            work(writer)
        })
    }

    fn session(&self, date: &str) -> SessionId {
        self.write(|writer| sessions::insert(writer, &fields(date))).unwrap()
    }

    fn member(&self, name: &str) -> MemberId {
        self.write(|writer| roster::insert(writer, &Person { name: name.to_owned(), ..Person::default() })).unwrap()
    }

    fn mark(&self, session: SessionId, member: MemberId, status: AttendanceStatus) -> Result<(), StoreError> {
        self.write(|writer| attendance::set(writer, &MarkRecord::new(session, member, status)))
    }

    fn close(&self, month: &str) {
        self.write(|writer| months::close(writer, month, day("2025-12-02"))).unwrap();
    }

    /// Month, session, whose, subject, reason, undone.
    fn supplements(&self) -> Vec<(String, String, bool)> {
        let records = self.book.read(|reader| months::supplements(reader, "2025-01", "2025-12")).unwrap();
        records.into_iter().map(|record| (record.subject, record.reason, record.undone)).collect()
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Vec<String> {
    match result.unwrap_err() {
        StoreError::MonthClosed { months, .. } => months,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_closed_month_refuses_what_belongs_to_its_sessions_and_another_does_not() {
    let branch = Branch::new();
    let (november, december) = (branch.session("2025-11-14"), branch.session("2025-12-01"));
    let (wang, li) = (branch.member("王伟"), branch.member("李静"));
    branch.mark(november, wang, AttendanceStatus::Absent).unwrap();
    branch.close("2025-11");
    assert_eq!(refused(branch.mark(november, wang, AttendanceStatus::Present)), ["2025-11"]);
    assert_eq!(refused(branch.mark(november, li, AttendanceStatus::Present)), ["2025-11"]);
    assert_eq!(refused(branch.mark(november, wang, AttendanceStatus::Unmarked)), ["2025-11"]);
    let made_up = branch.write(|writer| attendance::set_make_up(writer, november, wang, None, Some("自学"), None));
    assert_eq!(refused(made_up), ["2025-11"]);
    let observer = branch.write(|writer| sessions::set_observer(writer, november, li, "李静", true));
    assert_eq!(refused(observer), ["2025-11"]);
    assert_eq!(refused(branch.write(|writer| sessions::delete(writer, november))), ["2025-11"]);
    assert_eq!(refused(branch.write(|writer| sessions::insert(writer, &fields("2025-11-30")))), ["2025-11"]);
    // Moved out of it, moved into it.
    let out = SessionFields { date: day("2025-12-05"), ..fields("2025-11-14") };
    assert_eq!(refused(branch.write(|writer| sessions::update(writer, november, 1, &out))), ["2025-11"]);
    let into = SessionFields { date: day("2025-11-28"), ..fields("2025-12-01") };
    assert_eq!(refused(branch.write(|writer| sessions::update(writer, december, 1, &into))), ["2025-11"]);
    // Nothing was changed by any of them.
    let marks = branch.book.read(|reader| attendance::of_session(reader, november)).unwrap();
    assert_eq!(marks, [MarkRecord::new(november, wang, AttendanceStatus::Absent)]);
    // The next month is open.
    branch.mark(december, wang, AttendanceStatus::Present).unwrap();
    assert_eq!(branch.supplements(), []);
}

#[test]
fn links_of_a_session_say_nothing_of_what_happened_and_stay_free() {
    let branch = Branch::new();
    let session = branch.session("2025-11-14");
    branch.close("2025-11");
    branch.write(|writer| sessions::set_links(writer, session, SessionLinks::default())).unwrap();
    // The same fields again only raise the revision.
    branch.write(|writer| sessions::update(writer, session, 1, &fields("2025-11-14"))).unwrap();
    assert_eq!(refused(branch.write(|writer| sessions::set_roll_closed(writer, session, Some(1)))), ["2025-11"]);
}

#[test]
fn a_reason_lets_the_change_pass_and_leaves_a_line_that_no_undo_takes_away() {
    let branch = Branch::new();
    let (session, wang) = (branch.session("2025-11-14"), branch.member("王伟"));
    branch.close("2025-11");
    let mark = |writer: &mut Writer| attendance::set(writer, &MarkRecord::new(session, wang, AttendanceStatus::Late));
    branch.because("签到表漏看", mark).unwrap();
    let line = |undone| ("2025-11-14 党课2025-11-14 王伟".to_owned(), "签到表漏看".to_owned(), undone);
    assert_eq!(branch.supplements(), [line(false)]);

    let refused = branch.book.undo(&stamp()).unwrap_err();
    assert!(matches!(refused, StoreError::MonthClosed { .. }), "{refused:?}");
    let why = Supplement { reason: "补错了人".to_owned(), on: day("2025-12-04") };
    branch.book.undo_because(&stamp(), Some(&why)).unwrap();
    assert_eq!(branch.book.read(|reader| attendance::get(reader, session, wang)).unwrap(), None);
    let back = ("2025-11-14 党课2025-11-14 王伟".to_owned(), "补错了人".to_owned(), false);
    assert_eq!(branch.supplements(), [line(true), back.clone()]);

    branch.book.redo_because(&stamp(), Some(&Supplement { reason: "没有错".to_owned(), on: day("2025-12-04") })).unwrap();
    let again = ("2025-11-14 党课2025-11-14 王伟".to_owned(), "没有错".to_owned(), false);
    assert_eq!(branch.supplements(), [line(false), (back.0, back.1, true), again]);
    // The reasons stand by the changes in the history of the cell.
    let reasons: Vec<_> = branch.book.read(|reader| ledger::changes(reader, session, wang)).unwrap();
    let reasons: Vec<_> = reasons.into_iter().map(|change| (change.operation.name, change.operation.reason.unwrap())).collect();
    let expected = [("test", "签到表漏看"), ("undo", "补错了人"), ("redo", "没有错")];
    assert_eq!(reasons, expected.map(|(name, reason)| (name.to_owned(), reason.to_owned())));
}

#[test]
fn many_marks_of_one_session_are_one_line() {
    let branch = Branch::new();
    let session = branch.session("2025-11-14");
    let members: Vec<MemberId> = (0..21).map(|number| branch.member(&format!("人{number}"))).collect();
    branch.close("2025-11");
    branch
        .because("整张签到表后补", |writer| {
            members.iter().try_for_each(|member| attendance::set(writer, &MarkRecord::new(session, *member, AttendanceStatus::Present)))
        })
        .unwrap();
    assert_eq!(branch.supplements(), [("2025-11-14 党课2025-11-14（21 人的考勤）".to_owned(), "整张签到表后补".to_owned(), false)]);
}

#[test]
fn a_month_that_was_opened_again_closes_nothing_and_can_be_closed_anew() {
    let branch = Branch::new();
    let (session, wang) = (branch.session("2025-11-14"), branch.member("王伟"));
    branch.close("2025-11");
    let closing = branch.book.read(|reader| months::closed(reader, "2025-11")).unwrap().unwrap();
    branch.write(|writer| months::reopen(writer, &closing, day("2025-12-03"), "上级退回")).unwrap();
    branch.mark(session, wang, AttendanceStatus::Present).unwrap();
    branch.close("2025-11");
    let closings = branch.book.read(|reader| months::between(reader, "2025-01", "2025-12")).unwrap();
    assert_eq!(closings.iter().map(|closing| closing.reopened.is_some()).collect::<Vec<_>>(), [true, false]);
    let again = branch.write(|writer| months::reopen(writer, &closing, day("2025-12-03"), "再退回"));
    assert!(matches!(again, Err(StoreError::Changed { .. })), "{again:?}");
}

#[test]
fn the_guard_and_the_history_of_a_cell_use_indexes() {
    let branch = Branch::new();
    drop(branch.book);
    let raw = Connection::open(&branch.path).unwrap();
    // What may be walked through: what the operation itself changed, and the
    // few months of a book.
    for (sql, few) in [
        (include_str!("../src/guard/sessions.sql"), &["i", "image", "c"][..]),
        (include_str!("../src/guard/parts.sql"), &["c"]),
        (include_str!("../src/tables/ledger/changes.sql"), &["c", "change", "m"]),
        (include_str!("../src/tables/months/supplements.sql"), &[]),
    ] {
        let mut statement = raw.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let count = statement.parameter_count();
        let plan: Vec<String> =
            statement.query_map(rusqlite::params_from_iter(vec!["x"; count]), |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        let scanned: Vec<&str> = plan.iter().filter_map(|step| step.strip_prefix("SCAN ")?.split(' ').next()).collect();
        assert!(scanned.iter().all(|table| few.contains(table)), "{plan:#?}");
    }
}
