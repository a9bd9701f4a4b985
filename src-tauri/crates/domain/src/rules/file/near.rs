//! "Did you mean …?"

/// The one of some words that a misspelt word is nearest to, if any is near
/// enough to be meant.
pub(in crate::rules) fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let own: Vec<char> = word.chars().flat_map(char::to_lowercase).take(65).collect();
    if own.len() > 64 {
        return None;
    }
    let near = |other: &'w str| {
        let characters: Vec<char> = other.chars().flat_map(char::to_lowercase).take(65).collect();
        let allowed = (own.len().max(characters.len()) / 3).max(1);
        let distance = distance(&own, &characters);
        // Two words of one character each have nothing in common.
        (other != word && distance <= allowed && distance < own.len().max(characters.len())).then_some((distance, other))
    };
    words.into_iter().filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, other)| other)
}

/// Insertions, deletions, replacements and swaps of neighbours between two
/// words.
pub(in crate::rules) fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, own) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, its) in other.iter().enumerate() {
            let replaced = above[column] + usize::from(own != its);
            let mut least = replaced.min(above[column + 1] + 1).min(current[column] + 1);
            let swapped = row > 0 && column > 0 && one[row - 1] == *its && *own == other[column - 1];
            if let (true, Some(twice_above)) = (swapped, column.checked_sub(1).and_then(|at| before.get(at))) {
                least = least.min(twice_above + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut above, current);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_is_near_and_another_word_is_not() {
        let words = ["category", "bucket", "cap", "必修", "选修"];
        for (word, found) in [
            ("catgory", Some("category")),
            ("buckte", Some("bucket")),
            ("Cap", Some("cap")),
            ("caps", Some("cap")),
            ("veto", None),
            ("必", Some("必修")),
        ] {
            assert_eq!(nearest(word, words), found, "{word}");
        }
        assert_eq!(nearest("甲", ["乙"]), None);
        assert_eq!(distance(&['a', 'b', 'c'], &['a', 'c', 'b']), 1);
        assert_eq!(distance(&[], &['a']), 1);
    }
}
