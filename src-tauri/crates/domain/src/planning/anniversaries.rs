//! 纪念日: days of each year on which study hangs.

use std::sync::OnceLock;

use serde::Deserialize;

/// A day that ships with the program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShippedAnniversary {
    /// 1 to 12.
    pub month: u32,
    /// A day that this month can have.
    pub day: u32,
    /// The year in which it first happened, for 周年.
    #[serde(rename = "since")]
    pub since_year: Option<i32>,
    /// What is remembered.
    pub name: String,
    /// Whether it stands in the calendar unless somebody takes it out.
    #[serde(default)]
    pub usual: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    anniversary: Vec<ShippedAnniversary>,
}

impl ShippedAnniversary {
    /// Those that ship with the program, by day of the year.
    pub fn all() -> &'static [ShippedAnniversary] {
        static ALL: OnceLock<Vec<ShippedAnniversary>> = OnceLock::new();
        ALL.get_or_init(|| {
            let text = include_str!("../../../../../assets/presets/anniversaries.toml");
            let mut all = toml::from_str::<File>(text).map(|file| file.anniversary).unwrap_or_default();
            all.sort_by_key(|day| (day.month, day.day));
            all
        })
    }
}
