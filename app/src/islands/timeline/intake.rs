//! Which events should be here, and taking in those that were fetched.

use super::dom;
use super::page::{Mark, covers, marks, rest};
use super::stage::{Shared, Stage};
use crate::timeline::order::{self, Key};

impl Stage {
    /// Whether more events should be fetched for what is in view.
    fn wants(&self) -> Option<(f64, f64)> {
        let (from, to) = (self.scale.from, self.scale.to);
        let length = to - from;
        let (first, last) = (from.max(self.whole.0), to.min(self.whole.1));
        let missing = first < self.covered.0 || last > self.covered.1;
        let coarse = !self.rest.is_empty() && (self.covered.1 - self.covered.0) > length * 3.6;
        let hidden = !self.rest.is_empty() && (self.covered.1 - self.covered.0) < length;
        let enough = self.complete || !(missing || coarse || hidden);
        if self.asking || (enough && !self.outdated) {
            return None;
        }
        Some(((from - length * 0.75).floor(), (to + length * 0.75).ceil()))
    }
}

/// What a fetch should ask for, if anything.
pub(super) fn wanted(shared: &Shared) -> Option<(f64, f64)> {
    shared.borrow().wants()
}

/// Takes in a fetched list: its events replace those that are here.
pub(super) fn take_in(shared: &Shared, list: &web_sys::Element) {
    let mut stage = shared.borrow_mut();
    let Some(covered) = covers(list) else { return };
    // Headings of the list without an axis no longer stand over what follows them.
    for heading in dom::find_all(&stage.parts.events, ".per") {
        heading.remove();
    }
    let mut fresh = marks(list);
    let fetched = rest(list);
    let mut old: Vec<Option<Mark>> = std::mem::take(&mut stage.marks).into_iter().map(Some).collect();
    let hash = |id: &str| {
        id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let mut known: Vec<Key> =
        old.iter().flatten().enumerate().map(|(at, mark)| (hash(&mark.id), 0, at)).collect();
    order::sort(&mut known);
    let mut next = stage.parts.events.first_element_child();
    for mark in &mut fresh {
        let place = known.partition_point(|(key, ..)| *key < hash(&mark.id));
        let same = known.get(place).and_then(|(_, _, at)| old.get_mut(*at));
        if let Some(slot) = same.filter(|slot| slot.as_ref().is_some_and(|old| old.id == mark.id)) {
            // It keeps its element, and with it focus and place.
            if let Some(kept) = slot.take() {
                *mark = kept;
            }
        }
        match &next {
            Some(there) if there.is_same_node(Some(&mark.li)) => next = there.next_element_sibling(),
            _ => {
                let _ = stage.parts.events.insert_before(&mark.li, next.as_deref());
            }
        }
    }
    for gone in old.into_iter().flatten() {
        gone.li.remove();
    }
    stage.complete = fetched.is_empty() && covered.0 <= stage.whole.0 && covered.1 >= stage.whole.1;
    stage.marks = fresh;
    stage.rest = fetched;
    stage.covered = covered;
    if let (Some(count), Some(words)) =
        (dom::find(&stage.parts.root, "[data-tl=count]"), list.get_attribute("data-count"))
        && stage.parts.root.has_attribute("data-replay")
    {
        count.set_text_content(Some(&words));
    }
    stage.refresh();
}
