//! 学习考核 through the commands: the sample book under a preset worked out by
//! hand, organizations, effects on the yearly review, quotas, scores.

use serde_json::{Value, json};
use xueji_tests::{Program, fixture};

const KEY: &str = "zaozhuang-person";

fn give(scheme: &str, of: (&str, &Value), indicator: &str, scorer: &str, value: &str) -> Value {
    json!({ "rule_set": scheme, "year": 2025, of.0: of.1, "indicator": indicator, "scorer": scorer, "value": value, "reason": "见考核记录" })
}

fn year(program: &Program, scheme: &str) -> Value {
    program.call("assess.year", json!({ "year": 2025, "rule_set": scheme }))
}

fn row(program: &Program, scheme: &str, member: &Value) -> Value {
    let year = year(program, scheme);
    let of = |row: &&Value| row["member"]["id"] == *member;
    year["rows"].as_array().unwrap().iter().find(of).cloned().unwrap_or_else(|| panic!("nobody of that key in {year}"))
}

fn points<'r>(year: &Value, row: &'r Value, indicator: &str) -> &'r Value {
    let heads = year["indicators"].as_array().unwrap();
    &row["indicators"][heads.iter().position(|head| head["id"] == indicator).unwrap()]
}

fn member(program: &Program, name: &str) -> Value {
    program.mutate("roster.add", json!({ "name": name }))["id"].clone()
}

/// A scheme with one indicator by hand, of ten points.
fn by_hand(key: &str, more: &str) -> String {
    format!(
        r#"id = "{key}"
name = "述学评议"
unit = "分"
kind = "assessment"

[[indicator]]
id = "述学"
max = "10"
score = {{ by = ["互评", "核查"], use = "核查", step = "0.5" }}

[[grade]]
of = "score"
bands = [{{ from = "9", name = "优秀" }}, {{ under = "9", name = "合格" }}]
{more}"#
    )
}

fn take_into_use(program: &Program, text: &str) {
    let id = program.mutate("rules.save", json!({ "text": text }))["id"].clone();
    program.mutate("rules.use", json!({ "rule_set": id, "from": "2025-01-01" }));
}

#[test]
fn a_person_of_the_sample_book_comes_to_what_hand_and_files_say() {
    let program = Program::start("2026-01-05");
    program.call("book.open_sample", json!({}));
    let roster = program.call("roster.list", json!({ "on": "2025-12-31", "order": "strokes", "include_left": true }));
    let one = roster.as_array().unwrap().iter().find(|member| member["staff_no"] == "1014").unwrap()["id"].clone();
    // Not in use: the preset is looked at as it is.
    assert_eq!(year(&program, KEY)["sets"], json!([]));
    let open = row(&program, KEY, &one);
    assert_eq!((&open["score"], &open["grade"]), (&Value::Null, &Value::Null));
    // The records alone: 119635/2040 (below) without the 13.3, 8 and 12.5
    // points by hand; with them at most 15, 10 and 15.
    assert_eq!(open["range"], json!({ "min": "50683/2040", "max": "132283/2040" }));
    assert_eq!(open["grades"], json!(["合格", "不合格"]));

    let scores = [
        ("学习态度", "自评", None, "14"),
        ("学习态度", "互评", Some("郑波"), "13"),
        ("学习态度", "互评", Some("汤涛"), "12"),
        ("学习态度", "核查", None, "13.5"),
        ("方法创新", "核查", None, "8"),
        ("成果转化", "核查", None, "12.5"),
    ];
    let all: Vec<Value> = scores
        .iter()
        .map(|(indicator, scorer, rater, value)| {
            let mut score = give(KEY, ("member", &one), indicator, scorer, value);
            score["rater"] = json!(rater);
            score
        })
        .collect();
    program.mutate("assess.scores", json!({ "scores": all }));
    let year = year(&program, KEY);
    let row = row(&program, KEY, &one);
    // 应到 18 of 24 sessions (6 ×“/”): √ and 出席 14, 缺席, 病假, 事假, 公假.
    let attended = points(&year, &row, "出勤");
    assert_eq!(attended["value"], "210/17", "15 × 14 / (18 − 1)");
    assert_eq!(attended["from"], json!([{ "name": "person.record.attendance_rate", "label": "出勤率", "value": "14/17" }]));
    // 40 + 30 + 120 + 60 + 120 + 240 + 40 + 120 + 20 minutes.
    assert_eq!(points(&year, &row, "自学时间")["from"][0]["value"], "790");
    assert_eq!(points(&year, &row, "读书笔记")["from"][0]["value"], "5");
    // 40 minutes of 调研, at 480 a day (the example table): 8 × 1/12 / 20.
    assert_eq!(points(&year, &row, "调研天数")["value"], "1/30");
    assert_eq!(points(&year, &row, "调研报告")["value"], "0");
    // The example table asks nothing of 科员及以下: nothing is missing.
    assert_eq!(points(&year, &row, "学分")["value"], "5");
    // 0.2 × 14 + 0.3 × (13 + 12) / 2 + 0.5 × 13.5
    let attitude = points(&year, &row, "学习态度");
    assert_eq!(attitude["value"], "13.3");
    assert_eq!(attitude["scores"].as_array().unwrap().len(), 4);
    // 13.3 + 79/24 + 25/6 + 5 + 1/30 + 0 + 210/17 + 0 + 8 + 12.5
    assert_eq!((&row["score"], &row["grade"]), (&json!("23927/408"), &json!("不合格")));
    assert_eq!((&row["range"], &row["open"], &row["vetoes"]), (&Value::Null, &json!(0), &json!([])));

    // All six were one step.
    program.call("undo.undo", json!({}));
    let back = self::row(&program, KEY, &one);
    assert_eq!((&back["score"], &back["range"]), (&Value::Null, &open["range"]));
}

#[test]
fn an_organization_is_judged_by_its_own_records_and_scores() {
    let program = Program::with_book("2026-01-05");
    let (one, other) = (member(&program, "王伟"), member(&program, "李静"));
    let session = |date: &str, state: &str| {
        program.mutate(
            "sessions.add",
            json!({ "date": date, "title": "学习", "amount": "60", "kind": "集体学习", "level": "branch", "state": state, "organizations": [] }),
        )["id"]
            .clone()
    };
    let held = [session("2025-03-01", "held"), session("2025-04-01", "held"), session("2025-05-01", "held")];
    session("2025-06-01", "cancelled");
    for (session, member, status) in [
        (0, &one, "present"),
        (1, &one, "present"),
        (2, &one, "late"),
        (0, &other, "present"),
        (1, &other, "absent"),
        (2, &other, "official_leave"),
    ] {
        program.mutate("attendance.mark", json!({ "session": held[session], "member": member, "status": status }));
    }
    for title in ["一", "二", "三"] {
        program.mutate("study.add", json!({ "member": one, "date": "2025-07-01", "form": "读书", "content": title, "amount": "60分钟", "note": null, "declared_chars": 800 }));
    }
    let scheme = "zaozhuang-organization";
    let before = year(&program, scheme);
    let unit = before["rows"][0]["organization"].clone();
    assert_eq!(before["rows"].as_array().unwrap().len(), 1);
    let value = |year: &Value, id: &str| points(year, &year["rows"][0], id)["value"].clone();
    // 4 of the 5 marks that count: present, present, late, present, absent.
    assert_eq!(value(&before, "出勤率"), "8");
    // 10 × 3 notes / 2 members / 6
    assert_eq!(value(&before, "人均笔记"), "2.5");
    // 15 × 3 held / 4 planned, the cancelled one among them
    assert_eq!(value(&before, "计划兑现率"), "11.25");
    // Without rank nothing is required of either: 10 × 2 / 2.
    assert_eq!(value(&before, "达标率"), "10");
    assert_eq!(before["rows"][0]["grade"], Value::Null);
    for (indicator, points) in [("思想理念", "14"), ("创新形式", "12.5"), ("制度档案", "9"), ("学用结合", "14")] {
        program.mutate("assess.score", give(scheme, ("organization", &unit), indicator, "核查", points));
    }
    let row = year(&program, scheme)["rows"][0].clone();
    // 8 + 2.5 + 11.25 + 10 + 14 + 12.5 + 9 + 14
    assert_eq!((&row["score"], &row["grade"]), (&json!("81.25"), &json!("良好")));
    take_into_use(&program, &std::fs::read_to_string(fixture("../../assets/presets/assess/zaozhuang-organization.toml")).unwrap());
    assert_eq!(program.mutate("closing.close", json!({ "rule_set": scheme, "year": 2025 }))["members"], 1);
    let wrong = program.refuse("assess.score", give(scheme, ("member", &one), "思想理念", "核查", "14"));
    assert_eq!(wrong.code, "score_of_whom");
}

#[test]
fn who_is_not_excellent_in_study_is_not_in_the_yearly_review() {
    let program = Program::with_book("2026-01-05");
    let one = member(&program, "王伟");
    let session = program.mutate(
        "sessions.add",
        json!({ "date": "2025-03-01", "title": "学习", "amount": "60", "kind": "集体学习", "level": "branch", "state": "held", "organizations": [] }),
    );
    program.mutate("attendance.mark", json!({ "session": session["id"], "member": one, "status": "present" }));
    program.mutate("member_facts.add", json!({ "member": one, "kind": "review", "name": "年度考核", "value": "优秀" }));
    let scheme = "zhangjiagang";
    program.mutate("assess.score", give(scheme, ("member", &one), "学习计划", "核查", "20"));
    let open = row(&program, scheme, &one);
    // 20 + 30 + 0 notes + 0 to 30.
    assert_eq!(open["range"], json!({ "min": "50", "max": "80" }));
    assert_eq!(open["grades"], json!(["良好", "合格", "不合格"]), "and what lies between the ends");
    assert_eq!(open["effect_details"][0]["certain"], true, "neither of them is 优秀");
    program.mutate("assess.score", give(scheme, ("member", &one), "学习成果", "核查", "29"));
    let row = row(&program, scheme, &one);
    assert_eq!((&row["score"], &row["grade"]), (&json!("79"), &json!("良好")));
    let effect = &row["effect_details"][0];
    assert_eq!((&effect["recorded"], &effect["grade"], &effect["at_most"]), (&json!("优秀"), &json!("称职"), &json!("称职")));
    assert_eq!(row["effects"], json!(["学习考核不是优秀，年度考核不得评为优秀（年度考核：优秀 → 称职）"]));
}

#[test]
fn equals_at_the_border_of_a_quota_wait_for_a_decision() {
    let program = Program::with_book("2026-01-05");
    let quota =
        "\n[[quota]]\nid = \"优秀名额\"\ngrade = \"优秀\"\nof = \"members()\"\nshare = \"1/2\"\nround = \"floor\"\nby = \"score\"\n";
    take_into_use(&program, &by_hand("k", quota));
    let names = ["王伟", "李静", "张三", "赵六"];
    let ids: Vec<Value> = names.iter().map(|name| member(&program, name)).collect();
    for (id, points) in ids.iter().zip(["10", "9.5", "9.5"]) {
        program.mutate("assess.score", give("k", ("member", id), "述学", "核查", points));
    }
    let key = |at: usize| &ids[at];
    let sorted = |list: &Value| {
        let mut list = list.as_array().unwrap().clone();
        list.sort_by_key(Value::to_string);
        list
    };
    let both = sorted(&json!([key(1), key(2)]));
    let open = year(&program, "k");
    let quota = &open["quotas"][0];
    // Half of four; three have the grade, the fourth has no score yet.
    assert_eq!((&quota["places"], &quota["perhaps"]), (&json!("2"), &json!([key(3)])));
    assert_eq!((&quota["over"], sorted(&quota["tied"])), (&json!([]), both.clone()));
    let asked = open["questions"].as_array().unwrap().iter().find(|open| open["question"]["key"] == "quota:优秀名额").unwrap();
    assert_eq!(sorted(&asked["members"]), both);
    let decide = |reading: &str| json!({ "rule_set": "k", "question": "quota:优秀名额", "reading": reading, "reason": "会议研究" });
    program.mutate("decisions.record", decide("share"));
    let shared = year(&program, "k");
    assert_eq!((&shared["quotas"][0]["over"], &shared["quotas"][0]["tied"]), (&json!([]), &json!([])));
    program.mutate("decisions.record", decide("none"));
    let none = year(&program, "k");
    assert_eq!((sorted(&none["quotas"][0]["over"]), &none["quotas"][0]["tied"]), (both, &json!([])));
    assert!(none["questions"].as_array().unwrap().iter().all(|open| open["question"]["key"] != "quota:优秀名额"));
}

#[test]
fn a_score_that_does_not_fit_is_refused_with_a_sentence() {
    let program = Program::with_book("2026-01-05");
    take_into_use(&program, &by_hand("k", ""));
    let one = member(&program, "王伟");
    let refuse =
        |indicator: &str, scorer: &str, value: &str| program.refuse("assess.score", give("k", ("member", &one), indicator, scorer, value));
    let range = refuse("述学", "核查", "10.5");
    assert_eq!((range.code.as_str(), range.field.as_deref()), ("score_out_of_range", Some("value")));
    let sentence = xueji_api::messages::sentence("error", &range.code, &range.params);
    assert_eq!(sentence, "王伟 的“述学”打了 10.5 分，超出 0 到 10 的范围，没有登记。核对分数。");
    assert_eq!(refuse("述学", "核查", "-1").code, "score_out_of_range");
    assert_eq!(refuse("述学", "核查", "9.2").code, "score_step");
    assert_eq!(refuse("述学", "组织", "9").code, "scorer_unknown");
    assert_eq!(refuse("笔记", "核查", "9").code, "indicator_unknown");
    assert_eq!(refuse("述学", "核查", "九分").code, "number_unreadable");
    let blank =
        json!({ "rule_set": KEY, "year": 2025, "member": one, "indicator": "方法创新", "scorer": "核查", "value": "9", "reason": " " });
    assert_eq!(program.refuse("assess.score", blank).code, "score_reason_missing");
    assert_eq!(program.refuse("assess.score", give(KEY, ("member", &one), "出勤", "核查", "9")).code, "indicator_by_records");
    // One that does not fit takes all others with it.
    let two = json!({ "scores": [give("k", ("member", &one), "述学", "核查", "9"), give("k", ("member", &one), "述学", "互评", "11")] });
    assert_eq!(program.refuse("assess.scores", two).code, "score_out_of_range");
    assert_eq!(row(&program, "k", &one)["indicators"][0]["scores"], json!([]));
}

#[test]
fn a_score_is_replaced_removed_and_undone() {
    let program = Program::with_book("2026-01-05");
    take_into_use(&program, &by_hand("k", ""));
    let one = member(&program, "王伟");
    let score = |value: &str| program.mutate("assess.score", give("k", ("member", &one), "述学", "核查", value));
    let now = || row(&program, "k", &one)["score"].clone();
    score("8");
    score("9");
    assert_eq!(now(), "9");
    program.call("undo.undo", json!({}));
    assert_eq!(now(), "8");
    program.call("undo.redo", json!({}));
    let id = row(&program, "k", &one)["indicators"][0]["scores"][0]["id"].clone();
    program.mutate("assess.remove_score", json!({ "id": id }));
    assert_eq!(now(), Value::Null);
    program.call("undo.undo", json!({}));
    assert_eq!(now(), "9");
}

#[test]
fn what_the_clerk_recorded_stands_over_what_is_counted() {
    let program = Program::with_book("2026-01-05");
    let one = member(&program, "王伟");
    let research = |program: &Program| {
        let year = year(program, KEY);
        points(&year, &year["rows"][0], "调研天数").clone()
    };
    assert_eq!(research(&program)["value"], "0");
    program.mutate("member_facts.add", json!({ "member": one, "kind": "attribute", "name": "record.research_days", "value": "10" }));
    let now = research(&program);
    // 8 × 10 / 20
    assert_eq!((&now["value"], &now["from"][0]["value"]), (&json!("4"), &json!("10")));
    // The same reaches a trial: only what somebody has to give is open.
    let trial =
        program.call("rules.trial", json!({ "rules": { "kind": "stored", "id": format!("preset:{KEY}") }, "member": one, "year": 2025 }));
    let open: Vec<&Value> = trial["assessment"]["questions"].as_array().unwrap().iter().map(|question| &question["key"]).collect();
    assert!(!open.contains(&&json!("score:调研天数")), "{open:?}");
}

/// A copy of a fixture: a migration would write into it.
fn open(book: &str) -> Program {
    let program = Program::start("2026-01-05");
    let copy = program.path("旧.xueji");
    std::fs::copy(fixture(&format!("books/{book}.xueji")), &copy).unwrap();
    let file = program.app.register_file(copy);
    program.call("book.open", json!({ "file": file.token }));
    program
}

fn raters(program: &Program, member: &Value) -> Vec<(Value, Value)> {
    let year = year(program, KEY);
    let row = row(program, KEY, member);
    let given = points(&year, &row, "学习态度")["scores"].as_array().unwrap();
    given.iter().map(|score| (score["rater"].clone(), score["value"].clone())).collect()
}

#[test]
fn a_book_of_the_format_before_raters_takes_them() {
    let program = open("20261122-rules");
    let one = member(&program, "后来的人");
    for (name, value) in [("王伟", "14"), ("李静", "13")] {
        let mut score = give(KEY, ("member", &one), "学习态度", "互评", value);
        score["rater"] = json!(name);
        program.mutate("assess.score", score);
    }
    assert_eq!(raters(&program, &one), [(json!("王伟"), json!("14")), (json!("李静"), json!("13"))]);
}

#[test]
fn a_book_of_the_format_with_raters_holds_what_it_held() {
    let program = open("20261122-scores");
    let roster = program.call("roster.list", json!({ "on": "2025-12-31", "order": "strokes", "include_left": true }));
    let one = roster.as_array().unwrap().iter().find(|member| member["name"] == "李静").unwrap()["id"].clone();
    assert_eq!(raters(&program, &one), [(json!("王伟"), json!("14")), (json!("张三"), json!("13"))]);
}
