//! 期初记录: a member's result in a period before the book was kept, for
//! carry-over and for consecutive shortfalls.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{MemberId, OpeningRecordId},
};
use xueji_exchange::params;
use xueji_store::tables::{
    credits::{self, OpeningFields, OpeningRecord},
    roster,
};

use super::decisions::member_names;
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// An opening record.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OpeningView {
    /// Its key.
    #[ts(type = "string")]
    pub id: OpeningRecordId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// The name.
    pub member_name: String,
    /// The rule set's key.
    pub rule_set: String,
    /// Which period: `2024`.
    pub period: String,
    /// What was counted.
    #[ts(type = "string | null")]
    pub total: Option<Exact>,
    /// Whether the requirements were met; `null`: not known.
    pub passed: Option<bool>,
    /// Buckets and amounts.
    #[ts(type = "[string, string][]")]
    pub buckets: Vec<(String, Exact)>,
    /// Requirements that were not met, by id.
    pub short: Vec<String>,
    /// The grade.
    pub grade: Option<String>,
    /// What it handed on: bucket and amount; `null`: as the rules say.
    #[ts(type = "[string, string][] | null")]
    pub carry: Option<Vec<(String, Exact)>>,
    /// From where it is known.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
}

/// Records the result of an earlier period; one of the same period is
/// replaced.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RecordOpening {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// The rule set's key.
    pub rule_set: String,
    /// Which period: `2024`.
    pub period: String,
    /// What was counted: `91`, `16.5`, `1/3`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub total: Option<String>,
    /// Whether the requirements were met; `null`: as the figures say.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub passed: Option<bool>,
    /// Buckets and amounts.
    #[serde(default)]
    #[ts(as = "Option<Vec<(String, String)>>", optional = nullable)]
    pub buckets: Vec<(String, String)>,
    /// Requirements that were not met, by id.
    #[serde(default)]
    #[ts(as = "Option<Vec<String>>", optional = nullable)]
    pub short: Vec<String>,
    /// The grade.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub grade: Option<String>,
    /// What it handed on: bucket and amount; `null`: as the rules say.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub carry: Option<Vec<(String, String)>>,
    /// From where it is known; must be there.
    pub reason: String,
    /// 文号
    #[serde(default)]
    #[ts(optional = nullable)]
    pub document: Option<String>,
}

/// Records the results of many at once, all or none: a sheet of an earlier
/// year.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RecordOpenings {
    /// Each of them; nobody twice in one period of one rule set.
    pub records: Vec<RecordOpening>,
}

/// Names an opening record.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpeningRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: OpeningRecordId,
}

fn view(record: OpeningRecord, names: &HashMap<MemberId, String>) -> OpeningView {
    let fields = record.fields;
    OpeningView {
        id: record.id,
        member_name: names.get(&fields.member).cloned().unwrap_or_default(),
        member: fields.member,
        rule_set: fields.rule_set_key,
        period: fields.period,
        total: fields.total,
        passed: fields.passed,
        buckets: fields.buckets,
        short: fields.short,
        grade: fields.grade,
        carry: fields.carry,
        reason: fields.reason,
        document: fields.document,
    }
}

/// `openings.list`
pub fn list(context: &QueryContext, _: Nothing) -> Result<Vec<OpeningView>, ApiError> {
    let names = member_names(context.reader, context.today)?;
    Ok(credits::openings(context.reader)?.into_iter().map(|record| view(record, &names)).collect())
}

fn amounts(field: &'static str, typed: &[(String, String)]) -> Result<Vec<(String, Exact)>, ApiError> {
    typed.iter().map(|(name, amount)| Ok((name.clone(), forms::number(field, amount)?))).collect()
}

fn fields(request: RecordOpening) -> Result<OpeningFields, ApiError> {
    Ok(OpeningFields {
        member: request.member,
        rule_set_key: request.rule_set,
        period: forms::required("period", "year_missing", &request.period)?,
        total: forms::optional_number("total", request.total.as_deref())?,
        passed: request.passed,
        buckets: amounts("buckets", &request.buckets)?,
        short: request.short,
        grade: forms::text(request.grade.as_deref()),
        carry: request.carry.as_deref().map(|carry| amounts("carry", carry)).transpose()?,
        reason: forms::required("reason", "reason_missing", &request.reason)?,
        document: forms::text(request.document.as_deref()),
    })
}

/// `openings.record`
pub fn record(context: &mut MutateContext, request: RecordOpening) -> Result<OpeningView, ApiError> {
    let fields = fields(request)?;
    describe(context, &fields)?;
    let id = credits::record_opening(context.writer, &fields)?;
    let reader = context.writer.reader();
    Ok(view(credits::opening(&reader, id)?, &member_names(&reader, context.today)?))
}

/// `openings.record_many`
pub fn record_many(context: &mut MutateContext, request: RecordOpenings) -> Result<Nothing, ApiError> {
    let mut seen = HashSet::new();
    let Some(period) = request.records.first().map(|record| record.period.clone()) else {
        return Err(ApiError::field("records", "value_missing"));
    };
    let count = request.records.len();
    for record in request.records {
        let fields = fields(record)?;
        let member = roster::get(&context.writer.reader(), fields.member, context.today)?;
        if !seen.insert((fields.member, fields.rule_set_key.clone(), fields.period.clone())) {
            return Err(ApiError::Refused {
                code: "opening_twice",
                params: params! { "name" => member.person.name, "period" => fields.period },
            });
        }
        credits::record_opening(context.writer, &fields)?;
    }
    context.writer.describe(params! { "period" => period, "count" => count });
    Ok(Nothing {})
}

fn describe(context: &mut MutateContext, fields: &OpeningFields) -> Result<(), ApiError> {
    let member = roster::get(&context.writer.reader(), fields.member, context.today)?;
    context.writer.describe(params! { "name" => member.person.name, "period" => fields.period });
    Ok(())
}

/// `openings.remove`
pub fn remove(context: &mut MutateContext, request: OpeningRequest) -> Result<Nothing, ApiError> {
    let fields = credits::opening(&context.writer.reader(), request.id)?.fields;
    describe(context, &fields)?;
    credits::delete_opening(context.writer, request.id)?;
    Ok(Nothing {})
}
