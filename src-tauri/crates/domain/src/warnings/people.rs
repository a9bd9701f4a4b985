//! Rules about single members: credits, rate, absences in a row.

use chrono::NaiveDate;

use super::{Grade, Params, Place, Rule, Watch, day_words};
use crate::{
    attendance::{AttendanceCounts, AttendanceStatus},
    exact::Exact,
    ids::{MemberId, SessionId},
};

/// Where a member's credits stand under one rule set.
#[derive(Debug, Clone)]
pub struct CreditStanding<'a> {
    /// Who.
    pub member: MemberId,
    /// 姓名
    pub name: &'a str,
    /// The rule set's key, by which one set's warnings differ from another's.
    pub set: &'a str,
    /// What the period is called: `2025`.
    pub period: &'a str,
    /// 学分, 学时 …
    pub unit: &'a str,
    /// What the total must reach.
    pub required: Option<Exact>,
    /// What counts so far.
    pub earned: Exact,
    /// What is missing.
    pub gap: Option<Exact>,
    /// Where it goes; `None` where the period is over or has not begun.
    pub pace: Option<Pace>,
    /// Whether the period is over and the result is 未达标.
    pub failed: bool,
    /// The names of the requirements that are not met.
    pub unmet: Vec<&'a str>,
    /// What several periods in a row bring, with the periods.
    pub consequences: Vec<(&'a str, &'a [String])>,
    /// Whether the ledger is closed: that is settled.
    pub closed: bool,
}

/// Where somebody's credits go.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Whether the requirement can no longer be reached.
    pub unreachable: bool,
    /// What should be there by today.
    pub expected: Exact,
    /// Behind that by so much.
    pub behind: Option<Exact>,
    /// Days of the period.
    pub days: u32,
}

impl Watch<'_> {
    /// 学分: what years in a row bring, out of reach, behind the pace, not
    /// reached. One of the last three at most.
    pub fn credits(&mut self, standing: &CreditStanding) {
        if standing.closed {
            return;
        }
        for (label, because) in &standing.consequences {
            if self.settings.threshold(Rule::Consequence).is_some() {
                let params = Params::new().with("label", *label).with("because", because.join("、"));
                let about = format!("{}:{}:{}:{label}", standing.set, standing.period, standing.member);
                self.of_member(Rule::Consequence, &about, Grade::Grave, "credits_consequence", standing, params);
            }
        }
        match standing.pace {
            Some(pace) if pace.unreachable => self.unreachable(standing),
            Some(pace) => self.behind(standing, pace),
            None if standing.failed => self.short(standing),
            None => {}
        }
    }

    fn unreachable(&mut self, standing: &CreditStanding) {
        if self.settings.threshold(Rule::CreditsUnreachable).is_some() {
            let params = amounts(standing);
            self.of_member(Rule::CreditsUnreachable, &about(standing), Grade::Grave, "credits_unreachable", standing, params);
        }
    }

    /// Behind by days: as many as it takes, at the requirement's own pace, to
    /// earn what should be there. Whoever has less than half of that is in
    /// grave arrears.
    fn behind(&mut self, standing: &CreditStanding, pace: Pace) {
        let (Some(threshold), Some(required), Some(behind)) =
            (self.settings.threshold(Rule::CreditsBehind), standing.required, pace.behind)
        else {
            return;
        };
        let Some(days) = days_behind(behind, required, pace.days) else { return };
        if days < threshold {
            return;
        }
        let grave = standing.earned.checked_add(standing.earned).is_some_and(|twice| twice < pace.expected);
        let grade = if grave { Grade::Grave } else { Grade::Progress };
        let params = amounts(standing).with("behind", behind.to_places(2)).with("days", days);
        self.of_member(Rule::CreditsBehind, &about(standing), grade, "credits_behind", standing, params);
    }

    fn short(&mut self, standing: &CreditStanding) {
        if self.settings.threshold(Rule::CreditsShort).is_none() {
            return;
        }
        let (code, params) = match standing.gap {
            Some(_) => ("credits_short", amounts(standing)),
            None => ("credits_unmet", Params::new().with("period", standing.period).with("names", standing.unmet.join("、"))),
        };
        self.of_member(Rule::CreditsShort, &about(standing), Grade::Grave, code, standing, params);
    }

    fn of_member(&mut self, rule: Rule, about: &str, grade: Grade, code: &'static str, standing: &CreditStanding, params: Params) {
        let place = Place::Credits { member: standing.member };
        self.raise(rule, about, (grade, code), standing.name.to_owned(), params, place);
    }

    /// For how many the rules leave the result open, under one rule set.
    pub fn undecided(&mut self, set: &str, set_name: &str, period: &str, people: u32) {
        if people > 0 && self.settings.threshold(Rule::CreditsUndecided).is_some() {
            let params = Params::new().with("count", people).with("period", period);
            let subject = set_name.to_owned();
            let about = format!("{set}:{period}");
            self.raise(Rule::CreditsUndecided, &about, (Grade::Remind, "credits_undecided"), subject, params, Place::Decisions);
        }
    }

    /// 出勤率 under the threshold, made-up study counted as attended: what is
    /// made up is settled. Those not marked yet are left out (another rule
    /// speaks of them), and so is whoever was asked for too few sessions for
    /// a rate to say anything.
    pub fn attendance_rate(&mut self, member: MemberId, name: &str, year: i32, counts: &AttendanceCounts) {
        let Some(threshold) = self.settings.threshold(Rule::AttendanceRate) else { return };
        let out_of = counts.required() - counts.official_leave - counts.unmarked;
        let attended = counts.attended() + counts.made_up;
        if out_of < LEAST_SESSIONS || u64::from(attended) * 100 >= u64::from(out_of) * u64::from(threshold) {
            return;
        }
        let percent = Exact::fraction(i64::from(attended) * 100, i64::from(out_of)).map(|rate| rate.to_places(1)).unwrap_or_default();
        let params = Params::new().with("percent", percent).with("attended", attended).with("out_of", out_of);
        let about = format!("{year}:{member}");
        self.raise(Rule::AttendanceRate, &about, (Grade::Remind, "attendance_rate"), name.to_owned(), params, Place::Attendance { member });
    }

    /// Absent without leave several times in a row, up to the latest session
    /// of which anything is known.
    pub fn absences_in_row(&mut self, member: MemberId, name: &str, run: &AbsenceRun) {
        let Some(threshold) = self.settings.threshold(Rule::AbsencesInRow) else { return };
        let Some((first, from)) = run.first.filter(|_| run.count >= threshold.max(1)) else { return };
        let params = Params::new().with("count", run.count).with("from", day_words(from)).with("to", day_words(run.last.unwrap_or(from)));
        let about = format!("{member}:{first}");
        self.raise(Rule::AbsencesInRow, &about, (Grade::Grave, "absences_in_row"), name.to_owned(), params, Place::Attendance { member });
    }
}

/// Below so many sessions a rate says nothing.
const LEAST_SESSIONS: u32 = 4;

fn about(standing: &CreditStanding) -> String {
    format!("{}:{}:{}", standing.set, standing.period, standing.member)
}

fn amounts(standing: &CreditStanding) -> Params {
    let text = |amount: Option<Exact>| amount.map(amount_words).unwrap_or_default();
    Params::new()
        .with("gap", text(standing.gap))
        .with("required", text(standing.required))
        .with("earned", amount_words(standing.earned))
        .with("unit", standing.unit)
        .with("period", standing.period)
}

/// An amount as it is read: `16.5`; `约 24.27` for one that no decimal ends.
fn amount_words(amount: Exact) -> String {
    let exact = amount.to_string();
    if exact.contains('/') { format!("约 {}", amount.to_places(2)) } else { exact }
}

/// Whole days that an arrears comes to at the requirement's own pace.
fn days_behind(behind: Exact, required: Exact, days: u32) -> Option<u32> {
    let days = behind.checked_mul(Exact::whole(days.into()))?.checked_div(required)?;
    u32::try_from(days.floor().numer()).ok()
}

/// Absences without leave in a row, the latest. Fed with sessions by date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AbsenceRun {
    /// How many.
    pub count: u32,
    /// The first of them.
    pub first: Option<(SessionId, NaiveDate)>,
    /// The day of the last.
    pub last: Option<NaiveDate>,
}

impl AbsenceRun {
    /// The next session. An absence goes on with the run unless it was made
    /// up; whoever came, was on leave or made it up ends it; where nothing
    /// was asked of anybody, or nothing is known yet, it stays as it is.
    pub fn next(&mut self, status: AttendanceStatus, made_up: bool, session: SessionId, day: NaiveDate) {
        match status {
            AttendanceStatus::NotRequired | AttendanceStatus::Unmarked => {}
            AttendanceStatus::Absent if !made_up => {
                self.count += 1;
                self.first.get_or_insert((session, day));
                self.last = Some(day);
            }
            _ => *self = Self::default(),
        }
    }
}
