//! The rule engine against a second, deliberately naive evaluator; what must
//! hold of every result; and files that nobody would write on purpose.

mod compare;
mod draw;
mod generate;
mod hostile;
mod naive;
mod properties;

use proptest::{
    collection::vec,
    prelude::any,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};

use draw::Draw;
use generate::Case;

/// How many cases a test runs: its own number, or what the environment asks.
fn cases(usual: u32) -> u32 {
    std::env::var("XUEJI_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Runs a test on lists of choices, always the same ones; on failure the
/// shortest and smallest that still fails is shown.
fn for_all(usual: u32, seed: u8, test: impl Fn(&mut Draw) -> Result<(), String>) {
    let config = Config { cases: cases(usual), failure_persistence: None, max_shrink_iters: 3000, ..Config::default() };
    let seed = std::env::var("XUEJI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(seed);
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    let outcome = runner.run(&vec(any::<u16>(), 0..500), |choices| test(&mut Draw::new(choices)).map_err(TestCaseError::fail));
    if let Err(error) = outcome {
        panic!("{}", error.to_string().split("minimal failing input").next().unwrap_or_default());
    }
}

fn shown(case: &Case) -> String {
    format!("{:?}\n--- rules\n{}\n--- facts\n{}", case.features, case.rules, case.facts)
}

#[test]
fn two_evaluators_agree() {
    let open = std::cell::Cell::new(0u32);
    for_all(3000, 1, |draw| {
        let case = generate::case(draw, &generate::ALL);
        match compare::differences(&case) {
            None => {
                open.set(open.get() + 1);
                Ok(())
            }
            Some(differences) if differences.is_empty() => Ok(()),
            Some(differences) => Err(format!("{}\n{}", differences.join("\n"), shown(&case))),
        }
    });
    assert!(open.get() * 10 < cases(3000), "{} cases were left open", open.get());
}

/// The readers take everything that is written here, without a word.
#[test]
fn generated_files_are_read() {
    for_all(400, 2, |draw| {
        let case = generate::case(draw, &generate::ALL);
        compare::rules_of(&case.rules);
        compare::facts_of(&case.facts);
        Ok(())
    });
}

/// The example of the guide's first section, with the results that stand
/// there.
#[test]
fn by_hand_means_as_the_guide_does() {
    let guide = include_str!("../../../assets/guide/rules.md");
    let block = |kind: &str| guide.split(kind).nth(1).and_then(|rest| rest.split("```").next()).expect("the example").to_owned();
    let (rules, facts) = (compare::rules_of(&block("```toml\n")), compare::facts_of(&block("```json\n")));
    let outcome = naive::evaluate(&rules, &facts.people[0], facts.periods.as_ref().expect("a period"), None).expect("a result");
    let period = &outcome.periods[0];
    let counted: Vec<String> = period.lines.iter().map(|line| line.now.to_string()).collect();
    assert_eq!(counted, ["30", "2", "0"]);
    assert_eq!((outcome.total.to_string(), period.verdict.code()), ("32".to_owned(), "fail"));
    assert_eq!(period.buckets["必修"].to_string(), "30");
    assert_eq!(period.requirements.iter().map(|own| own.passed).collect::<Vec<_>>(), [false, true]);
}
