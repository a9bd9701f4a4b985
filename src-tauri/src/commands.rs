//! The seven commands that the window may call. All of them leave the window's
//! thread at once.

use serde_json::Value;
use tauri::{State, WebviewWindow};
use xueji_api::FileToken;

use crate::core::{Core, LaunchRequest};
use crate::errors::ShellError;
use crate::files::{self, Direction, Purpose};
use crate::window::Hold;

/// Calls a command of the core by name.
///
/// # Errors
/// The core's own error as data, or code `internal` when the command panicked.
#[tauri::command]
pub async fn invoke_core(core: State<'_, Core>, name: String, request: Value) -> Result<Value, Value> {
    core.call(name, request).await
}

/// Has the user choose a file to read; null when they cancel.
///
/// # Errors
/// Code `no_file_dialog` where the desktop can show none.
#[tauri::command]
pub async fn pick_open(core: State<'_, Core>, window: WebviewWindow, purpose: Purpose) -> Result<Option<FileToken>, ShellError> {
    let path = files::choose(&window, purpose, Direction::Open).await?;
    Ok(path.map(|path| core.register(path)))
}

/// Has the user choose where to write a file; null when they cancel.
///
/// # Errors
/// Code `no_file_dialog` where the desktop can show none.
#[tauri::command]
pub async fn pick_save(
    core: State<'_, Core>,
    window: WebviewWindow,
    purpose: Purpose,
    suggested_name: String,
) -> Result<Option<FileToken>, ShellError> {
    let path = files::choose(&window, purpose, Direction::Save { suggested_name }).await?;
    Ok(path.map(|path| core.register(path)))
}

/// Takes a path that the user typed where no dialog could open. With
/// `new_file` a missing ending is added.
///
/// # Errors
/// Code `path_not_absolute` for a path that depends on a current folder.
#[tauri::command]
pub async fn typed_path(core: State<'_, Core>, path: String, purpose: Purpose, new_file: Option<bool>) -> Result<FileToken, ShellError> {
    let home = std::env::var_os("HOME").map(std::path::PathBuf::from);
    let path = files::typed(&path, home.as_deref())?;
    Ok(core.register(if new_file.unwrap_or(false) { purpose.with_extension(path) } else { path }))
}

/// Says which book the command line asked for; the second call and later ones say none.
#[tauri::command]
pub async fn launch_request(core: State<'_, Core>, hold: State<'_, Hold>) -> Result<LaunchRequest, ShellError> {
    // A page that has just been loaded has nothing unsaved.
    hold.set(false);
    Ok(core.take_launch_request())
}

/// Says whether something typed into the page is not saved yet: while it is,
/// closing the window asks the page first.
#[tauri::command]
pub async fn hold_window(hold: State<'_, Hold>, held: bool) -> Result<(), ShellError> {
    hold.set(held);
    Ok(())
}

/// Closes the window, held or not: the user has answered.
///
/// # Errors
/// None; a window manager that refuses leaves the window as it is.
#[tauri::command]
pub async fn close_window(hold: State<'_, Hold>, window: WebviewWindow) -> Result<(), ShellError> {
    hold.set(false);
    if let Err(error) = window.close() {
        tracing::warn!(%error, "the window did not close");
    }
    Ok(())
}
