//! One writer: a lock on a file beside the book, which names its holder.
//!
//! The operating system drops the lock when the program ends, however it
//! ends; the file itself stays and says nothing without the lock. It is a
//! file of its own because some systems refuse to read a locked book, and the
//! name of the holder must be readable.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::error::StoreError;

/// Who holds a book.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Holder {
    /// The operator's name or the machine's, for a person to recognise.
    pub name: String,
    /// Since when, local time, `YYYY-MM-DD HH:MM`.
    pub since: String,
}

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct BookLock {
    _file: File,
}

impl BookLock {
    /// Takes the lock of a book, or says who has it.
    pub fn take(book: &Path, holder: &Holder) -> Result<Self, StoreError> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(lock_path(book))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held_by(&mut file)),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(&serde_json::to_vec(holder).unwrap_or_default())?;
        Ok(Self { _file: file })
    }
}

fn held_by(file: &mut File) -> StoreError {
    let mut text = String::new();
    // The name is a courtesy: a lock that cannot be read is a lock all the same.
    let _ = file.read_to_string(&mut text);
    match serde_json::from_str::<Holder>(&text) {
        Ok(holder) => StoreError::Locked { holder: holder.name, since: holder.since },
        Err(_) => StoreError::Locked { holder: String::new(), since: String::new() },
    }
}

fn lock_path(book: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(book.file_name().unwrap_or_default());
    name.push(".lock");
    book.with_file_name(name)
}
