//! A value of a facts file with the way to it, so that a refusal can say
//! where it stands.

use chrono::NaiveDate;

use super::{
    FactsProblem, Item,
    json::{Field, Json, Value},
};
use crate::{
    calendar::{DateProblem, PartialDate, parse_partial_date},
    exact::Exact,
};

/// Characters that one text may have.
const MOST_CHARACTERS: usize = 10_000;
/// Largest number of an item.
const MOST: i64 = 1_000_000_000;
/// Largest denominator of an item.
const FINEST: i128 = 1_000_000;

/// What is wrong, at a byte and on a way.
#[derive(Debug)]
pub(super) struct Refused {
    pub at: u32,
    pub path: String,
    pub problem: Box<FactsProblem>,
}

/// How a value is reached from the one above.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    value: &'a Value<'a>,
    up: Option<&'a Cursor<'a>>,
    step: Step<'a>,
}

/// Takes a name and its value.
type Leaf<'v> = &'v mut dyn FnMut(&str, &Cursor<'_>) -> Result<(), Refused>;

impl<'a> Cursor<'a> {
    pub fn root(value: &'a Value<'a>) -> Self {
        Self { value, up: None, step: Step::Root }
    }

    fn below<'s>(&'s self, step: Step<'s>, value: &'s Value<'s>) -> Cursor<'s> {
        Cursor { value, up: Some(self), step }
    }

    pub fn refuse(&self, problem: FactsProblem) -> Refused {
        Refused { at: self.value.at, path: self.path(), problem: Box::new(problem) }
    }

    fn wanted(&self, wanted: &'static str) -> Refused {
        self.refuse(FactsProblem::WrongKind { wanted })
    }

    fn path(&self) -> String {
        let above = self.up.map(Cursor::path).unwrap_or_default();
        match self.step {
            Step::Root => above,
            Step::Key(name) if above.is_empty() => name.to_owned(),
            Step::Key(name) => format!("{above}.{name}"),
            Step::Index(index) => format!("{above}[{index}]"),
        }
    }

    pub fn is_object(&self) -> bool {
        matches!(self.value.json, Json::Object(_))
    }

    pub fn is_list_of_objects(&self) -> bool {
        matches!(&self.value.json, Json::List(items) if items.first().is_some_and(|item| matches!(item.json, Json::Object(_))))
    }

    fn object(&self) -> Result<&[Field<'a>], Refused> {
        match &self.value.json {
            Json::Object(fields) => Ok(fields),
            _ => Err(self.wanted("object")),
        }
    }

    /// The entries of an object of which only some names are known.
    pub fn fields<'s>(&'s self, known: &[&str]) -> Result<Fields<'s>, Refused> {
        let fields = self.any_fields()?;
        for field in fields.fields {
            if !known.contains(&&*field.name) {
                let problem = FactsProblem::UnknownKey { name: field.name.to_string(), known: known.join("、") };
                return Err(Refused { at: field.at, path: self.path(), problem: Box::new(problem) });
            }
        }
        Ok(fields)
    }

    /// The entries of an object, by any name, but none twice.
    pub fn any_fields<'s>(&'s self) -> Result<Fields<'s>, Refused> {
        let fields = self.object()?;
        // Most objects are small; sorting names costs more than comparing.
        let doubled = if fields.len() <= 16 {
            fields
                .iter()
                .enumerate()
                .find(|(index, field)| fields[..*index].iter().any(|other| other.name == field.name))
                .map(|(_, field)| field)
        } else {
            let mut seen = std::collections::HashSet::new();
            fields.iter().find(|field| !seen.insert(&*field.name))
        };
        if let Some(field) = doubled {
            let problem = FactsProblem::DuplicateKey { name: field.name.to_string() };
            return Err(Refused { at: field.at, path: self.path(), problem: Box::new(problem) });
        }
        Ok(Fields { cursor: self, fields })
    }

    /// One entry of an object.
    pub fn field(&self, name: &str) -> Result<Option<Cursor<'_>>, Refused> {
        Ok(self.any_fields()?.get(name))
    }

    /// Each entry of an object with its value, in the order of the file.
    pub fn map<T>(&self, read: impl Fn(&Cursor<'_>) -> Result<T, Refused>) -> Result<Vec<(String, T)>, Refused> {
        let fields = self.any_fields()?;
        fields.others(&[]).map(|(name, value)| Ok((name.to_owned(), read(&value)?))).collect()
    }

    /// Each entry of a list.
    pub fn each<T>(&self, most: usize, read: impl Fn(usize, &Cursor<'_>) -> Result<T, Refused>) -> Result<Vec<T>, Refused> {
        let Json::List(items) = &self.value.json else { return Err(self.wanted("list")) };
        if items.len() > most {
            return Err(self.refuse(FactsProblem::TooMany { limit: u32::try_from(most).unwrap_or(u32::MAX) }));
        }
        items.iter().enumerate().map(|(index, item)| read(index, &self.below(Step::Index(index), item))).collect()
    }

    /// Entries, but for those to skip, and entries within entries by names
    /// with dots: `record.attendance_rate`.
    pub fn flattened(&self, before: &str, skip: &[&str], leaf: Leaf<'_>) -> Result<(), Refused> {
        for (name, value) in self.any_fields()?.others(skip) {
            if name.is_empty() {
                return Err(value.refuse(FactsProblem::Empty));
            }
            let name = format!("{before}{name}");
            if value.is_object() {
                value.flattened(&format!("{name}."), &[], leaf)?;
            } else {
                leaf(&name, &value)?;
            }
        }
        Ok(())
    }

    /// Refuses two entries of a list that go by one id.
    pub fn no_double<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Result<(), Refused> {
        let Json::List(items) = &self.value.json else { return Ok(()) };
        let mut seen = std::collections::HashSet::new();
        for ((index, id), item) in ids.enumerate().zip(items) {
            if !seen.insert(id) {
                return Err(self.below(Step::Index(index), item).refuse(FactsProblem::DuplicateId { id: id.to_owned() }));
            }
        }
        Ok(())
    }

    fn held(&self, text: &str) -> Result<(), Refused> {
        // Bytes are never fewer than characters.
        let too_long = text.len() > MOST_CHARACTERS && text.chars().count() > MOST_CHARACTERS;
        if too_long { Err(self.refuse(FactsProblem::TooLong { limit: MOST_CHARACTERS as u32 })) } else { Ok(()) }
    }

    /// A text or a whole number that names something.
    pub fn name(&self) -> Result<String, Refused> {
        let text = self.text()?;
        if text.trim().is_empty() { Err(self.refuse(FactsProblem::Empty)) } else { Ok(text) }
    }

    pub fn text(&self) -> Result<String, Refused> {
        let text = self.written("text")?;
        self.held(text)?;
        Ok(text.to_owned())
    }

    /// A text, or a number as it is written.
    fn written(&self, wanted: &'static str) -> Result<&str, Refused> {
        match &self.value.json {
            Json::Text(text) => Ok(text),
            Json::Number(text) => Ok(text),
            _ => Err(self.wanted(wanted)),
        }
    }

    pub fn flag(&self) -> Result<bool, Refused> {
        match self.value.json {
            Json::Flag(flag) => Ok(flag),
            _ => Err(self.wanted("flag")),
        }
    }

    /// An exact number of any size.
    pub fn amount(&self) -> Result<Exact, Refused> {
        let text = self.written("number")?;
        text.parse().map_err(|_| self.refuse(FactsProblem::NotANumber { found: shown(text) }))
    }

    /// An exact number of the size that records have.
    pub fn number(&self) -> Result<Exact, Refused> {
        let (number, text) = (self.amount()?, self.written("number")?);
        match problem_of(number, text) {
            Some(problem) => Err(self.refuse(problem)),
            None => Ok(number),
        }
    }

    /// A whole number from 1.
    pub fn count(&self, most: u32) -> Result<u32, Refused> {
        let text = self.written("number")?;
        let count = text.parse().ok().filter(|count| (1..=most).contains(count));
        count.ok_or_else(|| self.refuse(FactsProblem::NotACount { found: shown(text), most }))
    }

    /// A date of any precision.
    pub fn date(&self) -> Result<PartialDate, Refused> {
        let text = self.written("text")?;
        parse_partial_date(text).map_err(|problem| {
            self.refuse(match problem {
                DateProblem::OutOfRange { year } => FactsProblem::YearOutOfRange { year },
                _ => FactsProblem::NotADate { found: shown(text) },
            })
        })
    }

    /// A day.
    pub fn day(&self) -> Result<NaiveDate, Refused> {
        let date = self.date()?;
        date.day().ok_or_else(|| self.refuse(FactsProblem::DayWanted { found: date.to_string() }))
    }

    /// Texts; one alone is a list of one.
    pub fn texts(&self) -> Result<Vec<Box<str>>, Refused> {
        match &self.value.json {
            Json::List(_) => Ok(self.each(usize::MAX, |_, text| text.text())?.into_iter().map(String::into_boxed_str).collect()),
            _ => Ok(vec![self.text()?.into_boxed_str()]),
        }
    }

    /// A number, a text, true or false, or a list of texts.
    pub fn item(&self) -> Result<Item, Refused> {
        match &self.value.json {
            Json::Number(_) => self.number().map(Item::Number),
            Json::List(_) => Ok(Item::List(self.texts()?.into())),
            Json::Flag(flag) => Ok(Item::Flag(*flag)),
            Json::Text(text) => {
                self.held(text)?;
                let number = number_in(text).map_err(|problem| self.refuse(problem))?;
                Ok(number.map_or_else(|| Item::Text((**text).into()), Item::Number))
            }
            Json::Null | Json::Object(_) => Err(self.wanted("item")),
        }
    }
}

/// The number that a text is; `None` where it is no number, and where it
/// means itself: `007` and the long numbers of documents are names.
fn number_in(text: &str) -> Result<Option<Exact>, FactsProblem> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let leading_zero = digits.first() == Some(&b'0') && digits.get(1).is_some_and(u8::is_ascii_digit);
    let read = |text: &str| match text.strip_suffix(['%', '％']) {
        Some(hundredths) => hundredths.trim_end().parse::<Exact>().ok()?.checked_div(Exact::whole(100)),
        None => text.parse().ok(),
    };
    let number = digits.first().filter(|first| first.is_ascii_digit() && !leading_zero).and_then(|_| read(text));
    match number.and_then(|number| problem_of(number, text)) {
        Some(FactsProblem::NumberTooLarge { .. }) => Ok(None),
        Some(problem) => Err(problem),
        None => Ok(number),
    }
}

/// What a message quotes of a text.
fn shown(text: &str) -> String {
    const MOST_SHOWN: usize = 40;
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Whether a number is larger or finer than records have it.
fn problem_of(number: Exact, text: &str) -> Option<FactsProblem> {
    if number.abs() > Exact::whole(MOST) {
        Some(FactsProblem::NumberTooLarge { found: shown(text) })
    } else if number.denom() > FINEST {
        Some(FactsProblem::NumberTooFine { found: shown(text) })
    } else {
        None
    }
}

/// The entries of an object. An entry that is `null` counts as not there.
pub(super) struct Fields<'a> {
    cursor: &'a Cursor<'a>,
    fields: &'a [Field<'a>],
}

impl<'a> Fields<'a> {
    pub fn get(&self, name: &str) -> Option<Cursor<'a>> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        let there = !matches!(field.value.json, Json::Null);
        there.then(|| self.cursor.below(Step::Key(&field.name), &field.value))
    }

    pub fn need(&self, name: &str) -> Result<Cursor<'a>, Refused> {
        self.get(name).ok_or_else(|| self.cursor.refuse(FactsProblem::MissingKey { name: name.to_owned() }))
    }

    pub fn text_or_empty(&self, name: &str) -> Result<String, Refused> {
        self.get(name).map_or_else(|| Ok(String::new()), |text| text.text())
    }

    /// Every entry but those named.
    pub fn others<'n>(&self, known: &'n [&'n str]) -> impl Iterator<Item = (&'a str, Cursor<'a>)> + use<'a, 'n> {
        let (cursor, fields) = (self.cursor, self.fields);
        fields
            .iter()
            .filter(move |field| !known.contains(&&*field.name) && !matches!(field.value.json, Json::Null))
            .map(move |field| (&*field.name, cursor.below(Step::Key(&field.name), &field.value)))
    }
}
