//! 法定节假日, 调休 and 纪念日 of a book.

use chrono::NaiveDate;
use xueji_domain::{ids::AnniversaryId, planning::Holiday};

use super::{Key, day, expect_one};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// The book's own days off and days to work, by date.
pub fn holidays(reader: &Reader) -> Result<Vec<Holiday>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT date, name, work FROM holiday ORDER BY date")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?;
    rows.map(|row| {
        let (date, name, work) = row?;
        Ok(Holiday { date: day(&date, "holiday.date")?, name, work })
    })
    .collect()
}

/// Replaces the book's own days of a year; none takes them away.
pub fn set_holidays(writer: &mut Writer, year: i32, days: &[Holiday]) -> Result<(), StoreError> {
    let (from, to) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
    writer.execute("DELETE FROM holiday WHERE date BETWEEN ?1 AND ?2", (from, to))?;
    for day in days {
        writer.execute(
            "INSERT INTO holiday (date, name, work, revision) VALUES (?1, ?2, ?3, 1)",
            (day.date.to_string(), &day.name, day.work),
        )?;
    }
    Ok(())
}

/// What is written of a day of each year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnniversaryFields {
    /// 1 to 12.
    pub month: u32,
    /// A day that this month can have.
    pub day: u32,
    /// When it first happened.
    pub since_year: Option<i32>,
    /// What is remembered.
    pub name: String,
    /// Whether it stands in the calendar.
    pub chosen: bool,
}

/// A day of each year.
#[derive(Debug, Clone)]
pub struct AnniversaryRecord {
    /// Its key.
    pub id: AnniversaryId,
    /// Its fields.
    pub fields: AnniversaryFields,
    /// For the next edit.
    pub revision: u32,
}

/// The book's anniversaries by day of the year.
pub fn anniversaries(reader: &Reader) -> Result<Vec<AnniversaryRecord>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT id, month, day, since_year, name, chosen, revision FROM anniversary ORDER BY month, day, name")?;
    let rows = statement.query_map([], |row| {
        Ok(AnniversaryRecord {
            id: row.get::<_, Key<_>>(0)?.0,
            fields: AnniversaryFields {
                month: row.get(1)?,
                day: row.get(2)?,
                since_year: row.get(3)?,
                name: row.get(4)?,
                chosen: row.get(5)?,
            },
            revision: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Adds an anniversary.
pub fn insert_anniversary(writer: &mut Writer, fields: &AnniversaryFields) -> Result<AnniversaryId, StoreError> {
    let id: AnniversaryId = writer.new_id();
    writer.execute(
        "INSERT INTO anniversary (id, month, day, since_year, name, chosen, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)",
        (Key(id), fields.month, fields.day, fields.since_year, &fields.name, fields.chosen),
    )?;
    Ok(id)
}

/// Replaces an anniversary's fields.
pub fn update_anniversary(writer: &mut Writer, id: AnniversaryId, revision: u32, fields: &AnniversaryFields) -> Result<(), StoreError> {
    let changed = writer.execute(
        "UPDATE anniversary SET month = ?3, day = ?4, since_year = ?5, name = ?6, chosen = ?7, revision = revision + 1
         WHERE id = ?1 AND revision = ?2",
        (Key(id), revision, fields.month, fields.day, fields.since_year, &fields.name, fields.chosen),
    )?;
    expect_one(writer, changed, "anniversary", "SELECT 1 FROM anniversary WHERE id = ?1", &id.to_string())
}

/// Removes an anniversary.
pub fn delete_anniversary(writer: &mut Writer, id: AnniversaryId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM anniversary WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "anniversary" }) }
}

/// The first and the last day with a session in the book, and the number of
/// sessions of each year.
pub fn years(reader: &Reader) -> Result<Vec<(i32, u32)>, StoreError> {
    let mut statement = reader
        .prepare_cached("SELECT CAST(substr(date, 1, 4) AS INTEGER), count(*) FROM session GROUP BY substr(date, 1, 4) ORDER BY 1")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The days of a span on which there is a session of a title and kind.
pub fn standing(reader: &Reader, from: NaiveDate, to: NaiveDate) -> Result<Vec<(NaiveDate, String, String)>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT date, kind, title FROM session WHERE date BETWEEN ?1 AND ?2")?;
    let rows = statement.query_map((from.to_string(), to.to_string()), |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?;
    rows.map(|row| {
        let (date, kind, title) = row?;
        Ok((day(&date, "session.date")?, kind, title))
    })
    .collect()
}
