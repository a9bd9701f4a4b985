//! 自学记录: an entry is known by its whole row. The k-th equal row of a file
//! is the k-th equal record of the book, so that the same file twice adds
//! nothing, and two equal sittings of one day stay two.

use std::collections::HashMap;

use xueji_domain::study::{SELF_STUDY_FORMS, is_known_form};

use super::{
    Field, FieldChange, ImportKind, Outcome, Reading,
    cells::{Cells, choice},
    identify::{self, People},
    plan::{Action, Plan},
    rows,
    snapshot::{FieldValue, KnownMember, Snapshot, StudyEntry, Values},
};
use crate::{params, read::Sheet};

const KIND: ImportKind = ImportKind::SelfStudy;

/// The form of an entry whose file says none.
const PLAIN_FORM: &str = "其他自学";

/// Plans a list of self-study entries.
pub(crate) fn plan(sheet: &Sheet, reading: &Reading, snapshot: &Snapshot) -> Plan {
    let people = People::of(snapshot);
    let mut plan = Plan::default();
    let mut seen: HashMap<StudyEntry, u32> = HashMap::new();
    for row in rows::records(sheet, reading) {
        let mut cells = Cells::new(row, KIND, reading);
        let (number, name) = (cells.staff_no(), cells.name());
        let label = [name.as_deref(), number.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let member = identify::of_row(&mut cells, &people, number.as_deref(), name.as_deref(), reading);
        let entry = entry(&mut cells, member, snapshot);
        let known = entry.as_ref().is_some_and(|entry| {
            let count = seen.entry(entry.clone()).or_default();
            *count += 1;
            *count <= snapshot.self_study.get(entry).copied().unwrap_or(0)
        });
        let outcome = if known { Outcome::Keep } else { Outcome::Add };
        let changes = entry.as_ref().map(|entry| changes(&cells, entry)).unwrap_or_default();
        let row = rows::outcome(cells, label, outcome, changes, &mut plan.questions);
        if let (Outcome::Add, Some(entry)) = (row.outcome, entry) {
            plan.actions.push(Action::AddStudy(entry));
        }
        plan.rows.push(row);
    }
    plan
}

/// Reads a row; `None` while anything of it is missing, wrong or asked.
fn entry(cells: &mut Cells, member: Option<&KnownMember>, snapshot: &Snapshot) -> Option<StudyEntry> {
    for (field, code) in [(Field::Date, "date_missing"), (Field::Amount, "amount_missing")] {
        if cells.cell(field).is_none() {
            cells.refuse(field, code, params! {});
        }
    }
    let date = cells.day(Field::Date);
    if date.is_some_and(|date| date > snapshot.today) {
        cells.warn(Field::Date, "date_ahead", params! {});
    }
    let amount = cells.amount(Field::Amount);
    let form = match cells.text(Field::Form) {
        Some(form) => known_form(cells, form, snapshot),
        None => Some(PLAIN_FORM.to_owned()),
    };
    let content = cells.text(Field::Content).unwrap_or_default();
    let chars = cells.count(Field::Chars);
    Some(StudyEntry { member: member?.id, date: date?, form: form?, content, amount: amount?, chars })
}

/// A form that the program or the book knows, or what the answer makes of a
/// word that neither does.
fn known_form(cells: &mut Cells, form: String, snapshot: &Snapshot) -> Option<String> {
    if is_known_form(&form) || snapshot.has_word(Field::Form, &form) {
        return Some(form);
    }
    let mut choices = vec![choice("accept", "accept_word", params! { "word" => form })];
    choices.extend(SELF_STUDY_FORMS.iter().map(|known| choice(known, "take_as", params! { "word" => known })));
    match cells.ask_word(format!("form:{form}"), "form_unknown", params! { "word" => form }, choices)?.as_str() {
        "accept" => Some(form),
        other => Some(other.to_owned()),
    }
}

fn changes(cells: &Cells, entry: &StudyEntry) -> Vec<FieldChange> {
    let mut values = Values::from([
        (Field::Date, FieldValue::Text(entry.date.to_string())),
        (Field::Form, FieldValue::Text(entry.form.clone())),
        (Field::Amount, FieldValue::Amount(entry.amount)),
    ]);
    if !entry.content.is_empty() {
        values.insert(Field::Content, FieldValue::Text(entry.content.clone()));
    }
    if let Some(chars) = entry.chars {
        values.insert(Field::Chars, FieldValue::Count(chars));
    }
    rows::changes(KIND, cells, None, &values)
}
