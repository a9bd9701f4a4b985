//! `members`: the roster, in one of the orders of official lists.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use xueji_domain::roster::Tier;

use crate::{
    args::{Arguments, Members, Order},
    failure::Failure,
    output::Answer,
    program::Program,
    table::{Side, Table},
};

/// A member as the command line shows one.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Member {
    /// The program's own key.
    pub id: String,
    /// 工号
    pub staff_no: Option<String>,
    /// 姓名
    pub name: String,
    /// 性别
    pub gender: Option<String>,
    /// 出生年月: `YYYY-MM-DD`, or `YYYY-MM` where only the month is known.
    pub born: Option<String>,
    /// 政治面貌
    pub party_status: Option<String>,
    /// 入党时间
    pub party_joined: Option<String>,
    /// 职级
    pub rank: Option<String>,
    /// 层级, by the word on screen.
    #[serde(serialize_with = "in_words")]
    pub tier: Tier,
    /// 职务
    pub post: Option<String>,
    /// 人员类别
    pub category: Option<String>,
    /// 所属组织
    #[serde(rename(deserialize = "organization_name"))]
    pub organization: Option<String>,
    /// 所在部门
    pub department: Option<String>,
    /// 手机号码
    pub phone: Option<String>,
    /// 备注
    pub remark: Option<String>,
    /// Whether another member bears the same name.
    pub namesake: bool,
}

fn in_words<S: serde::Serializer>(tier: &Tier, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(tier.label())
}

impl Member {
    /// The form for scripts: `tier` in words, and `tier_code` beside it.
    pub fn as_json(&self) -> Value {
        let mut object = json!(self);
        object["tier_code"] = json!(self.tier);
        object
    }

    /// 工号 as a cell.
    pub fn number(&self) -> String {
        self.staff_no.clone().unwrap_or_default()
    }
}

/// The key of the member of a staff number, or, where nobody has that number,
/// of a name that only one bears; people who have left too.
pub fn find(program: &Program, asked: &str) -> Result<String, Failure> {
    let members: Vec<Member> = program.ask("roster.list", json!({ "order": "staff_no", "include_left": true }))?;
    one(members.iter(), asked).map(|member| member.id.clone())
}

/// As [`find`], among members at hand.
pub fn one<'a>(members: impl Iterator<Item = &'a Member> + Clone, asked: &str) -> Result<&'a Member, Failure> {
    if let Some(member) = members.clone().find(|member| member.staff_no.as_deref() == Some(asked)) {
        return Ok(member);
    }
    let named: Vec<&Member> = members.filter(|member| member.name == asked).collect();
    match named[..] {
        [] => Err(Failure::MemberUnknown { asked: asked.to_owned() }),
        [member] => Ok(member),
        _ => Err(Failure::MemberAmbiguous {
            asked: asked.to_owned(),
            numbers: named.iter().map(|member| member.staff_no.clone().unwrap_or_else(|| "（没有工号）".to_owned())).collect(),
        }),
    }
}

/// `members`
pub fn members(arguments: &Arguments, request: &Members) -> Result<Answer, Failure> {
    let order = match request.order {
        Order::Strokes => "strokes",
        Order::Pinyin => "pinyin",
        Order::Protocol => "protocol",
        Order::StaffNo => "staff_no",
    };
    let program = Program::open(arguments)?;
    let members: Vec<Member> = program.ask("roster.list", json!({ "order": order, "include_left": false }))?;
    let json = json!({ "order": order, "members": members.iter().map(Member::as_json).collect::<Vec<_>>() });
    Ok(Answer::new(in_table(&members), json))
}

fn in_table(members: &[Member]) -> String {
    let headings = ["工号", "姓名", "性别", "出生年月", "政治面貌", "职级", "层级", "职务", "部门", "类别"];
    let mut table = Table::new(&headings.map(|heading| (heading, Side::Left)));
    for member in members {
        let known = |text: &Option<String>| text.clone().unwrap_or_default();
        table.row(vec![
            member.number(),
            member.name.clone(),
            known(&member.gender),
            known(&member.born),
            known(&member.party_status),
            known(&member.rank),
            member.tier.label().to_owned(),
            known(&member.post),
            known(&member.department),
            known(&member.category),
        ]);
    }
    format!("{}共 {} 人\n", table.render(), members.len())
}
