//! Why a file could not be read, as data: the sentence for each code stands in
//! the catalogue of messages.

use std::io;

use serde_json::{Map, Value};

/// What a file turned out to be that is not a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// PNG, JPEG, GIF, WebP, BMP or TIFF.
    Picture,
    /// PDF.
    Pdf,
    /// docx, doc, rtf, odt: a text document.
    TextDocument,
    /// pptx, ppt, odp.
    Presentation,
    /// A WPS table in WPS's own format (`.et`): to be saved as xlsx.
    WpsTable,
    /// xlsb, or an Excel file from before 1993: to be saved as xlsx.
    OtherTable,
    /// A web archive (`.mht`): to be saved as xlsx.
    WebArchive,
    /// zip, rar, 7z, gzip: to be unpacked first.
    Archive,
    /// An SQLite file, perhaps a book of this program.
    Database,
    /// A program.
    Executable,
    /// XML that holds no table.
    Xml,
    /// Bytes that are no text and nothing known.
    Binary,
}

impl FileKind {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Pdf => "pdf",
            Self::TextDocument => "text_document",
            Self::Presentation => "presentation",
            Self::WpsTable => "wps_table",
            Self::OtherTable => "other_table",
            Self::WebArchive => "web_archive",
            Self::Archive => "archive",
            Self::Database => "database",
            Self::Executable => "executable",
            Self::Xml => "xml",
            Self::Binary => "binary",
        }
    }
}

/// What a limit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Bytes of the file.
    FileBytes,
    /// Bytes of the file's parts, unpacked, or of all its text.
    UnpackedBytes,
    /// Sheets.
    Sheets,
    /// Rows with content in one sheet.
    Rows,
    /// The position of the last column with content.
    Columns,
    /// Cells of all sheets.
    Cells,
}

impl Bound {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::FileBytes => "file_bytes",
            Self::UnpackedBytes => "unpacked_bytes",
            Self::Sheets => "sheets",
            Self::Rows => "rows",
            Self::Columns => "columns",
            Self::Cells => "cells",
        }
    }
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is no such file.
    #[error("no such file")]
    NotFound,
    /// The operating system refused: no permission, a folder, a pulled stick.
    #[error("the file cannot be read: {kind}")]
    Io {
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// It is something other than a table.
    #[error("the file is no table but: {}", found.code())]
    UnknownType {
        /// What it is.
        found: FileKind,
    },
    /// It opens with a password only.
    #[error("the file is protected by a password")]
    PasswordProtected,
    /// It is cut off or broken inside.
    #[error("the file is damaged")]
    Damaged,
    /// Its characters are in no encoding that is known, or not in the one
    /// that the user named.
    #[error("the encoding of the text is unknown")]
    EncodingUnknown {
        /// The encoding that the user named, if one was named.
        named: Option<String>,
    },
    /// A quotation mark opens a csv field and none closes it.
    #[error("a quotation mark in row {row} is never closed")]
    QuoteUnclosed {
        /// The row in which it opens, from 1.
        row: u32,
    },
    /// It goes beyond what is read at once.
    #[error("more than {limit} {}", what.code())]
    TooLarge {
        /// Which limit.
        what: Bound,
        /// The limit.
        limit: u64,
    },
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
}

impl ReadError {
    /// The code under which the catalogue of messages knows this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Io { .. } => "io",
            Self::Empty => "empty",
            Self::UnknownType { .. } => "unknown_type",
            Self::PasswordProtected => "password_protected",
            Self::Damaged => "damaged",
            Self::EncodingUnknown { .. } => "encoding_unknown",
            Self::QuoteUnclosed { .. } => "quote_unclosed",
            Self::TooLarge { .. } => "too_large",
            Self::Cancelled => "cancelled",
        }
    }

    /// What the message needs to know: `found`, `named`, `row`, or `what` and
    /// `limit`.
    pub fn params(&self) -> Map<String, Value> {
        let mut params = Map::new();
        let mut put = |name: &str, value: Value| params.insert(name.to_owned(), value);
        match self {
            Self::UnknownType { found } => {
                put("found", found.code().into());
            }
            Self::EncodingUnknown { named: Some(named) } => {
                put("named", named.as_str().into());
            }
            Self::QuoteUnclosed { row } => {
                put("row", (*row).into());
            }
            Self::TooLarge { what, limit } => {
                put("what", what.code().into());
                put("limit", (*limit).into());
            }
            Self::Io { kind } => {
                put("cause", kind.to_string().into());
            }
            _ => {}
        }
        params
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            kind => Self::Io { kind },
        }
    }
}
