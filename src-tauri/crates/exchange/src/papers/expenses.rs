//! 学习经费台账: a year's expenses as xlsx and csv, with sums by kind and by
//! month on a sheet of their own.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use xueji_domain::{exact::Exact, money::Yuan};

use super::{
    PaperError, csv_text,
    table::{self, Formats, Table, Value},
};

/// A year's expenses.
#[derive(Debug, Clone)]
pub struct ExpensePaper {
    /// The book's name.
    pub book_name: String,
    /// The year.
    pub year: i32,
    /// The day on which it is made.
    pub made_on: NaiveDate,
    /// By date.
    pub lines: Vec<ExpenseLine>,
}

/// One expense.
#[derive(Debug, Clone)]
pub struct ExpenseLine {
    /// `YYYY-MM-DD`
    pub date: String,
    /// 类别
    pub kind: String,
    /// 事项
    pub item: String,
    /// 金额
    pub amount: Yuan,
    /// 支出组织
    pub organization: String,
    /// For which session.
    pub session: String,
    /// 经办人
    pub handled_by: String,
    /// 凭证号
    pub voucher: String,
    /// 备注
    pub note: String,
}

const HEADINGS: [&str; 9] = ["日期", "类别", "事项", "金额（元）", "支出组织", "用于活动", "经办人", "凭证号", "备注"];

impl ExpensePaper {
    /// As csv for Excel and WPS, the sum in the last line.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut rows = vec![HEADINGS.map(str::to_owned).to_vec()];
        rows.extend(self.lines.iter().cloned().map(|line| {
            let amount = line.amount.to_string();
            vec![line.date, line.kind, line.item, amount, line.organization, line.session, line.handled_by, line.voucher, line.note]
        }));
        let mut closing = vec!["合计".to_owned(), String::new(), format!("{}笔", self.lines.len()), self.total().to_string()];
        closing.resize(HEADINGS.len(), String::new());
        rows.push(closing);
        csv_text::write(&rows)
    }

    /// As a workbook: the expenses, then the sums.
    ///
    /// # Errors
    ///
    /// [`PaperError::TooLarge`] beyond the rows of a sheet.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, PaperError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&self.properties()?);
        let formats = Formats::new();
        table::add_sheet(&mut workbook, "经费台账", self.expense_table(), &formats)?;
        let of_kind = |line: &ExpenseLine| line.kind.clone();
        let of_month = |line: &ExpenseLine| line.date.get(..7).unwrap_or_default().to_owned();
        let of_organization = |line: &ExpenseLine| line.organization.clone();
        table::add_sheet(&mut workbook, "按类别", self.sums("类别", of_kind), &formats)?;
        table::add_sheet(&mut workbook, "按月份", self.sums("月份", of_month), &formats)?;
        table::add_sheet(&mut workbook, "按组织", self.sums("组织", of_organization), &formats)?;
        Ok(workbook.save_to_buffer()?)
    }

    fn total(&self) -> Yuan {
        self.lines.iter().map(|line| line.amount).sum()
    }

    fn title(&self) -> String {
        format!("{}{}年度学习经费台账", self.book_name, self.year)
    }

    fn subtitle(&self) -> String {
        let day = self.made_on;
        format!("制表日期：{}年{}月{}日　　单位：元", day.year(), day.month(), day.day())
    }

    fn properties(&self) -> Result<DocProperties, PaperError> {
        let part = |value: u32| u8::try_from(value).unwrap_or(1);
        // A workbook knows no year before 1900; nobody makes papers then.
        let year = u16::try_from(self.made_on.year()).unwrap_or(1900).max(1900);
        let made_on = ExcelDateTime::from_ymd(year, part(self.made_on.month()), part(self.made_on.day()))?;
        Ok(DocProperties::new().set_title(self.title()).set_creation_datetime(&made_on))
    }

    fn expense_table(&self) -> Table<'_> {
        let row = |line: &ExpenseLine| {
            let mut row = [&line.date, &line.kind, &line.item].map(Value::text).to_vec();
            row.push(yuan(line.amount));
            row.extend([&line.organization, &line.session, &line.handled_by, &line.voucher, &line.note].map(Value::text));
            row
        };
        let mut closing = vec![Value::text("合计"), Value::Blank, Value::text(format!("{}笔", self.lines.len())), yuan(self.total())];
        closing.resize(HEADINGS.len(), Value::Blank);
        Table {
            title: self.title(),
            subtitle: self.subtitle(),
            headings: HEADINGS.map(str::to_owned).to_vec(),
            rows: Box::new(self.lines.iter().map(row)),
            closing,
            fixed_columns: 0,
        }
    }

    fn sums(&self, heading: &str, of: impl Fn(&ExpenseLine) -> String) -> Table<'static> {
        let mut sums: BTreeMap<String, (u64, Yuan)> = BTreeMap::new();
        for line in &self.lines {
            let (count, total) = sums.entry(of(line)).or_default();
            *count += 1;
            *total = total.plus(line.amount);
        }
        let rows = sums.into_iter().map(|(name, (count, total))| vec![Value::text(name), Value::Count(count), yuan(total)]);
        Table {
            title: self.title(),
            subtitle: self.subtitle(),
            headings: [heading, "笔数", "金额（元）"].map(str::to_owned).to_vec(),
            rows: Box::new(rows),
            closing: vec![Value::text("合计"), Value::Count(self.lines.len() as u64), yuan(self.total())],
            fixed_columns: 0,
        }
    }
}

/// Cents as an exact number of yuan.
fn yuan(amount: Yuan) -> Value {
    let exact = i64::try_from(amount.cents()).ok().and_then(|cents| Exact::fraction(cents, 100));
    exact.map_or_else(|| Value::text(amount.to_string()), Value::Exact)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper() -> ExpensePaper {
        let line = |date: &str, kind: &str, item: &str, cents: u64| ExpenseLine {
            date: date.into(),
            kind: kind.into(),
            item: item.into(),
            amount: Yuan::from_cents(cents),
            organization: "第三党支部".into(),
            session: String::new(),
            handled_by: "李静".into(),
            voucher: "0012".into(),
            note: String::new(),
        };
        let lines = vec![line("2025-03-01", "书籍", "=学习读本", 12_850), line("2025-04-02", "报刊", "订阅", 128_000)];
        ExpensePaper { book_name: "第三党支部".into(), year: 2025, made_on: NaiveDate::from_ymd_opt(2025, 12, 15).unwrap(), lines }
    }

    #[test]
    fn a_line_an_expense_and_the_sum_last() {
        let expected = "\u{feff}日期,类别,事项,金额（元）,支出组织,用于活动,经办人,凭证号,备注\r\n\
            2025-03-01,书籍,'=学习读本,128.50,第三党支部,,李静,0012,\r\n\
            2025-04-02,报刊,订阅,1280.00,第三党支部,,李静,0012,\r\n\
            合计,,2笔,1408.50,,,,,\r\n";
        assert_eq!(String::from_utf8(paper().to_csv()).unwrap(), expected);
    }

    #[test]
    fn the_workbook_holds_numbers_and_their_sums() {
        let bytes = paper().to_xlsx().unwrap();
        let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let sheet = calamine::Reader::worksheet_range(&mut book, "按类别").unwrap();
        let rows: Vec<Vec<String>> = sheet.rows().skip(3).map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let expected = [["书籍", "1", "128.5"], ["报刊", "1", "1280"], ["合计", "2", "1408.5"]];
        assert_eq!(rows, expected.map(|row| row.map(str::to_owned).to_vec()));
    }
}
