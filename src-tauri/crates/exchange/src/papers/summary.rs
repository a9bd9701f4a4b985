//! 年度学习情况汇总表: the yearly summary as a workbook of four sheets.
//!
//! * 汇总 — one row a member, with required and earned credits, attendance,
//!   self-study and the result, and a closing row of totals;
//! * 学分明细 — every credit with the fact and the rule line that gave it;
//! * 考勤台账 — who was where;
//! * 说明 — the rules and how the numbers are counted.
//!
//! Credits are exact: a number where the decimal ends, else the fraction as
//! text. A rate stands as percentage with its fraction beside it.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use xueji_domain::attendance::AttendanceCounts;
use xueji_domain::exact::Exact;

use super::PaperError;
use super::attendance_ledger::{AttendanceLedger, COUNT_HEADINGS, LedgerMember, LedgerSession, RATE_HEADINGS, count_values};
use super::table::{self, Formats, Table, Value};

/// Everything that the summary says.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryPaper {
    /// The book's name, which is the branch's.
    pub book_name: String,
    /// The year that is summed up.
    pub year: i32,
    /// The day on which the paper is made.
    pub made_on: NaiveDate,
    /// The name of the rule set.
    pub rule_title: String,
    /// The rules in words, one line each.
    pub rule_lines: Vec<String>,
    /// 学分 or 学时.
    pub unit_word: String,
    /// The credit categories, in the order of [`SummaryMember::by_category`].
    pub categories: Vec<String>,
    /// The members, in the order of the list.
    pub members: Vec<SummaryMember>,
    /// Every credit.
    pub entries: Vec<CreditLine>,
    /// The year's attendance.
    pub ledger: AttendanceLedger,
    /// Further lines for 说明.
    pub notes: Vec<String>,
}

/// One member's year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SummaryMember {
    /// 序号
    pub line: u32,
    /// 工号; empty where there is none.
    pub staff_no: String,
    /// 姓名
    pub name: String,
    /// 所在部门
    pub unit: String,
    /// 职级
    pub rank: String,
    /// 层级
    pub tier: String,
    /// 政治面貌
    pub party: String,
    /// 人员类别
    pub category: String,
    /// Credits required; `None` where nothing is (不作要求).
    pub required: Option<Exact>,
    /// Credits earned, caps applied.
    pub earned: Exact,
    /// Credits earned in each of [`SummaryPaper::categories`].
    pub by_category: Vec<Exact>,
    /// What is missing; `None` where nothing is required.
    pub gap: Option<Exact>,
    /// 达标, 未达标, 不作要求.
    pub result: String,
    /// The year's attendance.
    pub attendance: AttendanceCounts,
    /// Minutes of self-study; `None` where they cannot be told.
    pub self_study_minutes: Option<u64>,
    /// Number of notes.
    pub notes_count: u32,
}

/// One credit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CreditLine {
    /// 工号; empty where there is none.
    pub staff_no: String,
    /// 姓名
    pub name: String,
    /// 部门, which tells namesakes apart; empty where there is none.
    pub department: String,
    /// The day, or the month, of the fact.
    pub date: String,
    /// The category that the credit counts in.
    pub category: String,
    /// The fact: `支部集体学习 数字政务第3次中心组学习`.
    pub fact: String,
    /// The rule's name.
    pub rule: String,
    /// The line of the rules that gave it.
    pub rule_line: String,
    /// What the rule was applied to: `90分钟`, `1200字`.
    pub base: String,
    /// What the rule gives.
    pub amount: Exact,
    /// What of it counts, the caps applied.
    pub counted: Exact,
    /// Why less counts, and the like.
    pub remark: String,
}

impl SummaryPaper {
    /// The workbook's bytes. The same paper always gives the same bytes.
    ///
    /// # Errors
    ///
    /// [`PaperError::TooLarge`] beyond the rows and columns of a sheet.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, PaperError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&self.properties()?);
        let formats = Formats::new();
        table::add_sheet(&mut workbook, "汇总", self.summary_table(), &formats)?;
        table::add_sheet(&mut workbook, "学分明细", self.credit_table(), &formats)?;
        table::add_sheet(&mut workbook, "考勤台账", self.attendance_table(), &formats)?;
        self.add_notes(&mut workbook, &formats)?;
        Ok(workbook.save_to_buffer()?)
    }

    fn title(&self) -> String {
        format!("{}{}年度学习情况汇总表", self.book_name, self.year)
    }

    fn made_on_words(&self) -> String {
        format!("{}年{}月{}日", self.made_on.year(), self.made_on.month(), self.made_on.day())
    }

    fn properties(&self) -> Result<DocProperties, PaperError> {
        let part = |value: u32| u8::try_from(value).unwrap_or(1);
        // A workbook knows no year before 1900; nobody makes papers then.
        let year = u16::try_from(self.made_on.year()).unwrap_or(1900).max(1900);
        let made_on = ExcelDateTime::from_ymd(year, part(self.made_on.month()), part(self.made_on.day()))?;
        Ok(DocProperties::new().set_title(self.title()).set_creation_datetime(&made_on))
    }

    fn summary_table(&self) -> Table<'_> {
        let unit = &self.unit_word;
        let mut headings: Vec<String> =
            ["序号", "工号", "姓名", "所在部门", "职级", "层级", "政治面貌", "人员类别"].map(str::to_owned).to_vec();
        headings.extend([format!("应修{unit}"), format!("已得{unit}")]);
        headings.extend(self.categories.iter().map(|category| format!("其中：{category}")));
        headings.extend(["差额", "结果"].map(str::to_owned));
        headings.extend(COUNT_HEADINGS.iter().chain(&RATE_HEADINGS).map(|&heading| heading.to_owned()));
        headings.extend(["自学时长（分钟）", "笔记篇数"].map(str::to_owned));
        Table {
            title: self.title(),
            subtitle: format!("制表日期：{}　　规则：{}　　单位：{unit}", self.made_on_words(), self.rule_title),
            headings,
            rows: Box::new(self.members.iter().map(|member| self.member_row(member))),
            closing: self.totals_row(),
            fixed_columns: 3,
        }
    }

    fn member_row(&self, member: &SummaryMember) -> Vec<Value> {
        let mut row = vec![Value::Count(member.line.into())];
        let words = [&member.staff_no, &member.name, &member.unit, &member.rank, &member.tier, &member.party, &member.category];
        row.extend(words.map(Value::text));
        row.push(member.required.map_or(Value::text("不作要求"), Value::Exact));
        row.push(Value::Exact(member.earned));
        row.extend((0..self.categories.len()).map(|index| Value::Exact(in_category(member, index))));
        row.push(member.gap.map_or(Value::Blank, Value::Exact));
        row.push(Value::text(&member.result));
        row.extend(attendance_values(&member.attendance));
        row.push(member.self_study_minutes.map_or(Value::Blank, Value::Count));
        row.push(Value::Count(member.notes_count.into()));
        row
    }

    fn totals_row(&self) -> Vec<Value> {
        let members = &self.members;
        let mut attendance = AttendanceCounts::default();
        members.iter().for_each(|member| attendance.merge(&member.attendance));
        let mut row = vec![Value::text("合计"), Value::Blank, Value::text(format!("{}人", members.len()))];
        row.extend(std::iter::repeat_n(Value::Blank, 5));
        row.push(Value::Exact(members.iter().filter_map(|member| member.required).sum()));
        row.push(Value::Exact(members.iter().map(|member| member.earned).sum()));
        row.extend((0..self.categories.len()).map(|index| Value::Exact(members.iter().map(|member| in_category(member, index)).sum())));
        row.push(Value::Exact(members.iter().filter_map(|member| member.gap).sum()));
        row.push(Value::text(self.results_in_words()));
        row.extend(attendance_values(&attendance));
        row.push(Value::Count(members.iter().filter_map(|member| member.self_study_minutes).sum()));
        row.push(Value::Count(members.iter().map(|member| u64::from(member.notes_count)).sum()));
        row
    }

    /// `达标30人，未达标5人`, in the order of the list.
    fn results_in_words(&self) -> String {
        let mut results: Vec<(&str, usize)> = Vec::new();
        for member in &self.members {
            match results.iter_mut().find(|(result, _)| *result == member.result) {
                Some((_, count)) => *count += 1,
                None => results.push((&member.result, 1)),
            }
        }
        results.iter().map(|(result, count)| format!("{result}{count}人")).collect::<Vec<_>>().join("，")
    }

    fn credit_table(&self) -> Table<'_> {
        let unit = &self.unit_word;
        let headings = ["序号", "工号", "姓名", "部门", "日期", "类别", "事实", "规则", "规则条款", "依据"].map(str::to_owned);
        let amounts = [format!("折算{unit}"), format!("计入{unit}"), "备注".to_owned()];
        let row = |(index, entry): (usize, &CreditLine)| {
            let mut row = vec![Value::Count(index as u64 + 1)];
            let who = [&entry.staff_no, &entry.name, &entry.department];
            let what = [&entry.date, &entry.category, &entry.fact, &entry.rule, &entry.rule_line, &entry.base];
            row.extend(who.into_iter().chain(what).map(Value::text));
            row.extend([Value::Exact(entry.amount), Value::Exact(entry.counted), Value::text(&entry.remark)]);
            row
        };
        let mut closing = vec![Value::text("合计")];
        closing.extend(std::iter::repeat_n(Value::Blank, 9));
        closing.push(Value::Exact(self.entries.iter().map(|entry| entry.amount).sum()));
        closing.push(Value::Exact(self.entries.iter().map(|entry| entry.counted).sum()));
        closing.push(Value::Blank);
        Table {
            title: format!("{}{}年度{unit}明细", self.book_name, self.year),
            subtitle: format!("制表日期：{}　　规则：{}", self.made_on_words(), self.rule_title),
            headings: headings.into_iter().chain(amounts).collect(),
            rows: Box::new(self.entries.iter().enumerate().map(row)),
            closing,
            fixed_columns: 3,
        }
    }

    fn attendance_table(&self) -> Table<'_> {
        let ledger = &self.ledger;
        let mut headings = vec!["工号".to_owned(), "姓名".to_owned()];
        headings.extend(ledger.sessions.iter().map(LedgerSession::heading));
        headings.extend(COUNT_HEADINGS.iter().chain(&RATE_HEADINGS).map(|&heading| heading.to_owned()));
        headings.push("部门".to_owned());
        let sessions = ledger.sessions.len();
        let mut all = AttendanceCounts::default();
        ledger.members.iter().for_each(|member| all.merge(&member.counts(sessions)));
        let row = move |member: &LedgerMember| {
            let mut row = vec![Value::text(&member.staff_no), Value::text(&member.name)];
            row.extend(ledger.labels(member).into_iter().map(|label| if label.is_empty() { Value::Blank } else { Value::Text(label) }));
            row.extend(attendance_values(&member.counts(sessions)));
            row.push(Value::text(&member.department));
            row
        };
        let mut closing = vec![Value::text("合计"), Value::text(format!("{}人", ledger.members.len()))];
        closing.extend(std::iter::repeat_n(Value::Blank, sessions));
        closing.extend(attendance_values(&all));
        closing.push(Value::Blank);
        Table {
            title: format!("{}{}年度考勤台账", self.book_name, self.year),
            subtitle: format!("制表日期：{}　　学习活动：{sessions}次", self.made_on_words()),
            headings,
            rows: Box::new(ledger.members.iter().map(row)),
            closing,
            fixed_columns: 2,
        }
    }

    fn add_notes(&self, workbook: &mut Workbook, formats: &Formats) -> Result<(), PaperError> {
        let sheet = workbook.add_worksheet();
        sheet.set_name("说明")?;
        sheet.set_column_width(0, 110)?;
        let made = [format!("台账：{}", self.book_name), format!("年度：{}年", self.year), format!("制表日期：{}", self.made_on_words())];
        let rules = [format!("学分规则：{}", self.rule_title)].into_iter().chain(self.rule_lines.iter().cloned());
        let chapters: [(&str, Vec<String>); 4] = [
            ("一、本表", made.to_vec()),
            ("二、规则", rules.collect()),
            ("三、口径", COUNTING.map(str::to_owned).to_vec()),
            ("四、其他", self.notes.clone()),
        ];
        let mut row = 0;
        for (heading, lines) in chapters.iter().filter(|(_, lines)| !lines.is_empty()) {
            sheet.write_string_with_format(row, 0, *heading, &formats.paragraph_heading)?;
            row += 1;
            for line in lines {
                sheet.write_string_with_format(row, 0, table::fitting(line), &formats.paragraph)?;
                row += 1;
            }
        }
        table::set_page(sheet);
        Ok(())
    }
}

/// How the numbers are counted, as the glossary has it.
const COUNTING: [&str; 6] = [
    "应到：要求参加的人次，含请假、缺席和未登记；不要求、列席不计入应到和实到。",
    "实到：出席、迟到、早退之和。",
    "出勤率 = 实到 ÷（应到 − 公假）。未登记仍计入分母；分数与百分比并列。",
    "含补学出勤率：病假、事假、缺席后已补学的，按实到计；原考勤状态不变。",
    "学分按精确值计算，不四舍五入；除不尽的写成分数。",
    "折算为按规则得出的数，计入为扣除年度上限后实际算入的数。",
];

fn in_category(member: &SummaryMember, index: usize) -> Exact {
    member.by_category.get(index).copied().unwrap_or_default()
}

fn attendance_values(counts: &AttendanceCounts) -> Vec<Value> {
    let mut values: Vec<_> = count_values(counts).into_iter().map(|count| Value::Count(count.into())).collect();
    for rate in [counts.rate(), counts.rate_with_make_up()] {
        values.extend([Value::Percent(rate), Value::Fraction(rate)]);
    }
    values
}
