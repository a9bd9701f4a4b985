//! Bands, tables and limits: gaps, overlaps, what contradicts itself.

use std::collections::HashSet;

use super::{Checker, together};
use crate::rules::{
    expression::Expression,
    file::Code,
    model::{AdjustKind, Band, CarryOver, End, Gives, Origin, RuleSet, Value, ValueKind},
};

pub(super) fn check(checker: &mut Checker<'_>) {
    let rules = checker.rules;
    let mut found = Vec::new();
    bands(rules, &mut |origin, bands, otherwise| found.push((origin, bands, otherwise)));
    for (origin, bands, otherwise) in found {
        of_bands(checker, origin, bands, otherwise);
    }
    let mut found = Vec::new();
    values(rules, &mut |origin, value| found.push((origin, value)));
    for (origin, value) in found {
        if let ValueKind::Table { by, rows, .. } = &value.how {
            of_table(checker, origin, value, by, rows);
        }
    }
    for grade in &rules.grades {
        of_bands(checker, &grade.origin, &grade.bands, false);
        let mut seen = HashSet::new();
        for band in &grade.bands {
            if !seen.insert((band.value.as_str(), &band.origin.reading)) {
                checker.at_line(Code::GradeTwice, &grade.origin, band.origin.line, vec![("name", band.value.clone())]);
            }
        }
    }
    limits(checker);
    let head = &rules.head;
    if let (Some(from), Some(until)) = (head.effective_from, head.effective_until)
        && from > until
    {
        let origin = Origin { line: 1, rule_set: head.name.clone(), reading: None };
        checker.at_item(
            Code::EffectiveReversed,
            &origin,
            "effective_until",
            0,
            vec![("from", from.to_string()), ("until", until.to_string())],
        );
    }
}

/// Shows every value of a rule set.
fn values<'a>(rules: &'a RuleSet, visit: &mut dyn FnMut(&'a Origin, &'a Value)) {
    rules.buckets.iter().for_each(|bucket| bucket.max.iter().for_each(|max| visit(&bucket.origin, max)));
    for category in &rules.categories {
        category.expected.iter().for_each(|expected| visit(&category.origin, expected));
        for award in &category.awards {
            if let Gives::Rate { credit, .. } = &award.gives {
                visit(&award.origin, credit);
            }
        }
        for adjust in &category.adjusts {
            let (AdjustKind::Times(amount) | AdjustKind::Add(amount)) = &adjust.how;
            visit(&adjust.origin, amount);
        }
    }
    for cap in &rules.caps {
        [&cap.max, &cap.count, &cap.min].into_iter().flatten().for_each(|limit| visit(&cap.origin, limit));
    }
    rules.openings.iter().for_each(|opening| visit(&opening.origin, &opening.credit));
    for requirement in &rules.requirements {
        let limits = requirement.tests.iter().flat_map(|test| [&test.lower, &test.upper]).flatten();
        limits.for_each(|limit| visit(&requirement.origin, &limit.value));
    }
    for carry in &rules.carries {
        if let CarryOver::Value(over) = &carry.over {
            visit(&carry.origin, over);
        }
        carry.max.iter().for_each(|max| visit(&carry.origin, max));
    }
    for figure in rules.figures.iter().chain(&rules.units) {
        [&figure.min, &figure.max].into_iter().flatten().for_each(|limit| visit(&figure.origin, limit));
    }
}

/// Shows the bands of every value, with whether there is an `else`.
pub(super) fn bands<'a>(rules: &'a RuleSet, visit: &mut dyn FnMut(&'a Origin, &'a [Band], bool)) {
    values(rules, &mut |origin, value| {
        if let ValueKind::Bands { bands, otherwise, .. } = &value.how {
            visit(origin, bands, otherwise.is_some());
        }
    });
}

fn of_bands<T>(checker: &mut Checker<'_>, origin: &Origin, bands: &[Band<T>], otherwise: bool) {
    let mut sorted: Vec<&Band<T>> = bands.iter().collect();
    // No lower end is the lowest; at one place the end that is inside.
    sorted.sort_by_key(|band| band.lower.map(|end| (end.at, !end.inclusive)));
    for (at, band) in sorted.iter().enumerate().skip(1) {
        let before = &sorted[at.saturating_sub(200)..at];
        let reach = |other: &&&Band<T>| other.upper.map_or((true, crate::exact::Exact::ZERO, true), |end| (false, end.at, end.inclusive));
        let meets = before.iter().filter(|other| together(&other.origin, &band.origin)).find(|other| overlap(other, band));
        if let Some(other) = meets {
            let params = vec![("interval", interval_of_overlap(other, band)), ("other", other.origin.line.to_string())];
            checker.at_line(Code::BandsOverlap, origin, band.origin.line, params);
        }
        let furthest = before.iter().max_by_key(reach).and_then(|other| other.upper);
        if let (false, Some(upper), Some(lower)) = (otherwise, furthest, band.lower)
            && (upper.at < lower.at || upper.at == lower.at && !upper.inclusive && !lower.inclusive)
        {
            let interval =
                interval(End { at: upper.at, inclusive: !upper.inclusive }, Some(End { at: lower.at, inclusive: !lower.inclusive }));
            checker.at_line(Code::BandsGap, origin, band.origin.line, vec![("interval", interval)]);
        }
    }
}

/// Whether a band reaches into one that begins no lower.
fn overlap<T>(before: &Band<T>, band: &Band<T>) -> bool {
    match (before.upper, band.lower) {
        (None, _) | (_, None) => true,
        (Some(upper), Some(lower)) => upper.at > lower.at || upper.at == lower.at && upper.inclusive && lower.inclusive,
    }
}

fn interval_of_overlap<T>(before: &Band<T>, band: &Band<T>) -> String {
    let upper = [before.upper, band.upper].into_iter().flatten().min_by_key(|end| (end.at, end.inclusive));
    match band.lower {
        Some(lower) => interval(lower, upper),
        None => upper.map_or_else(|| "(-∞, ∞)".to_owned(), |end| format!("(-∞, {}{}", end.at, if end.inclusive { "]" } else { ")" })),
    }
}

/// `[15, 30)`; a single number as such.
fn interval(lower: End, upper: Option<End>) -> String {
    let open = if lower.inclusive { "[" } else { "(" };
    match upper {
        Some(upper) if upper.at == lower.at => lower.at.to_string(),
        Some(upper) => format!("{open}{}, {}{}", lower.at, upper.at, if upper.inclusive { "]" } else { ")" }),
        None => format!("{open}{}, ∞)", lower.at),
    }
}

/// A table that goes by several things has keys of as many parts.
fn of_table(checker: &mut Checker<'_>, origin: &Origin, value: &Value, by: &[Expression], rows: &[(String, crate::exact::Exact)]) {
    if by.len() < 2 {
        return;
    }
    if let Some((key, _)) = rows.iter().find(|(key, _)| key.split('/').count() != by.len()) {
        checker.at_line(Code::TableKeyParts, origin, value.line, vec![("key", key.clone()), ("parts", by.len().to_string())]);
    }
}

/// A minimum above its own maximum.
fn limits(checker: &mut Checker<'_>) {
    for requirement in &checker.rules.requirements {
        for test in &requirement.tests {
            let (Some(lower), Some(upper)) = (&test.lower, &test.upper) else { continue };
            let (ValueKind::Constant(least), ValueKind::Constant(most)) = (&lower.value.how, &upper.value.how) else { continue };
            if least > most || least == most && !(lower.inclusive && upper.inclusive) {
                let params = vec![("lower", least.to_string()), ("upper", most.to_string())];
                checker.at_line(Code::LimitsCross, &requirement.origin, lower.value.line, params);
            }
        }
    }
}
