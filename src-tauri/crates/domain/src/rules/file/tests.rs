//! Whole files: what is written is what is read, and nothing that is edited
//! into a file makes the reader fail.

use proptest::prelude::*;

use super::{Code, Severity, read};
use crate::{
    exact::Exact,
    rules::{inspect, model::*},
};

const GUIDE: &str = include_str!("../../../../../../assets/guide/rules.md");
const LARGE: &str = include_str!("tests/large.toml");

/// The first block of TOML after a heading of the guide.
fn guide(heading: &str) -> String {
    let from = &GUIDE[GUIDE.find(heading).unwrap()..];
    let text = &from[from.find("```toml\n").unwrap() + 8..];
    text[..text.find("```").unwrap()].to_owned()
}

fn no_parent(_: &str) -> Option<String> {
    None
}

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

fn constant(value: &Option<Value>) -> (u32, Exact) {
    let value = value.as_ref().unwrap();
    let ValueKind::Constant(number) = value.how else { panic!("{value:?}") };
    (value.line, number)
}

#[test]
fn the_guides_example_reads_as_it_is_written() {
    let reading = inspect(&guide("## 1 最短的例子"), &no_parent);
    assert!(reading.findings.iter().all(|finding| finding.severity == Severity::Hint), "{:?}", reading.findings);
    let rules = reading.rule_set.unwrap();
    assert_eq!((rules.head.id.as_str(), rules.head.unit.as_str(), rules.head.kind), ("demo", "学时", Kind::Credits));
    assert_eq!(rules.period, Period::Year { month: 1, day: 1 });
    let party = &rules.categories[0];
    assert_eq!((party.id.as_str(), party.origin.line, party.bucket.as_deref()), ("党校培训", 10, Some("必修")));
    assert_eq!(party.types, ["党校培训"]);
    let Gives::Rate { of: Some(of), per, credit, round } = &party.awards[0].gives else { panic!() };
    assert_eq!((of.text.as_str(), of.line, *per, credit.line, *round), ("days", 14, Exact::ONE, 15, Some(RateRound::Exact)));
    let web = &rules.categories[1];
    assert_eq!((web.gates[0].when.line, web.gates[0].label.as_str()), (22, "播放不足 90%"));
    assert_eq!((rules.caps[0].id.as_str(), rules.caps[0].per.clone()), ("cap1", CapPer::Period));
    assert_eq!(constant(&rules.caps[0].max), (33, exact("20")));
    assert_eq!(rules.requirements[1].origin.line, 40);
}

#[test]
fn the_guides_open_question_reads_as_it_is_written() {
    let text = format!("id = \"甲\"\nname = \"甲\"\nunit = \"分\"\n[[category]]\nid = \"外地培训\"\nelse = 0\n{}", guide("### `[[open]]`"));
    let rules = inspect(&text, &no_parent).rule_set.unwrap();
    assert_eq!(rules.open[0].readings, [("per_class".to_owned(), "每班".to_owned()), ("per_year".to_owned(), "每年".to_owned())]);
    let reading = |id: &str| Some(("外地培训上限".to_owned(), id.to_owned()));
    assert_eq!([&rules.caps[0].origin.reading, &rules.caps[1].origin.reading], [&reading("per_class"), &reading("per_year")]);
    assert_eq!(rules.choices, [("外地培训上限".to_owned(), "per_class".to_owned())]);
}

fn large() -> RuleSet {
    let reading = inspect(LARGE, &no_parent);
    assert_eq!(reading.findings, []);
    reading.rule_set.unwrap()
}

/// The line of the large file that begins with a text, the first after
/// another text.
fn line(after: &str, start: &str) -> u32 {
    let skip = LARGE.lines().position(|line| line.starts_with(after)).unwrap();
    LARGE.lines().enumerate().skip(skip).find(|(_, line)| line.starts_with(start)).unwrap().0 as u32 + 1
}

#[test]
fn a_large_file_reads_with_head_and_time_as_written() {
    let rules = large();
    let head = &rules.head;
    assert_eq!((head.kind, head.example, head.version.as_deref()), (Kind::Assessment, true, Some("2025 修订")));
    assert_eq!(
        [&head.issuer, &head.document, &head.source, &head.note],
        [&Some("某局".to_owned()), &Some("某发〔2025〕1 号".to_owned()), &Some("汇编".to_owned()), &Some("示例".to_owned()),]
    );
    assert_eq!(head.effective_from.map(|day| day.to_string()).as_deref(), Some("2025-01-01"));
    assert_eq!(head.effective_until.map(|day| day.to_string()).as_deref(), Some("2030-12-31"));
    assert_eq!(head.who.as_ref().map(|who| who.text.as_str()), Some("person.member_category = '在职'"));
    assert_eq!(rules.period, Period::Year { month: 12, day: 1 });
    let cycles: Vec<_> = rules.cycles.iter().map(|cycle| (cycle.id.as_str(), &cycle.period)).collect();
    assert_eq!(
        cycles,
        [
            ("五年", &Period::Block { years: 5, from: 2003 }),
            ("滚动", &Period::Rolling { years: 5 }),
            ("个人", &Period::Window { months: 36, from: "registered_on".to_owned() }),
            ("一次", &Period::Span { from: "2025-01-01".parse().ok(), to: None }),
        ]
    );
    let options = &rules.options;
    assert_eq!((options.change, options.joined), (Some(ChangeOption::Months), Some(PartOption::Nothing)));
    assert_eq!((options.left, options.leave), (Some(PartOption::Nothing), Some(PartOption::Days)));
    assert_eq!((options.leave_over, options.split), (exact("180"), Some(SplitOption::Days)));
    assert_eq!(options.carry_now, Some(CarryNow::Moved));
    assert_eq!([options.highest_first, options.carry_within_max, options.penalty_first], [true, true, true]);
    let rounding = &rules.roundings[0];
    assert_eq!((rounding.stage, rounding.mode, rounding.step), (RoundingStage::Total, RoundMode::HalfUp, exact("0.5")));
}

#[test]
fn a_large_file_reads_with_its_categories_as_written() {
    let rules = large();
    let bucket = &rules.buckets[1];
    assert_eq!((bucket.label.as_str(), bucket.in_total, constant(&bucket.max).1), ("选修课", false, exact("30")));
    let full = &rules.categories[0];
    assert_eq!(
        (full.types.join("、"), full.evidence.join("、"), full.evidence_any.join("、")),
        ("培训班、研讨".into(), "结业证书".into(), "照片、签到表".into())
    );
    assert_eq!((full.basis, full.spread, full.split, full.counted, full.approval), (Basis::Period, 2, Some(None), true, true));
    assert_eq!((full.otherwise, constant(&full.expected).1), (Some(exact("0.25")), exact("12")));
    let [rate, bands, table, formula, range] = &full.awards[..] else { panic!() };
    let Gives::Rate { of, per, credit, round } = &rate.gives else { panic!() };
    assert_eq!((of.as_ref().unwrap().text.as_str(), *per, *round), ("hours", exact("3"), Some(RateRound::Half)));
    assert!(matches!(credit.how, ValueKind::Constant(one) if one == exact("1/7")));
    let Gives::Rate { credit: Value { how: ValueKind::Bands { bands, otherwise, .. }, .. }, .. } = &bands.gives else { panic!() };
    let end = |at: &str, inclusive| Some(End { at: exact(at), inclusive });
    let ends: Vec<_> = bands.iter().map(|band| (band.lower, band.upper, band.value)).collect();
    assert_eq!(
        ends,
        [(end("30", true), None, exact("1")), (end("15", false), end("30", false), exact("0.5")), (None, end("15", true), exact("0.25")),]
    );
    assert_eq!((bands[2].origin.line, *otherwise), (line("  # bands", "    { to"), Some(exact("0"))));
    let Gives::Rate { credit: Value { how: ValueKind::Table { by, rows, otherwise }, .. }, .. } = &table.gives else { panic!() };
    assert_eq!((by.len(), by[1].text.as_str(), *otherwise), (2, "role", Some(exact("2"))));
    // In the order of the file, which is not that of the alphabet.
    assert_eq!(
        rows,
        &[("省级/主讲".to_owned(), exact("6")), ("国家级/主讲".to_owned(), exact("9")), ("市级/参加".to_owned(), exact("0.9"))]
    );
    assert!(matches!(&formula.gives, Gives::Formula(formula) if formula.text == "12 - 3 * (author_rank - 1)"));
    let Gives::Range { lower, upper, value } = &range.gives else { panic!() };
    assert_eq!((*lower, *upper, value.as_str()), (end("1", true), end("5", false), "核定"));
    assert!(matches!(&full.adjusts[0].how, AdjustKind::Times(_)) && matches!(&full.adjusts[1].how, AdjustKind::Add(_)));
    assert_eq!((full.adjusts[1].label.as_deref(), full.adjusts[1].origin.line), (Some("主题发言"), line("  add = ", "  add") - 2));
}

#[test]
fn a_large_file_reads_with_its_limits_as_written() {
    let rules = large();
    let highest = &rules.highest[0];
    assert_eq!((highest.keep, highest.by.len(), &highest.per), (2, 2, &CapPer::Day));
    let per: Vec<_> = rules.caps.iter().map(|cap| (cap.id.as_str(), cap.per.clone(), cap.on.len())).collect();
    assert_eq!(per, [("单次", CapPer::Event, 1), ("cap2", CapPer::Key, 2), ("cap3", CapPer::Cycle("五年".to_owned()), 1)]);
    assert_eq!((constant(&rules.caps[1].count).1, constant(&rules.caps[2].min).1), (exact("2"), exact("-6")));
    assert_eq!((rules.openings[0].bucket.as_deref(), rules.inactive[0].days, rules.inactive[0].credit), (Some("必修"), 7, exact("-1")));
    let derive = &rules.derives[0];
    assert_eq!((derive.from.join("、"), derive.every, derive.makes.as_str(), derive.and_keep), ("迟到".into(), exact("3"), "缺席", false));
    assert!(matches!(rules.counters[0].of, CounterOf::Credits) && matches!(rules.counters[1].of, CounterOf::Count));
    assert!(matches!(&rules.counters[2].of, CounterOf::Quantity(of) if of.text == "days"));
    let [ratio, monthly, any, promoted] = &rules.requirements[..] else { panic!() };
    let test = &ratio.tests[0];
    assert!(test.lower.as_ref().is_some_and(|limit| !limit.inclusive) && test.upper.as_ref().is_some_and(|limit| limit.inclusive));
    assert_eq!((ratio.binding, ratio.scaled, ratio.mend.as_deref()), (false, false, Some("补学")));
    assert_eq!((monthly.per.clone(), monthly.at_least), (CapPer::Month, Some(10)));
    assert_eq!(any.tests.iter().map(|test| test.of.text.as_str()).collect::<Vec<_>>(), ["天数", "sum('集中培训', 'hours')"]);
    let within = promoted.within.as_ref().unwrap();
    assert_eq!((within.after.as_str(), within.months, within.days), ("promoted_on", 12, 0));
    let [over, required] = &rules.carries[..] else { panic!() };
    assert!(matches!(over.over, CarryOver::Value(_)) && matches!(&required.over, CarryOver::Requirement(id) if id == "比例"));
    assert_eq!(
        (over.id.as_str(), over.lifetime, over.only.join("、"), required.to.as_deref()),
        ("carry1", 2, "集中培训".into(), Some("选修"))
    );
    let backfill = rules.backfill.as_ref().unwrap();
    assert_eq!((backfill.requirements.join("、"), backfill.per.as_str()), ("比例".into(), "五年"));
}

#[test]
fn a_large_file_reads_with_its_outcomes_as_written() {
    let rules = large();
    assert_eq!(
        rules.exempts.iter().map(|exempt| exempt.effect).collect::<Vec<_>>(),
        [ExemptEffect::Exempt, ExemptEffect::Advise, ExemptEffect::ProRata]
    );
    assert_eq!((rules.figures[0].round, constant(&rules.figures[0].max).1), (Some((RoundMode::Ceil, exact("0.1"))), exact("100")));
    let [formula, scored] = &rules.indicators[..] else { panic!() };
    assert!(matches!(formula.from, IndicatorFrom::Formula(_)));
    assert_eq!((scored.head.as_deref(), scored.max, scored.min, scored.weight), (Some("读书"), exact("10"), exact("1"), exact("0.4")));
    let IndicatorFrom::Score { by, shares, step, reason } = &scored.from else { panic!() };
    assert_eq!((by.len(), *step, *reason), (2, Some(exact("0.5")), true));
    assert_eq!(shares, &[("互评".to_owned(), exact("0.4")), ("核查".to_owned(), exact("0.6"))]);
    assert_eq!(scored.source.as_deref(), Some("第三条"));
    assert!(matches!(&rules.vetoes[0].does, VetoDoes::Set(of, zero) if of == "score" && zero.is_zero()));
    assert!(matches!(&rules.vetoes[1].does, VetoDoes::Grade(grade) if grade == "不合格"));
    assert_eq!(rules.grades[0].bands.iter().map(|band| band.value.as_str()).collect::<Vec<_>>(), ["优秀", "合格", "不合格"]);
    assert_eq!((rules.grades[0].gates[0].0.as_str(), rules.no_grades[0].reason.as_str()), ("优秀", "病假半年以上"));
    let reviews: Vec<_> = rules.effects.iter().map(|effect| effect.review.as_ref().map(|review| &review.cap)).collect();
    assert!(matches!(reviews[..], [Some(ReviewLimit::AtMost(most)), Some(ReviewLimit::Down(2)), None] if most == "称职"));
    let streaks: Vec<_> = rules.streaks.iter().map(|streak| (streak.length, streak.next, streak.overlap)).collect();
    assert_eq!(streaks, [(2, true, Some(false)), (3, false, None)]);
    let dues: Vec<_> = rules.obligations.iter().map(|obligation| &obligation.due).collect();
    assert!(matches!(dues[..], [Due::Days(30), Due::Months(1), Due::Next(next)] if next[..] == ["中心组学习"]));
    assert_eq!(rules.obligations.iter().map(|obligation| obligation.link.as_str()).collect::<Vec<_>>(), ["of_id", "", "of_id"]);
    assert_eq!(rules.units[1].formula.text, "平均 * 2");
    let [share, fixed] = &rules.quotas[..] else { panic!() };
    assert!(matches!(share.places, Places::Share { share, round: RoundMode::Floor, .. } if share == exact("1/3")));
    assert!(matches!(fixed.places, Places::Fixed(two) if two == exact("2")));
    assert_eq!((share.ties_share, share.min, share.max, fixed.ties_share), (Some(true), Some(exact("1")), Some(exact("9")), None));
    assert_eq!((rules.rankings[0].top, rules.rankings[0].admits.is_some()), (Some(3), true));
}

/// The child's file over the parent's.
fn child(body: &str) -> RuleSet {
    let parent = |id: &str| (id == "省").then(|| PARENT.to_owned());
    let reading = read(&format!("id = \"市\"\nname = \"市办法\"\nparent = \"省\"\n{body}"), &parent);
    assert_eq!(reading.findings, []);
    reading.rule_set.unwrap()
}

const PARENT: &str = r#"
id = "省"
name = "省办法"
unit = "学时"
issuer = "省局"
[period]
start = "12-01"
[options]
change = "end"
left = "exempt"
[choices]
"options.joined" = "full"
[[category]]
id = "甲"
else = 1
[[category]]
id = "乙"
else = 2
[[rounding]]
stage = "total"
mode = "floor"
[[requirement]]
id = "量"
of = "total"
min = 10
who = "person.rank = '科级'"
[[requirement]]
id = "量"
of = "total"
min = 20
who = "person.rank = '处级'"
[[cap]]
id = "乙上限"
on = "乙"
max = 5
[[grade]]
of = "total"
bands = [{ from = 1, name = "合格" }, { under = 1, name = "不合格" }]
"#;

#[test]
fn a_child_has_what_its_parent_has() {
    let rules = child("");
    assert_eq!((rules.head.id.as_str(), rules.head.unit.as_str(), rules.head.issuer.as_deref()), ("市", "学时", Some("省局")));
    assert_eq!((rules.categories.len(), rules.requirements.len(), rules.period), (2, 2, Period::Year { month: 12, day: 1 }));
    assert_eq!((rules.categories[0].origin.rule_set.as_str(), rules.categories[0].origin.line), ("省办法", 13));
}

#[test]
fn a_child_replaces_removes_and_adds() {
    let rules = child(
        "issuer = \"市局\"\nremove = [\"cap/乙上限\"]\n[options]\nchange = \"ask\"\n[choices]\n\"options.joined\" = \"next\"\n\
         [[category]]\nid = \"甲\"\nelse = 9\n[[category]]\nid = \"丙\"\nelse = 3\n[[rounding]]\nstage = \"total\"\nmode = \"ceil\"\n\
         [[requirement]]\nid = \"量\"\nof = \"total\"\nmin = 30\n[[grade]]\nof = \"total\"\nbands = [{ from = 0, name = \"好\" }]\n",
    );
    let categories: Vec<_> = rules.categories.iter().map(|own| (own.id.as_str(), own.otherwise, own.origin.rule_set.as_str())).collect();
    let whole = |number| Some(Exact::whole(number));
    assert_eq!(categories, [("甲", whole(9), "市办法"), ("乙", whole(2), "省办法"), ("丙", whole(3), "市办法")]);
    assert_eq!((rules.options.change, rules.options.left), (None, Some(PartOption::Nothing)));
    assert_eq!(rules.choices, [("options.joined".to_owned(), "next".to_owned())]);
    assert_eq!((rules.requirements.len(), rules.caps.len(), rules.roundings.len(), rules.grades.len()), (1, 0, 1, 1));
    assert_eq!((rules.roundings[0].mode, rules.grades[0].bands[0].value.as_str()), (RoundMode::Ceil, "好"));
    assert_eq!(rules.head.issuer.as_deref(), Some("市局"));
}

#[test]
fn a_period_of_another_kind_takes_nothing_over() {
    assert_eq!(child("[period]\nkind = \"year\"\n").period, Period::Year { month: 12, day: 1 });
    assert_eq!(child("[period]\nkind = \"quarter\"\n").period, Period::Quarter);
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_change_no_place() {
    let text = format!("\u{feff}{}", "id = \"某\"\nname = \"某\"\nunit = \"分\"\nkind = \"别\"\n".replace('\n', "\r\n"));
    let finding = &read(&text, &no_parent).findings[0];
    assert_eq!((finding.code, finding.line, finding.column), (Code::BadChoice, 4, 8));
}

#[test]
fn places_in_long_lines_are_found_quickly() {
    let rows: String = (0..20_000).map(|row| format!("\"键{row}\" = 0.5, ")).collect();
    let text = format!("id = \"某\"\nname = \"某\"\nunit = \"分\"\nnote = {{ {rows} }}\n");
    assert_eq!(read(&text, &no_parent).findings[0].code, Code::WrongType);
    let text = format!("id = \"某\"\nname = \"某\"\nunit = \"分\"\nremove = [{}]\nparent = \"省\"\n", "1, ".repeat(4_000));
    assert_eq!(read(&text, &no_parent).findings.len(), 201);
}

/// Edits that somebody, or a broken disk, may make to a file.
#[derive(Debug, Clone)]
enum Edit {
    Cut(usize),
    Replace(usize, char),
    Insert(usize, String),
    DropLine(usize),
    SwapLines(usize, usize),
    Repeat(usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let pieces = prop::sample::select(vec![
        "[[",
        "]]",
        "[",
        "{",
        "}",
        "\"",
        "'''",
        "=",
        "\n",
        "0.5",
        "-1",
        "99999999999999999999",
        "true",
        "category",
        "[[cap]]",
        "by",
        "bands",
        "reading = \"甲/乙\"",
        "（",
        "\u{0}",
        "\\u12",
        "2025-01-01",
        "person.",
        "per",
        "1/0",
        "%",
    ]);
    prop_oneof![
        any::<usize>().prop_map(Edit::Cut),
        (any::<usize>(), any::<char>()).prop_map(|(at, with)| Edit::Replace(at, with)),
        (any::<usize>(), pieces).prop_map(|(at, piece)| Edit::Insert(at, piece.to_owned())),
        any::<usize>().prop_map(Edit::DropLine),
        (any::<usize>(), any::<usize>()).prop_map(|(one, other)| Edit::SwapLines(one, other)),
        (any::<usize>(), 1..40usize).prop_map(|(line, times)| Edit::Repeat(line, times)),
    ]
}

fn apply(text: &str, edit: &Edit) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let mut lines: Vec<&str> = text.lines().collect();
    let (count, rows) = (characters.len().max(1), lines.len().max(1));
    match edit {
        Edit::Cut(at) => characters.truncate(at % count),
        Edit::Replace(at, with) if !characters.is_empty() => characters[at % count] = *with,
        Edit::Insert(at, piece) => {
            drop(characters.splice((at % count).min(characters.len())..(at % count).min(characters.len()), piece.chars()))
        }
        Edit::DropLine(at) if !lines.is_empty() => {
            lines.remove(at % rows);
            return lines.join("\n");
        }
        Edit::SwapLines(one, other) if !lines.is_empty() => {
            lines.swap(one % rows, other % rows);
            return lines.join("\n");
        }
        Edit::Repeat(at, times) if !lines.is_empty() => {
            let line = lines[at % rows];
            lines.splice(at % rows..at % rows, std::iter::repeat_n(line, *times));
            return lines.join("\n");
        }
        _ => {}
    }
    characters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_edit_makes_the_reader_fail(edits in prop::collection::vec(edit(), 1..6), whole in any::<bool>()) {
        let start = if whole { LARGE.to_owned() } else { guide("## 1 最短的例子") };
        let text = edits.iter().fold(start, |text, edit| apply(&text, edit));
        let lines = text.matches('\n').count() as u32 + 1;
        let began = std::time::Instant::now();
        let reading = inspect(&text, &|_| Some(PARENT.to_owned()));
        prop_assert!(began.elapsed().as_secs() < 2, "slow: {text}");
        prop_assert_eq!(reading.rule_set.is_none(), reading.findings.iter().any(|finding| finding.severity == Severity::Error));
        for finding in &reading.findings {
            prop_assert!(finding.rule_set.is_some() || (1..=lines).contains(&finding.line), "{:?}", finding);
            prop_assert!(finding.column >= 1);
        }
    }

    #[test]
    fn no_text_makes_the_reader_fail(text in "(\\PC|\n){0,300}") {
        inspect(&text, &no_parent);
    }
}
