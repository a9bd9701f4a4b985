//! The grammar of the command line. What a user reads stands in the `help`
//! and `about` texts; the headings of clap's own are replaced by Chinese ones.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

pub mod desk;
pub mod rules;

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";
const OPTIONS: &str = "选项";
const OPERANDS: &str = "参数";
const COMMON: &str = "通用选项";

/// Everything that was typed.
#[derive(Debug, Parser)]
#[command(
    name = "xueji-cli",
    about = "学迹的命令行：与窗口用同一套功能，不联网。",
    override_usage = "xueji-cli --book <文件> [选项] <命令>",
    after_help = "用“xueji-cli <命令> --help”看一个命令的用法。\n退出状态：0 完成（包括按要求跳过了一些行），1 被拒绝或做不到，2 用法不对。",
    help_template = TEMPLATE,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    version
)]
pub struct Arguments {
    /// Not required for clap's part: it can be global, or required, not both.
    #[arg(long, value_name = "文件", global = true, help = "台账文件（.xueji）", help_heading = COMMON)]
    pub book: Option<PathBuf>,
    /// What counts as today.
    #[arg(
        long,
        value_name = "日期",
        global = true,
        help = "把这一天当作今天，写成 2025-12-31（默认是电脑的日期）",
        help_heading = COMMON
    )]
    pub today: Option<NaiveDate>,
    /// Whether the answer is JSON.
    #[arg(long, global = true, help = "输出 JSON（英文键名，格式见 README）", help_heading = COMMON)]
    pub json: bool,
    /// Where the program would keep its profile; a folder that is thrown away
    /// where absent, so that scripts leave the window's recent list alone.
    #[arg(long, value_name = "文件夹", global = true, hide = true)]
    pub data_dir: Option<PathBuf>,
    /// Clap's own, in Chinese.
    #[arg(short, long, global = true, action = ArgAction::Help, help = "显示帮助", help_heading = COMMON)]
    help: Option<bool>,
    /// Clap's own, in Chinese.
    #[arg(short = 'V', long, action = ArgAction::Version, help = "显示版本", help_heading = COMMON)]
    version: Option<bool>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// A new book.
    #[command(about = "新建一本台账", override_usage = "xueji-cli --book <文件> new <名称> [选项]", help_template = TEMPLATE)]
    New(New),
    /// A new book with invented records.
    #[command(about = "新建一本示例台账（虚构数据）", override_usage = "xueji-cli --book <文件> sample", help_template = TEMPLATE)]
    Sample,
    /// Records from a file.
    #[command(
        about = "导入表格：花名册、学习活动、考勤台账、自学记录",
        override_usage = "xueji-cli --book <文件> import <类别> <表格> [选项]",
        after_help = "按程序提出的读法导入。有问题要回答而没有回答时，什么也不写入，列出问题和每个问题的回答方法。",
        help_template = TEMPLATE
    )]
    Import(Import),
    /// The roster.
    #[command(about = "列出花名册", override_usage = "xueji-cli --book <文件> members [选项]", help_template = TEMPLATE)]
    Members(Members),
    /// A year's sessions.
    #[command(about = "列出一年的学习活动", override_usage = "xueji-cli --book <文件> sessions --year <年>", help_template = TEMPLATE)]
    Sessions(Year),
    /// A year's credits.
    #[command(about = "计算一年的学分", override_usage = "xueji-cli --book <文件> credits --year <年> [选项]", help_template = TEMPLATE)]
    Credits(Credits),
    /// Rule sets.
    #[command(
        about = "规则：列出、查看、检查、试算、启用",
        override_usage = "xueji-cli rules <命令> [选项]",
        after_help = "check 和 try 不需要台账。规则文件与事实文件的写法见 assets/guide/rules.md。",
        help_template = TEMPLATE,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令"
    )]
    Rules(rules::Rules),
    /// What was decided where rules do not decide.
    #[command(
        about = "决定：规则没有写明的，定下来并记录理由",
        override_usage = "xueji-cli --book <文件> decisions <命令> [选项]",
        help_template = TEMPLATE,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令"
    )]
    Decisions(desk::Decisions),
    /// Results of years before the book.
    #[command(
        about = "期初记录：使用本台账以前各期的结果",
        override_usage = "xueji-cli --book <文件> openings <命令> [选项]",
        help_template = TEMPLATE,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令"
    )]
    Openings(desk::Openings),
    /// Frozen years.
    #[command(
        about = "封存：预览、封存、核对、重开、补充更正",
        override_usage = "xueji-cli --book <文件> closing <命令> [选项]",
        help_template = TEMPLATE,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令"
    )]
    Closing(desk::Closing),
    /// Self-study to be accepted or returned.
    #[command(
        about = "自学记录：列出、认定、退回",
        override_usage = "xueji-cli --book <文件> study <命令> [选项]",
        help_template = TEMPLATE,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令"
    )]
    Study(desk::Study),
    /// Credits by hand.
    #[command(
        about = "人工学分与更正",
        override_usage = "xueji-cli --book <文件> manual <命令> [选项]",
        help_template = TEMPLATE,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令"
    )]
    Manual(desk::Manual),
    /// What else is known of a member.
    #[command(
        about = "人员的其他情况：长期请假、别的考核、规则要问的",
        override_usage = "xueji-cli --book <文件> facts <命令> [选项]",
        help_template = TEMPLATE,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令"
    )]
    Facts(desk::Facts),
    /// The year's assessment.
    #[command(
        about = "学习考核：结果、打分",
        override_usage = "xueji-cli --book <文件> assess <命令> [选项]",
        after_help = "封存考核结果用 closing close --rule-set <考核办法> --year <年>。",
        help_template = TEMPLATE,
        subcommand_help_heading = "命令",
        subcommand_value_name = "命令"
    )]
    Assess(desk::Assess),
    /// The yearly summary.
    #[command(
        about = "写出年度学习情况汇总表（xlsx）",
        override_usage = "xueji-cli --book <文件> summary --year <年> --out <文件>",
        help_template = TEMPLATE
    )]
    Summary(Report),
    /// The attendance ledger.
    #[command(
        about = "写出考勤台账（csv）",
        override_usage = "xueji-cli --book <文件> attendance --year <年> --out <文件>",
        help_template = TEMPLATE
    )]
    Attendance(Report),
    /// Takes the latest operation back.
    #[command(about = "撤销最近一次操作", override_usage = "xueji-cli --book <文件> undo", help_template = TEMPLATE)]
    Undo,
    /// Does it again.
    #[command(about = "重做刚撤销的操作", override_usage = "xueji-cli --book <文件> redo", help_template = TEMPLATE)]
    Redo,
    /// The latest operations.
    #[command(about = "列出最近的操作", override_usage = "xueji-cli --book <文件> history [选项]", help_template = TEMPLATE)]
    History(History),
}

/// `new`
#[derive(Debug, Args)]
pub struct New {
    /// The book's name.
    #[arg(value_name = "名称", help = "台账的名称，也是第一个组织的名称", help_heading = OPERANDS)]
    pub name: String,
    /// Who works in it.
    #[arg(long, value_name = "姓名", default_value = "", hide_default_value = true, help = "操作人，记入每次操作", help_heading = OPTIONS)]
    pub operator: String,
}

/// What a file is meant to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImportKind {
    /// 花名册
    #[value(help = "花名册")]
    Roster,
    /// 学习活动
    #[value(help = "学习活动")]
    Sessions,
    /// 考勤台账
    #[value(help = "考勤台账")]
    Attendance,
    /// 自学记录
    #[value(name = "selfstudy", help = "自学记录")]
    SelfStudy,
}

/// What happens when rows cannot go in as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnError {
    /// Nothing is written.
    Stop,
    /// They are left out, the rest goes in.
    Skip,
}

/// What happens to a known record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Policy {
    /// The file replaces the book.
    Update,
    /// Only blanks are filled.
    FillBlanks,
    /// The book stays.
    Keep,
}

/// `import`
#[derive(Debug, Args)]
pub struct Import {
    /// What the file holds.
    #[arg(
        value_name = "类别",
        display_order = 1,
        help = "roster 花名册，sessions 学习活动，attendance 考勤台账，selfstudy 自学记录",
        hide_possible_values = true,
        help_heading = OPERANDS
    )]
    pub kind: ImportKind,
    /// The file.
    #[arg(value_name = "表格", display_order = 2, help = "xlsx、xls、ods 或 csv 文件", help_heading = OPERANDS)]
    pub file: PathBuf,
    /// The year of headings without one.
    #[arg(long, value_name = "年", value_parser = year(), help = "考勤台账的标题里没有年份时，指定年份", help_heading = OPTIONS)]
    pub year: Option<i32>,
    /// Whether nothing is written.
    #[arg(long, help = "只看会怎样，不写入", help_heading = OPTIONS)]
    pub dry_run: bool,
    /// What happens when rows cannot go in as they are.
    #[arg(
        long,
        value_name = "做法",
        default_value = "stop",
        hide_default_value = true,
        hide_possible_values = true,
        help = "有拒绝或待答的行时：stop 什么也不写入（默认），skip 跳过它们、导入其余",
        help_heading = OPTIONS
    )]
    pub on_error: OnError,
    /// What happens to a known record; as proposed where absent.
    #[arg(
        long,
        value_name = "做法",
        hide_possible_values = true,
        help = "台账里已有的记录：update 更新（默认），fill-blanks 只补空白，keep 不动",
        help_heading = OPTIONS
    )]
    pub policy: Option<Policy>,
    /// Answers in a file.
    #[arg(long, value_name = "文件", help = "从 JSON 文件读取对问题的回答", help_heading = OPTIONS)]
    pub answers: Option<PathBuf>,
    /// Answers one by one.
    #[arg(long = "answer", value_name = "键=值", help = "回答一个问题，可以写多次", help_heading = OPTIONS)]
    pub answer: Vec<String>,
    /// Where a mapping file for the questions goes.
    #[arg(long, value_name = "文件", help = "把问题写成 JSON 文件，填好后交给 --answers", help_heading = OPTIONS)]
    pub write_answers: Option<PathBuf>,
    /// Another sheet than the proposed one.
    #[arg(long, value_name = "序号", value_parser = clap::value_parser!(u32).range(1..), help = "第几张工作表，从 1 数起", help_heading = OPTIONS)]
    pub sheet: Option<u32>,
    /// Another heading row than the proposed one.
    #[arg(long, value_name = "行号", value_parser = clap::value_parser!(u32).range(1..), help = "标题在第几行，从 1 数起", help_heading = OPTIONS)]
    pub heading_row: Option<u32>,
    /// Forces a csv's encoding.
    #[arg(long, value_name = "名称", help = "csv 的文字编码，如 gb18030、utf-8、big5", help_heading = OPTIONS)]
    pub encoding: Option<String>,
}

/// In which order members stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// 以姓氏笔画为序
    Strokes,
    /// 拼音
    Pinyin,
    /// 职务
    Protocol,
    /// 工号
    StaffNo,
}

/// `members`
#[derive(Debug, Args)]
pub struct Members {
    /// In which order.
    #[arg(
        long,
        value_name = "顺序",
        default_value = "strokes",
        hide_default_value = true,
        hide_possible_values = true,
        help = "strokes 姓氏笔画（默认），pinyin 拼音，protocol 职务，staff-no 工号",
        help_heading = OPTIONS
    )]
    pub order: Order,
}

/// A year.
#[derive(Debug, Args)]
pub struct Year {
    /// The calendar year.
    #[arg(long, value_name = "年", value_parser = year(), help = "哪一年，如 2025", help_heading = OPTIONS)]
    pub year: i32,
}

/// `credits`
#[derive(Debug, Args)]
pub struct Credits {
    /// The year.
    #[command(flatten)]
    pub year: Year,
    /// Under which rule set; the first in use where absent.
    #[arg(long, value_name = "规则", help = "按哪一套在用的规则（id）；不写用第一套", help_heading = OPTIONS)]
    pub rule_set: Option<String>,
    /// Whose.
    #[arg(long, value_name = "工号", help = "只看一个人：工号，没有工号的写姓名", help_heading = OPTIONS)]
    pub member: Option<String>,
    /// Whether every credit is shown with its reason.
    #[arg(long, help = "列出每一笔学分的事实和规则", help_heading = OPTIONS)]
    pub explain: bool,
}

/// `summary` and `attendance`
#[derive(Debug, Args)]
pub struct Report {
    /// The year.
    #[command(flatten)]
    pub year: Year,
    /// Where to.
    #[arg(long, value_name = "文件", help = "写到哪个文件；已有的会被替换", help_heading = OPTIONS)]
    pub out: PathBuf,
}

/// `history`
#[derive(Debug, Args)]
pub struct History {
    /// How many.
    #[arg(
        long,
        value_name = "条数",
        default_value_t = 20,
        hide_default_value = true,
        value_parser = clap::value_parser!(u32).range(1..=1000),
        help = "最多列出几条，1 到 1000（默认 20）",
        help_heading = OPTIONS
    )]
    pub limit: u32,
}

/// The years that the book knows: what a clerk's hand can mean.
fn year() -> clap::builder::RangedI64ValueParser<i32> {
    clap::value_parser!(i32).range(1900..=2999)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn no_help_text_speaks_english_headings() {
        let mut root = Arguments::command();
        root.build();
        let nested = root.get_subcommands().flat_map(clap::Command::get_subcommands);
        for command in std::iter::once(&root).chain(root.get_subcommands()).chain(nested) {
            let help = command.clone().render_help().to_string();
            for word in ["Usage", "Options", "Commands", "Arguments", "Print", "default", "possible values"] {
                assert!(!help.contains(word), "{word} in the help of {}:\n{help}", command.get_name());
            }
        }
    }
}
