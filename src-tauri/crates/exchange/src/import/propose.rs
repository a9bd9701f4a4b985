//! A first reading of a file: which sheet, which row is the heading, which
//! column is which field.

use serde::Serialize;
use ts_rs::TS;
use xueji_domain::calendar::parse_month_day;

use super::{ColumnMeaning, Field, ImportKind, Reading, SignInReading, UpdatePolicy, fields};
use crate::read::{CellValue, Row, Sheet, Workbook};

/// How many rows from the top may be banners above the heading.
const BANNERS: usize = 30;

/// A row that may be the heading, with what its columns then mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Heading {
    /// Its number in the file, from 1.
    pub row: u32,
    /// The meaning of each column that has one.
    pub columns: Vec<ColumnMeaning>,
}

/// Proposes how to read a file: the sheet and row that read best.
pub fn reading(kind: ImportKind, workbook: &Workbook) -> Reading {
    let sheets = (0u32..).zip(&workbook.sheets);
    let scored = sheets.filter_map(|(index, sheet)| scored(kind, sheet).map(|(score, heading)| (score, index, heading)));
    // The first of equals, sheet by sheet.
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let (sheet, heading) = best.map_or((0, Heading { row: 1, columns: Vec::new() }), |(_, sheet, heading)| (sheet, heading));
    Reading {
        sheet,
        heading_row: heading.row,
        columns: heading.columns,
        year: None,
        // A list says who was there; what the clerk marked is not its to change.
        policy: if kind == ImportKind::SignIn { UpdatePolicy::FillBlanks } else { UpdatePolicy::Update },
        answers: Default::default(),
        sign_in: (kind == ImportKind::SignIn).then(SignInReading::default),
    }
}

/// The heading of a sheet: the row that is named, else the one that reads
/// best. `None` where there is no such row.
pub fn heading(kind: ImportKind, sheet: &Sheet, row: Option<u32>) -> Option<Heading> {
    match row {
        None => scored(kind, sheet).map(|(_, heading)| heading),
        Some(number) => {
            let row = sheet.rows.iter().find(|row| row.number == number)?;
            Some(Heading { row: number, columns: meanings(kind, row).1 })
        }
    }
}

/// The row of a sheet that reads best as a heading, the first of equals: a
/// heading stands above its rows.
fn scored(kind: ImportKind, sheet: &Sheet) -> Option<(u32, Heading)> {
    let read = sheet.rows.iter().take(BANNERS).map(|row| {
        let (score, columns) = meanings(kind, row);
        (score, Heading { row: row.number, columns })
    });
    read.reduce(|best, next| if next.0 > best.0 { next } else { best })
}

/// How well a row serves as the heading, and what its columns then mean. A
/// field stands in one column only: the surest, then the leftmost.
fn meanings(kind: ImportKind, row: &Row) -> (u32, Vec<ColumnMeaning>) {
    let mut found: Vec<(u8, ColumnMeaning)> = Vec::new();
    let mut score = 0;
    for (column, cell) in (0u32..).zip(&row.cells) {
        let heading = cell.display();
        // A number is no date here: 3.1 may have been typed as 3.10.
        let is_text = !matches!(cell.value, CellValue::Number(_));
        if kind == ImportKind::Attendance && is_text && parse_month_day(&heading).is_some() {
            found.push((2, ColumnMeaning { column, field: Field::Session }));
            score += 1;
            continue;
        }
        let Some((field, sureness)) = fields::recognise(kind, &heading) else { continue };
        match found.iter_mut().find(|(_, known)| known.field == field) {
            Some((known, meaning)) if *known < sureness => (*known, meaning.column) = (sureness, column),
            Some(_) => {}
            None => {
                found.push((sureness, ColumnMeaning { column, field }));
                score += u32::from(sureness) * 2;
            }
        }
    }
    (score, found.into_iter().map(|(_, meaning)| meaning).collect())
}

/// What tells files of one shape: the headings, dates left out.
pub fn fingerprint(workbook: &Workbook, reading: &Reading) -> String {
    let heading = workbook.sheets.get(reading.sheet as usize).and_then(|sheet| heading_of(sheet, reading));
    let Some(row) = heading else { return String::new() };
    let words = row.cells.iter().map(|cell| {
        let text = cell.display();
        if parse_month_day(&text).is_some() { String::new() } else { fields::normal_heading(&text) }
    });
    let words: Vec<String> = words.collect();
    words.join("|").trim_end_matches('|').to_owned()
}

/// The heading row.
pub(crate) fn heading_of<'a>(sheet: &'a Sheet, reading: &Reading) -> Option<&'a Row> {
    sheet.rows.iter().find(|row| row.number == reading.heading_row)
}

/// A remembered reading brought to a new file of the same shape: its columns,
/// policy and answers, with this file's sheet, heading row and sessions.
pub fn merge(proposed: &Reading, memory: Reading) -> Reading {
    let sessions = proposed.columns.iter().filter(|meaning| meaning.field == Field::Session);
    let taken: Vec<ColumnMeaning> = memory.columns.into_iter().filter(|meaning| meaning.field != Field::Session).collect();
    let sessions = sessions.filter(|session| !taken.iter().any(|meaning| meaning.column == session.column));
    let columns = taken.iter().chain(sessions).copied().collect();
    let sign_in = memory.sign_in.map(SignInReading::for_another).or_else(|| proposed.sign_in.clone());
    Reading { columns, policy: memory.policy, answers: memory.answers, sign_in, ..proposed.clone() }
}

/// The fields without which this kind of import cannot go on, by their names
/// on screen.
pub fn missing(kind: ImportKind, reading: &Reading) -> Vec<&'static str> {
    let has = |field: Field| reading.columns.iter().any(|meaning| meaning.field == field);
    let mut missing: Vec<&'static str> =
        fields::fields(kind).into_iter().filter(|info| info.required && !has(info.field)).map(|info| info.label).collect();
    if kind == ImportKind::SignIn && reading.sign_in.as_ref().is_none_or(|sign_in| sign_in.session.is_none()) {
        missing.push("学习活动");
    }
    let by_person = matches!(kind, ImportKind::Attendance | ImportKind::SelfStudy | ImportKind::SignIn);
    if by_person && !has(Field::Name) && !has(Field::StaffNo) {
        missing.insert(0, "姓名或工号");
    }
    missing
}
