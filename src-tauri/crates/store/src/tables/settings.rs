//! Settings of the book, by name: `coverage.choices`, `make_ups.days`,
//! thresholds of warnings. A value is JSON; without a row, or where the row
//! says what nobody can read any more, the default holds.

use rusqlite::OptionalExtension;
use serde::{Serialize, de::DeserializeOwned};

use crate::{book::Reader, error::StoreError, writer::Writer};

/// A setting; `None`: the default holds.
///
/// # Errors
/// Where the book cannot be read.
pub fn get<T: DeserializeOwned>(reader: &Reader, name: &str) -> Result<Option<T>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    let value: Option<String> = statement.query_row([name], |row| row.get(0)).optional()?;
    Ok(value.and_then(|value| serde_json::from_str(&value).ok()))
}

/// Sets one; the same value changes nothing.
///
/// # Errors
/// Where the value is no JSON, or the book cannot be written.
pub fn set<T: Serialize>(writer: &mut Writer, name: &str, value: &T) -> Result<(), StoreError> {
    let value = serde_json::to_string(value).map_err(|_| StoreError::Value { column: "setting.value" })?;
    writer.execute(
        "INSERT INTO setting (name, value, revision) VALUES (?1, ?2, 1)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, revision = revision + 1 WHERE value <> excluded.value",
        (name, value),
    )?;
    Ok(())
}

/// Goes back to the default.
///
/// # Errors
/// Where the book cannot be written.
pub fn clear(writer: &mut Writer, name: &str) -> Result<(), StoreError> {
    writer.execute("DELETE FROM setting WHERE name = ?1", [name])?;
    Ok(())
}
