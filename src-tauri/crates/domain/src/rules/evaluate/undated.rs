//! When a fact was of which only the month, the year, or nothing is recorded.
//! Where that decides in which period, in which month of a requirement, or by
//! when something was due, somebody is asked.

use chrono::NaiveDate;

use super::{
    super::{
        expression::Node,
        facts::{Activity, Person},
        ledger::{Question, QuestionKind, Reading},
        model::{CapPer, Due, Period, Requirement},
    },
    Run,
    spans::{self, Span},
    timeline::{Timeline, possible_days},
};

/// A question with more readings than this is asked for its ends alone.
const MOST_READINGS: usize = 60;

impl<'a> Run<'a> {
    /// Every fact with its day under this run's readings, in order; `None`:
    /// as the timeline has them.
    pub fn dated(&self, timeline: &Timeline<'a>) -> Option<Vec<(&'a Activity, NaiveDate)>> {
        let mut moved = false;
        let mut ordered = self.ordered.to_vec();
        let last = timeline.spans.last();
        for (activity, day) in &mut ordered {
            let range = match possible_days(activity) {
                Some((first, last)) if first == last => continue,
                Some(range) => Some(range),
                None => last.and_then(|span| Some((span.from?, span.to?))),
            };
            let Some(days) = range.map(|range| self.days_to_ask(activity, range)).filter(|days| days.len() > 1) else { continue };
            let picked = self.choices.reading(&format!("date:{}", activity.id), || question(activity, &days));
            if let Some((_, picked)) = days.get(picked) {
                moved |= picked != day;
                *day = *picked;
            }
        }
        ordered.sort_by(|(a, on_a), (b, on_b)| on_a.cmp(on_b).then_with(|| a.id.cmp(&b.id)));
        moved.then_some(ordered)
    }

    /// The days that stand for all that a fact may have been on, each with
    /// what a decision calls it.
    fn days_to_ask(&self, activity: &Activity, (first, last): (NaiveDate, NaiveDate)) -> Vec<(String, NaiveDate)> {
        let whole = Span { name: String::new(), from: Some(first), to: Some(last) };
        let inside = |kind: &Period| spans::inside(kind, &whole, &self.subject.person);
        let mut starts: Vec<NaiveDate> = vec![first];
        if !matches!(self.rules.period, Period::Day) {
            starts.extend(inside(&self.rules.period).iter().filter_map(|span| span.from));
        }
        for requirement in self.rules.requirements.iter().filter(|own| self.measures(own, activity) && self.active(&own.origin)) {
            let kind = match requirement.per {
                CapPer::Month => Period::Month,
                CapPer::Quarter => Period::Quarter,
                CapPer::HalfYear => Period::HalfYear,
                _ => continue,
            };
            starts.extend(inside(&kind).iter().filter_map(|span| span.from));
        }
        starts.sort_unstable();
        starts.dedup();
        let end_of = |at: usize| starts.get(at + 1).and_then(|next| spans::before(*next)).unwrap_or(last);
        let by_day = self.is_of_a_duty(activity);
        let mut days = Vec::new();
        for (at, &start) in starts.iter().enumerate() {
            let end = end_of(at);
            if by_day && start != end {
                days.extend([(start.to_string(), start), (end.to_string(), end)]);
            } else {
                days.push((name_of(start, end), start));
            }
        }
        if days.len() > MOST_READINGS {
            days = days.first().into_iter().chain(days.last()).cloned().collect();
        }
        days
    }

    /// Whether a fact brings a duty, fulfils one, or is the next occasion for
    /// one: then the day itself matters.
    fn is_of_a_duty(&self, activity: &Activity) -> bool {
        let is = |kinds: &[String]| kinds.iter().any(|kind| **kind == *activity.kind);
        let next = |due: &Due| matches!(due, Due::Next(kinds) if is(kinds));
        let of_duty = self.rules.obligations.iter().filter(|own| is(&own.of) || is(&own.done) || next(&own.due));
        of_duty.into_iter().any(|own| self.active(&own.origin))
    }

    /// Whether a requirement may be about a fact: it names the fact's
    /// category, its bucket, or something that is made of several.
    fn measures(&self, requirement: &Requirement, activity: &Activity) -> bool {
        let categories: Vec<_> = self.index.categories(&activity.kind).iter().map(|&at| &self.rules.categories[at]).collect();
        let plain = |name: &str| {
            let other = self.rules.categories.iter().any(|own| own.id == name) || self.rules.buckets.iter().any(|own| own.id == name);
            !other || categories.iter().any(|own| own.id == name || own.bucket.as_deref() == Some(name))
        };
        let mut about = false;
        for test in &requirement.tests {
            test.of.node.visit(&mut |node| match node {
                Node::Name { prefix: None, name, .. } => about |= plain(name),
                Node::Measure { arguments, .. } => {
                    about |= arguments.first().is_none_or(|first| matches!(first, Node::Text(name) if plain(name)))
                }
                _ => {}
            });
        }
        about && !categories.is_empty()
    }
}

fn question(activity: &Activity, days: &[(String, NaiveDate)]) -> Question {
    let reading = |(id, _): &(String, NaiveDate)| Reading { id: id.clone(), label: String::new(), unbounded: false };
    Question {
        key: format!("date:{}", activity.id),
        kind: QuestionKind::Date { date: activity.date.map(|date| date.to_string()) },
        fact: Some(activity.id.to_string()),
        line: 0,
        readings: days.iter().map(reading).collect(),
    }
}

/// `2025-03`, `2025-Q1`, `2025-H1`, else the first and the last day.
fn name_of(first: NaiveDate, last: NaiveDate) -> String {
    let nobody = Person::default();
    let spans = [Period::Month, Period::Quarter, Period::HalfYear].into_iter().filter_map(|kind| spans::holding(&kind, first, &nobody));
    let same = spans.into_iter().find(|span| (span.from, span.to) == (Some(first), Some(last)));
    same.map_or_else(|| format!("{first}–{last}"), |span| span.name)
}
