//! 文件、会议: the register of what arrives and has to be studied, with the
//! sessions that answer each, the days until it was first studied, and what
//! is late.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attachments::AttachmentOwner,
    ids::{DocumentId, SessionId},
    sessions::SessionState,
    steps,
    text::pinyin,
};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::{
        documents::{self, AnsweringSession, DocumentFields, DocumentRecord},
        sessions::{self as session_store, SessionLinks},
    },
};

use super::{
    archive::{self, Files},
    sessions::{self, SessionInput, SessionRow},
    words::{self, WordList},
};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// The register.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DocumentRegister {
    /// Latest first.
    pub rows: Vec<DocumentRow>,
    /// The kinds that forms offer.
    pub kinds: Vec<String>,
    /// Who has issued documents, most often first.
    pub issuers: Vec<String>,
}

/// Where the study of a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStudy {
    /// Nothing asks for it: no day, no session.
    Kept,
    /// Not studied yet, and there is time.
    Waiting,
    /// Not studied yet; a session is planned, and there is time.
    Planned,
    /// Not studied, and the day has passed.
    Overdue,
    /// Studied in time, or without a day set.
    Studied,
    /// Studied after its day.
    StudiedLate,
}

/// A document in the register.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DocumentRow {
    /// Its key.
    #[ts(type = "string")]
    pub id: DocumentId,
    /// 文件, 会议, 通知 …
    pub kind: String,
    /// 标题
    pub title: String,
    /// 文号
    pub number: Option<String>,
    /// 发文单位
    pub issuer: Option<String>,
    /// The day that it bears, `YYYY-MM-DD`.
    pub date: String,
    /// 收到日期
    pub received_on: Option<String>,
    /// 学习期限
    pub study_by: Option<String>,
    /// 备注
    pub note: Option<String>,
    /// The sessions that answer it, by date.
    pub sessions: Vec<DocumentSession>,
    /// Where its study stands.
    pub study: DocumentStudy,
    /// Days from its date to the first session held for it; until then to
    /// today. Negative where a session came first.
    pub days: i32,
    /// The day of that session.
    pub studied_on: Option<String>,
    /// Files attached to it.
    pub files: u32,
    /// Full pinyin and initials of its title.
    pub search_keys: Vec<String>,
    /// For the next edit.
    pub revision: u32,
}

/// A session that answers a document.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DocumentSession {
    /// Which.
    #[ts(type = "string")]
    pub session: SessionId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 主题
    pub title: String,
    /// planned, held, cancelled.
    pub state: SessionState,
    /// Days from the document's date.
    pub days: i32,
    /// Whether it came after the document's day.
    pub late: bool,
}

/// What a form says of a document.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DocumentInput {
    /// 类别; required.
    pub kind: String,
    /// 标题; required.
    pub title: String,
    /// 文号
    #[serde(default)]
    #[ts(optional = nullable)]
    pub number: Option<String>,
    /// 发文单位
    #[serde(default)]
    #[ts(optional = nullable)]
    pub issuer: Option<String>,
    /// The day that it bears, in any usual spelling; required.
    pub date: String,
    /// 收到日期
    #[serde(default)]
    #[ts(optional = nullable)]
    pub received_on: Option<String>,
    /// 学习期限
    #[serde(default)]
    #[ts(optional = nullable)]
    pub study_by: Option<String>,
    /// 备注
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
}

/// Edits a document.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditDocument {
    /// Which.
    #[ts(type = "string")]
    pub id: DocumentId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new values.
    pub document: DocumentInput,
}

/// Removes a document.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveDocument {
    /// Which.
    #[ts(type = "string")]
    pub id: DocumentId,
    /// Whether sessions that answer it may lose it. Without this, a document
    /// that a session answers is not removed.
    #[serde(default)]
    pub untie: bool,
}

/// Plans a session that answers a document.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ScheduleStudy {
    /// Which document.
    #[ts(type = "string")]
    pub document: DocumentId,
    /// The session; it is planned, whatever its state says.
    pub session: SessionInput,
}

/// `documents.list`
pub fn list(context: &QueryContext, _: Nothing) -> Result<DocumentRegister, ApiError> {
    let reader = context.reader;
    let mut answering: HashMap<DocumentId, Vec<AnsweringSession>> = HashMap::new();
    for session in documents::answering(reader)? {
        answering.entry(session.document).or_default().push(session);
    }
    let files = Files::read(reader, AttachmentOwner::Document)?;
    let rows = documents::all(reader)?.into_iter().map(|record| {
        let sessions = answering.remove(&record.id).unwrap_or_default();
        row(record, &sessions, &files, context.today)
    });
    Ok(DocumentRegister {
        rows: rows.collect(),
        kinds: words::offered(reader, WordList::DocumentKind)?,
        issuers: documents::issuers(reader)?,
    })
}

fn row(record: DocumentRecord, sessions: &[AnsweringSession], files: &Files, today: NaiveDate) -> DocumentRow {
    let DocumentRecord { id, fields, revision } = record;
    let first = sessions.iter().find(|session| session.state == SessionState::Held).map(|session| session.date);
    let measured = steps::answer(fields.date, fields.study_by, first.unwrap_or(today));
    let planned = sessions.iter().any(|session| session.state == SessionState::Planned);
    DocumentRow {
        id,
        search_keys: pinyin::title_keys(&fields.title),
        kind: fields.kind,
        title: fields.title,
        number: fields.number,
        issuer: fields.issuer,
        date: fields.date.to_string(),
        received_on: fields.received_on.map(|day| day.to_string()),
        study_by: fields.study_by.map(|day| day.to_string()),
        note: fields.note,
        sessions: sessions.iter().map(|session| session_view(session, fields.date, fields.study_by)).collect(),
        study: match (first, measured.late) {
            (Some(_), true) => DocumentStudy::StudiedLate,
            (Some(_), false) => DocumentStudy::Studied,
            (None, true) => DocumentStudy::Overdue,
            (None, false) if planned => DocumentStudy::Planned,
            (None, false) if fields.study_by.is_some() => DocumentStudy::Waiting,
            (None, false) => DocumentStudy::Kept,
        },
        days: measured.days,
        studied_on: first.map(|day| day.to_string()),
        files: files.of(id),
        revision,
    }
}

fn session_view(session: &AnsweringSession, date: NaiveDate, study_by: Option<NaiveDate>) -> DocumentSession {
    let answer = steps::answer(date, study_by, session.date);
    DocumentSession {
        session: session.session,
        date: session.date.to_string(),
        title: session.title.clone(),
        state: session.state,
        days: answer.days,
        late: answer.late,
    }
}

fn row_of(reader: &Reader, id: DocumentId, today: NaiveDate) -> Result<DocumentRow, ApiError> {
    let files = Files::read(reader, AttachmentOwner::Document)?;
    Ok(row(documents::get(reader, id)?, &documents::answering_one(reader, id)?, &files, today))
}

fn fields(input: &DocumentInput) -> Result<DocumentFields, ApiError> {
    let date = forms::day("date", &input.date)?;
    let study_by = forms::optional_day("study_by", input.study_by.as_deref())?;
    if study_by.is_some_and(|by| by < date) {
        return Err(ApiError::field("study_by", "study_by_before_document"));
    }
    Ok(DocumentFields {
        kind: forms::required("kind", "document_kind_missing", &input.kind)?,
        title: forms::required("title", "title_missing", &input.title)?,
        number: forms::text(input.number.as_deref()),
        issuer: forms::text(input.issuer.as_deref()),
        date,
        received_on: forms::optional_day("received_on", input.received_on.as_deref())?,
        study_by,
        note: forms::text(input.note.as_deref()),
    })
}

/// `documents.add`
pub fn add(context: &mut MutateContext, request: DocumentInput) -> Result<DocumentRow, ApiError> {
    let fields = fields(&request)?;
    let id = documents::insert(context.writer, &fields)?;
    context.writer.describe(params! { "title" => fields.title });
    row_of(&context.writer.reader(), id, context.today)
}

/// `documents.edit`
pub fn edit(context: &mut MutateContext, request: EditDocument) -> Result<DocumentRow, ApiError> {
    let fields = fields(&request.document)?;
    documents::update(context.writer, request.id, request.revision, &fields)?;
    context.writer.describe(params! { "title" => fields.title });
    row_of(&context.writer.reader(), request.id, context.today)
}

/// `documents.remove`
pub fn remove(context: &mut MutateContext, request: RemoveDocument) -> Result<Nothing, ApiError> {
    let reader = context.writer.reader();
    let document = documents::get(&reader, request.id)?;
    let sessions = documents::answering_one(&reader, request.id)?;
    if !sessions.is_empty() && !request.untie {
        let named: Vec<String> = sessions.iter().map(|session| format!("{}“{}”", session.date, session.title)).collect();
        let params = params! { "title" => document.fields.title, "count" => sessions.len(), "sessions" => named.join("、") };
        return Err(ApiError::Refused { code: "document_used", params });
    }
    let files = archive::remove_files(context.writer, AttachmentOwner::Document, request.id)?;
    documents::delete(context.writer, request.id)?;
    context.writer.describe(params! { "title" => document.fields.title, "sessions" => sessions.len(), "files" => files });
    Ok(Nothing {})
}

/// `documents.schedule`
pub fn schedule(context: &mut MutateContext, request: ScheduleStudy) -> Result<SessionRow, ApiError> {
    let document = documents::get(&context.writer.reader(), request.document)?;
    let session = sessions::add(context, SessionInput { state: SessionState::Planned, ..request.session })?;
    let links = session_store::get(&context.writer.reader(), session.id)?.links;
    session_store::set_links(context.writer, session.id, SessionLinks { answers: Some(request.document), ..links })?;
    context.writer.describe(params! { "title" => document.fields.title, "date" => session.date.clone() });
    Ok(session)
}
