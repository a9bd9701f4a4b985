//! How many minutes an amount of study stands for, by a rule set's own
//! conversions.

use xueji_domain::{
    amount::StudyAmount,
    exact::Exact,
    rules::{
        expression::{Datum, Prefix, Scope, TooLarge},
        facts::Item,
        model::RuleSet,
    },
};

struct Recorded(&'static str, Item);

impl Scope for Recorded {
    fn name<'a>(&'a self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'a>, TooLarge> {
        Ok(if prefix.is_none() && name == self.0 { self.1.datum() } else { Datum::Missing })
    }
}

/// The minutes; nothing where the rules do not say how long a day or a class
/// hour is.
pub(crate) fn minutes(rules: &RuleSet, amount: StudyAmount) -> Exact {
    match amount {
        StudyAmount::Seconds(seconds) => Exact::fraction(seconds.into(), 60).unwrap_or_default(),
        StudyAmount::HalfDays(value) => converted(rules, "half_days", value),
        StudyAmount::Days(value) => converted(rules, "days", value),
        StudyAmount::ClassHours(value) => converted(rules, "class_hours", value),
    }
}

/// The minutes of so much of a unit.
pub(crate) fn converted(rules: &RuleSet, unit: &'static str, value: Exact) -> Exact {
    let recorded = Recorded(unit, Item::Number(value));
    let own = rules.quantities.iter().filter(|quantity| quantity.id == "minutes");
    own.filter_map(|quantity| quantity.formula.number(&recorded).ok().flatten()).next().unwrap_or_default()
}
