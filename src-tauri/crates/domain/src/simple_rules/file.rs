//! The rule file: TOML, amounts as text, every line of it answerable.

use std::num::NonZeroU32;

use serde::Deserialize;
use toml::Spanned;

use super::ledger::{Category, ReducedFor};
use crate::{amount::StudyAmount, exact::Exact, roster::Tier};

/// A year's rules of the simple kind: a requirement by tier, credits by the
/// minute and by the note, yearly caps.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSet {
    text: RuleText,
    line_starts: Vec<usize>,
}

/// Why a rule file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleFileError {
    /// It is not TOML, lacks an item, has one too many, or one of the wrong
    /// type.
    #[error("line {line}, column {column}: {detail}")]
    NotReadable {
        /// Counted from 1.
        line: u32,
        /// In characters, counted from 1.
        column: u32,
        /// What the reader of TOML says, in English.
        detail: String,
    },
    /// A number that cannot be meant: a negative credit, a factor above one,
    /// more than three decimal places.
    #[error("line {line}, column {column}: {item} is out of range")]
    OutOfRange {
        /// Counted from 1.
        line: u32,
        /// In characters, counted from 1.
        column: u32,
        /// The item's name in the file.
        item: &'static str,
    },
}

impl RuleFileError {
    /// The name in JSON and in the catalogue of messages.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotReadable { .. } => "rule_file_not_readable",
            Self::OutOfRange { .. } => "rule_out_of_range",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    name: String,
    unit: String,
    requirement: Requirement,
    conversion: Conversion,
    collective: Collective,
    self_study: SelfStudy,
    note: Note,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Requirement {
    division_and_above: Option<Spanned<Exact>>,
    section: Option<Spanned<Exact>>,
    staff_and_below: Option<Spanned<Exact>>,
    other: Option<Spanned<Exact>>,
}

/// In minutes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Conversion {
    half_day: NonZeroU32,
    day: NonZeroU32,
    class_hour: NonZeroU32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Collective {
    label: String,
    per_minutes: NonZeroU32,
    credit: Spanned<Exact>,
    late: Spanned<Exact>,
    early_leave: Spanned<Exact>,
    make_up: Spanned<Exact>,
    cap: Option<Spanned<Exact>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct SelfStudy {
    label: String,
    per_minutes: NonZeroU32,
    credit: Spanned<Exact>,
    cap: Option<Spanned<Exact>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    label: String,
    least_chars: u32,
    credit: Spanned<Exact>,
    cap: Option<Spanned<Exact>>,
}

/// An amount with the line that states it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated {
    pub(super) value: Exact,
    pub(super) line: u32,
}

impl RuleSet {
    /// The example table that the program ships.
    pub fn shipped() -> Self {
        Self::parse(include_str!("../../../../../assets/presets/weihai-example.toml")).expect("the shipped rule file is checked by a test")
    }

    /// Reads a rule file.
    ///
    /// # Errors
    /// With the line and column of what cannot be read or cannot be meant.
    /// Items that this kind of rule set does not know are refused: a
    /// misspelt rule must not be silently left out.
    pub fn parse(text: &str) -> Result<Self, RuleFileError> {
        let line_starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let read: RuleText = toml::from_str(text).map_err(|error| {
            let (line, column) = place(text, &line_starts, error.span().map_or(0, |span| span.start));
            RuleFileError::NotReadable { line, column, detail: error.message().to_owned() }
        })?;
        for (item, stated, most) in read.numbers() {
            if !is_sound(*stated.get_ref(), most) {
                let (line, column) = place(text, &line_starts, stated.span().start);
                return Err(RuleFileError::OutOfRange { line, column, item });
            }
        }
        Ok(Self { text: read, line_starts })
    }

    /// What the rule set calls itself.
    pub fn name(&self) -> &str {
        &self.text.name
    }

    /// 学分 or 学时: what its amounts are counted in.
    pub fn unit(&self) -> &str {
        &self.text.unit
    }

    /// What a tier must earn in the year; `None` where nothing is required.
    pub fn required(&self, tier: Tier) -> Option<Exact> {
        let requirement = &self.text.requirement;
        let stated = match tier {
            Tier::DivisionAndAbove => &requirement.division_and_above,
            Tier::Section => &requirement.section,
            Tier::StaffAndBelow => &requirement.staff_and_below,
            Tier::Other => &requirement.other,
        };
        stated.as_ref().map(|stated| *stated.get_ref())
    }

    /// An amount of study in minutes, by the conversions of this rule set.
    pub fn minutes(&self, amount: StudyAmount) -> Exact {
        let of = |value: Exact, minutes_each: NonZeroU32| value * Exact::whole(minutes_each.get().into());
        match amount {
            StudyAmount::Seconds(seconds) => Exact::fraction(seconds.into(), 60).unwrap_or_default(),
            StudyAmount::HalfDays(value) => of(value, self.text.conversion.half_day),
            StudyAmount::Days(value) => of(value, self.text.conversion.day),
            StudyAmount::ClassHours(value) => of(value, self.text.conversion.class_hour),
        }
    }

    /// What the file calls a category.
    pub fn label(&self, category: Category) -> &str {
        match category {
            Category::Collective => &self.text.collective.label,
            Category::SelfStudy => &self.text.self_study.label,
            Category::Note => &self.text.note.label,
        }
    }

    /// At most so many credits of a category count in a year.
    pub fn cap(&self, category: Category) -> Option<Exact> {
        self.stated_cap(category).map(|stated| stated.value)
    }

    pub(super) fn stated_cap(&self, category: Category) -> Option<Stated> {
        let cap = match category {
            Category::Collective => &self.text.collective.cap,
            Category::SelfStudy => &self.text.self_study.cap,
            Category::Note => &self.text.note.cap,
        };
        cap.as_ref().map(|cap| self.stated(cap))
    }

    /// What one unit of a category gives: so many minutes, or one note.
    pub(super) fn credit(&self, category: Category) -> Stated {
        self.stated(match category {
            Category::Collective => &self.text.collective.credit,
            Category::SelfStudy => &self.text.self_study.credit,
            Category::Note => &self.text.note.credit,
        })
    }

    /// The minutes that give one [`credit`](Self::credit); `None` for notes.
    pub(super) fn per_minutes(&self, category: Category) -> Option<NonZeroU32> {
        match category {
            Category::Collective => Some(self.text.collective.per_minutes),
            Category::SelfStudy => Some(self.text.self_study.per_minutes),
            Category::Note => None,
        }
    }

    pub(super) fn factor(&self, reason: ReducedFor) -> Stated {
        self.stated(match reason {
            ReducedFor::Late => &self.text.collective.late,
            ReducedFor::EarlyLeave => &self.text.collective.early_leave,
            ReducedFor::MakeUp => &self.text.collective.make_up,
        })
    }

    pub(super) fn least_chars(&self) -> u32 {
        self.text.note.least_chars
    }

    /// The line that decides on a collective session: the reduction where
    /// there is one.
    pub(super) fn collective_line(&self, reason: Option<ReducedFor>) -> u32 {
        reason.map_or(self.credit(Category::Collective).line, |reason| self.factor(reason).line)
    }

    fn stated(&self, number: &Spanned<Exact>) -> Stated {
        Stated { value: *number.get_ref(), line: line_of(&self.line_starts, number.span().start) }
    }
}

/// How much a number of the file may be.
#[derive(Clone, Copy)]
enum Most {
    /// A part of a credit.
    One,
    /// A credit, a cap, a requirement.
    Credits,
}

impl RuleText {
    /// Every amount in the file with its name.
    fn numbers(&self) -> impl Iterator<Item = (&'static str, &Spanned<Exact>, Most)> {
        let Requirement { division_and_above, section, staff_and_below, other } = &self.requirement;
        let Self { collective, self_study, note, .. } = self;
        let optional = [
            ("division_and_above", division_and_above),
            ("section", section),
            ("staff_and_below", staff_and_below),
            ("other", other),
            ("cap", &collective.cap),
            ("cap", &self_study.cap),
            ("cap", &note.cap),
        ];
        let credits = [("credit", &collective.credit), ("credit", &self_study.credit), ("credit", &note.credit)];
        let factors = [("late", &collective.late), ("early_leave", &collective.early_leave), ("make_up", &collective.make_up)];
        let given = optional.into_iter().filter_map(|(item, number)| Some((item, number.as_ref()?, Most::Credits)));
        given
            .chain(credits.into_iter().map(|(item, number)| (item, number, Most::Credits)))
            .chain(factors.into_iter().map(|(item, number)| (item, number, Most::One)))
    }
}

/// Not negative, not absurd, and no finer than three decimal places, which
/// keeps the exact arithmetic of a whole year far from its limits.
fn is_sound(number: Exact, most: Most) -> bool {
    let most = match most {
        Most::One => Exact::ONE,
        Most::Credits => Exact::whole(10_000),
    };
    !number.is_negative() && number <= most && number.denom() <= 1000
}

fn line_of(line_starts: &[usize], at: usize) -> u32 {
    u32::try_from(line_starts.partition_point(|&start| start <= at)).unwrap_or(u32::MAX)
}

fn place(text: &str, line_starts: &[usize], at: usize) -> (u32, u32) {
    let line = line_of(line_starts, at);
    let start = line_starts.get(line as usize - 1).copied().unwrap_or_default();
    let column = text.get(start..at).map_or(1, |before| before.chars().count() + 1);
    (line, u32::try_from(column).unwrap_or(u32::MAX))
}
