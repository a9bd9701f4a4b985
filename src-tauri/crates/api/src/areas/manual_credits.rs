//! 人工学分与更正: credits that no record of the book gives, and corrections
//! of those that one does, with reason, document and evidence; beside them
//! what else is known of a member that rules may ask for.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{ManualCreditId, MemberFactId, MemberId},
};
use xueji_exchange::params;
use xueji_store::{
    StoreError,
    tables::{
        credits::{self as store, ManualFields, ManualRecord, MemberFactFields, MemberFactKind, MemberFactRecord, ReviewState},
        roster,
    },
};

use super::decisions::member_names;
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// 待核 → 认定 / 退回.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// 待核
    Pending,
    /// 认定
    Accepted,
    /// 退回
    Returned,
}

impl From<ReviewState> for Approval {
    fn from(state: ReviewState) -> Self {
        match state {
            ReviewState::Pending => Self::Pending,
            ReviewState::Accepted => Self::Accepted,
            ReviewState::Returned => Self::Returned,
        }
    }
}

impl From<Approval> for ReviewState {
    fn from(state: Approval) -> Self {
        match state {
            Approval::Pending => Self::Pending,
            Approval::Accepted => Self::Accepted,
            Approval::Returned => Self::Returned,
        }
    }
}

/// A credit by hand.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ManualCreditView {
    /// Its key.
    #[ts(type = "string")]
    pub id: ManualCreditId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// The name.
    pub member_name: String,
    /// The rule set's key; `null`: in every rule set that has the category.
    pub rule_set: Option<String>,
    /// The category's id.
    pub category: String,
    /// `YYYY-MM-DD`
    pub date: String,
    /// How much; may be less than nothing.
    #[ts(type = "string")]
    pub amount: Exact,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
    /// What proves it.
    pub evidence: Option<String>,
    /// The fact in whose place it stands, as [`super::credits::CreditEntry::fact_id`].
    pub corrects: Option<String>,
    /// Whether it counts.
    pub state: Approval,
    /// For the next edit.
    pub revision: u32,
}

/// What a form says of a credit by hand.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ManualCreditInput {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// The rule set's key; `null`: in every rule set that has the category.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub rule_set: Option<String>,
    /// The category's id.
    pub category: String,
    /// In any usual spelling.
    pub date: String,
    /// `2`, `-0.5`, `1/3`
    pub amount: String,
    /// Why; must be there.
    pub reason: String,
    /// 文号
    #[serde(default)]
    #[ts(optional = nullable)]
    pub document: Option<String>,
    /// What proves it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub evidence: Option<String>,
    /// The fact in whose place it stands.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub corrects: Option<String>,
    /// `null`: accepted.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub state: Option<Approval>,
}

/// Edits a credit by hand.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditManualCredit {
    /// Which.
    #[ts(type = "string")]
    pub id: ManualCreditId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new values.
    pub credit: ManualCreditInput,
}

/// Names a credit by hand.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ManualCreditRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: ManualCreditId,
}

/// Asks for the credits by hand of a year.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ManualCreditsRequest {
    /// The calendar year.
    pub year: i32,
    /// Only this member's, where given.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
}

/// What is known of a member beyond the roster's fields.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MemberFactView {
    /// Its key.
    #[ts(type = "string")]
    pub id: MemberFactId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// What kind.
    pub kind: MemberFactWord,
    /// `party_post`, 挂职: rules call it `person.<name>`; of a review its name
    /// (年度考核); of leave empty.
    pub name: String,
    /// The value; of leave its kind (病假).
    pub value: String,
    /// The first day; `null`: from the beginning.
    pub from: Option<String>,
    /// The last day; `null`: until further notice.
    pub until: Option<String>,
    /// From where it is known, who approved it.
    pub reason: Option<String>,
}

/// What kind of thing is known of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberFactWord {
    /// What rules call `person.<name>`.
    Attribute,
    /// Another review's grade.
    Review,
    /// Long leave.
    Leave,
}

impl From<MemberFactKind> for MemberFactWord {
    fn from(kind: MemberFactKind) -> Self {
        match kind {
            MemberFactKind::Attribute => Self::Attribute,
            MemberFactKind::Review => Self::Review,
            MemberFactKind::Leave => Self::Leave,
        }
    }
}

impl From<MemberFactWord> for MemberFactKind {
    fn from(kind: MemberFactWord) -> Self {
        match kind {
            MemberFactWord::Attribute => Self::Attribute,
            MemberFactWord::Review => Self::Review,
            MemberFactWord::Leave => Self::Leave,
        }
    }
}

/// Adds something that is known of a member.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddMemberFact {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// What kind.
    pub kind: MemberFactWord,
    /// The name; not of leave.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub name: Option<String>,
    /// The value.
    pub value: String,
    /// The first day; of leave it must be there.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub from: Option<String>,
    /// The last day; of leave it must be there.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub until: Option<String>,
    /// From where it is known, who approved it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<String>,
}

/// Asks what is known of a member.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MemberFactsRequest {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
}

/// Names something that is known of a member.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MemberFactRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: MemberFactId,
}

fn view(record: ManualRecord, names: &HashMap<MemberId, String>) -> ManualCreditView {
    let fields = record.fields;
    ManualCreditView {
        id: record.id,
        member: fields.member,
        member_name: names.get(&fields.member).cloned().unwrap_or_default(),
        rule_set: fields.rule_set_key,
        category: fields.category,
        date: fields.date.to_string(),
        amount: fields.amount,
        reason: fields.reason,
        document: fields.document,
        evidence: fields.evidence,
        corrects: fields.corrects,
        state: fields.state.into(),
        revision: record.revision,
    }
}

fn view_of(context: &MutateContext, id: ManualCreditId) -> Result<ManualCreditView, ApiError> {
    let reader = context.writer.reader();
    Ok(view(store::manual(&reader, id)?, &member_names(&reader, context.today)?))
}

fn fields(input: ManualCreditInput) -> Result<ManualFields, ApiError> {
    Ok(ManualFields {
        member: input.member,
        rule_set_key: forms::text(input.rule_set.as_deref()),
        category: forms::required("category", "category_missing", &input.category)?,
        date: forms::day("date", &input.date)?,
        amount: forms::number("amount", &input.amount)?,
        reason: forms::required("reason", "reason_missing", &input.reason)?,
        document: forms::text(input.document.as_deref()),
        evidence: forms::text(input.evidence.as_deref()),
        corrects: forms::text(input.corrects.as_deref()),
        state: input.state.unwrap_or(Approval::Accepted).into(),
    })
}

fn describe(context: &mut MutateContext, fields: &ManualFields) -> Result<(), ApiError> {
    let member = roster::get(&context.writer.reader(), fields.member, context.today)?;
    let amount = fields.amount.to_string();
    context.writer.describe(params! { "name" => member.person.name, "category" => fields.category, "amount" => amount });
    Ok(())
}

/// `manual_credits.list`
pub fn list(context: &QueryContext, request: ManualCreditsRequest) -> Result<Vec<ManualCreditView>, ApiError> {
    let names = member_names(context.reader, context.today)?;
    let (from, to) = (format!("{:04}-01-01", request.year), format!("{:04}-12-31", request.year));
    let all = store::manual_between(context.reader, &from, &to)?.into_iter();
    let wanted = all.filter(|record| request.member.is_none_or(|member| member == record.fields.member));
    Ok(wanted.map(|record| view(record, &names)).collect())
}

/// `manual_credits.add`
pub fn add(context: &mut MutateContext, request: ManualCreditInput) -> Result<ManualCreditView, ApiError> {
    let fields = fields(request)?;
    describe(context, &fields)?;
    let id = store::insert_manual(context.writer, &fields)?;
    view_of(context, id)
}

/// `manual_credits.edit`
pub fn edit(context: &mut MutateContext, request: EditManualCredit) -> Result<ManualCreditView, ApiError> {
    let fields = fields(request.credit)?;
    describe(context, &fields)?;
    store::update_manual(context.writer, request.id, request.revision, &fields)?;
    view_of(context, request.id)
}

/// `manual_credits.remove`
pub fn remove(context: &mut MutateContext, request: ManualCreditRequest) -> Result<Nothing, ApiError> {
    let fields = store::manual(&context.writer.reader(), request.id)?.fields;
    describe(context, &fields)?;
    store::delete_manual(context.writer, request.id)?;
    Ok(Nothing {})
}

fn fact_view(record: MemberFactRecord) -> MemberFactView {
    let fields = record.fields;
    MemberFactView {
        id: record.id,
        member: fields.member,
        kind: fields.kind.into(),
        name: fields.name,
        value: fields.value,
        from: fields.starts_on.map(|day| day.to_string()),
        until: fields.ends_on.map(|day| day.to_string()),
        reason: fields.reason,
    }
}

/// `member_facts.list`
pub fn facts(context: &QueryContext, request: MemberFactsRequest) -> Result<Vec<MemberFactView>, ApiError> {
    let all = store::member_facts(context.reader)?.into_iter();
    Ok(all.filter(|record| record.fields.member == request.member).map(fact_view).collect())
}

/// `member_facts.add`
pub fn add_fact(context: &mut MutateContext, request: AddMemberFact) -> Result<MemberFactView, ApiError> {
    let (starts_on, ends_on) =
        (forms::optional_day("from", request.from.as_deref())?, forms::optional_day("until", request.until.as_deref())?);
    if starts_on.zip(ends_on).is_some_and(|(from, until)| until < from) {
        return Err(ApiError::field("until", "days_reversed"));
    }
    let leave = request.kind == MemberFactWord::Leave;
    if leave && (starts_on.is_none() || ends_on.is_none()) {
        return Err(ApiError::field("from", "days_missing"));
    }
    let name = request.name.as_deref().unwrap_or_default();
    let fields = MemberFactFields {
        member: request.member,
        kind: request.kind.into(),
        name: if leave { String::new() } else { forms::required("name", "name_missing", name)? },
        value: forms::required("value", "value_missing", &request.value)?,
        starts_on,
        ends_on,
        reason: forms::text(request.reason.as_deref()),
    };
    describe_fact(context, &fields)?;
    let id = store::insert_member_fact(context.writer, &fields)?;
    Ok(fact_view(MemberFactRecord { id, fields }))
}

/// `member_facts.remove`
pub fn remove_fact(context: &mut MutateContext, request: MemberFactRequest) -> Result<Nothing, ApiError> {
    let all = store::member_facts(&context.writer.reader())?;
    let record = all.into_iter().find(|record| record.id == request.id).ok_or(StoreError::Gone { what: "member_fact" })?;
    describe_fact(context, &record.fields)?;
    store::delete_member_fact(context.writer, request.id)?;
    Ok(Nothing {})
}

fn describe_fact(context: &mut MutateContext, fields: &MemberFactFields) -> Result<(), ApiError> {
    let member = roster::get(&context.writer.reader(), fields.member, context.today)?;
    let what = if fields.name.is_empty() { fields.value.clone() } else { format!("{} {}", fields.name, fields.value) };
    context.writer.describe(params! { "name" => member.person.name, "what" => what });
    Ok(())
}
