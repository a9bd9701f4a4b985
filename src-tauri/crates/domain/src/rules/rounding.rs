//! The roundings that a rule file can ask for.

use super::{
    expression::TooLarge,
    model::{RateRound, RoundMode},
};
use crate::exact::Exact;

impl RoundMode {
    /// A multiple of `step`, which is more than zero.
    ///
    /// # Errors
    /// Where the number in steps leaves what exact numbers can hold.
    pub fn to_step(self, amount: Exact, step: Exact) -> Result<Exact, TooLarge> {
        let steps = amount.checked_div(step).ok_or(TooLarge)?;
        let whole = match self {
            Self::Floor => steps.floor(),
            Self::Ceil => steps.ceil(),
            Self::HalfUp => steps.round(),
            Self::HalfDown => steps.round_half_down(),
        };
        whole.checked_mul(step).ok_or(TooLarge)
    }
}

impl RateRound {
    /// How many units count.
    ///
    /// # Errors
    /// Where the number leaves what exact numbers can hold.
    pub fn units(self, units: Exact) -> Result<Exact, TooLarge> {
        Ok(match self {
            Self::Exact => units,
            Self::Floor => units.floor(),
            Self::Ceil => units.ceil(),
            Self::HalfUp => units.round(),
            Self::Half => {
                let doubled = units.checked_mul(Exact::whole(2)).ok_or(TooLarge)?;
                doubled.round().checked_div(Exact::whole(2)).ok_or(TooLarge)?
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn a_step_is_what_the_result_is_a_multiple_of() {
        for (mode, amount, step, wanted) in [
            (RoundMode::Floor, "7.9", "0.5", "7.5"),
            (RoundMode::Ceil, "7.1", "0.5", "7.5"),
            (RoundMode::HalfUp, "7.25", "0.5", "7.5"),
            (RoundMode::HalfDown, "7.25", "0.5", "7"),
            (RoundMode::HalfUp, "-7.25", "0.5", "-7.5"),
            (RoundMode::HalfUp, "14", "5", "15"),
        ] {
            assert_eq!(mode.to_step(number(amount), number(step)), Ok(number(wanted)), "{mode:?} {amount}");
        }
        assert_eq!(RoundMode::Floor.to_step(number(&i128::MAX.to_string()), number("0.1")), Err(TooLarge));
    }

    #[test]
    fn units_are_counted_as_the_award_says() {
        for (round, wanted) in
            [(RateRound::Exact, "2.75"), (RateRound::Floor, "2"), (RateRound::Ceil, "3"), (RateRound::Half, "3"), (RateRound::HalfUp, "3")]
        {
            assert_eq!(round.units(number("2.75")), Ok(number(wanted)), "{round:?}");
        }
        assert_eq!(RateRound::Half.units(number("2.74")), Ok(number("2.5")));
    }
}
