//! Rules as a paper words them, made from the numbers of the rule file so
//! that the two cannot part.

use std::num::NonZeroU32;

use serde::Serialize;
use ts_rs::TS;

use super::{
    file::RuleSet,
    ledger::{Category, ReducedFor},
};
use crate::exact::Exact;

/// One rule in words, with its line: for the page of explanations (说明).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleLine {
    /// The category that it belongs to.
    pub category: Category,
    /// The line of the rule file, counted from 1.
    pub line: u32,
    /// 每 60 分钟 0.5 学分，迟到减半
    pub words: String,
}

impl RuleSet {
    /// Every rule in words, in the order of the file.
    pub fn lines(&self) -> Vec<RuleLine> {
        let line = |category, line, words| RuleLine { category, line, words };
        let collective = [None, Some(ReducedFor::Late), Some(ReducedFor::EarlyLeave), Some(ReducedFor::MakeUp)];
        let mut lines: Vec<RuleLine> = collective
            .into_iter()
            .map(|reason| line(Category::Collective, self.collective_line(reason), self.collective_words(reason)))
            .collect();
        lines.push(line(Category::SelfStudy, self.credit(Category::SelfStudy).line, self.self_study_words()));
        lines.push(line(Category::Note, self.credit(Category::Note).line, self.note_words()));
        lines
    }

    pub(super) fn collective_words(&self, reason: Option<ReducedFor>) -> String {
        let full = self.time_words(Category::Collective);
        let Some(reason) = reason else {
            return full;
        };
        let named = match reason {
            ReducedFor::Late => "迟到",
            ReducedFor::EarlyLeave => "早退",
            ReducedFor::MakeUp => "补学",
        };
        let factor = self.factor(reason).value;
        if Exact::fraction(1, 2) == Some(factor) {
            format!("{full}，{named}减半")
        } else {
            format!("{full}，{named}计 {}%", factor * Exact::whole(100))
        }
    }

    pub(super) fn self_study_words(&self) -> String {
        self.time_words(Category::SelfStudy)
    }

    pub(super) fn note_words(&self) -> String {
        let credit = self.credit(Category::Note).value;
        format!("{} 字以上每篇 {credit} {}{}", self.least_chars(), self.unit(), self.cap_words(Category::Note))
    }

    fn time_words(&self, category: Category) -> String {
        let minutes = self.per_minutes(category).map_or(0, NonZeroU32::get);
        format!("每 {minutes} 分钟 {} {}{}", self.credit(category).value, self.unit(), self.cap_words(category))
    }

    fn cap_words(&self, category: Category) -> String {
        self.cap(category).map_or(String::new(), |cap| format!("，每年最多 {cap} {}", self.unit()))
    }
}
