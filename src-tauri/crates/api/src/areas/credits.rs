//! 学分台账: the year's credits, each with its fact and its rule line.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{exact::Exact, ids::MemberId, roster::Tier};

use super::{manual_credits::Approval, roster::MemberRow};

use xueji_domain::simple_rules::{Category, Ledger, Outcome, RuleSet};
use xueji_store::{StoreError, tables::roster::MemberRecord};

use super::roster::Shape;
use crate::{
    app::Core,
    context::QueryContext,
    credits::{self as ledger, Facts},
    error::ApiError,
    records::Records,
};

/// Asks for a year's credits.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CreditsRequest {
    /// The year: the period of this name counts.
    pub year: i32,
    /// Under which rule set, by its key; `null`: the first that is in use.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub rule_set: Option<String>,
}

/// The year's credits of everyone under one rule set.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CreditsYear {
    /// The year.
    pub year: i32,
    /// Every rule set for credits that counts in the year.
    pub sets: Vec<SetView>,
    /// The one of them that the rows are counted by.
    pub set: SetView,
    /// The rule set in words.
    pub rules: RulesView,
    /// One line a member, in 姓氏笔画 order; those whom the rule set is not
    /// for left out.
    pub rows: Vec<CreditRow>,
    /// The foot of the table.
    pub totals: CreditTotals,
    /// What the rules do not decide, and for how many.
    pub questions: Vec<OpenQuestionView>,
}

/// A rule set in a period.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SetView {
    /// As [`super::rules::RuleSetView::id`].
    pub id: String,
    /// The `id` in its file.
    pub key: String,
    /// Its name.
    pub name: String,
    /// This version.
    pub version: Option<String>,
    /// 学分, 学时 …
    pub unit: String,
    /// Whether it is an example and not this unit's own.
    pub example: bool,
    /// The period: `2025`, `2021–2025`.
    pub period: String,
    /// Its first day.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
    /// Whether it is over.
    pub over: bool,
    /// Where it is closed for the whole book: the closing.
    pub closing: Option<String>,
    /// Its buckets; may be none.
    pub buckets: Vec<BucketView>,
}

/// A bucket of credits.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BucketView {
    /// Its id.
    pub id: String,
    /// Its name: 必修.
    pub label: String,
    /// Whether it is part of the total.
    pub in_total: bool,
}

/// The rule set in force.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RulesView {
    /// Its title.
    pub title: String,
    /// 学分 or 学时.
    pub unit: String,
    /// Every rule in words, with its line in the file.
    pub lines: Vec<RuleWords>,
    /// Categories in the file's order.
    pub categories: Vec<CategoryView>,
    /// What the total must reach, by tier: 处级以上 18.
    pub requirements: Vec<RequirementView>,
}

/// A category of credits.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CategoryView {
    /// Its id.
    pub code: String,
    /// Its name: 集体学习.
    pub label: String,
    /// The most that counts in a period, where there is one limit.
    #[ts(type = "string | null")]
    pub cap: Option<Exact>,
    /// Its bucket.
    pub bucket: Option<String>,
}

/// A rule in words.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RuleWords {
    /// Its line in the rule file.
    pub line: u32,
    /// 每 60 分钟 0.5 学分.
    pub words: String,
}

/// What a tier must reach in a year.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RequirementView {
    /// The tier.
    pub tier: Tier,
    /// How much; `null` for 不作要求.
    #[ts(type = "string | null")]
    pub required: Option<Exact>,
}

/// One member's year.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CreditRow {
    /// Who.
    pub member: MemberRow,
    /// 应修: what the total must reach; `null` where no such requirement
    /// binds (不作要求), or where it is undecided.
    #[ts(type = "string | null")]
    pub required: Option<Exact>,
    /// 已得: what counts; where undecided, the least.
    #[ts(type = "string")]
    pub earned: Exact,
    /// What is missing; `null` where nothing is or nothing is required.
    #[ts(type = "string | null")]
    pub gap: Option<Exact>,
    /// Counted per category, parallel to `rules.categories`.
    #[ts(type = "string[]")]
    pub by_category: Vec<Exact>,
    /// The result in three words; an undecided one is `short` until it is
    /// decided.
    pub result: CreditResult,
    /// The result in full; `null`: undecided.
    pub verdict: Option<VerdictView>,
    /// Between what the total lies, where it is undecided.
    pub range: Option<Range>,
    /// Before caps and highest-only.
    #[ts(type = "string")]
    pub raw: Exact,
    /// What is above the requirement; `null` where nothing is.
    #[ts(type = "string | null")]
    pub surplus: Option<Exact>,
    /// 结转转入
    #[ts(type = "string")]
    pub carried_in: Exact,
    /// 结转转出
    #[ts(type = "string")]
    pub carried_out: Exact,
    /// Counted per bucket, parallel to `set.buckets`.
    #[ts(type = "string[]")]
    pub by_bucket: Vec<Exact>,
    /// Where it goes at today's date; `null` once the period is over or
    /// frozen, before it begins, or where nothing is required.
    pub forecast: Option<Forecast>,
    /// Requirements that are not met.
    pub shortfalls: Vec<RequirementLine>,
    /// What several periods in a row bring: 集中调训补课.
    pub consequences: Vec<ConsequenceView>,
    /// Entries that wait for approval and do not count.
    pub pending: u32,
    /// Whether this is a frozen ledger.
    pub closed: bool,
    /// Whether the book gives something else now than was frozen.
    pub changed: bool,
}

/// Between what an undecided amount lies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
pub struct Range {
    /// At least.
    #[ts(type = "string")]
    pub min: Exact,
    /// At most; `null`: nothing limits it.
    #[ts(type = "string | null")]
    pub max: Option<Exact>,
}

/// Where somebody's credits go at today's date.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Forecast {
    /// How it stands.
    pub state: ForecastState,
    /// What there should be by today: the requirement's share of the days
    /// that are gone, today included.
    #[ts(type = "string")]
    pub expected: Exact,
    /// Behind that by so much; `null` where not behind.
    #[ts(type = "string | null")]
    pub behind: Option<Exact>,
    /// What would have to come every 30 days from now on; `null` where
    /// nothing is missing or no day is left.
    #[ts(type = "string | null")]
    pub needed_a_month: Option<Exact>,
    /// Days of the period that are gone, today included.
    pub days_gone: u32,
    /// Days of the period.
    pub days: u32,
}

/// How a forecast stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ForecastState {
    /// Already met.
    Met,
    /// 进度正常
    OnPace,
    /// 落后
    Behind,
    /// 已不可能达到: the caps leave less than what is missing, or the day by
    /// which it had to be is past.
    Unreachable,
}

/// Whether the requirements are met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VerdictView {
    /// 达标
    Pass,
    /// 未达标
    Fail,
    /// 没有要求
    None,
    /// 免
    Exempt,
    /// The rule set is not for this person.
    Outside,
}

/// Whether the requirement is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CreditResult {
    /// 达标
    Met,
    /// 未达标
    Short,
    /// 不作要求
    NotRequired,
}

/// The foot of the table.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct CreditTotals {
    /// Everyone in the table.
    pub members: u32,
    /// Those with a requirement.
    pub with_requirement: u32,
    /// Those of them who met it.
    pub met: u32,
    /// Those for whom the rules do not decide it.
    pub undecided: u32,
    /// Those who fall behind at today's date.
    pub behind: u32,
    /// Those who can no longer reach it.
    pub unreachable: u32,
    /// Those with entries that wait for approval.
    pub pending: u32,
}

/// A requirement and how it stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RequirementLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// The span, where it is shorter than the period: `2025-03`; of a cycle
    /// its name.
    pub span: Option<String>,
    /// Whether it holds.
    pub passed: bool,
    /// Whether it binds; else it only advises.
    pub binding: bool,
    /// Whether a later period made up for it.
    pub repaired: bool,
    /// What is measured; `null`: it has no value.
    #[ts(type = "string | null")]
    pub value: Option<Exact>,
    /// At least.
    #[ts(type = "string | null")]
    pub min: Option<Exact>,
    /// At most.
    #[ts(type = "string | null")]
    pub max: Option<Exact>,
    /// What is missing.
    #[ts(type = "string | null")]
    pub shortfall: Option<Exact>,
    /// By when, `YYYY-MM-DD`.
    pub due: Option<String>,
    /// How to mend it, as the rule file says; may be empty.
    pub mend: String,
    /// All of it in words, alternatives too.
    pub text: String,
    /// Its line in the rule file.
    pub line: u32,
}

/// What several periods in a row bring.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConsequenceView {
    /// 集中调训补课
    pub label: String,
    /// The period in which it falls.
    pub period: String,
    /// The periods that brought it.
    pub because: Vec<String>,
    /// Its line in the rule file.
    pub line: u32,
}

/// Asks for one member's credits.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MemberCreditsRequest {
    /// The year.
    pub year: i32,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// Under which rule set, by its key; `null`: the first that is in use.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub rule_set: Option<String>,
}

/// One member's credits with their reasons.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MemberCredits {
    /// The line of the table.
    pub row: CreditRow,
    /// 学分 or 学时.
    pub unit: String,
    /// Every credit, by date; what a cap took away stays with nothing.
    pub entries: Vec<CreditEntry>,
    /// The rule set.
    pub set: SetView,
    /// Every rule set that counts for this member in the year, in short.
    pub sets: Vec<MemberSet>,
    /// The rule set's categories, buckets in the order of the file.
    pub categories: Vec<CategoryView>,
    /// What gave nothing, and why: no evidence, not there, too short.
    pub refused: Vec<CreditEntry>,
    /// Entries that wait for approval, or were returned.
    pub waiting: Vec<WaitingFact>,
    /// Facts that no category takes.
    pub unmatched: Vec<WaitingFact>,
    /// Every requirement.
    pub requirements: Vec<RequirementLine>,
    /// What goes into the next period.
    pub carry_out: Vec<CarryView>,
    /// Longer spans.
    pub cycles: Vec<CycleView>,
    /// Earlier periods in short, earliest first.
    pub history: Vec<HistoryPeriod>,
    /// Duties and when they fall due.
    pub obligations: Vec<ObligationView>,
    /// What the rules do not decide.
    pub questions: Vec<QuestionView>,
    /// The result under each combination of readings; empty where everything
    /// is decided.
    pub outcomes: Vec<OutcomeView>,
    /// What a reader should look at, in words.
    pub notices: Vec<String>,
    /// Where the ledger is frozen.
    pub frozen: Option<FrozenView>,
}

/// A rule set's result for a member, in short.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MemberSet {
    /// The rule set.
    pub set: SetView,
    /// What the total must reach.
    #[ts(type = "string | null")]
    pub required: Option<Exact>,
    /// What counts; where undecided, the least.
    #[ts(type = "string")]
    pub earned: Exact,
    /// Between what it lies, where it is undecided.
    pub range: Option<Range>,
    /// The result; `null`: undecided.
    pub verdict: Option<VerdictView>,
}

/// One credit: the fact, the rule line, the steps.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CreditEntry {
    /// `YYYY-MM-DD`; `null` where the day is not known.
    pub date: Option<String>,
    /// The fact in words: 集体学习 3小时（迟到）.
    pub fact: String,
    /// Where the fact is shown.
    pub link: FactLink,
    /// The category's name.
    pub category: String,
    /// The rule in words: 每 60 分钟 0.5，迟到减半.
    pub rule: String,
    /// The line in the rule file.
    pub rule_line: u32,
    /// How the amount came about, step by step, in words.
    pub steps: Vec<String>,
    /// Before the cap.
    #[ts(type = "string")]
    pub base: Exact,
    /// What counts.
    #[ts(type = "string")]
    pub counted: Exact,
    /// The fact's id, for corrections and decisions; empty where no fact
    /// stands behind it.
    pub fact_id: String,
    /// The category's id.
    pub category_id: String,
    /// The bucket's name.
    pub bucket: Option<String>,
    /// The steps with their lines and amounts.
    pub trace: Vec<TraceStep>,
}

/// One step.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TraceStep {
    /// In words.
    pub text: String,
    /// The line in the rule file; 0: none.
    pub line: u32,
    /// Before it.
    #[ts(type = "string")]
    pub before: Exact,
    /// After it.
    #[ts(type = "string")]
    pub after: Exact,
}

/// A fact that does not count.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WaitingFact {
    /// Its id.
    pub fact_id: String,
    /// `YYYY-MM-DD`, or as precise as it is known.
    pub date: Option<String>,
    /// In words.
    pub fact: String,
    /// Where it is shown.
    pub link: FactLink,
    /// 待核 or 退回; `null`: approval is not what is missing.
    pub state: Option<Approval>,
    /// Why it was returned, or why no category takes it.
    pub reason: Option<String>,
}

/// What goes into the next period.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CarryView {
    /// The bucket's name; empty where the rules have none.
    pub bucket: String,
    /// How much.
    #[ts(type = "string")]
    pub amount: Exact,
    /// The line in the rule file.
    pub line: u32,
}

/// A longer span.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CycleView {
    /// Its id: 五年.
    pub cycle: String,
    /// `2021–2025`
    pub period: String,
    /// Its first day.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
    /// What counts in it so far.
    #[ts(type = "string")]
    pub total: Exact,
    /// Its requirements.
    pub requirements: Vec<RequirementLine>,
    /// Whether they are met.
    pub verdict: VerdictView,
}

/// An earlier period in short.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HistoryPeriod {
    /// Which.
    pub period: String,
    /// What counted.
    #[ts(type = "string | null")]
    pub total: Option<Exact>,
    /// Whether it was enough.
    pub passed: Option<bool>,
    /// Requirements that were not met.
    pub short: Vec<String>,
    /// From where it is known.
    pub source: HistorySource,
}

/// From where an earlier period is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HistorySource {
    /// Counted from the book's records.
    Counted,
    /// Closed.
    Closed,
    /// An opening record.
    Opening,
}

/// A duty.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ObligationView {
    /// Its name.
    pub label: String,
    /// The fact that brought it, in words.
    pub fact: String,
    /// Where that is shown.
    pub link: FactLink,
    /// By when; `null`: at a next occasion that is not known yet.
    pub due: Option<String>,
    /// When it was done.
    pub done_on: Option<String>,
    /// How it stands.
    pub state: ObligationWord,
}

/// How a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ObligationWord {
    /// In time.
    Done,
    /// After it was due.
    Late,
    /// Not yet, and not yet due.
    Open,
    /// Not yet, and due.
    Overdue,
}

/// What the rules do not decide.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QuestionView {
    /// Its key: decisions name it.
    pub key: String,
    /// In words.
    pub text: String,
    /// The fact that raised it.
    pub fact: Option<String>,
    /// The fact in words.
    pub fact_text: Option<String>,
    /// The line in the rule file; 0: the file does not say.
    pub line: u32,
    /// The readings; where a value is wanted, the ends of its range.
    pub readings: Vec<ReadingView>,
    /// Whether a number is wanted, not a reading.
    pub wants_value: bool,
    /// Whether a decision would most likely be one for everybody, not for
    /// this member alone.
    pub for_all: bool,
}

/// One way to read an open question.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReadingView {
    /// What a decision names.
    pub id: String,
    /// In words.
    pub label: String,
    /// What the total would be, other questions read any way.
    pub range: Option<Range>,
    /// Whether nothing limits it from above.
    pub unbounded: bool,
}

/// The result under certain readings.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OutcomeView {
    /// Question key and reading id.
    pub choices: Vec<(String, String)>,
    /// What counts.
    #[ts(type = "string")]
    pub total: Exact,
    /// What the total must reach.
    #[ts(type = "string | null")]
    pub required: Option<Exact>,
    /// The result.
    pub verdict: VerdictView,
}

/// A question that is open for several members.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OpenQuestionView {
    /// The question, as the first of them has it.
    pub question: QuestionView,
    /// For whom it is open: keys of members.
    #[ts(type = "string[]")]
    pub members: Vec<MemberId>,
}

/// A frozen ledger.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FrozenView {
    /// The closing.
    pub closing: String,
    /// When it was closed.
    pub closed_on: String,
    /// By whom.
    pub closed_by: String,
    /// The total as it was closed.
    #[ts(type = "string")]
    pub total: Exact,
    /// The supplement that holds now, where there is one: when and why.
    pub supplement: Option<SupplementNote>,
    /// What the book gives now, where that is something else.
    #[ts(type = "string | null")]
    pub now: Option<Exact>,
    /// Facts that were added, changed or removed since.
    pub changes: Vec<FactChange>,
}

/// A supplement in short.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SupplementNote {
    /// When.
    pub recorded_on: String,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
}

/// A fact that changed since a closing.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FactChange {
    /// The fact in words.
    pub fact: String,
    /// Where it is shown; of one that is gone, where it was.
    pub link: FactLink,
    /// What counted; `null`: it was not there.
    #[ts(type = "string | null")]
    pub before: Option<Exact>,
    /// What would count now; `null`: it is gone.
    #[ts(type = "string | null")]
    pub after: Option<Exact>,
}

/// Where a fact is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum FactLink {
    /// A session's roll.
    Session {
        /// Its key.
        id: String,
    },
    /// A self-study entry.
    Study {
        /// Its key.
        id: String,
    },
    /// A credit by hand.
    ManualCredit {
        /// Its key.
        id: String,
    },
    /// No record stands behind it: an opening balance, a carry-over.
    None,
}

/// `credits.year`
pub fn year(context: &QueryContext, request: CreditsRequest) -> Result<CreditsYear, ApiError> {
    let year = Year::read(context, request.year)?;
    let rows: Vec<CreditRow> = year.records.members.iter().map(|member| year.row(member).0).filter(is_listed).collect();
    let totals = totals(&rows);
    Ok(CreditsYear {
        year: request.year,
        sets: vec![set_view(year.rules, request.year)],
        set: set_view(year.rules, request.year),
        rules: rules_view(year.rules),
        rows,
        totals,
        questions: Vec::new(),
    })
}

/// Who had left and did nothing in the year is not of it.
fn is_listed(row: &CreditRow) -> bool {
    !row.member.left || !row.earned.is_zero()
}

fn credit_row(member: MemberRow, ledger: &Ledger) -> CreditRow {
    let (result, gap) = match ledger.outcome {
        Outcome::Met => (CreditResult::Met, None),
        Outcome::Short { gap } => (CreditResult::Short, Some(gap)),
        Outcome::NotRequired => (CreditResult::NotRequired, None),
    };
    CreditRow {
        member,
        required: ledger.required,
        earned: ledger.earned,
        gap,
        by_category: ledger.by_category.iter().map(|total| total.counted).collect(),
        result,
        verdict: None,
        range: None,
        raw: Exact::ZERO,
        surplus: None,
        carried_in: Exact::ZERO,
        carried_out: Exact::ZERO,
        by_bucket: Vec::new(),
        forecast: None,
        shortfalls: Vec::new(),
        consequences: Vec::new(),
        pending: 0,
        closed: false,
        changed: false,
    }
}

fn set_view(rules: &RuleSet, year: i32) -> SetView {
    SetView {
        id: String::new(),
        key: String::new(),
        name: rules.name().to_owned(),
        version: None,
        unit: rules.unit().to_owned(),
        example: true,
        period: year.to_string(),
        from: None,
        to: None,
        over: false,
        closing: None,
        buckets: Vec::new(),
    }
}

fn totals(rows: &[CreditRow]) -> CreditTotals {
    let count = |wanted: &dyn Fn(&CreditRow) -> bool| u32::try_from(rows.iter().filter(|row| wanted(row)).count()).unwrap_or(u32::MAX);
    CreditTotals {
        members: count(&|_| true),
        with_requirement: count(&|row| row.required.is_some()),
        met: count(&|row| row.result == CreditResult::Met),
        undecided: 0,
        behind: 0,
        unreachable: 0,
        pending: 0,
    }
}

fn rules_view(rules: &RuleSet) -> RulesView {
    let lines = rules.lines();
    RulesView {
        title: rules.name().to_owned(),
        unit: rules.unit().to_owned(),
        lines: lines.into_iter().map(|line| RuleWords { line: line.line, words: line.words }).collect(),
        categories: Category::ALL
            .into_iter()
            .map(|category| CategoryView {
                code: category_code(category).to_owned(),
                label: rules.label(category).to_owned(),
                cap: rules.cap(category),
                bucket: None,
            })
            .collect(),
        requirements: Tier::ALL.into_iter().map(|tier| RequirementView { tier, required: rules.required(tier) }).collect(),
    }
}

fn category_code(category: Category) -> &'static str {
    match category {
        Category::Collective => "collective",
        Category::SelfStudy => "self_study",
        Category::Note => "note",
    }
}

/// `credits.member`
pub fn member(context: &QueryContext, request: MemberCreditsRequest) -> Result<MemberCredits, ApiError> {
    let year = Year::read(context, request.year)?;
    let member = year.records.members.iter().find(|member| member.id == request.member).ok_or(StoreError::Gone { what: "member" })?;
    Ok(year.explained(member))
}

/// `credits.explained`
pub fn explained(context: &QueryContext, request: CreditsRequest) -> Result<Vec<MemberCredits>, ApiError> {
    let year = Year::read(context, request.year)?;
    Ok(year.records.members.iter().map(|member| year.explained(member)).filter(|credits| is_listed(&credits.row)).collect())
}

/// A year's records and facts with the rules that they are counted by.
struct Year {
    rules: &'static RuleSet,
    records: Records,
    facts: Facts,
    shape: Shape,
}

impl Year {
    fn read(context: &QueryContext, year: i32) -> Result<Self, ApiError> {
        let rules = ledger::rules();
        let records = Records::of_year(context.reader, year, Core::as_of(context.today, year))?;
        let facts = Facts::collect(context.reader, &records, year, rules)?;
        let shape = Shape::of(context.reader, &records.members)?;
        Ok(Self { rules, records, facts, shape })
    }

    fn row(&self, member: &MemberRecord) -> (CreditRow, Ledger) {
        let member = self.shape.row(member);
        let ledger = self.facts.ledger(self.rules, member.id, member.tier);
        (credit_row(member, &ledger), ledger)
    }

    fn explained(&self, member: &MemberRecord) -> MemberCredits {
        let (row, ledger) = self.row(member);
        let entries = ledger
            .entries
            .iter()
            .map(|entry| CreditEntry {
                date: entry.date.map(|day| day.to_string()),
                fact: entry.label.clone(),
                link: self.facts.link(entry),
                category: self.rules.label(entry.category).to_owned(),
                rule: entry.rule.clone(),
                rule_line: entry.rule_line,
                steps: entry.steps.iter().map(|step| ledger::step_words(&step.what, step.before, step.after)).collect(),
                base: entry.base,
                counted: entry.counted,
                fact_id: String::new(),
                category_id: String::new(),
                bucket: None,
                trace: Vec::new(),
            })
            .collect();
        let set = set_view(self.rules, 0);
        MemberCredits {
            row,
            unit: self.rules.unit().to_owned(),
            entries,
            set,
            sets: Vec::new(),
            categories: Vec::new(),
            refused: Vec::new(),
            waiting: Vec::new(),
            unmatched: Vec::new(),
            requirements: Vec::new(),
            carry_out: Vec::new(),
            cycles: Vec::new(),
            history: Vec::new(),
            obligations: Vec::new(),
            questions: Vec::new(),
            outcomes: Vec::new(),
            notices: Vec::new(),
            frozen: None,
        }
    }
}
