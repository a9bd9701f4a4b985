//! What a file holds once it is open: sheets, rows, typed cells.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::Format;

/// A file's content, the same for every format.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// What the bytes turned out to be; the file's name has no say in it.
    pub format: Format,
    /// How the characters of a text file were encoded: `"UTF-8"`,
    /// `"GB18030"`, `"UTF-16LE"` …; `None` for the other formats.
    pub encoding: Option<&'static str>,
    /// In the order of the file; hidden sheets too, sheets of charts not.
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The name on its tab; of a csv file, the file's name without extension.
    pub name: String,
    /// The rows that have content, from the top. Blank rows are kept out, so
    /// [`Row::number`] jumps over them.
    pub rows: Vec<Row>,
    /// The merged ranges. The value stands in the top left cell.
    pub merged: Vec<MergedRange>,
}

/// One row with content.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The row's number as the spreadsheet program shows it, from 1.
    pub number: u32,
    /// From the first column to the last with content.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// The value; of a formula, the result that the file remembers.
    pub value: CellValue,
    /// Whether a formula gave the value. A formula whose result the file does
    /// not remember is `Empty` with this flag, and counts as content.
    pub formula: bool,
}

/// A cell's value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum CellValue {
    /// Nothing.
    #[default]
    Empty,
    /// Text, as it stands, blanks at its ends included.
    Text(String),
    /// A number, always finite.
    Number(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// A number that the file shows as a day.
    Date(NaiveDate),
    /// A day with a time, to the second.
    DateTime(NaiveDateTime),
    /// A time of day, to the second.
    Time(NaiveTime),
    /// An elapsed time (`[h]:mm`), in seconds.
    Duration(i64),
    /// `#DIV/0!` and its kin.
    Error(String),
}

/// A merged range, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedRange {
    /// Row number, from 1, like [`Row::number`].
    pub first_row: u32,
    /// Row number, from 1.
    pub last_row: u32,
    /// Position in [`Row::cells`], from 0.
    pub first_column: u32,
    /// Position in [`Row::cells`], from 0.
    pub last_column: u32,
}

impl MergedRange {
    /// Whether the cell lies in this range.
    pub fn contains(&self, row_number: u32, column: u32) -> bool {
        (self.first_row..=self.last_row).contains(&row_number) && (self.first_column..=self.last_column).contains(&column)
    }
}

impl Cell {
    /// A cell that was typed in, not computed.
    pub fn plain(value: CellValue) -> Self {
        Self { value, formula: false }
    }

    /// A cell with this text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::plain(CellValue::Text(text.into()))
    }

    /// Whether a reader sees nothing here: no value, or only white space.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            CellValue::Empty => true,
            CellValue::Text(text) => text.chars().all(char::is_whitespace),
            _ => false,
        }
    }

    /// Whether the cell keeps its row from being blank. A formula without a
    /// remembered result does: what it stands for is unknown, not nothing.
    pub(crate) fn is_content(&self) -> bool {
        !self.is_empty() || (self.formula && self.value == CellValue::Empty)
    }

    /// The value as a user would see it: `1000`, not `1000.0`; days as
    /// `2025-01-18`, times as `09:00`, elapsed times as `26:30`.
    pub fn display(&self) -> String {
        match &self.value {
            CellValue::Empty => String::new(),
            CellValue::Text(text) | CellValue::Error(text) => text.clone(),
            CellValue::Number(number) => display_number(*number),
            CellValue::Bool(true) => "TRUE".to_owned(),
            CellValue::Bool(false) => "FALSE".to_owned(),
            CellValue::Date(date) => date.format("%Y-%m-%d").to_string(),
            CellValue::DateTime(moment) => format!("{} {}", moment.format("%Y-%m-%d"), display_time(moment.time())),
            CellValue::Time(time) => display_time(*time),
            CellValue::Duration(seconds) => display_duration(*seconds),
        }
    }
}

/// A spreadsheet keeps 15 significant digits and shows no more: 0.1 + 0.2 is
/// 0.3 to whoever typed it.
fn display_number(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    // Minus nothing is nothing.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

fn display_time(time: NaiveTime) -> String {
    time.format(if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

fn display_duration(seconds: i64) -> String {
    let (sign, all) = (if seconds < 0 { "-" } else { "" }, seconds.unsigned_abs());
    let (hours, minutes, rest) = (all / 3600, all / 60 % 60, all % 60);
    if rest == 0 { format!("{sign}{hours}:{minutes:02}") } else { format!("{sign}{hours}:{minutes:02}:{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: CellValue) -> String {
        Cell::plain(value).display()
    }

    #[test]
    fn a_cell_is_shown_as_the_spreadsheet_shows_it() {
        assert_eq!(shown(CellValue::Number(1000.0)), "1000");
        assert_eq!(shown(CellValue::Number(0.1 + 0.2)), "0.3");
        assert_eq!(shown(CellValue::Number(-0.0)), "0");
        assert_eq!(shown(CellValue::Number(13985000794.0)), "13985000794");
        assert_eq!(shown(CellValue::Date(NaiveDate::from_ymd_opt(2025, 1, 8).unwrap())), "2025-01-08");
        assert_eq!(shown(CellValue::Time(NaiveTime::from_hms_opt(9, 0, 0).unwrap())), "09:00");
        assert_eq!(shown(CellValue::Duration(26 * 3600 + 30 * 60)), "26:30");
        assert_eq!(shown(CellValue::Duration(-61)), "-0:01:01");
    }

    #[test]
    fn white_space_is_no_content_and_a_formula_without_result_is() {
        assert!(Cell::text(" \u{3000}\u{a0}").is_empty());
        let unknown = Cell { value: CellValue::Empty, formula: true };
        assert!(unknown.is_empty() && unknown.is_content());
        assert!(!Cell { value: CellValue::Text(String::new()), formula: true }.is_content());
    }
}
