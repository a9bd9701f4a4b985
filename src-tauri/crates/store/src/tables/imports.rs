//! What importers keep: the result list of each run, and how a file of one
//! shape was read last.

use rusqlite::OptionalExtension;
use xueji_domain::ids::ImportRunId;

use super::Key;
use crate::{book::Reader, error::StoreError, writer::Writer};

/// Keeps an import's result list with its operation.
pub fn record(writer: &mut Writer, kind: &str, file_name: &str, result: &str) -> Result<(), StoreError> {
    let id: ImportRunId = writer.new_id();
    let operation = writer.operation();
    writer.execute(
        "INSERT INTO import_run (id, operation, kind, file_name, result) VALUES (?1, ?2, ?3, ?4, ?5)",
        (Key(id), Key(operation), kind, file_name, result),
    )?;
    Ok(())
}

/// How a file of this shape was read last, as JSON.
pub fn remembered(reader: &Reader, kind: &str, fingerprint: &str) -> Result<Option<String>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT reading FROM import_memory WHERE kind = ?1 AND fingerprint = ?2")?;
    Ok(statement.query_row((kind, fingerprint), |row| row.get(0)).optional()?)
}
