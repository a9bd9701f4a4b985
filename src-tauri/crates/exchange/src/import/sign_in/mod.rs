//! 签到表: who signed in at one session, from a filled sheet or from the list
//! of joining and leaving that a meeting program writes.
//!
//! Of such a list a person may have several rows: dropped out and back, or on
//! two devices at once. The time of each is counted once; where the list gives
//! a duration too, no more than that. Who was there for at least a share of
//! the session is present; late and early leave follow the clock.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    amount::StudyAmount,
    attendance::AttendanceStatus,
    ids::{MemberId, SessionId},
    text::heading_key,
};

use super::{
    Field, FieldChange, ImportKind, Outcome, Params, Question, Reading, SymbolReading, attendance,
    cells::{Cells, choice},
    identify::People,
    plan::{Action, Plan, SessionRef},
    rows,
    snapshot::{FieldValue, KnownMember, KnownSession, Snapshot},
    symbols::{self, CellReading},
};
use crate::{params, read::Sheet};

mod names;
mod stay;
mod times;

use names::Place;
use stay::{Frame, Stay};

const KIND: ImportKind = ImportKind::SignIn;

/// How a sign-in list is read beside its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignInReading {
    /// Of which session; has to be chosen.
    #[ts(type = "string | null")]
    pub session: Option<SessionId>,
    /// Per cent of the session's length from which somebody was there: 1 to
    /// 100.
    pub threshold: u32,
    /// What becomes of somebody below it.
    pub below: BelowThreshold,
    /// Minutes after the beginning and before the end that are neither late
    /// nor early.
    pub grace_minutes: u32,
    /// The session's length in minutes, where the book does not say it or the
    /// meeting took another.
    pub length_minutes: Option<u32>,
}

impl Default for SignInReading {
    fn default() -> Self {
        Self { session: None, threshold: 80, below: BelowThreshold::Nothing, grace_minutes: 5, length_minutes: None }
    }
}

impl SignInReading {
    /// For the next file of the shape: which session it was of is its own.
    pub fn for_another(self) -> Self {
        Self { session: None, length_minutes: None, ..self }
    }
}

/// What becomes of somebody who was there for less than the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BelowThreshold {
    /// No mark: the clerk decides at the roll.
    Nothing,
    /// 缺席
    Absent,
}

/// Words of sign-in lists beside those of attendance ledgers.
fn sign_in_word(text: &str) -> Option<CellReading> {
    match heading_key(text).as_str() {
        "已签到" | "已签" | "签到" | "是" | "yes" | "y" | "正常" | "准时" | "按时" | "参加" | "已参加" => {
            Some(CellReading::Status(AttendanceStatus::Present, None))
        }
        "未签到" | "未签" | "否" | "no" | "n" | "未参加" | "未到" => Some(CellReading::Nothing),
        _ => symbols::read(text),
    }
}

/// One row, read by itself.
struct Line<'a> {
    cells: Cells<'a>,
    label: String,
    member: Option<&'a KnownMember>,
    stay: Stay,
    said: Option<CellReading>,
    /// The question about a word in the column of signatures.
    waits: Option<String>,
}

/// Plans a list.
pub(crate) fn plan(sheet: &Sheet, reading: &Reading, snapshot: &Snapshot) -> Plan {
    let mut plan = Plan::default();
    let settings = reading.sign_in.clone().unwrap_or_default();
    let Some(session) = settings.session.and_then(|id| snapshot.sessions.iter().find(|session| session.id == id)) else { return plan };
    let frame = frame(session, &settings);
    let people = People::of(snapshot);
    let mut words = Words { reading, counts: BTreeMap::new() };
    let mut lines: Vec<Line> = rows::records(sheet, reading)
        .map(|row| {
            let mut cells = Cells::new(row, KIND, reading);
            let label = names::label(&mut cells);
            let member = names::of_row(&mut cells, &people, snapshot, reading);
            let stay = stay::of_row(&mut cells, &frame);
            let (said, waits) = words.of_row(&cells);
            Line { cells, label, member, stay, said, waits }
        })
        .collect();
    let groups = groups(&lines);
    let mut writer =
        PlanWriter { session, frame: &frame, settings: &settings, reading, snapshot, changes: HashMap::new(), actions: Vec::new() };
    for group in &groups {
        writer.person(&mut lines, group);
    }
    let PlanWriter { mut changes, actions, .. } = writer;
    if !actions.is_empty() {
        plan.actions.push(Action::OpenRoll(session.id));
        plan.actions.extend(actions);
    }
    for (at, line) in lines.into_iter().enumerate() {
        let (outcome, changes) = changes.remove(&at).unwrap_or((Outcome::Keep, Vec::new()));
        let mut row = rows::outcome(line.cells, line.label, outcome, changes, &mut plan.questions);
        if let Some(key) = line.waits.filter(|_| row.outcome == Outcome::Keep) {
            row.outcome = Outcome::Ask;
            row.questions.push(key);
        }
        plan.rows.push(row);
    }
    words.report(&mut plan);
    plan
}

fn frame(session: &KnownSession, settings: &SignInReading) -> Frame {
    use chrono::Timelike;
    let start = match session.values.get(&Field::StartsAt) {
        Some(FieldValue::Time(time)) => Some(time.num_seconds_from_midnight()),
        _ => None,
    };
    let planned = match session.values.get(&Field::Amount) {
        Some(FieldValue::Amount(StudyAmount::Seconds(seconds))) => Some(*seconds),
        _ => None,
    };
    let given = settings.length_minutes.and_then(|minutes| minutes.checked_mul(60));
    Frame { date: session.date, start, length: given.or(planned).filter(|length| *length > 0), grace: settings.grace_minutes }
}

/// The rows of each person, in the order in which they first stand there.
fn groups(lines: &[Line]) -> Vec<Vec<usize>> {
    let mut places: HashMap<MemberId, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(member) = line.member else { continue };
        let place = *places.entry(member.id).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[place].push(at);
    }
    groups
}

/// Gathers what the plan writes, person by person.
struct PlanWriter<'a> {
    session: &'a KnownSession,
    frame: &'a Frame,
    settings: &'a SignInReading,
    reading: &'a Reading,
    snapshot: &'a Snapshot,
    /// By index of the row that a person's mark stands at.
    changes: HashMap<usize, (Outcome, Vec<FieldChange>)>,
    actions: Vec<Action>,
}

impl PlanWriter<'_> {
    fn person(&mut self, lines: &mut [Line], group: &[usize]) {
        let (Some(&first), Some(member)) = (group.first(), group.first().and_then(|at| lines[*at].member)) else { return };
        let number = lines[first].cells.number();
        for at in &group[1..] {
            lines[*at].cells.warnings.push(told("merged_with_row", params! { "row" => number }));
        }
        // A person's time is not counted from half of it.
        if let Some(bad) = group.iter().find(|at| !lines[**at].cells.problems.is_empty()).map(|at| lines[*at].cells.number()) {
            for at in group.iter().filter(|at| lines[**at].cells.problems.is_empty()).collect::<Vec<_>>() {
                lines[*at].cells.problems.push(told("person_row_refused", params! { "row" => bad }));
            }
            return;
        }
        if group.iter().any(|at| lines[*at].cells.skipped || lines[*at].waits.is_some()) {
            return;
        }
        let place = names::place(&mut lines[first].cells, member, self.snapshot);
        let Some(said) = self.said(lines, group, first) else { return };
        let said = match place {
            // Who is known to sit in was there, and sits in still.
            Place::OnRoll if self.sits_in(member.id) && was_there(said) => CellReading::Observer,
            Place::OnRoll => said,
            Place::Observer => CellReading::Observer,
            Place::Nowhere => return,
        };
        let figures = stay::merged(group.iter().map(|at| &lines[*at].stay)).figures(self.frame);
        self.mark(&mut lines[first].cells, first, member, said, figures);
    }

    fn sits_in(&self, member: MemberId) -> bool {
        self.snapshot.marks.get(&(self.session.id, member)).is_some_and(|mark| mark.observer)
    }

    /// What the rows of a person say together.
    fn said(&self, lines: &mut [Line], group: &[usize], first: usize) -> Option<CellReading> {
        let words: Vec<CellReading> = group.iter().filter_map(|at| lines[*at].said).collect();
        let signed = words.iter().find(|said| **said != CellReading::Nothing).copied();
        // A word that says more than 'was there' stands over the clock.
        if let Some(said) = signed.or(words.first().copied())
            && said != CellReading::Status(AttendanceStatus::Present, None)
        {
            return Some(said);
        }
        let stay = stay::merged(group.iter().map(|at| &lines[*at].stay));
        match stay.verdict(self.frame, self.settings.threshold.clamp(1, 100)) {
            Ok(stay::Verdict::There(status, minutes)) => Some(CellReading::Status(status, minutes)),
            Ok(stay::Verdict::Below(share)) => {
                let params = params! { "figures" => share, "threshold" => self.settings.threshold };
                lines[first].cells.warnings.push(told("below_threshold", params));
                match self.settings.below {
                    BelowThreshold::Nothing => None,
                    BelowThreshold::Absent => Some(CellReading::Status(AttendanceStatus::Absent, None)),
                }
            }
            Err(stay::LengthUnknown) => {
                for at in group {
                    lines[*at].cells.problems.push(told("session_length_unknown", Params::new()));
                }
                None
            }
        }
    }

    fn mark(&mut self, cells: &mut Cells, at: usize, member: &KnownMember, said: CellReading, figures: Option<String>) {
        if said == CellReading::Nothing {
            cells.warnings.push(told("not_signed", Params::new()));
            return;
        }
        let known = self.snapshot.marks.get(&(self.session.id, member.id));
        let Some(mark) = attendance::settle(said, known, self.reading.policy) else {
            let update = attendance::settle(said, known, super::UpdatePolicy::Update);
            if let (Some(known), Some(update)) = (known, update) {
                let params = params! { "before" => attendance::words(*known), "said" => attendance::words(update) };
                cells.warnings.push(told("mark_stands", params));
            }
            return;
        };
        let change = FieldChange {
            label: "考勤".to_owned(),
            before: known.map(|known| attendance::words(*known)),
            after: attendance::words(mark),
            read_from: figures.or_else(|| cells.text(Field::Signed)),
        };
        let outcome = if known.is_some() { Outcome::Change } else { Outcome::Add };
        self.changes.insert(at, (outcome, vec![change]));
        self.actions.push(attendance::action(SessionRef::Known(self.session.id), member.id, mark));
    }
}

fn was_there(said: CellReading) -> bool {
    matches!(said, CellReading::Status(status, _) if status.attended())
}

fn told(code: &str, params: Params) -> super::Problem {
    super::Problem { code: code.to_owned(), column: None, value: None, params }
}

/// The words in the column of signatures: how each is read, and which wait.
struct Words<'a> {
    reading: &'a Reading,
    counts: BTreeMap<String, u32>,
}

impl Words<'_> {
    fn reading_of(&self, word: &str) -> Option<CellReading> {
        let answer = self.reading.answers.get(&format!("symbol:{word}")).and_then(|answer| symbols::of_code(answer));
        answer.or_else(|| sign_in_word(word))
    }

    /// What a row's signature says; the key of a question that it waits for.
    fn of_row(&mut self, cells: &Cells) -> (Option<CellReading>, Option<String>) {
        if !self.reading.columns.iter().any(|meaning| meaning.field == Field::Signed) {
            return (None, None);
        }
        let Some(word) = cells.text(Field::Signed) else { return (Some(CellReading::Nothing), None) };
        // Signed with the own name.
        if cells.name().is_some_and(|name| xueji_domain::text::clean_name(&word) == name) {
            return (Some(CellReading::Status(AttendanceStatus::Present, None)), None);
        }
        *self.counts.entry(word.clone()).or_default() += 1;
        match self.reading_of(&word) {
            Some(said) => (Some(said), None),
            None => (None, Some(format!("symbol:{word}"))),
        }
    }

    fn report(self, plan: &mut Plan) {
        for (symbol, cells) in &self.counts {
            let key = format!("symbol:{symbol}");
            if sign_in_word(symbol).is_none() {
                let answer = self.reading.answers.get(&key).filter(|answer| symbols::of_code(answer).is_some()).cloned();
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
            let reading = self.reading_of(symbol).map(|reading| symbols::code(reading).to_owned());
            plan.symbols.push(SymbolReading { symbol: symbol.clone(), reading, cells: *cells, key });
        }
    }
}
