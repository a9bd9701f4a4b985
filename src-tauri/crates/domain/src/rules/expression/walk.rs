//! Who wants to know what an expression speaks of.

use super::{Node, Prefix};

/// A name in an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamePlace<'a> {
    /// Its prefix.
    pub prefix: Option<Prefix>,
    /// The rest.
    pub name: &'a str,
    /// Where it begins in the text, in characters from 0.
    pub at: u32,
}

impl Node {
    /// Shows this part and every part below it, in the order of the text.
    pub fn visit<'a>(&'a self, visitor: &mut dyn FnMut(&'a Self)) {
        visitor(self);
        match self {
            Self::Number(_) | Self::Text(_) | Self::Flag(_) | Self::Name { .. } => {}
            Self::Negative(inside) | Self::Not(inside) | Self::Known(inside) => inside.visit(visitor),
            Self::Arithmetic(_, left, right) | Self::Has(left, right) | Self::And(left, right) | Self::Or(left, right) => {
                left.visit(visitor);
                right.visit(visitor);
            }
            Self::Compare(first, links) => {
                first.visit(visitor);
                links.iter().for_each(|(_, node)| node.visit(visitor));
            }
            Self::In(one, list) => {
                one.visit(visitor);
                list.iter().for_each(|node| node.visit(visitor));
            }
            Self::If(parts) => parts.iter().for_each(|node| node.visit(visitor)),
            Self::Function(_, arguments) | Self::Measure { arguments, .. } => arguments.iter().for_each(|node| node.visit(visitor)),
        }
    }

    /// The names it asks its scope for.
    pub fn names(&self) -> Vec<NamePlace<'_>> {
        let mut names = Vec::new();
        self.visit(&mut |node| {
            if let Self::Name { prefix, name, at } = node {
                names.push(NamePlace { prefix: *prefix, name, at: *at });
            }
        });
        names
    }
}
