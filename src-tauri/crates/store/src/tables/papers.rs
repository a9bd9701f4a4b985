//! What a session has beyond its head: 安排, 记录, 检查, 总结, evidence that
//! lies on paper, the document that it answers.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::ids::{DocumentId, InspectionId, MemberId, OperationId, PlanItemId, SeriesId, SessionEvidenceId, SessionId};

use super::{Key, day, optional_day};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is written of a session's papers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaperFields {
    /// 议程
    pub agenda: Option<String>,
    /// The day on which the notice went out.
    pub notified_on: Option<NaiveDate>,
    /// 会议记录
    pub minutes: Option<String>,
    /// 决议
    pub resolutions: Option<String>,
    /// 总结
    pub summary: Option<String>,
    /// 检查人
    pub checked_by: Option<String>,
    /// 检查日期
    pub checked_on: Option<NaiveDate>,
    /// How many listened, at a lecture for the public.
    pub audience: Option<u32>,
    /// Whether something is put to the vote.
    pub vote: bool,
    /// Whether somebody is elected.
    pub election: bool,
}

/// The papers of one session; empty where nothing was written.
pub fn get(reader: &Reader, session: SessionId) -> Result<PaperFields, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT agenda, notified_on, minutes, resolutions, summary, checked_by, checked_on, audience, vote, election
         FROM session_paper WHERE session = ?1",
    )?;
    let found = statement.query_row([Key(session)], |row| Ok(read(row))).optional()?;
    Ok(found.transpose()?.unwrap_or_default())
}

fn read(row: &rusqlite::Row) -> Result<PaperFields, StoreError> {
    let (notified_on, checked_on): (Option<String>, Option<String>) = (row.get(1)?, row.get(6)?);
    Ok(PaperFields {
        agenda: row.get(0)?,
        notified_on: optional_day(notified_on.as_deref(), "session_paper.notified_on")?,
        minutes: row.get(2)?,
        resolutions: row.get(3)?,
        summary: row.get(4)?,
        checked_by: row.get(5)?,
        checked_on: optional_day(checked_on.as_deref(), "session_paper.checked_on")?,
        audience: row.get(7)?,
        vote: row.get(8)?,
        election: row.get(9)?,
    })
}

/// Sets the papers of a session; papers that say nothing any more are
/// removed, and what is the same stays untouched.
pub fn set(writer: &mut Writer, session: SessionId, fields: &PaperFields) -> Result<(), StoreError> {
    let before = get(&writer.reader(), session)?;
    if before == *fields {
        return Ok(());
    }
    if *fields == PaperFields::default() {
        writer.execute("DELETE FROM session_paper WHERE session = ?1", [Key(session)])?;
        return Ok(());
    }
    writer.execute(
        "INSERT INTO session_paper
         (session, agenda, notified_on, minutes, resolutions, summary, checked_by, checked_on, audience, vote, election, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1)
         ON CONFLICT (session) DO UPDATE SET agenda = excluded.agenda, notified_on = excluded.notified_on, minutes = excluded.minutes,
         resolutions = excluded.resolutions, summary = excluded.summary, checked_by = excluded.checked_by,
         checked_on = excluded.checked_on, audience = excluded.audience, vote = excluded.vote, election = excluded.election,
         revision = revision + 1",
        (
            Key(session),
            &fields.agenda,
            fields.notified_on.map(|day| day.to_string()),
            &fields.minutes,
            &fields.resolutions,
            &fields.summary,
            &fields.checked_by,
            fields.checked_on.map(|day| day.to_string()),
            fields.audience,
            fields.vote,
            fields.election,
        ),
    )?;
    Ok(())
}

/// Makes this operation and the one before it one step of the history: both
/// changed one row, the same, and `edit` stands in the parameters of both.
/// A text that is saved while it is typed would else fill the history with
/// its halves. Does nothing where the operation before is another one.
pub fn continue_edit(writer: &mut Writer, edit: &str) -> Result<(), StoreError> {
    let Some(previous) = previous_edit(writer, edit)? else { return Ok(()) };
    let current = writer.operation();
    let (Some((old_row, before)), Some((new_row, _))) = (only_change(writer, previous)?, only_change(writer, current)?) else {
        return Ok(());
    };
    if old_row != new_row {
        return Ok(());
    }
    writer.execute("UPDATE change_log SET before = ?2 WHERE operation = ?1", (Key(current), before))?;
    writer.execute("DELETE FROM change_log WHERE operation = ?1", [Key(previous)])?;
    writer.execute("DELETE FROM operation WHERE id = ?1", [Key(previous)])?;
    Ok(())
}

/// The operation right before the current one, where it is the same edit and
/// still stands.
fn previous_edit(writer: &Writer, edit: &str) -> Result<Option<OperationId>, StoreError> {
    let mut statement = writer.prepare_cached(
        "SELECT p.id, p.undone_by IS NULL AND p.name = o.name AND json_extract(p.params, '$.edit') = ?2
         FROM operation AS o JOIN operation AS p ON p.sequence < o.sequence WHERE o.id = ?1 ORDER BY p.sequence DESC LIMIT 1",
    )?;
    let read = |row: &rusqlite::Row| Ok((row.get::<_, Key<_>>(0)?.0, row.get::<_, Option<bool>>(1)?));
    let found = statement.query_row((Key(writer.operation()), edit), read).optional()?;
    Ok(found.and_then(|(id, same)| (same == Some(true)).then_some(id)))
}

/// The row that an operation changed and its image before, where it changed
/// one and left it there.
fn only_change(writer: &Writer, operation: OperationId) -> Result<Option<(String, Option<String>)>, StoreError> {
    let mut statement =
        writer.prepare_cached("SELECT table_name || row_key, before, after FROM change_log WHERE operation = ?1 LIMIT 2")?;
    let rows = statement.query_map([Key(operation)], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, Option<String>>(2)?))
    })?;
    let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
    Ok(match (rows.len(), rows.pop()) {
        (1, Some((key, before, Some(_)))) => Some((key, before)),
        _ => None,
    })
}

/// What of a session's papers is there, without the texts.
#[derive(Debug, Clone, Copy, Default)]
pub struct PaperPresence {
    /// 议程
    pub agenda: bool,
    /// 通知
    pub notice: bool,
    /// 会议记录
    pub minutes: bool,
    /// 检查人
    pub checker: bool,
    /// 检查日期
    pub check_day: bool,
    /// 总结
    pub summary: bool,
}

/// What of their papers is there, of the sessions of a span of days.
pub fn presence_between(reader: &Reader, from: &str, to: &str) -> Result<HashMap<SessionId, PaperPresence>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT s.id, p.agenda IS NOT NULL, p.notified_on IS NOT NULL, p.minutes IS NOT NULL, p.checked_by IS NOT NULL,
         p.checked_on IS NOT NULL, p.summary IS NOT NULL
         FROM session AS s JOIN session_paper AS p ON p.session = s.id WHERE s.date BETWEEN ?1 AND ?2",
    )?;
    let rows = statement.query_map((from, to), |row| {
        let presence = PaperPresence {
            agenda: row.get(1)?,
            notice: row.get(2)?,
            minutes: row.get(3)?,
            checker: row.get(4)?,
            check_day: row.get(5)?,
            summary: row.get(6)?,
        };
        Ok((row.get::<_, Key<_>>(0)?.0, presence))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Evidence of a session on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRecord {
    /// Its key.
    pub id: SessionEvidenceId,
    /// Of which session.
    pub session: SessionId,
    /// Whose; `None`: the session's as a whole.
    pub member: Option<MemberId>,
    /// 会议记录, 签到表, 学习笔记.
    pub evidence: String,
}

const EVIDENCE: &str = "SELECT e.id, e.session, e.member, e.evidence FROM session_evidence AS e";

/// The evidence of one session, the session's own first.
pub fn evidence_of(reader: &Reader, session: SessionId) -> Result<Vec<EvidenceRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{EVIDENCE} WHERE e.session = ?1 ORDER BY e.member IS NOT NULL, e.id"))?;
    let rows = statement.query_map([Key(session)], |row| Ok(read_evidence(row)))?;
    rows.map(|row| row?).collect()
}

/// The evidence of the sessions of a span of days.
pub fn evidence_between(reader: &Reader, from: &str, to: &str) -> Result<Vec<EvidenceRecord>, StoreError> {
    let mut statement =
        reader.prepare_cached(&format!("{EVIDENCE} JOIN session AS s ON s.id = e.session WHERE s.date BETWEEN ?1 AND ?2 ORDER BY e.id"))?;
    let rows = statement.query_map((from, to), |row| Ok(read_evidence(row)))?;
    rows.map(|row| row?).collect()
}

/// One of them.
pub fn evidence(reader: &Reader, id: SessionEvidenceId) -> Result<EvidenceRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{EVIDENCE} WHERE e.id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_evidence(row))).optional()?.ok_or(StoreError::Gone { what: "session_evidence" })?
}

fn read_evidence(row: &rusqlite::Row) -> Result<EvidenceRecord, StoreError> {
    Ok(EvidenceRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        session: row.get::<_, Key<_>>(1)?.0,
        member: row.get::<_, Option<Key<_>>>(2)?.map(|key| key.0),
        evidence: row.get(3)?,
    })
}

/// Notes evidence; says whether it was new.
pub fn add_evidence(writer: &mut Writer, session: SessionId, member: Option<MemberId>, evidence: &str) -> Result<bool, StoreError> {
    let id: SessionEvidenceId = writer.new_id();
    let added = writer.execute(
        "INSERT INTO session_evidence (id, session, member, evidence, revision) VALUES (?1, ?2, ?3, ?4, 1) ON CONFLICT DO NOTHING",
        (Key(id), Key(session), member.map(Key), evidence),
    )?;
    Ok(added == 1)
}

/// Takes evidence back.
pub fn delete_evidence(writer: &mut Writer, id: SessionEvidenceId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM session_evidence WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "session_evidence" }) }
}

/// The words of evidence in this book, most used first.
pub fn evidence_words(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT evidence FROM session_evidence GROUP BY evidence ORDER BY count(*) DESC, evidence")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// A document as a session answers it.
#[derive(Debug, Clone)]
pub struct AnsweredDocument {
    /// Its key.
    pub id: DocumentId,
    /// 文件, 会议 …
    pub kind: String,
    /// Its title.
    pub title: String,
    /// 文号
    pub number: Option<String>,
    /// Its date.
    pub date: NaiveDate,
    /// The day by which it has to be studied.
    pub study_by: Option<NaiveDate>,
}

const DOCUMENTS: &str = "SELECT id, kind, title, number, date, study_by FROM document";

/// One document.
pub fn document(reader: &Reader, id: DocumentId) -> Result<AnsweredDocument, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{DOCUMENTS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_document(row))).optional()?.ok_or(StoreError::Gone { what: "document" })?
}

/// The documents dated up to a day, latest first.
pub fn documents_until(reader: &Reader, until: NaiveDate, limit: u32) -> Result<Vec<AnsweredDocument>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{DOCUMENTS} WHERE date <= ?1 ORDER BY date DESC, id DESC LIMIT ?2"))?;
    let rows = statement.query_map((until.to_string(), limit), |row| Ok(read_document(row)))?;
    rows.map(|row| row?).collect()
}

fn read_document(row: &rusqlite::Row) -> Result<AnsweredDocument, StoreError> {
    let (date, study_by): (String, Option<String>) = (row.get(4)?, row.get(5)?);
    Ok(AnsweredDocument {
        id: row.get::<_, Key<_>>(0)?.0,
        kind: row.get(1)?,
        title: row.get(2)?,
        number: row.get(3)?,
        date: day(&date, "document.date")?,
        study_by: optional_day(study_by.as_deref(), "document.study_by")?,
    })
}

/// A check by the superior that names a session.
#[derive(Debug, Clone)]
pub struct SessionInspection {
    /// Its key.
    pub id: InspectionId,
    /// When.
    pub date: NaiveDate,
    /// By whom.
    pub inspector: String,
    /// What about.
    pub subject: String,
}

/// The checks that name a session, by date.
pub fn inspections_of(reader: &Reader, session: SessionId) -> Result<Vec<SessionInspection>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT id, date, inspector, subject FROM inspection WHERE session = ?1 ORDER BY date, id")?;
    let rows =
        statement.query_map([Key(session)], |row| Ok((row.get::<_, Key<_>>(0)?.0, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?)))?;
    rows.map(|row| {
        let (id, date, inspector, subject) = row?;
        Ok(SessionInspection { id, date: day(&date, "inspection.date")?, inspector, subject })
    })
    .collect()
}

/// The sessions of a span of days that a check names.
pub fn inspected_between(reader: &Reader, from: &str, to: &str) -> Result<HashSet<SessionId>, StoreError> {
    let mut statement = reader
        .prepare_cached("SELECT DISTINCT s.id FROM session AS s JOIN inspection AS i ON i.session = s.id WHERE s.date BETWEEN ?1 AND ?2")?;
    let rows = statement.query_map((from, to), |row| Ok(row.get::<_, Key<_>>(0)?.0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The title of a plan's item, and of the plan that it stands in.
pub fn plan_item(reader: &Reader, id: PlanItemId) -> Result<Option<(String, String)>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT i.title, p.title FROM plan_item AS i JOIN plan AS p ON p.id = i.plan WHERE i.id = ?1")?;
    Ok(statement.query_row([Key(id)], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// The title of a recurring session.
pub fn series_title(reader: &Reader, id: SeriesId) -> Result<Option<String>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT title FROM series WHERE id = ?1")?;
    Ok(statement.query_row([Key(id)], |row| row.get(0)).optional()?)
}
