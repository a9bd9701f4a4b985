//! 考勤台账: members down, sessions across, over any part of a year.
//!
//! A year of a large branch is tens of thousands of cells. They cross as one
//! string a member, one character a session ([`code_of`]), and what few cells
//! say beyond their status stands apart. Everything is counted from
//! [`Records`], as the roll and the papers are, so the totals agree.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attendance::{AttendanceCounts, AttendanceRate, AttendanceStatus},
    ids::{MemberId, OrganizationId, SessionId},
    sessions::SessionState,
    text::{names, pinyin},
};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::{
        months,
        roster::MemberRecord,
        sessions::{self as store_sessions, SessionRecord},
    },
};

use super::months::month_of;
use crate::{
    app::Core,
    context::QueryContext,
    error::ApiError,
    forms,
    records::{Records, RollLine},
};

mod reading;

pub use reading::{RateLine, RateReading};

/// Asks for the ledger of a year or a part of it. Filters that are absent
/// leave everything.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LedgerRequest {
    /// The year.
    pub year: i32,
    /// From which day, in any usual spelling; the year's first where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub from: Option<String>,
    /// Until which day; the year's last where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub to: Option<String>,
    /// Members of this organization, or of one below it, while they were.
    #[serde(default)]
    #[ts(optional = nullable, type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// Sessions of this kind; also those that are of it besides.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub kind: Option<String>,
    /// Sessions on this 专题.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub theme: Option<String>,
    /// Sessions in this state; where absent those held, and those planned
    /// whose day has come.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub state: Option<SessionState>,
    /// Members with this status at one of the sessions at least.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub status: Option<AttendanceStatus>,
}

/// The ledger.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Ledger {
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last.
    pub to: String,
    /// The columns, by date.
    pub sessions: Vec<LedgerColumn>,
    /// The rows, in 姓氏笔画 order.
    pub members: Vec<LedgerRow>,
    /// What cells say beyond their status.
    pub details: Vec<LedgerDetail>,
    /// All rows together, over the sessions held.
    pub total: LedgerTotal,
    /// Which of the two rates the rules in use count by, and where they say so.
    pub reading: RateReading,
    /// The kinds of the year's sessions, to filter by.
    pub kinds: Vec<String>,
    /// Their 专题.
    pub themes: Vec<String>,
}

/// One session.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LedgerColumn {
    /// Its key.
    #[ts(type = "string")]
    pub id: SessionId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// `HH:MM`, where known.
    pub starts_at: Option<String>,
    /// 类型
    pub kind: String,
    /// 主题
    pub title: String,
    /// 专题
    pub theme: Option<String>,
    /// planned, held, cancelled. Only what was held counts in the rows'
    /// totals.
    pub state: SessionState,
    /// Whether its month is closed.
    pub closed: bool,
    /// How the members shown attended it.
    pub total: LedgerTotal,
}

/// One member.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LedgerRow {
    /// Their key.
    #[ts(type = "string")]
    pub id: MemberId,
    /// 姓名
    pub name: String,
    /// The name as official lists print it.
    pub display_name: String,
    /// 工号
    pub staff_no: Option<String>,
    /// 部门, which tells namesakes apart.
    pub department: Option<String>,
    /// Pinyin initials and full pinyin.
    pub search_keys: Vec<String>,
    /// One character a session: `1` to `8` are the statuses in the order of
    /// their keys (出席 迟到 早退 公假 病假 事假 缺席 不要求), `0` is 未登记,
    /// a space: not on the roll.
    pub codes: String,
    /// Over the sessions held.
    pub total: LedgerTotal,
}

/// What a cell says beyond its status.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LedgerDetail {
    /// Index of the member.
    pub row: u32,
    /// Index of the session.
    pub column: u32,
    /// Minutes late or left early.
    pub minutes: Option<u32>,
    /// 列席: outside 应到 and 实到.
    pub observer: bool,
    /// 备注
    pub remark: Option<String>,
    /// Whether it was made up for (补学).
    pub made_up: bool,
}

/// Counts with their rates.
#[derive(Debug, Clone, Copy, Default, Serialize, TS)]
pub struct LedgerTotal {
    /// Each status.
    pub counts: AttendanceCounts,
    /// 应到
    pub required: u32,
    /// 实到
    pub attended: u32,
    /// 请假
    pub on_leave: u32,
    /// 出勤率
    pub rate: AttendanceRate,
    /// 含补学出勤率
    pub rate_with_make_up: AttendanceRate,
}

impl From<AttendanceCounts> for LedgerTotal {
    fn from(counts: AttendanceCounts) -> Self {
        Self {
            counts,
            required: counts.required(),
            attended: counts.attended(),
            on_leave: counts.on_leave(),
            rate: counts.rate(),
            rate_with_make_up: counts.rate_with_make_up(),
        }
    }
}

/// The character of a status in [`LedgerRow::codes`].
fn code_of(status: AttendanceStatus) -> char {
    match status {
        AttendanceStatus::Present => '1',
        AttendanceStatus::Late => '2',
        AttendanceStatus::EarlyLeave => '3',
        AttendanceStatus::OfficialLeave => '4',
        AttendanceStatus::SickLeave => '5',
        AttendanceStatus::PersonalLeave => '6',
        AttendanceStatus::Absent => '7',
        AttendanceStatus::NotRequired => '8',
        AttendanceStatus::Unmarked => '0',
    }
}

/// `attendance.ledger`
pub fn ledger(context: &QueryContext, request: LedgerRequest) -> Result<Ledger, ApiError> {
    let (from, to) = span(&request)?;
    let on = Core::as_of(context.today, request.year);
    let records = Records::between(context.reader, &from.to_string(), &to.to_string(), on.min(to).max(from))?;
    let shown: Vec<&SessionRecord> =
        records.sessions.iter().filter(|session| is_shown(&records, session, &request, context.today)).collect();
    let mut grid = Grid::of(&records, &shown, request.organization);
    grid.keep_those_with(request.status);
    let (kinds, themes) = words(context.reader, request.year)?;
    Ok(Ledger {
        from: from.to_string(),
        to: to.to_string(),
        sessions: grid.columns(context.reader, &shown)?,
        details: grid.details(),
        total: grid.total().into(),
        members: grid.rows.iter().map(row).collect(),
        reading: reading::on(context.reader, on.min(to).max(from))?,
        kinds,
        themes,
    })
}

/// The days asked for: within the year, in their order.
fn span(request: &LedgerRequest) -> Result<(NaiveDate, NaiveDate), ApiError> {
    let out_of_range = || ApiError::Field { field: "year", code: "date_out_of_range", params: params! { "value" => request.year } };
    let day = |month, day| NaiveDate::from_ymd_opt(request.year, month, day).ok_or_else(out_of_range);
    let (first, last) = (day(1, 1)?, day(12, 31)?);
    let from = forms::optional_day("from", request.from.as_deref())?.unwrap_or(first);
    let to = forms::optional_day("to", request.to.as_deref())?.unwrap_or(last);
    if from.year() != request.year || to.year() != request.year {
        let field = if from.year() == request.year { "to" } else { "from" };
        return Err(ApiError::field(field, "ledger_other_year"));
    }
    if to < from { Err(ApiError::field("to", "ledger_ends_before_it_begins")) } else { Ok((from, to)) }
}

fn is_shown(records: &Records, session: &SessionRecord, request: &LedgerRequest, today: NaiveDate) -> bool {
    let fields = &session.fields;
    let state = match request.state {
        Some(state) => fields.state == state,
        None => fields.state == SessionState::Held || (fields.state == SessionState::Planned && fields.date <= today),
    };
    state
        && request.kind.as_deref().is_none_or(|kind| records.kinds(session).any(|own| own == kind))
        && request.theme.as_deref().is_none_or(|theme| fields.theme.as_deref() == Some(theme))
        && request.organization.is_none_or(|organization| {
            records.is_held_by(session.id, organization)
                || records.holders(session.id).iter().any(|holder| records.is_below(organization, *holder))
        })
}

/// The year's kinds and themes, whatever is filtered.
fn words(reader: &Reader, year: i32) -> Result<(Vec<String>, Vec<String>), ApiError> {
    let (mut kinds, mut themes) = (BTreeSet::new(), BTreeSet::new());
    for session in store_sessions::of_year(reader, year)? {
        kinds.insert(session.fields.kind);
        themes.extend(session.fields.theme);
    }
    Ok((kinds.into_iter().collect(), themes.into_iter().collect()))
}

/// The cells, members down.
struct Grid<'a> {
    rows: Vec<Cells<'a>>,
}

struct Cells<'a> {
    member: &'a MemberRecord,
    cells: Vec<Option<Cell<'a>>>,
    counts: AttendanceCounts,
}

#[derive(Clone, Copy)]
struct Cell<'a> {
    status: AttendanceStatus,
    minutes: Option<u32>,
    observer: bool,
    remark: Option<&'a str>,
    made_up: bool,
}

impl<'a> Cell<'a> {
    fn of(line: &RollLine<'a>) -> Self {
        Self {
            status: line.status,
            minutes: line.mark.and_then(|mark| mark.minutes),
            observer: line.observer,
            remark: line.mark.and_then(|mark| mark.remark.as_deref()),
            made_up: line.make_up.is_some(),
        }
    }
}

impl<'a> Grid<'a> {
    fn of(records: &'a Records, shown: &[&'a SessionRecord], organization: Option<OrganizationId>) -> Self {
        let places: std::collections::HashMap<MemberId, usize> =
            records.members.iter().enumerate().map(|(index, member)| (member.id, index)).collect();
        let empty = |member| Cells { member, cells: vec![None; shown.len()], counts: AttendanceCounts::default() };
        let mut rows: Vec<Cells> = records.members.iter().map(empty).collect();
        for (column, session) in shown.iter().enumerate() {
            for line in records.roll(session) {
                let inside = organization.is_none_or(|own| records.stands_below(line.member.id, own, session.fields.date));
                let Some(row) = places.get(&line.member.id).map(|place| &mut rows[*place]).filter(|_| inside) else { continue };
                let cell = Cell::of(&line);
                if session.fields.state == SessionState::Held {
                    row.counts.add(cell.status, cell.observer, cell.made_up);
                }
                row.cells[column] = Some(cell);
            }
        }
        rows.retain(|row| row.cells.iter().any(Option::is_some));
        Self { rows }
    }

    fn keep_those_with(&mut self, status: Option<AttendanceStatus>) {
        if let Some(status) = status {
            self.rows.retain(|row| row.cells.iter().flatten().any(|cell| cell.status == status && !cell.observer));
        }
    }

    fn columns(&self, reader: &Reader, shown: &[&SessionRecord]) -> Result<Vec<LedgerColumn>, ApiError> {
        let closed: BTreeSet<String> = months::between(reader, "0000-00", "9999-99")?
            .into_iter()
            .filter(|closing| closing.reopened.is_none())
            .map(|closing| closing.month)
            .collect();
        let column = |(index, session): (usize, &&SessionRecord)| {
            let mut counts = AttendanceCounts::default();
            for cell in self.rows.iter().filter_map(|row| row.cells[index]) {
                counts.add(cell.status, cell.observer, cell.made_up);
            }
            let fields = &session.fields;
            LedgerColumn {
                id: session.id,
                date: fields.date.to_string(),
                starts_at: fields.starts_at.map(|time| time.format("%H:%M").to_string()),
                kind: fields.kind.clone(),
                title: fields.title.clone(),
                theme: fields.theme.clone(),
                state: fields.state,
                closed: closed.contains(&month_of(fields.date)),
                total: counts.into(),
            }
        };
        Ok(shown.iter().enumerate().map(column).collect())
    }

    fn details(&self) -> Vec<LedgerDetail> {
        let mut details = Vec::new();
        for (row, cells) in (0..).zip(&self.rows) {
            for (column, cell) in (0..).zip(&cells.cells).filter_map(|(column, cell)| Some((column, (*cell)?))) {
                if cell.minutes.is_some() || cell.observer || cell.remark.is_some() || cell.made_up {
                    let remark = cell.remark.map(str::to_owned);
                    details.push(LedgerDetail {
                        row,
                        column,
                        minutes: cell.minutes,
                        observer: cell.observer,
                        remark,
                        made_up: cell.made_up,
                    });
                }
            }
        }
        details
    }

    fn total(&self) -> AttendanceCounts {
        let mut counts = AttendanceCounts::default();
        self.rows.iter().for_each(|row| counts.merge(&row.counts));
        counts
    }
}

fn row(cells: &Cells) -> LedgerRow {
    let person = &cells.member.person;
    LedgerRow {
        id: cells.member.id,
        name: person.name.clone(),
        display_name: names::widened(&person.name),
        staff_no: person.staff_no.clone(),
        department: cells.member.standing.department.clone(),
        search_keys: pinyin::search_keys(&person.name),
        codes: cells.cells.iter().map(|cell| cell.map_or(' ', |cell| code_of(cell.status))).collect(),
        total: cells.counts.into(),
    }
}
