//! 学习计划: of an organization, or of a person, with its 专题 and 条目.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use xueji_domain::{
    exact::Exact,
    ids::{MemberId, OrganizationId, PlanId, PlanItemId, SessionId, ThemeId},
    planning::Due,
};

use super::{Key, expect_one, optional_day};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// Whose plan it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanOf {
    /// An organization's.
    Organization(OrganizationId),
    /// A person's.
    Member(MemberId),
}

/// A plan in the book.
#[derive(Debug, Clone)]
pub struct PlanRecord {
    /// Its key.
    pub id: PlanId,
    /// The calendar year.
    pub year: i32,
    /// Whose.
    pub of: PlanOf,
    /// Its title.
    pub title: String,
    /// 说明
    pub note: Option<String>,
    /// For the next edit.
    pub revision: u32,
}

/// What is written of a 专题.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFields {
    /// Its name, as sessions bear it.
    pub name: String,
    /// The first day for which it is set.
    pub starts_on: Option<NaiveDate>,
    /// The last.
    pub ends_on: Option<NaiveDate>,
    /// 说明
    pub note: Option<String>,
}

/// A plan's 专题.
#[derive(Debug, Clone)]
pub struct ThemeRecord {
    /// Its key.
    pub id: ThemeId,
    /// Of which plan.
    pub plan: PlanId,
    /// Where it stands, from 0.
    pub position: u32,
    /// Its fields.
    pub fields: ThemeFields,
    /// For the next edit.
    pub revision: u32,
}

/// What is written of a plan's item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemFields {
    /// Under which 专题.
    pub theme: Option<ThemeId>,
    /// What is studied.
    pub title: String,
    /// 形式
    pub form: Option<String>,
    /// 学习资料
    pub material: Option<String>,
    /// 主讲
    pub speaker: Option<String>,
    /// How much of what: 2 次, 8 学时.
    pub target: Option<(Exact, String)>,
    /// When it is due.
    pub due: Option<Due>,
    /// 备注
    pub note: Option<String>,
}

/// A plan's item.
#[derive(Debug, Clone)]
pub struct ItemRecord {
    /// Its key.
    pub id: PlanItemId,
    /// Of which plan.
    pub plan: PlanId,
    /// Where it stands, from 0.
    pub position: u32,
    /// Its fields.
    pub fields: ItemFields,
    /// For the next edit.
    pub revision: u32,
}

const PLANS: &str = "SELECT id, year, organization, member, title, note, revision FROM plan";

fn read_plan(row: &rusqlite::Row) -> Result<PlanRecord, StoreError> {
    let organization = row.get::<_, Option<Key<_>>>(2)?.map(|key| PlanOf::Organization(key.0));
    let member = row.get::<_, Option<Key<_>>>(3)?.map(|key| PlanOf::Member(key.0));
    Ok(PlanRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        year: row.get(1)?,
        of: organization.or(member).ok_or(StoreError::Value { column: "plan.organization" })?,
        title: row.get(4)?,
        note: row.get(5)?,
        revision: row.get(6)?,
    })
}

/// The plans of a year.
pub fn of_year(reader: &Reader, year: i32) -> Result<Vec<PlanRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{PLANS} WHERE year = ?1 ORDER BY id"))?;
    let rows = statement.query_map([year], |row| Ok(read_plan(row)))?;
    rows.map(|row| row?).collect()
}

/// One plan.
pub fn get(reader: &Reader, id: PlanId) -> Result<PlanRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{PLANS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_plan(row))).optional()?.ok_or(StoreError::Gone { what: "plan" })?
}

/// Somebody's plan of a year, where there is one.
pub fn find(reader: &Reader, year: i32, of: PlanOf) -> Result<Option<PlanRecord>, StoreError> {
    let owner = match of {
        PlanOf::Organization(id) => id.to_string(),
        PlanOf::Member(id) => id.to_string(),
    };
    let mut statement = reader.prepare_cached(&format!("{PLANS} WHERE year = ?1 AND coalesce(organization, member) = ?2"))?;
    statement.query_row((year, owner), |row| Ok(read_plan(row))).optional()?.transpose()
}

/// Adds a plan.
pub fn insert(writer: &mut Writer, year: i32, of: PlanOf, title: &str, note: Option<&str>) -> Result<PlanId, StoreError> {
    let id: PlanId = writer.new_id();
    let (organization, member) = match of {
        PlanOf::Organization(id) => (Some(Key(id)), None),
        PlanOf::Member(id) => (None, Some(Key(id))),
    };
    writer.execute(
        "INSERT INTO plan (id, year, organization, member, title, note, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)",
        (Key(id), year, organization, member, title, note),
    )?;
    Ok(id)
}

/// Changes a plan's title and note.
pub fn update(writer: &mut Writer, id: PlanId, revision: u32, title: &str, note: Option<&str>) -> Result<(), StoreError> {
    let changed = writer.execute(
        "UPDATE plan SET title = ?3, note = ?4, revision = revision + 1 WHERE id = ?1 AND revision = ?2",
        (Key(id), revision, title, note),
    )?;
    expect_one(writer, changed, "plan", "SELECT 1 FROM plan WHERE id = ?1", &id.to_string())
}

/// Deletes a plan with its themes and items; sessions tied to an item stay,
/// untied.
pub fn delete(writer: &mut Writer, id: PlanId) -> Result<(), StoreError> {
    for item in items(&writer.reader(), id)? {
        delete_item(writer, item.id)?;
    }
    for theme in themes(&writer.reader(), id)? {
        delete_theme(writer, theme.id)?;
    }
    let changed = writer.execute("DELETE FROM plan WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "plan" }) }
}

const THEMES: &str = "SELECT id, plan, position, name, starts_on, ends_on, note, revision FROM theme";

fn read_theme(row: &rusqlite::Row) -> Result<ThemeRecord, StoreError> {
    let (starts_on, ends_on): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
    Ok(ThemeRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        plan: row.get::<_, Key<_>>(1)?.0,
        position: row.get(2)?,
        fields: ThemeFields {
            name: row.get(3)?,
            starts_on: optional_day(starts_on.as_deref(), "theme.starts_on")?,
            ends_on: optional_day(ends_on.as_deref(), "theme.ends_on")?,
            note: row.get(6)?,
        },
        revision: row.get(7)?,
    })
}

/// A plan's 专题, in order.
pub fn themes(reader: &Reader, plan: PlanId) -> Result<Vec<ThemeRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{THEMES} WHERE plan = ?1 ORDER BY position, id"))?;
    let rows = statement.query_map([Key(plan)], |row| Ok(read_theme(row)))?;
    rows.map(|row| row?).collect()
}

/// The names of every plan's 专题, those of the latest year first.
pub fn theme_names(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT t.name FROM theme AS t JOIN plan AS p ON p.id = t.plan GROUP BY t.name ORDER BY max(p.year) DESC, t.name",
    )?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One 专题.
pub fn theme(reader: &Reader, id: ThemeId) -> Result<ThemeRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{THEMES} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_theme(row))).optional()?.ok_or(StoreError::Gone { what: "theme" })?
}

/// Adds a 专题 behind the others.
pub fn insert_theme(writer: &mut Writer, plan: PlanId, fields: &ThemeFields) -> Result<ThemeId, StoreError> {
    let id: ThemeId = writer.new_id();
    writer.execute(
        "INSERT INTO theme (id, plan, position, name, starts_on, ends_on, note, revision)
         VALUES (?1, ?2, (SELECT coalesce(max(position) + 1, 0) FROM theme WHERE plan = ?2), ?3, ?4, ?5, ?6, 1)",
        (
            Key(id),
            Key(plan),
            &fields.name,
            fields.starts_on.map(|day| day.to_string()),
            fields.ends_on.map(|day| day.to_string()),
            &fields.note,
        ),
    )?;
    Ok(id)
}

/// Replaces a 专题's fields.
pub fn update_theme(writer: &mut Writer, id: ThemeId, revision: u32, fields: &ThemeFields) -> Result<(), StoreError> {
    let changed = writer.execute(
        "UPDATE theme SET name = ?3, starts_on = ?4, ends_on = ?5, note = ?6, revision = revision + 1 WHERE id = ?1 AND revision = ?2",
        (
            Key(id),
            revision,
            &fields.name,
            fields.starts_on.map(|day| day.to_string()),
            fields.ends_on.map(|day| day.to_string()),
            &fields.note,
        ),
    )?;
    expect_one(writer, changed, "theme", "SELECT 1 FROM theme WHERE id = ?1", &id.to_string())
}

/// Deletes a 专题; its items stay without one.
pub fn delete_theme(writer: &mut Writer, id: ThemeId) -> Result<(), StoreError> {
    writer.execute("UPDATE plan_item SET theme = NULL, revision = revision + 1 WHERE theme = ?1", [Key(id)])?;
    let changed = writer.execute("DELETE FROM theme WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "theme" }) }
}

/// Puts a plan's 专题 in an order.
pub fn order_themes(writer: &mut Writer, ids: &[ThemeId]) -> Result<(), StoreError> {
    for (position, id) in ids.iter().enumerate() {
        writer.execute("UPDATE theme SET position = ?2 WHERE id = ?1 AND position <> ?2", (Key(*id), position as i64))?;
    }
    Ok(())
}

const ITEMS: &str =
    "SELECT id, plan, position, theme, title, form, material, speaker, target_value, target_unit, due, note, revision FROM plan_item";

fn read_item(row: &rusqlite::Row) -> Result<ItemRecord, StoreError> {
    let target: (Option<String>, Option<String>) = (row.get(8)?, row.get(9)?);
    let due: Option<String> = row.get(10)?;
    Ok(ItemRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        plan: row.get::<_, Key<_>>(1)?.0,
        position: row.get(2)?,
        fields: ItemFields {
            theme: row.get::<_, Option<Key<_>>>(3)?.map(|key| key.0),
            title: row.get(4)?,
            form: row.get(5)?,
            material: row.get(6)?,
            speaker: row.get(7)?,
            target: match target {
                (Some(value), Some(unit)) => {
                    Some((value.parse().map_err(|_| StoreError::Value { column: "plan_item.target_value" })?, unit))
                }
                _ => None,
            },
            due: due.map(|due| due.parse().map_err(|_| StoreError::Value { column: "plan_item.due" })).transpose()?,
            note: row.get(11)?,
        },
        revision: row.get(12)?,
    })
}

/// A plan's items, in order.
pub fn items(reader: &Reader, plan: PlanId) -> Result<Vec<ItemRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{ITEMS} WHERE plan = ?1 ORDER BY position, id"))?;
    let rows = statement.query_map([Key(plan)], |row| Ok(read_item(row)))?;
    rows.map(|row| row?).collect()
}

/// One item.
pub fn item(reader: &Reader, id: PlanItemId) -> Result<ItemRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{ITEMS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_item(row))).optional()?.ok_or(StoreError::Gone { what: "plan_item" })?
}

/// Adds an item behind the others.
pub fn insert_item(writer: &mut Writer, plan: PlanId, fields: &ItemFields) -> Result<PlanItemId, StoreError> {
    let id: PlanItemId = writer.new_id();
    let (value, unit) = fields.target.as_ref().map(|(value, unit)| (value.to_string(), unit)).unzip();
    writer.execute(
        "INSERT INTO plan_item (id, plan, position, theme, title, form, material, speaker, target_value, target_unit, due, note, revision)
         VALUES (?1, ?2, (SELECT coalesce(max(position) + 1, 0) FROM plan_item WHERE plan = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 1)",
        (
            Key(id),
            Key(plan),
            fields.theme.map(Key),
            &fields.title,
            &fields.form,
            &fields.material,
            &fields.speaker,
            value,
            unit,
            fields.due.map(|due| due.to_string()),
            &fields.note,
        ),
    )?;
    Ok(id)
}

/// Replaces an item's fields.
pub fn update_item(writer: &mut Writer, id: PlanItemId, revision: u32, fields: &ItemFields) -> Result<(), StoreError> {
    let (value, unit) = fields.target.as_ref().map(|(value, unit)| (value.to_string(), unit)).unzip();
    let changed = writer.execute(
        "UPDATE plan_item SET theme = ?3, title = ?4, form = ?5, material = ?6, speaker = ?7, target_value = ?8, target_unit = ?9, due = ?10,
         note = ?11, revision = revision + 1 WHERE id = ?1 AND revision = ?2",
        (
            Key(id),
            revision,
            fields.theme.map(Key),
            &fields.title,
            &fields.form,
            &fields.material,
            &fields.speaker,
            value,
            unit,
            fields.due.map(|due| due.to_string()),
            &fields.note,
        ),
    )?;
    expect_one(writer, changed, "plan_item", "SELECT 1 FROM plan_item WHERE id = ?1", &id.to_string())
}

/// Deletes an item; sessions tied to it stay, untied.
pub fn delete_item(writer: &mut Writer, id: PlanItemId) -> Result<(), StoreError> {
    writer.execute("UPDATE session SET plan_item = NULL WHERE plan_item = ?1", [Key(id)])?;
    let changed = writer.execute("DELETE FROM plan_item WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "plan_item" }) }
}

/// Puts a plan's items in an order.
pub fn order_items(writer: &mut Writer, ids: &[PlanItemId]) -> Result<(), StoreError> {
    for (position, id) in ids.iter().enumerate() {
        writer.execute("UPDATE plan_item SET position = ?2 WHERE id = ?1 AND position <> ?2", (Key(*id), position as i64))?;
    }
    Ok(())
}

/// The sessions tied to a plan's items.
pub fn tied(reader: &Reader, plan: PlanId) -> Result<Vec<(PlanItemId, SessionId)>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT i.id, s.id FROM plan_item AS i JOIN session AS s ON s.plan_item = i.id WHERE i.plan = ?1 ORDER BY s.date, s.id",
    )?;
    let rows = statement.query_map([Key(plan)], |row| Ok((row.get::<_, Key<_>>(0)?.0, row.get::<_, Key<_>>(1)?.0)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many items a plan has.
pub fn count_items(reader: &Reader, plan: PlanId) -> Result<u32, StoreError> {
    let mut statement = reader.prepare_cached("SELECT count(*) FROM plan_item WHERE plan = ?1")?;
    Ok(statement.query_row([Key(plan)], |row| row.get(0))?)
}
