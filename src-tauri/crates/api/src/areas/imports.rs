//! 导入: a wizard in three steps. `import.read` opens a file and proposes;
//! `import.preview` says for every row what would happen; `import.apply` does
//! exactly that, in one transaction.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    ids::{MemberId, OperationId, SessionId},
    sessions::SessionState,
};
use xueji_exchange::{
    import::{self as plan, ImportKind, Plan, propose},
    params,
    read::{self, ReadOptions, Workbook},
};
use xueji_store::{
    Reader, log,
    tables::{imports as store, sessions},
};

use crate::{app::Core, context::QueryContext, error::ApiError, files::file_name, forms, jobs::Progress, records::Records};

/// Opens a file for import.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReadImport {
    /// The file, by token.
    pub file: String,
    /// What it is meant to hold.
    pub kind: plan::ImportKind,
    /// Forces an encoding of a csv; otherwise it is found out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub encoding: Option<String>,
}

/// What was found in the file, and what the program proposes.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportSource {
    /// Stands for the opened file until another is opened.
    pub source: String,
    /// The file's name.
    pub file_name: String,
    /// Of a csv: how it was decoded.
    pub encoding: Option<String>,
    /// The sheets with their first rows.
    pub sheets: Vec<SheetView>,
    /// The proposed reading.
    pub reading: plan::Reading,
    /// Whether the reading is remembered from a file of the same shape.
    pub remembered: bool,
    /// The fields of this kind of import.
    pub fields: Vec<plan::FieldInfo>,
}

/// One sheet's first rows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SheetView {
    /// Its name.
    pub name: String,
    /// Rows with content.
    pub row_count: u32,
    /// Columns with content.
    pub column_count: u32,
    /// The first twenty rows with content, as a user sees them.
    pub head: Vec<HeadRow>,
}

/// A row as a user sees it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HeadRow {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Asks what the columns would mean on another sheet or under another row.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct HeadingRequest {
    /// Of `import.read`.
    pub source: String,
    /// Index of the sheet, from 0.
    pub sheet: u32,
    /// Number of the heading row in the file, from 1; the one that reads best
    /// where absent.
    pub row: Option<u32>,
}

/// Asks what an import would do.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreviewImport {
    /// Of `import.read`.
    pub source: String,
    /// Sheet, heading, columns, answers, policy.
    pub reading: plan::Reading,
}

/// What an import would do: the very plan that `import.apply` carries out.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportPreview {
    /// Stands for the plan.
    pub plan: String,
    /// How many rows have which outcome.
    pub counts: plan::OutcomeCounts,
    /// Every row.
    pub rows: Vec<plan::RowOutcome>,
    /// What has to be answered before the rows concerned can go in.
    pub questions: Vec<plan::Question>,
    /// The program's reading of symbols and kinds, to be looked over.
    pub symbols: Vec<plan::SymbolReading>,
    /// Columns of a matrix that were matched, refused or asked about.
    pub columns: Vec<plan::ColumnOutcome>,
}

/// Carries out a plan.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ApplyImport {
    /// Of `import.preview`.
    pub plan: String,
    /// Whether rows that are refused or unanswered may be left out. Without
    /// it any such row stops the import.
    pub skip_problems: bool,
    /// Why closed months are changed, where the import changes any; without
    /// it such an import is refused.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub supplement_reason: Option<String>,
}

/// What an import did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportDone {
    /// How many rows had which outcome.
    pub counts: plan::OutcomeCounts,
    /// Rows left out because they were refused or unanswered.
    pub left_out: u32,
    /// The copy of the book made before, by file name; none where nothing
    /// changed.
    pub copy: Option<String>,
    /// Whether anything was written.
    pub changed: bool,
}

/// The opened file and the plan of this run of the program: one of each.
#[derive(Default)]
pub(crate) struct ImportDesk {
    source: Mutex<Option<Arc<Source>>>,
    plan: Mutex<Option<Arc<Planned>>>,
}

impl ImportDesk {
    /// Puts everything away: another book is open.
    pub fn clear(&self) {
        *self.source.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.plan.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

struct Source {
    key: String,
    kind: ImportKind,
    file_name: String,
    workbook: Workbook,
}

struct Planned {
    key: String,
    kind: ImportKind,
    file_name: String,
    fingerprint: String,
    reading: plan::Reading,
    plan: Plan,
    /// The book's latest operation when the plan was made: a plan of another
    /// book is never carried out.
    seen: Option<OperationId>,
}

/// `import.read`
pub fn read(core: &Core, progress: &Progress, request: ReadImport) -> Result<ImportSource, ApiError> {
    let path = core.files.path(&request.file)?;
    let options = ReadOptions { encoding: request.encoding, ..ReadOptions::default() };
    let workbook = read::read_file(&path, &options, &|| progress.is_cancelled())?;
    keep(core, request.kind, &file_name(&path), workbook)
}

/// Opens a file that is already in memory.
pub(crate) fn open(
    core: &Core,
    kind: ImportKind,
    file_name: &str,
    bytes: &[u8],
    encoding: Option<String>,
    progress: &Progress,
) -> Result<ImportSource, ApiError> {
    let options = ReadOptions { encoding, ..ReadOptions::default() };
    keep(core, kind, file_name, read::read(bytes, file_name, &options, &|| progress.is_cancelled())?)
}

fn keep(core: &Core, kind: ImportKind, file_name: &str, workbook: Workbook) -> Result<ImportSource, ApiError> {
    let proposed = propose::reading(kind, &workbook);
    let fingerprint = propose::fingerprint(&workbook, &proposed);
    let remembered = core
        .query(|context| Ok(store::remembered(context.reader, kind.code(), &fingerprint)?))?
        .and_then(|reading| serde_json::from_str::<plan::Reading>(&reading).ok())
        // The shape is the same; which rows it spans and what was asked about
        // single rows is this file's own.
        .map(|memory| propose::merge(&proposed, memory));
    let source = Arc::new(Source { key: uuid::Uuid::now_v7().to_string(), kind, file_name: file_name.to_owned(), workbook });
    let view = ImportSource {
        source: source.key.clone(),
        file_name: file_name.to_owned(),
        encoding: source.workbook.encoding.map(str::to_owned),
        sheets: source.workbook.sheets.iter().map(sheet_view).collect(),
        remembered: remembered.is_some(),
        reading: remembered.unwrap_or(proposed),
        fields: plan::fields::fields(kind),
    };
    *core.imports.plan.lock().unwrap_or_else(PoisonError::into_inner) = None;
    *core.imports.source.lock().unwrap_or_else(PoisonError::into_inner) = Some(source);
    Ok(view)
}

fn sheet_view(sheet: &read::Sheet) -> SheetView {
    let columns = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    SheetView {
        name: sheet.name.clone(),
        row_count: u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX),
        column_count: u32::try_from(columns).unwrap_or(u32::MAX),
        head: sheet
            .rows
            .iter()
            .take(20)
            .map(|row| HeadRow { number: row.number, cells: row.cells.iter().map(read::Cell::display).collect() })
            .collect(),
    }
}

/// `import.heading`
pub fn heading(core: &Core, request: HeadingRequest) -> Result<propose::Heading, ApiError> {
    let source = opened(core, &request.source)?;
    let sheet = source.workbook.sheets.get(request.sheet as usize).ok_or(ApiError::ImportClosed)?;
    propose::heading(source.kind, sheet, request.row)
        .ok_or(ApiError::Refused { code: "heading_row_unknown", params: params! { "row" => request.row, "sheet" => sheet.name } })
}

/// The opened file, if it still is the one that was meant.
fn opened(core: &Core, key: &str) -> Result<Arc<Source>, ApiError> {
    let source = core.imports.source.lock().unwrap_or_else(PoisonError::into_inner).clone();
    source.filter(|source| source.key == key).ok_or(ApiError::ImportClosed)
}

/// `import.preview`
pub fn preview(core: &Core, progress: &Progress, request: PreviewImport) -> Result<ImportPreview, ApiError> {
    progress.step(0, 2)?;
    let source = opened(core, &request.source)?;
    let sheet = source.workbook.sheets.get(request.reading.sheet as usize).ok_or(ApiError::ImportClosed)?;
    let missing = propose::missing(source.kind, &request.reading);
    if !missing.is_empty() {
        return Err(ApiError::ColumnsMissing { fields: missing });
    }
    let (snapshot, seen) = core.query(|context| {
        let mut snapshot = crate::snapshot::take(context.reader, context.today)?;
        if let Some(session) = request.reading.sign_in.as_ref().and_then(|sign_in| sign_in.session) {
            snapshot.roll = roll(context, session)?;
        }
        Ok((snapshot, latest(context.reader)?))
    })?;
    progress.step(1, 2)?;
    let plan = Plan::make(source.kind, sheet, &request.reading, &snapshot);
    let planned = Arc::new(Planned {
        key: uuid::Uuid::now_v7().to_string(),
        kind: source.kind,
        file_name: source.file_name.clone(),
        fingerprint: propose::fingerprint(&source.workbook, &request.reading),
        reading: request.reading,
        plan,
        seen,
    });
    let view = ImportPreview {
        plan: planned.key.clone(),
        counts: plan::OutcomeCounts::of(&planned.plan.rows),
        rows: planned.plan.rows.clone(),
        questions: planned.plan.questions.clone(),
        symbols: planned.plan.symbols.clone(),
        columns: planned.plan.columns.clone(),
    };
    *core.imports.plan.lock().unwrap_or_else(PoisonError::into_inner) = Some(planned);
    Ok(view)
}

/// Who is on a session's roll, where marks can be set at it.
fn roll(context: &QueryContext, session: SessionId) -> Result<HashSet<MemberId>, ApiError> {
    let session = sessions::get(context.reader, session)?;
    let refused = |code| {
        Err(ApiError::Refused { code, params: params! { "title" => session.fields.title, "date" => session.fields.date.to_string() } })
    };
    match session.fields.state {
        SessionState::Cancelled => return refused("session_cancelled"),
        SessionState::Planned if session.fields.date > context.today => return refused("session_in_future"),
        _ if session.roll_closed_at.is_some() => return refused("roll_closed"),
        SessionState::Planned | SessionState::Held => {}
    }
    let records = Records::of_day(context.reader, session.fields.date)?;
    Ok(records.roll(&session).map(|line| line.member.id).collect())
}

/// `import.apply`
pub fn apply(core: &Core, progress: &Progress, request: ApplyImport) -> Result<ImportDone, ApiError> {
    let planned = planned(core, &request)?;
    if planned.plan.actions.is_empty() {
        remember(core, &planned)?;
        return Ok(done(&planned, None, false));
    }
    let book = core.book()?;
    let copy = book.copy_before("导入前", &core.stamp(&book)?)?;
    carry_out(core, progress, &planned, forms::text(request.supplement_reason.as_deref()))?;
    Ok(done(&planned, Some(file_name(&copy)), true))
}

/// As `import.apply`, into a book that holds nothing yet that a copy could
/// save.
pub(crate) fn apply_without_copy(core: &Core, progress: &Progress, request: ApplyImport) -> Result<ImportDone, ApiError> {
    let planned = planned(core, &request)?;
    carry_out(core, progress, &planned, None)?;
    Ok(done(&planned, None, true))
}

fn planned(core: &Core, request: &ApplyImport) -> Result<Arc<Planned>, ApiError> {
    let planned = core.imports.plan.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let planned = planned.filter(|planned| planned.key == request.plan).ok_or(ApiError::ImportClosed)?;
    let counts = plan::OutcomeCounts::of(&planned.plan.rows);
    let columns = planned.plan.columns.iter();
    let refused =
        counts.refuse + u32::try_from(columns.clone().filter(|column| column.state == plan::ColumnState::Refuse).count()).unwrap_or(0);
    let asked = counts.ask + u32::try_from(columns.filter(|column| column.state == plan::ColumnState::Ask).count()).unwrap_or(0);
    if !request.skip_problems && refused + asked > 0 {
        return Err(ApiError::ImportStopped { refused, asked });
    }
    if core.query(|context| latest(context.reader))? != planned.seen {
        return Err(ApiError::PlanStale);
    }
    Ok(planned)
}

/// The latest operation of the book, undos included.
fn latest(reader: &Reader) -> Result<Option<OperationId>, ApiError> {
    Ok(log::latest(reader)?)
}

fn carry_out(core: &Core, progress: &Progress, planned: &Planned, reason: Option<String>) -> Result<(), ApiError> {
    let book = core.book()?;
    let counts = plan::OutcomeCounts::of(&planned.plan.rows);
    let name = format!("import.{}", planned.kind.code());
    let (stamp, today, supplement) = (core.stamp(&book)?, core.today(), core.supplement(reason));
    book.write(&name, &stamp, |writer| {
        writer.supplement(supplement);
        writer.describe(params! {
            "file" => planned.file_name, "kind" => planned.kind, "add" => counts.add, "change" => counts.change
        });
        crate::carry::carry_out(writer, &planned.plan.actions, today, progress)?;
        let result = serde_json::to_string(&planned.plan.rows).map_err(|error| ApiError::Internal { reason: error.to_string() })?;
        store::record(writer, planned.kind.code(), &planned.file_name, &result)?;
        Ok::<_, ApiError>(())
    })?;
    remember(core, planned)
}

/// Keeps how the file was read for the next one of its shape. Answers about
/// single rows are that file's alone and are left out.
fn remember(core: &Core, planned: &Planned) -> Result<(), ApiError> {
    let mut reading = planned.reading.clone();
    reading.answers.retain(|key, _| !key.starts_with("row:") && !key.starts_with("column:"));
    reading.sign_in = reading.sign_in.map(plan::SignInReading::for_another);
    let reading = serde_json::to_string(&reading).map_err(|error| ApiError::Internal { reason: error.to_string() })?;
    Ok(core.book()?.remember(planned.kind.code(), &planned.fingerprint, &reading)?)
}

fn done(planned: &Planned, copy: Option<String>, changed: bool) -> ImportDone {
    let counts = plan::OutcomeCounts::of(&planned.plan.rows);
    ImportDone { left_out: counts.refuse + counts.ask, counts, copy, changed }
}
