//! Steps 6 to 9: single events, highest only, spreading, penalties first,
//! caps from narrow to wide.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use xueji_domain::{
    exact::Exact,
    rules::{
        expression::Datum,
        facts::{EarlierResult, Subject},
        model::{Basis, Cap, CapPer, Cycle, Highest, Period, RuleSet, Value},
    },
};

use super::{
    Line, PeriodResult, Source,
    scope::{Figures, ResultScope, amount, holds, person_on},
    time::{Span, window},
};

/// A penalty that no fact stands behind.
#[derive(Debug, Clone)]
pub struct Loose {
    pub id: String,
    pub bucket: Option<String>,
    pub day: NaiveDate,
    pub credit: Exact,
}

pub fn apply(rules: &RuleSet, subject: &Subject, span: &Span, lines: &mut Vec<Line>, loose: &[Loose], done: &[PeriodResult]) -> Option<()> {
    if rules.options.highest_first {
        highest(rules, lines);
        single(rules, subject, span, lines)?;
    } else {
        single(rules, subject, span, lines)?;
        highest(rules, lines);
    }
    spread(rules, lines, done);
    let mut caps: Vec<&Cap> = rules.caps.iter().filter(|cap| cap.per != CapPer::Event).collect();
    caps.sort_by_key(|cap| width(&cap.per));
    for cap in caps {
        narrow(rules, subject, span, cap, lines, loose, done)?;
    }
    Some(())
}

fn width(per: &CapPer) -> u32 {
    match per {
        CapPer::Event => 0,
        CapPer::Key => 1,
        CapPer::Day => 2,
        CapPer::Week => 3,
        CapPer::Month => 4,
        CapPer::Quarter => 5,
        CapPer::HalfYear => 6,
        CapPer::Period => 7,
        CapPer::Cycle(_) => 8,
    }
}

/// A value for a person, as at the end of the period.
pub fn personal(value: &Value, subject: &Subject, span: &Span) -> Option<Exact> {
    let figures = Figures::default();
    amount(value, &ResultScope { figures: &figures, person: person_on(&subject.person, span.to) })
}

pub fn for_whom(who: Option<&xueji_domain::rules::expression::Expression>, subject: &Subject, span: &Span) -> bool {
    let figures = Figures::default();
    holds(who, &ResultScope { figures: &figures, person: person_on(&subject.person, span.to) })
}

fn is_on(rules: &RuleSet, on: &[String], line: &Line) -> bool {
    let in_total = match &line.bucket {
        Some(bucket) => rules.buckets.iter().any(|own| own.id == *bucket && own.in_total),
        None => true,
    };
    on.iter().any(|id| *id == line.category || line.bucket.as_ref() == Some(id) || (id == "total" && in_total))
}

fn concerns(rules: &RuleSet, cap: &Cap, line: &Line) -> bool {
    let when = match (&cap.when, &line.scope) {
        (None, _) => true,
        (Some(when), Some(scope)) => holds(Some(when), scope),
        (Some(_), None) => false,
    };
    is_on(rules, &cap.on, line) && when
}

fn single(rules: &RuleSet, subject: &Subject, span: &Span, lines: &mut [Line]) -> Option<()> {
    for cap in rules.caps.iter().filter(|cap| cap.per == CapPer::Event && for_whom(cap.who.as_ref(), subject, span)) {
        let Some(max) = &cap.max else { continue };
        let max = personal(max, subject, span)?;
        let event = |line: &&mut Line| line.source != Source::Opening && line.now > Exact::ZERO && concerns(rules, cap, line);
        for line in lines.iter_mut().filter(event) {
            let times = line.now.checked_div(line.once)?;
            line.once = line.once.min(max);
            line.now = line.once * times;
        }
    }
    Some(())
}

fn key_text(datum: Datum<'_>) -> Option<String> {
    match datum {
        Datum::Number(number) => Some(number.to_string()),
        Datum::Text(text) => Some(text.to_owned()),
        Datum::Day(day) => Some(day.to_string()),
        Datum::Flag(flag) => Some(flag.to_string()),
        Datum::Missing | Datum::List(_) => None,
    }
}

fn highest(rules: &RuleSet, lines: &mut [Line]) {
    for rule in &rules.highest {
        let mut groups: BTreeMap<(Vec<String>, String), Vec<usize>> = BTreeMap::new();
        for (at, line) in lines.iter().enumerate() {
            if line.now > Exact::ZERO
                && is_on(rules, &rule.on, line)
                && let Some(keys) = keys(rule, line)
            {
                groups.entry((keys, window(&rule.per, Some(line.day)))).or_default().push(at);
            }
        }
        for group in groups.values() {
            let mut best = group.clone();
            // stable: of equals the earliest stays first
            best.sort_by(|a, b| lines[*b].now.cmp(&lines[*a].now));
            for at in best.into_iter().skip(rule.keep as usize) {
                lines[at].now = Exact::ZERO;
                lines[at].once = Exact::ZERO;
            }
        }
    }
}

fn keys(rule: &Highest, line: &Line) -> Option<Vec<String>> {
    let scope = line.scope.as_ref()?;
    rule.by.iter().map(|by| key_text(by.evaluate(scope).expect("small numbers"))).collect()
}

/// The part of this period stays; parts of earlier periods' awards come first.
fn spread(rules: &RuleSet, lines: &mut Vec<Line>, done: &[PeriodResult]) {
    let parts_of =
        |line: &Line| rules.categories.iter().find(|category| category.id == line.category).map_or(1, |category| category.spread);
    for line in lines.iter_mut() {
        let parts = Exact::whole(parts_of(line).into());
        let summed = rules.categories.iter().any(|category| category.id == line.category && category.basis != Basis::Event);
        let share = if summed { Exact::ONE } else { line.share };
        line.now = (line.now * share).checked_div(parts).expect("at least one part");
        line.part = line.now;
    }
    let mut due = Vec::new();
    for (distance, period) in done.iter().rev().enumerate() {
        for line in period.lines.iter().filter(|line| matches!(line.source, Source::Fact | Source::Derived)) {
            if distance as u32 + 1 < parts_of(line) && !line.part.is_zero() {
                due.push(Line { source: Source::Spread, raw: line.part, now: line.part, scope: None, count: 1, ..line.clone() });
            }
        }
    }
    due.sort_by(|a, b| (a.date, &a.fact).cmp(&(b.date, &b.fact)));
    // what is given at the beginning comes before everything
    let at = lines.iter().take_while(|line| line.source == Source::Opening).count();
    lines.splice(at..at, due);
}

/// With penalties first, a cap is on what is left after them: those in its
/// window make room.
fn room_of_penalties(rules: &RuleSet, cap: &Cap, lines: &[Line], loose: &[Loose], group: &str) -> Exact {
    if !rules.options.penalty_first {
        return Exact::ZERO;
    }
    let own =
        lines.iter().filter(|line| line.now < Exact::ZERO && concerns(rules, cap, line) && group_of(cap, line).as_deref() == Some(group));
    // what no fact stands behind meets no condition on one and has no key
    let meant = |own: &&Loose| {
        let in_total =
            own.bucket.is_none() || rules.buckets.iter().any(|bucket| own.bucket.as_ref() == Some(&bucket.id) && bucket.in_total);
        let on = cap.on.iter().any(|id| *id == own.id || own.bucket.as_ref() == Some(id) || (id == "total" && in_total));
        let free = !matches!(cap.per, CapPer::Key) && cap.when.is_none();
        on && free && own.credit < Exact::ZERO && window(&cap.per, Some(own.day)) == group
    };
    let idle: Exact = loose.iter().filter(meant).map(|own| own.credit).sum();
    Exact::ZERO - own.map(|line| line.now).sum() - idle
}

fn narrow(
    rules: &RuleSet,
    subject: &Subject,
    span: &Span,
    cap: &Cap,
    lines: &mut [Line],
    loose: &[Loose],
    done: &[PeriodResult],
) -> Option<()> {
    if !for_whom(cap.who.as_ref(), subject, span) {
        return Some(());
    }
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        if line.now > Exact::ZERO
            && concerns(rules, cap, line)
            && let Some(group) = group_of(cap, line)
        {
            groups.entry(group).or_default().push(at);
        }
    }
    let before = used_before(rules, subject, span, cap, done);
    for (name, group) in &groups {
        if let Some(count) = &cap.count {
            let mut room = personal(count, subject, span)? - before.1;
            for &line in group {
                if was_done(&lines[line]) {
                    take_times(&mut lines[line], &mut room);
                }
            }
        }
        if let Some(max) = &cap.max {
            let more = room_of_penalties(rules, cap, lines, loose, name);
            let mut room = (personal(max, subject, span)? + more - before.0).max(Exact::ZERO);
            for at in group {
                let line = &mut lines[*at];
                line.now = line.now.min(room);
                room = room - line.now;
            }
        }
    }
    Some(())
}

/// A time that something was done: neither what is given at the beginning nor
/// a part of what was done earlier.
fn was_done(line: &Line) -> bool {
    matches!(line.source, Source::Fact | Source::Derived)
}

fn group_of(cap: &Cap, line: &Line) -> Option<String> {
    match &cap.per {
        CapPer::Key => key_text(cap.key.as_ref()?.evaluate(line.scope.as_ref()?).expect("small numbers")),
        CapPer::Period | CapPer::Cycle(_) => Some(String::new()),
        per => (!matches!(line.source, Source::Spread | Source::Opening)).then(|| window(per, Some(line.day))),
    }
}

/// A fact done several times counts as often as there is room.
fn take_times(line: &mut Line, room: &mut Exact) {
    let times = Exact::whole(line.count.into());
    let counting = times.min((*room).max(Exact::ZERO));
    *room = *room - counting;
    line.now = (line.now * counting).checked_div(times).expect("at least once");
}

fn used_before(rules: &RuleSet, subject: &Subject, span: &Span, cap: &Cap, done: &[PeriodResult]) -> (Exact, Exact) {
    let CapPer::Cycle(id) = &cap.per else { return (Exact::ZERO, Exact::ZERO) };
    let Some(cycle) = cycle_of(rules, subject, span, id) else { return (Exact::ZERO, Exact::ZERO) };
    let earlier = done.iter().filter(|period| same_cycle(cycle, &span.name, &period.span.name));
    let lines: Vec<&Line> =
        earlier.flat_map(|period| &period.lines).filter(|line| line.now > Exact::ZERO && concerns(rules, cap, line)).collect();
    let before = subject.earlier.iter().filter(|earlier| same_cycle(cycle, &span.name, &earlier.period));
    let known = |earlier: &EarlierResult, id: &String| match id.as_str() {
        "total" => earlier.total,
        id => earlier.buckets.iter().find(|(own, _)| own == id).map(|(_, sum)| *sum),
    };
    // what is a part of another one is in that sum already
    let part = |id: &String| {
        let category = rules.categories.iter().find(|category| category.id == *id);
        let bucket = category.map_or(Some(id), |category| category.bucket.as_ref());
        let in_total = rules.buckets.iter().find(|own| Some(&own.id) == bucket).is_none_or(|own| own.in_total);
        id != "total" && (cap.on.contains(&"total".to_owned()) && in_total || bucket.is_some_and(|own| own != id && cap.on.contains(own)))
    };
    let on: Vec<&String> = cap.on.iter().filter(|id| !part(id)).collect();
    let of_before: Exact = before.flat_map(|earlier| on.iter().filter_map(|id| known(earlier, id))).sum();
    (
        lines.iter().map(|line| line.now).sum::<Exact>() + of_before,
        lines.iter().filter(|line| was_done(line)).map(|line| Exact::whole(line.count.into())).sum(),
    )
}

/// The cycle of that id that is for this person.
pub fn cycle_of<'a>(rules: &'a RuleSet, subject: &Subject, span: &Span, id: &str) -> Option<&'a Cycle> {
    rules.cycles.iter().find(|cycle| cycle.id == id && for_whom(cycle.who.as_ref(), subject, span))
}

/// Whether two years are in one cycle, seen from `now`.
pub fn same_cycle(cycle: &Cycle, now: &str, other: &str) -> bool {
    let (Ok(now), Ok(other)) = (now.parse::<i32>(), other.parse::<i32>()) else { return false };
    match cycle.period {
        Period::Block { years, from } => (now - from).div_euclid(years as i32) == (other - from).div_euclid(years as i32),
        Period::Rolling { years } => other <= now && other > now - years as i32,
        _ => false,
    }
}
