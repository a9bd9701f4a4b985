//! Bytes in and out: the files that people bring, and the papers that leave.
//!
//! * [`read`] opens a spreadsheet or a csv file, whatever its name says, and
//!   gives sheets of typed cells. It bounds memory and time before it trusts
//!   a file, because the files come from strangers' USB sticks.
//! * [`import`] turns such a sheet into a plan of what would be added,
//!   changed or refused.
//! * [`papers`] writes the yearly summary and the attendance ledger from plain
//!   data: no SQL and no clock, so the same data gives the same bytes.
//! * [`mod@file`] puts bytes on a disk so that a reader sees the old file or the
//!   new one, never half of it.

pub mod file;
pub mod import;
pub mod papers;
pub mod qr;
pub mod read;
