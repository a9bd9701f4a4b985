//! What can go wrong with a book, told apart by what somebody can do about it.

use serde_json::{Map, Value, json};

/// Everything that can go wrong with a book.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is not there.
    #[error("no such file")]
    NotFound,
    /// The file is there already; a new book never replaces one.
    #[error("the file exists")]
    AlreadyExists,
    /// The file is something else.
    #[error("not a book")]
    NotABook,
    /// The file is a book and cannot be read any more.
    #[error("the book is damaged: {detail}")]
    Damaged {
        /// What SQLite says.
        detail: String,
    },
    /// The book was written by a later version of the program.
    #[error("the book has format {book}, this program knows {program}")]
    NewerVersion {
        /// The book's format number.
        book: u32,
        /// The highest that this program knows.
        program: u32,
    },
    /// Another program has the book open.
    #[error("open elsewhere")]
    Locked {
        /// Who, as far as the lock says.
        holder: String,
        /// Since when, local time, `YYYY-MM-DD HH:MM`.
        since: String,
    },
    /// The folder in which a new file should stand is not there.
    #[error("no such folder")]
    FolderMissing {
        /// The new file's name.
        file: String,
    },
    /// The file or its folder cannot be written.
    #[error("read-only")]
    ReadOnly,
    /// The disk is full.
    #[error("disk full")]
    DiskFull,
    /// A record is gone.
    #[error("no such {what}")]
    Gone {
        /// Which kind of record: `member`, `session`.
        what: &'static str,
    },
    /// Somebody else changed the record since it was shown.
    #[error("{what} was changed since")]
    Changed {
        /// Which kind of record.
        what: &'static str,
    },
    /// There is nothing to take back or do again.
    #[error("nothing to undo")]
    NothingToUndo,
    /// A later change stands on what should be taken back.
    #[error("changed since: {table}")]
    UndoBlocked {
        /// The table of the row that changed.
        table: String,
    },
    /// A staff number that somebody else has.
    #[error("staff number taken")]
    StaffNoTaken {
        /// The number.
        staff_no: String,
    },
    /// A closed month would be changed, and no reason was given.
    #[error("closed: {months:?}")]
    MonthClosed {
        /// Which, `YYYY-MM`.
        months: Vec<String>,
        /// Sessions in them that would change.
        sessions: u32,
    },
    /// A copy that does not hold what the book holds.
    #[error("the copy does not match")]
    CopyBroken,
    /// The file system refused something else.
    #[error("i/o: {0}")]
    Io(std::io::Error),
    /// SQLite refused something else.
    #[error("sqlite: {0}")]
    Sqlite(rusqlite::Error),
    /// A value in the book that the program cannot read.
    #[error("unreadable value in {column}")]
    Value {
        /// Where.
        column: &'static str,
    },
}

impl StoreError {
    /// Which sentence of the catalogue.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "book_not_found",
            Self::AlreadyExists => "book_exists",
            Self::NotABook => "not_a_book",
            Self::Damaged { .. } | Self::Value { .. } => "book_damaged",
            Self::NewerVersion { .. } => "book_newer",
            Self::Locked { .. } => "book_locked",
            Self::FolderMissing { .. } => "folder_missing",
            Self::ReadOnly => "read_only",
            Self::DiskFull => "disk_full",
            Self::Gone { .. } => "record_gone",
            Self::Changed { .. } => "record_changed",
            Self::NothingToUndo => "nothing_to_undo",
            Self::UndoBlocked { .. } => "undo_blocked",
            Self::StaffNoTaken { .. } => "staff_no_taken",
            Self::MonthClosed { .. } => "month_closed",
            Self::CopyBroken => "copy_broken",
            Self::Io(_) => "io",
            Self::Sqlite(_) => "database",
        }
    }

    /// What the sentence needs.
    pub fn params(&self) -> Map<String, Value> {
        let params = match self {
            Self::NewerVersion { book, program } => json!({ "book": book, "program": program }),
            Self::Locked { holder, since } => json!({ "holder": holder, "since": since }),
            Self::Gone { what } | Self::Changed { what } => json!({ "what": what }),
            Self::UndoBlocked { table } => json!({ "table": table }),
            Self::StaffNoTaken { staff_no } => json!({ "staff_no": staff_no }),
            Self::MonthClosed { months, sessions } => {
                let words: Vec<String> = months.iter().map(|month| month_words(month)).collect();
                json!({ "months": words.join("、"), "sessions": sessions })
            }
            Self::FolderMissing { file } => json!({ "file": file }),
            Self::Damaged { detail } => json!({ "detail": detail }),
            Self::Io(error) => json!({ "detail": error.kind().to_string() }),
            Self::Sqlite(error) => json!({ "detail": error.sqlite_error_code().map_or_else(String::new, |code| format!("{code:?}")) }),
            _ => Value::Null,
        };
        match params {
            Value::Object(params) => params,
            _ => Map::new(),
        }
    }
}

/// `2025年11月` for `2025-11`.
fn month_words(month: &str) -> String {
    match month.split_once('-') {
        Some((year, month)) => format!("{year}年{}月", month.trim_start_matches('0')),
        None => month.to_owned(),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{CannotOpen, DatabaseCorrupt, DiskFull, NotADatabase, PermissionDenied, ReadOnly};
        match error.sqlite_error_code() {
            Some(DiskFull) => Self::DiskFull,
            Some(ReadOnly | CannotOpen | PermissionDenied) => Self::ReadOnly,
            Some(NotADatabase) => Self::NotABook,
            Some(DatabaseCorrupt) => Self::Damaged { detail: "corrupt".to_owned() },
            _ => Self::Sqlite(error),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::AlreadyExists => Self::AlreadyExists,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io(error),
        }
    }
}
