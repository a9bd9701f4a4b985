//! What came of rules and facts, for people: periods, entries with their
//! steps, requirements, what goes on to the next period.

use std::{collections::BTreeMap, fmt::Write};

use serde::Deserialize;
use serde_json::Value;
use xueji_domain::rules::model::{Kind, RuleSet};

use super::questions;
use crate::table::{Side, Table};

/// A person's result; what differs by reading is absent.
#[derive(Debug, Deserialize)]
struct Person {
    id: String,
    #[serde(default)]
    periods: Option<Vec<Period>>,
    #[serde(default)]
    cycles: Option<Vec<Cycle>>,
    #[serde(default)]
    consequences: Option<Vec<Consequence>>,
    #[serde(default)]
    obligations: Option<Vec<Obligation>>,
}

#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Period {
    period: Option<String>,
    from: Option<String>,
    to: Option<String>,
    total: Option<String>,
    verdict: Option<String>,
    exempt: Option<String>,
    buckets: Option<BTreeMap<String, Option<String>>>,
    counters: Option<BTreeMap<String, Option<String>>>,
    missed: Option<BTreeMap<String, Option<String>>>,
    figures: Option<BTreeMap<String, Option<String>>>,
    entries: Option<Vec<Entry>>,
    requirements: Option<Vec<Requirement>>,
    indicators: Option<Vec<Indicator>>,
    score: Option<String>,
    grade: Option<String>,
    no_grade: Option<String>,
    vetoes: Option<Vec<String>>,
    effects: Option<Vec<EffectLine>>,
    carry_out: Option<Vec<CarryLine>>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    fact: String,
    source: String,
    date: Option<String>,
    category: String,
    counted: Option<String>,
    #[serde(default)]
    steps: Option<Vec<Step>>,
}

impl Entry {
    /// Whether another one says the same of another day, with no fact of its
    /// own.
    fn is_repeated_by(&self, other: &Self) -> bool {
        ["inactive", "derived"].contains(&self.source.as_str())
            && self.counted.is_some()
            && (&self.source, &self.fact, &self.category, &self.counted, &self.steps)
                == (&other.source, &other.fact, &other.category, &other.counted, &other.steps)
    }
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Step {
    line: u32,
    text: String,
}

#[derive(Debug, Deserialize)]
struct Requirement {
    label: Option<String>,
    text: Option<String>,
    line: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Indicator {
    label: String,
    value: Option<String>,
    max: Option<String>,
    line: u32,
}

#[derive(Debug, Deserialize)]
struct EffectLine {
    label: Option<String>,
    review: Option<String>,
    at_most: Option<String>,
    grade: Option<String>,
    line: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct CarryLine {
    bucket: Option<String>,
    amount: Option<String>,
    line: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Cycle {
    cycle: Option<String>,
    period: Option<String>,
    total: Option<String>,
    verdict: Option<String>,
    #[serde(default)]
    requirements: Option<Vec<Requirement>>,
}

#[derive(Debug, Deserialize)]
struct Consequence {
    label: String,
    period: String,
    because: Vec<String>,
    line: u32,
}

#[derive(Debug, Deserialize)]
struct Obligation {
    label: String,
    fact: String,
    due: Option<String>,
    done_on: Option<String>,
    state: String,
    line: u32,
}

/// The whole result of `rules try`.
pub fn in_words(rules: &RuleSet, report: &Value) -> String {
    let head = &rules.head;
    let version = head.version.as_ref().map(|version| format!("（{version}）")).unwrap_or_default();
    let mut page = Page { rules, report, out: format!("{}{version}，单位：{}\n", head.name, head.unit) };
    let people: Vec<Value> = report["people"].as_array().cloned().unwrap_or_default();
    if people.len() > 1 {
        page.overview(&people);
    }
    for (index, value) in people.iter().enumerate() {
        match Person::deserialize(value) {
            Ok(person) => page.person(index, &person),
            // Every form of a result is known here; a new one is shown as it is.
            Err(_) => page.line(0, &value.to_string()),
        }
    }
    page.unit();
    page.out.push_str(&questions::in_words(rules, report));
    page.notices(people.len());
    page.out
}

/// A verdict on screen.
pub fn verdict(code: Option<&str>) -> &str {
    match code {
        Some("pass") => "达标",
        Some("fail") => "未达标",
        Some("none") => "没有要求",
        Some("exempt") => "免",
        Some("outside") => "不在范围内",
        Some(other) => other,
        None => "未定",
    }
}

struct Page<'a> {
    rules: &'a RuleSet,
    report: &'a Value,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.out, "{}{text}", "  ".repeat(depth));
    }

    /// What one place of a result holds under each reading, each once.
    fn variants(&self, person: &str, pointer: &str) -> Vec<Value> {
        let mut found: Vec<Value> = Vec::new();
        for outcome in questions::outcomes_of(self.report, person) {
            let value = outcome.pointer(pointer).cloned().unwrap_or_default();
            if !value.is_null() && !found.contains(&value) {
                found.push(value);
            }
        }
        found
    }

    /// An amount, or what it is under each reading.
    fn amount(&self, person: &str, pointer: &str, value: Option<&str>) -> String {
        match value {
            Some(value) => value.to_owned(),
            None => {
                let texts: Vec<String> = self.variants(person, pointer).iter().map(plain).collect();
                if texts.is_empty() {
                    "没有值".to_owned()
                } else {
                    format!("未定（{}）", questions::between(self.report, person, &texts))
                }
            }
        }
    }

    /// One line a person, where there are several.
    fn overview(&mut self, people: &[Value]) {
        if self.rules.head.kind == Kind::Assessment {
            return self.overview_of_grades(people);
        }
        let mut table = Table::new(&[("", Side::Left), ("合计", Side::Right), ("结论", Side::Left)]);
        for value in people {
            let id = plain(&value["id"]);
            let total = self.amount(&id, "/total", value["total"].as_str());
            table.row(vec![id, total, verdict(value["verdict"].as_str()).to_owned()]);
        }
        self.out.push('\n');
        self.out.push_str(&table.render());
    }

    /// The same of an assessment, for the last period.
    fn overview_of_grades(&mut self, people: &[Value]) {
        let mut table = Table::new(&[("", Side::Left), ("得分", Side::Right), ("等次", Side::Left)]);
        for value in people {
            let id = plain(&value["id"]);
            let last = value["periods"].as_array().map_or(0, |periods| periods.len().saturating_sub(1));
            let result = |name: &str| {
                let pointer = format!("/periods/{last}/{name}");
                let value = value.pointer(&pointer).and_then(Value::as_str);
                self.amount(&id, &pointer, value)
            };
            let no_grade = value.pointer(&format!("/periods/{last}/no_grade")).and_then(Value::as_str);
            let grade = no_grade.map_or_else(|| result("grade"), |reason| format!("不定等次（{reason}）"));
            table.row(vec![id.clone(), result("score"), grade]);
        }
        self.out.push('\n');
        self.out.push_str(&table.render());
    }

    fn person(&mut self, index: usize, person: &Person) {
        let Some(periods) = &person.periods else {
            self.line(0, &format!("\n{}：各种读法下的各期不同，见 --json 的 outcomes", person.id));
            return;
        };
        for (at, period) in periods.iter().enumerate() {
            self.period(person, &format!("/periods/{at}"), period);
        }
        for (at, cycle) in person.cycles.iter().flatten().enumerate() {
            self.cycle(person, &format!("/cycles/{at}"), cycle);
        }
        if periods.is_empty() {
            self.line(0, &format!("\n{}：没有要算的期", person.id));
        }
        self.person_later(index, person);
    }

    /// Consequences and duties.
    fn person_later(&mut self, index: usize, person: &Person) {
        for consequence in person.consequences.iter().flatten() {
            let because = consequence.because.join("、");
            let text = format!("以后：{} {}（因为 {because}；第 {} 行）", consequence.period, consequence.label, consequence.line);
            self.line(1, &text);
        }
        if person.consequences.is_none() {
            let lists = self.variants(&person.id, "/consequences");
            let texts: Vec<String> = lists.iter().map(consequence_words).collect();
            self.line(1, &format!("以后：未定（{}）", texts.join(" 或 ")));
        }
        for duty in person.obligations.iter().flatten() {
            let state = match duty.state.as_str() {
                "done" => "已完成",
                "late" => "完成，已过期限",
                "open" => "未完成",
                _ => "逾期",
            };
            let due = duty.due.as_ref().map(|due| format!("，期限 {due}")).unwrap_or_default();
            let done = duty.done_on.as_ref().map(|day| format!("，{day} 完成")).unwrap_or_default();
            self.line(1, &format!("应办：{}（{}）{due}：{state}{done}（第 {} 行）", duty.label, duty.fact, duty.line));
        }
        if person.obligations.is_none() {
            self.line(1, &format!("应办：随读法不同，见 --json 的 people/{index}/obligations"));
        }
    }

    fn period(&mut self, person: &Person, at: &str, period: &Period) {
        let id = &person.id;
        let total = self.amount(id, &format!("{at}/total"), period.total.as_deref());
        let days = match (&period.from, &period.to) {
            (Some(from), Some(to)) => format!("（{from} 至 {to}）"),
            (Some(from), None) => format!("（{from} 起）"),
            (None, Some(to)) => format!("（至 {to}）"),
            (None, None) => String::new(),
        };
        let exempt = period.exempt.as_ref().map(|reason| format!("（{reason}）")).unwrap_or_default();
        let name = period.period.as_deref().unwrap_or_default();
        let verdict = verdict(period.verdict.as_deref());
        match self.rules.head.kind {
            Kind::Credits => self.line(0, &format!("\n{id} {name}{days}：合计 {total} {}，{verdict}{exempt}", self.rules.head.unit)),
            Kind::Assessment => self.line(0, &format!("\n{id} {name}{days}{exempt}")),
        }
        match &period.entries {
            Some(entries) => self.entries(id, &format!("{at}/entries"), entries),
            None => self.entries_by_reading(id, &format!("{at}/entries")),
        }
        self.sums(id, at, period);
        self.assessment(id, at, period);
        self.requirements(id, &format!("{at}/requirements"), period.requirements.as_deref());
        self.onward(id, at, period);
    }

    fn entries(&mut self, person: &str, at: &str, entries: &[Entry]) {
        let mut index = 0;
        while let Some(entry) = entries.get(index) {
            let alike = entries[index..].iter().take_while(|other| entry.is_repeated_by(other)).count();
            if alike > 2 {
                self.repeated(&entries[index..index + alike]);
                index += alike;
                continue;
            }
            let counted = self.amount(person, &format!("{at}/{index}/counted"), entry.counted.as_deref());
            self.entry(entry, &counted);
            let here = index;
            index += 1;
            if entry.steps.is_none() {
                for steps in self.variants(person, &format!("{at}/{here}/steps")) {
                    let steps: Vec<Step> = Vec::deserialize(&steps).unwrap_or_default();
                    let texts: Vec<String> = steps.iter().map(step_words).collect();
                    self.line(3, &format!("一种读法：{}", texts.join("；")));
                }
            }
        }
    }

    /// What time brings again and again, in one line.
    fn repeated(&mut self, entries: &[Entry]) {
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return };
        let date = |entry: &Entry| entry.date.clone().unwrap_or_default();
        let span = format!("{} 至 {}", date(first), date(last));
        let each = format!("{} 次，各 {}", entries.len(), first.counted.as_deref().unwrap_or_default());
        self.entry_on(&span, first, &each);
    }

    fn entry(&mut self, entry: &Entry, counted: &str) {
        self.entry_on(entry.date.as_deref().unwrap_or("日期不详"), entry, counted);
    }

    fn entry_on(&mut self, date: &str, entry: &Entry, counted: &str) {
        let source = match entry.source.as_str() {
            "opening" => "期初",
            "carried_in" => "结转",
            "spread" => "前期分来",
            "derived" => "次数折算",
            "inactive" => "久未活动",
            "adjustment" => "合计调整",
            _ => "",
        };
        let category = self.rules.categories.iter().find(|own| own.id == entry.category);
        let bucket = self.rules.buckets.iter().find(|own| own.id == entry.category).map(|own| &own.label);
        let label = category.map(|own| &own.label).or(bucket).unwrap_or(&entry.category);
        let fact = if entry.fact == *label { "" } else { entry.fact.as_str() };
        let words = [date, fact, source, label, counted];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        self.line(1, &words.join("  "));
        for step in entry.steps.iter().flatten() {
            self.line(3, &step_words(step));
        }
    }

    /// Where readings even differ in what counts at all.
    fn entries_by_reading(&mut self, person: &str, at: &str) {
        for list in self.variants(person, at) {
            self.line(1, "一种读法：");
            for entry in Vec::<Entry>::deserialize(&list).unwrap_or_default() {
                let counted = entry.counted.clone().unwrap_or_default();
                self.entry(&entry, &counted);
            }
        }
    }

    /// Buckets and counters, in the order of the rule file.
    fn sums(&mut self, person: &str, at: &str, period: &Period) {
        let rules = self.rules;
        let buckets = rules.buckets.iter().map(|own| (own.id.as_str(), own.label.as_str()));
        let counters = rules.counters.iter().map(|own| (own.id.as_str(), own.id.as_str()));
        let figures = rules.figures.iter().map(|own| (own.id.as_str(), own.label.as_str()));
        let categories = rules.categories.iter().map(|own| (own.id.as_str(), own.label.as_str()));
        self.named(person, "大类", &format!("{at}/buckets"), period.buckets.as_ref(), buckets);
        self.named(person, "计数", &format!("{at}/counters"), period.counters.as_ref(), counters);
        self.named(person, "缺", &format!("{at}/missed"), period.missed.as_ref(), categories);
        self.named(person, "算得", &format!("{at}/figures"), period.figures.as_ref(), figures);
    }

    fn named<'n>(
        &mut self,
        person: &str,
        title: &str,
        at: &str,
        values: Option<&BTreeMap<String, Option<String>>>,
        order: impl Iterator<Item = (&'n str, &'n str)>,
    ) {
        let Some(values) = values else { return };
        let mut texts = Vec::new();
        for (id, label) in order {
            if let Some(value) = values.get(id) {
                let pointer = format!("{at}/{}", id.replace('~', "~0").replace('/', "~1"));
                texts.push(format!("{label} {}", self.amount(person, &pointer, value.as_deref())));
            }
        }
        if !texts.is_empty() {
            self.line(1, &format!("{title}：{}", texts.join("，")));
        }
    }

    /// Indicators, score and grade.
    fn assessment(&mut self, person: &str, at: &str, period: &Period) {
        for (index, indicator) in period.indicators.iter().flatten().enumerate() {
            let value = self.amount(person, &format!("{at}/indicators/{index}/value"), indicator.value.as_deref());
            let max = indicator.max.as_deref().unwrap_or_default();
            self.line(1, &format!("指标：{} {value} / {max}（第 {} 行）", indicator.label, indicator.line));
        }
        let scalar = |page: &Self, name: &str, value: &Option<String>| {
            let undecided = !page.variants(person, &format!("{at}/{name}")).is_empty();
            (value.is_some() || undecided).then(|| page.amount(person, &format!("{at}/{name}"), value.as_deref()))
        };
        for (title, name, value) in
            [("得分", "score", &period.score), ("等次", "grade", &period.grade), ("不定等次", "no_grade", &period.no_grade)]
        {
            if let Some(text) = scalar(self, name, value) {
                self.line(1, &format!("{title}：{text}"));
            }
        }
        for id in period.vetoes.iter().flatten() {
            let label = self.rules.vetoes.iter().find(|own| own.id == *id).map_or(id.as_str(), |own| own.label.as_str());
            self.line(1, &format!("一票否决：{label}"));
        }
    }

    fn requirements(&mut self, person: &str, at: &str, requirements: Option<&[Requirement]>) {
        let Some(requirements) = requirements else {
            self.line(1, "要求：随读法不同，见 --json 的 outcomes");
            return;
        };
        for (index, requirement) in requirements.iter().enumerate() {
            let line = requirement.line.map(|line| format!("（第 {line} 行）")).unwrap_or_default();
            let text = match &requirement.text {
                Some(text) => text.clone(),
                None => self.open_requirement(person, &format!("{at}/{index}/text"), requirement.label.as_deref().unwrap_or_default()),
            };
            self.line(1, &format!("要求：{text}{line}"));
        }
    }

    /// A requirement that stands otherwise under each reading.
    fn open_requirement(&self, person: &str, at: &str, label: &str) -> String {
        let texts: Vec<String> = self.variants(person, at).iter().map(plain).collect();
        let prefix = format!("{label}：");
        let short: Vec<&str> = texts.iter().map(|text| text.strip_prefix(&prefix).unwrap_or(text)).collect();
        match short[..] {
            _ if questions::is_unbounded(self.report, person) => format!("{label}：未定，见下面的问题"),
            [one] => format!("{label}：{one}"),
            [one, other] => format!("{label}：未定（{one}；或者 {other}）"),
            _ => format!("{label}：未定，{} 种结果，见下面的问题", short.len()),
        }
    }

    /// What goes on from here: carry and effects.
    fn onward(&mut self, person: &str, at: &str, period: &Period) {
        for (index, carry) in period.carry_out.iter().flatten().enumerate() {
            let amount = self.amount(person, &format!("{at}/carry_out/{index}/amount"), carry.amount.as_deref());
            let to = carry.bucket.as_deref().filter(|to| !to.is_empty()).map(|to| format!("到“{to}”")).unwrap_or_default();
            let line = carry.line.map(|line| format!("（第 {line} 行）")).unwrap_or_default();
            self.line(1, &format!("结转下期{to}：{amount}{line}"));
        }
        for effect in period.effects.iter().flatten() {
            let label = effect.label.as_deref().unwrap_or_default();
            let bound = match (&effect.review, &effect.at_most) {
                (Some(review), Some(at_most)) => format!("，{review}不得高于“{at_most}”"),
                _ => String::new(),
            };
            let grade = effect.grade.as_ref().map(|grade| format!("，定为“{grade}”")).unwrap_or_default();
            let line = effect.line.map(|line| format!("（第 {line} 行）")).unwrap_or_default();
            self.line(1, &format!("当期后果：{label}{bound}{grade}{line}"));
        }
        for (title, missing, name) in
            [("结转下期", period.carry_out.is_none(), "carry_out"), ("当期后果", period.effects.is_none(), "effects")]
        {
            if missing {
                let lists = self.variants(person, &format!("{at}/{name}"));
                let texts: Vec<String> = lists.iter().map(list_words).collect();
                self.line(1, &format!("{title}：未定（{}）", texts.join(" 或 ")));
            }
        }
    }

    fn cycle(&mut self, person: &Person, at: &str, cycle: &Cycle) {
        let total = self.amount(&person.id, &format!("{at}/total"), cycle.total.as_deref());
        let (name, period) = (cycle.cycle.as_deref().unwrap_or_default(), cycle.period.as_deref().unwrap_or_default());
        let verdict = verdict(cycle.verdict.as_deref());
        self.line(0, &format!("\n{} {name} {period}：合计 {total} {}，{verdict}", person.id, self.rules.head.unit));
        self.requirements(&person.id, &format!("{at}/requirements"), cycle.requirements.as_deref());
    }

    fn unit(&mut self) {
        let lines = questions::unit_words(self.rules, &self.report["unit"]);
        if !lines.is_empty() {
            self.line(0, "\n单位");
            lines.iter().for_each(|line| self.line(1, line));
        }
    }

    fn notices(&mut self, people: usize) {
        let notices = self.report["notices"].as_array().cloned().unwrap_or_default();
        if !notices.is_empty() {
            self.line(0, "\n要看一看");
        }
        for notice in &notices {
            let whose = if people > 1 { format!("{} ", plain(&notice["person"])) } else { String::new() };
            let fact = notice["fact"].as_str().map(|fact| format!("{fact}：")).unwrap_or_default();
            self.line(1, &format!("{whose}{fact}{}", plain(&notice["text"])));
        }
    }
}

fn step_words(step: &Step) -> String {
    if step.line == 0 { step.text.clone() } else { format!("{}（第 {} 行）", step.text, step.line) }
}

/// A text without its quotes.
pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// 2026 集中调训补课
pub fn consequence_words(list: &Value) -> String {
    let one = |consequence: &Value| format!("{} {}", plain(&consequence["period"]), plain(&consequence["label"]));
    let texts: Vec<String> = list.as_array().into_iter().flatten().map(one).collect();
    if texts.is_empty() { "没有".to_owned() } else { texts.join("、") }
}

/// Carries by amount, effects by label.
fn list_words(list: &Value) -> String {
    let one = |entry: &Value| plain(entry.get("amount").or_else(|| entry.get("label")).unwrap_or(&Value::Null));
    let texts: Vec<String> = list.as_array().into_iter().flatten().map(one).collect();
    if texts.is_empty() { "没有".to_owned() } else { texts.join("、") }
}
