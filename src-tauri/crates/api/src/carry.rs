//! Carries out the actions of an import plan, in the plan's order, in one
//! transaction. It decides nothing: the preview showed these very actions.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use xueji_domain::{
    ids::{MakeUpId, MemberId, OrganizationId, SessionId},
    roster::OrganizationKind,
    sessions::{Role, SessionLevel, SessionState, proposed_level},
};
use xueji_exchange::import::{
    Action, Field, MarkAction, SessionRef,
    sessions::{PLAIN_KIND, split_names},
    snapshot::{FieldValue, StudyEntry, Values},
};
use xueji_store::{
    Writer,
    tables::{
        attendance::{self, MarkRecord, MarkSource},
        book, organizations,
        roster::{self, PeriodField, PeriodValue, Person},
        sessions::{self, SessionFields},
        study::{self, StudyFields},
    },
};

use crate::{
    areas::attendance::{hold, roster_lines},
    context::MutateContext,
    error::ApiError,
    jobs::Progress,
    snapshot::{ALWAYS, level_label},
};

/// Carries out a plan.
pub(crate) fn carry_out(writer: &mut Writer, actions: &[Action], today: NaiveDate, progress: &Progress) -> Result<(), ApiError> {
    let total = u32::try_from(actions.len()).unwrap_or(u32::MAX);
    let mut carrier = Carrier::new(writer, today)?;
    for (done, action) in (0u32..).zip(actions) {
        // Cancelled: the transaction is dropped, the book is as before.
        progress.step(done, total)?;
        match action {
            Action::AddMember(values) => carrier.add_member(writer, values)?,
            Action::ChangeMember(id, values) => carrier.change_member(writer, *id, values)?,
            Action::AddSession(values) => carrier.add_session(writer, values)?,
            Action::ChangeSession(id, values) => carrier.change_session(writer, *id, values)?,
            Action::OpenRoll(session) => carrier.open_roll(writer, *session)?,
            Action::Mark(mark) => carrier.mark(writer, mark)?,
            Action::AddStudy(entry) => carrier.add_study(writer, entry)?,
        }
    }
    Ok(())
}

struct Carrier {
    today: NaiveDate,
    root: OrganizationId,
    organizations: HashMap<String, OrganizationId>,
    /// Members by name, for the parts of sessions.
    names: HashMap<String, Vec<MemberId>>,
    people: HashMap<MemberId, String>,
    /// Sessions that this plan added.
    added: HashMap<(NaiveDate, String), SessionId>,
    /// Who sits in on which session, and who made which up: asked once, not
    /// once a mark.
    observers: HashSet<(SessionId, MemberId)>,
    make_ups: HashMap<(SessionId, MemberId), MakeUpId>,
    /// Sessions that were looked at by [`Carrier::hold`].
    held: HashSet<SessionId>,
    /// Sessions whose roll was opened: whoever is marked is put on it.
    opened: HashSet<SessionId>,
}

fn text(values: &Values, field: Field) -> Option<String> {
    values.get(&field).map(FieldValue::display)
}

fn day(values: &Values, field: Field) -> Option<NaiveDate> {
    match values.get(&field) {
        Some(FieldValue::Date(date)) => date.day(),
        _ => None,
    }
}

/// Which dated field of a member a column is.
const DATED: [(Field, PeriodField); 5] = [
    (Field::Rank, PeriodField::Rank),
    (Field::Post, PeriodField::Post),
    (Field::PartyStatus, PeriodField::PartyStatus),
    (Field::Category, PeriodField::Category),
    (Field::Department, PeriodField::Department),
];

impl Carrier {
    fn new(writer: &Writer, today: NaiveDate) -> Result<Self, ApiError> {
        let reader = writer.reader();
        let mut names: HashMap<String, Vec<MemberId>> = HashMap::new();
        let mut people = HashMap::new();
        for member in roster::list(&reader, today)? {
            names.entry(member.person.name.clone()).or_default().push(member.id);
            people.insert(member.id, member.person.name);
        }
        Ok(Self {
            today,
            root: book::get(&reader)?.root_organization,
            organizations: organizations::list(&reader)?.into_iter().map(|record| (record.name, record.id)).collect(),
            names,
            people,
            added: HashMap::new(),
            held: HashSet::new(),
            opened: HashSet::new(),
            observers: sessions::parts_between(&reader, ALWAYS.0, ALWAYS.1)?
                .into_iter()
                .filter(|part| part.role == Role::Observer)
                .filter_map(|part| Some((part.session, part.member?)))
                .collect(),
            make_ups: attendance::make_ups_between(&reader, ALWAYS.0, ALWAYS.1)?
                .into_iter()
                .map(|make_up| ((make_up.session, make_up.member), make_up.id))
                .collect(),
        })
    }

    /// The organization of a name; one that the tree lacks is added as a
    /// branch below the book's own.
    fn organization(&mut self, writer: &mut Writer, name: Option<String>) -> Result<OrganizationId, ApiError> {
        let Some(name) = name else { return Ok(self.root) };
        if let Some(id) = self.organizations.get(&name) {
            return Ok(*id);
        }
        let kind = if name.ends_with("党小组") { OrganizationKind::Group } else { OrganizationKind::Branch };
        let id = organizations::insert(writer, self.root, kind, &name)?;
        self.organizations.insert(name, id);
        Ok(id)
    }

    fn add_member(&mut self, writer: &mut Writer, values: &Values) -> Result<(), ApiError> {
        let mut person = Person::default();
        fill(&mut person, values);
        let id = roster::insert(writer, &person)?;
        let organization = self.organization(writer, text(values, Field::Organization))?;
        roster::set_period(writer, id, PeriodField::Organization, None, &PeriodValue::Organization(organization))?;
        for (field, period) in DATED {
            if let Some(value) = text(values, field) {
                roster::set_period(writer, id, period, None, &PeriodValue::Text(value))?;
            }
        }
        Ok(())
    }

    /// A roster says how things are: today's values are corrected, history
    /// before them stays.
    fn change_member(&mut self, writer: &mut Writer, id: MemberId, values: &Values) -> Result<(), ApiError> {
        let before = roster::get(&writer.reader(), id, self.today)?;
        let mut person = before.person.clone();
        fill(&mut person, values);
        roster::update(writer, id, before.revision, &person)?;
        if let Some(name) = text(values, Field::Organization) {
            let organization = self.organization(writer, Some(name))?;
            roster::correct_period(writer, id, PeriodField::Organization, self.today, &PeriodValue::Organization(organization))?;
        }
        for (field, period) in DATED {
            if let Some(value) = text(values, field) {
                roster::correct_period(writer, id, period, self.today, &PeriodValue::Text(value))?;
            }
        }
        Ok(())
    }

    fn add_session(&mut self, writer: &mut Writer, values: &Values) -> Result<(), ApiError> {
        let date = day(values, Field::Date).ok_or_else(|| ApiError::Internal { reason: "a session without a day".to_owned() })?;
        let kind = text(values, Field::Kind).unwrap_or_else(|| PLAIN_KIND.to_owned());
        let mut fields = SessionFields {
            date,
            starts_at: None,
            amount: None,
            level: proposed_level(&kind),
            kind,
            title: text(values, Field::Title).unwrap_or_default(),
            theme: None,
            place: None,
            number: None,
            state: if date <= self.today { SessionState::Held } else { SessionState::Planned },
            remark: None,
        };
        overlay(&mut fields, values);
        let id = sessions::insert(writer, &fields)?;
        sessions::set_organizations(writer, id, &[self.root])?;
        self.added.insert((date, fields.title.clone()), id);
        self.parts(writer, id, values)
    }

    fn change_session(&mut self, writer: &mut Writer, id: SessionId, values: &Values) -> Result<(), ApiError> {
        let before = sessions::get(&writer.reader(), id)?;
        let mut fields = before.fields.clone();
        overlay(&mut fields, values);
        if fields != before.fields {
            sessions::update(writer, id, before.revision, &fields)?;
        }
        self.parts(writer, id, values)
    }

    /// A name is linked where exactly one member bears it.
    fn parts(&self, writer: &mut Writer, id: SessionId, values: &Values) -> Result<(), ApiError> {
        for (field, role) in [(Field::Host, Role::Host), (Field::Speaker, Role::Speaker), (Field::Recorder, Role::Recorder)] {
            let Some(typed) = text(values, field) else { continue };
            let people: Vec<_> = split_names(&typed)
                .into_iter()
                .map(|name| {
                    let member = match self.names.get(&name).map(Vec::as_slice) {
                        Some([member]) => Some(*member),
                        _ => None,
                    };
                    (name, member)
                })
                .collect();
            sessions::set_parts(writer, id, role, &people)?;
        }
        Ok(())
    }

    fn mark(&mut self, writer: &mut Writer, mark: &MarkAction) -> Result<(), ApiError> {
        let session = match &mark.session {
            SessionRef::Known(id) => *id,
            SessionRef::New { date, title } => *self
                .added
                .get(&(*date, title.clone()))
                .ok_or_else(|| ApiError::Internal { reason: "a mark at a session that was not added".to_owned() })?,
        };
        self.hold(writer, session)?;
        // What the file does not say stays: the remark, who approved the leave.
        let before = attendance::get(&writer.reader(), session, mark.member)?;
        let before = before.unwrap_or_else(|| MarkRecord::new(session, mark.member, mark.status));
        let says_so = self.opened.contains(&session).then_some(MarkSource::Import);
        attendance::set(writer, &by_file(before, mark, says_so))?;
        if self.opened.contains(&session) && !mark.observer {
            roster_lines::put_on(&mut MutateContext { writer, today: self.today }, session, mark.member)?;
        }
        let key = (session, mark.member);
        match (mark.made_up, self.make_ups.get(&key)) {
            (true, None) => attendance::set_make_up(writer, session, mark.member, None, None, None)?,
            (false, Some(make_up)) if !mark.status.missed() => attendance::delete_make_up(writer, *make_up)?,
            _ => {}
        }
        if mark.observer != self.observers.contains(&key) {
            let name = self.people.get(&mark.member).cloned().unwrap_or_default();
            sessions::set_observer(writer, session, mark.member, &name, mark.observer)?;
        }
        Ok(())
    }

    /// Makes a session ready as the first mark by hand does; refuses where
    /// that is refused.
    fn open_roll(&mut self, writer: &mut Writer, session: SessionId) -> Result<(), ApiError> {
        hold(&mut MutateContext { writer, today: self.today }, session, false)?;
        self.held.insert(session);
        self.opened.insert(session);
        Ok(())
    }

    /// A roll that was taken was held: marks say so of a planned session whose
    /// day has come, as a mark by hand does.
    fn hold(&mut self, writer: &mut Writer, session: SessionId) -> Result<(), ApiError> {
        if !self.held.insert(session) {
            return Ok(());
        }
        let record = sessions::get(&writer.reader(), session)?;
        if record.fields.state == SessionState::Planned && record.fields.date <= self.today {
            let fields = SessionFields { state: SessionState::Held, ..record.fields };
            sessions::update(writer, session, record.revision, &fields)?;
        }
        Ok(())
    }

    fn add_study(&self, writer: &mut Writer, entry: &StudyEntry) -> Result<(), ApiError> {
        let fields = StudyFields {
            member: entry.member,
            date: entry.date,
            form: entry.form.clone(),
            content: entry.content.clone(),
            amount: entry.amount,
            declared_chars: entry.chars,
        };
        study::insert(writer, &fields, self.today)?;
        Ok(())
    }
}

/// A mark as a file has it. A status that a leave or a card said before is
/// the file's now. A sign-in list stands beside marks by hand, and its marks
/// say that they are its; a ledger carries over what was entered elsewhere.
fn by_file(before: MarkRecord, mark: &MarkAction, source: Option<MarkSource>) -> MarkRecord {
    let same = before.status == mark.status;
    MarkRecord {
        status: mark.status,
        minutes: mark.minutes,
        leave: before.leave.filter(|_| same),
        approver: before.approver.filter(|_| same),
        source: before.source.filter(|_| same).or(source),
        ..before
    }
}

/// Puts a row's values over what a person has.
fn fill(person: &mut Person, values: &Values) {
    let date = |field: Field| match values.get(&field) {
        Some(FieldValue::Date(date)) => Some(*date),
        _ => None,
    };
    if let Some(name) = text(values, Field::Name) {
        person.name = name;
    }
    for (field, place) in [
        (Field::StaffNo, &mut person.staff_no),
        (Field::Gender, &mut person.gender),
        (Field::Phone, &mut person.phone),
        (Field::Remark, &mut person.remark),
    ] {
        if let Some(value) = text(values, field) {
            *place = Some(value);
        }
    }
    person.born = date(Field::Born).or(person.born);
    person.party_joined = date(Field::PartyJoined).or(person.party_joined);
}

/// Puts a row's values over what a session has.
fn overlay(fields: &mut SessionFields, values: &Values) {
    if let Some(kind) = text(values, Field::Kind) {
        fields.kind = kind;
    }
    if let Some(level) = text(values, Field::Level).and_then(|label| level_of(&label)) {
        fields.level = level;
    }
    for (field, place) in [
        (Field::Theme, &mut fields.theme),
        (Field::Place, &mut fields.place),
        (Field::Number, &mut fields.number),
        (Field::Remark, &mut fields.remark),
    ] {
        if let Some(value) = text(values, field) {
            *place = Some(value);
        }
    }
    if let Some(FieldValue::Time(time)) = values.get(&Field::StartsAt) {
        fields.starts_at = Some(*time);
    }
    if let Some(FieldValue::Amount(amount)) = values.get(&Field::Amount) {
        fields.amount = Some(*amount);
    }
}

fn level_of(label: &str) -> Option<SessionLevel> {
    let label = label.replace(['（', '）', '(', ')'], "");
    [SessionLevel::Committee, SessionLevel::Branch, SessionLevel::Personal].into_iter().find(|level| {
        let known = level_label(*level).replace(['(', ')'], "");
        known == label
            || label.contains(match level {
                SessionLevel::Committee => "集中学",
                SessionLevel::Branch => "集体学",
                SessionLevel::Personal => "自学",
            })
    })
}
