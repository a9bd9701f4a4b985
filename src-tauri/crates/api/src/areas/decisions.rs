//! 决定: what was decided where the rules do not decide, with its reason, and
//! reused from then on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::ids::{DecisionId, MemberId};

use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    table::Nothing,
};

/// A decision.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DecisionView {
    /// Its key.
    #[ts(type = "string")]
    pub id: DecisionId,
    /// The rule set's key.
    pub rule_set: String,
    /// The question's key.
    pub question: String,
    /// For whom; `null`: for everybody.
    #[ts(type = "string | null")]
    pub member: Option<MemberId>,
    /// The member's name.
    pub member_name: Option<String>,
    /// The fact that it is about.
    pub fact: Option<String>,
    /// The reading chosen.
    pub reading: Option<String>,
    /// The number given, exact.
    pub value: Option<String>,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
    /// By whom.
    pub decided_by: String,
    /// When.
    pub decided_on: String,
}

/// Decides a question.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RecordDecision {
    /// The rule set's key.
    pub rule_set: String,
    /// The question's key, as [`super::credits::QuestionView::key`].
    pub question: String,
    /// For whom; `null`: for everybody.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
    /// The fact that it is about.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub fact: Option<String>,
    /// The reading chosen; exactly one of this and `value`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reading: Option<String>,
    /// The number given: `5`, `0.5`, `1/3`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub value: Option<String>,
    /// Why; must be there.
    pub reason: String,
    /// 文号
    #[serde(default)]
    #[ts(optional = nullable)]
    pub document: Option<String>,
}

/// Names a decision.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DecisionRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: DecisionId,
}

/// `decisions.list`
pub fn list(_context: &QueryContext, _: Nothing) -> Result<Vec<DecisionView>, ApiError> {
    Err(ApiError::Internal { reason: "not yet".to_owned() })
}

/// `decisions.record`
pub fn record(_context: &mut MutateContext, _request: RecordDecision) -> Result<DecisionView, ApiError> {
    Err(ApiError::Internal { reason: "not yet".to_owned() })
}

/// `decisions.remove`
pub fn remove(_context: &mut MutateContext, _request: DecisionRequest) -> Result<Nothing, ApiError> {
    Err(ApiError::Internal { reason: "not yet".to_owned() })
}
