//! The areas of the program. Each file holds one area's requests, responses
//! and handlers; the same name is a folder in the window.

pub mod assess;
pub mod attachments;
pub mod attendance;
pub mod book;
pub mod closing;
pub mod credits;
pub mod decisions;
pub mod imports;
pub mod manual_credits;
pub mod openings;
pub mod organizations;
pub mod reports;
pub mod roster;
pub mod rules;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod study;
pub mod undo;
pub mod workbench;
