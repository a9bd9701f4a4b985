//! 案例: what was done well and is worth handing on.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::ids::{OrganizationId, StudyCaseId};

use super::{Key, day, expect_one};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is written of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFields {
    /// When it was collected.
    pub date: NaiveDate,
    /// 标题
    pub title: String,
    /// 类别
    pub kind: Option<String>,
    /// Whose it is.
    pub organization: Option<OrganizationId>,
    /// 来源
    pub source: Option<String>,
    /// 正文, plain text.
    pub body: String,
}

/// A case in the book.
#[derive(Debug, Clone)]
pub struct CaseRecord {
    /// Its key.
    pub id: StudyCaseId,
    /// Its fields.
    pub fields: CaseFields,
    /// For the next edit.
    pub revision: u32,
}

const CASES: &str = "SELECT id, date, title, kind, organization, source, body, revision FROM study_case";

/// Every case, latest first.
pub fn all(reader: &Reader) -> Result<Vec<CaseRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{CASES} ORDER BY date DESC, id DESC"))?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One case.
pub fn get(reader: &Reader, id: StudyCaseId) -> Result<CaseRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{CASES} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read(row))).optional()?.ok_or(StoreError::Gone { what: "study_case" })?
}

fn read(row: &rusqlite::Row) -> Result<CaseRecord, StoreError> {
    let date: String = row.get(1)?;
    Ok(CaseRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: CaseFields {
            date: day(&date, "study_case.date")?,
            title: row.get(2)?,
            kind: row.get(3)?,
            organization: row.get::<_, Option<Key<_>>>(4)?.map(|key| key.0),
            source: row.get(5)?,
            body: row.get(6)?,
        },
        revision: row.get(7)?,
    })
}

/// Adds a case.
pub fn insert(writer: &mut Writer, fields: &CaseFields) -> Result<StudyCaseId, StoreError> {
    let id: StudyCaseId = writer.new_id();
    write(
        writer,
        "INSERT INTO study_case (id, revision, date, title, kind, organization, source, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        id,
        1,
        fields,
    )?;
    Ok(id)
}

/// Replaces a case's fields.
pub fn update(writer: &mut Writer, id: StudyCaseId, revision: u32, fields: &CaseFields) -> Result<(), StoreError> {
    let changed = write(
        writer,
        "UPDATE study_case SET revision = revision + 1, date = ?3, title = ?4, kind = ?5, organization = ?6, source = ?7, body = ?8
         WHERE id = ?1 AND revision = ?2",
        id,
        revision,
        fields,
    )?;
    expect_one(writer, changed, "study_case", "SELECT 1 FROM study_case WHERE id = ?1", &id.to_string())
}

fn write(writer: &mut Writer, sql: &str, id: StudyCaseId, revision: u32, fields: &CaseFields) -> Result<usize, StoreError> {
    writer.execute(
        sql,
        (
            Key(id),
            revision,
            fields.date.to_string(),
            &fields.title,
            &fields.kind,
            fields.organization.map(Key),
            &fields.source,
            &fields.body,
        ),
    )
}

/// Removes a case.
pub fn delete(writer: &mut Writer, id: StudyCaseId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM study_case WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "study_case" }) }
}

/// The kinds of cases in this book, most used first.
pub fn kinds(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT kind FROM study_case WHERE kind IS NOT NULL GROUP BY kind ORDER BY count(*) DESC, kind")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
