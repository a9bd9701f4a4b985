//! What is required of a person who was not there, or not the same, all the
//! period.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use xueji_domain::{
    exact::Exact,
    rules::{
        facts::Subject,
        model::{ChangeOption, ExemptEffect, PartOption, Period, Requirement, RuleSet, Value},
    },
};

use super::{
    last_day, person_day,
    scope::{Figures, ResultScope, amount, holds, person_on},
    time::{Span, period_of},
};

/// What is required of somebody in a period, beside the amounts.
pub struct Standing {
    /// Why nothing is.
    pub exempt: bool,
    /// Requirements that follow joining and leaving are not made: they begin
    /// with the next period, or somebody is exempt on that ground.
    pub nothing: bool,
    /// … because of leaving or leave.
    pub away: bool,
    /// Requirements only advise.
    pub advise: bool,
    /// From joining to leaving: what somebody was before or after is nothing
    /// to go by.
    first: NaiveDate,
    last: NaiveDate,
    /// Days on which something is required, where it goes by days.
    days: BTreeSet<NaiveDate>,
    /// The 15ths of the months for which something is required, where it goes
    /// by months.
    months: BTreeSet<NaiveDate>,
}

/// The standing of a person in a period. `None`: the file does not say.
pub fn standing(rules: &RuleSet, subject: &Subject, span: &Span) -> Option<Standing> {
    let mut standing = Standing {
        exempt: false,
        nothing: false,
        away: false,
        advise: false,
        first: span.from,
        last: span.to,
        days: span.days().collect(),
        months: span.fifteenths().into_iter().collect(),
    };
    let options = &rules.options;
    let joined = person_day(subject, "joined_on", span.to).filter(|day| *day > span.from && *day <= span.to);
    if let Some(joined) = joined {
        standing.first = joined;
        match options.joined? {
            // not exempt: it begins with the next period
            PartOption::Nothing => standing.nothing = true,
            option => standing.keep(option, |day| day >= joined),
        }
    }
    let left = person_day(subject, "left_on", span.to).filter(|day| *day >= span.from && *day < span.to);
    if let Some(left) = left {
        standing.last = left;
        standing.keep(options.left?, |day| day <= left);
    }
    let (first, last) = (standing.first, standing.last);
    // nobody is on leave before joining or after leaving
    let away =
        |day: NaiveDate| first <= day && day <= last && subject.person.leave.iter().any(|leave| leave.from <= day && day <= leave.to);
    let days_away = span.days().filter(|day| away(*day)).count();
    if days_away > 0 && Exact::whole(days_away as i64) > options.leave_over {
        match options.leave? {
            PartOption::Months => standing.months.retain(|day| {
                let month = period_of(&Period::Month, *day);
                2 * month.days().filter(|day| away(*day)).count() as i64 <= month.length()
            }),
            option => standing.keep(option, |day| !away(day)),
        }
    }
    for exempt in &rules.exempts {
        let figures = Figures::default();
        let applies =
            |day: NaiveDate| holds(Some(&exempt.when), &ResultScope { figures: &figures, person: person_on(&subject.person, day) });
        match exempt.effect {
            ExemptEffect::Exempt => standing.exempt |= applies(last_day(subject, span)),
            ExemptEffect::Advise => standing.advise |= applies(last_day(subject, span)),
            ExemptEffect::ProRata => {
                // a day of a month that is taken off is taken off already
                let taken = |day: NaiveDate| {
                    span.fifteenths()
                        .iter()
                        .any(|middle| !standing.months.contains(middle) && period_of(&Period::Month, *middle).holds(day))
                };
                let free: BTreeSet<NaiveDate> = standing.days.iter().copied().filter(|day| applies(*day) && !taken(*day)).collect();
                standing.days.retain(|day| !free.contains(day));
            }
        }
    }
    Some(standing)
}

impl Standing {
    fn keep(&mut self, option: PartOption, there: impl Fn(NaiveDate) -> bool) {
        match option {
            PartOption::Full => {}
            PartOption::Nothing => (self.nothing, self.away) = (true, true),
            PartOption::Days => self.days.retain(|day| there(*day)),
            PartOption::Months => self.months.retain(|day| there(*day)),
        }
    }

    fn share_of_days(&self, span: &Span) -> Exact {
        Exact::fraction(self.days.len() as i64, span.length()).expect("days")
    }

    fn share_of_months(&self, span: &Span) -> Exact {
        match span.fifteenths().len() {
            0 => Exact::ONE,
            months => Exact::fraction(self.months.len() as i64, months as i64).expect("months"),
        }
    }
}

/// A limit after change, joining, leaving and leave, of a requirement whose
/// rows are for different people. The outer `None`: the rules do not decide;
/// the inner: no row is for the person.
pub fn limit(
    rules: &RuleSet,
    subject: &Subject,
    span: &Span,
    rows: &[(&Requirement, &Value)],
    figures: &Figures,
    standing: &Standing,
) -> Option<Option<Exact>> {
    let on = |day: NaiveDate| -> Option<Option<Exact>> {
        let scope = ResultScope { figures, person: person_on(&subject.person, day) };
        match rows.iter().find(|(row, _)| holds(row.who.as_ref(), &scope)) {
            None => Some(None),
            Some((_, value)) => amount(value, &scope).map(Some),
        }
    };
    let scaled = rows.iter().all(|(row, _)| row.scaled);
    // days and months are taken off beside each other
    let share = (standing.share_of_days(span) + standing.share_of_months(span) - Exact::ONE).max(Exact::ZERO);
    let shares = |limit: Exact| if scaled { limit * share } else { limit };
    let there = |day: &NaiveDate| standing.first <= *day && *day <= standing.last;
    let by_days: Vec<Option<Exact>> = span.days().filter(there).map(on).collect::<Option<_>>()?;
    let constant = by_days.iter().all(|limit| *limit == by_days[0]);
    if constant {
        return Some(by_days[0].map(shares));
    }
    Some(match rules.options.change? {
        ChangeOption::End => on(standing.last)?.map(shares),
        ChangeOption::Start => on(standing.first)?.map(shares),
        ChangeOption::Highest => by_days.iter().flatten().max().copied().map(shares),
        ChangeOption::Days => mean(&by_days).map(shares),
        ChangeOption::Months => {
            let months: Vec<Option<Exact>> = span.fifteenths().into_iter().filter(there).map(on).collect::<Option<_>>()?;
            let mean = if months.is_empty() { on(standing.last)? } else { mean(&months) };
            // for a few days after the last 15th it was a requirement, of nothing
            Some(shares(mean.unwrap_or(Exact::ZERO)))
        }
    })
}

/// The mean over days or months; `None` where nothing applies on any.
fn mean(limits: &[Option<Exact>]) -> Option<Exact> {
    if limits.iter().all(Option::is_none) {
        return None;
    }
    limits.iter().flatten().copied().sum::<Exact>().checked_div(Exact::whole(limits.len() as i64))
}
