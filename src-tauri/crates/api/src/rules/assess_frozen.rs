//! A closed assessment beside today's: the frozen result is shown, and what
//! the book gives otherwise now is told.

use std::collections::HashMap;

use xueji_domain::{
    exact::Exact,
    ids::MemberId,
    rules::model::{Indicator, RuleSet},
};

use super::{
    assess_judge::Judged,
    count::{Frozen, Year},
};
use crate::areas::{
    assess::{AssessRow, QuotaView, RankingView, ResultChange},
    closing::ClosedTogether,
};

fn words(amount: Option<Exact>) -> String {
    amount.map_or_else(|| "未定".to_owned(), |amount| amount.to_string())
}

/// A change, where there is one; blank is nothing.
fn change(label: &str, before: String, after: String) -> Option<ResultChange> {
    let some = |text: String| (!text.is_empty()).then_some(text);
    (before != after).then(|| ResultChange { label: label.to_owned(), before: some(before), after: some(after) })
}

/// What differs between two results of the same one, in words; indicators are
/// called by what they are called here.
pub(crate) fn changes(kept: &AssessRow, now: &AssessRow, indicators: &[Indicator]) -> Vec<ResultChange> {
    let score = |row: &AssessRow| match (row.score, &row.range) {
        (None, Some(range)) => format!("{}–{}", range.min, words(range.max)),
        (score, _) => words(score),
    };
    let grade = |row: &AssessRow| row.grade.clone().or_else(|| row.no_grade.clone()).unwrap_or_default();
    let mut changes: Vec<ResultChange> = Vec::new();
    changes.extend(change("得分", score(kept), score(now)));
    changes.extend(change("等次", grade(kept), grade(now)));
    let ids = kept.indicators.iter().chain(&now.indicators).filter(|points| points.asked).map(|points| &points.id);
    let mut seen: Vec<&String> = Vec::new();
    for id in ids {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        let of =
            |row: &AssessRow| row.indicators.iter().find(|own| own.id == *id && own.asked).map_or_else(String::new, |own| words(own.value));
        let label = indicators.iter().find(|own| own.id == *id).map_or(id, |own| &own.label);
        changes.extend(change(label, of(kept), of(now)));
    }
    for (label, before, after) in
        [("否决", &kept.vetoes, &now.vetoes), ("结果的用处", &kept.effects, &now.effects), ("需要留意", &kept.notices, &now.notices)]
    {
        changes.extend(change(label, before.join("；"), after.join("；")));
    }
    changes
}

/// A row as it was frozen, with what is otherwise now.
pub(crate) fn row(frozen: &Frozen, mut now: AssessRow, rules: &RuleSet) -> AssessRow {
    if let Some(kept) = frozen.assess.and_then(|kept| serde_json::from_str::<AssessRow>(kept).ok()) {
        let changes = changes(&kept, &now, &rules.indicators);
        let changed = !changes.is_empty();
        return AssessRow { member: now.member, organization: now.organization, closed: true, changed, changes, open: 0, ..kept };
    }
    // Closed before more than score and grade was kept.
    let before = AssessRow { score: frozen.score, grade: frozen.grade.map(str::to_owned), range: None, no_grade: None, ..now.clone() };
    now.changes = changes(&before, &now, &rules.indicators);
    now.changed = !now.changes.is_empty();
    (now.score, now.grade, now.range, now.closed, now.open) = (before.score, before.grade, None, true, 0);
    now.grades.clear();
    now
}

/// Puts what was frozen in the place of what is counted now, so that quotas
/// of a year that is closed in part rest on it.
pub(crate) fn settle(year: &Year, judged: &mut [Judged]) {
    for one in judged {
        let owner = one.owner();
        let Some(frozen) = year.frozen(one.count.loaded.key(), &one.count.span, owner) else { continue };
        let (score, grade) = (frozen.score, frozen.grade.map(str::to_owned));
        let evaluation = &mut one.count.evaluation;
        evaluation.questions.clear();
        evaluation.outcomes.truncate(1);
        let last = evaluation.outcomes.first_mut().and_then(|outcome| outcome.ledger.periods.last_mut());
        if let Some(period) = last {
            (period.score, period.grade) = (score, grade);
        }
    }
}

/// What differs between quotas, figures and rankings as they were frozen and
/// as they are now.
pub(crate) fn together_changes(kept: &ClosedTogether, now: Option<&ClosedTogether>, names: &HashMap<MemberId, &str>) -> Vec<ResultChange> {
    let nothing = ClosedTogether::default();
    let now = now.unwrap_or(&nothing);
    let mut changes = Vec::new();
    let figures = |of: &ClosedTogether| -> Vec<(String, String)> {
        of.figures.iter().map(|figure| (figure.label.clone(), words(figure.value))).collect()
    };
    let quotas = |of: &ClosedTogether| -> Vec<(String, String)> {
        of.quotas.iter().map(|quota| (quota.label.clone(), quota_words(quota, names))).collect()
    };
    let rankings = |of: &ClosedTogether| -> Vec<(String, String)> {
        of.rankings.iter().map(|ranking| (ranking.label.clone(), ranking_words(ranking, names))).collect()
    };
    for (before, after) in [(figures(kept), figures(now)), (quotas(kept), quotas(now)), (rankings(kept), rankings(now))] {
        let find = |list: &[(String, String)], label: &str| {
            list.iter().find(|(own, _)| own == label).map_or_else(String::new, |(_, words)| words.clone())
        };
        let new = after.iter().filter(|(label, _)| before.iter().all(|(own, _)| own != label));
        for (label, _) in before.iter().chain(new) {
            changes.extend(change(label, find(&before, label), find(&after, label)));
        }
    }
    changes
}

fn named(ids: &[MemberId], names: &HashMap<MemberId, &str>) -> String {
    ids.iter().map(|id| names.get(id).copied().unwrap_or("—")).collect::<Vec<_>>().join("、")
}

/// 3 个名额，评为这一等：王伟、李静，超出：李静
fn quota_words(quota: &QuotaView, names: &HashMap<MemberId, &str>) -> String {
    let mut parts = vec![format!("{} 个名额", words(quota.places))];
    for (what, ids) in [("评为这一等", &quota.candidates), ("超出", &quota.over), ("并列", &quota.tied), ("未定", &quota.perhaps)]
    {
        if !ids.is_empty() {
            parts.push(format!("{what}：{}", named(ids, names)));
        }
    }
    parts.join("，")
}

fn ranking_words(ranking: &RankingView, names: &HashMap<MemberId, &str>) -> String {
    let place =
        |place: &crate::areas::assess::RankingPlace| format!("{} {}（{}）", place.place, named(&[place.member], names), place.amount);
    ranking.places.iter().map(place).collect::<Vec<_>>().join("，")
}
