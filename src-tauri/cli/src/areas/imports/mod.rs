//! `import`: the wizard's three steps in one go. The proposed reading is
//! applied; what it leaves open is asked, and nothing is written before every
//! question is answered or leaving rows out is asked for.

use serde::Deserialize;
use serde_json::{Value, json};
use xueji_exchange::import::Reading;

use crate::{
    args::{Arguments, Import, ImportKind, OnError},
    failure::Failure,
    output::Answer,
    program::Program,
};

mod answers;
mod reading;
mod view;
mod words;

use answers::Given;
use view::{Preview, Source};

/// What `import.apply` says.
#[derive(Debug, Deserialize)]
struct Done {
    left_out: u32,
    copy: Option<String>,
    changed: bool,
}

/// How far an import went.
enum End {
    /// Nothing was to be written.
    DryRun,
    /// Something stands in the way.
    Stopped,
    /// It went in.
    Applied(Done),
}

/// `import`
pub fn run(arguments: &Arguments, request: &Import) -> Result<Answer, Failure> {
    let mut given = Given::of(request)?;
    let program = Program::open(arguments)?;
    let kind = code(request.kind);
    let file = program.token(&request.file);
    let source: Source = program.ask("import.read", json!({ "file": file, "kind": kind, "encoding": request.encoding }))?;
    let mut reading = reading::settle(&program, &source, request)?;
    let preview = preview(&program, &source, &mut reading, &mut given)?;
    given.check(&preview)?;
    if let Some(path) = &request.write_answers {
        answers::write_template(path, request.answers.as_deref(), &preview)?;
    }
    let end = finish(&program, request, &preview)?;
    Ok(answer(request, &source, &reading, &preview, &end, &given))
}

/// The kind's name in the core.
fn code(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Roster => "roster",
        ImportKind::Sessions => "sessions",
        ImportKind::Attendance => "attendance",
        ImportKind::SelfStudy => "self_study",
    }
}

/// Previews until every answer has found its question: an answer may raise
/// the next question.
fn preview(program: &Program, source: &Source, reading: &mut Reading, given: &mut Given) -> Result<Preview, Failure> {
    reading.answers.extend(given.settled.clone());
    loop {
        let mut preview: Preview = program.ask("import.preview", json!({ "source": source.source, "reading": reading }))?;
        preview.word();
        if !given.settle_against(&preview) {
            return Ok(preview);
        }
        reading.answers.extend(given.settled.clone());
    }
}

fn finish(program: &Program, request: &Import, preview: &Preview) -> Result<End, Failure> {
    if request.dry_run {
        return Ok(End::DryRun);
    }
    // A matrix whose columns have no year has no rows to skip: it is unread.
    let stopped = preview.lacks_year() || (preview.is_open() && request.on_error == OnError::Stop);
    if stopped {
        return Ok(End::Stopped);
    }
    let skip = request.on_error == OnError::Skip;
    Ok(End::Applied(program.ask("import.apply", json!({ "plan": preview.plan, "skip_problems": skip }))?))
}

fn answer(request: &Import, source: &Source, reading: &Reading, preview: &Preview, end: &End, given: &Given) -> Answer {
    let refused = matches!(end, End::Stopped) || preview.lacks_year();
    let remarks = [given.unused_in_words(preview), request.write_answers.as_ref().map(|path| words::template_written(path, preview))];
    let remark: String = remarks.into_iter().flatten().collect();
    Answer {
        words: in_words(source, reading, preview, end),
        json: as_json(request, source, reading, preview, end),
        remark: (!remark.is_empty()).then_some(remark),
        refused,
    }
}

fn in_words(source: &Source, reading: &Reading, preview: &Preview, end: &End) -> String {
    let mut words = words::heading(source, reading);
    words.push_str(&words::counts(preview));
    if matches!(end, End::DryRun) {
        words.push_str(&words::rows(preview));
    }
    words.push_str(&words::symbols(preview));
    words.push_str(&words::refused(preview));
    words.push_str(&words::warnings(preview));
    words.push_str(&words::questions(preview));
    words.push_str(&match end {
        End::DryRun => "这是试读，没有写入任何内容。\n".to_owned(),
        End::Stopped => words::stopped(preview),
        End::Applied(done) => words::applied(done.changed, done.left_out, done.copy.as_deref()),
    });
    words
}

fn as_json(request: &Import, source: &Source, reading: &Reading, preview: &Preview, end: &End) -> Value {
    let (status, done) = match end {
        End::DryRun => ("dry_run", None),
        End::Stopped => ("stopped", None),
        End::Applied(done) => ("applied", Some(done)),
    };
    let mut object = json!(preview);
    object["kind"] = json!(code(request.kind));
    object["file"] = json!(source.file_name);
    object["reading"] = json!({
        "sheet": source.sheet_name(reading),
        "heading_row": reading.heading_row,
        "encoding": source.encoding,
        "year": reading.year,
        "policy": reading.policy,
        "remembered": source.remembered,
        "fields": source.fields_read(reading),
    });
    object["status"] = json!(status);
    object["changed"] = json!(done.is_some_and(|done| done.changed));
    object["left_out"] = json!(done.map_or(0, |done| done.left_out));
    object["copy"] = json!(done.and_then(|done| done.copy.as_deref()));
    object
}
