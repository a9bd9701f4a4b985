//! 学习考核: a year's assessment by a scheme: indicators from the records or
//! scored by hand, grades, quotas, what the result does elsewhere.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{MemberId, OrganizationId, ScoreId},
    rules::model::{Indicator, IndicatorFrom, Kind, RuleSet, Whose},
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        closing::{self, Owner, ScoreFields},
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
        assess_view,
        shelf::{Loaded, Shelf, preset_id},
    },
    table::Nothing,
};

/// Asks for a year's assessment.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AssessRequest {
    /// The year.
    pub year: i32,
    /// Under which scheme, by its key, in use or not: a preset's, or the latest
    /// of the book's own; `null`: the first that is in use.
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
    /// Its indicators, in the order of the file; those that only another
    /// version for some of the rows has, after them.
    pub indicators: Vec<IndicatorHead>,
    /// One line a member, in 姓氏笔画 order.
    pub rows: Vec<AssessRow>,
    /// What the unit as a whole comes to.
    pub unit: Vec<UnitFigureView>,
    /// Quotas and who is over them.
    pub quotas: Vec<QuotaView>,
    /// Rankings.
    pub rankings: Vec<RankingView>,
    /// Whether figures, quotas and rankings are frozen.
    pub unit_closed: bool,
    /// What of them the book gives otherwise now.
    pub unit_changes: Vec<ResultChange>,
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
    /// Each scorer's share of the points, parallel to `scorers`; 0: only for
    /// comparison.
    #[ts(type = "string[]")]
    pub shares: Vec<Exact>,
    /// Points come in steps of this.
    #[ts(type = "string | null")]
    pub step: Option<Exact>,
    /// The formula as written, where it comes from the records.
    pub formula: Option<String>,
    /// Where the document says so.
    pub source: Option<String>,
    /// Whether a score needs a reason.
    pub reason: bool,
    /// The line in the file.
    pub line: u32,
}

/// One member's assessment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
    /// The same in parts, and what it may do where the result is undecided.
    pub effect_details: Vec<AssessEffect>,
    /// The grades that are possible where the grade is undecided; else empty.
    pub grades: Vec<String>,
    /// What a reader should look at: a score that does not count.
    pub notices: Vec<String>,
    /// What is not decided.
    pub open: u32,
    /// Whether this is a frozen result.
    pub closed: bool,
    /// Whether the book gives something else now than was frozen.
    pub changed: bool,
    /// What of it.
    #[serde(default)]
    pub changes: Vec<ResultChange>,
}

/// What is otherwise now than it was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ResultChange {
    /// What: 得分, an indicator, a quota.
    pub label: String,
    /// As it was frozen, in words; `null`: nothing.
    pub before: Option<String>,
    /// As it is now.
    pub after: Option<String>,
}

/// What a result does elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AssessEffect {
    /// Its name.
    pub label: String,
    /// The review that it caps: 年度考核.
    pub review: Option<String>,
    /// The best grade that it leaves, where it names one.
    pub at_most: Option<String>,
    /// That review's grade as it is recorded.
    pub recorded: Option<String>,
    /// That grade after the cap.
    pub grade: Option<String>,
    /// Whether it holds under every reading; else it may.
    pub certain: bool,
    /// The line in the file.
    pub line: u32,
}

/// An indicator's points.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IndicatorPoints {
    /// The indicator's id.
    pub id: String,
    /// Whether the version that counts here has it.
    pub asked: bool,
    /// Before weight; `null` where not known.
    #[ts(type = "string | null")]
    pub value: Option<Exact>,
    /// After weight; `null` where not known.
    #[ts(type = "string | null")]
    pub weighted: Option<Exact>,
    /// Between what it lies before weight, where it is not known.
    pub range: Option<Range>,
    /// What its formula asked the records for.
    pub from: Vec<RecordValue>,
    /// What was given by hand.
    pub scores: Vec<ScoreView>,
}

impl IndicatorPoints {
    /// Of an indicator that the version has not.
    pub(crate) fn none(id: &str) -> Self {
        Self { id: id.to_owned(), asked: false, value: None, weighted: None, range: None, from: Vec::new(), scores: Vec::new() }
    }
}

/// What a formula asked the records for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecordValue {
    /// As written: `person.record.notes`.
    pub name: String,
    /// In words: 笔记篇数.
    pub label: String,
    /// What there is: `17/20`, 是, 处级以上; `null`: nothing is known.
    pub value: Option<String>,
}

/// Points given by hand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScoreView {
    /// Their key.
    pub id: String,
    /// 自评, 互评, 核查 …
    pub scorer: String,
    /// Who it was, where several people score in that capacity.
    pub rater: Option<String>,
    /// The points.
    #[ts(type = "string")]
    pub value: Exact,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub scored_on: String,
}

/// A figure of the unit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
    /// Those of whom it is undecided whether they have it.
    #[ts(type = "string[]")]
    pub perhaps: Vec<MemberId>,
    /// Those for whom there is no place under every reading.
    #[ts(type = "string[]")]
    pub over: Vec<MemberId>,
    /// Equals at the border, of whom the scheme does not say what becomes of
    /// them: see the questions.
    #[ts(type = "string[]")]
    pub tied: Vec<MemberId>,
    /// The line in the file.
    pub line: u32,
}

/// A ranking.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RankingView {
    /// Its name.
    pub label: String,
    /// Who stands where.
    pub places: Vec<RankingPlace>,
    /// The line in the file.
    pub line: u32,
}

/// A place of a ranking.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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

/// Gives points by hand; those of the same scorer (and rater) for the same
/// indicator are replaced.
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
    /// Who it is, where several people score in that capacity: a colleague's
    /// name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub rater: Option<String>,
    /// `8.5`
    pub value: String,
    /// Why; must be there where the indicator asks for it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<String>,
}

/// Gives many points at once, all or none: a column from a sheet.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetScores {
    /// Each of them, of one scheme.
    pub scores: Vec<SetScore>,
}

/// Takes points back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveScore {
    /// Their key.
    pub id: String,
}

/// `assess.year`
pub fn year(context: &QueryContext, request: AssessRequest) -> Result<AssessYear, ApiError> {
    assess_view::year(context.reader, context.today, &request)
}

/// A scheme by its key: as it is in use in a year, else the latest of the
/// book's own, else the preset.
pub(crate) fn scheme(reader: &Reader, today: NaiveDate, year: i32, key: &str) -> Result<Arc<Loaded>, ApiError> {
    let shelf = Shelf::read(reader)?;
    let end = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(today);
    let held = shelf.on(end, Kind::Assessment).into_iter().filter(|holding| holding.key == key);
    let whole = held.min_by_key(|holding| holding.organization.is_some()).map(|holding| holding.set);
    let own = || shelf.own().iter().rev().find(|record| record.fields.key == key).map(|record| record.id.to_string());
    let found = shelf.load(&whole.or_else(own).unwrap_or_else(|| preset_id(key)))?;
    if found.rules.head.kind == Kind::Assessment { Ok(found) } else { Err(StoreError::Gone { what: "rule_set" }.into()) }
}

/// `assess.score`
pub fn score(context: &mut MutateContext, request: SetScore) -> Result<Nothing, ApiError> {
    let loaded = scheme(&context.writer.reader(), context.today, request.year, &request.rule_set)?;
    let given = give(context, &loaded.rules, request)?;
    context.writer.describe(params! {
        "name" => given.name, "indicator" => given.indicator, "value" => given.fields.value.to_string(), "scorer" => said_by(&given.fields)
    });
    Ok(Nothing {})
}

/// `assess.scores`
pub fn scores(context: &mut MutateContext, request: SetScores) -> Result<Nothing, ApiError> {
    let Some(first) = request.scores.first() else { return Err(ApiError::field("scores", "value_missing")) };
    let (key, year) = (first.rule_set.clone(), first.year);
    let loaded = scheme(&context.writer.reader(), context.today, year, &key)?;
    let count = request.scores.len();
    for one in request.scores {
        if one.rule_set != key || one.year != year {
            return Err(ApiError::Refused { code: "score_of_whom", params: params! { "name" => loaded.rules.head.name } });
        }
        give(context, &loaded.rules, one)?;
    }
    context.writer.describe(params! { "name" => loaded.rules.head.name, "year" => year.to_string(), "count" => count });
    Ok(Nothing {})
}

/// Points as they were given.
struct Given {
    name: String,
    indicator: String,
    fields: ScoreFields,
}

fn give(context: &mut MutateContext, rules: &RuleSet, request: SetScore) -> Result<Given, ApiError> {
    let unknown = || ApiError::Refused { code: "indicator_unknown", params: params! { "name" => request.indicator } };
    let indicator = rules.indicators.iter().find(|own| own.id == request.indicator).ok_or_else(unknown)?;
    let (of, name) = whose(&context.writer.reader(), context.today, rules, &request)?;
    let scorer = forms::required("scorer", "scorer_missing", &request.scorer)?;
    let (value, reason) = (forms::number("value", &request.value)?, forms::text(request.reason.as_deref()));
    fits(indicator, &name, &scorer, value, reason.is_some())?;
    let fields = ScoreFields {
        rule_set_key: rules.head.id.clone(),
        period: request.year.to_string(),
        of,
        indicator: indicator.id.clone(),
        scorer,
        rater: forms::text(request.rater.as_deref()),
        value,
        reason,
        scored_on: context.today,
    };
    closing::set_score(context.writer, &fields)?;
    Ok(Given { name, indicator: indicator.label.clone(), fields })
}

/// 互评 王伟
fn said_by(fields: &ScoreFields) -> String {
    fields.rater.as_ref().map_or_else(|| fields.scorer.clone(), |rater| format!("{} {rater}", fields.scorer))
}

/// Whose points they are, with the name.
fn whose(reader: &Reader, today: NaiveDate, rules: &RuleSet, request: &SetScore) -> Result<(Owner, String), ApiError> {
    match (request.member, request.organization, rules.head.subject) {
        (Some(member), None, Whose::Person) => Ok((Owner::Member(member), roster::get(reader, member, today)?.person.name)),
        (None, Some(id), Whose::Unit) => {
            let found = organizations::list(reader)?.into_iter().find(|own| own.id == id);
            let found = found.ok_or_else(|| ApiError::field("organization", "organization_unknown"))?;
            Ok((Owner::Organization(id), found.name))
        }
        _ => Err(ApiError::Refused { code: "score_of_whom", params: params! { "name" => rules.head.name } }),
    }
}

/// Whether points can be given so: by whom, how many, in what steps, with a
/// reason where the scheme wants one.
fn fits(indicator: &Indicator, whose: &str, scorer: &str, value: Exact, reasoned: bool) -> Result<(), ApiError> {
    let wrong = |field: &'static str, code: &'static str, mut params: Map<String, Value>| {
        params.insert("whose".to_owned(), whose.into());
        params.insert("indicator".to_owned(), indicator.label.clone().into());
        Err(ApiError::Field { field, code, params })
    };
    let IndicatorFrom::Score { by, step, reason, .. } = &indicator.from else {
        return wrong("indicator", "indicator_by_records", Map::new());
    };
    if !by.iter().any(|own| own == scorer) {
        return wrong("scorer", "scorer_unknown", params! { "scorer" => scorer, "by" => by.join("、") });
    }
    if value < indicator.min || value > indicator.max {
        let params = params! { "value" => value.to_string(), "min" => indicator.min.to_string(), "max" => indicator.max.to_string() };
        return wrong("value", "score_out_of_range", params);
    }
    if let Some(step) = step.filter(|step| value.checked_div(*step).is_none_or(|units| units.denom() != 1)) {
        return wrong("value", "score_step", params! { "value" => value.to_string(), "step" => step.to_string() });
    }
    if *reason && !reasoned {
        return wrong("reason", "score_reason_missing", Map::new());
    }
    Ok(())
}

/// `assess.remove_score`
pub fn remove_score(context: &mut MutateContext, request: RemoveScore) -> Result<Nothing, ApiError> {
    let reader = context.writer.reader();
    let id: ScoreId = request.id.parse().map_err(|_| StoreError::Gone { what: "score" })?;
    let fields = closing::score(&reader, id)?.fields;
    let name = match fields.of {
        Owner::Member(member) => roster::get(&reader, member, context.today)?.person.name,
        Owner::Organization(id) => {
            organizations::list(&reader)?.into_iter().find(|own| own.id == id).map_or_else(String::new, |own| own.name)
        }
    };
    let year = fields.period.parse().unwrap_or_else(|_| context.today.year());
    let scheme = scheme(&reader, context.today, year, &fields.rule_set_key).ok();
    let indicator = scheme.as_ref().and_then(|loaded| loaded.rules.indicators.iter().find(|own| own.id == fields.indicator));
    let label = indicator.map_or_else(|| fields.indicator.clone(), |indicator| indicator.label.clone());
    closing::delete_score(context.writer, id)?;
    context.writer.describe(params! { "name" => name, "indicator" => label, "scorer" => said_by(&fields) });
    Ok(Nothing {})
}
