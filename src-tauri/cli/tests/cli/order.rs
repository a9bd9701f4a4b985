//! 以姓氏笔画为序.

use crate::support::{Desk, each, text};

/// The staff numbers of branch-2025 in 姓氏笔画 order, worked out apart from
/// this program: a separate script sorted truth.json's names by the rule of
/// the official lists (strokes of the surname, then the kinds of its strokes
/// 横竖撇点折, then the shorter given name, then its strokes; of namesakes the
/// lower number first) over the stroke table in assets/strokes. The list was
/// then read over by hand: 万 3 strokes, 石 龙 田 冯 5, 向 汤 孙 6, 苏 吴 汪 宋 陈 7.
const BY_STROKES: [&str; 46] = [
    "1175", "1126", "1280", "1266", "1203", "1098", "1014", "1224", "1231", "1028", "1182", "1056", "1084", "1035", "1259", "1238", "1070",
    "1308", "1217", "1252", "1168", "1154", "1301", "1021", "1993", "1294", "1189", "1091", "1105", "1196", "1315", "1245", "1161", "1000",
    "1042", "1063", "1273", "1140", "1007", "1077", "1287", "1133", "1112", "1210", "1119", "1147",
];

fn numbers(desk: &Desk, order: &[&str]) -> Vec<String> {
    let members = desk.json(&[&["members"], order].concat());
    each(&members["members"]).map(|member| text(&member["staff_no"]).to_owned()).collect()
}

#[test]
fn members_stand_in_the_order_of_official_lists() {
    let desk = Desk::with_full_book();
    assert_eq!(numbers(&desk, &["--order", "strokes"]), BY_STROKES);
    assert_eq!(numbers(&desk, &[]), BY_STROKES, "by default");
}

#[test]
fn the_other_orders_are_what_they_say() {
    let desk = Desk::with_full_book();
    let by_number = numbers(&desk, &["--order", "staff-no"]);
    assert!(by_number.is_sorted_by_key(|number| number.parse::<u32>().expect("a number")));
    // 陈 chén is the first of the roster's surnames in pinyin, 郑 zhèng the last.
    let by_pinyin = desk.json(&["members", "--order", "pinyin"]);
    let members = by_pinyin["members"].as_array().expect("members");
    assert_eq!((&members[0]["name"], &members[members.len() - 1]["name"]), (&"陈桂".into(), &"郑怡".into()));
    // 县处级正职 precedes every other rank of this roster.
    assert_eq!(desk.json(&["members", "--order", "protocol"])["members"][0]["rank"], "县处级正职");
}
