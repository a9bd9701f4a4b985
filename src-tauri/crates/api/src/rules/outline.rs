//! A rule file as tables and entries, for forms. Nothing here knows what the
//! tables mean: what the file says is shown, right or wrong.

use serde_json::{Map, Value, json};
use toml_edit::{ArrayOfTables, Document, InlineTable, Item, Table};

use crate::areas::rules::{OutlineEntry, OutlineField, OutlineTable};

/// The outline; empty where the text is not TOML.
pub(crate) fn outline(text: &str) -> Vec<OutlineTable> {
    let Ok(document) = Document::parse(text) else { return Vec::new() };
    let lines = Lines::of(text);
    let root = document.as_table();
    let head = entry(&lines, root, String::new(), 1);
    let tables = head.tables.clone();
    let head = OutlineEntry { tables: Vec::new(), ..head };
    let mut outline = vec![OutlineTable { name: String::new(), list: false, entries: vec![head] }];
    outline.extend(tables);
    outline
}

/// Where lines begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    fn line(&self, at: Option<std::ops::Range<usize>>) -> u32 {
        at.map_or(0, |span| u32::try_from(self.starts.partition_point(|start| *start <= span.start)).unwrap_or(u32::MAX))
    }

    fn raw(&self, at: Option<std::ops::Range<usize>>) -> String {
        at.and_then(|span| self.text.get(span)).unwrap_or_default().to_owned()
    }
}

fn entry(lines: &Lines, table: &Table, path: String, line: u32) -> OutlineEntry {
    let (mut fields, mut tables) = (Vec::new(), Vec::new());
    let within = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
    for (name, item) in table.iter() {
        match item {
            Item::Value(value) => {
                let key = table.key(name).and_then(toml_edit::Key::span);
                fields.push(OutlineField {
                    name: name.to_owned(),
                    line: lines.line(key),
                    value: plain(value),
                    keys: keys(value),
                    raw: lines.raw(value.span()),
                });
            }
            Item::Table(inner) => {
                let line = lines.line(inner.span());
                let entries = vec![entry(lines, inner, within(name), line)];
                tables.push(OutlineTable { name: name.to_owned(), list: false, entries });
            }
            Item::ArrayOfTables(list) => {
                tables.push(OutlineTable { name: name.to_owned(), list: true, entries: entries(lines, list, &within(name)) });
            }
            Item::None => {}
        }
    }
    let id = table.get("id").and_then(Item::as_str).map(str::to_owned);
    OutlineEntry { path, line, id, fields, tables }
}

fn entries(lines: &Lines, list: &ArrayOfTables, path: &str) -> Vec<OutlineEntry> {
    let each = list.iter().enumerate();
    each.map(|(index, table)| entry(lines, table, format!("{path}/{index}"), lines.line(table.span()))).collect()
}

/// The names within a value, each once, in the order of the file.
fn keys(value: &toml_edit::Value) -> Vec<String> {
    fn collect(value: &toml_edit::Value, found: &mut Vec<String>) {
        match value {
            toml_edit::Value::Array(list) => list.iter().for_each(|each| collect(each, found)),
            toml_edit::Value::InlineTable(table) => {
                for (name, value) in table.iter() {
                    if found.iter().all(|known| known != name) {
                        found.push(name.to_owned());
                    }
                    collect(value, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(value, &mut found);
    found
}

/// A value as JSON; numbers with a decimal point and dates as their text.
fn plain(value: &toml_edit::Value) -> Value {
    match value {
        toml_edit::Value::String(text) => json!(text.value()),
        toml_edit::Value::Integer(number) => json!(number.value()),
        toml_edit::Value::Boolean(flag) => json!(flag.value()),
        toml_edit::Value::Array(list) => list.iter().map(plain).collect(),
        toml_edit::Value::InlineTable(table) => object(table).into(),
        toml_edit::Value::Float(_) | toml_edit::Value::Datetime(_) => json!(value.to_string().trim()),
    }
}

fn object(table: &InlineTable) -> Map<String, Value> {
    table.iter().map(|(name, value)| (name.to_owned(), plain(value))).collect()
}
