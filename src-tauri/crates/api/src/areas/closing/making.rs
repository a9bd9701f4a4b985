//! Closing a period: what would be frozen, what stands in the way, and the
//! freezing itself.

use std::collections::HashMap;

use chrono::NaiveDate;
use xueji_domain::{
    ids::{ClosingId, MemberId},
    rules::model::{Kind, Whose},
};
use xueji_exchange::params;
use xueji_store::{
    Reader,
    tables::{
        closing::{self, ClosingFields, LineRecord, LineRules, Owner},
        rules,
    },
};

use super::{
    ClosePeriod, ClosedTogether, ClosingPreview, ClosingView, GradeCount, LeftOut, closing_view, count,
    digest::{self, Line},
    reckon::{Reckoned, Reckoner},
};
use crate::{
    areas::{credits::CreditResult, roster::MemberRow},
    context::{MutateContext, QueryContext},
    error::ApiError,
    rules::shelf::{self, Shelf},
};

/// A period of a rule set with the ledgers that a closing would freeze.
struct Draft {
    reckoner: Reckoner,
    ledgers: Vec<Reckoned>,
    together: ClosedTogether,
    /// Names for those of whom `together` speaks.
    members: HashMap<MemberId, MemberRow>,
}

/// What a rule set is for, by its key.
fn kind_of(reader: &Reader, key: &str) -> Result<Kind, ApiError> {
    let own = rules::list(reader)?.into_iter().rev().find(|record| record.fields.key == key);
    let preset = || Shelf::presets().find(|(_, rules)| rules.head.id == key).map(|(_, rules)| rules.head.kind);
    Ok(own.map(|record| shelf::kind_of(&record.fields)).or_else(preset).unwrap_or_default())
}

fn draft(reader: &Reader, today: NaiveDate, request: &ClosePeriod) -> Result<Draft, ApiError> {
    let kind = kind_of(reader, &request.rule_set)?;
    let mut reckoner = Reckoner::of_year(reader, today, request.year, &request.rule_set, kind)?;
    let (mut ledgers, mut together) = reckoner.everybody(reader)?;
    let members = ledgers.iter().map(|one| (one.credits.row.member.id, one.credits.row.member.clone())).collect();
    if let Some(organization) = request.organization {
        let (records, day) = (&reckoner.year.facts.records, reckoner.span.look_on(today, request.year));
        ledgers.retain(|one| match one.owner {
            Owner::Member(id) => records.stands_below(id, organization, day),
            Owner::Organization(id) => records.is_below(id, organization),
        });
        let inside = |out: &LeftOut| match (out.member, out.organization) {
            (Some(id), _) => records.stands_below(id, organization, day),
            (None, Some(id)) => records.is_below(id, organization),
            (None, None) => true,
        };
        // Quotas and rankings are of everybody: the whole book's closing
        // freezes them.
        together = ClosedTogether { left_out: together.left_out.into_iter().filter(inside).collect(), ..ClosedTogether::default() };
    }
    Ok(Draft { reckoner, ledgers, together, members })
}

impl Draft {
    fn undecided(&self) -> impl Iterator<Item = &Reckoned> {
        self.ledgers.iter().filter(|one| !one.settled())
    }

    fn named(&self, ids: impl Iterator<Item = MemberId>) -> Vec<MemberRow> {
        ids.filter_map(|id| self.members.get(&id).cloned()).collect()
    }

    /// How many come to each grade, in the order of the ledgers.
    fn grades(&self) -> Vec<GradeCount> {
        let mut grades: Vec<GradeCount> = Vec::new();
        for grade in self.ledgers.iter().filter_map(|one| one.kept.assessed.as_ref()).map(|row| &row.grade) {
            match grades.iter_mut().find(|own| own.grade == *grade) {
                Some(own) => own.count += 1,
                None => grades.push(GradeCount { grade: grade.clone(), count: 1 }),
            }
        }
        grades
    }
}

/// `closing.preview`
pub fn preview(context: &QueryContext, request: ClosePeriod) -> Result<ClosingPreview, ApiError> {
    let draft = draft(context.reader, context.today, &request)?;
    let (head, span) = (&draft.reckoner.loaded.rules.head, &draft.reckoner.span);
    let rows = || draft.ledgers.iter().map(|one| &one.credits.row);
    let with = |result: CreditResult| count(rows().filter(|row| row.result == result && row.verdict.is_some()).count());
    let already = draft.reckoner.year.closing(&head.id, span, request.organization);
    let quotas = || draft.together.quotas.iter();
    Ok(ClosingPreview {
        name: head.name.clone(),
        version: head.version.clone(),
        unit: head.unit.clone(),
        of_units: head.subject == Whose::Unit,
        period: span.name.clone(),
        from: span.from.map(|day| day.to_string()),
        to: span.to.map(|day| day.to_string()),
        over: span.over(context.today),
        members: count(draft.ledgers.len()),
        met: with(CreditResult::Met),
        short: with(CreditResult::Short),
        grades: draft.grades(),
        undecided: draft.undecided().map(|one| one.credits.row.member.clone()).collect(),
        pending: rows().map(|row| row.pending).sum(),
        left_out: draft.together.left_out.clone(),
        over_quota: draft.named(quotas().flat_map(|quota| quota.over.iter().copied())),
        tied: draft.named(quotas().flat_map(|quota| quota.tied.iter().copied())),
        already: already.map(|record| closing_view(context.reader, record)).transpose()?,
    })
}

/// `closing.close`
pub fn close(context: &mut MutateContext, request: ClosePeriod) -> Result<ClosingView, ApiError> {
    let draft = draft(&context.writer.reader(), context.today, &request)?;
    let (loaded, span) = (&draft.reckoner.loaded, &draft.reckoner.span);
    let period = || params! { "period" => span.name };
    if !span.over(context.today) {
        return Err(ApiError::Refused { code: "closing_not_over", params: period() });
    }
    let standing = [request.organization, None];
    if standing.iter().any(|organization| draft.reckoner.year.closing(loaded.key(), span, *organization).is_some()) {
        return Err(ApiError::Refused { code: "closing_exists", params: period() });
    }
    let open = draft.undecided().count();
    if open > 0 {
        return Err(ApiError::Refused { code: "closing_undecided", params: params! { "count" => open } });
    }
    if draft.ledgers.is_empty() {
        return Err(ApiError::Refused { code: "closing_empty", params: period() });
    }
    let id = freeze(context, &request, &draft)?;
    let record = closing::get(&context.writer.reader(), id)?;
    context.writer.describe(params! { "name" => loaded.rules.head.name, "period" => span.name, "members" => draft.ledgers.len() });
    closing_view(&context.writer.reader(), &record)
}

fn freeze(context: &mut MutateContext, request: &ClosePeriod, draft: &Draft) -> Result<ClosingId, ApiError> {
    let loaded = &draft.reckoner.loaded;
    let rule_set = crate::areas::rules::stored(context, &loaded.id)?;
    let mut lines = Vec::new();
    for one in &draft.ledgers {
        let ledger = digest::to_text(&one.kept)?;
        // A version of one text is stored once.
        let other = one.text.digest != loaded.digest;
        let rule_set = if other { Some(crate::areas::rules::stored(context, &one.text.id)?) } else { None };
        let rules = rule_set.map(|rule_set| LineRules { rule_set, digest: one.text.digest.clone() });
        lines.push(Line { owner: one.owner, digest: shelf::sha256(&ledger), rules, ledger });
    }
    let mut fields = ClosingFields {
        kind: if loaded.rules.head.kind == Kind::Assessment { "assessment" } else { "credits" }.to_owned(),
        rule_set,
        rule_set_key: loaded.key().to_owned(),
        period: draft.reckoner.span.name.clone(),
        organization: request.organization,
        rules_digest: loaded.digest.clone(),
        digest: String::new(),
        members: count(lines.len()),
        unit: draft.together.to_keep()?,
        closed_by: context.writer.stamp().operator.clone(),
        closed_on: context.today,
    };
    fields.digest = digest::digest_of(&fields, &lines);
    let id = closing::insert(context.writer, &fields)?;
    for Line { owner, rules, ledger, digest } in lines {
        closing::insert_line(context.writer, &LineRecord { closing: id, of: owner, rules, ledger, digest })?;
    }
    Ok(id)
}
