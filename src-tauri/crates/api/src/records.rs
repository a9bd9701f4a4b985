//! A span of days with everything that counts in it, read once: members, who
//! belonged where on which day, sessions, marks, make-ups. The roll, the
//! year's table, the credits and the papers are all counted from this one
//! place, so they cannot disagree.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use xueji_domain::{
    attendance::{AttendanceCounts, AttendanceStatus},
    ids::{MemberId, OrganizationId, SessionId},
    required::Gathering,
    sessions::{Role, SessionState},
    text::strokes,
};
use xueji_store::{
    Reader, StoreError,
    tables::{
        attendance::{self, MakeUpRecord, MarkRecord},
        book, coverage, organizations,
        roster::{self, MemberRecord},
        roster_of_session,
        sessions::{self, PartRecord, SessionRecord},
        words,
    },
};

mod required;

use required::Histories;
pub(crate) use required::LeftOutLine;

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
    tags: HashMap<SessionId, Vec<String>>,
    /// Who was required, with the line on the printed sheet, where that is
    /// frozen.
    frozen: HashMap<SessionId, HashMap<MemberId, u32>>,
    /// Whose the sessions are whose roster is not frozen.
    gatherings: HashMap<SessionId, Gathering>,
    also: HashMap<SessionId, Vec<String>>,
    histories: Histories,
    below: HashMap<OrganizationId, HashSet<OrganizationId>>,
    root: OrganizationId,
}

/// One line of a session's roll.
pub(crate) struct RollLine<'a> {
    /// Who.
    pub member: &'a MemberRecord,
    /// The line on the printed sheet, where the roster is frozen.
    pub line: Option<u32>,
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
        let mut also: HashMap<SessionId, Vec<String>> = HashMap::new();
        for (session, kind) in coverage::kinds_between(reader, from, to)? {
            also.entry(session).or_default().push(kind);
        }
        let mut tags: HashMap<SessionId, Vec<String>> = HashMap::new();
        for (session, tag) in words::tags_between(reader, from, to)? {
            tags.entry(session).or_default().push(tag);
        }
        let mut frozen: HashMap<SessionId, HashMap<MemberId, u32>> = HashMap::new();
        for line in roster_of_session::between(reader, from, to)? {
            frozen.entry(line.session).or_default().insert(line.member, line.line);
        }
        let mut records = Self {
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
            tags,
            frozen,
            gatherings: HashMap::new(),
            also,
            histories: Histories::read(reader)?,
            below: descendants(reader)?,
            root: book::get(reader)?.root_organization,
        };
        // Now, while everybody is there: callers may go on with one member.
        records.gatherings = records
            .sessions
            .iter()
            .filter(|session| !records.frozen.contains_key(&session.id))
            .map(|session| (session.id, records.gathering(session)))
            .collect();
        Ok(records)
    }

    /// A session's roll: whoever was required of it, and whoever else has a
    /// mark, a part as observer or a make-up. Where the roster is frozen, it
    /// says who was required; until then whoever belongs to an organization
    /// that holds the session on its day, but for those whom
    /// [`required`](xueji_domain::required) leaves out.
    pub fn roll<'a>(&'a self, session: &'a SessionRecord) -> impl Iterator<Item = RollLine<'a>> {
        let frozen = self.frozen.get(&session.id);
        let gathering = self.gatherings.get(&session.id).copied().unwrap_or_default();
        self.members.iter().filter_map(move |member| {
            let key = (session.id, member.id);
            let line = RollLine {
                member,
                line: frozen.and_then(|lines| lines.get(&member.id).copied()),
                status: self.marks.get(&key).map_or(AttendanceStatus::Unmarked, |mark| mark.status),
                mark: self.marks.get(&key),
                observer: self.observers.contains(&key),
                make_up: self.make_ups.get(&key),
            };
            let said = line.mark.is_some() || line.observer || line.make_up.is_some();
            let required = said
                || match frozen {
                    Some(_) => line.line.is_some(),
                    None => self.is_required(member.id, session, gathering),
                };
            required.then_some(line)
        })
    }

    /// A session's roll in the order of the printed sheet, each with its line
    /// number: as it is frozen, whoever came later behind; else by strokes.
    pub fn numbered_roll<'a>(&'a self, session: &'a SessionRecord) -> Vec<(u32, RollLine<'a>)> {
        let mut lines: Vec<_> = self.roll(session).collect();
        // Sorting is stable: without a line, the order of strokes stays.
        lines.sort_by_key(|line| line.line.unwrap_or(u32::MAX));
        let mut last = 0;
        lines
            .into_iter()
            .map(|line| {
                last = line.line.unwrap_or(last + 1);
                (last, line)
            })
            .collect()
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

    /// What a session is beside its kind.
    pub(crate) fn also(&self, session: SessionId) -> &[String] {
        self.also.get(&session).map_or(&[], Vec::as_slice)
    }

    /// A session's tags.
    pub fn tags(&self, session: SessionId) -> &[String] {
        self.tags.get(&session).map_or(&[], Vec::as_slice)
    }

    /// Names in one role of a session, as typed.
    pub fn names(&self, session: SessionId, role: Role) -> String {
        let names: Vec<&str> =
            self.parts.iter().filter(|part| part.session == session && part.role == role).map(|part| part.name.as_str()).collect();
        names.join("、")
    }

    /// Whether a member belonged to an organization, or one below it, on a
    /// day.
    pub fn stands_below(&self, member: MemberId, organization: OrganizationId, day: NaiveDate) -> bool {
        self.belongs(member, &[organization], day)
    }

    /// Whether an organization, or one below it, holds a session.
    pub fn is_held_by(&self, session: SessionId, organization: OrganizationId) -> bool {
        self.holders(session).iter().any(|holder| self.below.get(&organization).is_some_and(|below| below.contains(holder)))
    }

    fn belongs(&self, member: MemberId, holders: &[OrganizationId], day: NaiveDate) -> bool {
        let Some(organization) = self.histories.organization_on(member, day) else { return false };
        holders.iter().any(|holder| self.below.get(holder).is_some_and(|below| below.contains(&organization)))
    }
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
