//! From period to period: carry-over, cycles, backfill, streaks, obligations,
//! and what a later evaluation needs to go on.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{
    super::{
        expression::{Measure, Node, TooLarge},
        facts::{Activity, CarriedOut, EarlierResult, SpreadPart},
        ledger::{
            CarryState, Consequence, CycleLedger, EntrySource, PeriodLedger, Question, QuestionKind, Reading, State, StepKind, Verdict,
        },
        model::{Carry, CarryNow, CarryOver, Streak, VetoDoes},
    },
    Run,
    credits::Work,
    figures::Figures,
    finished::LedgerScope,
    spans::Span,
    values::value_of,
};
use crate::exact::Exact;

/// A period that is evaluated.
pub(super) struct Done<'a> {
    /// Its span.
    pub span: Span,
    /// Its result.
    pub ledger: PeriodLedger,
    /// Its entries.
    pub works: Vec<Work<'a>>,
    /// The result as later periods see it.
    pub result: EarlierResult,
    /// What later periods have filled of a requirement's gap.
    pub filled: Vec<(String, Exact)>,
}

impl<'a> Run<'a> {
    /// What earlier periods hand to this one, and parts of awards spread
    /// into it.
    pub fn carried_in(&self, span: &Span, earlier: Option<&EarlierResult>, spread: &[SpreadPart]) -> (Vec<Work<'a>>, Vec<Work<'a>>) {
        let mut parts = Vec::new();
        for part in spread.iter().filter(|part| part.period == span.name) {
            let category = self.rules.categories.iter().position(|own| own.id == part.category);
            let bucket = category.and_then(|at| self.rules.categories[at].bucket.clone());
            let line = category.map_or(0, |at| self.rules.categories[at].origin.line);
            let count = category.map_or(1, |at| self.rules.categories[at].spread);
            let names = (part.fact.clone(), part.category.clone(), bucket);
            let mut work = self.made(span, EntrySource::Spread, names, part.amount, line, StepKind::Spread { parts: count });
            work.category = category;
            parts.push(work);
        }
        let mut carried = Vec::new();
        for own in earlier.and_then(|earlier| earlier.carry.as_ref()).into_iter().flatten().filter(|own| !own.amount.is_zero()) {
            let line = self.rules.carries.iter().find(|carry| carry.id == own.id).map_or(0, |carry| carry.origin.line);
            let bucket = (!own.to.is_empty()).then(|| own.to.clone());
            let id = if own.id.is_empty() { "carry".to_owned() } else { own.id.clone() };
            let what = StepKind::CarriedIn { period: earlier.map(|earlier| earlier.period.clone()).unwrap_or_default() };
            carried.push(self.made(span, EntrySource::CarriedIn, (id.clone(), id, bucket), own.amount, line, what));
        }
        (parts, carried)
    }

    /// What a period hands on: step 15, worked out before the requirements
    /// because what is moved away no longer counts for them.
    pub fn carry_out(
        &self,
        figures: &Figures<'a, '_>,
        earlier: Option<&EarlierResult>,
    ) -> Result<Vec<(CarryState, CarriedOut, &'a Carry)>, TooLarge> {
        let mut out = Vec::new();
        for carry in self.rules.carries.iter().filter(|carry| self.active(&carry.origin)) {
            let Some(all) = carry.from.number(figures)? else { continue };
            let over = match &carry.over {
                CarryOver::Value(value) => value_of(self, value, figures)?,
                CarryOver::Requirement(id) => {
                    let states = figures.states(id)?.unwrap_or_default();
                    states.first().and_then(|state| state.tests.first()).and_then(|test| test.min)
                }
            };
            let Some(over) = over else { continue };
            let parts = self.left_over(carry, figures, earlier, all, over)?;
            let mut room = match &carry.max {
                Some(max) => value_of(self, max, figures)?,
                None => None,
            };
            let to = carry.to.clone().unwrap_or_default();
            let mut sum = Exact::ZERO;
            for (amount, lifetime) in parts {
                let amount = room.map_or(amount, |room| amount.min(room));
                room = match room {
                    Some(room) => Some(room.checked_sub(amount).ok_or(TooLarge)?),
                    None => None,
                };
                sum = sum.checked_add(amount).ok_or(TooLarge)?;
                let carried = CarriedOut { id: carry.id.clone(), to: to.clone(), amount, lifetime };
                let state = CarryState { id: carry.id.clone(), bucket: to.clone(), amount, line: carry.origin.line };
                out.push((state, carried, carry));
            }
        }
        Ok(out)
    }

    /// The excess by how long it still lives: what came in is used up first.
    fn left_over(
        &self,
        carry: &Carry,
        figures: &Figures<'a, '_>,
        earlier: Option<&EarlierResult>,
        all: Exact,
        over: Exact,
    ) -> Result<Vec<(Exact, u32)>, TooLarge> {
        let mut needed = over;
        let mut parts = Vec::new();
        let inside = self.carried_inside(carry, figures, all)?;
        let mut own = all.checked_sub(inside).ok_or(TooLarge)?;
        let mut brought: Vec<&CarriedOut> = earlier.and_then(|earlier| earlier.carry.as_ref()).into_iter().flatten().collect();
        brought.sort_by_key(|part| part.lifetime);
        let mut left = inside;
        for part in brought.into_iter().filter(|part| part.id == carry.id) {
            let amount = part.amount.min(left);
            left = left.checked_sub(amount).ok_or(TooLarge)?;
            let used = amount.min(needed.max(Exact::ZERO));
            needed = needed.checked_sub(used).ok_or(TooLarge)?;
            let rest = amount.checked_sub(used).ok_or(TooLarge)?;
            if part.lifetime > 1 && rest > Exact::ZERO {
                parts.push((rest, part.lifetime - 1));
            }
        }
        needed = needed.checked_sub(left.min(needed.max(Exact::ZERO))).ok_or(TooLarge)?;
        if !carry.only.is_empty() {
            let mut admitted = Exact::ZERO;
            for work in figures.works.iter().filter(|work| self.covers(&carry.only, work)) {
                admitted = admitted.checked_add(work.entry.counted).ok_or(TooLarge)?;
            }
            let excess = own.checked_sub(needed).ok_or(TooLarge)?.min(admitted);
            own = needed.checked_add(excess).ok_or(TooLarge)?;
        }
        let excess = own.checked_sub(needed).ok_or(TooLarge)?;
        if excess > Exact::ZERO || parts.is_empty() {
            parts.push((excess.max(Exact::ZERO), carry.lifetime));
        }
        Ok(parts)
    }

    /// How much of what a carry measures came in from earlier.
    fn carried_inside(&self, carry: &Carry, figures: &Figures<'a, '_>, all: Exact) -> Result<Exact, TooLarge> {
        if figures.carried_in.is_zero() {
            return Ok(Exact::ZERO);
        }
        let own = figures.works.iter().copied().filter(|work| work.entry.source != EntrySource::CarriedIn).collect();
        let without = Figures::new(self, figures.span, own, figures.done, figures.earlier, Vec::new(), figures.cycle)?;
        all.checked_sub(carry.from.number(&without)?.unwrap_or(all)).ok_or(TooLarge)
    }

    /// Whether what is handed on still counts here.
    pub fn carry_counts_now(&self) -> bool {
        let stated = self.rules.options.carry_now;
        let option = stated.unwrap_or_else(|| {
            let ask = || super::choices::option_question("carry_now", &["counted", "moved"]);
            if self.choices.reading("options.carry_now", ask) == 0 { CarryNow::Counted } else { CarryNow::Moved }
        });
        option == CarryNow::Counted
    }

    /// Amounts of a cycle up to now.
    pub fn cycle_figures<'w>(
        &'w self,
        cycle: &'w str,
        span: &'w Span,
        done: &'w [Done<'a>],
        current: &[&'w Work<'a>],
    ) -> Result<Figures<'a, 'w>, TooLarge> {
        let inside = |own: &&Done<'a>| span.holds(own.span.last_day());
        let mut works: Vec<&Work<'a>> = done.iter().filter(inside).flat_map(|done| &done.works).collect();
        works.extend(current);
        // What is handed on and counts where it came from is in a cycle once.
        let once = works.iter().any(|work| work.entry.source == EntrySource::CarriedIn) && self.carry_counts_now();
        if once {
            works.retain(|work| work.entry.source != EntrySource::CarriedIn);
        }
        let closed =
            self.earlier.iter().filter(|(own, _)| span.holds(own.last_day()) && !done.iter().any(|done| done.span.name == own.name));
        let mut figures = Figures::new(self, span, works, done, None, closed.map(|(_, earlier)| earlier).collect(), Some(cycle))?;
        let nothing = |id: &String| {
            let of_total = |does: &VetoDoes| matches!(does, VetoDoes::Set(of, _) if of == "total");
            self.rules.vetoes.iter().any(|veto| veto.id == *id && of_total(&veto.does))
        };
        for vetoed in done.iter().filter(inside).filter(|done| done.ledger.vetoes.iter().any(nothing)) {
            figures.total = figures.total.checked_add(self.taken_by_veto(vetoed, once)?).ok_or(TooLarge)?;
        }
        Ok(figures)
    }

    /// What a veto made of a period's total, less what its entries come to;
    /// `once`: those that came in from before are not among them.
    fn taken_by_veto(&self, period: &Done<'a>, once: bool) -> Result<Exact, TooLarge> {
        let mut moved = period.ledger.total;
        let meant = |work: &&Work<'a>| !(once && work.entry.source == EntrySource::CarriedIn);
        for work in period.works.iter().filter(meant).filter(|work| self.in_total(work.entry.bucket.as_deref())) {
            moved = moved.checked_sub(work.entry.counted).ok_or(TooLarge)?;
        }
        Ok(moved)
    }

    /// The cycles of the evaluated periods.
    pub fn cycles(&self, done: &[Done<'a>], shown: &dyn Fn(&Span) -> bool) -> Result<Vec<CycleLedger>, TooLarge> {
        let mut ids: Vec<&str> = Vec::new();
        for cycle in &self.rules.cycles {
            if !ids.contains(&cycle.id.as_str()) {
                ids.push(&cycle.id);
            }
        }
        let mut ledgers = Vec::new();
        for id in ids {
            let mut seen: HashSet<String> = HashSet::new();
            for (at, period) in done.iter().enumerate().filter(|(_, done)| shown(&done.span)) {
                let Some(span) = self.cycle_span(id, &period.span) else { continue };
                let last = done.iter().rposition(|own| self.cycle_span(id, &own.span).is_some_and(|own| own.name == span.name));
                if !seen.insert(span.name.clone()) {
                    continue;
                }
                ledgers.push(self.cycle(id, &span, &done[..=last.unwrap_or(at)])?);
            }
        }
        Ok(ledgers)
    }

    fn cycle(&self, id: &str, span: &Span, done: &[Done<'a>]) -> Result<CycleLedger, TooLarge> {
        let figures = self.cycle_figures(id, span, done, &[])?;
        let mut requirements = Vec::new();
        for requirement in self.requirement_ids(Some(id)) {
            requirements.extend(figures.states(requirement)?.unwrap_or_default());
        }
        let verdict = figures.verdict()?;
        Ok(CycleLedger {
            cycle: id.to_owned(),
            period: span.name.clone(),
            from: span.from,
            to: span.to,
            total: figures.total,
            buckets: figures.buckets.clone(),
            counters: figures.counters.clone(),
            requirements,
            verdict,
        })
    }

    /// Later periods of a cycle make up for earlier ones.
    pub fn backfill(&self, done: &mut [Done<'a>]) -> Result<(), TooLarge> {
        let Some(backfill) = self.rules.backfill.as_ref().filter(|own| self.active(&own.origin)) else { return Ok(()) };
        let spans: Vec<Option<String>> = done.iter().map(|done| self.cycle_span(&backfill.per, &done.span).map(|span| span.name)).collect();
        for id in &backfill.requirements {
            for late in 0..done.len() {
                let mut surplus = surplus_of(&done[late].ledger, id)?;
                for early in 0..late {
                    if spans[early].is_none() || spans[early] != spans[late] || surplus <= Exact::ZERO {
                        continue;
                    }
                    let gap = done[early].result_gap(id);
                    let Some(gap) = gap.filter(|gap| *gap > Exact::ZERO) else { continue };
                    let filled = gap.min(surplus);
                    surplus = surplus.checked_sub(filled).ok_or(TooLarge)?;
                    done[early].fill(id, filled)?;
                }
            }
        }
        for period in done.iter_mut() {
            self.judge_again(period);
        }
        Ok(())
    }

    fn judge_again(&self, period: &mut Done<'a>) {
        if period.ledger.verdict != Verdict::Fail {
            return;
        }
        let mut short = Vec::new();
        let mut binding_short = false;
        for id in self.requirement_ids(None) {
            let states: Vec<_> = period.ledger.requirements.iter().filter(|state| state.id == id).cloned().collect();
            if self.is_met(id, &states) == Some(false) {
                short.push(id.to_owned());
                binding_short |= states.iter().any(|state| state.binding);
            }
        }
        if !binding_short {
            period.ledger.verdict = Verdict::Pass;
            period.result.passed = Some(true);
        }
        period.result.short = short;
    }

    /// Runs of periods in which something was so.
    pub fn streaks(&self, done: &[Done<'a>], first_shown: NaiveDate) -> Result<Vec<Consequence>, TooLarge> {
        let mut chain: Vec<(Span, &EarlierResult, Option<&PeriodLedger>)> = Vec::new();
        for (span, earlier) in self.earlier {
            if !done.iter().any(|done| done.span.name == span.name) {
                chain.push((span.clone(), earlier, None));
            }
        }
        // What may still change before the period is over brings nothing yet.
        let is_over = |span: &Span| self.request.as_of.is_none_or(|today| span.last_day() <= today);
        let over = done.iter().filter(|done| is_over(&done.span));
        chain.extend(over.map(|done| (done.span.clone(), &done.result, Some(&done.ledger))));
        chain.sort_by_key(|(span, ..)| span.from);
        let mut consequences = Vec::new();
        for streak in self.rules.streaks.iter().filter(|own| self.active(&own.origin)) {
            self.streak(streak, &chain, first_shown, &mut consequences)?;
        }
        Ok(consequences)
    }

    fn streak(
        &self,
        streak: &Streak,
        chain: &[(Span, &EarlierResult, Option<&PeriodLedger>)],
        first_shown: NaiveDate,
        consequences: &mut Vec<Consequence>,
    ) -> Result<(), TooLarge> {
        let length = streak.length.max(1) as usize;
        let mut run: Vec<&Span> = Vec::new();
        for (span, result, ledger) in chain {
            let joins = run.last().is_some_and(|last| self.following(last).is_some_and(|next| next.name == span.name));
            if !joins {
                run.clear();
            }
            let scope = LedgerScope { run: self, span, result, ledger: *ledger };
            if !streak.when.holds(&scope)? {
                run.clear();
                continue;
            }
            run.push(span);
            if run.len() < length {
                continue;
            }
            if run.len() > length && length > 1 && !self.overlaps(streak) {
                // The run was not cut when the consequence came, because
                // nobody knew yet whether it matters.
                run.drain(..length);
                continue;
            }
            let because: Vec<String> = run[run.len() - length..].iter().map(|span| span.name.clone()).collect();
            let falls = if streak.next { self.following(span) } else { Some((*span).clone()) };
            let Some(falls) = falls.filter(|falls| falls.last_day() >= first_shown) else { continue };
            let (id, label) = (streak.id.clone(), streak.label.clone());
            consequences.push(Consequence { id, label, period: falls.name, because, line: streak.origin.line });
        }
        Ok(())
    }

    fn overlaps(&self, streak: &Streak) -> bool {
        streak.overlap.unwrap_or_else(|| {
            let key = format!("streak:{}", streak.id);
            let reading = |id: &str| Reading { id: id.to_owned(), label: String::new(), unbounded: false };
            let ask = || Question {
                key: key.clone(),
                kind: QuestionKind::Streak { streak: streak.id.clone() },
                fact: None,
                line: streak.origin.line,
                readings: vec![reading("overlap"), reading("reset")],
            };
            self.choices.reading(&key, ask) == 0
        })
    }

    /// What a later evaluation needs: periods that are over as results, the
    /// rest as facts.
    pub fn state(&self, done: &[Done<'a>]) -> State {
        let mut earlier = self.subject.earlier.clone();
        let Some(last) = done.last() else { return State { earlier, open: self.subject.activities.clone() } };
        let mut open_from = last.span.first_day();
        for cycle in &self.rules.cycles {
            if let Some(span) = self.cycle_span(&cycle.id, &last.span) {
                open_from = open_from.min(span.first_day());
            }
        }
        if self.needs_facts() {
            open_from = NaiveDate::MIN;
        }
        // A fact across the boundary is needed whole on both sides.
        for (activity, day) in self.facts_in_order().iter() {
            if activity.until.is_some_and(|until| until >= open_from) {
                open_from = open_from.min(*day);
            }
        }
        let kept: Vec<&Done<'a>> = done.iter().filter(|done| done.span.last_day() < open_from).collect();
        let boundary = kept.last().map_or(NaiveDate::MIN, |done| done.span.last_day());
        earlier.extend(kept.iter().map(|done| done.result.clone()));
        let day_of = |activity: &Activity| self.facts_in_order().iter().find(|(own, _)| std::ptr::eq(*own, activity)).map(|(_, day)| *day);
        let is_open = |activity: &&Activity| activity.date.is_none() || day_of(activity).is_none_or(|day| day > boundary);
        State { earlier, open: self.subject.activities.iter().filter(is_open).cloned().collect() }
    }

    /// Whether later periods ask for more of earlier ones than their results.
    fn needs_facts(&self) -> bool {
        fn asks(node: &Node) -> bool {
            let mut found = false;
            node.visit(&mut |node| {
                found |= matches!(node, Node::Measure { measure, .. } if !matches!(measure, Measure::Credits | Measure::Short | Measure::Passed | Measure::Verdict));
            });
            found
        }
        !self.rules.obligations.is_empty()
            || self.rules.backfill.is_some()
            || self.rules.streaks.iter().any(|streak| asks(&streak.when.node))
    }
}

/// What is above a requirement's limit.
fn surplus_of(ledger: &PeriodLedger, id: &str) -> Result<Exact, TooLarge> {
    let test = ledger.requirements.iter().find(|state| state.id == id).and_then(|state| state.tests.first());
    match test.and_then(|test| Some((test.value?, test.min?))) {
        Some((value, min)) => value.checked_sub(min).ok_or(TooLarge),
        None => Ok(Exact::ZERO),
    }
}

impl Done<'_> {
    fn result_gap(&self, id: &str) -> Option<Exact> {
        let state = self.ledger.requirements.iter().find(|state| state.id == id && !state.passed && !state.repaired)?;
        let filled = self.filled(id);
        state.tests.first()?.shortfall?.checked_sub(filled)
    }

    fn filled(&self, id: &str) -> Exact {
        super::limits::named(&self.filled, id).unwrap_or_default()
    }

    fn fill(&mut self, id: &str, amount: Exact) -> Result<(), TooLarge> {
        let all = self.filled(id).checked_add(amount).ok_or(TooLarge)?;
        self.filled.retain(|(own, _)| own != id);
        self.filled.push((id.to_owned(), all));
        let repaired = |gap: Exact| all >= gap;
        for state in self.ledger.requirements.iter_mut().filter(|state| state.id == id && !state.passed) {
            if state.tests.first().and_then(|test| test.shortfall).is_some_and(repaired) {
                state.repaired = true;
            }
        }
        Ok(())
    }
}
