//! A count as the window and the command line show it.

use std::{collections::HashMap, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use xueji_domain::{
    exact::Exact,
    ids::{ClosingId, MemberId},
    roster::Tier,
    rules::{
        Request, evaluate,
        facts::{Activity, EarlierResult, Item, Phase, Subject, earlier_json},
        ledger::{
            CycleLedger, Entry, EntrySource, Notice, ObligationProgress, ObligationState, Outcome, PeriodLedger, Question, QuestionKind,
            RequirementState, StepKind, TestState, Verdict,
        },
        model::RuleSet,
    },
};
use xueji_store::{
    Reader,
    tables::{
        closing::{self, ClosingRecord, LineRecord, Owner, SupplementRecord},
        roster::MemberRecord,
    },
};

use super::{
    count::{Count, Frozen, SetYear, Year, YearSpan, least, refused},
    facts,
    forecast::{self, Standing},
    shelf::Loaded,
    words,
};
use crate::{
    areas::{
        assess::AssessRow,
        credits::{
            BucketView, CarryView, CategoryView, ConsequenceView, CreditEntry, CreditResult, CreditRow, CycleView, FactChange, FactLink,
            FrozenView, HistoryPeriod, HistorySource, MemberCredits, MemberSet, ObligationView, ObligationWord, OutcomeView, QuestionView,
            Range, ReadingView, RequirementLine, RequirementView, RuleWords, RulesView, SetView, SupplementNote, TraceStep, VerdictView,
            WaitingFact,
        },
        roster::{MemberRow, Shape},
    },
    error::ApiError,
};

/// What a closing keeps of a ledger.
#[derive(Serialize, Deserialize)]
pub(crate) struct FrozenLedger {
    /// The form of this record.
    pub format: u32,
    /// The ledger as it was shown.
    pub credits: MemberCredits,
    /// The grade, of an assessment.
    pub grade: Option<String>,
    /// The score, of an assessment.
    pub score: Option<Exact>,
    /// The whole result of an assessment; not kept in the first form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed: Option<AssessRow>,
    /// What it leaves to later periods, as the facts file has it.
    pub earlier: Value,
}

impl From<Verdict> for VerdictView {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::Pass,
            Verdict::Fail => Self::Fail,
            Verdict::None => Self::None,
            Verdict::Exempt => Self::Exempt,
            Verdict::Outside => Self::Outside,
        }
    }
}

/// The sums of a count under one outcome.
pub(crate) struct Figures<'a> {
    /// The periods of the span.
    pub periods: Vec<&'a PeriodLedger>,
    /// What counts.
    pub total: Exact,
    /// What the total must reach.
    pub required: Option<Exact>,
    /// What the total lacks.
    pub gap: Option<Exact>,
    /// By when, where that is before the end.
    pub due: Option<chrono::NaiveDate>,
    /// Whether it is enough.
    pub verdict: Verdict,
    /// Per category.
    pub categories: Vec<(String, Exact)>,
}

/// The one test that says how much the total must be.
fn of_total(state: &RequirementState) -> Option<&TestState> {
    match state.tests.as_slice() {
        [only] if state.binding && state.span.is_none() && only.of.trim() == "total" && only.min.is_some() => Some(only),
        _ => None,
    }
}

fn add(sum: &mut Vec<(String, Exact)>, more: &[(String, Exact)]) {
    for (id, amount) in more {
        match sum.iter_mut().find(|(own, _)| own == id) {
            Some((_, own)) => *own = own.checked_add(*amount).unwrap_or(*own),
            None => sum.push((id.clone(), *amount)),
        }
    }
}

impl<'a> Figures<'a> {
    /// The sums of an outcome.
    pub fn of(count: &'a Count, outcome: &'a Outcome) -> Self {
        let periods = count.periods(outcome);
        let (mut total, mut required, mut gap, mut categories, mut due) = (Exact::ZERO, None, None, Vec::new(), None);
        let plus = |sum: Option<Exact>, more: Exact| Some(sum.map_or(more, |sum: Exact| sum.checked_add(more).unwrap_or(sum)));
        for period in &periods {
            total = total.checked_add(period.total).unwrap_or(total);
            add(&mut categories, &period.categories);
            let binding = period.requirements.iter().filter_map(|state| Some((state, of_total(state)?)));
            if let Some((state, test)) = binding.max_by_key(|(_, test)| test.min) {
                required = plus(required, test.min.unwrap_or_default());
                due = due.or(state.due);
                if let Some(short) = test.shortfall.filter(|_| !state.passed && !state.repaired) {
                    gap = plus(gap, short);
                }
            }
        }
        Self { total, required, gap, due, verdict: count.verdict(outcome), categories, periods }
    }
}

/// The same of all outcomes, or nothing.
fn agreed<T: PartialEq + Copy>(values: impl IntoIterator<Item = T>) -> Option<T> {
    let mut values = values.into_iter();
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// Between what the total lies, where the outcomes differ.
pub(crate) fn range(count: &Count) -> Option<Range> {
    let totals = count.evaluation.outcomes.iter().map(|outcome| Figures::of(count, outcome).total);
    range_of(totals.collect(), unbounded(count))
}

fn range_of(totals: Vec<Exact>, open: bool) -> Option<Range> {
    let (min, max) = (totals.iter().min().copied()?, totals.iter().max().copied()?);
    (min != max || open).then_some(Range { min, max: (!open).then_some(max) })
}

/// Whether some question has a reading that nothing limits from above.
fn unbounded(count: &Count) -> bool {
    count.evaluation.questions.iter().any(|question| question.readings.iter().any(|reading| reading.unbounded))
}

/// The result that holds under every reading.
pub(crate) fn verdict(count: &Count) -> Option<Verdict> {
    agreed(count.evaluation.outcomes.iter().map(|outcome| count.verdict(outcome)))
}

/// A rule set in a year.
pub(crate) fn set_view(year: &Year, loaded: &Loaded, span: &YearSpan) -> SetView {
    let head = &loaded.rules.head;
    SetView {
        id: loaded.id.clone(),
        key: head.id.clone(),
        name: head.name.clone(),
        version: head.version.clone(),
        unit: head.unit.clone(),
        example: head.example,
        period: span.name.clone(),
        from: span.from.map(|day| day.to_string()),
        to: span.to.map(|day| day.to_string()),
        over: span.over(year.today),
        closing: year.closing(&head.id, span, None).map(|closing| closing.id.to_string()),
        buckets: head_buckets(&loaded.rules),
    }
}

fn head_buckets(rules: &RuleSet) -> Vec<BucketView> {
    rules
        .buckets
        .iter()
        .map(|bucket| BucketView { id: bucket.id.clone(), label: bucket.label.clone(), in_total: bucket.in_total })
        .collect()
}

/// The categories that count, in the order of the file.
pub(crate) fn categories(rules: &RuleSet) -> Vec<CategoryView> {
    let counted = rules.categories.iter().filter(|category| category.counted);
    counted
        .map(|category| CategoryView {
            code: category.id.clone(),
            label: category.label.clone(),
            cap: forecast::plain_cap(rules, &category.id),
            bucket: category.bucket.clone(),
        })
        .collect()
}

/// A rule set in words.
pub(crate) fn rules_view(loaded: &Loaded, year: i32, today: chrono::NaiveDate) -> RulesView {
    let rules = &loaded.rules;
    let lines: Vec<RuleWords> = words::lines(rules);
    RulesView {
        title: rules.head.name.clone(),
        unit: rules.head.unit.clone(),
        lines,
        categories: categories(rules),
        requirements: Tier::ALL.into_iter().map(|tier| RequirementView { tier, required: required_of(rules, tier, year, today) }).collect(),
    }
}

/// What the rules ask of somebody of a tier of whom nothing else is known.
fn required_of(rules: &RuleSet, tier: Tier, year: i32, today: chrono::NaiveDate) -> Option<Exact> {
    let span = YearSpan::of(rules, year, today);
    let mut subject = Subject::default();
    let value = Item::Text(tier.label().into());
    subject.person.attributes.push(("tier".into(), vec![Phase { from: None, until: None, value }]));
    let request = Request { periods: Some(span.periods.clone()), as_of: Some(today), trace: false };
    let evaluation = evaluate(rules, &subject, &request).ok()?;
    let periods = &evaluation.outcomes.first()?.ledger.periods;
    let mins: Vec<Exact> =
        periods.iter().filter_map(|period| period.requirements.iter().filter_map(|state| of_total(state)?.min).max()).collect();
    (!mins.is_empty()).then(|| mins.into_iter().sum())
}

/// What a session of this length gives to somebody who was there throughout;
/// `None` where the rules do not say.
pub(crate) fn full_attendance(loaded: &Loaded, activity: Activity) -> Result<Option<Exact>, ApiError> {
    let subject = Subject { activities: vec![activity], ..Subject::default() };
    let request = Request { periods: None, as_of: None, trace: false };
    let evaluation = evaluate(&loaded.rules, &subject, &request).map_err(refused)?;
    let raw = |outcome: &Outcome| -> Option<Exact> {
        let entries = outcome.ledger.periods.iter().flat_map(|period| &period.entries);
        Some(entries.filter(|entry| entry.source == EntrySource::Fact).map(|entry| entry.raw).sum())
    };
    let found: Vec<Option<Exact>> = evaluation.outcomes.iter().map(raw).collect();
    Ok(agreed(found).flatten().filter(|amount| !amount.is_zero()))
}

fn requirement(words: &xueji_domain::rules::report::Words, state: &RequirementState, span: Option<String>) -> RequirementLine {
    let test = match state.tests.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    RequirementLine {
        id: state.id.clone(),
        label: state.label.clone(),
        span: state.span.clone().or(span),
        passed: state.passed,
        binding: state.binding,
        repaired: state.repaired,
        value: test.and_then(|test| test.value),
        min: test.and_then(|test| test.min),
        max: test.and_then(|test| test.max),
        shortfall: test.and_then(|test| test.shortfall),
        due: state.due.map(|day| day.to_string()),
        mend: state.mend.clone(),
        text: words.requirement(state),
        line: state.line,
    }
}

/// The requirements of an outcome that are wanted: those of the periods, then
/// those of longer spans.
fn requirements(count: &Count, outcome: &Outcome, wanted: impl Fn(&RequirementState) -> bool) -> Vec<RequirementLine> {
    let words = words::of(&count.loaded.rules);
    let periods = count.periods(outcome);
    let several = periods.len() > 1;
    let mut lines: Vec<RequirementLine> = Vec::new();
    for period in &periods {
        let own = period.requirements.iter().filter(|state| wanted(state));
        lines.extend(own.map(|state| requirement(&words, state, several.then(|| period.period.clone()))));
    }
    for cycle in &outcome.ledger.cycles {
        let own = cycle.requirements.iter().filter(|state| wanted(state));
        lines.extend(own.map(|state| requirement(&words, state, Some(cycle.period.clone()))));
    }
    lines
}

fn result(verdict: Option<Verdict>) -> CreditResult {
    match verdict {
        Some(Verdict::Pass) => CreditResult::Met,
        Some(Verdict::Fail) | None => CreditResult::Short,
        Some(Verdict::None | Verdict::Exempt | Verdict::Outside) => CreditResult::NotRequired,
    }
}

fn consequences(count: &Count, outcome: &Outcome) -> Vec<ConsequenceView> {
    let names: Vec<&str> = count.periods(outcome).iter().map(|period| period.period.as_str()).collect();
    let concerns = |because: &[String], period: &str| names.contains(&period) || because.iter().any(|one| names.contains(&one.as_str()));
    let all = outcome.ledger.consequences.iter().filter(|found| concerns(&found.because, &found.period));
    all.map(|found| ConsequenceView {
        label: found.label.clone(),
        period: found.period.clone(),
        because: found.because.clone(),
        line: found.line,
    })
    .collect()
}

/// A member's line of the table.
pub(crate) fn row(year: &Year, set: &[BucketView], categories: &[CategoryView], member: MemberRow, count: &Count) -> CreditRow {
    let evaluation = &count.evaluation;
    let waiting = year.facts.members.get(&member.id).map_or(0, |facts| waiting_in(&facts.waiting, &count.span));
    let Some(outcome) = least(evaluation) else { return empty_row(member, waiting) };
    let figures = Figures::of(count, outcome);
    let sum = |amount: &dyn Fn(&PeriodLedger) -> Exact| figures.periods.iter().map(|period| amount(period)).sum::<Exact>();
    let of = |named: &[(String, Exact)], id: &str| named.iter().find(|(own, _)| own == id).map_or(Exact::ZERO, |(_, amount)| *amount);
    let verdict = verdict(count);
    let required = agreed(evaluation.outcomes.iter().map(|outcome| Figures::of(count, outcome).required)).flatten();
    let standing = required.map(|required| Standing { required, earned: figures.total, categories: &figures.categories, due: figures.due });
    let exempt = matches!(verdict, Some(Verdict::Exempt | Verdict::Outside | Verdict::None));
    let foretold =
        standing.filter(|_| !exempt).and_then(|standing| forecast::forecast(&count.loaded.rules, &count.span, year.today, &standing));
    CreditRow {
        required: required.filter(|_| !exempt),
        earned: figures.total,
        gap: figures.gap.filter(|_| !exempt),
        by_category: categories.iter().map(|category| of(&figures.categories, &category.code)).collect(),
        result: result(verdict),
        verdict: verdict.map(Into::into),
        range: range(count),
        raw: sum(&|period| period.entries.iter().filter(|entry| entry.source == EntrySource::Fact).map(|entry| entry.raw).sum()),
        surplus: required.and_then(|required| figures.total.checked_sub(required)).filter(|more| *more > Exact::ZERO),
        carried_in: sum(&|period| period.carried_in),
        carried_out: sum(&|period| period.carry_out.iter().map(|carry| carry.amount).sum()),
        by_bucket: set.iter().map(|bucket| sum(&|period| of(&period.buckets, &bucket.id))).collect(),
        forecast: foretold,
        shortfalls: requirements(count, outcome, |state| !state.passed && !state.repaired),
        consequences: consequences(count, outcome),
        pending: waiting,
        closed: false,
        changed: false,
        member,
    }
}

fn empty_row(member: MemberRow, pending: u32) -> CreditRow {
    CreditRow {
        member,
        required: None,
        earned: Exact::ZERO,
        gap: None,
        by_category: Vec::new(),
        result: CreditResult::NotRequired,
        verdict: Some(VerdictView::None),
        range: None,
        raw: Exact::ZERO,
        surplus: None,
        carried_in: Exact::ZERO,
        carried_out: Exact::ZERO,
        by_bucket: Vec::new(),
        forecast: None,
        shortfalls: Vec::new(),
        consequences: Vec::new(),
        pending,
        closed: false,
        changed: false,
    }
}

fn in_span(span: &YearSpan, day: chrono::NaiveDate) -> bool {
    span.from.is_none_or(|from| from <= day) && span.to.is_none_or(|to| day <= to)
}

fn waiting_in(waiting: &[facts::Waiting], span: &YearSpan) -> u32 {
    let own = waiting.iter().filter(|fact| in_span(span, fact.date) && fact.state == crate::areas::manual_credits::Approval::Pending);
    u32::try_from(own.count()).unwrap_or(u32::MAX)
}

/// Only what tells who it is: a telephone number has no place in a closed
/// year.
fn kept_member(member: MemberRow) -> MemberRow {
    MemberRow { gender: None, born: None, phone: None, remark: None, party_joined: None, search_keys: Vec::new(), revision: 0, ..member }
}

/// What is kept of a ledger.
pub(crate) fn to_keep(credits: MemberCredits, count: &Count, assessed: Option<AssessRow>) -> FrozenLedger {
    let member = kept_member(credits.row.member);
    let assessed = assessed.map(|row| AssessRow { member: kept_member(row.member), ..row });
    let row = CreditRow { member, forecast: None, pending: 0, ..credits.row };
    let outcome = least(&count.evaluation);
    let periods = outcome.map(|outcome| count.periods(outcome)).unwrap_or_default();
    let own = |result: &&EarlierResult| periods.iter().any(|period| period.period == result.period);
    let earlier: Vec<Value> =
        outcome.map(|outcome| outcome.ledger.results.iter().filter(own).map(earlier_json).collect()).unwrap_or_default();
    FrozenLedger {
        format: if assessed.is_some() { 2 } else { 1 },
        grade: periods.last().and_then(|period| period.grade.clone()),
        score: periods.last().and_then(|period| period.score),
        assessed,
        earlier: earlier.into(),
        credits: MemberCredits { row, sets: Vec::new(), waiting: Vec::new(), frozen: None, ..credits },
    }
}

/// A line as it was frozen, with what it would be now.
pub(crate) fn frozen_row(frozen: &Frozen, now: CreditRow) -> CreditRow {
    match serde_json::from_str::<CreditRow>(frozen.row) {
        Ok(kept) => kept_row(kept, now),
        Err(_) => now,
    }
}

fn kept_row(kept: CreditRow, now: CreditRow) -> CreditRow {
    let changed = kept.earned != now.earned || kept.verdict != now.verdict;
    CreditRow { member: now.member, closed: true, changed, forecast: None, pending: now.pending, ..kept }
}

/// The facts of a member by id.
struct Labels<'a> {
    facts: HashMap<&'a str, &'a Activity>,
    undated: &'a [String],
}

impl<'a> Labels<'a> {
    fn of(year: &'a Year, member: MemberId) -> Self {
        let Some(facts) = year.facts.members.get(&member) else { return Self { facts: HashMap::new(), undated: &[] } };
        let by_id = facts.subject.activities.iter().map(|activity| (&*activity.id, activity)).collect();
        Self { facts: by_id, undated: &facts.undated }
    }

    fn words(&self, fact: &str) -> String {
        self.facts.get(fact).map_or_else(|| fact.to_owned(), |activity| activity.label.clone())
    }
}

fn source_words(entry: &Entry, rules: &RuleSet, labels: &Labels) -> String {
    match entry.source {
        EntrySource::Fact => labels.words(&entry.fact),
        EntrySource::Opening => "期初分".to_owned(),
        EntrySource::CarriedIn => "上期结转转入".to_owned(),
        EntrySource::Spread => format!("{}（前期分摊到本期）", labels.words(&entry.fact)),
        EntrySource::Derived => format!("由次数折算：{}", words::label(rules, &entry.category)),
        EntrySource::Inactive => "久未参加活动".to_owned(),
        EntrySource::Adjustment => "舍入或下限的调整".to_owned(),
    }
}

fn entry_view(entry: &Entry, rules: &RuleSet, say: &xueji_domain::rules::report::Words, labels: &Labels) -> CreditEntry {
    let is_fact = matches!(entry.source, EntrySource::Fact | EntrySource::Spread);
    let undated = labels.undated.contains(&entry.fact);
    let activity = labels.facts.get(entry.fact.as_str()).copied();
    let trace: Vec<TraceStep> = entry
        .steps
        .iter()
        .map(|step| TraceStep {
            text: words::step(say, rules, entry, step, activity),
            line: step.line,
            before: step.before,
            after: step.after,
        })
        .collect();
    let bucket = entry.bucket.as_ref().and_then(|id| rules.buckets.iter().find(|bucket| bucket.id == *id));
    CreditEntry {
        date: entry.date.filter(|_| !undated).map(|day| day.to_string()),
        fact: source_words(entry, rules, labels),
        link: if is_fact { facts::link(&entry.fact) } else { FactLink::None },
        category: words::label(rules, &entry.category),
        rule: words::rule(rules, entry, activity),
        rule_line: entry.line,
        steps: trace.iter().map(|step| step.text.clone()).collect(),
        base: entry.raw,
        counted: entry.counted,
        fact_id: if is_fact { entry.fact.clone() } else { String::new() },
        category_id: entry.category.clone(),
        bucket: bucket.map(|bucket| bucket.label.clone()),
        trace,
    }
}

fn is_refused(entry: &Entry) -> bool {
    entry.steps.iter().any(|step| matches!(step.what, StepKind::Refused { .. }))
}

fn cycle_view(count: &Count, cycle: &CycleLedger) -> CycleView {
    let words = words::of(&count.loaded.rules);
    CycleView {
        cycle: cycle.cycle.clone(),
        period: cycle.period.clone(),
        from: cycle.from.map(|day| day.to_string()),
        to: cycle.to.map(|day| day.to_string()),
        total: cycle.total,
        requirements: cycle.requirements.iter().map(|state| requirement(&words, state, None)).collect(),
        verdict: cycle.verdict.into(),
    }
}

fn obligation_view(state: &ObligationState, labels: &Labels) -> ObligationView {
    ObligationView {
        label: state.label.clone(),
        fact: labels.words(&state.fact),
        link: facts::link(&state.fact),
        due: state.due.map(|day| day.to_string()),
        done_on: state.done_on.map(|day| day.to_string()),
        state: match state.state {
            ObligationProgress::Done => ObligationWord::Done,
            ObligationProgress::Late => ObligationWord::Late,
            ObligationProgress::Open => ObligationWord::Open,
            ObligationProgress::Overdue => ObligationWord::Overdue,
        },
    }
}

fn history(count: &Count, outcome: &Outcome) -> Vec<HistoryPeriod> {
    let own: Vec<&str> = count.periods(outcome).iter().map(|period| period.period.as_str()).collect();
    let mut periods: Vec<HistoryPeriod> = count.earlier.iter().map(|(result, source)| history_of(result, *source)).collect();
    for period in outcome.ledger.periods.iter().take_while(|period| !own.contains(&period.period.as_str())) {
        let short = period.requirements.iter().filter(|state| state.binding && !state.passed && !state.repaired);
        periods.push(HistoryPeriod {
            period: period.period.clone(),
            total: Some(period.total),
            passed: match period.verdict {
                Verdict::Pass => Some(true),
                Verdict::Fail => Some(false),
                Verdict::None | Verdict::Exempt | Verdict::Outside => None,
            },
            short: short.map(|state| state.label.clone()).collect(),
            source: HistorySource::Counted,
        });
    }
    periods.sort_by(|one, other| one.period.cmp(&other.period));
    periods
}

fn history_of(result: &EarlierResult, source: HistorySource) -> HistoryPeriod {
    HistoryPeriod { period: result.period.clone(), total: result.total, passed: result.passed, short: result.short.clone(), source }
}

/// A question with its fact named as a reader knows it.
fn question_view(count: &Count, question: &Question, labels: &Labels) -> QuestionView {
    let say = words::of(&count.loaded.rules);
    let fact_text = question.fact.as_ref().map(|fact| labels.words(fact));
    let named = Question { fact: fact_text.clone(), ..question.clone() };
    let readings = question.readings.iter().map(|reading| {
        let chosen = |outcome: &&Outcome| outcome.choices.iter().any(|(key, id)| *key == question.key && *id == reading.id);
        let totals: Vec<Exact> = count.evaluation.outcomes.iter().filter(chosen).map(|outcome| Figures::of(count, outcome).total).collect();
        let ends = totals.iter().min().copied().zip(totals.iter().max().copied());
        ReadingView {
            id: reading.id.clone(),
            label: say.reading(question, reading),
            range: ends.map(|(min, max)| Range { min, max: (!reading.unbounded && !unbounded(count)).then_some(max) }),
            unbounded: reading.unbounded,
        }
    });
    QuestionView {
        key: question.key.clone(),
        text: say.question(&named),
        fact: question.fact.clone(),
        fact_text,
        line: question.line,
        readings: readings.collect(),
        wants_value: wants_value(&question.kind),
        for_all: for_all(question),
    }
}

/// Whether a question is the same for everybody. What a session lacks, it
/// lacks for all who were there.
fn for_all(question: &Question) -> bool {
    match question.kind {
        QuestionKind::MissingQuantity { .. } => question.fact.as_ref().is_some_and(|fact| fact.starts_with("session:")),
        QuestionKind::NoAward { .. } | QuestionKind::Discretion { .. } | QuestionKind::Score { .. } | QuestionKind::Date { .. } => false,
        _ => true,
    }
}

/// Whether a decision has to name a number.
pub(crate) fn wants_value(kind: &QuestionKind) -> bool {
    matches!(
        kind,
        QuestionKind::Table { .. }
            | QuestionKind::NoAward { .. }
            | QuestionKind::Discretion { .. }
            | QuestionKind::MissingQuantity { .. }
            | QuestionKind::Score { .. }
    )
}

/// The open questions of a count.
pub(crate) fn questions(year: &Year, member: MemberId, count: &Count) -> Vec<QuestionView> {
    let labels = Labels::of(year, member);
    count.evaluation.questions.iter().map(|question| question_view(count, question, &labels)).collect()
}

fn outcomes(count: &Count) -> Vec<OutcomeView> {
    if count.evaluation.outcomes.len() < 2 {
        return Vec::new();
    }
    let view = |outcome: &Outcome| {
        let figures = Figures::of(count, outcome);
        OutcomeView { choices: outcome.choices.clone(), total: figures.total, required: figures.required, verdict: figures.verdict.into() }
    };
    count.evaluation.outcomes.iter().map(view).collect()
}

/// What a reader should look at, and the facts that no category takes.
fn notices(count: &Count, outcome: &Outcome, labels: &Labels) -> (Vec<String>, Vec<WaitingFact>) {
    let say = words::of(&count.loaded.rules);
    let (mut sentences, mut unmatched) = (Vec::new(), Vec::new());
    for notice in &outcome.ledger.notices {
        match notice {
            Notice::UnmatchedActivity { fact, .. } => {
                let activity = labels.facts.get(fact.as_str());
                let day = activity.and_then(|activity| activity.date?.day());
                if day.is_some_and(|day| !in_span(&count.span, day)) {
                    continue;
                }
                unmatched.push(WaitingFact {
                    fact_id: fact.clone(),
                    date: activity.and_then(|activity| activity.date).map(|date| date.to_string()),
                    fact: labels.words(fact),
                    link: facts::link(fact),
                    state: None,
                    reason: None,
                });
            }
            Notice::OutOfRange { fact, value } => {
                sentences.push(say.notice(&Notice::OutOfRange { fact: labels.words(fact), value: *value }));
            }
            other => sentences.push(say.notice(other)),
        }
    }
    if count.earlier_undecided {
        sentences.push(crate::messages::sentence("notice", "earlier_undecided", &serde_json::Map::new()));
    }
    (sentences, unmatched)
}

/// A member's credits with their reasons, as they are counted now.
pub(crate) fn credits(year: &Year, member: MemberRow, count: &Count, sets: Vec<MemberSet>) -> MemberCredits {
    let rules = &count.loaded.rules;
    let (buckets, categories) = (head_buckets(rules), categories(rules));
    let labels = Labels::of(year, member.id);
    let say = words::of(rules);
    let row = row(year, &buckets, &categories, member, count);
    let set = set_view(year, &count.loaded, &count.span);
    let mut credits = MemberCredits {
        unit: rules.head.unit.clone(),
        entries: Vec::new(),
        set,
        sets,
        categories,
        refused: Vec::new(),
        waiting: waiting(year, row.member.id, &count.span),
        unmatched: Vec::new(),
        requirements: Vec::new(),
        carry_out: Vec::new(),
        cycles: Vec::new(),
        history: Vec::new(),
        obligations: Vec::new(),
        questions: questions(year, row.member.id, count),
        outcomes: outcomes(count),
        notices: Vec::new(),
        frozen: None,
        row,
    };
    let Some(outcome) = least(&count.evaluation) else { return credits };
    let periods = count.periods(outcome);
    for entry in periods.iter().flat_map(|period| &period.entries) {
        let list = if is_refused(entry) { &mut credits.refused } else { &mut credits.entries };
        list.push(entry_view(entry, rules, &say, &labels));
    }
    let handed = |carry: &xueji_domain::rules::ledger::CarryState| CarryView {
        bucket: words::label(rules, &carry.bucket),
        amount: carry.amount,
        line: carry.line,
    };
    credits.carry_out = periods.iter().flat_map(|period| &period.carry_out).map(handed).collect();
    credits.requirements = requirements(count, outcome, |_| true);
    credits.cycles = outcome.ledger.cycles.iter().map(|cycle| cycle_view(count, cycle)).collect();
    credits.history = history(count, outcome);
    credits.obligations = outcome.ledger.obligations.iter().map(|state| obligation_view(state, &labels)).collect();
    (credits.notices, credits.unmatched) = notices(count, outcome, &labels);
    credits
}

fn waiting(year: &Year, member: MemberId, span: &YearSpan) -> Vec<WaitingFact> {
    let Some(facts) = year.facts.members.get(&member) else { return Vec::new() };
    let own = facts.waiting.iter().filter(|fact| in_span(span, fact.date));
    own.map(|fact| WaitingFact {
        fact_id: fact.id.clone(),
        date: Some(fact.date.to_string()),
        fact: fact.label.clone(),
        link: facts::link(&fact.id),
        state: Some(fact.state),
        reason: fact.reason.clone(),
    })
    .collect()
}

/// A ledger of a closing with what holds instead of it.
pub(crate) struct FrozenLine {
    /// As it was closed.
    pub line: LineRecord,
    /// The latest supplement to it.
    pub supplement: Option<SupplementRecord>,
}

impl FrozenLine {
    /// Reads it; `None`: the closing has no such ledger.
    pub fn read(reader: &Reader, closing: ClosingId, of: Owner) -> Result<Option<Self>, ApiError> {
        let Some(line) = closing::line(reader, closing, of)? else { return Ok(None) };
        let supplements = closing::supplements(reader, closing)?;
        Ok(Some(Self { line, supplement: supplements.into_iter().rev().find(|one| one.fields.of == of) }))
    }
}

/// A frozen ledger with what changed since.
pub(crate) fn frozen_credits(closing: &ClosingRecord, frozen: &FrozenLine, now: MemberCredits) -> MemberCredits {
    let supplement = frozen.supplement.as_ref().map(|supplement| &supplement.fields);
    let ledger = supplement.map_or(&frozen.line.ledger, |supplement| &supplement.ledger);
    let Ok(kept) = serde_json::from_str::<FrozenLedger>(ledger) else { return now };
    let closed_total =
        serde_json::from_str::<FrozenLedger>(&frozen.line.ledger).map_or(kept.credits.row.earned, |line| line.credits.row.earned);
    let view = FrozenView {
        closing: closing.id.to_string(),
        closed_on: closing.fields.closed_on.to_string(),
        closed_by: closing.fields.closed_by.clone(),
        total: closed_total,
        supplement: supplement.map(|supplement| SupplementNote {
            recorded_on: supplement.recorded_on.to_string(),
            reason: supplement.reason.clone(),
            document: supplement.document.clone(),
        }),
        now: (kept.credits.row.earned != now.row.earned || kept.credits.row.verdict != now.row.verdict).then_some(now.row.earned),
        changes: changes(&kept.credits, &now),
    };
    let row = kept_row(kept.credits.row.clone(), now.row);
    MemberCredits { row, sets: now.sets, waiting: now.waiting, frozen: Some(view), ..kept.credits }
}

/// Facts that were added, changed or removed since a ledger was frozen.
pub(crate) fn changes(kept: &MemberCredits, now: &MemberCredits) -> Vec<FactChange> {
    let entries = |credits: &'_ MemberCredits| -> Vec<CreditEntry> {
        credits.entries.iter().chain(&credits.refused).filter(|entry| !entry.fact_id.is_empty()).cloned().collect()
    };
    let (before, after) = (entries(kept), entries(now));
    let find = |list: &[CreditEntry], id: &str| list.iter().find(|entry| entry.fact_id == id).cloned();
    let mut changes = Vec::new();
    for old in &before {
        let new = find(&after, &old.fact_id);
        if new.as_ref().is_some_and(|new| new.counted == old.counted && new.fact == old.fact && new.date == old.date) {
            continue;
        }
        changes.push(FactChange {
            fact: new.as_ref().map_or_else(|| old.fact.clone(), |new| new.fact.clone()),
            link: old.link.clone(),
            before: Some(old.counted),
            after: new.map(|new| new.counted),
        });
    }
    for new in after.iter().filter(|new| find(&before, &new.fact_id).is_none()) {
        changes.push(FactChange { fact: new.fact.clone(), link: new.link.clone(), before: None, after: Some(new.counted) });
    }
    changes
}

/// A rule set's result for a member in short.
pub(crate) fn member_set(year: &Year, loaded: &Arc<Loaded>, span: &YearSpan, row: &CreditRow) -> MemberSet {
    MemberSet { set: set_view(year, loaded, span), required: row.required, earned: row.earned, range: row.range, verdict: row.verdict }
}

/// The members of a year under a rule set: row and count of each whom it is
/// for, in 姓氏笔画 order.
pub(crate) fn members(year: &Year) -> Vec<MemberRecord> {
    year.facts.records.members.clone()
}

/// The span of a set, for lists.
pub(crate) fn set_views(year: &Year) -> Vec<SetView> {
    year.sets.iter().map(|set: &SetYear| set_view(year, set.main(), &set.span)).collect()
}

/// The shape of member rows.
pub(crate) fn shape(reader: &Reader, year: &Year) -> Result<Shape, ApiError> {
    let facts = &year.facts;
    Ok(Shape::of(reader, if facts.roster.is_empty() { &facts.records.members } else { &facts.roster })?)
}
