//! 三会一课: the year's table of what each branch has to hold against what it
//! held, and which reading holds where the rule leaves it open.

mod book;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    coverage::{Coverage, CoverageError, Item, ItemCoverage, Meeting, Query, Requirements, State, WindowCoverage, coverage},
    ids::{OrganizationId, SessionId},
    roster::OrganizationKind,
    sessions::SessionState,
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{organizations::OrganizationRecord, settings},
};

use self::book::{BookYear, number};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    records::Records,
    table::Nothing,
};

/// The setting that holds the readings chosen: item and reading, by id.
const CHOICES: &str = "coverage.choices";

/// A branch's year.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CoverageRequest {
    /// The calendar year.
    pub year: i32,
    /// Whose; the first branch of the book where absent.
    #[serde(default)]
    #[ts(optional = nullable, type = "string")]
    pub organization: Option<OrganizationId>,
}

/// What a branch held of what it has to hold, beside how all others stand.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CoverageYear {
    /// Whose table it is.
    #[ts(type = "string")]
    pub organization: OrganizationId,
    /// Every branch of the book, in the order of the tree.
    pub branches: Vec<BranchSummary>,
    /// What the branch is made of.
    pub structure: BranchStructure,
    /// What the list of requirements calls itself.
    pub requirements: String,
    /// Where it is from and what it leaves open.
    pub note: String,
    /// The day it was looked from, `YYYY-MM-DD`.
    pub as_of: String,
    /// One line of the table each; items of groups once for each group.
    pub items: Vec<CoverageLine>,
    /// The meetings that the items speak of, by id.
    pub meetings: Vec<CoverageMeeting>,
    /// The people whom missing talks name.
    pub people: Vec<CoveragePerson>,
}

/// How a branch stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BranchSummary {
    /// Its key.
    #[ts(type = "string")]
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganizationKind,
    /// 正式党员 on the day that is looked from.
    pub full_members: u32,
    /// Names of the items of which a window that is over is short.
    pub short: Vec<String>,
    /// How many windows that are.
    pub short_windows: u32,
    /// Items that nobody can decide.
    pub undecided: u32,
    /// Windows of this very day that are not met yet.
    pub due: u32,
    /// Windows that are met.
    pub met: u32,
    /// Windows that are over, undecided ones left out: what `met` is of.
    pub over: u32,
}

/// What a branch is made of on the day that is looked from.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BranchStructure {
    /// 正式党员
    pub full_members: u32,
    /// 预备党员
    pub probationary: u32,
    /// Members without any 政治面貌 on the roster: counted as neither.
    pub unknown_status: u32,
    /// Whether there is a 支委会.
    pub committee: bool,
    /// Whether that was set by hand; `null`: by the number of full members.
    pub committee_set: Option<bool>,
    /// From so many full members on there is one.
    pub committee_from: u32,
    /// 党小组
    pub groups: Vec<String>,
    /// Whether there is a 中心组.
    pub study_group: bool,
    /// 成立日期
    pub established_on: Option<String>,
    /// 撤销日期
    pub closed_on: Option<String>,
    /// How the number of members changed over the year; the first line is
    /// January 1.
    pub changes: Vec<StructureChange>,
}

/// From a day on so many members.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StructureChange {
    /// `YYYY-MM-DD`; `null`: from the year's beginning.
    pub from: Option<String>,
    /// 正式党员
    pub full_members: u32,
    /// 预备党员
    pub probationary: u32,
}

/// One line of the table.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CoverageLine {
    /// What was found.
    pub coverage: ItemCoverage,
    /// The group's name, where it is about one.
    pub group_name: Option<String>,
    /// What readers should know; may be empty.
    pub note: String,
    /// The kinds of session that count; the first is proposed for a new one.
    pub kinds: Vec<String>,
    /// Whether only sessions count in which the secretary speaks.
    pub by_secretary: bool,
    /// Whether talks are counted, not meetings.
    pub talks: bool,
    /// Every way to read it; empty where the rule decides.
    pub choices: Vec<ReadingChoice>,
}

/// A way to read how often.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReadingChoice {
    /// By which it is chosen.
    pub id: String,
    /// What it says.
    pub label: String,
    /// Who reads it so; may be empty.
    pub source: String,
}

/// A meeting that the table speaks of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CoverageMeeting {
    /// Its key.
    #[ts(type = "string")]
    pub id: SessionId,
    /// `YYYY-MM-DD`
    pub date: String,
    /// 主题
    pub title: String,
    /// 类型, all of them.
    pub kinds: Vec<String>,
    /// planned, held, cancelled.
    pub state: SessionState,
    /// Who held it together, where it was more than one.
    pub organizations: Vec<String>,
    /// Names of the items for which it counts here, in the table's order.
    pub counts_for: Vec<String>,
}

/// Somebody whom missing talks name.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CoveragePerson {
    /// The key.
    pub id: String,
    /// 姓名
    pub name: String,
}

/// Chooses how an item is read.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ChooseReading {
    /// Which item, by id.
    pub item: String,
    /// Which reading, by id.
    pub reading: String,
}

/// Leaves an item undecided again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CoverageItemRequest {
    /// Which item, by id.
    pub item: String,
}

/// `coverage.year`
pub fn year(context: &QueryContext, request: CoverageRequest) -> Result<CoverageYear, ApiError> {
    let requirements = Requirements::shipped();
    let records = book::records(context.reader, request.year, context.today)?;
    let book = BookYear::read(context.reader, &records, &requirements, request.year, context.today)?;
    let choices: Vec<_> = choices(context.reader)?.into_iter().collect();
    let look = Look { book: &book, requirements: &requirements, choices: &choices, year: request.year, today: context.today };
    let branches = book.branches();
    let chosen = match request.organization {
        Some(id) => branches.iter().find(|own| own.id == id).ok_or(StoreError::Gone { what: "organization" })?,
        None => branches.first().ok_or(StoreError::Gone { what: "organization" })?,
    };
    let summaries = branches.iter().map(|own| look.summary(own)).collect::<Result<Vec<_>, _>>()?;
    let found = look.at(chosen)?;
    let meetings = look.meetings(&found);
    let people = look.people(&found);
    Ok(CoverageYear {
        organization: chosen.id,
        branches: summaries,
        structure: look.structure(chosen),
        requirements: requirements.name.clone(),
        note: requirements.note.clone(),
        as_of: context.today.to_string(),
        items: found.items.into_iter().map(|item| look.line(item)).collect(),
        meetings,
        people,
    })
}

/// The readings chosen in this book.
pub(crate) fn choices(reader: &Reader) -> Result<BTreeMap<String, String>, StoreError> {
    Ok(settings::get(reader, CHOICES)?.unwrap_or_default())
}

/// A year of every branch, from the year's records: `(branch, its name, what
/// was found)`, for warnings and reports.
pub(crate) fn of_all(
    reader: &Reader,
    records: &Records,
    year: i32,
    today: chrono::NaiveDate,
) -> Result<Vec<(OrganizationId, String, Coverage)>, ApiError> {
    let requirements = Requirements::shipped();
    let book = BookYear::read(reader, records, &requirements, year, today)?;
    let choices: Vec<_> = choices(reader)?.into_iter().collect();
    let look = Look { book: &book, requirements: &requirements, choices: &choices, year, today };
    book.branches().into_iter().map(|own| Ok((own.id, own.name.clone(), look.at(own)?))).collect()
}

/// What is looked at, for any branch.
struct Look<'a> {
    book: &'a BookYear<'a>,
    requirements: &'a Requirements,
    choices: &'a [(String, String)],
    year: i32,
    today: chrono::NaiveDate,
}

impl Look<'_> {
    fn at(&self, organization: &OrganizationRecord) -> Result<Coverage, ApiError> {
        let branch = self.book.branch(organization, self.requirements.committee_from);
        let meetings: Vec<Meeting> = self.book.meetings(organization);
        let of_study_group;
        let requirements = if self.book.is_above(organization) {
            let mut own = self.requirements.clone();
            own.items.retain(is_of_study_group);
            of_study_group = own;
            &of_study_group
        } else {
            self.requirements
        };
        let query = Query { requirements, branch: &branch, year: self.year, as_of: self.today, meetings: &meetings, choices: self.choices };
        coverage(&query).map_err(|error| match error {
            CoverageError::YearOutOfRange { year } => ApiError::Refused { code: "year_out_of_range", params: params! { "year" => year } },
            CoverageError::TooLarge(_) => ApiError::Internal { reason: error.to_string() },
        })
    }

    fn summary(&self, organization: &OrganizationRecord) -> Result<BranchSummary, ApiError> {
        let found = self.at(organization)?;
        let decided = |item: &&ItemCoverage| item.readings.len() == 1;
        let windows: Vec<&WindowCoverage> = found.items.iter().filter(decided).flat_map(|item| &item.readings[0].windows).collect();
        let count = |state: State| number(windows.iter().filter(|window| window.state == state).count());
        let mut short: Vec<String> = Vec::new();
        for item in found.items.iter().filter(|item| item.state == State::Short) {
            if !short.contains(&item.name) {
                short.push(item.name.clone());
            }
        }
        let now = |window: &&&WindowCoverage| window.from <= self.today && self.today <= window.to;
        Ok(BranchSummary {
            id: organization.id,
            name: organization.name.clone(),
            kind: organization.kind,
            full_members: self.book.headcount(organization.id, self.book.on).full,
            short,
            short_windows: count(State::Short),
            undecided: number(found.items.iter().filter(|item| item.state == State::Undecided).count()),
            due: number(windows.iter().filter(now).filter(|window| window.state == State::NotYetDue).count()),
            met: number(windows.iter().filter(|window| window.state == State::Met && window.to < self.today).count()),
            over: number(
                windows.iter().filter(|window| matches!(window.state, State::Met | State::Short) && window.to < self.today).count(),
            ),
        })
    }

    fn structure(&self, organization: &OrganizationRecord) -> BranchStructure {
        let own = self.book.structure(organization.id);
        let count = self.book.headcount(organization.id, self.book.on);
        let changes = self.book.headcounts(organization.id).into_iter().map(|(from, count)| StructureChange {
            from: from.map(|day| day.to_string()),
            full_members: count.full,
            probationary: count.probationary,
        });
        BranchStructure {
            full_members: count.full,
            probationary: count.probationary,
            unknown_status: count.unknown,
            committee: self.book.has_committee(organization.id, self.requirements.committee_from),
            committee_set: own.committee,
            committee_from: self.requirements.committee_from,
            groups: self.book.groups(organization.id).map(|group| group.name.clone()).collect(),
            study_group: own.study_group,
            established_on: own.established_on.map(|day| day.to_string()),
            closed_on: own.closed_on.map(|day| day.to_string()),
            changes: changes.collect(),
        }
    }

    fn line(&self, item: ItemCoverage) -> CoverageLine {
        let rule = self.requirements.items.iter().find(|rule| rule.id == item.item);
        let several = rule.map(|rule| rule.readings.as_slice()).filter(|readings| readings.len() > 1).unwrap_or_default();
        let choice = |reading: &xueji_domain::coverage::Reading| ReadingChoice {
            id: reading.id.clone(),
            label: reading.label.clone(),
            source: reading.source.clone(),
        };
        CoverageLine {
            group_name: item
                .group
                .as_ref()
                .and_then(|group| self.book.tree.iter().find(|own| own.id.to_string() == *group))
                .map(|own| own.name.clone()),
            note: rule.map(|rule| rule.note.clone()).unwrap_or_default(),
            kinds: rule.map(|rule| rule.kinds.clone()).unwrap_or_default(),
            by_secretary: rule.is_some_and(|rule| rule.by_secretary),
            talks: rule.is_some_and(|rule| matches!(rule.readings[0].frequency.measure, xueji_domain::coverage::Measure::Talks { .. })),
            choices: several.iter().map(choice).collect(),
            coverage: item,
        }
    }

    /// The meetings that are spoken of, with every item for which each
    /// counts: one meeting may count for two.
    fn meetings(&self, found: &Coverage) -> Vec<CoverageMeeting> {
        let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for item in &found.items {
            for window in item.readings.iter().flat_map(|reading| &reading.windows) {
                let others = [&window.void_meetings, &window.planned, &window.lapsed];
                let doubtful = window.doubtful.iter().map(|meeting| &meeting.id);
                others.into_iter().flatten().chain(doubtful).for_each(|id| {
                    named.entry(id).or_default();
                });
                for meeting in &window.meetings {
                    let items = named.entry(&meeting.id).or_default();
                    if !items.contains(&item.name.as_str()) {
                        items.push(&item.name);
                    }
                }
            }
        }
        let records = self.book.records;
        let view = |session: &xueji_store::tables::sessions::SessionRecord| {
            let counts_for = named.get(session.id.to_string().as_str())?;
            let holders = records.holders(session.id);
            let names = self.book.tree.iter().filter(|own| holders.len() > 1 && holders.contains(&own.id)).map(|own| own.name.clone());
            Some(CoverageMeeting {
                id: session.id,
                date: session.fields.date.to_string(),
                title: session.fields.title.clone(),
                kinds: records.kinds(session).map(str::to_owned).collect(),
                state: session.fields.state,
                organizations: names.collect(),
                counts_for: counts_for.iter().map(|name| (*name).to_owned()).collect(),
            })
        };
        records.sessions.iter().filter_map(view).collect()
    }

    fn people(&self, found: &Coverage) -> Vec<CoveragePerson> {
        let windows = || found.items.iter().flat_map(|item| &item.readings).flat_map(|reading| &reading.windows);
        let mut named: BTreeSet<&str> = windows().flat_map(|window| &window.missing_people).map(String::as_str).collect();
        named.extend(windows().flat_map(|window| &window.missing_pairs).flat_map(|(one, other)| [one.as_str(), other.as_str()]));
        let members = self.book.records.members.iter().map(|member| (member.id.to_string(), &member.person.name));
        members.filter(|(id, _)| named.contains(id.as_str())).map(|(id, name)| CoveragePerson { id, name: name.clone() }).collect()
    }
}

/// Whether an item concerns a 中心组 alone: its condition asks for one.
fn is_of_study_group(item: &Item) -> bool {
    item.when.as_ref().is_some_and(|when| when.node.names().iter().any(|place| place.name == "study_group"))
}

/// An item of the shipped list.
fn item(id: &str) -> Result<Item, ApiError> {
    let found = Requirements::shipped().items.into_iter().find(|item| item.id == id);
    found.ok_or_else(|| ApiError::field("item", "coverage_item_unknown"))
}

/// `coverage.choose`
pub fn choose(context: &mut MutateContext, request: ChooseReading) -> Result<Nothing, ApiError> {
    let item = item(&request.item)?;
    let reading = item.readings.iter().find(|reading| !reading.id.is_empty() && reading.id == request.reading);
    let reading = reading.ok_or_else(|| ApiError::field("reading", "coverage_reading_unknown"))?;
    let mut chosen = choices(&context.writer.reader())?;
    chosen.insert(item.id.clone(), reading.id.clone());
    settings::set(context.writer, CHOICES, &chosen)?;
    context.writer.describe(params! { "item" => item.name, "reading" => reading.label });
    Ok(Nothing {})
}

/// `coverage.unchoose`
pub fn unchoose(context: &mut MutateContext, request: CoverageItemRequest) -> Result<Nothing, ApiError> {
    let item = item(&request.item)?;
    let mut chosen = choices(&context.writer.reader())?;
    chosen.remove(&item.id);
    if chosen.is_empty() {
        settings::clear(context.writer, CHOICES)?
    } else {
        settings::set(context.writer, CHOICES, &chosen)?
    }
    context.writer.describe(params! { "item" => item.name });
    Ok(Nothing {})
}
