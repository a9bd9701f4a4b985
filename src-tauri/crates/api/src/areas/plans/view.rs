//! A plan as a page shows it: each item with its sessions and how far it is,
//! each 专题 with what it has and lacks.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;
use xueji_domain::{
    amount::{AmountUnit, StudyAmount},
    exact::Exact,
    ids::{MemberId, OrganizationId, PlanId, PlanItemId, SessionId, ThemeId},
    sessions::SessionState,
};
use xueji_store::{
    Reader,
    tables::{
        book, organizations,
        plans::{self as store, ItemRecord, PlanOf, PlanRecord, ThemeRecord},
        sessions::{self, SessionRecord},
    },
};

use super::whose;
use crate::error::ApiError;

/// A plan with everything in it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanView {
    /// Its key.
    #[ts(type = "string")]
    pub id: PlanId,
    /// The calendar year.
    pub year: i32,
    /// Whose, of an organization's.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// Whose, of a person's.
    #[ts(type = "string | null")]
    pub member: Option<MemberId>,
    /// The name of either.
    pub whose: String,
    /// Its title.
    pub title: String,
    /// 说明
    pub note: Option<String>,
    /// 专题, in order.
    pub themes: Vec<ThemeView>,
    /// 条目, in order.
    pub items: Vec<PlanItemView>,
    /// For the next edit.
    pub revision: u32,
}

/// A 专题.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ThemeView {
    /// Its key.
    #[ts(type = "string")]
    pub id: ThemeId,
    /// Its name.
    pub name: String,
    /// `YYYY-MM-DD`
    pub starts_on: Option<String>,
    /// `YYYY-MM-DD`
    pub ends_on: Option<String>,
    /// 说明
    pub note: Option<String>,
    /// Items under it.
    pub items: u32,
    /// Sessions of the theme that were held: those that bear its name, and
    /// those tied to its items.
    pub held: u32,
    /// Sessions of the theme that are planned.
    pub planned: u32,
    /// No session, and nobody can say it is still early: its days have begun,
    /// or it has none.
    pub gap: bool,
    /// For the next edit.
    pub revision: u32,
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// What it asks for was done.
    Done,
    /// Not done, and its time is over.
    Overdue,
    /// Sessions are planned or held, and there is time.
    Underway,
    /// There is time, and no session yet.
    Unplanned,
}

/// How far an item is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ItemProgress {
    /// Done so far, in the target's unit, as exact text; `null` where
    /// sessions don't tell (篇, 章).
    pub done: Option<String>,
    /// Asked for, as exact text.
    pub target: String,
    /// 次, 学时, 小时 …
    pub unit: String,
    /// Held sessions whose length says nothing in this unit.
    pub uncounted: u32,
}

/// A session of an item.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanSession {
    /// Its key.
    #[ts(type = "string")]
    pub id: SessionId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 类型
    pub kind: String,
    /// 主题
    pub title: String,
    /// planned, held, cancelled.
    pub state: SessionState,
}

/// An item.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanItemView {
    /// Its key.
    #[ts(type = "string")]
    pub id: PlanItemId,
    /// Under which 专题.
    #[ts(type = "string | null")]
    pub theme: Option<ThemeId>,
    /// What is studied.
    pub title: String,
    /// 形式
    pub form: Option<String>,
    /// 学习资料
    pub material: Option<String>,
    /// 主讲
    pub speaker: Option<String>,
    /// `2次`
    pub target: Option<String>,
    /// `2026-03`, `2026-03-15`, `2026-Q1`
    pub due: Option<String>,
    /// The last day on which it is in time.
    pub due_on: Option<String>,
    /// 1 to 4, where it has a due.
    pub quarter: Option<u32>,
    /// 备注
    pub note: Option<String>,
    /// Its sessions, by date.
    pub sessions: Vec<PlanSession>,
    /// Held and asked for, where it has a target.
    pub progress: Option<ItemProgress>,
    /// Where it stands.
    pub state: ItemState,
    /// For the next edit.
    pub revision: u32,
}

/// A plan as it stands.
pub(super) fn of(reader: &Reader, record: PlanRecord, today: NaiveDate) -> Result<PlanView, ApiError> {
    let mut tied: HashMap<PlanItemId, Vec<SessionRecord>> = HashMap::new();
    for (item, session) in store::tied(reader, record.id)? {
        tied.entry(item).or_default().push(sessions::get(reader, session)?);
    }
    let items = store::items(reader, record.id)?;
    let own = own_sessions(reader, &record)?;
    let (organization, member) = match record.of {
        PlanOf::Organization(id) => (Some(id), None),
        PlanOf::Member(id) => (None, Some(id)),
    };
    let themes = store::themes(reader, record.id)?.into_iter().map(|theme| theme_view(theme, &items, &tied, &own, today)).collect();
    let items = items.into_iter().map(|item| {
        let sessions = tied.remove(&item.id).unwrap_or_default();
        item_view(item, &sessions, today)
    });
    Ok(PlanView {
        id: record.id,
        year: record.year,
        organization,
        member,
        whose: whose(reader, record.of, today)?,
        title: record.title,
        note: record.note,
        items: items.collect(),
        themes,
        revision: record.revision,
    })
}

/// The sessions that bear a theme's name may be anybody's: those of the
/// plan's organization and of what stands below it, by year.
fn own_sessions(reader: &Reader, record: &PlanRecord) -> Result<Vec<SessionRecord>, ApiError> {
    let PlanOf::Organization(organization) = record.of else { return Ok(Vec::new()) };
    let (from, to) = (format!("{:04}-01-01", record.year), format!("{:04}-12-31", record.year));
    let tree = organizations::list(reader)?;
    let mut below = vec![organization];
    // Parents stand before children.
    for one in &tree {
        if one.parent.is_some_and(|parent| below.contains(&parent)) {
            below.push(one.id);
        }
    }
    let mut holders: HashMap<SessionId, Vec<OrganizationId>> = HashMap::new();
    for (session, holder) in sessions::organizations_between(reader, &from, &to)? {
        holders.entry(session).or_default().push(holder);
    }
    let root = book::get(reader)?.root_organization;
    let mut found = sessions::between(reader, &from, &to)?;
    found.retain(|session| {
        let holders = holders.get(&session.id).map_or(std::slice::from_ref(&root), Vec::as_slice);
        session.fields.theme.is_some() && holders.iter().any(|holder| below.contains(holder))
    });
    Ok(found)
}

fn theme_view(
    theme: ThemeRecord,
    items: &[ItemRecord],
    tied: &HashMap<PlanItemId, Vec<SessionRecord>>,
    own: &[SessionRecord],
    today: NaiveDate,
) -> ThemeView {
    let under: Vec<&ItemRecord> = items.iter().filter(|item| item.fields.theme == Some(theme.id)).collect();
    let by_item = under.iter().filter_map(|item| tied.get(&item.id)).flatten();
    let by_name = own.iter().filter(|session| session.fields.theme.as_deref() == Some(theme.fields.name.as_str()));
    let states: HashMap<SessionId, SessionState> = by_item.chain(by_name).map(|session| (session.id, session.fields.state)).collect();
    let count = |state| u32::try_from(states.values().filter(|own| **own == state).count()).unwrap_or(u32::MAX);
    let (held, planned) = (count(SessionState::Held), count(SessionState::Planned));
    let begun = theme.fields.starts_on.is_none_or(|first| first <= today);
    ThemeView {
        id: theme.id,
        name: theme.fields.name,
        starts_on: theme.fields.starts_on.map(|day| day.to_string()),
        ends_on: theme.fields.ends_on.map(|day| day.to_string()),
        note: theme.fields.note,
        items: u32::try_from(under.len()).unwrap_or(u32::MAX),
        held,
        planned,
        gap: held + planned == 0 && begun,
        revision: theme.revision,
    }
}

fn item_view(item: ItemRecord, tied: &[SessionRecord], today: NaiveDate) -> PlanItemView {
    let fields = item.fields;
    let held: Vec<&SessionRecord> = tied.iter().filter(|session| session.fields.state == SessionState::Held).collect();
    let planned = tied.iter().any(|session| session.fields.state == SessionState::Planned);
    let measured = fields.target.as_ref().map(|(target, unit)| (*target, done(&held, unit), unit.clone()));
    let is_done = match &measured {
        Some((target, (Some(done), _), _)) => done >= target,
        _ => !held.is_empty(),
    };
    let overdue = fields.due.is_some_and(|due| due.last_day() < today);
    let state = match (is_done, overdue) {
        (true, _) => ItemState::Done,
        (false, true) => ItemState::Overdue,
        (false, false) if planned || !held.is_empty() => ItemState::Underway,
        (false, false) => ItemState::Unplanned,
    };
    let progress = measured.map(|(target, (done, uncounted), unit)| ItemProgress {
        done: done.map(|done| done.to_string()),
        target: target.to_string(),
        unit,
        uncounted,
    });
    PlanItemView {
        id: item.id,
        theme: fields.theme,
        title: fields.title,
        form: fields.form,
        material: fields.material,
        speaker: fields.speaker,
        target: fields.target.map(|(value, unit)| format!("{value}{unit}")),
        due: fields.due.map(|due| due.to_string()),
        due_on: fields.due.map(|due| due.last_day().to_string()),
        quarter: fields.due.map(|due| due.quarter()),
        note: fields.note,
        sessions: tied.iter().map(session_view).collect(),
        progress,
        state,
        revision: item.revision,
    }
}

fn session_view(session: &SessionRecord) -> PlanSession {
    PlanSession {
        id: session.id,
        date: session.fields.date.to_string(),
        kind: session.fields.kind.clone(),
        title: session.fields.title.clone(),
        state: session.fields.state,
    }
}

const SECONDS_PER_HOUR: i64 = 3600;
const SECONDS_PER_MINUTE: i64 = 60;

/// What held sessions amount to in a unit, and how many say nothing in it.
/// `None` for a unit that sessions don't measure. Hours and 学时 are not
/// turned into each other here: how long a 学时 is, the rules say.
fn done(held: &[&SessionRecord], unit: &str) -> (Option<Exact>, u32) {
    let per = match unit {
        "次" | "场" | "期" | "回" | "节" | "堂" => {
            return (i64::try_from(held.len()).ok().map(Exact::whole), 0);
        }
        "学时" => (AmountUnit::ClassHour, 1),
        "小时" => (AmountUnit::Second, SECONDS_PER_HOUR),
        "分钟" => (AmountUnit::Second, SECONDS_PER_MINUTE),
        "天" => (AmountUnit::Day, 1),
        _ => return (None, 0),
    };
    let (mut sum, mut uncounted) = (Exact::whole(0), 0);
    for session in held {
        let part = match (session.fields.amount, per.0) {
            (Some(StudyAmount::Seconds(seconds)), AmountUnit::Second) => Exact::fraction(i64::from(seconds), per.1),
            (Some(StudyAmount::ClassHours(hours)), AmountUnit::ClassHour) => Some(hours),
            (Some(StudyAmount::Days(days)), AmountUnit::Day) => Some(days),
            (Some(StudyAmount::HalfDays(halves)), AmountUnit::Day) => halves.checked_div(Exact::whole(2)),
            _ => None,
        };
        match part.and_then(|part| sum.checked_add(part)) {
            Some(more) => sum = more,
            None => uncounted += 1,
        }
    }
    (Some(sum), uncounted)
}
