//! What no single crate can promise: which way the arrows point, that every
//! code has its sentence, that nothing can reach a network.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use xueji_api::{messages, table};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The crates of ours that a crate names among its dependencies.
fn arrows(manifest: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(manifest)).unwrap();
    let dependencies = text.split("[dependencies]").nth(1).unwrap_or_default().split("\n[").next().unwrap_or_default();
    dependencies
        .lines()
        .filter_map(|line| line.strip_prefix("xueji-"))
        .map(|line| line.split(['.', ' ', '=']).next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_arrows_point_one_way() {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let crates = |name: &str| format!("src-tauri/crates/{name}/Cargo.toml");
    assert_eq!(arrows(&crates("domain")), set(&[]));
    assert_eq!(arrows(&crates("store")), set(&["domain"]));
    assert_eq!(arrows(&crates("exchange")), set(&["domain"]));
    assert_eq!(arrows(&crates("api")), set(&["domain", "exchange", "store"]));
    for outer in ["src-tauri/Cargo.toml", "src-tauri/cli/Cargo.toml"] {
        let above = arrows(outer);
        assert!(above.contains("api") && !above.contains("store"), "{outer} reaches past the api: {above:?}");
    }
}

#[test]
fn nothing_below_the_shell_knows_a_window_or_a_clock_it_was_not_given() {
    for (folder, forbidden) in [
        ("domain", &["tauri", "rusqlite", "std::fs", "Local::now", "Utc::now", "SystemTime"][..]),
        ("store", &["tauri", "Local::now", "Utc::now", "SystemTime"]),
        ("exchange", &["tauri", "rusqlite", "Local::now", "Utc::now", "SystemTime"]),
        ("api", &["tauri::", "rusqlite::"]),
    ] {
        for (path, text) in sources(&format!("src-tauri/crates/{folder}/src")) {
            for word in forbidden {
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                assert!(!code.into_iter().any(|line| line.contains(word)), "{} names {word}", path.display());
            }
        }
    }
}

#[test]
fn no_network_client_is_in_the_program() {
    for package in ["xueji", "xueji-cli"] {
        let tree = Command::new(env!("CARGO"))
            .args(["tree", "--offline", "--locked", "--package", package, "--edges", "normal", "--prefix", "none"])
            .current_dir(root())
            .output()
            .unwrap();
        assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
        let names: BTreeSet<String> =
            String::from_utf8(tree.stdout).unwrap().lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
        assert!(names.contains("xueji-api"), "the tree was read");
        for client in
            ["reqwest", "hyper", "ureq", "curl", "isahc", "attohttpc", "tungstenite", "native-tls", "rustls", "openssl", "tiny_http"]
        {
            assert!(!names.contains(client), "{package} carries {client}");
        }
    }
}

/// Every Rust file below a folder.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let (mut found, mut folders) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                // Tests name codes that do not exist, to see them refused.
                let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                found.push((path, text));
            }
        }
    }
    found
}

/// The text literals in the brackets after each occurrence of a marker.
fn literals_after(text: &str, marker: &str, (open, close): (char, char)) -> Vec<Vec<String>> {
    let mut calls = Vec::new();
    for (at, _) in text.match_indices(marker) {
        let Some(start) = text[at..].find(open) else { continue };
        let (mut depth, mut literals, mut literal) = (0, Vec::new(), None::<String>);
        for c in text[at + start..].chars() {
            match (&mut literal, c) {
                (Some(_), '"') => literals.extend(literal.take()),
                (Some(inside), c) => inside.push(c),
                (None, '"') => literal = Some(String::new()),
                (None, c) if c == open => depth += 1,
                (None, c) if c == close => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        calls.push(literals);
    }
    calls
}

/// The texts in quotes that stand right behind a marker, however the line is
/// broken.
fn quoted_after(text: &str, marker: &str) -> Vec<String> {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted = |rest: &str| rest.strip_prefix('"')?.split('"').next().map(str::to_owned);
    flat.split(marker).skip(1).filter_map(quoted).collect()
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn assert_worded(group: &str, codes: &BTreeSet<String>, at_least: usize) {
    assert!(codes.len() >= at_least, "only {} codes of {group} were found: the search is broken: {codes:?}", codes.len());
    let without: Vec<&String> = codes.iter().filter(|code| !messages::has(group, code)).collect();
    assert!(without.is_empty(), "no sentence in {group} for {without:?}");
}

#[test]
fn every_error_has_its_sentence() {
    let mut codes = BTreeSet::new();
    for folder in ["src-tauri/crates/store/src", "src-tauri/crates/api/src"] {
        for (_, text) in sources(folder) {
            codes.extend(literals_after(&text, "fn code(&self)", ('{', '}')).into_iter().flatten());
            codes.extend(literals_after(&text, "ApiError::field(", ('(', ')')).into_iter().filter_map(|found| found.get(1).cloned()));
            codes.extend(literals_after(&text, "forms::required(", ('(', ')')).into_iter().filter_map(|found| found.get(1).cloned()));
            codes.extend(literals_after(&text, "quoting(", ('(', ')')).into_iter().flatten());
            codes.extend(quoted_after(&text, "Refused { code: "));
            // Field { field: "…", code: "…" }
            codes.extend(quoted_after(&text, "\", code: "));
            codes.extend(
                text.split("let code = ")
                    .skip(1)
                    .flat_map(|rest| rest.split(';').next().unwrap_or_default().split('"').skip(1).step_by(2))
                    .map(str::to_owned),
            );
            codes.extend(literals_after(&text, "fn date_code(", ('{', '}')).into_iter().flatten());
        }
    }
    for file in ["file.rs", "read/error.rs", "papers/mod.rs"] {
        let text = fs::read_to_string(root().join("src-tauri/crates/exchange/src").join(file)).unwrap();
        for enumeration in text.split("pub enum ").filter(|part| part.split_whitespace().next().is_some_and(|name| name.ends_with("Error")))
        {
            codes.extend(literals_after(enumeration, "fn code(&self)", ('{', '}')).into_iter().flatten());
        }
    }
    codes.retain(|code| is_code(code));
    assert_worded("error", &codes, 60);
}

#[test]
fn every_question_choice_and_problem_of_an_import_has_its_sentence() {
    let (mut problems, mut questions, mut choices) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let last_code = |found: Vec<String>| found.into_iter().rfind(|literal| is_code(literal));
    for (_, text) in sources("src-tauri/crates/exchange/src/import") {
        for marker in ["refuse(field", "refuse(Field::", "refuse(super::Field::", "warn(field", "warn(Field::", "refuse(outcome"] {
            problems.extend(literals_after(&text, marker, ('(', ')')).into_iter().filter_map(|found| found.into_iter().next()));
        }
        problems
            .extend(literals_after(&text, "fn date_problem(", ('{', '}')).into_iter().flatten().filter(|code| code.starts_with("date_")));
        for marker in [".settle(", ".ask_row(", ".ask_word("] {
            // The topic of a row's question comes before its code.
            let skip = usize::from(marker == ".ask_row(");
            let codes = literals_after(&text, marker, ('(', ')')).into_iter();
            questions.extend(codes.filter_map(|found| found.into_iter().filter(|literal| is_code(literal)).nth(skip)));
        }
        // The value stands before the code where it is a text of its own.
        let code_of = |found: Vec<String>| found.into_iter().take(2).find(|literal| messages::has("choice", literal));
        for found in literals_after(&text, " choice(", ('(', ')')).into_iter().filter(|found| !found.is_empty()) {
            choices.insert(code_of(found.clone()).unwrap_or_else(|| format!("none of {found:?}")));
        }
        choices.extend(literals_after(&text, "Choice {", ('{', '}')).into_iter().filter_map(last_code));
    }
    choices.extend(xueji_exchange::import::symbols::answers().map(str::to_owned));
    // Where the code is a variable, the first text is a parameter's name.
    problems.retain(|code| is_code(code) && code != "name");
    assert_worded("import", &problems, 20);
    assert_worded("question", &questions, 9);
    assert_worded("choice", &choices, 15);
}

#[test]
fn every_change_has_a_name_that_undo_can_say() {
    let changes =
        table::COMMANDS.iter().filter(|command| command.kind == table::CommandKind::Mutate).map(|command| command.name.to_owned());
    let imports = ["roster", "sessions", "attendance", "self_study"].map(|kind| format!("import.{kind}"));
    assert_worded("operation", &changes.chain(imports).collect(), 20);
}

#[test]
fn every_notice_has_its_sentence() {
    let codes = xueji_domain::warnings::SENTENCES.iter().map(|code| (*code).to_owned()).collect();
    assert_worded("notice", &codes, 20);
    // And every sentence that a rule speaks is on that list.
    for (file, text) in sources("src-tauri/crates/domain/src/warnings") {
        let raised = ["Grave", "Remind", "Progress"].map(|grade| quoted_after(&text, &format!("Grade::{grade}, ")));
        for code in raised.into_iter().flatten() {
            assert!(xueji_domain::warnings::SENTENCES.contains(&code.as_str()), "{file:?}: {code}");
        }
    }
}

#[test]
fn every_finding_in_a_rule_file_has_its_sentence() {
    let codes = xueji_domain::rules::file::CODES.iter().map(|code| (*code).to_owned());
    assert_worded("rule_finding", &codes.collect(), 80);
}

#[test]
fn everything_that_the_rule_engine_says_has_its_sentence() {
    let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<BTreeSet<_>>();
    assert_worded("facts", &codes(xueji_domain::rules::facts::FactsProblem::CODES), 25);
    for (group, own) in xueji_domain::rules::report::CODES {
        assert_worded(group, &codes(own), 4);
    }
}
