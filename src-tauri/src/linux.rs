//! What Linux asks of a WebKitGTK window beyond Tauri.

use std::path::Path;
use std::time::Duration;

use gtk::gio;
use gtk::glib::{Variant, VariantTy};
use webkit2gtk::{InputMethodContextExt, SettingsExt, WebViewExt};

/// How long a desktop portal may take to start and answer before it counts as dead.
const PORTAL_PATIENCE: Duration = Duration::from_secs(3);

/// Chooses WebKit's older renderer beside NVIDIA's own driver, where the
/// usual one (DMA-BUF) shows an empty window. `XUEJI_SOFTWARE_RENDERING`
/// chooses it by hand; a value that the user has set stays.
///
/// A missing render device is no reason: WebKit then shares plain memory by
/// itself, and the older renderer was seen to draw no frame there at all.
///
/// To be called first of all, before any thread exists.
pub fn choose_renderer() {
    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    let needed = std::env::var_os("XUEJI_SOFTWARE_RENDERING").is_some() || Path::new("/proc/driver/nvidia/version").exists();
    if needed && std::env::var_os(SWITCH).is_none() {
        // SAFETY: the caller has started no thread yet, so nobody reads the environment meanwhile.
        #[expect(unsafe_code, reason = "WebKit takes this switch from the environment only")]
        unsafe {
            std::env::set_var(SWITCH, "1");
        }
    }
}

/// Whether a screen answers on which a window can open.
pub fn has_display() -> bool {
    gtk::init().is_ok()
}

/// Shows what a Chinese input method composes inside the text field, as it is
/// being typed: the web view's maker switches that off.
///
/// # Errors
/// When the window is already gone.
pub fn show_composition(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| match webview.inner().input_method_context() {
        Some(context) => {
            context.set_enable_preedit(true);
            tracing::info!("composition is shown in the text field");
        }
        None => tracing::warn!("the web view has no input method context"),
    })
}

/// Prints what the page's console says on standard output, for the tests: a
/// broken content policy is heard nowhere else once the page is loaded.
///
/// # Errors
/// When the window is already gone.
pub fn print_console(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_enable_write_console_messages_to_stdout(true);
        }
    })
}

/// Whether a file dialog can open at all: by the desktop portal or, failing
/// that, by `zenity`, which the dialog library falls back on. Without either
/// the library answers at once as though the user had cancelled.
///
/// Blocks for up to [`PORTAL_PATIENCE`].
pub fn has_file_dialog() -> bool {
    portal_answers() || program_exists("zenity")
}

/// Asks the portal for the version of its file chooser. That starts the
/// portal where it sleeps, and fails where it lacks a file chooser.
fn portal_answers() -> bool {
    let Ok(bus) = gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE) else {
        return false;
    };
    let question = Variant::from(("org.freedesktop.portal.FileChooser", "version"));
    bus.call_sync(
        Some("org.freedesktop.portal.Desktop"),
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.DBus.Properties",
        "Get",
        Some(&question),
        VariantTy::new("(v)").ok(),
        gio::DBusCallFlags::NONE,
        i32::try_from(PORTAL_PATIENCE.as_millis()).unwrap_or(i32::MAX),
        gio::Cancellable::NONE,
    )
    .is_ok()
}

fn program_exists(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}
