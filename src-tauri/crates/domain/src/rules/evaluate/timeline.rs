//! Which periods are evaluated, and in which order facts come.

use chrono::NaiveDate;

use super::{
    super::{
        facts::{Activity, EarlierResult, SpreadPart, Subject},
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
}

impl<'a> Timeline<'a> {
    /// For a request.
    pub fn of(rules: &RuleSet, subject: &'a Subject, request: &Request) -> Result<Self, EvaluateError> {
        let (period, person) = (&rules.period, &subject.person);
        let mut earlier: Vec<(Span, EarlierResult)> =
            subject.earlier.iter().filter_map(|own| Some((spans::named(period, &own.period, person)?, own.clone()))).collect();
        earlier.sort_by_key(|(span, _)| span.from);
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
            days.extend([day, activity.until.unwrap_or(day)].into_iter().filter(|day| *day > boundary));
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
        Ok(Self { spans, first_shown: first.first_day(), ordered, earlier, spread })
    }
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

/// The first day on which a fact may have been.
pub(super) fn first_day(activity: &Activity) -> Option<NaiveDate> {
    match activity.date? {
        PartialDate::Day(day) => Some(day),
        PartialDate::Month { year, month } => NaiveDate::from_ymd_opt(year, month, 1),
        PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
    }
}
