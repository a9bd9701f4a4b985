//! xls, the binary format of Excel 97 to 2003.
//!
//! The reader that does the work lays every sheet out as a full rectangle. A
//! file decides that rectangle with two cells of 14 bytes each, so the records
//! are walked over once beforehand to see how large it would be.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, SheetType, Xls, XlsError};

use super::grid::{Budget, Grid};
use super::{Bound, Cell, CellValue, ReadError, Sheet, serial};

/// How many cells of a laid-out rectangle are allowed for each cell with
/// content: an honest sheet has gaps.
const GAPS: u64 = 2;

pub(super) fn read(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, ReadError> {
    check_extent(bytes, budget)?;
    let mut file: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(from_calamine)?;
    let names: Vec<_> =
        file.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect();
    names.iter().map(|name| read_sheet(&mut file, name, budget)).collect()
}

fn read_sheet(file: &mut Xls<Cursor<&[u8]>>, name: &str, budget: &mut Budget) -> Result<Sheet, ReadError> {
    budget.open_sheet()?;
    let mut grid = Grid::new(name);
    let values = file.worksheet_range(name).map_err(from_calamine)?;
    let formulas = file.worksheet_formula(name).map_err(from_calamine)?;
    let (first_row, first_column) = values.start().unwrap_or_default();
    for (row, column, data) in values.used_cells() {
        let place = (first_row.saturating_add(row as u32), first_column.saturating_add(column as u32));
        let formula = formulas.get_value(place).is_some_and(|formula| !formula.is_empty());
        grid.put(place.0, place.1, Cell { value: value(data), formula }, budget)?;
    }
    for range in file.merge_cells_by_sheet_name(name).map_err(from_calamine)? {
        grid.merge(range.start, range.end, budget)?;
    }
    Ok(grid.finish())
}

fn value(data: &Data) -> CellValue {
    match data {
        Data::Empty => CellValue::Empty,
        Data::Int(whole) => CellValue::Number(*whole as f64),
        Data::Float(number) => serial::number(*number),
        Data::String(text) => CellValue::Text(text.clone()),
        Data::Bool(truth) => CellValue::Bool(*truth),
        Data::DateTime(moment) => serial::from_serial(*moment),
        Data::DateTimeIso(text) => serial::from_iso(text),
        Data::DurationIso(text) => serial::from_iso_duration(text),
        Data::Error(error) => CellValue::Error(error.to_string()),
    }
}

fn from_calamine(error: XlsError) -> ReadError {
    match error {
        XlsError::Password => ReadError::PasswordProtected,
        _ => ReadError::Damaged,
    }
}

/// Refuses a file whose sheets would need too large rectangles. One rectangle
/// around the cells of all sheets, times their number, is more than they need
/// and cannot be talked down by the way in which the file is put together.
fn check_extent(bytes: &[u8], budget: &mut Budget) -> Result<(), ReadError> {
    let stream = workbook_stream(bytes).ok_or(ReadError::Damaged)?;
    let (mut extent, mut sheets) = (Extent::default(), 0u64);
    for (kind, data) in records(&stream) {
        budget.step()?;
        match kind {
            BOUND_SHEET => sheets += 1,
            _ if is_cell(kind) => extent.take(kind, data),
            _ => {}
        }
    }
    if extent.cells().saturating_mul(sheets.max(1)) > budget.limits.cells.saturating_mul(GAPS) {
        return Err(ReadError::TooLarge { what: Bound::Cells, limit: budget.limits.cells });
    }
    Ok(())
}

fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let path = ["/Workbook", "/Book"].into_iter().find(|path| file.is_stream(path))?;
    let mut stream = Vec::new();
    file.open_stream(path).ok()?.take(bytes.len() as u64).read_to_end(&mut stream).ok()?;
    Some(stream)
}

// Record numbers of [MS-XLS] 2.3.
const BOUND_SHEET: u16 = 0x0085;
const CELLS_OF_NUMBERS: u16 = 0x00BD;

/// FORMULA, RSTRING, LABELSST, NUMBER, LABEL, BOOLERR, RK and MULRK begin
/// with a row and a column.
fn is_cell(kind: u16) -> bool {
    matches!(kind, 0x0006 | 0x0206 | 0x0406 | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E | CELLS_OF_NUMBERS)
}

/// The records of a stream: number, length, data.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (head, after) = rest.split_at_checked(4)?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (data, after) = after.split_at_checked(length)?;
        rest = after;
        Some((u16::from_le_bytes([head[0], head[1]]), data))
    })
}

/// The rectangle around the cells seen so far.
#[derive(Default)]
struct Extent {
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
}

impl Extent {
    fn take(&mut self, kind: u16, data: &[u8]) {
        let number = |at: usize| data.get(at..at + 2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let (Some(row), Some(column)) = (number(0), number(2)) else { return };
        widen(&mut self.rows, row);
        widen(&mut self.columns, column);
        if kind == CELLS_OF_NUMBERS
            && let Some(last) = data.len().checked_sub(2).and_then(number)
        {
            widen(&mut self.columns, last);
        }
    }

    fn cells(&self) -> u64 {
        let length = |span: Option<(u16, u16)>| span.map_or(0, |(first, last)| u64::from(last - first) + 1);
        length(self.rows) * length(self.columns)
    }
}

fn widen(span: &mut Option<(u16, u16)>, value: u16) {
    *span = Some(span.map_or((value, value), |(first, last)| (first.min(value), last.max(value))));
}
