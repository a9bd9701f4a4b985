//! Step 16: what facts oblige to, and what became of it.

use std::collections::HashSet;

use chrono::{Days, Months, NaiveDate};

use super::{
    super::{
        expression::{Datum, TooLarge},
        ledger::{ObligationProgress, ObligationState},
        model::Due,
    },
    Run,
    scopes::FactScope,
    spans::Span,
};
use crate::exact::Exact;

impl Run<'_> {
    /// Duties that facts bring.
    pub fn duties(&self) -> Result<&[ObligationState], TooLarge> {
        if self.duties.get().is_none() {
            let as_of = self.request.as_of.unwrap_or_else(|| self.last.last_day());
            let _ = self.duties.set(self.obligations(&self.last, as_of)?);
        }
        Ok(self.duties.get().map_or(&[], Vec::as_slice))
    }

    /// How many duties of an obligation fell due in a span and stand so.
    pub fn duties_due(&self, id: &str, span: &Span, state: ObligationProgress) -> Result<Exact, TooLarge> {
        let due = |own: &&ObligationState| own.id == id && own.state == state && own.due.is_some_and(|due| span.holds(due));
        Ok(Exact::whole(i64::try_from(self.duties()?.iter().filter(due).count()).unwrap_or(i64::MAX)))
    }

    fn obligations(&self, span: &Span, as_of: NaiveDate) -> Result<Vec<ObligationState>, TooLarge> {
        let mut states = Vec::new();
        for obligation in self.rules.obligations.iter().filter(|own| self.active(&own.origin)) {
            let mut used: HashSet<&str> = HashSet::new();
            for (activity, day) in self.facts_in_order().iter() {
                if !obligation.of.iter().any(|kind| **kind == *activity.kind) {
                    continue;
                }
                let scope = FactScope::new(self, activity, *day, span);
                if !self.holds(obligation.when.as_ref(), &scope)? {
                    continue;
                }
                let due = self.due(&obligation.due, *day);
                let done = self.facts_in_order().iter().find(|(other, on)| {
                    let is_kind = obligation.done.iter().any(|kind| **kind == *other.kind);
                    let is_linked = if obligation.link.is_empty() {
                        on >= day && !used.contains(&*other.id) && other.id != activity.id
                    } else {
                        other.item(&obligation.link).is_some_and(|item| item.datum() == Datum::Text(&activity.id))
                    };
                    is_kind && is_linked
                });
                let done_on = done.map(|(_, on)| *on);
                if let Some((other, _)) = done {
                    used.insert(&other.id);
                }
                let state = match (done_on, due) {
                    (Some(on), Some(due)) if on > due => ObligationProgress::Late,
                    (Some(_), _) => ObligationProgress::Done,
                    (None, Some(due)) if as_of > due => ObligationProgress::Overdue,
                    (None, _) => ObligationProgress::Open,
                };
                states.push(ObligationState {
                    id: obligation.id.clone(),
                    label: obligation.label.clone(),
                    fact: activity.id.to_string(),
                    due,
                    done_by: done.map(|(other, _)| other.id.to_string()),
                    done_on,
                    state,
                    line: obligation.origin.line,
                });
            }
        }
        states.sort_by(|a, b| (a.due.is_none(), a.due, &a.fact).cmp(&(b.due.is_none(), b.due, &b.fact)));
        Ok(states)
    }

    fn due(&self, due: &Due, day: NaiveDate) -> Option<NaiveDate> {
        match due {
            Due::Days(days) => day.checked_add_days(Days::new((*days).into())),
            Due::Months(months) => day.checked_add_months(Months::new(*months)),
            Due::Next(kinds) => {
                let next = self.facts_in_order().iter().find(|(other, on)| *on > day && kinds.iter().any(|kind| **kind == *other.kind));
                next.map(|(_, on)| *on)
            }
        }
    }
}
