//! A rule set as it was read: one struct a table of the file, fields named
//! as in the file (see assets/guide/rules.md for what each means).
//!
//! Nothing here computes. What the file may leave out is already filled in
//! with its default; what it says wrongly never gets this far.

use chrono::NaiveDate;

use super::expression::Expression;
use crate::exact::Exact;

/// A rule set, its parents folded in.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    /// The head of the file.
    pub head: Head,
    /// The period in which credits are counted.
    pub period: Period,
    /// Longer spans made of periods.
    pub cycles: Vec<Cycle>,
    /// What the file says where practice differs.
    pub options: Options,
    /// `[choices]`: question → reading (or the value, as text).
    pub choices: Vec<(String, String)>,
    /// `[[open]]`
    pub open: Vec<OpenQuestion>,
    /// `[[rounding]]`
    pub roundings: Vec<Rounding>,
    /// `[[quantity]]`
    pub quantities: Vec<Quantity>,
    /// `[[bucket]]`
    pub buckets: Vec<Bucket>,
    /// `[[category]]`
    pub categories: Vec<Category>,
    /// `[[highest]]`
    pub highest: Vec<Highest>,
    /// `[[cap]]`
    pub caps: Vec<Cap>,
    /// `[[opening]]`
    pub openings: Vec<Opening>,
    /// `[[derive]]`
    pub derives: Vec<Derive>,
    /// `[[inactive]]`
    pub inactive: Vec<Inactive>,
    /// `[[counter]]`
    pub counters: Vec<Counter>,
    /// `[[requirement]]`
    pub requirements: Vec<Requirement>,
    /// `[[carry]]`
    pub carries: Vec<Carry>,
    /// `[backfill]`
    pub backfill: Option<Backfill>,
    /// `[[exempt]]`
    pub exempts: Vec<Exempt>,
    /// `[[figure]]`
    pub figures: Vec<Figure>,
    /// `[[indicator]]`
    pub indicators: Vec<Indicator>,
    /// `[[veto]]`
    pub vetoes: Vec<Veto>,
    /// `[[grade]]`
    pub grades: Vec<Grade>,
    /// `[[no_grade]]`
    pub no_grades: Vec<NoGrade>,
    /// `[[effect]]`
    pub effects: Vec<Effect>,
    /// `[[streak]]`
    pub streaks: Vec<Streak>,
    /// `[[obligation]]`
    pub obligations: Vec<Obligation>,
    /// `[[unit_figure]]`
    pub units: Vec<Figure>,
    /// `[[quota]]`
    pub quotas: Vec<Quota>,
    /// `[[ranking]]`
    pub rankings: Vec<Ranking>,
}

/// The head of the file.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// `id`
    pub id: String,
    /// `name`
    pub name: String,
    /// `unit`: 学分, 学时, 分 …
    pub unit: String,
    /// `kind`
    pub kind: Kind,
    /// `subject`
    pub subject: Whose,
    /// `version`
    pub version: Option<String>,
    /// `issuer`
    pub issuer: Option<String>,
    /// `document`
    pub document: Option<String>,
    /// `source`
    pub source: Option<String>,
    /// `note`
    pub note: Option<String>,
    /// `example`
    pub example: bool,
    /// `effective_from`
    pub effective_from: Option<NaiveDate>,
    /// `effective_until`
    pub effective_until: Option<NaiveDate>,
    /// `parent`
    pub parent: Option<String>,
    /// `who`
    pub who: Option<Expression>,
}

/// What a rule set is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Credits or hours.
    #[default]
    Credits,
    /// 学习考核
    Assessment,
}

/// Who is judged: what a facts file's "person" is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// A person.
    #[default]
    Person,
    /// A unit; `unit.…` means then what `person.…` means.
    Unit,
}

/// Where an entry of the file stands, and under which reading it holds.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// Line in the file that states it, counted from 1.
    pub line: u32,
    /// The name of the file's rule set: an entry may come from a parent.
    pub rule_set: String,
    /// `reading = "question/reading"`: holds only under that reading.
    pub reading: Option<(String, String)>,
}

/// A span of time in which something is counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Period {
    /// A year that begins on a day of the calendar; named after the year in
    /// which it ends.
    Year {
        /// 1 to 12.
        month: u32,
        /// 1 to 28.
        day: u32,
    },
    /// January to June, July to December.
    HalfYear,
    /// Calendar quarters.
    Quarter,
    /// Calendar months.
    Month,
    /// Days.
    Day,
    /// Fixed blocks of years.
    Block {
        /// How many.
        years: u32,
        /// The first year of some block.
        from: i32,
    },
    /// Each person's own windows, one after the other.
    Window {
        /// Its length in months.
        months: u32,
        /// The person's attribute that holds the first day.
        from: String,
    },
    /// The years that end with the period; only for cycles.
    Rolling {
        /// How many.
        years: u32,
    },
    /// Everything.
    #[default]
    Lifetime,
    /// From a day to a day, both included; open where `None`.
    Span {
        /// The first day.
        from: Option<NaiveDate>,
        /// The last day.
        to: Option<NaiveDate>,
    },
}

/// `[[cycle]]`
#[derive(Debug, Clone)]
pub struct Cycle {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// Its shape.
    pub period: Period,
    /// For whom.
    pub who: Option<Expression>,
}

/// `[options]`; every choice that the file may leave to the clerk.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Attributes that change within the period.
    pub change: Option<ChangeOption>,
    /// Who joined within the period.
    pub joined: Option<PartOption>,
    /// Who left within the period.
    pub left: Option<PartOption>,
    /// Long leave.
    pub leave: Option<PartOption>,
    /// From more than so many days leave is long.
    pub leave_over: Exact,
    /// Activities across a boundary.
    pub split: Option<SplitOption>,
    /// Whether what is carried out counts now.
    pub carry_now: Option<CarryNow>,
    /// Highest-only before the cap on single events.
    pub highest_first: bool,
    /// What is carried in uses the bucket's maximum.
    pub carry_within_max: bool,
    /// Penalties before caps.
    pub penalty_first: bool,
}

/// Which of a person's changing attributes a requirement goes by. `None`
/// where these stand in an `Option`: ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeOption {
    /// At the end of the period.
    End,
    /// At its start.
    Start,
    /// The highest requirement of the period.
    Highest,
    /// Each by its share of days.
    Days,
    /// Each by its share of months; a change up to the 15th counts for that
    /// month.
    Months,
}

/// What is required of somebody who was there for a part of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOption {
    /// Everything.
    Full,
    /// Nothing in this period. (`next` and `exempt` in the file.)
    Nothing,
    /// By days.
    Days,
    /// By months.
    Months,
}

/// Where an activity across a boundary counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitOption {
    /// By days.
    Days,
    /// Where it ends.
    End,
    /// Where it starts.
    Start,
}

/// Whether what is carried out still counts now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CarryNow {
    /// Yes.
    Counted,
    /// No.
    Moved,
}

/// `[[open]]`
#[derive(Debug, Clone)]
pub struct OpenQuestion {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `question`
    pub question: String,
    /// `[[open.reading]]`: id and label, at least two.
    pub readings: Vec<(String, String)>,
}

/// How a number becomes a coarser one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundMode {
    /// Down.
    Floor,
    /// Up.
    Ceil,
    /// To the nearest, halves away from zero.
    HalfUp,
    /// To the nearest, halves towards zero.
    HalfDown,
}

/// `[[rounding]]`
#[derive(Debug, Clone)]
pub struct Rounding {
    /// Where it stands.
    pub origin: Origin,
    /// `stage`
    pub stage: RoundingStage,
    /// `mode`
    pub mode: RoundMode,
    /// `step`, more than zero.
    pub step: Exact,
}

/// Where a rounding happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundingStage {
    /// Each fact.
    Event,
    /// A category's sum.
    Category,
    /// A bucket's sum.
    Bucket,
    /// The total.
    Total,
}

/// A number that the file states, or how to find it.
#[derive(Debug, Clone)]
pub struct Value {
    /// Its line.
    pub line: u32,
    /// How.
    pub how: ValueKind,
}

/// The kinds of [`Value`].
#[derive(Debug, Clone)]
pub enum ValueKind {
    /// Stated.
    Constant(Exact),
    /// Computed.
    Formula(Expression),
    /// Looked up by the texts of some expressions, joined by `/`.
    Table {
        /// What is looked up.
        by: Vec<Expression>,
        /// Key and value, in file order; no key twice.
        rows: Vec<(String, Exact)>,
        /// `else`
        otherwise: Option<Exact>,
    },
    /// By the band into which a number falls.
    Bands {
        /// The number.
        by: Expression,
        /// In file order.
        bands: Vec<Band>,
        /// `else`
        otherwise: Option<Exact>,
    },
}

/// One end of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// Where.
    pub at: Exact,
    /// Whether the end itself is inside.
    pub inclusive: bool,
}

/// An interval with a value; in grades the value is a name.
#[derive(Debug, Clone)]
pub struct Band<T = Exact> {
    /// Line and reading.
    pub origin: Origin,
    /// `from` or `over`.
    pub lower: Option<End>,
    /// `to` or `under`.
    pub upper: Option<End>,
    /// What it gives.
    pub value: T,
}

impl<T> Band<T> {
    /// Whether a number falls into it.
    pub fn holds(&self, number: Exact) -> bool {
        let above = self.lower.is_none_or(|end| if end.inclusive { number >= end.at } else { number > end.at });
        let below = self.upper.is_none_or(|end| if end.inclusive { number <= end.at } else { number < end.at });
        above && below
    }
}

/// `[[quantity]]`
#[derive(Debug, Clone)]
pub struct Quantity {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `formula`
    pub formula: Expression,
}

/// `[[bucket]]`
#[derive(Debug, Clone)]
pub struct Bucket {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// `in_total`
    pub in_total: bool,
    /// `max`
    pub max: Option<Value>,
}

/// `[[category]]`
#[derive(Debug, Clone)]
pub struct Category {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// `bucket`; `None` only where the file has no bucket at all.
    pub bucket: Option<String>,
    /// `types`, else the id.
    pub types: Vec<String>,
    /// `when`
    pub when: Option<Expression>,
    /// `who`
    pub who: Option<Expression>,
    /// `evidence`
    pub evidence: Vec<String>,
    /// `evidence_any`
    pub evidence_any: Vec<String>,
    /// `approval`
    pub approval: bool,
    /// `[[category.gate]]`
    pub gates: Vec<Gate>,
    /// `basis`
    pub basis: Basis,
    /// `[[category.award]]`
    pub awards: Vec<Award>,
    /// `else`
    pub otherwise: Option<Exact>,
    /// `[[category.adjust]]`
    pub adjusts: Vec<Adjust>,
    /// `expected`
    pub expected: Option<Value>,
    /// `spread`, at least 1.
    pub spread: u32,
    /// `split`; the outer `None`: as in the options.
    pub split: Option<Option<SplitOption>>,
    /// `counted`
    pub counted: bool,
}

/// `[[category.gate]]`
#[derive(Debug, Clone)]
pub struct Gate {
    /// Where it stands.
    pub origin: Origin,
    /// `when`
    pub when: Expression,
    /// `label`
    pub label: String,
}

/// In how wide a span quantities are summed before they are converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// Each fact alone.
    #[default]
    Event,
    /// A day.
    Day,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar half-year.
    HalfYear,
    /// The period.
    Period,
}

/// `[[category.award]]`
#[derive(Debug, Clone)]
pub struct Award {
    /// Where it stands.
    pub origin: Origin,
    /// `when`
    pub when: Option<Expression>,
    /// What it gives.
    pub gives: Gives,
}

/// How an award finds its amount.
#[derive(Debug, Clone)]
pub enum Gives {
    /// `credit` for each `per` of `of`; for each fact where `of` is missing.
    Rate {
        /// `of`
        of: Option<Expression>,
        /// `per`, more than zero.
        per: Exact,
        /// `credit`
        credit: Value,
        /// `round`; `None`: ask where it does not divide.
        round: Option<RateRound>,
    },
    /// `formula`
    Formula(Expression),
    /// `range`: somebody decides within it.
    Range {
        /// `min` or `over`.
        lower: Option<End>,
        /// `max` or `under`.
        upper: Option<End>,
        /// The fact's item that holds what was decided.
        value: String,
    },
}

/// How a number of units becomes a countable one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateRound {
    /// As it is.
    Exact,
    /// Whole units only.
    Floor,
    /// Begun units count.
    Ceil,
    /// The nearest half, halves of halves up.
    Half,
    /// The nearest whole, halves up.
    HalfUp,
}

/// `[[category.adjust]]`
#[derive(Debug, Clone)]
pub struct Adjust {
    /// Where it stands.
    pub origin: Origin,
    /// `when`
    pub when: Option<Expression>,
    /// `times` or `add`.
    pub how: AdjustKind,
    /// `label`
    pub label: Option<String>,
}

/// What an [`Adjust`] does.
#[derive(Debug, Clone)]
pub enum AdjustKind {
    /// Multiplies.
    Times(Value),
    /// Adds.
    Add(Value),
}

/// How wide a cap reaches, narrow to wide; in this order they are applied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CapPer {
    /// One fact, once.
    Event,
    /// Facts that share the key.
    Key,
    /// A day.
    Day,
    /// A week from Monday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar half-year.
    HalfYear,
    /// The period.
    Period,
    /// A cycle, by id.
    Cycle(String),
}

/// `[[cap]]`
#[derive(Debug, Clone)]
pub struct Cap {
    /// Where it stands.
    pub origin: Origin,
    /// `id`; else made from its place (`cap1`).
    pub id: String,
    /// `label`
    pub label: Option<String>,
    /// `on`: ids of categories and buckets, or `total`.
    pub on: Vec<String>,
    /// `per`
    pub per: CapPer,
    /// `key`, exactly where `per` is [`CapPer::Key`].
    pub key: Option<Expression>,
    /// `max`
    pub max: Option<Value>,
    /// `count`
    pub count: Option<Value>,
    /// `min`
    pub min: Option<Value>,
    /// `who`
    pub who: Option<Expression>,
    /// `when`
    pub when: Option<Expression>,
}

/// `[[highest]]`
#[derive(Debug, Clone)]
pub struct Highest {
    /// Where it stands.
    pub origin: Origin,
    /// `on`
    pub on: Vec<String>,
    /// `by`, at least one.
    pub by: Vec<Expression>,
    /// `keep`, at least 1.
    pub keep: u32,
    /// `first`: only so many attempts of a group, the earliest, may count.
    pub first: Option<u32>,
    /// `per`: the day, the period, or a cycle.
    pub per: CapPer,
}

/// `[[opening]]`
#[derive(Debug, Clone)]
pub struct Opening {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// `bucket`
    pub bucket: Option<String>,
    /// `credit`
    pub credit: Value,
    /// `who`
    pub who: Option<Expression>,
}

/// `[[derive]]`
#[derive(Debug, Clone)]
pub struct Derive {
    /// Where it stands.
    pub origin: Origin,
    /// `from`: categories.
    pub from: Vec<String>,
    /// `of`
    pub of: Option<Expression>,
    /// `every`, more than zero.
    pub every: Exact,
    /// `makes`: a category.
    pub makes: String,
    /// `and_keep`
    pub and_keep: bool,
}

/// `[[inactive]]`
#[derive(Debug, Clone)]
pub struct Inactive {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// `without`: categories.
    pub without: Vec<String>,
    /// `days`, at least 1; 0 where `lapse` stands in its place.
    pub days: u32,
    /// `per`, `of` and `min`.
    pub lapse: Option<Lapse>,
    /// `credit`
    pub credit: Exact,
    /// `bucket`
    pub bucket: Option<String>,
}

/// Too little of something within a calendar span.
#[derive(Debug, Clone)]
pub struct Lapse {
    /// `per`: week, month, quarter, half-year.
    pub per: CapPer,
    /// `of`; `None`: how often.
    pub of: Option<Expression>,
    /// `min`
    pub min: Exact,
}

/// `[[counter]]`
#[derive(Debug, Clone)]
pub struct Counter {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// `from`; empty: every category.
    pub from: Vec<String>,
    /// `when`
    pub when: Option<Expression>,
    /// `of`
    pub of: CounterOf,
}

/// What a counter adds up.
#[derive(Debug, Clone)]
pub enum CounterOf {
    /// Credits that count.
    Credits,
    /// How often.
    Count,
    /// A quantity of each fact, times its count.
    Quantity(Expression),
}

/// A measure with its limits.
#[derive(Debug, Clone)]
pub struct Test {
    /// Its line.
    pub line: u32,
    /// `of`
    pub of: Expression,
    /// `min` or `over`.
    pub lower: Option<Limit>,
    /// `max` or `under`.
    pub upper: Option<Limit>,
}

/// A limit and whether it may be reached.
#[derive(Debug, Clone)]
pub struct Limit {
    /// The limit.
    pub value: Value,
    /// Whether the limit itself satisfies.
    pub inclusive: bool,
}

/// `[[requirement]]`
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// One test, or the alternatives of `any`.
    pub tests: Vec<Test>,
    /// `who`
    pub who: Option<Expression>,
    /// `per`: month, quarter, half-year, period, cycle.
    pub per: CapPer,
    /// `at_least`
    pub at_least: Option<u32>,
    /// `severity`: whether it binds.
    pub binding: bool,
    /// `scaled`
    pub scaled: bool,
    /// `within`: the person's attribute and months after it.
    pub within: Option<Within>,
    /// `mend`
    pub mend: Option<String>,
}

/// `within`
#[derive(Debug, Clone)]
pub struct Within {
    /// The person's attribute that holds the day.
    pub after: String,
    /// Months.
    pub months: u32,
    /// Days, beside the months.
    pub days: u32,
}

/// `[[carry]]`
#[derive(Debug, Clone)]
pub struct Carry {
    /// Where it stands.
    pub origin: Origin,
    /// `id`; else made from its place.
    pub id: String,
    /// `label`
    pub label: Option<String>,
    /// `from`
    pub from: Expression,
    /// `over`
    pub over: CarryOver,
    /// `to`
    pub to: Option<String>,
    /// `max`
    pub max: Option<Value>,
    /// `lifetime`, at least 1.
    pub lifetime: u32,
    /// `only`: categories; empty: all.
    pub only: Vec<String>,
}

/// Above what a carry begins.
#[derive(Debug, Clone)]
pub enum CarryOver {
    /// `over`
    Value(Value),
    /// `over_requirement`
    Requirement(String),
}

/// `[backfill]`
#[derive(Debug, Clone)]
pub struct Backfill {
    /// Where it stands.
    pub origin: Origin,
    /// `requirements`
    pub requirements: Vec<String>,
    /// `per`: a cycle.
    pub per: String,
}

/// `[[exempt]]`
#[derive(Debug, Clone)]
pub struct Exempt {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `when`
    pub when: Expression,
    /// `reason`
    pub reason: String,
    /// `effect`
    pub effect: ExemptEffect,
}

/// What an exemption does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExemptEffect {
    /// Nothing is required.
    Exempt,
    /// Requirements only advise.
    Advise,
    /// Requirements shrink with the days for which it holds.
    ProRata,
}

/// `[[figure]]`, and `[[unit_figure]]` in the scope of the unit.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// `formula`
    pub formula: Expression,
    /// `min`
    pub min: Option<Value>,
    /// `max`
    pub max: Option<Value>,
    /// `round` and `step`.
    pub round: Option<(RoundMode, Exact)>,
}

/// `[[indicator]]`
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// `head`
    pub head: Option<String>,
    /// `max`
    pub max: Exact,
    /// `min`
    pub min: Exact,
    /// `weight`
    pub weight: Exact,
    /// Where its points come from.
    pub from: IndicatorFrom,
    /// `source`: where the document says so.
    pub source: Option<String>,
}

/// Where an indicator's points come from.
#[derive(Debug, Clone)]
pub enum IndicatorFrom {
    /// `formula`
    Formula(Expression),
    /// `score`: by hand.
    Score {
        /// `by`: who scores; at least one.
        by: Vec<String>,
        /// `use`: each scorer's share; they add up to one.
        shares: Vec<(String, Exact)>,
        /// `step`
        step: Option<Exact>,
        /// `reason`
        reason: bool,
    },
}

/// `[[veto]]`
#[derive(Debug, Clone)]
pub struct Veto {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// `when`
    pub when: Expression,
    /// What it does.
    pub does: VetoDoes,
}

/// What a veto does.
#[derive(Debug, Clone)]
pub enum VetoDoes {
    /// `of` and `set`: `total`, `score` or a figure becomes this.
    Set(String, Exact),
    /// `grade`: at most this one.
    Grade(String),
}

/// `[[grade]]`
#[derive(Debug, Clone)]
pub struct Grade {
    /// Where it stands.
    pub origin: Origin,
    /// `of`
    pub of: Expression,
    /// `bands`
    pub bands: Vec<Band<String>>,
    /// `gates`: a name and what it needs.
    pub gates: Vec<(String, Expression)>,
    /// `who`
    pub who: Option<Expression>,
}

/// `[[no_grade]]`
#[derive(Debug, Clone)]
pub struct NoGrade {
    /// Where it stands.
    pub origin: Origin,
    /// `when`
    pub when: Expression,
    /// `reason`
    pub reason: String,
}

/// `[[effect]]`
#[derive(Debug, Clone)]
pub struct Effect {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// `when`
    pub when: Expression,
    /// The cap on another review's grade.
    pub review: Option<ReviewCap>,
}

/// A cap on another review's grade.
#[derive(Debug, Clone)]
pub struct ReviewCap {
    /// `review`
    pub review: String,
    /// `scale`: from the best down.
    pub scale: Vec<String>,
    /// The cap.
    pub cap: ReviewLimit,
}

/// How far another review's grade is capped.
#[derive(Debug, Clone)]
pub enum ReviewLimit {
    /// `at_most`
    AtMost(String),
    /// `down`: so many steps below what it would be.
    Down(u32),
}

/// `[[streak]]`
#[derive(Debug, Clone)]
pub struct Streak {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`: the consequence.
    pub label: String,
    /// `when`
    pub when: Expression,
    /// `length`, at least 1.
    pub length: u32,
    /// `due`: whether in the next period.
    pub next: bool,
    /// `overlap`; `None`: ask.
    pub overlap: Option<bool>,
}

/// `[[obligation]]`
#[derive(Debug, Clone)]
pub struct Obligation {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// `for`: types of facts.
    pub of: Vec<String>,
    /// `when`
    pub when: Option<Expression>,
    /// `due`
    pub due: Due,
    /// `done`: types of facts.
    pub done: Vec<String>,
    /// `link`; empty: any later one.
    pub link: String,
}

/// When an obligation falls due.
#[derive(Debug, Clone)]
pub enum Due {
    /// After so many days.
    Days(u32),
    /// After so many months.
    Months(u32),
    /// At the next fact of one of these types that is anyone's: the day of
    /// the next such fact of the person.
    Next(Vec<String>),
}

/// `[[quota]]`
#[derive(Debug, Clone)]
pub struct Quota {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// How many places.
    pub places: Places,
    /// `min`
    pub min: Option<Exact>,
    /// `max`
    pub max: Option<Exact>,
    /// `grade`
    pub grade: Option<String>,
    /// `by`
    pub by: Option<Expression>,
    /// `tie`: whether ties share; `None`: ask.
    pub ties_share: Option<bool>,
}

/// How many places a quota has.
#[derive(Debug, Clone)]
pub enum Places {
    /// `fixed`
    Fixed(Exact),
    /// `of`, `share`, `round`.
    Share {
        /// The base.
        of: Expression,
        /// The part.
        share: Exact,
        /// The rounding.
        round: RoundMode,
    },
}

/// `[[ranking]]`
#[derive(Debug, Clone)]
pub struct Ranking {
    /// Where it stands.
    pub origin: Origin,
    /// `id`
    pub id: String,
    /// `label`, else the id.
    pub label: String,
    /// `by`
    pub by: Expression,
    /// `where`
    pub admits: Option<Expression>,
    /// `top`
    pub top: Option<u32>,
}
