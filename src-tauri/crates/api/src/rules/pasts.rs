//! The years before under earlier texts, where those leave something open:
//! every way in which they may have ended is followed into the present year.

use xueji_domain::{
    exact::Exact,
    rules::{
        Request, evaluate,
        facts::{EarlierResult, Subject},
        ledger::{Evaluation, Outcome, Question},
        model::RuleSet,
    },
};

use super::count::refused;
use crate::error::ApiError;

/// So many ways in which the years before may have ended are followed; of
/// more, the least and the greatest.
pub(super) const MOST_PASTS: usize = 12;

/// One way in which the years under earlier texts may have ended.
#[derive(Debug, Clone, Default)]
pub(super) struct Past {
    /// The results of those years.
    pub results: Vec<EarlierResult>,
    choices: Vec<(String, String)>,
    questions: Vec<Question>,
}

impl Past {
    /// With what comes after it in one of its outcomes.
    pub fn followed_by(&self, outcome: &Outcome, questions: &[Question]) -> Self {
        let mut past = self.clone();
        past.results.extend(outcome.ledger.results.iter().cloned());
        past.choices.extend(outcome.choices.iter().cloned());
        let new = questions.iter().filter(|question| !self.questions.iter().any(|known| known.key == question.key));
        past.questions.extend(new.cloned());
        past
    }

    /// All years together, to order ways by.
    pub fn total(&self) -> Exact {
        self.results.iter().filter_map(|result| result.total).sum()
    }
}

/// Evaluates after each of the ways in which the years before may have ended:
/// what those years leave open is open here as well, where it matters.
pub(super) fn over_pasts(rules: &RuleSet, subject: &mut Subject, request: &Request, pasts: Vec<Past>) -> Result<Evaluation, ApiError> {
    let (known, ways) = (subject.earlier.len(), pasts.len());
    let mut whole: Option<Evaluation> = None;
    for past in pasts {
        subject.earlier.truncate(known);
        subject.earlier.extend(past.results);
        let mut evaluation = evaluate(rules, subject, request).map_err(refused)?;
        for outcome in &mut evaluation.outcomes {
            outcome.choices.splice(0..0, past.choices.iter().cloned());
        }
        let Some(whole) = &mut whole else {
            evaluation.questions.extend(past.questions);
            whole = Some(evaluation);
            continue;
        };
        let new = evaluation.questions.into_iter().filter(|own| !whole.questions.iter().any(|known| known.key == own.key));
        whole.questions.extend(new.collect::<Vec<_>>());
        whole.outcomes.extend(evaluation.outcomes);
        whole.complete &= evaluation.complete;
    }
    let mut whole = whole.ok_or_else(|| ApiError::Internal { reason: "no past".to_owned() })?;
    // What the years before leave open and moves nothing here is not asked.
    if ways > 1 && whole.outcomes.iter().all(|own| own.ledger == whole.outcomes[0].ledger) {
        whole.outcomes.truncate(1);
        whole.questions.clear();
    }
    Ok(whole)
}
