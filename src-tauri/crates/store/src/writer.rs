//! The one gateway for writes.

use std::{collections::BTreeSet, ops::Deref};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use serde_json::{Map, Value};
use xueji_domain::ids::{Id, OperationId};

use crate::{
    book::Reader,
    error::StoreError,
    guard::{self, Supplement},
    log,
};

/// When and by whom something is written.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// UTC milliseconds since 1970.
    pub at: i64,
    /// The operator's name; empty where none was set.
    pub operator: String,
}

/// What a write gave.
#[derive(Debug)]
pub struct Written<T> {
    /// The work's own result.
    pub value: T,
    /// The operation; none where no row changed.
    pub operation: Option<OperationId>,
    /// The tables whose rows changed.
    pub tables: BTreeSet<String>,
}

/// A write transaction under one named operation. Reads through [`Reader`],
/// which it hands out by dereference; table modules write through
/// [`Writer::execute`]. Dropped without [`Writer::finish`] it leaves nothing.
pub struct Writer<'c> {
    transaction: Transaction<'c>,
    operation: OperationId,
    params: Map<String, Value>,
    stamp: Stamp,
    supplement: Option<Supplement>,
    salt: [u8; 10],
    made: u32,
}

impl<'c> Writer<'c> {
    pub(crate) fn begin(connection: &'c mut Connection, name: &str, stamp: &Stamp) -> Result<Self, StoreError> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut writer = Self {
            operation: OperationId::from_parts(0, [0; 10]),
            transaction,
            params: Map::new(),
            stamp: stamp.clone(),
            supplement: None,
            salt: random(),
            made: 0,
        };
        writer.operation = writer.new_id();
        log::begin(&writer.transaction, writer.operation, name, stamp, None)?;
        Ok(writer)
    }

    /// A key for a new row. Keys of one operation ascend in the order in
    /// which they are made, so that rows keep the order of the file that they
    /// came from.
    pub fn new_id<T>(&mut self) -> Id<T> {
        // Version and variant take the top bits of bytes 0 and 2; the counter
        // stands in bytes 1, 3 and 4, the rest is random.
        let mut bytes = self.salt;
        let count = self.made.to_be_bytes();
        (bytes[1], bytes[3], bytes[4]) = (count[1], count[2], count[3]);
        bytes[5..].copy_from_slice(&random()[5..]);
        self.made += 1;
        Id::from_parts(self.stamp.at.unsigned_abs(), bytes)
    }

    /// When and by whom.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// Says what the operation is about, for its sentence: who, which, how
    /// many.
    pub fn describe(&mut self, params: Map<String, Value>) {
        self.params = params;
    }

    /// Says why closed months are changed, should the operation change any:
    /// without it, one that does is refused.
    pub fn supplement(&mut self, supplement: Option<Supplement>) {
        self.supplement = supplement;
    }

    /// Runs one writing statement; gives the number of rows changed.
    pub fn execute(&mut self, sql: &str, params: impl rusqlite::Params) -> Result<usize, StoreError> {
        Ok(self.transaction.prepare_cached(sql)?.execute(params)?)
    }

    /// Reads, within the transaction.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(&self.transaction)
    }

    /// The key of the operation.
    pub fn operation(&self) -> OperationId {
        self.operation
    }

    pub(crate) fn finish(self) -> Result<(Option<OperationId>, BTreeSet<String>), StoreError> {
        guard::pass(&self.transaction, self.operation, &self.stamp, self.supplement.as_ref())?;
        let tables = log::tables_of(&self.transaction, self.operation)?;
        if tables.is_empty() {
            // Nothing changed: no operation, nothing to undo.
            self.transaction.rollback()?;
            return Ok((None, tables));
        }
        log::end(&self.transaction, self.operation, &self.params)?;
        self.transaction.commit()?;
        Ok((Some(self.operation), tables))
    }
}

impl Deref for Writer<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.transaction
    }
}

/// Ten random bytes.
pub(crate) fn random() -> [u8; 10] {
    let bytes = uuid::Uuid::new_v4().into_bytes();
    // Bytes 6 and 8 carry the version and the variant: left out.
    [bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[9], bytes[10], bytes[11], bytes[12]]
}
