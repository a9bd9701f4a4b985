//! The yearly summary, written and read again.

mod support;

use chrono::NaiveDate;
use support::{read_bytes, row, shown};
use xueji_domain::attendance::{AttendanceCounts, AttendanceStatus};
use xueji_domain::exact::Exact;
use xueji_exchange::papers::attendance_ledger::{AttendanceLedger, LedgerMember, LedgerSession, Mark};
use xueji_exchange::papers::summary::{CreditLine, SummaryMember, SummaryPaper};
use xueji_exchange::read::{Cell, CellValue, Sheet};

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

fn paper() -> SummaryPaper {
    let attendance = AttendanceCounts {
        present: 40,
        late: 1,
        early_leave: 1,
        official_leave: 2,
        sick_leave: 1,
        absent: 3,
        made_up: 2,
        ..Default::default()
    };
    let first = SummaryMember {
        line: 1,
        staff_no: "0012".into(),
        name: "=甲".into(),
        unit: "办公室".into(),
        rank: "乡科级正职".into(),
        tier: "科级".into(),
        party: "中共党员".into(),
        category: "在职".into(),
        required: Some(exact("12")),
        earned: exact("16.5"),
        by_category: vec![exact("14.5"), exact("2")],
        gap: Some(Exact::ZERO),
        result: "达标".into(),
        attendance,
        self_study_minutes: Some(480),
        notes_count: 3,
    };
    let second = SummaryMember {
        line: 2,
        staff_no: "1021".into(),
        name: "乙".into(),
        earned: exact("1/3"),
        by_category: vec![exact("1/3")],
        result: "不作要求".into(),
        ..Default::default()
    };
    let third = SummaryMember { line: 3, name: "丙".into(), earned: exact("2/3"), result: "不作要求".into(), ..Default::default() };
    let entry = |amount: &str, counted: &str| CreditLine {
        staff_no: "0012".into(),
        name: "=甲".into(),
        date: "2025-01-18".into(),
        fact: "@第1次党课".into(),
        rule: "集体学习".into(),
        base: "180分钟".into(),
        amount: exact(amount),
        counted: exact(counted),
        ..Default::default()
    };
    let session = LedgerSession { date: NaiveDate::from_ymd_opt(2025, 1, 18).unwrap(), title: "第1次党课".into() };
    let absent = Mark { made_up: true, ..Mark::of(AttendanceStatus::Absent) };
    let marks =
        |name: &str, mark| LedgerMember { staff_no: "0012".into(), name: name.into(), department: "规划科".into(), marks: vec![mark] };
    SummaryPaper {
        book_name: "测试支部".into(),
        year: 2025,
        made_on: NaiveDate::from_ymd_opt(2025, 12, 31).unwrap(),
        rule_title: "威海示例".into(),
        rule_lines: vec!["集体学习每60分钟0.5学分".into()],
        unit_word: "学分".into(),
        categories: vec!["集体学习".into(), "自学".into()],
        members: vec![first, second, third],
        entries: vec![entry("1.5", "1.5"), entry("0.25", "0")],
        ledger: AttendanceLedger { sessions: vec![session], members: vec![marks("甲", Some(absent)), marks("乙", None)] },
        notes: vec!["+备注".into()],
    }
}

fn sheets() -> Vec<Sheet> {
    read_bytes(&paper().to_xlsx().unwrap()).unwrap().sheets
}

fn column(sheet: &Sheet, heading: &str) -> usize {
    row(sheet, 3).cells.iter().position(|cell| cell.display() == heading).unwrap_or_else(|| panic!("no column {heading}"))
}

fn at<'a>(sheet: &'a Sheet, number: u32, heading: &str) -> &'a CellValue {
    row(sheet, number).cells.get(column(sheet, heading)).map_or(&CellValue::Empty, |cell| &cell.value)
}

fn text(text: &str) -> CellValue {
    CellValue::Text(text.to_owned())
}

#[test]
fn the_four_sheets_in_their_order() {
    let names: Vec<_> = sheets().into_iter().map(|sheet| sheet.name).collect();
    assert_eq!(names, ["汇总", "学分明细", "考勤台账", "说明"]);
}

#[test]
fn a_member_s_row_says_what_the_data_said() {
    let sheet = &sheets()[0];
    assert_eq!(shown(row(sheet, 1)), ["测试支部2025年度学习情况汇总表"]);
    assert_eq!(at(sheet, 4, "工号"), &text("0012"));
    assert_eq!(at(sheet, 4, "姓名"), &text("=甲"));
    let numbers = [("应修学分", 12.0), ("已得学分", 16.5), ("其中：集体学习", 14.5), ("其中：自学", 2.0), ("差额", 0.0), ("笔记篇数", 3.0)];
    for (heading, number) in numbers {
        assert_eq!(at(sheet, 4, heading), &CellValue::Number(number), "{heading}");
    }
    // 40 + 1 + 1 were there of 48 less 2 on official leave; two made it up.
    assert_eq!((at(sheet, 4, "应到"), at(sheet, 4, "实到")), (&CellValue::Number(48.0), &CellValue::Number(42.0)));
    assert_eq!(at(sheet, 4, "出勤率"), &CellValue::Number(42.0 / 46.0));
    assert_eq!((at(sheet, 4, "出勤率分数"), at(sheet, 4, "含补学分数")), (&text("42/46"), &text("44/46")));
    assert_eq!(at(sheet, 5, "应修学分"), &text("不作要求"));
    assert_eq!(at(sheet, 5, "已得学分"), &text("1/3"));
    assert_eq!((at(sheet, 5, "差额"), at(sheet, 5, "出勤率")), (&CellValue::Empty, &CellValue::Empty));
    assert!(sheet.rows.iter().flat_map(|row| &row.cells).all(|cell| !cell.formula));
}

#[test]
fn the_totals_are_exact() {
    let sheet = &sheets()[0];
    assert_eq!(row(sheet, 7).cells[0], Cell::text("合计"));
    // 16.5 + 1/3 + 2/3
    assert_eq!(at(sheet, 7, "已得学分"), &CellValue::Number(17.5));
    assert_eq!(at(sheet, 7, "其中：集体学习"), &text("89/6"));
    assert_eq!(at(sheet, 7, "结果"), &text("达标1人，不作要求2人"));
    assert_eq!(at(sheet, 7, "出勤率分数"), &text("42/46"));
}

#[test]
fn the_credits_and_the_attendance_and_the_notes() {
    let sheets = sheets();
    assert_eq!(at(&sheets[1], 4, "事实"), &text("@第1次党课"));
    assert_eq!((at(&sheets[1], 5, "折算学分"), at(&sheets[1], 5, "计入学分")), (&CellValue::Number(0.25), &CellValue::Number(0.0)));
    assert_eq!((at(&sheets[1], 6, "折算学分"), at(&sheets[1], 6, "计入学分")), (&CellValue::Number(1.75), &CellValue::Number(1.5)));
    assert_eq!(at(&sheets[2], 4, "2025-01-18 第1次党课"), &text("缺席"));
    assert_eq!((at(&sheets[2], 4, "出勤率分数"), at(&sheets[2], 4, "含补学分数")), (&text("0/1"), &text("1/1")));
    assert_eq!(at(&sheets[2], 5, "2025-01-18 第1次党课"), &CellValue::Empty);
    let notes: Vec<_> = sheets[3].rows.iter().flat_map(shown).collect();
    for line in ["集体学习每60分钟0.5学分", "+备注", "年度：2025年"] {
        assert!(notes.iter().any(|note| note == line), "{line} is missing");
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    assert_eq!(paper().to_xlsx().unwrap(), paper().to_xlsx().unwrap());
}

#[test]
fn an_empty_year_makes_an_empty_paper() {
    let empty = SummaryPaper {
        categories: vec![],
        members: vec![],
        entries: vec![],
        ledger: AttendanceLedger::default(),
        notes: vec![],
        ..paper()
    };
    let sheets = read_bytes(&empty.to_xlsx().unwrap()).unwrap().sheets;
    assert_eq!(sheets.len(), 4);
    assert_eq!(at(&sheets[0], 4, "姓名"), &text("0人"));
}
