//! Counting words the way requirements count them.

use super::is_han;

/// 字数: every Han character is one, every run of Latin letters or digits is
/// one. Punctuation, spaces and Markdown's own marks are none.
pub fn words(text: &str) -> u32 {
    let mut count = 0;
    let mut in_word = false;
    for c in text.chars() {
        let han = is_han(c);
        let word = !han && c.is_alphanumeric();
        if han || (word && !in_word) {
            count += 1;
        }
        in_word = word;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn han_characters_and_latin_words_count_one_each() {
        assert_eq!(words("学习笔记"), 4);
        assert_eq!(words("学习 Rust 语言，第 12 章。"), 7 + 1);
        assert_eq!(words("# 标题\n\n- **要点**：co-op"), 2 + 2 + 2);
        assert_eq!(words(" ，。!"), 0);
    }
}
