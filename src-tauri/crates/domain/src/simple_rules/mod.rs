//! The credit rules: how a fact becomes a credit.
//!
//! A year's rules are data, a [`RuleSet`] read from a file; [`evaluate`] turns
//! one person's [`Fact`]s into a [`Ledger`] in which every credit names the
//! fact and the line of the rule file that gave it. All amounts are exact and
//! proportional to the minutes; nothing is rounded. The order in which facts
//! are handed in does not matter: they count in order of date, so that a
//! yearly cap always cuts the same entries.

mod evaluate;
mod file;
mod ledger;
mod words;

pub use evaluate::evaluate;
pub use file::{RuleFileError, RuleSet};
pub use ledger::{Category, CategoryTotal, Fact, FactId, FactKind, Ledger, LedgerEntry, Outcome, ReducedFor, Step, StepKind};
pub use words::RuleLine;

#[cfg(test)]
mod tests;
