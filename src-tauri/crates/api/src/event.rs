//! What the core tells the window without being asked.

use serde::Serialize;
use ts_rs::TS;

use crate::jobs::JobState;

/// One event on the one channel.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A job moved on or ended.
    Job {
        /// Which, and where it stands.
        state: JobState,
    },
}
