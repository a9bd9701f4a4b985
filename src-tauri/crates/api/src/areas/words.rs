//! 词表: kinds, tags, places and the like that the clerk extends, hides and
//! renames. A word of the program may be hidden; only an own one is renamed
//! or removed, because rules and tables of required meetings name the others.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::sessions::{SESSION_KINDS, SessionLevel, proposed_level};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::words::{self as store, WordRecord},
};

use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    table::Nothing,
};

/// A list of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WordList {
    /// 活动类型, each with its usual level.
    Kind,
    /// 标签
    Tag,
    /// 地点
    Place,
    /// 补学形式
    MakeUpForm,
    /// 经费类别
    ExpenseKind,
    /// 文件类别
    DocumentKind,
}

impl WordList {
    fn code(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Tag => "tag",
            Self::Place => "place",
            Self::MakeUpForm => "make_up_form",
            Self::ExpenseKind => "expense_kind",
            Self::DocumentKind => "document_kind",
        }
    }

    /// The words that the program brings.
    fn usual(self) -> Vec<&'static str> {
        match self {
            Self::Kind => SESSION_KINDS.iter().map(|kind| kind.name).collect(),
            Self::Tag => vec!["读书班", "知识竞赛", "纪念日学习", "警示教育", "联合活动", "外出参观"],
            Self::Place => Vec::new(),
            Self::MakeUpForm => vec!["自学", "补课", "观看录像", "送学上门", "线上补学", "个别谈话"],
            Self::ExpenseKind => vec!["书籍", "报刊", "场地", "培训", "资料印制", "其他"],
            Self::DocumentKind => vec!["文件", "会议", "通知", "讲话", "通报", "制度"],
        }
    }
}

/// Asks for a list.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct WordsRequest {
    /// Which.
    pub list: WordList,
}

/// A word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WordView {
    /// The word.
    pub name: String,
    /// Of a kind: the level proposed for its sessions.
    pub level: Option<SessionLevel>,
    /// Whether it is no longer offered.
    pub hidden: bool,
    /// Whether the program brings it.
    pub shipped: bool,
    /// Records that bear it.
    pub used: u32,
}

/// Adds a word, or changes whether it is offered and its level.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveWord {
    /// In which list.
    pub list: WordList,
    /// The word.
    pub name: String,
    /// Of a kind: the level proposed for its sessions.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub level: Option<SessionLevel>,
    /// Whether it is no longer offered.
    pub hidden: bool,
}

/// Renames an own word, in the records too.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RenameWord {
    /// In which list.
    pub list: WordList,
    /// The word.
    pub from: String,
    /// What it is from now on.
    pub to: String,
}

/// What renaming did.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct WordRenamed {
    /// Records in which it stands now.
    pub records: u32,
}

/// Names an own word.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WordRequest {
    /// In which list.
    pub list: WordList,
    /// The word.
    pub name: String,
}

/// Every word of a list: the program's, the clerk's own, then those that
/// only records bear, most used first.
pub(crate) fn words(reader: &Reader, list: WordList) -> Result<Vec<WordView>, ApiError> {
    let own: Vec<WordRecord> = store::all(reader)?.into_iter().filter(|word| word.list == list.code()).collect();
    let used = store::used(reader, list.code())?;
    let usual = list.usual();
    let mut names: Vec<String> = usual.iter().map(|name| (*name).to_owned()).collect();
    names.extend(own.iter().map(|word| word.name.clone()));
    names.extend(used.iter().map(|(name, _)| name.clone()));
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let view = |name: String| {
        let record = own.iter().find(|word| word.name == name);
        let level = (list == WordList::Kind).then(|| record.and_then(|word| word.level).unwrap_or_else(|| proposed_level(&name)));
        WordView {
            level,
            hidden: record.is_some_and(|word| word.hidden),
            shipped: usual.contains(&name.as_str()),
            used: used.iter().find(|(known, _)| *known == name).map_or(0, |(_, count)| *count),
            name,
        }
    };
    Ok(names.into_iter().map(view).collect())
}

/// The words of a list that forms offer.
pub(crate) fn offered(reader: &Reader, list: WordList) -> Result<Vec<String>, ApiError> {
    Ok(words(reader, list)?.into_iter().filter(|word| !word.hidden).map(|word| word.name).collect())
}

/// `words.list`
pub fn list(context: &QueryContext, request: WordsRequest) -> Result<Vec<WordView>, ApiError> {
    words(context.reader, request.list)
}

/// `words.save`
pub fn save(context: &mut MutateContext, request: SaveWord) -> Result<Vec<WordView>, ApiError> {
    let name = forms::required("name", "name_missing", &request.name)?;
    let all = store::all(&context.writer.reader())?;
    let own = || all.iter().filter(|word| word.list == request.list.code());
    let next = own().map(|word| word.position + 1).max().unwrap_or(0);
    let position = own().find(|word| word.name == name).map_or(next, |word| word.position);
    let record = WordRecord { list: request.list.code().to_owned(), name, level: request.level, position, hidden: request.hidden };
    store::put(context.writer, &record)?;
    context.writer.describe(params! { "name" => record.name, "list" => request.list });
    words(&context.writer.reader(), request.list)
}

/// `words.rename`
pub fn rename(context: &mut MutateContext, request: RenameWord) -> Result<WordRenamed, ApiError> {
    let to = forms::required("to", "name_missing", &request.to)?;
    if request.list.usual().contains(&request.from.as_str()) {
        return Err(ApiError::field("to", "word_shipped"));
    }
    let known = words(&context.writer.reader(), request.list)?;
    if to != request.from && known.iter().any(|word| word.name == to) {
        return Err(ApiError::field("to", "word_exists"));
    }
    let all = store::all(&context.writer.reader())?;
    if let Some(record) = all.into_iter().find(|word| word.list == request.list.code() && word.name == request.from) {
        store::delete(context.writer, request.list.code(), &request.from)?;
        store::put(context.writer, &WordRecord { name: to.clone(), ..record })?;
    }
    let records = store::rename_in_records(context.writer, request.list.code(), &request.from, &to)?;
    context.writer.describe(params! { "name" => request.from, "to" => to, "list" => request.list, "records" => records });
    Ok(WordRenamed { records })
}

/// `words.remove`
pub fn remove(context: &mut MutateContext, request: WordRequest) -> Result<Nothing, ApiError> {
    let known = words(&context.writer.reader(), request.list)?;
    if let Some(word) = known.iter().find(|word| word.name == request.name) {
        if word.shipped {
            return Err(ApiError::field("name", "word_shipped"));
        }
        if word.used > 0 {
            return Err(ApiError::Refused { code: "word_used", params: params! { "name" => word.name, "used" => word.used } });
        }
    }
    store::delete(context.writer, request.list.code(), &request.name)?;
    context.writer.describe(params! { "name" => request.name, "list" => request.list });
    Ok(Nothing {})
}
