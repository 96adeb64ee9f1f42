//! Dense tables over small discrete variables, and the three operations of variable elimination on them.

/// A non-negative function of some network variables. The first variable of the scope varies fastest.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Network variables, each once.
    pub scope: Vec<usize>,
    /// Values, one for each assignment.
    pub values: Vec<f64>,
}

/// Walks all assignments of a scope while following the offset of a table over part of it.
pub struct Walk<'a> {
    cards: &'a [usize],
    strides: &'a [usize],
    digits: Vec<usize>,
}

impl<'a> Walk<'a> {
    /// Starts at the first assignment; `strides[i]` is what variable i adds to the followed offset (0 if not in that table).
    #[must_use]
    pub fn new(cards: &'a [usize], strides: &'a [usize]) -> Self {
        Self { cards, strides, digits: vec![0; cards.len()] }
    }

    /// Advances all variables but the first `skip`; returns the followed offset's change, or `None` at the end.
    fn step(&mut self, skip: usize, offset: &mut usize) -> bool {
        for i in skip..self.cards.len() {
            self.digits[i] += 1;
            *offset += self.strides[i];
            if self.digits[i] < self.cards[i] {
                return true;
            }
            *offset -= self.strides[i] * self.cards[i];
            self.digits[i] = 0;
        }
        false
    }
}

/// Strides of a table with scope `inner` as seen from scope `outer`, which contains it.
#[must_use]
pub fn strides(outer: &[usize], inner: &[usize], card: &impl Fn(usize) -> usize) -> Vec<usize> {
    let mut own = Vec::with_capacity(inner.len());
    let mut size = 1;
    for v in inner {
        own.push(size);
        size *= card(*v);
    }
    outer.iter().map(|v| inner.iter().position(|w| w == v).map_or(0, |i| own[i])).collect()
}

/// `into[x] *= factor[x restricted to its scope]`.
pub fn multiply(into: &mut [f64], cards: &[usize], factor: &[f64], strides: &[usize]) {
    let Some(first) = cards.first().copied() else {
        if let (Some(a), Some(b)) = (into.first_mut(), factor.first()) {
            *a *= b;
        }
        return;
    };
    let stride = strides[0];
    let mut walk = Walk::new(cards, strides);
    let mut offset = 0;
    for chunk in into.chunks_exact_mut(first) {
        if stride == 0 {
            let f = factor[offset];
            chunk.iter_mut().for_each(|x| *x *= f);
        } else if stride == 1 {
            chunk.iter_mut().zip(&factor[offset..offset + first]).for_each(|(x, f)| *x *= f);
        } else {
            let mut at = offset;
            for x in chunk {
                *x *= factor[at];
                at += stride;
            }
        }
        walk.step(1, &mut offset);
    }
}

/// Sums the first variable out.
#[must_use]
pub fn sum_first(values: &[f64], card: usize) -> Vec<f64> {
    values.chunks_exact(card).map(|c| c.iter().sum()).collect()
}

/// Sums a table down to a sub-scope that is given by its strides and size.
#[must_use]
pub fn project(values: &[f64], cards: &[usize], strides: &[usize], size: usize) -> Vec<f64> {
    let mut out = vec![0.0; size];
    let Some(first) = cards.first().copied() else {
        out[0] = values[0];
        return out;
    };
    let stride = strides[0];
    let mut walk = Walk::new(cards, strides);
    let mut offset = 0;
    for chunk in values.chunks_exact(first) {
        let mut at = offset;
        for x in chunk {
            out[at] += x;
            at += stride;
        }
        walk.step(1, &mut offset);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiply_and_project_agree_by_hand() {
        let card = |v: usize| [2, 3][v];
        let mut table = vec![1.0; 6];
        let f = [1.0, 2.0, 3.0];
        multiply(&mut table, &[2, 3], &f, &strides(&[0, 1], &[1], &card));
        assert_eq!(table, vec![1.0, 1.0, 2.0, 2.0, 3.0, 3.0]);
        assert_eq!(project(&table, &[2, 3], &strides(&[0, 1], &[0], &card), 2), vec![6.0, 6.0]);
        assert_eq!(sum_first(&table, 2), vec![2.0, 4.0, 6.0]);
    }
}
