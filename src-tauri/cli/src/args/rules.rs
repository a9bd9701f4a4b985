//! The grammar of `rules`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{OPERANDS, OPTIONS, TEMPLATE, Year};

/// `rules`
#[derive(Debug, Args)]
pub struct Rules {
    /// What to do.
    #[command(subcommand)]
    pub command: RulesCommand,
}

/// What to do with rules.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Every rule set at hand.
    #[command(
        about = "列出随程序带的规则；指定了台账的，加上台账里的和在用的",
        override_usage = "xueji-cli [--book <文件>] rules list",
        help_template = TEMPLATE
    )]
    List,
    /// The text of one.
    #[command(about = "输出一套规则的文本", override_usage = "xueji-cli [--book <文件>] rules show <规则>", help_template = TEMPLATE)]
    Show(Show),
    /// What is wrong with a file.
    #[command(
        about = "检查规则文件，指出行、列和改法",
        override_usage = "xueji-cli rules check <规则文件>",
        after_help = "有错误时退出状态为 1；只有提醒、提示时为 0。",
        help_template = TEMPLATE
    )]
    Check(Check),
    /// Takes a rule set into use.
    #[command(
        about = "把规则存进台账，从某一天起启用",
        override_usage = "xueji-cli --book <文件> rules use <规则> --from <日期> [选项]",
        help_template = TEMPLATE
    )]
    Use(Use),
    /// Evaluates a rule file on a facts file.
    #[command(
        about = "用规则文件试算事实文件，不需要台账",
        override_usage = "xueji-cli rules try <规则文件> --facts <事实文件> [选项]",
        help_template = TEMPLATE
    )]
    Try(Try),
    /// Who gains and who loses.
    #[command(
        about = "比较两套规则（或两个版本）：谁增谁减、差多少",
        override_usage = "xueji-cli --book <文件> rules compare <现在的> <将来的> --year <年>",
        help_template = TEMPLATE
    )]
    Compare(Compare),
    /// Ends a use.
    #[command(about = "停用：到某一天为止", override_usage = "xueji-cli --book <文件> rules stop <规则> --on <日期>", help_template = TEMPLATE)]
    Stop(Stop),
    /// Deletes a rule set of the book.
    #[command(about = "删除台账里没有用过的一套规则", override_usage = "xueji-cli --book <文件> rules delete <规则>", help_template = TEMPLATE)]
    Delete(Delete),
}

/// `rules compare`
#[derive(Debug, Args)]
pub struct Compare {
    /// What holds now.
    #[arg(value_name = "现在的", help = "规则文件；或者 rules list 里的一个 id", help_heading = OPERANDS)]
    pub before: PathBuf,
    /// What would hold.
    #[arg(value_name = "将来的", help = "规则文件；或者 rules list 里的一个 id", help_heading = OPERANDS)]
    pub after: PathBuf,
    /// In which year.
    #[command(flatten)]
    pub year: Year,
}

/// `rules stop`
#[derive(Debug, Args)]
pub struct Stop {
    /// Which.
    #[arg(value_name = "规则", help = "规则的 id；几处启用的，写启用的编号，见 rules list", help_heading = OPERANDS)]
    pub rules: String,
    /// The last day.
    #[arg(long, value_name = "日期", help = "最后一天；早于启用的日子，就当没有启用过", help_heading = OPTIONS)]
    pub on: String,
}

/// `rules delete`
#[derive(Debug, Args)]
pub struct Delete {
    /// Which.
    #[arg(value_name = "规则", help = "规则的 id；几个版本的，写编号，见 rules list --json", help_heading = OPERANDS)]
    pub rules: String,
}

/// `rules show`
#[derive(Debug, Args)]
pub struct Show {
    /// Which.
    #[arg(value_name = "规则", help = "规则的 id，见 rules list", help_heading = OPERANDS)]
    pub id: String,
}

/// `rules check`
#[derive(Debug, Args)]
pub struct Check {
    /// The file.
    #[arg(value_name = "规则文件", help = "TOML 文件；写 - 从标准输入读", help_heading = OPERANDS)]
    pub file: PathBuf,
}

/// `rules use`
#[derive(Debug, Args)]
pub struct Use {
    /// A file, or the id of a rule set.
    #[arg(value_name = "规则", help = "规则文件；或者 rules list 里的一个 id", help_heading = OPERANDS)]
    pub rules: PathBuf,
    /// The first day.
    #[arg(long, value_name = "日期", help = "从哪一天起，如 2025-01-01；期末这一天适用的一版，整期都用它", help_heading = OPTIONS)]
    pub from: String,
    /// The last day.
    #[arg(long, value_name = "日期", help = "到哪一天为止（含）；不写就一直用", help_heading = OPTIONS)]
    pub until: Option<String>,
    /// For whom.
    #[arg(long, value_name = "组织", help = "只用于这个组织（名称）及其下级；不写用于整本台账", help_heading = OPTIONS)]
    pub organization: Option<String>,
}

/// `rules try`
#[derive(Debug, Args)]
pub struct Try {
    /// The rules.
    #[arg(value_name = "规则文件", help = "TOML 文件；写 - 从标准输入读", help_heading = OPERANDS)]
    pub file: PathBuf,
    /// The facts.
    #[arg(long, value_name = "事实文件", help = "JSON 文件；写 - 从标准输入读", help_heading = OPTIONS)]
    pub facts: PathBuf,
}
