//! The engine: rule set and facts in, ledger out.

use chrono::NaiveDate;

use super::{
    facts::{PeriodRange, Subject, Unit},
    ledger::{Evaluation, UnitEvaluation},
    model::RuleSet,
};

/// What is to be evaluated.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Which periods; `None`: from the first fact to the last.
    pub periods: Option<PeriodRange>,
    /// Today, for deadlines; `None`: the end of the last period.
    pub as_of: Option<NaiveDate>,
    /// Whether entries carry their steps.
    pub trace: bool,
}

/// Why an evaluation cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvaluateError {
    /// A number left what exact numbers can hold.
    #[error("a number is too large or too fine, at line {line}")]
    TooLarge {
        /// The rule line, where it is known; else 0.
        line: u32,
    },
    /// The periods asked for are not of this rule set's kind.
    #[error("no period {name}")]
    NoSuchPeriod {
        /// As it was asked for.
        name: String,
    },
    /// More periods than anybody can mean.
    #[error("too many periods")]
    TooManyPeriods,
}

/// A person's ledger under every reading that matters.
///
/// # Errors
/// Where a number leaves what exact numbers can hold, or the periods cannot
/// be meant.
pub fn evaluate(_rules: &RuleSet, _subject: &Subject, _request: &Request) -> Result<Evaluation, EvaluateError> {
    Err(EvaluateError::TooManyPeriods)
}

/// What the unit of these people comes to.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_unit(_rules: &RuleSet, _unit: &Unit, _people: &[(&Subject, &Evaluation)]) -> Result<UnitEvaluation, EvaluateError> {
    Err(EvaluateError::TooManyPeriods)
}
