//! The program: which book is open, and the way to every command.

use std::{
    ops::Deref,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

use chrono::{Datelike, Local, NaiveDate};
use serde::Serialize;
use serde_json::Value;
use xueji_store::{Book, Stamp, Supplement, lock::Holder, tables};

use crate::{
    areas::imports::ImportDesk,
    context::{self, MutateContext, Mutated, QueryContext},
    error::{ApiError, ErrorView},
    event::Event,
    files::{FileToken, Files},
    jobs::{self, Jobs, Progress},
    profile::Profile,
    table::{self, CommandKind},
};

/// Where 'today' comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A given day; instants still come from the machine. For tests and for
    /// `--today`.
    Day(NaiveDate),
}

/// What the program needs to run.
pub struct AppOptions {
    /// Where the program keeps its profile and the sample book.
    pub data_dir: PathBuf,
    /// Where 'today' comes from.
    pub clock: Clock,
    /// Gets every event.
    pub on_event: Box<dyn Fn(Event) + Send + Sync>,
}

/// The program. Cheap to clone; every clone is the same program.
#[derive(Clone)]
pub struct App {
    core: Core,
}

/// What handlers of kind `host` and `job` get.
#[derive(Clone)]
pub struct Core(Arc<CoreState>);

/// The state behind [`Core`].
pub struct CoreState {
    pub(crate) options: AppOptions,
    pub(crate) book: RwLock<Option<Arc<Book>>>,
    pub(crate) files: Files,
    pub(crate) jobs: Jobs,
    pub(crate) imports: ImportDesk,
    pub(crate) profile: Mutex<Profile>,
    /// Why the last book did not open at the start.
    pub(crate) start_problem: Mutex<Option<ErrorView>>,
}

impl Deref for Core {
    type Target = CoreState;
    fn deref(&self) -> &CoreState {
        &self.0
    }
}

impl App {
    /// Starts the program without a book.
    pub fn new(options: AppOptions) -> Self {
        let profile = Profile::load(&options.data_dir);
        let core = CoreState {
            options,
            book: RwLock::new(None),
            files: Files::default(),
            jobs: Jobs::default(),
            imports: ImportDesk::default(),
            profile: Mutex::new(profile),
            start_problem: Mutex::new(None),
        };
        Self { core: Core(Arc::new(core)) }
    }

    /// Opens the book that was open last, if there was one. Why it could not
    /// be opened stays in `app.state`, for the window to say.
    pub fn open_last(&self) {
        let last = {
            let profile = self.core.profile();
            profile.reopen.then(|| profile.recent.first().map(|recent| recent.path.clone())).flatten()
        };
        if let Some(path) = last {
            self.open_or_explain(&path);
        }
    }

    /// Opens a book given on the command line of the window.
    pub fn open_or_explain(&self, path: &Path) {
        if let Err(error) = self.core.open(path) {
            *self.core.start_problem.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.view());
        }
    }

    /// Runs a command by name. A job is only started: its progress and end
    /// come as events.
    pub fn dispatch(&self, name: &str, request: Value) -> Result<Value, ErrorView> {
        if table::kind_of(name) == Some(CommandKind::Job) {
            let started = jobs::start(&self.core, name, request).map_err(|error| error.view())?;
            return serde_json::to_value(started).map_err(|error| ApiError::Internal { reason: error.to_string() }.view());
        }
        self.call(name, request)
    }

    /// Runs a command by name to its end on the calling thread, jobs too.
    pub fn call(&self, name: &str, request: Value) -> Result<Value, ErrorView> {
        self.core.run_guarded(name, request, &Progress::unwatched())
    }

    /// A token for a file that a dialog or the command line gave.
    pub fn register_file(&self, path: PathBuf) -> FileToken {
        self.core.files.register(path)
    }

    /// Closes the book cleanly.
    pub fn close(&self) {
        self.core.set_book(None);
    }
}

impl Core {
    /// Runs a command; a bug in it ends in an error, not in the program's
    /// end.
    pub(crate) fn run_guarded(&self, name: &str, request: Value, progress: &Progress) -> Result<Value, ErrorView> {
        match catch_unwind(AssertUnwindSafe(|| table::run(self, name, request, progress))) {
            Ok(result) => result.map_err(|error| error.view()),
            Err(_) => Err(ApiError::Internal { reason: format!("panic in {name}") }.view()),
        }
    }

    /// Opens a book and closes the one before.
    pub(crate) fn open(&self, path: &Path) -> Result<(), ApiError> {
        if self.book().is_ok_and(|book| book.path() == path) {
            return Ok(());
        }
        let book = Book::open(path, &self.holder(), &self.stamp_by(""))?;
        self.adopt(book)
    }

    /// Makes an open book the program's own and remembers it.
    pub(crate) fn adopt(&self, book: Book) -> Result<(), ApiError> {
        let name = book.read(tables::book::get)?.name;
        let path = book.path().to_owned();
        self.set_book(Some(Arc::new(book)));
        self.keep_profile(|profile| profile.opened(&path, &name, &self.today().to_string()));
        Ok(())
    }

    pub(crate) fn set_book(&self, book: Option<Arc<Book>>) {
        self.imports.clear();
        *self.start_problem.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.0.book.write().unwrap_or_else(PoisonError::into_inner) = book;
    }

    /// The open book.
    pub(crate) fn book(&self) -> Result<Arc<Book>, ApiError> {
        self.0.book.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or(ApiError::NoBook)
    }

    /// Reads the open book.
    pub(crate) fn query<T>(&self, work: impl FnOnce(&QueryContext) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let today = self.today();
        self.book()?.read(|reader| work(&QueryContext { reader, today }))
    }

    /// Changes the open book under a named operation; closed months not.
    pub(crate) fn mutate<T: Serialize>(
        &self,
        name: &str,
        work: impl FnOnce(&mut MutateContext) -> Result<T, ApiError>,
    ) -> Result<Mutated<T>, ApiError> {
        self.mutate_because(name, None, work)
    }

    /// Changes the open book under a named operation; closed months too,
    /// where a reason is given.
    pub(crate) fn mutate_because<T: Serialize>(
        &self,
        name: &str,
        reason: Option<String>,
        work: impl FnOnce(&mut MutateContext) -> Result<T, ApiError>,
    ) -> Result<Mutated<T>, ApiError> {
        let book = self.book()?;
        let stamp = self.stamp(&book)?;
        let today = self.today();
        let supplement = self.supplement(reason);
        let written = book.write(name, &stamp, |writer| {
            writer.supplement(supplement);
            work(&mut MutateContext { writer, today })
        })?;
        let undo = book.read(|reader| xueji_store::log::next_undo(reader))?;
        Ok(Mutated { value: written.value, changed: context::areas(&written.tables), undo: undo.as_ref().map(context::label) })
    }

    /// When and by whom, for the open book.
    pub(crate) fn stamp(&self, book: &Book) -> Result<Stamp, ApiError> {
        let operator = book.read(tables::book::get)?.operator;
        Ok(self.stamp_by(&operator))
    }

    /// Why closed months are changed, as of today.
    pub(crate) fn supplement(&self, reason: Option<String>) -> Option<Supplement> {
        reason.map(|reason| Supplement { reason, on: self.today() })
    }

    /// When, by a given operator.
    pub(crate) fn stamp_by(&self, operator: &str) -> Stamp {
        Stamp { at: Local::now().timestamp_millis(), operator: operator.to_owned() }
    }

    /// Today.
    pub(crate) fn today(&self) -> NaiveDate {
        match self.options.clock {
            Clock::System => Local::now().date_naive(),
            Clock::Day(day) => day,
        }
    }

    /// The last day of a year that lies not in the future: on which ranks and
    /// memberships of that year are read.
    pub(crate) fn as_of(today: NaiveDate, year: i32) -> NaiveDate {
        let end = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(today);
        if year >= today.year() { today.min(end) } else { end }
    }

    /// Who holds the lock of a book, for the person who meets it.
    pub(crate) fn holder(&self) -> Holder {
        let name = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default();
        Holder {
            name: format!("{name}（学迹 {}）", env!("CARGO_PKG_VERSION")), since: Local::now().format("%Y-%m-%d %H:%M").to_string()
        }
    }

    pub(crate) fn profile(&self) -> MutexGuard<'_, Profile> {
        self.profile.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what this machine remembers. That it could not be written is
    /// logged and stops nothing: no record is in it.
    pub(crate) fn keep_profile(&self, change: impl FnOnce(&mut Profile)) {
        let mut profile = self.profile();
        change(&mut profile);
        if let Err(error) = profile.save(&self.options.data_dir) {
            tracing::warn!(code = error.code(), "the profile was not kept");
        }
    }

    pub(crate) fn tell(&self, event: Event) {
        (self.options.on_event)(event);
    }
}
