//! What this machine remembers outside any book: recent books, how the window
//! looks. One small JSON file in the program's data folder; losing it loses
//! no record.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{
    areas::book::{Appearance, Theme},
    error::ApiError,
};

/// How many recent books are kept.
const RECENT: usize = 12;

/// The file's content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Profile {
    /// Books opened before, latest first.
    pub recent: Vec<Recent>,
    /// Whether the latest is to be opened at the next start.
    pub reopen: bool,
    /// How the window looks.
    pub appearance: Appearance,
}

/// A book opened before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Recent {
    /// The file.
    pub path: PathBuf,
    /// The book's name when it was last open.
    pub name: String,
    /// Day of the last opening, `YYYY-MM-DD`.
    pub opened_on: String,
}

impl Default for Profile {
    fn default() -> Self {
        Self { recent: Vec::new(), reopen: false, appearance: Appearance { theme: Theme::System, text_percent: 100 } }
    }
}

impl Profile {
    /// Reads it. A file that is missing or damaged is an empty profile: it
    /// must never keep the program from starting.
    pub fn load(folder: &Path) -> Self {
        std::fs::read(path(folder)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Writes it.
    pub fn save(&self, folder: &Path) -> Result<(), ApiError> {
        let bytes = serde_json::to_vec_pretty(self).map_err(|error| ApiError::Internal { reason: error.to_string() })?;
        std::fs::create_dir_all(folder).map_err(xueji_store::StoreError::from)?;
        Ok(xueji_exchange::file::write_atomically(&path(folder), &bytes)?)
    }

    /// Puts a book at the head of the list.
    pub fn opened(&mut self, book: &Path, name: &str, on: &str) {
        self.forget(book);
        self.recent.insert(0, Recent { path: book.to_owned(), name: name.to_owned(), opened_on: on.to_owned() });
        self.recent.truncate(RECENT);
        self.reopen = true;
    }

    /// Takes a book off the list.
    pub fn forget(&mut self, book: &Path) {
        self.recent.retain(|recent| recent.path != book);
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("profile.json")
}
