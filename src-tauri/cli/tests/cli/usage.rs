//! Exit statuses, Chinese words for wrong usage, and a reader that goes away.

use std::{io::Read, process::Stdio};

use crate::support::{Desk, program, ran};

#[test]
fn wrong_usage_ends_with_2_and_chinese_words() {
    let desk = Desk::with_empty_book();
    for arguments in [
        &["frobnicate"][..],
        &["members", "--oder", "pinyin"],
        &["members", "--order", "age"],
        &["credits"],
        &["credits", "--year", "明年"],
        &["import", "recipes", "a.csv"],
        &["import", "roster"],
        &["import", "roster", "a.csv", "--on-error", "shrug"],
        &["summary", "--year", "2025"],
        &[],
    ] {
        let ran = desk.run(arguments);
        assert_eq!(ran.status, 2, "{arguments:?}: {ran:?}");
        assert!(ran.err.starts_with("用法不对：") && ran.out.is_empty(), "{arguments:?}: {ran:?}");
    }
    let without_book = ran(program().args(["--json", "members"]));
    assert_eq!((without_book.status, without_book.out.as_str()), (2, ""));
    assert!(without_book.err.starts_with("用法不对：") && without_book.err.contains("--book"));
}

#[test]
fn help_and_version_end_with_0() {
    for arguments in [&["--help"][..], &["import", "--help"], &["--version"]] {
        let ran = ran(program().args(arguments));
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{arguments:?}");
    }
    assert!(ran(program().arg("--help")).out.contains("命令："));
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let desk = Desk::with_full_book();
    let mut child = desk
        .command(&["--json", "credits", "--year", "2025", "--explain"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().expect("stderr").read_to_string(&mut err).expect("UTF-8");
    assert_eq!((child.wait().expect("an end").code(), err.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_does_not_fit_on_the_disk_is_no_success() {
    let desk = Desk::with_full_book();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
    let ended = desk.command(&["--json", "members"]).stdout(full).stderr(Stdio::null()).status().expect("the program runs");
    assert_eq!(ended.code(), Some(1));
}

#[test]
fn the_windows_recent_books_are_left_alone() {
    let desk = Desk::with_empty_book();
    let home = tempfile::tempdir().expect("a folder");
    let own = tempfile::tempdir().expect("a folder");
    let ran = ran(desk.command(&["members"]).env("HOME", home.path()).env("XDG_DATA_HOME", home.path()).env("TMPDIR", own.path()));
    assert_eq!(ran.status, 0);
    for folder in [home, own] {
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "nothing is left behind");
    }
}
