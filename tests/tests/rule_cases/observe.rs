//! What a reader finds in a result, by a short path, so that expectations
//! stand as text beside the facts:
//!
//! `[run>][person>][period/]what [name]`: `total`, `2025/bucket 必修`,
//! `raw a1`, `五年/passed 五年总量`, `places 优秀`. Without a period the last
//! one is meant; a cycle's id names its last span.

use serde_json::Value;
use xueji_domain::{
    exact::Exact,
    rules::{
        ledger::{CycleLedger, Entry, EntrySource, Ledger, PeriodLedger, RequirementState, StepKind, UnitLedger},
        model::RuleSet,
    },
};

use super::run::{Run, View};

/// What stands at a path.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// An amount.
    Amount(Exact),
    /// A word.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// Words in order.
    List(Vec<String>),
    /// Nothing there.
    Nothing,
}

impl Seen {
    /// Whether it is what was expected, amounts by value.
    pub fn is(&self, expected: &Value) -> bool {
        match (self, expected) {
            (Self::Amount(amount), Value::String(text)) => text.parse::<Exact>().is_ok_and(|other| other == *amount),
            (Self::Amount(amount), Value::Number(number)) => number.to_string().parse::<Exact>().is_ok_and(|other| other == *amount),
            (Self::Text(text), Value::String(other)) => text == other,
            (Self::Flag(flag), Value::Bool(other)) => flag == other,
            (Self::Flag(flag), Value::String(other)) => flag.to_string() == *other,
            (Self::List(list), Value::String(words)) => list.join(" ") == *words,
            (Self::List(list), Value::Array(words)) => list.iter().map(String::as_str).eq(words.iter().filter_map(Value::as_str)),
            (Self::Nothing, Value::String(text)) => text.is_empty(),
            _ => false,
        }
    }
}

/// The value at a path in every view of a run.
pub fn observe<'a>(run: &'a Run, path: &str) -> Vec<(View<'a>, Seen)> {
    let (person, path) = path.split_once('>').map_or((None, path), |(person, rest)| (Some(person), rest));
    let what = path.split_once(' ').map_or(path, |(what, _)| what);
    let of_unit = matches!(what, "unit" | "unit_raw" | "places" | "quota_raw" | "over" | "candidates" | "ranking");
    let views = if of_unit { run.unit_views() } else { run.views(person) };
    views.into_iter().map(|view| (view.clone(), look(&run.rules, &view, path))).collect()
}

fn look(rules: &RuleSet, view: &View, path: &str) -> Seen {
    match (view.ledger, view.unit) {
        (_, Some(unit)) => look_unit(unit, path),
        (Some(ledger), None) => look_person(rules, ledger, path),
        (None, None) => Seen::Nothing,
    }
}

fn split(path: &str) -> (&str, &str) {
    path.split_once(' ').unwrap_or((path, ""))
}

fn look_unit(unit: &UnitLedger, path: &str) -> Seen {
    let (what, name) = split(path);
    let figure = unit.figures.iter().find(|figure| figure.id == name);
    let quota = unit.quotas.iter().find(|quota| quota.id == name);
    match what {
        "unit" => amount(figure.and_then(|figure| figure.value)),
        "unit_raw" => amount(figure.and_then(|figure| figure.raw)),
        "places" => amount(quota.and_then(|quota| quota.places)),
        "quota_raw" => amount(quota.and_then(|quota| quota.raw)),
        "over" => quota.map_or(Seen::Nothing, |quota| Seen::List(quota.over.clone())),
        "candidates" => quota.map_or(Seen::Nothing, |quota| Seen::List(quota.candidates.clone())),
        "ranking" => unit.rankings.iter().find(|ranking| ranking.id == name).map_or(Seen::Nothing, |ranking| {
            Seen::List(ranking.places.iter().map(|(place, person, amount)| format!("{place}:{person}:{amount}")).collect())
        }),
        _ => panic!("no such path: {path}"),
    }
}

fn amount(amount: Option<Exact>) -> Seen {
    amount.map_or(Seen::Nothing, Seen::Amount)
}

fn look_person(rules: &RuleSet, ledger: &Ledger, path: &str) -> Seen {
    // The period ends at a slash before the first space: names may hold one.
    let slash = path.find('/').filter(|at| path.find(' ').is_none_or(|space| at < &space));
    let Some(at) = slash else {
        return look_ledger(ledger, path)
            .unwrap_or_else(|| ledger.periods.last().map_or(Seen::Nothing, |period| look_period(period, path)));
    };
    let (name, rest) = (&path[..at], &path[at + 1..]);
    let cycle = ledger.cycles.iter().rev().find(|cycle| cycle.cycle == name || cycle.period == name);
    let is_cycle = rules.cycles.iter().any(|cycle| cycle.id == name);
    match (ledger.periods.iter().find(|period| period.period == name), cycle) {
        (Some(period), _) if !is_cycle => look_period(period, rest),
        (_, Some(cycle)) => look_cycle(cycle, rest),
        _ => Seen::Nothing,
    }
}

/// What belongs to the whole ledger rather than to a period.
fn look_ledger(ledger: &Ledger, path: &str) -> Option<Seen> {
    let (what, name) = split(path);
    let obligation = || {
        let (id, fact) = split(name);
        ledger.obligations.iter().find(|obligation| obligation.id == id && obligation.fact == fact)
    };
    Some(match what {
        "sum" => Seen::Amount(ledger.total),
        "consequences" => Seen::List(ledger.consequences.iter().filter(|own| own.id == name).map(|own| own.period.clone()).collect()),
        "because" => Seen::List(ledger.consequences.iter().filter(|own| own.id == name).flat_map(|own| own.because.clone()).collect()),
        "obligation" => obligation().map_or(Seen::Nothing, |own| Seen::Text(word(&own.state))),
        "obligation_due" => obligation().and_then(|own| own.due).map_or(Seen::Nothing, |day| Seen::Text(day.to_string())),
        "periods" => Seen::List(ledger.periods.iter().map(|period| period.period.clone()).collect()),
        "notices" => Seen::List(ledger.notices.iter().map(word).collect()),
        _ => return None,
    })
}

/// The code of a serialised enum.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(object)) => object.get("code").and_then(Value::as_str).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

fn named(list: &[(String, Exact)], name: &str) -> Seen {
    amount(list.iter().find(|(own, _)| own == name).map(|(_, amount)| *amount))
}

fn look_cycle(cycle: &CycleLedger, path: &str) -> Seen {
    let (what, name) = split(path);
    match what {
        "total" => Seen::Amount(cycle.total),
        "bucket" => named(&cycle.buckets, name),
        "counter" => named(&cycle.counters, name),
        "verdict" => Seen::Text(cycle.verdict.code().to_owned()),
        "period" => Seen::Text(cycle.period.clone()),
        _ => requirement(&cycle.requirements, what, name).unwrap_or_else(|| panic!("no such path: {path}")),
    }
}

/// The entries of a fact; one that the case sums up may stand for several
/// (`a5`, `a5#2`).
fn of_fact<'a>(period: &'a PeriodLedger, fact: &str) -> Vec<&'a Entry> {
    let mine = |entry: &&Entry| entry.fact == fact || entry.fact.strip_prefix(fact).is_some_and(|rest| rest.starts_with('#'));
    period.entries.iter().filter(mine).collect()
}

fn sum_of(entries: &[&Entry], pick: fn(&Entry) -> Exact) -> Seen {
    if entries.is_empty() { Seen::Nothing } else { Seen::Amount(entries.iter().map(|entry| pick(entry)).sum()) }
}

fn look_period(period: &PeriodLedger, path: &str) -> Seen {
    let (what, name) = split(path);
    let text = |text: &Option<String>| text.clone().map_or(Seen::Nothing, Seen::Text);
    let effect = || period.effects.iter().find(|effect| effect.review.as_deref() == Some(name));
    match what {
        "total" => Seen::Amount(period.total),
        "verdict" => Seen::Text(period.verdict.code().to_owned()),
        "exempt" => text(&period.exempt),
        "bucket" => named(&period.buckets, name),
        "category" => named(&period.categories, name),
        "counter" => named(&period.counters, name),
        "figure" => named(&period.figures, name),
        "carried_in" => Seen::Amount(period.carried_in),
        "missed" => named(&period.missed, name),
        "all_missed" => Seen::List(
            period.missed.iter().filter(|(_, amount)| !amount.is_zero()).map(|(name, amount)| format!("{name}:{amount}")).collect(),
        ),
        "carry" => Seen::Amount(period.carry_out.iter().filter(|carry| carry.bucket == name).map(|carry| carry.amount).sum()),
        "raw" => sum_of(&of_fact(period, name), |entry| entry.raw),
        "counted" => sum_of(&of_fact(period, name), |entry| entry.counted),
        "bucket_of" => text(&of_fact(period, name).first().and_then(|entry| entry.bucket.clone())),
        "refused" => refused(&of_fact(period, name)),
        "entries" => {
            Seen::List(period.entries.iter().map(|entry| format!("{}:{}:{}", entry.fact, entry.category, entry.counted)).collect())
        }
        "inactive" => {
            Seen::Amount(period.entries.iter().filter(|entry| entry.source == EntrySource::Inactive).map(|entry| entry.counted).sum())
        }
        "derived" => Seen::List(
            period.entries.iter().filter(|entry| entry.source == EntrySource::Derived).map(|entry| entry.category.clone()).collect(),
        ),
        "short_list" => Seen::List(period.requirements.iter().filter(|own| own.binding && !own.passed).map(|own| own.id.clone()).collect()),
        "advised" => Seen::List(period.requirements.iter().filter(|own| !own.binding && !own.passed).map(|own| own.id.clone()).collect()),
        "score" => amount(period.score),
        "indicator" => amount(period.indicators.iter().find(|own| own.id == name).map(|own| own.weighted)),
        "grade" => text(&period.grade),
        "no_grade" => text(&period.no_grade),
        "vetoes" => Seen::List(period.vetoes.clone()),
        "effects" => Seen::List(period.effects.iter().map(|effect| effect.id.clone()).collect()),
        "at_most" => text(&effect().and_then(|effect| effect.at_most.clone())),
        "review" => text(&effect().and_then(|effect| effect.grade.clone())),
        _ => requirement(&period.requirements, what, name).unwrap_or_else(|| panic!("no such path: {path}")),
    }
}

/// Why a fact gives nothing, in the rule file's words.
fn refused(entries: &[&Entry]) -> Seen {
    let step = entries.iter().flat_map(|entry| &entry.steps).find_map(|step| match &step.what {
        StepKind::Refused { label, gate, .. } => Some(if label.is_empty() { (*gate).to_owned() } else { label.clone() }),
        _ => None,
    });
    step.map_or(Seen::Nothing, Seen::Text)
}

/// `passed 总量`, `short 年度#天数` (one of several tests), `repaired 总量`,
/// `spans_short 每季` (the spans that fail).
fn requirement(list: &[RequirementState], what: &str, name: &str) -> Option<Seen> {
    let (id, of) = name.split_once('#').map_or((name, None), |(id, of)| (id, Some(of)));
    let own: Vec<&RequirementState> = list.iter().filter(|state| state.id == id).collect();
    let test = || own.first().and_then(|state| state.tests.iter().find(|test| of.is_none_or(|of| test.of == of)));
    let flag = |pick: fn(&RequirementState) -> bool| {
        if own.is_empty() { Seen::Nothing } else { Seen::Flag(own.iter().all(|state| pick(state))) }
    };
    Some(match what {
        "passed" => flag(|state| state.passed),
        "repaired" => flag(|state| state.repaired),
        "binding" => flag(|state| state.binding),
        "short" => amount(test().and_then(|test| test.shortfall)),
        "value" => amount(test().and_then(|test| test.value)),
        "min" => amount(test().and_then(|test| test.min)),
        "max" => amount(test().and_then(|test| test.max)),
        "due" => own.first().and_then(|state| state.due).map_or(Seen::Nothing, |day| Seen::Text(day.to_string())),
        "spans_short" => Seen::List(own.iter().filter(|state| !state.passed).filter_map(|state| state.span.clone()).collect()),
        "short_list" => Seen::List(list.iter().filter(|own| own.binding && !own.passed).map(|own| own.id.clone()).collect()),
        _ => return None,
    })
}
