//! Credits by hand in any rule set.
//!
//! A credit by hand is a fact of the type of its category, with `record` =
//! 'manual' and `credits`. A rule file may say itself what it does with such
//! facts; one that does not mention them gets them here: each category takes
//! those of its own id and gives what they say, past its gates and
//! adjustments; its caps hold for them as for all others.

use xueji_domain::rules::{
    expression::{Comparison, Expression, Node},
    facts::{Activity, Item},
    model::{Adjust, Award, Category, Gives, Origin, RuleSet},
};

/// Gives credits by hand the evidence that their category asks for: the clerk
/// who entered them saw it.
pub(crate) fn prove(rules: &RuleSet, activity: &mut Activity) {
    if !matches!(activity.item("record"), Some(Item::Text(record)) if **record == *MANUAL) {
        return;
    }
    let Some(category) = rules.categories.iter().find(|category| *category.id == *activity.kind) else { return };
    if category.evidence.is_empty() && category.evidence_any.is_empty() {
        return;
    }
    let mut seen: Vec<Box<str>> = category.evidence.iter().chain(&category.evidence_any).map(|text| text.as_str().into()).collect();
    match activity.items.binary_search_by(|(name, _)| (**name).cmp("evidence")) {
        Ok(at) => {
            if let Item::List(own) = &activity.items[at].1 {
                seen.extend(own.iter().cloned());
            }
            activity.items[at].1 = Item::List(seen.into());
        }
        Err(at) => activity.items.insert(at, ("evidence".into(), Item::List(seen.into()))),
    }
}

/// The value of `record` of a credit by hand.
pub(crate) const MANUAL: &str = "manual";

/// Makes a rule set take credits by hand.
pub(crate) fn admit(mut rules: RuleSet) -> RuleSet {
    if rules.categories.iter().any(mentions) {
        return rules;
    }
    for category in &mut rules.categories {
        open(category);
    }
    rules
}

/// Whether a category says itself what it does with credits by hand.
fn mentions(category: &Category) -> bool {
    let own = [&category.when, &category.who].into_iter().flatten();
    let awards = category.awards.iter().filter_map(|award| award.when.as_ref());
    let gates = category.gates.iter().map(|gate| &gate.when);
    own.chain(awards).chain(gates).any(|condition| condition.text.contains(MANUAL))
}

fn open(category: &mut Category) {
    let line = category.origin.line;
    let takes = is_manual(&category.id);
    if !category.types.iter().any(|kind| kind == "*" || *kind == category.id) {
        category.types.push(category.id.clone());
        // What the category takes beyond credits by hand stays what it was.
        let others: Vec<Node> = category.types[..category.types.len() - 1].iter().map(|kind| Node::Text(kind.as_str().into())).collect();
        let other = Node::In(Box::new(name("type")), others);
        category.when = Some(both(category.when.take(), other, line));
    }
    let ordinary = category.when.take().map_or(Node::Flag(true), |when| when.node);
    category.when = Some(wrapped(Node::Or(Box::new(takes.clone()), Box::new(Node::And(Box::new(not_manual()), Box::new(ordinary)))), line));
    for gate in &mut category.gates {
        gate.when = past(&gate.when);
    }
    for adjust in &mut category.adjusts {
        pass_by(adjust);
    }
    let award = Award {
        origin: Origin { reading: None, ..category.origin.clone() },
        when: Some(wrapped(takes, line)),
        gives: Gives::Formula(wrapped(name("credits"), line)),
    };
    category.awards.insert(0, award);
}

fn name(name: &str) -> Node {
    Node::Name { prefix: None, name: name.into(), at: 0 }
}

fn record() -> Node {
    Node::Compare(Box::new(name("record")), vec![(Comparison::Equal, Node::Text(MANUAL.into()))])
}

fn is_manual(category: &str) -> Node {
    let own = Node::Compare(Box::new(name("type")), vec![(Comparison::Equal, Node::Text(category.into()))]);
    Node::And(Box::new(record()), Box::new(own))
}

fn not_manual() -> Node {
    Node::Not(Box::new(record()))
}

fn both(when: Option<Expression>, node: Node, line: u32) -> Expression {
    match when {
        Some(when) => wrapped(Node::And(Box::new(when.node), Box::new(node)), line),
        None => wrapped(node, line),
    }
}

/// A condition that credits by hand meet.
fn past(condition: &Expression) -> Expression {
    Expression { node: Node::Or(Box::new(record()), Box::new(condition.node.clone())), ..condition.clone() }
}

/// An adjustment that leaves credits by hand alone.
fn pass_by(adjust: &mut Adjust) {
    let line = adjust.origin.line;
    adjust.when = Some(match adjust.when.take() {
        Some(when) => Expression { node: Node::And(Box::new(not_manual()), Box::new(when.node.clone())), ..when },
        None => wrapped(not_manual(), line),
    });
}

fn wrapped(node: Node, line: u32) -> Expression {
    Expression { text: String::new(), line, node }
}
