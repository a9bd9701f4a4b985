//! The tables of a rule file, one function each.

use std::ops::RangeInclusive;

use super::{finding::Code, reader::Entry};
use crate::rules::model::{CapPer, OpenQuestion, SplitOption};

pub(super) mod counting;
pub(super) mod results;
pub(super) mod time;
pub(super) mod unit;

/// Lengths in years that somebody can mean.
const SOME_YEARS: RangeInclusive<i64> = 1..=100;
/// For how many periods something can stay valid.
const LIFETIMES: RangeInclusive<i64> = 1..=1_000;

/// What may become of an activity across a boundary; `None`: ask.
const CATEGORY_SPLITS: &[(&str, Option<SplitOption>)] =
    &[("days", Some(SplitOption::Days)), ("end", Some(SplitOption::End)), ("start", Some(SplitOption::Start)), ("ask", None)];

/// `per`: one of some words, or a cycle. What is a word of another table is
/// refused rather than taken for a cycle that does not exist.
fn cap_per(entry: &Entry<'_>, words: &[(&'static str, CapPer)]) -> Option<CapPer> {
    const ALL: &[&str] = &["event", "key", "day", "week", "month", "quarter", "half_year", "period"];
    let Some(item) = entry.get("per") else { return Some(CapPer::Period) };
    let word = entry.reader.word_of("per", item)?;
    if let Some((_, per)) = words.iter().find(|(own, _)| *own == word) {
        return Some(per.clone());
    }
    if ALL.contains(&word.as_str()) {
        entry.bad_choice("per", item, &word, &words.iter().map(|(own, _)| *own).collect::<Vec<_>>());
        return None;
    }
    Some(CapPer::Cycle(word))
}

pub(super) fn open(entry: &Entry<'_>) -> Option<OpenQuestion> {
    let id = entry.needed("id", entry.word("id"));
    let question = entry.needed("question", entry.text("question"));
    let reading = |reading: &Entry<'_>| {
        let id = reading.needed("id", reading.word("id"));
        let label = reading.text("label");
        ["note", "source"].into_iter().for_each(|key| drop(reading.text(key)));
        reading.finish();
        let id = id?;
        Some((id.clone(), label.unwrap_or(id)))
    };
    let entries = entry.entries("reading", "open.reading");
    if entries.len() < 2 {
        entry.report(Code::ReadingsTooFew, vec![("id", id.clone().unwrap_or_default())]);
    }
    let readings: Vec<_> = entries.iter().map(reading).collect();
    Some(OpenQuestion {
        origin: entry.origin_of_question(),
        id: id?,
        question: question?,
        readings: readings.into_iter().collect::<Option<_>>()?,
    })
}
