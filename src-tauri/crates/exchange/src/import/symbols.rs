//! How a symbol of an attendance matrix is read. A symbol means what that
//! clerk says it means: what is not certain everywhere is asked.

use xueji_domain::{attendance::AttendanceStatus, text::heading_key};

/// What a cell of a matrix says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellReading {
    /// A status, with minutes late or left early where the cell gives them.
    Status(AttendanceStatus, Option<u32>),
    /// 列席: was there, outside 应到 and 实到.
    Observer,
    /// 补学: missed, and made up on a day that is not known.
    MadeUp,
    /// Says nothing.
    Nothing,
}

/// Readings that hold in every branch.
const KNOWN: &[(&str, CellReading)] = &[
    ("√", CellReading::Status(AttendanceStatus::Present, None)),
    ("✓", CellReading::Status(AttendanceStatus::Present, None)),
    ("✔", CellReading::Status(AttendanceStatus::Present, None)),
    ("出席", CellReading::Status(AttendanceStatus::Present, None)),
    ("到", CellReading::Status(AttendanceStatus::Present, None)),
    ("1", CellReading::Status(AttendanceStatus::Present, None)),
    ("迟到", CellReading::Status(AttendanceStatus::Late, None)),
    ("早退", CellReading::Status(AttendanceStatus::EarlyLeave, None)),
    ("公假", CellReading::Status(AttendanceStatus::OfficialLeave, None)),
    ("公差", CellReading::Status(AttendanceStatus::OfficialLeave, None)),
    ("病假", CellReading::Status(AttendanceStatus::SickLeave, None)),
    ("事假", CellReading::Status(AttendanceStatus::PersonalLeave, None)),
    ("×", CellReading::Status(AttendanceStatus::Absent, None)),
    ("✗", CellReading::Status(AttendanceStatus::Absent, None)),
    ("✕", CellReading::Status(AttendanceStatus::Absent, None)),
    ("x", CellReading::Status(AttendanceStatus::Absent, None)),
    ("缺席", CellReading::Status(AttendanceStatus::Absent, None)),
    ("旷", CellReading::Status(AttendanceStatus::Absent, None)),
    ("补学", CellReading::MadeUp),
    ("列席", CellReading::Observer),
    ("/", CellReading::Status(AttendanceStatus::NotRequired, None)),
    ("不要求", CellReading::Status(AttendanceStatus::NotRequired, None)),
    ("未登记", CellReading::Nothing),
];

/// The program's own reading of a cell; `None` where it has to be asked.
pub fn read(text: &str) -> Option<CellReading> {
    let symbol = heading_key(text);
    if symbol.is_empty() {
        return Some(CellReading::Nothing);
    }
    if let Some((_, reading)) = KNOWN.iter().find(|(known, _)| *known == symbol) {
        return Some(*reading);
    }
    with_minutes(&symbol)
}

/// 迟到15分钟, 早退20分, 迟到5.
fn with_minutes(symbol: &str) -> Option<CellReading> {
    let (status, rest) = [("迟到", AttendanceStatus::Late), ("早退", AttendanceStatus::EarlyLeave)]
        .into_iter()
        .find_map(|(word, status)| Some((status, symbol.strip_prefix(word)?)))?;
    let digits = rest.trim_end_matches("分钟").trim_end_matches('分');
    let minutes: u32 = digits.parse().ok().filter(|minutes| (1..=600).contains(minutes))?;
    Some(CellReading::Status(status, Some(minutes)))
}

/// The code of a reading, as answers and the preview carry it.
pub fn code(reading: CellReading) -> &'static str {
    match reading {
        CellReading::Status(status, _) => status.code(),
        CellReading::Observer => "observer",
        CellReading::MadeUp => "make_up",
        CellReading::Nothing => "nothing",
    }
}

/// The reading of an answer.
pub fn of_code(code: &str) -> Option<CellReading> {
    match code {
        "observer" => Some(CellReading::Observer),
        "make_up" => Some(CellReading::MadeUp),
        "nothing" => Some(CellReading::Nothing),
        code => AttendanceStatus::from_code(code)
            .filter(|status| *status != AttendanceStatus::Unmarked)
            .map(|status| CellReading::Status(status, None)),
    }
}

/// Every answer that a question about a symbol takes.
pub fn answers() -> impl Iterator<Item = &'static str> {
    AttendanceStatus::ALL
        .into_iter()
        .filter(|status| *status != AttendanceStatus::Unmarked)
        .map(AttendanceStatus::code)
        .chain(["observer", "make_up", "nothing"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_everywhere_is_read_and_the_rest_is_asked() {
        let status = |status| Some(CellReading::Status(status, None));
        for (symbols, reading) in [
            ("√ ✓ 出席 到 1 １", status(AttendanceStatus::Present)),
            ("公假 公差", status(AttendanceStatus::OfficialLeave)),
            ("× x X ｘ 缺席 旷", status(AttendanceStatus::Absent)),
            ("/ ／", status(AttendanceStatus::NotRequired)),
            ("补学", Some(CellReading::MadeUp)),
            ("列席", Some(CellReading::Observer)),
            ("○ √(补签) 产假 △ 2 迟到?", None),
        ] {
            for symbol in symbols.split(' ') {
                assert_eq!(read(symbol), reading, "{symbol}");
            }
        }
        assert_eq!(read(" 　"), Some(CellReading::Nothing));
        assert_eq!(read("迟到 15 分钟"), Some(CellReading::Status(AttendanceStatus::Late, Some(15))));
        assert_eq!(read("早退２０分"), Some(CellReading::Status(AttendanceStatus::EarlyLeave, Some(20))));
    }
}
