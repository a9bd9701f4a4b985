//! Facts as JSON, in the form that [`super::read`] reads.

use serde_json::{Map, Value, json};

use super::{Activity, Answer, EarlierResult, FactsFile, Item, Person, Phase, Subject};
use crate::exact::Exact;

/// Whole numbers up to this size are written without quotes.
const PLAIN: i128 = 1_000_000_000;

/// A facts file.
pub fn to_json(file: &FactsFile) -> Value {
    let mut root = Map::new();
    if let Some(periods) = &file.periods {
        let one = periods.first == periods.last;
        root.insert("period".to_owned(), if one { json!(periods.first) } else { json!({ "from": periods.first, "to": periods.last }) });
    }
    if let Some(as_of) = file.as_of {
        root.insert("as_of".to_owned(), json!(as_of.to_string()));
    }
    if !file.unit.items.is_empty() {
        root.insert("unit".to_owned(), items(&file.unit.items).into());
    }
    match file.people.as_slice() {
        [only] => root.extend(subject(only)),
        people => {
            root.insert("people".to_owned(), people.iter().map(subject).collect());
        }
    }
    Value::Object(root)
}

/// A person with everything known, as an entry of `people`.
fn subject(subject: &Subject) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("person".to_owned(), person(&subject.id, &subject.person));
    let mut list = |name: &str, values: Vec<Value>| {
        if !values.is_empty() {
            fields.insert(name.to_owned(), values.into());
        }
    };
    list("activities", subject.activities.iter().map(activity).collect());
    list("earlier", subject.earlier.iter().map(earlier).collect());
    let scores = subject.scores.iter().map(|score| {
        compact(json!({
            "indicator": score.indicator, "by": score.by, "value": score.value, "reason": score.reason, "period": score.period,
        }))
    });
    list("scores", scores.collect());
    let decisions = subject.decisions.iter().map(|decision| {
        let (reading, value) = match &decision.answer {
            Answer::Reading(reading) => (Some(reading), None),
            Answer::Value(value) => (None, Some(value)),
        };
        compact(json!({ "question": decision.question, "reading": reading, "value": value, "reason": decision.reason }))
    });
    list("decisions", decisions.collect());
    fields
}

fn person(id: &str, person: &Person) -> Value {
    let mut fields = Map::new();
    for (name, phases) in &person.attributes {
        let value = match phases.as_slice() {
            [Phase { from: None, until: None, value }] => item(value),
            phases => phases
                .iter()
                .map(|phase| compact(json!({ "from": phase.from, "until": phase.until, "value": item(&phase.value) })))
                .collect(),
        };
        fields.insert(name.to_string(), value);
    }
    fields.insert("id".to_owned(), json!(id));
    if !person.leave.is_empty() {
        let spans = person.leave.iter().map(|leave| compact(json!({ "from": leave.from, "to": leave.to, "kind": leave.kind })));
        fields.insert("leave".to_owned(), spans.collect());
    }
    if !person.reviews.is_empty() {
        let reviews: Map<String, Value> = person.reviews.iter().map(|(review, grade)| (review.clone(), json!(grade))).collect();
        fields.insert("reviews".to_owned(), reviews.into());
    }
    Value::Object(fields)
}

/// An activity, as an entry of `activities`.
pub fn activity(activity: &Activity) -> Value {
    let mut fields = items(&activity.items);
    fields.insert("id".to_owned(), json!(activity.id));
    fields.insert("type".to_owned(), json!(activity.kind));
    if let Some(date) = activity.date {
        fields.insert("date".to_owned(), json!(date));
    }
    if let Some(until) = activity.until {
        fields.insert("until".to_owned(), json!(until));
    }
    if activity.count != 1 {
        fields.insert("count".to_owned(), json!(activity.count));
    }
    if !activity.label.is_empty() {
        fields.insert("label".to_owned(), json!(activity.label));
    }
    if !activity.schemes.is_empty() {
        fields.insert("schemes".to_owned(), json!(activity.schemes));
    }
    Value::Object(fields)
}

/// An earlier result, as an entry of `earlier`.
pub fn earlier(result: &EarlierResult) -> Value {
    let buckets: Map<String, Value> = result.buckets.iter().map(|(name, amount)| (name.clone(), json!(amount))).collect();
    let carry = result.carry.as_ref().map(|carry| {
        let entries =
            carry.iter().map(|out| compact(json!({ "id": out.id, "to": out.to, "amount": out.amount, "lifetime": out.lifetime })));
        entries.collect::<Vec<_>>()
    });
    let spread = result
        .spread
        .iter()
        .map(|part| json!({ "period": part.period, "fact": part.fact, "category": part.category, "amount": part.amount }));
    let used = result.used.as_ref().map(|used| {
        let entries = used.iter().map(|one| json!({ "cap": one.cap, "amount": one.amount, "count": one.count }));
        entries.collect::<Vec<_>>()
    });
    compact(json!({
        "period": result.period,
        "total": result.total,
        "buckets": buckets,
        "passed": result.passed,
        "short": result.short,
        "grade": result.grade,
        "carry": carry,
        "spread": spread.collect::<Vec<_>>(),
        "used": used,
    }))
}

fn items(items: &[(Box<str>, Item)]) -> Map<String, Value> {
    items.iter().map(|(name, value)| (name.to_string(), item(value))).collect()
}

fn item(item: &Item) -> Value {
    match item {
        Item::Number(number) => number_json(*number),
        Item::Text(text) => json!(text),
        Item::Flag(flag) => json!(flag),
        Item::List(list) => json!(**list),
    }
}

fn number_json(number: Exact) -> Value {
    match i64::try_from(number.numer()) {
        Ok(whole) if number.denom() == 1 && number.numer().abs() <= PLAIN => json!(whole),
        _ => json!(number),
    }
}

/// Without entries that are missing, and without empty texts; an empty list
/// or object says something only in `carry`, which is there or not.
fn compact(mut value: Value) -> Value {
    if let Value::Object(fields) = &mut value {
        fields.retain(|_, value| !value.is_null() && value.as_str() != Some(""));
    }
    value
}
