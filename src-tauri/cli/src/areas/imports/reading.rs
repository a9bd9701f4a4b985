//! How the file is read: what the program proposes, and what was typed
//! against it.

use serde::Deserialize;
use serde_json::json;
use xueji_exchange::import::{ColumnMeaning, Reading, UpdatePolicy};

use super::view::Source;
use crate::{
    args::{Import, Policy},
    failure::Failure,
    program::Program,
};

/// What `import.heading` says.
#[derive(Deserialize)]
struct Heading {
    row: u32,
    columns: Vec<ColumnMeaning>,
}

/// The proposal with what was typed.
pub fn settle(program: &Program, source: &Source, request: &Import) -> Result<Reading, Failure> {
    let mut reading = source.reading.clone();
    reading.year = request.year;
    if let Some(policy) = request.policy {
        reading.policy = match policy {
            Policy::Update => UpdatePolicy::Update,
            Policy::FillBlanks => UpdatePolicy::FillBlanks,
            Policy::Keep => UpdatePolicy::Keep,
        };
    }
    let wanted = request.sheet.map_or(reading.sheet, |sheet| sheet - 1);
    if wanted as usize >= source.sheets.len() {
        let names = source.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        return Err(Failure::SheetUnknown { asked: wanted + 1, names });
    }
    if wanted != reading.sheet || request.heading_row.is_some_and(|row| row != reading.heading_row) {
        let asked = json!({ "source": source.source, "sheet": wanted, "row": request.heading_row });
        let heading: Heading = program.ask("import.heading", asked)?;
        (reading.sheet, reading.heading_row, reading.columns) = (wanted, heading.row, heading.columns);
    }
    Ok(reading)
}
