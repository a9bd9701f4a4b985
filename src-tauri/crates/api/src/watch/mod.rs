//! A year of the book, read once for everything that is counted and warned
//! of: the workbench and the list of warnings look at the same.

mod standing;
mod tally;
mod weeks;

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use xueji_domain::{
    coverage::Coverage,
    ids::OrganizationId,
    sessions::SessionState,
    warnings::{
        Settings, Warning, Watch,
        desk::{BranchYear, OpenDocument, OpenFinding, OpenItem},
        rolls::{Missed, Roll},
    },
};
use xueji_store::{
    Reader, StoreError,
    tables::{
        closing, credits as credit_tables, months as month_tables, settings, study,
        study::StudyRecord,
        warnings::{self as tables, DueDocument, DueFinding},
    },
};

pub(crate) use tally::Tally;
pub(crate) use weeks::Due;

use crate::{
    app::Core,
    areas::{
        coverage,
        credits::{self, CreditsRequest, CreditsYear},
        make_ups,
        plans::{self, ItemState, PlanItemView, PlanView},
    },
    context::QueryContext,
    error::ApiError,
    records::Records,
};

/// The setting that holds how the rules are set.
pub(crate) const RULES: &str = "warnings.rules";

/// Days that are looked ahead, today included.
const WEEK: u64 = 7;

/// A year as it is looked at.
pub(crate) struct YearInView {
    /// The calendar year.
    pub year: i32,
    /// Today.
    pub today: NaiveDate,
    /// Members, sessions, marks.
    pub records: Records,
    /// The year before.
    pub before: Records,
    /// What the rolls come to.
    pub tally: Tally,
    /// Self-study of the year, latest first.
    pub study: Vec<StudyRecord>,
    /// Under each rule set in use, the first one first.
    pub credits: Vec<CreditsYear>,
    /// 三会一课 of each branch; none where the book knows of no session.
    pub coverage: Vec<(OrganizationId, String, Coverage)>,
    plans: Vec<PlanView>,
    documents: Vec<DueDocument>,
    findings: Vec<DueFinding>,
    make_up_days: u32,
    open_months: Vec<NaiveDate>,
    open_years: Vec<(i32, NaiveDate)>,
    approvals: Vec<(xueji_domain::ids::SelfStudyId, NaiveDate)>,
}

/// How the rules are set in this book.
pub(crate) fn rules(reader: &Reader) -> Result<Settings, StoreError> {
    Ok(settings::get(reader, RULES)?.unwrap_or_default())
}

impl YearInView {
    /// Reads a year.
    pub fn read(context: &QueryContext, year: i32) -> Result<Self, ApiError> {
        let (reader, today) = (context.reader, context.today);
        let records = Records::of_year(reader, year, Core::as_of(today, year))?;
        let before = Records::of_year(reader, year - 1, Core::as_of(today, year))?;
        let known = !records.members.is_empty() && (!records.sessions.is_empty() || !before.sessions.is_empty());
        let coverage = if known { coverage::of_all(reader, &records, year, today)? } else { Vec::new() };
        let credits = credits_of(context, year)?;
        let study = study::of_year(reader, year)?;
        let until = today.checked_add_days(chrono::Days::new(WEEK - 1)).unwrap_or(today);
        // What is overdue from earlier years is still to be done in this one.
        let from = if year == today.year() { "0000".to_owned() } else { format!("{year:04}-01-01") };
        let to = if year == today.year() { until.to_string() } else { format!("{year:04}-12-31") };
        Ok(Self {
            tally: Tally::of(&records, today),
            plans: plans::of_year(reader, year, today)?,
            documents: tables::documents_due(reader, &from, &to, today)?,
            findings: tables::findings_due(reader, &from, &to)?,
            make_up_days: make_ups::days(reader)?,
            open_months: open_months(reader, &records, year)?,
            open_years: open_years(reader, &records, &before, &credits, (year, today))?,
            approvals: approvals(reader, &study)?,
            year,
            today,
            records,
            before,
            study,
            credits,
            coverage,
        })
    }

    /// What the rules find, gravest first.
    pub fn warnings(&self, rules: &Settings) -> Vec<Warning> {
        let mut watch = Watch::new(rules, self.today);
        self.people(&mut watch);
        self.sessions(&mut watch);
        self.branches(&mut watch);
        for (whose, item) in self.open_items() {
            if let Some(due_on) = day(item.due_on.as_deref()) {
                let (organization, member) = (whose.organization, whose.member);
                watch.plan_item(&OpenItem { id: item.id, title: &item.title, whose: &whose.whose, organization, member, due_on });
            }
        }
        for document in &self.documents {
            let DueDocument { id, title, study_by, planned } = document;
            watch.document(&OpenDocument { id: *id, title, study_by: *study_by, planned: *planned });
        }
        for finding in &self.findings {
            let DueFinding { id, inspection, text, due_on } = finding;
            watch.finding(&OpenFinding { id: *id, inspection: *inspection, text, due_on: *due_on });
        }
        watch.approvals(&self.approvals);
        watch.months(&self.open_months);
        for (year, ended_on) in &self.open_years {
            watch.year(*year, *ended_on);
        }
        watch.finish()
    }

    /// Members who belong to the book on the day that is looked from.
    fn people(&self, watch: &mut Watch) {
        for credits in &self.credits {
            standing::credits(watch, credits);
        }
        for member in self.records.members.iter().filter(|member| member.standing.organization.is_some()) {
            let Some(own) = self.tally.members.get(&member.id) else { continue };
            watch.attendance_rate(member.id, &member.person.name, self.year, &own.counts);
            watch.absences_in_row(member.id, &member.person.name, &own.run);
        }
    }

    fn sessions(&self, watch: &mut Watch) {
        for own in &self.tally.sessions {
            let session = &self.records.sessions[own.index];
            let (id, day, title) = (session.id, session.fields.date, session.fields.title.as_str());
            watch.roll(&Roll {
                session: id,
                day,
                title,
                state: session.fields.state,
                closed: session.roll_closed_at.is_some(),
                required: own.counts.required(),
                unmarked: own.counts.unmarked,
            });
            watch.make_ups(&Missed { session: id, day, title, due_on: make_ups::due_on(day, self.make_up_days), open: own.owed });
        }
    }

    fn branches(&self, watch: &mut Watch) {
        let Some(known_from) = self.known_from() else { return };
        for (organization, name, coverage) in &self.coverage {
            let name = (self.coverage.len() > 1).then_some(name.as_str());
            watch.coverage(&BranchYear { organization: *organization, name, coverage, known_from });
        }
    }

    /// From this day on the book knows of meetings: from the year's
    /// beginning, or from its first session where none stands before it.
    fn known_from(&self) -> Option<NaiveDate> {
        if self.before.sessions.is_empty() {
            self.records.sessions.first().map(|session| session.fields.date)
        } else {
            NaiveDate::from_ymd_opt(self.year, 1, 1)
        }
    }

    /// Items that are not done, with whose plan they stand in.
    fn open_items(&self) -> impl Iterator<Item = (&PlanView, &PlanItemView)> {
        let items = self.plans.iter().flat_map(|plan| plan.items.iter().map(move |item| (plan, item)));
        items.filter(|(_, item)| item.state != ItemState::Done)
    }
}

/// The year's credits under each rule set that is in use.
fn credits_of(context: &QueryContext, year: i32) -> Result<Vec<CreditsYear>, ApiError> {
    let mut all = vec![credits::year(context, CreditsRequest { year, rule_set: None })?];
    let keys: Vec<String> = all[0].sets.iter().map(|set| set.key.clone()).filter(|key| *key != all[0].set.key).collect();
    let mut known: HashSet<String> = HashSet::new();
    for key in keys {
        if known.insert(key.clone()) {
            all.push(credits::year(context, CreditsRequest { year, rule_set: Some(key) })?);
        }
    }
    Ok(all)
}

/// The last days of the months that hold sessions and are not closed.
fn open_months(reader: &Reader, records: &Records, year: i32) -> Result<Vec<NaiveDate>, StoreError> {
    let closings = month_tables::between(reader, &format!("{year:04}-01"), &format!("{year:04}-12"))?;
    let closed: HashSet<&str> = closings.iter().filter(|own| own.reopened.is_none()).map(|own| own.month.as_str()).collect();
    let standing = records.sessions.iter().filter(|session| session.fields.state != SessionState::Cancelled);
    let mut last_days: Vec<NaiveDate> = standing.filter_map(|session| last_of_month(session.fields.date)).collect();
    last_days.dedup();
    last_days.retain(|last| !closed.contains(format!("{:04}-{:02}", last.year(), last.month()).as_str()));
    Ok(last_days)
}

fn last_of_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(chrono::Months::new(1))?.pred_opt()
}

/// This year, should it be over, and the year before: those that hold held
/// sessions and that nobody closed. Only where the rule set counts by years.
fn open_years(
    reader: &Reader,
    records: &Records,
    before: &Records,
    credits: &[CreditsYear],
    (year, today): (i32, NaiveDate),
) -> Result<Vec<(i32, NaiveDate)>, StoreError> {
    let Some(set) = credits.first().map(|credits| &credits.set).filter(|set| set.period == year.to_string()) else { return Ok(Vec::new()) };
    let all = closing::list(reader)?;
    let closed = |year: i32| {
        let standing = all.iter().filter(|closing| closing.reopened.is_none());
        standing.map(|closing| closing.fields.period.as_str()).any(|period| period == year.to_string())
    };
    let mut open = Vec::new();
    let ends = |year: i32| NaiveDate::from_ymd_opt(year, 12, 31);
    if year == today.year() && before.held().next().is_some() && !closed(year - 1) {
        open.extend(ends(year - 1).map(|end| (year - 1, end)));
    }
    if set.over && records.held().next().is_some() && !closed(year) {
        open.extend(ends(year).map(|end| (year, day(set.to.as_deref()).unwrap_or(end))));
    }
    Ok(open)
}

/// Self-study that nobody has accepted or returned, by the day on which it
/// was entered.
fn approvals(reader: &Reader, study: &[StudyRecord]) -> Result<Vec<(xueji_domain::ids::SelfStudyId, NaiveDate)>, StoreError> {
    let reviews = credit_tables::reviews(reader)?;
    let pending = |entry: &&StudyRecord| reviews.get(&entry.id).is_some_and(|review| review.state == credit_tables::ReviewState::Pending);
    let mut waiting: Vec<_> = study.iter().filter(pending).map(|entry| (entry.id, entry.entered_on)).collect();
    waiting.sort_by_key(|(id, entered)| (*entered, *id));
    Ok(waiting)
}

/// A day as the areas give it.
fn day(text: Option<&str>) -> Option<NaiveDate> {
    text?.parse().ok()
}
