//! Reading what people type into forms: a blank is nothing, dates and
//! durations come in every usual spelling, and what cannot be read is
//! answered with the field's name.

use chrono::{NaiveDate, NaiveTime};
use serde_json::json;
use xueji_domain::{
    amount::{AmountReading, StudyAmount, parse_amount},
    calendar::{DateProblem, PartialDate, parse_clock, parse_date, parse_partial_date},
    exact::Exact,
    text::{names, width},
};

use crate::error::ApiError;

/// Parameters of a sentence that quotes what was typed.
fn quoting(field: &'static str, code: &'static str, value: &str) -> ApiError {
    let mut params = serde_json::Map::new();
    params.insert("value".to_owned(), json!(value));
    ApiError::Field { field, code, params }
}

/// A cleaned text; blank is none.
pub(crate) fn text(value: Option<&str>) -> Option<String> {
    value.map(names::clean_text).filter(|text| !text.is_empty())
}

/// A text that must be there.
pub(crate) fn required(field: &'static str, code: &'static str, value: &str) -> Result<String, ApiError> {
    text(Some(value)).ok_or_else(|| ApiError::field(field, code))
}

/// The sentence for a date that cannot be read.
pub(crate) fn date_code(problem: DateProblem) -> &'static str {
    match problem {
        DateProblem::NotADate => "date_not_a_date",
        DateProblem::NoSuchMonth { .. } => "date_no_such_month",
        DateProblem::NoSuchDay { .. } => "date_no_such_day",
        DateProblem::OutOfRange { .. } => "date_out_of_range",
    }
}

/// A date as precise as it was given; blank is none. A date of birth or of
/// joining does not lie in the future.
pub(crate) fn past_date(field: &'static str, value: Option<&str>, today: NaiveDate) -> Result<Option<PartialDate>, ApiError> {
    let Some(value) = text(value) else { return Ok(None) };
    let date = parse_partial_date(&value).map_err(|problem| quoting(field, date_code(problem), &value))?;
    if date.is_after(today) { Err(quoting(field, "date_in_future", &value)) } else { Ok(Some(date)) }
}

/// A day that must be there.
pub(crate) fn day(field: &'static str, value: &str) -> Result<NaiveDate, ApiError> {
    let value = required(field, "date_missing", value)?;
    parse_date(&value).map_err(|problem| quoting(field, date_code(problem), &value))
}

/// A day; blank is none.
pub(crate) fn optional_day(field: &'static str, value: Option<&str>) -> Result<Option<NaiveDate>, ApiError> {
    text(value).map(|value| day(field, &value)).transpose()
}

/// An exact number that must be there: `2`, `-0.5`, `1/3`, with full-width
/// digits too.
pub(crate) fn number(field: &'static str, value: &str) -> Result<Exact, ApiError> {
    let value = required(field, "number_missing", value)?;
    width::to_half_width(&value).parse().map_err(|_| quoting(field, "number_unreadable", &value))
}

/// An exact number; blank is none.
pub(crate) fn optional_number(field: &'static str, value: Option<&str>) -> Result<Option<Exact>, ApiError> {
    text(value).map(|value| number(field, &value)).transpose()
}

/// A time of day; blank is none.
pub(crate) fn clock(field: &'static str, value: Option<&str>) -> Result<Option<NaiveTime>, ApiError> {
    let Some(value) = text(value) else { return Ok(None) };
    parse_clock(&value).map(Some).ok_or_else(|| quoting(field, "time_unreadable", &value))
}

/// A duration. A bare number is minutes from 10 up; below, it could be hours
/// as well and is sent back with that question.
pub(crate) fn amount(field: &'static str, value: &str) -> Result<StudyAmount, ApiError> {
    let value = required(field, "amount_missing", value)?;
    let amount = match parse_amount(&value) {
        Ok(AmountReading::Clear(amount) | AmountReading::BareMinutes(amount)) => amount,
        Ok(AmountReading::Unclear { .. }) => return Err(quoting(field, "amount_unclear", &value)),
        Err(_) => return Err(quoting(field, "amount_unreadable", &value)),
    };
    if amount.exceeds_a_day() { Err(quoting(field, "amount_over_a_day", &value)) } else { Ok(amount) }
}
