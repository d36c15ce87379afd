//! Events that were read lately, so that a reader who moves through a large dispute does not read it anew at each
//! step. An entry belongs to one revision of its dispute, so a change is seen at the next request: nothing needs to be
//! invalidated, and what is out of date is merely never asked for again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use crate::model::dispute::Dispute;
use crate::model::view::View;
use crate::store::{EventBrief, Result, SharedStore};

/// The most events kept, over all entries; each takes about half a kilobyte.
const MOST_EVENTS: usize = 250_000;

/// Events of disputes in views, the latest used last.
#[derive(Debug, Default)]
pub struct EventCache {
    entries: Mutex<VecDeque<Entry>>,
}

#[derive(Debug)]
struct Entry {
    dispute: String,
    revision: i64,
    view: View,
    events: Arc<Vec<EventBrief>>,
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
        // Of a view, only what narrows decides on the events.
        let view = View {
            parties: view.parties.clone(),
            kinds: view.kinds.clone(),
            attestations: view.attestations.clone(),
            text: view.text.clone(),
            as_of: view.as_of,
            ..View::default()
        };
        if let Some(found) = self.find(dispute, &view) {
            return Ok(found);
        }
        let events = Arc::new(store.events(&dispute.id, &view).await?);
        self.keep(dispute, view, &events);
        Ok(events)
    }

    fn find(&self, dispute: &Dispute, view: &View) -> Option<Arc<Vec<EventBrief>>> {
        let mut entries = self.entries.lock().ok()?;
        let at = entries.iter().position(|entry| {
            entry.dispute == dispute.id.0 && entry.revision == dispute.revision && entry.view == *view
        })?;
        let entry = entries.remove(at)?;
        let events = entry.events.clone();
        entries.push_back(entry);
        Some(events)
    }

    fn keep(&self, dispute: &Dispute, view: View, events: &Arc<Vec<EventBrief>>) {
        let Ok(mut entries) = self.entries.lock() else { return };
        entries.retain(|entry| entry.dispute != dispute.id.0 || entry.revision >= dispute.revision);
        let mut held: usize = entries.iter().map(|entry| entry.events.len()).sum();
        while held + events.len() > MOST_EVENTS {
            let Some(oldest) = entries.pop_front() else { break };
            held -= oldest.events.len();
        }
        if events.len() <= MOST_EVENTS {
            entries.push_back(Entry {
                dispute: dispute.id.0.clone(),
                revision: dispute.revision,
                view,
                events: events.clone(),
            });
        }
    }
}
