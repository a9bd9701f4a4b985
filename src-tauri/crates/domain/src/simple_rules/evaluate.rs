//! Facts in, ledger out.

use std::collections::BTreeMap;

use super::{
    file::RuleSet,
    ledger::{Category, CategoryTotal, Fact, FactKind, Ledger, LedgerEntry, Outcome, ReducedFor, Step, StepKind},
};
use crate::{
    amount::{AmountUnit, StudyAmount},
    attendance::AttendanceStatus,
    exact::Exact,
    roster::Tier,
};

/// One person's credits of a year.
///
/// `facts` are those of the year, in any order. Leave and absence that were
/// not made up, 不要求 and 未登记 give no entry, nor does a note that is too
/// short; what the cap cuts to nothing stays as an entry that counts zero.
pub fn evaluate(rules: &RuleSet, tier: Tier, facts: &[Fact]) -> Ledger {
    let mut in_order: Vec<&Fact> = facts.iter().collect();
    in_order.sort_by_key(|fact| order(fact));
    let mut totals: BTreeMap<Category, CategoryTotal> =
        Category::ALL.into_iter().map(|category| (category, empty_total(rules, category))).collect();
    let mut entries = Vec::new();
    for fact in in_order {
        let Some(mut entry) = credit_for(rules, fact) else { continue };
        if let Some(total) = totals.get_mut(&entry.category) {
            apply_cap(rules, &mut entry, total.counted);
            total.base += entry.base;
            total.counted += entry.counted;
        }
        entries.push(entry);
    }
    let by_category: Vec<CategoryTotal> = totals.into_values().collect();
    let earned = by_category.iter().map(|total| total.counted).sum();
    let required = rules.required(tier);
    Ledger { required, earned, entries, by_category, outcome: outcome(required, earned) }
}

/// By day, then by record; the rest only settles facts that share both.
fn order(fact: &Fact) -> impl Ord + use<> {
    let (category, amount, detail) = match fact.kind {
        FactKind::Collective { amount, status, made_up } => (Category::Collective, Some(amount), status as u32 * 2 + u32::from(made_up)),
        FactKind::SelfStudy { amount } => (Category::SelfStudy, Some(amount), 0),
        FactKind::Note { chars } => (Category::Note, None, chars),
    };
    let unit = amount.and_then(|amount| AmountUnit::ALL.iter().position(|&unit| unit == amount.unit()));
    (fact.sort_date, fact.id, category, detail, unit, amount.map(StudyAmount::value), fact.date, fact.label.clone())
}

fn empty_total(rules: &RuleSet, category: Category) -> CategoryTotal {
    CategoryTotal { category, label: rules.label(category).to_owned(), base: Exact::ZERO, counted: Exact::ZERO, cap: rules.cap(category) }
}

fn outcome(required: Option<Exact>, earned: Exact) -> Outcome {
    match required {
        None => Outcome::NotRequired,
        Some(required) if earned >= required => Outcome::Met,
        Some(required) => Outcome::Short { gap: required - earned },
    }
}

/// The credit of one fact before the yearly cap, if it gives any.
fn credit_for(rules: &RuleSet, fact: &Fact) -> Option<LedgerEntry> {
    match fact.kind {
        FactKind::Collective { amount, status, made_up } => {
            let reason = reduction(status, made_up)?;
            let mut steps = vec![for_time(rules, Category::Collective, amount)];
            if let Some(reason) = reason {
                steps.push(reduced(rules, reason, steps[0].after));
            }
            Some(entry(fact, Category::Collective, rules.collective_line(reason), rules.collective_words(reason), steps))
        }
        FactKind::SelfStudy { amount } => {
            let step = for_time(rules, Category::SelfStudy, amount);
            Some(entry(fact, Category::SelfStudy, step.rule_line, rules.self_study_words(), vec![step]))
        }
        FactKind::Note { chars } => {
            let least_chars = rules.least_chars();
            let credit = rules.credit(Category::Note);
            let what = StepKind::ForNote { chars, least_chars };
            let step = Step { what, rule_line: credit.line, before: Exact::ZERO, after: credit.value };
            (chars >= least_chars).then(|| entry(fact, Category::Note, credit.line, rules.note_words(), vec![step]))
        }
    }
}

/// `None`: gives nothing. `Some(None)`: gives all. Else the reason why it
/// gives a part.
fn reduction(status: AttendanceStatus, made_up: bool) -> Option<Option<ReducedFor>> {
    match status {
        AttendanceStatus::Present => Some(None),
        AttendanceStatus::Late => Some(Some(ReducedFor::Late)),
        AttendanceStatus::EarlyLeave => Some(Some(ReducedFor::EarlyLeave)),
        missed if missed.missed() && made_up => Some(Some(ReducedFor::MakeUp)),
        _ => None,
    }
}

fn for_time(rules: &RuleSet, category: Category, amount: StudyAmount) -> Step {
    let credit = rules.credit(category);
    let minutes = rules.minutes(amount);
    let per_minutes = rules.per_minutes(category).map_or(1, |minutes| minutes.get());
    let shares = minutes.checked_div(Exact::whole(per_minutes.into())).unwrap_or_default();
    Step {
        what: StepKind::ForTime { amount, minutes, per_minutes, credit: credit.value },
        rule_line: credit.line,
        before: Exact::ZERO,
        after: shares * credit.value,
    }
}

fn reduced(rules: &RuleSet, reason: ReducedFor, before: Exact) -> Step {
    let factor = rules.factor(reason);
    Step { what: StepKind::Reduced { reason, factor: factor.value }, rule_line: factor.line, before, after: before * factor.value }
}

fn entry(fact: &Fact, category: Category, rule_line: u32, rule: String, steps: Vec<Step>) -> LedgerEntry {
    let base = steps.last().map_or(Exact::ZERO, |step| step.after);
    LedgerEntry { fact: fact.id, date: fact.date, label: fact.label.clone(), category, rule_line, rule, steps, base, counted: base }
}

/// Cuts an entry to what earlier ones of its category left below the cap.
fn apply_cap(rules: &RuleSet, entry: &mut LedgerEntry, used: Exact) {
    let Some(cap) = rules.stated_cap(entry.category) else { return };
    if used + entry.base <= cap.value {
        return;
    }
    entry.counted = cap.value - used;
    entry.steps.push(Step {
        what: StepKind::Capped { cap: cap.value, used },
        rule_line: cap.line,
        before: entry.base,
        after: entry.counted,
    });
}
