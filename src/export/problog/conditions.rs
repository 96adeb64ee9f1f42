//! Conditions as literals of a clause.

use super::Program;
use crate::graph::{Formula, VarIx, VarKind};

impl Program<'_> {
    /// Adds a condition to the body of a clause.
    pub(super) fn body(&mut self, formula: &Formula, body: &mut Vec<String>) {
        if let Formula::All(parts) = formula {
            for p in parts {
                self.body(p, body);
            }
        } else if *formula != Formula::True {
            let literal = self.literal(formula);
            body.push(literal);
        }
    }

    /// A condition as one literal; what is more than one gets a name.
    fn literal(&mut self, formula: &Formula) -> String {
        match formula {
            Formula::True => "true".to_owned(),
            Formula::Is(var, mask) => self.test(*var, *mask),
            Formula::Not(part) => {
                let inner = self.literal(part);
                // A negation of a negation is named, so that no literal has two signs.
                let inner = if inner.starts_with('\\') { self.named(&[vec![inner]]) } else { inner };
                format!("\\+{inner}")
            }
            Formula::All(parts) => {
                let mut body = Vec::new();
                for p in parts {
                    self.body(p, &mut body);
                }
                self.named(&[body])
            }
            Formula::Any(parts) => {
                let bodies: Vec<Vec<String>> = parts
                    .iter()
                    .map(|p| {
                        let mut body = Vec::new();
                        self.body(p, &mut body);
                        body
                    })
                    .collect();
                self.named(&bodies)
            }
        }
    }

    fn named(&mut self, bodies: &[Vec<String>]) -> String {
        self.auxiliary += 1;
        let head = format!("holds({})", self.auxiliary);
        for body in bodies {
            self.clause(&head, body);
        }
        if bodies.is_empty() {
            self.clause(&head, &["fail".to_owned()]);
        }
        head
    }

    /// The atom that says that a variable is in one of some states.
    pub(super) fn test(&mut self, var: VarIx, mask: u8) -> String {
        let kind = self.graph.get(var).kind;
        let states: Vec<usize> = (0..kind.states()).filter(|s| mask >> s & 1 == 1).collect();
        if let [only] = states.as_slice() {
            return self.atom(var, *only);
        }
        let name = self.names.name(var);
        let head = match (kind, mask) {
            (VarKind::Quantity(_) | VarKind::Adapted(_), 0b00011) => format!("low({name})"),
            (VarKind::Quantity(_) | VarKind::Adapted(_), 0b11000) => format!("high({name})"),
            (VarKind::Exposure(_), 0b0110) => format!("taken({name})"),
            (VarKind::Idiopathic(..), 0b110) => format!("deviates({name})"),
            _ => format!("among({name},{mask})"),
        };
        if self.tests.insert(head.clone()) {
            for s in &states {
                let body = self.atom(var, *s);
                self.clause(&head, &[body]);
            }
            if states.is_empty() {
                self.clause(&head, &["fail".to_owned()]);
            }
        }
        head
    }
}
