//! One sitting (学习活动): its kind, level, state, and who had which part.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// 学习层级: the three levels of study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SessionLevel {
    /// 党组(党委)集中学
    Committee,
    /// 支部集体学
    Branch,
    /// 个人自学
    Personal,
}

/// planned → held / cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// 计划
    Planned,
    /// 已开展
    Held,
    /// 已取消
    Cancelled,
}

/// 角色: a part in a session, apart from attendance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 主持
    Host,
    /// 主讲
    Speaker,
    /// 记录
    Recorder,
    /// 列席: outside 应到 and 实到.
    Observer,
}

/// A kind of session that the program knows, with the level it usually has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct SessionKind {
    /// As it is written: 主题党日.
    pub name: &'static str,
    /// The level proposed for a session of this kind.
    pub level: SessionLevel,
}

/// The collective kinds. A clerk may type others; an importer asks before it
/// takes a word that is not here.
pub const SESSION_KINDS: [SessionKind; 18] = {
    const fn kind(name: &'static str, level: SessionLevel) -> SessionKind {
        SessionKind { name, level }
    }
    use SessionLevel::{Branch, Committee};
    [
        kind("集体学习", Branch),
        kind("中心组学习", Committee),
        kind("党课", Branch),
        kind("支部党员大会", Branch),
        kind("支委会", Branch),
        kind("党小组会", Branch),
        kind("主题党日", Branch),
        kind("组织生活会", Branch),
        kind("民主评议党员", Branch),
        kind("专题讲座", Branch),
        kind("报告会", Branch),
        kind("培训班", Branch),
        kind("研讨", Branch),
        kind("宣讲", Branch),
        kind("读书会", Branch),
        kind("参观学习", Branch),
        kind("知识竞赛", Branch),
        kind("岗位培训", Branch),
    ]
};

/// The level proposed for a kind; 支部集体学 for a kind of the clerk's own.
pub fn proposed_level(kind: &str) -> SessionLevel {
    SESSION_KINDS.iter().find(|known| known.name == kind).map_or(SessionLevel::Branch, |known| known.level)
}

/// Whether this is a kind that the program knows.
pub fn is_known_kind(kind: &str) -> bool {
    SESSION_KINDS.iter().any(|known| known.name == kind)
}
