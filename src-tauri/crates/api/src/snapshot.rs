//! What an import plan has to know of the open book.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use xueji_domain::{
    calendar::PartialDate,
    ids::{OrganizationId, SessionId},
    sessions::{Role, SessionLevel},
};
use xueji_exchange::import::{
    Field,
    snapshot::{FieldValue, KnownMark, KnownMember, KnownSession, Snapshot, StudyEntry, Values},
};
use xueji_store::{
    Reader, StoreError,
    tables::{
        attendance, organizations,
        roster::{self, MemberRecord, PeriodField},
        sessions::{self, SessionRecord},
        study,
    },
};

/// Every day that a book can hold.
pub(crate) const ALWAYS: (&str, &str) = ("0000", "9999-12-31");

/// Takes the snapshot.
pub(crate) fn take(reader: &Reader, today: NaiveDate) -> Result<Snapshot, StoreError> {
    let names: HashMap<OrganizationId, String> =
        organizations::list(reader)?.into_iter().map(|organization| (organization.id, organization.name)).collect();
    let mut self_study: HashMap<StudyEntry, u32> = HashMap::new();
    for record in study::all(reader)? {
        let fields = record.fields;
        let entry = StudyEntry {
            member: fields.member,
            date: fields.date,
            form: fields.form,
            content: fields.content,
            amount: fields.amount,
            chars: fields.declared_chars,
        };
        *self_study.entry(entry).or_default() += 1;
    }
    Ok(Snapshot {
        today,
        members: roster::list(reader, today)?.into_iter().map(|member| known_member(member, &names)).collect(),
        sessions: known_sessions(reader)?,
        marks: marks(reader)?,
        roll: HashSet::new(),
        self_study,
        own_words: own_words(reader)?,
    })
}

fn own_words(reader: &Reader) -> Result<Vec<(Field, String)>, StoreError> {
    let mut words = Vec::new();
    for (field, own) in [
        (Field::Rank, roster::words_of(reader, PeriodField::Rank)?),
        (Field::PartyStatus, roster::words_of(reader, PeriodField::PartyStatus)?),
        (Field::Kind, sessions::kinds(reader)?),
        (Field::Form, study::forms(reader)?),
    ] {
        words.extend(own.into_iter().map(|word| (field, word)));
    }
    Ok(words)
}

fn known_member(member: MemberRecord, organizations: &HashMap<OrganizationId, String>) -> KnownMember {
    let (person, standing) = (member.person, member.standing);
    let mut values = Values::new();
    let texts = [
        (Field::Name, Some(&person.name)),
        (Field::StaffNo, person.staff_no.as_ref()),
        (Field::Gender, person.gender.as_ref()),
        (Field::Phone, person.phone.as_ref()),
        (Field::Remark, person.remark.as_ref()),
        (Field::Rank, standing.rank.as_ref()),
        (Field::Post, standing.post.as_ref()),
        (Field::PartyStatus, standing.party_status.as_ref()),
        (Field::Category, standing.category.as_ref()),
        (Field::Department, standing.department.as_ref()),
        (Field::Organization, standing.organization.and_then(|id| organizations.get(&id))),
    ];
    for (field, text) in texts {
        if let Some(text) = text {
            values.insert(field, FieldValue::Text(text.clone()));
        }
    }
    for (field, date) in [(Field::Born, person.born), (Field::PartyJoined, person.party_joined)] {
        if let Some(date) = date {
            values.insert(field, FieldValue::Date(date));
        }
    }
    KnownMember { id: member.id, staff_no: person.staff_no, name: person.name, department: standing.department, values }
}

fn known_sessions(reader: &Reader) -> Result<Vec<KnownSession>, StoreError> {
    let mut parts: HashMap<(SessionId, Field), Vec<String>> = HashMap::new();
    for part in sessions::parts_between(reader, ALWAYS.0, ALWAYS.1)? {
        if let Some(field) = field_of(part.role) {
            parts.entry((part.session, field)).or_default().push(part.name);
        }
    }
    Ok(sessions::all(reader)?.into_iter().map(|session| known_session(session, &parts)).collect())
}

/// The column in which a part stands; observers stand in none.
fn field_of(role: Role) -> Option<Field> {
    match role {
        Role::Host => Some(Field::Host),
        Role::Speaker => Some(Field::Speaker),
        Role::Recorder => Some(Field::Recorder),
        Role::Observer => None,
    }
}

fn known_session(session: SessionRecord, parts: &HashMap<(SessionId, Field), Vec<String>>) -> KnownSession {
    let (id, fields) = (session.id, session.fields);
    let mut values = Values::from([
        (Field::Date, FieldValue::Date(PartialDate::Day(fields.date))),
        (Field::Title, FieldValue::Text(fields.title.clone())),
        (Field::Kind, FieldValue::Text(fields.kind)),
        (Field::Level, FieldValue::Text(level_label(fields.level).to_owned())),
    ]);
    for (field, text) in
        [(Field::Theme, fields.theme), (Field::Place, fields.place), (Field::Number, fields.number), (Field::Remark, fields.remark)]
    {
        if let Some(text) = text {
            values.insert(field, FieldValue::Text(text));
        }
    }
    if let Some(time) = fields.starts_at {
        values.insert(Field::StartsAt, FieldValue::Time(time));
    }
    if let Some(amount) = fields.amount {
        values.insert(Field::Amount, FieldValue::Amount(amount));
    }
    for field in [Field::Host, Field::Speaker, Field::Recorder] {
        if let Some(names) = parts.get(&(id, field)) {
            values.insert(field, FieldValue::Text(names.join("、")));
        }
    }
    KnownSession { id, date: fields.date, title: fields.title, values }
}

/// 学习层级 as files write it.
pub(crate) fn level_label(level: SessionLevel) -> &'static str {
    match level {
        SessionLevel::Committee => "党组(党委)集中学",
        SessionLevel::Branch => "支部集体学",
        SessionLevel::Personal => "个人自学",
    }
}

fn marks(reader: &Reader) -> Result<HashMap<(SessionId, xueji_domain::ids::MemberId), KnownMark>, StoreError> {
    let made_up: HashSet<_> =
        attendance::make_ups_between(reader, ALWAYS.0, ALWAYS.1)?.into_iter().map(|make_up| (make_up.session, make_up.member)).collect();
    let observers: HashSet<_> = sessions::parts_between(reader, ALWAYS.0, ALWAYS.1)?
        .into_iter()
        .filter(|part| part.role == Role::Observer)
        .filter_map(|part| Some((part.session, part.member?)))
        .collect();
    let marks = attendance::between(reader, ALWAYS.0, ALWAYS.1)?.into_iter().map(|mark| {
        let key = (mark.session, mark.member);
        let known =
            KnownMark { status: mark.status, minutes: mark.minutes, observer: observers.contains(&key), made_up: made_up.contains(&key) };
        (key, known)
    });
    Ok(marks.collect())
}
