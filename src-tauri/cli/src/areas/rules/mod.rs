//! `rules`: rule files to list, look at, check, try, compare and take into use.

use crate::{
    args::{Arguments, rules::RulesCommand},
    failure::Failure,
    output::Answer,
};

mod check;
mod compare;
mod ledger;
mod questions;
mod shelf;
mod stored;
mod trial;

pub use check::FoundLine;

/// Does what was typed after `rules`.
pub fn run(arguments: &Arguments, command: &RulesCommand) -> Result<Answer, Failure> {
    match command {
        RulesCommand::List => stored::list(arguments),
        RulesCommand::Show(show) => stored::show(arguments, show),
        RulesCommand::Check(check) => check::run(arguments, check),
        RulesCommand::Use(request) => stored::take_into_use(arguments, request),
        RulesCommand::Try(request) => trial::run(arguments, request),
        RulesCommand::Compare(request) => compare::run(arguments, request),
        RulesCommand::Stop(request) => stored::stop(arguments, request),
        RulesCommand::Delete(request) => stored::delete(arguments, request),
    }
}
