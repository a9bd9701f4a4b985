//! The assessment presets and the published assessment and attendance rules,
//! each against facts whose outcome was worked out by hand from the text.

use std::path::Path;

use serde_json::{Value, json};
use xueji_domain::exact::Exact;
use xueji_domain::rules::{
    Request, evaluate, evaluate_unit,
    facts::{self, FactsFile},
    file, inspect,
    ledger::{Evaluation, Ledger, ObligationProgress, PeriodLedger, UnitEvaluation, UnitLedger},
    model::{Kind, RuleSet, Whose},
};

const PRESETS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/presets/assess");
const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/rules/assess");

fn read(folder: &str, name: &str) -> RuleSet {
    let text = std::fs::read_to_string(Path::new(folder).join(format!("{name}.toml"))).unwrap();
    let reading = inspect(&text, &|_| None);
    // The published texts do not say what to do with joiners and leavers, so
    // their files do not either; a preset says it all.
    let left_open = |finding: &&file::Finding| folder == PUBLISHED && finding.code == file::Code::OptionUndecided;
    let findings: Vec<_> = reading.findings.iter().filter(|finding| !left_open(finding)).collect();
    assert!(findings.is_empty(), "{name}: {findings:#?}");
    reading.rule_set.unwrap()
}

fn names(folder: &str) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str().and_then(|name| name.strip_suffix(".toml")).map(str::to_owned))
        .collect();
    names.sort();
    names
}

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

/// A rule set with the facts of some people.
struct Trial {
    rules: RuleSet,
    facts: FactsFile,
    evaluations: Vec<Evaluation>,
}

impl Trial {
    fn new(folder: &str, name: &str, facts: &Value) -> Self {
        let rules = read(folder, name);
        let facts = facts::read(&facts.to_string()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let request = Request { periods: facts.periods.clone(), as_of: facts.as_of, trace: true };
        let evaluations = facts.people.iter().map(|person| evaluate(&rules, person, &request).unwrap()).collect();
        Self { rules, facts, evaluations }
    }

    /// The only outcome of the only person.
    fn ledger(&self) -> &Ledger {
        let [only] = &self.evaluations[..] else { panic!("several people") };
        assert!(only.questions.is_empty(), "undecided: {:#?}", only.questions);
        &only.outcomes[0].ledger
    }

    fn period(&self) -> &PeriodLedger {
        self.ledger().periods.last().unwrap()
    }

    fn unit(&self) -> UnitEvaluation {
        let people: Vec<_> = self.facts.people.iter().zip(&self.evaluations).collect();
        evaluate_unit(&self.rules, &self.facts.unit, &people).unwrap()
    }

    /// What the unit comes to, where nothing is open.
    fn decided_unit(&self) -> UnitLedger {
        let mut unit = self.unit();
        assert!(unit.questions.is_empty(), "undecided: {:#?}", unit.questions);
        unit.outcomes.remove(0).ledger
    }

    /// The places of the first quota under each reading of the only question.
    fn places(&self, question: &str) -> Vec<(String, String)> {
        let unit = self.unit();
        assert_eq!(unit.questions.iter().map(|own| own.key.as_str()).collect::<Vec<_>>(), [question]);
        unit.outcomes.iter().map(|own| (own.choices[0].1.clone(), own.ledger.quotas[0].places.unwrap().to_string())).collect()
    }

    /// The questions that are open, by key.
    fn questions(&self) -> Vec<&str> {
        self.evaluations.iter().flat_map(|one| &one.questions).map(|question| question.key.as_str()).collect()
    }

    /// The outcome under a reading.
    fn under(&self, question: &str, reading: &str) -> &PeriodLedger {
        let chosen = |choices: &[(String, String)]| choices.iter().any(|(key, id)| key == question && id == reading);
        let outcome = self.evaluations[0].outcomes.iter().find(|outcome| chosen(&outcome.choices)).unwrap();
        outcome.ledger.periods.last().unwrap()
    }
}

fn preset(name: &str, facts: &Value) -> Trial {
    Trial::new(PRESETS, name, facts)
}

fn published(name: &str, facts: &Value) -> Trial {
    Trial::new(PUBLISHED, name, facts)
}

trait Points {
    fn points(&self, indicator: &str) -> String;
    fn figure(&self, figure: &str) -> String;
    fn effects(&self) -> Vec<&str>;
    fn passed(&self, requirement: &str) -> Vec<bool>;
    fn scored(&self) -> String;
}

impl Points for PeriodLedger {
    fn points(&self, indicator: &str) -> String {
        self.indicators.iter().find(|own| own.id == indicator).unwrap_or_else(|| panic!("no {indicator}")).weighted.to_string()
    }
    fn figure(&self, figure: &str) -> String {
        self.figures.iter().find(|(id, _)| id == figure).unwrap_or_else(|| panic!("no {figure}")).1.to_string()
    }
    fn effects(&self) -> Vec<&str> {
        self.effects.iter().map(|effect| effect.id.as_str()).collect()
    }
    fn passed(&self, requirement: &str) -> Vec<bool> {
        self.requirements.iter().filter(|own| own.id == requirement).map(|own| own.passed).collect()
    }
    fn scored(&self) -> String {
        self.score.unwrap().to_string()
    }
}

fn score(indicator: &str, by: &str, value: &str) -> Value {
    json!({ "indicator": indicator, "by": by, "value": value, "reason": "见考核记录" })
}

/// One person's year 2025 with nothing but scores and attributes.
fn year(person: Value, activities: Value, scores: &[Value]) -> Value {
    json!({ "period": "2025", "person": person, "activities": activities, "scores": scores })
}

/// So many facts of a type, one a day from the first of March on.
fn times(kind: &str, number: u32) -> Vec<Value> {
    (1..=number).map(|day| json!({ "id": format!("{kind}{day}"), "type": kind, "date": format!("2025-03-{day:02}") })).collect()
}

fn all(parts: &[Vec<Value>]) -> Value {
    Value::Array(parts.concat())
}

#[test]
fn every_preset_is_an_example_that_says_what_of_it_is_published() {
    assert_eq!(names(PRESETS), ["shaoyang", "zaozhuang-organization", "zaozhuang-person", "zhangjiagang"]);
    for name in names(PRESETS) {
        let rules = read(PRESETS, &name);
        assert_eq!(rules.head.kind, Kind::Assessment, "{name}");
        assert_eq!(rules.head.id, name);
        assert!(rules.head.example && rules.head.issuer.is_some() && rules.head.source.is_some(), "{name}");
        assert!(rules.head.note.as_ref().unwrap().contains("示例"), "{name}");
        assert_eq!(rules.head.subject == Whose::Unit, name == "zaozhuang-organization");
        let most = rules.indicators.iter().fold(Exact::ZERO, |sum, own| sum + own.max * own.weight);
        assert_eq!(most, exact("100"), "{name}: full marks");
        for indicator in &rules.indicators {
            assert!(
                indicator.source.as_ref().is_some_and(|source| source.contains("示例") || source.contains("不一")),
                "{name}: {}",
                indicator.id
            );
        }
    }
    // The heads are what was published; 枣庄 six and six, 邵阳 four.
    let heads = |name: &str| {
        let mut heads: Vec<String> = read(PRESETS, name).indicators.into_iter().filter_map(|own| own.head).collect();
        heads.dedup();
        heads.join("、")
    };
    assert_eq!(heads("zaozhuang-person"), "学习理念、读书学习、调查研究、组织参加活动、改进方法、学以致用");
    assert_eq!(heads("zaozhuang-organization"), "思想理念、学习氛围、系统化、创新形式、规范化、学用结合");
    assert_eq!(heads("shaoyang"), "学习态度、学习精神、学习能力、学习效果");
    assert_eq!(heads("zhangjiagang"), "计划、考勤、笔记、成果");
}

#[test]
fn every_published_rule_file_reads_without_findings() {
    let names = names(PUBLISHED);
    assert!(names.len() >= 21, "{names:?}");
    for name in names {
        read(PUBLISHED, &name);
    }
}

/// What the program knows of a person's year.
fn record(changes: Value) -> Value {
    let mut record = json!({
        "attendance_rate": "11/12", "attendance_rate_with_make_up": "1", "sessions_required": 12, "sessions_attended": 11,
        "absences": 1, "leaves": 0, "lates": 2, "make_ups_open": 0, "study_minutes": 1200, "study_entries": 20,
        "notes": 6, "note_chars": 6000, "credits_total": "15", "credits_required": "18", "credits_met": false,
        "research_days": 30, "reports": 1, "lectures": 1
    });
    for (name, value) in changes.as_object().unwrap() {
        record[name] = value.clone();
    }
    record
}

fn zaozhuang_scores() -> Vec<Value> {
    vec![
        score("学习态度", "自评", "15"),
        score("学习态度", "互评", "12"),
        score("学习态度", "核查", "13"),
        score("方法创新", "自评", "10"),
        score("方法创新", "核查", "8"),
        score("成果转化", "核查", "12.5"),
    ]
}

#[test]
fn zaozhuang_person() {
    let person = |tier: &str, changes| json!({ "tier": tier, "record": record(changes) });
    let trial = preset("zaozhuang-person", &year(person("处级以上", json!({})), json!([]), &zaozhuang_scores()));
    let period = trial.period();
    // 0.2 × 15 + 0.3 × 12 + 0.5 × 13 = 3 + 3.6 + 6.5
    assert_eq!(period.points("学习态度"), "13.1");
    // 1200 of 2400 minutes; 6 of 12 notes; 15 of 18 credits
    assert_eq!(period.points("自学时间"), "5");
    assert_eq!(period.points("读书笔记"), "5");
    assert_eq!(period.points("学分"), "25/6");
    // 30 of 60 days; a report
    assert_eq!(period.points("调研天数"), "4");
    assert_eq!(period.points("调研报告"), "7");
    assert_eq!(period.points("出勤"), "13.75");
    assert_eq!(period.points("主讲"), "5");
    // 13.1 + 14 1/6 + 11 + 18.75 + 8 + 12.5 = 77.5166… = 4651/60
    assert_eq!(period.scored(), "4651/60");
    assert_eq!(period.grade.as_deref(), Some("合格"));

    // 科级: 20 days are enough, all other targets reached: 10+10+5+8+7+15+5
    // = 60, and 13.1 + 8 + 12.5 by hand: 93.6.
    let full = json!({ "attendance_rate": "1", "study_minutes": 2400, "notes": 40, "credits_met": true, "credits_total": "20" });
    let trial = preset("zaozhuang-person", &year(person("科级", full.clone()), json!([]), &zaozhuang_scores()));
    assert_eq!(trial.period().scored(), "93.6");
    assert_eq!(trial.period().grade.as_deref(), Some("优秀"));

    // Six absences: 合格 at most, whatever the points.
    let mut absent = full;
    absent["absences"] = json!(6);
    let trial = preset("zaozhuang-person", &year(person("科级", absent), json!([]), &zaozhuang_scores()));
    assert_eq!((trial.period().scored().as_str(), trial.period().grade.as_deref()), ("93.6", Some("合格")));
    assert_eq!(trial.period().vetoes, ["多次缺席"]);

    // Whoever was not scored is undecided, not zero.
    let trial = preset("zaozhuang-person", &year(person("科级", json!({})), json!([]), &zaozhuang_scores()[..5]));
    assert_eq!(trial.questions(), ["score:成果转化"]);
}

#[test]
fn zaozhuang_organization() {
    let unit = |held| {
        json!({ "members": 20, "sessions_planned": 24, "sessions_held": held, "attendance_rate": "0.95",
                "credits_met_members": 18, "notes": 96 })
    };
    let scores = ["思想理念", "创新形式", "制度档案", "学用结合"]
        .map(|indicator| score(indicator, "核查", if indicator == "制度档案" { "9" } else { "13" }));
    let trial = preset("zaozhuang-organization", &year(unit(22), json!([]), &scores));
    let period = trial.period();
    assert_eq!(period.points("出勤率"), "9.5");
    // 96 / 20 / 6 = 0.8
    assert_eq!(period.points("人均笔记"), "8");
    // 22 / 24 × 15
    assert_eq!(period.points("计划兑现率"), "13.75");
    assert_eq!(period.points("达标率"), "9");
    // 13 × 3 + 9 + 9.5 + 8 + 13.75 + 9
    assert_eq!(period.scored(), "88.25");
    assert_eq!(period.grade.as_deref(), Some("良好"));
    // More than planned is not more than all.
    let trial = preset("zaozhuang-organization", &year(unit(30), json!([]), &scores));
    assert_eq!(trial.period().points("计划兑现率"), "15");
    assert_eq!(trial.period().scored(), "89.5");
    // Nothing planned: nothing to divide by, somebody has to decide.
    let mut none = unit(3);
    none["sessions_planned"] = json!(0);
    let trial = preset("zaozhuang-organization", &year(none, json!([]), &scores));
    assert_eq!(trial.questions(), ["score:计划兑现率"]);
}

#[test]
fn a_units_names_mean_nothing_where_people_are_judged() {
    let text = std::fs::read_to_string(Path::new(PRESETS).join("zaozhuang-organization.toml")).unwrap();
    let findings = inspect(&text.replace("subject = \"unit\"\n", ""), &|_| None).findings;
    let unknown: Vec<_> = findings.iter().filter(|finding| finding.code == file::Code::UnknownName).collect();
    // attendance_rate, notes, members, sessions_held, sessions_planned,
    // credits_met_members, members
    assert_eq!(unknown.len(), 7, "{findings:#?}");
}

#[test]
fn shaoyang() {
    let person = |changes| json!({ "record": record(changes) });
    let scores = [score("互评", "互评", "9"), score("工作成效", "核查", "12")];
    let trial = preset("shaoyang", &year(person(json!({})), json!([]), &scores));
    let period = trial.period();
    // 15; 10 − 0.5 × 2; 15 × 1200/3000; 9; 6; 5; 5; 10 × 15/18; 12
    assert_eq!(period.points("守时"), "9");
    assert_eq!(period.points("自学"), "6");
    assert_eq!(period.points("笔记字数"), "6");
    assert_eq!(period.points("调研报告"), "5");
    assert_eq!(period.points("学分"), "25/3");
    // 15 + 9 + 6 + 9 + 6 + 5 + 5 + 25/3 + 12 = 75 1/3
    assert_eq!(period.scored(), "226/3");
    assert_eq!(period.grade.as_deref(), Some("合格"));
    // Three colleagues: (9 + 7 + 10) / 3, a third of a point less than 9.
    let peers = ["9", "7", "10"].map(|points| score("互评", "互评", points));
    let trial = preset("shaoyang", &year(person(json!({})), json!([]), &[&peers[..], &scores[1..]].concat()));
    assert_eq!(trial.period().points("互评"), "26/3");
    assert_eq!(trial.period().scored(), "75");
    // Punctuality cannot fall below nothing.
    let trial = preset("shaoyang", &year(person(json!({ "lates": 12, "make_ups_open": 5 })), json!([]), &scores));
    assert_eq!(trial.period().points("守时"), "0");
    // Nothing to attend in the year: no grade, and why.
    let nothing = json!({ "sessions_required": 0 });
    let trial = preset("shaoyang", &year(person(nothing), json!([]), &scores));
    assert_eq!(trial.period().grade, None);
    assert_eq!(trial.period().no_grade.as_deref(), Some("全年没有应参加的集体学习"));
}

#[test]
fn zhangjiagang_caps_the_annual_review() {
    let person =
        |review: &str| json!({ "record": record(json!({ "attendance_rate": "1", "notes": 12 })), "reviews": { "年度考核": review } });
    let scores = |result| [score("学习计划", "核查", "18"), score("学习成果", "核查", result)];
    // 18 + 30 + 20 + 22 = 90: exactly the line.
    let trial = preset("zhangjiagang", &year(person("优秀"), json!([]), &scores("22")));
    assert_eq!((trial.period().scored().as_str(), trial.period().grade.as_deref()), ("90", Some("优秀")));
    assert!(trial.period().effects.is_empty());
    // One point less: the year's review falls from 优秀 to 称职.
    let trial = preset("zhangjiagang", &year(person("优秀"), json!([]), &scores("21")));
    assert_eq!(trial.period().grade.as_deref(), Some("良好"));
    let effect = &trial.period().effects[0];
    assert_eq!((effect.at_most.as_deref(), effect.grade.as_deref()), (Some("称职"), Some("称职")));
    // A lower review stays as it is.
    let trial = preset("zhangjiagang", &year(person("基本称职"), json!([]), &scores("21")));
    assert_eq!(trial.period().effects[0].grade.as_deref(), Some("基本称职"));
}

#[test]
fn s1_the_inspector_chooses_the_deduction_within_its_range() {
    let deduction = |id: &str, kind: &str, by: &str, credits: Option<&str>| {
        let mut fact = json!({ "id": id, "type": kind, "date": "2025-11-20", "by": by });
        if let Some(credits) = credits {
            fact["credits"] = json!(credits);
        }
        fact
    };
    let mut activities = vec![
        deduction("d1", "职责不落实", "核查", Some("-2")),
        deduction("d2", "职责不落实", "自评", Some("-1")),
        deduction("d3", "没有半年小结", "核查", Some("-3")),
        deduction("d4", "不开会", "核查", None),
        deduction("d5", "没有半年小结", "核查", Some("-1")),
        deduction("d6", "缺一次学习", "核查", Some("-2")),
        deduction("d7", "缺一次学习", "核查", Some("-1")),
        deduction("d8", "没有培训档案", "核查", None),
    ];
    // Twelve activities of the leaders: ten half-days, two days: 56 hours.
    activities.extend(
        (1..=10).map(|day| json!({ "id": format!("h{day}"), "type": "处以上学习", "date": format!("2025-02-{day:02}"), "half_days": 1 })),
    );
    activities.extend(
        (1..=2).map(|day| json!({ "id": format!("g{day}"), "type": "处以上学习", "date": format!("2025-06-{day:02}"), "days": 1 })),
    );
    // The branch in three quarters of four.
    activities.extend(["2025-03-31", "2025-04-01", "2025-12-31"].map(|date| json!({ "id": date, "type": "支部学习", "date": date })));
    activities.extend(times("讲座", 4));
    let facts = year(json!({}), Value::Array(activities.clone()), &[]);
    let trial = published("S1", &facts);
    let period = trial.period();
    assert_eq!(period.points("职责"), "6"); // 8 − 2
    assert_eq!(period.points("会议"), "0"); // 6 − 3 − 3 − 1, not below 0
    assert_eq!(period.points("计划"), "6");
    assert_eq!(period.points("学习活动"), "5"); // 8 − 2 − 1
    assert_eq!(period.points("培训档案"), "0"); // 5 − 5
    assert_eq!(period.scored(), "17");
    assert_eq!(period.figure("自评"), "32"); // its own column: 33 − 1
    assert_eq!(period.passed("处以上次数"), [true]);
    assert_eq!(period.passed("处以上学时"), [false]); // 56 of 110
    assert_eq!(period.passed("支部学习"), [true, true, false, true]);
    assert_eq!(period.passed("讲座"), [true]);

    // A deduction that nobody chose yet is undecided between its ends.
    activities.push(deduction("d9", "职责不落实", "核查", None));
    let trial = published("S1", &year(json!({}), Value::Array(activities), &[]));
    assert_eq!(trial.questions(), ["value:d9"]);
}

#[test]
fn s3_s4_parts_add_up() {
    let trial = published(
        "S3",
        &year(
            json!({}),
            json!([]),
            &[score("全委会测评", "县全委会", "90"), score("本单位测评", "本单位", "85"), score("其他各考", "考核组", "80")],
        ),
    );
    // 24 % of 90, 16 % of 85, 60 % of 80: 21.6 + 13.6 + 48
    assert_eq!(trial.period().points("全委会测评"), "21.6");
    assert_eq!(trial.period().scored(), "83.2");

    let scores = [score("目标管理", "考核组", "66"), score("考察", "考核组", "9")];
    let votes = |excellent: u32| json!({ "票": { "优秀": excellent, "总数": 40 } });
    // All excellent: 20 under either reading, so nothing is open.
    assert_eq!(published("S4", &year(votes(40), json!([]), &scores)).period().scored(), "95");
    let trial = published("S4", &year(votes(30), json!([]), &scores));
    assert_eq!(trial.questions(), ["测评票"]);
    assert_eq!(trial.under("测评票", "share").scored(), "90");
    assert_eq!(trial.under("测评票", "none").scored(), "75");
}

#[test]
fn s5_best_of_three_in_time() {
    let attempt = |number: u32, right: u32, minutes: u32| json!({ "id": format!("t{number}"), "type": "考试", "date": "2025-10-20", "attempt": number, "right": right, "minutes": minutes });
    let grade = |attempts: &[Value]| {
        let trial = published("S5", &year(json!({}), json!(attempts), &[]));
        (trial.period().total.to_string(), trial.period().grade.clone().unwrap())
    };
    assert_eq!(grade(&[attempt(1, 39, 80), attempt(2, 45, 90), attempt(3, 42, 70)]), ("90".to_owned(), "优秀".to_owned()));
    assert_eq!(grade(&[attempt(1, 39, 80), attempt(2, 45, 91)]), ("78".to_owned(), "合格".to_owned()));
    assert_eq!(
        grade(&[attempt(1, 29, 80), attempt(2, 29, 80), attempt(3, 29, 80), attempt(4, 50, 80)]),
        ("58".to_owned(), "不合格".to_owned())
    );
    assert_eq!(grade(&[attempt(1, 40, 80)]), ("80".to_owned(), "良好".to_owned()));
}

/// A branch of full members, so many of them excellent with falling ballots,
/// and of probationary ones.
fn branch(full: u32, excellent: u32, probationary: u32) -> Value {
    let person = |number: u32, status: &str, level: &str, ballots: u32| {
        json!({ "person": { "id": format!("p{number:02}"), "party_status": status, "票": { "优秀": ballots, "总数": 100 } },
                "scores": [score("等次", "支委会", level)] })
    };
    let mut people: Vec<Value> =
        (1..=full).map(|number| person(number, "中共党员", if number <= excellent { "4" } else { "3" }, 100 - number)).collect();
    people.extend((1..=probationary).map(|number| person(full + number, "中共预备党员", "3", 99)));
    json!({ "period": "2025", "people": people })
}

#[test]
fn s6_a_third_at_most_and_probationary_members_without_grade() {
    let trial = published("S6", &branch(10, 4, 0));
    let unit = trial.decided_unit();
    let quota = &unit.quotas[0];
    // A third of ten is three and a third: three places for four.
    assert_eq!((quota.places, quota.raw), (Some(exact("3")), Some(exact("10/3"))));
    assert_eq!(quota.candidates, ["p01", "p02", "p03", "p04"]);
    assert_eq!(quota.over, ["p04"]);

    // Nine and three probationary: three places of nine, four of twelve.
    let trial = published("S6", &branch(9, 3, 3));
    let probationary = &trial.evaluations[9].outcomes[0].ledger.periods[0];
    assert_eq!(probationary.grade, None);
    assert_eq!(probationary.no_grade.as_deref(), Some("预备党员参加评议，不定等次"));
    let reading = |id: &str, places: &str| (id.to_owned(), places.to_owned());
    assert_eq!(trial.places("基数"), [reading("all", "4"), reading("graded", "3")]);
    // Before p02 is judged nobody can say whether a place is left.
    let mut facts = branch(10, 4, 0);
    facts["people"][1]["scores"] = json!([]);
    let unit = published("S6", &facts).decided_unit();
    assert_eq!(unit.quotas[0].candidates, ["p01", "p03", "p04"]);
    assert_eq!(unit.quotas[0].perhaps, ["p02"]);
    assert!(unit.quotas[0].over.is_empty());
    // Ballots rank, they do not grade: p05 with 95 % of the ballots is 合格.
    assert_eq!(trial.evaluations[4].outcomes[0].ledger.periods[0].grade.as_deref(), Some("合格"));
}

#[test]
fn s8_s9_s10_results_reach_the_annual_review() {
    let reviewed = |review: &str| json!({ "reviews": { "年度考核": review } });
    let trial = published("S8", &year(reviewed("优秀"), json!([]), &[score("评定", "考学", "1")]));
    assert_eq!(trial.period().effects(), ["不得评优", "不得晋升"]);
    assert_eq!(trial.period().effects[0].grade.as_deref(), Some("称职"));
    let trial = published("S8", &year(reviewed("优秀"), json!([]), &[score("评定", "考学", "2")]));
    assert!(trial.period().effects.is_empty());
    // A full-time course on 10 March: an appraisal within a month.
    let course = json!([{ "id": "c", "type": "脱产培训", "date": "2025-03-10" }, { "id": "d", "type": "书面鉴定", "date": "2025-04-11", "of_id": "c" }]);
    let trial = published("S8", &year(reviewed("称职"), course, &[score("评定", "考学", "2")]));
    let obligation = &trial.ledger().obligations[0];
    assert_eq!(obligation.due.map(|due| due.to_string()).as_deref(), Some("2025-04-10"));
    assert_eq!(obligation.state, ObligationProgress::Late);

    let member = |ballots: u32, poor: bool, review: &str| json!({ "票": { "合格": ballots, "基本合格": 10, "总数": 100 }, "态度差": poor, "reviews": { "年度考核": review } });
    let nine = |ballots, poor, review, exam| {
        let trial = published("S9", &year(member(ballots, poor, review), json!([]), &[score("考试", "考试", exam)]));
        let period = trial.period();
        (period.grade.clone().unwrap(), period.effects.first().and_then(|effect| effect.grade.clone()))
    };
    let outcome = |grade: &str, review: Option<&str>| (grade.to_owned(), review.map(str::to_owned));
    assert_eq!(nine(50, false, "优秀", "60"), outcome("合格", None)); // 60 % and 60: both just enough
    assert_eq!(nine(49, false, "优秀", "90"), outcome("不合格", Some("基本称职")));
    assert_eq!(nine(90, true, "称职", "90"), outcome("不合格", Some("基本称职")));
    assert_eq!(nine(90, false, "不称职", "59"), outcome("不合格", Some("不称职")));
    // Two grades below what it would have been.
    let severe = json!({ "票": { "合格": 0, "基本合格": 0, "总数": 10 }, "从重": true, "reviews": { "评优": "一等" } });
    let trial = published("S9", &year(severe, json!([]), &[score("考试", "考试", "80")]));
    let down = trial.period().effects.iter().find(|effect| effect.id == "降两等").unwrap();
    assert_eq!(down.grade.as_deref(), Some("三等"));

    let ten = |points| {
        let trial = published("S10", &year(reviewed("优秀"), json!([]), &[score("学习", "考核组", points)]));
        trial.period().effects.first().and_then(|effect| effect.grade.clone())
    };
    assert_eq!(ten("90"), None);
    assert_eq!(ten("89.5").as_deref(), Some("称职"));
}

fn class(pupils: u32, leaders: u32) -> Value {
    let people: Vec<Value> = (1..=pupils)
        .map(|number| {
            let role = if number <= leaders { "组长" } else { "学员" };
            json!({ "person": { "id": format!("p{number:03}"), "role": role },
                    "scores": [score("表现", "班主任", "80"), score("考试", "考试", &(number % 101).to_string())] })
        })
        .collect();
    json!({ "period": "2025", "people": people })
}

#[test]
fn s12_s13_places_are_rounded_as_each_text_says() {
    // 70 × 3 % = 2.1 → 3; 20 × 3 % = 0.6 → 1; 5 × 30 % = 1.5 → 2; 7 × 30 % = 2.1 → 2
    for (pupils, leaders, best, group) in [(70, 7, "3", "2"), (20, 5, "1", "2")] {
        let unit = published("S12", &class(pupils, leaders)).decided_unit();
        let places: Vec<_> = unit.quotas.iter().map(|quota| quota.places.unwrap().to_string()).collect();
        assert_eq!(places, [best, group], "{pupils} pupils");
    }
    let trial = published("S12", &class(20, 5));
    // 0.7 × 80 + 0.3 × 20
    assert_eq!(trial.evaluations[19].outcomes[0].ledger.periods[0].scored(), "62");
    let places: Vec<_> = trial.decided_unit().rankings[0].places.iter().map(|(place, person, _)| format!("{place} {person}")).collect();
    assert_eq!(places, ["1 p020", "2 p019", "3 p018"]);

    let trial = |number: u32| {
        let people: Vec<Value> = (1..=number).map(|own| json!({ "person": { "id": format!("p{own}") } })).collect();
        published("S13", &json!({ "period": "2025", "people": people }))
    };
    // 10 % of 40 is 4 in every reading; of 46 it is 4 or 5.
    assert_eq!(trial(40).decided_unit().quotas[0].places, Some(exact("4")));
    let reading = |id: &str, places: &str| (id.to_owned(), places.to_owned());
    assert_eq!(trial(46).places("取整"), [reading("floor", "4"), reading("half_up", "5")]);
}

#[test]
fn s14_blocks_are_weighted_and_words_are_numbers() {
    let words = |words: &[&str]| -> Vec<Value> {
        words
            .iter()
            .enumerate()
            .map(|(at, word)| json!({ "id": format!("w{at}"), "type": "评价", "date": "2025-12-01", "word": word }))
            .collect()
    };
    let scores = [score("组织生活", "考评组", "90"), score("作用发挥", "考评组", "85"), score("工作保障", "考评组", "100")];
    let activities = all(&[words(&["好", "较好", "一般", "差", "好"]), times("缺支委", 2)]);
    let trial = published("S14", &year(json!({}), activities, &scores));
    // (100 − 10 + 65 + 90 + 85 + 100) / 5
    assert_eq!(trial.period().points("组织设置"), "18");
    assert_eq!(trial.period().points("教育管理"), "13");
    assert_eq!(trial.period().scored(), "86");
    // A word that the text does not know is asked about, not taken as 0.
    let trial = published("S14", &year(json!({}), all(&[words(&["很好"])]), &scores));
    assert_eq!(trial.questions().len(), 1);
}

#[test]
fn s15_no_mark_below_three_quarters() {
    let pupil = |rate: &str, activities: Value| {
        let person = json!({ "record": { "attendance_rate": rate } });
        let trial = published("S15", &year(person, activities, &[score("考试", "考试", "90"), score("平时", "班主任", "77.5")]));
        let period = trial.period();
        // 54 + 31
        assert_eq!(period.scored(), "85");
        (period.grade.clone(), period.no_grade.clone())
    };
    assert_eq!(pupil("3/4", json!([])), (Some("优秀".to_owned()), None));
    assert_eq!(pupil("0.74", json!([])), (None, Some("出勤不足四分之三，没有成绩".to_owned())));
    assert_eq!(pupil("1", all(&[times("无故请假", 1)])).0.as_deref(), Some("优秀"));
    assert_eq!(pupil("1", all(&[times("无故请假", 2)])).1.as_deref(), Some("取消资格"));
    assert_eq!(pupil("1", all(&[times("旷课", 1)])).1.as_deref(), Some("取消资格"));
}

#[test]
fn s17_a_grade_or_the_reason_for_none() {
    let result = |person: Value| {
        let trial = published("S17", &year(person, json!([]), &[score("考核", "考核组", "92")]));
        (trial.period().grade.clone(), trial.period().no_grade.clone())
    };
    let none = |reason: &str| (None, Some(reason.to_owned()));
    assert_eq!(result(json!({})), (Some("优秀".to_owned()), None));
    assert_eq!(result(json!({ "试用期": true })), none("不定等次：试用期"));
    assert_eq!(result(json!({ "立案未结": true })), none("不定等次：立案未结"));
    assert_eq!(result(json!({ "处分期": [{ "until": "2025-06-30", "value": true }] })).0.as_deref(), Some("优秀"));
    assert_eq!(result(json!({ "处分期": [{ "from": "2025-07-01", "value": true }] })), none("不定等次：处分期"));
    // Half of 365 days is 182.5.
    assert_eq!(result(json!({ "病事假天数": 182 })).0.as_deref(), Some("优秀"));
    assert_eq!(result(json!({ "病事假天数": 183 })), none("不进行考核：病事假累计超过半年"));
}

#[test]
fn a1_the_whole_sheet() {
    let scores = [score("作用发挥", "支部", "28"), score("民主测评", "支部", "18")];
    let activities = all(&[
        times("会议迟到", 3),
        times("会议缺席", 2),
        times("会议失序", 1),
        times("活动缺席", 1),
        times("志愿缺席", 2),
        times("学习缺席", 1),
        times("缺笔记", 2),
        times("表扬", 1),
        times("上级通报", 1),
        times("支部批评", 1),
    ]);
    let trial = published("A1", &year(json!({}), activities, &scores));
    let period = trial.period();
    assert_eq!(period.points("支部会议"), "2.5"); // 10 − 1.5 − 5 − 1
    assert_eq!(period.points("支部活动"), "7"); // 10 − 3
    assert_eq!(period.points("志愿服务"), "5"); // 10 − 5
    assert_eq!(period.points("学习"), "14"); // 20 − 3 × 2
    assert_eq!(period.points("表扬批评"), "-1"); // 2 − 2 − 1
    assert_eq!(period.scored(), "73.5"); // 2.5 + 7 + 5 + 14 + 28 + 18 − 1

    // Three absences empty an item, the second costs five in all.
    let trial = published("A1", &year(json!({}), all(&[times("会议缺席", 3), times("活动缺席", 2), times("志愿缺席", 1)]), &scores));
    let period = trial.period();
    assert_eq!([period.points("支部会议"), period.points("支部活动"), period.points("志愿服务")], ["0", "5", "8"]);

    // Two late and two early: counted together they empty the item.
    let trial = published("A1", &year(json!({}), all(&[times("会议迟到", 2), times("会议早退", 2)]), &scores));
    assert_eq!(trial.questions(), ["迟到早退"]);
    assert_eq!(trial.under("迟到早退", "together").points("支部会议"), "0");
    assert_eq!(trial.under("迟到早退", "separately").points("支部会议"), "8");
}

fn sitting(id: &str, date: &str, status: &str, more: Value) -> Value {
    let mut fact = json!({ "id": id, "type": "中心组学习", "date": date, "status": status });
    for (name, value) in more.as_object().unwrap() {
        fact[name] = value.clone();
    }
    fact
}

#[test]
fn a2_fines_and_the_report_at_the_next_sitting() {
    let hours = json!({ "hours": 3 });
    let mut activities: Vec<Value> = (1..=12)
        .flat_map(|month| [(month, "05"), (month, "20")])
        .map(|(month, day)| sitting(&format!("s{month:02}{day}"), &format!("2025-{month:02}-{day}"), "出席", hours.clone()))
        .collect();
    activities[0]["status"] = json!("迟到"); // 5 January
    activities[1]["status"] = json!("缺席"); // 20 January
    activities[2]["status"] = json!("病假"); // 5 February
    activities[4]["phone_rings"] = json!(2); // 5 March
    activities[22]["hours"] = json!("2.5"); // 5 December: too short
    activities.push(json!({ "id": "r", "type": "汇报自学", "date": "2025-02-20", "of_id": "s0205" }));
    let trial = published("A2", &year(json!({}), json!(activities), &[]));
    let period = trial.period();
    assert_eq!(period.figure("罚款"), "90"); // 20 + 50 + 2 × 10
    assert_eq!(period.passed("每月次数"), [vec![true; 11], vec![false]].concat());
    let obligation = &trial.ledger().obligations[0];
    assert_eq!(obligation.due.map(|due| due.to_string()).as_deref(), Some("2025-02-20"));
    assert_eq!(obligation.state, ObligationProgress::Done);
}

#[test]
fn a3_a4_both_rates_have_to_hold() {
    let sittings: Vec<Value> = (1..=12)
        .map(|month| json!({ "id": format!("s{month}"), "type": "中心组学习", "date": format!("2025-{month:02}-15"), "half_days": 1 }))
        .collect();
    let unit = |rate: &str, held: u32| json!({ "attendance_rate": rate, "sessions_held": held, "sessions_planned": 20 });
    let verdict = |unit: Value| {
        let trial = published("A3", &year(unit, json!(sittings), &[]));
        assert_eq!(trial.period().passed("每月半天"), [true; 12]);
        (trial.period().passed("参学率")[0], trial.period().passed("学习日兑现率")[0], trial.period().verdict.code())
    };
    assert_eq!(verdict(unit("0.9", 18)), (true, true, "pass"));
    assert_eq!(verdict(unit("0.89", 18)), (false, true, "fail"));
    assert_eq!(verdict(unit("1", 17)), (true, false, "fail"));

    let checks = json!([
        { "id": "n1", "type": "笔记检查", "date": "2025-06-30" },
        { "id": "a1", "type": "文章", "date": "2025-09-01" },
    ]);
    let trial = published("A4", &year(json!({ "record": { "attendance_rate": "4/5" } }), checks, &[]));
    assert_eq!(trial.period().passed("参学率"), [true]);
    assert_eq!(trial.period().passed("笔记"), [true, false]);
    assert_eq!(trial.period().passed("文章"), [true]);
}

#[test]
fn a5_a10_a17_consequences_by_count() {
    let effects = |name: &str, person: Value, activities: Value| {
        let trial = published(name, &year(person, activities, &[]));
        trial.period().effects().join(" ")
    };
    for (absences, expected) in [(0, ""), (1, "批评"), (2, "批评"), (3, "批评 通报")] {
        assert_eq!(effects("A5", json!({}), all(&[times("无故缺席", absences)])), expected);
    }

    let study = |number: u32, status: &str| -> Vec<Value> {
        (1..=number)
            .map(|day| json!({ "id": format!("{status}{day}"), "type": "学习", "date": format!("2025-04-{day:02}"), "status": status }))
            .collect()
    };
    let tests = |marks: &[u32]| -> Vec<Value> {
        marks
            .iter()
            .enumerate()
            .map(|(at, mark)| json!({ "id": format!("x{at}"), "type": "测试", "date": "2025-05-05", "exam_score": mark }))
            .collect()
    };
    assert_eq!(effects("A10", json!({}), all(&[study(6, "事假"), tests(&[59, 59, 60])])), "");
    assert_eq!(effects("A10", json!({}), all(&[study(4, "事假"), study(3, "病假")])), "不得评先");
    assert_eq!(effects("A10", json!({}), all(&[tests(&[59, 40, 0])])), "不得评先");
    let trial = published("A10", &year(json!({}), all(&[study(2, "缺席"), times("辅导缺课", 1)]), &[]));
    assert_eq!(trial.period().figure("罚款"), "150");
    // Missed on 1 March, thirty days to make up for it.
    assert_eq!(trial.ledger().obligations[0].due.map(|due| due.to_string()).as_deref(), Some("2025-03-31"));
    assert_eq!(trial.ledger().obligations[0].state, ObligationProgress::Overdue);

    let course = json!({ "course_days": 6 });
    let leave =
        |hours: u32, days: &str| vec![json!({ "id": "l", "type": "请假", "date": "2025-03-02", "class_hours": hours, "days": days })];
    assert_eq!(effects("A17", course.clone(), all(&[times("迟到", 1)])), "警告");
    assert_eq!(effects("A17", course.clone(), all(&[times("迟到", 2)])), "退出");
    assert_eq!(effects("A17", course.clone(), all(&[leave(3, "1")])), "");
    assert_eq!(effects("A17", course.clone(), all(&[leave(4, "1")])), "退出");
    assert_eq!(effects("A17", course, all(&[leave(3, "2")])), "重修");
}

#[test]
fn a9_candidates_lose_points_and_may_lose_their_place() {
    let scores = [score("思想汇报", "考核组", "18"), score("考试", "考核组", "27"), score("作用", "考核组", "9")];
    let leave = |id: &str, asked: &str, force: bool| json!({ "id": id, "type": "请假", "date": "2025-05-06", "asked": asked, "force_majeure": force });
    let mut activities = vec![leave("l1", "事前", true), leave("l2", "事前", false), leave("l3", "事后", true)];
    activities.extend([times("迟到", 2), times("课上做别的", 1), times("讨论无人发言", 1)].concat());
    let trial = published("A9", &year(json!({}), json!(activities), &scores));
    // 20 − 2 − (0 + 1 + 2) − 2; 20 − 2
    assert_eq!(trial.period().points("考勤"), "13");
    assert_eq!(trial.period().points("讨论"), "18");
    assert_eq!(trial.period().scored(), "85"); // 13 + 18 + 18 + 27 + 9
    assert_eq!(trial.period().grade.as_deref(), Some("合格"));
    activities.push(json!({ "id": "sub", "type": "替课", "date": "2025-05-07" }));
    let trial = published("A9", &year(json!({}), json!(activities), &scores));
    assert_eq!(trial.period().no_grade.as_deref(), Some("取消资格：缺课或替课"));
}

#[test]
fn a14_whoever_was_excused_makes_up_and_writes() {
    let day = json!({ "days": 1 });
    let activities = json!([
        sitting("s1", "2025-01-10", "出席", day.clone()),
        sitting("s2", "2025-02-10", "公假", day.clone()),
        sitting("s3", "2025-03-10", "出席", day),
        { "id": "m", "type": "补学", "date": "2025-03-10", "of_id": "s2" },
        { "id": "e", "type": "心得体会", "date": "2025-03-12", "of_id": "s2" },
    ]);
    let mut facts = year(json!({}), activities, &[]);
    facts["as_of"] = json!("2025-04-01");
    let trial = published("A14", &facts);
    assert_eq!(trial.period().passed("每月一天")[..3], [true, false, true]);
    let states: Vec<_> = trial.ledger().obligations.iter().map(|own| (own.id.as_str(), own.state)).collect();
    // Made up on the very day of the next sitting; the essay two days late.
    assert_eq!(states, [("补学", ObligationProgress::Done), ("心得", ObligationProgress::Late)]);
}

#[test]
fn a_unit_of_two_thousand_that_nobody_has_scored_yet_is_seen_at_once() {
    let person =
        |own: u32| json!({ "person": { "id": format!("p{own}"), "party_status": "中共党员", "票": { "优秀": own, "总数": 9999 } } });
    let people: Vec<Value> = (1..=2000).map(person).collect();
    let trial = published("S6", &json!({ "period": "2025", "people": people }));
    let started = std::time::Instant::now();
    let unit = trial.decided_unit();
    assert!(started.elapsed().as_secs() < 5, "took {:?}", started.elapsed());
    assert_eq!(unit.quotas[0].places, Some(exact("666")));
    assert_eq!((unit.quotas[0].candidates.len(), unit.quotas[0].perhaps.len()), (0, 2000));
}
