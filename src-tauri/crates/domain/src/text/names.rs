//! What is typed, cleaned for keeping: names, staff numbers, plain text.

use super::{
    is_han,
    width::{fold_char, is_invisible, to_half_width},
};

/// The dot between the parts of a minority name: 买买提·艾力.
const NAME_DOT: char = '·';

/// Surnames of two characters. Only those that are read as a surname wherever
/// they begin a name: 乐正 or 谷梁 are left out, because a 乐 or a 谷 with a
/// given name of two characters is far more common.
const COMPOUND_SURNAMES: [&str; 56] = [
    "欧阳", "上官", "司马", "司徒", "司空", "司寇", "诸葛", "尉迟", "皇甫", "夏侯", "慕容", "令狐", "宇文", "长孙", "公孙", "轩辕", "东方",
    "东郭", "西门", "南宫", "南门", "百里", "呼延", "端木", "闻人", "独孤", "万俟", "赫连", "澹台", "宗政", "濮阳", "公冶", "公羊", "公西",
    "公良", "太史", "太叔", "申屠", "仲孙", "钟离", "鲜于", "闾丘", "子车", "亓官", "巫马", "颛孙", "壤驷", "漆雕", "拓跋", "淳于", "单于",
    "完颜", "纳兰", "达奚", "即墨", "羊舌",
];

/// Cleans a text for keeping: no blanks at either end, one space for every
/// run of blanks, full-width letters and digits folded, invisible characters
/// dropped. Chinese punctuation stays as it is.
pub fn clean_text(text: &str) -> String {
    let folded: String = text
        .chars()
        .filter(|&c| !is_invisible(c))
        .map(|c| {
            let folded = fold_char(c);
            if folded.is_ascii_alphanumeric() || folded == ' ' { folded } else { c }
        })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cleans a person's name: `张 三` and `张　三` are 张三; the parts of a
/// minority name are joined by one kind of dot; a Latin name keeps its spaces.
pub fn clean_name(name: &str) -> String {
    let text: Vec<char> =
        clean_text(name).chars().map(|c| if matches!(c, '•' | '‧' | '・' | '･' | '∙' | '⋅' | '●') { NAME_DOT } else { c }).collect();
    let joins = |c: Option<&char>| c.is_some_and(|&c| is_han(c) || c == NAME_DOT);
    let kept = |at: usize| match text[at] {
        ' ' => {
            let (before, after) = (at.checked_sub(1).and_then(|at| text.get(at)), text.get(at + 1));
            !(joins(before) && joins(after) || before == Some(&NAME_DOT) || after == Some(&NAME_DOT))
        }
        _ => true,
    };
    let point_between_han =
        |at: usize| matches!(text[at], '.' | '．') && at > 0 && is_han(text[at - 1]) && text.get(at + 1).is_some_and(|&next| is_han(next));
    (0..text.len()).filter(|&at| kept(at)).map(|at| if point_between_han(at) { NAME_DOT } else { text[at] }).collect()
}

/// As official lists print it: a name of two Han characters is widened to
/// three (`王　伟`, with an ideographic space); others are not.
pub fn widened(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(first), Some(second), None) if is_han(first) && is_han(second) => format!("{first}\u{3000}{second}"),
        _ => name.to_owned(),
    }
}

/// Cleans a 工号 that was given as text: half width, no blanks, no leading
/// apostrophe (by which spreadsheets mark text). Leading zeros stay: `0071`
/// and `71` are two numbers.
pub fn clean_staff_no(text: &str) -> String {
    let folded: String = to_half_width(text).split_whitespace().collect();
    folded.trim_start_matches('\'').to_owned()
}

/// A 工号 from a cell that holds a number: 1000, not `1000.0`. A text
/// `1000.0` is never shortened so, since somebody typed it.
pub fn staff_no_from_number(number: f64) -> String {
    format!("{number}")
}

/// A heading or a cell of a fixed vocabulary, for comparing: half width, lower
/// case, no blanks. `姓　名` and `姓名` are one.
pub fn heading_key(text: &str) -> String {
    to_half_width(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The surname and the given name. A surname of two characters counts only
/// where a given name follows: 欧阳 alone is a 欧 named 阳.
pub fn split_surname(name: &str) -> (&str, &str) {
    let ends: Vec<usize> = name.char_indices().map(|(at, _)| at).skip(1).take(2).collect();
    match ends.as_slice() {
        [_, second] if COMPOUND_SURNAMES.contains(&&name[..*second]) => name.split_at(*second),
        [first, ..] => name.split_at(*first),
        [] => (name, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_however_it_was_spaced() {
        for name in ["张三", "张 三", "张　三", " 张三\u{00A0}", "张\u{200B}三", "张\n三"] {
            assert_eq!(clean_name(name), "张三");
        }
        for name in ["买买提·艾力", "买买提•艾力", "买买提・艾力", "买买提 · 艾力", "买买提.艾力", "买买提．艾力"]
        {
            assert_eq!(clean_name(name), "买买提·艾力");
        }
        assert_eq!(clean_name("  John   Smith "), "John Smith");
        assert_eq!(clean_name("Ｊｏｈｎ　Smith"), "John Smith");
        assert_eq!(clean_name("郑波Ａ"), "郑波A");
        assert_eq!(clean_name(" 　"), "");
    }

    #[test]
    fn text_keeps_its_punctuation() {
        assert_eq!(clean_text("　学习《实践论》，第１次（上）  讨论 "), "学习《实践论》，第1次（上） 讨论");
    }

    #[test]
    fn a_staff_number_keeps_its_zeros() {
        for (text, number) in [("１０００", "1000"), (" 0071 ", "0071"), ("'0071", "0071"), ("Ａ-12", "A-12"), ("1000.0", "1000.0")] {
            assert_eq!(clean_staff_no(text), number);
        }
        assert_eq!(staff_no_from_number(1000.0), "1000");
        assert_eq!(staff_no_from_number(13_985_000_794.0), "13985000794");
        assert_eq!(staff_no_from_number(10.5), "10.5");
    }

    #[test]
    fn only_names_of_two_characters_are_widened() {
        for (name, printed) in [("王伟", "王　伟"), ("王小伟", "王小伟"), ("欧阳小伟", "欧阳小伟"), ("Li", "Li"), ("王", "王"), ("", "")]
        {
            assert_eq!(widened(name), printed);
        }
    }

    #[test]
    fn surnames_of_two_characters_are_one_surname() {
        for (name, parts) in [
            ("张三", ("张", "三")),
            ("欧阳锋", ("欧阳", "锋")),
            ("尉迟敬德", ("尉迟", "敬德")),
            ("欧阳", ("欧", "阳")),
            ("乐正宇", ("乐", "正宇")),
            ("王", ("王", "")),
            ("", ("", "")),
        ] {
            assert_eq!(split_surname(name), parts);
        }
    }

    #[test]
    fn headings_are_compared_without_blanks() {
        assert_eq!(heading_key("姓　 名"), heading_key("姓名"));
        assert_eq!(heading_key("时长（分钟）"), heading_key("时长(分钟)"));
        assert_eq!(heading_key("ＩＤ"), "id");
    }
}
