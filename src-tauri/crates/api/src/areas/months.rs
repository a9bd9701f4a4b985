//! 封月: closing a month of the attendance ledger, opening it again, and what
//! was changed in it all the same. That a closed month stays as it is, the
//! store guards whatever writes (`xueji_store::guard`).

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attendance::AttendanceCounts,
    ids::{MemberId, MonthSupplementId, SessionId},
    sessions::SessionState,
};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::{
        months::{self, ClosingRecord, SupplementRecord},
        sessions::SessionRecord,
    },
};

use super::{book::OperationLabel, sessions::YearRequest};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    records::Records,
    table::Nothing,
};

/// Where the months of a year stand.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MonthsYear {
    /// January first.
    pub months: Vec<MonthRow>,
}

/// Where a month stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MonthRow {
    /// `YYYY-MM`
    pub month: String,
    /// Sessions in it that are not cancelled.
    pub sessions: u32,
    /// Those that were held.
    pub held: u32,
    /// Those whose roll is still open: never taken though the day has come,
    /// or taken with somebody unmarked and not closed.
    pub open_rolls: Vec<OpenRoll>,
    /// Marks that are missing in sessions held.
    pub unmarked: u32,
    /// Whether its last day has come: only then it can be closed.
    pub over: bool,
    /// Under which closing it is closed now.
    pub closed: Option<MonthClosed>,
    /// Closings that were opened again, earliest first.
    pub reopened: Vec<MonthReopened>,
    /// Changes that were made in it with a reason.
    pub supplements: u32,
}

/// A session whose roll is still open.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OpenRoll {
    /// Which.
    #[ts(type = "string")]
    pub session: SessionId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 主题
    pub title: String,
    /// Marks that are missing.
    pub unmarked: u32,
}

/// Who closed a month, and when.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MonthClosed {
    /// By whom.
    pub by: String,
    /// `YYYY-MM-DD`
    pub on: String,
}

/// A closing that was opened again.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MonthReopened {
    /// Who closed it, and when.
    pub closed: MonthClosed,
    /// Who opened it again.
    pub by: String,
    /// `YYYY-MM-DD`
    pub on: String,
    /// Why.
    pub reason: String,
}

/// Closes a month.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CloseMonth {
    /// `YYYY-MM`
    pub month: String,
    /// Closes it though rolls in it are open; without it, such a month is
    /// refused.
    pub leave_open: bool,
}

/// Opens a closed month again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReopenMonth {
    /// `YYYY-MM`
    pub month: String,
    /// Why.
    pub reason: String,
}

/// Asks for what was changed in closed months.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SupplementsRequest {
    /// The first month, `YYYY-MM`.
    pub from: String,
    /// The last, included.
    pub to: String,
}

/// A change in a closed month.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MonthSupplementView {
    /// Its key.
    #[ts(type = "string")]
    pub id: MonthSupplementId,
    /// `YYYY-MM`
    pub month: String,
    /// Of which session, should it still be there.
    #[ts(type = "string | null")]
    pub session: Option<SessionId>,
    /// Whose mark, where it was one member's.
    #[ts(type = "string | null")]
    pub member: Option<MemberId>,
    /// What was changed: the session's day and title, whose mark.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// `YYYY-MM-DD`
    pub on: String,
    /// The operation that changed it.
    pub operation: OperationLabel,
    /// For an undo or a redo: the name of what was taken back or done again.
    pub undoes: Option<String>,
    /// Whether the change was taken back since.
    pub undone: bool,
}

/// The month of a day: `2025-11`.
pub(crate) fn month_of(day: NaiveDate) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// A month as a clerk says it: `2025年11月`.
fn words(first: NaiveDate) -> String {
    format!("{}年{}月", first.year(), first.month())
}

/// The first day of a month given as `YYYY-MM`.
fn first_day(month: &str) -> Result<NaiveDate, ApiError> {
    let unreadable = |_| ApiError::Field { field: "month", code: "date_not_a_date", params: params! { "value" => month } };
    format!("{month}-01").parse().map_err(unreadable)
}

/// The last day of the month that begins on a day.
fn last_day(first: NaiveDate) -> NaiveDate {
    first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(first)
}

/// `months.list`
pub fn list(context: &QueryContext, request: YearRequest) -> Result<MonthsYear, ApiError> {
    let records = Records::of_year(context.reader, request.year, crate::app::Core::as_of(context.today, request.year))?;
    let (from, to) = (format!("{:04}-01", request.year), format!("{:04}-12", request.year));
    let closings = months::between(context.reader, &from, &to)?;
    let mut supplements: BTreeMap<String, u32> = BTreeMap::new();
    for supplement in months::supplements(context.reader, &from, &to)? {
        *supplements.entry(supplement.month).or_default() += 1;
    }
    let firsts = (1..=12).filter_map(|month| NaiveDate::from_ymd_opt(request.year, month, 1));
    let months = firsts
        .map(|first| {
            let mut row = standing(&records, first, context.today);
            for closing in &closings {
                if closing.month == row.month {
                    add_closing(&mut row, closing);
                }
            }
            row.supplements = supplements.get(&row.month).copied().unwrap_or(0);
            row
        })
        .collect();
    Ok(MonthsYear { months })
}

fn add_closing(row: &mut MonthRow, closing: &ClosingRecord) {
    let closed = MonthClosed { by: closing.closed_by.clone(), on: closing.closed_on.to_string() };
    match &closing.reopened {
        None => row.closed = Some(closed),
        Some(reopened) => row.reopened.push(MonthReopened {
            closed,
            by: reopened.by.clone(),
            on: reopened.on.to_string(),
            reason: reopened.reason.clone(),
        }),
    }
}

/// What is in a month and what is still open in it.
fn standing(records: &Records, first: NaiveDate, today: NaiveDate) -> MonthRow {
    let mut row = MonthRow {
        month: month_of(first),
        sessions: 0,
        held: 0,
        open_rolls: Vec::new(),
        unmarked: 0,
        over: last_day(first) <= today,
        closed: None,
        reopened: Vec::new(),
        supplements: 0,
    };
    let in_month = |session: &&SessionRecord| month_of(session.fields.date) == row.month && session.fields.state != SessionState::Cancelled;
    let sessions: Vec<&SessionRecord> = records.sessions.iter().filter(in_month).collect();
    for session in sessions {
        row.sessions += 1;
        let counts: AttendanceCounts = records.counts(session);
        let held = session.fields.state == SessionState::Held;
        row.held += u32::from(held);
        row.unmarked += if held { counts.unmarked } else { 0 };
        let taken = held && (counts.unmarked == 0 || session.roll_closed_at.is_some());
        if !taken && session.fields.date <= today {
            row.open_rolls.push(OpenRoll {
                session: session.id,
                date: session.fields.date.to_string(),
                title: session.fields.title.clone(),
                unmarked: counts.unmarked,
            });
        }
    }
    row
}

/// `months.close`
pub fn close(context: &mut MutateContext, request: CloseMonth) -> Result<Nothing, ApiError> {
    let first = first_day(&request.month)?;
    let (month, last) = (month_of(first), last_day(first));
    let reader = context.writer.reader();
    if months::closed(&reader, &month)?.is_some() {
        return Err(ApiError::Refused { code: "month_closed_already", params: params! { "month" => words(first) } });
    }
    if context.today < last {
        return Err(ApiError::Refused { code: "month_not_over", params: params! { "month" => words(first), "last" => last.to_string() } });
    }
    let records = Records::between(&reader, &first.to_string(), &last.to_string(), context.today)?;
    let row = standing(&records, first, context.today);
    if !row.open_rolls.is_empty() && !request.leave_open {
        let unmarked: u32 = row.open_rolls.iter().map(|roll| roll.unmarked).sum();
        let params = params! { "month" => words(first), "rolls" => row.open_rolls.len(), "unmarked" => unmarked };
        return Err(ApiError::Refused { code: "month_rolls_open", params });
    }
    months::close(context.writer, &month, context.today)?;
    context.writer.describe(params! { "month" => words(first), "sessions" => row.sessions });
    Ok(Nothing {})
}

/// `months.reopen`
pub fn reopen(context: &mut MutateContext, request: ReopenMonth) -> Result<Nothing, ApiError> {
    let first = first_day(&request.month)?;
    let reason = forms::required("reason", "reason_missing", &request.reason)?;
    let Some(closing) = months::closed(&context.writer.reader(), &month_of(first))? else {
        return Err(ApiError::Refused { code: "month_not_closed", params: params! { "month" => words(first) } });
    };
    months::reopen(context.writer, &closing, context.today, &reason)?;
    context.writer.describe(params! { "month" => words(first), "reason" => reason });
    Ok(Nothing {})
}

/// `months.supplements`
pub fn supplements(context: &QueryContext, request: SupplementsRequest) -> Result<Vec<MonthSupplementView>, ApiError> {
    let (from, to) = (month_of(first_day(&request.from)?), month_of(first_day(&request.to)?));
    let records = months::supplements(context.reader, &from, &to)?;
    Ok(records.into_iter().map(|record| view(context.reader, record)).collect())
}

fn view(reader: &Reader, record: SupplementRecord) -> MonthSupplementView {
    let there = |session: &SessionId| xueji_store::tables::sessions::get(reader, *session).is_ok();
    MonthSupplementView {
        id: record.id,
        month: record.month,
        session: record.session.filter(there),
        member: record.member,
        subject: record.subject,
        reason: record.reason,
        by: record.recorded_by.clone(),
        on: record.recorded_on.to_string(),
        operation: OperationLabel {
            id: record.operation.to_string(),
            name: record.name,
            params: record.params,
            at: record.recorded_on.to_string(),
            operator: record.recorded_by,
        },
        undoes: record.undoes,
        undone: record.undone,
    }
}
