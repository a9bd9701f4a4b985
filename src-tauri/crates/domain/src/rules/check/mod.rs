//! What is wrong with a rule set although it can be read: names that are
//! nothing, bands with gaps, lines that never apply.

use super::{
    expression::Expression,
    file::{self, Code, FileReading, Finding, Places},
    model::{Origin, RuleSet},
};

mod circles;
mod ids;
mod names;
mod open;
mod reach;
mod spans;
mod walk;

#[cfg(test)]
mod tests;

/// Findings that are told; nobody reads more.
const FINDINGS_LIMIT: usize = 200;

/// Judges a rule set. Columns are 1: only the file knows better, see
/// [`inspect`].
pub fn check(rules: &RuleSet) -> Vec<Finding> {
    check_at(rules, &Places::default())
}

/// Reads a rule file and judges what was read: all findings, by line.
/// `parents` finds the text of a rule set by its id.
pub fn inspect(text: &str, parents: &dyn Fn(&str) -> Option<String>) -> FileReading {
    let mut reading = file::read(text, parents);
    if let Some(rules) = &reading.rule_set {
        reading.findings.extend(check_at(rules, &reading.places));
        file::sort(&mut reading.findings);
    }
    if reading.findings.iter().any(|finding| finding.severity == file::Severity::Error) {
        reading.rule_set = None;
    }
    reading
}

/// As [`check`], with the columns that a reading kept.
fn check_at(rules: &RuleSet, places: &Places) -> Vec<Finding> {
    let mut checker = Checker { rules, places, index: ids::Index::new(rules), findings: Vec::new() };
    ids::check(&mut checker);
    names::check(&mut checker);
    spans::check(&mut checker);
    reach::check(&mut checker);
    circles::check(&mut checker);
    open::check(&mut checker);
    let mut findings = checker.findings;
    file::sort(&mut findings);
    findings
}

/// A rule set while it is being judged.
struct Checker<'a> {
    rules: &'a RuleSet,
    places: &'a Places,
    index: ids::Index<'a>,
    findings: Vec<Finding>,
}

/// What a finding quotes.
type Params = Vec<(&'static str, String)>;

impl<'a> Checker<'a> {
    fn full(&self) -> bool {
        self.findings.len() >= FINDINGS_LIMIT
    }

    /// The place in this file, or the line in a parent's.
    fn push(&mut self, code: Code, origin: &Origin, (line, column): (u32, u32), params: Params) {
        if self.full() {
            return;
        }
        let foreign = origin.rule_set != self.rules.head.name;
        self.findings.push(Finding {
            code,
            severity: code.severity(),
            line,
            column: if foreign { 1 } else { column },
            rule_set: foreign.then(|| origin.rule_set.clone()),
            params,
        });
    }

    /// Something about an entry as a whole.
    fn at_entry(&mut self, code: Code, origin: &Origin, params: Params) {
        self.push(code, origin, self.places.line(origin.line), params);
    }

    /// Something about an item of an entry; of a list, about the element with
    /// that number, counted from 1.
    fn at_item(&mut self, code: Code, origin: &Origin, key: &str, element: usize, params: Params) {
        let own = self.places.item(origin.line, key, element).or_else(|| self.places.item(origin.line, key, 0));
        let place = own.unwrap_or_else(|| self.places.line(origin.line));
        self.push(code, origin, place, params);
    }

    /// Something about what begins on a line of an entry.
    fn at_line(&mut self, code: Code, origin: &Origin, line: u32, params: Params) {
        self.push(code, origin, self.places.line(line), params);
    }

    /// Something about a character of an expression.
    fn at_expression(&mut self, code: Code, origin: &Origin, expression: &Expression, at: u32, params: Params) {
        let (line, column) = self.places.expression(expression.line, &expression.text).unwrap_or((expression.line, 1));
        self.push(code, origin, (line, column.saturating_add(at)), params);
    }
}

/// Whether two entries can hold at the same time: not where they belong to
/// different readings of one question.
fn together(one: &Origin, other: &Origin) -> bool {
    match (&one.reading, &other.reading) {
        (Some((question, reading)), Some((other_question, other_reading))) => question != other_question || reading == other_reading,
        _ => true,
    }
}

/// Whether an entry holds wherever another one does.
fn wherever(one: &Origin, other: &Origin) -> bool {
    one.reading.is_none() || one.reading == other.reading
}
