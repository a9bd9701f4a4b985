//! What [`coverage`](super::coverage) finds.

use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;

use super::{Every, QuorumAt, QuorumOf};
use crate::exact::Exact;

/// A branch's year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Coverage {
    /// The calendar year.
    pub year: i32,
    /// The day it was looked from.
    #[ts(type = "string")]
    pub as_of: NaiveDate,
    /// In the order of the file; items of groups once for each group.
    pub items: Vec<ItemCoverage>,
}

impl Coverage {
    /// The first entry of an item, by the item's id.
    pub fn item(&self, id: &str) -> Option<&ItemCoverage> {
        self.items.iter().find(|item| item.item == id)
    }
}

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "CoverageState")]
pub enum State {
    /// As much as is required, or more.
    Met,
    /// Less, and the time is over.
    Short,
    /// Less, and there is still time.
    NotYetDue,
    /// Nothing is required.
    NotApplicable,
    /// The rule or the record does not decide.
    Undecided,
}

impl State {
    /// The state of a whole whose parts stand so: what needs somebody's
    /// attention first.
    pub(super) fn of_all(parts: impl IntoIterator<Item = State>) -> State {
        let weight = |state: &State| match state {
            Self::NotApplicable => 0,
            Self::Met => 1,
            Self::NotYetDue => 2,
            Self::Undecided => 3,
            Self::Short => 4,
        };
        parts.into_iter().max_by_key(weight).unwrap_or(Self::NotApplicable)
    }
}

/// An item, for the branch or for one of its groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ItemCoverage {
    /// The item's id.
    pub item: String,
    /// Its name.
    pub name: String,
    /// Where it is written; may be empty.
    pub source: String,
    /// The group's id, where it is about one.
    pub group: Option<String>,
    /// The reading that was chosen, where there are several.
    pub chosen: Option<String>,
    /// Every reading worked out; exactly one where the rule decides. The
    /// chosen one alone where one is chosen.
    pub readings: Vec<ReadingCoverage>,
    /// Undecided where the readings differ.
    pub state: State,
}

/// An item under one reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReadingCoverage {
    /// The reading's id; empty where the item has only one.
    pub reading: String,
    /// What it says; empty where the item has only one.
    pub label: String,
    /// Where it is written; empty: as the item.
    pub source: String,
    /// How wide its windows are.
    pub every: Every,
    /// In order of time.
    pub windows: Vec<WindowCoverage>,
    /// Of all windows: short before undecided before not yet due before met.
    pub state: State,
}

/// One month, quarter, half-year or year of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WindowCoverage {
    /// `2025-03`, `2025-Q1`, `2025-H1`, `2025`.
    pub window: String,
    /// The first day.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// The last day: by then.
    #[ts(type = "string")]
    pub to: NaiveDate,
    /// Meetings, days, pairs or people.
    #[ts(type = "string")]
    pub required: Exact,
    /// The same, as held.
    #[ts(type = "string")]
    pub held: Exact,
    /// Required less held, at least zero; zero where nothing is required.
    #[ts(type = "string")]
    pub missing: Exact,
    /// How it stands.
    pub state: State,
    /// Why nothing is required, or why it cannot be decided.
    pub reason: Option<Reason>,
    /// What counts, by date and id.
    pub meetings: Vec<CountedMeeting>,
    /// Held, but void for want of a quorum: ids.
    #[serde(rename = "void")]
    pub void_meetings: Vec<String>,
    /// Held, but it cannot be told whether they count here.
    pub doubtful: Vec<DoubtfulMeeting>,
    /// Planned for the rest of the window: ids.
    pub planned: Vec<String>,
    /// Planned for a day that is over, and never marked as held: ids.
    pub lapsed: Vec<String>,
    /// Talks: pairs that have not talked, the first hundred.
    pub missing_pairs: Vec<(String, String)>,
    /// Talks, read by person: who has not talked, the first hundred.
    pub missing_people: Vec<String>,
}

/// Why a window asks for nothing, or why it is undecided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
#[ts(rename = "CoverageReason")]
pub enum Reason {
    /// The item's condition does not hold.
    Condition {
        /// In the words of the file.
        text: String,
    },
    /// The branch or group did not exist.
    NotEstablished,
    /// There is nobody between whom talks are required.
    Nobody,
    /// The item applies only for a part of the window, and the rule does not
    /// say what that means.
    PartOfWindow {
        /// The first day on which it applies.
        #[ts(type = "string")]
        from: NaiveDate,
        /// The last day of that part.
        #[ts(type = "string")]
        to: NaiveDate,
    },
    /// Enough was held if the doubtful meetings count.
    Doubtful,
    /// The branch's members are not known.
    PeopleUnknown,
}

/// A meeting that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CountedMeeting {
    /// Its id.
    pub id: String,
    /// Whether it lies outside the months in which it is usually held.
    pub outside_usual: bool,
    /// The quorums that apply to it.
    pub quorums: Vec<QuorumState>,
}

/// How a quorum stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct QuorumState {
    /// For what.
    pub at: QuorumAt,
    /// Of whom.
    pub of: QuorumOf,
    /// The least share of them.
    #[ts(type = "string")]
    pub share: Exact,
    /// How many were there.
    pub present: Option<u32>,
    /// Of how many.
    pub expected: Option<u32>,
    /// Whether they suffice.
    pub outcome: QuorumOutcome,
}

/// Whether enough were there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuorumOutcome {
    /// Enough.
    Met,
    /// Too few.
    Short,
    /// Not recorded.
    Unknown,
}

/// A meeting of which it cannot be told whether it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DoubtfulMeeting {
    /// Its id.
    pub id: String,
    /// Why.
    pub why: Doubt,
}

/// Why a meeting is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "CoverageDoubt")]
pub enum Doubt {
    /// Its date is not precise enough.
    Date,
    /// It does not say which group met.
    Group,
    /// Days are required, and its length is not recorded.
    Length,
    /// It does not say who talked.
    People,
}
