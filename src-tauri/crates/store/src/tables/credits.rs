//! What counts beside sessions and self-study: credits by hand, approval,
//! results of earlier periods, what else is known of a member over time.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use xueji_domain::{
    exact::Exact,
    ids::{ManualCreditId, MemberFactId, MemberId, OpeningRecordId, SelfStudyId},
};

use super::{Key, day, expect_one, from_word, optional_day, word};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// 待核 → 认定 / 退回.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// 待核
    Pending,
    /// 认定
    Accepted,
    /// 退回
    Returned,
}

/// What is written of a credit by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct ManualFields {
    /// Whose.
    pub member: MemberId,
    /// The `id` in the rule file; `None`: in every rule set.
    pub rule_set_key: Option<String>,
    /// The category's id.
    pub category: String,
    /// On which day it counts.
    pub date: NaiveDate,
    /// How much; may be less than nothing.
    pub amount: Exact,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
    /// What proves it.
    pub evidence: Option<String>,
    /// The fact in whose place it stands.
    pub corrects: Option<String>,
    /// Whether it counts.
    pub state: ReviewState,
}

/// A credit by hand in the book.
#[derive(Debug, Clone)]
pub struct ManualRecord {
    /// Its key.
    pub id: ManualCreditId,
    /// Its fields.
    pub fields: ManualFields,
    /// For the next edit.
    pub revision: u32,
}

const MANUAL: &str =
    "SELECT id, member, rule_set_key, category, date, amount, reason, document, evidence, corrects, state, revision FROM manual_credit";

/// Credits by hand of a span of days, by date.
pub fn manual_between(reader: &Reader, from: &str, to: &str) -> Result<Vec<ManualRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{MANUAL} WHERE date BETWEEN ?1 AND ?2 ORDER BY date, id"))?;
    let rows = statement.query_map([from, to], |row| Ok(read_manual(row)))?;
    rows.map(|row| row?).collect()
}

/// One credit by hand.
pub fn manual(reader: &Reader, id: ManualCreditId) -> Result<ManualRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{MANUAL} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_manual(row))).optional()?.ok_or(StoreError::Gone { what: "manual_credit" })?
}

fn read_manual(row: &rusqlite::Row) -> Result<ManualRecord, StoreError> {
    let (date, amount, state): (String, String, String) = (row.get(4)?, row.get(5)?, row.get(10)?);
    Ok(ManualRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: ManualFields {
            member: row.get::<_, Key<_>>(1)?.0,
            rule_set_key: row.get(2)?,
            category: row.get(3)?,
            date: day(&date, "manual_credit.date")?,
            amount: exact(&amount, "manual_credit.amount")?,
            reason: row.get(6)?,
            document: row.get(7)?,
            evidence: row.get(8)?,
            corrects: row.get(9)?,
            state: from_word(&state, "manual_credit.state")?,
        },
        revision: row.get(11)?,
    })
}

fn exact(text: &str, column: &'static str) -> Result<Exact, StoreError> {
    text.parse().map_err(|_| StoreError::Value { column })
}

/// Adds a credit by hand.
pub fn insert_manual(writer: &mut Writer, fields: &ManualFields) -> Result<ManualCreditId, StoreError> {
    let id: ManualCreditId = writer.new_id();
    write_manual(
        writer,
        "INSERT INTO manual_credit (id, revision, member, rule_set_key, category, date, amount, reason, document, evidence, corrects, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        id,
        1,
        fields,
    )?;
    Ok(id)
}

/// Replaces a credit's fields.
pub fn update_manual(writer: &mut Writer, id: ManualCreditId, revision: u32, fields: &ManualFields) -> Result<(), StoreError> {
    let changed = write_manual(
        writer,
        "UPDATE manual_credit SET member = ?3, rule_set_key = ?4, category = ?5, date = ?6, amount = ?7, reason = ?8, document = ?9,
         evidence = ?10, corrects = ?11, state = ?12, revision = revision + 1 WHERE id = ?1 AND revision = ?2",
        id,
        revision,
        fields,
    )?;
    expect_one(writer, changed, "manual_credit", "SELECT 1 FROM manual_credit WHERE id = ?1", &id.to_string())
}

fn write_manual(writer: &mut Writer, sql: &str, id: ManualCreditId, revision: u32, fields: &ManualFields) -> Result<usize, StoreError> {
    writer.execute(
        sql,
        (
            Key(id),
            revision,
            Key(fields.member),
            &fields.rule_set_key,
            &fields.category,
            fields.date.to_string(),
            fields.amount.to_string(),
            &fields.reason,
            &fields.document,
            &fields.evidence,
            &fields.corrects,
            word(&fields.state),
        ),
    )
}

/// Deletes a credit by hand.
pub fn delete_manual(writer: &mut Writer, id: ManualCreditId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM manual_credit WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "manual_credit" }) }
}

/// What was said on a self-study entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// How it stands.
    pub state: ReviewState,
    /// Why; where it was returned.
    pub reason: Option<String>,
    /// By whom; `None`: by nobody yet.
    pub by: Option<String>,
    /// When.
    pub on: Option<NaiveDate>,
}

/// The reviews of self-study; an entry without one is accepted.
pub fn reviews(reader: &Reader) -> Result<HashMap<SelfStudyId, Review>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT self_study, state, reason, reviewed_by, reviewed_on FROM study_review")?;
    let rows = statement.query_map([], |row| Ok(read_review(row)))?;
    rows.map(|row| row?).collect()
}

/// The review of one entry.
pub fn review(reader: &Reader, entry: SelfStudyId) -> Result<Option<Review>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT self_study, state, reason, reviewed_by, reviewed_on FROM study_review WHERE self_study = ?1")?;
    Ok(statement.query_row([Key(entry)], |row| Ok(read_review(row))).optional()?.transpose()?.map(|(_, review)| review))
}

fn read_review(row: &rusqlite::Row) -> Result<(SelfStudyId, Review), StoreError> {
    let (state, on): (String, Option<String>) = (row.get(1)?, row.get(4)?);
    let review = Review {
        state: from_word(&state, "study_review.state")?,
        reason: row.get(2)?,
        by: row.get(3)?,
        on: optional_day(on.as_deref(), "study_review.reviewed_on")?,
    };
    Ok((row.get::<_, Key<_>>(0)?.0, review))
}

/// Says how an entry stands.
pub fn set_review(writer: &mut Writer, entry: SelfStudyId, review: &Review) -> Result<(), StoreError> {
    writer.execute(
        "INSERT INTO study_review (self_study, state, reason, reviewed_by, reviewed_on, revision) VALUES (?1, ?2, ?3, ?4, ?5, 1)
         ON CONFLICT (self_study) DO UPDATE SET state = excluded.state, reason = excluded.reason, reviewed_by = excluded.reviewed_by,
         reviewed_on = excluded.reviewed_on, revision = revision + 1",
        (Key(entry), word(&review.state), &review.reason, &review.by, review.on.map(|day| day.to_string())),
    )?;
    Ok(())
}

/// What is written of an opening record.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningFields {
    /// Whose.
    pub member: MemberId,
    /// The `id` in the rule file.
    pub rule_set_key: String,
    /// Which period: `2024`.
    pub period: String,
    /// What was counted.
    pub total: Option<Exact>,
    /// Whether the requirements were met, where it is known.
    pub passed: Option<bool>,
    /// Buckets.
    pub buckets: Vec<(String, Exact)>,
    /// Requirements that were not met.
    pub short: Vec<String>,
    /// The grade.
    pub grade: Option<String>,
    /// What it handed on: bucket and amount; `None`: as the rules say.
    pub carry: Option<Vec<(String, Exact)>>,
    /// From where it is known.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
}

/// An opening record in the book.
#[derive(Debug, Clone)]
pub struct OpeningRecord {
    /// Its key.
    pub id: OpeningRecordId,
    /// Its fields.
    pub fields: OpeningFields,
    /// For the next edit.
    pub revision: u32,
}

const OPENINGS: &str =
    "SELECT id, member, rule_set_key, period, total, passed, buckets, short, grade, carry, reason, document, revision FROM opening_record";

/// Every opening record, earliest period first.
pub fn openings(reader: &Reader) -> Result<Vec<OpeningRecord>, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{OPENINGS} ORDER BY period, id"))?;
    let rows = statement.query_map([], |row| Ok(read_opening(row)))?;
    rows.map(|row| row?).collect()
}

/// One opening record.
pub fn opening(reader: &Reader, id: OpeningRecordId) -> Result<OpeningRecord, StoreError> {
    let mut statement = reader.prepare_cached(&format!("{OPENINGS} WHERE id = ?1"))?;
    statement.query_row([Key(id)], |row| Ok(read_opening(row))).optional()?.ok_or(StoreError::Gone { what: "opening_record" })?
}

fn read_opening(row: &rusqlite::Row) -> Result<OpeningRecord, StoreError> {
    let (total, buckets, short): (Option<String>, String, String) = (row.get(4)?, row.get(6)?, row.get(7)?);
    let carry: Option<String> = row.get(9)?;
    Ok(OpeningRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: OpeningFields {
            member: row.get::<_, Key<_>>(1)?.0,
            rule_set_key: row.get(2)?,
            period: row.get(3)?,
            total: total.map(|total| exact(&total, "opening_record.total")).transpose()?,
            passed: row.get(5)?,
            buckets: json(&buckets, "opening_record.buckets")?,
            short: json(&short, "opening_record.short")?,
            grade: row.get(8)?,
            carry: carry.map(|carry| json(&carry, "opening_record.carry")).transpose()?,
            reason: row.get(10)?,
            document: row.get(11)?,
        },
        revision: row.get(12)?,
    })
}

fn json<T: serde::de::DeserializeOwned>(text: &str, column: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Value { column })
}

fn to_json<T: Serialize>(value: &T, column: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Value { column })
}

/// Records the result of an earlier period; one of the same period is
/// replaced.
pub fn record_opening(writer: &mut Writer, fields: &OpeningFields) -> Result<OpeningRecordId, StoreError> {
    let found: Option<Key<_>> = writer
        .prepare_cached("SELECT id FROM opening_record WHERE member = ?1 AND rule_set_key = ?2 AND period = ?3")?
        .query_row((Key(fields.member), &fields.rule_set_key, &fields.period), |row| row.get(0))
        .optional()?;
    let id: OpeningRecordId = found.map_or_else(|| writer.new_id(), |key| key.0);
    let carry = fields.carry.as_ref().map(|carry| to_json(carry, "opening_record.carry")).transpose()?;
    writer.execute(
        "INSERT INTO opening_record (id, member, rule_set_key, period, total, passed, buckets, short, grade, carry, reason, document, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1)
         ON CONFLICT (id) DO UPDATE SET total = excluded.total, passed = excluded.passed, buckets = excluded.buckets, short = excluded.short,
         grade = excluded.grade, carry = excluded.carry, reason = excluded.reason, document = excluded.document, revision = revision + 1",
        (
            Key(id),
            Key(fields.member),
            &fields.rule_set_key,
            &fields.period,
            fields.total.map(|total| total.to_string()),
            fields.passed,
            to_json(&fields.buckets, "opening_record.buckets")?,
            to_json(&fields.short, "opening_record.short")?,
            &fields.grade,
            carry,
            &fields.reason,
            &fields.document,
        ),
    )?;
    Ok(id)
}

/// Removes an opening record.
pub fn delete_opening(writer: &mut Writer, id: OpeningRecordId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM opening_record WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "opening_record" }) }
}

/// What kind of thing is known of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberFactKind {
    /// What rules call `person.<name>`.
    Attribute,
    /// Another review's grade, in the year of its span.
    Review,
    /// Long leave of the kind of its value.
    Leave,
}

/// What is written of a fact about a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberFactFields {
    /// Whose.
    pub member: MemberId,
    /// What kind.
    pub kind: MemberFactKind,
    /// The name; of leave empty.
    pub name: String,
    /// The value.
    pub value: String,
    /// The first day; `None`: from the beginning.
    pub starts_on: Option<NaiveDate>,
    /// The last day; `None`: until further notice.
    pub ends_on: Option<NaiveDate>,
    /// From where it is known, who approved it.
    pub reason: Option<String>,
}

/// A fact about a member in the book.
#[derive(Debug, Clone)]
pub struct MemberFactRecord {
    /// Its key.
    pub id: MemberFactId,
    /// Its fields.
    pub fields: MemberFactFields,
}

/// Everything known of everybody beyond the roster's fields, earliest first.
pub fn member_facts(reader: &Reader) -> Result<Vec<MemberFactRecord>, StoreError> {
    let mut statement = reader.prepare_cached(
        "SELECT id, member, kind, name, value, starts_on, ends_on, reason FROM member_fact ORDER BY member, kind, name, starts_on, id",
    )?;
    let rows = statement.query_map([], |row| Ok(read_member_fact(row)))?;
    rows.map(|row| row?).collect()
}

fn read_member_fact(row: &rusqlite::Row) -> Result<MemberFactRecord, StoreError> {
    let (kind, starts_on, ends_on): (String, Option<String>, Option<String>) = (row.get(2)?, row.get(5)?, row.get(6)?);
    Ok(MemberFactRecord {
        id: row.get::<_, Key<_>>(0)?.0,
        fields: MemberFactFields {
            member: row.get::<_, Key<_>>(1)?.0,
            kind: from_word(&kind, "member_fact.kind")?,
            name: row.get(3)?,
            value: row.get(4)?,
            starts_on: optional_day(starts_on.as_deref(), "member_fact.starts_on")?,
            ends_on: optional_day(ends_on.as_deref(), "member_fact.ends_on")?,
            reason: row.get(7)?,
        },
    })
}

/// Adds a fact about a member.
pub fn insert_member_fact(writer: &mut Writer, fields: &MemberFactFields) -> Result<MemberFactId, StoreError> {
    let id: MemberFactId = writer.new_id();
    writer.execute(
        "INSERT INTO member_fact (id, member, kind, name, value, starts_on, ends_on, reason, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)",
        (
            Key(id),
            Key(fields.member),
            word(&fields.kind),
            &fields.name,
            &fields.value,
            fields.starts_on.map(|day| day.to_string()),
            fields.ends_on.map(|day| day.to_string()),
            &fields.reason,
        ),
    )?;
    Ok(id)
}

/// Removes a fact about a member.
pub fn delete_member_fact(writer: &mut Writer, id: MemberFactId) -> Result<(), StoreError> {
    let changed = writer.execute("DELETE FROM member_fact WHERE id = ?1", [Key(id)])?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Gone { what: "member_fact" }) }
}
