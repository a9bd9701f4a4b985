//! 案例: what was done well and is worth handing on; found by what is in it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attachments::AttachmentOwner,
    ids::{OrganizationId, StudyCaseId},
    text::{count, pinyin, width},
};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::cases::{self, CaseFields, CaseRecord},
};

use super::archive::{self, ArchiveOrganization, Files, Names};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// The longest body, in bytes: a case, not a book.
const LONGEST: usize = 1 << 20;

/// How much of a body a list shows, in characters.
const EXCERPT: usize = 60;

/// Asks for cases.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CasesRequest {
    /// What is looked for in title, kind, organization, source and body, or
    /// in the pinyin of the title; all where absent or blank. Words parted by
    /// blanks must all be there.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub text: Option<String>,
}

/// The case library.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CaseLibrary {
    /// Those that were found, latest first.
    pub rows: Vec<CaseRow>,
    /// How many there are at all.
    pub all: u32,
    /// The kinds in this book, most used first.
    pub kinds: Vec<String>,
}

/// A case without its body.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CaseRow {
    /// Its key.
    #[ts(type = "string")]
    pub id: StudyCaseId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 标题
    pub title: String,
    /// 类别
    pub kind: Option<String>,
    /// Whose it is.
    pub organization: Option<ArchiveOrganization>,
    /// 来源
    pub source: Option<String>,
    /// The body around what was found, else its beginning.
    pub excerpt: String,
    /// 字数
    pub words: u32,
    /// Files attached to it.
    pub files: u32,
    /// For the next edit.
    pub revision: u32,
}

/// A case with its body.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CaseDetail {
    /// As in the list.
    pub case: CaseRow,
    /// 正文
    pub body: String,
}

/// Names a case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CaseRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: StudyCaseId,
}

/// What a form says of a case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CaseInput {
    /// In any usual spelling; required.
    pub date: String,
    /// 标题; required.
    pub title: String,
    /// 类别
    #[serde(default)]
    #[ts(optional = nullable)]
    pub kind: Option<String>,
    /// Whose it is.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub organization: Option<OrganizationId>,
    /// 来源
    #[serde(default)]
    #[ts(optional = nullable)]
    pub source: Option<String>,
    /// 正文; may be empty where the paper is attached.
    pub body: String,
}

/// Edits a case.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditCase {
    /// Which.
    #[ts(type = "string")]
    pub id: StudyCaseId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new values.
    pub case: CaseInput,
}

/// `cases.list`
pub fn list(context: &QueryContext, request: CasesRequest) -> Result<CaseLibrary, ApiError> {
    let reader = context.reader;
    let text = folded(request.text.as_deref().unwrap_or_default());
    let wanted: Vec<&str> = text.split_whitespace().collect();
    let (names, files) = (Names::read(reader)?, Files::read(reader, AttachmentOwner::StudyCase)?);
    let records = cases::all(reader)?;
    let all = u32::try_from(records.len()).unwrap_or(u32::MAX);
    let found = records.into_iter().filter(|record| finds(record, &names, &wanted));
    let rows = found.map(|record| row(&record, &names, &files, wanted.first().copied())).collect();
    Ok(CaseLibrary { rows, all, kinds: cases::kinds(reader)? })
}

fn folded(text: &str) -> String {
    width::to_half_width(text).to_lowercase()
}

fn finds(record: &CaseRecord, names: &Names, wanted: &[&str]) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let fields = &record.fields;
    let organization = names.of(fields.organization).map(|organization| organization.name);
    let parts = [Some(&fields.title), fields.kind.as_ref(), organization.as_ref(), fields.source.as_ref(), Some(&fields.body)];
    let said = folded(&parts.into_iter().flatten().cloned().collect::<Vec<_>>().join("\n"));
    // Pinyin is only asked for where Latin letters were typed.
    let spelt = |word: &str| word.is_ascii() && pinyin::title_keys(&fields.title).iter().any(|key| key.contains(word));
    wanted.iter().all(|word| said.contains(word) || spelt(word))
}

fn row(record: &CaseRecord, names: &Names, files: &Files, wanted: Option<&str>) -> CaseRow {
    let fields = &record.fields;
    CaseRow {
        id: record.id,
        date: fields.date.to_string(),
        title: fields.title.clone(),
        kind: fields.kind.clone(),
        organization: names.of(fields.organization),
        source: fields.source.clone(),
        excerpt: excerpt(&fields.body, wanted),
        words: count::words(&fields.body),
        files: files.of(record.id),
        revision: record.revision,
    }
}

/// One line of the body: its beginning, or from shortly before what was
/// found.
fn excerpt(body: &str, wanted: Option<&str>) -> String {
    /// Characters before what was found.
    const BEFORE: usize = 8;
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    // Folding may change lengths, so the place is counted in characters and
    // is at worst a little beside it.
    let low = folded(&line);
    let at = wanted.and_then(|word| low.find(word)).map_or(0, |at| low[..at].chars().count().saturating_sub(BEFORE));
    let mut text: String = line.chars().skip(at).take(EXCERPT).collect();
    if at > 0 {
        text.insert(0, '…');
    }
    if line.chars().count() > at + EXCERPT {
        text.push('…');
    }
    text
}

/// `cases.get`
pub fn get(context: &QueryContext, request: CaseRequest) -> Result<CaseDetail, ApiError> {
    detail(context.reader, request.id)
}

fn detail(reader: &Reader, id: StudyCaseId) -> Result<CaseDetail, ApiError> {
    let (names, files) = (Names::read(reader)?, Files::read(reader, AttachmentOwner::StudyCase)?);
    let record = cases::get(reader, id)?;
    Ok(CaseDetail { case: row(&record, &names, &files, None), body: record.fields.body })
}

fn fields(reader: &Reader, input: &CaseInput) -> Result<CaseFields, ApiError> {
    Names::read(reader)?.check(input.organization)?;
    if input.body.len() > LONGEST {
        return Err(ApiError::field("body", "text_too_long"));
    }
    Ok(CaseFields {
        date: forms::day("date", &input.date)?,
        title: forms::required("title", "title_missing", &input.title)?,
        kind: forms::text(input.kind.as_deref()),
        organization: input.organization,
        source: forms::text(input.source.as_deref()),
        body: input.body.replace("\r\n", "\n").trim_end().to_owned(),
    })
}

/// `cases.add`
pub fn add(context: &mut MutateContext, request: CaseInput) -> Result<CaseDetail, ApiError> {
    let fields = fields(&context.writer.reader(), &request)?;
    let id = cases::insert(context.writer, &fields)?;
    context.writer.describe(params! { "title" => fields.title });
    detail(&context.writer.reader(), id)
}

/// `cases.edit`
pub fn edit(context: &mut MutateContext, request: EditCase) -> Result<CaseDetail, ApiError> {
    let fields = fields(&context.writer.reader(), &request.case)?;
    cases::update(context.writer, request.id, request.revision, &fields)?;
    context.writer.describe(params! { "title" => fields.title });
    detail(&context.writer.reader(), request.id)
}

/// `cases.remove`
pub fn remove(context: &mut MutateContext, request: CaseRequest) -> Result<Nothing, ApiError> {
    let record = cases::get(&context.writer.reader(), request.id)?;
    archive::remove_files(context.writer, AttachmentOwner::StudyCase, request.id)?;
    cases::delete(context.writer, request.id)?;
    context.writer.describe(params! { "title" => record.fields.title });
    Ok(Nothing {})
}
