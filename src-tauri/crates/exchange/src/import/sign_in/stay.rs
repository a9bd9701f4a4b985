//! How long somebody was there, and what that makes of the mark.

use chrono::NaiveDate;
use xueji_domain::attendance::AttendanceStatus;

use super::{
    super::{Field, Params, cells::Cells},
    times::{self, TimeProblem},
};
use crate::params;

/// When the session was.
pub(super) struct Frame {
    pub date: NaiveDate,
    /// Seconds since midnight.
    pub start: Option<u32>,
    /// Seconds.
    pub length: Option<u32>,
    /// Minutes that are neither late nor early.
    pub grace: u32,
}

impl Frame {
    fn end(&self) -> Option<u32> {
        self.start?.checked_add(self.length?)
    }
}

/// What rows say of a person's coming, going and staying.
#[derive(Debug, Clone, Default)]
pub(super) struct Stay {
    /// From when to when, where a row gives either; open ends are `None`.
    spans: Vec<(Option<u32>, Option<u32>)>,
    /// Seconds, where rows give durations.
    stayed: Option<u32>,
    /// Whether the list says how long anybody stayed, or who was there only.
    timed: bool,
}

/// What a stay makes of the mark.
pub(super) enum Verdict {
    /// Was there.
    There(AttendanceStatus, Option<u32>),
    /// For too short a time; the figures.
    Below(String),
}

/// A share cannot be told without the session's length.
pub(super) struct LengthUnknown;

/// Reads a row's times.
pub(super) fn of_row(cells: &mut Cells, frame: &Frame) -> Stay {
    let mut at = |field| {
        let cell = cells.cell(field)?;
        match times::moment(cell, frame.date) {
            Ok(seconds) => Some(seconds),
            Err(TimeProblem::Unreadable) => {
                cells.refuse(field, "time_unreadable", Params::new());
                None
            }
            Err(TimeProblem::OtherDay(day)) => {
                cells.refuse(field, "time_of_other_day", params! { "day" => day.to_string(), "date" => frame.date.to_string() });
                None
            }
        }
    };
    let span = (at(Field::JoinedAt), at(Field::LeftAt));
    if let (Some(joined), Some(left)) = span
        && left < joined
    {
        cells.refuse(Field::LeftAt, "left_before_joined", Params::new());
    }
    let stayed = match cells.cell(Field::Stayed) {
        None => None,
        Some(cell) => {
            let read = times::duration(cell);
            if read.is_none() {
                cells.refuse(Field::Stayed, "duration_unreadable", Params::new());
            }
            read
        }
    };
    let spans = if span == (None, None) { Vec::new() } else { vec![span] };
    Stay { timed: cells.has(Field::LeftAt) || cells.has(Field::Stayed), spans, stayed }
}

/// The rows of one person together.
pub(super) fn merged<'a>(stays: impl Iterator<Item = &'a Stay>) -> Stay {
    stays.fold(Stay::default(), |mut all, stay| {
        all.spans.extend(&stay.spans);
        all.stayed = match (all.stayed, stay.stayed) {
            (Some(one), Some(other)) => Some(one.saturating_add(other)),
            (one, other) => one.or(other),
        };
        all.timed |= stay.timed;
        all
    })
}

impl Stay {
    /// Seconds within the session. An open end reaches as far as the session.
    fn present(&self, frame: &Frame) -> u32 {
        let (open, close) = (frame.start.unwrap_or(0), frame.end().unwrap_or(u32::MAX));
        let closed = self.spans.iter().map(|(from, until)| {
            let last = until.or(frame.end()).or(*from).unwrap_or(open);
            (from.unwrap_or(open).max(open), last.min(close))
        });
        let union = times::union(closed.collect());
        match self.stayed {
            Some(stayed) if self.spans.is_empty() => stayed.min(frame.length.unwrap_or(u32::MAX)),
            Some(stayed) => stayed.min(union),
            None => union,
        }
    }

    /// What the stay makes of the mark.
    pub fn verdict(&self, frame: &Frame, threshold: u32) -> Result<Verdict, LengthUnknown> {
        if self.timed {
            let length = frame.length.ok_or(LengthUnknown)?;
            if u64::from(self.present(frame)) * 100 < u64::from(length) * u64::from(threshold) {
                return Ok(Verdict::Below(self.figures(frame).unwrap_or_default()));
            }
        }
        let beyond = |seconds: u32| Some(seconds / 60).filter(|minutes| *minutes > frame.grace);
        let joined = self.spans.iter().filter_map(|(from, _)| *from).min();
        // Whoever is still there has not left early.
        let left = self.spans.iter().map(|(_, until)| *until).collect::<Option<Vec<u32>>>().and_then(|all| all.into_iter().max());
        let late = frame.start.zip(joined).and_then(|(start, joined)| beyond(joined.saturating_sub(start)));
        let early = frame.end().zip(left).and_then(|(end, left)| beyond(end.saturating_sub(left)));
        Ok(match (late, early) {
            (Some(late), Some(early)) if early > late => Verdict::There(AttendanceStatus::EarlyLeave, Some(early)),
            (Some(late), _) => Verdict::There(AttendanceStatus::Late, Some(late)),
            (None, Some(early)) => Verdict::There(AttendanceStatus::EarlyLeave, Some(early)),
            (None, None) => Verdict::There(AttendanceStatus::Present, None),
        })
    }

    /// The figures as the preview shows them: 14:02—16:00，在会 116 / 120 分钟（96.6%）.
    pub fn figures(&self, frame: &Frame) -> Option<String> {
        let spans: Vec<String> = self
            .spans
            .iter()
            .map(|(from, until)| match (from, until) {
                (Some(from), Some(until)) => format!("{}—{}", times::clock(*from), times::clock(*until)),
                (Some(from), None) => times::clock(*from),
                (None, until) => format!("—{}", until.map_or_else(String::new, times::clock)),
            })
            .collect();
        let length = frame.length.filter(|_| self.timed);
        let share = length.map(|length| {
            let present = self.present(frame);
            // Cut, not rounded: what is below 80 does not show as 80.0.
            let tenths = u64::from(present) * 1000 / u64::from(length);
            format!("在会 {} / {} 分钟（{}.{}%）", present / 60, length / 60, tenths / 10, tenths % 10)
        });
        let parts: Vec<String> = Some(spans.join("、")).filter(|spans| !spans.is_empty()).into_iter().chain(share).collect();
        (!parts.is_empty()).then(|| parts.join("，"))
    }
}
