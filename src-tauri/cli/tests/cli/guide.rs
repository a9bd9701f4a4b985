//! The guide to rule files and facts files, word by word: every file that
//! stands there is given to the program as it stands, and every command is
//! typed.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use serde_json::Value;

use crate::support::{each, program, ran, text};

const GUIDE: &str = include_str!("../../../../assets/guide/rules.md");

/// The blocks of the guide in a language, in order.
pub fn blocks(language: &str) -> Vec<String> {
    let start = format!("```{language}\n");
    let block = |rest: &str| rest.split("\n```").next().map(|block| format!("{block}\n"));
    GUIDE.split(&start).skip(1).filter_map(block).collect()
}

/// The rule sets that stand there whole.
fn whole_rules() -> Vec<String> {
    blocks("toml").into_iter().filter(|block| block.starts_with("id = ")).collect()
}

fn done(command: &mut Command) -> String {
    let ran = ran(command);
    assert_eq!(ran.status, 0, "{ran:?}");
    ran.out
}

/// A folder with the guide's files under the names that it gives them.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = whole_rules();
    let facts = blocks("json");
    let choices = blocks("toml").into_iter().find(|block| block.starts_with("[choices]")).expect("the choice");
    let write = |name: &str, content: &str| fs::write(folder.path().join(name), content).expect("a file");
    write("规则.toml", &rules[0]);
    write("事实.json", &facts[0]);
    write("某县.toml", &rules[1]);
    write("李某.json", facts.iter().find(|block| block.contains("李某")).expect("the facts"));
    write("已定.toml", &format!("{}\n{choices}", rules[1]));
    // The slip that the guide makes on purpose.
    let line = rules[1].lines().nth(25).expect("line 26");
    assert!(line.starts_with("evidence = "), "{line}");
    write("写错.toml", &rules[1].replace(line, &line.replace("evidence", "evidance")));
    folder
}

#[test]
fn the_first_example_gives_what_the_guide_says() {
    let folder = folder();
    let asked = |json: bool| {
        let mut command = program();
        command.current_dir(&folder).args(["rules", "try", "规则.toml", "--facts", "事实.json"]);
        if json {
            command.arg("--json");
        }
        done(&mut command)
    };
    let result: Value = serde_json::from_str(&asked(true)).expect("JSON");
    let period = &result["people"][0]["periods"][0];
    let counted: Vec<(&str, &str)> = each(&period["entries"]).map(|entry| (text(&entry["fact"]), text(&entry["counted"]))).collect();
    assert_eq!(counted, [("a1", "30"), ("a2", "2"), ("a3", "0")]);
    assert_eq!((text(&period["total"]), text(&period["verdict"]), text(&period["buckets"]["必修"])), ("32", "fail", "30"));
    assert_eq!(text(&period["requirements"][0]["shortfall"]), "8");
    assert_eq!(period["requirements"][1]["passed"], true);
    let words = asked(false);
    for part in ["合计 32 学时，未达标", "播放不足 90%", "差 8 学时"] {
        assert!(words.contains(part), "{part} in:\n{words}");
    }
}

/// A line of dots stands for any lines.
fn assert_alike(shown: &str, out: &str, command: &str) {
    let mut rest = out;
    for (number, part) in shown.split("……\n").enumerate() {
        let at = if number == 0 { rest.starts_with(part).then_some(0) } else { rest.find(part) };
        let at = at.unwrap_or_else(|| panic!("{command} in the guide:\n{part}\nbut it says:\n{rest}"));
        rest = &rest[at + part.len()..];
    }
    assert_eq!(rest, "", "{command}");
}

#[test]
fn every_command_of_the_guide_says_what_stands_there() {
    let folder = folder();
    let shown: Vec<String> = blocks("text").into_iter().filter(|block| block.starts_with("$ ")).collect();
    assert!(shown.len() >= 4, "{}", shown.len());
    for block in &shown {
        let (line, said) = block.split_once('\n').expect("a command and what it says");
        let words: Vec<&str> = line.split_whitespace().skip(2).collect();
        let ran = ran(program().current_dir(&folder).args(&words));
        assert_eq!(ran.status, i32::from(line.contains("写错")), "{line}: {ran:?}");
        assert_alike(said, &(ran.out + &ran.err), line);
    }
}

/// The other way to decide that the guide names comes to the same.
#[test]
fn a_decision_in_the_facts_is_as_good_as_one_in_the_rules() {
    let folder = folder();
    let at = GUIDE.find("\"decisions\": [ { \"question\": \"网络上限\"").expect("the decision");
    let decision = &GUIDE[at..at + GUIDE[at..].find('`').expect("its end")];
    let facts = fs::read_to_string(folder.path().join("李某.json")).expect("the facts");
    fs::write(folder.path().join("定了.json"), facts.replacen('{', &format!("{{ {decision},"), 1)).expect("a file");
    let total = |rules: &str, facts: &str| {
        let out = done(program().current_dir(&folder).args(["--json", "rules", "try", rules, "--facts", facts]));
        let result: Value = serde_json::from_str(&out).expect("JSON");
        (result["people"][0]["total"].clone(), result["people"][0]["verdict"].clone())
    };
    assert_eq!(total("某县.toml", "定了.json"), total("已定.toml", "李某.json"));
    assert_eq!(total("某县.toml", "定了.json"), (Value::from("49"), Value::from("fail")));
}

/// Of options that a document leaves open, the checker only reminds.
#[test]
fn every_whole_rule_set_of_the_guide_is_without_findings() {
    let folder = tempfile::tempdir().expect("a folder");
    for (number, rules) in whole_rules().iter().enumerate() {
        assert_clean(folder.path(), &number.to_string(), rules);
    }
}

/// Parts of rule files, put where they belong.
#[test]
fn every_part_of_a_rule_set_in_the_guide_is_without_findings() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = "id = \"x\"\nname = \"例\"\nunit = \"学分\"\n";
    let category =
        |id: &str| format!("[[category]]\nid = \"{id}\"\n  [[category.award]]\n  of = \"days\"\n  credit = \"8\"\n  round = \"exact\"\n");
    let parts: Vec<String> =
        blocks("toml").into_iter().filter(|block| !block.starts_with("id = ") && !block.starts_with("[choices]")).collect();
    for (number, part) in parts.iter().enumerate() {
        let rules = if part.starts_with("[[open]]") {
            format!("{head}{}{part}", category("外地培训"))
        } else {
            let mut rules = head.to_owned();
            for (at, value) in values(part).iter().enumerate() {
                let (key, _) = value.split_once(" = ").expect("a value");
                rules += &match key {
                    "max" => format!("{}[[cap]]\non = [\"类{at}\"]\n{value}", category(&format!("类{at}"))),
                    "min" => format!("[[requirement]]\nid = \"要求{at}\"\nof = \"total\"\n{value}"),
                    "credit" => format!("[[category]]\nid = \"类{at}\"\n  [[category.award]]\n  {value}"),
                    other => panic!("nobody knows where {other} belongs"),
                };
            }
            rules
        };
        assert_clean(folder.path(), &number.to_string(), &rules);
    }
    assert!(parts.len() >= 2, "{}", parts.len());
}

/// `key = value` at a time, with the lines that go on within brackets.
fn values(part: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for line in part.lines() {
        match values.last_mut() {
            Some(last) if line.starts_with([' ', ']']) => *last += &format!("{line}\n"),
            _ => values.push(format!("{line}\n")),
        }
    }
    values
}

fn assert_clean(folder: &Path, name: &str, rules: &str) {
    let file = folder.join(format!("{name}.toml"));
    fs::write(&file, rules).expect("a file");
    let checked: Value = serde_json::from_str(&done(program().args(["--json", "rules", "check"]).arg(&file))).expect("JSON");
    let findings: Vec<&Value> = each(&checked["findings"]).filter(|finding| finding["code"] != "option_undecided").collect();
    assert!(findings.is_empty(), "{findings:#?} in:\n{rules}");
}

/// Section 8 is a facts file with everything in it.
#[test]
fn the_facts_of_the_guide_are_read() {
    let folder = folder();
    let facts = blocks("json").into_iter().find(|block| block.contains("\"as_of\"")).expect("the facts");
    fs::write(folder.path().join("全.json"), facts).expect("a file");
    let result: Value =
        serde_json::from_str(&done(program().current_dir(&folder).args(["--json", "rules", "try", "规则.toml", "--facts", "全.json"])))
            .expect("JSON");
    assert_eq!(result["people"][0]["id"], "p1");
}

/// Section 9 names what the result has: nothing more, and all of it.
#[test]
fn the_result_has_the_names_that_the_guide_gives() {
    let folder = folder();
    let shown = blocks("json").into_iter().find(|block| block.contains("\"undecided\"")).expect("the result");
    let shown: Value = serde_json::from_str(&shown).expect("JSON");
    let asked = |rules: &str, facts: &str| -> Value {
        let out = done(program().current_dir(&folder).args(["--json", "rules", "try", rules, "--facts", facts]));
        serde_json::from_str(&out).expect("JSON")
    };
    let found = asked("规则.toml", "事实.json");
    let names = |value: &Value| -> BTreeSet<String> { value.as_object().expect("an object").keys().cloned().collect() };
    for place in ["", "/rules", "/people/0", "/people/0/periods/0", "/people/0/state", "/unit"] {
        let at = |value: &Value| names(value.pointer(place).unwrap_or_else(|| panic!("{place}")));
        assert_eq!(at(&shown), at(&found), "{place}");
    }
    // Here the program gives what the text around the example describes, too.
    for place in ["/people/0/periods/0/entries/0", "/people/0/periods/0/entries/0/steps/0", "/people/0/periods/0/requirements/0"] {
        let at = |value: &Value| names(value.pointer(place).unwrap_or_else(|| panic!("{place}")));
        assert!(at(&shown).is_subset(&at(&found)), "{place}: {:?} {:?}", at(&shown), at(&found));
    }
    let open = asked("某县.toml", "李某.json");
    for place in ["/questions/0", "/questions/0/readings/0", "/undecided/0", "/outcomes/0"] {
        let at = |value: &Value| names(value.pointer(place).unwrap_or_else(|| panic!("{place}")));
        assert!(at(&shown).is_subset(&at(&open)), "{place}");
    }
}
