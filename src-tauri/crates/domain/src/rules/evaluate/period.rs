//! One period from its facts to its ledger.

use std::{borrow::Cow, rc::Rc};

use chrono::NaiveDate;

use super::{
    super::{
        expression::{Datum, Prefix, Scope, TooLarge},
        facts::{Activity, EarlierResult, SpreadPart},
        ledger::{EntrySource, ObligationProgress, PeriodLedger, StepKind, Verdict},
        model::{Derive, ExemptEffect, Inactive, Lapse, RoundingStage, SplitOption},
    },
    Run,
    credits::{Fact, Placed, Work},
    figures::{Figures, earlier_datum},
    limits::is_event,
    scopes::{FactScope, PersonScope, period_datum, person_datum},
    spans::{Span, days_between},
    values::value_of,
    years::Done,
};
use crate::exact::Exact;

/// A person at the beginning of a period, with the result of the one before.
struct BeginningScope<'s, 'a> {
    run: &'s Run<'a>,
    span: &'s Span,
    earlier: Option<&'s EarlierResult>,
}

impl Scope for BeginningScope<'_, '_> {
    fn name<'n>(&'n self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'n>, TooLarge> {
        Ok(match self.run.spoken_of(prefix) {
            Some(Prefix::Person) => person_datum(self.run, name, self.run.look_on(self.span), self.span.last_day()),
            Some(Prefix::Period) => period_datum(self.span, name),
            Some(Prefix::Earlier) => self.earlier.map_or(Datum::Missing, |earlier| earlier_datum(earlier, name)),
            _ => Datum::Missing,
        })
    }
}

impl<'a> Run<'a> {
    /// Evaluates a period; beside it, what it leaves for later ones.
    pub fn period(&self, span: &Span, done: &[Done<'a>], spread: &[SpreadPart]) -> Result<(Done<'a>, Vec<SpreadPart>), TooLarge> {
        let brought = self.before(span, done)?;
        let earlier = brought.as_deref();
        let scope = PersonScope { run: self, day: self.look_on(span), span };
        if !self.holds(self.rules.head.who.as_ref(), &scope)? {
            return Ok((self.outside(span), Vec::new()));
        }
        let mut works = self.openings(span, earlier)?;
        let (parts, mut carried) = self.carried_in(span, earlier, spread);
        works.extend(parts);
        works.extend(self.facts(span)?);
        self.inactive(&mut works, span)?;
        self.single_limits(&mut works, span, done)?;
        let later = self.shares(&mut works, span)?;
        self.caps(&mut works, span, done)?;
        self.bucket_limits(&mut works, span)?;
        if self.rules.options.carry_within_max {
            self.carried_limits(&mut carried, &works, span)?;
        }
        works.extend(carried);
        self.floors(&mut works, span)?;
        self.round_sum(RoundingStage::Total, &mut works, span, |work| self.in_total(work.entry.bucket.as_deref()))?;
        let mut out = Vec::new();
        if !self.rules.carries.is_empty() {
            let figures = Figures::new(self, span, works.iter().collect(), done, earlier, Vec::new(), None)?;
            out = self.carry_out(&figures, earlier)?;
        }
        if out.iter().any(|(state, ..)| !state.amount.is_zero()) && !self.carry_counts_now() {
            for (state, _, carry) in &out {
                let bucket = self.rules.buckets.iter().find(|bucket| bucket.id == carry.from.text.trim()).map(|bucket| bucket.id.clone());
                let amount = Exact::ZERO.checked_sub(state.amount).ok_or(TooLarge)?;
                works.push(self.adjustment(span, String::new(), bucket, amount, carry.origin.line, StepKind::Offset));
            }
        }
        let (mut ledger, counts) = self.period_ledger(span, &works, done, earlier)?;
        ledger.carry_out = out.iter().map(|(state, ..)| state.clone()).collect();
        let mut result = result_of(&ledger, counts);
        result.carry = Some(out.into_iter().map(|(_, carried, _)| carried).collect());
        result.spread = spread.iter().chain(&later).filter(|part| part.period != span.name).cloned().collect();
        result.spread.retain(|part| later.contains(part));
        let mut done = Done { span: span.clone(), ledger, works, result, filled: Vec::new() };
        done.result.used = self.used_of_cycles(&done)?;
        Ok((done, later))
    }

    /// The result of the period before, with what it hands on.
    fn before<'d>(&self, span: &Span, done: &'d [Done<'a>]) -> Result<Option<Cow<'d, EarlierResult>>, TooLarge> {
        let precedes = |own: &Span| self.following(own).is_some_and(|next| next.name == span.name);
        if let Some(last) = done.last().filter(|last| precedes(&last.span)) {
            return Ok(Some(Cow::Borrowed(&last.result)));
        }
        let Some((own, earlier)) = self.earlier.iter().rev().find(|(own, _)| precedes(own) || (span.to.is_none() && own.name != span.name))
        else {
            return Ok(None);
        };
        let mut earlier = earlier.clone();
        if earlier.carry.is_none() {
            earlier.carry = Some(self.carry_of_closed(own, &earlier)?);
        }
        Ok(Some(Cow::Owned(earlier)))
    }

    /// What a closed period hands on, by the figures that it was closed with.
    fn carry_of_closed(&self, span: &Span, earlier: &EarlierResult) -> Result<Vec<super::super::facts::CarriedOut>, TooLarge> {
        let scope = super::finished::LedgerScope { run: self, span, result: earlier, ledger: None };
        let mut carried = Vec::new();
        for carry in self.rules.carries.iter().filter(|carry| self.active(&carry.origin)) {
            let super::super::model::CarryOver::Value(over) = &carry.over else { continue };
            let (Some(all), Some(over)) = (carry.from.number(&scope)?, value_of(self, over, &scope)?) else { continue };
            let mut amount = all.checked_sub(over).ok_or(TooLarge)?.max(Exact::ZERO);
            if let Some(max) = &carry.max {
                amount = amount.min(value_of(self, max, &scope)?.unwrap_or(amount));
            }
            let to = carry.to.clone().unwrap_or_default();
            carried.push(super::super::facts::CarriedOut { id: carry.id.clone(), to, amount, lifetime: carry.lifetime });
        }
        Ok(carried)
    }

    fn outside(&self, span: &Span) -> Done<'a> {
        let ledger =
            PeriodLedger { period: span.name.clone(), from: span.from, to: span.to, verdict: Verdict::Outside, ..PeriodLedger::default() };
        let result = EarlierResult { period: span.name.clone(), ..EarlierResult::default() };
        Done { span: span.clone(), ledger, works: Vec::new(), result, filled: Vec::new() }
    }

    fn openings(&self, span: &Span, earlier: Option<&EarlierResult>) -> Result<Vec<Work<'a>>, TooLarge> {
        let scope = BeginningScope { run: self, span, earlier };
        let mut works = Vec::new();
        for opening in self.rules.openings.iter().filter(|opening| self.active(&opening.origin)) {
            if !self.holds(opening.who.as_ref(), &scope)? {
                continue;
            }
            let Some(credit) = value_of(self, &opening.credit, &scope)? else { continue };
            let names = (opening.id.clone(), opening.id.clone(), opening.bucket.clone());
            works.push(self.made(span, EntrySource::Opening, names, credit, opening.origin.line, StepKind::Opening));
        }
        Ok(works)
    }

    /// The period's facts as entries, with those that `[[derive]]` makes.
    fn facts(&self, span: &Span) -> Result<Vec<Work<'a>>, TooLarge> {
        let mut placed = Vec::new();
        for (activity, day) in self.facts_in_order().iter() {
            if let Some(own) = self.place(activity, *day, span)? {
                placed.push(own);
            }
        }
        let derives: Vec<&Derive> = self.rules.derives.iter().filter(|derive| self.active(&derive.origin)).collect();
        if derives.is_empty() {
            return self.entries(&placed, span);
        }
        let works = self.entries(&placed, span)?;
        for derive in &derives {
            for (day, number) in self.derived_days(derive, &works, span)? {
                let kind = self.rules.categories.iter().find(|own| own.id == derive.makes).and_then(|own| own.types.first());
                let made = Activity {
                    id: format!("{}#{number}", derive.makes).into(),
                    kind: kind.map_or(derive.makes.as_str(), String::as_str).into(),
                    date: Some(crate::calendar::PartialDate::Day(day)),
                    until: None,
                    count: 1,
                    label: String::new(),
                    items: Vec::new(),
                    schemes: Vec::new(),
                };
                placed.push(Placed { activity: Fact::Made(Rc::new(made)), day, split: None });
            }
        }
        placed.sort_by_key(|own| own.day);
        let mut works = self.entries(&placed, span)?;
        for derive in derives.iter().filter(|derive| !derive.and_keep) {
            for work in works.iter_mut().filter(|work| derive.from.contains(&work.entry.category)) {
                self.step(work, Exact::ZERO, derive.origin.line, || StepKind::Offset);
                work.entry.raw = Exact::ZERO;
            }
        }
        Ok(works)
    }

    /// The days on which a sum reaches another multiple.
    fn derived_days(&self, derive: &Derive, works: &[Work<'a>], span: &Span) -> Result<Vec<(NaiveDate, u32)>, TooLarge> {
        let mut days = Vec::new();
        let (mut sum, mut next) = (Exact::ZERO, derive.every);
        for work in works.iter().filter(|work| work.passed && derive.from.contains(&work.entry.category)) {
            let Some(activity) = work.activity.as_deref() else { continue };
            let count = Exact::whole(work.entry.count.into());
            let amount = match &derive.of {
                None => count,
                Some(of) => {
                    let each = of.number(&FactScope::new(self, activity, work.day, span))?.unwrap_or_default();
                    each.checked_mul(count).ok_or(TooLarge)?
                }
            };
            sum = sum.checked_add(amount).ok_or(TooLarge)?;
            while sum >= next && days.len() < 1_000 {
                days.push((work.day, u32::try_from(days.len() + 1).unwrap_or(u32::MAX)));
                next = next.checked_add(derive.every).ok_or(TooLarge)?;
            }
        }
        Ok(days)
    }

    /// Where a fact is in a period; `None`: not in it.
    fn place(&self, activity: &'a Activity, day: NaiveDate, span: &Span) -> Result<Option<Placed<'a>>, TooLarge> {
        if !activity.schemes.is_empty() && !activity.schemes.contains(&self.rules.head.id) {
            return Ok(None);
        }
        let whole = |day| Placed { activity: Fact::Given(activity), day, split: None };
        let Some(until) = activity.until.filter(|until| *until > day) else {
            return Ok(span.holds(day).then(|| whole(day)));
        };
        if until < span.first_day() || day > span.last_day() {
            return Ok(None);
        }
        if span.holds(day) && span.holds(until) {
            return Ok(Some(whole(day)));
        }
        let start = day.max(span.first_day());
        let category = self.category_of(&whole(start), span)?.map(|at| &self.rules.categories[at]);
        let stated = category.and_then(|category| category.split).unwrap_or(self.rules.options.split);
        let option = stated.unwrap_or_else(|| {
            let ask = || super::choices::option_question("split", &["days", "end", "start"]);
            [SplitOption::Days, SplitOption::End, SplitOption::Start][self.choices.reading("options.split", ask).min(2)]
        });
        Ok(match option {
            SplitOption::Start => span.holds(day).then(|| whole(day)),
            SplitOption::End => span.holds(until).then(|| whole(start)),
            SplitOption::Days => {
                let split = days_between(start, until.min(span.last_day())).zip(days_between(day, until));
                Some(Placed { split, ..whole(start) })
            }
        })
    }

    /// One entry for every full stretch of days without something.
    fn inactive(&self, works: &mut Vec<Work<'a>>, span: &Span) -> Result<(), TooLarge> {
        let (Some(from), Some(to)) = (span.from, span.to) else { return Ok(()) };
        for inactive in self.rules.inactive.iter().filter(|own| self.active(&own.origin)) {
            let end = self.request.as_of.map_or(to, |today| today.min(to));
            let joined = super::spans::first_day(&self.subject.person, "joined_on").unwrap_or(from);
            if let Some(lapse) = &inactive.lapse {
                self.lapses(inactive, lapse, (from.max(joined), end), works, span)?;
                continue;
            }
            let mut free = from.max(joined);
            // a part of an earlier award was done when that was earned
            let done = |work: &&Work<'a>| work.passed && is_event(work) && inactive.without.contains(&work.entry.category);
            let mut days: Vec<NaiveDate> = works.iter().filter(done).map(|work| work.day).collect();
            days.sort_unstable();
            let mut stretches = Vec::new();
            for day in days.into_iter().map(Some).chain([None]) {
                let last = day.and_then(super::spans::before).unwrap_or(end);
                if free <= last {
                    stretches.push((free, last));
                }
                free = day.and_then(super::spans::after).map_or(free, |next| next.max(free));
            }
            for (first, last) in stretches {
                self.inactive_in(inactive, (first, last), works, span)?;
            }
        }
        Ok(())
    }

    fn inactive_in(
        &self,
        inactive: &Inactive,
        (first, last): (NaiveDate, NaiveDate),
        works: &mut Vec<Work<'a>>,
        span: &Span,
    ) -> Result<(), TooLarge> {
        let times = days_between(first, last).unwrap_or(0) / inactive.days.max(1);
        for number in 1..=times {
            let names = (inactive.id.clone(), inactive.id.clone(), inactive.bucket.clone());
            let mut work = self.made(span, EntrySource::Inactive, names, inactive.credit, inactive.origin.line, lapsed(inactive));
            let Some(day) = first.checked_add_days(chrono::Days::new(u64::from(number) * u64::from(inactive.days) - 1)) else { break };
            (work.day, work.entry.date) = (day, Some(day));
            works.push(work);
        }
        Ok(())
    }

    /// One entry for every whole week, month … with too little of something.
    fn lapses(
        &self,
        inactive: &Inactive,
        lapse: &Lapse,
        (first, last): (NaiveDate, NaiveDate),
        works: &mut Vec<Work<'a>>,
        span: &Span,
    ) -> Result<(), TooLarge> {
        for (from, to) in super::spans::whole_spans(&lapse.per, first, last) {
            let mut sum = Exact::ZERO;
            let mine =
                |work: &&Work<'a>| work.passed && inactive.without.contains(&work.entry.category) && from <= work.day && work.day <= to;
            for work in works.iter().filter(mine) {
                let Some(activity) = work.activity.as_deref() else { continue };
                let quantity = match &lapse.of {
                    Some(of) => of.number(&FactScope::new(self, activity, work.day, span))?.unwrap_or_default(),
                    None => Exact::ONE,
                };
                let times = Exact::whole(work.entry.count.into()).checked_mul(work.share).ok_or(TooLarge)?;
                sum = quantity.checked_mul(times).and_then(|amount| sum.checked_add(amount)).ok_or(TooLarge)?;
            }
            if sum < lapse.min {
                let names = (inactive.id.clone(), inactive.id.clone(), inactive.bucket.clone());
                let mut work = self.made(span, EntrySource::Inactive, names, inactive.credit, inactive.origin.line, lapsed(inactive));
                (work.day, work.entry.date) = (to, Some(to));
                works.push(work);
            }
        }
        Ok(())
    }

    fn period_ledger(
        &self,
        span: &Span,
        works: &[Work<'a>],
        done: &[Done<'a>],
        earlier: Option<&EarlierResult>,
    ) -> Result<(PeriodLedger, Vec<String>), TooLarge> {
        let mut figures = Figures::new(self, span, works.iter().collect(), done, earlier, Vec::new(), None)?;
        if let Some(total) = figures.vetoed("total")? {
            figures.total = total;
        }
        let mut ledger = PeriodLedger {
            period: span.name.clone(),
            from: span.from,
            to: span.to,
            total: figures.total,
            buckets: figures.buckets.clone(),
            categories: figures.categories.clone(),
            counters: figures.counters.clone(),
            carried_in: figures.carried_in,
            ..PeriodLedger::default()
        };
        for category in self.rules.categories.iter().filter(|own| own.expected.is_some() && self.active(&own.origin)) {
            if let Some(missed) = figures.missed(&category.id)? {
                ledger.missed.push((category.id.clone(), missed));
            }
        }
        for obligation in self.rules.obligations.iter().filter(|own| self.active(&own.origin)) {
            let due = |state| self.duties_due(&obligation.id, span, state);
            ledger.duties.push((obligation.id.clone(), due(ObligationProgress::Overdue)?, due(ObligationProgress::Late)?));
        }
        let mut short = Vec::new();
        for id in self.requirement_ids(None) {
            let states = figures.states(id)?.unwrap_or_default();
            if self.is_met(id, &states) == Some(false) {
                short.push(id.to_owned());
            }
            ledger.requirements.extend(states);
        }
        ledger.verdict = figures.verdict()?;
        if ledger.verdict == Verdict::None && figures.is_excused()? {
            ledger.verdict = Verdict::Exempt;
        }
        if let Some(exempt) = self.exemption(span, ExemptEffect::Exempt)? {
            ledger.verdict = Verdict::Exempt;
            ledger.exempt = Some(exempt.reason.clone());
        }
        for figure in self.rules.figures.iter().filter(|own| self.active(&own.origin)) {
            if let Some(value) = figures.figure(&figure.id)? {
                ledger.figures.push((figure.id.clone(), value));
            }
        }
        ledger.indicators = figures.indicator_states()?.to_vec();
        ledger.score = figures.score()?;
        ledger.grade = figures.grade()?.map(str::to_owned);
        ledger.no_grade = figures.no_grade()?;
        ledger.vetoes = figures.fired_vetoes()?;
        ledger.effects = figures.effects()?;
        Ok((ledger, short))
    }
}

fn lapsed(inactive: &Inactive) -> StepKind {
    StepKind::Inactive { label: inactive.label.clone() }
}

/// A finished period as later ones see it.
fn result_of(ledger: &PeriodLedger, short: Vec<String>) -> EarlierResult {
    let mut buckets = ledger.buckets.clone();
    buckets.extend(ledger.counters.iter().chain(&ledger.categories).chain(&ledger.figures).cloned());
    EarlierResult {
        period: ledger.period.clone(),
        total: Some(ledger.total),
        buckets,
        passed: match ledger.verdict {
            Verdict::Pass => Some(true),
            Verdict::Fail => Some(false),
            Verdict::None | Verdict::Exempt | Verdict::Outside => None,
        },
        short,
        grade: ledger.grade.clone(),
        carry: None,
        spread: Vec::new(),
        used: None,
    }
}
