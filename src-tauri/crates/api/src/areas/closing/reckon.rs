//! What members and organizations come to in a period, ready to be frozen:
//! the same for a closing, for a supplement to it and for a look at it.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use xueji_domain::{exact::Exact, rules::model::Kind};
use xueji_store::{
    Reader, StoreError,
    tables::closing::{ClosingRecord, LineRecord, Owner},
};

use super::{ClosedTogether, LeftOut, LeftOutWhy};
use crate::{
    areas::{
        assess::AssessRow,
        credits::{MemberCredits, is_listed},
        roster::Shape,
    },
    error::ApiError,
    rules::{
        assess_frozen,
        assess_judge::{Assessing, Judged},
        assess_unit, assess_view,
        count::{Count, Scope, Year, YearSpan},
        shelf::{Loaded, Shelf},
        view::{self, FrozenLedger},
    },
};

/// A ledger as it is now.
pub(super) struct Reckoned {
    /// Whose.
    pub owner: Owner,
    /// By which text.
    pub text: Arc<Loaded>,
    /// As it is shown.
    pub credits: MemberCredits,
    /// What would be kept of it.
    pub kept: FrozenLedger,
    /// The score's range or the grades' are open.
    open: bool,
    /// Named differently where another version has another period.
    period: String,
}

impl Reckoned {
    fn of(owner: Owner, credits: MemberCredits, count: &Count, assessed: Option<AssessRow>) -> Self {
        let open = assessed.as_ref().is_some_and(|row| row.range.is_some() || !row.grades.is_empty());
        let kept = view::to_keep(credits.clone(), count, assessed);
        Self { owner, text: Arc::clone(&count.loaded), credits, kept, open, period: count.span.name.clone() }
    }

    /// Whether the result is the same under every reading.
    pub fn decided(&self) -> bool {
        let row = &self.credits.row;
        row.verdict.is_some() && row.range.is_none() && !self.open
    }

    /// Whether nothing about it is open.
    pub fn settled(&self) -> bool {
        self.decided() && self.credits.questions.is_empty()
    }
}

/// The amount that a ledger comes to: credits, or an assessment's score.
pub(super) fn amount(kept: &FrozenLedger) -> Exact {
    kept.score.unwrap_or(kept.credits.row.earned)
}

/// The ledger that a text keeps.
pub(super) fn kept(ledger: &str) -> Result<FrozenLedger, ApiError> {
    serde_json::from_str(ledger).map_err(|_| StoreError::Value { column: "closing_line.ledger" }.into())
}

/// Whether two ledgers of the same one differ in anything that a reader goes
/// by.
pub(super) fn differs(old: &FrozenLedger, new: &FrozenLedger) -> bool {
    let (old_row, new_row) = (&old.credits.row, &new.credits.row);
    let same = old_row.earned == new_row.earned && old_row.verdict == new_row.verdict && amount(old) == amount(new);
    !same || old.grade != new.grade || !view::changes(&old.credits, &new.credits).is_empty() || reassessed(old, new)
}

fn reassessed(old: &FrozenLedger, new: &FrozenLedger) -> bool {
    let pair = old.assessed.as_ref().zip(new.assessed.as_ref());
    pair.is_some_and(|(old, new)| !assess_frozen::changes(old, new, &[]).is_empty())
}

/// A year in which ledgers are reckoned under a rule set.
pub(super) struct Reckoner {
    /// The year.
    pub year: Year,
    /// The text that speaks for all.
    pub loaded: Arc<Loaded>,
    /// The time that is closed.
    pub span: YearSpan,
    shape: Shape,
    /// Under a scheme.
    assessing: Option<Assessing>,
}

impl Reckoner {
    /// Over the period of a year, by what holds in it.
    pub fn of_year(reader: &Reader, today: NaiveDate, year: i32, key: &str, kind: Kind) -> Result<Self, ApiError> {
        let year = Year::read(reader, today, year, &Scope::all(kind))?;
        let index = year.set(Some(key))?;
        let loaded = Arc::clone(year.sets[index].main());
        Self::over(reader, year, loaded)
    }

    /// Over the period of a closing, by its own texts; of one member only
    /// where one is named.
    pub fn of_closing(reader: &Reader, today: NaiveDate, record: &ClosingRecord, only: Option<Owner>) -> Result<Self, ApiError> {
        let loaded = Shelf::read(reader)?.load(&record.fields.rule_set.to_string())?;
        let year = record.fields.period.rsplit('–').next().and_then(|last| last.get(..4)?.parse().ok()).unwrap_or_else(|| today.year());
        let only = only.and_then(|owner| match owner {
            Owner::Member(id) => Some(id),
            Owner::Organization(_) => None,
        });
        let scope = Scope { kind: loaded.rules.head.kind, also: std::slice::from_ref(&loaded), only };
        let year = Year::read(reader, today, year, &scope)?;
        Self::over(reader, year, loaded)
    }

    fn over(reader: &Reader, mut year: Year, loaded: Arc<Loaded>) -> Result<Self, ApiError> {
        let assessment = loaded.rules.head.kind == Kind::Assessment;
        let assessing = if assessment { Some(Assessing::of(reader, &mut year, &loaded)?) } else { None };
        let shape = view::shape(reader, &year)?;
        let span = YearSpan::of(&loaded.rules, year.year, year.today);
        Ok(Self { year, loaded, span, shape, assessing })
    }

    /// The text of a frozen line.
    pub fn text_of(&self, line: &LineRecord) -> Result<Arc<Loaded>, ApiError> {
        match &line.rules {
            Some(rules) => self.year.shelf.load(&rules.rule_set.to_string()),
            None => Ok(Arc::clone(&self.loaded)),
        }
    }

    /// One ledger by a text.
    pub fn reckon(&mut self, owner: Owner, text: &Arc<Loaded>) -> Result<Reckoned, ApiError> {
        if let Some(assessing) = &self.assessing {
            let judged = assessing.judge(&mut self.year, owner, text)?;
            return Ok(self.assessed(assessing, &judged));
        }
        let Owner::Member(id) = owner else { return Err(StoreError::Gone { what: "member" }.into()) };
        let found = self.year.facts.records.members.iter().find(|one| one.id == id);
        let row = self.shape.row(found.ok_or(StoreError::Gone { what: "member" })?);
        let count = self.year.count(text, id, true)?;
        Ok(Reckoned::of(owner, view::credits(&self.year, row, &count, Vec::new()), &count, None))
    }

    fn assessed(&self, assessing: &Assessing, judged: &Judged) -> Reckoned {
        let credits = view::credits(&self.year, judged.member.clone(), &judged.count, Vec::new());
        let row = assess_view::row(&self.year, assessing, judged);
        Reckoned::of(judged.owner(), credits, &judged.count, Some(row))
    }

    /// Everybody under the rule set who is not closed yet, whichever version
    /// counts; who is left out, and why; what they come to together.
    pub fn everybody(&mut self, reader: &Reader) -> Result<(Vec<Reckoned>, ClosedTogether), ApiError> {
        let (all, mut left_out, common) = match self.assessing.take() {
            Some(assessing) => {
                let found = self.all_assessed(reader, &assessing);
                self.assessing = Some(assessing);
                found?
            }
            None => self.all_credits()?,
        };
        let mut open = Vec::new();
        for one in all {
            let member = &one.credits.row.member;
            if one.period != self.span.name {
                left_out.push(LeftOut::of(member, LeftOutWhy::Period));
            } else if self.year.frozen(one.text.key(), &self.span, one.owner).is_some() {
                left_out.push(LeftOut::of(member, LeftOutWhy::Closed));
            } else {
                open.push(one);
            }
        }
        Ok((open, ClosedTogether { left_out, ..common }))
    }

    fn all_assessed(&mut self, reader: &Reader, assessing: &Assessing) -> Result<(Vec<Reckoned>, Vec<LeftOut>, ClosedTogether), ApiError> {
        let (mut judged, left_out) = assessing.everybody(&mut self.year, &self.loaded, true)?;
        let all = judged.iter().map(|one| self.assessed(assessing, one)).collect();
        assess_frozen::settle(&self.year, &mut judged);
        let together = assess_unit::now(reader, &self.year, &self.loaded, assessing, &judged)?;
        Ok((all, left_out, together.map(|together| together.common).unwrap_or_default()))
    }

    fn all_credits(&mut self) -> Result<(Vec<Reckoned>, Vec<LeftOut>, ClosedTogether), ApiError> {
        let (mut all, mut left_out) = (Vec::new(), Vec::new());
        let index = self.year.set(Some(self.loaded.key()))?;
        for member in view::members(&self.year) {
            let Some(text) = self.year.version(&self.year.sets[index], member.id) else { continue };
            let one = self.reckon(Owner::Member(member.id), &text)?;
            if is_listed(&one.credits.row) {
                all.push(one);
            } else {
                let row = &one.credits.row;
                let outside = row.verdict == Some(crate::areas::credits::VerdictView::Outside);
                left_out.push(LeftOut::of(&row.member, if outside { LeftOutWhy::Outside } else { LeftOutWhy::Left }));
            }
        }
        Ok((all, left_out, ClosedTogether::default()))
    }

    /// The order in which ledgers are listed: members in 姓氏笔画 order, then
    /// organizations from the top.
    pub fn order(&self) -> Vec<Owner> {
        let members = self.year.facts.records.members.iter().map(|member| Owner::Member(member.id));
        let units = self.assessing.iter().flat_map(Assessing::units).map(|unit| Owner::Organization(unit.id));
        members.chain(units).collect()
    }
}
