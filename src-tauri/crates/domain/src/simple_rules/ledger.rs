//! What goes into an evaluation and what comes out of it.

use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    amount::StudyAmount,
    attendance::AttendanceStatus,
    exact::Exact,
    ids::{MakeUpId, NoteId, SelfStudyId, SessionId},
};

/// The record that a credit stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum FactId {
    /// Attendance at a session.
    Session(#[ts(type = "string")] SessionId),
    /// A make-up.
    MakeUp(#[ts(type = "string")] MakeUpId),
    /// An entry of self-study; also where it declares a word count.
    SelfStudy(#[ts(type = "string")] SelfStudyId),
    /// A note.
    Note(#[ts(type = "string")] NoteId),
}

/// Something that a person did in the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The record.
    pub id: FactId,
    /// The day, where it is known; a make-up may have none.
    pub date: Option<NaiveDate>,
    /// The day by which it is put in order: `date`, else the session's.
    pub sort_date: NaiveDate,
    /// What a reader knows it by: the title of the session or the note.
    pub label: String,
    /// What was done.
    pub kind: FactKind,
}

/// What was done, as far as credits depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// A mark at a collective session.
    Collective {
        /// How long the session was.
        amount: StudyAmount,
        /// The mark.
        status: AttendanceStatus,
        /// Whether a missed session was made up. Means nothing beside a
        /// status that attended.
        made_up: bool,
    },
    /// Study of one's own.
    SelfStudy {
        /// How long.
        amount: StudyAmount,
    },
    /// A note, or a declared word count without one.
    Note {
        /// Its length in characters.
        chars: u32,
    },
}

/// The kinds of credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 集体学习
    Collective,
    /// 个人自学
    SelfStudy,
    /// 学习笔记
    Note,
}

impl Category {
    /// Every category in the order of papers.
    pub const ALL: [Category; 3] = [Category::Collective, Category::SelfStudy, Category::Note];
}

/// One person's credits of a year, and where each comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Ledger {
    /// What the person's tier requires; `None` where nothing is.
    #[ts(type = "string | null")]
    pub required: Option<Exact>,
    /// Credits that count, caps applied.
    #[ts(type = "string")]
    pub earned: Exact,
    /// In order of date, then of record.
    pub entries: Vec<LedgerEntry>,
    /// One for each category, in the order of [`Category::ALL`].
    pub by_category: Vec<CategoryTotal>,
    /// Whether that is enough.
    pub outcome: Outcome,
}

/// Whether a requirement is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outcome {
    /// 达标
    Met,
    /// 未达标
    Short {
        /// How much is missing; more than zero.
        #[ts(type = "string")]
        gap: Exact,
    },
    /// 不作要求: outside 达标.
    NotRequired,
}

/// The total of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CategoryTotal {
    /// The category.
    pub category: Category,
    /// Its name in the rule file.
    pub label: String,
    /// Before the cap.
    #[ts(type = "string")]
    pub base: Exact,
    /// After the cap.
    #[ts(type = "string")]
    pub counted: Exact,
    /// At most so much a year, where there is a limit.
    #[ts(type = "string | null")]
    pub cap: Option<Exact>,
}

/// One credit: the fact, the rule line, and the way from one to the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LedgerEntry {
    /// The record it stands on.
    pub fact: FactId,
    /// The day, where it is known.
    #[ts(type = "string | null")]
    pub date: Option<NaiveDate>,
    /// What a reader knows the record by.
    pub label: String,
    /// The kind of credit.
    pub category: Category,
    /// The line of the rule file that decided, counted from 1.
    pub rule_line: u32,
    /// That rule in words: 每 60 分钟 0.5 学分，迟到减半.
    pub rule: String,
    /// The computation, step by step.
    pub steps: Vec<Step>,
    /// Before the yearly cap.
    #[ts(type = "string")]
    pub base: Exact,
    /// What counts, after the yearly cap.
    #[ts(type = "string")]
    pub counted: Exact,
}

/// One step of a computation. Each step begins where the one before ended,
/// the first at zero; the last ends at what counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Step {
    /// What happened.
    pub what: StepKind,
    /// The line of the rule file that says so, counted from 1.
    pub rule_line: u32,
    /// Credits before it.
    #[ts(type = "string")]
    pub before: Exact,
    /// Credits after it.
    #[ts(type = "string")]
    pub after: Exact,
}

/// What a step did, with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum StepKind {
    /// Time became credits.
    ForTime {
        /// As it was given.
        amount: StudyAmount,
        /// The same in minutes, by the conversions of the rule file.
        #[ts(type = "string")]
        minutes: Exact,
        /// So many minutes …
        per_minutes: u32,
        /// … give so many credits.
        #[ts(type = "string")]
        credit: Exact,
    },
    /// A note of sufficient length became credits.
    ForNote {
        /// Its length in characters.
        chars: u32,
        /// The length from which it counts.
        least_chars: u32,
    },
    /// Only a part of it counts.
    Reduced {
        /// Why.
        reason: ReducedFor,
        /// Which part: between 0 and 1.
        #[ts(type = "string")]
        factor: Exact,
    },
    /// The yearly cap cut it.
    Capped {
        /// The cap.
        #[ts(type = "string")]
        cap: Exact,
        /// How much of it earlier entries had used.
        #[ts(type = "string")]
        used: Exact,
    },
}

/// Why only a part of a credit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReducedFor {
    /// 迟到
    Late,
    /// 早退
    EarlyLeave,
    /// 补学
    MakeUp,
}
