//! The core beside the window: calls leave for a worker thread, events come back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Serialize;
use serde_json::{Value, json};
use xueji_api::{App, FileToken};

use crate::arguments::Opening;
use crate::errors::ShellError;

/// Which book a start of the program asks for. The window opens it, because
/// the window is where a refusal can be shown.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LaunchRequest {
    /// Open the sample book.
    pub sample: bool,
    /// Open this book.
    pub book: Option<FileToken>,
}

/// The one core of this process, as the window's commands see it.
pub struct Core {
    app: App,
    launch: Mutex<LaunchRequest>,
    ready: Arc<OnceLock<()>>,
}

impl Core {
    /// Wraps a core. The book of last time opens on a thread of its own: the
    /// window draws meanwhile, and its first call waits. A book that the
    /// command line asked for is left to the window.
    pub fn start(app: App, opening: Opening) -> Self {
        let core = Self { app, launch: Mutex::default(), ready: Arc::default() };
        if opening == Opening::Last {
            let (app, ready) = (core.app.clone(), Arc::clone(&core.ready));
            tauri::async_runtime::spawn_blocking(move || {
                // Whatever becomes of the last book, the calls that wait for it go on.
                if catch_unwind(AssertUnwindSafe(|| app.open_last())).is_err() {
                    tracing::error!("opening the last book broke off");
                }
                ready.get_or_init(Default::default);
            });
        } else {
            core.ready.get_or_init(Default::default);
            core.launch.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&core.launch_request(opening));
        }
        core
    }

    /// Calls a command on a worker thread. Requests and answers stay out of
    /// the log: they hold people's names.
    ///
    /// # Errors
    /// The core's own error as data, or code `internal` after a panic.
    pub async fn call(&self, name: String, request: Value) -> Result<Value, Value> {
        let (app, ready, command) = (self.app.clone(), Arc::clone(&self.ready), name.clone());
        let work = move || {
            ready.wait();
            app.dispatch(&command, request)
        };
        // The worker catches a panic and reports it as a join that failed.
        match tauri::async_runtime::spawn_blocking(work).await {
            Ok(answer) => answer.map_err(|error| as_value(&error)),
            Err(_) => Err(broke_off(&name)),
        }
    }

    /// What an opening means to the window: tokens for paths.
    pub fn launch_request(&self, opening: Opening) -> LaunchRequest {
        match opening {
            Opening::Last => LaunchRequest::default(),
            Opening::Sample => LaunchRequest { sample: true, book: None },
            Opening::Book(path) => LaunchRequest { sample: false, book: Some(self.register(path)) },
        }
    }

    /// What the command line asked for. Given once: a page that is loaded
    /// again goes on with the book that is open.
    pub fn take_launch_request(&self) -> LaunchRequest {
        std::mem::take(&mut *self.launch.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Remembers a path and gives the token under which the window may name it.
    pub fn register(&self, path: PathBuf) -> FileToken {
        self.app.register_file(path)
    }

    /// Closes the book, so that its file stands alone again.
    pub fn close(&self) {
        self.app.close();
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
