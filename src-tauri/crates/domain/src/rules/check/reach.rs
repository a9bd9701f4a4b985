//! Lines that never apply, and requirements that nobody can meet.

use std::collections::{HashMap, HashSet};

use super::{Checker, wherever};
use crate::{
    exact::Exact,
    rules::{
        expression::Node,
        file::Code,
        model::{Cap, CapPer, Category, RoundMode, RuleSet, ValueKind},
    },
};

pub(super) fn check(checker: &mut Checker<'_>) {
    let rules = checker.rules;
    rules.categories.iter().for_each(|category| awards(checker, category));
    types(checker);
    requirements(checker);
    unused_buckets(checker);
}

fn awards(checker: &mut Checker<'_>, category: &Category) {
    if category.counted && category.awards.is_empty() && category.otherwise.is_none() {
        checker.at_entry(Code::AwardMissing, &category.origin, vec![("id", category.id.clone())]);
    }
    for (at, award) in category.awards.iter().enumerate() {
        let earlier = &category.awards[..at];
        let always = earlier.iter().take(200).find(|other| other.when.is_none() && wherever(&other.origin, &award.origin));
        if let Some(always) = always {
            let params = vec![("id", category.id.clone()), ("other", always.origin.line.to_string())];
            checker.at_entry(Code::AwardUnreachable, &award.origin, params);
        }
    }
}

/// A fact goes into the first category that takes it.
fn types(checker: &mut Checker<'_>) {
    let derived: HashSet<&str> = checker.rules.derives.iter().map(|derive| derive.makes.as_str()).collect();
    let mut takers: HashMap<&str, Vec<&Category>> = HashMap::new();
    for category in &checker.rules.categories {
        let mut own = HashSet::new();
        let taken_by = |kind: &str| {
            let all = [kind, "*"].into_iter().filter_map(|kind| takers.get(kind)).flatten();
            all.copied().find(|other| wherever(&other.origin, &category.origin))
        };
        let taken: Vec<_> = category.types.iter().map(|kind| taken_by(kind)).collect();
        if !derived.contains(category.id.as_str()) {
            if let (Some(Some(other)), true) = (taken.first(), taken.iter().all(Option::is_some)) {
                let params = vec![("id", category.id.clone()), ("other", other.id.clone())];
                checker.at_entry(Code::CategoryUnreachable, &category.origin, params);
            } else {
                for (at, (kind, other)) in category.types.iter().zip(&taken).enumerate() {
                    if let Some(other) = other {
                        let params = vec![("type", kind.clone()), ("other", other.id.clone())];
                        checker.at_item(Code::TypeTaken, &category.origin, "types", at + 1, params);
                    }
                }
            }
        }
        if category.when.is_none() && category.who.is_none() {
            let kinds = category.types.iter().filter(|kind| own.insert(kind.as_str()));
            kinds.for_each(|kind| takers.entry(kind.as_str()).or_default().push(category));
        }
    }
}

fn unused_buckets(checker: &mut Checker<'_>) {
    let rules = checker.rules;
    let categories = rules.categories.iter().filter_map(|category| category.bucket.as_deref());
    let carries = rules.carries.iter().filter_map(|carry| carry.to.as_deref());
    let openings = rules.openings.iter().filter_map(|opening| opening.bucket.as_deref());
    let inactive = rules.inactive.iter().filter_map(|inactive| inactive.bucket.as_deref());
    let used: HashSet<&str> = categories.chain(carries).chain(openings).chain(inactive).collect();
    for bucket in rules.buckets.iter().filter(|bucket| !used.contains(bucket.id.as_str())) {
        checker.at_item(Code::BucketUnused, &bucket.origin, "id", 0, vec![("id", bucket.id.clone())]);
    }
}

/// A minimum above what the caps let anybody have.
fn requirements(checker: &mut Checker<'_>) {
    let rules = checker.rules;
    let mut bounds = Bounds { rules, known: HashMap::new() };
    for requirement in rules.requirements.iter().filter(|requirement| requirement.per == CapPer::Period && requirement.tests.len() == 1) {
        for test in &requirement.tests {
            let (Node::Name { prefix: None, name, .. }, Some(lower)) = (&test.of.node, &test.lower) else { continue };
            let Some(most) = bounds.of(name) else { continue };
            let stated = match &lower.value.how {
                ValueKind::Constant(least) => Some(*least),
                ValueKind::Table { rows, .. } => rows.iter().map(|(_, least)| *least).max(),
                _ => None,
            };
            if let Some(least) = stated.filter(|least| *least > most || *least == most && !lower.inclusive) {
                let params = vec![("id", requirement.id.clone()), ("least", least.to_string()), ("most", most.to_string())];
                checker.at_line(Code::RequirementUnreachable, &requirement.origin, lower.value.line, params);
            }
        }
    }
}

/// What can be had at most in a period, where that is certain.
struct Bounds<'a> {
    rules: &'a RuleSet,
    known: HashMap<&'a str, Option<Exact>>,
}

impl<'a> Bounds<'a> {
    fn of(&mut self, name: &'a str) -> Option<Exact> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let bound = self.work_out(name);
        self.known.insert(name, bound);
        bound
    }

    fn work_out(&self, name: &str) -> Option<Exact> {
        // Whatever adds to the credits of the period, or rounds them up, makes
        // the bound uncertain.
        let rules = self.rules;
        let none = rules.categories.is_empty();
        let up = rules.roundings.iter().any(|rounding| rounding.mode != RoundMode::Floor);
        let floors = rules.caps.iter().any(|cap| cap.min.is_some());
        if none || up || floors || !rules.carries.is_empty() || !rules.openings.is_empty() || rules.categories.len() > 2_000 {
            return None;
        }
        if name == "total" {
            return self.total();
        }
        let bucket = rules.buckets.iter().filter(|bucket| bucket.id == name).count() > 0;
        if bucket { self.bucket(name) } else { None }
    }

    /// The least of the caps that bind exactly these for everybody.
    fn cap(&self, on: &str) -> Option<Exact> {
        let binds = |cap: &&Cap| {
            cap.per == CapPer::Period
                && cap.on.iter().any(|own| own == on)
                && cap.who.is_none()
                && cap.when.is_none()
                && cap.origin.reading.is_none()
        };
        let most = |cap: &Cap| match cap.max.as_ref().map(|max| &max.how) {
            // What several may have together, one may have alone.
            Some(ValueKind::Constant(max)) if !max.is_negative() => Some(*max),
            _ => None,
        };
        self.rules.caps.iter().filter(binds).filter_map(most).min()
    }

    fn categories(&self, categories: &mut dyn Iterator<Item = &Category>) -> Option<Exact> {
        let counted = categories.filter(|category| category.counted);
        counted.map(|category| self.cap(&category.id)).try_fold(Exact::ZERO, |sum, cap| sum.checked_add(cap?))
    }

    fn bucket(&self, id: &str) -> Option<Exact> {
        let own = self.rules.buckets.iter().find(|bucket| bucket.id == id && bucket.origin.reading.is_none());
        let max = own.and_then(|bucket| bucket.max.as_ref()).and_then(|max| match &max.how {
            ValueKind::Constant(max) => Some(*max),
            _ => None,
        });
        let parts = self.categories(&mut self.rules.categories.iter().filter(|category| category.bucket.as_deref() == Some(id)));
        [max, self.cap(id), parts].into_iter().flatten().min()
    }

    fn total(&self) -> Option<Exact> {
        let rules = self.rules;
        let parts = if rules.buckets.is_empty() {
            self.categories(&mut rules.categories.iter())
        } else {
            let counted = rules.buckets.iter().filter(|bucket| bucket.in_total);
            counted.map(|bucket| self.bucket(&bucket.id)).try_fold(Exact::ZERO, |sum, bound| sum.checked_add(bound?))
        };
        [self.cap("total"), parts].into_iter().flatten().min()
    }
}
