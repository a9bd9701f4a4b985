//! Who was required of a session (应到): frozen with the first mark, so that
//! nobody who joins, moves or retires later changes a session that was held.

use xueji_domain::ids::{MemberId, SessionId};

use super::Key;
use crate::{book::Reader, error::StoreError, writer::Writer};

/// One line of a frozen roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RosterLine {
    /// Of which session.
    pub session: SessionId,
    /// Who.
    pub member: MemberId,
    /// The line on the printed sheet, from 1.
    pub line: u32,
}

/// The frozen rosters of the sessions of a span of days, given as text.
pub fn between(reader: &Reader, from: &str, to: &str) -> Result<Vec<RosterLine>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT r.session, r.member, r.line FROM session AS s JOIN session_roster AS r ON r.session = s.id
         WHERE s.date BETWEEN ?1 AND ?2",
    )?;
    let rows = statement.query_map((from, to), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The frozen roster of one session by line; empty where it is not frozen.
pub fn of_session(reader: &Reader, session: SessionId) -> Result<Vec<RosterLine>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT session, member, line FROM session_roster WHERE session = ?1 ORDER BY line")?;
    let rows = statement.query_map([Key(session)], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &rusqlite::Row) -> rusqlite::Result<RosterLine> {
    Ok(RosterLine { session: row.get::<_, Key<_>>(0)?.0, member: row.get::<_, Key<_>>(1)?.0, line: row.get(2)? })
}

/// Whether a session's roster is frozen.
pub fn is_frozen(reader: &Reader, session: SessionId) -> Result<bool, StoreError> {
    Ok(reader.prepare_cached("SELECT 1 FROM session_roster WHERE session = ?1 LIMIT 1")?.exists([Key(session)])?)
}

/// Freezes a roster, or freezes it anew: these people on these lines and
/// nobody else. What is the same stays untouched.
pub fn set(writer: &mut Writer, session: SessionId, lines: &[(MemberId, u32)]) -> Result<(), StoreError> {
    let before = of_session(&writer.reader(), session)?;
    for gone in before.iter().filter(|line| !lines.iter().any(|(member, _)| *member == line.member)) {
        writer.execute("DELETE FROM session_roster WHERE session = ?1 AND member = ?2", (Key(session), Key(gone.member)))?;
    }
    for (member, line) in lines {
        add(writer, session, *member, *line)?;
    }
    Ok(())
}

/// Puts somebody on a line; somebody who is there already moves to it.
pub fn add(writer: &mut Writer, session: SessionId, member: MemberId, line: u32) -> Result<(), StoreError> {
    writer.execute(
        "INSERT INTO session_roster (session, member, line) VALUES (?1, ?2, ?3)
         ON CONFLICT (session, member) DO UPDATE SET line = excluded.line WHERE line <> excluded.line",
        (Key(session), Key(member), line),
    )?;
    Ok(())
}

/// Takes somebody off a frozen roster; the other lines keep their numbers.
pub fn remove(writer: &mut Writer, session: SessionId, member: MemberId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM session_roster WHERE session = ?1 AND member = ?2", (Key(session), Key(member)))?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "session_roster" }) }
}

/// The sessions of a span of days, given as text, whose roll was never closed;
/// cancelled ones left out; latest first.
pub fn open_until(reader: &Reader, from: &str, to: &str) -> Result<Vec<SessionId>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT id FROM session WHERE date BETWEEN ?1 AND ?2 AND roll_closed_at IS NULL AND state <> 'cancelled'
         ORDER BY date DESC, starts_at DESC, id",
    )?;
    let rows = statement.query_map((from, to), |row| Ok(row.get::<_, Key<_>>(0)?.0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
