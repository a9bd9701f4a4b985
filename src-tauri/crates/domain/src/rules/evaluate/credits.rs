//! Steps 2 to 5: from a fact to the credits that it is worth by itself.

use std::{ops::Deref, rc::Rc};

use chrono::{Datelike, NaiveDate};

use super::{
    super::{
        expression::{Expression, Scope, TooLarge},
        facts::{Activity, Item},
        ledger::{Entry, EntrySource, Notice, Question, QuestionKind, Step, StepKind},
        model::{AdjustKind, Award, Basis, Category, End, Gives, RoundingStage},
    },
    Run,
    choices::Valued,
    scopes::{FactScope, Sums},
    spans::Span,
    values::{rate_units, value_of},
};
use crate::exact::Exact;

/// An entry in the making.
pub(super) struct Work<'a> {
    /// The entry.
    pub entry: Entry,
    /// The fact, where one stands behind it.
    pub activity: Option<Fact<'a>>,
    /// The category's place in the rule set.
    pub category: Option<usize>,
    /// The day by which it is put in order.
    pub day: NaiveDate,
    /// Whether it passed its gates.
    pub passed: bool,
    /// The part of it that is in this period.
    pub share: Exact,
    /// In days, where that is not all: so many of so many.
    pub split: Option<(u32, u32)>,
    /// Taken away by a group's highest.
    pub beaten: bool,
}

/// A fact as it was given, or as a `[[derive]]` made it.
#[derive(Clone)]
pub(super) enum Fact<'a> {
    /// Given.
    Given(&'a Activity),
    /// Made.
    Made(Rc<Activity>),
}

impl Deref for Fact<'_> {
    type Target = Activity;

    fn deref(&self) -> &Activity {
        match self {
            Self::Given(activity) => activity,
            Self::Made(activity) => activity,
        }
    }
}

/// A fact of the period with its place in time.
#[derive(Clone)]
pub(super) struct Placed<'a> {
    /// The fact.
    pub activity: Fact<'a>,
    /// The day by which it is put in order.
    pub day: NaiveDate,
    /// The days in this period of all its days, where those differ.
    pub split: Option<(u32, u32)>,
}

impl Placed<'_> {
    fn share(&self) -> Exact {
        self.split.and_then(|(days, of)| Exact::fraction(days.into(), of.into())).unwrap_or(Exact::ONE)
    }
}

/// An entry's steps while they are made.
pub(super) struct Trail {
    wanted: bool,
    at: Exact,
    steps: Vec<Step>,
}

impl Trail {
    /// From nothing.
    pub fn new(wanted: bool) -> Self {
        Self { wanted, at: Exact::ZERO, steps: Vec::new() }
    }

    /// To another amount.
    pub fn to(&mut self, after: Exact, line: u32, what: impl FnOnce() -> StepKind) {
        if self.wanted {
            self.steps.push(Step { what: what(), line, before: self.at, after });
        }
        self.at = after;
    }
}

impl<'a> Run<'a> {
    /// The category that takes a fact: the first that fits.
    pub fn category_of(&self, placed: &Placed<'_>, span: &Span) -> Result<Option<usize>, TooLarge> {
        let kind: &str = &placed.activity.kind;
        for &at in self.index.categories(kind) {
            let category = &self.rules.categories[at];
            let fits = category.when.is_none() && category.who.is_none() || {
                let scope = FactScope::new(self, &placed.activity, placed.day, span);
                self.holds(category.when.as_ref(), &scope)? && self.holds(category.who.as_ref(), &scope)?
            };
            if fits && self.active(&category.origin) {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// The facts of a period as entries, each worth what it is worth by
    /// itself; in order of day and id.
    pub fn entries(&self, placed: &[Placed<'a>], span: &Span) -> Result<Vec<Work<'a>>, TooLarge> {
        let mut works = Vec::with_capacity(placed.len());
        let mut sums: Vec<Vec<(i64, Sums)>> = vec![Vec::new(); self.rules.categories.len()];
        for fact in placed {
            let Some(at) = self.category_of(fact, span)? else {
                let (id, kind) = (fact.activity.id.to_string(), fact.activity.kind.to_string());
                if self.is_for_duties(&kind) {
                    continue;
                }
                self.choices.note(Notice::UnmatchedActivity { fact: id, kind });
                continue;
            };
            works.push(self.entry(fact, at, span, &mut sums[at])?);
        }
        // From here on it is no single line's doing.
        self.line.set(0);
        Ok(works)
    }

    /// Whether a type of fact is there for an obligation: it brings one, or
    /// fulfils one.
    fn is_for_duties(&self, kind: &str) -> bool {
        self.rules.obligations.iter().any(|own| own.of.iter().chain(&own.done).any(|named| named == kind))
    }

    fn entry(&self, fact: &Placed<'a>, at: usize, span: &Span, sums: &mut Vec<(i64, Sums)>) -> Result<Work<'a>, TooLarge> {
        let category = &self.rules.categories[at];
        let scope = FactScope::new(self, &fact.activity, fact.day, span);
        let mut trail = Trail::new(self.request.trace);
        let mut line = category.origin.line;
        self.line.set(line);
        let passed = self.gates(category, &fact.activity, &scope, &mut trail)?;
        if passed && category.counted {
            line = self.worth(category, fact, &scope, sums, &mut trail)?;
        }
        let raw = trail.at;
        let entry = Entry {
            fact: fact.activity.id.to_string(),
            source: if matches!(fact.activity, Fact::Made(_)) { EntrySource::Derived } else { EntrySource::Fact },
            date: fact.activity.date.map(|_| fact.day),
            category: category.id.clone(),
            bucket: category.bucket.clone(),
            line,
            raw,
            counted: raw,
            count: fact.activity.count,
            refused: !passed,
            steps: trail.steps,
        };
        let split = fact.split;
        Ok(Work {
            entry,
            activity: Some(fact.activity.clone()),
            category: Some(at),
            day: fact.day,
            passed,
            share: fact.share(),
            split,
            beaten: false,
        })
    }

    fn gates(&self, category: &Category, activity: &Activity, scope: &FactScope<'_>, trail: &mut Trail) -> Result<bool, TooLarge> {
        let line = category.origin.line;
        let missing: Vec<String> = category.evidence.iter().filter(|wanted| !has_evidence(activity, wanted)).cloned().collect();
        if !missing.is_empty() {
            trail.to(Exact::ZERO, line, || StepKind::Refused { label: String::new(), gate: "evidence", missing });
            return Ok(false);
        }
        let any = &category.evidence_any;
        if !any.is_empty() && !any.iter().any(|wanted| has_evidence(activity, wanted)) {
            trail.to(Exact::ZERO, line, || StepKind::Refused { label: String::new(), gate: "evidence_any", missing: any.clone() });
            return Ok(false);
        }
        let approved = match activity.item("approved") {
            Some(Item::Flag(approved)) => Some(*approved),
            _ => None,
        };
        if approved == Some(false) || (category.approval && approved != Some(true)) {
            trail.to(Exact::ZERO, line, || StepKind::Refused { label: String::new(), gate: "approval", missing: Vec::new() });
            return Ok(false);
        }
        for gate in &category.gates {
            if !gate.when.holds(scope)? && self.active(&gate.origin) {
                let refused = || StepKind::Refused { label: gate.label.clone(), gate: "condition", missing: Vec::new() };
                trail.to(Exact::ZERO, gate.origin.line, refused);
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Award, adjustments, rounding, count. Returns the line of the award.
    fn worth(
        &self,
        category: &Category,
        fact: &Placed<'a>,
        scope: &FactScope<'_>,
        sums: &mut Vec<(i64, Sums)>,
        trail: &mut Trail,
    ) -> Result<u32, TooLarge> {
        let line = if category.basis == Basis::Event {
            self.award(category, &fact.activity, scope, trail)?
        } else {
            self.increment(category, fact, scope, sums, trail)?
        };
        self.adjust(category, scope, trail)?;
        let rounded = self.rounded(RoundingStage::Event, trail.at)?;
        if rounded.0 != trail.at {
            trail.to(rounded.0, rounded.1, || StepKind::Rounded);
        }
        let count = fact.activity.count;
        if count != 1 && category.basis == Basis::Event {
            let all = trail.at.checked_mul(Exact::whole(count.into())).ok_or(TooLarge)?;
            trail.to(all, line, || StepKind::Count { count });
        }
        Ok(line)
    }

    /// What a fact adds to the sum of its day, month … or period.
    fn increment(
        &self,
        category: &Category,
        fact: &Placed<'a>,
        scope: &FactScope<'_>,
        sums: &mut Vec<(i64, Sums)>,
        trail: &mut Trail,
    ) -> Result<u32, TooLarge> {
        let window = basis_window(category.basis, fact.day);
        let at = match sums.iter().position(|(own, _)| *own == window) {
            Some(at) => at,
            None => {
                sums.push((window, Sums::default()));
                sums.len() - 1
            }
        };
        let mut earlier = Trail::new(false);
        if sums[at].1.is_begun() {
            self.award(category, &fact.activity, &scope.summed(&sums[at].1), &mut earlier)?;
        }
        let times = Exact::whole(fact.activity.count.into()).checked_mul(fact.share()).ok_or(TooLarge)?;
        sums[at].1.add(scope, times)?;
        let line = self.award(category, &fact.activity, &scope.summed(&sums[at].1), trail)?;
        let now = trail.at;
        let increment = now.checked_sub(earlier.at).ok_or(TooLarge)?;
        if !earlier.at.is_zero() {
            trail.to(increment, line, || StepKind::Increment { earlier: earlier.at, now });
        }
        Ok(line)
    }

    fn award(&self, category: &Category, activity: &Activity, scope: &FactScope<'_>, trail: &mut Trail) -> Result<u32, TooLarge> {
        for award in &category.awards {
            if self.holds(award.when.as_ref(), scope)? && self.active(&award.origin) {
                self.give(category, award, activity, scope, trail)?;
                return Ok(award.origin.line);
            }
        }
        if let Some(otherwise) = category.otherwise {
            trail.to(otherwise, category.origin.line, || StepKind::Otherwise);
            return Ok(category.origin.line);
        }
        let kind = QuestionKind::NoAward { category: category.id.clone() };
        self.ask_value("award", activity, category.origin.line, kind, None, None, trail);
        Ok(category.origin.line)
    }

    fn give(
        &self,
        category: &Category,
        award: &Award,
        activity: &Activity,
        scope: &FactScope<'_>,
        trail: &mut Trail,
    ) -> Result<(), TooLarge> {
        let line = award.origin.line;
        self.line.set(line);
        match &award.gives {
            Gives::Formula(formula) => match formula.number(scope)? {
                Some(amount) => trail.to(amount, line, || StepKind::Formula { formula: formula.text.clone() }),
                None => self.missing(category, activity, formula, line, trail),
            },
            Gives::Rate { of, per, credit, round } => {
                let quantity = match of {
                    Some(of) => match of.number(scope)? {
                        Some(quantity) => quantity,
                        None => {
                            self.missing(category, activity, of, line, trail);
                            return Ok(());
                        }
                    },
                    None => Exact::ONE,
                };
                let units = quantity.checked_div(*per).ok_or(TooLarge)?;
                let units = rate_units(self, units, *round, &category.id, line)?;
                let Some(each) = value_of(self, credit, scope)? else {
                    if let super::super::model::ValueKind::Formula(formula) = &credit.how {
                        self.missing(category, activity, formula, line, trail);
                    }
                    return Ok(());
                };
                let amount = units.checked_mul(each).ok_or(TooLarge)?;
                let words = || of.as_ref().map(|of| of.text.clone()).unwrap_or_default();
                trail.to(amount, line, || StepKind::Rate { of: words(), quantity, per: *per, units, credit: each });
            }
            Gives::Range { lower, upper, value } => self.discretion(category, activity, (*lower, *upper), value, line, trail),
        }
        Ok(())
    }

    fn missing(&self, category: &Category, activity: &Activity, of: &Expression, line: u32, trail: &mut Trail) {
        let kind = QuestionKind::MissingQuantity { category: category.id.clone(), quantity: of.text.clone() };
        self.ask_value("missing", activity, line, kind, None, None, trail);
    }

    fn discretion(
        &self,
        category: &Category,
        activity: &Activity,
        (lower, upper): (Option<End>, Option<End>),
        value: &str,
        line: u32,
        trail: &mut Trail,
    ) {
        let within = |number: Exact| {
            lower.is_none_or(|end| if end.inclusive { number >= end.at } else { number > end.at })
                && upper.is_none_or(|end| if end.inclusive { number <= end.at } else { number < end.at })
        };
        if let Some(Item::Number(number)) = activity.item(value) {
            if within(*number) {
                trail.to(*number, line, || StepKind::Decided { question: String::new(), reason: String::new() });
                return;
            }
            self.choices.note(Notice::OutOfRange { fact: activity.id.to_string(), value: *number });
        }
        let kind = QuestionKind::Discretion {
            category: category.id.clone(),
            min: lower.map(|end| end.at),
            max: upper.map(|end| end.at),
            min_inclusive: lower.is_none_or(|end| end.inclusive),
            max_inclusive: upper.is_none_or(|end| end.inclusive),
        };
        self.ask_value("value", activity, line, kind, lower.map(|end| end.at), upper.map(|end| end.at), trail);
    }

    #[expect(clippy::too_many_arguments, reason = "a question is made of these")]
    fn ask_value(
        &self,
        what: &str,
        activity: &Activity,
        line: u32,
        kind: QuestionKind,
        least: Option<Exact>,
        most: Option<Exact>,
        trail: &mut Trail,
    ) {
        let key = format!("{what}:{}", activity.id);
        let question = Question { key: key.clone(), kind, fact: Some(activity.id.to_string()), line, readings: Vec::new() };
        let Valued { value, decided } = self.choices.value(&key, || (question, least, most));
        trail.to(value, line, || StepKind::Decided { question: key.clone(), reason: decided.unwrap_or_default() });
    }

    fn adjust(&self, category: &Category, scope: &FactScope<'_>, trail: &mut Trail) -> Result<(), TooLarge> {
        for adjust in &category.adjusts {
            if !self.holds(adjust.when.as_ref(), scope)? || !self.active(&adjust.origin) {
                continue;
            }
            self.line.set(adjust.origin.line);
            let label = || adjust.label.clone().unwrap_or_default();
            match &adjust.how {
                AdjustKind::Times(value) => {
                    let Some(factor) = value_of(self, value, scope)? else { continue };
                    let after = trail.at.checked_mul(factor).ok_or(TooLarge)?;
                    trail.to(after, adjust.origin.line, || StepKind::Times { factor, label: label() });
                }
                AdjustKind::Add(value) => {
                    let Some(amount) = value_of(self, value, scope)? else { continue };
                    let after = trail.at.checked_add(amount).ok_or(TooLarge)?;
                    trail.to(after, adjust.origin.line, || StepKind::Plus { amount, label: label() });
                }
            }
        }
        Ok(())
    }

    /// Whether a condition holds; one that is not stated does.
    pub fn holds(&self, when: Option<&Expression>, scope: &dyn Scope) -> Result<bool, TooLarge> {
        when.map_or(Ok(true), |when| when.holds(scope))
    }
}

/// Whether a fact has a piece of evidence.
fn has_evidence(activity: &Activity, wanted: &str) -> bool {
    match activity.item("evidence") {
        Some(Item::List(list)) => list.iter().any(|own| &**own == wanted),
        Some(Item::Text(text)) => &**text == wanted,
        _ => false,
    }
}

/// Which day, month … of all days, months …
fn basis_window(basis: Basis, day: NaiveDate) -> i64 {
    let months = i64::from(day.year()) * 12 + i64::from(day.month0());
    match basis {
        Basis::Event | Basis::Period => 0,
        Basis::Day => day.num_days_from_ce().into(),
        Basis::Month => months,
        Basis::Quarter => months / 3,
        Basis::HalfYear => months / 6,
    }
}
