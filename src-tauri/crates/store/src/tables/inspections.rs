//! 督查: checks by the superior, with what each found and when it was mended.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::ids::{FindingId, InspectionId, OrganizationId, SessionId};

use super::{Key, day, expect_one, optional_day};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is written of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectionFields {
    /// When.
    pub date: NaiveDate,
    /// 督查单位、人员
    pub inspector: String,
    /// Which organization was checked.
    pub organization: Option<OrganizationId>,
    /// Which session was checked.
    pub session: Option<SessionId>,
    /// 督查内容
    pub subject: String,
    /// 备注
    pub note: Option<String>,
}

/// A check in the book.
#[derive(Debug, Clone)]
pub struct InspectionRecord {
    /// Its key.
    pub id: InspectionId,
    /// Its fields.
    pub fields: InspectionFields,
    /// The day and the title of its session.
    pub session: Option<(NaiveDate, String)>,
    /// For the next edit.
    pub revision: u32,
}

/// How a finding was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// When.
    pub on: NaiveDate,
    /// By whom.
    pub by: Option<String>,
    /// How.
    pub how: Option<String>,
}

/// Something that a check found.
#[derive(Debug, Clone)]
pub struct FindingRecord {
    /// Its key.
    pub id: FindingId,
    /// Of which check.
    pub inspection: InspectionId,
    /// What was found.
    pub text: String,
    /// The day by which it has to be mended.
    pub due_on: Option<NaiveDate>,
    /// `None`: open.
    pub mended: Option<Mended>,
    /// For the next edit.
    pub revision: u32,
}

const INSPECTIONS: &str = "SELECT i.id, i.date, i.inspector, i.organization, i.session, i.subject, i.note, i.revision, s.date, s.title
     FROM inspection AS i LEFT JOIN session AS s ON s.id = i.session";

/// Every check, latest first.
pub fn all(reader: &Reader) -> Result<Vec<InspectionRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{INSPECTIONS} ORDER BY i.date DESC, i.id DESC"))?;
    let rows = statement.query_map([], |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One check.
pub fn get(reader: &Reader, id: InspectionId) -> Result<InspectionRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{INSPECTIONS} WHERE i.id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read(row))).optional()?.ok_or(StoreError::Gone { what: "inspection" })?
}

fn read(row: &rusqlite::Row) -> Result<InspectionRecord, StoreError> {
    let date: String = row.get(1)?;
    let session: (Option<String>, Option<String>) = (row.get(8)?, row.get(9)?);
    Ok(InspectionRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: InspectionFields {
            date: day(&date, "inspection.date")?,
            inspector: row.get(2)?,
            organization: row.get::<_, Option<Key<_>>>(3)?.map(|key| key.0),
            session: row.get::<_, Option<Key<_>>>(4)?.map(|key| key.0),
            subject: row.get(5)?,
            note: row.get(6)?,
        },
        session: match session {
            (Some(date), Some(title)) => Some((day(&date, "session.date")?, title)),
            _ => None,
        },
        revision: row.get(7)?,
    })
}

/// Adds a check.
pub fn insert(writer: &mut Writer, fields: &InspectionFields) -> Result<InspectionId, StoreError> {
    let id: InspectionId = writer.new_id();
    write(
        writer,
        "INSERT INTO inspection (id, revision, date, inspector, organization, session, subject, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        id,
        1,
        fields,
    )?;
    Ok(id)
}

/// Replaces a check's fields.
pub fn update(writer: &mut Writer, id: InspectionId, revision: u32, fields: &InspectionFields) -> Result<(), StoreError> {
    let changed = write(
        writer,
        "UPDATE inspection SET revision = revision + 1, date = ?3, inspector = ?4, organization = ?5, session = ?6, subject = ?7,
         note = ?8 WHERE id = ?1 AND revision = ?2",
        id,
        revision,
        fields,
    )?;
    expect_one(writer, changed, "inspection", "SELECT 1 FROM inspection WHERE id = ?1", &id.to_string())
}

fn write(writer: &mut Writer, sql: &str, id: InspectionId, revision: u32, fields: &InspectionFields) -> Result<usize, StoreError> {
    writer.execute(
        sql,
        (
            Key(id),
            revision,
            fields.date.to_string(),
            &fields.inspector,
            fields.organization.map(Key),
            fields.session.map(Key),
            &fields.subject,
            &fields.note,
        ),
    )
}

/// Removes a check with its findings.
pub fn delete(writer: &mut Writer, id: InspectionId) -> Result<(), StoreError> {
    writer.execute("DELETE FROM finding WHERE inspection = ?1", [Key(id)])?;
    let changed = writer.execute("DELETE FROM inspection WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "inspection" }) }
}

/// Who has checked, most often first.
pub fn inspectors(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT inspector FROM inspection GROUP BY inspector ORDER BY count(*) DESC, inspector")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

const FINDINGS: &str = "SELECT id, inspection, text, due_on, mended_on, mended_by, mended_how, revision FROM finding";

/// Every finding, in the order of each check.
pub fn findings(reader: &Reader) -> Result<Vec<FindingRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{FINDINGS} ORDER BY inspection, position, id"))?;
    let rows = statement.query_map([], |row| Ok(read_finding(row)))?;
    rows.map(|row| row?).collect()
}

/// The findings of one check, in order.
pub fn findings_of(reader: &Reader, inspection: InspectionId) -> Result<Vec<FindingRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{FINDINGS} WHERE inspection = ?1 ORDER BY position, id"))?;
    let rows = statement.query_map([Key(inspection)], |row| Ok(read_finding(row)))?;
    rows.map(|row| row?).collect()
}

/// One finding.
pub fn finding(reader: &Reader, id: FindingId) -> Result<FindingRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{FINDINGS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_finding(row))).optional()?.ok_or(StoreError::Gone { what: "finding" })?
}

fn read_finding(row: &rusqlite::Row) -> Result<FindingRecord, StoreError> {
    let (due_on, mended_on): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
    let mended = match optional_day(mended_on.as_deref(), "finding.mended_on")? {
        Some(on) => Some(Mended { on, by: row.get(5)?, how: row.get(6)? }),
        None => None,
    };
    Ok(FindingRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        inspection: row.get::<_, Key<_>>(1)?.0,
        text: row.get(2)?,
        due_on: optional_day(due_on.as_deref(), "finding.due_on")?,
        mended,
        revision: row.get(7)?,
    })
}

/// What a form says of a finding.
#[derive(Debug, Clone)]
pub struct FindingLine {
    /// Which; `None`: new.
    pub id: Option<FindingId>,
    /// What was found.
    pub text: String,
    /// The day by which it has to be mended.
    pub due_on: Option<NaiveDate>,
}

/// Sets the findings of a check: those left out are removed, what is the same
/// stays, and how a finding was mended stays with it.
pub fn set_findings(writer: &mut Writer, inspection: InspectionId, lines: &[FindingLine]) -> Result<(), StoreError> {
    let before = findings_of(&writer.reader(), inspection)?;
    for gone in before.iter().filter(|known| lines.iter().all(|line| line.id != Some(known.id))) {
        writer.execute("DELETE FROM finding WHERE id = ?1", [Key(gone.id)])?;
    }
    for (position, line) in (0_u32..).zip(lines) {
        let due_on = line.due_on.map(|day| day.to_string());
        let Some(id) = line.id else {
            let id: FindingId = writer.new_id();
            writer.execute(
                "INSERT INTO finding (id, inspection, position, text, due_on, revision) VALUES (?1, ?2, ?3, ?4, ?5, 1)",
                (Key(id), Key(inspection), position, &line.text, due_on),
            )?;
            continue;
        };
        if before.iter().all(|known| known.id != id) {
            return Err(StoreError::Gone { what: "finding" });
        }
        writer.execute(
            "UPDATE finding SET position = ?2, text = ?3, due_on = ?4, revision = revision + 1 WHERE id = ?1
             AND (position <> ?2 OR text <> ?3 OR due_on IS NOT ?4)",
            (Key(id), position, &line.text, due_on),
        )?;
    }
    Ok(())
}

/// Says that a finding was mended, or that it is open again.
pub fn set_mended(writer: &mut Writer, id: FindingId, revision: u32, mended: Option<&Mended>) -> Result<(), StoreError> {
    let changed = writer.execute(
        "UPDATE finding SET mended_on = ?3, mended_by = ?4, mended_how = ?5, revision = revision + 1 WHERE id = ?1 AND revision = ?2",
        (
            Key(id),
            revision,
            mended.map(|mended| mended.on.to_string()),
            mended.and_then(|mended| mended.by.as_ref()),
            mended.and_then(|mended| mended.how.as_ref()),
        ),
    )?;
    expect_one(writer, changed, "finding", "SELECT 1 FROM finding WHERE id = ?1", &id.to_string())
}
