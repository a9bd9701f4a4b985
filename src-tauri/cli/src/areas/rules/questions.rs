//! What the rules do not decide: each question with its readings, and what
//! comes of each.

use std::fmt::Write;

use serde::Deserialize;
use serde_json::Value;
use xueji_domain::{exact::Exact, rules::model::RuleSet};

use super::ledger::{consequence_words, plain, verdict};

/// Of more people than this, the rest is only counted.
const MOST_PEOPLE: usize = 8;
/// More values than this are told by their ends.
const MOST_VALUES: usize = 4;
/// Kinds of questions that want a number.
const WANT_VALUE: [&str; 5] = ["discretion", "table", "no_award", "missing_quantity", "score"];

#[derive(Debug, Deserialize)]
struct Question {
    key: String,
    text: String,
    kind: String,
    line: u32,
    readings: Vec<Reading>,
    people: Vec<String>,
}

impl Question {
    fn wants_value(&self) -> bool {
        WANT_VALUE.contains(&self.kind.as_str())
    }
}

#[derive(Debug, Deserialize)]
struct Reading {
    id: String,
    label: String,
    #[serde(default)]
    unbounded: bool,
}

/// The results of one person under every combination of readings.
pub fn outcomes_of<'r>(report: &'r Value, person: &str) -> impl Iterator<Item = &'r Value> {
    outcomes(report, person).map(|(_, own)| own)
}

/// Whether one of a person's questions wants a number that nothing limits.
pub fn is_unbounded(report: &Value, person: &str) -> bool {
    let questions: Vec<Question> = Vec::deserialize(&report["questions"]).unwrap_or_default();
    let own = |question: &&Question| question.people.iter().any(|one| one == person);
    questions.iter().filter(own).any(|question| question.readings.iter().any(|reading| reading.unbounded))
}

/// Choices and results.
fn outcomes<'r>(report: &'r Value, person: &str) -> impl Iterator<Item = (&'r Value, &'r Value)> {
    let all = report["outcomes"].as_array().into_iter().flatten();
    all.filter_map(move |outcome| Some((&outcome["choices"], outcome["people"].get(0)?))).filter(move |(_, own)| own["id"] == person)
}

/// All questions; nothing where there is none.
pub fn in_words(rules: &RuleSet, report: &Value) -> String {
    let questions: Vec<Question> = Vec::deserialize(&report["questions"]).unwrap_or_default();
    if questions.is_empty() {
        return String::new();
    }
    let mut out = format!("\n未定 {} 处：规则没有写明，读法不同，结果就不同\n", questions.len());
    let several = report["people"].as_array().is_some_and(|people| people.len() > 1);
    for (number, question) in (1..).zip(&questions) {
        let line = if question.line == 0 { String::new() } else { format!("，规则第 {} 行", question.line) };
        let _ = writeln!(out, "  {number}. {}\n     问题 {}{line}", question.text, question.key);
        for reading in &question.readings {
            let _ = writeln!(out, "     {}", reading_words(question, reading));
            for result in results(rules, report, question, reading, several) {
                let _ = writeln!(out, "         {result}");
            }
        }
    }
    if report["complete"] == false {
        out.push_str("  读法的组合太多，只逐个问题试过。\n");
    }
    out.push_str("  定了以后：对所有人的写进规则文件的 [choices]（\"问题\" = \"读法\"），只对一个人的写进事实文件的 decisions。\n");
    out
}

fn reading_words(question: &Question, reading: &Reading) -> String {
    match (question.wants_value(), reading.unbounded) {
        (true, true) => "取一个很大的数（没有上限）".to_owned(),
        (true, false) => format!("取 {}", reading.id),
        (false, _) => format!("{}  {}", reading.id, reading.label),
    }
}

/// What an amount is under the readings: each of a few values, or between
/// what it lies, where a number is wanted or there are many.
pub fn between(report: &Value, person: &str, values: &[String]) -> String {
    let questions: Vec<Question> = Vec::deserialize(&report["questions"]).unwrap_or_default();
    let wanted = questions.iter().any(|question| question.wants_value() && question.people.iter().any(|one| one == person));
    let mut numbers: Vec<Exact> = values.iter().filter_map(|value| value.parse().ok()).collect();
    numbers.sort_unstable();
    match numbers[..] {
        [least, .., most] if numbers.len() == values.len() && (wanted || values.len() > MOST_VALUES) => {
            if is_unbounded(report, person) {
                format!("{least} 以上")
            } else {
                format!("{least} 到 {most}")
            }
        }
        _ => values.join(" 或 "),
    }
}

/// A result's choices and what it comes to.
type Outcome<'r> = (&'r Value, Vec<Part>);

/// What a reading comes to, for each of whom the question came up.
fn results(rules: &RuleSet, report: &Value, question: &Question, reading: &Reading, several: bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for person in question.people.iter().take(MOST_PEOPLE) {
        let all: Vec<Outcome<'_>> = outcomes(report, person).map(|(choices, own)| (choices, parts(own))).collect();
        let text = result(&all, question, reading);
        lines.push(if several { format!("{person}：{text}") } else { text });
    }
    if question.people.len() > MOST_PEOPLE {
        lines.push(format!("……另有 {} 人", question.people.len() - MOST_PEOPLE));
    }
    if question.people.is_empty() {
        let units = report["outcomes"].as_array().into_iter().flatten().filter(|outcome| outcome.get("unit").is_some());
        let all: Vec<Outcome<'_>> = units.map(|outcome| (&outcome["choices"], unit_parts(rules, &outcome["unit"]))).collect();
        lines.push(result(&all, question, reading));
    }
    lines
}

/// What something is called, and what it is.
type Part = (String, String);

/// Of the parts that this question makes a difference to, what they are under
/// one reading.
fn result(all: &[Outcome<'_>], question: &Question, reading: &Reading) -> String {
    let values = |label: &str, reading: &str| {
        let under = all.iter().filter(|(choices, _)| choices[&question.key] == reading).flat_map(|(_, parts)| parts);
        let mut values: Vec<&str> = Vec::new();
        for (_, text) in under.filter(|(own, _)| own == label) {
            if !values.contains(&text.as_str()) {
                values.push(text);
            }
        }
        values
    };
    let Some((_, first)) = all.iter().find(|(choices, _)| choices[&question.key] == reading.id) else {
        return "没有单独试过".to_owned();
    };
    let differs = |label: &str| question.readings.iter().any(|other| values(label, &other.id) != values(label, &reading.id));
    let texts: Vec<String> = first
        .iter()
        .filter(|(label, _)| differs(label))
        .map(|(label, _)| label.clone() + &values(label, &reading.id).join(" 或 "))
        .collect();
    // The amounts of a reading without an end are those of one very large
    // number; only the words mean something.
    let texts: Vec<String> = texts.into_iter().filter(|text| !reading.unbounded || !text.contains(|c: char| c.is_ascii_digit())).collect();
    if texts.is_empty() && reading.unbounded {
        return "更多".to_owned();
    }
    if texts.is_empty() { "合计、要求和结论都一样，只有明细不同".to_owned() } else { texts.join("，") }
}

/// What of a person's result a reader asks for first.
fn parts(person: &Value) -> Vec<Part> {
    let mut parts = Vec::new();
    let periods: Vec<&Value> = person["periods"].as_array().into_iter().flatten().collect();
    for period in &periods {
        let name = if periods.len() > 1 { format!("{} ", plain(&period["period"])) } else { String::new() };
        parts.push((format!("{name}合计 "), plain(&period["total"])));
        parts.push((format!("{name}结论 "), verdict(period["verdict"].as_str()).to_owned()));
        parts.extend(requirement_parts(&name, period));
        let effects: Vec<String> = period["effects"].as_array().into_iter().flatten().map(|effect| plain(&effect["label"])).collect();
        parts.push((format!("{name}当期后果 "), if effects.is_empty() { "没有".to_owned() } else { effects.join("、") }));
        for (title, key) in [("得分", "score"), ("等次", "grade"), ("不定等次", "no_grade")] {
            let text = period[key].as_str().unwrap_or("没有");
            parts.push((format!("{name}{title} "), text.to_owned()));
        }
    }
    for cycle in person["cycles"].as_array().into_iter().flatten() {
        let name = format!("{} {} ", plain(&cycle["cycle"]), plain(&cycle["period"]));
        parts.push((format!("{name}合计 "), plain(&cycle["total"])));
        parts.push((format!("{name}结论 "), verdict(cycle["verdict"].as_str()).to_owned()));
    }
    parts.push(("以后 ".to_owned(), consequence_words(&person["consequences"])));
    parts
}

/// 总量 差 8
fn requirement_parts(name: &str, period: &Value) -> Vec<Part> {
    let one = |requirement: &Value| {
        let label = requirement["span"].as_str().map_or_else(String::new, |span| format!("{span} ")) + &plain(&requirement["label"]);
        let text = match (&requirement["passed"], requirement["shortfall"].as_str()) {
            (Value::Bool(true), _) => "达到".to_owned(),
            (_, Some(short)) => format!("差 {short}"),
            _ => "未达到".to_owned(),
        };
        (format!("{name}{label} "), text)
    };
    period["requirements"].as_array().into_iter().flatten().map(one).collect()
}

fn unit_parts(rules: &RuleSet, unit: &Value) -> Vec<Part> {
    unit_words(rules, unit)
        .into_iter()
        .filter_map(|line| line.split_once('：').map(|(label, text)| (format!("{label} "), text.to_owned())))
        .collect()
}

/// A unit's figures, quotas and rankings, a line each.
pub fn unit_words(rules: &RuleSet, unit: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    let known = |value: &Value| value.as_str().map_or_else(|| "未定".to_owned(), str::to_owned);
    for figure in &rules.units {
        if let Some(value) = unit["figures"].get(&figure.id) {
            lines.push(format!("{}：{}（第 {} 行）", figure.label, known(value), figure.origin.line));
        }
    }
    for quota in unit["quotas"].as_array().into_iter().flatten() {
        let list = |name: &str| quota[name].as_array().into_iter().flatten().map(plain).collect::<Vec<_>>();
        let over = list("over");
        let over = if over.is_empty() { String::new() } else { format!("，超出名额：{}", over.join("、")) };
        let (label, line) = (plain(&quota["label"]), plain(&quota["line"]));
        lines.push(format!("{label}：名额 {}，符合的 {} 人{over}（第 {line} 行）", known(&quota["places"]), list("candidates").len()));
    }
    for ranking in unit["rankings"].as_array().into_iter().flatten() {
        let one = |place: &Value| format!("{} {}（{}）", plain(&place["place"]), plain(&place["person"]), plain(&place["amount"]));
        let places: Vec<String> = ranking["places"].as_array().into_iter().flatten().map(one).collect();
        lines.push(format!("{}：{}（第 {} 行）", plain(&ranking["label"]), places.join("，"), plain(&ranking["line"])));
    }
    lines
}
