//! A year's assessment as the window shows it: everybody's indicators with
//! where their points come from, grades, what the result does elsewhere, and
//! what the unit comes to.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::NaiveDate;
use xueji_domain::{
    exact::Exact,
    ids::{MemberId, OrganizationId},
    roster::Tier,
    rules::{
        evaluate_unit,
        expression::{Expression, Prefix},
        facts::{Item, Person, Subject},
        ledger::{EffectState, Evaluation, Notice, Outcome, PeriodLedger, Question, QuestionKind, QuotaState, UnitEvaluation, Verdict},
        model::{Effect, Indicator, IndicatorFrom, RuleSet, Whose},
    },
};
use xueji_store::{
    Reader,
    tables::{
        closing::{self, ScoreRecord},
        organizations, rules,
    },
};

use super::{
    assess_records::{self, Recorded},
    count::{self, Count, Scope, Year, YearSpan},
    shelf::Loaded,
    view, words,
};
use crate::{
    areas::{
        assess::{
            self, AssessEffect, AssessRequest, AssessRow, AssessYear, IndicatorHead, IndicatorPoints, QuotaView, RankingPlace, RankingView,
            RecordValue, ScoreView, UnitFigureView,
        },
        credits::{OpenQuestionView, QuestionView, Range, ReadingView},
        roster::MemberRow,
    },
    error::ApiError,
};

/// Who is judged, and how it came out.
struct Judged {
    member: MemberRow,
    organization: Option<OrganizationId>,
    subject: Subject,
    count: Count,
}

/// What was given by hand, by the key of whose it is.
type Given = HashMap<String, Vec<ScoreRecord>>;

/// A year's assessment under a scheme; the first in use where none is named.
pub(crate) fn year(reader: &Reader, today: NaiveDate, request: &AssessRequest) -> Result<AssessYear, ApiError> {
    let chosen = request.rule_set.as_deref().map(|key| assess::scheme(reader, today, request.year, key)).transpose()?;
    let kind = xueji_domain::rules::model::Kind::Assessment;
    let mut year = Year::read(reader, today, request.year, &Scope { kind, also: chosen.as_slice(), only: None })?;
    let mut answer = AssessYear { year: request.year, sets: view::set_views(&year), ..AssessYear::default() };
    let Some(loaded) = chosen.or_else(|| year.sets.first().map(|set| Arc::clone(set.main()))) else { return Ok(answer) };
    let recorded = Recorded::of(reader, &year, &loaded.rules)?;
    recorded.lay(&mut year);
    let given = given(reader, loaded.key(), request.year)?;
    let judged = match loaded.rules.head.subject {
        Whose::Person => people(reader, &mut year, &loaded, &given)?,
        Whose::Unit => units(reader, &year, &loaded, &recorded, &given)?,
    };
    let span = YearSpan::of(&loaded.rules, year.year, today);
    answer.set = Some(view::set_view(&year, &loaded, &span));
    answer.indicators = loaded.rules.indicators.iter().map(head).collect();
    answer.rows = judged.iter().map(|one| row(&year, one, &given)).collect();
    answer.questions = questions(&year, &judged);
    if let Some(unit) = unit_of(reader, &year, &loaded, &recorded, &judged)? {
        lay_out_unit(&mut answer, &loaded.rules, &unit);
    }
    Ok(answer)
}

fn given(reader: &Reader, key: &str, year: i32) -> Result<Given, ApiError> {
    let mut given = Given::new();
    for record in closing::scores(reader, key, &year.to_string())? {
        given.entry(record.fields.of.to_string()).or_default().push(record);
    }
    Ok(given)
}

/// Whether a scheme looks at single facts, beside what they add up to.
fn needs_facts(rules: &RuleSet) -> bool {
    !(rules.categories.is_empty() && rules.obligations.is_empty() && rules.inactive.is_empty() && rules.derives.is_empty())
}

/// Everybody for whom the scheme is; who has left only with a result.
fn people(reader: &Reader, year: &mut Year, loaded: &Arc<Loaded>, given: &Given) -> Result<Vec<Judged>, ApiError> {
    let shape = view::shape(reader, year)?;
    let set = year.sets.iter().position(|set| set.key == loaded.key());
    let mut judged = Vec::new();
    for record in view::members(year) {
        let text = set.map_or_else(|| Some(Arc::clone(loaded)), |index| year.version(&year.sets[index], record.id));
        let Some(text) = text else { continue };
        if let Some(facts) = year.facts.members.get_mut(&record.id).filter(|_| !needs_facts(&text.rules)) {
            facts.subject.activities.clear();
        }
        let count = year.count(&text, record.id, false)?;
        let member = shape.row(&record);
        let of_it = !member.left || given.contains_key(&record.id.to_string()) || year.frozen(text.key(), &count.span, record.id).is_some();
        if !of_it || view::verdict(&count) == Some(Verdict::Outside) {
            continue;
        }
        let known = year.facts.members.get(&record.id).map(|facts| (facts.subject.id.clone(), facts.subject.person.clone()));
        let (id, person) = known.unwrap_or_default();
        judged.push(Judged { member, organization: None, count, subject: Subject { id, person, ..Subject::default() } });
    }
    Ok(judged)
}

/// Every organization for which the scheme is, each by its own figures.
fn units(reader: &Reader, year: &Year, loaded: &Arc<Loaded>, recorded: &Recorded, given: &Given) -> Result<Vec<Judged>, ApiError> {
    let set = year.sets.iter().find(|set| set.key == loaded.key());
    let mut judged = Vec::new();
    for organization in organizations::list(reader)? {
        let below =
            |holding: &super::shelf::Holding| holding.organization.is_some_and(|above| year.facts.records.is_below(organization.id, above));
        let versions = || set.into_iter().flat_map(|set| &set.versions);
        let own = versions().find(|(holding, _)| below(holding));
        let text = own.or_else(|| versions().find(|(holding, _)| holding.organization.is_none())).map(|(_, text)| text);
        let Some(text) = text.or_else(|| set.is_none().then_some(loaded)) else { continue };
        let id = organization.id.to_string();
        let scores = given.get(&id).into_iter().flatten().map(|record| count::score(record.fields.clone())).collect();
        let person = recorded.organization(year, organization.id);
        let mut subject = Subject { id, person, scores, ..Subject::default() };
        let count = year.count_unit(text, &mut subject)?;
        if view::verdict(&count) != Some(Verdict::Outside) {
            judged.push(Judged { member: named(organization.id, &organization.name), organization: Some(organization.id), subject, count });
        }
    }
    Ok(judged)
}

fn key_of(id: &str) -> MemberId {
    id.parse().unwrap_or_else(|_| MemberId::from_parts(0, [0; 10]))
}

/// An organization in the place of a person.
fn named(id: OrganizationId, name: &str) -> MemberRow {
    MemberRow {
        id: key_of(&id.to_string()),
        staff_no: None,
        name: name.to_owned(),
        display_name: name.to_owned(),
        gender: None,
        born: None,
        party_status: None,
        party_joined: None,
        rank: None,
        tier: Tier::Other,
        post: None,
        category: None,
        organization: Some(id),
        organization_name: Some(name.to_owned()),
        department: None,
        phone: None,
        remark: None,
        left: false,
        namesake: false,
        search_keys: Vec::new(),
        revision: 0,
    }
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
fn agreed<T: PartialEq>(values: &[T]) -> Option<&T> {
    values.first().filter(|first| values.iter().all(|value| value == *first))
}

fn range(values: impl Iterator<Item = Exact> + Clone) -> Option<Range> {
    let (min, max) = (values.clone().min()?, values.max()?);
    (min != max).then_some(Range { min, max: Some(max) })
}

fn row(year: &Year, judged: &Judged, given: &Given) -> AssessRow {
    let (count, rules) = (&judged.count, &judged.count.loaded.rules);
    let periods: Vec<&PeriodLedger> = count.evaluation.outcomes.iter().filter_map(|outcome| period(count, outcome, year.today)).collect();
    let scores: Vec<Option<Exact>> = periods.iter().map(|period| period.score).collect();
    let grades: Vec<Option<&str>> = periods.iter().map(|period| period.grade.as_deref()).collect();
    let reasons: Vec<Option<&str>> = periods.iter().map(|period| period.no_grade.as_deref()).collect();
    let own = given.get(&judged.subject.id).map_or(&[][..], Vec::as_slice);
    let details = effects(rules, &judged.subject.person, &periods);
    let mut row = AssessRow {
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
    };
    let frozen = judged.organization.is_none().then(|| year.frozen(count.loaded.key(), &count.span, judged.member.id)).flatten();
    if let Some(kept) = frozen {
        let kept_grade = kept.grade.map(str::to_owned);
        row.changed = row.score != kept.score || row.grade != kept_grade;
        (row.score, row.grade, row.range, row.closed, row.open) = (kept.score, kept_grade, None, true, 0);
        row.grades.clear();
    }
    row
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
        let frozen = || year.frozen(one.count.loaded.key(), &one.count.span, one.member.id).is_some();
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

/// What the unit of these people comes to, by what was decided for everybody;
/// `None`: the scheme asks nothing of it.
fn unit_of(
    reader: &Reader,
    year: &Year,
    loaded: &Loaded,
    recorded: &Recorded,
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
    Ok(Some(evaluate_unit(&scheme, &recorded.unit(year), &people).map_err(count::refused)?))
}

fn lay_out_unit(answer: &mut AssessYear, rules: &RuleSet, unit: &UnitEvaluation) {
    let Some(first) = unit.outcomes.first().map(|outcome| &outcome.ledger) else { return };
    let same = |what: &dyn Fn(usize) -> Option<Option<Exact>>| {
        let all: Vec<Option<Exact>> = (0..unit.outcomes.len()).filter_map(what).collect();
        agreed(&all).copied().flatten()
    };
    answer.unit = (0..first.figures.len())
        .map(|at| UnitFigureView {
            label: first.figures[at].label.clone(),
            value: same(&|outcome| unit.outcomes[outcome].ledger.figures.get(at).map(|figure| figure.value)),
            line: first.figures[at].line,
        })
        .collect();
    answer.quotas = first.quotas.iter().map(|quota| quota_view(quota, unit)).collect();
    answer.rankings = first
        .rankings
        .iter()
        .map(|ranking| RankingView {
            label: ranking.label.clone(),
            places: ranking
                .places
                .iter()
                .map(|(place, id, amount)| RankingPlace { place: *place, member: key_of(id), amount: *amount })
                .collect(),
            line: ranking.line,
        })
        .collect();
    for question in &unit.questions {
        let tied = match &question.kind {
            QuestionKind::Tie { quota } => first.quotas.iter().find(|own| own.id == *quota).map(|quota| over(quota, unit).1),
            _ => None,
        };
        answer.questions.push(OpenQuestionView { question: unit_question(rules, question), members: tied.unwrap_or_default() });
    }
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
