//! The fields that a column can hold, with the headings that people write
//! over them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ImportKind;

/// A field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 工号
    StaffNo,
    /// 姓名
    Name,
    /// 性别
    Gender,
    /// 出生年月
    Born,
    /// 政治面貌
    PartyStatus,
    /// 入党时间
    PartyJoined,
    /// 职务
    Post,
    /// 职级
    Rank,
    /// 所在部门
    Department,
    /// 所在支部
    Organization,
    /// 人员类别
    Category,
    /// 手机号码
    Phone,
    /// 备注
    Remark,
    /// 编号 of a session
    Number,
    /// 日期
    Date,
    /// 开始时间
    StartsAt,
    /// 时长
    Amount,
    /// 类型
    Kind,
    /// 主题
    Title,
    /// 专题
    Theme,
    /// 学习层级
    Level,
    /// 主持人
    Host,
    /// 主讲人
    Speaker,
    /// 记录人
    Recorder,
    /// 地点
    Place,
    /// 学习形式
    Form,
    /// 学习内容
    Content,
    /// 心得字数
    Chars,
    /// One session of a matrix
    Session,
    /// 签到: a signature, a tick, a word
    Signed,
    /// 签到时间, 入会时间
    JoinedAt,
    /// 离会时间
    LeftAt,
    /// 在会时长
    Stayed,
}

/// A field as the wizard offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct FieldInfo {
    /// The field.
    pub field: Field,
    /// Its name on screen.
    pub label: &'static str,
    /// Whether the import cannot do without it.
    pub required: bool,
}

/// A field's name on screen and the headings by which it is known. Headings
/// are compared without spaces, punctuation and bracketed remarks.
struct Known {
    field: Field,
    label: &'static str,
    headings: &'static [&'static str],
}

const fn known(field: Field, label: &'static str, headings: &'static [&'static str]) -> Known {
    Known { field, label, headings }
}

const STAFF_NO: Known =
    known(Field::StaffNo, "工号", &["工号", "职工号", "学工号", "工作证号", "员工编号", "人员编号", "职工编号", "编制号"]);
const NAME: Known = known(Field::Name, "姓名", &["姓名", "人员姓名", "学员姓名", "党员姓名", "干部姓名", "名字"]);

const ROSTER: &[Known] = &[
    NAME,
    STAFF_NO,
    known(Field::Gender, "性别", &["性别"]),
    known(Field::Born, "出生年月", &["出生年月", "出生日期", "出生年月日", "出生时间", "生日"]),
    known(Field::PartyStatus, "政治面貌", &["政治面貌", "政治身份", "党员身份"]),
    known(Field::PartyJoined, "入党时间", &["入党时间", "入党日期", "入党年月", "参加党派时间"]),
    known(Field::Post, "职务", &["职务", "现任职务", "职务名称", "岗位"]),
    known(Field::Rank, "职级", &["职级", "行政级别", "职务级别", "职务层次", "级别"]),
    known(Field::Department, "所在部门", &["所在部门", "部门", "科室", "所在科室", "单位", "所在单位", "工作部门", "处室"]),
    known(Field::Organization, "所在支部", &["所在支部", "党支部", "所在党支部", "支部", "所属党支部", "所属支部", "所属组织", "党小组"]),
    known(Field::Category, "人员类别", &["人员类别", "类别", "人员类型", "人员性质"]),
    known(Field::Phone, "手机号码", &["手机号码", "手机", "手机号", "联系电话", "电话", "联系方式"]),
    known(Field::Remark, "备注", &["备注", "说明"]),
];

const SESSIONS: &[Known] = &[
    known(
        Field::Date,
        "日期",
        &["日期", "活动日期", "学习日期", "会议日期", "时间", "实际会议时间", "实际时间", "学习时间", "活动时间", "会议时间"],
    ),
    known(
        Field::Title,
        "主题",
        &["主题", "会议名称", "活动名称", "议题", "会议议题", "学习主题", "活动主题", "名称", "题目", "培训班名称"],
    ),
    known(Field::Number, "编号", &["编号", "活动编号", "会议编号"]),
    known(Field::StartsAt, "开始时间", &["开始时间", "起始时间", "开始"]),
    known(Field::Amount, "时长", &["时长", "学习时长", "活动时长", "课时", "时长（分钟）", "培训学时", "学时"]),
    known(Field::Kind, "类型", &["类型", "活动类型", "会议类型", "学习形式", "形式", "培训类型"]),
    known(Field::Theme, "专题", &["专题", "学习专题"]),
    known(Field::Level, "学习层级", &["学习层级", "层级"]),
    known(Field::Host, "主持人", &["主持人", "主持"]),
    known(Field::Speaker, "主讲人", &["主讲人", "主讲", "讲课人", "授课人", "中心发言人员", "中心发言人"]),
    known(Field::Recorder, "记录人", &["记录人", "记录"]),
    known(Field::Place, "地点", &["地点", "会议地点", "活动地点", "学习地点", "培训地点"]),
    known(Field::Remark, "备注", &["备注", "说明"]),
];

const ATTENDANCE: &[Known] = &[NAME, STAFF_NO, known(Field::Session, "学习活动", &[])];

const SELF_STUDY: &[Known] = &[
    NAME,
    STAFF_NO,
    known(Field::Date, "日期", &["学习日期", "日期", "学习时间", "时间"]),
    known(Field::Amount, "时长", &["时长", "学习时长", "学时", "时长（分钟）", "用时", "学习学时"]),
    known(Field::Form, "学习形式", &["学习形式", "形式", "自学形式", "类型", "方式", "学习方式"]),
    known(Field::Content, "学习内容", &["学习内容", "内容", "自学内容", "书目", "学习资料", "题目"]),
    known(Field::Chars, "心得字数", &["心得字数", "字数", "笔记字数", "心得体会字数"]),
    known(Field::Remark, "备注", &["备注", "说明"]),
];

const SIGN_IN: &[Known] = &[
    known(
        Field::Name,
        "姓名",
        &[
            "姓名",
            "人员姓名",
            "学员姓名",
            "党员姓名",
            "干部姓名",
            "名字",
            "用户昵称",
            "昵称",
            "入会昵称",
            "参会人",
            "参会人员",
            "参会者",
            "与会人",
            "与会者",
            "成员",
            "成员名称",
            "用户名称",
            "签到人",
            "Name",
            "FullName",
            "Participant",
        ],
    ),
    STAFF_NO,
    known(
        Field::JoinedAt,
        "签到（入会）时间",
        &["入会时间", "首次入会时间", "最早入会时间", "加入时间", "进入时间", "进会时间", "签到时间", "打卡时间", "JoinTime", "FirstJoin"],
    ),
    known(
        Field::LeftAt,
        "离会时间",
        &["退会时间", "离会时间", "离开时间", "退出时间", "最后退会时间", "最晚退会时间", "签退时间", "LeaveTime", "LastLeave"],
    ),
    known(
        Field::Stayed,
        "在会时长",
        &[
            "累计入会时长",
            "入会时长",
            "参会时长",
            "在会时长",
            "在线时长",
            "会议时长",
            "时长",
            "Duration",
            "In-MeetingDuration",
            "InMeetingDuration",
        ],
    ),
    known(
        Field::Signed,
        "签到情况",
        &["签到情况", "签到状态", "是否签到", "签到", "签名", "签字", "本人签名", "本人签字", "出席情况", "考勤", "考勤结果", "状态"],
    ),
];

fn known_fields(kind: ImportKind) -> &'static [Known] {
    match kind {
        ImportKind::Roster => ROSTER,
        ImportKind::Sessions => SESSIONS,
        ImportKind::Attendance => ATTENDANCE,
        ImportKind::SelfStudy => SELF_STUDY,
        ImportKind::SignIn => SIGN_IN,
    }
}

/// Whether an import of this kind cannot do without the field. A person is
/// named by 姓名 or 工号; either will do, so neither alone is required for
/// marks and self-study.
fn is_required(kind: ImportKind, field: Field) -> bool {
    match kind {
        ImportKind::Roster => field == Field::Name,
        ImportKind::Sessions => matches!(field, Field::Date | Field::Title),
        ImportKind::Attendance => field == Field::Session,
        ImportKind::SelfStudy => matches!(field, Field::Date | Field::Amount),
        ImportKind::SignIn => false,
    }
}

/// The fields of a kind of import, in the order in which the wizard shows
/// them.
pub fn fields(kind: ImportKind) -> Vec<FieldInfo> {
    known_fields(kind)
        .iter()
        .map(|known| FieldInfo { field: known.field, label: known.label, required: is_required(kind, known.field) })
        .collect()
}

/// A field's name on screen.
pub fn label(kind: ImportKind, field: Field) -> &'static str {
    known_fields(kind).iter().find(|known| known.field == field).map_or("", |known| known.label)
}

/// The field that a heading names, with how surely: 2 for the exact words, 1
/// where the words are only contained in it.
pub fn recognise(kind: ImportKind, heading: &str) -> Option<(Field, u8)> {
    let heading = normal_heading(heading);
    if heading.is_empty() {
        return None;
    }
    let exact = known_fields(kind).iter().find(|known| known.headings.iter().any(|word| normal_heading(word) == heading));
    if let Some(known) = exact {
        return Some((known.field, 2));
    }
    // Loose only for short headings: a session's title may contain any word.
    if heading.chars().count() > 8 {
        return None;
    }
    known_fields(kind).iter().find(|known| known.headings.iter().any(|word| heading.contains(word))).map(|known| (known.field, 1))
}

/// A heading without spaces, line breaks, punctuation, and what stands in
/// brackets.
pub fn normal_heading(heading: &str) -> String {
    let mut depth = 0u32;
    let mut normal = String::new();
    for c in heading.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth > 0 || c.is_whitespace() || matches!(c, '*' | ':' | '：' | '、' | '/' | '\u{feff}') => {}
            _ => normal.push(c),
        }
    }
    normal
}
