//! The tables about a unit: quotas and rankings.

use crate::{
    exact::Exact,
    rules::{
        file::{reader::Entry, values::ROUND_MODES},
        model::{Places, Quota, Ranking},
    },
};

pub(in crate::rules::file) fn quota(entry: &Entry<'_>) -> Option<Quota> {
    let id = entry.needed("id", entry.word("id"));
    let kind = entry.exactly_one(&["share", "fixed"]);
    let (of, share, fixed) = (entry.expression("of"), entry.number("share"), entry.number("fixed"));
    let round = entry.choice("round", ROUND_MODES);
    match kind {
        Some("share") => {
            entry.needed("of", of.as_ref());
            entry.needed("round", round.as_ref());
        }
        Some(_) => ["of", "round"].into_iter().for_each(|key| entry.needs(key, "share")),
        None => {}
    }
    for (key, number) in [("share", share), ("fixed", fixed)] {
        if let (Some(number), Some(item)) = (number, entry.table.get(key))
            && number < Exact::ZERO
        {
            entry.reader.out_of_range(key, item, "0", "1000000000");
        }
    }
    let (label, min, max) = (entry.text("label"), entry.number("min"), entry.number("max"));
    let (grade, by) = (entry.word("grade"), entry.expression("by"));
    let ties_share = entry.choice("tie", &[("share", Some(true)), ("ask", None)]).flatten();
    if !entry.has("grade") {
        ["by", "tie"].into_iter().for_each(|key| entry.needs(key, "grade"));
    }
    let origin = entry.origin();
    let places = fixed.map(Places::Fixed).or_else(|| Some(Places::Share { of: of?, share: share?, round: round? }));
    let id = id?;
    Some(Quota { origin, label: label.unwrap_or_else(|| id.clone()), id, places: places?, min, max, grade, by, ties_share })
}

pub(in crate::rules::file) fn ranking(entry: &Entry<'_>) -> Option<Ranking> {
    let id = entry.needed("id", entry.word("id"));
    let by = entry.needed("by", entry.expression("by"));
    let (label, admits, top) = (entry.text("label"), entry.expression("where"), entry.whole("top", 1..=1_000_000));
    entry.choice("ties", &[("share", ())]);
    let origin = entry.origin();
    let id = id?;
    Some(Ranking { origin, label: label.unwrap_or_else(|| id.clone()), id, by: by?, admits, top })
}
