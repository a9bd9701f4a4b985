//! 学分台账: the year's credits, each with its fact and its rule line.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{exact::Exact, ids::MemberId, roster::Tier, rules::model::Kind};
use xueji_store::{
    Reader, StoreError,
    tables::{closing::Owner, roster::MemberRecord},
};

use super::{
    manual_credits::Approval,
    roster::{MemberRow, Shape},
};
use crate::{
    context::QueryContext,
    error::ApiError,
    rules::{
        count::{Count, Scope, Year},
        view::{self, FrozenLine},
    },
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
    /// What needs looking at in it.
    pub counts: CreditCounts,
    /// What the rules do not decide, and for how many.
    pub questions: Vec<OpenQuestionView>,
}

/// A rule set in a period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Range {
    /// At least.
    #[ts(type = "string")]
    pub min: Exact,
    /// At most; `null`: nothing limits it.
    #[ts(type = "string | null")]
    pub max: Option<Exact>,
}

/// Where somebody's credits go at today's date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
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
}

/// What needs looking at in the table.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct CreditCounts {
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SupplementNote {
    /// When.
    pub recorded_on: String,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
}

/// A fact that changed since a closing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
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
    let mut year = Year::read(context.reader, context.today, request.year, &Scope::all(Kind::Credits))?;
    let index = year.set(request.rule_set.as_deref())?;
    let shape = view::shape(context.reader, &year)?;
    let (set, loaded) = (view::set_view(&year, year.sets[index].main(), &year.sets[index].span), Arc::clone(year.sets[index].main()));
    let categories = view::categories(&loaded.rules);
    let (mut rows, mut questions) = (Vec::new(), Questions::default());
    for member in view::members(&year) {
        let Some(text) = year.version(&year.sets[index], member.id) else { continue };
        let count = year.count(&text, member.id, false)?;
        let row = one_row(&year, &set.buckets, &categories, shape.row(&member), &count);
        if is_listed(&row) {
            questions.add(member.id, || view::questions(&year, member.id, &count), &count);
            rows.push(row);
        }
    }
    Ok(CreditsYear {
        year: request.year,
        sets: view::set_views(&year),
        rules: view::rules_view(&loaded, request.year, context.today),
        totals: totals(&rows),
        counts: counts(&rows),
        rows,
        questions: questions.0,
        set,
    })
}

/// A member's line: the frozen one where the ledger is frozen.
pub(crate) fn one_row(year: &Year, buckets: &[BucketView], categories: &[CategoryView], member: MemberRow, count: &Count) -> CreditRow {
    let id = member.id;
    let now = view::row(year, buckets, categories, member, count);
    match year.frozen(count.loaded.key(), &count.span, Owner::Member(id)) {
        Some(frozen) => view::frozen_row(&frozen, now),
        None => now,
    }
}

/// Who had left and did nothing in the year is not of it, nor is anybody whom
/// the rules are not for.
pub(crate) fn is_listed(row: &CreditRow) -> bool {
    let of_it = !row.member.left || !row.earned.is_zero() || row.closed;
    of_it && row.verdict != Some(VerdictView::Outside)
}

/// Open questions with the members for whom they are open.
#[derive(Default)]
struct Questions(Vec<OpenQuestionView>);

impl Questions {
    fn add(&mut self, member: MemberId, views: impl FnOnce() -> Vec<QuestionView>, count: &Count) {
        if count.evaluation.questions.is_empty() {
            return;
        }
        for question in views() {
            match self.0.iter_mut().find(|known| known.question.key == question.key && known.question.for_all) {
                Some(known) => known.members.push(member),
                None => self.0.push(OpenQuestionView { question, members: vec![member] }),
            }
        }
    }
}

fn totals(rows: &[CreditRow]) -> CreditTotals {
    let count = |wanted: &dyn Fn(&CreditRow) -> bool| u32::try_from(rows.iter().filter(|row| wanted(row)).count()).unwrap_or(u32::MAX);
    CreditTotals {
        members: count(&|_| true),
        with_requirement: count(&|row| row.result != CreditResult::NotRequired),
        met: count(&|row| row.result == CreditResult::Met),
    }
}

fn counts(rows: &[CreditRow]) -> CreditCounts {
    let count = |wanted: &dyn Fn(&CreditRow) -> bool| u32::try_from(rows.iter().filter(|row| wanted(row)).count()).unwrap_or(u32::MAX);
    let foretold = |state: ForecastState| count(&|row| row.forecast.as_ref().is_some_and(|forecast| forecast.state == state));
    CreditCounts {
        undecided: count(&|row| row.verdict.is_none()),
        behind: foretold(ForecastState::Behind),
        unreachable: foretold(ForecastState::Unreachable),
        pending: count(&|row| row.pending > 0),
    }
}

/// `credits.member`
pub fn member(context: &QueryContext, request: MemberCreditsRequest) -> Result<MemberCredits, ApiError> {
    let scope = Scope { only: Some(request.member), ..Scope::all(Kind::Credits) };
    let mut year = Year::read(context.reader, context.today, request.year, &scope)?;
    let index = year.set(request.rule_set.as_deref())?;
    let shape = view::shape(context.reader, &year)?;
    let member = view::members(&year).into_iter().find(|member| member.id == request.member).ok_or(StoreError::Gone { what: "member" })?;
    let sets = member_sets(&mut year, &shape, &member)?;
    explain(context.reader, &mut year, index, &shape, &member, sets)
}

/// A member's results under every rule set that counts for it.
fn member_sets(year: &mut Year, shape: &Shape, member: &MemberRecord) -> Result<Vec<MemberSet>, ApiError> {
    let mut sets = Vec::new();
    for index in 0..year.sets.len() {
        let Some(text) = year.version(&year.sets[index], member.id) else { continue };
        let count = year.count(&text, member.id, false)?;
        let row = one_row(year, &[], &[], shape.row(member), &count);
        if row.verdict != Some(VerdictView::Outside) {
            sets.push(view::member_set(year, &text, &count.span, &row));
        }
    }
    Ok(sets)
}

/// A member's ledger in full; the frozen one where it is frozen.
fn explain(
    reader: &Reader,
    year: &mut Year,
    index: usize,
    shape: &Shape,
    member: &MemberRecord,
    sets: Vec<MemberSet>,
) -> Result<MemberCredits, ApiError> {
    let text = year.version(&year.sets[index], member.id).unwrap_or_else(|| Arc::clone(year.sets[index].main()));
    let count = year.count(&text, member.id, true)?;
    let now = view::credits(year, shape.row(member), &count, sets);
    let Some(frozen) = year.frozen(text.key(), &count.span, Owner::Member(member.id)) else { return Ok(now) };
    let line = FrozenLine::read(reader, frozen.closing.id, Owner::Member(member.id))?;
    Ok(line.map_or(now.clone(), |line| view::frozen_credits(frozen.closing, &line, now)))
}

/// `credits.explained`
pub fn explained(context: &QueryContext, request: CreditsRequest) -> Result<Vec<MemberCredits>, ApiError> {
    let mut year = Year::read(context.reader, context.today, request.year, &Scope::all(Kind::Credits))?;
    let index = year.set(request.rule_set.as_deref())?;
    let shape = view::shape(context.reader, &year)?;
    all_explained(context.reader, &mut year, index, &shape)
}

/// Everybody's ledger under a rule set.
pub(crate) fn all_explained(reader: &Reader, year: &mut Year, index: usize, shape: &Shape) -> Result<Vec<MemberCredits>, ApiError> {
    let mut all = Vec::new();
    for member in view::members(year) {
        if year.version(&year.sets[index], member.id).is_none() {
            continue;
        }
        let credits = explain(reader, year, index, shape, &member, Vec::new())?;
        if is_listed(&credits.row) {
            all.push(credits);
        }
    }
    Ok(all)
}
