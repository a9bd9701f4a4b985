//! 考勤台账: names down, sessions across. Each column finds its session by
//! date and title, each row its member, each cell its reading; whatever is
//! not certain is asked and the rest still goes in.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use xueji_domain::{attendance::AttendanceStatus, calendar::parse_month_day, ids::MemberId, text::clean_text};

use super::{
    Choice, ColumnOutcome, ColumnState, Field, FieldChange, ImportKind, Outcome, Params, Problem, Question, Reading, SymbolReading,
    UpdatePolicy,
    cells::{Cells, choice, date_problem},
    identify::{self, ADD, People, SKIP},
    plan::{Action, MarkAction, Plan, SessionRef},
    propose, rows,
    sessions::{KnownSessions, PLAIN_KIND},
    snapshot::{FieldValue, KnownMark, KnownMember, KnownSession, Snapshot, Values},
    symbols::{self, CellReading},
};
use crate::{
    params,
    read::{Row, Sheet},
};

const KIND: ImportKind = ImportKind::Attendance;

/// Plans a matrix.
pub(crate) fn plan(sheet: &Sheet, reading: &Reading, snapshot: &Snapshot) -> Plan {
    let mut plan = Plan::default();
    let columns = columns(sheet, reading, snapshot, &mut plan);
    let mut symbols = Symbols::new(reading);
    let people = People::of(snapshot);
    let mut seen = HashSet::new();
    for row in rows::records(sheet, reading) {
        let mut cells = Cells::new(row, KIND, reading);
        let (number, name) = (cells.staff_no(), cells.name());
        let label = [name.as_deref(), number.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let member = identify::of_row(&mut cells, &people, number.as_deref(), name.as_deref(), reading);
        if member.is_some_and(|member| !seen.insert(member.id)) {
            cells.refuse(Field::Name, "repeated_member", params! {});
        }
        if columns.is_empty() {
            // Nothing was compared: saying 'unchanged' would be a lie.
            cells.refuse(Field::Session, "no_column_matched", params! {});
        }
        let before = plan.actions.len();
        let changes = match member {
            Some(member) if cells.problems.is_empty() => marks(row, member, &columns, &mut symbols, reading, snapshot, &mut plan.actions),
            _ => Vec::new(),
        };
        let outcome = match (plan.actions.len() > before, changes.iter().any(|change| change.before.is_some())) {
            (false, _) => Outcome::Keep,
            (true, false) => Outcome::Add,
            (true, true) => Outcome::Change,
        };
        let mut row_outcome = rows::outcome(cells, label, outcome, changes.clone(), &mut plan.questions);
        // A symbol that waits holds up its own cell, not the row's others.
        let waiting = symbols.waiting_in(row, &columns);
        if !waiting.is_empty() && matches!(row_outcome.outcome, Outcome::Add | Outcome::Change | Outcome::Keep) && member.is_some() {
            row_outcome.outcome = Outcome::Ask;
            row_outcome.changes = changes;
            row_outcome.questions.extend(waiting);
        }
        plan.rows.push(row_outcome);
    }
    symbols.report(&mut plan);
    plan
}

/// A column that found its session.
struct Column {
    index: usize,
    heading: String,
    session: SessionRef,
}

/// Finds the session of every column; what is not found is asked or refused
/// column by column.
fn columns(sheet: &Sheet, reading: &Reading, snapshot: &Snapshot, plan: &mut Plan) -> Vec<Column> {
    let known = KnownSessions::of(snapshot);
    let Some(heading) = propose::heading_of(sheet, reading) else { return Vec::new() };
    let mut found = Vec::new();
    for meaning in reading.columns.iter().filter(|meaning| meaning.field == Field::Session) {
        let text = heading.cells.get(meaning.column as usize).map(|cell| clean_text(&cell.display())).unwrap_or_default();
        let mut outcome = ColumnOutcome {
            column: meaning.column,
            heading: text.clone(),
            state: ColumnState::Matched,
            session: None,
            problem: None,
            question: None,
        };
        if let Some(session) = session_of(&text, &mut outcome, reading, snapshot, &known, plan) {
            found.push(Column { index: meaning.column as usize, heading: text, session });
        }
        plan.columns.push(outcome);
    }
    found
}

fn session_of(
    heading: &str,
    outcome: &mut ColumnOutcome,
    reading: &Reading,
    snapshot: &Snapshot,
    known: &KnownSessions,
    plan: &mut Plan,
) -> Option<SessionRef> {
    let refuse = |outcome: &mut ColumnOutcome, code: &str, params: Params| {
        outcome.state = ColumnState::Refuse;
        outcome.problem = Some(Problem { code: code.to_owned(), column: Some(heading.to_owned()), value: None, params });
    };
    let Some(dated) = parse_month_day(heading) else {
        refuse(outcome, "column_without_date", params! {});
        return None;
    };
    let year = match (dated.year, reading.year) {
        (Some(year), _) | (None, Some(year)) => year,
        (None, None) => {
            refuse(outcome, "column_without_year", params! {});
            return None;
        }
    };
    let day = match dated.in_year(year) {
        Ok(day) => day,
        Err(problem) => {
            let (code, params) = date_problem(problem);
            refuse(outcome, code, params);
            return None;
        }
    };
    // A date alone is enough where one session was held that day.
    let alone = match known.on(day) {
        [session] if dated.rest.is_empty() => Some(*session),
        _ => None,
    };
    if let Some(session) = known.find(day, dated.rest).or(alone) {
        outcome.session = Some(session_label(session));
        return Some(SessionRef::Known(session.id));
    }
    ask_column(day, dated.rest, outcome, reading, snapshot, known, plan)
}

fn session_label(session: &KnownSession) -> String {
    format!("{} {}", session.date, session.title)
}

/// No session bears that date and title: another of that day, the same title
/// on another day, a new one, or none?
fn ask_column(
    day: NaiveDate,
    title: &str,
    outcome: &mut ColumnOutcome,
    reading: &Reading,
    snapshot: &Snapshot,
    known: &KnownSessions,
    plan: &mut Plan,
) -> Option<SessionRef> {
    let key = format!("column:{}", outcome.heading);
    let same_title = snapshot.sessions.iter().filter(|session| session.title == title);
    let candidates: Vec<&KnownSession> = known.on(day).iter().copied().chain(same_title).collect();
    let mut choices: Vec<Choice> = candidates
        .iter()
        .map(|session| {
            choice(&format!("session:{}", session_label(session)), "this_session", params! { "session" => session_label(session) })
        })
        .collect();
    if !title.is_empty() {
        choices.push(choice(ADD, "add_session", params! { "date" => day.to_string(), "title" => title }));
    }
    choices.push(choice(SKIP, "skip_column", params! {}));
    let answer = reading.answers.get(&key).filter(|answer| choices.iter().any(|choice| choice.value == **answer)).cloned();
    let params = params! { "heading" => outcome.heading, "date" => day.to_string() };
    plan.questions.push(Question {
        key: key.clone(),
        code: "session_unknown".to_owned(),
        params,
        row: None,
        affects: 1,
        choices,
        answer: answer.clone(),
    });
    outcome.question = Some(key);
    match answer.as_deref() {
        None => {
            outcome.state = ColumnState::Ask;
            None
        }
        Some(SKIP) => {
            outcome.state = ColumnState::Skipped;
            None
        }
        Some(ADD) => {
            let mut values = Values::new();
            values.insert(Field::Date, FieldValue::Date(xueji_domain::calendar::PartialDate::Day(day)));
            values.insert(Field::Title, FieldValue::Text(title.to_owned()));
            values.insert(Field::Kind, FieldValue::Text(PLAIN_KIND.to_owned()));
            plan.actions.push(Action::AddSession(values));
            outcome.session = Some(format!("{day} {title}"));
            Some(SessionRef::New { date: day, title: title.to_owned() })
        }
        Some(chosen) => {
            let session = candidates.iter().find(|session| chosen == format!("session:{}", session_label(session)))?;
            outcome.session = Some(session_label(session));
            Some(SessionRef::Known(session.id))
        }
    }
}

/// The marks of one row.
fn marks(
    row: &Row,
    member: &KnownMember,
    columns: &[Column],
    symbols: &mut Symbols,
    reading: &Reading,
    snapshot: &Snapshot,
    actions: &mut Vec<Action>,
) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    for column in columns {
        let text = row.cells.get(column.index).map(|cell| clean_text(&cell.display())).unwrap_or_default();
        let Some(said) = symbols.read(&text) else { continue };
        let known = match &column.session {
            SessionRef::Known(id) => snapshot.marks.get(&(*id, member.id)),
            SessionRef::New { .. } => None,
        };
        let Some(mark) = settle(said, known, reading.policy) else { continue };
        changes.push(FieldChange {
            label: column.heading.clone(),
            before: known.map(|known| words(*known)),
            after: words(mark),
            read_from: Some(text),
        });
        actions.push(action(column.session.clone(), member.id, mark));
    }
    changes
}

pub(super) fn action(session: SessionRef, member: MemberId, mark: KnownMark) -> Action {
    let KnownMark { status, minutes, observer, made_up } = mark;
    Action::Mark(MarkAction { session, member, status, minutes, observer, made_up })
}

/// What the book will hold of a cell; `None` where nothing changes.
pub(super) fn settle(said: CellReading, known: Option<&KnownMark>, policy: UpdatePolicy) -> Option<KnownMark> {
    let before = known.copied();
    let status = before.map_or(AttendanceStatus::Unmarked, |mark| mark.status);
    let blank = before.is_none_or(|mark| mark.status == AttendanceStatus::Unmarked && !mark.observer);
    if !blank && policy != UpdatePolicy::Update {
        return None;
    }
    let plain = |status, minutes| KnownMark { status, minutes, observer: false, made_up: false };
    let after = match said {
        CellReading::Nothing => return None,
        // Minutes that the cell does not repeat are not taken away.
        CellReading::Status(new, None) => {
            let minutes = before.filter(|mark| mark.status == new).and_then(|mark| mark.minutes);
            let made_up = new.missed() && before.is_some_and(|mark| mark.made_up);
            KnownMark { made_up, ..plain(new, minutes) }
        }
        CellReading::Status(new, minutes) => plain(new, minutes),
        // Whoever sat in was there.
        CellReading::Observer => KnownMark { observer: true, ..plain(AttendanceStatus::Present, None) },
        // The absence that was made up keeps its status; without one it was
        // an absence.
        CellReading::MadeUp if status.missed() => KnownMark { made_up: true, ..plain(status, None) },
        CellReading::MadeUp => KnownMark { made_up: true, ..plain(AttendanceStatus::Absent, None) },
    };
    (before != Some(after)).then_some(after)
}

/// A mark in words: 迟到15分钟, 列席, 缺席，已补学.
pub(super) fn words(mark: KnownMark) -> String {
    if mark.observer {
        return "列席".to_owned();
    }
    let minutes = mark.minutes.map_or_else(String::new, |minutes| format!("{minutes}分钟"));
    let made_up = if mark.made_up { "，已补学" } else { "" };
    format!("{}{minutes}{made_up}", mark.status.label())
}

/// The symbols of a file: how each is read, and which wait.
struct Symbols<'a> {
    reading: &'a Reading,
    counts: BTreeMap<String, u32>,
}

impl<'a> Symbols<'a> {
    fn new(reading: &'a Reading) -> Self {
        Self { reading, counts: BTreeMap::new() }
    }

    fn read(&mut self, text: &str) -> Option<CellReading> {
        if !text.is_empty() {
            *self.counts.entry(text.to_owned()).or_default() += 1;
        }
        self.reading_of(text)
    }

    /// The clerk's reading before the program's own.
    fn reading_of(&self, text: &str) -> Option<CellReading> {
        let answer = self.reading.answers.get(&format!("symbol:{text}")).and_then(|answer| symbols::of_code(answer));
        answer.or_else(|| symbols::read(text))
    }

    /// Keys of the questions that cells of a row wait for.
    fn waiting_in(&self, row: &Row, columns: &[Column]) -> Vec<String> {
        let texts = columns.iter().filter_map(|column| row.cells.get(column.index)).map(|cell| clean_text(&cell.display()));
        let mut keys: Vec<String> = texts.filter(|text| self.reading_of(text).is_none()).map(|text| format!("symbol:{text}")).collect();
        keys.sort();
        keys.dedup();
        keys
    }

    fn report(self, plan: &mut Plan) {
        for (symbol, cells) in &self.counts {
            let key = format!("symbol:{symbol}");
            let reading = self.reading_of(symbol);
            let answer = self.reading.answers.get(&key).filter(|answer| symbols::of_code(answer).is_some()).cloned();
            if symbols::read(symbol).is_none() {
                plan.questions.push(Question {
                    key: key.clone(),
                    code: "symbol_unknown".to_owned(),
                    params: params! { "symbol" => symbol, "cells" => cells },
                    row: None,
                    affects: *cells,
                    choices: symbols::answers().map(|code| choice(code, code, params! {})).collect(),
                    answer,
                });
            }
            plan.symbols.push(SymbolReading {
                symbol: symbol.clone(),
                reading: reading.map(|reading| symbols::code(reading).to_owned()),
                cells: *cells,
                key,
            });
        }
    }
}
