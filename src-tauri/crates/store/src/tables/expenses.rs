//! 经费: money spent on books, subscriptions, places.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::{
    ids::{ExpenseId, OrganizationId, SessionId},
    money::Yuan,
};

use super::{Key, day, expect_one};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is written of an expense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpenseFields {
    /// When.
    pub date: NaiveDate,
    /// 书籍, 报刊, 场地 …
    pub kind: String,
    /// 事项
    pub item: String,
    /// How much.
    pub amount: Yuan,
    /// Who spent it; the book's own organization where empty.
    pub organization: Option<OrganizationId>,
    /// For which session.
    pub session: Option<SessionId>,
    /// 经办人
    pub handled_by: Option<String>,
    /// 凭证号
    pub voucher: Option<String>,
    /// 备注
    pub note: Option<String>,
}

/// An expense in the book.
#[derive(Debug, Clone)]
pub struct ExpenseRecord {
    /// Its key.
    pub id: ExpenseId,
    /// Its fields.
    pub fields: ExpenseFields,
    /// The day and the title of its session.
    pub session: Option<(NaiveDate, String)>,
    /// For the next edit.
    pub revision: u32,
}

const EXPENSES: &str = "SELECT e.id, e.date, e.kind, e.item, e.amount, e.organization, e.session, e.handled_by, e.voucher, e.note,
     e.revision, s.date, s.title FROM expense AS e LEFT JOIN session AS s ON s.id = e.session";

/// The expenses of a year, by date.
pub fn of_year(reader: &Reader, year: i32) -> Result<Vec<ExpenseRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{EXPENSES} WHERE e.date BETWEEN ?1 AND ?2 ORDER BY e.date, e.id"))?;
    let rows = statement.query_map((format!("{year:04}-01-01"), format!("{year:04}-12-31")), |row| Ok(read(row)))?;
    rows.map(|row| row?).collect()
}

/// One expense.
pub fn get(reader: &Reader, id: ExpenseId) -> Result<ExpenseRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{EXPENSES} WHERE e.id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read(row))).optional()?.ok_or(StoreError::Gone { what: "expense" })?
}

fn read(row: &rusqlite::Row) -> Result<ExpenseRecord, StoreError> {
    let (date, amount): (String, String) = (row.get(1)?, row.get(4)?);
    let session: (Option<String>, Option<String>) = (row.get(11)?, row.get(12)?);
    Ok(ExpenseRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: ExpenseFields {
            date: day(&date, "expense.date")?,
            kind: row.get(2)?,
            item: row.get(3)?,
            amount: amount.parse().map_err(|_| StoreError::Value { column: "expense.amount" })?,
            organization: row.get::<_, Option<Key<_>>>(5)?.map(|key| key.0),
            session: row.get::<_, Option<Key<_>>>(6)?.map(|key| key.0),
            handled_by: row.get(7)?,
            voucher: row.get(8)?,
            note: row.get(9)?,
        },
        session: match session {
            (Some(date), Some(title)) => Some((day(&date, "session.date")?, title)),
            _ => None,
        },
        revision: row.get(10)?,
    })
}

/// Adds an expense.
pub fn insert(writer: &mut Writer, fields: &ExpenseFields) -> Result<ExpenseId, StoreError> {
    let id: ExpenseId = writer.new_id();
    write(
        writer,
        "INSERT INTO expense (id, revision, date, kind, item, amount, organization, session, handled_by, voucher, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        id,
        1,
        fields,
    )?;
    Ok(id)
}

/// Replaces an expense's fields.
pub fn update(writer: &mut Writer, id: ExpenseId, revision: u32, fields: &ExpenseFields) -> Result<(), StoreError> {
    let changed = write(
        writer,
        "UPDATE expense SET revision = revision + 1, date = ?3, kind = ?4, item = ?5, amount = ?6, organization = ?7, session = ?8,
         handled_by = ?9, voucher = ?10, note = ?11 WHERE id = ?1 AND revision = ?2",
        id,
        revision,
        fields,
    )?;
    expect_one(writer, changed, "expense", "SELECT 1 FROM expense WHERE id = ?1", &id.to_string())
}

fn write(writer: &mut Writer, sql: &str, id: ExpenseId, revision: u32, fields: &ExpenseFields) -> Result<usize, StoreError> {
    writer.execute(
        sql,
        (
            Key(id),
            revision,
            fields.date.to_string(),
            &fields.kind,
            &fields.item,
            fields.amount.to_string(),
            fields.organization.map(Key),
            fields.session.map(Key),
            &fields.handled_by,
            &fields.voucher,
            &fields.note,
        ),
    )
}

/// Removes an expense.
pub fn delete(writer: &mut Writer, id: ExpenseId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM expense WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "expense" }) }
}

/// Years that hold an expense, ascending.
pub fn years(reader: &Reader) -> Result<Vec<i32>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT DISTINCT CAST(substr(date, 1, 4) AS INTEGER) AS year FROM expense ORDER BY year")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Who has handled expenses, most often first.
pub fn handlers(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT handled_by FROM expense WHERE handled_by IS NOT NULL GROUP BY handled_by ORDER BY count(*) DESC, handled_by",
    )?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
