//! The book's own row, and what the whole book holds.

use xueji_domain::{cards::CardKey, ids::OrganizationId};

use super::Key;
use crate::{
    book::Reader,
    error::StoreError,
    writer::{Writer, random},
};

/// The book's own row.
#[derive(Debug, Clone)]
pub struct BookRecord {
    /// Its name.
    pub name: String,
    /// Who works in it; empty until set.
    pub operator: String,
    /// Whether it is the sample book.
    pub sample: bool,
    /// The organization at the top of its tree.
    pub root_organization: OrganizationId,
}

/// Reads it.
pub fn get(reader: &Reader) -> Result<BookRecord, StoreError> {
    let mut statement = reader.prepare_cached("SELECT name, operator, sample, root_organization FROM book WHERE id = 1")?;
    Ok(statement.query_row([], |row| {
        Ok(BookRecord { name: row.get(0)?, operator: row.get(1)?, sample: row.get(2)?, root_organization: row.get::<_, Key<_>>(3)?.0 })
    })?)
}

/// Sets who works in the book.
pub fn set_operator(writer: &mut Writer, name: &str) -> Result<(), StoreError> {
    writer.execute("UPDATE book SET operator = ?1 WHERE id = 1 AND operator <> ?1", [name])?;
    Ok(())
}

/// Renames the book.
pub fn rename(writer: &mut Writer, name: &str) -> Result<(), StoreError> {
    writer.execute("UPDATE book SET name = ?1 WHERE id = 1 AND name <> ?1", [name])?;
    Ok(())
}

/// Years that hold a session, a self-study entry or a credit by hand,
/// ascending.
pub fn years(reader: &Reader) -> Result<Vec<i32>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT DISTINCT CAST(substr(date, 1, 4) AS INTEGER) AS year FROM session
         UNION SELECT DISTINCT CAST(substr(date, 1, 4) AS INTEGER) FROM self_study
         UNION SELECT DISTINCT CAST(substr(date, 1, 4) AS INTEGER) FROM manual_credit ORDER BY year",
    )?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// How many members the roster holds.
pub fn member_count(reader: &Reader) -> Result<u32, StoreError> {
    Ok(reader.prepare_cached("SELECT count(*) FROM member")?.query_row([], |row| row.get(0))?)
}

/// The key of the book's cards; `None` before the first card.
///
/// # Errors
/// Where the book cannot be read, or what it holds is no key.
pub fn card_key(reader: &Reader) -> Result<Option<CardKey>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT card_key FROM book WHERE id = 1")?;
    let kept: Option<String> = statement.query_row([], |row| row.get(0))?;
    kept.map(|kept| CardKey::from_hex(&kept).ok_or(StoreError::Value { column: "book.card_key" })).transpose()
}

/// The key of the book's cards, made now where there is none.
///
/// # Errors
/// As [`card_key`], and where the book cannot be written.
pub fn make_card_key(writer: &mut Writer) -> Result<CardKey, StoreError> {
    if let Some(key) = card_key(&writer.reader())? {
        return Ok(key);
    }
    let mut bytes = [0; 32];
    for part in bytes.chunks_mut(10) {
        part.copy_from_slice(&random()[..part.len()]);
    }
    let key = CardKey::new(bytes);
    writer.execute("UPDATE book SET card_key = ?1 WHERE id = 1", [key.to_hex()])?;
    Ok(key)
}
