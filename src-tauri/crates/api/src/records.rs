//! A span of days with everything that counts in it, read once: members, who
//! belonged where on which day, sessions, marks, make-ups. The roll, the
//! year's table, the credits and the papers are all counted from this one
//! place, so they cannot disagree.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use xueji_domain::{
    attendance::{AttendanceCounts, AttendanceStatus},
    ids::{MemberId, OrganizationId, SessionId},
    sessions::{Role, SessionState},
    text::strokes,
};
use xueji_store::{
    Reader, StoreError,
    tables::{
        attendance::{self, MakeUpRecord, MarkRecord},
        book, organizations,
        roster::{self, MemberRecord, PeriodField, PeriodValue},
        sessions::{self, PartRecord, SessionRecord},
    },
};

/// Everything of a span of days.
pub(crate) struct Records {
    /// Every member of the book as of a day, in 姓氏笔画 order.
    pub members: Vec<MemberRecord>,
    /// The sessions of the span, by date.
    pub sessions: Vec<SessionRecord>,
    /// Who had which part.
    pub parts: Vec<PartRecord>,
    marks: HashMap<(SessionId, MemberId), MarkRecord>,
    make_ups: HashMap<(SessionId, MemberId), MakeUpRecord>,
    observers: HashSet<(SessionId, MemberId)>,
    holders: HashMap<SessionId, Vec<OrganizationId>>,
    memberships: HashMap<MemberId, Vec<Membership>>,
    below: HashMap<OrganizationId, HashSet<OrganizationId>>,
    root: OrganizationId,
}

/// Where a member belongs (nowhere: has left) from a day on (none: from the
/// beginning).
type Membership = (Option<NaiveDate>, Option<OrganizationId>);

/// One line of a session's roll.
pub(crate) struct RollLine<'a> {
    /// Who.
    pub member: &'a MemberRecord,
    /// The status; unmarked where nothing was ever said.
    pub status: AttendanceStatus,
    /// The mark, where there is one.
    pub mark: Option<&'a MarkRecord>,
    /// 列席
    pub observer: bool,
    /// The make-up, where there is one.
    pub make_up: Option<&'a MakeUpRecord>,
}

impl Records {
    /// The records of a year; ranks and posts as of `on`.
    pub fn of_year(reader: &Reader, year: i32, on: NaiveDate) -> Result<Self, StoreError> {
        Self::between(reader, &format!("{year:04}-01-01"), &format!("{year:04}-12-31"), on)
    }

    /// The records of one day.
    pub fn of_day(reader: &Reader, day: NaiveDate) -> Result<Self, StoreError> {
        Self::between(reader, &day.to_string(), &day.to_string(), day)
    }

    /// The records of a span of days; ranks and posts as of `on`.
    pub fn between(reader: &Reader, from: &str, to: &str, on: NaiveDate) -> Result<Self, StoreError> {
        let mut members = roster::list(reader, on)?;
        members.sort_by_cached_key(|member| (strokes::stroke_sort_key(&member.person.name), member.person.staff_no.clone(), member.id));
        let mut holders: HashMap<SessionId, Vec<OrganizationId>> = HashMap::new();
        for (session, organization) in sessions::organizations_between(reader, from, to)? {
            holders.entry(session).or_default().push(organization);
        }
        let parts = sessions::parts_between(reader, from, to)?;
        let observers =
            parts.iter().filter(|part| part.role == Role::Observer).filter_map(|part| Some((part.session, part.member?))).collect();
        Ok(Self {
            members,
            sessions: sessions::between(reader, from, to)?,
            marks: attendance::between(reader, from, to)?.into_iter().map(|mark| ((mark.session, mark.member), mark)).collect(),
            make_ups: attendance::make_ups_between(reader, from, to)?
                .into_iter()
                .map(|make_up| ((make_up.session, make_up.member), make_up))
                .collect(),
            observers,
            parts,
            holders,
            memberships: memberships(reader)?,
            below: descendants(reader)?,
            root: book::get(reader)?.root_organization,
        })
    }

    /// A session's roll: everyone who belonged to an organization that holds
    /// it on its day, and whoever else has a mark, a part as observer or a
    /// make-up.
    pub fn roll<'a>(&'a self, session: &'a SessionRecord) -> impl Iterator<Item = RollLine<'a>> {
        let holders = self.holders.get(&session.id).map_or(std::slice::from_ref(&self.root), Vec::as_slice);
        self.members.iter().filter_map(move |member| {
            let key = (session.id, member.id);
            let line = RollLine {
                member,
                status: self.marks.get(&key).map_or(AttendanceStatus::Unmarked, |mark| mark.status),
                mark: self.marks.get(&key),
                observer: self.observers.contains(&key),
                make_up: self.make_ups.get(&key),
            };
            let said = line.mark.is_some() || line.observer || line.make_up.is_some();
            (said || self.belongs(member.id, holders, session.fields.date)).then_some(line)
        })
    }

    /// How a session was attended.
    pub fn counts(&self, session: &SessionRecord) -> AttendanceCounts {
        let mut counts = AttendanceCounts::default();
        for line in self.roll(session) {
            counts.add(line.status, line.observer, line.make_up.is_some());
        }
        counts
    }

    /// The sessions that were held: what rates and credits are counted from.
    pub fn held(&self) -> impl Iterator<Item = &SessionRecord> {
        self.sessions.iter().filter(|session| session.fields.state == SessionState::Held)
    }

    /// Whether an organization is another or stands below it.
    pub fn is_below(&self, organization: OrganizationId, other: OrganizationId) -> bool {
        self.below.get(&other).is_some_and(|below| below.contains(&organization))
    }

    /// The book's own organization.
    pub fn root(&self) -> OrganizationId {
        self.root
    }

    /// Names in one role of a session, as typed.
    pub fn names(&self, session: SessionId, role: Role) -> String {
        let names: Vec<&str> =
            self.parts.iter().filter(|part| part.session == session && part.role == role).map(|part| part.name.as_str()).collect();
        names.join("、")
    }

    fn organization_on(&self, member: MemberId, day: NaiveDate) -> Option<OrganizationId> {
        let history = self.memberships.get(&member)?;
        history.iter().rev().find(|(from, _)| from.is_none_or(|from| from <= day))?.1
    }

    /// Whether a member belonged to an organization, or one below it, on a
    /// day.
    pub fn stands_below(&self, member: MemberId, organization: OrganizationId, day: NaiveDate) -> bool {
        self.belongs(member, &[organization], day)
    }

    /// Whether an organization, or one below it, holds a session.
    pub fn is_held_by(&self, session: SessionId, organization: OrganizationId) -> bool {
        let holders = self.holders.get(&session).map_or(std::slice::from_ref(&self.root), Vec::as_slice);
        holders.iter().any(|holder| self.below.get(&organization).is_some_and(|below| below.contains(holder)))
    }

    fn belongs(&self, member: MemberId, holders: &[OrganizationId], day: NaiveDate) -> bool {
        let Some(organization) = self.organization_on(member, day) else { return false };
        holders.iter().any(|holder| self.below.get(holder).is_some_and(|below| below.contains(&organization)))
    }
}

/// Where each member belonged from which day on, earliest first.
fn memberships(reader: &Reader) -> Result<HashMap<MemberId, Vec<Membership>>, StoreError> {
    let mut memberships: HashMap<MemberId, Vec<_>> = HashMap::new();
    for period in roster::all_periods(reader)? {
        if period.field != PeriodField::Organization {
            continue;
        }
        let organization = match period.value {
            PeriodValue::Organization(id) => Some(id),
            PeriodValue::None | PeriodValue::Text(_) => None,
        };
        memberships.entry(period.member).or_default().push((period.starts_on, organization));
    }
    Ok(memberships)
}

/// Every organization with all that stand below it, itself included.
fn descendants(reader: &Reader) -> Result<HashMap<OrganizationId, HashSet<OrganizationId>>, StoreError> {
    let tree = organizations::list(reader)?;
    let parents: HashMap<OrganizationId, Option<OrganizationId>> =
        tree.iter().map(|organization| (organization.id, organization.parent)).collect();
    let mut below: HashMap<OrganizationId, HashSet<OrganizationId>> = HashMap::new();
    for organization in &tree {
        let mut above = Some(organization.id);
        while let Some(id) = above {
            below.entry(id).or_default().insert(organization.id);
            above = parents.get(&id).copied().flatten();
        }
    }
    Ok(below)
}
