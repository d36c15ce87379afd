//! Rows of a lane, each a sorted list of stretches that are taken, and who gets a place in them.

use super::layout::Item;
use super::order::{self, Key, of_float};

/// One item in one of its lanes.
pub(super) struct Candidate {
    /// Which item.
    pub(super) item: usize,
    /// Whether its label is to be in this lane.
    pub(super) first: bool,
    /// The left end of what it takes.
    pub(super) left: f64,
    /// The right end of that, with room to the next one.
    pub(super) right: f64,
}

/// The rows of one lane.
pub(super) struct Rows {
    taken: Vec<Vec<(f64, f64)>>,
}

impl Rows {
    pub(super) fn new(rows: usize) -> Self {
        Self { taken: vec![Vec::new(); rows] }
    }

    /// Takes a stretch in the preferred row if it is free there, else in the first row that has room.
    pub(super) fn take(&mut self, left: f64, right: f64, preferred: Option<usize>) -> Option<usize> {
        if let Some(row) = preferred
            && self.take_in(row, left, right)
        {
            return Some(row);
        }
        (0..self.taken.len()).find(|row| self.take_in(*row, left, right))
    }

    fn take_in(&mut self, row: usize, left: f64, right: f64) -> bool {
        let Some(taken) = self.taken.get_mut(row) else { return false };
        let at = taken.partition_point(|(from, _)| *from < right);
        // What is taken does not overlap, so the last one that begins before `right` also ends last.
        let free = at == 0 || taken.get(at - 1).is_none_or(|(_, to)| *to <= left);
        if free {
            taken.insert(at, (left, right));
        }
        free
    }

    /// How many rows hold anything, counted from the top.
    pub(super) fn used(&self) -> usize {
        self.taken.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1)
    }
}

/// A row for each event that has its label in a lane, where there is one, and what is taken by then.
///
/// If all have room in order of time they get it so, which reads best. Otherwise labels go by rank, and among equals
/// first to those that had one, so that moving the view does not shuffle them.
pub(super) fn pack(items: &[Item], candidates: &[Candidate], most: usize) -> (Vec<Option<usize>>, Rows) {
    let settled =
        |at: usize| candidates.get(at).and_then(|candidate| items.get(candidate.item)?.row).map(usize::from);
    let left = |at: usize| of_float(candidates.get(at).map_or(0.0, |candidate| candidate.left));
    let mut order: Vec<Key> = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| candidate.first)
        .map(|(at, _)| (left(at), 0, at))
        .collect();
    order::sort(&mut order);
    let give = |order: &[Key], all: bool| {
        let mut rows = Rows::new(most);
        let mut found = vec![None; candidates.len()];
        for (_, _, at) in order {
            if let (Some(candidate), Some(slot)) = (candidates.get(*at), found.get_mut(*at)) {
                *slot = rows.take(candidate.left, candidate.right, settled(*at));
                if all && slot.is_none() {
                    return None;
                }
            }
        }
        Some((found, rows))
    };
    if order.iter().all(|(_, _, at)| settled(*at).is_none())
        && let Some(found) = give(&order, true)
    {
        return found;
    }
    for (first, then, at) in &mut order {
        let rank =
            candidates.get(*at).and_then(|candidate| items.get(candidate.item)).map_or(0, |item| item.rank);
        let fresh = u64::from(settled(*at).is_none());
        *then = *first;
        *first = u64::from(rank >> 28) << 33 | fresh << 32 | u64::from(rank);
    }
    order::sort(&mut order);
    give(&order, false).unwrap_or_else(|| (vec![None; candidates.len()], Rows::new(most)))
}
