//! What the members' facts come to in a year, under each rule set that holds
//! in it: with the decisions that were taken, what earlier periods left
//! (closed ones as they were frozen, those before the book as they were
//! recorded, all others counted), each year by the text that held then.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::{Datelike, NaiveDate};
use xueji_domain::{
    exact::Exact,
    ids::MemberId,
    rules::{
        EvaluateError, Request, evaluate,
        facts::{Answer, CarriedOut, Decision, EarlierResult, PeriodRange, Score, Subject},
        ledger::{Evaluation, Outcome, PeriodLedger, Verdict},
        model::{Kind, Period, RuleSet},
    },
};
use xueji_store::{
    Reader,
    tables::{
        closing::{self, ClosingRecord, Owner, ScoreFields},
        credits::{self, OpeningFields},
        rules::{self, DecisionFields},
    },
};

use super::{
    facts::{self, BookFacts, MemberFacts},
    manual,
    pasts::{MOST_PASTS, Past, over_pasts},
    shelf::{Holding, Loaded, Shelf},
};
use crate::{app::Core, areas::credits::HistorySource, error::ApiError};

/// The time in which a rule set counts in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct YearSpan {
    /// What it is called: `2025`, `2021–2025`.
    pub name: String,
    /// The names of the first and the last period in it.
    pub periods: PeriodRange,
    /// The first day; `None`: no beginning, or each person's own.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl YearSpan {
    /// The span of a rule set in a year.
    pub fn of(rules: &RuleSet, year: i32, today: NaiveDate) -> Self {
        let day = |year: i32, month: u32, day: u32| NaiveDate::from_ymd_opt(year, month, day);
        let whole = (day(year, 1, 1), day(year, 12, 31));
        let named = |first: String, last: String, (from, to): (Option<NaiveDate>, Option<NaiveDate>)| Self {
            name: year.to_string(),
            periods: PeriodRange { first, last },
            from,
            to,
        };
        match rules.period {
            Period::Year { month: 1, day: 1 } => named(year.to_string(), year.to_string(), whole),
            Period::Year { month, day: first } => {
                let ends = day(year, month, first).and_then(|day| day.pred_opt());
                named(year.to_string(), year.to_string(), (day(year - 1, month, first), ends))
            }
            Period::HalfYear => named(format!("{year}-H1"), format!("{year}-H2"), whole),
            Period::Quarter => named(format!("{year}-Q1"), format!("{year}-Q4"), whole),
            Period::Month => named(format!("{year}-01"), format!("{year}-12"), whole),
            Period::Day => named(format!("{year}-01-01"), format!("{year}-12-31"), whole),
            Period::Block { years, from } => {
                let years = i32::try_from(years.max(1)).unwrap_or(1);
                let first = from + (year - from).div_euclid(years) * years;
                let span = (day(first, 1, 1), day(first + years - 1, 12, 31));
                Self { name: format!("{first}–{}", first + years - 1), ..named(first.to_string(), first.to_string(), span) }
            }
            Period::Window { .. } | Period::Rolling { .. } => {
                let at = Core::as_of(today, year).to_string();
                named(at.clone(), at, (None, None))
            }
            Period::Lifetime => Self { name: "all".to_owned(), ..named("all".to_owned(), "all".to_owned(), (None, None)) },
            Period::Span { from, to } => Self { name: "all".to_owned(), ..named("all".to_owned(), "all".to_owned(), (from, to)) },
        }
    }

    /// Whether it is over.
    pub fn over(&self, today: NaiveDate) -> bool {
        self.to.is_some_and(|to| to < today)
    }

    /// A day on which to look at who belongs where.
    pub fn look_on(&self, today: NaiveDate, year: i32) -> NaiveDate {
        self.to.map_or_else(|| Core::as_of(today, year), |to| to.min(today.max(self.from.unwrap_or(to))))
    }

    /// Whether a period is a part of it.
    fn holds(&self, period: &PeriodLedger) -> bool {
        match (self.from, self.to) {
            (Some(from), Some(to)) => period.from.is_some_and(|own| own >= from) && period.to.is_some_and(|own| own <= to),
            _ => true,
        }
    }
}

/// Whether a year's result may depend on the years before it.
fn looks_back(rules: &RuleSet, text: &str) -> bool {
    let wider = matches!(rules.period, Period::Window { .. } | Period::Lifetime | Period::Span { .. } | Period::Block { .. });
    let spread = rules.categories.iter().any(|category| category.spread > 1);
    let handed = !rules.carries.is_empty() || !rules.streaks.is_empty() || rules.backfill.is_some() || spread;
    let stated = text.contains("earlier.") || rules.head.parent.is_some();
    wider || handed || stated || !rules.cycles.is_empty() || !rules.obligations.is_empty() || !rules.inactive.is_empty()
}

/// A rule set in a year; members of different organizations may stand under
/// different versions of it.
pub(crate) struct SetYear {
    /// Its key.
    pub key: String,
    /// What holds for whom; the whole book's last.
    pub versions: Vec<(Holding, Arc<Loaded>)>,
    /// Its time.
    pub span: YearSpan,
}

impl SetYear {
    /// The version that speaks for all: the whole book's, else the first.
    pub fn main(&self) -> &Arc<Loaded> {
        let whole = self.versions.iter().find(|(holding, _)| holding.organization.is_none());
        &whole.unwrap_or(&self.versions[0]).1
    }
}

/// A member's count under a rule set.
pub(crate) struct Count {
    /// By which text.
    pub loaded: Arc<Loaded>,
    /// Over which time.
    pub span: YearSpan,
    /// What came of it.
    pub evaluation: Evaluation,
    /// Earlier periods, with where they are known from.
    pub earlier: Vec<(EarlierResult, HistorySource)>,
    /// An earlier year under another text is undecided, and the least was
    /// taken.
    pub earlier_undecided: bool,
}

/// The closing that freezes a ledger.
pub(crate) struct Frozen<'a> {
    /// The closing.
    pub closing: &'a ClosingRecord,
    /// The line of the table as it was frozen, with the latest supplement;
    /// JSON.
    pub row: &'a str,
    /// The score, of an assessment.
    pub score: Option<Exact>,
    /// The grade, of an assessment.
    pub grade: Option<&'a str>,
    /// The whole result of an assessment, JSON; `None`: closed before it was
    /// kept.
    pub assess: Option<&'a str>,
}

/// A closing with what later and present tables need of it; the ledgers in
/// full are read one at a time.
struct Closed {
    record: ClosingRecord,
    /// The frozen line of the table, where the closing is of the year that is
    /// read.
    rows: HashMap<Owner, String>,
    /// Score and grade, of an assessment.
    scores: HashMap<Owner, String>,
    grades: HashMap<Owner, String>,
    /// The whole result of an assessment.
    assessed: HashMap<Owner, String>,
    /// What each ledger leaves to later periods.
    earlier: HashMap<Owner, String>,
}

/// What of a year is to be read.
pub(crate) struct Scope<'a> {
    /// The rule sets of this kind.
    pub kind: Kind,
    /// Texts that will be tried on it.
    pub also: &'a [Arc<Loaded>],
    /// Only this member's facts.
    pub only: Option<MemberId>,
}

impl Scope<'_> {
    /// Everybody's, for the rule sets of a kind.
    pub fn all(kind: Kind) -> Self {
        Self { kind, also: &[], only: None }
    }
}

/// A year of the book, ready to count.
pub(crate) struct Year {
    /// The year.
    pub year: i32,
    /// Today.
    pub today: NaiveDate,
    /// The rule sets at hand.
    pub shelf: Shelf,
    /// What everybody did and was.
    pub facts: BookFacts,
    /// The rule sets that hold in the year.
    pub sets: Vec<SetYear>,
    first_year: i32,
    closed: Vec<Closed>,
    openings: Vec<OpeningFields>,
    decisions: Vec<DecisionFields>,
    scores: HashMap<(String, MemberId), Vec<Score>>,
    loaded: RefCell<HashMap<String, Option<Arc<Loaded>>>>,
}

impl Year {
    /// Reads a year.
    pub fn read(reader: &Reader, today: NaiveDate, year: i32, scope: &Scope) -> Result<Self, ApiError> {
        let shelf = Shelf::read(reader)?;
        let also = scope.also;
        let sets = sets_of(&shelf, today, year, scope.kind);
        let own = sets.iter().flat_map(|set| set.versions.iter().map(|(_, loaded)| loaded));
        let texts: Vec<Arc<Loaded>> = own.chain(also).cloned().collect();
        let keys: Vec<String> = texts.iter().map(|loaded| loaded.key().to_owned()).collect();
        let spans: Vec<String> = texts.iter().map(|loaded| YearSpan::of(&loaded.rules, year, today).name).collect();
        let closed = closed(reader, &keys, &spans)?;
        let known = facts::years(reader)?;
        let first_of = |loaded: &Arc<Loaded>| {
            let span = YearSpan::of(&loaded.rules, year, today);
            let own = span.from.map_or(year, |from| from.year()).min(year);
            if !looks_back(&loaded.rules, &loaded.text) {
                return own;
            }
            // Years closed for the whole book are known without their facts.
            let frozen = |year: &i32| {
                let whole =
                    |closed: &&Closed| closed.record.fields.organization.is_none() && closed.record.fields.rule_set_key == loaded.key();
                closed.iter().filter(whole).any(|closed| closed.record.fields.period == year.to_string())
            };
            known.iter().copied().find(|year| !frozen(year)).unwrap_or(own).min(own)
        };
        let first_year = texts.iter().map(first_of).min().unwrap_or(year);
        let last_of = |loaded: &Arc<Loaded>| {
            let span = YearSpan::of(&loaded.rules, year, today);
            let own = span.to.map_or(year, |to| to.year()).max(year);
            if loaded.rules.backfill.is_some() { own.max(today.year()) } else { own }
        };
        let last_year = texts.iter().map(last_of).max().unwrap_or(year);
        let on = Core::as_of(today, year);
        Ok(Self {
            year,
            today,
            facts: facts::collect(reader, (first_year, last_year), on, scope.only)?,
            sets,
            first_year,
            closed,
            openings: credits::openings(reader)?.into_iter().map(|record| record.fields).collect(),
            decisions: rules::decisions(reader)?.into_iter().map(|record| record.fields).collect(),
            scores: scores(reader, &keys, year)?,
            loaded: RefCell::new(texts.iter().map(|loaded| (loaded.id.clone(), Some(Arc::clone(loaded)))).collect()),
            shelf,
        })
    }

    /// The rule set of a key; the first where none is named.
    pub fn set(&self, key: Option<&str>) -> Result<usize, ApiError> {
        let found = match key {
            Some(key) => self.sets.iter().position(|set| set.key == key),
            None => (!self.sets.is_empty()).then_some(0),
        };
        found.ok_or_else(|| ApiError::Refused {
            code: "rules_not_in_use",
            params: xueji_exchange::params! { "name" => key.unwrap_or_default(), "year" => self.year.to_string() },
        })
    }

    /// The text that holds for a member; `None`: the rule set is not for the
    /// member's organization.
    pub fn version(&self, set: &SetYear, member: MemberId) -> Option<Arc<Loaded>> {
        let day = set.span.look_on(self.today, self.year);
        let own = set.versions.iter().find(|(holding, _)| {
            holding.organization.is_some_and(|organization| self.facts.records.stands_below(member, organization, day))
        });
        let whole = || set.versions.iter().find(|(holding, _)| holding.organization.is_none());
        own.or_else(whole).map(|(_, loaded)| Arc::clone(loaded))
    }

    /// Counts a member under a text.
    pub fn count(&mut self, loaded: &Arc<Loaded>, member: MemberId, trace: bool) -> Result<Count, ApiError> {
        let span = YearSpan::of(&loaded.rules, self.year, self.today);
        let mut facts = self.facts.members.remove(&member).unwrap_or_default();
        let counted = self.count_facts(loaded, &span, member, &mut facts, trace);
        self.facts.members.insert(member, facts);
        counted
    }

    fn count_facts(
        &self,
        loaded: &Arc<Loaded>,
        span: &YearSpan,
        member: MemberId,
        facts: &mut MemberFacts,
        trace: bool,
    ) -> Result<Count, ApiError> {
        let set_aside = take_corrected(facts, loaded.key());
        let counted = self.evaluate(loaded, span, member, &mut facts.subject, trace);
        facts.subject.activities.extend(set_aside);
        counted
    }

    fn evaluate(
        &self,
        loaded: &Arc<Loaded>,
        span: &YearSpan,
        member: MemberId,
        subject: &mut Subject,
        trace: bool,
    ) -> Result<Count, ApiError> {
        let key = loaded.key();
        let mut earlier = self.earlier(loaded, span, member);
        for activity in &mut subject.activities {
            manual::prove(&loaded.rules, activity);
        }
        subject.decisions = self.decisions_for(key, member);
        subject.scores = self.scores.get(&(key.to_owned(), member)).cloned().unwrap_or_default();
        subject.earlier = earlier.iter().map(|(result, _)| result.clone()).collect();
        let mut first = self.first_period(loaded, span, member, &earlier);
        let mut pasts = vec![Past::default()];
        let mut truncated = false;
        if let Some(runs) = self.runs_before(loaded, span, member, first) {
            first = runs.last().map_or(self.year, |(_, begins, _)| *begins);
            (pasts, truncated) = self.pasts(&runs, subject)?;
        }
        // What is shown of the years before is the least of what they may be.
        let shown = pasts.iter().min_by_key(|past| past.total()).map(|past| past.results.clone()).unwrap_or_default();
        earlier.extend(shown.into_iter().map(|result| (result, HistorySource::Counted)));
        let request = Request { periods: Some(self.range(loaded, span, first)), as_of: Some(self.today), trace };
        let evaluation = over_pasts(&loaded.rules, subject, &request, pasts)?;
        Ok(Count { loaded: Arc::clone(loaded), span: span.clone(), evaluation, earlier, earlier_undecided: truncated })
    }

    /// Counts an organization, judged as a whole, under a text.
    pub fn count_unit(&self, loaded: &Arc<Loaded>, subject: &mut Subject) -> Result<Count, ApiError> {
        let span = YearSpan::of(&loaded.rules, self.year, self.today);
        let nobody = MemberId::from_parts(0, [0; 10]);
        subject.decisions = self.decisions_for(loaded.key(), nobody);
        let request = Request { periods: Some(span.periods.clone()), as_of: Some(self.today), trace: true };
        let evaluation = evaluate(&loaded.rules, subject, &request).map_err(refused)?;
        Ok(Count { loaded: Arc::clone(loaded), span, evaluation, earlier: Vec::new(), earlier_undecided: false })
    }

    /// Decisions for everybody, and over them those for the member.
    fn decisions_for(&self, key: &str, member: MemberId) -> Vec<Decision> {
        let mut found: BTreeMap<&str, &DecisionFields> = BTreeMap::new();
        for decision in self.decisions.iter().filter(|decision| decision.rule_set_key == key) {
            let applies = decision.member.is_none_or(|own| own == member);
            let weaker = found.get(decision.question.as_str()).is_none_or(|known| known.member.is_none());
            if applies && weaker {
                found.insert(&decision.question, decision);
            }
        }
        found
            .into_values()
            .filter_map(|decision| {
                Some(Decision { answer: answer(decision)?, question: decision.question.clone(), reason: decision.reason.clone() })
            })
            .collect()
    }

    /// What is known of the periods before a span: closed ones, and those
    /// from before the book.
    fn earlier(&self, loaded: &Loaded, span: &YearSpan, member: MemberId) -> Vec<(EarlierResult, HistorySource)> {
        let key = loaded.key();
        let mut results: BTreeMap<String, (EarlierResult, HistorySource)> = BTreeMap::new();
        for opening in self.openings.iter().filter(|opening| opening.member == member && opening.rule_set_key == key) {
            if is_before(&opening.period, span) {
                results.insert(opening.period.clone(), (opening_result(opening), HistorySource::Opening));
            }
        }
        for closed in self.closed.iter().filter(|closed| closed.stands() && closed.record.fields.rule_set_key == key) {
            let Some(frozen) = closed.earlier.get(&Owner::Member(member)) else { continue };
            for result in results_of(frozen) {
                if is_before(&result.period, span) {
                    results.insert(result.period.clone(), (result, HistorySource::Closed));
                }
            }
        }
        results.into_values().collect()
    }

    /// The first year that has to be counted: after what is known of earlier
    /// periods, else from the member's first fact.
    fn first_period(&self, loaded: &Loaded, span: &YearSpan, member: MemberId, earlier: &[(EarlierResult, HistorySource)]) -> i32 {
        let own = span.from.map_or(self.year, |_| self.year);
        if !looks_back(&loaded.rules, &loaded.text)
            || !matches!(loaded.rules.period, Period::Year { .. } | Period::HalfYear | Period::Quarter | Period::Month | Period::Day)
        {
            return own;
        }
        let after = earlier.iter().filter_map(|(result, _)| year_of(&result.period)).max().map(|year| year + 1);
        let began = self.facts.first_years.get(&member).copied().unwrap_or(own);
        after.unwrap_or(began).max(self.first_year).min(own)
    }

    /// The periods to evaluate, from a year on.
    fn range(&self, loaded: &Loaded, span: &YearSpan, first: i32) -> PeriodRange {
        let mut range = span.periods.clone();
        if first < self.year {
            range.first = YearSpan::of(&loaded.rules, first, self.today).periods.first;
        }
        if loaded.rules.backfill.is_some() && self.today.year() > self.year {
            range.last = YearSpan::of(&loaded.rules, self.today.year(), self.today).periods.last;
        }
        range
    }

    /// The years before the span that stand under another text, in runs of
    /// one text each; `None` where all are under the same.
    fn runs_before(&self, loaded: &Arc<Loaded>, span: &YearSpan, member: MemberId, first: i32) -> Option<Vec<(Arc<Loaded>, i32, i32)>> {
        let _ = span;
        // A text that is only tried has no past of its own.
        if first >= self.year || !self.sets.iter().any(|set| set.versions.iter().any(|(_, own)| own.digest == loaded.digest)) {
            return None;
        }
        let mut runs: Vec<(Arc<Loaded>, i32, i32)> = Vec::new();
        for year in first..=self.year {
            let text = if year == self.year { Some(Arc::clone(loaded)) } else { self.held_in(loaded.key(), year, member) };
            let Some(text) = text else { continue };
            match runs.last_mut() {
                Some((own, _, last)) if own.digest == text.digest && *last == year - 1 => *last = year,
                _ => runs.push((text, year, year)),
            }
        }
        (runs.len() > 1 || runs.first().is_some_and(|(_, begins, _)| *begins > first)).then_some(runs)
    }

    /// The text of a key that held for a member at the end of a year.
    fn held_in(&self, key: &str, year: i32, member: MemberId) -> Option<Arc<Loaded>> {
        let day = NaiveDate::from_ymd_opt(year, 12, 31)?;
        let held: Vec<Holding> = [Kind::Credits, Kind::Assessment].into_iter().flat_map(|kind| self.shelf.on(day, kind)).collect();
        let own = held.iter().find(|holding| {
            holding.key == key
                && holding.organization.is_some_and(|organization| self.facts.records.stands_below(member, organization, day))
        });
        let found = own.or_else(|| held.iter().find(|holding| holding.key == key && holding.organization.is_none()))?;
        self.loaded.borrow_mut().entry(found.set.clone()).or_insert_with(|| self.shelf.load(&found.set).ok()).clone()
    }

    /// Counts all runs but the last: every way in which the years before may
    /// have ended, and whether there were too many to follow each.
    fn pasts(&self, runs: &[(Arc<Loaded>, i32, i32)], subject: &Subject) -> Result<(Vec<Past>, bool), ApiError> {
        let (mut pasts, mut truncated) = (vec![Past::default()], false);
        let before = runs.split_last().map_or(&runs[..0], |(_, before)| before);
        for (loaded, begins, ends) in before {
            let span = |year: i32| YearSpan::of(&loaded.rules, year, self.today).periods;
            let periods = PeriodRange { first: span(*begins).first, last: span(*ends).last };
            let request = Request { periods: Some(periods), as_of: Some(self.today), trace: false };
            let mut next: Vec<Past> = Vec::new();
            for past in &pasts {
                let mut subject = subject.clone();
                subject.earlier.extend(past.results.iter().cloned());
                let evaluation = evaluate(&loaded.rules, &subject, &request).map_err(refused)?;
                truncated |= !evaluation.complete;
                next.extend(evaluation.outcomes.iter().map(|outcome| past.followed_by(outcome, &evaluation.questions)));
            }
            if next.len() > MOST_PASTS {
                truncated = true;
                next.sort_by_key(Past::total);
                next.drain(1..next.len() - 1);
            }
            pasts = next;
        }
        Ok((pasts, truncated))
    }

    /// The closing that freezes a ledger under a rule set.
    pub fn frozen(&self, key: &str, span: &YearSpan, owner: Owner) -> Option<Frozen<'_>> {
        let of = |closed: &&Closed| closed.stands() && closed.record.fields.rule_set_key == key && closed.record.fields.period == span.name;
        self.closed.iter().filter(of).find_map(|closed| closed.of(owner))
    }

    /// The standing closing of a rule set's span for the whole book, or for
    /// an organization.
    pub fn closing(&self, key: &str, span: &YearSpan, organization: Option<xueji_domain::ids::OrganizationId>) -> Option<&ClosingRecord> {
        let fields = |closed: &&Closed| {
            let fields = &closed.record.fields;
            closed.stands() && fields.rule_set_key == key && fields.period == span.name && fields.organization == organization
        };
        self.closed.iter().find(fields).map(|closed| &closed.record)
    }
}

impl Closed {
    fn stands(&self) -> bool {
        self.record.reopened.is_none()
    }

    fn of(&self, of: Owner) -> Option<Frozen<'_>> {
        Some(Frozen {
            closing: &self.record,
            row: self.rows.get(&of)?,
            score: self.scores.get(&of).and_then(|score| score.parse().ok()),
            grade: self.grades.get(&of).map(String::as_str),
            assess: self.assessed.get(&of).map(String::as_str),
        })
    }
}

fn sets_of(shelf: &Shelf, today: NaiveDate, year: i32, kind: Kind) -> Vec<SetYear> {
    let Some(end) = NaiveDate::from_ymd_opt(year, 12, 31) else { return Vec::new() };
    let mut sets: Vec<SetYear> = Vec::new();
    for holding in shelf.on(end, kind) {
        let Ok(mut loaded) = shelf.load(&holding.set) else { continue };
        let mut span = YearSpan::of(&loaded.rules, year, today);
        let mut holding = holding;
        // A year that ends earlier goes by what held at its own end.
        if let Some(to) = span.to.filter(|to| *to < end) {
            let same = |other: &Holding| other.key == holding.key && other.organization == holding.organization;
            let Some(then) = shelf.on(to, kind).into_iter().find(same) else { continue };
            let Ok(then_loaded) = shelf.load(&then.set) else { continue };
            (holding, loaded) = (then, then_loaded);
            span = YearSpan::of(&loaded.rules, year, today);
        }
        match sets.iter_mut().find(|set| set.key == holding.key) {
            Some(set) => set.versions.push((holding, loaded)),
            None => sets.push(SetYear { key: holding.key.clone(), versions: vec![(holding, loaded)], span }),
        }
    }
    sets
}

/// The first rule set for credits that holds for the whole book in the year
/// of a day; `None`: its text cannot be read.
pub(crate) fn first_in_use(reader: &Reader, day: NaiveDate) -> Result<Option<Arc<Loaded>>, ApiError> {
    let shelf = Shelf::read(reader)?;
    let end = NaiveDate::from_ymd_opt(day.year(), 12, 31).unwrap_or(day);
    let held = shelf.on(end, Kind::Credits);
    let first = held.iter().find(|holding| holding.organization.is_none()).or(held.first());
    Ok(first.and_then(|holding| shelf.load(&holding.set).ok()))
}

/// The closings of these rule sets that stand; lines of the table only of
/// those whose period is one of `spans`.
fn closed(reader: &Reader, keys: &[String], spans: &[String]) -> Result<Vec<Closed>, ApiError> {
    let mut all = Vec::new();
    for record in closing::list(reader)? {
        let fields = &record.fields;
        if record.reopened.is_some() || !keys.contains(&fields.rule_set_key) {
            continue;
        }
        let parts = |path: &str| closing::parts(reader, record.id, path).map(HashMap::from_iter);
        let shown = spans.contains(&fields.period);
        let of_year = |path: &str| if shown { parts(path) } else { Ok(HashMap::new()) };
        let (rows, scores, grades) = (of_year("$.credits.row")?, of_year("$.score")?, of_year("$.grade")?);
        let assessed = if record.fields.kind == "assessment" { of_year("$.assessed")? } else { HashMap::new() };
        let earlier = parts("$.earlier")?;
        all.push(Closed { rows, scores, grades, assessed, earlier, record });
    }
    Ok(all)
}

fn scores(reader: &Reader, keys: &[String], year: i32) -> Result<HashMap<(String, MemberId), Vec<Score>>, ApiError> {
    let mut all: HashMap<(String, MemberId), Vec<Score>> = HashMap::new();
    for key in keys {
        for record in closing::scores(reader, key, &year.to_string())? {
            let fields = record.fields;
            let Owner::Member(member) = fields.of else { continue };
            all.entry((key.clone(), member)).or_default().push(score(fields));
        }
    }
    Ok(all)
}

/// Points as the engine takes them.
pub(crate) fn score(fields: ScoreFields) -> Score {
    Score { indicator: fields.indicator, by: fields.scorer, value: fields.value, reason: fields.reason.unwrap_or_default(), period: None }
}

/// Takes the facts out in whose place a credit by hand stands.
fn take_corrected(facts: &mut MemberFacts, key: &str) -> Vec<xueji_domain::rules::facts::Activity> {
    let for_this = |scheme: &Option<String>| scheme.as_deref().is_none_or(|scheme| scheme == key);
    let gone: Vec<&str> = facts.corrected.iter().filter(|(_, scheme)| for_this(scheme)).map(|(fact, _)| fact.as_str()).collect();
    if gone.is_empty() {
        return Vec::new();
    }
    let all = std::mem::take(&mut facts.subject.activities);
    let (aside, kept) = all.into_iter().partition(|activity| gone.contains(&&*activity.id));
    facts.subject.activities = kept;
    aside
}

fn answer(decision: &DecisionFields) -> Option<Answer> {
    match (&decision.reading, &decision.value) {
        (Some(reading), _) => Some(Answer::Reading(reading.clone())),
        (None, Some(value)) => value.parse().ok().map(Answer::Value),
        (None, None) => None,
    }
}

/// The year in which a period ends: of `2024`, `2024-H2`, `2016–2020`.
fn year_of(period: &str) -> Option<i32> {
    let last = period.rsplit('–').next().unwrap_or(period);
    last.get(..4)?.parse().ok()
}

fn is_before(period: &str, span: &YearSpan) -> bool {
    let begins = span.from.map(|from| from.year()).or_else(|| year_of(&span.periods.first));
    let shifted = span.from.is_some_and(|from| (from.month(), from.day()) != (1, 1));
    match (year_of(period), begins) {
        (Some(ended), Some(begins)) => ended < begins || (shifted && ended == begins),
        _ => false,
    }
}

fn opening_result(opening: &OpeningFields) -> EarlierResult {
    let handed = |(to, amount): &(String, Exact)| CarriedOut { id: String::new(), to: to.clone(), amount: *amount, lifetime: 1 };
    EarlierResult {
        period: opening.period.clone(),
        total: opening.total,
        buckets: opening.buckets.clone(),
        passed: opening.passed,
        short: opening.short.clone(),
        grade: opening.grade.clone(),
        carry: opening.carry.as_ref().map(|carry| carry.iter().map(handed).collect()),
        spread: Vec::new(),
        used: None,
    }
}

/// The results of earlier periods, as a facts file has them.
fn results_of(earlier: &str) -> Vec<EarlierResult> {
    let Ok(earlier) = serde_json::from_str::<serde_json::Value>(earlier) else { return Vec::new() };
    let file = serde_json::json!({ "activities": [], "earlier": earlier }).to_string();
    let read = xueji_domain::rules::facts::read(&file);
    read.ok().and_then(|file| file.people.into_iter().next()).map(|subject| subject.earlier).unwrap_or_default()
}

/// The outcome with the least total: what is certain in any case.
pub(crate) fn least(evaluation: &Evaluation) -> Option<&Outcome> {
    evaluation.outcomes.iter().min_by_key(|outcome| outcome.ledger.total)
}

pub(crate) fn refused(error: EvaluateError) -> ApiError {
    use xueji_exchange::params;
    match error {
        EvaluateError::TooLarge { line } => ApiError::Refused { code: "rules_number_too_large", params: params! { "line" => line } },
        EvaluateError::NoSuchPeriod { name } => ApiError::Refused { code: "rules_no_such_period", params: params! { "period" => name } },
        EvaluateError::TooManyPeriods => ApiError::Refused { code: "rules_too_many_periods", params: Default::default() },
    }
}

impl Count {
    /// The periods of the span under an outcome.
    pub fn periods<'o>(&'o self, outcome: &'o Outcome) -> Vec<&'o PeriodLedger> {
        let own = outcome.ledger.periods.iter().filter(|period| self.span.holds(period));
        let own: Vec<&PeriodLedger> = own.collect();
        // Everybody's own window, or a lifetime: the last one that there is.
        if self.span.from.is_none() && self.span.to.is_none() { own.into_iter().next_back().into_iter().collect() } else { own }
    }

    /// The result in one word, over all periods of the span.
    pub fn verdict(&self, outcome: &Outcome) -> Verdict {
        let periods = self.periods(outcome);
        let order = [Verdict::Fail, Verdict::Pass, Verdict::Exempt, Verdict::None, Verdict::Outside];
        order.into_iter().find(|wanted| periods.iter().any(|period| period.verdict == *wanted)).unwrap_or(Verdict::None)
    }
}
