//! Files that the user chooses. The window asks for a purpose and gets a
//! token with a display name; the path stays on this side.

use std::path::{Path, PathBuf};

use rfd::AsyncFileDialog;
use serde::Deserialize;
use tauri::WebviewWindow;

use crate::errors::ShellError;

/// What a file is chosen for: decides the dialog's title and filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A book (台账).
    Book,
    /// A spreadsheet to import.
    Spreadsheet,
    /// The yearly summary.
    Summary,
    /// The attendance ledger as CSV.
    LedgerCsv,
    /// A scan, a photo, a paper attached to a record: any file.
    Attachment,
}

impl Purpose {
    /// The file endings that fit, without the dot; the first is the one that a new file gets. None: any file fits.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Book => &["xueji"],
            Self::Spreadsheet => &["xlsx", "xls", "ods", "csv", "tsv"],
            Self::Summary => &["xlsx"],
            Self::LedgerCsv => &["csv"],
            Self::Attachment => &[],
        }
    }

    /// What the dialog's filter calls them.
    fn label(self) -> &'static str {
        match self {
            Self::Book => "学迹台账",
            Self::Spreadsheet => "电子表格",
            Self::Summary => "Excel 工作簿",
            Self::LedgerCsv => "CSV 表格",
            Self::Attachment => "文件",
        }
    }

    /// Gives a new file its ending where the user typed none. A file that
    /// exists under the longer name is left alone: nobody agreed to replace it.
    pub fn with_extension(self, path: PathBuf) -> PathBuf {
        let Some(extension) = self.extensions().first().filter(|_| path.extension().is_none()) else {
            return path;
        };
        let longer = path.with_extension(extension);
        if longer.exists() { path } else { longer }
    }
}

/// Which of the two dialogs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direction {
    /// Choose a file that exists.
    Open,
    /// Choose a place for a new file, under this name if the user agrees.
    Save {
        /// The name that the dialog proposes.
        suggested_name: String,
    },
}

/// Has the user choose a file; `None` when they cancel.
///
/// # Errors
/// [`ShellError::NoFileDialog`] where this desktop can show none.
pub async fn choose(window: &WebviewWindow, purpose: Purpose, direction: Direction) -> Result<Option<PathBuf>, ShellError> {
    let path = match test_answers() {
        Some(list) => next_answer(Path::new(&list))?,
        None => show_dialog(window, purpose, &direction).await?,
    };
    Ok(match direction {
        Direction::Open => path,
        Direction::Save { .. } => path.map(|path| purpose.with_extension(path)),
    })
}

async fn show_dialog(window: &WebviewWindow, purpose: Purpose, direction: &Direction) -> Result<Option<PathBuf>, ShellError> {
    if !dialog_available().await {
        return Err(ShellError::NoFileDialog);
    }
    let mut dialog = AsyncFileDialog::new().set_parent(window);
    if !purpose.extensions().is_empty() {
        dialog = dialog.add_filter(purpose.label(), purpose.extensions());
    }
    let chosen = match direction {
        Direction::Open => dialog.set_title("选择文件").pick_file().await,
        Direction::Save { suggested_name } => dialog.set_title("保存到").set_file_name(suggested_name).save_file().await,
    };
    Ok(chosen.map(|file| file.path().to_path_buf()))
}

/// Takes a path that the user typed because no dialog could open. `~/` is their home.
///
/// # Errors
/// [`ShellError::PathNotAbsolute`] for anything that depends on a current folder.
pub fn typed(text: &str, home: Option<&Path>) -> Result<PathBuf, ShellError> {
    let text = text.trim();
    let path = match (text.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(text),
    };
    if path.is_absolute() { Ok(path) } else { Err(ShellError::PathNotAbsolute) }
}

#[cfg(target_os = "linux")]
async fn dialog_available() -> bool {
    tauri::async_runtime::spawn_blocking(crate::linux::has_file_dialog).await.unwrap_or(false)
}

#[cfg(not(target_os = "linux"))]
async fn dialog_available() -> bool {
    true
}

/// Whether environment variables of the tests count. The shipped program does not look at them.
pub const TESTS_MAY_STEER: bool = cfg!(debug_assertions) || cfg!(feature = "test-picker");

/// The file in which a test has written its answers.
fn test_answers() -> Option<std::ffi::OsString> {
    std::env::var_os("XUEJI_TEST_PICKER").filter(|_| TESTS_MAY_STEER)
}

/// Takes the first line off `list`: the path that the test chooses, or an
/// empty line for a user who cancels. No line left is a dialog that the test
/// did not expect, and fails loudly.
fn next_answer(list: &Path) -> Result<Option<PathBuf>, ShellError> {
    let text = std::fs::read_to_string(list).map_err(|_| ShellError::NoFileDialog)?;
    let mut lines = text.lines();
    let answer = lines.next().ok_or(ShellError::NoFileDialog)?;
    let rest: String = lines.flat_map(|line| [line, "\n"]).collect();
    std::fs::write(list, rest).map_err(|_| ShellError::NoFileDialog)?;
    Ok(Some(answer).filter(|answer| !answer.is_empty()).map(PathBuf::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_gets_its_ending() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Purpose::Summary.with_extension(folder.path().join("汇总")), folder.path().join("汇总.xlsx"));
        assert_eq!(Purpose::Book.with_extension(folder.path().join("一支部")), folder.path().join("一支部.xueji"));
    }

    #[test]
    fn an_attachment_keeps_the_name_that_was_typed() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Purpose::Attachment.with_extension(folder.path().join("签到表")), folder.path().join("签到表"));
    }

    #[test]
    fn an_ending_that_was_typed_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Purpose::LedgerCsv.with_extension(folder.path().join("考勤.txt")), folder.path().join("考勤.txt"));
    }

    #[test]
    fn an_existing_file_is_not_replaced_by_a_completed_name() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("汇总.xlsx"), "old").expect("written");
        assert_eq!(Purpose::Summary.with_extension(folder.path().join("汇总")), folder.path().join("汇总"));
    }

    #[test]
    fn a_typed_path_is_absolute_or_below_home() {
        let home = Path::new("/home/clerk");
        assert_eq!(typed(" /media/usb/花名册.xlsx ", Some(home)).ok(), Some(PathBuf::from("/media/usb/花名册.xlsx")));
        assert_eq!(typed("~/花名册.xlsx", Some(home)).ok(), Some(PathBuf::from("/home/clerk/花名册.xlsx")));
        assert!(matches!(typed("花名册.xlsx", Some(home)), Err(ShellError::PathNotAbsolute)));
        assert!(matches!(typed("~/花名册.xlsx", None), Err(ShellError::PathNotAbsolute)));
        assert!(matches!(typed("", Some(home)), Err(ShellError::PathNotAbsolute)));
    }

    #[test]
    fn a_test_answers_dialogs_line_by_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = folder.path().join("answers");
        std::fs::write(&list, "/a/花名册.xlsx\n\n/b.csv\n").expect("written");
        assert_eq!(next_answer(&list).ok(), Some(Some(PathBuf::from("/a/花名册.xlsx"))));
        assert_eq!(next_answer(&list).ok(), Some(None), "an empty line cancels");
        assert_eq!(next_answer(&list).ok(), Some(Some(PathBuf::from("/b.csv"))));
        assert!(matches!(next_answer(&list), Err(ShellError::NoFileDialog)), "a dialog too many is an error");
    }
}
