//! Step 17: what a unit comes to.

use std::cell::{Cell, OnceCell, RefCell};

use super::{
    super::{
        expression::{Datum, Measure, Node, Prefix, Scope, TooLarge},
        facts::{Subject, Unit},
        ledger::{
            Evaluation, Outcome, PeriodLedger, Question, QuestionKind, QuotaState, RankingState, Reading, UnitEvaluation, UnitFigure,
            UnitLedger, UnitOutcome,
        },
        model::{Places, Quota, Ranking, RuleSet},
    },
    EvaluateError, Request, Run,
    choices::{Choices, Met, next_plan},
    chosen,
    figures::bounded,
    finished::{ledger_datum, ledger_measure},
    index::Index,
    questions_of,
    spans::Span,
    values::round_to,
};
use crate::exact::Exact;

/// More combinations of readings than this are not tried.
const MOST_OUTCOMES: usize = 32;

/// So many undecided people are varied one by one; more of them together.
const MOST_ALONE: usize = 40;

/// A person's last period, as the unit sees it.
struct Member<'a> {
    run: Run<'a>,
    ledger: &'a PeriodLedger,
    /// Under every reading.
    evaluation: &'a Evaluation,
}

impl Member<'_> {
    /// Whether the person has a grade; `None`: under some readings only.
    fn has_grade(&self, grade: &str) -> Option<bool> {
        let last = |outcome: &Outcome| outcome.ledger.periods.last().is_some_and(|period| period.grade.as_deref() == Some(grade));
        let first = self.evaluation.outcomes.first().is_some_and(last);
        self.evaluation.outcomes.iter().all(|outcome| last(outcome) == first).then_some(first)
    }
}

impl Scope for Member<'_> {
    fn name<'n>(&'n self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'n>, TooLarge> {
        Ok(match self.run.spoken_of(prefix) {
            Some(Prefix::Person) => {
                let day = self.ledger.to.or(self.run.request.as_of).unwrap_or(chrono::NaiveDate::MAX);
                super::scopes::person_datum(&self.run, name, day, day)
            }
            Some(_) => Datum::Missing,
            None => ledger_datum(self.ledger, name).unwrap_or(if self.run.is_amount(name) {
                Datum::Number(Exact::ZERO)
            } else {
                Datum::Missing
            }),
        })
    }

    fn measure<'n>(&'n self, measure: Measure, arguments: &[Node]) -> Result<Datum<'n>, TooLarge> {
        Ok(ledger_measure(&self.run, self.ledger, measure, arguments))
    }
}

/// The unit.
struct UnitScope<'s, 'a> {
    run: &'s Run<'a>,
    unit: &'s Unit,
    members: &'s [Member<'a>],
    figures: RefCell<Vec<(String, Option<Exact>)>>,
    depth: Cell<u32>,
}

impl Scope for UnitScope<'_, '_> {
    fn name<'n>(&'n self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'n>, TooLarge> {
        if prefix == Some(Prefix::Unit) {
            let at = self.unit.items.binary_search_by(|(own, _)| (**own).cmp(name));
            return Ok(at.map_or(Datum::Missing, |at| self.unit.items[at].1.datum()));
        }
        let found = self.figures.borrow().iter().find(|(own, _)| own == name).and_then(|(_, value)| *value);
        Ok(found.map_or(Datum::Missing, Datum::Number))
    }

    fn measure<'n>(&'n self, measure: Measure, arguments: &[Node]) -> Result<Datum<'n>, TooLarge> {
        let Some(over) = arguments.first() else {
            return Ok(match measure {
                Measure::Members => Datum::Number(whole(self.members.len())),
                _ => Datum::Missing,
            });
        };
        if self.depth.replace(self.depth.get() + 1) > 4 {
            return Ok(Datum::Missing);
        }
        let mut numbers = Vec::new();
        let mut held = 0;
        for member in self.members {
            match over.evaluate(member)? {
                Datum::Number(number) => numbers.push(number),
                Datum::Flag(true) => held += 1,
                _ => {}
            }
        }
        self.depth.set(self.depth.get() - 1);
        Ok(match measure {
            Measure::Members => Datum::Number(whole(held)),
            Measure::Sum => Datum::Number(sum(&numbers)?),
            Measure::Mean if numbers.is_empty() => Datum::Missing,
            Measure::Mean => Datum::Number(sum(&numbers)?.checked_div(whole(numbers.len())).ok_or(TooLarge)?),
            Measure::Highest => numbers.into_iter().max().map_or(Datum::Missing, Datum::Number),
            Measure::Lowest => numbers.into_iter().min().map_or(Datum::Missing, Datum::Number),
            _ => Datum::Missing,
        })
    }
}

fn whole(number: usize) -> Exact {
    Exact::whole(i64::try_from(number).unwrap_or(i64::MAX))
}

fn sum(numbers: &[Exact]) -> Result<Exact, TooLarge> {
    numbers.iter().try_fold(Exact::ZERO, |sum, number| sum.checked_add(*number)).ok_or(TooLarge)
}

/// What the unit of these people comes to. Each person counts with the last
/// evaluated period; a figure that rests on somebody's undecided result has
/// no value where it differs.
///
/// # Errors
/// As [`super::evaluate`].
pub fn evaluate_unit(rules: &RuleSet, unit: &Unit, people: &[(&Subject, &Evaluation)]) -> Result<UnitEvaluation, EvaluateError> {
    let base: Vec<usize> = vec![0; people.len()];
    let mut evaluation = every_reading(rules, unit, people, &base)?;
    for picked in variations(people) {
        let varied = every_reading(rules, unit, people, &picked)?;
        for (outcome, varied) in evaluation.outcomes.iter_mut().zip(varied.outcomes) {
            blur(&mut outcome.ledger, &varied.ledger);
        }
    }
    if evaluation.outcomes.len() < MOST_OUTCOMES {
        super::matters::keep_what_matters_to_a_unit(&mut evaluation);
    }
    Ok(evaluation)
}

/// Which outcome of each person to take, to see what rests on those who are
/// undecided: each of them varied alone, or, where that would take too long,
/// all at once.
fn variations(people: &[(&Subject, &Evaluation)]) -> Vec<Vec<usize>> {
    let undecided: Vec<usize> = (0..people.len()).filter(|&at| people[at].1.outcomes.len() > 1).collect();
    if undecided.len() > MOST_ALONE {
        let most = people.iter().map(|(_, own)| own.outcomes.len()).max().unwrap_or(1);
        let together = |other: usize| people.iter().map(|(_, own)| other.min(own.outcomes.len().saturating_sub(1))).collect();
        return (1..most).map(together).collect();
    }
    let alone = |at: usize| {
        (1..people[at].1.outcomes.len()).map(move |other| {
            let mut picked = vec![0; people.len()];
            picked[at] = other;
            picked
        })
    };
    undecided.into_iter().flat_map(alone).collect()
}

/// What differs is not known.
fn blur(ledger: &mut UnitLedger, other: &UnitLedger) {
    for (own, other) in ledger.figures.iter_mut().zip(&other.figures) {
        if own.value != other.value {
            (own.raw, own.value) = (None, None);
        }
    }
    for (own, other) in ledger.quotas.iter_mut().zip(&other.quotas) {
        if own.places != other.places {
            own.places = None;
        }
    }
}

fn every_reading(
    rules: &RuleSet,
    unit: &Unit,
    people: &[(&Subject, &Evaluation)],
    picked: &[usize],
) -> Result<UnitEvaluation, EvaluateError> {
    let mut evaluation = UnitEvaluation { questions: Vec::new(), outcomes: Vec::new() };
    let mut plan = Some(Vec::new());
    while let Some(own) = plan.take().filter(|_| evaluation.outcomes.len() < MOST_OUTCOMES) {
        let (ledger, met) = once(rules, unit, people, picked, own).map_err(|TooLarge| EvaluateError::TooLarge { line: 0 })?;
        evaluation.questions = questions_of(&met, evaluation.questions);
        evaluation.outcomes.push(UnitOutcome { choices: chosen(&met), ledger });
        plan = next_plan(&met);
    }
    Ok(evaluation)
}

fn once(
    rules: &RuleSet,
    unit: &Unit,
    people: &[(&Subject, &Evaluation)],
    picked: &[usize],
    plan: Vec<(String, usize)>,
) -> Result<(UnitLedger, Vec<Met>), TooLarge> {
    let (request, index, nobody) = (Request::default(), Index::of(rules), Subject::default());
    let run_for = |subject, plan| Run {
        rules,
        subject,
        request: &request,
        index: &index,
        ordered: &[],
        moved: None,
        earlier: &[],
        choices: Choices::new(&rules.choices, &[], plan),
        line: Cell::new(0),
        last: Span::all(),
        duties: OnceCell::new(),
    };
    let members: Vec<Member<'_>> = people
        .iter()
        .zip(picked)
        .filter_map(|((subject, evaluation), &picked)| {
            let ledger = evaluation.outcomes.get(picked)?.ledger.periods.last()?;
            Some(Member { run: run_for(*subject, Vec::new()), ledger, evaluation })
        })
        .collect();
    let run = run_for(&nobody, plan);
    let scope = UnitScope { run: &run, unit, members: &members, figures: RefCell::default(), depth: Cell::new(0) };
    let mut ledger = UnitLedger::default();
    for figure in rules.units.iter().filter(|own| run.active(&own.origin)) {
        let raw = figure.formula.number(&scope)?;
        let value = bounded(&run, figure, raw, &scope)?;
        scope.figures.borrow_mut().push((figure.id.clone(), value));
        let (id, label) = (figure.id.clone(), figure.label.clone());
        ledger.figures.push(UnitFigure { id, label, raw, value, line: figure.origin.line });
    }
    for quota in rules.quotas.iter().filter(|own| run.active(&own.origin)) {
        ledger.quotas.push(scope.quota(quota)?);
    }
    for ranking in rules.rankings.iter().filter(|own| run.active(&own.origin)) {
        ledger.rankings.push(scope.ranking(ranking)?);
    }
    drop(scope);
    let (met, _) = run.choices.into_parts();
    Ok((ledger, met))
}

impl UnitScope<'_, '_> {
    fn quota(&self, quota: &Quota) -> Result<QuotaState, TooLarge> {
        let (raw, rounded) = match &quota.places {
            Places::Fixed(places) => (Some(*places), Some(*places)),
            Places::Share { of, share, round } => match of.number(self)? {
                Some(base) => {
                    let raw = base.checked_mul(*share).ok_or(TooLarge)?;
                    (Some(raw), Some(round_to(raw, *round, Exact::ONE)?))
                }
                None => (None, None),
            },
        };
        let bounds = |places: Exact| places.max(quota.min.unwrap_or(places)).min(quota.max.unwrap_or(Exact::whole(i64::MAX)));
        let places = rounded.map(bounds);
        let candidates = self.candidates(quota)?;
        let over = match places {
            Some(places) => self.over(quota, &candidates, places),
            None => Vec::new(),
        };
        Ok(QuotaState {
            id: quota.id.clone(),
            label: quota.label.clone(),
            raw,
            places,
            candidates: candidates.into_iter().map(|(id, _)| id).collect(),
            perhaps: self.perhaps(quota),
            over,
            line: quota.origin.line,
        })
    }

    /// Those whose own result leaves it open whether they have the grade.
    fn perhaps(&self, quota: &Quota) -> Vec<String> {
        let open = |member: &&Member<'_>| quota.grade.as_ref().is_some_and(|grade| member.has_grade(grade).is_none());
        self.members.iter().filter(open).map(|member| member.run.subject.id.clone()).collect()
    }

    /// Those who have the grade, best first, with what they are ranked by.
    fn candidates(&self, quota: &Quota) -> Result<Vec<(String, Option<Exact>)>, TooLarge> {
        let Some(grade) = &quota.grade else { return Ok(Vec::new()) };
        let mut candidates = Vec::new();
        for member in self.members.iter().filter(|member| member.has_grade(grade) == Some(true)) {
            let by = match &quota.by {
                Some(by) => by.number(member)?,
                None => None,
            };
            candidates.push((member.run.subject.id.clone(), by));
        }
        candidates.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(candidates)
    }

    /// Those for whom there is no place. Equals at the border share it, or
    /// all lose it, where the rules do not say which.
    fn over(&self, quota: &Quota, candidates: &[(String, Option<Exact>)], places: Exact) -> Vec<String> {
        let within = candidates.iter().enumerate().take_while(|(at, _)| whole(*at + 1) <= places).count();
        let names = |from: usize| candidates[from..].iter().map(|(id, _)| id.clone()).collect();
        let (Some(last), Some(next)) = (within.checked_sub(1).and_then(|at| candidates.get(at)), candidates.get(within)) else {
            return names(within.min(candidates.len()));
        };
        if last.1 != next.1 {
            return names(within);
        }
        let shares = quota.ties_share.unwrap_or_else(|| {
            let reading = |id: &str| Reading { id: id.to_owned(), label: String::new(), unbounded: false };
            let key = format!("quota:{}", quota.id);
            let ask = || Question {
                key: key.clone(),
                kind: QuestionKind::Tie { quota: quota.id.clone() },
                fact: None,
                line: quota.origin.line,
                readings: vec![reading("share"), reading("none")],
            };
            self.run.choices.reading(&key, ask) == 0
        });
        let equal = |(_, own): &&(String, Option<Exact>)| *own == last.1;
        let first = candidates.iter().position(|own| equal(&own)).unwrap_or(within);
        let after = first + candidates[first..].iter().take_while(equal).count();
        names(if shares { after } else { first })
    }

    fn ranking(&self, ranking: &Ranking) -> Result<RankingState, TooLarge> {
        let mut ranked: Vec<(String, Exact)> = Vec::new();
        for member in self.members {
            if self.run.holds(ranking.admits.as_ref(), member)?
                && let Some(by) = ranking.by.number(member)?
            {
                ranked.push((member.run.subject.id.clone(), by));
            }
        }
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut places: Vec<(u32, String, Exact)> = Vec::new();
        for (at, (id, by)) in ranked.into_iter().enumerate() {
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let place = places.last().filter(|(_, _, last)| *last == by).map_or(number, |(place, ..)| *place);
            places.push((place, id, by));
        }
        if let Some(top) = ranking.top {
            places.retain(|(place, ..)| *place <= top);
        }
        Ok(RankingState { id: ranking.id.clone(), label: ranking.label.clone(), places, line: ranking.origin.line })
    }
}
