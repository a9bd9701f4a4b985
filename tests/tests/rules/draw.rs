//! Choices out of a list of numbers. A shorter list, or smaller numbers, make
//! a simpler case: so proptest can shrink what it does not understand.

/// A list of choices on its way.
pub struct Draw {
    choices: Vec<u16>,
    at: usize,
}

impl Draw {
    pub fn new(choices: Vec<u16>) -> Self {
        Self { choices, at: 0 }
    }

    /// 0 to `count - 1`; 0 where the choices have run out.
    pub fn below(&mut self, count: usize) -> usize {
        let choice = self.choices.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        // spread over the whole range, and still small for small choices
        usize::from(choice) * count / (usize::from(u16::MAX) + 1)
    }

    /// `from` to `to`, both included.
    pub fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    /// True in so many of a hundred; false where the choices have run out.
    pub fn likely(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// One of some texts.
    pub fn word(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len())]
    }
}
