//! 组织: the tree of committees, branches and groups.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{ids::OrganizationId, roster::OrganizationKind};

use xueji_exchange::params;
use xueji_store::{
    StoreError,
    tables::{
        coverage::{self, StructureFields},
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
    /// 成立日期, `YYYY-MM-DD`; `null`: before anything that is asked.
    pub established_on: Option<String>,
    /// 撤销日期: the last day.
    pub closed_on: Option<String>,
    /// Whether there is a 支委会; `null`: as the number of full members says.
    pub committee: Option<bool>,
    /// Whether there is a 中心组.
    pub study_group: bool,
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

/// Says what an organization is made of, where the roster does not.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetStructure {
    /// Which.
    #[ts(type = "string")]
    pub id: OrganizationId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// 成立日期, in any usual spelling.
    pub established_on: Option<String>,
    /// 撤销日期: the last day.
    pub closed_on: Option<String>,
    /// Whether there is a 支委会; `null`: as the number of full members says.
    pub committee: Option<bool>,
    /// Whether there is a 中心组.
    pub study_group: bool,
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
    let mut structures = coverage::structures(context.reader)?;
    let rows = organizations::list(context.reader)?.into_iter().map(|record| {
        let structure = structures.remove(&record.id).unwrap_or_default();
        let count = members.iter().filter(|member| member.standing.organization == Some(record.id)).count();
        row(record, structure, u32::try_from(count).unwrap_or(u32::MAX))
    });
    Ok(rows.collect())
}

fn row(record: OrganizationRecord, structure: StructureFields, members: u32) -> OrganizationRow {
    OrganizationRow {
        id: record.id,
        parent: record.parent,
        kind: record.kind,
        name: record.name,
        established_on: structure.established_on.map(|day| day.to_string()),
        closed_on: structure.closed_on.map(|day| day.to_string()),
        committee: structure.committee,
        study_group: structure.study_group,
        members,
        revision: record.revision,
    }
}

fn find(context: &MutateContext, id: OrganizationId) -> Result<OrganizationRow, ApiError> {
    let found = organizations::list(&context.writer.reader())?.into_iter().find(|record| record.id == id);
    let record = found.ok_or(StoreError::Gone { what: "organization" })?;
    let members = roster::list(&context.writer.reader(), context.today)?;
    let count = members.iter().filter(|member| member.standing.organization == Some(id)).count();
    let structure = coverage::structure(&context.writer.reader(), id)?;
    Ok(row(record, structure, u32::try_from(count).unwrap_or(u32::MAX)))
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

/// `organizations.set_structure`
pub fn set_structure(context: &mut MutateContext, request: SetStructure) -> Result<OrganizationRow, ApiError> {
    let fields = StructureFields {
        established_on: forms::optional_day("established_on", request.established_on.as_deref())?,
        closed_on: forms::optional_day("closed_on", request.closed_on.as_deref())?,
        committee: request.committee,
        study_group: request.study_group,
    };
    if let (Some(established), Some(closed)) = (fields.established_on, fields.closed_on)
        && closed < established
    {
        return Err(ApiError::field("closed_on", "organization_closed_before_established"));
    }
    coverage::set_structure(context.writer, request.id, request.revision, &fields)?;
    let row = find(context, request.id)?;
    context.writer.describe(params! { "name" => row.name.clone() });
    Ok(row)
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
