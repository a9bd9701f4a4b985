//! What an expression comes to. Nothing here allocates: an expression is
//! evaluated once for each fact.

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate};

use super::{Comparison, Datum, Function, Node, Operator, Scope, TooLarge};
use crate::{calendar::parse_date, exact::Exact};

impl Node {
    /// What it comes to.
    ///
    /// # Errors
    /// Where a number leaves what exact numbers can hold.
    pub fn evaluate<'a>(&'a self, scope: &'a dyn Scope) -> Result<Datum<'a>, TooLarge> {
        Ok(match self {
            Self::Number(number) => Datum::Number(*number),
            Self::Text(text) => Datum::Text(text),
            Self::Flag(flag) => Datum::Flag(*flag),
            Self::Name { prefix, name, .. } => scope.name(*prefix, name)?,
            Self::Negative(inside) => inside.evaluate(scope)?.number().map_or(Datum::Missing, |number| Datum::Number(-number)),
            Self::Arithmetic(operator, left, right) => {
                arithmetic(*operator, left.evaluate(scope)?.number(), right.evaluate(scope)?.number())?
            }
            Self::If(parts) => {
                let [condition, then, otherwise] = &**parts;
                if condition.holds(scope)? { then.evaluate(scope)? } else { otherwise.evaluate(scope)? }
            }
            Self::Function(function, arguments) => function.of(arguments, scope)?,
            Self::Measure { measure, arguments, .. } => scope.measure(*measure, arguments)?,
            condition => Datum::Flag(condition.holds(scope)?),
        })
    }

    /// Whether it holds as a condition: only where it comes to true.
    ///
    /// # Errors
    /// As [`evaluate`](Self::evaluate).
    pub fn holds(&self, scope: &dyn Scope) -> Result<bool, TooLarge> {
        Ok(match self {
            Self::Compare(first, links) => {
                let mut left = first.evaluate(scope)?;
                for (comparison, right) in links {
                    let right = right.evaluate(scope)?;
                    if !comparison.holds(left, right) {
                        return Ok(false);
                    }
                    left = right;
                }
                true
            }
            Self::In(one, list) => {
                let one = one.evaluate(scope)?;
                for other in list {
                    if one.equals(other.evaluate(scope)?) {
                        return Ok(true);
                    }
                }
                false
            }
            Self::Has(list, one) => list.evaluate(scope)?.has(one.evaluate(scope)?),
            Self::And(left, right) => left.holds(scope)? && right.holds(scope)?,
            Self::Or(left, right) => left.holds(scope)? || right.holds(scope)?,
            Self::Not(inside) => !inside.holds(scope)?,
            Self::Known(inside) => inside.evaluate(scope)? != Datum::Missing,
            value => value.evaluate(scope)? == Datum::Flag(true),
        })
    }
}

fn arithmetic<'a>(operator: Operator, left: Option<Exact>, right: Option<Exact>) -> Result<Datum<'a>, TooLarge> {
    let (Some(left), Some(right)) = (left, right) else { return Ok(Datum::Missing) };
    let result = match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::Divide if right.is_zero() => return Ok(Datum::Missing),
        Operator::Divide => left.checked_div(right),
    };
    result.map(Datum::Number).ok_or(TooLarge)
}

impl Datum<'_> {
    /// The number, where it is one.
    pub fn number(self) -> Option<Exact> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The day, where it is one or is written as one.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Text(text) => day_of(text),
            _ => None,
        }
    }

    /// Whether two values are the same; what has no value equals nothing.
    pub fn equals(self, other: Datum<'_>) -> bool {
        match (self, other) {
            (Datum::Flag(one), Datum::Flag(other)) => one == other,
            (one, other) => one.order(other) == Some(Ordering::Equal),
        }
    }

    /// Which of two values is greater; `None` where they have no order.
    /// Numbers and days that are written as texts count as what they are.
    pub fn order(self, other: Datum<'_>) -> Option<Ordering> {
        match (self, other) {
            (Datum::Number(one), Datum::Number(other)) => Some(one.cmp(&other)),
            (Datum::Text(one), Datum::Text(other)) => Some(one.cmp(other)),
            (Datum::Day(one), Datum::Day(other)) => Some(one.cmp(&other)),
            (Datum::Number(one), Datum::Text(other)) => Some(one.cmp(&other.parse().ok()?)),
            (Datum::Day(one), Datum::Text(other)) => day_order(one, other),
            (Datum::Text(_), Datum::Number(_) | Datum::Day(_)) => other.order(self).map(Ordering::reverse),
            _ => None,
        }
    }

    /// Whether a list has a value; a value alone is a list of one.
    fn has(self, wanted: Datum<'_>) -> bool {
        match self {
            Datum::List(list) => list.iter().any(|item| Datum::Text(item).equals(wanted)),
            one => one.equals(wanted),
        }
    }
}

impl Comparison {
    fn holds(self, left: Datum<'_>, right: Datum<'_>) -> bool {
        match self {
            Self::Equal => left.equals(right),
            Self::Unequal => !left.equals(right),
            Self::Less => left.order(right).is_some_and(Ordering::is_lt),
            Self::LessOrEqual => left.order(right).is_some_and(Ordering::is_le),
            Self::Greater => left.order(right).is_some_and(Ordering::is_gt),
            Self::GreaterOrEqual => left.order(right).is_some_and(Ordering::is_ge),
        }
    }
}

/// `YYYY-MM-DD`, and other spellings of a day after that.
fn day_of(text: &str) -> Option<NaiveDate> {
    plain_day(text).or_else(|| parse_date(text).ok())
}

fn plain_day(text: &str) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let number =
        |digits: &[u8]| digits.iter().try_fold(0u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')));
    NaiveDate::from_ymd_opt(i32::try_from(number(&[y1, y2, y3, y4])?).ok()?, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// A day beside a text: as days where the text is one, else character by
/// character, so that `date >= '2025-07'` is July and after.
fn day_order(day: NaiveDate, text: &str) -> Option<Ordering> {
    if let Some(other) = day_of(text) {
        return Some(day.cmp(&other));
    }
    let year = u32::try_from(day.year()).ok().filter(|year| *year <= 9999)?;
    let digit = |number: u32, unit: u32| b'0' + (number / unit % 10) as u8;
    let (month, day) = (day.month(), day.day());
    let [y1, y2, y3, y4] = [1000, 100, 10, 1].map(|unit| digit(year, unit));
    let written = [y1, y2, y3, y4, b'-', digit(month, 10), digit(month, 1), b'-', digit(day, 10), digit(day, 1)];
    Some(written.as_slice().cmp(text.as_bytes()))
}

impl Function {
    fn of<'a>(self, arguments: &'a [Node], scope: &'a dyn Scope) -> Result<Datum<'a>, TooLarge> {
        match self {
            Self::Min => chosen(arguments, scope, Ordering::Less),
            Self::Max => chosen(arguments, scope, Ordering::Greater),
            Self::Floor => whole(arguments, scope, Exact::floor),
            Self::Ceil => whole(arguments, scope, Exact::ceil),
            Self::Round => whole(arguments, scope, Exact::round),
            Self::Abs => whole(arguments, scope, Exact::abs),
            Self::YearsBetween => between(arguments, scope, |from, to| months_between(from, to) / 12),
            Self::MonthsBetween => between(arguments, scope, months_between),
            Self::DaysBetween => between(arguments, scope, |from, to| (to - from).num_days()),
        }
    }
}

fn chosen<'a>(arguments: &'a [Node], scope: &'a dyn Scope, wanted: Ordering) -> Result<Datum<'a>, TooLarge> {
    let mut best: Option<Exact> = None;
    for argument in arguments {
        if let Some(number) = argument.evaluate(scope)?.number()
            && best.is_none_or(|best| number.cmp(&best) == wanted)
        {
            best = Some(number);
        }
    }
    Ok(best.map_or(Datum::Missing, Datum::Number))
}

fn whole<'a>(arguments: &'a [Node], scope: &'a dyn Scope, rounded: fn(Exact) -> Exact) -> Result<Datum<'a>, TooLarge> {
    let [argument] = arguments else { return Ok(Datum::Missing) };
    Ok(argument.evaluate(scope)?.number().map_or(Datum::Missing, |number| Datum::Number(rounded(number))))
}

fn between<'a>(arguments: &'a [Node], scope: &'a dyn Scope, count: fn(NaiveDate, NaiveDate) -> i64) -> Result<Datum<'a>, TooLarge> {
    let [from, to] = arguments else { return Ok(Datum::Missing) };
    let (from, to) = (from.evaluate(scope)?.day(), to.evaluate(scope)?.day());
    let (Some(from), Some(to)) = (from, to) else { return Ok(Datum::Missing) };
    let counted = if from <= to { count(from, to) } else { -count(to, from) };
    Ok(Datum::Number(Exact::whole(counted)))
}

/// Whole months from a day to a later one. A month is full on the same day of
/// the next; where that has no such day, on its last (民法典第二百零二条).
fn months_between(from: NaiveDate, to: NaiveDate) -> i64 {
    let begun = i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
    let last_of_month = to.succ_opt().is_none_or(|next| next.day() == 1);
    if to.day() >= from.day() || last_of_month { begun } else { begun - 1 }
}
