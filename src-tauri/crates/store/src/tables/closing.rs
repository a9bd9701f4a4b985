//! 封存: closed periods, their frozen ledgers, supplements to them, and the
//! points by hand of an assessment.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::{
    exact::Exact,
    ids::{ClosingId, MemberId, OrganizationId, RuleSetId, ScoreId, SupplementId},
};

use super::{Key, day, optional_day};
use crate::{book::Reader, error::StoreError, writer::Writer};

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
    /// The unit's ledger as JSON, where the rules have one.
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

/// A frozen ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRecord {
    /// Of which closing.
    pub closing: ClosingId,
    /// Whose.
    pub member: MemberId,
    /// JSON.
    pub ledger: String,
    /// SHA-256 of it.
    pub digest: String,
}

/// The ledgers of a closing.
pub fn lines(reader: &Reader, closing: ClosingId) -> Result<Vec<LineRecord>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT closing, member, ledger, digest FROM closing_line WHERE closing = ?1 ORDER BY member")?;
    let rows = statement.query_map([Key(closing)], read_line)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The ledger of one member in a closing.
pub fn line(reader: &Reader, closing: ClosingId, member: MemberId) -> Result<Option<LineRecord>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT closing, member, ledger, digest FROM closing_line WHERE closing = ?1 AND member = ?2")?;
    Ok(statement.query_row((Key(closing), Key(member)), read_line).optional()?)
}

/// A part of the frozen ledgers of a closing that holds now (with the latest
/// supplement), at a path of their JSON: `$.credits.row`. A ledger that is no
/// JSON any more, or has no such part, is left out.
pub fn parts(reader: &Reader, closing: ClosingId, path: &str) -> Result<Vec<(MemberId, String)>, StoreError> {
    let mut parts = Vec::new();
    for sql in [
        "SELECT member, json_extract(CASE WHEN json_valid(ledger) THEN ledger ELSE '{}' END, ?2) FROM closing_line WHERE closing = ?1",
        "SELECT member, json_extract(CASE WHEN json_valid(ledger) THEN ledger ELSE '{}' END, ?2) FROM supplement WHERE closing = ?1 ORDER BY id",
    ] {
        let mut statement = reader.prepare_cached(sql)?;
        let rows = statement.query_map((Key(closing), path), |row| Ok((row.get::<_, Key<_>>(0)?.0, row.get::<_, Option<String>>(1)?)))?;
        for row in rows {
            let (member, part) = row?;
            parts.extend(part.map(|part| (member, part)));
        }
    }
    Ok(parts)
}

fn read_line(row: &rusqlite::Row) -> rusqlite::Result<LineRecord> {
    Ok(LineRecord { closing: row.get::<_, Key<_>>(0)?.0, member: row.get::<_, Key<_>>(1)?.0, ledger: row.get(2)?, digest: row.get(3)? })
}

/// Freezes a ledger.
pub fn insert_line(writer: &mut Writer, line: &LineRecord) -> Result<(), StoreError> {
    writer.execute(
        "INSERT INTO closing_line (closing, member, ledger, digest) VALUES (?1, ?2, ?3, ?4)",
        (Key(line.closing), Key(line.member), &line.ledger, &line.digest),
    )?;
    Ok(())
}

/// A change to a closed ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplementFields {
    /// Of which closing.
    pub closing: ClosingId,
    /// Whose.
    pub member: MemberId,
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
        "SELECT id, closing, member, ledger, digest, reason, document, recorded_by, recorded_on FROM supplement WHERE closing = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([Key(closing)], |row| Ok(read_supplement(row)))?;
    rows.map(|row| row?).collect()
}

fn read_supplement(row: &rusqlite::Row) -> Result<SupplementRecord, StoreError> {
    let recorded_on: String = row.get(8)?;
    Ok(SupplementRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: SupplementFields {
            closing: row.get::<_, Key<_>>(1)?.0,
            member: row.get::<_, Key<_>>(2)?.0,
            ledger: row.get(3)?,
            digest: row.get(4)?,
            reason: row.get(5)?,
            document: row.get(6)?,
            recorded_by: row.get(7)?,
            recorded_on: day(&recorded_on, "supplement.recorded_on")?,
        },
    })
}

/// Records a supplement.
pub fn insert_supplement(writer: &mut Writer, fields: &SupplementFields) -> Result<SupplementId, StoreError> {
    let id: SupplementId = writer.new_id();
    writer.execute(
        "INSERT INTO supplement (id, closing, member, ledger, digest, reason, document, recorded_by, recorded_on, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1)",
        (
            Key(id),
            Key(fields.closing),
            Key(fields.member),
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

/// Whose points they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scored {
    /// A member's.
    Member(MemberId),
    /// An organization's.
    Organization(OrganizationId),
}

/// Points by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreFields {
    /// The `id` in the scheme's file.
    pub rule_set_key: String,
    /// Which period: `2025`.
    pub period: String,
    /// Whose.
    pub of: Scored,
    /// The indicator.
    pub indicator: String,
    /// 自评, 互评, 核查 …
    pub scorer: String,
    /// Who it was, where several people score in that capacity: a
    /// colleague's name.
    pub rater: Option<String>,
    /// The points.
    pub value: Exact,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub scored_on: NaiveDate,
}

/// Points in the book.
#[derive(Debug, Clone)]
pub struct ScoreRecord {
    /// Their key.
    pub id: ScoreId,
    /// What they say.
    pub fields: ScoreFields,
}

/// The points given under a scheme in a period.
pub fn scores(reader: &Reader, rule_set_key: &str, period: &str) -> Result<Vec<ScoreRecord>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT id, rule_set_key, period, member, organization, indicator, scorer, value, reason, scored_on, rater FROM score
         WHERE rule_set_key = ?1 AND period = ?2 ORDER BY id",
    )?;
    let rows = statement.query_map([rule_set_key, period], |row| Ok(read_score(row)))?;
    rows.map(|row| row?).collect()
}

fn read_score(row: &rusqlite::Row) -> Result<ScoreRecord, StoreError> {
    let (member, organization): (Option<Key<_>>, Option<Key<_>>) = (row.get(3)?, row.get(4)?);
    let (value, scored_on): (String, String) = (row.get(7)?, row.get(9)?);
    let of = match (member, organization) {
        (Some(member), None) => Scored::Member(member.0),
        (None, Some(organization)) => Scored::Organization(organization.0),
        _ => return Err(StoreError::Value { column: "score.member" }),
    };
    Ok(ScoreRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: ScoreFields {
            rule_set_key: row.get(1)?,
            period: row.get(2)?,
            of,
            indicator: row.get(5)?,
            scorer: row.get(6)?,
            value: value.parse().map_err(|_| StoreError::Value { column: "score.value" })?,
            reason: row.get(8)?,
            scored_on: day(&scored_on, "score.scored_on")?,
            rater: row.get(10)?,
        },
    })
}

/// One entry of the points.
pub fn score(reader: &Reader, id: ScoreId) -> Result<ScoreRecord, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT id, rule_set_key, period, member, organization, indicator, scorer, value, reason, scored_on, rater FROM score WHERE id = ?1",
    )?;
    statement.query_row([Key(id)], |row| Ok(read_score(row))).optional()?.ok_or(StoreError::Gone { what: "score" })?
}

/// Gives points; those of the same scorer (and the same person in that
/// capacity) for the same indicator are replaced.
pub fn set_score(writer: &mut Writer, fields: &ScoreFields) -> Result<ScoreId, StoreError> {
    let (member, organization) = match fields.of {
        Scored::Member(id) => (Some(id.to_string()), None),
        Scored::Organization(id) => (None, Some(id.to_string())),
    };
    let found: Option<Key<_>> = writer
        .prepare_cached(
            "SELECT id FROM score WHERE rule_set_key = ?1 AND period = ?2 AND member IS ?3 AND organization IS ?4 AND indicator = ?5
             AND scorer = ?6 AND rater IS ?7",
        )?
        .query_row(
            (&fields.rule_set_key, &fields.period, &member, &organization, &fields.indicator, &fields.scorer, &fields.rater),
            |row| row.get(0),
        )
        .optional()?;
    let id: ScoreId = found.map_or_else(|| writer.new_id(), |key| key.0);
    writer.execute(
        "INSERT INTO score (id, rule_set_key, period, member, organization, indicator, scorer, value, reason, scored_on, rater, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1)
         ON CONFLICT (id) DO UPDATE SET value = excluded.value, reason = excluded.reason, scored_on = excluded.scored_on,
         revision = revision + 1 WHERE value <> excluded.value OR reason IS NOT excluded.reason",
        (
            Key(id),
            &fields.rule_set_key,
            &fields.period,
            member,
            organization,
            &fields.indicator,
            &fields.scorer,
            fields.value.to_string(),
            &fields.reason,
            fields.scored_on.to_string(),
            &fields.rater,
        ),
    )?;
    Ok(id)
}

/// Takes points back.
pub fn delete_score(writer: &mut Writer, id: ScoreId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM score WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "score" }) }
}
