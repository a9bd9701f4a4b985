//! The one table of what the cases say in words: `prose.txt` beside this.

use std::cell::RefCell;

/// A line of the table.
struct Line {
    /// Case, group or `*`, with `/activity` where it is about one.
    scope: String,
    what: String,
    words: String,
    meaning: String,
}

/// The table, and which of its lines were needed.
pub struct Prose {
    lines: Vec<Line>,
    used: RefCell<Vec<bool>>,
}

impl Prose {
    /// Reads the table.
    pub fn read() -> Self {
        let lines: Vec<Line> = include_str!("prose.txt")
            .lines()
            .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
            .map(|line| {
                let parts: Vec<&str> = line.splitn(4, '|').map(str::trim).collect();
                assert_eq!(parts.len(), 4, "a line of the table has four parts: {line}");
                Line { scope: parts[0].into(), what: parts[1].into(), words: parts[2].into(), meaning: parts[3].into() }
            })
            .collect();
        let used = RefCell::new(vec![false; lines.len()]);
        Self { lines, used }
    }

    /// What the words mean, by the narrowest line: of the activity, the case,
    /// the group, everywhere.
    pub fn of(&self, group: &str, case: &str, activity: Option<&str>, what: &str, words: &str) -> Option<&str> {
        // A7-C1 stands in the group A7A8, but is about A7.
        let own = case.split_once('-').map(|(own, _)| own.to_owned());
        let scopes = [activity.map(|id| format!("{case}/{id}")), Some(case.to_owned()), own, Some(group.to_owned()), Some("*".to_owned())];
        scopes.into_iter().flatten().find_map(|scope| {
            let at = self.lines.iter().position(|line| line.scope == scope && line.what == what && line.words == words)?;
            self.used.borrow_mut()[at] = true;
            Some(self.lines[at].meaning.as_str())
        })
    }

    /// Lines of a case about something, words and meaning.
    pub fn all(&self, case: &str, what: &str) -> Vec<(&str, &str)> {
        let mut found = Vec::new();
        for (at, line) in self.lines.iter().enumerate().filter(|(_, line)| line.scope == case && line.what == what) {
            self.used.borrow_mut()[at] = true;
            found.push((line.words.as_str(), line.meaning.as_str()));
        }
        found
    }

    /// Lines that nothing needed.
    pub fn unused(&self) -> Vec<String> {
        let used = self.used.borrow();
        let lines = self.lines.iter().zip(used.iter()).filter(|(_, used)| !**used);
        lines.map(|(line, _)| format!("{} | {} | {} is not needed", line.scope, line.what, line.words)).collect()
    }
}
