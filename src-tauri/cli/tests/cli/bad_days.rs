//! Bad input and bad days: a clear sentence each, and nothing is lost.

use std::{
    fs,
    io::{Cursor, Write},
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use xueji_store::lock::{BookLock, Holder};

use crate::support::{Desk, FILES, fixture, program, ran};

#[test]
fn a_book_that_is_open_elsewhere_names_who_has_it() {
    let desk = Desk::with_full_book();
    let holder = Holder { name: "李某某".to_owned(), since: "2025-12-31 08:00".to_owned() };
    let lock = BookLock::take(&desk.book(), &holder).expect("the lock");
    for arguments in [&["members"][..], &["import", "roster", &fixture("branch-2025/roster.xlsx")]] {
        let ran = desk.run(arguments);
        assert_eq!(ran.status, 1);
        assert!(ran.err.contains("李某某") && ran.err.contains("2025-12-31 08:00"), "{}", ran.err);
    }
    drop(lock);
    desk.done(&["members"]);
}

#[test]
fn a_file_that_cannot_be_read_says_why_and_changes_nothing() {
    let desk = Desk::with_full_book();
    let before = fs::read(desk.book()).expect("the book");
    let roster = fs::read(fixture("branch-2025/roster.xlsx")).expect("a fixture");
    for (name, content, code) in [
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "unknown_type"),
        ("加密.xlsx", encrypted(), "password_protected"),
        ("半截.xlsx", roster[..roster.len() / 2].to_vec(), "damaged"),
        ("乱码.csv", b"abc\xff,def\n".to_vec(), "encoding_unknown"),
        ("百万列.csv", "学,".repeat(1_000_000).into_bytes(), "too_large"),
        ("空.csv", Vec::new(), "empty"),
        ("无标题.csv", "甲,乙\n丙,丁\n".into(), "columns_missing"),
    ] {
        let file = desk.file(name, &content);
        let ran = desk.run(&["--json", "import", "roster", &file, "--on-error", "skip"]);
        assert_eq!((ran.status, ran.code().as_str()), (1, code), "{name}: {ran:?}");
        assert!(ran.err.starts_with("错误：") && ran.err.ends_with("。\n"), "{name}: {}", ran.err);
    }
    let gone = desk.run(&["--json", "import", "roster", &desk.path("没有.xlsx")]);
    assert_eq!((gone.status, gone.code().as_str()), (1, "not_found"));
    assert_eq!(fs::read(desk.book()).expect("the book"), before);
}

#[test]
fn a_used_range_of_a_whole_sheet_costs_what_is_in_it() {
    let desk = Desk::with_empty_book();
    let file = desk.file("名册.xlsx", &claiming_everything());
    let start = Instant::now();
    let done = desk.json(&["import", "roster", &file]);
    assert_eq!(done["counts"]["add"], 1);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn a_book_of_a_newer_version_is_left_as_it_is() {
    let desk = Desk::with_full_book();
    let connection = Connection::open(desk.book()).expect("the book");
    connection.pragma_update(None, "user_version", 999_999).expect("the number is set");
    drop(connection);
    let before = fs::read(desk.book()).expect("the book");
    let ran = desk.run(&["--json", "members"]);
    assert_eq!((ran.status, ran.code().as_str()), (1, "book_newer"));
    assert!(ran.err.contains("999999"), "{}", ran.err);
    assert_eq!(fs::read(desk.book()).expect("the book"), before);
}

#[test]
fn what_is_no_book_is_not_opened() {
    let desk = Desk::bare();
    let missing = desk.run(&["--json", "members"]);
    assert_eq!((missing.status, missing.code().as_str()), (1, "book_not_found"));
    for content in [&b"not a book"[..], &fs::read(fixture("branch-2025/roster.xlsx")).expect("a fixture")] {
        fs::write(desk.book(), content).expect("a file");
        let ran = desk.run(&["--json", "members"]);
        assert_eq!((ran.status, ran.code().as_str()), (1, "not_a_book"));
        assert_eq!(fs::read(desk.book()).expect("the file"), content);
    }
    let taken = desk.run(&["--json", "new", "示例支部"]);
    assert_eq!((taken.status, taken.code().as_str()), (1, "book_exists"));
}

/// A file stands where a folder would have to: refused for root, too, whom
/// permissions do not stop.
#[test]
fn a_place_that_cannot_be_written_is_refused() {
    let desk = Desk::with_full_book();
    desk.file("文件", b"");
    for command in ["summary", "attendance"] {
        let ran = desk.run(&[command, "--year", "2025", "--out", &desk.path("文件/表")]);
        assert_eq!(ran.status, 1, "{ran:?}");
        assert!(ran.err.starts_with("错误：") && ran.err.ends_with("。\n"), "{}", ran.err);
    }
    let ran = ran(program().args(["--json", "--book", &desk.path("文件/支部.xueji"), "new", "示例支部"]));
    assert_eq!((ran.status, ran.code().as_str()), (1, "folder_missing"), "{ran:?}");
}

/// On a disk of its own that has room for the book and little more: a tmpfs
/// in a namespace. Where the system allows no namespaces, there is no disk to
/// fill and nothing is shown.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    const SCRIPT: &str = r#"mount -t tmpfs -o size="$4"k none "$1" || exit 77
        cp "$2" "$1/book.xueji" && shift 4
        "$@"; status=$?
        cp "$MOUNT/book.xueji" "$RESULT"; exit $status"#;
    let desk = Desk::with_full_book();
    let (disk, result) = (desk.path("disk"), desk.path("after.xueji"));
    fs::create_dir(&disk).expect("a folder");
    let before = fs::read(desk.book()).expect("the book");
    let room = (before.len() / 1024 + 160).to_string();
    let file = desk.file("自学.csv", "工号,学习日期,时长,学习形式\n1000,2025-12-30,90,读书\n".as_bytes());
    let book = format!("{disk}/book.xueji");
    let mut command = std::process::Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh", &disk]).arg(desk.book()).args([&result, &room]);
    command.arg(program().get_program()).args(["--json", "--book", &book, "import", "selfstudy", &file]);
    let output = command.env("MOUNT", &disk).env("RESULT", &result).output();
    // No namespace, or no mount in it: said, and left to the core's own test
    // of a full disk (tests/tests/bad_days.rs), which runs everywhere.
    let Some(output) = output.ok().filter(|output| !output.stdout.is_empty() || std::path::Path::new(&result).exists()) else {
        eprintln!("not shown here: this system gives no small disk to fill");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("\"disk_full\""), "{said}");
    assert_eq!(fs::read(&result).expect("the book"), before);
}

#[test]
fn a_kill_during_an_import_leaves_the_book_as_before_or_after() {
    let prepared = Desk::with_empty_book();
    for (kind, file) in &FILES[..2] {
        prepared.done(&["import", kind, &fixture(file)]);
    }
    let book = fs::read(prepared.book()).expect("the book");
    let file = fixture(FILES[2].1);
    let import = ["import", "attendance", &file, "--year", "2025"];

    let whole = Desk::bare();
    fs::write(whole.book(), &book).expect("a copy");
    let start = Instant::now();
    whole.done(&import);
    let span = start.elapsed();

    const KILLS: u32 = 24;
    let mut before = 0;
    for moment in 1..=KILLS {
        let desk = Desk::bare();
        fs::write(desk.book(), &book).expect("a copy");
        let mut child = desk.command(&import).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
        thread::sleep(span * moment / KILLS);
        // Already ended is one of the moments, too.
        let _ = child.kill();
        child.wait().expect("an end");

        let operations = desk.operations();
        let connection = Connection::open(desk.book()).expect("the book");
        let verdict: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a verdict");
        let marks: u32 = connection.query_row("SELECT count(*) FROM attendance", [], |row| row.get(0)).expect("a count");
        assert_eq!(verdict, "ok");
        // 46 members at 24 sessions, each with a mark in the file; the third
        // operation is the import.
        assert!(
            [(2, 0), (3, 46 * 24)].contains(&(operations, marks)),
            "killed at {moment}/{KILLS}: {operations} operations, {marks} marks"
        );
        before += u32::from(marks == 0);
        desk.done(&import);
    }
    assert!(before > 0, "no kill came before the end");
}

/// An OLE file with the streams of an encrypted xlsx, [MS-OFFCRYPTO] 2.3.2.
fn encrypted() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
    for stream in ["EncryptionInfo", "EncryptedPackage"] {
        file.create_stream(stream).and_then(|mut stream| stream.write_all(b"x")).expect("a stream");
    }
    file.into_inner().into_inner()
}

/// A roster of one member whose sheet claims 1,048,576 rows of 16,384
/// columns, with an empty formatted cell in the last corner.
fn claiming_everything() -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let cell = |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let parts = [
        (
            "[Content_Types].xml",
            format!(r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                r#"<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData><row r="1">{}{}</row><row r="2">{}{}</row><row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData></worksheet>"#,
                cell("A1", "姓名"),
                cell("B1", "工号"),
                cell("A2", "甲一"),
                cell("B2", "1"),
            ),
        ),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(content.as_bytes()).expect("its content");
    }
    zip.finish().expect("a zip").into_inner()
}

/// A folder that its user may not write to. Root may write everywhere, so
/// under root the program runs as nobody, from a place that nobody can reach.
#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named_and_the_book_in_it_stays() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let mode = |path: &std::path::Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("our own file");
    let place = tempfile::tempdir().expect("a folder");
    let (folder, binary) = (place.path().join("只读"), place.path().join("xueji-cli"));
    fs::copy(program().get_program(), &binary).expect("a copy of the program");
    fs::create_dir(&folder).expect("a folder");
    let desk = Desk::with_full_book();
    let book = folder.join("台账.xueji");
    fs::copy(desk.book(), &book).expect("a copy of the book");
    let before = fs::read(&book).expect("the book");
    for (path, bits) in [(place.path(), 0o755), (binary.as_path(), 0o755), (folder.as_path(), 0o555), (book.as_path(), 0o444)] {
        mode(path, bits);
    }
    let mut command = std::process::Command::new(&binary);
    command.args(["--json", "--book"]).arg(&book).arg("members").env("TMPDIR", "/tmp");
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    if is_root {
        command.uid(65534).gid(65534);
    }
    // A test beside this one may just be starting a program of its own, which
    // for a moment has the copy open for writing, too.
    let output = loop {
        match command.output() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => thread::sleep(Duration::from_millis(20)),
            ended => break ended.expect("the program runs"),
        }
    };
    mode(&folder, 0o755);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("\"read_only\""), "{said}");
    assert_eq!(fs::read(&book).expect("the book"), before);
}
