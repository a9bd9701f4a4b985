//! A text tried on somebody, and two compared on everybody.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{exact::Exact, ids::MemberId, rules::file::Finding};
use xueji_store::StoreError;

use super::{FindingView, editing::finding_view, have_errors};
use crate::{
    areas::{
        assess,
        credits::{MemberCredits, Range, VerdictView},
        roster::MemberRow,
    },
    context::QueryContext,
    error::ApiError,
    rules::{
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
    /// On whom.
    #[ts(type = "string")]
    pub member: MemberId,
    /// In the period of this year.
    pub year: i32,
}

/// What rules give somebody.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RulesTried {
    /// What is wrong with the text; the ledger is `null` where it has errors.
    pub findings: Vec<FindingView>,
    /// The ledger with its reasons.
    pub ledger: Option<MemberCredits>,
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
    /// What counts; `null` where undecided.
    #[ts(type = "string | null")]
    pub total: Option<Exact>,
    /// What is required, where it is one amount.
    #[ts(type = "string | null")]
    pub required: Option<Exact>,
    /// Whether it is enough; `null` where undecided.
    pub verdict: Option<VerdictView>,
    /// Between what it lies, where undecided.
    pub range: Option<Range>,
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
    let findings = findings.iter().map(finding_view).collect();
    let Some(loaded) = loaded else { return Ok(RulesTried { findings, ledger: None }) };
    let kind = loaded.rules.head.kind;
    let scope = Scope { kind, also: std::slice::from_ref(&loaded), only: Some(request.member) };
    let mut year = Year::read(context.reader, context.today, request.year, &scope)?;
    assess::enrich(context.reader, &mut year, &loaded.rules)?;
    let member = year.facts.records.members.first().cloned().ok_or(StoreError::Gone { what: "member" })?;
    let shape = view::shape(context.reader, &year)?;
    let counted = year.count(&loaded, member.id, true)?;
    let ledger = view::credits(&year, shape.row(&member), &counted, Vec::new());
    Ok(RulesTried { findings, ledger: Some(ledger) })
}

/// `rules.compare`
pub fn compare(context: &QueryContext, request: CompareRules) -> Result<RulesCompared, ApiError> {
    let shelf = Shelf::read(context.reader)?;
    let usable = |choice: &RuleChoice| -> Result<Arc<Loaded>, ApiError> {
        let (loaded, findings) = chosen(&shelf, choice)?;
        loaded.ok_or_else(|| have_errors(&findings))
    };
    let (before, after) = (usable(&request.before)?, usable(&request.after)?);
    let both = [Arc::clone(&before), Arc::clone(&after)];
    let scope = Scope { kind: before.rules.head.kind, also: &both, only: None };
    let mut year = Year::read(context.reader, context.today, request.year, &scope)?;
    let shape = view::shape(context.reader, &year)?;
    let mut compared = RulesCompared {
        unit_before: before.rules.head.unit.clone(),
        unit_after: after.rules.head.unit.clone(),
        rows: Vec::new(),
        gain: 0,
        lose: 0,
        same: 0,
        newly_short: 0,
        newly_met: 0,
    };
    for member in view::members(&year) {
        let row = shape.row(&member);
        let sides = [&before, &after].map(|loaded| year.count(loaded, member.id, false).map(|count| side(&year, &count, row.clone())));
        let [one, other] = sides;
        compared.put(row, one?, other?);
    }
    compared.rows.sort_by_key(|row| row.difference);
    Ok(compared)
}

fn side(year: &Year, count: &Count, member: MemberRow) -> ComparedSide {
    let row = view::row(year, &[], &[], member, count);
    ComparedSide { total: row.range.is_none().then_some(row.earned), required: row.required, verdict: row.verdict, range: row.range }
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
        let unchanged = difference.is_some_and(Exact::is_zero) && before.verdict == after.verdict && before.required == after.required;
        if !unchanged {
            self.rows.push(ComparedRow { member, before, after, difference });
        }
    }
}
