//! Shared pieces of the system tests.
