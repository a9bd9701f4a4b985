//! A text read and changed: findings, names, the outline for forms.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use xueji_domain::rules::{
    file::{Finding, Severity},
    model::RuleSet,
};
use xueji_store::Reader;

use super::count;
use crate::{
    context::QueryContext,
    error::ApiError,
    messages,
    rules::{edit, facts, outline, shelf::Shelf},
};

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
    /// The names within a value of `{ … }` in the order of the file, those
    /// of the values within it among them: an object has none of its own.
    pub keys: Vec<String>,
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
        /// In which order the names within it are written, as in
        /// [`OutlineField::keys`]; those not named stand behind, in the usual
        /// order.
        #[serde(default)]
        #[ts(as = "Option<Vec<String>>", optional)]
        keys: Vec<String>,
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
        /// As for `set`.
        #[serde(default)]
        #[ts(as = "Option<Vec<String>>", optional)]
        keys: Vec<String>,
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

pub(super) fn finding_view(finding: &Finding) -> FindingView {
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
