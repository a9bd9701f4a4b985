//! The core beside the window: calls leave for a worker thread, events come back.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};
use xueji_api::{App, FileToken};

use crate::arguments::Opening;
use crate::errors::ShellError;

/// The one core of this process, as the window's commands see it.
#[derive(Clone)]
pub struct Core {
    app: Arc<App>,
    first: Arc<OnceLock<Result<(), Value>>>,
}

impl Core {
    /// Wraps a core and opens what the command line asked for, on a thread of
    /// its own: the window draws meanwhile, and its first call waits.
    pub fn start(app: App, opening: Opening) -> Self {
        let core = Self { app: Arc::new(app), first: Arc::default() };
        let opener = core.clone();
        tauri::async_runtime::spawn_blocking(move || {
            opener.first.get_or_init(|| opener.open(&opening));
        });
        core
    }

    /// Calls a command on a worker thread. Requests and answers stay out of
    /// the log: they hold people's names.
    ///
    /// # Errors
    /// The core's own error as data, or code `internal` after a panic.
    pub async fn call(&self, name: String, request: Value) -> Result<Value, Value> {
        let core = self.clone();
        let command = name.clone();
        let work = move || {
            core.first.wait();
            core.dispatch(&command, request)
        };
        tauri::async_runtime::spawn_blocking(work).await.unwrap_or_else(|_| Err(broke_off(&name)))
    }

    /// Opens a book while the window is there.
    ///
    /// # Errors
    /// As [`Core::call`].
    pub fn open(&self, opening: &Opening) -> Result<(), Value> {
        match opening {
            Opening::Last => Ok(()),
            Opening::Sample => self.dispatch("book.open_sample", json!({})).map(drop),
            Opening::Book(path) => {
                let file = self.register(path.clone());
                self.dispatch("book.open", json!({ "file": file.token })).map(drop)
            }
        }
    }

    /// Why the book that the command line asked for did not open, if it did not. Blocks until that is known.
    pub fn opening_error(&self) -> Option<Value> {
        self.first.wait().as_ref().err().cloned()
    }

    /// Remembers a path and gives the token under which the window may name it.
    pub fn register(&self, path: PathBuf) -> FileToken {
        self.app.register_file(path)
    }

    /// Closes the book, so that its file stands alone again.
    pub fn close(&self) {
        self.app.close();
    }

    fn dispatch(&self, name: &str, request: Value) -> Result<Value, Value> {
        // A panic poisons at most the core's own locks, and those it guards itself.
        let work = AssertUnwindSafe(|| self.app.dispatch(name, request));
        match std::panic::catch_unwind(work) {
            Ok(answer) => answer.map_err(|error| as_value(&error)),
            Err(_) => Err(broke_off(name)),
        }
    }
}

fn broke_off(command: &str) -> Value {
    let trace = format!("{:x}", std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_millis());
    tracing::error!(command, trace, "a command broke off");
    as_value(&ShellError::Internal { command: command.to_owned(), trace })
}

fn as_value(error: &impl serde::Serialize) -> Value {
    serde_json::to_value(error).unwrap_or_else(|_| json!({ "code": "internal", "params": {}, "trace": "" }))
}
