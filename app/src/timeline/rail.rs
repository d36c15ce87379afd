//! The rail under a lane's rows. What found no row stands here: alone in its stretch of the rail as a dot, else in a
//! counted cluster.

use super::layout::{CELL, Cluster, MARK, Place, Placed, Rest};
use super::order::{self, Key, of_signed};
use super::rows::Candidate;
use super::scale::Scale;

/// The length in minutes of a stretch of the rail.
pub fn cell(scale: &Scale) -> f64 {
    let mut minutes = 1.0;
    while minutes * scale.density() < CELL {
        minutes *= 2.0;
    }
    minutes
}

/// What stands in a stretch of a rail.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    pub(super) lane: u16,
    /// The number of its stretch.
    slot: i64,
    /// How many events it is.
    count: u32,
    /// The item, where it is one whose label would be in this lane.
    item: Option<usize>,
}

/// What stands on the rails, in order of lane and time: the candidates that have no row, and those that were only
/// counted.
pub(super) fn crowd(
    by_lane: &[Vec<Candidate>],
    rows: &[Vec<Option<usize>>],
    placed: &[Placed],
    rest: &[Rest],
    scale: &Scale,
    reach: (f64, f64),
) -> Vec<Waiting> {
    let minutes = cell(scale);
    let mut crowd = Vec::new();
    for (lane, (candidates, rows)) in by_lane.iter().zip(rows).enumerate() {
        for (candidate, row) in candidates.iter().zip(rows) {
            if row.is_none()
                && let Some(p) = placed.get(candidate.item)
            {
                let middle = p.x.max(reach.0) + (p.width / 2.0).min(MARK / 2.0);
                let slot = (scale.time(middle) / minutes).floor() as i64;
                let item = candidate.first.then_some(candidate.item);
                crowd.push(Waiting { lane: lane as u16, slot, count: 1, item });
            }
        }
    }
    for rest in rest {
        let x = scale.x(rest.at);
        if x >= reach.0 && x <= reach.1 && rest.count > 0 && usize::from(rest.lane) < by_lane.len() {
            let slot = (rest.at / minutes).floor() as i64;
            crowd.push(Waiting { lane: rest.lane, slot, count: rest.count, item: None });
        }
    }
    let mut keys: Vec<Key> = crowd
        .iter()
        .enumerate()
        .map(|(at, waiting)| (u64::from(waiting.lane), of_signed(waiting.slot), at))
        .collect();
    order::sort(&mut keys);
    keys.iter().filter_map(|(_, _, at)| crowd.get(*at).copied()).collect()
}

/// Makes dots of those who are alone, and gives the clusters of the others. `top` is the top of a lane's rail.
pub(super) fn stand(
    crowd: &[Waiting],
    placed: &mut [Placed],
    scale: &Scale,
    top: impl Fn(usize) -> f64,
) -> Vec<Cluster> {
    let minutes = cell(scale);
    let mut clusters = Vec::new();
    for members in crowd.chunk_by(|a, b| (a.lane, a.slot) == (b.lane, b.slot)) {
        let Some(&Waiting { lane, slot, item, .. }) = members.first() else { continue };
        let (from, to) = (slot as f64 * minutes, (slot + 1) as f64 * minutes);
        let count: u32 = members.iter().map(|waiting| waiting.count).sum();
        let y = top(usize::from(lane));
        if let (1, Some(p)) = (count, item.and_then(|item| placed.get_mut(item))) {
            p.place = Place::Dot;
            p.y = y;
            // Kept inside its stretch, so that its target touches no other.
            let half = MARK / 2.0 + 4.0;
            let middle = (p.x + (p.width / 2.0).min(MARK / 2.0)).max(scale.x(from) + half);
            p.x = middle.min((scale.x(to) - half).max(scale.x(from) + half)) - MARK / 2.0;
            p.width = MARK;
            p.flipped = false;
            continue;
        }
        let x = scale.x(f64::midpoint(from, to));
        clusters.push(Cluster { lane, x, y, width: minutes * scale.density(), from, to, count });
    }
    clusters
}
