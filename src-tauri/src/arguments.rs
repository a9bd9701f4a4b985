//! What may stand behind `xueji` on the command line, and where the program keeps its data.

use std::ffi::OsString;
use std::path::PathBuf;

/// The sentence behind `xueji --help`.
pub const USAGE: &str = "\
用法：xueji [选项] [台账文件]

  台账文件      打开这个台账（*.xueji）；不写则打开上次的台账
  --sample      打开示例台账（虚构数据）
  -h, --help    显示这段说明
  -V, --version 显示版本

要在命令行里导入、计算、导出，请用 xueji-cli。";

/// What one start of the program asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invocation {
    /// Open the window.
    Window(Opening),
    /// Print [`USAGE`] and end.
    Help,
    /// Print the version and end.
    Version,
}

/// Which book the window opens first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// The book that was open last, if there was one.
    Last,
    /// The sample book, made anew where it is missing.
    Sample,
    /// The book in this file. The path is absolute.
    Book(PathBuf),
}

/// Arguments that make no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArgumentError {
    /// An option that does not exist.
    #[error("不认识的选项：{0}")]
    UnknownOption(String),
    /// Two books, or a book beside `--sample`.
    #[error("一次只能打开一个台账")]
    TwoBooks,
}

/// Reads the arguments (without the program's own name).
///
/// A relative path counts from `current_dir`: a second start hands its
/// arguments to the running window, whose own folder is another one.
///
/// # Errors
/// [`ArgumentError`] for an unknown option and for more than one book.
pub fn read(arguments: impl IntoIterator<Item = OsString>, current_dir: &std::path::Path) -> Result<Invocation, ArgumentError> {
    let mut opening = Opening::Last;
    let mut options_over = false;
    for argument in arguments {
        let text = argument.to_string_lossy();
        let next = match text.as_ref() {
            "--" if !options_over => {
                options_over = true;
                continue;
            }
            "-h" | "--help" if !options_over => return Ok(Invocation::Help),
            "-V" | "--version" if !options_over => return Ok(Invocation::Version),
            "--sample" if !options_over => Opening::Sample,
            option if option.starts_with('-') && !options_over => return Err(ArgumentError::UnknownOption(option.to_owned())),
            _ => Opening::Book(current_dir.join(&argument)),
        };
        if opening != Opening::Last {
            return Err(ArgumentError::TwoBooks);
        }
        opening = next;
    }
    Ok(Invocation::Window(opening))
}

/// The folder of settings, recent books, the sample book and logs.
///
/// `$XUEJI_DATA_DIR`, else `xueji` in `$XDG_DATA_HOME`, else
/// `~/.local/share/xueji`; on Windows `%APPDATA%\xueji`. `variable` looks an
/// environment variable up. `None` where no such folder is known; relative
/// values do not count, as the XDG base directory specification asks.
pub fn data_dir(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XUEJI_DATA_DIR")
        .or_else(|| absolute("XDG_DATA_HOME").map(|home| home.join("xueji")))
        .or_else(|| absolute("APPDATA").filter(|_| cfg!(windows)).map(|home| home.join("xueji")))
        .or_else(|| absolute("HOME").map(|home| home.join(".local/share/xueji")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn read_words(words: &[&str]) -> Result<Invocation, ArgumentError> {
        read(words.iter().map(OsString::from), Path::new("/home/clerk"))
    }

    #[test]
    fn without_arguments_the_last_book_opens() {
        assert_eq!(read_words(&[]), Ok(Invocation::Window(Opening::Last)));
    }

    #[test]
    fn a_relative_book_counts_from_the_callers_folder() {
        let book = Opening::Book(PathBuf::from("/home/clerk/一支部.xueji"));
        assert_eq!(read_words(&["一支部.xueji"]), Ok(Invocation::Window(book)));
    }

    #[test]
    fn an_absolute_book_stays_where_it_is() {
        let book = Opening::Book(PathBuf::from("/media/usb/一支部.xueji"));
        assert_eq!(read_words(&["/media/usb/一支部.xueji"]), Ok(Invocation::Window(book)));
    }

    #[test]
    fn behind_two_dashes_everything_is_a_file() {
        let book = Opening::Book(PathBuf::from("/home/clerk/--sample"));
        assert_eq!(read_words(&["--", "--sample"]), Ok(Invocation::Window(book)));
    }

    #[test]
    fn a_book_beside_the_sample_is_refused() {
        assert_eq!(read_words(&["--sample", "a.xueji"]), Err(ArgumentError::TwoBooks));
        assert_eq!(read_words(&["a.xueji", "b.xueji"]), Err(ArgumentError::TwoBooks));
    }

    #[test]
    fn an_unknown_option_is_named() {
        assert_eq!(read_words(&["--simple"]), Err(ArgumentError::UnknownOption("--simple".into())));
    }

    fn data_dir_with(pairs: &[(&str, &str)]) -> Option<PathBuf> {
        data_dir(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value)))
    }

    #[cfg(unix)]
    #[test]
    fn the_data_folder_follows_the_nearest_variable() {
        let home = ("HOME", "/home/clerk");
        let xdg = ("XDG_DATA_HOME", "/data");
        let own = ("XUEJI_DATA_DIR", "/own");
        assert_eq!(data_dir_with(&[home]), Some(PathBuf::from("/home/clerk/.local/share/xueji")));
        assert_eq!(data_dir_with(&[home, xdg]), Some(PathBuf::from("/data/xueji")));
        assert_eq!(data_dir_with(&[home, xdg, own]), Some(PathBuf::from("/own")));
        assert_eq!(data_dir_with(&[home, ("XDG_DATA_HOME", "data")]), Some(PathBuf::from("/home/clerk/.local/share/xueji")));
        assert_eq!(data_dir_with(&[]), None);
    }
}
