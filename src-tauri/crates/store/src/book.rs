//! Opening a book, reading it, writing it.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError, TryLockError},
};

use rusqlite::{Connection, OpenFlags};
use xueji_domain::ids::OrganizationId;

use crate::{
    copy,
    error::StoreError,
    guard::Supplement,
    lock::{BookLock, Holder},
    log, migrate,
    writer::{Stamp, Writer, Written},
};

/// An open book. Locked against other programs until it is dropped.
pub struct Book {
    path: PathBuf,
    // In this order, so that the readers close first: the writer closes last
    // and leaves one file, without a log beside it.
    readers: [Mutex<Connection>; 2],
    writer: Mutex<Connection>,
    _lock: BookLock,
}

/// What a new book starts with.
pub struct NewBook<'a> {
    /// Its name, and that of its first organization; not empty.
    pub name: &'a str,
    /// Whether it is the sample book (示例台账).
    pub sample: bool,
}

/// A connection that cannot write: what queries and table modules take.
pub struct Reader<'c> {
    connection: &'c Connection,
}

impl<'c> Reader<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        Self { connection }
    }
}

impl Deref for Reader<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl Book {
    /// Makes a new book. A file that is there already is never touched.
    pub fn create(path: &Path, new: &NewBook, holder: &Holder, stamp: &Stamp) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::AlreadyExists);
        }
        if path.parent().is_none_or(|folder| !folder.is_dir()) {
            return Err(StoreError::FolderMissing { file: path.file_name().unwrap_or_default().to_string_lossy().into_owned() });
        }
        let lock = BookLock::take(path, holder).map_err(|error| match error {
            // The folder is there and takes no file.
            StoreError::NotFound => StoreError::ReadOnly,
            other => other,
        })?;
        let made = Self::build(path, new, stamp).and_then(|()| Self::connect(path, lock, stamp));
        if made.is_err() {
            // What could not become a book must not stand in the way of the
            // next try.
            let _ = std::fs::remove_file(path);
        }
        made
    }

    /// Writes the first rows beside the log: a book's birth is not undone.
    fn build(path: &Path, new: &NewBook, stamp: &Stamp) -> Result<(), StoreError> {
        let mut connection = Connection::open(path)?;
        configure(&connection)?;
        migrate::run(&mut connection, stamp.at)?;
        let transaction = connection.transaction()?;
        let root = OrganizationId::from_parts(stamp.at.unsigned_abs(), crate::writer::random());
        let key = OrganizationId::from_parts(stamp.at.unsigned_abs(), crate::writer::random());
        transaction.execute(
            "INSERT INTO organization (id, parent, kind, name, revision) VALUES (?1, NULL, 'branch', ?2, 1)",
            (root.to_string(), new.name),
        )?;
        transaction.execute(
            "INSERT INTO book (id, key, name, operator, sample, root_organization, created_at) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)",
            (key.to_string(), new.name, &stamp.operator, new.sample, root.to_string(), stamp.at),
        )?;
        transaction.commit()?;
        Ok(())
    }

    /// Opens a book: takes its lock, checks what it is, and, where its format
    /// is older, makes a checked copy before it migrates it.
    pub fn open(path: &Path, holder: &Holder, stamp: &Stamp) -> Result<Self, StoreError> {
        check_header(path)?;
        let lock = BookLock::take(path, holder)?;
        Self::connect(path, lock, stamp)
    }

    fn connect(path: &Path, lock: BookLock, stamp: &Stamp) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut writer = Connection::open_with_flags(path, flags)?;
        // A book whose file cannot be written is refused here, by name, and
        // not at the first mark.
        if writer.is_readonly("main")? {
            return Err(StoreError::ReadOnly);
        }
        migrate::check(&writer)?;
        configure(&writer)?;
        if migrate::is_pending(&writer)? {
            copy::before(&writer, path, "升级前", stamp)?;
            migrate::run(&mut writer, stamp.at)?;
        }
        log::install(&writer)?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(writer), readers: [reader(path)?, reader(path)?], _lock: lock })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads, through a connection that cannot write. Everything read in one
    /// call is of one moment.
    pub fn read<T, E: From<StoreError>>(&self, work: impl FnOnce(&Reader) -> Result<T, E>) -> Result<T, E> {
        let connection = self.free_reader();
        let transaction = connection.unchecked_transaction().map_err(StoreError::from)?;
        work(&Reader::new(&transaction))
    }

    fn free_reader(&self) -> MutexGuard<'_, Connection> {
        for reader in &self.readers {
            match reader.try_lock() {
                Ok(guard) => return guard,
                Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => {}
            }
        }
        self.readers[0].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes: one transaction under one named operation. An error leaves the
    /// book as it was. Work that changes no row leaves no operation.
    pub fn write<T, E: From<StoreError>>(
        &self,
        name: &str,
        stamp: &Stamp,
        work: impl FnOnce(&mut Writer) -> Result<T, E>,
    ) -> Result<Written<T>, E> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer = Writer::begin(&mut connection, name, stamp)?;
        let value = work(&mut writer)?;
        let logged = writer.finish()?;
        Ok(Written { value, operation: logged.0, tables: logged.1 })
    }

    /// Takes back the latest operation that still stands.
    pub fn undo(&self, stamp: &Stamp) -> Result<log::Undone, StoreError> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        log::undo(&mut connection, stamp, None)
    }

    /// Takes back the latest operation that still stands; where it changed a
    /// closed month, with the reason for changing that again.
    pub fn undo_because(&self, stamp: &Stamp, supplement: Option<&Supplement>) -> Result<log::Undone, StoreError> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        log::undo(&mut connection, stamp, supplement)
    }

    /// Does again what was taken back last.
    pub fn redo(&self, stamp: &Stamp) -> Result<log::Undone, StoreError> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        log::redo(&mut connection, stamp, None)
    }

    /// Does again what was taken back last; where it changes a closed month,
    /// with the reason.
    pub fn redo_because(&self, stamp: &Stamp, supplement: Option<&Supplement>) -> Result<log::Undone, StoreError> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        log::redo(&mut connection, stamp, supplement)
    }

    /// Writes what is no record and has no history: what an importer
    /// remembers of a file's shape.
    pub fn remember(&self, kind: &str, fingerprint: &str, reading: &str) -> Result<(), StoreError> {
        let connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        connection.execute(
            "INSERT INTO import_memory (kind, fingerprint, reading) VALUES (?1, ?2, ?3)
             ON CONFLICT (kind, fingerprint) DO UPDATE SET reading = excluded.reading",
            (kind, fingerprint, reading),
        )?;
        Ok(())
    }

    /// Writes a checked copy to a new file.
    pub fn copy_to(&self, target: &Path) -> Result<(), StoreError> {
        let connection = self.free_reader();
        copy::write(&connection, target)
    }

    /// Writes a checked copy into the folder 学迹备份 beside the book, named
    /// after the moment and the occasion. Gives the copy's path.
    pub fn copy_before(&self, occasion: &str, stamp: &Stamp) -> Result<PathBuf, StoreError> {
        let connection = self.free_reader();
        copy::before(&connection, &self.path, occasion, stamp)
    }

    /// Folds the write-ahead log into the file, so that the one file is the
    /// whole book when it is carried away.
    pub fn settle(&self) {
        let connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
            tracing::warn!(code = ?error.sqlite_error_code(), "the book was not folded into one file");
        }
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        self.settle();
    }
}

/// A first look at the bytes, so that a picture or a spreadsheet is named as
/// such before anything opens it.
fn check_header(path: &Path) -> Result<(), StoreError> {
    use std::io::Read;
    let mut header = [0u8; 16];
    let mut file = std::fs::File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(StoreError::NotABook);
    }
    match file.read_exact(&mut header) {
        Ok(()) if &header == b"SQLite format 3\0" => Ok(()),
        Ok(()) => Err(StoreError::NotABook),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(StoreError::NotABook),
        Err(error) => Err(error.into()),
    }
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // 16 MiB: a year of five thousand members stays in memory.
    connection.pragma_update(None, "cache_size", -16384)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn reader(path: &Path) -> Result<Mutex<Connection>, StoreError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(Mutex::new(connection))
}
