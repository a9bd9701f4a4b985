//! 学习活动: which sessions are added, which get other values. A session is
//! known by its date and title.

use std::collections::HashMap;

use chrono::NaiveDate;
use xueji_domain::{
    calendar::parse_clock,
    sessions::{SESSION_KINDS, is_known_kind},
    text::{clean_name, heading_key},
};

use super::{
    Field, ImportKind, Outcome, Reading,
    cells::{Cells, choice},
    identify::People,
    plan::{Action, Plan},
    rows,
    snapshot::{FieldValue, KnownSession, Snapshot, Values},
};
use crate::{
    params,
    read::{CellValue, Sheet},
};

const KIND: ImportKind = ImportKind::Sessions;

/// The kind of a session whose file says none.
pub const PLAIN_KIND: &str = "集体学习";

/// The sessions of the book by date and title.
pub(crate) struct KnownSessions<'a> {
    by_day: HashMap<NaiveDate, Vec<&'a KnownSession>>,
}

impl<'a> KnownSessions<'a> {
    /// Of a snapshot.
    pub fn of(snapshot: &'a Snapshot) -> Self {
        let mut by_day: HashMap<NaiveDate, Vec<&KnownSession>> = HashMap::new();
        for session in &snapshot.sessions {
            by_day.entry(session.date).or_default().push(session);
        }
        Self { by_day }
    }

    /// The sessions of a day.
    pub fn on(&self, day: NaiveDate) -> &[&'a KnownSession] {
        self.by_day.get(&day).map_or(&[], Vec::as_slice)
    }

    /// The session of a day and title; spaces and width make no difference.
    pub fn find(&self, day: NaiveDate, title: &str) -> Option<&'a KnownSession> {
        let wanted = heading_key(title);
        self.on(day).iter().find(|session| heading_key(&session.title) == wanted).copied()
    }
}

/// Plans a list of sessions.
pub(crate) fn plan(sheet: &Sheet, reading: &Reading, snapshot: &Snapshot) -> Plan {
    let (people, known) = (People::of(snapshot), KnownSessions::of(snapshot));
    let mut plan = Plan::default();
    let mut seen: HashMap<(NaiveDate, String), u32> = HashMap::new();
    for row in rows::records(sheet, reading) {
        let mut cells = Cells::new(row, KIND, reading);
        let label = [cells.text(Field::Date), cells.text(Field::Title)].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let values = values(&mut cells, &people, snapshot);
        let identity = identity(&values);
        let before = identity.as_ref().and_then(|(day, title)| seen.insert((*day, heading_key(title)), row.number));
        if let Some(before) = before {
            cells.refuse(Field::Title, "repeated_in_file", params! { "other_row" => before });
        }
        let session = identity.and_then(|(day, title)| known.find(day, &title));
        let (outcome, written) = match session {
            None => (Outcome::Add, values),
            Some(session) => {
                // Title and date found it; a title that only differs in
                // spaces is no change.
                let mut written = rows::differences(&session.values, &values, reading.policy);
                written.remove(&Field::Title);
                (if written.is_empty() { Outcome::Keep } else { Outcome::Change }, written)
            }
        };
        let changes = rows::changes(KIND, &cells, session.map(|session| &session.values), &written);
        let row = rows::outcome(cells, label, outcome, changes, &mut plan.questions);
        match (row.outcome, session) {
            (Outcome::Add, _) => plan.actions.push(Action::AddSession(written)),
            (Outcome::Change, Some(session)) => plan.actions.push(Action::ChangeSession(session.id, written)),
            _ => {}
        }
        plan.rows.push(row);
    }
    plan
}

fn identity(values: &Values) -> Option<(NaiveDate, String)> {
    match (values.get(&Field::Date), values.get(&Field::Title)) {
        (Some(FieldValue::Date(date)), Some(FieldValue::Text(title))) => Some((date.day()?, title.clone())),
        _ => None,
    }
}

fn values(cells: &mut Cells, people: &People, snapshot: &Snapshot) -> Values {
    let mut values = Values::new();
    for (field, code) in [(Field::Date, "date_missing"), (Field::Title, "title_missing")] {
        if cells.cell(field).is_none() {
            cells.refuse(field, code, params! {});
        }
    }
    if let Some(day) = cells.day(Field::Date) {
        values.insert(Field::Date, FieldValue::Date(xueji_domain::calendar::PartialDate::Day(day)));
        if (day - snapshot.today).num_days() > 366 {
            cells.warn(Field::Date, "date_far_ahead", params! {});
        }
    }
    for field in [Field::Title, Field::Theme, Field::Place, Field::Number, Field::Remark, Field::Level] {
        cells.take_text(field, &mut values);
    }
    let starts_at = if cells.cell(Field::StartsAt).is_some() { cells.time(Field::StartsAt) } else { time_beside_date(cells) };
    if let Some(time) = starts_at {
        values.insert(Field::StartsAt, FieldValue::Time(time));
    }
    if let Some(amount) = cells.amount(Field::Amount) {
        values.insert(Field::Amount, FieldValue::Amount(amount));
    }
    if let Some(kind) = cells.text(Field::Kind).and_then(|kind| known_kind(cells, kind, snapshot)) {
        values.insert(Field::Kind, FieldValue::Text(kind));
    }
    for field in [Field::Host, Field::Speaker, Field::Recorder] {
        names(cells, field, people, &mut values);
    }
    values
}

/// A date cell that holds the time as well: 2025/2/3 14:30.
fn time_beside_date(cells: &Cells) -> Option<chrono::NaiveTime> {
    let cell = cells.cell(Field::Date)?;
    match &cell.value {
        CellValue::DateTime(moment) => Some(moment.time()).filter(|time| *time != chrono::NaiveTime::MIN),
        _ => cell.display().split_whitespace().nth(1).and_then(parse_clock),
    }
}

/// A kind that the program or the book knows, or what the answer makes of a
/// word that neither does.
fn known_kind(cells: &mut Cells, kind: String, snapshot: &Snapshot) -> Option<String> {
    if is_known_kind(&kind) || snapshot.has_word(Field::Kind, &kind) {
        return Some(kind);
    }
    let mut choices = vec![choice("accept", "accept_word", params! { "word" => kind })];
    choices.extend(SESSION_KINDS.iter().map(|known| choice(known.name, "take_as", params! { "word" => known.name })));
    match cells.ask_word(format!("kind:{kind}"), "kind_unknown", params! { "word" => kind }, choices)?.as_str() {
        "accept" => Some(kind),
        other => Some(other.to_owned()),
    }
}

/// Names stay as typed. That one is not on the roster, or that several bear
/// it, is said and stops nothing.
fn names(cells: &mut Cells, field: Field, people: &People, values: &mut Values) {
    let Some(text) = cells.text(field) else { return };
    let names = split_names(&text);
    for name in names.iter().filter(|name| !people.is_unique(name)) {
        let code = if people.named(name).is_empty() { "name_not_on_roster" } else { "name_not_unique" };
        cells.warn(field, code, params! { "name" => name });
    }
    if !names.is_empty() {
        values.insert(field, FieldValue::Text(names.join("、")));
    }
}

/// The names in one cell or field: 王伟、李静，张三.
pub fn split_names(typed: &str) -> Vec<String> {
    typed.split(['、', '，', ',', ';', '；', '/']).map(clean_name).filter(|name| !name.is_empty()).collect()
}
