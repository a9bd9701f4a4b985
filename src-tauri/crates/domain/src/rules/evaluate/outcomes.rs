//! Step 14: indicators, grades, vetoes on grades, effects on other reviews.

use super::{
    super::{
        expression::TooLarge,
        ledger::{EffectState, IndicatorState, Notice, Question, QuestionKind},
        model::{Grade, Indicator, IndicatorFrom, ReviewCap, ReviewLimit, VetoDoes},
    },
    figures::Figures,
    values::{Picked, band_of},
};
use crate::exact::Exact;

impl Figures<'_, '_> {
    pub(super) fn all_indicators(&self) -> Result<Vec<IndicatorState>, TooLarge> {
        let mut states = Vec::new();
        for indicator in self.run.rules.indicators.iter().filter(|own| self.run.active(&own.origin)) {
            let (points, scores) = match &indicator.from {
                IndicatorFrom::Formula(formula) => match formula.number(self)? {
                    Some(points) => (points, Vec::new()),
                    None => (self.ask_score(indicator, ""), Vec::new()),
                },
                IndicatorFrom::Score { shares, step, reason, .. } => self.scored(indicator, shares, *step, *reason)?,
            };
            let value = points.max(indicator.min).min(indicator.max);
            states.push(IndicatorState {
                id: indicator.id.clone(),
                label: indicator.label.clone(),
                head: indicator.head.clone(),
                value,
                weighted: value.checked_mul(indicator.weight).ok_or(TooLarge)?,
                max: indicator.max,
                scores,
                line: indicator.origin.line,
            });
        }
        Ok(states)
    }

    /// What those who score gave, each by its share.
    fn scored(
        &self,
        indicator: &Indicator,
        shares: &[(String, Exact)],
        step: Option<Exact>,
        needs_reason: bool,
    ) -> Result<(Exact, Vec<(String, Exact)>), TooLarge> {
        let given = self
            .run
            .subject
            .scores
            .iter()
            .filter(|score| score.indicator == indicator.id && score.period.as_ref().is_none_or(|period| *period == self.span.name));
        let mut sums: Vec<(String, Exact, i64)> = Vec::new();
        for score in given {
            let fits = step.is_none_or(|step| score.value.checked_div(step).is_some_and(|units| units.denom() == 1));
            if !fits || score.value < indicator.min || score.value > indicator.max {
                self.run.choices.note(Notice::OutOfRange { fact: indicator.id.clone(), value: score.value });
                continue;
            }
            if needs_reason && score.reason.trim().is_empty() {
                self.run.choices.note(Notice::ScoreWithoutReason { indicator: indicator.id.clone() });
                continue;
            }
            match sums.iter_mut().find(|(by, ..)| *by == score.by) {
                Some((_, sum, count)) => (*sum, *count) = (sum.checked_add(score.value).ok_or(TooLarge)?, *count + 1),
                None => sums.push((score.by.clone(), score.value, 1)),
            }
        }
        // Colleagues who score one another are several behind one name.
        let mean = |(by, sum, count): (String, Exact, i64)| sum.checked_div(Exact::whole(count)).map(|mean| (by, mean)).ok_or(TooLarge);
        let scores = sums.into_iter().map(mean).collect::<Result<Vec<_>, _>>()?;
        let mut points = Exact::ZERO;
        for (by, share) in shares.iter().filter(|(_, share)| !share.is_zero()) {
            let only = shares.iter().filter(|(_, share)| !share.is_zero()).count() == 1;
            let value = scores.iter().find(|(own, _)| own == by).map(|(_, value)| *value);
            let value = value.unwrap_or_else(|| self.ask_score(indicator, if only { "" } else { by }));
            points = value.checked_mul(*share).and_then(|part| points.checked_add(part)).ok_or(TooLarge)?;
        }
        Ok((points, scores))
    }

    fn ask_score(&self, indicator: &Indicator, by: &str) -> Exact {
        let key = if by.is_empty() { format!("score:{}", indicator.id) } else { format!("score:{}:{by}", indicator.id) };
        let kind = QuestionKind::Score { indicator: indicator.id.clone(), by: by.to_owned() };
        let question = Question { key: key.clone(), kind, fact: None, line: indicator.origin.line, readings: Vec::new() };
        self.run.choices.value(&key, || (question, Some(indicator.min), Some(indicator.max))).value
    }

    pub(super) fn find_grade(&self) -> Result<Option<String>, TooLarge> {
        if self.no_grade()?.is_some() {
            return Ok(None);
        }
        let mut found: Option<&Grade> = None;
        for grade in self.run.rules.grades.iter().filter(|own| self.run.active(&own.origin)) {
            if self.run.holds(grade.who.as_ref(), self)? {
                found = Some(grade);
                break;
            }
        }
        let Some(grade) = found else { return Ok(None) };
        let Some(points) = grade.of.number(self)? else { return Ok(None) };
        let Picked::Band(mut at) = band_of(self.run, &grade.bands, points, grade.origin.line, false) else { return Ok(None) };
        at = self.lowered(grade, at)?;
        Ok(grade.bands.get(at).map(|band| band.value.clone()))
    }

    /// Down to where the gates and the vetoes allow; bands stand from the
    /// best to the worst, or the other way round.
    fn lowered(&self, grade: &Grade, mut at: usize) -> Result<usize, TooLarge> {
        let best_first = match (grade.bands.first().and_then(|band| band.lower), grade.bands.last().and_then(|band| band.lower)) {
            (Some(first), Some(last)) => first.at >= last.at,
            (None, Some(_)) => false,
            _ => true,
        };
        let worse = |at: usize| if best_first { (at + 1 < grade.bands.len()).then_some(at + 1) } else { at.checked_sub(1) };
        for veto in self.run.rules.vetoes.iter().filter(|own| self.run.active(&own.origin)) {
            let VetoDoes::Grade(name) = &veto.does else { continue };
            let Some(most) = grade.bands.iter().position(|band| band.value == *name) else { continue };
            let is_better = if best_first { at < most } else { at > most };
            if is_better && veto.when.holds(self)? {
                at = most;
            }
        }
        while let Some((_, when)) = grade.gates.iter().find(|(name, _)| *name == grade.bands[at].value) {
            match worse(at) {
                Some(next) if !when.holds(self)? => at = next,
                _ => break,
            }
        }
        Ok(at)
    }

    /// Why there is no grade.
    pub(super) fn no_grade(&self) -> Result<Option<String>, TooLarge> {
        for none in self.run.rules.no_grades.iter().filter(|own| self.run.active(&own.origin)) {
            if none.when.holds(self)? {
                return Ok(Some(none.reason.clone()));
            }
        }
        Ok(None)
    }

    /// Vetoes that fire.
    pub(super) fn fired_vetoes(&self) -> Result<Vec<String>, TooLarge> {
        let mut fired = Vec::new();
        for veto in self.run.rules.vetoes.iter().filter(|own| self.run.active(&own.origin)) {
            if veto.when.holds(self)? {
                fired.push(veto.id.clone());
            }
        }
        Ok(fired)
    }

    pub(super) fn effects(&self) -> Result<Vec<EffectState>, TooLarge> {
        let mut effects = Vec::new();
        for effect in self.run.rules.effects.iter().filter(|own| self.run.active(&own.origin)) {
            if !effect.when.holds(self)? {
                continue;
            }
            let (mut at_most, mut grade) = (None, None);
            if let Some(cap) = &effect.review {
                let given =
                    self.run.subject.person.reviews.iter().find(|(review, _)| *review == cap.review).map(|(_, grade)| grade.as_str());
                (at_most, grade) = capped_review(cap, given);
            }
            let review = effect.review.as_ref().map(|cap| cap.review.clone());
            let (id, label) = (effect.id.clone(), effect.label.clone());
            effects.push(EffectState { id, label, review, at_most, grade, line: effect.origin.line });
        }
        Ok(effects)
    }
}

/// The best grade that a cap leaves, and what becomes of the one given.
fn capped_review(cap: &ReviewCap, given: Option<&str>) -> (Option<String>, Option<String>) {
    let place = |name: &str| cap.scale.iter().position(|own| own == name);
    let given_at = given.and_then(place);
    let most = match &cap.cap {
        ReviewLimit::AtMost(name) => place(name),
        ReviewLimit::Down(steps) => Some((given_at.unwrap_or(0) + *steps as usize).min(cap.scale.len().saturating_sub(1))),
    };
    let name = |at: usize| cap.scale.get(at).cloned();
    let grade = match (given_at, most) {
        (Some(given), Some(most)) => name(given.max(most)),
        _ => None,
    };
    (most.and_then(name), grade)
}
