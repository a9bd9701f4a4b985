//! Files as messy as life, imported after the branch's own: expected.json
//! says what becomes of each row.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Desk, each, fixture, fixture_json, text};

fn expected() -> Value {
    fixture_json("messy-2025/expected.json")
}

fn dry_run(desk: &Desk, kind: &str, file: &str) -> Value {
    desk.json(&["import", kind, &fixture(file), "--year", "2025", "--dry-run"])
}

#[test]
fn each_row_gets_the_outcome_that_is_expected() {
    let desk = Desk::with_full_book();
    let before = desk.operations();
    for (kind, file) in [("roster", "messy-2025/roster.xlsx"), ("selfstudy", "messy-2025/selfstudy.csv")] {
        let preview = dry_run(&desk, kind, file);
        let outcomes =
            |rows: &Value| -> Vec<(Value, Value)> { each(rows).map(|row| (row["row"].clone(), row["outcome"].clone())).collect() };
        assert_eq!(outcomes(&preview["rows"]), outcomes(&expected()[kind]), "{kind}");
        for row in each(&preview["rows"]).filter(|row| row["outcome"] == "refuse") {
            for problem in each(&row["problems"]) {
                assert!(text(&problem["sentence"]).contains('。'), "{problem}");
            }
        }
    }
    assert_eq!(desk.operations(), before, "a dry run writes nothing");
}

#[test]
fn symbols_and_columns_that_are_not_certain_are_asked() {
    let desk = Desk::with_full_book();
    let expected = &expected()["attendance"];
    let preview = dry_run(&desk, "attendance", "messy-2025/attendance.csv");
    let sorted = |mut words: Vec<String>| {
        words.sort_unstable();
        words
    };
    let asked = each(&preview["symbols"]).filter(|symbol| symbol["reading"].is_null()).map(|symbol| text(&symbol["symbol"]).to_owned());
    let listed = |name: &str| sorted(each(&expected[name]).map(|word| text(word).to_owned()).collect());
    assert_eq!(sorted(asked.collect()), listed("ask_symbols"));
    let columns = |state: &str| {
        let columns = each(&preview["columns"]).filter(|column| column["state"] == state);
        sorted(columns.map(|column| text(&column["heading"]).to_owned()).collect())
    };
    assert_eq!(columns("ask"), listed("ask_columns"));
    assert_eq!(columns("refuse"), listed("refuse_columns"));
}

#[test]
fn an_open_question_stops_the_import_and_says_how_to_answer() {
    let desk = Desk::with_full_book();
    let before = desk.operations();
    let ran = desk.run(&["import", "roster", &fixture("messy-2025/roster.xlsx")]);
    assert_eq!(ran.status, 1);
    for part in ["第 5 行", "1990年2月30日", "--answer 'row:7:identity=rename'", "--write-answers", "--on-error skip", "没有写入任何内容"]
    {
        assert!(ran.out.contains(part), "{part} in:\n{}", ran.out);
    }
    assert_eq!(desk.operations(), before);
}

#[test]
fn rows_are_left_out_on_request_and_the_rest_goes_in() {
    let desk = Desk::with_full_book();
    let before = desk.operations();
    let done = desk.json(&["import", "roster", &fixture("messy-2025/roster.xlsx"), "--on-error", "skip"]);
    assert_eq!((&done["changed"], &done["left_out"], &done["counts"]["add"]), (&json!(true), &json!(6), &json!(2)));
    assert_eq!(desk.operations(), before + 1);
    assert_eq!(desk.json(&["members"])["members"].as_array().map(Vec::len), Some(46 + 2));
}

#[test]
fn answers_in_a_file_let_the_rows_in() {
    let desk = Desk::with_full_book();
    let roster = fixture("messy-2025/roster.xlsx");
    let answers = desk.path("回答.json");
    let stopped = desk.run(&["import", "roster", &roster, "--write-answers", &answers]);
    assert_eq!(stopped.status, 1);
    let mut template: Value = serde_json::from_slice(&fs::read(&answers).expect("the template")).expect("JSON");
    let open = template["answers"].as_object().expect("answers");
    assert!(open.len() == 3 && open.values().all(Value::is_null), "{template}");
    assert_eq!(template["questions"][0]["choices"]["rename"], "更正姓名：“郭峰诺”改为“李同号”");

    let again = desk.run(&["--json", "import", "roster", &roster, "--write-answers", &answers]);
    assert_eq!((again.status, again.code().as_str()), (1, "answers_exist"), "a file that may be filled in stays");

    template["answers"] = json!({ "row:7:identity": "skip", "row:8:identity": "staff_no:1993", "rank:三级调研员助理": "accept" });
    fs::write(&answers, template.to_string()).expect("the answers");
    let done = desk.json(&["import", "roster", &roster, "--answers", &answers, "--on-error", "skip"]);
    assert_eq!((&done["counts"]["ask"], &done["counts"]["refuse"]), (&json!(0), &json!(3)), "{}", done["counts"]);
    let members = desk.json(&["members"]);
    assert!(each(&members["members"]).any(|member| member["rank"] == "三级调研员助理" && member["tier"] == "其他"));
    assert_eq!(each(&members["members"]).filter(|member| member["name"] == "郑波").count(), 2, "nobody was merged or doubled");
}

#[test]
fn answers_can_be_typed_and_are_remembered_for_symbols() {
    let desk = Desk::with_full_book();
    let file = desk.file("考勤.csv", "姓名,工号,1月18日 廉政教育第1次党课\n郭峰诺,1000,○\n".as_bytes());
    let import = ["import", "attendance", &file, "--year", "2025"];
    assert_eq!(desk.run(&import).status, 1);
    let done = desk.json(&[&import[..], &["--answer", "symbol:○=sick_leave"]].concat());
    assert_eq!(done["rows"][0]["changes"][0]["after"], "病假");
    assert_eq!(desk.json(&import)["changed"], false, "known from the last file of this shape");
}

#[test]
fn an_answer_that_answers_nothing_is_refused() {
    let desk = Desk::with_full_book();
    let roster = fixture("messy-2025/roster.xlsx");
    let before = desk.operations();
    for answer in ["row:7:identity=perhaps", "row:4711:identity=skip", "row"] {
        let ran = desk.run(&["--json", "import", "roster", &roster, "--on-error", "skip", "--answer", answer]);
        assert_eq!((ran.status, ran.code().as_str()), (1, "answer_unknown"), "{answer}");
    }
    for (name, content) in [("坏.json", "{\"answers\": "), ("数.json", "{\"row:7:identity\": 7}")] {
        let file = desk.file(name, content.as_bytes());
        let ran = desk.run(&["--json", "import", "roster", &roster, "--on-error", "skip", "--answers", &file]);
        assert_eq!((ran.status, ran.code().as_str()), (1, "answers_unreadable"), "{content}");
    }
    assert_eq!(desk.operations(), before);
}

#[test]
fn headings_without_a_year_ask_for_one() {
    let desk = Desk::with_full_book();
    for on_error in ["stop", "skip"] {
        let ran = desk.run(&["import", "attendance", &fixture("branch-2025/attendance.csv"), "--on-error", on_error]);
        assert_eq!(ran.status, 1);
        assert!(ran.out.contains("--year"), "{}", ran.out);
    }
}

#[test]
fn another_sheet_and_heading_row_can_be_named() {
    let desk = Desk::with_empty_book();
    let file = desk.file("名册.csv", "姓名,工号\n甲一,1\n姓名,职务\n乙二,科长\n".as_bytes());
    let members = |row: &str| desk.json(&["import", "roster", &file, "--dry-run", "--heading-row", row])["counts"]["add"].clone();
    assert_eq!(members("3"), 1, "only what stands below the heading");
    let none = desk.run(&["--json", "import", "roster", &file, "--sheet", "2"]);
    assert_eq!((none.status, none.code().as_str()), (1, "sheet_unknown"));
    let none = desk.run(&["--json", "import", "roster", &file, "--heading-row", "99"]);
    assert_eq!((none.status, none.code().as_str()), (1, "heading_row_unknown"));
}

#[test]
fn the_programs_own_papers_can_be_read_back() {
    let desk = Desk::with_full_book();
    let (summary, ledger) = (desk.path("汇总.xlsx"), desk.path("考勤.csv"));
    desk.done(&["summary", "--year", "2025", "--out", &summary]);
    desk.done(&["attendance", "--year", "2025", "--out", &ledger]);
    let marks = desk.json(&["import", "attendance", &ledger, "--dry-run"]);
    assert_eq!((&marks["counts"]["keep"], &marks["counts"]["change"]), (&json!(46), &json!(0)), "{}", marks["counts"]);

    let other = Desk::with_empty_book();
    for (sheet, name) in [("1", "汇总"), ("3", "考勤台账")] {
        let roster = other.json(&["import", "roster", &summary, "--dry-run", "--sheet", sheet]);
        assert_eq!((&roster["reading"]["sheet"], &roster["counts"]["add"]), (&json!(name), &json!(46)));
    }
}
