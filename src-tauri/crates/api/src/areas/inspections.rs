//! 督查: checks by the superior, what each found, and what was mended when.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attachments::AttachmentOwner,
    ids::{FindingId, InspectionId, OrganizationId, SessionId},
    text::pinyin,
};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::inspections::{self, FindingLine, FindingRecord, InspectionFields, InspectionRecord, Mended},
};

use super::archive::{self, ArchiveOrganization, ArchiveSession, Files, Names};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// The checks.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InspectionBook {
    /// With overdue findings first, then with open ones, then the others;
    /// each latest first.
    pub rows: Vec<InspectionRow>,
    /// Who has checked, most often first.
    pub inspectors: Vec<String>,
}

/// A check.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InspectionRow {
    /// Its key.
    #[ts(type = "string")]
    pub id: InspectionId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 督查单位、人员
    pub inspector: String,
    /// Which organization was checked.
    pub organization: Option<ArchiveOrganization>,
    /// Which session was checked.
    pub session: Option<ArchiveSession>,
    /// 督查内容
    pub subject: String,
    /// 备注
    pub note: Option<String>,
    /// What it found, in order.
    pub findings: Vec<InspectionFinding>,
    /// Findings that are not mended.
    pub open: u32,
    /// Open findings whose day has passed.
    pub overdue: u32,
    /// Files attached to it.
    pub files: u32,
    /// Full pinyin and initials of its subject.
    pub search_keys: Vec<String>,
    /// For the next edit.
    pub revision: u32,
}

/// Something that a check found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InspectionFinding {
    /// Its key.
    #[ts(type = "string")]
    pub id: FindingId,
    /// What was found.
    pub text: String,
    /// 整改期限
    pub due_on: Option<String>,
    /// 整改日期; `null`: open.
    pub mended_on: Option<String>,
    /// 整改人
    pub mended_by: Option<String>,
    /// 整改情况
    pub mended_how: Option<String>,
    /// Open, and its day has passed.
    pub overdue: bool,
    /// Mended after its day.
    pub late: bool,
    /// For the next edit.
    pub revision: u32,
}

/// What a form says of a check.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct InspectionInput {
    /// In any usual spelling; required.
    pub date: String,
    /// 督查单位、人员; required.
    pub inspector: String,
    /// Which organization was checked.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub organization: Option<OrganizationId>,
    /// Which session was checked.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub session: Option<SessionId>,
    /// 督查内容; required.
    pub subject: String,
    /// 备注
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
    /// What it found, in order; lines without text are left out.
    pub findings: Vec<InspectionFindingInput>,
}

/// What a form says of a finding.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct InspectionFindingInput {
    /// Which; absent: new.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub id: Option<FindingId>,
    /// What was found.
    pub text: String,
    /// 整改期限, in any usual spelling.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub due_on: Option<String>,
}

/// Edits a check.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditInspection {
    /// Which.
    #[ts(type = "string")]
    pub id: InspectionId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new values. Findings that are left out are removed.
    pub inspection: InspectionInput,
}

/// Names a check.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct InspectionRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: InspectionId,
}

/// Says that a finding was mended.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MendFinding {
    /// Which.
    #[ts(type = "string")]
    pub id: FindingId,
    /// The revision that was seen.
    pub revision: u32,
    /// When, in any usual spelling; today where absent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub on: Option<String>,
    /// 整改人
    #[serde(default)]
    #[ts(optional = nullable)]
    pub by: Option<String>,
    /// 整改情况
    #[serde(default)]
    #[ts(optional = nullable)]
    pub how: Option<String>,
}

/// Opens a finding again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReopenFinding {
    /// Which.
    #[ts(type = "string")]
    pub id: FindingId,
    /// The revision that was seen.
    pub revision: u32,
}

/// `inspections.list`
pub fn list(context: &QueryContext, _: Nothing) -> Result<InspectionBook, ApiError> {
    let reader = context.reader;
    let mut findings: HashMap<InspectionId, Vec<FindingRecord>> = HashMap::new();
    for finding in inspections::findings(reader)? {
        findings.entry(finding.inspection).or_default().push(finding);
    }
    let (names, files) = (Names::read(reader)?, Files::read(reader, AttachmentOwner::Inspection)?);
    let mut rows: Vec<InspectionRow> = inspections::all(reader)?
        .into_iter()
        .map(|record| {
            let own = findings.remove(&record.id).unwrap_or_default();
            row(record, own, &names, &files, context.today)
        })
        .collect();
    // Stable: within each of the three, latest first.
    rows.sort_by_key(|row| (row.overdue == 0, row.open == 0));
    Ok(InspectionBook { rows, inspectors: inspections::inspectors(reader)? })
}

fn row(record: InspectionRecord, findings: Vec<FindingRecord>, names: &Names, files: &Files, today: NaiveDate) -> InspectionRow {
    let InspectionRecord { id, fields, session, revision } = record;
    let findings: Vec<InspectionFinding> = findings.into_iter().map(|finding| finding_view(finding, today)).collect();
    let count =
        |wanted: fn(&InspectionFinding) -> bool| u32::try_from(findings.iter().filter(|found| wanted(found)).count()).unwrap_or(u32::MAX);
    InspectionRow {
        id,
        date: fields.date.to_string(),
        search_keys: pinyin::title_keys(&fields.subject),
        inspector: fields.inspector,
        organization: names.of(fields.organization),
        session: ArchiveSession::of(fields.session, session.as_ref()),
        subject: fields.subject,
        note: fields.note,
        open: count(|finding| finding.mended_on.is_none()),
        overdue: count(|finding| finding.overdue),
        findings,
        files: files.of(id),
        revision,
    }
}

fn finding_view(record: FindingRecord, today: NaiveDate) -> InspectionFinding {
    let passed = |day: NaiveDate| record.due_on.is_some_and(|due| day > due);
    let (overdue, late) = match &record.mended {
        None => (passed(today), false),
        Some(mended) => (false, passed(mended.on)),
    };
    let (mended_on, mended_by, mended_how) =
        record.mended.map_or((None, None, None), |mended| (Some(mended.on.to_string()), mended.by, mended.how));
    InspectionFinding {
        id: record.id,
        text: record.text,
        due_on: record.due_on.map(|day| day.to_string()),
        mended_on,
        mended_by,
        mended_how,
        overdue,
        late,
        revision: record.revision,
    }
}

fn row_of(context: &MutateContext, id: InspectionId) -> Result<InspectionRow, ApiError> {
    let reader = context.writer.reader();
    let (names, files) = (Names::read(&reader)?, Files::read(&reader, AttachmentOwner::Inspection)?);
    Ok(row(inspections::get(&reader, id)?, inspections::findings_of(&reader, id)?, &names, &files, context.today))
}

fn fields(reader: &Reader, input: &InspectionInput) -> Result<(InspectionFields, Vec<FindingLine>), ApiError> {
    let date = forms::day("date", &input.date)?;
    Names::read(reader)?.check(input.organization)?;
    archive::check_session(reader, input.session)?;
    let fields = InspectionFields {
        date,
        inspector: forms::required("inspector", "inspector_missing", &input.inspector)?,
        organization: input.organization,
        session: input.session,
        subject: forms::required("subject", "inspection_subject_missing", &input.subject)?,
        note: forms::text(input.note.as_deref()),
    };
    let mut lines = Vec::new();
    for finding in &input.findings {
        let Some(text) = forms::text(Some(&finding.text)) else { continue };
        let due_on = forms::optional_day("findings", finding.due_on.as_deref())?;
        if due_on.is_some_and(|due| due < date) {
            return Err(ApiError::Field { field: "findings", code: "finding_due_before_inspection", params: params! { "text" => text } });
        }
        lines.push(FindingLine { id: finding.id, text, due_on });
    }
    Ok((fields, lines))
}

/// `inspections.add`
pub fn add(context: &mut MutateContext, request: InspectionInput) -> Result<InspectionRow, ApiError> {
    let (fields, lines) = fields(&context.writer.reader(), &request)?;
    let id = inspections::insert(context.writer, &fields)?;
    inspections::set_findings(context.writer, id, &lines)?;
    context.writer.describe(params! { "subject" => fields.subject, "findings" => lines.len() });
    row_of(context, id)
}

/// `inspections.edit`
pub fn edit(context: &mut MutateContext, request: EditInspection) -> Result<InspectionRow, ApiError> {
    let (fields, lines) = fields(&context.writer.reader(), &request.inspection)?;
    inspections::update(context.writer, request.id, request.revision, &fields)?;
    inspections::set_findings(context.writer, request.id, &lines)?;
    context.writer.describe(params! { "subject" => fields.subject });
    row_of(context, request.id)
}

/// `inspections.remove`
pub fn remove(context: &mut MutateContext, request: InspectionRequest) -> Result<Nothing, ApiError> {
    let reader = context.writer.reader();
    let record = inspections::get(&reader, request.id)?;
    let findings = inspections::findings_of(&reader, request.id)?.len();
    archive::remove_files(context.writer, AttachmentOwner::Inspection, request.id)?;
    inspections::delete(context.writer, request.id)?;
    context.writer.describe(params! { "subject" => record.fields.subject, "findings" => findings });
    Ok(Nothing {})
}

/// `inspections.mend`
pub fn mend(context: &mut MutateContext, request: MendFinding) -> Result<InspectionRow, ApiError> {
    let finding = inspections::finding(&context.writer.reader(), request.id)?;
    let inspection = inspections::get(&context.writer.reader(), finding.inspection)?;
    let on = forms::optional_day("on", request.on.as_deref())?.unwrap_or(context.today);
    if on < inspection.fields.date {
        return Err(ApiError::field("on", "mended_before_inspection"));
    }
    let mended = Mended { on, by: forms::text(request.by.as_deref()), how: forms::text(request.how.as_deref()) };
    inspections::set_mended(context.writer, request.id, request.revision, Some(&mended))?;
    context.writer.describe(params! { "text" => finding.text });
    row_of(context, finding.inspection)
}

/// `inspections.reopen`
pub fn reopen(context: &mut MutateContext, request: ReopenFinding) -> Result<InspectionRow, ApiError> {
    let finding = inspections::finding(&context.writer.reader(), request.id)?;
    inspections::set_mended(context.writer, request.id, request.revision, None)?;
    context.writer.describe(params! { "text" => finding.text });
    row_of(context, finding.inspection)
}
