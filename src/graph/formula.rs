//! Conditions over the states of variables.

use super::VarIx;

/// A condition over variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// Always.
    True,
    /// The variable is in one of the states of the mask (bit i is state i).
    Is(VarIx, u8),
    /// All hold.
    All(Vec<Formula>),
    /// At least one holds.
    Any(Vec<Formula>),
    /// It does not hold.
    Not(Box<Formula>),
}

impl Formula {
    /// All of them, flattened.
    #[must_use]
    pub fn all(parts: Vec<Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::True => {}
                Self::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Self::True,
            1 => flat.remove(0),
            _ => Self::All(flat),
        }
    }

    /// Whether it holds in a world that gives each variable's state.
    pub fn holds(&self, state: &impl Fn(VarIx) -> usize) -> bool {
        match self {
            Self::True => true,
            Self::Is(var, mask) => mask >> state(*var) & 1 == 1,
            Self::All(parts) => parts.iter().all(|p| p.holds(state)),
            Self::Any(parts) => parts.iter().any(|p| p.holds(state)),
            Self::Not(part) => !part.holds(state),
        }
    }

    /// What can become of it when each variable is only known to be in one of some states (a mask): (may hold, may fail).
    pub fn possible(&self, support: &impl Fn(VarIx) -> u8) -> (bool, bool) {
        match self {
            Self::True => (true, false),
            Self::Is(var, mask) => {
                let s = support(*var);
                (s & mask != 0, s & !mask != 0)
            }
            Self::All(parts) => parts.iter().map(|p| p.possible(support)).fold((true, false), |(h, f), (ph, pf)| (h && ph, f || pf)),
            Self::Any(parts) => parts.iter().map(|p| p.possible(support)).fold((false, true), |(h, f), (ph, pf)| (h || ph, f && pf)),
            Self::Not(part) => {
                let (h, f) = part.possible(support);
                (f, h)
            }
        }
    }

    /// The variables in it, each once, in order.
    #[must_use]
    pub fn vars(&self) -> Vec<VarIx> {
        let mut vars = Vec::new();
        self.collect(&mut vars);
        vars.sort_unstable();
        vars.dedup();
        vars
    }

    fn collect(&self, vars: &mut Vec<VarIx>) {
        match self {
            Self::True => {}
            Self::Is(var, _) => vars.push(*var),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|p| p.collect(vars)),
            Self::Not(part) => part.collect(vars),
        }
    }

    /// The tests that hold positively in a world: what a push that fired is owed to. Tests under `Not`, and tests that ask for
    /// balance (bit 2 of a five-state mask), are circumstances and not causes.
    pub fn causes(&self, state: &impl Fn(VarIx) -> usize, into: &mut Vec<VarIx>) {
        match self {
            Self::Is(var, mask) if mask >> state(*var) & 1 == 1 => {
                if !into.contains(var) {
                    into.push(*var);
                }
            }
            Self::True | Self::Not(_) | Self::Is(..) => {}
            Self::All(parts) => parts.iter().for_each(|p| p.causes(state, into)),
            // Every disjunct that holds has a share.
            Self::Any(parts) => parts.iter().filter(|p| p.holds(state)).for_each(|p| p.causes(state, into)),
        }
    }

    /// The same with every variable renamed.
    #[must_use]
    pub(crate) fn renamed(&self, to: &impl Fn(VarIx) -> VarIx) -> Self {
        match self {
            Self::True => Self::True,
            Self::Is(var, mask) => Self::Is(to(*var), *mask),
            Self::All(parts) => Self::All(parts.iter().map(|p| p.renamed(to)).collect()),
            Self::Any(parts) => Self::Any(parts.iter().map(|p| p.renamed(to)).collect()),
            Self::Not(part) => Self::Not(Box::new(part.renamed(to))),
        }
    }
}
