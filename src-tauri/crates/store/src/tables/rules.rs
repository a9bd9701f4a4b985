//! 学分规则 and 考核办法: rule sets, when they hold, and what was decided
//! where they do not.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::ids::{DecisionId, MemberId, OrganizationId, RuleSetId, RuleUseId};

use super::{Key, day, expect_one, optional_day};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is written of a rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSetFields {
    /// The `id` in its file.
    pub key: String,
    /// The name in its file.
    pub name: String,
    /// `credits` or `assessment`.
    pub kind: String,
    /// The version in its file.
    pub version: Option<String>,
    /// The file's text.
    pub text: String,
    /// SHA-256 of the text, in hexadecimal; no text stands twice.
    pub digest: String,
    /// When this text came into the book.
    pub created_on: NaiveDate,
}

/// A rule set in the book.
#[derive(Debug, Clone)]
pub struct RuleSetRecord {
    /// Its key in the book.
    pub id: RuleSetId,
    /// Its fields.
    pub fields: RuleSetFields,
    /// For the next edit.
    pub revision: u32,
}

const SETS: &str = "SELECT id, key, name, kind, version, text, digest, created_on, revision FROM rule_set";

/// Every rule set, in the order in which they came.
pub fn list(reader: &Reader) -> Result<Vec<RuleSetRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{SETS} ORDER BY id"))?;
    let rows = statement.query_map([], |row| Ok(read_set(row)))?;
    rows.map(|row| row?).collect()
}

/// One rule set.
pub fn get(reader: &Reader, id: RuleSetId) -> Result<RuleSetRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{SETS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_set(row))).optional()?.ok_or(StoreError::Gone { what: "rule_set" })?
}

fn read_set(row: &rusqlite::Row) -> Result<RuleSetRecord, StoreError> {
    let created_on: String = row.get(7)?;
    Ok(RuleSetRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: RuleSetFields {
            key: row.get(1)?,
            name: row.get(2)?,
            kind: row.get(3)?,
            version: row.get(4)?,
            text: row.get(5)?,
            digest: row.get(6)?,
            created_on: day(&created_on, "rule_set.created_on")?,
        },
        revision: row.get(8)?,
    })
}

/// Adds a rule set.
pub fn insert(writer: &mut Writer, fields: &RuleSetFields) -> Result<RuleSetId, StoreError> {
    let id: RuleSetId = writer.new_id();
    writer.execute(
        "INSERT INTO rule_set (id, key, name, kind, version, text, digest, created_on, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)",
        (
            Key(id),
            &fields.key,
            &fields.name,
            &fields.kind,
            &fields.version,
            &fields.text,
            &fields.digest,
            fields.created_on.to_string(),
        ),
    )?;
    Ok(id)
}

/// Replaces a rule set's text.
pub fn update(writer: &mut Writer, id: RuleSetId, revision: u32, fields: &RuleSetFields) -> Result<(), StoreError> {
    let changed = writer.execute(
        "UPDATE rule_set SET key = ?3, name = ?4, kind = ?5, version = ?6, text = ?7, digest = ?8, created_on = ?9, revision = revision + 1
         WHERE id = ?1 AND revision = ?2",
        (
            Key(id),
            revision,
            &fields.key,
            &fields.name,
            &fields.kind,
            &fields.version,
            &fields.text,
            &fields.digest,
            fields.created_on.to_string(),
        ),
    )?;
    expect_one(writer, changed, "rule_set", "SELECT 1 FROM rule_set WHERE id = ?1", &id.to_string())
}

/// Deletes a rule set. Uses and closings stand in the way.
pub fn delete(writer: &mut Writer, id: RuleSetId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM rule_set WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "rule_set" }) }
}

/// How many uses and how many closings name a rule set.
pub fn stands_in(reader: &Reader, id: RuleSetId) -> Result<(u32, u32), StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT (SELECT count(*) FROM rule_use WHERE rule_set = ?1),
         (SELECT count(*) FROM (SELECT id FROM closing WHERE rule_set = ?1 UNION SELECT closing FROM closing_line WHERE rule_set = ?1))",
    )?;
    Ok(statement.query_row([Key(id)], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// What is written of a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UseFields {
    /// Which text.
    pub rule_set: RuleSetId,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; `None`: until further notice.
    pub ends_on: Option<NaiveDate>,
    /// For whom; `None`: the whole book.
    pub organization: Option<OrganizationId>,
}

/// A use in the book.
#[derive(Debug, Clone, Copy)]
pub struct UseRecord {
    /// Its key.
    pub id: RuleUseId,
    /// Its fields.
    pub fields: UseFields,
    /// For the next edit.
    pub revision: u32,
}

/// Every use, earliest first.
pub fn uses(reader: &Reader) -> Result<Vec<UseRecord>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT id, rule_set, starts_on, ends_on, organization, revision FROM rule_use ORDER BY starts_on, id")?;
    let rows = statement.query_map([], |row| Ok(read_use(row)))?;
    rows.map(|row| row?).collect()
}

fn read_use(row: &rusqlite::Row) -> Result<UseRecord, StoreError> {
    let (starts_on, ends_on): (String, Option<String>) = (row.get(2)?, row.get(3)?);
    Ok(UseRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: UseFields {
            rule_set: row.get::<_, Key<_>>(1)?.0,
            starts_on: day(&starts_on, "rule_use.starts_on")?,
            ends_on: optional_day(ends_on.as_deref(), "rule_use.ends_on")?,
            organization: row.get::<_, Option<Key<_>>>(4)?.map(|key| key.0),
        },
        revision: row.get(5)?,
    })
}

/// Takes a rule set into use.
pub fn insert_use(writer: &mut Writer, fields: &UseFields) -> Result<RuleUseId, StoreError> {
    let id: RuleUseId = writer.new_id();
    writer.execute(
        "INSERT INTO rule_use (id, rule_set, starts_on, ends_on, organization, revision) VALUES (?1, ?2, ?3, ?4, ?5, 1)",
        (
            Key(id),
            Key(fields.rule_set),
            fields.starts_on.to_string(),
            fields.ends_on.map(|day| day.to_string()),
            fields.organization.map(Key),
        ),
    )?;
    Ok(id)
}

/// Ends a use with a day.
pub fn end_use(writer: &mut Writer, id: RuleUseId, ends_on: Option<NaiveDate>) -> Result<(), StoreError> {
    let changed = writer.execute(
        "UPDATE rule_use SET ends_on = ?2, revision = revision + 1 WHERE id = ?1",
        (Key(id), ends_on.map(|day| day.to_string())),
    )?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "rule_use" }) }
}

/// Removes a use, as if it had never been.
pub fn delete_use(writer: &mut Writer, id: RuleUseId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM rule_use WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "rule_use" }) }
}

/// What is written of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionFields {
    /// The `id` in the rule file.
    pub rule_set_key: String,
    /// The question's key.
    pub question: String,
    /// For whom; `None`: for everybody.
    pub member: Option<MemberId>,
    /// The fact that it is about.
    pub fact: Option<String>,
    /// The reading chosen; exactly one of this and `value`.
    pub reading: Option<String>,
    /// The number given, exact.
    pub value: Option<String>,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
    /// By whom.
    pub decided_by: String,
    /// When.
    pub decided_on: NaiveDate,
}

/// A decision in the book.
#[derive(Debug, Clone)]
pub struct DecisionRecord {
    /// Its key.
    pub id: DecisionId,
    /// Its fields.
    pub fields: DecisionFields,
}

const DECISIONS: &str =
    "SELECT id, rule_set_key, question, member, fact, reading, value, reason, document, decided_by, decided_on FROM decision";

/// Every decision, in the order in which they were taken.
pub fn decisions(reader: &Reader) -> Result<Vec<DecisionRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{DECISIONS} ORDER BY id"))?;
    let rows = statement.query_map([], |row| Ok(read_decision(row)))?;
    rows.map(|row| row?).collect()
}

/// One decision.
pub fn decision(reader: &Reader, id: DecisionId) -> Result<DecisionRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{DECISIONS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_decision(row))).optional()?.ok_or(StoreError::Gone { what: "decision" })?
}

fn read_decision(row: &rusqlite::Row) -> Result<DecisionRecord, StoreError> {
    let decided_on: String = row.get(10)?;
    Ok(DecisionRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: DecisionFields {
            rule_set_key: row.get(1)?,
            question: row.get(2)?,
            member: row.get::<_, Option<Key<_>>>(3)?.map(|key| key.0),
            fact: row.get(4)?,
            reading: row.get(5)?,
            value: row.get(6)?,
            reason: row.get(7)?,
            document: row.get(8)?,
            decided_by: row.get(9)?,
            decided_on: day(&decided_on, "decision.decided_on")?,
        },
    })
}

/// Records a decision; one on the same question for the same people is
/// replaced.
pub fn decide(writer: &mut Writer, fields: &DecisionFields) -> Result<DecisionId, StoreError> {
    let found: Option<Key<_>> = writer
        .prepare_cached("SELECT id FROM decision WHERE rule_set_key = ?1 AND question = ?2 AND member IS ?3")?
        .query_row((&fields.rule_set_key, &fields.question, fields.member.map(Key)), |row| row.get(0))
        .optional()?;
    let id: DecisionId = found.map_or_else(|| writer.new_id(), |key| key.0);
    writer.execute(
        "INSERT INTO decision (id, rule_set_key, question, member, fact, reading, value, reason, document, decided_by, decided_on, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1)
         ON CONFLICT (id) DO UPDATE SET fact = excluded.fact, reading = excluded.reading, value = excluded.value, reason = excluded.reason,
         document = excluded.document, decided_by = excluded.decided_by, decided_on = excluded.decided_on, revision = revision + 1",
        (
            Key(id),
            &fields.rule_set_key,
            &fields.question,
            fields.member.map(Key),
            &fields.fact,
            &fields.reading,
            &fields.value,
            &fields.reason,
            &fields.document,
            &fields.decided_by,
            fields.decided_on.to_string(),
        ),
    )?;
    Ok(id)
}

/// Removes a decision: the question is open again.
pub fn delete_decision(writer: &mut Writer, id: DecisionId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM decision WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "decision" }) }
}
