//! The command line as a user and a script meet it: the built program, run as
//! a process of its own, on files.

mod bad_days;
mod desk;
mod guide;
mod messy;
mod order;
mod rules;
mod support;
mod usage;
mod whole_job;
