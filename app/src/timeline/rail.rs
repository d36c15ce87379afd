//! The rail under a lane's rows. What found no row stands here: alone in its stretch of the rail as a dot, else in a
//! counted cluster.

use super::layout::{CELL, Cluster, MARK, Place, Placed, Rest};
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
#[derive(Debug, Clone, Copy, Default)]
struct Waiting {
    /// How many events it is.
    count: u32,
    /// The last of them whose label would be in this lane.
    item: Option<u32>,
}

/// The rails of all lanes over what is laid out: in each stretch, how many have no row.
#[derive(Debug)]
pub(super) struct Rails {
    /// The length of a stretch, in minutes.
    minutes: f64,
    /// The number of the first stretch.
    first: f64,
    /// How many stretches each lane has.
    slots: usize,
    /// Lane by lane, in order of time.
    waiting: Vec<Waiting>,
}

impl Rails {
    /// Empty rails of so many lanes.
    pub(super) fn new(lanes: usize, scale: &Scale, reach: (f64, f64)) -> Self {
        let minutes = cell(scale);
        let slot = |x: f64| (scale.time(x) / minutes).floor();
        let first = slot(reach.0);
        let slots = (slot(reach.1) - first).max(0.0) as usize + 1;
        let slots = slots.min(usize::from(u16::MAX));
        Self { minutes, first, slots, waiting: vec![Waiting::default(); lanes * slots] }
    }

    /// The stretch that a minute lies in. What lies outside of what is laid out stands at its edge.
    pub(super) fn slot(&self, minute: f64) -> u16 {
        let slot = ((minute / self.minutes).floor() - self.first).max(0.0) as usize;
        slot.min(self.slots - 1) as u16
    }

    /// Adds events to a stretch of a lane's rail.
    pub(super) fn add(&mut self, lane: usize, slot: u16, count: u32, item: Option<u32>) {
        if let Some(waiting) = self.waiting.get_mut(lane * self.slots + usize::from(slot)) {
            waiting.count += count;
            waiting.item = item.or(waiting.item);
        }
    }

    /// Adds those of which there are only counts.
    pub(super) fn add_rest(&mut self, rest: &[Rest], scale: &Scale, reach: (f64, f64)) {
        for rest in rest {
            let x = scale.x(rest.at);
            if x >= reach.0 && x <= reach.1 {
                self.add(usize::from(rest.lane), self.slot(rest.at), rest.count, None);
            }
        }
    }

    /// Whether anything stands on the rail of each lane.
    pub(super) fn used(&self) -> impl Iterator<Item = bool> {
        self.waiting.chunks(self.slots).map(|slots| slots.iter().any(|waiting| waiting.count > 0))
    }

    /// Makes dots of those who are alone, and gives the clusters of the others in order of lane and time. `top` is the
    /// top of a lane's rail.
    pub(super) fn stand(
        &self,
        placed: &mut [Placed],
        scale: &Scale,
        top: impl Fn(usize) -> f64,
    ) -> Vec<Cluster> {
        let mut clusters = Vec::new();
        for (lane, slots) in self.waiting.chunks(self.slots).enumerate() {
            let y = top(lane);
            for (slot, waiting) in slots.iter().enumerate().filter(|(_, waiting)| waiting.count > 0) {
                let from = (self.first + slot as f64) * self.minutes;
                let to = from + self.minutes;
                let (left, right) = (scale.x(from), scale.x(to));
                if let (1, Some(p)) =
                    (waiting.count, waiting.item.and_then(|item| placed.get_mut(item as usize)))
                {
                    p.place = Place::Dot;
                    p.y = y;
                    // Kept inside its stretch, so that its target touches no other.
                    let half = MARK / 2.0 + 4.0;
                    let is_begun = p.x < 0.0 && p.x + p.width > 0.0;
                    let least = if is_begun { left.max(0.0).min(right - 2.0 * half) } else { left } + half;
                    let middle = (p.x + (p.width / 2.0).min(MARK / 2.0)).max(least);
                    p.x = middle.min((right - half).max(least)) - MARK / 2.0;
                    p.width = MARK;
                    p.flipped = false;
                    continue;
                }
                let lane = lane as u16;
                clusters.push(Cluster {
                    lane,
                    x: seen(left, right, scale.width),
                    y,
                    width: right - left,
                    from,
                    to,
                    count: waiting.count,
                });
            }
        }
        clusters
    }
}

/// The middle of a stretch, or as near to it as a cluster can stand whole in what is in view of the stretch: with room at
/// the edge, or where there is less, up to it.
fn seen(left: f64, right: f64, width: f64) -> f64 {
    /// Half of what a cluster takes at the least, which is a target of 24, and with room at the edge.
    const HALVES: [f64; 2] = [12.0, 16.0];
    let middle = f64::midpoint(left, right);
    let (left, right) = (left.max(0.0), right.min(width));
    let fits = |half: &&f64| right - left >= 2.0 * **half;
    match HALVES.iter().rev().find(fits) {
        Some(half) => middle.max(left + half).min(right - half),
        None => middle,
    }
}
