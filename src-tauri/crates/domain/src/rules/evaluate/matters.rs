//! Which of the questions that came up make a difference.
//!
//! A run comes to a question wherever the file leaves something open; whether
//! the answer changes anything shows only when all answers have been tried. A
//! clerk is asked nothing that changes nothing.

use std::collections::HashMap;

use super::super::ledger::{
    Evaluation, Ledger, Outcome, Question, QuestionKind, RequirementState, UnitEvaluation, UnitLedger, UnitOutcome,
};

/// Drops the questions under all of whose readings the same comes out, and
/// the outcomes that only repeat another.
pub(super) fn keep_what_matters(evaluation: &mut Evaluation) {
    // Where not every combination was tried, nothing can be known of them.
    if evaluation.complete && !evaluation.questions.is_empty() {
        let plain = evaluation.outcomes.iter().map(|outcome| without_wording(&outcome.ledger)).collect();
        keep(&mut evaluation.questions, &mut evaluation.outcomes, plain);
    }
}

/// The same of a unit, all of whose combinations were tried.
pub(super) fn keep_what_matters_to_a_unit(evaluation: &mut UnitEvaluation) {
    if !evaluation.questions.is_empty() {
        let plain = evaluation.outcomes.iter().map(|outcome| unit_without_lines(&outcome.ledger)).collect();
        keep(&mut evaluation.questions, &mut evaluation.outcomes, plain);
    }
}

/// An outcome under certain choices.
trait Chosen {
    fn choices(&mut self) -> &mut Vec<(String, String)>;
}

impl Chosen for Outcome {
    fn choices(&mut self) -> &mut Vec<(String, String)> {
        &mut self.choices
    }
}

impl Chosen for UnitOutcome {
    fn choices(&mut self) -> &mut Vec<(String, String)> {
        &mut self.choices
    }
}

/// `plain`: what each outcome comes to, to be compared.
fn keep<O: Chosen, P: PartialEq>(questions: &mut Vec<Question>, outcomes: &mut Vec<O>, mut plain: Vec<P>) {
    let mut at = 0;
    while at < questions.len() {
        let choices: Vec<_> = outcomes.iter_mut().map(|outcome| outcome.choices().clone()).collect();
        match repeated(&questions[at], &choices, &plain) {
            None => at += 1,
            Some(repeated) => {
                let key = questions.remove(at).key;
                let mut numbers = 0..;
                outcomes.retain(|_| !numbers.next().is_some_and(|number| repeated[number]));
                let mut numbers = 0..;
                plain.retain(|_| !numbers.next().is_some_and(|number| repeated[number]));
                outcomes.iter_mut().for_each(|outcome| outcome.choices().retain(|(own, _)| *own != key));
                // One that came up under some of its readings may be idle now.
                at = 0;
            }
        }
    }
}

/// Which outcomes repeat another one but for a question's answer; `None`
/// where the answer matters.
fn repeated<P: PartialEq>(question: &Question, choices: &[Vec<(String, String)>], plain: &[P]) -> Option<Vec<bool>> {
    if is_for_a_value(&question.kind) {
        return None;
    }
    let mut groups: HashMap<Vec<&(String, String)>, Vec<usize>> = HashMap::new();
    for (number, choices) in choices.iter().enumerate() {
        let mut others: Vec<_> = choices.iter().filter(|(key, _)| *key != question.key).collect();
        if others.len() < choices.len() {
            others.sort_unstable();
            groups.entry(others).or_default().push(number);
        }
    }
    let mut repeated = vec![false; choices.len()];
    for group in groups.values() {
        // With fewer, another question came up under some answers only.
        if group.len() != question.readings.len() || group.iter().any(|&number| plain[number] != plain[group[0]]) {
            return None;
        }
        group[1..].iter().for_each(|&number| repeated[number] = true);
    }
    Some(repeated)
}

/// The ends of a range may agree where the middle does not.
fn is_for_a_value(kind: &QuestionKind) -> bool {
    match kind {
        QuestionKind::Stated { .. }
        | QuestionKind::Option { .. }
        | QuestionKind::Rounding { .. }
        | QuestionKind::Band { .. }
        | QuestionKind::Date { .. }
        | QuestionKind::Streak { .. }
        | QuestionKind::Tie { .. } => false,
        QuestionKind::Table { .. }
        | QuestionKind::NoAward { .. }
        | QuestionKind::Discretion { .. }
        | QuestionKind::MissingQuantity { .. }
        | QuestionKind::Score { .. } => true,
    }
}

/// What comes out, whichever line of the file says so.
fn without_wording(ledger: &Ledger) -> Ledger {
    let mut plain = ledger.clone();
    plain.results.clear();
    for period in &mut plain.periods {
        for entry in &mut period.entries {
            entry.line = 0;
            entry.steps.clear();
            // a day that is not known, and the order that follows from it
            entry.date = None;
        }
        period.entries.sort_by(|a, b| (&a.fact, &a.category, a.counted).cmp(&(&b.fact, &b.category, b.counted)));
        requirements(&mut period.requirements);
        period.indicators.iter_mut().for_each(|own| own.line = 0);
        period.effects.iter_mut().for_each(|own| own.line = 0);
        period.carry_out.iter_mut().for_each(|own| own.line = 0);
    }
    plain.cycles.iter_mut().for_each(|cycle| requirements(&mut cycle.requirements));
    plain.consequences.iter_mut().for_each(|own| own.line = 0);
    plain.obligations.iter_mut().for_each(|own| own.line = 0);
    plain
}

fn requirements(states: &mut [RequirementState]) {
    for state in states {
        state.line = 0;
        for test in &mut state.tests {
            test.of.clear();
        }
    }
}

fn unit_without_lines(ledger: &UnitLedger) -> UnitLedger {
    let mut plain = ledger.clone();
    plain.figures.iter_mut().for_each(|own| own.line = 0);
    plain.quotas.iter_mut().for_each(|own| own.line = 0);
    plain.rankings.iter_mut().for_each(|own| own.line = 0);
    plain
}
