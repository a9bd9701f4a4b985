//! 签到卡: the text of a member's card, and what a text that was read says.
//!
//! `XJ1-<member>-<check>`: the member's key in Crockford's base 32 (no I, L,
//! O, U, so that nothing is misread), and the first eight such characters of
//! HMAC-SHA256 (RFC 2104) over the key's sixteen bytes, keyed by the book.
//! Nobody without the book makes up a card that it takes; a photocopy of a
//! card, though, is that card.
//!
//! A reader types the text as a keyboard does. Through an input method or
//! with Caps Lock it may arrive in full width or in the other case; it is the
//! same text.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;

use crate::{
    ids::{Id, MemberId},
    text::to_half_width,
};

/// What every card's text begins with: the program and the form's version.
pub const PREFIX: &str = "XJ1";

/// The digits of Crockford's base 32.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a member's key: 128 bits by fives.
const MEMBER_LEN: usize = 26;
/// Bytes of the check value: forty bits, eight characters.
const CHECK_BYTES: usize = 5;
const CHECK_LEN: usize = 8;

/// The key of a book's cards. It never leaves the book; what is shown for
/// debugging does not hold it.
#[derive(Clone, PartialEq, Eq)]
pub struct CardKey([u8; 32]);

impl std::fmt::Debug for CardKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CardKey")
    }
}

impl CardKey {
    /// Of thirty-two random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// As the book keeps it: sixty-four hexadecimal digits.
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// As the book kept it; `None` where it is no such key.
    pub fn from_hex(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The text of a member's card.
    pub fn card(&self, member: MemberId) -> String {
        let check = self.mac(member).finalize().into_bytes();
        format!("{PREFIX}-{}-{}", to_base32(&member.to_bytes()), to_base32(&check[..CHECK_BYTES]))
    }

    /// Whether a card that was read was made with this key.
    pub fn made(&self, card: &Card) -> bool {
        self.mac(card.member).verify_truncated_left(&card.check).is_ok()
    }

    fn mac(&self, member: MemberId) -> Hmac<Sha256> {
        // A key of any length will do for HMAC; the error of the other types
        // cannot occur, and without it the message would go unkeyed.
        let mut mac = <Hmac<Sha256> as hmac::digest::KeyInit>::new(&self.block());
        mac.update(&member.to_bytes());
        mac
    }

    /// The key filled up to the block of SHA-256 with zeros, as RFC 2104 has
    /// it: the same value as the key itself.
    fn block(&self) -> hmac::digest::Key<Hmac<Sha256>> {
        let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
        block[..self.0.len()].copy_from_slice(&self.0);
        block
    }
}

/// What a card's text says, before anybody knows whether the book made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Whose it claims to be.
    pub member: MemberId,
    check: [u8; CHECK_BYTES],
}

/// Reads a card's text, in any case and width; `None` where it is damaged or
/// no card's.
pub fn parse(text: &str) -> Option<Card> {
    let folded = to_half_width(text).trim().to_ascii_uppercase();
    let mut parts = folded.split('-');
    let (prefix, member, check) = (parts.next()?, parts.next()?, parts.next()?);
    if prefix != PREFIX || parts.next().is_some() {
        return None;
    }
    let bytes: [u8; 16] = from_base32(member, MEMBER_LEN)?.try_into().ok()?;
    let check = from_base32(check, CHECK_LEN)?.try_into().ok()?;
    Some(Card { member: Id::from_uuid(Uuid::from_bytes(bytes)), check })
}

/// Bits by fives from the first on; what is left over stands high in the last
/// character.
fn to_base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut held, mut bits) = (0u32, 0u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(DIGITS[(held >> bits & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(DIGITS[(held << (5 - bits) & 31) as usize]));
    }
    text
}

/// The bytes of so many characters. What is read as another digit is that
/// digit (O is 0, I and L are 1); bits left over have to be zero.
fn from_base32(text: &str, len: usize) -> Option<Vec<u8>> {
    if text.len() != len {
        return None;
    }
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0u32, 0u32);
    for character in text.bytes() {
        let digit = match character {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            other => other,
        };
        let value = DIGITS.iter().position(|known| *known == digit)?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 255).ok()?);
        }
        held &= (1 << bits) - 1;
    }
    (held == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(text: &str) -> MemberId {
        text.parse().unwrap()
    }

    fn key(byte: u8) -> CardKey {
        CardKey::new([byte; 32])
    }

    /// RFC 4231: the test cases whose key fits (1 to 4), against the same
    /// function that the cards use; truncation is its case 5.
    #[test]
    fn hmac_gives_what_rfc_4231_says() {
        let hex =
            |text: &str| -> Vec<u8> { (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect() };
        let mac = |key: &[u8], data: &[u8]| {
            let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).unwrap();
            mac.update(data);
            mac.finalize().into_bytes().to_vec()
        };
        for (key, data, expected) in [
            (vec![0x0b; 20], b"Hi There".to_vec(), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe".to_vec(),
                b"what do ya want for nothing?".to_vec(),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (vec![0xaa; 20], vec![0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
            ((1..=25).collect(), vec![0xcd; 50], "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        ] {
            assert_eq!(mac(&key, &data), hex(expected));
        }
        assert_eq!(mac(&[0x0c; 20], b"Test With Truncation")[..16], hex("a3b6167473100ee06e0c796c2955552b")[..]);
    }

    /// The texts were worked out with Python's hmac, hashlib and a base 32 of
    /// its own.
    #[test]
    fn a_cards_text_is_what_another_program_makes_of_it() {
        let card = key(0x2a).card(member("019a3c5e-7d10-7abc-8def-0123456789ab"));
        assert_eq!(card, "XJ1-06D3RQKX21XBS3FF04HMASW9NC-EVV2ZM0M");
        assert_eq!(card.len(), 39);
        let ascending: Vec<u8> = (0..32).collect();
        let ascending = CardKey::new(ascending.try_into().unwrap());
        assert_eq!(ascending.card(member("00000000-0000-0000-0000-000000000000")), "XJ1-00000000000000000000000000-ZY914C0Q");
    }

    #[test]
    fn what_was_made_is_read_in_any_case_and_width() {
        let (key, member) = (key(7), member("019a3c5e-7d10-7abc-8def-0123456789ab"));
        let text = key.card(member);
        let wide: String = text.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap()).collect();
        for written in [
            text.clone(),
            text.to_lowercase(),
            wide,
            format!(" {text}\r\n"),
            format!("XJ1{}", text[3..].replace('1', "l").replace('0', "o")),
        ] {
            let card = parse(&written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!(card.member, member);
            assert!(key.made(&card), "{written}");
        }
    }

    #[test]
    fn every_single_slip_is_found() {
        let (key, member) = (key(7), member("019a3c5e-7d10-7abc-8def-0123456789ab"));
        let text = key.card(member);
        for at in 0..text.len() {
            for digit in DIGITS.iter().chain(b"-U*") {
                let mut slipped = text.clone().into_bytes();
                if slipped[at] == *digit {
                    continue;
                }
                slipped[at] = *digit;
                let slipped = String::from_utf8(slipped).unwrap();
                assert!(parse(&slipped).is_none_or(|card| !key.made(&card)), "{slipped}");
            }
            assert!(parse(&text[..at]).is_none());
        }
    }

    #[test]
    fn another_books_key_takes_no_card_of_this_one() {
        let card = parse(&key(1).card(member("019a3c5e-7d10-7abc-8def-0123456789ab"))).unwrap();
        assert!(key(1).made(&card));
        assert!(!key(2).made(&card));
    }

    #[test]
    fn a_key_is_kept_as_text_and_never_shown() {
        let kept = key(0xf0).to_hex();
        assert_eq!(kept.len(), 64);
        assert_eq!(CardKey::from_hex(&kept), Some(key(0xf0)));
        for wrong in ["", "f0", &kept[..63], &kept.replacen('f', "g", 1), &"é".repeat(32)] {
            assert_eq!(CardKey::from_hex(wrong), None);
        }
        assert_eq!(format!("{:?}", key(0xf0)), "CardKey");
    }
}
