//! From the book's records to what the engine evaluates: one
//! [`Subject`] a member, with everything that was recorded under the names
//! that assets/guide/rules.md promises. A fact's id says where it is shown.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};
use xueji_domain::{
    amount::StudyAmount,
    attendance::AttendanceStatus,
    calendar::PartialDate,
    exact::Exact,
    ids::{MemberId, OrganizationId, SelfStudyId},
    roster::{OrganizationKind, RankTable},
    rules::facts::{Activity, Item, Leave, Person, Phase, Subject},
    sessions::{Role, SessionLevel},
};
use xueji_store::{
    Reader,
    tables::{
        attendance,
        credits::{self, ManualRecord, MemberFactKind, MemberFactRecord, Review, ReviewState},
        organizations,
        roster::{self, MemberRecord, Period, PeriodField, PeriodValue},
        sessions::{self, SessionRecord},
        study::{self, StudyRecord},
    },
};

use super::{evidence::Evidence, manual::MANUAL};
use crate::{
    areas::{credits::FactLink, manual_credits::Approval},
    error::ApiError,
    records::{Records, RollLine},
};

/// The type of notes.
pub(crate) const NOTE: &str = "笔记";

/// A fact that does not count, because of its approval.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    /// Its id.
    pub id: String,
    /// Its day.
    pub date: NaiveDate,
    /// In words.
    pub label: String,
    /// 待核 or 退回
    pub state: Approval,
    /// Why it was returned.
    pub reason: Option<String>,
}

/// Everything that a member did and was.
#[derive(Debug, Default)]
pub(crate) struct MemberFacts {
    /// For the engine; decisions, scores and earlier results come later.
    pub subject: Subject,
    /// What waits for approval or was returned.
    pub waiting: Vec<Waiting>,
    /// Facts in whose place a credit by hand stands, with the rule set in
    /// which it does (`None`: in all).
    pub corrected: Vec<(String, Option<String>)>,
    /// Facts whose day is not known: the day of the fact's session stands
    /// instead.
    pub undated: Vec<String>,
}

/// The facts of everybody over some years.
pub(crate) struct BookFacts {
    /// The members, their sessions and marks.
    pub records: Records,
    /// What each did and was.
    pub members: HashMap<MemberId, MemberFacts>,
    /// The first year that has a fact of a member.
    pub first_years: HashMap<MemberId, i32>,
    /// The whole roster, where facts of one member alone were asked for.
    pub roster: Vec<MemberRecord>,
}

/// Every fact that has a day in these years, both included, of all members or
/// of one; ranks and posts on lists as of `on`.
pub(crate) fn collect(reader: &Reader, years: (i32, i32), on: NaiveDate, only: Option<MemberId>) -> Result<BookFacts, ApiError> {
    let (from, to) = (format!("{:04}-01-01", years.0), format!("{:04}-12-31", years.1));
    // A session of an earlier year may have been made up in these.
    let earliest = attendance::earliest_made_up_since(reader, &from)?;
    let sessions_from = earliest.map_or(from.clone(), |day| day.to_string().min(from.clone()));
    let mut records = Records::between(reader, &sessions_from, &to, on)?;
    let mut roster = Vec::new();
    if let Some(only) = only {
        roster.clone_from(&records.members);
        records.members.retain(|member| member.id == only);
    }
    let mut collected = Collector { members: people(reader, &records)?, years };
    let roles = roles(&records);
    let evidence = Evidence::between(reader, &sessions_from, &to)?;
    for session in records.held() {
        for line in records.roll(session) {
            collected.mark(session, &line, &roles, &evidence);
        }
    }
    let reviews = credits::reviews(reader)?;
    let wanted = |member: MemberId| only.is_none_or(|only| only == member);
    for entry in study::between(reader, &from, &to)?.into_iter().filter(|entry| wanted(entry.fields.member)) {
        let review = reviews.get(&entry.id);
        collected.study(entry, review);
    }
    for manual in credits::manual_between(reader, &from, &to)?.into_iter().filter(|manual| wanted(manual.fields.member)) {
        collected.manual(manual);
    }
    let first_years = first_years(&collected.members);
    Ok(BookFacts { records, members: collected.members, first_years, roster })
}

fn first_years(members: &HashMap<MemberId, MemberFacts>) -> HashMap<MemberId, i32> {
    let year = |activity: &Activity| activity.date.map(PartialDate::year);
    let first = |facts: &MemberFacts| facts.subject.activities.iter().filter_map(year).min();
    members.iter().filter_map(|(id, facts)| Some((*id, first(facts)?))).collect()
}

struct Collector {
    members: HashMap<MemberId, MemberFacts>,
    years: (i32, i32),
}

/// The parts that members had, by session and member: words for `role` and
/// `roles`.
type Roles = HashMap<(xueji_domain::ids::SessionId, MemberId), Vec<Role>>;

fn roles(records: &Records) -> Roles {
    let mut roles = Roles::new();
    for part in &records.parts {
        if let Some(member) = part.member {
            roles.entry((part.session, member)).or_default().push(part.role);
        }
    }
    roles
}

fn role_label(role: Role) -> &'static str {
    match role {
        Role::Speaker => "主讲",
        Role::Host => "主持",
        Role::Recorder => "记录",
        Role::Observer => "列席",
    }
}

fn level_word(level: SessionLevel) -> &'static str {
    match level {
        SessionLevel::Committee => "党组集中学",
        SessionLevel::Branch => "支部集体学",
        SessionLevel::Personal => "个人自学",
    }
}

fn text(value: &str) -> Item {
    Item::Text(value.into())
}

/// Items in the order of their names.
fn sorted(items: BTreeMap<&str, Item>) -> Vec<(Box<str>, Item)> {
    items.into_iter().map(|(name, item)| (name.into(), item)).collect()
}

/// The one quantity that was recorded.
fn quantity(amount: StudyAmount) -> (&'static str, Item) {
    let minutes = |seconds: u32| Exact::fraction(seconds.into(), 60).unwrap_or_default();
    match amount {
        StudyAmount::Seconds(seconds) => ("minutes", Item::Number(minutes(seconds))),
        StudyAmount::HalfDays(value) => ("half_days", Item::Number(value)),
        StudyAmount::Days(value) => ("days", Item::Number(value)),
        StudyAmount::ClassHours(value) => ("class_hours", Item::Number(value)),
    }
}

/// Evidence as typed, several kinds with 、 or a comma between them, and what
/// else there is.
fn evidence(typed: Option<&str>, more: &[&str]) -> Item {
    let kinds = typed.unwrap_or_default().split(['、', '，', ',', '；', ';']).map(str::trim).filter(|kind| !kind.is_empty());
    let mut kinds: Vec<&str> = kinds.collect();
    for word in more {
        if !kinds.contains(word) {
            kinds.push(word);
        }
    }
    Item::List(kinds.into_iter().map(Into::into).collect())
}

fn activity(id: String, kind: &str, date: NaiveDate, label: String, items: BTreeMap<&str, Item>) -> Activity {
    Activity {
        id: id.into(),
        kind: kind.into(),
        date: Some(PartialDate::Day(date)),
        until: None,
        count: 1,
        label,
        items: sorted(items),
        schemes: Vec::new(),
    }
}

impl Collector {
    fn holds(&self, day: NaiveDate) -> bool {
        (self.years.0..=self.years.1).contains(&day.year())
    }

    fn mark(&mut self, session: &SessionRecord, line: &RollLine, roles: &Roles, evidence: &Evidence) {
        let make_up = line.make_up.filter(|_| line.status.missed());
        let part = Part {
            status: line.status,
            make_up,
            observer: line.observer,
            missed_minutes: line.mark.and_then(|mark| mark.minutes),
            roles: roles.get(&(session.id, line.member.id)).map_or(&[][..], Vec::as_slice),
            evidence: evidence.words(session.id, line.member.id).collect(),
        };
        let activity = session_activity(session, &part);
        if !activity.date.and_then(PartialDate::day).is_some_and(|day| self.holds(day)) {
            return;
        }
        let facts = self.members.entry(line.member.id).or_default();
        if make_up.is_some_and(|make_up| make_up.done_on.is_none()) {
            facts.undated.push(activity.id.to_string());
        }
        facts.subject.activities.push(activity);
    }

    fn study(&mut self, entry: StudyRecord, review: Option<&Review>) {
        let fields = &entry.fields;
        let facts = self.members.entry(fields.member).or_default();
        let what = if fields.content.is_empty() { fields.form.clone() } else { format!("{}{}", fields.form, titled(&fields.content)) };
        let label = format!("{what}{}", fields.amount.label());
        let state = review.map_or(ReviewState::Accepted, |review| review.state);
        if state != ReviewState::Accepted {
            let reason = review.and_then(|review| review.reason.clone());
            facts.waiting.push(Waiting { id: study_fact(entry.id), date: fields.date, label, state: state.into(), reason });
            return;
        }
        let common = || BTreeMap::from([("form", text(&fields.form)), ("title", text(&fields.content)), ("approved", Item::Flag(true))]);
        let mut items = common();
        items.insert("record", text("study"));
        items.insert("level", text(level_word(SessionLevel::Personal)));
        let (name, amount) = quantity(fields.amount);
        items.insert(name, amount);
        let chars = entry.note.as_ref().map(|note| note.chars).or(fields.declared_chars);
        facts.subject.activities.push(activity(study_fact(entry.id), &fields.form, fields.date, label, items));
        if let Some(chars) = chars {
            let mut items = common();
            items.insert("record", text("note"));
            items.insert("chars", Item::Number(Exact::whole(chars.into())));
            items.insert("declared", Item::Flag(entry.note.is_none()));
            let id = format!("note:{}", entry.id);
            facts.subject.activities.push(activity(id, NOTE, fields.date, format!("{what}心得 {chars}字"), items));
        }
    }

    fn manual(&mut self, manual: ManualRecord) {
        let fields = manual.fields;
        let facts = self.members.entry(fields.member).or_default();
        let id = format!("manual:{}", manual.id);
        let label = format!("{}：{}", if fields.corrects.is_some() { "更正" } else { "人工登记" }, fields.reason);
        if fields.state != ReviewState::Accepted {
            facts.waiting.push(Waiting { id, date: fields.date, label, state: fields.state.into(), reason: None });
            return;
        }
        let mut items = BTreeMap::from([
            ("record", text(MANUAL)),
            ("credits", Item::Number(fields.amount)),
            ("approved", Item::Flag(true)),
            ("evidence", evidence(fields.evidence.as_deref(), &[])),
            ("reason", text(&fields.reason)),
        ]);
        if let Some(document) = &fields.document {
            items.insert("document", text(document));
        }
        let mut fact = activity(id, &fields.category, fields.date, label, items);
        fact.schemes.extend(fields.rule_set_key.clone());
        facts.subject.activities.push(fact);
        facts.corrected.extend(fields.corrects.map(|corrected| (corrected, fields.rule_set_key)));
    }
}

fn study_fact(id: SelfStudyId) -> String {
    format!("study:{id}")
}

/// The weightiest of somebody's parts; who had none took part.
fn main_role(roles: &[Role]) -> &'static str {
    let order = [Role::Speaker, Role::Host, Role::Recorder, Role::Observer];
    order.into_iter().find(|role| roles.contains(role)).map_or("参加", role_label)
}

/// How somebody took part in a session.
struct Part<'a> {
    status: AttendanceStatus,
    make_up: Option<&'a attendance::MakeUpRecord>,
    observer: bool,
    /// Minutes late or left early.
    missed_minutes: Option<u32>,
    roles: &'a [Role],
    /// What there is of it besides the make-up's own.
    evidence: Vec<&'a str>,
}

/// A session as a fact of one person. A made-up absence is one fact, with the
/// status of the absence, on the day of the make-up where that is known.
fn session_activity(session: &SessionRecord, part: &Part) -> Activity {
    let fields = &session.fields;
    let mut items = BTreeMap::from([
        ("record", text("session")),
        ("level", text(level_word(fields.level))),
        ("status", text(part.status.label())),
        ("made_up", Item::Flag(part.make_up.is_some())),
        ("observer", Item::Flag(part.observer)),
        ("role", text(main_role(part.roles))),
        ("title", text(&fields.title)),
        ("session_date", text(&fields.date.to_string())),
        ("approved", Item::Flag(true)),
    ]);
    // Most marks have neither; what is not recorded costs nothing.
    if !part.roles.is_empty() {
        items.insert("roles", Item::List(part.roles.iter().map(|role| role_label(*role).into()).collect()));
    }
    let typed = part.make_up.and_then(|make_up| make_up.evidence.as_deref());
    if typed.is_some() || !part.evidence.is_empty() {
        items.insert("evidence", evidence(typed, &part.evidence));
    }
    items.extend(fields.amount.map(quantity));
    let optional = [
        ("theme", fields.theme.clone()),
        ("place", fields.place.clone()),
        ("at", fields.starts_at.map(|at| at.format("%H:%M").to_string())),
        ("form", part.make_up.and_then(|make_up| make_up.form.clone())),
    ];
    items.extend(optional.into_iter().filter_map(|(name, value)| Some((name, text(&value?)))));
    items.extend(part.missed_minutes.map(|minutes| ("missed_minutes", Item::Number(Exact::whole(minutes.into())))));
    let date = part.make_up.and_then(|make_up| make_up.done_on).unwrap_or(fields.date);
    activity(format!("session:{}", session.id), &fields.kind, date, session_label(session, part), items)
}

/// A session as a fact of somebody who was there throughout.
pub(crate) fn attended(session: &SessionRecord) -> Activity {
    let part =
        Part { status: AttendanceStatus::Present, make_up: None, observer: false, missed_minutes: None, roles: &[], evidence: Vec::new() };
    session_activity(session, &part)
}

/// A title in its marks, where it does not bring them: 《实践论》.
fn titled(title: &str) -> String {
    if title.starts_with('《') { title.to_owned() } else { format!("《{title}》") }
}

fn session_label(session: &SessionRecord, part: &Part) -> String {
    let fields = &session.fields;
    let remark = match (part.make_up.is_some(), part.status, part.observer) {
        (true, ..) => "（补学）".to_owned(),
        (false, AttendanceStatus::Present, true) => "（列席）".to_owned(),
        (false, AttendanceStatus::Present, false) => String::new(),
        (false, status, _) => format!("（{}）", status.label()),
    };
    format!("{}{}{}{remark}", fields.kind, titled(&fields.title), fields.amount.map_or_else(String::new, StudyAmount::label))
}

/// Where a fact is shown.
pub(crate) fn link(fact: &str) -> FactLink {
    let Some((record, id)) = fact.split_once(':') else { return FactLink::None };
    let id = id.to_owned();
    match record {
        "session" => FactLink::Session { id },
        "study" | "note" => FactLink::Study { id },
        "manual" => FactLink::ManualCredit { id },
        _ => FactLink::None,
    }
}

/// A fact as a reader knows it, whosever it is: 专题讲座《实践论》（2025-05-01）;
/// `None`: it is gone, or no record of the book.
pub(crate) fn words(reader: &Reader, fact: &str) -> Option<String> {
    let (record, id) = fact.split_once(':')?;
    match record {
        "session" => {
            let fields = sessions::get(reader, id.parse().ok()?).ok()?.fields;
            Some(format!("{}{}（{}）", fields.kind, titled(&fields.title), fields.date))
        }
        "study" | "note" => {
            let fields = study::get(reader, id.parse().ok()?).ok()?.fields;
            let what = if fields.content.is_empty() { fields.form } else { format!("{}{}", fields.form, titled(&fields.content)) };
            Some(format!("{what}{}（{}）", fields.amount.label(), fields.date))
        }
        _ => None,
    }
}

/// What everybody was, over time.
fn people(reader: &Reader, records: &Records) -> Result<HashMap<MemberId, MemberFacts>, ApiError> {
    let mut periods: HashMap<MemberId, Vec<Period>> = HashMap::new();
    for period in roster::all_periods(reader)? {
        periods.entry(period.member).or_default().push(period);
    }
    let mut known: HashMap<MemberId, Vec<MemberFactRecord>> = HashMap::new();
    for fact in credits::member_facts(reader)? {
        known.entry(fact.fields.member).or_default().push(fact);
    }
    let tree: HashMap<OrganizationId, (String, OrganizationKind)> =
        organizations::list(reader)?.into_iter().map(|found| (found.id, (found.name, found.kind))).collect();
    let ranks = RankTable::shipped();
    let mut people = HashMap::new();
    for member in &records.members {
        let history = periods.remove(&member.id).unwrap_or_default();
        let mut attributes = Attributes::default();
        attributes.dated(&history, &ranks);
        attributes.membership(&history, &tree);
        let constants = [
            ("birth", member.person.born.map(|date| date.to_string())),
            ("party_joined", member.person.party_joined.map(|date| date.to_string())),
            ("gender", member.person.gender.clone()),
        ];
        for (name, value) in constants {
            if let Some(value) = value {
                attributes.set(name, vec![always(text(&value))]);
            }
        }
        let person = attributes.finish(known.remove(&member.id).unwrap_or_default());
        let subject = Subject { id: member.id.to_string(), person, ..Subject::default() };
        people.insert(member.id, MemberFacts { subject, ..MemberFacts::default() });
    }
    Ok(people)
}

fn always(value: Item) -> Phase {
    Phase { from: None, until: None, value }
}

#[derive(Default)]
struct Attributes(BTreeMap<String, Vec<Phase>>);

/// What rules call each dated field of the roster.
const DATED: [(PeriodField, &str); 5] = [
    (PeriodField::Rank, "rank"),
    (PeriodField::Post, "post"),
    (PeriodField::PartyStatus, "party_status"),
    (PeriodField::Category, "member_category"),
    (PeriodField::Department, "department"),
];

impl Attributes {
    fn set(&mut self, name: &str, phases: Vec<Phase>) {
        if !phases.is_empty() {
            self.0.insert(name.to_owned(), phases);
        }
    }

    /// Rank with its tier, post, party status, category, department.
    fn dated(&mut self, history: &[Period], ranks: &RankTable) {
        for (field, name) in DATED {
            let lines = lines_of(history, field);
            let phases = lines.iter().filter_map(|(from, until, value)| match value {
                PeriodValue::Text(value) => Some(Phase { from: *from, until: *until, value: text(value) }),
                _ => None,
            });
            self.set(name, phases.collect());
            if field == PeriodField::Rank {
                self.set("tier", tiers(&lines, ranks));
            }
        }
    }

    /// Where the member belonged, and when that began and ended.
    fn membership(&mut self, history: &[Period], tree: &HashMap<OrganizationId, (String, OrganizationKind)>) {
        let (mut names, mut kinds) = (Vec::new(), Vec::new());
        let (mut joined, mut left, mut belongs) = (None, None, None);
        for (from, until, value) in lines_of(history, PeriodField::Organization) {
            let PeriodValue::Organization(id) = value else {
                left = from.filter(|_| belongs == Some(true));
                belongs = Some(false);
                continue;
            };
            if belongs != Some(true) {
                (joined, left) = (from, None);
            }
            belongs = Some(true);
            if let Some((name, kind)) = tree.get(id) {
                names.push(Phase { from, until, value: text(name) });
                kinds.push(Phase { from, until, value: text(kind_word(*kind)) });
            }
        }
        self.set("organization", names);
        self.set("organization_kind", kinds);
        for (name, day) in [("joined_on", joined), ("left_on", left)] {
            self.set(name, day.map(|day| always(text(&day.to_string()))).into_iter().collect());
        }
    }

    /// With what else is known of the member; the clerk's own word stands
    /// over what the roster says.
    fn finish(mut self, known: Vec<MemberFactRecord>) -> Person {
        let mut person = Person::default();
        let mut own: BTreeMap<String, Vec<Phase>> = BTreeMap::new();
        for fact in known {
            let fields = fact.fields;
            match fields.kind {
                MemberFactKind::Attribute => {
                    let phase = Phase { from: fields.starts_on, until: fields.ends_on, value: attribute_value(&fields.value) };
                    own.entry(fields.name).or_default().push(phase);
                }
                MemberFactKind::Review => person.reviews.push((fields.name, fields.value)),
                MemberFactKind::Leave => {
                    if let (Some(from), Some(to)) = (fields.starts_on, fields.ends_on) {
                        person.leave.push(Leave { from, to, kind: fields.value });
                    }
                }
            }
        }
        self.0.extend(own);
        person.attributes = self.0.into_iter().map(|(name, phases)| (name.into(), phases)).collect();
        person
    }
}

/// 是 and 否 are true and false, a number is a number, all else a text.
fn attribute_value(value: &str) -> Item {
    match value {
        "是" | "true" => Item::Flag(true),
        "否" | "false" => Item::Flag(false),
        _ => value.parse().map_or_else(|_| text(value), Item::Number),
    }
}

fn kind_word(kind: OrganizationKind) -> &'static str {
    match kind {
        OrganizationKind::Committee => "党委",
        OrganizationKind::GeneralBranch => "党总支",
        OrganizationKind::Branch => "党支部",
        OrganizationKind::Group => "党小组",
        OrganizationKind::Unit => "其他单位",
    }
}

type Line<'a> = (Option<NaiveDate>, Option<NaiveDate>, &'a PeriodValue);

/// The lines of a field with first and last day, earliest first.
fn lines_of(history: &[Period], field: PeriodField) -> Vec<Line<'_>> {
    let lines: Vec<&Period> = history.iter().filter(|period| period.field == field).collect();
    let until = |index: usize| lines.get(index + 1).and_then(|next| next.starts_on).and_then(|day| day.pred_opt());
    lines.iter().enumerate().map(|(index, line)| (line.starts_on, until(index), &line.value)).collect()
}

/// The tier of every day: 其他 where there is no rank.
fn tiers(lines: &[Line<'_>], ranks: &RankTable) -> Vec<Phase> {
    let mut phases = vec![always(text(ranks.tier_of(None).label()))];
    for (from, until, value) in lines {
        let rank = match value {
            PeriodValue::Text(rank) => Some(rank.as_str()),
            _ => None,
        };
        phases.push(Phase { from: *from, until: *until, value: text(ranks.tier_of(rank).label()) });
    }
    phases
}

/// The years in which the book has a fact, ascending.
pub(crate) fn years(reader: &Reader) -> Result<Vec<i32>, ApiError> {
    Ok(xueji_store::tables::book::years(reader)?)
}

/// Types of sessions, forms of self-study and the like that the book has.
pub(crate) fn types(reader: &Reader) -> Result<Vec<String>, ApiError> {
    let mut types = sessions::kinds(reader)?;
    types.extend(study::forms(reader)?);
    types.push(NOTE.to_owned());
    let mut seen = std::collections::HashSet::new();
    types.retain(|kind| seen.insert(kind.clone()));
    Ok(types)
}
