//! Rules about rolls, make-ups, and months and years that are still open.

use chrono::{Datelike, NaiveDate};

use super::{Grade, Params, Place, Rule, Watch, day_words};
use crate::{ids::SessionId, sessions::SessionState};

/// A session whose day has come, and its roll.
#[derive(Debug, Clone)]
pub struct Roll<'a> {
    /// Which.
    pub session: SessionId,
    /// Its day.
    pub day: NaiveDate,
    /// 主题
    pub title: &'a str,
    /// planned, held, cancelled.
    pub state: SessionState,
    /// Whether the roll was closed.
    pub closed: bool,
    /// 应到
    pub required: u32,
    /// Marks that are missing.
    pub unmarked: u32,
}

/// What was missed of a session and is not made up.
#[derive(Debug, Clone)]
pub struct Missed<'a> {
    /// Which.
    pub session: SessionId,
    /// Its day.
    pub day: NaiveDate,
    /// 主题
    pub title: &'a str,
    /// By when it is to be made up.
    pub due_on: NaiveDate,
    /// How many have not.
    pub open: u32,
}

impl Roll<'_> {
    /// Whether it is to be taken still: the session was not cancelled, and
    /// was never held as far as the book says, or somebody is unmarked and
    /// the roll was not closed.
    pub fn is_open(&self) -> bool {
        match self.state {
            SessionState::Cancelled => false,
            SessionState::Planned => true,
            SessionState::Held => self.unmarked > 0 && !self.closed,
        }
    }
}

impl Watch<'_> {
    /// A roll that is open so many days after the session.
    pub fn roll(&mut self, roll: &Roll) {
        let Some(threshold) = self.settings.threshold(Rule::RollOpen) else { return };
        let days = self.days_since(roll.day);
        if !roll.is_open() || days < i64::from(threshold) {
            return;
        }
        let taken = roll.state == SessionState::Held && roll.unmarked < roll.required;
        let code = if taken { "roll_unmarked" } else { "roll_not_taken" };
        let params = Params::new().with("days", days).with("count", roll.unmarked);
        let subject = subject(roll.day, roll.title);
        let place = Place::Session { id: roll.session };
        self.raise(Rule::RollOpen, &roll.session.to_string(), (Grade::Remind, code), subject, params, place);
    }

    /// 补学 that is more than so many days overdue.
    pub fn make_ups(&mut self, missed: &Missed) {
        let Some(threshold) = self.settings.threshold(Rule::MakeUpOverdue) else { return };
        let days = self.days_since(missed.due_on);
        if missed.open == 0 || days <= i64::from(threshold) {
            return;
        }
        let params = Params::new().with("count", missed.open).with("due", day_words(missed.due_on)).with("days", days);
        let place = Place::MakeUps { session: missed.session };
        let about = missed.session.to_string();
        self.raise(Rule::MakeUpOverdue, &about, (Grade::Remind, "make_up_overdue"), subject(missed.day, missed.title), params, place);
    }

    /// Months (by their last days, earliest first) that hold sessions and are
    /// not closed: one warning for all that have been over for so many days.
    pub fn months(&mut self, open: &[NaiveDate]) {
        let Some(threshold) = self.settings.threshold(Rule::MonthOpen) else { return };
        let late: Vec<NaiveDate> = open.iter().copied().filter(|last| self.days_since(*last) >= i64::from(threshold)).collect();
        let Some(last) = late.last() else { return };
        let subject = month_words(&late);
        let params = Params::new().with("count", late.len()).with("days", threshold);
        let about = format!("{:04}-{:02}", last.year(), last.month());
        self.raise(Rule::MonthOpen, &about, (Grade::Progress, "month_open"), subject, params, Place::Months);
    }

    /// A year that holds records and is not closed so many days after its
    /// end.
    pub fn year(&mut self, year: i32, ended_on: NaiveDate) {
        let Some(threshold) = self.settings.threshold(Rule::YearOpen) else { return };
        let days = self.days_since(ended_on);
        if days < i64::from(threshold.max(1)) {
            return;
        }
        let params = Params::new().with("days", days).with("year", year);
        self.raise(Rule::YearOpen, &year.to_string(), (Grade::Remind, "year_open"), format!("{year} 年"), params, Place::Closing);
    }
}

/// `1月、3月`, `1月—11月` for three and more in a row.
fn month_words(days: &[NaiveDate]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for month in days.iter().map(Datelike::month) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == month => *last = month,
            _ => runs.push((month, month)),
        }
    }
    let words = runs.into_iter().map(|(first, last)| match last - first {
        0 => format!("{first}月"),
        1 => format!("{first}月、{last}月"),
        _ => format!("{first}月—{last}月"),
    });
    words.collect::<Vec<_>>().join("、")
}

/// `10月14日 应急管理讲座`
fn subject(day: NaiveDate, title: &str) -> String {
    format!("{} {title}", day_words(day))
}
