//! Open questions while an evaluation runs.
//!
//! An evaluation is run once for every combination of readings that makes a
//! difference. It asks here whenever it comes to a place that the rules leave
//! open; what nobody decided follows a plan, and the plan for the next run is
//! made from the questions that this run came to. A question that is never
//! come to has no readings to try.

use std::cell::RefCell;

use super::super::{
    facts::{Answer, Decision},
    ledger::{Notice, Question, QuestionKind, Reading},
};
use crate::exact::Exact;

/// A value without an upper end is stood for by this much more than its lower
/// end: enough to meet any requirement.
const FAR: i64 = 1_000_000;

/// The answers of one run.
pub(super) struct Choices<'a> {
    /// `[choices]` of the rule file.
    stated: &'a [(String, String)],
    /// Decisions of the facts file; they come first.
    decisions: &'a [Decision],
    /// What this run is to try.
    plan: Vec<(String, usize)>,
    met: RefCell<Vec<Met>>,
    notices: RefCell<Vec<Notice>>,
}

/// A question that this run came to.
#[derive(Debug, Clone)]
pub(super) struct Met {
    /// The question.
    pub question: Question,
    /// Which of its readings this run follows.
    pub picked: usize,
}

/// What a question with a value came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Valued {
    /// The value.
    pub value: Exact,
    /// Why, where somebody decided it; `None`: this run only tries it.
    pub decided: Option<String>,
}

impl<'a> Choices<'a> {
    /// For one run.
    pub fn new(stated: &'a [(String, String)], decisions: &'a [Decision], plan: Vec<(String, usize)>) -> Self {
        Self { stated, decisions, plan, met: RefCell::default(), notices: RefCell::default() }
    }

    /// The reading that this run follows.
    pub fn reading(&self, key: &str, ask: impl FnOnce() -> Question) -> usize {
        if let Some(met) = self.met.borrow().iter().find(|met| met.question.key == key) {
            return met.picked;
        }
        let question = ask();
        if let Some(answer) = self.answer(key) {
            match question.readings.iter().position(|reading| reading.id == answer) {
                Some(picked) => return picked,
                None => self.note(Notice::UnknownReading { question: key.to_owned(), reading: answer }),
            }
        }
        self.follow(question)
    }

    /// The value that was decided, else one end of what it may be.
    pub fn value(&self, key: &str, ask: impl FnOnce() -> (Question, Option<Exact>, Option<Exact>)) -> Valued {
        if let Some(met) = self.met.borrow().iter().find(|met| met.question.key == key) {
            return tried(met);
        }
        for decision in self.decisions.iter().rev().filter(|decision| decision.question == key) {
            if let Answer::Value(value) = decision.answer {
                return Valued { value, decided: Some(decision.reason.clone()) };
            }
        }
        let stated = self.stated.iter().find(|(question, _)| question == key);
        if let Some(value) = stated.and_then(|(_, answer)| answer.parse().ok()) {
            return Valued { value, decided: Some(String::new()) };
        }
        let (mut question, least, most) = ask();
        let least = least.unwrap_or(Exact::ZERO);
        let end = |value: Exact, unbounded| Reading { id: value.to_string(), label: String::new(), unbounded };
        question.readings = match most {
            Some(most) => vec![end(least, false), end(most, false)],
            None => vec![end(least, false), end(least + Exact::whole(FAR), true)],
        };
        self.follow(question);
        let met = self.met.borrow();
        met.last().map_or(Valued { value: least, decided: None }, tried)
    }

    /// Something that a reader should look at.
    pub fn note(&self, notice: Notice) {
        let mut notices = self.notices.borrow_mut();
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }

    /// What this run came to.
    pub fn into_parts(self) -> (Vec<Met>, Vec<Notice>) {
        (self.met.into_inner(), self.notices.into_inner())
    }

    fn answer(&self, key: &str) -> Option<String> {
        let decided = self.decisions.iter().rev().find(|decision| decision.question == key).map(|decision| match &decision.answer {
            Answer::Reading(reading) => reading.clone(),
            Answer::Value(value) => value.to_string(),
        });
        decided.or_else(|| self.stated.iter().find(|(question, _)| question == key).map(|(_, reading)| reading.clone()))
    }

    fn follow(&self, question: Question) -> usize {
        let planned = self.plan.iter().find(|(key, _)| *key == question.key).map_or(0, |(_, index)| *index);
        let picked = planned.min(question.readings.len().saturating_sub(1));
        self.met.borrow_mut().push(Met { question, picked });
        picked
    }
}

fn tried(met: &Met) -> Valued {
    let value = met.question.readings.get(met.picked).and_then(|reading| reading.id.parse().ok()).unwrap_or_default();
    Valued { value, decided: None }
}

/// The plan after this one, depth first; `None`: all have been tried.
pub(super) fn next_plan(met: &[Met]) -> Option<Vec<(String, usize)>> {
    let last = met.iter().rposition(|met| met.picked + 1 < met.question.readings.len())?;
    let mut plan: Vec<(String, usize)> = met[..=last].iter().map(|met| (met.question.key.clone(), met.picked)).collect();
    plan[last].1 += 1;
    Some(plan)
}

/// A question of `[options]`.
pub(super) fn option_question(option: &str, readings: &[&str]) -> Question {
    Question {
        key: format!("options.{option}"),
        kind: QuestionKind::Option { option: option.to_owned() },
        fact: None,
        line: 0,
        readings: readings.iter().map(|&id| Reading { id: id.to_owned(), label: String::new(), unbounded: false }).collect(),
    }
}
