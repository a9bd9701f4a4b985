//! The rule file: TOML, every line of it answerable.
//!
//! [`read`] turns a text into a [`RuleSet`], its parents folded in, or into a
//! list of everything that keeps it from being one: each with line, column
//! and a way to mend it. A file may come from anywhere, so its size, its
//! numbers and its counts are bounded.

use toml::de::DeTable;

use super::model::RuleSet;
use draft::Draft;
use reader::{Entry, ROOT, Reader};

mod draft;
mod finding;
pub(in crate::rules) mod near;
mod number;
mod place;
mod reader;
mod tables;
mod values;

#[cfg(test)]
mod tests;

pub use finding::{CODES, Code, Finding, Severity};
pub use place::Places;

/// The bytes that a rule file may have.
pub const SIZE_LIMIT: usize = 1024 * 1024;
/// How many generations of parents a rule set may have.
const GENERATIONS: usize = 8;
/// How many errors of TOML are told; the rest usually follow from the first.
const SYNTAX_LIMIT: usize = 50;

/// What became of a file.
#[derive(Debug, Clone)]
pub struct FileReading {
    /// The rule set; `None` where a finding is an error.
    pub rule_set: Option<RuleSet>,
    /// Everything that is wrong, by line.
    pub findings: Vec<Finding>,
    /// Where the items of this file stand.
    pub places: Places,
}

/// Reads a rule file; `parents` finds the text of a rule set by its id.
pub fn read(text: &str, parents: &dyn Fn(&str) -> Option<String>) -> FileReading {
    let (draft, mut findings, places) = read_draft(text, parents, &mut Vec::new());
    let rules = draft.into_rules();
    categories_without_bucket(&rules, &places, &mut findings);
    sort(&mut findings);
    let refused = findings.iter().any(|finding| finding.severity == Severity::Error);
    FileReading { rule_set: (!refused).then_some(rules), findings, places }
}

/// This file's findings by place, then those about its parents.
pub(in crate::rules) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|one, other| (&one.rule_set, one.line, one.column).cmp(&(&other.rule_set, other.line, other.column)));
}

fn read_draft(text: &str, parents: &dyn Fn(&str) -> Option<String>, family: &mut Vec<String>) -> (Draft, Vec<Finding>, Places) {
    let reader = Reader::new(if text.len() > SIZE_LIMIT { "" } else { text.strip_prefix('\u{feff}').unwrap_or(text) });
    if text.len() > SIZE_LIMIT {
        reader.report(Code::FileTooLarge, 0, vec![("limit", SIZE_LIMIT.to_string())]);
        let (findings, places) = reader.finish();
        return (Draft::default(), findings, places);
    }
    let (table, errors) = DeTable::parse_recoverable(reader.text);
    for error in errors.iter().take(SYNTAX_LIMIT) {
        syntax_error(&reader, error);
    }
    let syntax = reader.findings_so_far();
    let root = Entry::new(&reader, table.get_ref(), ROOT, 0);
    // Entries are named after their rule set, so its name is needed first.
    let name = ["name", "id"].into_iter().find_map(|key| root.table.get(key)?.get_ref().as_str());
    *reader.rule_set.borrow_mut() = name.unwrap_or_default().chars().take(100).collect();
    let parent = parent(&root, parents, family);
    let known = parent.is_some();
    let mut draft = parent.unwrap_or_default();
    remove(&root, known, &mut draft);
    draft.lay_file(&root);
    root.finish();
    drop(root);
    let (mut findings, places) = reader.finish();
    if syntax > 0 {
        keep_what_is_certain(&mut findings, syntax);
    }
    (draft, findings, places)
}

/// Where a file is not TOML, what the rest of it lacks may only have been
/// lost: an item that is missing, and whatever is wrong on a broken line.
fn keep_what_is_certain(findings: &mut Vec<Finding>, syntax: usize) {
    let broken: Vec<u32> = findings.iter().take(syntax).map(|finding| finding.line).collect();
    let uncertain = [Code::MissingKey, Code::MissingOneOf, Code::Empty, Code::KeyNeeds, Code::ReadingsTooFew, Code::RemoveWithoutParent];
    let mut at = 0;
    findings.retain(|finding| {
        at += 1;
        at <= syntax || !uncertain.contains(&finding.code) && !broken.contains(&finding.line)
    });
}

fn syntax_error(reader: &Reader<'_>, error: &toml::de::Error) {
    let at = error.span().map_or(reader.text.len(), |span| span.start);
    let rest = reader.text.get(at..).unwrap_or_default();
    let found: String = rest.chars().take_while(|c| !c.is_whitespace() && !"=\"'".contains(*c)).take(20).collect();
    if error.message().starts_with("duplicate key") {
        reader.report(Code::DuplicateKey, at, vec![("key", found)]);
    } else if found.chars().next().is_some_and(|c| !c.is_ascii()) {
        reader.report(Code::SyntaxUnquoted, at, vec![("text", found)]);
    } else {
        // The parser's own words are English; where it stopped says enough.
        let text: String = rest.lines().next().unwrap_or_default().trim().chars().take(20).collect();
        let code = if text.is_empty() { Code::SyntaxEnd } else { Code::Syntax };
        let params = if text.is_empty() { Vec::new() } else { vec![("text", text)] };
        reader.report(code, at, params);
    }
}

/// What the parent says, all its parents folded in; `None` where it has one
/// that cannot be had.
fn parent(root: &Entry<'_>, parents: &dyn Fn(&str) -> Option<String>, family: &mut Vec<String>) -> Option<Draft> {
    let own = root.table.get("id").and_then(|item| item.get_ref().as_str()).unwrap_or_default();
    family.push(own.to_owned());
    let Some((item, id)) = root.table.get("parent").and_then(|item| Some((item, item.get_ref().as_str()?))) else {
        return Some(Draft::default());
    };
    let at = item.span().start;
    let report = |code| {
        root.reader.report(code, at, vec![("parent", id.chars().take(100).collect())]);
        None
    };
    if family.iter().any(|member| member == id) {
        return report(Code::ParentCircle);
    }
    if family.len() >= GENERATIONS {
        return report(Code::ParentTooDeep);
    }
    let Some(text) = parents(id) else { return report(Code::ParentUnknown) };
    let (draft, findings, _) = read_draft(&text, parents, family);
    if let Some(first) = findings.iter().find(|finding| finding.severity == Severity::Error) {
        let params = vec![("parent", id.to_owned()), ("line", first.line.to_string()), ("code", first.code.code().to_owned())];
        root.reader.report(Code::ParentFaulty, at, params);
    }
    Some(draft)
}

/// `remove = ["table/id"]`; what is not there to be removed can be told only
/// where the parent is known.
fn remove(root: &Entry<'_>, known: bool, draft: &mut Draft) {
    let Some(item) = root.get("remove") else { return };
    if !root.has("parent") {
        root.reader.report(Code::RemoveWithoutParent, item.span().start, Vec::new());
        return;
    }
    for element in root.reader.list_of("remove", item) {
        let Some(word) = root.reader.word_of("remove", element) else { continue };
        let done = word.split_once('/').is_some_and(|(table, id)| draft.remove(table, id));
        if known && !done {
            root.reader.report(Code::RemoveUnknown, element.span().start, vec![("text", word)]);
        }
    }
}

/// Where there are buckets, every category is in one: the parent may have
/// them, so this is known only in the end.
fn categories_without_bucket(rules: &RuleSet, places: &Places, findings: &mut Vec<Finding>) {
    if rules.buckets.is_empty() {
        return;
    }
    for category in rules.categories.iter().filter(|category| category.bucket.is_none()) {
        let foreign = category.origin.rule_set != rules.head.name;
        let (line, column) = places.line(category.origin.line);
        let code = Code::BucketMissing;
        findings.push(Finding {
            code,
            severity: code.severity(),
            line,
            column: if foreign { 1 } else { column },
            rule_set: foreign.then(|| category.origin.rule_set.clone()),
            params: vec![("id", category.id.clone())],
        });
    }
}
