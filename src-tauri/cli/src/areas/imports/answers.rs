//! Answers to the questions of an import: typed, from a file, and the file to
//! fill in.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::Path,
};

use serde_json::{Map, Value, json};
use xueji_exchange::import::symbols;

use super::view::Preview;
use crate::{args::Import, failure::Failure, output};

/// The answers of this run.
#[derive(Debug, Default)]
pub struct Given {
    /// By key: from the file, and typed ones that found their question.
    pub settled: BTreeMap<String, String>,
    /// Typed ones that have not yet: keys and values may both hold `=`, so
    /// only the questions tell where one ends.
    typed: Vec<String>,
    from_file: Vec<String>,
}

impl Given {
    /// What was typed, and what the file says.
    pub fn of(request: &Import) -> Result<Self, Failure> {
        if let Some(wrong) = request.answer.iter().find(|typed| !typed.contains('=')) {
            return Err(Failure::AnswerShape { given: wrong.clone() });
        }
        let settled = request.answers.as_deref().map(read).transpose()?.unwrap_or_default();
        Ok(Self { from_file: settled.keys().cloned().collect(), settled, typed: request.answer.clone() })
    }

    /// Finds the questions of typed answers; true where another preview is
    /// needed.
    pub fn settle_against(&mut self, preview: &Preview) -> bool {
        let before = self.typed.len();
        let Self { settled, typed, .. } = self;
        typed.retain(|answer| match split(answer, preview) {
            Some((key, value)) => {
                settled.insert(key.to_owned(), value.to_owned());
                false
            }
            None => true,
        });
        typed.len() < before
    }

    /// Whether every answer was taken.
    pub fn check(&self, preview: &Preview) -> Result<(), Failure> {
        if let Some(given) = self.typed.first() {
            return Err(Failure::AnswerWithoutQuestion { given: given.clone(), keys: keys(preview).map(str::to_owned).collect() });
        }
        for (key, given) in &self.settled {
            let Some((taken, choices)) = state_of(preview, key) else { continue };
            if taken != Some(given.as_str()) {
                return Err(Failure::AnswerUnknown { key: key.clone(), given: given.clone(), choices });
            }
        }
        Ok(())
    }

    /// Answers of the file that this import did not ask for: it may serve
    /// several.
    pub fn unused_in_words(&self, preview: &Preview) -> Option<String> {
        let unused: Vec<&str> = self.from_file.iter().map(String::as_str).filter(|key| !keys(preview).any(|known| known == *key)).collect();
        (!unused.is_empty()).then(|| format!("回答文件里这次没有用到的键：{}\n", unused.join("、")))
    }
}

/// Every key that takes an answer.
fn keys(preview: &Preview) -> impl Iterator<Item = &str> {
    let questions = preview.questions.iter().map(|question| question.key.as_str());
    // A symbol that is asked about has its question already.
    let symbols = preview.symbols.iter().map(|symbol| symbol.key.as_str());
    questions.chain(symbols.filter(|key| !preview.questions.iter().any(|question| question.key == *key)))
}

fn split<'a>(answer: &'a str, preview: &Preview) -> Option<(&'a str, &'a str)> {
    answer.match_indices('=').map(|(at, _)| (&answer[..at], &answer[at + 1..])).find(|(key, _)| keys(preview).any(|known| known == *key))
}

/// What a key's question or symbol was answered with, and what it takes.
fn state_of<'a>(preview: &'a Preview, key: &str) -> Option<(Option<&'a str>, Vec<String>)> {
    if let Some(question) = preview.questions.iter().find(|question| question.key == key) {
        return Some((question.answer.as_deref(), question.choices.iter().map(|choice| choice.value.clone()).collect()));
    }
    let symbol = preview.symbols.iter().find(|symbol| symbol.key == key)?;
    Some((symbol.reading.as_deref(), symbols::answers().map(str::to_owned).collect()))
}

/// Reads a mapping file: `{"answers": {"key": "value"}}`, or the inner object
/// alone. `null` and "" are not answered yet.
fn read(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let unreadable = |reason: String| Failure::AnswersUnreadable { path: path.to_owned(), reason };
    let text = fs::read_to_string(path).map_err(|error| unreadable(reason_in_words(&error)))?;
    let json: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| unreadable(format!("第 {} 行第 {} 列不是正确的 JSON", error.line(), error.column())))?;
    let shape = || Failure::AnswersShape { path: path.to_owned() };
    let answers = json.get("answers").unwrap_or(&json).as_object().ok_or_else(shape)?;
    let mut read = BTreeMap::new();
    for (key, value) in answers {
        match value {
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            Value::String(text) => {
                read.insert(key.clone(), text.clone());
            }
            _ => return Err(shape()),
        }
    }
    Ok(read)
}

/// Writes the mapping file to fill in: every question with its choices, the
/// answers given so far. Only the file that the answers came from is written
/// over: another may hold answers that somebody typed.
pub fn write_template(path: &Path, source: Option<&Path>, preview: &Preview) -> Result<(), Failure> {
    let answers: Map<String, Value> = preview.questions.iter().map(|question| (question.key.clone(), json!(question.answer))).collect();
    let questions: Vec<Value> = preview
        .questions
        .iter()
        .map(|question| {
            let choices: Map<String, Value> =
                question.choices.iter().map(|choice| (choice.value.clone(), json!(choice.sentence))).collect();
            json!({ "key": question.key, "row": question.row, "question": question.sentence, "choices": choices })
        })
        .collect();
    let text = output::pretty(&json!({ "answers": answers, "questions": questions }));
    let mut options = fs::OpenOptions::new();
    let options = match source {
        Some(source) if source == path => options.write(true).truncate(true),
        _ => options.write(true).create_new(true),
    };
    options.open(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::AnswersExist { path: path.to_owned() },
        _ => Failure::AnswersUnwritable { path: path.to_owned(), reason: reason_in_words(&error) },
    })
}

fn reason_in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "找不到它，或它的文件夹不在".to_owned(),
        io::ErrorKind::PermissionDenied => "系统没有允许".to_owned(),
        io::ErrorKind::InvalidData => "它不是 UTF-8 文字".to_owned(),
        io::ErrorKind::StorageFull => "磁盘满了".to_owned(),
        _ => format!("系统报告出错（{}）", error.raw_os_error().unwrap_or_default()),
    }
}
