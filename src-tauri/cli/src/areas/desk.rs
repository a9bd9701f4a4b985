//! What a clerk does around credits: decisions, openings, closings, approvals,
//! credits by hand, what else is known of a member. Each is one command of the core; its answer
//! is passed on as JSON, or as a table of what one looks for first.

use serde_json::{Value, json};

use super::{
    listing::{Column, cell, in_lines, in_table, listed, removed, said},
    roster,
};
use crate::{
    args::{
        Arguments,
        desk::{
            ClosingCommand, DecisionsCommand, FactKind, FactsCommand, ManualAdd, ManualCommand, ManualEdit, OpeningsCommand, Period,
            RecordDecision, RecordOpening, Review, StudyCommand, StudyList, YesNo,
        },
    },
    failure::Failure,
    output::Answer,
    program::Program,
};

/// `decisions`
pub fn decisions(arguments: &Arguments, command: &DecisionsCommand) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    const COLUMNS: &[Column] = &[
        ("编号", "id"),
        ("规则", "rule_set"),
        ("问题", "question_text"),
        ("问题的 key", "question"),
        ("读法", "reading_label"),
        ("数", "value"),
        ("对谁", "member_name"),
        ("事实", "fact"),
        ("理由", "reason"),
        ("文号", "document"),
        ("决定人", "decided_by"),
        ("日期", "decided_on"),
    ];
    match command {
        DecisionsCommand::List => listed("decisions", COLUMNS, program.run("decisions.list", json!({}))?),
        DecisionsCommand::Record(request) => {
            let done = program.change("decisions.record", decision(&program, request)?)?;
            said("已记录决定", COLUMNS, done)
        }
        DecisionsCommand::Remove(one) => removed(&program, "decisions.remove", &one.id, "已撤回"),
    }
}

fn decision(program: &Program, request: &RecordDecision) -> Result<Value, Failure> {
    let member = request.member.as_deref().map(|asked| roster::find(program, asked)).transpose()?;
    Ok(json!({
        "rule_set": request.rule_set, "question": request.question, "member": member, "fact": request.fact,
        "reading": request.reading, "value": request.value, "reason": request.reason, "document": request.document,
    }))
}

/// `openings`
pub fn openings(arguments: &Arguments, command: &OpeningsCommand) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    const COLUMNS: &[Column] = &[
        ("编号", "id"),
        ("姓名", "member_name"),
        ("规则", "rule_set"),
        ("期", "period"),
        ("合计", "total"),
        ("达标", "passed"),
        ("等次", "grade"),
        ("理由", "reason"),
        ("文号", "document"),
    ];
    match command {
        OpeningsCommand::List => listed("openings", COLUMNS, program.run("openings.list", json!({}))?),
        OpeningsCommand::Record(request) => {
            let done = program.change("openings.record", opening(&program, request)?)?;
            said("已登记期初记录", COLUMNS, done)
        }
        OpeningsCommand::Remove(one) => removed(&program, "openings.remove", &one.id, "已删除"),
    }
}

fn opening(program: &Program, request: &RecordOpening) -> Result<Value, Failure> {
    let carry = if request.carry.is_empty() { None } else { Some(pairs("--carry", &request.carry)?) };
    Ok(json!({
        "member": roster::find(program, &request.member)?, "rule_set": request.rule_set, "period": request.period,
        "total": request.total, "passed": request.passed.map(|passed| passed == YesNo::Yes), "grade": request.grade,
        "buckets": pairs("--bucket", &request.bucket)?, "short": request.short, "carry": carry,
        "reason": request.reason, "document": request.document,
    }))
}

/// `必修=20`
fn pairs(option: &'static str, typed: &[String]) -> Result<Vec<(String, String)>, Failure> {
    let pair = |text: &String| match text.split_once('=') {
        Some((name, amount)) if !name.is_empty() => Ok((name.trim().to_owned(), amount.trim().to_owned())),
        _ => Err(Failure::PairShape { option, given: text.clone() }),
    };
    typed.iter().map(pair).collect()
}

/// `closing`
pub fn closing(arguments: &Arguments, command: &ClosingCommand) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    const COLUMNS: &[Column] = &[
        ("编号", "id"),
        ("规则", "name"),
        ("版本", "version"),
        ("期", "period"),
        ("组织", "organization_name"),
        ("份数", "members"),
        ("更正", "supplements"),
        ("封存人", "closed_by"),
        ("日期", "closed_on"),
        ("重开", "reopened/on"),
        ("摘要", "digest"),
    ];
    const LINES: &[Column] = &[
        ("工号", "member/staff_no"),
        ("姓名", "member/name"),
        ("版本", "version"),
        ("合计", "total"),
        ("等次", "grade"),
        ("更正后", "supplemented"),
        ("现在", "now"),
        ("现在的等次", "now_grade"),
    ];
    match command {
        ClosingCommand::List => listed("closings", COLUMNS, program.run("closing.list", json!({}))?),
        ClosingCommand::Preview(period) => {
            let found = program.run("closing.preview", closed_period(&program, period)?)?;
            Ok(Answer::new(preview_words(&found), found))
        }
        ClosingCommand::Close(period) => {
            let done = program.change("closing.close", closed_period(&program, period)?)?;
            said("已封存", COLUMNS, done)
        }
        ClosingCommand::Show(one) => {
            let found = program.run("closing.show", json!({ "id": one.id }))?;
            let head = in_lines(COLUMNS, &found["closing"]);
            let rest = together_words(&found);
            Ok(Answer::new(format!("{head}\n{}{rest}", in_table(LINES, &found["lines"])), found))
        }
        ClosingCommand::Verify(one) => {
            let found = program.run("closing.verify", json!({ "id": one.id }))?;
            let intact = found["intact"] == true && found["rules_intact"] == true;
            let words = if intact { "核对无误，与封存时一样\n" } else { "与封存时不一样\n" };
            let mut answer = Answer::new(
                words.to_owned() + &in_lines(&[("封存时", "recorded"), ("现在", "found"), ("不一样的", "broken")], &found),
                found,
            );
            answer.refused = !intact;
            Ok(answer)
        }
        ClosingCommand::Reopen(one) => {
            let done = program.change("closing.reopen", json!({ "id": one.id, "reason": one.reason }))?;
            said("已重开", COLUMNS, done)
        }
        ClosingCommand::Supplement(one) => {
            let member = one.member.as_deref().map(|asked| roster::find(&program, asked)).transpose()?;
            let organization = one.organization.as_deref().map(|asked| program.organization(asked)).transpose()?;
            let request = json!({
                "closing": one.id, "member": member, "organization": organization, "reason": one.reason, "document": one.document
            });
            let columns = [("姓名", "member/name"), ("原来", "before"), ("更正为", "after"), ("理由", "reason"), ("文号", "document")];
            said("已登记补充更正", &columns, program.change("closing.supplement", request)?)
        }
    }
}

/// The first rule set in use, where none is named.
fn closed_period(program: &Program, period: &Period) -> Result<Value, Failure> {
    let year = period.year.year;
    let rule_set = match &period.rule_set {
        Some(key) => json!(key),
        None => program.run("credits.year", json!({ "year": year }))?["set"]["key"].take(),
    };
    let organization = period.organization.as_deref().map(|asked| program.organization(asked)).transpose()?;
    Ok(json!({ "rule_set": rule_set, "year": year, "organization": organization }))
}

fn preview_words(found: &Value) -> String {
    let columns: &[Column] = &[
        ("规则", "name"),
        ("版本", "version"),
        ("期", "period"),
        (if found["of_units"] == true { "单位数" } else { "人数" }, "members"),
        ("达标", "met"),
        ("未达标", "short"),
        ("待核", "pending"),
    ];
    let grades: Vec<&Value> = found["grades"].as_array().into_iter().flatten().collect();
    // An assessment has grades in the place of met and short.
    let columns = columns.iter().filter(|(_, path)| grades.is_empty() || !["met", "short"].contains(path));
    let mut words = in_lines(&columns.copied().collect::<Vec<_>>(), found);
    for one in grades {
        let grade = if one["grade"].is_null() { "不定等次".to_owned() } else { cell(&one["grade"]) };
        words.push_str(&format!("  {grade}：{}\n", cell(&one["count"])));
    }
    for (title, list) in [("超出名额", "over_quota"), ("名额并列", "tied")] {
        let names = names_of(&found[list]);
        if !names.is_empty() {
            words.push_str(&format!("{title}：{names}\n"));
        }
    }
    words.push_str(&left_out_words(&found["left_out"]));
    if found["over"] == false {
        words.push_str("这一期还没有结束\n");
    }
    if !found["already"].is_null() {
        words.push_str("已经封存过\n");
    }
    let undecided = names_of(&found["undecided"]);
    if !undecided.is_empty() {
        words.push_str(&format!("结果未定、要先作出决定的：{undecided}\n"));
    }
    words
}

fn names_of(list: &Value) -> String {
    list.as_array().into_iter().flatten().map(|one| cell(&one["name"])).collect::<Vec<_>>().join("、")
}

/// Who is under the rules and not frozen, a line each reason.
fn left_out_words(list: &Value) -> String {
    const WHY: &[(&str, &str)] =
        &[("closed", "已由另一次封存"), ("outside", "规则不适用"), ("left", "已离开，这一期没有记录"), ("period", "所用的一版起止不同")];
    let line = |(code, words): &(&str, &str)| {
        let all = list.as_array().into_iter().flatten().filter(|one| one["why"] == *code);
        let names: Vec<String> = all.map(|one| cell(&one["name"])).collect();
        (!names.is_empty()).then(|| format!("不封存（{words}）：{}\n", names.join("、")))
    };
    WHY.iter().filter_map(line).collect()
}

/// What was frozen beside the ledgers.
fn together_words(found: &Value) -> String {
    let name = |id: &Value| {
        let line = found["lines"].as_array().into_iter().flatten().find(|line| line["member"]["id"] == *id);
        line.map_or_else(|| "—".to_owned(), |line| cell(&line["member"]["name"]))
    };
    let named = |list: &Value| list.as_array().into_iter().flatten().map(name).collect::<Vec<_>>().join("、");
    let mut words = String::new();
    for quota in found["together"]["quotas"].as_array().into_iter().flatten() {
        words.push_str(&format!("名额：{} {}", cell(&quota["label"]), cell(&quota["places"])));
        for (title, list) in [("评为这一等", "candidates"), ("超出", "over"), ("并列", "tied")] {
            let names = named(&quota[list]);
            if !names.is_empty() {
                words.push_str(&format!("，{title}：{names}"));
            }
        }
        words.push('\n');
    }
    words + &left_out_words(&found["together"]["left_out"])
}

/// `study`
pub fn study(arguments: &Arguments, command: &StudyCommand) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    match command {
        StudyCommand::List(request) => study_list(&program, request),
        StudyCommand::Approve(review) => reviewed(&program, "study.approve", "已认定", review),
        StudyCommand::Return(review) => reviewed(&program, "study.return", "已退回", review),
    }
}

const STUDY: &[Column] = &[
    ("编号", "id"),
    ("工号", "staff_no"),
    ("姓名", "name"),
    ("日期", "date"),
    ("形式", "form"),
    ("内容", "content"),
    ("时长", "amount/label"),
    ("状态", "state"),
    ("理由", "state_reason"),
];

fn study_list(program: &Program, request: &StudyList) -> Result<Answer, Failure> {
    let member = request.member.as_deref().map(|asked| roster::find(program, asked)).transpose()?;
    let mut found = program.run("study.list", json!({ "year": request.year.year, "member": member }))?;
    if let Some(entries) = found.as_array_mut().filter(|_| request.pending) {
        entries.retain(|entry| entry["state"] == "pending");
    }
    listed("entries", STUDY, found)
}

fn reviewed(program: &Program, command: &'static str, done: &str, review: &Review) -> Result<Answer, Failure> {
    let found = program.change(command, json!({ "ids": review.ids, "reason": review.reason }))?;
    let words = format!("{done} {} 条\n{}", review.ids.len(), in_table(STUDY, &found));
    Ok(Answer::new(words, json!({ "entries": found })))
}

/// `manual`
pub fn manual(arguments: &Arguments, command: &ManualCommand) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    const COLUMNS: &[Column] = &[
        ("编号", "id"),
        ("姓名", "member_name"),
        ("规则", "rule_set"),
        ("类别", "category"),
        ("日期", "date"),
        ("数", "amount"),
        ("更正", "corrects"),
        ("状态", "state"),
        ("理由", "reason"),
        ("文号", "document"),
        ("证明", "evidence"),
    ];
    match command {
        ManualCommand::List(request) => {
            let member = request.member.as_deref().map(|asked| roster::find(&program, asked)).transpose()?;
            listed("credits", COLUMNS, program.run("manual_credits.list", json!({ "year": request.year.year, "member": member }))?)
        }
        ManualCommand::Add(request) => {
            let done = program.change("manual_credits.add", manual_credit(&program, request)?)?;
            said("已登记", COLUMNS, done)
        }
        ManualCommand::Edit(request) => {
            let done = program.change("manual_credits.edit", edited_credit(&program, request)?)?;
            said("已修改", COLUMNS, done)
        }
        ManualCommand::Remove(one) => removed(&program, "manual_credits.remove", &one.id, "已删除"),
    }
}

fn manual_credit(program: &Program, request: &ManualAdd) -> Result<Value, Failure> {
    Ok(json!({
        "member": roster::find(program, &request.member)?, "rule_set": request.rule_set, "category": request.category,
        "date": request.date, "amount": request.amount, "reason": request.reason, "document": request.document,
        "evidence": request.evidence, "corrects": request.corrects,
    }))
}

/// What is not said stays as it is.
fn edited_credit(program: &Program, request: &ManualEdit) -> Result<Value, Failure> {
    let listed = program.run("manual_credits.list", json!({ "year": request.year.year }))?;
    let known = |one: &&Value| one["id"] == request.id.as_str();
    let Some(before) = listed.as_array().into_iter().flatten().find(known) else {
        return Err(Failure::ManualUnknown { asked: request.id.clone(), year: request.year.year });
    };
    let mut credit = json!({});
    let said = [
        ("category", &request.category),
        ("date", &request.date),
        ("amount", &request.amount),
        ("reason", &request.reason),
        ("rule_set", &request.rule_set),
        ("document", &request.document),
        ("evidence", &request.evidence),
    ];
    for (field, typed) in said {
        // An empty text takes back what stood there.
        credit[field] = match typed.as_deref() {
            Some("") => Value::Null,
            Some(typed) => json!(typed),
            None => before[field].clone(),
        };
    }
    for field in ["member", "corrects"] {
        credit[field] = before[field].clone();
    }
    Ok(json!({ "id": request.id, "revision": before["revision"], "credit": credit }))
}

/// `facts`
pub fn facts(arguments: &Arguments, command: &FactsCommand) -> Result<Answer, Failure> {
    let program = Program::open(arguments)?;
    const COLUMNS: &[Column] =
        &[("编号", "id"), ("种类", "kind_words"), ("名称", "name"), ("值", "value"), ("起", "from"), ("止", "until"), ("依据", "reason")];
    match command {
        FactsCommand::List(request) => {
            let member = roster::find(&program, &request.member)?;
            let mut found = program.run("member_facts.list", json!({ "member": member }))?;
            found.as_array_mut().into_iter().flatten().for_each(name_kind);
            listed("facts", COLUMNS, found)
        }
        FactsCommand::Add(request) => {
            let kind = match request.kind {
                FactKind::Leave => "leave",
                FactKind::Review => "review",
                FactKind::Attribute => "attribute",
            };
            let fact = json!({
                "member": roster::find(&program, &request.member)?, "kind": kind, "name": request.name, "value": request.value,
                "from": request.from, "until": request.until, "reason": request.reason,
            });
            let mut done = program.change("member_facts.add", fact)?;
            name_kind(&mut done);
            said("已登记", COLUMNS, done)
        }
        FactsCommand::Remove(one) => removed(&program, "member_facts.remove", &one.id, "已删除"),
    }
}

fn name_kind(fact: &mut Value) {
    let words = match fact["kind"].as_str() {
        Some("leave") => "长期请假",
        Some("review") => "别的考核",
        _ => "规则要问的",
    };
    fact["kind_words"] = json!(words);
}
