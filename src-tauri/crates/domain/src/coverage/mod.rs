//! 三会一课 and its neighbours: what a branch has to hold, month by month or
//! quarter by quarter, against what it held.
//!
//! What is required is data ([`Requirements`], read from a file such as
//! assets/presets/coverage.toml): which kinds of session satisfy an item, how
//! often, for which branches, with which quorum, and where that is written.
//! Where the regulations leave a frequency to the place (党课), the file gives
//! the local readings; [`coverage`] works out each and calls the item
//! undecided where they differ, unless one was chosen.
//!
//! ```
//! use xueji_domain::coverage::{Branch, Query, Requirements, State, Structure, coverage};
//!
//! let branch = Branch::new("支部", Structure { full_members: 6, ..Structure::default() });
//! let as_of = chrono::NaiveDate::from_ymd_opt(2025, 12, 31).unwrap();
//! let requirements = Requirements::shipped();
//! let query = Query { requirements: &requirements, branch: &branch, year: 2025, as_of, meetings: &[], choices: &[] };
//! let result = coverage(&query).unwrap();
//! // Six members elect a secretary, no committee.
//! assert_eq!(result.item("支委会").unwrap().state, State::NotApplicable);
//! ```

use chrono::NaiveDate;

use crate::{calendar::PartialDate, exact::Exact, sessions::SessionState};

mod applies;
mod compute;
pub mod posts;
mod requirements;
mod result;
mod talks;
mod window;

#[cfg(test)]
mod tests;

pub use compute::{CoverageError, coverage};
pub use requirements::{
    Each, Frequency, Item, Measure, Quorum, QuorumAt, QuorumOf, Reading, Requirements, RequirementsError, Side, TalkReading,
};
pub use result::{
    CountedMeeting, Coverage, Doubt, DoubtfulMeeting, ItemCoverage, QuorumOutcome, QuorumState, ReadingCoverage, Reason, State,
    WindowCoverage,
};
pub use window::{Every, Window};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// What has to be held.
    pub requirements: &'a Requirements,
    /// By whom.
    pub branch: &'a Branch,
    /// In which calendar year.
    pub year: i32,
    /// Today: what ends today is not yet due.
    pub as_of: NaiveDate,
    /// What was held or is planned, in any order; no id twice. Those of
    /// other branches and years are passed over.
    pub meetings: &'a [Meeting],
    /// Which reading is chosen: item and reading, by id.
    pub choices: &'a [(String, String)],
}

/// A branch (or whatever organization is looked at).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Branch {
    /// What the caller knows it by.
    pub id: String,
    /// 党支部, 党总支, 党委 … as typed; `kind` in conditions.
    pub kind: String,
    /// The first day; `None`: before anything that is asked.
    pub established_on: Option<NaiveDate>,
    /// The last day; `None`: it goes on.
    pub closed_on: Option<NaiveDate>,
    /// What it is made of, from the earliest on; the first holds from the
    /// beginning whatever its day.
    pub phases: Vec<Phase>,
    /// Its 党小组, as far as they are listed.
    pub groups: Vec<Group>,
    /// Its members at the day that is looked from; only for talks between
    /// them.
    pub people: Vec<Person>,
}

impl Branch {
    /// A branch that stays as it is.
    pub fn new(id: &str, structure: Structure) -> Self {
        Self { id: id.to_owned(), phases: vec![Phase { from: None, structure }], ..Self::default() }
    }
}

/// From when a [`Structure`] holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phase {
    /// The first day; `None`: from the beginning.
    pub from: Option<NaiveDate>,
    /// Until the next phase.
    pub structure: Structure,
}

/// What a branch is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Structure {
    /// 正式党员.
    pub full_members: u32,
    /// 预备党员.
    pub probationary: u32,
    /// Whether there is a 支委会; `None`: as the number of full members says.
    pub committee: Option<bool>,
    /// Whether there are 党小组; `None`: where some are listed.
    pub groups: Option<bool>,
    /// Whether there is a 中心组.
    pub study_group: bool,
}

/// A 党小组.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// What the caller knows it by.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
}

/// Somebody who talks and is talked to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// What the caller knows them by.
    pub id: String,
    /// 支委 (in a branch without a committee: the secretary).
    pub committee: bool,
}

/// One meeting. It counts for every item that takes one of its kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// What the caller knows it by.
    pub id: String,
    /// When. A month alone counts for its quarter, but for no week or day.
    pub date: PartialDate,
    /// 支部党员大会, 主题党日 …: more than one where it was more than one.
    pub kinds: Vec<String>,
    /// Whether it took place. Cancelled ones are passed over; one held after
    /// the day that is looked from counts as planned.
    pub state: SessionState,
    /// Whose: one entry for each organization of a joint meeting.
    pub of: Vec<Participation>,
    /// How long, in days (half a day is 1/2); `None`: not recorded.
    pub days: Option<Exact>,
    /// Whether the secretary (first-in-charge) lectured.
    pub secretary_lectured: bool,
    /// Whether something was voted on.
    pub vote: bool,
    /// Whether somebody was elected.
    pub election: bool,
    /// Who talked with one another, for talks; ids of [`Person`].
    pub between: Vec<String>,
}

impl Meeting {
    /// A meeting held by one organization, with nothing else recorded.
    pub fn held(id: &str, date: impl Into<PartialDate>, kinds: &[&str], organization: &str) -> Self {
        Self {
            id: id.to_owned(),
            date: date.into(),
            kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(),
            state: SessionState::Held,
            of: vec![Participation { organization: organization.to_owned(), ..Participation::default() }],
            days: None,
            secretary_lectured: false,
            vote: false,
            election: false,
            between: Vec::new(),
        }
    }
}

/// An organization's part in a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Participation {
    /// A branch's or a group's id.
    pub organization: String,
    /// 应到.
    pub expected: Option<u32>,
    /// 实到.
    pub present: Option<u32>,
    /// Of those expected, who has the right to vote (正式党员).
    pub entitled: Option<u32>,
    /// Of those present, who has the right to vote.
    pub entitled_present: Option<u32>,
}
