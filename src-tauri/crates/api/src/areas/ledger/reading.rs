//! Which of the two attendance rates counts: the one without make-ups, or the
//! one with. The program counts both the same way for everybody (domain:
//! `attendance`); a scheme says by the name that it uses in a formula which
//! of them it goes by, and where it names neither, neither is more than the
//! other.

use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;
use xueji_domain::rules::{
    expression::Expression,
    model::{IndicatorFrom, Kind, RuleSet},
};
use xueji_store::Reader;

use crate::{error::ApiError, rules::shelf::Shelf};

/// Which rate the rules in use count by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct RateReading {
    /// Where they say so; empty: the default reading, both rates side by side.
    pub lines: Vec<RateLine>,
}

/// A line of a rule set that goes by a rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RateLine {
    /// The rule set's name.
    pub rule_set: String,
    /// What goes by it: an indicator, a veto.
    pub label: String,
    /// The line in its file.
    pub line: u32,
    /// Whether make-ups count as attended there.
    pub with_make_up: bool,
}

const PLAIN: &str = "attendance_rate";
const WITH_MAKE_UP: &str = "attendance_rate_with_make_up";

/// What the rules in use on a day say.
///
/// # Errors
/// Where the book cannot be read. A rule set that nobody can read any more
/// says nothing.
pub(crate) fn on(reader: &Reader, day: NaiveDate) -> Result<RateReading, ApiError> {
    let shelf = Shelf::read(reader)?;
    let mut lines = Vec::new();
    for kind in [Kind::Assessment, Kind::Credits] {
        for holding in shelf.on(day, kind) {
            if let Ok(loaded) = shelf.load(&holding.set) {
                lines.extend(lines_of(&loaded.rules));
            }
        }
    }
    lines.dedup();
    Ok(RateReading { lines })
}

fn lines_of(rules: &RuleSet) -> Vec<RateLine> {
    let mut named: Vec<(&str, &Expression)> = Vec::new();
    for indicator in &rules.indicators {
        if let IndicatorFrom::Formula(formula) = &indicator.from {
            named.push((&indicator.label, formula));
        }
    }
    named.extend(rules.vetoes.iter().map(|veto| (veto.label.as_str(), &veto.when)));
    named.extend(rules.figures.iter().chain(&rules.units).map(|figure| (figure.label.as_str(), &figure.formula)));
    let mut lines = Vec::new();
    for (label, expression) in named {
        for with_make_up in [false, true] {
            if names(&expression.text, if with_make_up { WITH_MAKE_UP } else { PLAIN }) {
                let (rule_set, label) = (rules.head.name.clone(), label.to_owned());
                lines.push(RateLine { rule_set, label, line: expression.line, with_make_up });
            }
        }
    }
    lines
}

/// Whether an expression names a record of the program, and not one whose
/// name only begins so.
fn names(text: &str, name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + name.len()..].chars().next());
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_name_is_not_taken_for_the_shorter() {
        assert!(names("15 * person.record.attendance_rate", PLAIN));
        assert!(!names("15 * person.record.attendance_rate_with_make_up", PLAIN));
        assert!(names("unit.attendance_rate_with_make_up >= 0.9", WITH_MAKE_UP));
        assert!(!names("my_attendance_rate", PLAIN));
    }
}
