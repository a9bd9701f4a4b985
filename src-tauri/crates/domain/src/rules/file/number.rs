//! Numbers as rule files write them: `12`, `0.25`, `1/7`, `90%`.

use super::finding::Code;
use crate::exact::Exact;

const LARGEST: i64 = 1_000_000_000;
const FINEST: i128 = 1_000_000;

/// Reads a number; the limits keep every later computation with it within
/// what exact numbers can hold for any length of file.
pub(super) fn read(text: &str) -> Result<Exact, Code> {
    let text = text.trim();
    let (digits, percent) = match text.strip_suffix(['%', '％']) {
        Some(digits) => (digits.trim_end(), true),
        None => (text, false),
    };
    let number: Exact = digits.parse().map_err(|_| if looks_too_large(digits) { Code::NumberTooLarge } else { Code::NotANumber })?;
    within_limits(number)?;
    if !percent {
        return Ok(number);
    }
    let hundredth = number.checked_div(Exact::whole(100)).ok_or(Code::NumberTooLarge)?;
    within_limits(hundredth)?;
    Ok(hundredth)
}

fn within_limits(number: Exact) -> Result<(), Code> {
    if number > Exact::whole(LARGEST) || number < Exact::whole(-LARGEST) {
        return Err(Code::NumberTooLarge);
    }
    if number.denom() > FINEST { Err(Code::NumberTooFine) } else { Ok(()) }
}

/// Digits that are a number, only too many of them.
fn looks_too_large(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut parts = digits.splitn(2, ['.', '/']);
    parts.all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) && !digits.ends_with("/0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_and_bounded() {
        for (text, expected) in [("12", "12"), ("-0.25", "-1/4"), (" 1/7 ", "1/7"), ("90%", "9/10"), ("12.5 %", "1/8"), ("1/3%", "1/300")] {
            assert_eq!(read(text), Ok(expected.parse().unwrap()), "{text}");
        }
        assert_eq!(read("1000000000"), Ok(Exact::whole(1_000_000_000)));
        for (text, code) in [
            ("1000000001", Code::NumberTooLarge),
            ("-1000000001", Code::NumberTooLarge),
            ("99999999999999999999999999999999999999999", Code::NumberTooLarge),
            ("0.0000001", Code::NumberTooFine),
            ("1/1000001", Code::NumberTooFine),
            ("0.00001%", Code::NumberTooFine),
            ("", Code::NotANumber),
            ("%", Code::NotANumber),
            ("1/0", Code::NotANumber),
            ("六", Code::NotANumber),
            ("1e9", Code::NotANumber),
            ("1,000", Code::NotANumber),
        ] {
            assert_eq!(read(text), Err(code), "{text}");
        }
    }
}
