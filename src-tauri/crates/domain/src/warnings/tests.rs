//! Each rule on cases worked out by hand.

use chrono::NaiveDate;

use super::{
    desk::{BranchYear, OpenDocument, OpenFinding, OpenItem, window_words},
    people::{AbsenceRun, CreditStanding, Pace},
    rolls::{Missed, Roll},
    *,
};
use crate::{
    attendance::{AttendanceCounts, AttendanceStatus},
    coverage::{Branch, Meeting, Participation, Query, Requirements, Structure, coverage},
    exact::Exact,
    ids::{DocumentId, FindingId, Id, PlanItemId, SelfStudyId},
    sessions::SessionState,
};

fn key<T>(number: u64) -> Id<T> {
    Id::from_parts(number, [0; 10])
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

fn found(today: &str, settings: &Settings, look: impl FnOnce(&mut Watch)) -> Vec<Warning> {
    let mut watch = Watch::new(settings, day(today));
    look(&mut watch);
    watch.finish()
}

fn usual(today: &str, look: impl FnOnce(&mut Watch)) -> Vec<Warning> {
    found(today, &Settings::default(), look)
}

fn set(rule: Rule, on: bool, threshold: Option<u32>) -> Settings {
    let mut settings = Settings::default();
    settings.set(rule, RuleSetting { on, threshold });
    settings
}

/// 365 学分 in 365 days: one a day.
fn standing(earned: &str) -> CreditStanding<'static> {
    let earned = exact(earned);
    CreditStanding {
        member: key(1),
        name: "王伟",
        set: "甲",
        period: "2025",
        unit: "学分",
        required: Some(exact("365")),
        earned,
        gap: exact("365").checked_sub(earned),
        pace: None,
        failed: false,
        unmet: Vec::new(),
        consequences: Vec::new(),
        closed: false,
    }
}

fn behind(earned: &str, expected: &str) -> CreditStanding<'static> {
    let (own, expected) = (exact(earned), exact(expected));
    let pace = Pace { unreachable: false, expected, behind: expected.checked_sub(own).filter(|gap| *gap > Exact::ZERO), days: 365 };
    CreditStanding { pace: Some(pace), ..standing(earned) }
}

#[test]
fn behind_by_thirty_days_of_the_own_pace_is_warned_of_and_by_twenty_nine_is_not() {
    // 10 April is the 100th day.
    assert_eq!(usual("2025-04-10", |watch| watch.credits(&behind("71", "100"))), []);
    let warnings = usual("2025-04-10", |watch| watch.credits(&behind("70", "100")));
    assert_eq!(warnings.len(), 1);
    assert_eq!((warnings[0].rule, warnings[0].grade, warnings[0].threshold), (Rule::CreditsBehind, Grade::Progress, Some(30)));
    assert_eq!((&warnings[0].params["days"], &warnings[0].params["gap"]), (&30.into(), &"295".into()));
    assert_eq!(warnings[0].place, Place::Credits { member: key(1) });
    // 365 - 200/3 = 895/3 = 298.33…
    let third = usual("2025-04-10", |watch| watch.credits(&behind("200/3", "100")));
    assert_eq!(third[0].params["gap"], "约 298.33");
    // Less than half of the 100 that should be there.
    assert_eq!(usual("2025-04-10", |watch| watch.credits(&behind("49.5", "100")))[0].grade, Grade::Grave);
    // 29.9 days are not 30.
    assert_eq!(usual("2025-04-10", |watch| watch.credits(&behind("70.1", "100"))), []);
    let sharper = set(Rule::CreditsBehind, true, Some(29));
    assert_eq!(found("2025-04-10", &sharper, |watch| watch.credits(&behind("71", "100"))).len(), 1);
    let off = set(Rule::CreditsBehind, false, None);
    assert_eq!(found("2025-04-10", &off, |watch| watch.credits(&behind("0", "100"))), []);
}

#[test]
fn out_of_reach_is_said_alone_and_a_closed_ledger_says_nothing() {
    let pace = Pace { unreachable: true, expected: exact("100"), behind: Some(exact("100")), days: 365 };
    let lost = CreditStanding { pace: Some(pace), ..standing("0") };
    let warnings = usual("2025-04-10", |watch| watch.credits(&lost));
    assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["credits_unreachable"]);
    let closed = CreditStanding { closed: true, ..lost };
    assert_eq!(usual("2025-04-10", |watch| watch.credits(&closed)), []);
}

#[test]
fn what_failed_is_said_once_the_period_is_over_with_what_years_in_a_row_bring() {
    assert_eq!(usual("2026-01-05", |watch| watch.credits(&standing("12"))), [], "met or not required");
    let because = ["2023".to_owned(), "2024".to_owned()];
    let failed = CreditStanding { failed: true, consequences: vec![("集中调训补课", &because)], ..standing("12") };
    let warnings = usual("2026-01-05", |watch| watch.credits(&failed));
    assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["credits_consequence", "credits_short"]);
    assert_eq!(warnings[0].params["because"], "2023、2024");
    let unmet = CreditStanding { failed: true, gap: None, unmet: vec!["党课次数"], ..standing("400") };
    assert_eq!(usual("2026-01-05", |watch| watch.credits(&unmet))[0].code, "credits_unmet");
    assert_eq!(usual("2026-01-05", |watch| watch.undecided("甲", "办法", "2025", 0)), []);
    assert_eq!(usual("2026-01-05", |watch| watch.undecided("甲", "办法", "2025", 3))[0].params["count"], 3);
}

fn counts(present: u32, absent: u32, made_up: u32, unmarked: u32) -> AttendanceCounts {
    AttendanceCounts { present, absent, made_up, unmarked, ..AttendanceCounts::default() }
}

#[test]
fn a_rate_of_eighty_is_enough_and_what_is_made_up_or_unmarked_does_not_press_it() {
    let warned = |own: AttendanceCounts| usual("2025-06-01", |watch| watch.attendance_rate(key(1), "王伟", 2025, &own)).len();
    assert_eq!(warned(counts(8, 2, 0, 0)), 0, "8 of 10");
    assert_eq!(warned(counts(7, 3, 0, 0)), 1, "7 of 10");
    assert_eq!(warned(counts(7, 3, 1, 0)), 0, "one of them made up");
    assert_eq!(warned(counts(8, 2, 0, 5)), 0, "rolls that are open are another rule's");
    assert_eq!(warned(counts(0, 3, 0, 0)), 0, "three sessions say nothing");
    assert_eq!(warned(AttendanceCounts { official_leave: 10, ..counts(4, 0, 0, 0) }), 0);
    let shown = usual("2025-06-01", |watch| watch.attendance_rate(key(1), "王伟", 2025, &counts(2, 1, 0, 0)));
    assert_eq!(shown, []);
    let shown = usual("2025-06-01", |watch| watch.attendance_rate(key(1), "王伟", 2025, &counts(4, 2, 0, 0)));
    // 4 ÷ 6 = 66.66… %
    assert_eq!(shown[0].params["percent"], "66.7");
}

fn run(marks: &[(AttendanceStatus, bool)]) -> AbsenceRun {
    let mut run = AbsenceRun::default();
    for (number, (status, made_up)) in (1..).zip(marks) {
        run.next(*status, *made_up, key(number), day("2025-03-01") + chrono::Days::new(number));
    }
    run
}

#[test]
fn three_absences_in_a_row_count_up_to_the_latest_and_a_make_up_or_leave_breaks_them() {
    use AttendanceStatus::{Absent, NotRequired, Present, SickLeave, Unmarked};
    let warned = |run: &AbsenceRun| usual("2025-06-01", |watch| watch.absences_in_row(key(1), "王伟", run)).len();
    let absent = (Absent, false);
    assert_eq!(warned(&run(&[absent, absent])), 0);
    let three = run(&[(Present, false), absent, absent, (Unmarked, false), (NotRequired, false), absent]);
    assert_eq!((three.count, three.first, three.last), (3, Some((key(2), day("2025-03-03"))), Some(day("2025-03-07"))));
    assert_eq!(warned(&three), 1);
    assert_eq!(warned(&run(&[absent, absent, absent, (Present, false)])), 0, "came again");
    assert_eq!(warned(&run(&[absent, (SickLeave, false), absent, absent])), 0);
    assert_eq!(warned(&run(&[absent, absent, (Absent, true)])), 0, "made up");
    let twice = set(Rule::AbsencesInRow, true, Some(2));
    assert_eq!(found("2025-06-01", &twice, |watch| watch.absences_in_row(key(1), "王伟", &run(&[absent, absent]))).len(), 1);
}

#[test]
fn a_run_that_grows_keeps_its_key() {
    let absent = (AttendanceStatus::Absent, false);
    let of = |marks: &[_]| usual("2025-06-01", |watch| watch.absences_in_row(key(1), "王伟", &run(marks)))[0].key.clone();
    assert_eq!(of(&[absent; 3]), of(&[absent; 5]));
}

fn roll(state: SessionState, closed: bool, unmarked: u32) -> Roll<'static> {
    Roll { session: key(1), day: day("2025-10-14"), title: "讲座", state, closed, required: 10, unmarked }
}

#[test]
fn a_roll_is_open_until_everybody_is_marked_or_it_is_closed() {
    use SessionState::{Cancelled, Held, Planned};
    let codes = |today: &str, roll: Roll| usual(today, |watch| watch.roll(&roll)).iter().map(|warning| warning.code).collect::<Vec<_>>();
    assert_eq!(codes("2025-10-14", roll(Planned, false, 10)), [""; 0], "the day itself");
    assert_eq!(codes("2025-10-15", roll(Planned, false, 10)), ["roll_not_taken"]);
    assert_eq!(codes("2025-10-15", roll(Held, false, 10)), ["roll_not_taken"]);
    assert_eq!(codes("2025-10-15", roll(Held, false, 2)), ["roll_unmarked"]);
    assert_eq!(codes("2025-10-15", roll(Held, true, 2)), [""; 0]);
    assert_eq!(codes("2025-10-15", roll(Held, false, 0)), [""; 0]);
    assert_eq!(codes("2025-10-15", roll(Cancelled, false, 10)), [""; 0]);
}

#[test]
fn make_ups_are_overdue_the_day_after_they_were_due() {
    let missed = |open| Missed { session: key(1), day: day("2025-10-14"), title: "讲座", due_on: day("2025-11-13"), open };
    assert_eq!(usual("2025-11-13", |watch| watch.make_ups(&missed(4))), []);
    let warnings = usual("2025-11-14", |watch| watch.make_ups(&missed(4)));
    assert_eq!((&warnings[0].params["count"], &warnings[0].params["days"]), (&4.into(), &1.into()));
    assert_eq!(warnings[0].subject, "10月14日 讲座");
    assert_eq!(usual("2025-12-31", |watch| watch.make_ups(&missed(0))), []);
}

#[test]
fn months_wait_ten_days_and_the_year_thirty() {
    let ends = [day("2025-01-31"), day("2025-02-28")];
    assert_eq!(usual("2025-02-09", |watch| watch.months(&ends)), []);
    assert_eq!(usual("2025-02-10", |watch| watch.months(&ends))[0].subject, "1月");
    let both = usual("2025-03-10", |watch| watch.months(&ends));
    assert_eq!((both.len(), both[0].subject.as_str()), (1, "1月、2月"));
    let ends = ["2025-01-31", "2025-02-28", "2025-03-31", "2025-05-31"].map(day);
    assert_eq!(usual("2025-12-31", |watch| watch.months(&ends))[0].subject, "1月—3月、5月");
    assert_eq!(usual("2026-01-29", |watch| watch.year(2025, day("2025-12-31"))), []);
    assert_eq!(usual("2026-01-30", |watch| watch.year(2025, day("2025-12-31"))).len(), 1);
}

/// What a branch of three, without committee or groups, held in 2025.
fn warned_of_coverage(today: &str, meetings: &[(&str, SessionState)], known_from: &str) -> Vec<(String, String)> {
    let branch = Branch::new("支部", Structure { full_members: 3, ..Structure::default() });
    let mut requirements = Requirements::shipped();
    requirements.items.retain(|item| item.name == "主题党日");
    let meetings: Vec<Meeting> = meetings
        .iter()
        .map(|(date, state)| Meeting {
            id: (*date).to_owned(),
            date: day(date).into(),
            state: *state,
            kinds: vec!["主题党日".to_owned()],
            of: vec![Participation { organization: "支部".to_owned(), ..Participation::default() }],
            days: None,
            secretary_lectured: false,
            vote: false,
            election: false,
            between: Vec::new(),
        })
        .collect();
    let query = Query { requirements: &requirements, branch: &branch, year: 2025, as_of: day(today), meetings: &meetings, choices: &[] };
    let coverage = coverage(&query).unwrap();
    let year = BranchYear { organization: key(1), name: None, coverage: &coverage, known_from: day(known_from) };
    let word = |warning: &Warning| ["windows", "window"].iter().find_map(|name| warning.params.get(*name)?.as_str()).unwrap().to_owned();
    usual(today, |watch| watch.coverage(&year)).iter().map(|warning| (warning.code.to_owned(), word(warning))).collect()
}

#[test]
fn a_month_without_a_party_day_is_warned_of_ten_days_before_its_end_unless_one_is_planned() {
    use SessionState::{Held, Planned};
    let january = ("2025-01-08", Held);
    let gap = |month: &str| ("coverage_gap".to_owned(), month.to_owned());
    assert_eq!(warned_of_coverage("2025-02-17", &[january], "2025-01-01"), []);
    assert_eq!(warned_of_coverage("2025-02-18", &[january], "2025-01-01"), [gap("2月")]);
    assert_eq!(warned_of_coverage("2025-02-18", &[january, ("2025-02-26", Planned)], "2025-01-01"), []);
    assert_eq!(warned_of_coverage("2025-02-18", &[january, ("2025-02-10", Held)], "2025-01-01"), []);
    assert_eq!(warned_of_coverage("2025-02-18", &[january, ("2025-02-10", Planned)], "2025-01-01"), [gap("2月")], "a plan that lapsed");
}

#[test]
fn months_that_were_short_are_said_together_from_the_first_that_the_book_knows() {
    let short = |months: &str| ("coverage_short".to_owned(), months.to_owned());
    let march = ("2025-03-08", SessionState::Held);
    assert_eq!(warned_of_coverage("2025-05-05", &[march], "2025-01-01"), [short("1月、2月、4月")]);
    assert_eq!(warned_of_coverage("2025-05-05", &[march], "2025-03-08"), [short("4月")]);
}

#[test]
fn windows_are_said_as_people_say_them() {
    let said: Vec<_> = ["2025-02", "2025-11", "2025-Q3", "2025-H1", "2025"].map(window_words).into();
    assert_eq!(said, ["2月", "11月", "三季度", "上半年", "全年"]);
}

#[test]
fn items_documents_and_findings_are_overdue_the_day_after() {
    let item = OpenItem {
        id: key::<crate::ids::PlanItem>(1) as PlanItemId,
        title: "学习党章",
        whose: "支部",
        organization: Some(key(7)),
        member: None,
        due_on: day("2025-03-31"),
    };
    assert_eq!(usual("2025-03-31", |watch| watch.plan_item(&item)), []);
    assert_eq!(usual("2025-04-01", |watch| watch.plan_item(&item))[0].params["days"], 1);

    let document = |planned: Option<&str>| OpenDocument {
        id: key::<crate::ids::Document>(2) as DocumentId,
        title: "通知",
        study_by: day("2025-03-31"),
        planned: planned.map(day),
    };
    assert_eq!(usual("2025-03-31", |watch| watch.document(&document(None))), []);
    assert_eq!(usual("2025-04-01", |watch| watch.document(&document(None)))[0].code, "document_unstudied");
    let told = usual("2025-04-01", |watch| watch.document(&document(Some("2025-04-08"))));
    assert_eq!((told[0].code, told[0].grade), ("document_planned", Grade::Progress));

    let finding =
        OpenFinding { id: key::<crate::ids::Finding>(3) as FindingId, inspection: key(4), text: "记录不全", due_on: day("2025-03-31") };
    assert_eq!(usual("2025-03-31", |watch| watch.finding(&finding)), []);
    assert_eq!(usual("2025-04-01", |watch| watch.finding(&finding))[0].grade, Grade::Grave);
    let later = set(Rule::FindingOverdue, true, Some(5));
    assert_eq!(found("2025-04-05", &later, |watch| watch.finding(&finding)), []);
    assert_eq!(found("2025-04-06", &later, |watch| watch.finding(&finding)).len(), 1);
}

#[test]
fn approvals_that_wait_for_a_week_are_counted_together() {
    let waiting: [(SelfStudyId, NaiveDate); 3] = [(key(1), day("2025-03-01")), (key(2), day("2025-03-03")), (key(3), day("2025-03-08"))];
    assert_eq!(usual("2025-03-07", |watch| watch.approvals(&waiting)), []);
    assert_eq!(usual("2025-03-08", |watch| watch.approvals(&waiting))[0].params["count"], 1);
    assert_eq!(usual("2025-03-10", |watch| watch.approvals(&waiting))[0].params["count"], 2);
    assert_eq!(usual("2025-03-10", |watch| watch.approvals(&[])), []);
}

#[test]
fn the_gravest_stand_first() {
    let warnings = usual("2025-11-30", |watch| {
        watch.months(&[day("2025-01-31")]);
        watch.roll(&roll(SessionState::Planned, false, 1));
        watch.absences_in_row(key(1), "王伟", &run(&[(AttendanceStatus::Absent, false); 3]));
    });
    assert_eq!(warnings.iter().map(|warning| warning.grade).collect::<Vec<_>>(), [Grade::Grave, Grade::Remind, Grade::Progress]);
}

#[test]
fn settings_keep_only_what_differs_and_stay_within_bounds() {
    let mut settings = Settings::default();
    assert_eq!(settings.threshold(Rule::MonthOpen), Some(10));
    settings.set(Rule::MonthOpen, RuleSetting { on: true, threshold: Some(20) });
    settings.set(Rule::YearOpen, RuleSetting { on: false, threshold: None });
    let kept: Settings = serde_json::from_str(&serde_json::to_string(&settings).unwrap()).unwrap();
    assert_eq!((kept.threshold(Rule::MonthOpen), kept.threshold(Rule::YearOpen)), (Some(20), None));
    settings.set(Rule::MonthOpen, RuleSetting { on: true, threshold: Some(10) });
    settings.set(Rule::YearOpen, RuleSetting { on: true, threshold: None });
    assert!(settings.is_default());
    let foreign: Settings =
        serde_json::from_str(r#"{"unknown_rule":{"on":false,"threshold":1},"attendance_rate":{"on":true,"threshold":900}}"#).unwrap();
    assert_eq!(foreign.threshold(Rule::AttendanceRate), Some(100));
    assert_eq!(set(Rule::Consequence, true, None).threshold(Rule::Consequence), Some(0));
}

#[test]
fn every_code_is_its_name_in_json() {
    for rule in Rule::ALL {
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.code());
        if let Some(threshold) = rule.threshold() {
            assert!((threshold.min..=threshold.max).contains(&threshold.default), "{}", rule.code());
        }
    }
}
