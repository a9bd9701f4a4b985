//! Who is judged by a scheme in a year, each by the version that counts for
//! him: members, or organizations by their own figures.

use std::{collections::HashMap, sync::Arc};

use xueji_domain::{
    ids::{MemberId, OrganizationId},
    roster::Tier,
    rules::{
        facts::Subject,
        ledger::Verdict,
        model::{RuleSet, Whose},
    },
};
use xueji_store::{
    Reader, StoreError,
    tables::{
        closing::{self, Owner, ScoreRecord},
        organizations::{self, OrganizationRecord},
        roster::MemberRecord,
    },
};

use super::{
    assess_records::Recorded,
    count::{self, Count, Year, YearSpan},
    shelf::{Holding, Loaded},
    view,
};
use crate::{
    areas::{
        closing::{LeftOut, LeftOutWhy},
        roster::{MemberRow, Shape},
    },
    error::ApiError,
};

/// Who is judged, and how it came out.
pub(crate) struct Judged {
    /// Who; an organization in the place of a person.
    pub member: MemberRow,
    /// The organization, where one is judged.
    pub organization: Option<OrganizationId>,
    /// What is known of whom.
    pub subject: Subject,
    /// How it came out.
    pub count: Count,
}

impl Judged {
    /// Whose the result is.
    pub fn owner(&self) -> Owner {
        self.organization.map_or(Owner::Member(self.member.id), Owner::Organization)
    }
}

/// What was given by hand, by the key of whose it is.
type Given = HashMap<String, Vec<ScoreRecord>>;

/// What judging under a scheme needs beside the year.
pub(crate) struct Assessing {
    /// The figures of the records.
    pub recorded: Recorded,
    given: Given,
    shape: Shape,
    units: Vec<OrganizationRecord>,
}

/// Whether a scheme looks at single facts, beside what they add up to.
fn needs_facts(rules: &RuleSet) -> bool {
    !(rules.categories.is_empty() && rules.obligations.is_empty() && rules.inactive.is_empty() && rules.derives.is_empty())
}

impl Assessing {
    /// Lays the figures of the records among what is known of everybody, and
    /// reads what was given by hand.
    pub fn of(reader: &Reader, year: &mut Year, scheme: &Loaded) -> Result<Self, ApiError> {
        let recorded = Recorded::of(reader, year, &scheme.rules)?;
        recorded.lay(year);
        let mut given = Given::new();
        for record in closing::scores(reader, scheme.key(), &year.year.to_string())? {
            given.entry(record.fields.of.to_string()).or_default().push(record);
        }
        Ok(Self { recorded, given, shape: view::shape(reader, year)?, units: organizations::list(reader)? })
    }

    /// What was given by hand to somebody.
    pub fn given(&self, owner: Owner) -> &[ScoreRecord] {
        self.given.get(&owner.to_string()).map_or(&[][..], Vec::as_slice)
    }

    /// The organizations of the book.
    pub fn units(&self) -> &[OrganizationRecord] {
        &self.units
    }

    /// Everybody for whom the scheme is, and who is left out and why.
    pub fn everybody(&self, year: &mut Year, scheme: &Arc<Loaded>, trace: bool) -> Result<(Vec<Judged>, Vec<LeftOut>), ApiError> {
        match scheme.rules.head.subject {
            Whose::Person => self.people(year, scheme, trace),
            Whose::Unit => self.all_units(year, scheme),
        }
    }

    /// Who has left only with a result.
    fn people(&self, year: &mut Year, scheme: &Arc<Loaded>, trace: bool) -> Result<(Vec<Judged>, Vec<LeftOut>), ApiError> {
        let set = year.sets.iter().position(|set| set.key == scheme.key());
        let (mut judged, mut out) = (Vec::new(), Vec::new());
        for record in view::members(year) {
            let owner = Owner::Member(record.id);
            let text = set.map_or_else(|| Some(Arc::clone(scheme)), |index| year.version(&year.sets[index], record.id));
            let Some(text) = text.or_else(|| is_frozen(year, scheme, owner).then(|| Arc::clone(scheme))) else { continue };
            let one = self.member(year, &record, &text, trace)?;
            let frozen = is_frozen(year, &text, owner);
            let of_it = !one.member.left || !self.given(owner).is_empty();
            if frozen || (of_it && is_for(&one, Whose::Person)) {
                judged.push(one);
            } else {
                let why = if of_it { LeftOutWhy::Outside } else { LeftOutWhy::Left };
                out.push(LeftOut::of(&one.member, why));
            }
        }
        Ok((judged, out))
    }

    /// Every organization for which the scheme is, each by its own figures.
    fn all_units(&self, year: &Year, scheme: &Arc<Loaded>) -> Result<(Vec<Judged>, Vec<LeftOut>), ApiError> {
        let (mut judged, mut out) = (Vec::new(), Vec::new());
        for organization in &self.units {
            let owner = Owner::Organization(organization.id);
            let text = version_of(year, scheme, organization.id);
            let Some(text) = text.or_else(|| is_frozen(year, scheme, owner).then(|| Arc::clone(scheme))) else { continue };
            let one = self.unit(year, organization, &text)?;
            if is_frozen(year, &text, owner) || is_for(&one, Whose::Unit) {
                judged.push(one);
            } else {
                out.push(LeftOut::of(&one.member, LeftOutWhy::Outside));
            }
        }
        Ok((judged, out))
    }

    /// Judges somebody by a text.
    pub fn judge(&self, year: &mut Year, owner: Owner, text: &Arc<Loaded>) -> Result<Judged, ApiError> {
        match owner {
            Owner::Member(id) => {
                let found = year.facts.records.members.iter().find(|one| one.id == id).cloned();
                self.member(year, &found.ok_or(StoreError::Gone { what: "member" })?, text, true)
            }
            Owner::Organization(id) => {
                let found = self.units.iter().find(|one| one.id == id).ok_or(StoreError::Gone { what: "organization" })?;
                self.unit(year, found, text)
            }
        }
    }

    fn member(&self, year: &mut Year, record: &MemberRecord, text: &Arc<Loaded>, trace: bool) -> Result<Judged, ApiError> {
        if let Some(facts) = year.facts.members.get_mut(&record.id).filter(|_| !needs_facts(&text.rules)) {
            facts.subject.activities.clear();
        }
        let count = year.count(text, record.id, trace)?;
        let known = year.facts.members.get(&record.id).map(|facts| (facts.subject.id.clone(), facts.subject.person.clone()));
        let (id, person) = known.unwrap_or_default();
        let subject = Subject { id, person, ..Subject::default() };
        Ok(Judged { member: self.shape.row(record), organization: None, subject, count })
    }

    fn unit(&self, year: &Year, organization: &OrganizationRecord, text: &Arc<Loaded>) -> Result<Judged, ApiError> {
        let id = organization.id;
        let scores = self.given(Owner::Organization(id)).iter().map(|record| count::score(record.fields.clone())).collect();
        let person = self.recorded.organization(year, id);
        let mut subject = Subject { id: id.to_string(), person, scores, ..Subject::default() };
        let count = year.count_unit(text, &mut subject)?;
        Ok(Judged { member: named(id, &organization.name), organization: Some(id), subject, count })
    }
}

/// Whether a version judges such as these, and this one among them.
fn is_for(judged: &Judged, subject: Whose) -> bool {
    judged.count.loaded.rules.head.subject == subject && view::verdict(&judged.count) != Some(Verdict::Outside)
}

fn is_frozen(year: &Year, text: &Loaded, owner: Owner) -> bool {
    year.frozen(text.key(), &YearSpan::of(&text.rules, year.year, year.today), owner).is_some()
}

/// The text that holds for an organization; `None`: the scheme is for others.
fn version_of(year: &Year, scheme: &Arc<Loaded>, organization: OrganizationId) -> Option<Arc<Loaded>> {
    let Some(set) = year.sets.iter().find(|set| set.key == scheme.key()) else { return Some(Arc::clone(scheme)) };
    let below = |holding: &Holding| holding.organization.is_some_and(|above| year.facts.records.is_below(organization, above));
    let own = set.versions.iter().find(|(holding, _)| below(holding));
    let whole = || set.versions.iter().find(|(holding, _)| holding.organization.is_none());
    own.or_else(whole).map(|(_, text)| Arc::clone(text))
}

/// A key as that of a member.
pub(crate) fn key_of(id: &str) -> MemberId {
    id.parse().unwrap_or_else(|_| MemberId::from_parts(0, [0; 10]))
}

/// An organization in the place of a person.
fn named(id: OrganizationId, name: &str) -> MemberRow {
    MemberRow {
        id: key_of(&id.to_string()),
        staff_no: None,
        name: name.to_owned(),
        display_name: name.to_owned(),
        gender: None,
        born: None,
        party_status: None,
        party_joined: None,
        rank: None,
        tier: Tier::Other,
        post: None,
        category: None,
        organization: Some(id),
        organization_name: Some(name.to_owned()),
        department: None,
        phone: None,
        remark: None,
        left: false,
        namesake: false,
        search_keys: Vec::new(),
        revision: 0,
    }
}
