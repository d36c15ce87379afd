//! Events that are steps of one: the same matter announced on one day, done on another and in effect on a third.

use std::collections::HashMap;

use super::id::EventId;
use crate::store::EventBrief;
use crate::t;

/// The steps of a dispute's events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Steps {
    /// Those that belong together, in time order; two at least.
    groups: Vec<Group>,
    /// In which group an event is, and at which place in it from 0.
    places: HashMap<EventId, (usize, usize)>,
}

/// Steps of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they are steps of: the event that the others name or, if it is not there any more, the first of them.
    pub title: String,
    /// The steps.
    pub steps: Vec<EventBrief>,
}

/// Which step an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// What it is a step of.
    pub title: &'a str,
    /// Its place, from 1.
    pub nth: usize,
    /// How many steps there are.
    pub of: usize,
}

impl Place<'_> {
    /// Its number among them: 2/3.
    pub fn number(&self) -> String {
        format!("{}/{}", self.nth, self.of)
    }

    /// In words: step 2 of 3 of “Memo issued”.
    pub fn words(&self) -> String {
        t!("steps-step-of-of", nth = self.nth, of = self.of, title = self.title)
    }
}

impl Steps {
    /// Groups events, which are in time order. Steps belong together if one names the other, or both name the same
    /// event, be it there or deleted. What is neither a step nor named by one may be among them.
    pub fn new(events: &[EventBrief]) -> Self {
        let mut leaders: HashMap<&EventId, &EventId> = HashMap::new();
        for event in events {
            if let Some(first) = &event.step_of {
                let (one, other) = (leader(&leaders, &event.id), leader(&leaders, first));
                if one != other {
                    leaders.insert(one, other);
                }
            }
        }
        let mut members: HashMap<&EventId, Vec<&EventBrief>> = HashMap::new();
        let mut order: Vec<&EventId> = Vec::new();
        for event in events {
            let group = members.entry(leader(&leaders, &event.id)).or_default();
            if group.is_empty() {
                order.push(leader(&leaders, &event.id));
            }
            group.push(event);
        }
        let mut steps = Self::default();
        for group in order.into_iter().filter_map(|id| members.remove(id)).filter(|group| group.len() > 1) {
            let named = group.iter().find(|event| event.step_of.is_none()).or(group.first());
            let title = named.map(|event| event.title.clone()).unwrap_or_default();
            for (place, event) in group.iter().enumerate() {
                steps.places.insert(event.id.clone(), (steps.groups.len(), place));
            }
            steps.groups.push(Group { title, steps: group.into_iter().cloned().collect() });
        }
        steps
    }

    /// Which step an event is; none for what is no step, or the only one.
    pub fn place(&self, id: &EventId) -> Option<Place<'_>> {
        let (group, place) = self.places.get(id)?;
        let group = self.groups.get(*group)?;
        Some(Place { title: &group.title, nth: place + 1, of: group.steps.len() })
    }

    /// The steps that an event is among.
    pub fn of(&self, id: &EventId) -> Option<&Group> {
        self.groups.get(self.places.get(id)?.0)
    }
}

/// The event that stands for those that belong together with this one.
fn leader<'a>(leaders: &HashMap<&'a EventId, &'a EventId>, id: &'a EventId) -> &'a EventId {
    let mut at = id;
    while let Some(next) = leaders.get(at) {
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::timeline::window::tests::event;

    fn step(id: &str, edtf: &str, of: &str) -> EventBrief {
        let of = Some(of).filter(|of| !of.is_empty()).map(EventId::from);
        EventBrief { step_of: of, ..event(id, edtf, &id.to_uppercase()) }
    }

    fn words(steps: &Steps, id: &str) -> String {
        steps.place(&EventId::from(id)).map(|place| place.words()).unwrap_or_default()
    }

    #[test]
    fn steps_are_counted_in_time_order() {
        let events = [
            step("announced", "2026-01-01", ""),
            step("other", "2026-01-02", ""),
            step("issued", "2026-01-09", "announced"),
            step("effect", "2026-04-01", "issued"),
        ];
        let steps = Steps::new(&events);
        assert_eq!(words(&steps, "announced"), "step 1 of 3 of “ANNOUNCED”");
        assert_eq!(words(&steps, "issued"), "step 2 of 3 of “ANNOUNCED”");
        assert_eq!(words(&steps, "effect"), "step 3 of 3 of “ANNOUNCED”");
        assert_eq!(words(&steps, "other"), "");
        assert_eq!(steps.of(&events[2].id).unwrap().steps.len(), 3);
    }

    #[test]
    fn steps_of_what_was_deleted_stay_together() {
        let two = [step("issued", "2026-01-09", "gone"), step("effect", "2026-04-01", "gone")];
        assert_eq!(words(&Steps::new(&two), "effect"), "step 2 of 2 of “ISSUED”");
        assert_eq!(words(&Steps::new(&two[..1]), "issued"), "", "one alone is no step of anything");
    }
}
