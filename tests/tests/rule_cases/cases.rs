//! The worked cases: each becomes facts by one mechanical mapping, its words
//! by the table `prose.txt`; every expectation of it is compared.

use std::fs;

use serde_json::{Map, Value, json};
use xueji_domain::exact::Exact;

use super::{
    prose::Prose,
    run::{Run, root},
};

/// Every case with the id of its group.
pub fn all() -> Vec<(String, Value)> {
    let text = fs::read_to_string(root().join("tests/fixtures/rules/cases.json")).expect("the cases");
    let file: Value = serde_json::from_str(&text).expect("the cases are JSON");
    let groups = file["rulesets"].as_array().into_iter().flatten();
    groups
        .flat_map(|group| {
            let id = text_of(&group["id"]).to_owned();
            group["cases"].as_array().cloned().unwrap_or_default().into_iter().map(move |case| (id.clone(), case))
        })
        .collect()
}

/// What differs in a case.
pub fn check(prose: &Prose, group: &str, case: &Value) -> Vec<String> {
    let own = Case { prose, group, id: text_of(&case["id"]), case };
    let mut found = Vec::new();
    own.check(&mut found);
    found.into_iter().map(|complaint| format!("{} {complaint}", own.id)).collect()
}

/// The case with one of its expectations changed, once for each of them.
pub fn spoiled(case: &Value) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    for part in ["expect", "alternative_outcomes", "activities"] {
        expectations(&case[part], &format!("/{part}"), part != "activities", &mut places);
    }
    let spoil = |place: String| {
        let mut other = case.clone();
        let leaf = other.pointer_mut(&place)?;
        *leaf = match &*leaf {
            Value::Bool(flag) => json!(!flag),
            Value::Number(number) => json!(number.as_i64()? + 1),
            Value::String(text) => {
                text.parse::<Exact>().map_or_else(|_| json!(format!("{text}!")), |amount| json!((amount + Exact::ONE).to_string()))
            }
            Value::Array(list) => json!(list.iter().chain([&json!("y9")]).collect::<Vec<_>>()),
            _ => json!("12345"),
        };
        Some((place, other))
    };
    places.into_iter().filter_map(spoil).collect()
}

/// Where expectations stand: every leaf, or those of `expect_…` only.
fn expectations(value: &Value, at: &str, all: bool, places: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object.iter().filter(|(key, _)| !matches!(key.as_str(), "note" | "reading")) {
                let path = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                // Null of an activity: nothing is expected there.
                expectations(value, &path, all || key.starts_with("expect_") && !value.is_null(), places);
            }
        }
        Value::Array(list) if !(list.is_empty() || all && list.iter().all(Value::is_string)) => {
            for (index, value) in list.iter().enumerate() {
                expectations(value, &format!("{at}/{index}"), all, places);
            }
        }
        _ if all => places.push(at.to_owned()),
        _ => {}
    }
}

/// A text; empty where it is none.
pub fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A case with the table that explains its words.
pub struct Case<'a> {
    /// What words mean.
    pub prose: &'a Prose,
    /// The id of its rule set's group: `R01`.
    pub group: &'a str,
    /// `R01-C1`
    pub id: &'a str,
    /// As it stands in cases.json.
    pub case: &'a Value,
}

/// The periods of a case.
pub struct Span {
    /// For the facts file; none: from the first fact to the last.
    pub period: Option<Value>,
    /// The year of `y1`.
    pub first: i32,
    /// Whether there is more than one.
    pub many: bool,
}

impl<'a> Case<'a> {
    /// What the table says that some words mean here.
    pub fn words(&self, activity: Option<&str>, what: &str, words: &str) -> Option<&'a str> {
        self.prose.of(self.group, self.id, activity, what, words)
    }

    /// The same, where nothing can be done without it.
    pub fn needed(&self, activity: Option<&str>, what: &str, words: &str) -> &'a str {
        self.words(activity, what, words).unwrap_or_else(|| panic!("{} {activity:?}: no line says what {what} “{words}” means", self.id))
    }

    /// Its activities.
    pub fn activities(&self) -> Vec<&'a Map<String, Value>> {
        self.case["activities"].as_array().into_iter().flatten().filter_map(Value::as_object).collect()
    }

    /// The words by which the table knows what the case's runs are about.
    pub fn whom(&self) -> &'a str {
        let person = &self.case["person"];
        text_of(if person["unit"].is_null() { &person["rank"] } else { &person["unit"] })
    }

    fn check(&self, complaints: &mut Vec<String>) {
        let span = self.span();
        let runs = self.runs(&span);
        for activity in self.activities() {
            self.check_activity(activity, &runs, &span, complaints);
        }
        let expected = self.case["expect"].as_object().cloned().unwrap_or_default();
        for (key, value) in &expected {
            self.check_expected(key, value, &runs, &span, complaints);
        }
        if self.case["ambiguous"] == json!(true) {
            self.check_alternatives(&runs, &span, complaints);
        } else {
            assert!(self.case.get("alternative_outcomes").is_none(), "{}: alternatives of what is certain", self.id);
        }
        // What nobody looks at could be wrong for ever.
        let known = [
            "id",
            "title",
            "exercises",
            "person",
            "period",
            "activities",
            "expect",
            "ambiguous",
            "ambiguity_reason",
            "alternative_outcomes",
            "prior",
        ];
        for key in self.case.as_object().into_iter().flat_map(Map::keys).filter(|key| !known.contains(&key.as_str())) {
            complaints.push(format!("the case has an unknown part: {key}"));
        }
    }
}

/// The run of an activity, else the case's only one.
pub fn run_of<'a>(runs: &'a [Run], id: &str) -> &'a Run {
    runs.iter().find(|run| run.id.strip_suffix('>') == Some(id)).unwrap_or(&runs[0])
}

/// `y3` → 3.
pub fn year_of(id: &str) -> Option<i32> {
    id.strip_prefix('y').and_then(|number| number.parse().ok())
}

/// `y3` → the year.
pub fn year_in(text: &str, span: &Span) -> String {
    let (head, rest) = text.split_once('/').map_or((text, None), |(head, rest)| (head, Some(rest)));
    let year = year_of(head).map(|number| (span.first + number - 1).to_string());
    let head = year.unwrap_or_else(|| head.to_owned());
    rest.map_or(head.clone(), |rest| format!("{head}/{rest}"))
}
