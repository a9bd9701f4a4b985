//! Declares the shell's commands, so that each needs a permission of its own.

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(&[
        "invoke_core",
        "pick_open",
        "pick_save",
        "typed_path",
        "launch_request",
        "hold_window",
        "close_window",
    ]);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        eprintln!("{error:#}");
        std::process::exit(1);
    }
}
