//! Published rule sets as rule files, against results worked out by hand:
//! the 75 worked cases, the presets that the program ships, and a dozen more.

mod rule_cases {
    pub mod cases;
    pub mod expectations;
    pub mod facts;
    pub mod observe;
    pub mod prose;
    pub mod run;
}

use std::{collections::BTreeSet, fs};

use rule_cases::{
    cases,
    prose::Prose,
    run::{Run, by_hand, compare, root, rule_text},
};
use serde_json::json;
use xueji_domain::rules::{file::Code, inspect};

/// The names of the files of a folder that end so.
fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(ending).map(str::to_owned)).collect()
}

fn assert_no(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} differ:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn every_worked_case_comes_out_as_by_hand() {
    let prose = Prose::read();
    let cases = cases::all();
    let mut complaints: Vec<String> = cases.iter().flat_map(|(group, case)| cases::check(&prose, group, case)).collect();
    complaints.extend(prose.unused());
    assert_no(&complaints);
    assert_eq!(cases.len(), 75);
}

/// An expectation that nobody compares could say anything.
#[test]
fn no_expectation_of_the_cases_can_be_changed_unnoticed() {
    let prose = Prose::read();
    let mut unnoticed = Vec::new();
    for (group, case) in cases::all() {
        for (place, other) in cases::spoiled(&case) {
            // These are what was recorded, and count for nothing beside the best.
            if case["id"] == "S5-C1" && place.ends_with("/expect_raw") {
                continue;
            }
            // A wording that the table does not know panics: noticed as well.
            let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| cases::check(&prose, &group, &other)));
            if checked.is_ok_and(|complaints| complaints.is_empty()) {
                unnoticed.push(format!("{} {place}", case["id"]));
            }
        }
    }
    assert_no(&unnoticed);
}

/// What a document leaves to ask is no fault of its file; neither are the
/// bands that two documents leave open or state twice over.
const LEFT_OPEN: [(&str, Code); 2] = [("A7", Code::BandsGap), ("R28", Code::BandsOverlap)];

#[test]
fn every_rule_file_is_read_without_findings() {
    let mut complaints = Vec::new();
    for folder in ["tests/fixtures/rules/cases", "tests/fixtures/rules/more", "assets/presets/rules"] {
        for name in names(folder, ".toml") {
            let reading = inspect(&rule_text(&name).unwrap_or_default(), &rule_text);
            let known = |code| code == Code::OptionUndecided || LEFT_OPEN.contains(&(name.as_str(), code));
            complaints
                .extend(reading.findings.iter().filter(|finding| !known(finding.code)).map(|finding| format!("{name}.toml: {finding:?}")));
        }
    }
    assert_no(&complaints);
    // The table that a new book begins with leaves nothing to ask.
    assert_eq!(inspect(&rule_text("weihai-example").unwrap(), &rule_text).findings, []);
}

#[test]
fn every_preset_says_where_it_is_from_and_that_it_is_an_example() {
    for name in names("assets/presets/rules", ".toml") {
        let head = rule_cases::run::rules(&name).head;
        let stated = [&head.version, &head.issuer, &head.document, &head.source, &head.note];
        assert!(head.example && stated.iter().all(|item| item.is_some()), "{name}");
        assert_eq!(head.id, name);
    }
}

/// In a book a credit can be entered by hand for any category.
#[test]
fn a_credit_entered_by_hand_is_taken_by_its_category_in_every_preset() {
    for name in names("assets/presets/rules", ".toml") {
        let rules = rule_cases::run::rules(&name);
        for category in &rules.categories {
            let facts = json!({ "period": "2025", "person": { "tier": "科级", "party_status": "中共党员" }, "activities": [
                { "id": "m", "type": category.id, "record": "manual", "date": "2025-05-01", "credits": "1.25", "approved": true, "evidence": category.evidence } ] });
            let run = Run::of("", &rules, &facts);
            let mut complaints = Vec::new();
            compare(&run, "raw m", &json!("1.25"), &mut complaints);
            compare(&run, &format!("category {}", category.id), &json!("1.25"), &mut complaints);
            assert_no(&complaints);
        }
    }
}

#[test]
fn every_preset_gives_what_was_worked_out_by_hand() {
    let mut complaints = Vec::new();
    let presets = names("assets/presets/rules", ".toml");
    assert_eq!(presets, names("tests/fixtures/rules/presets", ".json"));
    for name in &presets {
        let cases = by_hand(&format!("tests/fixtures/rules/presets/{name}.json"), name, &mut complaints);
        assert!(cases >= 3, "{name} has {cases} cases");
    }
    assert_no(&complaints);
}

#[test]
fn more_published_rule_sets_give_what_was_worked_out_by_hand() {
    let mut complaints = Vec::new();
    let files = names("tests/fixtures/rules/more", ".json");
    assert!(files.len() >= 12, "{files:?}");
    for name in &files {
        by_hand(&format!("tests/fixtures/rules/more/{name}.json"), name, &mut complaints);
    }
    assert_no(&complaints);
}
