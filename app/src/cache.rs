//! What was read lately of the events of disputes, so that a reader who moves through a large one does not read it anew
//! at each step. An entry belongs to one revision of its dispute, so a change is seen at the next request: nothing needs
//! to be invalidated, and what is out of date is merely never asked for again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use crate::model::dispute::Dispute;
use crate::model::id::DisputeId;
use crate::model::view::View;
use crate::past::Past;
use crate::store::{EventBrief, Outline, Result, SharedStore};

/// The most events kept, over all entries; each takes about half a kilobyte.
const MOST_EVENTS: usize = 100_000;
/// The most outlines kept, over all entries; each takes about a fifth of a kilobyte.
const MOST_OUTLINES: usize = 400_000;

/// The most events kept of disputes as they were; each takes about five kilobytes with its quotes.
const MOST_PAST: usize = 20_000;
/// The most disputes kept as they were, however few events they have.
const MOST_PASTS: usize = 200;

/// Events of disputes in views, their outlines and steps; disputes as they were.
#[derive(Debug, Default)]
pub struct EventCache {
    events: Kept<EventBrief>,
    outlines: Kept<Outline>,
    steps: Kept<EventBrief>,
    pasts: Mutex<VecDeque<Arc<Past>>>,
}

impl EventCache {
    /// The events of a dispute that a view's filters let through, whatever its range, as [`crate::store::Store::events`]
    /// gives them.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn events(
        &self,
        store: &SharedStore,
        dispute: &Dispute,
        view: &View,
    ) -> Result<Arc<Vec<EventBrief>>> {
        let view = view.narrowing();
        if let Some(found) = self.events.find(dispute, &view) {
            return Ok(found);
        }
        let events = Arc::new(store.events(&dispute.id, &view).await?);
        self.events.keep(dispute, view, &events, MOST_EVENTS);
        Ok(events)
    }

    /// Those that are steps of one another, as [`crate::store::Store::steps`] gives them.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn steps(&self, store: &SharedStore, dispute: &Dispute) -> Result<Arc<Vec<EventBrief>>> {
        let view = View::default();
        if let Some(found) = self.steps.find(dispute, &view) {
            return Ok(found);
        }
        let steps = Arc::new(store.steps(&dispute.id).await?);
        self.steps.keep(dispute, view, &steps, MOST_EVENTS);
        Ok(steps)
    }

    /// Their outline, as [`crate::store::Store::outline`] gives it.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn outline(
        &self,
        store: &SharedStore,
        dispute: &Dispute,
        view: &View,
    ) -> Result<Arc<Vec<Outline>>> {
        let view = view.narrowing();
        if let Some(found) = self.outlines.find(dispute, &view) {
            return Ok(found);
        }
        let outline = Arc::new(store.outline(&dispute.id, &view).await?);
        self.outlines.keep(dispute, view, &outline, MOST_OUTLINES);
        Ok(outline)
    }

    /// A dispute as it was at a revision, as [`crate::store::Links::record`] gives it. Once made, a revision stays as it
    /// is, so what is kept of it is never out of date.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn past(&self, store: &SharedStore, dispute: &DisputeId, revision: i64) -> Result<Arc<Past>> {
        let is_it =
            |past: &Arc<Past>| past.record.dispute.id == *dispute && past.record.dispute.revision == revision;
        if let Ok(mut pasts) = self.pasts.lock()
            && let Some(at) = pasts.iter().position(is_it)
            && let Some(found) = pasts.remove(at)
        {
            pasts.push_back(found.clone());
            return Ok(found);
        }
        let past = Arc::new(Past::new(store.record(dispute, revision).await?));
        if let Ok(mut pasts) = self.pasts.lock()
            && past.record.events.len() <= MOST_PAST
        {
            pasts.push_back(past.clone());
            let mut held: usize = pasts.iter().map(|past| past.record.events.len()).sum();
            while held > MOST_PAST || pasts.len() > MOST_PASTS {
                let Some(oldest) = pasts.pop_front() else { break };
                held -= oldest.record.events.len();
            }
        }
        Ok(past)
    }
}

/// Lists that were read lately, the latest used last.
#[derive(Debug)]
struct Kept<T> {
    entries: Mutex<VecDeque<Entry<T>>>,
}

#[derive(Debug)]
struct Entry<T> {
    dispute: String,
    revision: i64,
    view: View,
    list: Arc<Vec<T>>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { entries: Mutex::default() }
    }
}

impl<T> Kept<T> {
    fn find(&self, dispute: &Dispute, view: &View) -> Option<Arc<Vec<T>>> {
        let mut entries = self.entries.lock().ok()?;
        let at = entries.iter().position(|entry| {
            entry.dispute == dispute.id.0 && entry.revision == dispute.revision && entry.view == *view
        })?;
        let entry = entries.remove(at)?;
        let list = entry.list.clone();
        entries.push_back(entry);
        Some(list)
    }

    fn keep(&self, dispute: &Dispute, view: View, list: &Arc<Vec<T>>, most: usize) {
        let Ok(mut entries) = self.entries.lock() else { return };
        entries.retain(|entry| entry.dispute != dispute.id.0 || entry.revision >= dispute.revision);
        let mut held: usize = entries.iter().map(|entry| entry.list.len()).sum();
        while held + list.len() > most {
            let Some(oldest) = entries.pop_front() else { break };
            held -= oldest.list.len();
        }
        if list.len() <= most {
            entries.push_back(Entry {
                dispute: dispute.id.0.clone(),
                revision: dispute.revision,
                view,
                list: list.clone(),
            });
        }
    }
}
