//! Wrong usage, in Chinese: what clap found, and where to read on.

use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

/// A help text as clap made it, with a full-width colon after each heading:
/// clap's own colon cannot be chosen.
pub fn help(shown: &Error) -> String {
    let text = shown.to_string();
    text.lines()
        .map(|line| line.strip_suffix(':').map_or_else(|| line.to_owned(), |heading| format!("{heading}：")))
        .collect::<Vec<_>>()
        .join("\n")
        + "\n"
}

/// What is wrong with what was typed, and what to do.
pub fn sentence(error: &Error) -> String {
    let said = |kind: ContextKind| error.get(kind).map(in_words).unwrap_or_default();
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认得“{argument}”。{}", suggestion(&said(ContextKind::SuggestedArg))),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令。{}", said(ContextKind::InvalidSubcommand), suggestion(&said(ContextKind::SuggestedSubcommand)))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面要有一个值。"),
        ErrorKind::InvalidValue => match said(ContextKind::ValidValue) {
            valid if valid.is_empty() => format!("“{argument}”不能是“{value}”。"),
            valid => format!("“{argument}”不能是“{value}”，可以是：{valid}。"),
        },
        ErrorKind::ValueValidation => format!("“{argument}”不能是“{value}”。"),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("“{argument}”后面要有一个值。"),
        ErrorKind::TooManyValues => format!("“{argument}”的值太多了：{value}。"),
        ErrorKind::ArgumentConflict => format!("“{argument}”只能写一次，或不能与“{}”一起用。", said(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => format!("缺少：{argument}。"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "要写上一个命令。".to_owned(),
        ErrorKind::InvalidUtf8 => "有一个参数不是可读的文字。".to_owned(),
        _ => "看不懂这样的写法。".to_owned(),
    };
    format!("用法不对：{what}\n用“xueji-cli --help”看所有命令，用“xueji-cli <命令> --help”看一个命令的用法。\n")
}

fn suggestion(nearest: &str) -> String {
    if nearest.is_empty() { String::new() } else { format!("是不是“{nearest}”？") }
}

fn in_words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::Arguments;

    fn said(words: &[&str]) -> String {
        let error = Arguments::try_parse_from(std::iter::once("xueji-cli").chain(words.iter().copied())).expect_err("wrong usage");
        sentence(&error)
    }

    #[test]
    fn every_kind_of_slip_is_named_in_chinese() {
        for (words, part) in [
            (&["--yaer", "members"][..], "不认得“--yaer”"),
            (&["memberss"], "没有“memberss”这个命令。是不是“members”？"),
            (&["credits"], "缺少：--year <年>"),
            (&["credits", "--year", "next"], "“--year <年>”不能是“next”"),
            (&["credits", "--year"], "后面要有一个值"),
            (&["members", "--order", "age"], "可以是：strokes、pinyin、protocol、staff-no"),
            (&["--today", "31.12.2025", "members"], "“--today <日期>”不能是“31.12.2025”"),
            (&["--json", "--json", "members"], "只能写一次"),
            (&[], "要写上一个命令"),
            (&["import", "roster"], "缺少：<表格>"),
        ] {
            let sentence = said(words);
            assert!(sentence.contains(part), "{words:?}: {sentence}");
            assert!(!sentence.contains("error:") && !sentence.contains("Usage"), "{sentence}");
        }
    }
}
