//! Migrations: timestamped SQL, embedded, each run recorded with its hash. A
//! new book is made by running them all.
//!
//! `PRAGMA user_version` is a separate number that only rises when an older
//! program could do harm: it locks that program out.

use std::hash::Hasher;

use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;

/// One step from a book's format to the next.
pub struct Migration {
    /// Its timestamp and subject; also its order.
    pub name: &'static str,
    /// What it runs.
    pub sql: &'static str,
}

/// Every migration since the first version, in order.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "20261122-foundations", sql: include_str!("../schema/20261122-foundations.sql") },
    Migration { name: "20261122-rules", sql: include_str!("../schema/20261122-rules.sql") },
    Migration { name: "20261122-scores", sql: include_str!("../schema/20261122-scores.sql") },
    Migration { name: "20261122-unit-closings", sql: include_str!("../schema/20261122-unit-closings.sql") },
    Migration { name: "20261123-desk", sql: include_str!("../schema/20261123-desk.sql") },
];

/// The highest `user_version` that this program may open. 2: a program that
/// knows no closings would change closed years, and one that knows no rule
/// sets would count by the wrong rules. 3: a program that knows closings of
/// members only shows a closed year of units as open, takes a closing of
/// several versions for tampered with, and can close nothing; one that knows
/// no frozen rolls and closed months would change them.
pub const FORMAT: u32 = 3;

/// Marks the file as a book: `XUEJ`.
pub const APPLICATION_ID: i32 = 0x5855_454A;

/// Whether the book lacks a migration.
pub fn is_pending(connection: &Connection) -> Result<bool, StoreError> {
    Ok(pending(connection)?.next().is_some())
}

fn pending(connection: &Connection) -> Result<impl Iterator<Item = &'static Migration>, StoreError> {
    let last: Option<String> =
        if has_table(connection)? { connection.query_row("SELECT max(name) FROM migration", [], |row| row.get(0))? } else { None };
    Ok(MIGRATIONS.iter().filter(move |migration| last.as_deref().is_none_or(|last| migration.name > last)))
}

fn has_table(connection: &Connection) -> Result<bool, StoreError> {
    let found: Option<i64> =
        connection.query_row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'", [], |row| row.get(0)).optional()?;
    Ok(found.is_some())
}

/// Runs what is missing, each migration in a transaction of its own.
pub fn run(connection: &mut Connection, at: i64) -> Result<(), StoreError> {
    let missing: Vec<&Migration> = pending(connection)?.collect();
    for migration in missing {
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute_batch(
            "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL) STRICT",
        )?;
        transaction.execute_batch(migration.sql)?;
        transaction.execute("INSERT INTO migration (name, hash, at) VALUES (?1, ?2, ?3)", (migration.name, hash(migration.sql), at))?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Refuses files that are no book and books that are too new.
pub fn check(connection: &Connection) -> Result<(), StoreError> {
    let id: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if id != APPLICATION_ID {
        return Err(StoreError::NotABook);
    }
    let format: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if format > FORMAT {
        return Err(StoreError::NewerVersion { book: format, program: FORMAT });
    }
    if has_table(connection)? {
        let mut statement = connection.prepare("SELECT name, hash FROM migration")?;
        let recorded = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        for line in recorded {
            let (name, recorded_hash) = line?;
            let known = MIGRATIONS.iter().find(|migration| migration.name == name);
            if known.is_some_and(|migration| hash(migration.sql) != recorded_hash) {
                return Err(StoreError::Damaged { detail: format!("migration {name}") });
            }
        }
    }
    Ok(())
}

/// FNV-1a of the text without carriage returns: tells an edited migration
/// from the one that ran; nothing is secured by it.
fn hash(sql: &str) -> String {
    struct Fnv(u64);
    impl Hasher for Fnv {
        fn finish(&self) -> u64 {
            self.0
        }
        fn write(&mut self, bytes: &[u8]) {
            for byte in bytes.iter().filter(|byte| **byte != b'\r') {
                self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    hasher.write(sql.as_bytes());
    format!("{:016x}", hasher.finish())
}
