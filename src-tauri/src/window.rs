//! The one window: made from `tauri.conf.json`, fed with the core's events,
//! brought forward by a second start.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Emitter, Manager, RunEvent, WebviewWindowBuilder, WindowEvent};
use xueji_api::{App, AppOptions, Clock};

use crate::arguments::{self, Invocation, Opening};
use crate::commands;
use crate::core::Core;
use crate::files;

const LABEL: &str = "main";
/// The channel on which the window hears the core.
const CORE_EVENTS: &str = "core";
/// Tells the window that a second start asked for a book; its payload is a `LaunchRequest`.
const OPEN_REQUESTED: &str = "open-requested";

/// Tells the page that the window was to close while it holds it open.
const CLOSE_REQUESTED: &str = "close-requested";

/// Whether the page holds the window open, because something in it is not
/// saved. It holds for one attempt to close: a page that still answers takes
/// hold again when it hears of the attempt, and one that hangs does not, so
/// that the second attempt closes it.
#[derive(Debug, Default)]
pub struct Hold(AtomicBool);

impl Hold {
    /// Holds the window open, or lets it go.
    pub fn set(&self, held: bool) {
        self.0.store(held, Ordering::SeqCst);
    }

    /// Whether it is held; it is not any more.
    fn take(&self) -> bool {
        self.0.swap(false, Ordering::SeqCst)
    }
}

/// Opens the window and returns when it has closed.
///
/// # Errors
/// When Tauri or the core cannot start.
pub fn run(data_dir: PathBuf, opening: Opening) -> tauri::Result<()> {
    let second_start = tauri_plugin_single_instance::init(|app, arguments, folder| {
        come_forward(app);
        let arguments = arguments.into_iter().skip(1).map(OsString::from);
        if let Ok(Invocation::Window(opening)) = arguments::read(arguments, Path::new(&folder)) {
            pass_on(app, opening);
        }
    });
    tauri::Builder::default()
        .plugin(second_start)
        .invoke_handler(tauri::generate_handler![
            commands::invoke_core,
            commands::pick_open,
            commands::pick_save,
            commands::typed_path,
            commands::launch_request,
            commands::hold_window,
            commands::close_window
        ])
        .setup(move |app| {
            let listener = app.handle().clone();
            let options = AppOptions {
                data_dir,
                clock: clock(),
                on_event: Box::new(move |event| {
                    if let Err(error) = listener.emit(CORE_EVENTS, event) {
                        tracing::warn!(%error, "an event did not reach the window");
                    }
                }),
            };
            app.manage(Hold::default());
            app.manage(Core::start(App::new(options), opening));
            open_window(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|app, event| match event {
            RunEvent::Exit => app.state::<Core>().close(),
            RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. } if app.state::<Hold>().take() => {
                api.prevent_close();
                if let Err(error) = app.emit(CLOSE_REQUESTED, ()) {
                    tracing::warn!(%error, "the page did not hear that the window was to close");
                }
            }
            _ => {}
        });
    Ok(())
}

/// The machine's clock. A test may name the day, as it may answer file dialogs.
fn clock() -> Clock {
    let day = std::env::var("XUEJI_TEST_TODAY").ok().filter(|_| files::TESTS_MAY_STEER);
    day.and_then(|day| day.parse().ok()).map_or(Clock::System, Clock::Day)
}

fn open_window(app: &AppHandle) -> tauri::Result<()> {
    for config in app.config().app.windows.iter().filter(|config| config.label == LABEL) {
        let window = WebviewWindowBuilder::from_config(app, config)?.build()?;
        #[cfg(target_os = "linux")]
        {
            crate::linux::show_composition(&window)?;
            if files::TESTS_MAY_STEER && std::env::var_os("XUEJI_TEST_CONSOLE").is_some() {
                crate::linux::print_console(&window)?;
            }
        }
        #[cfg(not(target_os = "linux"))]
        let _ = window;
    }
    Ok(())
}

fn come_forward(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        // Each of the three may be refused by a window manager; the others still help.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Tells the window which book a second start asked for.
fn pass_on(app: &AppHandle, opening: Opening) {
    if opening == Opening::Last {
        return;
    }
    if let Some(core) = app.try_state::<Core>()
        && let Err(error) = app.emit(OPEN_REQUESTED, core.launch_request(opening))
    {
        tracing::warn!(%error, "the request of a second start did not reach the window");
    }
}

#[cfg(test)]
mod tests {
    use super::Hold;

    #[test]
    fn a_page_that_hangs_holds_the_window_once() {
        let hold = Hold::default();
        assert!(!hold.take());
        hold.set(true);
        assert!(hold.take());
        assert!(!hold.take());
    }
}
