//! Values: a number, a formula, a table, bands; and the limits made of them.

use toml::{Spanned, de::DeValue};

use super::{
    finding::Code,
    reader::{Entry, Item, LIST_LIMIT, Reader},
};
use crate::{
    exact::Exact,
    rules::{
        expression::Expression,
        model::{Band, End, Limit, RoundMode, Value, ValueKind},
    },
};

/// The modes of rounding.
pub(super) const ROUND_MODES: &[(&str, RoundMode)] = &[
    ("floor", RoundMode::Floor),
    ("ceil", RoundMode::Ceil),
    ("half_up", RoundMode::HalfUp),
    ("half_down", RoundMode::HalfDown),
    ("nearest", RoundMode::HalfUp),
];

impl<'r> Entry<'r> {
    pub(super) fn value(&self, key: &'static str) -> Option<Value> {
        value_of(self.reader, key, self.get(key)?)
    }

    /// The lower and the upper end that four keys state: `from`/`over` and
    /// `to`/`under`, or `min`/`over` and `max`/`under`.
    pub(super) fn ends(&self, lower: [&'static str; 2], upper: [&'static str; 2]) -> (Option<End>, Option<End>) {
        let end = |[inclusive, exclusive]: [&'static str; 2]| {
            self.one_of(&[inclusive, exclusive]);
            let at = |key, inclusive| self.number(key).map(|at| End { at, inclusive });
            let (first, second) = (at(inclusive, true), at(exclusive, false));
            first.or(second)
        };
        let (low, high) = (end(lower), end(upper));
        if let (Some(low), Some(high)) = (low, high)
            && (low.at > high.at || low.at == high.at && !(low.inclusive && high.inclusive))
        {
            self.report(Code::BandEmpty, vec![("lower", low.at.to_string()), ("upper", high.at.to_string())]);
        }
        (low, high)
    }

    /// A limit that two keys state, the limit itself inside or outside.
    pub(super) fn limit(&self, inclusive: &'static str, exclusive: &'static str) -> Option<Limit> {
        self.one_of(&[inclusive, exclusive]);
        let (first, second) = (self.value(inclusive), self.value(exclusive));
        let limit = |value, inclusive| Limit { value, inclusive };
        first.map(|value| limit(value, true)).or(second.map(|value| limit(value, false)))
    }

    /// A band with what it gives.
    pub(super) fn band<T>(&self, value: Option<T>) -> Option<Band<T>> {
        let (lower, upper) = self.ends(["from", "over"], ["to", "under"]);
        if !["from", "over", "to", "under"].into_iter().any(|key| self.has(key)) {
            self.report(Code::MissingOneOf, vec![("table", self.name.to_owned()), ("keys", "from、over、to、under".to_owned())]);
        }
        let origin = self.origin();
        self.finish();
        Some(Band { origin, lower, upper, value: value? })
    }

    /// `round` and `step` of a figure.
    pub(super) fn rounding(&self) -> Option<(RoundMode, Exact)> {
        let (mode, step) = (self.choice("round", ROUND_MODES), self.positive("step"));
        if !self.has("round") {
            self.needs("step", "round");
        }
        Some((mode?, step.unwrap_or(Exact::ONE)))
    }

    /// One expression or a list of them.
    pub(super) fn expressions(&self, key: &'static str) -> Option<Vec<Expression>> {
        let item = self.get(key)?;
        let elements = self.reader.list_of(key, item);
        if elements.is_empty() {
            self.reader.report(Code::Empty, item.span().start, vec![("key", key.to_owned())]);
        }
        let read: Vec<_> = elements.iter().map(|element| self.reader.expression_of(key, element)).collect();
        read.into_iter().collect::<Option<Vec<_>>>().filter(|read| !read.is_empty())
    }
}

fn value_of<'r>(reader: &'r Reader<'r>, key: &'static str, item: Item<'r>) -> Option<Value> {
    let line = reader.line(item.span().start);
    let Some(entry) = Entry::inner(reader, item, "value") else {
        reader.keep_line(item.span().start);
        return Some(Value { line, how: ValueKind::Constant(reader.number_of(key, item)?) });
    };
    let how = match entry.exactly_one(&["formula", "table", "bands"]) {
        Some("formula") => {
            ["by", "else"].into_iter().for_each(|other| {
                if entry.has(other) {
                    entry.conflict("formula", other)
                }
            });
            entry.expression("formula").map(ValueKind::Formula)
        }
        Some("table") => table_of(&entry),
        Some("bands") => bands_of(&entry),
        _ => None,
    };
    // What belongs to the other forms is known, only not here.
    ["formula", "by", "table", "bands", "else"].into_iter().for_each(|known| {
        entry.get(known);
    });
    entry.finish();
    Some(Value { line, how: how? })
}

fn table_of(entry: &Entry<'_>) -> Option<ValueKind> {
    let by = entry.needed("by", entry.expressions("by"));
    let otherwise = entry.number("else");
    let item = entry.get("table")?;
    let DeValue::Table(table) = item.get_ref() else {
        entry.reader.wrong_type("table", item, "table");
        return None;
    };
    if table.len() > LIST_LIMIT {
        entry.reader.report(Code::TooMany, item.span().start, vec![("key", "table".to_owned()), ("limit", LIST_LIMIT.to_string())]);
        return None;
    }
    if table.is_empty() {
        entry.reader.report(Code::Empty, item.span().start, vec![("key", "table".to_owned())]);
        return None;
    }
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by_key(|(key, _)| key.span().start);
    let row = |(key, value): &(&Spanned<std::borrow::Cow<'_, str>>, Item<'_>)| {
        Some((key.get_ref().to_string(), entry.reader.number_of(key.get_ref(), value)?))
    };
    let read: Vec<_> = rows.iter().map(row).collect();
    Some(ValueKind::Table { by: by?, rows: read.into_iter().collect::<Option<_>>()?, otherwise })
}

fn bands_of(entry: &Entry<'_>) -> Option<ValueKind> {
    let by = entry.needed("by", entry.expression("by"));
    let otherwise = entry.number("else");
    let entries = entry.entries("bands", "bands");
    if entries.is_empty() {
        let at = entry.get("bands").map_or(entry.at, |item| item.span().start);
        entry.reader.report(Code::Empty, at, vec![("key", "bands".to_owned())]);
        return None;
    }
    let read: Vec<_> = entries.iter().map(|band| band.band(band.needed("credit", band.number("credit")))).collect();
    Some(ValueKind::Bands { by: by?, bands: read.into_iter().collect::<Option<_>>()?, otherwise })
}
