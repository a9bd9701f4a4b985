//! The tables that say when: the period, cycles, what to do at their edges.

use super::{CATEGORY_SPLITS, LIFETIMES, SOME_YEARS};
use crate::{
    calendar::{FIRST_YEAR, LAST_YEAR},
    exact::Exact,
    rules::{
        file::{finding::Code, reader::Entry},
        model::{CarryNow, ChangeOption, Cycle, Options, PartOption, Period},
    },
};

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Year,
    HalfYear,
    Quarter,
    Month,
    Day,
    Block,
    Window,
    Rolling,
    Lifetime,
    Span,
}

const SHAPES: &[(&str, Shape)] = &[
    ("year", Shape::Year),
    ("half_year", Shape::HalfYear),
    ("quarter", Shape::Quarter),
    ("month", Shape::Month),
    ("day", Shape::Day),
    ("block", Shape::Block),
    ("window", Shape::Window),
    ("rolling", Shape::Rolling),
    ("lifetime", Shape::Lifetime),
    ("span", Shape::Span),
];

/// `[period]`; what it leaves out comes from the parent's, where that is of
/// the same kind.
pub(in crate::rules::file) fn period(entry: &Entry<'_>, parent: Option<&Period>) -> Option<Period> {
    let period = shape(entry, parent);
    if let Some(Period::Rolling { .. }) = period {
        let at = entry.table.get("kind").map_or(entry.at, |item| item.span().start);
        entry.reader.report(Code::RollingPeriod, at, Vec::new());
        return None;
    }
    period
}

pub(in crate::rules::file) fn cycle(entry: &Entry<'_>) -> Option<Cycle> {
    let id = entry.needed("id", entry.word("id"));
    let (period, who) = (shape(entry, None), entry.expression("who"));
    Some(Cycle { origin: entry.origin(), id: id?, period: period?, who })
}

fn shape(entry: &Entry<'_>, parent: Option<&Period>) -> Option<Period> {
    let inherited = parent.map(shape_of);
    let stated = entry.choice("kind", SHAPES);
    if stated.is_none() && entry.has("kind") {
        return None;
    }
    let shape = stated.or(inherited).unwrap_or(Shape::Year);
    let parent = parent.filter(|_| inherited == Some(shape));
    let allowed: &[&str] = match shape {
        Shape::Year => &["start"],
        Shape::Block => &["years", "from"],
        Shape::Window => &["years", "months", "from"],
        Shape::Rolling => &["years"],
        Shape::Span => &["from", "to"],
        _ => &[],
    };
    for (key, kinds) in [
        ("start", "kind = \"year\""),
        ("years", "kind = \"block\"、\"window\"、\"rolling\""),
        ("months", "kind = \"window\""),
        ("from", "kind = \"block\"、\"window\"、\"span\""),
        ("to", "kind = \"span\""),
    ] {
        entry.get(key);
        if !allowed.contains(&key) {
            entry.needs(key, kinds);
        }
    }
    match shape {
        Shape::Year => year(entry, parent),
        Shape::Block => block(entry, parent),
        Shape::Window => window(entry, parent),
        Shape::Span => span(entry, parent),
        Shape::Rolling => Some(Period::Rolling { years: entry.needed("years", entry.whole("years", SOME_YEARS))? }),
        Shape::HalfYear => Some(Period::HalfYear),
        Shape::Quarter => Some(Period::Quarter),
        Shape::Month => Some(Period::Month),
        Shape::Day => Some(Period::Day),
        Shape::Lifetime => Some(Period::Lifetime),
    }
}

fn shape_of(period: &Period) -> Shape {
    match period {
        Period::Year { .. } => Shape::Year,
        Period::HalfYear => Shape::HalfYear,
        Period::Quarter => Shape::Quarter,
        Period::Month => Shape::Month,
        Period::Day => Shape::Day,
        Period::Block { .. } => Shape::Block,
        Period::Window { .. } => Shape::Window,
        Period::Rolling { .. } => Shape::Rolling,
        Period::Lifetime => Shape::Lifetime,
        Period::Span { .. } => Shape::Span,
    }
}

fn year(entry: &Entry<'_>, parent: Option<&Period>) -> Option<Period> {
    let Some(text) = entry.word("start") else {
        return if entry.has("start") { None } else { Some(parent.cloned().unwrap_or(Period::Year { month: 1, day: 1 })) };
    };
    let parts = text.split_once('-').filter(|(month, day)| month.len() <= 2 && day.len() <= 2);
    let read = parts.and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
    // The 29th to 31st are not in every month.
    let start = read.filter(|(month, day): &(u32, u32)| (1..=12).contains(month) && (1..=28).contains(day));
    if start.is_none() {
        let item = entry.get("start")?;
        entry.reader.out_of_range("start", item, "01-01", "12-28");
    }
    start.map(|(month, day)| Period::Year { month, day })
}

fn block(entry: &Entry<'_>, parent: Option<&Period>) -> Option<Period> {
    let (old_years, old_from) = match parent {
        Some(Period::Block { years, from }) => (Some(*years), Some(*from)),
        _ => (None, None),
    };
    let years = entry.whole("years", SOME_YEARS).or(old_years);
    let from = entry.get("from").and_then(|item| entry.reader.whole_of("from", item, FIRST_YEAR.into()..=LAST_YEAR.into()));
    let from = from.and_then(|year| i32::try_from(year).ok()).or(old_from);
    let (years, from) = (entry.needed("years", years), entry.needed("from", from));
    Some(Period::Block { years: years?, from: from? })
}

fn window(entry: &Entry<'_>, parent: Option<&Period>) -> Option<Period> {
    let (old_months, old_from) = match parent {
        Some(Period::Window { months, from }) => (Some(*months), Some(from.clone())),
        _ => (None, None),
    };
    let stated = entry.one_of(&["years", "months"]);
    let months = entry.whole("years", SOME_YEARS).map(|years| years * 12).or(entry.whole("months", 1..=1_200));
    if stated.is_none() && old_months.is_none() {
        entry.report(Code::MissingOneOf, vec![("table", entry.name.to_owned()), ("keys", "years、months".to_owned())]);
    }
    let from = entry.needed("from", person_attribute(entry, "from").or(old_from));
    Some(Period::Window { months: months.or(old_months)?, from: from? })
}

fn span(entry: &Entry<'_>, parent: Option<&Period>) -> Option<Period> {
    let (old_from, old_to) = match parent {
        Some(Period::Span { from, to }) => (*from, *to),
        _ => (None, None),
    };
    let (from, to) = (entry.date("from").or(old_from), entry.date("to").or(old_to));
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        let at = ["to", "from"].into_iter().find_map(|key| entry.table.get(key)).map_or(entry.at, |item| item.span().start);
        entry.reader.report(Code::DatesReversed, at, vec![("from", from.to_string()), ("to", to.to_string())]);
    }
    Some(Period::Span { from, to })
}

/// The name of one of the person's attributes, written `person.name`.
pub(in crate::rules::file) fn person_attribute(entry: &Entry<'_>, key: &'static str) -> Option<String> {
    let text = entry.word(key)?;
    Some(text.trim().strip_prefix("person.").unwrap_or(text.trim()).to_owned())
}

/// `[options]` over the parent's.
pub(in crate::rules::file) fn options(entry: &Entry<'_>, parent: Options) -> Options {
    let changes = [
        ("end", Some(ChangeOption::End)),
        ("start", Some(ChangeOption::Start)),
        ("highest", Some(ChangeOption::Highest)),
        ("days", Some(ChangeOption::Days)),
        ("months", Some(ChangeOption::Months)),
        ("ask", None),
    ];
    let part = |nothing| {
        [
            ("full", Some(PartOption::Full)),
            (nothing, Some(PartOption::Nothing)),
            ("days", Some(PartOption::Days)),
            ("months", Some(PartOption::Months)),
            ("ask", None),
        ]
    };
    let carries = [("counted", Some(CarryNow::Counted)), ("moved", Some(CarryNow::Moved)), ("ask", None)];
    let leave_over = entry.get("leave_over").and_then(|item| {
        let number = entry.reader.number_of("leave_over", item)?;
        if number < Exact::ZERO {
            entry.reader.out_of_range("leave_over", item, "0", "1000000000");
        }
        Some(number)
    });
    Options {
        change: entry.choice("change", &changes).unwrap_or(parent.change),
        joined: entry.choice("joined", &part("next")).unwrap_or(parent.joined),
        left: entry.choice("left", &part("exempt")).unwrap_or(parent.left),
        leave: entry.choice("leave", &part("exempt")).unwrap_or(parent.leave),
        leave_over: leave_over.unwrap_or(parent.leave_over),
        split: entry.choice("split", CATEGORY_SPLITS).unwrap_or(parent.split),
        carry_now: entry.choice("carry_now", &carries).unwrap_or(parent.carry_now),
        highest_first: entry.flag("highest_first").unwrap_or(parent.highest_first),
        carry_within_max: entry.flag("carry_within_max").unwrap_or(parent.carry_within_max),
        penalty_first: entry.flag("penalty_first").unwrap_or(parent.penalty_first),
    }
}

/// For how many periods something stays valid.
pub(in crate::rules::file) fn lifetime(entry: &Entry<'_>) -> u32 {
    entry.whole("lifetime", LIFETIMES).unwrap_or(1)
}
