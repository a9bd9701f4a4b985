//! The program's own log: one local file a day, kept for two weeks, without
//! names, file names or anything else that a record holds.

use std::path::Path;

use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

const DAYS_KEPT: usize = 14;

/// Starts logging into `logs` below `data_dir`; what is still unwritten is
/// written when the guard drops. A folder that cannot be written means no
/// log, never a program that does not start.
pub fn start(data_dir: &Path) -> Option<WorkerGuard> {
    let folder = data_dir.join("logs");
    std::fs::create_dir_all(&folder).ok()?;
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("xueji")
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(folder)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(file);
    // Other people's crates log what they please, window titles included: only our own words go in.
    let own = Targets::new().with_target("xueji", LevelFilter::INFO);
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(false);
    tracing_subscriber::registry().with(own).with(lines).try_init().ok()?;
    log_panics();
    Some(guard)
}

/// Notes where a panic happened. Its message may quote a record and stays out.
fn log_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
        usual(panic);
    }));
}
