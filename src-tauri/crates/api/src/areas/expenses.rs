//! 经费: what was spent on books, subscriptions and places, exact to the cent,
//! with its sums by kind, month and organization.

use std::collections::BTreeMap;

use chrono::Datelike;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    attachments::AttachmentOwner,
    ids::{ExpenseId, OrganizationId, SessionId},
    money::{Yuan, YuanProblem},
    text::pinyin,
};
use xueji_exchange::{
    file::write_atomically,
    papers::expenses::{ExpenseLine, ExpensePaper},
    params,
};
use xueji_store::{
    Reader,
    tables::{
        book,
        expenses::{self, ExpenseFields, ExpenseRecord},
    },
};

use super::{
    archive::{self, ArchiveOrganization, ArchiveSession, Files, Names},
    sessions::YearRequest,
    words::{self, WordList},
};
use crate::{
    app::Core,
    context::{MutateContext, QueryContext},
    error::ApiError,
    files::file_name,
    forms,
    jobs::Progress,
    table::Nothing,
};

/// The expenses of a year.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExpenseYear {
    /// By date.
    pub rows: Vec<ExpenseRow>,
    /// The year's sum in yuan, two places.
    #[ts(type = "string")]
    pub total: Yuan,
    /// Sums by kind, largest first.
    pub by_kind: Vec<ExpenseSum>,
    /// Sums by organization, largest first.
    pub by_organization: Vec<ExpenseSum>,
    /// Sums of January to December.
    #[ts(type = "string[]")]
    pub by_month: Vec<Yuan>,
    /// The kinds that forms offer.
    pub kinds: Vec<String>,
    /// Who has handled expenses, most often first.
    pub handlers: Vec<String>,
    /// Years that hold an expense, ascending.
    pub years: Vec<i32>,
}

/// A sum under a name.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExpenseSum {
    /// Of what.
    pub name: String,
    /// How many expenses.
    pub count: u32,
    /// In yuan, two places.
    #[ts(type = "string")]
    pub total: Yuan,
}

/// An expense.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExpenseRow {
    /// Its key.
    #[ts(type = "string")]
    pub id: ExpenseId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 书籍, 报刊, 场地 …
    pub kind: String,
    /// 事项
    pub item: String,
    /// In yuan, two places.
    #[ts(type = "string")]
    pub amount: Yuan,
    /// Who spent it.
    pub organization: Option<ArchiveOrganization>,
    /// For which session.
    pub session: Option<ArchiveSession>,
    /// 经办人
    pub handled_by: Option<String>,
    /// 凭证号
    pub voucher: Option<String>,
    /// 备注
    pub note: Option<String>,
    /// Files attached to it.
    pub files: u32,
    /// Full pinyin and initials of its item.
    pub search_keys: Vec<String>,
    /// For the next edit.
    pub revision: u32,
}

/// What a form says of an expense.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExpenseInput {
    /// In any usual spelling; required.
    pub date: String,
    /// 类别; required.
    pub kind: String,
    /// 事项; required.
    pub item: String,
    /// 金额: `128.50`, `1,280元`; required.
    pub amount: String,
    /// Who spent it; the book's own organization where absent.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub organization: Option<OrganizationId>,
    /// For which session.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub session: Option<SessionId>,
    /// 经办人
    #[serde(default)]
    #[ts(optional = nullable)]
    pub handled_by: Option<String>,
    /// 凭证号
    #[serde(default)]
    #[ts(optional = nullable)]
    pub voucher: Option<String>,
    /// 备注
    #[serde(default)]
    #[ts(optional = nullable)]
    pub note: Option<String>,
}

/// Edits an expense.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditExpense {
    /// Which.
    #[ts(type = "string")]
    pub id: ExpenseId,
    /// The revision that the editor saw.
    pub revision: u32,
    /// The new values.
    pub expense: ExpenseInput,
}

/// Names an expense.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExpenseRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: ExpenseId,
}

/// As what a year's expenses are written.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExpenseFormat {
    /// A workbook.
    Xlsx,
    /// A plain table for Excel and WPS.
    Csv,
}

/// Writes a year's expenses to a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportExpenses {
    /// The year.
    pub year: i32,
    /// Where, by token of a save dialog.
    pub file: String,
    /// As what.
    pub format: ExpenseFormat,
}

/// A year's expenses that were written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExpensesExported {
    /// The file's name.
    pub file_name: String,
    /// Expenses in it.
    pub rows: u32,
    /// Their sum in yuan.
    #[ts(type = "string")]
    pub total: Yuan,
}

/// `expenses.list`
pub fn list(context: &QueryContext, request: YearRequest) -> Result<ExpenseYear, ApiError> {
    let reader = context.reader;
    let (names, files) = (Names::read(reader)?, Files::read(reader, AttachmentOwner::Expense)?);
    let own = own_name(reader, &names)?;
    let (mut kinds, mut organizations): (Sums, Sums) = Default::default();
    let mut by_month = vec![Yuan::ZERO; 12];
    let mut rows = Vec::new();
    for record in expenses::of_year(reader, request.year)? {
        let (month, amount) = (record.fields.date.month0() as usize, record.fields.amount);
        if let Some(sum) = by_month.get_mut(month) {
            *sum = sum.plus(amount);
        }
        let row = row(record, &names, &files);
        add_to(&mut kinds, &row.kind, amount);
        add_to(&mut organizations, row.organization.as_ref().map_or(&own, |organization| &organization.name), amount);
        rows.push(row);
    }
    Ok(ExpenseYear {
        total: rows.iter().map(|row| row.amount).sum(),
        rows,
        by_kind: largest_first(kinds),
        by_organization: largest_first(organizations),
        by_month,
        kinds: words::offered(reader, WordList::ExpenseKind)?,
        handlers: expenses::handlers(reader)?,
        years: expenses::years(reader)?,
    })
}

type Sums = BTreeMap<String, (u32, Yuan)>;

fn add_to(sums: &mut Sums, name: &str, amount: Yuan) {
    let (count, total) = sums.entry(name.to_owned()).or_default();
    *count += 1;
    *total = total.plus(amount);
}

fn largest_first(sums: Sums) -> Vec<ExpenseSum> {
    let mut sums: Vec<ExpenseSum> = sums.into_iter().map(|(name, (count, total))| ExpenseSum { name, count, total }).collect();
    sums.sort_by_key(|sum| std::cmp::Reverse(sum.total));
    sums
}

/// The name of the book's own organization: whose an expense is that names
/// none.
fn own_name(reader: &Reader, names: &Names) -> Result<String, ApiError> {
    let own = book::get(reader)?;
    Ok(names.of(Some(own.root_organization)).map_or(own.name, |organization| organization.name))
}

fn row(record: ExpenseRecord, names: &Names, files: &Files) -> ExpenseRow {
    let ExpenseRecord { id, fields, session, revision } = record;
    ExpenseRow {
        id,
        date: fields.date.to_string(),
        kind: fields.kind,
        search_keys: pinyin::title_keys(&fields.item),
        item: fields.item,
        amount: fields.amount,
        organization: names.of(fields.organization),
        session: ArchiveSession::of(fields.session, session.as_ref()),
        handled_by: fields.handled_by,
        voucher: fields.voucher,
        note: fields.note,
        files: files.of(id),
        revision,
    }
}

fn row_of(reader: &Reader, id: ExpenseId) -> Result<ExpenseRow, ApiError> {
    let (names, files) = (Names::read(reader)?, Files::read(reader, AttachmentOwner::Expense)?);
    Ok(row(expenses::get(reader, id)?, &names, &files))
}

fn amount(typed: &str) -> Result<Yuan, ApiError> {
    let typed = forms::required("amount", "yuan_missing", typed)?;
    let code = match Yuan::read(&typed) {
        Ok(amount) => return Ok(amount),
        Err(YuanProblem::NotAnAmount) => "yuan_unreadable",
        Err(YuanProblem::TooFine) => "yuan_too_fine",
        Err(YuanProblem::Nothing) => "yuan_nothing",
        Err(YuanProblem::TooLarge) => "yuan_too_large",
    };
    Err(ApiError::Field { field: "amount", code, params: params! { "value" => typed } })
}

fn fields(reader: &Reader, input: &ExpenseInput) -> Result<ExpenseFields, ApiError> {
    Names::read(reader)?.check(input.organization)?;
    archive::check_session(reader, input.session)?;
    Ok(ExpenseFields {
        date: forms::day("date", &input.date)?,
        kind: forms::required("kind", "expense_kind_missing", &input.kind)?,
        item: forms::required("item", "expense_item_missing", &input.item)?,
        amount: amount(&input.amount)?,
        organization: input.organization,
        session: input.session,
        handled_by: forms::text(input.handled_by.as_deref()),
        voucher: forms::text(input.voucher.as_deref()),
        note: forms::text(input.note.as_deref()),
    })
}

fn describe(context: &mut MutateContext, fields: &ExpenseFields) {
    context.writer.describe(params! { "item" => fields.item, "amount" => fields.amount.to_string() });
}

/// `expenses.add`
pub fn add(context: &mut MutateContext, request: ExpenseInput) -> Result<ExpenseRow, ApiError> {
    let fields = fields(&context.writer.reader(), &request)?;
    let id = expenses::insert(context.writer, &fields)?;
    describe(context, &fields);
    row_of(&context.writer.reader(), id)
}

/// `expenses.edit`
pub fn edit(context: &mut MutateContext, request: EditExpense) -> Result<ExpenseRow, ApiError> {
    let fields = fields(&context.writer.reader(), &request.expense)?;
    expenses::update(context.writer, request.id, request.revision, &fields)?;
    describe(context, &fields);
    row_of(&context.writer.reader(), request.id)
}

/// `expenses.remove`
pub fn remove(context: &mut MutateContext, request: ExpenseRequest) -> Result<Nothing, ApiError> {
    let record = expenses::get(&context.writer.reader(), request.id)?;
    archive::remove_files(context.writer, AttachmentOwner::Expense, request.id)?;
    expenses::delete(context.writer, request.id)?;
    describe(context, &record.fields);
    Ok(Nothing {})
}

/// `expenses.export`
pub fn export(core: &Core, progress: &Progress, request: ExportExpenses) -> Result<ExpensesExported, ApiError> {
    let path = core.files.path(&request.file)?;
    progress.step(0, 2)?;
    let paper = core.query(|context| paper(context, request.year))?;
    progress.step(1, 2)?;
    let bytes = match request.format {
        ExpenseFormat::Xlsx => paper.to_xlsx()?,
        ExpenseFormat::Csv => paper.to_csv(),
    };
    write_atomically(&path, &bytes)?;
    Ok(ExpensesExported {
        file_name: file_name(&path),
        rows: u32::try_from(paper.lines.len()).unwrap_or(u32::MAX),
        total: paper.lines.iter().map(|line| line.amount).sum(),
    })
}

fn paper(context: &QueryContext, year: i32) -> Result<ExpensePaper, ApiError> {
    let reader = context.reader;
    let names = Names::read(reader)?;
    let own = own_name(reader, &names)?;
    let lines = expenses::of_year(reader, year)?.into_iter().map(|record| {
        let fields = record.fields;
        ExpenseLine {
            date: fields.date.to_string(),
            kind: fields.kind,
            item: fields.item,
            amount: fields.amount,
            organization: names.of(fields.organization).map_or_else(|| own.clone(), |organization| organization.name),
            session: record.session.map_or_else(String::new, |(date, title)| format!("{date} {title}")),
            handled_by: fields.handled_by.unwrap_or_default(),
            voucher: fields.voucher.unwrap_or_default(),
            note: fields.note.unwrap_or_default(),
        }
    });
    Ok(ExpensePaper { book_name: book::get(reader)?.name, year, made_on: context.today, lines: lines.collect() })
}
