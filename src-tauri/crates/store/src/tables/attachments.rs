//! 附件: what is attached to a record, and the bytes by their digest.
//!
//! The rows are records and are logged; the bytes are not. Bytes stay when
//! their last row goes, because an operation that is taken back, or done
//! again, points at them by the digest.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::{
    attachments::AttachmentOwner,
    ids::{AttachmentId, SessionId},
};

use super::{Key, day, expect_one, from_word, word};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is known of an attached file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentFields {
    /// What kind of record it is attached to.
    pub owner_kind: AttachmentOwner,
    /// That record's key.
    pub owner: String,
    /// What it is evidence of: 会议记录, 签到表.
    pub label: Option<String>,
    /// The file's name.
    pub name: String,
    /// Told by the bytes.
    pub media_type: String,
    /// In bytes.
    pub size: u32,
    /// SHA-256 of the bytes, in hexadecimal.
    pub digest: String,
    /// The day on which it was attached.
    pub added_on: NaiveDate,
}

/// An attached file in the book.
#[derive(Debug, Clone)]
pub struct AttachmentRecord {
    /// Its key.
    pub id: AttachmentId,
    /// What is known of it.
    pub fields: AttachmentFields,
    /// For the next edit.
    pub revision: u32,
}

const ATTACHMENTS: &str = "SELECT id, owner_kind, owner, label, name, media_type, size, digest, added_on, revision FROM attachment";

/// The table of each kind of owner; names come from here and never from a
/// user.
fn owner_table(kind: AttachmentOwner) -> &'static str {
    match kind {
        AttachmentOwner::Session => "session",
        AttachmentOwner::Document => "document",
        AttachmentOwner::Inspection => "inspection",
        AttachmentOwner::Expense => "expense",
        AttachmentOwner::Commendation => "commendation",
        AttachmentOwner::StudyCase => "study_case",
        AttachmentOwner::Leave => "leave",
        AttachmentOwner::MakeUp => "make_up",
        AttachmentOwner::SelfStudy => "self_study",
        AttachmentOwner::Note => "note",
    }
}

/// Fails where the record to which something is to be attached is gone.
///
/// # Errors
/// [`StoreError::Gone`]
pub fn check_owner(reader: &Reader, kind: AttachmentOwner, owner: &str) -> Result<(), StoreError> {
    let table = owner_table(kind);
    let found: Option<i64> =
        reader.prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ?1"))?.query_row([owner], |row| row.get(0)).optional()?;
    found.map(|_| ()).ok_or(StoreError::Gone { what: table })
}

/// What is attached to a record, in the order in which it was attached.
pub fn of_owner(reader: &Reader, kind: AttachmentOwner, owner: &str) -> Result<Vec<AttachmentRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{ATTACHMENTS} WHERE owner = ?1 AND owner_kind = ?2 ORDER BY id"))?;
    let rows = statement.query_map((owner, word(&kind)), |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One of them.
pub fn get(reader: &Reader, id: AttachmentId) -> Result<AttachmentRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{ATTACHMENTS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read(row))).optional()?.ok_or(StoreError::Gone { what: "attachment" })?
}

fn read(row: &rusqlite::Row) -> Result<AttachmentRecord, StoreError> {
    let (owner_kind, added_on): (String, String) = (row.get(1)?, row.get(8)?);
    Ok(AttachmentRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: AttachmentFields {
            owner_kind: from_word(&owner_kind, "attachment.owner_kind")?,
            owner: row.get(2)?,
            label: row.get(3)?,
            name: row.get(4)?,
            media_type: row.get(5)?,
            size: row.get(6)?,
            digest: row.get(7)?,
            added_on: day(&added_on, "attachment.added_on")?,
        },
        revision: row.get(9)?,
    })
}

/// The bytes of a digest.
pub fn content(reader: &Reader, digest: &str) -> Result<Vec<u8>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT bytes FROM attachment_content WHERE digest = ?1")?;
    statement.query_row([digest], |row| row.get(0)).optional()?.ok_or(StoreError::Gone { what: "attachment" })
}

/// Attaches a file; bytes that the book holds already are kept once.
pub fn insert(writer: &mut Writer, fields: &AttachmentFields, bytes: &[u8]) -> Result<AttachmentId, StoreError> {
    let id: AttachmentId = writer.new_id();
    writer.execute(
        "INSERT INTO attachment_content (digest, bytes) VALUES (?1, ?2) ON CONFLICT (digest) DO NOTHING",
        (&fields.digest, bytes),
    )?;
    writer.execute(
        "INSERT INTO attachment (id, owner_kind, owner, label, name, media_type, size, digest, added_on, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1)",
        (
            Key(id),
            word(&fields.owner_kind),
            &fields.owner,
            &fields.label,
            &fields.name,
            &fields.media_type,
            fields.size,
            &fields.digest,
            fields.added_on.to_string(),
        ),
    )?;
    Ok(id)
}

/// Gives a file another name and label.
pub fn update(writer: &mut Writer, id: AttachmentId, revision: u32, name: &str, label: Option<&str>) -> Result<(), StoreError> {
    let changed = writer.execute(
        "UPDATE attachment SET name = ?3, label = ?4, revision = revision + 1 WHERE id = ?1 AND revision = ?2",
        (Key(id), revision, name, label),
    )?;
    expect_one(writer, changed, "attachment", "SELECT 1 FROM attachment WHERE id = ?1", &id.to_string())
}

/// Takes a file off its record. Its bytes stay.
pub fn delete(writer: &mut Writer, id: AttachmentId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM attachment WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "attachment" }) }
}

/// Takes every file off a record that is being removed; undone with it.
pub fn delete_of_owner(writer: &mut Writer, kind: AttachmentOwner, owner: &str) -> Result<u32, StoreError> {
    let changed = writer.execute("DELETE FROM attachment WHERE owner = ?1 AND owner_kind = ?2", (owner, word(&kind)))?;
    Ok(u32::try_from(changed).unwrap_or(u32::MAX))
}

/// The labels of what is attached to the sessions of a span of days.
pub fn session_labels_between(reader: &Reader, from: &str, to: &str) -> Result<Vec<(SessionId, String)>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT s.id, a.label FROM session AS s JOIN attachment AS a ON a.owner = s.id AND a.owner_kind = 'session'
         WHERE s.date BETWEEN ?1 AND ?2 AND a.label IS NOT NULL ORDER BY a.id",
    )?;
    let rows = statement.query_map((from, to), |row| Ok((row.get::<_, Key<_>>(0)?.0, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The labels in this book, most used first.
pub fn labels(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT label FROM attachment WHERE label IS NOT NULL GROUP BY label ORDER BY count(*) DESC, label")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// How many files are attached to each record of a kind.
pub fn counts(reader: &Reader, kind: AttachmentOwner) -> Result<Vec<(String, u32)>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT owner, count(*) FROM attachment WHERE owner_kind = ?1 GROUP BY owner")?;
    let rows = statement.query_map([word(&kind)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
