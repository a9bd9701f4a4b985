//! A text tried on somebody, and two compared on everybody.

use std::{collections::HashMap, sync::Arc};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{MemberId, OrganizationId},
    rules::{
        file::Finding,
        ledger::Verdict,
        model::{Kind, Whose},
    },
};
use xueji_exchange::params;
use xueji_store::{StoreError, tables::closing::Owner};

use super::{FindingView, RuleSetKind, editing::finding_view, have_errors};
use crate::{
    areas::{
        assess::{AssessRow, IndicatorHead},
        credits::{MemberCredits, QuestionView, Range, VerdictView},
        roster::MemberRow,
    },
    context::QueryContext,
    error::ApiError,
    rules::{
        assess_judge::Assessing,
        assess_view,
        count::{Count, Scope, Year},
        shelf::{Loaded, Shelf},
        view,
    },
};

/// Which rule set: one that is stored, or a text.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RuleChoice {
    /// As [`RuleSetView::id`].
    Stored {
        /// Which.
        id: String,
    },
    /// A text that is not stored.
    Text {
        /// The file.
        text: String,
    },
}

/// Tries rules on somebody.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TryRules {
    /// The rules.
    pub rules: RuleChoice,
    /// On whom; of a scheme that judges units nobody.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
    /// On which unit, of a scheme that judges units.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub organization: Option<OrganizationId>,
    /// In the period of this year.
    pub year: i32,
}

/// What rules give somebody.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RulesTried {
    /// What is wrong with the text; the ledger is `null` where it has errors.
    pub findings: Vec<FindingView>,
    /// The ledger with its reasons; `null` of an assessment.
    pub ledger: Option<MemberCredits>,
    /// Points, grade and reasons, of an assessment.
    pub assessment: Option<TriedAssessment>,
}

/// What a scheme gives somebody, or a unit.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TriedAssessment {
    /// 分
    pub unit: String,
    /// The indicators, in the order of the file.
    pub indicators: Vec<IndicatorHead>,
    /// The result by indicator, parallel to them.
    pub row: AssessRow,
    /// What the scheme does not decide, missing points among it.
    pub questions: Vec<QuestionView>,
}

/// Compares two rule sets on everybody.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CompareRules {
    /// What holds now.
    pub before: RuleChoice,
    /// What would hold.
    pub after: RuleChoice,
    /// In the period of this year.
    pub year: i32,
}

/// Who gains and who loses.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RulesCompared {
    /// What is compared: credits, or points and grades.
    pub kind: RuleSetKind,
    /// The unit before.
    pub unit_before: String,
    /// The unit after; amounts are only to be compared where it is the same.
    pub unit_after: String,
    /// Everybody on whom there is a difference, the greatest loss first.
    pub rows: Vec<ComparedRow>,
    /// How many gain.
    pub gain: u32,
    /// How many lose.
    pub lose: u32,
    /// How many have the same amount.
    pub same: u32,
    /// How many are short only under the new rules.
    pub newly_short: u32,
    /// How many are short only under the old rules.
    pub newly_met: u32,
    /// How many have another grade, of an assessment.
    pub regraded: u32,
}

/// One member under two rule sets.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ComparedRow {
    /// Who.
    pub member: MemberRow,
    /// Under the old rules.
    pub before: ComparedSide,
    /// Under the new rules.
    pub after: ComparedSide,
    /// After less before; `null` where one of them is undecided.
    #[ts(type = "string | null")]
    pub difference: Option<Exact>,
}

/// One side of a comparison.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ComparedSide {
    /// What counts, or the points; `null` where undecided.
    #[ts(type = "string | null")]
    pub total: Option<Exact>,
    /// What is required, where it is one amount.
    #[ts(type = "string | null")]
    pub required: Option<Exact>,
    /// Whether it is enough; `null` where undecided.
    pub verdict: Option<VerdictView>,
    /// Between what it lies, where undecided.
    pub range: Option<Range>,
    /// The grade, of an assessment; `null` where undecided or none.
    pub grade: Option<String>,
    /// The grades that are possible where it is undecided.
    pub grades: Vec<String>,
}

/// What was chosen, ready to count by, with what was found in it.
fn chosen(shelf: &Shelf, choice: &RuleChoice) -> Result<(Option<Arc<Loaded>>, Vec<Finding>), ApiError> {
    let (id, text) = match choice {
        RuleChoice::Stored { id } => (id.as_str(), shelf.text(id)?),
        RuleChoice::Text { text } => ("", text.as_str()),
    };
    let (rules, findings) = shelf.look_at(text);
    Ok((rules.and_then(|_| shelf.ready(id, text)), findings))
}

/// `rules.trial`
pub fn trial(context: &QueryContext, request: TryRules) -> Result<RulesTried, ApiError> {
    let (loaded, findings) = chosen(&Shelf::read(context.reader)?, &request.rules)?;
    let mut tried = RulesTried { findings: findings.iter().map(finding_view).collect(), ledger: None, assessment: None };
    let Some(loaded) = loaded else { return Ok(tried) };
    match loaded.rules.head.kind {
        Kind::Credits => tried.ledger = Some(ledger(context, &request, &loaded)?),
        Kind::Assessment => tried.assessment = Some(assessment(context, &request, &loaded)?),
    }
    Ok(tried)
}

fn ledger(context: &QueryContext, request: &TryRules, loaded: &Arc<Loaded>) -> Result<MemberCredits, ApiError> {
    let member = request.member.ok_or(StoreError::Gone { what: "member" })?;
    let scope = Scope { kind: Kind::Credits, also: std::slice::from_ref(loaded), only: Some(member) };
    let mut year = Year::read(context.reader, context.today, request.year, &scope)?;
    let member = year.facts.records.members.first().cloned().ok_or(StoreError::Gone { what: "member" })?;
    let shape = view::shape(context.reader, &year)?;
    let counted = year.count(loaded, member.id, true)?;
    Ok(view::credits(&year, shape.row(&member), &counted, Vec::new()))
}

fn assessment(context: &QueryContext, request: &TryRules, loaded: &Arc<Loaded>) -> Result<TriedAssessment, ApiError> {
    let owner = match loaded.rules.head.subject {
        Whose::Person => Owner::Member(request.member.ok_or(StoreError::Gone { what: "member" })?),
        Whose::Unit => Owner::Organization(request.organization.ok_or(StoreError::Gone { what: "organization" })?),
    };
    let only = request.member.filter(|_| loaded.rules.head.subject == Whose::Person);
    let scope = Scope { kind: Kind::Assessment, also: std::slice::from_ref(loaded), only };
    let mut year = Year::read(context.reader, context.today, request.year, &scope)?;
    let assessing = Assessing::of(context.reader, &mut year, loaded)?;
    let judged = [assessing.judge(&mut year, owner, loaded)?];
    Ok(TriedAssessment {
        unit: loaded.rules.head.unit.clone(),
        indicators: assess_view::heads_of(loaded),
        row: assess_view::row(&year, &assessing, &judged[0]),
        questions: view::questions(&year, judged[0].member.id, &judged[0].count),
    })
}

/// `rules.compare`
pub fn compare(context: &QueryContext, request: CompareRules) -> Result<RulesCompared, ApiError> {
    let shelf = Shelf::read(context.reader)?;
    let usable = |choice: &RuleChoice| -> Result<Arc<Loaded>, ApiError> {
        let (loaded, findings) = chosen(&shelf, choice)?;
        loaded.ok_or_else(|| have_errors(&findings))
    };
    let (before, after) = (usable(&request.before)?, usable(&request.after)?);
    let kind = before.rules.head.kind;
    if (kind, before.rules.head.subject) != (after.rules.head.kind, after.rules.head.subject) {
        return Err(ApiError::Refused {
            code: "rules_not_comparable",
            params: params! { "before" => before.rules.head.name, "after" => after.rules.head.name },
        });
    }
    let mut compared = RulesCompared {
        kind: kind.into(),
        unit_before: before.rules.head.unit.clone(),
        unit_after: after.rules.head.unit.clone(),
        rows: Vec::new(),
        gain: 0,
        lose: 0,
        same: 0,
        newly_short: 0,
        newly_met: 0,
        regraded: 0,
    };
    match kind {
        Kind::Credits => compare_credits(context, request.year, [&before, &after], &mut compared)?,
        Kind::Assessment => compare_assessments(context, request.year, [&before, &after], &mut compared)?,
    }
    compared.rows.sort_by_key(|row| row.difference);
    Ok(compared)
}

fn compare_credits(context: &QueryContext, year: i32, sides: [&Arc<Loaded>; 2], compared: &mut RulesCompared) -> Result<(), ApiError> {
    let both = sides.map(Arc::clone);
    let scope = Scope { kind: Kind::Credits, also: &both, only: None };
    let mut year = Year::read(context.reader, context.today, year, &scope)?;
    let shape = view::shape(context.reader, &year)?;
    for member in view::members(&year) {
        let row = shape.row(&member);
        let [one, other] = sides.map(|loaded| year.count(loaded, member.id, false).map(|count| side(&year, &count, row.clone())));
        compared.put(row, one?, other?);
    }
    Ok(())
}

fn side(year: &Year, count: &Count, member: MemberRow) -> ComparedSide {
    let row = view::row(year, &[], &[], member, count);
    ComparedSide {
        total: row.range.is_none().then_some(row.earned),
        required: row.required,
        verdict: row.verdict,
        range: row.range,
        grade: None,
        grades: Vec::new(),
    }
}

fn compare_assessments(context: &QueryContext, year: i32, sides: [&Arc<Loaded>; 2], compared: &mut RulesCompared) -> Result<(), ApiError> {
    let [before, after] = sides.map(|loaded| everybody(context, year, loaded));
    let mut after: HashMap<String, AssessRow> = after?.into_iter().map(|row| (owner_of(&row), row)).collect();
    for row in before? {
        // For whom only one of the schemes is, there is nothing to compare.
        let Some(other) = after.remove(&owner_of(&row)) else { continue };
        let member = row.member.clone();
        compared.put(member, points(row), points(other));
    }
    Ok(())
}

fn owner_of(row: &AssessRow) -> String {
    row.organization.map_or_else(|| row.member.id.to_string(), |organization| organization.to_string())
}

fn points(row: AssessRow) -> ComparedSide {
    let total = row.score.filter(|_| row.range.is_none());
    ComparedSide { total, required: None, verdict: None, range: row.range, grade: row.grade, grades: row.grades }
}

/// Everybody for whom a scheme is, judged by this text and by no other
/// version, as the records are now.
fn everybody(context: &QueryContext, year: i32, loaded: &Arc<Loaded>) -> Result<Vec<AssessRow>, ApiError> {
    let scope = Scope { kind: Kind::Assessment, also: std::slice::from_ref(loaded), only: None };
    let mut year = Year::read(context.reader, context.today, year, &scope)?;
    let assessing = Assessing::of(context.reader, &mut year, loaded)?;
    let owners: Vec<Owner> = match loaded.rules.head.subject {
        Whose::Person => view::members(&year).iter().map(|member| Owner::Member(member.id)).collect(),
        Whose::Unit => assessing.units().iter().map(|unit| Owner::Organization(unit.id)).collect(),
    };
    let mut rows = Vec::with_capacity(owners.len());
    for owner in owners {
        let judged = assessing.judge(&mut year, owner, loaded)?;
        let gone = judged.member.left && assessing.given(owner).is_empty();
        if !gone && view::verdict(&judged.count) != Some(Verdict::Outside) {
            rows.push(assess_view::row(&year, &assessing, &judged));
        }
    }
    Ok(rows)
}

impl RulesCompared {
    /// Counts a member, and lists it where there is a difference.
    fn put(&mut self, member: MemberRow, before: ComparedSide, after: ComparedSide) {
        let nothing = |side: &ComparedSide| side.total.is_some_and(Exact::is_zero);
        if member.left && nothing(&before) && nothing(&after) {
            return;
        }
        let difference = after.total.zip(before.total).and_then(|(after, before)| after.checked_sub(before));
        match difference {
            Some(difference) if difference > Exact::ZERO => self.gain += 1,
            Some(difference) if difference < Exact::ZERO => self.lose += 1,
            Some(_) => self.same += 1,
            None => {}
        }
        let short = |side: &ComparedSide| side.verdict == Some(VerdictView::Fail);
        self.newly_short += u32::from(short(&after) && !short(&before));
        self.newly_met += u32::from(short(&before) && !short(&after));
        let regraded = (&before.grade, &before.grades) != (&after.grade, &after.grades);
        self.regraded += u32::from(regraded);
        let total = difference.map_or(before.range == after.range, Exact::is_zero);
        let undecided = difference.is_none() && self.kind == RuleSetKind::Credits;
        let unchanged = total && !undecided && before.verdict == after.verdict && before.required == after.required && !regraded;
        if !unchanged {
            self.rows.push(ComparedRow { member, before, after, difference });
        }
    }
}
