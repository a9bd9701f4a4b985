//! Whom a row is about. Only this person has to be certain; two people of one
//! name are never merged, and what is not certain is asked.

use std::collections::HashMap;

use super::{
    Choice, Params, Problem, Question, Reading,
    cells::Cells,
    snapshot::{KnownMember, Snapshot},
};
use crate::params;

/// The roster, by number and by name.
pub(crate) struct People<'a> {
    by_number: HashMap<&'a str, &'a KnownMember>,
    by_name: HashMap<&'a str, Vec<&'a KnownMember>>,
    by_key: HashMap<String, &'a KnownMember>,
}

/// What became of the question whom a row is about.
pub(crate) enum Identified<'a> {
    /// This member.
    Member(&'a KnownMember),
    /// Nobody of the roster.
    Unknown,
    /// More than one reading, and no answer yet.
    Ask(Question),
    /// The answer was to leave the row out.
    Skip(Question),
    /// The answer was to add a new member.
    Add(Question),
    /// An answered question that settled the member.
    Answered(&'a KnownMember, Question),
}

/// The answer that leaves a row or a column out.
pub(crate) const SKIP: &str = "skip";
/// The answer that makes a new record.
pub(crate) const ADD: &str = "add";

impl<'a> People<'a> {
    /// Of a snapshot.
    pub fn of(snapshot: &'a Snapshot) -> Self {
        let mut by_name: HashMap<&str, Vec<&KnownMember>> = HashMap::new();
        for member in &snapshot.members {
            by_name.entry(&member.name).or_default().push(member);
        }
        Self {
            by_number: snapshot.members.iter().filter_map(|member| Some((member.staff_no.as_deref()?, member))).collect(),
            by_name,
            by_key: snapshot.members.iter().map(|member| (answer_for(member), member)).collect(),
        }
    }

    /// The member of a number.
    pub fn numbered(&self, number: &str) -> Option<&'a KnownMember> {
        self.by_number.get(number).copied()
    }

    /// Everybody of a name.
    pub fn named(&self, name: &str) -> &[&'a KnownMember] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether exactly one member bears a name.
    pub fn is_unique(&self, name: &str) -> bool {
        self.named(name).len() == 1
    }

    /// Finds the member of a row of marks or of self-study. `number` and
    /// `name` are cleaned; at least one is not empty.
    pub fn find(&self, row: u32, number: Option<&str>, name: Option<&str>, reading: &Reading) -> Identified<'a> {
        let numbered = number.and_then(|number| self.numbered(number));
        let named = name.map_or(&[][..], |name| self.named(name));
        match (number, numbered, name) {
            (Some(_), Some(member), Some(name)) if member.name != name => {
                let mut candidates = vec![member];
                candidates.extend(named);
                let params = params! { "number" => number.unwrap_or_default(), "name" => name, "holder" => member.name };
                self.settle(row, "number_and_name_disagree", params, &candidates, false, reading)
            }
            (Some(_), Some(member), _) => Identified::Member(member),
            // A number that nobody has, beside a name that somebody bears.
            (Some(number), None, Some(name)) if !named.is_empty() => {
                let params = params! { "number" => number, "name" => name };
                self.settle(row, "number_unknown", params, named, false, reading)
            }
            (Some(_), None, _) => Identified::Unknown,
            (None, _, Some(name)) => match named {
                [] => Identified::Unknown,
                [member] => Identified::Member(member),
                several => self.settle(row, "namesakes", params! { "name" => name, "count" => several.len() }, several, false, reading),
            },
            (None, _, None) => Identified::Unknown,
        }
    }

    /// Asks, or takes the answer that was given.
    pub fn settle(
        &self,
        row: u32,
        code: &str,
        params: Params,
        candidates: &[&'a KnownMember],
        may_add: bool,
        reading: &Reading,
    ) -> Identified<'a> {
        let key = format!("row:{row}:identity");
        let answer = reading.answers.get(&key).cloned();
        let mut choices: Vec<Choice> = candidates.iter().map(|member| member_choice(member)).collect();
        if may_add {
            choices.push(Choice { value: ADD.to_owned(), code: "add_member".to_owned(), params: Params::new() });
        }
        choices.push(skip_row());
        let question = Question { key, code: code.to_owned(), params, row: Some(row), affects: 1, choices, answer: answer.clone() };
        let Some(answer) = answer.filter(|answer| question.choices.iter().any(|choice| choice.value == *answer)) else {
            return Identified::Ask(Question { answer: None, ..question });
        };
        match answer.as_str() {
            SKIP => Identified::Skip(question),
            ADD => Identified::Add(question),
            key => match self.by_key.get(key) {
                Some(member) => Identified::Answered(member, question),
                None => Identified::Ask(Question { answer: None, ..question }),
            },
        }
    }
}

/// The answer that means this member: by number where there is one, so that
/// an answer written for one book holds in another.
pub(crate) fn answer_for(member: &KnownMember) -> String {
    member.staff_no.as_ref().map_or_else(|| format!("member:{}", member.id), |number| format!("staff_no:{number}"))
}

pub(crate) fn member_choice(member: &KnownMember) -> Choice {
    let detail: Vec<&str> = [member.staff_no.as_deref(), member.department.as_deref()].into_iter().flatten().collect();
    let params = params! { "name" => member.name, "detail" => detail.join(" · ") };
    Choice { value: answer_for(member), code: "this_member".to_owned(), params }
}

/// The choice to leave a row out.
pub(crate) fn skip_row() -> Choice {
    Choice { value: SKIP.to_owned(), code: "skip_row".to_owned(), params: Params::new() }
}

/// Nobody of that number or name.
pub(crate) fn unknown(number: Option<&str>, name: Option<&str>) -> Problem {
    let shown: Vec<&str> = [number, name].into_iter().flatten().collect();
    Problem {
        code: "member_unknown".to_owned(),
        column: None,
        value: Some(shown.join(" ")),
        params: params! { "number" => number.unwrap_or_default(), "name" => name.unwrap_or_default() },
    }
}

/// Whom a row of marks or of self-study is about, where that is settled;
/// otherwise the row is refused or asked about.
pub(crate) fn of_row<'a>(
    cells: &mut Cells,
    people: &People<'a>,
    number: Option<&str>,
    name: Option<&str>,
    reading: &Reading,
) -> Option<&'a KnownMember> {
    if number.is_none() && name.is_none() {
        cells.refuse(super::Field::Name, "name_missing", Params::new());
        return None;
    }
    match people.find(cells.number(), number, name, reading) {
        Identified::Member(member) => Some(member),
        Identified::Answered(member, question) => {
            cells.questions.push(question);
            Some(member)
        }
        Identified::Unknown => {
            cells.problems.push(unknown(number, name));
            None
        }
        Identified::Ask(question) => {
            cells.questions.push(question);
            None
        }
        Identified::Skip(question) | Identified::Add(question) => {
            cells.questions.push(question);
            cells.skipped = true;
            None
        }
    }
}
