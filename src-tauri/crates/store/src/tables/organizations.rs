//! 组织.

use xueji_domain::{ids::OrganizationId, roster::OrganizationKind};

use super::{Key, expect_one, from_word, word};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// One organization.
#[derive(Debug, Clone)]
pub struct OrganizationRecord {
    /// Its key.
    pub id: OrganizationId,
    /// The one above it.
    pub parent: Option<OrganizationId>,
    /// What it is.
    pub kind: OrganizationKind,
    /// Its name.
    pub name: String,
    /// For the next edit.
    pub revision: u32,
}

/// All of them, parents before children, siblings in the order in which they
/// were made.
pub fn list(reader: &Reader) -> Result<Vec<OrganizationRecord>, StoreError> {
    let mut statement = reader.prepare_cached(include_str!("organizations/list.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, Key<_>>(0)?.0,
            row.get::<_, Option<Key<_>>>(1)?.map(|key| key.0),
            row.get::<_, String>(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    })?;
    rows.map(|row| {
        let (id, parent, kind, name, revision) = row?;
        Ok(OrganizationRecord { id, parent, kind: from_word(&kind, "organization.kind")?, name, revision })
    })
    .collect()
}

/// Adds one.
pub fn insert(writer: &mut Writer, parent: OrganizationId, kind: OrganizationKind, name: &str) -> Result<OrganizationId, StoreError> {
    let id: OrganizationId = writer.new_id();
    writer.execute(
        "INSERT INTO organization (id, parent, kind, name, revision) VALUES (?1, ?2, ?3, ?4, 1)",
        (Key(id), Key(parent), word(&kind), name),
    )?;
    Ok(id)
}

/// Renames one or changes its kind.
pub fn update(writer: &mut Writer, id: OrganizationId, revision: u32, kind: OrganizationKind, name: &str) -> Result<(), StoreError> {
    let changed = writer.execute(
        "UPDATE organization SET kind = ?3, name = ?4, revision = revision + 1 WHERE id = ?1 AND revision = ?2",
        (Key(id), revision, word(&kind), name),
    )?;
    expect_one(writer, changed, "organization", "SELECT 1 FROM organization WHERE id = ?1", &id.to_string())
}

/// Whether anything belongs to it: members now or once, sessions, children.
pub fn is_used(reader: &Reader, id: OrganizationId) -> Result<bool, StoreError> {
    let mut statement = reader.prepare_cached(include_str!("organizations/is_used.sql"))?;
    Ok(statement.query_row([Key(id)], |row| row.get(0))?)
}

/// Removes one to which nothing belongs.
pub fn delete(writer: &mut Writer, id: OrganizationId, revision: u32) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM organization WHERE id = ?1 AND revision = ?2", (Key(id), revision))?;
    expect_one(writer, changed, "organization", "SELECT 1 FROM organization WHERE id = ?1", &id.to_string())
}
