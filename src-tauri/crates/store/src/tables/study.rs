//! 自学 and the notes on it.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::{
    amount::StudyAmount,
    ids::{MemberId, NoteId, SelfStudyId},
};

use super::{Key, day, expect_one};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is written of a self-study entry.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyFields {
    /// Whose.
    pub member: MemberId,
    /// On which day.
    pub date: NaiveDate,
    /// 学习形式
    pub form: String,
    /// 学习内容
    pub content: String,
    /// How long.
    pub amount: StudyAmount,
    /// 心得字数 as declared.
    pub declared_chars: Option<u32>,
}

/// An entry in the book.
#[derive(Debug, Clone)]
pub struct StudyRecord {
    /// Its key.
    pub id: SelfStudyId,
    /// Its fields.
    pub fields: StudyFields,
    /// The day on which it was entered.
    pub entered_on: NaiveDate,
    /// The note on it.
    pub note: Option<NoteRecord>,
    /// For the next edit.
    pub revision: u32,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteRecord {
    /// Its key.
    pub id: NoteId,
    /// Markdown.
    pub body: String,
    /// Its word count.
    pub chars: u32,
}

const ENTRIES: &str = "SELECT e.id, e.member, e.date, e.form, e.content, e.amount_value, e.amount_unit, e.declared_chars, e.entered_on,
     e.revision, n.id, n.body, n.chars FROM self_study AS e LEFT JOIN note AS n ON n.self_study = e.id";

/// The entries of a year, latest first.
pub fn of_year(reader: &Reader, year: i32) -> Result<Vec<StudyRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{ENTRIES} WHERE e.date BETWEEN ?1 AND ?2 ORDER BY e.date DESC, e.id DESC"))?;
    let rows = statement.query_map((format!("{year:04}-01-01"), format!("{year:04}-12-31")), |row| Ok(read_entry(row)))?;
    rows.map(|row| row?).collect()
}

/// The entries of a span of days, earliest first.
pub fn between(reader: &Reader, from: &str, to: &str) -> Result<Vec<StudyRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{ENTRIES} WHERE e.date BETWEEN ?1 AND ?2 ORDER BY e.date, e.id"))?;
    let rows = statement.query_map([from, to], |row| Ok(read_entry(row)))?;
    rows.map(|row| row?).collect()
}

/// A member's entries of a year, latest first.
pub fn of_member(reader: &Reader, member: MemberId, year: i32) -> Result<Vec<StudyRecord>, StoreError> {
    let mut statement =
        reader.prepare_cached(&format!("{ENTRIES} WHERE e.member = ?1 AND e.date BETWEEN ?2 AND ?3 ORDER BY e.date DESC, e.id DESC"))?;
    let rows = statement.query_map((Key(member), format!("{year:04}-01-01"), format!("{year:04}-12-31")), |row| Ok(read_entry(row)))?;
    rows.map(|row| row?).collect()
}

/// Every entry, in the order in which they were entered: what an importer
/// looks through.
pub fn all(reader: &Reader) -> Result<Vec<StudyRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{ENTRIES} ORDER BY e.id"))?;
    let rows = statement.query_map([], |row| Ok(read_entry(row)))?;
    rows.map(|row| row?).collect()
}

/// One entry.
pub fn get(reader: &Reader, id: SelfStudyId) -> Result<StudyRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{ENTRIES} WHERE e.id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_entry(row))).optional()?.ok_or(StoreError::Gone { what: "self_study" })?
}

fn read_entry(row: &rusqlite::Row) -> Result<StudyRecord, StoreError> {
    let (date, entered_on): (String, String) = (row.get(2)?, row.get(8)?);
    let (value, unit): (String, String) = (row.get(5)?, row.get(6)?);
    let note = row.get::<_, Option<Key<_>>>(10)?;
    Ok(StudyRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: StudyFields {
            member: row.get::<_, Key<_>>(1)?.0,
            date: day(&date, "self_study.date")?,
            form: row.get(3)?,
            content: row.get(4)?,
            amount: StudyAmount::from_parts(&value, &unit).map_err(|_| StoreError::Value { column: "self_study.amount" })?,
            declared_chars: row.get(7)?,
        },
        entered_on: day(&entered_on, "self_study.entered_on")?,
        note: match note {
            Some(id) => Some(NoteRecord { id: id.0, body: row.get(11)?, chars: row.get(12)? }),
            None => None,
        },
        revision: row.get(9)?,
    })
}

/// Logs an entry.
pub fn insert(writer: &mut Writer, fields: &StudyFields, entered_on: NaiveDate) -> Result<SelfStudyId, StoreError> {
    let id: SelfStudyId = writer.new_id();
    let (value, unit) = fields.amount.to_parts();
    writer.execute(
        "INSERT INTO self_study (id, member, date, form, content, amount_value, amount_unit, declared_chars, entered_on, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1)",
        (
            Key(id),
            Key(fields.member),
            fields.date.to_string(),
            &fields.form,
            &fields.content,
            value,
            unit,
            fields.declared_chars,
            entered_on.to_string(),
        ),
    )?;
    Ok(id)
}

/// Replaces an entry's fields.
pub fn update(writer: &mut Writer, id: SelfStudyId, revision: u32, fields: &StudyFields) -> Result<(), StoreError> {
    let (value, unit) = fields.amount.to_parts();
    let changed = writer.execute(
        "UPDATE self_study SET member = ?3, date = ?4, form = ?5, content = ?6, amount_value = ?7, amount_unit = ?8, declared_chars = ?9,
         revision = revision + 1 WHERE id = ?1 AND revision = ?2",
        (Key(id), revision, Key(fields.member), fields.date.to_string(), &fields.form, &fields.content, value, unit, fields.declared_chars),
    )?;
    expect_one(writer, changed, "self_study", "SELECT 1 FROM self_study WHERE id = ?1", &id.to_string())
}

/// Sets the note on an entry; an empty text removes it.
pub fn set_note(writer: &mut Writer, entry: SelfStudyId, member: MemberId, body: &str, chars: u32) -> Result<(), StoreError> {
    if body.trim().is_empty() {
        writer.execute("DELETE FROM note WHERE self_study = ?1", [Key(entry)])?;
        return Ok(());
    }
    let id: NoteId = writer.new_id();
    writer.execute(
        "INSERT INTO note (id, member, self_study, kind, body, chars, revision) VALUES (?1, ?2, ?3, 'reading', ?4, ?5, 1)
         ON CONFLICT (self_study) DO UPDATE SET member = excluded.member, body = excluded.body, chars = excluded.chars, revision = revision + 1
         WHERE body <> excluded.body OR member <> excluded.member",
        (Key(id), Key(member), Key(entry), body, chars),
    )?;
    Ok(())
}

/// Deletes an entry with its note.
pub fn delete(writer: &mut Writer, id: SelfStudyId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM self_study WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "self_study" }) }
}

/// The forms in this book, most used first.
pub fn forms(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT form FROM self_study GROUP BY form ORDER BY count(*) DESC, form")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
