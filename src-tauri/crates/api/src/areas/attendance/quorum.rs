//! 到会人数: whether enough are there, live while the roll is taken. Of whom
//! and how many is data (assets/presets/coverage.toml); how many votes pass a
//! motion follows 中国共产党支部工作条例（试行）第十二条 (more than half of all
//! those entitled) and 中国共产党基层组织选举工作条例第二十六条 (more than half
//! of those entitled who came).

use std::sync::OnceLock;

use serde::Serialize;
use ts_rs::TS;
use xueji_domain::{
    attendance::AttendanceCounts,
    coverage::{Item, Quorum, QuorumAt, QuorumOf, Requirements},
    required::{at_least, more_than_half},
};
use xueji_store::{
    Reader,
    tables::{coverage, sessions::SessionRecord},
};

use crate::{error::ApiError, records::Records};

/// Whether enough are there.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QuorumView {
    /// For what: the meeting, a vote, an election.
    pub at: QuorumAt,
    /// Of whom: of 应到, or of those entitled to vote.
    pub of: QuorumOf,
    /// The least share, which itself suffices: 1/2.
    pub share: String,
    /// How many are there.
    pub present: u32,
    /// Of how many.
    pub expected: u32,
    /// How many it takes.
    pub needed: u32,
    /// Whether they suffice; nobody expected never suffices.
    pub enough: bool,
    /// How many votes carry it, where something is voted on or somebody
    /// elected.
    pub votes_to_pass: Option<u32>,
    /// Where it is written.
    pub source: String,
}

/// The list is read once.
fn requirements() -> &'static Requirements {
    static SHIPPED: OnceLock<Requirements> = OnceLock::new();
    SHIPPED.get_or_init(Requirements::shipped)
}

/// The quorums of a session: of its kinds, and where something is voted on at
/// another kind those of the meeting that votes.
pub(super) fn of(
    reader: &Reader,
    records: &Records,
    session: &SessionRecord,
    counts: &AttendanceCounts,
) -> Result<Vec<QuorumView>, ApiError> {
    let day = session.fields.date.to_string();
    let (vote, election) = coverage::votes_between(reader, &day, &day)?.get(&session.id).copied().unwrap_or_default();
    let own = |item: &&Item| records.kinds(session).any(|kind| item.kinds.iter().any(|known| known == kind));
    let mut items: Vec<&Item> = requirements().items.iter().filter(|item| !item.quorums.is_empty()).filter(own).collect();
    let votes = |item: &Item| item.quorums.iter().any(|quorum| quorum.at == QuorumAt::Vote);
    if (vote || election) && !items.iter().any(|item| votes(item)) {
        items.extend(requirements().items.iter().find(|item| votes(item)));
    }
    let people = People::of(records, session, counts);
    let mut found = Vec::new();
    for item in items {
        // A meeting that may vote shows what a vote would take; an election
        // is only shown where one is held.
        let shown = item.quorums.iter().filter(|quorum| quorum.at != QuorumAt::Election || election);
        found.extend(shown.map(|quorum| people.quorum(quorum, &item.source)));
    }
    Ok(found)
}

/// How many there are of each whom a quorum may count.
struct People {
    expected: (u32, u32),
    entitled: (u32, u32),
}

impl People {
    fn of(records: &Records, session: &SessionRecord, counts: &AttendanceCounts) -> Self {
        let mut entitled = AttendanceCounts::default();
        for line in records.roll(session).filter(|line| records.has_vote(line.member.id, session.fields.date)) {
            entitled.add(line.status, line.observer, false);
        }
        Self { expected: (counts.attended(), counts.required()), entitled: (entitled.attended(), entitled.required()) }
    }

    fn quorum(&self, quorum: &Quorum, source: &str) -> QuorumView {
        let (present, expected) = match quorum.of {
            QuorumOf::Expected => self.expected,
            QuorumOf::Entitled => self.entitled,
        };
        let needed = at_least(quorum.share, expected);
        QuorumView {
            at: quorum.at,
            of: quorum.of,
            share: quorum.share.to_string(),
            present,
            expected,
            needed,
            enough: expected > 0 && present >= needed,
            votes_to_pass: match quorum.at {
                QuorumAt::Meeting => None,
                QuorumAt::Vote => Some(more_than_half(expected)),
                QuorumAt::Election => Some(more_than_half(present)),
            },
            source: source.to_owned(),
        }
    }
}
