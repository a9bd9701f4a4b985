//! Which periods are evaluated, and in which order facts come.

use chrono::{Months, NaiveDate};

use super::{
    super::{
        facts::{Activity, EarlierResult, SpreadPart, Subject},
        ledger::Notice,
        model::{Period, RuleSet},
    },
    EvaluateError, Request,
    spans::{self, Span},
};
use crate::calendar::PartialDate;

/// More periods than this are a slip: ten years of days.
const MOST_PERIODS: usize = 4_000;

/// A person's facts and periods in order.
pub(super) struct Timeline<'a> {
    /// The periods to evaluate, earliest first; never empty.
    pub spans: Vec<Span>,
    /// Periods that begin before this day are only worked out because later
    /// ones rest on them.
    pub first_shown: NaiveDate,
    /// Facts by day, then by id.
    pub ordered: Vec<(&'a Activity, NaiveDate)>,
    /// Closed results that the periods rest on, earliest first.
    pub earlier: Vec<(Span, EarlierResult)>,
    /// Parts of awards that closed periods left for later ones.
    pub spread: Vec<SpreadPart>,
    /// What is wrong with the earlier results.
    pub notices: Vec<Notice>,
}

impl<'a> Timeline<'a> {
    /// For a request.
    pub fn of(rules: &RuleSet, subject: &'a Subject, request: &Request) -> Result<Self, EvaluateError> {
        let (period, person) = (&rules.period, &subject.person);
        let (mut earlier, notices) = earlier_results(period, subject);
        let asked = match &request.periods {
            Some(range) => {
                let find =
                    |name: &String| spans::named(period, name, person).ok_or_else(|| EvaluateError::NoSuchPeriod { name: name.clone() });
                Some((find(&range.first)?, find(&range.last)?))
            }
            None => None,
        };
        if let Some((first, _)) = &asked {
            earlier.retain(|(span, _)| span.last_day() < first.first_day());
        }
        let boundary = earlier.last().map_or(NaiveDate::MIN, |(span, _)| span.last_day());
        let mut days: Vec<NaiveDate> = Vec::new();
        for activity in &subject.activities {
            let Some(day) = first_day(activity) else { continue };
            let last = activity.until.or_else(|| possible_days(activity).map(|(_, last)| last)).unwrap_or(day);
            days.extend([day, last].into_iter().filter(|day| *day > boundary));
        }
        let held = |day: Option<&NaiveDate>| day.and_then(|day| spans::holding(period, *day, person));
        let from_facts = (held(days.iter().min()), held(days.iter().max()));
        let (first, start, last) = match (asked, from_facts) {
            (Some((first, last)), (earliest, _)) => {
                let start = earliest.filter(|span| span.from < first.from).unwrap_or_else(|| first.clone());
                (first, start, last)
            }
            (None, (Some(first), Some(last))) => (first.clone(), first, last),
            (None, _) => {
                let only = only_period(rules, subject, request, &earlier);
                (only.clone(), only.clone(), only)
            }
        };
        let spans = between(period, start, &last, subject)?;
        let undated = spans.last().and_then(|span| span.from).unwrap_or_default();
        let mut ordered: Vec<(&Activity, NaiveDate)> =
            subject.activities.iter().map(|activity| (activity, first_day(activity).unwrap_or(undated))).collect();
        ordered.sort_by(|(a, on_a), (b, on_b)| on_a.cmp(on_b).then_with(|| a.id.cmp(&b.id)));
        let spread = earlier.iter().flat_map(|(_, own)| own.spread.iter().cloned()).collect();
        Ok(Self { spans, first_shown: first.first_day(), ordered, earlier, spread, notices })
    }
}

/// Closed results, earliest first. Of two for the same period the last holds.
fn earlier_results(period: &Period, subject: &Subject) -> (Vec<(Span, EarlierResult)>, Vec<Notice>) {
    let (mut earlier, mut notices): (Vec<(Span, EarlierResult)>, Vec<Notice>) = (Vec::new(), Vec::new());
    for own in &subject.earlier {
        let Some(span) = spans::named(period, &own.period, &subject.person) else {
            notices.push(Notice::EarlierUnknown { period: own.period.clone() });
            continue;
        };
        match earlier.iter_mut().find(|(other, _)| *other == span) {
            Some((_, other)) => {
                notices.push(Notice::EarlierTwice { period: own.period.clone() });
                *other = own.clone();
            }
            None => earlier.push((span, own.clone())),
        }
    }
    earlier.sort_by_key(|(span, _)| span.from);
    (earlier, notices)
}

/// Where nothing has a day: the period of today, else the one after the last
/// closed one, else one without bounds.
fn only_period(rules: &RuleSet, subject: &Subject, request: &Request, earlier: &[(Span, EarlierResult)]) -> Span {
    let (period, person) = (&rules.period, &subject.person);
    let today = request.as_of.and_then(|day| spans::holding(period, day, person));
    let after = || earlier.last().and_then(|(span, _)| spans::following(period, span, person));
    match period {
        Period::Span { from, to } => Span { from: *from, to: *to, ..Span::all() },
        _ => today.or_else(after).unwrap_or_else(Span::all),
    }
}

fn between(period: &Period, start: Span, last: &Span, subject: &Subject) -> Result<Vec<Span>, EvaluateError> {
    let mut spans = vec![start];
    while let Some(own) = spans.last().filter(|own| own.first_day() < last.first_day()) {
        let Some(next) = spans::following(period, own, &subject.person) else { break };
        spans.push(next);
        if spans.len() > MOST_PERIODS {
            return Err(EvaluateError::TooManyPeriods);
        }
    }
    Ok(spans)
}

/// The first and the last day on which a fact may have been; `None`: nothing
/// is recorded.
pub(super) fn possible_days(activity: &Activity) -> Option<(NaiveDate, NaiveDate)> {
    let first = first_day(activity)?;
    let months = match activity.date? {
        PartialDate::Day(_) => return Some((first, first)),
        PartialDate::Month { .. } => 1,
        PartialDate::Year(_) => 12,
    };
    Some((first, first.checked_add_months(Months::new(months)).and_then(spans::before)?))
}

/// The first day on which a fact may have been.
pub(super) fn first_day(activity: &Activity) -> Option<NaiveDate> {
    match activity.date? {
        PartialDate::Day(day) => Some(day),
        PartialDate::Month { year, month } => NaiveDate::from_ymd_opt(year, month, 1),
        PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
    }
}
