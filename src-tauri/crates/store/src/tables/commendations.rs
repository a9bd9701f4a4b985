//! 表彰: recorded awards, of a person or of an organization.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::ids::{CommendationId, MemberId, OrganizationId};

use super::{Key, day, expect_one};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// Who was commended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commended {
    /// A person.
    Member(MemberId),
    /// An organization.
    Organization(OrganizationId),
}

/// What is written of a commendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommendationFields {
    /// When.
    pub date: NaiveDate,
    /// 表彰名称
    pub title: String,
    /// 表彰单位
    pub issuer: Option<String>,
    /// 文号
    pub document: Option<String>,
    /// Whose.
    pub of: Commended,
    /// 事由
    pub reason: Option<String>,
}

/// A commendation in the book.
#[derive(Debug, Clone)]
pub struct CommendationRecord {
    /// Its key.
    pub id: CommendationId,
    /// Its fields.
    pub fields: CommendationFields,
    /// For the next edit.
    pub revision: u32,
}

const COMMENDATIONS: &str = "SELECT id, date, title, issuer, document, member, organization, reason, revision FROM commendation";

/// Every commendation, latest first.
pub fn all(reader: &Reader) -> Result<Vec<CommendationRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{COMMENDATIONS} ORDER BY date DESC, id DESC"))?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// Those of one member, latest first.
pub fn of_member(reader: &Reader, member: MemberId) -> Result<Vec<CommendationRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{COMMENDATIONS} WHERE member = ?1 ORDER BY date DESC, id DESC"))?;
    let rows = statement.query_map([Key(member)], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One commendation.
pub fn get(reader: &Reader, id: CommendationId) -> Result<CommendationRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{COMMENDATIONS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read(row))).optional()?.ok_or(StoreError::Gone { what: "commendation" })?
}

fn read(row: &rusqlite::Row) -> Result<CommendationRecord, StoreError> {
    let date: String = row.get(1)?;
    let of = match (row.get::<_, Option<Key<_>>>(5)?, row.get::<_, Option<Key<_>>>(6)?) {
        (Some(member), None) => Commended::Member(member.0),
        (None, Some(organization)) => Commended::Organization(organization.0),
        _ => return Err(StoreError::Value { column: "commendation.member" }),
    };
    Ok(CommendationRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: CommendationFields {
            date: day(&date, "commendation.date")?,
            title: row.get(2)?,
            issuer: row.get(3)?,
            document: row.get(4)?,
            of,
            reason: row.get(7)?,
        },
        revision: row.get(8)?,
    })
}

/// Adds a commendation.
pub fn insert(writer: &mut Writer, fields: &CommendationFields) -> Result<CommendationId, StoreError> {
    let id: CommendationId = writer.new_id();
    write(
        writer,
        "INSERT INTO commendation (id, revision, date, title, issuer, document, member, organization, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        id,
        1,
        fields,
    )?;
    Ok(id)
}

/// Replaces a commendation's fields.
pub fn update(writer: &mut Writer, id: CommendationId, revision: u32, fields: &CommendationFields) -> Result<(), StoreError> {
    let changed = write(
        writer,
        "UPDATE commendation SET revision = revision + 1, date = ?3, title = ?4, issuer = ?5, document = ?6, member = ?7,
         organization = ?8, reason = ?9 WHERE id = ?1 AND revision = ?2",
        id,
        revision,
        fields,
    )?;
    expect_one(writer, changed, "commendation", "SELECT 1 FROM commendation WHERE id = ?1", &id.to_string())
}

fn write(writer: &mut Writer, sql: &str, id: CommendationId, revision: u32, fields: &CommendationFields) -> Result<usize, StoreError> {
    let (member, organization) = match fields.of {
        Commended::Member(member) => (Some(Key(member)), None),
        Commended::Organization(organization) => (None, Some(Key(organization))),
    };
    writer.execute(
        sql,
        (Key(id), revision, fields.date.to_string(), &fields.title, &fields.issuer, &fields.document, member, organization, &fields.reason),
    )
}

/// Removes a commendation.
pub fn delete(writer: &mut Writer, id: CommendationId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM commendation WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "commendation" }) }
}

/// Who has commended, most often first.
pub fn issuers(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT issuer FROM commendation WHERE issuer IS NOT NULL GROUP BY issuer ORDER BY count(*) DESC, issuer")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// What commendations are called, most often first.
pub fn titles(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT title FROM commendation GROUP BY title ORDER BY count(*) DESC, title")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
