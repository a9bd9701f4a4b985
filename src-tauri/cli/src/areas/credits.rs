//! `credits`: the year's credits, on request each with its fact and its rule.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use xueji_domain::exact::Exact;

use super::roster::{self, Member};
use crate::{
    args::{self, Arguments},
    failure::Failure,
    output::Answer,
    program::Program,
    table::{Side, Table},
};

/// So many columns of categories fit into a terminal.
const MOST_CATEGORIES: usize = 5;

#[derive(Debug, Deserialize)]
struct Year {
    sets: Vec<Set>,
    set: Set,
    rules: Rules,
    rows: Vec<Row>,
    totals: Totals,
    questions: Vec<OpenQuestion>,
}

/// A rule set that counts in the year.
#[derive(Debug, Deserialize, Serialize)]
struct Set {
    key: String,
    name: String,
    version: Option<String>,
    unit: String,
    period: String,
    example: bool,
}

/// A question with those for whom it is open.
#[derive(Debug, Deserialize, Serialize)]
struct OpenQuestion {
    question: Question,
    members: Vec<String>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Question {
    key: String,
    text: String,
    fact: Option<String>,
    fact_text: Option<String>,
    line: u32,
    readings: Vec<Reading>,
    wants_value: bool,
    for_all: bool,
}

#[derive(Debug, Deserialize, Serialize)]
struct Reading {
    id: String,
    label: String,
    range: Option<Range>,
    unbounded: bool,
}

/// Between what an undecided amount lies.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
struct Range {
    min: Exact,
    max: Option<Exact>,
}

impl Range {
    fn in_words(self) -> String {
        match self.max {
            Some(max) if max == self.min => max.to_string(),
            Some(max) => format!("{}～{max}", self.min),
            None => format!("{} 以上", self.min),
        }
    }
}

#[derive(Debug, Deserialize, Serialize)]
struct Rules {
    title: String,
    unit: String,
    lines: Vec<RuleLine>,
    categories: Vec<Category>,
}

#[derive(Debug, Deserialize, Serialize)]
struct RuleLine {
    line: u32,
    words: String,
}

#[derive(Debug, Deserialize, Serialize)]
struct Category {
    code: String,
    label: String,
    cap: Option<Exact>,
}

#[derive(Debug, Deserialize)]
struct Row {
    member: Member,
    required: Option<Exact>,
    earned: Exact,
    gap: Option<Exact>,
    by_category: Vec<Exact>,
    result: CreditResult,
    verdict: Option<String>,
    range: Option<Range>,
    raw: Exact,
    surplus: Option<Exact>,
    carried_in: Exact,
    carried_out: Exact,
    shortfalls: Vec<Line>,
    consequences: Vec<Value>,
    pending: u32,
    closed: bool,
    changed: bool,
}

impl Row {
    fn is_undecided(&self) -> bool {
        self.verdict.is_none() || self.range.is_some()
    }

    fn earned(&self) -> String {
        self.range.map_or_else(|| self.earned.to_string(), Range::in_words)
    }

    fn result(&self) -> &'static str {
        match self.verdict.as_deref() {
            None => "未定",
            Some("exempt") => "免",
            Some("fail") => "未达标",
            Some(_) => self.result.label(),
        }
    }
}

/// A requirement as it stands.
#[derive(Debug, Deserialize, Serialize)]
struct Line {
    id: String,
    label: String,
    passed: bool,
    binding: bool,
    value: Option<Exact>,
    shortfall: Option<Exact>,
    due: Option<String>,
    mend: String,
    text: String,
    line: u32,
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum CreditResult {
    Met,
    Short,
    NotRequired,
}

impl CreditResult {
    fn label(self) -> &'static str {
        match self {
            Self::Met => "达标",
            Self::Short => "未达标",
            Self::NotRequired => "不作要求",
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
struct Totals {
    members: u32,
    with_requirement: u32,
    met: u32,
}

#[derive(Debug, Deserialize, Serialize)]
struct Explained {
    entries: Vec<Entry>,
    refused: Vec<Entry>,
    waiting: Vec<Waiting>,
    unmatched: Vec<Waiting>,
    requirements: Vec<Line>,
    carry_out: Vec<Carry>,
    questions: Vec<Question>,
    notices: Vec<String>,
}

/// A fact that does not count yet, or that no category takes.
#[derive(Debug, Deserialize, Serialize)]
struct Waiting {
    fact_id: String,
    date: Option<String>,
    fact: String,
    state: Option<String>,
    reason: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Carry {
    bucket: String,
    amount: Exact,
    line: u32,
}

#[derive(Debug, Deserialize, Serialize)]
struct Entry {
    date: Option<String>,
    fact: String,
    category: String,
    rule: String,
    rule_line: u32,
    steps: Vec<String>,
    base: Exact,
    counted: Exact,
    fact_id: String,
    trace: Vec<Step>,
}

/// A step with its rule line; 0: none.
#[derive(Debug, Deserialize, Serialize)]
struct Step {
    text: String,
    line: u32,
    before: Exact,
    after: Exact,
}

/// `credits`
pub fn run(arguments: &Arguments, request: &args::Credits) -> Result<Answer, Failure> {
    let year = request.year.year;
    let program = Program::open(arguments)?;
    let credits: Year = program.ask("credits.year", json!({ "year": year, "rule_set": request.rule_set }))?;
    let rows = match &request.member {
        Some(asked) => vec![one(&program, &credits, asked)?],
        None => credits.rows.iter().collect(),
    };
    let explained = if request.explain { Some(explain(&program, request, &rows)?) } else { None };
    let mut words = in_table(&credits.rules, &rows);
    if let Some(explained) = &explained {
        for (row, entries) in rows.iter().zip(explained) {
            words.push_str(&reasons(row, entries, &credits.rules.unit));
        }
    }
    if explained.is_none() {
        credits.questions.iter().for_each(|open| {
            words.push_str(&question_words(&open.question));
            words.push_str(&format!("      关系到 {} 人；用 decisions record 决定\n", open.members.len()));
        });
    }
    if credits.sets.len() > 1 && request.rule_set.is_none() {
        let others = credits.sets.iter().filter(|set| set.key != credits.set.key).map(|set| format!("{}（{}）", set.name, set.key));
        words.push_str(&format!("还有在用的规则，用 --rule-set 看：{}\n", others.collect::<Vec<_>>().join("、")));
    }
    if request.member.is_none() {
        let Totals { members, with_requirement, met } = credits.totals;
        words.push_str(&format!("共 {members} 人，有要求的 {with_requirement} 人，达标 {met} 人\n"));
    }
    let members: Vec<Value> = rows
        .iter()
        .enumerate()
        .map(|(index, row)| as_json(row, &credits.rules, explained.as_ref().and_then(|explained| explained.get(index))))
        .collect();
    let json = json!({
        "year": year, "rule_set": credits.set, "rule_sets": credits.sets, "rules": credits.rules,
        "members": members, "totals": credits.totals, "questions": credits.questions,
    });
    Ok(Answer::new(words, json))
}

/// The row of a staff number or a name.
fn one<'a>(program: &Program, credits: &'a Year, asked: &str) -> Result<&'a Row, Failure> {
    let id = match roster::one(credits.rows.iter().map(|row| &row.member), asked) {
        Ok(member) => member.id.clone(),
        // Whom the rule set is not for is on the roster all the same.
        Err(Failure::MemberUnknown { .. }) => roster::find(program, asked)?,
        Err(failure) => return Err(failure),
    };
    let outside = || Failure::MemberOutside { asked: asked.to_owned(), rules: credits.set.name.clone() };
    credits.rows.iter().find(|row| row.member.id == id).ok_or_else(outside)
}

/// The reasons of each of the rows, in their order. One member is asked for
/// alone, everyone at once.
fn explain(program: &Program, request: &args::Credits, rows: &[&Row]) -> Result<Vec<Explained>, Failure> {
    let mut asked = json!({ "year": request.year.year, "rule_set": request.rule_set });
    if let [row] = rows {
        asked["member"] = json!(row.member.id);
        return Ok(vec![program.ask("credits.member", asked)?]);
    }
    program.ask("credits.explained", asked)
}

fn as_json(row: &Row, rules: &Rules, explained: Option<&Explained>) -> Value {
    let mut object = row.member.as_json();
    let by_category: Map<String, Value> =
        rules.categories.iter().zip(&row.by_category).map(|(category, counted)| (category.code.clone(), json!(counted))).collect();
    object["required"] = json!(row.required);
    object["earned"] = json!(row.earned);
    object["gap"] = json!(row.gap);
    object["result"] = json!(row.result);
    object["by_category"] = Value::Object(by_category);
    object["verdict"] = json!(row.verdict);
    object["undecided"] = json!(row.is_undecided());
    object["range"] = json!(row.range);
    object["raw"] = json!(row.raw);
    object["surplus"] = json!(row.surplus);
    object["carried_in"] = json!(row.carried_in);
    object["carried_out"] = json!(row.carried_out);
    object["shortfalls"] = json!(row.shortfalls);
    object["consequences"] = json!(row.consequences);
    object["pending"] = json!(row.pending);
    object["closed"] = json!(row.closed);
    object["changed"] = json!(row.changed);
    if let (Some(explained), Some(into)) = (explained, object.as_object_mut())
        && let Value::Object(own) = json!(explained)
    {
        into.extend(own);
    }
    object
}

fn in_table(rules: &Rules, rows: &[&Row]) -> String {
    let mut columns = vec![("工号", Side::Left), ("姓名", Side::Left), ("层级", Side::Left), ("应修", Side::Right), ("已得", Side::Right)];
    // Of many categories, those in which nobody has anything are left out.
    let is_used = |at: usize| rows.iter().any(|row| row.by_category.get(at).is_some_and(|counted| !counted.is_zero()));
    let shown: Vec<usize> = (0..rules.categories.len()).filter(|at| rules.categories.len() <= MOST_CATEGORIES || is_used(*at)).collect();
    columns.extend(shown.iter().map(|at| (rules.categories[*at].label.as_str(), Side::Right)));
    columns.extend([("还差", Side::Right), ("结果", Side::Left)]);
    let mut table = Table::new(&columns);
    for row in rows {
        let amount = |amount: &Option<Exact>| amount.map_or_else(String::new, |amount| amount.to_string());
        let mut cells = vec![row.member.number(), row.member.name.clone(), row.member.tier.label().to_owned()];
        cells.extend([amount(&row.required), row.earned()]);
        cells.extend(shown.iter().map(|at| row.by_category.get(*at).map_or_else(String::new, Exact::to_string)));
        cells.extend([amount(&row.gap), row.result().to_owned()]);
        table.row(cells);
    }
    format!("{}（单位：{}）\n{}", rules.title, rules.unit, table.render())
}

fn reasons(row: &Row, explained: &Explained, unit: &str) -> String {
    let mut words = format!("\n{} {}：已得 {} {unit}\n", row.member.name, row.member.number(), row.earned());
    for entry in explained.entries.iter().chain(&explained.refused) {
        let date = entry.date.as_deref().unwrap_or("日期不详");
        let sign = if entry.counted.is_negative() { "" } else { "+" };
        words.push_str(&format!("  {date}  {}  {sign}{} {unit}\n", entry.fact, entry.counted));
        words.push_str(&format!("      {}：{}（规则文件第 {} 行）\n", entry.category, entry.rule, entry.rule_line));
        for step in &entry.trace {
            let line = if step.line == 0 || step.line == entry.rule_line { String::new() } else { format!("（第 {} 行）", step.line) };
            words.push_str(&format!("      {}{line}\n", step.text));
        }
    }
    for waiting in explained.waiting.iter().chain(&explained.unmatched) {
        let state = match waiting.state.as_deref() {
            Some("pending") => "待核，不计",
            Some("returned") => "退回，不计",
            _ => "没有类别收，不计",
        };
        let reason = waiting.reason.as_ref().map(|reason| format!("（{reason}）")).unwrap_or_default();
        words.push_str(&format!("  {}  {}  {state}{reason}\n", waiting.date.as_deref().unwrap_or("日期不详"), waiting.fact));
    }
    for requirement in &explained.requirements {
        words.push_str(&format!("  要求：{}（第 {} 行）\n", requirement.text, requirement.line));
    }
    for carry in &explained.carry_out {
        let to = if carry.bucket.is_empty() { String::new() } else { format!("到“{}”", carry.bucket) };
        words.push_str(&format!("  结转下期{to}：{} {unit}（第 {} 行）\n", carry.amount, carry.line));
    }
    explained.questions.iter().for_each(|question| words.push_str(&question_words(question)));
    words
}

/// A question with what each reading would come to.
fn question_words(question: &Question) -> String {
    let line = if question.line == 0 { String::new() } else { format!("，规则文件第 {} 行", question.line) };
    let mut words = format!("  未定：{}（问题 {}{line}）\n", question.text, question.key);
    for reading in &question.readings {
        let total = reading.range.map(|range| format!("：合计 {}", range.in_words())).unwrap_or_default();
        let name = if question.wants_value { format!("取 {}", reading.id) } else { format!("{}  {}", reading.id, reading.label) };
        words.push_str(&format!("      {name}{total}\n"));
    }
    words
}
