//! What everybody judged comes to together: the unit's figures, quotas and who
//! is over them, rankings.

use std::collections::HashMap;

use xueji_domain::{
    exact::Exact,
    ids::MemberId,
    rules::{
        evaluate_unit,
        facts::Subject,
        ledger::{Evaluation, Question, QuestionKind, QuotaState, RankingState, UnitEvaluation},
        model::RuleSet,
    },
};
use xueji_store::{Reader, tables::rules};

use super::{
    assess_frozen,
    assess_judge::{Assessing, Judged, key_of},
    assess_view::agreed,
    count::{self, Year, YearSpan},
    shelf::Loaded,
    view, words,
};
use crate::{
    areas::{
        assess::{AssessYear, QuotaView, RankingPlace, RankingView, UnitFigureView},
        closing::ClosedTogether,
        credits::{OpenQuestionView, QuestionView, ReadingView},
    },
    error::ApiError,
};

/// What the unit of these people comes to, by what was decided for everybody;
/// `None`: the scheme asks nothing of it.
fn evaluated(
    reader: &Reader,
    year: &Year,
    loaded: &Loaded,
    assessing: &Assessing,
    judged: &[Judged],
) -> Result<Option<UnitEvaluation>, ApiError> {
    let mut scheme = loaded.rules.clone();
    if scheme.units.is_empty() && scheme.quotas.is_empty() && scheme.rankings.is_empty() {
        return Ok(None);
    }
    for decision in rules::decisions(reader)?.into_iter().map(|record| record.fields) {
        if decision.rule_set_key == loaded.key() && decision.member.is_none() {
            let Some(reading) = decision.reading else { continue };
            scheme.choices.retain(|(question, _)| *question != decision.question);
            scheme.choices.push((decision.question, reading));
        }
    }
    let people: Vec<(&Subject, &Evaluation)> = judged.iter().map(|one| (&one.subject, &one.count.evaluation)).collect();
    Ok(Some(evaluate_unit(&scheme, &assessing.recorded.unit(year), &people).map_err(count::refused)?))
}

/// The scheme of everybody in common, as it stands now.
pub(crate) fn now(
    reader: &Reader,
    year: &Year,
    loaded: &Loaded,
    assessing: &Assessing,
    judged: &[Judged],
) -> Result<Option<Together>, ApiError> {
    let Some(unit) = evaluated(reader, year, loaded, assessing, judged)? else { return Ok(None) };
    let Some(first) = unit.outcomes.first().map(|outcome| &outcome.ledger) else { return Ok(None) };
    let rules = &loaded.rules;
    let same = |what: &dyn Fn(usize) -> Option<Option<Exact>>| {
        let all: Vec<Option<Exact>> = (0..unit.outcomes.len()).filter_map(what).collect();
        agreed(&all).copied().flatten()
    };
    let figure = |at: usize| UnitFigureView {
        label: first.figures[at].label.clone(),
        value: same(&|outcome| unit.outcomes[outcome].ledger.figures.get(at).map(|figure| figure.value)),
        line: first.figures[at].line,
    };
    let mut questions = Vec::new();
    for question in &unit.questions {
        let tied = match &question.kind {
            QuestionKind::Tie { quota } => first.quotas.iter().find(|own| own.id == *quota).map(|quota| over(quota, &unit).1),
            _ => None,
        };
        questions.push(OpenQuestionView { question: unit_question(rules, question), members: tied.unwrap_or_default() });
    }
    let common = ClosedTogether {
        figures: (0..first.figures.len()).map(figure).collect(),
        quotas: first.quotas.iter().map(|quota| quota_view(quota, &unit)).collect(),
        rankings: first.rankings.iter().map(ranking_view).collect(),
        left_out: Vec::new(),
    };
    Ok(Some(Together { common, questions }))
}

/// What everybody comes to together, with what is open about it.
pub(crate) struct Together {
    /// Figures, quotas, rankings.
    pub common: ClosedTogether,
    /// What the scheme does not decide of them.
    pub questions: Vec<OpenQuestionView>,
}

/// As it was frozen where the year is closed for the whole book, with what
/// changed since; else as it is now.
pub(crate) fn lay_out(
    reader: &Reader,
    year: &Year,
    loaded: &Loaded,
    assessing: &Assessing,
    judged: &[Judged],
    answer: &mut AssessYear,
) -> Result<(), ApiError> {
    let now = now(reader, year, loaded, assessing, judged)?;
    let span = YearSpan::of(&loaded.rules, year.year, year.today);
    let frozen = year.closing(loaded.key(), &span, None).and_then(|closing| ClosedTogether::read(closing.fields.unit.as_deref()?));
    let shown = match (frozen.filter(ClosedTogether::has_results), now) {
        (Some(frozen), now) => {
            let names: HashMap<MemberId, &str> = answer.rows.iter().map(|row| (row.member.id, row.member.name.as_str())).collect();
            answer.unit_changes = assess_frozen::together_changes(&frozen, now.as_ref().map(|now| &now.common), &names);
            answer.unit_closed = true;
            frozen
        }
        (None, Some(now)) => {
            answer.questions.extend(now.questions);
            now.common
        }
        (None, None) => return Ok(()),
    };
    (answer.unit, answer.quotas, answer.rankings) = (shown.figures, shown.quotas, shown.rankings);
    Ok(())
}

fn ranking_view(ranking: &RankingState) -> RankingView {
    let place = |(place, id, amount): &(u32, String, Exact)| RankingPlace { place: *place, member: key_of(id), amount: *amount };
    RankingView { label: ranking.label.clone(), places: ranking.places.iter().map(place).collect(), line: ranking.line }
}

fn unit_question(rules: &RuleSet, question: &Question) -> QuestionView {
    let say = words::of(rules);
    let label = |id: &str| rules.quotas.iter().find(|quota| quota.id == id).map_or_else(|| id.to_owned(), |quota| quota.label.clone());
    let told = match &question.kind {
        QuestionKind::Tie { quota } => Question { kind: QuestionKind::Tie { quota: label(quota) }, ..question.clone() },
        _ => question.clone(),
    };
    let reading = |reading: &xueji_domain::rules::ledger::Reading| ReadingView {
        id: reading.id.clone(),
        label: say.reading(question, reading),
        range: None,
        unbounded: reading.unbounded,
    };
    QuestionView {
        key: question.key.clone(),
        text: say.question(&told),
        fact: None,
        fact_text: None,
        line: question.line,
        readings: question.readings.iter().map(reading).collect(),
        wants_value: view::wants_value(&question.kind),
        for_all: true,
    }
}

fn quota_view(quota: &QuotaState, unit: &UnitEvaluation) -> QuotaView {
    let keys = |ids: &[String]| ids.iter().map(|id| key_of(id)).collect();
    let states: Vec<Option<Exact>> = quotas_of(quota, unit).map(|own| own.places).collect();
    let (over, tied) = over(quota, unit);
    QuotaView {
        label: quota.label.clone(),
        raw: quota.raw,
        places: agreed(&states).copied().flatten(),
        candidates: keys(&quota.candidates),
        perhaps: keys(&quota.perhaps),
        over,
        tied,
        line: quota.line,
    }
}

fn quotas_of<'u>(quota: &'u QuotaState, unit: &'u UnitEvaluation) -> impl Iterator<Item = &'u QuotaState> + Clone {
    unit.outcomes.iter().flat_map(|outcome| &outcome.ledger.quotas).filter(|own| own.id == quota.id)
}

/// Who is over a quota under every reading, and who under some only.
fn over(quota: &QuotaState, unit: &UnitEvaluation) -> (Vec<MemberId>, Vec<MemberId>) {
    let states = quotas_of(quota, unit);
    let anybody = quota.candidates.iter().filter(|id| states.clone().any(|own| own.over.contains(id)));
    let (always, sometimes): (Vec<&String>, Vec<&String>) = anybody.partition(|id| states.clone().all(|own| own.over.contains(id)));
    let keys = |ids: Vec<&String>| ids.into_iter().map(|id| key_of(id)).collect();
    (keys(always), keys(sometimes))
}
