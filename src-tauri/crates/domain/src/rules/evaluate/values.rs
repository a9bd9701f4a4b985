//! Numbers that the rules state or find: constants, formulas, tables, bands;
//! and rounding.

use super::{
    super::{
        expression::{Datum, Expression, Scope, TooLarge},
        ledger::{Question, QuestionKind, Reading},
        model::{Band, RateRound, RoundMode, Value, ValueKind},
    },
    Run,
    choices::Valued,
};
use crate::exact::Exact;

/// A value; `None` where its formula has none.
pub(super) fn value_of(run: &Run<'_>, value: &Value, scope: &dyn Scope) -> Result<Option<Exact>, TooLarge> {
    match &value.how {
        ValueKind::Constant(number) => Ok(Some(*number)),
        ValueKind::Formula(formula) => formula.number(scope),
        ValueKind::Table { by, rows, otherwise } => {
            let key = key_of(by, scope)?;
            if let Some((_, number)) = rows.iter().find(|(row, _)| *row == key) {
                return Ok(Some(*number));
            }
            Ok(Some(otherwise.unwrap_or_else(|| not_in_table(run, value.line, &key).value)))
        }
        ValueKind::Bands { by, bands, otherwise } => {
            let Some(number) = by.number(scope)? else { return Ok(*otherwise) };
            Ok(match band_of(run, bands, number, value.line, otherwise.is_some()) {
                Picked::Band(at) => Some(bands[at].value),
                Picked::None => otherwise.or(Some(Exact::ZERO)),
            })
        }
    }
}

/// What a table is asked for: the parts' texts, joined by `/`.
fn key_of(by: &[Expression], scope: &dyn Scope) -> Result<String, TooLarge> {
    let mut key = String::new();
    for (at, part) in by.iter().enumerate() {
        if at > 0 {
            key.push('/');
        }
        key.push_str(&text_of(part.evaluate(scope)?));
    }
    Ok(key)
}

/// A datum as a key.
pub(super) fn text_of(datum: Datum<'_>) -> String {
    match datum {
        Datum::Missing => String::new(),
        Datum::Number(number) => number.to_string(),
        Datum::Text(text) => text.to_owned(),
        Datum::Flag(flag) => flag.to_string(),
        Datum::Day(day) => day.to_string(),
        Datum::List(list) => list.join("、"),
    }
}

fn not_in_table(run: &Run<'_>, line: u32, key: &str) -> Valued {
    run.choices.value(&format!("table:{line}:{key}"), || {
        let kind = QuestionKind::Table { key: key.to_owned() };
        (Question { key: format!("table:{line}:{key}"), kind, fact: None, line, readings: Vec::new() }, None, None)
    })
}

/// Where a number falls.
pub(super) enum Picked {
    /// Into this band.
    Band(usize),
    /// Into none, and that is decided.
    None,
}

/// The band of a number. Between bands, or in two at once, somebody has to
/// say which.
pub(super) fn band_of<T>(run: &Run<'_>, bands: &[Band<T>], number: Exact, line: u32, otherwise: bool) -> Picked {
    let active = || bands.iter().enumerate().filter(|(_, band)| run.active(&band.origin));
    let mut holding = bands.iter().enumerate().filter(|(_, band)| band.holds(number) && run.active(&band.origin)).map(|(at, _)| at);
    let (first, second) = (holding.next(), holding.next());
    match (first, second) {
        (Some(only), None) => return Picked::Band(only),
        (None, _) if otherwise => return Picked::None,
        _ => {}
    }
    let overlap = first.is_some();
    let candidates: Vec<usize> =
        if overlap { active().filter(|(_, band)| band.holds(number)).map(|(at, _)| at).collect() } else { neighbours(active(), number) };
    let key = format!("band:{line}:{number}");
    let picked = run.choices.reading(&key, || {
        let label = |at: usize| Reading { id: format!("band{}", at + 1), label: interval(&bands[at]), unbounded: false };
        let mut readings: Vec<Reading> = candidates.iter().map(|&at| label(at)).collect();
        if readings.len() < 2 {
            readings.push(Reading { id: "none".to_owned(), label: String::new(), unbounded: false });
        }
        Question { key: key.clone(), kind: QuestionKind::Band { value: number, overlap }, fact: None, line, readings }
    });
    candidates.get(picked).map_or(Picked::None, |&at| Picked::Band(at))
}

/// The nearest band below a number and the nearest above, in file order.
fn neighbours<'b, T: 'b>(bands: impl Iterator<Item = (usize, &'b Band<T>)>, number: Exact) -> Vec<usize> {
    type Nearest = Option<(usize, Exact)>;
    let (mut below, mut above): (Nearest, Nearest) = (None, None);
    for (at, band) in bands {
        if let Some(end) = band.upper.filter(|end| end.at <= number)
            && below.is_none_or(|(_, best)| end.at > best)
        {
            below = Some((at, end.at));
        }
        if let Some(end) = band.lower.filter(|end| end.at >= number)
            && above.is_none_or(|(_, best)| end.at < best)
        {
            above = Some((at, end.at));
        }
    }
    let mut both: Vec<usize> = below.into_iter().chain(above).map(|(at, _)| at).collect();
    both.sort_unstable();
    both
}

/// A band's interval as it is written on paper: `15 < x < 30`.
fn interval<T>(band: &Band<T>) -> String {
    let lower = band.lower.map(|end| format!("{} {} ", end.at, if end.inclusive { "≤" } else { "<" })).unwrap_or_default();
    let upper = band.upper.map(|end| format!(" {} {}", if end.inclusive { "≤" } else { "<" }, end.at)).unwrap_or_default();
    format!("{lower}x{upper}")
}

/// To a multiple of a step.
pub(super) fn round_to(number: Exact, mode: RoundMode, step: Exact) -> Result<Exact, TooLarge> {
    let units = number.checked_div(step).ok_or(TooLarge)?;
    let units = match mode {
        RoundMode::Floor => units.floor(),
        RoundMode::Ceil => units.ceil(),
        RoundMode::HalfUp => units.round(),
        RoundMode::HalfDown => units.round_half_down(),
    };
    units.checked_mul(step).ok_or(TooLarge)
}

/// Countable units of a rate; asks where they are not whole and the rule does
/// not say.
pub(super) fn rate_units(run: &Run<'_>, units: Exact, round: Option<RateRound>, category: &str, line: u32) -> Result<Exact, TooLarge> {
    if units.denom() == 1 {
        return Ok(units);
    }
    const READINGS: [(&str, RateRound); 3] = [("exact", RateRound::Exact), ("floor", RateRound::Floor), ("half", RateRound::Half)];
    let round = round.unwrap_or_else(|| {
        let key = format!("rounding:{category}");
        let picked = run.choices.reading(&key, || Question {
            key: key.clone(),
            kind: QuestionKind::Rounding { category: category.to_owned(), units },
            fact: None,
            line,
            readings: READINGS.iter().map(|(id, _)| Reading { id: (*id).to_owned(), label: String::new(), unbounded: false }).collect(),
        });
        READINGS.get(picked).map_or(RateRound::Exact, |(_, round)| *round)
    });
    match round {
        RateRound::Exact => Ok(units),
        RateRound::Floor => round_to(units, RoundMode::Floor, Exact::ONE),
        RateRound::Ceil => round_to(units, RoundMode::Ceil, Exact::ONE),
        RateRound::Half => round_to(units, RoundMode::HalfUp, Exact::fraction(1, 2).unwrap_or(Exact::ONE)),
        RateRound::HalfUp => round_to(units, RoundMode::HalfUp, Exact::ONE),
    }
}
