//! 三会一课: what the coverage table needs beside sessions and roster.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::ids::{OrganizationId, SessionId};

use super::{Key, expect_one, optional_day};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What an organization is made of, where the roster does not say it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StructureFields {
    /// 成立日期
    pub established_on: Option<NaiveDate>,
    /// 撤销日期: the last day.
    pub closed_on: Option<NaiveDate>,
    /// Whether there is a 支委会; `None`: as the number of full members says.
    pub committee: Option<bool>,
    /// Whether there is a 中心组.
    pub study_group: bool,
}

/// Every organization's.
///
/// # Errors
/// Where the book cannot be read.
pub fn structures(reader: &Reader) -> Result<HashMap<OrganizationId, StructureFields>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT id, established_on, closed_on, committee, study_group FROM organization")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, Key<_>>(0)?.0, read(row))))?;
    rows.map(|row| row.map_err(StoreError::from).and_then(|(id, fields)| Ok((id, fields?)))).collect()
}

/// One organization's.
///
/// # Errors
/// Where it is gone, or the book cannot be read.
pub fn structure(reader: &Reader, id: OrganizationId) -> Result<StructureFields, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT id, established_on, closed_on, committee, study_group FROM organization WHERE id = ?1")?;
    statement.query_row([Key(id)], |row| Ok(read(row))).optional()?.ok_or(StoreError::Gone { what: "organization" })?
}

fn read(row: &rusqlite::Row) -> Result<StructureFields, StoreError> {
    let (established_on, closed_on): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
    Ok(StructureFields {
        established_on: optional_day(established_on.as_deref(), "organization.established_on")?,
        closed_on: optional_day(closed_on.as_deref(), "organization.closed_on")?,
        committee: row.get(3)?,
        study_group: row.get::<_, Option<bool>>(4)?.unwrap_or(false),
    })
}

/// Says what an organization is made of.
///
/// # Errors
/// Where it is gone or was changed since, or the book cannot be written.
pub fn set_structure(writer: &mut Writer, id: OrganizationId, revision: u32, fields: &StructureFields) -> Result<(), StoreError> {
    let changed = writer.execute(
        "UPDATE organization SET established_on = ?3, closed_on = ?4, committee = ?5, study_group = ?6, revision = revision + 1
         WHERE id = ?1 AND revision = ?2",
        (
            Key(id),
            revision,
            fields.established_on.map(|day| day.to_string()),
            fields.closed_on.map(|day| day.to_string()),
            fields.committee,
            fields.study_group,
        ),
    )?;
    expect_one(writer, changed, "organization", "SELECT 1 FROM organization WHERE id = ?1", &id.to_string())
}

/// The further kinds of the sessions of a span of days: a meeting may be
/// several at once.
///
/// # Errors
/// Where the book cannot be read.
pub fn kinds_between(reader: &Reader, from: &str, to: &str) -> Result<Vec<(SessionId, String)>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT a.session, a.kind FROM session AS s JOIN session_also AS a ON a.session = s.id
         WHERE s.date BETWEEN ?1 AND ?2 ORDER BY a.session, a.kind",
    )?;
    let rows = statement.query_map((from, to), |row| Ok((row.get::<_, Key<_>>(0)?.0, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether something was voted on, and whether somebody was elected, in the
/// sessions of a span of days; those without either are left out.
///
/// # Errors
/// Where the book cannot be read.
pub fn votes_between(reader: &Reader, from: &str, to: &str) -> Result<HashMap<SessionId, (bool, bool)>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT p.session, p.vote, p.election FROM session AS s JOIN session_paper AS p ON p.session = s.id
         WHERE s.date BETWEEN ?1 AND ?2 AND (p.vote = 1 OR p.election = 1)",
    )?;
    let rows = statement.query_map((from, to), |row| Ok((row.get::<_, Key<_>>(0)?.0, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
