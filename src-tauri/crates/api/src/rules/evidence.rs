//! What evidence there is of each session, in the words by which rules ask
//! for it: what was noted as lying on paper, the labels of what is attached,
//! and 会议记录 where the minutes are written in the book.

use std::collections::HashMap;

use xueji_domain::{
    ids::{MemberId, SessionId},
    steps::MINUTES,
};
use xueji_store::{
    Reader, StoreError,
    tables::{attachments, papers},
};

/// The evidence of the sessions of a span of days.
#[derive(Default)]
pub(super) struct Evidence {
    of: HashMap<(SessionId, Option<MemberId>), Vec<String>>,
}

impl Evidence {
    /// Reads a span of days, both included, given as text.
    pub fn between(reader: &Reader, from: &str, to: &str) -> Result<Self, StoreError> {
        let mut evidence = Self::default();
        for (session, paper) in papers::presence_between(reader, from, to)? {
            if paper.minutes {
                evidence.add(session, None, MINUTES.to_owned());
            }
        }
        for line in papers::evidence_between(reader, from, to)? {
            evidence.add(line.session, line.member, line.evidence);
        }
        for (session, label) in attachments::session_labels_between(reader, from, to)? {
            evidence.add(session, None, label);
        }
        Ok(evidence)
    }

    fn add(&mut self, session: SessionId, member: Option<MemberId>, word: String) {
        let words = self.of.entry((session, member)).or_default();
        if !words.contains(&word) {
            words.push(word);
        }
    }

    /// What there is of a member at a session: the session's as a whole, and
    /// the member's own.
    pub fn words(&self, session: SessionId, member: MemberId) -> impl Iterator<Item = &str> {
        [None, Some(member)].into_iter().filter_map(move |of| self.of.get(&(session, of))).flatten().map(String::as_str)
    }
}
