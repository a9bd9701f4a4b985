//! The files of the branch and one of every other format, down to the cell.
//! Expected values of the fixtures were read with openpyxl, Python's csv and
//! xlrd; the xls was written by xlwt.

mod support;

use chrono::{NaiveDate, NaiveTime};
use support::{fixture, ods, read_bytes, row, shown, xlsx};
use xueji_exchange::read::{Cell, CellValue, Format, MergedRange, ReadError, ReadOptions, Sheet, Workbook, read, read_file};

fn open(path: &str) -> Workbook {
    read_file(&fixture(path), &ReadOptions::default(), &|| false).unwrap()
}

fn filled(sheet: &Sheet) -> usize {
    sheet.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_empty()).count()
}

fn date(year: i32, month: u32, day: u32) -> CellValue {
    CellValue::Date(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

fn time(hour: u32, minute: u32) -> CellValue {
    CellValue::Time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
}

#[test]
fn the_roster_of_the_branch() {
    let book = open("branch-2025/roster.xlsx");
    let sheet = &book.sheets[0];
    assert_eq!((book.format, book.encoding, sheet.name.as_str()), (Format::Xlsx, None, "花名册"));
    assert_eq!(sheet.merged, [MergedRange { first_row: 1, last_row: 1, first_column: 0, last_column: 12 }]);
    let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=51).filter(|&number| number != 27).collect::<Vec<_>>());
    assert_eq!(filled(sheet), 566);
    assert_eq!(shown(row(sheet, 1)), ["2025年度机关党委学习人员花名册"]);
    let first = &row(sheet, 4).cells;
    assert_eq!(first[1], Cell::text("郭峰诺 "));
    assert_eq!(first[2], Cell::plain(CellValue::Number(1000.0)));
    assert_eq!(first[4], Cell::plain(date(1972, 3, 7)));
    assert_eq!(row(sheet, 8).cells[2], Cell::text("１０２８"));
    assert_eq!(row(sheet, 8).cells[6], Cell::plain(date(1995, 11, 21)));
    // A text in a cell with a date format stays the text that it is.
    assert_eq!(row(sheet, 9).cells[4], Cell::text("19730703"));
    assert_eq!(shown(row(sheet, 51)), ["合计", "46人"]);
}

#[test]
fn the_sessions_of_the_branch() {
    let book = open("branch-2025/sessions.xlsx");
    let sheet = &book.sheets[0];
    assert_eq!((sheet.rows.len(), filled(sheet)), (25, 200));
    let first = &row(sheet, 2).cells;
    assert_eq!((&first[1].value, &first[2].value, &first[3].value), (&date(2025, 1, 18), &time(9, 0), &CellValue::Number(180.0)));
    assert_eq!(row(sheet, 22).cells[2].value, time(19, 30));
    assert_eq!(shown(row(sheet, 25)), ["24", "20251210", "09:00", "6h", "支委会", "应急管理第24次支委会", "谭兰娟", "党员活动室"]);
}

#[test]
fn the_text_files_of_the_branch_in_three_encodings() {
    let cases = [
        ("branch-2025/attendance.csv", "GB18030", 47, 1222),
        ("branch-2025/selfstudy.csv", "UTF-8", 297, 1966),
        ("messy-2025/attendance.csv", "GB18030", 4, 27),
        ("messy-2025/selfstudy.csv", "UTF-16LE", 10, 57),
    ];
    for (path, encoding, rows, cells) in cases {
        let book = open(path);
        assert_eq!((book.format, book.encoding), (Format::Csv, Some(encoding)), "{path}");
        assert_eq!((book.sheets[0].rows.len(), filled(&book.sheets[0])), (rows, cells), "{path}");
    }
    let attendance = open("branch-2025/attendance.csv");
    assert_eq!(attendance.sheets[0].name, "attendance");
    assert_eq!(shown(row(&attendance.sheets[0], 47))[..6], ["秦俊伟", "1315", "√", "√", "√", "/"]);
    let study = open("messy-2025/selfstudy.csv");
    assert_eq!(shown(row(&study.sheets[0], 10)), ["1000", "郭峰诺", "2025-11-11", "读书", "=HYPERLINK(\"x\",\"数字政务\")", "60"]);
    assert_eq!(row(&study.sheets[0], 2).cells[0], Cell::default());
}

#[test]
fn the_messy_roster_keeps_serials_as_numbers_where_no_format_says_date() {
    let book = open("messy-2025/roster.xlsx");
    let sheet = &book.sheets[0];
    assert_eq!((sheet.rows.len(), filled(sheet)), (10, 45));
    assert_eq!(shown(row(sheet, 3)), ["赵序列", "9002", "男", "32874", "41456", "二级科员"]);
    assert_eq!(shown(row(sheet, 10)), ["韩军红", "1007"]);
}

#[test]
fn an_xls_from_the_last_century() {
    let book = open("formats/roster.xls");
    let sheet = &book.sheets[0];
    assert_eq!((book.format, book.sheets.len(), sheet.name.as_str()), (Format::Xls, 2, "花名册"));
    assert_eq!(sheet.merged, [MergedRange { first_row: 1, last_row: 1, first_column: 0, last_column: 4 }]);
    assert_eq!(shown(row(sheet, 2)), ["姓名", "工号", "出生年月", "时间", "合计"]);
    let first = &row(sheet, 4).cells;
    assert_eq!((&first[1].value, &first[2].value, &first[3].value), (&CellValue::Number(1001.0), &date(1990, 1, 1), &time(19, 30)));
    assert_eq!(shown(row(sheet, 5)), ["李四", "0012", "1988.03", "2.5", "TRUE"]);
    assert_eq!(book.sheets[1].rows, []);
}

#[test]
fn every_kind_of_cell_of_an_xlsx() {
    let data = r#"<sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>文字</t></is></c><c r="C1"><v>16.5</v></c></row>
        <row r="3"><c r="A3" s="1"><v>45675</v></c><c r="B3" s="2"><v>0.8125</v></c><c r="C3" s="3"><v>1.0625</v></c><c r="D3" s="4"><v>45675.375</v></c></row>
        <row r="4"><c r="A4"><f>SUM(1,2)</f><v>3</v></c><c r="B4" t="str"><f>"a"</f><v>甲</v></c><c r="C4"><f>1+1</f></c><c r="D4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E4" t="b"><v>1</v></c></row>
        </sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>"#;
    let book = read_bytes(&xlsx(data, &[14, 20, 46, 22], "")).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!(shown(row(sheet, 1)), ["文字", "", "16.5"]);
    let days: Vec<_> = row(sheet, 3).cells.iter().map(|cell| cell.value.clone()).collect();
    let moment = NaiveDate::from_ymd_opt(2025, 1, 18).unwrap().and_hms_opt(9, 0, 0).unwrap();
    assert_eq!(days, [date(2025, 1, 18), time(19, 30), CellValue::Duration(91_800), CellValue::DateTime(moment)]);
    let computed = &row(sheet, 4).cells;
    assert_eq!(computed.iter().map(|cell| cell.formula).collect::<Vec<_>>(), [true, true, true, true, false]);
    assert_eq!(shown(row(sheet, 4)), ["3", "甲", "", "#DIV/0!", "TRUE"]);
    assert_eq!(sheet.merged, [MergedRange { first_row: 1, last_row: 1, first_column: 0, last_column: 1 }]);
}

#[test]
fn the_other_epoch_and_days_beyond_the_calendar() {
    let data = r#"<sheetData><row r="1"><c r="A1" s="1"><v>31412</v></c><c r="B1" s="1"><v>-5</v></c><c r="C1" s="1"><v>9999999</v></c></row></sheetData>"#;
    let cells = |properties: &str| read_bytes(&xlsx(data, &[14], properties)).unwrap().sheets[0].rows[0].cells.clone();
    let values = |cells: Vec<Cell>| cells.into_iter().map(|cell| cell.value).collect::<Vec<_>>();
    let (before, beyond) = (CellValue::Number(-5.0), CellValue::Number(9_999_999.0));
    assert_eq!(values(cells(r#"date1904="1""#)), [date(1990, 1, 1), before.clone(), beyond.clone()]);
    assert_eq!(values(cells("")), [date(1985, 12, 31), before, beyond]);
}

#[test]
fn an_opendocument_sheet_with_runs_spans_and_comments() {
    let tables = r#"<table:table table:name="名册">
        <table:table-row><table:table-cell table:number-columns-spanned="3" office:value-type="string"><text:p>花名册</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>
        <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
        <table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>王<text:s text:c="2"/>伟</text:p><text:p>二</text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="1001"><text:p>1,001.00</text:p></table:table-cell>
          <table:table-cell office:value-type="date" office:date-value="1990-01-01"><text:p>90年1月</text:p></table:table-cell>
          <table:table-cell office:value-type="time" office:time-value="PT09H30M00S"/>
          <table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>
          <table:table-cell table:number-columns-repeated="2" office:value-type="boolean" office:boolean-value="true"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        </table:table>"#;
    let book = read_bytes(&ods(tables, "<manifest/>")).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!((book.format, sheet.name.as_str(), sheet.rows.len()), (Format::Ods, "名册", 2));
    assert_eq!(shown(row(sheet, 5)), ["王  伟\n二", "1001", "1990-01-01", "09:30", "2", "TRUE", "TRUE"]);
    assert_eq!(row(sheet, 5).cells[2].value, date(1990, 1, 1));
    assert!(row(sheet, 5).cells[4].formula);
    assert_eq!(sheet.merged, [MergedRange { first_row: 1, last_row: 1, first_column: 0, last_column: 2 }]);
}

#[test]
fn xml_and_html_and_csv_under_the_name_of_xls() {
    let xml = r#"<?xml version="1.0" encoding="gb2312"?><?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
        <Worksheet ss:Name="名册"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">姓名 &amp; 工号</Data></Cell><Cell><Data ss:Type="String">日期</Data></Cell></Row>
        <Row ss:Index="4"><Cell><Data ss:Type="Number">16.5</Data></Cell><Cell ss:Index="3"><Data ss:Type="DateTime">2025-01-18T00:00:00.000</Data></Cell><Cell><Data ss:Type="DateTime">1899-12-31T09:30:00.000</Data></Cell></Row></Table></Worksheet></Workbook>"#;
    let (gbk, _, _) = encoding_rs::GBK.encode(xml);
    let open = |bytes: &[u8]| read(bytes, "名册.xls", &ReadOptions::default(), &|| false).unwrap();
    let book = open(&gbk);
    assert_eq!((book.format, book.encoding), (Format::SpreadsheetXml, None));
    assert_eq!(shown(row(&book.sheets[0], 1)), ["姓名 & 工号", "", "日期"]);
    assert_eq!(shown(row(&book.sheets[0], 4)), ["16.5", "", "2025-01-18", "09:30"]);

    let html = open("<html><table><tr><td>姓名</td><td>0012</td></tr></table></html>".as_bytes());
    assert_eq!((html.format, shown(row(&html.sheets[0], 1))), (Format::Html, vec!["姓名".to_owned(), "0012".to_owned()]));

    let csv = open("姓名;工号\n王伟;0012\n".as_bytes());
    assert_eq!((csv.format, csv.sheets[0].name.as_str()), (Format::Csv, "名册"));
    assert_eq!(shown(row(&csv.sheets[0], 2)), ["王伟", "0012"]);
}

#[test]
fn a_named_encoding_is_obeyed() {
    let (big5, _, _) = encoding_rs::BIG5.encode("姓名,工號\n");
    let options = ReadOptions { encoding: Some("big5".to_owned()), ..ReadOptions::default() };
    let book = read(&big5, "a.csv", &options, &|| false).unwrap();
    assert_eq!((book.encoding, shown(row(&book.sheets[0], 1))), (Some("Big5"), vec!["姓名".to_owned(), "工號".to_owned()]));
}

#[test]
fn a_missing_file_and_a_folder_are_told_apart_from_damage() {
    let read = |path: &str| read_file(&fixture(path), &ReadOptions::default(), &|| false).unwrap_err();
    assert_eq!(read("none.xlsx"), ReadError::NotFound);
    assert_eq!(read("branch-2025").code(), "io");
}
