//! A rule set while its parents and its own file are laid over each other.

use std::collections::HashSet;

use toml::de::DeValue;

use super::{
    finding::Code,
    reader::{Entry, LIST_LIMIT},
    tables::{self, counting, results, time, unit},
};
use crate::rules::model::{
    Backfill, Bucket, Cap, Carry, Category, Counter, Cycle, Derive, Effect, Exempt, Figure, Grade, Head, Highest, Inactive, Indicator,
    Kind, NoGrade, Obligation, OpenQuestion, Opening, Options, Period, Quantity, Quota, Ranking, Requirement, Rounding, RuleSet, Streak,
    Veto, Whose,
};

macro_rules! draft {
    ($($field:ident: $type:ty = $key:literal, $read:expr;)*) => {
        /// A rule set with the ids of its entries, by which a child replaces
        /// and removes them; an empty id is none.
        #[derive(Default)]
        pub(super) struct Draft {
            pub(super) head: Head,
            period: Option<Period>,
            options: Options,
            choices: Vec<(String, String)>,
            backfill: Option<Backfill>,
            $($field: Vec<(String, $type)>,)*
        }

        impl Draft {
            /// Lays the lists of a file over the parent's.
            fn lists(&mut self, root: &Entry<'_>) {
                $(lay(&mut self.$field, list(root, $key, $read));)*
            }

            /// Takes out the entries of a table with an id; whether there was
            /// one.
            pub(super) fn remove(&mut self, table: &str, id: &str) -> bool {
                match table {
                    $($key => take_out(&mut self.$field, id),)*
                    _ => false,
                }
            }

            pub(super) fn into_rules(self) -> RuleSet {
                let mut rules = RuleSet {
                    head: self.head,
                    period: self.period.unwrap_or(Period::Year { month: 1, day: 1 }),
                    options: self.options,
                    choices: self.choices,
                    backfill: self.backfill,
                    $($field: self.$field.into_iter().map(|(_, entry)| entry).collect(),)*
                };
                name_the_nameless(&mut rules);
                rules
            }
        }
    };
}

draft! {
    cycles: Cycle = "cycle", time::cycle;
    open: OpenQuestion = "open", tables::open;
    roundings: Rounding = "rounding", counting::rounding;
    quantities: Quantity = "quantity", counting::quantity;
    buckets: Bucket = "bucket", counting::bucket;
    categories: Category = "category", counting::category;
    highest: Highest = "highest", counting::highest;
    caps: Cap = "cap", counting::cap;
    openings: Opening = "opening", counting::opening;
    derives: Derive = "derive", counting::derive;
    inactive: Inactive = "inactive", counting::inactive;
    counters: Counter = "counter", counting::counter;
    requirements: Requirement = "requirement", results::requirement;
    carries: Carry = "carry", results::carry;
    exempts: Exempt = "exempt", results::exempt;
    figures: Figure = "figure", results::figure;
    indicators: Indicator = "indicator", results::indicator;
    vetoes: Veto = "veto", results::veto;
    grades: Grade = "grade", results::grade;
    no_grades: NoGrade = "no_grade", results::no_grade;
    effects: Effect = "effect", results::effect;
    streaks: Streak = "streak", results::streak;
    obligations: Obligation = "obligation", results::obligation;
    units: Figure = "unit_figure", results::figure;
    quotas: Quota = "quota", unit::quota;
    rankings: Ranking = "ranking", unit::ranking;
}

/// A table that there is at most once.
fn single<'r>(root: &Entry<'r>, key: &'static str) -> Option<Entry<'r>> {
    let item = root.get(key)?;
    let entry = Entry::inner(root.reader, item, key);
    if entry.is_none() {
        match item.get_ref() {
            DeValue::Array(_) => root.reader.report(Code::ListNotTable, item.span().start, vec![("table", key.to_owned())]),
            _ => root.reader.wrong_type(key, item, "table"),
        }
    }
    entry
}

/// The entries of a table, with their ids.
fn list<T>(root: &Entry<'_>, key: &'static str, read: fn(&Entry<'_>) -> Option<T>) -> Vec<(String, T)> {
    let mut entries = Vec::new();
    for entry in root.entries(key, key) {
        entry.get("id");
        let own = |key| entry.table.get(key).and_then(|item| item.get_ref().as_str()).map(str::to_owned);
        // What has no id of its own goes by what it is about.
        let id = own("id").or_else(|| match key {
            "rounding" => own("stage"),
            "grade" => Some("grade".to_owned()),
            _ => None,
        });
        let read = read(&entry);
        entry.finish();
        entries.extend(read.map(|read| (id.unwrap_or_default(), read)));
    }
    entries
}

/// Puts entries in the place of those with their ids, the rest at the end.
fn lay<T>(under: &mut Vec<(String, T)>, over: Vec<(String, T)>) {
    if under.is_empty() {
        *under = over;
        return;
    }
    let replaced: HashSet<String> =
        over.iter().map(|(id, _)| id.clone()).filter(|id| !id.is_empty() && under.iter().any(|(own, _)| own == id)).collect();
    let mut over: Vec<Option<(String, T)>> = over.into_iter().map(Some).collect();
    let mut done = HashSet::new();
    for (id, entry) in std::mem::take(under) {
        if !replaced.contains(&id) {
            under.push((id, entry));
        } else if done.insert(id.clone()) {
            let news = over.iter_mut().filter(|new| new.as_ref().is_some_and(|(own, _)| *own == id));
            under.extend(news.filter_map(Option::take));
        }
    }
    under.extend(over.into_iter().flatten());
}

fn take_out<T>(entries: &mut Vec<(String, T)>, id: &str) -> bool {
    let before = entries.len();
    entries.retain(|(own, _)| own != id);
    entries.len() < before
}

/// Caps and carries need not be named in the file, but everything that is
/// shown of them names them.
fn name_the_nameless(rules: &mut RuleSet) {
    fn name<'e>(word: &str, ids: impl Iterator<Item = &'e mut String>) {
        let mut ids: Vec<&mut String> = ids.collect();
        let taken: HashSet<String> = ids.iter().map(|id| (**id).clone()).collect();
        for (at, id) in ids.iter_mut().enumerate().filter(|(_, id)| id.is_empty()) {
            let mut own = format!("{word}{}", at + 1);
            while taken.contains(&own) {
                own.push('_');
            }
            **id = own;
        }
    }
    name("cap", rules.caps.iter_mut().map(|cap| &mut cap.id));
    name("carry", rules.carries.iter_mut().map(|carry| &mut carry.id));
}

impl Draft {
    /// Lays a file over what its parent says.
    pub(super) fn lay_file(&mut self, root: &Entry<'_>) {
        self.head(root);
        if let Some(entry) = single(root, "period") {
            let period = time::period(&entry, self.period.as_ref());
            entry.finish();
            self.period = period.or(self.period.take());
        }
        if let Some(entry) = single(root, "options") {
            self.options = time::options(&entry, std::mem::take(&mut self.options));
            entry.finish();
        }
        if let Some(entry) = single(root, "backfill") {
            let backfill = results::backfill(&entry);
            entry.finish();
            self.backfill = backfill.or(self.backfill.take());
        }
        self.choices(root);
        self.lists(root);
    }

    fn head(&mut self, root: &Entry<'_>) {
        let kinds = [("credits", Kind::Credits), ("assessment", Kind::Assessment)];
        let head = &mut self.head;
        head.id = root.needed("id", root.word("id")).unwrap_or_default();
        let inherited = |own: &String| Some(own.clone()).filter(|own| !own.is_empty());
        head.name = root.needed("name", root.word("name").or_else(|| inherited(&head.name))).unwrap_or_default();
        head.unit = root.needed("unit", root.word("unit").or_else(|| inherited(&head.unit))).unwrap_or_default();
        head.kind = root.choice("kind", &kinds).unwrap_or(head.kind);
        head.subject = root.choice("subject", &[("person", Whose::Person), ("unit", Whose::Unit)]).unwrap_or(head.subject);
        for (key, field) in [
            ("version", &mut head.version),
            ("issuer", &mut head.issuer),
            ("document", &mut head.document),
            ("source", &mut head.source),
            ("note", &mut head.note),
        ] {
            *field = root.text(key).or(field.take());
        }
        head.example = root.flag("example").unwrap_or(head.example);
        head.effective_from = root.date("effective_from").or(head.effective_from);
        head.effective_until = root.date("effective_until").or(head.effective_until);
        head.parent = root.word("parent");
        head.who = root.expression("who").or(head.who.take());
    }

    fn choices(&mut self, root: &Entry<'_>) {
        let Some(entry) = single(root, "choices") else { return };
        let mut rows: Vec<_> = entry.table.iter().collect();
        rows.sort_by_key(|(key, _)| key.span().start);
        if rows.len() > LIST_LIMIT {
            entry.report(Code::TooMany, vec![("key", "choices".to_owned()), ("limit", LIST_LIMIT.to_string())]);
            return;
        }
        for (key, item) in rows {
            let question = key.get_ref().to_string();
            let reading = if item.get_ref().is_integer() {
                root.reader.number_of(&question, item).map(|number| number.to_string())
            } else {
                root.reader.word_of(&question, item)
            };
            let Some(reading) = reading else { continue };
            root.reader.keep_choice(&question, key.span().start, item.span().start);
            self.choices.retain(|(own, _)| *own != question);
            self.choices.push((question, reading));
        }
    }
}
