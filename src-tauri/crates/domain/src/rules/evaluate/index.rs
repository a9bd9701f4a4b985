//! What an evaluation looks up in a rule set for every fact, worked out once.

use std::collections::HashMap;

use super::super::model::{Category, RuleSet};

/// Stands for any type of fact.
const ANY_TYPE: &str = "*";

/// A rule set's categories by the names that facts and limits use for them.
pub(super) struct Index<'a> {
    by_type: HashMap<&'a str, Vec<usize>>,
    anywhere: Vec<usize>,
    /// For each list of names in a cap, a highest or a counter: which
    /// categories it means. Found by the list's own place in memory, which
    /// does not change while the rule set is borrowed.
    covered: Vec<(*const String, Vec<bool>)>,
}

impl<'a> Index<'a> {
    /// Of a rule set. Buckets that hold only under a reading are left to be
    /// asked for.
    pub fn of(rules: &'a RuleSet) -> Self {
        let everywhere = |category: &Category| category.types.iter().any(|kind| kind == ANY_TYPE);
        let mut by_type: HashMap<&str, Vec<usize>> = HashMap::new();
        for kind in rules.categories.iter().flat_map(|category| &category.types) {
            by_type.entry(kind).or_insert_with(|| {
                let takes = |at: &usize| everywhere(&rules.categories[*at]) || rules.categories[*at].types.contains(kind);
                (0..rules.categories.len()).filter(takes).collect()
            });
        }
        let anywhere = (0..rules.categories.len()).filter(|&at| everywhere(&rules.categories[at])).collect();
        let mut covered = Vec::new();
        if rules.buckets.iter().all(|bucket| bucket.origin.reading.is_none()) {
            let lists = rules.caps.iter().map(|cap| &cap.on).chain(rules.highest.iter().map(|highest| &highest.on));
            for list in lists.chain(rules.counters.iter().map(|counter| &counter.from)).filter(|list| !list.is_empty()) {
                covered.push((list.as_ptr(), rules.categories.iter().map(|category| is_covered(rules, list, category)).collect()));
            }
        }
        Self { by_type, anywhere, covered }
    }

    /// The categories that may take a type of fact, in file order.
    pub fn categories(&self, kind: &str) -> &[usize] {
        self.by_type.get(kind).unwrap_or(&self.anywhere)
    }

    /// Whether a list of names means a category; `None`: not worked out.
    pub fn covers(&self, on: &[String], category: usize) -> Option<bool> {
        let (_, covered) = self.covered.iter().find(|(list, _)| *list == on.as_ptr())?;
        covered.get(category).copied()
    }
}

fn is_covered(rules: &RuleSet, on: &[String], category: &Category) -> bool {
    let in_total = || {
        let bucket = category.bucket.as_ref().and_then(|id| rules.buckets.iter().find(|bucket| bucket.id == *id));
        bucket.is_none_or(|bucket| bucket.in_total)
    };
    on.iter().any(|id| if id == "total" { in_total() } else { *id == category.id || category.bucket.as_ref() == Some(id) })
}
