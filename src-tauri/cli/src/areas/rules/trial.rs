//! `rules try`: any rule file on any facts file, with no book at all.

use serde_json::{Map, Value};
use xueji_api::messages;
use xueji_domain::rules::{
    EvaluateError, Request, evaluate, evaluate_unit,
    facts::{self, FactsError, FactsFile, Subject},
    ledger::{Evaluation, UnitEvaluation},
    model::RuleSet,
    report::to_json,
};

use super::{
    check::{Inspected, counts, inspected},
    ledger,
};
use crate::{
    args::{Arguments, rules::Try},
    failure::Failure,
    input::{self, Text},
    output::Answer,
};

/// More bytes than the reader of facts takes; it says how many that are.
const FACTS_LIMIT: usize = 16 << 20;

/// `rules try`
pub fn run(arguments: &Arguments, request: &Try) -> Result<Answer, Failure> {
    if input::is_stream(&request.file) && input::is_stream(&request.facts) {
        return Err(Failure::StreamTwice);
    }
    let Inspected { rules, found, .. } = inspected(arguments, &request.file)?;
    let [_, warnings, _] = counts(&found);
    let Some(rules) = rules else { return Err(Failure::RulesFaulty { findings: found }) };
    let text = input::read(&request.facts, FACTS_LIMIT)?;
    let file = facts::read(&text.text).map_err(|error| faulty(&text, &error))?;
    let (evaluations, unit) = evaluated(&rules, &file)?;
    let people: Vec<(&Subject, &Evaluation)> = file.people.iter().zip(&evaluations).collect();
    let json = to_json(&rules, &people, Some(&unit), &messages::sentence);
    let mut answer = Answer::new(ledger::in_words(&rules, &json), json);
    if warnings > 0 {
        answer.remark = Some(format!("规则文件有 {warnings} 处提醒，用 rules check 查看。\n"));
    }
    Ok(answer)
}

fn evaluated(rules: &RuleSet, file: &FactsFile) -> Result<(Vec<Evaluation>, UnitEvaluation), Failure> {
    let request = Request { periods: file.periods.clone(), as_of: file.as_of, trace: true };
    let one = |subject: &Subject| {
        let failed = |error: EvaluateError| not_evaluated(&format!("{}：", subject.id), &error);
        evaluate(rules, subject, &request).map_err(failed)
    };
    let evaluations: Vec<Evaluation> = file.people.iter().map(one).collect::<Result<_, Failure>>()?;
    let people: Vec<(&Subject, &Evaluation)> = file.people.iter().zip(&evaluations).collect();
    let unit = evaluate_unit(rules, &file.unit, &people).map_err(|error| not_evaluated("单位：", &error))?;
    Ok((evaluations, unit))
}

fn faulty(text: &Text, error: &FactsError) -> Failure {
    let params: Map<String, Value> = serde_json::to_value(&error.problem).ok().and_then(|own| own.as_object().cloned()).unwrap_or_default();
    Failure::FactsFaulty {
        name: text.name.clone(),
        line: error.line,
        column: error.column,
        path: error.path.clone(),
        problem: error.problem.code(),
        sentence: messages::sentence("facts", error.problem.code(), &params),
    }
}

fn not_evaluated(whose: &str, error: &EvaluateError) -> Failure {
    let reason = match error {
        EvaluateError::TooLarge { line: 0 } => {
            format!("{whose}数太大或者太细，算不下去。看看事实里的数和规则里的倍数是不是多写了几位。")
        }
        EvaluateError::TooLarge { line } => {
            format!("{whose}算到规则第 {line} 行附近，数太大或者太细，算不下去。看看那里的倍数、除数和事实里的数。")
        }
        EvaluateError::NoSuchPeriod { name } => format!(
            "{whose}本规则没有“{name}”这一期。事实文件的 period 要与规则的 [period] 一致：年写 \"2025\"，半年 \"2025-H1\"，季 \"2025-Q1\"，月 \"2025-03\"，日 \"2025-03-01\"。"
        ),
        EvaluateError::TooManyPeriods => format!("{whose}要算的期数太多。在事实文件里用 period 写明从哪一期到哪一期。"),
    };
    Failure::NotEvaluated { reason }
}
