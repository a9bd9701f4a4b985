//! xueji-cli: the same commands as the window's, for hands that type and for
//! scripts.
//!
//! The command line reads no book of its own: every subcommand is one or a
//! few commands of [`xueji_api`], whose answers it words for a terminal or
//! passes on as JSON. [`args`] is the grammar, [`areas`] the subcommands.
//!
//! Exit status: 0 done (also with rows left out on request), 1 refused or not
//! possible, 2 wrong usage.

use std::process::ExitCode;

use clap::Parser;

use crate::{args::Arguments, failure::Failure};

mod areas;
mod args;
mod failure;
mod output;
mod program;
mod table;
mod usage;

/// Done.
const DONE: u8 = 0;
/// Refused, or not possible.
const REFUSED: u8 = 1;
/// Not what the command line understands.
const WRONG_USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if !error.use_stderr() => {
            output::to_stdout(&usage::help(&error));
            return ExitCode::from(DONE);
        }
        Err(error) => {
            output::to_stderr(&usage::sentence(&error));
            return ExitCode::from(WRONG_USAGE);
        }
    };
    ExitCode::from(run(&arguments))
}

fn run(arguments: &Arguments) -> u8 {
    match areas::run(arguments) {
        Ok(answer) => {
            output::to_stdout(&answer.text(arguments.json));
            if let Some(remark) = &answer.remark {
                output::to_stderr(remark);
            }
            if answer.refused { REFUSED } else { DONE }
        }
        Err(failure) => {
            if arguments.json {
                output::to_stdout(&output::pretty(&failure.as_json()));
            }
            output::to_stderr(&format!("错误：{failure}\n"));
            match failure {
                Failure::BookMissing => WRONG_USAGE,
                _ => REFUSED,
            }
        }
    }
}
