//! 年度学习计划: of an organization or of a person, by themes and items, with
//! the sessions that carry each item out and where there are gaps.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    ids::{MemberId, OrganizationId, PlanId, PlanItemId, SessionId, ThemeId},
    planning::Due,
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        organizations,
        plans::{self as store, PlanOf, PlanRecord, ThemeFields, ThemeRecord},
        roster, sessions,
    },
};

mod copy;
mod items;
mod view;

pub use copy::{CopyPlan, PlanCopied, copy};
pub use items::{ItemsRequest, MovePlanItem, PlanItemInput, SavePlanItem, TieSessions, move_item, remove_items, save_item, tie, untie};
pub use view::{ItemProgress, ItemState, PlanItemView, PlanSession, PlanView, ThemeView};

use super::sessions::YearRequest;
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// Somebody's plan of a year: of an organization, or of a person.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct PlanRequest {
    /// The calendar year.
    pub year: i32,
    /// Whose; the member's where empty.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// Whose; the organization's where empty.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
}

impl PlanRequest {
    fn of(self) -> Result<PlanOf, ApiError> {
        match (self.organization, self.member) {
            (Some(organization), None) => Ok(PlanOf::Organization(organization)),
            (None, Some(member)) => Ok(PlanOf::Member(member)),
            _ => Err(ApiError::field("organization", "plan_of_one")),
        }
    }
}

/// A plan in a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanRow {
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
    /// Its items.
    pub items: u32,
}

/// An item that a session may carry out.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanItemChoice {
    /// Its key.
    #[ts(type = "string")]
    pub id: PlanItemId,
    /// What is studied.
    pub title: String,
    /// Whose plan it stands in.
    pub whose: String,
}

/// Somebody's plan, where there is one, and the plan of the year before.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanFound {
    /// The plan.
    pub plan: Option<PlanView>,
    /// The plan of the latest earlier year, from which this one can be copied.
    pub earlier: Option<PlanRow>,
}

/// Makes somebody's plan of a year.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CreatePlan {
    /// The calendar year.
    pub year: i32,
    /// Whose; the member's where empty.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// Whose; the organization's where empty.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
    /// Its title; `2026年学习计划` where empty.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub title: Option<String>,
}

/// Changes a plan's title and note.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditPlan {
    /// Which.
    #[ts(type = "string")]
    pub id: PlanId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// Its title, required.
    pub title: String,
    /// 说明
    pub note: Option<String>,
}

/// Names a plan.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct PlanIdRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: PlanId,
}

/// Adds a 专题, or edits one.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveTheme {
    /// Of which plan.
    #[ts(type = "string")]
    pub plan: PlanId,
    /// Which; `null`: a new one.
    #[ts(type = "string | null")]
    pub id: Option<ThemeId>,
    /// The revision that the editor saw; 0 for a new one.
    pub revision: u32,
    /// Its name, required.
    pub name: String,
    /// The first day for which it is set: a day, a month or a quarter.
    pub starts_on: Option<String>,
    /// The last: a day, a month or a quarter.
    pub ends_on: Option<String>,
    /// 说明
    pub note: Option<String>,
}

/// Names a 专题.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct ThemeRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: ThemeId,
}

/// Puts a 专题 at a place among its plan's.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct MoveTheme {
    /// Which.
    #[ts(type = "string")]
    pub id: ThemeId,
    /// Its new place, from 0.
    pub to: u32,
}

fn whose(reader: &Reader, of: PlanOf, today: NaiveDate) -> Result<String, ApiError> {
    Ok(match of {
        PlanOf::Member(member) => roster::get(reader, member, today)?.person.name,
        PlanOf::Organization(id) => {
            let all = organizations::list(reader)?;
            all.into_iter().find(|one| one.id == id).ok_or(StoreError::Gone { what: "organization" })?.name
        }
    })
}

fn row(reader: &Reader, record: &PlanRecord, today: NaiveDate) -> Result<PlanRow, ApiError> {
    let (organization, member) = match record.of {
        PlanOf::Organization(id) => (Some(id), None),
        PlanOf::Member(id) => (None, Some(id)),
    };
    let items = store::count_items(reader, record.id)?;
    let whose = whose(reader, record.of, today)?;
    Ok(PlanRow { id: record.id, year: record.year, organization, member, whose, title: record.title.clone(), items })
}

/// `plans.list`
pub fn list(context: &QueryContext, request: YearRequest) -> Result<Vec<PlanRow>, ApiError> {
    let all = store::of_year(context.reader, request.year)?;
    all.iter().map(|record| row(context.reader, record, context.today)).collect()
}

/// Every plan of a year as it stands, for warnings.
pub(crate) fn of_year(reader: &Reader, year: i32, today: NaiveDate) -> Result<Vec<PlanView>, ApiError> {
    store::of_year(reader, year)?.into_iter().map(|record| view::of(reader, record, today)).collect()
}

/// `plans.items`: of organizations; a person's own items are nobody else's
/// sessions.
pub fn items(context: &QueryContext, request: YearRequest) -> Result<Vec<PlanItemChoice>, ApiError> {
    let mut choices = Vec::new();
    for plan in store::of_year(context.reader, request.year)? {
        if matches!(plan.of, PlanOf::Member(_)) {
            continue;
        }
        let whose = whose(context.reader, plan.of, context.today)?;
        let all = store::items(context.reader, plan.id)?;
        choices.extend(all.into_iter().map(|item| PlanItemChoice { id: item.id, title: item.fields.title, whose: whose.clone() }));
    }
    Ok(choices)
}

/// How many years back a plan to copy from is looked for.
const YEARS_BACK: i32 = 5;

/// `plans.find`
pub fn find(context: &QueryContext, request: PlanRequest) -> Result<PlanFound, ApiError> {
    let of = request.of()?;
    let plan = match store::find(context.reader, request.year, of)? {
        Some(record) => Some(view::of(context.reader, record, context.today)?),
        None => None,
    };
    let mut earlier = None;
    for year in (request.year.saturating_sub(YEARS_BACK)..request.year).rev() {
        if let Some(record) = store::find(context.reader, year, of)? {
            earlier = Some(row(context.reader, &record, context.today)?);
            break;
        }
    }
    Ok(PlanFound { plan, earlier })
}

/// The plan as it stands after a change.
fn after(context: &MutateContext, id: PlanId) -> Result<PlanView, ApiError> {
    let reader = context.writer.reader();
    view::of(&reader, store::get(&reader, id)?, context.today)
}

/// `plans.create`
pub fn create(context: &mut MutateContext, request: CreatePlan) -> Result<PlanView, ApiError> {
    let of = PlanRequest { year: request.year, organization: request.organization, member: request.member }.of()?;
    let id = make(context, request.year, of, request.title.as_deref())?;
    after(context, id)
}

/// Makes a plan that is not there yet.
fn make(context: &mut MutateContext, year: i32, of: PlanOf, title: Option<&str>) -> Result<PlanId, ApiError> {
    let reader = context.writer.reader();
    if NaiveDate::from_ymd_opt(year, 1, 1).is_none() || !(1900..=2200).contains(&year) {
        return Err(ApiError::field("year", "date_out_of_range"));
    }
    if store::find(&reader, year, of)?.is_some() {
        return Err(ApiError::field("year", "plan_exists"));
    }
    let whose = whose(&reader, of, context.today)?;
    let title = forms::text(title).unwrap_or_else(|| format!("{year}年学习计划"));
    let id = store::insert(context.writer, year, of, &title, None)?;
    context.writer.describe(params! { "whose" => whose, "year" => year, "title" => title });
    Ok(id)
}

/// `plans.edit`
pub fn edit(context: &mut MutateContext, request: EditPlan) -> Result<PlanView, ApiError> {
    let title = forms::required("title", "plan_title_missing", &request.title)?;
    store::update(context.writer, request.id, request.revision, &title, forms::text(request.note.as_deref()).as_deref())?;
    context.writer.describe(params! { "title" => title });
    after(context, request.id)
}

/// `plans.remove`
pub fn remove(context: &mut MutateContext, request: PlanIdRequest) -> Result<Nothing, ApiError> {
    let reader = context.writer.reader();
    let plan = store::get(&reader, request.id)?;
    let (items, tied) = (store::count_items(&reader, request.id)?, store::tied(&reader, request.id)?.len());
    store::delete(context.writer, request.id)?;
    context.writer.describe(params! { "title" => plan.title, "items" => items, "sessions" => tied });
    Ok(Nothing {})
}

/// A day, or the first or last day of a month or quarter.
fn edge(field: &'static str, value: Option<&str>, year: i32, last: bool) -> Result<Option<NaiveDate>, ApiError> {
    let due = due(field, value, year)?;
    Ok(due.map(|due| if last { due.last_day() } else { due.first_day() }))
}

/// When something is due, in any usual spelling.
fn due(field: &'static str, value: Option<&str>, year: i32) -> Result<Option<Due>, ApiError> {
    let Some(text) = forms::text(value) else { return Ok(None) };
    match Due::read(&text, year) {
        Ok(due) => Ok(Some(due)),
        Err(_) => Err(ApiError::Field { field, code: "due_unreadable", params: params! { "value" => text } }),
    }
}

/// `plans.save_theme`
pub fn save_theme(context: &mut MutateContext, request: SaveTheme) -> Result<PlanView, ApiError> {
    let plan = store::get(&context.writer.reader(), request.plan)?;
    let fields = ThemeFields {
        name: forms::required("name", "name_missing", &request.name)?,
        starts_on: edge("starts_on", request.starts_on.as_deref(), plan.year, false)?,
        ends_on: edge("ends_on", request.ends_on.as_deref(), plan.year, true)?,
        note: forms::text(request.note.as_deref()),
    };
    if fields.starts_on.zip(fields.ends_on).is_some_and(|(from, until)| until < from) {
        return Err(ApiError::field("ends_on", "days_reversed"));
    }
    let themes = store::themes(&context.writer.reader(), plan.id)?;
    if themes.iter().any(|theme| theme.fields.name == fields.name && Some(theme.id) != request.id) {
        return Err(ApiError::field("name", "theme_exists"));
    }
    match request.id {
        None => {
            store::insert_theme(context.writer, plan.id, &fields)?;
        }
        Some(id) => {
            if !themes.iter().any(|theme| theme.id == id) {
                return Err(StoreError::Gone { what: "theme" }.into());
            }
            store::update_theme(context.writer, id, request.revision, &fields)?;
        }
    }
    context.writer.describe(params! { "name" => fields.name, "plan" => plan.title });
    after(context, plan.id)
}

/// `plans.remove_theme`
pub fn remove_theme(context: &mut MutateContext, request: ThemeRequest) -> Result<PlanView, ApiError> {
    let theme = store::theme(&context.writer.reader(), request.id)?;
    store::delete_theme(context.writer, request.id)?;
    context.writer.describe(params! { "name" => theme.fields.name });
    after(context, theme.plan)
}

/// `plans.move_theme`
pub fn move_theme(context: &mut MutateContext, request: MoveTheme) -> Result<PlanView, ApiError> {
    let theme: ThemeRecord = store::theme(&context.writer.reader(), request.id)?;
    let mut ids: Vec<ThemeId> = store::themes(&context.writer.reader(), theme.plan)?.iter().map(|theme| theme.id).collect();
    place(&mut ids, request.id, request.to);
    store::order_themes(context.writer, &ids)?;
    context.writer.describe(params! { "name" => theme.fields.name });
    after(context, theme.plan)
}

/// Puts one of a list at a place; beyond the end is the end.
fn place<T: PartialEq + Copy>(ids: &mut Vec<T>, id: T, to: u32) {
    ids.retain(|other| *other != id);
    let to = usize::try_from(to).unwrap_or(usize::MAX).min(ids.len());
    ids.insert(to, id);
}

/// Ties a session to a plan's item, or unties it.
pub(crate) fn set_item(context: &mut MutateContext, session: SessionId, item: Option<PlanItemId>) -> Result<(), ApiError> {
    let record = sessions::get(&context.writer.reader(), session)?;
    let links = sessions::SessionLinks { plan_item: item, ..record.links };
    Ok(sessions::set_links(context.writer, session, links)?)
}
