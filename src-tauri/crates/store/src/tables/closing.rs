//! 封存: closed periods, their frozen ledgers, supplements to them, and the
//! points by hand of an assessment.

mod scores;

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::ids::{ClosingId, MemberId, OrganizationId, RuleSetId, SupplementId};

pub use scores::{ScoreFields, ScoreRecord, delete_score, score, scores, set_score};

use super::{Key, day, optional_day};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// Whose a ledger is, or whose points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A member's.
    Member(MemberId),
    /// An organization's.
    Organization(OrganizationId),
}

impl std::fmt::Display for Owner {
    /// The key alone.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Member(id) => id.fmt(f),
            Self::Organization(id) => id.fmt(f),
        }
    }
}

impl Owner {
    /// The columns `member` and `organization`, of which exactly one stands.
    fn columns(self) -> (Option<String>, Option<String>) {
        match self {
            Self::Member(id) => (Some(id.to_string()), None),
            Self::Organization(id) => (None, Some(id.to_string())),
        }
    }

    /// From the columns `member`, which is the `at`th, and `organization`
    /// after it.
    fn read(row: &rusqlite::Row, at: usize, column: &'static str) -> Result<Self, StoreError> {
        let (member, organization): (Option<Key<_>>, Option<Key<_>>) = (row.get(at)?, row.get(at + 1)?);
        match (member, organization) {
            (Some(member), None) => Ok(Self::Member(member.0)),
            (None, Some(organization)) => Ok(Self::Organization(organization.0)),
            _ => Err(StoreError::Value { column }),
        }
    }
}

/// What is written of a closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingFields {
    /// `credits` or `assessment`.
    pub kind: String,
    /// By which text.
    pub rule_set: RuleSetId,
    /// The `id` in that file.
    pub rule_set_key: String,
    /// Which period: `2025`.
    pub period: String,
    /// Whose; `None`: the whole book's.
    pub organization: Option<OrganizationId>,
    /// SHA-256 of the rule text and its parents'.
    pub rules_digest: String,
    /// SHA-256 of the lines' digests and of what stands above.
    pub digest: String,
    /// How many lines.
    pub members: u32,
    /// What they come to together (quotas, rankings), and who was left out;
    /// JSON.
    pub unit: Option<String>,
    /// By whom.
    pub closed_by: String,
    /// When.
    pub closed_on: NaiveDate,
}

/// That a closing was opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopened {
    /// By whom.
    pub by: String,
    /// When.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// A closing in the book.
#[derive(Debug, Clone)]
pub struct ClosingRecord {
    /// Its key.
    pub id: ClosingId,
    /// Its fields.
    pub fields: ClosingFields,
    /// Where it was opened again: it freezes nothing any more.
    pub reopened: Option<Reopened>,
}

const CLOSINGS: &str = "SELECT id, kind, rule_set, rule_set_key, period, organization, rules_digest, digest, members, unit, closed_by,
     closed_on, reopened_by, reopened_on, reopen_reason FROM closing";

/// Every closing, by period; reopened ones too.
pub fn list(reader: &Reader) -> Result<Vec<ClosingRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{CLOSINGS} ORDER BY period, id"))?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One closing.
pub fn get(reader: &Reader, id: ClosingId) -> Result<ClosingRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{CLOSINGS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read(row))).optional()?.ok_or(StoreError::Gone { what: "closing" })?
}

fn read(row: &rusqlite::Row) -> Result<ClosingRecord, StoreError> {
    let (closed_on, reopened_on): (String, Option<String>) = (row.get(11)?, row.get(13)?);
    let reopened = match optional_day(reopened_on.as_deref(), "closing.reopened_on")? {
        Some(on) => {
            let (by, reason): (Option<String>, Option<String>) = (row.get(12)?, row.get(14)?);
            Some(Reopened { by: by.unwrap_or_default(), on, reason: reason.unwrap_or_default() })
        }
        None => None,
    };
    Ok(ClosingRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: ClosingFields {
            kind: row.get(1)?,
            rule_set: row.get::<_, Key<_>>(2)?.0,
            rule_set_key: row.get(3)?,
            period: row.get(4)?,
            organization: row.get::<_, Option<Key<_>>>(5)?.map(|key| key.0),
            rules_digest: row.get(6)?,
            digest: row.get(7)?,
            members: row.get(8)?,
            unit: row.get(9)?,
            closed_by: row.get(10)?,
            closed_on: day(&closed_on, "closing.closed_on")?,
        },
        reopened,
    })
}

/// Closes a period.
pub fn insert(writer: &mut Writer, fields: &ClosingFields) -> Result<ClosingId, StoreError> {
    let id: ClosingId = writer.new_id();
    writer.execute(
        "INSERT INTO closing (id, kind, rule_set, rule_set_key, period, organization, rules_digest, digest, members, unit, closed_by, closed_on,
         revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1)",
        (
            Key(id),
            &fields.kind,
            Key(fields.rule_set),
            &fields.rule_set_key,
            &fields.period,
            fields.organization.map(Key),
            &fields.rules_digest,
            &fields.digest,
            fields.members,
            &fields.unit,
            &fields.closed_by,
            fields.closed_on.to_string(),
        ),
    )?;
    Ok(id)
}

/// Opens a closing again; what it held stays as a record.
pub fn reopen(writer: &mut Writer, id: ClosingId, reopened: &Reopened) -> Result<(), StoreError> {
    let changed = writer.execute(
        "UPDATE closing SET reopened_by = ?2, reopened_on = ?3, reopen_reason = ?4, revision = revision + 1
         WHERE id = ?1 AND reopened_on IS NULL",
        (Key(id), &reopened.by, reopened.on.to_string(), &reopened.reason),
    )?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "closing" }) }
}

/// The version of the rules that a ledger was counted by, where it is another
/// than the closing's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRules {
    /// By which text.
    pub rule_set: RuleSetId,
    /// SHA-256 of it and its parents'.
    pub digest: String,
}

/// A frozen ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRecord {
    /// Of which closing.
    pub closing: ClosingId,
    /// Whose.
    pub of: Owner,
    /// By which version; `None`: the closing's.
    pub rules: Option<LineRules>,
    /// JSON.
    pub ledger: String,
    /// SHA-256 of it.
    pub digest: String,
}

/// The ledgers of a closing.
pub fn lines(reader: &Reader, closing: ClosingId) -> Result<Vec<LineRecord>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT closing, member, organization, rule_set, rules_digest, ledger, digest FROM closing_line WHERE closing = ?1 ORDER BY whose",
    )?;
    let rows = statement.query_map([Key(closing)], |row| Ok(read_line(row)))?;
    rows.map(|row| row?).collect()
}

/// One ledger of a closing; `None`: it has none of them.
pub fn line(reader: &Reader, closing: ClosingId, of: Owner) -> Result<Option<LineRecord>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT closing, member, organization, rule_set, rules_digest, ledger, digest FROM closing_line WHERE closing = ?1 AND whose = ?2",
    )?;
    let found = statement.query_row((Key(closing), of.to_string()), |row| Ok(read_line(row))).optional()?.transpose()?;
    Ok(found.filter(|line| line.of == of))
}

fn read_line(row: &rusqlite::Row) -> Result<LineRecord, StoreError> {
    let rules = match (row.get::<_, Option<Key<_>>>(3)?, row.get(4)?) {
        (Some(rule_set), Some(digest)) => Some(LineRules { rule_set: rule_set.0, digest }),
        _ => None,
    };
    Ok(LineRecord {
        closing: row.get::<_, Key<_>>(0)?.0,
        of: Owner::read(row, 1, "closing_line.member")?,
        rules,
        ledger: row.get(5)?,
        digest: row.get(6)?,
    })
}

/// A part of the frozen ledgers of a closing that holds now (with the latest
/// supplement), at a path of their JSON: `$.credits.row`. A ledger that is no
/// JSON any more, or has no such part, is left out.
pub fn parts(reader: &Reader, closing: ClosingId, path: &str) -> Result<Vec<(Owner, String)>, StoreError> {
    const PART: &str = "json_extract(CASE WHEN json_valid(ledger) THEN ledger ELSE '{}' END, ?2)";
    let mut parts = Vec::new();
    for sql in [
        format!("SELECT member, organization, {PART} FROM closing_line WHERE closing = ?1"),
        format!("SELECT member, organization, {PART} FROM supplement WHERE closing = ?1 ORDER BY id"),
    ] {
        let mut statement = reader.prepare_cached(&sql)?;
        let rows = statement.query_map((Key(closing), path), |row| Ok((Owner::read(row, 0, "closing_line.member"), row.get(2)?)))?;
        for row in rows {
            let (of, part): (_, Option<String>) = row?;
            let of = of?;
            parts.extend(part.map(|part| (of, part)));
        }
    }
    Ok(parts)
}

/// Freezes a ledger.
pub fn insert_line(writer: &mut Writer, line: &LineRecord) -> Result<(), StoreError> {
    let (member, organization) = line.of.columns();
    let rules = line.rules.as_ref();
    writer.execute(
        "INSERT INTO closing_line (closing, whose, member, organization, rule_set, rules_digest, ledger, digest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            Key(line.closing),
            line.of.to_string(),
            member,
            organization,
            rules.map(|rules| Key(rules.rule_set)),
            rules.map(|rules| &rules.digest),
            &line.ledger,
            &line.digest,
        ),
    )?;
    Ok(())
}

/// A change to a closed ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplementFields {
    /// Of which closing.
    pub closing: ClosingId,
    /// Whose.
    pub of: Owner,
    /// The whole new ledger, JSON.
    pub ledger: String,
    /// SHA-256 of it.
    pub digest: String,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
    /// By whom.
    pub recorded_by: String,
    /// When.
    pub recorded_on: NaiveDate,
}

/// A supplement in the book.
#[derive(Debug, Clone)]
pub struct SupplementRecord {
    /// Its key.
    pub id: SupplementId,
    /// Its fields.
    pub fields: SupplementFields,
}

/// The supplements of a closing, earliest first.
pub fn supplements(reader: &Reader, closing: ClosingId) -> Result<Vec<SupplementRecord>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT id, closing, member, organization, ledger, digest, reason, document, recorded_by, recorded_on FROM supplement
         WHERE closing = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([Key(closing)], |row| Ok(read_supplement(row)))?;
    rows.map(|row| row?).collect()
}

fn read_supplement(row: &rusqlite::Row) -> Result<SupplementRecord, StoreError> {
    let recorded_on: String = row.get(9)?;
    Ok(SupplementRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: SupplementFields {
            closing: row.get::<_, Key<_>>(1)?.0,
            of: Owner::read(row, 2, "supplement.member")?,
            ledger: row.get(4)?,
            digest: row.get(5)?,
            reason: row.get(6)?,
            document: row.get(7)?,
            recorded_by: row.get(8)?,
            recorded_on: day(&recorded_on, "supplement.recorded_on")?,
        },
    })
}

/// Records a supplement.
pub fn insert_supplement(writer: &mut Writer, fields: &SupplementFields) -> Result<SupplementId, StoreError> {
    let id: SupplementId = writer.new_id();
    let (member, organization) = fields.of.columns();
    writer.execute(
        "INSERT INTO supplement (id, closing, member, organization, ledger, digest, reason, document, recorded_by, recorded_on, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1)",
        (
            Key(id),
            Key(fields.closing),
            member,
            organization,
            &fields.ledger,
            &fields.digest,
            &fields.reason,
            &fields.document,
            &fields.recorded_by,
            fields.recorded_on.to_string(),
        ),
    )?;
    Ok(id)
}
