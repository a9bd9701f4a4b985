//! The digest over a closing, and whether the closing still is what it was.

use xueji_domain::ids::MemberId;
use xueji_store::tables::{
    closing::{self, ClosingFields, LineRules, Owner},
    organizations,
};

use super::{ClosingRequest, ClosingVerified};
use crate::{
    areas::decisions::member_names,
    context::QueryContext,
    error::ApiError,
    rules::{
        shelf::{self, Shelf},
        view::FrozenLedger,
    },
};

/// A ledger that is frozen or about to be.
pub(super) struct Line {
    /// Whose.
    pub owner: Owner,
    /// By another version than the closing's.
    pub rules: Option<LineRules>,
    /// JSON.
    pub ledger: String,
    /// SHA-256 of it.
    pub digest: String,
}

/// A ledger as it is kept.
pub(super) fn to_text(kept: &FrozenLedger) -> Result<String, ApiError> {
    serde_json::to_string(kept).map_err(|error| ApiError::Internal { reason: error.to_string() })
}

/// The digest of a closing: its rules, its period, what everybody comes to
/// together, and each ledger with whose it is and by which version, by key. A
/// member's by the closing's own version is told by key and digest alone, as
/// it was before there were others.
pub(super) fn digest_of(fields: &ClosingFields, lines: &[Line]) -> String {
    let mut lines: Vec<String> = lines.iter().map(line_words).collect();
    lines.sort();
    let organization = fields.organization.map_or_else(String::new, |id| id.to_string());
    let head = [&fields.kind, &fields.rule_set_key, &fields.period, &organization, &fields.rules_digest].map(String::as_str).join("\n");
    shelf::sha256(&format!("{head}\n{}\n{}", fields.unit.as_deref().unwrap_or_default(), lines.join("\n")))
}

fn line_words(line: &Line) -> String {
    let whose = match line.owner {
        Owner::Member(id) => id.to_string(),
        Owner::Organization(id) => format!("organization {id}"),
    };
    let rules = line.rules.as_ref().map_or_else(String::new, |rules| format!(" {}", rules.digest));
    format!("{whose} {}{rules}", line.digest)
}

/// `closing.verify`
pub fn verify(context: &QueryContext, request: ClosingRequest) -> Result<ClosingVerified, ApiError> {
    let reader = context.reader;
    let record = closing::get(reader, request.id)?;
    let (members, units, shelf) = (member_names(reader, context.today)?, organizations::list(reader)?, Shelf::read(reader)?);
    let member = |id: MemberId| members.get(&id).cloned().unwrap_or_else(|| id.to_string());
    let name = |owner: Owner| match owner {
        Owner::Member(id) => member(id),
        Owner::Organization(id) => units.iter().find(|unit| unit.id == id).map_or_else(|| id.to_string(), |unit| unit.name.clone()),
    };
    let holds = |rule_set: &str, digest: &str| shelf.load(rule_set).is_ok_and(|loaded| loaded.digest == digest);
    let mut rules_intact = holds(&record.fields.rule_set.to_string(), &record.fields.rules_digest);
    let (mut found, mut broken, mut versions) = (Vec::new(), Vec::new(), Vec::new());
    for line in closing::lines(reader, record.id)? {
        let digest = shelf::sha256(&line.ledger);
        if digest != line.digest {
            broken.push(name(line.of));
        }
        if let Some(rules) = line.rules.as_ref().filter(|rules| !versions.contains(*rules)) {
            rules_intact &= holds(&rules.rule_set.to_string(), &rules.digest);
            versions.push(rules.clone());
        }
        found.push(Line { owner: line.of, rules: line.rules, ledger: line.ledger, digest });
    }
    for supplement in closing::supplements(reader, record.id)? {
        if shelf::sha256(&supplement.fields.ledger) != supplement.fields.digest {
            broken.push(name(supplement.fields.of));
        }
    }
    let digest = digest_of(&record.fields, &found);
    let intact = digest == record.fields.digest && broken.is_empty() && rules_intact;
    Ok(ClosingVerified { intact, recorded: record.fields.digest, found: digest, rules_intact, broken })
}
