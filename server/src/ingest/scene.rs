//! What an article of a dispute is looked at against, read once for many.

use impasse_app::model::article::{ArticleDraft, CandidateDraft, Stage};
use impasse_app::model::dispute::Party;
use impasse_app::model::id::{ArticleId, DisputeId};
use impasse_app::model::view::View;
use impasse_app::store::{EventBrief, Result, SharedStore, StoreError};
use impasse_reader::{Fingerprint, SAME_ORIGIN, fingerprint, likeness};

use super::find;
use crate::ids;

/// A dispute's parties, events and the texts that it has.
pub struct Scene {
    parties: Vec<Party>,
    events: Vec<EventBrief>,
    texts: Vec<(ArticleId, Fingerprint)>,
}

impl Scene {
    /// Reads what a dispute has.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn of(store: &SharedStore, dispute: &DisputeId) -> Result<Self> {
        let texts = store.likened(dispute).await?;
        Ok(Self {
            parties: store.parties(dispute).await?,
            events: store.events(dispute, &View::default()).await?,
            texts: texts
                .into_iter()
                .filter_map(|likened| {
                    Some((likened.origin, Fingerprint::from_bytes(&unhex(&likened.fingerprint)?)?))
                })
                .collect(),
        })
    }

    /// Gives an article its identifier and its origin, and finds what is in it, unless it has to wait. Takes long on
    /// long texts, so it is called off the threads that serve requests.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn prepare(&mut self, draft: ArticleDraft) -> Result<(ArticleDraft, Vec<CandidateDraft>)> {
        let print = fingerprint(&draft.text);
        let draft = self.place(draft, print)?;
        let found = self.found(&draft);
        Ok((draft, found))
    }

    /// Does the same for many on all cores.
    ///
    /// # Errors
    /// As [`Scene::prepare`].
    pub fn prepare_all(
        &mut self,
        drafts: Vec<ArticleDraft>,
    ) -> Result<Vec<(ArticleDraft, Vec<CandidateDraft>)>> {
        let prints = on_all_cores(&drafts, |draft| fingerprint(&draft.text));
        // One after the other, since each is looked at against those before it.
        let drafts: Vec<ArticleDraft> = drafts
            .into_iter()
            .zip(prints)
            .map(|(draft, print)| self.place(draft, print))
            .collect::<Result<_>>()?;
        let found = on_all_cores(&drafts, |draft| self.found(draft));
        Ok(drafts.into_iter().zip(found).collect())
    }

    /// Gives an article its identifier and its origin. It counts among the texts of the dispute from now on.
    fn place(&mut self, mut draft: ArticleDraft, print: Fingerprint) -> Result<ArticleDraft> {
        let id = ids::new(chrono::Utc::now()).map_err(|error| StoreError::Failed(Box::new(error)))?;
        let id = ArticleId::from(id);
        let origin = self.origin(&print).unwrap_or_else(|| id.clone());
        self.texts.push((origin.clone(), print));
        draft.id = Some(id);
        draft.origin = Some(origin);
        draft.fingerprint = Some(hex(&print.to_bytes()));
        Ok(draft)
    }

    /// What is in an article, unless it has to wait.
    pub fn found(&self, draft: &ArticleDraft) -> Vec<CandidateDraft> {
        match draft.stage {
            Stage::Kept => find(draft, &self.parties, &self.events),
            Stage::Waiting => Vec::new(),
        }
    }

    /// The origin of the text that is most like one, if it is nearly the same.
    fn origin(&self, print: &Fingerprint) -> Option<ArticleId> {
        let alike = self.texts.iter().map(|(origin, other)| (likeness(print, other), origin));
        let best = alike.filter(|(likeness, _)| *likeness >= SAME_ORIGIN).max_by(|a, b| a.0.total_cmp(&b.0));
        best.map(|(_, origin)| origin.clone())
    }
}

/// What a function makes of each item, in their order, worked out on all cores.
pub fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = items.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let threads: Vec<_> = items
            .chunks(share)
            .map(|chunk| scope.spawn(|| chunk.iter().map(&work).collect::<Vec<_>>()))
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_survive_being_written_down() {
        let print =
            fingerprint("The talks between the department and the company have stalled again this week.");
        let written = hex(&print.to_bytes());
        assert_eq!(written.len(), 2 * Fingerprint::BYTES);
        let read = Fingerprint::from_bytes(&unhex(&written).unwrap()).unwrap();
        assert_eq!(read.to_bytes(), print.to_bytes());
        assert_eq!(unhex("0g"), None);
    }
}
