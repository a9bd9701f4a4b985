//! Where somebody's credits go at today's date, from what counts and the
//! share of the period that is gone. Never for a period that is over.

use chrono::NaiveDate;
use xueji_domain::{
    exact::Exact,
    rules::model::{Cap, CapPer, RuleSet, Value, ValueKind},
};

use super::count::YearSpan;
use crate::areas::credits::{Forecast, ForecastState};

/// So many days are a month of what is still needed.
const MONTH: i64 = 30;

/// What a forecast is made from.
pub(crate) struct Standing<'a> {
    /// What the total must reach.
    pub required: Exact,
    /// What counts so far.
    pub earned: Exact,
    /// What counts per category.
    pub categories: &'a [(String, Exact)],
    /// By when it must be reached, where that is before the period's end.
    pub due: Option<NaiveDate>,
}

/// The forecast; `None` where the period has no ends, has not begun, or is
/// over.
pub(crate) fn forecast(rules: &RuleSet, span: &YearSpan, today: NaiveDate, standing: &Standing) -> Option<Forecast> {
    let (from, end) = (span.from?, span.to?);
    if today < from || today > end {
        return None;
    }
    let to = standing.due.filter(|due| *due >= from && *due < end).unwrap_or(end);
    let days = to.signed_duration_since(from).num_days() + 1;
    let gone = (today.signed_duration_since(from).num_days() + 1).min(days);
    let share = Exact::fraction(gone, days)?;
    let expected = standing.required.checked_mul(share)?;
    let missing = standing.required.checked_sub(standing.earned)?;
    let met = missing <= Exact::ZERO;
    let out_of_reach = || today > to || most_left(rules, standing.categories).is_some_and(|left| left < missing);
    let state = match () {
        () if met => ForecastState::Met,
        () if out_of_reach() => ForecastState::Unreachable,
        () if standing.earned >= expected => ForecastState::OnPace,
        () => ForecastState::Behind,
    };
    let behind = expected.checked_sub(standing.earned).filter(|behind| *behind > Exact::ZERO && !met);
    let needed = if met || days == gone { None } else { missing.checked_mul(Exact::fraction(MONTH, days - gone)?) };
    let count = |days: i64| u32::try_from(days).unwrap_or(u32::MAX);
    Some(Forecast { state, expected, behind, needed_a_month: needed, days_gone: count(gone), days: count(days) })
}

/// The most that the caps still leave for the total; `None` where some
/// category that counts has no limit.
fn most_left(rules: &RuleSet, counted: &[(String, Exact)]) -> Option<Exact> {
    let of = |id: &str| counted.iter().find(|(own, _)| own == id).map_or(Exact::ZERO, |(_, amount)| *amount);
    let in_total = |bucket: Option<&str>| rules.buckets.iter().find(|own| Some(own.id.as_str()) == bucket).is_none_or(|own| own.in_total);
    let categories = || rules.categories.iter().filter(|category| category.counted && in_total(category.bucket.as_deref()));
    let used: Exact = categories().map(|category| of(&category.id)).sum();
    let by_category = categories().try_fold(Exact::ZERO, |sum, category| {
        let most = plain_cap(rules, &category.id)?;
        sum.checked_add(most.checked_sub(of(&category.id))?.max(Exact::ZERO))
    });
    let by_total = plain_cap(rules, "total").and_then(|most| most.checked_sub(used)).map(|left| left.max(Exact::ZERO));
    match (by_category, by_total) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// The least of the plain caps of a period on one category, or on the total:
/// a number, for everybody and every fact, under every reading.
pub(crate) fn plain_cap(rules: &RuleSet, on: &str) -> Option<Exact> {
    let plain = |cap: &&Cap| {
        let whole = cap.per == CapPer::Period && cap.who.is_none() && cap.when.is_none() && cap.origin.reading.is_none();
        whole && matches!(cap.on.as_slice(), [only] if only == on)
    };
    rules.caps.iter().filter(plain).filter_map(|cap| constant(cap.max.as_ref()?)).min()
}

/// A value that is a plain number.
pub(crate) fn constant(value: &Value) -> Option<Exact> {
    match value.how {
        ValueKind::Constant(number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use xueji_domain::rules::file;

    use super::*;

    fn rules(text: &str) -> RuleSet {
        file::read(text, &|_| None).rule_set.unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    const OPEN: &str = "id = 'a'\nname = 'a'\nunit = '学分'\n[[category]]\nid = '课'\n  [[category.award]]\n  credit = '1'\n";

    fn at(text: &str, today: &str, earned: &str) -> Option<Forecast> {
        let rules = rules(text);
        let span = YearSpan::of(&rules, 2025, day(today));
        let categories = [("课".to_owned(), exact(earned))];
        let standing = Standing { required: exact("73"), earned: exact(earned), categories: &categories, due: None };
        forecast(&rules, &span, day(today), &standing)
    }

    /// 73 a year of 365 days are 0.2 a day: 1 by 5 January, 20 by 10 April
    /// (the 100th day).
    #[test]
    fn the_pace_is_the_share_of_the_days_gone() {
        let made = at(OPEN, "2025-04-10", "20").unwrap();
        assert_eq!((made.state, made.expected, made.behind), (ForecastState::OnPace, exact("20"), None));
        assert_eq!((made.days_gone, made.days), (100, 365));
        let made = at(OPEN, "2025-04-10", "19.5").unwrap();
        assert_eq!((made.state, made.behind), (ForecastState::Behind, Some(exact("0.5"))));
        // 53.5 missing over 265 days: in 30 days 53.5 × 30 ÷ 265.
        assert_eq!(made.needed_a_month, Exact::fraction(321, 53));
        assert_eq!(at(OPEN, "2025-04-10", "73").unwrap().state, ForecastState::Met);
        assert_eq!(at(OPEN, "2025-12-31", "72").unwrap().needed_a_month, None);
    }

    #[test]
    fn nothing_is_foretold_of_what_is_over_or_has_not_begun() {
        assert_eq!(at(OPEN, "2026-01-01", "0"), None);
        assert_eq!(at(OPEN, "2024-12-31", "0"), None);
    }

    #[test]
    fn a_cap_that_leaves_too_little_puts_it_out_of_reach() {
        let capped = format!("{OPEN}[[cap]]\non = ['课']\nmax = '72'\n");
        assert_eq!(at(&capped, "2025-02-01", "10").unwrap().state, ForecastState::Unreachable);
        let enough = format!("{OPEN}[[cap]]\non = ['课']\nmax = '73'\n");
        assert_eq!(at(&enough, "2025-02-01", "10").unwrap().state, ForecastState::OnPace);
        let total = format!("{OPEN}[[cap]]\non = ['total']\nmax = '50'\n");
        assert_eq!(at(&total, "2025-02-01", "10").unwrap().state, ForecastState::Unreachable);
    }
}
