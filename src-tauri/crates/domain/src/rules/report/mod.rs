//! An evaluation as JSON and in words. The JSON is described in
//! assets/guide/rules.md, section 9; the sentences stand in the catalogue of
//! messages, which the caller brings along.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    facts::{Subject, activity_json, earlier_json},
    ledger::{
        CycleLedger, Entry, Evaluation, Ledger, Notice, PeriodLedger, Question, RequirementState, State, TestState, UnitEvaluation,
        UnitLedger, Verdict,
    },
    model::RuleSet,
};
use crate::calendar::PartialDate;

mod merge;
mod words;

#[cfg(test)]
mod tests;

pub use words::{CODES, Say, Words};

/// Everything that came of an evaluation: what is the same under every
/// reading, what is not, and each reading's whole result.
pub fn to_json(rules: &RuleSet, people: &[(&Subject, &Evaluation)], unit: Option<&UnitEvaluation>, say: Say<'_>) -> Value {
    let words = Words::new(rules, say);
    let mut report = Report { words: &words, undecided: Vec::new(), outcomes: Vec::new() };
    let merged: Vec<Value> = people.iter().enumerate().map(|(index, person)| report.person(index, *person)).collect();
    let unit_merged = report.unit(unit);
    json!({
        "rules": { "id": rules.head.id, "name": rules.head.name, "version": rules.head.version, "unit": rules.head.unit },
        "people": merged,
        "unit": unit_merged,
        "questions": questions(&words, people, unit),
        "undecided": report.undecided,
        "outcomes": report.outcomes,
        "notices": notices(&words, people),
        "complete": people.iter().all(|(_, evaluation)| evaluation.complete),
    })
}

struct Report<'w> {
    words: &'w Words<'w>,
    undecided: Vec<Value>,
    outcomes: Vec<Value>,
}

impl Report<'_> {
    fn person(&mut self, index: usize, (subject, evaluation): (&Subject, &Evaluation)) -> Value {
        let read = |outcome: &super::ledger::Outcome| (choices(&outcome.choices), person(self.words, subject, &outcome.ledger));
        let readings: Vec<(Value, Value)> = evaluation.outcomes.iter().map(read).collect();
        let merged = merge::merged(&format!("people/{index}"), &readings, &mut self.undecided);
        if readings.len() > 1 {
            self.outcomes.extend(readings.into_iter().map(|(choices, person)| json!({ "choices": choices, "people": [person] })));
        }
        merged
    }

    fn unit(&mut self, unit: Option<&UnitEvaluation>) -> Value {
        let Some(unit) = unit else { return self::unit(&UnitLedger::default()) };
        let readings: Vec<(Value, Value)> =
            unit.outcomes.iter().map(|outcome| (choices(&outcome.choices), self::unit(&outcome.ledger))).collect();
        let merged = merge::merged("unit", &readings, &mut self.undecided);
        if readings.len() > 1 {
            self.outcomes.extend(readings.into_iter().map(|(choices, unit)| json!({ "choices": choices, "unit": unit })));
        }
        merged
    }
}

/// Question → reading.
fn choices(choices: &[(String, String)]) -> Value {
    choices.iter().map(|(question, reading)| (question.clone(), json!(reading))).collect::<Map<_, _>>().into()
}

/// Nothing that is serialised here can fail: all keys are texts.
fn plain<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn person(words: &Words<'_>, subject: &Subject, ledger: &Ledger) -> Value {
    let periods = ledger.periods.iter().enumerate();
    let last = ledger.periods.len().saturating_sub(1);
    let unmatched = unmatched(subject, ledger);
    json!({
        "id": subject.id,
        "total": ledger.total,
        "verdict": verdict(ledger).code(),
        "periods": periods.map(|(index, one)| period(words, ledger, &unmatched, one, index == last)).collect::<Vec<_>>(),
        "cycles": ledger.cycles.iter().map(|one| cycle(words, one)).collect::<Vec<_>>(),
        "consequences": ledger.consequences,
        "obligations": ledger.obligations,
        "state": state(&ledger.state),
    })
}

/// The verdict over all that was evaluated: not met where any of it is not.
fn verdict(ledger: &Ledger) -> Verdict {
    let found = || ledger.periods.iter().map(|period| period.verdict).chain(ledger.cycles.iter().map(|cycle| cycle.verdict));
    let in_order = [Verdict::Fail, Verdict::Pass, Verdict::Exempt, Verdict::None, Verdict::Outside];
    in_order.into_iter().find(|wanted| found().any(|one| one == *wanted)).unwrap_or_default()
}

fn state(state: &State) -> Value {
    json!({
        "earlier": state.earlier.iter().map(earlier_json).collect::<Vec<_>>(),
        "open": state.open.iter().map(activity_json).collect::<Vec<_>>(),
    })
}

/// The facts that no category takes, with the day by which they are put in
/// order.
fn unmatched<'a>(subject: &Subject, ledger: &'a Ledger) -> Vec<(&'a str, Option<NaiveDate>)> {
    let days: HashMap<&str, Option<NaiveDate>> = subject.activities.iter().map(|one| (&*one.id, one.date.and_then(first_day))).collect();
    let of_notice = |notice: &'a Notice| match notice {
        Notice::UnmatchedActivity { fact, .. } => Some((fact.as_str(), days.get(fact.as_str()).copied().flatten())),
        _ => None,
    };
    ledger.notices.iter().filter_map(of_notice).collect()
}

/// A month alone stands for its first day, a year for its first.
fn first_day(date: PartialDate) -> Option<NaiveDate> {
    date.day().or_else(|| NaiveDate::from_ymd_opt(date.year(), date.month().unwrap_or(1), 1))
}

fn period(words: &Words<'_>, ledger: &Ledger, unmatched: &[(&str, Option<NaiveDate>)], period: &PeriodLedger, last: bool) -> Value {
    let mut value = plain(period);
    let within = |day: Option<NaiveDate>| match day {
        Some(day) => period.from.is_none_or(|from| from <= day) && period.to.is_none_or(|to| day <= to),
        None => last,
    };
    let status = match period.verdict {
        Verdict::Outside => "outside",
        Verdict::Exempt => "exempt",
        _ => "counted",
    };
    let indicators: Vec<Value> = period
        .indicators
        .iter()
        .map(|indicator| {
            let scores: Map<String, Value> = indicator.scores.iter().map(|(by, points)| (by.clone(), json!(points))).collect();
            let mut value = plain(indicator);
            value["scores"] = scores.into();
            value
        })
        .collect();
    let consequences: Vec<_> = ledger.consequences.iter().filter(|one| one.period == period.period).collect();
    let obligations: Vec<_> = ledger.obligations.iter().filter(|one| within(one.due)).collect();
    value["status"] = json!(status);
    value["entries"] = period.entries.iter().map(|one| entry(words, one)).collect();
    value["requirements"] = period.requirements.iter().map(|one| requirement(words, one)).collect();
    value["indicators"] = indicators.into();
    value["consequences"] = json!(consequences);
    value["obligations"] = json!(obligations);
    value["unmatched"] = unmatched.iter().filter(|(_, day)| within(*day)).map(|(fact, _)| json!(fact)).collect();
    value
}

fn cycle(words: &Words<'_>, cycle: &CycleLedger) -> Value {
    let mut value = plain(cycle);
    value["requirements"] = cycle.requirements.iter().map(|one| requirement(words, one)).collect();
    value
}

fn entry(words: &Words<'_>, entry: &Entry) -> Value {
    let mut value = plain(entry);
    let steps = entry.steps.iter().map(|step| {
        let mut value = plain(step);
        value["text"] = json!(words.step(step));
        value
    });
    value["steps"] = steps.collect();
    value
}

/// The only test stands in the requirement itself; alternatives in `tests`.
fn requirement(words: &Words<'_>, state: &RequirementState) -> Value {
    let mut value = Map::new();
    if let [only] = state.tests.as_slice() {
        value = test(only);
    } else {
        value.insert("tests".to_owned(), state.tests.iter().map(|one| Value::Object(test(one))).collect());
    }
    let mut put = |name: &str, one: Value| value.insert(name.to_owned(), one);
    put("id", json!(state.id));
    put("label", json!(state.label));
    put("passed", json!(state.passed));
    put("severity", json!(if state.binding { "must" } else { "advise" }));
    put("line", json!(state.line));
    put("text", json!(words.requirement(state)));
    if let Some(span) = &state.span {
        put("span", json!(span));
    }
    if state.repaired {
        put("repaired", json!(true));
    }
    if let Some(due) = state.due {
        put("due", json!(due));
    }
    if !state.mend.is_empty() {
        put("mend", json!(state.mend));
    }
    value.into()
}

/// With the limits by the names that they have in a rule file.
fn test(state: &TestState) -> Map<String, Value> {
    let mut value = Map::new();
    value.insert("of".to_owned(), json!(state.of));
    value.insert("value".to_owned(), json!(state.value));
    value.insert("passed".to_owned(), json!(state.passed));
    value.insert("shortfall".to_owned(), json!(state.shortfall));
    if let Some(min) = state.min {
        value.insert(if state.min_inclusive { "min" } else { "over" }.to_owned(), json!(min));
    }
    if let Some(max) = state.max {
        value.insert(if state.max_inclusive { "max" } else { "under" }.to_owned(), json!(max));
    }
    value
}

fn unit(unit: &UnitLedger) -> Value {
    let figures: Map<String, Value> = unit.figures.iter().map(|figure| (figure.id.clone(), json!(figure.value))).collect();
    let raw: Map<String, Value> = unit.figures.iter().map(|figure| (figure.id.clone(), json!(figure.raw))).collect();
    let rankings = unit.rankings.iter().map(|ranking| {
        let places = ranking.places.iter().map(|(place, person, amount)| json!({ "place": place, "person": person, "amount": amount }));
        json!({ "id": ranking.id, "label": ranking.label, "line": ranking.line, "places": places.collect::<Vec<_>>() })
    });
    json!({ "figures": figures, "raw": raw, "quotas": unit.quotas, "rankings": rankings.collect::<Vec<_>>() })
}

/// Each question once, with the people for whom it came up.
fn questions(words: &Words<'_>, people: &[(&Subject, &Evaluation)], unit: Option<&UnitEvaluation>) -> Vec<Value> {
    let mut found: Vec<(&Question, Vec<&str>)> = Vec::new();
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    let of_people = people.iter().flat_map(|(subject, evaluation)| evaluation.questions.iter().map(|one| (one, Some(subject.id.as_str()))));
    let of_unit = unit.into_iter().flat_map(|unit| unit.questions.iter().map(|one| (one, None)));
    for (question, person) in of_people.chain(of_unit) {
        let alike = by_key.entry(&question.key).or_default();
        match alike.iter().find(|at| found[**at].0 == question) {
            Some(at) => found[*at].1.extend(person),
            None => {
                alike.push(found.len());
                found.push((question, person.into_iter().collect()));
            }
        }
    }
    found.into_iter().map(|(question, whose)| self::question(words, question, &whose)).collect()
}

fn question(words: &Words<'_>, question: &Question, people: &[&str]) -> Value {
    let readings = question.readings.iter().map(|reading| {
        let mut value = json!({ "id": reading.id, "label": words.reading(question, reading) });
        if reading.unbounded {
            value["unbounded"] = json!(true);
        }
        value
    });
    let mut value = plain(&question.kind);
    value["kind"] = value["code"].take();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("code");
    }
    value["key"] = json!(question.key);
    value["text"] = json!(words.question(question));
    value["readings"] = readings.collect();
    value["line"] = json!(question.line);
    value["people"] = json!(people);
    if let Some(fact) = &question.fact {
        value["fact"] = json!(fact);
    }
    value
}

/// Each notice once a person, whichever reading brought it.
fn notices(words: &Words<'_>, people: &[(&Subject, &Evaluation)]) -> Vec<Value> {
    let mut all = Vec::new();
    for (subject, evaluation) in people {
        let mut seen = BTreeSet::new();
        for notice in evaluation.outcomes.iter().flat_map(|outcome| &outcome.ledger.notices) {
            let mut value = plain(notice);
            if seen.insert(value.to_string()) {
                value["text"] = json!(words.notice(notice));
                value["person"] = json!(subject.id);
                all.push(value);
            }
        }
    }
    all
}
