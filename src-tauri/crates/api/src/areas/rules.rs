//! 学分规则与考核办法: the texts, when they hold, trying and comparing them.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{MemberId, OrganizationId, RuleSetId, RuleUseId},
    rules::{
        file::{Finding, Severity},
        model::{Head, Kind, RuleSet},
    },
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        organizations,
        rules::{self as store, RuleSetFields, RuleSetRecord, UseFields, UseRecord},
    },
};

use super::{
    credits::{MemberCredits, Range, VerdictView},
    roster::MemberRow,
};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms, messages,
    rules::{
        count::{Count, Scope, Year},
        edit, facts, outline,
        shelf::{self, Loaded, Shelf},
        view,
    },
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
    pub verdict: Option<VerdictView>,
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

fn finding_view(finding: &Finding) -> FindingView {
    let code = finding.code.code();
    let params = finding.params.iter().map(|(name, value)| ((*name).to_owned(), Value::String(value.clone()))).collect();
    FindingView {
        code: code.to_owned(),
        severity: match finding.severity {
            Severity::Error => FindingSeverity::Error,
            Severity::Warning => FindingSeverity::Warning,
            Severity::Hint => FindingSeverity::Hint,
        },
        line: finding.line,
        column: finding.column,
        rule_set: finding.rule_set.clone(),
        text: messages::sentence("rule_finding", code, &params),
    }
}

/// `rules.inspect`
pub fn inspect(context: &QueryContext, request: InspectRules) -> Result<Inspection, ApiError> {
    inspected(context.reader, &request.text)
}

fn inspected(reader: &Reader, text: &str) -> Result<Inspection, ApiError> {
    let (rules, findings) = Shelf::read(reader)?.look_at(text);
    Ok(Inspection {
        errors: count(&findings, Severity::Error),
        warnings: count(&findings, Severity::Warning),
        findings: findings.iter().map(finding_view).collect(),
        outline: outline::outline(text),
        names: rules.map(|rules| names(reader, &rules)).transpose()?,
    })
}

fn names(reader: &Reader, rules: &RuleSet) -> Result<RuleNames, ApiError> {
    let named = |id: &str, label: &str, line: u32| NamedEntry { id: id.to_owned(), label: label.to_owned(), line };
    let mut requirements: Vec<NamedEntry> = Vec::new();
    for each in &rules.requirements {
        if requirements.iter().all(|known| known.id != each.id) {
            requirements.push(named(&each.id, &each.label, each.origin.line));
        }
    }
    Ok(RuleNames {
        key: rules.head.id.clone(),
        unit: rules.head.unit.clone(),
        buckets: rules.buckets.iter().map(|each| named(&each.id, &each.label, each.origin.line)).collect(),
        categories: rules.categories.iter().map(|each| named(&each.id, &each.label, each.origin.line)).collect(),
        counters: rules.counters.iter().map(|each| named(&each.id, &each.label, each.origin.line)).collect(),
        requirements,
        cycles: rules.cycles.iter().map(|each| named(&each.id, &each.id, each.origin.line)).collect(),
        indicators: rules.indicators.iter().map(|each| named(&each.id, &each.label, each.origin.line)).collect(),
        open: rules.open.iter().map(|each| named(&each.id, &each.question, each.origin.line)).collect(),
        types: facts::types(reader)?,
    })
}

/// `rules.edit`
pub fn edit(context: &QueryContext, request: EditRules) -> Result<EditedRules, ApiError> {
    let text = edit::apply(&request.text, &request.edits)?;
    Ok(EditedRules { inspection: inspected(context.reader, &text)?, text })
}

/// What was chosen, ready to count by, with what was found in it.
fn chosen(shelf: &Shelf, choice: &RuleChoice) -> Result<(Option<Arc<Loaded>>, Vec<Finding>), ApiError> {
    let (id, text) = match choice {
        RuleChoice::Stored { id } => (id.as_str(), shelf.text(id)?),
        RuleChoice::Text { text } => ("", text.as_str()),
    };
    let (rules, findings) = shelf.look_at(text);
    Ok((rules.and_then(|_| shelf.ready(id, text)), findings))
}

/// `rules.trial`
pub fn trial(context: &QueryContext, request: TryRules) -> Result<RulesTried, ApiError> {
    let (loaded, findings) = chosen(&Shelf::read(context.reader)?, &request.rules)?;
    let findings = findings.iter().map(finding_view).collect();
    let Some(loaded) = loaded else { return Ok(RulesTried { findings, ledger: None }) };
    let kind = loaded.rules.head.kind;
    let scope = Scope { kind, also: std::slice::from_ref(&loaded), only: Some(request.member) };
    let mut year = Year::read(context.reader, context.today, request.year, &scope)?;
    super::assess::enrich(context.reader, &mut year, &loaded.rules)?;
    let member = year.facts.records.members.first().cloned().ok_or(StoreError::Gone { what: "member" })?;
    let shape = view::shape(context.reader, &year)?;
    let counted = year.count(&loaded, member.id, true)?;
    let ledger = view::credits(&year, shape.row(&member), &counted, Vec::new());
    Ok(RulesTried { findings, ledger: Some(ledger) })
}

/// `rules.compare`
pub fn compare(context: &QueryContext, request: CompareRules) -> Result<RulesCompared, ApiError> {
    let shelf = Shelf::read(context.reader)?;
    let usable = |choice: &RuleChoice| -> Result<Arc<Loaded>, ApiError> {
        let (loaded, findings) = chosen(&shelf, choice)?;
        loaded.ok_or_else(|| have_errors(&findings))
    };
    let (before, after) = (usable(&request.before)?, usable(&request.after)?);
    let both = [Arc::clone(&before), Arc::clone(&after)];
    let scope = Scope { kind: before.rules.head.kind, also: &both, only: None };
    let mut year = Year::read(context.reader, context.today, request.year, &scope)?;
    let shape = view::shape(context.reader, &year)?;
    let mut compared = RulesCompared {
        unit_before: before.rules.head.unit.clone(),
        unit_after: after.rules.head.unit.clone(),
        rows: Vec::new(),
        gain: 0,
        lose: 0,
        same: 0,
        newly_short: 0,
        newly_met: 0,
    };
    for member in view::members(&year) {
        let row = shape.row(&member);
        let sides = [&before, &after].map(|loaded| year.count(loaded, member.id, false).map(|count| side(&year, &count, row.clone())));
        let [one, other] = sides;
        compared.put(row, one?, other?);
    }
    compared.rows.sort_by_key(|row| row.difference);
    Ok(compared)
}

fn side(year: &Year, count: &Count, member: MemberRow) -> ComparedSide {
    let row = view::row(year, &[], &[], member, count);
    ComparedSide { total: row.range.is_none().then_some(row.earned), required: row.required, verdict: row.verdict, range: row.range }
}

impl RulesCompared {
    /// Counts a member, and lists it where there is a difference.
    fn put(&mut self, member: MemberRow, before: ComparedSide, after: ComparedSide) {
        let nothing = |side: &ComparedSide| side.total.is_some_and(Exact::is_zero);
        if member.left && nothing(&before) && nothing(&after) {
            return;
        }
        let difference = after.total.zip(before.total).and_then(|(after, before)| after.checked_sub(before));
        match difference {
            Some(difference) if difference > Exact::ZERO => self.gain += 1,
            Some(difference) if difference < Exact::ZERO => self.lose += 1,
            Some(_) => self.same += 1,
            None => {}
        }
        let short = |side: &ComparedSide| side.verdict == Some(VerdictView::Fail);
        self.newly_short += u32::from(short(&after) && !short(&before));
        self.newly_met += u32::from(short(&before) && !short(&after));
        let unchanged = difference.is_some_and(Exact::is_zero) && before.verdict == after.verdict && before.required == after.required;
        if !unchanged {
            self.rows.push(ComparedRow { member, before, after, difference });
        }
    }
}

fn have_errors(findings: &[Finding]) -> ApiError {
    let first = findings.iter().find(|finding| finding.severity == Severity::Error).map_or(0, |finding| finding.line);
    ApiError::Refused { code: "rules_have_errors", params: params! { "errors" => count(findings, Severity::Error), "line" => first } }
}

/// What is stored of a text without errors.
fn fields_of(shelf: &Shelf, text: &str, today: NaiveDate) -> Result<RuleSetFields, ApiError> {
    let (rules, findings) = shelf.look_at(text);
    let head = rules.ok_or_else(|| have_errors(&findings))?.head;
    Ok(RuleSetFields {
        key: head.id,
        name: head.name,
        kind: if head.kind == Kind::Assessment { "assessment" } else { "credits" }.to_owned(),
        version: head.version,
        text: text.to_owned(),
        digest: shelf::sha256(text),
        created_on: today,
    })
}

/// Stores a text, its parents too where only the program has them: another
/// version of the program must not change what the book counts by.
fn store_text(context: &mut MutateContext, text: &str) -> Result<RuleSetId, ApiError> {
    let shelf = Shelf::read(&context.writer.reader())?;
    let fields = fields_of(&shelf, text, context.today)?;
    if let Some(known) = shelf.own().iter().find(|record| record.fields.digest == fields.digest) {
        return Ok(known.id);
    }
    let parent = shelf.look_at(text).0.and_then(|rules| rules.head.parent);
    if let Some(key) = parent
        && shelf.own().iter().all(|record| record.fields.key != key)
        && let Some(parent) = shelf.parent(&key)
    {
        store_text(context, &parent)?;
    }
    Ok(store::insert(context.writer, &fields)?)
}

/// The key in the book of a rule set; a preset is copied into it.
pub(crate) fn stored(context: &mut MutateContext, id: &str) -> Result<RuleSetId, ApiError> {
    let shelf = Shelf::read(&context.writer.reader())?;
    if let Some(record) = shelf.record(id) {
        return Ok(record.id);
    }
    let text = shelf.text(id)?.to_owned();
    store_text(context, &text)
}

/// `rules.save`
pub fn save(context: &mut MutateContext, request: SaveRules) -> Result<RuleSetView, ApiError> {
    let id = match &request.replaces {
        Some(replaces) => replace(context, replaces, &request.text)?,
        None => store_text(context, &request.text)?,
    };
    let sets = listed(&context.writer.reader(), context.today)?.sets;
    let view = sets.into_iter().find(|set| set.id == id.to_string()).ok_or(StoreError::Gone { what: "rule_set" })?;
    context.writer.describe(params! { "name" => view.name });
    Ok(view)
}

fn replace(context: &mut MutateContext, replaces: &Replaces, text: &str) -> Result<RuleSetId, ApiError> {
    let shelf = Shelf::read(&context.writer.reader())?;
    let record = shelf.record(&replaces.id).ok_or(StoreError::Gone { what: "rule_set" })?;
    refuse_used(&context.writer.reader(), record)?;
    let fields = fields_of(&shelf, text, context.today)?;
    if fields.digest != record.fields.digest {
        if let Some(known) = shelf.own().iter().find(|other| other.fields.digest == fields.digest) {
            return Ok(known.id);
        }
        store::update(context.writer, record.id, replaces.revision, &fields)?;
    }
    Ok(record.id)
}

fn refuse_used(reader: &Reader, record: &RuleSetRecord) -> Result<(), ApiError> {
    if store::stands_in(reader, record.id)? == (0, 0) {
        return Ok(());
    }
    Err(ApiError::Refused { code: "rules_used", params: params! { "name" => record.fields.name } })
}

/// `rules.use`
pub fn take_into_use(context: &mut MutateContext, request: UseRules) -> Result<RulesList, ApiError> {
    let from = forms::day("from", &request.from)?;
    let until = forms::optional_day("until", request.until.as_deref())?;
    if until.is_some_and(|until| until < from) {
        return Err(ApiError::field("until", "days_reversed"));
    }
    // Without errors: what cannot be counted by cannot hold.
    Shelf::read(&context.writer.reader())?.load(&request.rule_set)?;
    let id = stored(context, &request.rule_set)?;
    let shelf = Shelf::read(&context.writer.reader())?;
    let key = |id: RuleSetId| shelf.own().iter().find(|record| record.id == id).map(|record| record.fields.key.clone());
    for used in shelf.uses().iter().filter(|used| used.fields.organization == request.organization && key(used.fields.rule_set) == key(id))
    {
        make_room(context, used, from, until)?;
    }
    let fields = UseFields { rule_set: id, starts_on: from, ends_on: until, organization: request.organization };
    store::insert_use(context.writer, &fields)?;
    let name = store::get(&context.writer.reader(), id)?.fields.name;
    context.writer.describe(params! { "name" => name, "from" => from.to_string() });
    listed(&context.writer.reader(), context.today)
}

/// Takes a span of days out of a use of the same rule set.
fn make_room(context: &mut MutateContext, used: &UseRecord, from: NaiveDate, until: Option<NaiveDate>) -> Result<(), ApiError> {
    let fields = used.fields;
    if fields.ends_on.is_some_and(|end| end < from) || until.is_some_and(|until| fields.starts_on > until) {
        return Ok(());
    }
    match from.pred_opt().filter(|_| fields.starts_on < from) {
        Some(before) => store::end_use(context.writer, used.id, Some(before))?,
        None => store::delete_use(context.writer, used.id)?,
    }
    // What held after the span holds again.
    let after = until.and_then(|until| until.succ_opt()).filter(|after| fields.ends_on.is_none_or(|end| end >= *after));
    if let Some(after) = after {
        store::insert_use(context.writer, &UseFields { starts_on: after, ..fields })?;
    }
    Ok(())
}

/// `rules.stop`
pub fn stop(context: &mut MutateContext, request: StopRules) -> Result<RulesList, ApiError> {
    let on = forms::day("on", &request.on)?;
    let shelf = Shelf::read(&context.writer.reader())?;
    let used = shelf.uses().iter().find(|used| used.id == request.id).ok_or(StoreError::Gone { what: "rule_use" })?;
    if on < used.fields.starts_on {
        store::delete_use(context.writer, request.id)?;
    } else {
        store::end_use(context.writer, request.id, Some(on))?;
    }
    let name = store::get(&context.writer.reader(), used.fields.rule_set)?.fields.name;
    context.writer.describe(params! { "name" => name, "on" => on.to_string() });
    listed(&context.writer.reader(), context.today)
}

/// `rules.delete`
pub fn delete(context: &mut MutateContext, request: RuleSetRequest) -> Result<Nothing, ApiError> {
    let shelf = Shelf::read(&context.writer.reader())?;
    if request.id.starts_with("preset:") {
        return Err(ApiError::Refused { code: "rules_preset_kept", params: Default::default() });
    }
    let record = shelf.record(&request.id).ok_or(StoreError::Gone { what: "rule_set" })?;
    refuse_used(&context.writer.reader(), record)?;
    store::delete(context.writer, record.id)?;
    context.writer.describe(params! { "name" => record.fields.name });
    Ok(Nothing {})
}
