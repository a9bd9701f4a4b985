//! 学分规则与考核办法: which there are and when they hold. How a text is read
//! and changed, tried and compared, kept and used stands in the files below.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    ids::{OrganizationId, RuleUseId},
    rules::{
        file::{Finding, Severity},
        model::{Head, Kind},
    },
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        organizations,
        rules::{self as store, RuleSetRecord, UseRecord},
    },
};

use crate::{
    context::QueryContext,
    error::ApiError,
    rules::shelf::{self, Shelf},
    table::Nothing,
};

mod editing;
mod keeping;
mod trying;

pub use self::{
    editing::*,
    keeping::{Replaces, SaveRules, StopRules, UseRules, delete, save, stop, take_into_use},
    trying::*,
};
pub(crate) use keeping::stored;

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

impl From<Kind> for RuleSetKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Credits => Self::Credits,
            Kind::Assessment => Self::Assessment,
        }
    }
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

/// `rules.list`
pub fn list(context: &QueryContext, _: Nothing) -> Result<RulesList, ApiError> {
    listed(context.reader, context.today)
}

fn listed(reader: &Reader, today: NaiveDate) -> Result<RulesList, ApiError> {
    let shelf = Shelf::read(reader)?;
    let held = [Kind::Credits, Kind::Assessment].map(|kind| shelf.on(today, kind)).concat();
    let in_use = |id: &str| held.iter().any(|holding| holding.set == id);
    let mut sets = Vec::new();
    for record in shelf.own() {
        sets.push(own_view(reader, &shelf, record, in_use(&record.id.to_string()))?);
    }
    for (text, rules) in Shelf::presets() {
        let digest = shelf::sha256(text);
        if shelf.own().iter().all(|record| record.fields.digest != digest) {
            let id = shelf::preset_id(&rules.head.id);
            sets.push(RuleSetView { in_use: in_use(&id), preset: true, ..head_view(id, &rules.head) });
        }
    }
    let names: HashMap<OrganizationId, String> =
        organizations::list(reader)?.into_iter().map(|organization| (organization.id, organization.name)).collect();
    let mut uses: Vec<RuleUseView> = shelf.uses().iter().filter_map(|used| use_view(&shelf, used, &names)).collect();
    if held.iter().any(|holding| holding.record.is_none()) {
        uses.insert(0, default_use());
    }
    Ok(RulesList { sets, uses })
}

fn head_view(id: String, head: &Head) -> RuleSetView {
    RuleSetView {
        id,
        key: head.id.clone(),
        name: head.name.clone(),
        kind: head.kind.into(),
        unit: head.unit.clone(),
        version: head.version.clone(),
        issuer: head.issuer.clone(),
        document: head.document.clone(),
        source: head.source.clone(),
        note: head.note.clone(),
        example: head.example,
        preset: false,
        effective_from: head.effective_from.map(|day| day.to_string()),
        effective_until: head.effective_until.map(|day| day.to_string()),
        parent: head.parent.clone(),
        in_use: false,
        editable: false,
        errors: 0,
        created_on: None,
        revision: 0,
    }
}

fn own_view(reader: &Reader, shelf: &Shelf, record: &RuleSetRecord, in_use: bool) -> Result<RuleSetView, ApiError> {
    let fields = &record.fields;
    let (rules, findings) = shelf.look_at(&fields.text);
    let fallback = || Head { id: fields.key.clone(), name: fields.name.clone(), kind: shelf::kind_of(fields), ..Head::default() };
    let head = rules.map_or_else(fallback, |rules| rules.head);
    Ok(RuleSetView {
        in_use,
        editable: store::stands_in(reader, record.id)? == (0, 0),
        errors: count(&findings, Severity::Error),
        created_on: Some(fields.created_on.to_string()),
        revision: record.revision,
        ..head_view(record.id.to_string(), &head)
    })
}

fn use_view(shelf: &Shelf, used: &UseRecord, names: &HashMap<OrganizationId, String>) -> Option<RuleUseView> {
    let record = shelf.own().iter().find(|record| record.id == used.fields.rule_set)?;
    Some(RuleUseView {
        id: Some(used.id),
        rule_set: record.id.to_string(),
        key: record.fields.key.clone(),
        name: record.fields.name.clone(),
        version: record.fields.version.clone(),
        kind: shelf::kind_of(&record.fields).into(),
        from: Some(used.fields.starts_on.to_string()),
        until: used.fields.ends_on.map(|day| day.to_string()),
        organization: used.fields.organization,
        organization_name: used.fields.organization.and_then(|id| names.get(&id).cloned()),
    })
}

/// The example table, where nothing is in use.
fn default_use() -> RuleUseView {
    let holding = Shelf::default_holding();
    let preset = Shelf::presets().find(|(_, rules)| rules.head.id == holding.key).map(|(_, rules)| &rules.head);
    RuleUseView {
        id: None,
        rule_set: holding.set,
        key: holding.key,
        name: preset.map_or_else(String::new, |head| head.name.clone()),
        version: preset.and_then(|head| head.version.clone()),
        kind: holding.kind.into(),
        from: None,
        until: None,
        organization: None,
        organization_name: None,
    }
}

/// `rules.text`
pub fn text(context: &QueryContext, request: RuleSetRequest) -> Result<RuleText, ApiError> {
    let text = Shelf::read(context.reader)?.text(&request.id)?.to_owned();
    let sets = listed(context.reader, context.today)?.sets;
    let known = sets.into_iter().find(|set| set.id == request.id);
    // A preset of which the book has a copy is not listed, and is still there.
    let preset = || Shelf::presets().find(|(_, rules)| shelf::preset_id(&rules.head.id) == request.id);
    let set = known.or_else(|| preset().map(|(_, rules)| RuleSetView { preset: true, ..head_view(request.id.clone(), &rules.head) }));
    Ok(RuleText { set: set.ok_or(StoreError::Gone { what: "rule_set" })?, text })
}

fn count(findings: &[Finding], severity: Severity) -> u32 {
    u32::try_from(findings.iter().filter(|finding| finding.severity == severity).count()).unwrap_or(u32::MAX)
}

fn have_errors(findings: &[Finding]) -> ApiError {
    let first = findings.iter().find(|finding| finding.severity == Severity::Error).map_or(0, |finding| finding.line);
    ApiError::Refused { code: "rules_have_errors", params: params! { "errors" => count(findings, Severity::Error), "line" => first } }
}
