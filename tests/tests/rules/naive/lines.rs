//! Steps 1 to 5: which facts, in which category, past which gates, worth how
//! much.

use chrono::NaiveDate;
use xueji_domain::{
    calendar::PartialDate,
    exact::Exact,
    rules::{
        facts::{Activity, Item, Subject},
        model::{AdjustKind, Award, Basis, CapPer, Category, Gives, RoundingStage, RuleSet, SplitOption},
    },
};

use super::{
    Line, Source,
    caps::Loose,
    last_day, person_day, rounding,
    scope::{FactScope, Own, ResultScope, amount, holds, person_on},
    time::{Span, window},
};

/// The facts of a period as lines, before any cap.
pub fn of_period(rules: &RuleSet, subject: &Subject, span: &Span, last: bool) -> Option<Vec<Line>> {
    let mut lines: Vec<Line> = Vec::new();
    for activity in &subject.activities {
        let ours = activity.schemes.is_empty() || activity.schemes.contains(&rules.head.id);
        let near = match (first_day(activity), activity.until) {
            (None, _) => last,
            (Some(day), None) => span.holds(day),
            (Some(day), Some(until)) => day <= span.to && until >= span.from,
        };
        if near && ours {
            lines.extend(classified(rules, subject, span, activity));
        }
    }
    lines.retain(|line| !line.share.is_zero());
    sort(&mut lines);
    derived(rules, subject, span, &mut lines);
    sort(&mut lines);
    for at in 0..lines.len() {
        credit(rules, &mut lines, at)?;
    }
    Some(lines)
}

/// A month or a year stands at its first day.
fn first_day(activity: &Activity) -> Option<NaiveDate> {
    match activity.date? {
        PartialDate::Day(day) => Some(day),
        PartialDate::Month { year, month } => NaiveDate::from_ymd_opt(year, month, 1),
        PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
    }
}

/// How much of a fact counts in a period. `None`: the rules do not say.
fn share(rules: &RuleSet, category: &Category, activity: &Activity, span: &Span) -> Option<Exact> {
    let (Some(from), Some(until)) = (first_day(activity), activity.until) else { return Some(Exact::ONE) };
    let whole = |inside: bool| Some(if inside { Exact::ONE } else { Exact::ZERO });
    if span.holds(from) && span.holds(until) {
        return Some(Exact::ONE);
    }
    match category.split.unwrap_or(rules.options.split)? {
        SplitOption::Start => whole(span.holds(from)),
        SplitOption::End => whole(span.holds(until)),
        SplitOption::Days => {
            let inside = (until.min(span.to) - from.max(span.from)).num_days() + 1;
            Exact::fraction(inside, (until - from).num_days() + 1)
        }
    }
}

/// By day, then by id; a fact without a day stands at the first.
fn sort(lines: &mut [Line]) {
    lines.sort_by(|a, b| {
        let key = |line: &Line| (line.first, line.source == Source::Derived, line.fact.clone());
        key(a).cmp(&key(b))
    });
}

fn classified(rules: &RuleSet, subject: &Subject, span: &Span, activity: &Activity) -> Option<Line> {
    let scope = FactScope::of(rules, activity, &subject.person, span.from);
    let category = rules.categories.iter().find(|category| {
        category.types.iter().any(|kind| kind == "*" || **kind == *activity.kind)
            && holds(category.when.as_ref(), &scope)
            && holds(category.who.as_ref(), &scope)
    })?;
    let admitted = admitted(category, activity, &scope);
    let date = first_day(activity).map(|day| day.max(span.from));
    let mut line = line(category, &activity.id, Source::Fact, (date, date.unwrap_or(span.from)), activity.count, scope, admitted);
    line.first = first_day(activity).unwrap_or(span.from);
    line.share = share(rules, category, activity, span)?;
    Some(line)
}

fn line(
    category: &Category,
    fact: &str,
    source: Source,
    (date, day): (Option<NaiveDate>, NaiveDate),
    count: u32,
    scope: FactScope,
    admitted: bool,
) -> Line {
    Line {
        fact: fact.to_owned(),
        source,
        date,
        day,
        first: day,
        category: category.id.clone(),
        bucket: category.bucket.clone(),
        admitted,
        count,
        once: Exact::ZERO,
        raw: Exact::ZERO,
        now: Exact::ZERO,
        part: Exact::ZERO,
        share: Exact::ONE,
        scope: Some(scope),
    }
}

fn admitted(category: &Category, activity: &Activity, scope: &FactScope) -> bool {
    let has: Vec<String> = match activity.item("evidence") {
        Some(Item::List(list)) => list.iter().map(ToString::to_string).collect(),
        Some(Item::Text(text)) => vec![text.to_string()],
        _ => Vec::new(),
    };
    let all = category.evidence.iter().all(|kind| has.contains(kind));
    let any = category.evidence_any.is_empty() || category.evidence_any.iter().any(|kind| has.contains(kind));
    let approved = match activity.item("approved") {
        Some(Item::Flag(approved)) => *approved,
        _ => !category.approval,
    };
    all && any && approved && category.gates.iter().all(|gate| holds(Some(&gate.when), scope))
}

/// Every full number of times makes one more fact.
fn derived(rules: &RuleSet, subject: &Subject, span: &Span, lines: &mut Vec<Line>) {
    for derive in &rules.derives {
        let Some(category) = rules.categories.iter().find(|category| category.id == derive.makes) else { continue };
        let mut sum = Exact::ZERO;
        let mut made: Vec<Line> = Vec::new();
        for line in lines.iter().filter(|line| line.admitted && derive.from.contains(&line.category)) {
            let Some(scope) = &line.scope else { continue };
            let quantity = match &derive.of {
                Some(of) => of.number(scope).expect("small numbers").unwrap_or(Exact::ZERO),
                None => Exact::ONE,
            };
            let full = |sum: Exact| rounding::floor(sum.checked_div(derive.every).expect("above zero"));
            let before = full(sum);
            sum += quantity * Exact::whole(line.count.into());
            let times = (full(sum) - before).numer() as u32;
            for _ in 0..times {
                made.push(derived_line(rules, subject, span, category, line));
            }
        }
        lines.extend(made);
    }
}

fn derived_line(rules: &RuleSet, subject: &Subject, span: &Span, category: &Category, cause: &Line) -> Line {
    let activity = Activity {
        id: cause.fact.clone().into(),
        kind: category.id.clone().into(),
        date: cause.date.map(PartialDate::Day),
        until: None,
        count: 1,
        label: String::new(),
        items: Vec::new(),
        schemes: Vec::new(),
    };
    let scope = FactScope::of(rules, &activity, &subject.person, span.to);
    line(category, &cause.fact, Source::Derived, (cause.date, cause.day), 1, scope, true)
}

/// Award, adjustments, rounding, times count.
fn credit(rules: &RuleSet, lines: &mut [Line], at: usize) -> Option<()> {
    let line = lines[at].clone();
    let category = rules.categories.iter().find(|category| category.id == line.category)?;
    if !line.admitted || !category.counted {
        return Some(());
    }
    let scope = line.scope.as_ref()?;
    let times = Exact::whole(line.count.into());
    let (award, count) = match category.basis {
        Basis::Event => (award_once(category, scope)?, times),
        basis => (increment(category, basis, lines, at)?, Exact::ONE),
    };
    let mut once = award;
    for adjust in &category.adjusts {
        if holds(adjust.when.as_ref(), scope) {
            once = match &adjust.how {
                AdjustKind::Times(factor) => once * amount(factor, scope)?,
                AdjustKind::Add(more) => once + amount(more, scope)?,
            };
        }
    }
    once = rounding::at_stage(rules, RoundingStage::Event, once);
    lines[at].once = once;
    lines[at].now = once * count;
    // of a fact that lies in two periods, each shows its part; where sums
    // are converted, they were sums of parts
    let part = if category.basis == Basis::Event { lines[at].share } else { Exact::ONE };
    lines[at].raw = lines[at].now * part;
    Some(())
}

fn applicable<'a>(category: &'a Category, scope: &FactScope) -> Option<&'a Award> {
    category.awards.iter().find(|award| holds(award.when.as_ref(), scope))
}

fn award_once(category: &Category, scope: &FactScope) -> Option<Exact> {
    let Some(award) = applicable(category, scope) else { return category.otherwise };
    match &award.gives {
        Gives::Rate { of: Some(of), .. } => {
            let quantity = of.number(scope).expect("small numbers")?;
            for_quantity(award, quantity, scope)
        }
        _ => for_quantity(award, Exact::ONE, scope),
    }
}

fn for_quantity(award: &Award, quantity: Exact, scope: &FactScope) -> Option<Exact> {
    match &award.gives {
        Gives::Rate { of: Some(_), per, credit, round } => {
            let units = rounding::units(quantity.checked_div(*per)?, *round)?;
            Some(units * amount(credit, scope)?)
        }
        Gives::Rate { of: None, credit, .. } => amount(credit, scope),
        Gives::Formula(formula) => formula.number(scope).expect("small numbers"),
        Gives::Range { value, .. } => match scope.names.get(value) {
            Some(Own::Item(Item::Number(number))) => Some(*number),
            _ => None,
        },
    }
}

/// What a fact adds to the award of everything of its span up to it.
fn increment(category: &Category, basis: Basis, lines: &[Line], at: usize) -> Option<Exact> {
    let line = &lines[at];
    let per = match basis {
        Basis::Day => CapPer::Day,
        Basis::Month => CapPer::Month,
        Basis::Quarter => CapPer::Quarter,
        Basis::HalfYear => CapPer::HalfYear,
        Basis::Event | Basis::Period => CapPer::Period,
    };
    let same =
        |other: &&Line| other.admitted && other.category == line.category && window(&per, Some(other.day)) == window(&per, Some(line.day));
    let span: Vec<&Line> = lines[..=at].iter().filter(same).collect();
    let before = match span.len() {
        0 | 1 => Exact::ZERO,
        facts => award_once(category, &summed(&span[..facts - 1])?)?,
    };
    Some(award_once(category, &summed(&span)?)? - before)
}

/// The last of some facts, its numbers being the sums of all of them.
fn summed(facts: &[&Line]) -> Option<FactScope> {
    let (last, before) = facts.split_last()?;
    let mut scope = last.scope.clone()?;
    for (name, own) in &mut scope.names {
        let Own::Item(Item::Number(sum)) = own else { continue };
        // of a fact that lies in two periods, its part of the numbers
        let times = |fact: &Line| if name == "count" { fact.share } else { Exact::whole(fact.count.into()) * fact.share };
        *sum = *sum * times(last);
        for fact in before {
            if let Some(Own::Item(Item::Number(number))) = fact.scope.as_ref()?.names.get(name) {
                *sum += *number * times(fact);
            }
        }
    }
    Some(scope)
}

/// Credits for having gone without certain facts.
pub fn inactive(rules: &RuleSet, subject: &Subject, lines: &[Line], span: &Span, as_of: NaiveDate) -> Vec<Loose> {
    let mut penalties = Vec::new();
    for rule in &rules.inactive {
        let joined = person_day(subject, "joined_on", span.to);
        let active = |day: NaiveDate| lines.iter().any(|line| line.admitted && line.day == day && rule.without.contains(&line.category));
        let mut idle = 0;
        for day in span.days().take_while(|day| *day <= as_of).filter(|day| joined.is_none_or(|joined| *day >= joined)) {
            idle = if active(day) { 0 } else { idle + 1 };
            if idle == rule.days {
                penalties.push(Loose { id: rule.id.clone(), bucket: rule.bucket.clone(), day, credit: rule.credit });
                idle = 0;
            }
        }
    }
    penalties
}

/// Whether the whole rule set is for this person, at the end of the period.
pub fn concerns(rules: &RuleSet, subject: &Subject, span: &Span) -> bool {
    let figures = super::scope::Figures::default();
    let scope = ResultScope { figures: &figures, person: person_on(&subject.person, last_day(subject, span)) };
    holds(rules.head.who.as_ref(), &scope)
}
