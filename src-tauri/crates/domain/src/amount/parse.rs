//! `90`, `1.5小时`, `1h30min`, `一个半小时`, `半天`, `2学时`, `1:30`.

use super::{AmountProblem, AmountUnit, StudyAmount};
use crate::{exact::Exact, text::scan::Scan};

/// What a written duration was taken to mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountReading {
    /// It names its unit.
    Clear(StudyAmount),
    /// A bare number from ten up: minutes, and shown so before it is taken.
    BareMinutes(StudyAmount),
    /// A bare number below ten: minutes or hours? Whoever wrote it is asked;
    /// [`StudyAmount::of_minutes`] and [`StudyAmount::of_hours`] are the
    /// answers.
    Unclear {
        /// As it was written.
        number: Exact,
    },
}

impl AmountReading {
    /// The amount, unless somebody has to be asked first.
    pub fn amount(self) -> Option<StudyAmount> {
        match self {
            Self::Clear(amount) | Self::BareMinutes(amount) => Some(amount),
            Self::Unclear { .. } => None,
        }
    }
}

/// Below this a bare number might be hours.
const LEAST_BARE_MINUTES: i64 = 10;

/// Reads a duration in any of the usual spellings, full-width digits and
/// small Chinese numerals among them.
///
/// # Errors
/// Where it is no duration, nothing or less, or longer than a year.
pub fn parse_amount(text: &str) -> Result<AmountReading, AmountProblem> {
    let mut scan = Scan::new(text);
    if scan.one_of(&['-']).is_some() {
        let below_zero = quantity(&mut scan).is_some();
        return Err(if below_zero { AmountProblem::NotPositive } else { AmountProblem::NotAnAmount });
    }
    if let Some(seconds) = clock_form(scan) {
        return StudyAmount::of(Exact::whole(seconds), AmountUnit::Second).map(AmountReading::Clear);
    }
    let first = quantity(&mut scan).ok_or(AmountProblem::NotAnAmount)?;
    if scan.is_done() && !first.and_half {
        return bare(first.number);
    }
    let unit = unit(&mut scan).ok_or(AmountProblem::NotAnAmount)?;
    let amount = match unit {
        Unit::Kept(kept) => kept_amount(&mut scan, first, kept)?,
        Unit::Time(seconds) => time_amount(&mut scan, first, seconds)?,
    };
    if scan.is_done() { Ok(AmountReading::Clear(amount)) } else { Err(AmountProblem::NotAnAmount) }
}

fn bare(number: Exact) -> Result<AmountReading, AmountProblem> {
    if number.is_zero() {
        Err(AmountProblem::NotPositive)
    } else if number < Exact::whole(LEAST_BARE_MINUTES) {
        Ok(AmountReading::Unclear { number })
    } else {
        StudyAmount::of_minutes(number).map(AmountReading::BareMinutes)
    }
}

/// A number, and whether 半 stands behind it: `2`, `1.5`, `三`, `一个半`, `半`.
#[derive(Clone, Copy)]
struct Quantity {
    number: Exact,
    and_half: bool,
}

impl Quantity {
    fn value(self) -> Exact {
        self.number + if self.and_half { half() } else { Exact::ZERO }
    }
}

fn half() -> Exact {
    Exact::fraction(1, 2).unwrap_or_default()
}

fn quantity(scan: &mut Scan<'_>) -> Option<Quantity> {
    let number = decimal(scan).or_else(|| chinese_number(scan));
    if number.is_some() {
        scan.blanks();
        scan.one_of(&['个']);
    }
    let and_half = scan.one_of(&['半']).is_some();
    scan.one_of(&['个']);
    scan.blanks();
    (number.is_some() || and_half).then_some(Quantity { number: number.unwrap_or_default(), and_half })
}

/// Longer numbers are not read: no duration needs them.
const MOST_DIGITS: usize = 18;

fn decimal(scan: &mut Scan<'_>) -> Option<Exact> {
    let mut ahead = *scan;
    let mut written = ahead.digits();
    let mut fraction = ahead;
    if !written.is_empty() && fraction.one_of(&['.']).is_some() {
        let places = fraction.digits();
        if !places.is_empty() {
            written = format!("{written}.{places}");
            ahead = fraction;
        }
    }
    // So short that no arithmetic on it can overflow.
    let number = (written.len() <= MOST_DIGITS).then(|| written.parse().ok())??;
    *scan = ahead;
    Some(number)
}

/// 一 to 九十九, 两.
fn chinese_number(scan: &mut Scan<'_>) -> Option<Exact> {
    const DIGITS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '两'];
    let digit = |scan: &mut Scan<'_>| {
        let c = scan.one_of(&DIGITS)?;
        DIGITS.iter().position(|&d| d == c).map(|at| if c == '两' { 2 } else { at as i64 + 1 })
    };
    let first = digit(scan);
    if scan.one_of(&['十']).is_none() {
        return first.map(Exact::whole);
    }
    Some(Exact::whole(first.unwrap_or(1) * 10 + digit(scan).unwrap_or(0)))
}

#[derive(Clone, Copy)]
enum Unit {
    /// Time: how many seconds one of it is.
    Time(i64),
    /// 天 or 学时.
    Kept(AmountUnit),
}

const HOUR: i64 = super::SECONDS_PER_HOUR;
const MINUTE: i64 = super::SECONDS_PER_MINUTE;

fn unit(scan: &mut Scan<'_>) -> Option<Unit> {
    // A longer word stands before the one that it begins with.
    const UNITS: [(&[&str], Unit); 6] = [
        (&["学时", "课时"], Unit::Kept(AmountUnit::ClassHour)),
        (&["天", "日", "days", "day", "d"], Unit::Kept(AmountUnit::Day)),
        (&["小时", "钟头", "hours", "hour", "hrs", "hr", "h", "时"], Unit::Time(HOUR)),
        (&["分钟", "分", "minutes", "minute", "mins", "min", "m", "'", "′"], Unit::Time(MINUTE)),
        (&["刻钟"], Unit::Time(15 * MINUTE)),
        (&["秒钟", "秒", "seconds", "second", "sec", "s"], Unit::Time(1)),
    ];
    let (_, unit) = UNITS.iter().find(|(words, _)| scan.word(words).is_some())?;
    scan.blanks();
    Some(*unit)
}

/// `半天`, `2个半天` (two half-days), `1.5天`, `两天半` (two and a half), `2学时`.
fn kept_amount(scan: &mut Scan<'_>, first: Quantity, unit: AmountUnit) -> Result<StudyAmount, AmountProblem> {
    if unit == AmountUnit::Day && first.and_half {
        let count = if first.number.is_zero() { Exact::ONE } else { first.number };
        return StudyAmount::of(count, AmountUnit::HalfDay);
    }
    StudyAmount::of(first.value() + half_behind(scan), unit)
}

/// `1.5小时`, `1小时30分`, `1小时半`, `1小时零5分`, `1h30`, `90秒`.
fn time_amount(scan: &mut Scan<'_>, first: Quantity, mut seconds_each: i64) -> Result<StudyAmount, AmountProblem> {
    let seconds = |quantity: Exact, each: i64| quantity * Exact::whole(each);
    let mut total = seconds(first.value() + half_behind(scan), seconds_each);
    while !scan.is_done() {
        scan.one_of(&['零', '又']);
        let next = quantity(scan).ok_or(AmountProblem::NotAnAmount)?;
        let each = match unit(scan) {
            Some(Unit::Time(each)) if each < seconds_each => each,
            None if seconds_each == HOUR && scan.is_done() => MINUTE,
            _ => return Err(AmountProblem::NotAnAmount),
        };
        if seconds(next.value(), each) >= seconds(Exact::ONE, seconds_each) {
            return Err(AmountProblem::NotAnAmount);
        }
        total += seconds(next.value(), each);
        seconds_each = each;
    }
    StudyAmount::of(total, AmountUnit::Second)
}

fn half_behind(scan: &mut Scan<'_>) -> Exact {
    if scan.one_of(&['半']).is_some() { half() } else { Exact::ZERO }
}

/// `1:30` and `1:30:00` as hours, minutes, seconds; in seconds.
fn clock_form(mut scan: Scan<'_>) -> Option<i64> {
    let hours = i64::from(scan.short_number()?);
    let mut parts = [0, 0];
    scan.one_of(&[':'])?;
    parts[0] = i64::from(scan.short_number()?);
    if scan.one_of(&[':']).is_some() {
        parts[1] = i64::from(scan.short_number()?);
    }
    scan.blanks();
    let [minutes, seconds] = parts;
    (scan.is_done() && minutes < 60 && seconds < 60).then_some(hours * HOUR + minutes * MINUTE + seconds)
}
