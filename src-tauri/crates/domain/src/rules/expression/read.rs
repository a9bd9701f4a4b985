//! From text to expression: a Pratt parser over the tokens.

use super::{
    Comparison, Expression, Function, Measure, Node, Operator, Prefix,
    error::{ExpressionError, ExpressionProblem},
    lexer::{Placed, Token, tokens},
};

/// Characters that an expression may have.
const MOST_CHARACTERS: usize = 4_000;
/// How deep operands may nest; a bracket is two or three of them.
const MOST_NESTING: u32 = 150;
/// How high the tree may be. `a + b + c …` grows by one for each sign, and
/// whoever walks the tree goes that deep.
const MOST_HEIGHT: u32 = 250;

/// How strongly what stands around an operand holds it: weakest first.
mod binding {
    pub const NONE: u8 = 0;
    pub const OR: u8 = 1;
    pub const AND: u8 = 2;
    pub const NOT: u8 = 3;
    pub const COMPARE: u8 = 4;
    pub const SUM: u8 = 5;
    pub const PRODUCT: u8 = 6;
    pub const SIGN: u8 = 7;
}

/// Reads an expression that stands on a line of a rule file.
///
/// # Errors
/// With the place of what cannot be read.
pub fn read(text: &str, line: u32) -> Result<Expression, ExpressionError> {
    let characters: Vec<char> = text.chars().take(MOST_CHARACTERS + 1).collect();
    if characters.len() > MOST_CHARACTERS {
        return Err(ExpressionProblem::TooLong.at(MOST_CHARACTERS as u32));
    }
    let tokens = tokens(&characters)?;
    if tokens.first().is_none_or(|first| first.token == Token::End) {
        return Err(ExpressionProblem::Empty.at(0));
    }
    let mut parser = Parser { text: &characters, tokens, next: 0, nesting: 0 };
    let tree = parser.expression(binding::NONE)?;
    if parser.peek() != &Token::End {
        return Err(parser.unexpected());
    }
    Ok(Expression { text: text.to_owned(), line, node: tree.node })
}

/// A node with the height of its tree.
struct Tree {
    node: Node,
    height: u32,
}

impl Tree {
    fn leaf(node: Node) -> Self {
        Self { node, height: 1 }
    }
}

/// What stands in brackets.
#[derive(Default)]
struct List {
    items: Vec<Node>,
    /// Where each begins.
    places: Vec<u32>,
    /// The highest.
    height: u32,
}

struct Parser<'a> {
    text: &'a [char],
    tokens: Vec<Placed>,
    next: usize,
    nesting: u32,
}

type Parsed<T = Tree> = Result<T, ExpressionError>;

impl Parser<'_> {
    fn placed(&self) -> &Placed {
        // The last token is the end, and nothing steps over it.
        &self.tokens[self.next.min(self.tokens.len() - 1)]
    }

    fn peek(&self) -> &Token {
        &self.placed().token
    }

    fn at(&self) -> u32 {
        self.placed().at
    }

    fn step(&mut self) {
        self.next += 1;
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == token;
        self.next += usize::from(found);
        found
    }

    fn unexpected(&self) -> ExpressionError {
        let placed = self.placed();
        match placed.token {
            Token::End => ExpressionProblem::Unfinished.at(placed.at),
            _ => ExpressionProblem::Unexpected { found: placed.token.shown(self.text, placed.at, placed.until) }.at(placed.at),
        }
    }

    /// The node above some trees.
    fn over(&self, height: u32, node: Node) -> Parsed {
        if height >= MOST_HEIGHT { Err(ExpressionProblem::TooDeep.at(self.at())) } else { Ok(Tree { node, height: height + 1 }) }
    }

    /// An operand and all that holds it at least as strongly as `least`.
    fn expression(&mut self, least: u8) -> Parsed {
        self.nesting += 1;
        if self.nesting > MOST_NESTING {
            return Err(ExpressionProblem::TooDeep.at(self.at()));
        }
        let mut tree = self.operand(least)?;
        loop {
            self.part_word();
            tree = match self.infix() {
                Some((binding, kind)) if binding >= least => self.infixed(tree, kind, binding)?,
                _ => break,
            };
        }
        self.nesting -= 1;
        Ok(tree)
    }

    /// Between operands no name can stand, so `3且days` is 3, 且, days.
    fn part_word(&mut self) {
        let placed = self.placed().clone();
        let Token::Word(word) = &placed.token else { return };
        let mut rest = word.chars();
        let Some(first @ ('且' | '或')) = rest.next() else { return };
        if rest.as_str().is_empty() {
            return;
        }
        let (middle, rest) = (placed.at + 1, rest.as_str().to_owned());
        self.tokens[self.next] = Placed { token: Token::Word(first.to_string()), at: placed.at, until: middle };
        // The rest may be a number, as in 且3: read it anew.
        let Ok(again) = tokens(&self.text[middle as usize..placed.until as usize]) else {
            self.tokens.insert(self.next + 1, Placed { token: Token::Word(rest), at: middle, until: placed.until });
            return;
        };
        let again = again.into_iter().filter(|placed| placed.token != Token::End);
        let moved = again.map(|placed| Placed { at: placed.at + middle, until: placed.until + middle, ..placed });
        self.tokens.splice(self.next + 1..self.next + 1, moved);
    }

    fn infix(&self) -> Option<(u8, Infix)> {
        Some(match self.peek() {
            Token::Operator(operator @ (Operator::Add | Operator::Subtract)) => (binding::SUM, Infix::Arithmetic(*operator)),
            Token::Operator(operator) => (binding::PRODUCT, Infix::Arithmetic(*operator)),
            Token::Comparison(_) => (binding::COMPARE, Infix::Compare),
            Token::Word(word) => match word.as_str() {
                "or" | "或" => (binding::OR, Infix::Or),
                "and" | "且" => (binding::AND, Infix::And),
                "in" => (binding::COMPARE, Infix::In),
                "has" => (binding::COMPARE, Infix::Has),
                _ => return None,
            },
            _ => return None,
        })
    }

    fn infixed(&mut self, left: Tree, infix: Infix, binding: u8) -> Parsed {
        if infix == Infix::Compare {
            return self.compared(left);
        }
        self.step();
        if infix == Infix::In {
            return self.in_list(left);
        }
        let right = self.expression(binding + 1)?;
        let height = left.height.max(right.height);
        let (left, right) = (Box::new(left.node), Box::new(right.node));
        let node = match infix {
            Infix::Arithmetic(operator) => Node::Arithmetic(operator, left, right),
            Infix::Or => Node::Or(left, right),
            Infix::And => Node::And(left, right),
            _ => Node::Has(left, right),
        };
        if infix == Infix::Has {
            self.no_further_comparison()?;
        }
        self.over(height, node)
    }

    /// `15 < days <= 30`
    fn compared(&mut self, left: Tree) -> Parsed {
        let mut height = left.height;
        let mut links: Vec<(Comparison, Node)> = Vec::new();
        while let Token::Comparison(comparison) = *self.peek() {
            self.step();
            let right = self.expression(binding::SUM)?;
            height = height.max(right.height);
            links.push((comparison, right.node));
        }
        self.no_further_comparison()?;
        self.over(height, Node::Compare(Box::new(left.node), links))
    }

    /// A comparison is true or false; comparing that again is a slip.
    fn no_further_comparison(&mut self) -> Parsed<()> {
        match self.infix() {
            Some((binding::COMPARE, _)) => Err(self.unexpected()),
            _ => Ok(()),
        }
    }

    fn in_list(&mut self, left: Tree) -> Parsed {
        if self.peek() != &Token::Open {
            return Err(ExpressionProblem::ListWanted.at(self.at()));
        }
        let bracket = self.at();
        let list = self.bracketed_list()?;
        if list.items.is_empty() {
            return Err(ExpressionProblem::ListWanted.at(bracket));
        }
        self.no_further_comparison()?;
        self.over(list.height.max(left.height), Node::In(Box::new(left.node), list.items))
    }

    /// `(a, b, c)` or `()`; the bracket is next.
    fn bracketed_list(&mut self) -> Parsed<List> {
        let open = self.at();
        self.step();
        let mut list = List::default();
        if self.take(&Token::Close) {
            return Ok(list);
        }
        loop {
            list.places.push(self.at());
            let item = self.expression(binding::NONE)?;
            list.height = list.height.max(item.height);
            list.items.push(item.node);
            if !self.take(&Token::Comma) {
                break;
            }
        }
        self.close(open)?;
        Ok(list)
    }

    fn close(&mut self, open: u32) -> Parsed<()> {
        match self.peek() {
            Token::Close => self.step(),
            Token::End => return Err(ExpressionProblem::UnclosedBracket.at(open)),
            _ => return Err(self.unexpected()),
        }
        Ok(())
    }

    fn operand(&mut self, least: u8) -> Parsed {
        let at = self.at();
        match self.peek().clone() {
            Token::Number(number) => {
                self.step();
                Ok(Tree::leaf(Node::Number(number)))
            }
            Token::Text(text) => {
                self.step();
                Ok(Tree::leaf(Node::Text(text)))
            }
            Token::Open => {
                self.step();
                let inside = self.expression(binding::NONE)?;
                self.close(at)?;
                Ok(inside)
            }
            Token::Operator(Operator::Subtract) => {
                self.step();
                let inside = self.expression(binding::SIGN)?;
                self.over(inside.height, Node::Negative(Box::new(inside.node)))
            }
            Token::Word(word) => self.word(&word, at, least),
            _ => Err(self.unexpected()),
        }
    }

    fn word(&mut self, word: &str, at: u32, least: u8) -> Parsed {
        match word {
            "not" | "非" if least <= binding::NOT => {
                self.step();
                let inside = self.expression(binding::NOT)?;
                return self.over(inside.height, Node::Not(Box::new(inside.node)));
            }
            "not" | "非" | "and" | "且" | "or" | "或" | "in" | "has" => return Err(self.unexpected()),
            _ => self.step(),
        }
        if self.peek() == &Token::Open {
            return self.call(word, at);
        }
        Ok(Tree::leaf(match word {
            "true" | "真" => Node::Flag(true),
            "false" | "假" => Node::Flag(false),
            _ => name(word, at)?,
        }))
    }

    fn call(&mut self, word: &str, at: u32) -> Parsed {
        let Some(callee) = callee(word) else {
            return Err(ExpressionProblem::UnknownFunction { name: word.to_owned() }.at(at));
        };
        let List { items, places, height } = self.bracketed_list()?;
        let (least, most) = callee.arguments();
        if items.len() < least as usize || most.is_some_and(|most| items.len() > most as usize) {
            return Err(ExpressionProblem::ArgumentCount { name: word.to_owned(), least, most }.at(at));
        }
        let no_text = items.iter().zip(places).find(|(item, _)| !matches!(item, Node::Text(_)));
        if let Some((_, place)) = no_text.filter(|_| callee.wants_texts(items.len())) {
            return Err(ExpressionProblem::TextWanted { name: word.to_owned() }.at(place));
        }
        let node = callee.node(items, at).ok_or_else(|| ExpressionProblem::UnknownFunction { name: word.to_owned() }.at(at))?;
        self.over(height, node)
    }
}

/// What stands between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Infix {
    Arithmetic(Operator),
    Compare,
    In,
    Has,
    And,
    Or,
}

fn name(word: &str, at: u32) -> Result<Node, ExpressionError> {
    if word.contains(['且', '或']) {
        return Err(ExpressionProblem::WordInName { name: word.to_owned() }.at(at));
    }
    let Some((prefix, rest)) = word.split_once('.') else {
        return Ok(Node::Name { prefix: None, name: word.into(), at });
    };
    let known = match prefix {
        "person" => Prefix::Person,
        "unit" => Prefix::Unit,
        "earlier" => Prefix::Earlier,
        "period" => Prefix::Period,
        _ => return Err(ExpressionProblem::UnknownPrefix { prefix: prefix.to_owned() }.at(at)),
    };
    let dots_allowed = matches!(known, Prefix::Person | Prefix::Unit);
    if rest.contains('.') && !dots_allowed {
        return Err(ExpressionProblem::DotsInName { name: word.to_owned() }.at(at));
    }
    Ok(Node::Name { prefix: Some(known), name: rest.into(), at })
}

/// What a name with brackets behind it calls.
#[derive(Debug, Clone, Copy)]
enum Callee {
    If,
    Known,
    Function(Function),
    Measure(Measure),
}

fn callee(word: &str) -> Option<Callee> {
    use Callee::{Function as F, Measure as M};
    Some(match word {
        "if" => Callee::If,
        "known" => Callee::Known,
        "min" => F(Function::Min),
        "max" => F(Function::Max),
        "floor" => F(Function::Floor),
        "ceil" => F(Function::Ceil),
        "round" => F(Function::Round),
        "abs" => F(Function::Abs),
        "years_between" => F(Function::YearsBetween),
        "months_between" => F(Function::MonthsBetween),
        "days_between" => F(Function::DaysBetween),
        "credits" => M(Measure::Credits),
        "raw" => M(Measure::Raw),
        "count" => M(Measure::Count),
        "sum" => M(Measure::Sum),
        "missed" => M(Measure::Missed),
        "passed" => M(Measure::Passed),
        "short" => M(Measure::Short),
        "required" => M(Measure::Required),
        "verdict" => M(Measure::Verdict),
        "head" => M(Measure::Head),
        "leave_days" => M(Measure::LeaveDays),
        "overdue" => M(Measure::Overdue),
        "late" => M(Measure::Late),
        "members" => M(Measure::Members),
        "mean" => M(Measure::Mean),
        "highest" => M(Measure::Highest),
        "lowest" => M(Measure::Lowest),
        _ => return None,
    })
}

impl Callee {
    /// At least and at most so many arguments.
    fn arguments(self) -> (u32, Option<u32>) {
        match self {
            Self::If => (3, Some(3)),
            Self::Function(Function::Min | Function::Max) => (1, None),
            Self::Function(Function::YearsBetween | Function::MonthsBetween | Function::DaysBetween) => (2, Some(2)),
            Self::Measure(Measure::Verdict) => (0, Some(0)),
            Self::Measure(Measure::Members | Measure::LeaveDays) => (0, Some(1)),
            Self::Measure(Measure::Sum) => (1, Some(2)),
            Self::Known | Self::Function(_) | Self::Measure(_) => (1, Some(1)),
        }
    }

    /// Whether its arguments name something: those stand in quotes.
    fn wants_texts(self, given: usize) -> bool {
        match self {
            Self::Measure(Measure::Sum) => given == 2,
            Self::Measure(measure) => !matches!(measure, Measure::Members | Measure::Mean | Measure::Highest | Measure::Lowest),
            _ => false,
        }
    }

    /// `None` never happens: the number of arguments has been looked at.
    fn node(self, mut arguments: Vec<Node>, at: u32) -> Option<Node> {
        Some(match self {
            Self::If => Node::If(Box::new(arguments.try_into().ok()?)),
            Self::Known => Node::Known(Box::new(arguments.pop()?)),
            Self::Function(function) => Node::Function(function, arguments),
            Self::Measure(measure) => Node::Measure { measure, arguments, at },
        })
    }
}
