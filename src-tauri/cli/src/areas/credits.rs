//! `credits`: the year's credits, on request each with its fact and its rule.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use xueji_domain::exact::Exact;

use super::roster::Member;
use crate::{
    args::{self, Arguments},
    failure::Failure,
    output::Answer,
    program::Program,
    table::{Side, Table},
};

#[derive(Debug, Deserialize)]
struct Year {
    rules: Rules,
    rows: Vec<Row>,
    totals: Totals,
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

#[derive(Debug, Deserialize)]
struct Explained {
    entries: Vec<Entry>,
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
}

/// `credits`
pub fn run(arguments: &Arguments, request: &args::Credits) -> Result<Answer, Failure> {
    let year = request.year.year;
    let program = Program::open(arguments)?;
    let credits: Year = program.ask("credits.year", json!({ "year": year }))?;
    let rows = match &request.member {
        Some(asked) => vec![one(&credits.rows, asked)?],
        None => credits.rows.iter().collect(),
    };
    let explained = if request.explain { Some(explain(&program, year, &rows)?) } else { None };
    let mut words = in_table(&credits.rules, &rows);
    if let Some(explained) = &explained {
        for (row, entries) in rows.iter().zip(explained) {
            words.push_str(&reasons(row, entries, &credits.rules.unit));
        }
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
    Ok(Answer::new(words, json!({ "year": year, "rules": credits.rules, "members": members, "totals": credits.totals })))
}

/// The member of a staff number, or, where nobody has that number, of a name
/// that only one bears.
fn one<'a>(rows: &'a [Row], asked: &str) -> Result<&'a Row, Failure> {
    if let Some(row) = rows.iter().find(|row| row.member.staff_no.as_deref() == Some(asked)) {
        return Ok(row);
    }
    let named: Vec<&Row> = rows.iter().filter(|row| row.member.name == asked).collect();
    match named[..] {
        [] => Err(Failure::MemberUnknown { asked: asked.to_owned() }),
        [row] => Ok(row),
        _ => Err(Failure::MemberAmbiguous {
            asked: asked.to_owned(),
            numbers: named.iter().map(|row| row.member.staff_no.clone().unwrap_or_else(|| "（没有工号）".to_owned())).collect(),
        }),
    }
}

/// The reasons of each of the rows, in their order. One member is asked for
/// alone, everyone at once.
fn explain(program: &Program, year: i32, rows: &[&Row]) -> Result<Vec<Vec<Entry>>, Failure> {
    if let [row] = rows {
        let explained: Explained = program.ask("credits.member", json!({ "year": year, "member": row.member.id }))?;
        return Ok(vec![explained.entries]);
    }
    let explained: Vec<Explained> = program.ask("credits.explained", json!({ "year": year }))?;
    Ok(explained.into_iter().map(|explained| explained.entries).collect())
}

fn as_json(row: &Row, rules: &Rules, entries: Option<&Vec<Entry>>) -> Value {
    let mut object = row.member.as_json();
    let by_category: Map<String, Value> =
        rules.categories.iter().zip(&row.by_category).map(|(category, counted)| (category.code.clone(), json!(counted))).collect();
    object["required"] = json!(row.required);
    object["earned"] = json!(row.earned);
    object["gap"] = json!(row.gap);
    object["result"] = json!(row.result);
    object["by_category"] = Value::Object(by_category);
    if let Some(entries) = entries {
        object["entries"] = json!(entries);
    }
    object
}

fn in_table(rules: &Rules, rows: &[&Row]) -> String {
    let mut columns = vec![("工号", Side::Left), ("姓名", Side::Left), ("层级", Side::Left), ("应修", Side::Right), ("已得", Side::Right)];
    columns.extend(rules.categories.iter().map(|category| (category.label.as_str(), Side::Right)));
    columns.extend([("还差", Side::Right), ("结果", Side::Left)]);
    let mut table = Table::new(&columns);
    for row in rows {
        let amount = |amount: &Option<Exact>| amount.map_or_else(String::new, |amount| amount.to_string());
        let mut cells = vec![row.member.number(), row.member.name.clone(), row.member.tier.label().to_owned()];
        cells.extend([amount(&row.required), row.earned.to_string()]);
        cells.extend(row.by_category.iter().map(Exact::to_string));
        cells.extend([amount(&row.gap), row.result.label().to_owned()]);
        table.row(cells);
    }
    format!("{}（单位：{}）\n{}", rules.title, rules.unit, table.render())
}

fn reasons(row: &Row, entries: &[Entry], unit: &str) -> String {
    let mut words = format!("\n{} {}：已得 {} {unit}\n", row.member.name, row.member.number(), row.earned);
    for entry in entries {
        let date = entry.date.as_deref().unwrap_or("日期不详");
        let capped = if entry.counted == entry.base { String::new() } else { format!("（超出年上限，原为 {}）", entry.base) };
        words.push_str(&format!(
            "  {date}  {}  +{} {unit}{capped}\n      {}：{}（规则文件第 {} 行）；{}\n",
            entry.fact,
            entry.counted,
            entry.category,
            entry.rule,
            entry.rule_line,
            entry.steps.join("；")
        ));
    }
    words
}
