//! What names mean for a fact and for a person.

use std::cell::Cell;

use chrono::{Datelike, NaiveDate};

use super::{
    super::{
        expression::{Datum, Prefix, Scope, TooLarge},
        facts::{Activity, Item},
    },
    Run,
    spans::{self, Span},
};
use crate::exact::Exact;

/// A quantity may be defined by another one, but not for ever.
const DEEPEST_QUANTITY: u32 = 8;

/// A fact, on its day.
pub(super) struct FactScope<'a> {
    run: &'a Run<'a>,
    activity: &'a Activity,
    /// The day by which it is put in order.
    day: NaiveDate,
    span: &'a Span,
    /// Numbers summed up over earlier facts, where a basis asks for it.
    sums: Option<&'a Sums>,
    depth: Cell<u32>,
}

/// Sums of everything countable over some facts of a category.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums(Vec<(Box<str>, Exact)>);

impl Sums {
    /// Adds a fact's numbers, `times` over.
    pub fn add(&mut self, scope: &FactScope<'_>, times: Exact) -> Result<(), TooLarge> {
        self.put("count", times)?;
        let own = scope.activity.items.iter().filter(|(_, item)| matches!(item, Item::Number(_))).map(|(name, _)| &**name);
        let derived = TIMES.into_iter().map(|(name, _)| name).filter(|name| scope.activity.item(name).is_none());
        let defined = scope.run.rules.quantities.iter().map(|quantity| quantity.id.as_str());
        let mut seen: Vec<&str> = Vec::new();
        for name in own.chain(derived).chain(defined.filter(|id| scope.activity.item(id).is_none())) {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            if let Datum::Number(number) = scope.name(None, name)? {
                self.put(name, number.checked_mul(times).ok_or(TooLarge)?)?;
            }
        }
        Ok(())
    }

    /// Whether anything was added yet.
    pub fn is_begun(&self) -> bool {
        !self.0.is_empty()
    }

    fn put(&mut self, name: &str, number: Exact) -> Result<(), TooLarge> {
        match self.0.iter_mut().find(|(own, _)| &**own == name) {
            Some((_, sum)) => *sum = sum.checked_add(number).ok_or(TooLarge)?,
            None => self.0.push((name.into(), number)),
        }
        Ok(())
    }

    fn get(&self, name: &str) -> Option<Exact> {
        self.0.iter().find(|(own, _)| &**own == name).map(|(_, sum)| *sum)
    }
}

/// Time by the clock, in seconds.
const TIMES: [(&str, i64); 3] = [("seconds", 1), ("minutes", 60), ("hours", 3600)];

impl<'a> FactScope<'a> {
    /// For one fact alone.
    pub fn new(run: &'a Run<'a>, activity: &'a Activity, day: NaiveDate, span: &'a Span) -> Self {
        Self { run, activity, day, span, sums: None, depth: Cell::new(0) }
    }

    /// The same fact, its numbers replaced by sums.
    pub fn summed(&self, sums: &'a Sums) -> Self {
        Self { sums: Some(sums), depth: Cell::new(0), ..*self }
    }

    fn derived(&self, name: &str) -> Result<Datum<'a>, TooLarge> {
        if let Some(&(_, wanted)) = TIMES.iter().find(|(unit, _)| *unit == name) {
            for (unit, seconds) in TIMES {
                if let Some(Item::Number(number)) = self.activity.item(unit) {
                    let ratio = Exact::fraction(seconds, wanted).unwrap_or_default();
                    return Ok(Datum::Number(number.checked_mul(ratio).ok_or(TooLarge)?));
                }
            }
        }
        if self.depth.get() >= DEEPEST_QUANTITY {
            return Ok(Datum::Missing);
        }
        self.depth.set(self.depth.get() + 1);
        let mut found = Ok(Datum::Missing);
        for quantity in self.run.rules.quantities.iter().filter(|quantity| quantity.id == name) {
            match quantity.formula.number(self) {
                Ok(None) => {}
                Ok(Some(_)) if !self.run.active(&quantity.origin) => {}
                Ok(Some(number)) => {
                    found = Ok(Datum::Number(number));
                    break;
                }
                Err(error) => {
                    found = Err(error);
                    break;
                }
            }
        }
        self.depth.set(self.depth.get() - 1);
        found
    }
}

impl Scope for FactScope<'_> {
    fn name<'a>(&'a self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'a>, TooLarge> {
        match self.run.spoken_of(prefix) {
            None => {}
            Some(Prefix::Person) => return Ok(person_datum(self.run, name, self.day, self.span.last_day())),
            Some(Prefix::Period) => return Ok(period_datum(self.span, name)),
            Some(_) => return Ok(Datum::Missing),
        }
        if let Some(sum) = self.sums.and_then(|sums| sums.get(name)) {
            return Ok(Datum::Number(sum));
        }
        if let Some(item) = self.activity.item(name) {
            return Ok(item.datum());
        }
        match name {
            "type" => Ok(Datum::Text(&self.activity.kind)),
            "count" => Ok(Datum::Number(Exact::whole(self.activity.count.into()))),
            "date" => Ok(self.activity.date.map_or(Datum::Missing, |_| Datum::Day(self.day))),
            "month" => Ok(self.activity.date.map_or(Datum::Missing, |_| Datum::Number(Exact::whole(self.day.month().into())))),
            _ => self.derived(name),
        }
    }
}

/// What `period.…` means.
pub(super) fn period_datum<'a>(span: &'a Span, name: &str) -> Datum<'a> {
    match name {
        "days" => span.days().map_or(Datum::Missing, |days| Datum::Number(Exact::whole(days.into()))),
        "start" => span.from.map_or(Datum::Missing, Datum::Day),
        "end" => span.to.map_or(Datum::Missing, Datum::Day),
        "name" => Datum::Text(&span.name),
        _ => Datum::Missing,
    }
}

/// What `person.…` means on a day; ages are counted at the end of the period.
pub(super) fn person_datum<'a>(run: &'a Run<'_>, name: &str, day: NaiveDate, end: NaiveDate) -> Datum<'a> {
    let person = &run.subject.person;
    if let Some(item) = person.on(name, day) {
        return item.datum();
    }
    if name == "age"
        && let Some(birth) = spans::first_day(person, "birth")
    {
        let at = if end == NaiveDate::MAX { run.request.as_of.unwrap_or(end) } else { end };
        let had = (at.month(), at.day()) >= (birth.month(), birth.day());
        return Datum::Number(Exact::whole((at.year() - birth.year() - i32::from(!had)).into()));
    }
    Datum::Missing
}

/// A person on a day.
pub(super) struct PersonScope<'a> {
    /// The run.
    pub run: &'a Run<'a>,
    /// The day.
    pub day: NaiveDate,
    /// The period.
    pub span: &'a Span,
}

impl Scope for PersonScope<'_> {
    fn name<'a>(&'a self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'a>, TooLarge> {
        Ok(match self.run.spoken_of(prefix) {
            Some(Prefix::Person) => person_datum(self.run, name, self.day, self.span.last_day()),
            Some(Prefix::Period) => period_datum(self.span, name),
            _ => Datum::Missing,
        })
    }
}
