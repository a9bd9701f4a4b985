use proptest::prelude::*;

use super::*;

/// Facts for the tables below.
struct Facts;

impl Scope for Facts {
    fn name<'a>(&'a self, prefix: Option<Prefix>, name: &str) -> Result<Datum<'a>, TooLarge> {
        Ok(match (prefix, name) {
            (None, "days") => Datum::Number(Exact::whole(16)),
            (None, "字数") => Datum::Number(Exact::whole(800)),
            (None, "level") => Datum::Text("省级"),
            (None, "at") => Datum::Text("06:30"),
            (None, "date") => Datum::Day(NaiveDate::from_ymd_opt(2025, 7, 1).unwrap()),
            (None, "made_up") => Datum::Flag(true),
            (None, "evidence") => Datum::List(evidence()),
            (None, "code") => Datum::Number(Exact::whole(12)),
            (Some(Prefix::Person), "record.attendance_rate") => Datum::Number(Exact::fraction(4, 5).unwrap()),
            (Some(Prefix::Person), "birth") => Datum::Text("1976-02-29"),
            _ => Datum::Missing,
        })
    }

    fn measure<'a>(&'a self, measure: Measure, arguments: &[Node]) -> Result<Datum<'a>, TooLarge> {
        Ok(match (measure, arguments) {
            (Measure::Count, [Node::Text(_)]) => Datum::Number(Exact::whole(3)),
            (Measure::Verdict, []) => Datum::Text("pass"),
            _ => Datum::Missing,
        })
    }
}

fn evidence() -> &'static [Box<str>] {
    static LIST: std::sync::OnceLock<Vec<Box<str>>> = std::sync::OnceLock::new();
    LIST.get_or_init(|| vec!["结业证书".into(), "会议记录".into()])
}

fn datum_of<T>(text: &str, then: impl FnOnce(Datum<'_>) -> T) -> T {
    let expression = read(text, 1).unwrap_or_else(|error| panic!("{text}: {error}"));
    then(expression.evaluate(&Facts).unwrap())
}

#[test]
fn arithmetic_is_exact_and_binds_as_at_school() {
    for (text, wanted) in [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 4 - 3", "3"),
        ("2 / 3 / 2", "1/3"),
        ("-2 * -3", "6"),
        ("- days + 20", "4"),
        ("1/7 + 1/7", "2/7"),
        ("0.1 + 0.2", "0.3"),
        ("90%", "0.9"),
        ("12.5％", "0.125"),
        ("１２ × 2 ÷ 3", "8"),
        ("days*2", "32"),
        ("字数 / 45", "160/9"),
        ("floor(7/2)", "3"),
        ("ceil(7/2)", "4"),
        ("round(5/2)", "3"),
        ("round(-5/2)", "-3"),
        ("abs(-1/3)", "1/3"),
        ("min(3, days, unknown)", "3"),
        ("max（3，days）", "16"),
        ("if(days > 15, 48, 24)", "48"),
        ("if(unknown > 15, 48, 24)", "24"),
        ("count('党课') + 1", "4"),
        ("person.record.attendance_rate * 100", "80"),
    ] {
        datum_of(text, |datum| assert_eq!(datum, Datum::Number(wanted.parse().unwrap()), "{text}"));
    }
}

#[test]
fn what_has_no_value_stays_without_one() {
    for text in
        ["unknown", "unknown + 1", "days / 0", "-unknown", "min(unknown)", "floor('a')", "level + 1", "years_between(date, unknown)"]
    {
        datum_of(text, |datum| assert_eq!(datum, Datum::Missing, "{text}"));
    }
}

#[test]
fn conditions_are_true_or_false() {
    for (text, wanted) in [
        ("15 < days <= 16", true),
        ("15 < days < 16", false),
        ("15＜days≤30", true),
        ("days ≠ 16", false),
        ("days == 16", true),
        ("days = '16'", true),
        ("code = '12'", true),
        ("code in ('11', '12')", true),
        ("code > '5'", true),
        ("level = '省级'", true),
        ("level = “省级”", true),
        ("level = ‘省级’", true),
        ("level = 5", false),
        ("level != 5", true),
        ("level in ('省级', '国家级')", true),
        ("level in（'市级'、'县级'）", false),
        ("at >= '06:00' and at < '07:00'", true),
        ("date < '2025-07-01'", false),
        ("date = '2025-07-01'", true),
        ("date = '2025.7.1'", true),
        ("date >= '2025-07'", true),
        ("'2025-06-30' < date < '2025-07-02'", true),
        ("evidence has '会议记录'", true),
        ("evidence has '照片'", false),
        ("level has '省级'", true),
        ("made_up", true),
        ("not made_up", false),
        ("made_up = 真", true),
        ("days", false),
        ("known(level)", true),
        ("known(unknown)", false),
        ("verdict() = 'pass'", true),
        ("days > 15 且 字数 >= 800", true),
        ("days>15且字数>=800", true),
        ("days>15或3>4", true),
        ("level='省级'且3<4", true),
        ("非 made_up 或 made_up", true),
        ("非(days = 1)", true),
        ("not days = 1", true),
        ("made_up or made_up and 1 > 2", true),
        ("(made_up or made_up) and 1 > 2", false),
        // What has no value.
        ("unknown", false),
        ("not unknown", true),
        ("unknown = 1", false),
        ("unknown != 1", true),
        ("unknown != unknown", true),
        ("unknown < 1", false),
        ("unknown >= 1", false),
        ("unknown in (1, 2)", false),
        ("unknown has 'a'", false),
        ("days / 0 != 1", true),
        ("not person.挂职", true),
    ] {
        let expression = read(text, 1).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(expression.holds(&Facts), Ok(wanted), "{text}");
    }
}

#[test]
fn full_years_and_months_are_those_of_the_civil_code() {
    for (text, wanted) in [
        ("years_between('1976-02-29', '2025-02-28')", 49),
        ("years_between('1976-02-29', '2025-02-27')", 48),
        ("years_between(person.birth, date)", 49),
        ("years_between('2000-07-02', date)", 24),
        ("years_between('2000-07-01', date)", 25),
        ("months_between('2025-01-31', '2025-02-28')", 1),
        ("months_between('2025-01-31', '2025-03-30')", 1),
        ("months_between('2025-01-15', '2025-03-15')", 2),
        ("months_between('2025-03-15', '2025-01-15')", -2),
        ("days_between('2025-02-27', '2025-03-01')", 2),
        ("days_between('2025-03-01', '2025-02-27')", -2),
    ] {
        datum_of(text, |datum| assert_eq!(datum, Datum::Number(Exact::whole(wanted)), "{text}"));
    }
}

#[test]
fn what_cannot_be_held_is_told() {
    let text = "999999999999999999 * 999999999999999999 * 999999999999999999";
    assert_eq!(read(text, 1).unwrap().evaluate(&Facts), Err(TooLarge));
}

#[test]
fn errors_stand_where_the_slip_is() {
    for (text, code, at) in [
        ("", "empty", 0),
        ("  ", "empty", 0),
        ("days >", "unfinished", 6),
        ("days > 3 4", "unexpected", 9),
        ("days # 3", "unknown_character", 5),
        ("level = '省级", "unclosed_text", 8),
        ("level = “省级'", "unclosed_text", 8),
        ("(days > 3", "unclosed_bracket", 0),
        ("3 * (days + min(1, 2)", "unclosed_bracket", 4),
        ("days > 3)", "unexpected", 8),
        ("level in '省级'", "list_wanted", 9),
        ("level in '省级', '市级'", "list_wanted", 9),
        ("level in ()", "list_wanted", 9),
        ("persons.rank = 1", "unknown_prefix", 0),
        ("1 + a.b", "unknown_prefix", 4),
        ("earlier.a.b > 1", "dots_in_name", 0),
        ("level且days", "word_in_name", 0),
        ("cout('党课') > 3", "unknown_function", 0),
        ("1 + floor(1, 2)", "argument_count", 4),
        ("verdict(1)", "argument_count", 0),
        ("min()", "argument_count", 0),
        ("if(a, b)", "argument_count", 0),
        ("credits(党课)", "text_wanted", 8),
        ("sum('党课', days)", "text_wanted", 10),
        ("1234567890123456789", "number_too_long", 0),
        ("1 in (1) = 2", "unexpected", 9),
        ("a and", "unfinished", 5),
        ("and a", "unexpected", 0),
        ("a = not b", "unexpected", 4),
        ("1 ! 2", "unknown_character", 2),
        ("党课 days", "unexpected", 3),
        ("字数 >= 八百 九", "unexpected", 9),
    ] {
        match read(text, 1) {
            Err(error) => assert_eq!((error.problem.code(), error.at), (code, at), "{text}"),
            Ok(expression) => panic!("{text} was read as {:?}", expression.node),
        }
    }
    let unexpected = read("days > 3 天数", 1).unwrap_err();
    assert_eq!(unexpected.problem.quoted(), "天数");
}

#[test]
fn neither_length_nor_depth_runs_away() {
    for (text, code) in [
        ("1".repeat(5_000), "too_long"),
        (format!("{}1{}", "(".repeat(1_900), ")".repeat(1_900)), "too_deep"),
        ("-".repeat(3_000) + "1", "too_deep"),
        ("1+".repeat(1_900) + "1", "too_deep"),
        ("not ".repeat(900) + "a", "too_deep"),
        ("floor(".repeat(500) + "1", "too_deep"),
    ] {
        assert_eq!(read(&text, 1).unwrap_err().problem.code(), code, "{}…", &text[..12]);
    }
    let long = "1+".repeat(200) + "1";
    datum_of(&long, |datum| assert_eq!(datum, Datum::Number(Exact::whole(201))));
    let deep = format!("{}1{}", "(".repeat(40), ")".repeat(40));
    datum_of(&deep, |datum| assert_eq!(datum, Datum::Number(Exact::ONE)));
}

#[test]
fn an_expression_says_what_it_speaks_of() {
    let expression = read("if(person.rank = '处级', 字数, days) > credits('党课') + unit.short", 7).unwrap();
    let names: Vec<(Option<Prefix>, &str, u32)> =
        expression.node.names().iter().map(|found| (found.prefix, found.name, found.at)).collect();
    let wanted = vec![(Some(Prefix::Person), "rank", 3), (None, "字数", 23), (None, "days", 27), (Some(Prefix::Unit), "short", 51)];
    assert_eq!(names, wanted);
    assert_eq!(expression.line, 7);
}

#[test]
fn every_problem_has_a_code_of_its_own() {
    let codes: std::collections::BTreeSet<_> = ExpressionProblem::CODES.into_iter().collect();
    assert_eq!(codes.len(), ExpressionProblem::CODES.len());
}

/// Writes a tree with every bracket it can have.
fn written(node: &Node) -> String {
    let list = |nodes: &[Node]| nodes.iter().map(written).collect::<Vec<_>>().join(", ");
    match node {
        Node::Number(number) => number.to_string(),
        Node::Text(text) => format!("'{text}'"),
        Node::Flag(flag) => flag.to_string(),
        Node::Name { prefix: Some(Prefix::Person), name, .. } => format!("person.{name}"),
        Node::Name { name, .. } => name.to_string(),
        Node::Negative(inside) => format!("(-{})", written(inside)),
        Node::Arithmetic(operator, left, right) => {
            let sign = match operator {
                Operator::Add => '+',
                Operator::Subtract => '-',
                Operator::Multiply => '*',
                Operator::Divide => '/',
            };
            format!("({} {sign} {})", written(left), written(right))
        }
        Node::Compare(first, links) => {
            let links: String = links.iter().map(|(comparison, node)| format!(" {} {}", sign(*comparison), written(node))).collect();
            format!("({}{links})", written(first))
        }
        Node::In(one, nodes) => format!("({} in ({}))", written(one), list(nodes)),
        Node::Has(one, other) => format!("({} has {})", written(one), written(other)),
        Node::And(left, right) => format!("({} and {})", written(left), written(right)),
        Node::Or(left, right) => format!("({} or {})", written(left), written(right)),
        Node::Not(inside) => format!("(not {})", written(inside)),
        Node::If(parts) => format!("if({})", list(&**parts)),
        Node::Known(inside) => format!("known({})", written(inside)),
        Node::Function(function, arguments) => {
            let name = if *function == Function::Max { "max" } else { "days_between" };
            format!("{name}({})", list(arguments))
        }
        Node::Measure { arguments, .. } => format!("count({})", list(arguments)),
    }
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::Unequal => "!=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

/// Without the places, which differ where the spelling does.
fn placeless(node: &Node) -> String {
    let shown = format!("{node:?}");
    let mut parts = shown.split("at: ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn tree() -> impl Strategy<Value = Node> {
    let name = |prefix| move |name: String| Node::Name { prefix, name: name.into(), at: 0 };
    let leaf = prop_oneof![
        (0i64..100_000, 0u32..4).prop_map(|(digits, places)| Node::Number(Exact::fraction(digits, 10i64.pow(places)).unwrap())),
        "[^'＇]{0,5}".prop_map(|text| Node::Text(text.into())),
        any::<bool>().prop_map(Node::Flag),
        "x[a-z字数_0-9]{0,5}".prop_map(name(None)),
        "x[a-z字]{0,3}(\\.[a-z0-9]{1,3})?".prop_map(name(Some(Prefix::Person))),
        "[^'＇]{0,3}".prop_map(|text| Node::Measure { measure: Measure::Count, arguments: vec![Node::Text(text.into())], at: 0 }),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let one = inner.clone().prop_map(Box::new);
        let operators = prop::sample::select(vec![Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide]);
        let comparisons = prop::sample::select(vec![Comparison::Equal, Comparison::Unequal, Comparison::Less, Comparison::GreaterOrEqual]);
        prop_oneof![
            one.clone().prop_map(Node::Negative),
            (operators, one.clone(), one.clone()).prop_map(|(operator, left, right)| Node::Arithmetic(operator, left, right)),
            (one.clone(), prop::collection::vec((comparisons, inner.clone()), 1..3)).prop_map(|(first, links)| Node::Compare(first, links)),
            (one.clone(), prop::collection::vec(inner.clone(), 1..3)).prop_map(|(one, list)| Node::In(one, list)),
            (one.clone(), one.clone()).prop_map(|(left, right)| Node::Has(left, right)),
            (one.clone(), one.clone()).prop_map(|(left, right)| Node::And(left, right)),
            (one.clone(), one.clone()).prop_map(|(left, right)| Node::Or(left, right)),
            one.clone().prop_map(Node::Not),
            one.prop_map(Node::Known),
            [inner.clone(), inner.clone(), inner.clone()].prop_map(|parts| Node::If(Box::new(parts))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|arguments| Node::Function(Function::Max, arguments)),
            prop::collection::vec(inner, 2).prop_map(|arguments| Node::Function(Function::DaysBetween, arguments)),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(node in tree()) {
        let text = written(&node);
        let again = read(&text, 1).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        prop_assert_eq!(placeless(&again.node), placeless(&node));
        let _ = again.evaluate(&Facts);
    }

    #[test]
    fn no_text_makes_it_panic(
        text in prop_oneof![
            any::<String>(),
            "([a-c]|person\\.|且|或|非|not |and | in |has |[0-9]{1,3}|\\.|%|[-+*/×÷=<>≠≤≥!]|[(（]|[)）]|[,，、]|'|“|”|min|if|count| ){0,30}",
        ]
    ) {
        match read(&text, 1) {
            Ok(expression) => {
                let _ = (expression.evaluate(&Facts), expression.holds(&Facts), expression.node.names());
            }
            Err(error) => prop_assert!(error.at as usize <= text.chars().count()),
        }
    }
}
