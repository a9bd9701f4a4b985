//! `rules compare`: who gains and who loses under other rules, and by how
//! much.

use serde_json::{Value, json};

use super::{check, stored};
use crate::{
    areas::listing::{cell, in_table},
    args::{Arguments, rules::Compare},
    failure::Failure,
    input,
    output::Answer,
    program::Program,
};
use xueji_domain::rules::file::SIZE_LIMIT;

/// `rules compare`
pub fn run(arguments: &Arguments, request: &Compare) -> Result<Answer, Failure> {
    // A file's faults are said by line and column, as `rules check` says
    // them, before the book is opened.
    for path in [&request.before, &request.after] {
        if path.exists() || path.to_string_lossy().ends_with(".toml") {
            let file = input::read(path, SIZE_LIMIT)?;
            if let Some(refused) = check::faults(arguments, path, &file)? {
                return Ok(refused);
            }
        }
    }
    let program = Program::open(arguments)?;
    let (before, after) = (stored::choice(&program, &request.before)?, stored::choice(&program, &request.after)?);
    let found = program.run("rules.compare", json!({ "before": before, "after": after, "year": request.year.year }))?;
    Ok(Answer::new(in_words(&found), found))
}

fn in_words(found: &Value) -> String {
    let mut rows = found["rows"].clone();
    for row in rows.as_array_mut().into_iter().flatten() {
        for side in ["before", "after"] {
            row[side]["words"] = json!(side_words(&row[side]));
        }
    }
    let columns =
        [("工号", "member/staff_no"), ("姓名", "member/name"), ("现在", "before/words"), ("将来", "after/words"), ("相差", "difference")];
    let mut words = in_table(&columns, &rows);
    let count = |name: &str| cell(&found[name]);
    words.push_str(&format!("增加 {} 人，减少 {} 人，不变 {} 人", count("gain"), count("lose"), count("same")));
    if found["kind"] == "assessment" {
        words.push_str(&format!("；等次变化 {} 人\n", count("regraded")));
    } else {
        words.push_str(&format!("；新增不达标 {} 人，改为达标 {} 人\n", count("newly_short"), count("newly_met")));
    }
    if found["unit_before"] != found["unit_after"] {
        words.push_str(&format!("单位不同：现在是{}，将来是{}，数不能直接比。\n", count("unit_before"), count("unit_after")));
    }
    words
}

/// 9.5 未达标, 88 优秀, 未定 8～10
fn side_words(side: &Value) -> String {
    let total = match (&side["total"], &side["range"]) {
        (Value::Null, Value::Null) => "未定".to_owned(),
        (Value::Null, range) => format!("未定 {}～{}", cell(&range["min"]), cell(&range["max"])),
        (total, _) => cell(total),
    };
    let verdict = match side["verdict"].as_str() {
        Some("fail") => " 未达标",
        Some("pass") => " 达标",
        Some("exempt") => " 免",
        _ => "",
    };
    let grade = side["grade"].as_str().map(|grade| format!(" {grade}")).unwrap_or_default();
    format!("{total}{verdict}{grade}")
}
