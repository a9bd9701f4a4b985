//! 以姓氏笔画为序: the order of official lists.
//!
//! Fewer strokes of the surname first; equal counts by the kind of the first
//! stroke, then the next, in the order 横 竖 撇 点 折; within one surname
//! single-character given names before longer ones, then by the strokes of
//! the given name. Stroke data: assets/strokes, whose README says where it
//! comes from.

use std::{collections::HashMap, fmt::Write, sync::OnceLock};

use super::{is_han, names::split_surname};

static TABLES: [&str; 2] =
    [include_str!("../../../../../assets/strokes/strokes.txt"), include_str!("../../../../../assets/strokes/supplement.txt")];

fn table() -> &'static HashMap<char, &'static str> {
    static TABLE: OnceLock<HashMap<char, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = TABLES.iter().flat_map(|text| text.lines());
        let entries = lines.filter_map(|line| line.split_once(' '));
        entries.flat_map(|(strokes, characters)| characters.chars().map(move |c| (c, strokes))).collect()
    })
}

/// The strokes of a character in the order of writing, one digit each: 1 横,
/// 2 竖, 3 撇, 4 点, 5 折. `None` where the data does not know it.
pub fn strokes_of(c: char) -> Option<&'static str> {
    table().get(&c).copied()
}

/// A key whose order, compared byte by byte, is 姓氏笔画 order. Characters
/// without data come last; equal strokes are told apart by character code, so
/// that no two names share a key and one surname's people stay together.
pub fn stroke_sort_key(name: &str) -> String {
    // Blank sorts below every digit: a surname that ends comes before one
    // that goes on.
    let (surname, given) = split_surname(name);
    let mut key = String::with_capacity(64);
    push_strokes(&mut key, surname);
    let given_length = given.chars().filter(|&c| is_han(c)).count().min(99);
    // Writing to a String cannot fail.
    let _ = write!(key, " {surname} {given_length:02}");
    push_strokes(&mut key, given);
    let _ = write!(key, " {given}");
    key
}

/// Count and strokes of each character. The count has two digits and fixes
/// the length of what follows it, so a run of them compares like a list.
fn push_strokes(key: &mut String, characters: &str) {
    for c in characters.chars().filter(|c| *c != '·') {
        let _ = match strokes_of(c) {
            Some(strokes) => write!(key, "{:02}{strokes}", strokes.len()),
            None => write!(key, "99"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(names: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        // Begin from an order that is none of ours.
        names.sort_by(|a, b| b.cmp(a));
        names.sort_by_key(|name| stroke_sort_key(name));
        names
    }

    #[test]
    fn strokes_follow_the_five_kinds() {
        // By hand: 刘 点横撇点竖竖, 许 点折撇横横竖, 孙 折竖横竖撇点 (the rising
        // third stroke counts as 横, the hook as 竖).
        for (c, strokes) in
            [('刘', "413422"), ('许', "453112"), ('孙', "521234"), ('丁', "12"), ('马', "551"), ('王', "1121"), ('禛', "45241225111134")]
        {
            assert_eq!(strokes_of(c), Some(strokes), "{c}");
        }
        assert_eq!(strokes_of('A'), None);
    }

    #[test]
    fn fewer_strokes_first() {
        // 2 丁, 3 马, 4 王, 5 田, 6 刘, 7 李, 8 郑, 9 赵, 10 郭, 11 黄, 12 韩,
        // 13 雷, 14 谭, 15 潘, 16 薛, 17 戴.
        let order = [
            "丁一", "马一", "王一", "田一", "刘一", "李一", "郑一", "赵一", "郭一", "黄一", "韩一", "雷一", "谭一", "潘一", "薛一", "戴一",
        ];
        assert_eq!(ordered(&order), order);
    }

    #[test]
    fn equal_counts_go_by_the_kind_of_each_stroke() {
        // Six strokes, by hand: 邢 横横撇竖折竖, 吕 竖折横竖折横, 朱 撇横横竖撇点,
        // 刘 点横撇点竖竖, 许 点折撇横横竖, 孙 折竖横竖撇点.
        let order = ["邢一", "吕一", "朱一", "刘一", "许一", "孙一"];
        assert_eq!(ordered(&order), order);
        // Seven: 李 横竖撇点折竖横, 杨 横竖撇点折撇撇, 吴 竖, 何 撇, 宋 点, 张 折.
        let order = ["李一", "杨一", "吴一", "何一", "宋一", "张一"];
        assert_eq!(ordered(&order), order);
    }

    #[test]
    fn surnames_stand_as_in_published_lists() {
        // The surnames of national lists that are printed 以姓氏笔画为序, in the
        // order in which those lists print them.
        let order = ["丁", "马", "王", "尹", "石", "刘", "许", "孙", "李", "何", "张", "陈", "赵", "袁", "黄", "蔡"];
        let names: Vec<String> = order.iter().map(|surname| format!("{surname}一")).collect();
        assert_eq!(ordered(&names.iter().map(String::as_str).collect::<Vec<_>>()), names);
    }

    #[test]
    fn within_a_surname_short_given_names_come_first() {
        // 一 1, 伟 6, 丽 7; then two characters, by the strokes of the first.
        let order = ["王一", "王伟", "王丽", "王一鸣", "王小明", "王丽华"];
        assert_eq!(ordered(&order), order);
    }

    #[test]
    fn a_compound_surname_is_one_surname() {
        // 司 5, 欧 8, 尉 11 strokes. 欧阳 goes after every plain 欧, whatever
        // the given name, and its single given name before its double ones.
        let order = ["司马光", "欧强", "欧小强", "欧阳一", "欧阳修文", "尉迟敬德"];
        assert_eq!(ordered(&order), order);
    }

    #[test]
    fn surnames_of_equal_strokes_are_not_mixed() {
        // 人, 入 and 八 are all 撇点: each keeps its people together.
        let sorted = ordered(&["八一", "八小", "人一", "人小", "入一"]);
        let surnames: Vec<char> = sorted.iter().filter_map(|name| name.chars().next()).collect();
        let mut runs = surnames.clone();
        runs.dedup();
        assert_eq!(runs.len(), 3, "{surnames:?}");
    }

    #[test]
    fn what_the_data_does_not_know_comes_last() {
        let order = ["戴一", "John Smith"];
        assert_eq!(ordered(&order), order);
        assert_ne!(stroke_sort_key("\u{20000}一"), stroke_sort_key("\u{20001}一"));
        assert_eq!(stroke_sort_key(""), stroke_sort_key(""));
    }

    #[test]
    fn every_line_of_the_data_is_well_formed() {
        let mut seen = std::collections::HashSet::new();
        for line in TABLES.iter().flat_map(|text| text.lines()) {
            let (strokes, characters) = line.split_once(' ').expect(line);
            assert!(!strokes.is_empty() && strokes.bytes().all(|digit| (b'1'..=b'5').contains(&digit)), "{line}");
            for c in characters.chars() {
                assert!(seen.insert(c), "{c} stands twice");
            }
        }
        assert_eq!(seen.len(), 6939 + 5);
    }
}
