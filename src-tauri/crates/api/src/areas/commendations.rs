//! 表彰: recorded awards, of people and of organizations; who has had none
//! for two years can be asked, and nobody is nagged about it.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attachments::AttachmentOwner,
    ids::{CommendationId, MemberId, OrganizationId},
    text::{names, pinyin, strokes},
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        commendations::{self, CommendationFields, CommendationRecord, Commended},
        roster::{self, MemberRecord},
    },
};

use super::{
    archive::{self, ArchiveOrganization, Files, Names},
    roster::namesakes,
};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// The practice commends every two years (青岛). Months.
const CYCLE: Months = Months::new(24);

/// The commendations.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CommendationBook {
    /// Latest first.
    pub rows: Vec<CommendationRow>,
    /// Who belongs to the branch today and was not commended within two
    /// years, by strokes.
    pub without: Vec<WithoutCommendation>,
    /// What commendations are called, most often first.
    pub titles: Vec<String>,
    /// Who has commended, most often first.
    pub issuers: Vec<String>,
}

/// A commendation.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CommendationRow {
    /// Its key.
    #[ts(type = "string")]
    pub id: CommendationId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 表彰名称
    pub title: String,
    /// 表彰单位
    pub issuer: Option<String>,
    /// 文号
    pub document: Option<String>,
    /// Whose, where it is a person's.
    pub member: Option<CommendedMember>,
    /// Whose, where it is an organization's.
    pub organization: Option<ArchiveOrganization>,
    /// 事由
    pub reason: Option<String>,
    /// Files attached to it.
    pub files: u32,
    /// Pinyin of the title and of whoever was commended.
    pub search_keys: Vec<String>,
    /// For the next edit.
    pub revision: u32,
}

/// A person who was commended.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CommendedMember {
    /// Who.
    #[ts(type = "string")]
    pub member: MemberId,
    /// 姓名
    pub name: String,
    /// Widened: 王　伟.
    pub display_name: String,
    /// 工号
    pub staff_no: Option<String>,
    /// 部门
    pub department: Option<String>,
    /// Whether another member bears the same name.
    pub namesake: bool,
}

/// Somebody who was not commended within two years.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WithoutCommendation {
    /// Who.
    pub member: CommendedMember,
    /// The day of the last commendation, if there ever was one.
    pub last: Option<String>,
    /// Pinyin of the name.
    pub search_keys: Vec<String>,
}

/// What a form says of a commendation, whoever was commended.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CommendationInput {
    /// In any usual spelling; required.
    pub date: String,
    /// 表彰名称; required.
    pub title: String,
    /// 表彰单位
    #[serde(default)]
    #[ts(optional = nullable)]
    pub issuer: Option<String>,
    /// 文号
    #[serde(default)]
    #[ts(optional = nullable)]
    pub document: Option<String>,
    /// 事由
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reason: Option<String>,
}

/// Records a commendation, of several at once where one paper names them.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddCommendations {
    /// What it is.
    pub commendation: CommendationInput,
    /// The people.
    #[serde(default)]
    #[ts(type = "string[]")]
    pub members: Vec<MemberId>,
    /// The organizations.
    #[serde(default)]
    #[ts(type = "string[]")]
    pub organizations: Vec<OrganizationId>,
}

/// Edits a commendation; whose it is stays.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditCommendation {
    /// Which.
    #[ts(type = "string")]
    pub id: CommendationId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new values.
    pub commendation: CommendationInput,
}

/// Names a commendation.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CommendationRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: CommendationId,
}

/// Asks for one member's.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MemberCommendationsRequest {
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
}

/// What rows are made with.
struct Shape {
    members: HashMap<MemberId, MemberRecord>,
    namesakes: HashMap<String, u32>,
    names: Names,
    files: Files,
}

impl Shape {
    fn read(reader: &Reader, today: NaiveDate) -> Result<Self, StoreError> {
        let members = roster::list(reader, today)?;
        Ok(Self {
            namesakes: namesakes(&members),
            members: members.into_iter().map(|member| (member.id, member)).collect(),
            names: Names::read(reader)?,
            files: Files::read(reader, AttachmentOwner::Commendation)?,
        })
    }

    fn member(&self, member: &MemberRecord) -> CommendedMember {
        let name = &member.person.name;
        CommendedMember {
            member: member.id,
            name: name.clone(),
            display_name: names::widened(name),
            staff_no: member.person.staff_no.clone(),
            department: member.standing.department.clone(),
            namesake: self.namesakes.get(name).is_some_and(|bearers| *bearers > 1),
        }
    }

    fn row(&self, record: CommendationRecord) -> CommendationRow {
        let CommendationRecord { id, fields, revision } = record;
        let (member, organization) = match fields.of {
            Commended::Member(member) => (self.members.get(&member).map(|member| self.member(member)), None),
            Commended::Organization(organization) => (None, self.names.of(Some(organization))),
        };
        let mut search_keys = pinyin::title_keys(&fields.title);
        search_keys.extend(member.iter().flat_map(|member| pinyin::search_keys(&member.name)));
        search_keys.extend(organization.iter().flat_map(|organization| pinyin::title_keys(&organization.name)));
        CommendationRow {
            id,
            date: fields.date.to_string(),
            title: fields.title,
            issuer: fields.issuer,
            document: fields.document,
            member,
            organization,
            reason: fields.reason,
            files: self.files.of(id),
            search_keys,
            revision,
        }
    }
}

/// `commendations.list`
pub fn list(context: &QueryContext, _: Nothing) -> Result<CommendationBook, ApiError> {
    let reader = context.reader;
    let shape = Shape::read(reader, context.today)?;
    let records = commendations::all(reader)?;
    let without = without(&shape, &records, context.today);
    Ok(CommendationBook {
        rows: records.into_iter().map(|record| shape.row(record)).collect(),
        without,
        titles: commendations::titles(reader)?,
        issuers: commendations::issuers(reader)?,
    })
}

/// Whoever belongs to the branch today and has no commendation of the last
/// two years.
fn without(shape: &Shape, records: &[CommendationRecord], today: NaiveDate) -> Vec<WithoutCommendation> {
    let mut last: HashMap<MemberId, NaiveDate> = HashMap::new();
    for record in records {
        if let Commended::Member(member) = record.fields.of {
            let day = last.entry(member).or_insert(record.fields.date);
            *day = (*day).max(record.fields.date);
        }
    }
    let since = today.checked_sub_months(CYCLE).unwrap_or(today);
    let mut members: Vec<&MemberRecord> = shape
        .members
        .values()
        .filter(|member| member.standing.organization.is_some() && last.get(&member.id).is_none_or(|day| *day < since))
        .collect();
    members.sort_by_cached_key(|member| (strokes::stroke_sort_key(&member.person.name), member.id));
    members
        .into_iter()
        .map(|member| WithoutCommendation {
            member: shape.member(member),
            last: last.get(&member.id).map(|day| day.to_string()),
            search_keys: pinyin::search_keys(&member.person.name),
        })
        .collect()
}

/// `commendations.of_member`
pub fn of_member(context: &QueryContext, request: MemberCommendationsRequest) -> Result<Vec<CommendationRow>, ApiError> {
    let shape = Shape::read(context.reader, context.today)?;
    let records = commendations::of_member(context.reader, request.member)?;
    Ok(records.into_iter().map(|record| shape.row(record)).collect())
}

fn fields(input: &CommendationInput, of: Commended) -> Result<CommendationFields, ApiError> {
    Ok(CommendationFields {
        date: forms::day("date", &input.date)?,
        title: forms::required("title", "commendation_title_missing", &input.title)?,
        issuer: forms::text(input.issuer.as_deref()),
        document: forms::text(input.document.as_deref()),
        of,
        reason: forms::text(input.reason.as_deref()),
    })
}

/// Says whose they are: 王伟、李静 等 5 个.
fn describe(context: &mut MutateContext, shape: &Shape, title: &str, of: &[Commended]) {
    /// As many names as a sentence bears.
    const NAMED: usize = 3;
    let name = |of: &Commended| match of {
        Commended::Member(member) => shape.members.get(member).map(|member| member.person.name.clone()),
        Commended::Organization(organization) => shape.names.of(Some(*organization)).map(|organization| organization.name),
    };
    let mut words = of.iter().take(NAMED).filter_map(name).collect::<Vec<_>>().join("、");
    if of.len() > NAMED {
        words.push_str(&format!("等 {} 个", of.len()));
    }
    context.writer.describe(params! { "title" => title, "names" => words });
}

/// `commendations.add`
pub fn add(context: &mut MutateContext, request: AddCommendations) -> Result<Vec<CommendationRow>, ApiError> {
    let mut of: Vec<Commended> = Vec::new();
    let people = request.members.into_iter().map(Commended::Member);
    for one in people.chain(request.organizations.into_iter().map(Commended::Organization)) {
        if !of.contains(&one) {
            of.push(one);
        }
    }
    let Some(first) = of.first() else { return Err(ApiError::field("of", "commended_missing")) };
    let fields = fields(&request.commendation, *first)?;
    let shape = Shape::read(&context.writer.reader(), context.today)?;
    let mut ids = Vec::new();
    for one in &of {
        match one {
            Commended::Member(member) if !shape.members.contains_key(member) => return Err(StoreError::Gone { what: "member" }.into()),
            Commended::Organization(organization) => shape.names.check(Some(*organization))?,
            Commended::Member(_) => {}
        }
        ids.push(commendations::insert(context.writer, &CommendationFields { of: *one, ..fields.clone() })?);
    }
    describe(context, &shape, &fields.title, &of);
    let reader = context.writer.reader();
    ids.into_iter().map(|id| Ok(shape.row(commendations::get(&reader, id)?))).collect()
}

/// `commendations.edit`
pub fn edit(context: &mut MutateContext, request: EditCommendation) -> Result<CommendationRow, ApiError> {
    let of = commendations::get(&context.writer.reader(), request.id)?.fields.of;
    let fields = fields(&request.commendation, of)?;
    commendations::update(context.writer, request.id, request.revision, &fields)?;
    let shape = Shape::read(&context.writer.reader(), context.today)?;
    describe(context, &shape, &fields.title, &[of]);
    Ok(shape.row(commendations::get(&context.writer.reader(), request.id)?))
}

/// `commendations.remove`
pub fn remove(context: &mut MutateContext, request: CommendationRequest) -> Result<Nothing, ApiError> {
    let record = commendations::get(&context.writer.reader(), request.id)?;
    archive::remove_files(context.writer, AttachmentOwner::Commendation, request.id)?;
    commendations::delete(context.writer, request.id)?;
    let shape = Shape::read(&context.writer.reader(), context.today)?;
    describe(context, &shape, &record.fields.title, &[record.fields.of]);
    Ok(Nothing {})
}
