//! 补登记录: what was changed in closed months, as a plain table.

use super::csv_text;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplementLine {
    /// `2025-11`
    pub month: String,
    /// Which session, whose mark.
    pub subject: String,
    /// What was done, in words.
    pub what: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// `YYYY-MM-DD`
    pub on: String,
    /// Whether it was taken back since.
    pub undone: bool,
}

/// The lines as csv for Excel and WPS, as [`AttendanceLedger::to_csv`] has it.
///
/// [`AttendanceLedger::to_csv`]: super::attendance_ledger::AttendanceLedger::to_csv
pub fn to_csv(lines: &[SupplementLine]) -> Vec<u8> {
    let heading = ["月份", "哪一处", "改动", "原因", "登记人", "登记日期", "已撤销"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    rows.extend(lines.iter().cloned().map(|line| {
        let undone = if line.undone { "是" } else { "" };
        vec![line.month, line.subject, line.what, line.reason, line.by, line.on, undone.to_owned()]
    }));
    csv_text::write(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_a_change_and_nothing_that_could_run() {
        let line = SupplementLine {
            month: "2025-11".into(),
            subject: "2025-11-07 党课 王伟".into(),
            what: "点名 王伟 迟到".into(),
            reason: "=漏登".into(),
            by: "李静".into(),
            on: "2025-12-03".into(),
            undone: true,
        };
        let expected = "\u{feff}月份,哪一处,改动,原因,登记人,登记日期,已撤销\r\n\
            2025-11,2025-11-07 党课 王伟,点名 王伟 迟到,'=漏登,李静,2025-12-03,是\r\n";
        assert_eq!(String::from_utf8(to_csv(&[line])).unwrap(), expected);
    }
}
