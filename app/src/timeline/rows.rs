//! Rows of a lane, each a sorted list of stretches that are taken, and who gets a place in them.

use std::ops::Range;

use super::layout::{GAP, MARK};
use super::order::{self, Key, of_float};

/// One item in one of its lanes.
///
/// What packing asks of the item stands here as well: to look it up for each, in the order of rank, would be a cache miss
/// for each.
pub(super) struct Candidate {
    /// Which item.
    pub(super) item: u32,
    /// Its rank.
    pub(super) rank: u32,
    /// The row it stood in before.
    pub(super) row: Option<u16>,
    /// Whether its label is to be in this lane.
    pub(super) first: bool,
    /// The stretch of the rail in which it waits where it has no row.
    pub(super) slot: u16,
    /// The left end of what it takes.
    pub(super) left: f64,
    /// The right end of that, with room to the next one.
    pub(super) right: f64,
}

/// The distance between the points at which rows are known to be taken: no candidate is narrower, so each has one.
const STEP: f64 = MARK + GAP;

/// The most rows of a lane: one for each bit of a number.
const MOST: usize = u64::BITS as usize;

/// The rows of one lane.
///
/// Most candidates of a crowded lane find every row taken. That is seen at the points, a number each, without looking
/// at the rows.
pub(super) struct Rows {
    /// For each row what is taken of it, in order.
    taken: Vec<Vec<(f64, f64)>>,
    /// A step before the first point.
    start: f64,
    /// For each point, the rows that are not taken there, as bits.
    open: Vec<u64>,
}

impl Rows {
    /// So many rows, none of them taken, of which `reach` is looked at.
    fn new(rows: usize, reach: (f64, f64)) -> Self {
        let rows = rows.min(MOST);
        let all = u64::MAX.checked_shr((MOST - rows) as u32).unwrap_or(0);
        let points = ((reach.1 - reach.0) / STEP) as usize + 1;
        Self { taken: vec![Vec::new(); rows], start: reach.0 - STEP, open: vec![all; points] }
    }

    /// Takes a stretch in the preferred row if it is free there, else in the first row that has room.
    pub(super) fn take(&mut self, left: f64, right: f64, preferred: Option<u16>) -> Option<u16> {
        let points = self.points(left, right);
        let mut open = u64::MAX.checked_shr((MOST - self.taken.len()) as u32).unwrap_or(0);
        for point in self.open.get(points.clone()).unwrap_or_default() {
            open &= point;
            if open == 0 {
                return None;
            }
        }
        let bit = |row: u16| 1_u64.checked_shl(u32::from(row)).unwrap_or(0);
        let mut row = preferred.filter(|row| open & bit(*row) != 0).or(Some(open.trailing_zeros() as u16));
        while let Some(found) = row {
            if self.take_in(usize::from(found), left, right) {
                for point in self.open.get_mut(points).unwrap_or_default() {
                    *point &= !bit(found);
                }
                return Some(found);
            }
            open &= !bit(found);
            row = (open != 0).then(|| open.trailing_zeros() as u16);
        }
        None
    }

    /// The points within a stretch, its end among them and its beginning not.
    fn points(&self, left: f64, right: f64) -> Range<usize> {
        let before = |x: f64| (((x - self.start) / STEP) as usize).min(self.open.len());
        before(left)..before(right)
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
pub(super) fn pack(candidates: &[Candidate], most: usize, reach: (f64, f64)) -> (Vec<Option<u16>>, Rows) {
    let firsts = || candidates.iter().enumerate().filter(|(_, candidate)| candidate.first);
    let give = |order: &[Key], all: bool| {
        let mut rows = Rows::new(most, reach);
        let mut found = vec![None; candidates.len()];
        for (_, _, at) in order {
            if let (Some(candidate), Some(slot)) = (candidates.get(*at), found.get_mut(*at)) {
                *slot = rows.take(candidate.left, candidate.right, candidate.row);
                if all && slot.is_none() {
                    return None;
                }
            }
        }
        Some((found, rows))
    };
    let needed: f64 = firsts().map(|(_, of)| of.right.min(reach.1) - of.left.max(reach.0)).sum();
    let may_fit = needed <= most as f64 * (reach.1 - reach.0 + STEP);
    if may_fit && firsts().all(|(_, candidate)| candidate.row.is_none()) {
        let mut order: Vec<Key> = firsts().map(|(at, candidate)| (of_float(candidate.left), 0, at)).collect();
        order::sort(&mut order);
        if let Some(found) = give(&order, true) {
            return found;
        }
    }
    let mut order: Vec<Key> = firsts()
        .map(|(at, candidate)| {
            let fresh = u64::from(candidate.row.is_none());
            let first = u64::from(candidate.rank >> 28) << 33 | fresh << 32 | u64::from(candidate.rank);
            (first, of_float(candidate.left), at)
        })
        .collect();
    order::sort(&mut order);
    give(&order, false).unwrap_or_else(|| (vec![None; candidates.len()], Rows::new(most, reach)))
}
