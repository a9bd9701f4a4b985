//! 谈心谈话: who has talked with whom.

use std::collections::{BTreeMap, BTreeSet};

use super::{Person, Side, TalkReading};

/// No list of missing talks is longer.
const LISTED: usize = 100;

/// What talks have to cover, and what they cover.
#[derive(Debug, Default)]
pub(super) struct Talked {
    pub required: usize,
    pub held: usize,
    pub missing_pairs: Vec<(String, String)>,
    pub missing_people: Vec<String>,
}

/// Works out the talks between two sides; a talk of several counts for every
/// pair of them.
pub(super) fn talked<'a>(people: &[Person], between: (Side, Side), each: TalkReading, talks: impl Iterator<Item = &'a [String]>) -> Talked {
    let sides = Sides { people, between };
    let numbers: BTreeMap<&str, usize> = people.iter().enumerate().map(|(number, person)| (person.id.as_str(), number)).collect();
    let mut pairs = BTreeSet::new();
    for talk in talks {
        let present: BTreeSet<usize> = talk.iter().filter_map(|id| numbers.get(id.as_str()).copied()).collect();
        for &one in &present {
            pairs.extend(present.range(one + 1..).map(|&other| (one, other)).filter(|&pair| sides.concern(pair)));
        }
    }
    match each {
        TalkReading::Pairs => sides.by_pair(&pairs),
        TalkReading::People => sides.by_person(&pairs),
    }
}

struct Sides<'a> {
    people: &'a [Person],
    between: (Side, Side),
}

impl Sides<'_> {
    fn side(&self, number: usize) -> Side {
        if self.people[number].committee { Side::Committee } else { Side::Member }
    }

    fn concern(&self, (one, other): (usize, usize)) -> bool {
        let sides = (self.side(one), self.side(other));
        sides == self.between || (sides.1, sides.0) == self.between
    }

    fn count(&self, side: Side) -> usize {
        (0..self.people.len()).filter(|&number| self.side(number) == side).count()
    }

    fn by_pair(&self, pairs: &BTreeSet<(usize, usize)>) -> Talked {
        let (one, other) = (self.count(self.between.0), self.count(self.between.1));
        let same = self.between.0 == self.between.1;
        let required = if same { one * one.saturating_sub(1) / 2 } else { one * other };
        let all = (0..self.people.len()).flat_map(|one| (one + 1..self.people.len()).map(move |other| (one, other)));
        let missing = all.filter(|pair| self.concern(*pair) && !pairs.contains(pair)).take(LISTED);
        let missing_pairs = missing.map(|(one, other)| (self.people[one].id.clone(), self.people[other].id.clone())).collect();
        Talked { required, held: pairs.len(), missing_pairs, ..Talked::default() }
    }

    fn by_person(&self, pairs: &BTreeSet<(usize, usize)>) -> Talked {
        let (one, other) = (self.count(self.between.0), self.count(self.between.1));
        let partner = |side: Side| if side == self.between.0 { (self.between.1, other) } else { (self.between.0, one) };
        // Whoever has nobody to talk with owes no talk.
        let owes = |number: &usize| {
            let side = self.side(*number);
            let (partner_side, partners) = partner(side);
            (side == self.between.0 || side == self.between.1) && partners > usize::from(partner_side == side)
        };
        let talked: BTreeSet<usize> = pairs.iter().flat_map(|&(one, other)| [one, other]).collect();
        let concerned: Vec<usize> = (0..self.people.len()).filter(owes).collect();
        let missing = concerned.iter().filter(|number| !talked.contains(number)).take(LISTED);
        let missing_people = missing.map(|&number| self.people[number].id.clone()).collect();
        Talked { required: concerned.len(), held: talked.len(), missing_people, ..Talked::default() }
    }
}
