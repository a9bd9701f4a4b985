//! What is wrong, or worth a look, in a rule file.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::rules::expression::ExpressionProblem;

/// How much a [`Finding`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// It can be used, but hardly says what was meant.
    Warning,
    /// Worth a look.
    Hint,
}

/// Something found in a rule file. Its sentence stands in the catalogue of
/// messages, group `rule_finding`, under its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// The line, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
    /// The rule set in whose file the line stands, where it is not the file
    /// that was read but one of its parents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_set: Option<String>,
    /// What the sentence quotes.
    #[serde(serialize_with = "as_map")]
    pub params: Vec<(&'static str, String)>,
}

fn as_map<S: Serializer>(params: &[(&'static str, String)], serializer: S) -> Result<S::Ok, S::Error> {
    params.iter().map(|(name, value)| (*name, value.as_str())).collect::<BTreeMap<_, _>>().serialize(serializer)
}

impl Finding {
    /// What the sentence quotes under a name.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal $severity:ident,)*) => {
        /// What a [`Finding`] is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        /// The code of every finding, as in the catalogue of messages.
        pub const CODES: &[&str] = &[$($text),*];

        impl Code {
            /// The name in JSON and in the catalogue of messages.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)*
                }
            }
        }
    };
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

codes! {
    // What keeps a file from being read.
    /// Larger than the reader takes.
    FileTooLarge = "file_too_large" Error,
    /// Not TOML.
    Syntax = "syntax" Error,
    /// Not TOML: something is missing at the end of a line.
    SyntaxEnd = "syntax_end" Error,
    /// Not TOML: a character that has to stand between quotes, or a
    /// full-width sign.
    SyntaxUnquoted = "syntax_unquoted" Error,
    /// The same key twice in one table.
    DuplicateKey = "duplicate_key" Error,
    /// More was wrong than is reported.
    TooManyFindings = "too_many_findings" Error,
    /// No such table.
    UnknownTable = "unknown_table" Error,
    /// No such table, but one of nearly that name.
    UnknownTableNear = "unknown_table_near" Error,
    /// No such key here.
    UnknownKey = "unknown_key" Error,
    /// No such key here, but one of nearly that name.
    UnknownKeyNear = "unknown_key_near" Error,
    /// A key of the head of the file below a table.
    HeadKeyMisplaced = "head_key_misplaced" Error,
    /// `[x]` where `[[x]]` is meant.
    TableNotList = "table_not_list" Error,
    /// `[[x]]` where `[x]` is meant.
    ListNotTable = "list_not_table" Error,
    /// A key that has to be there.
    MissingKey = "missing_key" Error,
    /// One of several keys has to be there.
    MissingOneOf = "missing_one_of" Error,
    /// A text where a number is meant, and the like.
    WrongType = "wrong_type" Error,
    /// A number with a decimal point outside quotes.
    DecimalNotQuoted = "decimal_not_quoted" Error,
    /// A text that is not a number.
    NotANumber = "not_a_number" Error,
    /// Beyond 10⁹.
    NumberTooLarge = "number_too_large" Error,
    /// More than six decimal places, or a denominator beyond 10⁶.
    NumberTooFine = "number_too_fine" Error,
    /// Outside what this item may be.
    OutOfRange = "out_of_range" Error,
    /// Not one of the words that this item may be.
    BadChoice = "bad_choice" Error,
    /// Empty.
    Empty = "empty" Error,
    /// A text longer than it can be meant.
    TextTooLong = "text_too_long" Error,
    /// More entries than can be meant.
    TooMany = "too_many" Error,
    /// Not a date.
    NotADate = "not_a_date" Error,
    /// The first day lies after the last.
    DatesReversed = "dates_reversed" Error,
    /// Two keys that exclude each other.
    Conflict = "conflict" Error,
    /// A key that means something only beside another one.
    KeyNeeds = "key_needs" Error,
    /// `reading` is not written `question/reading`.
    ReadingMalformed = "reading_malformed" Error,
    /// A question with fewer than two readings.
    ReadingsTooFew = "readings_too_few" Error,
    /// A band whose lower end lies above the upper.
    BandEmpty = "band_empty" Error,
    /// Shares that do not add up to one.
    SharesNotOne = "shares_not_one" Error,
    /// `rolling` as the period itself.
    RollingPeriod = "rolling_period" Error,
    /// An expression: see [`ExpressionProblem::Empty`].
    ExpressionEmpty = "expression_empty" Error,
    /// An expression: see [`ExpressionProblem::TooLong`].
    ExpressionTooLong = "expression_too_long" Error,
    /// An expression: see [`ExpressionProblem::TooDeep`].
    ExpressionTooDeep = "expression_too_deep" Error,
    /// An expression: see [`ExpressionProblem::UnknownCharacter`].
    ExpressionUnknownCharacter = "expression_unknown_character" Error,
    /// An expression: see [`ExpressionProblem::UnclosedText`].
    ExpressionUnclosedText = "expression_unclosed_text" Error,
    /// An expression: see [`ExpressionProblem::UnclosedBracket`].
    ExpressionUnclosedBracket = "expression_unclosed_bracket" Error,
    /// An expression: see [`ExpressionProblem::NumberTooLong`].
    ExpressionNumberTooLong = "expression_number_too_long" Error,
    /// An expression: see [`ExpressionProblem::Unexpected`].
    ExpressionUnexpected = "expression_unexpected" Error,
    /// An expression: see [`ExpressionProblem::Unfinished`].
    ExpressionUnfinished = "expression_unfinished" Error,
    /// An expression: see [`ExpressionProblem::ListWanted`].
    ExpressionListWanted = "expression_list_wanted" Error,
    /// An expression: see [`ExpressionProblem::UnknownPrefix`].
    ExpressionUnknownPrefix = "expression_unknown_prefix" Error,
    /// An expression: see [`ExpressionProblem::DotsInName`].
    ExpressionDotsInName = "expression_dots_in_name" Error,
    /// An expression: see [`ExpressionProblem::WordInName`].
    ExpressionWordInName = "expression_word_in_name" Error,
    /// An expression: see [`ExpressionProblem::UnknownFunction`].
    ExpressionUnknownFunction = "expression_unknown_function" Error,
    /// An expression: see [`ExpressionProblem::ArgumentCount`].
    ExpressionArgumentCount = "expression_argument_count" Error,
    /// An expression: see [`ExpressionProblem::TextWanted`].
    ExpressionTextWanted = "expression_text_wanted" Error,
    /// The parent is not there.
    ParentUnknown = "parent_unknown" Error,
    /// A rule set is its own ancestor.
    ParentCircle = "parent_circle" Error,
    /// Too many generations.
    ParentTooDeep = "parent_too_deep" Error,
    /// The parent cannot be read.
    ParentFaulty = "parent_faulty" Error,
    /// `remove` without a parent.
    RemoveWithoutParent = "remove_without_parent" Error,
    /// An entry of `remove` is not in the parent.
    RemoveUnknown = "remove_unknown" Error,
    /// A category without a bucket although the file has buckets.
    BucketMissing = "bucket_missing" Error,

    // What is wrong with a rule set although it can be read.
    /// An id twice.
    DuplicateId = "duplicate_id" Error,
    /// A name that is nothing.
    UnknownReference = "unknown_reference" Error,
    /// A name that is nothing, but there is one of nearly that name.
    UnknownReferenceNear = "unknown_reference_near" Error,
    /// An expression names what does not exist in its scope.
    UnknownName = "unknown_name" Error,
    /// The same, but there is one of nearly that name.
    UnknownNameNear = "unknown_name_near" Error,
    /// A function that means nothing in this scope.
    FunctionNotHere = "function_not_here" Error,
    /// A name without `person.` where only the person is known.
    NameNotOfPerson = "name_not_of_person" Error,
    /// A name that the language has already given away.
    ReservedName = "reserved_name" Error,
    /// Figures that need each other.
    Circular = "circular" Error,
    /// `effective_until` before `effective_from`.
    EffectiveReversed = "effective_reversed" Error,
    /// A lower limit above the upper one.
    LimitsCross = "limits_cross" Error,
    /// `[choices]` with a reading that the question does not have.
    ChoiceUnknown = "choice_unknown" Error,
    /// `[choices]` with a text where the question wants a number.
    ChoiceNotANumber = "choice_not_a_number" Error,
    /// A grade that no `[[grade]]` gives.
    GradeWithoutTable = "grade_without_table" Error,
    /// Two names for different things are the same.
    NameClash = "name_clash" Warning,
    /// A question whose readings make no difference.
    QuestionUnused = "question_unused" Warning,
    /// Numbers that are in two bands.
    BandsOverlap = "bands_overlap" Warning,
    /// Numbers between two bands.
    BandsGap = "bands_gap" Warning,
    /// A key of a table with too few or too many parts.
    TableKeyParts = "table_key_parts" Warning,
    /// A grade's name twice.
    GradeTwice = "grade_twice" Warning,
    /// An award line after one that always applies.
    AwardUnreachable = "award_unreachable" Warning,
    /// A category that counts without a line that awards anything.
    AwardMissing = "award_missing" Warning,
    /// A category all of whose types an earlier one takes.
    CategoryUnreachable = "category_unreachable" Warning,
    /// A type that an earlier category takes.
    TypeTaken = "type_taken" Warning,
    /// A requirement above what the caps let anybody reach.
    RequirementUnreachable = "requirement_unreachable" Warning,
    /// A bucket that no category feeds.
    BucketUnused = "bucket_unused" Warning,
    /// An option that is left to ask.
    OptionUndecided = "option_undecided" Hint,
    /// A name used once that is nearly one used elsewhere.
    NameNear = "name_near" Hint,
}

impl From<&ExpressionProblem> for Code {
    fn from(problem: &ExpressionProblem) -> Self {
        match problem {
            ExpressionProblem::Empty => Self::ExpressionEmpty,
            ExpressionProblem::TooLong => Self::ExpressionTooLong,
            ExpressionProblem::TooDeep => Self::ExpressionTooDeep,
            ExpressionProblem::UnknownCharacter { .. } => Self::ExpressionUnknownCharacter,
            ExpressionProblem::UnclosedText => Self::ExpressionUnclosedText,
            ExpressionProblem::UnclosedBracket => Self::ExpressionUnclosedBracket,
            ExpressionProblem::NumberTooLong => Self::ExpressionNumberTooLong,
            ExpressionProblem::Unexpected { .. } => Self::ExpressionUnexpected,
            ExpressionProblem::Unfinished => Self::ExpressionUnfinished,
            ExpressionProblem::ListWanted => Self::ExpressionListWanted,
            ExpressionProblem::UnknownPrefix { .. } => Self::ExpressionUnknownPrefix,
            ExpressionProblem::DotsInName { .. } => Self::ExpressionDotsInName,
            ExpressionProblem::WordInName { .. } => Self::ExpressionWordInName,
            ExpressionProblem::UnknownFunction { .. } => Self::ExpressionUnknownFunction,
            ExpressionProblem::ArgumentCount { .. } => Self::ExpressionArgumentCount,
            ExpressionProblem::TextWanted { .. } => Self::ExpressionTextWanted,
        }
    }
}
