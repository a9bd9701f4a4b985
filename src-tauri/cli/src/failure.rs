//! Why a subcommand was not done.

use std::path::PathBuf;

use serde_json::{Value, json};
use xueji_api::{ErrorView, messages};

use crate::areas::FoundLine;

/// Why a subcommand was not done. Displayed in Chinese: this is the border to
/// the user. What the core refuses keeps its code and takes its sentence from
/// the one catalogue.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// `--book` is missing.
    #[error("要用 --book 指定台账文件，例如 xueji-cli --book 我的台账.xueji members。")]
    BookMissing,
    /// The core refused.
    #[error("{}{}", sentence(view), advice(&view.code))]
    Refused {
        /// Its words as data.
        view: ErrorView,
    },
    /// The core's answer does not have the form that this program knows.
    #[error("程序内部的回答不对（{command}：{reason}）。")]
    Answer {
        /// Which command.
        command: &'static str,
        /// What serde says.
        reason: String,
    },
    /// Nobody of that number or name.
    #[error("花名册里没有工号或姓名是“{asked}”的人。用 members 命令查看。")]
    MemberUnknown {
        /// As typed.
        asked: String,
    },
    /// Somebody whom the rule set is not for.
    #[error("“{asked}”不在“{rules}”的范围内。用 --rule-set 看别的规则。")]
    MemberOutside {
        /// As typed.
        asked: String,
        /// The rule set's name.
        rules: String,
    },
    /// Several people of that name.
    #[error("有 {} 人叫“{asked}”，改用工号：{}。", numbers.len(), numbers.join("、"))]
    MemberAmbiguous {
        /// As typed.
        asked: String,
        /// Their staff numbers.
        numbers: Vec<String>,
    },
    /// No credit by hand of that key in the year.
    #[error("{year} 年没有编号是“{asked}”的人工学分。用 manual list --year {year} 查看。")]
    ManualUnknown {
        /// As typed.
        asked: String,
        /// Where it was looked for.
        year: i32,
    },
    /// A rule set that is in use nowhere.
    #[error("“{asked}”没有在用。用 rules list 查看启用的规则。")]
    NotInUse {
        /// As typed.
        asked: String,
    },
    /// Several of one name.
    #[error("“{asked}”有 {} 个，写编号：{}。", ids.len(), ids.join("、"))]
    SeveralRules {
        /// As typed.
        asked: String,
        /// Their keys.
        ids: Vec<String>,
    },
    /// The file has fewer sheets.
    #[error("文件里没有第 {asked} 张工作表，共有：{}。", names.join("、"))]
    SheetUnknown {
        /// From 1.
        asked: u32,
        /// The sheets that there are.
        names: Vec<String>,
    },
    /// A file of answers that cannot be read.
    #[error("读不了回答文件“{}”：{reason}。", path.display())]
    AnswersUnreadable {
        /// Which.
        path: PathBuf,
        /// What the system or the reader of JSON says.
        reason: String,
    },
    /// A file of answers that is JSON of another form.
    #[error("回答文件“{}”要写成 {{\"answers\": {{\"键\": \"值\"}}}}，值是文字。", path.display())]
    AnswersShape {
        /// Which.
        path: PathBuf,
    },
    /// `--answer` without any `=`.
    #[error("“--answer {given}”要写成 键=值。")]
    AnswerShape {
        /// As typed.
        given: String,
    },
    /// `--answer` for what nobody asked.
    #[error("没有“{given}”要回答的问题。可以回答的：{}。", if keys.is_empty() { "无".to_owned() } else { keys.join("、") })]
    AnswerWithoutQuestion {
        /// As typed.
        given: String,
        /// The keys that take answers.
        keys: Vec<String>,
    },
    /// An answer that the question does not take.
    #[error("“{key}”不能回答“{given}”，可以是：{}。", choices.join("、"))]
    AnswerUnknown {
        /// The question.
        key: String,
        /// The answer.
        given: String,
        /// Those that it takes.
        choices: Vec<String>,
    },
    /// The file for the answers is there already, perhaps filled in.
    #[error("“{}”已经存在，没有覆盖，也没有导入。换一个文件名。", path.display())]
    AnswersExist {
        /// Which.
        path: PathBuf,
    },
    /// A text file that cannot be read.
    #[error("读不了“{name}”：{reason}。")]
    FileUnreadable {
        /// Which.
        name: String,
        /// What the system says.
        reason: String,
    },
    /// A text file that is none, or in another encoding.
    #[error("“{name}”第 {line} 行第 {column} 列不是 UTF-8 文字。用 UTF-8 编码另存后再试。")]
    FileNotText {
        /// Which.
        name: String,
        /// From 1.
        line: usize,
        /// In characters, from 1.
        column: usize,
    },
    /// Two files from the one input stream.
    #[error("规则和事实不能都从标准输入读，其中一个要写文件名。")]
    StreamTwice,
    /// A rule file with errors.
    #[error("规则文件有错误，没有试算：\n{}", errors(findings))]
    RulesFaulty {
        /// All that was found, in order.
        findings: Vec<FoundLine>,
    },
    /// A facts file that cannot be read.
    #[error("{name}:{line}:{column}{}：{sentence}", at(path))]
    FactsFaulty {
        /// The file.
        name: String,
        /// From 1.
        line: u32,
        /// In characters, from 1.
        column: u32,
        /// Where in the file.
        path: String,
        /// A stable word for what is wrong.
        problem: &'static str,
        /// What is wrong.
        sentence: String,
    },
    /// What rules and facts give cannot be worked out.
    #[error("{reason}")]
    NotEvaluated {
        /// Why, and what to do.
        reason: String,
    },
    /// No rule set of that id.
    #[error("没有 id 是“{asked}”的规则。现有：{}。", known.join("、"))]
    RulesUnknown {
        /// As typed.
        asked: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// No organization of that name, or several.
    #[error("没有正好一个叫“{asked}”的组织。现有：{}。", known.join("、"))]
    OrganizationUnknown {
        /// As typed.
        asked: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A pair without `=`.
    #[error("“{option} {given}”要写成 名称=数，例如 {option} 必修=20。")]
    PairShape {
        /// The option.
        option: &'static str,
        /// As typed.
        given: String,
    },
    /// The file for the answers cannot be written.
    #[error("写不了回答文件“{}”：{reason}。", path.display())]
    AnswersUnwritable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
}

impl Failure {
    /// What the command line itself refuses for a reason that the catalogue
    /// knows.
    pub fn refused(code: &str, params: Value) -> Self {
        let params = params.as_object().cloned().unwrap_or_default();
        Self::Refused { view: ErrorView { code: code.to_owned(), params, field: None, trace: String::new() } }
    }

    /// A stable word for scripts.
    pub fn code(&self) -> &str {
        match self {
            Self::BookMissing => "book_missing",
            Self::Refused { view } => &view.code,
            Self::Answer { .. } => "internal",
            Self::MemberUnknown { .. } => "member_unknown",
            Self::MemberAmbiguous { .. } => "member_ambiguous",
            Self::MemberOutside { .. } => "member_outside",
            Self::SheetUnknown { .. } => "sheet_unknown",
            Self::AnswersUnreadable { .. } | Self::AnswersShape { .. } => "answers_unreadable",
            Self::AnswerShape { .. } | Self::AnswerWithoutQuestion { .. } | Self::AnswerUnknown { .. } => "answer_unknown",
            Self::AnswersExist { .. } => "answers_exist",
            Self::AnswersUnwritable { .. } => "answers_unwritable",
            Self::PairShape { .. } => "pair_shape",
            Self::FileUnreadable { .. } => "file_unreadable",
            Self::FileNotText { .. } => "file_not_text",
            Self::StreamTwice => "stream_twice",
            Self::RulesFaulty { .. } => "rules_faulty",
            Self::FactsFaulty { .. } => "facts_faulty",
            Self::NotEvaluated { .. } => "not_evaluated",
            Self::RulesUnknown { .. } => "rules_unknown",
            Self::OrganizationUnknown { .. } => "organization_unknown",
            Self::ManualUnknown { .. } => "manual_credit_unknown",
            Self::NotInUse { .. } => "rules_not_in_use",
            Self::SeveralRules { .. } => "rules_ambiguous",
        }
    }

    /// Whether what was typed cannot be meant, whatever the files hold.
    pub fn is_wrong_usage(&self) -> bool {
        matches!(self, Self::BookMissing | Self::StreamTwice)
    }

    /// The form for scripts.
    pub fn as_json(&self) -> Value {
        let params = match self {
            Self::Refused { view } => Value::Object(view.params.clone()),
            Self::FileNotText { name, line, column } => json!({ "file": name, "line": line, "column": column }),
            Self::FactsFaulty { name, line, column, path, problem, .. } => {
                json!({ "file": name, "line": line, "column": column, "path": path, "problem": problem })
            }
            _ => json!({}),
        };
        let mut object = json!({ "error": { "code": self.code(), "params": params, "sentence": self.to_string() } });
        if let Self::RulesFaulty { findings } = self {
            object["findings"] = json!(findings);
        }
        object
    }
}

/// Of what was found, what stops.
fn errors(findings: &[FoundLine]) -> String {
    let lines: Vec<String> = findings.iter().filter(|found| found.is_error()).map(FoundLine::in_words).collect();
    lines.join("\n")
}

/// ` people[0].activities[3].date`, where there is one.
fn at(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!(" {path}") }
}

fn sentence(view: &ErrorView) -> String {
    messages::sentence("error", &view.code, &view.params)
}

/// What the command line adds to the catalogue's sentence: which option
/// helps.
fn advice(code: &str) -> &'static str {
    match code {
        "encoding_unknown" => "在这里用 --encoding 指定编码，例如 --encoding gb18030。",
        "columns_missing" => "标题不在程序认出的那一行时，用 --sheet 和 --heading-row 指定；标题用词不同时，在表格里改成上面的词。",
        "book_not_found" => "还没有台账时，用 new 命令新建。",
        _ => "",
    }
}
