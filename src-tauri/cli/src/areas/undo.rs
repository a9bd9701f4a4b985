//! `undo`, `redo`, `history`: operations by name.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use xueji_api::messages;

use crate::{
    args::{self, Arguments},
    failure::Failure,
    output::Answer,
    program::Program,
    table::{Side, Table},
};

#[derive(Debug, Deserialize, Serialize)]
struct Operation {
    name: String,
    params: Map<String, Value>,
    at: String,
    operator: String,
}

impl Operation {
    fn sentence(&self) -> String {
        messages::sentence("operation", &self.name, &self.params)
    }

    fn as_json(&self) -> Value {
        let mut object = json!(self);
        object["sentence"] = json!(self.sentence());
        object
    }
}

#[derive(Debug, Deserialize)]
struct Entry {
    operation: Operation,
    rows: u32,
    undone: bool,
}

#[derive(Debug, Deserialize)]
struct Mutated {
    value: Undone,
}

#[derive(Debug, Deserialize)]
struct Undone {
    operation: Operation,
    rows: u32,
}

/// `undo`
pub fn undo(arguments: &Arguments) -> Result<Answer, Failure> {
    turn(arguments, "undo.undo", "已撤销")
}

/// `redo`
pub fn redo(arguments: &Arguments) -> Result<Answer, Failure> {
    turn(arguments, "undo.redo", "已重做")
}

fn turn(arguments: &Arguments, command: &'static str, done: &str) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    let Mutated { value } = program.ask(command, json!({}))?;
    let words = format!("{done}：{}（{} 条记录）\n", value.operation.sentence(), value.rows);
    Ok(Answer::new(words, json!({ "operation": value.operation.as_json(), "rows": value.rows })))
}

/// `history`
pub fn history(arguments: &Arguments, request: &args::History) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    let entries: Vec<Entry> = program.ask("undo.history", json!({ "limit": request.limit }))?;
    let mut table =
        Table::new(&[("时间", Side::Left), ("操作人", Side::Left), ("操作", Side::Left), ("记录数", Side::Right), ("", Side::Left)]);
    for entry in &entries {
        let state = if entry.undone { "已撤销" } else { "" };
        let operation = &entry.operation;
        table.row(vec![operation.at.clone(), operation.operator.clone(), operation.sentence(), entry.rows.to_string(), state.to_owned()]);
    }
    let operations: Vec<Value> = entries
        .iter()
        .map(|entry| {
            let mut object = entry.operation.as_json();
            object["rows"] = json!(entry.rows);
            object["undone"] = json!(entry.undone);
            object
        })
        .collect();
    Ok(Answer::new(table.render(), json!({ "operations": operations })))
}
