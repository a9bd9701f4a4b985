//! Excel 2003's XML (SpreadsheetML), which many programs write and name
//! `.xls`. Its attributes stand in a namespace that everybody calls `ss`.

use quick_xml::events::{BytesStart, Event};

use super::grid::{Budget, Grid};
use super::xml;
use super::{Cell, CellValue, ReadError, Sheet, serial};

pub(super) fn read(text: &str, budget: &mut Budget) -> Result<Vec<Sheet>, ReadError> {
    let mut reader = xml::reader(xml::body(text).as_bytes());
    let mut parser = Parser::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        budget.step()?;
        let event = reader.read_event_into(&mut buffer).map_err(|_| ReadError::Damaged)?;
        match &event {
            Event::Start(element) => parser.start(element, budget)?,
            Event::End(element) => parser.end(element.local_name().as_ref(), budget)?,
            Event::Eof => break,
            other if parser.in_data => xml::push_text(other, &mut parser.text)?,
            _ => {}
        }
    }
    if parser.ended { Ok(parser.sheets) } else { Err(ReadError::Damaged) }
}

#[derive(Default)]
struct Parser {
    sheets: Vec<Sheet>,
    grid: Option<Grid>,
    /// Where the next row and the next cell go, from 0.
    row: u32,
    column: u32,
    /// Columns to the right that the current cell covers.
    across: u32,
    formula: bool,
    kind: String,
    text: String,
    in_data: bool,
    ended: bool,
}

impl Parser {
    fn start(&mut self, element: &BytesStart, budget: &mut Budget) -> Result<(), ReadError> {
        match element.local_name().as_ref() {
            "Worksheet" => {
                budget.open_sheet()?;
                self.grid = Some(Grid::new(xml::attribute(element, "ss:Name")?.unwrap_or_default()));
                self.row = 0;
            }
            "Row" => {
                if let Some(number) = xml::count(element, "ss:Index")? {
                    self.row = number.saturating_sub(1);
                }
                self.column = 0;
            }
            "Cell" => self.start_cell(element, budget)?,
            "Data" => {
                self.kind = xml::attribute(element, "ss:Type")?.unwrap_or_default();
                self.in_data = true;
            }
            _ => {}
        }
        Ok(())
    }

    fn start_cell(&mut self, element: &BytesStart, budget: &mut Budget) -> Result<(), ReadError> {
        if let Some(number) = xml::count(element, "ss:Index")? {
            self.column = number.saturating_sub(1);
        }
        self.across = xml::count(element, "ss:MergeAcross")?.unwrap_or(0);
        let down = xml::count(element, "ss:MergeDown")?.unwrap_or(0);
        self.formula = xml::attribute(element, "ss:Formula")?.is_some();
        (self.kind, self.text) = (String::new(), String::new());
        match &mut self.grid {
            Some(grid) => {
                let last = (self.row.saturating_add(down), self.column.saturating_add(self.across));
                grid.merge((self.row, self.column), last, budget)
            }
            None => Ok(()),
        }
    }

    fn end(&mut self, name: &str, budget: &mut Budget) -> Result<(), ReadError> {
        match name {
            "Data" => self.in_data = false,
            "Cell" => {
                let cell = Cell { value: value(&self.kind, std::mem::take(&mut self.text)), formula: self.formula };
                if let Some(grid) = &mut self.grid {
                    grid.put(self.row, self.column, cell, budget)?;
                }
                self.column = self.column.saturating_add(self.across).saturating_add(1);
            }
            "Row" => self.row = self.row.saturating_add(1),
            "Worksheet" => self.sheets.extend(self.grid.take().map(Grid::finish)),
            "Workbook" => self.ended = true,
            _ => {}
        }
        Ok(())
    }
}

fn value(kind: &str, text: String) -> CellValue {
    match kind {
        "" => CellValue::Empty,
        "Number" => match text.trim().parse() {
            Ok(number) => serial::number(number),
            Err(_) => CellValue::Text(text),
        },
        "DateTime" => serial::from_iso(&text),
        "Boolean" => CellValue::Bool(text.trim() == "1"),
        "Error" => CellValue::Error(text),
        _ => CellValue::Text(text),
    }
}
