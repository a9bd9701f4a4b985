//! The clerk's own words (类型, 标签, 地点 …), and which of them a session
//! carries beside its kind.

use xueji_domain::{ids::SessionId, sessions::SessionLevel};

use super::{Key, from_word, word};
use crate::{book::Reader, error::StoreError, writer::Writer};

/// A word of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordRecord {
    /// Which list: `kind`, `tag`, `place`, `make_up_form`, `expense_kind`,
    /// `document_kind`.
    pub list: String,
    /// The word.
    pub name: String,
    /// Of a kind: the level that it usually has.
    pub level: Option<SessionLevel>,
    /// Where it stands in the list.
    pub position: u32,
    /// Whether it is no longer offered.
    pub hidden: bool,
}

/// The words of every list, in order.
pub fn all(reader: &Reader) -> Result<Vec<WordRecord>, StoreError> {
    let mut statement = reader.prepare_cached("SELECT list, name, level, position, hidden FROM word ORDER BY list, position, name")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?, row.get(3)?, row.get(4)?))
    })?;
    rows.map(|row| {
        let (list, name, level, position, hidden) = row?;
        let level = level.map(|level| from_word(&level, "word.level")).transpose()?;
        Ok(WordRecord { list, name, level, position, hidden })
    })
    .collect()
}

/// Writes a word, new or known.
pub fn put(writer: &mut Writer, record: &WordRecord) -> Result<(), StoreError> {
    let level = record.level.as_ref().map(word);
    let values = (&record.list, &record.name, level, record.position, record.hidden);
    let changed = writer.execute(
        "UPDATE word SET level = ?3, position = ?4, hidden = ?5 WHERE list = ?1 AND name = ?2
         AND (level IS NOT ?3 OR position <> ?4 OR hidden <> ?5)",
        values.clone(),
    )?;
    if changed == 0 {
        writer
            .execute("INSERT INTO word (list, name, level, position, hidden) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING", values)?;
    }
    Ok(())
}

/// Takes a word off a list; records that bear it keep it.
pub fn delete(writer: &mut Writer, list: &str, name: &str) -> Result<(), StoreError> {
    writer.execute("DELETE FROM word WHERE list = ?1 AND name = ?2", (list, name))?;
    Ok(())
}

/// How many records bear each word of a list, most used first. A list that
/// no table of the book holds gives none.
pub fn used(reader: &Reader, list: &str) -> Result<Vec<(String, u32)>, StoreError> {
    let Some(sql) = used_sql(list) else { return Ok(Vec::new()) };
    let mut statement = reader.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn used_sql(list: &str) -> Option<&'static str> {
    Some(match list {
        "kind" => {
            "SELECT kind, count(*) FROM (SELECT kind FROM session UNION ALL SELECT kind FROM session_also)
             GROUP BY kind ORDER BY count(*) DESC, kind"
        }
        "tag" => "SELECT tag, count(*) FROM session_tag GROUP BY tag ORDER BY count(*) DESC, tag",
        "place" => "SELECT place, count(*) FROM session WHERE place IS NOT NULL GROUP BY place ORDER BY max(date) DESC, place",
        "make_up_form" => "SELECT form, count(*) FROM make_up WHERE form IS NOT NULL GROUP BY form ORDER BY count(*) DESC, form",
        "expense_kind" => "SELECT kind, count(*) FROM expense GROUP BY kind ORDER BY count(*) DESC, kind",
        "document_kind" => "SELECT kind, count(*) FROM document GROUP BY kind ORDER BY count(*) DESC, kind",
        _ => return None,
    })
}

/// Renames a word in every record that bears it; gives the number of them.
/// Revisions rise, so that a form that still shows the old word is refused.
pub fn rename_in_records(writer: &mut Writer, list: &str, from: &str, to: &str) -> Result<u32, StoreError> {
    let statements: &[&str] = match list {
        "kind" => &[
            "UPDATE session SET kind = ?2, revision = revision + 1 WHERE kind = ?1",
            // Not updated: undo finds a row by its key, and this is the key.
            "INSERT INTO session_also (session, kind) SELECT session, ?2 FROM session_also WHERE kind = ?1 ON CONFLICT DO NOTHING",
            "DELETE FROM session_also WHERE kind = ?1 AND ?2 <> ?1",
            "UPDATE series SET kind = ?2, revision = revision + 1 WHERE kind = ?1",
        ],
        "tag" => &[
            "INSERT INTO session_tag (session, tag) SELECT session, ?2 FROM session_tag WHERE tag = ?1 ON CONFLICT DO NOTHING",
            "DELETE FROM session_tag WHERE tag = ?1 AND ?2 <> ?1",
        ],
        "place" => &[
            "UPDATE session SET place = ?2, revision = revision + 1 WHERE place = ?1",
            "UPDATE series SET place = ?2, revision = revision + 1 WHERE place = ?1",
        ],
        "make_up_form" => &["UPDATE make_up SET form = ?2 WHERE form = ?1"],
        "expense_kind" => &["UPDATE expense SET kind = ?2, revision = revision + 1 WHERE kind = ?1"],
        "document_kind" => &["UPDATE document SET kind = ?2, revision = revision + 1 WHERE kind = ?1"],
        _ => &[],
    };
    let mut records = 0;
    for sql in statements {
        let changed = writer.execute(sql, (from, to))?;
        if !sql.starts_with("INSERT") {
            records += changed;
        }
    }
    Ok(u32::try_from(records).unwrap_or(u32::MAX))
}

/// The tags of sessions of a span of days.
pub fn tags_between(reader: &Reader, from: &str, to: &str) -> Result<Vec<(SessionId, String)>, StoreError> {
    pairs(
        reader,
        "SELECT t.session, t.tag FROM session AS s JOIN session_tag AS t ON t.session = s.id
         WHERE s.date BETWEEN ?1 AND ?2 ORDER BY t.session, t.tag",
        (from, to),
    )
}

/// The further kinds of one session.
pub fn also_of(reader: &Reader, session: SessionId) -> Result<Vec<String>, StoreError> {
    let found = pairs(reader, "SELECT session, kind FROM session_also WHERE session = ?1 ORDER BY kind", [Key(session)])?;
    Ok(found.into_iter().map(|(_, kind)| kind).collect())
}

/// The tags of one session.
pub fn tags_of(reader: &Reader, session: SessionId) -> Result<Vec<String>, StoreError> {
    let found = pairs(reader, "SELECT session, tag FROM session_tag WHERE session = ?1 ORDER BY tag", [Key(session)])?;
    Ok(found.into_iter().map(|(_, tag)| tag).collect())
}

fn pairs(reader: &Reader, sql: &str, params: impl rusqlite::Params) -> Result<Vec<(SessionId, String)>, StoreError> {
    let mut statement = reader.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| Ok((row.get::<_, Key<_>>(0)?.0, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets the further kinds of a session; what is the same stays.
pub fn set_also(writer: &mut Writer, session: SessionId, kinds: &[String]) -> Result<(), StoreError> {
    let before = also_of(&writer.reader(), session)?;
    for gone in before.iter().filter(|kind| !kinds.contains(kind)) {
        writer.execute("DELETE FROM session_also WHERE session = ?1 AND kind = ?2", (Key(session), gone))?;
    }
    for new in kinds.iter().filter(|kind| !before.contains(kind)) {
        writer.execute("INSERT INTO session_also (session, kind) VALUES (?1, ?2) ON CONFLICT DO NOTHING", (Key(session), new))?;
    }
    Ok(())
}

/// Sets the tags of a session; what is the same stays.
pub fn set_tags(writer: &mut Writer, session: SessionId, tags: &[String]) -> Result<(), StoreError> {
    let before = tags_of(&writer.reader(), session)?;
    for gone in before.iter().filter(|tag| !tags.contains(tag)) {
        writer.execute("DELETE FROM session_tag WHERE session = ?1 AND tag = ?2", (Key(session), gone))?;
    }
    for new in tags.iter().filter(|tag| !before.contains(tag)) {
        writer.execute("INSERT INTO session_tag (session, tag) VALUES (?1, ?2) ON CONFLICT DO NOTHING", (Key(session), new))?;
    }
    Ok(())
}
