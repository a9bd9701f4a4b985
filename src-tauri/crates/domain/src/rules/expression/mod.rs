//! The small language of conditions and amounts: numbers, texts, names,
//! arithmetic, comparison, and a handful of functions. Described in
//! assets/guide/rules.md, section 3.
//!
//! An [`Expression`] is read once and evaluated often. What its names mean is
//! a matter of the [`Scope`]: a fact, a result, a person, a unit.

use chrono::NaiveDate;

use crate::exact::Exact;

mod error;
mod evaluate;
mod lexer;
mod read;
mod walk;

#[cfg(test)]
mod tests;

pub use error::{ExpressionError, ExpressionProblem};
pub use read::read;
pub use walk::NamePlace;

/// A condition or an amount as it stands in a rule file.
#[derive(Debug, Clone)]
pub struct Expression {
    /// As it was written.
    pub text: String,
    /// Its line in the file.
    pub line: u32,
    /// What it means.
    pub node: Node,
}

/// A part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A number.
    Number(Exact),
    /// A text in quotes.
    Text(Box<str>),
    /// `true`, `false`; 真, 假.
    Flag(bool),
    /// A name, with the prefix before its dot.
    Name {
        /// `person`, `unit`, `earlier`, `period`; none for the scope's own.
        prefix: Option<Prefix>,
        /// The rest, dots included.
        name: Box<str>,
        /// Where it begins in the text, in characters from 0.
        at: u32,
    },
    /// `-x`
    Negative(Box<Node>),
    /// Arithmetic.
    Arithmetic(Operator, Box<Node>, Box<Node>),
    /// A chain of comparisons: `15 < days <= 30`.
    Compare(Box<Node>, Vec<(Comparison, Node)>),
    /// `x in (a, b)`
    In(Box<Node>, Vec<Node>),
    /// `list has x`
    Has(Box<Node>, Box<Node>),
    /// `and`
    And(Box<Node>, Box<Node>),
    /// `or`
    Or(Box<Node>, Box<Node>),
    /// `not`
    Not(Box<Node>),
    /// `if(condition, then, else)`
    If(Box<[Node; 3]>),
    /// A function of numbers or dates.
    Function(Function, Vec<Node>),
    /// `known(x)`
    Known(Box<Node>),
    /// A function whose meaning is the scope's: `count('党课')`,
    /// `members(total >= 50)`.
    Measure {
        /// Which.
        measure: Measure,
        /// Its arguments, as written.
        arguments: Vec<Node>,
        /// Where it begins in the text, in characters from 0.
        at: u32,
    },
}

/// What stands before the dot of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Prefix {
    /// `person.`
    Person,
    /// `unit.`
    Unit,
    /// `earlier.`
    Earlier,
    /// `period.`
    Period,
}

/// `+ - * /`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// `= != < <= > >=`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// Functions that mean the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Least of its arguments; those without a value are passed over.
    Min,
    /// Greatest of its arguments; those without a value are passed over.
    Max,
    /// Down to a whole number.
    Floor,
    /// Up to a whole number.
    Ceil,
    /// To the nearest whole number, halves away from zero.
    Round,
    /// Without its sign.
    Abs,
    /// Whole years between two days.
    YearsBetween,
    /// Whole months between two days.
    MonthsBetween,
    /// Days between two days.
    DaysBetween,
}

/// Functions that ask the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// `credits('category')`: also buckets and counters.
    Credits,
    /// `raw('category')`
    Raw,
    /// `count('category')`; in a unit's `highest` and the like not allowed.
    Count,
    /// `sum('category', 'quantity')` of a result; `sum(expression)` of a unit.
    Sum,
    /// `missed('category')`
    Missed,
    /// `passed('requirement')`
    Passed,
    /// `short('requirement')`
    Short,
    /// `required('requirement')`
    Required,
    /// `verdict()`
    Verdict,
    /// `head('大项')`
    Head,
    /// `leave_days()`, `leave_days('kind')`
    LeaveDays,
    /// `overdue('obligation')`: due, and not done to this day.
    Overdue,
    /// `late('obligation')`: done after it was due.
    Late,
    /// `members()`, `members(condition)`
    Members,
    /// `mean(expression)`
    Mean,
    /// `highest(expression)`
    Highest,
    /// `lowest(expression)`
    Lowest,
}

/// What an expression or a name comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Datum<'a> {
    /// Nothing is recorded; or a division by zero.
    Missing,
    /// A number.
    Number(Exact),
    /// A text.
    Text(&'a str),
    /// True or false.
    Flag(bool),
    /// A day.
    Day(NaiveDate),
    /// A list of texts.
    List(&'a [Box<str>]),
}

/// An amount left what exact numbers can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number is too large or too fine")]
pub struct TooLarge;

/// What names mean.
pub trait Scope {
    /// The value of a name.
    ///
    /// # Errors
    /// Where it is computed and leaves what exact numbers can hold.
    fn name<'a>(&'a self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'a>, TooLarge>;

    /// The value of one of the scope's own functions; missing where this
    /// scope has no such function.
    ///
    /// # Errors
    /// As [`name`](Self::name).
    fn measure<'a>(&'a self, measure: Measure, arguments: &[Node]) -> Result<Datum<'a>, TooLarge> {
        let _ = (measure, arguments);
        Ok(Datum::Missing)
    }
}

impl Expression {
    /// What it comes to.
    ///
    /// # Errors
    /// Where a number leaves what exact numbers can hold.
    pub fn evaluate<'a>(&'a self, scope: &'a dyn Scope) -> Result<Datum<'a>, TooLarge> {
        self.node.evaluate(scope)
    }

    /// Whether it holds as a condition: only where it comes to true.
    ///
    /// # Errors
    /// As [`evaluate`](Self::evaluate).
    pub fn holds(&self, scope: &dyn Scope) -> Result<bool, TooLarge> {
        self.node.holds(scope)
    }

    /// Its number, where it comes to one.
    ///
    /// # Errors
    /// As [`evaluate`](Self::evaluate).
    pub fn number(&self, scope: &dyn Scope) -> Result<Option<Exact>, TooLarge> {
        Ok(match self.node.evaluate(scope)? {
            Datum::Number(number) => Some(number),
            _ => None,
        })
    }
}
