//! Every rule set at hand: the book's own texts and the presets, and which of
//! them hold when.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use xueji_domain::{
    ids::{OrganizationId, RuleSetId},
    rules::{
        file::{self, Finding, Severity},
        inspect,
        model::{Kind, RuleSet},
    },
};
use xueji_store::{
    Reader, StoreError,
    tables::rules::{self, RuleSetFields, RuleSetRecord, UseRecord},
};

use super::{manual, presets};
use crate::error::ApiError;

/// A rule set that can be counted by.
pub(crate) struct Loaded {
    /// What commands call it.
    pub id: String,
    /// Its text.
    pub text: String,
    /// SHA-256 of its text and of its parents'.
    pub digest: String,
    /// The rule set, made ready for credits by hand.
    pub rules: RuleSet,
}

impl Loaded {
    /// The `id` in its file.
    pub fn key(&self) -> &str {
        &self.rules.head.id
    }
}

/// A preset with its reading.
struct Preset {
    text: &'static str,
    rules: RuleSet,
}

fn preset_list() -> &'static [Preset] {
    static PRESETS: OnceLock<Vec<Preset>> = OnceLock::new();
    PRESETS.get_or_init(|| {
        // A preset may refine another: which one is found by its key.
        let find = |key: &str| presets::TEXTS.iter().find(|text| key_of(text) == Some(key.to_owned())).map(|text| (*text).to_owned());
        let read = |text: &&'static str| file::read(text, &find).rule_set.map(|rules| Preset { text, rules });
        presets::TEXTS.iter().filter_map(read).collect()
    })
}

/// The `id` of a file, without reading the rest.
fn key_of(text: &str) -> Option<String> {
    let head = text.strip_prefix('\u{feff}').unwrap_or(text);
    // A table begins with `[`: what stands behind it is not of the head.
    let mut lines = head.lines().take_while(|line| !line.trim_start().starts_with('['));
    lines.find_map(|line| {
        let document: toml_edit::DocumentMut = line.parse().ok()?;
        document.get("id")?.as_str().map(str::to_owned)
    })
}

/// From when to when a rule set holds, and for whom.
#[derive(Debug, Clone)]
pub(crate) struct Holding {
    /// The use in the book; `None`: the example table, where nothing was
    /// taken into use.
    pub record: Option<UseRecord>,
    /// What commands call the rule set.
    pub set: String,
    /// The rule set's key.
    pub key: String,
    /// What it is for.
    pub kind: Kind,
    /// For whom; `None`: the whole book.
    pub organization: Option<OrganizationId>,
}

/// The rule sets at hand.
pub(crate) struct Shelf {
    own: Vec<RuleSetRecord>,
    uses: Vec<UseRecord>,
}

/// The name of a preset among rule sets.
pub(crate) fn preset_id(key: &str) -> String {
    format!("preset:{key}")
}

impl Shelf {
    /// Reads the book's own.
    pub fn read(reader: &Reader) -> Result<Self, StoreError> {
        Ok(Self { own: rules::list(reader)?, uses: rules::uses(reader)? })
    }

    /// The book's own texts.
    pub fn own(&self) -> &[RuleSetRecord] {
        &self.own
    }

    /// The uses in the book.
    pub fn uses(&self) -> &[UseRecord] {
        &self.uses
    }

    /// The presets: key and reading.
    pub fn presets() -> impl Iterator<Item = (&'static str, &'static RuleSet)> {
        preset_list().iter().map(|preset| (preset.text, &preset.rules))
    }

    /// A text of the book.
    pub fn record(&self, id: &str) -> Option<&RuleSetRecord> {
        let id: RuleSetId = id.parse().ok()?;
        self.own.iter().find(|record| record.id == id)
    }

    /// The text of a rule set, and its key.
    pub fn text(&self, id: &str) -> Result<&str, ApiError> {
        if let Some(key) = id.strip_prefix("preset:") {
            let preset = preset_list().iter().find(|preset| preset.rules.head.id == key);
            return preset.map(|preset| preset.text).ok_or_else(gone);
        }
        self.record(id).map(|record| record.fields.text.as_str()).ok_or_else(gone)
    }

    /// The text of a parent: the latest of the book's own, else a preset.
    pub fn parent(&self, key: &str) -> Option<String> {
        let own = self.own.iter().rev().find(|record| record.fields.key == key).map(|record| record.fields.text.clone());
        own.or_else(|| preset_list().iter().find(|preset| preset.rules.head.id == key).map(|preset| preset.text.to_owned()))
    }

    /// Reads a text as it is.
    pub fn look_at(&self, text: &str) -> (Option<RuleSet>, Vec<Finding>) {
        let reading = inspect(text, &|key| self.parent(key));
        let usable = reading.findings.iter().all(|finding| finding.severity != Severity::Error);
        (reading.rule_set.filter(|_| usable), reading.findings)
    }

    /// A text, ready to count by; `None` where it has errors.
    pub fn ready(&self, id: &str, text: &str) -> Option<Arc<Loaded>> {
        let rules = file::read(text, &|key| self.parent(key)).rule_set?;
        Some(Arc::new(Loaded { id: id.to_owned(), text: text.to_owned(), digest: self.digest(text, &rules), rules: manual::admit(rules) }))
    }

    /// A rule set, ready to count by.
    ///
    /// # Errors
    /// Where there is none, or its text has errors: a parent may have gone.
    pub fn load(&self, id: &str) -> Result<Arc<Loaded>, ApiError> {
        let text = self.text(id)?;
        self.ready(id, text).ok_or_else(|| ApiError::Refused { code: "rules_unreadable", params: name_param(id) })
    }

    fn digest(&self, text: &str, rules: &RuleSet) -> String {
        let mut hasher = Sha256::new();
        hasher.update(text.as_bytes());
        let (mut parent, mut generations) = (rules.head.parent.clone(), 0);
        while let Some(key) = parent.take().filter(|_| generations < 16) {
            let Some(text) = self.parent(&key) else { break };
            hasher.update([0]);
            hasher.update(text.as_bytes());
            parent = file::read(&text, &|key| self.parent(key)).rule_set.and_then(|rules| rules.head.parent);
            generations += 1;
        }
        hex(&hasher.finalize())
    }

    /// What holds on a day, in the order in which it was taken into use. Of
    /// several versions of one rule set for the same people the latest.
    pub fn on(&self, day: NaiveDate, kind: Kind) -> Vec<Holding> {
        let mut held: Vec<Holding> = Vec::new();
        for used in &self.uses {
            let fields = &used.fields;
            if fields.starts_on > day || fields.ends_on.is_some_and(|end| end < day) {
                continue;
            }
            let Some(record) = self.own.iter().find(|record| record.id == fields.rule_set) else { continue };
            let holding = Holding {
                record: Some(*used),
                set: record.id.to_string(),
                key: record.fields.key.clone(),
                kind: kind_of(&record.fields),
                organization: fields.organization,
            };
            if holding.kind != kind {
                continue;
            }
            let same = |other: &Holding| other.key == holding.key && other.organization == holding.organization;
            match held.iter().position(same) {
                Some(at) => held[at] = holding,
                None => held.push(holding),
            }
        }
        if held.is_empty() && kind == Kind::Credits {
            held.push(Self::default_holding());
        }
        held
    }

    /// The example table, where nothing was taken into use.
    pub fn default_holding() -> Holding {
        Holding {
            record: None,
            set: preset_id(presets::DEFAULT),
            key: presets::DEFAULT.to_owned(),
            kind: Kind::Credits,
            organization: None,
        }
    }
}

/// What a stored rule set is for.
pub(crate) fn kind_of(fields: &RuleSetFields) -> Kind {
    if fields.kind == "assessment" { Kind::Assessment } else { Kind::Credits }
}

fn gone() -> ApiError {
    StoreError::Gone { what: "rule_set" }.into()
}

fn name_param(id: &str) -> serde_json::Map<String, serde_json::Value> {
    xueji_exchange::params! { "name" => id }
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::key_of;

    #[test]
    fn the_key_of_a_file_is_its_id_however_it_is_written() {
        for (text, key) in [
            ("id = \"a\" # 代号\nname = \"x\"", Some("a")),
            ("# id = \"no\"\nname = \"id = b\"\n  id='b'", Some("b")),
            ("idle = \"c\"\nid=\"d#e\"", Some("d#e")),
            ("name = \"x\"\n[[category]]\nid = \"读书\"", None),
        ] {
            assert_eq!(key_of(text).as_deref(), key, "{text}");
        }
    }
}
