//! Exact amounts: credits and rates as fractions of whole numbers, never as
//! binary floating point, so that a third stays a third and 16.5 is 16.5.

use std::{fmt, iter::Sum, ops, str::FromStr};

use num_rational::Ratio;
use num_traits::{Signed, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An exact number. As text: a decimal where the decimal ends (`16.5`), else a
/// fraction in lowest terms (`1/7`). JSON carries it as that text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Exact(Ratio<i128>);

/// Why a text is not an exact number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an exact number")]
pub struct NotExact;

impl Exact {
    /// Nothing.
    pub const ZERO: Exact = Exact(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Exact = Exact(Ratio::new_raw(1, 1));

    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Self(Ratio::from_integer(value.into()))
    }

    /// `numer / denom`. `None` where the denominator is zero.
    pub fn fraction(numer: i64, denom: i64) -> Option<Self> {
        (denom != 0).then(|| Self(Ratio::new(numer.into(), denom.into())))
    }

    /// The part above the line, in lowest terms.
    pub fn numer(self) -> i128 {
        *self.0.numer()
    }

    /// The part below the line, in lowest terms; always positive.
    pub fn denom(self) -> i128 {
        *self.0.denom()
    }

    /// Whether this is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether this is below zero.
    pub fn is_negative(self) -> bool {
        self.0.is_negative()
    }

    /// Quotient; `None` where the divisor is zero.
    pub fn checked_div(self, by: Self) -> Option<Self> {
        (!by.is_zero()).then(|| Self(self.0 / by.0))
    }

    /// The nearest decimal with so many places, half away from zero. For
    /// showing a rate beside its fraction, never for computing on.
    pub fn to_places(self, places: u32) -> String {
        let scale = 10i128.pow(places);
        let scaled = (self.0 * Ratio::from_integer(scale)).round().to_integer();
        let sign = if scaled < 0 { "-" } else { "" };
        let (whole, rest) = (scaled.abs() / scale, scaled.abs() % scale);
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:0width$}", width = places as usize) }
    }

    /// How many decimal places write this number out, if any number does.
    fn decimal_places(self) -> Option<u32> {
        let mut rest = self.denom();
        let (mut twos, mut fives) = (0, 0);
        while rest % 2 == 0 {
            rest /= 2;
            twos += 1;
        }
        while rest % 5 == 0 {
            rest /= 5;
            fives += 1;
        }
        (rest == 1 && twos.max(fives) <= 18).then(|| twos.max(fives))
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal_places() {
            Some(places) => f.write_str(&self.to_places(places)),
            None => write!(f, "{}/{}", self.numer(), self.denom()),
        }
    }
}
impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Exact {
    type Err = NotExact;

    /// Reads `12`, `-0.25`, `12.50`, `1/7`.
    fn from_str(text: &str) -> Result<Self, NotExact> {
        let text = text.trim();
        if let Some((numer, denom)) = text.split_once('/') {
            let numer: i64 = numer.trim().parse().map_err(|_| NotExact)?;
            let denom: i64 = denom.trim().parse().map_err(|_| NotExact)?;
            return Self::fraction(numer, denom).ok_or(NotExact);
        }
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(rest) || whole.len() + rest.len() > 18 {
            return Err(NotExact);
        }
        if digits.contains('.') && rest.is_empty() {
            return Err(NotExact);
        }
        let scaled: i128 = format!("{whole}{rest}").parse().map_err(|_| NotExact)?;
        Ok(Self(Ratio::new(sign * scaled, 10i128.pow(rest.len() as u32))))
    }
}

impl ops::Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl ops::AddAssign for Exact {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
impl ops::Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl ops::Mul for Exact {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}
impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::ZERO, |total, item| total + item)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Exact {
    /// Text only: a JSON or TOML number has already passed through binary
    /// floating point, and 0.1 would arrive as something else.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_it_would_be_by_hand() {
        for (text, written) in [("16.50", "16.5"), ("-0.25", "-0.25"), ("1/7", "1/7"), ("2/4", "0.5"), ("12", "12"), ("0", "0")] {
            assert_eq!(text.parse::<Exact>().unwrap().to_string(), written);
        }
        for wrong in ["", ".5", "5.", "1e3", "1/0", "一", "0x1", "--1", "1/2/3"] {
            assert!(wrong.parse::<Exact>().is_err(), "{wrong} was read");
        }
    }

    #[test]
    fn thirds_add_up() {
        let third = Exact::fraction(1, 3).unwrap();
        assert_eq!(third + third + third, Exact::ONE);
        assert_eq!(third.to_places(1), "0.3");
        assert_eq!(Exact::fraction(5, 1000).unwrap().to_places(2), "0.01");
        assert_eq!(Exact::fraction(-1, 8).unwrap().to_places(2), "-0.13");
    }
}
