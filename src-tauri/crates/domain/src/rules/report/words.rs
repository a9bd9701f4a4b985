//! Steps, requirements, questions and notices as sentences. The words
//! themselves stand in the catalogue of messages; here is which of them fits.

use serde_json::{Map, Value, json};

use super::super::{
    ledger::{Notice, Question, QuestionKind, Reading, RequirementState, Step, StepKind, TestState},
    model::{CapPer, CounterOf, RuleSet},
};
use crate::exact::Exact;

/// Gives the sentence of a group and code with its parameters filled in.
pub type Say<'a> = &'a dyn Fn(&str, &str, &Map<String, Value>) -> String;

/// Group and code of every sentence that is asked for.
pub const CODES: &[(&str, &[&str])] = &[
    (
        "rule_step",
        &[
            "refused_evidence",
            "refused_evidence_any",
            "refused_approval",
            "refused_condition",
            "refused",
            "amount",
            "amount_computed",
            "rate_once",
            "rate",
            "rate_per",
            "rate_rounded",
            "rate_per_rounded",
            "formula",
            "decided",
            "decided_reason",
            "recorded",
            "otherwise",
            "inactive",
            "increment",
            "times",
            "times_labelled",
            "plus",
            "plus_labelled",
            "minus",
            "minus_labelled",
            "count",
            "split",
            "spread",
            "rounded",
            "capped",
            "capped_labelled",
            "not_highest",
            "not_highest_full",
            "beyond_first",
            "offset",
            "raised",
            "carried_in",
            "carried_in_unknown",
            "opening",
        ],
    ),
    ("rule_cap", &["event", "key", "day", "week", "month", "quarter", "half_year", "period", "cycle", "bucket"]),
    (
        "rule_requirement",
        &[
            "whole",
            "min",
            "over",
            "max",
            "under",
            "passed",
            "failed",
            "short",
            "short_unit",
            "no_value",
            "repaired",
            "advise",
            "due",
            "mend",
            "span",
        ],
    ),
    (
        "rule_question",
        &[
            "stated",
            "option_change",
            "option_joined",
            "option_left",
            "option_leave",
            "option_split",
            "option_carry_now",
            "rounding",
            "band",
            "band_overlap",
            "table",
            "no_award",
            "discretion",
            "discretion_between",
            "discretion_least",
            "discretion_most",
            "missing_quantity",
            "score",
            "score_any",
            "date",
            "date_none",
            "streak",
            "tie",
        ],
    ),
    (
        "rule_reading",
        &[
            "change_end",
            "change_start",
            "change_highest",
            "change_days",
            "change_months",
            "joined_full",
            "joined_next",
            "joined_days",
            "joined_months",
            "left_full",
            "left_exempt",
            "left_days",
            "left_months",
            "leave_full",
            "leave_exempt",
            "leave_days",
            "leave_months",
            "split_days",
            "split_end",
            "split_start",
            "carry_now_counted",
            "carry_now_moved",
            "rounding_exact",
            "rounding_floor",
            "rounding_half",
            "band_none",
            "streak_overlap",
            "streak_reset",
            "tie_share",
            "tie_none",
            "unbounded",
        ],
    ),
    ("rule_notice", &["unmatched_activity", "out_of_range", "score_without_reason", "earlier_twice", "earlier_unknown", "unknown_reading"]),
];

/// The words for what came of a rule set.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    rules: &'a RuleSet,
    say: Say<'a>,
}

impl<'a> Words<'a> {
    /// In the words that `say` gives.
    pub fn new(rules: &'a RuleSet, say: Say<'a>) -> Self {
        Self { rules, say }
    }

    fn say(&self, group: &str, code: &str, params: Value) -> String {
        let params = match params {
            Value::Object(params) => params,
            _ => Map::new(),
        };
        (self.say)(group, code, &params)
    }

    /// A step: 5 天 × 6 = 30.
    pub fn step(&self, step: &Step) -> String {
        let (before, after) = (step.before, step.after);
        let say = |code: &str, mut params: Value| {
            params["before"] = json!(before);
            params["after"] = json!(after);
            self.say("rule_step", code, params)
        };
        match &step.what {
            StepKind::Refused { label, gate, missing } => match (*gate, label.is_empty()) {
                ("evidence_any", _) => say("refused_evidence_any", json!({ "missing": missing.join("、") })),
                ("evidence", _) => say("refused_evidence", json!({ "missing": missing.join("、") })),
                ("approval", _) => say("refused_approval", json!({})),
                (_, false) => say("refused_condition", json!({ "label": label })),
                (_, true) => say("refused", json!({})),
            },
            StepKind::Rate { .. } => self.rate(&step.what, after),
            StepKind::Formula { formula } => say("formula", json!({ "formula": formula })),
            StepKind::Decided { question, .. } if question.is_empty() => say("recorded", json!({})),
            StepKind::Decided { reason, .. } if reason.is_empty() => say("decided", json!({})),
            StepKind::Decided { reason, .. } => say("decided_reason", json!({ "reason": reason })),
            StepKind::Otherwise => say("otherwise", json!({})),
            StepKind::Inactive { label } => say("inactive", json!({ "label": label })),
            StepKind::Increment { earlier, now } => say("increment", json!({ "earlier": earlier, "now": now })),
            StepKind::Times { factor, label } => say(labelled("times", label), json!({ "factor": factor, "label": label })),
            StepKind::Plus { amount, label } => {
                let code = if amount.is_negative() { "minus" } else { "plus" };
                say(labelled(code, label), json!({ "amount": amount.abs(), "label": label }))
            }
            StepKind::Count { count } => say("count", json!({ "count": count })),
            StepKind::Split { days, of } => say("split", json!({ "days": days, "of": of })),
            StepKind::Spread { parts } => say("spread", json!({ "parts": parts })),
            StepKind::Rounded => say("rounded", json!({})),
            StepKind::Capped { cap, label, max, used } => {
                say(labelled("capped", label), json!({ "cap": self.cap(cap), "label": label, "max": max, "used": used }))
            }
            StepKind::NotHighest { instead } if instead.is_empty() => say("not_highest_full", json!({})),
            StepKind::NotHighest { instead } => say("not_highest", json!({ "instead": instead })),
            StepKind::BeyondFirst { first } => say("beyond_first", json!({ "first": first })),
            StepKind::Offset => say("offset", json!({})),
            StepKind::Raised { min, .. } => say("raised", json!({ "min": min })),
            StepKind::CarriedIn { period } if period.is_empty() => say("carried_in_unknown", json!({})),
            StepKind::CarriedIn { period } => say("carried_in", json!({ "period": period })),
            StepKind::Opening => say("opening", json!({})),
        }
    }

    /// 5 天 × 6 = 30; 90 分钟 ÷ 60 × 0.5 = 0.75; 50 分钟 ÷ 45，按 1 计，× 1 = 1.
    fn rate(&self, what: &StepKind, after: Exact) -> String {
        let StepKind::Rate { of, quantity, per, units, credit } = what else { return String::new() };
        let once = of.is_empty() && *units == Exact::ONE;
        let is_name = of.chars().all(|c| c.is_alphanumeric() || c == '_');
        let amount = match of.as_str() {
            "" => self.say("rule_step", "amount", json!({ "quantity": quantity, "of": "count" })),
            of if is_name => self.say("rule_step", "amount", json!({ "quantity": quantity, "of": of })),
            of => self.say("rule_step", "amount_computed", json!({ "quantity": quantity, "of": of })),
        };
        let as_it_is = quantity.checked_div(*per) == Some(*units);
        let code = match (once, *per == Exact::ONE, as_it_is) {
            (true, ..) => "rate_once",
            (_, true, true) => "rate",
            (_, true, false) => "rate_rounded",
            (_, false, true) => "rate_per",
            (_, false, false) => "rate_per_rounded",
        };
        let params = json!({ "amount": amount, "per": per, "units": units, "credit": credit, "after": after });
        self.say("rule_step", code, params)
    }

    /// 年上限, 单次上限 …: by what the cap reaches over.
    fn cap(&self, id: &str) -> String {
        let Some(cap) = self.rules.caps.iter().find(|cap| cap.id == id) else {
            let bucket = self.rules.buckets.iter().find(|bucket| bucket.id == id);
            return self.say("rule_cap", "bucket", json!({ "bucket": bucket.map_or(id, |bucket| bucket.label.as_str()) }));
        };
        let (code, cycle) = match &cap.per {
            CapPer::Event => ("event", ""),
            CapPer::Key => ("key", ""),
            CapPer::Day => ("day", ""),
            CapPer::Week => ("week", ""),
            CapPer::Month => ("month", ""),
            CapPer::Quarter => ("quarter", ""),
            CapPer::HalfYear => ("half_year", ""),
            CapPer::Period => ("period", ""),
            CapPer::Cycle(id) => ("cycle", id.as_str()),
        };
        self.say("rule_cap", code, json!({ "cycle": cycle }))
    }

    /// How a requirement stands: 总量：32，要求不低于 40，差 8 学时。
    pub fn requirement(&self, state: &RequirementState) -> String {
        let say = |code: &str, params: Value| self.say("rule_requirement", code, params);
        let tests: Vec<String> = state.tests.iter().map(|test| self.test(test)).collect();
        let label = match &state.span {
            Some(span) => say("span", json!({ "label": state.label, "span": span })),
            None => state.label.clone(),
        };
        let mut text = say("whole", json!({ "label": label, "tests": tests.join("；") }));
        if state.repaired {
            text += &say("repaired", json!({}));
        } else if !state.passed {
            if !state.binding {
                text += &say("advise", json!({}));
            }
            if let Some(due) = state.due {
                text += &say("due", json!({ "due": due }));
            }
            if !state.mend.is_empty() {
                text += &say("mend", json!({ "mend": state.mend }));
            }
        }
        text
    }

    fn test(&self, test: &TestState) -> String {
        let say = |code: &str, params: Value| self.say("rule_requirement", code, params);
        let min = test.min.map(|min| say(if test.min_inclusive { "min" } else { "over" }, json!({ "limit": min })));
        let max = test.max.map(|max| say(if test.max_inclusive { "max" } else { "under" }, json!({ "limit": max })));
        let limits = min.into_iter().chain(max).collect::<Vec<_>>().join("、");
        let unit = if self.in_credits(&test.of) { self.rules.head.unit.as_str() } else { "" };
        let code = match (test.value, test.passed, test.shortfall, unit) {
            (None, ..) => "no_value",
            (_, true, ..) => "passed",
            (_, _, None, _) => "failed",
            (_, _, Some(_), "") => "short",
            (_, _, Some(_), _) => "short_unit",
        };
        say(code, json!({ "value": test.value, "limits": limits, "shortfall": test.shortfall, "unit": unit }))
    }

    /// Whether what a test measures is an amount of credits.
    fn in_credits(&self, of: &str) -> bool {
        let counter = || self.rules.counters.iter().find(|counter| counter.id == of);
        let counts_credits = || counter().is_some_and(|counter| matches!(counter.of, CounterOf::Credits));
        of == "total"
            || self.rules.buckets.iter().any(|bucket| bucket.id == of)
            || counts_credits()
            || (counter().is_none() && self.rules.categories.iter().any(|category| category.id == of))
    }

    /// What is asked.
    pub fn question(&self, question: &Question) -> String {
        let say = |code: &str, params: Value| self.say("rule_question", code, params);
        let fact = question.fact.as_deref().unwrap_or_default();
        match &question.kind {
            QuestionKind::Stated { text } => say("stated", json!({ "text": text })),
            QuestionKind::Option { option } => say(&format!("option_{option}"), json!({})),
            QuestionKind::Rounding { category, units } => say("rounding", json!({ "category": category, "units": units })),
            QuestionKind::Band { value, overlap } => say(if *overlap { "band_overlap" } else { "band" }, json!({ "value": value })),
            QuestionKind::Table { key } => say("table", json!({ "key": key })),
            QuestionKind::NoAward { category } => say("no_award", json!({ "category": category, "fact": fact })),
            QuestionKind::Discretion { category, min, max, .. } => {
                let code = match (min, max) {
                    (Some(_), Some(_)) => "discretion_between",
                    (Some(_), None) => "discretion_least",
                    (None, Some(_)) => "discretion_most",
                    (None, None) => "discretion",
                };
                say(code, json!({ "category": category, "fact": fact, "min": min, "max": max }))
            }
            QuestionKind::MissingQuantity { category, quantity } => {
                say("missing_quantity", json!({ "category": category, "quantity": quantity, "fact": fact }))
            }
            // Nobody in particular: the records do not give it, or several may score.
            QuestionKind::Score { indicator, by } if by.is_empty() => say("score_any", json!({ "indicator": indicator })),
            QuestionKind::Score { indicator, by } => say("score", json!({ "indicator": indicator, "by": by })),
            QuestionKind::Date { date: Some(date) } => say("date", json!({ "fact": fact, "date": date })),
            QuestionKind::Date { date: None } => say("date_none", json!({ "fact": fact })),
            QuestionKind::Streak { streak } => say("streak", json!({ "streak": streak })),
            QuestionKind::Tie { quota } => say("tie", json!({ "quota": quota })),
        }
    }

    /// A reading of a question: in the words of the rule file where it has
    /// some.
    pub fn reading(&self, question: &Question, reading: &Reading) -> String {
        let say = |code: &str| self.say("rule_reading", code, json!({ "value": reading.id }));
        if !reading.label.is_empty() {
            return reading.label.clone();
        }
        if reading.unbounded {
            return say("unbounded");
        }
        match &question.kind {
            QuestionKind::Option { option } => say(&format!("{option}_{}", reading.id)),
            QuestionKind::Rounding { .. } => say(&format!("rounding_{}", reading.id)),
            QuestionKind::Streak { .. } => say(&format!("streak_{}", reading.id)),
            QuestionKind::Band { .. } if reading.id == "none" => say("band_none"),
            QuestionKind::Tie { .. } => say(&format!("tie_{}", reading.id)),
            _ => reading.id.clone(),
        }
    }

    /// What a reader should look at.
    pub fn notice(&self, notice: &Notice) -> String {
        let say = |code: &str, params: Value| self.say("rule_notice", code, params);
        match notice {
            Notice::UnmatchedActivity { fact, kind } => say("unmatched_activity", json!({ "fact": fact, "kind": kind })),
            Notice::OutOfRange { fact, value } => say("out_of_range", json!({ "fact": fact, "value": value })),
            Notice::ScoreWithoutReason { indicator } => say("score_without_reason", json!({ "indicator": indicator })),
            Notice::EarlierTwice { period } => say("earlier_twice", json!({ "period": period })),
            Notice::EarlierUnknown { period } => say("earlier_unknown", json!({ "period": period })),
            Notice::UnknownReading { question, reading } => say("unknown_reading", json!({ "question": question, "reading": reading })),
        }
    }
}

/// The code that has room for a label, where there is one.
fn labelled(code: &'static str, label: &str) -> &'static str {
    match (code, label.is_empty()) {
        ("times", false) => "times_labelled",
        ("plus", false) => "plus_labelled",
        ("minus", false) => "minus_labelled",
        ("capped", false) => "capped_labelled",
        _ => code,
    }
}
