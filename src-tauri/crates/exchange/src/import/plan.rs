//! The plan: what the preview shows and the import carries out.

use chrono::NaiveDate;
use serde::Serialize;
use xueji_domain::{
    attendance::AttendanceStatus,
    ids::{MemberId, SessionId},
};

use super::{
    ColumnOutcome, ImportKind, Question, Reading, RowOutcome, SymbolReading, attendance, roster, self_study, sessions, sign_in,
    snapshot::{Snapshot, StudyEntry, Values},
};
use crate::read::Sheet;

/// What an import does, step by step.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Adds a member.
    AddMember(Values),
    /// Gives fields of a member other values.
    ChangeMember(MemberId, Values),
    /// Adds a session.
    AddSession(Values),
    /// Gives fields of a session other values.
    ChangeSession(SessionId, Values),
    /// Makes a session ready for marks: held, who is required frozen. A closed
    /// roll refuses.
    OpenRoll(SessionId),
    /// Sets a mark.
    Mark(MarkAction),
    /// Adds a self-study entry.
    AddStudy(StudyEntry),
}

/// A session that is in the book or that the same import adds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub enum SessionRef {
    /// In the book.
    Known(SessionId),
    /// Added by an action of the same plan.
    New {
        /// The day.
        date: NaiveDate,
        /// 主题
        title: String,
    },
}

/// Sets a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkAction {
    /// At which session.
    pub session: SessionRef,
    /// Whose.
    pub member: MemberId,
    /// The status.
    pub status: AttendanceStatus,
    /// Minutes late or left early.
    pub minutes: Option<u32>,
    /// 列席
    pub observer: bool,
    /// Whether a make-up of unknown day is recorded with it.
    pub made_up: bool,
}

/// The plan of one file.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Every row.
    pub rows: Vec<RowOutcome>,
    /// What is asked or was answered.
    pub questions: Vec<Question>,
    /// How symbols and words are read.
    pub symbols: Vec<SymbolReading>,
    /// The columns of a matrix.
    pub columns: Vec<ColumnOutcome>,
    /// What the import carries out, in order.
    pub actions: Vec<Action>,
}

impl Plan {
    /// Plans one sheet. Pure: the same sheet, reading and snapshot give the
    /// same plan.
    pub fn make(kind: ImportKind, sheet: &Sheet, reading: &Reading, snapshot: &Snapshot) -> Self {
        match kind {
            ImportKind::Roster => roster::plan(sheet, reading, snapshot),
            ImportKind::Sessions => sessions::plan(sheet, reading, snapshot),
            ImportKind::Attendance => attendance::plan(sheet, reading, snapshot),
            ImportKind::SelfStudy => self_study::plan(sheet, reading, snapshot),
            ImportKind::SignIn => sign_in::plan(sheet, reading, snapshot),
        }
    }
}
