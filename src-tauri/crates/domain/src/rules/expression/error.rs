//! Why a text is not an expression.

use serde::Serialize;

/// Where and why a text is not an expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("character {at}: {problem:?}")]
pub struct ExpressionError {
    /// Where, in characters from 0.
    pub at: u32,
    /// What is wrong.
    pub problem: ExpressionProblem,
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ExpressionProblem {
    /// There is nothing.
    Empty,
    /// More characters than anybody writes.
    TooLong,
    /// Nested deeper, or made of more parts, than anybody writes.
    TooDeep,
    /// A character that means nothing here.
    UnknownCharacter {
        /// The character.
        found: String,
    },
    /// A text without its closing quote.
    UnclosedText,
    /// A bracket without its closing one; the place is the opening one's.
    UnclosedBracket,
    /// A number with more digits than are exact everywhere.
    NumberTooLong,
    /// Something that cannot stand here.
    Unexpected {
        /// What.
        found: String,
    },
    /// It ends where a number, text, name or bracket should follow.
    Unfinished,
    /// `in` without `(…)` behind it.
    ListWanted,
    /// `a.b` where `a` is no prefix.
    UnknownPrefix {
        /// What stands before the dot.
        prefix: String,
    },
    /// Dots in a name that cannot have them.
    DotsInName {
        /// The name.
        name: String,
    },
    /// 且 or 或 within a name: blanks are missing around it.
    WordInName {
        /// The name.
        name: String,
    },
    /// `name(…)` where there is no such function.
    UnknownFunction {
        /// The name.
        name: String,
    },
    /// A function with too few or too many arguments.
    ArgumentCount {
        /// The function.
        name: String,
        /// At least so many.
        least: u32,
        /// At most so many; `None`: any number.
        most: Option<u32>,
    },
    /// A function that wants a text in quotes.
    TextWanted {
        /// The function.
        name: String,
    },
}

impl ExpressionProblem {
    /// Every code, for the catalogue of messages.
    pub const CODES: [&'static str; 16] = [
        "empty",
        "too_long",
        "too_deep",
        "unknown_character",
        "unclosed_text",
        "unclosed_bracket",
        "number_too_long",
        "unexpected",
        "unfinished",
        "list_wanted",
        "unknown_prefix",
        "dots_in_name",
        "word_in_name",
        "unknown_function",
        "argument_count",
        "text_wanted",
    ];

    /// The name in JSON and in the catalogue of messages.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
            Self::UnknownCharacter { .. } => "unknown_character",
            Self::UnclosedText => "unclosed_text",
            Self::UnclosedBracket => "unclosed_bracket",
            Self::NumberTooLong => "number_too_long",
            Self::Unexpected { .. } => "unexpected",
            Self::Unfinished => "unfinished",
            Self::ListWanted => "list_wanted",
            Self::UnknownPrefix { .. } => "unknown_prefix",
            Self::DotsInName { .. } => "dots_in_name",
            Self::WordInName { .. } => "word_in_name",
            Self::UnknownFunction { .. } => "unknown_function",
            Self::ArgumentCount { .. } => "argument_count",
            Self::TextWanted { .. } => "text_wanted",
        }
    }

    /// The one text that its sentence quotes; empty where it quotes none.
    pub fn quoted(&self) -> &str {
        match self {
            Self::UnknownCharacter { found } | Self::Unexpected { found } => found,
            Self::UnknownPrefix { prefix } => prefix,
            Self::DotsInName { name }
            | Self::WordInName { name }
            | Self::UnknownFunction { name }
            | Self::ArgumentCount { name, .. }
            | Self::TextWanted { name } => name,
            _ => "",
        }
    }

    pub(super) fn at(self, at: u32) -> ExpressionError {
        ExpressionError { at, problem: self }
    }
}
