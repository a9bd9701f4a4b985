//! A text stored, taken into use, ended and deleted.

use chrono::NaiveDate;
use serde::Deserialize;
use ts_rs::TS;
use xueji_domain::{
    ids::{OrganizationId, RuleSetId, RuleUseId},
    rules::model::Kind,
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::rules::{self as store, RuleSetFields, RuleSetRecord, UseFields, UseRecord},
};

use super::{RuleSetRequest, RuleSetView, RulesList, have_errors, listed};
use crate::{
    context::MutateContext,
    error::ApiError,
    forms,
    rules::shelf::{self, Shelf},
    table::Nothing,
};

/// Stores a text.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveRules {
    /// The file; without errors.
    pub text: String,
    /// The rule set whose text it replaces, where it may be replaced; else it
    /// becomes a rule set (a version) of its own.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub replaces: Option<Replaces>,
}

/// Names the text that is replaced.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Replaces {
    /// As [`RuleSetView::id`].
    pub id: String,
    /// The revision that the editor saw.
    pub revision: u32,
}

/// Takes a rule set into use.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UseRules {
    /// As [`RuleSetView::id`]; a preset is copied into the book.
    pub rule_set: String,
    /// The first day, in any usual spelling. A version that holds on the last
    /// day of a period counts for the whole period. Another version of the
    /// same rule set for the same organization ends the day before.
    pub from: String,
    /// The last day; blank: until further notice.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub until: Option<String>,
    /// For whom; `null`: the whole book.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub organization: Option<OrganizationId>,
}

/// Ends a use.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StopRules {
    /// Which use.
    #[ts(type = "string")]
    pub id: RuleUseId,
    /// The last day, in any usual spelling; before the first day: the use is
    /// removed as if it had never been.
    pub on: String,
}

/// What is stored of a text without errors.
fn fields_of(shelf: &Shelf, text: &str, today: NaiveDate) -> Result<RuleSetFields, ApiError> {
    let (rules, findings) = shelf.look_at(text);
    let head = rules.ok_or_else(|| have_errors(&findings))?.head;
    Ok(RuleSetFields {
        key: head.id,
        name: head.name,
        kind: if head.kind == Kind::Assessment { "assessment" } else { "credits" }.to_owned(),
        version: head.version,
        text: text.to_owned(),
        digest: shelf::sha256(text),
        created_on: today,
    })
}

/// Stores a text, its parents too where only the program has them: another
/// version of the program must not change what the book counts by.
fn store_text(context: &mut MutateContext, text: &str) -> Result<RuleSetId, ApiError> {
    let shelf = Shelf::read(&context.writer.reader())?;
    let fields = fields_of(&shelf, text, context.today)?;
    if let Some(known) = shelf.own().iter().find(|record| record.fields.digest == fields.digest) {
        return Ok(known.id);
    }
    let parent = shelf.look_at(text).0.and_then(|rules| rules.head.parent);
    if let Some(key) = parent
        && shelf.own().iter().all(|record| record.fields.key != key)
        && let Some(parent) = shelf.parent(&key)
    {
        store_text(context, &parent)?;
    }
    Ok(store::insert(context.writer, &fields)?)
}

/// The key in the book of a rule set; a preset is copied into it.
pub(crate) fn stored(context: &mut MutateContext, id: &str) -> Result<RuleSetId, ApiError> {
    let shelf = Shelf::read(&context.writer.reader())?;
    if let Some(record) = shelf.record(id) {
        return Ok(record.id);
    }
    let text = shelf.text(id)?.to_owned();
    store_text(context, &text)
}

/// `rules.save`
pub fn save(context: &mut MutateContext, request: SaveRules) -> Result<RuleSetView, ApiError> {
    let id = match &request.replaces {
        Some(replaces) => replace(context, replaces, &request.text)?,
        None => store_text(context, &request.text)?,
    };
    let sets = listed(&context.writer.reader(), context.today)?.sets;
    let view = sets.into_iter().find(|set| set.id == id.to_string()).ok_or(StoreError::Gone { what: "rule_set" })?;
    context.writer.describe(params! { "name" => view.name });
    Ok(view)
}

fn replace(context: &mut MutateContext, replaces: &Replaces, text: &str) -> Result<RuleSetId, ApiError> {
    let shelf = Shelf::read(&context.writer.reader())?;
    let record = shelf.record(&replaces.id).ok_or(StoreError::Gone { what: "rule_set" })?;
    refuse_used(&context.writer.reader(), record)?;
    let fields = fields_of(&shelf, text, context.today)?;
    if fields.digest != record.fields.digest {
        if let Some(known) = shelf.own().iter().find(|other| other.fields.digest == fields.digest) {
            return Ok(known.id);
        }
        store::update(context.writer, record.id, replaces.revision, &fields)?;
    }
    Ok(record.id)
}

fn refuse_used(reader: &Reader, record: &RuleSetRecord) -> Result<(), ApiError> {
    if store::stands_in(reader, record.id)? == (0, 0) {
        return Ok(());
    }
    Err(ApiError::Refused { code: "rules_used", params: params! { "name" => record.fields.name } })
}

/// `rules.use`
pub fn take_into_use(context: &mut MutateContext, request: UseRules) -> Result<RulesList, ApiError> {
    let from = forms::day("from", &request.from)?;
    let until = forms::optional_day("until", request.until.as_deref())?;
    if until.is_some_and(|until| until < from) {
        return Err(ApiError::field("until", "days_reversed"));
    }
    // Without errors: what cannot be counted by cannot hold.
    Shelf::read(&context.writer.reader())?.load(&request.rule_set)?;
    let id = stored(context, &request.rule_set)?;
    let shelf = Shelf::read(&context.writer.reader())?;
    let key = |id: RuleSetId| shelf.own().iter().find(|record| record.id == id).map(|record| record.fields.key.clone());
    for used in shelf.uses().iter().filter(|used| used.fields.organization == request.organization && key(used.fields.rule_set) == key(id))
    {
        make_room(context, used, from, until)?;
    }
    let fields = UseFields { rule_set: id, starts_on: from, ends_on: until, organization: request.organization };
    store::insert_use(context.writer, &fields)?;
    let name = store::get(&context.writer.reader(), id)?.fields.name;
    context.writer.describe(params! { "name" => name, "from" => from.to_string() });
    listed(&context.writer.reader(), context.today)
}

/// Takes a span of days out of a use of the same rule set.
fn make_room(context: &mut MutateContext, used: &UseRecord, from: NaiveDate, until: Option<NaiveDate>) -> Result<(), ApiError> {
    let fields = used.fields;
    if fields.ends_on.is_some_and(|end| end < from) || until.is_some_and(|until| fields.starts_on > until) {
        return Ok(());
    }
    match from.pred_opt().filter(|_| fields.starts_on < from) {
        Some(before) => store::end_use(context.writer, used.id, Some(before))?,
        None => store::delete_use(context.writer, used.id)?,
    }
    // What held after the span holds again.
    let after = until.and_then(|until| until.succ_opt()).filter(|after| fields.ends_on.is_none_or(|end| end >= *after));
    if let Some(after) = after {
        store::insert_use(context.writer, &UseFields { starts_on: after, ..fields })?;
    }
    Ok(())
}

/// `rules.stop`
pub fn stop(context: &mut MutateContext, request: StopRules) -> Result<RulesList, ApiError> {
    let on = forms::day("on", &request.on)?;
    let shelf = Shelf::read(&context.writer.reader())?;
    let used = shelf.uses().iter().find(|used| used.id == request.id).ok_or(StoreError::Gone { what: "rule_use" })?;
    if on < used.fields.starts_on {
        store::delete_use(context.writer, request.id)?;
    } else {
        store::end_use(context.writer, request.id, Some(on))?;
    }
    let name = store::get(&context.writer.reader(), used.fields.rule_set)?.fields.name;
    context.writer.describe(params! { "name" => name, "on" => on.to_string() });
    listed(&context.writer.reader(), context.today)
}

/// `rules.delete`
pub fn delete(context: &mut MutateContext, request: RuleSetRequest) -> Result<Nothing, ApiError> {
    let shelf = Shelf::read(&context.writer.reader())?;
    if request.id.starts_with("preset:") {
        return Err(ApiError::Refused { code: "rules_preset_kept", params: Default::default() });
    }
    let record = shelf.record(&request.id).ok_or(StoreError::Gone { what: "rule_set" })?;
    refuse_used(&context.writer.reader(), record)?;
    store::delete(context.writer, record.id)?;
    context.writer.describe(params! { "name" => record.fields.name });
    Ok(Nothing {})
}
