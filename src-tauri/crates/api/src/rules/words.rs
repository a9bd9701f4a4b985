//! Rules, steps and questions in words. The engine's own sentences come from
//! the catalogue; here are the rules of a file as a paper words them.

use xueji_domain::rules::{
    ledger::Entry,
    model::{Adjust, AdjustKind, Award, Cap, CapPer, Category, Gives, RuleSet, Value, ValueKind},
    report::Words,
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

/// The rule that gave a credit.
pub(crate) fn rule(rules: &RuleSet, entry: &Entry) -> String {
    let Some(category) = rules.categories.iter().find(|own| own.id == entry.category) else { return label(rules, &entry.category) };
    let found = category.awards.iter().find(|own| own.origin.line == entry.line && !is_by_hand(own));
    match found {
        Some(found) => award(found, &rules.head.unit),
        None => category.label.clone(),
    }
}
