//! 撤销 and the history of operations.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::book::OperationLabel;

use xueji_store::log;

use crate::{
    app::Core,
    context::{self as answers, Mutated, QueryContext},
    error::ApiError,
    forms,
};

/// Asks for one step back or forward.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct StepRequest {
    /// Why closed months are changed, where the step changes any; without it
    /// such a step is refused.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub supplement_reason: Option<String>,
}

/// What was taken back or done again.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Undone {
    /// The operation.
    pub operation: OperationLabel,
    /// Rows that were put back.
    pub rows: u32,
}

/// Asks for the latest operations.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct HistoryRequest {
    /// How many at most.
    pub limit: u32,
}

/// One operation of the history.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HistoryEntry {
    /// The operation.
    pub operation: OperationLabel,
    /// Rows that it changed.
    pub rows: u32,
    /// Whether it was taken back.
    pub undone: bool,
}

/// `undo.undo`
pub fn undo(core: &Core, request: StepRequest) -> Result<Mutated<Undone>, ApiError> {
    let book = core.book()?;
    let supplement = core.supplement(forms::text(request.supplement_reason.as_deref()));
    let undone = book.undo_because(&core.stamp(&book)?, supplement.as_ref())?;
    answer(core, &undone)
}

/// `undo.redo`
pub fn redo(core: &Core, request: StepRequest) -> Result<Mutated<Undone>, ApiError> {
    let book = core.book()?;
    let supplement = core.supplement(forms::text(request.supplement_reason.as_deref()));
    let undone = book.redo_because(&core.stamp(&book)?, supplement.as_ref())?;
    answer(core, &undone)
}

fn answer(core: &Core, undone: &xueji_store::Undone) -> Result<Mutated<Undone>, ApiError> {
    let next = core.book()?.read(|reader| log::next_undo(reader))?;
    Ok(Mutated {
        value: Undone { operation: answers::label(&undone.operation), rows: undone.operation.rows },
        changed: answers::areas(&undone.tables),
        undo: next.as_ref().map(answers::label),
    })
}

/// `undo.history`
pub fn history(context: &QueryContext, request: HistoryRequest) -> Result<Vec<HistoryEntry>, ApiError> {
    let operations = log::history(context.reader, request.limit.min(1000))?;
    Ok(operations
        .iter()
        .map(|operation| HistoryEntry { operation: answers::label(operation), rows: operation.rows, undone: operation.undone })
        .collect())
}
