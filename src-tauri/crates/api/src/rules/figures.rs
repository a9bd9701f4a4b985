//! What an assessment may ask of the records: `person.record.…` of a person,
//! `unit.…` of an organization, over the days of a period.

use std::collections::{BTreeMap, HashMap};

use xueji_domain::{
    attendance::AttendanceCounts,
    exact::Exact,
    ids::{MemberId, OrganizationId},
    rules::{
        facts::{Activity, Item, Person, Phase},
        model::{Kind, RuleSet},
    },
    sessions::{Role, SessionState},
};
use xueji_store::Reader;

use super::{
    count::{Scope, Year, YearSpan},
    facts::NOTE,
    quantities, view,
};
use crate::error::ApiError;

/// Named figures.
pub(crate) type Figures = BTreeMap<&'static str, Item>;

/// The figures of a period.
pub(crate) struct PeriodFigures {
    people: HashMap<MemberId, Figures>,
    counts: HashMap<MemberId, AttendanceCounts>,
    met: HashMap<MemberId, bool>,
    span: YearSpan,
}

fn number(value: u32) -> Item {
    Item::Number(Exact::whole(value.into()))
}

fn within(span: &YearSpan, day: chrono::NaiveDate) -> bool {
    span.from.is_none_or(|from| from <= day) && span.to.is_none_or(|to| day <= to)
}

impl PeriodFigures {
    /// Of everybody, over the span of a rule set.
    pub fn of(reader: &Reader, year: &Year, rules: &RuleSet) -> Result<Self, ApiError> {
        let span = YearSpan::of(rules, year.year, year.today);
        let mut figures = Self { people: HashMap::new(), counts: HashMap::new(), met: HashMap::new(), span };
        figures.attendance(year);
        for (member, facts) in &year.facts.members {
            figures.study(*member, &facts.subject.activities, rules);
        }
        figures.credits(reader, year)?;
        Ok(figures)
    }

    fn attendance(&mut self, year: &Year) {
        let records = &year.facts.records;
        let mut open: HashMap<MemberId, u32> = HashMap::new();
        for session in records.held().filter(|session| within(&self.span, session.fields.date)) {
            for line in records.roll(session) {
                let made_up = line.make_up.is_some();
                self.counts.entry(line.member.id).or_default().add(line.status, line.observer, made_up);
                *open.entry(line.member.id).or_default() += u32::from(line.status.owes_make_up() && !made_up && !line.observer);
            }
        }
        let held: Vec<_> = records.held().filter(|session| within(&self.span, session.fields.date)).map(|session| session.id).collect();
        let mut lectures: HashMap<MemberId, u32> = HashMap::new();
        for part in records.parts.iter().filter(|part| part.role == Role::Speaker && held.contains(&part.session)) {
            if let Some(member) = part.member {
                *lectures.entry(member).or_default() += 1;
            }
        }
        for member in year.facts.members.keys() {
            let counts = self.counts.get(member).copied().unwrap_or_default();
            let own = self.people.entry(*member).or_default();
            rates(own, &counts);
            own.insert("make_ups_open", number(open.get(member).copied().unwrap_or(0)));
            own.insert("lectures", number(lectures.get(member).copied().unwrap_or(0)));
        }
    }

    fn study(&mut self, member: MemberId, activities: &[Activity], rules: &RuleSet) {
        let inside = |activity: &&Activity| activity.date.and_then(|date| date.day()).is_some_and(|day| within(&self.span, day));
        let own: Vec<&Activity> = activities.iter().filter(inside).collect();
        let is = |activity: &Activity, record: &str| matches!(activity.item("record"), Some(Item::Text(own)) if **own == *record);
        let about = |activity: &Activity, word: &str| {
            let form = matches!(activity.item("form"), Some(Item::Text(form)) if form.contains(word));
            form || activity.kind.contains(word)
        };
        let study: Vec<&&Activity> = own.iter().filter(|activity| is(activity, "study")).collect();
        let notes: Vec<&&Activity> = own.iter().filter(|activity| *activity.kind == *NOTE).collect();
        let minutes: Exact = study.iter().filter_map(|activity| minutes(rules, activity)).sum();
        let chars: Exact = notes.iter().filter_map(|note| note.item("chars")?.datum().number()).sum();
        let mut research: Vec<_> =
            own.iter().filter(|activity| !is(activity, "note") && about(activity, "调研")).filter_map(|activity| activity.date).collect();
        research.sort();
        research.dedup();
        let count = |length: usize| number(u32::try_from(length).unwrap_or(u32::MAX));
        let figures = self.people.entry(member).or_default();
        figures.insert("study_entries", count(study.len()));
        figures.insert("study_minutes", Item::Number(minutes));
        figures.insert("notes", count(notes.len()));
        figures.insert("note_chars", Item::Number(chars));
        figures.insert("research_days", count(research.len()));
        figures.insert("reports", count(notes.iter().filter(|note| about(note, "调研") || about(note, "报告")).count()));
    }

    /// What the first rule set for credits gives.
    fn credits(&mut self, reader: &Reader, year: &Year) -> Result<(), ApiError> {
        let mut credits = Year::read(reader, year.today, year.year, &Scope::all(Kind::Credits))?;
        let Ok(index) = credits.set(None) else { return Ok(()) };
        let members: Vec<MemberId> = self.people.keys().copied().collect();
        let shape = view::shape(reader, &credits)?;
        let records = view::members(&credits);
        for member in members {
            let (Some(text), Some(record)) =
                (credits.version(&credits.sets[index], member), records.iter().find(|record| record.id == member))
            else {
                continue;
            };
            let count = credits.count(&text, member, false)?;
            let row = crate::areas::credits::one_row(&credits, &[], &[], shape.row(record), &count);
            let met = row.verdict == Some(crate::areas::credits::VerdictView::Pass);
            let figures = self.people.entry(member).or_default();
            if row.range.is_none() {
                figures.insert("credits_total", Item::Number(row.earned));
            }
            if let Some(required) = row.required {
                figures.insert("credits_required", Item::Number(required));
            }
            if row.verdict.is_some() {
                figures.insert("credits_met", Item::Flag(met));
            }
            self.met.insert(member, met);
        }
        Ok(())
    }

    /// Lays them among what the rules know of everybody.
    pub fn lay(&self, year: &mut Year) {
        for (member, figures) in &self.people {
            let Some(facts) = year.facts.members.get_mut(member) else { continue };
            for (name, value) in figures {
                set(&mut facts.subject.person, &format!("record.{name}"), value.clone());
            }
        }
    }

    /// The figures of an organization with all below it.
    pub fn unit(&self, year: &Year, organization: Option<OrganizationId>) -> Figures {
        let day = self.span.look_on(year.today, year.year);
        let records = &year.facts.records;
        let belongs = |member: &MemberId| {
            organization
                .map_or_else(|| records.belongs_anywhere(*member, day), |organization| records.stands_below(*member, organization, day))
        };
        let members: Vec<MemberId> = records.members.iter().map(|member| member.id).filter(belongs).collect();
        let mut counts = AttendanceCounts::default();
        members.iter().filter_map(|member| self.counts.get(member)).for_each(|own| counts.merge(own));
        let sessions = records.sessions.iter().filter(|session| {
            let own = organization.is_none_or(|organization| records.is_held_by(session.id, organization));
            own && within(&self.span, session.fields.date) && session.fields.state != SessionState::Cancelled
        });
        let (mut planned, mut held) = (0, 0);
        for session in sessions {
            planned += 1;
            held += u32::from(session.fields.state == SessionState::Held);
        }
        let met = members.iter().filter(|member| self.met.get(member).copied().unwrap_or(false)).count();
        let notes: Exact = members.iter().filter_map(|member| self.people.get(member)?.get("notes")?.datum().number()).sum();
        let count = |length: usize| number(u32::try_from(length).unwrap_or(u32::MAX));
        let mut figures = Figures::new();
        rates(&mut figures, &counts);
        figures.insert("members", count(members.len()));
        figures.insert("sessions_planned", number(planned));
        figures.insert("sessions_held", number(held));
        figures.insert("credits_met_members", count(met));
        figures.insert("notes", Item::Number(notes));
        figures
    }
}

/// Rates and counts of attendance; a rate of nothing has no value.
fn rates(figures: &mut Figures, counts: &AttendanceCounts) {
    let rates = [("attendance_rate", counts.rate()), ("attendance_rate_with_make_up", counts.rate_with_make_up())];
    figures.extend(rates.into_iter().filter_map(|(name, rate)| Some((name, Item::Number(rate.value()?)))));
    figures.insert("sessions_required", number(counts.required()));
    figures.insert("sessions_attended", number(counts.attended()));
    figures.insert("absences", number(counts.absent));
    figures.insert("leaves", number(counts.on_leave()));
    figures.insert("lates", number(counts.late));
}

fn minutes(rules: &RuleSet, activity: &Activity) -> Option<Exact> {
    let recorded = |name: &str| activity.item(name).and_then(|item| item.datum().number());
    recorded("minutes").or_else(|| {
        let units = ["half_days", "days", "class_hours"];
        units.into_iter().find_map(|unit| Some(quantities::converted(rules, unit, recorded(unit)?)))
    })
}

/// Sets what holds of a person at all times.
pub(crate) fn set(person: &mut Person, name: &str, value: Item) {
    let phases = vec![Phase { from: None, until: None, value }];
    match person.attributes.binary_search_by(|(own, _)| (**own).cmp(name)) {
        Ok(at) => person.attributes[at].1 = phases,
        Err(at) => person.attributes.insert(at, (name.into(), phases)),
    }
}
