//! Files by token: the window never sees a path.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Mutex,
};

use serde::Serialize;
use ts_rs::TS;

use crate::error::ApiError;

/// Stands for a file that a dialog, a typed path or the recent list gave.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FileToken {
    /// What a command takes.
    pub token: String,
    /// The file's name without its folder.
    pub name: String,
}

/// The files that this run of the program knows.
#[derive(Default)]
pub(crate) struct Files {
    by_token: Mutex<HashMap<String, PathBuf>>,
}

impl Files {
    /// A token for a path; the same path gets the same token.
    pub fn register(&self, path: PathBuf) -> FileToken {
        let name = file_name(&path);
        let mut files = self.by_token.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((token, _)) = files.iter().find(|(_, known)| **known == path) {
            return FileToken { token: token.clone(), name };
        }
        let token = uuid::Uuid::now_v7().to_string();
        files.insert(token.clone(), path);
        FileToken { token, name }
    }

    /// The path behind a token.
    pub fn path(&self, token: &str) -> Result<PathBuf, ApiError> {
        let files = self.by_token.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        files.get(token).cloned().ok_or(ApiError::UnknownFile)
    }
}

/// A path's last part, for people.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
