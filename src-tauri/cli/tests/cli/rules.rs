//! `rules`: right files, wrong files, files that mean harm, and a book.

use std::{
    fs,
    io::{Read, Write},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    guide::blocks,
    support::{Desk, Ran, each, fixture, program, ran, text},
};

const BARE: &str = "id = \"x\"\nname = \"例\"\nunit = \"学分\"\n";
const ONE_CATEGORY: &str = "[[category]]\nid = \"党课\"\n  [[category.award]]\n  of = \"hours\"\n  credit = \"1\"\n  round = \"exact\"\n";

/// Without any book.
fn rules(arguments: &[&str]) -> Ran {
    ran(program().arg("rules").args(arguments))
}

/// With something on the input stream.
fn fed(arguments: &[&str], input: &str) -> Ran {
    let mut child = program()
        .arg("rules")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("a stream").write_all(input.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("an end");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

fn tried(desk: &Desk, rules_text: &str, facts: &str) -> Ran {
    let (rules_file, facts_file) = (desk.file("规则.toml", rules_text.as_bytes()), desk.file("事实.json", facts.as_bytes()));
    rules(&["try", &rules_file, "--facts", &facts_file])
}

#[test]
fn presets_are_listed_and_shown_without_a_book() {
    let listed = rules(&["--json", "list"]).json();
    let keys: Vec<&str> = each(&listed["sets"]).map(|set| text(&set["key"])).collect();
    for key in ["weihai-example", "nanjing-2010", "party-32-56", "cadre-90-550"] {
        assert!(keys.contains(&key), "{keys:?}");
        let shown = rules(&["show", key]);
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/presets/rules/");
        assert_eq!((shown.status, shown.out), (0, fs::read_to_string(format!("{path}{key}.toml")).expect("the preset")));
    }
    let unknown = rules(&["--json", "show", "nanjing"]);
    assert_eq!((unknown.status, unknown.code().as_str()), (1, "rules_unknown"));
    assert!(unknown.err.contains("nanjing-2010"), "{}", unknown.err);
}

/// What is shown can be checked and tried again.
#[test]
fn every_preset_passes_the_check() {
    for set in each(&rules(&["--json", "list"]).json()["sets"]) {
        let shown = rules(&["show", text(&set["id"])]);
        let checked = fed(&["--json", "check", "-"], &shown.out);
        assert_eq!(checked.status, 0, "{checked:?}");
        assert_eq!((&checked.json()["errors"], &checked.json()["name"]), (&json!(0), &set["name"]));
    }
}

/// Lines and columns counted by hand; a column is one character.
#[test]
fn every_slip_in_a_rule_file_is_named_with_line_and_column() {
    let desk = Desk::bare();
    for (rest, place, part) in [
        ("[[categroy]]\nid = \"甲\"\n", "4:3", "是不是“category”"),
        ("[[category]]\nid = \"甲\"\nevidance = [\"证\"]\n", "6:1", "是不是“evidence”"),
        ("[[category]]\nid = \"甲\"\n  [[category.award]]\n  credit = 0.5\n", "7:12", "写成 \"0.5\""),
        ("[[category]]\nid = \"甲\"\nwhen = \"天数 >\"\n  [[category.award]]\n  credit = \"1\"\n", "6:13", "没有写完"),
        ("[[cap]]\non = [\"党课\"]\nmax = \"1\"\n", "5:7", "没有叫“党课”"),
        ("[[category]]\nid = \"甲\"\nid = \"乙\"\n", "6:1", "写了两次"),
        ("[[category]]\nid = 甲\n", "5:6", "英文引号"),
        ("parent = \"没有\"\n", "4:10", "找不到上级规则“没有”"),
        ("[period]\nkind = \"decade\"\n", "5:8", "可以是"),
    ] {
        let file = desk.file("规则.toml", format!("{BARE}{rest}").as_bytes());
        let checked = rules(&["check", &file]);
        assert_eq!(checked.status, 1, "{rest}: {checked:?}");
        let line = checked.out.lines().find(|line| line.starts_with(&format!("{file}:{place} 错误：")));
        assert!(line.is_some_and(|line| line.contains(part)), "{rest}: no {place} {part} in:\n{}", checked.out);
        // The same keeps the file from being tried.
        let facts = desk.file("事实.json", b"{}");
        let refused = rules(&["--json", "try", &file, "--facts", &facts]);
        assert_eq!((refused.status, refused.code().as_str()), (1, "rules_faulty"));
        assert!(refused.err.contains(&format!("{file}:{place} ")), "{}", refused.err);
        assert!(each(&refused.json()["findings"]).any(|found| format!("{}:{}", found["line"], found["column"]) == place));
    }
}

#[test]
fn every_slip_in_a_facts_file_is_named_with_line_and_column() {
    let desk = Desk::bare();
    let rule_text = format!("{BARE}{ONE_CATEGORY}");
    for (facts, place, part) in [
        ("{\n  \"activites\": []\n}", "2:3", "不认得“activites”"),
        ("{ \"activities\": [\n  { \"date\": \"2025-01-01\" } ] }", "2:3", "缺少“type”"),
        ("{ \"activities\": [\n  { \"type\": \"党课\", \"date\": \"2025-02-30\" } ] }", "2:27", "不是日期"),
        ("{ \"person\": {}\n  \"activities\": [] }", "2:3", "不能是"),
        ("{ \"person\": { \"rank\": \"科级 } }", "1:23", "引号没有配对"),
        ("{ \"activities\": [", "1:18", "缺右括号"),
        ("", "1:1", "缺"),
    ] {
        let ran = tried(&desk, &rule_text, facts);
        assert_eq!(ran.status, 1, "{facts}: {ran:?}");
        let start = format!("错误：{}:{place}", desk.path("事实.json"));
        assert!(ran.err.starts_with(&start) && ran.err.contains(part), "{facts}: {start} {part} is not\n{}", ran.err);
        assert_eq!(ran.out, "");
    }
}

#[test]
fn what_cannot_be_worked_out_says_why() {
    let desk = Desk::bare();
    let rule_text = format!("{BARE}{ONE_CATEGORY}");
    let wrong = tried(&desk, &rule_text, "{ \"period\": \"去年\" }");
    assert_eq!(wrong.status, 1);
    assert!(wrong.err.contains("没有“去年”这一期"), "{}", wrong.err);
    let huge = format!("{BARE}[[category]]\nid = \"党课\"\n  [[category.award]]\n  formula = \"hours * hours * hours * hours * hours\"\n");
    let facts = "{ \"activities\": [ { \"type\": \"党课\", \"date\": \"2025-01-01\", \"hours\": 1000000000 } ] }";
    let ran = tried(&desk, &huge, facts);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.starts_with("错误：p1：") && ran.err.contains("规则第 6 行"), "{}", ran.err);
}

#[test]
fn a_file_that_is_no_text_is_named() {
    let desk = Desk::bare();
    let facts = desk.file("事实.json", b"{}");
    // 中 in GBK, after four characters of the second line.
    let gbk = desk.file("国标.toml", b"id = \"x\"\nab\"\"\xd6\xd0\n");
    for (file, code, part) in [
        (gbk, "file_not_text", "第 2 行第 5 列"),
        (desk.path("没有.toml"), "file_unreadable", "没有这个文件"),
        (desk.path(""), "file_unreadable", "文件夹"),
    ] {
        let ran = rules(&["--json", "check", &file]);
        assert_eq!((ran.status, ran.code().as_str()), (1, code), "{ran:?}");
        assert!(ran.err.contains(part), "{}", ran.err);
        let ran = rules(&["--json", "try", &file, "--facts", &facts]);
        assert_eq!((ran.status, ran.code().as_str()), (1, code), "{ran:?}");
    }
    let good = desk.file("规则.toml", BARE.as_bytes());
    let ran = rules(&["--json", "try", &good, "--facts", &desk.path("没有.json")]);
    assert_eq!((ran.status, ran.code().as_str()), (1, "file_unreadable"));
}

/// Large, deep, endless: a sentence each, in time.
#[test]
fn hostile_files_are_refused_in_time() {
    let desk = Desk::bare();
    let start = Instant::now();
    let good = desk.file("规则.toml", format!("{BARE}{ONE_CATEGORY}").as_bytes());
    let facts = desk.file("事实.json", b"{}");
    let rule_files = [
        "#".repeat(3 << 20),
        format!("{BARE}x = {}", "[".repeat(200_000)),
        format!("{BARE}{}", "[[category]]\n".repeat(60_000)),
        format!("{BARE}[[category]]\nid = \"甲\"\nwhen = \"{}\"\n", "(".repeat(500_000)),
        "\u{0}".repeat(1000),
    ];
    for (number, content) in rule_files.iter().enumerate() {
        let file = desk.file(&format!("坏{number}.toml"), content.as_bytes());
        assert_eq!(rules(&["check", &file]).status, 1, "{number}");
        let ran = rules(&["try", &file, "--facts", &facts]);
        assert!(ran.status == 1 && ran.err.starts_with("错误：") && ran.err.len() < 200_000, "{number}: {}", ran.err);
    }
    let fact_files = [
        format!("{{\"person\": {}", "{\"a\":".repeat(500_000)),
        "[".repeat(5 << 20),
        " ".repeat(17 << 20),
        format!("{{\"activities\": [{}]}}", "1,".repeat(400_000)),
        format!("{{\"person\": {{\"a\": {}}}}}", "9".repeat(1 << 20)),
    ];
    for (number, content) in fact_files.iter().enumerate() {
        let file = desk.file(&format!("坏{number}.json"), content.as_bytes());
        let ran = rules(&["try", &good, "--facts", &file]);
        assert!(ran.status == 1 && ran.err.starts_with("错误：") && ran.err.len() < 10_000, "{number}: {:.300}", ran.err);
    }
    #[cfg(unix)]
    for device in ["/dev/zero", "/dev/null"] {
        assert_eq!(rules(&["check", device]).status, 1, "{device}");
        assert_eq!(rules(&["try", &good, "--facts", device]).status, 1, "{device}");
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn either_file_may_come_from_the_input_stream() {
    let desk = Desk::bare();
    let (rule_text, facts_text) = (&blocks("toml")[0], &blocks("json")[0]);
    let (rule_file, facts_file) = (desk.file("规则.toml", rule_text.as_bytes()), desk.file("事实.json", facts_text.as_bytes()));
    let files = rules(&["try", &rule_file, "--facts", &facts_file]);
    assert_eq!(files.status, 0);
    assert_eq!(fed(&["try", "-", "--facts", &facts_file], rule_text).out, files.out);
    assert_eq!(fed(&["try", &rule_file, "--facts", "-"], facts_text).out, files.out);
    // A byte order mark, as Windows' editor leaves it, is no part of either.
    assert_eq!(fed(&["try", &rule_file, "--facts", "-"], &format!("\u{feff}{facts_text}")).out, files.out);
    assert_eq!(fed(&["try", "-", "--facts", &facts_file], &format!("\u{feff}{rule_text}")).out, files.out);
    let both = fed(&["try", "-", "--facts", "-"], "");
    assert_eq!((both.status, both.out.as_str()), (2, ""));
    assert!(both.err.contains("标准输入"), "{}", both.err);
    let wrong = fed(&["check", "-"], "id = ");
    assert!(wrong.status == 1 && wrong.out.starts_with("标准输入:1:"), "{wrong:?}");
}

/// 10 hours under the parent's rate of 1 an hour, under the child's of 2.
#[test]
fn a_parent_is_found_beside_the_file_or_among_the_presets() {
    let desk = Desk::bare();
    desk.file("市里的办法.toml", format!("{}{ONE_CATEGORY}", BARE.replace("\"x\"", "\"city\" # 市")).as_bytes());
    desk.file("别的.toml", b"this is no TOML [");
    let facts = desk
        .file("事实.json", b"{ \"activities\": [ { \"type\": \"\xe5\x85\x9a\xe8\xaf\xbe\", \"date\": \"2025-01-01\", \"hours\": 10 } ] }");
    let total = |name: &str, content: &str| {
        let file = desk.file(name, content.as_bytes());
        let ran = rules(&["--json", "try", &file, "--facts", &facts]);
        assert_eq!(ran.status, 0, "{ran:?}");
        text(&ran.json()["people"][0]["total"]).to_owned()
    };
    assert_eq!(total("县.toml", &format!("{BARE}parent = \"city\"\n")), "10");
    let double = ONE_CATEGORY.replace("credit = \"1\"", "credit = \"2\"");
    assert_eq!(total("县.toml", &format!("{BARE}parent = \"city\"\n{double}")), "20");
    assert_eq!(total("乡.toml", &format!("{}parent = \"x\"\n", BARE.replace("\"x\"", "\"y\""))), "20", "two generations");
    let preset = desk.file("下级.toml", format!("{BARE}parent = \"nanjing-2010\"\n").as_bytes());
    assert_eq!(rules(&["check", &preset]).status, 0);
    // A mistake of the parent's is told as its own.
    desk.file(
        "坏上级.toml",
        format!("{}[[cap]]\non = [\"无\"]\nmax = \"1\"\n", BARE.replace("\"x\"", "\"bad\"").replace("例", "坏例")).as_bytes(),
    );
    let child = desk.file("坏下级.toml", format!("{BARE}parent = \"bad\"\n").as_bytes());
    let checked = rules(&["check", &child]);
    assert!(checked.status == 1 && checked.out.contains("上级规则“坏例”:4:"), "{checked:?}");
}

/// Shares of those who met it: 2 of 3, worked out by hand from the rates.
#[test]
fn several_people_and_their_unit_are_shown() {
    let desk = Desk::bare();
    let rule_text = format!(
        "{BARE}{ONE_CATEGORY}[[requirement]]\nid = \"总量\"\nof = \"total\"\nmin = \"5\"\n\
         [[unit_figure]]\nid = \"率\"\nlabel = \"达标率\"\nformula = \"members(verdict() = 'pass') / members()\"\n"
    );
    let person = |id: &str, hours: u32| json!({ "person": { "id": id }, "activities": [ { "id": "k", "type": "党课", "date": "2025-03-03", "hours": hours } ] });
    let facts = json!({ "period": "2025", "people": [person("甲", 6), person("乙", 5), person("丙", 4)], "unit": { "short": 1 } });
    let words = tried(&desk, &rule_text, &facts.to_string());
    assert_eq!(words.status, 0, "{words:?}");
    for part in
        ["甲     6  达标\n", "丙     4  未达标\n", "达标率：2/3", "丙 2025（2025-01-01 至 2025-12-31）：合计 4 学分，未达标", "差 1 学分"]
    {
        assert!(words.out.contains(part), "{part} in:\n{}", words.out);
    }
    let (rule_file, facts_file) = (desk.path("规则.toml"), desk.path("事实.json"));
    let result = rules(&["--json", "try", &rule_file, "--facts", &facts_file]).json();
    assert_eq!(result["unit"]["figures"]["率"], "2/3");
}

/// 1 to 5 by discretion: the total lies between; each end is shown.
#[test]
fn an_open_amount_is_shown_with_its_ends() {
    let desk = Desk::bare();
    let rule_text = format!("{BARE}[[category]]\nid = \"调研\"\n  [[category.award]]\n  range = {{ min = \"1\", max = \"5\" }}\n");
    let facts =
        "{ \"activities\": [ { \"id\": \"a1\", \"type\": \"调研\", \"date\": \"2025-03-03\" }, { \"id\": \"b\", \"type\": \"茶话会\" } ] }";
    let ran = tried(&desk, &rule_text, facts);
    assert_eq!(ran.status, 0, "{ran:?}");
    for part in
        ["合计 未定（1 到 5） 学分", "问题 value:a1，规则第 6 行", "取 1\n         合计 1", "取 5\n         合计 5", "没有类别收“茶话会”"]
    {
        assert!(ran.out.contains(part), "{part} in:\n{}", ran.out);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let desk = Desk::bare();
    let rule_file = desk.file("规则.toml", format!("{BARE}{ONE_CATEGORY}").as_bytes());
    let activities: Vec<Value> = (0..20_000).map(|_| json!({ "type": "党课", "date": "2025-03-03", "hours": 1 })).collect();
    let facts_file = desk.file("事实.json", json!({ "activities": activities }).to_string().as_bytes());
    for arguments in [&["try", &rule_file, "--facts", &facts_file][..], &["--json", "try", &rule_file, "--facts", &facts_file], &["list"]] {
        let mut command: Command = program();
        let mut child =
            command.arg("rules").args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().expect("stderr").read_to_string(&mut err).expect("UTF-8");
        assert_eq!((child.wait().expect("an end").code(), err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

/// The published rule sets of the system tests, each with its facts.
#[test]
fn published_rule_sets_are_shown_in_words() {
    let desk = Desk::bare();
    let folder = fixture("rules/more");
    let mut shown = 0;
    for entry in fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("an entry").path()) {
        if entry.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let Ok(cases) = fs::read_to_string(entry.with_extension("json")) else { continue };
        let cases: Value = serde_json::from_str(&cases).expect("JSON");
        for case in each(&cases).filter(|case| case["facts"].is_object()) {
            let facts = desk.file("事实.json", case["facts"].to_string().as_bytes());
            let ran = rules(&["try", &entry.display().to_string(), "--facts", &facts]);
            assert_eq!(ran.status, 0, "{}: {ran:?}", entry.display());
            assert!(!ran.out.contains("null") && !ran.out.contains("“”"), "{}", ran.out);
            shown += 1;
        }
    }
    assert!(shown > 20, "{shown}");
}

#[test]
fn a_file_is_taken_into_use_in_a_book() {
    let desk = Desk::with_full_book();
    let listed = desk.json(&["rules", "list"]);
    assert!(each(&listed["sets"]).all(|set| set["preset"] == true));
    let file = desk.file("规则.toml", format!("{BARE}{ONE_CATEGORY}").as_bytes());
    let used = desk.json(&["rules", "use", &file, "--from", "2025-01-01"]);
    assert_eq!(used["set"]["key"], "x");
    let uses = |answer: &Value| each(&answer["uses"]).filter(|one| one["key"] == "x").map(|one| one["from"].clone()).collect::<Vec<_>>();
    assert_eq!(uses(&used), ["2025-01-01"]);
    let words = desk.done(&["rules", "list"]).out;
    assert!(words.contains("2025-01-01 起  例（x）  整本台账"), "{words}");
    assert_eq!(desk.done(&["rules", "show", "x"]).out, format!("{BARE}{ONE_CATEGORY}"));
    // The same text again is the same rule set.
    desk.done(&["rules", "use", &file, "--from", "2026-01-01"]);
    assert_eq!(each(&desk.json(&["rules", "list"])["sets"]).filter(|set| set["key"] == "x").count(), 1);
    // A preset by its id; a faulty file is refused.
    desk.done(&["rules", "use", "party-32-56", "--from", "2025-01-01", "--until", "2025-12-31"]);
    let faulty = desk.file("坏.toml", format!("{BARE}[[cap]]\n").as_bytes());
    let refused = desk.run(&["rules", "use", &faulty, "--from", "2025-01-01"]);
    assert_eq!(refused.status, 1);
    // As `rules check` says it: file, line and column.
    let checked = rules(&["check", &faulty]);
    let error = checked.out.lines().find(|line| line.contains("错误：")).expect("an error");
    assert!(refused.out.contains(error) && error.starts_with(&format!("{faulty}:")), "{} / {error}", refused.out);
    let without = rules(&["use", &file, "--from", "2025-01-01"]);
    assert_eq!(without.status, 2, "{without:?}");
    let organization = desk.run(&["--json", "rules", "use", &file, "--from", "2025-01-01", "--organization", "没有的"]);
    assert_eq!((organization.status, organization.code().as_str()), (1, "organization_unknown"));
}

/// Two for each hour instead of one: everybody gains what they had. A rule
/// set that counted is stopped, and one that nothing stands on is deleted.
#[test]
fn rules_are_compared_stopped_and_deleted() {
    let desk = Desk::with_full_book();
    let one = desk.file("一.toml", format!("{BARE}{ONE_CATEGORY}").as_bytes());
    let double = format!("{BARE}{ONE_CATEGORY}").replace("credit = \"1\"", "credit = \"2\"");
    let two = desk.file("二.toml", double.as_bytes());
    let compared = desk.json(&["rules", "compare", &one, &two, "--year", "2025"]);
    let rows: Vec<&Value> = each(&compared["rows"]).collect();
    assert!(!rows.is_empty() && compared["lose"] == 0, "{compared}");
    assert_eq!(json!(rows.len()), compared["gain"]);
    for row in &rows {
        assert_eq!(row["difference"], row["before"]["total"], "{row}");
    }
    assert!(desk.done(&["rules", "compare", &one, &two, "--year", "2025"]).out.contains(&format!("增加 {} 人，减少 0 人", rows.len())));
    let slip = desk.file("错.toml", b"id = \"x\"\nnam = \"y\"\n");
    let refused = desk.run(&["rules", "compare", &one, &slip, "--year", "2025"]);
    assert!(refused.status == 1 && refused.out.contains(":2:1"), "{refused:?}");

    assert_eq!(desk.run(&["--json", "rules", "stop", "x", "--on", "2025-12-31"]).code(), "rules_not_in_use");
    desk.done(&["rules", "use", &one, "--from", "2025-01-01"]);
    let held = desk.run(&["rules", "delete", "x"]);
    assert_eq!(held.status, 1, "what is in use stays: {held:?}");
    let stopped = desk.json(&["rules", "stop", "x", "--on", "2024-12-31"]);
    assert!(each(&stopped["uses"]).all(|one| one["key"] != "x"), "{stopped}");
    desk.done(&["rules", "delete", "x"]);
    assert!(each(&desk.json(&["rules", "list"])["sets"]).all(|set| set["key"] != "x"));
}
