//! Tables of the file with typed items. Whoever reads a table asks for its
//! keys one by one; a key that nobody asked for is one that does not exist.

use std::{cell::RefCell, ops::RangeInclusive};

use chrono::{Datelike, NaiveDate};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    finding::{Code, Finding},
    near::nearest,
    number,
    place::{Lines, Places},
};
use crate::{
    calendar::{FIRST_YEAR, LAST_YEAR},
    exact::Exact,
    rules::{
        expression::{self, Expression, ExpressionProblem},
        model::Origin,
    },
};

/// A value with its place in the file.
pub(super) type Item<'r> = &'r Spanned<DeValue<'r>>;

/// Characters of a label or a note.
const TEXT_LIMIT: usize = 4_000;
/// Characters of an id or a type.
const ID_LIMIT: usize = 100;
/// Elements of a list, rows of a table.
pub(super) const LIST_LIMIT: usize = 5_000;
/// Findings that are told; nobody reads more.
const FINDINGS_LIMIT: usize = 200;

/// The name of the file's outermost table.
pub(super) const ROOT: &str = "root";

/// The keys of the file's head.
pub(super) const HEAD_KEYS: &[&str] = &[
    "id",
    "name",
    "unit",
    "kind",
    "subject",
    "version",
    "issuer",
    "document",
    "source",
    "note",
    "example",
    "effective_from",
    "effective_until",
    "parent",
    "remove",
    "who",
];

/// One file on its way to a rule set.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    lines: Lines<'t>,
    /// The name of the file's rule set.
    pub(super) rule_set: RefCell<String>,
    findings: RefCell<Vec<Finding>>,
    places: RefCell<Places>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, lines: Lines::new(text), rule_set: RefCell::default(), findings: RefCell::default(), places: RefCell::default() }
    }

    pub(super) fn report(&self, code: Code, at: usize, params: Vec<(&'static str, String)>) {
        let (line, column) = self.lines.place(at);
        let mut findings = self.findings.borrow_mut();
        if findings.len() > FINDINGS_LIMIT {
            return;
        }
        let code = if findings.len() == FINDINGS_LIMIT { Code::TooManyFindings } else { code };
        findings.push(Finding { code, severity: code.severity(), line, column, rule_set: None, params });
    }

    /// Keeps the places of a choice: of its question and of its reading.
    pub(super) fn keep_choice(&self, question: &str, key: usize, value: usize) {
        let mut places = self.places.borrow_mut();
        places.keep_item(0, question, 0, self.lines.place(key));
        places.keep_item(0, question, 1, self.lines.place(value));
    }

    /// Keeps the place of the first thing on a line.
    pub(super) fn keep_line(&self, at: usize) {
        self.places.borrow_mut().keep_line(self.lines.place(at));
    }

    pub(super) fn line(&self, at: usize) -> u32 {
        self.lines.place(at).0
    }

    pub(super) fn findings_so_far(&self) -> usize {
        self.findings.borrow().len()
    }

    pub(super) fn finish(self) -> (Vec<Finding>, Places) {
        (self.findings.into_inner(), self.places.into_inner())
    }

    pub(super) fn wrong_type(&self, key: &str, item: Item<'_>, expected: &str) {
        let found = type_word(item.get_ref());
        self.report(
            Code::WrongType,
            item.span().start,
            vec![("key", key.to_owned()), ("expected", expected.to_owned()), ("found", found.to_owned())],
        );
    }

    /// A text of at most so many characters.
    fn text_within(&self, key: &str, item: Item<'_>, limit: usize) -> Option<String> {
        let DeValue::String(text) = item.get_ref() else {
            self.wrong_type(key, item, "text");
            return None;
        };
        if text.chars().nth(limit).is_some() {
            self.report(Code::TextTooLong, item.span().start, vec![("key", key.to_owned()), ("limit", limit.to_string())]);
            return None;
        }
        Some(text.to_string())
    }

    pub(super) fn text_of(&self, key: &str, item: Item<'_>) -> Option<String> {
        self.text_within(key, item, TEXT_LIMIT)
    }

    /// A text by which something is called: not empty, not long.
    pub(super) fn word_of(&self, key: &str, item: Item<'_>) -> Option<String> {
        let text = self.text_within(key, item, ID_LIMIT)?;
        if text.trim().is_empty() {
            self.report(Code::Empty, item.span().start, vec![("key", key.to_owned())]);
            return None;
        }
        Some(text)
    }

    pub(super) fn number_of(&self, key: &str, item: Item<'_>) -> Option<Exact> {
        let read = match item.get_ref() {
            DeValue::String(text) => number::read(text),
            DeValue::Integer(number) if number.radix() == 10 => number::read(&number.as_str().replace(['_', '+'], "")),
            DeValue::Float(number) => {
                self.report(
                    Code::DecimalNotQuoted,
                    item.span().start,
                    vec![("key", key.to_owned()), ("number", number.as_str().to_owned())],
                );
                return None;
            }
            _ => {
                self.wrong_type(key, item, "number");
                return None;
            }
        };
        match read {
            Ok(number) => Some(number),
            Err(code) => {
                let text = self.text.get(item.span()).unwrap_or_default();
                let text: String = text.trim_matches(['"', '\'']).chars().take(40).collect();
                self.report(code, item.span().start, vec![("key", key.to_owned()), ("text", text)]);
                None
            }
        }
    }

    pub(super) fn whole_of(&self, key: &str, item: Item<'_>, range: RangeInclusive<i64>) -> Option<i64> {
        let number = self.number_of(key, item)?;
        let whole = (number.denom() == 1).then(|| i64::try_from(number.numer()).ok()).flatten();
        let whole = whole.filter(|whole| range.contains(whole));
        if whole.is_none() {
            self.out_of_range(key, item, &range.start().to_string(), &range.end().to_string());
        }
        whole
    }

    pub(super) fn out_of_range(&self, key: &str, item: Item<'_>, least: &str, most: &str) {
        self.report(
            Code::OutOfRange,
            item.span().start,
            vec![("key", key.to_owned()), ("least", least.to_owned()), ("most", most.to_owned())],
        );
    }

    pub(super) fn expression_of(&self, key: &str, item: Item<'_>) -> Option<Expression> {
        let start = item.span().start;
        let DeValue::String(text) = item.get_ref() else {
            // A whole number is an expression too.
            if let DeValue::Integer(_) = item.get_ref() {
                let number = self.number_of(key, item)?;
                return expression::read(&number.to_string(), self.line(start)).ok();
            }
            self.wrong_type(key, item, "expression");
            return None;
        };
        let line = self.line(start);
        match expression::read(text, line) {
            Ok(expression) => {
                self.places.borrow_mut().keep_expression(text, self.lines.place(self.lines.inside_quotes(start, 0)));
                Some(expression)
            }
            Err(error) => {
                let at = self.lines.inside_quotes(start, error.at as usize);
                self.report(Code::from(&error.problem), at, expression_params(key, &error.problem));
                None
            }
        }
    }

    pub(super) fn date_of(&self, key: &str, item: Item<'_>) -> Option<NaiveDate> {
        let text = match item.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(day) if day.time.is_none() => day.to_string(),
            _ => {
                self.wrong_type(key, item, "date");
                return None;
            }
        };
        let day = (text.len() == 10).then(|| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok()).flatten();
        let day = day.filter(|day| (FIRST_YEAR..=LAST_YEAR).contains(&day.year()));
        if day.is_none() {
            let text: String = text.chars().take(40).collect();
            self.report(Code::NotADate, item.span().start, vec![("key", key.to_owned()), ("text", text)]);
        }
        day
    }

    /// The elements of a list; a lone value is a list of one.
    pub(super) fn list_of(&self, key: &str, item: Item<'t>) -> Vec<Item<'t>> {
        let DeValue::Array(array) = item.get_ref() else { return vec![item] };
        if array.get(LIST_LIMIT).is_some() {
            self.report(Code::TooMany, item.span().start, vec![("key", key.to_owned()), ("limit", LIST_LIMIT.to_string())]);
            return Vec::new();
        }
        array.iter().collect()
    }
}

fn expression_params(key: &str, problem: &ExpressionProblem) -> Vec<(&'static str, String)> {
    let mut params = vec![("key", key.to_owned()), ("text", problem.quoted().to_owned())];
    if let ExpressionProblem::ArgumentCount { least, most, .. } = problem {
        params.push(("least", least.to_string()));
        params.push(("most", most.map(|most| most.to_string()).unwrap_or_else(|| "∞".to_owned())));
    }
    params
}

/// The word for a kind of value, in the catalogue's group `rule_type`.
fn type_word(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "flag",
        DeValue::Datetime(_) => "date",
        DeValue::Array(_) => "list",
        DeValue::Table(_) => "table",
    }
}

/// A table of the file while it is being read.
pub(super) struct Entry<'r> {
    pub(super) reader: &'r Reader<'r>,
    pub(super) table: &'r DeTable<'r>,
    /// `category.award`, for messages.
    pub(super) name: &'static str,
    /// Its first byte.
    pub(super) at: usize,
    /// Its line.
    pub(super) line: u32,
    asked: RefCell<Vec<&'static str>>,
}

impl<'r> Entry<'r> {
    pub(super) fn new(reader: &'r Reader<'r>, table: &'r DeTable<'r>, name: &'static str, at: usize) -> Self {
        let place = reader.lines.place(at);
        reader.places.borrow_mut().keep_line(place);
        Self { reader, table, name, at, line: place.0, asked: RefCell::default() }
    }

    /// A table inside of an item, such as `{ by = …, table = … }`.
    pub(super) fn inner(reader: &'r Reader<'r>, item: Item<'r>, name: &'static str) -> Option<Self> {
        match item.get_ref() {
            DeValue::Table(table) => Some(Self::new(reader, table, name, item.span().start)),
            _ => None,
        }
    }

    pub(super) fn get(&self, key: &'static str) -> Option<Item<'r>> {
        self.asked.borrow_mut().push(key);
        let item = self.table.get(key)?;
        self.reader.places.borrow_mut().keep_item(self.line, key, 0, self.reader.lines.place(item.span().start));
        Some(item)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(super) fn report(&self, code: Code, params: Vec<(&'static str, String)>) {
        self.reader.report(code, self.at, params);
    }

    /// What has to be there; silent where it is there and was refused.
    pub(super) fn needed<T>(&self, key: &'static str, read: Option<T>) -> Option<T> {
        if read.is_none() && !self.has(key) {
            self.report(Code::MissingKey, vec![("table", self.name.to_owned()), ("key", key.to_owned())]);
        }
        read
    }

    /// Which of several keys is there; reports a second one.
    pub(super) fn one_of(&self, keys: &[&'static str]) -> Option<&'static str> {
        let mut there: Vec<&'static str> = keys.iter().copied().filter(|key| self.has(key)).collect();
        there.sort_by_key(|key| self.table.get_key_value(*key).map(|(key, _)| key.span().start));
        if let [first, second, ..] = there[..] {
            self.conflict(first, second);
        }
        there.first().copied()
    }

    /// Reports that two keys exclude each other, at the second.
    pub(super) fn conflict(&self, first: &str, second: &str) {
        self.reader.report(Code::Conflict, self.key_at(second), vec![("first", first.to_owned()), ("second", second.to_owned())]);
    }

    /// Reports a key that means something only beside another.
    pub(super) fn needs(&self, key: &str, needs: &str) {
        if self.has(key) {
            self.reader.report(Code::KeyNeeds, self.key_at(key), vec![("key", key.to_owned()), ("needs", needs.to_owned())]);
        }
    }

    /// As [`one_of`](Self::one_of), one being necessary.
    pub(super) fn exactly_one(&self, keys: &[&'static str]) -> Option<&'static str> {
        let found = self.one_of(keys);
        if found.is_none() {
            self.report(Code::MissingOneOf, vec![("table", self.name.to_owned()), ("keys", keys.join("、"))]);
        }
        found
    }

    fn key_at(&self, key: &str) -> usize {
        self.table.get_key_value(key).map_or(self.at, |(key, _)| key.span().start)
    }

    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        self.reader.text_of(key, self.get(key)?)
    }

    pub(super) fn word(&self, key: &'static str) -> Option<String> {
        self.reader.word_of(key, self.get(key)?)
    }

    pub(super) fn words(&self, key: &'static str) -> Vec<String> {
        let Some(item) = self.get(key) else { return Vec::new() };
        let elements = self.reader.list_of(key, item);
        let mut words = Vec::with_capacity(elements.len());
        for (index, element) in elements.into_iter().enumerate() {
            let place = self.reader.lines.place(element.span().start);
            // The list itself stands at its first element: that is where the
            // eye goes.
            self.reader.places.borrow_mut().keep_item(self.line, key, index + 1, place);
            words.extend(self.reader.word_of(key, element));
        }
        words
    }

    /// A list with at least one word.
    pub(super) fn some_words(&self, key: &'static str) -> Option<Vec<String>> {
        let words = self.words(key);
        if words.is_empty() {
            if let Some(DeValue::Array(array)) = self.table.get(key).map(Spanned::get_ref)
                && array.is_empty()
            {
                self.reader.report(Code::Empty, self.table[key].span().start, vec![("key", key.to_owned())]);
            }
            self.needed(key, None::<()>);
            return None;
        }
        Some(words)
    }

    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let item = self.get(key)?;
        if let DeValue::Boolean(flag) = item.get_ref() {
            return Some(*flag);
        }
        self.reader.wrong_type(key, item, "flag");
        None
    }

    pub(super) fn number(&self, key: &'static str) -> Option<Exact> {
        self.reader.number_of(key, self.get(key)?)
    }

    /// A number above zero.
    pub(super) fn positive(&self, key: &'static str) -> Option<Exact> {
        let item = self.get(key)?;
        let number = self.reader.number_of(key, item)?;
        if number <= Exact::ZERO {
            self.reader.out_of_range(key, item, ">0", "1000000000");
            return None;
        }
        Some(number)
    }

    pub(super) fn whole(&self, key: &'static str, range: RangeInclusive<i64>) -> Option<u32> {
        self.reader.whole_of(key, self.get(key)?, range).and_then(|whole| u32::try_from(whole).ok())
    }

    pub(super) fn date(&self, key: &'static str) -> Option<NaiveDate> {
        self.reader.date_of(key, self.get(key)?)
    }

    pub(super) fn expression(&self, key: &'static str) -> Option<Expression> {
        self.reader.expression_of(key, self.get(key)?)
    }

    /// One of several words.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, choices: &[(&'static str, T)]) -> Option<T> {
        let item = self.get(key)?;
        let word = self.reader.word_of(key, item)?;
        let found = choices.iter().find(|(own, _)| *own == word).map(|(_, meaning)| *meaning);
        if found.is_none() {
            self.bad_choice(key, item, &word, &choices.iter().map(|(own, _)| *own).collect::<Vec<_>>());
        }
        found
    }

    pub(super) fn bad_choice(&self, key: &str, item: Item<'r>, found: &str, choices: &[&str]) {
        let params = vec![("key", key.to_owned()), ("found", found.to_owned()), ("choices", choices.join("、"))];
        self.reader.report(Code::BadChoice, item.span().start, params);
    }

    /// The entries of `[[own.key]]`.
    pub(super) fn entries(&self, key: &'static str, name: &'static str) -> Vec<Entry<'r>> {
        let Some(item) = self.get(key) else { return Vec::new() };
        entries_of(self.reader, key, name, item, self.key_at(key))
    }

    /// Where it stands, and the reading under which it holds; asks for what
    /// every entry may have.
    pub(super) fn origin(&self) -> Origin {
        self.text("note");
        self.text("source");
        Origin { line: self.line, rule_set: self.reader.rule_set.borrow().clone(), reading: self.reading() }
    }

    /// The same of `[[open]]`, whose `reading` is something else.
    pub(super) fn origin_of_question(&self) -> Origin {
        self.text("note");
        self.text("source");
        Origin { line: self.line, rule_set: self.reader.rule_set.borrow().clone(), reading: None }
    }

    fn reading(&self) -> Option<(String, String)> {
        let item = self.get("reading")?;
        let text = self.reader.word_of("reading", item)?;
        let parts = text.split_once('/').filter(|(question, reading)| !question.is_empty() && !reading.is_empty());
        if parts.is_none() {
            self.reader.report(Code::ReadingMalformed, item.span().start, vec![("text", text.clone())]);
        }
        parts.map(|(question, reading)| (question.to_owned(), reading.to_owned()))
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, item) in self.table {
            let (name, at) = (key.get_ref().as_ref(), key.span().start);
            if asked.contains(&name) {
                continue;
            }
            // Looking for near names takes time that nobody would wait for.
            if self.reader.findings_so_far() > FINDINGS_LIMIT {
                return;
            }
            let shown: String = name.chars().take(40).collect();
            let mut params = vec![("table", self.name.to_owned()), ("key", shown)];
            let is_table = self.name == ROOT && matches!(item.get_ref(), DeValue::Table(_) | DeValue::Array(_));
            let code = match nearest(name, asked.iter().copied()) {
                _ if self.name != ROOT && HEAD_KEYS.contains(&name) => Code::HeadKeyMisplaced,
                Some(near) => {
                    params.push(("near", near.to_owned()));
                    if is_table { Code::UnknownTableNear } else { Code::UnknownKeyNear }
                }
                None if is_table => Code::UnknownTable,
                None => Code::UnknownKey,
            };
            self.reader.report(code, at, params);
        }
    }
}

/// The tables of a list of tables.
pub(super) fn entries_of<'r>(reader: &'r Reader<'r>, key: &str, name: &'static str, item: Item<'r>, key_at: usize) -> Vec<Entry<'r>> {
    let DeValue::Array(array) = item.get_ref() else {
        let code = if matches!(item.get_ref(), DeValue::Table(_)) { Code::TableNotList } else { Code::WrongType };
        match code {
            Code::WrongType => reader.wrong_type(key, item, "list"),
            code => reader.report(code, key_at, vec![("table", name.to_owned())]),
        }
        return Vec::new();
    };
    if array.get(LIST_LIMIT).is_some() {
        reader.report(Code::TooMany, key_at, vec![("key", name.to_owned()), ("limit", LIST_LIMIT.to_string())]);
        return Vec::new();
    }
    let entry = |element: Item<'r>| {
        let entry = Entry::inner(reader, element, name);
        if entry.is_none() {
            reader.wrong_type(key, element, "table");
        }
        entry
    };
    array.iter().filter_map(entry).collect()
}
