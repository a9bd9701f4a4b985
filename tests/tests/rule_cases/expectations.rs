//! What a worked case expects, compared with what came out.

use serde_json::{Map, Value, json};
use xueji_domain::rules::ledger::QuestionKind;

use super::{
    cases::{Case, Span, run_of, text_of, year_in, year_of},
    observe::observe,
    run::{Run, compare, decided, holds},
};

impl<'a> Case<'a> {
    /// Where the table says a figure of the case is found.
    fn name(&self, words: &str) -> Option<&'a str> {
        self.words(None, "name", words)
    }

    /// What an activity comes to.
    pub fn check_activity(&self, activity: &Map<String, Value>, runs: &[Run], span: &Span, complaints: &mut Vec<String>) {
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

    /// One entry of `expect`.
    pub fn check_expected(&self, key: &str, value: &Value, runs: &[Run], span: &Span, complaints: &mut Vec<String>) {
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
    pub fn check_alternatives(&self, runs: &[Run], span: &Span, complaints: &mut Vec<String>) {
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

/// A list of years; null stays.
fn years(value: &Value, span: &Span) -> Value {
    value.as_array().map_or_else(|| value.clone(), |list| list.iter().map(|year| json!(year_in(text_of(year), span))).collect())
}
