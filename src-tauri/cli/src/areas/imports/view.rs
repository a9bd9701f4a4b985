//! What the core says of a file, in the form in which the command line passes
//! it on: every code beside its sentence.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use xueji_api::messages;
use xueji_exchange::import::{Field, Reading};

type Params = Map<String, Value>;

/// What `import.read` found.
#[derive(Debug, Deserialize)]
pub struct Source {
    /// Stands for the opened file.
    pub source: String,
    /// The file's name.
    pub file_name: String,
    /// Of a csv: how it was decoded.
    pub encoding: Option<String>,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
    /// The proposal.
    pub reading: Reading,
    /// Whether the proposal is remembered from a file of this shape.
    pub remembered: bool,
    fields: Vec<FieldName>,
}

/// A sheet.
#[derive(Debug, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its first rows.
    pub head: Vec<HeadRow>,
}

/// A row as a user sees it.
#[derive(Debug, Deserialize)]
pub struct HeadRow {
    /// From 1.
    pub number: u32,
    /// Its cells.
    pub cells: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct FieldName {
    field: Field,
    label: String,
}

impl Source {
    /// The name of the sheet that is read.
    pub fn sheet_name(&self, reading: &Reading) -> &str {
        self.sheets.get(reading.sheet as usize).map_or("", |sheet| &sheet.name)
    }

    /// Which column was taken for which field.
    pub fn fields_read(&self, reading: &Reading) -> Value {
        let heading =
            self.sheets.get(reading.sheet as usize).and_then(|sheet| sheet.head.iter().find(|row| row.number == reading.heading_row));
        let columns = reading.columns.iter().map(|meaning| {
            let label = self.fields.iter().find(|known| known.field == meaning.field).map(|known| known.label.as_str());
            let heading = heading.and_then(|row| row.cells.get(meaning.column as usize));
            json!({ "column": meaning.column + 1, "heading": heading, "field": meaning.field, "label": label })
        });
        columns.collect()
    }
}

/// What `import.preview` says.
#[derive(Debug, Deserialize, Serialize)]
pub struct Preview {
    /// Stands for the plan.
    #[serde(skip_serializing)]
    pub plan: String,
    /// How many rows have which outcome.
    pub counts: Counts,
    /// Every row.
    pub rows: Vec<Row>,
    /// What is asked, or was.
    pub questions: Vec<Question>,
    /// How symbols are read.
    pub symbols: Vec<Symbol>,
    /// The sessions of a matrix.
    pub columns: Vec<Column>,
}

/// How many rows have which outcome.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
pub struct Counts {
    /// New records.
    pub add: u32,
    /// Records that get other values.
    pub change: u32,
    /// Records that stay.
    pub keep: u32,
    /// Rows that cannot be read.
    pub refuse: u32,
    /// Rows that wait for an answer.
    pub ask: u32,
}

/// What would happen to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 新增
    Add,
    /// 修改
    Change,
    /// 不变
    Keep,
    /// 拒绝
    Refuse,
    /// 待答
    Ask,
}

impl Outcome {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Add => "新增",
            Self::Change => "修改",
            Self::Keep => "不变",
            Self::Refuse => "拒绝",
            Self::Ask => "待答",
        }
    }
}

/// One row.
#[derive(Debug, Deserialize, Serialize)]
pub struct Row {
    /// From 1.
    pub row: u32,
    /// What would happen.
    pub outcome: Outcome,
    /// What it is about.
    pub label: String,
    /// What would be written.
    pub changes: Vec<Change>,
    /// Why it is refused.
    pub problems: Vec<Problem>,
    /// What is odd.
    pub warnings: Vec<Problem>,
    /// Keys of its questions.
    pub questions: Vec<String>,
}

/// A field that would be written.
#[derive(Debug, Deserialize, Serialize)]
pub struct Change {
    /// The field's name on screen.
    pub label: String,
    /// The book's value.
    pub before: Option<String>,
    /// The new value.
    pub after: String,
    /// The cell's own text where it reads differently.
    pub read_from: Option<String>,
}

/// Why a row is refused, or what is odd about it.
#[derive(Debug, Deserialize, Serialize)]
pub struct Problem {
    /// Which.
    pub code: String,
    /// The column's heading.
    pub column: Option<String>,
    /// The cell's text.
    pub value: Option<String>,
    params: Params,
    /// In words.
    #[serde(default)]
    pub sentence: String,
}

/// Something that is asked.
#[derive(Debug, Deserialize, Serialize)]
pub struct Question {
    /// Under which the answer goes.
    pub key: String,
    code: String,
    params: Params,
    /// The row that it is about.
    pub row: Option<u32>,
    /// How many rows or cells wait for it.
    pub affects: u32,
    /// The possible answers.
    pub choices: Vec<Choice>,
    /// The answer given.
    pub answer: Option<String>,
    /// In words.
    #[serde(default)]
    pub sentence: String,
}

/// A possible answer.
#[derive(Debug, Deserialize, Serialize)]
pub struct Choice {
    /// What to answer.
    pub value: String,
    code: String,
    params: Params,
    /// In words.
    #[serde(default)]
    pub sentence: String,
}

/// How a symbol is read.
#[derive(Debug, Deserialize, Serialize)]
pub struct Symbol {
    /// As it stands in the file.
    pub symbol: String,
    /// What it is taken for; none while it is asked about.
    pub reading: Option<String>,
    /// How many cells hold it.
    pub cells: u32,
    /// Under which an answer overrides the reading.
    pub key: String,
}

/// A session of a matrix.
#[derive(Debug, Deserialize, Serialize)]
pub struct Column {
    column: u32,
    /// Its heading.
    pub heading: String,
    /// Whether it found its session.
    pub state: ColumnState,
    session: Option<String>,
    /// Why it is refused.
    pub problem: Option<Problem>,
    question: Option<String>,
}

/// Whether a column found its session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnState {
    /// It did.
    Matched,
    /// Left out on request.
    Skipped,
    /// Asked about.
    Ask,
    /// Cannot be read.
    Refuse,
}

impl Preview {
    /// Puts the sentence beside every code, and counts columns as people do.
    pub fn word(&mut self) {
        let problems = self.rows.iter_mut().flat_map(|row| row.problems.iter_mut().chain(&mut row.warnings));
        for problem in problems.chain(self.columns.iter_mut().filter_map(|column| column.problem.as_mut())) {
            problem.sentence = messages::sentence("import", &problem.code, &problem.params);
        }
        for question in &mut self.questions {
            question.sentence = messages::sentence("question", &question.code, &question.params);
            for choice in &mut question.choices {
                choice.sentence = messages::sentence("choice", &choice.code, &choice.params);
            }
        }
        for column in &mut self.columns {
            column.column += 1;
        }
    }

    /// Questions without an answer.
    pub fn open_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.answer.is_none())
    }

    /// Columns that cannot be read.
    pub fn refused_columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.state == ColumnState::Refuse)
    }

    /// Whether any row or column is refused or waits for an answer.
    pub fn is_open(&self) -> bool {
        let column_open = |column: &Column| matches!(column.state, ColumnState::Ask | ColumnState::Refuse);
        self.counts.refuse + self.counts.ask > 0 || self.columns.iter().any(column_open)
    }

    /// Whether the columns' dates wait for `--year`.
    pub fn lacks_year(&self) -> bool {
        self.columns.iter().filter_map(|column| column.problem.as_ref()).any(|problem| problem.code == "column_without_year")
    }
}
