//! Rounding, from its definition.

use xueji_domain::{
    exact::Exact,
    rules::model::{RateRound, RoundMode, RoundingStage, RuleSet},
};

fn half() -> Exact {
    Exact::fraction(1, 2).expect("a half")
}

/// The greatest whole number that is not above it.
pub fn floor(number: Exact) -> Exact {
    Exact::whole(number.numer().div_euclid(number.denom()) as i64)
}

fn negative(number: Exact) -> Exact {
    Exact::ZERO - number
}

fn nearest_whole(number: Exact, mode: RoundMode) -> Exact {
    if number < Exact::ZERO {
        return negative(nearest_whole(negative(number), mode));
    }
    let below = floor(number);
    let rest = number - below;
    let up = if mode == RoundMode::HalfUp { rest >= half() } else { rest > half() };
    if up { below + Exact::ONE } else { below }
}

/// To multiples of `step`.
pub fn round(number: Exact, mode: RoundMode, step: Exact) -> Exact {
    let steps = number.checked_div(step).expect("a step above zero");
    let whole = match mode {
        RoundMode::Floor => floor(steps),
        RoundMode::Ceil => negative(floor(negative(steps))),
        RoundMode::HalfUp | RoundMode::HalfDown => nearest_whole(steps, mode),
    };
    whole * step
}

/// As the file says for a stage; unchanged where it says nothing.
pub fn at_stage(rules: &RuleSet, stage: RoundingStage, number: Exact) -> Exact {
    rules
        .roundings
        .iter()
        .filter(|rounding| rounding.stage == stage)
        .fold(number, |number, rounding| round(number, rounding.mode, rounding.step))
}

/// Units that an award pays for. `None`: the file does not say how.
pub fn units(number: Exact, how: Option<RateRound>) -> Option<Exact> {
    let two = Exact::whole(2);
    Some(match how {
        None if number != floor(number) => return None,
        None | Some(RateRound::Exact) => number,
        Some(RateRound::Floor) => floor(number),
        Some(RateRound::Ceil) => negative(floor(negative(number))),
        Some(RateRound::Half) => floor(number * two + half()) * half(),
        Some(RateRound::HalfUp) => floor(number + half()),
    })
}
