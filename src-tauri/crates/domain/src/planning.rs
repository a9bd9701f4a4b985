//! Planning a year: which days one works, on which days a recurring session
//! falls, when an item of a plan is due, and the days on which study hangs.
//!
//! Which days are off is data, not computed: the State Council says it year
//! by year, with weekend days to work in exchange (调休). The shipped years
//! stand in assets/presets/holidays; a book may hold its own.

pub mod anniversaries;
pub mod due;
pub mod holidays;
pub mod recurrence;

#[cfg(test)]
mod tests;

pub use anniversaries::ShippedAnniversary;
pub use due::Due;
pub use holidays::{Holiday, ShippedHolidays, WorkCalendar};
pub use recurrence::{Occurrence, OnHoliday, Pattern, Recurrence, RecurrenceProblem};
