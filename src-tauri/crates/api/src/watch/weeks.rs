//! What is due within a week: sessions, items of plans, documents to study,
//! make-ups, findings to mend.

use chrono::{Days, NaiveDate};
use serde::Serialize;
use ts_rs::TS;
use xueji_domain::{sessions::SessionState, warnings::Place};
use xueji_store::{Reader, StoreError, tables::sessions};

use super::{WEEK, YearInView, day};
use crate::areas::make_ups;

/// Something that is due within a week.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(rename = "DueLine")]
pub struct Due {
    /// What it is.
    pub kind: DueKind,
    /// By when, `YYYY-MM-DD`.
    pub date: String,
    /// What it is called.
    pub subject: String,
    /// When and where a session is; whose an item is.
    pub detail: Option<String>,
    /// How many make-ups.
    pub count: Option<u32>,
    /// Where it is done.
    pub place: Place,
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DueKind {
    /// 学习活动
    Session,
    /// 计划条目
    PlanItem,
    /// A document to be studied.
    Document,
    /// 补学
    MakeUp,
    /// A finding to be mended.
    Finding,
}

impl YearInView {
    /// What is due from today on within a week, by day.
    pub fn due(&self, reader: &Reader) -> Result<Vec<Due>, StoreError> {
        let last = self.today.checked_add_days(Days::new(WEEK - 1)).unwrap_or(self.today);
        let mut due = sessions_due(reader, self.today, last)?;
        let within = |day: &NaiveDate| (self.today..=last).contains(day);
        let mut push = |kind, date: NaiveDate, subject: &str, detail: Option<&str>, count, place| {
            let (date, subject, detail) = (date.to_string(), subject.to_owned(), detail.map(str::to_owned));
            due.push(Due { kind, date, subject, detail, count, place });
        };
        for (plan, item) in self.open_items() {
            if let Some(date) = day(item.due_on.as_deref()).filter(within) {
                let place = Place::Plan { organization: plan.organization, member: plan.member };
                push(DueKind::PlanItem, date, &item.title, Some(&plan.whose), None, place);
            }
        }
        for document in self.documents.iter().filter(|document| within(&document.study_by)) {
            push(DueKind::Document, document.study_by, &document.title, None, None, Place::Documents { document: document.id });
        }
        for finding in self.findings.iter().filter(|finding| within(&finding.due_on)) {
            push(DueKind::Finding, finding.due_on, &finding.text, None, None, Place::Inspection { id: finding.inspection });
        }
        for own in self.tally.sessions.iter().filter(|own| own.owed > 0) {
            let session = &self.records.sessions[own.index];
            let date = make_ups::due_on(session.fields.date, self.make_up_days);
            if within(&date) {
                push(DueKind::MakeUp, date, &session.fields.title, None, Some(own.owed), Place::MakeUps { session: session.id });
            }
        }
        due.sort_by(|one, other| (&one.date, one.kind).cmp(&(&other.date, other.kind)));
        Ok(due)
    }
}

/// Planned sessions, whichever year they fall in.
fn sessions_due(reader: &Reader, from: NaiveDate, to: NaiveDate) -> Result<Vec<Due>, StoreError> {
    let planned = sessions::between(reader, &from.to_string(), &to.to_string())?.into_iter();
    let planned = planned.filter(|session| session.fields.state == SessionState::Planned);
    let line = |session: sessions::SessionRecord| {
        let time = session.fields.starts_at.map(|time| time.format("%H:%M").to_string());
        let detail: Vec<String> = [time, session.fields.place].into_iter().flatten().collect();
        Due {
            kind: DueKind::Session,
            date: session.fields.date.to_string(),
            subject: session.fields.title,
            detail: Some(detail.join(" ")).filter(|detail| !detail.is_empty()),
            count: None,
            place: Place::Session { id: session.id },
        }
    };
    Ok(planned.map(line).collect())
}
