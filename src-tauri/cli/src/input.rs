//! Texts that come from a file or from the input stream, bounded and in
//! UTF-8. A file may be anything: a device, a folder, a picture.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use crate::failure::Failure;

/// Stands for the input stream.
const STREAM: &str = "-";

/// A text and what messages call it.
#[derive(Debug)]
pub struct Text {
    /// As typed; the input stream in words.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Whether a path stands for the input stream.
pub fn is_stream(path: &Path) -> bool {
    path.as_os_str() == STREAM
}

/// Reads a text. Of one that is longer than `limit` bytes, a little more than
/// that is given: whoever sets the limit says so.
///
/// # Errors
/// Where it cannot be read, or is not UTF-8.
pub fn read(path: &Path, limit: usize) -> Result<Text, Failure> {
    let name = if is_stream(path) { "标准输入".to_owned() } else { path.display().to_string() };
    let bytes = match bounded(path, limit) {
        Ok(bytes) => bytes,
        Err(error) => return Err(Failure::FileUnreadable { name, reason: reason(&error) }),
    };
    if bytes.len() > limit {
        return Ok(Text { name, text: String::from_utf8_lossy(&bytes).into_owned() });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Text { name, text }),
        Err(error) => {
            let (line, column) = place(error.as_bytes(), error.utf8_error().valid_up_to());
            Err(Failure::FileNotText { name, line, column })
        }
    }
}

fn bounded(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if is_stream(path) {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Line and column, both from 1, of the byte after a run of valid ones.
fn place(bytes: &[u8], valid: usize) -> (usize, usize) {
    let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// Why the system refused, in Chinese where it is one of the usual reasons.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件。看看文件名和所在的文件夹".to_owned(),
        io::ErrorKind::PermissionDenied => "没有读它的权限".to_owned(),
        io::ErrorKind::IsADirectory => "这是文件夹，不是文件".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_broken_byte_is_counted_in_lines_and_characters() {
        assert_eq!(place("甲乙\n丙x".as_bytes(), "甲乙\n丙".len()), (2, 2));
        assert_eq!(place(b"\xff", 0), (1, 1));
    }
}
