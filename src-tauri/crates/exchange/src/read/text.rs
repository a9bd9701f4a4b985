//! From bytes to characters, all at once and before anything is split: the
//! second byte of a GBK character may look like a separator.
//!
//! The order is: the encoding that the user named; a byte order mark; UTF-16
//! without a mark, which shows in its zero bytes; UTF-8; GB18030, of which
//! GBK and GB 2312 are parts. Each is tried strictly, so a wrong guess fails
//! instead of giving wrong characters.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::{FileKind, ReadError};

/// A text with the name of its encoding.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    pub encoding: &'static str,
}

pub(super) fn decode(bytes: &[u8], named: Option<&str>) -> Result<Decoded, ReadError> {
    let unknown = || ReadError::EncodingUnknown { named: named.map(str::to_owned) };
    let decoded = match named {
        Some(label) => strictly(Encoding::for_label(label.trim().as_bytes()).ok_or_else(unknown)?, bytes).ok_or_else(unknown)?,
        None => detect(bytes).ok_or_else(|| if is_binary_bytes(bytes) { binary() } else { unknown() })?,
    };
    if is_binary(&decoded.text) {
        return Err(binary());
    }
    if decoded.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(decoded)
}

fn detect(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return strictly(encoding, bytes);
    }
    let wide = bytes.contains(&0).then(|| wide_encoding(bytes)).flatten();
    wide.and_then(|encoding| strictly(encoding, bytes)).or_else(|| strictly(UTF_8, bytes)).or_else(|| strictly(GB18030, bytes))
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let body = match Encoding::for_bom(bytes) {
        Some((of_mark, length)) if of_mark == encoding => &bytes[length..],
        _ => bytes,
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(body)?;
    // The standard writes this one in small letters, unlike all its others.
    let name = if encoding == GB18030 { "GB18030" } else { encoding.name() };
    Some(Decoded { text: text.into_owned(), encoding: name })
}

/// UTF-16 without a mark: separators, digits and line ends have a zero byte,
/// always on the same side.
fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let ascii = |high: u8, low: u8| high == 0 && matches!(low, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let (mut little, mut big) = (0usize, 0usize);
    for pair in bytes.chunks_exact(2) {
        little += usize::from(ascii(pair[1], pair[0]));
        big += usize::from(ascii(pair[0], pair[1]));
    }
    match (little, big) {
        (little, big) if little > 8 * big => Some(UTF_16LE),
        (little, big) if big > 8 * little => Some(UTF_16BE),
        _ => None,
    }
}

fn binary() -> ReadError {
    ReadError::UnknownType { found: FileKind::Binary }
}

/// A stray control character is somebody's slip; one in eight is no text.
fn is_binary(text: &str) -> bool {
    let (mut all, mut controls) = (0usize, 0usize);
    for character in text.chars() {
        all += 1;
        controls += usize::from(character.is_control() && !matches!(character, '\t' | '\n' | '\r'));
    }
    controls * 8 > all
}

fn is_binary_bytes(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|&&byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')).count();
    controls * 32 > bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "姓名,工号\r\n郑波,1021\r\n";

    fn utf16(big: bool) -> Vec<u8> {
        TEXT.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn with(mark: &[u8], bytes: &[u8]) -> Vec<u8> {
        [mark, bytes].concat()
    }

    #[test]
    fn every_encoding_is_found_with_and_without_its_mark() {
        let (gbk, _, _) = GB18030.encode(TEXT);
        let cases = [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            (with(b"\xef\xbb\xbf", TEXT.as_bytes()), "UTF-8"),
            (gbk.to_vec(), "GB18030"),
            (with(b"\xff\xfe", &utf16(false)), "UTF-16LE"),
            (utf16(false), "UTF-16LE"),
            (with(b"\xfe\xff", &utf16(true)), "UTF-16BE"),
            (utf16(true), "UTF-16BE"),
        ];
        for (bytes, encoding) in cases {
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!(decoded.text, TEXT, "{encoding}");
            assert_eq!(decoded.encoding, encoding);
        }
    }

    #[test]
    fn what_is_no_text_in_any_encoding_is_refused() {
        // 0xFF begins no character of UTF-8 or GB18030.
        let error = decode(b"abc\xff,def\n", None).unwrap_err();
        assert_eq!(error, ReadError::EncodingUnknown { named: None });
        assert_eq!(decode(&[1, 2, 3, 0xff, 4, 5], None).unwrap_err(), binary());
        assert_eq!(decode("\u{feff} \r\n".as_bytes(), None).unwrap_err(), ReadError::Empty);
    }

    #[test]
    fn a_named_encoding_wins_or_says_that_it_does_not_fit() {
        let (big5, _, _) = encoding_rs::BIG5.encode("姓名");
        assert_eq!(decode(&big5, Some("Big5")).unwrap().text, "姓名");
        for (bytes, label) in [(&b"\xd0\xd5"[..], "utf-8"), (&b"abc"[..], "no such encoding")] {
            assert_eq!(decode(bytes, Some(label)).unwrap_err(), ReadError::EncodingUnknown { named: Some(label.to_owned()) });
        }
    }
}
