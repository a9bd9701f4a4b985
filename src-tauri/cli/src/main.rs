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

use crate::args::Arguments;

mod areas;
mod args;
mod failure;
mod input;
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
        Err(error) if !error.use_stderr() => return ExitCode::from(say(&usage::help(&error), DONE)),
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
            if let Some(remark) = &answer.remark {
                output::to_stderr(remark);
            }
            say(&answer.text(arguments.json), if answer.refused { REFUSED } else { DONE })
        }
        Err(failure) if failure.is_wrong_usage() => {
            output::to_stderr(&format!("用法不对：{failure}\n"));
            WRONG_USAGE
        }
        Err(failure) => {
            output::to_stderr(&format!("错误：{failure}\n"));
            if arguments.json { say(&output::pretty(&failure.as_json()), REFUSED) } else { REFUSED }
        }
    }
}

/// Gives the answer, and the exit status that goes with it.
fn say(text: &str, status: u8) -> u8 {
    match output::to_stdout(text) {
        Ok(()) => status,
        Err(_) => {
            output::to_stderr("错误：结果没有写全，输出的位置写不进去。检查磁盘空间后再试；台账里已完成的内容不受影响。\n");
            REFUSED
        }
    }
}
