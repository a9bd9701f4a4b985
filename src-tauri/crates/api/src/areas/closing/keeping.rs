//! What is closed: looking at it beside what the book gives now, changing it
//! by a supplement, opening it again.

use std::collections::HashMap;

use xueji_domain::exact::Exact;
use xueji_exchange::params;
use xueji_store::{
    Reader, StoreError,
    tables::closing::{self, ClosingRecord, Owner, Reopened, SupplementFields, SupplementRecord},
};

use super::{
    AssessmentFrozen, ClosedTogether, ClosingDetail, ClosingLedger, ClosingLedgerRequest, ClosingLineView, ClosingRequest, ClosingView,
    RecordSupplement, ReopenClosing, SupplementView, closing_view,
    digest::to_text,
    owner_of,
    reckon::{Reckoner, amount, differs, kept},
};
use crate::{
    areas::credits::VerdictView,
    context::{MutateContext, QueryContext},
    error::ApiError,
    forms,
    rules::{
        assess_frozen, assess_view, shelf,
        view::{self, FrozenLedger, FrozenLine},
    },
};

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

/// A frozen ledger with its supplement.
fn frozen_line(reader: &Reader, record: &ClosingRecord, owner: Owner) -> Result<FrozenLine, ApiError> {
    FrozenLine::read(reader, record.id, owner)?.ok_or_else(|| StoreError::Gone { what: "closing" }.into())
}

/// `closing.supplement`
pub fn supplement(context: &mut MutateContext, request: RecordSupplement) -> Result<SupplementView, ApiError> {
    let reason = forms::required("reason", "reason_missing", &request.reason)?;
    let owner = owner_of(request.member, request.organization)?;
    let record = closing::get(&context.writer.reader(), request.closing)?;
    if record.reopened.is_some() {
        return Err(ApiError::Refused { code: "closing_is_open", params: Default::default() });
    }
    let frozen = frozen_line(&context.writer.reader(), &record, owner)?;
    let before = kept(frozen.supplement.as_ref().map_or(&frozen.line.ledger, |supplement| &supplement.fields.ledger))?;
    let mut reckoner = Reckoner::of_closing(&context.writer.reader(), context.today, &record, Some(owner))?;
    let text = reckoner.text_of(&frozen.line)?;
    let now = reckoner.reckon(owner, &text)?;
    if !now.decided() {
        return Err(ApiError::Refused { code: "closing_undecided", params: params! { "count" => 1 } });
    }
    let member = now.credits.row.member;
    if !differs(&before, &now.kept) {
        return Err(ApiError::Refused { code: "closing_unchanged", params: params! { "name" => member.name } });
    }
    let ledger = to_text(&now.kept)?;
    let fields = SupplementFields {
        closing: record.id,
        of: owner,
        digest: shelf::sha256(&ledger),
        ledger,
        reason,
        document: forms::text(request.document.as_deref()),
        recorded_by: context.writer.stamp().operator.clone(),
        recorded_on: context.today,
    };
    let id = closing::insert_supplement(context.writer, &fields)?;
    let (before, after) = (amount(&before), amount(&now.kept));
    context.writer.describe(params! {
        "name" => member.name, "period" => record.fields.period, "before" => before.to_string(), "after" => after.to_string()
    });
    let organization = request.organization;
    Ok(supplement_view(SupplementRecord { id, fields }, member, organization, (before, after)))
}

fn supplement_view(
    record: SupplementRecord,
    member: crate::areas::roster::MemberRow,
    organization: Option<xueji_domain::ids::OrganizationId>,
    (before, after): (Exact, Exact),
) -> SupplementView {
    let fields = record.fields;
    SupplementView {
        id: record.id,
        member,
        organization,
        before,
        after,
        reason: fields.reason,
        document: fields.document,
        recorded_by: fields.recorded_by,
        recorded_on: fields.recorded_on.to_string(),
    }
}

/// `closing.show`
pub fn show(context: &QueryContext, request: ClosingRequest) -> Result<ClosingDetail, ApiError> {
    let reader = context.reader;
    let record = closing::get(reader, request.id)?;
    let mut reckoner = Reckoner::of_closing(reader, context.today, &record, None)?;
    let mut ledgers: HashMap<Owner, _> = HashMap::new();
    for line in closing::lines(reader, record.id)? {
        let frozen = kept(&line.ledger)?;
        ledgers.insert(line.of, (line, frozen));
    }
    let mut latest: HashMap<Owner, FrozenLedger> = HashMap::new();
    let mut supplements = Vec::new();
    for supplement in closing::supplements(reader, record.id)? {
        let owner = supplement.fields.of;
        let Some((_, line)) = ledgers.get(&owner) else { continue };
        let new = kept(&supplement.fields.ledger)?;
        let after = amount(&new);
        let before = latest.insert(owner, new).map_or_else(|| amount(line), |old| amount(&old));
        supplements.push(supplement_view(supplement, line.credits.row.member.clone(), organization_of(owner), (before, after)));
    }
    let mut lines = Vec::new();
    for owner in reckoner.order() {
        let Some((line, frozen)) = ledgers.remove(&owner) else { continue };
        let text = reckoner.text_of(&line)?;
        let now = reckoner.reckon(owner, &text)?.kept;
        let supplement = latest.get(&owner);
        let version = line.rules.as_ref().and_then(|_| text.rules.head.version.clone());
        lines.push(line_view(owner, frozen, supplement, &now, version));
    }
    let together = record.fields.unit.as_deref().and_then(ClosedTogether::read);
    Ok(ClosingDetail { closing: closing_view(reader, &record)?, lines, supplements, together })
}

fn organization_of(owner: Owner) -> Option<xueji_domain::ids::OrganizationId> {
    match owner {
        Owner::Member(_) => None,
        Owner::Organization(id) => Some(id),
    }
}

fn line_view(
    owner: Owner,
    frozen: FrozenLedger,
    supplement: Option<&FrozenLedger>,
    now: &FrozenLedger,
    version: Option<String>,
) -> ClosingLineView {
    let holding = supplement.unwrap_or(&frozen);
    let (total, current) = (amount(&frozen), amount(now));
    ClosingLineView {
        organization: organization_of(owner),
        version,
        now: (current != amount(holding)).then_some(current),
        now_grade: now.grade.clone().filter(|_| now.grade != holding.grade),
        changed: differs(holding, now),
        supplemented: supplement.map(amount),
        total,
        grade: frozen.grade,
        verdict: frozen.credits.row.verdict.unwrap_or(VerdictView::None),
        member: frozen.credits.row.member,
    }
}

/// `closing.ledger`
pub fn ledger(context: &QueryContext, request: ClosingLedgerRequest) -> Result<ClosingLedger, ApiError> {
    let owner = owner_of(request.member, request.organization)?;
    let record = closing::get(context.reader, request.closing)?;
    let line = frozen_line(context.reader, &record, owner)?;
    let mut reckoner = Reckoner::of_closing(context.reader, context.today, &record, Some(owner))?;
    let text = reckoner.text_of(&line.line)?;
    let now = reckoner.reckon(owner, &text)?;
    let holding = kept(line.supplement.as_ref().map_or(&line.line.ledger, |supplement| &supplement.fields.ledger))?;
    let assessment = holding.assessed.map(|kept| {
        let changes = now.kept.assessed.as_ref().map(|now| assess_frozen::changes(&kept, now, &text.rules.indicators)).unwrap_or_default();
        let indicators = assess_view::heads_of(&text);
        let row = assess_view::aligned(&indicators, kept);
        AssessmentFrozen { indicators, row: crate::areas::assess::AssessRow { closed: true, changed: !changes.is_empty(), changes, ..row } }
    });
    Ok(ClosingLedger { credits: view::frozen_credits(&record, &line, now.credits), assessment })
}
