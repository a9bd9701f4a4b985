//! 预警: what needs looking at, found from what the book says.
//!
//! Each rule is a function from plain facts to warnings; it knows no book and
//! no clock. A warning has a key that stays the same as long as it is about
//! the same thing (so that it can be put off), says which rule raised it at
//! which threshold, and leads to where it is mended. What is settled (made
//! up, closed, cancelled, exempt) is never warned of: that is each rule's
//! first line.
//!
//! [`people`] holds the rules about single members, [`rolls`] those about
//! rolls, make-ups and what is still open, [`desk`] those about what has to
//! be planned, studied or mended by a day.

pub mod desk;
pub mod people;
pub mod rolls;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::ids::{DocumentId, InspectionId, MemberId, OrganizationId, SessionId};

/// What raises warnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "WarningRule")]
pub enum Rule {
    /// What several years in a row bring: 集中调训补课.
    Consequence,
    /// The requirement can no longer be reached.
    CreditsUnreachable,
    /// Behind the pace of the requirement.
    CreditsBehind,
    /// The period is over and the requirement is not met.
    CreditsShort,
    /// The rules leave something open.
    CreditsUndecided,
    /// 出勤率 too low.
    AttendanceRate,
    /// Absent without leave several times in a row.
    AbsencesInRow,
    /// The roll of a session is not taken, or not to its end.
    RollOpen,
    /// 补学 is overdue.
    MakeUpOverdue,
    /// A meeting that has to be held soon and is not planned.
    CoverageGap,
    /// Meetings that were not held.
    CoverageShort,
    /// An item of a plan is overdue.
    PlanItemOverdue,
    /// A document was not studied in time.
    DocumentUnstudied,
    /// What a check found is not mended in time.
    FindingOverdue,
    /// Self-study waits for approval.
    ApprovalWaiting,
    /// Months are not closed.
    MonthOpen,
    /// A year is not closed.
    YearOpen,
}

/// What a threshold counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "WarningUnit")]
pub enum Unit {
    /// 天
    Days,
    /// %
    Percent,
    /// 次
    Times,
}

/// What a threshold can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// What it counts.
    pub unit: Unit,
    /// Where nothing was set.
    pub default: u32,
    /// The least.
    pub min: u32,
    /// The most.
    pub max: u32,
}

impl Rule {
    /// Every rule, in the order in which settings show them.
    pub const ALL: [Rule; 17] = [
        Rule::Consequence,
        Rule::CreditsUnreachable,
        Rule::CreditsBehind,
        Rule::CreditsShort,
        Rule::CreditsUndecided,
        Rule::AttendanceRate,
        Rule::AbsencesInRow,
        Rule::RollOpen,
        Rule::MakeUpOverdue,
        Rule::CoverageGap,
        Rule::CoverageShort,
        Rule::PlanItemOverdue,
        Rule::DocumentUnstudied,
        Rule::FindingOverdue,
        Rule::ApprovalWaiting,
        Rule::MonthOpen,
        Rule::YearOpen,
    ];

    /// Its name in JSON and in keys.
    pub fn code(self) -> &'static str {
        match self {
            Rule::Consequence => "consequence",
            Rule::CreditsUnreachable => "credits_unreachable",
            Rule::CreditsBehind => "credits_behind",
            Rule::CreditsShort => "credits_short",
            Rule::CreditsUndecided => "credits_undecided",
            Rule::AttendanceRate => "attendance_rate",
            Rule::AbsencesInRow => "absences_in_row",
            Rule::RollOpen => "roll_open",
            Rule::MakeUpOverdue => "make_up_overdue",
            Rule::CoverageGap => "coverage_gap",
            Rule::CoverageShort => "coverage_short",
            Rule::PlanItemOverdue => "plan_item_overdue",
            Rule::DocumentUnstudied => "document_unstudied",
            Rule::FindingOverdue => "finding_overdue",
            Rule::ApprovalWaiting => "approval_waiting",
            Rule::MonthOpen => "month_open",
            Rule::YearOpen => "year_open",
        }
    }

    /// What its threshold can be; `None` where it has none.
    pub fn threshold(self) -> Option<Threshold> {
        let days = |default, max| Some(Threshold { unit: Unit::Days, default, min: 0, max });
        match self {
            Rule::Consequence | Rule::CreditsUnreachable | Rule::CreditsShort | Rule::CreditsUndecided | Rule::CoverageShort => None,
            Rule::CreditsBehind => Some(Threshold { unit: Unit::Days, default: 30, min: 1, max: 366 }),
            Rule::AttendanceRate => Some(Threshold { unit: Unit::Percent, default: 80, min: 1, max: 100 }),
            Rule::AbsencesInRow => Some(Threshold { unit: Unit::Times, default: 3, min: 1, max: 30 }),
            Rule::RollOpen => days(1, 366),
            Rule::CoverageGap => days(10, 92),
            Rule::MakeUpOverdue | Rule::PlanItemOverdue | Rule::DocumentUnstudied | Rule::FindingOverdue => days(0, 366),
            Rule::ApprovalWaiting => days(7, 366),
            Rule::MonthOpen => days(10, 366),
            Rule::YearOpen => days(30, 366),
        }
    }
}

/// How grave a warning is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "WarningGrade")]
pub enum Grade {
    /// 严重
    Grave,
    /// 提醒
    Remind,
    /// 进度
    Progress,
}

/// Where a warning is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "page", rename_all = "snake_case")]
#[ts(rename = "WarningPlace")]
pub enum Place {
    /// A member's credits.
    Credits {
        /// Whose.
        #[ts(type = "string")]
        member: MemberId,
    },
    /// What the rules leave open.
    Decisions,
    /// A session's roll.
    Session {
        /// Which.
        #[ts(type = "string")]
        id: SessionId,
    },
    /// The attendance ledger, at a member.
    Attendance {
        /// Whose.
        #[ts(type = "string")]
        member: MemberId,
    },
    /// The make-ups of a session.
    MakeUps {
        /// Of which.
        #[ts(type = "string")]
        session: SessionId,
    },
    /// The coverage table of a branch.
    Coverage {
        /// Whose.
        #[ts(type = "string")]
        organization: OrganizationId,
    },
    /// A plan.
    Plan {
        /// Whose, of an organization's.
        #[ts(type = "string | null")]
        organization: Option<OrganizationId>,
        /// Whose, of a person's.
        #[ts(type = "string | null")]
        member: Option<MemberId>,
    },
    /// The register of documents, at one of them.
    Documents {
        /// Which.
        #[ts(type = "string")]
        document: DocumentId,
    },
    /// A check by the superior.
    Inspection {
        /// Which.
        #[ts(type = "string")]
        id: InspectionId,
    },
    /// Self-study that waits for approval.
    Approval,
    /// The months of the ledger.
    Months,
    /// Closings of years.
    Closing,
}

/// One thing that needs looking at.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Warning {
    /// The same as long as it is about the same thing.
    pub key: String,
    /// What raised it.
    pub rule: Rule,
    /// At which threshold, where the rule has one.
    pub threshold: Option<u32>,
    /// How grave.
    pub grade: Grade,
    /// Which sentence: `notice.<code>` of the catalogue.
    pub code: &'static str,
    /// Whom or what it is about.
    pub subject: String,
    /// What the sentence needs.
    #[ts(type = "Record<string, string | number>")]
    pub params: Map<String, Value>,
    /// Where it is mended.
    pub place: Place,
}

/// Every sentence that warnings speak in.
pub const SENTENCES: [&str; 20] = [
    "credits_consequence",
    "credits_unreachable",
    "credits_behind",
    "credits_short",
    "credits_unmet",
    "credits_undecided",
    "attendance_rate",
    "absences_in_row",
    "roll_not_taken",
    "roll_unmarked",
    "make_up_overdue",
    "coverage_gap",
    "coverage_short",
    "plan_item_overdue",
    "document_unstudied",
    "document_planned",
    "finding_overdue",
    "approval_waiting",
    "month_open",
    "year_open",
];

/// How one rule is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSetting {
    /// Whether it raises warnings.
    pub on: bool,
    /// Its threshold; `None`: the default.
    pub threshold: Option<u32>,
}

/// How the rules are set; a rule that is not named is on, at its default.
/// What is written of a rule that nobody knows any more stays and says
/// nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Settings(BTreeMap<String, RuleSetting>);

impl Settings {
    /// How a rule is set.
    pub fn of(&self, rule: Rule) -> RuleSetting {
        self.0.get(rule.code()).copied().unwrap_or(RuleSetting { on: true, threshold: None })
    }

    /// Sets a rule; one that is on at its default is not written down.
    pub fn set(&mut self, rule: Rule, setting: RuleSetting) {
        let default = rule.threshold().map(|threshold| threshold.default);
        if setting.on && (setting.threshold.is_none() || setting.threshold == default) {
            self.0.remove(rule.code());
        } else {
            self.0.insert(rule.code().to_owned(), setting);
        }
    }

    /// Whether every rule is on, at its default.
    pub fn is_default(&self) -> bool {
        self.0.is_empty()
    }

    /// The threshold that holds; `None` where the rule is off. A rule without
    /// a threshold gives 0. One outside what is allowed (an older program's)
    /// is brought back to the nearest that is.
    pub fn threshold(&self, rule: Rule) -> Option<u32> {
        let setting = self.of(rule);
        let known = rule.threshold();
        let value = known.map_or(0, |known| setting.threshold.unwrap_or(known.default).clamp(known.min, known.max));
        setting.on.then_some(value)
    }
}

/// The rules at work: how they are set, on which day, and what they found.
#[derive(Debug)]
pub struct Watch<'a> {
    /// How the rules are set.
    pub settings: &'a Settings,
    /// The day.
    pub today: NaiveDate,
    found: Vec<Warning>,
}

impl<'a> Watch<'a> {
    /// Begins.
    pub fn new(settings: &'a Settings, today: NaiveDate) -> Self {
        Self { settings, today, found: Vec::new() }
    }

    /// What was found, gravest first, then by rule; of one rule in the order
    /// in which it was found.
    pub fn finish(mut self) -> Vec<Warning> {
        self.found.sort_by_key(|warning| (warning.grade, warning.rule));
        self.found
    }

    /// Days from a day to today; less than zero where it is to come.
    fn days_since(&self, day: NaiveDate) -> i64 {
        self.today.signed_duration_since(day).num_days()
    }

    fn raise(&mut self, rule: Rule, about: &str, (grade, code): (Grade, &'static str), subject: String, params: Params, place: Place) {
        let threshold = rule.threshold().and_then(|_| self.settings.threshold(rule));
        let key = format!("{}:{about}", rule.code());
        self.found.push(Warning { key, rule, threshold, grade, code, subject, params: params.0, place });
    }
}

/// Parameters of a sentence, one after the other.
#[derive(Default)]
struct Params(Map<String, Value>);

impl Params {
    fn new() -> Self {
        Self::default()
    }

    fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }
}

/// `10月14日`
fn day_words(day: NaiveDate) -> String {
    crate::calendar::month_day_label(day)
}
