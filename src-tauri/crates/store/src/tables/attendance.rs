//! 考勤: marks and make-ups.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::{
    attendance::AttendanceStatus,
    ids::{LeaveId, MakeUpId, MemberId, SessionId},
};

use super::{Key, day, from_word, optional_day, word};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// A member's mark at a session. Without a row, nothing was ever said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRecord {
    /// At which session.
    pub session: SessionId,
    /// Whose.
    pub member: MemberId,
    /// The status.
    pub status: AttendanceStatus,
    /// Minutes late or left early.
    pub minutes: Option<u32>,
    /// 备注
    pub remark: Option<String>,
    /// 批准人 of the leave.
    pub approver: Option<String>,
    /// The leave that the mark took over.
    pub leave: Option<LeaveId>,
    /// How the mark came about; by hand where empty.
    pub source: Option<MarkSource>,
}

/// How a mark came about, where nobody typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkSource {
    /// A card was read.
    Card,
    /// A file was imported.
    Import,
    /// A leave was taken over.
    Leave,
}

impl MarkRecord {
    /// A mark that says a status and nothing else.
    pub fn new(session: SessionId, member: MemberId, status: AttendanceStatus) -> Self {
        Self { session, member, status, minutes: None, remark: None, approver: None, leave: None, source: None }
    }
}

/// A make-up of a missed session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeUpRecord {
    /// Its key.
    pub id: MakeUpId,
    /// Of which session.
    pub session: SessionId,
    /// Whose.
    pub member: MemberId,
    /// On which day, where known.
    pub done_on: Option<NaiveDate>,
    /// 补学形式
    pub form: Option<String>,
    /// 凭据
    pub evidence: Option<String>,
    /// Who checked it.
    pub checker: Option<String>,
    /// When it was checked.
    pub checked_on: Option<NaiveDate>,
}

/// The marks of one session.
pub fn of_session(reader: &Reader, session: SessionId) -> Result<Vec<MarkRecord>, StoreError> {
    let mut statement = reader
        .prepare_cached("SELECT session, member, status, minutes, remark, approver, leave, source FROM attendance WHERE session = ?1")?;
    let rows = statement.query_map([Key(session)], |row| Ok(read_mark(row)))?;
    rows.map(|row| row?).collect()
}

/// The marks of the sessions of a span of days.
pub fn between(reader: &Reader, from: &str, to: &str) -> Result<Vec<MarkRecord>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT a.session, a.member, a.status, a.minutes, a.remark, a.approver, a.leave, a.source FROM session AS s JOIN attendance AS a ON a.session = s.id
         WHERE s.date BETWEEN ?1 AND ?2",
    )?;
    let rows = statement.query_map((from, to), |row| Ok(read_mark(row)))?;
    rows.map(|row| row?).collect()
}

/// The day of the earliest session that was made up on or after a day.
pub fn earliest_made_up_since(reader: &Reader, day: &str) -> Result<Option<NaiveDate>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT min(s.date) FROM make_up AS m JOIN session AS s ON s.id = m.session WHERE m.done_on >= ?1")?;
    let earliest: Option<String> = statement.query_row([day], |row| row.get(0))?;
    optional_day(earliest.as_deref(), "session.date")
}

/// One mark.
pub fn get(reader: &Reader, session: SessionId, member: MemberId) -> Result<Option<MarkRecord>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT session, member, status, minutes, remark, approver, leave, source FROM attendance WHERE session = ?1 AND member = ?2",
    )?;
    statement.query_row((Key(session), Key(member)), |row| Ok(read_mark(row))).optional()?.transpose()
}

fn read_mark(row: &rusqlite::Row) -> Result<MarkRecord, StoreError> {
    let status: String = row.get(2)?;
    let source: Option<String> = row.get(7)?;
    Ok(MarkRecord {
        session: row.get::<_, Key<_>>(0)?.0,
        member: row.get::<_, Key<_>>(1)?.0,
        status: AttendanceStatus::from_code(&status).ok_or(StoreError::Value { column: "attendance.status" })?,
        minutes: row.get(3)?,
        remark: row.get(4)?,
        approver: row.get(5)?,
        leave: row.get::<_, Option<Key<_>>>(6)?.map(|key| key.0),
        source: source.map(|source| from_word(&source, "attendance.source")).transpose()?,
    })
}

/// Sets a mark; one that says nothing any more is removed.
pub fn set(writer: &mut Writer, mark: &MarkRecord) -> Result<(), StoreError> {
    if mark.status == AttendanceStatus::Unmarked && mark.minutes.is_none() && mark.remark.is_none() && mark.approver.is_none() {
        writer.execute("DELETE FROM attendance WHERE session = ?1 AND member = ?2", (Key(mark.session), Key(mark.member)))?;
        return Ok(());
    }
    writer.execute(
        "INSERT INTO attendance (session, member, status, minutes, remark, approver, leave, source, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)
         ON CONFLICT (session, member) DO UPDATE SET status = excluded.status, minutes = excluded.minutes, remark = excluded.remark,
         approver = excluded.approver, leave = excluded.leave, source = excluded.source, revision = revision + 1
         WHERE status <> excluded.status OR minutes IS NOT excluded.minutes OR remark IS NOT excluded.remark
         OR approver IS NOT excluded.approver OR leave IS NOT excluded.leave OR source IS NOT excluded.source",
        (
            Key(mark.session),
            Key(mark.member),
            mark.status.code(),
            mark.minutes,
            &mark.remark,
            &mark.approver,
            mark.leave.map(Key),
            mark.source.map(|source| word(&source)),
        ),
    )?;
    Ok(())
}

const MAKE_UPS: &str = "SELECT m.id, m.session, m.member, m.done_on, m.form, m.evidence, m.checker, m.checked_on FROM make_up AS m";

/// The make-ups of one session.
pub fn make_ups_of(reader: &Reader, session: SessionId) -> Result<Vec<MakeUpRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{MAKE_UPS} WHERE m.session = ?1"))?;
    let rows = statement.query_map([Key(session)], |row| Ok(read_make_up(row)))?;
    rows.map(|row| row?).collect()
}

/// The make-ups of the sessions of a span of days.
pub fn make_ups_between(reader: &Reader, from: &str, to: &str) -> Result<Vec<MakeUpRecord>, StoreError> {
    let mut statement =
        reader.prepare_cached(&format!("{MAKE_UPS} JOIN session AS s ON s.id = m.session WHERE s.date BETWEEN ?1 AND ?2"))?;
    let rows = statement.query_map((from, to), |row| Ok(read_make_up(row)))?;
    rows.map(|row| row?).collect()
}

/// One make-up.
pub fn make_up(reader: &Reader, id: MakeUpId) -> Result<MakeUpRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{MAKE_UPS} WHERE m.id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_make_up(row))).optional()?.ok_or(StoreError::Gone { what: "make_up" })?
}

fn read_make_up(row: &rusqlite::Row) -> Result<MakeUpRecord, StoreError> {
    let (done_on, checked_on): (Option<String>, Option<String>) = (row.get(3)?, row.get(7)?);
    Ok(MakeUpRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        session: row.get::<_, Key<_>>(1)?.0,
        member: row.get::<_, Key<_>>(2)?.0,
        done_on: done_on.map(|text| day(&text, "make_up.done_on")).transpose()?,
        form: row.get(4)?,
        evidence: row.get(5)?,
        checker: row.get(6)?,
        checked_on: optional_day(checked_on.as_deref(), "make_up.checked_on")?,
    })
}

/// Records a make-up; a second one of the same absence corrects the first.
pub fn set_make_up(
    writer: &mut Writer,
    session: SessionId,
    member: MemberId,
    done_on: Option<NaiveDate>,
    form: Option<&str>,
    evidence: Option<&str>,
) -> Result<(), StoreError> {
    let id: MakeUpId = writer.new_id();
    writer.execute(
        "INSERT INTO make_up (id, session, member, done_on, form, evidence, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)
         ON CONFLICT (session, member) DO UPDATE SET done_on = excluded.done_on, form = excluded.form, evidence = excluded.evidence,
         revision = revision + 1
         WHERE done_on IS NOT excluded.done_on OR form IS NOT excluded.form OR evidence IS NOT excluded.evidence",
        (Key(id), Key(session), Key(member), done_on.map(|day| day.to_string()), form, evidence),
    )?;
    Ok(())
}

/// Removes a make-up.
pub fn delete_make_up(writer: &mut Writer, id: MakeUpId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM make_up WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "make_up" }) }
}
