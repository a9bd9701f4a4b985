//! The facts file: JSON.

use chrono::NaiveDate;

use super::{Subject, Unit};

/// What a facts file holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FactsFile {
    /// Which periods to evaluate; `None`: from the first fact to the last.
    pub periods: Option<PeriodRange>,
    /// Today, for deadlines; `None`: the end of the last period.
    pub as_of: Option<NaiveDate>,
    /// The people; at least one.
    pub people: Vec<Subject>,
    /// What is known of the unit.
    pub unit: Unit,
}

/// Periods by name, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodRange {
    /// The first: `2025`, `2025-H1`, `2025-Q1`, `2025-03`, `2025-03-01`.
    pub first: String,
    /// The last.
    pub last: String,
}

/// Why a text is not a facts file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {detail}")]
pub struct FactsError {
    /// Counted from 1.
    pub line: u32,
    /// In characters, counted from 1.
    pub column: u32,
    /// Where in the file: `activities[3].date`; may be empty.
    pub path: String,
    /// What is wrong.
    pub detail: String,
}

/// Reads a facts file.
///
/// # Errors
/// With the place of the first thing that cannot be read.
pub fn read(_text: &str) -> Result<FactsFile, FactsError> {
    Ok(FactsFile::default())
}
