//! Shared pieces of the system tests: the program on a book of its own, the
//! fixtures, and an import as a clerk would click through it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use tempfile::TempDir;
use xueji_api::{App, AppOptions, Clock, ErrorView};

/// A file of tests/fixtures.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A fixture's JSON.
pub fn fixture_json(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(fixture(name)).unwrap()).unwrap()
}

/// The program with a folder of its own.
pub struct Program {
    /// The program.
    pub app: App,
    /// Its folder; removed with it.
    pub folder: TempDir,
}

impl Program {
    /// Without a book, on a given day.
    pub fn start(today: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options =
            AppOptions { data_dir: folder.path().join("data"), clock: Clock::Day(today.parse().unwrap()), on_event: Box::new(|_| {}) };
        Self { app: App::new(options), folder }
    }

    /// With a new book.
    pub fn with_book(today: &str) -> Self {
        let program = Self::start(today);
        let file = program.app.register_file(program.path("台账.xueji"));
        program.call("book.create", json!({ "file": file.token, "name": "机关第三党支部", "operator": "测试员" }));
        program
    }

    /// With the four files of branch-2025 imported.
    pub fn with_branch_2025() -> Self {
        let program = Self::with_book("2025-12-31");
        for (kind, file) in
            [("roster", "roster.xlsx"), ("sessions", "sessions.xlsx"), ("attendance", "attendance.csv"), ("self_study", "selfstudy.csv")]
        {
            let preview = program.preview(kind, &fixture("branch-2025").join(file), &BTreeMap::new());
            program.call("import.apply", json!({ "plan": preview["plan"], "skip_problems": false }));
        }
        program
    }

    /// A path in its folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Calls a command that must succeed.
    pub fn call(&self, name: &str, request: Value) -> Value {
        self.app.call(name, request).unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Calls a command that must fail.
    pub fn refuse(&self, name: &str, request: Value) -> ErrorView {
        match self.app.call(name, request) {
            Ok(value) => panic!("{name} went through: {value}"),
            Err(error) => error,
        }
    }

    /// The value of a change.
    pub fn mutate(&self, name: &str, request: Value) -> Value {
        self.call(name, request)["value"].clone()
    }

    /// The preview of a file by the proposed reading, year 2025, with answers.
    pub fn preview(&self, kind: &str, path: &Path, answers: &BTreeMap<String, String>) -> Value {
        let file = self.app.register_file(path.to_owned());
        let source = self.call("import.read", json!({ "file": file.token, "kind": kind }));
        let mut reading = source["reading"].clone();
        reading["year"] = json!(2025);
        reading["answers"] = json!(answers);
        self.call("import.preview", json!({ "source": source["source"], "reading": reading }))
    }
}
