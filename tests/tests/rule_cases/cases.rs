//! The worked cases: each becomes facts by one mechanical mapping, its words
//! by the table `prose.txt`; every expectation of it is compared.

use std::fs;

use serde_json::{Map, Value, json};
use xueji_domain::{exact::Exact, rules::ledger::QuestionKind};

use super::{
    observe::observe,
    prose::Prose,
    run::{Run, compare, decided, holds, root, rules},
};

/// What counts an activity instead of measuring it.
const COUNTS: [&str; 5] = ["sessions", "times", "pieces", "classes", "count"];

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
        Value::Array(list) if !list.is_empty() && !(all && list.iter().all(Value::is_string)) => {
            for (index, value) in list.iter().enumerate() {
                expectations(value, &format!("{at}/{index}"), all, places);
            }
        }
        _ if all => places.push(at.to_owned()),
        _ => {}
    }
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A case with the table that explains its words.
struct Case<'a> {
    prose: &'a Prose,
    group: &'a str,
    id: &'a str,
    case: &'a Value,
}

/// The periods of a case.
struct Span {
    /// For the facts file; none: from the first fact to the last.
    period: Option<Value>,
    /// The year of `y1`.
    first: i32,
    /// Whether there is more than one.
    many: bool,
}

impl<'a> Case<'a> {
    fn words(&self, activity: Option<&str>, what: &str, words: &str) -> Option<&'a str> {
        self.prose.of(self.group, self.id, activity, what, words)
    }

    fn needed(&self, activity: Option<&str>, what: &str, words: &str) -> &'a str {
        self.words(activity, what, words).unwrap_or_else(|| panic!("{} {activity:?}: no line says what {what} “{words}” means", self.id))
    }

    fn activities(&self) -> Vec<&'a Map<String, Value>> {
        self.case["activities"].as_array().into_iter().flatten().filter_map(Value::as_object).collect()
    }

    /// The words by which the table knows what the case's runs are about.
    fn whom(&self) -> &'a str {
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

    // ---- facts ----

    fn span(&self) -> Span {
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
    fn runs(&self, span: &Span) -> Vec<Run> {
        let each = self.words(None, "runs", self.whom()).or_else(|| self.words(None, "runs", ""));
        let activities = self.activities();
        if each.is_none() {
            return vec![self.run("", &activities, span)];
        }
        activities.iter().map(|activity| self.run(text_of(&activity["id"]), &[activity], span)).collect()
    }

    fn run(&self, id: &str, activities: &[&Map<String, Value>], span: &Span) -> Run {
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

    // ---- expectations ----

    /// Where the table says a figure of the case is found.
    fn name(&self, words: &str) -> Option<&'a str> {
        self.words(None, "name", words)
    }

    fn check_activity(&self, activity: &Map<String, Value>, runs: &[Run], span: &Span, complaints: &mut Vec<String>) {
        let (id, kind) = (text_of(&activity["id"]), text_of(&activity["type"]));
        let run = run_of(runs, id);
        let (raw, counted) = match self.words(Some(id), "amount", kind) {
            Some(paths) => paths.split_once(", ").map(|(raw, counted)| (raw.to_owned(), counted.to_owned())).expect("two paths"),
            None => {
                let year = if year_of(id).is_some() { format!("{}/", year_in(id, span)) } else { String::new() };
                (format!("{year}raw {id}"), format!("{year}counted {id}"))
            }
        };
        // Null: not defined by the rule, not needed, or one of the case's
        // open figures, which are compared as such.
        for (key, path) in [("expect_raw", &raw), ("expect_counted", &counted)] {
            if let Some(expected) = activity.get(key).filter(|value| !value.is_null()) {
                compare(run, path, expected, complaints);
            }
        }
        if let Some(bucket) = activity.get("bucket").filter(|_| raw.contains("raw ")) {
            compare(run, &format!("bucket_of {id}"), bucket, complaints);
        }
        if let Some(grade) = activity.get("expect_annual_at_most") {
            compare(run, self.name("annual").expect("where the annual grade is"), grade, complaints);
        }
        let known = ["expect_raw", "expect_counted", "expect_annual_at_most"];
        for key in activity.keys().filter(|key| key.starts_with("expect_") && !known.contains(&key.as_str())) {
            complaints.push(format!("{id}: nobody compares {key}"));
        }
    }

    fn check_expected(&self, key: &str, value: &Value, runs: &[Run], span: &Span, complaints: &mut Vec<String>) {
        let run = &runs[0];
        match (key, value) {
            ("note", _) => {}
            ("verdict", Value::String(words)) => self.check_verdict(words, runs, span, complaints),
            ("total", value) => compare(run, self.total(span), value, complaints),
            ("web_total", value) => compare(run, &format!("counter {}", self.name("web_total").expect("web")), value, complaints),
            ("bucket_totals", Value::Object(buckets)) => {
                for (bucket, amount) in buckets {
                    compare(run, &format!("bucket {bucket}"), amount, complaints);
                }
            }
            ("checks", Value::Object(checks)) => self.check_limits("", checks, run, complaints),
            ("cycle_checks", Value::Object(checks)) => self.check_limits("cycle ", checks, run, complaints),
            ("shortfalls", Value::Object(short)) => self.check_shortfalls(short, run, complaints),
            ("carry_out", Value::Object(carry)) => {
                let bucket = text_of(&carry["bucket"]);
                if !run.rules.carries.iter().any(|carry| carry.to.as_deref() == Some(bucket)) {
                    complaints.push(format!("nothing is carried to {bucket}"));
                }
                compare(run, &format!("carry {bucket}"), &carry["amount"], complaints);
            }
            ("without_carry_in", Value::Object(expected)) => self.check_without_carry(expected, span, complaints),
            ("year_results", Value::Object(years)) => self.check_years(years, run, span, complaints),
            ("consequence", Value::String(words)) => self.check_claims(self.needed(None, "consequence", words), runs, span, complaints),
            ("consequence", Value::Object(years)) => {
                for (year, words) in years {
                    let words = format!("{year}: {}", text_of(words));
                    self.check_claims(self.needed(None, "consequence", &words), runs, span, complaints);
                }
            }
            ("makeup_training_years", value) => {
                compare(run, "consequences 集中调训补课", &years(value, span), complaints);
            }
            ("by_year", Value::Object(years)) => {
                for (year, amount) in years {
                    let year = self.name(year).expect("which year");
                    compare(run, &format!("{year}/total"), amount, complaints);
                }
            }
            ("missed", Value::Object(missed)) => {
                let list: Vec<String> = missed.iter().map(|(name, number)| format!("{name}:{number}")).collect();
                compare(run, "all_missed", &json!(list), complaints);
            }
            ("unit_points", value) => compare(run, "unit 处室分", value, complaints),
            // The open figures of a case: the table says which figure is meant.
            ("verdict" | "category_total" | "places" | "score" | "start" | "cycle_必修", value) => {
                let path = self.name(key).unwrap_or("verdict");
                compare(run, path, value, complaints);
            }
            _ => complaints.push(format!("nobody compares {key}")),
        }
    }

    /// The total of the case: of all its periods where there are several.
    fn total(&self, span: &Span) -> &'static str {
        if span.many { "sum" } else { "total" }
    }

    fn check_verdict(&self, words: &str, runs: &[Run], span: &Span, complaints: &mut Vec<String>) {
        match (self.words(None, "verdict", words), words) {
            (Some(claims), _) => self.check_claims(claims, runs, span, complaints),
            (None, "pass" | "fail") => compare(&runs[0], "verdict", &json!(words), complaints),
            _ => complaints.push(format!("no line says what the verdict “{words}” means")),
        }
    }

    /// `path = value; path = value`, with `y3` for a year and `l1>` for a run.
    fn check_claims(&self, claims: &str, runs: &[Run], span: &Span, complaints: &mut Vec<String>) {
        for claim in claims.split(';').map(str::trim).filter(|claim| !claim.is_empty()) {
            let (path, value) = claim.split_once(" =").expect("a claim has a value");
            let (run, path) = match path.split_once('>') {
                Some((id, rest)) => (run_of(runs, id), rest),
                None => (&runs[0], path),
            };
            let flag = match value.trim() {
                "true" => Some(json!(true)),
                "false" => Some(json!(false)),
                _ => None,
            };
            compare(run, &year_in(path, span), &flag.unwrap_or_else(|| json!(year_in(value.trim(), span))), complaints);
        }
    }

    /// `必修>=56`: such a requirement, with that limit, holds or not.
    fn check_limits(&self, prefix: &str, checks: &Map<String, Value>, run: &Run, complaints: &mut Vec<String>) {
        for (check, passed) in checks {
            let (name, least) = check.split_once(">=").unwrap_or_else(|| panic!("{}: a check of another kind: {check}", self.id));
            let path = self.name(&format!("{prefix}{name}")).unwrap_or_else(|| panic!("{}: no line says where {prefix}{name} is", self.id));
            let (period, requirement) = path.split_once('/').map_or(("", path), |(period, rest)| (period, rest));
            let at =
                |what: &str| if period.is_empty() { format!("{what} {requirement}") } else { format!("{period}/{what} {requirement}") };
            compare(run, &at("passed"), passed, complaints);
            compare(run, &at("min"), &json!(least), complaints);
        }
    }

    /// Exactly these requirements are short, by so much.
    fn check_shortfalls(&self, short: &Map<String, Value>, run: &Run, complaints: &mut Vec<String>) {
        let (mut failing, mut within) = (Vec::new(), "");
        for (name, amount) in short {
            let path = self
                .name(if name == "web_total" { "web" } else { name })
                .unwrap_or_else(|| panic!("{}: no line says where {name} is", self.id));
            let (period, requirement) = path.split_once('/').map_or(("", path), |(period, rest)| (period, rest));
            within = period;
            let slash = if period.is_empty() { "" } else { "/" };
            compare(run, &format!("{period}{slash}short {requirement}"), amount, complaints);
            failing.push(requirement.split_once('#').map_or(requirement, |(id, _)| id));
        }
        failing.dedup();
        let slash = if within.is_empty() { "" } else { "/" };
        compare(run, &format!("{within}{slash}short_list"), &json!(failing), complaints);
    }

    fn check_without_carry(&self, expected: &Map<String, Value>, span: &Span, complaints: &mut Vec<String>) {
        let mut case = self.case.clone();
        case.as_object_mut().expect("a case").remove("prior");
        let run = Case { case: &case, ..*self }.run("", &self.activities(), span);
        for (key, value) in expected {
            assert!(matches!(key.as_str(), "total" | "verdict"), "{}: without carry, {key}", self.id);
            compare(&run, key, value, complaints);
        }
        // With it: as much as the case says was left over.
        if let Some(surplus) = self.case["prior"].get("surplus") {
            compare(&self.run("", &self.activities(), span), "carried_in", surplus, complaints);
        }
    }

    /// `pass`, `short 0.5`, `fail (total 80<84, 必修 54<56)`.
    fn check_years(&self, years: &Map<String, Value>, run: &Run, span: &Span, complaints: &mut Vec<String>) {
        for (year, words) in years {
            let (words, at) = (text_of(words), year_in(year, span));
            compare(run, &format!("{at}/verdict"), &json!(if words == "pass" { "pass" } else { "fail" }), complaints);
            if let Some(amount) = words.strip_prefix("short ") {
                compare(run, &format!("{at}/short 年度学分"), &json!(amount), complaints);
            } else if let Some(list) = words.strip_prefix("fail (").and_then(|rest| rest.strip_suffix(')')) {
                let mut failing = Vec::new();
                for part in list.split(", ") {
                    let (name, numbers) = part.split_once(' ').expect("a name and numbers");
                    let (value, least) = numbers.split_once('<').expect("less than");
                    let requirement = self.name(name).expect("a requirement");
                    compare(run, &format!("{at}/value {requirement}"), &json!(value), complaints);
                    compare(run, &format!("{at}/min {requirement}"), &json!(least), complaints);
                    failing.push(requirement);
                }
                compare(run, &format!("{at}/short_list"), &json!(failing), complaints);
            } else if words != "pass" {
                complaints.push(format!("{year}: no way to read “{words}”"));
            }
        }
    }

    /// Every alternative is one of the outcomes, and every outcome one of
    /// them.
    fn check_alternatives(&self, runs: &[Run], span: &Span, complaints: &mut Vec<String>) {
        let run = &runs[0];
        let mut answers = Vec::new();
        for alternative in self.case["alternative_outcomes"].as_array().into_iter().flatten() {
            let reading = text_of(&alternative["reading"]);
            let answer = self.needed(None, "reading", reading);
            answers.push(answer);
            for (key, value) in alternative.as_object().into_iter().flatten().filter(|(key, _)| *key != "reading") {
                self.check_alternative(run, (answer, key), value, span, complaints);
            }
        }
        for (answer, claims) in self.prose.all(self.id, "also") {
            answers.push(answer);
            let (path, value) = claims.split_once(" = ").expect("a claim");
            self.compare_under(run, answer, path, &json!(value), complaints);
        }
        // Which of the outcomes are of the person and which of the unit shows
        // where the questions are.
        let views = if run.unit.questions.is_empty() { run.views(None) } else { run.unit_views() };
        for view in views.iter().filter(|view| !answers.iter().any(|answer| holds(view.choices, answer))) {
            complaints.push(format!("an outcome that the case does not know: {:?}", view.choices));
        }
    }

    fn check_alternative(&self, run: &Run, (answer, key): (&str, &str), value: &Value, span: &Span, complaints: &mut Vec<String>) {
        match (key, value) {
            // More than a number, and nothing else is known.
            (_, Value::String(text)) if text.starts_with("> ") => {
                let most = run.evaluations.iter().flat_map(|own| &own.questions).find_map(|question| open_end(&question.kind));
                if most.as_deref() != text.strip_prefix("> ") {
                    complaints.push(format!("{answer}: expected more than {text}, found {most:?}"));
                }
                if decided(&observe(run, "total")) {
                    complaints.push(format!("{answer}: the total is decided"));
                }
            }
            ("makeup_training_years", value) => {
                self.compare_under(run, answer, "consequences 集中调训补课", &years(value, span), complaints)
            }
            ("verdict", Value::String(words)) if !matches!(words.as_str(), "pass" | "fail") => {
                let claims = self.needed(None, "verdict", words);
                for claim in claims.split(';') {
                    let (path, value) = claim.trim().split_once(" =").expect("a claim has a value");
                    self.compare_under(run, answer, path, &json!(value.trim()), complaints);
                }
            }
            ("total" | "credits" | "hours" | "points", value) => self.compare_under(run, answer, "total", value, complaints),
            ("verdict" | "category_total" | "places" | "score", value) => {
                self.compare_under(run, answer, self.name(key).unwrap_or(key), value, complaints);
            }
            _ => complaints.push(format!("nobody compares the alternatives' {key}")),
        }
    }

    fn compare_under(&self, run: &Run, answer: &str, path: &str, value: &Value, complaints: &mut Vec<String>) {
        let values = observe(run, path);
        let mine: Vec<_> = values.iter().filter(|(view, _)| holds(view.choices, answer)).collect();
        if mine.is_empty() || mine.iter().any(|(_, seen)| !seen.is(value)) {
            let shown: Vec<String> = values.iter().map(|(view, seen)| format!("{:?} {seen:?}", view.choices)).collect();
            complaints.push(format!("{path} under {answer}: expected {value}, found {}", shown.join(" | ")));
        }
    }
}

/// The lower end, not included, of a range without an upper end.
fn open_end(kind: &QuestionKind) -> Option<String> {
    match kind {
        QuestionKind::Discretion { min: Some(min), max: None, min_inclusive: false, .. } => Some(min.to_string()),
        _ => None,
    }
}

fn run_of<'a>(runs: &'a [Run], id: &str) -> &'a Run {
    runs.iter().find(|run| run.id.strip_suffix('>') == Some(id)).unwrap_or(&runs[0])
}

/// `y3` → 3.
fn year_of(id: &str) -> Option<i32> {
    id.strip_prefix('y').and_then(|number| number.parse().ok())
}

/// `y3` → the year.
fn year_in(text: &str, span: &Span) -> String {
    let (head, rest) = text.split_once('/').map_or((text, None), |(head, rest)| (head, Some(rest)));
    let year = year_of(head).map(|number| (span.first + number - 1).to_string());
    let head = year.unwrap_or_else(|| head.to_owned());
    rest.map_or(head.clone(), |rest| format!("{head}/{rest}"))
}

/// A list of years; null stays.
fn years(value: &Value, span: &Span) -> Value {
    value.as_array().map_or_else(|| value.clone(), |list| list.iter().map(|year| json!(year_in(text_of(year), span))).collect())
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
