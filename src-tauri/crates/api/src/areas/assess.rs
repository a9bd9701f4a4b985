//! 学习考核: a year's assessment by a scheme: indicators from the records or
//! scored by hand, grades, quotas, what the result does elsewhere.

use std::{collections::HashMap, sync::Arc};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{MemberId, OrganizationId, ScoreId},
    roster::Tier,
    rules::{
        evaluate_unit,
        facts::{Score, Subject, Unit},
        ledger::{EffectState, Evaluation, Outcome, PeriodLedger, QuotaState, RankingState, UnitFigure, UnitLedger, Verdict},
        model::{Indicator, IndicatorFrom, Kind, RuleSet, Whose},
    },
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        closing::{self, ScoreFields, ScoreRecord, Scored},
        organizations, roster,
    },
};

use super::{
    credits::{OpenQuestionView, Range, SetView},
    roster::MemberRow,
};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    rules::{
        count::{self, Count, Scope, Year},
        figures::{self, PeriodFigures},
        shelf::Loaded,
        view::{self, FrozenLedger},
    },
    table::Nothing,
};

/// Asks for a year's assessment.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AssessRequest {
    /// The year.
    pub year: i32,
    /// Under which scheme, by its key; `null`: the first that is in use.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub rule_set: Option<String>,
}

/// A year's assessment.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct AssessYear {
    /// The year.
    pub year: i32,
    /// Every scheme in use; empty: none is.
    pub sets: Vec<SetView>,
    /// The one that the rows are by.
    pub set: Option<SetView>,
    /// Its indicators, in the order of the file.
    pub indicators: Vec<IndicatorHead>,
    /// One line a member, in 姓氏笔画 order.
    pub rows: Vec<AssessRow>,
    /// What the unit as a whole comes to.
    pub unit: Vec<UnitFigureView>,
    /// Quotas and who is over them.
    pub quotas: Vec<QuotaView>,
    /// Rankings.
    pub rankings: Vec<RankingView>,
    /// What the scheme does not decide, missing scores among it.
    pub questions: Vec<OpenQuestionView>,
}

/// An indicator.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IndicatorHead {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// 大项
    pub head: Option<String>,
    /// Most points.
    #[ts(type = "string")]
    pub max: Exact,
    /// Fewest points.
    #[ts(type = "string")]
    pub min: Exact,
    /// Its weight.
    #[ts(type = "string")]
    pub weight: Exact,
    /// Who scores it by hand; empty: it comes from the records.
    pub scorers: Vec<String>,
    /// Whether a score needs a reason.
    pub reason: bool,
    /// The line in the file.
    pub line: u32,
}

/// One member's assessment.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AssessRow {
    /// Who; of a scheme that judges units the unit, with its name in the
    /// place of the person's.
    pub member: MemberRow,
    /// The unit that is judged; `null`: a person is.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// The score; `null` where undecided.
    #[ts(type = "string | null")]
    pub score: Option<Exact>,
    /// Between what it lies, where undecided.
    pub range: Option<Range>,
    /// The grade; `null` where undecided or none.
    pub grade: Option<String>,
    /// Why there is no grade.
    pub no_grade: Option<String>,
    /// Points, parallel to the indicators; `null` where not known.
    pub indicators: Vec<IndicatorPoints>,
    /// Vetoes that fired, by name.
    pub vetoes: Vec<String>,
    /// What the result does elsewhere, in words.
    pub effects: Vec<String>,
    /// What is not decided.
    pub open: u32,
    /// Whether this is a frozen result.
    pub closed: bool,
}

/// An indicator's points.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IndicatorPoints {
    /// Before weight; `null` where not known.
    #[ts(type = "string | null")]
    pub value: Option<Exact>,
    /// After weight; `null` where not known.
    #[ts(type = "string | null")]
    pub weighted: Option<Exact>,
    /// What was given by hand.
    pub scores: Vec<ScoreView>,
}

/// Points given by hand.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ScoreView {
    /// Their key.
    pub id: String,
    /// 自评, 互评, 核查 …
    pub scorer: String,
    /// The points.
    #[ts(type = "string")]
    pub value: Exact,
    /// Why.
    pub reason: Option<String>,
}

/// A figure of the unit.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UnitFigureView {
    /// Its name.
    pub label: String,
    /// How much; `null` where undecided.
    #[ts(type = "string | null")]
    pub value: Option<Exact>,
    /// The line in the file.
    pub line: u32,
}

/// A quota.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QuotaView {
    /// Its name.
    pub label: String,
    /// Before rounding.
    #[ts(type = "string | null")]
    pub raw: Option<Exact>,
    /// Places; `null` where undecided.
    #[ts(type = "string | null")]
    pub places: Option<Exact>,
    /// Those who have the grade, best first.
    #[ts(type = "string[]")]
    pub candidates: Vec<MemberId>,
    /// Those of them for whom there is no place.
    #[ts(type = "string[]")]
    pub over: Vec<MemberId>,
    /// The line in the file.
    pub line: u32,
}

/// A ranking.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RankingView {
    /// Its name.
    pub label: String,
    /// Who stands where.
    pub places: Vec<RankingPlace>,
    /// The line in the file.
    pub line: u32,
}

/// A place of a ranking.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RankingPlace {
    /// Equal amounts share a place.
    pub place: u32,
    /// Who.
    #[ts(type = "string")]
    pub member: MemberId,
    /// How much.
    #[ts(type = "string")]
    pub amount: Exact,
}

/// Gives points by hand; those of the same scorer for the same indicator are
/// replaced.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetScore {
    /// The scheme's key.
    pub rule_set: String,
    /// The year.
    pub year: i32,
    /// Whose; exactly one of this and `organization`.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
    /// Whose, of an organization's scheme.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub organization: Option<OrganizationId>,
    /// The indicator's id.
    pub indicator: String,
    /// 自评, 互评, 核查 …
    pub scorer: String,
    /// `8.5`
    pub value: String,
    /// Why; must be there where the indicator asks for it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<String>,
}

/// Takes points back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveScore {
    /// Their key.
    pub id: String,
}

/// A scheme's year, with the figures of the records laid among what is known
/// of everybody.
pub(crate) fn enrich(reader: &Reader, year: &mut Year, rules: &RuleSet) -> Result<Option<PeriodFigures>, ApiError> {
    if rules.head.kind != Kind::Assessment {
        return Ok(None);
    }
    let figures = PeriodFigures::of(reader, year, rules)?;
    figures.lay(year);
    Ok(Some(figures))
}

/// `assess.year`
pub fn year(context: &QueryContext, request: AssessRequest) -> Result<AssessYear, ApiError> {
    let mut year = Year::read(context.reader, context.today, request.year, &Scope::all(Kind::Assessment))?;
    let sets = view::set_views(&year);
    if year.sets.is_empty() && request.rule_set.is_none() {
        return Ok(AssessYear { year: request.year, sets, ..AssessYear::default() });
    }
    let index = year.set(request.rule_set.as_deref())?;
    let loaded = Arc::clone(year.sets[index].main());
    let figures = PeriodFigures::of(context.reader, &year, &loaded.rules)?;
    figures.lay(&mut year);
    let judged = match loaded.rules.head.subject {
        Whose::Person => people(context.reader, &mut year, index)?,
        Whose::Unit => units(context.reader, &mut year, &loaded, &figures)?,
    };
    let unit = unit_of(&year, &loaded, &figures, &judged)?;
    let given = given(context.reader, loaded.key(), request.year)?;
    let rows = judged.iter().map(|one| row(&year, &loaded.rules, one, &given)).collect();
    let (figures, quotas, rankings) = unit.map_or_else(Default::default, |unit| unit_views(&unit));
    Ok(AssessYear {
        year: request.year,
        set: Some(view::set_view(&year, &loaded, &year.sets[index].span)),
        sets,
        indicators: heads(&loaded.rules),
        rows,
        unit: figures,
        quotas,
        rankings,
        questions: questions(&year, &judged),
    })
}

/// Who is judged, and how it came out.
struct Judged {
    member: MemberRow,
    organization: Option<OrganizationId>,
    count: Count,
    subject: Subject,
}

fn people(reader: &Reader, year: &mut Year, index: usize) -> Result<Vec<Judged>, ApiError> {
    let shape = view::shape(reader, year)?;
    let mut judged = Vec::new();
    for member in view::members(year) {
        let Some(text) = year.version(&year.sets[index], member.id) else { continue };
        let count = year.count(&text, member.id, true)?;
        let row = shape.row(&member);
        if row.left || view::verdict(&count) == Some(Verdict::Outside) {
            continue;
        }
        let subject = year.facts.members.get(&member.id).map(|facts| facts.subject.clone()).unwrap_or_default();
        judged.push(Judged { member: row, organization: None, count, subject });
    }
    Ok(judged)
}

/// Every organization of the book, each judged by its own figures.
fn units(reader: &Reader, year: &mut Year, loaded: &Arc<Loaded>, figures: &PeriodFigures) -> Result<Vec<Judged>, ApiError> {
    let mut judged = Vec::new();
    for organization in organizations::list(reader)? {
        let mut subject = Subject { id: organization.id.to_string(), ..Subject::default() };
        for (name, value) in figures.unit(year, Some(organization.id)) {
            figures::set(&mut subject.person, name, value);
        }
        subject.scores = unit_scores(reader, loaded.key(), year.year, organization.id)?;
        let count = year.count_unit(loaded, &mut subject)?;
        judged.push(Judged { member: named(organization.id, &organization.name), organization: Some(organization.id), count, subject });
    }
    Ok(judged)
}

/// An organization in the place of a person.
fn named(id: OrganizationId, name: &str) -> MemberRow {
    MemberRow {
        id: id.to_string().parse().unwrap_or_else(|_| MemberId::from_parts(0, [0; 10])),
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

fn unit_scores(reader: &Reader, key: &str, year: i32, organization: OrganizationId) -> Result<Vec<Score>, ApiError> {
    let all = closing::scores(reader, key, &year.to_string())?.into_iter();
    let own = all.filter(|record| record.fields.of == Scored::Organization(organization));
    Ok(own.map(|record| count::score(record.fields)).collect())
}

/// What was given by hand, by whose it is.
type Given = HashMap<String, Vec<ScoreRecord>>;

fn given(reader: &Reader, key: &str, year: i32) -> Result<Given, ApiError> {
    let mut given = Given::new();
    for record in closing::scores(reader, key, &year.to_string())? {
        let whose = match record.fields.of {
            Scored::Member(id) => id.to_string(),
            Scored::Organization(id) => id.to_string(),
        };
        given.entry(whose).or_default().push(record);
    }
    Ok(given)
}

fn heads(rules: &RuleSet) -> Vec<IndicatorHead> {
    let view = |indicator: &Indicator| {
        let (scorers, reason) = match &indicator.from {
            IndicatorFrom::Formula(_) => (Vec::new(), false),
            IndicatorFrom::Score { by, reason, .. } => (by.clone(), *reason),
        };
        IndicatorHead {
            id: indicator.id.clone(),
            label: indicator.label.clone(),
            head: indicator.head.clone(),
            max: indicator.max,
            min: indicator.min,
            weight: indicator.weight,
            scorers,
            reason,
            line: indicator.origin.line,
        }
    };
    rules.indicators.iter().map(view).collect()
}

/// The same under every reading, or nothing.
fn agreed<T: PartialEq + Clone>(values: Vec<Option<T>>) -> Option<T> {
    let first = values.first()?.clone()?;
    values.iter().all(|value| value.as_ref() == Some(&first)).then_some(first)
}

fn row(year: &Year, rules: &RuleSet, judged: &Judged, given: &Given) -> AssessRow {
    let count = &judged.count;
    let last = |outcome: &'_ Outcome| count.periods(outcome).last().map(|period| (*period).clone());
    let periods: Vec<Option<PeriodLedger>> = count.evaluation.outcomes.iter().map(last).collect();
    let each = |what: &dyn Fn(&PeriodLedger) -> Option<String>| agreed(periods.iter().map(|period| what(period.as_ref()?)).collect());
    let scores: Vec<Option<Exact>> = periods.iter().map(|period| period.as_ref()?.score).collect();
    let known: Vec<Exact> = scores.iter().flatten().copied().collect();
    let ends = known.iter().min().copied().zip(known.iter().max().copied());
    let open = count.evaluation.questions.iter().any(|question| question.readings.iter().any(|reading| reading.unbounded));
    let first = periods.first().cloned().flatten().unwrap_or_default();
    let own = given.get(&judged.subject.id).map_or(&[][..], Vec::as_slice);
    let mut row = AssessRow {
        member: judged.member.clone(),
        organization: judged.organization,
        score: agreed(scores),
        range: ends.filter(|(min, max)| min != max).map(|(min, max)| Range { min, max: (!open).then_some(max) }),
        grade: each(&|period| period.grade.clone()),
        no_grade: each(&|period| period.no_grade.clone()),
        indicators: rules.indicators.iter().map(|indicator| points(indicator, &periods, own)).collect(),
        vetoes: first.vetoes.iter().map(|id| veto_label(rules, id)).collect(),
        effects: first.effects.iter().map(effect_words).collect(),
        open: u32::try_from(count.evaluation.questions.len()).unwrap_or(u32::MAX),
        closed: false,
    };
    let frozen = judged.organization.is_none().then(|| year.frozen(count.loaded.key(), &count.span, judged.member.id)).flatten();
    if let Some(kept) = frozen.and_then(|frozen| serde_json::from_str::<FrozenLedger>(frozen.ledger()).ok()) {
        (row.score, row.grade, row.range, row.closed, row.open) = (kept.score, kept.grade, None, true, 0);
    }
    row
}

fn points(indicator: &Indicator, periods: &[Option<PeriodLedger>], given: &[ScoreRecord]) -> IndicatorPoints {
    let of = |period: &Option<PeriodLedger>| {
        period.as_ref()?.indicators.iter().find(|state| state.id == indicator.id).map(|state| (state.value, state.weighted))
    };
    let known = agreed(periods.iter().map(of).collect());
    let own = given.iter().filter(|record| record.fields.indicator == indicator.id);
    IndicatorPoints {
        value: known.map(|(value, _)| value),
        weighted: known.map(|(_, weighted)| weighted),
        scores: own
            .map(|record| ScoreView {
                id: record.id.to_string(),
                scorer: record.fields.scorer.clone(),
                value: record.fields.value,
                reason: record.fields.reason.clone(),
            })
            .collect(),
    }
}

fn veto_label(rules: &RuleSet, id: &str) -> String {
    rules.vetoes.iter().find(|veto| veto.id == id).map_or_else(|| id.to_owned(), |veto| veto.label.clone())
}

/// 年度考核最高到称职
fn effect_words(effect: &EffectState) -> String {
    match (&effect.review, &effect.at_most) {
        (Some(review), Some(at_most)) => format!("{}：{review}最高到“{at_most}”", effect.label),
        _ => effect.label.clone(),
    }
}

/// What the unit of these people comes to.
fn unit_of(year: &Year, loaded: &Loaded, figures: &PeriodFigures, judged: &[Judged]) -> Result<Option<UnitLedger>, ApiError> {
    let rules = &loaded.rules;
    if rules.units.is_empty() && rules.quotas.is_empty() && rules.rankings.is_empty() {
        return Ok(None);
    }
    let items = figures.unit(year, None).into_iter().map(|(name, value)| (name.into(), value)).collect();
    let people: Vec<(&Subject, &Evaluation)> = judged.iter().map(|one| (&one.subject, &one.count.evaluation)).collect();
    let evaluation = evaluate_unit(rules, &Unit { items }, &people).map_err(count::refused)?;
    Ok(evaluation.outcomes.into_iter().next().map(|outcome| outcome.ledger))
}

type UnitViews = (Vec<UnitFigureView>, Vec<QuotaView>, Vec<RankingView>);

fn unit_views(unit: &UnitLedger) -> UnitViews {
    let ids = |ids: &[String]| ids.iter().filter_map(|id| id.parse().ok()).collect();
    let figure = |figure: &UnitFigure| UnitFigureView { label: figure.label.clone(), value: figure.value, line: figure.line };
    let quota = |quota: &QuotaState| QuotaView {
        label: quota.label.clone(),
        raw: quota.raw,
        places: quota.places,
        candidates: ids(&quota.candidates),
        over: ids(&quota.over),
        line: quota.line,
    };
    let place =
        |(place, id, amount): &(u32, String, Exact)| Some(RankingPlace { place: *place, member: id.parse().ok()?, amount: *amount });
    let ranking = |ranking: &RankingState| RankingView {
        label: ranking.label.clone(),
        places: ranking.places.iter().filter_map(place).collect(),
        line: ranking.line,
    };
    (unit.figures.iter().map(figure).collect(), unit.quotas.iter().map(quota).collect(), unit.rankings.iter().map(ranking).collect())
}

fn questions(year: &Year, judged: &[Judged]) -> Vec<OpenQuestionView> {
    let mut open: Vec<OpenQuestionView> = Vec::new();
    for one in judged.iter().filter(|one| one.organization.is_none()) {
        for question in view::questions(year, one.member.id, &one.count) {
            // A missing score is the same question for everybody.
            match open.iter_mut().find(|known| known.question.key == question.key) {
                Some(known) => known.members.push(one.member.id),
                None => open.push(OpenQuestionView { question, members: vec![one.member.id] }),
            }
        }
    }
    open
}

/// `assess.score`
pub fn score(context: &mut MutateContext, request: SetScore) -> Result<Nothing, ApiError> {
    let value = forms::number("value", &request.value)?;
    let reason = forms::text(request.reason.as_deref());
    let rules = scheme(&context.writer.reader(), context.today, &request)?;
    let unknown = || ApiError::Refused { code: "indicator_unknown", params: params! { "name" => request.indicator } };
    let indicator = rules.rules.indicators.iter().find(|indicator| indicator.id == request.indicator).ok_or_else(unknown)?;
    check(indicator, &request.scorer, value, reason.as_deref()).map_err(|error| error.unwrap_or_else(unknown))?;
    let of = match (request.member, request.organization) {
        (Some(member), None) => Scored::Member(member),
        (None, Some(organization)) => Scored::Organization(organization),
        _ => return Err(ApiError::field("member", "member_name_missing")),
    };
    let fields = ScoreFields {
        rule_set_key: request.rule_set,
        period: request.year.to_string(),
        of,
        indicator: request.indicator,
        scorer: request.scorer,
        rater: None,
        value,
        reason,
        scored_on: context.today,
    };
    closing::set_score(context.writer, &fields)?;
    describe(context, &fields)?;
    Ok(Nothing {})
}

fn scheme(reader: &Reader, today: chrono::NaiveDate, request: &SetScore) -> Result<Arc<Loaded>, ApiError> {
    let year = Year::read(reader, today, request.year, &Scope::all(Kind::Assessment))?;
    let index = year.set(Some(&request.rule_set))?;
    Ok(Arc::clone(year.sets[index].main()))
}

/// Whether points may be given so; `Err(None)`: not by hand, or not by this
/// scorer.
fn check(indicator: &Indicator, scorer: &str, value: Exact, reason: Option<&str>) -> Result<(), Option<ApiError>> {
    let IndicatorFrom::Score { by, step, reason: needs_reason, .. } = &indicator.from else { return Err(None) };
    if !by.iter().any(|own| own == scorer) {
        return Err(None);
    }
    if value < indicator.min || value > indicator.max {
        let params = params! { "value" => value.to_string(), "min" => indicator.min.to_string(), "max" => indicator.max.to_string() };
        return Err(Some(ApiError::Field { field: "value", code: "score_out_of_range", params }));
    }
    let fits = |step: &Exact| value.checked_div(*step).is_some_and(|times| times.denom() == 1);
    if let Some(step) = step.filter(|step| !fits(step)) {
        let params = params! { "value" => value.to_string(), "step" => step.to_string() };
        return Err(Some(ApiError::Field { field: "value", code: "score_step", params }));
    }
    if *needs_reason && reason.is_none() {
        return Err(Some(ApiError::field("reason", "reason_missing")));
    }
    Ok(())
}

fn describe(context: &mut MutateContext, fields: &ScoreFields) -> Result<(), ApiError> {
    let reader = context.writer.reader();
    let name = match fields.of {
        Scored::Member(member) => roster::get(&reader, member, context.today)?.person.name,
        Scored::Organization(id) => {
            organizations::list(&reader)?.into_iter().find(|one| one.id == id).map_or_else(String::new, |one| one.name)
        }
    };
    let params = params! {
        "name" => name, "indicator" => fields.indicator, "value" => fields.value.to_string(), "scorer" => fields.scorer
    };
    context.writer.describe(params);
    Ok(())
}

/// `assess.remove_score`
pub fn remove_score(context: &mut MutateContext, request: RemoveScore) -> Result<Nothing, ApiError> {
    let id: ScoreId = request.id.parse().map_err(|_| StoreError::Gone { what: "score" })?;
    let fields = closing::score(&context.writer.reader(), id)?.fields;
    describe(context, &fields)?;
    closing::delete_score(context.writer, id)?;
    Ok(Nothing {})
}
