//! The rule file: TOML, every line of it answerable.
