//! Which events get a row and a label, which become a dot, and which a counted cluster.
//!
//! Each lane has a heading, rows for labelled events, and under them a rail. Labels are given out by importance, each
//! in the first row with room. What finds none stands on the rail: alone in its stretch of the rail as a dot, else
//! in a cluster with a count. Stretches of the rail are powers of two in minutes and begin at multiples of
//! themselves, so that clusters keep their place and their members while the view is moved.

use super::lanes::InLanes;
use super::rail::Rails;
use super::rows::{Candidate, Rows, pack};
use super::scale::Scale;

/// The side of a mark, in units.
pub const MARK: f64 = 16.0;
/// The least width of what is not a point, so that its ends can be told apart.
pub const LEAST_BODY: f64 = 28.0;
/// Room between one label and the next.
pub const GAP: f64 = 14.0;
/// The least length of a stretch of the rail: a target of 24 with room about it, and still one of 24 where a drawing that
/// the server laid out stands in little more than half of its width.
pub const CELL: f64 = 46.0;

/// How an event is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A day or a moment, stated without reserve.
    Point,
    /// Lasted from one bound to the other.
    Span,
    /// Happened once between the bounds, or at a date known only roughly.
    Window,
}

/// An event as the arithmetic sees it.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// The first minute; negative infinity if the beginning is open.
    pub start: f64,
    /// The minute after the last; infinity if the end is open.
    pub end: f64,
    /// How it is drawn.
    pub form: Form,
    /// The lanes it stands in.
    pub lanes: InLanes,
    /// How wide its label is.
    pub label: f64,
    /// Labels are given out in the order of these, lowest first.
    pub rank: u32,
    /// The row it stood in before, which it keeps if it can.
    pub row: Option<u16>,
}

/// Events that are known to be there but were not given: a count at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    /// The lane.
    pub lane: u16,
    /// A minute that they lie at or near.
    pub at: f64,
    /// How many.
    pub count: u32,
}

/// The measures of a drawing, in units.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The height of each lane's heading, from the top.
    pub headings: Vec<f64>,
    /// The most rows that a lane may have, 64 at most.
    pub rows: usize,
    /// The height of a row.
    pub row: f64,
    /// The height of a rail.
    pub rail: f64,
    /// The space below a lane.
    pub below: f64,
    /// The time that labels should end by, where the drawing has its end; those that would not are put to the left.
    pub bound: f64,
}

impl Rules {
    /// Measures for so many events in lanes with these headings: roomy rows with dates while everything has room,
    /// compact ones for many events.
    pub fn for_many(events: usize, headings: Vec<f64>, bound: f64) -> Self {
        /// What a drawing with many events may take of a screen.
        const BUDGET: f64 = 640.0;
        let lanes = headings.len().max(1);
        let heads: f64 = headings.iter().sum();
        let base = Self { headings, rows: 6, row: 58.0, rail: 32.0, below: 10.0, bound };
        if events <= ROOMY {
            return base;
        }
        let row = 38.0;
        let each = (BUDGET - heads) / lanes as f64 - base.rail - base.below;
        let least = if lanes <= 6 { 2.0 } else { 1.0 };
        Self { row, rows: (each / row).floor().clamp(least, 10.0) as usize, ..base }
    }
}

/// Up to this many events are drawn in roomy rows.
pub const ROOMY: usize = 48;

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It does not touch the stretch laid out.
    Outside,
    /// In a row, with its label.
    Row(u16),
    /// On the rail, without its label.
    Dot,
    /// In a cluster of its first lane.
    Clustered,
}

/// Where an item is drawn, in units from the scale's left edge and the drawing's top.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// What became of it.
    pub place: Place,
    /// The left end of its body.
    pub x: f64,
    /// The top of its row.
    pub y: f64,
    /// The width of its body.
    pub width: f64,
    /// Whether the label ends where the body ends instead of beginning where it begins.
    pub flipped: bool,
    /// How far below `y` it stands again, for each further lane in which it has room.
    pub echoes: Vec<f64>,
    /// The lanes in which it has a row, as bits.
    pub rows: u64,
}

/// Several events at one place on a rail.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    /// The lane.
    pub lane: u16,
    /// The middle of its stretch, in units.
    pub x: f64,
    /// The top of the rail, in units.
    pub y: f64,
    /// How wide its stretch is, in units.
    pub width: f64,
    /// The first minute of its stretch.
    pub from: f64,
    /// The minute after the last of its stretch.
    pub to: f64,
    /// How many events.
    pub count: u32,
}

impl Cluster {
    /// Whether a minute lies in its stretch.
    pub fn holds(&self, minute: f64) -> bool {
        self.from <= minute && minute < self.to
    }
}

/// Where a lane stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaneBox {
    /// Its top, in units.
    pub top: f64,
    /// Its height, in units.
    pub height: f64,
    /// How many rows it has.
    pub rows: usize,
    /// Whether it has a rail.
    pub rail: bool,
}

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// For each item, in the order given.
    pub placed: Vec<Placed>,
    /// In order of lane and time.
    pub clusters: Vec<Cluster>,
    /// For each lane, from the top.
    pub lanes: Vec<LaneBox>,
    /// The height of it all, in units.
    pub height: f64,
}

/// The left and right end of what is drawn of an item besides its label, cut off well outside what is laid out so
/// that a browser need not draw a bar of a million pixels.
pub fn body(item: &Item, scale: &Scale, reach: (f64, f64)) -> (f64, f64) {
    let (low, high) = (reach.0 - 200.0, reach.1 + 200.0);
    let left = if item.start.is_finite() { scale.x(item.start) } else { low };
    let right = if item.end.is_finite() { scale.x(item.end) } else { high };
    let least = if item.form == Form::Point { MARK } else { LEAST_BODY };
    if right - left >= least {
        return (left.max(low).min(high), right.min(high).max(low));
    }
    // A short span keeps its beginning; anything else its middle.
    if item.form == Form::Span && item.start.is_finite() {
        return (left, left + least);
    }
    if item.form == Form::Span {
        return (right - least, right);
    }
    let middle = f64::midpoint(left, right);
    (middle - least / 2.0, middle + least / 2.0)
}

/// A lane as the bit of a number.
fn bit(lane: u16) -> u64 {
    1_u64.checked_shl(u32::from(lane)).unwrap_or(0)
}

/// Whether a cluster of a lane counts an item that touches what is laid out. `place` and `rows` are what became of it.
pub fn is_counted(item: &Item, place: Place, rows: u64, lane: u16) -> bool {
    let shown = if place == Place::Dot { lane == item.lanes.first() } else { rows & bit(lane) != 0 };
    !shown && item.lanes.iter().any(|stood| stood == lane)
}

/// The minute at which an item waits on the rail of a lane in which it has no row: where it begins, or where it comes
/// into sight if it began before that.
pub fn waits(item: &Item, scale: &Scale, reach: (f64, f64)) -> f64 {
    waits_of(item, body(item, scale, reach), scale, reach)
}

fn waits_of(item: &Item, (left, right): (f64, f64), scale: &Scale, reach: (f64, f64)) -> f64 {
    if left < 0.0 && right > 0.0 {
        scale.from
    } else {
        item.start.max(scale.time(reach.0)).min(scale.time(reach.1))
    }
}

/// Lays out items over `reach`, from one place to another; what lies outside is left out.
pub fn lay_out(items: &[Item], rest: &[Rest], scale: &Scale, reach: (f64, f64), rules: &Rules) -> Layout {
    let bound = scale.x(rules.bound);
    let lane_count = rules.headings.len();
    let mut rails = Rails::new(lane_count, scale, reach);
    let mut placed = Vec::with_capacity(items.len());
    let mut by_lane: Vec<Vec<Candidate>> = Vec::new();
    by_lane.resize_with(lane_count, || Vec::with_capacity(items.len() / lane_count));
    for (at, item) in items.iter().enumerate() {
        let (left, right) = body(item, scale, reach);
        let outside = right < reach.0 || left > reach.1;
        // What is known by its end only has its label there.
        let by_its_end = !item.start.is_finite() && right <= scale.width && right >= item.label;
        let flipped = by_its_end || (left + item.label > bound.max(left) && right - item.label >= reach.0);
        // What began before the view stands where it comes into sight.
        let begun = left < 0.0 && right > 0.0;
        placed.push(Placed {
            place: if outside { Place::Outside } else { Place::Clustered },
            x: left,
            y: 0.0,
            width: right - left,
            flipped,
            echoes: Vec::new(),
            rows: 0,
        });
        if outside {
            continue;
        }
        let slot = rails.slot(waits_of(item, (left, right), scale, reach));
        let labelled = if flipped {
            (left.min(right - item.label), right)
        } else {
            let begins = if begun { 0.0 } else { left };
            (left, right.max(begins + item.label))
        };
        for lane in item.lanes.iter() {
            if let Some(candidates) = by_lane.get_mut(usize::from(lane)) {
                let first = lane == item.lanes.first();
                let (left, right) = if first { labelled } else { (left, right) };
                candidates.push(Candidate {
                    item: at as u32,
                    rank: item.rank,
                    row: item.row,
                    first,
                    slot,
                    left,
                    right: right + GAP,
                });
            }
        }
    }

    let mut rows: Vec<Vec<Option<u16>>> = Vec::with_capacity(lane_count);
    let mut lanes_rows = Vec::with_capacity(lane_count);
    for candidates in &by_lane {
        let (found, taken) = pack(candidates, rules.rows, reach);
        for (candidate, row) in candidates.iter().zip(&found) {
            if let (Some(row), Some(p)) = (row, placed.get_mut(candidate.item as usize)) {
                p.place = Place::Row(*row);
            }
        }
        rows.push(found);
        lanes_rows.push(taken);
    }
    // An event stands in its other lanes only where it has a label in its first, or it could not be told which it is.
    for ((candidates, found), taken) in by_lane.iter().zip(&mut rows).zip(&mut lanes_rows) {
        for (candidate, row) in candidates.iter().zip(found).filter(|(candidate, _)| !candidate.first) {
            if placed.get(candidate.item as usize).is_some_and(|p| matches!(p.place, Place::Row(_))) {
                *row = taken.take(candidate.left, candidate.right, None);
            }
        }
    }
    let used: Vec<usize> = lanes_rows.iter().map(Rows::used).collect();

    for (lane, (candidates, rows)) in by_lane.iter().zip(&rows).enumerate() {
        for (candidate, _) in candidates.iter().zip(rows).filter(|(_, row)| row.is_none()) {
            rails.add(lane, candidate.slot, 1, candidate.first.then_some(candidate.item));
        }
    }
    rails.add_rest(rest, scale, reach);
    let mut lanes = Vec::with_capacity(lane_count);
    let mut top = 0.0;
    for ((used, rail), heading) in used.iter().zip(rails.used()).zip(&rules.headings) {
        let rows = (*used).max(1);
        let height = heading
            + if rail && *used == 0 { 0.0 } else { rows as f64 * rules.row }
            + if rail { rules.rail } else { 0.0 }
            + rules.below;
        lanes.push(LaneBox { top, height, rows: if rail && *used == 0 { 0 } else { rows }, rail });
        top += height;
    }
    let row_top = |lane: usize, row: usize| {
        let heading = rules.headings.get(lane).copied().unwrap_or_default();
        lanes.get(lane).map_or(0.0, |lane| lane.top + heading + row as f64 * rules.row)
    };

    let rail_top = |lane: usize| row_top(lane, lanes.get(lane).map_or(0, |lane| lane.rows));
    let clusters = rails.stand(&mut placed, scale, rail_top);

    for is_first in [true, false] {
        for (lane, (candidates, rows)) in by_lane.iter().zip(&rows).enumerate() {
            for (candidate, row) in candidates.iter().zip(rows).filter(|(of, _)| of.first == is_first) {
                if let (Some(row), Some(p)) = (row, placed.get_mut(candidate.item as usize)) {
                    let y = row_top(lane, usize::from(*row));
                    p.rows |= bit(lane as u16);
                    if is_first {
                        p.y = y;
                    } else {
                        p.echoes.push(y - p.y);
                    }
                }
            }
        }
    }
    Layout { placed, clusters, lanes, height: top }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn items(most: usize) -> impl Strategy<Value = Vec<Item>> {
        let form = prop_oneof![Just(Form::Point), Just(Form::Span), Just(Form::Window)];
        let length = prop_oneof![Just(1440.0), 1.0..1e6_f64, Just(f64::INFINITY)];
        let lanes = prop::collection::btree_set(0..4_u16, 1..3);
        prop::collection::vec(
            (0.0..1e6_f64, length, form, lanes, 40.0..260.0_f64, any::<u32>(), prop::option::of(0..4_u16)),
            1..most,
        )
        .prop_map(|drawn| {
            drawn
                .into_iter()
                .map(|(start, length, form, lanes, label, rank, row)| Item {
                    start,
                    end: start + length,
                    form,
                    lanes: InLanes::of(&lanes.into_iter().collect::<Vec<_>>()),
                    label,
                    rank,
                    row,
                })
                .collect()
        })
    }

    fn rules() -> Rules {
        Rules { headings: vec![24.0; 4], rows: 3, row: 40.0, rail: 28.0, below: 8.0, bound: 1e7 }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(items in items(120), rest in prop::collection::vec((0..4_u16, 0.0..1e6_f64, 1..9_u32), 0..40)) {
            let scale = Scale::new(0.0, 1e6, 1000.0);
            let rest: Vec<Rest> = rest.into_iter().map(|(lane, at, count)| Rest { lane, at, count }).collect();
            let reach = (-10.0, 1010.0);
            let layout = lay_out(&items, &rest, &scale, reach, &rules());
            for (item, placed) in items.iter().zip(&layout.placed) {
                let (left, right) = body(item, &scale, reach);
                let touches = right >= reach.0 && left <= reach.1;
                prop_assert_eq!(touches, placed.place != Place::Outside);
            }
            // Every appearance in a lane is in a row, a dot, an echo or counted.
            let appearances: usize = items.iter().zip(&layout.placed)
                .filter(|(_, placed)| placed.place != Place::Outside).map(|(item, _)| item.lanes.iter().count()).sum();
            let shown: usize = layout.placed.iter().map(|placed| match placed.place {
                Place::Row(_) => 1 + placed.echoes.len(),
                Place::Dot => 1,
                Place::Outside | Place::Clustered => 0,
            }).sum();
            let counted: u32 = layout.clusters.iter().map(|cluster| cluster.count).sum();
            let unseen: u32 = rest.iter().map(|rest| rest.count).sum();
            prop_assert_eq!(shown + counted as usize, appearances + unseen as usize);
            // A cluster counts those that say so.
            for cluster in &layout.clusters {
                let known = items.iter().zip(&layout.placed)
                    .filter(|(item, placed)| {
                        placed.place != Place::Outside
                            && is_counted(item, placed.place, placed.rows, cluster.lane)
                            && cluster.holds(waits(item, &scale, reach))
                    })
                    .count();
                let more: u32 = rest.iter().filter(|rest| rest.lane == cluster.lane && cluster.holds(rest.at)).map(|rest| rest.count).sum();
                prop_assert_eq!(known + more as usize, cluster.count as usize);
            }
        }

        #[test]
        fn nothing_overlaps(items in items(120)) {
            let scale = Scale::new(0.0, 1e6, 1000.0);
            let layout = lay_out(&items, &[], &scale, (-10.0, 1010.0), &rules());
            let mut boxes: Vec<(f64, f64, f64)> = Vec::new();
            for (item, placed) in items.iter().zip(&layout.placed) {
                if !matches!(placed.place, Place::Row(_)) {
                    continue;
                }
                let right = placed.x + placed.width;
                boxes.push(if placed.flipped {
                    (placed.y, placed.x.min(right - item.label), right)
                } else {
                    (placed.y, placed.x, right.max(placed.x + item.label))
                });
                for echo in &placed.echoes {
                    boxes.push((placed.y + echo, placed.x, right));
                }
            }
            boxes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
            for pair in boxes.windows(2) {
                prop_assert!(pair[0].0 < pair[1].0 || pair[0].2 <= pair[1].1 + 1e-6, "{pair:?}");
            }
            for pair in layout.clusters.windows(2) {
                prop_assert!(pair[0].lane < pair[1].lane || pair[0].to <= pair[1].from);
            }
            // What shows enough of its stretch is seen whole.
            for cluster in &layout.clusters {
                let room = scale.x(cluster.to).min(1000.0) - scale.x(cluster.from).max(0.0);
                let half = if room < 32.0 { 12.0 } else { 16.0 };
                prop_assert!(room < 24.0 || (half..=1000.0 - half).contains(&cluster.x), "{cluster:?}");
            }
            // On a rail, the targets of dots and clusters.
            const TARGET: f64 = 24.0;
            let dots = layout.placed.iter().filter(|placed| placed.place == Place::Dot);
            let mut rails: Vec<(f64, f64)> = dots.map(|placed| (placed.y, placed.x + MARK / 2.0)).collect();
            rails.extend(layout.clusters.iter().map(|cluster| (cluster.y, cluster.x)));
            rails.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
            for pair in rails.windows(2) {
                prop_assert!(pair[0].0 < pair[1].0 || pair[0].1 + TARGET <= pair[1].1 + 1e-6, "{pair:?}");
            }
            for pair in layout.lanes.windows(2) {
                prop_assert!((pair[0].top + pair[0].height - pair[1].top).abs() < 1e-6);
            }
        }

        #[test]
        fn the_most_important_has_its_label(items in items(120)) {
            let mut items = items;
            items[0].rank = 0;
            items[0].row = None;
            for item in items.iter_mut().skip(1) {
                item.rank |= 1 << 29;
            }
            let scale = Scale::new(0.0, 1e6, 1000.0);
            let layout = lay_out(&items, &[], &scale, (-10.0, 1010.0), &rules());
            prop_assert!(matches!(layout.placed[0].place, Place::Row(_)));
        }

        #[test]
        fn a_second_layout_keeps_rows(items in items(80)) {
            let mut items = items;
            let scale = Scale::new(0.0, 1e6, 1000.0);
            for item in &mut items {
                item.row = None;
            }
            let first = lay_out(&items, &[], &scale, (-10.0, 1010.0), &rules());
            for (item, placed) in items.iter_mut().zip(&first.placed) {
                item.row = if let Place::Row(row) = placed.place { Some(row) } else { None };
            }
            let second = lay_out(&items, &[], &scale, (-10.0, 1010.0), &rules());
            for (a, b) in first.placed.iter().zip(&second.placed) {
                if let Place::Row(_) = a.place {
                    prop_assert_eq!(a.place, b.place);
                }
            }
        }
    }

    #[test]
    fn one_day_is_a_point_and_a_rough_date_is_not() {
        let scale = Scale::new(0.0, 1e6, 1000.0);
        let of = |form| Item {
            start: 1440.0 * 100.0,
            end: 1440.0 * 101.0,
            form,
            lanes: InLanes::default(),
            label: 100.0,
            rank: 0,
            row: None,
        };
        let layout = lay_out(&[of(Form::Point), of(Form::Window)], &[], &scale, (0.0, 1000.0), &rules());
        assert_eq!(layout.placed[0].width, MARK);
        assert_eq!(layout.placed[1].width, LEAST_BODY);
        assert_ne!(layout.placed[0].y, layout.placed[1].y);
    }
}
