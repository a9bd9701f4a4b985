//! Caps that reach over a cycle: what earlier periods have used of them.

use super::{
    super::{
        expression::TooLarge,
        facts::CapUse,
        ledger::EntrySource,
        model::{Cap, CapPer},
    },
    Run,
    credits::Work,
    limits::{is_event, named},
    spans::Span,
    years::Done,
};
use crate::exact::Exact;

impl<'a> Run<'a> {
    /// What earlier periods of the cycle have used of a cap.
    pub fn used_before(&self, cap: &Cap, id: &str, span: &Span, done: &[Done<'a>]) -> Result<(Exact, Exact), TooLarge> {
        let (mut sum, mut times) = (Exact::ZERO, Exact::ZERO);
        let Some(cycle) = self.cycle_span(id, span) else { return Ok((sum, times)) };
        for period in done.iter().filter(|done| cycle.holds(done.span.last_day())) {
            let (amount, count) = self.used_of(cap, period)?;
            sum = sum.checked_add(amount).ok_or(TooLarge)?;
            times = times.checked_add(count).ok_or(TooLarge)?;
        }
        for (span, earlier) in self.earlier.iter().filter(|(span, _)| cycle.holds(span.last_day())) {
            if done.iter().any(|done| done.span.name == span.name) {
                continue;
            }
            if let Some(used) = &earlier.used {
                for one in used.iter().filter(|one| one.cap == cap.id) {
                    sum = sum.checked_add(one.amount).ok_or(TooLarge)?;
                    times = times.checked_add(one.count).ok_or(TooLarge)?;
                }
                continue;
            }
            for id in cap.on.iter().filter(|id| !self.is_inside_another(id, &cap.on)) {
                let amount = if id == "total" { earlier.total } else { named(&earlier.buckets, id) };
                sum = sum.checked_add(amount.unwrap_or_default()).ok_or(TooLarge)?;
            }
        }
        Ok((sum, times))
    }

    /// What a period counted under a cap, and how often.
    fn used_of(&self, cap: &Cap, period: &Done<'a>) -> Result<(Exact, Exact), TooLarge> {
        let (mut sum, mut times) = (Exact::ZERO, Exact::ZERO);
        // What came in from before has been counted once; what a rounding or
        // a floor moves comes after the caps.
        let later = |work: &Work<'a>| matches!(work.entry.source, EntrySource::CarriedIn | EntrySource::Adjustment);
        for work in period.works.iter().filter(|work| work.entry.counted > Exact::ZERO && !later(work)) {
            if self.cap_applies(cap, work, &period.span)? {
                sum = sum.checked_add(work.entry.counted).ok_or(TooLarge)?;
                let own = if is_event(work) { work.entry.count } else { 0 };
                times = times.checked_add(Exact::whole(own.into())).ok_or(TooLarge)?;
            }
        }
        Ok((sum, times))
    }

    /// What a period used of the caps over cycles, for later periods that
    /// have its result only; `None` without such caps.
    pub fn used_of_cycles(&self, period: &Done<'a>) -> Result<Option<Vec<CapUse>>, TooLarge> {
        let caps = self.rules.caps.iter().filter(|cap| matches!(cap.per, CapPer::Cycle(_)));
        let used = caps.map(|cap| self.used_of(cap, period).map(|(amount, count)| CapUse { cap: cap.id.clone(), amount, count }));
        let used = used.collect::<Result<Vec<_>, _>>()?;
        Ok((!used.is_empty()).then_some(used))
    }

    /// Whether what one name of a cap means is a part of what another means:
    /// of a sum it would be counted twice.
    fn is_inside_another(&self, id: &str, on: &[String]) -> bool {
        let bucket = self.rules.categories.iter().find(|category| category.id == id).map_or(Some(id), |own| own.bucket.as_deref());
        let in_bucket = bucket.is_some_and(|bucket| bucket != id && on.iter().any(|other| other == bucket));
        in_bucket || (id != "total" && on.iter().any(|other| other == "total") && self.in_total(bucket))
    }
}
