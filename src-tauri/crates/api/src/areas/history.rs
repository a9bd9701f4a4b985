//! 考勤台账: the history of one cell. Who said what of a member at a session,
//! when, and by which operation: told from the change log, so that nothing is
//! missing from it. What was entered late carries both dates (补登).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;
use xueji_domain::{
    attendance::AttendanceStatus,
    ids::{MemberId, SessionId},
};
use xueji_store::tables::{
    ledger::{self, CellChange, CellOperation},
    roster, sessions, settings,
};

use super::book::OperationLabel;
use crate::{
    context::{QueryContext, local},
    error::ApiError,
};

/// Days after a session in which its marks may still be entered without
/// being late, where the book does not set `attendance.grace_days`.
const GRACE_DAYS: u32 = 7;

/// Names one cell of the ledger.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CellRequest {
    /// At which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Whose mark.
    #[ts(type = "string")]
    pub member: MemberId,
}

/// The history of one cell.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CellHistory {
    /// 姓名
    pub name: String,
    /// The session's day, `YYYY-MM-DD`.
    pub date: String,
    /// 主题
    pub title: String,
    /// Days after the session in which an entry is not late.
    pub grace_days: u32,
    /// What was entered, latest first.
    pub entries: Vec<CellEntry>,
}

/// What one operation did to a cell.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CellEntry {
    /// The operation; for an undo or a redo, the sentence's parameters are
    /// those of what was taken back or done again.
    pub operation: OperationLabel,
    /// For an undo or a redo: the name of what was taken back or done again.
    pub undoes: Option<String>,
    /// Whether it was taken back since.
    pub undone: bool,
    /// What the cell said before.
    pub before: CellState,
    /// What it said after.
    pub after: CellState,
    /// Days from the session to the entry, where that is more than the grace
    /// days: the entry is late (补登).
    pub late_by: Option<u32>,
    /// Why a closed month was changed, where it was.
    pub reason: Option<String>,
}

/// What a cell said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CellState {
    /// The status.
    pub status: AttendanceStatus,
    /// Minutes late or left early.
    pub minutes: Option<u32>,
    /// 列席
    pub observer: bool,
    /// 备注
    pub remark: Option<String>,
    /// 批准人
    pub approver: Option<String>,
    /// The make-up in words: its day, form and evidence.
    pub make_up: Option<String>,
}

impl CellState {
    /// What a cell says before anything was ever said.
    const NOTHING: Self =
        Self { status: AttendanceStatus::Unmarked, minutes: None, observer: false, remark: None, approver: None, make_up: None };

    /// The cell after a change of one of its rows.
    fn apply(&mut self, change: &CellChange) {
        let after = change.after.as_ref();
        match change.table.as_str() {
            "make_up" => self.make_up = after.map(make_up_words),
            "session_part" => self.observer = after.is_some(),
            _ => {
                let text = |name: &str| after.and_then(|row| row.get(name)).and_then(Value::as_str).map(str::to_owned);
                self.status = text("status").and_then(|code| AttendanceStatus::from_code(&code)).unwrap_or(AttendanceStatus::Unmarked);
                self.minutes =
                    after.and_then(|row| row.get("minutes")).and_then(Value::as_u64).and_then(|minutes| u32::try_from(minutes).ok());
                (self.remark, self.approver) = (text("remark"), text("approver"));
            }
        }
    }
}

fn make_up_words(row: &Map<String, Value>) -> String {
    let text = |name: &str| row.get(name).and_then(Value::as_str);
    let day = text("done_on").unwrap_or("日期不详");
    [Some(day), text("form"), text("evidence")].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// `attendance.history`
pub fn cell(context: &QueryContext, request: CellRequest) -> Result<CellHistory, ApiError> {
    let session = sessions::get(context.reader, request.session)?;
    let member = roster::get(context.reader, request.member, context.today)?;
    let grace_days = settings::get(context.reader, "attendance.grace_days")?.unwrap_or(GRACE_DAYS);
    let changes = ledger::changes(context.reader, request.session, request.member)?;
    let mut entries: Vec<CellEntry> = Vec::new();
    let mut state = CellState::NOTHING;
    for group in changes.chunk_by(|one, next| one.operation.id == next.operation.id) {
        let before = state.clone();
        group.iter().for_each(|change| state.apply(change));
        // Parts are written anew in order: this one may be as it was.
        if let Some(change) = group.first().filter(|_| state != before) {
            entries.push(entry(&change.operation, before, state.clone(), session.fields.date, grace_days));
        }
    }
    entries.reverse();
    Ok(CellHistory { name: member.person.name, date: session.fields.date.to_string(), title: session.fields.title, grace_days, entries })
}

fn entry(operation: &CellOperation, before: CellState, after: CellState, held_on: NaiveDate, grace_days: u32) -> CellEntry {
    let at = local(operation.at);
    let days = at.map_or(0, |at| (at.date_naive() - held_on).num_days());
    CellEntry {
        operation: OperationLabel {
            id: operation.id.clone(),
            name: operation.name.clone(),
            params: operation.params.clone(),
            at: at.map_or_else(String::new, |at| at.format("%Y-%m-%d %H:%M").to_string()),
            operator: operation.operator.clone(),
        },
        undoes: operation.undoes.clone(),
        undone: operation.undone,
        before,
        after,
        late_by: u32::try_from(days).ok().filter(|days| *days > grace_days),
        reason: operation.reason.clone(),
    }
}
