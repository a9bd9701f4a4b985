//! The points by hand of an assessment.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::{exact::Exact, ids::ScoreId};

use super::{Key, Owner, day};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// Points by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreFields {
    /// The `id` in the scheme's file.
    pub rule_set_key: String,
    /// Which period: `2025`.
    pub period: String,
    /// Whose.
    pub of: Owner,
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
    let (value, scored_on): (String, String) = (row.get(7)?, row.get(9)?);
    let of = Owner::read(row, 3, "score.member")?;
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
    let (member, organization) = fields.of.columns();
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
