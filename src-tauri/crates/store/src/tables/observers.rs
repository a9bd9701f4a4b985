//! 列席报告: who sat in on a session, and what they handed in about it.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::{
    ids::{MemberId, ObserverReportId, SessionId},
    sessions::SessionState,
};

use super::{Key, day, expect_one, from_word, optional_day};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// Somebody who sat in on a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObserverRecord {
    /// On which session.
    pub session: SessionId,
    /// Its day.
    pub date: NaiveDate,
    /// 主题
    pub title: String,
    /// planned, held, cancelled.
    pub state: SessionState,
    /// The name as typed.
    pub name: String,
    /// The member, where certain.
    pub member: Option<MemberId>,
}

/// What is written of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFields {
    /// On which session.
    pub session: SessionId,
    /// Whose, as typed.
    pub observer: String,
    /// The member, where certain.
    pub member: Option<MemberId>,
    /// `None`: a draft.
    pub submitted_on: Option<NaiveDate>,
    /// Its text; empty where the paper is attached or lies elsewhere.
    pub body: String,
}

/// A report in the book.
#[derive(Debug, Clone)]
pub struct ReportRecord {
    /// Its key.
    pub id: ObserverReportId,
    /// Its fields.
    pub fields: ReportFields,
    /// The session's day.
    pub date: NaiveDate,
    /// 主题
    pub title: String,
    /// For the next edit.
    pub revision: u32,
}

const OBSERVERS: &str = "SELECT s.id, s.date, s.title, s.state, p.name, p.member FROM session AS s
     JOIN session_part AS p ON p.session = s.id AND p.role = 'observer'";

/// Who sat in on the sessions of a span of days, given as text; by date.
pub fn between(reader: &Reader, from: &str, to: &str) -> Result<Vec<ObserverRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{OBSERVERS} WHERE s.date BETWEEN ?1 AND ?2 ORDER BY s.date, s.id, p.id"))?;
    let rows = statement.query_map((from, to), |row| Ok(read_observer(row)))?;
    rows.map(|row| row?).collect()
}

/// Who sat in on one session.
pub fn of_session(reader: &Reader, session: SessionId) -> Result<Vec<ObserverRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{OBSERVERS} WHERE s.id = ?1 ORDER BY p.id"))?;
    let rows = statement.query_map([Key(session)], |row| Ok(read_observer(row)))?;
    rows.map(|row| row?).collect()
}

fn read_observer(row: &rusqlite::Row) -> Result<ObserverRecord, StoreError> {
    let (date, state): (String, String) = (row.get(1)?, row.get(3)?);
    Ok(ObserverRecord {
        session: row.get::<_, Key<_>>(0)?.0,
        date: day(&date, "session.date")?,
        title: row.get(2)?,
        state: from_word(&state, "session.state")?,
        name: row.get(4)?,
        member: row.get::<_, Option<Key<_>>>(5)?.map(|key| key.0),
    })
}

const REPORTS: &str = "SELECT r.id, r.session, r.observer, r.member, r.submitted_on, r.body, r.revision, s.date, s.title
     FROM observer_report AS r JOIN session AS s ON s.id = r.session";

/// The reports on the sessions of a span of days, given as text.
pub fn reports_between(reader: &Reader, from: &str, to: &str) -> Result<Vec<ReportRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{REPORTS} WHERE s.date BETWEEN ?1 AND ?2 ORDER BY s.date, r.id"))?;
    let rows = statement.query_map((from, to), |row| Ok(read_report(row)))?;
    rows.map(|row| row?).collect()
}

/// The reports on one session.
pub fn reports_of(reader: &Reader, session: SessionId) -> Result<Vec<ReportRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{REPORTS} WHERE r.session = ?1 ORDER BY r.id"))?;
    let rows = statement.query_map([Key(session)], |row| Ok(read_report(row)))?;
    rows.map(|row| row?).collect()
}

/// One report.
pub fn report(reader: &Reader, id: ObserverReportId) -> Result<ReportRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{REPORTS} WHERE r.id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_report(row))).optional()?.ok_or(StoreError::Gone { what: "observer_report" })?
}

fn read_report(row: &rusqlite::Row) -> Result<ReportRecord, StoreError> {
    let (submitted_on, date): (Option<String>, String) = (row.get(4)?, row.get(7)?);
    Ok(ReportRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: ReportFields {
            session: row.get::<_, Key<_>>(1)?.0,
            observer: row.get(2)?,
            member: row.get::<_, Option<Key<_>>>(3)?.map(|key| key.0),
            submitted_on: optional_day(submitted_on.as_deref(), "observer_report.submitted_on")?,
            body: row.get(5)?,
        },
        date: day(&date, "session.date")?,
        title: row.get(8)?,
        revision: row.get(6)?,
    })
}

/// Adds a report.
pub fn insert(writer: &mut Writer, fields: &ReportFields) -> Result<ObserverReportId, StoreError> {
    let id: ObserverReportId = writer.new_id();
    writer.execute(
        "INSERT INTO observer_report (id, session, observer, member, submitted_on, body, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)",
        (
            Key(id),
            Key(fields.session),
            &fields.observer,
            fields.member.map(Key),
            fields.submitted_on.map(|day| day.to_string()),
            &fields.body,
        ),
    )?;
    Ok(id)
}

/// Replaces what a report says and when it came.
pub fn update(
    writer: &mut Writer,
    id: ObserverReportId,
    revision: u32,
    submitted_on: Option<NaiveDate>,
    body: &str,
) -> Result<(), StoreError> {
    let changed = writer.execute(
        "UPDATE observer_report SET submitted_on = ?3, body = ?4, revision = revision + 1 WHERE id = ?1 AND revision = ?2",
        (Key(id), revision, submitted_on.map(|day| day.to_string()), body),
    )?;
    expect_one(writer, changed, "observer_report", "SELECT 1 FROM observer_report WHERE id = ?1", &id.to_string())
}

/// Removes a report; that somebody sat in stays.
pub fn delete(writer: &mut Writer, id: ObserverReportId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM observer_report WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "observer_report" }) }
}
