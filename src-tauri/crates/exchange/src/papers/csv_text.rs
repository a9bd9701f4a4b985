//! csv that Excel and WPS open by a double click: UTF-8 with a byte order
//! mark, without which they take it for GBK; lines ending in CR LF.

/// Writes rows as csv. A field that a spreadsheet program would run as a
/// formula gets an apostrophe in front (OWASP, CSV injection).
pub(super) fn write(rows: &[Vec<String>]) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    for row in rows {
        for (index, field) in row.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            push_field(&neutralise(field), &mut text);
        }
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// RFC 4180, 2.6 and 2.7.
fn push_field(field: &str, text: &mut String) {
    if field.contains([',', '"', '\r', '\n']) {
        text.push('"');
        text.push_str(&field.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(field);
    }
}

fn neutralise(field: &str) -> std::borrow::Cow<'_, str> {
    // East Asian editions take the wide forms for the narrow ones.
    const STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if field.starts_with(STARTS) && !is_number(field) { format!("'{field}").into() } else { field.into() }
}

/// A sign and digits run nothing.
fn is_number(field: &str) -> bool {
    let unsigned = field.strip_prefix(['+', '-']).unwrap_or(field);
    let (whole, rest) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    [whole, rest].iter().all(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(field: &str) -> String {
        let bytes = write(&[vec![field.to_owned()]]);
        String::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').unwrap().strip_suffix("\r\n").unwrap().to_owned()
    }

    #[test]
    fn nothing_that_leaves_can_run() {
        for field in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "＝1", "-", "+", "-1.", "-.5"] {
            assert!(line(field).trim_start_matches('"').starts_with('\''), "{field:?} leaves as {:?}", line(field));
        }
        for field in ["-5", "+12.5", "1000", "0012", "列席", "缺席(已补学)", ""] {
            assert_eq!(line(field), field);
        }
    }

    #[test]
    fn quotes_commas_and_line_ends_are_quoted() {
        assert_eq!(line("他说\"好\",走了"), "\"他说\"\"好\"\",走了\"");
        assert_eq!(line("一\n二"), "\"一\n二\"");
    }

    #[test]
    fn the_file_starts_with_the_mark_and_ends_its_lines_the_windows_way() {
        assert_eq!(write(&[vec!["工号".into(), "姓名".into()], vec!["1".into(), String::new()]]), "\u{feff}工号,姓名\r\n1,\r\n".as_bytes());
    }
}
