//! The tables about what credits come to: requirements, carrying, figures,
//! grades and consequences.

use toml::de::DeValue;

use super::{cap_per, time};
use crate::{
    exact::Exact,
    rules::{
        file::{
            finding::Code,
            reader::{Entry, Item},
        },
        model::{
            Backfill, CapPer, Carry, CarryOver, Due, Effect, Exempt, ExemptEffect, Figure, Grade, Indicator, IndicatorFrom, NoGrade,
            Obligation, Requirement, ReviewCap, ReviewLimit, Streak, Test, Veto, VetoDoes, Within,
        },
    },
};

pub(in crate::rules::file) fn requirement(entry: &Entry<'_>) -> Option<Requirement> {
    let id = entry.needed("id", entry.word("id"));
    let spans = [("month", CapPer::Month), ("quarter", CapPer::Quarter), ("half_year", CapPer::HalfYear), ("period", CapPer::Period)];
    let severities = [("must", true), ("advise", false)];
    let (label, tests, who) = (entry.text("label"), tests(entry), entry.expression("who"));
    let per = cap_per(entry, &spans);
    if matches!(per, Some(CapPer::Period | CapPer::Cycle(_))) {
        entry.needs("at_least", "per = \"month\"、\"quarter\"、\"half_year\"");
    }
    let requirement = Requirement {
        origin: entry.origin(),
        id: id.clone().unwrap_or_default(),
        label: label.or(id.clone()).unwrap_or_default(),
        tests: tests.clone().unwrap_or_default(),
        who,
        per: per.clone().unwrap_or(CapPer::Period),
        at_least: entry.whole("at_least", 1..=1_000),
        binding: entry.choice("severity", &severities).unwrap_or(true),
        scaled: entry.flag("scaled").unwrap_or(true),
        within: entry.get("within").and_then(|item| within(entry, item)),
        mend: entry.text("mend"),
    };
    (id.is_some() && tests.is_some() && per.is_some()).then_some(requirement)
}

fn tests(entry: &Entry<'_>) -> Option<Vec<Test>> {
    let own = ["of", "min", "max", "over", "under"];
    if !entry.has("any") {
        entry.get("any");
        return test(entry).map(|test| vec![test]);
    }
    for key in own {
        entry.get(key);
        if entry.has(key) {
            entry.conflict("any", key);
        }
    }
    let alternatives = entry.entries("any", "requirement.any");
    if alternatives.is_empty() && entry.table.get("any").is_some_and(|item| item.get_ref().is_array()) {
        entry.report(Code::Empty, vec![("key", "any".to_owned())]);
    }
    let read = |alternative: &Entry<'_>| {
        let test = test(alternative);
        alternative.finish();
        test
    };
    let read: Vec<_> = alternatives.iter().map(read).collect();
    read.into_iter().collect::<Option<Vec<_>>>().filter(|tests| !tests.is_empty())
}

fn test(entry: &Entry<'_>) -> Option<Test> {
    let of = entry.needed("of", entry.expression("of"));
    let (lower, upper) = (entry.limit("min", "over"), entry.limit("max", "under"));
    if !["min", "over", "max", "under"].into_iter().any(|key| entry.has(key)) {
        entry.report(Code::MissingOneOf, vec![("table", entry.name.to_owned()), ("keys", "min、max、over、under".to_owned())]);
    }
    Some(Test { line: entry.line, of: of?, lower, upper })
}

fn within<'r>(entry: &Entry<'r>, item: Item<'r>) -> Option<Within> {
    let Some(inner) = Entry::inner(entry.reader, item, "within") else {
        entry.reader.wrong_type("within", item, "table");
        return None;
    };
    let after = inner.needed("after", time::person_attribute(&inner, "after"));
    let (months, days) = (inner.whole("months", 0..=1_200), inner.whole("days", 0..=36_500));
    if !inner.has("months") && !inner.has("days") {
        inner.report(Code::MissingOneOf, vec![("table", "within".to_owned()), ("keys", "months、days".to_owned())]);
    }
    inner.finish();
    Some(Within { after: after?, months: months.unwrap_or(0), days: days.unwrap_or(0) })
}

pub(in crate::rules::file) fn carry(entry: &Entry<'_>) -> Option<Carry> {
    let from = entry.needed("from", entry.expression("from"));
    entry.exactly_one(&["over", "over_requirement"]);
    let (over, requirement) = (entry.value("over"), entry.word("over_requirement"));
    let (id, label, to, max) = (entry.word("id"), entry.text("label"), entry.word("to"), entry.value("max"));
    let (lifetime, only, origin) = (time::lifetime(entry), entry.words("only"), entry.origin());
    let over = over.map(CarryOver::Value).or(requirement.map(CarryOver::Requirement));
    Some(Carry { origin, id: id.unwrap_or_default(), label, from: from?, over: over?, to, max, lifetime, only })
}

pub(in crate::rules::file) fn backfill(entry: &Entry<'_>) -> Option<Backfill> {
    let requirements = entry.some_words("requirements");
    let per = entry.needed("per", entry.word("per"));
    Some(Backfill { origin: entry.origin(), requirements: requirements?, per: per? })
}

pub(in crate::rules::file) fn exempt(entry: &Entry<'_>) -> Option<Exempt> {
    let effects = [("exempt", ExemptEffect::Exempt), ("advise", ExemptEffect::Advise), ("pro_rata", ExemptEffect::ProRata)];
    let id = entry.needed("id", entry.word("id"));
    let when = entry.needed("when", entry.expression("when"));
    let reason = entry.text("reason");
    let effect = entry.choice("effect", &effects).unwrap_or(ExemptEffect::Exempt);
    let origin = entry.origin();
    let id = id?;
    Some(Exempt { origin, reason: reason.unwrap_or_else(|| id.clone()), id, when: when?, effect })
}

/// `[[figure]]` and `[[unit_figure]]`.
pub(in crate::rules::file) fn figure(entry: &Entry<'_>) -> Option<Figure> {
    let id = entry.needed("id", entry.word("id"));
    let formula = entry.needed("formula", entry.expression("formula"));
    let (label, min, max, round) = (entry.text("label"), entry.value("min"), entry.value("max"), entry.rounding());
    let origin = entry.origin();
    let id = id?;
    Some(Figure { origin, label: label.unwrap_or_else(|| id.clone()), id, formula: formula?, min, max, round })
}

pub(in crate::rules::file) fn indicator(entry: &Entry<'_>) -> Option<Indicator> {
    let id = entry.needed("id", entry.word("id"));
    let (label, head) = (entry.text("label"), entry.word("head"));
    let max = entry.needed("max", entry.number("max"));
    let min = entry.number("min").unwrap_or(Exact::ZERO);
    if let Some(max) = max.filter(|max| min > *max) {
        entry.report(Code::BandEmpty, vec![("lower", min.to_string()), ("upper", max.to_string())]);
    }
    let weight = entry.number("weight").unwrap_or(Exact::ONE);
    entry.exactly_one(&["formula", "score"]);
    let formula = entry.expression("formula").map(IndicatorFrom::Formula);
    let from = formula.or(entry.get("score").and_then(|item| score(entry, item)));
    let origin = entry.origin();
    let source = entry.get("source").and_then(|item| item.get_ref().as_str()).map(str::to_owned);
    let id = id?;
    Some(Indicator { origin, label: label.unwrap_or_else(|| id.clone()), id, head, max: max?, min, weight, from: from?, source })
}

fn score<'r>(entry: &Entry<'r>, item: Item<'r>) -> Option<IndicatorFrom> {
    let Some(inner) = Entry::inner(entry.reader, item, "score") else {
        entry.reader.wrong_type("score", item, "table");
        return None;
    };
    let by = inner.some_words("by");
    let shares = shares(&inner, by.as_deref().unwrap_or_default());
    let (step, reason) = (inner.positive("step"), inner.flag("reason").unwrap_or(false));
    inner.finish();
    Some(IndicatorFrom::Score { by: by?, shares: shares?, step, reason })
}

/// `use`: which scorer's points count for how much.
fn shares(entry: &Entry<'_>, by: &[String]) -> Option<Vec<(String, Exact)>> {
    let Some(item) = entry.get("use") else {
        // One scorer needs no choice between scorers.
        return if let [only] = by { Some(vec![(only.clone(), Exact::ONE)]) } else { entry.needed("use", None) };
    };
    let known = |name: &str, at: Item<'_>| {
        let known = by.iter().any(|own| own == name);
        if !known && !by.is_empty() {
            let params = vec![("key", "use".to_owned()), ("found", name.to_owned()), ("choices", by.join("、"))];
            entry.reader.report(Code::BadChoice, at.span().start, params);
        }
        known
    };
    let DeValue::Table(table) = item.get_ref() else {
        let word = entry.word("use")?;
        if word == "mean" {
            let part = i64::try_from(by.len()).ok().and_then(|count| Exact::fraction(1, count))?;
            return Some(by.iter().map(|name| (name.clone(), part)).collect());
        }
        return known(&word, item).then(|| vec![(word, Exact::ONE)]);
    };
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by_key(|(key, _)| key.span().start);
    // So many shares can be added without limit.
    if rows.len() > 20 {
        entry.reader.report(Code::TooMany, item.span().start, vec![("key", "use".to_owned()), ("limit", "20".to_owned())]);
        return None;
    }
    let (mut shares, mut faulty) = (Vec::new(), false);
    for (key, value) in rows {
        match entry.reader.number_of("use", value).filter(|_| known(key.get_ref(), value)) {
            Some(share) => shares.push((key.get_ref().to_string(), share)),
            None => faulty = true,
        }
    }
    let sum = shares.iter().try_fold(Exact::ZERO, |sum, (_, share)| sum.checked_add(*share));
    if !faulty && sum != Some(Exact::ONE) {
        let sum = sum.map(|sum| sum.to_string()).unwrap_or_default();
        entry.reader.report(Code::SharesNotOne, item.span().start, vec![("sum", sum)]);
        return None;
    }
    (!faulty).then_some(shares)
}

pub(in crate::rules::file) fn veto(entry: &Entry<'_>) -> Option<Veto> {
    let id = entry.needed("id", entry.word("id"));
    let when = entry.needed("when", entry.expression("when"));
    entry.exactly_one(&["set", "grade"]);
    let (label, of, set, grade) = (entry.text("label"), entry.word("of"), entry.number("set"), entry.word("grade"));
    if entry.has("set") {
        entry.needed("of", of.as_ref());
    } else {
        entry.needs("of", "set");
    }
    let does = match (of, set, grade) {
        (Some(of), Some(set), _) => Some(VetoDoes::Set(of, set)),
        (_, None, Some(grade)) => Some(VetoDoes::Grade(grade)),
        _ => None,
    };
    let origin = entry.origin();
    let id = id?;
    Some(Veto { origin, label: label.unwrap_or_else(|| id.clone()), id, when: when?, does: does? })
}

pub(in crate::rules::file) fn grade(entry: &Entry<'_>) -> Option<Grade> {
    let of = entry.needed("of", entry.expression("of"));
    let entries = entry.entries("bands", "grade.bands");
    if entries.is_empty() {
        entry.needed("bands", None::<()>);
        if entry.table.get("bands").is_some_and(|item| item.get_ref().is_array()) {
            entry.report(Code::Empty, vec![("key", "bands".to_owned())]);
        }
    }
    let bands: Vec<_> = entries.iter().map(|band| band.band(band.needed("name", band.word("name")))).collect();
    let bands = bands.into_iter().collect::<Option<Vec<_>>>().filter(|bands| !bands.is_empty());
    let gate = |gate: &Entry<'_>| {
        let name = gate.needed("name", gate.word("name"));
        let when = gate.needed("when", gate.expression("when"));
        gate.finish();
        Some((name?, when?))
    };
    let gates = entry.entries("gates", "grade.gates").iter().filter_map(gate).collect();
    let who = entry.expression("who");
    Some(Grade { origin: entry.origin(), of: of?, bands: bands?, gates, who })
}

pub(in crate::rules::file) fn no_grade(entry: &Entry<'_>) -> Option<NoGrade> {
    let when = entry.needed("when", entry.expression("when"));
    let reason = entry.needed("reason", entry.text("reason"));
    Some(NoGrade { origin: entry.origin(), when: when?, reason: reason? })
}

pub(in crate::rules::file) fn effect(entry: &Entry<'_>) -> Option<Effect> {
    let id = entry.needed("id", entry.word("id"));
    let when = entry.needed("when", entry.expression("when"));
    let (label, review, scale) = (entry.text("label"), entry.word("review"), entry.words("scale"));
    let (at_most, down) = (entry.word("at_most"), entry.whole("down", 1..=20));
    if review.is_some() {
        entry.exactly_one(&["at_most", "down"]);
        entry.needed("scale", Some(()).filter(|()| entry.has("scale")));
    } else if !entry.has("review") {
        ["scale", "at_most", "down"].into_iter().for_each(|key| entry.needs(key, "review"));
    }
    if let (Some(word), Some(item)) = (&at_most, entry.table.get("at_most"))
        && !scale.is_empty()
        && !scale.contains(word)
    {
        entry.bad_choice("at_most", item, word, &scale.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let cap = at_most.map(ReviewLimit::AtMost).or(down.map(ReviewLimit::Down));
    let review = review.zip(cap).map(|(review, cap)| ReviewCap { review, scale, cap });
    let origin = entry.origin();
    let id = id?;
    Some(Effect { origin, label: label.unwrap_or_else(|| id.clone()), id, when: when?, review })
}

pub(in crate::rules::file) fn streak(entry: &Entry<'_>) -> Option<Streak> {
    let id = entry.needed("id", entry.word("id"));
    let when = entry.needed("when", entry.expression("when"));
    let length = entry.needed("length", entry.whole("length", 1..=1_000));
    let (label, next) = (entry.text("label"), entry.choice("due", &[("next", true), ("same", false)]).unwrap_or(true));
    let overlap = match entry.get("overlap").map(|item| (item, item.get_ref())) {
        Some((_, DeValue::Boolean(overlap))) => Some(*overlap),
        Some((_, DeValue::String(word))) if word == "ask" => None,
        Some((item, _)) => {
            entry.bad_choice("overlap", item, "", &["true", "false", "\"ask\""]);
            None
        }
        None => None,
    };
    let origin = entry.origin();
    let id = id?;
    Some(Streak { origin, label: label.unwrap_or_else(|| id.clone()), id, when: when?, length: length?, next, overlap })
}

pub(in crate::rules::file) fn obligation(entry: &Entry<'_>) -> Option<Obligation> {
    let id = entry.needed("id", entry.word("id"));
    let (of, done) = (entry.some_words("for"), entry.some_words("done"));
    let due = entry.needed("due", entry.get("due").and_then(|item| due(entry, item)));
    // An empty `link` means something here.
    let (label, link, when) = (entry.text("label"), entry.text("link"), entry.expression("when"));
    let origin = entry.origin();
    let (id, link) = (id?, link.unwrap_or_else(|| "of_id".to_owned()));
    Some(Obligation { origin, label: label.unwrap_or_else(|| id.clone()), id, of: of?, when, due: due?, done: done?, link })
}

fn due<'r>(entry: &Entry<'r>, item: Item<'r>) -> Option<Due> {
    let Some(inner) = Entry::inner(entry.reader, item, "due") else {
        entry.reader.wrong_type("due", item, "table");
        return None;
    };
    inner.exactly_one(&["days", "months", "next"]);
    let (days, months) = (inner.whole("days", 0..=36_500), inner.whole("months", 1..=1_200));
    let next = if inner.has("next") { inner.some_words("next") } else { None };
    inner.get("next");
    inner.finish();
    days.map(Due::Days).or(months.map(Due::Months)).or(next.map(Due::Next))
}
