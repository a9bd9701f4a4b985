//! The book (台账): which one is open, the recent ones, copies, the sample.

use std::sync::PoisonError;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::text::names;
use xueji_store::{Book, NewBook, StoreError, log, tables};

use crate::{
    app::Core,
    context,
    error::{ApiError, ErrorView},
    files::file_name,
    jobs::Progress,
    table::Nothing,
};

/// What the window needs to draw its frame.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AppState {
    /// The open book, if there is one.
    pub book: Option<BookInfo>,
    /// Books opened before, latest first.
    pub recent: Vec<RecentBook>,
    /// Today by the program's clock, `YYYY-MM-DD`.
    pub today: String,
    /// The program's version.
    pub version: String,
    /// How the window looks; kept outside any book.
    pub appearance: Appearance,
    /// Why the last book did not open at the start.
    pub problem: Option<ErrorView>,
}

/// How the window looks on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Appearance {
    /// Light, dark, or as the system says.
    pub theme: Theme,
    /// Text size in per cent, 100 to 200.
    pub text_percent: u32,
}

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// 跟随系统
    System,
    /// 浅色
    Light,
    /// 深色
    Dark,
}

/// An open book.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BookInfo {
    /// Its name, as given: 机关第三党支部.
    pub name: String,
    /// The file's name without its folder.
    pub file_name: String,
    /// Whether it is the sample book (示例台账).
    pub sample: bool,
    /// Who works in it, as set in 设置; empty until set.
    pub operator: String,
    /// Years that hold any record, ascending; may be empty.
    pub years: Vec<i32>,
    /// Members on the roster.
    pub members: u32,
    /// What Ctrl+Z would take back.
    pub undo: Option<OperationLabel>,
    /// What Ctrl+Shift+Z would do again.
    pub redo: Option<OperationLabel>,
}

/// A named operation, for 撤销 and the history. The sentence comes from the
/// catalogue: `operation.<name>` with these parameters.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OperationLabel {
    /// Its key.
    pub id: String,
    /// Its name: `attendance.mark`.
    pub name: String,
    /// What the sentence needs: member, status, counts.
    #[ts(type = "Record<string, string | number>")]
    pub params: serde_json::Map<String, serde_json::Value>,
    /// When, as `YYYY-MM-DD HH:MM` local time.
    pub at: String,
    /// By whom.
    pub operator: String,
}

/// A book opened before.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RecentBook {
    /// Stands for the file; the path stays in the core.
    pub token: String,
    /// The book's name when it was last open.
    pub name: String,
    /// The file's name.
    pub file_name: String,
    /// Day of the last opening, `YYYY-MM-DD`.
    pub opened_on: String,
    /// Whether the file is still there.
    pub found: bool,
}

/// Makes a new, empty book.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CreateBook {
    /// Where, by token of a save dialog.
    pub file: String,
    /// The book's name; also the name of its first organization.
    pub name: String,
    /// Who works in it; may be empty.
    pub operator: String,
}

/// A file, by its token.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FileRequest {
    /// The token of a dialog, a typed path or the recent list.
    pub file: String,
}

/// A copy that was written and checked.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CopyMade {
    /// The copy's file name.
    pub file_name: String,
    /// Its size in kibibytes, rounded up.
    pub kib: u32,
}

/// `app.state`
pub fn state(core: &Core, _: Nothing) -> Result<AppState, ApiError> {
    let book = match core.book() {
        Ok(_) => Some(info(core)?),
        Err(ApiError::NoBook) => None,
        Err(error) => return Err(error),
    };
    let profile = core.profile();
    let recent = profile
        .recent
        .iter()
        .map(|recent| {
            let file = core.files.register(recent.path.clone());
            RecentBook {
                token: file.token,
                name: recent.name.clone(),
                file_name: file.name,
                opened_on: recent.opened_on.clone(),
                found: recent.path.exists(),
            }
        })
        .collect();
    Ok(AppState {
        book,
        recent,
        today: core.today().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        appearance: profile.appearance.clone(),
        problem: core.start_problem.lock().unwrap_or_else(PoisonError::into_inner).clone(),
    })
}

/// `app.set_appearance`
pub fn set_appearance(core: &Core, request: Appearance) -> Result<Appearance, ApiError> {
    let appearance = Appearance { theme: request.theme, text_percent: request.text_percent.clamp(100, 200) };
    core.keep_profile(|profile| profile.appearance = appearance.clone());
    Ok(appearance)
}

/// The open book as the window shows it.
pub(crate) fn info(core: &Core) -> Result<BookInfo, ApiError> {
    let book = core.book()?;
    book.read(|reader| {
        let record = tables::book::get(reader)?;
        Ok(BookInfo {
            name: record.name,
            file_name: file_name(book.path()),
            sample: record.sample,
            operator: record.operator,
            years: tables::book::years(reader)?,
            members: tables::book::member_count(reader)?,
            undo: log::next_undo(reader)?.as_ref().map(context::label),
            redo: log::next_redo(reader)?.as_ref().map(context::label),
        })
    })
}

/// `book.create`
pub fn create(core: &Core, request: CreateBook) -> Result<BookInfo, ApiError> {
    let name = names::clean_text(&request.name);
    if name.is_empty() {
        return Err(ApiError::field("name", "name_missing"));
    }
    let path = core.files.path(&request.file)?;
    let stamp = core.stamp_by(&names::clean_text(&request.operator));
    let book = Book::create(&path, &NewBook { name: &name, sample: false }, &core.holder(), &stamp)?;
    core.adopt(book)?;
    info(core)
}

/// `book.open`
pub fn open(core: &Core, request: FileRequest) -> Result<BookInfo, ApiError> {
    core.open(&core.files.path(&request.file)?)?;
    info(core)
}

/// `book.open_sample`
pub fn open_sample(core: &Core, _: Nothing) -> Result<BookInfo, ApiError> {
    let path = core.options.data_dir.join("示例台账.xueji");
    if path.exists() {
        core.open(&path)?;
    } else {
        std::fs::create_dir_all(&core.options.data_dir).map_err(StoreError::from)?;
        crate::sample::create(core, &path)?;
    }
    info(core)
}

/// `book.close`
pub fn close(core: &Core, _: Nothing) -> Result<Nothing, ApiError> {
    core.set_book(None);
    core.keep_profile(|profile| profile.reopen = false);
    Ok(Nothing {})
}

/// `book.forget`
pub fn forget(core: &Core, request: FileRequest) -> Result<Nothing, ApiError> {
    let path = core.files.path(&request.file)?;
    core.keep_profile(|profile| profile.forget(&path));
    Ok(Nothing {})
}

/// `book.save_copy`
pub fn save_copy(core: &Core, progress: &Progress, request: FileRequest) -> Result<CopyMade, ApiError> {
    progress.step(0, 1)?;
    let book = core.book()?;
    let path = core.files.path(&request.file)?;
    if path == book.path() {
        return Err(ApiError::Refused { code: "copy_onto_itself", params: serde_json::Map::new() });
    }
    // The save dialog asked before it gave a file that exists. The old file
    // goes only once the new copy stands beside it, checked.
    let mut beside = path.clone().into_os_string();
    beside.push(".new");
    let beside = std::path::PathBuf::from(beside);
    book.copy_to(&beside)?;
    std::fs::rename(&beside, &path).map_err(StoreError::from)?;
    let bytes = std::fs::metadata(&path).map_err(StoreError::from)?.len();
    Ok(CopyMade { file_name: file_name(&path), kib: u32::try_from(bytes.div_ceil(1024)).unwrap_or(u32::MAX) })
}
