//! What was held against what is required.

use std::collections::BTreeMap;

use super::{
    CountedMeeting, Coverage, Doubt, DoubtfulMeeting, Each, Frequency, Group, Item, ItemCoverage, Measure, Meeting, Participation, Query,
    Quorum, QuorumAt, QuorumOf, QuorumOutcome, QuorumState, Reading, ReadingCoverage, Reason, State, Window, WindowCoverage,
    applies::{Applies, applies},
    talks::{Talked, talked},
    window::{Every, Placement, days_of, in_months},
};
use crate::{calendar::PartialDate, exact::Exact, rules::expression::TooLarge, sessions::SessionState};

/// Why a year cannot be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CoverageError {
    /// No date may lie in it.
    #[error("year {year} is out of range")]
    YearOutOfRange {
        /// As it was asked for.
        year: i32,
    },
    /// A condition or a sum of days left what exact numbers can hold.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

/// A branch's year: each item with its windows, what was held in them, what
/// is missing and by when.
///
/// # Errors
/// Where no date may lie in the year, or a number leaves what exact numbers
/// can hold.
pub fn coverage(query: &Query<'_>) -> Result<Coverage, CoverageError> {
    if Every::Year.windows(query.year).is_empty() {
        return Err(CoverageError::YearOutOfRange { year: query.year });
    }
    let mut items = Vec::new();
    for item in &query.requirements.items {
        for group in targets(query, item) {
            items.push(Target::new(query, item, group).coverage()?);
        }
    }
    Ok(Coverage { year: query.year, as_of: query.as_of, items })
}

/// The groups for which an item is worked out; `None`: the branch.
fn targets<'a>(query: &Query<'a>, item: &Item) -> Vec<Option<&'a Group>> {
    let year = Every::Year.windows(query.year);
    let exists = |group: &&Group| {
        year.iter().any(|year| group.from.is_none_or(|from| from <= year.to) && group.until.is_none_or(|until| year.from <= until))
    };
    let listed: Vec<_> = query.branch.groups.iter().filter(exists).map(Some).collect();
    // A branch with groups that nobody listed is looked at as a whole.
    if item.each == Each::Branch || listed.is_empty() { vec![None] } else { listed }
}

/// An item for a branch or one of its groups, with the meetings that may
/// count for it.
struct Target<'a> {
    query: &'a Query<'a>,
    item: &'a Item,
    group: Option<&'a Group>,
    /// By date and id; with a doubt where it does not say which group met.
    meetings: Vec<(&'a Meeting, Option<Doubt>, Option<&'a Participation>)>,
}

impl<'a> Target<'a> {
    fn new(query: &'a Query<'a>, item: &'a Item, group: Option<&'a Group>) -> Self {
        let mut meetings: Vec<_> = query.meetings.iter().filter_map(|meeting| taken(query, item, group, meeting)).collect();
        meetings.sort_by(|(one, ..), (other, ..)| (one.date, &one.id).cmp(&(other.date, &other.id)));
        Self { query, item, group, meetings }
    }

    fn coverage(&self) -> Result<ItemCoverage, TooLarge> {
        let item = self.item;
        let chosen = self.query.choices.iter().find(|(own, _)| *own == item.id).map(|(_, reading)| reading).or(item.chosen.as_ref());
        let chosen = chosen.filter(|chosen| item.readings.iter().any(|reading| reading.id == **chosen)).cloned();
        let wanted = |reading: &&Reading| chosen.as_ref().is_none_or(|chosen| reading.id == *chosen);
        let readings = item.readings.iter().filter(wanted).map(|reading| self.reading(reading)).collect::<Result<Vec<_>, _>>()?;
        let first = readings.first().map_or(State::Undecided, |reading| reading.state);
        let state = if readings.iter().all(|reading| reading.state == first) { first } else { State::Undecided };
        Ok(ItemCoverage {
            item: item.id.clone(),
            name: item.name.clone(),
            source: item.source.clone(),
            group: self.group.map(|group| group.id.clone()),
            chosen,
            readings,
            state,
        })
    }

    fn reading(&self, reading: &Reading) -> Result<ReadingCoverage, TooLarge> {
        let every = reading.frequency.every;
        let windows = every.windows(self.query.year);
        let windows = windows.iter().map(|window| self.window(&reading.frequency, window)).collect::<Result<Vec<_>, _>>()?;
        Ok(ReadingCoverage {
            reading: reading.id.clone(),
            label: reading.label.clone(),
            source: reading.source.clone(),
            every,
            state: State::of_all(windows.iter().map(|window| window.state)),
            windows,
        })
    }

    fn window(&self, frequency: &Frequency, window: &Window) -> Result<WindowCoverage, TooLarge> {
        let found = self.found(frequency, window)?;
        let talked = self.talked(frequency, &found.counted);
        let (required, held) = match &frequency.measure {
            Measure::Times(least) => (*least, count(found.counted.len())),
            Measure::Days(least) => (*least, days(&found.counted)?),
            Measure::Talks { .. } => (count(talked.required), count(talked.held)),
        };
        let applies = applies(self.query.requirements, self.item, self.query.branch, self.group, window)?;
        let (state, reason) = self.state(frequency, window, applies, required, held, &found);
        let required = if state == State::NotApplicable { Exact::ZERO } else { required };
        let missing = required.checked_sub(held).ok_or(TooLarge)?.max(Exact::ZERO);
        Ok(WindowCoverage {
            window: window.name.clone(),
            from: window.from,
            to: window.to,
            required,
            held,
            missing,
            state,
            reason,
            meetings: found.meetings,
            void_meetings: found.void,
            doubtful: found.doubtful,
            planned: found.planned,
            lapsed: found.lapsed,
            missing_pairs: talked.missing_pairs,
            missing_people: talked.missing_people,
        })
    }

    fn state(
        &self,
        frequency: &Frequency,
        window: &Window,
        applies: Applies,
        required: Exact,
        held: Exact,
        found: &Found<'_>,
    ) -> (State, Option<Reason>) {
        let talks = matches!(frequency.measure, Measure::Talks { .. });
        match applies {
            Applies::Never => return (State::NotApplicable, Some(Reason::Condition { text: self.item.otherwise.clone() })),
            Applies::NotEstablished => return (State::NotApplicable, Some(Reason::NotEstablished)),
            _ if talks && self.query.branch.people.is_empty() => return (State::Undecided, Some(Reason::PeopleUnknown)),
            _ if talks && required.is_zero() => return (State::NotApplicable, Some(Reason::Nobody)),
            _ if held >= required => return (State::Met, None),
            Applies::Partly(from, to) => return (State::Undecided, Some(Reason::PartOfWindow { from, to })),
            Applies::Throughout => {}
        }
        // A doubtful meeting is one more; how many days or pairs it would
        // add cannot be told.
        let enough = match frequency.measure {
            Measure::Times(_) => count(found.counted.len() + found.doubtful.len()) >= required,
            Measure::Days(_) | Measure::Talks { .. } => !found.doubtful.is_empty(),
        };
        match (self.query.as_of <= window.to, enough) {
            (true, _) => (State::NotYetDue, None),
            (false, true) => (State::Undecided, Some(Reason::Doubtful)),
            (false, false) => (State::Short, None),
        }
    }

    fn talked(&self, frequency: &Frequency, counted: &[&Meeting]) -> Talked {
        match &frequency.measure {
            Measure::Talks { between, each } => {
                talked(&self.query.branch.people, *between, *each, counted.iter().map(|meeting| meeting.between.as_slice()))
            }
            _ => Talked::default(),
        }
    }

    /// Sorts the meetings of a window by what they are worth to it.
    fn found(&self, frequency: &Frequency, window: &Window) -> Result<Found<'a>, TooLarge> {
        let mut found = Found::default();
        for &(meeting, doubt, participation) in &self.meetings {
            let place = window.place(meeting.date);
            let Some((first, last)) = days_of(meeting.date).filter(|_| place != Placement::Outside) else {
                continue;
            };
            if meeting.state == SessionState::Planned || first > self.query.as_of {
                let list = if last < self.query.as_of { &mut found.lapsed } else { &mut found.planned };
                list.push(meeting.id.clone());
                continue;
            }
            if let Some(why) = doubt.or_else(|| self.doubt(frequency, meeting, place)) {
                found.doubtful.push(DoubtfulMeeting { id: meeting.id.clone(), why });
                continue;
            }
            let (quorums, void) = quorums(&self.item.quorums, meeting, participation)?;
            if void {
                found.void.push(meeting.id.clone());
                continue;
            }
            let usual = |months| meeting.date.month().is_none() || in_months(first, months);
            let outside_usual = !self.item.usual.is_none_or(usual);
            found.meetings.push(CountedMeeting { id: meeting.id.clone(), outside_usual, quorums });
            found.counted.push(meeting);
        }
        Ok(found)
    }

    fn doubt(&self, frequency: &Frequency, meeting: &Meeting, place: Placement) -> Option<Doubt> {
        match frequency.measure {
            _ if place == Placement::Perhaps => Some(Doubt::Date),
            Measure::Days(_) if meeting.days.is_none() => Some(Doubt::Length),
            Measure::Talks { .. } if meeting.between.len() < 2 => Some(Doubt::People),
            _ => None,
        }
    }
}

/// The meetings of one window.
#[derive(Default)]
struct Found<'a> {
    counted: Vec<&'a Meeting>,
    meetings: Vec<CountedMeeting>,
    void: Vec<String>,
    doubtful: Vec<DoubtfulMeeting>,
    planned: Vec<String>,
    lapsed: Vec<String>,
}

/// Whether a meeting may count for an item, with what speaks against it and
/// with the numbers of the organization that is looked at.
fn taken<'a>(
    query: &Query<'a>,
    item: &Item,
    group: Option<&Group>,
    meeting: &'a Meeting,
) -> Option<(&'a Meeting, Option<Doubt>, Option<&'a Participation>)> {
    let kind = meeting.kinds.iter().any(|kind| item.kinds.contains(kind));
    if !kind || meeting.state == SessionState::Cancelled || (item.by_secretary && !meeting.secretary_lectured) {
        return None;
    }
    let part = |id: &str| meeting.of.iter().find(|part| part.organization == id);
    let Some(group) = group else {
        return part(&query.branch.id).map(|own| (meeting, None, Some(own)));
    };
    if let Some(own) = part(&group.id) {
        return Some((meeting, None, Some(own)));
    }
    // Recorded for the branch as a whole, without saying which group.
    let others = query.branch.groups.iter().any(|other| part(&other.id).is_some());
    let own = part(&query.branch.id).filter(|_| !others)?;
    let only_group = query.branch.groups.len() == 1;
    Some((meeting, (!only_group).then_some(Doubt::Group), only_group.then_some(own)))
}

/// The quorums that a meeting needs, and whether it is void for want of one.
fn quorums(wanted: &[Quorum], meeting: &Meeting, participation: Option<&Participation>) -> Result<(Vec<QuorumState>, bool), TooLarge> {
    let mut states = Vec::new();
    let mut void = false;
    for quorum in wanted {
        let needed = match quorum.at {
            QuorumAt::Meeting => true,
            QuorumAt::Vote => meeting.vote || meeting.election,
            QuorumAt::Election => meeting.election,
        };
        if !needed {
            continue;
        }
        let (present, expected) = participation.map_or((None, None), |part| match quorum.of {
            QuorumOf::Expected => (part.present, part.expected),
            QuorumOf::Entitled => (part.entitled_present, part.entitled),
        });
        let outcome = match (present, expected) {
            (Some(present), Some(expected)) if expected > 0 => {
                let least = quorum.share.checked_mul(Exact::whole(expected.into())).ok_or(TooLarge)?;
                if Exact::whole(present.into()) >= least { QuorumOutcome::Met } else { QuorumOutcome::Short }
            }
            _ => QuorumOutcome::Unknown,
        };
        void |= quorum.void && outcome == QuorumOutcome::Short;
        states.push(QuorumState { at: quorum.at, of: quorum.of, share: quorum.share, present, expected, outcome });
    }
    Ok((states, void))
}

/// The days of some meetings. What happened on one calendar day adds up to a
/// day at most, unless one meeting began there and went on for longer.
fn days(meetings: &[&Meeting]) -> Result<Exact, TooLarge> {
    let mut by_day: BTreeMap<PartialDate, (Exact, Exact)> = BTreeMap::new();
    for meeting in meetings {
        let Some(days) = meeting.days else { continue };
        let (sum, longest) = by_day.entry(meeting.date).or_insert((Exact::ZERO, Exact::ONE));
        *sum = sum.checked_add(days).ok_or(TooLarge)?;
        *longest = (*longest).max(days);
    }
    by_day.iter().try_fold(Exact::ZERO, |total, (date, (sum, longest))| {
        let counted = if date.day().is_some() { (*sum).min(*longest) } else { *sum };
        total.checked_add(counted).ok_or(TooLarge)
    })
}

fn count(number: usize) -> Exact {
    Exact::whole(i64::try_from(number).unwrap_or(i64::MAX))
}
