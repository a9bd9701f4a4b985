//! Words and rules of study.
//!
//! Everything here is a pure function or a plain value: no files, no SQL, no
//! clock. What the practice calls a thing is what the code calls it; the
//! Chinese of each word stands beside it, because the same word appears in
//! papers that outlive the program.
//!
//! Start with [`attendance`] (what a mark means and how a rate is counted),
//! [`calendar`] and [`amount`] (dates and durations as people write them),
//! then [`rules`] (how a fact becomes a credit) and [`coverage`] (which
//! meetings a branch owes).

pub mod amount;
pub mod attachments;
pub mod attendance;
pub mod calendar;
pub mod cards;
pub mod coverage;
pub mod exact;
pub mod ids;
pub mod money;
pub mod planning;
pub mod required;
pub mod roster;
pub mod rules;
pub mod sessions;
pub mod steps;
pub mod study;
pub mod text;
pub mod warnings;
