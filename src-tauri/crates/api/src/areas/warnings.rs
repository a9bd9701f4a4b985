//! 预警: what needs looking at, what was put off, and how the rules are set.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::warnings::{Rule, RuleSetting, Unit, Warning};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        settings,
        warnings::{self as store, PutOffRecord},
    },
};

use super::sessions::YearRequest;
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms, messages,
    table::Nothing,
    watch::{self, YearInView},
};

/// What needs looking at in a year.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WarningsYear {
    /// The year.
    pub year: i32,
    /// The day it was looked from, `YYYY-MM-DD`.
    pub as_of: String,
    /// What stands, gravest first.
    pub warnings: Vec<Warning>,
    /// What was put off and would stand otherwise, in the same order.
    pub put_off: Vec<PutOff>,
}

/// A warning that was put off.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PutOff {
    /// The warning.
    pub warning: Warning,
    /// On which day it is back, `YYYY-MM-DD`; `null`: never.
    pub until: Option<String>,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When, `YYYY-MM-DD`.
    pub on: String,
}

/// Puts warnings off.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PutOffWarnings {
    /// The year in which they stand.
    pub year: i32,
    /// Which, by key; at least one.
    pub keys: Vec<String>,
    /// On which day they are to be back, in any usual spelling; absent: they
    /// are not.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub until: Option<String>,
    /// Why; not empty.
    pub reason: String,
}

/// Names warnings that were put off.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TakeBackWarnings {
    /// Which, by key; at least one.
    pub keys: Vec<String>,
}

/// How a rule is set.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WarningRuleView {
    /// Which.
    pub rule: Rule,
    /// Whether it raises warnings.
    pub on: bool,
    /// Its threshold; `null` where it has none.
    pub threshold: Option<WarningThreshold>,
}

/// A rule's threshold.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct WarningThreshold {
    /// What holds.
    pub value: u32,
    /// What it counts.
    pub unit: Unit,
    /// Where nothing was set.
    pub default: u32,
    /// The least.
    pub min: u32,
    /// The most.
    pub max: u32,
}

/// Sets a rule.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetWarningRule {
    /// Which.
    pub rule: Rule,
    /// Whether it raises warnings.
    pub on: bool,
    /// Its threshold; absent: the default.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub threshold: Option<u32>,
}

/// Warnings that stand, and those that are put off with how.
type Parted = (Vec<Warning>, Vec<(Warning, PutOffRecord)>);

/// Warnings, parted into those that stand and those that are put off on a
/// day.
pub(crate) fn part(reader: &Reader, today: chrono::NaiveDate, all: Vec<Warning>) -> Result<Parted, StoreError> {
    let asleep = |record: &PutOffRecord| record.until.is_none_or(|until| today < until);
    let records = store::put_offs(reader)?.into_iter().filter(asleep);
    let mut put_off: HashMap<String, PutOffRecord> = records.map(|record| (record.warning.clone(), record)).collect();
    let (mut standing, mut away) = (Vec::new(), Vec::new());
    for warning in all {
        match put_off.remove(&warning.key) {
            Some(record) => away.push((warning, record)),
            None => standing.push(warning),
        }
    }
    Ok((standing, away))
}

/// `warnings.list`
pub fn list(context: &QueryContext, request: YearRequest) -> Result<WarningsYear, ApiError> {
    let all = YearInView::read(context, request.year)?.warnings(&watch::rules(context.reader)?);
    let (warnings, away) = part(context.reader, context.today, all)?;
    let put_off = away.into_iter().map(|(warning, record)| PutOff {
        warning,
        until: record.until.map(|day| day.to_string()),
        reason: record.reason,
        by: record.by,
        on: record.put_on.to_string(),
    });
    Ok(WarningsYear { year: request.year, as_of: context.today.to_string(), warnings, put_off: put_off.collect() })
}

/// `warnings.rules`
pub fn rules(context: &QueryContext, _: Nothing) -> Result<Vec<WarningRuleView>, ApiError> {
    views(context.reader)
}

fn views(reader: &Reader) -> Result<Vec<WarningRuleView>, ApiError> {
    let settings = watch::rules(reader)?;
    let view = |rule: Rule| {
        let own = settings.of(rule);
        let threshold = rule.threshold().map(|known| WarningThreshold {
            value: own.threshold.unwrap_or(known.default).clamp(known.min, known.max),
            unit: known.unit,
            default: known.default,
            min: known.min,
            max: known.max,
        });
        WarningRuleView { rule, on: own.on, threshold }
    };
    Ok(Rule::ALL.into_iter().map(view).collect())
}

/// `warnings.put_off`
pub fn put_off(context: &mut MutateContext, request: PutOffWarnings) -> Result<Nothing, ApiError> {
    if request.keys.is_empty() {
        return Err(ApiError::field("keys", "nothing_chosen"));
    }
    let reason = forms::required("reason", "reason_missing", &request.reason)?;
    let until = forms::optional_day("until", request.until.as_deref())?;
    if let Some(day) = until.filter(|day| *day <= context.today) {
        return Err(ApiError::Field { field: "until", code: "put_off_until_past", params: params! { "value" => day.to_string() } });
    }
    let standing = {
        let reader = context.writer.reader();
        let query = QueryContext { reader: &reader, today: context.today };
        YearInView::read(&query, request.year)?.warnings(&watch::rules(&reader)?)
    };
    let mut said = Vec::new();
    for key in &request.keys {
        // What was settled meanwhile needs no putting off.
        let Some(warning) = standing.iter().find(|warning| warning.key == *key) else {
            return Err(ApiError::Refused { code: "warning_gone", params: params! {} });
        };
        said.push(format!("{} {}", warning.subject, messages::sentence("notice", warning.code, &warning.params)));
        store::put_off(context.writer, key, until, &reason, context.today)?;
    }
    context.writer.describe(params! { "what" => first_of(&said), "count" => said.len(), "reason" => reason });
    Ok(Nothing {})
}

/// `warnings.take_back`
pub fn take_back(context: &mut MutateContext, request: TakeBackWarnings) -> Result<Nothing, ApiError> {
    if request.keys.is_empty() {
        return Err(ApiError::field("keys", "nothing_chosen"));
    }
    for key in &request.keys {
        if !store::take_back(context.writer, key)? {
            return Err(ApiError::Refused { code: "warning_not_put_off", params: params! {} });
        }
    }
    context.writer.describe(params! { "count" => request.keys.len() });
    Ok(Nothing {})
}

/// `warnings.set_rule`
pub fn set_rule(context: &mut MutateContext, request: SetWarningRule) -> Result<Vec<WarningRuleView>, ApiError> {
    let SetWarningRule { rule, on, threshold } = request;
    if let (Some(known), Some(value)) = (rule.threshold(), threshold)
        && !(known.min..=known.max).contains(&value)
    {
        let params = params! { "min" => known.min, "max" => known.max };
        return Err(ApiError::Field { field: "threshold", code: "threshold_out_of_range", params });
    }
    let mut all = watch::rules(&context.writer.reader())?;
    all.set(rule, RuleSetting { on, threshold: threshold.filter(|_| rule.threshold().is_some()) });
    if all.is_default() {
        settings::clear(context.writer, watch::RULES)?;
    } else {
        settings::set(context.writer, watch::RULES, &all)?;
    }
    context.writer.describe(params! { "rule" => rule.code() });
    views(&context.writer.reader())
}

/// `warnings.reset_rules`
pub fn reset_rules(context: &mut MutateContext, _: Nothing) -> Result<Vec<WarningRuleView>, ApiError> {
    settings::clear(context.writer, watch::RULES)?;
    context.writer.describe(params! {});
    views(&context.writer.reader())
}

/// The first of a list, and that there are more.
fn first_of(said: &[String]) -> String {
    match said {
        [] => String::new(),
        [only] => only.clone(),
        [first, ..] => format!("{first}……"),
    }
}
