//! Expected numbers are worked out by hand from the rule texts beside them.

use super::*;
use crate::{
    exact::Exact,
    rules::{facts, file, ledger::Verdict},
};

fn rules(text: &str) -> RuleSet {
    let reading = file::read(text, &|_| None);
    reading.rule_set.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

fn evaluation(rule_text: &str, facts_text: &str) -> Evaluation {
    let facts = facts::read(facts_text).unwrap();
    let request = Request { periods: facts.periods.clone(), as_of: facts.as_of, trace: true };
    evaluate(&rules(rule_text), &facts.people[0], &request).unwrap()
}

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

/// The rule text in a fenced block of the guide.
fn block(language: &str) -> String {
    let guide = include_str!("../../../../../../assets/guide/rules.md");
    let from = guide.split(&format!("```{language}\n")).nth(1).unwrap();
    from.split("```").next().unwrap().to_owned()
}

#[test]
fn the_first_example_of_the_guide_comes_out_as_the_guide_says() {
    let evaluation = evaluation(&block("toml"), &block("json"));
    assert!(evaluation.questions.is_empty(), "{:?}", evaluation.questions);
    let period = &evaluation.outcomes[0].ledger.periods[0];
    assert_eq!(period.total, exact("32"));
    assert_eq!(period.verdict, Verdict::Fail);
    assert_eq!(period.buckets, [("必修".to_owned(), exact("30")), ("选修".to_owned(), exact("2"))]);
    assert_eq!(period.requirements[0].tests[0].shortfall, Some(exact("8")));
    assert!(period.requirements[1].passed);
}
