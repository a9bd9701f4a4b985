//! The subcommands, one module an area.

use crate::{
    args::{Arguments, Command},
    failure::Failure,
    output::Answer,
};

mod assess;
mod book;
mod credits;
mod desk;
mod imports;
mod listing;
mod reports;
mod roster;
mod rules;
mod sessions;
mod undo;

pub use rules::FoundLine;

/// Does what was typed.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    match &arguments.command {
        Command::New(new) => book::new(arguments, new),
        Command::Sample => book::sample(arguments),
        Command::Import(import) => imports::run(arguments, import),
        Command::Members(members) => roster::members(arguments, members),
        Command::Sessions(year) => sessions::list(arguments, year),
        Command::Credits(credits) => credits::run(arguments, credits),
        Command::Rules(rules) => rules::run(arguments, &rules.command),
        Command::Decisions(decisions) => desk::decisions(arguments, &decisions.command),
        Command::Openings(openings) => desk::openings(arguments, &openings.command),
        Command::Closing(closing) => desk::closing(arguments, &closing.command),
        Command::Study(study) => desk::study(arguments, &study.command),
        Command::Manual(manual) => desk::manual(arguments, &manual.command),
        Command::Facts(facts) => desk::facts(arguments, &facts.command),
        Command::Assess(assess) => assess::run(arguments, &assess.command),
        Command::Summary(report) => reports::summary(arguments, report),
        Command::Attendance(report) => reports::attendance(arguments, report),
        Command::Undo => undo::undo(arguments),
        Command::Redo => undo::redo(arguments),
        Command::History(history) => undo::history(arguments, history),
    }
}
