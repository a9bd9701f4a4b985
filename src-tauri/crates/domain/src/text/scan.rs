//! Reading a cell from left to right, folded to half width on the way, so
//! that what is left over is still a piece of the original text.

use super::width::{fold_char, is_invisible};

/// A place in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    /// Starts at the first character that is not blank.
    pub(crate) fn new(text: &'a str) -> Self {
        let mut scan = Self { rest: text };
        scan.blanks();
        scan
    }

    /// What has not been read, as it was written.
    pub(crate) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Whether all has been read.
    pub(crate) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next character, folded.
    pub(crate) fn peek(&self) -> Option<char> {
        self.rest.chars().next().map(fold_char)
    }

    fn step(&mut self) {
        let mut chars = self.rest.chars();
        chars.next();
        self.rest = chars.as_str();
    }

    /// Skips blanks and invisible characters; says whether there were any.
    pub(crate) fn blanks(&mut self) -> bool {
        let before = self.rest.len();
        self.rest = self.rest.trim_start_matches(|c: char| fold_char(c).is_whitespace() || is_invisible(c));
        self.rest.len() != before
    }

    /// Reads one of the characters, if it is next.
    pub(crate) fn one_of(&mut self, wanted: &[char]) -> Option<char> {
        let next = self.peek().filter(|c| wanted.contains(c))?;
        self.step();
        Some(next)
    }

    /// Reads the first of the words that stands here, letters of any case.
    pub(crate) fn word<'w>(&mut self, words: &[&'w str]) -> Option<&'w str> {
        words.iter().copied().find(|word| {
            let mut ahead = *self;
            let stands = word.chars().all(|wanted| {
                let found = ahead.peek().is_some_and(|c| c.to_ascii_lowercase() == wanted);
                ahead.step();
                found
            });
            if stands {
                *self = ahead;
            }
            stands
        })
    }

    /// Reads a run of decimal digits, full width or half, as ASCII digits.
    /// Empty where there is none.
    pub(crate) fn digits(&mut self) -> String {
        let mut digits = String::new();
        while let Some(digit) = self.peek().filter(char::is_ascii_digit) {
            digits.push(digit);
            self.step();
        }
        digits
    }

    /// Reads a number of one or two digits; nothing is read where there is
    /// none, or where it has more.
    pub(crate) fn short_number(&mut self) -> Option<u32> {
        let mut ahead = *self;
        let digits = ahead.digits();
        let number = (digits.len() <= 2).then(|| digits.parse().ok()).flatten()?;
        *self = ahead;
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_the_original_text() {
        let mut scan = Scan::new("　１２ＭＩＮ（甲）");
        assert_eq!(scan.short_number(), Some(12));
        assert_eq!(scan.word(&["hour", "min"]), Some("min"));
        assert_eq!(scan.rest(), "（甲）");
        assert_eq!(scan.one_of(&['(']), Some('('));
        assert!(!scan.is_done());
    }

    #[test]
    fn nothing_is_read_by_a_reader_that_fails() {
        let mut scan = Scan::new("123分");
        assert_eq!(scan.short_number(), None);
        assert_eq!(scan.word(&["分"]), None);
        assert_eq!(scan.rest(), "123分");
    }
}
