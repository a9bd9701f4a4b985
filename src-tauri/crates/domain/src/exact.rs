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

    /// Without its sign.
    pub fn abs(self) -> Self {
        Self::raw(self.numer().abs(), self.denom())
    }

    /// The sum; `None` where it leaves what this type can hold.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let (a, b) = (self.denom(), other.denom());
        if a == b {
            return Self::reduced(self.numer().checked_add(other.numer())?, a);
        }
        let common = gcd(a.unsigned_abs(), b.unsigned_abs()) as i128;
        let (left, right) = (self.numer().checked_mul(b / common)?, other.numer().checked_mul(a / common)?);
        Self::reduced(left.checked_add(right)?, a.checked_mul(b / common)?)
    }

    /// The difference; `None` where it leaves what this type can hold.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }

    /// The product; `None` where it leaves what this type can hold.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        if self.denom() == 1 && other.denom() == 1 {
            return Self::reduced(self.numer().checked_mul(other.numer())?, 1);
        }
        // Reduced crosswise first, so that nothing overflows on the way to a
        // product that fits.
        let (left, right) = (Self::reduced(self.numer(), other.denom())?, Self::reduced(other.numer(), self.denom())?);
        Some(Self::raw(held(left.numer().checked_mul(right.numer())?)?, left.denom().checked_mul(right.denom())?))
    }

    /// The quotient; `None` where the divisor is zero, or where it leaves
    /// what this type can hold.
    pub fn checked_div(self, by: Self) -> Option<Self> {
        if by.is_zero() {
            return None;
        }
        let flipped = Self::raw(by.denom() * by.numer().signum(), by.numer().abs());
        self.checked_mul(flipped)
    }

    /// Down to a whole number.
    pub fn floor(self) -> Self {
        Self::raw(self.numer().div_euclid(self.denom()), 1)
    }

    /// Up to a whole number.
    pub fn ceil(self) -> Self {
        -(-self).floor()
    }

    /// To the nearest whole number, halves away from zero.
    pub fn round(self) -> Self {
        self.nearest(|below, above| below >= above)
    }

    /// To the nearest whole number, halves towards zero.
    pub fn round_half_down(self) -> Self {
        self.nearest(|below, above| below > above)
    }

    /// The whole number on one side or the other: `outwards` is asked with
    /// the distances to the inner and to the outer one.
    fn nearest(self, outwards: impl Fn(i128, i128) -> bool) -> Self {
        let (size, denom) = (self.numer().abs(), self.denom());
        let (inner, rest) = (size / denom, size % denom);
        let whole = if rest != 0 && outwards(rest, denom - rest) { inner + 1 } else { inner };
        Self::raw(whole * self.numer().signum(), 1)
    }

    /// The nearest decimal with so many places, half away from zero. For
    /// showing a rate beside its fraction, never for computing on. A number
    /// that is too large or too fine for it is written out exactly.
    pub fn to_places(self, places: u32) -> String {
        let scaled = 10i128.checked_pow(places).and_then(|scale| self.checked_mul(Self::raw(scale, 1)));
        match scaled {
            Some(scaled) => with_point(scaled.round().numer(), places),
            None => self.to_string(),
        }
    }

    fn raw(numer: i128, denom: i128) -> Self {
        Self(Ratio::new_raw(numer, denom))
    }

    /// In lowest terms. `denom` is more than zero.
    fn reduced(numer: i128, denom: i128) -> Option<Self> {
        let numer = held(numer)?;
        if denom == 1 {
            return Some(Self::raw(numer, 1));
        }
        let common = gcd(numer.unsigned_abs(), denom.unsigned_abs()) as i128;
        Some(Self::raw(numer / common, denom / common))
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

/// The least number has no counterpart above zero and is not held.
fn held(numer: i128) -> Option<i128> {
    (numer != i128::MIN).then_some(numer)
}

/// The greatest common divisor. Most amounts are small, and a division of
/// small numbers is many times faster.
fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(mut small), Ok(mut smaller)) = (u64::try_from(a), u64::try_from(b)) {
            while smaller != 0 {
                (small, smaller) = (smaller, small % smaller);
            }
            return small.into();
        }
        (a, b) = (b, a % b);
    }
    a
}

/// A number of the smallest places as a decimal.
fn with_point(scaled: i128, places: u32) -> String {
    let sign = if scaled < 0 { "-" } else { "" };
    let width = places as usize + 1;
    let digits = format!("{:0width$}", scaled.unsigned_abs());
    let (whole, rest) = digits.split_at(digits.len() - places as usize);
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimal = self.decimal_places().and_then(|places| {
            let scaled = self.numer().checked_mul(10i128.checked_pow(places)? / self.denom())?;
            Some(with_point(scaled, places))
        });
        match decimal {
            Some(decimal) => f.write_str(&decimal),
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

    /// Reads `12`, `-0.25`, `12.50`, `1/7`, of any size that fits.
    fn from_str(text: &str) -> Result<Self, NotExact> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (scaled, denom) = match digits.split_once('/') {
            Some((numer, denom)) => (whole(numer.trim_end())?, whole(denom.trim_start())?),
            None => decimal(digits)?,
        };
        if denom == 0 {
            return Err(NotExact);
        }
        Self::reduced(sign * scaled, denom).ok_or(NotExact)
    }
}

/// Digits and nothing else.
fn whole(digits: &str) -> Result<i128, NotExact> {
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits { digits.parse().map_err(|_| NotExact) } else { Err(NotExact) }
}

/// `12` or `12.50`: without its point, and what that multiplied it by.
fn decimal(digits: &str) -> Result<(i128, i128), NotExact> {
    let Some((before, after)) = digits.split_once('.') else {
        return Ok((whole(digits)?, 1));
    };
    let (before, places) = (whole(before)?, u32::try_from(after.len()).map_err(|_| NotExact)?);
    let scale = 10i128.checked_pow(places).ok_or(NotExact)?;
    let scaled = before.checked_mul(scale).and_then(|scaled| scaled.checked_add(whole(after).ok()?));
    scaled.map(|scaled| (scaled, scale)).ok_or(NotExact)
}

/// The operators are for amounts known to be small; what a file states goes
/// through [`Exact::checked_add`] and its like.
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
impl ops::Neg for Exact {
    type Output = Self;
    fn neg(self) -> Self {
        Self::raw(-self.numer(), self.denom())
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

    #[test]
    fn what_does_not_fit_is_none_and_what_fits_is_exact() {
        let number = |text: &str| text.parse::<Exact>().unwrap();
        let most = number(&i128::MAX.to_string());
        assert_eq!(most.checked_add(Exact::ONE), None);
        assert_eq!(most.checked_mul(Exact::whole(2)), None);
        assert_eq!((-most).checked_sub(Exact::ONE), None, "the least number has no counterpart");
        assert_eq!(most.checked_mul(number("1/2")).and_then(|half| half.checked_mul(Exact::whole(2))), Some(most));
        assert_eq!(number("1/3").checked_add(number("1/6")), Some(number("0.5")));
        assert_eq!(number("0.25").checked_add(number("0.75")), Some(Exact::ONE));
        assert_eq!(number("-2/3").checked_div(number("-4/9")), Some(number("1.5")));
        assert_eq!(number("1").checked_div(number("-4")), Some(number("-0.25")));
        assert_eq!(Exact::ONE.checked_div(Exact::ZERO), None);
    }

    #[test]
    fn halves_go_where_they_are_sent() {
        // floor, ceil, half away from zero, half towards zero
        for (text, wanted) in [
            ("2.5", ["2", "3", "3", "2"]),
            ("-2.5", ["-3", "-2", "-3", "-2"]),
            ("2.4", ["2", "3", "2", "2"]),
            ("-0.6", ["-1", "0", "-1", "-1"]),
            ("8/3", ["2", "3", "3", "3"]),
            ("4", ["4", "4", "4", "4"]),
        ] {
            let number: Exact = text.parse().unwrap();
            let found = [number.floor(), number.ceil(), number.round(), number.round_half_down()].map(|whole| whole.to_string());
            assert_eq!(found, wanted, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(numer in -i128::MAX..=i128::MAX, denom in 1..=i128::MAX, shift in 0u32..126) {
            let number = Exact::reduced(numer >> shift, (denom >> shift).max(1)).unwrap();
            proptest::prop_assert_eq!(number.to_string().parse(), Ok(number));
            let decimal = Exact::reduced(numer >> shift, 10i128.pow(shift % 19)).unwrap();
            proptest::prop_assert_eq!(decimal.to_string().parse(), Ok(decimal));
            let _ = (number.to_places(2), number.to_places(60));
        }

        #[test]
        fn checked_sums_agree_with_the_plain_ones(a in -9999i64..9999, b in 1i64..99, c in -9999i64..9999, d in 1i64..99) {
            let (x, y) = (Exact::fraction(a, b).unwrap(), Exact::fraction(c, d).unwrap());
            proptest::prop_assert_eq!(x.checked_add(y), Some(x + y));
            proptest::prop_assert_eq!(x.checked_sub(y), Some(x - y));
            proptest::prop_assert_eq!(x.checked_mul(y), Some(x * y));
            if c != 0 {
                proptest::prop_assert_eq!(x.checked_div(y).and_then(|quotient| quotient.checked_mul(y)), Some(x));
            }
        }
    }
}
