//! A decision in words: the question that was asked and the reading that was
//! chosen, as they were shown when it was open. A decision keeps only their
//! keys (section 7 of assets/guide/rules.md); the words come from the rule
//! set and the fact that the keys name.

use serde_json::{Map, Value};
use xueji_domain::rules::{
    ledger::{Question, QuestionKind, Reading},
    model::{Band, Gives, RuleSet, ValueKind},
};
use xueji_exchange::params;

use super::words;
use crate::messages;

/// A decision in words.
pub(crate) struct DecidedWords {
    /// The question.
    pub question: String,
    /// The reading; `None`: a number was given.
    pub reading: Option<String>,
}

/// Finds the words; where the rule set is not at hand, those that go without
/// it. `fact` is the fact in words, where the decision is about one.
pub(crate) fn words(rules: Option<&RuleSet>, key: &str, reading: Option<&str>, fact: Option<&str>) -> DecidedWords {
    let empty = RuleSet::default();
    let rules = rules.unwrap_or(&empty);
    let asked = Asked::of(rules, key);
    let question = asked.question(rules, fact).unwrap_or_else(|| key.to_owned());
    DecidedWords { question, reading: reading.map(|id| asked.reading(rules, id)) }
}

/// What a key names.
enum Asked<'k> {
    /// `options.change`, `streak:id`, `quota:id`, an id of `[[open]]`: the
    /// engine's own words.
    Known(QuestionKind),
    /// `rounding:category`
    Rounding(&'k str),
    /// `band:line:number`
    Band(&'k str, &'k str),
    /// `table:line:key`
    Table(&'k str, &'k str),
    /// `award:fact`, `value:fact`, `missing:fact`
    Amount,
    /// `score:indicator`, `score:indicator:scorer`
    Score(&'k str),
    /// Of a text that is not at hand.
    Unknown,
}

impl<'k> Asked<'k> {
    fn of(rules: &RuleSet, key: &'k str) -> Self {
        if let Some(open) = rules.open.iter().find(|open| open.id == key) {
            return Self::Known(QuestionKind::Stated { text: open.question.clone() });
        }
        if let Some(option) = key.strip_prefix("options.") {
            return Self::Known(QuestionKind::Option { option: option.to_owned() });
        }
        let Some((kind, rest)) = key.split_once(':') else { return Self::Unknown };
        match (kind, rest.split_once(':')) {
            ("rounding", _) => Self::Rounding(rest),
            ("band", Some((line, number))) => Self::Band(line, number),
            ("table", Some((line, row))) => Self::Table(line, row),
            ("award" | "value" | "missing", _) => Self::Amount,
            ("score", _) => Self::Score(rest),
            ("streak", _) => {
                let label = rules.streaks.iter().find(|own| own.id == rest).map_or(rest, |own| own.label.as_str());
                Self::Known(QuestionKind::Streak { streak: label.to_owned() })
            }
            ("quota", _) => {
                let label = rules.quotas.iter().find(|own| own.id == rest).map_or(rest, |own| own.label.as_str());
                Self::Known(QuestionKind::Tie { quota: label.to_owned() })
            }
            _ => Self::Unknown,
        }
    }

    /// The question; `None`: only its key is known.
    fn question(&self, rules: &RuleSet, fact: Option<&str>) -> Option<String> {
        let say = |code: &str, params: Map<String, Value>| Some(messages::sentence("decided_question", code, &params));
        match self {
            Self::Known(kind) => Some(words::of(rules).question(&bare(kind.clone()))),
            Self::Rounding(category) => say("rounding", params! { "category" => words::label(rules, category) }),
            Self::Band(line, number) => say("band", params! { "line" => *line, "value" => *number }),
            Self::Table(line, row) => say("table", params! { "line" => *line, "value" => *row }),
            Self::Amount => match fact {
                Some(fact) => say("amount_of", params! { "fact" => fact }),
                None => say("amount", Map::new()),
            },
            Self::Score(indicator) => {
                let (id, by) = indicator.split_once(':').unwrap_or((indicator, ""));
                let label = rules.indicators.iter().find(|own| own.id == id).map_or(id, |own| own.label.as_str());
                match by {
                    "" => say("score", params! { "indicator" => label }),
                    by => say("score_by", params! { "indicator" => label, "by" => by }),
                }
            }
            Self::Unknown => None,
        }
    }

    /// A reading of it.
    fn reading(&self, rules: &RuleSet, id: &str) -> String {
        let stated = |kind: &QuestionKind| match kind {
            QuestionKind::Stated { text } => {
                let open = rules.open.iter().find(|open| open.question == *text)?;
                open.readings.iter().find(|(own, _)| own == id).map(|(_, label)| label.clone())
            }
            _ => None,
        };
        let (kind, label) = match self {
            Self::Known(kind) => (kind.clone(), stated(kind).unwrap_or_default()),
            Self::Rounding(_) => {
                (QuestionKind::Rounding { category: String::new(), units: xueji_domain::exact::Exact::ZERO }, String::new())
            }
            Self::Band(line, _) => {
                let kind = QuestionKind::Band { value: xueji_domain::exact::Exact::ZERO, overlap: false };
                (kind, band_label(rules, line, id).unwrap_or_default())
            }
            Self::Table(..) | Self::Amount | Self::Score(_) | Self::Unknown => return id.to_owned(),
        };
        words::of(rules).reading(&bare(kind), &Reading { id: id.to_owned(), label, unbounded: false })
    }
}

/// A question with nothing but its words.
fn bare(kind: QuestionKind) -> Question {
    Question { key: String::new(), kind, fact: None, line: 0, readings: Vec::new() }
}

/// `band2` of the entry on a line, as its interval: 60 以上、不足 90.
fn band_label(rules: &RuleSet, line: &str, id: &str) -> Option<String> {
    let line: u32 = line.parse().ok()?;
    let at = id.strip_prefix("band")?.parse::<usize>().ok()?.checked_sub(1)?;
    let found = |bands: &[Band]| bands.get(at).map(|band| words::interval(band).trim().to_owned());
    let of_award = rules.categories.iter().flat_map(|category| &category.awards).find_map(|award| match &award.gives {
        Gives::Rate { credit, .. } if award.origin.line == line || credit.line == line => match &credit.how {
            ValueKind::Bands { bands, .. } => found(bands),
            _ => None,
        },
        _ => None,
    });
    let grade =
        || rules.grades.iter().find(|grade| grade.origin.line == line)?.bands.get(at).map(|band| words::interval(band).trim().to_owned());
    of_award.or_else(grade)
}

#[cfg(test)]
mod tests {
    use xueji_domain::rules::file;

    use super::words;

    const TEXT: &str = r#"id = "k"
name = "办法"
unit = "学分"

[[category]]
id = "net"
label = "网络课程"
  [[category.award]]
  credit = { by = "hours", bands = [{ from = "1", under = "4", credit = "2" }, { from = "6", credit = "5" }] }
  [[category.award]]
  of = "hours"
  credit = "1"
"#;

    #[test]
    fn a_key_becomes_the_question_that_was_asked() {
        let rules = file::read(TEXT, &|_| None).rule_set.unwrap();
        let line = TEXT.lines().position(|line| line.contains("bands")).unwrap() + 1;
        let band = format!("band:{line}:5");
        for (key, reading, fact, question, label) in [
            ("options.change", Some("end"), None, "这一期里职级等有变化，要求按哪个时候的？".to_owned(), Some("按期末")),
            ("rounding:net", Some("floor"), None, "“网络课程”除不尽时，怎样取舍？".to_owned(), Some("不足一个的不算")),
            (&band, Some("band1"), None, format!("规则第 {line} 行：5 按哪一段算？"), Some("1 以上、不足 4")),
            (&band, Some("none"), None, format!("规则第 {line} 行：5 按哪一段算？"), Some("哪一段也不算")),
            ("missing:session:1", None, Some("党课《第一课》"), "“党课《第一课》”计多少？".to_owned(), None),
            ("value:gone", None, None, "一条记录计多少？".to_owned(), None),
            ("不在规则里", Some("甲"), None, "不在规则里".to_owned(), Some("甲")),
        ] {
            let found = words(Some(&rules), key, reading, fact);
            assert_eq!((found.question, found.reading.as_deref()), (question, label), "{key}");
        }
    }
}
