//! From the credit table to the rules that warn of credits.

use xueji_domain::warnings::{
    Watch,
    people::{CreditStanding, Pace},
};

use crate::areas::credits::{CreditResult, CreditRow, CreditsYear, ForecastState};

/// Everybody's standing under one rule set. Whoever has left is nobody's to
/// chase.
pub(super) fn credits(watch: &mut Watch, credits: &CreditsYear) {
    let set = &credits.set;
    let mut undecided = 0;
    for row in credits.rows.iter().filter(|row| row.member.organization.is_some()) {
        undecided += u32::from(row.verdict.is_none() && !row.closed);
        watch.credits(&standing(credits, row));
    }
    watch.undecided(&set.key, &set.name, &set.period, undecided);
}

fn standing<'a>(credits: &'a CreditsYear, row: &'a CreditRow) -> CreditStanding<'a> {
    let set = &credits.set;
    let pace = row.forecast.as_ref().map(|forecast| Pace {
        unreachable: forecast.state == ForecastState::Unreachable,
        expected: forecast.expected,
        behind: forecast.behind.filter(|_| forecast.state == ForecastState::Behind),
        days: forecast.days,
    });
    CreditStanding {
        member: row.member.id,
        name: &row.member.name,
        set: &set.key,
        period: &set.period,
        unit: &set.unit,
        required: row.required,
        earned: row.earned,
        gap: row.gap,
        pace,
        // An undecided result is not a failed one.
        failed: set.over && row.result == CreditResult::Short && row.verdict.is_some(),
        unmet: row.shortfalls.iter().filter(|line| line.binding).map(|line| line.label.as_str()).collect(),
        consequences: row.consequences.iter().map(|own| (own.label.as_str(), own.because.as_slice())).collect(),
        closed: row.closed,
    }
}
