//! What holds for any branch and any meetings.

use proptest::prelude::*;

use super::*;

fn structure() -> impl Strategy<Value = Structure> {
    (0..12u32, 0..4u32, prop::option::of(any::<bool>()), prop::option::of(any::<bool>()), any::<bool>()).prop_map(
        |(full_members, probationary, committee, groups, study_group)| Structure {
            full_members,
            probationary,
            committee,
            groups,
            study_group,
        },
    )
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0..500u64).prop_map(|days| NaiveDate::from_ymd_opt(2024, 11, 1).unwrap() + chrono::Days::new(days))
}

fn date() -> impl Strategy<Value = PartialDate> {
    prop_oneof![
        6 => day().prop_map(PartialDate::Day),
        1 => (1..=12u32).prop_map(|month| PartialDate::Month { year: 2025, month }),
        1 => Just(PartialDate::Year(2025)),
    ]
}

fn branch() -> impl Strategy<Value = Branch> {
    let phases = prop::collection::vec((prop::option::of(day()), structure()), 0..3);
    let groups = prop::collection::vec((prop::option::of(day()), prop::option::of(day())), 0..3);
    (phases, groups, prop::option::of(day()), prop::option::of(day()), 0..4usize).prop_map(
        |(phases, groups, established_on, closed_on, people)| {
            let mut phases: Vec<_> = phases.into_iter().map(|(from, structure)| Phase { from, structure }).collect();
            phases.sort_by_key(|phase| phase.from);
            let group = |(number, (from, until))| Group { id: format!("组{number}"), name: String::new(), from, until };
            Branch {
                id: "支部".to_owned(),
                kind: "党支部".to_owned(),
                established_on,
                closed_on,
                phases,
                groups: groups.into_iter().enumerate().map(group).collect(),
                people: (0..people).map(|number| Person { id: format!("人{number}"), committee: number < 2 }).collect(),
            }
        },
    )
}

fn meeting() -> impl Strategy<Value = Meeting> {
    let kinds = prop::sample::subsequence(
        vec!["支部党员大会", "支委会", "党小组会", "党课", "主题党日", "组织生活会", "中心组学习", "谈心谈话"],
        1..3,
    );
    let state = prop_oneof![4 => Just(SessionState::Held), 1 => Just(SessionState::Planned), 1 => Just(SessionState::Cancelled)];
    let of = prop::sample::subsequence(vec!["支部", "组0", "组1", "别处"], 1..3);
    let numbers = (prop::option::of(0..9u32), prop::option::of(0..9u32));
    (kinds, date(), state, of, numbers, prop::option::of(1..5i64), any::<[bool; 3]>(), 0..4usize).prop_map(
        |(kinds, date, state, of, (expected, present), days, [secretary_lectured, vote, election], between)| Meeting {
            id: String::new(),
            date,
            kinds: kinds.into_iter().map(str::to_owned).collect(),
            state,
            of: of
                .into_iter()
                .map(|organization| Participation {
                    organization: organization.to_owned(),
                    expected,
                    present,
                    entitled: expected,
                    entitled_present: present,
                })
                .collect(),
            days: days.and_then(|days| Exact::fraction(days, 2)),
            secretary_lectured,
            vote,
            election,
            between: (0..between).map(|number| format!("人{number}")).collect(),
        },
    )
}

fn meetings() -> impl Strategy<Value = Vec<Meeting>> {
    prop::collection::vec(meeting(), 0..25).prop_map(|mut meetings| {
        for (number, meeting) in meetings.iter_mut().enumerate() {
            meeting.id = format!("{number:02}");
        }
        meetings
    })
}

fn look(branch: &Branch, as_of: NaiveDate, meetings: &[Meeting]) -> Coverage {
    let requirements = Requirements::shipped();
    coverage(&Query { requirements: &requirements, branch, year: 2025, as_of, meetings, choices: &[] }).unwrap()
}

fn windows(coverage: &Coverage) -> Vec<&WindowCoverage> {
    coverage.items.iter().flat_map(|item| &item.readings).flat_map(|reading| &reading.windows).collect()
}

proptest! {
    #[test]
    fn every_state_follows_from_its_figures(branch in branch(), as_of in day(), meetings in meetings()) {
        let found = look(&branch, as_of, &meetings);
        for window in windows(&found) {
            let missing = window.required.checked_sub(window.held).unwrap().max(Exact::ZERO);
            prop_assert_eq!(window.missing, missing);
            match window.state {
                State::Met => prop_assert!(missing.is_zero()),
                State::Short => prop_assert!(!missing.is_zero() && window.to < as_of),
                State::NotYetDue => prop_assert!(!missing.is_zero() && as_of <= window.to && window.reason.is_none()),
                State::NotApplicable => prop_assert!(window.required.is_zero() && window.reason.is_some()),
                State::Undecided => prop_assert!(window.reason.is_some()),
            }
        }
    }

    #[test]
    fn the_order_of_meetings_does_not_matter(branch in branch(), as_of in day(), meetings in meetings().prop_shuffle()) {
        let mut sorted = meetings.clone();
        sorted.sort_by(|one, other| one.id.cmp(&other.id));
        prop_assert_eq!(look(&branch, as_of, &meetings), look(&branch, as_of, &sorted));
    }

    #[test]
    fn another_meeting_never_takes_anything_away(branch in branch(), as_of in day(), meetings in meetings()) {
        let Some((_, fewer)) = meetings.split_last() else { return Ok(()) };
        let (before, after) = (look(&branch, as_of, fewer), look(&branch, as_of, &meetings));
        for (before, after) in windows(&before).into_iter().zip(windows(&after)) {
            prop_assert!(after.held >= before.held);
            prop_assert!(before.state != State::Met || after.state == State::Met);
            prop_assert!(before.state == State::Short || after.state != State::Short);
        }
    }
}
