//! OpenDocument spreadsheets, zipped (`.ods`) or flat (`.fods`): OASIS
//! OpenDocument 1.2, part 1, chapters 9 and 19.
//!
//! A run of equal cells or rows is written once with a count, and the tail of
//! a sheet is one blank row counted a million times. Blank runs are stepped
//! over; runs with content meet the limits like any others.

use std::io::{BufRead, BufReader};

use quick_xml::events::{BytesStart, Event};

use super::grid::{Budget, Grid};
use super::xml;
use super::{Cell, CellValue, ReadError, Sheet, archive, serial};

pub(super) fn read(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, ReadError> {
    let mut archive = archive::open(bytes)?;
    archive::measure(&mut archive, budget)?;
    if let Some(manifest) = archive::part(&mut archive, "META-INF/manifest.xml")?
        && manifest.windows(b"encryption-data".len()).any(|window| window == b"encryption-data")
    {
        return Err(ReadError::PasswordProtected);
    }
    let content = archive.by_name("content.xml").map_err(|_| ReadError::Damaged)?;
    read_content(BufReader::new(content), budget)
}

pub(super) fn read_flat(text: &str, budget: &mut Budget) -> Result<Vec<Sheet>, ReadError> {
    read_content(xml::body(text).as_bytes(), budget)
}

fn read_content<R: BufRead>(source: R, budget: &mut Budget) -> Result<Vec<Sheet>, ReadError> {
    let mut reader = xml::reader(source);
    let mut parser = Parser::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        budget.step()?;
        let event = reader.read_event_into(&mut buffer).map_err(|_| ReadError::Damaged)?;
        match &event {
            Event::Start(element) => parser.start(element, budget)?,
            Event::End(element) => parser.end(element.name().as_ref(), budget)?,
            Event::Eof => break,
            other => parser.characters(other)?,
        }
    }
    // A file that was cut off ends inside its body.
    if parser.body_ended { Ok(parser.sheets) } else { Err(ReadError::Damaged) }
}

/// A cell on its way: what its attributes say, then its text.
#[derive(Default)]
struct OpenCell {
    kind: String,
    value: String,
    formula: bool,
    repeat: u32,
    spans: (u32, u32),
    covered: bool,
    text: String,
    paragraphs: usize,
    in_paragraph: bool,
}

#[derive(Default)]
struct Parser {
    sheets: Vec<Sheet>,
    grid: Option<Grid>,
    row: u32,
    row_repeat: u32,
    column: u32,
    /// The row's cells with content, by column.
    cells: Vec<(u32, Cell)>,
    cell: Option<OpenCell>,
    /// How deep we are inside something whose text is not the cell's: a
    /// comment, a drawing, a table in a cell.
    skipping: usize,
    body_ended: bool,
}

impl Parser {
    fn start(&mut self, element: &BytesStart, budget: &mut Budget) -> Result<(), ReadError> {
        if self.skipping > 0 {
            self.skipping += 1;
            return Ok(());
        }
        match element.name().as_ref() {
            "table:table" if self.grid.is_none() => {
                budget.open_sheet()?;
                self.grid = Some(Grid::new(xml::attribute(element, "table:name")?.unwrap_or_default()));
                self.row = 0;
            }
            "table:table" | "office:annotation" | "table:shapes" | "draw:frame" | "text:ruby-text" => self.skipping = 1,
            "table:table-row" => {
                self.row_repeat = xml::count(element, "table:number-rows-repeated")?.unwrap_or(1);
                self.column = 0;
            }
            name @ ("table:table-cell" | "table:covered-table-cell") => self.cell = Some(open_cell(element, name)?),
            name => {
                if let Some(cell) = &mut self.cell {
                    cell.start_text(name, element)?;
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str, budget: &mut Budget) -> Result<(), ReadError> {
        if self.skipping > 0 {
            self.skipping -= 1;
            return Ok(());
        }
        match name {
            "table:table" => self.sheets.extend(self.grid.take().map(Grid::finish)),
            "table:table-row" => self.end_row(budget)?,
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(budget)?,
            "text:p" | "text:h" => {
                if let Some(cell) = &mut self.cell {
                    cell.in_paragraph = false;
                }
            }
            "office:body" => self.body_ended = true,
            _ => {}
        }
        Ok(())
    }

    fn characters(&mut self, event: &Event) -> Result<(), ReadError> {
        match &mut self.cell {
            Some(cell) if self.skipping == 0 && cell.in_paragraph => xml::push_text(event, &mut cell.text),
            _ => Ok(()),
        }
    }

    fn end_cell(&mut self, budget: &mut Budget) -> Result<(), ReadError> {
        let (Some(open), Some(grid)) = (self.cell.take(), &mut self.grid) else { return Ok(()) };
        let (rows, columns) = open.spans;
        if rows > 1 || columns > 1 {
            let last = (self.row.saturating_add(rows.saturating_sub(1)), self.column.saturating_add(columns.saturating_sub(1)));
            grid.merge((self.row, self.column), last, budget)?;
        }
        let (repeat, covered) = (open.repeat, open.covered);
        let cell = open.close();
        if cell.is_content() && !covered {
            // One beyond the limit is enough to run into it.
            for step in 0..repeat.min(budget.limits.columns.saturating_add(1)) {
                self.cells.push((self.column.saturating_add(step), cell.clone()));
            }
        }
        self.column = self.column.saturating_add(repeat);
        Ok(())
    }

    fn end_row(&mut self, budget: &mut Budget) -> Result<(), ReadError> {
        let cells = std::mem::take(&mut self.cells);
        let Some(grid) = &mut self.grid else { return Ok(()) };
        if !cells.is_empty() {
            for step in 0..self.row_repeat {
                for (column, cell) in &cells {
                    grid.put(self.row.saturating_add(step), *column, cell.clone(), budget)?;
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeat);
        Ok(())
    }
}

fn open_cell(element: &BytesStart, name: &str) -> Result<OpenCell, ReadError> {
    let text = |name: &str| Ok::<_, ReadError>(xml::attribute(element, name)?.unwrap_or_default());
    let kind = if text("calcext:value-type")? == "error" { "error".to_owned() } else { text("office:value-type")? };
    let value_of = match kind.as_str() {
        "date" => "office:date-value",
        "time" => "office:time-value",
        "boolean" => "office:boolean-value",
        "string" => "office:string-value",
        _ => "office:value",
    };
    Ok(OpenCell {
        value: text(value_of)?,
        kind,
        formula: element.try_get_attribute("table:formula").map_err(|_| ReadError::Damaged)?.is_some(),
        repeat: xml::count(element, "table:number-columns-repeated")?.unwrap_or(1),
        spans: (
            xml::count(element, "table:number-rows-spanned")?.unwrap_or(1),
            xml::count(element, "table:number-columns-spanned")?.unwrap_or(1),
        ),
        covered: name == "table:covered-table-cell",
        ..OpenCell::default()
    })
}

impl OpenCell {
    /// Paragraphs become lines, and the elements that stand for white space
    /// become white space.
    fn start_text(&mut self, name: &str, element: &BytesStart) -> Result<(), ReadError> {
        match name {
            "text:p" | "text:h" => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
                self.in_paragraph = true;
            }
            "text:s" => {
                // A count is cheap to write and would be dear to believe.
                let count = xml::count(element, "text:c")?.unwrap_or(1).min(1024);
                self.text.extend(std::iter::repeat_n(' ', count as usize));
            }
            "text:tab" => self.text.push('\t'),
            "text:line-break" => self.text.push('\n'),
            _ => {}
        }
        Ok(())
    }

    fn close(self) -> Cell {
        let value = match self.kind.as_str() {
            "float" | "currency" | "percentage" => match self.value.parse() {
                Ok(value) => serial::number(value),
                Err(_) => CellValue::Text(self.text),
            },
            "date" => serial::from_iso(&self.value),
            "time" => serial::from_iso_duration(&self.value),
            "boolean" => CellValue::Bool(self.value == "true"),
            "error" => CellValue::Error(self.text),
            "string" if self.text.is_empty() => of_text(self.value, self.formula),
            _ => of_text(self.text, self.formula && self.kind == "string"),
        };
        Cell { value, formula: self.formula }
    }
}

/// The text of a formula whose result is known stays text even where it is
/// blank; elsewhere no text is no value.
fn of_text(text: String, known_result: bool) -> CellValue {
    if text.is_empty() && !known_result { CellValue::Empty } else { CellValue::Text(text) }
}
