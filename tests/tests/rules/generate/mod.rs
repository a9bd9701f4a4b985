//! Random rule sets and facts, as the texts that people would write. Numbers
//! are small, so that caps and boundaries are often hit exactly. Every option
//! is stated and every award has a fallback: these rule sets decide.

mod facts;
mod rule_text;

use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDate};

use super::draw::Draw;

/// What a rule set may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    Penalties,
    PenaltyFirst,
    NarrowCaps,
    PeriodCaps,
    CountCaps,
    KeyCaps,
    EventCaps,
    CycleCaps,
    BucketMax,
    Floors,
    Highest,
    HighestFirst,
    Spread,
    Basis,
    Counters,
    Openings,
    Derive,
    Inactive,
    Carry,
    CarryMoved,
    EventRounding,
    CategoryRounding,
    BucketRounding,
    TotalRounding,
    Requirements,
    Monthly,
    Cycles,
    Change,
    Joined,
    Left,
    Leave,
    Exempt,
    Streak,
    Obligation,
    Backfill,
    Veto,
    Figures,
    Grade,
    Gates,
    Adjust,
    Times,
    Quantities,
    Undated,
    Split,
    Who,
    Expected,
    Earlier,
    Uncounted,
}

use Feature::*;

/// All of them.
pub const ALL: [Feature; 48] = [
    Penalties,
    PenaltyFirst,
    NarrowCaps,
    PeriodCaps,
    CountCaps,
    KeyCaps,
    EventCaps,
    CycleCaps,
    BucketMax,
    Floors,
    Highest,
    HighestFirst,
    Spread,
    Basis,
    Counters,
    Openings,
    Derive,
    Inactive,
    Carry,
    CarryMoved,
    EventRounding,
    CategoryRounding,
    BucketRounding,
    TotalRounding,
    Requirements,
    Monthly,
    Cycles,
    Change,
    Joined,
    Left,
    Leave,
    Exempt,
    Streak,
    Obligation,
    Backfill,
    Veto,
    Figures,
    Grade,
    Gates,
    Adjust,
    Times,
    Quantities,
    Undated,
    Split,
    Who,
    Expected,
    Earlier,
    Uncounted,
];

/// Pairs that are never generated together: the engine asks when a fact was
/// that has no day, and there is nothing to compare.
const APART: &[(Feature, Feature)] = &[(Undated, Obligation), (Undated, Monthly)];

/// A rule set with facts, as texts.
#[derive(Debug, Clone)]
pub struct Case {
    pub features: BTreeSet<Feature>,
    pub rules: String,
    pub facts: String,
}

/// A rule set's periods and the people's days.
pub struct Frame {
    /// `[period]`
    pub table: String,
    pub names: Vec<String>,
    pub starts: Vec<NaiveDate>,
    pub end: NaiveDate,
}

impl Frame {
    pub fn start(&self) -> NaiveDate {
        self.starts[0]
    }
}

/// A case in which only some features occur.
pub fn case(draw: &mut Draw, allowed: &[Feature]) -> Case {
    let features = features(draw, allowed);
    let frame = frame(draw, &features);
    let rules = rule_text::write(draw, &features, &frame);
    let facts = facts::write(draw, &features, &frame, &rules);
    Case { features, rules, facts }
}

fn features(draw: &mut Draw, allowed: &[Feature]) -> BTreeSet<Feature> {
    let percent = *draw.one_of(&[12, 25, 45]);
    let mut features: BTreeSet<Feature> = BTreeSet::new();
    for feature in allowed {
        let clash = APART.iter().any(|(a, b)| (a == feature && features.contains(b)) || (b == feature && features.contains(a)));
        if draw.likely(percent) && !clash {
            features.insert(*feature);
        }
    }
    features
}

fn frame(draw: &mut Draw, features: &BTreeSet<Feature>) -> Frame {
    let years_only = features.contains(&Cycles) || features.contains(&CycleCaps) || features.contains(&Backfill);
    let count = draw.between(1, 3);
    let kind = if years_only { draw.below(2) } else { draw.below(6) };
    let day = |month: u32, year: i32| NaiveDate::from_ymd_opt(year, month, 1).expect("a first of a month");
    let (table, first, months) = match kind {
        1 => ("kind = \"year\"\nstart = \"07-01\"", day(7, 2023), 12),
        2 => ("kind = \"half_year\"", day(1, 2024), 6),
        3 => ("kind = \"quarter\"", day(1, 2024), 3),
        4 => ("kind = \"month\"", day(1, 2024), 1),
        _ => ("kind = \"year\"", day(1, 2024), 12),
    };
    let starts: Vec<NaiveDate> = (0..count as u32).map(|at| first + Months::new(at * months)).collect();
    let names = (0..count)
        .map(|at| match kind {
            2 => format!("{}-H{}", 2024 + at / 2, at % 2 + 1),
            3 => format!("2024-Q{}", at + 1),
            4 => format!("2024-{:02}", at + 1),
            _ => (2024 + at).to_string(),
        })
        .collect();
    let end = first + Months::new(count as u32 * months) - Days::new(1);
    Frame { table: table.to_owned(), names, starts, end }
}
