//! For which branches an item is meant, and on which days.

use chrono::NaiveDate;

use super::{Branch, Group, Item, Requirements, Structure, Window};
use crate::{
    exact::Exact,
    rules::expression::{Datum, Expression, Node, Prefix, Scope, TooLarge},
};

/// The names that a condition may use.
const NAMES: [&str; 7] = ["kind", "full_members", "probationary", "members", "committee", "groups", "study_group"];

/// Whether an item applies in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Applies {
    Throughout,
    /// On a part of its days: the first such stretch.
    Partly(NaiveDate, NaiveDate),
    Never,
    /// Branch or group did not exist.
    NotEstablished,
}

/// Whether, and when, an item applies to a branch (to one of its groups).
pub(super) fn applies(
    requirements: &Requirements,
    item: &Item,
    branch: &Branch,
    group: Option<&Group>,
    window: &Window,
) -> Result<Applies, TooLarge> {
    let (mut any_day, mut every_day) = (false, true);
    let mut stretch: Option<(NaiveDate, NaiveDate)> = None;
    let mut stretch_ended = false;
    for (first, last) in stretches(branch, group, window) {
        let exists =
            exists(branch.established_on, branch.closed_on, first) && group.is_none_or(|group| exists(group.from, group.until, first));
        any_day |= exists;
        let holds = exists && holds(requirements, item, branch, first)?;
        every_day &= holds;
        match &mut stretch {
            _ if !holds => stretch_ended |= stretch.is_some(),
            None => stretch = Some((first, last)),
            Some(own) if !stretch_ended => own.1 = last,
            Some(_) => {}
        }
    }
    Ok(match stretch {
        Some(_) if every_day => Applies::Throughout,
        Some((from, to)) => Applies::Partly(from, to),
        None if any_day => Applies::Never,
        None => Applies::NotEstablished,
    })
}

/// The window cut at every day on which something changes.
fn stretches(branch: &Branch, group: Option<&Group>, window: &Window) -> Vec<(NaiveDate, NaiveDate)> {
    let after = |last: Option<NaiveDate>| last.and_then(|day| day.succ_opt());
    let mut starts: Vec<NaiveDate> = branch.phases.iter().filter_map(|phase| phase.from).collect();
    starts.extend([branch.established_on, after(branch.closed_on)].into_iter().flatten());
    // Conditions may ask whether there are groups at all.
    for own in branch.groups.iter().chain(group) {
        starts.extend([own.from, after(own.until)].into_iter().flatten());
    }
    starts.retain(|day| window.from < *day && *day <= window.to);
    starts.push(window.from);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).filter_map(|day| day.pred_opt()).chain([window.to]);
    starts.iter().copied().zip(ends).collect()
}

fn exists(from: Option<NaiveDate>, until: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}

fn holds(requirements: &Requirements, item: &Item, branch: &Branch, day: NaiveDate) -> Result<bool, TooLarge> {
    let Some(condition) = &item.when else {
        return Ok(true);
    };
    condition.holds(&StructureScope::on(requirements, branch, day))
}

/// What a condition sees.
struct StructureScope<'a> {
    kind: &'a str,
    structure: Structure,
    committee: bool,
    groups: bool,
}

impl<'a> StructureScope<'a> {
    fn on(requirements: &Requirements, branch: &'a Branch, day: NaiveDate) -> Self {
        let begun = branch.phases.iter().rev().find(|phase| phase.from.is_none_or(|from| from <= day));
        let structure = begun.or(branch.phases.first()).map(|phase| phase.structure.clone()).unwrap_or_default();
        let listed = branch.groups.iter().any(|group| exists(group.from, group.until, day));
        Self {
            kind: &branch.kind,
            committee: structure.committee.unwrap_or(structure.full_members >= requirements.committee_from),
            groups: structure.groups.unwrap_or(listed),
            structure,
        }
    }
}

impl Scope for StructureScope<'_> {
    fn name<'a>(&'a self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'a>, TooLarge> {
        let number = |number: u32| Datum::Number(Exact::whole(number.into()));
        let Structure { full_members, probationary, .. } = self.structure;
        Ok(match (prefix, name) {
            (None, "kind") => Datum::Text(self.kind),
            (None, "full_members") => number(full_members),
            (None, "probationary") => number(probationary),
            (None, "members") => number(full_members.saturating_add(probationary)),
            (None, "committee") => Datum::Flag(self.committee),
            (None, "groups") => Datum::Flag(self.groups),
            (None, "study_group") => Datum::Flag(self.structure.study_group),
            _ => Datum::Missing,
        })
    }
}

/// Refuses a condition with a name that means nothing: it would never hold,
/// and the item would silently be required of nobody.
pub(super) fn condition_names_a_fact(condition: &Expression) -> Result<(), String> {
    let mut problem = None;
    condition.node.visit(&mut |node| match node {
        Node::Name { prefix: None, name, .. } if NAMES.contains(&&**name) => {}
        Node::Name { name, .. } => problem = Some(format!("when: {name} means nothing here; known are {}", NAMES.join(", "))),
        Node::Measure { .. } => problem = Some("when: a structure has no such function".to_owned()),
        _ => {}
    });
    problem.map_or(Ok(()), Err)
}
