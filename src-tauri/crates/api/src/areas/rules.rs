//! 学分规则与考核办法: the texts, when they hold, trying and comparing them.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{MemberId, OrganizationId, RuleUseId},
};

use super::{
    credits::{MemberCredits, Range},
    roster::MemberRow,
};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    table::Nothing,
};

/// Every rule set that can be used here, and those that are.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RulesList {
    /// The book's own first, then the presets that the book has no copy of.
    pub sets: Vec<RuleSetView>,
    /// Which holds from when to when, earliest first.
    pub uses: Vec<RuleUseView>,
}

/// A rule set.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RuleSetView {
    /// What other commands call it: a key of the book, or `preset:<key>`.
    pub id: String,
    /// The `id` in its file: decisions, openings and closings name it.
    pub key: String,
    /// Its name.
    pub name: String,
    /// 学分 or 考核.
    pub kind: RuleSetKind,
    /// 学分, 学时 …
    pub unit: String,
    /// This version.
    pub version: Option<String>,
    /// 发文机关
    pub issuer: Option<String>,
    /// 文号
    pub document: Option<String>,
    /// 出处
    pub source: Option<String>,
    /// 说明
    pub note: Option<String>,
    /// Whether it is an example and not this unit's own.
    pub example: bool,
    /// Whether it came with the program.
    pub preset: bool,
    /// In force from, as its file says.
    pub effective_from: Option<String>,
    /// In force until, as its file says.
    pub effective_until: Option<String>,
    /// The rule set that it refines, by `key`.
    pub parent: Option<String>,
    /// Whether it counts anywhere today.
    pub in_use: bool,
    /// Whether its text may be replaced: it is the book's own, was never used
    /// and nothing was closed by it.
    pub editable: bool,
    /// Errors in its text: it cannot be used while there are any.
    pub errors: u32,
    /// Day on which it came into the book.
    pub created_on: Option<String>,
    /// For the next save; 0 for presets.
    pub revision: u32,
}

/// What a rule set is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RuleSetKind {
    /// 学分、学时
    Credits,
    /// 学习考核
    Assessment,
}

/// From when to when a rule set holds, and for whom.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RuleUseView {
    /// Its key; `null` for the example table that counts where nothing was
    /// ever taken into use.
    #[ts(type = "string | null")]
    pub id: Option<RuleUseId>,
    /// The rule set, as [`RuleSetView::id`].
    pub rule_set: String,
    /// The rule set's key.
    pub key: String,
    /// The rule set's name.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// 学分 or 考核.
    pub kind: RuleSetKind,
    /// The first day; `null`: from the beginning.
    pub from: Option<String>,
    /// The last day; `null`: until further notice.
    pub until: Option<String>,
    /// For whom; `null`: the whole book.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// The organization's name.
    pub organization_name: Option<String>,
}

/// Names a rule set.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RuleSetRequest {
    /// As [`RuleSetView::id`].
    pub id: String,
}

/// A rule set's text.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RuleText {
    /// What it is.
    pub set: RuleSetView,
    /// The file.
    pub text: String,
}

/// A text to look at.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct InspectRules {
    /// The file.
    pub text: String,
}

/// What is in a rule file, and what is wrong with it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Inspection {
    /// What is wrong or worth a look, by line.
    pub findings: Vec<FindingView>,
    /// How many of them are errors.
    pub errors: u32,
    /// How many are warnings.
    pub warnings: u32,
    /// The file as tables and entries, for forms. Empty where it is not TOML.
    pub outline: Vec<OutlineTable>,
    /// What the names in it mean; `null` while there are errors.
    pub names: Option<RuleNames>,
}

/// A finding with its sentence.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingView {
    /// What it is.
    pub code: String,
    /// How much it matters.
    pub severity: FindingSeverity,
    /// The line, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
    /// The rule set in whose file the line stands, where that is a parent.
    pub rule_set: Option<String>,
    /// What is wrong and what to do.
    pub text: String,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindingSeverity {
    /// The file cannot be used.
    Error,
    /// It can be used, but hardly says what was meant.
    Warning,
    /// Worth a look.
    Hint,
}

/// The names that a rule set defines, for lists to choose from.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RuleNames {
    /// `id` of the file.
    pub key: String,
    /// 学分, 学时 …
    pub unit: String,
    /// Buckets.
    pub buckets: Vec<NamedEntry>,
    /// Categories.
    pub categories: Vec<NamedEntry>,
    /// Counters.
    pub counters: Vec<NamedEntry>,
    /// Requirements.
    pub requirements: Vec<NamedEntry>,
    /// Cycles.
    pub cycles: Vec<NamedEntry>,
    /// Indicators.
    pub indicators: Vec<NamedEntry>,
    /// Questions that the file leaves open.
    pub open: Vec<NamedEntry>,
    /// Types of sessions, forms of self-study and the like that this book has.
    pub types: Vec<String>,
}

/// Something that a rule set defines.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NamedEntry {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its line.
    pub line: u32,
}

/// A table of the file: `[period]`, or all of `[[category]]`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OutlineTable {
    /// Its name: `category`; empty for the head of the file.
    pub name: String,
    /// Whether it is written `[[…]]`.
    pub list: bool,
    /// Its entries in the order of the file; exactly one where it is no list.
    pub entries: Vec<OutlineEntry>,
}

/// One entry of a table.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OutlineEntry {
    /// How edits name it: `category/2`, `category/2/award/0`; empty for the
    /// head of the file.
    pub path: String,
    /// Its line, counted from 1.
    pub line: u32,
    /// Its `id`, where it has one.
    pub id: Option<String>,
    /// What is written in it, in the order of the file.
    pub fields: Vec<OutlineField>,
    /// Tables within it.
    pub tables: Vec<OutlineTable>,
}

/// One field of an entry.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OutlineField {
    /// Its name.
    pub name: String,
    /// Its line.
    pub line: u32,
    /// Its value: text, true/false, whole number, list, or an object for
    /// `{ … }`.
    #[ts(type = "unknown")]
    pub value: Value,
    /// The value as written.
    pub raw: String,
}

/// Changes a text by forms; comments and order stay.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditRules {
    /// The file.
    pub text: String,
    /// What to change, in this order; paths are those after the edit before.
    pub edits: Vec<RuleEdit>,
}

/// One change.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RuleEdit {
    /// Gives a field a value.
    Set {
        /// The entry; empty: the head of the file.
        path: String,
        /// The field.
        field: String,
        /// As in [`OutlineField::value`].
        #[ts(type = "unknown")]
        value: Value,
    },
    /// Removes a field.
    Unset {
        /// The entry; empty: the head of the file.
        path: String,
        /// The field.
        field: String,
    },
    /// Adds an entry at the end of a list: `category`, `category/2/award`; or
    /// the table `period`.
    Add {
        /// The list.
        path: String,
        /// Its fields, in this order.
        #[ts(type = "[string, unknown][]")]
        fields: Vec<(String, Value)>,
    },
    /// Removes an entry, or a whole table.
    Remove {
        /// The entry.
        path: String,
    },
    /// Moves an entry within its list.
    Move {
        /// The entry.
        path: String,
        /// Its place afterwards, from 0.
        to: u32,
    },
}

/// A changed text.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EditedRules {
    /// The file.
    pub text: String,
    /// What is in it now.
    pub inspection: Inspection,
}

/// Which rule set: one that is stored, or a text.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RuleChoice {
    /// As [`RuleSetView::id`].
    Stored {
        /// Which.
        id: String,
    },
    /// A text that is not stored.
    Text {
        /// The file.
        text: String,
    },
}

/// Tries rules on somebody.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TryRules {
    /// The rules.
    pub rules: RuleChoice,
    /// On whom.
    #[ts(type = "string")]
    pub member: MemberId,
    /// In the period of this year.
    pub year: i32,
}

/// What rules give somebody.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RulesTried {
    /// What is wrong with the text; the ledger is `null` where it has errors.
    pub findings: Vec<FindingView>,
    /// The ledger with its reasons.
    pub ledger: Option<MemberCredits>,
}

/// Compares two rule sets on everybody.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CompareRules {
    /// What holds now.
    pub before: RuleChoice,
    /// What would hold.
    pub after: RuleChoice,
    /// In the period of this year.
    pub year: i32,
}

/// Who gains and who loses.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RulesCompared {
    /// The unit before.
    pub unit_before: String,
    /// The unit after; amounts are only to be compared where it is the same.
    pub unit_after: String,
    /// Everybody on whom there is a difference, the greatest loss first.
    pub rows: Vec<ComparedRow>,
    /// How many gain.
    pub gain: u32,
    /// How many lose.
    pub lose: u32,
    /// How many have the same amount.
    pub same: u32,
    /// How many are short only under the new rules.
    pub newly_short: u32,
    /// How many are short only under the old rules.
    pub newly_met: u32,
}

/// One member under two rule sets.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ComparedRow {
    /// Who.
    pub member: MemberRow,
    /// Under the old rules.
    pub before: ComparedSide,
    /// Under the new rules.
    pub after: ComparedSide,
    /// After less before; `null` where one of them is undecided.
    #[ts(type = "string | null")]
    pub difference: Option<Exact>,
}

/// One side of a comparison.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ComparedSide {
    /// What counts; `null` where undecided.
    #[ts(type = "string | null")]
    pub total: Option<Exact>,
    /// What is required, where it is one amount.
    #[ts(type = "string | null")]
    pub required: Option<Exact>,
    /// Whether it is enough; `null` where undecided.
    pub verdict: Option<super::credits::VerdictView>,
    /// Between what it lies, where undecided.
    pub range: Option<Range>,
}

/// Stores a text.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveRules {
    /// The file; without errors.
    pub text: String,
    /// The rule set whose text it replaces, where it may be replaced; else it
    /// becomes a rule set (a version) of its own.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub replaces: Option<Replaces>,
}

/// Names the text that is replaced.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Replaces {
    /// As [`RuleSetView::id`].
    pub id: String,
    /// The revision that the editor saw.
    pub revision: u32,
}

/// Takes a rule set into use.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UseRules {
    /// As [`RuleSetView::id`]; a preset is copied into the book.
    pub rule_set: String,
    /// The first day, in any usual spelling. A version that holds on the last
    /// day of a period counts for the whole period. Another version of the
    /// same rule set for the same organization ends the day before.
    pub from: String,
    /// The last day; blank: until further notice.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub until: Option<String>,
    /// For whom; `null`: the whole book.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub organization: Option<OrganizationId>,
}

/// Ends a use.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StopRules {
    /// Which use.
    #[ts(type = "string")]
    pub id: RuleUseId,
    /// The last day, in any usual spelling; before the first day: the use is
    /// removed as if it had never been.
    pub on: String,
}

/// `rules.list`
pub fn list(_context: &QueryContext, _: Nothing) -> Result<RulesList, ApiError> {
    Err(later())
}

/// `rules.text`
pub fn text(_context: &QueryContext, _request: RuleSetRequest) -> Result<RuleText, ApiError> {
    Err(later())
}

/// `rules.inspect`
pub fn inspect(_context: &QueryContext, _request: InspectRules) -> Result<Inspection, ApiError> {
    Err(later())
}

/// `rules.edit`
pub fn edit(_context: &QueryContext, _request: EditRules) -> Result<EditedRules, ApiError> {
    Err(later())
}

/// `rules.trial`
pub fn trial(_context: &QueryContext, _request: TryRules) -> Result<RulesTried, ApiError> {
    Err(later())
}

/// `rules.compare`
pub fn compare(_context: &QueryContext, _request: CompareRules) -> Result<RulesCompared, ApiError> {
    Err(later())
}

/// `rules.save`
pub fn save(_context: &mut MutateContext, _request: SaveRules) -> Result<RuleSetView, ApiError> {
    Err(later())
}

/// `rules.use`
pub fn take_into_use(_context: &mut MutateContext, _request: UseRules) -> Result<RulesList, ApiError> {
    Err(later())
}

/// `rules.stop`
pub fn stop(_context: &mut MutateContext, _request: StopRules) -> Result<RulesList, ApiError> {
    Err(later())
}

/// `rules.delete`
pub fn delete(_context: &mut MutateContext, _request: RuleSetRequest) -> Result<Nothing, ApiError> {
    Err(later())
}

fn later() -> ApiError {
    ApiError::Internal { reason: "not yet".to_owned() }
}
