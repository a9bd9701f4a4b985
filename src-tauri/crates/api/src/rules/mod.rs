//! Between the book and the rule engine: which rule sets there are and which
//! hold when ([`shelf`]), the facts of every member ([`facts`]), what they
//! come to in a year ([`count`]), and the rule file as tables and entries
//! for forms ([`outline`], [`edit`]).

pub(crate) mod assess_frozen;
pub(crate) mod assess_judge;
pub(crate) mod assess_records;
pub(crate) mod assess_unit;
pub(crate) mod assess_view;
pub(crate) mod count;
pub(crate) mod decided;
pub(crate) mod edit;
mod evidence;
pub(crate) mod facts;
pub(crate) mod forecast;
pub(crate) mod manual;
pub(crate) mod outline;
mod pasts;
pub(crate) mod presets;
pub(crate) mod quantities;
pub(crate) mod shelf;
pub(crate) mod view;
pub(crate) mod words;
