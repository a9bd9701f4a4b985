//! Answers of the core as words: a list as a table, one thing as lines. A
//! column is named by its heading and its path in the answer.

use serde_json::{Value, json};

use crate::{
    failure::Failure,
    output::Answer,
    program::Program,
    table::{Side, Table},
};

/// Heading and path of a column: `member/name`.
pub(super) type Column = (&'static str, &'static str);

/// A list, under its name.
pub(super) fn listed(name: &str, columns: &[Column], found: Value) -> Result<Answer, Failure> {
    let count = found.as_array().map_or(0, Vec::len);
    Ok(Answer::new(format!("{}共 {count} 条\n", in_table(columns, &found)), json!({ name: found })))
}

/// One thing that was made or changed.
pub(super) fn said(done: &str, columns: &[Column], found: Value) -> Result<Answer, Failure> {
    Ok(Answer::new(format!("{done}\n{}", in_lines(columns, &found)), found))
}

pub(super) fn removed(program: &Program, command: &'static str, id: &str, done: &str) -> Result<Answer, Failure> {
    program.change(command, json!({ "id": id }))?;
    Ok(Answer::new(format!("{done}\n"), json!({ "id": id })))
}

/// A line a column, those without content left out.
pub(super) fn in_lines(columns: &[Column], value: &Value) -> String {
    let line = |(heading, path): &Column| {
        let text = cell(at(value, path));
        (!text.is_empty()).then(|| format!("  {heading}：{text}\n"))
    };
    columns.iter().filter_map(line).collect()
}

/// Columns in which nothing stands anywhere are left out.
pub(super) fn in_table(columns: &[Column], list: &Value) -> String {
    let rows: Vec<&Value> = list.as_array().into_iter().flatten().collect();
    let used: Vec<&Column> = columns.iter().filter(|(_, path)| rows.iter().any(|row| !cell(at(row, path)).is_empty())).collect();
    let headings: Vec<(&str, Side)> = used.iter().map(|(heading, _)| (*heading, Side::Left)).collect();
    let mut table = Table::new(&headings);
    for row in &rows {
        table.row(used.iter().map(|(_, path)| cell(at(row, path))).collect());
    }
    if rows.is_empty() { String::new() } else { table.render() }
}

fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    path.split('/').fold(value, |value, name| &value[name])
}

/// A value as a cell; states by their words on screen.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::String(text) => match text.as_str() {
            "pending" => "待核".to_owned(),
            "accepted" => "认定".to_owned(),
            "returned" => "退回".to_owned(),
            text => text.to_owned(),
        },
        Value::Array(list) => list.iter().map(cell).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}
