//! `assess`: a year's assessment, and points by hand.

use serde_json::{Value, json};

use super::{
    listing::{Column, cell, in_table, removed},
    roster,
};
use crate::{
    args::{
        Arguments,
        desk::{AssessCommand, Score},
    },
    failure::Failure,
    output::Answer,
    program::Program,
};

/// `assess`
pub fn run(arguments: &Arguments, command: &AssessCommand) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    match command {
        AssessCommand::Show(request) => {
            let found = program.run("assess.year", json!({ "year": request.year.year, "rule_set": request.rule_set }))?;
            Ok(Answer::new(assessment_words(&found), found))
        }
        AssessCommand::Score(request) => {
            let done = program.change("assess.score", score(&program, request)?)?;
            Ok(Answer::new(format!("已打分：{} {}\n", request.indicator, request.value), done))
        }
        AssessCommand::Unscore(one) => removed(&program, "assess.remove_score", &one.id, "已撤回"),
    }
}

fn score(program: &Program, request: &Score) -> Result<Value, Failure> {
    let member = request.member.as_deref().map(|asked| roster::find(program, asked)).transpose()?;
    let organization = request.organization.as_deref().map(|asked| program.organization(asked)).transpose()?;
    Ok(json!({
        "rule_set": request.rule_set, "year": request.year.year, "member": member, "organization": organization,
        "indicator": request.indicator, "scorer": request.scorer, "value": request.value, "reason": request.reason,
    }))
}

fn assessment_words(found: &Value) -> String {
    if found["set"].is_null() {
        return "没有在用的考核办法。用 rules use 启用一套。\n".to_owned();
    }
    const COLUMNS: &[Column] = &[
        ("工号", "member/staff_no"),
        ("姓名", "member/name"),
        ("得分", "score"),
        ("最少", "range/min"),
        ("最多", "range/max"),
        ("等次", "grade"),
        ("不定等次", "no_grade"),
        ("一票否决", "vetoes"),
        ("后果", "effects"),
        ("未打分", "open"),
        ("封存", "closed_words"),
    ];
    let mut rows = found["rows"].clone();
    for row in rows.as_array_mut().into_iter().flatten().filter(|row| row["closed"] == true) {
        row["closed_words"] = json!(if row["changed"] == true { "已封存，有变化" } else { "已封存" });
    }
    let mut words = format!("{}（{}）\n{}", cell(&found["set"]["name"]), cell(&found["set"]["period"]), in_table(COLUMNS, &rows));
    words.push_str(&changed_words(found));
    for (title, list) in [("单位", "unit"), ("名额", "quotas")] {
        for one in found[list].as_array().into_iter().flatten() {
            let value = one.get("value").or_else(|| one.get("places")).unwrap_or(&Value::Null);
            let value = if value.is_null() { "未定".to_owned() } else { cell(value) };
            words.push_str(&format!("{title}：{} {value}（规则第 {} 行）\n", cell(&one["label"]), cell(&one["line"])));
        }
    }
    let questions = found["questions"].as_array().map_or(0, Vec::len);
    if questions > 0 {
        words.push_str(&format!("未定 {questions} 处，见 --json 的 questions\n"));
    }
    words
}

/// What is otherwise now than it was frozen.
fn changed_words(found: &Value) -> String {
    let nothing = |value: &Value| if value.is_null() { "无".to_owned() } else { cell(value) };
    let line = |whose: &str, one: &Value| {
        format!("封存后有变化：{whose}{}：{} → {}\n", cell(&one["label"]), nothing(&one["before"]), nothing(&one["after"]))
    };
    let mut words = String::new();
    for row in found["rows"].as_array().into_iter().flatten() {
        let whose = format!("{} ", cell(&row["member"]["name"]));
        words.extend(row["changes"].as_array().into_iter().flatten().map(|one| line(&whose, one)));
    }
    words.extend(found["unit_changes"].as_array().into_iter().flatten().map(|one| line("", one)));
    words
}
