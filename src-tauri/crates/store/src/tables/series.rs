//! Recurring sessions.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveTime};
use rusqlite::OptionalExtension;
use xueji_domain::{
    amount::StudyAmount,
    ids::{OrganizationId, SeriesId, SessionId},
    planning::Recurrence,
    sessions::SessionLevel,
};

use super::{Key, day, expect_one, from_word, sessions, word};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is written of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesFields {
    /// How often, and what happens on a holiday.
    pub rule: Recurrence,
    /// The first day that it may fall on.
    pub starts_on: NaiveDate,
    /// The last.
    pub ends_on: NaiveDate,
    /// When each begins.
    pub starts_at: Option<NaiveTime>,
    /// How long each takes.
    pub amount: Option<StudyAmount>,
    /// 类型
    pub kind: String,
    /// 主题
    pub title: String,
    /// 学习层级
    pub level: SessionLevel,
    /// 专题
    pub theme: Option<String>,
    /// 地点
    pub place: Option<String>,
    /// Whose; the book's own where empty.
    pub organization: Option<OrganizationId>,
}

/// A series in the book.
#[derive(Debug, Clone)]
pub struct SeriesRecord {
    /// Its key.
    pub id: SeriesId,
    /// Its fields.
    pub fields: SeriesFields,
    /// For the next edit.
    pub revision: u32,
}

/// An occurrence that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkipRecord {
    /// Of which series.
    pub series: SeriesId,
    /// The day that the series gave it.
    pub date: NaiveDate,
    /// Why.
    pub reason: Option<String>,
}

const SERIES: &str =
    "SELECT id, rule, starts_on, ends_on, starts_at, amount_value, amount_unit, kind, title, level, theme, place, organization,
     revision FROM series";

/// The series that reach into a span of days, by their first day.
pub fn between(reader: &Reader, from: NaiveDate, to: NaiveDate) -> Result<Vec<SeriesRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{SERIES} WHERE starts_on <= ?2 AND ends_on >= ?1 ORDER BY starts_on, id"))?;
    let rows = statement.query_map((from.to_string(), to.to_string()), |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One series.
pub fn get(reader: &Reader, id: SeriesId) -> Result<SeriesRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{SERIES} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read(row))).optional()?.ok_or(StoreError::Gone { what: "series" })?
}

fn read(row: &rusqlite::Row) -> Result<SeriesRecord, StoreError> {
    let rule: String = row.get(1)?;
    let (starts_on, ends_on, level): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(9)?);
    let starts_at: Option<String> = row.get(4)?;
    let amount: (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
    Ok(SeriesRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: SeriesFields {
            rule: serde_json::from_str(&rule).map_err(|_| StoreError::Value { column: "series.rule" })?,
            starts_on: day(&starts_on, "series.starts_on")?,
            ends_on: day(&ends_on, "series.ends_on")?,
            starts_at: starts_at
                .map(|text| NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| StoreError::Value { column: "series.starts_at" }))
                .transpose()?,
            amount: match amount {
                (Some(value), Some(unit)) => {
                    Some(StudyAmount::from_parts(&value, &unit).map_err(|_| StoreError::Value { column: "series.amount" })?)
                }
                _ => None,
            },
            kind: row.get(7)?,
            title: row.get(8)?,
            level: from_word(&level, "series.level")?,
            theme: row.get(10)?,
            place: row.get(11)?,
            organization: row.get::<_, Option<Key<_>>>(12)?.map(|key| key.0),
        },
        revision: row.get(13)?,
    })
}

/// Adds a series; its sessions are added by the caller.
pub fn insert(writer: &mut Writer, fields: &SeriesFields) -> Result<SeriesId, StoreError> {
    let id: SeriesId = writer.new_id();
    write(
        writer,
        "INSERT INTO series (id, revision, rule, starts_on, ends_on, starts_at, amount_value, amount_unit, kind, title, level, theme, place,
         organization) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        id,
        1,
        fields,
    )?;
    Ok(id)
}

/// Replaces a series' fields.
pub fn update(writer: &mut Writer, id: SeriesId, revision: u32, fields: &SeriesFields) -> Result<(), StoreError> {
    let changed = write(
        writer,
        "UPDATE series SET revision = revision + 1, rule = ?3, starts_on = ?4, ends_on = ?5, starts_at = ?6, amount_value = ?7,
         amount_unit = ?8, kind = ?9, title = ?10, level = ?11, theme = ?12, place = ?13, organization = ?14
         WHERE id = ?1 AND revision = ?2",
        id,
        revision,
        fields,
    )?;
    expect_one(writer, changed, "series", "SELECT 1 FROM series WHERE id = ?1", &id.to_string())
}

fn write(writer: &mut Writer, sql: &str, id: SeriesId, revision: u32, fields: &SeriesFields) -> Result<usize, StoreError> {
    let (value, unit) = fields.amount.map(StudyAmount::to_parts).unzip();
    let rule = serde_json::to_string(&fields.rule).map_err(|_| StoreError::Value { column: "series.rule" })?;
    writer.execute(
        sql,
        (
            Key(id),
            revision,
            rule,
            fields.starts_on.to_string(),
            fields.ends_on.to_string(),
            fields.starts_at.map(|time| time.format("%H:%M").to_string()),
            value,
            unit,
            &fields.kind,
            &fields.title,
            word(&fields.level),
            &fields.theme,
            &fields.place,
            fields.organization.map(Key),
        ),
    )
}

/// Deletes a series of which no session is left.
pub fn delete(writer: &mut Writer, id: SeriesId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM series WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "series" }) }
}

/// The sessions of a series, by the day that the series gave them.
pub fn sessions_of(reader: &Reader, id: SeriesId) -> Result<Vec<sessions::SessionRecord>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT id FROM session WHERE series = ?1 ORDER BY series_date")?;
    let ids = statement.query_map([Key(id)], |row| Ok(row.get::<_, Key<_>>(0)?.0))?.collect::<Result<Vec<SessionId>, _>>()?;
    ids.into_iter().map(|id| sessions::get(reader, id)).collect()
}

/// The sessions of a series on which something hangs: marks, parts, papers,
/// evidence, files, checks, money, marks of other kinds.
pub fn in_use(reader: &Reader, id: SeriesId) -> Result<HashSet<SessionId>, StoreError> {
    let mut statement = reader.prepare_cached(include_str!("series/in_use.sql"))?;
    let rows = statement.query_map([Key(id)], |row| Ok(row.get::<_, Key<_>>(0)?.0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was left out of a series, by date.
pub fn skips(reader: &Reader, id: SeriesId) -> Result<Vec<SkipRecord>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT date, reason FROM series_skip WHERE series = ?1 ORDER BY date")?;
    let rows = statement.query_map([Key(id)], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    rows.map(|row| {
        let (date, reason) = row?;
        Ok(SkipRecord { series: id, date: day(&date, "series_skip.date")?, reason })
    })
    .collect()
}

/// Leaves an occurrence out.
pub fn skip(writer: &mut Writer, skip: &SkipRecord) -> Result<(), StoreError> {
    writer.execute(
        "INSERT INTO series_skip (series, date, reason) VALUES (?1, ?2, ?3) ON CONFLICT (series, date) DO UPDATE SET reason = ?3",
        (Key(skip.series), skip.date.to_string(), &skip.reason),
    )?;
    Ok(())
}

/// Takes a skip back.
pub fn unskip(writer: &mut Writer, id: SeriesId, date: NaiveDate) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM series_skip WHERE series = ?1 AND date = ?2", (Key(id), date.to_string()))?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "series_skip" }) }
}
