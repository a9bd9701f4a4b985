//! 设置: the book's name, who works in it, how the window looks.

use serde::Deserialize;
use ts_rs::TS;

use xueji_exchange::params;
use xueji_store::tables::book;

use crate::{context::MutateContext, error::ApiError, forms, table::Nothing};

/// Sets who works in the book; stands in the change log from then on.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetOperator {
    /// The name; not empty.
    pub name: String,
}

/// Renames the book.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RenameBook {
    /// The name; not empty.
    pub name: String,
}

/// `settings.set_operator`
pub fn set_operator(context: &mut MutateContext, request: SetOperator) -> Result<Nothing, ApiError> {
    let name = forms::required("name", "name_missing", &request.name)?;
    book::set_operator(context.writer, &name)?;
    context.writer.describe(params! { "name" => name });
    Ok(Nothing {})
}

/// `settings.rename_book`
pub fn rename_book(context: &mut MutateContext, request: RenameBook) -> Result<Nothing, ApiError> {
    let name = forms::required("name", "name_missing", &request.name)?;
    book::rename(context.writer, &name)?;
    context.writer.describe(params! { "name" => name });
    Ok(Nothing {})
}
