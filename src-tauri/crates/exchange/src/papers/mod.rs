//! The papers that leave the program.
//!
//! A paper is made from plain data that somebody else gathered: nothing here
//! asks a database or a clock, and the same data gives the same bytes.
//!
//! * [`summary`] is the yearly summary (年度学习情况汇总表) as xlsx;
//! * [`attendance_ledger`] is the attendance ledger (考勤台账), as a sheet of
//!   that summary and as csv;
//! * `table` lays a table out on a sheet, and `csv_text` writes csv that a
//!   spreadsheet program opens unbroken.

pub mod attendance_ledger;
mod csv_text;
pub mod expenses;
pub mod summary;
pub mod supplements;
mod table;

use std::io;

use rust_xlsxwriter::XlsxError;
use serde_json::{Map, Value};

/// Why a paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// A sheet ends at 1,048,576 rows and 16,384 columns.
    #[error("the table has more rows or columns than a sheet can hold")]
    TooLarge,
    /// The rows of a workbook wait in a temporary file, and the system has no
    /// room for it or allows none.
    #[error("no temporary file can be written: {kind}")]
    NoTemporaryFile {
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// The writer of workbooks refused; the cause says why.
    #[error("the workbook cannot be laid out")]
    Layout(#[source] XlsxError),
}

impl PaperError {
    /// The code under which the catalogue of messages knows this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "paper_too_large",
            Self::NoTemporaryFile { .. } => "paper_no_temporary_file",
            Self::Layout(_) => "paper_failed",
        }
    }

    /// What the message needs to know: `cause`, where the system gave one.
    pub fn params(&self) -> Map<String, Value> {
        let mut params = Map::new();
        if let Self::NoTemporaryFile { kind } = self {
            params.insert("cause".to_owned(), kind.to_string().into());
        }
        params
    }
}

impl From<XlsxError> for PaperError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::RowColumnLimitError => Self::TooLarge,
            XlsxError::IoError(error) => Self::NoTemporaryFile { kind: error.kind() },
            other => Self::Layout(other),
        }
    }
}
