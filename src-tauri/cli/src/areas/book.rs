//! `new` and `sample`: books that were not there before.

use std::path::Path;

use serde_json::json;

use crate::{
    args::{Arguments, New},
    failure::Failure,
    output::Answer,
    program::Program,
};

/// `new`
pub fn new(arguments: &Arguments, request: &New) -> Result<Answer, Failure> {
    let program = Program::start(arguments)?;
    check_place(&program)?;
    let info = program.run("book.create", json!({ "file": program.book_token(), "name": request.name, "operator": request.operator }))?;
    Ok(made(&program, "台账", info["name"].as_str().unwrap_or_default()))
}

/// `sample`: the core makes its sample book in its own folder; a checked copy
/// of it becomes the user's.
pub fn sample(arguments: &Arguments) -> Result<Answer, Failure> {
    let program = Program::start(arguments)?;
    check_place(&program)?;
    let info = program.run("book.open_sample", json!({}))?;
    program.run("book.save_copy", json!({ "file": program.book_token() }))?;
    Ok(made(&program, "示例台账", info["name"].as_str().unwrap_or_default()))
}

/// A typed path, unlike one from a save dialog, may lead into no folder, or
/// onto a file that is there.
fn check_place(program: &Program) -> Result<(), Failure> {
    let book = program.book();
    let name = book.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if book.exists() {
        return Err(Failure::refused("book_exists", json!({})));
    }
    if !book.parent().is_some_and(Path::is_dir) {
        return Err(Failure::refused("folder_missing", json!({ "file": name })));
    }
    Ok(())
}

fn made(program: &Program, what: &str, name: &str) -> Answer {
    let file = program.book().display().to_string();
    Answer::new(format!("已新建{what}“{name}”：{file}\n"), json!({ "name": name, "file": file }))
}
