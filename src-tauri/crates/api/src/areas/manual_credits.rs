//! 人工学分与更正: credits that no record of the book gives, and corrections
//! of those that one does, with reason, document and evidence; beside them
//! what else is known of a member that rules may ask for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{ManualCreditId, MemberFactId, MemberId},
};
use xueji_store::tables::credits::{MemberFactKind, ReviewState};

use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    table::Nothing,
};

/// 待核 → 认定 / 退回.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// 待核
    Pending,
    /// 认定
    Accepted,
    /// 退回
    Returned,
}

impl From<ReviewState> for Approval {
    fn from(state: ReviewState) -> Self {
        match state {
            ReviewState::Pending => Self::Pending,
            ReviewState::Accepted => Self::Accepted,
            ReviewState::Returned => Self::Returned,
        }
    }
}

impl From<Approval> for ReviewState {
    fn from(state: Approval) -> Self {
        match state {
            Approval::Pending => Self::Pending,
            Approval::Accepted => Self::Accepted,
            Approval::Returned => Self::Returned,
        }
    }
}

/// A credit by hand.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ManualCreditView {
    /// Its key.
    #[ts(type = "string")]
    pub id: ManualCreditId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// The name.
    pub member_name: String,
    /// The rule set's key; `null`: in every rule set that has the category.
    pub rule_set: Option<String>,
    /// The category's id.
    pub category: String,
    /// `YYYY-MM-DD`
    pub date: String,
    /// How much; may be less than nothing.
    #[ts(type = "string")]
    pub amount: Exact,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
    /// What proves it.
    pub evidence: Option<String>,
    /// The fact in whose place it stands, as [`super::credits::CreditEntry::fact_id`].
    pub corrects: Option<String>,
    /// Whether it counts.
    pub state: Approval,
    /// For the next edit.
    pub revision: u32,
}

/// What a form says of a credit by hand.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ManualCreditInput {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// The rule set's key; `null`: in every rule set that has the category.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub rule_set: Option<String>,
    /// The category's id.
    pub category: String,
    /// In any usual spelling.
    pub date: String,
    /// `2`, `-0.5`, `1/3`
    pub amount: String,
    /// Why; must be there.
    pub reason: String,
    /// 文号
    #[serde(default)]
    #[ts(optional = nullable)]
    pub document: Option<String>,
    /// What proves it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub evidence: Option<String>,
    /// The fact in whose place it stands.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub corrects: Option<String>,
    /// `null`: accepted.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub state: Option<Approval>,
}

/// Edits a credit by hand.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditManualCredit {
    /// Which.
    #[ts(type = "string")]
    pub id: ManualCreditId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new values.
    pub credit: ManualCreditInput,
}

/// Names a credit by hand.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ManualCreditRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: ManualCreditId,
}

/// Asks for the credits by hand of a year.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ManualCreditsRequest {
    /// The calendar year.
    pub year: i32,
    /// Only this member's, where given.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
}

/// What is known of a member beyond the roster's fields.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MemberFactView {
    /// Its key.
    #[ts(type = "string")]
    pub id: MemberFactId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// What kind.
    pub kind: MemberFactWord,
    /// `party_post`, 挂职: rules call it `person.<name>`; of a review its name
    /// (年度考核); of leave empty.
    pub name: String,
    /// The value; of leave its kind (病假).
    pub value: String,
    /// The first day; `null`: from the beginning.
    pub from: Option<String>,
    /// The last day; `null`: until further notice.
    pub until: Option<String>,
    /// From where it is known, who approved it.
    pub reason: Option<String>,
}

/// What kind of thing is known of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberFactWord {
    /// What rules call `person.<name>`.
    Attribute,
    /// Another review's grade.
    Review,
    /// Long leave.
    Leave,
}

impl From<MemberFactKind> for MemberFactWord {
    fn from(kind: MemberFactKind) -> Self {
        match kind {
            MemberFactKind::Attribute => Self::Attribute,
            MemberFactKind::Review => Self::Review,
            MemberFactKind::Leave => Self::Leave,
        }
    }
}

impl From<MemberFactWord> for MemberFactKind {
    fn from(kind: MemberFactWord) -> Self {
        match kind {
            MemberFactWord::Attribute => Self::Attribute,
            MemberFactWord::Review => Self::Review,
            MemberFactWord::Leave => Self::Leave,
        }
    }
}

/// Adds something that is known of a member.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddMemberFact {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// What kind.
    pub kind: MemberFactWord,
    /// The name; not of leave.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub name: Option<String>,
    /// The value.
    pub value: String,
    /// The first day; of leave it must be there.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub from: Option<String>,
    /// The last day; of leave it must be there.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub until: Option<String>,
    /// From where it is known, who approved it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<String>,
}

/// Asks what is known of a member.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MemberFactsRequest {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
}

/// Names something that is known of a member.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MemberFactRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: MemberFactId,
}

fn later() -> ApiError {
    ApiError::Internal { reason: "not yet".to_owned() }
}

/// `manual_credits.list`
pub fn list(_context: &QueryContext, _request: ManualCreditsRequest) -> Result<Vec<ManualCreditView>, ApiError> {
    Err(later())
}

/// `manual_credits.add`
pub fn add(_context: &mut MutateContext, _request: ManualCreditInput) -> Result<ManualCreditView, ApiError> {
    Err(later())
}

/// `manual_credits.edit`
pub fn edit(_context: &mut MutateContext, _request: EditManualCredit) -> Result<ManualCreditView, ApiError> {
    Err(later())
}

/// `manual_credits.remove`
pub fn remove(_context: &mut MutateContext, _request: ManualCreditRequest) -> Result<Nothing, ApiError> {
    Err(later())
}

/// `member_facts.list`
pub fn facts(_context: &QueryContext, _request: MemberFactsRequest) -> Result<Vec<MemberFactView>, ApiError> {
    Err(later())
}

/// `member_facts.add`
pub fn add_fact(_context: &mut MutateContext, _request: AddMemberFact) -> Result<MemberFactView, ApiError> {
    Err(later())
}

/// `member_facts.remove`
pub fn remove_fact(_context: &mut MutateContext, _request: MemberFactRequest) -> Result<Nothing, ApiError> {
    Err(later())
}
