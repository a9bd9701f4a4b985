//! xlsx: cells are taken one by one from the stream. The range that a sheet
//! claims to use is never allocated.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, Xlsx, XlsxError};

use super::grid::{Budget, Grid};
use super::{Cell, CellValue, ReadError, Sheet, archive, serial};

pub(super) fn read(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, ReadError> {
    archive::measure(&mut archive::open(bytes)?, budget)?;
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(from_calamine)?;
    let names: Vec<_> =
        file.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect();
    let mut sheets = Vec::new();
    for name in names {
        budget.open_sheet()?;
        if let Some(sheet) = read_sheet(&mut file, &name, budget)? {
            sheets.push(sheet);
        }
    }
    Ok(sheets)
}

/// `None` for a sheet without cells by its nature, as a sheet of macros.
fn read_sheet(file: &mut Xlsx<Cursor<&[u8]>>, name: &str, budget: &mut Budget) -> Result<Option<Sheet>, ReadError> {
    let mut grid = Grid::new(name);
    let mut cells = match file.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
        Err(error) => return Err(from_calamine(error)),
    };
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(from_calamine)? {
        let (row, column) = record.pos;
        grid.put(row, column, Cell { value: value(record.value), formula: record.formula.is_some() }, budget)?;
    }
    drop(cells);
    for range in file.merge_cells_by_sheet_name(name).map_err(from_calamine)? {
        grid.merge(range.start, range.end, budget)?;
    }
    Ok(Some(grid.finish()))
}

fn value(data: DataRef) -> CellValue {
    match data {
        DataRef::Empty => CellValue::Empty,
        DataRef::Int(whole) => CellValue::Number(whole as f64),
        DataRef::Float(number) => serial::number(number),
        DataRef::String(text) => CellValue::Text(text),
        DataRef::SharedString(text) => CellValue::Text(text.to_owned()),
        DataRef::Bool(truth) => CellValue::Bool(truth),
        DataRef::DateTime(moment) => serial::from_serial(moment),
        DataRef::DateTimeIso(text) => serial::from_iso(&text),
        DataRef::DurationIso(text) => serial::from_iso_duration(&text),
        DataRef::Error(error) => CellValue::Error(error.to_string()),
    }
}

fn from_calamine(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::PasswordProtected,
        _ => ReadError::Damaged,
    }
}
