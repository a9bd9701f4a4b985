//! What goes beyond one period: backfill, cycles, streaks, obligations.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};
use xueji_domain::{
    calendar::PartialDate,
    exact::Exact,
    rules::{
        facts::{Activity, EarlierResult, Item, Subject},
        ledger::{ObligationProgress, Verdict},
        model::{CapPer, CarryNow, Due, Obligation, Period, Requirement, RuleSet, Streak, VetoDoes},
    },
};

use super::{
    CycleResult, PeriodResult,
    caps::{cycle_of, same_cycle},
    limits,
    period::{tested, verdict},
    scope::{FactScope, Figures, Own, holds},
};

/// What a streak brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Consequence {
    pub id: String,
    pub period: String,
    pub because: Vec<String>,
}

/// How an obligation stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    pub id: String,
    pub fact: String,
    pub due: Option<NaiveDate>,
    pub done_by: Option<String>,
    pub state: ObligationProgress,
}

/// Later excess makes up for earlier shortfalls of the same cycle, the
/// earliest first.
pub fn repair(rules: &RuleSet, done: &mut [PeriodResult]) {
    let Some(backfill) = &rules.backfill else { return };
    let Some(cycle) = rules.cycles.iter().find(|cycle| cycle.id == backfill.per) else { return };
    for id in &backfill.requirements {
        let balance = |period: &PeriodResult| -> Option<Exact> {
            let required = period.requirements.iter().find(|required| required.id == *id)?;
            let (value, limit) = *required.tests.first()?;
            Some(value? - limit?)
        };
        let mut balances: Vec<Exact> = done.iter().map(|period| balance(period).unwrap_or(Exact::ZERO)).collect();
        for later in 0..done.len() {
            for short in 0..later {
                if same_cycle(cycle, &done[later].span.name, &done[short].span.name)
                    && balances[short] < Exact::ZERO
                    && balances[later] > Exact::ZERO
                {
                    let given = balances[later].min(Exact::ZERO - balances[short]);
                    balances[later] = balances[later] - given;
                    balances[short] += given;
                }
            }
        }
        for (at, period) in done.iter_mut().enumerate() {
            for required in period.requirements.iter_mut().filter(|required| required.id == *id && !required.passed) {
                required.repaired = balances[at] >= Exact::ZERO;
            }
        }
    }
    for period in done.iter_mut().filter(|period| period.verdict == Verdict::Fail) {
        period.verdict = verdict(rules, false, false, period);
    }
}

/// Cycles that hold an evaluated period.
pub fn cycles(rules: &RuleSet, subject: &Subject, done: &[PeriodResult]) -> Option<Vec<CycleResult>> {
    let mut results = Vec::new();
    let ids: BTreeSet<&String> = rules.cycles.iter().map(|cycle| &cycle.id).collect();
    for id in ids {
        let mut seen = BTreeSet::new();
        for period in done {
            let Some(cycle) = cycle_of(rules, subject, &period.span, id) else { continue };
            let year: i32 = period.span.name.parse().ok()?;
            let (first, last) = match cycle.period {
                Period::Block { years, from } => {
                    let first = from + (year - from).div_euclid(years as i32) * years as i32;
                    (first, first + years as i32 - 1)
                }
                Period::Rolling { years } => (year - years as i32 + 1, year),
                _ => return None,
            };
            if seen.insert(first) {
                let name = format!("{first}–{last}");
                let members: Vec<&PeriodResult> =
                    done.iter().filter(|other| same_cycle(cycle, &period.span.name, &other.span.name)).collect();
                let before: Vec<&EarlierResult> =
                    subject.earlier.iter().filter(|earlier| same_cycle(cycle, &period.span.name, &earlier.period)).collect();
                results.push(cycle_result(rules, subject, id, name, &members, &before)?);
            }
        }
    }
    Some(results)
}

fn sets_total(rules: &RuleSet, id: &str) -> bool {
    rules.vetoes.iter().any(|veto| veto.id == id && matches!(&veto.does, VetoDoes::Set(of, _) if of == "total"))
}

fn cycle_result(
    rules: &RuleSet,
    subject: &Subject,
    id: &str,
    name: String,
    members: &[&PeriodResult],
    before: &[&EarlierResult],
) -> Option<CycleResult> {
    let mut figures = Figures::default();
    let mut sums: BTreeMap<String, Exact> = BTreeMap::new();
    for period in members {
        for (id, sum) in period.buckets.iter().chain(&period.categories).chain(&period.counters) {
            *sums.entry(id.clone()).or_default() += *sum;
        }
        *sums.entry("total".into()).or_default() += period.total;
        // what counted where it came from is in a cycle once
        if rules.options.carry_now == Some(CarryNow::Counted) {
            for (bucket, carried) in &period.carried_into {
                let in_total = rules.buckets.iter().find(|own| own.id == *bucket).is_none_or(|own| own.in_total);
                let in_total = in_total && !period.vetoes.iter().any(|id| sets_total(rules, id));
                *sums.entry("total".into()).or_default() += if in_total { Exact::ZERO - *carried } else { Exact::ZERO };
                *sums.entry(bucket.clone()).or_default() += Exact::ZERO - *carried;
            }
        }
        for line in period.lines.iter().filter(|line| line.admitted && line.scope.is_some()) {
            *sums.entry(format!("#{}", line.category)).or_default() += Exact::whole(line.count.into());
        }
    }
    for earlier in before {
        *sums.entry("total".into()).or_default() += earlier.total.unwrap_or_default();
        for (id, sum) in &earlier.buckets {
            *sums.entry(id.clone()).or_default() += *sum;
        }
    }
    for (id, sum) in &sums {
        figures.names.insert(id.clone(), Own::number(*sum));
        figures.measures.insert(("credits", id.clone()), Own::number(*sum));
    }
    for category in &rules.categories {
        let times = sums.get(&format!("#{}", category.id)).copied().unwrap_or(Exact::ZERO);
        figures.measures.insert(("count", category.id.clone()), Own::number(times));
    }
    let span = &members.last()?.span;
    let standing = limits::standing(rules, subject, span)?;
    let mut requirements = Vec::new();
    let own = |requirement: &&Requirement| requirement.per == CapPer::Cycle(id.to_owned()) && !standing.exempt;
    for requirement in rules.requirements.iter().filter(own) {
        let mut required = tested(rules, subject, span, requirement, &figures, &standing)?;
        required.iter_mut().for_each(|required| required.binding &= !standing.advise);
        requirements.extend(required);
    }
    let binding = || requirements.iter().filter(|required| required.binding);
    let verdict = match (binding().count(), binding().all(|required| required.passed)) {
        (0, _) => Verdict::None,
        (_, true) => Verdict::Pass,
        (_, false) => Verdict::Fail,
    };
    let buckets = rules.buckets.iter().map(|bucket| (bucket.id.clone(), sums.get(&bucket.id).copied().unwrap_or(Exact::ZERO))).collect();
    Some(CycleResult { id: id.to_owned(), name, total: sums["total"], buckets, requirements, verdict })
}

/// Periods in a row that are over and meet a condition.
pub fn consequences(rules: &RuleSet, as_of: NaiveDate, done: &[PeriodResult]) -> Option<Vec<Consequence>> {
    let mut all = Vec::new();
    for streak in &rules.streaks {
        let mut run: Vec<String> = Vec::new();
        // what may still change brings nothing yet
        for period in done.iter().filter(|period| period.span.to <= as_of) {
            if !period.streak_conditions.contains(&streak.id) {
                run.clear();
                continue;
            }
            run.push(period.span.name.clone());
            if run.len() >= streak.length as usize {
                let because = run[run.len() - streak.length as usize..].to_vec();
                all.push(Consequence { id: streak.id.clone(), period: falls_in(rules, streak, period), because });
                if run.len() > streak.length as usize || !streak.overlap.unwrap_or(true) {
                    // overlap asks only where a streak goes on
                    streak.overlap?;
                }
                if streak.overlap == Some(false) {
                    run.clear();
                }
            }
        }
    }
    Some(all)
}

fn falls_in(rules: &RuleSet, streak: &Streak, period: &PeriodResult) -> String {
    if !streak.next {
        return period.span.name.clone();
    }
    let day = period.span.to.succ_opt().expect("a next day");
    super::time::period_of(&rules.period, day).name
}

fn day_of(activity: &Activity) -> Option<NaiveDate> {
    activity.date.and_then(PartialDate::day)
}

/// What facts oblige to, and what became of it. One fact makes up for one
/// other, the earliest that waits for it.
pub fn duties(rules: &RuleSet, subject: &Subject, as_of: NaiveDate) -> Vec<Duty> {
    let mut duties = Vec::new();
    for obligation in &rules.obligations {
        let mut causes: Vec<(NaiveDate, &Activity)> = subject.activities.iter().filter_map(|cause| Some((day_of(cause)?, cause))).collect();
        causes.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        let mut used: BTreeSet<String> = BTreeSet::new();
        for (day, cause) in causes {
            let scope = FactScope::of(rules, cause, &subject.person, day);
            if obligation.of.iter().any(|kind| **kind == *cause.kind) && holds(obligation.when.as_ref(), &scope) {
                let duty = duty(obligation, subject, cause, day, as_of, &used);
                used.extend(duty.done_by.clone());
                duties.push(duty);
            }
        }
    }
    duties
}

fn duty(obligation: &Obligation, subject: &Subject, cause: &Activity, day: NaiveDate, as_of: NaiveDate, used: &BTreeSet<String>) -> Duty {
    let due = match &obligation.due {
        Due::Days(days) => Some(day + Days::new((*days).into())),
        Due::Months(months) => Some(day + Months::new(*months)),
        Due::Next(kinds) => subject
            .activities
            .iter()
            .filter(|other| kinds.iter().any(|kind| **kind == *other.kind))
            .filter_map(day_of)
            .filter(|other| *other > day)
            .min(),
    };
    let fulfils = |other: &&Activity| {
        let kind = obligation.done.iter().any(|kind| **kind == *other.kind);
        let later = day_of(other);
        let this_one = if obligation.link.is_empty() {
            // a day is the finest there is
            later >= Some(day) && other.id != cause.id && !used.contains(&*other.id)
        } else {
            // who names it means it, on whatever day
            later.is_some() && matches!(other.item(&obligation.link), Some(Item::Text(text)) if **text == *cause.id)
        };
        kind && this_one
    };
    let done = subject.activities.iter().filter(fulfils).min_by_key(|other| (day_of(other), other.id.clone()));
    let state = match (done.and_then(day_of), due) {
        (Some(done), Some(due)) if done > due => ObligationProgress::Late,
        (Some(_), _) => ObligationProgress::Done,
        (None, Some(due)) if as_of > due => ObligationProgress::Overdue,
        (None, _) => ObligationProgress::Open,
    };
    Duty { id: obligation.id.clone(), fact: cause.id.to_string(), due, done_by: done.map(|done| done.id.to_string()), state }
}
