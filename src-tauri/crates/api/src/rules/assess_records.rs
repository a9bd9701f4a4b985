//! What the book's records say of somebody, or of an organization, over a
//! period: the names `person.record.…` and `unit.…` that an assessment may
//! ask for. All of them are exact; what cannot be worked out from the records
//! is left out, so that the assessment asks for it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::NaiveDate;
use xueji_domain::{
    amount::StudyAmount,
    attendance::{AttendanceCounts, AttendanceStatus},
    exact::Exact,
    ids::{MemberId, OrganizationId},
    rules::{
        facts::{Activity, Item, Person, Phase, Subject, Unit},
        ledger::Verdict,
        model::{Kind, RuleSet},
    },
    sessions::{Role, SessionState},
};
use xueji_store::{Reader, tables::closing::Owner};

use super::{
    count::{Count, Scope, Year, YearSpan},
    quantities,
    shelf::Loaded,
    view::{self, Figures},
};
use crate::{
    areas::credits::{CreditRow, VerdictView},
    error::ApiError,
    records::Records,
};

/// The names with their words on screen.
const NAMES: &[(&str, &str)] = &[
    ("attendance_rate", "出勤率"),
    ("attendance_rate_with_make_up", "含补学出勤率"),
    ("sessions_required", "应到次数"),
    ("sessions_attended", "实到次数"),
    ("absences", "缺席次数"),
    ("leaves", "请假次数"),
    ("lates", "迟到次数"),
    ("early_leaves", "早退次数"),
    ("make_ups_open", "未补学次数"),
    ("study_minutes", "自学分钟"),
    ("study_entries", "自学次数"),
    ("notes", "笔记篇数"),
    ("note_chars", "笔记字数"),
    ("research_days", "调研天数"),
    ("reports", "调研报告篇数"),
    ("lectures", "主讲次数"),
    ("credits_total", "已得学分"),
    ("credits_required", "应修学分"),
    ("credits_met", "学分达标"),
    ("credits_verdict", "学分结论"),
    ("members", "人数"),
    ("sessions_planned", "计划活动次数"),
    ("sessions_held", "已开展活动次数"),
    ("credits_met_members", "学分达标人数"),
    ("credits_short_members", "学分未达标人数"),
];

/// The words for a name of an assessment: `record.notes`, `notes`.
pub(crate) fn label(name: &str) -> Option<&'static str> {
    let name = name.strip_prefix("record.").unwrap_or(name);
    NAMES.iter().find(|(own, _)| *own == name).map(|(_, label)| *label)
}

/// How a member stands by the credit rules in force.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Credits {
    /// What counts; `None`: undecided.
    pub total: Option<Exact>,
    /// What the total must reach.
    pub required: Option<Exact>,
    /// The result; `None`: undecided.
    pub verdict: Option<Verdict>,
}

impl Credits {
    fn counted(count: &Count) -> Self {
        let figures: Vec<Figures> = count.evaluation.outcomes.iter().map(|outcome| Figures::of(count, outcome)).collect();
        let total = figures.first().map(|figures| figures.total).filter(|_| view::range(count).is_none());
        let required = figures.first().and_then(|figures| figures.required);
        Self {
            total,
            required: required.filter(|own| figures.iter().all(|other| other.required == Some(*own))),
            verdict: view::verdict(count),
        }
    }

    fn frozen(row: &CreditRow) -> Self {
        let verdict = row.verdict.map(|verdict| match verdict {
            VerdictView::Pass => Verdict::Pass,
            VerdictView::Fail => Verdict::Fail,
            VerdictView::None => Verdict::None,
            VerdictView::Exempt => Verdict::Exempt,
            VerdictView::Outside => Verdict::Outside,
        });
        Self { total: Some(row.earned), required: row.required, verdict }
    }

    /// Whether nothing that is required is missing; `None`: undecided, or the
    /// rules are for others.
    fn met(&self) -> Option<bool> {
        match self.verdict? {
            Verdict::Pass | Verdict::None | Verdict::Exempt => Some(true),
            Verdict::Fail => Some(false),
            Verdict::Outside => None,
        }
    }
}

/// A line of a roll.
struct Mark {
    day: NaiveDate,
    status: AttendanceStatus,
    observer: bool,
    made_up: bool,
}

fn within(span: &YearSpan, day: NaiveDate) -> bool {
    span.from.is_none_or(|from| from <= day) && span.to.is_none_or(|to| day <= to)
}

/// Everybody's records, ready to be added up over the span of a scheme.
pub(crate) struct Recorded {
    span: YearSpan,
    marks: HashMap<MemberId, Vec<Mark>>,
    lectures: HashMap<MemberId, Vec<NaiveDate>>,
    /// By the first credit rules that are for the member.
    credits: HashMap<MemberId, Credits>,
    /// The first credit rules of the year: they say how long a day is.
    rules: Option<Arc<Loaded>>,
}

impl Recorded {
    /// Of everybody, over the span of a scheme.
    pub fn of(reader: &Reader, year: &Year, scheme: &RuleSet) -> Result<Self, ApiError> {
        let span = YearSpan::of(scheme, year.year, year.today);
        let mut recorded = Self { span, marks: HashMap::new(), lectures: HashMap::new(), credits: HashMap::new(), rules: None };
        recorded.read_rolls(&year.facts.records);
        recorded.count_credits(reader, year)?;
        Ok(recorded)
    }

    fn read_rolls(&mut self, records: &Records) {
        let recorded = self;
        let mut held = HashMap::new();
        for session in records.held() {
            let day = session.fields.date;
            held.insert(session.id, day);
            for line in records.roll(session) {
                let mark = Mark { day, status: line.status, observer: line.observer, made_up: line.make_up.is_some() };
                recorded.marks.entry(line.member.id).or_default().push(mark);
            }
        }
        for part in records.parts.iter().filter(|part| part.role == Role::Speaker) {
            if let (Some(member), Some(day)) = (part.member, held.get(&part.session)) {
                recorded.lectures.entry(member).or_default().push(*day);
            }
        }
    }

    /// What the credit rules of the year give.
    fn count_credits(&mut self, reader: &Reader, year: &Year) -> Result<(), ApiError> {
        let only = (!year.facts.roster.is_empty()).then(|| year.facts.records.members.first()).flatten();
        let scope = Scope { only: only.map(|member| member.id), ..Scope::all(Kind::Credits) };
        let mut credits = Year::read(reader, year.today, year.year, &scope)?;
        self.rules = credits.sets.first().map(|set| Arc::clone(set.main()));
        for member in view::members(&credits) {
            let text = credits.sets.iter().find_map(|set| credits.version(set, member.id));
            let Some(text) = text else { continue };
            let count = credits.count(&text, member.id, false)?;
            let frozen = credits.frozen(text.key(), &count.span, Owner::Member(member.id));
            let frozen = frozen.and_then(|frozen| serde_json::from_str::<CreditRow>(frozen.row).ok());
            self.credits.insert(member.id, frozen.map_or_else(|| Credits::counted(&count), |row| Credits::frozen(&row)));
        }
        Ok(())
    }

    fn tally(&self, member: MemberId, activities: &[Activity], within: &dyn Fn(NaiveDate) -> bool) -> Tally {
        let mut tally = Tally::default();
        for mark in self.marks.get(&member).into_iter().flatten().filter(|mark| within(mark.day)) {
            tally.attendance.add(mark.status, mark.observer, mark.made_up);
            tally.make_ups_open += u32::from(mark.status.owes_make_up() && !mark.observer && !mark.made_up);
        }
        tally.lectures = count(self.lectures.get(&member).into_iter().flatten().filter(|day| within(**day)).count());
        for activity in activities {
            if activity.date.and_then(|date| date.day()).is_some_and(within) {
                tally.add(self.rules.as_ref().map(|loaded| &loaded.rules), activity);
            }
        }
        tally
    }

    fn person(&self, subject: &Subject, member: MemberId) -> Vec<(String, Item)> {
        let mut items = self.tally(member, &subject.activities, &|day| within(&self.span, day)).items();
        items.extend(self.credits.get(&member).map(credit_items).unwrap_or_default());
        items.into_iter().map(|(name, item)| (format!("record.{name}"), item)).collect()
    }

    /// Lays `record.…` below what is known of everybody: what the clerk
    /// recorded under such a name stands over what is counted. Another year
    /// has other figures.
    pub fn lay(&self, year: &mut Year) {
        for (member, facts) in &mut year.facts.members {
            let items = self.person(&facts.subject, *member);
            let phase = |value| Phase { from: self.span.from, until: self.span.to, value };
            supply(&mut facts.subject.person, items.into_iter().map(|(name, value)| (name, phase(value))));
        }
    }

    /// An organization as the one who is judged: `unit.…` without its prefix.
    pub fn organization(&self, year: &Year, organization: OrganizationId) -> Person {
        let mut person = Person::default();
        let phase = |value| Phase { from: None, until: None, value };
        let items = self.unit_items(year, organization).into_iter();
        supply(&mut person, items.map(|(name, value)| (name.to_owned(), phase(value))));
        person
    }

    /// The book's own organization as the unit of those who are judged.
    pub fn unit(&self, year: &Year) -> Unit {
        let items: BTreeMap<&str, Item> = self.unit_items(year, year.facts.records.root()).into_iter().collect();
        Unit { items: items.into_iter().map(|(name, item)| (name.into(), item)).collect() }
    }

    fn unit_items(&self, year: &Year, organization: OrganizationId) -> Vec<(&'static str, Item)> {
        let records = &year.facts.records;
        let at_last = self.span.look_on(year.today, year.year);
        let (mut sum, mut members, mut met, mut short, mut known) = (Tally::default(), 0, 0, 0, true);
        for member in &records.members {
            let activities = year.facts.members.get(&member.id).map_or(&[][..], |facts| &facts.subject.activities);
            // What somebody did counts where he belonged on the day.
            let inside = |day: NaiveDate| within(&self.span, day) && records.stands_below(member.id, organization, day);
            sum.merge(&self.tally(member.id, activities, &inside));
            if records.stands_below(member.id, organization, at_last) {
                members += 1;
                match self.credits.get(&member.id).map(Credits::met) {
                    Some(Some(true)) => met += 1,
                    Some(Some(false)) => short += 1,
                    Some(None) | None => known = false,
                }
            }
        }
        // A cancelled session was planned all the same.
        let (mut planned, mut held) = (0, 0);
        for session in records.sessions.iter().filter(|session| within(&self.span, session.fields.date)) {
            if records.is_held_by(session.id, organization) {
                planned += 1;
                held += u32::from(session.fields.state == SessionState::Held);
            }
        }
        let mut items = sum.items();
        items.extend([("members", number(members)), ("sessions_planned", number(planned)), ("sessions_held", number(held))]);
        if known {
            items.extend([("credits_met_members", number(met)), ("credits_short_members", number(short))]);
        }
        items
    }
}

/// Puts computed values below what is recorded under the same names.
fn supply(person: &mut Person, named: impl Iterator<Item = (String, Phase)>) {
    let mut all: BTreeMap<Box<str>, Vec<Phase>> = std::mem::take(&mut person.attributes).into_iter().collect();
    for (name, phase) in named {
        all.entry(name.into()).or_default().insert(0, phase);
    }
    person.attributes = all.into_iter().collect();
}

fn credit_items(credits: &Credits) -> Vec<(&'static str, Item)> {
    // A condition on something that is not known does not hold: where the
    // result is undecided, nothing of it is told.
    let (Some(verdict), Some(total)) = (credits.verdict, credits.total) else { return Vec::new() };
    let mut items = vec![("credits_total", Item::Number(total)), ("credits_verdict", Item::Text(verdict.code().into()))];
    items.extend(credits.required.map(|required| ("credits_required", Item::Number(required))));
    items.extend(credits.met().map(|met| ("credits_met", Item::Flag(met))));
    if verdict == Verdict::Outside { Vec::new() } else { items }
}

/// What adds up over a period.
struct Tally {
    attendance: AttendanceCounts,
    make_ups_open: u32,
    /// `None`: something was recorded in a unit without a conversion.
    study_minutes: Option<Exact>,
    study_entries: u32,
    notes: u32,
    note_chars: Exact,
    /// As `study_minutes`.
    research_days: Option<Exact>,
    reports: u32,
    lectures: u32,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            attendance: AttendanceCounts::default(),
            make_ups_open: 0,
            study_minutes: Some(Exact::ZERO),
            study_entries: 0,
            notes: 0,
            note_chars: Exact::ZERO,
            research_days: Some(Exact::ZERO),
            reports: 0,
            lectures: 0,
        }
    }
}

fn plus(sum: Option<Exact>, more: Option<Exact>) -> Option<Exact> {
    sum?.checked_add(more?)
}

impl Tally {
    /// A fact of somebody's: self-study, a note, a session, a credit by hand.
    fn add(&mut self, rules: Option<&RuleSet>, activity: &Activity) {
        let record = text(activity, "record");
        // 调研 is a form of study or a kind of session; a note to it, or an
        // entry that names itself so, is its report.
        let (research, report) = (activity.kind.contains("调研"), activity.kind.contains("报告"));
        match record {
            "study" => {
                self.study_minutes = plus(self.study_minutes, amount(activity).and_then(|amount| amount.minutes(rules)));
                self.study_entries += 1;
            }
            "note" => {
                self.notes += 1;
                if let Some(Item::Number(chars)) = activity.item("chars") {
                    self.note_chars = self.note_chars.checked_add(*chars).unwrap_or(self.note_chars);
                }
                let form = text(activity, "form");
                self.reports += u32::from(form.contains("调研") && !form.contains("报告"));
            }
            _ => {}
        }
        if !research {
            return;
        }
        let was_there = record != "session" || ["出席", "迟到", "早退"].contains(&text(activity, "status"));
        if report {
            self.reports += if record == "session" { 0 } else { activity.count };
        } else if record == "study" || (record == "session" && was_there) {
            self.research_days = plus(self.research_days, amount(activity).and_then(|amount| amount.days(rules)));
        }
    }

    fn merge(&mut self, other: &Self) {
        self.attendance.merge(&other.attendance);
        self.make_ups_open += other.make_ups_open;
        self.study_minutes = plus(self.study_minutes, other.study_minutes);
        self.study_entries += other.study_entries;
        self.notes += other.notes;
        self.note_chars = self.note_chars.checked_add(other.note_chars).unwrap_or(self.note_chars);
        self.research_days = plus(self.research_days, other.research_days);
        self.reports += other.reports;
        self.lectures += other.lectures;
    }

    fn items(&self) -> Vec<(&'static str, Item)> {
        let attendance = &self.attendance;
        let mut items = vec![
            ("sessions_required", number(attendance.required())),
            ("sessions_attended", number(attendance.attended())),
            ("absences", number(attendance.absent)),
            ("leaves", number(attendance.on_leave())),
            ("lates", number(attendance.late)),
            ("early_leaves", number(attendance.early_leave)),
            ("make_ups_open", number(self.make_ups_open)),
            ("study_entries", number(self.study_entries)),
            ("notes", number(self.notes)),
            ("note_chars", Item::Number(self.note_chars)),
            ("reports", number(self.reports)),
            ("lectures", number(self.lectures)),
        ];
        let perhaps = [
            ("attendance_rate", attendance.rate().value()),
            ("attendance_rate_with_make_up", attendance.rate_with_make_up().value()),
            ("study_minutes", self.study_minutes),
            ("research_days", self.research_days),
        ];
        items.extend(perhaps.into_iter().filter_map(|(name, value)| Some((name, Item::Number(value?)))));
        items
    }
}

fn text<'a>(activity: &'a Activity, name: &str) -> &'a str {
    match activity.item(name) {
        Some(Item::Text(text)) => text,
        _ => "",
    }
}

fn number(value: u32) -> Item {
    Item::Number(Exact::whole(value.into()))
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// How long something took, as recorded.
enum Amount {
    Minutes(Exact),
    Other(StudyAmount),
}

fn amount(activity: &Activity) -> Option<Amount> {
    let of = |name: &str| match activity.item(name) {
        Some(Item::Number(value)) => Some(*value),
        _ => None,
    };
    let others = || {
        let half_days = of("half_days").map(StudyAmount::HalfDays);
        half_days
            .or_else(|| of("days").map(StudyAmount::Days))
            .or_else(|| of("class_hours").map(StudyAmount::ClassHours))
            .map(Amount::Other)
    };
    of("minutes").map(Amount::Minutes).or_else(others)
}

/// By the conversions of the credit rules; `None` where they have none.
fn minutes_of(rules: Option<&RuleSet>, amount: StudyAmount) -> Option<Exact> {
    rules.map(|rules| quantities::minutes(rules, amount)).filter(|minutes| !minutes.is_zero())
}

impl Amount {
    fn minutes(&self, rules: Option<&RuleSet>) -> Option<Exact> {
        match self {
            Self::Minutes(minutes) => Some(*minutes),
            Self::Other(amount) => minutes_of(rules, *amount),
        }
    }

    fn days(&self, rules: Option<&RuleSet>) -> Option<Exact> {
        match self {
            Self::Other(StudyAmount::Days(days)) => Some(*days),
            Self::Other(StudyAmount::HalfDays(halves)) => halves.checked_div(Exact::whole(2)),
            _ => self.minutes(rules)?.checked_div(minutes_of(rules, StudyAmount::Days(Exact::ONE))?),
        }
    }
}
