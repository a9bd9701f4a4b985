//! The written forms of a real file's columns against what its truth.json
//! says they mean, row by row.

use std::{fs, path::Path};

use xueji_domain::{
    amount::{AmountReading, StudyAmount, parse_amount},
    calendar::{parse_date, parse_month_day},
    text::{clean_name, clean_staff_no},
};

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/branch-2025").join(name);
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // The attendance ledger is GBK, as such files are; the others are UTF-8.
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(not_utf8) => encoding_rs::GBK.decode(not_utf8.as_bytes()).0.into_owned(),
    }
}

fn rows(csv: &str) -> Vec<Vec<&str>> {
    csv.trim_start_matches('\u{FEFF}').lines().map(|line| line.split(',').collect()).collect()
}

fn truth() -> serde_json::Value {
    serde_json::from_str(&fixture("truth.json")).unwrap()
}

#[test]
fn every_self_study_entry_is_read_as_it_was_meant() {
    let csv = fixture("selfstudy.csv");
    let written: Vec<Vec<&str>> = rows(&csv).into_iter().skip(1).filter(|row| row[0].chars().any(|c| c.is_numeric())).collect();
    let truth = truth();
    let meant = truth["self_study"].as_array().unwrap();
    assert_eq!(written.len(), meant.len());
    for (row, meant) in written.iter().zip(meant) {
        assert_eq!(clean_staff_no(row[0]), meant["staff_no"].as_str().unwrap(), "{row:?}");
        assert_eq!(clean_name(row[1]), meant["name"].as_str().unwrap(), "{row:?}");
        assert_eq!(parse_date(row[2]).unwrap().to_string(), meant["date"].as_str().unwrap(), "{row:?}");
        let seconds = u32::try_from(meant["minutes"].as_u64().unwrap() * 60).unwrap();
        let reading = parse_amount(row[5]).unwrap();
        assert_eq!(reading.amount(), Some(StudyAmount::Seconds(seconds)), "{row:?}");
        let bare = row[5].chars().all(|c| c.is_ascii_digit());
        assert_eq!(matches!(reading, AmountReading::BareMinutes(_)), bare, "{row:?}");
    }
}

#[test]
fn every_heading_of_the_attendance_ledger_names_its_session() {
    let csv = fixture("attendance.csv");
    let headings = rows(&csv).remove(0);
    let truth = truth();
    let sessions = truth["sessions"].as_array().unwrap();
    let dated: Vec<_> = headings.iter().filter_map(|heading| parse_month_day(heading)).collect();
    assert_eq!(dated.len(), sessions.len());
    for (heading, session) in dated.iter().zip(sessions) {
        assert_eq!(heading.in_year(2025).unwrap().to_string(), session["date"].as_str().unwrap());
        assert_eq!(heading.rest, session["title"].as_str().unwrap());
    }
}
