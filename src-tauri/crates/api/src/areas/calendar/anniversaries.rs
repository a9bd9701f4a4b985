//! 纪念日: the program's list, of which the book chooses, and its own.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    calendar::{FIRST_YEAR, LAST_YEAR},
    ids::AnniversaryId,
    planning::ShippedAnniversary,
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::calendar::{self as store, AnniversaryFields, AnniversaryRecord},
};

use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// A day of each year on which study hangs.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnniversaryView {
    /// Its key; `null`: of the program's list, and nothing was said of it.
    #[ts(type = "string | null")]
    pub id: Option<AnniversaryId>,
    /// Whether it is of the program's list.
    pub shipped: bool,
    /// 1 to 12.
    pub month: u32,
    /// A day that this month can have.
    pub day: u32,
    /// The year in which it first happened, for 周年.
    pub since_year: Option<i32>,
    /// What is remembered.
    pub name: String,
    /// Whether it stands in the calendar.
    pub chosen: bool,
    /// For the next edit; 0 without a key.
    pub revision: u32,
}

/// Puts a day into the calendar or takes it out.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ChooseAnniversary {
    /// 1 to 12.
    pub month: u32,
    /// The day.
    pub day: u32,
    /// Its name: which of the day's.
    pub name: String,
    /// Whether it stands in the calendar.
    pub chosen: bool,
}

/// Adds an own day, or edits one.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveAnniversary {
    /// Which; `null`: a new one.
    #[ts(type = "string | null")]
    pub id: Option<AnniversaryId>,
    /// The revision that the editor saw; 0 for a new one.
    pub revision: u32,
    /// 1 to 12.
    pub month: u32,
    /// A day that this month can have.
    pub day: u32,
    /// The year in which it first happened.
    pub since_year: Option<i32>,
    /// What is remembered, required.
    pub name: String,
}

/// Names an own day.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AnniversaryRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: AnniversaryId,
}

/// Every anniversary, by day of the year.
pub(super) fn all(reader: &Reader) -> Result<Vec<AnniversaryView>, ApiError> {
    let own = store::anniversaries(reader)?;
    let known: HashSet<(u32, u32, String)> = own.iter().map(|one| (one.fields.month, one.fields.day, one.fields.name.clone())).collect();
    let mut views: Vec<AnniversaryView> = own.into_iter().map(of_record).collect();
    let rest = ShippedAnniversary::all().iter().filter(|one| !known.contains(&(one.month, one.day, one.name.clone())));
    views.extend(rest.map(|one| AnniversaryView {
        id: None,
        shipped: true,
        month: one.month,
        day: one.day,
        since_year: one.since_year,
        name: one.name.clone(),
        chosen: one.usual,
        revision: 0,
    }));
    views.sort_by(|one, other| (one.month, one.day, &one.name).cmp(&(other.month, other.day, &other.name)));
    Ok(views)
}

fn of_record(record: AnniversaryRecord) -> AnniversaryView {
    let AnniversaryFields { month, day, since_year, name, chosen } = record.fields;
    let shipped = shipped(month, day, &name).is_some();
    AnniversaryView { id: Some(record.id), shipped, month, day, since_year, name, chosen, revision: record.revision }
}

fn shipped(month: u32, day: u32, name: &str) -> Option<&'static ShippedAnniversary> {
    ShippedAnniversary::all().iter().find(|one| (one.month, one.day) == (month, day) && one.name == name)
}

/// `calendar.anniversaries`
pub fn list(context: &QueryContext, _: Nothing) -> Result<Vec<AnniversaryView>, ApiError> {
    all(context.reader)
}

/// `calendar.choose_anniversary`
pub fn choose(context: &mut MutateContext, request: ChooseAnniversary) -> Result<Vec<AnniversaryView>, ApiError> {
    let own = store::anniversaries(&context.writer.reader())?;
    let is_it =
        |one: &&AnniversaryRecord| (one.fields.month, one.fields.day) == (request.month, request.day) && one.fields.name == request.name;
    match own.iter().find(is_it) {
        Some(record) => {
            let fields = AnniversaryFields { chosen: request.chosen, ..record.fields.clone() };
            store::update_anniversary(context.writer, record.id, record.revision, &fields)?;
        }
        None => {
            let shipped = shipped(request.month, request.day, &request.name).ok_or(StoreError::Gone { what: "anniversary" })?;
            let fields = AnniversaryFields {
                month: shipped.month,
                day: shipped.day,
                since_year: shipped.since_year,
                name: shipped.name.clone(),
                chosen: request.chosen,
            };
            store::insert_anniversary(context.writer, &fields)?;
        }
    }
    let verb = if request.chosen { "选用" } else { "不再选用" };
    context.writer.describe(params! { "name" => request.name, "verb" => verb });
    all(&context.writer.reader())
}

/// `calendar.save_anniversary`
pub fn save(context: &mut MutateContext, request: SaveAnniversary) -> Result<Vec<AnniversaryView>, ApiError> {
    let name = forms::required("name", "name_missing", &request.name)?;
    // A leap year: the 29th of February can be one.
    if NaiveDate::from_ymd_opt(2024, request.month, request.day).is_none() {
        return Err(ApiError::field("day", "anniversary_day"));
    }
    if request.since_year.is_some_and(|year| !(0..=LAST_YEAR.max(FIRST_YEAR)).contains(&year)) {
        return Err(ApiError::field("since_year", "anniversary_year"));
    }
    let chosen = match request.id {
        Some(id) => store::anniversaries(&context.writer.reader())?.iter().find(|one| one.id == id).is_none_or(|one| one.fields.chosen),
        None => true,
    };
    let fields = AnniversaryFields { month: request.month, day: request.day, since_year: request.since_year, name, chosen };
    match request.id {
        Some(id) => store::update_anniversary(context.writer, id, request.revision, &fields)?,
        None => {
            store::insert_anniversary(context.writer, &fields)?;
        }
    }
    context.writer.describe(params! { "name" => fields.name, "month" => fields.month, "day" => fields.day });
    all(&context.writer.reader())
}

/// `calendar.remove_anniversary`
pub fn remove(context: &mut MutateContext, request: AnniversaryRequest) -> Result<Nothing, ApiError> {
    let own = store::anniversaries(&context.writer.reader())?;
    let record = own.into_iter().find(|one| one.id == request.id).ok_or(StoreError::Gone { what: "anniversary" })?;
    store::delete_anniversary(context.writer, request.id)?;
    context.writer.describe(params! { "name" => record.fields.name });
    Ok(Nothing {})
}
