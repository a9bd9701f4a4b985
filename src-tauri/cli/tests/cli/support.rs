//! A desk: a folder with a book in it, and the program to work on it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

use serde_json::Value;
use tempfile::TempDir;

/// The last day of the fixtures' year.
pub const TODAY: &str = "2025-12-31";

/// A folder with a book.
pub struct Desk {
    pub folder: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The answer in JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in:\n{}\n{}", self.out, self.err))
    }

    /// The code of the error in JSON.
    pub fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl Desk {
    /// Without a book yet.
    pub fn bare() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// With an empty book.
    pub fn with_empty_book() -> Self {
        let desk = Self::bare();
        desk.done(&["new", "示例支部"]);
        desk
    }

    /// With the book that the four files of branch-2025 give. They are
    /// imported once; every desk gets a copy.
    pub fn with_full_book() -> Self {
        static FULL: OnceLock<Vec<u8>> = OnceLock::new();
        let bytes = FULL.get_or_init(|| {
            let desk = Self::with_empty_book();
            for (kind, file) in FILES {
                desk.done(&["import", kind, &fixture(file), "--year", "2025"]);
            }
            fs::read(desk.book()).expect("the book")
        });
        let desk = Self::bare();
        fs::write(desk.book(), bytes).expect("a copy of the book");
        desk
    }

    /// The book's file.
    pub fn book(&self) -> PathBuf {
        self.folder.path().join("支部.xueji")
    }

    /// A file in the folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// A file in the folder, with content.
    pub fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.path(name);
        fs::write(&path, content).expect("a file");
        path
    }

    /// The program on this book.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.arg("--book").arg(self.book()).args(["--today", TODAY]).args(arguments);
        command
    }

    /// Runs the program on this book.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments))
    }

    /// Runs it; it must succeed.
    pub fn done(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.status, 0, "{arguments:?}: {ran:?}");
        ran
    }

    /// Runs it for JSON; it must succeed.
    pub fn json(&self, arguments: &[&str]) -> Value {
        self.done(&[&["--json"], arguments].concat()).json()
    }

    /// How many operations the book's log has.
    pub fn operations(&self) -> usize {
        self.json(&["history"])["operations"].as_array().map_or(0, Vec::len)
    }
}

/// The four files of the branch, in the order in which they go in.
pub const FILES: [(&str, &str); 4] = [
    ("roster", "branch-2025/roster.xlsx"),
    ("sessions", "branch-2025/sessions.xlsx"),
    ("attendance", "branch-2025/attendance.csv"),
    ("selfstudy", "branch-2025/selfstudy.csv"),
];

/// The program, without arguments.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xueji-cli"));
    command.stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let ran = Ran { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) };
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    ran
}

/// The path of a fixture.
pub fn fixture(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(path).display().to_string()
}

/// A fixture's JSON.
pub fn fixture_json(path: &str) -> Value {
    serde_json::from_slice(&fs::read(fixture(path)).expect("a fixture")).expect("JSON")
}

/// The elements of an array.
pub fn each(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("an array").iter()
}

/// A text.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

/// A whole number.
pub fn whole(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("not a whole number: {value}"))
}
