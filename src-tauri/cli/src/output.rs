//! What leaves the program on its two streams. A reader that goes away
//! (`xueji-cli … | head`) ends the output, not the program.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

/// What a subcommand gives back.
#[derive(Debug, Default)]
pub struct Answer {
    /// For people.
    pub words: String,
    /// For scripts.
    pub json: Value,
    /// For people, apart from the answer: on the error stream.
    pub remark: Option<String>,
    /// Whether what was asked for was not done (exit status 1).
    pub refused: bool,
}

impl Answer {
    /// An answer in both forms.
    pub fn new(words: impl Into<String>, json: impl Serialize) -> Self {
        // The types of this program always have a JSON form.
        let json = serde_json::to_value(json).unwrap_or_default();
        Self { words: words.into(), json, remark: None, refused: false }
    }

    /// The form that was asked for.
    pub fn text(&self, json: bool) -> String {
        if json { pretty(&self.json) } else { self.words.clone() }
    }
}

/// JSON with line breaks, one at the end.
pub fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// Writes to the output stream. A disk that is full under a redirected
/// answer is an error: a script must not take half an answer for a whole one.
pub fn to_stdout(text: &str) -> io::Result<()> {
    let mut stream = io::stdout().lock();
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        // Nobody reads on: there is nobody to tell either.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes to the error stream.
pub fn to_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
