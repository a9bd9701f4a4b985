//! From the book's records to the ledger of a member: which facts there are,
//! and how a step of the computation is worded.

use std::{collections::HashMap, sync::OnceLock};

use xueji_domain::{
    amount::StudyAmount,
    attendance::AttendanceStatus,
    exact::Exact,
    ids::{MakeUpId, MemberId, NoteId, SelfStudyId, SessionId},
    roster::Tier,
    simple_rules::{Fact, FactId, FactKind, Ledger, LedgerEntry, ReducedFor, RuleSet, StepKind, evaluate},
};
use xueji_store::{
    Reader,
    tables::{sessions::SessionRecord, study},
};

use crate::{
    areas::credits::FactLink,
    error::ApiError,
    records::{Records, RollLine},
};

/// The rule set in force: the shipped example table.
pub(crate) fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(RuleSet::shipped)
}

/// What a session of this length gives to somebody who was there throughout.
pub(crate) fn full_attendance(rules: &RuleSet, amount: StudyAmount) -> Option<Exact> {
    let fact = Fact {
        id: FactId::Session(SessionId::from_parts(0, [0; 10])),
        date: None,
        sort_date: chrono::NaiveDate::default(),
        label: String::new(),
        kind: FactKind::Collective { amount, status: AttendanceStatus::Present, made_up: false },
    };
    let ledger = evaluate(rules, Tier::Other, &[fact]);
    ledger.entries.first().map(|entry| entry.base)
}

/// A year's facts of everyone, with where each is shown.
pub(crate) struct Facts {
    by_member: HashMap<MemberId, Vec<Fact>>,
    /// The session that a make-up is of.
    sessions: HashMap<MakeUpId, SessionId>,
    /// The entry that a note is on.
    entries: HashMap<NoteId, SelfStudyId>,
    /// Minutes of self-study, by the conversions of the rule set.
    minutes: HashMap<MemberId, Exact>,
    /// Notes, or declared word counts, however short.
    notes: HashMap<MemberId, u32>,
}

impl Facts {
    /// Collects them from the held sessions and the self-study of a year.
    pub fn collect(reader: &Reader, records: &Records, year: i32, rules: &RuleSet) -> Result<Self, ApiError> {
        let mut facts = Self {
            by_member: HashMap::new(),
            sessions: HashMap::new(),
            entries: HashMap::new(),
            minutes: HashMap::new(),
            notes: HashMap::new(),
        };
        for session in records.held() {
            // Without a duration there is nothing to count; the session's own
            // page shows that it is missing.
            let Some(amount) = session.fields.amount else { continue };
            for line in records.roll(session) {
                facts.add_mark(session, amount, &line);
            }
        }
        for entry in study::of_year(reader, year)? {
            facts.add_study(&entry, rules);
        }
        Ok(facts)
    }

    fn add_mark(&mut self, session: &SessionRecord, amount: StudyAmount, line: &RollLine) {
        let made_up = line.make_up.filter(|_| line.status.missed());
        let fields = &session.fields;
        let (id, date) = match made_up {
            Some(make_up) => {
                self.sessions.insert(make_up.id, session.id);
                (FactId::MakeUp(make_up.id), make_up.done_on)
            }
            None => (FactId::Session(session.id), Some(fields.date)),
        };
        let remark = match (made_up.is_some(), line.status, line.observer) {
            (true, ..) => "（补学）",
            (false, AttendanceStatus::Late, _) => "（迟到）",
            (false, AttendanceStatus::EarlyLeave, _) => "（早退）",
            (false, AttendanceStatus::Present, true) => "（列席）",
            _ => "",
        };
        let label = format!("{}《{}》{}{remark}", fields.kind, fields.title, amount.label());
        let kind = FactKind::Collective { amount, status: line.status, made_up: made_up.is_some() };
        let fact = Fact { id, date, sort_date: date.unwrap_or(fields.date), label, kind };
        self.by_member.entry(line.member.id).or_default().push(fact);
    }

    fn add_study(&mut self, entry: &study::StudyRecord, rules: &RuleSet) {
        let fields = &entry.fields;
        let own = self.by_member.entry(fields.member).or_default();
        let what = if fields.content.is_empty() { fields.form.clone() } else { format!("{}《{}》", fields.form, fields.content) };
        own.push(Fact {
            id: FactId::SelfStudy(entry.id),
            date: Some(fields.date),
            sort_date: fields.date,
            label: format!("{what}{}", fields.amount.label()),
            kind: FactKind::SelfStudy { amount: fields.amount },
        });
        *self.minutes.entry(fields.member).or_default() += rules.minutes(fields.amount);
        let chars = entry.note.as_ref().map(|note| note.chars).or(fields.declared_chars);
        if let Some(chars) = chars {
            *self.notes.entry(fields.member).or_default() += 1;
            let id = entry.note.as_ref().map_or(FactId::SelfStudy(entry.id), |note| FactId::Note(note.id));
            if let Some(note) = &entry.note {
                self.entries.insert(note.id, entry.id);
            }
            own.push(Fact {
                id,
                date: Some(fields.date),
                sort_date: fields.date,
                label: format!("{what}心得 {chars}字"),
                kind: FactKind::Note { chars },
            });
        }
    }

    /// A member's ledger.
    pub fn ledger(&self, rules: &RuleSet, member: MemberId, tier: Tier) -> Ledger {
        evaluate(rules, tier, self.by_member.get(&member).map_or(&[], Vec::as_slice))
    }

    /// Whole minutes of a member's self-study, rounded down.
    pub fn self_study_minutes(&self, member: MemberId) -> u64 {
        let minutes = self.minutes.get(&member).copied().unwrap_or_default();
        u64::try_from(minutes.numer() / minutes.denom()).unwrap_or(0)
    }

    /// A member's notes and declared word counts.
    pub fn note_count(&self, member: MemberId) -> u32 {
        self.notes.get(&member).copied().unwrap_or(0)
    }

    /// Where the fact of an entry is shown.
    pub fn link(&self, entry: &LedgerEntry) -> FactLink {
        match entry.fact {
            FactId::Session(id) => FactLink::Session { id: id.to_string() },
            FactId::MakeUp(id) => FactLink::Session { id: self.sessions.get(&id).map_or_else(String::new, ToString::to_string) },
            FactId::SelfStudy(id) => FactLink::Study { id: id.to_string() },
            FactId::Note(id) => FactLink::Study { id: self.entries.get(&id).map_or_else(String::new, ToString::to_string) },
        }
    }
}

/// One step in words: 180 分钟 ÷ 60 × 0.5 = 1.5.
pub(crate) fn step_words(what: &StepKind, before: Exact, after: Exact) -> String {
    match what {
        StepKind::ForTime { amount, minutes, per_minutes, credit } => {
            let converted = match amount {
                StudyAmount::Seconds(_) => String::new(),
                _ => format!("{} = ", amount.label()),
            };
            format!("{converted}{minutes} 分钟 ÷ {per_minutes} × {credit} = {after}")
        }
        StepKind::ForNote { chars, least_chars } => format!("{chars} 字，达到 {least_chars} 字，计 {after}"),
        StepKind::Reduced { reason, factor } => {
            let reason = match reason {
                ReducedFor::Late => "迟到",
                ReducedFor::EarlyLeave => "早退",
                ReducedFor::MakeUp => "补学",
            };
            format!("{reason} × {factor}：{before} → {after}")
        }
        StepKind::Capped { cap, used } => format!("年上限 {cap}，此前已计 {used}：{before} → {after}"),
    }
}
