//! Gathers cells into rows under the limits: a cell counts when it arrives,
//! and what a file claims about its own size is never believed.

use std::collections::BTreeMap;

use super::{Bound, Cell, CellValue, Limits, MergedRange, ReadError, Row, Sheet};

/// Sheets of one file. Nobody has more, and a file that names one sheet a
/// million times would be read a million times.
const MOST_SHEETS: usize = 256;

/// After how many steps the question for cancelling is asked again.
const STEPS_BETWEEN_QUESTIONS: u32 = 4096;

/// What one file may still use up, over all its sheets.
pub(super) struct Budget<'a> {
    pub limits: &'a Limits,
    cancelled: &'a dyn Fn() -> bool,
    cells: u64,
    text_bytes: u64,
    sheets: usize,
    steps: u32,
}

impl<'a> Budget<'a> {
    pub fn new(limits: &'a Limits, cancelled: &'a dyn Fn() -> bool) -> Self {
        Self { limits, cancelled, cells: 0, text_bytes: 0, sheets: 0, steps: 0 }
    }

    /// To be called at every step of a loop whose length the file decides.
    pub fn step(&mut self) -> Result<(), ReadError> {
        self.steps = self.steps.wrapping_add(1);
        if self.steps.is_multiple_of(STEPS_BETWEEN_QUESTIONS) { self.ask() } else { Ok(()) }
    }

    /// Asks at once whether the user cancelled.
    pub fn ask(&self) -> Result<(), ReadError> {
        if (self.cancelled)() { Err(ReadError::Cancelled) } else { Ok(()) }
    }

    pub fn open_sheet(&mut self) -> Result<(), ReadError> {
        self.ask()?;
        self.sheets += 1;
        if self.sheets > MOST_SHEETS {
            return Err(ReadError::TooLarge { what: Bound::Sheets, limit: MOST_SHEETS as u64 });
        }
        Ok(())
    }

    fn spend_cells(&mut self, count: usize) -> Result<(), ReadError> {
        self.cells += count as u64;
        if self.cells > self.limits.cells {
            return Err(ReadError::TooLarge { what: Bound::Cells, limit: self.limits.cells });
        }
        Ok(())
    }

    /// One text that a million cells share is a million texts once it is read.
    fn spend_text(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.text_bytes += bytes as u64;
        if self.text_bytes > self.limits.unpacked_bytes {
            return Err(ReadError::TooLarge { what: Bound::UnpackedBytes, limit: self.limits.unpacked_bytes });
        }
        Ok(())
    }
}

/// A sheet being gathered. Cells may come in any order, as some programs
/// write them; in order is cheapest.
pub(super) struct Grid {
    name: String,
    current: u32,
    cells: Vec<Cell>,
    others: BTreeMap<u32, Vec<Cell>>,
    merged: Vec<MergedRange>,
}

impl Grid {
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), current: 0, cells: Vec::new(), others: BTreeMap::new(), merged: Vec::new() }
    }

    /// Puts a cell into its place, both counted from 0. A cell without
    /// content takes no room, wherever it stands.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell, budget: &mut Budget) -> Result<(), ReadError> {
        budget.step()?;
        if !cell.is_content() {
            return Ok(());
        }
        if column >= budget.limits.columns {
            return Err(ReadError::TooLarge { what: Bound::Columns, limit: budget.limits.columns.into() });
        }
        if let CellValue::Text(text) = &cell.value {
            budget.spend_text(text.len())?;
        }
        self.turn_to(row, budget)?;
        let column = column as usize;
        if column >= self.cells.len() {
            budget.spend_cells(column + 1 - self.cells.len())?;
            self.cells.resize_with(column + 1, Cell::default);
        }
        self.cells[column] = cell;
        Ok(())
    }

    fn turn_to(&mut self, row: u32, budget: &Budget) -> Result<(), ReadError> {
        if row == self.current {
            return Ok(());
        }
        self.set_aside();
        self.current = row;
        self.cells = self.others.remove(&row).unwrap_or_default();
        if self.cells.is_empty() && self.others.len() >= budget.limits.rows as usize {
            return Err(ReadError::TooLarge { what: Bound::Rows, limit: budget.limits.rows.into() });
        }
        Ok(())
    }

    fn set_aside(&mut self) {
        if !self.cells.is_empty() {
            self.others.insert(self.current, std::mem::take(&mut self.cells));
        }
    }

    /// Notes a merged range, rows and columns counted from 0, ends inclusive.
    /// A range that covers one cell, or none, says nothing.
    pub fn merge(&mut self, first: (u32, u32), last: (u32, u32), budget: &mut Budget) -> Result<(), ReadError> {
        budget.step()?;
        if first.0 > last.0 || first.1 > last.1 || first == last {
            return Ok(());
        }
        budget.spend_cells(1)?;
        let number = |row: u32| row.saturating_add(1);
        self.merged.push(MergedRange { first_row: number(first.0), last_row: number(last.0), first_column: first.1, last_column: last.1 });
        Ok(())
    }

    pub fn finish(mut self) -> Sheet {
        self.set_aside();
        let rows = self.others.into_iter().map(|(row, cells)| Row { number: row.saturating_add(1), cells }).collect();
        Sheet { name: self.name, rows, merged: self.merged }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_any_order_come_out_in_theirs_without_the_blank_ones() {
        let limits = Limits::default();
        let mut budget = Budget::new(&limits, &|| false);
        let mut grid = Grid::new("表");
        for (row, column, text) in [(5, 1, "b5"), (2, 0, "a2"), (5, 0, "a5"), (1_048_575, 0, " "), (2, 3, "")] {
            grid.put(row, column, Cell::text(text), &mut budget).unwrap();
        }
        let sheet = grid.finish();
        let seen: Vec<_> = sheet.rows.iter().map(|row| (row.number, row.cells.iter().map(Cell::display).collect::<Vec<_>>())).collect();
        assert_eq!(seen, [(3, vec!["a2".to_owned()]), (6, vec!["a5".to_owned(), "b5".to_owned()])]);
    }

    #[test]
    fn each_limit_stops_at_the_first_cell_beyond_it() {
        let limits = Limits { rows: 2, columns: 3, cells: 5, unpacked_bytes: 20, ..Limits::default() };
        let too_large = |what, limit| Err(ReadError::TooLarge { what, limit });
        let run = |cells: &[(u32, u32, &str)]| {
            let mut budget = Budget::new(&limits, &|| false);
            let mut grid = Grid::new("");
            cells.iter().try_for_each(|&(row, column, text)| grid.put(row, column, Cell::text(text), &mut budget))
        };
        assert_eq!(run(&[(0, 2, "x"), (1, 1, "x")]), Ok(()));
        assert_eq!(run(&[(0, 0, "x"), (1, 0, "x"), (2, 0, "x")]), too_large(Bound::Rows, 2));
        assert_eq!(run(&[(0, 3, "x")]), too_large(Bound::Columns, 3));
        assert_eq!(run(&[(0, 2, "x"), (1, 2, "x")]), too_large(Bound::Cells, 5));
        assert_eq!(run(&[(0, 0, "xxxxxxxxxxxxxxxxxxxxx")]), too_large(Bound::UnpackedBytes, 20));
    }
}
