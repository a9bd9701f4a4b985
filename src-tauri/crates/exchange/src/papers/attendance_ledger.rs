//! 考勤台账: one row a member, one column a session, then the totals.

use chrono::NaiveDate;
use xueji_domain::attendance::{AttendanceCounts, AttendanceRate, AttendanceStatus};

use super::csv_text;

/// A year's attendance of a branch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttendanceLedger {
    /// The columns, in their order.
    pub sessions: Vec<LedgerSession>,
    /// The rows, in their order.
    pub members: Vec<LedgerMember>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerSession {
    /// The day.
    pub date: NaiveDate,
    /// 主题
    pub title: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerMember {
    /// 工号; empty where there is none.
    pub staff_no: String,
    /// 姓名
    pub name: String,
    /// 部门, which tells namesakes apart; empty where there is none.
    pub department: String,
    /// One for each session, `None` where the member had nothing to do with
    /// it. Marks beyond the last session are left out.
    pub marks: Vec<Option<Mark>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The status. 列席 stands outside of it.
    pub status: AttendanceStatus,
    /// 列席
    pub observer: bool,
    /// Whether the session was made up for (补学).
    pub made_up: bool,
}

impl Mark {
    /// A status and nothing else.
    pub fn of(status: AttendanceStatus) -> Self {
        Self { status, observer: false, made_up: false }
    }

    /// The word in the cell: `出席`, `缺席`, `列席`. A make-up changes no
    /// status; it stands in the totals.
    pub fn label(self) -> String {
        if self.observer { "列席".to_owned() } else { self.status.label().to_owned() }
    }
}

impl LedgerSession {
    /// The column's heading: `2025-01-18 廉政教育第1次党课`.
    pub fn heading(&self) -> String {
        format!("{} {}", self.date.format("%Y-%m-%d"), self.title)
    }
}

impl LedgerMember {
    /// The member's totals, counted from the marks.
    pub fn counts(&self, sessions: usize) -> AttendanceCounts {
        let mut counts = AttendanceCounts::default();
        for mark in self.marks.iter().take(sessions).flatten() {
            counts.add(mark.status, mark.observer, mark.made_up);
        }
        counts
    }
}

/// The headings of the counts, in the order of [`count_values`].
pub(super) const COUNT_HEADINGS: [&str; 13] =
    ["应到", "实到", "出席", "迟到", "早退", "公假", "病假", "事假", "缺席", "不要求", "未登记", "列席", "补学"];

/// The headings of the two rates, each with its fraction.
pub(super) const RATE_HEADINGS: [&str; 4] = ["出勤率", "出勤率分数", "含补学出勤率", "含补学分数"];

/// The counts as they stand in the totals.
pub(super) fn count_values(counts: &AttendanceCounts) -> [u32; 13] {
    [
        counts.required(),
        counts.attended(),
        counts.present,
        counts.late,
        counts.early_leave,
        counts.official_leave,
        counts.sick_leave,
        counts.personal_leave,
        counts.absent,
        counts.not_required,
        counts.unmarked,
        counts.observers,
        counts.made_up,
    ]
}

impl AttendanceLedger {
    /// The ledger as csv for Excel and WPS: UTF-8 with a byte order mark, CR
    /// LF, nothing that could run as a formula.
    pub fn to_csv(&self) -> Vec<u8> {
        self.to_csv_with(&[])
    }

    /// The same, with what was changed of each member's marks after their
    /// month was closed (补登), in the order of the members. The column stands
    /// last and only where there is anything to say: who reads the file back
    /// passes it over.
    pub fn to_csv_with(&self, supplements: &[String]) -> Vec<u8> {
        let told = supplements.iter().any(|text| !text.is_empty());
        let mut heading = vec!["工号".to_owned(), "姓名".to_owned()];
        heading.extend(self.sessions.iter().map(LedgerSession::heading));
        heading.extend(COUNT_HEADINGS.iter().chain(&RATE_HEADINGS).map(|&text| text.to_owned()));
        heading.push("部门".to_owned());
        if told {
            heading.push("补登".to_owned());
        }
        let mut rows = vec![heading];
        for (index, member) in self.members.iter().enumerate() {
            let mut row = self.csv_row(member);
            if told {
                row.push(supplements.get(index).cloned().unwrap_or_default());
            }
            rows.push(row);
        }
        csv_text::write(&rows)
    }

    fn csv_row(&self, member: &LedgerMember) -> Vec<String> {
        let mut row = vec![member.staff_no.clone(), member.name.clone()];
        row.extend(self.labels(member));
        let counts = member.counts(self.sessions.len());
        row.extend(count_values(&counts).map(|count| count.to_string()));
        for rate in [counts.rate(), counts.rate_with_make_up()] {
            row.push(rate.percent().map(|percent| format!("{percent}%")).unwrap_or_default());
            row.push(csv_fraction(rate));
        }
        row.push(member.department.clone());
        row
    }

    /// The words of a member's cells, one for each session.
    pub(super) fn labels(&self, member: &LedgerMember) -> Vec<String> {
        let mark = |index: usize| member.marks.get(index).copied().flatten();
        (0..self.sessions.len()).map(|index| mark(index).map(Mark::label).unwrap_or_default()).collect()
    }
}

/// `42/46次`: a bare 3/7 becomes the third of July in a spreadsheet program.
fn csv_fraction(rate: AttendanceRate) -> String {
    if rate.out_of == 0 { String::new() } else { format!("{}/{}次", rate.attended, rate.out_of) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_a_member_with_the_words_of_the_glossary_and_the_totals() {
        let session =
            |month, day, title: &str| LedgerSession { date: NaiveDate::from_ymd_opt(2025, month, day).unwrap(), title: title.into() };
        let missed = Mark { made_up: true, ..Mark::of(AttendanceStatus::Absent) };
        let watching = Mark { observer: true, ..Mark::of(AttendanceStatus::Present) };
        let ledger = AttendanceLedger {
            sessions: vec![session(1, 18, "第1次党课"), session(2, 15, "读书会,一"), session(3, 5, "支委会"), session(4, 1, "党日")],
            members: vec![
                LedgerMember {
                    staff_no: "0100".into(),
                    name: "=甲".into(),
                    department: "规划科".into(),
                    marks: vec![Some(Mark::of(AttendanceStatus::Late)), Some(missed), Some(watching), None],
                },
                LedgerMember {
                    staff_no: String::new(),
                    name: "乙".into(),
                    department: String::new(),
                    marks: vec![Some(Mark::of(AttendanceStatus::NotRequired))],
                },
            ],
        };
        let noted = String::from_utf8(ledger.to_csv_with(&[String::new(), "2025-01-18 第1次党课：漏登".to_owned()])).unwrap();
        let ends: Vec<_> = noted.lines().map(|line| line.rsplit(',').next().unwrap()).collect();
        assert_eq!(ends, ["补登", "", "2025-01-18 第1次党课：漏登"]);
        assert_eq!(ledger.to_csv_with(&[String::new(), String::new()]), ledger.to_csv());
        // By hand: 甲 was to come twice and came once, late; the absence was
        // made up, so the second rate is 2 of 2.
        let expected = "\u{feff}工号,姓名,2025-01-18 第1次党课,\"2025-02-15 读书会,一\",2025-03-05 支委会,2025-04-01 党日,\
            应到,实到,出席,迟到,早退,公假,病假,事假,缺席,不要求,未登记,列席,补学,出勤率,出勤率分数,含补学出勤率,含补学分数,部门\r\n\
            0100,'=甲,迟到,缺席,列席,,2,1,0,1,0,0,0,0,1,0,0,1,1,50.0%,1/2次,100.0%,2/2次,规划科\r\n\
            ,乙,不要求,,,,0,0,0,0,0,0,0,0,0,1,0,0,0,,,,,\r\n";
        assert_eq!(String::from_utf8(ledger.to_csv()).unwrap(), expected);
    }
}
