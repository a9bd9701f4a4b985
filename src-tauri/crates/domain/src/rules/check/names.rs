//! Names in expressions: that they mean something where they stand.

use std::collections::{BTreeMap, HashSet};

use super::{
    Checker, Params,
    walk::{self, Names},
};
use crate::rules::{
    expression::{Expression, Measure, Node, Prefix},
    file::{
        Code,
        near::{distance, nearest},
    },
    model::{Origin, Whose},
};

/// What a result knows beside the ids of the rule set.
const RESULTS: &[&str] = &["total", "score", "grade", "carried_in"];
/// What is kept of an earlier period beside its buckets and counters.
const EARLIER: &[&str] = &["total", "grade", "passed"];
/// What is known of a period.
const PERIOD: &[&str] = &["days", "start", "end", "name"];

pub(super) fn check(checker: &mut Checker<'_>) {
    let mut all: Vec<(&Origin, Names, &Expression)> = Vec::new();
    walk::expressions(checker.rules, &mut |origin, names, expression| all.push((origin, names, expression)));
    let head = Origin { line: 1, rule_set: checker.rules.head.name.clone(), reading: None };
    // A figure of the unit knows those before it, a quota all of them.
    let mut units: HashSet<&str> = HashSet::new();
    let mut before = checker.rules.units.iter().peekable();
    for (origin, names, expression) in &all {
        while *names == Names::Unit && before.peek().is_some_and(|unit| !std::ptr::eq(*origin, &raw const unit.origin)) {
            units.extend(before.next().map(|unit| unit.id.as_str()));
        }
        Look { checker, origin, expression, units: &units }.node(&expression.node, *names);
    }
    if let Some(who) = &checker.rules.head.who {
        Look { checker, origin: &head, expression: who, units: &HashSet::new() }.node(&who.node, Names::Person);
    }
    near_names(checker, &all);
}

/// One expression while it is being looked through.
struct Look<'c, 'a> {
    checker: &'c mut Checker<'a>,
    origin: &'c Origin,
    expression: &'c Expression,
    /// Figures of the unit that stand before it.
    units: &'c HashSet<&'a str>,
}

impl<'a> Look<'_, 'a> {
    fn node(&mut self, node: &Node, names: Names) {
        match node {
            Node::Name { prefix, name, at } => self.name(*prefix, name, *at, names),
            Node::Measure { measure, arguments, at } => self.measure(*measure, arguments, *at, names),
            node => children(node).into_iter().for_each(|child| self.node(child, names)),
        }
    }

    fn report(&mut self, code: Code, at: u32, params: Params) {
        self.checker.at_expression(code, self.origin, self.expression, at, params);
    }

    fn name(&mut self, prefix: Option<Prefix>, name: &str, at: u32, names: Names) {
        match (prefix, names) {
            (Some(Prefix::Earlier), _) => self.known(&format!("earlier.{name}"), name, at, EARLIER, true),
            (Some(Prefix::Period), _) => self.known(&format!("period.{name}"), name, at, PERIOD, false),
            // A person's result knows nothing of a unit: it would never have a
            // value.
            (Some(Prefix::Unit), names) if names != Names::Unit && self.checker.rules.head.subject == Whose::Person => {
                self.report(Code::UnknownName, at, vec![("name", format!("unit.{name}"))]);
            }
            (Some(Prefix::Person | Prefix::Unit), _) | (None, Names::Fact | Names::Either) => {}
            (None, Names::Person | Names::Opening) => {
                self.report(Code::NameNotOfPerson, at, vec![("name", name.to_owned())]);
            }
            (None, Names::Result) => self.known(name, name, at, RESULTS, true),
            (None, Names::Unit) if self.units.contains(name) => {}
            (None, Names::Unit) => {
                let (code, params) = near_or_not(name, self.units.iter().copied());
                self.report(code, at, params);
            }
        }
    }

    /// A name out of a closed set, the ids of the rule set with it.
    fn known(&mut self, written: &str, name: &str, at: u32, words: &'static [&'static str], ids: bool) {
        let index = &self.checker.index;
        let sets = [&index.buckets, &index.categories, &index.counters, &index.figures, &index.indicators];
        if self.checker.full() || words.contains(&name) || ids && sets.iter().any(|set| set.contains(name)) {
            return;
        }
        let mut known: Vec<&str> = words.to_vec();
        if ids {
            known.extend(sets.iter().flat_map(|set| set.iter().copied()));
        }
        known.sort_unstable();
        let (code, mut params) = near_or_not(name, known.into_iter());
        params[0].1 = written.to_owned();
        self.report(code, at, params);
    }

    fn measure(&mut self, measure: Measure, arguments: &[Node], at: u32, names: Names) {
        let of_unit = match measure {
            Measure::Members | Measure::Mean | Measure::Highest | Measure::Lowest => true,
            Measure::Sum => arguments.len() == 1,
            _ => false,
        };
        let here = match names {
            Names::Result => !of_unit,
            Names::Unit => of_unit,
            Names::Either => true,
            Names::Fact | Names::Person | Names::Opening => false,
        };
        if !here {
            let name: String = self.expression.text.chars().skip(at as usize).take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            self.report(Code::FunctionNotHere, at, vec![("name", name)]);
        } else if of_unit {
            arguments.iter().for_each(|argument| self.node(argument, Names::Result));
        } else if let Some(Node::Text(name)) = arguments.first() {
            self.argument(measure, name, at);
        }
    }

    /// What a function is asked about has to be there.
    fn argument(&mut self, measure: Measure, name: &str, at: u32) {
        let index = &self.checker.index;
        let (kind, sets) = match measure {
            Measure::Credits => ("amount", vec![&index.categories, &index.buckets, &index.counters, &index.figures, &index.indicators]),
            Measure::Raw | Measure::Count | Measure::Sum => ("category_or_bucket", vec![&index.categories, &index.buckets]),
            Measure::Missed => ("category", vec![&index.categories]),
            Measure::Passed | Measure::Short | Measure::Required => ("requirement", vec![&index.requirements]),
            Measure::Head => ("head", vec![&index.heads]),
            Measure::Overdue | Measure::Late => ("obligation", vec![&index.obligations]),
            _ => return,
        };
        let total = name == "total" && matches!(measure, Measure::Credits | Measure::Raw | Measure::Count | Measure::Sum);
        if self.checker.full() || total || sets.iter().any(|set| set.contains(name)) {
            return;
        }
        let mut known: Vec<&str> = sets.iter().flat_map(|set| set.iter().copied()).collect();
        known.sort_unstable();
        let (code, params) = self.checker.unknown(kind, name, &mut known.into_iter());
        self.report(code, at, params);
    }
}

fn near_or_not<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> (Code, Params) {
    let mut params = vec![("name", name.to_owned())];
    match nearest(name, known) {
        Some(near) => {
            params.push(("near", near.to_owned()));
            (Code::UnknownNameNear, params)
        }
        None => (Code::UnknownName, params),
    }
}

/// The parts right below a part.
fn children(node: &Node) -> Vec<&Node> {
    match node {
        Node::Negative(inside) | Node::Not(inside) | Node::Known(inside) => vec![inside],
        Node::Arithmetic(_, left, right) | Node::Has(left, right) | Node::And(left, right) | Node::Or(left, right) => vec![left, right],
        Node::Compare(first, links) => std::iter::once(&**first).chain(links.iter().map(|(_, node)| node)).collect(),
        Node::In(one, list) => std::iter::once(&**one).chain(list).collect(),
        Node::If(parts) => parts.iter().collect(),
        Node::Function(_, arguments) | Node::Measure { arguments, .. } => arguments.iter().collect(),
        Node::Number(_) | Node::Text(_) | Node::Flag(_) | Node::Name { .. } => Vec::new(),
    }
}

/// How often a name is used, and where first.
type Uses<'a> = BTreeMap<(bool, &'a str), (u32, &'a Origin, &'a Expression, u32)>;

/// What a fact or a person may have recorded is open, so that a slip cannot
/// be told from a new name. But a name used only once that is nearly one used
/// elsewhere is worth a look.
fn near_names<'a>(checker: &mut Checker<'a>, all: &[(&'a Origin, Names, &'a Expression)]) {
    const KNOWN: &[&str] = &["type", "date", "month", "count", "minutes", "hours", "seconds"];
    let mut uses: Uses<'_> = BTreeMap::new();
    for (origin, names, expression) in all {
        for place in expression.node.names() {
            let of_person = place.prefix == Some(Prefix::Person);
            if of_person || place.prefix.is_none() && *names == Names::Fact {
                uses.entry((of_person, place.name)).or_insert((0, origin, expression, place.at)).0 += 1;
            }
        }
    }
    let quantities: HashSet<&str> = checker.rules.quantities.iter().map(|quantity| quantity.id.as_str()).collect();
    let once = uses.iter().filter(|((_, name), (count, ..))| *count == 1 && !quantities.contains(name) && !KNOWN.contains(name));
    // So many names are compared with each other; a file with more has been
    // written by nobody.
    for (&(of_person, name), &(_, origin, expression, at)) in once.take(300) {
        let others = uses.iter().filter(|((own, _), (count, ..))| *own == of_person && *count > 1).map(|((_, other), _)| *other);
        let built_in = if of_person { &[][..] } else { KNOWN };
        let mut others = others.take(300).chain(built_in.iter().copied()).chain(quantities.iter().copied().take(300));
        if let Some(near) = others.find(|other| nearly(name, other)) {
            checker.at_expression(Code::NameNear, origin, expression, at, vec![("name", name.to_owned()), ("near", near.to_owned())]);
        }
    }
}

/// One slip apart, and long enough that this is hardly chance. Digits tell
/// names apart on purpose.
fn nearly(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().take(65).collect(), other.chars().take(65).collect());
    let digits = |word: &[char]| word.iter().copied().filter(char::is_ascii_digit).collect::<Vec<_>>();
    one.len().min(other.len()) >= 4 && one != other && distance(&one, &other) == 1 && digits(&one) == digits(&other)
}
