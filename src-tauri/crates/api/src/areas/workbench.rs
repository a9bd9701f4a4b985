//! 工作台: where the year stands and what needs looking at.

use serde::Serialize;
use ts_rs::TS;
use xueji_domain::{attendance::AttendanceRate, ids::MemberId};

use super::sessions::SessionRow;

use std::collections::{BTreeMap, HashSet};

use chrono::Datelike;
use xueji_domain::{attendance::AttendanceCounts, sessions::SessionState};
use xueji_exchange::params;
use xueji_store::{Reader, tables::study};

use super::{
    credits::{self, CreditResult, CreditsRequest},
    sessions::{YearRequest, row},
};
use crate::{app::Core, context::QueryContext, error::ApiError, records::Records};

/// Where the year stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Workbench {
    /// The year.
    pub year: i32,
    /// Those with a requirement, and those who met it.
    pub credits: Share,
    /// 全年出勤率
    pub rate: AttendanceRate,
    /// Last year's rate; nothing required there where there are no records.
    pub rate_last_year: AttendanceRate,
    /// Sessions held, of all that are not cancelled.
    pub held: Share,
    /// Missed and not made up.
    pub make_ups_owed: Owed,
    /// One rate a month, January first.
    pub months: Vec<AttendanceRate>,
    /// What needs looking at, gravest first.
    pub notices: Vec<Notice>,
    /// Days with study, and how many people studied.
    pub days: Vec<StudyDay>,
    /// Today's session, else the next planned, else the last held.
    pub session: Option<SessionRow>,
    /// Whether the book has members, sessions, marks: what the empty page
    /// says to do first.
    pub has: Has,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct Share {
    /// So many.
    pub done: u32,
    /// Of so many.
    pub of: u32,
}

/// Make-ups owed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Owed {
    /// How many.
    pub count: u32,
    /// How many were missed in all.
    pub missed: u32,
    /// The day of the earliest missed session, `YYYY-MM-DD`.
    pub earliest: Option<String>,
}

/// One thing to look at. The sentence comes from the catalogue:
/// `notice.<code>`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Notice {
    /// How grave.
    pub grade: NoticeGrade,
    /// Which sentence.
    pub code: String,
    /// Whom or what it is about.
    pub subject: String,
    /// What the sentence needs.
    #[ts(type = "Record<string, string | number>")]
    pub params: serde_json::Map<String, serde_json::Value>,
    /// Where it is mended.
    pub link: NoticeLink,
}

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoticeGrade {
    /// 严重
    Grave,
    /// 提醒
    Remind,
    /// 进度
    Progress,
}

/// Where a notice is mended.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum NoticeLink {
    /// A member's credits.
    Credits {
        /// Whose.
        #[ts(type = "string")]
        member: MemberId,
    },
    /// A session's roll.
    Session {
        /// Its key.
        id: String,
    },
}

/// A day of the study calendar.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StudyDay {
    /// `YYYY-MM-DD`
    pub date: String,
    /// 人次: people who attended or studied that day.
    pub people: u32,
}

/// What the book holds.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct Has {
    /// Any member.
    pub members: bool,
    /// Any session this year.
    pub sessions: bool,
    /// Any mark this year.
    pub marks: bool,
    /// Any self-study this year.
    pub self_study: bool,
}

/// `workbench.year`
pub fn year(context: &QueryContext, request: YearRequest) -> Result<Workbench, ApiError> {
    let (year, on) = (request.year, Core::as_of(context.today, request.year));
    let records = Records::of_year(context.reader, year, on)?;
    let before = Records::of_year(context.reader, year - 1, on)?;
    let total = total(&records);
    let (credits, behind) = credits_of(context, year)?;
    let mut notices = behind;
    notices.extend(roll_notices(&records));
    notices.sort_by_key(|notice| notice.grade);
    let held = u32::try_from(records.held().count()).unwrap_or(u32::MAX);
    let standing = records.sessions.iter().filter(|session| session.fields.state != SessionState::Cancelled).count();
    let days = study_days(context.reader, &records, year)?;
    let has = Has {
        members: !records.members.is_empty(),
        sessions: !records.sessions.is_empty(),
        marks: total.attended() + total.on_leave() + total.absent > 0,
        self_study: !study::of_year(context.reader, year)?.is_empty(),
    };
    Ok(Workbench {
        year,
        credits,
        rate: total.rate(),
        rate_last_year: self::total(&before).rate(),
        held: Share { done: held, of: u32::try_from(standing).unwrap_or(u32::MAX) },
        make_ups_owed: owed(&records),
        months: months(&records),
        notices,
        days,
        session: session_at_hand(&records, context.today),
        has,
    })
}

fn total(records: &Records) -> AttendanceCounts {
    let mut total = AttendanceCounts::default();
    for session in records.held() {
        total.merge(&records.counts(session));
    }
    total
}

fn months(records: &Records) -> Vec<AttendanceRate> {
    let mut months = vec![AttendanceCounts::default(); 12];
    for session in records.held() {
        months[session.fields.date.month0() as usize].merge(&records.counts(session));
    }
    months.iter().map(AttendanceCounts::rate).collect()
}

/// Missed without official leave, and not made up.
fn owed(records: &Records) -> Owed {
    let (mut count, mut missed, mut earliest) = (0, 0, None);
    for session in records.held() {
        for line in records.roll(session).filter(|line| line.status.owes_make_up() && !line.observer) {
            missed += 1;
            if line.make_up.is_none() {
                count += 1;
                earliest = Some(earliest.map_or(session.fields.date, |day: chrono::NaiveDate| day.min(session.fields.date)));
            }
        }
    }
    Owed { count, missed, earliest: earliest.map(|day| day.to_string()) }
}

/// How many of those with a requirement met it under the first rule set in
/// use, and a notice for each who did not, the widest gap first.
fn credits_of(context: &QueryContext, year: i32) -> Result<(Share, Vec<Notice>), ApiError> {
    let request = CreditsRequest { year, rule_set: None };
    let credits = credits::year(context, request)?;
    let mut share = Share { done: 0, of: 0 };
    let mut short = Vec::new();
    for row in credits.rows.into_iter().filter(|row| row.member.organization.is_some()) {
        share.of += u32::from(row.result != CreditResult::NotRequired);
        share.done += u32::from(row.result == CreditResult::Met);
        if let (Some(gap), Some(required), CreditResult::Short) = (row.gap, row.required, row.result) {
            short.push((gap, required, row.earned, row.member));
        }
    }
    short.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.3.id.cmp(&other.3.id)));
    let unit = credits.set.unit;
    let notices = short
        .into_iter()
        .map(|(gap, required, earned, member)| Notice {
            // Less than half of what is asked for is grave.
            grade: if earned.checked_add(earned).is_some_and(|twice| twice < required) {
                NoticeGrade::Grave
            } else {
                NoticeGrade::Progress
            },
            code: "credits_short".to_owned(),
            subject: member.name,
            params: params! { "gap" => gap.to_string(), "required" => required.to_string(), "unit" => unit },
            link: NoticeLink::Credits { member: member.id },
        })
        .collect();
    Ok((share, notices))
}

/// Held sessions whose roll is not finished, and absences to make up.
fn roll_notices(records: &Records) -> Vec<Notice> {
    let mut notices = Vec::new();
    for session in records.held() {
        let counts = records.counts(session);
        let subject = format!("{} {}", xueji_domain::calendar::month_day_label(session.fields.date), session.fields.title);
        let mut push = |code: &str, count: u32| {
            if count > 0 {
                notices.push(Notice {
                    grade: NoticeGrade::Remind,
                    code: code.to_owned(),
                    subject: subject.clone(),
                    params: params! { "count" => count },
                    link: NoticeLink::Session { id: session.id.to_string() },
                });
            }
        };
        push("unmarked", counts.unmarked);
        let owing = counts.sick_leave + counts.personal_leave + counts.absent;
        push("not_made_up", owing - counts.made_up);
    }
    notices
}

fn study_days(reader: &Reader, records: &Records, year: i32) -> Result<Vec<StudyDay>, ApiError> {
    let mut days: BTreeMap<chrono::NaiveDate, HashSet<MemberId>> = BTreeMap::new();
    for session in records.held() {
        let attended = records.roll(session).filter(|line| line.status.attended()).map(|line| line.member.id);
        days.entry(session.fields.date).or_default().extend(attended);
    }
    for entry in study::of_year(reader, year)? {
        days.entry(entry.fields.date).or_default().insert(entry.fields.member);
    }
    Ok(days
        .into_iter()
        .filter(|(_, people)| !people.is_empty())
        .map(|(day, people)| StudyDay { date: day.to_string(), people: u32::try_from(people.len()).unwrap_or(u32::MAX) })
        .collect())
}

/// Today's session, else the next that is planned, else the last one held.
fn session_at_hand(records: &Records, today: chrono::NaiveDate) -> Option<SessionRow> {
    let standing = || records.sessions.iter().filter(|session| session.fields.state != SessionState::Cancelled);
    let found = standing()
        .find(|session| session.fields.date == today)
        .or_else(|| standing().find(|session| session.fields.date > today))
        .or_else(|| standing().next_back());
    found.map(|session| row(records, session))
}
