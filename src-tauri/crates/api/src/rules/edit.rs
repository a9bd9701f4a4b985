//! Changes to a rule file by forms: comments, order and everything that a
//! form does not know stay as they are.

use serde_json::Value;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table};

use crate::{areas::rules::RuleEdit, error::ApiError};

/// Carries out the edits, one after the other.
///
/// # Errors
/// Where the text is not TOML, a path leads nowhere, or a value cannot stand
/// in a file.
pub(crate) fn apply(text: &str, edits: &[RuleEdit]) -> Result<String, ApiError> {
    let mut document: DocumentMut = text.parse().map_err(|_| ApiError::Refused { code: "rules_not_toml", params: Default::default() })?;
    for edit in edits {
        one(document.as_table_mut(), edit)?;
    }
    Ok(document.to_string())
}

fn one(root: &mut Table, edit: &RuleEdit) -> Result<(), ApiError> {
    match edit {
        RuleEdit::Set { path, field, value, keys } => set(table(root, path)?, field, &usable(field, value, keys)?, path),
        RuleEdit::Unset { path, field } => {
            table(root, path)?.remove(field);
            Ok(())
        }
        RuleEdit::Add { path, fields, keys } => {
            let fields = fields.iter().map(|(field, value)| Ok((field.as_str(), usable(field, value, keys)?)));
            add(root, path, &fields.collect::<Result<Vec<_>, ApiError>>()?)
        }
        RuleEdit::Remove { path } => remove(root, path),
        RuleEdit::Move { path, to } => shift(root, path, *to),
    }
}

fn nowhere(path: &str) -> ApiError {
    ApiError::Refused { code: "rules_path_unknown", params: xueji_exchange::params! { "path" => path } }
}

/// The table of a path: `period`, `category/2/award/0`; empty: the head.
fn table<'t>(root: &'t mut Table, path: &str) -> Result<&'t mut Table, ApiError> {
    let mut at = root;
    let mut steps = path.split('/').filter(|step| !step.is_empty()).peekable();
    while let Some(name) = steps.next() {
        at = match at.get_mut(name) {
            Some(Item::Table(table)) => table,
            Some(Item::ArrayOfTables(list)) => {
                let index: Option<usize> = steps.next().and_then(|index| index.parse().ok());
                index.and_then(|index| list.get_mut(index)).ok_or_else(|| nowhere(path))?
            }
            _ => return Err(nowhere(path)),
        };
    }
    Ok(at)
}

/// The last step of a path and what stands before it.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The list of a path and the place in it.
fn place<'t>(root: &'t mut Table, path: &str) -> Result<(&'t mut ArrayOfTables, usize), ApiError> {
    let (list, index) = split(path);
    let index: usize = index.parse().map_err(|_| nowhere(path))?;
    let (parent, name) = split(list);
    let found = table(root, parent)?.get_mut(name).and_then(Item::as_array_of_tables_mut).ok_or_else(|| nowhere(path))?;
    if index < found.len() { Ok((found, index)) } else { Err(nowhere(path)) }
}

/// Sets a field; the comment behind the old value stays.
fn set(table: &mut Table, field: &str, value: &toml_edit::Value, path: &str) -> Result<(), ApiError> {
    let mut new = value.clone();
    match table.get_mut(field) {
        Some(Item::Value(old)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        Some(Item::Table(_) | Item::ArrayOfTables(_)) => return Err(nowhere(&format!("{path}/{field}"))),
        _ => {
            table.insert(field, Item::Value(new));
            lead(table, field);
        }
    }
    Ok(())
}

/// What an entry is called stands before what it says.
const LEADING: [&str; 3] = ["id", "name", "label"];

/// Moves a field that was just added behind the last of those that lead
/// before it, where it leads itself.
fn lead(table: &mut Table, field: &str) {
    let Some(rank) = LEADING.iter().position(|own| *own == field) else { return };
    let before: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).filter(|name| name != field).collect();
    let leads = |name: &String| LEADING[..rank].contains(&name.as_str());
    let at = before.iter().rposition(leads).map_or(0, |last| last + 1);
    let place = |name: &str| match before.iter().position(|own| own == name) {
        Some(own) => own * 2 + 1,
        None => at * 2,
    };
    table.sort_values_by(|one, _, other, _| place(one.get()).cmp(&place(other.get())));
}

fn bad_value(field: &str) -> ApiError {
    ApiError::Refused { code: "rules_value_unusable", params: xueji_exchange::params! { "field" => field } }
}

/// Adds an entry to a list, or the table itself where it is one of those that
/// stand once.
fn add(root: &mut Table, path: &str, fields: &[(&str, toml_edit::Value)]) -> Result<(), ApiError> {
    spread(root);
    let end = last_position(root) + 1;
    let (parent, name) = split(path);
    let holder = table(root, parent)?;
    let mut new = Table::new();
    for (field, value) in fields {
        set(&mut new, field, value, path)?;
    }
    if is_single(name) && parent.is_empty() {
        if holder.contains_key(name) {
            return Err(ApiError::Refused { code: "rules_table_exists", params: xueji_exchange::params! { "path" => path } });
        }
        // How time is cut and what is left open is said before all else.
        new.set_position(Some(if matches!(name, "period" | "options") { 1 } else { end }));
        new.decor_mut().set_prefix("\n");
        holder.insert(name, Item::Table(new));
        return Ok(());
    }
    if !parent.is_empty() {
        new.decor_mut().set_prefix("  ");
        for (mut key, _) in new.iter_mut() {
            key.leaf_decor_mut().set_prefix("  ");
        }
    } else {
        new.decor_mut().set_prefix("\n");
    }
    // Behind the last one of its list; the first of a list at the end of what
    // it belongs to.
    let siblings = holder.get(name).and_then(Item::as_array_of_tables).and_then(|list| list.iter().map(last_position).max());
    let behind = siblings.unwrap_or(if parent.is_empty() { end } else { last_position(holder) });
    new.set_position(Some(behind + 1));
    let list = holder.entry(name).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    list.as_array_of_tables_mut().ok_or_else(|| nowhere(path))?.push(new);
    Ok(())
}

/// Tables that stand once in a file.
fn is_single(name: &str) -> bool {
    matches!(name, "period" | "options" | "choices" | "backfill")
}

fn remove(root: &mut Table, path: &str) -> Result<(), ApiError> {
    if let Ok((list, index)) = place(root, path) {
        list.remove(index);
        if list.is_empty() {
            let (list, _) = split(path);
            let (parent, name) = split(list);
            table(root, parent)?.remove(name);
        }
        return Ok(());
    }
    let (parent, name) = split(path);
    let holder = table(root, parent)?;
    if holder.get(name).is_some_and(|item| item.is_table() || item.is_array_of_tables()) {
        holder.remove(name);
        return Ok(());
    }
    Err(nowhere(path))
}

/// Moves an entry within its list: the entries change places, each taking
/// what is within it along.
fn shift(root: &mut Table, path: &str, to: u32) -> Result<(), ApiError> {
    spread(root);
    let (list, index) = place(root, path)?;
    let mut tables: Vec<Table> = list.iter().cloned().collect();
    let mut slots: Vec<isize> = tables.iter().filter_map(Table::position).collect();
    slots.sort_unstable();
    if slots.len() != tables.len() {
        return Err(nowhere(path));
    }
    let moved = tables.remove(index);
    tables.insert(usize::try_from(to).unwrap_or(usize::MAX).min(tables.len()), moved);
    list.clear();
    for (mut table, slot) in tables.into_iter().zip(slots) {
        let mut next = slot;
        settle(&mut table, &mut next);
        list.push(table);
    }
    Ok(())
}

/// Numbers a table and what is within it in a row.
fn settle(table: &mut Table, next: &mut isize) {
    table.set_position(Some(*next));
    *next += 1;
    let mut below: Vec<&mut Table> = children(table);
    below.sort_by_key(|inner| inner.position());
    for inner in below {
        settle(inner, next);
    }
}

fn children(table: &mut Table) -> Vec<&mut Table> {
    let mut found = Vec::new();
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => found.push(inner),
            Item::ArrayOfTables(list) => found.extend(list.iter_mut()),
            _ => {}
        }
    }
    found
}

fn last_position(table: &Table) -> isize {
    let below = table.iter().map(|(_, item)| match item {
        Item::Table(inner) => last_position(inner),
        Item::ArrayOfTables(list) => list.iter().map(last_position).max().unwrap_or(0),
        _ => 0,
    });
    below.max().unwrap_or(0).max(table.position().unwrap_or(0))
}

fn collect(table: &Table, found: &mut Vec<isize>) {
    found.extend(table.position());
    for (_, item) in table.iter() {
        match item {
            Item::Table(inner) => collect(inner, found),
            Item::ArrayOfTables(list) => list.iter().for_each(|inner| collect(inner, found)),
            _ => {}
        }
    }
}

/// Leaves room between the tables of a file, for as many as it has, without
/// changing their order.
fn spread(root: &mut Table) {
    let mut found = Vec::new();
    collect(root, &mut found);
    found.sort_unstable();
    found.dedup();
    let room = isize::try_from(found.len()).unwrap_or(isize::MAX / 4) + 2;
    renumber(root, &|old| isize::try_from(found.partition_point(|one| *one < old) + 1).unwrap_or(0).saturating_mul(room));
}

fn renumber(table: &mut Table, to: &dyn Fn(isize) -> isize) {
    if let Some(old) = table.position() {
        table.set_position(Some(to(old)));
    }
    for inner in children(table) {
        renumber(inner, to);
    }
}

/// In which order the names of an object stand where nobody says.
const USUAL: [&str; 22] = [
    "id", "name", "label", "question", "after", "by", "of", "from", "over", "to", "under", "table", "bands", "per", "min", "max", "credit",
    "value", "when", "use", "step", "else",
];

/// A value as one of the file, its names in the order of `keys`.
fn usable(field: &str, value: &Value, keys: &[String]) -> Result<toml_edit::Value, ApiError> {
    to_toml(value, keys).ok_or_else(|| bad_value(field))
}

/// Where a name stands among others: as `keys` say, else as usual; what
/// neither knows stands behind, by the alphabet.
fn place_of<'n>(name: &'n str, keys: &[String]) -> (usize, &'n str) {
    let said = keys.iter().position(|own| own == name);
    let usual = || USUAL.iter().position(|own| *own == name).unwrap_or(USUAL.len());
    (said.unwrap_or_else(|| keys.len() + usual()), name)
}

/// A JSON value as one of the file; numbers with a decimal point cannot be
/// exact and are refused, as is nothing.
fn to_toml(value: &Value, keys: &[String]) -> Option<toml_edit::Value> {
    match value {
        Value::String(text) => Some(text.as_str().into()),
        Value::Bool(flag) => Some((*flag).into()),
        Value::Number(number) => number.as_i64().map(Into::into),
        Value::Array(list) => {
            let mut array = Array::new();
            for value in list {
                array.push(to_toml(value, keys)?);
            }
            Some(array.into())
        }
        Value::Object(object) => {
            // JSON tells nothing by the order of its names, and a file does.
            let mut fields: Vec<(&String, &Value)> = object.iter().collect();
            fields.sort_by_key(|(name, _)| place_of(name, keys));
            let mut table = InlineTable::new();
            for (name, value) in fields {
                table.insert(name, to_toml(value, keys)?);
            }
            Some(table.into())
        }
        Value::Null => None,
    }
}
