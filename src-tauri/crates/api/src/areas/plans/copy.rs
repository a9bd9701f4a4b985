//! A plan made like an earlier one.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    ids::{PlanId, ThemeId},
    planning::Due,
};
use xueji_exchange::params;
use xueji_store::tables::plans::{self as store, ItemFields, ThemeFields};

use super::{PlanView, after, make};
use crate::{context::MutateContext, error::ApiError};

/// Copies a plan into another year of the same organization or person.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct CopyPlan {
    /// The plan that is copied.
    #[ts(type = "string")]
    pub from: PlanId,
    /// The calendar year that gets the copy. A plan that it has already keeps
    /// what it holds and gets what it lacks, by title.
    pub year: i32,
}

/// A plan after a copy.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanCopied {
    /// The plan.
    pub plan: PlanView,
    /// 专题 made.
    pub themes: u32,
    /// Items made.
    pub items: u32,
    /// Items that the plan had already.
    pub standing: u32,
}

/// `plans.copy`
pub fn copy(context: &mut MutateContext, request: CopyPlan) -> Result<PlanCopied, ApiError> {
    let reader = context.writer.reader();
    let source = store::get(&reader, request.from)?;
    if source.year == request.year {
        return Err(ApiError::field("year", "copy_same_year"));
    }
    let known = store::find(&reader, request.year, source.of)?;
    let target = match known {
        Some(plan) => plan.id,
        None => {
            let title = source.title.replace(&source.year.to_string(), &request.year.to_string());
            make(context, request.year, source.of, Some(&title))?
        }
    };
    let shift = request.year - source.year;
    let (themes, by_source) = copy_themes(context, source.id, target, shift)?;
    let reader = context.writer.reader();
    let standing: HashSet<String> = store::items(&reader, target)?.into_iter().map(|item| item.fields.title).collect();
    let (mut items, mut left) = (0, 0);
    for item in store::items(&reader, source.id)? {
        if standing.contains(&item.fields.title) {
            left += 1;
            continue;
        }
        let due = item.fields.due.map(|due: Due| due.in_year(due.year() + shift));
        let theme = item.fields.theme.and_then(|theme| by_source.get(&theme).copied());
        store::insert_item(context.writer, target, &ItemFields { due, theme, ..item.fields })?;
        items += 1;
    }
    context.writer.describe(params! { "title" => source.title, "year" => request.year, "themes" => themes, "items" => items });
    Ok(PlanCopied { plan: after(context, target)?, themes, items, standing: left })
}

/// Copies what the target lacks; gives the number, and for each theme of the
/// source the one of the target.
fn copy_themes(
    context: &mut MutateContext,
    source: PlanId,
    target: PlanId,
    shift: i32,
) -> Result<(u32, HashMap<ThemeId, ThemeId>), ApiError> {
    let reader = context.writer.reader();
    let standing: HashMap<String, ThemeId> =
        store::themes(&reader, target)?.into_iter().map(|theme| (theme.fields.name, theme.id)).collect();
    let mut by_source = HashMap::new();
    let mut made = 0;
    for theme in store::themes(&reader, source)? {
        let id = match standing.get(&theme.fields.name) {
            Some(id) => *id,
            None => {
                made += 1;
                let shifted = |day: Option<NaiveDate>| {
                    day.map(|day| match Due::Day(day).in_year(day.year() + shift) {
                        Due::Day(day) => day,
                        Due::Month { .. } | Due::Quarter { .. } => day,
                    })
                };
                let fields = ThemeFields {
                    starts_on: shifted(theme.fields.starts_on),
                    ends_on: shifted(theme.fields.ends_on).map(|day| end_of_february(theme.fields.ends_on, day)),
                    ..theme.fields
                };
                store::insert_theme(context.writer, target, &fields)?
            }
        };
        by_source.insert(theme.id, id);
    }
    Ok((made, by_source))
}

/// A span that ended with February ends with it in a leap year, too.
fn end_of_february(before: Option<NaiveDate>, day: NaiveDate) -> NaiveDate {
    let ended = before.is_some_and(|day| day.month() == 2 && day.succ_opt().is_some_and(|next| next.month() == 3));
    let next = day.succ_opt().filter(|next| ended && next.month() == 2);
    next.unwrap_or(day)
}
