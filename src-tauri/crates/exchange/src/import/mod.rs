//! From a sheet of cells to a plan: what each row would add, change, leave
//! alone, and why a row is refused or has to be asked about.
//!
//! Planning is pure: a sheet, a [`Reading`] (which heading, which column is
//! which field, answers to questions) and a [`snapshot::Snapshot`] of the book
//! give a plan. The preview shows that plan and the import carries out that
//! same plan, so the two cannot differ.
//!
//! * [`propose`] finds the heading row and the meaning of the columns;
//! * [`roster`], [`sessions`], [`attendance`], [`self_study`], [`sign_in`]
//!   plan one kind of file each;
//! * [`identify`] finds the member whom a row is about, or says why not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

pub mod attendance;
mod cells;
pub mod fields;
pub mod identify;
pub mod outcome;
pub mod plan;
pub mod propose;
pub mod roster;
mod rows;
pub mod self_study;
pub mod sessions;
pub mod sign_in;
pub mod snapshot;
pub mod symbols;

pub use fields::{Field, FieldInfo};
pub use outcome::{Choice, ColumnOutcome, ColumnState, FieldChange, Outcome, OutcomeCounts, Problem, Question, RowOutcome, SymbolReading};
pub use plan::{Action, MarkAction, Plan, SessionRef};
pub use sign_in::{BelowThreshold, SignInReading};

/// What a file is meant to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// 花名册
    Roster,
    /// 学习活动
    Sessions,
    /// 考勤台账: names down, sessions across.
    Attendance,
    /// 自学记录
    SelfStudy,
    /// 签到表: who signed in at one session, or joined and left.
    SignIn,
}

impl ImportKind {
    /// The name in JSON, in the book and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Sessions => "sessions",
            Self::Attendance => "attendance",
            Self::SelfStudy => "self_study",
            Self::SignIn => "sign_in",
        }
    }
}

/// What happens to a record that the book has already. An empty cell never
/// wipes a value, whichever is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UpdatePolicy {
    /// The file's values replace the book's.
    #[default]
    Update,
    /// Only what is blank in the book is filled.
    FillBlanks,
    /// Known records stay as they are.
    Keep,
}

/// How a file is to be read: proposed by the program, settled by the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reading {
    /// Index of the sheet, from 0.
    pub sheet: u32,
    /// Number of the heading row in the file, from 1.
    pub heading_row: u32,
    /// The meaning of each column that has one.
    pub columns: Vec<ColumnMeaning>,
    /// The year of a matrix whose headings carry none.
    pub year: Option<i32>,
    /// What happens to known records.
    pub policy: UpdatePolicy,
    /// Answers by question key.
    #[ts(type = "Record<string, string>")]
    pub answers: BTreeMap<String, String>,
    /// Of a sign-in list: of which session, and how its times are read.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sign_in: Option<SignInReading>,
}

/// One column's meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ColumnMeaning {
    /// Index of the column, from 0.
    pub column: u32,
    /// The field that it holds.
    pub field: Field,
}

/// Parameters of a sentence in the catalogue.
pub type Params = Map<String, Value>;

/// Builds [`Params`] in place: `params!{ "name" => name, "row" => 7 }`.
#[macro_export]
macro_rules! params {
    ($($key:literal => $value:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut params = serde_json::Map::new();
        $(params.insert($key.to_owned(), serde_json::json!($value));)*
        params
    }};
}
