//! 封月: closed months, and the supplements recorded in them. What keeps a
//! closed month as it is stands in [`crate::guard`].

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use serde_json::{Map, Value};
use xueji_domain::ids::{MemberId, MonthClosingId, MonthSupplementId, OperationId, SessionId};

use super::{Key, day, expect_one, optional_day};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// A month that was closed; opened again, it stays as a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingRecord {
    /// Its key.
    pub id: MonthClosingId,
    /// `YYYY-MM`
    pub month: String,
    /// By whom.
    pub closed_by: String,
    /// On which day.
    pub closed_on: NaiveDate,
    /// Who opened it again, when and why; `None` while it is closed.
    pub reopened: Option<Reopening>,
    /// For the next change.
    pub revision: u32,
}

/// How a closed month was opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// By whom.
    pub by: String,
    /// On which day.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// A change within a closed month.
#[derive(Debug, Clone, PartialEq)]
pub struct SupplementRecord {
    /// Its key.
    pub id: MonthSupplementId,
    /// `YYYY-MM`
    pub month: String,
    /// Of which session; it may be gone since.
    pub session: Option<SessionId>,
    /// Whose mark, where it was one member's.
    pub member: Option<MemberId>,
    /// What was changed, in words.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub recorded_by: String,
    /// On which day.
    pub recorded_on: NaiveDate,
    /// The operation that changed it.
    pub operation: OperationId,
    /// Its name: `attendance.mark`, `undo`.
    pub name: String,
    /// What its sentence needs; of an undo, those of what was taken back.
    pub params: Map<String, Value>,
    /// For an undo or a redo: the name of what was taken back or done again.
    pub undoes: Option<String>,
    /// Whether the operation itself was taken back since.
    pub undone: bool,
}

const CLOSINGS: &str = "SELECT id, month, closed_by, closed_on, reopened_by, reopened_on, reopen_reason, revision FROM month_closing";

/// Every closing of the months from one to another (`YYYY-MM`, both
/// included), by month, those opened again first.
pub fn between(reader: &Reader, from: &str, to: &str) -> Result<Vec<ClosingRecord>, StoreError> {
    let mut statement =
        reader.prepare_cached(&format!("{CLOSINGS} WHERE month BETWEEN ?1 AND ?2 ORDER BY month, reopened_on IS NULL, id"))?;
    let rows = statement.query_map((from, to), |row| Ok(read_closing(row)))?;
    rows.map(|row| row?).collect()
}

/// The closing under which a month is closed, where it is.
pub fn closed(reader: &Reader, month: &str) -> Result<Option<ClosingRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{CLOSINGS} WHERE month = ?1 AND reopened_on IS NULL"))?;
    statement.query_row([month], |row| Ok(read_closing(row))).optional()?.transpose()
}

fn read_closing(row: &rusqlite::Row) -> Result<ClosingRecord, StoreError> {
    let (closed_on, reopened_on): (String, Option<String>) = (row.get(3)?, row.get(5)?);
    let reopened = match (optional_day(reopened_on.as_deref(), "month_closing.reopened_on")?, row.get::<_, Option<String>>(6)?) {
        (Some(on), Some(reason)) => Some(Reopening { by: row.get::<_, Option<String>>(4)?.unwrap_or_default(), on, reason }),
        _ => None,
    };
    Ok(ClosingRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        month: row.get(1)?,
        closed_by: row.get(2)?,
        closed_on: day(&closed_on, "month_closing.closed_on")?,
        reopened,
        revision: row.get(7)?,
    })
}

/// Closes a month. That it is not closed already is the caller's to see.
pub fn close(writer: &mut Writer, month: &str, on: NaiveDate) -> Result<MonthClosingId, StoreError> {
    let id: MonthClosingId = writer.new_id();
    let by = writer.stamp().operator.clone();
    writer.execute(
        "INSERT INTO month_closing (id, month, closed_by, closed_on, revision) VALUES (?1, ?2, ?3, ?4, 1)",
        (Key(id), month, by, on.to_string()),
    )?;
    Ok(id)
}

/// Opens a closed month again; the closing stays as a record.
pub fn reopen(writer: &mut Writer, closing: &ClosingRecord, on: NaiveDate, reason: &str) -> Result<(), StoreError> {
    let by = writer.stamp().operator.clone();
    let changed = writer.execute(
        "UPDATE month_closing SET reopened_by = ?3, reopened_on = ?4, reopen_reason = ?5, revision = revision + 1
         WHERE id = ?1 AND revision = ?2 AND reopened_on IS NULL",
        (Key(closing.id), closing.revision, by, on.to_string(), reason),
    )?;
    expect_one(writer, changed, "month_closing", "SELECT 1 FROM month_closing WHERE id = ?1", &closing.id.to_string())
}

/// The supplements of the months from one to another (`YYYY-MM`, both
/// included), in the order in which they were recorded.
pub fn supplements(reader: &Reader, from: &str, to: &str) -> Result<Vec<SupplementRecord>, StoreError> {
    let mut statement = reader.prepare_cached(include_str!("months/supplements.sql"))?;
    let rows = statement.query_map((from, to), |row| Ok(read_supplement(row)))?;
    rows.map(|row| row?).collect()
}

fn read_supplement(row: &rusqlite::Row) -> Result<SupplementRecord, StoreError> {
    let (recorded_on, params): (String, String) = (row.get("recorded_on")?, row.get("params")?);
    Ok(SupplementRecord {
        id: row.get::<_, Key<_>>("id")?.0,
        month: row.get("month")?,
        session: row.get::<_, Option<Key<_>>>("session")?.map(|key| key.0),
        member: row.get::<_, Option<Key<_>>>("member")?.map(|key| key.0),
        subject: row.get("subject")?,
        reason: row.get("reason")?,
        recorded_by: row.get("recorded_by")?,
        recorded_on: day(&recorded_on, "month_supplement.recorded_on")?,
        operation: row.get::<_, Key<_>>("operation")?.0,
        name: row.get("name")?,
        params: serde_json::from_str(&params).unwrap_or_default(),
        undoes: row.get("undoes")?,
        undone: row.get("undone")?,
    })
}
