//! 封存: a period's ledgers frozen with their rules and a digest, of members
//! or of organizations, each by the version that counted; later changes only
//! as dated supplements.

mod digest;
mod keeping;
mod making;
mod reckon;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{ClosingId, MemberId, OrganizationId, SupplementId},
    rules::model::Whose,
};
use xueji_store::{
    Reader,
    tables::{
        closing::{self, ClosingRecord, Owner},
        organizations, rules,
    },
};

pub use digest::verify;
pub use keeping::{ledger, reopen, show, supplement};
pub use making::{close, preview};

use super::{
    assess::{AssessRow, IndicatorHead, QuotaView, RankingView, UnitFigureView},
    credits::{MemberCredits, VerdictView},
    roster::MemberRow,
    rules::RuleSetKind,
};
use crate::{context::QueryContext, error::ApiError, rules::shelf::Shelf, table::Nothing};

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
    /// Whether organizations are judged.
    pub of_units: bool,
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
    /// How many have each grade, of an assessment.
    pub grades: Vec<GradeCount>,
    /// Those for whom the rules do not decide: these stand in the way.
    pub undecided: Vec<MemberRow>,
    /// Entries that wait for approval and would not count.
    pub pending: u32,
    /// Those under the rule set whom the closing would not freeze, and why.
    pub left_out: Vec<LeftOut>,
    /// Those for whom a quota has no place.
    pub over_quota: Vec<MemberRow>,
    /// Equals at a quota's border of whom the scheme does not say what
    /// becomes of them.
    pub tied: Vec<MemberRow>,
    /// The closing that already freezes this period.
    pub already: Option<ClosingView>,
}

/// How many have a grade.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GradeCount {
    /// The grade; `null`: none.
    pub grade: Option<String>,
    /// How many.
    pub count: u32,
}

/// Somebody under a rule set whom a closing does not freeze.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftOut {
    /// Who; `null`: an organization.
    #[ts(type = "string | null")]
    pub member: Option<MemberId>,
    /// Which organization.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// The name.
    pub name: String,
    /// 工号
    pub staff_no: Option<String>,
    /// Why.
    pub why: LeftOutWhy,
}

/// Why somebody is left out of a closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutWhy {
    /// Frozen by another closing of the period.
    Closed,
    /// The rules are not for this one.
    Outside,
    /// Had left, and has nothing in the period.
    Left,
    /// The version that counts here has another period.
    Period,
}

impl LeftOut {
    /// A member, or an organization in the place of one.
    pub(crate) fn of(row: &MemberRow, why: LeftOutWhy) -> Self {
        let unit = row.organization.filter(|id| id.to_string() == row.id.to_string());
        let member = unit.is_none().then_some(row.id);
        Self { member, organization: unit, name: row.name.clone(), staff_no: row.staff_no.clone(), why }
    }
}

/// What is frozen beside the ledgers: what everybody comes to together, and
/// who was left out.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ClosedTogether {
    /// The unit's figures.
    pub figures: Vec<UnitFigureView>,
    /// Quotas: who has the grade, who is over, who was tied.
    pub quotas: Vec<QuotaView>,
    /// Rankings.
    pub rankings: Vec<RankingView>,
    /// Who was left out, by name.
    pub left_out: Vec<LeftOut>,
}

impl ClosedTogether {
    /// As a closing keeps it; `None`: it is no longer JSON.
    pub(crate) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Whether there are figures, quotas or rankings.
    pub(crate) fn has_results(&self) -> bool {
        !(self.figures.is_empty() && self.quotas.is_empty() && self.rankings.is_empty())
    }

    /// As JSON; `None`: there is nothing to keep.
    fn to_keep(&self) -> Result<Option<String>, ApiError> {
        if !self.has_results() && self.left_out.is_empty() {
            return Ok(None);
        }
        serde_json::to_string(self).map(Some).map_err(|error| ApiError::Internal { reason: error.to_string() })
    }
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
    /// Whether organizations are judged.
    pub of_units: bool,
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
/// closing give now.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RecordSupplement {
    /// Of which closing.
    #[ts(type = "string")]
    pub closing: ClosingId,
    /// Whose; exactly one of this and `organization`.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
    /// Whose, of a scheme that judges units.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub organization: Option<OrganizationId>,
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
    /// Its lines: members in 姓氏笔画 order, organizations from the top.
    pub lines: Vec<ClosingLineView>,
    /// Its supplements, earliest first.
    pub supplements: Vec<SupplementView>,
    /// What everybody came to together, and who was left out; `null` where
    /// nothing of it was kept.
    pub together: Option<ClosedTogether>,
}

/// One frozen ledger.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingLineView {
    /// Who; an organization with its name in the place of a person's.
    pub member: MemberRow,
    /// The organization, where one is judged.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// The version it was counted by, where that is another than the
    /// closing's.
    pub version: Option<String>,
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
    /// The grade that the book gives now, where that is another.
    pub now_grade: Option<String>,
    /// Whether anything is otherwise now than what holds.
    pub changed: bool,
}

/// A supplement.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SupplementView {
    /// Its key.
    #[ts(type = "string")]
    pub id: SupplementId,
    /// Whose; an organization with its name in the place of a person's.
    pub member: MemberRow,
    /// The organization, where one is judged.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
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
    /// Whose; exactly one of this and `organization`.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
    /// Whose, of a scheme that judges units.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub organization: Option<OrganizationId>,
}

/// One frozen ledger.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingLedger {
    /// As credits.
    pub credits: MemberCredits,
    /// As an assessment; `null`: of credits, or closed before it was kept.
    pub assessment: Option<AssessmentFrozen>,
}

/// A frozen assessment.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AssessmentFrozen {
    /// The indicators of the version that counted.
    pub indicators: Vec<IndicatorHead>,
    /// The result, with what is otherwise now.
    pub row: AssessRow,
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
    /// Ledgers that do not match their digest: names of members and
    /// organizations.
    pub broken: Vec<String>,
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn closing_view(reader: &Reader, record: &ClosingRecord) -> Result<ClosingView, ApiError> {
    let fields = &record.fields;
    let set = rules::get(reader, fields.rule_set)?.fields;
    let head = Shelf::read(reader)?.look_at(&set.text).0.map(|rules| rules.head);
    let organization = organizations::list(reader)?.into_iter().find(|one| Some(one.id) == fields.organization);
    Ok(ClosingView {
        id: record.id,
        kind: if fields.kind == "assessment" { RuleSetKind::Assessment } else { RuleSetKind::Credits },
        rule_set: fields.rule_set_key.clone(),
        name: set.name,
        version: set.version,
        of_units: head.as_ref().is_some_and(|head| head.subject == Whose::Unit),
        unit: head.map(|head| head.unit).unwrap_or_default(),
        period: fields.period.clone(),
        organization: fields.organization,
        organization_name: organization.map(|one| one.name),
        members: fields.members,
        supplements: count(closing::supplements(reader, record.id)?.len()),
        digest: fields.digest.clone(),
        closed_by: fields.closed_by.clone(),
        closed_on: fields.closed_on.to_string(),
        reopened: record.reopened.as_ref().map(|reopened| ReopenedView {
            by: reopened.by.clone(),
            on: reopened.on.to_string(),
            reason: reopened.reason.clone(),
        }),
    })
}

/// `closing.list`
pub fn list(context: &QueryContext, _: Nothing) -> Result<Vec<ClosingView>, ApiError> {
    closing::list(context.reader)?.iter().map(|record| closing_view(context.reader, record)).collect()
}

/// Whose ledger is meant; exactly one of the two is named.
fn owner_of(member: Option<MemberId>, organization: Option<OrganizationId>) -> Result<Owner, ApiError> {
    match (member, organization) {
        (Some(id), None) => Ok(Owner::Member(id)),
        (None, Some(id)) => Ok(Owner::Organization(id)),
        _ => Err(ApiError::field("member", "value_missing")),
    }
}
