//! Who is on the roster: ranks and the tiers that requirements depend on,
//! party status, member category.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// 层级: what a yearly requirement depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// 处级以上
    DivisionAndAbove,
    /// 科级
    Section,
    /// 科员及以下
    StaffAndBelow,
    /// 其他: a rank that no table knows, or none.
    Other,
}

impl Tier {
    /// Every tier, highest first.
    pub const ALL: [Tier; 4] = [Tier::DivisionAndAbove, Tier::Section, Tier::StaffAndBelow, Tier::Other];

    /// The word on screen and in papers.
    pub fn label(self) -> &'static str {
        match self {
            Tier::DivisionAndAbove => "处级以上",
            Tier::Section => "科级",
            Tier::StaffAndBelow => "科员及以下",
            Tier::Other => "其他",
        }
    }
}

/// One line of the rank table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rank {
    /// As it is written on the roster: 乡科级正职.
    pub name: String,
    /// The tier it belongs to.
    pub tier: Tier,
    /// Order of precedence, 1 the highest: for lists in 职务 order (protocol).
    pub precedence: u32,
}

/// 职级 and their tiers. A table, not code: assets/presets/ranks.toml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankTable {
    ranks: Vec<Rank>,
}

impl RankTable {
    /// The table that the program ships (Civil Servants Law ranks of 2019).
    pub fn shipped() -> Self {
        toml::from_str(include_str!("../../../../assets/presets/ranks.toml")).expect("the shipped rank table is checked by a test")
    }

    /// All ranks in order of precedence.
    pub fn ranks(&self) -> &[Rank] {
        &self.ranks
    }

    /// The entry of a rank by its exact name.
    pub fn find(&self, name: &str) -> Option<&Rank> {
        self.ranks.iter().find(|rank| rank.name == name)
    }

    /// The tier of a rank; [`Tier::Other`] where there is none or the table
    /// does not know it.
    pub fn tier_of(&self, name: Option<&str>) -> Tier {
        name.and_then(|name| self.find(name)).map_or(Tier::Other, |rank| rank.tier)
    }
}

/// 政治面貌 that the program proposes; others may be typed.
pub const PARTY_STATUSES: [&str; 13] = [
    "中共党员",
    "中共预备党员",
    "入党积极分子",
    "发展对象",
    "共青团员",
    "群众",
    "民革党员",
    "民盟盟员",
    "民建会员",
    "民进会员",
    "农工党党员",
    "九三学社社员",
    "无党派人士",
];

/// 人员类别 that the program proposes; others may be typed.
pub const MEMBER_CATEGORIES: [&str; 5] = ["在职", "离退休", "流动", "挂职", "借调"];

/// 性别, as it is written.
pub const GENDERS: [&str; 2] = ["男", "女"];

/// What an organization is (组织 tree: 党委 → 党总支 → 党支部 → 党小组).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationKind {
    /// 党委
    Committee,
    /// 党总支
    GeneralBranch,
    /// 党支部
    Branch,
    /// 党小组
    Group,
    /// 其他单位
    Unit,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_follows_the_glossary() {
        let table = RankTable::shipped();
        for (rank, tier) in [
            ("县处级正职", Tier::DivisionAndAbove),
            ("县处级副职", Tier::DivisionAndAbove),
            ("厅局级副职", Tier::DivisionAndAbove),
            ("四级调研员", Tier::DivisionAndAbove),
            ("二级巡视员", Tier::DivisionAndAbove),
            ("乡科级正职", Tier::Section),
            ("乡科级副职", Tier::Section),
            ("一级主任科员", Tier::Section),
            ("四级主任科员", Tier::Section),
            ("一级科员", Tier::StaffAndBelow),
            ("二级科员", Tier::StaffAndBelow),
            ("办事员", Tier::StaffAndBelow),
        ] {
            assert_eq!(table.tier_of(Some(rank)), tier, "{rank}");
        }
        assert_eq!(table.tier_of(Some("三级调研员助理")), Tier::Other);
        assert_eq!(table.tier_of(None), Tier::Other);
    }

    #[test]
    fn precedence_is_the_order_of_the_file() {
        let table = RankTable::shipped();
        let given: Vec<u32> = table.ranks().iter().map(|rank| rank.precedence).collect();
        let mut sorted = given.clone();
        sorted.sort_unstable();
        assert_eq!(given, sorted);
    }
}
