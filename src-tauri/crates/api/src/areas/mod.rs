//! The areas of the program. Each file holds one area's requests, responses
//! and handlers; the same name is a folder in the window.

pub mod assess;
pub mod attachments;
pub mod attendance;
pub mod book;
pub mod calendar;
pub mod cards;
pub mod closing;
pub mod coverage;
pub mod credits;
pub mod decisions;
pub mod history;
pub mod imports;
pub mod leave;
pub mod make_ups;
pub mod ledger;
pub mod manual_credits;
pub mod months;
pub mod openings;
pub mod organizations;
pub mod papers;
pub mod plans;
pub mod reports;
pub mod roster;
pub mod rotation;
pub mod rules;
pub mod search;
pub mod series;
pub mod sessions;
pub mod settings;
pub mod study;
pub mod undo;
pub mod warnings;
pub mod words;
pub mod workbench;
