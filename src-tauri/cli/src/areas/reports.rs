//! `summary` and `attendance`: papers that leave the program.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    args::{Arguments, Report},
    failure::Failure,
    output::Answer,
    program::Program,
};

#[derive(Debug, Deserialize, Serialize)]
struct Written {
    members: u32,
    sessions: u32,
    entries: u32,
}

/// `summary`
pub fn summary(arguments: &Arguments, request: &Report) -> Result<Answer, Failure> {
    let written = write(arguments, request, "reports.summary")?;
    let said = format!("{} 人，{} 次活动，{} 笔学分", written.members, written.sessions, written.entries);
    Ok(answer(request, "年度学习情况汇总表", &said, &written))
}

/// `attendance`
pub fn attendance(arguments: &Arguments, request: &Report) -> Result<Answer, Failure> {
    let written = write(arguments, request, "reports.attendance_csv")?;
    let said = format!("{} 人，{} 次活动", written.members, written.sessions);
    Ok(answer(request, "考勤台账", &said, &written))
}

fn write(arguments: &Arguments, request: &Report, command: &'static str) -> Result<Written, Failure> {
    let program = Program::open(arguments)?;
    program.ask(command, json!({ "year": request.year.year, "file": program.token(&request.out) }))
}

fn answer(request: &Report, paper: &str, said: &str, written: &Written) -> Answer {
    let year = request.year.year;
    let file = request.out.display().to_string();
    let json = json!({
        "year": year, "file": file, "members": written.members, "sessions": written.sessions, "entries": written.entries
    });
    Answer::new(format!("已写出 {year} 年{paper}（{said}）：{file}\n"), json)
}
