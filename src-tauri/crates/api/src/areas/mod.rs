//! The areas of the program. Each file holds one area's requests, responses
//! and handlers; the same name is a folder in the window.

pub mod attendance;
pub mod book;
pub mod credits;
pub mod imports;
pub mod organizations;
pub mod reports;
pub mod roster;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod study;
pub mod undo;
pub mod workbench;
