//! What can go wrong in the shell itself. The core has errors of its own; both
//! cross to the window in one shape, `{ code, params, trace }`, without a
//! sentence: those stand in `assets/messages`.

use serde::{Serialize, Serializer};
use serde_json::json;

/// An error of the shell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShellError {
    /// This desktop shows no file dialog: the window asks for a typed path instead.
    #[error("no desktop portal and no zenity")]
    NoFileDialog,
    /// A typed path that is not absolute.
    #[error("the typed path is not absolute")]
    PathNotAbsolute,
    /// A defect: a command panicked, or its thread went away.
    #[error("command {command} broke off")]
    Internal {
        /// The command's name.
        command: String,
        /// Finds the report in the log.
        trace: String,
    },
}

impl ShellError {
    /// The code under which the message catalogue knows this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoFileDialog => "no_file_dialog",
            Self::PathNotAbsolute => "path_not_absolute",
            Self::Internal { .. } => "internal",
        }
    }
}

impl Serialize for ShellError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (params, trace) = match self {
            Self::NoFileDialog => (json!({}), ""),
            Self::PathNotAbsolute => (json!({}), ""),
            Self::Internal { command, trace } => (json!({ "command": command }), trace.as_str()),
        };
        json!({ "code": self.code(), "params": params, "trace": trace }).serialize(serializer)
    }
}
