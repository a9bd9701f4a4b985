//! 三会一课 and its neighbours against what the regulations say, worked out
//! by hand: the frequencies, for whom they hold, and what a branch lacks.

use chrono::NaiveDate;
use xueji_domain::calendar::{PartialDate, parse_partial_date};
use xueji_domain::coverage::{
    Branch, Coverage, CoverageError, Doubt, Every, Group, ItemCoverage, Meeting, Participation, Person, Phase, Query, QuorumAt,
    QuorumOutcome, Reason, Requirements, State, Structure, WindowCoverage, coverage,
};
use xueji_domain::exact::Exact;
use xueji_domain::sessions::SessionState;

const BRANCH: &str = "第一支部";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn date(text: &str) -> PartialDate {
    parse_partial_date(text).unwrap()
}

fn whole(number: i64) -> Exact {
    Exact::whole(number)
}

fn branch(full_members: u32) -> Branch {
    Branch::new(BRANCH, Structure { full_members, ..Structure::default() })
}

fn held(id: &str, on: &str, kinds: &[&str]) -> Meeting {
    Meeting::held(id, date(on), kinds, BRANCH)
}

fn look(branch: &Branch, as_of: &str, meetings: &[Meeting]) -> Coverage {
    look_with(branch, as_of, meetings, &[])
}

fn look_with(branch: &Branch, as_of: &str, meetings: &[Meeting], choices: &[(&str, &str)]) -> Coverage {
    let choices: Vec<_> = choices.iter().map(|(item, reading)| ((*item).to_owned(), (*reading).to_owned())).collect();
    let requirements = Requirements::shipped();
    coverage(&Query { requirements: &requirements, branch, year: 2025, as_of: day(as_of), meetings, choices: &choices }).unwrap()
}

fn item<'a>(coverage: &'a Coverage, id: &str) -> &'a ItemCoverage {
    coverage.item(id).unwrap_or_else(|| panic!("no item {id}"))
}

fn window<'a>(coverage: &'a Coverage, id: &str, name: &str) -> &'a WindowCoverage {
    let item = item(coverage, id);
    assert_eq!(item.readings.len(), 1, "{id} has several readings");
    item.readings[0].windows.iter().find(|window| window.window == name).unwrap_or_else(|| panic!("no window {name}"))
}

fn states(coverage: &Coverage, id: &str) -> Vec<State> {
    let item = item(coverage, id);
    assert_eq!(item.readings.len(), 1, "{id} has several readings");
    item.readings[0].windows.iter().map(|window| window.state).collect()
}

use State::{Met, NotApplicable, NotYetDue, Short, Undecided};

#[test]
fn each_item_has_the_frequency_of_its_regulation() {
    let requirements = Requirements::shipped();
    // published text: quarterly members' meeting; monthly committee, group
    // and party day; yearly organisational life and review.
    let expected = [
        ("党员大会", Every::Quarter, 4),
        ("支委会", Every::Month, 12),
        ("党小组会", Every::Month, 12),
        ("主题党日", Every::Month, 12),
        ("组织生活会", Every::Year, 1),
        ("民主评议党员", Every::Year, 1),
    ];
    for (id, every, windows) in expected {
        let item = requirements.items.iter().find(|item| item.id == id).unwrap();
        assert_eq!(item.readings.len(), 1, "{id}");
        assert_eq!(item.readings[0].frequency.every, every, "{id}");
        assert_eq!(every.windows(2025).len(), windows, "{id}");
        assert!(!item.source.is_empty(), "{id}");
    }
    // What the regulations leave to the place.
    for (id, readings) in [("党课", 3), ("书记讲党课", 2), ("中心组次数", 3), ("中心组天数", 3), ("谈心谈话_党员之间", 2)]
    {
        let item = requirements.items.iter().find(|item| item.id == id).unwrap();
        assert_eq!(item.readings.len(), readings, "{id}");
        assert_eq!(item.chosen, None, "{id} is left to the place");
    }
}

#[test]
fn a_year_with_one_meeting_a_quarter_is_covered() {
    let meetings = [
        held("m1", "2025-03-31", &["支部党员大会"]), // last day of the quarter
        held("m2", "2025-04-01", &["支部党员大会"]), // first day of the next
        held("m3", "2025-08-15", &["党员大会"]),
        held("m4", "2025-12-31", &["支部党员大会"]),
    ];
    let covered = look(&branch(5), "2026-01-05", &meetings);
    assert_eq!(states(&covered, "党员大会"), [Met; 4]);
    assert_eq!(window(&covered, "党员大会", "2025-Q2").meetings[0].id, "m2");
    assert_eq!(item(&covered, "党员大会").state, Met);

    // Two in one quarter do not make up for none in another.
    let meetings = [held("m1", "2025-01-10", &["支部党员大会"]), held("m2", "2025-03-20", &["支部党员大会"])];
    let covered = look(&branch(5), "2025-12-31", &meetings);
    assert_eq!(states(&covered, "党员大会"), [Met, Short, Short, NotYetDue]);
    let second = window(&covered, "党员大会", "2025-Q2");
    assert_eq!((second.required, second.held, second.missing), (whole(1), whole(0), whole(1)));
    assert_eq!(second.to, day("2025-06-30"));
}

#[test]
fn what_ends_today_is_not_yet_due() {
    for (as_of, state) in [("2025-06-30", NotYetDue), ("2025-07-01", Short)] {
        let covered = look(&branch(5), as_of, &[held("m1", "2025-02-01", &["支部党员大会"])]);
        assert_eq!(window(&covered, "党员大会", "2025-Q2").state, state, "{as_of}");
    }
    // What was held today counts today.
    let covered = look(&branch(5), "2025-06-30", &[held("m2", "2025-06-30", &["支部党员大会"])]);
    assert_eq!(window(&covered, "党员大会", "2025-Q2").state, Met);
    let covered = look(&branch(5), "2024-02-29", &[]);
    assert_eq!(states(&covered, "主题党日"), [NotYetDue; 12]);
}

#[test]
fn six_members_have_no_committee_and_seven_have_one() {
    let six = look(&branch(6), "2025-12-31", &[]);
    assert_eq!(item(&six, "支委会").state, NotApplicable);
    let reason = &window(&six, "支委会", "2025-01").reason;
    assert_eq!(reason, &Some(Reason::Condition { text: "正式党员不足 7 人，不设支部委员会".to_owned() }));
    assert_eq!(window(&six, "支委会", "2025-01").required, whole(0));

    let seven = look(&branch(7), "2025-12-31", &[]);
    // January to November are over, December ends today.
    assert_eq!(states(&seven, "支委会"), [vec![Short; 11], vec![NotYetDue]].concat());

    // 预备党员 do not count towards the seven.
    let mixed = Branch::new(BRANCH, Structure { full_members: 6, probationary: 4, ..Structure::default() });
    assert_eq!(item(&look(&mixed, "2025-12-31", &[]), "支委会").state, NotApplicable);

    // The clerk's word goes before the number, both ways.
    let with = Branch::new(BRANCH, Structure { full_members: 6, committee: Some(true), ..Structure::default() });
    assert_eq!(item(&look(&with, "2025-12-31", &[]), "支委会").state, Short);
    let without = Branch::new(BRANCH, Structure { full_members: 7, committee: Some(false), ..Structure::default() });
    assert_eq!(item(&look(&without, "2025-12-31", &[]), "支委会").state, NotApplicable);
}

#[test]
fn a_committee_from_the_middle_of_a_month_leaves_that_month_undecided() {
    let structure = |full_members| Structure { full_members, ..Structure::default() };
    let grown = Branch {
        phases: vec![Phase { from: None, structure: structure(6) }, Phase { from: Some(day("2025-04-16")), structure: structure(7) }],
        ..branch(6)
    };
    let covered = look(&grown, "2025-06-30", &[held("c5", "2025-05-09", &["支委会"])]);
    let expected = [vec![NotApplicable; 3], vec![Undecided, Met], vec![NotYetDue; 7]].concat();
    assert_eq!(states(&covered, "支委会"), expected);
    let part = Some(Reason::PartOfWindow { from: day("2025-04-16"), to: day("2025-04-30") });
    assert_eq!(window(&covered, "支委会", "2025-04").reason, part);

    // Held all the same: then there is nothing to decide.
    let covered = look(&grown, "2025-06-30", &[held("c4", "2025-04-20", &["支委会"])]);
    assert_eq!(window(&covered, "支委会", "2025-04").state, Met);

    // The last day of a month is a part of it, and of two parts the first is
    // named.
    let phases = |days: &[(&str, u32)]| -> Vec<Phase> {
        let later = days.iter().map(|(from, members)| Phase { from: Some(day(from)), structure: structure(*members) });
        std::iter::once(Phase { from: None, structure: structure(6) }).chain(later).collect()
    };
    for (changes, from, to) in [
        (&[("2025-04-30", 7)][..], "2025-04-30", "2025-04-30"),
        (&[("2025-04-01", 7), ("2025-04-11", 6), ("2025-04-21", 8)], "2025-04-01", "2025-04-10"),
        (&[("2025-04-05", 7), ("2025-04-11", 8), ("2025-04-21", 6)], "2025-04-05", "2025-04-20"),
    ] {
        let covered = look(&Branch { phases: phases(changes), ..branch(6) }, "2025-06-30", &[]);
        assert_eq!(window(&covered, "支委会", "2025-04").reason, Some(Reason::PartOfWindow { from: day(from), to: day(to) }));
    }

    // On the first of a month the whole month counts.
    let grown = Branch {
        phases: vec![Phase { from: None, structure: structure(6) }, Phase { from: Some(day("2025-04-01")), structure: structure(7) }],
        ..branch(6)
    };
    let covered = look(&grown, "2025-06-30", &[]);
    assert_eq!(states(&covered, "支委会")[2..4], [NotApplicable, Short]);
}

#[test]
fn a_branch_owes_nothing_before_it_was_set_up_or_after_it_was_closed() {
    let young = Branch { established_on: Some(day("2025-07-01")), closed_on: Some(day("2025-09-30")), ..branch(5) };
    let covered = look(&young, "2026-01-01", &[]);
    assert_eq!(states(&covered, "党员大会"), [NotApplicable, NotApplicable, Short, NotApplicable]);
    assert_eq!(window(&covered, "党员大会", "2025-Q1").reason, Some(Reason::NotEstablished));
    assert_eq!(window(&covered, "党员大会", "2025-Q4").reason, Some(Reason::NotEstablished));
    // A yearly item of a branch of one quarter: the text does not say.
    let part = Some(Reason::PartOfWindow { from: day("2025-07-01"), to: day("2025-09-30") });
    assert_eq!(window(&covered, "组织生活会", "2025").reason, part);
    assert_eq!(item(&covered, "组织生活会").state, Undecided);
}

#[test]
fn one_meeting_satisfies_two_items() {
    let meetings =
        [held("a", "2025-02-20", &["主题党日", "支部党员大会"]), held("b", "2025-12-10", &["组织生活会", "支部党员大会", "民主评议党员"])];
    let covered = look(&branch(5), "2026-01-01", &meetings);
    for (id, name, meeting) in [
        ("主题党日", "2025-02", "a"),
        ("党员大会", "2025-Q1", "a"),
        ("党员大会", "2025-Q4", "b"),
        ("组织生活会", "2025", "b"),
        ("民主评议党员", "2025", "b"),
    ] {
        let window = window(&covered, id, name);
        assert_eq!(window.state, Met, "{id}");
        assert_eq!(window.meetings[0].id, meeting, "{id}");
    }
    // But a meeting is no more than it was recorded as.
    let covered = look(&branch(5), "2026-01-01", &[held("b", "2025-12-10", &["组织生活会"])]);
    assert_eq!(item(&covered, "民主评议党员").state, Short);
    assert_eq!(window(&covered, "主题党日", "2025-12").held, whole(0));
}

#[test]
fn the_frequency_of_lectures_is_undecided_until_the_place_decides() {
    let lecture = |id: &str, on: &str| held(id, on, &["党课"]);
    // Two in the first half: enough for twice a year, not for the others.
    let two = [lecture("l1", "2025-01-18"), lecture("l2", "2025-05-20")];
    let covered = look(&branch(5), "2025-12-31", &two);
    let lectures = item(&covered, "党课");
    assert_eq!(lectures.state, Undecided);
    let by_reading: Vec<_> = lectures.readings.iter().map(|reading| (reading.reading.as_str(), reading.state)).collect();
    // Third quarter over and empty; second half ends today.
    assert_eq!(by_reading, [("quarterly", Short), ("twice_a_year", Met), ("twice_a_term", NotYetDue)]);

    let chosen = look_with(&branch(5), "2025-12-31", &two, &[("党课", "twice_a_year")]);
    assert_eq!(item(&chosen, "党课").state, Met);
    assert_eq!(item(&chosen, "党课").chosen.as_deref(), Some("twice_a_year"));
    assert_eq!(item(&chosen, "党课").readings.len(), 1);
    // A choice of something that is no reading decides nothing.
    let wrong = look_with(&branch(5), "2025-12-31", &two, &[("党课", "weekly")]);
    assert_eq!(item(&wrong, "党课").state, Undecided);

    // The file itself may choose; what the book chooses goes before it.
    let file = include_str!("../../assets/presets/coverage.toml")
        .replace("kinds = [\"党课\"]\n", "kinds = [\"党课\"]\nchoose = \"twice_a_year\"\n");
    let file = file.replacen("choose = \"twice_a_year\"\nby_secretary", "by_secretary", 1);
    let requirements = Requirements::read(&file).unwrap();
    let own_branch = branch(5);
    let state = |choices: &[(String, String)]| {
        let query =
            Query { requirements: &requirements, branch: &own_branch, year: 2025, as_of: day("2025-12-31"), meetings: &two, choices };
        item(&coverage(&query).unwrap(), "党课").state
    };
    assert_eq!(state(&[]), Met);
    assert_eq!(state(&[("党课".to_owned(), "quarterly".to_owned())]), Short);

    // One a quarter, two a half: every reading is content.
    let all: Vec<_> = ["2025-01-18", "2025-04-20", "2025-07-20", "2025-10-20"].iter().map(|on| lecture(on, on)).collect();
    assert_eq!(item(&look(&branch(5), "2025-12-31", &all), "党课").state, Met);
    // None at all in a year that is over: short in every reading.
    assert_eq!(item(&look(&branch(5), "2026-01-01", &[]), "党课").state, Short);
}

#[test]
fn only_what_the_secretary_lectures_counts_for_the_secretary() {
    let mut meetings = vec![held("l1", "2025-03-01", &["党课"]), held("l2", "2025-06-01", &["党课"]), held("l3", "2025-09-01", &["党课"])];
    meetings[1].secretary_lectured = true;
    for (reading, state, missing) in [("once_a_year", Met, 0), ("twice_a_year", Short, 1)] {
        let covered = look_with(&branch(5), "2026-01-01", &meetings, &[("书记讲党课", reading)]);
        assert_eq!(item(&covered, "书记讲党课").state, state, "{reading}");
        assert_eq!(window(&covered, "书记讲党课", "2025").missing, whole(missing), "{reading}");
        assert_eq!(window(&covered, "书记讲党课", "2025").meetings[0].id, "l2");
    }
}

#[test]
fn a_committee_of_which_less_than_half_came_did_not_meet() {
    let committee = |id: &str, on: &str, expected, present| Meeting {
        of: vec![Participation { organization: BRANCH.to_owned(), expected, present, ..Participation::default() }],
        ..held(id, on, &["支委会"])
    };
    let meetings = [
        committee("c1", "2025-01-10", Some(5), Some(2)), // 2 of 5: less than half
        committee("c2", "2025-02-10", Some(5), Some(3)),
        committee("c3", "2025-03-10", Some(4), Some(2)), // exactly half suffices
        committee("c4", "2025-04-10", None, Some(1)),    // not recorded
    ];
    let covered = look(&branch(9), "2025-04-30", &meetings);
    assert_eq!(states(&covered, "支委会")[..4], [Short, Met, Met, Met]);
    assert_eq!(window(&covered, "支委会", "2025-01").void_meetings, ["c1"]);
    let outcome = |name| window(&covered, "支委会", name).meetings[0].quorums[0].outcome;
    assert_eq!(outcome("2025-03"), QuorumOutcome::Met);
    assert_eq!(outcome("2025-04"), QuorumOutcome::Unknown);
}

#[test]
fn a_vote_needs_half_and_an_election_four_fifths_of_those_entitled() {
    let assembly = |id: &str, on: &str, entitled_present, vote, election| Meeting {
        vote,
        election,
        of: vec![Participation {
            organization: BRANCH.to_owned(),
            // Probationary members are expected but have no vote.
            expected: Some(14),
            present: Some(14),
            entitled: Some(10),
            entitled_present: Some(entitled_present),
        }],
        ..held(id, on, &["支部党员大会"])
    };
    let outcomes = |meeting: Meeting| -> Vec<_> {
        let covered = look(&branch(10), "2025-12-31", &[meeting]);
        let window = window(&covered, "党员大会", "2025-Q1");
        // Short of a quorum nothing may be decided, but the meeting was held.
        assert_eq!(window.state, Met);
        window.meetings[0].quorums.iter().map(|quorum| (quorum.at, quorum.outcome)).collect()
    };
    let (vote, election) = (QuorumAt::Vote, QuorumAt::Election);
    let (met, short) = (QuorumOutcome::Met, QuorumOutcome::Short);
    assert_eq!(outcomes(assembly("a", "2025-01-05", 4, false, false)), []);
    assert_eq!(outcomes(assembly("a", "2025-01-05", 4, true, false)), [(vote, short)]);
    assert_eq!(outcomes(assembly("a", "2025-01-05", 5, true, false)), [(vote, met)]);
    assert_eq!(outcomes(assembly("a", "2025-01-05", 7, false, true)), [(vote, met), (election, short)]);
    assert_eq!(outcomes(assembly("a", "2025-01-05", 8, true, true)), [(vote, met), (election, met)]);
}

#[test]
fn each_group_meets_by_itself() {
    let group = |id: &str, from: Option<&str>| Group { id: id.to_owned(), name: id.to_owned(), from: from.map(day), until: None };
    let branch = Branch { groups: vec![group("一组", None), group("二组", Some("2025-03-01"))], ..branch(12) };
    let of = |id: &str, on: &str, organization: &str| Meeting::held(id, day(on), &["党小组会"], organization);
    let meetings = [of("g1", "2025-01-10", "一组"), of("g2", "2025-03-10", "二组"), of("g3", "2025-04-10", BRANCH)];
    let covered = look(&branch, "2025-05-01", &meetings);
    let groups: Vec<_> = covered.items.iter().filter(|item| item.item == "党小组会").collect();
    assert_eq!(groups.iter().map(|item| item.group.as_deref()).collect::<Vec<_>>(), [Some("一组"), Some("二组")]);
    let states = |at: usize| groups[at].readings[0].windows[..5].iter().map(|window| window.state).collect::<Vec<_>>();
    // In April somebody met, but which group was not recorded.
    assert_eq!(states(0), [Met, Short, Short, Undecided, NotYetDue]);
    assert_eq!(states(1), [NotApplicable, NotApplicable, Met, Undecided, NotYetDue]);
    let april = &groups[0].readings[0].windows[3];
    assert_eq!(april.reason, Some(Reason::Doubtful));
    assert_eq!((april.doubtful[0].id.as_str(), april.doubtful[0].why), ("g3", Doubt::Group));
    // A joint meeting of both groups counts for both, with neither in doubt.
    let joint = Meeting {
        of: ["一组", "二组"].map(|id| Participation { organization: id.to_owned(), ..Participation::default() }).to_vec(),
        ..of("g4", "2025-04-20", "一组")
    };
    let covered = look(&branch, "2025-05-01", &[joint]);
    for own in covered.items.iter().filter(|item| item.item == "党小组会") {
        assert_eq!(own.readings[0].windows[3].state, Met);
    }
}

#[test]
fn a_meeting_of_one_group_within_the_branch_says_nothing_of_another() {
    let group = |id: &str| Group { id: id.to_owned(), name: id.to_owned(), from: None, until: None };
    let branch = Branch { groups: vec![group("一组"), group("二组")], ..branch(12) };
    let part = |id: &str| Participation { organization: id.to_owned(), ..Participation::default() };
    let meeting = Meeting { of: vec![part(BRANCH), part("二组")], ..held("g", "2025-01-10", &["党小组会"]) };
    let covered = look(&branch, "2025-02-01", std::slice::from_ref(&meeting));
    let states: Vec<_> =
        covered.items.iter().filter(|item| item.item == "党小组会").map(|item| item.readings[0].windows[0].state).collect();
    assert_eq!(states, [Short, Met]);
    // The only group of a branch needs no naming.
    let only = Branch { groups: vec![group("一组")], ..branch };
    let covered = look(&only, "2025-02-01", &[held("g", "2025-01-10", &["党小组会"])]);
    assert_eq!(window(&covered, "党小组会", "2025-01").state, Met);
}

#[test]
fn a_branch_without_groups_holds_no_group_meetings() {
    assert_eq!(item(&look(&branch(12), "2026-01-01", &[]), "党小组会").state, NotApplicable);
    // Groups that the clerk states without listing them: the branch is looked
    // at as a whole.
    let stated = Branch::new(BRANCH, Structure { full_members: 12, groups: Some(true), ..Structure::default() });
    let covered = look(&stated, "2025-02-01", &[held("g", "2025-01-03", &["党小组会"])]);
    assert_eq!(states(&covered, "党小组会")[..2], [Met, NotYetDue]);
}

#[test]
fn a_joint_meeting_counts_for_each_branch_with_its_own_numbers() {
    let part = |organization: &str, present| Participation {
        organization: organization.to_owned(),
        entitled: Some(10),
        entitled_present: Some(present),
        ..Participation::default()
    };
    let joint =
        Meeting { vote: true, of: vec![part(BRANCH, 6), part("第二支部", 4)], ..held("j", "2025-02-02", &["支部党员大会"]) };
    let elsewhere = Meeting::held("x", day("2025-02-03"), &["主题党日"], "第三支部");
    for (id, outcome) in [(BRANCH, QuorumOutcome::Met), ("第二支部", QuorumOutcome::Short)] {
        let own = Branch { id: id.to_owned(), ..branch(10) };
        let covered = look(&own, "2025-03-01", &[joint.clone(), elsewhere.clone()]);
        assert_eq!(window(&covered, "党员大会", "2025-Q1").meetings[0].quorums[0].outcome, outcome);
        assert_eq!(window(&covered, "主题党日", "2025-02").state, Short, "another branch's meeting");
    }
}

#[test]
fn an_organisational_life_meeting_outside_the_last_quarter_counts_with_a_remark() {
    for (on, outside) in [("2025-09-30", true), ("2025-10-01", false), ("2025-11", false), ("2025", false)] {
        let covered = look(&branch(5), "2026-01-01", &[held("o", on, &["组织生活会"])]);
        let year = window(&covered, "组织生活会", "2025");
        assert_eq!(year.state, Met, "{on}");
        assert_eq!(year.meetings[0].outside_usual, outside, "{on}");
    }
}

#[test]
fn the_usual_months_may_reach_over_the_turn_of_the_year() {
    let text = "name = \"x\"\ncommittee_from = 7\n[[item]]\nid = \"a\"\nname = \"a\"\nkinds = [\"年度会\"]\nusual = [11, 2]\nevery = \"year\"\ntimes = 1\n";
    let requirements = Requirements::read(text).unwrap();
    for (on, outside) in [("2025-10-31", true), ("2025-11-01", false), ("2025-02-28", false), ("2025-03-01", true)] {
        let (branch, meetings) = (branch(5), [held("a", on, &["年度会"])]);
        let query =
            Query { requirements: &requirements, branch: &branch, year: 2025, as_of: day("2026-01-01"), meetings: &meetings, choices: &[] };
        assert_eq!(window(&coverage(&query).unwrap(), "a", "2025").meetings[0].outside_usual, outside, "{on}");
    }
}

#[test]
fn a_date_counts_as_far_as_it_is_known() {
    let meetings = [held("a", "2025-05", &["主题党日", "支部党员大会"]), held("b", "2025", &["主题党日", "组织生活会"])];
    let covered = look(&branch(5), "2026-01-01", &meetings);
    assert_eq!(window(&covered, "主题党日", "2025-05").state, Met);
    assert_eq!(window(&covered, "党员大会", "2025-Q2").state, Met);
    assert_eq!(window(&covered, "组织生活会", "2025").state, Met);
    // Sometime in 2025: perhaps in June.
    let june = window(&covered, "主题党日", "2025-06");
    assert_eq!((june.state, &june.reason), (Undecided, &Some(Reason::Doubtful)));
    assert_eq!(june.doubtful[0].why, Doubt::Date);
}

#[test]
fn planned_meetings_are_shown_but_do_not_count() {
    let planned = |id: &str, on: &str| Meeting { state: SessionState::Planned, ..held(id, on, &["主题党日"]) };
    let cancelled = Meeting { state: SessionState::Cancelled, ..held("c", "2025-06-05", &["主题党日"]) };
    let meetings = [
        planned("p1", "2025-05-20"),
        planned("p2", "2025-06-20"),
        planned("p3", "2025-06-21"),
        cancelled,
        held("h", "2025-06-25", &["主题党日"]),
    ];
    let covered = look(&branch(5), "2025-06-20", &meetings);
    let may = window(&covered, "主题党日", "2025-05");
    assert_eq!((may.state, &may.lapsed[..]), (Short, &["p1".to_owned()][..]));
    let june = window(&covered, "主题党日", "2025-06");
    assert_eq!((june.state, june.missing), (NotYetDue, whole(1)));
    // What is marked as held after today is still to come.
    assert_eq!(june.planned, ["p2", "p3", "h"]);
    assert!(june.meetings.is_empty() && june.lapsed.is_empty());
}

#[test]
fn a_central_group_counts_meetings_and_days() {
    let with_group = Branch::new(BRANCH, Structure { full_members: 9, study_group: true, ..Structure::default() });
    let study = |id: &str, on: &str, days: Option<&str>| Meeting {
        days: days.map(|days| days.parse().unwrap()),
        ..held(id, on, &["中心组学习"])
    };
    // 23 half-days, two of them on one day: 11.5 days.
    let mut meetings: Vec<_> = (1..=11)
        .flat_map(|month| [(month, "05"), (month, "19")])
        .map(|(month, day)| study(&format!("{month:02}-{day}"), &format!("2025-{month:02}-{day}"), Some("1/2")))
        .collect();
    meetings.push(study("12-05", "2025-12-05", Some("0.5")));
    let days = |meetings: &[Meeting]| {
        let covered = look_with(&with_group, "2026-01-01", meetings, &[("中心组天数", "twelve_days"), ("中心组次数", "twice_a_month")]);
        let year = window(&covered, "中心组天数", "2025").clone();
        (year.held, year.missing, year.state, item(&covered, "中心组次数").state)
    };
    let half = |number| Exact::fraction(number, 2).unwrap();
    assert_eq!(days(&meetings), (half(23), half(1), Short, Short));
    meetings.push(study("12-19", "2025-12-19", Some("0.5")));
    assert_eq!(days(&meetings), (whole(12), whole(0), Met, Met));
    // Three half-days of one day are a day.
    let one_day = ["a", "b", "c"].map(|id| study(id, "2025-12-05", Some("0.5")));
    assert_eq!(days(&one_day), (whole(1), whole(11), Short, Short));
    // A course of three days begun that day is three.
    assert_eq!(days(&[study("a", "2025-12-05", Some("3"))]).0, whole(3));
    // A length nobody wrote down: perhaps enough.
    assert_eq!(days(&[study("a", "2025-12-05", None)]).2, Undecided);
    // No central group, nothing required.
    assert_eq!(item(&look(&branch(9), "2026-01-01", &meetings), "中心组次数").state, NotApplicable);
}

#[test]
fn talks_are_read_by_pair_or_by_person() {
    let person = |id: &str, committee| Person { id: id.to_owned(), committee };
    // Three on the committee, four others: 3 pairs, 12 pairs, 6 pairs.
    let people: Vec<_> = ["书记", "组织", "宣传"]
        .map(|id| person(id, true))
        .into_iter()
        .chain(["甲", "乙", "丙", "丁"].map(|id| person(id, false)))
        .collect();
    let branch = Branch { people, ..branch(7) };
    let talk = |id: &str, between: &[&str]| Meeting {
        between: between.iter().map(|&id| id.to_owned()).collect(),
        ..held(id, "2025-05-05", &["谈心谈话"])
    };
    let meetings = [
        talk("t1", &["书记", "组织", "宣传"]), // three pairs at once
        talk("t2", &["书记", "甲"]),
        talk("t3", &["甲", "书记"]), // the same pair again
        talk("t4", &["组织", "乙"]),
        talk("t5", &["宣传", "丙"]),
        talk("t6", &["甲", "乙", "客人"]), // whoever is not of the branch does not count
    ];
    let required = |id: &str, reading: Option<&str>| {
        let choices: Vec<_> = reading.map(|reading| (id, reading)).into_iter().collect();
        let covered = look_with(&branch, "2026-01-01", &meetings, &choices);
        let year = window(&covered, id, "2025").clone();
        (year.required, year.held, year.state)
    };
    assert_eq!(required("谈心谈话_支委之间", None), (whole(3), whole(3), Met));
    assert_eq!(required("谈心谈话_支委与党员", Some("pairs")), (whole(12), whole(3), Short));
    assert_eq!(required("谈心谈话_支委与党员", Some("people")), (whole(7), whole(6), Short));
    assert_eq!(required("谈心谈话_党员之间", Some("pairs")), (whole(6), whole(1), Short));
    assert_eq!(required("谈心谈话_党员之间", Some("people")), (whole(4), whole(2), Short));

    let covered = look_with(&branch, "2026-01-01", &meetings, &[("谈心谈话_支委与党员", "people"), ("谈心谈话_党员之间", "pairs")]);
    assert_eq!(window(&covered, "谈心谈话_支委与党员", "2025").missing_people, ["丁"]);
    let pairs: Vec<_> =
        window(&covered, "谈心谈话_党员之间", "2025").missing_pairs.iter().map(|(one, other)| format!("{one}{other}")).collect();
    assert_eq!(pairs, ["甲丙", "甲丁", "乙丙", "乙丁", "丙丁"]);
    // The order in which members are listed does not matter.
    let turned = Branch { people: branch.people.iter().rev().cloned().collect(), ..branch.clone() };
    let covered = look_with(&turned, "2026-01-01", &meetings, &[("谈心谈话_支委与党员", "pairs")]);
    assert_eq!(window(&covered, "谈心谈话_支委与党员", "2025").held, whole(3));
    // One member who is not on the committee has no other to talk with.
    let single = Branch { people: branch.people[..4].to_vec(), ..branch.clone() };
    let covered = look_with(&single, "2026-01-01", &meetings, &[("谈心谈话_党员之间", "people"), ("谈心谈话_支委与党员", "people")]);
    let alone = window(&covered, "谈心谈话_党员之间", "2025");
    assert_eq!((alone.state, &alone.reason), (NotApplicable, &Some(Reason::Nobody)));
    assert_eq!(window(&covered, "谈心谈话_支委与党员", "2025").required, whole(4));
    // A talk of which nobody wrote down who talked.
    let covered = look(&branch, "2026-01-01", &[talk("t", &["书记"])]);
    let unknown = window(&covered, "谈心谈话_支委之间", "2025");
    assert_eq!((unknown.state, unknown.doubtful[0].why), (Undecided, Doubt::People));
    // Members that nobody listed.
    let unknown = look(&Branch { people: Vec::new(), ..branch.clone() }, "2026-01-01", &meetings);
    assert_eq!(window(&unknown, "谈心谈话_支委之间", "2025").reason, Some(Reason::PeopleUnknown));
}

#[test]
fn two_thousand_meetings_in_any_order_give_the_same_table_at_once() {
    let kinds = ["支部党员大会", "支委会", "主题党日", "党课", "中心组学习", "集体学习"];
    let meetings: Vec<_> = (0..2000u32)
        .map(|number| {
            let on = day("2024-12-01") + chrono::Days::new(u64::from(number * 7 % 420));
            let kind = kinds[number as usize % kinds.len()];
            Meeting { days: Some(Exact::ONE), ..Meeting::held(&format!("{number:04}"), on, &[kind], BRANCH) }
        })
        .collect();
    let with_group = Branch::new(BRANCH, Structure { full_members: 20, study_group: true, ..Structure::default() });
    let started = std::time::Instant::now();
    let covered = look(&with_group, "2026-06-01", &meetings);
    assert!(started.elapsed().as_millis() < 2000, "took {:?}", started.elapsed());
    // Counted another way: every sixth meeting is a members' meeting.
    let in_first_quarter = |meeting: &&Meeting| {
        let on = meeting.date.day().unwrap();
        meeting.kinds[0] == "支部党员大会" && day("2025-01-01") <= on && on <= day("2025-03-31")
    };
    let expected = meetings.iter().filter(in_first_quarter).count();
    assert!(expected > 10);
    assert_eq!(window(&covered, "党员大会", "2025-Q1").meetings.len(), expected);
    let mut turned = meetings.clone();
    turned.reverse();
    assert_eq!(look(&with_group, "2026-06-01", &turned), covered);
}

#[test]
fn a_year_that_no_date_may_lie_in_is_refused() {
    let requirements = Requirements::shipped();
    for year in [i32::MIN, 1899, 2201, i32::MAX] {
        let query = Query { requirements: &requirements, branch: &branch(5), year, as_of: day("2025-01-01"), meetings: &[], choices: &[] };
        assert_eq!(coverage(&query), Err(CoverageError::YearOutOfRange { year }));
    }
}

#[test]
fn a_list_that_cannot_be_meant_is_refused_with_its_line() {
    let head = "name = \"x\"\ncommittee_from = 7\n[[item]]\nid = \"a\"\nname = \"a\"\nkinds = [\"党课\"]\n";
    Requirements::read(&format!("{head}every = \"month\"\ntimes = 1\n")).unwrap();
    let wrong = [
        ("every = \"week\"\ntimes = 1\n", 7),
        ("every = \"month\"\ntimes = 0\n", 3),
        ("every = \"month\"\ntimes = 1.5\n", 8),
        ("every = \"month\"\ntimes = \"1/2\"\n", 3),
        ("every = \"month\"\ntimes = 1\ndays = 1\n", 3),
        ("every = \"month\"\n", 3),
        ("times = 1\n", 3),
        ("every = \"month\"\ntimes = 1\nwhen = \"full_membres >= 7\"\n", 3),
        ("every = \"month\"\ntimes = 1\nwhen = \"person.rank = '处级'\"\n", 3),
        ("every = \"month\"\ntimes = 1\nwhen = \"committee and\"\n", 3),
        ("every = \"month\"\ntimes = 1\nusual = [0, 13]\n", 3),
        ("every = \"month\"\ntimes = 1\nchoose = \"b\"\n", 3),
        ("every = \"month\"\ntalks = \"pairs\"\n", 3),
        ("every = \"month\"\ntimes = 1\noften = true\n", 9),
        ("[[item.reading]]\nid = \"one\"\nlabel = \"\"\nevery = \"year\"\ntimes = 1\n", 3),
        ("every = \"month\"\ntimes = 1\n[[item.quorum]]\nat = \"vote\"\nof = \"expected\"\nshare = \"5/4\"\n", 3),
        ("every = \"month\"\ntimes = 1\n[[item]]\nid = \"a\"\nname = \"b\"\nkinds = [\"x\"]\nevery = \"year\"\ntimes = 1\n", 9),
    ];
    for (text, line) in wrong {
        let error = Requirements::read(&format!("{head}{text}")).expect_err(text);
        assert_eq!(error.line, line, "{text}: {error}");
    }
}
