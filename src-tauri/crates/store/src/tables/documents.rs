//! 文件、会议: what arrives and has to be studied, and what the office keeps;
//! with the sessions that answer each.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::{
    ids::{DocumentId, SessionId},
    sessions::SessionState,
};

use super::{Key, day, expect_one, from_word, optional_day};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is written of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFields {
    /// 文件, 会议, 通知 …
    pub kind: String,
    /// 标题
    pub title: String,
    /// 文号
    pub number: Option<String>,
    /// 发文单位
    pub issuer: Option<String>,
    /// The day that it bears, or on which the meeting was held.
    pub date: NaiveDate,
    /// 收到日期
    pub received_on: Option<NaiveDate>,
    /// The day by which it has to be studied.
    pub study_by: Option<NaiveDate>,
    /// 备注
    pub note: Option<String>,
}

/// A document in the book.
#[derive(Debug, Clone)]
pub struct DocumentRecord {
    /// Its key.
    pub id: DocumentId,
    /// Its fields.
    pub fields: DocumentFields,
    /// For the next edit.
    pub revision: u32,
}

/// A session that answers a document.
#[derive(Debug, Clone)]
pub struct AnsweringSession {
    /// Which document.
    pub document: DocumentId,
    /// Which session.
    pub session: SessionId,
    /// Its day.
    pub date: NaiveDate,
    /// 主题
    pub title: String,
    /// planned, held, cancelled.
    pub state: SessionState,
}

const DOCUMENTS: &str = "SELECT id, kind, title, number, issuer, date, received_on, study_by, note, revision FROM document";

/// Every document, latest first.
pub fn all(reader: &Reader) -> Result<Vec<DocumentRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{DOCUMENTS} ORDER BY date DESC, id DESC"))?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One document.
pub fn get(reader: &Reader, id: DocumentId) -> Result<DocumentRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{DOCUMENTS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read(row))).optional()?.ok_or(StoreError::Gone { what: "document" })?
}

fn read(row: &rusqlite::Row) -> Result<DocumentRecord, StoreError> {
    let (date, received_on, study_by): (String, Option<String>, Option<String>) = (row.get(5)?, row.get(6)?, row.get(7)?);
    Ok(DocumentRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: DocumentFields {
            kind: row.get(1)?,
            title: row.get(2)?,
            number: row.get(3)?,
            issuer: row.get(4)?,
            date: day(&date, "document.date")?,
            received_on: optional_day(received_on.as_deref(), "document.received_on")?,
            study_by: optional_day(study_by.as_deref(), "document.study_by")?,
            note: row.get(8)?,
        },
        revision: row.get(9)?,
    })
}

/// Adds a document.
pub fn insert(writer: &mut Writer, fields: &DocumentFields) -> Result<DocumentId, StoreError> {
    let id: DocumentId = writer.new_id();
    write(
        writer,
        "INSERT INTO document (id, revision, kind, title, number, issuer, date, received_on, study_by, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        id,
        1,
        fields,
    )?;
    Ok(id)
}

/// Replaces a document's fields.
pub fn update(writer: &mut Writer, id: DocumentId, revision: u32, fields: &DocumentFields) -> Result<(), StoreError> {
    let changed = write(
        writer,
        "UPDATE document SET revision = revision + 1, kind = ?3, title = ?4, number = ?5, issuer = ?6, date = ?7, received_on = ?8,
         study_by = ?9, note = ?10 WHERE id = ?1 AND revision = ?2",
        id,
        revision,
        fields,
    )?;
    expect_one(writer, changed, "document", "SELECT 1 FROM document WHERE id = ?1", &id.to_string())
}

fn write(writer: &mut Writer, sql: &str, id: DocumentId, revision: u32, fields: &DocumentFields) -> Result<usize, StoreError> {
    writer.execute(
        sql,
        (
            Key(id),
            revision,
            &fields.kind,
            &fields.title,
            &fields.number,
            &fields.issuer,
            fields.date.to_string(),
            fields.received_on.map(|day| day.to_string()),
            fields.study_by.map(|day| day.to_string()),
            &fields.note,
        ),
    )
}

/// Removes a document. Sessions that answered it no longer name it.
pub fn delete(writer: &mut Writer, id: DocumentId) -> Result<(), StoreError> {
    writer.execute("UPDATE session SET answers = NULL WHERE answers = ?1", [Key(id)])?;
    let changed = writer.execute("DELETE FROM document WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "document" }) }
}

const ANSWERING: &str = "SELECT answers, id, date, title, state FROM session";

/// The sessions that answer any document, by date.
pub fn answering(reader: &Reader) -> Result<Vec<AnsweringSession>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{ANSWERING} WHERE answers IS NOT NULL ORDER BY date, id"))?;
    let rows = statement.query_map([], |row| Ok(read_answering(row)))?;
    rows.map(|row| row?).collect()
}

/// The sessions that answer one document, by date.
pub fn answering_one(reader: &Reader, id: DocumentId) -> Result<Vec<AnsweringSession>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{ANSWERING} WHERE answers = ?1 ORDER BY date, id"))?;
    let rows = statement.query_map([Key(id)], |row| Ok(read_answering(row)))?;
    rows.map(|row| row?).collect()
}

fn read_answering(row: &rusqlite::Row) -> Result<AnsweringSession, StoreError> {
    let (date, state): (String, String) = (row.get(2)?, row.get(4)?);
    Ok(AnsweringSession {
        document: row.get::<_, Key<_>>(0)?.0,
        session: row.get::<_, Key<_>>(1)?.0,
        date: day(&date, "session.date")?,
        title: row.get(3)?,
        state: from_word(&state, "session.state")?,
    })
}

/// Who has issued documents, most often first.
pub fn issuers(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT issuer FROM document WHERE issuer IS NOT NULL GROUP BY issuer ORDER BY count(*) DESC, issuer")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
