//! The six steps of sessions, read for a span of days at once: the list, a
//! session's page and the workbench see the same.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use xueji_domain::{
    ids::SessionId,
    sessions::Role,
    steps::{MINUTES, SessionEvidence, StepState, steps},
};
use xueji_store::{
    Reader, StoreError,
    tables::{
        attachments,
        papers::{self, PaperPresence},
        sessions::SessionRecord,
    },
};

use crate::{context, records::Records};

/// What the sessions of a span of days have of papers.
pub(crate) struct Desk {
    papers: HashMap<SessionId, PaperPresence>,
    minutes_on_paper: HashSet<SessionId>,
    inspected: HashSet<SessionId>,
}

impl Desk {
    /// Reads a span of days, both included, given as text.
    pub fn between(reader: &Reader, from: &str, to: &str) -> Result<Self, StoreError> {
        let noted = papers::evidence_between(reader, from, to)?.into_iter();
        let noted = noted.filter(|line| line.member.is_none() && line.evidence == MINUTES).map(|line| line.session);
        let attached = attachments::session_labels_between(reader, from, to)?.into_iter();
        let attached = attached.filter(|(_, label)| label == MINUTES).map(|(session, _)| session);
        Ok(Self {
            papers: papers::presence_between(reader, from, to)?,
            minutes_on_paper: noted.chain(attached).collect(),
            inspected: papers::inspected_between(reader, from, to)?,
        })
    }

    /// The six steps of a session.
    pub fn steps(&self, records: &Records, session: &SessionRecord) -> [StepState; 6] {
        let paper = self.papers.get(&session.id).copied().unwrap_or_default();
        let counts = records.counts(session);
        steps(&SessionEvidence {
            plan_item: session.links.plan_item.is_some(),
            series: session.links.series.is_some(),
            entered_before: entered_on(session.id).is_some_and(|day| day < session.fields.date),
            time: session.fields.starts_at.is_some(),
            place: session.fields.place.is_some(),
            host: records.parts.iter().any(|part| part.session == session.id && part.role == Role::Host),
            agenda: paper.agenda,
            notice: paper.notice,
            roll_closed: session.roll_closed_at.is_some(),
            required: counts.required(),
            unmarked: counts.unmarked,
            minutes: paper.minutes,
            minutes_paper: self.minutes_on_paper.contains(&session.id),
            checker: paper.checker,
            check_day: paper.check_day,
            inspection: self.inspected.contains(&session.id),
            summary: paper.summary,
        })
    }
}

/// The day, by this machine's zone, on which a session was entered.
pub(crate) fn entered_on(session: SessionId) -> Option<NaiveDate> {
    Some(context::local(session.made_at()?)?.date_naive())
}
