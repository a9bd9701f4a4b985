//! What is left to ask, and what has been chosen.

use std::collections::HashSet;

use super::{Checker, walk};
use crate::{
    exact::Exact,
    rules::{
        expression::Prefix,
        file::{Code, near::nearest},
        model::{Origin, Period},
    },
};

/// The options with the readings that a choice may name.
const OPTIONS: &[(&str, &[&str])] = &[
    ("options.change", &["end", "start", "highest", "days", "months"]),
    ("options.joined", &["full", "next", "days", "months"]),
    ("options.left", &["full", "exempt", "days", "months"]),
    ("options.leave", &["full", "exempt", "days", "months"]),
    ("options.split", &["days", "end", "start"]),
    ("options.carry_now", &["counted", "moved"]),
];

pub(super) fn check(checker: &mut Checker<'_>) {
    choices(checker);
    undecided(checker);
}

fn head(checker: &Checker<'_>, line: u32) -> Origin {
    Origin { line, rule_set: checker.rules.head.name.clone(), reading: None }
}

fn choices(checker: &mut Checker<'_>) {
    for (question, reading) in &checker.rules.choices {
        // A choice inherited from a parent stands nowhere in this file.
        let origin = head(checker, 0);
        let readings = match known_readings(checker, question) {
            Known::Nothing(code, near) => {
                let mut params = vec![("kind", "question".to_owned()), ("name", question.clone())];
                params.extend(near.map(|near| ("near", near)));
                checker.at_choice(code, &origin, (question, 0), params);
                continue;
            }
            Known::Value => {
                if reading.parse::<Exact>().is_err() {
                    let params = vec![("question", question.clone()), ("reading", reading.clone())];
                    checker.at_choice(Code::ChoiceNotANumber, &origin, (question, 1), params);
                }
                continue;
            }
            Known::Any => continue,
            Known::Readings(readings) => readings,
        };
        if !readings.iter().any(|own| own == reading) {
            let params = vec![("question", question.clone()), ("reading", reading.clone()), ("choices", readings.join("、"))];
            checker.at_choice(Code::ChoiceUnknown, &origin, (question, 1), params);
        }
    }
}

/// What may be chosen for a question.
enum Known {
    /// There is no such question; perhaps another was meant.
    Nothing(Code, Option<String>),
    /// A number.
    Value,
    /// Known only once the facts are.
    Any,
    /// One of these.
    Readings(Vec<String>),
}

fn known_readings(checker: &Checker<'_>, question: &str) -> Known {
    let words = |words: &[&str]| Known::Readings(words.iter().map(|word| (*word).to_owned()).collect());
    if let Some(open) = checker.rules.open.iter().find(|open| open.id == question) {
        return Known::Readings(open.readings.iter().map(|(id, _)| id.clone()).collect());
    }
    if let Some((_, readings)) = OPTIONS.iter().find(|(option, _)| *option == question) {
        return words(readings);
    }
    let index = &checker.index;
    match question.split_once(':') {
        Some(("rounding", category)) if index.categories.contains(category) => words(&["exact", "floor", "half"]),
        Some(("streak", streak)) if index.streaks.contains(streak) => words(&["overlap", "reset"]),
        Some(("score", indicator)) if index.indicators.contains(indicator.split(':').next().unwrap_or_default()) => Known::Value,
        Some(("table" | "value" | "missing" | "award", _)) => Known::Value,
        Some(("band", _)) => Known::Any,
        Some(("quota", quota)) if index.quotas.contains(quota.split(':').next().unwrap_or_default()) => Known::Any,
        _ => {
            let options = OPTIONS.iter().map(|(option, _)| *option);
            let mut questions: Vec<&str> = index.questions.keys().copied().chain(options).collect();
            questions.sort_unstable();
            match nearest(question, questions) {
                Some(near) => Known::Nothing(Code::UnknownReferenceNear, Some(near.to_owned())),
                None => Known::Nothing(Code::UnknownReference, None),
            }
        }
    }
}

impl Checker<'_> {
    fn at_choice(&mut self, code: Code, origin: &Origin, (question, part): (&str, usize), params: super::Params) {
        let place = self.places.item(0, question, part).unwrap_or((1, 1));
        self.push(code, origin, place, params);
    }
}

/// Options that the file leaves open although it has something that they
/// decide about.
fn undecided(checker: &mut Checker<'_>) {
    let rules = checker.rules;
    let required = rules.requirements.iter().any(|own| own.scaled && own.tests.iter().any(|test| test.lower.is_some()));
    let endless = matches!(rules.period, Period::Lifetime | Period::Span { .. });
    let mut changing = false;
    let of_requirements: HashSet<*const Origin> = rules.requirements.iter().map(|own| &raw const own.origin).collect();
    walk::expressions(rules, &mut |origin, _, expression| {
        let of_person = || expression.node.names().iter().any(|name| name.prefix == Some(Prefix::Person));
        changing |= of_requirements.contains(&(&raw const *origin)) && of_person();
    });
    let options = &rules.options;
    let split = rules.categories.iter().any(|category| category.split.is_none());
    let open = [
        ("change", changing && options.change.is_none()),
        ("joined", required && !endless && options.joined.is_none()),
        ("left", required && !endless && options.left.is_none()),
        ("leave", required && !endless && options.leave.is_none()),
        ("split", split && !endless && options.split.is_none()),
        ("carry_now", !rules.carries.is_empty() && options.carry_now.is_none()),
    ];
    let chosen: HashSet<&str> = rules.choices.iter().map(|(question, _)| question.as_str()).collect();
    for (option, _) in open.into_iter().filter(|(option, open)| *open && !chosen.contains(format!("options.{option}").as_str())) {
        let origin = head(checker, 1);
        checker.push(Code::OptionUndecided, &origin, (1, 1), vec![("option", option.to_owned())]);
    }
}
