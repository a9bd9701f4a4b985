//! 自学: a person's own study, with a duration, a form and a note.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::ids::{MemberId, SelfStudyId};

use super::{manual_credits::Approval, sessions::AmountView};

use std::collections::HashMap;

use xueji_domain::{calendar::month_day_label, text::count};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::{
        credits::{self, Review, ReviewState},
        roster,
        study::{self, StudyFields, StudyRecord},
    },
};

use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// Asks for the entries of a year.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StudyRequest {
    /// The calendar year.
    pub year: i32,
    /// Only this member's, where given.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub member: Option<MemberId>,
}

/// One entry.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StudyRow {
    /// Its key.
    #[ts(type = "string")]
    pub id: SelfStudyId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// 姓名
    pub name: String,
    /// 工号
    pub staff_no: Option<String>,
    /// `YYYY-MM-DD`
    pub date: String,
    /// Entered later than its date (补登): the day it was entered.
    pub entered_on: String,
    /// 学习形式
    pub form: String,
    /// 学习内容
    pub content: String,
    /// How long.
    pub amount: AmountView,
    /// 心得字数 as declared, where no text is kept.
    pub declared_chars: Option<u32>,
    /// The note's text, Markdown.
    pub note: Option<String>,
    /// The word count that the rules see: counted from the text where there
    /// is one, else as declared.
    pub chars: Option<u32>,
    /// 待核, 认定 or 退回: only what is accepted counts.
    pub state: Approval,
    /// Why it was returned, or accepted.
    pub state_reason: Option<String>,
    /// Who accepted or returned it; `null`: it needed no approval, or waits.
    pub reviewed_by: Option<String>,
    /// When.
    pub reviewed_on: Option<String>,
    /// For the next edit.
    pub revision: u32,
}

/// What a form says of an entry.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StudyInput {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// In any usual spelling.
    pub date: String,
    /// 学习形式
    pub form: String,
    /// 学习内容
    pub content: String,
    /// In any usual spelling. A bare number is minutes from 10 up; below 10
    /// it is refused with a question.
    pub amount: String,
    /// The note's text, Markdown.
    pub note: Option<String>,
    /// 心得字数 as declared; not beside a text.
    pub declared_chars: Option<u32>,
    /// Whether the entry is the person's own statement, which the clerk has
    /// not looked at yet: it waits (待核) and does not count. What the clerk
    /// enters or imports is accepted. An edit with `true` makes it wait
    /// again; one without leaves the approval as it is.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional = nullable)]
    pub pending: bool,
}

/// Accepts or returns entries.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReviewStudy {
    /// Which.
    #[ts(type = "string[]")]
    pub ids: Vec<SelfStudyId>,
    /// Why; a return must say it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<String>,
}

/// Edits an entry.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditStudy {
    /// Which.
    #[ts(type = "string")]
    pub id: SelfStudyId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new values.
    pub entry: StudyInput,
}

/// Names one entry.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StudyEntryRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: SelfStudyId,
}

/// `study.list`
pub fn list(context: &QueryContext, request: StudyRequest) -> Result<Vec<StudyRow>, ApiError> {
    let entries = match request.member {
        Some(member) => study::of_member(context.reader, member, request.year)?,
        None => study::of_year(context.reader, request.year)?,
    };
    let people = people(context.reader, context.today)?;
    let mut reviews = credits::reviews(context.reader)?;
    Ok(entries
        .into_iter()
        .map(|entry| {
            let review = reviews.remove(&entry.id);
            row(entry, review, &people)
        })
        .collect())
}

type People = HashMap<MemberId, (String, Option<String>)>;

fn people(reader: &Reader, on: chrono::NaiveDate) -> Result<People, ApiError> {
    Ok(roster::list(reader, on)?.into_iter().map(|member| (member.id, (member.person.name, member.person.staff_no))).collect())
}

fn row(entry: StudyRecord, review: Option<Review>, people: &People) -> StudyRow {
    let (name, staff_no) = people.get(&entry.fields.member).cloned().unwrap_or_default();
    StudyRow {
        id: entry.id,
        member: entry.fields.member,
        name,
        staff_no,
        date: entry.fields.date.to_string(),
        entered_on: entry.entered_on.to_string(),
        form: entry.fields.form,
        content: entry.fields.content,
        amount: super::sessions::amount_view(entry.fields.amount),
        declared_chars: entry.fields.declared_chars,
        chars: entry.note.as_ref().map(|note| note.chars).or(entry.fields.declared_chars),
        note: entry.note.map(|note| note.body),
        state: review.as_ref().map_or(Approval::Accepted, |review| review.state.into()),
        state_reason: review.as_ref().and_then(|review| review.reason.clone()),
        reviewed_by: review.as_ref().and_then(|review| review.by.clone()),
        reviewed_on: review.as_ref().and_then(|review| review.on).map(|day| day.to_string()),
        revision: entry.revision,
    }
}

fn row_of(context: &MutateContext, id: SelfStudyId) -> Result<StudyRow, ApiError> {
    let reader = context.writer.reader();
    Ok(row(study::get(&reader, id)?, credits::review(&reader, id)?, &people(&reader, context.today)?))
}

fn fields(context: &MutateContext, input: &StudyInput) -> Result<StudyFields, ApiError> {
    let date = forms::day("date", &input.date)?;
    if date > context.today {
        return Err(ApiError::field("date", "study_in_future"));
    }
    let noted = forms::text(input.note.as_deref()).is_some();
    Ok(StudyFields {
        member: input.member,
        date,
        form: forms::required("form", "form_missing", &input.form)?,
        content: forms::text(Some(&input.content)).unwrap_or_default(),
        amount: forms::amount("amount", &input.amount)?,
        // A text counts itself; a declared count is for a note kept elsewhere.
        declared_chars: input.declared_chars.filter(|chars| *chars > 0 && !noted),
    })
}

fn describe(context: &mut MutateContext, fields: &StudyFields) -> Result<(), ApiError> {
    let member = roster::get(&context.writer.reader(), fields.member, context.today)?;
    let params = params! { "name" => member.person.name, "date" => month_day_label(fields.date), "form" => fields.form };
    context.writer.describe(params);
    Ok(())
}

fn write_note(context: &mut MutateContext, id: SelfStudyId, input: &StudyInput) -> Result<(), ApiError> {
    let body = input.note.as_deref().unwrap_or_default();
    Ok(study::set_note(context.writer, id, input.member, body, count::words(body))?)
}

fn wait(context: &mut MutateContext, id: SelfStudyId) -> Result<(), ApiError> {
    Ok(credits::set_review(context.writer, id, &Review { state: ReviewState::Pending, reason: None, by: None, on: None })?)
}

/// `study.add`
pub fn add(context: &mut MutateContext, request: StudyInput) -> Result<StudyRow, ApiError> {
    let fields = fields(context, &request)?;
    describe(context, &fields)?;
    let id = study::insert(context.writer, &fields, context.today)?;
    write_note(context, id, &request)?;
    if request.pending {
        wait(context, id)?;
    }
    row_of(context, id)
}

/// `study.edit`
pub fn edit(context: &mut MutateContext, request: EditStudy) -> Result<StudyRow, ApiError> {
    let fields = fields(context, &request.entry)?;
    describe(context, &fields)?;
    study::update(context.writer, request.id, request.revision, &fields)?;
    write_note(context, request.id, &request.entry)?;
    if request.entry.pending {
        wait(context, request.id)?;
    }
    row_of(context, request.id)
}

/// `study.delete`
pub fn delete(context: &mut MutateContext, request: StudyEntryRequest) -> Result<Nothing, ApiError> {
    let entry = study::get(&context.writer.reader(), request.id)?;
    describe(context, &entry.fields)?;
    study::delete(context.writer, request.id)?;
    Ok(Nothing {})
}

/// `study.approve`
pub fn approve(context: &mut MutateContext, request: ReviewStudy) -> Result<Vec<StudyRow>, ApiError> {
    let reason = forms::text(request.reason.as_deref());
    review(context, &request.ids, ReviewState::Accepted, reason)
}

/// `study.return`
pub fn send_back(context: &mut MutateContext, request: ReviewStudy) -> Result<Vec<StudyRow>, ApiError> {
    let reason = forms::required("reason", "reason_missing", request.reason.as_deref().unwrap_or_default())?;
    review(context, &request.ids, ReviewState::Returned, Some(reason))
}

fn review(context: &mut MutateContext, ids: &[SelfStudyId], state: ReviewState, reason: Option<String>) -> Result<Vec<StudyRow>, ApiError> {
    let review = Review { state, reason, by: Some(context.writer.stamp().operator.clone()), on: Some(context.today) };
    for id in ids {
        study::get(&context.writer.reader(), *id)?;
        credits::set_review(context.writer, *id, &review)?;
    }
    context.writer.describe(params! { "count" => ids.len() });
    ids.iter().map(|id| row_of(context, *id)).collect()
}
