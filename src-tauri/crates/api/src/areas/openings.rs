//! 期初记录: a member's result in a period before the book was kept, for
//! carry-over and for consecutive shortfalls.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{MemberId, OpeningRecordId},
};

use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    table::Nothing,
};

/// An opening record.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OpeningView {
    /// Its key.
    #[ts(type = "string")]
    pub id: OpeningRecordId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// The name.
    pub member_name: String,
    /// The rule set's key.
    pub rule_set: String,
    /// Which period: `2024`.
    pub period: String,
    /// What was counted.
    #[ts(type = "string | null")]
    pub total: Option<Exact>,
    /// Whether the requirements were met; `null`: not known.
    pub passed: Option<bool>,
    /// Buckets and amounts.
    #[ts(type = "[string, string][]")]
    pub buckets: Vec<(String, Exact)>,
    /// Requirements that were not met, by id.
    pub short: Vec<String>,
    /// The grade.
    pub grade: Option<String>,
    /// What it handed on: bucket and amount; `null`: as the rules say.
    #[ts(type = "[string, string][] | null")]
    pub carry: Option<Vec<(String, Exact)>>,
    /// From where it is known.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
}

/// Records the result of an earlier period; one of the same period is
/// replaced.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RecordOpening {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// The rule set's key.
    pub rule_set: String,
    /// Which period: `2024`.
    pub period: String,
    /// What was counted: `91`, `16.5`, `1/3`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub total: Option<String>,
    /// Whether the requirements were met; `null`: as the figures say.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub passed: Option<bool>,
    /// Buckets and amounts.
    #[serde(default)]
    #[ts(as = "Option<Vec<(String, String)>>", optional = nullable)]
    pub buckets: Vec<(String, String)>,
    /// Requirements that were not met, by id.
    #[serde(default)]
    #[ts(as = "Option<Vec<String>>", optional = nullable)]
    pub short: Vec<String>,
    /// The grade.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub grade: Option<String>,
    /// What it handed on: bucket and amount; `null`: as the rules say.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub carry: Option<Vec<(String, String)>>,
    /// From where it is known; must be there.
    pub reason: String,
    /// 文号
    #[serde(default)]
    #[ts(optional = nullable)]
    pub document: Option<String>,
}

/// Names an opening record.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpeningRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: OpeningRecordId,
}

/// `openings.list`
pub fn list(_context: &QueryContext, _: Nothing) -> Result<Vec<OpeningView>, ApiError> {
    Err(ApiError::Internal { reason: "not yet".to_owned() })
}

/// `openings.record`
pub fn record(_context: &mut MutateContext, _request: RecordOpening) -> Result<OpeningView, ApiError> {
    Err(ApiError::Internal { reason: "not yet".to_owned() })
}

/// `openings.remove`
pub fn remove(_context: &mut MutateContext, _request: OpeningRequest) -> Result<Nothing, ApiError> {
    Err(ApiError::Internal { reason: "not yet".to_owned() })
}
