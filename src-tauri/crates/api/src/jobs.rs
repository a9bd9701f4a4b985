//! Long work: a thread of its own, progress at most ten times a second at the
//! same call that lets it be cancelled, one end, a result that stays.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{
    app::Core,
    error::{ApiError, ErrorView},
    event::Event,
    table::Nothing,
};

/// Names one job.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct JobRequest {
    /// Its key, as given when it was started.
    pub job: String,
}

/// Where a job stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct JobState {
    /// Its key.
    pub job: String,
    /// The command that it runs.
    pub command: String,
    /// Running, done, failed.
    pub phase: JobPhase,
    /// Steps done.
    pub done: u32,
    /// Steps in all; 0 while not known.
    pub total: u32,
    /// The command's response, once done.
    #[ts(type = "unknown")]
    pub value: Option<Value>,
    /// Why it failed.
    pub error: Option<ErrorView>,
}

/// Whether a job still runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobPhase {
    /// At work.
    Running,
    /// Ended with a value.
    Done,
    /// Ended with an error; `cancelled` where it was asked to stop.
    Failed,
}

/// A job was started.
#[derive(Debug, Clone, Serialize, TS)]
pub struct JobStarted {
    /// Its key.
    pub job: String,
}

type Tell = dyn Fn(u32, u32) + Send + Sync;

/// Handed to a job: tells how far it is, and whether it should stop.
pub struct Progress {
    cancelled: Arc<AtomicBool>,
    tell: Box<Tell>,
    last: Mutex<Option<Instant>>,
}

impl Progress {
    /// At most ten reports a second.
    const INTERVAL: Duration = Duration::from_millis(100);

    fn new(cancelled: Arc<AtomicBool>, tell: Box<Tell>) -> Self {
        Self { cancelled, tell, last: Mutex::new(None) }
    }

    /// A progress that nobody watches and nobody cancels.
    pub fn unwatched() -> Self {
        Self::new(Arc::new(AtomicBool::new(false)), Box::new(|_, _| {}))
    }

    /// Reports, and says whether to stop.
    pub fn step(&self, done: u32, total: u32) -> Result<(), ApiError> {
        if self.is_cancelled() {
            return Err(ApiError::Cancelled);
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|at| at.elapsed() >= Self::INTERVAL) {
            *last = Some(Instant::now());
            (self.tell)(done, total);
        }
        Ok(())
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

struct Running {
    state: JobState,
    cancelled: Arc<AtomicBool>,
}

/// The jobs of this run of the program.
#[derive(Default)]
pub(crate) struct Jobs {
    by_key: Mutex<HashMap<String, Running>>,
}

impl Jobs {
    fn update(&self, job: &str, change: impl FnOnce(&mut JobState)) -> Option<JobState> {
        let mut jobs = self.by_key.lock().unwrap_or_else(PoisonError::into_inner);
        let running = jobs.get_mut(job)?;
        change(&mut running.state);
        Some(running.state.clone())
    }
}

/// Starts a command of kind `job` on a thread of its own.
pub(crate) fn start(core: &Core, name: &str, request: Value) -> Result<JobStarted, ApiError> {
    let job = uuid::Uuid::now_v7().to_string();
    let cancelled = Arc::new(AtomicBool::new(false));
    let state =
        JobState { job: job.clone(), command: name.to_owned(), phase: JobPhase::Running, done: 0, total: 0, value: None, error: None };
    core.jobs.by_key.lock().unwrap_or_else(PoisonError::into_inner).insert(job.clone(), Running { state, cancelled: cancelled.clone() });
    let (core, name, key) = (core.clone(), name.to_owned(), job.clone());
    let spawned = std::thread::Builder::new().name(format!("job {name}")).spawn(move || {
        let teller = (core.clone(), key.clone());
        let progress = Progress::new(
            cancelled,
            Box::new(move |done, total| {
                let (core, key) = &teller;
                if let Some(state) = core.jobs.update(key, |state| (state.done, state.total) = (done, total)) {
                    core.tell(Event::Job { state });
                }
            }),
        );
        let ended = core.run_guarded(&name, request, &progress);
        let state = core.jobs.update(&key, |state| match ended {
            Ok(value) => (state.phase, state.value) = (JobPhase::Done, Some(value)),
            Err(error) => (state.phase, state.error) = (JobPhase::Failed, Some(error)),
        });
        if let Some(state) = state {
            core.tell(Event::Job { state });
        }
    });
    spawned.map_err(|error| ApiError::Internal { reason: error.to_string() })?;
    Ok(JobStarted { job })
}

/// `job.cancel`
pub fn cancel(core: &Core, request: JobRequest) -> Result<Nothing, ApiError> {
    let jobs = core.jobs.by_key.lock().unwrap_or_else(PoisonError::into_inner);
    let running = jobs.get(&request.job).ok_or(ApiError::UnknownJob)?;
    running.cancelled.store(true, Ordering::Relaxed);
    Ok(Nothing {})
}

/// `job.state`
pub fn state(core: &Core, request: JobRequest) -> Result<JobState, ApiError> {
    core.jobs.update(&request.job, |_| {}).ok_or(ApiError::UnknownJob)
}
