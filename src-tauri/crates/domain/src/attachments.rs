//! 附件: files that are attached to a record. What a file is, is told by its
//! bytes; its name is what people call it and proves nothing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The largest file that a book takes in, in bytes: 20 MiB. A scan or a photo
/// is far below; a film would make the book too heavy for the stick on which
/// it is carried.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// What a file can be attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentOwner {
    /// 学习活动
    Session,
    /// 文件、会议
    Document,
    /// 督查
    Inspection,
    /// 经费
    Expense,
    /// 表彰
    Commendation,
    /// 案例
    StudyCase,
    /// 请假
    Leave,
    /// 补学
    MakeUp,
    /// 自学
    SelfStudy,
    /// 笔记
    Note,
}

/// What a file begins with, and what it is then.
const MARKS: [(&[u8], &str); 14] = [
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"ID3", "audio/mpeg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x7fELF", "application/x-executable"),
];

/// What a zip holds, by the name of a part of it.
const ZIPPED: [(&[u8], &str); 4] = [
    (b"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"OFD.xml", "application/ofd"),
];

/// The media type of a file's bytes; `application/octet-stream` where they
/// tell nothing.
pub fn media_type(bytes: &[u8]) -> &'static str {
    if let Some((_, kind)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return kind;
    }
    match bytes {
        // A picture of Windows says its own length; two letters alone are too little.
        [b'B', b'M', a, b, c, d, ..] if u32::from_le_bytes([*a, *b, *c, *d]) as usize == bytes.len() => "image/bmp",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => "audio/wav",
        [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e', b'i', b'c' | b'x', ..] => "image/heic",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "video/mp4",
        [b'P', b'K', 3, 4, ..] => zipped(bytes),
        _ if is_text(bytes) => "text/plain",
        _ => "application/octet-stream",
    }
}

/// The names of a zip's parts stand at its end once more, in the directory.
fn zipped(bytes: &[u8]) -> &'static str {
    const DIRECTORY: usize = 128 * 1024;
    let end = &bytes[bytes.len().saturating_sub(DIRECTORY)..];
    let holds = |name: &[u8]| end.windows(name.len()).any(|window| window == name);
    ZIPPED.iter().find(|(name, _)| holds(name)).map_or("application/zip", |(_, kind)| kind)
}

fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8 * 1024)];
    // The cut may fall into a character: the last three bytes are forgiven.
    let readable = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.valid_up_to() + 3 >= head.len() && head.len() == 8 * 1024,
    };
    readable && !head.contains(&0)
}

/// Whether the window can show it as a picture.
pub fn is_picture(media_type: &str) -> bool {
    matches!(media_type, "image/png" | "image/jpeg" | "image/gif" | "image/bmp" | "image/webp")
}

/// A file's name as it is kept: no folder, nothing that a file system
/// refuses, at most 120 characters with its ending. `None` where nothing is
/// left.
pub fn file_name(typed: &str) -> Option<String> {
    let kept = |c: char| !c.is_control() && !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let name: String = typed.chars().filter(|c| kept(*c)).collect();
    let name = name.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    let length = name.chars().count();
    match (length, name.rsplit_once('.')) {
        (0, _) => None,
        (..=120, _) => Some(name.to_owned()),
        (_, Some((stem, ending))) if ending.chars().count() < 16 => {
            let stem: String = stem.chars().take(119 - ending.chars().count()).collect();
            Some(format!("{stem}.{ending}"))
        }
        _ => Some(name.chars().take(120).collect()),
    }
}

/// A new name for a file: it keeps the old ending where none was typed, so
/// that a saved copy still opens.
pub fn renamed(before: &str, typed: &str) -> Option<String> {
    let name = file_name(typed)?;
    match (name.rsplit_once('.'), before.rsplit_once('.')) {
        (None, Some((_, ending))) => file_name(&format!("{name}.{ending}")),
        _ => Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_say_what_a_file_is() {
        // First bytes as the formats' own specifications give them.
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "image/png");
        assert_eq!(media_type(b"\xff\xd8\xff\xe0\0\x10JFIF"), "image/jpeg");
        assert_eq!(media_type(b"RIFF\x10\0\0\0WEBPVP8 "), "image/webp");
        assert_eq!(media_type(b"%PDF-1.7\n"), "application/pdf");
        assert_eq!(media_type("会议记录".as_bytes()), "text/plain");
        assert_eq!(media_type(b"PK\x03\x04...word/document.xml..."), ZIPPED[0].1);
        assert_eq!(media_type(b"PK\x03\x04...whatever"), "application/zip");
        assert_eq!(media_type(b"\x00\x01\x02\x03"), "application/octet-stream");
        assert_eq!(media_type(b"BM is how this sentence begins"), "text/plain");
    }

    #[test]
    fn a_text_cut_within_a_character_is_still_text() {
        let text = "学".repeat(4000);
        assert_eq!(media_type(text.as_bytes()), "text/plain");
    }

    #[test]
    fn a_name_has_no_folder_and_no_forbidden_signs() {
        assert_eq!(file_name("..\\..\\签到表?.jpg").as_deref(), Some("签到表.jpg"));
        assert_eq!(file_name(" \u{7}. "), None);
        let long = file_name(&format!("{}.jpeg", "长".repeat(300))).unwrap();
        assert_eq!(long.chars().count(), 120);
        assert!(long.ends_with("长.jpeg"));
    }

    #[test]
    fn a_name_without_ending_keeps_the_old_one() {
        assert_eq!(renamed("IMG_0001.jpg", "签到表").as_deref(), Some("签到表.jpg"));
        assert_eq!(renamed("IMG_0001.jpg", "签到表.jpeg").as_deref(), Some("签到表.jpeg"));
        assert_eq!(renamed("说明", "签到表").as_deref(), Some("签到表"));
    }
}
