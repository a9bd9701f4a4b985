//! 资料档案: what the office's own records share: the names of organizations,
//! how many files are attached to each record, the session that one is about.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use ts_rs::TS;
use xueji_domain::{
    attachments::AttachmentOwner,
    ids::{Id, OrganizationId, SessionId},
};
use xueji_store::{
    Reader, StoreError, Writer,
    tables::{attachments, organizations, sessions},
};

use crate::error::ApiError;

/// The session that a record is about.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ArchiveSession {
    /// Which.
    #[ts(type = "string")]
    pub session: SessionId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 主题
    pub title: String,
}

impl ArchiveSession {
    /// From a key and what stands with it.
    pub(crate) fn of(session: Option<SessionId>, said: Option<&(NaiveDate, String)>) -> Option<Self> {
        let (date, title) = said?;
        Some(Self { session: session?, date: date.to_string(), title: title.clone() })
    }
}

/// An organization that a record is about.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ArchiveOrganization {
    /// Which.
    #[ts(type = "string")]
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
}

/// The names of organizations.
pub(crate) struct Names(HashMap<OrganizationId, String>);

impl Names {
    /// Of all of them.
    pub fn read(reader: &Reader) -> Result<Self, StoreError> {
        Ok(Self(organizations::list(reader)?.into_iter().map(|record| (record.id, record.name)).collect()))
    }

    /// One, where it is there.
    pub fn of(&self, id: Option<OrganizationId>) -> Option<ArchiveOrganization> {
        let organization = id?;
        Some(ArchiveOrganization { organization, name: self.0.get(&organization)?.clone() })
    }

    /// Fails where a form names an organization that is gone.
    pub fn check(&self, id: Option<OrganizationId>) -> Result<(), ApiError> {
        match id {
            Some(id) if !self.0.contains_key(&id) => Err(StoreError::Gone { what: "organization" }.into()),
            _ => Ok(()),
        }
    }
}

/// How many files are attached to each record of a kind.
pub(crate) struct Files(HashMap<String, u32>);

impl Files {
    /// Of a kind of record.
    pub fn read(reader: &Reader, kind: AttachmentOwner) -> Result<Self, StoreError> {
        Ok(Self(attachments::counts(reader, kind)?.into_iter().collect()))
    }

    /// Attached to one of them.
    pub fn of<T>(&self, id: Id<T>) -> u32 {
        self.0.get(&id.to_string()).copied().unwrap_or(0)
    }
}

/// Takes the files off a record that is being removed; says how many.
pub(crate) fn remove_files<T>(writer: &mut Writer, kind: AttachmentOwner, id: Id<T>) -> Result<u32, StoreError> {
    attachments::delete_of_owner(writer, kind, &id.to_string())
}

/// Fails where a form names a session that is gone.
pub(crate) fn check_session(reader: &Reader, id: Option<SessionId>) -> Result<(), ApiError> {
    id.map(|id| sessions::get(reader, id)).transpose()?;
    Ok(())
}
