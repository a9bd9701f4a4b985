//! A table on a sheet, laid out to be read on screen and printed on A4: a
//! title over its width, a line below it, headings that stay in sight, rows,
//! a closing row.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet};
use xueji_domain::attendance::AttendanceRate;
use xueji_domain::exact::Exact;

use super::PaperError;

/// Excel's longest text in a cell, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;

/// Digits that a spreadsheet's numbers keep.
const EXACT_DIGITS: usize = 15;

const PAPER_A4: u8 = 9;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing.
    Blank,
    /// Text: written as text even where it looks like a number or a formula.
    Text(String),
    /// An amount: a number where its decimal ends, else the fraction as text.
    Exact(Exact),
    /// A count.
    Count(u64),
    /// A rate as percentage; blank where there is none.
    Percent(AttendanceRate),
    /// A rate as `42/46`; blank where there is none.
    Fraction(AttendanceRate),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// How many Latin letters wide it stands; a Han character is two.
    fn width(&self) -> usize {
        match self {
            Self::Blank => 0,
            Self::Text(text) => text_width(text),
            Self::Exact(exact) => exact.to_string().len(),
            Self::Count(count) => count.to_string().len(),
            Self::Percent(_) => "100.0%".len(),
            Self::Fraction(rate) => fraction(*rate).len(),
        }
    }
}

/// A table to be laid out.
pub(super) struct Table<'a> {
    pub title: String,
    /// The line below the title: day, rule set, unit.
    pub subtitle: String,
    pub headings: Vec<String>,
    /// Made one at a time: a county's credits are some hundred thousand.
    pub rows: Box<dyn Iterator<Item = Vec<Value>> + 'a>,
    pub closing: Vec<Value>,
    /// So many columns stay in sight when scrolling to the right, and are
    /// printed on every page.
    pub fixed_columns: u16,
}

const TITLE_ROW: u32 = 0;
const SUBTITLE_ROW: u32 = 1;
const HEADING_ROW: u32 = 2;
const FIRST_ROW: u32 = 3;

/// Narrowest and widest column, in Latin letters. Longer text is wrapped.
const WIDTHS: std::ops::RangeInclusive<usize> = 5..=42;

/// The looks of cells.
pub(super) struct Formats {
    title: Format,
    subtitle: Format,
    heading: Format,
    text: Format,
    /// Of numbers, and of amounts and rates that only text can write out.
    number: Format,
    percent: Format,
    closing: Format,
    closing_percent: Format,
    /// A paragraph outside a table.
    pub paragraph: Format,
    /// A heading outside a table.
    pub paragraph_heading: Format,
}

impl Formats {
    pub fn new() -> Self {
        let body = Format::new().set_font_name("宋体").set_font_size(10).set_align(FormatAlign::VerticalCenter);
        let cell = body.clone().set_border(FormatBorder::Thin);
        let closing = cell.clone().set_bold().set_align(FormatAlign::Right);
        let heading = cell.clone().set_font_name("黑体").set_align(FormatAlign::Center).set_text_wrap();
        Self {
            title: body.clone().set_font_name("黑体").set_font_size(16).set_align(FormatAlign::Center),
            subtitle: body.clone().set_align(FormatAlign::Left),
            heading: heading.clone(),
            text: cell.clone().set_align(FormatAlign::Left).set_text_wrap(),
            number: cell.clone().set_align(FormatAlign::Right),
            percent: cell.set_align(FormatAlign::Right).set_num_format("0.0%"),
            closing_percent: closing.clone().set_num_format("0.0%"),
            closing,
            paragraph_heading: body.clone().set_font_name("黑体").set_font_size(12),
            paragraph: body.set_align(FormatAlign::Top).set_text_wrap(),
        }
    }
}

/// Adds a sheet with the table.
pub(super) fn add_sheet(workbook: &mut Workbook, name: &str, table: Table, formats: &Formats) -> Result<(), PaperError> {
    // Rows go to a temporary file without a name as they come: three hundred
    // thousand credits would else take more than a gigabyte.
    let sheet = workbook.add_worksheet_with_low_memory()?;
    sheet.set_name(name)?;
    let last_column = column(table.headings.len().saturating_sub(1).max(1))?;
    sheet.set_row_height(TITLE_ROW, 28)?;
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last_column, &fitting(&table.title), &formats.title)?;
    sheet.merge_range(SUBTITLE_ROW, 0, SUBTITLE_ROW, last_column, &fitting(&table.subtitle), &formats.subtitle)?;
    // A heading is wrapped to two lines before it widens its column.
    let mut widths: Vec<usize> = table.headings.iter().map(|heading| text_width(heading).div_ceil(2)).collect();
    for (index, heading) in table.headings.iter().enumerate() {
        sheet.write_string_with_format(HEADING_ROW, column(index)?, fitting(heading), &formats.heading)?;
    }
    let mut next_row = FIRST_ROW;
    for values in table.rows {
        write_row(sheet, next_row, &values, formats, false)?;
        widen(&mut widths, &values);
        next_row += 1;
    }
    write_row(sheet, next_row, &table.closing, formats, true)?;
    widen(&mut widths, &table.closing);
    for (index, width) in widths.iter().enumerate() {
        sheet.set_column_width(column(index)?, (width + 2).clamp(*WIDTHS.start(), *WIDTHS.end()) as f64)?;
    }
    if next_row > FIRST_ROW {
        sheet.autofilter(HEADING_ROW, 0, next_row - 1, last_column)?;
    }
    // A staff number is a text of digits on purpose.
    sheet.ignore_error_range(FIRST_ROW, 0, next_row, last_column, IgnoreError::NumberStoredAsText)?;
    keep_in_sight(sheet, table.fixed_columns)?;
    set_page(sheet);
    Ok(())
}

fn widen(widths: &mut [usize], values: &[Value]) {
    for (width, value) in widths.iter_mut().zip(values) {
        *width = (*width).max(value.width());
    }
}

/// The headings and the first columns, on screen and on every printed page.
fn keep_in_sight(sheet: &mut Worksheet, columns: u16) -> Result<(), PaperError> {
    sheet.set_freeze_panes(FIRST_ROW, columns)?;
    sheet.set_repeat_rows(HEADING_ROW, HEADING_ROW)?;
    if columns > 0 {
        sheet.set_repeat_columns(0, columns - 1)?;
    }
    Ok(())
}

/// A4, lying, as wide as the table and as many pages long as it takes.
pub(super) fn set_page(sheet: &mut Worksheet) {
    sheet.set_paper_size(PAPER_A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3).set_footer("&C第 &P 页  共 &N 页");
}

fn write_row(sheet: &mut Worksheet, row: u32, values: &[Value], formats: &Formats, closing: bool) -> Result<(), PaperError> {
    let look = |plain| if closing { &formats.closing } else { plain };
    for (index, value) in values.iter().enumerate() {
        let column = column(index)?;
        match value {
            Value::Blank => sheet.write_blank(row, column, look(&formats.text))?,
            Value::Text(text) => sheet.write_string_with_format(row, column, fitting(text), look(&formats.text))?,
            Value::Count(count) => sheet.write_number_with_format(row, column, *count as f64, look(&formats.number))?,
            Value::Exact(exact) => match as_number(*exact) {
                Some(number) => sheet.write_number_with_format(row, column, number, look(&formats.number))?,
                None => sheet.write_string_with_format(row, column, exact.to_string(), look(&formats.number))?,
            },
            Value::Percent(rate) => {
                let look = if closing { &formats.closing_percent } else { &formats.percent };
                match rate.out_of {
                    0 => sheet.write_blank(row, column, look)?,
                    out_of => sheet.write_number_with_format(row, column, f64::from(rate.attended) / f64::from(out_of), look)?,
                }
            }
            Value::Fraction(rate) => sheet.write_string_with_format(row, column, fraction(*rate), look(&formats.number))?,
        };
    }
    Ok(())
}

/// The amount as a spreadsheet's number, where that loses nothing.
fn as_number(exact: Exact) -> Option<f64> {
    let text = exact.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits > EXACT_DIGITS { None } else { text.parse().ok() }
}

fn fraction(rate: AttendanceRate) -> String {
    if rate.out_of == 0 { String::new() } else { format!("{}/{}", rate.attended, rate.out_of) }
}

/// Everything from the Han radicals on stands as wide as two Latin letters.
pub(super) fn text_width(text: &str) -> usize {
    let of_line = |line: &str| line.chars().map(|character| if character >= '\u{2e80}' { 2 } else { 1 }).sum();
    text.lines().map(of_line).max().unwrap_or(0)
}

/// The text as far as a cell can hold it, with a sign that there was more.
pub(super) fn fitting(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut room = LONGEST_TEXT - 1;
    let kept = text.chars().take_while(|character| match room.checked_sub(character.len_utf16()) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    });
    let mut kept: String = kept.collect();
    kept.push('…');
    kept
}

fn column(index: usize) -> Result<u16, PaperError> {
    u16::try_from(index).map_err(|_| PaperError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_a_number_only_where_nothing_is_lost() {
        assert_eq!(as_number("16.5".parse().unwrap()), Some(16.5));
        assert_eq!(as_number("1/7".parse().unwrap()), None);
        assert_eq!(as_number("0.1234567890123456".parse().unwrap()), None);
    }

    #[test]
    fn a_text_that_no_cell_holds_ends_with_a_sign() {
        let long = fitting(&"𠮷".repeat(20_000));
        assert!(long.encode_utf16().count() <= LONGEST_TEXT && long.ends_with('…'));
        assert_eq!(fitting("短"), "短");
        assert_eq!(text_width("ab汉字\nx"), 6);
    }
}
