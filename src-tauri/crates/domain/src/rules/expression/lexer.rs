//! From text to tokens. Punctuation may be full-width: what an input method
//! types counts like what a keyboard does.

use super::{
    Comparison, Operator,
    error::{ExpressionError, ExpressionProblem},
};
use crate::exact::Exact;

/// Digits that a number in an expression may have: so many are exact in all
/// arithmetic of one step.
const MOST_DIGITS: usize = 18;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(Exact),
    Text(Box<str>),
    /// A name or a word of the language.
    Word(String),
    Operator(Operator),
    Comparison(Comparison),
    Open,
    Close,
    Comma,
    End,
}

impl Token {
    /// What a message quotes.
    pub fn shown(&self, text: &[char], at: u32, until: u32) -> String {
        match self {
            Self::Text(inside) => inside.to_string(),
            _ => text.get(at as usize..until as usize).unwrap_or_default().iter().collect(),
        }
    }
}

/// A token with the characters that it takes, from 0.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub token: Token,
    pub at: u32,
    pub until: u32,
}

/// All tokens, [`Token::End`] last.
pub(super) fn tokens(text: &[char]) -> Result<Vec<Placed>, ExpressionError> {
    let mut lexer = Lexer { text, at: 0 };
    let mut found = Vec::new();
    loop {
        while lexer.peek().is_some_and(char::is_whitespace) {
            lexer.at += 1;
        }
        let at = lexer.at as u32;
        let token = lexer.token().map_err(|problem| problem.at(at))?;
        let end = token == Token::End;
        found.push(Placed { token, at, until: lexer.at as u32 });
        if end {
            return Ok(found);
        }
    }
}

struct Lexer<'a> {
    text: &'a [char],
    at: usize,
}

/// Full-width forms as their ASCII counterparts; other signs as the ones
/// that they stand for.
fn folded(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '、' => ',',
        '×' => '*',
        '÷' => '/',
        '−' => '-',
        _ => c,
    }
}

fn begins_word(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn continues_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn peek_folded(&self) -> Option<char> {
        self.peek().map(folded)
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek_folded() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn token(&mut self) -> Result<Token, ExpressionProblem> {
        let Some(c) = self.peek() else { return Ok(Token::End) };
        let sign = folded(c);
        if sign.is_ascii_digit() {
            return self.number();
        }
        if begins_word(c) {
            return Ok(Token::Word(self.word()));
        }
        self.at += 1;
        Ok(match sign {
            '+' => Token::Operator(Operator::Add),
            '-' => Token::Operator(Operator::Subtract),
            '*' => Token::Operator(Operator::Multiply),
            '/' => Token::Operator(Operator::Divide),
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            '\'' | '"' => return self.text_until(sign),
            '‘' => return self.text_until('’'),
            '“' => return self.text_until('”'),
            _ => Token::Comparison(self.comparison(c, sign)?),
        })
    }

    fn comparison(&mut self, c: char, sign: char) -> Result<Comparison, ExpressionProblem> {
        Ok(match sign {
            '=' => {
                self.take('=');
                Comparison::Equal
            }
            '!' if self.take('=') => Comparison::Unequal,
            '<' if self.take('=') => Comparison::LessOrEqual,
            '<' => Comparison::Less,
            '>' if self.take('=') => Comparison::GreaterOrEqual,
            '>' => Comparison::Greater,
            '≠' => Comparison::Unequal,
            '≤' => Comparison::LessOrEqual,
            '≥' => Comparison::GreaterOrEqual,
            _ => return Err(ExpressionProblem::UnknownCharacter { found: c.to_string() }),
        })
    }

    fn text_until(&mut self, close: char) -> Result<Token, ExpressionProblem> {
        // Only an opening quote that may be full-width ＇ has been folded.
        let ends = |c: &char| *c == close || folded(*c) == close;
        let length = self.text[self.at..].iter().position(ends).ok_or(ExpressionProblem::UnclosedText)?;
        let inside: String = self.text[self.at..self.at + length].iter().collect();
        self.at += length + 1;
        Ok(Token::Text(inside.into()))
    }

    fn digits(&mut self, into: &mut String) {
        while let Some(digit) = self.peek_folded().filter(char::is_ascii_digit) {
            into.push(digit);
            self.at += 1;
        }
    }

    fn number(&mut self) -> Result<Token, ExpressionProblem> {
        let mut digits = String::new();
        self.digits(&mut digits);
        let point = self.peek_folded() == Some('.') && self.text.get(self.at + 1).is_some_and(|c| folded(*c).is_ascii_digit());
        if point {
            self.at += 1;
            digits.push('.');
            self.digits(&mut digits);
        }
        if digits.len() > MOST_DIGITS + usize::from(point) {
            return Err(ExpressionProblem::NumberTooLong);
        }
        let number: Exact = digits.parse().map_err(|_| ExpressionProblem::NumberTooLong)?;
        if !self.take('%') {
            return Ok(Token::Number(number));
        }
        number.checked_div(Exact::whole(100)).map(Token::Number).ok_or(ExpressionProblem::NumberTooLong)
    }

    /// Letters, digits and underscores; dots where another such part follows.
    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self.peek() {
            let part_follows = || self.text.get(self.at + 1).copied().is_some_and(continues_word);
            match c {
                _ if continues_word(c) => word.push(c),
                _ if folded(c) == '.' && part_follows() => word.push('.'),
                _ => break,
            }
            self.at += 1;
        }
        word
    }
}
