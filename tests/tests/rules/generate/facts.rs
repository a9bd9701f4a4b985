//! A random facts file.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value, json};

use super::{Draw, Feature, Feature::*, Frame, rule_text::EARNING};

/// The whole file.
pub fn write(draw: &mut Draw, features: &BTreeSet<Feature>, frame: &Frame, rules: &str) -> String {
    let person = person(draw, features, frame);
    let count = *draw.one_of(&[4, 8, 16]);
    let count = draw.between(1, count);
    let activities: Vec<Value> = (0..count).map(|at| activity(draw, features, frame, at)).collect();
    let mut file = json!({
        "period": { "from": frame.names[0], "to": frame.names[frame.names.len() - 1] },
        "person": person,
        "activities": activities,
    });
    if features.contains(&Earlier) {
        file["earlier"] = earlier(draw, frame, rules);
    }
    if features.contains(&Obligation) || features.contains(&Inactive) {
        // today is not before what has been done
        let latest = file["activities"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|fact| fact["date"].as_str())
            .max()
            .unwrap_or_default()
            .to_owned();
        file["as_of"] = json!(day(draw, frame).to_string().max(latest));
    }
    serde_json::to_string_pretty(&file).expect("plain values")
}

fn span(frame: &Frame) -> u64 {
    (frame.end - frame.start()).num_days() as u64
}

/// A day of the evaluated periods: often a boundary, often one that other
/// facts have too.
fn day(draw: &mut Draw, frame: &Frame) -> NaiveDate {
    let random = frame.start() + Days::new(draw.below(span(frame) as usize + 1) as u64);
    match draw.below(5) {
        0 => *draw.one_of(&frame.starts),
        1 => {
            let starts: Vec<NaiveDate> = frame.starts[1..].iter().map(|start| *start - Days::new(1)).chain([frame.end]).collect();
            *draw.one_of(&starts)
        }
        2 => frame.start() + Days::new(draw.below(10).min(span(frame) as usize) as u64),
        _ => random,
    }
}

fn person(draw: &mut Draw, features: &BTreeSet<Feature>, frame: &Frame) -> Value {
    let rank = draw.word(&["科级", "处级", "科员"]);
    let mut person = json!({ "id": "p1", "rank": rank, "tenure": draw.below(6) });
    if draw.likely(20) {
        person["post"] = json!(draw.word(&["正", "免"]));
    }
    if features.contains(&Change) {
        let on = day(draw, frame);
        let before = on - Days::new(1);
        let next = draw.word(&["处级", "科级"]);
        person["rank"] = json!([{ "until": before.to_string(), "value": rank }, { "from": on.to_string(), "value": next }]);
    }
    if features.contains(&Joined) {
        // within the first period: what holds before somebody came is another matter
        let length = frame.starts.get(1).map_or(span(frame), |next| (*next - frame.start()).num_days() as u64 - 1);
        person["joined_on"] = json!((frame.start() + Days::new(draw.below(length as usize + 1) as u64)).to_string());
    }
    if features.contains(&Left) {
        let last = frame.starts[frame.starts.len() - 1];
        let length = (frame.end - last).num_days() as usize;
        let left = (last + Days::new(draw.below(length + 1) as u64)).to_string();
        // nobody leaves before coming
        let joined = person["joined_on"].as_str().unwrap_or_default().to_owned();
        person["left_on"] = json!(left.max(joined));
    }
    if features.contains(&Leave) {
        let from = day(draw, frame);
        let to = from + Days::new(draw.below(80) as u64);
        person["leave"] = json!([{ "from": from.to_string(), "to": to.to_string(), "kind": "病假" }]);
    }
    person
}

fn activity(draw: &mut Draw, features: &BTreeSet<Feature>, frame: &Frame, at: usize) -> Value {
    let mut kinds: Vec<&str> = EARNING.to_vec();
    kinds.extend(["甲", "乙", "讲座"]);
    if features.contains(&Penalties) {
        kinds.extend(["扣", "扣"]);
    }
    if features.contains(&Obligation) {
        kinds.push("补学");
    }
    let mut items = Map::new();
    items.insert("id".into(), json!(format!("a{at:02}")));
    items.insert("type".into(), json!(*draw.one_of(&kinds)));
    if !(features.contains(&Undated) && draw.likely(15)) {
        let on = day(draw, frame);
        items.insert("date".into(), json!(on.to_string()));
        if features.contains(&Split) && draw.likely(30) {
            items.insert("until".into(), json!((on + Days::new(draw.below(9) as u64)).to_string()));
        }
    }
    items.insert("minutes".into(), json!(15 * draw.below(9)));
    items.insert("days".into(), if draw.likely(10) { json!("0.5") } else { json!(draw.below(5)) });
    items.insert("level".into(), json!(draw.word(&["市", "省", "县"])));
    items.insert("author".into(), json!(draw.between(1, 3)));
    items.insert("score".into(), json!(10 * draw.between(4, 10)));
    if draw.likely(70) {
        items.insert("project".into(), json!(draw.word(&["p1", "p2"])));
    }
    if features.contains(&Gates) {
        let all = ["证书", "笔记", "记录"];
        let evidence: Vec<&str> = all.into_iter().filter(|_| draw.likely(60)).collect();
        items.insert("evidence".into(), json!(evidence));
        if draw.likely(60) {
            items.insert("approved".into(), json!(draw.likely(80)));
        }
    }
    if features.contains(&Times) && draw.likely(40) {
        items.insert("count".into(), json!(draw.between(1, 4)));
    }
    if features.contains(&Obligation) && at > 0 && draw.likely(40) {
        items.insert("of_id".into(), json!(format!("a{:02}", draw.below(at))));
    }
    if draw.likely(5) {
        items.insert("schemes".into(), json!([draw.word(&["case", "other"])]));
    }
    Value::Object(items)
}

fn earlier(draw: &mut Draw, frame: &Frame, rules: &str) -> Value {
    let before = match frame.names[0].as_str() {
        "2024-H1" => "2023-H2",
        "2024-Q1" => "2023-Q4",
        "2024-01" => "2023-12",
        _ => "2023",
    };
    let amount = draw.between(1, 9).to_string();
    let buckets: Vec<&str> =
        ["必修", "选修"].into_iter().filter(|bucket| rules.contains(&format!("[[bucket]]\nid = \"{bucket}\""))).collect();
    let to = if buckets.is_empty() { "" } else { draw.one_of(&buckets) };
    json!([{ "period": before, "total": "10", "buckets": { "必修": "7" }, "passed": true, "short": [], "carry": [{ "to": to, "amount": amount }] }])
}
