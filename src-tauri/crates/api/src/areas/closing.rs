//! 封存: a period's ledgers frozen with their rules and a digest; later
//! changes only as dated supplements.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{ClosingId, MemberId, OrganizationId, SupplementId},
};

use super::{
    credits::{MemberCredits, VerdictView},
    roster::MemberRow,
    rules::RuleSetKind,
};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    table::Nothing,
};

/// Which ledgers are to be closed.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ClosePeriod {
    /// The rule set's key.
    pub rule_set: String,
    /// The period of this year.
    pub year: i32,
    /// Whose; `null`: the whole book's.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub organization: Option<OrganizationId>,
}

/// What a closing would freeze, and what stands in its way.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingPreview {
    /// The rule set's name.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// 学分, 学时 …
    pub unit: String,
    /// The period: `2025`.
    pub period: String,
    /// Its first day.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
    /// Whether it is over; before that it cannot be closed.
    pub over: bool,
    /// Ledgers that would be frozen.
    pub members: u32,
    /// Those who meet what is required.
    pub met: u32,
    /// Those who do not.
    pub short: u32,
    /// Those for whom the rules do not decide: these stand in the way.
    pub undecided: Vec<MemberRow>,
    /// Entries that wait for approval and would not count.
    pub pending: u32,
    /// The closing that already freezes this period.
    pub already: Option<ClosingView>,
}

/// A closed period.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingView {
    /// Its key.
    #[ts(type = "string")]
    pub id: ClosingId,
    /// 学分 or 考核.
    pub kind: RuleSetKind,
    /// The rule set's key.
    pub rule_set: String,
    /// The rule set's name.
    pub name: String,
    /// The version of the text.
    pub version: Option<String>,
    /// 学分, 学时 …
    pub unit: String,
    /// The period: `2025`.
    pub period: String,
    /// Whose; `null`: the whole book's.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// The organization's name.
    pub organization_name: Option<String>,
    /// Frozen ledgers.
    pub members: u32,
    /// Supplements since.
    pub supplements: u32,
    /// SHA-256 of rules and ledgers.
    pub digest: String,
    /// By whom.
    pub closed_by: String,
    /// When.
    pub closed_on: String,
    /// Where it was opened again: by whom, when, why.
    pub reopened: Option<ReopenedView>,
}

/// That a closing was opened again.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReopenedView {
    /// By whom.
    pub by: String,
    /// When.
    pub on: String,
    /// Why.
    pub reason: String,
}

/// Names a closing.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ClosingRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: ClosingId,
}

/// Opens a closing again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReopenClosing {
    /// Which.
    #[ts(type = "string")]
    pub id: ClosingId,
    /// Why; must be there.
    pub reason: String,
}

/// Records a change to a frozen ledger: what the book and the rules of the
/// closing give for the member now.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RecordSupplement {
    /// Of which closing.
    #[ts(type = "string")]
    pub closing: ClosingId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// Why; must be there.
    pub reason: String,
    /// 文号
    #[serde(default)]
    #[ts(optional = nullable)]
    pub document: Option<String>,
}

/// A closing with its ledgers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingDetail {
    /// The closing.
    pub closing: ClosingView,
    /// Its lines, in 姓氏笔画 order.
    pub lines: Vec<ClosingLineView>,
    /// Its supplements, earliest first.
    pub supplements: Vec<SupplementView>,
}

/// One frozen ledger.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingLineView {
    /// Who.
    pub member: MemberRow,
    /// As it was closed.
    #[ts(type = "string")]
    pub total: Exact,
    /// As it was closed.
    pub verdict: VerdictView,
    /// The grade, of an assessment.
    pub grade: Option<String>,
    /// With the latest supplement; `null` without one.
    #[ts(type = "string | null")]
    pub supplemented: Option<Exact>,
    /// What the book gives now, where that is neither the frozen amount nor
    /// the supplemented one.
    #[ts(type = "string | null")]
    pub now: Option<Exact>,
}

/// A supplement.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SupplementView {
    /// Its key.
    #[ts(type = "string")]
    pub id: SupplementId,
    /// Whose.
    pub member: MemberRow,
    /// Before it.
    #[ts(type = "string")]
    pub before: Exact,
    /// After it.
    #[ts(type = "string")]
    pub after: Exact,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
    /// By whom.
    pub recorded_by: String,
    /// When.
    pub recorded_on: String,
}

/// One frozen ledger in full.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ClosingLedgerRequest {
    /// Of which closing.
    #[ts(type = "string")]
    pub closing: ClosingId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
}

/// Whether a closing is still what it was.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingVerified {
    /// Nothing was changed past the program.
    pub intact: bool,
    /// The digest as recorded.
    pub recorded: String,
    /// The digest of what is there.
    pub found: String,
    /// Whether the rules are still the text that was closed by.
    pub rules_intact: bool,
    /// Ledgers that do not match their digest: names.
    pub broken: Vec<String>,
}

fn later() -> ApiError {
    ApiError::Internal { reason: "not yet".to_owned() }
}

/// `closing.preview`
pub fn preview(_context: &QueryContext, _request: ClosePeriod) -> Result<ClosingPreview, ApiError> {
    Err(later())
}

/// `closing.list`
pub fn list(_context: &QueryContext, _: Nothing) -> Result<Vec<ClosingView>, ApiError> {
    Err(later())
}

/// `closing.show`
pub fn show(_context: &QueryContext, _request: ClosingRequest) -> Result<ClosingDetail, ApiError> {
    Err(later())
}

/// `closing.ledger`
pub fn ledger(_context: &QueryContext, _request: ClosingLedgerRequest) -> Result<MemberCredits, ApiError> {
    Err(later())
}

/// `closing.verify`
pub fn verify(_context: &QueryContext, _request: ClosingRequest) -> Result<ClosingVerified, ApiError> {
    Err(later())
}

/// `closing.close`
pub fn close(_context: &mut MutateContext, _request: ClosePeriod) -> Result<ClosingView, ApiError> {
    Err(later())
}

/// `closing.reopen`
pub fn reopen(_context: &mut MutateContext, _request: ReopenClosing) -> Result<ClosingView, ApiError> {
    Err(later())
}

/// `closing.supplement`
pub fn supplement(_context: &mut MutateContext, _request: RecordSupplement) -> Result<SupplementView, ApiError> {
    Err(later())
}
