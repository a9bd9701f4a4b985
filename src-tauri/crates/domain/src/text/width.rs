//! Full width and half width: `２０２５` and `2025` are one number to the
//! people who type them.

/// The half-width form of a character: full-width ASCII becomes ASCII, every
/// kind of blank becomes a space, every kind of dash a hyphen. Other
/// characters stay, so that Chinese punctuation in running text survives.
pub fn fold_char(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' => '-',
        _ => c,
    }
}

/// Whether a character is invisible debris of copying: zero-width marks and
/// the byte order mark.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{202A}'..='\u{202E}')
}

/// Folds a whole text to half width and drops what cannot be seen. Length and
/// line breaks of what remains are kept; nothing is trimmed.
pub fn to_half_width(text: &str) -> String {
    text.chars().filter(|&c| !is_invisible(c)).map(fold_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_is_folded_and_chinese_stays() {
        assert_eq!(to_half_width("２０２５年７月１日　ＡＢ（甲）"), "2025年7月1日 AB(甲)");
        assert_eq!(to_half_width("\u{FEFF}1\u{200B}0\u{00A0}分"), "10 分");
        assert_eq!(to_half_width("学习、讨论。《实践论》"), "学习、讨论。《实践论》");
        assert_eq!(to_half_width("2025－07—01"), "2025-07-01");
    }
}
