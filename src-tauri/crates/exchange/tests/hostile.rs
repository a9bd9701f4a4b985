//! Files that are wrong, broken or made to break: each gets its error, in
//! bounded time and memory, and none a panic.

mod support;

use std::time::{Duration, Instant};

use proptest::prelude::*;
use support::{compound, fixture, ods, read_bytes, record, row, shown, xlsx, zip_of};
use xueji_exchange::read::{Bound, FileKind, Limits, ReadError, ReadOptions, read};

fn error(bytes: &[u8]) -> ReadError {
    read_bytes(bytes).map(|book| book.sheets.len()).unwrap_err()
}

fn unknown(found: FileKind) -> ReadError {
    ReadError::UnknownType { found }
}

#[test]
fn what_is_no_table_is_called_by_its_name() {
    let cases: [(&[u8], FileKind); 9] = [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", FileKind::Picture),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", FileKind::Picture),
        (b"%PDF-1.7\n", FileKind::Pdf),
        (b"SQLite format 3\0\x10\0", FileKind::Database),
        (b"MZ\x90\0\x03\0", FileKind::Executable),
        (b"Rar!\x1a\x07\x01\0", FileKind::Archive),
        (b"{\\rtf1\\ansi}", FileKind::TextDocument),
        (b"<?xml version=\"1.0\"?><note/>", FileKind::Xml),
        (b"\x01\x02\x03\x04\xff\xfe\xfd\x05", FileKind::Binary),
    ];
    for (bytes, kind) in cases {
        assert_eq!(error(bytes), unknown(kind));
    }
    let docx = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    let xlsb = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"\0")]);
    let odt = zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<a/>")]);
    assert_eq!(error(&docx), unknown(FileKind::TextDocument));
    assert_eq!(error(&xlsb), unknown(FileKind::OtherTable));
    assert_eq!(error(&odt), unknown(FileKind::TextDocument));
    assert_eq!(error(&zip_of(&[("a.txt", b"a")])), unknown(FileKind::Archive));
    assert_eq!(error(&compound(&[("WordDocument", b"x")])), unknown(FileKind::TextDocument));
    let et = compound(&[("ETExtData", b"x")]);
    assert_eq!(read(&et, "名册.et", &ReadOptions::default(), &|| false).unwrap_err(), unknown(FileKind::WpsTable));
}

#[test]
fn a_text_that_begins_like_a_program_is_still_a_text() {
    assert_eq!(shown(row(&read_bytes(b"MZ,RIFF\n1,2\n").unwrap().sheets[0], 2)), ["1", "2"]);
}

#[test]
fn nothing_in_it() {
    for bytes in [&b""[..], b"\xef\xbb\xbf", b" \r\n\r\n", b",,,\n,,\n", &xlsx("<sheetData/>", &[], "")] {
        assert_eq!(error(bytes), ReadError::Empty);
    }
}

#[test]
fn a_password_is_asked_for_by_name() {
    assert_eq!(error(&compound(&[("EncryptionInfo", b"x"), ("EncryptedPackage", b"x")])), ReadError::PasswordProtected);
    // [MS-XLS] 2.4.117: a FILEPASS record after BOF.
    let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let stream = [begin, record(0x002F, &[1, 0, 1, 0, 1, 0]), record(0x000A, &[])].concat();
    assert_eq!(error(&compound(&[("Workbook", &stream)])), ReadError::PasswordProtected);
    assert_eq!(error(&ods("", "<manifest:encryption-data/>")), ReadError::PasswordProtected);
}

#[test]
fn a_file_cut_off_anywhere_is_damaged_or_nothing_worse() {
    for path in ["branch-2025/roster.xlsx", "formats/roster.xls"] {
        let whole = std::fs::read(fixture(path)).unwrap();
        for parts in 1..20 {
            let cut = &whole[..whole.len() * parts / 20];
            let error = read(cut, path, &ReadOptions::default(), &|| false).map(|_| ()).unwrap_err();
            assert_eq!(error, ReadError::Damaged, "{path} cut at {parts}/20");
        }
    }
    let flat = r#"<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><table:table>"#;
    assert_eq!(error(flat.as_bytes()), ReadError::Damaged);
}

#[test]
fn a_claimed_range_of_seventeen_billion_cells_costs_nothing() {
    let sheet = |last: &str| {
        xlsx(
            &format!(
                r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0">{last}</c></row></sheetData>"#
            ),
            &[],
            "",
        )
    };
    let start = Instant::now();
    let book = read_bytes(&sheet("")).unwrap();
    assert_eq!((book.sheets[0].rows.len(), shown(&book.sheets[0].rows[0])), (1, vec!["1".to_owned()]));
    assert_eq!(error(&sheet("<v>1</v>")), ReadError::TooLarge { what: Bound::Columns, limit: 512 });
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn two_far_cells_do_not_make_an_xls_a_full_rectangle() {
    // NUMBER records in the first and the last corner that the format can name.
    let number = |row: u16, column: u16| {
        let mut data = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        data.extend(1f64.to_le_bytes());
        record(0x0203, &data)
    };
    let begin = record(0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let stream = [begin, number(0, 0), number(u16::MAX, u16::MAX), record(0x000A, &[])].concat();
    assert_eq!(error(&compound(&[("Workbook", &stream)])), ReadError::TooLarge { what: Bound::Cells, limit: 5_000_000 });
}

#[test]
fn a_bomb_is_measured_before_it_goes_off() {
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let zeros = format!("<sheetData>{}</sheetData>", " ".repeat(4 << 20));
    let bomb = xlsx(&zeros, &[], "");
    assert!(bomb.len() < 100_000);
    let limit = ReadError::TooLarge { what: Bound::UnpackedBytes, limit: 1 << 20 };
    assert_eq!(read(&bomb, "a.xlsx", &options, &|| false).unwrap_err(), limit);

    // The same with a lie about the size in both of the zip's headers.
    let mut lying = bomb.clone();
    let name = b"xl/worksheets/sheet1.xml";
    let places: Vec<_> = (0..lying.len() - name.len()).filter(|&at| lying[at..].starts_with(name)).collect();
    let [local, central] = places[..] else { panic!("a name stands in each header") };
    for at in [local - 30 + 22, central - 46 + 24] {
        lying[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    assert!(matches!(read(&lying, "a.xlsx", &options, &|| false), Err(ReadError::TooLarge { .. } | ReadError::Damaged)));
}

#[test]
fn a_list_of_nothing_is_counted_before_it_becomes_objects() {
    let limits = Limits { cells: 1000, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let strings = format!("<sst>{}</sst>", "<si/>".repeat(20_000));
    let bytes =
        zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", strings.as_bytes())]);
    let error = read(&bytes, "a.xlsx", &options, &|| false).unwrap_err();
    assert_eq!(error, ReadError::TooLarge { what: Bound::Cells, limit: 1000 });
}

#[test]
fn runs_of_an_opendocument_sheet_meet_the_limits() {
    let table = |cell: &str, rows: u32| {
        let text = format!(r#"<table:table><table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row></table:table>"#);
        ods(&text, "<manifest/>")
    };
    let wide = r#"<table:table-cell table:number-columns-repeated="4294967295" office:value-type="float" office:value="1"/>"#;
    let tall = r#"<table:table-cell office:value-type="float" office:value="1"/>"#;
    assert_eq!(error(&table(wide, 1)), ReadError::TooLarge { what: Bound::Columns, limit: 512 });
    assert_eq!(error(&table(tall, u32::MAX)), ReadError::TooLarge { what: Bound::Rows, limit: 200_000 });
    assert_eq!(error(&table("<table:table-cell/>", u32::MAX)), ReadError::Empty);
}

#[test]
fn xml_nested_a_million_deep() {
    let deep = "<a>".repeat(1_000_000);
    let start = Instant::now();
    assert_eq!(error(&xlsx(&format!("<sheetData>{deep}"), &[], "")), ReadError::Damaged);
    let flat = format!(r#"<x office:mimetype="application/vnd.oasis.opendocument.spreadsheet">{deep}"#);
    assert_eq!(error(flat.as_bytes()), ReadError::Damaged);
    assert_eq!(error(format!("<html>{}", "<table>".repeat(1_000_000)).as_bytes()), ReadError::Empty);
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn csv_of_a_million_columns_with_zero_bytes_and_open_quotes() {
    assert_eq!(error("学,".repeat(1_000_000).as_bytes()), ReadError::TooLarge { what: Bound::Columns, limit: 512 });
    assert_eq!(shown(row(&read_bytes("张\0三,工号1\n李四,2\n".as_bytes()).unwrap().sheets[0], 1)), ["张三", "工号1"]);
    let unclosed = format!("姓名,备注\n张三,\"{}", "x,\n".repeat(100_000));
    assert_eq!(error(unclosed.as_bytes()), ReadError::QuoteUnclosed { row: 2 });
    assert_eq!(error(b"abc\xff,def\n"), ReadError::EncodingUnknown { named: None });
}

#[test]
fn a_file_beyond_the_limit_is_not_looked_into() {
    let limits = Limits { file_bytes: 10, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let error = read(b"01234567890", "a.csv", &options, &|| false).unwrap_err();
    assert_eq!(error, ReadError::TooLarge { what: Bound::FileBytes, limit: 10 });
    assert_eq!(serde_json::to_string(&error.params()).unwrap(), r#"{"limit":10,"what":"file_bytes"}"#);
}

#[test]
fn cancelling_stops_every_format() {
    let rows = "a,b\n".repeat(100_000);
    let asked = std::cell::Cell::new(0);
    let cancel_later = || {
        asked.set(asked.get() + 1);
        asked.get() > 5
    };
    assert_eq!(read(rows.as_bytes(), "a.csv", &ReadOptions::default(), &cancel_later).unwrap_err(), ReadError::Cancelled);
    for path in ["branch-2025/roster.xlsx", "formats/roster.xls", "branch-2025/attendance.csv"] {
        let bytes = std::fs::read(fixture(path)).unwrap();
        assert_eq!(read(&bytes, path, &ReadOptions::default(), &|| true).unwrap_err(), ReadError::Cancelled);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2048), mark in 0usize..6) {
        let marks: [&[u8]; 6] = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><table>", b"\xff\xfe", b"<?xml?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"];
        let _ = read_bytes(&[marks[mark], &bytes].concat());
    }

    #[test]
    fn no_flipped_byte_makes_it_panic(at in any::<prop::sample::Index>(), value in any::<u8>(), which in 0usize..2) {
        let path = ["formats/roster.xls", "messy-2025/roster.xlsx"][which];
        let mut bytes = std::fs::read(fixture(path)).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = value;
        let _ = read(&bytes, path, &ReadOptions::default(), &|| false);
    }
}
