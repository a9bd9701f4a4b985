//! What a file is, told by its bytes. Half of the `.xls` in the world are
//! XML, HTML or csv under that name, and the name is never believed.

use super::archive::{self, Archive};
use super::{FileKind, ReadError};

/// A format of which the bytes give the mark.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    Xlsx,
    Xls,
    Ods,
    /// Perhaps text: shown by decoding it.
    Text,
}

/// A format of which the text gives the mark.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TextContent {
    SpreadsheetXml,
    FlatOds,
    Html,
    Delimited,
}

/// Marks of files that are no tables.
const MARKS: [(&[u8], FileKind); 21] = [
    (b"\x89PNG\r\n\x1a\n", FileKind::Picture),
    (b"\xff\xd8\xff", FileKind::Picture),
    (b"GIF87a", FileKind::Picture),
    (b"GIF89a", FileKind::Picture),
    (b"II*\0", FileKind::Picture),
    (b"MM\0*", FileKind::Picture),
    (b"%PDF-", FileKind::Pdf),
    (b"{\\rtf", FileKind::TextDocument),
    (b"Rar!\x1a\x07", FileKind::Archive),
    (b"7z\xbc\xaf\x27\x1c", FileKind::Archive),
    (b"\x1f\x8b", FileKind::Archive),
    (b"PK\x05\x06", FileKind::Archive),
    (b"SQLite format 3\0", FileKind::Database),
    (b"MZ", FileKind::Executable),
    (b"\x7fELF", FileKind::Executable),
    (b"\x09\x00\x04\x00", FileKind::OtherTable),
    (b"\x09\x02\x06\x00", FileKind::OtherTable),
    (b"\x09\x04\x06\x00", FileKind::OtherTable),
    (b"\x09\x08\x10\x00", FileKind::OtherTable),
    (b"MIME-Version:", FileKind::WebArchive),
    (b"RIFF", FileKind::Binary),
];

const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ZIP: &[u8] = b"PK\x03\x04";

pub(super) fn sniff(bytes: &[u8], file_name: &str) -> Result<Content, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(ZIP) {
        return sniff_zip(bytes);
    }
    if bytes.starts_with(COMPOUND_FILE) {
        return sniff_compound(bytes, file_name);
    }
    if let Some((_, found)) = MARKS.iter().find(|(mark, kind)| bytes.starts_with(mark) && !is_text_in_disguise(bytes, *kind)) {
        return Err(ReadError::UnknownType { found: *found });
    }
    Ok(Content::Text)
}

/// `MZ` and `RIFF` are also how a csv could begin.
fn is_text_in_disguise(bytes: &[u8], kind: FileKind) -> bool {
    matches!(kind, FileKind::Executable | FileKind::Binary) && !bytes.iter().take(512).any(|&byte| byte == 0)
}

fn sniff_zip(bytes: &[u8]) -> Result<Content, ReadError> {
    let mut archive = archive::open(bytes)?;
    let kind = |kind| Err(ReadError::UnknownType { found: kind });
    if let Some(of_mark) = opendocument_type(&mut archive) {
        return match of_mark.strip_prefix("application/vnd.oasis.opendocument.") {
            Some(rest) if rest.starts_with("spreadsheet") => Ok(Content::Ods),
            Some(rest) if rest.starts_with("text") => kind(FileKind::TextDocument),
            Some(rest) if rest.starts_with("presentation") => kind(FileKind::Presentation),
            _ => kind(FileKind::Archive),
        };
    }
    let has = |name: &str| archive.file_names().flatten().any(|part| part.eq_ignore_ascii_case(name));
    let has_folder = |name: &str| archive.file_names().flatten().any(|part| part.starts_with(name));
    if has("xl/workbook.bin") {
        kind(FileKind::OtherTable)
    } else if has("xl/workbook.xml") || (has("[Content_Types].xml") && has_folder("xl/")) {
        Ok(Content::Xlsx)
    } else if has_folder("word/") {
        kind(FileKind::TextDocument)
    } else if has_folder("ppt/") {
        kind(FileKind::Presentation)
    } else {
        kind(FileKind::Archive)
    }
}

/// The text of the part `mimetype`, which is short, stored and comes first.
fn opendocument_type(archive: &mut Archive) -> Option<String> {
    use std::io::Read as _;
    let mut text = String::new();
    archive.by_name("mimetype").ok()?.take(256).read_to_string(&mut text).ok()?;
    Some(text.trim().to_owned())
}

/// An OLE compound file keeps its streams' names in entries of 128 bytes,
/// aligned to their own size ([MS-CFB] 2.6.1). Reading those is enough to
/// tell what it is, even where the rest is broken.
fn sniff_compound(bytes: &[u8], file_name: &str) -> Result<Content, ReadError> {
    let has = |name: &str| bytes.chunks_exact(128).skip(4).any(|entry| is_stream_entry(entry, name));
    let kind = |kind| Err(ReadError::UnknownType { found: kind });
    if has("EncryptedPackage") {
        Err(ReadError::PasswordProtected)
    } else if has("Workbook") || has("Book") {
        Ok(Content::Xls)
    } else if has("WordDocument") {
        kind(FileKind::TextDocument)
    } else if has("PowerPoint Document") {
        kind(FileKind::Presentation)
    } else if is_named_et(file_name) {
        kind(FileKind::WpsTable)
    } else if file_name.to_ascii_lowercase().ends_with(".xls") {
        // Cut off before the entries, which often stand at the end.
        Err(ReadError::Damaged)
    } else {
        kind(FileKind::Binary)
    }
}

fn is_stream_entry(entry: &[u8], name: &str) -> bool {
    const STREAM: u8 = 2;
    let length = (name.len() + 1) * 2;
    entry[66] == STREAM
        && usize::from(u16::from_le_bytes([entry[64], entry[65]])) == length
        && name.encode_utf16().zip(entry.chunks_exact(2)).all(|(unit, pair)| unit.to_le_bytes() == pair)
}

fn is_named_et(file_name: &str) -> bool {
    file_name.to_ascii_lowercase().ends_with(".et")
}

/// WPS's own tables are built like xls and mostly read as such. Where one does
/// not, its owner can do more about it than about damage.
pub(super) fn explain_xls(error: ReadError, file_name: &str) -> ReadError {
    match error {
        ReadError::Damaged if is_named_et(file_name) => ReadError::UnknownType { found: FileKind::WpsTable },
        other => other,
    }
}

/// What a text is. Marks are looked for near its beginning only.
pub(super) fn sniff_text(text: &str) -> Result<TextContent, ReadError> {
    let start = text.trim_start();
    if !start.starts_with('<') {
        return Ok(TextContent::Delimited);
    }
    let head: String = start.chars().take(4096).collect::<String>().to_ascii_lowercase();
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") && head.contains("workbook") && !head.contains("<html") {
        Ok(TextContent::SpreadsheetXml)
    } else if head.contains("application/vnd.oasis.opendocument.spreadsheet") {
        Ok(TextContent::FlatOds)
    } else if head.contains("<html") || head.contains("<table") || head.contains("<!doctype html") {
        Ok(TextContent::Html)
    } else if head.starts_with("<?xml") {
        Err(ReadError::UnknownType { found: FileKind::Xml })
    } else {
        Ok(TextContent::Delimited)
    }
}
