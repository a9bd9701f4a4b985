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
pub mod summary;
mod table;

use rust_xlsxwriter::XlsxError;

/// Why a paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// A sheet ends at 1,048,576 rows and 16,384 columns.
    #[error("the table has more rows or columns than a sheet can hold")]
    TooLarge,
    /// The writer of workbooks refused; the cause says why.
    #[error("the workbook cannot be laid out")]
    Layout(#[source] XlsxError),
}

impl PaperError {
    /// The code under which the catalogue of messages knows this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "paper_too_large",
            Self::Layout(_) => "paper_failed",
        }
    }
}

impl From<XlsxError> for PaperError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::RowColumnLimitError => Self::TooLarge,
            other => Self::Layout(other),
        }
    }
}
