//! `new` and `sample`: books that were not there before.

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
    let info = program.run("book.create", json!({ "file": program.book_token(), "name": request.name, "operator": request.operator }))?;
    Ok(made(&program, "台账", info["name"].as_str().unwrap_or_default()))
}

/// `sample`: the core makes its sample book in its own folder; a checked copy
/// of it becomes the user's.
pub fn sample(arguments: &Arguments) -> Result<Answer, Failure> {
    let program = Program::start(arguments)?;
    if program.book().exists() {
        let view = xueji_api::ErrorView { code: "book_exists".to_owned(), params: Default::default(), field: None, trace: String::new() };
        return Err(Failure::Refused { view });
    }
    let info = program.run("book.open_sample", json!({}))?;
    program.run("book.save_copy", json!({ "file": program.book_token() }))?;
    Ok(made(&program, "示例台账", info["name"].as_str().unwrap_or_default()))
}

fn made(program: &Program, what: &str, name: &str) -> Answer {
    let file = program.book().display().to_string();
    Answer::new(format!("已新建{what}“{name}”：{file}\n"), json!({ "name": name, "file": file }))
}
