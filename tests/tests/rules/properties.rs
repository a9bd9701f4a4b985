//! What holds of every result, whatever the rules.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use xueji_domain::{
    calendar::PartialDate,
    exact::Exact,
    rules::{
        Request, evaluate,
        facts::{Activity, FactsFile, PeriodRange, Subject},
        ledger::{Entry, EntrySource, Ledger, PeriodLedger},
        model::{CapPer, RuleSet},
    },
};

use super::{
    compare::{facts_of, rules_of},
    for_all,
    generate::{self, ALL, Case, Feature},
    naive, shown,
};

/// The only outcome of what the files say; `None` where something is open.
fn ledger(rules: &RuleSet, subject: &Subject, facts: &FactsFile) -> Option<Ledger> {
    let request = Request { periods: facts.periods.clone(), as_of: facts.as_of, trace: true };
    let evaluation = evaluate(rules, subject, &request).expect("small numbers");
    evaluation.questions.is_empty().then(|| evaluation.outcomes[0].ledger.clone())
}

fn text(ledger: &Ledger) -> String {
    serde_json::to_string_pretty(ledger).expect("plain values")
}

fn read(case: &Case) -> (RuleSet, FactsFile) {
    (rules_of(&case.rules), facts_of(&case.facts))
}

fn all_but(without: &[Feature]) -> Vec<Feature> {
    ALL.into_iter().filter(|feature| !without.contains(feature)).collect()
}

fn same(what: &str, one: &str, other: &str, case: &Case) -> Result<(), String> {
    if one == other {
        return Ok(());
    }
    let differing: Vec<String> =
        one.lines().zip(other.lines()).filter(|(a, b)| a != b).take(12).map(|(a, b)| format!("  {a}   |   {b}")).collect();
    Err(format!("{what}:\n{}\n{}", differing.join("\n"), shown(case)))
}

#[test]
fn the_order_of_facts_does_not_matter() {
    for_all(250, 11, |draw| {
        let case = generate::case(draw, &ALL);
        let (rules, facts) = read(&case);
        let mut subject = facts.people[0].clone();
        let Some(before) = ledger(&rules, &subject, &facts) else { return Ok(()) };
        for at in (1..subject.activities.len()).rev() {
            subject.activities.swap(at, draw.below(at + 1));
        }
        let after = ledger(&rules, &subject, &facts).ok_or("a question came up")?;
        same("the order of the facts made a difference", &text(&before), &text(&after), &case)
    });
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for_all(150, 12, |draw| {
        let case = generate::case(draw, &ALL);
        let once = |case: &Case| {
            let (rules, facts) = read(case);
            ledger(&rules, &facts.people[0], &facts).map(|ledger| text(&ledger))
        };
        same("twice the same was not the same", &once(&case).unwrap_or_default(), &once(&case).unwrap_or_default(), &case)
    });
}

/// One more fact never lowers a total. Left out, since there it may:
/// penalties and what brings them; vetoes; what is moved out of a period;
/// highest-only and caps by number (an early low credit takes the place of a
/// later high one); more than one cap, with a bucket's maximum being one
/// (what the first gives room to, the second may cut); a bucket outside the
/// total that shares a cap with one inside; a wider basis (its award goes to
/// other facts than before, under other coefficients and roundings).
#[test]
fn one_more_fact_never_lowers_the_total() {
    use Feature::*;
    let allowed = all_but(&[Penalties, PenaltyFirst, Derive, Inactive, Veto, CarryMoved, Highest, HighestFirst, CountCaps, Basis]);
    for_all(600, 13, |draw| {
        let case = generate::case(draw, &allowed);
        let (rules, facts) = read(&case);
        let maxima = rules.buckets.iter().filter(|bucket| bucket.max.is_some()).count();
        if rules.caps.len() + maxima > 1 || rules.buckets.iter().any(|bucket| !bucket.in_total) {
            return Ok(());
        }
        let with = &facts.people[0];
        let mut without = with.clone();
        without.activities.remove(draw.below(with.activities.len()));
        let (Some(more), Some(less)) = (ledger(&rules, with, &facts), ledger(&rules, &without, &facts)) else { return Ok(()) };
        if more.total >= less.total {
            Ok(())
        } else {
            Err(format!("{} with all, {} without one\n{}", more.total, less.total, shown(&case)))
        }
    });
}

fn on_cap(rules: &RuleSet, on: &[String], entry: &Entry) -> bool {
    let in_total = rules.buckets.iter().find(|bucket| Some(&bucket.id) == entry.bucket.as_ref()).is_none_or(|bucket| bucket.in_total);
    on.iter().any(|id| *id == entry.category || Some(id) == entry.bucket.as_ref() || (id == "total" && in_total))
}

fn of_facts(entry: &&Entry) -> bool {
    matches!(entry.source, EntrySource::Fact | EntrySource::Derived | EntrySource::Spread)
}

#[test]
fn caps_hold() {
    for_all(500, 14, |draw| {
        let case = generate::case(draw, &ALL);
        let (rules, facts) = read(&case);
        let Some(ledger) = ledger(&rules, &facts.people[0], &facts) else { return Ok(()) };
        for period in &ledger.periods {
            caps_of_period(&rules, &facts.people[0], period).map_err(|error| format!("{}: {error}\n{}", period.period, shown(&case)))?;
        }
        Ok(())
    });
}

fn caps_of_period(rules: &RuleSet, subject: &Subject, period: &PeriodLedger) -> Result<(), String> {
    for entry in period.entries.iter().filter(of_facts) {
        let between = if entry.raw < Exact::ZERO { (entry.raw, Exact::ZERO) } else { (Exact::ZERO, entry.raw) };
        if entry.counted < between.0 || entry.counted > between.1 {
            return Err(format!("{} counts {} of {}", entry.fact, entry.counted, entry.raw));
        }
    }
    let end = period.to.ok_or("the period has no end")?;
    for cap in rules.caps.iter().filter(|cap| cap.when.is_none() && !matches!(cap.per, CapPer::Event | CapPer::Key | CapPer::Cycle(_))) {
        let Some(max) = cap.max.as_ref().and_then(|max| naive::limit_for(max, cap.who.as_ref(), subject, end)) else { continue };
        let mut windows: BTreeMap<String, Exact> = BTreeMap::new();
        for entry in period
            .entries
            .iter()
            .filter(|entry| of_facts(entry) || entry.source == EntrySource::Inactive)
            .filter(|entry| on_cap(rules, &cap.on, entry) && (rules.options.penalty_first || entry.counted > Exact::ZERO))
        {
            let dated = entry.date.is_some() && entry.source != EntrySource::Spread;
            if dated || cap.per == CapPer::Period {
                *windows.entry(naive::window(&cap.per, entry.date)).or_default() += entry.counted;
            }
        }
        if let Some((window, sum)) = windows.into_iter().find(|(_, sum)| *sum > max) {
            return Err(format!("{} count in {window}, where the cap at line {} allows {max}", sum, cap.origin.line));
        }
    }
    Ok(())
}

#[test]
fn every_entry_shows_its_way() {
    for_all(500, 15, |draw| {
        let case = generate::case(draw, &ALL);
        let (rules, facts) = read(&case);
        let Some(ledger) = ledger(&rules, &facts.people[0], &facts) else { return Ok(()) };
        for entry in ledger.periods.iter().flat_map(|period| &period.entries) {
            let mut at = Exact::ZERO;
            for step in &entry.steps {
                if step.before != at {
                    return Err(format!(
                        "{}: a step begins at {} where the one before ended at {at}\n{}",
                        entry.fact,
                        step.before,
                        shown(&case)
                    ));
                }
                at = step.after;
            }
            if at != entry.counted {
                return Err(format!("{}: its steps end at {at}, it counts {}\n{}", entry.fact, entry.counted, shown(&case)));
            }
        }
        Ok(())
    });
}

/// The entries of a period add up to its figures.
#[test]
fn every_figure_is_the_sum_of_its_entries() {
    // a veto and what is moved out change the total alone
    let allowed = all_but(&[Feature::Veto, Feature::CarryMoved]);
    for_all(500, 16, |draw| {
        let case = generate::case(draw, &allowed);
        let (rules, facts) = read(&case);
        let Some(ledger) = ledger(&rules, &facts.people[0], &facts) else { return Ok(()) };
        for period in &ledger.periods {
            for (id, amount) in &period.buckets {
                let sum: Exact = period.entries.iter().filter(|entry| entry.bucket.as_ref() == Some(id)).map(|entry| entry.counted).sum();
                if sum != *amount {
                    return Err(format!("{}: {id} is {amount}, its entries come to {sum}\n{}", period.period, shown(&case)));
                }
            }
            let in_total = |entry: &&Entry| {
                rules.buckets.iter().find(|bucket| Some(&bucket.id) == entry.bucket.as_ref()).is_none_or(|bucket| bucket.in_total)
            };
            let sum: Exact = period.entries.iter().filter(in_total).map(|entry| entry.counted).sum();
            if sum != period.total {
                return Err(format!("{}: the total is {}, the entries come to {sum}\n{}", period.period, period.total, shown(&case)));
            }
        }
        Ok(())
    });
}

/// Evaluating up to a day, and going on from the state that this leaves, is
/// the same as evaluating everything at once.
#[test]
fn two_parts_make_the_whole() {
    // a fact without a day belongs to the last period there is
    let allowed = all_but(&[Feature::Undated]);
    for_all(400, 17, |draw| {
        let case = generate::case(draw, &allowed);
        let (rules, facts) = read(&case);
        let subject = &facts.people[0];
        let Some(whole) = ledger(&rules, subject, &facts) else { return Ok(()) };
        let days: Vec<NaiveDate> = whole.periods.iter().flat_map(|period| [period.from, period.to]).flatten().collect();
        let (first, last) = (days[0], days[days.len() - 1]);
        let cut = match draw.below(2) {
            0 => whole.periods[draw.below(whole.periods.len())].to.ok_or("an end")?,
            _ => first + chrono::Days::new(draw.below((last - first).num_days() as usize + 1) as u64),
        };
        if cut == last {
            return Ok(());
        }
        let second =
            second_part(&rules, subject, &facts, &whole, cut).map_err(|error| format!("cut after {cut}: {error}\n{}", shown(&case)))?;
        let Some(second) = second else { return Ok(()) };
        let later = |ledger: &Ledger| Ledger {
            total: Exact::ZERO,
            periods: ledger.periods.iter().filter(|period| period.to > Some(cut)).cloned().collect(),
            cycles: ledger.cycles.iter().filter(|cycle| cycle.to >= Some(last)).cloned().collect(),
            consequences: ledger
                .consequences
                .iter()
                .filter(|one| second.periods.iter().any(|period| one.because.last() == Some(&period.period)))
                .cloned()
                .collect(),
            obligations: ledger.obligations.iter().filter(|one| one.due.is_none_or(|due| due > cut)).cloned().collect(),
            ..Ledger::default()
        };
        same(&format!("cut after {cut}, on the left all at once"), &text(&later(&whole)), &text(&later(&second)), &case)
    });
}

fn second_part(rules: &RuleSet, subject: &Subject, facts: &FactsFile, whole: &Ledger, cut: NaiveDate) -> Result<Option<Ledger>, String> {
    let until = |activity: &Activity| activity.date.and_then(PartialDate::day).is_some_and(|day| day <= cut);
    let running = whole.periods.iter().find(|period| period.to >= Some(cut)).ok_or("a period")?;
    let range = facts.periods.clone().ok_or("a range")?;
    let before = FactsFile {
        periods: Some(PeriodRange { first: range.first.clone(), last: running.period.clone() }),
        as_of: Some(cut),
        ..facts.clone()
    };
    let mut early = subject.clone();
    early.activities.retain(until);
    let Some(first) = ledger(rules, &early, &before) else { return Ok(None) };
    let mut late = subject.clone();
    late.activities.retain(|activity| !until(activity));
    let new: BTreeSet<_> = late.activities.iter().map(|activity| activity.id.clone()).collect();
    late.activities.extend(first.state.open.iter().filter(|activity| !new.contains(&activity.id)).cloned());
    late.earlier.clone_from(&first.state.earlier);
    let over: BTreeSet<&String> = first.state.earlier.iter().map(|earlier| &earlier.period).collect();
    // a period that is past, but that its cycle still needs, is worked out anew
    let next = whole.periods.iter().find(|period| !over.contains(&period.period)).ok_or("every period is over")?;
    let after = FactsFile { periods: Some(PeriodRange { first: next.period.clone(), last: range.last }), ..facts.clone() };
    Ok(ledger(rules, &late, &after))
}
