//! JSON with the place of every value and with numbers as they are written:
//! `0.1` never passes through binary floating point here.

use std::borrow::Cow;

use super::problem::FactsProblem;

/// How deep values may nest.
const MOST_DEPTH: u32 = 32;
/// How many values a file may hold.
const MOST_VALUES: u32 = 2_000_000;

/// A value and where it begins, in bytes.
#[derive(Debug)]
pub(super) struct Value<'a> {
    pub at: u32,
    pub json: Json<'a>,
}

#[derive(Debug)]
pub(super) enum Json<'a> {
    Null,
    Flag(bool),
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Value<'a>>),
    /// In the order of the file; names may occur twice.
    Object(Vec<Field<'a>>),
}

#[derive(Debug)]
pub(super) struct Field<'a> {
    pub at: u32,
    pub name: Cow<'a, str>,
    pub value: Value<'a>,
}

/// What is wrong, and where in bytes.
pub(super) type Slip = (u32, FactsProblem);

/// Reads one value and nothing behind it.
pub(super) fn parse(text: &str) -> Result<Value<'_>, Slip> {
    let mut scanner = Scanner { text, at: 0, depth: 0, values: 0 };
    let value = scanner.value()?;
    scanner.blanks();
    if scanner.at < text.len() { Err(scanner.slip()) } else { Ok(value) }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
    values: u32,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Something that JSON does not have here.
    fn slip(&self) -> Slip {
        let found = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let problem = match found {
            Some(found) => FactsProblem::NotJson { found: found.to_string() },
            None => FactsProblem::Unfinished,
        };
        (self.at as u32, problem)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        self.blanks();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), Slip> {
        if self.take(byte) { Ok(()) } else { Err(self.slip()) }
    }

    fn value(&mut self) -> Result<Value<'a>, Slip> {
        self.blanks();
        let at = self.at as u32;
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err((at, FactsProblem::TooMany { limit: MOST_VALUES }));
        }
        let json = match self.peek() {
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::list)?,
            Some(b'"') => Json::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => Json::Number(self.number()?),
            _ => self.word()?,
        };
        Ok(Value { at, json })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Json<'a>, Slip>) -> Result<Json<'a>, Slip> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err((self.at as u32, FactsProblem::TooDeep { limit: MOST_DEPTH }));
        }
        self.at += 1;
        let json = read(self)?;
        self.depth -= 1;
        Ok(json)
    }

    fn object(&mut self) -> Result<Json<'a>, Slip> {
        let mut fields = Vec::new();
        if self.take(b'}') {
            return Ok(Json::Object(fields));
        }
        loop {
            self.blanks();
            let at = self.at as u32;
            if self.peek() != Some(b'"') {
                return Err(self.slip());
            }
            let name = self.string()?;
            self.expect(b':')?;
            fields.push(Field { at, name, value: self.value()? });
            if !self.take(b',') {
                self.expect(b'}')?;
                return Ok(Json::Object(fields));
            }
        }
    }

    fn list(&mut self) -> Result<Json<'a>, Slip> {
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value()?);
            if !self.take(b',') {
                self.expect(b']')?;
                return Ok(Json::List(items));
            }
        }
    }

    fn word(&mut self) -> Result<Json<'a>, Slip> {
        let words = [("null", Json::Null), ("true", Json::Flag(true)), ("false", Json::Flag(false))];
        let rest = self.text.get(self.at..).unwrap_or_default();
        for (word, json) in words {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(json);
            }
        }
        Err(self.slip())
    }

    fn digits(&mut self) -> Result<(), Slip> {
        let from = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == from { Err(self.slip()) } else { Ok(()) }
    }

    fn number(&mut self) -> Result<&'a str, Slip> {
        let from = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        let (first, leading_zero) = (self.at, self.peek() == Some(b'0'));
        self.digits()?;
        if leading_zero && self.at > first + 1 {
            return Err((from as u32, FactsProblem::LeadingZero));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(&self.text[from..self.at])
    }

    /// A text; borrowed where nothing in it is escaped.
    fn string(&mut self) -> Result<Cow<'a, str>, Slip> {
        let open = self.at;
        self.at += 1;
        let mut from = self.at;
        let mut escaped = String::new();
        loop {
            match self.peek() {
                None => return Err((open as u32, FactsProblem::UnclosedText)),
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped.push_str(&self.text[from..self.at]);
                    self.at += 1;
                    escaped.push(self.escape()?);
                    from = self.at;
                }
                Some(0..=0x1f) => return Err(self.slip()),
                Some(_) => self.at += 1,
            }
        }
        let last = &self.text[from..self.at];
        self.at += 1;
        Ok(if escaped.is_empty() { Cow::Borrowed(last) } else { Cow::Owned(escaped + last) })
    }

    fn escape(&mut self) -> Result<char, Slip> {
        let at = self.at;
        let c = match self.peek() {
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(c),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.code_point().ok_or((at as u32, FactsProblem::BadEscape));
            }
            _ => return Err((at as u32, FactsProblem::BadEscape)),
        };
        self.at += 1;
        Ok(c)
    }

    fn four_hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let all_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.at += 4;
        all_hex.then(|| u32::from_str_radix(digits, 16).ok())?
    }

    /// `XXXX` or a pair of surrogates.
    fn code_point(&mut self) -> Option<char> {
        let first = self.four_hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        if !self.text.get(self.at..)?.starts_with("\\u") {
            return None;
        }
        self.at += 2;
        let second = self.four_hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second)
    }
}
