//! A second evaluator, written from assets/guide/rules.md alone: straight on,
//! everything recomputed, nothing kept. It is slow and covers less than the
//! engine; where both have an answer the answers must agree.
//!
//! `None` on the way means that the rules do not decide: the engine then asks,
//! and there is nothing to compare.

mod after;
mod caps;
mod limits;
mod lines;
mod period;
mod rounding;
mod scope;
mod time;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use xueji_domain::{
    exact::Exact,
    rules::{
        expression::{Expression, Node},
        facts::{Item, PeriodRange, Subject},
        ledger::Verdict,
        model::{RuleSet, Value},
    },
};

pub use after::{Consequence, Duty};
use scope::FactScope;
use time::Span;
pub use time::window;

/// What stands behind a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Fact,
    Derived,
    Spread,
    Opening,
}

/// A fact on its way through the stages.
#[derive(Debug, Clone)]
pub struct Line {
    pub fact: String,
    pub source: Source,
    pub date: Option<NaiveDate>,
    /// The same; the period's first where none is recorded.
    pub day: NaiveDate,
    /// Its own first day, which may be in an earlier period: by it facts are
    /// put in order.
    pub first: NaiveDate,
    pub category: String,
    pub bucket: Option<String>,
    /// Passed the gates.
    pub admitted: bool,
    pub count: u32,
    /// For once, before `count`.
    pub once: Exact,
    pub raw: Exact,
    pub now: Exact,
    /// What each of the following periods gets, where an award is spread.
    pub part: Exact,
    /// How much of it lies in this period.
    pub share: Exact,
    /// Names of the fact; a part of an earlier period's award has none.
    pub scope: Option<FactScope>,
}

/// How a requirement came out.
#[derive(Debug, Clone)]
pub struct Required {
    pub id: String,
    pub span: Option<String>,
    pub binding: bool,
    pub passed: bool,
    pub repaired: bool,
    /// Measure and lower limit of each test.
    pub tests: Vec<(Option<Exact>, Option<Exact>)>,
}

/// What one period hands on.
#[derive(Debug, Clone)]
pub struct HandedOn {
    pub to: String,
    pub amount: Exact,
}

/// One period.
#[derive(Debug, Clone)]
pub struct PeriodResult {
    pub span: Span,
    pub verdict: Verdict,
    pub total: Exact,
    pub buckets: BTreeMap<String, Exact>,
    pub categories: BTreeMap<String, Exact>,
    pub counters: BTreeMap<String, Exact>,
    pub missed: BTreeMap<String, Exact>,
    pub carried_in: Exact,
    /// The same by bucket.
    pub carried_into: BTreeMap<String, Exact>,
    pub lines: Vec<Line>,
    pub requirements: Vec<Required>,
    pub figures: BTreeMap<String, Exact>,
    pub grade: Option<String>,
    pub vetoes: Vec<String>,
    pub handed_on: Vec<HandedOn>,
    /// Streaks whose condition this period meets.
    pub streak_conditions: Vec<String>,
}

/// A cycle.
#[derive(Debug, Clone)]
pub struct CycleResult {
    pub id: String,
    pub name: String,
    pub total: Exact,
    pub buckets: BTreeMap<String, Exact>,
    pub requirements: Vec<Required>,
    pub verdict: Verdict,
}

/// Everything.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub total: Exact,
    pub periods: Vec<PeriodResult>,
    pub cycles: Vec<CycleResult>,
    pub consequences: Vec<Consequence>,
    pub duties: Vec<Duty>,
}

/// The answer; `None` where the rules leave something open.
pub fn evaluate(rules: &RuleSet, subject: &Subject, periods: &PeriodRange, as_of: Option<NaiveDate>) -> Option<Outcome> {
    let spans = spans_of(rules, periods);
    let as_of = as_of.unwrap_or(spans.last()?.to);
    let mut done: Vec<PeriodResult> = Vec::new();
    for span in &spans {
        let last = span == spans.last()?;
        let result = period::evaluate(rules, subject, span, last, as_of, &done)?;
        done.push(result);
    }
    after::repair(rules, &mut done);
    // a shortfall that was made up for is none
    for at in 0..done.len() {
        done[at].streak_conditions = period::streak_conditions(rules, subject, &done[..at], &done[at]);
    }
    Some(Outcome {
        total: done.iter().map(|period| period.total).sum(),
        cycles: after::cycles(rules, subject, &done)?,
        consequences: after::consequences(rules, as_of, &done)?,
        duties: after::duties(rules, subject, as_of),
        periods: done,
    })
}

fn spans_of(rules: &RuleSet, periods: &PeriodRange) -> Vec<Span> {
    let mut day = NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day");
    let mut spans = Vec::new();
    loop {
        let span = time::period_of(&rules.period, day);
        day = span.to.succ_opt().expect("a next day");
        if span.name == periods.first || !spans.is_empty() {
            spans.push(span.clone());
        }
        if span.name == periods.last || span.from.to_string().as_str() > "2100" {
            return spans;
        }
    }
}

/// The name that is all of an expression.
fn simple_name(expression: &Expression) -> Option<String> {
    match &expression.node {
        Node::Name { prefix: None, name, .. } => Some(name.to_string()),
        _ => None,
    }
}

/// A person's day, where one is recorded.
fn person_day(subject: &Subject, name: &str, at: NaiveDate) -> Option<NaiveDate> {
    match subject.person.on(name, at) {
        Some(Item::Text(text)) => text.parse().ok(),
        _ => None,
    }
}

/// The day by which a person is judged: the period's last, or the last one
/// there.
fn last_day(subject: &Subject, span: &Span) -> NaiveDate {
    person_day(subject, "left_on", span.to).filter(|day| span.holds(*day)).unwrap_or(span.to)
}

/// A limit for a person on a day; `None` where it is not for this person.
pub fn limit_for(value: &Value, who: Option<&Expression>, subject: &Subject, day: NaiveDate) -> Option<Exact> {
    let span = Span { name: String::new(), from: day, to: day };
    caps::for_whom(who, subject, &span).then(|| caps::personal(value, subject, &span)).flatten()
}
