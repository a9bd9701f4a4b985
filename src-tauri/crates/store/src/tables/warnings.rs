//! 预警: what was put off, and what is due of the registers that have no
//! figures of their own (documents to study, findings to mend).

use chrono::NaiveDate;
use xueji_domain::ids::{DocumentId, FindingId, InspectionId};

use super::{Key, day, optional_day};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// A warning that was put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOffRecord {
    /// The warning's key.
    pub warning: String,
    /// Until this day; `None`: for good.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub put_on: NaiveDate,
}

/// Everything that was put off, also what is back since.
///
/// # Errors
/// Where the book cannot be read.
pub fn put_offs(reader: &Reader) -> Result<Vec<PutOffRecord>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT warning, until, reason, by, put_on FROM warning_put_off")?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

fn read(row: &rusqlite::Row) -> Result<PutOffRecord, StoreError> {
    let (until, put_on): (Option<String>, String) = (row.get(1)?, row.get(4)?);
    Ok(PutOffRecord {
        warning: row.get(0)?,
        until: optional_day(until.as_deref(), "warning_put_off.until")?,
        reason: row.get(2)?,
        by: row.get(3)?,
        put_on: day(&put_on, "warning_put_off.put_on")?,
    })
}

/// Puts a warning off; a second time replaces the first.
///
/// # Errors
/// Where the book cannot be written.
pub fn put_off(writer: &mut Writer, warning: &str, until: Option<NaiveDate>, reason: &str, on: NaiveDate) -> Result<(), StoreError> {
    let by = writer.stamp().operator.clone();
    writer.execute(
        "INSERT INTO warning_put_off (warning, until, reason, by, put_on) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (warning) DO UPDATE SET until = excluded.until, reason = excluded.reason, by = excluded.by, put_on = excluded.put_on",
        (warning, until.map(|day| day.to_string()), reason, by, on.to_string()),
    )?;
    Ok(())
}

/// Takes it back; whether it was put off.
///
/// # Errors
/// Where the book cannot be written.
pub fn take_back(writer: &mut Writer, warning: &str) -> Result<bool, StoreError> {
    Ok(writer.execute("DELETE FROM warning_put_off WHERE warning = ?1", [warning])? > 0)
}

/// A document that has to be studied by a day and was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDocument {
    /// Its key.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// By when.
    pub study_by: NaiveDate,
    /// The first session that is planned for it from a day on.
    pub planned: Option<NaiveDate>,
}

/// The documents to be studied from one day to another, both included, that
/// no held session answers; sessions planned for `today` or later are named.
///
/// # Errors
/// Where the book cannot be read.
pub fn documents_due(reader: &Reader, from: &str, to: &str, today: NaiveDate) -> Result<Vec<DueDocument>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT d.id, d.title, d.study_by,
                (SELECT min(s.date) FROM session AS s WHERE s.answers = d.id AND s.state = 'planned' AND s.date >= ?3)
         FROM document AS d WHERE d.study_by BETWEEN ?1 AND ?2
           AND NOT EXISTS (SELECT 1 FROM session AS s WHERE s.answers = d.id AND s.state = 'held')
         ORDER BY d.study_by, d.id",
    )?;
    let rows = statement.query_map((from, to, today.to_string()), |row| {
        let (study_by, planned): (String, Option<String>) = (row.get(2)?, row.get(3)?);
        let (id, title) = (row.get::<_, Key<_>>(0)?.0, row.get(1)?);
        Ok(day(&study_by, "document.study_by")
            .and_then(|study_by| Ok(DueDocument { id, title, study_by, planned: optional_day(planned.as_deref(), "session.date")? })))
    })?;
    rows.map(|row| row?).collect()
}

/// What a check found and nobody mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueFinding {
    /// Its key.
    pub id: FindingId,
    /// Of which check.
    pub inspection: InspectionId,
    /// What it says.
    pub text: String,
    /// By when it is to be mended.
    pub due_on: NaiveDate,
}

/// The findings to be mended from one day to another, both included, that
/// are not.
///
/// # Errors
/// Where the book cannot be read.
pub fn findings_due(reader: &Reader, from: &str, to: &str) -> Result<Vec<DueFinding>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT id, inspection, text, due_on FROM finding WHERE mended_on IS NULL AND due_on BETWEEN ?1 AND ?2 ORDER BY due_on, id",
    )?;
    let rows = statement.query_map([from, to], |row| {
        let due_on: String = row.get(3)?;
        let (id, inspection, text) = (row.get::<_, Key<_>>(0)?.0, row.get::<_, Key<_>>(1)?.0, row.get(2)?);
        Ok(day(&due_on, "finding.due_on").map(|due_on| DueFinding { id, inspection, text, due_on }))
    })?;
    rows.map(|row| row?).collect()
}
