//! What a change of a series does to its sessions: those nobody touched
//! follow, the others stay where they are.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;
use xueji_domain::{
    ids::SessionId,
    planning::{Occurrence, RecurrenceProblem, WorkCalendar},
    sessions::SessionState,
};
use xueji_store::tables::{
    series::{SeriesFields, SkipRecord},
    sessions::{SessionFields, SessionRecord},
};

/// How many sessions a change of a series moves, makes, removes, leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
pub struct SeriesChange {
    /// Sessions made.
    pub added: u32,
    /// Planned sessions removed.
    pub removed: u32,
    /// Planned sessions that take the new values.
    pub followed: u32,
    /// Left: moved by hand to another day.
    pub kept_moved: u32,
    /// Left: edited by hand, or with marks, parts, papers.
    pub kept_edited: u32,
    /// Left: held or cancelled.
    pub kept_settled: u32,
}

/// What is to be done.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// Sessions that follow, with their new occurrence: nominal day and day.
    pub follow: Vec<(SessionRecord, NaiveDate, NaiveDate)>,
    /// Sessions to make: nominal day and day.
    pub add: Vec<(NaiveDate, NaiveDate)>,
    /// Sessions to remove.
    pub remove: Vec<SessionRecord>,
    /// In numbers.
    pub change: SeriesChange,
}

/// What stands of a series.
pub(super) struct Standing<'a> {
    /// Its fields before the change.
    pub before: &'a SeriesFields,
    /// Its sessions.
    pub sessions: &'a [SessionRecord],
    /// Those on which something hangs.
    pub in_use: &'a HashSet<SessionId>,
    /// What was left out.
    pub skips: &'a [SkipRecord],
}

/// What a series writes of a session.
pub(super) fn session_fields(series: &SeriesFields, date: NaiveDate) -> SessionFields {
    SessionFields {
        date,
        starts_at: series.starts_at,
        amount: series.amount,
        kind: series.kind.clone(),
        title: series.title.clone(),
        level: series.level,
        theme: series.theme.clone(),
        place: series.place.clone(),
        number: None,
        state: SessionState::Planned,
        remark: None,
    }
}

/// Why a session stays as it is.
enum Kept {
    Moved,
    Edited,
    Settled,
}

/// Works out a change from a day on; what lies before stays.
pub(super) fn align(
    standing: &Standing,
    after: &SeriesFields,
    calendar: &WorkCalendar,
    today: NaiveDate,
) -> Result<Alignment, RecurrenceProblem> {
    let expected = expected_days(standing.before, calendar)?;
    let skipped: HashSet<NaiveDate> = standing.skips.iter().map(|skip| skip.date).collect();
    let mut wanted: Vec<(NaiveDate, NaiveDate)> = after
        .rule
        .occurrences(after.starts_on, after.ends_on, calendar)?
        .into_iter()
        .filter_map(|Occurrence { nominal, date }| Some((nominal, date?)))
        .filter(|(nominal, date)| *date >= today && !skipped.contains(nominal))
        .collect();
    let mut alignment = Alignment::default();
    let mut free = Vec::new();
    for session in standing.sessions {
        let Some((_, nominal)) = session.links.series else { continue };
        if session.fields.date < today && nominal < today {
            continue;
        }
        match kept(session, nominal, standing, &expected) {
            None => free.push((session, nominal)),
            Some(reason) => {
                match reason {
                    Kept::Moved => alignment.change.kept_moved += 1,
                    Kept::Edited => alignment.change.kept_edited += 1,
                    Kept::Settled => alignment.change.kept_settled += 1,
                }
                // One of a day that is past stands for the next only where a turn has no more than one.
                if nominal >= today || after.rule.once_a_turn() {
                    take(&mut wanted, nominal, after);
                }
            }
        }
    }
    // First whoever keeps the very day, so that no session moves for another's sake.
    let (same, others): (Vec<_>, Vec<_>) = free.into_iter().partition(|(_, nominal)| wanted.iter().any(|(day, _)| day == nominal));
    for (session, nominal) in same.into_iter().chain(others) {
        match take(&mut wanted, nominal, after) {
            Some((nominal, date)) => alignment.follow.push((session.clone(), nominal, date)),
            None => alignment.remove.push(session.clone()),
        }
    }
    alignment.add = wanted;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    alignment.change.added = count(alignment.add.len());
    alignment.change.removed = count(alignment.remove.len());
    alignment.change.followed = count(alignment.follow.len());
    Ok(alignment)
}

fn expected_days(fields: &SeriesFields, calendar: &WorkCalendar) -> Result<HashMap<NaiveDate, NaiveDate>, RecurrenceProblem> {
    let all = fields.rule.occurrences(fields.starts_on, fields.ends_on, calendar)?;
    Ok(all.into_iter().filter_map(|one| Some((one.nominal, one.date?))).collect())
}

fn kept(session: &SessionRecord, nominal: NaiveDate, standing: &Standing, expected: &HashMap<NaiveDate, NaiveDate>) -> Option<Kept> {
    if session.fields.state != SessionState::Planned {
        return Some(Kept::Settled);
    }
    let date = session.fields.date;
    if standing.in_use.contains(&session.id) || session.fields != session_fields(standing.before, date) {
        return Some(Kept::Edited);
    }
    (expected.get(&nominal).copied().unwrap_or(nominal) != date).then_some(Kept::Moved)
}

/// Takes the occurrence of a day, or else the nearest one of the same turn.
fn take(wanted: &mut Vec<(NaiveDate, NaiveDate)>, nominal: NaiveDate, after: &SeriesFields) -> Option<(NaiveDate, NaiveDate)> {
    let nearest = wanted
        .iter()
        .enumerate()
        .filter(|(_, (day, _))| after.rule.same_turn(*day, nominal))
        .min_by_key(|(_, (day, _))| (*day - nominal).num_days().abs())?
        .0;
    Some(wanted.remove(nearest))
}
