//! One rule file and one facts file, read and evaluated as anybody would.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde_json::Value;
use xueji_domain::rules::{
    Request, evaluate, evaluate_unit,
    facts::{self, FactsFile},
    file,
    ledger::{Evaluation, Ledger, Question, UnitEvaluation, UnitLedger},
    model::RuleSet,
};

use super::observe::{Seen, observe};

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The text of a rule file by its name: a test's own, else a preset.
pub fn rule_text(name: &str) -> Option<String> {
    ["tests/fixtures/rules/cases", "tests/fixtures/rules/more", "assets/presets/rules"]
        .iter()
        .find_map(|folder| fs::read_to_string(root().join(folder).join(format!("{name}.toml"))).ok())
}

/// Reads a rule file by name.
pub fn rules(name: &str) -> RuleSet {
    let text = rule_text(name).unwrap_or_else(|| panic!("no rule file {name}"));
    let reading = file::read(&text, &rule_text);
    reading.rule_set.unwrap_or_else(|| panic!("{name}.toml: {:#?}", reading.findings))
}

/// A result with what it came from.
pub struct Run {
    /// Which of a case's runs; empty where there is one.
    pub id: String,
    /// The rules.
    pub rules: RuleSet,
    /// The facts.
    pub file: FactsFile,
    /// One for each person.
    pub evaluations: Vec<Evaluation>,
    /// The unit of these people.
    pub unit: UnitEvaluation,
}

/// A result under one set of choices.
#[derive(Clone)]
pub struct View<'a> {
    /// Question and reading.
    pub choices: &'a [(String, String)],
    /// A person's.
    pub ledger: Option<&'a Ledger>,
    /// The unit's.
    pub unit: Option<&'a UnitLedger>,
    /// What is open.
    pub questions: &'a [Question],
}

impl Run {
    /// Reads the facts and evaluates them.
    pub fn of(id: &str, rules: &RuleSet, facts: &Value) -> Self {
        let text = serde_json::to_string_pretty(facts).expect("facts are JSON");
        let file = facts::read(&text).unwrap_or_else(|error| panic!("{id}: {error}\n{text}"));
        let request = Request { periods: file.periods.clone(), as_of: file.as_of, trace: true };
        let evaluations: Vec<Evaluation> = file
            .people
            .iter()
            .map(|person| evaluate(rules, person, &request).unwrap_or_else(|error| panic!("{id}: {error}\n{text}")))
            .collect();
        let pairs: Vec<_> = file.people.iter().zip(&evaluations).collect();
        let unit = evaluate_unit(rules, &file.unit, &pairs).unwrap_or_else(|error| panic!("{id}: {error}"));
        Self { id: id.to_owned(), rules: rules.clone(), file, evaluations, unit }
    }

    /// A person's outcomes; the only or first person's where none is named.
    pub fn views(&self, person: Option<&str>) -> Vec<View<'_>> {
        let at = person.map_or(Some(0), |name| self.file.people.iter().position(|own| own.id == name));
        let evaluation = at.and_then(|at| self.evaluations.get(at)).unwrap_or_else(|| panic!("{}: no person {person:?}", self.id));
        evaluation
            .outcomes
            .iter()
            .map(|outcome| View { choices: &outcome.choices, ledger: Some(&outcome.ledger), unit: None, questions: &evaluation.questions })
            .collect()
    }

    /// The unit's outcomes.
    pub fn unit_views(&self) -> Vec<View<'_>> {
        let questions = &self.unit.questions;
        self.unit
            .outcomes
            .iter()
            .map(|outcome| View { choices: &outcome.choices, ledger: None, unit: Some(&outcome.ledger), questions })
            .collect()
    }
}

/// Whether a choice's question is of a name in which `*` stands for anything.
pub fn is_like(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text == pattern,
        Some((before, after)) => text.strip_prefix(before).is_some_and(|rest| {
            after.is_empty() || (0..=rest.len()).filter(|at| rest.is_char_boundary(*at)).any(|at| is_like(&rest[at..], after))
        }),
    }
}

/// `question=reading[,question=reading]` against an outcome's choices.
pub fn holds(choices: &[(String, String)], wanted: &str) -> bool {
    wanted.split(',').all(|pair| {
        let (question, reading) = pair.trim().split_once('=').unwrap_or((pair.trim(), "*"));
        choices.iter().any(|(own, chosen)| is_like(own, question) && is_like(chosen, reading))
    })
}

/// Whether a path's value is decided: the same under every reading, none of
/// which only stands for more.
pub fn decided(values: &[(View, Seen)]) -> bool {
    let first = values.first().map(|(_, seen)| seen);
    let same = values.iter().all(|(_, seen)| Some(seen) == first);
    let unbounded = values.iter().any(|(view, _)| {
        view.questions.iter().any(|question| {
            question
                .readings
                .iter()
                .any(|reading| reading.unbounded && view.choices.iter().any(|(key, chosen)| *key == question.key && *chosen == reading.id))
        })
    });
    same && !unbounded
}

/// Compares what stands at a path, under every reading, with an expectation:
/// a value; `null` where it must be undecided; or by readings
/// (`{"options.change=end": "18"}`), of which every outcome must meet one.
pub fn compare(run: &Run, path: &str, expected: &Value, complaints: &mut Vec<String>) {
    if path == "questions" {
        return compare_questions(run, expected, complaints);
    }
    let values = observe(run, path);
    let shown: Vec<String> = values.iter().map(|(view, seen)| format!("{:?} {seen:?}", view.choices)).collect();
    let mut complain = |what: &str| complaints.push(format!("{}{path}: {what}; expected {expected}, found {}", run.id, shown.join(" | ")));
    match expected {
        Value::Null => {
            if decided(&values) {
                complain("is decided");
            }
        }
        Value::Object(readings) => {
            for (wanted, value) in readings {
                let mine: Vec<_> = values.iter().filter(|(view, _)| holds(view.choices, wanted)).collect();
                if mine.is_empty() || mine.iter().any(|(_, seen)| !seen.is(value)) {
                    complain(wanted);
                }
            }
            if values.iter().any(|(view, _)| !readings.keys().any(|wanted| holds(view.choices, wanted))) {
                complain("an outcome beside the expected ones");
            }
        }
        value => {
            if values.is_empty() || values.iter().any(|(_, seen)| !seen.is(value)) {
                complain("differs");
            }
        }
    }
}

/// The keys of the questions, of all people and the unit, in order; `*`
/// stands for anything.
fn compare_questions(run: &Run, expected: &Value, complaints: &mut Vec<String>) {
    let of_people = run.evaluations.iter().flat_map(|evaluation| &evaluation.questions);
    let mut keys: Vec<&str> = of_people.chain(&run.unit.questions).map(|question| question.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut wanted: Vec<&str> = expected.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    wanted.sort_unstable();
    let same = keys.len() == wanted.len() && wanted.iter().all(|pattern| keys.iter().any(|key| is_like(key, pattern)));
    if !same {
        complaints.push(format!("{}questions: expected {wanted:?}, found {keys:?}", run.id));
    }
}

/// Facts with expectations, worked out by hand: `[{title, rules?, facts, expect}]`.
pub fn by_hand(path: &str, default_rules: &str, complaints: &mut Vec<String>) -> usize {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let cases: Vec<BTreeMap<String, Value>> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    for case in &cases {
        let title = case["title"].as_str().unwrap_or_default();
        let name = case.get("rules").and_then(Value::as_str).unwrap_or(default_rules);
        let mut own = Vec::new();
        let run = Run::of(title, &rules(name), &case["facts"]);
        for (path, expected) in case["expect"].as_object().unwrap_or_else(|| panic!("{title}: nothing expected")) {
            compare(&run, path, expected, &mut own);
        }
        complaints.extend(own.into_iter().map(|complaint| format!("{name} · {complaint}")));
    }
    cases.len()
}
