//! 六有: 有计划、有安排、有考勤、有记录、有检查、有总结. What of a session is
//! there, and what is missing, told from what the book holds of it.
//!
//! A step is done or it is not; the items say why. Nothing here is stored:
//! the steps follow the records.

use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;

/// One of the six.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 计划
    Plan,
    /// 安排
    Arrangement,
    /// 考勤
    Attendance,
    /// 记录
    Record,
    /// 检查
    Check,
    /// 总结
    Summary,
}

/// What a step consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepItem {
    /// It carries out an item of the year's plan.
    PlanItem,
    /// It belongs to a recurring session.
    Series,
    /// It was entered before its day.
    EnteredBefore,
    /// 时间
    Time,
    /// 地点
    Place,
    /// 主持人
    Host,
    /// 议程
    Agenda,
    /// 通知
    Notice,
    /// The roll is closed.
    RollClosed,
    /// Everyone of whom it was required has a mark.
    AllMarked,
    /// The text of the minutes.
    Minutes,
    /// Minutes on paper, or as an attachment.
    MinutesPaper,
    /// 检查人
    Checker,
    /// 检查日期
    CheckDay,
    /// A check by the superior that names the session.
    Inspection,
    /// 总结
    Summary,
}

/// Whether one step is done, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StepState {
    /// Which.
    pub step: Step,
    /// Whether it is done.
    pub done: bool,
    /// What is there.
    pub there: Vec<StepItem>,
    /// What would complete it; empty where it is done. Where any one is
    /// enough, all are named.
    pub missing: Vec<StepItem>,
}

/// What the book holds of a session, as far as the steps ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SessionEvidence {
    /// It carries out an item of a plan.
    pub plan_item: bool,
    /// It belongs to a series.
    pub series: bool,
    /// It was entered before its day.
    pub entered_before: bool,
    /// It says when it begins.
    pub time: bool,
    /// It says where.
    pub place: bool,
    /// Somebody hosts it.
    pub host: bool,
    /// It has an agenda.
    pub agenda: bool,
    /// The notice went out.
    pub notice: bool,
    /// The roll is closed.
    pub roll_closed: bool,
    /// How many people it is required of.
    pub required: u32,
    /// How many of them have no mark.
    pub unmarked: u32,
    /// Its minutes are written.
    pub minutes: bool,
    /// Its minutes lie on paper or are attached.
    pub minutes_paper: bool,
    /// Somebody checked it.
    pub checker: bool,
    /// It says when it was checked.
    pub check_day: bool,
    /// A check by the superior names it.
    pub inspection: bool,
    /// Its summary is written.
    pub summary: bool,
}

/// The evidence that counts as minutes on paper.
pub const MINUTES: &str = "会议记录";

/// The six steps in their order.
pub fn steps(of: &SessionEvidence) -> [StepState; 6] {
    use StepItem as I;
    let all_marked = of.required > 0 && of.unmarked == 0;
    let checked = of.checker && of.check_day;
    [
        any(Step::Plan, &[(I::PlanItem, of.plan_item), (I::Series, of.series), (I::EnteredBefore, of.entered_before)]),
        all(
            Step::Arrangement,
            &[(I::Time, of.time), (I::Place, of.place), (I::Host, of.host), (I::Agenda, of.agenda), (I::Notice, of.notice)],
        ),
        any(Step::Attendance, &[(I::RollClosed, of.roll_closed), (I::AllMarked, all_marked)]),
        any(Step::Record, &[(I::Minutes, of.minutes), (I::MinutesPaper, of.minutes_paper)]),
        state(
            Step::Check,
            checked || of.inspection,
            &[(I::Checker, of.checker), (I::CheckDay, of.check_day), (I::Inspection, of.inspection)],
        ),
        any(Step::Summary, &[(I::Summary, of.summary)]),
    ]
}

/// A step for which one item is enough.
fn any(step: Step, items: &[(StepItem, bool)]) -> StepState {
    state(step, items.iter().any(|(_, there)| *there), items)
}

/// A step that wants every item.
fn all(step: Step, items: &[(StepItem, bool)]) -> StepState {
    state(step, items.iter().all(|(_, there)| *there), items)
}

fn state(step: Step, done: bool, items: &[(StepItem, bool)]) -> StepState {
    let of = |wanted: bool| items.iter().filter(|(_, there)| *there == wanted).map(|(item, _)| *item).collect();
    StepState { step, done, there: of(true), missing: if done { Vec::new() } else { of(false) } }
}

/// How long after a document a session studied it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Answer {
    /// Days from the document's date to the session's; negative where the
    /// session came first.
    pub days: i32,
    /// Whether it came after the day by which it had to be studied.
    pub late: bool,
}

/// Compares a session's day with the document that it answers.
pub fn answer(document: NaiveDate, study_by: Option<NaiveDate>, session: NaiveDate) -> Answer {
    let days = session.signed_duration_since(document).num_days();
    Answer { days: i32::try_from(days).unwrap_or(i32::MAX), late: study_by.is_some_and(|by| session > by) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(of: SessionEvidence) -> Vec<bool> {
        steps(&of).iter().map(|state| state.done).collect()
    }

    #[test]
    fn nothing_recorded_is_nothing_done() {
        let states = steps(&SessionEvidence::default());
        assert!(states.iter().all(|state| !state.done && state.there.is_empty() && !state.missing.is_empty()));
    }

    #[test]
    fn each_step_by_each_of_its_ways() {
        let none = SessionEvidence::default();
        for of in [
            SessionEvidence { plan_item: true, ..none },
            SessionEvidence { series: true, ..none },
            SessionEvidence { entered_before: true, ..none },
        ] {
            assert_eq!(done(of), [true, false, false, false, false, false]);
        }
        for of in [SessionEvidence { roll_closed: true, ..none }, SessionEvidence { required: 3, unmarked: 0, ..none }] {
            assert_eq!(done(of), [false, false, true, false, false, false]);
        }
        for of in [SessionEvidence { minutes: true, ..none }, SessionEvidence { minutes_paper: true, ..none }] {
            assert_eq!(done(of), [false, false, false, true, false, false]);
        }
        for of in [SessionEvidence { checker: true, check_day: true, ..none }, SessionEvidence { inspection: true, ..none }] {
            assert_eq!(done(of), [false, false, false, false, true, false]);
        }
        assert_eq!(done(SessionEvidence { summary: true, ..none }), [false, false, false, false, false, true]);
    }

    #[test]
    fn an_arrangement_wants_all_five() {
        let whole = SessionEvidence { time: true, place: true, host: true, agenda: true, notice: true, ..SessionEvidence::default() };
        assert!(steps(&whole)[1].done);
        let without_notice = &steps(&SessionEvidence { notice: false, ..whole })[1];
        assert!(!without_notice.done);
        assert_eq!(without_notice.missing, [StepItem::Notice]);
        assert_eq!(without_notice.there.len(), 4);
    }

    #[test]
    fn a_roll_of_nobody_or_with_a_gap_is_not_taken() {
        let none = SessionEvidence::default();
        assert!(!steps(&SessionEvidence { required: 0, unmarked: 0, ..none })[2].done);
        assert!(!steps(&SessionEvidence { required: 5, unmarked: 1, ..none })[2].done);
    }

    #[test]
    fn half_a_check_is_none() {
        let half = SessionEvidence { checker: true, ..SessionEvidence::default() };
        let check = &steps(&half)[4];
        assert!(!check.done);
        assert_eq!(check.missing, [StepItem::CheckDay, StepItem::Inspection]);
    }

    #[test]
    fn days_run_from_the_document_to_the_session() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(answer(day("2025-10-23"), Some(day("2025-10-31")), day("2025-11-03")), Answer { days: 11, late: true });
        assert_eq!(answer(day("2025-10-23"), Some(day("2025-10-31")), day("2025-10-31")), Answer { days: 8, late: false });
        assert_eq!(answer(day("2025-10-23"), None, day("2025-10-20")), Answer { days: -3, late: false });
    }
}
