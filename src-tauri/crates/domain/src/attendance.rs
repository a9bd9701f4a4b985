//! 考勤: what a mark means, how a rate is counted.
//!
//! A status says whether somebody came. 列席 is a role, not a status, and
//! 补学 is a record linked to the absence, whose status stays.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::exact::Exact;

/// A member's status at a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AttendanceStatus {
    /// 出席
    Present,
    /// 迟到
    Late,
    /// 早退
    EarlyLeave,
    /// 公假
    OfficialLeave,
    /// 病假
    SickLeave,
    /// 事假
    PersonalLeave,
    /// 缺席
    Absent,
    /// 不要求
    NotRequired,
    /// 未登记
    Unmarked,
}

impl AttendanceStatus {
    /// Every status in the order of the keys 1 to 7, then the two that have
    /// no key of their own.
    pub const ALL: [AttendanceStatus; 9] = [
        AttendanceStatus::Present,
        AttendanceStatus::Late,
        AttendanceStatus::EarlyLeave,
        AttendanceStatus::OfficialLeave,
        AttendanceStatus::SickLeave,
        AttendanceStatus::PersonalLeave,
        AttendanceStatus::Absent,
        AttendanceStatus::NotRequired,
        AttendanceStatus::Unmarked,
    ];

    /// The word on screen and in papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Present => "出席",
            Self::Late => "迟到",
            Self::EarlyLeave => "早退",
            Self::OfficialLeave => "公假",
            Self::SickLeave => "病假",
            Self::PersonalLeave => "事假",
            Self::Absent => "缺席",
            Self::NotRequired => "不要求",
            Self::Unmarked => "未登记",
        }
    }

    /// The name in JSON and in the book.
    pub fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Late => "late",
            Self::EarlyLeave => "early_leave",
            Self::OfficialLeave => "official_leave",
            Self::SickLeave => "sick_leave",
            Self::PersonalLeave => "personal_leave",
            Self::Absent => "absent",
            Self::NotRequired => "not_required",
            Self::Unmarked => "unmarked",
        }
    }

    /// The status of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// 实到: was in the room, if only for a part.
    pub fn attended(self) -> bool {
        matches!(self, Self::Present | Self::Late | Self::EarlyLeave)
    }

    /// Stayed away and has it to make up. Official leave is outside the rate;
    /// whoever was sent elsewhere owes nothing, and may make it up all the
    /// same.
    pub fn owes_make_up(self) -> bool {
        self.missed() && self != Self::OfficialLeave
    }

    /// Stayed away, with or without leave: what a make-up can be for.
    pub fn missed(self) -> bool {
        matches!(self, Self::OfficialLeave | Self::SickLeave | Self::PersonalLeave | Self::Absent)
    }
}

/// How many members had which status at a session, or a member over a year.
/// 列席 is counted apart and stands outside 应到 and 实到.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
pub struct AttendanceCounts {
    /// 出席
    pub present: u32,
    /// 迟到
    pub late: u32,
    /// 早退
    pub early_leave: u32,
    /// 公假
    pub official_leave: u32,
    /// 病假
    pub sick_leave: u32,
    /// 事假
    pub personal_leave: u32,
    /// 缺席
    pub absent: u32,
    /// 不要求
    pub not_required: u32,
    /// 未登记
    pub unmarked: u32,
    /// 列席
    pub observers: u32,
    /// Of those who missed it: how many made it up.
    pub made_up: u32,
}

impl AttendanceCounts {
    /// Counts one mark. An observer is counted as that and as nothing else.
    pub fn add(&mut self, status: AttendanceStatus, observer: bool, made_up: bool) {
        if observer {
            self.observers += 1;
            return;
        }
        let place = match status {
            AttendanceStatus::Present => &mut self.present,
            AttendanceStatus::Late => &mut self.late,
            AttendanceStatus::EarlyLeave => &mut self.early_leave,
            AttendanceStatus::OfficialLeave => &mut self.official_leave,
            AttendanceStatus::SickLeave => &mut self.sick_leave,
            AttendanceStatus::PersonalLeave => &mut self.personal_leave,
            AttendanceStatus::Absent => &mut self.absent,
            AttendanceStatus::NotRequired => &mut self.not_required,
            AttendanceStatus::Unmarked => &mut self.unmarked,
        };
        *place += 1;
        // Official leave is outside the rate already: made up or not, it
        // moves nothing there.
        if made_up && status.owes_make_up() {
            self.made_up += 1;
        }
    }

    /// Adds another count to this one.
    pub fn merge(&mut self, other: &Self) {
        self.present += other.present;
        self.late += other.late;
        self.early_leave += other.early_leave;
        self.official_leave += other.official_leave;
        self.sick_leave += other.sick_leave;
        self.personal_leave += other.personal_leave;
        self.absent += other.absent;
        self.not_required += other.not_required;
        self.unmarked += other.unmarked;
        self.observers += other.observers;
        self.made_up += other.made_up;
    }

    /// 应到: everyone of whom it was required, unmarked included.
    pub fn required(&self) -> u32 {
        self.attended() + self.on_leave() + self.absent + self.unmarked
    }

    /// 实到.
    pub fn attended(&self) -> u32 {
        self.present + self.late + self.early_leave
    }

    /// 请假: every kind of leave.
    pub fn on_leave(&self) -> u32 {
        self.official_leave + self.sick_leave + self.personal_leave
    }

    /// 出勤率 by the default reading (domain glossary): (present + late +
    /// early leave) / (required − official leave). Unmarked stays below the
    /// line. `None` where nobody was required.
    pub fn rate(&self) -> AttendanceRate {
        AttendanceRate { attended: self.attended(), out_of: self.required() - self.official_leave }
    }

    /// The second rate, made-up study counted as attended.
    pub fn rate_with_make_up(&self) -> AttendanceRate {
        AttendanceRate { attended: self.attended() + self.made_up, out_of: self.required() - self.official_leave }
    }
}

/// A rate with its fraction, which always stands beside the percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
pub struct AttendanceRate {
    /// Above the line.
    pub attended: u32,
    /// Below the line; zero where nobody was required, and then there is no
    /// percentage.
    pub out_of: u32,
}

impl AttendanceRate {
    /// The exact quotient, where there is one.
    pub fn value(self) -> Option<Exact> {
        Exact::fraction(self.attended.into(), self.out_of.into())
    }

    /// Per cent with one place: `92.4`.
    pub fn percent(self) -> Option<String> {
        self.value().map(|value| (value * Exact::whole(100)).to_places(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_rate_leaves_official_leave_out_and_unmarked_in() {
        let mut counts = AttendanceCounts::default();
        for status in AttendanceStatus::ALL {
            counts.add(status, false, false);
        }
        counts.add(AttendanceStatus::Present, true, false);
        assert_eq!(counts.required(), 8);
        assert_eq!(counts.attended(), 3);
        assert_eq!(counts.rate(), AttendanceRate { attended: 3, out_of: 7 });
        assert_eq!(counts.rate().percent().unwrap(), "42.9");
        assert_eq!(counts.observers, 1);
    }

    #[test]
    fn a_make_up_lifts_only_the_second_rate() {
        let mut counts = AttendanceCounts::default();
        counts.add(AttendanceStatus::Absent, false, true);
        counts.add(AttendanceStatus::Present, false, false);
        counts.add(AttendanceStatus::OfficialLeave, false, true);
        assert_eq!(counts.rate(), AttendanceRate { attended: 1, out_of: 2 });
        assert_eq!(counts.rate_with_make_up(), AttendanceRate { attended: 2, out_of: 2 });
    }

    #[test]
    fn official_leave_owes_no_make_up() {
        let owing: Vec<_> = AttendanceStatus::ALL.into_iter().filter(|status| status.owes_make_up()).collect();
        assert_eq!(owing, [AttendanceStatus::SickLeave, AttendanceStatus::PersonalLeave, AttendanceStatus::Absent]);
    }

    #[test]
    fn nobody_required_has_no_rate() {
        assert_eq!(AttendanceCounts::default().rate().percent(), None);
    }
}
