//! Pinyin: finding 张三 by `zs` or `zhangsan`, and the order of a roster by
//! reading.
//!
//! Readings come from ib-pinyin. A character that is read otherwise in a
//! surname than in words (单, 曾, 区) has its surname reading first; the
//! others still find the person, because not everyone who looks for 单 knows.

use std::{collections::HashMap, sync::OnceLock};

use ib_pinyin::pinyin::{PinyinData, PinyinNotation};

use super::{is_han, names::split_surname};

/// At most so many keys for one name.
const MOST_KEYS: usize = 32;

/// How surnames are read, where that is not the first reading in the data.
const SURNAME_READINGS: &str = "\
    单shan4 曾zeng1 区ou1 仇qiu2 解xie4 查zha1 任ren2 华hua4 朴piao2 盖ge3 翟zhai2 员yun4 乐yue4 覃qin2 贾jia3 \
    缪miao4 秘bi4 种chong2 宁ning4 黑he4 繁po2 燕yan1 折she2 召shao4 那na1 葛ge3 过guo1 应ying1 祭zhai4 能nai4 \
    乜nie4 都du1 阚kan4 隗wei3 薄bo2 瞿qu2 钭tou3 蔚yu4 於yu1 糜mi2 佴nai4 少shao4 \
    尉迟yu4chi2 万俟mo4qi2 长孙zhang3sun1 澹台tan2tai2 令狐ling2hu2 单于chan2yu2";

/// How characters are mostly read in names, where the data, which lists
/// readings by the alphabet, begins with another one.
const COMMON_READINGS: &str = "\
    单dan1 许xu3 陶tao2 俞yu2 汤tang1 沈shen3 齐qi2 卜bu3 强qiang2 盛sheng4 万wan4 石shi2 车che1 叶ye4 翟zhai2 广guang3 红hong2 \
    奇qi2 着zhe5 种zhong3 称cheng1 觉jue2 校xiao4 识shi2 提ti2 合he2 隽jun4 仔zi3 思si1 期qi1 落luo4 适shi4 行xing2 折zhe2 \
    扎zha1 晟sheng4 屹yi4 筠yun2 橙cheng2 珩heng2 莎sha1 艾ai4 蔓man4 伯bo2 薄bo2 都du1 地di4 涌yong3 那na4 拓tuo4 佴nai4 \
    华hua2 少shao4 宓mi4 贾jia3 糜mi2 瞿qu2 朴pu3 尉wei4 好hao3 色se4 转zhuan3 调tiao2";

type Readings = HashMap<&'static str, Vec<&'static str>>;

fn surname_readings() -> &'static Readings {
    static TABLE: OnceLock<Readings> = OnceLock::new();
    TABLE.get_or_init(|| read_table(SURNAME_READINGS))
}

fn common_readings() -> &'static Readings {
    static TABLE: OnceLock<Readings> = OnceLock::new();
    TABLE.get_or_init(|| read_table(COMMON_READINGS))
}

/// `尉迟yu4chi2 …`: characters, then a syllable with its tone for each.
fn read_table(table: &'static str) -> Readings {
    let entry = |entry: &'static str| {
        let (characters, syllables) = entry.split_at(entry.find(|c: char| c.is_ascii())?);
        Some((characters, syllables.split_inclusive(|c: char| c.is_ascii_digit()).collect()))
    };
    table.split_whitespace().filter_map(entry).collect()
}

fn data() -> &'static PinyinData {
    static DATA: OnceLock<PinyinData> = OnceLock::new();
    DATA.get_or_init(|| PinyinData::new(PinyinNotation::Ascii | PinyinNotation::AsciiTone))
}

/// The readings of one character with tone digits, the likeliest first; a
/// character without a reading stands for itself, in lower case. Blanks and
/// dots of a name are silent.
fn readings(c: char) -> Vec<String> {
    if c.is_whitespace() || c == '·' {
        return Vec::new();
    }
    let known: Vec<String> =
        data().get_pinyins(c).filter_map(|pinyin| pinyin.notation(PinyinNotation::AsciiTone).map(str::to_owned)).collect();
    if known.is_empty() {
        return vec![c.to_lowercase().collect()];
    }
    let common = common_readings().get(c.encode_utf8(&mut [0; 4]) as &str).and_then(|syllables| syllables.first());
    match common {
        Some(first) => put_first(known, first),
        None => known,
    }
}

fn put_first(mut readings: Vec<String>, first: &str) -> Vec<String> {
    readings.retain(|reading| reading != first);
    readings.insert(0, first.to_owned());
    readings
}

fn without_tone(reading: &str) -> &str {
    reading.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// For each character that sounds: its readings, the likeliest first.
fn name_readings(name: &str) -> Vec<(char, Vec<String>)> {
    let (surname, _) = split_surname(name);
    let of_surname = surname_readings().get(surname).map(Vec::as_slice).unwrap_or_default();
    let of_character = |(at, c): (usize, char)| match of_surname.get(at) {
        Some(first) => (c, put_first(readings(c), first)),
        None => (c, readings(c)),
    };
    name.chars().enumerate().map(of_character).filter(|(_, known)| !known.is_empty()).collect()
}

/// What a name is found by: its full pinyin without tones (`zhangsan`) and
/// its initials (`zs`) in every combination of readings, the likeliest first,
/// 32 at most, all in lower case; ü is `v`, as it is typed.
pub fn search_keys(name: &str) -> Vec<String> {
    /// One way to read the name so far; a higher rank is less likely.
    struct Spelling {
        rank: usize,
        full: String,
        initials: String,
    }
    let mut spellings = vec![Spelling { rank: 0, full: String::new(), initials: String::new() }];
    for (c, known) in name_readings(name) {
        let mut sounds: Vec<&str> = Vec::new();
        for reading in &known {
            let sound = if is_han(c) { without_tone(reading) } else { reading };
            if !sounds.contains(&sound) {
                sounds.push(sound);
            }
        }
        let longer = spellings.iter().flat_map(|spelling| {
            sounds.iter().enumerate().map(|(rank, sound)| Spelling {
                rank: spelling.rank + rank,
                full: format!("{}{sound}", spelling.full),
                initials: spelling.initials.chars().chain(sound.chars().take(1)).collect(),
            })
        });
        // Ranks add up, so the likeliest readings of a part are all that the
        // likeliest readings of the whole can begin with.
        let mut kept: Vec<Spelling> = longer.collect();
        kept.sort_by_key(|spelling| spelling.rank);
        kept.truncate(MOST_KEYS);
        spellings = kept;
    }
    let mut keys: Vec<String> = Vec::new();
    for key in spellings.into_iter().flat_map(|spelling| [spelling.full, spelling.initials]) {
        if keys.len() < MOST_KEYS && !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// What a title is found by: its full pinyin and its initials, each character
/// in its likeliest reading alone; digits and Latin letters stay, punctuation
/// is silent. A title is long: [`search_keys`] would try too many readings.
pub fn title_keys(title: &str) -> Vec<String> {
    let (mut full, mut initials) = (String::new(), String::new());
    for c in title.chars().filter(|c| c.is_alphanumeric()) {
        let known = readings(c);
        let Some(first) = known.first() else { continue };
        let sound = if is_han(c) { without_tone(first) } else { first };
        full.push_str(sound);
        initials.extend(sound.chars().take(1));
    }
    [full, initials].into_iter().filter(|key| !key.is_empty()).collect()
}

/// A key whose order, compared byte by byte, is the order by pinyin:
/// character by character, first the syllable, then its tone, then the
/// character; Chinese names before others.
pub fn pinyin_sort_key(name: &str) -> String {
    let chinese = name.chars().next().is_some_and(is_han);
    let mut key = String::from(if chinese { "0" } else { "1" });
    for (c, known) in name_readings(name) {
        if let Some(reading) = known.first() {
            // Blank sorts below every letter and digit: `li` before `lin`.
            key.push_str(without_tone(reading));
            key.push(' ');
            key.push_str(&reading[without_tone(reading).len()..]);
            key.push(c);
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_found_by_its_likeliest_reading() {
        assert_eq!(title_keys("关于2025年学习的通知（试行）"), ["guanyu2025nianxuexidetongzhishixing", "gy2025nxxdtzsx"]);
        assert!(title_keys("《》——").is_empty());
    }

    fn found_by(name: &str, typed: &[&str]) {
        let keys = search_keys(name);
        for typed in typed {
            assert!(keys.iter().any(|key| key == typed), "{name} is not found by {typed}: {keys:?}");
        }
    }

    #[test]
    fn a_name_is_found_by_full_pinyin_and_initials() {
        assert_eq!(search_keys("张三"), ["zhangsan", "zs"]);
        found_by("吕布", &["lvbu", "lb"]);
        found_by("欧阳锋", &["ouyangfeng", "oyf"]);
    }

    #[test]
    fn a_surname_is_found_by_either_reading_its_own_first() {
        for (name, own, other) in [
            ("单雄", "shanxiong", "danxiong"),
            ("曾强", "zengqiang", "cengqiang"),
            ("区伟", "ouwei", "quwei"),
            ("仇英", "qiuying", "chouying"),
            ("解强", "xieqiang", "jieqiang"),
            ("查良", "zhaliang", "chaliang"),
            ("尉迟恭", "yuchigong", "weichigong"),
            ("翟明", "zhaiming", "diming"),
        ] {
            assert_eq!(search_keys(name)[0], own);
            found_by(name, &[own, other]);
        }
        found_by("单雄", &["sx", "dx"]);
        found_by("尉迟恭", &["ycg", "wcg"]);
    }

    #[test]
    fn keys_are_few_even_for_a_long_name_of_many_readings() {
        let keys = search_keys("行行行行行行行行");
        assert_eq!(keys.len(), MOST_KEYS);
        assert_eq!(keys[0], "xingxingxingxingxingxingxingxing");
        assert!(keys.iter().all(|key| !key.is_empty()));
    }

    #[test]
    fn latin_names_stand_for_themselves() {
        assert_eq!(search_keys("John Smith"), ["johnsmith"]);
        assert!(search_keys("").is_empty());
        found_by("买买提·艾力", &["maimaitiaili", "mmtal"]);
    }

    #[test]
    fn order_is_by_syllable_then_tone() {
        // By the surname's reading: 单 as shàn stands between 沙 shā and 商
        // shāng, 曾 as zēng before 翟 zhái.
        let order = ["安一", "李四", "林一", "沙一", "单一", "商一", "王五", "曾一", "翟一", "张三", "John"];
        let mut sorted = order;
        sorted.sort_unstable();
        sorted.sort_by_key(|name| pinyin_sort_key(name));
        assert_eq!(sorted, order);
        // One syllable, by tone: 汪 wāng, 王 wáng.
        assert!(pinyin_sort_key("汪一") < pinyin_sort_key("王一"));
    }

    #[test]
    fn every_entry_of_the_tables_has_a_syllable_for_each_character() {
        for (characters, syllables) in surname_readings().iter().chain(common_readings()) {
            assert_eq!(characters.chars().count(), syllables.len(), "{characters}");
            assert!(syllables.iter().all(|syllable| syllable.ends_with(|c: char| ('1'..='5').contains(&c))), "{characters}");
        }
    }
}
