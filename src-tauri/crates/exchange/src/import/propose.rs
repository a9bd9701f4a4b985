//! A first reading of a file: which sheet, which row is the heading, which
//! column is which field.

use xueji_domain::calendar::parse_month_day;

use super::{ColumnMeaning, Field, ImportKind, Reading, UpdatePolicy, fields};
use crate::read::{Row, Sheet, Workbook};

/// How many rows from the top may be banners above the heading.
const BANNERS: usize = 30;

/// Proposes how to read a file.
pub fn reading(kind: ImportKind, workbook: &Workbook) -> Reading {
    let mut best: Option<(u32, u32, u32, Vec<ColumnMeaning>)> = None;
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        for row in sheet.rows.iter().take(BANNERS) {
            let (score, columns) = meanings(kind, row);
            if score > best.as_ref().map_or(0, |best| best.0) {
                best = Some((score, u32::try_from(index).unwrap_or(0), row.number, columns));
            }
        }
    }
    let first_row = || workbook.sheets.first().and_then(|sheet| sheet.rows.first()).map_or(1, |row| row.number);
    let (_, sheet, heading_row, columns) = best.unwrap_or_else(|| (0, 0, first_row(), Vec::new()));
    Reading { sheet, heading_row, columns, year: None, policy: UpdatePolicy::Update, answers: Default::default() }
}

/// How well a row serves as the heading, and what its columns then mean. A
/// field stands in one column only: the surest, then the leftmost.
pub fn meanings(kind: ImportKind, row: &Row) -> (u32, Vec<ColumnMeaning>) {
    let mut found: Vec<(u8, ColumnMeaning)> = Vec::new();
    let mut score = 0;
    for (column, cell) in (0u32..).zip(&row.cells) {
        let heading = cell.display();
        if kind == ImportKind::Attendance && parse_month_day(&heading).is_some_and(|found| !found.rest.is_empty()) {
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
    Reading { columns, policy: memory.policy, answers: memory.answers, ..proposed.clone() }
}

/// The fields without which this kind of import cannot go on, by their names
/// on screen.
pub fn missing(kind: ImportKind, reading: &Reading) -> Vec<&'static str> {
    let has = |field: Field| reading.columns.iter().any(|meaning| meaning.field == field);
    let mut missing: Vec<&'static str> =
        fields::fields(kind).into_iter().filter(|info| info.required && !has(info.field)).map(|info| info.label).collect();
    let by_person = matches!(kind, ImportKind::Attendance | ImportKind::SelfStudy);
    if by_person && !has(Field::Name) && !has(Field::StaffNo) {
        missing.insert(0, "姓名或工号");
    }
    missing
}
