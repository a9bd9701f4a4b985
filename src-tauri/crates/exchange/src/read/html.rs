//! Tables in HTML, which many web systems hand out under the name `.xls`.
//!
//! Such pages are rarely well formed, so this walks over tags and text and
//! minds only what makes a table: rows, cells, spans and line breaks. Each
//! outermost table becomes a sheet; a table inside a cell is text of that
//! cell.

use std::collections::BTreeMap;

use super::grid::{Budget, Grid};
use super::xml::named_character;
use super::{Cell, ReadError, Sheet};

/// Browsers follow a span no further (HTML, 4.9.11), nor do we.
const LONGEST_SPAN: u32 = 1000;

/// `#1114111;` and a little more: looking further for a semicolon would read
/// a page of ampersands once for each of them.
const LONGEST_REFERENCE: usize = 16;

pub(super) fn read(text: &str, budget: &mut Budget) -> Result<Vec<Sheet>, ReadError> {
    let mut page = Page::default();
    let mut rest = text;
    while !rest.is_empty() {
        budget.step()?;
        let (before, from_tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        page.text(before);
        let Some((tag, after)) = take_tag(from_tag) else {
            break;
        };
        rest = after;
        page.tag(&tag, budget)?;
        if !tag.closing && matches!(tag.name.as_str(), "script" | "style") {
            rest = after_closing(rest, &tag.name);
        }
    }
    page.end_table(budget)?;
    if page.sheets.is_empty() { Err(ReadError::Damaged) } else { Ok(page.sheets) }
}

struct Tag<'a> {
    name: String,
    attributes: &'a str,
    closing: bool,
}

/// The tag at the start of `from`, and what follows it. A comment is a tag
/// without a name. `None` where the text ends before the tag does.
fn take_tag(from: &str) -> Option<(Tag<'_>, &str)> {
    let inner = from.strip_prefix('<')?;
    if let Some(comment) = inner.strip_prefix("!--") {
        let (_, after) = comment.split_once("-->")?;
        return Some((Tag { name: String::new(), attributes: "", closing: false }, after));
    }
    let (tag, after) = inner.split_once('>')?;
    let closing = tag.starts_with('/');
    let tag = tag.trim_start_matches('/').trim_end_matches('/');
    let (name, attributes) = tag.split_once(|character: char| character.is_ascii_whitespace()).unwrap_or((tag, ""));
    Some((Tag { name: name.to_ascii_lowercase(), attributes, closing }, after))
}

fn after_closing<'a>(text: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}");
    let found = text.as_bytes().windows(end.len()).position(|window| window.eq_ignore_ascii_case(end.as_bytes()));
    found.map_or("", |at| &text[at..])
}

impl Tag<'_> {
    fn span(&self, name: &str) -> u32 {
        let lower = self.attributes.to_ascii_lowercase();
        let value = lower.split_once(name).map_or("", |(_, after)| after.trim_start_matches(['=', '"', '\'', ' ']));
        let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().map_or(1, |span| span.clamp(1, LONGEST_SPAN))
    }
}

struct OpenCell {
    text: String,
    columns: u32,
    rows: u32,
}

#[derive(Default)]
struct Page {
    sheets: Vec<Sheet>,
    grid: Option<Grid>,
    depth: usize,
    row: u32,
    row_open: bool,
    column: u32,
    cell: Option<OpenCell>,
    /// Columns that a cell above covers, and for how many more rows.
    covered: BTreeMap<u32, u32>,
}

impl Page {
    fn text(&mut self, raw: &str) {
        if let Some(cell) = &mut self.cell {
            // White space in a page is one blank, whatever it was typed as.
            for (index, word) in raw.split(|character: char| character.is_ascii_whitespace()).enumerate() {
                if index > 0 && !cell.text.is_empty() && !cell.text.ends_with([' ', '\n']) {
                    cell.text.push(' ');
                }
                push_unescaped(word, &mut cell.text);
            }
        }
    }

    fn tag(&mut self, tag: &Tag, budget: &mut Budget) -> Result<(), ReadError> {
        match (tag.name.as_str(), tag.closing) {
            ("table", false) => {
                self.depth += 1;
                if self.depth == 1 {
                    budget.open_sheet()?;
                    self.grid = Some(Grid::new(format!("Sheet{}", self.sheets.len() + 1)));
                    (self.row, self.row_open) = (0, false);
                }
            }
            ("table", true) => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.end_table(budget)?;
                }
            }
            ("br" | "p" | "div", false) => self.break_line(),
            _ if self.depth != 1 => {}
            ("tr", false) => {
                self.end_row(budget)?;
                (self.row_open, self.column) = (true, 0);
            }
            ("tr", true) => self.end_row(budget)?,
            ("td" | "th", false) => {
                self.end_cell(budget)?;
                // A cell without a row opens one, as browsers have it.
                self.row_open = true;
                self.cell = Some(OpenCell { text: String::new(), columns: tag.span("colspan"), rows: tag.span("rowspan") });
            }
            ("td" | "th", true) => self.end_cell(budget)?,
            _ => {}
        }
        Ok(())
    }

    fn break_line(&mut self) {
        if let Some(cell) = &mut self.cell
            && !cell.text.is_empty()
        {
            cell.text.push('\n');
        }
    }

    fn end_cell(&mut self, budget: &mut Budget) -> Result<(), ReadError> {
        let (Some(cell), Some(grid)) = (self.cell.take(), &mut self.grid) else { return Ok(()) };
        while self.covered.contains_key(&self.column) {
            self.column += 1;
        }
        let first = (self.row, self.column);
        let last = (self.row.saturating_add(cell.rows - 1), self.column.saturating_add(cell.columns - 1));
        grid.merge(first, last, budget)?;
        grid.put(first.0, first.1, Cell::text(cell.text.trim()), budget)?;
        if cell.rows > 1 {
            // Row 0 of the span is this one; it is taken off at its end.
            self.covered.extend((first.1..=last.1).map(|column| (column, cell.rows)));
        }
        self.column = last.1.saturating_add(1);
        Ok(())
    }

    fn end_row(&mut self, budget: &mut Budget) -> Result<(), ReadError> {
        self.end_cell(budget)?;
        if self.row_open {
            self.covered.retain(|_, rows| {
                *rows -= 1;
                *rows > 0
            });
            self.row = self.row.saturating_add(1);
            (self.row_open, self.column) = (false, 0);
        }
        Ok(())
    }

    fn end_table(&mut self, budget: &mut Budget) -> Result<(), ReadError> {
        self.end_row(budget)?;
        self.covered.clear();
        self.sheets.extend(self.grid.take().map(Grid::finish));
        Ok(())
    }
}

/// Adds a word with its character references resolved. What is no reference
/// stays as it stands.
fn push_unescaped(word: &str, text: &mut String) {
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        rest = after;
        match take_reference(after) {
            Some((character, after)) => {
                text.push(character);
                rest = after;
            }
            None => text.push('&'),
        }
    }
    text.push_str(rest);
}

/// The character that a reference names, and what follows it.
fn take_reference(after_ampersand: &str) -> Option<(char, &str)> {
    let end = after_ampersand.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')?;
    Some((reference(&after_ampersand[..end])?, &after_ampersand[end + 1..]))
}

fn reference(name: &str) -> Option<char> {
    match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
        None => named_character(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Limits;

    fn rows(html: &str) -> Vec<(u32, Vec<String>)> {
        let limits = Limits::default();
        let sheets = read(html, &mut Budget::new(&limits, &|| false)).unwrap();
        sheets[0].rows.iter().map(|row| (row.number, row.cells.iter().map(Cell::display).collect())).collect()
    }

    #[test]
    fn spans_breaks_and_references() {
        let html = "<html><style>td>b{}</style><TABLE border=1><tr><th colspan=\"3\">名册</th></tr>
            <tr><td rowspan=2>甲<td>一<br>二</td><td>a &lt; b &amp; c&#20013;&x</td></tr>
            <tr><td>三</td><!-- <td>不</td> --></tr></table>";
        let expected = [(1, vec!["名册"]), (2, vec!["甲", "一\n二", "a < b & c中&x"]), (3, vec!["", "三"])];
        let expected = expected.map(|(number, cells)| (number, cells.into_iter().map(str::to_owned).collect::<Vec<_>>()));
        assert_eq!(rows(html), expected);
    }
}
