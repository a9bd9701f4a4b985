//! Opens a table in any of the formats that people bring: xlsx, xls, ods, csv,
//! and the XML and HTML that many programs write under the name `.xls`.
//!
//! What a file is, its bytes say; its name only names it. Every reader here
//! works under [`Limits`]: it counts what it takes while it takes it, so that
//! a file of 10 kB that claims seventeen billion cells costs 10 kB of work.
//! A panic inside a third-party reader is caught and reported as damage.
//!
//! * `sniff` tells what the bytes are;
//! * `text` decodes, before anything is split;
//! * one module a format puts cells into a `grid`.

use std::fs;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

mod archive;
mod delimited;
mod error;
mod grid;
mod html;
mod ods;
mod serial;
mod sniff;
mod spreadsheet_xml;
mod text;
mod workbook;
mod xls;
mod xlsx;
mod xml;

pub use error::{Bound, FileKind, ReadError};
pub use workbook::{Cell, CellValue, MergedRange, Row, Sheet, Workbook};

use grid::Budget;
use sniff::Content;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML, from Excel 2007 on.
    Xlsx,
    /// Excel 97–2003, binary.
    Xls,
    /// OpenDocument, zipped or flat.
    Ods,
    /// Text whose fields are separated by comma, tab or semicolon.
    Csv,
    /// Excel 2003's XML.
    SpreadsheetXml,
    /// A page of HTML with tables.
    Html,
}

impl Format {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv => "csv",
            Self::SpreadsheetXml => "spreadsheet_xml",
            Self::Html => "html",
        }
    }
}

/// How far a file is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Rows with content in one sheet.
    pub rows: u32,
    /// Position of the last column with content.
    pub columns: u32,
    /// Cells of all sheets, those between two cells with content included.
    pub cells: u64,
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Bytes of its parts once unpacked, and of all text in its cells.
    pub unpacked_bytes: u64,
}

impl Default for Limits {
    /// Far above what a branch or a county has, and within 4 GB of memory.
    fn default() -> Self {
        Self { rows: 200_000, columns: 512, cells: 5_000_000, file_bytes: 64 << 20, unpacked_bytes: 512 << 20 }
    }
}

/// How a file is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding of a text file, by any label of the WHATWG standard
    /// (`utf-8`, `gbk`, `big5` …), where the user named one.
    pub encoding: Option<String>,
    /// How far the file is followed.
    pub limits: Limits,
}

/// Reads a file from disk. See [`read`].
///
/// # Errors
///
/// As [`read`], and [`ReadError::NotFound`] or [`ReadError::Io`].
pub fn read_file(path: &Path, options: &ReadOptions, cancelled: &dyn Fn() -> bool) -> Result<Workbook, ReadError> {
    let limit = options.limits.file_bytes;
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large, also one
    // that grows while it is read or has no size, as a device.
    fs::File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    read(&bytes, &name, options, cancelled)
}

/// Reads a file's bytes. `file_name` names the sheet of a csv file and helps
/// to say what an unreadable file is; it decides nothing else. `cancelled` is
/// asked now and then; once it answers yes, reading stops. A workbook that is
/// returned has at least one row.
///
/// # Errors
///
/// Every way in which a file can be unreadable is a [`ReadError`]; no content
/// makes this panic.
pub fn read(bytes: &[u8], file_name: &str, options: &ReadOptions, cancelled: &dyn Fn() -> bool) -> Result<Workbook, ReadError> {
    if bytes.len() as u64 > options.limits.file_bytes {
        return Err(ReadError::TooLarge { what: Bound::FileBytes, limit: options.limits.file_bytes });
    }
    // The readers of xlsx and xls are not ours. Nothing outlives the closure,
    // so a panic leaves nothing half done.
    let caught = catch_unwind(AssertUnwindSafe(|| read_content(bytes, file_name, options, cancelled)));
    let workbook = caught.unwrap_or(Err(ReadError::Damaged))?;
    if workbook.sheets.iter().all(|sheet| sheet.rows.is_empty()) { Err(ReadError::Empty) } else { Ok(workbook) }
}

fn read_content(bytes: &[u8], file_name: &str, options: &ReadOptions, cancelled: &dyn Fn() -> bool) -> Result<Workbook, ReadError> {
    let mut budget = Budget::new(&options.limits, cancelled);
    budget.ask()?;
    let workbook = |format, sheets| Workbook { format, encoding: None, sheets };
    match sniff::sniff(bytes, file_name)? {
        Content::Xlsx => Ok(workbook(Format::Xlsx, xlsx::read(bytes, &mut budget)?)),
        Content::Xls => {
            xls::read(bytes, &mut budget).map(|sheets| workbook(Format::Xls, sheets)).map_err(|error| sniff::explain_xls(error, file_name))
        }
        Content::Ods => Ok(workbook(Format::Ods, ods::read(bytes, &mut budget)?)),
        Content::Text => read_text(bytes, file_name, options, &mut budget),
    }
}

fn read_text(bytes: &[u8], file_name: &str, options: &ReadOptions, budget: &mut Budget) -> Result<Workbook, ReadError> {
    let decoded = text::decode(bytes, options.encoding.as_deref())?;
    let (format, sheets) = match sniff::sniff_text(&decoded.text)? {
        sniff::TextContent::SpreadsheetXml => (Format::SpreadsheetXml, spreadsheet_xml::read(&decoded.text, budget)?),
        sniff::TextContent::FlatOds => (Format::Ods, ods::read_flat(&decoded.text, budget)?),
        sniff::TextContent::Html => (Format::Html, html::read(&decoded.text, budget)?),
        sniff::TextContent::Delimited => {
            let name = Path::new(file_name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            (Format::Csv, vec![delimited::read(&decoded.text, &name, budget)?])
        }
    };
    let encoding = (format == Format::Csv).then_some(decoded.encoding);
    Ok(Workbook { format, encoding, sheets })
}
