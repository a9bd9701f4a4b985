//! Ids: that each is there once, and that what others name is there.

use std::collections::{HashMap, HashSet};

use super::{Checker, Params, together};
use crate::rules::{
    expression::Expression,
    file::{Code, near::nearest},
    model::{CapPer, CarryOver, Origin, RuleSet, VetoDoes},
};

/// What there is to be named.
pub(super) struct Index<'a> {
    pub(super) buckets: HashSet<&'a str>,
    pub(super) categories: HashSet<&'a str>,
    pub(super) counters: HashSet<&'a str>,
    pub(super) figures: HashSet<&'a str>,
    pub(super) indicators: HashSet<&'a str>,
    pub(super) requirements: HashSet<&'a str>,
    pub(super) cycles: HashSet<&'a str>,
    pub(super) heads: HashSet<&'a str>,
    pub(super) grades: HashSet<&'a str>,
    pub(super) streaks: HashSet<&'a str>,
    pub(super) quotas: HashSet<&'a str>,
    pub(super) obligations: HashSet<&'a str>,
    /// Questions with their readings.
    pub(super) questions: HashMap<&'a str, HashSet<&'a str>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(rules: &'a RuleSet) -> Self {
        let bands = rules.grades.iter().flat_map(|grade| &grade.bands);
        let readings = |readings: &'a [(String, String)]| readings.iter().map(|(id, _)| id.as_str()).collect();
        Self {
            buckets: rules.buckets.iter().map(|bucket| bucket.id.as_str()).collect(),
            categories: rules.categories.iter().map(|category| category.id.as_str()).collect(),
            counters: rules.counters.iter().map(|counter| counter.id.as_str()).collect(),
            figures: rules.figures.iter().map(|figure| figure.id.as_str()).collect(),
            indicators: rules.indicators.iter().map(|indicator| indicator.id.as_str()).collect(),
            requirements: rules.requirements.iter().map(|requirement| requirement.id.as_str()).collect(),
            cycles: rules.cycles.iter().map(|cycle| cycle.id.as_str()).collect(),
            heads: rules.indicators.iter().filter_map(|indicator| indicator.head.as_deref()).collect(),
            grades: bands.map(|band| band.value.as_str()).collect(),
            streaks: rules.streaks.iter().map(|streak| streak.id.as_str()).collect(),
            obligations: rules.obligations.iter().map(|obligation| obligation.id.as_str()).collect(),
            quotas: rules.quotas.iter().map(|quota| quota.id.as_str()).collect(),
            questions: rules.open.iter().map(|open| (open.id.as_str(), readings(&open.readings))).collect(),
        }
    }
}

pub(super) fn check(checker: &mut Checker<'_>) {
    duplicates(checker);
    clashes(checker);
    counting(checker);
    results(checker);
    readings(checker);
}

fn duplicates(checker: &mut Checker<'_>) {
    let rules = checker.rules;
    macro_rules! once {
        ($($table:literal $list:ident,)*) => {
            $(once(checker, $table, rules.$list.iter().map(|entry| (&entry.origin, entry.id.as_str(), None)));)*
        };
    }
    once! {
        "open" open, "bucket" buckets, "category" categories, "cap" caps, "opening" openings, "inactive" inactive, "counter" counters,
        "carry" carries, "exempt" exempts, "figure" figures, "indicator" indicators, "veto" vetoes, "effect" effects, "streak" streaks,
        "obligation" obligations, "unit_figure" units, "quota" quotas, "ranking" rankings,
    }
    // The same id for different people is one thing with several limits.
    once(checker, "cycle", rules.cycles.iter().map(|cycle| (&cycle.origin, cycle.id.as_str(), cycle.who.as_ref())));
    let requirements = rules.requirements.iter().map(|own| (&own.origin, own.id.as_str(), own.who.as_ref()));
    once(checker, "requirement", requirements);
    for open in &rules.open {
        let mut seen = HashSet::new();
        if let Some((id, _)) = open.readings.iter().find(|(id, _)| !seen.insert(id)) {
            checker.at_entry(Code::DuplicateId, &open.origin, vec![("table", "open.reading".to_owned()), ("id", id.clone())]);
        }
    }
}

fn once<'a>(checker: &mut Checker<'a>, table: &str, entries: impl Iterator<Item = (&'a Origin, &'a str, Option<&'a Expression>)>) {
    let mut seen: HashMap<&str, Vec<(&Origin, Option<&Expression>)>> = HashMap::new();
    for (origin, id, who) in entries {
        let before = seen.entry(id).or_default();
        let same = |(other, others): &(&Origin, Option<&Expression>)| together(origin, other) && (who.is_none() || others.is_none());
        if before.iter().take(200).any(same) {
            checker.at_item(Code::DuplicateId, origin, "id", 0, vec![("table", table.to_owned()), ("id", id.to_owned())]);
        }
        before.push((origin, who));
    }
}

/// Names that expressions use must mean one thing.
fn clashes(checker: &mut Checker<'_>) {
    const RESERVED: &[&str] = &["total", "score", "grade", "carried_in"];
    let rules = checker.rules;
    let mut named: Vec<(&'static str, &Origin, &str)> = Vec::new();
    named.extend(rules.buckets.iter().map(|own| ("bucket", &own.origin, own.id.as_str())));
    named.extend(rules.categories.iter().map(|own| ("category", &own.origin, own.id.as_str())));
    named.extend(rules.counters.iter().map(|own| ("counter", &own.origin, own.id.as_str())));
    named.extend(rules.figures.iter().map(|own| ("figure", &own.origin, own.id.as_str())));
    named.extend(rules.indicators.iter().map(|own| ("indicator", &own.origin, own.id.as_str())));
    let mut seen: HashMap<&str, &'static str> = HashMap::new();
    for (kind, origin, id) in named {
        if RESERVED.contains(&id) {
            checker.at_item(Code::ReservedName, origin, "id", 0, vec![("id", id.to_owned())]);
        }
        let first = *seen.entry(id).or_insert(kind);
        if first != kind {
            let params = vec![("id", id.to_owned()), ("first", first.to_owned()), ("second", kind.to_owned())];
            checker.at_item(Code::NameClash, origin, "id", 0, params);
        }
    }
}

impl<'a> Checker<'a> {
    /// What to say of a name that is nothing.
    pub(super) fn unknown(&self, kind: &str, name: &str, known: &mut dyn Iterator<Item = &'a str>) -> (Code, Params) {
        let mut params = vec![("kind", kind.to_owned()), ("name", name.chars().take(60).collect())];
        match nearest(name, known) {
            Some(near) => {
                params.push(("near", near.to_owned()));
                (Code::UnknownReferenceNear, params)
            }
            None => (Code::UnknownReference, params),
        }
    }

    /// Sees that an item names something that there is.
    fn refer(&mut self, origin: &Origin, (key, element): (&str, usize), kind: &str, name: &str, known: &[&HashSet<&'a str>]) {
        if self.full() || known.iter().any(|known| known.contains(name)) {
            return;
        }
        let mut all: Vec<&str> = known.iter().flat_map(|known| known.iter().copied()).collect();
        all.sort_unstable();
        let (code, params) = self.unknown(kind, name, &mut all.into_iter());
        self.at_item(code, origin, key, element, params);
    }

    fn refer_all(&mut self, origin: &Origin, key: &str, kind: &str, names: &[String], known: &[&HashSet<&'a str>]) {
        for (at, name) in names.iter().enumerate() {
            self.refer(origin, (key, at + 1), kind, name, known);
        }
    }

    fn refer_cycle(&mut self, origin: &Origin, per: &CapPer) {
        if let CapPer::Cycle(cycle) = per {
            let known = self.index.cycles.clone();
            self.refer(origin, ("per", 0), "cycle", cycle, &[&known]);
        }
    }
}

fn counting(checker: &mut Checker<'_>) {
    let rules = checker.rules;
    let (buckets, categories) = (checker.index.buckets.clone(), checker.index.categories.clone());
    let total: HashSet<&str> = ["total"].into();
    let kind = "category_or_bucket";
    for category in &rules.categories {
        if let Some(bucket) = &category.bucket {
            checker.refer(&category.origin, ("bucket", 0), "bucket", bucket, &[&buckets]);
        }
    }
    for highest in &rules.highest {
        checker.refer_all(&highest.origin, "on", kind, &highest.on, &[&categories, &buckets]);
        checker.refer_cycle(&highest.origin, &highest.per);
    }
    for cap in &rules.caps {
        checker.refer_all(&cap.origin, "on", kind, &cap.on, &[&categories, &buckets, &total]);
        checker.refer_cycle(&cap.origin, &cap.per);
    }
    for derive in &rules.derives {
        checker.refer_all(&derive.origin, "from", "category", &derive.from, &[&categories]);
        checker.refer(&derive.origin, ("makes", 0), "category", &derive.makes, &[&categories]);
    }
    for inactive in &rules.inactive {
        checker.refer_all(&inactive.origin, "without", "category", &inactive.without, &[&categories]);
    }
    for counter in &rules.counters {
        checker.refer_all(&counter.origin, "from", kind, &counter.from, &[&categories, &buckets]);
    }
    let carries = rules.carries.iter().map(|carry| (&carry.origin, "to", &carry.to));
    let openings = rules.openings.iter().map(|opening| (&opening.origin, "bucket", &opening.bucket));
    let inactive = rules.inactive.iter().map(|inactive| (&inactive.origin, "bucket", &inactive.bucket));
    for (origin, key, bucket) in carries.chain(openings).chain(inactive) {
        if let Some(bucket) = bucket {
            checker.refer(origin, (key, 0), "bucket", bucket, &[&buckets]);
        }
    }
}

fn results(checker: &mut Checker<'_>) {
    let rules = checker.rules;
    let (requirements, categories) = (checker.index.requirements.clone(), checker.index.categories.clone());
    let (figures, grades) = (checker.index.figures.clone(), checker.index.grades.clone());
    let results: HashSet<&str> = ["total", "score"].into();
    rules.requirements.iter().for_each(|requirement| checker.refer_cycle(&requirement.origin, &requirement.per));
    for carry in &rules.carries {
        checker.refer_all(&carry.origin, "only", "category", &carry.only, &[&categories]);
        if let CarryOver::Requirement(requirement) = &carry.over {
            checker.refer(&carry.origin, ("over_requirement", 0), "requirement", requirement, &[&requirements]);
        }
    }
    if let Some(backfill) = &rules.backfill {
        checker.refer_all(&backfill.origin, "requirements", "requirement", &backfill.requirements, &[&requirements]);
        checker.refer_cycle(&backfill.origin, &CapPer::Cycle(backfill.per.clone()));
    }
    for veto in &rules.vetoes {
        match &veto.does {
            VetoDoes::Set(of, _) => checker.refer(&veto.origin, ("of", 0), "figure", of, &[&figures, &results]),
            VetoDoes::Grade(grade) => checker.refer_grade(&veto.origin, ("grade", 0), grade, &grades),
        }
    }
    for quota in &rules.quotas {
        if let Some(grade) = &quota.grade {
            checker.refer_grade(&quota.origin, ("grade", 0), grade, &grades);
        }
    }
    for grade in &rules.grades {
        let own: HashSet<&str> = grade.bands.iter().map(|band| band.value.as_str()).collect();
        grade.gates.iter().for_each(|(name, _)| checker.refer(&grade.origin, ("gates", 0), "grade", name, &[&own]));
    }
}

impl<'a> Checker<'a> {
    fn refer_grade(&mut self, origin: &Origin, place: (&str, usize), grade: &str, grades: &HashSet<&'a str>) {
        if grades.is_empty() {
            self.at_item(Code::GradeWithoutTable, origin, place.0, place.1, vec![("grade", grade.to_owned())]);
        } else {
            self.refer(origin, place, "grade", grade, &[grades]);
        }
    }
}

/// Every place that can belong to a reading.
fn origins(rules: &RuleSet) -> Vec<&Origin> {
    let mut all: Vec<&Origin> = Vec::new();
    macro_rules! of {
        ($($list:ident)*) => { $(all.extend(rules.$list.iter().map(|entry| &entry.origin));)* };
    }
    of!(cycles roundings quantities buckets categories highest caps openings derives inactive counters requirements carries exempts);
    of!(figures indicators vetoes grades no_grades effects streaks obligations units quotas rankings);
    for category in &rules.categories {
        all.extend(category.gates.iter().map(|gate| &gate.origin));
        all.extend(category.awards.iter().map(|award| &award.origin));
        all.extend(category.adjusts.iter().map(|adjust| &adjust.origin));
    }
    all.extend(rules.backfill.iter().map(|backfill| &backfill.origin));
    all.extend(rules.grades.iter().flat_map(|grade| &grade.bands).map(|band| &band.origin));
    super::spans::bands(rules, &mut |_, bands, _| all.extend(bands.iter().map(|band| &band.origin)));
    all
}

fn readings(checker: &mut Checker<'_>) {
    let mut used: HashSet<&str> = HashSet::new();
    for origin in origins(checker.rules) {
        let Some((question, reading)) = &origin.reading else { continue };
        used.insert(question);
        let known = match checker.index.questions.get(question.as_str()) {
            None => Some(("question", question, checker.index.questions.keys().copied().collect::<HashSet<_>>())),
            Some(readings) if !readings.contains(reading.as_str()) => Some(("reading", reading, readings.clone())),
            Some(_) => None,
        };
        if let Some((kind, name, known)) = known {
            checker.refer(origin, ("reading", 0), kind, name, &[&known]);
        }
    }
    for open in &checker.rules.open {
        if !used.contains(open.id.as_str()) {
            checker.at_item(Code::QuestionUnused, &open.origin, "id", 0, vec![("id", open.id.clone())]);
        }
    }
}
