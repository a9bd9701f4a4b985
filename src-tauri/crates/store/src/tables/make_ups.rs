//! 补学 as a desk of its own: several at once, their check, the words that
//! forms propose. Reading stands with the marks, in
//! [`attendance`](super::attendance).

use chrono::NaiveDate;
use xueji_domain::ids::{MakeUpId, MemberId, SessionId};

use super::Key;
use crate::{book::Reader, error::StoreError, writer::Writer};

/// What is written of a make-up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MakeUpFields {
    /// On which day, where known.
    pub done_on: Option<NaiveDate>,
    /// 补学形式
    pub form: Option<String>,
    /// 凭据
    pub evidence: Option<String>,
    /// Who checked it; empty: nobody has.
    pub checker: Option<String>,
    /// When it was checked.
    pub checked_on: Option<NaiveDate>,
}

/// Records a make-up with its check; a second one of the same absence
/// replaces what the first said.
///
/// # Errors
/// Where the book cannot be written.
pub fn set(writer: &mut Writer, session: SessionId, member: MemberId, fields: &MakeUpFields) -> Result<(), StoreError> {
    let id: MakeUpId = writer.new_id();
    let text = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    writer.execute(
        include_str!("make_ups/set.sql"),
        (
            Key(id),
            Key(session),
            Key(member),
            text(fields.done_on),
            &fields.form,
            &fields.evidence,
            &fields.checker,
            text(fields.checked_on),
        ),
    )?;
    Ok(())
}

/// Sets who checked a make-up and when; both empty takes the check back.
///
/// # Errors
/// Where it is gone, or the book cannot be written.
pub fn set_check(writer: &mut Writer, id: MakeUpId, checker: Option<&str>, checked_on: Option<NaiveDate>) -> Result<(), StoreError> {
    writer.execute(
        "UPDATE make_up SET checker = ?2, checked_on = ?3, revision = revision + 1
         WHERE id = ?1 AND (checker IS NOT ?2 OR checked_on IS NOT ?3)",
        (Key(id), checker, checked_on.map(|day| day.to_string())),
    )?;
    Ok(())
}

/// The forms that make-ups of this book had, most used first.
///
/// # Errors
/// Where the book cannot be read.
pub fn forms(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let mut statement =
        reader.prepare_cached("SELECT form FROM make_up WHERE form IS NOT NULL GROUP BY form ORDER BY count(*) DESC, form LIMIT 20")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
