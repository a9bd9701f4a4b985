//! What the rolls of a year come to, counted in one pass over all marks.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use xueji_domain::{attendance::AttendanceCounts, ids::MemberId, sessions::SessionState, warnings::people::AbsenceRun};

use crate::records::Records;

/// What the rolls of a year come to.
pub(crate) struct Tally {
    /// Sessions that were held or whose day has come, by date; cancelled
    /// ones are left out.
    pub sessions: Vec<SessionTally>,
    /// Of held sessions.
    pub members: HashMap<MemberId, MemberTally>,
    /// Of all held sessions.
    pub total: AttendanceCounts,
    /// Of the held sessions of each month, January first.
    pub months: [AttendanceCounts; 12],
    /// Who attended on which day.
    pub days: BTreeMap<NaiveDate, HashSet<MemberId>>,
    /// Missed without official leave.
    pub missed: u32,
    /// Of them not made up.
    pub owed: u32,
    /// The day of the earliest that is owed.
    pub earliest: Option<NaiveDate>,
}

/// What a session's roll comes to.
pub(crate) struct SessionTally {
    /// Its place among the year's sessions.
    pub index: usize,
    /// How it was attended; nothing for one that is only planned.
    pub counts: AttendanceCounts,
    /// Missed and not made up.
    pub owed: u32,
}

/// What a member's marks come to.
#[derive(Default)]
pub(crate) struct MemberTally {
    /// How many sessions of which status.
    pub counts: AttendanceCounts,
    /// The latest absences in a row.
    pub run: AbsenceRun,
}

impl Tally {
    /// Counts a year.
    pub fn of(records: &Records, today: NaiveDate) -> Self {
        let mut tally = Self {
            sessions: Vec::new(),
            members: HashMap::new(),
            total: AttendanceCounts::default(),
            months: [AttendanceCounts::default(); 12],
            days: BTreeMap::new(),
            missed: 0,
            owed: 0,
            earliest: None,
        };
        for (index, session) in records.sessions.iter().enumerate() {
            match session.fields.state {
                SessionState::Held => tally.held(records, index),
                SessionState::Planned if session.fields.date <= today => {
                    tally.sessions.push(SessionTally { index, counts: AttendanceCounts::default(), owed: 0 });
                }
                SessionState::Planned | SessionState::Cancelled => {}
            }
        }
        tally
    }

    fn held(&mut self, records: &Records, index: usize) {
        let session = &records.sessions[index];
        let day = session.fields.date;
        let mut own = SessionTally { index, counts: AttendanceCounts::default(), owed: 0 };
        let mut came: HashSet<MemberId> = HashSet::new();
        for line in records.roll(session) {
            let (id, made_up) = (line.member.id, line.make_up.is_some());
            own.counts.add(line.status, line.observer, made_up);
            let member = self.members.entry(id).or_default();
            member.counts.add(line.status, line.observer, made_up);
            // Whoever sat in as an observer attended that day all the same.
            if line.status.attended() {
                came.insert(id);
            }
            if line.observer {
                continue;
            }
            member.run.next(line.status, made_up, session.id, day);
            if line.status.owes_make_up() {
                self.missed += 1;
                own.owed += u32::from(!made_up);
            }
        }
        self.owed += own.owed;
        if own.owed > 0 {
            self.earliest = Some(self.earliest.map_or(day, |earliest| earliest.min(day)));
        }
        self.total.merge(&own.counts);
        self.months[day.month0() as usize].merge(&own.counts);
        self.days.entry(day).or_default().extend(came);
        self.sessions.push(own);
    }
}
