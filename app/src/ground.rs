//! What a page about a dispute stands on: the dispute as it is now, or as it was: when a link to it was frozen,
//! or at a revision.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::article::Article;
use crate::model::choice::choices;
use crate::model::dispute::{Dispute, Party, Position};
use crate::model::event::Event;
use crate::model::evidence::QuoteCheck;
use crate::model::id::{ArticleId, EventId};
use crate::model::link::Link;
use crate::model::role::Role;
use crate::model::steps::Steps;
use crate::model::view::View;
use crate::page::{PageError, PageRequest};
use crate::past::Past;
use crate::store::{EventBrief, Outline, Result, StoreError};

choices! {
    /// The colours of an embedded timeline.
    #[derive(Default)]
    Theme in "theme" {
        /// Those that the reader's system asks for.
        #[default]
        Auto = "auto";
        /// Light.
        Light = "light";
        /// Dark.
        Dark = "dark";
    }
}

/// Where the views of a dispute are: the path that they are shown at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// On a page of the site: `/d/{slug}`, `/d/{slug}/at/{revision}` or `/s/{code}/view`.
    Site(String),
    /// Within a page of another site: `/embed/{slug}` or `/s/{code}/embed`.
    Embed(String, Theme),
}

impl Base {
    /// The path.
    pub fn path(&self) -> &str {
        match self {
            Self::Site(path) | Self::Embed(path, _) => path,
        }
    }

    /// The colours that were asked for.
    pub fn theme(&self) -> Theme {
        match self {
            Self::Site(_) => Theme::Auto,
            Self::Embed(_, theme) => *theme,
        }
    }

    /// What stands in addresses besides the view.
    fn extra(&self) -> Option<(&'static str, &'static str)> {
        Some(self.theme()).filter(|theme| *theme != Theme::Auto).map(|theme| ("theme", theme.key()))
    }

    /// The address of a view.
    pub fn address(&self, view: &View) -> String {
        let query = view.query_string();
        let joined = match self.extra() {
            Some((name, value)) if query.is_empty() => format!("?{name}={value}"),
            Some((name, value)) => format!("{query}&{name}={value}"),
            None => query,
        };
        format!("{}{joined}", self.path())
    }

    /// The parameters of a view's address.
    pub fn query(&self, view: &View) -> Vec<(&'static str, String)> {
        let mut pairs = view.query();
        pairs.extend(self.extra().map(|(name, value)| (name, value.to_owned())));
        pairs
    }

    /// Where a link away from the timeline opens: not in the frame that another site gave it.
    pub fn target(&self) -> Option<&'static str> {
        match self {
            Self::Site(_) => None,
            Self::Embed(..) => Some("_blank"),
        }
    }
}

/// Where the pages of one view are, and what they show.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The dispute, as it is or was.
    pub dispute: Dispute,
    /// What who looks may do in the dispute as it is; none if they may not know of it, and see only what a link shows.
    pub role: Option<Role>,
    /// Where its views are.
    pub base: Base,
    /// The day that the timeline takes for today.
    pub today: NaiveDate,
    /// The link that it was frozen by, if any.
    pub frozen: Option<Link>,
    /// What it was, where it is not shown as it is.
    past: Option<Arc<Past>>,
}

impl Ground {
    /// A dispute as it is.
    pub fn now(request: &PageRequest, (dispute, role): (Dispute, Role)) -> Self {
        let base = Base::Site(format!("/d/{}", dispute.slug));
        Self { dispute, role: Some(role), base, today: request.today, frozen: None, past: None }
    }

    /// The same in a page of another site.
    #[must_use]
    pub fn embedded(mut self, theme: Theme) -> Self {
        let path = match &self.frozen {
            Some(link) => format!("/s/{}/embed", link.code),
            None => format!("/embed/{}", self.dispute.slug),
        };
        self.base = Base::Embed(path, theme);
        self
    }

    /// What a link shows.
    ///
    /// # Errors
    /// [`PageError::NotFound`] if there is no such link or its dispute was deleted, [`PageError::Gone`] if it was taken
    /// back or its time is over.
    pub async fn frozen(request: &PageRequest, code: &str) -> std::result::Result<Self, PageError> {
        let (link, now) = request.store.link(code).await?;
        if !link.opens_on(request.today) {
            return Err(PageError::Gone);
        }
        let role = match request.store.role(&request.reader, &now.id).await {
            Ok(role) => Some(role),
            Err(StoreError::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        let past = request.cache.past(&request.store, &now.id, link.revision).await?;
        let base = Base::Site(format!("/s/{}/view", link.code));
        let today = link.created.date_naive();
        Ok(Self { frozen: Some(link), ..Self::then((now, role), past, base, today) })
    }

    /// A dispute as it stood once a revision of it was made, which was on that day.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn at(
        request: &PageRequest,
        (now, role): (Dispute, Role),
        revision: i64,
        day: NaiveDate,
    ) -> Result<Self> {
        let past = request.cache.past(&request.store, &now.id, revision).await?;
        let base = Base::Site(format!("/d/{}/at/{revision}", now.slug));
        Ok(Self::then((now, Some(role)), past, base, day))
    }

    fn then((now, role): (Dispute, Option<Role>), past: Arc<Past>, base: Base, today: NaiveDate) -> Self {
        // Its address and who may read it are as they are now; all else is what it was.
        let dispute = Dispute { slug: now.slug, visibility: now.visibility, ..past.record.dispute.clone() };
        Self { dispute, role, base, today, frozen: None, past: Some(past) }
    }

    /// Whether it is shown as it was.
    pub fn is_past(&self) -> bool {
        self.past.is_some()
    }

    /// The address of the view that opens on an event.
    pub fn event_address(&self, id: &EventId) -> String {
        self.base.address(&View { event: Some(id.0.clone()), ..View::default() })
    }

    fn past(&self) -> Option<&Past> {
        self.past.as_deref()
    }

    /// The dispute's parties, in its own order.
    ///
    /// # Errors
    /// Those of the store, here and below.
    pub async fn parties(&self, request: &PageRequest) -> Result<Vec<Party>> {
        match self.past() {
            Some(past) => Ok(past.record.parties.clone()),
            None => request.store.parties(&self.dispute.id).await,
        }
    }

    /// What the parties hold.
    pub async fn positions(&self, request: &PageRequest) -> Result<Vec<Position>> {
        match self.past() {
            Some(past) => Ok(past.record.positions.clone()),
            None => request.store.positions(&self.dispute.id).await,
        }
    }

    /// The dispute's articles, latest published first.
    pub async fn articles(&self, request: &PageRequest) -> Result<Vec<Article>> {
        match self.past() {
            Some(past) => Ok(past.record.articles.clone()),
            None => request.store.articles(&self.dispute.id).await,
        }
    }

    /// An outline of the events that a view lets through, whatever its range.
    pub async fn outline(&self, request: &PageRequest, view: &View) -> Result<Arc<Vec<Outline>>> {
        match self.past() {
            Some(past) => Ok(Arc::new(past.outline(&view.narrowing()))),
            None => request.cache.outline(&request.store, &self.dispute, view).await,
        }
    }

    /// The events that a view lets through, whatever its range.
    pub async fn events(&self, request: &PageRequest, view: &View) -> Result<Arc<Vec<EventBrief>>> {
        match self.past() {
            Some(past) => Ok(Arc::new(past.events(&view.narrowing()))),
            None => request.cache.events(&request.store, &self.dispute, view).await,
        }
    }

    /// Some events, in time order.
    pub async fn events_named(&self, request: &PageRequest, ids: &[EventId]) -> Result<Vec<EventBrief>> {
        match self.past() {
            Some(past) => Ok(past.events_named(ids)),
            None => request.store.events_named(&self.dispute.id, ids).await,
        }
    }

    /// Which events are steps of one.
    pub async fn steps(&self, request: &PageRequest) -> Result<Steps> {
        match self.past() {
            Some(past) => Ok(Steps::new(&past.steps())),
            None => Ok(Steps::new(&request.cache.steps(&request.store, &self.dispute).await?)),
        }
    }

    /// One event with its citations.
    pub async fn event(&self, request: &PageRequest, id: &EventId) -> Result<Event> {
        match self.past() {
            Some(past) => past.record.event(id).cloned().ok_or(StoreError::NotFound),
            None => request.store.event(&self.dispute.id, id).await,
        }
    }

    /// Which event cites which article.
    pub async fn articles_cited(&self, request: &PageRequest) -> Result<Vec<(EventId, ArticleId)>> {
        match self.past() {
            Some(past) => Ok(past.articles_cited()),
            None => request.store.articles_cited(&self.dispute.id).await,
        }
    }

    /// How the quotes of an event stand on their pages. That is about now, so nothing of it is frozen.
    pub async fn quote_checks(
        &self,
        request: &PageRequest,
        event: &EventId,
    ) -> Result<HashMap<String, QuoteCheck>> {
        match self.past() {
            Some(_) => Ok(HashMap::new()),
            None => request.store.quote_checks(&self.dispute.id, event).await,
        }
    }
}
