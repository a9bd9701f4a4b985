//! 法定节假日 and 调休: on which days one works.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

/// A day on which the week's rule does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// Of which holiday: 春节.
    pub name: String,
    /// Whether one works on it (调休上班); else it is off.
    pub work: bool,
}

/// A year that ships with the program.
#[derive(Debug, Clone)]
pub struct ShippedHolidays {
    /// The calendar year.
    pub year: i32,
    /// The notice that it was taken from.
    pub source: String,
    /// By date.
    pub days: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: i32,
    source: String,
    holiday: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    off: [NaiveDate; 2],
    #[serde(default)]
    work: Vec<NaiveDate>,
}

impl ShippedHolidays {
    /// Every year that ships with the program, earliest first.
    pub fn all() -> &'static [ShippedHolidays] {
        static ALL: OnceLock<Vec<ShippedHolidays>> = OnceLock::new();
        ALL.get_or_init(|| {
            [
                include_str!("../../../../../assets/presets/holidays/2025.toml"),
                include_str!("../../../../../assets/presets/holidays/2026.toml"),
            ]
            .into_iter()
            .filter_map(|text| toml::from_str::<File>(text).ok())
            .map(Self::unfold)
            .collect()
        })
    }

    /// The days of a year, where it ships with the program.
    pub fn of(year: i32) -> Option<&'static ShippedHolidays> {
        Self::all().iter().find(|shipped| shipped.year == year)
    }

    fn unfold(file: File) -> Self {
        let mut days = Vec::new();
        for entry in file.holiday {
            let [first, last] = entry.off;
            let off = first.iter_days().take_while(|day| *day <= last).map(|date| (date, false));
            let work = entry.work.into_iter().map(|date| (date, true));
            days.extend(off.chain(work).map(|(date, work)| Holiday { date, name: entry.name.clone(), work }));
        }
        days.sort_by_key(|day| day.date);
        Self { year: file.year, source: file.source, days }
    }
}

/// Which days one works: Monday to Friday, but for what was said of single
/// days.
#[derive(Debug, Clone, Default)]
pub struct WorkCalendar {
    days: BTreeMap<NaiveDate, Holiday>,
    years: BTreeSet<i32>,
}

/// How far the nearest working day is looked for. No holiday is as long.
const LONGEST_HOLIDAY: usize = 60;

impl WorkCalendar {
    /// The shipped years, each replaced as a whole by a book's own days of
    /// that year, where there are any.
    pub fn new(own: impl IntoIterator<Item = Holiday>) -> Self {
        let own: Vec<Holiday> = own.into_iter().collect();
        let own_years: BTreeSet<i32> = own.iter().map(|day| day.date.year()).collect();
        let shipped = ShippedHolidays::all().iter().filter(|shipped| !own_years.contains(&shipped.year));
        let mut years = own_years.clone();
        let mut days = BTreeMap::new();
        for shipped in shipped {
            years.insert(shipped.year);
            days.extend(shipped.days.iter().map(|day| (day.date, day.clone())));
        }
        days.extend(own.into_iter().map(|day| (day.date, day)));
        Self { days, years }
    }

    /// What was said of a day.
    pub fn named(&self, day: NaiveDate) -> Option<&Holiday> {
        self.days.get(&day)
    }

    /// What was said of the days of a span, both ends included.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = &Holiday> {
        self.days.range(from..=to.max(from)).map(|(_, day)| day)
    }

    /// Whether the year's holidays are known. Where they are not, weekends
    /// alone are off.
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// Whether one works on a day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        match self.days.get(&day) {
            Some(named) => named.work,
            None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// Whether a day is off as a holiday, not merely as a weekend.
    pub fn is_holiday(&self, day: NaiveDate) -> bool {
        self.days.get(&day).is_some_and(|named| !named.work)
    }

    /// The nearest working day before a day.
    pub fn working_before(&self, day: NaiveDate) -> Option<NaiveDate> {
        std::iter::successors(day.pred_opt(), NaiveDate::pred_opt).take(LONGEST_HOLIDAY).find(|day| self.is_working(*day))
    }

    /// The nearest working day after a day.
    pub fn working_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        std::iter::successors(day.succ_opt(), NaiveDate::succ_opt).take(LONGEST_HOLIDAY).find(|day| self.is_working(*day))
    }
}
