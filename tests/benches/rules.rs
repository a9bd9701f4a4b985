//! Times the rule engine: the ledgers of up to 10,000 people with 200
//! activities each over five years, under a rule set with caps, buckets,
//! highest-only, carry-over and a five-year window, on all cores; beside it
//! the same activities as one plain SQL `GROUP BY`. Then one keystroke in the
//! rule editor: the file is read, checked, and one person evaluated with the
//! whole trace. Writes tests/benches/rules.json, with the machine; with sizes
//! as arguments it only prints.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use xueji_domain::{
    calendar::PartialDate,
    exact::Exact,
    rules::{
        Request, check, evaluate,
        facts::{Activity, Item, PeriodRange, Person, Phase, Subject},
        file,
        model::RuleSet,
    },
};

const SIZES: [usize; 3] = [2_500, 5_000, 10_000];
const ACTIVITIES: usize = 200;
/// Runs of each figure; the median counts.
const RUNS: usize = 5;

const RULES: &str = include_str!("rules.toml");

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let all = sizes.is_empty();
    let sizes = if all { SIZES.to_vec() } else { sizes };
    let rules = file::read(RULES, &|_| None).rule_set.expect("the bench's own rule set");
    let measured: Vec<Value> = sizes.into_iter().map(|people| measure(&rules, people)).collect();
    let today = chrono::Local::now().date_naive().to_string();
    let figures = json!({
        "measured_on": today,
        "machine": machine(),
        "activities_each": ACTIVITIES,
        "sizes": measured,
        "keystroke_ms": millis(keystroke()),
    });
    let text = serde_json::to_string_pretty(&figures).expect("plain figures") + "\n";
    print!("{text}");
    if all {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/rules.json");
        std::fs::write(file, text).expect("a writable checkout");
    }
}

fn measure(rules: &RuleSet, people: usize) -> Value {
    let subjects: Vec<Subject> = (0..people).map(subject).collect();
    let request = Request { periods: Some(PeriodRange { first: "2021".into(), last: "2025".into() }), ..Request::default() };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let engine = median(|| {
        std::thread::scope(|scope| {
            for part in subjects.chunks(people.div_ceil(cores)) {
                let request = &request;
                scope.spawn(move || {
                    for subject in part {
                        std::hint::black_box(evaluate(rules, subject, request).expect("small numbers"));
                    }
                });
            }
        });
    });
    let group_by = group_by(&subjects);
    json!({
        "people": people,
        "seconds": { "engine": seconds(engine), "sql_group_by": seconds(group_by) },
        "microseconds_per_activity": (engine.as_secs_f64() * 1e6 / (people * ACTIVITIES) as f64 * 100.0).round() / 100.0,
        "ratio": { "engine_to_group_by": (engine.as_secs_f64() / group_by.as_secs_f64() * 10.0).round() / 10.0 },
    })
}

/// One person's five years, the same in every run.
fn subject(number: usize) -> Subject {
    let kinds = ["党校培训", "网络课程", "中心组学习", "报告会", "论文"];
    let first = NaiveDate::from_ymd_opt(2021, 1, 1).expect("a day");
    let activities = (0..ACTIVITIES).map(|at| {
        let kind = kinds[(at + number) % kinds.len()];
        let mut items = vec![
            ("days".into(), Item::Number(Exact::whole((at % 5 + 1) as i64))),
            ("level".into(), Item::Text(["市级", "省级", "国家级"][at % 3].into())),
            ("minutes".into(), Item::Number(Exact::whole((at * 7 % 200 + 20) as i64))),
            ("paper".into(), Item::Text(format!("P{}", at / 15).into())),
        ];
        items.sort_by(|(a, _): &(Box<str>, Item), (b, _)| a.cmp(b));
        Activity {
            id: format!("a{at}").into(),
            kind: kind.into(),
            date: Some(PartialDate::Day(first + Days::new((at * 1825 / ACTIVITIES) as u64))),
            until: None,
            count: 1,
            label: String::new(),
            items,
            schemes: Vec::new(),
        }
    });
    let rank = if number.is_multiple_of(3) { "处级" } else { "科级" };
    let phase = Phase { from: None, until: None, value: Item::Text(rank.into()) };
    let person = Person { attributes: vec![("rank".into(), vec![phase])], ..Person::default() };
    Subject { id: number.to_string(), person, activities: activities.collect(), ..Subject::default() }
}

/// The same activities as rows, their minutes summed by person, year and
/// kind.
fn group_by(subjects: &[Subject]) -> Duration {
    let book = rusqlite::Connection::open_in_memory().expect("a database");
    book.execute_batch("CREATE TABLE activity (person INTEGER, year INTEGER, kind TEXT, minutes INTEGER) STRICT").expect("a table");
    {
        let rows = book.unchecked_transaction().expect("a transaction");
        let mut insert = rows.prepare("INSERT INTO activity VALUES (?1, ?2, ?3, ?4)").expect("a statement");
        for (at, subject) in subjects.iter().enumerate() {
            for (number, activity) in subject.activities.iter().enumerate() {
                let year = activity.date.map_or(0, PartialDate::year);
                insert.execute((at as i64, year, &*activity.kind, number as i64)).expect("a row");
            }
        }
        drop(insert);
        rows.commit().expect("a commit");
    }
    median(|| {
        let mut sum = book.prepare("SELECT person, year, kind, sum(minutes) FROM activity GROUP BY person, year, kind").expect("a query");
        let mut rows = sum.query([]).expect("rows");
        while rows.next().expect("a row").is_some() {}
    })
}

/// The whole way from a changed text to a person's new trace.
fn keystroke() -> Duration {
    let person = subject(0);
    let request = Request { periods: Some(PeriodRange { first: "2025".into(), last: "2025".into() }), as_of: None, trace: true };
    let mut edits = 0;
    median(|| {
        edits += 1;
        let text = RULES.replacen("max = \"48\"", &format!("max = \"{}\"", 48 + edits), 1);
        let rules = file::read(&text, &|_| None).rule_set.expect("still a rule set");
        std::hint::black_box(check(&rules));
        std::hint::black_box(evaluate(&rules, &person, &request).expect("small numbers"));
    })
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}

fn seconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1000.0).round() / 1000.0
}

fn millis(time: Duration) -> f64 {
    (time.as_secs_f64() * 100_000.0).round() / 100.0
}

/// Processor, cores and memory, as Linux tells them.
fn machine() -> Value {
    let line = |file: &str, key: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).and_then(|line| line.split_once(':'));
        line.map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    json!({ "cpu": line("/proc/cpuinfo", "model name"), "cores": cores, "memory": line("/proc/meminfo", "MemTotal") })
}
