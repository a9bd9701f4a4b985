//! What names mean in a result: totals, buckets, counters, figures, grades.
//!
//! Everything is worked out when it is first asked for, so that a figure may
//! rest on a requirement and a requirement on a figure; what would rest on
//! itself has no value.

use std::cell::{OnceCell, RefCell};

use super::{
    super::{
        expression::{Datum, Expression, Measure, Node, Prefix, Scope, TooLarge},
        facts::EarlierResult,
        ledger::{EntrySource, IndicatorState, ObligationProgress, RequirementState, Verdict},
        model::{CounterOf, Figure, VetoDoes},
    },
    Run,
    credits::Work,
    limits::named,
    scopes::{FactScope, period_datum, person_datum},
    spans::Span,
    values::{round_to, value_of},
    years::Done,
};
use crate::exact::Exact;

/// Amounts of a span.
pub(super) struct Figures<'a, 'w> {
    /// The run.
    pub run: &'w Run<'a>,
    /// The span.
    pub span: &'w Span,
    /// Its entries.
    pub works: Vec<&'w Work<'a>>,
    /// The periods before.
    pub done: &'w [Done<'a>],
    /// Closed results that belong to the span, beside the entries.
    pub closed: Vec<&'w EarlierResult>,
    /// The period before.
    pub earlier: Option<&'w EarlierResult>,
    /// Whether this is a cycle.
    pub cycle: Option<&'w str>,
    /// After vetoes.
    pub total: Exact,
    /// In file order.
    pub buckets: Vec<(String, Exact)>,
    /// Those that have entries: what no fact stands behind, then in file order.
    pub categories: Vec<(String, Exact)>,
    /// In file order.
    pub counters: Vec<(String, Exact)>,
    /// What came in.
    pub carried_in: Exact,
    /// Requirements by id, as far as asked for.
    states: RefCell<Vec<(String, Option<Vec<RequirementState>>)>>,
    figures: RefCell<Vec<(String, Option<Option<Exact>>)>>,
    pub(super) indicators: OnceCell<Vec<IndicatorState>>,
    indicators_begun: std::cell::Cell<bool>,
    pub(super) grade: OnceCell<Option<String>>,
    grade_begun: std::cell::Cell<bool>,
}

impl<'a, 'w> Figures<'a, 'w> {
    /// Adds up the entries of a span.
    pub fn new(
        run: &'w Run<'a>,
        span: &'w Span,
        works: Vec<&'w Work<'a>>,
        done: &'w [Done<'a>],
        earlier: Option<&'w EarlierResult>,
        closed: Vec<&'w EarlierResult>,
        cycle: Option<&'w str>,
    ) -> Result<Self, TooLarge> {
        let mut figures = Self {
            run,
            span,
            works,
            done,
            closed,
            earlier,
            cycle,
            total: Exact::ZERO,
            buckets: Vec::new(),
            categories: Vec::new(),
            counters: Vec::new(),
            carried_in: Exact::ZERO,
            states: RefCell::default(),
            figures: RefCell::default(),
            indicators: OnceCell::new(),
            indicators_begun: std::cell::Cell::new(false),
            grade: OnceCell::new(),
            grade_begun: std::cell::Cell::new(false),
        };
        figures.add_up()?;
        Ok(figures)
    }

    fn add_up(&mut self) -> Result<(), TooLarge> {
        let rules = self.run.rules;
        for bucket in rules.buckets.iter().filter(|bucket| self.run.active(&bucket.origin)) {
            if named(&self.buckets, &bucket.id).is_none() {
                self.buckets.push((bucket.id.clone(), Exact::ZERO));
            }
        }
        // By category first: there are few of them and many entries.
        let mut sums: Vec<Option<Exact>> = vec![None; rules.categories.len()];
        let works = std::mem::take(&mut self.works);
        for work in &works {
            let counted = work.entry.counted;
            match work.category.filter(|_| work.activity.is_some()) {
                Some(at) => sums[at] = Some(sums[at].unwrap_or_default().checked_add(counted).ok_or(TooLarge)?),
                None => self.add(&work.entry.category, work.entry.bucket.as_deref(), counted)?,
            }
            if work.entry.source == EntrySource::CarriedIn {
                self.carried_in = self.carried_in.checked_add(counted).ok_or(TooLarge)?;
            }
        }
        self.works = works;
        for (category, sum) in rules.categories.iter().zip(sums) {
            if let Some(sum) = sum {
                self.add(&category.id, category.bucket.as_deref(), sum)?;
            }
        }
        for counter in rules.counters.iter().filter(|counter| self.run.active(&counter.origin)) {
            let sum = self.count_up(&counter.from, counter.when.as_ref(), &counter.of)?;
            put(&mut self.counters, &counter.id, sum)?;
        }
        for closed in self.closed.clone() {
            self.total = self.total.checked_add(closed.total.unwrap_or_default()).ok_or(TooLarge)?;
            for (name, amount) in &closed.buckets {
                if rules.counters.iter().any(|counter| counter.id == *name) {
                    put(&mut self.counters, name, *amount)?;
                } else if rules.buckets.iter().any(|bucket| bucket.id == *name) {
                    put(&mut self.buckets, name, *amount)?;
                } else {
                    put(&mut self.categories, name, *amount)?;
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, category: &str, bucket: Option<&str>, counted: Exact) -> Result<(), TooLarge> {
        if let Some(bucket) = bucket {
            put(&mut self.buckets, bucket, counted)?;
        }
        if !category.is_empty() {
            put(&mut self.categories, category, counted)?;
        }
        if self.run.in_total(bucket) {
            self.total = self.total.checked_add(counted).ok_or(TooLarge)?;
        }
        Ok(())
    }

    fn count_up(&self, from: &[String], when: Option<&Expression>, of: &CounterOf) -> Result<Exact, TooLarge> {
        let mut sum = Exact::ZERO;
        for work in &self.works {
            // What comes in, lapses, or is moved by a floor or a rounding is a
            // sum's affair, and no thing that anybody did.
            let beside = matches!(work.entry.source, EntrySource::CarriedIn | EntrySource::Inactive | EntrySource::Adjustment);
            if !work.passed || beside || !(from.is_empty() || self.run.covers(from, work)) {
                continue;
            }
            let amount = match work.activity.as_deref() {
                Some(activity) => {
                    let scope = FactScope::new(self.run, activity, work.day, self.span);
                    if !self.run.holds(when, &scope)? {
                        continue;
                    }
                    match of {
                        CounterOf::Credits => work.entry.counted,
                        CounterOf::Count => Exact::whole(work.entry.count.into()),
                        CounterOf::Quantity(quantity) => self.quantity(quantity, &scope, work)?,
                    }
                }
                // What has no fact can satisfy no condition on one.
                None if when.is_none() && matches!(of, CounterOf::Credits) => work.entry.counted,
                None => continue,
            };
            sum = sum.checked_add(amount).ok_or(TooLarge)?;
        }
        Ok(sum)
    }

    /// A fact's quantity, as often as it was done, as far as it is in the
    /// span.
    fn quantity(&self, quantity: &Expression, scope: &FactScope<'_>, work: &Work<'_>) -> Result<Exact, TooLarge> {
        let times = Exact::whole(work.entry.count.into()).checked_mul(work.share).ok_or(TooLarge)?;
        quantity.number(scope)?.unwrap_or_default().checked_mul(times).ok_or(TooLarge)
    }

    /// Facts of a category that passed its gates.
    pub fn count(&self, category: &str) -> Result<Exact, TooLarge> {
        self.count_up(&[category.to_owned()], None, &CounterOf::Count)
    }

    fn sum(&self, category: &str, quantity: &str) -> Result<Exact, TooLarge> {
        let mut sum = Exact::ZERO;
        let category = [category.to_owned()];
        for work in self.works.iter().filter(|work| work.passed && self.run.covers(&category, work)) {
            let Some(activity) = work.activity.as_deref() else { continue };
            let scope = FactScope::new(self.run, activity, work.day, self.span);
            let Datum::Number(number) = scope.name(None, quantity)? else { continue };
            let times = Exact::whole(work.entry.count.into()).checked_mul(work.share).ok_or(TooLarge)?;
            sum = number.checked_mul(times).and_then(|amount| sum.checked_add(amount)).ok_or(TooLarge)?;
        }
        Ok(sum)
    }

    fn raw(&self, category: &str) -> Result<Exact, TooLarge> {
        let mut sum = Exact::ZERO;
        let category = [category.to_owned()];
        for work in self.works.iter().filter(|work| work.activity.is_some() && self.run.covers(&category, work)) {
            sum = sum.checked_add(work.entry.raw).ok_or(TooLarge)?;
        }
        Ok(sum)
    }

    /// Expected less counted, where more was expected; of a category that
    /// expects something.
    pub fn missed(&self, category: &str) -> Result<Option<Exact>, TooLarge> {
        let expecting = self.run.rules.categories.iter().find(|own| own.id == category && own.expected.is_some());
        let Some(expected) = expecting.and_then(|category| category.expected.as_ref()) else { return Ok(None) };
        let Some(expected) = value_of(self.run, expected, self)? else { return Ok(None) };
        Ok(Some(expected.checked_sub(self.count(category)?).ok_or(TooLarge)?.max(Exact::ZERO)))
    }

    /// How a requirement stands, over each of its spans.
    pub fn states(&self, id: &str) -> Result<Option<Vec<RequirementState>>, TooLarge> {
        if let Some((_, states)) = self.states.borrow().iter().find(|(own, _)| own == id) {
            return Ok(states.clone());
        }
        self.states.borrow_mut().push((id.to_owned(), None));
        let states = self.requirement(id)?;
        if let Some(own) = self.states.borrow_mut().iter_mut().find(|(own, _)| own == id) {
            own.1 = Some(states.clone());
        }
        Ok(Some(states))
    }

    /// Whether a requirement holds; `None`: it is not for this person.
    pub fn met(&self, id: &str) -> Result<Option<bool>, TooLarge> {
        Ok(self.states(id)?.and_then(|states| self.run.is_met(id, &states)))
    }

    /// A figure; `None` where it has no value.
    pub fn figure(&self, id: &str) -> Result<Option<Exact>, TooLarge> {
        if let Some((_, value)) = self.figures.borrow().iter().find(|(own, _)| own == id) {
            return Ok(value.flatten());
        }
        let Some(figure) = self.run.rules.figures.iter().find(|figure| figure.id == id && self.run.active(&figure.origin)) else {
            return Ok(None);
        };
        self.figures.borrow_mut().push((id.to_owned(), None));
        let value = match self.vetoed(id)? {
            Some(value) => Some(value),
            None => bounded(self.run, figure, figure.formula.number(self)?, self)?,
        };
        if let Some(own) = self.figures.borrow_mut().iter_mut().find(|(own, _)| own == id) {
            own.1 = Some(value);
        }
        Ok(value)
    }

    /// What a veto sets something to.
    pub fn vetoed(&self, what: &str) -> Result<Option<Exact>, TooLarge> {
        for veto in self.run.rules.vetoes.iter().filter(|veto| self.run.active(&veto.origin)) {
            if let VetoDoes::Set(of, value) = &veto.does
                && of == what
                && veto.when.holds(self)?
            {
                return Ok(Some(*value));
            }
        }
        Ok(None)
    }

    /// The indicators' weighted sum.
    pub fn score(&self) -> Result<Option<Exact>, TooLarge> {
        if self.run.rules.indicators.is_empty() {
            return Ok(None);
        }
        if let Some(value) = self.vetoed("score")? {
            return Ok(Some(value));
        }
        let mut sum = Exact::ZERO;
        for indicator in self.indicator_states()? {
            sum = sum.checked_add(indicator.weighted).ok_or(TooLarge)?;
        }
        Ok(Some(sum))
    }

    /// The indicators; none while they are being worked out.
    pub fn indicator_states(&self) -> Result<&[IndicatorState], TooLarge> {
        if self.indicators.get().is_none() && !self.indicators_begun.replace(true) {
            let states = self.all_indicators()?;
            let _ = self.indicators.set(states);
        }
        Ok(self.indicators.get().map_or(&[], Vec::as_slice))
    }

    /// The grade; none while it is being worked out.
    pub fn grade(&self) -> Result<Option<&str>, TooLarge> {
        if self.grade.get().is_none() && !self.grade_begun.replace(true) {
            let grade = self.find_grade()?;
            let _ = self.grade.set(grade);
        }
        Ok(self.grade.get().and_then(Option::as_deref))
    }

    /// The verdict over the binding requirements of this span.
    pub fn verdict(&self) -> Result<Verdict, TooLarge> {
        let mut verdict = Verdict::None;
        for id in self.run.requirement_ids(self.cycle) {
            let Some(states) = self.states(id)? else { continue };
            if !states.iter().any(|state| state.binding) {
                continue;
            }
            match self.run.is_met(id, &states) {
                Some(false) => return Ok(Verdict::Fail),
                Some(true) => verdict = Verdict::Pass,
                None => {}
            }
        }
        Ok(verdict)
    }

    fn leave_of(&self, kind: Option<&str>) -> Datum<'static> {
        Datum::Number(Exact::whole(self.run.leave_days(kind, self.span.first_day(), self.span.last_day()).into()))
    }

    fn earlier_datum(&self, name: &str) -> Datum<'_> {
        let Some(earlier) = self.earlier else { return Datum::Missing };
        earlier_datum(earlier, name)
    }
}

/// What `earlier.…` means.
pub(super) fn earlier_datum<'e>(earlier: &'e EarlierResult, name: &str) -> Datum<'e> {
    let number = |amount: Option<Exact>| amount.map_or(Datum::Missing, Datum::Number);
    match name {
        "total" => number(earlier.total),
        "grade" => earlier.grade.as_deref().map_or(Datum::Missing, Datum::Text),
        "passed" => earlier.passed.map_or(Datum::Missing, Datum::Flag),
        name => number(named(&earlier.buckets, name)),
    }
}

/// A figure within its limits, rounded as it says.
pub(super) fn bounded(run: &Run<'_>, figure: &Figure, value: Option<Exact>, scope: &dyn Scope) -> Result<Option<Exact>, TooLarge> {
    let Some(mut value) = value else { return Ok(None) };
    if let Some(min) = &figure.min {
        value = value.max(value_of(run, min, scope)?.unwrap_or(value));
    }
    if let Some(max) = &figure.max {
        value = value.min(value_of(run, max, scope)?.unwrap_or(value));
    }
    match figure.round {
        Some((mode, step)) => round_to(value, mode, step).map(Some),
        None => Ok(Some(value)),
    }
}

fn put(amounts: &mut Vec<(String, Exact)>, name: &str, amount: Exact) -> Result<(), TooLarge> {
    match amounts.iter_mut().find(|(own, _)| own == name) {
        Some((_, sum)) => *sum = sum.checked_add(amount).ok_or(TooLarge)?,
        None => amounts.push((name.to_owned(), amount)),
    }
    Ok(())
}

/// The text of an argument that names something.
pub(super) fn argument(arguments: &[Node], at: usize) -> Option<&str> {
    match arguments.get(at)? {
        Node::Text(text) => Some(text),
        Node::Name { prefix: None, name, .. } => Some(name),
        _ => None,
    }
}

impl Scope for Figures<'_, '_> {
    fn name<'s>(&'s self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'s>, TooLarge> {
        match self.run.spoken_of(prefix) {
            Some(Prefix::Person) => return Ok(person_datum(self.run, name, self.run.look_on(self.span), self.span.last_day())),
            Some(Prefix::Period) => return Ok(period_datum(self.span, name)),
            Some(Prefix::Earlier) => return Ok(self.earlier_datum(name)),
            Some(Prefix::Unit) => return Ok(Datum::Missing),
            None => {}
        }
        let number = |amount: Option<Exact>| amount.map_or(Datum::Missing, Datum::Number);
        Ok(match name {
            "total" => Datum::Number(self.total),
            "carried_in" => Datum::Number(self.carried_in),
            "score" => number(self.score()?),
            "grade" => self.grade()?.map_or(Datum::Missing, Datum::Text),
            name => {
                let stated = named(&self.buckets, name).or_else(|| named(&self.counters, name));
                if let Some(amount) = stated {
                    return Ok(Datum::Number(amount));
                }
                if let Some(amount) = self.figure(name)? {
                    return Ok(Datum::Number(amount));
                }
                if self.run.rules.indicators.iter().any(|indicator| indicator.id == name) {
                    return Ok(number(self.indicator_states()?.iter().find(|own| own.id == name).map(|own| own.value)));
                }
                match named(&self.categories, name) {
                    Some(amount) => Datum::Number(amount),
                    None if self.run.is_amount(name) => Datum::Number(Exact::ZERO),
                    None => Datum::Missing,
                }
            }
        })
    }

    fn measure<'s>(&'s self, measure: Measure, arguments: &[Node]) -> Result<Datum<'s>, TooLarge> {
        let number = |amount: Option<Exact>| amount.map_or(Datum::Missing, Datum::Number);
        let Some(first) = argument(arguments, 0) else {
            return Ok(match measure {
                Measure::Verdict => Datum::Text(self.verdict()?.code()),
                Measure::LeaveDays => self.leave_of(None),
                _ => Datum::Missing,
            });
        };
        Ok(match measure {
            Measure::Credits => self.name(None, first)?,
            Measure::Raw => Datum::Number(self.raw(first)?),
            Measure::Count => Datum::Number(self.count(first)?),
            Measure::Sum => match argument(arguments, 1) {
                Some(quantity) => Datum::Number(self.sum(first, quantity)?),
                None => Datum::Missing,
            },
            Measure::Missed => number(self.missed(first)?),
            Measure::Passed => Datum::Flag(self.met(first)? == Some(true)),
            Measure::Short => Datum::Flag(self.met(first)? == Some(false)),
            Measure::Required => {
                let states = self.states(first)?.unwrap_or_default();
                number(states.first().and_then(|state| state.tests.first()).and_then(|test| test.min.or(test.max)))
            }
            Measure::Head => {
                let mut sum = Exact::ZERO;
                for indicator in self.indicator_states()?.iter().filter(|own| own.head.as_deref() == Some(first)) {
                    sum = sum.checked_add(indicator.weighted).ok_or(TooLarge)?;
                }
                Datum::Number(sum)
            }
            Measure::LeaveDays => self.leave_of(Some(first)),
            Measure::Overdue => Datum::Number(self.run.duties_due(first, self.span, ObligationProgress::Overdue)?),
            Measure::Late => Datum::Number(self.run.duties_due(first, self.span, ObligationProgress::Late)?),
            Measure::Verdict | Measure::Members | Measure::Mean | Measure::Highest | Measure::Lowest => Datum::Missing,
        })
    }
}
