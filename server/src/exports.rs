//! A view of a dispute as a file: what is read of it, for the site and for the command line.

use impasse_app::cache::EventCache;
use impasse_app::model::article::Stage;
use impasse_app::model::dispute::Dispute;
use impasse_app::model::record::Record;
use impasse_app::model::view::View;
use impasse_app::store::{SharedStore, StoreError};
use impasse_app::texts::in_english;
use impasse_formats::{Change, Export, Format};

/// How many of the latest changes a feed tells of.
const CHANGES: u32 = 200;

/// Where a view is as a file.
pub fn address(slug: &str, format: Format, view: &View) -> String {
    let extension = format.extension();
    let query = view.query_string();
    // What its programs know by its name has one of its own; the others are the page with an ending.
    match format {
        Format::TimelineJs | Format::TimelineJsSheet => format!("/d/{slug}/{extension}{query}"),
        Format::Markwhen => format!("/d/{slug}/timeline.{extension}{query}"),
        _ => format!("/d/{slug}.{extension}{query}"),
    }
}

/// What is written of a view, whatever the format.
pub struct Taken {
    /// The dispute with the events that the view lets through.
    pub record: Record,
    changes: Vec<Change>,
    origin: String,
    address: String,
    /// The view.
    pub view: View,
    made: chrono::DateTime<chrono::Utc>,
}

impl Taken {
    /// Reads a dispute as it is. `origin` is the site's, as [`Export::origin`] has it; changes are read only for the
    /// formats that tell of them.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn of(
        store: &SharedStore,
        cache: &EventCache,
        dispute: &Dispute,
        view: &View,
        origin: &str,
        with_changes: bool,
    ) -> Result<Self, StoreError> {
        let past = cache.past(store, &dispute.id, dispute.revision).await?;
        let most = if with_changes { CHANGES } else { 1 };
        let revisions = store.revisions(&dispute.id, None, None, most).await?;
        let mut record = past.record_in(view);
        record.dispute.clone_from(dispute);
        // What an editor has not looked at yet is no source.
        record.articles.retain(|article| article.stage == Stage::Kept);
        // What did not change is written alike, so that whoever subscribes can see that it did not.
        let made = revisions.first().map_or_else(chrono::Utc::now, |revision| revision.at);
        let changes = if with_changes {
            in_english(|| impasse_formats::changes(&revisions, &record))
        } else {
            Vec::new()
        };
        let origin = origin.to_owned();
        let address = format!("{origin}/d/{}{}", dispute.slug, view.query_string());
        Ok(Self { record, changes, origin, address, view: view.clone(), made })
    }

    /// Where it is in a format.
    pub fn file_address(&self, format: Format) -> String {
        format!("{}{}", self.origin, address(&self.record.dispute.slug, format, &self.view))
    }

    /// It as a format is given it.
    pub fn export<'a>(&'a self, file_address: &'a str) -> Export<'a> {
        Export {
            record: &self.record,
            origin: &self.origin,
            address: &self.address,
            file_address,
            made: self.made,
            changes: &self.changes,
        }
    }

    /// It as the bytes of a file.
    pub fn write(&self, format: Format) -> Vec<u8> {
        impasse_formats::write(format, &self.export(&self.file_address(format)))
    }
}
