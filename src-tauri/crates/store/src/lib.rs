//! The book (台账): one SQLite file, and everything that reads or writes it.
//!
//! * [`Book`] opens a file, holds its lock, one writer and two readers.
//! * A read goes through [`Reader`], which cannot write. Every write goes
//!   through [`Book::write`]: one transaction under one named operation, its
//!   changes logged row by row with before and after by triggers that no
//!   write can pass by ([`log`]). Undo, audit and merging stand on that log.
//! * [`guard`] keeps closed months as they were closed, whatever writes.
//! * [`tables`] holds one module an area with the SQL of that area.
//!
//! Nobody here asks for the time: instants come in with [`Stamp`].

pub mod book;
pub mod copy;
pub mod error;
pub mod guard;
pub mod lock;
pub mod log;
pub mod migrate;
pub mod tables;
pub mod writer;

pub use book::{Book, NewBook, Reader};
pub use error::StoreError;
pub use guard::Supplement;
pub use log::{LoggedOperation, Undone};
pub use writer::{Stamp, Writer, Written};
