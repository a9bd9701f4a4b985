//! What names mean: everything worked out beforehand into plain maps.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use xueji_domain::{
    calendar::PartialDate,
    exact::Exact,
    rules::{
        expression::{Datum, Expression, Measure, Node, Prefix, Scope, TooLarge},
        facts::{Activity, Item, Person},
        model::{RuleSet, Value, ValueKind},
    },
};

/// A value that a scope owns.
#[derive(Debug, Clone)]
pub enum Own {
    Item(Item),
    Day(NaiveDate),
}

impl Own {
    pub fn number(number: Exact) -> Self {
        Self::Item(Item::Number(number))
    }

    pub fn text(text: &str) -> Self {
        Self::Item(Item::Text(text.into()))
    }

    fn datum(&self) -> Datum<'_> {
        match self {
            Self::Item(item) => item.datum(),
            Self::Day(day) => Datum::Day(*day),
        }
    }
}

fn found(own: Option<&Own>) -> Datum<'_> {
    own.map_or(Datum::Missing, Own::datum)
}

/// Names of one fact, with the person as on its day.
#[derive(Debug, Clone)]
pub struct FactScope {
    pub names: BTreeMap<String, Own>,
    pub person: BTreeMap<String, Own>,
}

/// What the person is on a day.
pub fn person_on(person: &Person, day: NaiveDate) -> BTreeMap<String, Own> {
    let mut names = BTreeMap::new();
    for (name, _) in &person.attributes {
        if let Some(item) = person.on(name, day) {
            names.insert(name.to_string(), Own::Item(item.clone()));
        }
    }
    names
}

impl FactScope {
    /// `undated` stands for the day of a fact without one, where the person is
    /// concerned.
    pub fn of(rules: &RuleSet, activity: &Activity, person: &Person, undated: NaiveDate) -> Self {
        let mut names: BTreeMap<String, Own> =
            activity.items.iter().map(|(name, item)| (name.to_string(), Own::Item(item.clone()))).collect();
        names.insert("type".into(), Own::text(&activity.kind));
        names.insert("count".into(), Own::number(Exact::whole(activity.count.into())));
        let day = activity.date.and_then(PartialDate::day);
        if let Some(day) = day {
            names.insert("date".into(), Own::Day(day));
            names.insert("month".into(), Own::number(Exact::whole(day.month().into())));
        }
        convert_times(&mut names);
        let mut scope = Self { names, person: person_on(person, day.unwrap_or(undated)) };
        for quantity in &rules.quantities {
            if !scope.names.contains_key(&quantity.id)
                && let Some(number) = quantity.formula.number(&scope).expect("small numbers")
            {
                scope.names.insert(quantity.id.clone(), Own::number(number));
            }
        }
        scope
    }
}

/// Seconds, minutes and hours come from each other where one is recorded.
fn convert_times(names: &mut BTreeMap<String, Own>) {
    let units = [("seconds", 1), ("minutes", 60), ("hours", 3600)];
    let recorded: Vec<(i64, Exact)> = units
        .iter()
        .filter_map(|(name, seconds)| match names.get(*name) {
            Some(Own::Item(Item::Number(number))) => Some((*seconds, *number)),
            _ => None,
        })
        .collect();
    if let [(seconds, number)] = recorded[..] {
        for (name, others) in units {
            names.entry(name.to_owned()).or_insert_with(|| Own::number(number * fraction(seconds, others)));
        }
    }
}

fn fraction(numer: i64, denom: i64) -> Exact {
    Exact::fraction(numer, denom).expect("a denominator")
}

impl Scope for FactScope {
    fn name<'a>(&'a self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'a>, TooLarge> {
        Ok(match prefix {
            None => found(self.names.get(name)),
            Some(Prefix::Person) => found(self.person.get(name)),
            Some(_) => Datum::Missing,
        })
    }
}

/// What a result knows about itself.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// `total`, buckets, counters, categories, figures, `carried_in`, `grade`.
    pub names: BTreeMap<String, Own>,
    pub earlier: BTreeMap<String, Own>,
    pub period: BTreeMap<String, Own>,
    /// By function and its first argument.
    pub measures: BTreeMap<(&'static str, String), Own>,
    /// Sums of quantities by category: the facts that count, with how often,
    /// or which part of them.
    pub facts: Vec<(String, FactScope, Exact)>,
    pub verdict: Option<&'static str>,
}

/// A result's names, with the person as on some day.
pub struct ResultScope<'a> {
    pub figures: &'a Figures,
    pub person: BTreeMap<String, Own>,
}

fn text_of(node: Option<&Node>) -> String {
    match node {
        Some(Node::Text(text)) => text.to_string(),
        _ => String::new(),
    }
}

impl Scope for ResultScope<'_> {
    fn name<'a>(&'a self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'a>, TooLarge> {
        Ok(match prefix {
            None => found(self.figures.names.get(name)),
            Some(Prefix::Person) => found(self.person.get(name)),
            Some(Prefix::Earlier) => found(self.figures.earlier.get(name)),
            Some(Prefix::Period) => found(self.figures.period.get(name)),
            Some(Prefix::Unit) => Datum::Missing,
        })
    }

    fn measure<'a>(&'a self, measure: Measure, arguments: &[Node]) -> Result<Datum<'a>, TooLarge> {
        let key = |function: &'static str| (function, text_of(arguments.first()));
        let of = |function: &'static str| found(self.figures.measures.get(&key(function)));
        Ok(match measure {
            Measure::Credits => of("credits"),
            Measure::Raw => of("raw"),
            Measure::Count => of("count"),
            Measure::Missed => of("missed"),
            Measure::Passed => of("passed"),
            Measure::Short => of("short"),
            Measure::Required => of("required"),
            Measure::Verdict => self.figures.verdict.map_or(Datum::Missing, Datum::Text),
            Measure::Sum => {
                let (category, quantity) = (text_of(arguments.first()), text_of(arguments.get(1)));
                let mut sum = Exact::ZERO;
                for (of, scope, times) in &self.figures.facts {
                    if *of == category
                        && let Some(Own::Item(Item::Number(number))) = scope.names.get(&quantity)
                    {
                        sum += *number * *times;
                    }
                }
                Datum::Number(sum)
            }
            _ => Datum::Missing,
        })
    }
}

/// A condition; none is met.
pub fn holds(condition: Option<&Expression>, scope: &dyn Scope) -> bool {
    condition.is_none_or(|condition| condition.holds(scope).expect("small numbers"))
}

fn datum_text(datum: Datum<'_>) -> Option<String> {
    match datum {
        Datum::Number(number) => Some(number.to_string()),
        Datum::Text(text) => Some(text.to_owned()),
        Datum::Day(day) => Some(day.to_string()),
        _ => None,
    }
}

/// The amount of a value; `None` where the rules do not decide.
pub fn amount(value: &Value, scope: &dyn Scope) -> Option<Exact> {
    match &value.how {
        ValueKind::Constant(number) => Some(*number),
        ValueKind::Formula(formula) => formula.number(scope).expect("small numbers"),
        ValueKind::Table { by, rows, otherwise } => {
            let keys: Option<Vec<String>> = by.iter().map(|by| datum_text(by.evaluate(scope).expect("small numbers"))).collect();
            let key = keys.map(|keys| keys.join("/"));
            rows.iter().find(|(row, _)| Some(row) == key.as_ref()).map(|(_, number)| *number).or(*otherwise)
        }
        ValueKind::Bands { by, bands, otherwise } => {
            let number = by.number(scope).expect("small numbers");
            let fitting: Vec<_> = number.map_or(Vec::new(), |number| bands.iter().filter(|band| band.holds(number)).collect());
            match fitting[..] {
                [band] => Some(band.value),
                _ => *otherwise,
            }
        }
    }
}
