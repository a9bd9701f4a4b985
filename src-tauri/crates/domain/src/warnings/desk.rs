//! Rules about what has to be planned, studied or mended by a day: meetings
//! of 三会一课, items of plans, documents, findings, approvals.

use chrono::NaiveDate;

use super::{Grade, Params, Place, Rule, Watch, day_words};
use crate::{
    coverage::{Coverage, ItemCoverage, State, WindowCoverage},
    exact::Exact,
    ids::{DocumentId, FindingId, InspectionId, MemberId, OrganizationId, PlanItemId, SelfStudyId},
};

/// A branch with its year of meetings.
#[derive(Debug, Clone, Copy)]
pub struct BranchYear<'a> {
    /// Whose.
    pub organization: OrganizationId,
    /// Its name, where the book holds several.
    pub name: Option<&'a str>,
    /// What was found.
    pub coverage: &'a Coverage,
    /// From this day on the book knows of meetings; what lies before was not
    /// written down here.
    pub known_from: NaiveDate,
}

/// An item of a plan that is not done.
#[derive(Debug, Clone)]
pub struct OpenItem<'a> {
    /// Which.
    pub id: PlanItemId,
    /// What is studied.
    pub title: &'a str,
    /// Whose plan it stands in.
    pub whose: &'a str,
    /// Whose, of an organization's.
    pub organization: Option<OrganizationId>,
    /// Whose, of a person's.
    pub member: Option<MemberId>,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
}

/// A document that has to be studied and was not.
#[derive(Debug, Clone)]
pub struct OpenDocument<'a> {
    /// Which.
    pub id: DocumentId,
    /// Its title.
    pub title: &'a str,
    /// By when.
    pub study_by: NaiveDate,
    /// The session planned for it, where there is one to come.
    pub planned: Option<NaiveDate>,
}

/// What a check found and nobody mended.
#[derive(Debug, Clone)]
pub struct OpenFinding<'a> {
    /// Which.
    pub id: FindingId,
    /// Of which check.
    pub inspection: InspectionId,
    /// What it says.
    pub text: &'a str,
    /// By when it is to be mended.
    pub due_on: NaiveDate,
}

impl Watch<'_> {
    /// 三会一课: meetings that can still be held in time and are not planned,
    /// and those that were not held. What the rule or the record leaves open
    /// is not warned of.
    pub fn coverage(&mut self, branch: &BranchYear) {
        for item in &branch.coverage.items {
            let [reading] = item.readings.as_slice() else { continue };
            for window in &reading.windows {
                self.gap(branch, item, window);
            }
            self.short_of(branch, item, &reading.windows);
        }
    }

    fn gap(&mut self, branch: &BranchYear, item: &ItemCoverage, window: &WindowCoverage) {
        let Some(threshold) = self.settings.threshold(Rule::CoverageGap) else { return };
        if !is_gap(window, self.today) {
            return;
        }
        let left = -self.days_since(window.to);
        if left > i64::from(threshold) {
            return;
        }
        let params = Params::new()
            .with("window", window_words(&window.window))
            .with("missing", window.missing.to_string())
            .with("until", day_words(window.to))
            .with("days", left);
        let about = format!("{}:{}", about(branch, item), window.window);
        let place = Place::Coverage { organization: branch.organization };
        self.raise(Rule::CoverageGap, &about, (Grade::Remind, "coverage_gap"), subject(branch, item), params, place);
    }

    fn short_of(&mut self, branch: &BranchYear, item: &ItemCoverage, windows: &[WindowCoverage]) {
        if self.settings.threshold(Rule::CoverageShort).is_none() {
            return;
        }
        let short: Vec<&WindowCoverage> =
            windows.iter().filter(|window| window.state == State::Short && window.to >= branch.known_from).collect();
        let Some(last) = short.last() else { return };
        let names = short.iter().map(|window| window_words(&window.window)).collect::<Vec<_>>().join("、");
        let params = Params::new().with("windows", names).with("count", short.len());
        let about = format!("{}:{}", about(branch, item), last.window);
        let place = Place::Coverage { organization: branch.organization };
        self.raise(Rule::CoverageShort, &about, (Grade::Remind, "coverage_short"), subject(branch, item), params, place);
    }

    /// An item of a plan more than so many days after it was due.
    pub fn plan_item(&mut self, item: &OpenItem) {
        let Some(days) = self.overdue(Rule::PlanItemOverdue, item.due_on) else { return };
        let params = Params::new().with("whose", item.whose).with("due", day_words(item.due_on)).with("days", days);
        let place = Place::Plan { organization: item.organization, member: item.member };
        let subject = item.title.to_owned();
        self.raise(Rule::PlanItemOverdue, &item.id.to_string(), (Grade::Remind, "plan_item_overdue"), subject, params, place);
    }

    /// A document more than so many days after it was to be studied. Where a
    /// session is planned for it, it is only told.
    pub fn document(&mut self, document: &OpenDocument) {
        let Some(days) = self.overdue(Rule::DocumentUnstudied, document.study_by) else { return };
        let params = Params::new().with("due", day_words(document.study_by)).with("days", days);
        let (grade, code, params) = match document.planned {
            Some(day) => (Grade::Progress, "document_planned", params.with("planned", day_words(day))),
            None => (Grade::Remind, "document_unstudied", params),
        };
        let subject = document.title.to_owned();
        let place = Place::Documents { document: document.id };
        self.raise(Rule::DocumentUnstudied, &document.id.to_string(), (grade, code), subject, params, place);
    }

    /// What a check found, more than so many days after it was to be mended.
    pub fn finding(&mut self, finding: &OpenFinding) {
        let Some(days) = self.overdue(Rule::FindingOverdue, finding.due_on) else { return };
        let params = Params::new().with("due", day_words(finding.due_on)).with("days", days);
        let place = Place::Inspection { id: finding.inspection };
        let subject = finding.text.to_owned();
        self.raise(Rule::FindingOverdue, &finding.id.to_string(), (Grade::Grave, "finding_overdue"), subject, params, place);
    }

    /// Self-study that waits for approval: one warning for all that have
    /// waited for so many days. `(entry, entered on)`, earliest first.
    pub fn approvals(&mut self, waiting: &[(SelfStudyId, NaiveDate)]) {
        let Some(threshold) = self.settings.threshold(Rule::ApprovalWaiting) else { return };
        let late = waiting.iter().filter(|(_, entered)| self.days_since(*entered) >= i64::from(threshold)).count();
        let Some((first, entered)) = waiting.first().filter(|_| late > 0) else { return };
        let params = Params::new().with("count", late).with("from", day_words(*entered)).with("days", self.days_since(*entered));
        let subject = "自学记录".to_owned();
        self.raise(Rule::ApprovalWaiting, &first.to_string(), (Grade::Progress, "approval_waiting"), subject, params, Place::Approval);
    }

    /// How many days overdue, where the rule is on and that is more than its
    /// threshold.
    fn overdue(&self, rule: Rule, due: NaiveDate) -> Option<i64> {
        let threshold = self.settings.threshold(rule)?;
        Some(self.days_since(due)).filter(|days| *days > i64::from(threshold))
    }
}

/// Whether a window that is running misses more than what is planned in it.
pub fn is_gap(window: &WindowCoverage, today: NaiveDate) -> bool {
    let planned = i64::try_from(window.planned.len()).unwrap_or(i64::MAX);
    window.state == State::NotYetDue && window.from <= today && today <= window.to && window.missing > Exact::whole(planned)
}

/// `2025-02` as people say it: 2月; 一季度, 上半年, 全年.
pub fn window_words(window: &str) -> String {
    let part = window.split_once('-').map_or("", |(_, part)| part);
    match part {
        "" => "全年".to_owned(),
        "Q1" => "一季度".to_owned(),
        "Q2" => "二季度".to_owned(),
        "Q3" => "三季度".to_owned(),
        "Q4" => "四季度".to_owned(),
        "H1" => "上半年".to_owned(),
        "H2" => "下半年".to_owned(),
        month => format!("{}月", month.trim_start_matches('0')),
    }
}

fn about(branch: &BranchYear, item: &ItemCoverage) -> String {
    format!("{}:{}:{}", branch.organization, item.item, item.group.as_deref().unwrap_or_default())
}

fn subject(branch: &BranchYear, item: &ItemCoverage) -> String {
    match branch.name {
        Some(name) => format!("{name} {}", item.name),
        None => item.name.clone(),
    }
}
