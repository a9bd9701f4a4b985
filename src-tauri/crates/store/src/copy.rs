//! Copies of a book: written through SQLite's backup interface, so that a
//! book in use is copied whole, then opened and checked before they count.

use std::path::{Path, PathBuf};

use chrono::{Local, TimeZone};
use rusqlite::{Connection, OpenFlags, backup::Backup};

use crate::{error::StoreError, writer::Stamp};

/// Writes a copy and checks it: SQLite's own integrity check, and the same
/// number of rows in every table. A copy that fails is removed.
pub(crate) fn write(source: &Connection, target: &Path) -> Result<(), StoreError> {
    if target.exists() {
        return Err(StoreError::AlreadyExists);
    }
    let done = fill(source, target).and_then(|()| check(source, target));
    if done.is_err() {
        let _ = std::fs::remove_file(target);
    }
    done
}

fn fill(source: &Connection, target: &Path) -> Result<(), StoreError> {
    let mut copy = Connection::open(target)?;
    Backup::new(source, &mut copy)?.run_to_completion(1024, std::time::Duration::ZERO, None)?;
    // One file, without a log beside it, so that it can be carried away.
    copy.pragma_update(None, "journal_mode", "delete")?;
    copy.close().map_err(|(_, error)| error)?;
    std::fs::File::open(target)?.sync_all()?;
    Ok(())
}

fn check(source: &Connection, target: &Path) -> Result<(), StoreError> {
    let copy = Connection::open_with_flags(target, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let verdict: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" || counts(source)? != counts(&copy)? {
        return Err(StoreError::CopyBroken);
    }
    Ok(())
}

fn counts(connection: &Connection) -> Result<Vec<(String, i64)>, StoreError> {
    let mut statement = connection.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    tables
        .into_iter()
        .map(|table| {
            let quoted = table.replace('"', "\"\"");
            let count = connection.query_row(&format!("SELECT count(*) FROM main.\"{quoted}\""), [], |row| row.get(0))?;
            Ok((table, count))
        })
        .collect()
}

/// Writes a checked copy into 学迹备份 beside the book:
/// `机关第三党支部 20251122-091500 导入前.xueji`.
pub(crate) fn before(source: &Connection, book: &Path, occasion: &str, stamp: &Stamp) -> Result<PathBuf, StoreError> {
    let folder = book.with_file_name("学迹备份");
    std::fs::create_dir_all(&folder)?;
    let stem = book.file_stem().unwrap_or_default().to_string_lossy();
    let at = Local.timestamp_millis_opt(stamp.at).single().map_or_else(String::new, |at| at.format("%Y%m%d-%H%M%S").to_string());
    let mut target = folder.join(format!("{stem} {at} {occasion}.xueji"));
    let mut again = 2;
    while target.exists() {
        target = folder.join(format!("{stem} {at} {occasion} {again}.xueji"));
        again += 1;
    }
    write(source, &target)?;
    Ok(target)
}
