//! Reads a year's holidays from a table: 日期, 名称, 放假/上班, a day a row.

use chrono::{Datelike, NaiveDate};
use xueji_domain::{
    calendar::{from_excel_serial, parse_date, parse_month_day},
    planning::Holiday,
    text::names,
};
use xueji_exchange::read::{Cell, CellValue, Row, Workbook};

use super::{HolidayFile, HolidayProblem, HolidayView};

/// Which column holds what.
struct Columns {
    date: usize,
    name: usize,
    work: usize,
}

const HEADINGS: [(&str, &[&str]); 3] = [
    ("日期", &["日期", "时间", "放假日期"]),
    ("名称", &["名称", "节日", "节假日", "假日名称", "假日"]),
    ("放假/上班", &["放假/上班", "放假或上班", "安排", "类型", "性质", "休/班", "休班", "状态"]),
];

/// Reads the first sheet that has the three columns.
pub(super) fn read(workbook: &Workbook, year: i32) -> HolidayFile {
    let mut file = HolidayFile { year, ..HolidayFile::default() };
    let found = workbook.sheets.iter().find_map(|sheet| {
        let (at, columns) = sheet.rows.iter().enumerate().take(20).find_map(|(at, row)| Some((at, columns(row)?)))?;
        Some((sheet, at, columns))
    });
    let Some((sheet, at, columns)) = found else {
        file.problems.push(HolidayProblem { row: 1, column: "日期".to_owned(), code: "holiday_no_heading", value: String::new() });
        return file;
    };
    for row in &sheet.rows[at + 1..] {
        match day(row, &columns, year) {
            Ok(Some(day)) => match file.days.iter().find(|known| known.date == day.date.to_string()) {
                Some(_) => file.problems.push(problem(row, 0, "holiday_twice", &day.date.to_string())),
                None => file.days.push(HolidayView::of(&day)),
            },
            Ok(None) => {}
            Err(problem) => file.problems.push(problem),
        }
    }
    file.days.sort_by(|one, other| one.date.cmp(&other.date));
    file
}

fn columns(row: &Row) -> Option<Columns> {
    let find = |words: &[&str]| row.cells.iter().position(|cell| words.contains(&names::heading_key(&cell.display()).as_str()));
    let [date, name, work] = HEADINGS.map(|(_, words)| find(words));
    Some(Columns { date: date?, name: name?, work: work? })
}

fn problem(row: &Row, heading: usize, code: &'static str, value: &str) -> HolidayProblem {
    HolidayProblem { row: row.number, column: HEADINGS[heading].0.to_owned(), code, value: value.to_owned() }
}

/// One row; a blank one is none.
fn day(row: &Row, columns: &Columns, year: i32) -> Result<Option<Holiday>, HolidayProblem> {
    let cell = |column: usize| row.cells.get(column).cloned().unwrap_or_default();
    let text = |column: usize| names::clean_text(&cell(column).display());
    let (date, name, work) = (text(columns.date), text(columns.name), text(columns.work));
    if date.is_empty() && name.is_empty() && work.is_empty() {
        return Ok(None);
    }
    let found = date_of(&cell(columns.date), year).ok_or_else(|| problem(row, 0, "holiday_date", &date))?;
    if found.year() != year {
        return Err(problem(row, 0, "holiday_other_year", &date));
    }
    if name.is_empty() {
        return Err(problem(row, 1, "holiday_name", ""));
    }
    let work = match work.as_str() {
        "放假" | "休" | "休息" | "假" | "放假调休" | "假日" | "off" => false,
        "上班" | "班" | "调休上班" | "补班" | "调休" | "工作日" | "work" => true,
        other => return Err(problem(row, 2, "holiday_work", other)),
    };
    Ok(Some(Holiday { date: found, name, work }))
}

fn date_of(cell: &Cell, year: i32) -> Option<NaiveDate> {
    match &cell.value {
        CellValue::Date(date) => Some(*date),
        CellValue::DateTime(moment) => Some(moment.date()),
        CellValue::Number(serial) if *serial < 100_000.0 => from_excel_serial(*serial, false).ok().map(|moment| moment.date()),
        _ => {
            let text = cell.display();
            let month_day = || parse_month_day(&text).filter(|found| found.rest.is_empty())?.in_year(year).ok();
            parse_date(&text).ok().or_else(month_day)
        }
    }
}
