//! 封月: what keeps a closed month as it was closed.
//!
//! The guard looks at the change log of an operation before it is committed,
//! so no command, import or undo can pass it by, and none has to ask for it.
//! What belongs to a session belongs to the month of its day: its fields,
//! marks, make-ups, parts, roster, papers. Where such a row changed in a
//! closed month, the operation is refused as a whole; with a reason
//! ([`Supplement`]) it stands, and every session or mark that it changed
//! leaves a line in `month_supplement` under the same operation.
//!
//! Links from a session to a series, a plan or a document, and from a mark to
//! the leave it came from, say nothing of what happened and stay free, as do
//! files attached later.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::Connection;
use xueji_domain::ids::{MonthSupplementId, OperationId};

use crate::{
    error::StoreError,
    writer::{Stamp, random},
};

/// Why a closed month is changed after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplement {
    /// The reason; not empty.
    pub reason: String,
    /// On which day it is recorded.
    pub on: NaiveDate,
}

/// More marks of one session than this, changed by one operation, are one
/// line of the supplements: an import would bury the others.
const MARKS_APART: usize = 20;

/// What an operation changed of one session in a closed month.
#[derive(Default)]
struct Touched {
    title: String,
    /// Whose mark or make-up: key and name.
    marks: Vec<(String, String)>,
    /// Whether the session itself, its parts or its papers changed.
    itself: bool,
    /// Whether the session came or went as a whole, with all that is in it.
    whole: bool,
}

/// By month, day and key of the session, so that the lines stand in order.
type Changes = BTreeMap<(String, String, String), Touched>;

/// Lets an operation pass that leaves every closed month as it is. One that
/// does not is refused with [`StoreError::MonthClosed`], or, with a reason,
/// recorded.
pub(crate) fn pass(
    connection: &Connection,
    operation: OperationId,
    stamp: &Stamp,
    supplement: Option<&Supplement>,
) -> Result<(), StoreError> {
    let any: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM month_closing WHERE reopened_on IS NULL)")?
        .query_row([], |row| row.get(0))?;
    if !any {
        return Ok(());
    }
    let changes = changes(connection, operation)?;
    if changes.is_empty() {
        return Ok(());
    }
    let Some(supplement) = supplement else {
        let mut months: Vec<String> = changes.keys().map(|(month, ..)| month.clone()).collect();
        months.dedup();
        let sessions = u32::try_from(changes.len()).unwrap_or(u32::MAX);
        return Err(StoreError::MonthClosed { months, sessions });
    };
    for ((month, date, session), touched) in &changes {
        let record =
            |member: Option<&str>, subject: String| insert(connection, stamp, supplement, operation, (month, session, member), &subject);
        let head = format!("{date} {}", touched.title);
        let together = touched.marks.len() > MARKS_APART;
        if together {
            record(None, format!("{head}（{} 人的考勤）", touched.marks.len()))?;
        } else {
            for (member, name) in &touched.marks {
                record(Some(member), format!("{head} {name}"))?;
            }
        }
        if touched.itself {
            record(None, head)?;
        }
    }
    Ok(())
}

fn insert(
    connection: &Connection,
    stamp: &Stamp,
    supplement: &Supplement,
    operation: OperationId,
    (month, session, member): (&str, &str, Option<&str>),
    subject: &str,
) -> Result<(), StoreError> {
    let id = MonthSupplementId::from_parts(stamp.at.unsigned_abs(), random());
    connection
        .prepare_cached(
            "INSERT INTO month_supplement (id, month, session, member, subject, reason, operation, recorded_by, recorded_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((
            id.to_string(),
            month,
            session,
            member,
            subject,
            &supplement.reason,
            operation.to_string(),
            &stamp.operator,
            supplement.on.to_string(),
        ))?;
    Ok(())
}

/// What the operation changed in closed months.
fn changes(connection: &Connection, operation: OperationId) -> Result<Changes, StoreError> {
    let mut changes = Changes::new();
    let mut statement = connection.prepare_cached(include_str!("guard/sessions.sql"))?;
    let mut rows = statement.query([operation.to_string()])?;
    while let Some(row) = rows.next()? {
        let touched = changes.entry((row.get("month")?, row.get("date")?, row.get("session")?)).or_default();
        touched.title = row.get("title")?;
        touched.itself = true;
        touched.whole |= row.get::<_, bool>("whole")?;
    }
    let mut statement = connection.prepare_cached(include_str!("guard/parts.sql"))?;
    let mut rows = statement.query([operation.to_string()])?;
    while let Some(row) = rows.next()? {
        let touched = changes.entry((row.get("month")?, row.get("date")?, row.get("session")?)).or_default();
        touched.title = row.get("title")?;
        if touched.whole {
            continue;
        }
        match (row.get::<_, i64>("of_marks")?, row.get::<_, Option<String>>("member")?, row.get::<_, Option<String>>("name")?) {
            (1, Some(member), Some(name)) => touched.marks.push((member, name)),
            // The roster is frozen by the first mark, whose line says enough.
            (2, ..) if !touched.marks.is_empty() => {}
            _ => touched.itself = true,
        }
    }
    Ok(changes)
}
