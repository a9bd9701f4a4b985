//! Decisions, openings, closings, approvals, credits by hand, assessment: on
//! the branch's book, whose numbers are worked out in whole_job.

use serde_json::{Value, json};

use crate::support::{Desk, each, text};

const WEIHAI: &str = "weihai-example";

fn row<'a>(credits: &'a Value, staff_no: &str) -> &'a Value {
    each(&credits["members"]).find(|member| member["staff_no"] == staff_no).expect("the member")
}

fn earned(desk: &Desk, staff_no: &str) -> String {
    text(&row(&desk.json(&["credits", "--year", "2025"]), staff_no)["earned"]).to_owned()
}

#[test]
fn explained_credits_name_steps_lines_and_requirements() {
    let desk = Desk::with_full_book();
    let member = desk.json(&["credits", "--year", "2025", "--member", "1175", "--explain"])["members"][0].clone();
    for entry in each(&member["entries"]) {
        let steps = entry["trace"].as_array().expect("steps");
        assert_eq!(steps.last().expect("a step")["after"], entry["counted"], "{entry}");
        assert!(steps.windows(2).all(|pair| pair[0]["after"] == pair[1]["before"]), "{entry}");
    }
    let words = desk.done(&["credits", "--year", "2025", "--member", "1175", "--explain"]).out;
    assert!(words.contains("要求：") && words.contains("行）"), "{words}");
    let other = desk.run(&["--json", "credits", "--year", "2025", "--rule-set", "没有"]);
    assert_eq!(other.status, 1);
}

/// 5 by hand in a category without a cap of its own: 5 more.
#[test]
fn credits_by_hand_are_added_listed_and_removed() {
    let desk = Desk::with_full_book();
    let before = row(&desk.json(&["credits", "--year", "2025"]), "1000")["by_category"]["集体学习"].clone();
    let add =
        ["manual", "add", "--member", "1000", "--category", "集体学习", "--date", "2025-05-05", "--amount", "5", "--reason", "市里的班"];
    let added = desk.json(&add);
    let after = row(&desk.json(&["credits", "--year", "2025"]), "1000")["by_category"]["集体学习"].clone();
    let number = |value: &Value| text(value).parse::<f64>().expect("a decimal");
    assert!((number(&after) - number(&before) - 5.0).abs() < 1e-9, "{before} {after}");
    let listed = desk.json(&["manual", "list", "--year", "2025"]);
    assert_eq!(each(&listed["credits"]).map(|one| one["reason"].clone()).collect::<Vec<_>>(), [json!("市里的班")]);
    desk.done(&["manual", "remove", text(&added["id"])]);
    assert_eq!(desk.done(&["manual", "list", "--year", "2025"]).out, "共 0 条\n");
}

#[test]
fn a_credit_by_hand_keeps_what_an_edit_does_not_name() {
    let desk = Desk::with_full_book();
    let add = [
        "manual",
        "add",
        "--member",
        "1000",
        "--category",
        "集体学习",
        "--date",
        "2025-05-05",
        "--amount",
        "5",
        "--reason",
        "市里的班",
        "--document",
        "〔2025〕3号",
    ];
    let added = desk.json(&add);
    let id = text(&added["id"]);
    let edited = desk.json(&["manual", "edit", id, "--year", "2025", "--amount", "-1.5", "--document", ""]);
    assert_eq!((&edited["amount"], &edited["document"]), (&json!("-1.5"), &Value::Null));
    assert_eq!((&edited["reason"], &edited["date"], &edited["category"]), (&json!("市里的班"), &json!("2025-05-05"), &json!("集体学习")));
    assert_eq!(desk.run(&["--json", "manual", "edit", id, "--year", "2024", "--amount", "1"]).code(), "manual_credit_unknown");
}

#[test]
fn what_else_is_known_of_a_member_is_added_listed_and_removed() {
    let desk = Desk::with_full_book();
    let added = desk.json(&[
        "facts",
        "add",
        "--member",
        "1000",
        "--kind",
        "leave",
        "--value",
        "病假",
        "--from",
        "2025-03-01",
        "--until",
        "2025-08-31",
        "--reason",
        "医院证明",
    ]);
    desk.done(&[
        "facts",
        "add",
        "--member",
        "1000",
        "--kind",
        "review",
        "--name",
        "年度考核",
        "--value",
        "优秀",
        "--from",
        "2025-01-01",
        "--until",
        "2025-12-31",
    ]);
    assert_eq!(desk.run(&["facts", "add", "--member", "1000", "--kind", "review", "--value", "优秀"]).status, 2, "a review has a name");
    let words = desk.done(&["facts", "list", "--member", "1000"]).out;
    assert!(words.contains("长期请假") && words.contains("年度考核") && words.contains("共 2 条"), "{words}");
    desk.done(&["facts", "remove", text(&added["id"])]);
    let left = desk.json(&["facts", "list", "--member", "1000"]);
    assert_eq!(each(&left["facts"]).map(|fact| fact["value"].clone()).collect::<Vec<_>>(), [json!("优秀")]);
}

#[test]
fn an_entry_is_returned_and_accepted() {
    let desk = Desk::with_full_book();
    let all = desk.json(&["study", "list", "--year", "2025"]);
    let student = text(&all["entries"][0]["staff_no"]).to_owned();
    let before = earned(&desk, &student);
    let listed = desk.json(&["study", "list", "--year", "2025", "--member", &student]);
    let ids: Vec<&str> = each(&listed["entries"]).map(|entry| text(&entry["id"])).collect();
    let without = desk.run(&[&["--json", "study", "return"], &ids[..1]].concat());
    assert_eq!(without.status, 1, "a return needs a reason: {without:?}");
    desk.done(&[&["study", "return"], &ids[..], &["--reason", "没有笔记"]].concat());
    let words = desk.done(&["study", "list", "--year", "2025", "--member", &student]).out;
    assert!(words.contains("退回") && words.contains("没有笔记"), "{words}");
    assert_ne!(earned(&desk, &student), before);
    desk.done(&[&["study", "approve"], &ids[..]].concat());
    assert_eq!(earned(&desk, &student), before);
}

#[test]
fn a_year_is_closed_verified_and_reopened() {
    let desk = Desk::with_full_book();
    let year = |command: &'static str| ["closing", command, "--year", "2025", "--rule-set", WEIHAI, "--today", "2026-01-10"];
    let run = |arguments: &[&str]| {
        let mut command = crate::support::program();
        crate::support::ran(command.arg("--book").arg(desk.book()).args(arguments))
    };
    let preview = run(&year("preview"));
    assert!(preview.status == 0 && preview.out.contains("人数：46"), "{preview:?}");
    assert_eq!(run(&year("close")).status, 0);
    assert_eq!(run(&year("close")).status, 1, "closed already");
    let closings = desk.json(&["closing", "list"]);
    let id = text(&closings["closings"][0]["id"]).to_owned();
    let verified = desk.done(&["closing", "verify", &id]);
    assert!(verified.out.starts_with("核对无误"), "{verified:?}");
    assert_eq!(each(&desk.json(&["closing", "show", &id])["lines"]).count(), 46);
    desk.done(&["closing", "reopen", &id, "--reason", "更正考勤"]);
    assert!(!desk.json(&["closing", "list"])["closings"][0]["reopened"].is_null());
}

#[test]
fn openings_and_decisions_are_recorded_and_taken_back() {
    let desk = Desk::with_full_book();
    let opening = ["openings", "record", "--member", "1000", "--rule-set", WEIHAI, "--period", "2024", "--total", "9.5", "--passed", "no"];
    let done = desk.json(&[&opening[..], &["--short", "年度学分", "--reason", "纸质台账"]].concat());
    assert_eq!((text(&done["total"]), &done["passed"]), ("9.5", &json!(false)));
    let wrong = desk.run(&[&opening[..], &["--bucket", "必修", "--reason", "纸"]].concat());
    assert!(wrong.status == 1 && wrong.err.contains("名称=数"), "{wrong:?}");
    desk.done(&["openings", "remove", text(&done["id"])]);
    assert_eq!(desk.done(&["openings", "list"]).out, "共 0 条\n");

    let decide = ["decisions", "record", "--rule-set", WEIHAI, "--question", "options.change", "--reason", "请示组织部"];
    let done = desk.json(&[&decide[..], &["--reading", "end"]].concat());
    assert_eq!(text(&done["reading"]), "end");
    assert_eq!(desk.run(&decide).status, 2, "a reading or a value");
    assert!(desk.done(&["decisions", "list"]).out.contains("请示组织部"));
    desk.done(&["decisions", "remove", text(&done["id"])]);
    let nobody = desk.run(&[&["--json"], &decide[..], &["--reading", "end", "--member", "无此人"]].concat());
    assert_eq!((nobody.status, nobody.code().as_str()), (1, "member_unknown"));
}

#[test]
fn an_assessment_is_scored_and_shown() {
    let desk = Desk::with_full_book();
    assert!(desk.done(&["assess", "show", "--year", "2025"]).out.contains("没有在用的考核办法"));
    desk.done(&["rules", "use", "shaoyang", "--from", "2025-01-01"]);
    let shown = desk.json(&["assess", "show", "--year", "2025"]);
    let by_hand = each(&shown["indicators"]).find(|one| !one["scorers"].as_array().expect("a list").is_empty()).expect("one by hand");
    let (indicator, scorer) = (text(&by_hand["id"]), text(&by_hand["scorers"][0]));
    let score =
        ["assess", "score", "--year", "2025", "--rule-set", "shaoyang", "--member", "1000", "--indicator", indicator, "--scorer", scorer];
    desk.done(&[&score[..], &["--value", text(&by_hand["max"]), "--reason", "述职"]].concat());
    let scores = |shown: &Value| -> Vec<Value> {
        let row = each(&shown["rows"]).find(|row| row["member"]["staff_no"] == "1000").expect("the member");
        each(&row["indicators"]).flat_map(|one| each(&one["scores"])).cloned().collect()
    };
    let given = scores(&desk.json(&["assess", "show", "--year", "2025"]));
    assert_eq!(given.iter().map(|one| one["value"].clone()).collect::<Vec<_>>(), [by_hand["max"].clone()]);
    assert_eq!(desk.run(&[&score[..], &["--value", "1000000"]].concat()).status, 1);
    desk.done(&["assess", "unscore", text(&given[0]["id"])]);
    assert!(scores(&desk.json(&["assess", "show", "--year", "2025"])).is_empty());
}

#[test]
fn units_are_scored_closed_supplemented_and_verified() {
    let desk = Desk::with_full_book();
    let on = |arguments: &[&str]| {
        let mut command = crate::support::program();
        crate::support::ran(command.arg("--book").arg(desk.book()).args(arguments).args(["--today", "2026-01-10"]))
    };
    const SCHEME: &str = "zaozhuang-organization";
    desk.done(&["rules", "use", SCHEME, "--from", "2025-01-01"]);
    let shown = desk.json(&["assess", "show", "--year", "2025"]);
    let units: Vec<String> = each(&shown["rows"]).map(|row| text(&row["member"]["name"]).to_owned()).collect();
    let by_hand: Vec<(String, String)> = each(&shown["indicators"])
        .filter(|one| each(&one["scorers"]).any(|scorer| scorer == "核查"))
        .map(|one| (text(&one["id"]).to_owned(), text(&one["max"]).to_owned()))
        .collect();
    let year = |command: &'static str| ["closing", command, "--year", "2025", "--rule-set", SCHEME];
    let open = on(&year("preview"));
    assert!(open.out.contains("单位数：") && open.out.contains("结果未定"), "{open:?}");
    assert_eq!(on(&year("close")).status, 1);
    for unit in &units {
        for (indicator, max) in &by_hand {
            let score = ["assess", "score", "--year", "2025", "--rule-set", SCHEME, "--organization", unit, "--indicator", indicator];
            desk.done(&[&score[..], &["--scorer", "核查", "--value", max, "--reason", "实地核查"]].concat());
        }
    }
    let closed = on(&year("close"));
    assert!(closed.status == 0 && closed.out.contains(&format!("份数：{}", units.len())), "{closed:?}");
    let id = text(&desk.json(&["closing", "list"])["closings"][0]["id"]).to_owned();
    let (indicator, _) = &by_hand[0];
    let score = ["assess", "score", "--year", "2025", "--rule-set", SCHEME, "--organization", &units[0], "--indicator", indicator];
    desk.done(&[&score[..], &["--scorer", "核查", "--value", "1", "--reason", "复核"]].concat());
    let now = desk.done(&["assess", "show", "--year", "2025"]).out;
    assert!(now.contains("已封存，有变化") && now.contains("封存后有变化："), "{now}");
    let neither = on(&["closing", "supplement", &id, "--reason", "复核"]);
    assert_eq!(neither.status, 2, "whose?");
    let made = on(&["closing", "supplement", &id, "--organization", &units[0], "--reason", "复核"]);
    assert!(made.status == 0 && made.out.contains("更正为"), "{made:?}");
    assert!(desk.done(&["closing", "verify", &id]).out.starts_with("核对无误"));
}
