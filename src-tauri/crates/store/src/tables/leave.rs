//! 请假: from a day to a day, in advance or after the fact. A leave proposes
//! marks; nothing is marked by it before somebody takes it over.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::{
    attendance::AttendanceStatus,
    ids::{LeaveId, MemberId},
};

use super::{Key, day, expect_one};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is written of a leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveFields {
    /// Whose.
    pub member: MemberId,
    /// 公假, 病假 or 事假.
    pub kind: AttendanceStatus,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// 事由
    pub reason: Option<String>,
    /// 批准人
    pub approver: Option<String>,
    /// 请假条: its number, or where it is kept.
    pub paper: Option<String>,
    /// When it was written down: one that came after a session says so.
    pub entered_on: NaiveDate,
}

impl LeaveFields {
    /// Whether a day lies within it.
    pub fn covers(&self, day: NaiveDate) -> bool {
        (self.starts_on..=self.ends_on).contains(&day)
    }
}

/// A leave in the book.
#[derive(Debug, Clone)]
pub struct LeaveRecord {
    /// Its key.
    pub id: LeaveId,
    /// Its fields.
    pub fields: LeaveFields,
    /// For the next edit.
    pub revision: u32,
}

const LEAVES: &str = "SELECT id, member, kind, starts_on, ends_on, reason, approver, paper, entered_on, revision FROM leave";

/// The leaves that touch a span of days, both included, given as text; latest
/// first.
pub fn between(reader: &Reader, from: &str, to: &str) -> Result<Vec<LeaveRecord>, StoreError> {
    let mut statement =
        reader.prepare_cached(&format!("{LEAVES} WHERE starts_on <= ?2 AND ends_on >= ?1 ORDER BY starts_on DESC, id DESC"))?;
    let rows = statement.query_map((from, to), |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// The leaves of one member, latest first.
pub fn of_member(reader: &Reader, member: MemberId) -> Result<Vec<LeaveRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{LEAVES} WHERE member = ?1 ORDER BY starts_on DESC, id DESC"))?;
    let rows = statement.query_map([Key(member)], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One leave.
pub fn get(reader: &Reader, id: LeaveId) -> Result<LeaveRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{LEAVES} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read(row))).optional()?.ok_or(StoreError::Gone { what: "leave" })?
}

fn read(row: &rusqlite::Row) -> Result<LeaveRecord, StoreError> {
    let (kind, starts_on, ends_on, entered_on): (String, String, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(8)?);
    Ok(LeaveRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: LeaveFields {
            member: row.get::<_, Key<_>>(1)?.0,
            kind: AttendanceStatus::from_code(&kind).ok_or(StoreError::Value { column: "leave.kind" })?,
            starts_on: day(&starts_on, "leave.starts_on")?,
            ends_on: day(&ends_on, "leave.ends_on")?,
            reason: row.get(5)?,
            approver: row.get(6)?,
            paper: row.get(7)?,
            entered_on: day(&entered_on, "leave.entered_on")?,
        },
        revision: row.get(9)?,
    })
}

/// Adds a leave.
pub fn insert(writer: &mut Writer, fields: &LeaveFields) -> Result<LeaveId, StoreError> {
    let id: LeaveId = writer.new_id();
    write(
        writer,
        "INSERT INTO leave (id, revision, member, kind, starts_on, ends_on, reason, approver, paper, entered_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        id,
        1,
        fields,
    )?;
    Ok(id)
}

/// Replaces a leave's fields. Marks that took it over stay as they are.
pub fn update(writer: &mut Writer, id: LeaveId, revision: u32, fields: &LeaveFields) -> Result<(), StoreError> {
    let changed = write(
        writer,
        "UPDATE leave SET revision = revision + 1, member = ?3, kind = ?4, starts_on = ?5, ends_on = ?6, reason = ?7, approver = ?8,
         paper = ?9, entered_on = ?10 WHERE id = ?1 AND revision = ?2",
        id,
        revision,
        fields,
    )?;
    expect_one(writer, changed, "leave", "SELECT 1 FROM leave WHERE id = ?1", &id.to_string())
}

fn write(writer: &mut Writer, sql: &str, id: LeaveId, revision: u32, fields: &LeaveFields) -> Result<usize, StoreError> {
    writer.execute(
        sql,
        (
            Key(id),
            revision,
            Key(fields.member),
            fields.kind.code(),
            fields.starts_on.to_string(),
            fields.ends_on.to_string(),
            &fields.reason,
            &fields.approver,
            &fields.paper,
            fields.entered_on.to_string(),
        ),
    )
}

/// Removes a leave. Marks that took it over stay, with their status, approver
/// and source; they no longer name it.
pub fn delete(writer: &mut Writer, id: LeaveId) -> Result<(), StoreError> {
    writer.execute("UPDATE attendance SET leave = NULL, revision = revision + 1 WHERE leave = ?1", [Key(id)])?;
    let changed = writer.execute("DELETE FROM leave WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "leave" }) }
}

/// How many marks took a leave over.
pub fn taken_over(reader: &Reader, id: LeaveId) -> Result<u32, StoreError> {
    let mut statement = reader.prepare_cached("SELECT count(*) FROM attendance WHERE leave = ?1")?;
    Ok(statement.query_row([Key(id)], |row| row.get(0))?)
}

/// Who has approved leave in this book, most often first.
pub fn approvers(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement = reader
        .prepare_cached("SELECT approver FROM leave WHERE approver IS NOT NULL GROUP BY approver ORDER BY count(*) DESC, approver")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
