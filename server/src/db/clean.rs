//! Drafts as the databases can keep them: without NUL, which becomes U+FFFD (see [`without_nul`]). Done before
//! anything else, so that what a change returns and records is what the next read finds.

use impasse_app::model::article::{ArticleDraft, Dating, DayReading, Passage};
use impasse_app::model::date::EventDate;
use impasse_app::model::dispute::{DisputeDraft, PartyDraft, PositionDraft};
use impasse_app::model::event::EventDraft;
use impasse_app::model::feed::{FeedDraft, FeedRules};

use super::connection::without_nul;

/// Something that people or programs wrote.
pub(super) trait Clean: Sized {
    /// The same without NUL.
    fn clean(self) -> Self;
}

impl Clean for String {
    fn clean(self) -> Self {
        without_nul(self)
    }
}

impl<T: Clean> Clean for Option<T> {
    fn clean(self) -> Self {
        self.map(T::clean)
    }
}

impl Clean for EventDate {
    fn clean(self) -> Self {
        match self.printed().filter(|printed| printed.contains('\0')).map(str::to_owned) {
            Some(printed) => self.with_printed(Some(without_nul(printed))),
            None => self,
        }
    }
}

impl Clean for Passage {
    fn clean(self) -> Self {
        Self {
            exact: self.exact.clean(),
            prefix: self.prefix.clean(),
            suffix: self.suffix.clean(),
            start: self.start,
            end: self.end,
        }
    }
}

impl Clean for DisputeDraft {
    fn clean(self) -> Self {
        Self {
            slug: self.slug.clean(),
            title: self.title.clean(),
            summary: self.summary.clean(),
            question: self.question.clean(),
            status: self.status,
            inclusion_rule: self.inclusion_rule.clean(),
        }
    }
}

impl Clean for PartyDraft {
    fn clean(self) -> Self {
        Self {
            key: self.key.clean(),
            name: self.name.clean(),
            aliases: self.aliases.into_iter().map(Clean::clean).collect(),
            kind: self.kind,
        }
    }
}

impl Clean for PositionDraft {
    fn clean(mut self) -> Self {
        self.statement = self.statement.clean();
        self.date = self.date.clean();
        if let Some(source) = &mut self.source {
            source.passage = source.passage.clone().clean();
        }
        self
    }
}

impl Clean for ArticleDraft {
    fn clean(self) -> Self {
        Self {
            id: self.id,
            url: self.url.clean(),
            publisher: self.publisher.clean(),
            title: self.title.clean(),
            byline: self.byline.clean(),
            published: self.published,
            text: self.text.clean(),
            canonical: self.canonical.clean(),
            modified: self.modified,
            stage: self.stage,
            way: self.way,
            dating: self.dating.clean(),
            retrieved: self.retrieved,
            fingerprint: self.fingerprint.clean(),
            origin: self.origin,
        }
    }
}

impl Clean for Dating {
    fn clean(self) -> Self {
        let reading = |reading: DayReading| DayReading {
            day: reading.day,
            source: reading.source.clean(),
            wording: reading.wording.clean(),
        };
        Self {
            readings: self.readings.into_iter().map(reading).collect(),
            source: self.source.clean(),
            by: self.by.clean(),
            doubts: self.doubts.into_iter().map(Clean::clean).collect(),
        }
    }
}

impl Clean for FeedDraft {
    fn clean(self) -> Self {
        let list = |texts: Vec<String>| texts.into_iter().map(Clean::clean).collect();
        Self {
            url: self.url.clean(),
            title: self.title.clean(),
            rules: FeedRules {
                any: list(self.rules.any),
                all: list(self.rules.all),
                none: list(self.rules.none),
            },
            is_paused: self.is_paused,
        }
    }
}

impl Clean for EventDraft {
    fn clean(mut self) -> Self {
        self.date = self.date.clean();
        self.title = self.title.clean();
        self.description = self.description.clean();
        self.citations = self
            .citations
            .into_iter()
            .map(|mut citation| {
                citation.passage = citation.passage.clean();
                citation.attribution.wording = citation.attribution.wording.clean();
                citation.date = citation.date.clean();
                citation
            })
            .collect();
        self
    }
}
