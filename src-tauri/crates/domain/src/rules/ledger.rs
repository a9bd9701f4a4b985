//! What comes out of an evaluation. Described in assets/guide/rules.md,
//! section 9; the JSON of these types is that page's result.

use chrono::NaiveDate;
use serde::Serialize;

use super::facts::{Activity, EarlierResult};
use crate::exact::Exact;

/// One person's evaluation under every reading that matters.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Where the rules do not decide; empty: there is exactly one outcome.
    pub questions: Vec<Question>,
    /// One for each combination of readings; never empty.
    pub outcomes: Vec<Outcome>,
    /// Whether every combination was evaluated. Where there are too many,
    /// each question was varied alone.
    pub complete: bool,
}

/// A result under certain readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Question key and reading id (or value as text), for each question that
    /// came up on this way.
    pub choices: Vec<(String, String)>,
    /// The result.
    pub ledger: Ledger,
}

/// Something that the rules do not decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Its key, see section 7 of the guide; decisions name it.
    pub key: String,
    /// What kind it is, for its words.
    pub kind: QuestionKind,
    /// The fact that raised it, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// The rule line that leaves it open; 0 for options that are not stated.
    pub line: u32,
    /// The readings; for a value, the ends of its range.
    pub readings: Vec<Reading>,
}

/// One way to read an open question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// What a decision names.
    pub id: String,
    /// In the words of the rule file; empty where the program has the words.
    pub label: String,
    /// A value that has no upper end: the outcome stands for it as a lower
    /// bound only.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unbounded: bool,
}

/// The kinds of [`Question`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum QuestionKind {
    /// `[[open]]`, with its own words.
    Stated {
        /// `question`
        text: String,
    },
    /// An entry of `[options]`.
    Option {
        /// `change`, `joined` …
        option: String,
    },
    /// A rate that does not divide.
    Rounding {
        /// The category.
        category: String,
        /// The number of units, not whole.
        units: Exact,
    },
    /// Between bands, or in two of them.
    Band {
        /// The number.
        value: Exact,
        /// Whether it is in two bands rather than in none.
        overlap: bool,
    },
    /// Not in a table. Wants a value.
    Table {
        /// What was looked up.
        key: String,
    },
    /// No award line applies. Wants a value.
    NoAward {
        /// The category.
        category: String,
    },
    /// At somebody's discretion. Wants a value.
    Discretion {
        /// The category.
        category: String,
        /// Least.
        min: Option<Exact>,
        /// Most.
        max: Option<Exact>,
        /// Whether `min` itself may be.
        min_inclusive: bool,
        /// Whether `max` itself may be.
        max_inclusive: bool,
    },
    /// A quantity that the award needs is not recorded. Wants a value: the
    /// credits.
    MissingQuantity {
        /// The category.
        category: String,
        /// The expression without a value.
        quantity: String,
    },
    /// An indicator is not scored. Wants a value.
    Score {
        /// The indicator.
        indicator: String,
        /// Who should.
        by: String,
    },
    /// A fact of which the day is not known.
    Date {
        /// What is known of it.
        date: Option<String>,
    },
    /// Whether a streak goes on after its consequence.
    Streak {
        /// The streak.
        streak: String,
    },
    /// Equal candidates for the last place.
    Tie {
        /// The quota.
        quota: String,
    },
}

/// A person's result over the evaluated periods.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Ledger {
    /// The sum of the periods' totals.
    pub total: Exact,
    /// The periods, earliest first.
    pub periods: Vec<PeriodLedger>,
    /// What each of the periods leaves to later ones once its facts are closed;
    /// parallel to `periods`.
    #[serde(skip)]
    pub results: Vec<EarlierResult>,
    /// Cycles that end with or contain an evaluated period.
    pub cycles: Vec<CycleLedger>,
    /// Consequences of streaks.
    pub consequences: Vec<Consequence>,
    /// Obligations, by due date.
    pub obligations: Vec<ObligationState>,
    /// What a later evaluation needs instead of these facts; its JSON is that
    /// of the facts file.
    #[serde(skip)]
    pub state: State,
    /// What a reader should look at.
    pub notices: Vec<Notice>,
}

/// What a later evaluation needs to go on from here.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// The periods that are over.
    pub earlier: Vec<EarlierResult>,
    /// The facts of the last evaluated period and after, and those that
    /// cycles, streaks or obligations still need.
    pub open: Vec<Activity>,
}

/// How far a verdict goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 达标
    Pass,
    /// 未达标
    Fail,
    /// 没有要求
    #[default]
    None,
    /// 免
    Exempt,
    /// The rule set is not for this person.
    Outside,
}

impl Verdict {
    /// The name in JSON and in expressions.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::None => "none",
            Self::Exempt => "exempt",
            Self::Outside => "outside",
        }
    }
}

/// A named amount, in the order of the rule file.
pub type Named = (String, Exact);

/// A person's result in one period.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct PeriodLedger {
    /// `2025`, `2025-H1`, `2025-Q1`, `2025-03`, `2025-03-01`,
    /// `2021–2025` for blocks, `2023-05-10–2026-05-09` for windows, `all` for
    /// a lifetime or a span.
    pub period: String,
    /// The first day; `None`: no beginning.
    pub from: Option<NaiveDate>,
    /// The last day; `None`: no end.
    pub to: Option<NaiveDate>,
    /// After caps, carry-in, penalties and vetoes.
    pub total: Exact,
    /// Whether the binding requirements are met.
    pub verdict: Verdict,
    /// Why nothing is required, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exempt: Option<String>,
    /// Buckets.
    #[serde(serialize_with = "as_map")]
    pub buckets: Vec<Named>,
    /// Categories that have an entry.
    #[serde(serialize_with = "as_map")]
    pub categories: Vec<Named>,
    /// Counters.
    #[serde(serialize_with = "as_map")]
    pub counters: Vec<Named>,
    /// What came in from earlier periods.
    pub carried_in: Exact,
    /// Expected less counted, where more was expected, of categories that
    /// expect something.
    #[serde(serialize_with = "as_map")]
    pub missed: Vec<Named>,
    /// Of each obligation, how many duties fell due in the period and are not
    /// done, and how many were done late.
    #[serde(skip)]
    pub duties: Vec<(String, Exact, Exact)>,
    /// Every credit and every refusal, by date.
    pub entries: Vec<Entry>,
    /// Requirements.
    pub requirements: Vec<RequirementState>,
    /// Figures; missing ones left out.
    #[serde(serialize_with = "as_map")]
    pub figures: Vec<Named>,
    /// Indicators.
    pub indicators: Vec<IndicatorState>,
    /// The weighted sum of the indicators, where there are any.
    pub score: Option<Exact>,
    /// The grade.
    pub grade: Option<String>,
    /// Why there is no grade.
    pub no_grade: Option<String>,
    /// Vetoes that fired: their ids.
    pub vetoes: Vec<String>,
    /// What the result does elsewhere.
    pub effects: Vec<EffectState>,
    /// What is handed on.
    pub carry_out: Vec<CarryState>,
}

fn as_map<S: serde::Serializer>(named: &[Named], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(named.iter().map(|(name, amount)| (name, amount)))
}

/// One credit, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The fact's id; an opening's, a derive's or a carry's id where no fact
    /// stands behind it.
    pub fact: String,
    /// What stands behind it.
    pub source: EntrySource,
    /// The day by which it is put in order; `None`: not recorded.
    pub date: Option<NaiveDate>,
    /// The category's id.
    pub category: String,
    /// The bucket's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    /// The line of the award (else of the category).
    pub line: u32,
    /// After gates, award, adjustment; before caps and highest-only.
    pub raw: Exact,
    /// What counts.
    pub counted: Exact,
    /// How often it was done and counted as once.
    pub count: u32,
    /// Whether a gate refused it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
    /// The way from nothing to what counts; empty where no trace was wanted.
    pub steps: Vec<Step>,
}

/// What stands behind an [`Entry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntrySource {
    /// A fact.
    Fact,
    /// `[[opening]]`
    Opening,
    /// What an earlier period handed on.
    CarriedIn,
    /// A part of an award of an earlier period.
    Spread,
    /// `[[derive]]`
    Derived,
    /// `[[inactive]]`
    Inactive,
    /// Raised by a floor (`min`) or moved by a rounding.
    Adjustment,
}

/// One step. Each begins where the one before ended, the first at zero; the
/// last ends at what counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// What happened.
    #[serde(flatten)]
    pub what: StepKind,
    /// The rule line that says so; 0: none.
    pub line: u32,
    /// Credits before it.
    pub before: Exact,
    /// Credits after it.
    pub after: Exact,
}

/// What a step did, with its numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StepKind {
    /// A gate refused it.
    Refused {
        /// Why, in the rule file's words; empty: see `gate`.
        label: String,
        /// `evidence`, `approval`, `condition`.
        gate: &'static str,
        /// The evidence that is missing.
        missing: Vec<String>,
    },
    /// Units became credits.
    Rate {
        /// `of`; empty: each time.
        of: String,
        /// How much of it; summed up to this fact where the basis is wider.
        quantity: Exact,
        /// For each so many …
        per: Exact,
        /// … units, after rounding …
        units: Exact,
        /// … so many credits.
        credit: Exact,
    },
    /// A formula gave it.
    Formula {
        /// The formula.
        formula: String,
    },
    /// Somebody decided within a range, or instead of the rules.
    Decided {
        /// The question.
        question: String,
        /// Why; may be empty.
        reason: String,
    },
    /// What the rules give where no line applies.
    Otherwise,
    /// Too little of something up to this day.
    Inactive {
        /// The `[[inactive]]` entry's label.
        label: String,
    },
    /// Earlier facts of the same span had this much of the sum.
    Increment {
        /// For the sum without this fact.
        earlier: Exact,
        /// For the sum with it.
        now: Exact,
    },
    /// Multiplied.
    Times {
        /// By.
        factor: Exact,
        /// Why.
        label: String,
    },
    /// Added.
    Plus {
        /// So much.
        amount: Exact,
        /// Why.
        label: String,
    },
    /// So many times the same.
    Count {
        /// How many.
        count: u32,
    },
    /// It lies across a boundary: the part of the days in this period.
    Split {
        /// Days in this period …
        days: u32,
        /// … of so many.
        of: u32,
    },
    /// A part that counts in this period.
    Spread {
        /// Of so many parts.
        parts: u32,
    },
    /// Rounded.
    Rounded,
    /// A cap cut it.
    Capped {
        /// The cap's id.
        cap: String,
        /// Its label; may be empty.
        label: String,
        /// The most.
        max: Exact,
        /// How much of it was used before.
        used: Exact,
    },
    /// Another one of its group is higher, or as many as may count already
    /// do.
    NotHighest {
        /// The fact that counts instead; empty: too many.
        instead: String,
    },
    /// Only so many attempts may count, and these were made before.
    BeyondFirst {
        /// How many.
        first: u32,
    },
    /// A penalty took it.
    Offset,
    /// The sum would have been below its floor.
    Raised {
        /// The cap's id.
        cap: String,
        /// The least.
        min: Exact,
    },
    /// Handed on by an earlier period.
    CarriedIn {
        /// Which.
        period: String,
    },
    /// Given at the beginning.
    Opening,
}

/// How a requirement stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RequirementState {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The span, where it is shorter than the period: `2025-03`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<String>,
    /// Whether it holds.
    pub passed: bool,
    /// Whether it binds.
    pub binding: bool,
    /// Whether a later period made up for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub repaired: bool,
    /// The alternatives, or the only test.
    pub tests: Vec<TestState>,
    /// Its line.
    pub line: u32,
    /// By when, where there is a deadline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// How to mend it; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mend: String,
}

/// One test of a requirement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TestState {
    /// What is measured, as written.
    pub of: String,
    /// How much it is; `None`: it has no value (nothing divided by nothing).
    pub value: Option<Exact>,
    /// At least (or more than, where not `min_inclusive`).
    pub min: Option<Exact>,
    /// Whether `min` itself satisfies.
    pub min_inclusive: bool,
    /// At most (or less than).
    pub max: Option<Exact>,
    /// Whether `max` itself satisfies.
    pub max_inclusive: bool,
    /// Whether it holds.
    pub passed: bool,
    /// What is missing up to `min`; `None` where nothing is.
    pub shortfall: Option<Exact>,
}

/// How an indicator stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorState {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Its head.
    pub head: Option<String>,
    /// Its points, before weight.
    pub value: Exact,
    /// Its points, after weight.
    pub weighted: Exact,
    /// Most points.
    pub max: Exact,
    /// Who gave what, where it is scored by hand.
    pub scores: Vec<(String, Exact)>,
    /// Its line.
    pub line: u32,
}

/// What the result does elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EffectState {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The review it caps.
    pub review: Option<String>,
    /// The best grade that it leaves.
    pub at_most: Option<String>,
    /// The review's grade, where the facts give one, after the cap.
    pub grade: Option<String>,
    /// Its line.
    pub line: u32,
}

/// What a period hands on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CarryState {
    /// The carry's id.
    pub id: String,
    /// The bucket that gets it.
    pub bucket: String,
    /// How much.
    pub amount: Exact,
    /// Its line.
    pub line: u32,
}

/// A person's result in a cycle, as far as its periods are known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CycleLedger {
    /// The cycle's id.
    pub cycle: String,
    /// `2021–2025`
    pub period: String,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// The sum of its periods' totals.
    pub total: Exact,
    /// The same of buckets.
    #[serde(serialize_with = "as_map")]
    pub buckets: Vec<Named>,
    /// The same of counters.
    #[serde(serialize_with = "as_map")]
    pub counters: Vec<Named>,
    /// Requirements over the cycle.
    pub requirements: Vec<RequirementState>,
    /// Whether they are met.
    pub verdict: Verdict,
}

/// What a streak brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Consequence {
    /// The streak's id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The period in which it falls.
    pub period: String,
    /// The periods that brought it.
    pub because: Vec<String>,
    /// Its line.
    pub line: u32,
}

/// A duty that a fact brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObligationState {
    /// The obligation's id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The fact.
    pub fact: String,
    /// By when; `None`: at a next occasion that is not known yet.
    pub due: Option<NaiveDate>,
    /// The fact that fulfilled it.
    pub done_by: Option<String>,
    /// When.
    pub done_on: Option<NaiveDate>,
    /// How it stands.
    pub state: ObligationProgress,
    /// Its line.
    pub line: u32,
}

/// How an obligation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ObligationProgress {
    /// In time.
    Done,
    /// After it was due.
    Late,
    /// Not yet, and not yet due.
    Open,
    /// Not yet, and due.
    Overdue,
}

/// Something that a reader should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Notice {
    /// No category takes a fact.
    UnmatchedActivity {
        /// The fact.
        fact: String,
        /// Its type.
        kind: String,
    },
    /// A value outside the range that the rules leave.
    OutOfRange {
        /// The fact or indicator.
        fact: String,
        /// The value.
        value: Exact,
    },
    /// A score without the reason that it needs.
    ScoreWithoutReason {
        /// The indicator.
        indicator: String,
    },
    /// The same earlier period is given twice: the last one holds.
    EarlierTwice {
        /// Which.
        period: String,
    },
    /// An earlier result is of no period of this rule set.
    EarlierUnknown {
        /// Its name.
        period: String,
    },
    /// A decision names a reading that its question does not have.
    UnknownReading {
        /// The question.
        question: String,
        /// The reading.
        reading: String,
    },
}

/// What a unit comes to.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct UnitLedger {
    /// Figures of `[[unit_figure]]`: before and after `min` and `max`.
    pub figures: Vec<UnitFigure>,
    /// Quotas.
    pub quotas: Vec<QuotaState>,
    /// Rankings.
    pub rankings: Vec<RankingState>,
}

/// A unit's result under every reading that matters.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitEvaluation {
    /// Where the rules do not decide; empty: there is exactly one outcome.
    pub questions: Vec<Question>,
    /// One for each combination of readings, with its choices; never empty.
    pub outcomes: Vec<UnitOutcome>,
}

/// A unit's result under certain readings.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitOutcome {
    /// Question key and reading id.
    pub choices: Vec<(String, String)>,
    /// The result; a figure that rests on a person's undecided result is
    /// `None` where it differs.
    pub ledger: UnitLedger,
}

/// A figure of a unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitFigure {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Before `min` and `max`.
    pub raw: Option<Exact>,
    /// After them.
    pub value: Option<Exact>,
    /// Its line.
    pub line: u32,
}

/// How a quota comes out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuotaState {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The base times the share, before rounding.
    pub raw: Option<Exact>,
    /// Places; `None` where undecided.
    pub places: Option<Exact>,
    /// Those who have the grade, best first.
    pub candidates: Vec<String>,
    /// Those of whom it is undecided whether they have it.
    pub perhaps: Vec<String>,
    /// Those of them for whom there is no place.
    pub over: Vec<String>,
    /// Its line.
    pub line: u32,
}

/// A ranking.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RankingState {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Place, person and amount; equal amounts share a place.
    pub places: Vec<(u32, String, Exact)>,
    /// Its line.
    pub line: u32,
}
