//! Rules, steps and questions in words. The engine's own sentences come from
//! the catalogue; here are the rules of a file as a paper words them.

use xueji_domain::{
    exact::Exact,
    rules::{
        expression::Expression,
        facts::{Activity, Item},
        ledger::{Entry, Step, StepKind},
        model::{Adjust, AdjustKind, Award, Band, Cap, CapPer, Category, Gives, RuleSet, Value, ValueKind},
        report::Words,
    },
};

use crate::{areas::credits::RuleWords, messages};

/// The engine's sentences for a rule set.
pub(crate) fn of(rules: &RuleSet) -> Words<'_> {
    Words::new(rules, &messages::sentence)
}

/// A quantity as people name it.
fn quantity(text: &str) -> String {
    match text.trim() {
        "minutes" => "分钟".to_owned(),
        "hours" => "小时".to_owned(),
        "days" => "天".to_owned(),
        "half_days" => "个半天".to_owned(),
        "class_hours" => "学时".to_owned(),
        "chars" => "字".to_owned(),
        "count" => "次".to_owned(),
        "credits" => "登记的数".to_owned(),
        other => other.to_owned(),
    }
}

fn value(value: &Value) -> String {
    match &value.how {
        ValueKind::Constant(number) => number.to_string(),
        ValueKind::Formula(formula) => formula.text.clone(),
        ValueKind::Table { by, rows, .. } => {
            let by: Vec<&str> = by.iter().map(|by| by.text.as_str()).collect();
            let rows: Vec<String> = rows.iter().take(6).map(|(key, number)| format!("{key} {number}")).collect();
            format!("（按 {}：{}）", by.join("、"), rows.join("，"))
        }
        ValueKind::Bands { by, bands, .. } => {
            let shown: Vec<String> = bands.iter().take(6).map(|band| band.value.to_string()).collect();
            format!("（按 {} 分段：{}）", by.text, shown.join("、"))
        }
    }
}

/// 每 60 分钟 0.5 学分
fn award(award: &Award, unit: &str) -> String {
    match &award.gives {
        Gives::Rate { of: None, credit, .. } => format!("每次 {} {unit}", value(credit)),
        Gives::Rate { of: Some(of), per, credit, .. } => format!("每 {per} {} {} {unit}", quantity(&of.text), value(credit)),
        Gives::Formula(formula) if formula.text.is_empty() => format!("按登记的{unit}"),
        Gives::Formula(formula) => format!("按“{}”计", formula.text),
        Gives::Range { lower, upper, .. } => {
            let end = |end: &Option<xueji_domain::rules::model::End>| end.map_or_else(|| "不限".to_owned(), |end| end.at.to_string());
            format!("在 {} 到 {} {unit}之间裁量", end(lower), end(upper))
        }
    }
}

fn adjust(adjust: &Adjust) -> String {
    let (sign, by) = match &adjust.how {
        AdjustKind::Times(by) => ("×", value(by)),
        AdjustKind::Add(by) => ("+", value(by)),
    };
    match &adjust.label {
        Some(label) => format!("{label}（{sign} {by}）"),
        None => format!("{sign} {by}"),
    }
}

/// Where a span of a cap ends.
fn span(per: &CapPer) -> String {
    match per {
        CapPer::Event => "单次".to_owned(),
        CapPer::Key => "同一项目".to_owned(),
        CapPer::Day => "每日".to_owned(),
        CapPer::Week => "每周".to_owned(),
        CapPer::Month => "每月".to_owned(),
        CapPer::Quarter => "每季".to_owned(),
        CapPer::HalfYear => "每半年".to_owned(),
        CapPer::Period => "每期".to_owned(),
        CapPer::Cycle(id) => id.clone(),
    }
}

fn cap(cap: &Cap, rules: &RuleSet) -> String {
    let unit = &rules.head.unit;
    let on: Vec<String> = cap.on.iter().map(|id| label(rules, id)).collect();
    let mut parts = Vec::new();
    if let Some(max) = &cap.max {
        parts.push(format!("最多 {} {unit}", value(max)));
    }
    if let Some(count) = &cap.count {
        parts.push(format!("最多 {} 次", value(count)));
    }
    if let Some(min) = &cap.min {
        parts.push(format!("不低于 {} {unit}", value(min)));
    }
    format!("{}：{}{}", on.join("、"), span(&cap.per), parts.join("，"))
}

/// The name of a category, a bucket or the total.
pub(crate) fn label(rules: &RuleSet, id: &str) -> String {
    let category = rules.categories.iter().find(|own| own.id == id).map(|own| own.label.clone());
    let bucket = || rules.buckets.iter().find(|own| own.id == id).map(|own| own.label.clone());
    category.or_else(bucket).unwrap_or_else(|| if id == "total" { "总量".to_owned() } else { id.to_owned() })
}

fn category_lines(category: &Category, unit: &str, lines: &mut Vec<RuleWords>) {
    let mut put = |line: u32, words: String| lines.push(RuleWords { line, words: format!("{}：{words}", category.label) });
    for line in category.awards.iter().filter(|award| !is_by_hand(award)) {
        put(line.origin.line, award(line, unit));
    }
    for gate in category.gates.iter().filter(|gate| !gate.label.is_empty()) {
        put(gate.origin.line, format!("{}的不计", gate.label));
    }
    for line in &category.adjusts {
        put(line.origin.line, adjust(line));
    }
}

/// Whether an award is the one for credits by hand, which goes without
/// saying.
fn is_by_hand(award: &Award) -> bool {
    let by_name = award.when.as_ref().is_some_and(|when| when.text.trim() == "record = 'manual'");
    by_name || matches!(&award.gives, Gives::Formula(formula) if formula.text.is_empty())
}

/// Every rule of a file in words, in the order of its lines.
pub(crate) fn lines(rules: &RuleSet) -> Vec<RuleWords> {
    let unit = &rules.head.unit;
    let mut lines = Vec::new();
    for category in &rules.categories {
        category_lines(category, unit, &mut lines);
    }
    lines.extend(rules.caps.iter().map(|own| RuleWords { line: own.origin.line, words: cap(own, rules) }));
    for requirement in &rules.requirements {
        let tests: Vec<String> = requirement
            .tests
            .iter()
            .map(|test| {
                let limit = |word: &str, limit: &Option<xueji_domain::rules::model::Limit>| {
                    limit.as_ref().map(|limit| format!("{word} {}", value(&limit.value)))
                };
                let limits: Vec<String> = [limit("不低于", &test.lower), limit("不超过", &test.upper)].into_iter().flatten().collect();
                format!("{} {}", label(rules, test.of.text.trim()), limits.join("，"))
            })
            .collect();
        let who = requirement.who.as_ref().map_or_else(String::new, |who| format!("（{}）", who.text));
        let words = format!("要求“{}”{who}：{} {unit}", requirement.label, tests.join(" 或 "));
        lines.push(RuleWords { line: requirement.origin.line, words });
    }
    let streak = |own: &xueji_domain::rules::model::Streak| RuleWords {
        line: own.origin.line,
        words: format!("连续 {} 期：{}", own.length, own.label),
    };
    lines.extend(rules.streaks.iter().map(streak));
    lines.sort_by_key(|line| line.line);
    lines
}

/// The rule that gave a credit. Of a table or of bands, the line that
/// applied.
pub(crate) fn rule(rules: &RuleSet, entry: &Entry, activity: Option<&Activity>) -> String {
    let Some(category) = rules.categories.iter().find(|own| own.id == entry.category) else { return label(rules, &entry.category) };
    let Some(found) = award_at(category, entry.line) else { return category.label.clone() };
    let given = entry.steps.iter().find_map(|step| match step.what {
        StepKind::Rate { credit, .. } if step.line == entry.line => Some(credit),
        _ => None,
    });
    let applied = given.and_then(|credit| Some((credit, applied(found, credit, activity)?)));
    match (applied, &found.gives) {
        (Some((credit, line)), Gives::Rate { of: None, .. }) => format!("{line}：每次 {credit} {}", rules.head.unit),
        (Some((credit, line)), Gives::Rate { of: Some(of), per, .. }) => {
            format!("{line}：每 {per} {} {credit} {}", quantity(&of.text), rules.head.unit)
        }
        _ => award(found, &rules.head.unit),
    }
}

fn award_at(category: &Category, line: u32) -> Option<&Award> {
    category.awards.iter().find(|own| own.origin.line == line && !is_by_hand(own))
}

/// A step in words, with the line of a table or of bands that it went by:
/// 每次计 30（score 90 以上）.
pub(crate) fn step(say: &Words, rules: &RuleSet, entry: &Entry, step: &Step, activity: Option<&Activity>) -> String {
    let words = say.step(step);
    let StepKind::Rate { credit, .. } = step.what else { return words };
    let category = rules.categories.iter().find(|own| own.id == entry.category);
    let line = category.and_then(|category| award_at(category, step.line)).and_then(|award| applied(award, credit, activity));
    match line {
        Some(line) => format!("{words}（{line}）"),
        None => words,
    }
}

/// Which lines of a table or of bands give this much; of several, that into
/// which the fact falls. `None`: the amount is stated, or computed.
fn applied(award: &Award, amount: Exact, activity: Option<&Activity>) -> Option<String> {
    let Gives::Rate { credit, .. } = &award.gives else { return None };
    match &credit.how {
        ValueKind::Constant(_) | ValueKind::Formula(_) => None,
        ValueKind::Table { by, rows, otherwise } => {
            let item = |by: &Expression| activity?.item(by.text.trim()).map(item_words);
            let key: Option<Vec<String>> = by.iter().map(item).collect();
            let own = key.map(|parts| parts.join("/")).filter(|key| rows.iter().any(|(row, value)| row == key && *value == amount));
            let giving = || rows.iter().filter(|(_, value)| *value == amount).map(|(row, _)| row.clone()).collect::<Vec<_>>();
            one_of(own.map_or_else(giving, |own| vec![own]), *otherwise == Some(amount))
        }
        ValueKind::Bands { by, bands, otherwise } => {
            let number = activity.and_then(|activity| match activity.item(by.text.trim())? {
                Item::Number(number) => Some(*number),
                _ => None,
            });
            let fits = |band: &&Band| band.value == amount && number.is_none_or(|number| band.holds(number));
            let found = bands.iter().filter(fits).map(|band| format!("{}{}", quantity_name(&by.text), interval(band)));
            one_of(found.collect(), *otherwise == Some(amount))
        }
    }
}

/// 一等奖, 一等奖或二等奖, 其他.
fn one_of(found: Vec<String>, otherwise: bool) -> Option<String> {
    if found.is_empty() { otherwise.then(|| "其他".to_owned()) } else { Some(found.join("或")) }
}

fn item_words(item: &Item) -> String {
    match item {
        Item::Number(number) => number.to_string(),
        Item::Text(text) => text.to_string(),
        Item::Flag(flag) => flag.to_string(),
        Item::List(list) => list.join("、"),
    }
}

/// A quantity before its number: `minutes` → 分钟数.
fn quantity_name(text: &str) -> String {
    match text.trim() {
        "credits" => "登记的数".to_owned(),
        own @ ("minutes" | "hours" | "days" | "half_days" | "class_hours" | "chars" | "count") => {
            format!("{}数", quantity(own).trim_start_matches('个'))
        }
        own => own.to_owned(),
    }
}

/// 60 以上, 大于 60, 不足 90, 60 以上、不足 90.
pub(crate) fn interval<T>(band: &Band<T>) -> String {
    let lower = band.lower.map(|end| if end.inclusive { format!(" {} 以上", end.at) } else { format!("大于 {}", end.at) });
    let upper = band.upper.map(|end| if end.inclusive { format!("不超过 {}", end.at) } else { format!("不足 {}", end.at) });
    match (lower, upper) {
        (None, None) => "不限".to_owned(),
        (lower, upper) => [lower, upper].into_iter().flatten().collect::<Vec<_>>().join("、"),
    }
}
