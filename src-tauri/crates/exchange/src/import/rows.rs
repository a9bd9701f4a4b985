//! What the planners of records share: which rows hold records, and how a
//! record's values are held against the book's.

use xueji_domain::text::heading_key;

use super::{
    FieldChange, ImportKind, Outcome, Question, Reading, RowOutcome, UpdatePolicy,
    cells::Cells,
    fields,
    snapshot::{FieldValue, Values},
};
use crate::read::{Row, Sheet};

/// The rows below the heading that hold a record: closing rows such as 合计
/// are none.
pub(crate) fn records<'a>(sheet: &'a Sheet, reading: &Reading) -> impl Iterator<Item = &'a Row> {
    let heading = reading.heading_row;
    sheet.rows.iter().filter(move |row| row.number > heading && !is_closing(row))
}

fn is_closing(row: &Row) -> bool {
    let first = row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| heading_key(&cell.display()));
    first.is_some_and(|text| ["合计", "总计", "小计", "共计"].iter().any(|word| text.starts_with(word)))
}

/// Of the file's values, those that the policy lets into the book.
pub(crate) fn differences(known: &Values, given: &Values, policy: UpdatePolicy) -> Values {
    given
        .iter()
        .filter(|(field, value)| match (known.get(*field), policy) {
            (_, UpdatePolicy::Keep) => false,
            (None, _) => true,
            (Some(_), UpdatePolicy::FillBlanks) => false,
            (Some(before), UpdatePolicy::Update) => before != *value,
        })
        .map(|(field, value)| (*field, value.clone()))
        .collect()
}

/// The changes as the preview lists them.
pub(crate) fn changes(kind: ImportKind, cells: &Cells, known: Option<&Values>, given: &Values) -> Vec<FieldChange> {
    given
        .iter()
        .map(|(field, value)| FieldChange {
            label: fields::label(kind, *field).to_owned(),
            before: known.and_then(|known| known.get(field)).map(FieldValue::display),
            after: value.display(),
            read_from: cells.read_from(*field),
        })
        .collect()
}

/// The row of the preview, its questions handed on to the plan.
pub(crate) fn outcome(
    cells: Cells,
    label: String,
    planned: Outcome,
    changes: Vec<FieldChange>,
    questions: &mut Vec<Question>,
) -> RowOutcome {
    let outcome = if !cells.problems.is_empty() {
        Outcome::Refuse
    } else if cells.is_waiting() {
        Outcome::Ask
    } else if cells.skipped {
        Outcome::Keep
    } else {
        planned
    };
    let row = RowOutcome {
        row: cells.number(),
        outcome,
        label,
        changes: if matches!(outcome, Outcome::Add | Outcome::Change) { changes } else { Vec::new() },
        problems: cells.problems,
        warnings: cells.warnings,
        questions: cells.questions.iter().map(|question| question.key.clone()).collect(),
    };
    for question in cells.questions {
        match questions.iter_mut().find(|known| known.key == question.key) {
            Some(known) => known.affects += 1,
            None => questions.push(question),
        }
    }
    row
}
