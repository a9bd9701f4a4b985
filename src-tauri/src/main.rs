//! The desktop shell of 学迹: a window, its file dialogs, and the way from the
//! window to the core and back. It decides nothing about study; whoever looks
//! for what a command does finds it in `xueji_api`.
//!
//! The start, in order: arguments, renderer, screen, log, window. A second
//! start hands its arguments to the window that is already open and ends.

// A release for Windows opens no console beside the window.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod arguments;
mod commands;
mod core;
mod errors;
mod files;
#[cfg(target_os = "linux")]
mod linux;
mod logging;
mod window;

use std::process::ExitCode;

use arguments::{Invocation, Opening};

/// Bad arguments.
const WRONG_USAGE: u8 = 2;

fn main() -> ExitCode {
    let here = std::env::current_dir().unwrap_or_default();
    match arguments::read(std::env::args_os().skip(1), &here) {
        Ok(Invocation::Help) => println!("{}", arguments::USAGE),
        Ok(Invocation::Version) => println!("学迹 {}", env!("CARGO_PKG_VERSION")),
        Ok(Invocation::Window(opening)) => return open(opening),
        Err(error) => {
            eprintln!("{error}。\n\n{}", arguments::USAGE);
            return ExitCode::from(WRONG_USAGE);
        }
    }
    ExitCode::SUCCESS
}

/// Opens the window and stays until it closes.
fn open(opening: Opening) -> ExitCode {
    #[cfg(target_os = "linux")]
    {
        linux::choose_renderer();
        if !linux::has_display() {
            eprintln!(
                "没有可用的图形界面（DISPLAY 和 WAYLAND_DISPLAY 都连不上），窗口打不开。请在桌面会话里启动，或改用命令行程序 xueji-cli。"
            );
            return ExitCode::FAILURE;
        }
    }
    let Some(data_dir) = arguments::data_dir(|name| std::env::var_os(name)) else {
        eprintln!("不知道该把数据放在哪里：请设置环境变量 HOME 或 XUEJI_DATA_DIR（绝对路径）。");
        return ExitCode::FAILURE;
    };
    let _log = logging::start(&data_dir);
    match window::run(data_dir, opening) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not open");
            eprintln!("窗口打不开：{error}");
            ExitCode::FAILURE
        }
    }
}
