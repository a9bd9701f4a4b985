//! What names mean in a period that is finished.

use chrono::NaiveDate;

use super::{
    super::{
        expression::{Datum, Measure, Node, Prefix, Scope, TooLarge},
        facts::EarlierResult,
        ledger::{EntrySource, PeriodLedger, Verdict},
    },
    Run,
    figures::{argument, earlier_datum},
    scopes::{period_datum, person_datum},
    spans::Span,
};
use crate::exact::Exact;

/// A finished period, or a closed one, as conditions over periods see it.
pub(super) struct LedgerScope<'s, 'a> {
    /// The run.
    pub run: &'s Run<'a>,
    /// The period.
    pub span: &'s Span,
    /// Its result.
    pub result: &'s EarlierResult,
    /// Its ledger, where it was evaluated.
    pub ledger: Option<&'s PeriodLedger>,
}

impl Scope for LedgerScope<'_, '_> {
    fn name<'n>(&'n self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'n>, TooLarge> {
        Ok(match self.run.spoken_of(prefix) {
            Some(Prefix::Person) => person_datum(self.run, name, self.run.look_on(self.span), self.span.last_day()),
            Some(Prefix::Period) => period_datum(self.span, name),
            Some(_) => Datum::Missing,
            None => match self.ledger {
                Some(ledger) => ledger_datum(ledger, name).unwrap_or_else(|| earlier_datum(self.result, name)),
                None => earlier_datum(self.result, name),
            },
        })
    }

    fn measure<'n>(&'n self, measure: Measure, arguments: &[Node]) -> Result<Datum<'n>, TooLarge> {
        if let Some(ledger) = self.ledger {
            return Ok(ledger_measure(self.run, ledger, measure, arguments));
        }
        let first = argument(arguments, 0);
        if measure == Measure::LeaveDays {
            return Ok(leave_days(self.run, first, self.span.from, self.span.to));
        }
        let is_short = |id: &str| self.result.short.iter().any(|own| own == id);
        Ok(match (measure, first) {
            (Measure::Short, Some(id)) => Datum::Flag(is_short(id) || (self.result.short.is_empty() && self.result.passed == Some(false))),
            (Measure::Passed, Some(id)) => Datum::Flag(!is_short(id) && self.result.passed == Some(true)),
            (Measure::Verdict, _) => match self.result.passed {
                Some(true) => Datum::Text(Verdict::Pass.code()),
                Some(false) => Datum::Text(Verdict::Fail.code()),
                None => Datum::Missing,
            },
            (Measure::Credits, Some(name)) => earlier_datum(self.result, name),
            _ => Datum::Missing,
        })
    }
}

/// A name in a finished ledger; `None`: not there.
pub(super) fn ledger_datum<'l>(ledger: &'l PeriodLedger, name: &str) -> Option<Datum<'l>> {
    match name {
        "total" => Some(Datum::Number(ledger.total)),
        "carried_in" => Some(Datum::Number(ledger.carried_in)),
        "score" => Some(ledger.score.map_or(Datum::Missing, Datum::Number)),
        "grade" => Some(ledger.grade.as_deref().map_or(Datum::Missing, Datum::Text)),
        name => {
            let lists = [&ledger.buckets, &ledger.counters, &ledger.figures, &ledger.categories];
            let amount = lists.into_iter().find_map(|amounts| super::limits::named(amounts, name));
            let indicator = || ledger.indicators.iter().find(|own| own.id == name).map(|own| own.value);
            amount.or_else(indicator).map(Datum::Number)
        }
    }
}

/// A function over a finished ledger.
pub(super) fn ledger_measure<'l>(run: &Run<'_>, ledger: &'l PeriodLedger, measure: Measure, arguments: &[Node]) -> Datum<'l> {
    let Some(first) = argument(arguments, 0) else {
        return match measure {
            Measure::Verdict => Datum::Text(ledger.verdict.code()),
            Measure::LeaveDays => leave_days(run, None, ledger.from, ledger.to),
            _ => Datum::Missing,
        };
    };
    let due = |ends: fn(&(String, Exact, Exact)) -> Exact| {
        Datum::Number(ledger.duties.iter().find(|(id, ..)| id == first).map_or(Exact::ZERO, ends))
    };
    let met = || {
        let states: Vec<_> = ledger.requirements.iter().filter(|state| state.id == first).cloned().collect();
        run.is_met(first, &states)
    };
    match measure {
        Measure::Credits => ledger_datum(ledger, first).unwrap_or(Datum::Number(Exact::ZERO)),
        Measure::Passed => Datum::Flag(met() == Some(true)),
        Measure::Short => Datum::Flag(met() == Some(false)),
        Measure::Missed => super::limits::named(&ledger.missed, first).map_or(Datum::Missing, Datum::Number),
        Measure::Count => {
            let own = ledger.entries.iter().filter(|entry| {
                (entry.category == first || entry.bucket.as_deref() == Some(first))
                    && matches!(entry.source, EntrySource::Fact | EntrySource::Derived)
                    && !entry.refused
            });
            Datum::Number(own.map(|entry| Exact::whole(entry.count.into())).sum())
        }
        Measure::Raw => {
            let own = ledger.entries.iter().filter(|entry| entry.category == first || entry.bucket.as_deref() == Some(first));
            Datum::Number(own.map(|entry| entry.raw).sum())
        }
        Measure::Required => {
            let state = ledger.requirements.iter().find(|state| state.id == first);
            state.and_then(|state| state.tests.first()?.min).map_or(Datum::Missing, Datum::Number)
        }
        Measure::Head => {
            Datum::Number(ledger.indicators.iter().filter(|own| own.head.as_deref() == Some(first)).map(|own| own.weighted).sum())
        }
        Measure::LeaveDays => leave_days(run, Some(first), ledger.from, ledger.to),
        Measure::Overdue => due(|(_, overdue, _)| *overdue),
        Measure::Late => due(|(.., late)| *late),
        _ => Datum::Missing,
    }
}

/// Days of leave between two days.
fn leave_days<'l>(run: &Run<'_>, kind: Option<&str>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Datum<'l> {
    let days = run.leave_days(kind, from.unwrap_or(NaiveDate::MIN), to.unwrap_or(NaiveDate::MAX));
    Datum::Number(Exact::whole(days.into()))
}
