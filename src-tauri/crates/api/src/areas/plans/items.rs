//! The items of a plan: written, ordered, tied to sessions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::ids::{PlanId, PlanItemId, SessionId, ThemeId};
use xueji_exchange::params;
use xueji_store::{
    StoreError,
    tables::{
        plans::{self as store, ItemFields},
        sessions,
    },
};

use super::{PlanView, after, due, place, set_item};
use crate::{context::MutateContext, error::ApiError, forms};

/// What a form says of an item.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanItemInput {
    /// Under which 专题.
    #[ts(type = "string | null")]
    pub theme: Option<ThemeId>,
    /// What is studied, required.
    pub title: String,
    /// 形式
    pub form: Option<String>,
    /// 学习资料
    pub material: Option<String>,
    /// 主讲
    pub speaker: Option<String>,
    /// How much of what: `2次`, `8学时`; a bare number is 次.
    pub target: Option<String>,
    /// When it is due: `3月`, `一季度`, `2026-03-15`.
    pub due: Option<String>,
    /// 备注
    pub note: Option<String>,
}

/// Adds an item, or edits one.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SavePlanItem {
    /// Of which plan.
    #[ts(type = "string")]
    pub plan: PlanId,
    /// Which; `null`: a new one.
    #[ts(type = "string | null")]
    pub id: Option<PlanItemId>,
    /// The revision that the editor saw; 0 for a new one.
    pub revision: u32,
    /// The values.
    pub item: PlanItemInput,
    /// Of a new one: its place, from 0; behind the others where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<u32>,
}

/// Names items of one plan.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ItemsRequest {
    /// Which.
    #[ts(type = "string[]")]
    pub ids: Vec<PlanItemId>,
}

/// Puts an item at a place among its plan's.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct MovePlanItem {
    /// Which.
    #[ts(type = "string")]
    pub id: PlanItemId,
    /// Its new place, from 0.
    pub to: u32,
}

/// Ties sessions to an item, or unties them.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TieSessions {
    /// Which item.
    #[ts(type = "string")]
    pub item: PlanItemId,
    /// Which sessions.
    #[ts(type = "string[]")]
    pub sessions: Vec<SessionId>,
}

/// Reads a target: an exact number and its unit.
fn target(value: Option<&str>) -> Result<Option<(xueji_domain::exact::Exact, String)>, ApiError> {
    let Some(text) = forms::text(value) else { return Ok(None) };
    let half = xueji_domain::text::width::to_half_width(&text);
    let split = half.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '/' | ' '))).unwrap_or(half.len());
    let unreadable = || ApiError::Field { field: "target", code: "target_unreadable", params: params! { "value" => text } };
    let number: xueji_domain::exact::Exact = half[..split].trim().parse().map_err(|_| unreadable())?;
    if number.is_zero() || number.is_negative() {
        return Err(unreadable());
    }
    let unit = forms::text(Some(&half[split..])).unwrap_or_else(|| "次".to_owned());
    Ok(Some((number, unit)))
}

fn fields(input: &PlanItemInput, year: i32) -> Result<ItemFields, ApiError> {
    Ok(ItemFields {
        theme: input.theme,
        title: forms::required("title", "item_title_missing", &input.title)?,
        form: forms::text(input.form.as_deref()),
        material: forms::text(input.material.as_deref()),
        speaker: forms::text(input.speaker.as_deref()),
        target: target(input.target.as_deref())?,
        due: due("due", input.due.as_deref(), year)?,
        note: forms::text(input.note.as_deref()),
    })
}

/// `plans.save_item`
pub fn save_item(context: &mut MutateContext, request: SavePlanItem) -> Result<PlanView, ApiError> {
    let reader = context.writer.reader();
    let plan = store::get(&reader, request.plan)?;
    let fields = fields(&request.item, plan.year)?;
    if let Some(theme) = fields.theme
        && store::theme(&reader, theme)?.plan != plan.id
    {
        return Err(StoreError::Gone { what: "theme" }.into());
    }
    match request.id {
        Some(id) => {
            if store::item(&reader, id)?.plan != plan.id {
                return Err(StoreError::Gone { what: "plan_item" }.into());
            }
            store::update_item(context.writer, id, request.revision, &fields)?;
        }
        None => {
            let id = store::insert_item(context.writer, plan.id, &fields)?;
            if let Some(at) = request.at {
                put(context, plan.id, id, at)?;
            }
        }
    }
    context.writer.describe(params! { "title" => fields.title, "plan" => plan.title });
    after(context, plan.id)
}

fn put(context: &mut MutateContext, plan: PlanId, id: PlanItemId, to: u32) -> Result<(), ApiError> {
    let mut ids: Vec<PlanItemId> = store::items(&context.writer.reader(), plan)?.iter().map(|item| item.id).collect();
    place(&mut ids, id, to);
    Ok(store::order_items(context.writer, &ids)?)
}

/// `plans.remove_items`
pub fn remove_items(context: &mut MutateContext, request: ItemsRequest) -> Result<PlanView, ApiError> {
    let Some(first) = request.ids.first() else { return Err(StoreError::Gone { what: "plan_item" }.into()) };
    let first = store::item(&context.writer.reader(), *first)?;
    for id in &request.ids {
        store::delete_item(context.writer, *id)?;
    }
    context.writer.describe(params! { "title" => first.fields.title, "items" => request.ids.len() });
    after(context, first.plan)
}

/// `plans.move_item`
pub fn move_item(context: &mut MutateContext, request: MovePlanItem) -> Result<PlanView, ApiError> {
    let item = store::item(&context.writer.reader(), request.id)?;
    put(context, item.plan, request.id, request.to)?;
    context.writer.describe(params! { "title" => item.fields.title });
    after(context, item.plan)
}

/// `plans.tie`
pub fn tie(context: &mut MutateContext, request: TieSessions) -> Result<PlanView, ApiError> {
    let item = store::item(&context.writer.reader(), request.item)?;
    for session in &request.sessions {
        set_item(context, *session, Some(item.id))?;
    }
    context.writer.describe(params! { "title" => item.fields.title, "sessions" => request.sessions.len() });
    after(context, item.plan)
}

/// `plans.untie`
pub fn untie(context: &mut MutateContext, request: TieSessions) -> Result<PlanView, ApiError> {
    let item = store::item(&context.writer.reader(), request.item)?;
    for session in &request.sessions {
        if sessions::get(&context.writer.reader(), *session)?.links.plan_item == Some(item.id) {
            set_item(context, *session, None)?;
        }
    }
    context.writer.describe(params! { "title" => item.fields.title, "sessions" => request.sessions.len() });
    after(context, item.plan)
}
