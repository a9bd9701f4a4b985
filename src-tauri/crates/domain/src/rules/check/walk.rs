//! Every expression of a rule set, with what its names mean.

use crate::rules::{
    expression::Expression,
    model::{
        AdjustKind, CarryOver, Category, CounterOf, Gives, IndicatorFrom, Limit, Origin, Places as QuotaPlaces, RuleSet, Value, ValueKind,
    },
};

/// What the names of an expression mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// A fact: any name may be recorded.
    Fact,
    /// What a person comes to.
    Result,
    /// The person alone.
    Person,
    /// The unit.
    Unit,
    /// The person and the period before.
    Opening,
    /// A limit of single facts or of periods: either.
    Either,
}

type Visitor<'v, 'a> = &'v mut dyn FnMut(&'a Origin, Names, &'a Expression);

/// Shows every expression except the `who` of the head.
pub(super) fn expressions<'a>(rules: &'a RuleSet, visit: Visitor<'_, 'a>) {
    rules.cycles.iter().for_each(|cycle| some(&cycle.origin, Names::Person, &cycle.who, visit));
    rules.quantities.iter().for_each(|quantity| visit(&quantity.origin, Names::Fact, &quantity.formula));
    rules.buckets.iter().for_each(|bucket| value(&bucket.origin, [Names::Person, Names::Result], bucket.max.as_ref(), visit));
    rules.categories.iter().for_each(|category| of_category(category, visit));
    facts(rules, visit);
    results(rules, visit);
    outcomes(rules, visit);
}

fn some<'a>(origin: &'a Origin, names: Names, expression: &'a Option<Expression>, visit: Visitor<'_, 'a>) {
    if let Some(expression) = expression {
        visit(origin, names, expression);
    }
}

/// The expressions of a value: what a table or bands go by, and a formula.
fn value<'a>(origin: &'a Origin, [by_names, formula]: [Names; 2], value: Option<&'a Value>, visit: Visitor<'_, 'a>) {
    match value.map(|value| &value.how) {
        None | Some(ValueKind::Constant(_)) => {}
        Some(ValueKind::Formula(expression)) => visit(origin, formula, expression),
        Some(ValueKind::Table { by, .. }) => by.iter().for_each(|by| visit(origin, by_names, by)),
        Some(ValueKind::Bands { by, .. }) => visit(origin, by_names, by),
    }
}

fn of_category<'a>(category: &'a Category, visit: Visitor<'_, 'a>) {
    some(&category.origin, Names::Fact, &category.when, visit);
    some(&category.origin, Names::Fact, &category.who, visit);
    value(&category.origin, [Names::Person, Names::Result], category.expected.as_ref(), visit);
    category.gates.iter().for_each(|gate| visit(&gate.origin, Names::Fact, &gate.when));
    for award in &category.awards {
        some(&award.origin, Names::Fact, &award.when, visit);
        match &award.gives {
            Gives::Rate { of, credit, .. } => {
                some(&award.origin, Names::Fact, of, visit);
                value(&award.origin, [Names::Fact; 2], Some(credit), visit);
            }
            Gives::Formula(formula) => visit(&award.origin, Names::Fact, formula),
            Gives::Range { .. } => {}
        }
    }
    for adjust in &category.adjusts {
        some(&adjust.origin, Names::Fact, &adjust.when, visit);
        let (AdjustKind::Times(amount) | AdjustKind::Add(amount)) = &adjust.how;
        value(&adjust.origin, [Names::Fact; 2], Some(amount), visit);
    }
}

fn facts<'a>(rules: &'a RuleSet, visit: Visitor<'_, 'a>) {
    for highest in &rules.highest {
        highest.by.iter().for_each(|by| visit(&highest.origin, Names::Fact, by));
    }
    for cap in &rules.caps {
        some(&cap.origin, Names::Fact, &cap.key, visit);
        some(&cap.origin, Names::Person, &cap.who, visit);
        some(&cap.origin, Names::Fact, &cap.when, visit);
        [&cap.max, &cap.count, &cap.min].into_iter().for_each(|limit| value(&cap.origin, [Names::Either; 2], limit.as_ref(), visit));
    }
    rules.derives.iter().for_each(|derive| some(&derive.origin, Names::Fact, &derive.of, visit));
    for inactive in &rules.inactive {
        inactive.lapse.iter().for_each(|lapse| some(&inactive.origin, Names::Fact, &lapse.of, visit));
    }
    for counter in &rules.counters {
        some(&counter.origin, Names::Fact, &counter.when, visit);
        if let CounterOf::Quantity(of) = &counter.of {
            visit(&counter.origin, Names::Fact, of);
        }
    }
    rules.obligations.iter().for_each(|obligation| some(&obligation.origin, Names::Fact, &obligation.when, visit));
}

fn results<'a>(rules: &'a RuleSet, visit: Visitor<'_, 'a>) {
    for opening in &rules.openings {
        value(&opening.origin, [Names::Opening; 2], Some(&opening.credit), visit);
        some(&opening.origin, Names::Person, &opening.who, visit);
    }
    for requirement in &rules.requirements {
        some(&requirement.origin, Names::Person, &requirement.who, visit);
        for test in &requirement.tests {
            visit(&requirement.origin, Names::Result, &test.of);
            for Limit { value: limit, .. } in [&test.lower, &test.upper].into_iter().flatten() {
                value(&requirement.origin, [Names::Person, Names::Result], Some(limit), visit);
            }
        }
    }
    for carry in &rules.carries {
        visit(&carry.origin, Names::Result, &carry.from);
        if let CarryOver::Value(over) = &carry.over {
            value(&carry.origin, [Names::Person, Names::Result], Some(over), visit);
        }
        value(&carry.origin, [Names::Person, Names::Result], carry.max.as_ref(), visit);
    }
    rules.exempts.iter().for_each(|exempt| visit(&exempt.origin, Names::Person, &exempt.when));
    for figure in &rules.figures {
        visit(&figure.origin, Names::Result, &figure.formula);
        [&figure.min, &figure.max].into_iter().for_each(|limit| value(&figure.origin, [Names::Result; 2], limit.as_ref(), visit));
    }
    for indicator in &rules.indicators {
        if let IndicatorFrom::Formula(formula) = &indicator.from {
            visit(&indicator.origin, Names::Result, formula);
        }
    }
}

fn outcomes<'a>(rules: &'a RuleSet, visit: Visitor<'_, 'a>) {
    rules.vetoes.iter().for_each(|veto| visit(&veto.origin, Names::Result, &veto.when));
    for grade in &rules.grades {
        visit(&grade.origin, Names::Result, &grade.of);
        grade.gates.iter().for_each(|(_, when)| visit(&grade.origin, Names::Result, when));
        some(&grade.origin, Names::Person, &grade.who, visit);
    }
    rules.no_grades.iter().for_each(|no_grade| visit(&no_grade.origin, Names::Result, &no_grade.when));
    rules.effects.iter().for_each(|effect| visit(&effect.origin, Names::Result, &effect.when));
    rules.streaks.iter().for_each(|streak| visit(&streak.origin, Names::Result, &streak.when));
    for unit in &rules.units {
        visit(&unit.origin, Names::Unit, &unit.formula);
        [&unit.min, &unit.max].into_iter().for_each(|limit| value(&unit.origin, [Names::Unit; 2], limit.as_ref(), visit));
    }
    for quota in &rules.quotas {
        if let QuotaPlaces::Share { of, .. } = &quota.places {
            visit(&quota.origin, Names::Unit, of);
        }
        some(&quota.origin, Names::Result, &quota.by, visit);
    }
    for ranking in &rules.rankings {
        visit(&ranking.origin, Names::Result, &ranking.by);
        some(&ranking.origin, Names::Result, &ranking.admits, visit);
    }
}
