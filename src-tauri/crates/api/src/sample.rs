//! The sample book (示例台账): invented people, made by importing the sample
//! files exactly as a clerk would.

use std::path::Path;

use serde_json::json;
use xueji_store::{Book, NewBook};

use crate::{
    app::Core,
    areas::imports::{self, ApplyImport, PreviewImport},
    error::ApiError,
    jobs::Progress,
};

/// The sample files, in the order in which they build on each other.
const FILES: [(&str, &str, &[u8]); 4] = [
    ("roster", "花名册.xlsx", include_bytes!("../../../../assets/sample/roster.xlsx")),
    ("sessions", "学习活动.xlsx", include_bytes!("../../../../assets/sample/sessions.xlsx")),
    ("attendance", "考勤台账.csv", include_bytes!("../../../../assets/sample/attendance.csv")),
    ("self_study", "自学记录.csv", include_bytes!("../../../../assets/sample/selfstudy.csv")),
];

/// The year of the sample files.
const YEAR: i32 = 2025;

/// Makes the sample book and opens it. Half a sample is none: where a file
/// does not go in, the book is removed again.
pub(crate) fn create(core: &Core, path: &Path) -> Result<(), ApiError> {
    let stamp = core.stamp_by("示例操作员");
    let book = Book::create(path, &NewBook { name: "示例：机关第三党支部", sample: true }, &core.holder(), &stamp)?;
    core.adopt(book)?;
    let filled = fill(core);
    if filled.is_err() {
        core.set_book(None);
        core.keep_profile(|profile| profile.forget(path));
        let _ = std::fs::remove_file(path);
    }
    filled
}

fn fill(core: &Core) -> Result<(), ApiError> {
    let progress = Progress::unwatched();
    for (kind, file_name, bytes) in FILES {
        let kind = serde_json::from_value(json!(kind)).map_err(|error| ApiError::Internal { reason: error.to_string() })?;
        let source = imports::open(core, kind, file_name, bytes, None, &progress)?;
        let mut reading = source.reading;
        reading.year = Some(YEAR);
        let preview = imports::preview(core, &progress, PreviewImport { source: source.source, reading })?;
        imports::apply_without_copy(core, &progress, ApplyImport { plan: preview.plan, skip_problems: false, supplement_reason: None })?;
    }
    Ok(())
}
