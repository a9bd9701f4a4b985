//! One row's cells, read field by field: what was understood, what was not
//! and why.

use chrono::{NaiveDate, NaiveTime, Timelike};
use xueji_domain::{
    amount::{AmountReading, AmountUnit, StudyAmount, parse_amount},
    calendar::{DateProblem, PartialDate, from_excel_serial, parse_clock, parse_partial_date},
    exact::Exact,
    text::{clean_name, clean_staff_no, clean_text, staff_no_from_number},
};

use super::{
    Choice, Field, ImportKind, Params, Problem, Question, Reading,
    identify::{SKIP, skip_row},
    outcome::{field_label, problem},
    snapshot::{FieldValue, Values},
};
use crate::{
    params,
    read::{Cell, CellValue, Row},
};

/// A row under its reading.
pub(crate) struct Cells<'a> {
    row: &'a Row,
    kind: ImportKind,
    reading: &'a Reading,
    /// Why the row is refused.
    pub problems: Vec<Problem>,
    /// What is odd about it.
    pub warnings: Vec<Problem>,
    /// What is asked or was answered about it.
    pub questions: Vec<Question>,
    /// Whether an answer left the row out.
    pub skipped: bool,
    /// Texts that read differently from how they stand in the file.
    read_from: Vec<(Field, String)>,
}

/// Cells that people fill to say that there is nothing.
fn says_nothing(text: &str) -> bool {
    matches!(text, "" | "/" | "\\" | "-" | "--" | "—" | "——" | "－" | "无" | "／")
}

impl<'a> Cells<'a> {
    /// A row under its reading.
    pub fn new(row: &'a Row, kind: ImportKind, reading: &'a Reading) -> Self {
        Self {
            row,
            kind,
            reading,
            problems: Vec::new(),
            warnings: Vec::new(),
            questions: Vec::new(),
            skipped: false,
            read_from: Vec::new(),
        }
    }

    /// The row's number in the file.
    pub fn number(&self) -> u32 {
        self.row.number
    }

    /// The cell of a field, where the field has a column and the cell says
    /// something.
    pub fn cell(&self, field: Field) -> Option<&'a Cell> {
        let column = self.reading.columns.iter().find(|meaning| meaning.field == field)?.column;
        self.row.cells.get(column as usize).filter(|cell| !says_nothing(clean_text(&cell.display()).as_str()))
    }

    /// Whether a column holds the field.
    pub fn has(&self, field: Field) -> bool {
        self.reading.columns.iter().any(|meaning| meaning.field == field)
    }

    /// The cell's text, cleaned.
    pub fn text(&self, field: Field) -> Option<String> {
        self.cell(field).map(|cell| clean_text(&cell.display()))
    }

    /// 姓名, spaces between its characters removed.
    pub fn name(&self) -> Option<String> {
        self.cell(Field::Name).map(|cell| clean_name(&cell.display())).filter(|name| !name.is_empty())
    }

    /// 工号, as text whatever the cell holds.
    pub fn staff_no(&mut self) -> Option<String> {
        let cell = self.cell(Field::StaffNo)?;
        let number = match cell.value {
            CellValue::Number(number) => {
                // Spreadsheets keep fifteen digits: the rest is already lost.
                if number.abs() >= 1e15 {
                    self.warn(Field::StaffNo, "digits_lost", Params::new());
                }
                staff_no_from_number(number)
            }
            _ => clean_staff_no(&cell.display()),
        };
        Some(number).filter(|number| !number.is_empty())
    }

    /// Puts a text into the values.
    pub fn take_text(&mut self, field: Field, values: &mut Values) {
        if let Some(text) = self.text(field) {
            values.insert(field, FieldValue::Text(text));
        }
    }

    /// A date as precise as it was given.
    pub fn date(&mut self, field: Field) -> Option<PartialDate> {
        let cell = self.cell(field)?;
        match date_of(cell) {
            Ok(date) => {
                self.note_reading(field, &date.to_string());
                Some(date)
            }
            Err(found) => {
                let (code, params) = date_problem(found);
                self.refuse(field, code, params);
                None
            }
        }
    }

    /// A day; a month alone is refused.
    pub fn day(&mut self, field: Field) -> Option<NaiveDate> {
        let date = self.date(field)?;
        let day = date.day();
        if day.is_none() {
            self.refuse(field, "date_without_day", Params::new());
        }
        day
    }

    /// A time of day.
    pub fn time(&mut self, field: Field) -> Option<NaiveTime> {
        let cell = self.cell(field)?;
        let time = match &cell.value {
            CellValue::Time(time) => Some(*time),
            CellValue::DateTime(moment) => Some(moment.time()),
            CellValue::Number(part) if (0.0..1.0).contains(part) => from_excel_serial(*part + 1.0, false).ok().map(|moment| moment.time()),
            _ => parse_clock(&cell.display()),
        };
        match time.and_then(|time| time.with_second(0)) {
            Some(time) => {
                self.note_reading(field, &time.format("%H:%M").to_string());
                Some(time)
            }
            None => {
                self.refuse(field, "time_unreadable", Params::new());
                None
            }
        }
    }

    /// A duration. What is bare and below ten, and what exceeds a day, is
    /// asked.
    pub fn amount(&mut self, field: Field) -> Option<StudyAmount> {
        let cell = self.cell(field)?;
        let parsed = match cell.value {
            CellValue::Duration(seconds) => u32::try_from(seconds)
                .ok()
                .filter(|seconds| *seconds > 0)
                .map(|seconds| AmountReading::Clear(StudyAmount::Seconds(seconds)))
                .ok_or(()),
            CellValue::Time(time) if time.num_seconds_from_midnight() > 0 => {
                Ok(AmountReading::Clear(StudyAmount::Seconds(time.num_seconds_from_midnight())))
            }
            _ => parse_amount(&cell.display()).map_err(|_| ()),
        };
        let amount = match parsed {
            Ok(AmountReading::Clear(amount) | AmountReading::BareMinutes(amount)) => amount,
            Ok(AmountReading::Unclear { number }) => self.ask_unit(number)?,
            Err(()) => {
                self.refuse(field, "amount_unreadable", Params::new());
                return None;
            }
        };
        if amount.exceeds_a_day() {
            let value = self.text(field).unwrap_or_default();
            let choices = vec![choice("accept", "accept_amount", params! { "amount" => amount.label() })];
            self.ask_row("amount", "amount_over_a_day", params! { "value" => value, "amount" => amount.label() }, choices)?;
        }
        self.note_reading(field, &amount.label());
        Some(amount)
    }

    fn ask_unit(&mut self, number: Exact) -> Option<StudyAmount> {
        let choices = vec![
            choice("minutes", "amount_minutes", params! { "number" => number }),
            choice("hours", "amount_hours", params! { "number" => number }),
        ];
        let unit = match self.ask_row("amount", "amount_unit", params! { "number" => number }, choices)?.as_str() {
            "hours" => 3600,
            _ => 60,
        };
        StudyAmount::of(number * Exact::whole(unit), AmountUnit::Second).ok()
    }

    /// A count such as 800 or 800字; nought is none.
    pub fn count(&mut self, field: Field) -> Option<u32> {
        let text = self.text(field)?;
        let digits = text.trim_end_matches(['字', '个', '篇', '余', '+']).replace([',', '，'], "");
        let whole = digits.strip_suffix(".0").unwrap_or(&digits);
        match whole.parse::<u32>() {
            Ok(0) => None,
            Ok(count) => Some(count),
            Err(_) => {
                self.refuse(field, "count_unreadable", Params::new());
                None
            }
        }
    }

    /// Asks about this row; gives the answer, where there is one that the
    /// row can go in with.
    pub fn ask_row(&mut self, topic: &str, code: &str, params: Params, mut choices: Vec<Choice>) -> Option<String> {
        choices.push(skip_row());
        let key = format!("row:{}:{topic}", self.row.number);
        self.ask(key, code, params, choices, Some(self.row.number))
    }

    /// Asks about a word that may stand in many rows.
    pub fn ask_word(&mut self, key: String, code: &str, params: Params, choices: Vec<Choice>) -> Option<String> {
        self.ask(key, code, params, choices, None)
    }

    fn ask(&mut self, key: String, code: &str, params: Params, choices: Vec<Choice>, row: Option<u32>) -> Option<String> {
        let given = self.reading.answers.get(&key).filter(|answer| choices.iter().any(|choice| choice.value == **answer)).cloned();
        self.questions.push(Question { key, code: code.to_owned(), params, row, affects: 1, choices, answer: given.clone() });
        match given.as_deref() {
            Some(SKIP) => {
                self.skipped = true;
                None
            }
            _ => given,
        }
    }

    /// Whether a question of this row waits for its answer.
    pub fn is_waiting(&self) -> bool {
        self.questions.iter().any(|question| question.answer.is_none())
    }

    /// Refuses the row for one cell.
    pub fn refuse(&mut self, field: Field, code: &str, params: Params) {
        let found = problem(code, &field_label(self.kind, field), &self.text(field).unwrap_or_default(), params);
        self.problems.push(found);
    }

    /// Says what is odd about one cell.
    pub fn warn(&mut self, field: Field, code: &str, params: Params) {
        let found = problem(code, &field_label(self.kind, field), &self.text(field).unwrap_or_default(), params);
        self.warnings.push(found);
    }

    fn note_reading(&mut self, field: Field, read: &str) {
        if let Some(text) = self.text(field).filter(|text| text != read) {
            self.read_from.push((field, text));
        }
    }

    /// What the cell said, where it reads differently.
    pub fn read_from(&self, field: Field) -> Option<String> {
        self.read_from.iter().find(|(read, _)| *read == field).map(|(_, text)| text.clone())
    }
}

/// A possible answer.
pub(crate) fn choice(value: &str, code: &str, params: Params) -> Choice {
    Choice { value: value.to_owned(), code: code.to_owned(), params }
}

fn date_of(cell: &Cell) -> Result<PartialDate, DateProblem> {
    let checked = |day: NaiveDate| parse_partial_date(&day.to_string());
    match &cell.value {
        CellValue::Date(day) => checked(*day),
        CellValue::DateTime(moment) => checked(moment.date()),
        CellValue::Number(number) => match parse_partial_date(&cell.display()) {
            Ok(date) => Ok(date),
            // A day number without a date format: 32874.
            Err(problem) if number.fract() == 0.0 && (1.0..100_000.0).contains(number) => {
                from_excel_serial(*number, false).map_err(|_| problem).and_then(|moment| checked(moment.date()))
            }
            Err(problem) => Err(problem),
        },
        _ => parse_partial_date(&cell.display()),
    }
}

/// The sentence for a date that cannot be read.
pub(crate) fn date_problem(found: DateProblem) -> (&'static str, Params) {
    match found {
        DateProblem::NotADate => ("date_unreadable", Params::new()),
        DateProblem::NoSuchMonth { month } => ("date_no_such_month", params! { "month" => month }),
        DateProblem::NoSuchDay { year, month, day } => ("date_no_such_day", params! { "year" => year, "month" => month, "day" => day }),
        DateProblem::OutOfRange { year } => ("date_out_of_range", params! { "year" => year }),
    }
}
