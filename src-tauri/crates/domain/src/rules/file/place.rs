//! Where things stand in a file: lines and columns, in characters from 1.

use std::collections::HashMap;

/// The starts of a text's lines.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// How many characters stand before each block of bytes: a file may be a
    /// single long line, and counting it again for every item takes minutes.
    before: Vec<usize>,
}

const BLOCK: usize = 1024;

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let mut before = vec![0];
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(before.last().copied().unwrap_or(0) + characters(block));
        }
        Self { text, starts: std::iter::once(0).chain(breaks).collect(), before }
    }

    /// How many characters stand before a byte.
    fn characters_before(&self, at: usize) -> usize {
        let block = at / BLOCK;
        self.before.get(block).copied().unwrap_or(0) + characters(&self.text.as_bytes()[block * BLOCK..at])
    }

    /// Line and column of a byte.
    pub(super) fn place(&self, at: usize) -> (u32, u32) {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let column = self.characters_before(at) - self.characters_before(self.starts[line - 1]) + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    /// The byte at which a character of a quoted text stands, escape
    /// sequences counted as what they mean.
    pub(super) fn inside_quotes(&self, start: usize, character: usize) -> usize {
        let Some(raw) = self.text.get(start..) else { return start };
        let quotes = ["\"\"\"", "'''", "\"", "'"];
        let Some(quote) = quotes.into_iter().find(|quote| raw.starts_with(quote)) else { return start };
        let mut at = quote.len();
        if quote.len() == 3 {
            // A line break right after the opening quotes is not content.
            at += raw[at..].len() - raw[at..].trim_start_matches('\r').strip_prefix('\n').unwrap_or(&raw[at..]).len();
        }
        for _ in 0..character {
            at += content_character(&raw[at..], quote.starts_with('"'));
        }
        start + at
    }
}

/// How many characters begin in some bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// How many bytes of the file write the next character of a text.
fn content_character(raw: &str, escapes: bool) -> usize {
    let mut characters = raw.chars();
    let Some(first) = characters.next() else { return 0 };
    if first != '\\' || !escapes {
        return first.len_utf8();
    }
    match characters.next() {
        Some('u') => raw.len().min(6),
        Some('U') => raw.len().min(10),
        Some('x') => raw.len().min(4),
        // A backslash at the end of a line swallows the white space after it.
        Some(next) if next.is_whitespace() => {
            let rest = raw[1..].trim_start();
            (raw.len() - rest.len()) + content_character(rest, true)
        }
        Some(next) => 1 + next.len_utf8(),
        None => 1,
    }
}

/// Where the items of a file stand, so that what is found in the rule set
/// later can be shown in the file.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// By entry line, key and position in the key's list.
    items: HashMap<(u32, String, usize), (u32, u32)>,
    /// By line and text: the place of an expression's first character.
    expressions: HashMap<(u32, String), (u32, u32)>,
    /// By line: the column where an entry or a value begins.
    lines: HashMap<u32, u32>,
}

impl Places {
    pub(super) fn keep_item(&mut self, entry: u32, key: &str, index: usize, place: (u32, u32)) {
        self.items.entry((entry, key.to_owned(), index)).or_insert(place);
    }

    pub(super) fn keep_expression(&mut self, text: &str, place: (u32, u32)) {
        self.expressions.entry((place.0, text.to_owned())).or_insert(place);
    }

    pub(super) fn keep_line(&mut self, place: (u32, u32)) {
        self.lines.entry(place.0).or_insert(place.1);
    }

    /// The place of a key's value, or of an element of its list, in the entry
    /// that begins on a line.
    pub fn item(&self, entry: u32, key: &str, index: usize) -> Option<(u32, u32)> {
        self.items.get(&(entry, key.to_owned(), index)).copied()
    }

    /// The place of the first character of an expression.
    pub fn expression(&self, line: u32, text: &str) -> Option<(u32, u32)> {
        self.expressions.get(&(line, text.to_owned())).copied()
    }

    /// The place of the first entry or value that begins on a line.
    pub fn line(&self, line: u32) -> (u32, u32) {
        (line, self.lines.get(&line).copied().unwrap_or(1))
    }
}
