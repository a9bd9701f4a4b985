//! Names and numbers as people type them.
//!
//! Chinese input methods leave full-width digits and ideographic spaces
//! behind; official lists order people by the strokes of their surname; a
//! filter must find 张三 by `zs`. [`width`] folds what only looks different,
//! [`names`] cleans what is stored, [`strokes`] and [`pinyin`] make keys for
//! sorting and finding.

pub(crate) mod scan;
pub mod width;
