//! Money spent on study, in yuan: whole cents, never floating point.

use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer};

use crate::text::width::to_half_width;

/// Cents in a yuan.
const CENTS: u64 = 100;

/// A single expense beyond this is a slip of the pen. Yuan.
const MOST: u64 = 999_999_999;

/// An amount of money in yuan with two places. As text: `1280.00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Yuan(u64);

/// Why a text is not an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum YuanProblem {
    /// Not written as an amount.
    #[error("not an amount of money")]
    NotAnAmount,
    /// More than two places: there is no half cent.
    #[error("finer than a cent")]
    TooFine,
    /// Nothing was spent.
    #[error("nothing")]
    Nothing,
    /// Beyond what a branch spends at once.
    #[error("too large")]
    TooLarge,
}

impl Yuan {
    /// Nothing: where a sum begins.
    pub const ZERO: Yuan = Yuan(0);

    /// An amount in cents (分).
    pub fn from_cents(cents: u64) -> Self {
        Self(cents)
    }

    /// In cents (分).
    pub fn cents(self) -> u64 {
        self.0
    }

    /// The sum. Single amounts are bounded, so that no book's sum comes near
    /// the end of the range; there it stays at the end.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Reads what people write: `128.50`, `1,280元`, `￥１２８．５`, `128元5角`.
    ///
    /// # Errors
    /// Says what is wrong with it; nothing and less than nothing are no
    /// expense.
    pub fn read(text: &str) -> Result<Self, YuanProblem> {
        let text: String = to_half_width(text).chars().filter(|c| !c.is_whitespace()).map(|c| if c == '，' { ',' } else { c }).collect();
        let bare =
            ["人民币", "RMB", "rmb", "CNY", "¥", "￥"].iter().fold(text.as_str(), |rest, sign| rest.strip_prefix(sign).unwrap_or(rest));
        let cents = match bare.find(['元', '圆', '块']) {
            Some(at) => {
                let (whole, rest) = bare.split_at(at);
                let rest: String = rest.chars().skip(1).collect();
                let small = small_change(rest.strip_suffix(['整', '正']).unwrap_or(&rest))?;
                let whole = decimal(whole)?;
                if small > 0 && !whole.is_multiple_of(CENTS) {
                    return Err(YuanProblem::NotAnAmount);
                }
                whole + small
            }
            None => decimal(bare)?,
        };
        match cents {
            0 => Err(YuanProblem::Nothing),
            cents if cents > MOST * CENTS => Err(YuanProblem::TooLarge),
            cents => Ok(Self(cents)),
        }
    }
}

/// What stands behind 元: nothing, `5角`, `5角3分`, `3分`; in cents.
fn small_change(text: &str) -> Result<u64, YuanProblem> {
    let digit = |text: &str| match text.as_bytes() {
        [digit @ b'0'..=b'9'] => Ok(u64::from(digit - b'0')),
        _ => Err(YuanProblem::NotAnAmount),
    };
    let (dimes, rest) = match text.split_once('角') {
        Some((dimes, rest)) => (digit(dimes)?, rest),
        None => (0, text),
    };
    let cents = match rest {
        "" => 0,
        rest => digit(rest.strip_suffix('分').ok_or(YuanProblem::NotAnAmount)?)?,
    };
    Ok(dimes * 10 + cents)
}

/// `1280`, `1,280.5`: in cents. Commas part thousands and nothing else, so
/// that `1,5` is not taken for fifteen.
fn decimal(text: &str) -> Result<u64, YuanProblem> {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = whole.split(',').collect();
    let parted = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    if groups[0].is_empty() || !parted || !groups.iter().all(|group| digits(group)) || !digits(places) || text.ends_with('.') {
        return Err(YuanProblem::NotAnAmount);
    }
    if places.trim_end_matches('0').len() > 2 {
        return Err(YuanProblem::TooFine);
    }
    let whole = groups.concat();
    let whole = whole.trim_start_matches('0');
    if whole.len() > 12 {
        return Err(YuanProblem::TooLarge);
    }
    let number = |text: &str| if text.is_empty() { Ok(0) } else { text.parse::<u64>().map_err(|_| YuanProblem::NotAnAmount) };
    let cents: String = places.chars().chain("00".chars()).take(2).collect();
    Ok(number(whole)? * CENTS + number(&cents)?)
}

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / CENTS, self.0 % CENTS)
    }
}

impl FromStr for Yuan {
    type Err = YuanProblem;
    fn from_str(text: &str) -> Result<Self, YuanProblem> {
        Self::read(text)
    }
}

impl Serialize for Yuan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::iter::Sum for Yuan {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::plus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_it_is_written() {
        for (text, cents) in [
            ("128.50", 12_850),
            ("128.5", 12_850),
            ("1,280元", 128_000),
            ("１，２８０．５０", 128_050),
            ("￥1280", 128_000),
            ("¥ 1 280.05", 128_005),
            ("人民币1,234,567.89元", 123_456_789),
            ("128元5角", 12_850),
            ("128元5角3分", 12_853),
            ("128元整", 12_800),
            ("0.01", 1),
            ("12.500", 1_250),
            ("0012", 1_200),
        ] {
            assert_eq!(Yuan::read(text), Ok(Yuan::from_cents(cents)), "{text}");
        }
    }

    #[test]
    fn what_is_no_money_is_refused() {
        use YuanProblem::{NotAnAmount, Nothing, TooFine, TooLarge};
        for (text, problem) in [
            ("", NotAnAmount),
            ("元", NotAnAmount),
            ("1,5", NotAnAmount),
            ("12,34", NotAnAmount),
            (",128", NotAnAmount),
            ("128.", NotAnAmount),
            ("-5", NotAnAmount),
            ("一百元", NotAnAmount),
            ("1.5元5角", NotAnAmount),
            ("128元55角", NotAnAmount),
            ("1.2.3", NotAnAmount),
            ("12.345", TooFine),
            ("0", Nothing),
            ("0.00元", Nothing),
            ("1000000000", TooLarge),
            ("99999999999999999999999999", TooLarge),
        ] {
            assert_eq!(Yuan::read(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn money_is_written_with_two_places_and_adds_up() {
        assert_eq!(Yuan::from_cents(128_000).to_string(), "1280.00");
        assert_eq!(Yuan::from_cents(5).to_string(), "0.05");
        let third: Yuan = std::iter::repeat_n(Yuan::from_cents(10), 3).sum();
        assert_eq!(third.to_string(), "0.30");
    }
}
