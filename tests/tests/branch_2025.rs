//! The main job on the files of a branch as messy as life, held against
//! truth.json, which says what they mean. Credits and rates are computed here
//! a second time, from truth.json and the words of the rules, by other code
//! than the program's.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};
use xueji_domain::exact::Exact;
use xueji_tests::{Program, fixture, fixture_json};

fn truth() -> Value {
    fixture_json("branch-2025/truth.json")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The members of the book by staff number.
fn roster(program: &Program) -> HashMap<String, Value> {
    let rows = program.call("roster.list", json!({ "order": "staff_no", "include_left": true }));
    rows.as_array().unwrap().iter().map(|row| (text(&row["staff_no"]).to_owned(), row.clone())).collect()
}

#[test]
fn every_member_is_in_the_book_field_by_field() {
    let program = Program::with_branch_2025();
    let roster = roster(&program);
    let truth = truth();
    let members = truth["members"].as_array().unwrap();
    assert_eq!(roster.len(), members.len());
    let tier_codes =
        BTreeMap::from([("处级以上", "division_and_above"), ("科级", "section"), ("科员及以下", "staff_and_below"), ("其他", "other")]);
    for member in members {
        let row = &roster[text(&member["staff_no"])];
        for (field, wanted) in [
            ("name", "name"),
            ("gender", "gender"),
            ("born", "born"),
            ("party_status", "party"),
            ("party_joined", "party_joined"),
            ("rank", "rank"),
            ("post", "post"),
            ("department", "unit"),
            ("category", "category"),
            ("phone", "phone"),
        ] {
            assert_eq!(row[field], member[wanted], "{field} of {}", member["staff_no"]);
        }
        assert_eq!(text(&row["tier"]), tier_codes[text(&member["tier"])]);
    }
}

#[test]
fn every_session_is_in_the_book_field_by_field() {
    let program = Program::with_branch_2025();
    let sessions = program.call("sessions.list", json!({ "year": 2025 }));
    let truth = truth();
    let (sessions, wanted) = (sessions.as_array().unwrap(), truth["sessions"].as_array().unwrap());
    assert_eq!(sessions.len(), wanted.len());
    for (session, wanted) in sessions.iter().zip(wanted) {
        assert_eq!(session["date"], wanted["date"]);
        assert_eq!(text(&session["starts_at"]), &text(&wanted["start"])[11..16]);
        assert_eq!(session["amount"]["minutes"], wanted["minutes"]);
        assert_eq!(session["kind"], wanted["kind"]);
        assert_eq!(session["title"], wanted["title"]);
        assert_eq!(session["place"], wanted["place"]);
        assert_eq!(session["hosts"], wanted["host"]);
        assert_eq!(text(&session["number"]), wanted["no"].to_string());
        assert_eq!(session["state"], "held");
    }
}

#[test]
fn every_mark_is_in_the_book() {
    let program = Program::with_branch_2025();
    let truth = truth();
    let marks = truth["marks"].as_object().unwrap();
    let mut met = 0;
    for session in program.call("sessions.list", json!({ "year": 2025 })).as_array().unwrap() {
        let sheet = program.call("attendance.sheet", json!({ "id": session["id"] }));
        for row in sheet["rows"].as_array().unwrap() {
            let key = format!("{}|{}", text(&row["staff_no"]), text(&session["number"]));
            assert_eq!(row["mark"]["status"], marks[&key], "{key}");
            assert_eq!(row["mark"]["observer"], false);
            met += 1;
        }
    }
    assert_eq!(met, marks.len());
}

#[test]
fn every_self_study_entry_is_in_the_book() {
    let program = Program::with_branch_2025();
    let key = |number: &Value, date: &Value, form: &Value, content: &Value, minutes: &Value, chars: u64| {
        format!("{number} {date} {form} {content} {minutes} {chars}")
    };
    let mut wanted: Vec<String> = truth()["self_study"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| key(&e["staff_no"], &e["date"], &e["kind"], &e["title"], &e["minutes"], e["note_chars"].as_u64().unwrap()))
        .collect();
    let rows = program.call("study.list", json!({ "year": 2025 }));
    let mut found: Vec<String> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|e| {
            key(&e["staff_no"], &e["date"], &e["form"], &e["content"], &e["amount"]["minutes"], e["declared_chars"].as_u64().unwrap_or(0))
        })
        .collect();
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted);
}

#[test]
fn the_same_files_again_change_nothing() {
    let program = Program::with_branch_2025();
    let before = program.call("undo.history", json!({ "limit": 100 }));
    for (kind, file) in
        [("roster", "roster.xlsx"), ("sessions", "sessions.xlsx"), ("attendance", "attendance.csv"), ("self_study", "selfstudy.csv")]
    {
        let preview = program.preview(kind, &fixture("branch-2025").join(file), &BTreeMap::new());
        let counts = &preview["counts"];
        assert_eq!(
            (&counts["add"], &counts["change"], &counts["refuse"], &counts["ask"]),
            (&json!(0), &json!(0), &json!(0), &json!(0)),
            "{kind}"
        );
        let done = program.call("import.apply", json!({ "plan": preview["plan"], "skip_problems": false }));
        assert_eq!(done["changed"], false, "{kind}");
    }
    assert_eq!(program.call("undo.history", json!({ "limit": 100 })), before);
}

#[test]
fn an_import_is_taken_back_as_one_and_done_again() {
    let program = Program::with_branch_2025();
    let credits = program.call("credits.year", json!({ "year": 2025 }));
    for _ in 0..4 {
        program.call("undo.undo", json!({}));
    }
    assert_eq!(roster(&program).len(), 0);
    assert_eq!(program.call("sessions.list", json!({ "year": 2025 })), json!([]));
    assert_eq!(program.refuse("undo.undo", json!({})).code, "nothing_to_undo");
    for _ in 0..4 {
        program.call("undo.redo", json!({}));
    }
    let again = program.call("credits.year", json!({ "year": 2025 }));
    assert_eq!(again["totals"], credits["totals"]);
    let earned = |credits: &Value| -> Vec<Value> { credits["rows"].as_array().unwrap().iter().map(|row| row["earned"].clone()).collect() };
    assert_eq!(earned(&again), earned(&credits));
}

/// One member's year, from truth.json and the words of the example table:
/// collective study 0.5 per 60 minutes, late or early half of it; self-study
/// 0.25 an hour, at most 4; a note of 800 characters 0.5, at most 2. In
/// 480ths of a credit, whole numbers throughout: a minute of collective study
/// is 4, late or early 2; a minute of self-study 2; a note 240.
struct Expected {
    collective: i64,
    self_study: i64,
    notes: i64,
    attended: u32,
    out_of: u32,
    /// How often each status stands.
    statuses: BTreeMap<String, u32>,
    minutes: i64,
    declared: u32,
}

fn expected() -> BTreeMap<String, Expected> {
    let truth = truth();
    let minutes: HashMap<String, i64> =
        truth["sessions"].as_array().unwrap().iter().map(|s| (s["no"].to_string(), s["minutes"].as_i64().unwrap())).collect();
    let mut all = BTreeMap::new();
    for member in truth["members"].as_array().unwrap() {
        let number = text(&member["staff_no"]);
        let mut year =
            Expected { collective: 0, self_study: 0, notes: 0, attended: 0, out_of: 0, statuses: BTreeMap::new(), minutes: 0, declared: 0 };
        for (key, status) in truth["marks"].as_object().unwrap() {
            let (who, session) = key.split_once('|').unwrap();
            if who != number {
                continue;
            }
            match text(status) {
                "present" => year.collective += 4 * minutes[session],
                "late" | "early_leave" => year.collective += 2 * minutes[session],
                _ => {}
            }
            *year.statuses.entry(text(status).to_owned()).or_default() += 1;
            year.attended += u32::from(matches!(text(status), "present" | "late" | "early_leave"));
            year.out_of += u32::from(!matches!(text(status), "not_required" | "official_leave"));
        }
        for entry in truth["self_study"].as_array().unwrap().iter().filter(|entry| entry["staff_no"] == member["staff_no"]) {
            year.self_study += 2 * entry["minutes"].as_i64().unwrap();
            year.minutes += entry["minutes"].as_i64().unwrap();
            year.declared += u32::from(entry["note_chars"].as_i64().unwrap() > 0);
            year.notes += if entry["note_chars"].as_i64().unwrap() >= 800 { 240 } else { 0 };
        }
        year.self_study = year.self_study.min(4 * 480);
        year.notes = year.notes.min(2 * 480);
        all.insert(number.to_owned(), year);
    }
    all
}

fn credits(parts: i64) -> String {
    Exact::fraction(parts, 480).unwrap().to_string()
}

#[test]
fn every_credit_agrees_with_a_second_computation() {
    let program = Program::with_branch_2025();
    let year = program.call("credits.year", json!({ "year": 2025 }));
    let (expected, truth) = (expected(), truth());
    let tiers: HashMap<&str, &str> =
        truth["members"].as_array().unwrap().iter().map(|member| (text(&member["staff_no"]), text(&member["tier"]))).collect();
    let (mut with_requirement, mut met) = (0, 0);
    for row in year["rows"].as_array().unwrap() {
        let number = text(&row["member"]["staff_no"]);
        let year = &expected[number];
        let total = year.collective + year.self_study + year.notes;
        assert_eq!(row["by_category"], json!([credits(year.collective), credits(year.self_study), credits(year.notes)]), "{number}");
        assert_eq!(text(&row["earned"]), credits(total), "{number}");
        let required = match tiers[number] {
            "处级以上" => Some(18),
            "科级" => Some(12),
            _ => None,
        };
        match required {
            None => assert_eq!((&row["required"], text(&row["result"])), (&Value::Null, "not_required")),
            Some(required) => {
                with_requirement += 1;
                assert_eq!(text(&row["required"]), required.to_string());
                let gap = required * 480 - total;
                met += u32::from(gap <= 0);
                assert_eq!(text(&row["result"]), if gap <= 0 { "met" } else { "short" }, "{number}");
                assert_eq!(row["gap"], if gap <= 0 { Value::Null } else { json!(credits(gap)) }, "{number}");
            }
        }
    }
    assert_eq!(year["rows"].as_array().unwrap().len(), expected.len());
    assert_eq!(year["totals"], json!({ "members": 46, "with_requirement": with_requirement, "met": met }));
}

#[test]
fn every_credit_of_a_member_shows_its_fact_and_rule_and_adds_up() {
    let program = Program::with_branch_2025();
    for row in program.call("credits.year", json!({ "year": 2025 }))["rows"].as_array().unwrap() {
        let ledger = program.call("credits.member", json!({ "year": 2025, "member": row["member"]["id"] }));
        let mut total = Exact::ZERO;
        for entry in ledger["entries"].as_array().unwrap() {
            total += text(&entry["counted"]).parse::<Exact>().unwrap();
            assert!(!text(&entry["fact"]).is_empty() && !text(&entry["rule"]).is_empty());
            assert!(entry["rule_line"].as_u64().unwrap() > 0 && !entry["steps"].as_array().unwrap().is_empty());
            assert!(!text(&entry["link"]["id"]).is_empty());
        }
        assert_eq!(total.to_string(), text(&row["earned"]));
    }
}

#[test]
fn the_summary_agrees_with_the_second_computation() {
    let program = Program::with_branch_2025();
    let path = program.path("汇总.xlsx");
    let file = program.app.register_file(path.clone());
    program.call("reports.summary", json!({ "year": 2025, "file": file.token }));
    let read = xueji_exchange::read::read_file(&path, &Default::default(), &|| false).unwrap();
    let names: Vec<&str> = read.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["汇总", "学分明细", "考勤台账", "说明"]);
    let rows: Vec<Vec<String>> =
        read.sheets[0].rows.iter().map(|row| row.cells.iter().map(xueji_exchange::read::Cell::display).collect()).collect();
    let heading = rows.iter().find(|row| row.iter().any(|cell| cell == "工号")).unwrap();
    let column = |wanted: &str| heading.iter().position(|cell| cell.contains(wanted)).unwrap_or_else(|| panic!("{wanted} in {heading:?}"));
    let statuses = [
        ("出席", "present"),
        ("迟到", "late"),
        ("早退", "early_leave"),
        ("公假", "official_leave"),
        ("病假", "sick_leave"),
        ("事假", "personal_leave"),
        ("缺席", "absent"),
        ("不要求", "not_required"),
    ];
    let exactly = |wanted: &str| heading.iter().position(|cell| cell == wanted).unwrap_or_else(|| panic!("{wanted} in {heading:?}"));
    let mut sums: BTreeMap<usize, i64> = BTreeMap::new();
    for (staff_no, year) in expected() {
        let row = rows.iter().find(|row| row.get(column("工号")) == Some(&staff_no)).unwrap_or_else(|| panic!("{staff_no} is missing"));
        let check = |place: usize, wanted: String| assert_eq!(row[place], wanted, "{} of {staff_no}", heading[place]);
        check(column("已得"), credits(year.collective + year.self_study + year.notes));
        check(column("集体学习"), credits(year.collective));
        check(column("个人自学"), credits(year.self_study));
        check(column("学习笔记"), credits(year.notes));
        check(exactly("出勤率分数"), format!("{}/{}", year.attended, year.out_of));
        check(exactly("实到"), year.attended.to_string());
        check(column("自学时长"), year.minutes.to_string());
        check(column("笔记篇数"), year.declared.to_string());
        for (word, code) in statuses {
            let count = year.statuses.get(code).copied().unwrap_or(0);
            check(exactly(word), count.to_string());
            *sums.entry(exactly(word)).or_default() += i64::from(count);
        }
        *sums.entry(column("自学时长")).or_default() += year.minutes;
    }
    let total = rows.iter().rev().find(|row| row.first().is_some_and(|cell| cell == "合计")).expect("a closing row");
    for (place, sum) in sums {
        assert_eq!(total[place], sum.to_string(), "the sum of {}", heading[place]);
    }
    // Every credit of the detail sheet adds up to what the first sheet says.
    let detail: Vec<Vec<String>> =
        read.sheets[1].rows.iter().map(|row| row.cells.iter().map(xueji_exchange::read::Cell::display).collect()).collect();
    let head = detail.iter().find(|row| row.iter().any(|cell| cell == "工号")).unwrap();
    let number = head.iter().position(|cell| cell == "工号").unwrap();
    let counted = head.iter().position(|cell| cell.contains("计入")).unwrap_or_else(|| panic!("{head:?}"));
    for (staff_no, year) in expected() {
        let parts = detail.iter().filter(|row| row.get(number) == Some(&staff_no));
        let sum: Exact = parts.map(|row| row[counted].parse::<Exact>().unwrap()).sum();
        assert_eq!(sum.to_string(), credits(year.collective + year.self_study + year.notes), "{staff_no}");
    }
}

#[test]
fn the_ledger_as_csv_holds_every_mark_and_opens_unbroken() {
    let program = Program::with_branch_2025();
    let path = program.path("考勤.csv");
    let file = program.app.register_file(path.clone());
    program.call("reports.attendance_csv", json!({ "year": 2025, "file": file.token }));
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBF"), "Excel takes a csv without a byte order mark for GBK");
    let text_of = String::from_utf8(bytes).unwrap();
    assert_eq!(text_of.matches('\n').count(), text_of.matches("\r\n").count());
    let lines: Vec<Vec<&str>> = text_of.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(&lines[0][..3], ["工号", "姓名", "2025-01-18 廉政教育第1次党课"]);
    let words = HashMap::from([
        ("present", "出席"),
        ("late", "迟到"),
        ("early_leave", "早退"),
        ("official_leave", "公假"),
        ("sick_leave", "病假"),
        ("personal_leave", "事假"),
        ("absent", "缺席"),
        ("not_required", "不要求"),
    ]);
    let truth = truth();
    assert_eq!(lines.len(), 1 + 46);
    for line in &lines[1..] {
        for session in 1..=24 {
            let status = text(&truth["marks"][format!("{}|{session}", line[0])]);
            assert_eq!(line[1 + session], words[status], "{} at {session}", line[0]);
        }
    }
    // 刘 许 孙 in this order, as official lists have it; here the members of
    // these strokes: two, three and more strokes of the surname ascend.
    let surnames: Vec<&str> = lines[1..].iter().map(|line| &line[1][..3]).collect();
    let place = |surname: &str| surnames.iter().position(|found| *found == surname).unwrap();
    assert!(place("万") < place("石") && place("石") < place("田") && place("田") < place("冯"), "{surnames:?}");
    assert!(place("龙") < place("孙") && place("孙") < place("苏") && place("吴") < place("郑"), "{surnames:?}");
}

/// The plan comes in January, the attendance in December: what was planned
/// then was held since.
#[test]
fn sessions_planned_in_january_count_once_their_attendance_is_imported() {
    let january = Program::with_book("2025-01-05");
    let import = |program: &Program, kind: &str, file: &str| {
        let preview = program.preview(kind, &fixture("branch-2025").join(file), &BTreeMap::new());
        program.call("import.apply", json!({ "plan": preview["plan"], "skip_problems": false }));
    };
    import(&january, "roster", "roster.xlsx");
    import(&january, "sessions", "sessions.xlsx");
    let states = january.call("sessions.list", json!({ "year": 2025 }));
    assert!(states.as_array().unwrap().iter().all(|session| session["state"] == "planned"));
    january.app.close();

    let december = Program::start("2025-12-31");
    let file = december.app.register_file(january.path("台账.xueji"));
    december.call("book.open", json!({ "file": file.token }));
    import(&december, "attendance", "attendance.csv");
    let expected = expected();
    for row in december.call("credits.year", json!({ "year": 2025 }))["rows"].as_array().unwrap() {
        let number = text(&row["member"]["staff_no"]);
        assert_eq!(text(&row["by_category"][0]), credits(expected[number].collective), "{number}");
    }
}
