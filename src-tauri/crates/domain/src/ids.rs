//! Keys that two laptops can make without meeting: UUIDs of version 7, typed
//! by what they name so that a member's key never lands where a session's
//! belongs.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// A key of one kind of record. As text: the hyphenated UUID.
pub struct Id<T> {
    uuid: Uuid,
    of: PhantomData<fn() -> T>,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $marker:ident => $alias:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $marker {}
        $(#[$doc])*
        pub type $alias = Id<$marker>;
    )*};
}

kinds! {
    /// Someone on the roster (人员).
    Member => MemberId,
    /// A node of the organization tree (组织).
    Organization => OrganizationId,
    /// One sitting (学习活动).
    Session => SessionId,
    /// One entry of a person's own study (自学记录).
    SelfStudy => SelfStudyId,
    /// A note (笔记).
    Note => NoteId,
    /// A make-up (补学).
    MakeUp => MakeUpId,
    /// A named operation: the unit of undo and audit.
    Operation => OperationId,
    /// A dated fact about a member: rank, party status, category, membership.
    Period => PeriodId,
    /// Who had which part in a session.
    Part => PartId,
    /// A run of an importer, kept with its result list.
    ImportRun => ImportRunId,
    /// One version of a rule set (学分规则) or an assessment scheme (考核办法).
    RuleSet => RuleSetId,
    /// From when to when a rule set holds, and for whom.
    RuleUse => RuleUseId,
    /// What was decided where the rules do not.
    Decision => DecisionId,
    /// Credits entered by hand, or a correction (人工学分).
    ManualCredit => ManualCreditId,
    /// The result of a period before the book was kept (期初记录).
    OpeningRecord => OpeningRecordId,
    /// A closed period (封存).
    Closing => ClosingId,
    /// A change to a closed ledger (补充更正).
    Supplement => SupplementId,
    /// Points given by hand in an assessment (评分).
    Score => ScoreId,
    /// What else is known of a member over time.
    MemberFact => MemberFactId,
    /// A year's plan (学习计划) of an organization or a person.
    Plan => PlanId,
    /// A plan's 专题.
    Theme => ThemeId,
    /// 计划条目
    PlanItem => PlanItemId,
    /// A recurring session.
    Series => SeriesId,
    /// 文件、会议 in the register.
    Document => DocumentId,
    /// Evidence of a session that lies on paper.
    SessionEvidence => SessionEvidenceId,
    /// An observer's report (列席报告).
    ObserverReport => ObserverReportId,
    /// 请假
    Leave => LeaveId,
    /// 封月
    MonthClosing => MonthClosingId,
    /// A change within a closed month.
    MonthSupplement => MonthSupplementId,
    /// A check by the superior (督查).
    Inspection => InspectionId,
    /// What a check found.
    Finding => FindingId,
    /// Money spent on study.
    Expense => ExpenseId,
    /// 表彰
    Commendation => CommendationId,
    /// 案例
    StudyCase => StudyCaseId,
    /// A file attached to a record.
    Attachment => AttachmentId,
    /// 纪念日
    Anniversary => AnniversaryId,
}

impl<T> Id<T> {
    /// Makes a key from the instant (milliseconds since 1970, UTC) and ten
    /// random bytes. Both are handed in: nobody below the shell asks for the
    /// time.
    pub fn from_parts(unix_millis: u64, random: [u8; 10]) -> Self {
        Self::from_uuid(uuid::Builder::from_unix_timestamp_millis(unix_millis, &random).into_uuid())
    }

    /// When the key was made, in UTC milliseconds since 1970: the day on
    /// which the record was entered. `None` for a key of another kind.
    pub fn made_at(&self) -> Option<i64> {
        let (seconds, nanos) = self.uuid.get_timestamp()?.to_unix();
        i64::try_from(seconds).ok()?.checked_mul(1000)?.checked_add(i64::from(nanos / 1_000_000))
    }

    /// The sixteen bytes of the UUID.
    pub fn to_bytes(self) -> [u8; 16] {
        self.uuid.into_bytes()
    }

    /// Wraps an existing UUID.
    pub fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, of: PhantomData }
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}
impl<T> FromStr for Id<T> {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self::from_uuid)
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
