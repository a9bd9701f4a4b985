//! One module an area: the SQL of that area and the plain rows that it gives.

pub mod attachments;
pub mod attendance;
pub mod book;
pub mod calendar;
pub mod cases;
pub mod closing;
pub mod commendations;
pub mod coverage;
pub mod credits;
pub mod documents;
pub mod expenses;
pub mod imports;
pub mod inspections;
pub mod leave;
pub mod ledger;
pub mod make_ups;
pub mod months;
pub mod observers;
pub mod organizations;
pub mod papers;
pub mod plans;
pub mod roster;
pub mod roster_of_session;
pub mod rotation;
pub mod rules;
pub mod series;
pub mod sessions;
pub mod settings;
pub mod study;
pub mod warnings;
pub mod words;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use xueji_domain::ids::Id;

use crate::error::StoreError;

/// A key as a column value.
pub(crate) struct Key<T>(pub Id<T>);

impl<T> FromSql for Key<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Key).map_err(|_| FromSqlError::InvalidType)
    }
}

impl<T> ToSql for Key<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0.to_string()))
    }
}

/// A word of a fixed set as a column value: its JSON name without quotes.
pub(crate) fn word<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Reads a word of a fixed set.
pub(crate) fn from_word<T: serde::de::DeserializeOwned>(word: &str, column: &'static str) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).map_err(|_| StoreError::Value { column })
}

/// Reads a day.
pub(crate) fn day(text: &str, column: &'static str) -> Result<chrono::NaiveDate, StoreError> {
    text.parse().map_err(|_| StoreError::Value { column })
}

/// Reads a day that may be missing.
pub(crate) fn optional_day(text: Option<&str>, column: &'static str) -> Result<Option<chrono::NaiveDate>, StoreError> {
    text.map(|text| day(text, column)).transpose()
}

/// Fails where an update or a delete met no row: the record is gone, or its
/// revision is another.
pub(crate) fn expect_one(
    connection: &rusqlite::Connection,
    changed: usize,
    what: &'static str,
    exists: &str,
    id: &str,
) -> Result<(), StoreError> {
    use rusqlite::OptionalExtension;
    if changed == 1 {
        return Ok(());
    }
    let found: Option<i64> = connection.prepare_cached(exists)?.query_row([id], |row| row.get(0)).optional()?;
    Err(if found.is_some() { StoreError::Changed { what } } else { StoreError::Gone { what } })
}
