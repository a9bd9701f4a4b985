//! What has to be held, as data: the file and its reader.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de};
use toml::Spanned;
use ts_rs::TS;

use super::{Every, applies::condition_names_a_fact};
use crate::{
    exact::Exact,
    rules::expression::{self, Expression},
};

/// What branches have to hold.
#[derive(Debug, Clone)]
pub struct Requirements {
    /// What the list calls itself.
    pub name: String,
    /// Where it is from and what it leaves open; may be empty.
    pub note: String,
    /// From so many full members on there is a 支委会.
    pub committee_from: u32,
    /// In file order; no id twice.
    pub items: Vec<Item>,
}

/// One thing that has to be held.
#[derive(Debug, Clone)]
pub struct Item {
    /// Unique in its file.
    pub id: String,
    /// As it stands in the table.
    pub name: String,
    /// Where it is written; may be empty.
    pub source: String,
    /// For readers; may be empty.
    pub note: String,
    /// Kinds of session that satisfy it; at least one.
    pub kinds: Vec<String>,
    /// Whether only meetings count in which the secretary lectures.
    pub by_secretary: bool,
    /// For whom.
    pub each: Each,
    /// On which structure; `None`: always.
    pub when: Option<Expression>,
    /// Why nothing is required where the condition does not hold; may be
    /// empty.
    pub otherwise: String,
    /// The months in which it is usually held, first and last, 1 to 12.
    pub usual: Option<(u32, u32)>,
    /// What must be there for meetings, votes, elections.
    pub quorums: Vec<Quorum>,
    /// One where the rule decides; at least two where it does not. No id
    /// twice.
    pub readings: Vec<Reading>,
    /// The reading that the file chooses.
    pub chosen: Option<String>,
}

/// For whom an item is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// The branch as a whole.
    #[default]
    Branch,
    /// Each of its groups.
    Group,
}

/// A way to read how often.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Empty where the item has only one.
    pub id: String,
    /// Empty where the item has only one.
    pub label: String,
    /// Who reads it so; may be empty.
    pub source: String,
    /// How often.
    pub frequency: Frequency,
}

/// How much in which window.
#[derive(Debug, Clone)]
pub struct Frequency {
    /// The window.
    pub every: Every,
    /// How much.
    pub measure: Measure,
}

/// What is counted, and the least of it.
#[derive(Debug, Clone)]
pub enum Measure {
    /// Meetings.
    Times(Exact),
    /// Days; no calendar day gives more than one.
    Days(Exact),
    /// Talks between these.
    Talks {
        /// Between whom.
        between: (Side, Side),
        /// What has to be covered.
        each: TalkReading,
    },
}

/// Who takes part in a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 支委
    Committee,
    /// 党员 who are not on the committee.
    Member,
}

/// What talks have to cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TalkReading {
    /// Every pair talks.
    Pairs,
    /// Everybody talks with somebody of the other side.
    People,
}

/// A least share of those who ought to be there.
#[derive(Debug, Clone)]
pub struct Quorum {
    /// For what.
    pub at: QuorumAt,
    /// Of whom.
    pub of: QuorumOf,
    /// The share; itself suffices. More than zero, at most one.
    pub share: Exact,
    /// Whether a meeting without it does not count as held.
    pub void: bool,
}

/// For what a quorum is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuorumAt {
    /// The meeting as such.
    Meeting,
    /// Where something is voted on; elections too.
    Vote,
    /// Where somebody is elected.
    Election,
}

/// Of whom a quorum is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuorumOf {
    /// 应到, 实到.
    Expected,
    /// Those with the right to vote.
    Entitled,
}

/// Why a file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {detail}")]
pub struct RequirementsError {
    /// Counted from 1.
    pub line: u32,
    /// In characters, counted from 1.
    pub column: u32,
    /// What is wrong, in English.
    pub detail: String,
}

impl Requirements {
    /// The list that the program ships.
    pub fn shipped() -> Self {
        Self::read(include_str!("../../../../../assets/presets/coverage.toml")).expect("the shipped list is checked by a test")
    }

    /// Reads such a file.
    ///
    /// # Errors
    /// With the place of the first thing that cannot be read or cannot be
    /// meant. Items that are not known are refused: a misspelt condition must
    /// not be silently left out.
    pub fn read(text: &str) -> Result<Self, RequirementsError> {
        let refuse = |at: usize, detail: String| {
            let (line, column) = place(text, at);
            RequirementsError { line, column, detail }
        };
        let file: File =
            toml::from_str(text).map_err(|error| refuse(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        let mut items: Vec<Item> = Vec::new();
        for row in file.item {
            let at = row.span().start;
            let item = row.into_inner().check(place(text, at).0).map_err(|detail| refuse(at, detail))?;
            if items.iter().any(|other| other.id == item.id) {
                return Err(refuse(at, format!("two items are called {}", item.id)));
            }
            items.push(item);
        }
        Ok(Self { name: file.name, note: file.note, committee_from: file.committee_from, items })
    }
}

/// Line and column of a byte, both from 1.
fn place(text: &str, at: usize) -> (u32, u32) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default)]
    note: String,
    committee_from: u32,
    item: Vec<Spanned<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    note: String,
    kinds: Vec<String>,
    #[serde(default)]
    by_secretary: bool,
    #[serde(default)]
    each: Each,
    when: Option<String>,
    #[serde(default)]
    otherwise: String,
    usual: Option<(u32, u32)>,
    between: Option<(Side, Side)>,
    every: Option<Every>,
    times: Option<Amount>,
    days: Option<Amount>,
    talks: Option<TalkReading>,
    choose: Option<String>,
    #[serde(default)]
    quorum: Vec<QuorumRow>,
    #[serde(default)]
    reading: Vec<ReadingRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuorumRow {
    at: QuorumAt,
    of: QuorumOf,
    share: Amount,
    #[serde(default)]
    void: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadingRow {
    id: String,
    label: String,
    #[serde(default)]
    source: String,
    every: Every,
    times: Option<Amount>,
    days: Option<Amount>,
    talks: Option<TalkReading>,
}

/// A whole number, or any exact one in quotes.
struct Amount(Exact);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Amount;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, or an exact one in quotes")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Amount, E> {
                Ok(Amount(Exact::whole(value)))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Amount, E> {
                text.parse().map(Amount).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Row {
    fn check(self, line: u32) -> Result<Item, String> {
        if self.kinds.is_empty() || self.kinds.iter().any(String::is_empty) {
            return Err("kinds must name at least one kind of session".to_owned());
        }
        if let Some((from, to)) = self.usual
            && !((1..=12).contains(&from) && (1..=12).contains(&to))
        {
            return Err("usual must be two months from 1 to 12".to_owned());
        }
        let when = self.when.as_deref().map(|text| condition(text, line)).transpose()?;
        let readings = readings(&self)?;
        if let Some(chosen) = &self.choose
            && !(self.reading.iter().any(|reading| reading.id == *chosen))
        {
            return Err(format!("choose: there is no reading {chosen}"));
        }
        Ok(Item {
            id: self.id,
            name: self.name,
            source: self.source,
            note: self.note,
            kinds: self.kinds,
            by_secretary: self.by_secretary,
            each: self.each,
            when,
            otherwise: self.otherwise,
            usual: self.usual,
            quorums: self.quorum.into_iter().map(QuorumRow::check).collect::<Result<_, _>>()?,
            readings,
            chosen: self.choose,
        })
    }
}

/// The file's `reading` entries, or the item's own frequency.
fn readings(row: &Row) -> Result<Vec<Reading>, String> {
    let own = [row.times.is_some(), row.days.is_some(), row.talks.is_some(), row.every.is_some()];
    if row.reading.is_empty() {
        let every = row.every.ok_or("every is missing")?;
        let measure = measure(row.times.as_ref(), row.days.as_ref(), row.talks, row.between, Exact::ONE)?;
        return Ok(vec![Reading {
            id: String::new(),
            label: String::new(),
            source: String::new(),
            frequency: Frequency { every, measure },
        }]);
    }
    if own.contains(&true) {
        return Err("an item with readings has no frequency of its own".to_owned());
    }
    if row.reading.len() < 2 {
        return Err("a single reading decides: write the frequency on the item".to_owned());
    }
    let mut readings: Vec<Reading> = Vec::new();
    for own in &row.reading {
        if own.id.is_empty() || readings.iter().any(|other| other.id == own.id) {
            return Err(format!("reading {:?}: ids must differ and not be empty", own.id));
        }
        // A reading may say that nothing is required.
        let measure = measure(own.times.as_ref(), own.days.as_ref(), own.talks, row.between, Exact::ZERO)?;
        readings.push(Reading {
            id: own.id.clone(),
            label: own.label.clone(),
            source: own.source.clone(),
            frequency: Frequency { every: own.every, measure },
        });
    }
    Ok(readings)
}

fn measure(
    times: Option<&Amount>,
    days: Option<&Amount>,
    talks: Option<TalkReading>,
    between: Option<(Side, Side)>,
    least: Exact,
) -> Result<Measure, String> {
    // More than a year has room for is a slip.
    let sound = |amount: &Amount| {
        if (least..=Exact::whole(366)).contains(&amount.0) { Ok(amount.0) } else { Err("times or days out of range".to_owned()) }
    };
    match (times, days, talks, between) {
        (Some(times), None, None, None) if times.0.denom() == 1 => Ok(Measure::Times(sound(times)?)),
        (Some(_), None, None, None) => Err("times must be a whole number".to_owned()),
        (None, Some(days), None, None) => Ok(Measure::Days(sound(days)?)),
        (None, None, Some(each), Some(between)) => Ok(Measure::Talks { between, each }),
        (None, None, Some(_), None) => Err("talks need between".to_owned()),
        (.., Some(_)) => Err("between goes with talks alone".to_owned()),
        _ => Err("exactly one of times, days and talks must be given".to_owned()),
    }
}

fn condition(text: &str, line: u32) -> Result<Expression, String> {
    let read = expression::read(text, line).map_err(|error| format!("when: {error}"))?;
    condition_names_a_fact(&read)?;
    Ok(read)
}

impl QuorumRow {
    fn check(self) -> Result<Quorum, String> {
        if self.share.0 <= Exact::ZERO || self.share.0 > Exact::ONE {
            return Err("share must be more than 0 and at most 1".to_owned());
        }
        Ok(Quorum { at: self.at, of: self.of, share: self.share.0, void: self.void })
    }
}
