//! What several readings have in common.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Follows from the figures beside it, which say themselves under which
/// reading they are what.
const FOLLOWING: [&str; 3] = ["text", "steps", "state"];

/// What tells one entry of a list from the others.
const IDENTITY: [&str; 8] = ["id", "fact", "source", "period", "cycle", "span", "of", "person"];

/// One value for all readings: what is the same under each stays; what is
/// not becomes `null` and is put down as undecided, under its path, with its
/// value for each combination of choices.
pub(super) fn merged(path: &str, readings: &[(Value, Value)], undecided: &mut Vec<Value>) -> Value {
    let values: Vec<&Value> = readings.iter().map(|(_, value)| value).collect();
    let mut merge = Merge { choices: readings.iter().map(|(choices, _)| choices).collect(), path: path.to_owned(), undecided };
    merge.value(&values)
}

struct Merge<'a> {
    choices: Vec<&'a Value>,
    path: String,
    undecided: &'a mut Vec<Value>,
}

impl Merge<'_> {
    fn value(&mut self, values: &[&Value]) -> Value {
        let Some((first, others)) = values.split_first() else { return Value::Null };
        if others.iter().all(|other| other == first) {
            return (*first).clone();
        }
        if let Some(objects) = values.iter().map(|value| value.as_object()).collect::<Option<Vec<_>>>() {
            return self.objects(&objects);
        }
        if let Some(lists) = values.iter().map(|value| value.as_array()).collect::<Option<Vec<_>>>()
            && same_entries(&lists)
        {
            let entry = |index: usize| lists.iter().map(|list| &list[index]).collect::<Vec<_>>();
            return (0..lists[0].len()).map(|index| self.below(&index.to_string(), &entry(index))).collect();
        }
        let values = self.choices.iter().zip(values).map(|(choices, value)| json!({ "choices": choices, "value": value }));
        self.undecided.push(json!({ "path": self.path, "values": values.collect::<Vec<_>>() }));
        Value::Null
    }

    fn objects(&mut self, objects: &[&Map<String, Value>]) -> Value {
        let names: BTreeSet<&String> = objects.iter().flat_map(|object| object.keys()).collect();
        let mut merged = Map::new();
        for name in names {
            let values: Vec<&Value> = objects.iter().map(|object| object.get(name).unwrap_or(&Value::Null)).collect();
            let follows = FOLLOWING.contains(&name.as_str());
            let value = match values.split_first() {
                Some((first, others)) if follows && others.iter().any(|other| other != first) => Value::Null,
                // A slash in a name is written as in a JSON pointer.
                _ => self.below(&name.replace('~', "~0").replace('/', "~1"), &values),
            };
            merged.insert(name.clone(), value);
        }
        merged.into()
    }

    fn below(&mut self, step: &str, values: &[&Value]) -> Value {
        let length = self.path.len();
        self.path.push('/');
        self.path.push_str(step);
        let value = self.value(values);
        self.path.truncate(length);
        value
    }
}

/// Whether lists hold the same things in the same order, so that each can be
/// set beside its counterparts.
fn same_entries(lists: &[&Vec<Value>]) -> bool {
    let identity = |value: &Value| IDENTITY.map(|name| value.get(name).cloned());
    let Some((first, others)) = lists.split_first() else { return false };
    let known = first.iter().all(|entry| identity(entry).iter().any(Option::is_some));
    known
        && others
            .iter()
            .all(|other| other.len() == first.len() && other.iter().zip(*first).all(|(one, entry)| identity(one) == identity(entry)))
}
