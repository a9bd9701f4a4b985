//! What the tests of reading share: fixtures, and files made on the spot.
#![allow(dead_code, reason = "each test binary uses its part of this")]

use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use xueji_exchange::read::{ReadError, ReadOptions, Row, Sheet, Workbook, read};

/// A file under tests/fixtures.
pub fn fixture(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures").join(path)
}

/// Reads bytes with the default options.
pub fn read_bytes(bytes: &[u8]) -> Result<Workbook, ReadError> {
    read(bytes, "file.bin", &ReadOptions::default(), &|| false)
}

/// The row of that number.
pub fn row(sheet: &Sheet, number: u32) -> &Row {
    sheet.rows.iter().find(|row| row.number == number).unwrap_or_else(|| panic!("no row {number}"))
}

/// A row's cells as a user sees them.
pub fn shown(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| cell.display()).collect()
}

/// A zip of these parts.
pub fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An xlsx with one sheet: this inside of its `worksheet` element, these
/// cell formats (number format ids), this inside of its `workbookPr` element.
pub fn xlsx(sheet: &str, formats: &[u32], workbook_properties: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
    let links = |target: &str, kind: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{LINKS}/{kind}" Target="{target}"/><Relationship Id="rId2" Type="{LINKS}/styles" Target="styles.xml"/></Relationships>"#
        )
    };
    let workbook = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><workbookPr {workbook_properties}/><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let formats: String = formats.iter().map(|id| format!(r#"<xf numFmtId="{id}"/>"#)).collect();
    let styles = format!(r#"<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/>{formats}</cellXfs></styleSheet>"#);
    let sheet = format!(r#"<worksheet xmlns="{MAIN}">{sheet}</worksheet>"#);
    zip_of(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", links("xl/workbook.xml", "officeDocument").as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links("worksheets/sheet1.xml", "worksheet").as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// An OpenDocument spreadsheet with this inside of its `spreadsheet` element.
pub fn ods(tables: &str, manifest: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// An OLE compound file with these streams.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        file.create_stream(name).unwrap().write_all(content).unwrap();
    }
    file.into_inner().into_inner()
}

/// A record of a BIFF stream.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = kind.to_le_bytes().to_vec();
    record.extend((data.len() as u16).to_le_bytes());
    record.extend(data);
    record
}
