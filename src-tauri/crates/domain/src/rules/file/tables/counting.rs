//! The tables from which credits come: buckets, categories, caps.

use super::{CATEGORY_SPLITS, SOME_YEARS, cap_per};
use crate::{
    exact::Exact,
    rules::{
        file::{finding::Code, reader::Entry, values::ROUND_MODES},
        model::{
            Adjust, AdjustKind, Award, Basis, Bucket, Cap, CapPer, Category, Counter, CounterOf, Derive, Gate, Gives, Highest, Inactive,
            Lapse, Opening, Quantity, RateRound, Rounding, RoundingStage,
        },
    },
};

pub(in crate::rules::file) fn rounding(entry: &Entry<'_>) -> Option<Rounding> {
    let stages = [
        ("event", RoundingStage::Event),
        ("category", RoundingStage::Category),
        ("bucket", RoundingStage::Bucket),
        ("total", RoundingStage::Total),
    ];
    let stage = entry.needed("stage", entry.choice("stage", &stages));
    let mode = entry.needed("mode", entry.choice("mode", ROUND_MODES));
    let step = entry.positive("step").unwrap_or(Exact::ONE);
    Some(Rounding { origin: entry.origin(), stage: stage?, mode: mode?, step })
}

pub(in crate::rules::file) fn quantity(entry: &Entry<'_>) -> Option<Quantity> {
    let id = entry.needed("id", entry.word("id"));
    let formula = entry.needed("formula", entry.expression("formula"));
    Some(Quantity { origin: entry.origin(), id: id?, formula: formula? })
}

pub(in crate::rules::file) fn bucket(entry: &Entry<'_>) -> Option<Bucket> {
    let id = entry.needed("id", entry.word("id"));
    let (label, max) = (entry.text("label"), entry.value("max"));
    let in_total = entry.flag("in_total").unwrap_or(true);
    let id = id?;
    Some(Bucket { origin: entry.origin(), label: label.unwrap_or_else(|| id.clone()), id, in_total, max })
}

pub(in crate::rules::file) fn category(entry: &Entry<'_>) -> Option<Category> {
    let bases = [
        ("event", Basis::Event),
        ("day", Basis::Day),
        ("month", Basis::Month),
        ("quarter", Basis::Quarter),
        ("half_year", Basis::HalfYear),
        ("period", Basis::Period),
    ];
    let id = entry.needed("id", entry.word("id"));
    let label = entry.text("label");
    let types = entry.has("types").then(|| entry.some_words("types")).flatten();
    entry.get("types");
    let awards = entry.entries("award", "category.award").iter().filter_map(award).collect();
    let gates = entry.entries("gate", "category.gate").iter().filter_map(gate).collect();
    let adjusts = entry.entries("adjust", "category.adjust").iter().filter_map(adjust).collect();
    let category = Category {
        origin: entry.origin(),
        id: id.clone().unwrap_or_default(),
        label: label.or_else(|| id.clone()).unwrap_or_default(),
        bucket: entry.word("bucket"),
        types: types.unwrap_or_else(|| id.iter().cloned().collect()),
        when: entry.expression("when"),
        who: entry.expression("who"),
        evidence: entry.words("evidence"),
        evidence_any: entry.words("evidence_any"),
        approval: entry.flag("approval").unwrap_or(false),
        gates,
        basis: entry.choice("basis", &bases).unwrap_or_default(),
        awards,
        otherwise: entry.number("else"),
        adjusts,
        expected: entry.value("expected"),
        spread: entry.whole("spread", SOME_YEARS).unwrap_or(1),
        split: entry.choice("split", CATEGORY_SPLITS),
        counted: entry.flag("counted").unwrap_or(true),
    };
    id.map(|_| category)
}

fn gate(entry: &Entry<'_>) -> Option<Gate> {
    let when = entry.needed("when", entry.expression("when"));
    let (label, origin) = (entry.text("label"), entry.origin());
    entry.finish();
    let when = when?;
    Some(Gate { origin, label: label.unwrap_or_else(|| when.text.clone()), when })
}

fn award(entry: &Entry<'_>) -> Option<Award> {
    let (when, origin) = (entry.expression("when"), entry.origin());
    let gives = gives(entry);
    entry.finish();
    Some(Award { origin, when, gives: gives? })
}

fn gives(entry: &Entry<'_>) -> Option<Gives> {
    let rounds = [
        ("exact", RateRound::Exact),
        ("floor", RateRound::Floor),
        ("ceil", RateRound::Ceil),
        ("half", RateRound::Half),
        ("half_up", RateRound::HalfUp),
    ];
    let kind = entry.exactly_one(&["credit", "formula", "range"]);
    let (credit, formula, range) = (entry.value("credit"), entry.expression("formula"), entry.get("range"));
    let (of, per, round) = (entry.expression("of"), entry.positive("per"), entry.choice("round", &rounds));
    if kind.is_some_and(|kind| kind != "credit") {
        ["of", "per", "round"].into_iter().for_each(|key| entry.needs(key, "credit"));
    } else if !entry.has("of") {
        ["per", "round"].into_iter().for_each(|key| entry.needs(key, "of"));
    }
    match kind? {
        "credit" => Some(Gives::Rate { of, per: per.unwrap_or(Exact::ONE), credit: credit?, round }),
        "formula" => Some(Gives::Formula(formula?)),
        _ => {
            let item = range?;
            let Some(inner) = Entry::inner(entry.reader, item, "range") else {
                entry.reader.wrong_type("range", item, "table");
                return None;
            };
            let (lower, upper) = inner.ends(["min", "over"], ["max", "under"]);
            let value = inner.word("value").unwrap_or_else(|| "credits".to_owned());
            inner.finish();
            Some(Gives::Range { lower, upper, value })
        }
    }
}

fn adjust(entry: &Entry<'_>) -> Option<Adjust> {
    let (when, label, origin) = (entry.expression("when"), entry.text("label"), entry.origin());
    entry.exactly_one(&["times", "add"]);
    let (times, add) = (entry.value("times"), entry.value("add"));
    entry.finish();
    let how = times.map(AdjustKind::Times).or(add.map(AdjustKind::Add))?;
    Some(Adjust { origin, when, how, label })
}

pub(in crate::rules::file) fn highest(entry: &Entry<'_>) -> Option<Highest> {
    let on = entry.some_words("on");
    let by = entry.needed("by", entry.expressions("by"));
    let keep = entry.whole("keep", 1..=1_000).unwrap_or(1);
    let first = entry.whole("first", 1..=1_000);
    let per = cap_per(entry, &[("day", CapPer::Day), ("period", CapPer::Period)]);
    Some(Highest { origin: entry.origin(), on: on?, by: by?, keep, first, per: per? })
}

pub(in crate::rules::file) fn cap(entry: &Entry<'_>) -> Option<Cap> {
    let spans = [
        ("event", CapPer::Event),
        ("key", CapPer::Key),
        ("day", CapPer::Day),
        ("week", CapPer::Week),
        ("month", CapPer::Month),
        ("quarter", CapPer::Quarter),
        ("half_year", CapPer::HalfYear),
        ("period", CapPer::Period),
    ];
    let on = entry.some_words("on");
    let per = cap_per(entry, &spans);
    let key = entry.expression("key");
    match per {
        Some(CapPer::Key) => drop(entry.needed("key", key.as_ref())),
        Some(_) => entry.needs("key", "per = \"key\""),
        None => {}
    }
    if !["max", "count", "min"].into_iter().any(|limit| entry.has(limit)) {
        entry.report(Code::MissingOneOf, vec![("table", entry.name.to_owned()), ("keys", "max、count、min".to_owned())]);
    }
    let cap = Cap {
        origin: entry.origin(),
        id: entry.word("id").unwrap_or_default(),
        label: entry.text("label"),
        on: on.clone().unwrap_or_default(),
        per: per.clone().unwrap_or(CapPer::Period),
        key,
        max: entry.value("max"),
        count: entry.value("count"),
        min: entry.value("min"),
        who: entry.expression("who"),
        when: entry.expression("when"),
    };
    (on.is_some() && per.is_some()).then_some(cap)
}

pub(in crate::rules::file) fn opening(entry: &Entry<'_>) -> Option<Opening> {
    let id = entry.needed("id", entry.word("id"));
    let (label, bucket, who) = (entry.text("label"), entry.word("bucket"), entry.expression("who"));
    let credit = entry.needed("credit", entry.value("credit"));
    let origin = entry.origin();
    let id = id?;
    Some(Opening { origin, label: label.unwrap_or_else(|| id.clone()), id, bucket, credit: credit?, who })
}

pub(in crate::rules::file) fn derive(entry: &Entry<'_>) -> Option<Derive> {
    let from = entry.some_words("from");
    let every = entry.needed("every", entry.positive("every"));
    let makes = entry.needed("makes", entry.word("makes"));
    let (of, and_keep) = (entry.expression("of"), entry.flag("and_keep").unwrap_or(true));
    Some(Derive { origin: entry.origin(), from: from?, of, every: every?, makes: makes?, and_keep })
}

pub(in crate::rules::file) fn inactive(entry: &Entry<'_>) -> Option<Inactive> {
    let id = entry.needed("id", entry.word("id"));
    let without = entry.some_words("without");
    let (days, lapse) = match entry.exactly_one(&["days", "per"]) {
        Some("per") => (Some(0), lapse(entry)),
        _ => {
            ["of", "min"].into_iter().for_each(|key| entry.needs(key, "per"));
            (entry.whole("days", 1..=36_500), None)
        }
    };
    let credit = entry.needed("credit", entry.number("credit"));
    let (label, bucket, origin) = (entry.text("label"), entry.word("bucket"), entry.origin());
    let id = id?;
    let label = label.unwrap_or_else(|| id.clone());
    if days == Some(0) && lapse.is_none() {
        return None;
    }
    Some(Inactive { origin, label, id, without: without?, days: days?, lapse, credit: credit?, bucket })
}

fn lapse(entry: &Entry<'_>) -> Option<Lapse> {
    let spans = [("week", 0), ("month", 1), ("quarter", 2), ("half_year", 3)];
    let per = [CapPer::Week, CapPer::Month, CapPer::Quarter, CapPer::HalfYear].into_iter().nth(entry.choice("per", &spans)?)?;
    Some(Lapse { per, of: entry.expression("of"), min: entry.number("min").unwrap_or(Exact::ONE) })
}

pub(in crate::rules::file) fn counter(entry: &Entry<'_>) -> Option<Counter> {
    let id = entry.needed("id", entry.word("id"));
    let (label, from, when) = (entry.text("label"), entry.words("from"), entry.expression("when"));
    let of = match entry.get("of").and_then(|item| item.get_ref().as_str()) {
        None if !entry.has("of") => Some(CounterOf::Credits),
        Some("credits") => Some(CounterOf::Credits),
        Some("count") => Some(CounterOf::Count),
        _ => entry.expression("of").map(CounterOf::Quantity),
    };
    let origin = entry.origin();
    let id = id?;
    Some(Counter { origin, label: label.unwrap_or_else(|| id.clone()), id, from, when, of: of? })
}
