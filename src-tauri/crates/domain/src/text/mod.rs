//! Names and numbers as people type them.
//!
//! Chinese input methods leave full-width digits and ideographic spaces
//! behind; official lists order people by the strokes of their surname; a
//! filter must find 张三 by `zs`. [`width`] folds what only looks different,
//! [`names`] cleans what is stored, [`strokes`] and [`pinyin`] make keys for
//! sorting and finding.

pub mod count;
pub mod names;
pub mod pinyin;
pub(crate) mod scan;
pub mod strokes;
pub mod width;

pub use names::{clean_name, clean_staff_no, clean_text, heading_key, split_surname, staff_no_from_number, widened};
pub use pinyin::{pinyin_sort_key, search_keys};
pub use strokes::stroke_sort_key;
pub use width::to_half_width;

/// Whether this is a Han character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}
