//! The facts file: JSON.

use chrono::NaiveDate;

use crate::exact::Exact;

use super::{
    Activity, Answer, CapUse, CarriedOut, Decision, EarlierResult, FactsError, FactsProblem, Item, Leave, Person, Phase, Score, SpreadPart,
    Subject, Unit,
    cursor::{Cursor, Fields, Refused},
    json,
};
/// Bytes that a facts file may have.
const MOST_BYTES: usize = 16 << 20;
/// So many people are one unit at most.
const MOST_PEOPLE: usize = 20_000;
/// So often may one line say that the same was done.
const MOST_COUNT: u32 = 1_000_000;
/// For so many periods may something be handed on.
const MOST_LIFETIME: u32 = 1_000;

/// What a facts file holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FactsFile {
    /// Which periods to evaluate; `None`: from the first fact to the last.
    pub periods: Option<PeriodRange>,
    /// Today, for deadlines; `None`: the end of the last period.
    pub as_of: Option<NaiveDate>,
    /// The people; at least one.
    pub people: Vec<Subject>,
    /// What is known of the unit.
    pub unit: Unit,
}

/// Periods by name, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodRange {
    /// The first: `2025`, `2025-H1`, `2025-Q1`, `2025-03`, `2025-03-01`.
    pub first: String,
    /// The last.
    pub last: String,
}

/// Reads a facts file.
///
/// # Errors
/// With the place of the first thing that cannot be read.
pub fn read(text: &str) -> Result<FactsFile, FactsError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MOST_BYTES {
        let problem = FactsProblem::TooLarge { limit: (MOST_BYTES >> 20) as u32 };
        return Err(FactsError { line: 1, column: 1, path: String::new(), problem });
    }
    let read = json::parse(text)
        .map_err(|(at, problem)| Refused { at, path: String::new(), problem: Box::new(problem) })
        .and_then(|root| file(&Cursor::root(&root)));
    read.map_err(|refused| placed(text, refused))
}

/// Bytes become lines and columns only where somebody is told.
fn placed(text: &str, refused: Refused) -> FactsError {
    let mut at = (refused.at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    FactsError {
        line: before.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1,
        column: before[line_start..].chars().count() as u32 + 1,
        path: refused.path,
        problem: *refused.problem,
    }
}

const OF_PERSON: [&str; 5] = ["person", "activities", "earlier", "scores", "decisions"];

fn file(root: &Cursor<'_>) -> Result<FactsFile, Refused> {
    let mut known = vec!["period", "as_of", "people", "unit"];
    known.extend(OF_PERSON);
    let fields = root.fields(&known)?;
    let people = match fields.get("people") {
        Some(people) => {
            if let Some(name) = OF_PERSON.into_iter().find(|name| fields.get(name).is_some()) {
                return Err(people.refuse(FactsProblem::Conflict { name: "people".to_owned(), other: name.to_owned() }));
            }
            self::people(&people)?
        }
        None => vec![subject(&fields, 0)?],
    };
    Ok(FactsFile {
        periods: fields.get("period").map(|cursor| periods(&cursor)).transpose()?,
        as_of: fields.get("as_of").map(|cursor| cursor.day()).transpose()?,
        people,
        unit: fields.get("unit").map(|cursor| unit(&cursor)).transpose()?.unwrap_or_default(),
    })
}

fn periods(cursor: &Cursor<'_>) -> Result<PeriodRange, Refused> {
    if !cursor.is_object() {
        let name = cursor.name()?;
        return Ok(PeriodRange { first: name.clone(), last: name });
    }
    let fields = cursor.fields(&["from", "to"])?;
    Ok(PeriodRange { first: fields.need("from")?.name()?, last: fields.need("to")?.name()? })
}

fn people(cursor: &Cursor<'_>) -> Result<Vec<Subject>, Refused> {
    let subjects = cursor.each(MOST_PEOPLE, |index, entry| subject(&entry.fields(&OF_PERSON)?, index))?;
    if subjects.is_empty() {
        return Err(cursor.refuse(FactsProblem::NoPeople));
    }
    cursor.no_double(subjects.iter().map(|subject| subject.id.as_str()))?;
    Ok(subjects)
}

fn subject(fields: &Fields<'_>, index: usize) -> Result<Subject, Refused> {
    let mut subject = Subject { id: format!("p{}", index + 1), ..Subject::default() };
    if let Some(cursor) = fields.get("person") {
        if let Some(id) = cursor.field("id")? {
            subject.id = id.name()?;
        }
        subject.person = person(&cursor)?;
    }
    if let Some(list) = fields.get("activities") {
        subject.activities = list.each(usize::MAX, |index, entry| activity(entry, index))?;
        list.no_double(subject.activities.iter().map(|activity| &*activity.id))?;
    }
    if let Some(list) = fields.get("earlier") {
        subject.earlier = list.each(usize::MAX, |_, entry| earlier(entry))?;
        list.no_double(subject.earlier.iter().map(|result| result.period.as_str()))?;
    }
    if let Some(list) = fields.get("scores") {
        subject.scores = list.each(usize::MAX, |_, entry| score(entry))?;
    }
    if let Some(list) = fields.get("decisions") {
        subject.decisions = list.each(usize::MAX, |_, entry| decision(entry))?;
    }
    Ok(subject)
}

fn person(cursor: &Cursor<'_>) -> Result<Person, Refused> {
    let fields = cursor.any_fields()?;
    let mut attributes = Vec::new();
    cursor.flattened("", &["id", "leave", "reviews"], &mut |name, value| {
        attributes.push((name.into(), phases(value)?));
        Ok(())
    })?;
    sorted(cursor, &mut attributes)?;
    Ok(Person {
        attributes,
        leave: fields.get("leave").map(|leave| leave.each(usize::MAX, |_, entry| self::leave(entry))).transpose()?.unwrap_or_default(),
        reviews: fields.get("reviews").map(|reviews| reviews.map(|grade| grade.name())).transpose()?.unwrap_or_default(),
    })
}

/// In order for a binary search; one value a name.
fn sorted<T>(cursor: &Cursor<'_>, named: &mut [(Box<str>, T)]) -> Result<(), Refused> {
    named.sort_by(|(one, _), (other, _)| one.cmp(other));
    match named.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        Some(pair) => Err(cursor.refuse(FactsProblem::DuplicateKey { name: pair[0].0.to_string() })),
        None => Ok(()),
    }
}

fn leave(cursor: &Cursor<'_>) -> Result<Leave, Refused> {
    let fields = cursor.fields(&["from", "to", "kind"])?;
    let (from, to) = (fields.need("from")?.day()?, fields.need("to")?.day()?);
    if from > to {
        return Err(cursor.refuse(FactsProblem::DatesReversed));
    }
    Ok(Leave { from, to, kind: fields.text_or_empty("kind")? })
}

/// One value for always, or a list of values with their days.
fn phases(cursor: &Cursor<'_>) -> Result<Vec<Phase>, Refused> {
    if !cursor.is_list_of_objects() {
        return Ok(vec![Phase { from: None, until: None, value: cursor.item()? }]);
    }
    cursor.each(usize::MAX, |_, entry| {
        let fields = entry.fields(&["from", "until", "value"])?;
        let from = fields.get("from").map(|cursor| cursor.day()).transpose()?;
        let until = fields.get("until").map(|cursor| cursor.day()).transpose()?;
        if from.zip(until).is_some_and(|(from, until)| from > until) {
            return Err(entry.refuse(FactsProblem::DatesReversed));
        }
        Ok(Phase { from, until, value: fields.need("value")?.item()? })
    })
}

fn unit(cursor: &Cursor<'_>) -> Result<Unit, Refused> {
    let mut items = Vec::new();
    cursor.flattened("", &[], &mut |name, value| {
        items.push((name.into(), value.item()?));
        Ok(())
    })?;
    sorted(cursor, &mut items)?;
    Ok(Unit { items })
}

fn activity(cursor: &Cursor<'_>, index: usize) -> Result<Activity, Refused> {
    let fields = cursor.any_fields()?;
    let date = fields.get("date").map(|date| date.date()).transpose()?;
    let until = fields.get("until").map(|until| until.day()).transpose()?;
    if let Some(until) = until {
        let Some(from) = date.and_then(|date| date.day()) else { return Err(cursor.refuse(FactsProblem::UntilWithoutDay)) };
        if from > until {
            return Err(cursor.refuse(FactsProblem::DatesReversed));
        }
    }
    let id = match fields.get("id") {
        Some(id) => id.name()?,
        None => format!("#{}", index + 1),
    };
    let mut items: Vec<(Box<str>, Item)> = Vec::new();
    for (name, value) in fields.others(&["id", "type", "date", "until", "count", "label", "schemes"]) {
        items.push((name.into(), if name == "evidence" { Item::List(value.texts()?.into()) } else { value.item()? }));
    }
    sorted(cursor, &mut items)?;
    Ok(Activity {
        id: id.into(),
        kind: fields.need("type")?.name()?.into(),
        date,
        until,
        count: fields.get("count").map_or(Ok(1), |count| count.count(MOST_COUNT))?,
        label: fields.text_or_empty("label")?,
        items,
        schemes: fields.get("schemes").map(|list| list.each(usize::MAX, |_, scheme| scheme.name())).transpose()?.unwrap_or_default(),
    })
}

fn earlier(cursor: &Cursor<'_>) -> Result<EarlierResult, Refused> {
    let fields = cursor.fields(&["period", "total", "buckets", "passed", "short", "grade", "carry", "spread", "used"])?;
    Ok(EarlierResult {
        period: fields.need("period")?.name()?,
        total: fields.get("total").map(|total| total.amount()).transpose()?,
        buckets: fields.get("buckets").map(|buckets| buckets.map(|amount| amount.amount())).transpose()?.unwrap_or_default(),
        passed: fields.get("passed").map(|passed| passed.flag()).transpose()?,
        short: fields.get("short").map(|short| short.each(usize::MAX, |_, id| id.name())).transpose()?.unwrap_or_default(),
        grade: fields.get("grade").map(|grade| grade.name()).transpose()?,
        carry: fields.get("carry").map(|carry| carry.each(usize::MAX, |_, entry| carried(entry))).transpose()?,
        spread: fields.get("spread").map(|spread| spread.each(usize::MAX, |_, entry| spread_part(entry))).transpose()?.unwrap_or_default(),
        used: fields.get("used").map(|used| used.each(usize::MAX, |_, entry| cap_use(entry))).transpose()?,
    })
}

fn cap_use(cursor: &Cursor<'_>) -> Result<CapUse, Refused> {
    let fields = cursor.fields(&["cap", "amount", "count"])?;
    Ok(CapUse {
        cap: fields.need("cap")?.name()?,
        amount: fields.need("amount")?.amount()?,
        count: fields.get("count").map_or(Ok(Exact::ZERO), |count| count.amount())?,
    })
}

fn carried(cursor: &Cursor<'_>) -> Result<CarriedOut, Refused> {
    let fields = cursor.fields(&["id", "to", "amount", "lifetime"])?;
    Ok(CarriedOut {
        id: fields.text_or_empty("id")?,
        to: fields.text_or_empty("to")?,
        amount: fields.need("amount")?.amount()?,
        lifetime: fields.get("lifetime").map_or(Ok(1), |lifetime| lifetime.count(MOST_LIFETIME))?,
    })
}

fn spread_part(cursor: &Cursor<'_>) -> Result<SpreadPart, Refused> {
    let fields = cursor.fields(&["period", "fact", "category", "amount"])?;
    Ok(SpreadPart {
        period: fields.need("period")?.name()?,
        fact: fields.need("fact")?.name()?,
        category: fields.need("category")?.name()?,
        amount: fields.need("amount")?.amount()?,
    })
}

fn score(cursor: &Cursor<'_>) -> Result<Score, Refused> {
    let fields = cursor.fields(&["indicator", "by", "value", "reason", "period"])?;
    Ok(Score {
        indicator: fields.need("indicator")?.name()?,
        by: fields.text_or_empty("by")?,
        value: fields.need("value")?.number()?,
        reason: fields.text_or_empty("reason")?,
        period: fields.get("period").map(|period| period.name()).transpose()?,
    })
}

fn decision(cursor: &Cursor<'_>) -> Result<Decision, Refused> {
    let fields = cursor.fields(&["question", "reading", "value", "reason"])?;
    let answer = match (fields.get("reading"), fields.get("value")) {
        (Some(reading), None) => Answer::Reading(reading.name()?),
        (None, Some(value)) => Answer::Value(value.number()?),
        (None, None) => return Err(cursor.refuse(FactsProblem::MissingKey { name: "reading".to_owned() })),
        (Some(_), Some(_)) => {
            return Err(cursor.refuse(FactsProblem::Conflict { name: "reading".to_owned(), other: "value".to_owned() }));
        }
    };
    Ok(Decision { question: fields.need("question")?.name()?, answer, reason: fields.text_or_empty("reason")? })
}
