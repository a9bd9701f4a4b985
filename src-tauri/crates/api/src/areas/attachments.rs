//! 附件: scans, photos and papers attached to a record of any kind.
//!
//! A file comes in by token, where a dialog chose it, or as bytes, where it
//! was dropped onto the page or pasted: then the window has it already. What
//! it is is told by its bytes. Removing one can be undone, since its bytes
//! stay in the book.

use std::{fs, io::Read, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;
use xueji_domain::{
    attachments::{self as rules, AttachmentOwner, MAX_BYTES},
    ids::AttachmentId,
};
use xueji_exchange::{file::write_atomically, params, read::ReadError};
use xueji_store::tables::attachments::{self, AttachmentFields, AttachmentRecord};

use crate::{
    app::Core,
    context::{MutateContext, Mutated, QueryContext},
    error::ApiError,
    files::file_name,
    forms,
    table::Nothing,
};

/// Asks what is attached to a record.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AttachmentsRequest {
    /// What kind of record.
    pub owner_kind: AttachmentOwner,
    /// Its key.
    pub owner: String,
}

/// What is attached to a record.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AttachmentList {
    /// The files, in the order in which they were attached.
    pub rows: Vec<AttachmentRow>,
    /// Labels used in this book, most used first.
    pub labels: Vec<String>,
    /// The largest file that is taken in, in bytes.
    pub max_bytes: u32,
}

/// One attached file.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AttachmentRow {
    /// Its key.
    #[ts(type = "string")]
    pub id: AttachmentId,
    /// What it is evidence of: 会议记录, 签到表.
    pub label: Option<String>,
    /// The file's name.
    pub name: String,
    /// Told by the bytes: `image/png`.
    pub media_type: String,
    /// Whether the window can show it as a picture.
    pub picture: bool,
    /// In bytes.
    pub size: u32,
    /// `YYYY-MM-DD`: the day on which it was attached.
    pub added_on: String,
    /// For the next edit.
    pub revision: u32,
}

/// Attaches files to a record, all or none.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddAttachments {
    /// What kind of record.
    pub owner_kind: AttachmentOwner,
    /// Its key.
    pub owner: String,
    /// What they are evidence of.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub label: Option<String>,
    /// The files.
    pub files: Vec<AttachmentSource>,
}

/// Where a file comes from.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AttachmentSource {
    /// Chosen in a dialog.
    File {
        /// Its token.
        token: String,
    },
    /// Dropped or pasted.
    Bytes {
        /// Its name.
        name: String,
        /// Its bytes.
        base64: String,
    },
}

/// Renames a file, or says what it is evidence of.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditAttachment {
    /// Which.
    #[ts(type = "string")]
    pub id: AttachmentId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new name; unchanged where absent. The ending stays where none is
    /// typed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub name: Option<String>,
    /// The new label; unchanged where absent, empty clears.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub label: Option<String>,
}

/// Names one attached file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AttachmentRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: AttachmentId,
}

/// A file's bytes, for the viewer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AttachmentContent {
    /// Told by the bytes.
    pub media_type: String,
    /// The bytes.
    pub base64: String,
}

/// Writes an attached file out.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveAttachment {
    /// Which.
    #[ts(type = "string")]
    pub id: AttachmentId,
    /// Where, by token of a save dialog.
    pub file: String,
}

/// A file that was written out.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AttachmentSaved {
    /// The file's name.
    pub file_name: String,
}

/// `attachments.list`
pub fn list(context: &QueryContext, request: AttachmentsRequest) -> Result<AttachmentList, ApiError> {
    let rows = attachments::of_owner(context.reader, request.owner_kind, &request.owner)?;
    Ok(AttachmentList {
        rows: rows.into_iter().map(row).collect(),
        labels: attachments::labels(context.reader)?,
        max_bytes: u32::try_from(MAX_BYTES).unwrap_or(u32::MAX),
    })
}

fn row(record: AttachmentRecord) -> AttachmentRow {
    let fields = record.fields;
    AttachmentRow {
        id: record.id,
        label: fields.label,
        picture: rules::is_picture(&fields.media_type),
        name: fields.name,
        media_type: fields.media_type,
        size: fields.size,
        added_on: fields.added_on.to_string(),
        revision: record.revision,
    }
}

/// `attachments.content`
pub fn content(context: &QueryContext, request: AttachmentRequest) -> Result<AttachmentContent, ApiError> {
    let fields = attachments::get(context.reader, request.id)?.fields;
    let bytes = attachments::content(context.reader, &fields.digest)?;
    Ok(AttachmentContent { media_type: fields.media_type, base64: BASE64.encode(bytes) })
}

/// A file that was read and is not attached yet.
struct Incoming {
    name: String,
    bytes: Vec<u8>,
}

/// `attachments.add`. The files are read before the book is written to.
pub fn add(core: &Core, request: AddAttachments) -> Result<Mutated<Vec<AttachmentRow>>, ApiError> {
    let incoming: Vec<Incoming> = request.files.iter().map(|source| take_in(core, source)).collect::<Result<_, _>>()?;
    core.mutate("attachments.add", |context| attach(context, &request, &incoming))
}

fn take_in(core: &Core, source: &AttachmentSource) -> Result<Incoming, ApiError> {
    let (name, bytes) = match source {
        AttachmentSource::File { token } => {
            let path = core.files.path(token)?;
            (file_name(&path), read(&path)?)
        }
        AttachmentSource::Bytes { name, base64 } => {
            // Four signs stand for three bytes: what is too long is not decoded.
            let bytes = if base64.len() / 4 * 3 > MAX_BYTES + 3 { None } else { BASE64.decode(base64).ok() };
            let bytes = match (bytes, base64.len() / 4 * 3 > MAX_BYTES + 3) {
                (Some(bytes), _) => bytes,
                (None, true) => return Err(too_large(name)),
                (None, false) => return Err(ApiError::Read(ReadError::Damaged)),
            };
            (name.clone(), bytes)
        }
    };
    let name = rules::file_name(&name).unwrap_or_else(|| "附件".to_owned());
    match bytes.len() {
        0 => Err(ApiError::Refused { code: "attachment_empty", params: params! { "file" => name } }),
        length if length > MAX_BYTES => Err(too_large(&name)),
        _ => Ok(Incoming { name, bytes }),
    }
}

fn too_large(name: &str) -> ApiError {
    ApiError::Refused { code: "attachment_too_large", params: params! { "file" => name, "limit" => MAX_BYTES / 1024 / 1024 } }
}

/// One byte more than allowed tells a file that is too large.
fn read(path: &Path) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(ReadError::from)?;
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(ReadError::from)?;
    Ok(bytes)
}

fn attach(context: &mut MutateContext, request: &AddAttachments, incoming: &[Incoming]) -> Result<Vec<AttachmentRow>, ApiError> {
    attachments::check_owner(&context.writer.reader(), request.owner_kind, &request.owner)?;
    let label = forms::text(request.label.as_deref());
    let mut rows = Vec::new();
    for file in incoming {
        let digest: String = Sha256::digest(&file.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let there = attachments::of_owner(&context.writer.reader(), request.owner_kind, &request.owner)?;
        if let Some(same) = there.iter().find(|there| there.fields.digest == digest) {
            let params = params! { "file" => file.name, "name" => same.fields.name };
            return Err(ApiError::Refused { code: "attachment_twice", params });
        }
        let fields = AttachmentFields {
            owner_kind: request.owner_kind,
            owner: request.owner.clone(),
            label: label.clone(),
            name: file.name.clone(),
            media_type: rules::media_type(&file.bytes).to_owned(),
            size: u32::try_from(file.bytes.len()).unwrap_or(u32::MAX),
            digest,
            added_on: context.today,
        };
        let id = attachments::insert(context.writer, &fields, &file.bytes)?;
        rows.push(row(attachments::get(&context.writer.reader(), id)?));
    }
    let first = incoming.first().map_or("", |file| file.name.as_str());
    context.writer.describe(params! { "name" => first, "count" => incoming.len() });
    Ok(rows)
}

/// `attachments.edit`
pub fn edit(context: &mut MutateContext, request: EditAttachment) -> Result<AttachmentRow, ApiError> {
    let before = attachments::get(&context.writer.reader(), request.id)?.fields;
    let name = match &request.name {
        Some(typed) => rules::renamed(&before.name, typed).ok_or_else(|| ApiError::field("name", "file_name_missing"))?,
        None => before.name,
    };
    let label = match &request.label {
        Some(typed) => forms::text(Some(typed)),
        None => before.label,
    };
    attachments::update(context.writer, request.id, request.revision, &name, label.as_deref())?;
    context.writer.describe(params! { "name" => name });
    Ok(row(attachments::get(&context.writer.reader(), request.id)?))
}

/// `attachments.remove`
pub fn remove(context: &mut MutateContext, request: AttachmentRequest) -> Result<Nothing, ApiError> {
    let fields = attachments::get(&context.writer.reader(), request.id)?.fields;
    attachments::delete(context.writer, request.id)?;
    context.writer.describe(params! { "name" => fields.name });
    Ok(Nothing {})
}

/// `attachments.save_as`
pub fn save_as(core: &Core, request: SaveAttachment) -> Result<AttachmentSaved, ApiError> {
    let path = core.files.path(&request.file)?;
    let bytes = core.query(|context| {
        let fields = attachments::get(context.reader, request.id)?.fields;
        Ok(attachments::content(context.reader, &fields.digest)?)
    })?;
    write_atomically(&path, &bytes)?;
    Ok(AttachmentSaved { file_name: file_name(&path) })
}
