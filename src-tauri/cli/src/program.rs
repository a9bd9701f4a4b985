//! The core as the subcommands use it: one book, commands by name, typed
//! answers.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use xueji_api::{App, AppOptions, Clock};

use crate::{args::Arguments, failure::Failure};

/// The core with this run's book.
pub struct Program {
    app: App,
    book: PathBuf,
    /// Removed with what the core wrote into it.
    _own_folder: Option<TempDir>,
}

impl Program {
    /// Starts the core; no book is open yet.
    pub fn start(arguments: &Arguments) -> Result<Self, Failure> {
        let book = absolute(arguments.book.as_deref().ok_or(Failure::BookMissing)?);
        let own_folder = match arguments.data_dir {
            Some(_) => None,
            // Without it the core only fails to remember the book, which it
            // is not to do anyway.
            None => tempfile::Builder::new().prefix("xueji-cli-").tempdir().ok(),
        };
        let data_dir = match (&arguments.data_dir, &own_folder) {
            (Some(folder), _) => folder.clone(),
            (None, Some(folder)) => folder.path().to_owned(),
            (None, None) => std::env::temp_dir().join("xueji-cli"),
        };
        let clock = arguments.today.map_or(Clock::System, Clock::Day);
        let app = App::new(AppOptions { data_dir, clock, on_event: Box::new(|_| {}) });
        Ok(Self { app, book, _own_folder: own_folder })
    }

    /// Starts the core and opens the book.
    pub fn open(arguments: &Arguments) -> Result<Self, Failure> {
        let program = Self::start(arguments)?;
        let file = program.book_token();
        program.run("book.open", json!({ "file": file }))?;
        Ok(program)
    }

    /// The book's file.
    pub fn book(&self) -> &Path {
        &self.book
    }

    /// Stands for the book's file.
    pub fn book_token(&self) -> String {
        self.token(&self.book)
    }

    /// Stands for a file.
    pub fn token(&self, path: &Path) -> String {
        self.app.register_file(absolute(path)).token
    }

    /// Runs a command; its answer is not looked at.
    pub fn run(&self, command: &'static str, request: Value) -> Result<Value, Failure> {
        self.app.call(command, request).map_err(|view| Failure::Refused { view })
    }

    /// Runs a command that changes the book; what it gives, without what it
    /// made stale.
    pub fn change(&self, command: &'static str, request: Value) -> Result<Value, Failure> {
        let mut answer = self.run(command, request)?;
        Ok(answer.get_mut("value").map(Value::take).unwrap_or(answer))
    }

    /// The organization of a name.
    pub fn organization(&self, asked: &str) -> Result<String, Failure> {
        #[derive(serde::Deserialize)]
        struct Organization {
            id: String,
            name: String,
        }
        let all: Vec<Organization> = self.ask("organizations.list", json!({}))?;
        let named: Vec<&Organization> = all.iter().filter(|own| own.name == asked).collect();
        match named[..] {
            [own] => Ok(own.id.clone()),
            _ => {
                let known = all.iter().map(|own| own.name.clone()).collect();
                Err(Failure::OrganizationUnknown { asked: asked.to_owned(), known })
            }
        }
    }

    /// Runs a command and reads its answer.
    pub fn ask<T: DeserializeOwned>(&self, command: &'static str, request: Value) -> Result<T, Failure> {
        let answer = self.run(command, request)?;
        serde_json::from_value(answer).map_err(|error| Failure::Answer { command, reason: error.to_string() })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.app.close();
    }
}

/// A path that means the same wherever the core stands.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
