//! Puts bytes on a disk.
