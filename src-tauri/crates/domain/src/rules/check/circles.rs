//! Figures, indicators and quantities that need each other.

use std::collections::HashMap;

use super::Checker;
use crate::rules::{
    expression::{Expression, Measure, Node},
    file::Code,
    model::{IndicatorFrom, Origin, Value, ValueKind},
};

/// A figure with what it needs.
struct Part<'a> {
    name: &'a str,
    origin: &'a Origin,
    needs: Vec<String>,
}

pub(super) fn check(checker: &mut Checker<'_>) {
    let rules = checker.rules;
    let mut results: Vec<Part<'_>> = Vec::new();
    for figure in &rules.figures {
        let mut needs = needs(&figure.formula);
        [&figure.min, &figure.max].into_iter().flatten().for_each(|limit| needs.extend(needs_of_value(limit)));
        results.push(Part { name: &figure.id, origin: &figure.origin, needs });
    }
    for indicator in &rules.indicators {
        let needs = match &indicator.from {
            IndicatorFrom::Formula(formula) => needs(formula),
            IndicatorFrom::Score { .. } => Vec::new(),
        };
        results.push(Part { name: &indicator.id, origin: &indicator.origin, needs });
    }
    // The score and its heads are made of the indicators.
    if let Some(first) = rules.indicators.first() {
        let all = rules.indicators.iter().map(|indicator| indicator.id.clone()).collect();
        results.push(Part { name: "score", origin: &first.origin, needs: all });
    }
    circles(checker, &results);
    let facts: Vec<Part<'_>> = rules
        .quantities
        .iter()
        .map(|quantity| Part { name: &quantity.id, origin: &quantity.origin, needs: needs(&quantity.formula) })
        .collect();
    circles(checker, &facts);
}

fn needs(expression: &Expression) -> Vec<String> {
    let mut needs = Vec::new();
    expression.node.visit(&mut |node| match node {
        Node::Name { prefix: None, name, .. } => needs.push(name.to_string()),
        Node::Measure { measure: Measure::Credits, arguments, .. } => {
            needs.extend(arguments.iter().filter_map(|argument| match argument {
                Node::Text(name) => Some(name.to_string()),
                _ => None,
            }));
        }
        Node::Measure { measure: Measure::Head, .. } => needs.push("score".to_owned()),
        _ => {}
    });
    needs
}

fn needs_of_value(value: &Value) -> Vec<String> {
    match &value.how {
        ValueKind::Constant(_) => Vec::new(),
        ValueKind::Formula(formula) => needs(formula),
        ValueKind::Table { by, .. } => by.iter().flat_map(needs).collect(),
        ValueKind::Bands { by, .. } => needs(by),
    }
}

/// Finds parts that need themselves: what is left when everything has been
/// taken away that needs nothing, and then what is needed by nothing.
fn circles(checker: &mut Checker<'_>, parts: &[Part<'_>]) {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    parts.iter().enumerate().for_each(|(at, part)| {
        numbers.entry(part.name).or_insert(at);
    });
    let needs: Vec<Vec<usize>> =
        parts.iter().map(|part| part.needs.iter().filter_map(|need| numbers.get(need.as_str())).copied().collect()).collect();
    let mut needed_by = vec![Vec::new(); parts.len()];
    for (at, needs) in needs.iter().enumerate() {
        needs.iter().for_each(|need| needed_by[*need].push(at));
    }
    let mut left = vec![true; parts.len()];
    take_away(&mut left, &needs, &needed_by);
    take_away(&mut left, &needed_by, &needs);
    let circle: Vec<usize> = (0..parts.len()).filter(|at| left[*at]).collect();
    let Some(first) = circle.iter().find(|at| parts[**at].name != "score") else { return };
    let names: Vec<&str> = circle.iter().take(6).map(|at| parts[*at].name).collect();
    checker.at_entry(Code::Circular, parts[*first].origin, vec![("names", names.join("、"))]);
}

/// Takes away what has nothing left in front of it, until nothing more goes.
fn take_away(left: &mut [bool], before: &[Vec<usize>], after: &[Vec<usize>]) {
    let waits_for = |at: usize| before[at].iter().filter(|other| left[**other]).count();
    let mut waiting: Vec<usize> = (0..left.len()).map(waits_for).collect();
    let mut free: Vec<usize> = (0..left.len()).filter(|at| left[*at] && waiting[*at] == 0).collect();
    while let Some(at) = free.pop() {
        left[at] = false;
        for other in after[at].iter().copied().filter(|other| left[*other]) {
            waiting[other] -= 1;
            if waiting[other] == 0 {
                free.push(other);
            }
        }
    }
}
