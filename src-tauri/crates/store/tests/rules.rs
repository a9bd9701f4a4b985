//! The tables of rules, credits by hand, approval and closings: what goes in
//! comes out, is logged, undone and done again.

use std::path::PathBuf;

use chrono::NaiveDate;
use rusqlite::Connection;
use xueji_domain::{
    amount::StudyAmount,
    exact::Exact,
    ids::{ClosingId, MemberId, RuleSetId},
};
use xueji_store::{
    Book, NewBook, Stamp, StoreError,
    lock::Holder,
    tables::{
        closing::{self, ClosingFields, LineRecord, LineRules, Owner, Reopened, ScoreFields, SupplementFields},
        credits::{self, ManualFields, MemberFactFields, MemberFactKind, OpeningFields, Review, ReviewState},
        organizations,
        roster::{self, Person},
        rules::{self, DecisionFields, RuleSetFields, UseFields},
        study::{self, StudyFields},
    },
};

struct Fixture {
    book: Book,
    path: PathBuf,
    member: MemberId,
    _dir: tempfile::TempDir,
}

fn stamp() -> Stamp {
    Stamp { at: 1_760_000_000_000, operator: "测试员".to_owned() }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

fn fixture() -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("台账.xueji");
    let holder = Holder { name: "甲机".to_owned(), since: "2025-10-09 08:53".to_owned() };
    let book = Book::create(&path, &NewBook { name: "第一支部", sample: false }, &holder, &stamp()).unwrap();
    let person = Person { name: "王伟".to_owned(), ..Person::default() };
    let member = book.write("roster.add", &stamp(), |writer| roster::insert(writer, &person)).unwrap().value;
    Fixture { book, path, member, _dir: dir }
}

impl Fixture {
    fn write<T>(&self, work: impl FnOnce(&mut xueji_store::Writer) -> Result<T, StoreError>) -> T {
        self.book.write("x", &stamp(), work).unwrap().value
    }

    fn rule_set(&self, key: &str, digest: &str) -> RuleSetId {
        self.write(|writer| rules::insert(writer, &rule_set(key, digest)))
    }

    /// Undo takes the latest write back, redo does it again; `holds` tells
    /// whether it stands.
    fn walks(&self, holds: impl Fn(&xueji_store::Reader) -> bool) {
        let holds = || self.book.read(|reader| Ok::<_, StoreError>(holds(reader))).unwrap();
        assert!(holds(), "it was written");
        for _ in 0..2 {
            self.book.undo(&stamp()).unwrap();
            assert!(!holds(), "it was taken back");
            self.book.redo(&stamp()).unwrap();
            assert!(holds(), "it was done again");
        }
    }
}

fn rule_set(key: &str, digest: &str) -> RuleSetFields {
    RuleSetFields {
        key: key.to_owned(),
        name: "某办法".to_owned(),
        kind: "credits".to_owned(),
        version: Some("2025".to_owned()),
        text: format!("id = \"{key}\" # {digest}"),
        digest: digest.to_owned(),
        created_on: day("2025-01-02"),
    }
}

#[test]
fn rule_sets_and_their_uses_are_kept_and_undone() {
    let fixture = fixture();
    let id = fixture.rule_set("demo", "d1");
    fixture.walks(|reader| rules::list(reader).unwrap().len() == 1);
    assert_eq!(fixture.book.read(|reader| rules::get(reader, id)).unwrap().fields, rule_set("demo", "d1"));

    let again = fixture.book.write("x", &stamp(), |writer| rules::insert(writer, &rule_set("other", "d1")));
    assert!(again.is_err(), "no text stands twice");
    fixture.write(|writer| rules::update(writer, id, 1, &rule_set("demo", "d2")));
    let stale = fixture.book.write("x", &stamp(), |writer| rules::update(writer, id, 1, &rule_set("demo", "d3")));
    assert!(matches!(stale, Err(StoreError::Changed { what: "rule_set" })));

    let fields = UseFields { rule_set: id, starts_on: day("2025-01-01"), ends_on: None, organization: None };
    let used = fixture.write(|writer| rules::insert_use(writer, &fields));
    fixture.walks(|reader| rules::uses(reader).unwrap().len() == 1);
    assert_eq!(fixture.book.read(|reader| rules::stands_in(reader, id)).unwrap(), (1, 0));
    assert!(fixture.book.write("x", &stamp(), |writer| rules::delete(writer, id)).is_err(), "a use stands in the way");
    fixture.write(|writer| rules::end_use(writer, used, Some(day("2025-06-30"))));
    fixture.walks(|reader| rules::uses(reader).unwrap()[0].fields.ends_on == Some(day("2025-06-30")));
    let before_start = fixture.book.write("x", &stamp(), |writer| rules::end_use(writer, used, Some(day("2024-06-30"))));
    assert!(before_start.is_err());
    fixture.write(|writer| rules::delete_use(writer, used));
    fixture.write(|writer| rules::delete(writer, id));
    fixture.walks(|reader| rules::list(reader).unwrap().is_empty());
}

#[test]
fn a_decision_stands_once_and_the_later_one_holds() {
    let fixture = fixture();
    let decision = |member, reading: &str| DecisionFields {
        rule_set_key: "demo".to_owned(),
        question: "options.change".to_owned(),
        member,
        fact: None,
        reading: Some(reading.to_owned()),
        value: None,
        reason: "请示组织部".to_owned(),
        document: Some("〔2025〕3 号".to_owned()),
        decided_by: "测试员".to_owned(),
        decided_on: day("2025-03-01"),
    };
    let one = fixture.write(|writer| rules::decide(writer, &decision(None, "end")));
    let same = fixture.write(|writer| rules::decide(writer, &decision(None, "start")));
    let own = fixture.write(|writer| rules::decide(writer, &decision(Some(fixture.member), "end")));
    assert_eq!(one, same);
    assert_ne!(one, own, "for one member beside that for all");
    let mut all = fixture.book.read(rules::decisions).unwrap();
    all.sort_by_key(|found| found.fields.member);
    assert_eq!(
        all.iter().map(|found| found.fields.clone()).collect::<Vec<_>>(),
        [decision(None, "start"), decision(Some(fixture.member), "end")]
    );
    fixture.walks(|reader| rules::decisions(reader).unwrap().len() == 2);
    fixture.write(|writer| rules::delete_decision(writer, own));
    fixture.walks(|reader| rules::decisions(reader).unwrap().len() == 1);
    let both = fixture.book.write("x", &stamp(), |writer| {
        rules::decide(writer, &DecisionFields { value: Some("5".to_owned()), question: "q".to_owned(), ..decision(None, "end") })
    });
    assert!(both.is_err(), "a reading or a value, not both");
}

#[test]
fn credits_by_hand_are_kept_exactly_and_undone() {
    let fixture = fixture();
    let fields = ManualFields {
        member: fixture.member,
        rule_set_key: None,
        category: "其他".to_owned(),
        date: day("2025-05-01"),
        amount: exact("-1/3"),
        reason: "更正".to_owned(),
        document: None,
        evidence: Some("证书".to_owned()),
        corrects: Some("session:x".to_owned()),
        state: ReviewState::Pending,
    };
    let id = fixture.write(|writer| credits::insert_manual(writer, &fields));
    fixture.walks(|reader| credits::manual_between(reader, "2025-01-01", "2025-12-31").unwrap().len() == 1);
    assert_eq!(fixture.book.read(|reader| credits::manual(reader, id)).unwrap().fields, fields);
    let accepted = ManualFields { state: ReviewState::Accepted, ..fields };
    let revision = fixture.book.read(|reader| credits::manual(reader, id)).unwrap().revision;
    fixture.write(|writer| credits::update_manual(writer, id, revision, &accepted));
    fixture.walks(|reader| credits::manual(reader, id).unwrap().fields.state == ReviewState::Accepted);
    fixture.write(|writer| credits::delete_manual(writer, id));
    fixture.walks(|reader| credits::manual_between(reader, "2025-01-01", "2025-12-31").unwrap().is_empty());
}

#[test]
fn a_review_goes_with_its_entry_and_comes_back_with_it() {
    let fixture = fixture();
    let entry = fixture.write(|writer| {
        let fields = StudyFields {
            member: fixture.member,
            date: day("2025-03-05"),
            form: "读书".to_owned(),
            content: String::new(),
            amount: StudyAmount::of_minutes(exact("90")).unwrap(),
            declared_chars: None,
        };
        study::insert(writer, &fields, day("2025-03-06"))
    });
    let pending = Review { state: ReviewState::Pending, reason: None, by: None, on: None };
    fixture.write(|writer| credits::set_review(writer, entry, &pending));
    let returned = Review {
        state: ReviewState::Returned,
        reason: Some("没有证明".to_owned()),
        by: Some("测试员".to_owned()),
        on: Some(day("2025-03-07")),
    };
    fixture.write(|writer| credits::set_review(writer, entry, &returned));
    fixture.walks(|reader| credits::review(reader, entry).unwrap() == Some(returned.clone()));
    fixture.write(|writer| study::delete(writer, entry));
    fixture.walks(|reader| credits::reviews(reader).unwrap().is_empty());
    fixture.book.undo(&stamp()).unwrap();
    assert_eq!(fixture.book.read(|reader| credits::review(reader, entry)).unwrap(), Some(returned));
}

#[test]
fn opening_records_and_what_is_known_of_a_member_are_kept() {
    let fixture = fixture();
    let fields = OpeningFields {
        member: fixture.member,
        rule_set_key: "demo".to_owned(),
        period: "2024".to_owned(),
        total: Some(exact("91.5")),
        passed: Some(false),
        buckets: vec![("必修".to_owned(), exact("73"))],
        short: vec!["总量".to_owned()],
        grade: Some("合格".to_owned()),
        carry: Some(vec![("选修".to_owned(), exact("1/7"))]),
        reason: "纸质台账".to_owned(),
        document: None,
    };
    let id = fixture.write(|writer| credits::record_opening(writer, &fields));
    fixture.walks(|reader| credits::openings(reader).unwrap().len() == 1);
    assert_eq!(fixture.book.read(|reader| credits::opening(reader, id)).unwrap().fields, fields);
    let corrected = OpeningFields { passed: None, carry: None, ..fields };
    assert_eq!(fixture.write(|writer| credits::record_opening(writer, &corrected)), id, "one a period");
    assert_eq!(fixture.book.read(|reader| credits::opening(reader, id)).unwrap().fields, corrected);

    let leave = MemberFactFields {
        member: fixture.member,
        kind: MemberFactKind::Leave,
        name: String::new(),
        value: "病假".to_owned(),
        starts_on: Some(day("2025-02-01")),
        ends_on: Some(day("2025-04-30")),
        reason: None,
    };
    let id = fixture.write(|writer| credits::insert_member_fact(writer, &leave));
    fixture.walks(|reader| credits::member_facts(reader).unwrap().len() == 1);
    assert_eq!(fixture.book.read(credits::member_facts).unwrap()[0].fields, leave);
    fixture.write(|writer| credits::delete_member_fact(writer, id));
    let open = fixture
        .book
        .write("x", &stamp(), |writer| credits::insert_member_fact(writer, &MemberFactFields { ends_on: None, ..leave.clone() }));
    assert!(open.is_err(), "leave has two ends");
}

fn closing_of(rule_set: RuleSetId) -> ClosingFields {
    ClosingFields {
        kind: "credits".to_owned(),
        rule_set,
        rule_set_key: "demo".to_owned(),
        period: "2025".to_owned(),
        organization: None,
        rules_digest: "r".to_owned(),
        digest: "d".to_owned(),
        members: 1,
        unit: None,
        closed_by: "测试员".to_owned(),
        closed_on: day("2026-01-05"),
    }
}

fn line(closing: ClosingId, of: Owner) -> LineRecord {
    LineRecord { closing, of, rules: None, ledger: "{}".to_owned(), digest: "l".to_owned() }
}

#[test]
fn a_closing_keeps_its_lines_and_says_that_it_was_reopened() {
    let fixture = fixture();
    let rule_set = fixture.rule_set("demo", "d1");
    let id = fixture.write(|writer| {
        let id = closing::insert(writer, &closing_of(rule_set))?;
        closing::insert_line(writer, &line(id, Owner::Member(fixture.member)))?;
        Ok(id)
    });
    fixture.walks(|reader| closing::list(reader).unwrap().len() == 1 && closing::lines(reader, id).unwrap().len() == 1);
    assert_eq!(fixture.book.read(|reader| closing::get(reader, id)).unwrap().fields, closing_of(rule_set));
    let supplement = SupplementFields {
        closing: id,
        of: Owner::Member(fixture.member),
        ledger: "{\"total\":\"3\"}".to_owned(),
        digest: "s".to_owned(),
        reason: "补录".to_owned(),
        document: None,
        recorded_by: "测试员".to_owned(),
        recorded_on: day("2026-02-01"),
    };
    fixture.write(|writer| closing::insert_supplement(writer, &supplement));
    fixture.walks(|reader| closing::supplements(reader, id).unwrap().len() == 1);
    assert_eq!(fixture.book.read(|reader| closing::supplements(reader, id)).unwrap()[0].fields, supplement);
    let reopened = Reopened { by: "测试员".to_owned(), on: day("2026-03-01"), reason: "发现漏登".to_owned() };
    fixture.write(|writer| closing::reopen(writer, id, &reopened));
    fixture.walks(|reader| closing::get(reader, id).unwrap().reopened == Some(reopened.clone()));
    let twice = fixture.book.write("x", &stamp(), |writer| closing::reopen(writer, id, &reopened));
    assert!(matches!(twice, Err(StoreError::Gone { what: "closing" })));
    assert!(fixture.book.write("x", &stamp(), |writer| rules::delete(writer, rule_set)).is_err(), "a closing stands in the way");
}

#[test]
fn a_closing_keeps_ledgers_of_units_and_the_version_of_each() {
    let fixture = fixture();
    let (rule_set, other) = (fixture.rule_set("demo", "d1"), fixture.rule_set("demo", "d2"));
    let unit = fixture.book.read(organizations::list).unwrap()[0].id;
    let rules = Some(LineRules { rule_set: other, digest: "d2".to_owned() });
    let id = fixture.write(|writer| {
        let id = closing::insert(writer, &closing_of(rule_set))?;
        closing::insert_line(writer, &LineRecord { rules: rules.clone(), ..line(id, Owner::Organization(unit)) })?;
        closing::insert_line(writer, &line(id, Owner::Member(fixture.member)))?;
        Ok(id)
    });
    fixture.walks(|reader| closing::lines(reader, id).unwrap().len() == 2);
    let read = |of| fixture.book.read(|reader| closing::line(reader, id, of)).unwrap();
    assert_eq!(read(Owner::Organization(unit)).unwrap().rules, rules);
    assert_eq!(read(Owner::Member(fixture.member)).unwrap().rules, None);
    assert_eq!(fixture.book.read(|reader| rules::stands_in(reader, other)).unwrap(), (0, 1), "the line names it");
    let supplement = SupplementFields {
        closing: id,
        of: Owner::Organization(unit),
        ledger: "{\"score\":\"7\"}".to_owned(),
        digest: "s".to_owned(),
        reason: "补录".to_owned(),
        document: None,
        recorded_by: "测试员".to_owned(),
        recorded_on: day("2026-02-01"),
    };
    fixture.write(|writer| closing::insert_supplement(writer, &supplement));
    fixture.walks(|reader| closing::parts(reader, id, "$.score").unwrap() == [(Owner::Organization(unit), "7".to_owned())]);
    let twice = fixture.book.write("x", &stamp(), |writer| closing::insert_line(writer, &line(id, Owner::Organization(unit))));
    assert!(twice.is_err(), "one ledger of each");
}

/// Past the store: neither of both, and both, are no ledger of anybody.
#[test]
fn a_line_is_of_exactly_one() {
    let fixture = fixture();
    let rule_set = fixture.rule_set("demo", "d1");
    let unit = fixture.book.read(organizations::list).unwrap()[0].id;
    let id = fixture.write(|writer| closing::insert(writer, &closing_of(rule_set)));
    let Fixture { book, path, member, _dir } = fixture;
    drop(book);
    let raw = Connection::open(&path).unwrap();
    let insert = |whose: &str, member: Option<String>, organization: Option<String>| {
        raw.execute(
            "INSERT INTO closing_line (closing, whose, member, organization, ledger, digest) VALUES (?1, ?2, ?3, ?4, '{}', 'l')",
            (id.to_string(), whose, member, organization),
        )
    };
    let (member, unit) = (member.to_string(), unit.to_string());
    assert!(insert(&member, None, None).is_err());
    assert!(insert(&member, Some(member.clone()), Some(unit.clone())).is_err());
    assert!(insert(&unit, Some(member.clone()), None).is_err(), "the key is of somebody else");
    assert!(insert(&unit, None, Some(unit.clone())).is_ok());
}

#[test]
fn points_are_one_a_scorer_and_undone() {
    let fixture = fixture();
    let points = |value: &str| ScoreFields {
        rule_set_key: "demo".to_owned(),
        period: "2025".to_owned(),
        of: Owner::Member(fixture.member),
        indicator: "读书学习".to_owned(),
        scorer: "核查".to_owned(),
        rater: None,
        value: exact(value),
        reason: None,
        scored_on: day("2025-12-01"),
    };
    let id = fixture.write(|writer| closing::set_score(writer, &points("8.5")));
    assert_eq!(fixture.write(|writer| closing::set_score(writer, &points("9"))), id);
    fixture.walks(|reader| closing::scores(reader, "demo", "2025").unwrap()[0].fields == points("9"));
    let of = |name: &str, value: &str| ScoreFields { rater: Some(name.to_owned()), ..points(value) };
    for (name, value) in [("王伟", "7"), ("李静", "6"), ("王伟", "8")] {
        fixture.write(|writer| closing::set_score(writer, &of(name, value)));
    }
    let held = |reader: &xueji_store::Reader| {
        let mut held: Vec<_> = closing::scores(reader, "demo", "2025").unwrap().into_iter().map(|score| score.fields).collect();
        held.sort_by_key(|points| std::cmp::Reverse(points.value));
        held
    };
    fixture.walks(|reader| held(reader) == [points("9"), of("王伟", "8"), of("李静", "6")]);
    fixture.write(|writer| closing::delete_score(writer, id));
    fixture.walks(|reader| closing::scores(reader, "demo", "2025").unwrap().len() == 2);
}

#[test]
fn the_queries_use_an_index() {
    let fixture = fixture();
    drop(fixture.book);
    let raw = Connection::open(&fixture.path).unwrap();
    for sql in [
        "SELECT id FROM manual_credit WHERE date BETWEEN '2025-01-01' AND '2025-12-31'",
        "SELECT id FROM decision WHERE rule_set_key = 'a' AND question = 'b'",
        "SELECT ledger FROM closing_line WHERE closing = 'x'",
        "SELECT ledger FROM supplement WHERE closing = 'x'",
        "SELECT id FROM score WHERE rule_set_key = 'a' AND period = '2025'",
        "SELECT id FROM opening_record WHERE member = 'x' AND rule_set_key = 'a' AND period = '2024'",
        "SELECT state FROM study_review WHERE self_study = 'x'",
    ] {
        let mut statement = raw.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let plan: Vec<String> = statement.query_map([], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{sql}: {plan:?}");
    }
}
