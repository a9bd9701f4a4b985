//! What an expression comes to.

use super::{Datum, Node, Scope, TooLarge};

impl Node {
    /// What it comes to.
    ///
    /// # Errors
    /// Where a number leaves what exact numbers can hold.
    pub fn evaluate<'a>(&'a self, _scope: &'a dyn Scope) -> Result<Datum<'a>, TooLarge> {
        Ok(Datum::Missing)
    }

    /// Whether it holds as a condition.
    ///
    /// # Errors
    /// As [`evaluate`](Self::evaluate).
    pub fn holds(&self, scope: &dyn Scope) -> Result<bool, TooLarge> {
        Ok(self.evaluate(scope)? == Datum::Flag(true))
    }
}
