//! The whole job on the branch's real files, held against truth.json: what
//! the files mean, made apart from this program.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
};

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use serde_json::Value;

use crate::support::{Desk, FILES, each, fixture, fixture_json, text, whole};

fn truth() -> Value {
    fixture_json("branch-2025/truth.json")
}

/// The rules, worked out in whole 240ths of a credit: 0.5 per 60
/// minutes of a session is 2 a minute, half of that where late or left early;
/// 0.25 per hour of self-study is 1 a minute, at most 4 credits; a note of
/// 800 characters or more is half a credit, at most 2.
fn earned_in_240ths(truth: &Value) -> BTreeMap<String, i64> {
    let minutes: HashMap<i64, i64> = each(&truth["sessions"]).map(|session| (whole(&session["no"]), whole(&session["minutes"]))).collect();
    let mut collective: BTreeMap<String, i64> = each(&truth["members"]).map(|member| (text(&member["staff_no"]).to_owned(), 0)).collect();
    for (key, status) in truth["marks"].as_object().expect("marks") {
        let (member, session) = key.split_once('|').expect("member|session");
        let minutes = minutes[&session.parse().expect("a session number")];
        let earned = match text(status) {
            "present" => 2 * minutes,
            "late" | "early_leave" => minutes,
            _ => 0,
        };
        *collective.get_mut(member).expect("a member") += earned;
    }
    collective
        .into_iter()
        .map(|(member, collective)| {
            let own = || each(&truth["self_study"]).filter(|entry| text(&entry["staff_no"]) == member);
            let study: i64 = own().map(|entry| whole(&entry["minutes"])).sum();
            let notes = own().filter(|entry| whole(&entry["note_chars"]) >= 800).count();
            let notes = i64::try_from(notes).expect("few notes") * 120;
            (member, collective + study.min(4 * 240) + notes.min(2 * 240))
        })
        .collect()
}

/// An exact text (`16.5`, `1093/48`) in 240ths.
fn in_240ths(exact: &str) -> i64 {
    let parse = |digits: &str| digits.parse::<i64>().unwrap_or_else(|_| panic!("{exact}"));
    let (above, below) = match (exact.split_once('/'), exact.split_once('.')) {
        (Some((above, below)), _) => (parse(above), parse(below)),
        (None, Some((units, places))) => (parse(&format!("{units}{places}")), 10_i64.pow(u32::try_from(places.len()).expect("few places"))),
        (None, None) => (parse(exact), 1),
    };
    assert_eq!(above * 240 % below, 0, "{exact} is no 240th");
    above * 240 / below
}

#[test]
fn four_files_become_a_book() {
    let desk = Desk::with_empty_book();
    let truth = truth();
    let rows = |list: &str| truth[list].as_array().expect("a list").len();
    let expected = [rows("members"), rows("sessions"), rows("members"), rows("self_study")];
    for ((kind, file), expected) in FILES.into_iter().zip(expected) {
        let done = desk.json(&["import", kind, &fixture(file), "--year", "2025"]);
        assert_eq!(done["counts"]["add"], expected, "{kind}");
        assert_eq!((&done["status"], &done["changed"]), (&Value::from("applied"), &Value::from(true)), "{kind}");
    }
    let members = desk.json(&["members"]);
    let by_number: HashMap<&str, &Value> = each(&members["members"]).map(|member| (text(&member["staff_no"]), member)).collect();
    for expected in each(&truth["members"]) {
        let member = by_number[text(&expected["staff_no"])];
        let fields = [
            ("name", "name"),
            ("gender", "gender"),
            ("born", "born"),
            ("party", "party_status"),
            ("party_joined", "party_joined"),
            ("rank", "rank"),
            ("tier", "tier"),
            ("post", "post"),
            ("unit", "department"),
            ("category", "category"),
            ("phone", "phone"),
        ];
        for (theirs, ours) in fields {
            assert_eq!(member[ours], expected[theirs], "{ours} of {}", expected["staff_no"]);
        }
    }
    let sessions = desk.json(&["sessions", "--year", "2025"]);
    for (session, expected) in each(&sessions["sessions"]).zip(each(&truth["sessions"])) {
        for (ours, theirs) in [("date", "date"), ("title", "title"), ("kind", "kind"), ("hosts", "host"), ("place", "place")] {
            assert_eq!(session[ours], expected[theirs], "{ours} of {}", expected["no"]);
        }
    }
}

#[test]
fn every_credit_is_what_the_rules_make_of_the_truth() {
    let desk = Desk::with_full_book();
    let truth = truth();
    let expected = earned_in_240ths(&truth);
    let tiers: HashMap<&str, &str> = each(&truth["members"]).map(|member| (text(&member["staff_no"]), text(&member["tier"]))).collect();
    let credits = desk.json(&["credits", "--year", "2025", "--explain"]);
    let members: Vec<&Value> = each(&credits["members"]).collect();
    assert_eq!(members.len(), expected.len());
    for member in members {
        let number = text(&member["staff_no"]);
        let earned = in_240ths(text(&member["earned"]));
        assert_eq!(earned, expected[number], "{number}");
        let counted: i64 = each(&member["entries"]).map(|entry| in_240ths(text(&entry["counted"]))).sum();
        assert_eq!(counted, earned, "the reasons of {number} add up");
        let required = match tiers[number] {
            "处级以上" => Some(18),
            "科级" => Some(12),
            _ => None,
        };
        assert_eq!(member["tier"], tiers[number]);
        assert_eq!(member["required"].as_str().map(in_240ths), required.map(|required| required * 240), "{number}");
        let result = match required {
            None => "not_required",
            Some(required) if earned >= required * 240 => "met",
            Some(_) => "short",
        };
        assert_eq!(member["result"], result, "{number}");
    }
}

#[test]
fn one_member_is_found_by_number_or_by_a_name_that_only_one_bears() {
    let desk = Desk::with_full_book();
    let number = |asked: &str| desk.json(&["credits", "--year", "2025", "--member", asked])["members"][0]["staff_no"].clone();
    assert_eq!(number("1000"), "1000");
    assert_eq!(number("郭峰诺"), "1000");
    let ambiguous = desk.run(&["credits", "--year", "2025", "--member", "郑波"]);
    assert_eq!(ambiguous.status, 1);
    assert!(ambiguous.err.contains("1021") && ambiguous.err.contains("1993"), "{}", ambiguous.err);
    let nobody = desk.run(&["--json", "credits", "--year", "2025", "--member", "4711"]);
    assert_eq!((nobody.status, nobody.code().as_str()), (1, "member_unknown"));
}

#[test]
fn the_summary_has_its_sheets_and_its_numbers() {
    let desk = Desk::with_full_book();
    let out = desk.file("汇总.xlsx", b"what stood there before is replaced");
    desk.done(&["summary", "--year", "2025", "--out", &out]);
    let mut workbook: Xlsx<_> = open_workbook(&out).expect("an xlsx");
    assert_eq!(workbook.sheet_names(), ["汇总", "学分明细", "考勤台账", "说明"]);
    let sheet = workbook.worksheet_range("汇总").expect("a sheet");
    let heading = sheet.rows().position(|row| row.iter().any(|cell| cell.get_string() == Some("工号"))).expect("a heading row");
    let rows: Vec<&[Data]> = sheet.rows().collect();
    let column = |word: &str| {
        let found = rows[heading].iter().position(|cell| cell.to_string().starts_with(word));
        found.unwrap_or_else(|| panic!("no column {word} in {:?}", rows[heading]))
    };
    let (number, earned) = (column("工号"), column("已得学分"));
    let shown: HashMap<String, &Data> = rows[heading + 1..].iter().map(|row| (row[number].to_string(), &row[earned])).collect();
    for (member, expected) in earned_in_240ths(&truth()) {
        // What has no end as a decimal stands there as a fraction, in text; a
        // number is binary in a spreadsheet, and right to half a 240th.
        match shown[&member] {
            Data::String(exact) => assert_eq!(in_240ths(exact), expected, "{member}"),
            Data::Float(number) => assert!((number * 240.0 - expected as f64).abs() < 0.5, "{member}: {number} is not {expected}/240"),
            other => panic!("已得学分 of {member} is {other:?}"),
        }
    }
}

#[test]
fn the_attendance_ledger_opens_unbroken_and_says_what_the_truth_says() {
    let desk = Desk::with_full_book();
    let truth = truth();
    let out = desk.path("考勤.csv");
    desk.done(&["attendance", "--year", "2025", "--out", &out]);
    let bytes = fs::read(&out).expect("the ledger");
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark, for Excel and WPS");
    let mut ledger = csv::ReaderBuilder::new().has_headers(false).from_reader(body);
    let rows: Vec<csv::StringRecord> = ledger.records().map(|row| row.expect("a row")).collect();
    let sessions: Vec<&Value> = each(&truth["sessions"]).collect();
    assert_eq!((&rows[0][0], &rows[0][1]), ("工号", "姓名"));
    for (column, session) in (2..).zip(&sessions) {
        assert_eq!(rows[0][column], format!("{} {}", text(&session["date"]), text(&session["title"])));
    }
    let words: HashMap<&str, &str> = HashMap::from([
        ("present", "出席"),
        ("late", "迟到"),
        ("early_leave", "早退"),
        ("official_leave", "公假"),
        ("sick_leave", "病假"),
        ("personal_leave", "事假"),
        ("absent", "缺席"),
        ("not_required", "不要求"),
    ]);
    let names: HashMap<&str, &str> = each(&truth["members"]).map(|member| (text(&member["staff_no"]), text(&member["name"]))).collect();
    let mut seen = 0;
    for row in rows[1..].iter().filter(|row| names.contains_key(&row[0])) {
        assert_eq!(&row[1], names[&row[0]]);
        for (column, session) in (2..).zip(&sessions) {
            let mark = truth["marks"][format!("{}|{}", &row[0], session["no"])].as_str().expect("a mark");
            assert_eq!(&row[column], words[mark], "{} at session {}", &row[0], session["no"]);
        }
        seen += 1;
    }
    assert_eq!(seen, names.len());
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let desk = Desk::with_full_book();
    let (before, credits) = (desk.operations(), desk.json(&["credits", "--year", "2025", "--explain"]));
    for (kind, file) in FILES {
        let again = desk.json(&["import", kind, &fixture(file), "--year", "2025"]);
        let counts = &again["counts"];
        let others = ["add", "change", "refuse", "ask"].map(|outcome| whole(&counts[outcome]));
        assert_eq!((others, again["changed"].as_bool()), ([0; 4], Some(false)), "{kind}: {counts}");
        assert_eq!(again["copy"], Value::Null, "{kind}");
    }
    assert_eq!(desk.operations(), before);
    assert_eq!(desk.json(&["credits", "--year", "2025", "--explain"]), credits);
}

#[test]
fn an_import_is_undone_and_done_again_as_one() {
    let desk = Desk::with_full_book();
    let credits = |desk: &Desk| desk.json(&["credits", "--year", "2025"]);
    let before = credits(&desk);
    let undone = desk.json(&["undo"]);
    assert_eq!(undone["operation"]["name"], "import.self_study");
    assert!(each(&credits(&desk)["members"]).all(|member| member["by_category"]["个人自学"] == "0"));
    desk.done(&["redo"]);
    assert_eq!(credits(&desk), before);
}

#[test]
fn the_sample_book_is_made_in_one_command() {
    let desk = Desk::bare();
    desk.done(&["sample"]);
    assert!(!desk.json(&["members"])["members"].as_array().expect("members").is_empty());
    let again = desk.run(&["--json", "sample"]);
    assert_eq!((again.status, again.code().as_str()), (1, "book_exists"));
}
