//! `rules list`, `show`, `use`, `stop` and `delete`: the presets and the
//! book's own.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use xueji_domain::rules::file::SIZE_LIMIT;

use super::{check, shelf};
use crate::{
    args::{
        Arguments,
        rules::{Delete, Show, Stop, Use},
    },
    failure::Failure,
    input,
    output::Answer,
    program::Program,
    table::{Side, Table},
};

/// A rule set as the command line shows one.
#[derive(Debug, Clone, Deserialize, Serialize)]
struct Set {
    id: String,
    key: String,
    name: String,
    kind: String,
    unit: String,
    version: Option<String>,
    example: bool,
    preset: bool,
    #[serde(default)]
    in_use: bool,
    #[serde(default)]
    revision: u32,
}

/// When one holds.
#[derive(Debug, Clone, Deserialize, Serialize)]
struct UseLine {
    id: Option<String>,
    rule_set: String,
    key: String,
    name: String,
    version: Option<String>,
    kind: String,
    from: Option<String>,
    until: Option<String>,
    organization_name: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Listed {
    sets: Vec<Set>,
    uses: Vec<UseLine>,
}

/// The presets, where there is no book to ask.
fn presets() -> Vec<Set> {
    let set = |(head, _): (shelf::Head, &str)| Set {
        id: format!("preset:{}", head.id),
        kind: head.kind.unwrap_or_else(|| "credits".to_owned()),
        key: head.id,
        name: head.name,
        unit: head.unit,
        version: head.version,
        example: head.example,
        preset: true,
        in_use: false,
        revision: 0,
    };
    shelf::presets().map(set).collect()
}

fn listed(arguments: &Arguments) -> Result<Listed, Failure> {
    match arguments.book {
        Some(_) => Program::open(arguments)?.ask("rules.list", json!({})),
        None => Ok(Listed { sets: presets(), uses: Vec::new() }),
    }
}

/// `rules list`
pub fn list(arguments: &Arguments) -> Result<Answer, Failure> {
    let listed = listed(arguments)?;
    Ok(Answer::new(in_table(&listed), listed))
}

fn in_table(listed: &Listed) -> String {
    let headings = ["id", "名称", "版本", "种类", "单位", "来源", "状态"];
    let mut table = Table::new(&headings.map(|heading| (heading, Side::Left)));
    for set in &listed.sets {
        let kind = if set.kind == "assessment" { "考核" } else { "学分" };
        let source = match (set.preset, set.example) {
            (true, true) => "随程序，示例",
            (true, false) => "随程序",
            (false, _) => "本台账",
        };
        let state = if set.in_use { "在用" } else { "" };
        let version = set.version.clone().unwrap_or_default();
        table.row(vec![set.key.clone(), set.name.clone(), version, kind.to_owned(), set.unit.clone(), source.to_owned(), state.to_owned()]);
    }
    let mut words = table.render();
    if !listed.uses.is_empty() {
        words.push_str("\n启用\n");
    }
    for one in &listed.uses {
        words.push_str(&format!("  {}\n", use_words(one)));
    }
    words
}

/// 2025-01-01 起  威海市学分  整本台账
fn use_words(one: &UseLine) -> String {
    let span = match (&one.from, &one.until) {
        (Some(from), Some(until)) => format!("{from} 至 {until}"),
        (Some(from), None) => format!("{from} 起"),
        (None, Some(until)) => format!("至 {until}"),
        (None, None) => "一直".to_owned(),
    };
    let version = one.version.as_ref().map(|version| format!("（{version}）")).unwrap_or_default();
    let whose = one.organization_name.as_deref().unwrap_or("整本台账");
    // What `rules stop` takes where one is in use several times.
    let id = one.id.as_ref().map(|id| format!("  {id}")).unwrap_or_default();
    format!("{span}  {}{version}（{}）  {whose}{id}", one.name, one.key)
}

/// `rules show`
pub fn show(arguments: &Arguments, request: &Show) -> Result<Answer, Failure> {
    let (set, text) = match arguments.book {
        Some(_) => of_book(arguments, &request.id)?,
        None => {
            let set = one(presets(), &request.id)?;
            let text = shelf::presets().find(|(head, _)| head.id == set.key).map(|(_, text)| text).unwrap_or_default();
            (set, text.to_owned())
        }
    };
    let json = json!({ "set": set, "text": text });
    Ok(Answer::new(text, json))
}

fn of_book(arguments: &Arguments, asked: &str) -> Result<(Set, String), Failure> {
    let program = Program::open(arguments)?;
    let listed: Listed = program.ask("rules.list", json!({}))?;
    let set = one(listed.sets, asked)?;
    let stored: Value = program.run("rules.text", json!({ "id": set.id }))?;
    Ok((set, stored["text"].as_str().unwrap_or_default().to_owned()))
}

/// The rule set of an id, or of a key: the one in use where several versions
/// have that key.
fn one(sets: Vec<Set>, asked: &str) -> Result<Set, Failure> {
    let found = sets.iter().find(|set| set.id == asked);
    let found = found.or_else(|| sets.iter().find(|set| set.key == asked && set.in_use));
    let found = found.or_else(|| sets.iter().find(|set| set.key == asked)).cloned();
    found.ok_or_else(|| Failure::RulesUnknown { asked: asked.to_owned(), known: sets.into_iter().map(|set| set.key).collect() })
}

/// `rules use`: a file is stored first; a text that the book has already is
/// not stored again.
pub fn take_into_use(arguments: &Arguments, request: &Use) -> Result<Answer, Failure> {
    let asked = request.rules.to_string_lossy().into_owned();
    let is_file = request.rules.exists() || input::is_stream(&request.rules) || asked.ends_with(".toml");
    let file = is_file.then(|| input::read(&request.rules, SIZE_LIMIT)).transpose()?;
    // What is wrong is said by line and column, as `rules check` says it; the
    // parents may be in the book, which only one at a time has open.
    if let Some(file) = &file
        && let Some(refused) = check::faults(arguments, &request.rules, file)?
    {
        return Ok(refused);
    }
    let program = Program::open(arguments)?;
    let organization = request.organization.as_deref().map(|name| program.organization(name)).transpose()?;
    let listed: Listed = program.ask("rules.list", json!({}))?;
    let set = match &file {
        Some(file) => stored(&program, &listed.sets, &file.text)?,
        None => one(listed.sets, &asked)?,
    };
    let taken = json!({ "rule_set": set.id, "from": request.from, "until": request.until, "organization": organization });
    let listed = Listed::deserialize(program.change("rules.use", taken)?).unwrap_or_default();
    let until = request.until.as_ref().map(|until| format!("，到 {until} 为止")).unwrap_or_default();
    let mut words = format!("已启用“{}”（{}），从 {} 起{until}\n", set.name, set.key, request.from);
    for one in &listed.uses {
        words.push_str(&format!("  {}\n", use_words(one)));
    }
    Ok(Answer::new(words, json!({ "set": set, "uses": listed.uses })))
}

/// `rules stop`
pub fn stop(arguments: &Arguments, request: &Stop) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    let listed: Listed = program.ask("rules.list", json!({}))?;
    let asked = request.rules.as_str();
    let named = |one: &&UseLine| one.id.as_deref() == Some(asked) || (one.key == asked && one.id.is_some());
    let found: Vec<&UseLine> = listed.uses.iter().filter(named).collect();
    let one = match found[..] {
        [one] => one,
        [] => return Err(Failure::NotInUse { asked: asked.to_owned() }),
        _ => {
            let ids = found.iter().filter_map(|one| one.id.clone()).collect();
            return Err(Failure::SeveralRules { asked: asked.to_owned(), ids });
        }
    };
    let listed = Listed::deserialize(program.change("rules.stop", json!({ "id": one.id, "on": request.on }))?).unwrap_or_default();
    let mut words = format!("已停用“{}”（{}），最后一天 {}\n", one.name, one.key, request.on);
    for one in &listed.uses {
        words.push_str(&format!("  {}\n", use_words(one)));
    }
    Ok(Answer::new(words, json!({ "uses": listed.uses })))
}

/// `rules delete`
pub fn delete(arguments: &Arguments, request: &Delete) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    let listed: Listed = program.ask("rules.list", json!({}))?;
    let own: Vec<Set> = listed.sets.into_iter().filter(|set| !set.preset).collect();
    let asked = request.rules.as_str();
    let versions: Vec<&Set> = own.iter().filter(|set| set.key == asked && set.id != asked).collect();
    if versions.len() > 1 {
        let ids = versions.iter().map(|set| set.id.clone()).collect();
        return Err(Failure::SeveralRules { asked: asked.to_owned(), ids });
    }
    let set = one(own, asked)?;
    program.change("rules.delete", json!({ "id": set.id }))?;
    Ok(Answer::new(format!("已删除“{}”（{}）\n", set.name, set.key), json!({ "id": set.id })))
}

/// What `rules compare` compares: a file's text, or what is stored.
pub(super) fn choice(program: &Program, asked: &Path) -> Result<Value, Failure> {
    let name = asked.to_string_lossy();
    if asked.exists() || input::is_stream(asked) || name.ends_with(".toml") {
        return Ok(json!({ "kind": "text", "text": input::read(asked, SIZE_LIMIT)?.text }));
    }
    let listed: Listed = program.ask("rules.list", json!({}))?;
    Ok(json!({ "kind": "stored", "id": one(listed.sets, &name)?.id }))
}

/// The book's rule set of a text, stored where it is new.
fn stored(program: &Program, sets: &[Set], text: &str) -> Result<Set, Failure> {
    let key = shelf::head(text).map(|head| head.id).unwrap_or_default();
    for set in sets.iter().filter(|set| !set.preset && set.key == key) {
        let own: Value = program.run("rules.text", json!({ "id": set.id }))?;
        if own["text"] == text {
            return Ok(set.clone());
        }
    }
    let saved = program.change("rules.save", json!({ "text": text }))?;
    serde_json::from_value(saved).map_err(|error| Failure::Answer { command: "rules.save", reason: error.to_string() })
}
