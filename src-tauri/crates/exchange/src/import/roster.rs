//! 花名册: who is added, whose record gets other values.

use std::collections::HashMap;

use chrono::Datelike;
use xueji_domain::{
    calendar::PartialDate,
    roster::{PARTY_STATUSES, RankTable},
};

use super::{
    Field, ImportKind, Outcome, Reading,
    cells::{Cells, choice},
    identify::{Identified, People, answer_for},
    plan::{Action, Plan},
    rows,
    snapshot::{FieldValue, KnownMember, Snapshot, Values},
};
use crate::{params, read::Sheet};

const KIND: ImportKind = ImportKind::Roster;

/// Texts that go in as they are.
const TEXTS: [Field; 7] =
    [Field::Gender, Field::Post, Field::Department, Field::Organization, Field::Category, Field::Phone, Field::Remark];

/// Plans a roster.
pub(crate) fn plan(sheet: &Sheet, reading: &Reading, snapshot: &Snapshot) -> Plan {
    let people = People::of(snapshot);
    let ranks = RankTable::shipped();
    let mut plan = Plan::default();
    let mut seen = Seen::default();
    for row in rows::records(sheet, reading) {
        let mut cells = Cells::new(row, KIND, reading);
        let Some(values) = values(&mut cells, &ranks, snapshot) else {
            let number = cells.staff_no();
            plan.rows.push(rows::outcome(cells, number.unwrap_or_default(), Outcome::Refuse, Vec::new(), &mut plan.questions));
            continue;
        };
        let label = label(&values);
        let target = target(&mut cells, &values, &people, reading);
        seen.check(&mut cells, &values, target.member());
        let (outcome, written, known) = match target {
            Target::New => (Outcome::Add, values, None),
            Target::Known(member) => {
                let written = rows::differences(&member.values, &values, reading.policy);
                (if written.is_empty() { Outcome::Keep } else { Outcome::Change }, written, Some(member))
            }
            Target::None => (Outcome::Keep, Values::new(), None),
        };
        let changes = rows::changes(KIND, &cells, known.map(|member| &member.values), &written);
        let row = rows::outcome(cells, label, outcome, changes, &mut plan.questions);
        match (row.outcome, known) {
            (Outcome::Add, _) => plan.actions.push(Action::AddMember(written)),
            (Outcome::Change, Some(member)) => plan.actions.push(Action::ChangeMember(member.id, written)),
            _ => {}
        }
        plan.rows.push(row);
    }
    plan
}

fn label(values: &Values) -> String {
    let shown = [values.get(&Field::Name), values.get(&Field::StaffNo)];
    shown.into_iter().flatten().map(FieldValue::display).collect::<Vec<_>>().join(" ")
}

/// Reads a row; `None` where it names nobody.
fn values(cells: &mut Cells, ranks: &RankTable, snapshot: &Snapshot) -> Option<Values> {
    let mut values = Values::new();
    let Some(name) = cells.name() else {
        cells.refuse(Field::Name, "name_missing", params! {});
        return None;
    };
    values.insert(Field::Name, FieldValue::Text(name));
    if let Some(number) = cells.staff_no() {
        values.insert(Field::StaffNo, FieldValue::Text(number));
    }
    for field in TEXTS {
        cells.take_text(field, &mut values);
    }
    if let Some(status) = cells.text(Field::PartyStatus) {
        if !PARTY_STATUSES.contains(&status.as_str()) && !snapshot.has_word(Field::PartyStatus, &status) {
            cells.warn(Field::PartyStatus, "party_status_unusual", params! {});
        }
        values.insert(Field::PartyStatus, FieldValue::Text(status));
    }
    for field in [Field::Born, Field::PartyJoined] {
        if let Some(date) = cells.date(field) {
            if date.is_after(snapshot.today) {
                cells.refuse(field, "date_in_future", params! {});
            }
            values.insert(field, FieldValue::Date(date));
        }
    }
    warn_of_ages(cells, &values, snapshot);
    if let Some(rank) = cells.text(Field::Rank).and_then(|rank| known_rank(cells, rank, ranks, snapshot)) {
        values.insert(Field::Rank, FieldValue::Text(rank));
    }
    Some(values)
}

/// A rank of the table, or what the answer makes of a word that is not in it.
fn known_rank(cells: &mut Cells, rank: String, ranks: &RankTable, snapshot: &Snapshot) -> Option<String> {
    if ranks.find(&rank).is_some() || snapshot.has_word(Field::Rank, &rank) {
        return Some(rank);
    }
    let mut choices = vec![choice("accept", "accept_rank", params! { "rank" => rank }), choice("blank", "leave_blank", params! {})];
    choices.extend(ranks.ranks().iter().map(|known| choice(&known.name, "take_as", params! { "word" => known.name })));
    match cells.ask_word(format!("rank:{rank}"), "rank_unknown", params! { "rank" => rank }, choices)?.as_str() {
        "accept" => Some(rank),
        "blank" => None,
        other => Some(other.to_owned()),
    }
}

/// Ages that are rarely meant. They warn and refuse nothing.
fn warn_of_ages(cells: &mut Cells, values: &Values, snapshot: &Snapshot) {
    let year = |field: Field| match values.get(&field) {
        Some(FieldValue::Date(date)) => Some(PartialDate::year(*date)),
        _ => None,
    };
    let (born, joined) = (year(Field::Born), year(Field::PartyJoined));
    if let Some(age) = born.map(|born| snapshot.today.year() - born).filter(|age| !(16..=100).contains(age)) {
        cells.warn(Field::Born, "age_unusual", params! { "age" => age });
    }
    if let Some(age) = born.zip(joined).map(|(born, joined)| joined - born).filter(|age| *age < 18) {
        cells.warn(Field::PartyJoined, "joined_too_young", params! { "age" => age });
    }
}

/// Which record a row is for.
enum Target<'a> {
    New,
    Known(&'a KnownMember),
    /// It waits for an answer, or the answer left it out.
    None,
}

impl<'a> Target<'a> {
    fn member(&self) -> Option<&'a KnownMember> {
        match self {
            Self::Known(member) => Some(member),
            Self::New | Self::None => None,
        }
    }
}

fn target<'a>(cells: &mut Cells, values: &Values, people: &People<'a>, reading: &Reading) -> Target<'a> {
    let text = |field: Field| values.get(&field).map(FieldValue::display);
    let (name, number) = (text(Field::Name).unwrap_or_default(), text(Field::StaffNo));
    let named = people.named(&name);
    match number {
        Some(number) => match people.numbered(&number) {
            Some(member) if member.name == name => Target::Known(member),
            Some(member) => renamed(cells, member, &name, &number),
            None => {
                // Somebody of that name without a number may be meant.
                let unnumbered: Vec<&KnownMember> = named.iter().filter(|member| member.staff_no.is_none()).copied().collect();
                if unnumbered.is_empty() {
                    if !named.is_empty() {
                        cells.warn(Field::Name, "namesake_added", params! { "name" => name });
                    }
                    return Target::New;
                }
                let params = params! { "name" => name, "number" => number };
                asked(cells, people.settle(cells.number(), "number_for_whom", params, &unnumbered, true, reading))
            }
        },
        None => match named {
            [] => Target::New,
            [member] => Target::Known(member),
            several => {
                let params = params! { "name" => name, "count" => several.len() };
                asked(cells, people.settle(cells.number(), "namesakes", params, several, true, reading))
            }
        },
    }
}

fn asked<'a>(cells: &mut Cells, identified: Identified<'a>) -> Target<'a> {
    match identified {
        Identified::Member(member) => Target::Known(member),
        Identified::Answered(member, question) => {
            cells.questions.push(question);
            Target::Known(member)
        }
        Identified::Add(question) => {
            cells.questions.push(question);
            Target::New
        }
        Identified::Skip(question) => {
            cells.questions.push(question);
            cells.skipped = true;
            Target::None
        }
        Identified::Ask(question) => {
            cells.questions.push(question);
            Target::None
        }
        Identified::Unknown => Target::New,
    }
}

/// A known number under another name: a correction, or a slip?
fn renamed<'a>(cells: &mut Cells, member: &'a KnownMember, name: &str, number: &str) -> Target<'a> {
    let params = params! { "number" => number, "name" => name, "holder" => member.name };
    let choices = vec![choice("rename", "rename_member", params! { "holder" => member.name, "name" => name })];
    match cells.ask_row("identity", "number_under_other_name", params, choices) {
        Some(_) => Target::Known(member),
        None => Target::None,
    }
}

/// What the rows above were for: the same person twice in one file is told.
#[derive(Default)]
struct Seen {
    numbers: HashMap<String, u32>,
    members: HashMap<String, u32>,
}

impl Seen {
    fn check(&mut self, cells: &mut Cells, values: &Values, member: Option<&KnownMember>) {
        let row = cells.number();
        let number = values.get(&Field::StaffNo).map(FieldValue::display);
        let before = number.and_then(|number| self.numbers.insert(number, row));
        let before = before.or(member.and_then(|member| self.members.insert(answer_for(member), row)));
        if let Some(before) = before {
            cells.refuse(Field::Name, "repeated_in_file", params! { "other_row" => before });
        }
    }
}
