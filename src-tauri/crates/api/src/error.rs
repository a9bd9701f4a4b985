//! Errors as data: a code, what the sentence needs, the field or row that it
//! is about. The sentence stands in assets/messages/zh-CN.json under
//! `error.<code>`.

use serde::Serialize;
use serde_json::{Map, Value, json};
use ts_rs::TS;
use xueji_exchange::{file::WriteError, papers::PaperError, read::ReadError};
use xueji_store::StoreError;

/// What crosses the border.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ErrorView {
    /// Which sentence: `error.<code>` of the catalogue.
    pub code: String,
    /// What the sentence needs.
    #[ts(type = "Record<string, string | number>")]
    pub params: Map<String, Value>,
    /// The field of a form that it is about.
    pub field: Option<String>,
    /// Finds the occurrence in the log; no names in it.
    pub trace: String,
}

/// Everything that can go wrong in a command.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No book is open.
    #[error("no book is open")]
    NoBook,
    /// No such command.
    #[error("unknown command {name}")]
    UnknownCommand {
        /// As it was asked for.
        name: String,
    },
    /// The request does not have the command's form.
    #[error("bad request to {name}: {reason}")]
    BadRequest {
        /// The command.
        name: String,
        /// What serde says.
        reason: String,
    },
    /// A token that stands for no file.
    #[error("unknown file token")]
    UnknownFile,
    /// A key that stands for no job.
    #[error("unknown job")]
    UnknownJob,
    /// A key that stands for no opened import or no plan.
    #[error("the import was closed")]
    ImportClosed,
    /// The book changed since the plan was made.
    #[error("the book changed since the preview")]
    PlanStale,
    /// Rows are refused or unanswered, and leaving them out was not asked for.
    #[error("{refused} rows refused, {asked} unanswered")]
    ImportStopped {
        /// Rows that cannot be read.
        refused: u32,
        /// Rows that wait for an answer.
        asked: u32,
    },
    /// Required columns have no field.
    #[error("columns are missing")]
    ColumnsMissing {
        /// Their names on screen.
        fields: Vec<&'static str>,
    },
    /// A field of a form is wrong.
    #[error("field {field}: {code}")]
    Field {
        /// Which field of the request.
        field: &'static str,
        /// Which sentence.
        code: &'static str,
        /// What the sentence needs.
        params: Map<String, Value>,
    },
    /// The request is understood and not possible.
    #[error("refused: {code}")]
    Refused {
        /// Which sentence.
        code: &'static str,
        /// What the sentence needs.
        params: Map<String, Value>,
    },
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
    /// A bug.
    #[error("internal: {reason}")]
    Internal {
        /// For the log.
        reason: String,
    },
    /// The book.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that is read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file that is written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A paper that cannot be laid out.
    #[error(transparent)]
    Paper(#[from] PaperError),
}

impl ApiError {
    /// A field of a form is wrong.
    pub(crate) fn field(field: &'static str, code: &'static str) -> Self {
        Self::Field { field, code, params: Map::new() }
    }

    /// Which sentence of the catalogue.
    pub fn code(&self) -> &str {
        match self {
            Self::NoBook => "no_book",
            Self::UnknownCommand { .. } | Self::BadRequest { .. } => "bad_request",
            Self::UnknownFile => "unknown_file",
            Self::UnknownJob => "unknown_job",
            Self::ImportClosed => "import_closed",
            Self::PlanStale => "plan_stale",
            Self::ImportStopped { .. } => "import_stopped",
            Self::ColumnsMissing { .. } => "columns_missing",
            Self::Field { code, .. } | Self::Refused { code, .. } => code,
            Self::Cancelled => "cancelled",
            Self::Internal { .. } => "internal",
            Self::Store(error) => error.code(),
            Self::Read(error) => error.code(),
            Self::Write(error) => error.code(),
            Self::Paper(error) => error.code(),
        }
    }

    fn params(&self) -> Map<String, Value> {
        let params = match self {
            Self::UnknownCommand { name } => json!({ "name": name, "reason": "unknown" }),
            Self::BadRequest { name, reason } => json!({ "name": name, "reason": reason }),
            Self::ImportStopped { refused, asked } => json!({ "refused": refused, "asked": asked }),
            Self::ColumnsMissing { fields } => json!({ "fields": fields.join("、") }),
            Self::Field { params, .. } | Self::Refused { params, .. } => return params.clone(),
            Self::Store(error) => return error.params(),
            Self::Read(error) => return error.params(),
            Self::Write(error) => return error.params(),
            _ => return Map::new(),
        };
        match params {
            Value::Object(params) => params,
            _ => Map::new(),
        }
    }

    /// The form in which it crosses the border. The trace finds it again in
    /// the log, where it is written by code alone: an error's parameters may
    /// hold names.
    pub fn view(&self) -> ErrorView {
        let trace = uuid::Uuid::now_v7().simple().to_string()[20..].to_owned();
        match self {
            Self::Internal { reason } | Self::BadRequest { reason, .. } => tracing::error!(trace, code = self.code(), reason),
            _ => tracing::warn!(trace, code = self.code()),
        }
        let field = match self {
            Self::Field { field, .. } => Some((*field).to_owned()),
            Self::Store(StoreError::StaffNoTaken { .. }) => Some("staff_no".to_owned()),
            _ => None,
        };
        ErrorView { code: self.code().to_owned(), params: self.params(), field, trace }
    }
}
