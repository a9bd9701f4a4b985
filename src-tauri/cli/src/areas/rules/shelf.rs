//! Rule texts by their id: files beside the one that is read, the book's, the
//! presets.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::json;
use xueji_api::PRESETS;
use xueji_domain::rules::file::SIZE_LIMIT;

use crate::{args::Arguments, failure::Failure, input, program::Program};

/// So many files beside a rule file are looked at.
const MOST_FILES: usize = 2000;

/// The head of a rule file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Head {
    /// `id`
    pub id: String,
    /// `name`
    pub name: String,
    /// `unit`
    pub unit: String,
    /// `kind`; absent: credits.
    pub kind: Option<String>,
    /// `version`
    pub version: Option<String>,
    /// `example`
    pub example: bool,
}

/// The head of a text; `None` where it is no TOML.
pub fn head(text: &str) -> Option<Head> {
    toml::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()
}

/// The presets with their heads.
pub fn presets() -> impl Iterator<Item = (Head, &'static str)> {
    PRESETS.iter().filter_map(|text| Some((head(text)?, *text)))
}

/// The rule sets that a file may refine.
pub struct Parents {
    by_id: BTreeMap<String, String>,
}

impl Parents {
    /// Those at hand for a file: what lies beside it comes first, then the
    /// book where one is named, then the presets.
    pub fn of(arguments: &Arguments, file: &Path) -> Result<Self, Failure> {
        let mut by_id: BTreeMap<String, String> = presets().map(|(head, text)| (head.id, text.to_owned())).collect();
        if arguments.book.is_some() {
            by_id.extend(of_book(&Program::open(arguments)?)?);
        }
        by_id.extend(beside(file));
        Ok(Self { by_id })
    }

    /// The text of an id.
    pub fn find(&self, id: &str) -> Option<String> {
        self.by_id.get(id).cloned()
    }
}

#[derive(Deserialize)]
struct Listed {
    sets: Vec<Set>,
}

#[derive(Deserialize)]
struct Set {
    id: String,
    key: String,
    preset: bool,
}

#[derive(Deserialize)]
struct Stored {
    text: String,
}

/// The book's own; of several versions of one, the first that it lists.
fn of_book(program: &Program) -> Result<BTreeMap<String, String>, Failure> {
    let listed: Listed = program.ask("rules.list", json!({}))?;
    let mut texts = BTreeMap::new();
    for set in listed.sets.into_iter().filter(|set| !set.preset) {
        if let Entry::Vacant(place) = texts.entry(set.key) {
            let stored: Stored = program.ask("rules.text", json!({ "id": set.id }))?;
            place.insert(stored.text);
        }
    }
    Ok(texts)
}

/// The rule files in the same folder, by their ids; of a file from the input
/// stream, those where the program was started. What cannot be read is not
/// there.
fn beside(file: &Path) -> Vec<(String, String)> {
    let folder = match file.parent() {
        Some(folder) if !input::is_stream(file) && !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.is_file() && !is_same(path, file)).take(MOST_FILES).collect();
    // Of two files with one id, the one that comes first by its name: it
    // stands last here, and stays.
    paths.sort_by(|one, other| other.cmp(one));
    let texts = paths.iter().filter_map(|path| Some(input::read(path, SIZE_LIMIT).ok()?.text));
    texts.filter_map(|text| Some((head(&text).filter(|head| !head.id.is_empty())?.id, text))).collect()
}

/// A file is not its own parent: a copy of the preset that it refines may
/// bear the preset's id.
fn is_same(path: &Path, file: &Path) -> bool {
    path.file_name() == file.file_name()
}
