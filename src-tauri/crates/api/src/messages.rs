//! The one catalogue of sentences: assets/messages/zh-CN.json. The window
//! reads the same file.

use std::sync::OnceLock;

use serde_json::{Map, Value};

fn catalogue() -> &'static Value {
    static CATALOGUE: OnceLock<Value> = OnceLock::new();
    CATALOGUE.get_or_init(|| serde_json::from_str(include_str!("../../../../assets/messages/zh-CN.json")).unwrap_or(Value::Null))
}

/// Whether the catalogue has an entry.
pub fn has(group: &str, code: &str) -> bool {
    catalogue()[group][code].is_string()
}

/// The sentence of a code with its parameters filled in. A code without an
/// entry gives the code: a test keeps that from happening.
pub fn sentence(group: &str, code: &str, params: &Map<String, Value>) -> String {
    let Some(template) = catalogue()[group][code].as_str() else {
        let fallback = catalogue()["missing"][group].as_str().unwrap_or("{code}");
        return fallback.replace("{code}", code);
    };
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        // {status:status} shows a word of another group: present → 出席.
        let (name, group) = name.split_once(':').map_or((name, None), |(name, group)| (name, Some(group)));
        match params.get(name) {
            Some(Value::String(text)) => {
                let word = group.and_then(|group| catalogue()[group][text].as_str());
                out.push_str(word.unwrap_or(text));
            }
            Some(Value::Null) | None => {}
            Some(value) => out.push_str(&value.to_string()),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}
