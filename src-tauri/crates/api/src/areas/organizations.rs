//! 组织: the tree of committees, branches and groups.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{ids::OrganizationId, roster::OrganizationKind};

use xueji_exchange::params;
use xueji_store::{
    StoreError,
    tables::{
        organizations::{self, OrganizationRecord},
        roster,
    },
};

use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// One organization.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OrganizationRow {
    /// Its key.
    #[ts(type = "string")]
    pub id: OrganizationId,
    /// The organization above it; none for the book's own.
    #[ts(type = "string | null")]
    pub parent: Option<OrganizationId>,
    /// 党委, 党总支, 党支部, 党小组.
    pub kind: OrganizationKind,
    /// Its name.
    pub name: String,
    /// Members who belong to it today.
    pub members: u32,
    /// For the next edit.
    pub revision: u32,
}

/// Adds an organization below another.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddOrganization {
    /// The organization above it.
    #[ts(type = "string")]
    pub parent: OrganizationId,
    /// What it is.
    pub kind: OrganizationKind,
    /// Its name, not empty.
    pub name: String,
}

/// Renames an organization or changes its kind.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditOrganization {
    /// Which.
    #[ts(type = "string")]
    pub id: OrganizationId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// What it is.
    pub kind: OrganizationKind,
    /// Its name, not empty.
    pub name: String,
}

/// Names one organization.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OrganizationRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: OrganizationId,
    /// The revision that the editor saw.
    pub revision: u32,
}

/// `organizations.list`
pub fn list(context: &QueryContext, _: Nothing) -> Result<Vec<OrganizationRow>, ApiError> {
    let members = roster::list(context.reader, context.today)?;
    let rows = organizations::list(context.reader)?.into_iter().map(|record| {
        let count = members.iter().filter(|member| member.standing.organization == Some(record.id)).count();
        row(record, u32::try_from(count).unwrap_or(u32::MAX))
    });
    Ok(rows.collect())
}

fn row(record: OrganizationRecord, members: u32) -> OrganizationRow {
    OrganizationRow { id: record.id, parent: record.parent, kind: record.kind, name: record.name, members, revision: record.revision }
}

fn find(context: &MutateContext, id: OrganizationId) -> Result<OrganizationRow, ApiError> {
    let found = organizations::list(&context.writer.reader())?.into_iter().find(|record| record.id == id);
    let record = found.ok_or(StoreError::Gone { what: "organization" })?;
    let members = roster::list(&context.writer.reader(), context.today)?;
    let count = members.iter().filter(|member| member.standing.organization == Some(id)).count();
    Ok(row(record, u32::try_from(count).unwrap_or(u32::MAX)))
}

/// `organizations.add`
pub fn add(context: &mut MutateContext, request: AddOrganization) -> Result<OrganizationRow, ApiError> {
    let name = forms::required("name", "name_missing", &request.name)?;
    let id = organizations::insert(context.writer, request.parent, request.kind, &name)?;
    context.writer.describe(params! { "name" => name });
    find(context, id)
}

/// `organizations.edit`
pub fn edit(context: &mut MutateContext, request: EditOrganization) -> Result<OrganizationRow, ApiError> {
    let name = forms::required("name", "name_missing", &request.name)?;
    organizations::update(context.writer, request.id, request.revision, request.kind, &name)?;
    context.writer.describe(params! { "name" => name });
    find(context, request.id)
}

/// `organizations.delete`
pub fn delete(context: &mut MutateContext, request: OrganizationRequest) -> Result<Nothing, ApiError> {
    let organization = find(context, request.id)?;
    if organizations::is_used(&context.writer.reader(), request.id)? {
        return Err(ApiError::Refused { code: "organization_used", params: params! { "name" => organization.name } });
    }
    organizations::delete(context.writer, request.id, request.revision)?;
    context.writer.describe(params! { "name" => organization.name });
    Ok(Nothing {})
}
