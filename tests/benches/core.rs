//! Times the main job at 50, 500 and 5,000 members × 50 sessions: the import
//! of roster, sessions and attendance, the year's credits, the summary. Each
//! figure stands as a ratio against the least that SQLite could do with the
//! same rows in the same run. Writes tests/benches/core.json, with the machine;
//! with sizes as arguments it only prints.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use xueji_tests::Program;

const SESSIONS: usize = 50;
const SIZES: [usize; 3] = [50, 500, 5000];
/// Runs of each figure that reads; the median counts.
const RUNS: usize = 5;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let all = sizes.is_empty();
    let sizes = if all { SIZES.to_vec() } else { sizes };
    let figures: Vec<Value> = sizes.into_iter().map(measure).collect();
    let today = chrono::Local::now().date_naive().to_string();
    let figures = json!({ "measured_on": today, "machine": machine(), "sessions": SESSIONS, "sizes": figures });
    let text = serde_json::to_string_pretty(&figures).expect("plain figures") + "\n";
    print!("{text}");
    if all {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/core.json");
        std::fs::write(file, text).expect("a writable checkout");
    }
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

fn measure(members: usize) -> Value {
    let program = Program::with_book("2025-12-31");
    let files = files(&program, members);
    let (mut preview, mut apply) = (Duration::ZERO, Duration::ZERO);
    for (kind, path) in &files {
        let (planned, plan) = timed(|| program.preview(kind, path, &Default::default()));
        let (done, _) = timed(|| program.call("import.apply", json!({ "plan": plan["plan"], "skip_problems": false })));
        preview += planned;
        apply += done;
    }
    let bare_insert = bare_insert(&program.path("bare.db"), members);
    let credits = median(|| drop(program.call("credits.year", json!({ "year": 2025 }))));
    let bare_sum = bare_sum(&program.path("bare.db"));
    let workbench = median(|| drop(program.call("workbench.year", json!({ "year": 2025 }))));
    let file = program.app.register_file(program.path("汇总.xlsx"));
    let (summary, _) = timed(|| program.call("reports.summary", json!({ "year": 2025, "file": file.token })));
    let session = program.call("sessions.list", json!({ "year": 2025 }))[0]["id"].clone();
    let sheet = program.call("attendance.sheet", json!({ "id": session }));
    let member = sheet["rows"][members / 2]["member"].clone();
    let mut status = ["late", "present"].into_iter().cycle();
    let mark = median(|| {
        drop(program.call("attendance.mark", json!({ "session": session, "member": member, "status": status.next() })));
    });
    let seconds = |time: Duration| (time.as_secs_f64() * 1000.0).round() / 1000.0;
    let ratio = |time: Duration, against: Duration| (time.as_secs_f64() / against.as_secs_f64() * 10.0).round() / 10.0;
    json!({
        "members": members,
        "seconds": {
            "import_preview": seconds(preview), "import_apply": seconds(apply), "credits": seconds(credits), "workbench": seconds(workbench),
            "summary_xlsx": seconds(summary), "one_mark": seconds(mark), "bare_sqlite_insert": seconds(bare_insert), "bare_sqlite_sum": seconds(bare_sum),
        },
        "ratio": {
            "import_apply_to_bare_insert": ratio(apply, bare_insert),
            "credits_to_bare_sum": ratio(credits, bare_sum),
        },
    })
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let value = work();
    (start.elapsed(), value)
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| timed(&mut work).0).collect();
    times.sort_unstable();
    times[RUNS / 2]
}

const SURNAMES: [&str; 10] = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"];
const GIVEN: [&str; 12] = ["伟", "静", "建国", "晓燕", "文斌", "立新", "浩然", "军", "思远", "一诺", "丽", "强"];
const RANKS: [&str; 4] = ["县处级副职", "乡科级正职", "一级科员", "二级科员"];
const CELLS: [&str; 10] = ["√", "√", "√", "√", "√", "迟到", "公假", "病假", "×", "早退"];

/// Writes the four files of an invented branch.
fn files(program: &Program, members: usize) -> Vec<(&'static str, std::path::PathBuf)> {
    let name = |i: usize| format!("{}{}", SURNAMES[i % 10], GIVEN[i / 10 % 12]);
    let number = |i: usize| format!("{:05}", 10_000 + i);
    let title = |s: usize| format!("第{}次学习", s + 1);
    let day = |s: usize| (1 + s / 5, 1 + s % 5 * 5);
    let mut roster = String::from("姓名,工号,职级\n");
    let mut attendance = String::from("姓名,工号");
    let mut study = String::from("工号,姓名,学习日期,学习形式,学习内容,时长,心得字数\n");
    let mut sessions = String::from("编号,日期,类型,主题,时长\n");
    for s in 0..SESSIONS {
        let (month, date) = day(s);
        sessions += &format!("{},2025-{month:02}-{date:02},集体学习,{},90分钟\n", s + 1, title(s));
        attendance += &format!(",{month}月{date}日 {}", title(s));
    }
    attendance.push('\n');
    for i in 0..members {
        roster += &format!("{},{},{}\n", name(i), number(i), RANKS[i % 4]);
        attendance += &format!("{},{}", name(i), number(i));
        for s in 0..SESSIONS {
            attendance += &format!(",{}", CELLS[(i * 7 + s * 3) % 10]);
        }
        attendance.push('\n');
        for e in 0..5 {
            study += &format!("{},{},2025-{:02}-10,读书,读本{e},{}分钟,{}\n", number(i), name(i), 1 + e * 2, 30 + e * 15, 600 + e * 100);
        }
    }
    let write = |file: &str, text: &str| {
        let path = program.path(file);
        std::fs::write(&path, text).expect("a writable folder");
        path
    };
    vec![
        ("roster", write("roster.csv", &roster)),
        ("sessions", write("sessions.csv", &sessions)),
        ("attendance", write("attendance.csv", &attendance)),
        ("self_study", write("selfstudy.csv", &study)),
    ]
}

/// As many rows as the import writes marks and entries, into a table without
/// a log, an index or a check, in one transaction that reaches the disk.
fn bare_insert(path: &Path, members: usize) -> Duration {
    let mut connection = rusqlite::Connection::open(path).expect("a writable folder");
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE mark (session INTEGER, member INTEGER, minutes INTEGER)",
        )
        .expect("a new table");
    timed(|| {
        let transaction = connection.transaction().expect("a transaction");
        for row in 0..members * (SESSIONS + 6) {
            transaction
                .prepare_cached("INSERT INTO mark VALUES (?1, ?2, ?3)")
                .and_then(|mut insert| insert.execute(((row % SESSIONS) as i64, (row / SESSIONS) as i64, 90)))
                .expect("a row");
        }
        transaction.commit().expect("a commit");
    })
    .0
}

/// The same number of rows summed by member, as one plain GROUP BY.
fn bare_sum(path: &Path) -> Duration {
    let connection = rusqlite::Connection::open(path).expect("the file just written");
    median(|| {
        let mut statement = connection.prepare_cached("SELECT member, sum(minutes) FROM mark GROUP BY member").expect("a query");
        let sums: Result<Vec<i64>, _> = statement.query_map([], |row| row.get(1)).expect("rows").collect();
        drop(sums.expect("sums"));
    })
}
