//! Why a text is not a facts file.

use serde::Serialize;

/// Where and why a text is not a facts file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("line {line}, column {column}, {path}: {problem:?}")]
pub struct FactsError {
    /// Counted from 1.
    pub line: u32,
    /// In characters, counted from 1.
    pub column: u32,
    /// Where in the file: `people[0].activities[3].date`; empty at the top.
    pub path: String,
    /// What is wrong.
    #[serde(flatten)]
    pub problem: FactsProblem,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })? = $code:literal,)*) => {
        /// What is wrong with a facts file.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(tag = "code")]
        pub enum FactsProblem {
            $($(#[$doc])* #[serde(rename = $code)] $name $({ $($(#[$field_doc])* $field: $kind,)* })?,)*
        }

        impl FactsProblem {
            /// Every code; its sentence stands in the catalogue of messages,
            /// group `facts`.
            pub const CODES: &[&str] = &[$($code),*];

            /// The name in JSON and in the catalogue of messages.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$name $({ $($field: _,)* })? => $code,)*
                }
            }
        }
    };
}

problems! {
    // The file as such.
    /// More bytes than the reader takes.
    TooLarge {
        /// In MB.
        limit: u32,
    } = "too_large",
    /// Nested too deep.
    TooDeep {
        /// So deep is allowed.
        limit: u32,
    } = "too_deep",
    /// Too many values, or entries of one list.
    TooMany {
        /// So many are allowed.
        limit: u32,
    } = "too_many",
    /// A character that JSON does not have here.
    NotJson {
        /// The character.
        found: String,
    } = "not_json",
    /// The file ends before its last bracket.
    Unfinished = "unfinished",
    /// A text without its closing quote.
    UnclosedText = "unclosed_text",
    /// A backslash with something that JSON does not know.
    BadEscape = "bad_escape",
    /// `007` without quotes.
    LeadingZero = "leading_zero",

    // Its shape.
    /// A name that means nothing here.
    UnknownKey {
        /// The name.
        name: String,
        /// The names that there are.
        known: String,
    } = "unknown_key",
    /// Something that has to be there.
    MissingKey {
        /// Its name.
        name: String,
    } = "missing_key",
    /// The same name twice.
    DuplicateKey {
        /// The name.
        name: String,
    } = "duplicate_key",
    /// Two names that exclude each other.
    Conflict {
        /// The one.
        name: String,
        /// The other.
        other: String,
    } = "conflict",
    /// One kind of value where another is meant.
    WrongKind {
        /// `object`, `list`, `text`, `number`, `flag`, `value`, `item`.
        wanted: &'static str,
    } = "wrong_kind",
    /// Two entries with one id.
    DuplicateId {
        /// The id.
        id: String,
    } = "duplicate_id",
    /// Nobody.
    NoPeople = "no_people",
    /// An empty text where there has to be one.
    Empty = "empty",
    /// A text longer than it can be meant.
    TooLong {
        /// So many characters are allowed.
        limit: u32,
    } = "too_long",

    // Its values.
    /// Not a number.
    NotANumber {
        /// As it is written.
        found: String,
    } = "not_a_number",
    /// Beyond what the reader takes.
    NumberTooLarge {
        /// As it is written.
        found: String,
    } = "number_too_large",
    /// More decimal places than the reader takes, or a larger denominator.
    NumberTooFine {
        /// As it is written.
        found: String,
    } = "number_too_fine",
    /// Not a whole number within bounds.
    NotACount {
        /// As it is written.
        found: String,
        /// At most so much.
        most: u32,
    } = "not_a_count",
    /// Not a date, or one that does not exist.
    NotADate {
        /// As it is written.
        found: String,
    } = "not_a_date",
    /// A month or a year where a day is needed.
    DayWanted {
        /// As it is written.
        found: String,
    } = "day_wanted",
    /// Before 1900 or after 2200.
    YearOutOfRange {
        /// The year.
        year: i32,
    } = "year_out_of_range",
    /// The first day lies after the last.
    DatesReversed = "dates_reversed",
    /// `until` beside a `date` that is no day, or beside none.
    UntilWithoutDay = "until_without_day",
}
