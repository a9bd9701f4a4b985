//! Files that nobody writes on purpose, and files that somebody does: neither
//! may bring the engine down, nor keep it busy.

use std::{
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use xueji_domain::rules::{Request, evaluate, facts, file};

use super::{Draw, for_all, generate};

/// What one file may take. A busy machine is slower than the second or so
/// that is meant.
const LIMIT: Duration = Duration::from_secs(4);
/// When to give a file up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads both, and evaluates what can be read. Says how many entries came of
/// it.
fn run(rules: &str, facts: &str) -> usize {
    let reading = file::read(rules, &|_| None);
    let facts = facts::read(facts);
    let (Some(rules), Ok(facts)) = (reading.rule_set, facts) else { return 0 };
    let mut entries = 0;
    for person in facts.people.iter().take(3) {
        let request = Request { periods: facts.periods.clone(), as_of: facts.as_of, trace: true };
        if let Ok(evaluation) = evaluate(&rules, person, &request) {
            entries +=
                evaluation.outcomes.iter().flat_map(|outcome| &outcome.ledger.periods).map(|period| period.entries.len()).sum::<usize>();
            serde_json::to_string(&evaluation.outcomes[0].ledger).expect("a ledger is plain");
        }
    }
    entries
}

/// Runs both files elsewhere, and says what went wrong.
fn survives(rules: &str, facts: &str) -> Result<(), String> {
    let (sender, receiver) = channel();
    let (own_rules, own_facts) = (rules.to_owned(), facts.to_owned());
    let start = Instant::now();
    thread::spawn(move || sender.send(run(&own_rules, &own_facts)));
    let outcome = receiver.recv_timeout(PATIENCE);
    let took = start.elapsed();
    let cut = |text: &str| text.chars().take(3000).collect::<String>();
    let what = match outcome {
        Ok(entries) if took <= LIMIT && entries <= 400_000 => return Ok(()),
        Ok(entries) => format!("{entries} entries took {took:?}"),
        Err(RecvTimeoutError::Timeout) => "it does not end".to_owned(),
        Err(RecvTimeoutError::Disconnected) => "it panicked".to_owned(),
    };
    Err(format!("{what}\n--- rules\n{}\n--- facts\n{}", cut(rules), cut(facts)))
}

/// What people and programs leave in files.
const FRAGMENTS: &[&str] = &[
    "999999999999999999999999999999",
    "-1",
    "0",
    "1/0",
    "0/1",
    "1e400",
    "0.0000000000000000001",
    "1000000000",
    "1/1000000",
    "1/999983",
    "4294967295",
    "4294967296",
    "18446744073709551616",
    "99999%",
    "\"",
    "'",
    "“",
    "[[",
    "]]",
    "{",
    "}",
    "(",
    ")",
    ",",
    "=",
    "==",
    "≥",
    "！",
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
    "\u{7f}",
    "𝔘",
    "\r\n",
    "\n\n",
    "#",
    "\\u0000",
    "null",
    "true",
    "nan",
    "inf",
    "9999-12-31",
    "0000-00-00",
    "2024-02-30",
    "2024-13-01",
    "person.",
    "earlier.total",
    "unit.x",
    "total",
    "甲",
    "必修",
    "count('甲')",
    "days / (days - days)",
    "not not not",
    "max(",
    "if(",
    " and ",
    " or ",
    "minutes * minutes * minutes * minutes * minutes * minutes * minutes",
    "reading = \"a/b\"\n",
    "parent = \"case\"\n",
    "remove = [\"cap/cap1\"]\n",
    "[choices]\n",
    "[period]\nkind = \"day\"\n",
    "spread = 4000000000\n",
    "keep = 4000000000\n",
    "\"count\": 4294967295,",
    "\"until\": \"2199-12-31\",",
    "\"date\": \"1900-01-01\",",
    "\"days\": \"1000000000\",",
    "every = \"1/1000000\"\n",
    "basis = \"day\"\n",
];

fn spoilt(draw: &mut Draw, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..draw.between(1, 6) {
        if bytes.is_empty() {
            break;
        }
        let (at, other) = (draw.below(bytes.len()), draw.below(bytes.len()));
        let (from, to) = (at.min(other), at.max(other));
        match draw.below(9) {
            0 => bytes[at] ^= 1 << draw.below(8),
            1 => bytes.splice(at..at, draw.one_of(FRAGMENTS).bytes()).for_each(drop),
            2 => bytes.truncate(at.max(1)),
            3 => swap_lines(draw, &mut bytes),
            4 => repeat_line(draw, &mut bytes),
            5 => bytes.drain(from..to.min(from + 60)).for_each(drop),
            6 => {
                let part = bytes[from..to.min(from + 400)].to_vec();
                bytes.splice(at..at, part).for_each(drop);
            }
            7 => {
                let deep = draw.word(&["[", "{", "(", "not ", "-", "{\"a\":", "a."]).repeat(draw.between(1, 3000));
                bytes.splice(at..at, deep.bytes()).for_each(drop);
            }
            _ => bytes.splice(at..at, draw.word(&["长", "9", "a", "/", "'"]).repeat(draw.between(1, 3000)).bytes()).for_each(drop),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn lines_of(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

fn swap_lines(draw: &mut Draw, bytes: &mut Vec<u8>) {
    let mut lines = lines_of(bytes);
    let (one, other) = (draw.below(lines.len()), draw.below(lines.len()));
    lines.swap(one, other);
    *bytes = lines.concat();
}

fn repeat_line(draw: &mut Draw, bytes: &mut Vec<u8>) {
    let mut lines = lines_of(bytes);
    let at = draw.below(lines.len());
    let line = lines[at].clone();
    let times = draw.between(1, 30);
    lines.splice(at..at, std::iter::repeat_n(line, times)).for_each(drop);
    *bytes = lines.concat();
}

/// Some number, replaced by another: such files are often read, and reach the
/// evaluator.
fn renumbered(draw: &mut Draw, text: &str) -> String {
    let digits: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let mut text = text.to_owned();
    for _ in 0..draw.between(1, 3) {
        let Some(at) = digits.get(draw.below(digits.len().max(1))) else { break };
        if text.is_char_boundary(*at) && text.is_char_boundary(at + 1) {
            let number = draw.word(&["1000000000", "999999999", "0", "-7", "1/999983", "100", "31", "4294967295", "65536", "0.000001"]);
            text.replace_range(*at..at + 1, number);
        }
    }
    text
}

#[test]
fn spoilt_rule_files_are_survived() {
    for_all(300, 21, |draw| {
        let case = generate::case(draw, &generate::ALL);
        let rules = spoilt(draw, &case.rules);
        survives(&rules, &case.facts)
    });
}

#[test]
fn spoilt_facts_files_are_survived() {
    for_all(300, 22, |draw| {
        let case = generate::case(draw, &generate::ALL);
        let facts = spoilt(draw, &case.facts);
        survives(&case.rules, &facts)
    });
}

#[test]
fn other_numbers_are_survived() {
    for_all(400, 23, |draw| {
        let case = generate::case(draw, &generate::ALL);
        let (rules, facts) = (renumbered(draw, &case.rules), renumbered(draw, &case.facts));
        survives(&rules, &facts)
    });
}

const HEAD: &str = "id = \"x\"\nname = \"x\"\nunit = \"分\"\n";

fn with_facts(count: usize, item: &str) -> String {
    let facts: Vec<String> = (0..count)
        .map(|at| format!("{{ \"type\": \"甲\", \"date\": \"2024-{:02}-{:02}\", {item} }}", at % 12 + 1, at / 12 % 28 + 1))
        .collect();
    format!("{{ \"period\": \"2024\", \"person\": {{}}, \"activities\": [{}] }}", facts.join(",\n"))
}

fn category(more: &str) -> String {
    format!("{HEAD}[[category]]\nid = \"甲\"\n{more}\n  [[category.award]]\n  credit = \"1\"\n")
}

#[test]
fn too_many_readings_are_not_all_tried() {
    let mut rules = category("");
    for at in 0..40 {
        rules += &format!("[[open]]\nid = \"问{at}\"\nquestion = \"？\"\n");
        for reading in 0..4 {
            rules += &format!("  [[open.reading]]\n  id = \"r{reading}\"\n  label = \"读法\"\n");
        }
        for reading in 0..4 {
            rules += &format!("[[cap]]\nreading = \"问{at}/r{reading}\"\non = [\"甲\"]\nmax = \"{}\"\n", at + reading + 1);
        }
    }
    survives(&rules, &with_facts(60, "\"days\": 1")).unwrap();
}

#[test]
fn every_fact_a_question_is_survived() {
    let rules = format!("{HEAD}[[category]]\nid = \"甲\"\n  [[category.award]]\n  range = {{ min = \"1\", max = \"5\" }}\n");
    survives(&rules, &with_facts(300, "\"days\": 1")).unwrap();
    let rules = format!("{HEAD}[[category]]\nid = \"甲\"\n  [[category.award]]\n  of = \"minutes\"\n  per = \"45\"\n  credit = \"1\"\n");
    survives(&rules, &with_facts(300, "\"minutes\": 50")).unwrap();
}

#[test]
fn numbers_that_grow_are_survived() {
    let mut rules = format!("{HEAD}[[category]]\nid = \"甲\"\n  [[category.award]]\n  formula = \"q30\"\n");
    for at in 1..=30 {
        let before = if at == 1 { "days".to_owned() } else { format!("q{}", at - 1) };
        rules += &format!("[[quantity]]\nid = \"q{at}\"\nformula = \"{before} * {before} + 1/3\"\n");
    }
    survives(&rules, &with_facts(5, "\"days\": 1000000000")).unwrap();
    let rules = format!("{HEAD}[[category]]\nid = \"甲\"\n  [[category.award]]\n  formula = \"1 / days\"\n");
    let facts: Vec<String> =
        (0..400).map(|at| format!("{{ \"type\": \"甲\", \"date\": \"2024-01-01\", \"days\": {} }}", 999_001 + at)).collect();
    survives(&rules, &format!("{{ \"period\": \"2024\", \"person\": {{}}, \"activities\": [{}] }}", facts.join(","))).unwrap();
}

#[test]
fn names_that_lead_to_each_other_are_survived() {
    let rules = format!(
        "{HEAD}[[quantity]]\nid = \"a\"\nformula = \"b + b\"\n[[quantity]]\nid = \"b\"\nformula = \"a + a\"\n[[category]]\nid = \"甲\"\n  [[category.award]]\n  formula = \"a\"\n"
    );
    survives(&rules, &with_facts(5, "\"days\": 1")).unwrap();
    let rules = category("")
        + "[[figure]]\nid = \"f\"\nformula = \"g + g\"\n[[figure]]\nid = \"g\"\nformula = \"f + f\"\n[[counter]]\nid = \"c\"\nof = \"c\"\n";
    survives(&rules, &with_facts(5, "\"days\": 1")).unwrap();
    let mut rules = category("");
    for at in 0..60 {
        rules += &format!("[[figure]]\nid = \"f{at}\"\nformula = \"f{} + f{}\"\n", at + 1, at + 1);
    }
    survives(&(rules + "[[figure]]\nid = \"f60\"\nformula = \"total\"\n"), &with_facts(5, "\"days\": 1")).unwrap();
    let rules = category("") + "[[derive]]\nfrom = [\"甲\"]\nevery = \"1\"\nmakes = \"甲\"\n";
    survives(&rules, &with_facts(50, "\"days\": 1")).unwrap();
    let rules = category("")
        + "[[requirement]]\nid = \"a\"\nof = \"total\"\nmin = { formula = \"required('b')\" }\n[[requirement]]\nid = \"b\"\nof = \"total\"\nmin = { formula = \"required('a')\" }\n";
    survives(&rules, &with_facts(5, "\"days\": 1")).unwrap();
}

#[test]
fn counts_beyond_reason_are_survived() {
    let derive = category("")
        + "[[category]]\nid = \"乙\"\n  [[category.award]]\n  credit = \"-1\"\n[[derive]]\nfrom = [\"甲\"]\nof = \"days\"\nevery = \"1/1000000\"\nmakes = \"乙\"\n";
    survives(&derive, &with_facts(20, "\"days\": 1000000000, \"count\": 1000000")).unwrap();
    survives(&category("spread = 4000000"), &with_facts(20, "\"days\": 1")).unwrap();
    survives(&(category("") + "[[inactive]]\nid = \"i\"\nwithout = [\"甲\"]\ndays = 1\ncredit = \"-1\"\n"), &with_facts(2, "\"days\": 1"))
        .unwrap();
    for period in [
        "kind = \"day\"",
        "kind = \"month\"",
        "kind = \"lifetime\"",
        "kind = \"span\"",
        "kind = \"block\"\nyears = 20\nfrom = \"1900\"",
        "kind = \"window\"\nmonths = 1\nfrom = \"person.registered_on\"",
    ] {
        let rules = format!(
            "{HEAD}[period]\n{period}\n[[category]]\nid = \"甲\"\n  [[category.award]]\n  credit = \"1\"\n[[inactive]]\nid = \"i\"\nwithout = [\"甲\"]\ndays = 30\ncredit = \"-1\"\n[[requirement]]\nid = \"r\"\nof = \"total\"\nmin = \"1\"\nper = \"month\"\n"
        );
        let facts = "{ \"person\": { \"registered_on\": \"1900-01-01\", \"rank\": [{ \"until\": \"1950-01-01\", \"value\": \"a\" }, { \"from\": \"1950-01-02\", \"value\": \"b\" }] }, \"activities\": [ { \"type\": \"甲\", \"date\": \"1900-01-01\" }, { \"type\": \"甲\", \"date\": \"2200-12-31\" } ] }";
        survives(&rules, facts).unwrap();
        survives(&rules, &facts.replace("2200-12-31", "1900-01-01\", \"until\": \"2200-12-31")).unwrap();
    }
}

#[test]
fn spans_beyond_the_calendar_are_survived() {
    let far = 4_000_000_000u32;
    let rules = category("")
        + &format!("[[obligation]]\nid = \"o\"\nlabel = \"o\"\nfor = [\"甲\"]\ndue = {{ months = {far} }}\ndone = [\"乙\"]\n")
        + &format!("[[obligation]]\nid = \"p\"\nlabel = \"p\"\nfor = [\"甲\"]\ndue = {{ days = {far} }}\ndone = [\"乙\"]\n")
        + &format!("[[requirement]]\nid = \"r\"\nof = \"total\"\nmin = \"1\"\nwithin = {{ after = \"person.rank_on\", months = {far} }}\n")
        + &format!(
            "[[cycle]]\nid = \"c\"\nkind = \"rolling\"\nyears = {far}\n[[streak]]\nid = \"s\"\nlabel = \"s\"\nwhen = \"total < 1\"\nlength = {far}\n"
        );
    survives(&rules, &with_facts(10, "\"days\": 1")).unwrap();
    for less in [100u32, 3000] {
        let rules = rules.replace(&far.to_string(), &less.to_string());
        survives(&rules, &with_facts(10, "\"days\": 1").replace("\"person\": {}", "\"person\": { \"rank_on\": \"2190-01-31\" }")).unwrap();
    }
}

#[test]
fn large_files_are_survived() {
    let mut rules = HEAD.to_owned();
    for at in 0..120 {
        rules += &format!(
            "[[category]]\nid = \"类{at}\"\ntypes = [\"*\"]\nwhen = \"days > {at} and minutes >= 5\"\n  [[category.award]]\n  credit = \"1\"\n[[cap]]\non = [\"类{at}\"]\nper = \"month\"\nmax = \"3\"\n"
        );
    }
    survives(&rules, &with_facts(1500, "\"days\": 3, \"minutes\": 4")).unwrap();
    let long = "名".repeat(20_000);
    survives(&category("").replace("甲", &long), &with_facts(3, "\"days\": 1").replace("甲", &long)).unwrap();
    let sum = vec!["days"; 4000].join(" + ");
    survives(&format!("{HEAD}[[category]]\nid = \"甲\"\n  [[category.award]]\n  formula = \"{sum}\"\n"), &with_facts(50, "\"days\": 1"))
        .unwrap();
    for open in ["(", "not ", "-", "if(a, ", "min("] {
        let deep = format!("{}days", open.repeat(20_000));
        survives(
            &format!("{HEAD}[[category]]\nid = \"甲\"\n  [[category.award]]\n  formula = \"{deep}\"\n"),
            &with_facts(1, "\"days\": 1"),
        )
        .unwrap();
    }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        survives(&category(""), &with_facts(1, &format!("\"days\": {deep}"))).unwrap();
        survives(&format!("{HEAD}x = {}", deep.replace(':', "=")), &with_facts(1, "\"days\": 1")).unwrap();
    }
}
