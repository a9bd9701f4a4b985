//! One minimal file for every finding. `‸` marks the place where it is to be
//! found, and is taken out before the file is read.

use std::collections::BTreeSet;

use super::{super::file::CODES, *};

const HEAD: &str = "id = \"某\"\nname = \"某办法\"\nunit = \"分\"\n";
/// A category that awards something, so that nothing else is found.
const PLAIN: &str = "[[category]]\nid = \"党课\"\n[[category.award]]\ncredit = 1\n";

fn no_parent(_: &str) -> Option<String> {
    None
}

/// The text without its mark, and the mark's line and column.
fn marked(text: &str) -> (String, (u32, u32)) {
    let (before, after) = text.split_once('‸').unwrap();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    (format!("{before}{after}"), (line as u32, column as u32))
}

/// What is found beside the options that are left to ask.
fn found(text: &str, parents: &dyn Fn(&str) -> Option<String>) -> Vec<(&'static str, (u32, u32))> {
    let findings = inspect(text, parents).findings;
    let told = findings.into_iter().filter(|finding| finding.code != Code::OptionUndecided);
    told.map(|finding| (finding.code.code(), (finding.line, finding.column))).collect()
}

/// Findings of the outermost table, and of files that are not TOML: whole
/// files.
const WHOLE: &[(&str, &str)] = &[
    ("syntax_end", "id = \"某\"\nname = \"某办法\"\nunit = \"分\"\n[options‸\n"),
    ("syntax", "id = \"某\"\nname = \"某办法\"\nunit = \"分\" ‸x\n"),
    ("syntax_unquoted", "id = \"某\"\nname = \"某办法\"\nunit = ‸分\n"),
    ("duplicate_key", "id = \"某\"\nname = \"某办法\"\nunit = \"分\"\n‸unit = \"时\"\n"),
    ("missing_key", "‸id = \"某\"\nname = \"某办法\"\n"),
    ("unknown_key", "id = \"某\"\nname = \"某办法\"\nunit = \"分\"\n‸\"别的\" = 1\n"),
    (
        "effective_reversed",
        "id = \"某\"\nname = \"某办法\"\nunit = \"分\"\neffective_from = \"2025-01-02\"\neffective_until = ‸\"2025-01-01\"\n",
    ),
    ("remove_without_parent", "id = \"某\"\nname = \"某办法\"\nunit = \"分\"\nremove = ‸[\"cap/一\"]\n"),
    ("parent_unknown", "id = \"某\"\nname = \"某办法\"\nunit = \"分\"\nparent = ‸\"省\"\n"),
    ("parent_circle", "id = \"某\"\nname = \"某办法\"\nunit = \"分\"\nparent = ‸\"某\"\n"),
    ("not_a_date", "id = \"某\"\nname = \"某办法\"\nunit = \"分\"\neffective_from = ‸\"2025-02-30\"\n"),
    ("text_too_long", "id = ‸\"@\"\nname = \"某办法\"\nunit = \"分\"\n"),
    ("empty", "id = \"某\"\nname = ‸\" \"\nunit = \"分\"\n"),
];

/// Findings in the tables: what follows the head.
const TABLES: &[(&str, &str)] = &[
    ("unknown_table", "[[‸\"什么\"]]\nid = \"一\"\n"),
    ("unknown_table_near", "[[‸catgory]]\nid = \"一\"\n"),
    ("unknown_key_near", "[[category]]\nid = \"党课\"\n‸bukket = \"必修\"\n[[category.award]]\ncredit = 1\n"),
    ("unknown_key", "[[category]]\nid = \"党课\"\n‸\"字数\" = 1\n[[category.award]]\ncredit = 1\n"),
    ("head_key_misplaced", "[options]\n‸issuer = \"某局\"\n"),
    ("table_not_list", "[‸bucket]\nid = \"必修\"\n"),
    ("list_not_table", "‸[[period]]\nkind = \"month\"\n"),
    ("missing_key", "‸[[category]]\nlabel = \"党课\"\n[[category.award]]\ncredit = 1\n"),
    ("missing_one_of", "[[category]]\nid = \"党课\"\n‸[[category.award]]\nwhen = \"count > 1\"\n"),
    ("wrong_type", "[[category]]\nid = \"党课\"\napproval = ‸\"是\"\n[[category.award]]\ncredit = 1\n"),
    ("decimal_not_quoted", "[[category]]\nid = \"党课\"\n[[category.award]]\ncredit = ‸0.5\n"),
    ("not_a_number", "[[category]]\nid = \"党课\"\n[[category.award]]\ncredit = ‸\"五分\"\n"),
    ("number_too_large", "[[category]]\nid = \"党课\"\n[[category.award]]\ncredit = ‸1_000_000_001\n"),
    ("number_too_fine", "[[category]]\nid = \"党课\"\n[[category.award]]\ncredit = ‸\"0.0000001\"\n"),
    ("out_of_range", "[[category]]\nid = \"党课\"\n[[category.award]]\nof = \"days\"\nper = ‸\"0\"\ncredit = 1\n"),
    ("out_of_range", "[period]\nstart = ‸\"02-29\"\n"),
    ("bad_choice", "[period]\nkind = ‸\"decade\"\n"),
    ("empty", "[[category]]\nid = \"党课\"\ntypes = ‸[]\n[[category.award]]\ncredit = 1\n"),
    ("dates_reversed", "[period]\nkind = \"span\"\nfrom = \"2025-01-02\"\nto = ‸\"2025-01-01\"\n"),
    ("conflict", "[[category]]\nid = \"党课\"\n[[category.award]]\ncredit = 1\n‸formula = \"days\"\n"),
    ("key_needs", "[[category]]\nid = \"党课\"\n[[category.award]]\ncredit = 1\n‸per = 3\n"),
    ("reading_malformed", "[[category]]\nid = \"党课\"\nreading = ‸\"甲\"\n[[category.award]]\ncredit = 1\n"),
    ("readings_too_few", "‸[[open]]\nid = \"甲\"\nquestion = \"？\"\n[[open.reading]]\nid = \"一\"\n"),
    (
        "band_empty",
        "[[category]]\nid = \"党课\"\n[[category.award]]\ncredit = { by = \"days\", bands = [‸{ over = 3, to = 3, credit = 1 }] }\n",
    ),
    (
        "shares_not_one",
        "[[indicator]]\nid = \"读书\"\nmax = 10\nscore = { by = [\"甲\", \"乙\"], use = ‸{ \"甲\" = \"0.4\", \"乙\" = \"0.5\" } }\n",
    ),
    ("rolling_period", "[period]\nkind = ‸\"rolling\"\nyears = 5\n"),
    ("expression_empty", "[[quantity]]\nid = \"量\"\nformula = \"‸\"\n"),
    ("expression_too_long", "[[quantity]]\nid = \"量\"\nformula = \"@‸b\"\n"),
    ("expression_unknown_character", "[[quantity]]\nid = \"量\"\nformula = \"days + ‸# 1\"\n"),
    ("expression_unclosed_text", "[[quantity]]\nid = \"量\"\nformula = \"level = ‸'省级\"\n"),
    ("expression_unclosed_bracket", "[[quantity]]\nid = \"量\"\nformula = \"2 * ‸(days + 1\"\n"),
    ("expression_number_too_long", "[[quantity]]\nid = \"量\"\nformula = \"字数 + ‸1234567890123456789012345678901234567890\"\n"),
    ("expression_unexpected", "[[quantity]]\nid = \"量\"\nformula = \"days ‸hours\"\n"),
    ("expression_unfinished", "[[quantity]]\nid = \"量\"\nformula = \"days +‸\"\n"),
    ("expression_list_wanted", "[[quantity]]\nid = \"量\"\nformula = '''level in ‸'省级' '''\n"),
    ("expression_unknown_prefix", "[[quantity]]\nid = \"量\"\nformula = \"days + ‸人员.级别\"\n"),
    ("expression_dots_in_name", "[[quantity]]\nid = \"量\"\nformula = \"‸earlier.total.x\"\n"),
    ("expression_word_in_name", "[[quantity]]\nid = \"量\"\nformula = \"‸甲且乙\"\n"),
    ("expression_unknown_function", "[[quantity]]\nid = \"量\"\nformula = \"‸开方(days)\"\n"),
    ("expression_argument_count", "[[quantity]]\nid = \"量\"\nformula = \"‸floor(days, 2)\"\n"),
    ("expression_text_wanted", "[[requirement]]\nid = \"量\"\nof = \"raw(‸1)\"\nmin = 1\n"),
    // An escape in TOML is one character of the expression.
    ("expression_unknown_character", "[[quantity]]\nid = \"量\"\nformula = \"\\u5b57\\t+ ‸# 1\"\n"),
    (
        "bucket_missing",
        "[[bucket]]\nid = \"必修\"\n[[category]]\nid = \"党课\"\nbucket = \"必修\"\nelse = 0\n‸[[category]]\nid = \"其他\"\nelse = 0\n",
    ),
    ("duplicate_id", "[[category]]\nid = \"党课\"\nelse = 0\n[[category]]\nid = ‸\"党课\"\ntypes = [\"课\"]\nelse = 0\n"),
    (
        "duplicate_id",
        "[[requirement]]\nid = \"量\"\nof = \"total\"\nmin = 1\nwho = \"person.a\"\n[[requirement]]\nid = ‸\"量\"\nof = \"total\"\nmin = 2\n",
    ),
    ("unknown_reference", "[[category]]\nid = \"党课\"\nelse = 0\n[[cap]]\non = [\"党课\", ‸\"zzz\"]\nmax = 1\n"),
    ("unknown_reference", "[[category]]\nid = \"党课\"\nelse = 0\n[[cap]]\non = [\"党课\"]\nper = ‸\"五年\"\nmax = 1\n"),
    ("unknown_reference", "[[category]]\nid = \"党课\"\nelse = 0\nreading = ‸\"甲/乙\"\n"),
    ("unknown_reference", "[choices]\n‸\"甲\" = \"乙\"\n"),
    ("unknown_reference_near", "[[category]]\nid = \"网络课程\"\nelse = 0\n[[cap]]\non = ‸\"网路课程\"\nmax = 1\n"),
    (
        "unknown_reference_near",
        "[[category]]\nid = \"网络课程\"\nelse = 0\n[[requirement]]\nid = \"量\"\nof = \"1 + ‸count('网络课')\"\nmin = 1\n",
    ),
    ("unknown_name", "[[requirement]]\nid = \"量\"\nof = \"total + ‸什么\"\nmin = 1\n"),
    ("unknown_name_near", "[[requirement]]\nid = \"量\"\nof = \"1 + ‸totl\"\nmin = 1\n"),
    ("unknown_name_near", "[[requirement]]\nid = \"量\"\nof = \"‸earlier.totl\"\nmin = 1\n"),
    ("function_not_here", "[[quantity]]\nid = \"量\"\nformula = \"1 + ‸count('党课')\"\n"),
    ("function_not_here", "[[figure]]\nid = \"数\"\nformula = \"1 + ‸members()\"\n"),
    ("name_not_of_person", "[[requirement]]\nid = \"量\"\nof = \"total\"\nmin = 1\nwho = \"person.a and ‸rank = '处级'\"\n"),
    ("reserved_name", "[[bucket]]\nid = ‸\"total\"\n[[category]]\nid = \"党课\"\nbucket = \"total\"\nelse = 0\n"),
    ("circular", "‸[[figure]]\nid = \"甲\"\nformula = \"乙 + 1\"\n[[figure]]\nid = \"乙\"\nformula = \"甲 + 1\"\n"),
    ("circular", "‸[[quantity]]\nid = \"甲\"\nformula = \"甲 + 1\"\n"),
    ("circular", "[[indicator]]\nid = \"读书\"\nmax = 10\nformula = \"甲\"\n‸[[figure]]\nid = \"甲\"\nformula = \"score * 2\"\n"),
    ("limits_cross", "[[requirement]]\nid = \"量\"\nof = \"total\"\nmin = ‸5\nmax = 4\n"),
    ("choice_unknown", "[choices]\n\"options.change\" = ‸\"middle\"\n"),
    ("choice_not_a_number", "[choices]\n\"value:a1\" = ‸\"五\"\n"),
    ("grade_without_table", "[[veto]]\nid = \"否决\"\nwhen = \"total < 1\"\ngrade = ‸\"不合格\"\n"),
    ("name_clash", "[[bucket]]\nid = \"党课\"\n[[category]]\nid = ‸\"党课\"\nbucket = \"党课\"\nelse = 0\n"),
    ("question_unused", "[[open]]\nid = ‸\"甲\"\nquestion = \"？\"\n[[open.reading]]\nid = \"一\"\n[[open.reading]]\nid = \"二\"\n"),
    (
        "bands_overlap",
        "[[category]]\nid = \"党课\"\n[[category.award]]\ncredit = { by = \"days\", bands = [\n  { to = 20, credit = 1 },\n  ‸{ from = 20, credit = 2 },\n] }\n",
    ),
    (
        "bands_gap",
        "[[category]]\nid = \"党课\"\n[[category.award]]\ncredit = { by = \"days\", bands = [\n  { to = 15, credit = 1 },\n  ‸{ from = 16, credit = 2 },\n] }\n",
    ),
    (
        "table_key_parts",
        "[[requirement]]\nid = \"量\"\nof = \"total\"\nmin = ‸{ by = [\"person.a\", \"person.b\"], table = { \"甲/乙\" = 1, \"甲\" = 2 } }\n",
    ),
    ("grade_twice", "[[grade]]\nof = \"total\"\nbands = [\n  { from = 2, name = \"好\" },\n  ‸{ under = 2, name = \"好\" },\n]\n"),
    ("award_unreachable", "[[category]]\nid = \"党课\"\n[[category.award]]\ncredit = 1\n‸[[category.award]]\ncredit = 2\n"),
    ("award_missing", "‸[[category]]\nid = \"党课\"\n"),
    ("category_unreachable", "[[category]]\nid = \"党课\"\nelse = 0\n‸[[category]]\nid = \"课\"\ntypes = [\"党课\"]\nelse = 0\n"),
    ("category_unreachable", "[[category]]\nid = \"全部\"\ntypes = [\"*\"]\nelse = 0\n‸[[category]]\nid = \"党课\"\nelse = 0\n"),
    ("type_taken", "[[category]]\nid = \"党课\"\nelse = 0\n[[category]]\nid = \"课\"\ntypes = [\"讲座\", ‸\"党课\"]\nelse = 0\n"),
    (
        "requirement_unreachable",
        "[[category]]\nid = \"党课\"\nelse = 0\n[[cap]]\non = \"党课\"\nmax = 20\n[[requirement]]\nid = \"量\"\nof = \"total\"\nmin = ‸21\n",
    ),
    ("bucket_unused", "[[bucket]]\nid = ‸\"必修\"\n"),
    (
        "name_near",
        "[[category]]\nid = \"党课\"\nwhen = \"‸chapters > 1\"\n[[category.award]]\nwhen = \"chapter > 2\"\ncredit = 1\n[[category.award]]\ncredit = { formula = \"chapter\" }\n",
    ),
];

#[test]
fn every_finding_stands_where_it_is_wrong() {
    let whole = WHOLE.iter().map(|(code, text)| (code, text.replace('@', &"长".repeat(101))));
    let tables = TABLES.iter().map(|(code, body)| (code, format!("{HEAD}{}", body.replace('@', &"a".repeat(4_000)))));
    let mut wrong = Vec::new();
    for (code, text) in whole.chain(tables) {
        let (text, place) = marked(&text);
        let found = found(&text, &no_parent);
        if found != [(*code, place)] {
            wrong.push(format!("{code} {place:?}, but found {found:?} in:\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_test() {
    // These are shown below, for they need long texts or parents.
    let below = [
        "file_too_large",
        "too_many",
        "too_many_findings",
        "expression_too_deep",
        "parent_too_deep",
        "parent_faulty",
        "remove_unknown",
        "option_undecided",
    ];
    let shown: BTreeSet<&str> = WHOLE.iter().chain(TABLES).map(|(code, _)| *code).chain(below).collect();
    assert_eq!(CODES.iter().copied().collect::<BTreeSet<_>>(), shown);
}

#[test]
fn files_larger_than_anybody_writes_are_refused() {
    assert_eq!(found(&" ".repeat(file::SIZE_LIMIT + 1), &no_parent), [("file_too_large", (1, 1))]);
    let buckets = "[[bucket]]\n".repeat(5_001);
    assert_eq!(found(&format!("{HEAD}{buckets}"), &no_parent), [("too_many", (4, 3))]);
    let faults = found(&format!("{HEAD}{}", "[[bucket]]\n".repeat(300)), &no_parent);
    assert_eq!((faults.len(), faults[200].0), (201, "too_many_findings"));
    let deep = format!("{HEAD}[[quantity]]\nid = \"量\"\nformula = \"{}1{}\"\n", "(".repeat(900), ")".repeat(900));
    assert_eq!(found(&deep, &no_parent).iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["expression_too_deep"]);
}

#[test]
fn what_is_wrong_with_a_parent_is_told_where_it_is_named() {
    let child = format!("{HEAD}parent = ‸\"省\"\n");
    let (text, place) = marked(&child);
    let faulty = |_: &str| Some("id = \"省\"\nname = \"省办法\"\nunit = 1\n".to_owned());
    assert_eq!(found(&text, &faulty), [("parent_faulty", place)]);
    let reading = inspect(&text, &faulty);
    assert_eq!(reading.findings[0].param("line"), Some("3"));
    let endless = |id: &str| Some(format!("id = \"{id}\"\nname = \"省\"\nunit = \"分\"\nparent = \"{id}省\"\n"));
    assert_eq!(found(&text, &endless), [("parent_faulty", place)]);
    let levels = |id: &str| {
        let level: u32 = id.parse().unwrap();
        Some(format!(
            "id = \"{id}\"\nname = \"省\"\nunit = \"分\"\n{}",
            if level < 9 { format!("parent = \"{}\"\n", level + 1) } else { String::new() }
        ))
    };
    let reading = inspect("id = \"1\"\nname = \"省\"\nunit = \"分\"\nparent = \"2\"\n", &levels);
    assert_eq!(reading.findings[0].param("code"), Some("parent_faulty"));
    // Eight generations are read: this one and seven above it.
    assert_eq!(found("id = \"2\"\nname = \"省\"\nunit = \"分\"\nparent = \"3\"\n", &levels), []);
    let (text, place) = marked(&format!("{HEAD}parent = \"省\"\nremove = [\"bucket/必修\", ‸\"bucket/没有\"]\n"));
    let parent = |_: &str| Some("id = \"省\"\nname = \"省办法\"\nunit = \"分\"\n[[bucket]]\nid = \"必修\"\n".to_owned());
    assert_eq!(found(&text, &parent), [("remove_unknown", place)]);
}

#[test]
fn a_finding_in_a_parent_names_the_parent() {
    let parent = |_: &str| Some("id = \"省\"\nname = \"省办法\"\nunit = \"分\"\n\n[[bucket]]\nid = \"必修\"\n".to_owned());
    let reading = inspect(&format!("{HEAD}parent = \"省\"\n"), &parent);
    let finding = &reading.findings[0];
    assert_eq!((finding.code, finding.line, finding.rule_set.as_deref()), (Code::BucketUnused, 5, Some("省办法")));
    assert!(reading.rule_set.is_some(), "a warning keeps no rule set back");
}

#[test]
fn only_options_that_decide_something_are_asked_about() {
    let hints = |body: &str| {
        let findings = inspect(&format!("{HEAD}{body}"), &no_parent).findings;
        let of = |finding: &Finding| finding.param("option").map(str::to_owned);
        findings.iter().filter(|finding| finding.code == Code::OptionUndecided).filter_map(of).collect::<Vec<_>>()
    };
    assert_eq!(hints(""), [""; 0]);
    assert_eq!(hints(PLAIN), ["split"]);
    let required = format!("{PLAIN}[[requirement]]\nid = \"量\"\nof = \"total\"\nmin = 1\n");
    assert_eq!(hints(&required), ["joined", "left", "leave", "split"]);
    let options = "[options]\njoined = \"full\"\nleft = \"full\"\nsplit = \"end\"\n[choices]\n\"options.leave\" = \"full\"\n";
    assert_eq!(hints(&format!("{options}{required}who = \"person.rank = '科级'\"\n")), ["change"]);
}

#[test]
fn what_is_certain_about_a_broken_file_is_still_told() {
    // Line 4 is broken; line 6 has a fault of its own, and both are told.
    let text = format!("{HEAD}kind = credits\n[options]\nchange = \"now\"\n");
    let codes: Vec<_> = found(&text, &no_parent);
    assert_eq!(codes[0].1.0, 4);
    assert_eq!(codes.last(), Some(&("bad_choice", (6, 10))));
}

#[test]
fn the_published_json_of_a_finding() {
    let reading = inspect("id = \"某\"\nname = \"某\"\nunit = \"分\"\nkimd = \"credits\"\n", &no_parent);
    let json = serde_json::to_value(&reading.findings).unwrap();
    let expected = serde_json::json!([{
        "code": "unknown_key_near", "severity": "error", "line": 4, "column": 1,
        "params": { "table": "root", "key": "kimd", "near": "kind" },
    }]);
    assert_eq!(json, expected);
}
