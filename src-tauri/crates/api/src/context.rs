//! What a handler gets, and what a change gives back.

use std::collections::BTreeSet;

use chrono::{DateTime, Local, NaiveDate, TimeZone};
use serde::Serialize;
use ts_rs::TS;
use xueji_store::{LoggedOperation, Reader, Writer};

use crate::areas::book::OperationLabel;

/// For a query: the open book, read only, at one moment.
pub struct QueryContext<'a, 'c> {
    /// The book.
    pub reader: &'a Reader<'c>,
    /// Today by the program's clock.
    pub today: NaiveDate,
}

/// For a change: the open book's write transaction.
pub struct MutateContext<'a, 'c> {
    /// The book.
    pub writer: &'a mut Writer<'c>,
    /// Today by the program's clock.
    pub today: NaiveDate,
}

/// What a change gives back.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Mutated<T> {
    /// The command's own response.
    pub value: T,
    /// The areas whose records changed: what the window asks for anew.
    pub changed: Vec<String>,
    /// What Ctrl+Z would take back now.
    pub undo: Option<OperationLabel>,
}

/// The areas that tables belong to.
pub(crate) fn areas(tables: &BTreeSet<String>) -> Vec<String> {
    let areas: BTreeSet<&str> = tables
        .iter()
        .map(|table| match table.as_str() {
            "book" => "settings",
            "organization" => "organizations",
            "member" | "member_period" => "roster",
            "session"
            | "session_organization"
            | "session_part"
            | "series"
            | "series_skip"
            | "session_also"
            | "session_tag"
            | "word"
            | "session_paper"
            | "session_evidence"
            | "observer_report"
            | "holiday"
            | "anniversary" => "sessions",
            "attendance" | "make_up" | "leave" | "session_roster" | "month_closing" | "month_supplement" | "rotation" => "attendance",
            "plan" | "theme" | "plan_item" => "plans",
            "document" | "inspection" | "finding" | "expense" | "commendation" | "study_case" | "attachment" => "archive",
            "setting" | "warning_put_off" => "warnings",
            "rule_set" | "rule_use" | "decision" => "rules",
            "manual_credit" | "opening_record" | "member_fact" => "credits",
            "closing" | "closing_line" | "supplement" => "closing",
            "score" => "assessment",
            _ => "study",
        })
        .collect();
    areas.into_iter().map(str::to_owned).collect()
}

/// An operation as the window shows it.
pub(crate) fn label(operation: &LoggedOperation) -> OperationLabel {
    OperationLabel {
        id: operation.id.to_string(),
        name: operation.name.clone(),
        params: operation.params.clone(),
        at: local(operation.at).map_or_else(String::new, |at| at.format("%Y-%m-%d %H:%M").to_string()),
        operator: operation.operator.clone(),
    }
}

/// An instant (UTC milliseconds) by the machine's zone.
pub(crate) fn local(at: i64) -> Option<DateTime<Local>> {
    Local.timestamp_millis_opt(at).single()
}
