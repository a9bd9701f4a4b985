//! 补学: who owes what until when, several recorded at once, and their check.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attendance::{AttendanceCounts, AttendanceRate, AttendanceStatus},
    ids::{MakeUpId, MemberId, SessionId},
    text::names,
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        attendance::{self, MakeUpRecord},
        make_ups::{self, MakeUpFields},
        roster, sessions,
        sessions::SessionRecord,
        settings,
    },
};

use super::attendance::{MakeUpView, make_up_view};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    records::{Records, RollLine},
    table::Nothing,
};

/// The setting that holds the days in which to make up.
const DAYS: &str = "make_ups.days";

/// Days in which to make up, where nothing was set.
const DEFAULT_DAYS: u32 = 30;

/// A year's make-ups.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MakeUpsRequest {
    /// The calendar year of the missed sessions.
    pub year: i32,
    /// How they are put together.
    pub by: MakeUpsBy,
}

/// How make-ups are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MakeUpsBy {
    /// By who missed it.
    Person,
    /// By what was missed.
    Session,
}

/// What was missed in a year, and what of it was made up.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MakeUpsYear {
    /// The day it was looked from, `YYYY-MM-DD`.
    pub as_of: String,
    /// Days after a session in which it is to be made up.
    pub days: u32,
    /// Of the whole year.
    pub total: MakeUpTotal,
    /// By person in 姓氏笔画 order, or by session by date; those without
    /// anything missed are left out.
    pub groups: Vec<MakeUpGroup>,
    /// 补学形式 that were used, most used first.
    pub forms: Vec<String>,
}

/// What one person missed, or what was missed of one session.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MakeUpGroup {
    /// The member's or the session's key.
    pub id: String,
    /// The name or the 主题.
    pub title: String,
    /// 部门, or 类型.
    pub detail: Option<String>,
    /// The session's day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The group's figures.
    pub total: MakeUpTotal,
    /// By date, or in 姓氏笔画 order.
    pub lines: Vec<MakeUpLine>,
}

/// Figures of some absences.
#[derive(Debug, Clone, Copy, Default, Serialize, TS)]
pub struct MakeUpTotal {
    /// To make up: missed without 公假.
    pub missed: u32,
    /// Of them made up.
    pub done: u32,
    /// Of those made up: not checked yet.
    pub unchecked: u32,
    /// Of them not made up, and the day is over.
    pub overdue: u32,
    /// Of them not made up, and there is still time.
    pub owed: u32,
    /// 出勤率
    pub rate: AttendanceRate,
    /// 含补学出勤率
    pub rate_with_make_up: AttendanceRate,
}

/// One absence.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MakeUpLine {
    /// Of which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Its day, `YYYY-MM-DD`.
    pub date: String,
    /// 主题
    pub title: String,
    /// 类型
    pub kind: String,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// 姓名
    pub name: String,
    /// Widened: 王　伟.
    pub display_name: String,
    /// 部门, which tells namesakes apart.
    pub department: Option<String>,
    /// How it was missed.
    pub status: AttendanceStatus,
    /// By when it is to be made up, `YYYY-MM-DD`.
    pub due_on: String,
    /// Days from today to then; less than zero: so many days late.
    pub days_left: i32,
    /// How it stands.
    pub state: MakeUpState,
    /// The make-up, where there is one.
    pub make_up: Option<MakeUpView>,
}

/// How an absence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MakeUpState {
    /// Not made up; there is still time.
    Owed,
    /// Not made up; the time is over.
    Overdue,
    /// Made up in time.
    Done,
    /// Made up after the day.
    DoneLate,
    /// Made up, nobody knows when: imported.
    DoneUnknown,
    /// 公假 owes nothing, and was made up all the same.
    Voluntary,
}

/// One absence, by its place.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct Absence {
    /// Of which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
}

/// Records that several absences were made up together.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RecordMakeUps {
    /// Which absences; at least one. One that was made up already is
    /// corrected.
    pub absences: Vec<Absence>,
    /// On which day, in any usual spelling; absent where not known.
    pub done_on: Option<String>,
    /// 补学形式
    pub form: Option<String>,
    /// 凭据
    pub evidence: Option<String>,
    /// Who checked it; absent where nobody has.
    pub checker: Option<String>,
    /// When it was checked; today where absent.
    pub checked_on: Option<String>,
}

/// Records that make-ups were checked.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CheckMakeUps {
    /// Which; at least one.
    #[ts(type = "string[]")]
    pub ids: Vec<MakeUpId>,
    /// By whom; not empty.
    pub checker: String,
    /// On which day; today where absent.
    pub checked_on: Option<String>,
}

/// Names several make-ups.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MakeUpsChosen {
    /// Which; at least one.
    #[ts(type = "string[]")]
    pub ids: Vec<MakeUpId>,
}

/// Sets the days in which to make up.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetMakeUpDays {
    /// From 1 to 366.
    pub days: u32,
}

/// `make_ups.owed`
pub fn owed(context: &QueryContext, request: MakeUpsRequest) -> Result<MakeUpsYear, ApiError> {
    let records = Records::of_year(context.reader, request.year, context.today)?;
    let days = days(context.reader)?;
    let desk = Desk { records: &records, days, today: context.today };
    let absences: Vec<_> = records.held().flat_map(|session| records.roll(session).map(move |line| (session, line))).collect();
    let groups = match request.by {
        MakeUpsBy::Session => records.held().map(|session| desk.of_session(session)).collect::<Vec<_>>(),
        MakeUpsBy::Person => records.members.iter().map(|member| desk.of_member(member, &absences)).collect(),
    };
    Ok(MakeUpsYear {
        as_of: context.today.to_string(),
        days,
        total: desk.total(&absences),
        groups: groups.into_iter().filter(|group| !group.lines.is_empty()).collect(),
        forms: make_ups::forms(context.reader)?,
    })
}

/// Days in which to make up.
pub(crate) fn days(reader: &Reader) -> Result<u32, StoreError> {
    Ok(settings::get(reader, DAYS)?.filter(|days| (1..=366).contains(days)).unwrap_or(DEFAULT_DAYS))
}

/// By when a session is to be made up.
pub(crate) fn due_on(session: NaiveDate, days: u32) -> NaiveDate {
    session.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

struct Desk<'a> {
    records: &'a Records,
    days: u32,
    today: NaiveDate,
}

type Place<'a> = (&'a SessionRecord, RollLine<'a>);

impl<'a> Desk<'a> {
    fn of_session(&self, session: &'a SessionRecord) -> MakeUpGroup {
        let lines: Vec<Place> = self.records.roll(session).map(|line| (session, line)).collect();
        MakeUpGroup {
            id: session.id.to_string(),
            title: session.fields.title.clone(),
            detail: Some(session.fields.kind.clone()),
            date: Some(session.fields.date.to_string()),
            total: self.total(&lines),
            lines: self.lines(lines.iter()),
        }
    }

    fn of_member(&self, member: &roster::MemberRecord, all: &[Place<'a>]) -> MakeUpGroup {
        // The lines of one session stand in the order of the members, so the
        // few that are looked for are found in one pass.
        let own: Vec<&Place> = all.iter().filter(|(_, line)| line.member.id == member.id).collect();
        let mut counts = AttendanceCounts::default();
        own.iter().for_each(|(_, line)| counts.add(line.status, line.observer, line.make_up.is_some()));
        MakeUpGroup {
            id: member.id.to_string(),
            title: member.person.name.clone(),
            detail: member.standing.department.clone(),
            date: None,
            total: self.figures(counts, own.iter().copied()),
            lines: self.lines(own.iter().copied()),
        }
    }

    fn total(&self, places: &[Place]) -> MakeUpTotal {
        let mut counts = AttendanceCounts::default();
        places.iter().for_each(|(_, line)| counts.add(line.status, line.observer, line.make_up.is_some()));
        self.figures(counts, places.iter())
    }

    fn figures<'p>(&self, counts: AttendanceCounts, places: impl Iterator<Item = &'p Place<'p>>) -> MakeUpTotal {
        let rates = MakeUpTotal { rate: counts.rate(), rate_with_make_up: counts.rate_with_make_up(), ..MakeUpTotal::default() };
        places.filter(|(_, line)| line.status.owes_make_up() && !line.observer).fold(rates, |mut total, (session, line)| {
            total.missed += 1;
            match line.make_up {
                Some(make_up) => {
                    total.done += 1;
                    total.unchecked += u32::from(make_up.checker.is_none());
                }
                None if due_on(session.fields.date, self.days) < self.today => total.overdue += 1,
                None => total.owed += 1,
            }
            total
        })
    }

    fn lines<'p>(&self, places: impl Iterator<Item = &'p Place<'p>>) -> Vec<MakeUpLine> {
        let concerned =
            |(_, line): &&Place| !line.observer && (line.status.owes_make_up() || (line.status.missed() && line.make_up.is_some()));
        places.filter(concerned).map(|(session, line)| self.line(session, line)).collect()
    }

    fn line(&self, session: &SessionRecord, line: &RollLine) -> MakeUpLine {
        let due = due_on(session.fields.date, self.days);
        let (person, standing) = (&line.member.person, &line.member.standing);
        MakeUpLine {
            session: session.id,
            date: session.fields.date.to_string(),
            title: session.fields.title.clone(),
            kind: session.fields.kind.clone(),
            member: line.member.id,
            name: person.name.clone(),
            display_name: names::widened(&person.name),
            department: standing.department.clone(),
            status: line.status,
            due_on: due.to_string(),
            days_left: i32::try_from((due - self.today).num_days()).unwrap_or(i32::MAX),
            state: self.state(line.status, due, line.make_up),
            make_up: line.make_up.map(make_up_view),
        }
    }

    fn state(&self, status: AttendanceStatus, due: NaiveDate, make_up: Option<&MakeUpRecord>) -> MakeUpState {
        match make_up {
            _ if !status.owes_make_up() => MakeUpState::Voluntary,
            Some(MakeUpRecord { done_on: None, .. }) => MakeUpState::DoneUnknown,
            Some(MakeUpRecord { done_on: Some(day), .. }) if *day > due => MakeUpState::DoneLate,
            Some(_) => MakeUpState::Done,
            None if due < self.today => MakeUpState::Overdue,
            None => MakeUpState::Owed,
        }
    }
}

/// `make_ups.record`
pub fn record(context: &mut MutateContext, request: RecordMakeUps) -> Result<Nothing, ApiError> {
    if request.absences.is_empty() {
        return Err(ApiError::field("absences", "nothing_chosen"));
    }
    let done_on = past_day("done_on", request.done_on.as_deref(), context.today)?;
    let (checker, checked_on) = check(request.checker.as_deref(), request.checked_on.as_deref(), done_on, context.today)?;
    let fields = MakeUpFields {
        done_on,
        form: forms::text(request.form.as_deref()),
        evidence: forms::text(request.evidence.as_deref()),
        checker,
        checked_on,
    };
    let mut who = Vec::new();
    for Absence { session, member } in &request.absences {
        let reader = context.writer.reader();
        let (session, member) = (sessions::get(&reader, *session)?, roster::get(&reader, *member, context.today)?);
        let missed = attendance::get(&reader, session.id, member.id)?.is_some_and(|mark| mark.status.missed());
        if !missed {
            return Err(ApiError::Refused { code: "nothing_missed", params: params! { "name" => member.person.name } });
        }
        if done_on.is_some_and(|day| day < session.fields.date) {
            return Err(ApiError::field("done_on", "make_up_before_session"));
        }
        make_ups::set(context.writer, session.id, member.id, &fields)?;
        who.push(member.person.name);
    }
    context.writer.describe(params! { "names" => some(&who), "count" => who.len() });
    Ok(Nothing {})
}

/// A day that does not lie in the future; blank is none.
fn past_day(field: &'static str, typed: Option<&str>, today: NaiveDate) -> Result<Option<NaiveDate>, ApiError> {
    match forms::optional_day(field, typed)? {
        Some(day) if day > today => Err(ApiError::Field { field, code: "date_in_future", params: params! { "value" => day.to_string() } }),
        day => Ok(day),
    }
}

/// Who checked and when: a day only with a name, and not before the study.
pub(crate) fn check(
    checker: Option<&str>,
    checked_on: Option<&str>,
    done_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(Option<String>, Option<NaiveDate>), ApiError> {
    let Some(checker) = forms::text(checker) else { return Ok((None, None)) };
    let checked_on = past_day("checked_on", checked_on, today)?.unwrap_or(today);
    if done_on.is_some_and(|done| checked_on < done) {
        return Err(ApiError::field("checked_on", "make_up_checked_before_done"));
    }
    Ok((Some(checker), Some(checked_on)))
}

/// The first three names of a list.
fn some(names: &[String]) -> String {
    let mut distinct: Vec<&str> = Vec::new();
    for name in names {
        if !distinct.contains(&name.as_str()) {
            distinct.push(name);
        }
    }
    let shown = distinct.iter().take(3).copied().collect::<Vec<_>>().join("、");
    if distinct.len() > 3 { format!("{shown}……") } else { shown }
}

/// The make-ups of keys, and the names of those whose they are.
fn chosen(context: &MutateContext, ids: &[MakeUpId]) -> Result<(Vec<MakeUpRecord>, Vec<String>), ApiError> {
    if ids.is_empty() {
        return Err(ApiError::field("ids", "nothing_chosen"));
    }
    let reader = context.writer.reader();
    let found = ids.iter().map(|id| attendance::make_up(&reader, *id)).collect::<Result<Vec<_>, _>>()?;
    let name = |make_up: &MakeUpRecord| Ok(roster::get(&reader, make_up.member, context.today)?.person.name);
    let names = found.iter().map(name).collect::<Result<Vec<_>, StoreError>>()?;
    Ok((found, names))
}

/// `make_ups.check`
pub fn check_off(context: &mut MutateContext, request: CheckMakeUps) -> Result<Nothing, ApiError> {
    let checker = forms::required("checker", "checker_missing", &request.checker)?;
    let (found, names) = chosen(context, &request.ids)?;
    for make_up in &found {
        let (checker, checked_on) = check(Some(&checker), request.checked_on.as_deref(), make_up.done_on, context.today)?;
        make_ups::set_check(context.writer, make_up.id, checker.as_deref(), checked_on)?;
    }
    context.writer.describe(params! { "names" => some(&names), "count" => found.len() });
    Ok(Nothing {})
}

/// `make_ups.uncheck`
pub fn uncheck(context: &mut MutateContext, request: MakeUpsChosen) -> Result<Nothing, ApiError> {
    let (found, names) = chosen(context, &request.ids)?;
    for make_up in &found {
        make_ups::set_check(context.writer, make_up.id, None, None)?;
    }
    context.writer.describe(params! { "names" => some(&names), "count" => found.len() });
    Ok(Nothing {})
}

/// `make_ups.remove`
pub fn remove(context: &mut MutateContext, request: MakeUpsChosen) -> Result<Nothing, ApiError> {
    let (found, names) = chosen(context, &request.ids)?;
    for make_up in &found {
        attendance::delete_make_up(context.writer, make_up.id)?;
    }
    context.writer.describe(params! { "names" => some(&names), "count" => found.len() });
    Ok(Nothing {})
}

/// `make_ups.set_days`
pub fn set_days(context: &mut MutateContext, request: SetMakeUpDays) -> Result<Nothing, ApiError> {
    if !(1..=366).contains(&request.days) {
        return Err(ApiError::field("days", "make_up_days_out_of_range"));
    }
    settings::set(context.writer, DAYS, &request.days)?;
    context.writer.describe(params! { "days" => request.days });
    Ok(Nothing {})
}
