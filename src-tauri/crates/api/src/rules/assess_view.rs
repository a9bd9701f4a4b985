//! A year's assessment as the window shows it: everybody's indicators with
//! where their points come from, grades, what the result does elsewhere; what
//! is closed as it was frozen.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::NaiveDate;
use xueji_domain::{
    exact::Exact,
    rules::{
        expression::{Expression, Prefix},
        facts::{Item, Person},
        ledger::{EffectState, Notice, Outcome, PeriodLedger},
        model::{Effect, Indicator, IndicatorFrom, Kind, RuleSet},
    },
};
use xueji_store::{Reader, tables::closing::ScoreRecord};

use super::{
    assess_frozen,
    assess_judge::{Assessing, Judged},
    assess_records, assess_unit,
    count::{Count, Scope, Year, YearSpan},
    shelf::Loaded,
    view, words,
};
use crate::{
    areas::{
        assess::{self, AssessEffect, AssessRequest, AssessRow, AssessYear, IndicatorHead, IndicatorPoints, RecordValue, ScoreView},
        credits::{OpenQuestionView, QuestionView, Range},
    },
    error::ApiError,
};

/// A year's assessment under a scheme; the first in use where none is named.
pub(crate) fn year(reader: &Reader, today: NaiveDate, request: &AssessRequest) -> Result<AssessYear, ApiError> {
    let chosen = request.rule_set.as_deref().map(|key| assess::scheme(reader, today, request.year, key)).transpose()?;
    let mut year = Year::read(reader, today, request.year, &Scope { kind: Kind::Assessment, also: chosen.as_slice(), only: None })?;
    let mut answer = AssessYear { year: request.year, sets: view::set_views(&year), ..AssessYear::default() };
    let Some(loaded) = chosen.or_else(|| year.sets.first().map(|set| Arc::clone(set.main()))) else { return Ok(answer) };
    let assessing = Assessing::of(reader, &mut year, &loaded)?;
    let (mut judged, _) = assessing.everybody(&mut year, &loaded, false)?;
    let span = YearSpan::of(&loaded.rules, year.year, today);
    answer.set = Some(view::set_view(&year, &loaded, &span));
    answer.indicators = heads(&loaded, &judged);
    answer.rows = judged.iter().map(|one| aligned(&answer.indicators, held(&year, &assessing, one))).collect();
    answer.questions = questions(&year, &judged);
    assess_frozen::settle(&year, &mut judged);
    assess_unit::lay_out(reader, &year, &loaded, &assessing, &judged, &mut answer)?;
    Ok(answer)
}

/// The indicators of a scheme, and of the versions that count for some, each
/// once.
fn heads(scheme: &Arc<Loaded>, judged: &[Judged]) -> Vec<IndicatorHead> {
    let mut heads: Vec<IndicatorHead> = scheme.rules.indicators.iter().map(head).collect();
    let mut seen = vec![&scheme.digest];
    for text in judged.iter().map(|one| &one.count.loaded) {
        if !seen.contains(&&text.digest) {
            seen.push(&text.digest);
            let more = text.rules.indicators.iter().filter(|own| heads.iter().all(|head| head.id != own.id)).map(head);
            heads.extend(more.collect::<Vec<_>>());
        }
    }
    heads
}

/// The indicators of a text.
pub(crate) fn heads_of(text: &Loaded) -> Vec<IndicatorHead> {
    text.rules.indicators.iter().map(head).collect()
}

/// A row's points in the order of the heads.
pub(crate) fn aligned(heads: &[IndicatorHead], mut row: AssessRow) -> AssessRow {
    let mut own: HashMap<String, IndicatorPoints> = row.indicators.drain(..).map(|points| (points.id.clone(), points)).collect();
    row.indicators = heads.iter().map(|head| own.remove(&head.id).unwrap_or_else(|| IndicatorPoints::none(&head.id))).collect();
    row
}

fn head(indicator: &Indicator) -> IndicatorHead {
    let mut head = IndicatorHead {
        id: indicator.id.clone(),
        label: indicator.label.clone(),
        head: indicator.head.clone(),
        max: indicator.max,
        min: indicator.min,
        weight: indicator.weight,
        scorers: Vec::new(),
        shares: Vec::new(),
        step: None,
        formula: None,
        source: indicator.source.clone(),
        reason: false,
        line: indicator.origin.line,
    };
    match &indicator.from {
        IndicatorFrom::Formula(formula) => head.formula = Some(formula.text.clone()),
        IndicatorFrom::Score { by, shares, step, reason } => {
            let share = |scorer: &String| shares.iter().find(|(own, _)| own == scorer).map_or(Exact::ZERO, |(_, share)| *share);
            (head.shares, head.scorers) = (by.iter().map(share).collect(), by.clone());
            (head.step, head.reason) = (*step, *reason);
        }
    }
    head
}

/// The period that is shown of an outcome: of several the last that has
/// begun.
fn period<'o>(count: &'o Count, outcome: &'o Outcome, today: NaiveDate) -> Option<&'o PeriodLedger> {
    let periods = count.periods(outcome);
    let begun = periods.iter().rev().find(|period| period.from.is_none_or(|from| from <= today));
    begun.or(periods.first()).copied()
}

/// The same under every reading, or nothing.
pub(super) fn agreed<T: PartialEq>(values: &[T]) -> Option<&T> {
    values.first().filter(|first| values.iter().all(|value| value == *first))
}

fn range(values: impl Iterator<Item = Exact> + Clone) -> Option<Range> {
    let (min, max) = (values.clone().min()?, values.max()?);
    (min != max).then_some(Range { min, max: Some(max) })
}

/// As it was frozen where it is closed, else as it is now.
fn held(year: &Year, assessing: &Assessing, judged: &Judged) -> AssessRow {
    let now = row(year, assessing, judged);
    let count = &judged.count;
    match year.frozen(count.loaded.key(), &count.span, judged.owner()) {
        Some(frozen) => assess_frozen::row(&frozen, now, &count.loaded.rules),
        None => now,
    }
}

/// What somebody comes to now.
pub(crate) fn row(year: &Year, assessing: &Assessing, judged: &Judged) -> AssessRow {
    let (count, rules) = (&judged.count, &judged.count.loaded.rules);
    let periods: Vec<&PeriodLedger> = count.evaluation.outcomes.iter().filter_map(|outcome| period(count, outcome, year.today)).collect();
    let scores: Vec<Option<Exact>> = periods.iter().map(|period| period.score).collect();
    let grades: Vec<Option<&str>> = periods.iter().map(|period| period.grade.as_deref()).collect();
    let reasons: Vec<Option<&str>> = periods.iter().map(|period| period.no_grade.as_deref()).collect();
    let own = assessing.given(judged.owner());
    let details = effects(rules, &judged.subject.person, &periods);
    AssessRow {
        member: judged.member.clone(),
        organization: judged.organization,
        score: agreed(&scores).copied().flatten(),
        range: range(scores.iter().flatten().copied()),
        grade: agreed(&grades).copied().flatten().map(str::to_owned),
        grades: if agreed(&grades).is_some() { Vec::new() } else { possible(count, &grades) },
        no_grade: agreed(&reasons).copied().flatten().map(str::to_owned),
        indicators: rules.indicators.iter().map(|indicator| points(year, judged, indicator, &periods, own)).collect(),
        vetoes: vetoes(rules, &periods),
        effects: details.iter().filter(|effect| effect.certain).map(effect_words).collect(),
        effect_details: details,
        notices: notices(count),
        open: u32::try_from(count.evaluation.questions.len()).unwrap_or(u32::MAX),
        closed: false,
        changed: false,
        changes: Vec::new(),
    }
}

/// The grades that came up, best first as the scheme has them; where a number
/// is missing also those between, because only its ends were tried.
fn possible(count: &Count, grades: &[Option<&str>]) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    for name in count.loaded.rules.grades.iter().flat_map(|grade| &grade.bands).map(|band| band.value.as_str()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let came_up = |name: &&str| grades.contains(&Some(name));
    let ends = names.iter().position(came_up).zip(names.iter().rposition(came_up));
    let Some((best, worst)) = ends else { return Vec::new() };
    let between = count.evaluation.questions.iter().any(|question| view::wants_value(&question.kind));
    names[best..=worst].iter().filter(|name| between || came_up(name)).map(|name| (*name).to_owned()).collect()
}

fn points(year: &Year, judged: &Judged, indicator: &Indicator, periods: &[&PeriodLedger], given: &[ScoreRecord]) -> IndicatorPoints {
    let states = periods.iter().map(|period| period.indicators.iter().find(|state| state.id == indicator.id));
    let known: Vec<Option<(Exact, Exact)>> = states.map(|state| state.map(|state| (state.value, state.weighted))).collect();
    let (value, weighted) = agreed(&known).copied().flatten().unzip();
    let on = judged.count.span.look_on(year.today, year.year);
    let from = match &indicator.from {
        IndicatorFrom::Formula(formula) => asked(formula, &judged.subject.person, on),
        IndicatorFrom::Score { .. } => Vec::new(),
    };
    let own = given.iter().filter(|record| record.fields.indicator == indicator.id);
    IndicatorPoints {
        id: indicator.id.clone(),
        asked: true,
        value,
        weighted,
        range: range(known.iter().flatten().map(|(value, _)| *value)),
        from,
        scores: own.map(score_view).collect(),
    }
}

fn score_view(record: &ScoreRecord) -> ScoreView {
    let fields = &record.fields;
    ScoreView {
        id: record.id.to_string(),
        scorer: fields.scorer.clone(),
        rater: fields.rater.clone(),
        value: fields.value,
        reason: fields.reason.clone(),
        scored_on: fields.scored_on.to_string(),
    }
}

/// What a formula asks of a person or unit, with what there is.
fn asked(formula: &Expression, person: &Person, on: NaiveDate) -> Vec<RecordValue> {
    let mut values: Vec<RecordValue> = Vec::new();
    for place in formula.node.names() {
        let prefix = match place.prefix {
            Some(Prefix::Person) => "person.",
            Some(Prefix::Unit) => "unit.",
            _ => continue,
        };
        let name = format!("{prefix}{}", place.name);
        if values.iter().all(|known| known.name != name) {
            let label = assess_records::label(place.name).unwrap_or(place.name).to_owned();
            values.push(RecordValue { name, label, value: person.on(place.name, on).map(item_words) });
        }
    }
    values
}

fn item_words(item: &Item) -> String {
    match item {
        Item::Number(number) => number.to_string(),
        Item::Text(text) => text.to_string(),
        Item::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
        Item::List(list) => list.join("、"),
    }
}

/// Those that fire under every reading.
fn vetoes(rules: &RuleSet, periods: &[&PeriodLedger]) -> Vec<String> {
    let fired = |id: &str| !periods.is_empty() && periods.iter().all(|period| period.vetoes.iter().any(|own| own == id));
    rules.vetoes.iter().filter(|veto| fired(&veto.id)).map(|veto| veto.label.clone()).collect()
}

fn effects(rules: &RuleSet, person: &Person, periods: &[&PeriodLedger]) -> Vec<AssessEffect> {
    let mut seen = HashSet::new();
    let view = |effect: &Effect| {
        let states: Vec<Option<&EffectState>> =
            periods.iter().map(|period| period.effects.iter().find(|own| own.id == effect.id)).collect();
        let state = states.iter().flatten().next()?;
        let recorded = state.review.as_ref().and_then(|review| person.reviews.iter().rev().find(|(own, _)| own == review));
        Some(AssessEffect {
            label: state.label.clone(),
            review: state.review.clone(),
            at_most: state.at_most.clone(),
            recorded: recorded.map(|(_, grade)| grade.clone()),
            grade: state.grade.clone(),
            certain: agreed(&states).is_some(),
            line: state.line,
        })
    };
    rules.effects.iter().filter(|effect| seen.insert(&effect.id)).filter_map(view).collect()
}

/// 学习考核不是优秀，年度考核不得评为优秀（年度考核：优秀 → 称职）
fn effect_words(effect: &AssessEffect) -> String {
    let cap = match (&effect.review, &effect.recorded, &effect.grade, &effect.at_most) {
        (Some(review), Some(recorded), Some(grade), _) if recorded != grade => format!("（{review}：{recorded} → {grade}）"),
        (Some(review), Some(recorded), Some(_), _) => format!("（{review}：{recorded}，不变）"),
        (Some(review), _, _, Some(at_most)) => format!("（{review}最高为{at_most}）"),
        _ => String::new(),
    };
    format!("{}{cap}", effect.label)
}

/// What a reader should look at: scores that do not count, first of all.
fn notices(count: &Count) -> Vec<String> {
    let rules = &count.loaded.rules;
    let say = words::of(rules);
    let label = |id: &str| rules.indicators.iter().find(|own| own.id == id).map_or_else(|| id.to_owned(), |own| own.label.clone());
    let mut sentences: Vec<String> = Vec::new();
    for notice in count.evaluation.outcomes.iter().flat_map(|outcome| &outcome.ledger.notices) {
        let sentence = match notice {
            Notice::UnmatchedActivity { .. } => continue,
            Notice::OutOfRange { fact, value } => say.notice(&Notice::OutOfRange { fact: label(fact), value: *value }),
            Notice::ScoreWithoutReason { indicator } => say.notice(&Notice::ScoreWithoutReason { indicator: label(indicator) }),
            other => say.notice(other),
        };
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

/// Open questions with those for whom they are open. A missing score is the
/// same question for everybody.
fn questions(year: &Year, judged: &[Judged]) -> Vec<OpenQuestionView> {
    let mut open: Vec<OpenQuestionView> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for one in judged {
        let frozen = || year.frozen(one.count.loaded.key(), &one.count.span, one.owner()).is_some();
        if one.count.evaluation.questions.is_empty() || frozen() {
            continue;
        }
        let unknown = one.count.evaluation.questions.iter().any(|question| !places.contains_key(&question.key));
        let views = if unknown { view::questions(year, one.member.id, &one.count) } else { Vec::new() };
        for question in &one.count.evaluation.questions {
            if let Some(at) = places.get(&question.key) {
                open[*at].members.push(one.member.id);
            } else if let Some(found) = views.iter().find(|own| own.key == question.key) {
                places.insert(question.key.clone(), open.len());
                open.push(OpenQuestionView { question: by_score(year, one, found.clone()), members: vec![one.member.id] });
            }
        }
    }
    open
}

/// A question with what the score would be under each reading.
fn by_score(year: &Year, judged: &Judged, mut question: QuestionView) -> QuestionView {
    for reading in &mut question.readings {
        let chosen = |outcome: &&Outcome| outcome.choices.iter().any(|(key, id)| *key == question.key && *id == reading.id);
        let outcomes = judged.count.evaluation.outcomes.iter().filter(chosen);
        let scores: Vec<Exact> = outcomes.filter_map(|outcome| period(&judged.count, outcome, year.today)?.score).collect();
        let ends = scores.iter().min().copied().zip(scores.iter().max().copied());
        reading.range = ends.map(|(min, max)| Range { min, max: Some(max) });
    }
    question
}
