//! The change log, and undo on top of it.
//!
//! Every table of records gets three temporary triggers when a book is
//! opened. They write each row's image before and after into `change_log`
//! under the current operation. Outside an operation there is none, the
//! column is NOT NULL, and the write fails: no write passes the gateway by.
//! The triggers are made from the schema as it stands, so a new column is
//! logged from its first day.
//!
//! Undo is a new operation that writes the images back, last change first. It
//! refuses where a row no longer is what the operation left. Redo undoes the
//! undo.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use serde_json::{Map, Value};
use xueji_domain::ids::OperationId;

use crate::{
    error::StoreError,
    guard::{self, Supplement},
    writer::{Stamp, random},
};

/// The tables whose rows are records.
const LOGGED: &[&str] = &[
    "book",
    "organization",
    "member",
    "member_period",
    "session",
    "session_organization",
    "session_part",
    "attendance",
    "make_up",
    "self_study",
    "note",
    "rule_set",
    "rule_use",
    "decision",
    "manual_credit",
    "study_review",
    "opening_record",
    "closing",
    "closing_line",
    "supplement",
    "score",
    "member_fact",
    "plan",
    "theme",
    "plan_item",
    "series",
    "series_skip",
    "document",
    "session_also",
    "session_tag",
    "word",
    "session_paper",
    "session_evidence",
    "observer_report",
    "session_roster",
    "leave",
    "month_closing",
    "month_supplement",
    "inspection",
    "finding",
    "expense",
    "commendation",
    "study_case",
    "attachment",
    "holiday",
    "anniversary",
    "rotation",
    "setting",
    "warning_put_off",
];

/// The register of changes within closed months: it only grows.
const SUPPLEMENTS: &str = "month_supplement";

/// A named operation as it stands in the book.
#[derive(Debug, Clone)]
pub struct LoggedOperation {
    /// Its key.
    pub id: OperationId,
    /// Its name: `attendance.mark`.
    pub name: String,
    /// What its sentence needs.
    pub params: Map<String, Value>,
    /// UTC milliseconds since 1970.
    pub at: i64,
    /// By whom.
    pub operator: String,
    /// Rows that it changed.
    pub rows: u32,
    /// Whether it was taken back.
    pub undone: bool,
}

/// What was taken back or done again.
#[derive(Debug)]
pub struct Undone {
    /// The operation.
    pub operation: LoggedOperation,
    /// The tables whose rows changed.
    pub tables: BTreeSet<String>,
}

struct Column {
    name: String,
    key: bool,
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<Column>, StoreError> {
    let mut statement = connection.prepare("SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid")?;
    let rows = statement.query_map([table], |row| Ok(Column { name: row.get(0)?, key: row.get::<_, i64>(1)? > 0 }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn image(columns: &[Column], row: &str) -> String {
    let pairs: Vec<String> = columns.iter().map(|column| format!("'{0}', {row}.\"{0}\"", column.name)).collect();
    format!("json_object({})", pairs.join(", "))
}

fn key(columns: &[Column], row: &str) -> String {
    let keys: Vec<String> = columns.iter().filter(|column| column.key).map(|column| format!("{row}.\"{}\"", column.name)).collect();
    keys.join(" || '|' || ")
}

/// Puts the triggers on a writing connection. Names come from [`LOGGED`] and
/// the schema, never from a user.
pub(crate) fn install(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("CREATE TEMP TABLE current_operation (id TEXT NOT NULL)")?;
    for table in LOGGED {
        let columns = columns(connection, table)?;
        for (event, key_row, before, after) in
            [("INSERT", "new", None, Some("new")), ("UPDATE", "new", Some("old"), Some("new")), ("DELETE", "old", Some("old"), None)]
        {
            let image_of = |row: Option<&str>| row.map_or_else(|| "NULL".to_owned(), |row| image(&columns, row));
            connection.execute_batch(&format!(
                "CREATE TEMP TRIGGER log_{table}_{event} AFTER {event} ON main.{table} BEGIN
                   INSERT INTO change_log (operation, table_name, row_key, before, after)
                   VALUES ((SELECT id FROM current_operation), '{table}', {}, {}, {});
                 END",
                key(&columns, key_row),
                image_of(before),
                image_of(after),
            ))?;
        }
    }
    Ok(())
}

/// Opens an operation: its row first, so that the log can point at it.
pub(crate) fn begin(
    connection: &Connection,
    id: OperationId,
    name: &str,
    stamp: &Stamp,
    undoes: Option<OperationId>,
) -> Result<(), StoreError> {
    connection.execute("DELETE FROM temp.current_operation", [])?;
    connection.execute(
        "INSERT INTO operation (id, sequence, at, operator, name, params, undoes)
         VALUES (?1, (SELECT coalesce(max(sequence), 0) + 1 FROM operation), ?2, ?3, ?4, '{}', ?5)",
        (id.to_string(), stamp.at, &stamp.operator, name, undoes.map(|id| id.to_string())),
    )?;
    connection.execute("INSERT INTO temp.current_operation (id) VALUES (?1)", [id.to_string()])?;
    Ok(())
}

/// Closes an operation: its parameters are known, and nothing more is written
/// under it.
pub(crate) fn end(connection: &Connection, id: OperationId, params: &Map<String, Value>) -> Result<(), StoreError> {
    let params = Value::Object(params.clone()).to_string();
    connection.execute("UPDATE operation SET params = ?2 WHERE id = ?1", (id.to_string(), params))?;
    connection.execute("DELETE FROM temp.current_operation", [])?;
    Ok(())
}

/// The tables that an operation changed.
pub(crate) fn tables_of(connection: &Connection, id: OperationId) -> Result<BTreeSet<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT DISTINCT table_name FROM change_log WHERE operation = ?1")?;
    let tables = statement.query_map([id.to_string()], |row| row.get(0))?;
    Ok(tables.collect::<Result<_, _>>()?)
}

struct Change {
    table: String,
    before: Option<String>,
    after: Option<String>,
}

/// What Ctrl+Z would take back.
pub fn next_undo(connection: &Connection) -> Result<Option<LoggedOperation>, StoreError> {
    one(connection, include_str!("log/next_undo.sql"))
}

/// What Ctrl+Shift+Z would do again: the latest undo, unless something else
/// was done since.
pub fn next_redo(connection: &Connection) -> Result<Option<LoggedOperation>, StoreError> {
    one(connection, include_str!("log/next_redo.sql"))
}

/// The key of the latest operation, undos included: tells whether the book
/// is still the one that was looked at.
pub fn latest(connection: &Connection) -> Result<Option<OperationId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM operation ORDER BY sequence DESC LIMIT 1")?;
    let id: Option<String> = statement.query_row([], |row| row.get(0)).optional()?;
    id.map(|id| id.parse().map_err(|_| StoreError::Value { column: "operation.id" })).transpose()
}

fn one(connection: &Connection, sql: &str) -> Result<Option<LoggedOperation>, StoreError> {
    Ok(connection.prepare_cached(sql)?.query_row([], read_operation).optional()?)
}

/// The latest operations, latest first; undo and redo themselves left out.
pub fn history(connection: &Connection, limit: u32) -> Result<Vec<LoggedOperation>, StoreError> {
    let mut statement = connection.prepare_cached(include_str!("log/history.sql"))?;
    let rows = statement.query_map([limit], read_operation)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_operation(row: &rusqlite::Row) -> rusqlite::Result<LoggedOperation> {
    let id: String = row.get("id")?;
    let params: String = row.get("params")?;
    Ok(LoggedOperation {
        id: id.parse().map_err(|_| rusqlite::Error::InvalidQuery)?,
        name: row.get("name")?,
        params: serde_json::from_str(&params).unwrap_or_default(),
        at: row.get("at")?,
        operator: row.get("operator")?,
        rows: row.get("rows")?,
        undone: row.get("undone")?,
    })
}

pub(crate) fn undo(connection: &mut Connection, stamp: &Stamp, supplement: Option<&Supplement>) -> Result<Undone, StoreError> {
    let target = next_undo(connection)?.ok_or(StoreError::NothingToUndo)?;
    reverse(connection, target.id, "undo", stamp, supplement).map(|tables| Undone { operation: target, tables })
}

pub(crate) fn redo(connection: &mut Connection, stamp: &Stamp, supplement: Option<&Supplement>) -> Result<Undone, StoreError> {
    let target = next_redo(connection)?.ok_or(StoreError::NothingToUndo)?;
    // The operation was taken back by an undo; taking that back does it again.
    let undo: String = connection.query_row("SELECT undone_by FROM operation WHERE id = ?1", [target.id.to_string()], |row| row.get(0))?;
    let undo: OperationId = undo.parse().map_err(|_| StoreError::Value { column: "operation.undone_by" })?;
    reverse(connection, undo, "redo", stamp, supplement).map(|tables| Undone { operation: target, tables })
}

/// Writes back, last change first, what an operation changed.
fn reverse(
    connection: &mut Connection,
    target: OperationId,
    name: &str,
    stamp: &Stamp,
    supplement: Option<&Supplement>,
) -> Result<BTreeSet<String>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Rows come back in the order of the log, parents perhaps after children.
    transaction.pragma_update(None, "defer_foreign_keys", true)?;
    let id = OperationId::from_parts(stamp.at.unsigned_abs(), random());
    begin(&transaction, id, name, stamp, Some(target))?;
    let mut statements = HashMap::new();
    for change in changes_of(&transaction, target)? {
        // That a closed month was changed, and why, is never unsaid; taking
        // the change back is a supplement of its own.
        if change.table == SUPPLEMENTS {
            continue;
        }
        if !statements.contains_key(&change.table) {
            statements.insert(change.table.clone(), PutBack::of(&transaction, &change.table)?);
        }
        put_back(&transaction, &statements[&change.table], &change)?;
    }
    transaction.execute("UPDATE operation SET undone_by = ?2 WHERE id = ?1", (target.to_string(), id.to_string()))?;
    if name == "redo" {
        // What was done again stands again, and can be taken back again.
        transaction.execute("UPDATE operation SET undone_by = NULL WHERE undone_by = ?1", [target.to_string()])?;
    }
    guard::pass(&transaction, id, stamp, supplement)?;
    let tables = tables_of(&transaction, id)?;
    end(&transaction, id, &Map::new())?;
    transaction.commit()?;
    Ok(tables)
}

fn changes_of(connection: &Connection, operation: OperationId) -> Result<Vec<Change>, StoreError> {
    let mut statement =
        connection.prepare("SELECT table_name, before, after FROM change_log WHERE operation = ?1 ORDER BY sequence DESC")?;
    let rows =
        statement.query_map([operation.to_string()], |row| Ok(Change { table: row.get(0)?, before: row.get(1)?, after: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The statements that put rows of one table back.
struct PutBack {
    image: String,
    insert: String,
    update: String,
    delete: String,
}

impl PutBack {
    fn of(connection: &Connection, table: &str) -> Result<Self, StoreError> {
        let table = LOGGED.iter().find(|known| **known == table).ok_or(StoreError::Value { column: "change_log.table_name" })?;
        let columns = columns(connection, table)?;
        let value = |name: &str| format!("json_extract(?1, '$.\"{name}\"')");
        // Column by column, so that the primary key finds the row.
        let keys: Vec<String> =
            columns.iter().filter(|column| column.key).map(|column| format!("t.\"{}\" = {}", column.name, value(&column.name))).collect();
        let key = keys.join(" AND ");
        let names: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
        let values: Vec<String> = columns.iter().map(|column| value(&column.name)).collect();
        let sets: Vec<String> = columns
            .iter()
            .filter(|column| !column.key)
            .map(|column| match column.name.as_str() {
                // A revision only ever rises: an editor that still shows the
                // state in between must not be taken for current.
                "revision" => "\"revision\" = t.\"revision\" + 1".to_owned(),
                name => format!("\"{name}\" = {}", value(name)),
            })
            .collect();
        // A table of nothing but keys has nothing to update; its rows only
        // come and go.
        let sets = if sets.is_empty() { format!("{0} = {0}", names[0]) } else { sets.join(", ") };
        Ok(Self {
            image: format!("SELECT {} FROM main.{table} AS t WHERE {key}", image(&columns, "t")),
            insert: format!("INSERT INTO main.{table} ({}) VALUES ({})", names.join(", "), values.join(", ")),
            update: format!("UPDATE main.{table} AS t SET {sets} WHERE {key}"),
            delete: format!("DELETE FROM main.{table} AS t WHERE {key}"),
        })
    }
}

fn put_back(transaction: &Transaction, statements: &PutBack, change: &Change) -> Result<(), StoreError> {
    let Some(known) = change.before.as_ref().or(change.after.as_ref()) else {
        return Ok(());
    };
    let current: Option<String> = transaction.prepare_cached(&statements.image)?.query_row([known], |row| row.get(0)).optional()?;
    if !same(current.as_deref(), change.after.as_deref()) {
        return Err(StoreError::UndoBlocked { table: change.table.clone() });
    }
    match (&change.before, current.is_some()) {
        (None, _) => transaction.prepare_cached(&statements.delete)?.execute([known])?,
        (Some(before), true) => transaction.prepare_cached(&statements.update)?.execute([before])?,
        (Some(before), false) => transaction.prepare_cached(&statements.insert)?.execute([before])?,
    };
    Ok(())
}

/// Whether two images agree in everything but the revision. A column that
/// came later than an image is NULL in it.
fn same(one: Option<&str>, other: Option<&str>) -> bool {
    let read = |image: Option<&str>| -> Option<Map<String, Value>> {
        let mut map: Map<String, Value> = serde_json::from_str(image?).ok()?;
        map.retain(|column, value| column != "revision" && !value.is_null());
        Some(map)
    };
    read(one) == read(other)
}
