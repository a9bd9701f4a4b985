//! Tests of the reader.

use super::*;

fn guide(from: &str) -> String {
    let guide = include_str!("../../../../../../assets/guide/rules.md");
    let at = guide.find(from).unwrap();
    let text = &guide[at + guide[at..].find("```toml\n").unwrap() + 8..];
    text[..text.find("```").unwrap()].to_owned()
}

#[test]
fn the_guides_example_reads_without_findings() {
    let reading = read(&guide("## 1 最短的例子"), &|_| None);
    assert_eq!(reading.findings, []);
    let rules = reading.rule_set.unwrap();
    assert_eq!(rules.categories.len(), 2);
}
