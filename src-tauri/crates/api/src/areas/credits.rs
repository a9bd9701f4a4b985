//! 学分台账: the year's credits, each with its fact and its rule line.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{exact::Exact, ids::MemberId, roster::Tier};

use super::roster::MemberRow;

use xueji_domain::simple_rules::{Category, Ledger, Outcome, RuleSet};
use xueji_store::{StoreError, tables::roster::MemberRecord};

use super::{roster::Shape, sessions::YearRequest};
use crate::{
    app::Core,
    context::QueryContext,
    credits::{self as ledger, Facts},
    error::ApiError,
    records::Records,
};

/// The year's credits of everyone.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CreditsYear {
    /// The year.
    pub year: i32,
    /// The rule set.
    pub rules: RulesView,
    /// One line a member, in 姓氏笔画 order.
    pub rows: Vec<CreditRow>,
    /// The foot of the table.
    pub totals: CreditTotals,
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
    /// Requirements by tier: 处级以上 18.
    pub requirements: Vec<RequirementView>,
}

/// A category of credits.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CategoryView {
    /// Its code.
    pub code: String,
    /// Its name: 集体学习.
    pub label: String,
    /// The most that counts in a year, where there is a limit.
    #[ts(type = "string | null")]
    pub cap: Option<Exact>,
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
    /// 应修; `null` for 不作要求.
    #[ts(type = "string | null")]
    pub required: Option<Exact>,
    /// 已得, after caps.
    #[ts(type = "string")]
    pub earned: Exact,
    /// What is missing; `null` where nothing is or nothing is required.
    #[ts(type = "string | null")]
    pub gap: Option<Exact>,
    /// Counted per category, parallel to `rules.categories`.
    #[ts(type = "string[]")]
    pub by_category: Vec<Exact>,
    /// The result.
    pub result: CreditResult,
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
}

/// Asks for one member's credits.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MemberCreditsRequest {
    /// The year.
    pub year: i32,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
}

/// One member's credits with their reasons.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MemberCredits {
    /// The line of the table.
    pub row: CreditRow,
    /// 学分 or 学时.
    pub unit: String,
    /// Every credit, by date.
    pub entries: Vec<CreditEntry>,
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
}

/// Where a fact is shown.
#[derive(Debug, Clone, Serialize, TS)]
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
}

/// `credits.year`
pub fn year(context: &QueryContext, request: YearRequest) -> Result<CreditsYear, ApiError> {
    let year = Year::read(context, request.year)?;
    let rows: Vec<CreditRow> = year.records.members.iter().map(|member| year.row(member).0).filter(is_listed).collect();
    let totals = totals(&rows);
    Ok(CreditsYear { year: request.year, rules: rules_view(year.rules), rows, totals })
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
    }
}

fn totals(rows: &[CreditRow]) -> CreditTotals {
    let count = |wanted: &dyn Fn(&CreditRow) -> bool| u32::try_from(rows.iter().filter(|row| wanted(row)).count()).unwrap_or(u32::MAX);
    CreditTotals {
        members: count(&|_| true),
        with_requirement: count(&|row| row.required.is_some()),
        met: count(&|row| row.result == CreditResult::Met),
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
pub fn explained(context: &QueryContext, request: YearRequest) -> Result<Vec<MemberCredits>, ApiError> {
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
            })
            .collect();
        MemberCredits { row, unit: self.rules.unit().to_owned(), entries }
    }
}
