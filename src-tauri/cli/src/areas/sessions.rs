//! `sessions`: a year's sessions with their attendance.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use xueji_api::messages;
use xueji_domain::{
    attendance::AttendanceRate,
    sessions::{SessionLevel, SessionState},
};

use crate::{
    args::{Arguments, Year},
    failure::Failure,
    output::Answer,
    program::Program,
    table::{Side, Table},
};

/// A session as the command line shows one.
#[derive(Debug, Deserialize, Serialize)]
struct Session {
    id: String,
    number: Option<String>,
    date: String,
    starts_at: Option<String>,
    #[serde(deserialize_with = "label_of")]
    amount: Option<String>,
    kind: String,
    title: String,
    level: SessionLevel,
    theme: Option<String>,
    place: Option<String>,
    hosts: String,
    state: SessionState,
    /// Marks by the code of their status.
    counts: BTreeMap<String, u32>,
    required: u32,
    attended: u32,
    rate: Rate,
}

/// 出勤率 as a fraction.
#[derive(Debug, Deserialize, Serialize)]
struct Rate {
    attended: u32,
    out_of: u32,
}

impl Rate {
    fn in_words(&self) -> String {
        let rate = AttendanceRate { attended: self.attended, out_of: self.out_of };
        rate.percent().map_or_else(String::new, |percent| format!("{}/{} {percent}%", self.attended, self.out_of))
    }
}

/// Of an amount, how it is written: 1小时30分.
fn label_of<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    struct Amount {
        label: String,
    }
    Ok(Option::<Amount>::deserialize(deserializer)?.map(|amount| amount.label))
}

/// `sessions`
pub fn list(arguments: &Arguments, request: &Year) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    let sessions: Vec<Session> = program.ask("sessions.list", json!({ "year": request.year }))?;
    let mut table = Table::new(&[
        ("编号", Side::Left),
        ("日期", Side::Left),
        ("时间", Side::Left),
        ("时长", Side::Left),
        ("类型", Side::Left),
        ("主题", Side::Left),
        ("主持人", Side::Left),
        ("状态", Side::Left),
        ("应到", Side::Right),
        ("实到", Side::Right),
        ("出勤率", Side::Right),
    ]);
    for session in &sessions {
        table.row(cells(session));
    }
    let words = format!("{}{} 年共 {} 次活动\n", table.render(), request.year, sessions.len());
    Ok(Answer::new(words, json!({ "year": request.year, "sessions": sessions })))
}

fn cells(session: &Session) -> Vec<String> {
    vec![
        session.number.clone().unwrap_or_default(),
        session.date.clone(),
        session.starts_at.clone().unwrap_or_default(),
        session.amount.clone().unwrap_or_default(),
        session.kind.clone(),
        session.title.clone(),
        session.hosts.clone(),
        state_word(session.state),
        session.required.to_string(),
        session.attended.to_string(),
        session.rate.in_words(),
    ]
}

fn state_word(state: SessionState) -> String {
    match json!(state) {
        Value::String(code) => messages::sentence("session_state", &code, &Map::new()),
        _ => String::new(),
    }
}
