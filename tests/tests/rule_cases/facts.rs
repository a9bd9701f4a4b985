//! A worked case as a facts file: one mechanical mapping for all of them,
//! except where the table says what words mean.

use serde_json::{Map, Value, json};

use super::{
    cases::{Case, Span, text_of, year_of},
    run::{Run, rules},
};

/// What counts an activity instead of measuring it.
const COUNTS: [&str; 5] = ["sessions", "times", "pieces", "classes", "count"];

impl<'a> Case<'a> {
    /// The periods that the case is about.
    pub fn span(&self) -> Span {
        let meaning = self.needed(None, "period", text_of(&self.case["period"]));
        let (first, last) = meaning.split_once("..").unwrap_or((meaning, meaning));
        let period = match meaning {
            "-" => None,
            _ if first == last => Some(json!(first)),
            _ => Some(json!({ "from": first, "to": last })),
        };
        Span { period, first: first.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0), many: first != last }
    }

    /// One run for the case, or one for each activity.
    pub fn runs(&self, span: &Span) -> Vec<Run> {
        let each = self.words(None, "runs", self.whom()).or_else(|| self.words(None, "runs", ""));
        let activities = self.activities();
        if each.is_none() {
            return vec![self.run("", &activities, span)];
        }
        activities.iter().map(|activity| self.run(text_of(&activity["id"]), &[activity], span)).collect()
    }

    /// Facts read and evaluated.
    pub fn run(&self, id: &str, activities: &[&Map<String, Value>], span: &Span) -> Run {
        let alone = (!id.is_empty()).then_some(id);
        let rules = rules(self.needed(alone, "rules", ""));
        let mut facts = Map::new();
        if let Some(period) = &span.period {
            facts.insert("period".into(), period.clone());
        }
        let unit_words = activities.first().filter(|_| alone.is_some()).map_or(self.whom().to_owned(), |activity| {
            let short = activity.get("short").map_or(String::new(), |short| format!(", short {short}"));
            format!("{}{short}", text_of(&activity["type"]))
        });
        if let Some(members) = self.words(alone, "unit", &unit_words) {
            facts.insert("people".into(), people(&serde_json::from_str(members).expect("members are JSON")));
        } else {
            facts.insert("person".into(), Value::Object(self.person(alone, activities)));
            let own: Vec<Value> = match self.words(None, "facts", text_of(&self.case["title"])) {
                Some(instead) => serde_json::from_str(instead).expect("facts are JSON"),
                None => activities.iter().flat_map(|activity| self.facts(activity, alone.is_some(), span)).collect(),
            };
            facts.insert("activities".into(), Value::Array(own));
            if let Some(earlier) = self.earlier(span) {
                facts.insert("earlier".into(), earlier);
            }
        }
        Run::of(&if id.is_empty() { String::new() } else { format!("{id}>") }, &rules, &Value::Object(facts))
    }

    /// The person of the case; where every activity is another person's, with
    /// the rank that stands there.
    fn person(&self, alone: Option<&str>, activities: &[&Map<String, Value>]) -> Map<String, Value> {
        let stated = self.case["person"].as_object().cloned().unwrap_or_default();
        let words = serde_json::to_string(&stated).expect("JSON");
        let mut person = Map::new();
        let described = alone.and_then(|id| self.words(Some(id), "person", text_of(&activities[0]["type"])));
        let rank = activities.first().filter(|_| alone.is_some()).and_then(|activity| activity.get("rank"));
        match (described.or_else(|| self.words(None, "person", &words)), rank) {
            (_, Some(rank)) => {
                person.insert("rank".into(), rank.clone());
            }
            (Some(meaning), None) => {
                // What the case says stays; what the line says is added or put in its place.
                if stated.values().all(Value::is_string) && alone.is_none() {
                    person.extend(stated.into_iter().filter(|(_, value)| value != "any"));
                }
                person.extend(serde_json::from_str::<Map<String, Value>>(meaning).expect("a person is JSON"));
            }
            (None, None) => person.extend(stated),
        }
        person
    }

    fn earlier(&self, span: &Span) -> Option<Value> {
        let prior = self.case.get("prior")?.as_object()?;
        let year = span.first + i32::try_from(prior["year"].as_i64()?).ok()?;
        let buckets: Map<String, Value> = prior
            .iter()
            .filter(|(key, _)| !matches!(key.as_str(), "year" | "surplus"))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        Some(json!([{ "period": year.to_string(), "buckets": buckets }]))
    }

    /// The facts of one activity.
    fn facts(&self, activity: &Map<String, Value>, alone: bool, span: &Span) -> Vec<Value> {
        let (id, kind) = (text_of(&activity["id"]), text_of(&activity["type"]));
        if let Some(instead) = self.words(Some(id), "facts", kind) {
            let mut own: Vec<Value> = serde_json::from_str(instead).expect("facts are JSON");
            for (at, fact) in own.iter_mut().enumerate() {
                fact["id"] = json!(if at == 0 { id.to_owned() } else { format!("{id}#{at}") });
            }
            return own;
        }
        let mut fact = Map::new();
        let mut pieces = Vec::new();
        for (key, value) in activity {
            match (key.as_str(), value) {
                ("id" | "type" | "note" | "bucket", _) => {}
                (key, _) if key.starts_with("expect_") => {}
                ("rank", _) if alone => {}
                ("date", value) => {
                    fact.insert("date".into(), value.clone());
                }
                ("course_length", value) => {
                    fact.insert("seconds".into(), json!(seconds(text_of(value))));
                }
                (key, Value::Array(list)) if list.iter().all(Value::is_number) => {
                    pieces = list.iter().map(|piece| (key.to_owned(), piece.clone())).collect()
                }
                (key, value) if COUNTS.contains(&key) => {
                    fact.insert("count".into(), value.clone());
                }
                (key, value) => {
                    fact.insert(self.words(Some(id), "item", key).unwrap_or(key).to_owned(), value.clone());
                }
            }
        }
        if let Some(item) = self.words(Some(id), "recorded", kind) {
            let item = self.words(Some(id), "item", item).unwrap_or(item);
            fact.entry(item).or_insert_with(|| activity["expect_raw"].clone());
        }
        if let Some(year) = year_of(id) {
            fact.insert("date".into(), json!((span.first + year - 1).to_string()));
        }
        split(id, self.words(Some(id), "type", kind).unwrap_or(kind), fact, pieces)
    }
}

/// `29:59` in seconds.
fn seconds(length: &str) -> u32 {
    let (minutes, seconds) = length.split_once(':').expect("minutes:seconds");
    minutes.parse::<u32>().expect("minutes") * 60 + seconds.parse::<u32>().expect("seconds")
}

/// One fact; one for each piece where a measure is a list; one for each of
/// two types (`其他必修+其他选修`) where the activity says how much of its
/// amount is of the first's bucket.
fn split(id: &str, kind: &str, fact: Map<String, Value>, pieces: Vec<(String, Value)>) -> Vec<Value> {
    let with = |at: usize, kind: &str, extra: Map<String, Value>| {
        let mut own = fact.clone();
        own.extend(extra);
        own.insert("id".into(), json!(if at == 0 { id.to_owned() } else { format!("{id}#{at}") }));
        own.insert("type".into(), json!(kind));
        Value::Object(own)
    };
    if let Some((first, second)) = kind.split_once('+').filter(|_| fact.contains_key("必修")) {
        let whole: i64 = text_of(&fact["credits"]).parse().expect("whole credits");
        let part: i64 = text_of(&fact["必修"]).parse().expect("whole credits");
        let rest = Map::from_iter([("credits".to_owned(), json!(whole - part)), ("days".to_owned(), json!(0))]);
        return vec![with(0, first, Map::from_iter([("credits".to_owned(), json!(part))])), with(1, second, rest)];
    }
    if pieces.is_empty() {
        return vec![with(0, kind, Map::new())];
    }
    let one = |(at, (key, piece)): (usize, (String, Value))| {
        let extra = Map::from_iter([(key, piece), ("count".to_owned(), json!(1))]);
        with(at, kind, extra)
    };
    pieces.into_iter().enumerate().map(one).collect()
}

/// `[{n, person, activities}]` → so many people each.
fn people(members: &Value) -> Value {
    let mut people = Vec::new();
    for group in members.as_array().into_iter().flatten() {
        for _ in 0..group["n"].as_u64().unwrap_or(1) {
            let mut person = group["person"].clone();
            person["id"] = json!(format!("m{}", people.len() + 1));
            people.push(json!({ "person": person, "activities": group["activities"] }));
        }
    }
    Value::Array(people)
}
