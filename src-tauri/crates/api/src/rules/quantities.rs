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
    let recorded = match amount {
        StudyAmount::Seconds(seconds) => return Exact::fraction(seconds.into(), 60).unwrap_or_default(),
        StudyAmount::HalfDays(value) => Recorded("half_days", Item::Number(value)),
        StudyAmount::Days(value) => Recorded("days", Item::Number(value)),
        StudyAmount::ClassHours(value) => Recorded("class_hours", Item::Number(value)),
    };
    let own = rules.quantities.iter().filter(|quantity| quantity.id == "minutes");
    own.filter_map(|quantity| quantity.formula.number(&recorded).ok().flatten()).next().unwrap_or_default()
}
