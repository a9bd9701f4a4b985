//! The engine: rule set and facts in, ledger out.
//!
//! A [`Run`] evaluates one person once, under one set of readings. The
//! modules follow the order of evaluation: `credits` (what a fact is worth by
//! itself), `limits` (caps, highest-only, shares, floors), `figures` (what
//! names mean in a result), `requirements`, `outcomes` (grades and effects),
//! `years` (what goes from period to period), `unit`. `choices` holds what
//! the rules leave open; [`evaluate`] runs once for every combination of
//! readings that makes a difference.

use std::cell::{Cell, OnceCell};

use chrono::NaiveDate;

use super::{
    expression::{Prefix, TooLarge},
    facts::{Activity, EarlierResult, PeriodRange, Subject},
    ledger::{Evaluation, Ledger, ObligationState, Outcome, Question, State},
    model::{Origin, RuleSet, Whose},
};

mod absence;
mod choices;
mod credits;
mod cycle_caps;
mod duties;
mod figures;
mod finished;
mod index;
mod limits;
mod matters;
mod outcomes;
mod period;
mod requirements;
mod scopes;
mod spans;
mod timeline;
mod undated;
mod unit;
mod values;
mod years;

pub use unit::evaluate_unit;

use choices::{Choices, Met, next_plan};
use index::Index;
use spans::Span;

/// What is to be evaluated.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Which periods; `None`: from the first fact to the last.
    pub periods: Option<PeriodRange>,
    /// Today, for deadlines; `None`: the end of the last period.
    pub as_of: Option<NaiveDate>,
    /// Whether entries carry their steps, and the ledger the state from which
    /// a later evaluation goes on.
    pub trace: bool,
}

/// Why an evaluation cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvaluateError {
    /// A number left what exact numbers can hold.
    #[error("a number is too large or too fine, near line {line}")]
    TooLarge {
        /// The rule line that was being evaluated; 0 where none was.
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

/// More combinations of readings than this are not all tried.
const MOST_OUTCOMES: usize = 96;

/// One evaluation under one set of readings.
struct Run<'a> {
    rules: &'a RuleSet,
    subject: &'a Subject,
    request: &'a Request,
    index: &'a Index<'a>,
    /// Every fact with the day by which it is put in order, in that order.
    ordered: &'a [(&'a Activity, NaiveDate)],
    /// The same where this run tries other days for facts of which the day is
    /// not known.
    moved: Option<Vec<(&'a Activity, NaiveDate)>>,
    /// Closed results with their spans, earliest first.
    earlier: &'a [(Span, EarlierResult)],
    choices: Choices<'a>,
    /// Where an amount that is too large was met.
    line: Cell<u32>,
    /// The last period, by whose end deadlines are judged without a today.
    last: Span,
    /// What facts oblige to; worked out when it is first asked for.
    duties: OnceCell<Vec<ObligationState>>,
}

/// A person's ledger under every reading that matters.
///
/// # Errors
/// Where a number leaves what exact numbers can hold, or the periods cannot
/// be meant.
pub fn evaluate(rules: &RuleSet, subject: &Subject, request: &Request) -> Result<Evaluation, EvaluateError> {
    let timeline = timeline::Timeline::of(rules, subject, request)?;
    let index = Index::of(rules);
    let once = |plan: Vec<(String, usize)>| -> Result<(Outcome, Vec<Met>), EvaluateError> {
        let mut run = Run {
            rules,
            subject,
            request,
            index: &index,
            ordered: &timeline.ordered,
            moved: None,
            earlier: &timeline.earlier,
            choices: Choices::new(&rules.choices, &subject.decisions, plan),
            line: Cell::new(0),
            last: timeline.spans.last().cloned().unwrap_or_else(Span::all),
            duties: OnceCell::new(),
        };
        timeline.notices.iter().for_each(|notice| run.choices.note(notice.clone()));
        run.moved = run.dated(&timeline);
        let mut ledger = run.ledger(&timeline).map_err(|TooLarge| EvaluateError::TooLarge { line: run.line.get() })?;
        let (met, notices) = run.choices.into_parts();
        ledger.notices = notices;
        Ok((Outcome { choices: chosen(&met), ledger }, met))
    };
    let mut evaluation = every_reading(once)?;
    matters::keep_what_matters(&mut evaluation);
    Ok(evaluation)
}

/// Runs once for every combination of readings; where there are too many,
/// once for every reading with all other questions at their first.
fn every_reading(once: impl Fn(Vec<(String, usize)>) -> Result<(Outcome, Vec<Met>), EvaluateError>) -> Result<Evaluation, EvaluateError> {
    let (first, met) = once(Vec::new())?;
    let mut evaluation = Evaluation { questions: questions_of(&met, Vec::new()), outcomes: vec![first], complete: true };
    let combinations = met.iter().try_fold(1_usize, |all, met| all.checked_mul(met.question.readings.len()));
    if combinations.is_none_or(|all| all > MOST_OUTCOMES) {
        return one_by_one(once, evaluation, &met);
    }
    let mut last = met.clone();
    while let Some(plan) = next_plan(&last) {
        if evaluation.outcomes.len() >= MOST_OUTCOMES {
            evaluation.outcomes.truncate(1);
            return one_by_one(once, evaluation, &met);
        }
        let (outcome, met) = once(plan)?;
        evaluation.questions = questions_of(&met, evaluation.questions);
        evaluation.outcomes.push(outcome);
        last = met;
    }
    Ok(evaluation)
}

fn one_by_one(
    once: impl Fn(Vec<(String, usize)>) -> Result<(Outcome, Vec<Met>), EvaluateError>,
    mut evaluation: Evaluation,
    first: &[Met],
) -> Result<Evaluation, EvaluateError> {
    evaluation.complete = false;
    for met in first {
        for other in 1..met.question.readings.len() {
            if evaluation.outcomes.len() >= MOST_OUTCOMES {
                return Ok(evaluation);
            }
            let (outcome, met) = once(vec![(met.question.key.clone(), other)])?;
            evaluation.questions = questions_of(&met, evaluation.questions);
            evaluation.outcomes.push(outcome);
        }
    }
    Ok(evaluation)
}

fn chosen(met: &[Met]) -> Vec<(String, String)> {
    met.iter().filter_map(|met| Some((met.question.key.clone(), met.question.readings.get(met.picked)?.id.clone()))).collect()
}

fn questions_of(met: &[Met], mut questions: Vec<Question>) -> Vec<Question> {
    for met in met {
        if !questions.iter().any(|question| question.key == met.question.key) {
            questions.push(met.question.clone());
        }
    }
    questions
}

impl<'a> Run<'a> {
    /// Every fact with the day by which it is put in order, in that order.
    fn facts_in_order(&self) -> &[(&'a Activity, NaiveDate)] {
        self.moved.as_deref().unwrap_or(self.ordered)
    }

    /// What a prefix means: where units are judged, `unit.…` is the one that
    /// is judged.
    fn spoken_of(&self, prefix: Option<Prefix>) -> Option<Prefix> {
        let judged = prefix == Some(Prefix::Unit) && self.rules.head.subject == Whose::Unit;
        if judged { Some(Prefix::Person) } else { prefix }
    }

    /// Whether an entry of the file holds under this run's readings.
    fn active(&self, origin: &Origin) -> bool {
        let Some((id, reading)) = &origin.reading else { return true };
        let Some(open) = self.rules.open.iter().find(|open| open.id == *id) else { return false };
        let picked = self.choices.reading(id, || {
            let reading =
                |(id, label): &(String, String)| super::ledger::Reading { id: id.clone(), label: label.clone(), unbounded: false };
            Question {
                key: open.id.clone(),
                kind: super::ledger::QuestionKind::Stated { text: open.question.clone() },
                fact: None,
                line: open.origin.line,
                readings: open.readings.iter().map(reading).collect(),
            }
        });
        open.readings.get(picked).is_some_and(|(id, _)| id == reading)
    }

    /// The day on which a person is looked at for a span: its last, or the
    /// last one there.
    fn look_on(&self, span: &Span) -> NaiveDate {
        let last = span.to.or(self.request.as_of).unwrap_or(NaiveDate::MAX);
        match spans::first_day(&self.subject.person, "left_on") {
            Some(left) if span.holds(left) => left.min(last),
            _ => last,
        }
    }

    fn following(&self, span: &Span) -> Option<Span> {
        spans::following(&self.rules.period, span, &self.subject.person)
    }

    /// Whether a name means an amount of this rule set, though none may have
    /// been earned.
    fn is_amount(&self, name: &str) -> bool {
        let rules = self.rules;
        rules.categories.iter().any(|own| own.id == name)
            || rules.openings.iter().any(|own| own.id == name)
            || rules.inactive.iter().any(|own| own.id == name)
            || rules.buckets.iter().any(|own| own.id == name)
            || rules.counters.iter().any(|own| own.id == name)
    }

    fn ledger(&self, timeline: &timeline::Timeline<'a>) -> Result<Ledger, TooLarge> {
        let mut done: Vec<years::Done<'a>> = Vec::with_capacity(timeline.spans.len());
        let mut spread = timeline.spread.clone();
        for span in &timeline.spans {
            let (period, later) = self.period(span, &done, &spread)?;
            spread.extend(later);
            done.push(period);
        }
        let shown = |span: &Span| span.first_day() >= timeline.first_shown;
        let cycles = self.cycles(&done, &shown)?;
        self.backfill(&mut done)?;
        for period in &mut done {
            period.ledger.entries = period.works.drain(..).map(|work| work.entry).collect();
        }
        let mut ledger = Ledger {
            cycles,
            consequences: self.streaks(&done, timeline.first_shown)?,
            obligations: self.duties()?.to_vec(),
            state: if self.request.trace { self.state(&done) } else { State::default() },
            ..Ledger::default()
        };
        for period in done.into_iter().filter(|done| shown(&done.span)) {
            ledger.total = ledger.total.checked_add(period.ledger.total).ok_or(TooLarge)?;
            ledger.periods.push(period.ledger);
            ledger.results.push(period.result);
        }
        Ok(ledger)
    }
}

#[cfg(test)]
mod tests;
