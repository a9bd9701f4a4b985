//! An import for people: what was read, what is refused and why, what is
//! asked and how to answer.

use std::path::Path;

use serde_json::Map;
use xueji_api::messages;
use xueji_exchange::import::Reading;

use super::view::{Outcome, Preview, Problem, Row, Source};
use crate::table::width;

/// How many remarks on oddities are listed; all of them stand in the JSON.
const WARNINGS: usize = 20;

/// Which sheet and row were read.
pub fn heading(source: &Source, reading: &Reading) -> String {
    let encoding = source.encoding.as_ref().map(|encoding| format!("，编码 {encoding}")).unwrap_or_default();
    let remembered = if source.remembered { "，照上次的读法" } else { "" };
    let sheet = source.sheet_name(reading);
    format!("{}：工作表“{sheet}”，标题在第 {} 行{encoding}{remembered}\n", source.file_name, reading.heading_row)
}

/// How many rows have which outcome.
pub fn counts(preview: &Preview) -> String {
    let counts = preview.counts;
    let rows = preview.rows.len();
    format!(
        "共 {rows} 行：新增 {}，修改 {}，不变 {}，拒绝 {}，待答 {}\n",
        counts.add, counts.change, counts.keep, counts.refuse, counts.ask
    )
}

/// Row by row what would happen.
pub fn rows(preview: &Preview) -> String {
    preview.rows.iter().map(row).collect()
}

fn row(row: &Row) -> String {
    let mut words = format!("  第 {} 行  {}  {}\n", row.row, row.outcome.word(), row.label);
    // A row that stays has nothing to show; a refused one shows its reasons
    // below.
    if matches!(row.outcome, Outcome::Add | Outcome::Change | Outcome::Ask) {
        for change in &row.changes {
            let before = change.before.as_ref().map(|before| format!("{before} → ")).unwrap_or_default();
            let from = change.read_from.as_ref().filter(|from| **from != change.after);
            let from = from.map(|from| format!("（原文“{from}”）")).unwrap_or_default();
            words.push_str(&format!("      {}：{before}{}{from}\n", change.label, change.after));
        }
    }
    words
}

/// How symbols are read.
pub fn symbols(preview: &Preview) -> String {
    if preview.symbols.is_empty() {
        return String::new();
    }
    let readings: Vec<String> = preview
        .symbols
        .iter()
        .map(|symbol| {
            let reading = symbol.reading.as_ref().map_or_else(|| "待答".to_owned(), |code| messages::sentence("status", code, &Map::new()));
            format!("{} {reading}（{} 处）", symbol.symbol, symbol.cells)
        })
        .collect();
    format!("符号的读法：{}\n", readings.join("，"))
}

/// Rows and columns that cannot be read, and why.
pub fn refused(preview: &Preview) -> String {
    let mut words = String::new();
    for row in preview.rows.iter().filter(|row| row.outcome == Outcome::Refuse) {
        for found in &row.problems {
            words.push_str(&format!("  第 {} 行  {}\n", row.row, problem(found)));
        }
    }
    for column in preview.refused_columns() {
        let reason = column.problem.as_ref().map(|problem| problem.sentence.as_str()).unwrap_or_default();
        words.push_str(&format!("  列“{}”：{reason}\n", column.heading));
    }
    if words.is_empty() { words } else { format!("不能读的：\n{words}") }
}

/// What is odd and goes in all the same.
pub fn warnings(preview: &Preview) -> String {
    let warnings: Vec<String> = preview
        .rows
        .iter()
        .flat_map(|row| row.warnings.iter().map(move |warning| format!("  第 {} 行  {}\n", row.row, problem(warning))))
        .collect();
    if warnings.is_empty() {
        return String::new();
    }
    let rest = warnings.len().saturating_sub(WARNINGS);
    let rest = if rest == 0 { String::new() } else { format!("  另有 {rest} 条，用 --json 查看\n") };
    format!("留意（不影响导入）：\n{}{rest}", warnings[..warnings.len().min(WARNINGS)].concat())
}

fn problem(problem: &Problem) -> String {
    let place = match (&problem.column, &problem.value) {
        (Some(column), Some(value)) => format!("{column}“{value}”："),
        (Some(column), None) => format!("{column}："),
        (None, Some(value)) => format!("“{value}”："),
        (None, None) => String::new(),
    };
    format!("{place}{}", problem.sentence)
}

/// Every question that waits, with the options that answer it.
pub fn questions(preview: &Preview) -> String {
    let mut words = String::new();
    for (question, number) in preview.open_questions().zip(1..) {
        let row = question.row.map(|row| format!("第 {row} 行：")).unwrap_or_default();
        let affects = if question.affects > 1 { format!("（关系到 {} 处）", question.affects) } else { String::new() };
        words.push_str(&format!("  {number}. {row}{}{affects}\n", question.sentence));
        let options: Vec<String> = question.choices.iter().map(|choice| quoted(&format!("{}={}", question.key, choice.value))).collect();
        let widest = options.iter().map(|option| width(option)).max().unwrap_or(0);
        for (choice, option) in question.choices.iter().zip(&options) {
            let blanks = " ".repeat(widest - width(option));
            words.push_str(&format!("      --answer {option}{blanks}  {}\n", choice.sentence));
        }
    }
    if words.is_empty() { words } else { format!("要回答的问题：\n{words}") }
}

/// What to do about a stop.
pub fn stopped(preview: &Preview) -> String {
    let mut words = "没有写入任何内容。\n".to_owned();
    if preview.lacks_year() {
        words.push_str("标题里没有年份：用 --year 指定，例如 --year 2025。\n");
        return words;
    }
    if preview.open_questions().next().is_some() {
        words
            .push_str("回答问题：每个问题选一行 --answer 加到命令里；或用 --write-answers 文件 写出样本，填好后用 --answers 文件 交回。\n");
    }
    words.push_str("不管这些行：加上 --on-error skip，跳过它们、导入其余。\n");
    words
}

/// What was written.
pub fn applied(changed: bool, left_out: u32, copy: Option<&str>) -> String {
    let mut words = if changed { "已导入。\n" } else { "台账没有变化。\n" }.to_owned();
    if left_out > 0 {
        words.push_str(&format!("按要求跳过：{left_out} 行没有（或没有全部）导入，原因见上。\n"));
    }
    if let Some(copy) = copy {
        words.push_str(&format!("导入前的副本：学迹备份/{copy}\n"));
    }
    words
}

/// Where the file to fill in is.
pub fn template_written(path: &Path, preview: &Preview) -> String {
    let open = preview.open_questions().count();
    format!("已写出 {open} 个待答的问题：{}。在 answers 里填好，用 --answers 交回。\n", path.display())
}

/// As a shell takes it for one word.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_to_copy_survives_the_shell() {
        assert_eq!(quoted("symbol:○=late"), "'symbol:○=late'");
        assert_eq!(quoted("form:it's"), r"'form:it'\''s'");
    }
}
