//! What a person did and was: the input of an evaluation beside the rule
//! set. Described in assets/guide/rules.md, section 8.

use std::sync::Arc;

use chrono::NaiveDate;

use super::expression::Datum;
use crate::{calendar::PartialDate, exact::Exact};

mod cursor;
mod json;
mod problem;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub use problem::{FactsError, FactsProblem};
pub use read::{FactsFile, PeriodRange, read};
pub use write::{activity as activity_json, earlier as earlier_json, to_json};

/// One person with everything that an evaluation may need to know.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subject {
    /// What the caller knows the person by.
    pub id: String,
    /// Rank, post, party role …
    pub person: Person,
    /// What was done, in any order.
    pub activities: Vec<Activity>,
    /// Results of earlier periods, in any order.
    pub earlier: Vec<EarlierResult>,
    /// Scores given by hand.
    pub scores: Vec<Score>,
    /// What was decided where the rules do not decide.
    pub decisions: Vec<Decision>,
}

/// What a person is, over time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// Sorted by name; no name twice.
    pub attributes: Vec<(Box<str>, Vec<Phase>)>,
    /// Spans of leave.
    pub leave: Vec<Leave>,
    /// Another review's grade: review and grade.
    pub reviews: Vec<(String, String)>,
}

/// A value that holds for a while.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// From this day on; `None`: from the beginning.
    pub from: Option<NaiveDate>,
    /// Up to and including this day; `None`: to the end.
    pub until: Option<NaiveDate>,
    /// The value.
    pub value: Item,
}

/// Days away.
#[derive(Debug, Clone, PartialEq)]
pub struct Leave {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// 病假, 事假 …
    pub kind: String,
}

/// A recorded value.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A number.
    Number(Exact),
    /// A text.
    Text(Box<str>),
    /// True or false.
    Flag(bool),
    /// Texts.
    List(Arc<[Box<str>]>),
}

impl Item {
    /// As a value of an expression.
    pub fn datum(&self) -> Datum<'_> {
        match self {
            Self::Number(number) => Datum::Number(*number),
            Self::Text(text) => Datum::Text(text),
            Self::Flag(flag) => Datum::Flag(*flag),
            Self::List(list) => Datum::List(list),
        }
    }
}

/// Something that a person did.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// Unique among the person's activities.
    pub id: Box<str>,
    /// 中心组学习, 网络课程 …
    pub kind: Box<str>,
    /// When; `None`: in the last period that is evaluated.
    pub date: Option<PartialDate>,
    /// The last day, where it lasted longer than one.
    pub until: Option<NaiveDate>,
    /// So many times the same.
    pub count: u32,
    /// What a reader knows it by; may be empty.
    pub label: String,
    /// Everything else that was recorded. Sorted by name; no name twice.
    pub items: Vec<(Box<str>, Item)>,
    /// Only in these rule sets; empty: in all.
    pub schemes: Vec<String>,
}

impl Activity {
    /// A recorded item.
    pub fn item(&self, name: &str) -> Option<&Item> {
        let at = self.items.binary_search_by(|(own, _)| (**own).cmp(name)).ok()?;
        Some(&self.items[at].1)
    }
}

impl Person {
    /// What holds on a day; the last phase in the list that covers it.
    pub fn on(&self, name: &str, day: NaiveDate) -> Option<&Item> {
        let at = self.attributes.binary_search_by(|(own, _)| (**own).cmp(name)).ok()?;
        let holds = |phase: &&Phase| phase.from.is_none_or(|from| from <= day) && phase.until.is_none_or(|until| day <= until);
        self.attributes[at].1.iter().rev().find(holds).map(|phase| &phase.value)
    }
}

/// The result of an earlier period: closed, or from before the program was
/// used.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EarlierResult {
    /// Which: `2024`, `2024-Q1`, as [`crate::rules::ledger::PeriodLedger::period`].
    pub period: String,
    /// Its total.
    pub total: Option<Exact>,
    /// Its buckets and counters.
    pub buckets: Vec<(String, Exact)>,
    /// Whether its binding requirements were met.
    pub passed: Option<bool>,
    /// Requirements that were not met.
    pub short: Vec<String>,
    /// Its grade.
    pub grade: Option<String>,
    /// What it handed on; `None`: to be worked out from the other figures.
    pub carry: Option<Vec<CarriedOut>>,
    /// Awards spread into later periods.
    pub spread: Vec<SpreadPart>,
    /// What it used of caps that reach over a cycle; `None`: not known, the
    /// sums have to do.
    pub used: Option<Vec<CapUse>>,
}

/// What a period used of a cap that reaches over a cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct CapUse {
    /// The cap's id.
    pub cap: String,
    /// How much counted under it.
    pub amount: Exact,
    /// How often.
    pub count: Exact,
}

/// What a period hands on.
#[derive(Debug, Clone, PartialEq)]
pub struct CarriedOut {
    /// The carry's id; empty where it is not known.
    pub id: String,
    /// The bucket that gets it; empty where the rules have none.
    pub to: String,
    /// How much.
    pub amount: Exact,
    /// For how many periods more, the next included.
    pub lifetime: u32,
}

/// A part of an award that counts in a later period.
#[derive(Debug, Clone, PartialEq)]
pub struct SpreadPart {
    /// The period in which it counts, by name.
    pub period: String,
    /// The fact.
    pub fact: String,
    /// The category.
    pub category: String,
    /// How much.
    pub amount: Exact,
}

/// Points that somebody gave for an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The indicator.
    pub indicator: String,
    /// Who scored: 自评, 互评, 核查.
    pub by: String,
    /// The points.
    pub value: Exact,
    /// Why; may be empty.
    pub reason: String,
    /// The period, where several are evaluated.
    pub period: Option<String>,
}

/// What somebody decided where the rules do not.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The question's key.
    pub question: String,
    /// The reading chosen.
    pub answer: Answer,
    /// Why; may be empty.
    pub reason: String,
}

/// A decision's content.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A reading, by id.
    Reading(String),
    /// A number.
    Value(Exact),
}

/// What is known of a unit as a whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unit {
    /// Sorted by name; no name twice.
    pub items: Vec<(Box<str>, Item)>,
}
