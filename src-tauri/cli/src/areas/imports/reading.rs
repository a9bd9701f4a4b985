//! How the file is read: what the program proposes, and what was typed
//! against it.

use xueji_exchange::{
    import::{self, Reading, UpdatePolicy, propose},
    read::{Cell, CellValue, Row},
};

use super::view::{Sheet, Source};
use crate::{
    args::{Import, ImportKind, Policy},
    failure::Failure,
};

/// The proposal with what was typed.
pub fn settle(source: &Source, request: &Import) -> Result<Reading, Failure> {
    let mut reading = source.reading.clone();
    reading.year = request.year;
    if let Some(policy) = request.policy {
        reading.policy = match policy {
            Policy::Update => UpdatePolicy::Update,
            Policy::FillBlanks => UpdatePolicy::FillBlanks,
            Policy::Keep => UpdatePolicy::Keep,
        };
    }
    let wanted = request.sheet.map_or(reading.sheet, |sheet| sheet - 1);
    let sheet = source.sheets.get(wanted as usize).ok_or_else(|| Failure::SheetUnknown {
        asked: wanted + 1,
        names: source.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
    })?;
    if wanted != reading.sheet || request.heading_row.is_some_and(|row| row != reading.heading_row) {
        (reading.heading_row, reading.columns) = heading(sheet, request)?;
        reading.sheet = wanted;
    }
    Ok(reading)
}

/// The row that was named, else the one that reads best, with the meaning of
/// its columns.
fn heading(sheet: &Sheet, request: &Import) -> Result<(u32, Vec<import::ColumnMeaning>), Failure> {
    let kind = match request.kind {
        ImportKind::Roster => import::ImportKind::Roster,
        ImportKind::Sessions => import::ImportKind::Sessions,
        ImportKind::Attendance => import::ImportKind::Attendance,
        ImportKind::SelfStudy => import::ImportKind::SelfStudy,
    };
    let mut read = sheet.head.iter().map(|row| {
        let cells = row.cells.iter().map(|text| Cell { value: CellValue::Text(text.clone()), formula: false }).collect();
        let (score, columns) = propose::meanings(kind, &Row { number: row.number, cells });
        (score, row.number, columns)
    });
    let found = match request.heading_row {
        Some(wanted) => read.find(|(_, number, _)| *number == wanted),
        // The first of equals: a heading stands above its rows.
        None => read.reduce(|best, next| if next.0 > best.0 { next } else { best }),
    };
    found.map(|(_, number, columns)| (number, columns)).ok_or_else(|| Failure::HeadingRowUnknown {
        sheet: sheet.name.clone(),
        asked: request.heading_row.unwrap_or(1),
        looked: sheet.head.len(),
    })
}
