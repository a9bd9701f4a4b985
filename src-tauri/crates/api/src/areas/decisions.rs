//! 决定: what was decided where the rules do not decide, with its reason, and
//! reused from then on.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    ids::{DecisionId, MemberId},
    rules::model::RuleSet,
};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::{
        roster,
        rules::{self, DecisionFields, DecisionRecord},
    },
};

use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    rules::{
        decided::{self, DecidedWords},
        facts,
        shelf::Shelf,
    },
    table::Nothing,
};

/// A decision.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DecisionView {
    /// Its key.
    #[ts(type = "string")]
    pub id: DecisionId,
    /// The rule set's key.
    pub rule_set: String,
    /// The question's key.
    pub question: String,
    /// The question in words, as it was shown when it was open.
    pub question_text: String,
    /// For whom; `null`: for everybody.
    #[ts(type = "string | null")]
    pub member: Option<MemberId>,
    /// The member's name.
    pub member_name: Option<String>,
    /// The fact that it is about.
    pub fact: Option<String>,
    /// The reading chosen.
    pub reading: Option<String>,
    /// The reading in words.
    pub reading_label: Option<String>,
    /// The number given, exact.
    pub value: Option<String>,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
    /// By whom.
    pub decided_by: String,
    /// When.
    pub decided_on: String,
}

/// Decides a question.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RecordDecision {
    /// The rule set's key.
    pub rule_set: String,
    /// The question's key, as [`super::credits::QuestionView::key`].
    pub question: String,
    /// For whom; `null`: for everybody.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
    /// The fact that it is about.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub fact: Option<String>,
    /// The reading chosen; exactly one of this and `value`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reading: Option<String>,
    /// The number given: `5`, `0.5`, `1/3`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub value: Option<String>,
    /// Why; must be there.
    pub reason: String,
    /// 文号
    #[serde(default)]
    #[ts(optional = nullable)]
    pub document: Option<String>,
}

/// Names a decision.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DecisionRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: DecisionId,
}

/// What decisions are put into words by.
struct Speaker<'r> {
    reader: &'r Reader<'r>,
    shelf: Shelf,
    names: HashMap<MemberId, String>,
    /// Rule sets by key, as far as they were asked for.
    sets: HashMap<String, Option<RuleSet>>,
}

impl<'r> Speaker<'r> {
    fn of(reader: &'r Reader<'r>, today: chrono::NaiveDate) -> Result<Self, ApiError> {
        Ok(Self { reader, shelf: Shelf::read(reader)?, names: member_names(reader, today)?, sets: HashMap::new() })
    }

    fn words(&mut self, fields: &DecisionFields) -> DecidedWords {
        let shelf = &self.shelf;
        let read = || shelf.look_at(&shelf.parent(&fields.rule_set_key)?).0;
        let rules = self.sets.entry(fields.rule_set_key.clone()).or_insert_with(read);
        // The key of a question about a fact names it, too.
        let of_key = fields.question.split_once(':').map(|(_, fact)| fact);
        let fact = fields.fact.as_deref().or(of_key).and_then(|fact| facts::words(self.reader, fact));
        decided::words(rules.as_ref(), &fields.question, fields.reading.as_deref(), fact.as_deref())
    }

    fn view(&mut self, record: DecisionRecord) -> DecisionView {
        let words = self.words(&record.fields);
        let fields = record.fields;
        DecisionView {
            id: record.id,
            rule_set: fields.rule_set_key,
            question: fields.question,
            question_text: words.question,
            member: fields.member,
            member_name: fields.member.and_then(|member| self.names.get(&member).cloned()),
            fact: fields.fact,
            reading: fields.reading,
            reading_label: words.reading,
            value: fields.value,
            reason: fields.reason,
            document: fields.document,
            decided_by: fields.decided_by,
            decided_on: fields.decided_on.to_string(),
        }
    }
}

/// Everybody's name.
pub(crate) fn member_names(reader: &Reader, today: chrono::NaiveDate) -> Result<HashMap<MemberId, String>, ApiError> {
    Ok(roster::list(reader, today)?.into_iter().map(|member| (member.id, member.person.name)).collect())
}

/// The name of the rule set of a key, the latest in the book or a preset.
pub(crate) fn rule_set_name(reader: &Reader, key: &str) -> Result<String, ApiError> {
    let own = rules::list(reader)?.into_iter().rev().find(|record| record.fields.key == key).map(|record| record.fields.name);
    let preset = || Shelf::presets().find(|(_, rules)| rules.head.id == key).map(|(_, rules)| rules.head.name.clone());
    Ok(own.or_else(preset).unwrap_or_else(|| key.to_owned()))
}

/// `decisions.list`
pub fn list(context: &QueryContext, _: Nothing) -> Result<Vec<DecisionView>, ApiError> {
    let mut speaker = Speaker::of(context.reader, context.today)?;
    Ok(rules::decisions(context.reader)?.into_iter().map(|record| speaker.view(record)).collect())
}

/// `decisions.record`
pub fn record(context: &mut MutateContext, request: RecordDecision) -> Result<DecisionView, ApiError> {
    let reason = forms::required("reason", "reason_missing", &request.reason)?;
    let reading = forms::text(request.reading.as_deref());
    let value = forms::optional_number("value", request.value.as_deref())?;
    if reading.is_some() == value.is_some() {
        return Err(ApiError::field("reading", "decision_one_answer"));
    }
    let fields = DecisionFields {
        rule_set_key: request.rule_set,
        question: request.question,
        member: request.member,
        fact: request.fact,
        reading,
        value: value.map(|value| value.to_string()),
        reason,
        document: forms::text(request.document.as_deref()),
        decided_by: context.writer.stamp().operator.clone(),
        decided_on: context.today,
    };
    let id = rules::decide(context.writer, &fields)?;
    describe(context, &fields)?;
    let reader = context.writer.reader();
    Ok(Speaker::of(&reader, context.today)?.view(rules::decision(&reader, id)?))
}

fn describe(context: &mut MutateContext, fields: &DecisionFields) -> Result<(), ApiError> {
    let name = rule_set_name(&context.writer.reader(), &fields.rule_set_key)?;
    let question = Speaker::of(&context.writer.reader(), context.today)?.words(fields).question;
    context.writer.describe(params! { "name" => name, "question" => question });
    Ok(())
}

/// `decisions.remove`
pub fn remove(context: &mut MutateContext, request: DecisionRequest) -> Result<Nothing, ApiError> {
    let fields = rules::decision(&context.writer.reader(), request.id)?.fields;
    rules::delete_decision(context.writer, request.id)?;
    describe(context, &fields)?;
    Ok(Nothing {})
}
