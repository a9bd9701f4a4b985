//! The engine beside the naive evaluator.

use std::collections::BTreeMap;

use xueji_domain::{
    exact::Exact,
    rules::{
        EvaluateError, Request, evaluate,
        facts::{self, FactsFile},
        file,
        ledger::{EntrySource, Evaluation, Ledger, PeriodLedger, RequirementState, Verdict},
        model::RuleSet,
    },
};

use super::{
    generate::Case,
    naive::{self, CycleResult, PeriodResult, Required},
};

/// The rule set of a text that must be one.
pub fn rules_of(text: &str) -> RuleSet {
    let reading = file::read(text, &|_| None);
    let findings = format!("{:?}", reading.findings);
    reading.rule_set.unwrap_or_else(|| panic!("the generated rules are refused: {findings}\n{text}"))
}

/// The facts of a text that must be some.
pub fn facts_of(text: &str) -> FactsFile {
    facts::read(text).unwrap_or_else(|error| panic!("the generated facts are refused: {error:?}\n{text}"))
}

/// What the engine makes of the first person.
pub fn evaluated(rules: &RuleSet, facts: &FactsFile, trace: bool) -> Result<Evaluation, EvaluateError> {
    let request = Request { periods: facts.periods.clone(), as_of: facts.as_of, trace };
    evaluate(rules, &facts.people[0], &request)
}

/// Differences, one a line; `None` where the rules leave something open.
pub fn differences(case: &Case) -> Option<Vec<String>> {
    let (rules, facts) = (rules_of(&case.rules), facts_of(&case.facts));
    let periods = facts.periods.as_ref().expect("the generator names the periods");
    let expected = naive::evaluate(&rules, &facts.people[0], periods, facts.as_of)?;
    let mut found = Differences { list: Vec::new() };
    match evaluated(&rules, &facts, true) {
        Err(error) => found.list.push(format!("refused: {error}")),
        Ok(evaluation) if !evaluation.questions.is_empty() => found.list.push(format!("asked: {:?}", evaluation.questions)),
        Ok(evaluation) => found.ledger(&evaluation.outcomes[0].ledger, &expected),
    }
    Some(found.list)
}

struct Differences {
    list: Vec<String>,
}

impl Differences {
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, engine: &T, naive: &T) {
        if engine != naive {
            self.list.push(format!("{what}: the engine has {engine:?}, by hand {naive:?}"));
        }
    }

    fn named(&mut self, what: &str, engine: &[(String, Exact)], naive: &BTreeMap<String, Exact>) {
        // a category without an entry is left out
        let some = |sums: BTreeMap<String, Exact>| sums.into_iter().filter(|(_, sum)| !sum.is_zero()).collect::<BTreeMap<_, _>>();
        self.same(what, &some(engine.iter().cloned().collect()), &some(naive.clone()));
    }

    fn ledger(&mut self, engine: &Ledger, naive: &naive::Outcome) {
        self.same("total", &engine.total, &naive.total);
        self.same("number of periods", &engine.periods.len(), &naive.periods.len());
        for (period, expected) in engine.periods.iter().zip(&naive.periods) {
            self.period(period, expected);
        }
        self.cycles(engine, &naive.cycles);
        let engine_has: Vec<_> = engine.consequences.iter().map(|own| (own.id.clone(), own.period.clone(), own.because.clone())).collect();
        let naive_has: Vec<_> = naive.consequences.iter().map(|own| (own.id.clone(), own.period.clone(), own.because.clone())).collect();
        self.same("consequences", &engine_has, &naive_has);
        let mut engine_has: Vec<_> =
            engine.obligations.iter().map(|own| (own.id.clone(), own.fact.clone(), own.due, own.done_by.clone(), own.state)).collect();
        let mut naive_has: Vec<_> =
            naive.duties.iter().map(|own| (own.id.clone(), own.fact.clone(), own.due, own.done_by.clone(), own.state)).collect();
        engine_has.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        naive_has.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        self.same("obligations", &engine_has, &naive_has);
    }

    fn period(&mut self, engine: &PeriodLedger, naive: &PeriodResult) {
        let name = naive.span.name.clone();
        self.same("period", &engine.period, &name);
        self.same(&format!("{name} days"), &(engine.from, engine.to), &(Some(naive.span.from), Some(naive.span.to)));
        self.same(&format!("{name} verdict"), &engine.verdict, &naive.verdict);
        self.same(&format!("{name} total"), &engine.total, &naive.total);
        if naive.verdict == Verdict::Outside {
            return;
        }
        self.named(&format!("{name} buckets"), &engine.buckets, &naive.buckets);
        // what comes in or is given at the beginning stands under its own name
        let categories: Vec<_> = engine.categories.iter().filter(|(id, _)| naive.categories.contains_key(id)).cloned().collect();
        self.named(&format!("{name} categories"), &categories, &naive.categories);
        self.named(&format!("{name} counters"), &engine.counters, &naive.counters);
        self.named(&format!("{name} missed"), &engine.missed, &naive.missed);
        self.named(&format!("{name} figures"), &engine.figures, &naive.figures);
        self.same(&format!("{name} carried in"), &engine.carried_in, &naive.carried_in);
        self.same(&format!("{name} grade"), &engine.grade, &naive.grade);
        self.same(&format!("{name} vetoes"), &engine.vetoes, &naive.vetoes);
        self.entries(&name, engine, naive);
        self.requirements(&name, &engine.requirements, &naive.requirements);
        let engine_hands: Vec<_> =
            engine.carry_out.iter().filter(|carry| !carry.amount.is_zero()).map(|carry| (carry.bucket.clone(), carry.amount)).collect();
        let naive_hands: Vec<_> = naive.handed_on.iter().map(|carry| (carry.to.clone(), carry.amount)).collect();
        self.same(&format!("{name} handed on"), &engine_hands, &naive_hands);
    }

    fn entries(&mut self, name: &str, engine: &PeriodLedger, naive: &PeriodResult) {
        let kind = |source: EntrySource| match source {
            EntrySource::Fact => Some(naive::Source::Fact),
            EntrySource::Derived => Some(naive::Source::Derived),
            EntrySource::Spread => Some(naive::Source::Spread),
            EntrySource::Opening => Some(naive::Source::Opening),
            _ => None,
        };
        let engine_has: Vec<_> = engine
            .entries
            .iter()
            .filter_map(|entry| Some((kind(entry.source)?, entry)))
            .map(|(kind, entry)| row(kind, &entry.fact, &entry.category, entry.raw, entry.counted))
            .collect();
        let naive_has: Vec<_> = naive.lines.iter().map(|line| row(line.source, &line.fact, &line.category, line.raw, line.now)).collect();
        let (engine_has, naive_has) = (sorted(engine_has), sorted(naive_has));
        for row in &engine_has {
            if !naive_has.contains(row) {
                self.list.push(format!("{name} entries: only the engine has {row}"));
            }
        }
        for row in &naive_has {
            if !engine_has.contains(row) {
                self.list.push(format!("{name} entries: only by hand {row}"));
            }
        }
        self.same(&format!("{name} number of entries"), &engine_has.len(), &naive_has.len());
    }

    fn requirements(&mut self, name: &str, engine: &[RequirementState], naive: &[Required]) {
        let engine_has: Vec<String> = engine
            .iter()
            .map(|state| {
                let tests: Vec<_> = state.tests.iter().map(|test| (test.value, test.min)).collect();
                format!(
                    "{} {:?} binding {} passed {} repaired {} {tests:?}",
                    state.id, state.span, state.binding, state.passed, state.repaired
                )
            })
            .collect();
        let naive_has: Vec<String> = naive
            .iter()
            .map(|own| {
                format!("{} {:?} binding {} passed {} repaired {} {:?}", own.id, own.span, own.binding, own.passed, own.repaired, own.tests)
            })
            .collect();
        self.same(&format!("{name} requirements"), &engine_has, &naive_has);
    }

    fn cycles(&mut self, engine: &Ledger, naive: &[CycleResult]) {
        let engine_has: Vec<_> =
            engine.cycles.iter().map(|cycle| (cycle.cycle.clone(), cycle.period.clone(), cycle.total, cycle.verdict)).collect();
        let naive_has: Vec<_> = naive.iter().map(|cycle| (cycle.id.clone(), cycle.name.clone(), cycle.total, cycle.verdict)).collect();
        self.same("cycles", &engine_has, &naive_has);
        for (cycle, expected) in engine.cycles.iter().zip(naive) {
            self.named("cycle buckets", &cycle.buckets, &expected.buckets);
            self.requirements(&expected.name, &cycle.requirements, &expected.requirements);
        }
    }
}

fn row(kind: naive::Source, fact: &str, category: &str, raw: Exact, counted: Exact) -> String {
    // what a derived fact is called is the engine's affair
    let fact = if kind == naive::Source::Derived { "" } else { fact };
    format!("{kind:?} {fact} {category} raw {raw} counted {counted}")
}

fn sorted(mut rows: Vec<String>) -> Vec<String> {
    rows.sort();
    rows
}
