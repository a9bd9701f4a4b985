//! 轮流主讲: the order in which people speak, and who has spoken.

use chrono::NaiveDate;
use xueji_domain::{
    ids::{MemberId, OrganizationId, SessionId},
    sessions::SessionState,
};

use super::{Key, day, from_word};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// A session in which somebody speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenRecord {
    /// Who.
    pub member: MemberId,
    /// Where.
    pub session: SessionId,
    /// When.
    pub date: NaiveDate,
    /// 类型
    pub kind: String,
    /// 主题
    pub title: String,
    /// Planned or held; cancelled ones are left out.
    pub state: SessionState,
}

/// The order that was set for an organization; empty: none was.
///
/// # Errors
/// Where the book cannot be read.
pub fn order_of(reader: &Reader, organization: OrganizationId) -> Result<Vec<MemberId>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT member FROM rotation WHERE organization = ?1 ORDER BY position, member")?;
    let rows = statement.query_map([Key(organization)], |row| Ok(row.get::<_, Key<_>>(0)?.0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets the order; an empty one goes back to none.
///
/// # Errors
/// Where the book cannot be written.
pub fn set_order(writer: &mut Writer, organization: OrganizationId, members: &[MemberId]) -> Result<(), StoreError> {
    let before = order_of(&writer.reader(), organization)?;
    for gone in before.iter().filter(|member| !members.contains(member)) {
        writer.execute("DELETE FROM rotation WHERE organization = ?1 AND member = ?2", (Key(organization), Key(*gone)))?;
    }
    for (position, member) in members.iter().enumerate() {
        writer.execute(
            "INSERT INTO rotation (organization, member, position) VALUES (?1, ?2, ?3)
             ON CONFLICT (organization, member) DO UPDATE SET position = excluded.position WHERE position <> excluded.position",
            (Key(organization), Key(*member), i64::try_from(position).unwrap_or(i64::MAX)),
        )?;
    }
    Ok(())
}

/// Everybody's sessions as speaker, of all years, earliest first; cancelled
/// ones are left out.
///
/// # Errors
/// Where the book cannot be read.
pub fn spoken(reader: &Reader) -> Result<Vec<SpokenRecord>, StoreError> {
    let mut statement = reader.prepare_cached(include_str!("rotation/spoken.sql"))?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

fn read(row: &rusqlite::Row) -> Result<SpokenRecord, StoreError> {
    let (date, state): (String, String) = (row.get(2)?, row.get(5)?);
    Ok(SpokenRecord {
        member: row.get::<_, Key<_>>(0)?.0,
        session: row.get::<_, Key<_>>(1)?.0,
        date: day(&date, "session.date")?,
        kind: row.get(3)?,
        title: row.get(4)?,
        state: from_word(&state, "session.state")?,
    })
}
