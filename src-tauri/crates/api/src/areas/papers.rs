//! 六有: one session with its plan, arrangement, roll, record, check and
//! summary. The texts are written one field at a time, as they are typed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attendance::AttendanceCounts,
    ids::{DocumentId, InspectionId, MemberId, OrganizationId, SessionEvidenceId, SessionId},
    sessions::Role,
    steps::{self, StepState},
    text::names,
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        book, organizations,
        papers::{self, AnsweredDocument, PaperFields},
        sessions::{self, SessionLinks, SessionRecord},
    },
};

use super::sessions::{SessionRequest, SessionRow, YearRequest};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    records::Records,
    rules,
    steps::Desk,
};

/// A session with its six steps and all its papers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SessionPapers {
    /// As in the list.
    pub session: SessionRow,
    /// The book's name: the unit on printed forms.
    pub book: String,
    /// 备注
    pub remark: Option<String>,
    /// 计划, 安排, 考勤, 记录, 检查, 总结.
    pub steps: Vec<StepState>,
    /// What is written.
    pub paper: PaperView,
    /// The plan's item that it carries out: title of the item and of the plan.
    pub plan_item: Option<PlanItemLink>,
    /// The recurring session that it belongs to.
    pub series: Option<String>,
    /// `YYYY-MM-DD`: the day on which it was entered.
    pub entered_on: Option<String>,
    /// The roll is closed.
    pub roll_closed: bool,
    /// The document that it answers.
    pub answers: Option<AnswerView>,
    /// Who had which part, names widened for print.
    pub people: Vec<PersonPart>,
    /// The roll by each organization that holds the session; one line where
    /// one holds it.
    pub branches: Vec<BranchCount>,
    /// Evidence that lies on paper.
    pub evidence: Vec<EvidenceView>,
    /// Words of evidence that forms propose: those that the rules in use ask
    /// for, then those used in this book.
    pub evidence_words: Vec<String>,
    /// Checks by the superior that name the session.
    pub inspections: Vec<InspectionLine>,
}

/// What is written of a session's papers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PaperView {
    /// 议程
    pub agenda: Option<String>,
    /// `YYYY-MM-DD`: when the notice went out.
    pub notified_on: Option<String>,
    /// 会议记录
    pub minutes: Option<String>,
    /// 决议
    pub resolutions: Option<String>,
    /// 总结
    pub summary: Option<String>,
    /// 检查人
    pub checked_by: Option<String>,
    /// `YYYY-MM-DD`: 检查日期
    pub checked_on: Option<String>,
    /// 听众人数
    pub audience: Option<u32>,
    /// Something is put to the vote.
    pub vote: bool,
    /// Somebody is elected.
    pub election: bool,
}

/// The plan's item that a session carries out.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlanItemLink {
    /// The item's title.
    pub title: String,
    /// The plan's.
    pub plan: String,
}

/// A document as forms propose it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DocumentChoice {
    /// Its key.
    #[ts(type = "string")]
    pub id: DocumentId,
    /// 文件, 会议 …
    pub kind: String,
    /// Its title.
    pub title: String,
    /// 文号
    pub number: Option<String>,
    /// `YYYY-MM-DD`
    pub date: String,
    /// `YYYY-MM-DD`: the day by which it has to be studied.
    pub study_by: Option<String>,
}

/// The document that a session answers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnswerView {
    /// The document.
    pub document: DocumentChoice,
    /// Days from its date to the session's; negative where the session came
    /// first.
    pub days: i32,
    /// Whether the session came after the day by which it had to be studied.
    pub late: bool,
}

/// One part in a session, for print.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonPart {
    /// Which part.
    pub role: Role,
    /// Widened: 王　伟.
    pub display_name: String,
}

/// The roll of one organization that holds a session.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BranchCount {
    /// Which; `null`: people of none of them.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// Its name.
    pub name: String,
    /// Each status.
    pub counts: AttendanceCounts,
    /// 应到
    pub required: u32,
    /// 实到
    pub attended: u32,
    /// 请假
    pub on_leave: u32,
}

/// Evidence that lies on paper.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidenceView {
    /// Its key.
    #[ts(type = "string")]
    pub id: SessionEvidenceId,
    /// Whose; `null`: the session's as a whole.
    #[ts(type = "string | null")]
    pub member: Option<MemberId>,
    /// 姓名
    pub name: Option<String>,
    /// 会议记录, 签到表, 学习笔记.
    pub evidence: String,
}

/// A check by the superior.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InspectionLine {
    /// Its key.
    #[ts(type = "string")]
    pub id: InspectionId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// By whom.
    pub inspector: String,
    /// What about.
    pub subject: String,
}

/// Which steps of a session are done, in a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StepsDone {
    /// Which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// 计划, 安排, 考勤, 记录, 检查, 总结.
    pub done: Vec<bool>,
}

/// A field of a session's papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaperField {
    /// 议程
    Agenda,
    /// 通知日期
    NotifiedOn,
    /// 会议记录
    Minutes,
    /// 决议
    Resolutions,
    /// 总结
    Summary,
    /// 检查人
    CheckedBy,
    /// 检查日期
    CheckedOn,
    /// 听众人数
    Audience,
}

/// Writes one field of a session's papers.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WritePaper {
    /// Of which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Which field.
    pub field: PaperField,
    /// What it says now; empty clears it.
    pub value: String,
    /// What it said when the editor last saw it; refused where the book says
    /// something else.
    pub base: Option<String>,
    /// Names one stretch of typing: what is saved meanwhile is one step of
    /// the history.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub edit: Option<String>,
}

/// Says whether a session votes or elects.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct SetBallot {
    /// Which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Something is put to the vote.
    pub vote: bool,
    /// Somebody is elected.
    pub election: bool,
}

/// Says which document a session answers.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct SetAnswers {
    /// Which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Which document; `null`: none.
    #[ts(type = "string | null")]
    pub document: Option<DocumentId>,
}

/// Says which organizations hold a session together.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetHolders {
    /// Which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// The organizations; the book's own where empty.
    #[ts(type = "string[]")]
    pub organizations: Vec<OrganizationId>,
}

/// Notes evidence that lies on paper.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddEvidence {
    /// Of which session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// Whose; the session's as a whole where empty.
    #[ts(type = "string[]")]
    pub members: Vec<MemberId>,
    /// 会议记录, 签到表, 学习笔记.
    pub evidence: String,
}

/// Takes evidence back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveEvidence {
    /// Which.
    #[ts(type = "string[]")]
    pub ids: Vec<SessionEvidenceId>,
}

/// `sessions.steps`
pub fn steps(context: &QueryContext, request: YearRequest) -> Result<Vec<StepsDone>, ApiError> {
    let records = Records::of_year(context.reader, request.year, context.today)?;
    let desk = Desk::between(context.reader, &format!("{:04}-01-01", request.year), &format!("{:04}-12-31", request.year))?;
    let done = |session: &SessionRecord| desk.steps(&records, session).iter().map(|state| state.done).collect();
    Ok(records.sessions.iter().map(|session| StepsDone { session: session.id, done: done(session) }).collect())
}

/// `sessions.papers`
pub fn papers(context: &QueryContext, request: SessionRequest) -> Result<SessionPapers, ApiError> {
    of_session(context.reader, request.id)
}

fn of_session(reader: &Reader, id: SessionId) -> Result<SessionPapers, ApiError> {
    let record = sessions::get(reader, id)?;
    let day = record.fields.date;
    let records = Records::of_day(reader, day)?;
    let desk = Desk::between(reader, &day.to_string(), &day.to_string())?;
    let plan_item = record.links.plan_item.map(|item| papers::plan_item(reader, item)).transpose()?.flatten();
    let series = record.links.series.map(|(series, _)| papers::series_title(reader, series)).transpose()?.flatten();
    Ok(SessionPapers {
        session: super::sessions::row(&records, &record),
        book: book::get(reader)?.name,
        remark: record.fields.remark.clone(),
        steps: desk.steps(&records, &record).to_vec(),
        paper: paper_view(papers::get(reader, id)?),
        plan_item: plan_item.map(|(title, plan)| PlanItemLink { title, plan }),
        series,
        entered_on: crate::steps::entered_on(id).map(|day| day.to_string()),
        roll_closed: record.roll_closed_at.is_some(),
        answers: answers(reader, &record)?,
        people: people(&records, id),
        branches: branches(reader, &records, &record)?,
        evidence: evidence(reader, &records, id)?,
        evidence_words: evidence_words(reader, day)?,
        inspections: papers::inspections_of(reader, id)?
            .into_iter()
            .map(|found| InspectionLine { id: found.id, date: found.date.to_string(), inspector: found.inspector, subject: found.subject })
            .collect(),
    })
}

fn paper_view(fields: PaperFields) -> PaperView {
    PaperView {
        agenda: fields.agenda,
        notified_on: fields.notified_on.map(|day| day.to_string()),
        minutes: fields.minutes,
        resolutions: fields.resolutions,
        summary: fields.summary,
        checked_by: fields.checked_by,
        checked_on: fields.checked_on.map(|day| day.to_string()),
        audience: fields.audience,
        vote: fields.vote,
        election: fields.election,
    }
}

fn choice(document: AnsweredDocument) -> DocumentChoice {
    DocumentChoice {
        id: document.id,
        kind: document.kind,
        title: document.title,
        number: document.number,
        date: document.date.to_string(),
        study_by: document.study_by.map(|day| day.to_string()),
    }
}

fn answers(reader: &Reader, session: &SessionRecord) -> Result<Option<AnswerView>, ApiError> {
    let Some(document) = session.links.answers else { return Ok(None) };
    let document = papers::document(reader, document)?;
    let answer = steps::answer(document.date, document.study_by, session.fields.date);
    Ok(Some(AnswerView { document: choice(document), days: answer.days, late: answer.late }))
}

fn people(records: &Records, id: SessionId) -> Vec<PersonPart> {
    let own = records.parts.iter().filter(|part| part.session == id);
    own.map(|part| PersonPart { role: part.role, display_name: names::widened(&part.name) }).collect()
}

/// The roll by organization. Somebody below two of them counts with the
/// nearer one.
fn branches(reader: &Reader, records: &Records, session: &SessionRecord) -> Result<Vec<BranchCount>, ApiError> {
    let mut holders = sessions::organizations_of(reader, session.id)?;
    if holders.is_empty() {
        holders.push(records.root());
    }
    let nearest = |member: MemberId| {
        let above: Vec<OrganizationId> =
            holders.iter().copied().filter(|holder| records.stands_below(member, *holder, session.fields.date)).collect();
        above.iter().copied().find(|holder| above.iter().all(|other| records.is_below(*holder, *other)))
    };
    let mut counts: Vec<(Option<OrganizationId>, AttendanceCounts)> =
        holders.iter().map(|holder| (Some(*holder), AttendanceCounts::default())).collect();
    let mut others = AttendanceCounts::default();
    for line in records.roll(session) {
        let of = nearest(line.member.id);
        let place = counts.iter_mut().find(|(holder, _)| of.is_some() && *holder == of).map_or(&mut others, |(_, counts)| counts);
        place.add(line.status, line.observer, line.make_up.is_some());
    }
    if others != AttendanceCounts::default() {
        counts.push((None, others));
    }
    let tree = organizations::list(reader)?;
    let name = |id: Option<OrganizationId>| {
        tree.iter().find(|found| Some(found.id) == id).map_or_else(|| "其他".to_owned(), |found| found.name.clone())
    };
    // In the order of the tree, people of none of them last.
    counts.sort_by_key(|(id, _)| tree.iter().position(|found| Some(found.id) == *id).unwrap_or(usize::MAX));
    Ok(counts
        .into_iter()
        .map(|(organization, counts)| BranchCount {
            organization,
            name: name(organization),
            counts,
            required: counts.required(),
            attended: counts.attended(),
            on_leave: counts.on_leave(),
        })
        .collect())
}

fn evidence(reader: &Reader, records: &Records, id: SessionId) -> Result<Vec<EvidenceView>, ApiError> {
    let name = |member: MemberId| records.members.iter().find(|found| found.id == member).map(|found| found.person.name.clone());
    let found = papers::evidence_of(reader, id)?.into_iter();
    Ok(found
        .map(|line| EvidenceView { id: line.id, member: line.member, name: line.member.and_then(name), evidence: line.evidence })
        .collect())
}

fn evidence_words(reader: &Reader, day: NaiveDate) -> Result<Vec<String>, ApiError> {
    let mut words = Vec::new();
    if let Some(loaded) = rules::count::first_in_use(reader, day)? {
        words.extend(loaded.rules.categories.iter().flat_map(|category| category.evidence.iter().chain(&category.evidence_any)).cloned());
    }
    words.extend(papers::evidence_words(reader)?);
    words.extend(["会议记录", "签到表", "学习笔记", "心得体会", "发言稿"].map(str::to_owned));
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(word.clone()));
    Ok(words)
}

/// `sessions.documents`: what a session of that day could answer, latest
/// first.
pub fn documents(context: &QueryContext, request: SessionRequest) -> Result<Vec<DocumentChoice>, ApiError> {
    const PROPOSED: u32 = 300;
    let session = sessions::get(context.reader, request.id)?;
    // A session on a document that came a little later is odd and happens:
    // studied from the news before the text arrived.
    let until = session.fields.date.checked_add_days(chrono::Days::new(31)).unwrap_or(session.fields.date);
    Ok(papers::documents_until(context.reader, until, PROPOSED)?.into_iter().map(choice).collect())
}

/// `sessions.write_paper`
pub fn write_paper(context: &mut MutateContext, request: WritePaper) -> Result<SessionPapers, ApiError> {
    let reader = context.writer.reader();
    let session = sessions::get(&reader, request.session)?;
    let mut fields = papers::get(&reader, request.session)?;
    if current(&fields, request.field).unwrap_or_default() != long_text(request.base.as_deref().unwrap_or_default()).unwrap_or_default() {
        return Err(StoreError::Changed { what: "session_paper" }.into());
    }
    put(&mut fields, request.field, &request.value)?;
    papers::set(context.writer, request.session, &fields)?;
    let edit = request.edit.as_deref().filter(|edit| !edit.is_empty() && edit.len() <= 64);
    context.writer.describe(
        params! { "title" => session.fields.title, "date" => session.fields.date.to_string(), "field" => request.field, "edit" => edit },
    );
    if let Some(edit) = edit {
        papers::continue_edit(context.writer, edit)?;
    }
    of_session(&context.writer.reader(), request.session)
}

/// What a field says, as the window shows it.
fn current(fields: &PaperFields, field: PaperField) -> Option<String> {
    match field {
        PaperField::Agenda => fields.agenda.clone(),
        PaperField::NotifiedOn => fields.notified_on.map(|day| day.to_string()),
        PaperField::Minutes => fields.minutes.clone(),
        PaperField::Resolutions => fields.resolutions.clone(),
        PaperField::Summary => fields.summary.clone(),
        PaperField::CheckedBy => fields.checked_by.clone(),
        PaperField::CheckedOn => fields.checked_on.map(|day| day.to_string()),
        PaperField::Audience => fields.audience.map(|count| count.to_string()),
    }
}

fn put(fields: &mut PaperFields, field: PaperField, value: &str) -> Result<(), ApiError> {
    /// Far beyond what a year's minutes hold; a pasted book is a mistake.
    const LONGEST: usize = 1 << 20;
    if value.len() > LONGEST {
        return Err(ApiError::field("value", "text_too_long"));
    }
    match field {
        PaperField::Agenda => fields.agenda = long_text(value),
        PaperField::NotifiedOn => fields.notified_on = forms::optional_day("value", Some(value))?,
        PaperField::Minutes => fields.minutes = long_text(value),
        PaperField::Resolutions => fields.resolutions = long_text(value),
        PaperField::Summary => fields.summary = long_text(value),
        PaperField::CheckedBy => fields.checked_by = forms::text(Some(value)),
        PaperField::CheckedOn => fields.checked_on = forms::optional_day("value", Some(value))?,
        PaperField::Audience => fields.audience = head_count(value)?,
    }
    Ok(())
}

/// A text of many lines as it is kept: one kind of line end, nothing blank
/// at the end.
fn long_text(value: &str) -> Option<String> {
    let text = value.replace("\r\n", "\n");
    let text = text.trim_end();
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn head_count(value: &str) -> Result<Option<u32>, ApiError> {
    let Some(number) = forms::optional_number("value", Some(value))? else { return Ok(None) };
    let whole = (number.denom() == 1).then(|| u32::try_from(number.numer()).ok()).flatten();
    whole.filter(|count| *count <= 1_000_000).map(Some).ok_or_else(|| ApiError::field("value", "not_a_head_count"))
}

/// `sessions.set_ballot`
pub fn set_ballot(context: &mut MutateContext, request: SetBallot) -> Result<SessionPapers, ApiError> {
    let session = sessions::get(&context.writer.reader(), request.session)?;
    let before = papers::get(&context.writer.reader(), request.session)?;
    papers::set(context.writer, request.session, &PaperFields { vote: request.vote, election: request.election, ..before })?;
    describe(context, &session);
    of_session(&context.writer.reader(), request.session)
}

/// `sessions.set_answers`
pub fn set_answers(context: &mut MutateContext, request: SetAnswers) -> Result<SessionPapers, ApiError> {
    let reader = context.writer.reader();
    let session = sessions::get(&reader, request.session)?;
    let document = request.document.map(|id| papers::document(&reader, id)).transpose()?;
    sessions::set_links(context.writer, request.session, SessionLinks { answers: request.document, ..session.links })?;
    let document = document.map_or_else(String::new, |document| document.title);
    context.writer.describe(params! { "title" => session.fields.title, "document" => document });
    of_session(&context.writer.reader(), request.session)
}

/// `sessions.set_holders`
pub fn set_holders(context: &mut MutateContext, request: SetHolders) -> Result<SessionPapers, ApiError> {
    let reader = context.writer.reader();
    let session = sessions::get(&reader, request.session)?;
    let tree = organizations::list(&reader)?;
    if request.organizations.iter().any(|id| tree.iter().all(|found| found.id != *id)) {
        return Err(StoreError::Gone { what: "organization" }.into());
    }
    let holders = if request.organizations.is_empty() { vec![book::get(&reader)?.root_organization] } else { request.organizations };
    sessions::set_organizations(context.writer, request.session, &holders)?;
    context.writer.describe(params! { "title" => session.fields.title, "count" => holders.len() });
    of_session(&context.writer.reader(), request.session)
}

/// `sessions.add_evidence`
pub fn add_evidence(context: &mut MutateContext, request: AddEvidence) -> Result<SessionPapers, ApiError> {
    let session = sessions::get(&context.writer.reader(), request.session)?;
    let word = forms::required("evidence", "evidence_missing", &request.evidence)?;
    let of: Vec<Option<MemberId>> =
        if request.members.is_empty() { vec![None] } else { request.members.iter().copied().map(Some).collect() };
    let mut added = 0;
    for member in of {
        added += u32::from(papers::add_evidence(context.writer, request.session, member, &word)?);
    }
    context.writer.describe(params! { "title" => session.fields.title, "evidence" => word, "count" => added });
    of_session(&context.writer.reader(), request.session)
}

/// `sessions.remove_evidence`
pub fn remove_evidence(context: &mut MutateContext, request: RemoveEvidence) -> Result<SessionPapers, ApiError> {
    let first = request.ids.first().ok_or(StoreError::Gone { what: "session_evidence" })?;
    let first = papers::evidence(&context.writer.reader(), *first)?;
    for id in &request.ids {
        papers::delete_evidence(context.writer, *id)?;
    }
    let session = sessions::get(&context.writer.reader(), first.session)?;
    context.writer.describe(params! { "title" => session.fields.title, "evidence" => first.evidence, "count" => request.ids.len() });
    of_session(&context.writer.reader(), first.session)
}

fn describe(context: &mut MutateContext, session: &SessionRecord) {
    context.writer.describe(params! { "title" => session.fields.title, "date" => session.fields.date.to_string() });
}
