//! What is wrong with a rule set although it can be read.
