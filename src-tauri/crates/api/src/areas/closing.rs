//! 封存: a period's ledgers frozen with their rules and a digest; later
//! changes only as dated supplements.

use std::{collections::HashMap, sync::Arc};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xueji_domain::{
    exact::Exact,
    ids::{ClosingId, MemberId, OrganizationId, SupplementId},
    rules::model::{Kind, Whose},
};
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::{
        closing::{self, ClosingFields, ClosingRecord, LineRecord, Owner, Reopened, SupplementFields},
        organizations, rules,
    },
};

use super::{
    credits::{CreditResult, MemberCredits, VerdictView, is_listed},
    decisions::member_names,
    roster::{MemberRow, Shape},
    rules::RuleSetKind,
};
use crate::{
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    rules::{
        count::{Scope, Year, YearSpan},
        shelf::{self, Loaded, Shelf},
        view::{self, FrozenLedger, FrozenLine},
    },
    table::Nothing,
};

/// Which ledgers are to be closed.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ClosePeriod {
    /// The rule set's key.
    pub rule_set: String,
    /// The period of this year.
    pub year: i32,
    /// Whose; `null`: the whole book's.
    #[serde(default)]
    #[ts(type = "string | null", optional = nullable)]
    pub organization: Option<OrganizationId>,
}

/// What a closing would freeze, and what stands in its way.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingPreview {
    /// The rule set's name.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// 学分, 学时 …
    pub unit: String,
    /// The period: `2025`.
    pub period: String,
    /// Its first day.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
    /// Whether it is over; before that it cannot be closed.
    pub over: bool,
    /// Ledgers that would be frozen.
    pub members: u32,
    /// Those who meet what is required.
    pub met: u32,
    /// Those who do not.
    pub short: u32,
    /// Those for whom the rules do not decide: these stand in the way.
    pub undecided: Vec<MemberRow>,
    /// Entries that wait for approval and would not count.
    pub pending: u32,
    /// The closing that already freezes this period.
    pub already: Option<ClosingView>,
}

/// A closed period.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingView {
    /// Its key.
    #[ts(type = "string")]
    pub id: ClosingId,
    /// 学分 or 考核.
    pub kind: RuleSetKind,
    /// The rule set's key.
    pub rule_set: String,
    /// The rule set's name.
    pub name: String,
    /// The version of the text.
    pub version: Option<String>,
    /// 学分, 学时 …
    pub unit: String,
    /// The period: `2025`.
    pub period: String,
    /// Whose; `null`: the whole book's.
    #[ts(type = "string | null")]
    pub organization: Option<OrganizationId>,
    /// The organization's name.
    pub organization_name: Option<String>,
    /// Frozen ledgers.
    pub members: u32,
    /// Supplements since.
    pub supplements: u32,
    /// SHA-256 of rules and ledgers.
    pub digest: String,
    /// By whom.
    pub closed_by: String,
    /// When.
    pub closed_on: String,
    /// Where it was opened again: by whom, when, why.
    pub reopened: Option<ReopenedView>,
}

/// That a closing was opened again.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReopenedView {
    /// By whom.
    pub by: String,
    /// When.
    pub on: String,
    /// Why.
    pub reason: String,
}

/// Names a closing.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ClosingRequest {
    /// Which.
    #[ts(type = "string")]
    pub id: ClosingId,
}

/// Opens a closing again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReopenClosing {
    /// Which.
    #[ts(type = "string")]
    pub id: ClosingId,
    /// Why; must be there.
    pub reason: String,
}

/// Records a change to a frozen ledger: what the book and the rules of the
/// closing give for the member now.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RecordSupplement {
    /// Of which closing.
    #[ts(type = "string")]
    pub closing: ClosingId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
    /// Why; must be there.
    pub reason: String,
    /// 文号
    #[serde(default)]
    #[ts(optional = nullable)]
    pub document: Option<String>,
}

/// A closing with its ledgers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingDetail {
    /// The closing.
    pub closing: ClosingView,
    /// Its lines, in 姓氏笔画 order.
    pub lines: Vec<ClosingLineView>,
    /// Its supplements, earliest first.
    pub supplements: Vec<SupplementView>,
}

/// One frozen ledger.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingLineView {
    /// Who.
    pub member: MemberRow,
    /// As it was closed.
    #[ts(type = "string")]
    pub total: Exact,
    /// As it was closed.
    pub verdict: VerdictView,
    /// The grade, of an assessment.
    pub grade: Option<String>,
    /// With the latest supplement; `null` without one.
    #[ts(type = "string | null")]
    pub supplemented: Option<Exact>,
    /// What the book gives now, where that is neither the frozen amount nor
    /// the supplemented one.
    #[ts(type = "string | null")]
    pub now: Option<Exact>,
}

/// A supplement.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SupplementView {
    /// Its key.
    #[ts(type = "string")]
    pub id: SupplementId,
    /// Whose.
    pub member: MemberRow,
    /// Before it.
    #[ts(type = "string")]
    pub before: Exact,
    /// After it.
    #[ts(type = "string")]
    pub after: Exact,
    /// Why.
    pub reason: String,
    /// 文号
    pub document: Option<String>,
    /// By whom.
    pub recorded_by: String,
    /// When.
    pub recorded_on: String,
}

/// One frozen ledger in full.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ClosingLedgerRequest {
    /// Of which closing.
    #[ts(type = "string")]
    pub closing: ClosingId,
    /// Whose.
    #[ts(type = "string")]
    pub member: MemberId,
}

/// Whether a closing is still what it was.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClosingVerified {
    /// Nothing was changed past the program.
    pub intact: bool,
    /// The digest as recorded.
    pub recorded: String,
    /// The digest of what is there.
    pub found: String,
    /// Whether the rules are still the text that was closed by.
    pub rules_intact: bool,
    /// Ledgers that do not match their digest: names.
    pub broken: Vec<String>,
}

/// A period of a rule set with the ledgers that a closing would freeze.
struct Draft {
    year: Year,
    loaded: Arc<Loaded>,
    span: YearSpan,
    ledgers: Vec<(MemberCredits, Option<FrozenLedger>)>,
}

/// Counts the ledgers that are not frozen yet; those still undecided come
/// without what would be kept.
fn draft(reader: &Reader, today: NaiveDate, request: &ClosePeriod) -> Result<Draft, ApiError> {
    let mut year = Year::read(reader, today, request.year, &Scope::all(kind_of(reader, &request.rule_set)?))?;
    let index = year.set(Some(&request.rule_set))?;
    let shape = view::shape(reader, &year)?;
    let (loaded, span) = (Arc::clone(year.sets[index].main()), year.sets[index].span.clone());
    super::assess::enrich(reader, &mut year, &loaded.rules)?;
    let day = span.look_on(today, request.year);
    let mut ledgers = Vec::new();
    // A scheme that judges units has no ledger of a member to freeze.
    let members = if loaded.rules.head.subject == Whose::Unit { Vec::new() } else { view::members(&year) };
    for member in members {
        let inside = request.organization.is_none_or(|organization| year.facts.records.stands_below(member.id, organization, day));
        let Some(text) = year.version(&year.sets[index], member.id).filter(|_| inside) else { continue };
        // Under another version than the closing's: closed with its own.
        if text.digest != loaded.digest || year.frozen(text.key(), &span, member.id).is_some() {
            continue;
        }
        let count = year.count(&text, member.id, true)?;
        let credits = view::credits(&year, shape.row(&member), &count, Vec::new());
        if is_listed(&credits.row) {
            let kept = credits.row.verdict.is_some() && credits.row.range.is_none() && credits.questions.is_empty();
            let kept = kept.then(|| view::to_keep(credits.clone(), &count));
            ledgers.push((credits, kept));
        }
    }
    Ok(Draft { year, loaded, span, ledgers })
}

/// What a rule set is for, by its key.
fn kind_of(reader: &Reader, key: &str) -> Result<Kind, ApiError> {
    let own = rules::list(reader)?.into_iter().rev().find(|record| record.fields.key == key);
    let preset = || Shelf::presets().find(|(_, rules)| rules.head.id == key).map(|(_, rules)| rules.head.kind);
    Ok(own.map(|record| shelf::kind_of(&record.fields)).or_else(preset).unwrap_or_default())
}

/// `closing.preview`
pub fn preview(context: &QueryContext, request: ClosePeriod) -> Result<ClosingPreview, ApiError> {
    let draft = draft(context.reader, context.today, &request)?;
    let head = &draft.loaded.rules.head;
    let rows = || draft.ledgers.iter().map(|(credits, _)| &credits.row);
    let with = |result: CreditResult| count(rows().filter(|row| row.result == result && row.verdict.is_some()).count());
    let already = draft.year.closing(&head.id, &draft.span, request.organization).cloned();
    Ok(ClosingPreview {
        name: head.name.clone(),
        version: head.version.clone(),
        unit: head.unit.clone(),
        period: draft.span.name.clone(),
        from: draft.span.from.map(|day| day.to_string()),
        to: draft.span.to.map(|day| day.to_string()),
        over: draft.span.over(context.today),
        members: count(draft.ledgers.len()),
        met: with(CreditResult::Met),
        short: with(CreditResult::Short),
        undecided: draft.ledgers.iter().filter(|(_, kept)| kept.is_none()).map(|(credits, _)| credits.row.member.clone()).collect(),
        pending: rows().map(|row| row.pending).sum(),
        already: already.map(|record| closing_view(context.reader, &record)).transpose()?,
    })
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn closing_view(reader: &Reader, record: &ClosingRecord) -> Result<ClosingView, ApiError> {
    let fields = &record.fields;
    let set = rules::get(reader, fields.rule_set)?.fields;
    let unit = Shelf::read(reader)?.look_at(&set.text).0.map(|rules| rules.head.unit);
    let organization = organizations::list(reader)?.into_iter().find(|one| Some(one.id) == fields.organization);
    Ok(ClosingView {
        id: record.id,
        kind: if fields.kind == "assessment" { RuleSetKind::Assessment } else { RuleSetKind::Credits },
        rule_set: fields.rule_set_key.clone(),
        name: set.name,
        version: set.version,
        unit: unit.unwrap_or_default(),
        period: fields.period.clone(),
        organization: fields.organization,
        organization_name: organization.map(|one| one.name),
        members: fields.members,
        supplements: count(closing::supplements(reader, record.id)?.len()),
        digest: fields.digest.clone(),
        closed_by: fields.closed_by.clone(),
        closed_on: fields.closed_on.to_string(),
        reopened: record.reopened.as_ref().map(|reopened| ReopenedView {
            by: reopened.by.clone(),
            on: reopened.on.to_string(),
            reason: reopened.reason.clone(),
        }),
    })
}

/// `closing.list`
pub fn list(context: &QueryContext, _: Nothing) -> Result<Vec<ClosingView>, ApiError> {
    closing::list(context.reader)?.iter().map(|record| closing_view(context.reader, record)).collect()
}

/// The digest of a closing: its rules, its period, its people and each of
/// their ledgers, by key of the member.
fn digest_of(fields: &ClosingFields, lines: &[(MemberId, String)]) -> String {
    let mut lines: Vec<String> = lines.iter().map(|(member, digest)| format!("{member} {digest}")).collect();
    lines.sort();
    let organization = fields.organization.map_or_else(String::new, |id| id.to_string());
    let head = [&fields.kind, &fields.rule_set_key, &fields.period, &organization, &fields.rules_digest].map(String::as_str).join("\n");
    shelf::sha256(&format!("{head}\n{}\n{}", fields.unit.as_deref().unwrap_or_default(), lines.join("\n")))
}

fn to_text(kept: &FrozenLedger) -> Result<String, ApiError> {
    serde_json::to_string(kept).map_err(|error| ApiError::Internal { reason: error.to_string() })
}

/// `closing.close`
pub fn close(context: &mut MutateContext, request: ClosePeriod) -> Result<ClosingView, ApiError> {
    let draft = draft(&context.writer.reader(), context.today, &request)?;
    let period = || params! { "period" => draft.span.name };
    if !draft.span.over(context.today) {
        return Err(ApiError::Refused { code: "closing_not_over", params: period() });
    }
    let standing = [request.organization, None];
    if standing.iter().any(|organization| draft.year.closing(draft.loaded.key(), &draft.span, *organization).is_some()) {
        return Err(ApiError::Refused { code: "closing_exists", params: period() });
    }
    let open = draft.ledgers.iter().filter(|(_, kept)| kept.is_none()).count();
    if open > 0 {
        return Err(ApiError::Refused { code: "closing_undecided", params: params! { "count" => open } });
    }
    if draft.ledgers.is_empty() {
        return Err(ApiError::Refused { code: "closing_empty", params: period() });
    }
    let id = freeze(context, &request, &draft)?;
    let record = closing::get(&context.writer.reader(), id)?;
    let head = &draft.loaded.rules.head;
    context.writer.describe(params! { "name" => head.name, "period" => draft.span.name, "members" => draft.ledgers.len() });
    closing_view(&context.writer.reader(), &record)
}

fn freeze(context: &mut MutateContext, request: &ClosePeriod, draft: &Draft) -> Result<ClosingId, ApiError> {
    let rule_set = super::rules::stored(context, &draft.loaded.id)?;
    let mut lines = Vec::new();
    for (credits, kept) in &draft.ledgers {
        let Some(kept) = kept else { continue };
        let text = to_text(kept)?;
        let digest = shelf::sha256(&text);
        lines.push((credits.row.member.id, text, digest));
    }
    let digests: Vec<(MemberId, String)> = lines.iter().map(|(member, _, digest)| (*member, digest.clone())).collect();
    let mut fields = ClosingFields {
        kind: if draft.loaded.rules.head.kind == Kind::Assessment { "assessment" } else { "credits" }.to_owned(),
        rule_set,
        rule_set_key: draft.loaded.key().to_owned(),
        period: draft.span.name.clone(),
        organization: request.organization,
        rules_digest: draft.loaded.digest.clone(),
        digest: String::new(),
        members: count(lines.len()),
        unit: None,
        closed_by: context.writer.stamp().operator.clone(),
        closed_on: context.today,
    };
    fields.digest = digest_of(&fields, &digests);
    let id = closing::insert(context.writer, &fields)?;
    for (member, ledger, digest) in lines {
        closing::insert_line(context.writer, &LineRecord { closing: id, of: Owner::Member(member), rules: None, ledger, digest })?;
    }
    Ok(id)
}

/// `closing.reopen`
pub fn reopen(context: &mut MutateContext, request: ReopenClosing) -> Result<ClosingView, ApiError> {
    let reason = forms::required("reason", "reason_missing", &request.reason)?;
    let reopened = Reopened { by: context.writer.stamp().operator.clone(), on: context.today, reason };
    closing::reopen(context.writer, request.id, &reopened)?;
    let record = closing::get(&context.writer.reader(), request.id)?;
    let view = closing_view(&context.writer.reader(), &record)?;
    context.writer.describe(params! { "name" => view.name, "period" => view.period });
    Ok(view)
}

/// What the book gives now for the people of a closing, by its own text.
struct Now {
    year: Year,
    loaded: Arc<Loaded>,
    shape: Shape,
}

impl Now {
    fn read(reader: &Reader, today: NaiveDate, record: &ClosingRecord, only: Option<MemberId>) -> Result<Self, ApiError> {
        let shelf = Shelf::read(reader)?;
        let loaded = shelf.load(&record.fields.rule_set.to_string())?;
        let year = record.fields.period.rsplit('–').next().and_then(|last| last.get(..4)?.parse().ok()).unwrap_or_else(|| today.year());
        let scope = Scope { kind: loaded.rules.head.kind, also: std::slice::from_ref(&loaded), only };
        let mut year = Year::read(reader, today, year, &scope)?;
        super::assess::enrich(reader, &mut year, &loaded.rules)?;
        let shape = view::shape(reader, &year)?;
        Ok(Self { year, loaded, shape })
    }

    fn credits(&mut self, member: MemberId) -> Result<(MemberCredits, FrozenLedger), ApiError> {
        let found = view::members(&self.year).into_iter().find(|one| one.id == member);
        let row = self.shape.row(&found.ok_or(StoreError::Gone { what: "member" })?);
        let count = self.year.count(&self.loaded, member, true)?;
        let credits = view::credits(&self.year, row, &count, Vec::new());
        let kept = view::to_keep(credits.clone(), &count);
        Ok((credits, kept))
    }
}

/// The amount that a ledger comes to: credits, or an assessment's score.
fn amount(kept: &FrozenLedger) -> Exact {
    kept.score.unwrap_or(kept.credits.row.earned)
}

/// The ledger that a text keeps.
fn kept(ledger: &str) -> Result<FrozenLedger, ApiError> {
    serde_json::from_str(ledger).map_err(|_| StoreError::Value { column: "closing_line.ledger" }.into())
}

/// `closing.supplement`
pub fn supplement(context: &mut MutateContext, request: RecordSupplement) -> Result<SupplementView, ApiError> {
    let reason = forms::required("reason", "reason_missing", &request.reason)?;
    let record = closing::get(&context.writer.reader(), request.closing)?;
    if record.reopened.is_some() {
        return Err(ApiError::Refused { code: "closing_is_open", params: Default::default() });
    }
    let before = holding(&context.writer.reader(), record.id, request.member)?;
    let (credits, new) = Now::read(&context.writer.reader(), context.today, &record, Some(request.member))?.credits(request.member)?;
    if credits.row.verdict.is_none() || credits.row.range.is_some() {
        return Err(ApiError::Refused { code: "closing_undecided", params: params! { "count" => 1 } });
    }
    let (old_row, new_row) = (&before.credits.row, &new.credits.row);
    let changed = view::changes(&before.credits, &new.credits);
    let same = old_row.earned == new_row.earned && old_row.verdict == new_row.verdict && amount(&before) == amount(&new);
    if changed.is_empty() && same && before.grade == new.grade {
        return Err(ApiError::Refused { code: "closing_unchanged", params: params! { "name" => credits.row.member.name } });
    }
    let ledger = to_text(&new)?;
    let fields = SupplementFields {
        closing: record.id,
        of: Owner::Member(request.member),
        digest: shelf::sha256(&ledger),
        ledger,
        reason,
        document: forms::text(request.document.as_deref()),
        recorded_by: context.writer.stamp().operator.clone(),
        recorded_on: context.today,
    };
    let id = closing::insert_supplement(context.writer, &fields)?;
    let (before, after) = (amount(&before), amount(&new));
    context.writer.describe(params! {
        "name" => credits.row.member.name, "period" => record.fields.period, "before" => before.to_string(), "after" => after.to_string()
    });
    Ok(SupplementView {
        id,
        member: credits.row.member,
        before,
        after,
        reason: fields.reason,
        document: fields.document,
        recorded_by: fields.recorded_by,
        recorded_on: fields.recorded_on.to_string(),
    })
}

/// The ledger that holds for a member: with the latest supplement.
fn holding(reader: &Reader, closing: ClosingId, member: MemberId) -> Result<FrozenLedger, ApiError> {
    let frozen = FrozenLine::read(reader, closing, Owner::Member(member))?.ok_or(StoreError::Gone { what: "closing" })?;
    kept(frozen.supplement.as_ref().map_or(&frozen.line.ledger, |supplement| &supplement.fields.ledger))
}

/// `closing.show`
pub fn show(context: &QueryContext, request: ClosingRequest) -> Result<ClosingDetail, ApiError> {
    let reader = context.reader;
    let record = closing::get(reader, request.id)?;
    let mut now = Now::read(reader, context.today, &record, None)?;
    let mut ledgers: HashMap<MemberId, FrozenLedger> = HashMap::new();
    for line in closing::lines(reader, record.id)? {
        let Owner::Member(member) = line.of else { continue };
        ledgers.insert(member, kept(&line.ledger)?);
    }
    let mut latest: HashMap<MemberId, Exact> = HashMap::new();
    let mut supplements = Vec::new();
    for supplement in closing::supplements(reader, record.id)? {
        let fields = supplement.fields;
        let Owner::Member(member) = fields.of else { continue };
        let Some(line) = ledgers.get(&member) else { continue };
        let after = amount(&kept(&fields.ledger)?);
        let before = latest.insert(member, after).unwrap_or_else(|| amount(line));
        supplements.push(SupplementView {
            id: supplement.id,
            member: line.credits.row.member.clone(),
            before,
            after,
            reason: fields.reason,
            document: fields.document,
            recorded_by: fields.recorded_by,
            recorded_on: fields.recorded_on.to_string(),
        });
    }
    let mut lines = Vec::new();
    for member in view::members(&now.year) {
        let Some(line) = ledgers.remove(&member.id) else { continue };
        let supplemented = latest.get(&member.id).copied();
        let total = amount(&line);
        let row = line.credits.row;
        let current = amount(&now.credits(member.id)?.1);
        lines.push(ClosingLineView {
            now: (current != supplemented.unwrap_or(total)).then_some(current),
            total,
            verdict: row.verdict.unwrap_or(VerdictView::None),
            grade: line.grade,
            supplemented,
            member: row.member,
        });
    }
    Ok(ClosingDetail { closing: closing_view(reader, &record)?, lines, supplements })
}

/// `closing.ledger`
pub fn ledger(context: &QueryContext, request: ClosingLedgerRequest) -> Result<MemberCredits, ApiError> {
    let record = closing::get(context.reader, request.closing)?;
    let line = FrozenLine::read(context.reader, record.id, Owner::Member(request.member))?.ok_or(StoreError::Gone { what: "closing" })?;
    let (now, _) = Now::read(context.reader, context.today, &record, Some(request.member))?.credits(request.member)?;
    Ok(view::frozen_credits(&record, &line, now))
}

/// `closing.verify`
pub fn verify(context: &QueryContext, request: ClosingRequest) -> Result<ClosingVerified, ApiError> {
    let reader = context.reader;
    let record = closing::get(reader, request.id)?;
    let names = member_names(reader, context.today)?;
    let name = |member: &MemberId| names.get(member).cloned().unwrap_or_else(|| member.to_string());
    let (mut found, mut broken) = (Vec::new(), Vec::new());
    for line in closing::lines(reader, record.id)? {
        let digest = shelf::sha256(&line.ledger);
        let Owner::Member(member) = line.of else { continue };
        if digest != line.digest {
            broken.push(name(&member));
        }
        found.push((member, digest));
    }
    for supplement in closing::supplements(reader, record.id)? {
        if shelf::sha256(&supplement.fields.ledger) != supplement.fields.digest {
            if let Owner::Member(member) = supplement.fields.of {
                broken.push(name(&member));
            }
        }
    }
    let rules = Shelf::read(reader)?.load(&record.fields.rule_set.to_string());
    let rules_intact = rules.is_ok_and(|loaded| loaded.digest == record.fields.rules_digest);
    let digest = digest_of(&record.fields, &found);
    let intact = digest == record.fields.digest && broken.is_empty() && rules_intact;
    Ok(ClosingVerified { intact, recorded: record.fields.digest, found: digest, rules_intact, broken })
}
