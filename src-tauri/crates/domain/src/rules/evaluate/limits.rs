//! Steps 6 to 12: caps, highest-only, shares, rounding, floors.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{
    super::{
        expression::{Datum, Scope, TooLarge},
        facts::SpreadPart,
        ledger::{Entry, EntrySource, Step, StepKind},
        model::{Basis, Cap, CapPer, Highest, Rounding, RoundingStage, Value},
    },
    Run,
    credits::Work,
    scopes::{FactScope, PersonScope},
    spans::{self, Span},
    values::{round_to, text_of, value_of},
    years::Done,
};
use crate::exact::Exact;

/// Which day, week, … or key of all of them; facts of one window share a cap.
type Window = (i64, String);

impl<'a> Run<'a> {
    /// Steps 6 and 7.
    pub fn single_limits(&self, works: &mut [Work<'a>], span: &Span, done: &[Done<'a>]) -> Result<(), TooLarge> {
        if self.rules.options.highest_first {
            self.highest(works, span, done)?;
            self.event_caps(works, span)
        } else {
            self.event_caps(works, span)?;
            self.highest(works, span, done)
        }
    }

    fn event_caps(&self, works: &mut [Work<'a>], span: &Span) -> Result<(), TooLarge> {
        // what is given at the beginning is no event, and a part of an earlier
        // award was capped when it was one
        let event = |work: &&mut Work<'a>| {
            work.entry.counted > Exact::ZERO && !matches!(work.entry.source, EntrySource::Opening | EntrySource::Spread)
        };
        for cap in self.rules.caps.iter().filter(|cap| cap.per == CapPer::Event) {
            for work in works.iter_mut().filter(event) {
                if !self.cap_applies(cap, work, span)? {
                    continue;
                }
                let Some(max) = self.limit(cap.max.as_ref(), work, span)? else { continue };
                let times = if self.is_summed(work) { 1 } else { work.entry.count };
                let most = max.checked_mul(Exact::whole(times.into())).ok_or(TooLarge)?;
                if work.entry.counted > most && self.active(&cap.origin) {
                    self.step(work, most, cap.origin.line, || capped(cap, max, Exact::ZERO));
                }
            }
        }
        Ok(())
    }

    /// Whether a category's quantities are summed before they are converted.
    fn is_summed(&self, work: &Work<'_>) -> bool {
        work.category.is_some_and(|at| self.rules.categories[at].basis != Basis::Event)
    }

    /// Whether a cap is about an entry.
    pub fn cap_applies(&self, cap: &Cap, work: &Work<'a>, span: &Span) -> Result<bool, TooLarge> {
        if !self.covers(&cap.on, work) {
            return Ok(false);
        }
        if cap.who.is_none() && cap.when.is_none() {
            return Ok(true);
        }
        self.with_scope(work, span, |scope| Ok(self.holds(cap.who.as_ref(), scope)? && self.holds(cap.when.as_ref(), scope)?))
    }

    /// Whether a list of categories and buckets, or `total`, means an entry.
    pub fn covers(&self, on: &[String], work: &Work<'_>) -> bool {
        let own = work.category.filter(|_| work.activity.is_some());
        if let Some(known) = own.and_then(|at| self.index.covers(on, at)) {
            return known;
        }
        on.iter().any(|id| match id.as_str() {
            "total" => self.in_total(work.entry.bucket.as_deref()),
            id => *id == work.entry.category || work.entry.bucket.as_deref() == Some(id),
        })
    }

    /// Whether a bucket counts in the total.
    pub fn in_total(&self, bucket: Option<&str>) -> bool {
        bucket.is_none_or(|id| {
            self.rules.buckets.iter().find(|bucket| bucket.id == id && self.active(&bucket.origin)).is_none_or(|bucket| bucket.in_total)
        })
    }

    fn with_scope<T>(&self, work: &Work<'a>, span: &Span, ask: impl FnOnce(&dyn Scope) -> Result<T, TooLarge>) -> Result<T, TooLarge> {
        match work.activity.as_deref() {
            Some(activity) => ask(&FactScope::new(self, activity, work.day, span)),
            None => ask(&PersonScope { run: self, day: work.day, span }),
        }
    }

    fn limit(&self, value: Option<&Value>, work: &Work<'a>, span: &Span) -> Result<Option<Exact>, TooLarge> {
        let Some(value) = value else { return Ok(None) };
        self.with_scope(work, span, |scope| value_of(self, value, scope))
    }

    /// Moves an entry to another amount.
    pub fn step(&self, work: &mut Work<'_>, after: Exact, line: u32, what: impl FnOnce() -> StepKind) {
        if self.request.trace {
            work.entry.steps.push(Step { what: what(), line, before: work.entry.counted, after });
        }
        work.entry.counted = after;
    }

    fn highest(&self, works: &mut [Work<'a>], span: &Span, done: &[Done<'a>]) -> Result<(), TooLarge> {
        for highest in self.rules.highest.iter().filter(|highest| self.active(&highest.origin)) {
            if let Some(first) = highest.first {
                self.first_attempts(highest, first, works, span, done)?;
            }
            let mut groups: BTreeMap<Window, Vec<usize>> = BTreeMap::new();
            for (at, work) in works.iter().enumerate() {
                if work.entry.counted > Exact::ZERO
                    && self.covers(&highest.on, work)
                    && let Some(key) = self.group(highest, work, span)?
                {
                    groups.entry(key).or_default().push(at);
                }
            }
            for (key, mut group) in groups {
                let taken = self.taken_before(highest, &key, span, done)?;
                group.sort_by(|&a, &b| works[b].entry.counted.cmp(&works[a].entry.counted).then(a.cmp(&b)));
                // What an earlier period of the cycle counted stays counted.
                let left = (highest.keep as usize).saturating_sub(taken);
                let best = group.first().map(|&at| works[at].entry.fact.clone()).filter(|_| left == 1).unwrap_or_default();
                for &at in group.iter().skip(left) {
                    works[at].beaten = true;
                    self.step(&mut works[at], Exact::ZERO, highest.origin.line, || StepKind::NotHighest { instead: best.clone() });
                }
            }
        }
        Ok(())
    }

    /// What comes after a group's first attempts counts nothing. An attempt is
    /// one whatever it was worth.
    fn first_attempts(
        &self,
        highest: &Highest,
        first: u32,
        works: &mut [Work<'a>],
        span: &Span,
        done: &[Done<'a>],
    ) -> Result<(), TooLarge> {
        let is_attempt = |work: &Work<'a>| work.passed && is_event(work) && self.covers(&highest.on, work);
        let mut made: BTreeMap<Window, u32> = BTreeMap::new();
        if let CapPer::Cycle(id) = &highest.per
            && let Some(cycle) = self.cycle_span(id, span)
        {
            for period in done.iter().filter(|done| cycle.holds(done.span.last_day())) {
                for work in period.works.iter().filter(|work| is_attempt(work)) {
                    if let Some(key) = self.group(highest, work, &period.span)? {
                        *made.entry(key).or_default() += 1;
                    }
                }
            }
        }
        for work in works.iter_mut().filter(|work| is_attempt(work)) {
            let Some(key) = self.group(highest, work, span)? else { continue };
            let number = made.entry(key).or_default();
            *number += 1;
            if *number > first && !work.entry.counted.is_zero() {
                work.beaten = true;
                self.step(work, Exact::ZERO, highest.origin.line, || StepKind::BeyondFirst { first });
            }
        }
        Ok(())
    }

    fn group(&self, highest: &Highest, work: &Work<'a>, span: &Span) -> Result<Option<Window>, TooLarge> {
        let key = self.with_scope(work, span, |scope| {
            let mut key = String::new();
            for part in &highest.by {
                let datum = part.evaluate(scope)?;
                if datum == Datum::Missing {
                    return Ok(None);
                }
                key.push_str(&text_of(datum));
                key.push('\u{1f}');
            }
            Ok(Some(key))
        })?;
        let day = if highest.per == CapPer::Day { work.day.num_days_from_ce().into() } else { 0 };
        Ok(key.map(|key| (day, key)))
    }

    fn taken_before(&self, highest: &Highest, key: &Window, span: &Span, done: &[Done<'a>]) -> Result<usize, TooLarge> {
        let CapPer::Cycle(id) = &highest.per else { return Ok(0) };
        let Some(cycle) = self.cycle_span(id, span) else { return Ok(0) };
        let mut taken = 0;
        for period in done.iter().filter(|done| cycle.holds(done.span.last_day())) {
            for work in period.works.iter().filter(|work| work.entry.counted > Exact::ZERO && self.covers(&highest.on, work)) {
                taken += usize::from(self.group(highest, work, &period.span)?.as_ref() == Some(key));
            }
        }
        Ok(taken)
    }

    /// Step 8: the part in this period, by days or in equal parts.
    pub fn shares(&self, works: &mut [Work<'a>], span: &Span) -> Result<Vec<SpreadPart>, TooLarge> {
        let mut later = Vec::new();
        for work in works.iter_mut() {
            let line = work.entry.line;
            if let (Some((days, of)), false) = (work.split, self.is_summed(work)) {
                let part = work.entry.counted.checked_mul(work.share).ok_or(TooLarge)?;
                work.entry.raw = work.entry.raw.checked_mul(work.share).ok_or(TooLarge)?;
                self.step(work, part, line, || StepKind::Split { days, of });
            }
            let parts = work.category.map_or(1, |at| self.rules.categories[at].spread);
            // A part from an earlier period is not shared out again.
            if parts > 1 && work.entry.source != EntrySource::Spread && !work.entry.counted.is_zero() {
                let part = work.entry.counted.checked_div(Exact::whole(parts.into())).ok_or(TooLarge)?;
                self.step(work, part, line, || StepKind::Spread { parts });
                let mut at = span.clone();
                for _ in 1..parts {
                    let Some(next) = self.following(&at) else { break };
                    at = next;
                    let (fact, category) = (work.entry.fact.clone(), work.entry.category.clone());
                    later.push(SpreadPart { period: at.name.clone(), fact, category, amount: part });
                }
            }
        }
        Ok(later)
    }

    /// Step 9, from narrow to wide, then the roundings of categories.
    pub fn caps(&self, works: &mut Vec<Work<'a>>, span: &Span, done: &[Done<'a>]) -> Result<(), TooLarge> {
        let mut caps: Vec<&Cap> = self.rules.caps.iter().filter(|cap| cap.per != CapPer::Event).collect();
        caps.retain(|cap| cap.max.is_some() || cap.count.is_some());
        caps.retain(|cap| works.iter().any(|work| self.covers(&cap.on, work)) && self.active(&cap.origin));
        caps.sort_by_key(|cap| match &cap.per {
            CapPer::Cycle(_) => CapPer::Cycle(String::new()),
            per => per.clone(),
        });
        for cap in caps {
            self.cap(cap, works, span, done)?;
        }
        for category in &self.rules.categories {
            self.round_sum(RoundingStage::Category, works, span, |work| work.entry.category == category.id && self.is_earned(work))?;
        }
        Ok(())
    }

    fn cap(&self, cap: &Cap, works: &mut [Work<'a>], span: &Span, done: &[Done<'a>]) -> Result<(), TooLarge> {
        let mut windows = self.windows(cap, works, span)?;
        let (mut used, mut times): (BTreeMap<Window, Exact>, BTreeMap<Window, Exact>) = (BTreeMap::new(), BTreeMap::new());
        if let CapPer::Cycle(id) = &cap.per {
            let (sum, count) = self.used_before(cap, id, span, done)?;
            used.insert((0, String::new()), sum);
            times.insert((0, String::new()), count);
        }
        if self.rules.options.penalty_first {
            for (work, window) in works.iter().zip(&windows).filter(|(work, _)| work.entry.counted < Exact::ZERO) {
                if let Some(window) = window {
                    let sum = used.entry(window.clone()).or_default();
                    *sum = sum.checked_add(work.entry.counted).ok_or(TooLarge)?;
                }
            }
        }
        for (work, window) in works.iter_mut().zip(windows.drain(..)) {
            let (Some(window), true) = (window, work.entry.counted > Exact::ZERO) else { continue };
            if let (true, Some(most)) = (is_event(work), self.limit(cap.count.as_ref(), work, span)?) {
                self.cap_count(cap, work, most, times.entry(window.clone()).or_default())?;
            }
            let sum = used.entry(window).or_default();
            if let Some(max) = self.limit(cap.max.as_ref(), work, span)? {
                let left = max.checked_sub(*sum).ok_or(TooLarge)?.max(Exact::ZERO);
                if work.entry.counted > left {
                    let before = *sum;
                    self.step(work, left, cap.origin.line, || capped(cap, max, before));
                }
            }
            *sum = sum.checked_add(work.entry.counted).ok_or(TooLarge)?;
        }
        Ok(())
    }

    /// At most so many facts.
    fn cap_count(&self, cap: &Cap, work: &mut Work<'a>, most: Exact, times: &mut Exact) -> Result<(), TooLarge> {
        let own = Exact::whole(work.entry.count.into());
        let left = most.checked_sub(*times).ok_or(TooLarge)?.max(Exact::ZERO);
        if own > left {
            let part = left.checked_div(own).and_then(|share| work.entry.counted.checked_mul(share)).ok_or(TooLarge)?;
            let before = *times;
            self.step(work, part, cap.origin.line, || capped(cap, most, before));
        }
        *times = times.checked_add(own.min(left)).ok_or(TooLarge)?;
        Ok(())
    }

    /// Which window of a cap each entry is in; `None`: the cap is not for it.
    fn windows(&self, cap: &Cap, works: &[Work<'a>], span: &Span) -> Result<Vec<Option<Window>>, TooLarge> {
        let mut windows = Vec::with_capacity(works.len());
        let narrow = CapPer::Key < cap.per && cap.per < CapPer::Period;
        for work in works {
            // a part of an earlier award has no day in this period, nor has
            // what is given at its beginning
            let nowhere = narrow && matches!(work.entry.source, EntrySource::Spread | EntrySource::Opening);
            if nowhere || !self.cap_applies(cap, work, span)? {
                windows.push(None);
                continue;
            }
            let key = match &cap.key {
                None => Some(String::new()),
                Some(key) => self.with_scope(work, span, |scope| {
                    let datum = key.evaluate(scope)?;
                    Ok((datum != Datum::Missing).then(|| text_of(datum)))
                })?,
            };
            windows.push(key.map(|key| (calendar_window(&cap.per, work.day), key)));
        }
        Ok(windows)
    }

    fn rounding(&self, stage: RoundingStage) -> Option<&'a Rounding> {
        self.rules.roundings.iter().find(|rounding| rounding.stage == stage && self.active(&rounding.origin))
    }

    /// A number as a stage rounds it, and the line that says so.
    pub fn rounded(&self, stage: RoundingStage, number: Exact) -> Result<(Exact, u32), TooLarge> {
        match self.rounding(stage) {
            Some(rounding) => Ok((round_to(number, rounding.mode, rounding.step)?, rounding.origin.line)),
            None => Ok((number, 0)),
        }
    }

    /// Whether a category's or a bucket's rounding is about an entry:
    /// penalties come after it, unless they come first.
    fn is_earned(&self, work: &Work<'_>) -> bool {
        let moved = work.entry.source == EntrySource::Adjustment;
        self.rules.options.penalty_first || moved || work.entry.counted > Exact::ZERO
    }

    /// Rounds a sum; what that moves becomes an entry of its own.
    pub fn round_sum(
        &self,
        stage: RoundingStage,
        works: &mut Vec<Work<'a>>,
        span: &Span,
        means: impl Fn(&Work<'a>) -> bool,
    ) -> Result<(), TooLarge> {
        if self.rounding(stage).is_none() {
            return Ok(());
        }
        let (mut sum, mut last) = (Exact::ZERO, None);
        for work in works.iter().filter(|work| means(work)) {
            sum = sum.checked_add(work.entry.counted).ok_or(TooLarge)?;
            last = Some((work.entry.category.clone(), work.entry.bucket.clone()));
        }
        let (rounded, line) = self.rounded(stage, sum)?;
        let moved = rounded.checked_sub(sum).ok_or(TooLarge)?;
        if let (Some((category, bucket)), false) = (last, moved.is_zero()) {
            // a wider sum moves by itself: its categories stay what they are
            let (category, bucket) = match stage {
                RoundingStage::Total => (String::new(), None),
                RoundingStage::Bucket => (String::new(), bucket),
                RoundingStage::Category | RoundingStage::Event => (category, bucket),
            };
            works.push(self.adjustment(span, category, bucket, moved, line, StepKind::Rounded));
        }
        Ok(())
    }

    /// An entry behind which no fact stands.
    pub fn adjustment(&self, span: &Span, category: String, bucket: Option<String>, amount: Exact, line: u32, what: StepKind) -> Work<'a> {
        self.made(span, EntrySource::Adjustment, (String::new(), category, bucket), amount, line, what)
    }

    /// An entry behind which no fact of this period stands: its source, what
    /// it is called, its category and its bucket.
    pub fn made(
        &self,
        span: &Span,
        source: EntrySource,
        (fact, category, bucket): (String, String, Option<String>),
        amount: Exact,
        line: u32,
        what: StepKind,
    ) -> Work<'a> {
        let steps = if self.request.trace { vec![Step { what, line, before: Exact::ZERO, after: amount }] } else { Vec::new() };
        let entry =
            Entry { fact, source, date: None, category, bucket, line, raw: amount, counted: amount, count: 1, refused: false, steps };
        let day = if source == EntrySource::Adjustment { span.last_day() } else { span.first_day() };
        Work { entry, activity: None, category: None, day, passed: true, share: Exact::ONE, split: None, beaten: false }
    }

    /// Step 10: a bucket's own maximum, then its rounding.
    pub fn bucket_limits(&self, works: &mut Vec<Work<'a>>, span: &Span) -> Result<(), TooLarge> {
        for bucket in self.rules.buckets.iter().filter(|bucket| self.active(&bucket.origin)) {
            if let Some(max) = &bucket.max {
                let scope = PersonScope { run: self, day: span.last_day(), span };
                if let Some(max) = value_of(self, max, &scope)? {
                    self.bucket_max(works, &bucket.id, max, bucket.origin.line)?;
                }
            }
            let means = |work: &Work<'a>| work.entry.bucket.as_ref() == Some(&bucket.id) && self.is_earned(work);
            self.round_sum(RoundingStage::Bucket, works, span, means)?;
        }
        Ok(())
    }

    fn bucket_max(&self, works: &mut [Work<'a>], bucket: &str, max: Exact, line: u32) -> Result<(), TooLarge> {
        let mut used = Exact::ZERO;
        // What a category's rounding took away does not take up the maximum.
        let makes_room = |work: &&Work<'a>| self.rules.options.penalty_first || work.entry.source == EntrySource::Adjustment;
        let own = |work: &&Work<'a>| work.entry.bucket.as_deref() == Some(bucket) && work.entry.counted < Exact::ZERO;
        for work in works.iter().filter(own).filter(makes_room) {
            used = used.checked_add(work.entry.counted).ok_or(TooLarge)?;
        }
        for work in works.iter_mut().filter(|work| work.entry.bucket.as_deref() == Some(bucket) && work.entry.counted > Exact::ZERO) {
            let left = max.checked_sub(used).ok_or(TooLarge)?.max(Exact::ZERO);
            if work.entry.counted > left {
                let what = StepKind::Capped { cap: bucket.to_owned(), label: String::new(), max, used };
                self.step(work, left, line, || what);
            }
            used = used.checked_add(work.entry.counted).ok_or(TooLarge)?;
        }
        Ok(())
    }

    /// Step 11: what comes in takes what a bucket's own has left of its
    /// maximum.
    pub fn carried_limits(&self, carried: &mut [Work<'a>], works: &[Work<'a>], span: &Span) -> Result<(), TooLarge> {
        for bucket in self.rules.buckets.iter().filter(|bucket| self.active(&bucket.origin)) {
            let Some(max) = &bucket.max else { continue };
            let scope = PersonScope { run: self, day: span.last_day(), span };
            let Some(max) = value_of(self, max, &scope)? else { continue };
            let mut used = Exact::ZERO;
            let inside = |work: &&Work<'a>| work.entry.bucket.as_ref() == Some(&bucket.id) && self.is_earned(work);
            for work in works.iter().filter(inside) {
                used = used.checked_add(work.entry.counted).ok_or(TooLarge)?;
            }
            for work in carried.iter_mut().filter(|work| work.entry.bucket.as_ref() == Some(&bucket.id)) {
                let left = max.checked_sub(used).ok_or(TooLarge)?.max(Exact::ZERO);
                if work.entry.counted > left {
                    let what = StepKind::Capped { cap: bucket.id.clone(), label: String::new(), max, used };
                    self.step(work, left, bucket.origin.line, || what);
                }
                used = used.checked_add(work.entry.counted).ok_or(TooLarge)?;
            }
        }
        Ok(())
    }

    /// Step 12: sums that may not be lower than something.
    pub fn floors(&self, works: &mut Vec<Work<'a>>, span: &Span) -> Result<(), TooLarge> {
        let mut floors: Vec<&Cap> = self.rules.caps.iter().filter(|cap| cap.min.is_some() && self.active(&cap.origin)).collect();
        floors.sort_by_key(|cap| self.breadth(&cap.on));
        for cap in floors {
            let windows = self.windows(cap, works, span)?;
            if cap.per == CapPer::Event {
                for (work, _) in works.iter_mut().zip(&windows).filter(|(_, window)| window.is_some()) {
                    if let Some(min) = self.limit(cap.min.as_ref(), work, span)?.filter(|min| work.entry.counted < *min) {
                        self.step(work, min, cap.origin.line, || StepKind::Raised { cap: cap.id.clone(), min });
                    }
                }
                continue;
            }
            let mut sums: Vec<(Window, Exact, usize)> = Vec::new();
            for (at, window) in windows.into_iter().enumerate() {
                let Some(window) = window else { continue };
                match sums.iter_mut().find(|(own, ..)| *own == window) {
                    Some((_, sum, last)) => (*sum, *last) = (sum.checked_add(works[at].entry.counted).ok_or(TooLarge)?, at),
                    None => sums.push((window, works[at].entry.counted, at)),
                }
            }
            if sums.is_empty() && cap.per == CapPer::Period {
                let scope = PersonScope { run: self, day: span.last_day(), span };
                if self.holds(cap.who.as_ref(), &scope)?
                    && let Some(min) = cap.min.as_ref().map_or(Ok(None), |min| value_of(self, min, &scope))?
                {
                    self.raise(cap, works, span, Exact::ZERO, min)?;
                }
            }
            for (_, sum, last) in sums {
                let Some(min) = self.limit(cap.min.as_ref(), &works[last], span)? else { continue };
                self.raise(cap, works, span, sum, min)?;
            }
        }
        Ok(())
    }

    /// Whether a cap is on categories, on buckets or on the total.
    fn breadth(&self, on: &[String]) -> u8 {
        on.iter()
            .map(|id| if id == "total" { 2 } else { u8::from(self.rules.buckets.iter().any(|bucket| bucket.id == *id)) })
            .max()
            .unwrap_or(0)
    }

    /// Adds what a sum lacks up to its floor, to that very sum: to a category
    /// only where the floor is its own.
    fn raise(&self, cap: &Cap, works: &mut Vec<Work<'a>>, span: &Span, sum: Exact, min: Exact) -> Result<(), TooLarge> {
        if sum >= min {
            return Ok(());
        }
        let missing = min.checked_sub(sum).ok_or(TooLarge)?;
        let first = cap.on.first().map_or("", String::as_str);
        let own = self.rules.categories.iter().find(|category| category.id == first);
        let category = if cap.on.len() == 1 { own.map(|category| category.id.clone()).unwrap_or_default() } else { String::new() };
        let bucket = match own {
            Some(category) => category.bucket.clone(),
            None => self.rules.buckets.iter().find(|bucket| bucket.id == first).map(|bucket| bucket.id.clone()),
        };
        let what = StepKind::Raised { cap: cap.id.clone(), min };
        works.push(self.adjustment(span, category, bucket, missing, cap.origin.line, what));
        Ok(())
    }

    /// The cycle of an id that a period belongs to: the first whose people
    /// include this one.
    pub fn cycle_span(&self, id: &str, span: &Span) -> Option<Span> {
        let day = span.last_day();
        let scope = PersonScope { run: self, day, span };
        let cycle = self
            .rules
            .cycles
            .iter()
            .find(|cycle| cycle.id == id && self.active(&cycle.origin) && self.holds(cycle.who.as_ref(), &scope).unwrap_or(false))?;
        match cycle.period {
            super::super::model::Period::Rolling { years } => spans::rolling(span, years),
            ref period => spans::holding(period, day, &self.subject.person),
        }
    }
}

/// Whether an entry is one of the times that something was done: what is given
/// at the beginning was not done, and a part of an earlier award was counted
/// when it was.
pub(super) fn is_event(work: &Work<'_>) -> bool {
    matches!(work.entry.source, EntrySource::Fact | EntrySource::Derived)
}

fn capped(cap: &Cap, max: Exact, used: Exact) -> StepKind {
    StepKind::Capped { cap: cap.id.clone(), label: cap.label.clone().unwrap_or_default(), max, used }
}

/// A named amount.
pub(super) fn named(amounts: &[(String, Exact)], name: &str) -> Option<Exact> {
    amounts.iter().find(|(own, _)| own == name).map(|(_, amount)| *amount)
}

/// Which day, week, month … of all of them a day is in.
fn calendar_window(per: &CapPer, day: NaiveDate) -> i64 {
    let days = i64::from(day.num_days_from_ce());
    let months = i64::from(day.year()) * 12 + i64::from(day.month0());
    match per {
        CapPer::Day => days,
        // Day 1 of the count is a Monday.
        CapPer::Week => (days - 1).div_euclid(7),
        CapPer::Month => months,
        CapPer::Quarter => months.div_euclid(3),
        CapPer::HalfYear => months.div_euclid(6),
        CapPer::Event | CapPer::Key | CapPer::Period | CapPer::Cycle(_) => 0,
    }
}
