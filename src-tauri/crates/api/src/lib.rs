//! The typed commands: what the window, the command line and the tests call.
//!
//! One table ([`table`]) declares every command. From it come the dispatcher
//! (a command without a handler does not compile) and the TypeScript that the
//! window is checked against. A handler lives with its request and response
//! types in the file of its area under [`areas`].
//!
//! Four kinds of command:
//!
//! * `query` reads the open book through a connection that cannot write;
//! * `mutate` changes the open book in one transaction under one named
//!   operation, which can be undone;
//! * `host` concerns the program itself: which book is open, its files, jobs;
//! * `job` runs on a thread of its own, reports progress and can be cancelled.
//!
//! Errors cross as data ([`error::ErrorView`]); the sentence comes from the
//! one catalogue, assets/messages/zh-CN.json.

pub mod app;
pub mod areas;
mod carry;
pub mod context;
pub mod error;
pub mod event;
pub mod files;
mod forms;
pub mod jobs;
pub mod messages;
mod profile;
mod records;
mod rules;
mod sample;
mod snapshot;
mod steps;
pub mod table;
pub mod typescript;
mod watch;

pub use app::{App, AppOptions, Clock};
pub use error::{ApiError, ErrorView};
pub use event::Event;
pub use files::FileToken;
pub use rules::presets::TEXTS as PRESETS;
