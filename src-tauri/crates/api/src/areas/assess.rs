//! 学习考核: a year's assessment by a scheme: indicators from the records or
//! scored by hand, grades, quotas, what the result does elsewhere.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{MemberId, OrganizationId},
};

use super::{
    credits::{OpenQuestionView, Range, SetView},
    roster::MemberRow,
};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
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
#[derive(Debug, Clone, Serialize, TS)]
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
    /// Who.
    pub member: MemberRow,
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

fn later() -> ApiError {
    ApiError::Internal { reason: "not yet".to_owned() }
}

/// `assess.year`
pub fn year(_context: &QueryContext, _request: AssessRequest) -> Result<AssessYear, ApiError> {
    Err(later())
}

/// `assess.score`
pub fn score(_context: &mut MutateContext, _request: SetScore) -> Result<Nothing, ApiError> {
    Err(later())
}

/// `assess.remove_score`
pub fn remove_score(_context: &mut MutateContext, _request: RemoveScore) -> Result<Nothing, ApiError> {
    Err(later())
}
