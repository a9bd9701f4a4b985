//! `rules check`: what is wrong with a rule file, and where.

use serde::Serialize;
use serde_json::{Map, Value, json};
use xueji_api::messages;
use xueji_domain::rules::{
    file::{FileReading, Finding, SIZE_LIMIT, Severity},
    inspect,
    model::{Kind, RuleSet},
};

use super::shelf::Parents;
use crate::{
    args::{Arguments, rules::Check},
    failure::Failure,
    input::{self, Text},
    output::Answer,
};

/// A finding with its sentence.
#[derive(Debug, Clone, Serialize)]
pub struct FoundLine {
    /// The file, as typed; of a parent, the name of its rule set.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// How much it matters.
    pub severity: Severity,
    /// A stable word.
    pub code: &'static str,
    /// What the sentence quotes.
    pub params: Map<String, Value>,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl FoundLine {
    fn new(name: &str, finding: &Finding) -> Self {
        let params: Map<String, Value> = finding.params.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        let file = finding.rule_set.as_ref().map_or_else(|| name.to_owned(), |parent| format!("上级规则“{parent}”"));
        Self {
            file,
            line: finding.line,
            column: finding.column,
            severity: finding.severity,
            code: finding.code.code(),
            sentence: messages::sentence("rule_finding", finding.code.code(), &params),
            params,
        }
    }

    /// Whether the file cannot be used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// 规则.toml:12:3 错误：…
    pub fn in_words(&self) -> String {
        let severity = match self.severity {
            Severity::Error => "错误",
            Severity::Warning => "提醒",
            Severity::Hint => "提示",
        };
        format!("{}:{}:{} {severity}：{}", self.file, self.line, self.column, self.sentence)
    }
}

/// A rule file that was read, with its findings in words.
pub struct Inspected {
    /// The file.
    pub file: Text,
    /// What was read.
    pub rules: Option<RuleSet>,
    /// What was found.
    pub found: Vec<FoundLine>,
}

/// Reads and judges a rule file.
pub fn inspected(arguments: &Arguments, path: &std::path::Path) -> Result<Inspected, Failure> {
    judged(arguments, path, input::read(path, SIZE_LIMIT)?)
}

/// The errors of a file that cannot be used, as an answer; `None`: it can.
pub fn faults(arguments: &Arguments, path: &std::path::Path, file: &Text) -> Result<Option<Answer>, Failure> {
    let Inspected { file, rules, found } = judged(arguments, path, Text { name: file.name.clone(), text: file.text.clone() })?;
    if rules.is_some() {
        return Ok(None);
    }
    let errors: Vec<&FoundLine> = found.iter().filter(|one| one.is_error()).collect();
    let mut words: String = errors.iter().map(|one| one.in_words() + "\n").collect();
    words.push_str(&format!("{}：{} 个错误，没有启用。改正后再试。\n", file.name, errors.len()));
    let mut answer = Answer::new(words, json!({ "file": file.name, "usable": false, "findings": errors }));
    answer.refused = true;
    Ok(Some(answer))
}

fn judged(arguments: &Arguments, path: &std::path::Path, file: Text) -> Result<Inspected, Failure> {
    let parents = Parents::of(arguments, path)?;
    let FileReading { rule_set: rules, findings, .. } = inspect(&file.text, &|id| parents.find(id));
    let found = findings.iter().map(|finding| FoundLine::new(&file.name, finding)).collect();
    Ok(Inspected { file, rules, found })
}

/// How many findings there are of each severity.
pub fn counts(found: &[FoundLine]) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Hint].map(|severity| found.iter().filter(|one| one.severity == severity).count())
}

/// `rules check`
pub fn run(arguments: &Arguments, request: &Check) -> Result<Answer, Failure> {
    let Inspected { file, rules, found } = inspected(arguments, &request.file)?;
    let [errors, warnings, hints] = counts(&found);
    let mut words: String = found.iter().map(|one| one.in_words() + "\n").collect();
    words.push_str(&match &rules {
        None => format!("{}：{errors} 个错误，{warnings} 处提醒，{hints} 处提示。改正错误后才能使用。\n", file.name),
        Some(rules) if found.is_empty() => format!("{}：没有问题。{}\n", file.name, summary(rules)),
        Some(rules) => format!("{}：没有错误，{warnings} 处提醒，{hints} 处提示。{}\n", file.name, summary(rules)),
    });
    let json = json!({
        "file": file.name,
        "id": rules.as_ref().map(|rules| &rules.head.id),
        "name": rules.as_ref().map(|rules| &rules.head.name),
        "usable": rules.is_some(),
        "errors": errors,
        "warnings": warnings,
        "hints": hints,
        "findings": found,
    });
    let mut answer = Answer::new(words, json);
    answer.refused = rules.is_none();
    Ok(answer)
}

/// What is in it, so that one sees whether all was read.
fn summary(rules: &RuleSet) -> String {
    let size = match rules.head.kind {
        Kind::Credits => format!("{} 个类别，{} 条上限，{} 条要求", rules.categories.len(), rules.caps.len(), rules.requirements.len()),
        Kind::Assessment => {
            format!("{} 项指标，{} 张等次表，{} 条一票否决", rules.indicators.len(), rules.grades.len(), rules.vetoes.len())
        }
    };
    format!("“{}”（{}）：{size}。", rules.head.name, rules.head.id)
}
