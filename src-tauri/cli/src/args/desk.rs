//! The grammar of what a clerk does around credits: decisions, openings,
//! closings, approvals, credits by hand, assessment.

use clap::{Args, Subcommand, ValueEnum};

use super::{OPERANDS, OPTIONS, TEMPLATE, Year};

/// Something by its key.
#[derive(Debug, Args)]
pub struct ById {
    /// Its key.
    #[arg(value_name = "编号", help = "编号，见 list", help_heading = OPERANDS)]
    pub id: String,
}

/// `decisions`
#[derive(Debug, Args)]
pub struct Decisions {
    /// What to do.
    #[command(subcommand)]
    pub command: DecisionsCommand,
}

/// What to do with decisions.
#[derive(Debug, Subcommand)]
pub enum DecisionsCommand {
    /// Every decision.
    #[command(about = "列出所有决定", override_usage = "xueji-cli --book <文件> decisions list", help_template = TEMPLATE)]
    List,
    /// Decides.
    #[command(about = "作出决定；同一问题、同样的人，后来的替换先前的", override_usage = "xueji-cli --book <文件> decisions record --rule-set <规则> --question <问题> (--reading <读法> | --value <数>) --reason <理由>", help_template = TEMPLATE)]
    Record(RecordDecision),
    /// Takes one back.
    #[command(about = "撤回一条决定，问题重新未定", override_usage = "xueji-cli --book <文件> decisions remove <编号>", help_template = TEMPLATE)]
    Remove(ById),
}

/// `decisions record`
#[derive(Debug, Args)]
pub struct RecordDecision {
    /// The rule set's key.
    #[arg(long, value_name = "规则", help = "规则的 id，见 rules list", help_heading = OPTIONS)]
    pub rule_set: String,
    /// The question's key.
    #[arg(long, value_name = "问题", help = "问题的 key，见 credits --explain", help_heading = OPTIONS)]
    pub question: String,
    /// The reading's id.
    #[arg(long, value_name = "读法", required_unless_present = "value", conflicts_with = "value", help = "读法的 id", help_heading = OPTIONS)]
    pub reading: Option<String>,
    /// A number.
    #[arg(long, value_name = "数", help = "要人给一个数的，写数", help_heading = OPTIONS)]
    pub value: Option<String>,
    /// Whose.
    #[arg(long, value_name = "工号", help = "只对一个人：工号，没有工号的写姓名", help_heading = OPTIONS)]
    pub member: Option<String>,
    /// The fact's id.
    #[arg(long, value_name = "事实", help = "只对一条事实：事实的 id", help_heading = OPTIONS)]
    pub fact: Option<String>,
    /// Why.
    #[arg(long, value_name = "理由", help = "理由，必填", help_heading = OPTIONS)]
    pub reason: String,
    /// The document's number.
    #[arg(long, value_name = "文号", help = "文号", help_heading = OPTIONS)]
    pub document: Option<String>,
}

/// `openings`
#[derive(Debug, Args)]
pub struct Openings {
    /// What to do.
    #[command(subcommand)]
    pub command: OpeningsCommand,
}

/// What to do with openings.
#[derive(Debug, Subcommand)]
pub enum OpeningsCommand {
    /// Every opening.
    #[command(about = "列出期初记录", override_usage = "xueji-cli --book <文件> openings list", help_template = TEMPLATE)]
    List,
    /// Records one.
    #[command(about = "登记一条；同一期的后来的替换先前的", override_usage = "xueji-cli --book <文件> openings record --member <工号> --rule-set <规则> --period <期> --reason <理由> [选项]", help_template = TEMPLATE)]
    Record(Box<RecordOpening>),
    /// Removes one.
    #[command(about = "删除一条期初记录", override_usage = "xueji-cli --book <文件> openings remove <编号>", help_template = TEMPLATE)]
    Remove(ById),
}

/// `openings record`
#[derive(Debug, Args)]
pub struct RecordOpening {
    /// Whose.
    #[arg(long, value_name = "工号", help = "谁：工号，没有工号的写姓名", help_heading = OPTIONS)]
    pub member: String,
    /// The rule set's key.
    #[arg(long, value_name = "规则", help = "规则的 id，见 rules list", help_heading = OPTIONS)]
    pub rule_set: String,
    /// Which period.
    #[arg(long, value_name = "期", help = "哪一期，如 2024", help_heading = OPTIONS)]
    pub period: String,
    /// The total.
    #[arg(long, value_name = "数", help = "合计", help_heading = OPTIONS)]
    pub total: Option<String>,
    /// Whether it was enough.
    #[arg(long, value_name = "yes|no", hide_possible_values = true, help = "是否达标：yes 或 no", help_heading = OPTIONS)]
    pub passed: Option<YesNo>,
    /// Buckets with their amounts.
    #[arg(long, value_name = "大类=数", help = "一个大类的数，可以写多次", help_heading = OPTIONS)]
    pub bucket: Vec<String>,
    /// Requirements that were not met.
    #[arg(long, value_name = "要求", help = "没有达到的一项要求（id），可以写多次", help_heading = OPTIONS)]
    pub short: Vec<String>,
    /// The grade.
    #[arg(long, value_name = "等次", help = "等次", help_heading = OPTIONS)]
    pub grade: Option<String>,
    /// What it handed on.
    #[arg(long, value_name = "大类=数", help = "结转到一个大类的数，可以写多次；写了就不再推算", help_heading = OPTIONS)]
    pub carry: Vec<String>,
    /// Why.
    #[arg(long, value_name = "理由", help = "理由，必填", help_heading = OPTIONS)]
    pub reason: String,
    /// The document's number.
    #[arg(long, value_name = "文号", help = "文号", help_heading = OPTIONS)]
    pub document: Option<String>,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum YesNo {
    /// 是
    Yes,
    /// 否
    No,
}

/// `closing`
#[derive(Debug, Args)]
pub struct Closing {
    /// What to do.
    #[command(subcommand)]
    pub command: ClosingCommand,
}

/// What to do with closings.
#[derive(Debug, Subcommand)]
pub enum ClosingCommand {
    /// Every closing.
    #[command(about = "列出各次封存", override_usage = "xueji-cli --book <文件> closing list", help_template = TEMPLATE)]
    List,
    /// What would be frozen.
    #[command(about = "看会封存什么、有什么挡着，不写入", override_usage = "xueji-cli --book <文件> closing preview --year <年> [选项]", help_template = TEMPLATE)]
    Preview(Period),
    /// Freezes.
    #[command(about = "封存一期的结果", override_usage = "xueji-cli --book <文件> closing close --year <年> [选项]", help_template = TEMPLATE)]
    Close(Period),
    /// One with its lines.
    #[command(about = "列出一次封存的每份明细", override_usage = "xueji-cli --book <文件> closing show <编号>", help_template = TEMPLATE)]
    Show(ById),
    /// Whether it is what it was.
    #[command(about = "核对封存的内容有没有变", override_usage = "xueji-cli --book <文件> closing verify <编号>", help_template = TEMPLATE)]
    Verify(ById),
    /// Opens one again.
    #[command(about = "重开，留下记录", override_usage = "xueji-cli --book <文件> closing reopen <编号> --reason <理由>", help_template = TEMPLATE)]
    Reopen(Reopen),
    /// Records a change.
    #[command(about = "登记一个人或一个单位的补充更正", override_usage = "xueji-cli --book <文件> closing supplement <编号> (--member <工号> | --organization <组织>) --reason <理由>", help_template = TEMPLATE)]
    Supplement(Supplement),
}

/// `closing preview` and `close`
#[derive(Debug, Args)]
pub struct Period {
    /// The year.
    #[command(flatten)]
    pub year: Year,
    /// The rule set's key.
    #[arg(long, value_name = "规则", help = "规则的 id；不写用第一套在用的", help_heading = OPTIONS)]
    pub rule_set: Option<String>,
    /// For whom.
    #[arg(long, value_name = "组织", help = "只封存这个组织（名称）及其下级", help_heading = OPTIONS)]
    pub organization: Option<String>,
}

/// `closing reopen`
#[derive(Debug, Args)]
pub struct Reopen {
    /// Its key.
    #[arg(value_name = "编号", help = "编号，见 list", help_heading = OPERANDS)]
    pub id: String,
    /// Why.
    #[arg(long, value_name = "理由", help = "理由，必填", help_heading = OPTIONS)]
    pub reason: String,
}

/// `closing supplement`
#[derive(Debug, Args)]
pub struct Supplement {
    /// Its key.
    #[arg(value_name = "编号", help = "编号，见 list", help_heading = OPERANDS)]
    pub id: String,
    /// Whose.
    #[arg(long, value_name = "工号", help = "谁：工号，没有工号的写姓名", required_unless_present = "organization", conflicts_with = "organization", help_heading = OPTIONS)]
    pub member: Option<String>,
    /// Whose, of a scheme that judges units.
    #[arg(long, value_name = "组织", help = "哪个组织（名称）；考核单位的办法用它", help_heading = OPTIONS)]
    pub organization: Option<String>,
    /// Why.
    #[arg(long, value_name = "理由", help = "理由，必填", help_heading = OPTIONS)]
    pub reason: String,
    /// The document's number.
    #[arg(long, value_name = "文号", help = "文号", help_heading = OPTIONS)]
    pub document: Option<String>,
}

/// `study`
#[derive(Debug, Args)]
pub struct Study {
    /// What to do.
    #[command(subcommand)]
    pub command: StudyCommand,
}

/// What to do with self-study.
#[derive(Debug, Subcommand)]
pub enum StudyCommand {
    /// The entries of a year.
    #[command(about = "列出一年的自学记录", override_usage = "xueji-cli --book <文件> study list --year <年> [选项]", help_template = TEMPLATE)]
    List(StudyList),
    /// Accepts.
    #[command(about = "认定：从此计学分", override_usage = "xueji-cli --book <文件> study approve <编号>… [--reason <说明>]", help_template = TEMPLATE)]
    Approve(Review),
    /// Returns.
    #[command(about = "退回：不计学分", override_usage = "xueji-cli --book <文件> study return <编号>… --reason <理由>", help_template = TEMPLATE)]
    Return(Review),
}

/// `study list`
#[derive(Debug, Args)]
pub struct StudyList {
    /// The year.
    #[command(flatten)]
    pub year: Year,
    /// Whose.
    #[arg(long, value_name = "工号", help = "只看一个人：工号，没有工号的写姓名", help_heading = OPTIONS)]
    pub member: Option<String>,
    /// Only those that wait.
    #[arg(long, help = "只列出待核的", help_heading = OPTIONS)]
    pub pending: bool,
}

/// `study approve` and `return`
#[derive(Debug, Args)]
pub struct Review {
    /// Their keys.
    #[arg(value_name = "编号", required = true, help = "一条或者几条的编号，见 study list", help_heading = OPERANDS)]
    pub ids: Vec<String>,
    /// Why.
    #[arg(long, value_name = "理由", help = "理由", help_heading = OPTIONS)]
    pub reason: Option<String>,
}

/// `manual`
#[derive(Debug, Args)]
pub struct Manual {
    /// What to do.
    #[command(subcommand)]
    pub command: ManualCommand,
}

/// What to do with credits by hand.
#[derive(Debug, Subcommand)]
pub enum ManualCommand {
    /// Those of a year.
    #[command(about = "列出一年的人工学分", override_usage = "xueji-cli --book <文件> manual list --year <年> [选项]", help_template = TEMPLATE)]
    List(ManualList),
    /// Adds one.
    #[command(about = "登记一笔人工学分，或更正一条事实的学分", override_usage = "xueji-cli --book <文件> manual add --member <工号> --category <类别> --date <日期> --amount <数> --reason <理由> [选项]", help_template = TEMPLATE)]
    Add(ManualAdd),
    /// Changes one.
    #[command(about = "修改一笔，没有写的各项不变", override_usage = "xueji-cli --book <文件> manual edit <编号> --year <年> [选项]", help_template = TEMPLATE)]
    Edit(ManualEdit),
    /// Removes one.
    #[command(about = "删除一笔", override_usage = "xueji-cli --book <文件> manual remove <编号>", help_template = TEMPLATE)]
    Remove(ById),
}

/// `manual list`
#[derive(Debug, Args)]
pub struct ManualList {
    /// The year.
    #[command(flatten)]
    pub year: Year,
    /// Whose.
    #[arg(long, value_name = "工号", help = "只看一个人：工号，没有工号的写姓名", help_heading = OPTIONS)]
    pub member: Option<String>,
}

/// `manual add`
#[derive(Debug, Args)]
pub struct ManualAdd {
    /// Whose.
    #[arg(long, value_name = "工号", help = "谁：工号，没有工号的写姓名", help_heading = OPTIONS)]
    pub member: String,
    /// The category's id.
    #[arg(long, value_name = "类别", help = "规则里类别的 id", help_heading = OPTIONS)]
    pub category: String,
    /// The day.
    #[arg(long, value_name = "日期", help = "哪一天", help_heading = OPTIONS)]
    pub date: String,
    /// How much.
    #[arg(long, value_name = "数", allow_hyphen_values = true, help = "多少，可以是负数", help_heading = OPTIONS)]
    pub amount: String,
    /// Why.
    #[arg(long, value_name = "理由", help = "理由，必填", help_heading = OPTIONS)]
    pub reason: String,
    /// The rule set's key.
    #[arg(long, value_name = "规则", help = "只在这一套规则里算；不写在各套里都算", help_heading = OPTIONS)]
    pub rule_set: Option<String>,
    /// The document's number.
    #[arg(long, value_name = "文号", help = "文号", help_heading = OPTIONS)]
    pub document: Option<String>,
    /// The evidence.
    #[arg(long, value_name = "证明", help = "证明材料", help_heading = OPTIONS)]
    pub evidence: Option<String>,
    /// The fact that it stands for.
    #[arg(long, value_name = "事实", help = "更正哪一条事实（credits --explain --json 里的 fact_id）", help_heading = OPTIONS)]
    pub corrects: Option<String>,
}

/// `manual edit`
#[derive(Debug, Args)]
pub struct ManualEdit {
    /// Which.
    #[arg(value_name = "编号", help = "编号，见 manual list", help_heading = OPERANDS)]
    pub id: String,
    /// In whose list it stands.
    #[command(flatten)]
    pub year: Year,
    /// The category's id.
    #[arg(long, value_name = "类别", help = "规则里类别的 id", help_heading = OPTIONS)]
    pub category: Option<String>,
    /// The day.
    #[arg(long, value_name = "日期", help = "哪一天", help_heading = OPTIONS)]
    pub date: Option<String>,
    /// How much.
    #[arg(long, value_name = "数", allow_hyphen_values = true, help = "多少，可以是负数", help_heading = OPTIONS)]
    pub amount: Option<String>,
    /// Why.
    #[arg(long, value_name = "理由", help = "理由", help_heading = OPTIONS)]
    pub reason: Option<String>,
    /// The rule set's key.
    #[arg(long, value_name = "规则", help = "只在这一套规则里算；写空的在各套里都算", help_heading = OPTIONS)]
    pub rule_set: Option<String>,
    /// The document's number.
    #[arg(long, value_name = "文号", help = "文号", help_heading = OPTIONS)]
    pub document: Option<String>,
    /// The evidence.
    #[arg(long, value_name = "证明", help = "证明材料", help_heading = OPTIONS)]
    pub evidence: Option<String>,
}

/// `facts`
#[derive(Debug, Args)]
pub struct Facts {
    /// What to do.
    #[command(subcommand)]
    pub command: FactsCommand,
}

/// What to do with what else is known of a member.
#[derive(Debug, Subcommand)]
pub enum FactsCommand {
    /// All that is known of one.
    #[command(about = "列出一个人的其他情况", override_usage = "xueji-cli --book <文件> facts list --member <工号>", help_template = TEMPLATE)]
    List(FactsOf),
    /// Adds one.
    #[command(about = "登记一项：长期请假、别的考核的等次、规则要问的情况", override_usage = "xueji-cli --book <文件> facts add --member <工号> --kind <种类> --value <值> [选项]", help_template = TEMPLATE)]
    Add(FactAdd),
    /// Removes one.
    #[command(about = "删除一项", override_usage = "xueji-cli --book <文件> facts remove <编号>", help_template = TEMPLATE)]
    Remove(ById),
}

/// `facts list`
#[derive(Debug, Args)]
pub struct FactsOf {
    /// Whose.
    #[arg(long, value_name = "工号", help = "谁：工号，没有工号的写姓名", help_heading = OPTIONS)]
    pub member: String,
}

/// `facts add`
#[derive(Debug, Args)]
pub struct FactAdd {
    /// Whose.
    #[arg(long, value_name = "工号", help = "谁：工号，没有工号的写姓名", help_heading = OPTIONS)]
    pub member: String,
    /// What kind.
    #[arg(long, value_name = "leave|review|attribute", hide_possible_values = true, help = "leave 长期请假、review 别的考核的等次、attribute 规则里写作 person.名称 的情况", help_heading = OPTIONS)]
    pub kind: FactKind,
    /// The name.
    #[arg(long, value_name = "名称", required_if_eq_any([("kind", "review"), ("kind", "attribute")]), help = "名称，如 年度考核；长期请假不写", help_heading = OPTIONS)]
    pub name: Option<String>,
    /// The value.
    #[arg(long, value_name = "值", help = "值，如 优秀；长期请假写种类，如 病假", help_heading = OPTIONS)]
    pub value: String,
    /// The first day.
    #[arg(long, value_name = "日期", help = "从哪一天起", help_heading = OPTIONS)]
    pub from: Option<String>,
    /// The last day.
    #[arg(long, value_name = "日期", help = "到哪一天为止（含）", help_heading = OPTIONS)]
    pub until: Option<String>,
    /// From where it is known.
    #[arg(long, value_name = "依据", help = "依据、批准人", help_heading = OPTIONS)]
    pub reason: Option<String>,
}

/// What kind of thing is known of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FactKind {
    /// 长期请假
    Leave,
    /// 别的考核的等次
    Review,
    /// 规则里的 person.名称
    Attribute,
}

/// `assess`
#[derive(Debug, Args)]
pub struct Assess {
    /// What to do.
    #[command(subcommand)]
    pub command: AssessCommand,
}

/// What to do with the assessment.
#[derive(Debug, Subcommand)]
pub enum AssessCommand {
    /// The year's result.
    #[command(about = "一年的考核结果", override_usage = "xueji-cli --book <文件> assess show --year <年> [选项]", help_template = TEMPLATE)]
    Show(AssessShow),
    /// Gives points.
    #[command(about = "给一个人（或单位）的一项指标打分", override_usage = "xueji-cli --book <文件> assess score --year <年> --rule-set <考核办法> --member <工号> --indicator <指标> --scorer <评分人> --value <分> [选项]", help_template = TEMPLATE)]
    Score(Score),
    /// Takes points back.
    #[command(about = "撤回一个打分", override_usage = "xueji-cli --book <文件> assess unscore <编号>", help_template = TEMPLATE)]
    Unscore(ById),
}

/// `assess show`
#[derive(Debug, Args)]
pub struct AssessShow {
    /// The year.
    #[command(flatten)]
    pub year: Year,
    /// The rule set's key.
    #[arg(long, value_name = "规则", help = "考核办法的 id；不写用第一套在用的", help_heading = OPTIONS)]
    pub rule_set: Option<String>,
}

/// `assess score`
#[derive(Debug, Args)]
pub struct Score {
    /// The year.
    #[command(flatten)]
    pub year: Year,
    /// The rule set's key.
    #[arg(long, value_name = "规则", help = "规则的 id，见 rules list", help_heading = OPTIONS)]
    pub rule_set: String,
    /// Whose.
    #[arg(long, value_name = "工号", required_unless_present = "organization", conflicts_with = "organization", help = "谁：工号，没有工号的写姓名", help_heading = OPTIONS)]
    pub member: Option<String>,
    /// Which unit.
    #[arg(long, value_name = "组织", help = "给这个组织（名称）打分", help_heading = OPTIONS)]
    pub organization: Option<String>,
    /// The indicator's id.
    #[arg(long, value_name = "指标", help = "指标的 id", help_heading = OPTIONS)]
    pub indicator: String,
    /// Who scores.
    #[arg(long, value_name = "评分人", help = "自评、互评、核查……，见考核办法", help_heading = OPTIONS)]
    pub scorer: String,
    /// The points.
    #[arg(long, value_name = "分", help = "几分", help_heading = OPTIONS)]
    pub value: String,
    /// Why.
    #[arg(long, value_name = "理由", help = "理由", help_heading = OPTIONS)]
    pub reason: Option<String>,
}
