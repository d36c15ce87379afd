//! What open pages are told of changes as they are made, by this server or by another on the same database.
//!
//! One task for each server waits for changes ([`Notices::written`](impasse_app::store::Notices::written)), reads the
//! revisions after the last that it has seen, and hands each dispute's to the pages that have it open. Revisions are
//! numbered in the order in which they become visible, so nothing is passed over, whatever the way by which one is told.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use impasse_app::model::id::DisputeId;
use impasse_app::store::{SharedStore, Step};
use tokio::sync::{broadcast, watch};

/// Revisions read at once.
const AT_ONCE: u32 = 500;

/// How many notices a page may be behind before it has to read what it missed.
const BEHIND: usize = 16;

/// How long to wait where the database does not answer.
const AGAIN: Duration = Duration::from_secs(1);

/// Revisions of one dispute, oldest first; never empty.
pub(crate) type Notice = Arc<[Step]>;

/// The pages that have disputes open, by dispute.
#[derive(Debug, Default)]
pub struct Live {
    open: Mutex<HashMap<DisputeId, broadcast::Sender<Notice>>>,
}

impl Live {
    /// What is told of a dispute from now on.
    pub(crate) fn subscribe(&self, dispute: &DisputeId) -> broadcast::Receiver<Notice> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        // Those whose last page was closed are swept by whoever opens the next.
        open.retain(|_, sender| sender.receiver_count() > 0);
        open.entry(dispute.clone()).or_insert_with(|| broadcast::Sender::new(BEHIND)).subscribe()
    }

    /// Tells open pages of revisions.
    fn tell(&self, steps: Vec<Step>) {
        let mut by_dispute: HashMap<DisputeId, Vec<Step>> = HashMap::new();
        for step in steps {
            by_dispute.entry(step.dispute.clone()).or_default().push(step);
        }
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        for (dispute, steps) in by_dispute {
            if let Some(sender) = open.get(&dispute) {
                // An error says that nobody listens any more.
                let _ = sender.send(steps.into());
            }
        }
    }

    /// Watches for changes until it is told to stop.
    pub async fn run(self: Arc<Self>, store: SharedStore, mut stop: watch::Receiver<bool>) {
        let mut seen = None;
        while !*stop.borrow() {
            tokio::select! {
                () = store.written() => {}
                _ = stop.changed() => return,
            }
            if let Err(error) = self.catch_up(&store, &mut seen).await {
                tracing::warn!(%error, "cannot look for changes");
                tokio::time::sleep(AGAIN).await;
            }
        }
    }

    async fn catch_up(&self, store: &SharedStore, seen: &mut Option<i64>) -> impasse_app::store::Result<()> {
        let Some(last) = seen else {
            // Pages that are open by now began by reading how things stand.
            *seen = Some(store.last_revision().await?);
            return Ok(());
        };
        loop {
            let steps = store.steps_after(*last, None, AT_ONCE).await?;
            let Some(newest) = steps.last() else { return Ok(()) };
            *last = newest.number;
            self.tell(steps);
        }
    }
}
