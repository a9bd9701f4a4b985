//! What a plan says: per row, per question, per column, per symbol.

use serde::Serialize;
use ts_rs::TS;

use super::{Field, Params};

/// What would happen to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A new record.
    Add,
    /// A known record that gets other values.
    Change,
    /// A known record that stays as it is.
    Keep,
    /// It cannot be read: row, column, value and reason are said.
    Refuse,
    /// It can be read in more than one way and waits for an answer.
    Ask,
}

/// How many rows have which outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
pub struct OutcomeCounts {
    /// New records.
    pub add: u32,
    /// Records that get other values.
    pub change: u32,
    /// Records that stay as they are.
    pub keep: u32,
    /// Rows that cannot be read.
    pub refuse: u32,
    /// Rows that wait for an answer.
    pub ask: u32,
}

impl OutcomeCounts {
    /// Counts the rows of a plan.
    pub fn of(rows: &[RowOutcome]) -> Self {
        let mut counts = Self::default();
        for row in rows {
            match row.outcome {
                Outcome::Add => counts.add += 1,
                Outcome::Change => counts.change += 1,
                Outcome::Keep => counts.keep += 1,
                Outcome::Refuse => counts.refuse += 1,
                Outcome::Ask => counts.ask += 1,
            }
        }
        counts
    }
}

/// One row of the preview.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RowOutcome {
    /// Its number in the file, from 1.
    pub row: u32,
    /// What would happen.
    pub outcome: Outcome,
    /// What the row is about, in the file's words.
    pub label: String,
    /// Every field that would be written.
    pub changes: Vec<FieldChange>,
    /// Why it is refused.
    pub problems: Vec<Problem>,
    /// What is odd about it but does not stop it.
    pub warnings: Vec<Problem>,
    /// Keys of the questions that it waits for or that were answered for it.
    pub questions: Vec<String>,
}

/// One field that would be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldChange {
    /// The field's name on screen, or a session's heading.
    pub label: String,
    /// The book's value, where there is one.
    pub before: Option<String>,
    /// The new value, as the book will hold it.
    pub after: String,
    /// The cell's own text, where it reads differently: 90 → 90分钟.
    pub read_from: Option<String>,
}

/// Why a row is refused, or what is odd about it. The sentence comes from the
/// catalogue: `import.<code>`.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Problem {
    /// Which sentence.
    pub code: String,
    /// The column, by its heading.
    pub column: Option<String>,
    /// The cell's text.
    pub value: Option<String>,
    /// What else the sentence needs.
    #[ts(type = "Record<string, string | number>")]
    pub params: Params,
}

/// Something that has to be answered. The sentence comes from the catalogue:
/// `question.<code>`.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Question {
    /// Its key in [`super::Reading::answers`]: `row:7:identity`, `symbol:○`.
    pub key: String,
    /// Which sentence.
    pub code: String,
    /// What the sentence needs.
    #[ts(type = "Record<string, string | number>")]
    pub params: Params,
    /// The row that it is about; none for a symbol, a kind, a column.
    pub row: Option<u32>,
    /// How many rows or cells wait for it.
    pub affects: u32,
    /// The possible answers.
    pub choices: Vec<Choice>,
    /// The answer given, where there is one.
    pub answer: Option<String>,
}

/// A possible answer. The sentence comes from the catalogue:
/// `choice.<code>`.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Choice {
    /// What to put into the answers.
    pub value: String,
    /// Which sentence.
    pub code: String,
    /// What the sentence needs.
    #[ts(type = "Record<string, string | number>")]
    pub params: Params,
}

/// How a symbol or a word of the file is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SymbolReading {
    /// As it stands in the file.
    pub symbol: String,
    /// What it is taken for: a status code, `observer`, `make_up`; none while
    /// it is asked about.
    pub reading: Option<String>,
    /// How many cells hold it.
    pub cells: u32,
    /// The key under which an answer overrides the reading.
    pub key: String,
}

/// A column of a matrix.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ColumnOutcome {
    /// Index of the column, from 0.
    pub column: u32,
    /// Its heading.
    pub heading: String,
    /// Matched, asked about or refused.
    pub state: ColumnState,
    /// The session that it was matched with: date and title.
    pub session: Option<String>,
    /// Why it is refused or asked about.
    pub problem: Option<Problem>,
    /// The question's key, where it is asked about.
    pub question: Option<String>,
}

/// Whether a column found its session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ColumnState {
    /// One session bears that date and title.
    Matched,
    /// Left out on request.
    Skipped,
    /// No session, or several.
    Ask,
    /// No such date.
    Refuse,
}

/// A problem of one cell.
pub(crate) fn problem(code: &str, column: &str, value: &str, params: Params) -> Problem {
    Problem { code: code.to_owned(), column: Some(column.to_owned()), value: Some(value.to_owned()), params }
}

/// The field's name on screen is what a reader sees in a change.
pub(crate) fn field_label(kind: super::ImportKind, field: Field) -> String {
    super::fields::label(kind, field).to_owned()
}
