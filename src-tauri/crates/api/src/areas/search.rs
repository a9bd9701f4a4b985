//! Search over people and sessions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::ids::{MemberId, SessionId};

use xueji_domain::text::{names, pinyin};
use xueji_store::tables::{roster, sessions};

use crate::{context::QueryContext, error::ApiError};

/// Looks for people and sessions.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SearchRequest {
    /// What was typed: Chinese, pinyin, initials, a number.
    pub text: String,
}

/// What was found, best first; at most twenty of each.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SearchResult {
    /// People.
    pub members: Vec<MemberHit>,
    /// Sessions.
    pub sessions: Vec<SessionHit>,
}

/// Somebody found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MemberHit {
    /// Who.
    #[ts(type = "string")]
    pub id: MemberId,
    /// 姓名
    pub name: String,
    /// 工号
    pub staff_no: Option<String>,
    /// 职级 and 部门, which tell namesakes apart.
    pub detail: String,
}

/// A session found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SessionHit {
    /// Which.
    #[ts(type = "string")]
    pub id: SessionId,
    /// 主题
    pub title: String,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 类型
    pub kind: String,
}

/// The most of each that is shown.
const MOST: usize = 20;

/// `search.find`
pub fn find(context: &QueryContext, request: SearchRequest) -> Result<SearchResult, ApiError> {
    let wanted = names::clean_text(&request.text).to_lowercase();
    if wanted.is_empty() {
        return Ok(SearchResult { members: Vec::new(), sessions: Vec::new() });
    }
    let mut members: Vec<(u8, MemberHit)> = roster::list(context.reader, context.today)?
        .into_iter()
        .filter_map(|member| {
            let rank = rank_of(&wanted, &member.person.name, member.person.staff_no.as_deref())?;
            let detail: Vec<String> = [member.standing.rank, member.standing.department].into_iter().flatten().collect();
            let hit = MemberHit { id: member.id, name: member.person.name, staff_no: member.person.staff_no, detail: detail.join(" · ") };
            Some((rank, hit))
        })
        .collect();
    members.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.staff_no.cmp(&other.1.staff_no)));
    let mut sessions: Vec<(u8, SessionHit)> = sessions::all(context.reader)?
        .into_iter()
        .filter_map(|session| {
            let fields = session.fields;
            let date = fields.date.to_string();
            let rank = if date.starts_with(&wanted) { Some(0) } else { rank_of(&wanted, &fields.title, None) }?;
            Some((rank, SessionHit { id: session.id, title: fields.title, date, kind: fields.kind }))
        })
        .collect();
    sessions.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| other.1.date.cmp(&one.1.date)));
    Ok(SearchResult {
        members: members.into_iter().map(|(_, hit)| hit).take(MOST).collect(),
        sessions: sessions.into_iter().map(|(_, hit)| hit).take(MOST).collect(),
    })
}

/// How well a text fits, 0 the best: the number, the beginning, anywhere,
/// then pinyin. Pinyin is only asked for where Latin letters were typed.
fn rank_of(wanted: &str, text: &str, number: Option<&str>) -> Option<u8> {
    let text_lower = text.to_lowercase();
    if number == Some(wanted) || text_lower == wanted {
        return Some(0);
    }
    if text_lower.starts_with(wanted) || number.is_some_and(|number| number.starts_with(wanted)) {
        return Some(1);
    }
    if text_lower.contains(wanted) {
        return Some(2);
    }
    if !wanted.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let keys = pinyin::search_keys(text);
    if keys.iter().any(|key| key.starts_with(wanted)) { Some(3) } else { keys.iter().any(|key| key.contains(wanted)).then_some(4) }
}
