//! Who is required of a session and who is not, by what was true of everybody
//! on its day.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use xueji_domain::{
    ids::{MemberId, OrganizationId, SessionId},
    required::{Gathering, LeftOutReason, OnTheDay},
};
use xueji_store::{
    Reader, StoreError,
    tables::{
        credits::{self, MemberFactKind},
        roster::{self, MemberRecord, PeriodField, PeriodValue},
        sessions::SessionRecord,
    },
};

use super::Records;

/// What a rule calls a member's post in the party.
const PARTY_POST: &str = "party_post";

/// Values from which day on (none: from the beginning), earliest first.
type Dated<T> = Vec<(Option<NaiveDate>, Option<T>)>;

fn on<T>(dated: &Dated<T>, day: NaiveDate) -> Option<&T> {
    dated.iter().rev().find(|(from, _)| from.is_none_or(|from| from <= day))?.1.as_ref()
}

/// A span of days with what held in it.
struct Span {
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    value: String,
}

impl Span {
    fn covers(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// What was true of one member over time.
#[derive(Default)]
struct History {
    /// Where they belonged; nowhere: had left.
    organization: Dated<OrganizationId>,
    category: Dated<String>,
    post: Dated<String>,
    party_status: Dated<String>,
    party_posts: Vec<Span>,
    long_leaves: Vec<Span>,
}

/// What was true of everybody over time, as far as being required asks for it.
pub(super) struct Histories(HashMap<MemberId, History>);

impl Histories {
    pub fn read(reader: &Reader) -> Result<Self, StoreError> {
        let mut histories: HashMap<MemberId, History> = HashMap::new();
        for period in roster::all_periods(reader)? {
            let history = histories.entry(period.member).or_default();
            match (period.field, period.value) {
                (PeriodField::Organization, PeriodValue::Organization(id)) => history.organization.push((period.starts_on, Some(id))),
                (PeriodField::Organization, _) => history.organization.push((period.starts_on, None)),
                (PeriodField::Category, value) => history.category.push((period.starts_on, text(value))),
                (PeriodField::PartyStatus, value) => history.party_status.push((period.starts_on, text(value))),
                (PeriodField::Post, value) => history.post.push((period.starts_on, text(value))),
                (PeriodField::Rank | PeriodField::Department, _) => {}
            }
        }
        for fact in credits::member_facts(reader)? {
            let fields = fact.fields;
            let span = Span { from: fields.starts_on, until: fields.ends_on, value: fields.value };
            match fields.kind {
                MemberFactKind::Leave => histories.entry(fields.member).or_default().long_leaves.push(span),
                MemberFactKind::Attribute if fields.name == PARTY_POST => {
                    histories.entry(fields.member).or_default().party_posts.push(span);
                }
                MemberFactKind::Attribute | MemberFactKind::Review => {}
            }
        }
        Ok(Self(histories))
    }

    pub fn organization_on(&self, member: MemberId, day: NaiveDate) -> Option<OrganizationId> {
        on(&self.0.get(&member)?.organization, day).copied()
    }

    fn of(&self, member: MemberId, day: NaiveDate) -> OnTheDay<'_> {
        let Some(history) = self.0.get(&member) else { return OnTheDay::default() };
        OnTheDay {
            category: on(&history.category, day).map(String::as_str),
            party_status: on(&history.party_status, day).map(String::as_str),
            post: on(&history.post, day).map(String::as_str),
            party_post: history.party_posts.iter().rev().find(|post| post.covers(day)).map(|post| post.value.as_str()),
            long_leave: history.long_leaves.iter().any(|leave| leave.covers(day)),
        }
    }
}

fn text(value: PeriodValue) -> Option<String> {
    match value {
        PeriodValue::Text(text) => Some(text),
        PeriodValue::None | PeriodValue::Organization(_) => None,
    }
}

/// Somebody who is not required, and why.
pub(crate) struct LeftOutLine<'a> {
    /// Who.
    pub member: &'a MemberRecord,
    /// Why.
    pub reason: LeftOutReason,
    /// What says so, where there is a word: 离退休, 产假.
    pub detail: Option<&'a str>,
    /// From or until which day, where the reason has one.
    pub day: Option<NaiveDate>,
}

impl Records {
    /// The organizations that hold a session.
    pub(crate) fn holders(&self, session: SessionId) -> &[OrganizationId] {
        self.holders.get(&session).map_or(std::slice::from_ref(&self.root), Vec::as_slice)
    }

    /// Everything that a session is: 主题党日 and 支部党员大会.
    pub(crate) fn kinds<'a>(&'a self, session: &'a SessionRecord) -> impl Iterator<Item = &'a str> {
        let also = self.also.get(&session.id).map_or(&[][..], Vec::as_slice);
        std::iter::once(session.fields.kind.as_str()).chain(also.iter().map(String::as_str))
    }

    /// Whether a session's roster is frozen.
    pub(crate) fn is_frozen(&self, session: SessionId) -> bool {
        self.frozen.contains_key(&session)
    }

    /// A member's line on a session's frozen roster.
    pub(crate) fn frozen_line(&self, session: SessionId, member: MemberId) -> Option<u32> {
        self.frozen.get(&session)?.get(&member).copied()
    }

    /// What was true of a member on a day.
    pub(crate) fn on_the_day(&self, member: MemberId, day: NaiveDate) -> OnTheDay<'_> {
        self.histories.of(member, day)
    }

    /// Whether a member is a 正式党员 on a day, with a vote.
    pub(crate) fn has_vote(&self, member: MemberId, day: NaiveDate) -> bool {
        self.histories.of(member, day).has_vote()
    }

    /// Whose a session is, by those who belong to its holders on its day.
    pub(super) fn gathering(&self, session: &SessionRecord) -> Gathering {
        let (day, holders) = (session.fields.date, self.holders(session.id));
        let people: Vec<OnTheDay> = self
            .members
            .iter()
            .filter(|member| self.belongs(member.id, holders, day))
            .map(|member| self.histories.of(member.id, day))
            .collect();
        Gathering::new(self.kinds(session), &people)
    }

    /// Whether a member is required by what is known now, whatever is frozen.
    pub(super) fn is_required(&self, member: MemberId, session: &SessionRecord, gathering: Gathering) -> bool {
        let day = session.fields.date;
        self.belongs(member, self.holders(session.id), day) && gathering.left_out(&self.histories.of(member, day)).is_none()
    }

    /// Who would be on a session's roster were it frozen now: whoever is
    /// required, and whoever has a mark. By strokes.
    pub(crate) fn roster_now(&self, session: &SessionRecord) -> Vec<MemberId> {
        let gathering = self.gathering(session);
        let stands = |member: MemberId| self.marks.contains_key(&(session.id, member)) || self.is_required(member, session, gathering);
        self.members.iter().map(|member| member.id).filter(|member| stands(*member)).collect()
    }

    /// Who is not on a session's roll though they belong, or belonged in the
    /// same year, to an organization that holds it; with the reason. By
    /// strokes.
    pub(crate) fn left_out<'a>(&'a self, session: &'a SessionRecord) -> Vec<LeftOutLine<'a>> {
        let gathering = self.gathering(session);
        let on_roll: std::collections::HashSet<MemberId> = self.roll(session).map(|line| line.member.id).collect();
        let out = self.members.iter().filter(|member| !on_roll.contains(&member.id));
        out.filter_map(|member| self.why_not(member, session, gathering)).collect()
    }

    fn why_not<'a>(&'a self, member: &'a MemberRecord, session: &SessionRecord, gathering: Gathering) -> Option<LeftOutLine<'a>> {
        let day = session.fields.date;
        let history = self.histories.0.get(&member.id)?;
        if !self.belongs(member.id, self.holders(session.id), day) {
            let (reason, day) = self.elsewhere(history, session)?;
            return Some(LeftOutLine { member, reason, detail: None, day: Some(day) });
        }
        let known = self.histories.of(member.id, day);
        // Required by what is known now, yet not on the frozen list.
        let reason = gathering.left_out(&known).unwrap_or(LeftOutReason::NotOnList);
        let leave = history.long_leaves.iter().find(|leave| leave.covers(day)).filter(|_| reason == LeftOutReason::LongLeave);
        let detail = match reason {
            LeftOutReason::LongLeave => leave.map(|leave| leave.value.as_str()),
            LeftOutReason::Retired => known.category,
            LeftOutReason::NotPartyMember => known.party_status,
            _ => None,
        };
        Some(LeftOutLine { member, reason, detail, day: leave.and_then(|leave| leave.until) })
    }

    /// Somebody of another place on the day, who came or went in its year.
    fn elsewhere(&self, history: &History, session: &SessionRecord) -> Option<(LeftOutReason, NaiveDate)> {
        let (day, holders) = (session.fields.date, self.holders(session.id));
        let holds = |organization: &OrganizationId| {
            holders.iter().any(|holder| self.below.get(holder).is_some_and(|below| below.contains(organization)))
        };
        let same_year = |on: Option<NaiveDate>| on.filter(|on| on.year() == day.year());
        let mut was_in = false;
        let mut gone = None;
        for (from, organization) in &history.organization {
            let is_in = organization.as_ref().is_some_and(holds);
            match (from.is_none_or(|from| from <= day), is_in) {
                (true, false) if was_in => {
                    gone = same_year(*from).map(|on| (if organization.is_some() { LeftOutReason::Moved } else { LeftOutReason::Left }, on))
                }
                (false, true) if !was_in => return same_year(*from).map(|on| (LeftOutReason::NotYetJoined, on)).or(gone),
                _ => {}
            }
            was_in = is_in;
        }
        gone
    }
}
