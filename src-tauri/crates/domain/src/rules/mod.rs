//! The credit engine: a rule set and one person's dated facts in, a ledger
//! out.
//!
//! A rule set is data ([`model`], read from a text file by [`file`], judged
//! by [`check`]); what a person did is data too ([`facts`]). [`evaluate`]
//! turns the two into a [`ledger`] in which every figure names its fact, the
//! line of the rule file and the steps between them. Conditions and amounts
//! are written in a small language ([`expression`]). All amounts are exact.
//! Where a rule does not decide, the engine evaluates every reading and says
//! so; it never guesses. The two file formats and the order of evaluation
//! are described, for those who write rules, in assets/guide/rules.md; that
//! page is normative.

pub mod expression;
pub mod facts;
pub mod file;
pub mod ledger;
pub mod model;
pub mod report;

mod check;
mod evaluate;
mod rounding;

pub use check::{check, inspect};
pub use evaluate::{EvaluateError, Request, evaluate, evaluate_unit};
