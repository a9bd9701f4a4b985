//! 应到: who is required of a session, and why somebody is not.
//!
//! Whoever belongs to an organization that holds the session on its day is
//! required, but for those whom the practice leaves out:
//!
//! - 离退休: required only where a session is theirs alone, as in a branch of
//!   retired people (中国共产党党员教育管理工作条例 treats them by class);
//! - on long leave: 中国共产党基层组织选举工作条例第十八条 does not count among
//!   those expected who are ill for long or away for half a year and more;
//! - at a 支部党员大会, whoever is known not to be a member of the party; at a
//!   支委会, whoever is not on a committee whose members are known.
//!
//! The clerk's word stands over all of it: everybody left out can be added by
//! hand.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::coverage::posts;

/// Kinds of session that belong to the party's members.
const OF_PARTY_MEMBERS: [&str; 2] = ["支部党员大会", "党员大会"];

/// Kinds of session that belong to the committee's members.
const OF_COMMITTEE: [&str; 3] = ["支委会", "支部委员会", "支部委员会会议"];

/// Why somebody is not required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// Came to the organization after that day.
    NotYetJoined,
    /// Had gone to another organization of the book.
    Moved,
    /// Had left.
    Left,
    /// 离退休
    Retired,
    /// On long leave.
    LongLeave,
    /// Not a member of the party.
    NotPartyMember,
    /// Not on the committee.
    NotOnCommittee,
    /// The list was made without them: they were entered, or their record
    /// was changed, afterwards.
    NotOnList,
}

/// What was true of somebody on a session's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OnTheDay<'a> {
    /// 人员类别
    pub category: Option<&'a str>,
    /// 政治面貌
    pub party_status: Option<&'a str>,
    /// 职务
    pub post: Option<&'a str>,
    /// 党内职务, where it is known apart.
    pub party_post: Option<&'a str>,
    /// Whether long leave covers the day.
    pub long_leave: bool,
}

impl OnTheDay<'_> {
    /// 离退休, in whatever words.
    pub fn is_retired(&self) -> bool {
        self.category.is_some_and(|category| category.contains("退休") || category.contains("离休"))
    }

    /// 正式党员: who has a vote.
    pub fn has_vote(&self) -> bool {
        self.party_status.is_some_and(posts::is_full_member)
    }

    /// Known not to be a member of the party, full or probationary. Where
    /// nothing is known, nobody is left out for it.
    fn is_no_party_member(&self) -> bool {
        self.party_status.is_some_and(|status| !posts::is_full_member(status) && !posts::is_probationary(status))
    }

    /// 支委
    pub fn on_committee(&self) -> bool {
        [self.post, self.party_post].into_iter().flatten().any(posts::sits_on_committee)
    }
}

/// Whose a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gathering {
    /// Only the party's members.
    pub of_party_members: bool,
    /// Only the committee's members.
    pub of_committee: bool,
    /// The retired too.
    pub of_retired: bool,
}

impl Gathering {
    /// Whose a session of these kinds is, among people of whom this was true.
    pub fn new<'a>(kinds: impl IntoIterator<Item = &'a str>, people: &[OnTheDay]) -> Self {
        let mut gathering = Self { of_retired: people.iter().all(OnTheDay::is_retired), ..Self::default() };
        for kind in kinds {
            gathering.of_party_members |= OF_PARTY_MEMBERS.contains(&kind);
            // A committee of which nobody is known leaves nobody out.
            gathering.of_committee |= OF_COMMITTEE.contains(&kind) && people.iter().any(OnTheDay::on_committee);
        }
        gathering
    }

    /// Why somebody who belonged to it on the day is not required.
    pub fn left_out(&self, person: &OnTheDay) -> Option<LeftOutReason> {
        if person.long_leave {
            Some(LeftOutReason::LongLeave)
        } else if self.of_committee && !person.on_committee() {
            Some(LeftOutReason::NotOnCommittee)
        } else if self.of_party_members && person.is_no_party_member() {
            Some(LeftOutReason::NotPartyMember)
        } else if person.is_retired() && !self.of_retired && !(self.of_committee && person.on_committee()) {
            Some(LeftOutReason::Retired)
        } else {
            None
        }
    }
}

/// The least whole number of people that is a share of so many: 1/2 of 7 is
/// 4, of 8 exactly 4 (半数以上 includes the half). 4/5 of 11 is 9.
pub fn at_least(share: crate::exact::Exact, of: u32) -> u32 {
    share
        .checked_mul(crate::exact::Exact::whole(of.into()))
        .and_then(|people| u32::try_from(people.ceil().numer()).ok())
        .unwrap_or(u32::MAX)
}

/// The least whole number that is more than half of so many: of 8, 5 (超过半数
/// leaves the half out).
pub fn more_than_half(of: u32) -> u32 {
    of / 2 + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Exact;

    const WORKS: OnTheDay =
        OnTheDay {
            category: Some("在职"), party_status: Some("中共党员"), post: Some("科员"), party_post: None, long_leave: false
        };
    const RETIRED: OnTheDay = OnTheDay { category: Some("离退休"), ..WORKS };
    const PROBATION: OnTheDay = OnTheDay { party_status: Some("中共预备党员"), ..WORKS };
    const MASSES: OnTheDay = OnTheDay { party_status: Some("群众"), ..WORKS };
    const UNKNOWN: OnTheDay = OnTheDay { category: None, party_status: None, post: None, party_post: None, long_leave: false };
    const SECRETARY: OnTheDay = OnTheDay { party_post: Some("支部书记"), ..WORKS };

    #[test]
    fn the_retired_and_those_on_long_leave_are_not_required() {
        let lecture = Gathering::new(["党课"], &[WORKS, RETIRED, MASSES]);
        assert_eq!(
            [WORKS, RETIRED, MASSES, UNKNOWN].map(|person| lecture.left_out(&person)),
            [None, Some(LeftOutReason::Retired), None, None]
        );
        assert_eq!(lecture.left_out(&OnTheDay { long_leave: true, ..WORKS }), Some(LeftOutReason::LongLeave));
    }

    #[test]
    fn a_branch_of_retired_people_requires_them() {
        assert_eq!(Gathering::new(["党课"], &[RETIRED, RETIRED]).left_out(&RETIRED), None);
    }

    #[test]
    fn a_members_meeting_is_for_members_as_far_as_it_is_known() {
        let meeting = Gathering::new(["主题党日", "支部党员大会"], &[WORKS, MASSES]);
        let out = [WORKS, PROBATION, MASSES, UNKNOWN].map(|person| meeting.left_out(&person));
        assert_eq!(out, [None, None, Some(LeftOutReason::NotPartyMember), None]);
        assert_eq!([WORKS, PROBATION, MASSES, UNKNOWN].map(|person| person.has_vote()), [true, false, false, false]);
    }

    #[test]
    fn a_committee_meets_alone_where_it_is_known() {
        assert_eq!(Gathering::new(["支委会"], &[WORKS, MASSES]).left_out(&WORKS), None);
        let known = Gathering::new(["支委会"], &[WORKS, SECRETARY]);
        assert_eq!([known.left_out(&WORKS), known.left_out(&SECRETARY)], [Some(LeftOutReason::NotOnCommittee), None]);
        // A retired member of the committee still is one.
        assert_eq!(known.left_out(&OnTheDay { category: Some("离退休"), ..SECRETARY }), None);
    }

    #[test]
    fn halves_are_exact() {
        let half = Exact::fraction(1, 2).unwrap();
        assert_eq!([0, 1, 7, 8, 9].map(|of| at_least(half, of)), [0, 1, 4, 4, 5]);
        assert_eq!([0, 1, 7, 8, 9].map(more_than_half), [1, 1, 4, 5, 5]);
        let four_fifths = Exact::fraction(4, 5).unwrap();
        assert_eq!([5, 10, 11, 15].map(|of| at_least(four_fifths, of)), [4, 8, 9, 12]);
    }
}
