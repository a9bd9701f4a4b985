//! 花名册: members, and what was true of them from which day on.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::{
    calendar::PartialDate,
    ids::{MemberId, OrganizationId, PeriodId},
};

use super::{Key, expect_one};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What does not change with time, or whose change is a correction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// 工号
    pub staff_no: Option<String>,
    /// 姓名
    pub name: String,
    /// 性别
    pub gender: Option<String>,
    /// 出生年月
    pub born: Option<PartialDate>,
    /// 入党时间
    pub party_joined: Option<PartialDate>,
    /// 手机号码
    pub phone: Option<String>,
    /// 备注
    pub remark: Option<String>,
}

/// A dated field of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodField {
    /// 职级
    Rank,
    /// 职务
    Post,
    /// 政治面貌
    PartyStatus,
    /// 人员类别
    Category,
    /// 所属组织
    Organization,
    /// 所在部门
    Department,
}

impl PeriodField {
    /// Every field.
    pub const ALL: [PeriodField; 6] = [Self::Rank, Self::Post, Self::PartyStatus, Self::Category, Self::Organization, Self::Department];

    fn word(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::Post => "post",
            Self::PartyStatus => "party_status",
            Self::Category => "category",
            Self::Organization => "organization",
            Self::Department => "department",
        }
    }

    fn from_word(word: &str) -> Result<Self, StoreError> {
        Self::ALL.into_iter().find(|field| field.word() == word).ok_or(StoreError::Value { column: "member_period.field" })
    }
}

/// The value of a dated field. Texts and organizations are kept apart, so
/// that an organization can never be renamed out from under its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodValue {
    /// Nothing; of an organization: the member has left.
    None,
    /// A text.
    Text(String),
    /// An organization.
    Organization(OrganizationId),
}

impl PeriodValue {
    /// A text, or nothing.
    pub fn text(value: Option<&str>) -> Self {
        value.map_or(Self::None, |text| Self::Text(text.to_owned()))
    }
}

/// One line of a member's history.
#[derive(Debug, Clone)]
pub struct Period {
    /// Its key.
    pub id: PeriodId,
    /// Whose.
    pub member: MemberId,
    /// Which field.
    pub field: PeriodField,
    /// From which day; `None` from the beginning.
    pub starts_on: Option<NaiveDate>,
    /// The value from then on.
    pub value: PeriodValue,
}

/// The dated fields as of one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// 职级
    pub rank: Option<String>,
    /// 职务
    pub post: Option<String>,
    /// 政治面貌
    pub party_status: Option<String>,
    /// 人员类别
    pub category: Option<String>,
    /// 所属组织; none: not in the branch on that day.
    pub organization: Option<OrganizationId>,
    /// 所在部门
    pub department: Option<String>,
}

impl Standing {
    fn set(&mut self, field: PeriodField, value: &PeriodValue) {
        let text = match value {
            PeriodValue::Text(text) => Some(text.clone()),
            PeriodValue::None | PeriodValue::Organization(_) => None,
        };
        match field {
            PeriodField::Rank => self.rank = text,
            PeriodField::Post => self.post = text,
            PeriodField::PartyStatus => self.party_status = text,
            PeriodField::Category => self.category = text,
            PeriodField::Department => self.department = text,
            PeriodField::Organization => {
                self.organization = match value {
                    PeriodValue::Organization(id) => Some(*id),
                    PeriodValue::None | PeriodValue::Text(_) => None,
                }
            }
        }
    }
}

/// A member as of one day.
#[derive(Debug, Clone)]
pub struct MemberRecord {
    /// Its key.
    pub id: MemberId,
    /// What does not change with time.
    pub person: Person,
    /// What stood on that day.
    pub standing: Standing,
    /// For the next edit.
    pub revision: u32,
}

/// Every member as of a day, in the order in which they were entered.
pub fn list(reader: &Reader, on: NaiveDate) -> Result<Vec<MemberRecord>, StoreError> {
    let mut standings = standings(&all_periods(reader)?, on);
    let mut statement =
        reader.prepare_cached("SELECT id, staff_no, name, gender, born, party_joined, phone, remark, revision FROM member ORDER BY id")?;
    let rows = statement.query_map([], read_member)?;
    rows.map(|row| {
        let (id, person, revision) = row?;
        Ok(MemberRecord { id, person: person?, standing: standings.remove(&id).unwrap_or_default(), revision })
    })
    .collect()
}

/// One member as of a day.
pub fn get(reader: &Reader, id: MemberId, on: NaiveDate) -> Result<MemberRecord, StoreError> {
    let mut statement = reader
        .prepare_cached("SELECT id, staff_no, name, gender, born, party_joined, phone, remark, revision FROM member WHERE id = ?1")?;
    let found = statement.query_row([Key(id)], read_member).optional()?;
    let (id, person, revision) = found.ok_or(StoreError::Gone { what: "member" })?;
    let standing = standings(&periods_of(reader, id)?, on).remove(&id).unwrap_or_default();
    Ok(MemberRecord { id, person: person?, standing, revision })
}

type MemberRow = (MemberId, Result<Person, StoreError>, u32);

fn read_member(row: &rusqlite::Row) -> rusqlite::Result<MemberRow> {
    let date = |text: Option<String>, column: &'static str| match text {
        None => Ok(None),
        Some(text) => text.parse::<PartialDate>().map(Some).map_err(|_| StoreError::Value { column }),
    };
    let (born, party_joined): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
    let mut person = Person {
        staff_no: row.get(1)?,
        name: row.get(2)?,
        gender: row.get(3)?,
        born: None,
        party_joined: None,
        phone: row.get(6)?,
        remark: row.get(7)?,
    };
    let dated = date(born, "member.born").and_then(|born| {
        person.born = born;
        person.party_joined = date(party_joined, "member.party_joined")?;
        Ok(person)
    });
    Ok((row.get::<_, Key<_>>(0)?.0, dated, row.get(8)?))
}

/// What stood on a day, by member: of each field the latest line that had
/// begun.
pub fn standings(periods: &[Period], on: NaiveDate) -> HashMap<MemberId, Standing> {
    let mut standings: HashMap<MemberId, Standing> = HashMap::new();
    for period in periods.iter().filter(|period| period.starts_on.is_none_or(|from| from <= on)) {
        standings.entry(period.member).or_default().set(period.field, &period.value);
    }
    standings
}

const PERIODS: &str = "SELECT id, member, field, starts_on, value, organization FROM member_period";

/// Every line of everybody's history, earliest first.
pub fn all_periods(reader: &Reader) -> Result<Vec<Period>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{PERIODS} ORDER BY member, field, starts_on"))?;
    let rows = statement.query_map([], read_period)?;
    rows.map(|row| row?).collect()
}

/// The history of one member, earliest first.
pub fn periods_of(reader: &Reader, member: MemberId) -> Result<Vec<Period>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{PERIODS} WHERE member = ?1 ORDER BY starts_on, field"))?;
    let rows = statement.query_map([Key(member)], read_period)?;
    rows.map(|row| row?).collect()
}

fn read_period(row: &rusqlite::Row) -> rusqlite::Result<Result<Period, StoreError>> {
    let (field, starts_on): (String, String) = (row.get(2)?, row.get(3)?);
    let (value, organization): (Option<String>, Option<Key<_>>) = (row.get(4)?, row.get(5)?);
    let (id, member) = (row.get::<_, Key<_>>(0)?.0, row.get::<_, Key<_>>(1)?.0);
    let value = match (value, organization) {
        (_, Some(organization)) => PeriodValue::Organization(organization.0),
        (Some(text), None) => PeriodValue::Text(text),
        (None, None) => PeriodValue::None,
    };
    let build = || {
        let starts_on = if starts_on.is_empty() { None } else { Some(super::day(&starts_on, "member_period.starts_on")?) };
        Ok(Period { id, member, field: PeriodField::from_word(&field)?, starts_on, value })
    };
    Ok(build())
}

/// Adds a member.
pub fn insert(writer: &mut Writer, person: &Person) -> Result<MemberId, StoreError> {
    refuse_taken(writer, person, None)?;
    let id: MemberId = writer.new_id();
    writer.execute(
        "INSERT INTO member (id, staff_no, name, gender, born, party_joined, phone, remark, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)",
        (
            Key(id),
            &person.staff_no,
            &person.name,
            &person.gender,
            person.born.map(|date| date.to_string()),
            person.party_joined.map(|date| date.to_string()),
            &person.phone,
            &person.remark,
        ),
    )?;
    Ok(id)
}

/// Replaces what does not change with time.
pub fn update(writer: &mut Writer, id: MemberId, revision: u32, person: &Person) -> Result<(), StoreError> {
    refuse_taken(writer, person, Some(id))?;
    let changed = writer.execute(
        "UPDATE member SET staff_no = ?3, name = ?4, gender = ?5, born = ?6, party_joined = ?7, phone = ?8, remark = ?9,
         revision = revision + 1 WHERE id = ?1 AND revision = ?2",
        (
            Key(id),
            revision,
            &person.staff_no,
            &person.name,
            &person.gender,
            person.born.map(|date| date.to_string()),
            person.party_joined.map(|date| date.to_string()),
            &person.phone,
            &person.remark,
        ),
    )?;
    expect_one(writer, changed, "member", "SELECT 1 FROM member WHERE id = ?1", &id.to_string())
}

/// Raises the revision alone: the member's history changed.
pub fn touch(writer: &mut Writer, id: MemberId, revision: u32) -> Result<(), StoreError> {
    let changed = writer.execute("UPDATE member SET revision = revision + 1 WHERE id = ?1 AND revision = ?2", (Key(id), revision))?;
    expect_one(writer, changed, "member", "SELECT 1 FROM member WHERE id = ?1", &id.to_string())
}

fn refuse_taken(writer: &Writer, person: &Person, but: Option<MemberId>) -> Result<(), StoreError> {
    let Some(staff_no) = &person.staff_no else { return Ok(()) };
    match by_staff_no(&writer.reader(), staff_no)? {
        Some(holder) if Some(holder) != but => Err(StoreError::StaffNoTaken { staff_no: staff_no.clone() }),
        _ => Ok(()),
    }
}

/// The member of a staff number.
pub fn by_staff_no(reader: &Reader, staff_no: &str) -> Result<Option<MemberId>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT id FROM member WHERE staff_no = ?1")?;
    Ok(statement.query_row([staff_no], |row| row.get::<_, Key<_>>(0)).optional()?.map(|key| key.0))
}

/// Sets a field from a day on (`None`: from the beginning). A line of the
/// same day is replaced.
pub fn set_period(
    writer: &mut Writer,
    member: MemberId,
    field: PeriodField,
    starts_on: Option<NaiveDate>,
    value: &PeriodValue,
) -> Result<(), StoreError> {
    let id: PeriodId = writer.new_id();
    let (text, organization) = match value {
        PeriodValue::None => (None, None),
        PeriodValue::Text(text) => (Some(text.as_str()), None),
        PeriodValue::Organization(id) => (None, Some(Key(*id))),
    };
    writer.execute(
        "INSERT INTO member_period (id, member, field, starts_on, value, organization) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (member, field, starts_on) DO UPDATE SET value = excluded.value, organization = excluded.organization
         WHERE value IS NOT excluded.value OR organization IS NOT excluded.organization",
        (Key(id), Key(member), field.word(), starts_on.map_or_else(String::new, |day| day.to_string()), text, organization),
    )?;
    Ok(())
}

/// Corrects what stands on a day: the line in force gets another value. Where
/// there is none, one from the beginning is made.
pub fn correct_period(
    writer: &mut Writer,
    member: MemberId,
    field: PeriodField,
    on: NaiveDate,
    value: &PeriodValue,
) -> Result<(), StoreError> {
    let periods = periods_of(&writer.reader(), member)?;
    let in_force = periods
        .iter()
        .filter(|period| period.field == field && period.starts_on.is_none_or(|from| from <= on))
        .max_by_key(|period| period.starts_on);
    match in_force {
        Some(period) if period.value == *value => Ok(()),
        Some(period) => set_period(writer, member, field, period.starts_on, value),
        None if *value == PeriodValue::None => Ok(()),
        None => set_period(writer, member, field, None, value),
    }
}

/// Takes a line out of a member's history.
pub fn delete_period(writer: &mut Writer, member: MemberId, line: PeriodId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM member_period WHERE id = ?1 AND member = ?2", (Key(line), Key(member)))?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "member_period" }) }
}

/// Removes a member with its history. Records in its name stand in the way.
pub fn delete(writer: &mut Writer, id: MemberId) -> Result<(), StoreError> {
    writer.execute("UPDATE session_part SET member = NULL WHERE member = ?1", [Key(id)])?;
    writer.execute("UPDATE observer_report SET member = NULL WHERE member = ?1", [Key(id)])?;
    // Without a mark, a line of a frozen roster says only that the record was
    // there by mistake.
    writer.execute("DELETE FROM session_roster WHERE member = ?1", [Key(id)])?;
    let changed = writer.execute("DELETE FROM member WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "member" }) }
}

/// How many marks, self-study entries and make-ups stand in a member's name.
pub fn record_counts(reader: &Reader, id: MemberId) -> Result<(u32, u32, u32), StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT (SELECT count(*) FROM attendance WHERE member = ?1), (SELECT count(*) FROM self_study WHERE member = ?1),
                (SELECT count(*) FROM make_up WHERE member = ?1)",
    )?;
    Ok(statement.query_row([Key(id)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// How many credits by hand and how many closed ledgers stand in a member's
/// name: these keep the member in the book too.
pub fn credit_counts(reader: &Reader, id: MemberId) -> Result<(u32, u32), StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT (SELECT count(*) FROM manual_credit WHERE member = ?1), (SELECT count(*) FROM closing_line WHERE member = ?1)",
    )?;
    Ok(statement.query_row([Key(id)], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The texts that a dated field holds in this book, most used first.
pub fn words_of(reader: &Reader, field: PeriodField) -> Result<Vec<String>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT value FROM member_period WHERE field = ?1 AND value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value",
    )?;
    Ok(statement.query_map([field.word()], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
