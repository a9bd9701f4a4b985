//! 考勤台账: the history of one cell, as the change log tells it. The cells
//! themselves are read with [`attendance`](super::attendance).

use serde_json::{Map, Value};
use xueji_domain::ids::{MemberId, SessionId};

use super::Key;
use crate::{book::Reader, error::StoreError};

/// One change of a row that belongs to a cell.
#[derive(Debug, Clone)]
pub struct CellChange {
    /// `attendance`, `make_up` or `session_part` (an observer's).
    pub table: String,
    /// The row before; `None` where it came.
    pub before: Option<Map<String, Value>>,
    /// The row after; `None` where it went.
    pub after: Option<Map<String, Value>>,
    /// The operation that changed it.
    pub operation: CellOperation,
}

/// An operation that changed a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CellOperation {
    /// Its key.
    pub id: String,
    /// Its name: `attendance.mark`, `undo`, `redo`.
    pub name: String,
    /// What its sentence needs; of an undo or a redo, those of what was
    /// taken back or done again.
    pub params: Map<String, Value>,
    /// UTC milliseconds since 1970.
    pub at: i64,
    /// By whom.
    pub operator: String,
    /// Of an undo or a redo: the name of what was taken back or done again.
    pub undoes: Option<String>,
    /// Whether it was taken back since.
    pub undone: bool,
    /// Why a closed month was changed, where it was.
    pub reason: Option<String>,
}

/// Every change of a member's mark, make-up and 列席 at a session, in order.
///
/// # Errors
/// Where the book cannot be read.
pub fn changes(reader: &Reader, session: SessionId, member: MemberId) -> Result<Vec<CellChange>, StoreError> {
    let mut statement = reader.prepare_cached(include_str!("ledger/changes.sql"))?;
    let rows = statement.query_map((Key(session), Key(member)), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &rusqlite::Row) -> rusqlite::Result<CellChange> {
    let image = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    let params: String = row.get("params")?;
    Ok(CellChange {
        table: row.get("table_name")?,
        before: image(row.get("before")?),
        after: image(row.get("after")?),
        operation: CellOperation {
            id: row.get("id")?,
            name: row.get("name")?,
            params: serde_json::from_str(&params).unwrap_or_default(),
            at: row.get("at")?,
            operator: row.get("operator")?,
            undoes: row.get("undoes")?,
            undone: row.get("undone")?,
            reason: row.get("reason")?,
        },
    })
}
