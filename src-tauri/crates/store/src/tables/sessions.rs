//! 学习活动.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::OptionalExtension;
use xueji_domain::{
    amount::StudyAmount,
    ids::{DocumentId, MemberId, OrganizationId, PartId, PlanItemId, SeriesId, SessionId},
    sessions::{Role, SessionLevel, SessionState},
};

use super::{Key, day, expect_one, from_word, word};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is written of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionFields {
    /// The day.
    pub date: NaiveDate,
    /// When it began.
    pub starts_at: Option<NaiveTime>,
    /// How long it took.
    pub amount: Option<StudyAmount>,
    /// 类型
    pub kind: String,
    /// 主题
    pub title: String,
    /// 学习层级
    pub level: SessionLevel,
    /// 专题
    pub theme: Option<String>,
    /// 地点
    pub place: Option<String>,
    /// 编号 in the file it came from.
    pub number: Option<String>,
    /// planned, held, cancelled.
    pub state: SessionState,
    /// 备注
    pub remark: Option<String>,
}

/// A session in the book.
#[derive(Debug, Clone)]
pub struct SessionRecord {
    /// Its key.
    pub id: SessionId,
    /// Its fields.
    pub fields: SessionFields,
    /// Where it comes from and what it answers.
    pub links: SessionLinks,
    /// UTC milliseconds; `None` while the roll is open.
    pub roll_closed_at: Option<i64>,
    /// For the next edit.
    pub revision: u32,
}

/// Where a session comes from and what it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SessionLinks {
    /// The series that made it, and the day that the series gave it.
    pub series: Option<(SeriesId, NaiveDate)>,
    /// The plan's item that it carries out.
    pub plan_item: Option<PlanItemId>,
    /// The document or meeting that it studies.
    pub answers: Option<DocumentId>,
}

/// Who had which part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRecord {
    /// In which session.
    pub session: SessionId,
    /// Which part.
    pub role: Role,
    /// The name as typed.
    pub name: String,
    /// The member, where certain.
    pub member: Option<MemberId>,
}

const SESSIONS: &str =
    "SELECT id, date, starts_at, amount_value, amount_unit, kind, title, level, theme, place, number, state, remark, revision,
     series, series_date, plan_item, answers, roll_closed_at FROM session";

/// The sessions of a year by date, then by time, then by number in the file.
pub fn of_year(reader: &Reader, year: i32) -> Result<Vec<SessionRecord>, StoreError> {
    between(reader, &format!("{year:04}-01-01"), &format!("{year:04}-12-31"))
}

/// The sessions from one day to another, both included, given as text.
pub fn between(reader: &Reader, from: &str, to: &str) -> Result<Vec<SessionRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{SESSIONS} WHERE date BETWEEN ?1 AND ?2"))?;
    let rows = statement.query_map((from, to), |row| Ok(read_session(row)))?;
    let mut sessions = rows.map(|row| row?).collect::<Result<Vec<_>, StoreError>>()?;
    // 编号 is text that mostly holds a number: 2 stands before 10.
    let number = |session: &SessionRecord| session.fields.number.as_ref().and_then(|text| text.parse::<u64>().ok()).unwrap_or(u64::MAX);
    sessions.sort_by_key(|session| (session.fields.date, number(session), session.fields.starts_at, session.id));
    Ok(sessions)
}

/// Every session: what an importer and the search look through.
pub fn all(reader: &Reader) -> Result<Vec<SessionRecord>, StoreError> {
    between(reader, "0000", "9999-12-31")
}

/// One session.
pub fn get(reader: &Reader, id: SessionId) -> Result<SessionRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{SESSIONS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_session(row))).optional()?.ok_or(StoreError::Gone { what: "session" })?
}

fn read_session(row: &rusqlite::Row) -> Result<SessionRecord, StoreError> {
    let (date, level, state): (String, String, String) = (row.get(1)?, row.get(7)?, row.get(11)?);
    let starts_at: Option<String> = row.get(2)?;
    let amount: (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
    Ok(SessionRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: SessionFields {
            date: day(&date, "session.date")?,
            starts_at: starts_at
                .map(|text| NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| StoreError::Value { column: "session.starts_at" }))
                .transpose()?,
            amount: match amount {
                (Some(value), Some(unit)) => {
                    Some(StudyAmount::from_parts(&value, &unit).map_err(|_| StoreError::Value { column: "session.amount" })?)
                }
                _ => None,
            },
            kind: row.get(5)?,
            title: row.get(6)?,
            level: from_word(&level, "session.level")?,
            theme: row.get(8)?,
            place: row.get(9)?,
            number: row.get(10)?,
            state: from_word(&state, "session.state")?,
            remark: row.get(12)?,
        },
        links: SessionLinks {
            series: match (row.get::<_, Option<Key<_>>>(14)?, row.get::<_, Option<String>>(15)?) {
                (Some(series), Some(date)) => Some((series.0, day(&date, "session.series_date")?)),
                _ => None,
            },
            plan_item: row.get::<_, Option<Key<_>>>(16)?.map(|key| key.0),
            answers: row.get::<_, Option<Key<_>>>(17)?.map(|key| key.0),
        },
        roll_closed_at: row.get(18)?,
        revision: row.get(13)?,
    })
}

/// Adds a session.
pub fn insert(writer: &mut Writer, fields: &SessionFields) -> Result<SessionId, StoreError> {
    let id: SessionId = writer.new_id();
    write_fields(
        writer,
        "INSERT INTO session (id, revision, date, starts_at, amount_value, amount_unit, kind, title, level, theme, place, number, state, remark)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        id,
        1,
        fields,
    )?;
    Ok(id)
}

/// Replaces a session's fields.
pub fn update(writer: &mut Writer, id: SessionId, revision: u32, fields: &SessionFields) -> Result<(), StoreError> {
    let changed = write_fields(
        writer,
        "UPDATE session SET revision = revision + 1, date = ?3, starts_at = ?4, amount_value = ?5, amount_unit = ?6, kind = ?7, title = ?8,
         level = ?9, theme = ?10, place = ?11, number = ?12, state = ?13, remark = ?14 WHERE id = ?1 AND revision = ?2",
        id,
        revision,
        fields,
    )?;
    expect_one(writer, changed, "session", "SELECT 1 FROM session WHERE id = ?1", &id.to_string())
}

fn write_fields(writer: &mut Writer, sql: &str, id: SessionId, revision: u32, fields: &SessionFields) -> Result<usize, StoreError> {
    let (value, unit) = fields.amount.map(StudyAmount::to_parts).unzip();
    writer.execute(
        sql,
        (
            Key(id),
            revision,
            fields.date.to_string(),
            fields.starts_at.map(|time| time.format("%H:%M").to_string()),
            value,
            unit,
            &fields.kind,
            &fields.title,
            word(&fields.level),
            &fields.theme,
            &fields.place,
            &fields.number,
            word(&fields.state),
            &fields.remark,
        ),
    )
}

/// Sets where a session comes from and what it answers; leaves the revision,
/// which guards what a form shows.
pub fn set_links(writer: &mut Writer, id: SessionId, links: SessionLinks) -> Result<(), StoreError> {
    let (series, series_date) = links.series.unzip();
    writer.execute(
        "UPDATE session SET series = ?2, series_date = ?3, plan_item = ?4, answers = ?5 WHERE id = ?1
         AND (series IS NOT ?2 OR series_date IS NOT ?3 OR plan_item IS NOT ?4 OR answers IS NOT ?5)",
        (Key(id), series.map(Key), series_date.map(|day| day.to_string()), links.plan_item.map(Key), links.answers.map(Key)),
    )?;
    Ok(())
}

/// Closes a session's roll at an instant (UTC milliseconds), or opens it.
pub fn set_roll_closed(writer: &mut Writer, id: SessionId, at: Option<i64>) -> Result<(), StoreError> {
    writer.execute("UPDATE session SET roll_closed_at = ?2 WHERE id = ?1 AND (roll_closed_at IS NULL) <> (?2 IS NULL)", (Key(id), at))?;
    Ok(())
}

/// Deletes a session with its parts, marks and make-ups.
pub fn delete(writer: &mut Writer, id: SessionId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM session WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "session" }) }
}

/// The organizations that hold each session of a span of days.
pub fn organizations_between(reader: &Reader, from: &str, to: &str) -> Result<Vec<(SessionId, OrganizationId)>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT so.session, so.organization FROM session_organization AS so JOIN session AS s ON s.id = so.session
         WHERE s.date BETWEEN ?1 AND ?2 ORDER BY so.session, so.organization",
    )?;
    let rows = statement.query_map((from, to), |row| Ok((row.get::<_, Key<_>>(0)?.0, row.get::<_, Key<_>>(1)?.0)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The organizations that hold one session.
pub fn organizations_of(reader: &Reader, session: SessionId) -> Result<Vec<OrganizationId>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT organization FROM session_organization WHERE session = ?1 ORDER BY organization")?;
    let rows = statement.query_map([Key(session)], |row| Ok(row.get::<_, Key<_>>(0)?.0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets the organizations that hold a session.
pub fn set_organizations(writer: &mut Writer, session: SessionId, organizations: &[OrganizationId]) -> Result<(), StoreError> {
    let before = organizations_of(&writer.reader(), session)?;
    for gone in before.iter().filter(|id| !organizations.contains(id)) {
        writer.execute("DELETE FROM session_organization WHERE session = ?1 AND organization = ?2", (Key(session), Key(*gone)))?;
    }
    for new in organizations.iter().filter(|id| !before.contains(id)) {
        writer.execute("INSERT INTO session_organization (session, organization) VALUES (?1, ?2)", (Key(session), Key(*new)))?;
    }
    Ok(())
}

/// The parts in sessions of a span of days, in the order in which they were
/// typed.
pub fn parts_between(reader: &Reader, from: &str, to: &str) -> Result<Vec<PartRecord>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT p.session, p.role, p.name, p.member FROM session_part AS p JOIN session AS s ON s.id = p.session
         WHERE s.date BETWEEN ?1 AND ?2 ORDER BY p.session, p.role, p.position",
    )?;
    let rows = statement.query_map((from, to), |row| Ok(read_part(row)))?;
    rows.map(|row| row?).collect()
}

/// The parts in one session.
pub fn parts_of(reader: &Reader, session: SessionId) -> Result<Vec<PartRecord>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT session, role, name, member FROM session_part WHERE session = ?1 ORDER BY role, position")?;
    let rows = statement.query_map([Key(session)], |row| Ok(read_part(row)))?;
    rows.map(|row| row?).collect()
}

fn read_part(row: &rusqlite::Row) -> Result<PartRecord, StoreError> {
    let role: String = row.get(1)?;
    Ok(PartRecord {
        session: row.get::<_, Key<_>>(0)?.0,
        role: from_word(&role, "session_part.role")?,
        name: row.get(2)?,
        member: row.get::<_, Option<Key<_>>>(3)?.map(|key| key.0),
    })
}

/// Sets who has one role in a session, in order; what is the same stays.
pub fn set_parts(writer: &mut Writer, session: SessionId, role: Role, people: &[(String, Option<MemberId>)]) -> Result<(), StoreError> {
    let before: Vec<(String, Option<MemberId>)> =
        parts_of(&writer.reader(), session)?.into_iter().filter(|part| part.role == role).map(|part| (part.name, part.member)).collect();
    if before == people {
        return Ok(());
    }
    writer.execute("DELETE FROM session_part WHERE session = ?1 AND role = ?2", (Key(session), word(&role)))?;
    for (position, (name, member)) in people.iter().enumerate() {
        let id: PartId = writer.new_id();
        writer.execute(
            "INSERT INTO session_part (id, session, role, position, name, member) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (Key(id), Key(session), word(&role), position as i64, name, member.map(Key)),
        )?;
    }
    Ok(())
}

/// Makes a member an observer (列席) of a session, or takes that back.
pub fn set_observer(writer: &mut Writer, session: SessionId, member: MemberId, name: &str, observer: bool) -> Result<(), StoreError> {
    let mut people: Vec<(String, Option<MemberId>)> = parts_of(&writer.reader(), session)?
        .into_iter()
        .filter(|part| part.role == Role::Observer)
        .map(|part| (part.name, part.member))
        .collect();
    let known = people.iter().any(|(_, id)| *id == Some(member));
    match (observer, known) {
        (true, false) => people.push((name.to_owned(), Some(member))),
        (false, true) => people.retain(|(_, id)| *id != Some(member)),
        _ => return Ok(()),
    }
    set_parts(writer, session, Role::Observer, &people)
}

/// The kinds in this book, most used first.
pub fn kinds(reader: &Reader) -> Result<Vec<String>, StoreError> {
    words(reader, "SELECT kind FROM session GROUP BY kind ORDER BY count(*) DESC, kind")
}

/// The places in this book, latest first.
pub fn places(reader: &Reader) -> Result<Vec<String>, StoreError> {
    words(reader, "SELECT place FROM session WHERE place IS NOT NULL GROUP BY place ORDER BY max(date) DESC, place")
}

/// The themes in this book, latest first.
pub fn themes(reader: &Reader) -> Result<Vec<String>, StoreError> {
    words(reader, "SELECT theme FROM session WHERE theme IS NOT NULL GROUP BY theme ORDER BY max(date) DESC, theme")
}

fn words(reader: &Reader, sql: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = reader.prepare_cached(sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
