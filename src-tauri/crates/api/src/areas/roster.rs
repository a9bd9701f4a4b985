//! 花名册: who is on it, by hand, with history.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    calendar::PartialDate,
    ids::{MemberId, OrganizationId, PeriodId},
    roster::{Rank, Tier},
};

use std::collections::HashMap;

use chrono::NaiveDate;
use xueji_domain::{
    roster::{MEMBER_CATEGORIES, PARTY_STATUSES, RankTable},
    study::SELF_STUDY_FORMS,
    text::{names, pinyin, strokes},
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        book, organizations, plans,
        roster::{self, MemberRecord, PeriodField, PeriodValue, Person},
        sessions, study,
    },
};

use super::words::{self, WordList};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// In which order a list of members stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemberOrder {
    /// 以姓氏笔画为序
    Strokes,
    /// 拼音
    Pinyin,
    /// 职务: by precedence of rank, then strokes.
    Protocol,
    /// 工号
    StaffNo,
}

/// Asks for the roster.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RosterRequest {
    /// On which day, `YYYY-MM-DD`; today where absent.
    #[serde(default)]
    pub on: Option<String>,
    /// In which order.
    pub order: MemberOrder,
    /// Whether those who have left the branch are listed too.
    pub include_left: bool,
}

/// A member as of one day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MemberRow {
    /// The program's own key.
    #[ts(type = "string")]
    pub id: MemberId,
    /// 工号, where there is one.
    pub staff_no: Option<String>,
    /// 姓名, spaces removed.
    pub name: String,
    /// The name as official lists widen it: 王　伟.
    pub display_name: String,
    /// 性别
    pub gender: Option<String>,
    /// 出生年月
    #[ts(type = "string | null")]
    pub born: Option<PartialDate>,
    /// 政治面貌
    pub party_status: Option<String>,
    /// 入党时间
    #[ts(type = "string | null")]
    pub party_joined: Option<PartialDate>,
    /// 职级
    pub rank: Option<String>,
    /// 层级, from the rank.
    pub tier: Tier,
    /// 职务
    pub post: Option<String>,
    /// 人员类别
    pub category: Option<String>,
    /// The organization it belongs to.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// Its name.
    pub organization_name: Option<String>,
    /// 所在部门
    pub department: Option<String>,
    /// 手机号码
    pub phone: Option<String>,
    /// 备注
    pub remark: Option<String>,
    /// Whether the membership has ended by that day.
    pub left: bool,
    /// Whether another member bears the same name.
    pub namesake: bool,
    /// What a filter matches beside the name and the number: pinyin initials
    /// and full pinyin, every reading of every character.
    pub search_keys: Vec<String>,
    /// For the next edit.
    pub revision: u32,
}

/// A member with its dated history.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MemberDetail {
    /// As of today.
    pub member: MemberRow,
    /// Dated facts, earliest first.
    pub history: Vec<HistoryLine>,
    /// How many attendance marks, self-study entries and make-ups stand in
    /// the member's name.
    pub records: MemberRecords,
}

/// What hangs on a member.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct MemberRecords {
    /// Attendance marks.
    pub marks: u32,
    /// Self-study entries.
    pub self_study: u32,
    /// Make-ups.
    pub make_ups: u32,
}

/// One dated fact of a member.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HistoryLine {
    /// Its key.
    #[ts(type = "string")]
    pub id: PeriodId,
    /// Which fact.
    pub field: HistoryField,
    /// From which day; `null` for 'from the beginning'.
    pub from: Option<String>,
    /// The value from then on; `null` for none.
    pub value: Option<String>,
}

/// The facts of a member that have a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HistoryField {
    /// 职级
    Rank,
    /// 职务
    Post,
    /// 政治面貌
    PartyStatus,
    /// 人员类别
    Category,
    /// 所属组织; no value from the day the member left.
    Organization,
    /// 所在部门
    Department,
}

/// Everything that a form says of a member. An absent or empty text is 'not
/// known'.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct MemberInput {
    /// 工号
    pub staff_no: Option<String>,
    /// 姓名, required.
    pub name: String,
    /// 性别
    pub gender: Option<String>,
    /// 出生年月, in any usual spelling.
    pub born: Option<String>,
    /// 政治面貌
    pub party_status: Option<String>,
    /// 入党时间, in any usual spelling.
    pub party_joined: Option<String>,
    /// 职级
    pub rank: Option<String>,
    /// 职务
    pub post: Option<String>,
    /// 人员类别
    pub category: Option<String>,
    /// 所属组织; the book's own where absent.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// 所在部门
    pub department: Option<String>,
    /// 手机号码
    pub phone: Option<String>,
    /// 备注
    pub remark: Option<String>,
}

/// Corrects a member: the record was wrong, today's values replace it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CorrectMember {
    /// Whom.
    #[ts(type = "string")]
    pub id: MemberId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The right values.
    pub member: MemberInput,
}

/// Changes a member from a day on: promotion, transfer, retirement. What was
/// before stays as history.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ChangeMember {
    /// Whom.
    #[ts(type = "string")]
    pub id: MemberId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The first day of the new state, `YYYY-MM-DD`.
    pub from: String,
    /// Only the fields that change.
    pub changes: Vec<MemberChange>,
}

/// One field that changes from a day on.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MemberChange {
    /// Which.
    pub field: HistoryField,
    /// To what: a text, or the key of an organization; `null` for none (with
    /// `organization`: the member has left).
    pub value: Option<String>,
}

/// Names one member.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MemberRequest {
    /// Whom.
    #[ts(type = "string")]
    pub id: MemberId,
}

/// Takes back one line of a member's history.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RemoveHistory {
    /// Whose.
    #[ts(type = "string")]
    pub id: MemberId,
    /// Which line.
    #[ts(type = "string")]
    pub line: PeriodId,
}

/// The words that forms and importers propose.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Vocabulary {
    /// 职级 with tiers, by precedence.
    pub ranks: Vec<Rank>,
    /// 政治面貌: the usual ones and those in this book.
    pub party_statuses: Vec<String>,
    /// 人员类别: the usual ones and those in this book.
    pub categories: Vec<String>,
    /// 部门 in this book.
    pub departments: Vec<String>,
    /// 学习活动类型: the usual ones and those in this book, without hidden ones.
    pub session_kinds: Vec<String>,
    /// 自学形式: the usual ones and those in this book.
    pub study_forms: Vec<String>,
    /// 标签: the usual ones and the clerk's own.
    pub tags: Vec<String>,
    /// 地点 in this book, latest first.
    pub places: Vec<String>,
    /// 专题 of this book's plans and sessions.
    pub themes: Vec<String>,
}

/// `roster.list`
pub fn list(context: &QueryContext, request: RosterRequest) -> Result<Vec<MemberRow>, ApiError> {
    let on = forms::optional_day("on", request.on.as_deref())?.unwrap_or(context.today);
    let mut members = roster::list(context.reader, on)?;
    let ranks = RankTable::shipped();
    let precedence =
        |member: &MemberRecord| member.standing.rank.as_deref().and_then(|rank| ranks.find(rank)).map_or(u32::MAX, |rank| rank.precedence);
    let name = |member: &MemberRecord| strokes::stroke_sort_key(&member.person.name);
    let number = |member: &MemberRecord| {
        let number = member.person.staff_no.clone();
        // Numbers by value where they are numbers, blanks last.
        (number.is_none(), number.as_ref().map_or(0, String::len), number)
    };
    match request.order {
        MemberOrder::Strokes => members.sort_by_cached_key(|member| (name(member), number(member), member.id)),
        MemberOrder::Pinyin => {
            members.sort_by_cached_key(|member| (pinyin::pinyin_sort_key(&member.person.name), number(member), member.id));
        }
        MemberOrder::Protocol => members.sort_by_cached_key(|member| (precedence(member), name(member), number(member), member.id)),
        MemberOrder::StaffNo => members.sort_by_cached_key(|member| (number(member), member.id)),
    }
    let shape = Shape::of(context.reader, &members)?;
    Ok(members
        .iter()
        .filter(|member| request.include_left || member.standing.organization.is_some())
        .map(|member| shape.row(member))
        .collect())
}

/// What turns a member's record into a row.
pub(crate) struct Shape {
    ranks: RankTable,
    organizations: HashMap<OrganizationId, String>,
    namesakes: HashMap<String, u32>,
}

impl Shape {
    /// For these members.
    pub fn of(reader: &Reader, members: &[MemberRecord]) -> Result<Self, StoreError> {
        let organizations = organizations::list(reader)?.into_iter().map(|organization| (organization.id, organization.name)).collect();
        Ok(Self { ranks: RankTable::shipped(), organizations, namesakes: namesakes(members) })
    }

    /// A member's row.
    pub fn row(&self, member: &MemberRecord) -> MemberRow {
        let (person, standing) = (member.person.clone(), member.standing.clone());
        MemberRow {
            id: member.id,
            display_name: names::widened(&person.name),
            namesake: self.namesakes.get(&person.name).is_some_and(|bearers| *bearers > 1),
            search_keys: pinyin::search_keys(&person.name),
            staff_no: person.staff_no,
            name: person.name,
            gender: person.gender,
            born: person.born,
            party_status: standing.party_status,
            party_joined: person.party_joined,
            tier: self.ranks.tier_of(standing.rank.as_deref()),
            rank: standing.rank,
            post: standing.post,
            category: standing.category,
            organization: standing.organization,
            organization_name: standing.organization.and_then(|id| self.organizations.get(&id).cloned()),
            department: standing.department,
            phone: person.phone,
            remark: person.remark,
            left: standing.organization.is_none(),
            revision: member.revision,
        }
    }
}

/// How many members bear each name.
pub(crate) fn namesakes(members: &[MemberRecord]) -> HashMap<String, u32> {
    let mut bearers = HashMap::new();
    for member in members {
        *bearers.entry(member.person.name.clone()).or_insert(0) += 1;
    }
    bearers
}

fn row_of(reader: &Reader, id: MemberId, today: NaiveDate) -> Result<MemberRow, ApiError> {
    let members = roster::list(reader, today)?;
    let member = members.iter().find(|member| member.id == id).ok_or(StoreError::Gone { what: "member" })?;
    Ok(Shape::of(reader, &members)?.row(member))
}

/// `roster.member`
pub fn member(context: &QueryContext, request: MemberRequest) -> Result<MemberDetail, ApiError> {
    let member = row_of(context.reader, request.id, context.today)?;
    let names: HashMap<OrganizationId, String> =
        organizations::list(context.reader)?.into_iter().map(|organization| (organization.id, organization.name)).collect();
    let history = roster::periods_of(context.reader, request.id)?
        .into_iter()
        .map(|period| HistoryLine {
            id: period.id,
            field: field_view(period.field),
            from: period.starts_on.map(|day| day.to_string()),
            value: match period.value {
                PeriodValue::None => None,
                PeriodValue::Text(text) => Some(text),
                PeriodValue::Organization(id) => names.get(&id).cloned(),
            },
        })
        .collect();
    let (marks, self_study, make_ups) = roster::record_counts(context.reader, request.id)?;
    Ok(MemberDetail { member, history, records: MemberRecords { marks, self_study, make_ups } })
}

fn field_view(field: PeriodField) -> HistoryField {
    match field {
        PeriodField::Rank => HistoryField::Rank,
        PeriodField::Post => HistoryField::Post,
        PeriodField::PartyStatus => HistoryField::PartyStatus,
        PeriodField::Category => HistoryField::Category,
        PeriodField::Organization => HistoryField::Organization,
        PeriodField::Department => HistoryField::Department,
    }
}

fn field_of(field: HistoryField) -> PeriodField {
    match field {
        HistoryField::Rank => PeriodField::Rank,
        HistoryField::Post => PeriodField::Post,
        HistoryField::PartyStatus => PeriodField::PartyStatus,
        HistoryField::Category => PeriodField::Category,
        HistoryField::Organization => PeriodField::Organization,
        HistoryField::Department => PeriodField::Department,
    }
}

/// `roster.vocabulary`
pub fn vocabulary(context: &QueryContext, _: Nothing) -> Result<Vocabulary, ApiError> {
    let reader = context.reader;
    Ok(Vocabulary {
        ranks: RankTable::shipped().ranks().to_vec(),
        party_statuses: with_own(&PARTY_STATUSES, roster::words_of(reader, PeriodField::PartyStatus)?),
        categories: with_own(&MEMBER_CATEGORIES, roster::words_of(reader, PeriodField::Category)?),
        departments: roster::words_of(reader, PeriodField::Department)?,
        session_kinds: words::offered(reader, WordList::Kind)?,
        tags: words::offered(reader, WordList::Tag)?,
        study_forms: with_own(&SELF_STUDY_FORMS, study::forms(reader)?),
        places: words::offered(reader, WordList::Place)?,
        themes: themes(reader)?,
    })
}

/// The themes of plans, latest year first, then those that only sessions bear.
fn themes(reader: &Reader) -> Result<Vec<String>, ApiError> {
    let mut themes = plans::theme_names(reader)?;
    themes.extend(sessions::themes(reader)?);
    let mut seen = std::collections::HashSet::new();
    themes.retain(|theme| seen.insert(theme.clone()));
    Ok(themes)
}

/// The usual words, then those of the book that are not among them.
fn with_own(usual: &[&str], own: Vec<String>) -> Vec<String> {
    let mut words: Vec<String> = usual.iter().map(|word| (*word).to_owned()).collect();
    words.extend(own.into_iter().filter(|word| !usual.contains(&word.as_str())));
    words
}

fn person(input: &MemberInput, today: NaiveDate) -> Result<Person, ApiError> {
    let name = names::clean_name(&input.name);
    if name.is_empty() {
        return Err(ApiError::field("name", "member_name_missing"));
    }
    Ok(Person {
        staff_no: input.staff_no.as_deref().map(names::clean_staff_no).filter(|number| !number.is_empty()),
        name,
        gender: forms::text(input.gender.as_deref()),
        born: forms::past_date("born", input.born.as_deref(), today)?,
        party_joined: forms::past_date("party_joined", input.party_joined.as_deref(), today)?,
        phone: forms::text(input.phone.as_deref()),
        remark: forms::text(input.remark.as_deref()),
    })
}

/// The dated fields of a form. Without an organization it is the book's own.
fn dated(reader: &Reader, input: &MemberInput) -> Result<[(PeriodField, PeriodValue); 6], ApiError> {
    let text = |value: &Option<String>| PeriodValue::text(forms::text(value.as_deref()).as_deref());
    let organization = match input.organization {
        Some(id) => id,
        None => book::get(reader)?.root_organization,
    };
    Ok([
        (PeriodField::Rank, text(&input.rank)),
        (PeriodField::Post, text(&input.post)),
        (PeriodField::PartyStatus, text(&input.party_status)),
        (PeriodField::Category, text(&input.category)),
        (PeriodField::Organization, PeriodValue::Organization(organization)),
        (PeriodField::Department, text(&input.department)),
    ])
}

/// `roster.add`
pub fn add(context: &mut MutateContext, request: MemberInput) -> Result<MemberRow, ApiError> {
    let person = person(&request, context.today)?;
    let dated = dated(&context.writer.reader(), &request)?;
    let id = roster::insert(context.writer, &person)?;
    for (field, value) in dated.iter().filter(|(_, value)| *value != PeriodValue::None) {
        roster::set_period(context.writer, id, *field, None, value)?;
    }
    context.writer.describe(params! { "name" => person.name });
    row_of(&context.writer.reader(), id, context.today)
}

/// `roster.correct`
pub fn correct(context: &mut MutateContext, request: CorrectMember) -> Result<MemberRow, ApiError> {
    let person = person(&request.member, context.today)?;
    let today = context.today;
    let before = roster::get(&context.writer.reader(), request.id, today)?;
    roster::update(context.writer, request.id, request.revision, &person)?;
    for (field, value) in dated(&context.writer.reader(), &request.member)? {
        // Who has left stays away: the form of a correction says nothing on
        // membership then.
        if field == PeriodField::Organization && before.standing.organization.is_none() && request.member.organization.is_none() {
            continue;
        }
        roster::correct_period(context.writer, request.id, field, today, &value)?;
    }
    context.writer.describe(params! { "name" => person.name });
    row_of(&context.writer.reader(), request.id, today)
}

/// `roster.change`
pub fn change(context: &mut MutateContext, request: ChangeMember) -> Result<MemberRow, ApiError> {
    let from = forms::day("from", &request.from)?;
    if request.changes.is_empty() {
        return Err(ApiError::field("changes", "no_changes"));
    }
    let member = roster::get(&context.writer.reader(), request.id, context.today)?;
    roster::touch(context.writer, request.id, request.revision)?;
    for change in &request.changes {
        let value = match (change.field, forms::text(change.value.as_deref())) {
            (_, None) => PeriodValue::None,
            (HistoryField::Organization, Some(id)) => {
                PeriodValue::Organization(id.parse().map_err(|_| ApiError::field("organization", "organization_unknown"))?)
            }
            (_, Some(text)) => PeriodValue::Text(text),
        };
        roster::set_period(context.writer, request.id, field_of(change.field), Some(from), &value)?;
    }
    context.writer.describe(params! { "name" => member.person.name, "from" => from.to_string() });
    row_of(&context.writer.reader(), request.id, context.today)
}

/// `roster.remove_history`
pub fn remove_history(context: &mut MutateContext, request: RemoveHistory) -> Result<MemberRow, ApiError> {
    let member = roster::get(&context.writer.reader(), request.id, context.today)?;
    roster::delete_period(context.writer, request.id, request.line)?;
    context.writer.describe(params! { "name" => member.person.name });
    row_of(&context.writer.reader(), request.id, context.today)
}

/// `roster.delete`
pub fn delete(context: &mut MutateContext, request: MemberRequest) -> Result<Nothing, ApiError> {
    let member = roster::get(&context.writer.reader(), request.id, context.today)?;
    let (marks, self_study, make_ups) = roster::record_counts(&context.writer.reader(), request.id)?;
    let name = member.person.name;
    if marks + self_study + make_ups > 0 {
        let params = params! { "name" => name, "marks" => marks, "self_study" => self_study, "make_ups" => make_ups };
        return Err(ApiError::Refused { code: "member_has_records", params });
    }
    let (manual, closed) = roster::credit_counts(&context.writer.reader(), request.id)?;
    if manual + closed > 0 {
        let params = params! { "name" => name, "manual" => manual, "closed" => closed };
        return Err(ApiError::Refused { code: "member_has_credits", params });
    }
    let commended = xueji_store::tables::commendations::of_member(&context.writer.reader(), request.id)?.len();
    if commended > 0 {
        return Err(ApiError::Refused { code: "member_has_commendations", params: params! { "name" => name, "count" => commended } });
    }
    roster::delete(context.writer, request.id)?;
    context.writer.describe(params! { "name" => name });
    Ok(Nothing {})
}
