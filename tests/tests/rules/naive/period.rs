//! One period: steps 9 (rounding) to 15.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use xueji_domain::{
    exact::Exact,
    rules::{
        expression::{Node, Operator},
        facts::{Item, Subject},
        ledger::Verdict,
        model::{Cap, CapPer, CarryNow, CarryOver, CounterOf, Grade, Requirement, RoundingStage, RuleSet, Test, VetoDoes},
    },
};

use super::{
    HandedOn, Line, PeriodResult, Required, Source,
    caps::{self, for_whom, personal},
    last_day,
    limits::{self, Standing},
    lines, rounding,
    scope::{Figures, Own, ResultScope, amount, holds, person_on},
    simple_name,
    time::{Span, spans_within},
};

/// Sums under their names.
type Sums = BTreeMap<String, Exact>;

pub fn evaluate(
    rules: &RuleSet,
    subject: &Subject,
    span: &Span,
    last: bool,
    as_of: NaiveDate,
    done: &[PeriodResult],
) -> Option<PeriodResult> {
    let mut result = PeriodResult {
        span: span.clone(),
        verdict: Verdict::Outside,
        total: Exact::ZERO,
        buckets: Sums::new(),
        categories: Sums::new(),
        counters: Sums::new(),
        missed: Sums::new(),
        carried_in: Exact::ZERO,
        carried_into: Sums::new(),
        lines: Vec::new(),
        requirements: Vec::new(),
        figures: Sums::new(),
        grade: None,
        vetoes: Vec::new(),
        handed_on: Vec::new(),
        streak_conditions: Vec::new(),
    };
    if !lines::concerns(rules, subject, span) {
        return Some(result);
    }
    let mut lines = openings(rules, subject, span, done)?;
    lines.extend(lines::of_period(rules, subject, span, last)?);
    let loose = lines::inactive(rules, subject, &lines, span, as_of);
    caps::apply(rules, subject, span, &mut lines, &loose, done)?;
    sum_up(rules, subject, span, done, lines, &loose, &mut result)?;
    let standing = limits::standing(rules, subject, span)?;
    // what is required is known first; what is moved out does not count for it
    let mut before = result.clone();
    if !standing.exempt {
        requirements(rules, subject, span, done, &standing, &mut before)?;
    }
    hand_on(rules, subject, span, done, &before, &mut result)?;
    judge(rules, subject, span, done, &standing, &mut result)?;
    Some(result)
}

fn at_least_zero(number: Exact) -> Exact {
    number.max(Exact::ZERO)
}

fn at_most_zero(number: Exact) -> Exact {
    number.min(Exact::ZERO)
}

/// Steps 9 to 12: categories, buckets, what comes in, what is taken off.
fn sum_up(
    rules: &RuleSet,
    subject: &Subject,
    span: &Span,
    done: &[PeriodResult],
    mut lines: Vec<Line>,
    loose: &[caps::Loose],
    result: &mut PeriodResult,
) -> Option<()> {
    let moves = bucket_maxima(rules, subject, span, &mut lines, loose)?;
    let sum = |of: &dyn Fn(&Line) -> bool, part: fn(Exact) -> Exact| -> Exact {
        lines.iter().filter(|line| of(line)).map(|line| part(line.now)).sum()
    };
    let mut earned = Sums::new();
    for category in &rules.categories {
        let own = |line: &Line| line.category == category.id;
        let moved: Exact = moves.iter().filter(|(id, _)| *id == category.id).map(|(_, moved)| *moved).sum();
        earned.insert(category.id.clone(), sum(&own, at_least_zero) + moved);
        result.categories.insert(category.id.clone(), earned[&category.id] + sum(&own, at_most_zero));
    }
    // a file without buckets has one that has no name
    let mut places: Vec<Option<String>> = rules.buckets.iter().map(|bucket| Some(bucket.id.clone())).collect();
    if places.is_empty() {
        places.push(None);
    }
    let mut total = Exact::ZERO;
    for place in places {
        let own_categories = rules.categories.iter().filter(|category| category.bucket == place);
        let mut own: Exact = own_categories.map(|category| earned[&category.id]).sum();
        own += sum(&|line: &Line| line.source == Source::Opening && line.bucket == place, at_least_zero);
        let bucket = rules.buckets.iter().find(|bucket| Some(&bucket.id) == place.as_ref());
        let max = match bucket.and_then(|bucket| bucket.max.as_ref()) {
            Some(max) => Some(personal(max, subject, span)?),
            None => None,
        };
        let off: Exact = loose.iter().filter(|own| own.bucket == place).map(|own| at_most_zero(own.credit)).sum();
        let taken = sum(&|line: &Line| line.bucket == place, at_most_zero) + off;
        let max = max.map(|max| if rules.options.penalty_first { max - taken } else { max });
        own = max.map_or(own, |max| own.min(max));
        if bucket.is_some() {
            // where penalties come first, it is what they leave that is rounded
            let off = if rules.options.penalty_first { taken } else { Exact::ZERO };
            own = rounding::at_stage(rules, RoundingStage::Bucket, own + off) - off;
        }
        let mut carried = carried_in(subject, span, done, place.as_deref().unwrap_or(""));
        if rules.options.carry_within_max {
            carried = max.map_or(carried, |max| carried.min(at_least_zero(max - own)));
        }
        result.carried_in += carried;
        result.carried_into.insert(place.clone().unwrap_or_default(), carried);
        own += carried;
        own += sum(&|line: &Line| line.bucket == place, at_most_zero);
        own += loose.iter().filter(|own| own.bucket == place).map(|own| own.credit).sum();
        own += raise_categories(rules, subject, span, &place, result)?;
        if let Some(bucket) = bucket {
            own += raise(rules, subject, span, &bucket.id, own)?;
            result.buckets.insert(bucket.id.clone(), own);
        }
        if bucket.is_none_or(|bucket| bucket.in_total) {
            total += own;
        }
    }
    total += raise(rules, subject, span, "total", total)?;
    result.total = rounding::at_stage(rules, RoundingStage::Total, total);
    result.lines = lines;
    counters(rules, result);
    expected(rules, subject, span, result)
}

/// A bucket's maximum is about the rounded sums of its categories; it is
/// taken up in order of days, as caps are, and by what roundings add last.
/// Gives what remains of the roundings.
fn bucket_maxima(
    rules: &RuleSet,
    subject: &Subject,
    span: &Span,
    lines: &mut [Line],
    loose: &[caps::Loose],
) -> Option<Vec<(String, Exact)>> {
    let mut moves: Vec<(String, Exact)> = Vec::new();
    for category in &rules.categories {
        let own = |now: Exact| if rules.options.penalty_first { now } else { at_least_zero(now) };
        let sum: Exact = lines.iter().filter(|line| line.category == category.id).map(|line| own(line.now)).sum();
        moves.push((category.id.clone(), rounding::at_stage(rules, RoundingStage::Category, sum) - sum));
    }
    for bucket in &rules.buckets {
        let Some(max) = &bucket.max else { continue };
        let own = |line: &Line| line.bucket.as_ref() == Some(&bucket.id);
        let mut room = personal(max, subject, span)?;
        if rules.options.penalty_first {
            let off: Exact = lines.iter().filter(|line| own(line)).map(|line| at_most_zero(line.now)).sum();
            let idle: Exact = loose.iter().filter(|own| own.bucket.as_ref() == Some(&bucket.id)).map(|own| at_most_zero(own.credit)).sum();
            room = room - off - idle;
        }
        let inside = |id: &str| rules.categories.iter().any(|category| category.id == id && category.bucket.as_ref() == Some(&bucket.id));
        let off: Exact = moves.iter().filter(|(id, _)| inside(id)).map(|(_, moved)| at_most_zero(*moved)).sum();
        room = room - off;
        for line in lines.iter_mut().filter(|line| line.now > Exact::ZERO && own(line)) {
            line.now = line.now.min(room);
            room = room - line.now;
        }
        for (_, moved) in moves.iter_mut().filter(|(id, moved)| *moved > Exact::ZERO && inside(id)) {
            *moved = (*moved).min(room);
            room = room - *moved;
        }
    }
    Some(moves)
}

fn carried_in(subject: &Subject, span: &Span, done: &[PeriodResult], bucket: &str) -> Exact {
    let mut sum = Exact::ZERO;
    for (distance, period) in done.iter().rev().enumerate() {
        for handed in period.handed_on.iter().filter(|handed| handed.to == bucket && distance == 0) {
            sum += handed.amount;
        }
    }
    if done.is_empty() {
        let before = subject.earlier.iter().filter(|earlier| earlier.period < span.name).max_by(|a, b| a.period.cmp(&b.period));
        let carry = before.and_then(|earlier| earlier.carry.as_ref()).map_or(&[][..], |carry| &carry[..]);
        sum += carry.iter().filter(|carry| carry.to == bucket).map(|carry| carry.amount).sum();
    }
    sum
}

/// What is given at the beginning comes before everything else.
fn openings(rules: &RuleSet, subject: &Subject, span: &Span, done: &[PeriodResult]) -> Option<Vec<Line>> {
    let mut lines = Vec::new();
    for opening in rules.openings.iter().filter(|opening| for_whom(opening.who.as_ref(), subject, span)) {
        let figures = Figures { earlier: earlier_names(subject, span, done), ..Figures::default() };
        let credit =
            amount(&opening.credit, &ResultScope { figures: &figures, person: person_on(&subject.person, last_day(subject, span)) })?;
        lines.push(Line {
            fact: opening.id.clone(),
            source: Source::Opening,
            date: None,
            day: span.from,
            first: span.from,
            category: opening.id.clone(),
            bucket: opening.bucket.clone(),
            admitted: true,
            count: 1,
            once: credit,
            raw: credit,
            now: credit,
            part: Exact::ZERO,
            share: Exact::ONE,
            scope: None,
        });
    }
    Some(lines)
}

fn floors<'a>(rules: &'a RuleSet, subject: &'a Subject, span: &'a Span, on: &'a str) -> impl Iterator<Item = &'a Cap> {
    rules.caps.iter().filter(move |cap| cap.min.is_some() && cap.on == [on] && for_whom(cap.who.as_ref(), subject, span))
}

/// What is missing up to a floor.
fn raise(rules: &RuleSet, subject: &Subject, span: &Span, on: &str, sum: Exact) -> Option<Exact> {
    let mut raised = sum;
    for cap in floors(rules, subject, span, on) {
        raised = raised.max(personal(cap.min.as_ref()?, subject, span)?);
    }
    Some(raised - sum)
}

fn raise_categories(rules: &RuleSet, subject: &Subject, span: &Span, place: &Option<String>, result: &mut PeriodResult) -> Option<Exact> {
    let mut sum = Exact::ZERO;
    for category in rules.categories.iter().filter(|category| category.bucket == *place) {
        let raised = raise(rules, subject, span, &category.id, result.categories[&category.id])?;
        *result.categories.get_mut(&category.id)? += raised;
        sum += raised;
    }
    Some(sum)
}

fn counters(rules: &RuleSet, result: &mut PeriodResult) {
    for counter in &rules.counters {
        let mut sum = Exact::ZERO;
        for line in result.lines.iter().filter(|line| line.admitted) {
            let from = counter.from.is_empty()
                || counter.from.contains(&line.category)
                || line.bucket.as_ref().is_some_and(|id| counter.from.contains(id));
            let Some(scope) = &line.scope else {
                let credits = from && counter.when.is_none() && matches!(counter.of, CounterOf::Credits);
                sum += if credits { line.now } else { Exact::ZERO };
                continue;
            };
            if from && holds(counter.when.as_ref(), scope) {
                let times = Exact::whole(line.count.into());
                sum += match &counter.of {
                    CounterOf::Credits => line.now,
                    CounterOf::Count => times,
                    CounterOf::Quantity(of) => of.number(scope).expect("small numbers").unwrap_or(Exact::ZERO) * times * line.share,
                };
            }
        }
        result.counters.insert(counter.id.clone(), sum);
    }
}

fn times_of<'a>(lines: impl Iterator<Item = &'a Line>, category: &str) -> Exact {
    lines
        .filter(|line| line.admitted && line.scope.is_some() && line.category == category)
        .map(|line| Exact::whole(line.count.into()))
        .sum()
}

fn expected(rules: &RuleSet, subject: &Subject, span: &Span, result: &mut PeriodResult) -> Option<()> {
    for category in &rules.categories {
        if let Some(expected) = &category.expected {
            let missed = at_least_zero(personal(expected, subject, span)? - times_of(result.lines.iter(), &category.id));
            if !missed.is_zero() {
                result.missed.insert(category.id.clone(), missed);
            }
        }
    }
    Some(())
}

fn earlier_names(subject: &Subject, span: &Span, done: &[PeriodResult]) -> BTreeMap<String, Own> {
    let mut names = BTreeMap::new();
    if let Some(period) = done.last() {
        names.insert("total".to_owned(), Own::number(period.total));
        names.extend(period.buckets.iter().chain(&period.counters).map(|(id, sum)| (id.clone(), Own::number(*sum))));
        names.extend(period.grade.iter().map(|grade| ("grade".to_owned(), Own::text(grade))));
    } else if let Some(earlier) = subject.earlier.iter().filter(|earlier| earlier.period < span.name).max_by(|a, b| a.period.cmp(&b.period))
    {
        names.extend(earlier.total.map(|total| ("total".to_owned(), Own::number(total))));
        names.extend(earlier.buckets.iter().map(|(id, sum)| (id.clone(), Own::number(*sum))));
        names.extend(earlier.grade.iter().map(|grade| ("grade".to_owned(), Own::text(grade))));
    }
    names
}

/// Everything that an expression about the result may name.
pub fn figures(rules: &RuleSet, subject: &Subject, done: &[PeriodResult], result: &PeriodResult) -> Figures {
    let mut figures = of_lines(rules, result.lines.iter());
    let mut set = |name: &str, number: Exact| figures.names.insert(name.to_owned(), Own::number(number));
    for (id, sum) in result.buckets.iter().chain(&result.categories).chain(&result.counters).chain(&result.figures) {
        set(id, *sum);
    }
    set("total", result.total);
    set("carried_in", result.carried_in);
    for (id, sum) in result.buckets.iter().chain(&result.categories).chain(&result.counters) {
        figures.measures.insert(("credits", id.clone()), Own::number(*sum));
    }
    for category in rules.categories.iter().filter(|category| category.expected.is_some()) {
        let missed = result.missed.get(&category.id).copied().unwrap_or(Exact::ZERO);
        figures.measures.insert(("missed", category.id.clone()), Own::number(missed));
    }
    for required in &result.requirements {
        let held = required.passed || required.repaired;
        let (passed, short) = (Item::Flag(held), Item::Flag(!held));
        figures.measures.insert(("passed", required.id.clone()), Own::Item(passed));
        figures.measures.insert(("short", required.id.clone()), Own::Item(short));
        if let [(_, Some(limit))] = required.tests[..] {
            figures.measures.insert(("required", required.id.clone()), Own::number(limit));
        }
    }
    figures.names.extend(result.grade.iter().map(|grade| ("grade".to_owned(), Own::text(grade))));
    figures.earlier = earlier_names(subject, &result.span, done);
    figures.period.insert("days".into(), Own::number(Exact::whole(result.span.length())));
    figures.period.insert("end".into(), Own::Day(result.span.to));
    figures
}

/// The same of some lines alone: what a month or a quarter comes to.
fn of_lines<'a>(rules: &RuleSet, lines: impl Iterator<Item = &'a Line>) -> Figures {
    let lines: Vec<&Line> = lines.collect();
    let mut figures = Figures::default();
    let mut total = Exact::ZERO;
    for bucket in &rules.buckets {
        let sum: Exact = lines.iter().filter(|line| line.bucket.as_ref() == Some(&bucket.id)).map(|line| line.now).sum();
        figures.names.insert(bucket.id.clone(), Own::number(sum));
        figures.measures.insert(("credits", bucket.id.clone()), Own::number(sum));
    }
    for line in &lines {
        let in_total = rules.buckets.iter().find(|bucket| Some(&bucket.id) == line.bucket.as_ref()).is_none_or(|bucket| bucket.in_total);
        total += if in_total { line.now } else { Exact::ZERO };
    }
    figures.names.insert("total".into(), Own::number(total));
    for category in &rules.categories {
        let own = || lines.iter().filter(|line| line.category == category.id);
        let (sum, raw): (Exact, Exact) =
            (own().map(|line| line.now).sum(), own().filter(|line| line.source != Source::Spread).map(|line| line.raw).sum());
        figures.names.insert(category.id.clone(), Own::number(sum));
        figures.measures.insert(("credits", category.id.clone()), Own::number(sum));
        figures.measures.insert(("raw", category.id.clone()), Own::number(raw));
        figures.measures.insert(("count", category.id.clone()), Own::number(times_of(lines.iter().copied(), &category.id)));
    }
    for line in lines.iter().filter(|line| line.admitted) {
        figures.facts.extend(line.scope.clone().map(|scope| (line.category.clone(), scope, Exact::whole(line.count.into()) * line.share)));
    }
    figures
}

fn end_scope<'a>(subject: &Subject, span: &Span, figures: &'a Figures) -> ResultScope<'a> {
    ResultScope { figures, person: person_on(&subject.person, last_day(subject, span)) }
}

/// Steps 13 and 14.
fn judge(
    rules: &RuleSet,
    subject: &Subject,
    span: &Span,
    done: &[PeriodResult],
    standing: &Standing,
    result: &mut PeriodResult,
) -> Option<()> {
    for veto in &rules.vetoes {
        if let VetoDoes::Set(of, set) = &veto.does
            && of == "total"
            && holds(Some(&veto.when), &end_scope(subject, span, &figures(rules, subject, done, result)))
        {
            result.total = *set;
            result.vetoes.push(veto.id.clone());
        }
    }
    if !standing.exempt {
        requirements(rules, subject, span, done, standing, result)?;
    }
    result.verdict = verdict(rules, standing.exempt, standing.away, result);
    let named = |result: &PeriodResult| Figures { verdict: Some(result.verdict.code()), ..figures(rules, subject, done, result) };
    // often enough for any chain of figures
    for _ in &rules.figures {
        for figure in &rules.figures {
            let names = named(result);
            let scope = end_scope(subject, span, &names);
            let Some(mut number) = figure.formula.number(&scope).expect("small numbers") else { continue };
            if let Some(max) = &figure.max {
                number = number.min(amount(max, &scope)?);
            }
            if let Some(min) = &figure.min {
                number = number.max(amount(min, &scope)?);
            }
            if let Some((mode, step)) = figure.round {
                number = rounding::round(number, mode, step);
            }
            result.figures.insert(figure.id.clone(), number);
        }
    }
    let names = named(result);
    let scope = end_scope(subject, span, &names);
    let mut worst = None;
    for veto in rules.vetoes.iter().filter(|veto| holds(Some(&veto.when), &scope)) {
        match &veto.does {
            VetoDoes::Set(of, set) if of != "total" => {
                result.figures.insert(of.clone(), *set);
            }
            VetoDoes::Set(..) => continue,
            VetoDoes::Grade(grade) => worst = Some(grade.clone()),
        }
        result.vetoes.push(veto.id.clone());
    }
    let names = named(result);
    let scope = end_scope(subject, span, &names);
    if let Some(grade) = rules.grades.iter().find(|grade| for_whom(grade.who.as_ref(), subject, span)) {
        result.grade = graded(grade, worst.as_deref(), &scope)?;
    }
    if rules.no_grades.iter().any(|none| holds(Some(&none.when), &scope)) {
        result.grade = None;
    }
    Some(())
}

/// The streaks whose condition a period meets.
pub fn streak_conditions(rules: &RuleSet, subject: &Subject, done: &[PeriodResult], result: &PeriodResult) -> Vec<String> {
    if result.verdict == Verdict::Outside {
        return Vec::new();
    }
    let names = Figures { verdict: Some(result.verdict.code()), ..figures(rules, subject, done, result) };
    let scope = end_scope(subject, &result.span, &names);
    rules.streaks.iter().filter(|streak| holds(Some(&streak.when), &scope)).map(|streak| streak.id.clone()).collect()
}

fn graded(grade: &Grade, worst: Option<&str>, scope: &ResultScope<'_>) -> Option<Option<String>> {
    let Some(number) = grade.of.number(scope).expect("small numbers") else { return Some(None) };
    let mut names: Vec<(Exact, &str)> =
        grade.bands.iter().map(|band| (band.lower.map_or(Exact::whole(-1_000_000), |end| end.at), band.value.as_str())).collect();
    names.sort_by_key(|(from, _)| std::cmp::Reverse(*from));
    let fitting: Vec<_> = grade.bands.iter().filter(|band| band.holds(number)).collect();
    let [band] = fitting[..] else { return None };
    let mut at = names.iter().position(|(_, name)| *name == band.value)?;
    let refused = |name: &str| grade.gates.iter().any(|(own, when)| own == name && !holds(Some(when), scope));
    while at + 1 < names.len() && refused(names[at].1) {
        at += 1;
    }
    if let Some(worst) = worst.and_then(|worst| names.iter().position(|(_, name)| *name == worst)) {
        at = at.max(worst);
    }
    Some(Some(names[at].1.to_owned()))
}

pub fn verdict(rules: &RuleSet, exempt: bool, away: bool, result: &PeriodResult) -> Verdict {
    if exempt {
        return Verdict::Exempt;
    }
    let binding: Vec<&Required> = result.requirements.iter().filter(|required| required.binding).collect();
    if binding.is_empty() {
        let asks = rules.requirements.iter().any(|own| own.binding && own.scaled);
        return if away && asks { Verdict::Exempt } else { Verdict::None };
    }
    let held = |required: &&Required| {
        if required.repaired {
            return true;
        }
        let all: Vec<_> = binding.iter().filter(|other| other.id == required.id).collect();
        match rules.requirements.iter().find(|own| own.id == required.id).and_then(|own| own.at_least) {
            // only where the spans are shorter than the period
            Some(needed) if all.len() > 1 => all.iter().filter(|other| other.passed).count() >= needed as usize,
            _ => required.passed,
        }
    };
    if binding.iter().all(held) { Verdict::Pass } else { Verdict::Fail }
}

fn requirements(
    rules: &RuleSet,
    subject: &Subject,
    span: &Span,
    done: &[PeriodResult],
    standing: &Standing,
    result: &mut PeriodResult,
) -> Option<()> {
    for requirement in rules.requirements.iter().filter(|requirement| !matches!(requirement.per, CapPer::Cycle(_))) {
        let first = rules
            .requirements
            .iter()
            .find(|other| other.id == requirement.id)
            .is_some_and(|other| other.origin.line == requirement.origin.line);
        if (standing.nothing && requirement.scaled) || !first {
            continue;
        }
        for part in spans_within(&requirement.per, span) {
            let whole = requirement.per == CapPer::Period;
            let measured = if whole {
                figures(rules, subject, done, result)
            } else {
                of_lines(rules, result.lines.iter().filter(|line| line.date.is_some_and(|day| part.holds(day))))
            };
            if let Some(mut required) = tested(rules, subject, span, requirement, &measured, standing)? {
                required.span = (!whole).then(|| part.name.clone());
                required.binding &= !standing.advise;
                result.requirements.push(required);
            }
        }
    }
    Some(())
}

/// A requirement against some figures; `None` inside: not for this person.
pub fn tested(
    rules: &RuleSet,
    subject: &Subject,
    span: &Span,
    requirement: &Requirement,
    measured: &Figures,
    standing: &Standing,
) -> Option<Option<Required>> {
    let mut tests = Vec::new();
    let mut passed = false;
    for test in &requirement.tests {
        let Some((value, lower, good)) = test_one(rules, subject, span, requirement, test, measured, standing)? else { return Some(None) };
        tests.push((value, lower));
        passed |= good;
    }
    Some(Some(Required { id: requirement.id.clone(), span: None, binding: requirement.binding, passed, repaired: false, tests }))
}

type Tested = (Option<Exact>, Option<Exact>, bool);

fn test_one(
    rules: &RuleSet,
    subject: &Subject,
    span: &Span,
    requirement: &Requirement,
    test: &Test,
    measured: &Figures,
    standing: &Standing,
) -> Option<Option<Tested>> {
    let ratio = matches!(test.of.node, Node::Arithmetic(Operator::Divide, ..));
    let mut rows: Vec<Requirement> = rules.requirements.iter().filter(|other| other.id == requirement.id).cloned().collect();
    rows.iter_mut().for_each(|row| row.scaled &= !ratio);
    let at_test = requirement.tests.iter().position(|own| own.line == test.line && own.of.text == test.of.text)?;
    let value = test.of.number(&end_scope(subject, span, measured)).expect("small numbers");
    let mut good = value.is_some();
    let mut limits = [None, None];
    for (at, limit) in [&test.lower, &test.upper].into_iter().enumerate() {
        let Some(limit) = limit else { continue };
        let same = |row: &'_ Requirement| -> Option<xueji_domain::rules::model::Value> {
            let test = row.tests.get(at_test)?;
            [&test.lower, &test.upper][at].as_ref().map(|limit| limit.value.clone())
        };
        let values: Vec<_> = rows.iter().map(same).collect::<Option<_>>()?;
        let pairs: Vec<_> = rows.iter().zip(&values).collect();
        let Some(number) = limits::limit(rules, subject, span, &pairs, measured, standing)? else { return Some(None) };
        limits[at] = Some(number);
        good &= value.is_some_and(|value| match (at, limit.inclusive) {
            (0, true) => value >= number,
            (0, false) => value > number,
            (_, true) => value <= number,
            (_, false) => value < number,
        });
    }
    Some(Some((value, limits[0], good)))
}

/// Step 15.
fn hand_on(
    rules: &RuleSet,
    subject: &Subject,
    span: &Span,
    done: &[PeriodResult],
    before: &PeriodResult,
    result: &mut PeriodResult,
) -> Option<()> {
    let names = figures(rules, subject, done, before);
    let scope = end_scope(subject, span, &names);
    for carry in &rules.carries {
        let Some(from) = carry.from.number(&scope).expect("small numbers") else { continue };
        let over = match &carry.over {
            CarryOver::Value(value) => amount(value, &scope)?,
            CarryOver::Requirement(id) => {
                let Some(required) = before.requirements.iter().find(|required| required.id == *id) else { continue };
                required.tests.first()?.1?
            }
        };
        // what came in is used up first, and does not go on a second time
        let came_in = match simple_name(&carry.from) {
            Some(name) if name == "total" => result.carried_in,
            Some(name) => result.carried_into.get(&name).copied().unwrap_or(Exact::ZERO),
            None => Exact::ZERO,
        };
        let mut excess = (from - over).min(from - came_in);
        if !carry.only.is_empty() {
            excess = excess.min(carry.only.iter().map(|id| result.categories[id]).sum());
        }
        if let Some(max) = &carry.max {
            excess = excess.min(amount(max, &scope)?);
        }
        if excess > Exact::ZERO {
            if rules.options.carry_now? == CarryNow::Moved {
                let bucket = simple_name(&carry.from).and_then(|name| rules.buckets.iter().find(|bucket| bucket.id == name));
                if bucket.is_none_or(|bucket| bucket.in_total) {
                    result.total = result.total - excess;
                }
                if let Some(bucket) = simple_name(&carry.from).and_then(|name| result.buckets.get_mut(&name)) {
                    *bucket = *bucket - excess;
                }
            }
            result.handed_on.push(HandedOn { to: carry.to.clone().unwrap_or_default(), amount: excess });
        }
    }
    Some(())
}
