//! Step 13: what is required of a person who was there for a part of the
//! time. Time is taken off a requirement once, for whatever reason.

use chrono::{Datelike, Months, NaiveDate};

use super::{
    super::{
        expression::TooLarge,
        model::{ExemptEffect, PartOption, Requirement},
    },
    Run,
    figures::Figures,
    scopes::PersonScope,
    spans::{self, Span, after, days_between},
};
use crate::exact::Exact;

/// A stretch of days, both ends included.
type Stretch = (NaiveDate, NaiveDate);

/// Time that somebody was away for one reason.
struct Away {
    /// Its days, in order, none twice.
    days: Vec<Stretch>,
    /// The months that it takes, each by its 15th.
    months: Vec<NaiveDate>,
}

/// What is left of a requirement.
struct Remaining {
    /// Days of the span.
    days: u32,
    /// Months of the span.
    months: usize,
    /// The part of the requirement.
    factor: Exact,
    /// Days that have been taken off already.
    taken: Vec<Stretch>,
}

impl Remaining {
    /// Takes time off as an option counts it; whether anything is required.
    fn take(&mut self, option: PartOption, away: &Away) -> Result<bool, TooLarge> {
        let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let part = match option {
            PartOption::Full => return Ok(true),
            PartOption::Nothing => return Ok(false),
            PartOption::Days => {
                self.taken.extend(&away.days);
                Exact::fraction(sum_of_days(&away.days).into(), self.days.max(1).into())
            }
            PartOption::Months => {
                self.taken.extend(away.months.iter().filter_map(|middle| month_of(*middle)));
                Exact::fraction(whole(away.months.len()), whole(self.months.max(1)))
            }
        };
        self.take_off(part.unwrap_or_default())?;
        Ok(true)
    }

    fn take_off(&mut self, part: Exact) -> Result<(), TooLarge> {
        self.factor = self.factor.checked_sub(part).ok_or(TooLarge)?.max(Exact::ZERO);
        Ok(())
    }
}

impl Run<'_> {
    /// Days of leave between two days, of a kind or of any; none twice.
    pub(super) fn leave_days(&self, kind: Option<&str>, from: NaiveDate, to: NaiveDate) -> u32 {
        sum_of_days(&self.leave_stretches(kind, from, to))
    }

    fn leave_stretches(&self, kind: Option<&str>, from: NaiveDate, to: NaiveDate) -> Vec<Stretch> {
        let person = &self.subject.person;
        // nobody is on leave before joining or after leaving
        let here = spans::first_day(person, "joined_on").map_or(from, |joined| joined.max(from));
        let gone = spans::first_day(person, "left_on").map_or(to, |left| left.min(to));
        let meant = person.leave.iter().filter(|leave| kind.is_none_or(|kind| leave.kind == kind));
        let own = meant.map(|leave| (leave.from.max(here), leave.to.min(gone))).filter(|(start, end)| start <= end);
        merged(own.collect())
    }
}

impl Figures<'_, '_> {
    /// Which part of a requirement somebody has to reach who was not there
    /// all the time; `None`: nothing.
    pub(super) fn factor(&self, requirement: &Requirement, span: &Span) -> Result<Option<Exact>, TooLarge> {
        let (Some(from), Some(to), true) = (span.from, span.to, requirement.scaled) else { return Ok(Some(Exact::ONE)) };
        let person = &self.run.subject.person;
        let options = &self.run.rules.options;
        let middles = months_of(from, to);
        let days = days_between(from, to).unwrap_or(1);
        let mut left_over = Remaining { days, months: middles.len(), factor: Exact::ONE, taken: Vec::new() };
        if let Some(joined) = spans::first_day(person, "joined_on").filter(|joined| *joined > from) {
            let days = spans::before(joined).map(|end| (from, end.min(to))).into_iter().collect();
            let away = Away { days, months: middles.iter().copied().filter(|middle| *middle < joined).collect() };
            let option = if joined > to { PartOption::Nothing } else { self.part("joined", options.joined) };
            if !left_over.take(option, &away)? {
                return Ok(None);
            }
        }
        if let Some(left) = spans::first_day(person, "left_on").filter(|left| *left < to) {
            let days = after(left).map(|start| (start.max(from), to)).into_iter().collect();
            let away = Away { days, months: middles.iter().copied().filter(|middle| *middle > left).collect() };
            let option = if left < from { PartOption::Nothing } else { self.part("left", options.left) };
            if !left_over.take(option, &away)? {
                return Ok(None);
            }
        }
        let leave = self.leave(from, to);
        if self.is_long(&leave) && !left_over.take(self.part("leave", options.leave), &leave)? {
            return Ok(None);
        }
        let exempt = self.exempt_days(from, to, &merged(left_over.taken.clone()))?;
        left_over.take_off(Exact::fraction(exempt.into(), days.into()).unwrap_or_default())?;
        Ok(Some(left_over.factor))
    }

    /// Whether it is for leaving, or for leave, that nothing is required: such
    /// a person is exempt, and not without requirements.
    pub(super) fn is_excused(&self) -> Result<bool, TooLarge> {
        let required = self.run.rules.requirements.iter().filter(|own| own.binding && own.scaled && self.run.active(&own.origin));
        let (Some(from), Some(to), 1..) = (self.span.from, self.span.to, required.count()) else { return Ok(false) };
        let options = &self.run.rules.options;
        let left = spans::first_day(&self.run.subject.person, "left_on").is_some_and(|left| from <= left && left < to);
        if left && self.part("left", options.left) == PartOption::Nothing {
            return Ok(true);
        }
        Ok(self.is_long(&self.leave(from, to)) && self.part("leave", options.leave) == PartOption::Nothing)
    }

    fn is_long(&self, leave: &Away) -> bool {
        let days = sum_of_days(&leave.days);
        days > 0 && Exact::whole(days.into()) > self.run.rules.options.leave_over
    }

    fn part(&self, name: &str, stated: Option<PartOption>) -> PartOption {
        let nothing = if name == "joined" { "next" } else { "exempt" };
        let readings =
            [("full", PartOption::Full), (nothing, PartOption::Nothing), ("days", PartOption::Days), ("months", PartOption::Months)];
        self.run.option(stated, name, &readings)
    }

    /// Leave in a span, and the months of which more than half was leave.
    fn leave(&self, from: NaiveDate, to: NaiveDate) -> Away {
        let days = self.run.leave_stretches(None, from, to);
        let long = |middle: &NaiveDate| {
            let Some((first, last)) = month_of(*middle) else { return false };
            overlap(&days, (first, last)) * 2 > days_between(first, last).unwrap_or(31)
        };
        let months = months_of(from, to).into_iter().filter(long).collect();
        Away { days, months }
    }

    /// Days for which a `pro_rata` exemption holds, and that have not been
    /// taken off for another reason.
    fn exempt_days(&self, from: NaiveDate, to: NaiveDate, taken: &[Stretch]) -> Result<u32, TooLarge> {
        let exempts: Vec<_> =
            self.run.rules.exempts.iter().filter(|own| own.effect == ExemptEffect::ProRata && self.run.active(&own.origin)).collect();
        if exempts.is_empty() {
            return Ok(0);
        }
        let mut starts = vec![from];
        for phase in self.run.subject.person.attributes.iter().flat_map(|(_, phases)| phases) {
            starts.extend(phase.from.into_iter().chain(phase.until.and_then(after)).filter(|day| from < *day && *day <= to));
        }
        starts.sort_unstable();
        starts.dedup();
        let mut days = 0;
        for (at, &start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).and_then(|next| spans::before(*next)).unwrap_or(to);
            let scope = PersonScope { run: self.run, day: start, span: self.span };
            for exempt in &exempts {
                if exempt.when.holds(&scope)? {
                    days += days_between(start, end).unwrap_or(0).saturating_sub(overlap(taken, (start, end)));
                    break;
                }
            }
        }
        Ok(days)
    }
}

/// The same days in order, none twice.
fn merged(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut merged: Vec<Stretch> = Vec::new();
    for (start, end) in stretches {
        match merged.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => merged.push((start, end)),
        }
    }
    merged
}

fn sum_of_days(stretches: &[Stretch]) -> u32 {
    stretches.iter().filter_map(|(start, end)| days_between(*start, *end)).sum()
}

/// How many days of one stretch lie in others that have no day twice.
fn overlap(stretches: &[Stretch], (from, to): Stretch) -> u32 {
    let inside = stretches.iter().map(|(start, end)| ((*start).max(from), (*end).min(to))).filter(|(start, end)| start <= end);
    inside.filter_map(|(start, end)| days_between(start, end)).sum()
}

/// The first and the last day of a month.
fn month_of(day: NaiveDate) -> Option<Stretch> {
    let first = day.with_day(1)?;
    Some((first, first.checked_add_months(Months::new(1)).and_then(spans::before)?))
}

/// The 15th of each month of a span: who is there on it has the month.
pub(super) fn months_of(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let mut middles = Vec::new();
    let mut month = from.with_day(1);
    while let Some(first) = month.filter(|first| *first <= to) {
        middles.extend(first.with_day(15));
        month = first.checked_add_months(Months::new(1));
    }
    middles
}
