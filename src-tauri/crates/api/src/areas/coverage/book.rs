//! From the book to [`domain::coverage`](xueji_domain::coverage): what each
//! branch was made of on which day, and which meetings it held.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use xueji_domain::{
    amount::StudyAmount,
    attendance::AttendanceStatus,
    coverage::{Branch, Group, Meeting, Participation, Person, Phase, Requirements, Structure, posts},
    exact::Exact,
    ids::{OrganizationId, SessionId},
    required::OnTheDay,
    roster::OrganizationKind,
    sessions::{Role, SessionState},
};
use xueji_store::{
    Reader, StoreError,
    tables::{
        coverage::{self, StructureFields},
        organizations::{self, OrganizationRecord},
        roster::{self, PeriodField},
        sessions::SessionRecord,
    },
};

use crate::{
    app::Core,
    records::{Records, RollLine},
};

/// The item whose quorum counts the committee alone.
const COMMITTEE_MEETING: &str = "支委会";

/// A year of the book, read once for all its branches.
pub(super) struct BookYear<'a> {
    pub records: &'a Records,
    pub tree: Vec<OrganizationRecord>,
    pub structures: HashMap<OrganizationId, StructureFields>,
    year: i32,
    /// Today, or the year's end where that is over.
    pub on: NaiveDate,
    votes: HashMap<SessionId, (bool, bool)>,
    /// The days on which somebody joined, left, or became a full member.
    changes: BTreeSet<NaiveDate>,
    committee_kinds: Vec<String>,
}

/// How many of which party status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Headcount {
    pub full: u32,
    pub probationary: u32,
    /// Without any 政治面貌 on the roster.
    pub unknown: u32,
}

/// A year's records, as the table needs them.
pub(super) fn records(reader: &Reader, year: i32, today: NaiveDate) -> Result<Records, StoreError> {
    Records::of_year(reader, year, Core::as_of(today, year))
}

impl<'a> BookYear<'a> {
    pub fn read(
        reader: &Reader,
        records: &'a Records,
        requirements: &Requirements,
        year: i32,
        today: NaiveDate,
    ) -> Result<Self, StoreError> {
        let on = Core::as_of(today, year);
        let (from, to) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
        let dated = |field| matches!(field, PeriodField::PartyStatus | PeriodField::Organization);
        let changes = roster::all_periods(reader)?.into_iter().filter(|period| dated(period.field)).filter_map(|period| period.starts_on);
        let committee = requirements.items.iter().find(|item| item.id == COMMITTEE_MEETING);
        Ok(Self {
            records,
            tree: organizations::list(reader)?,
            structures: coverage::structures(reader)?,
            year,
            on,
            votes: coverage::votes_between(reader, &from, &to)?,
            committee_kinds: committee.map(|item| item.kinds.clone()).unwrap_or_default(),
            changes: changes.collect(),
        })
    }

    /// What is looked at: branches, and whoever has a 中心组; the book's own
    /// organization where there is none of either.
    pub fn branches(&self) -> Vec<&OrganizationRecord> {
        let wanted = |own: &&OrganizationRecord| own.kind == OrganizationKind::Branch || self.structure(own.id).study_group;
        let found: Vec<_> = self.tree.iter().filter(wanted).collect();
        if found.iter().any(|own| own.kind == OrganizationKind::Branch) {
            return found;
        }
        self.tree.iter().filter(|own| own.id == self.records.root() || wanted(own)).collect()
    }

    /// Whether only what concerns its 中心组 is asked of an organization: a
    /// 党委 above branches holds no 支部党员大会.
    pub fn is_above(&self, organization: &OrganizationRecord) -> bool {
        let branch_below =
            |own: &OrganizationRecord| own.kind == OrganizationKind::Branch && self.records.is_below(own.id, organization.id);
        organization.kind != OrganizationKind::Branch && self.tree.iter().any(branch_below)
    }

    /// What is written of an organization's structure.
    pub fn structure(&self, id: OrganizationId) -> StructureFields {
        self.structures.get(&id).cloned().unwrap_or_default()
    }

    /// Its members by party status on a day.
    pub fn headcount(&self, organization: OrganizationId, day: NaiveDate) -> Headcount {
        let mut count = Headcount::default();
        for member in self.records.members.iter().filter(|member| self.records.stands_below(member.id, organization, day)) {
            match self.records.on_the_day(member.id, day).party_status {
                Some(status) if posts::is_full_member(status) => count.full += 1,
                Some(status) if posts::is_probationary(status) => count.probationary += 1,
                Some(_) => {}
                None => count.unknown += 1,
            }
        }
        count
    }

    /// The year's headcounts, with the day from which each holds.
    pub fn headcounts(&self, organization: OrganizationId) -> Vec<(Option<NaiveDate>, Headcount)> {
        let Some(first) = NaiveDate::from_ymd_opt(self.year, 1, 1) else { return Vec::new() };
        let last = NaiveDate::from_ymd_opt(self.year, 12, 31).unwrap_or(first);
        let mut counts = vec![(None, self.headcount(organization, first))];
        for day in self.changes.iter().filter(|day| first < **day && **day <= last) {
            let count = self.headcount(organization, *day);
            if counts.last().is_none_or(|(_, before)| *before != count) {
                counts.push((Some(*day), count));
            }
        }
        counts
    }

    /// Whether it has a 支委会 on the day that is looked from.
    pub fn has_committee(&self, organization: OrganizationId, committee_from: u32) -> bool {
        self.structure(organization).committee.unwrap_or(self.headcount(organization, self.on).full >= committee_from)
    }

    /// The organization as the requirements see it.
    pub fn branch(&self, organization: &OrganizationRecord, committee_from: u32) -> Branch {
        let own = self.structure(organization.id);
        let phases = self.headcounts(organization.id).into_iter().map(|(from, count)| Phase {
            from,
            structure: Structure {
                full_members: count.full,
                probationary: count.probationary,
                committee: own.committee,
                groups: None,
                study_group: own.study_group,
            },
        });
        Branch {
            id: organization.id.to_string(),
            kind: kind_word(organization.kind).to_owned(),
            established_on: own.established_on,
            closed_on: own.closed_on,
            phases: phases.collect(),
            groups: self.groups(organization.id).map(|group| self.group(group)).collect(),
            people: self.people(organization.id, self.has_committee(organization.id, committee_from)),
        }
    }

    /// Its 党小组.
    pub fn groups(&self, organization: OrganizationId) -> impl Iterator<Item = &OrganizationRecord> {
        self.tree.iter().filter(move |own| own.kind == OrganizationKind::Group && self.records.is_below(own.id, organization))
    }

    fn group(&self, group: &OrganizationRecord) -> Group {
        let own = self.structure(group.id);
        Group { id: group.id.to_string(), name: group.name.clone(), from: own.established_on, until: own.closed_on }
    }

    /// Who talks with whom; nobody where the roster does not say who sits on
    /// the committee (without one: who is the secretary).
    fn people(&self, organization: OrganizationId, has_committee: bool) -> Vec<Person> {
        let leads = |known: &OnTheDay| if has_committee { known.on_committee() } else { is_secretary(known) };
        let party =
            |known: &OnTheDay| known.party_status.is_some_and(|status| posts::is_full_member(status) || posts::is_probationary(status));
        let ours = self.records.members.iter().filter(|member| self.records.stands_below(member.id, organization, self.on));
        let known = ours.map(|member| (member.id, self.records.on_the_day(member.id, self.on)));
        let people: Vec<Person> =
            known.filter(|(_, known)| party(known)).map(|(id, known)| Person { id: id.to_string(), committee: leads(&known) }).collect();
        if people.iter().any(|person| person.committee) { people } else { Vec::new() }
    }

    /// The year's meetings of an organization and its groups.
    pub fn meetings(&self, organization: &OrganizationRecord) -> Vec<Meeting> {
        let ours = |session: &&SessionRecord| {
            self.records.holders(session.id).iter().any(|holder| self.records.is_below(*holder, organization.id))
        };
        self.records.sessions.iter().filter(ours).map(|session| self.meeting(session, organization.id)).collect()
    }

    fn meeting(&self, session: &SessionRecord, organization: OrganizationId) -> Meeting {
        let fields = &session.fields;
        let kinds: Vec<String> = self.records.kinds(session).map(str::to_owned).collect();
        let holders = self.records.holders(session.id);
        let held = fields.state == SessionState::Held;
        let committee = kinds.iter().any(|kind| self.committee_kinds.contains(kind));
        let of = holders.iter().map(|holder| match held {
            true => self.participation(session, *holder, holders.len() == 1, committee),
            false => Participation { organization: holder.to_string(), ..Participation::default() },
        });
        let (vote, election) = self.votes.get(&session.id).copied().unwrap_or_default();
        let present = self.records.roll(session).filter(|line| held && line.status.attended() && !line.observer);
        Meeting {
            id: session.id.to_string(),
            date: fields.date.into(),
            state: fields.state,
            of: of.collect(),
            days: fields.amount.and_then(days),
            secretary_lectured: self.secretary_lectured(session, organization),
            vote,
            election,
            between: present.map(|line| line.member.id.to_string()).collect(),
            kinds,
        }
    }

    /// The numbers of one organization at a held session. Whoever is still
    /// unmarked may have been there: then nobody can say how many were.
    fn participation(&self, session: &SessionRecord, organization: OrganizationId, alone: bool, committee: bool) -> Participation {
        let day = session.fields.date;
        let counts = |line: &RollLine| {
            let own = alone || self.records.stands_below(line.member.id, organization, day);
            own && !line.observer && line.status != AttendanceStatus::NotRequired
        };
        let lines: Vec<_> = self.records.roll(session).filter(counts).collect();
        let sits = |line: &&RollLine| self.records.on_the_day(line.member.id, day).on_committee();
        let entitled = |line: &&RollLine| self.records.has_vote(line.member.id, day);
        // Whoever sat in on a 支委会 with a mark is not of the committee.
        let only_committee = committee && lines.iter().any(|line| sits(&line));
        let asked: Vec<_> = lines.iter().filter(|line| !only_committee || sits(line)).collect();
        let voters: Vec<_> = lines.iter().filter(entitled).collect();
        let closed = session.roll_closed_at.is_some();
        Participation {
            organization: organization.to_string(),
            expected: Some(number(asked.len())),
            present: present(&asked, closed),
            entitled: Some(number(voters.len())),
            entitled_present: present(&voters, closed),
        }
    }

    fn secretary_lectured(&self, session: &SessionRecord, organization: OrganizationId) -> bool {
        let day = session.fields.date;
        let mut speakers = self.records.parts.iter().filter(|part| part.session == session.id && part.role == Role::Speaker);
        speakers.any(|part| {
            part.member.is_some_and(|member| {
                self.records.stands_below(member, organization, day) && is_secretary(&self.records.on_the_day(member, day))
            })
        })
    }
}

/// How many of them came; `None` while the roll is open and some are
/// unmarked.
fn present(lines: &[&RollLine], closed: bool) -> Option<u32> {
    let unmarked = lines.iter().any(|line| line.status == AttendanceStatus::Unmarked);
    (closed || !unmarked).then(|| number(lines.iter().filter(|line| line.status.attended()).count()))
}

/// 书记, by 职务 or 党内职务.
fn is_secretary(known: &OnTheDay) -> bool {
    [known.post, known.party_post].into_iter().flatten().any(posts::is_secretary)
}

/// Days, where the session's length was given in days or half days: how many
/// hours make a day is not written anywhere.
fn days(amount: StudyAmount) -> Option<Exact> {
    match amount {
        StudyAmount::Days(days) => Some(days),
        StudyAmount::HalfDays(halves) => halves.checked_mul(Exact::fraction(1, 2)?),
        StudyAmount::Seconds(_) | StudyAmount::ClassHours(_) => None,
    }
}

fn kind_word(kind: OrganizationKind) -> &'static str {
    match kind {
        OrganizationKind::Committee => "党委",
        OrganizationKind::GeneralBranch => "党总支",
        OrganizationKind::Branch => "党支部",
        OrganizationKind::Group => "党小组",
        OrganizationKind::Unit => "其他单位",
    }
}

pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
