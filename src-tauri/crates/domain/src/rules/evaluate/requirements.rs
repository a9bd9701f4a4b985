//! Step 13: requirements, and what a person who was not the same all the
//! time, or not there all the time, has to reach.

use chrono::{Months, NaiveDate};

use super::{
    super::{
        expression::{Datum, Expression, Measure, Node, Operator, Prefix, Scope, TooLarge},
        ledger::{RequirementState, TestState},
        model::{CapPer, ChangeOption, ExemptEffect, Period, Requirement, Test},
    },
    Run,
    absence::months_of,
    choices::option_question,
    figures::Figures,
    scopes::{PersonScope, person_datum},
    spans::{self, Span, after, days_between},
    values::value_of,
};
use crate::exact::Exact;

/// A stretch in which a person was the same.
struct Phase {
    from: NaiveDate,
    to: NaiveDate,
    /// Which of the requirement's entries is for the person then.
    member: Option<usize>,
    lower: Vec<Option<Exact>>,
    upper: Vec<Option<Exact>>,
}

/// A person on a day, beside a result.
struct LimitScope<'s, 'a, 'w> {
    figures: &'s Figures<'a, 'w>,
    day: NaiveDate,
}

impl Scope for LimitScope<'_, '_, '_> {
    fn name<'s>(&'s self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'s>, TooLarge> {
        match self.figures.run.spoken_of(prefix) {
            Some(Prefix::Person) => Ok(person_datum(self.figures.run, name, self.day, self.figures.span.last_day())),
            _ => self.figures.name(prefix, name),
        }
    }

    fn measure<'s>(&'s self, measure: Measure, arguments: &[Node]) -> Result<Datum<'s>, TooLarge> {
        self.figures.measure(measure, arguments)
    }
}

impl<'a> Run<'a> {
    /// The requirements' ids in file order: of the period, or of a cycle.
    pub fn requirement_ids(&self, cycle: Option<&str>) -> Vec<&'a str> {
        let mut ids: Vec<&str> = Vec::new();
        for requirement in self.rules.requirements.iter().filter(|own| self.active(&own.origin)) {
            let of_cycle = match &requirement.per {
                CapPer::Cycle(id) => Some(id.as_str()),
                _ => None,
            };
            if of_cycle == cycle && !ids.contains(&requirement.id.as_str()) {
                ids.push(&requirement.id);
            }
        }
        ids
    }

    /// Whether a requirement's spans are enough; `None`: there are none.
    pub fn is_met(&self, id: &str, states: &[RequirementState]) -> Option<bool> {
        if states.is_empty() {
            return None;
        }
        let held = states.iter().filter(|state| state.passed || state.repaired).count();
        let needed = self.rules.requirements.iter().find(|own| own.id == id).and_then(|own| own.at_least);
        Some(held >= needed.map_or(states.len(), |needed| (needed as usize).min(states.len())))
    }

    /// The first exemption that holds at the end of a span.
    pub fn exemption(&self, span: &Span, effect: ExemptEffect) -> Result<Option<&'a super::super::model::Exempt>, TooLarge> {
        let scope = PersonScope { run: self, day: self.look_on(span), span };
        for exempt in self.rules.exempts.iter().filter(|own| own.effect == effect && self.active(&own.origin)) {
            if exempt.when.holds(&scope)? {
                return Ok(Some(exempt));
            }
        }
        Ok(None)
    }

    /// What an option says, or the reading of it that this run follows.
    pub(super) fn option<T: Copy>(&self, stated: Option<T>, name: &str, readings: &[(&str, T)]) -> T {
        stated.unwrap_or_else(|| {
            let ids: Vec<&str> = readings.iter().map(|(id, _)| *id).collect();
            let picked = self.choices.reading(&format!("options.{name}"), || option_question(name, &ids));
            readings[picked.min(readings.len() - 1)].1
        })
    }
}

impl<'a> Figures<'a, '_> {
    /// How a requirement stands over each of its spans; nothing where it is
    /// not for this person.
    pub(super) fn requirement(&self, id: &str) -> Result<Vec<RequirementState>, TooLarge> {
        let family: Vec<&Requirement> =
            self.run.rules.requirements.iter().filter(|own| own.id == id && self.run.active(&own.origin)).collect();
        let Some(first) = family.first() else { return Ok(Vec::new()) };
        if self.run.exemption(self.span, ExemptEffect::Exempt)?.is_some() {
            return Ok(Vec::new());
        }
        let kind = match &first.per {
            CapPer::Month => Period::Month,
            CapPer::Quarter => Period::Quarter,
            CapPer::HalfYear => Period::HalfYear,
            CapPer::Cycle(cycle) if self.cycle != Some(cycle) => return self.of_cycle(cycle, id),
            _ => return Ok(self.state_over(&family, self, None)?.into_iter().collect()),
        };
        let mut states = Vec::new();
        for span in spans::inside(&kind, self.span, &self.run.subject.person) {
            let works = self.works.iter().copied().filter(|work| span.holds(work.day)).collect();
            let part = Figures::new(self.run, &span, works, self.done, self.earlier, Vec::new(), None)?;
            states.extend(self.state_over(&family, &part, Some(span.name.clone()))?);
        }
        Ok(states)
    }

    /// A requirement of a cycle that ends with this period.
    fn of_cycle(&self, cycle: &str, id: &str) -> Result<Vec<RequirementState>, TooLarge> {
        let Some(span) = self.run.cycle_span(cycle, self.span) else { return Ok(Vec::new()) };
        if self.cycle.is_some() || span.to != self.span.to {
            return Ok(Vec::new());
        }
        let figures = self.run.cycle_figures(cycle, &span, self.done, &self.works)?;
        figures.requirement(id)
    }

    fn state_over(
        &self,
        family: &[&Requirement],
        figures: &Figures<'a, '_>,
        name: Option<String>,
    ) -> Result<Option<RequirementState>, TooLarge> {
        let phases = figures.phases(family)?;
        let Some((member, lower, upper)) = figures.which(family, &phases)? else { return Ok(None) };
        let requirement = family[member];
        let mut due = None;
        let mut works = figures.works.clone();
        if let Some(within) = &requirement.within {
            let Some(day) = spans::first_day(&self.run.subject.person, &within.after) else { return Ok(None) };
            let months = day.checked_add_months(Months::new(within.months));
            let Some(end) = months.and_then(|day| day.checked_add_days(chrono::Days::new(within.days.into()))) else { return Ok(None) };
            if !figures.span.holds(end) {
                return Ok(None);
            }
            due = Some(end);
            works.retain(|work| work.day <= end);
        }
        let until_due;
        let measured = match due {
            Some(_) => {
                until_due =
                    Figures::new(self.run, figures.span, works, figures.done, figures.earlier, figures.closed.clone(), figures.cycle)?;
                &until_due
            }
            None => figures,
        };
        let Some(factor) = self.factor(requirement, figures.span)? else { return Ok(None) };
        let mut tests = Vec::new();
        for (at, test) in requirement.tests.iter().enumerate() {
            let ends = (lower.get(at).copied().flatten(), upper.get(at).copied().flatten());
            tests.push(measured.test(test, ends, factor)?);
        }
        Ok(Some(RequirementState {
            id: requirement.id.clone(),
            label: requirement.label.clone(),
            span: name,
            passed: tests.iter().any(|test| test.passed),
            binding: requirement.binding && self.run.exemption(self.span, ExemptEffect::Advise)?.is_none(),
            repaired: false,
            tests,
            line: requirement.origin.line,
            due,
            mend: requirement.mend.clone().unwrap_or_default(),
        }))
    }

    fn test(&self, test: &Test, (lower, upper): (Option<Exact>, Option<Exact>), factor: Exact) -> Result<TestState, TooLarge> {
        let value = test.of.number(self)?;
        let min = match lower {
            Some(min) if factor != Exact::ONE && !is_ratio(&test.of) => Some(min.checked_mul(factor).ok_or(TooLarge)?),
            min => min,
        };
        let inclusive = |limit: &Option<super::super::model::Limit>| limit.as_ref().is_none_or(|limit| limit.inclusive);
        let (min_inclusive, max_inclusive) = (inclusive(&test.lower), inclusive(&test.upper));
        let above = |value: Exact| min.is_none_or(|min| if min_inclusive { value >= min } else { value > min });
        let below = |value: Exact| upper.is_none_or(|max| if max_inclusive { value <= max } else { value < max });
        let shortfall = match (value, min) {
            (Some(value), Some(min)) if !above(value) => Some(min.checked_sub(value).ok_or(TooLarge)?),
            _ => None,
        };
        let passed = value.is_some_and(|value| above(value) && below(value));
        Ok(TestState { of: test.of.text.clone(), value, min, min_inclusive, max: upper, max_inclusive, passed, shortfall })
    }

    /// The stretches of the span in which the person was the same, with what
    /// the requirement asks in each.
    fn phases(&self, family: &[&Requirement]) -> Result<Vec<Phase>, TooLarge> {
        let person = &self.run.subject.person;
        let (joined, left) = (spans::first_day(person, "joined_on"), spans::first_day(person, "left_on"));
        let (Some(mut from), Some(mut to)) = (self.span.from, self.span.to) else {
            let day = self.run.look_on(self.span);
            return Ok(vec![self.phase(family, day, day)?]);
        };
        from = joined.map_or(from, |joined| joined.clamp(from, to));
        to = left.map_or(to, |left| left.clamp(from, to));
        let mut starts = vec![from];
        for phase in person.attributes.iter().filter(|(_, phases)| phases.len() > 1).flat_map(|(_, phases)| phases) {
            starts.extend(phase.from.into_iter().chain(phase.until.and_then(after)).filter(|day| from < *day && *day <= to));
        }
        starts.sort_unstable();
        starts.dedup();
        let mut phases: Vec<Phase> = Vec::new();
        for (at, &start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).and_then(|next| spans::before(*next)).unwrap_or(to);
            let phase = self.phase(family, start, end)?;
            match phases.last_mut() {
                Some(last) if same(last, &phase) => last.to = end,
                _ => phases.push(phase),
            }
        }
        Ok(phases)
    }

    fn phase(&self, family: &[&Requirement], from: NaiveDate, to: NaiveDate) -> Result<Phase, TooLarge> {
        let scope = LimitScope { figures: self, day: from };
        let mut member = None;
        for (at, requirement) in family.iter().enumerate() {
            if self.run.holds(requirement.who.as_ref(), &scope)? {
                member = Some(at);
                break;
            }
        }
        let (mut lower, mut upper) = (Vec::new(), Vec::new());
        for test in member.map_or(&[][..], |at| &family[at].tests) {
            let limit = |limit: &Option<super::super::model::Limit>| match limit {
                Some(limit) => value_of(self.run, &limit.value, &scope),
                None => Ok(None),
            };
            lower.push(limit(&test.lower)?);
            upper.push(limit(&test.upper)?);
        }
        Ok(Phase { from, to, member, lower, upper })
    }

    /// Which entry of the requirement holds for the span, with its limits.
    #[expect(clippy::type_complexity, reason = "an entry and its limits, taken apart at once")]
    fn which(
        &self,
        family: &[&Requirement],
        phases: &[Phase],
    ) -> Result<Option<(usize, Vec<Option<Exact>>, Vec<Option<Exact>>)>, TooLarge> {
        let whole = |phase: &Phase| phase.member.map(|member| (member, phase.lower.clone(), phase.upper.clone()));
        let (Some(first), Some(last)) = (phases.first(), phases.last()) else { return Ok(None) };
        if phases.len() == 1 {
            return Ok(whole(last));
        }
        const READINGS: [(&str, ChangeOption); 5] = [
            ("end", ChangeOption::End),
            ("start", ChangeOption::Start),
            ("highest", ChangeOption::Highest),
            ("months", ChangeOption::Months),
            ("days", ChangeOption::Days),
        ];
        let option = self.run.option(self.run.rules.options.change, "change", &READINGS);
        match option {
            ChangeOption::End => return Ok(whole(last)),
            ChangeOption::Start => return Ok(whole(first)),
            ChangeOption::Highest => {
                let highest = phases.iter().rev().max_by_key(|phase| phase.lower.first().copied().flatten());
                return Ok(highest.and_then(whole));
            }
            ChangeOption::Days | ChangeOption::Months => {}
        }
        let Some(base) = phases.iter().rev().find(|phase| phase.member.is_some()) else { return Ok(None) };
        let weights: Vec<i64> = phases.iter().map(|phase| weight(phase, first.from, last.to, option)).collect();
        let all: i64 = weights.iter().sum();
        let mut lower = base.lower.clone();
        for (at, limit) in lower.iter_mut().enumerate().filter(|(_, limit)| limit.is_some()) {
            if base.member.is_some_and(|member| family[member].tests.get(at).is_some_and(|test| is_ratio(&test.of))) {
                continue;
            }
            let mut sum = Exact::ZERO;
            for (phase, &weight) in phases.iter().zip(&weights) {
                let own = phase.lower.get(at).copied().flatten().unwrap_or_default();
                let share = Exact::fraction(weight, all.max(1)).unwrap_or_default();
                sum = own.checked_mul(share).and_then(|part| sum.checked_add(part)).ok_or(TooLarge)?;
            }
            *limit = Some(sum);
        }
        Ok(base.member.map(|member| (member, lower, base.upper.clone())))
    }
}

/// A phase's share of the span: its days, or the months that are its own. A
/// month is somebody's who is there on its 15th.
fn weight(phase: &Phase, from: NaiveDate, to: NaiveDate, option: ChangeOption) -> i64 {
    if option == ChangeOption::Days {
        return days_between(phase.from, phase.to).unwrap_or(0).into();
    }
    let mut middles = months_of(from, to);
    middles.retain(|middle| from <= *middle && *middle <= to);
    if middles.is_empty() {
        middles.push(to);
    }
    let own = middles.into_iter().filter(|middle| phase.from <= *middle && *middle <= phase.to);
    i64::try_from(own.count()).unwrap_or(i64::MAX)
}

fn same(a: &Phase, b: &Phase) -> bool {
    a.member == b.member && a.lower == b.lower && a.upper == b.upper
}

/// Whether a measure is one amount divided by another: it has no size of its
/// own that could shrink with time.
fn is_ratio(of: &Expression) -> bool {
    matches!(of.node, Node::Arithmetic(Operator::Divide, ..))
}
