//! Names and numbers as people type them.
