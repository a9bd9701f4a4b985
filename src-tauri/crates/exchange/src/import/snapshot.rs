//! What a plan has to know of the book.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;
use xueji_domain::{
    amount::StudyAmount,
    attendance::AttendanceStatus,
    calendar::PartialDate,
    ids::{MemberId, SessionId},
};

use super::Field;

/// The value of one field, as the book holds it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// A text.
    Text(String),
    /// A date as precise as it was given.
    Date(PartialDate),
    /// A time of day.
    Time(NaiveTime),
    /// A duration in the unit in which it was given.
    Amount(StudyAmount),
    /// A count.
    Count(u32),
}

impl FieldValue {
    /// As a person reads it.
    pub fn display(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Date(date) => date.to_string(),
            Self::Time(time) => time.format("%H:%M").to_string(),
            Self::Amount(amount) => amount.label(),
            Self::Count(count) => count.to_string(),
        }
    }
}

/// The fields of a record.
pub type Values = BTreeMap<Field, FieldValue>;

/// A member of the book.
#[derive(Debug, Clone)]
pub struct KnownMember {
    /// Its key.
    pub id: MemberId,
    /// 工号
    pub staff_no: Option<String>,
    /// 姓名
    pub name: String,
    /// 部门, which tells namesakes apart.
    pub department: Option<String>,
    /// What the book holds of it.
    pub values: Values,
}

/// A session of the book.
#[derive(Debug, Clone)]
pub struct KnownSession {
    /// Its key.
    pub id: SessionId,
    /// The day.
    pub date: NaiveDate,
    /// 主题
    pub title: String,
    /// What the book holds of it.
    pub values: Values,
}

/// A mark of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownMark {
    /// The status.
    pub status: AttendanceStatus,
    /// Minutes late or left early.
    pub minutes: Option<u32>,
    /// 列席
    pub observer: bool,
    /// Whether there is a make-up.
    pub made_up: bool,
}

/// A self-study entry: the whole of it is its identity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StudyEntry {
    /// Whose.
    pub member: MemberId,
    /// The day.
    pub date: NaiveDate,
    /// 学习形式
    pub form: String,
    /// 学习内容
    pub content: String,
    /// How long.
    pub amount: StudyAmount,
    /// 心得字数 as declared.
    pub chars: Option<u32>,
}

/// What a plan has to know of the book.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Today.
    pub today: NaiveDate,
    /// The roster.
    pub members: Vec<KnownMember>,
    /// Every session.
    pub sessions: Vec<KnownSession>,
    /// Every mark.
    pub marks: HashMap<(SessionId, MemberId), KnownMark>,
    /// Of a sign-in list: who is on the roll of its session.
    pub roll: HashSet<MemberId>,
    /// Every self-study entry, and how often it is there.
    pub self_study: HashMap<StudyEntry, u32>,
    /// Ranks, kinds and forms in the book beside those that the program
    /// knows: accepted once, not asked about again.
    pub own_words: Vec<(Field, String)>,
}

impl Snapshot {
    /// Whether the book uses a word already.
    pub fn has_word(&self, field: Field, word: &str) -> bool {
        self.own_words.iter().any(|(own, text)| *own == field && text == word)
    }
}
