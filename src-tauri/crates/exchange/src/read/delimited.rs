//! Text with separators: csv, tsv. The rules are RFC 4180's, read kindly: any
//! line end, quotation marks inside an unquoted field as they stand, text
//! after a closing quotation mark kept. Values stay text, so that a staff
//! number keeps its leading zeros.

use super::grid::{Budget, Grid};
use super::{Cell, ReadError, Sheet};

/// Commonest first: the first wins where two fit alike.
const SEPARATORS: [char; 3] = [',', '\t', ';'];

/// So many rows tell what the separator is.
const ROWS_TO_SNIFF: usize = 50;

pub(super) fn read(text: &str, name: &str, budget: &mut Budget) -> Result<Sheet, ReadError> {
    let separator = sniff_separator(text);
    budget.open_sheet()?;
    let mut grid = Grid::new(name);
    let mut place = (0u32, 0u32);
    let mut fields = Fields::new(text, separator);
    while let Some(step) = fields.next_step() {
        match step {
            Step::Field(field) => {
                grid.put(place.0, place.1, Cell::text(field), budget)?;
                place.1 = place.1.saturating_add(1);
            }
            Step::EndOfRow => place = (place.0.saturating_add(1), 0),
            Step::Unclosed => return Err(ReadError::QuoteUnclosed { row: place.0.saturating_add(1) }),
        }
    }
    Ok(grid.finish())
}

/// The separator that parts the most of the first rows; among equals the one
/// that makes the most fields.
fn sniff_separator(text: &str) -> char {
    let score = |separator: char| {
        let (mut parted, mut fields_in_all, mut fields_in_row, mut rows) = (0usize, 0usize, 0usize, 0usize);
        let mut fields = Fields::new(text, separator);
        while let Some(step) = fields.next_step() {
            match step {
                Step::Field(_) => fields_in_row += 1,
                Step::EndOfRow | Step::Unclosed => {
                    parted += usize::from(fields_in_row > 1);
                    fields_in_all += fields_in_row;
                    fields_in_row = 0;
                    rows += 1;
                    if rows == ROWS_TO_SNIFF {
                        break;
                    }
                }
            }
        }
        (parted, fields_in_all)
    };
    // max_by_key gives the last of equals, and the first is wanted.
    SEPARATORS.into_iter().rev().max_by_key(|&separator| score(separator)).unwrap_or(',')
}

/// What comes next in the text.
enum Step {
    Field(String),
    EndOfRow,
    /// The text ended inside quotation marks.
    Unclosed,
}

/// Walks over the fields of a text, one at a time: a row of a million fields
/// is never held.
struct Fields<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    /// Whether a field is due: at the start of a row, and after a separator.
    due: bool,
    at_row_start: bool,
}

impl<'a> Fields<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Self { rest: text.chars().peekable(), separator, due: true, at_row_start: true }
    }

    fn next_step(&mut self) -> Option<Step> {
        if self.due {
            if self.at_row_start && self.rest.peek().is_none() {
                return None;
            }
            self.at_row_start = false;
            return Some(match self.take_field() {
                Some(field) => Step::Field(field),
                None => Step::Unclosed,
            });
        }
        (self.due, self.at_row_start) = (true, true);
        Some(Step::EndOfRow)
    }

    /// Takes a field and what ends it. `None` where a quotation mark is never
    /// closed.
    fn take_field(&mut self) -> Option<String> {
        let mut field = String::new();
        let mut quoted = self.rest.next_if_eq(&'"').is_some();
        loop {
            let Some(character) = self.rest.next() else {
                self.due = false;
                return (!quoted).then_some(field);
            };
            match character {
                '"' if quoted && self.rest.next_if_eq(&'"').is_some() => field.push('"'),
                '"' if quoted => quoted = false,
                // No cell can hold it and no screen shows it.
                '\0' => {}
                _ if quoted => field.push(character),
                _ if character == self.separator => return Some(field),
                '\r' | '\n' => {
                    if character == '\r' {
                        self.rest.next_if_eq(&'\n');
                    }
                    self.due = false;
                    return Some(field);
                }
                _ => field.push(character),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Bound, Limits};

    fn rows(text: &str) -> Result<Vec<(u32, Vec<String>)>, ReadError> {
        let limits = Limits::default();
        let sheet = read(text, "表", &mut Budget::new(&limits, &|| false))?;
        Ok(sheet.rows.iter().map(|row| (row.number, row.cells.iter().map(Cell::display).collect())).collect())
    }

    fn row(number: u32, fields: &[&str]) -> (u32, Vec<String>) {
        (number, fields.iter().map(|&field| field.to_owned()).collect())
    }

    #[test]
    fn quotes_line_ends_and_blank_rows() {
        let text = "a,\"b,\"\"c\"\"\r\nd\",e\r\n\r\n,,\nf,5\" pipe,\"g\"h\r1,,";
        let expected = [row(1, &["a", "b,\"c\"\r\nd", "e"]), row(4, &["f", "5\" pipe", "gh"]), row(5, &["1"])];
        assert_eq!(rows(text).unwrap(), expected);
    }

    #[test]
    fn the_separator_is_found() {
        assert_eq!(rows("姓名\t时长\n王伟\t1,5\n").unwrap(), [row(1, &["姓名", "时长"]), row(2, &["王伟", "1,5"])]);
        assert_eq!(rows("标题\n姓名;时长\n王伟;1,5\n").unwrap()[2], row(3, &["王伟", "1,5"]));
        assert_eq!(rows("姓名\n王伟").unwrap(), [row(1, &["姓名"]), row(2, &["王伟"])]);
        assert_eq!(rows("\"a;b;c\",d\n").unwrap(), [row(1, &["a;b;c", "d"])]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_named_by_its_row() {
        assert_eq!(rows("a,b\n1,\"2\n3,4\n"), Err(ReadError::QuoteUnclosed { row: 2 }));
    }

    #[test]
    fn a_million_columns_stop_early_unless_they_are_empty() {
        assert_eq!(rows(&"x,".repeat(1_000_000)), Err(ReadError::TooLarge { what: Bound::Columns, limit: 512 }));
        assert_eq!(rows(&format!("x{}", ",".repeat(1_000_000))).unwrap(), [row(1, &["x"])]);
    }

    #[test]
    fn zero_characters_are_left_out() {
        assert_eq!(rows("张\0三,1\0\n").unwrap(), [row(1, &["张三", "1"])]);
    }
}
