//! What a page is given and what it gives back. A page first loads its data, then draws it in one go, so that its
//! HTML is complete, its status is known before the first byte, and nothing in it waits for a script.

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;

use crate::cache::EventCache;
use crate::forms::Clash;
use crate::ground::Theme;
use crate::model::date::EventDate;
use crate::model::difference::Difference;
use crate::model::passkey::is_recent;
use crate::model::role::{Reader, Visibility};
use crate::model::view::{FieldError, encode};
use crate::shell::shell;
use crate::store::{Backups, Session, SharedStore, StoreError};

/// Who looks at a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The name they signed in with.
    pub name: String,
    /// Whether they look after the site.
    pub is_admin: bool,
}

/// A script that a page may be given. Every page is complete without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// What starts the islands, and their WebAssembly.
    Islands,
    /// The same where there are no islands: it exchanges views and copies links.
    View,
    /// The inbox by keyboard.
    Inbox,
    /// Work in the background as it goes on.
    Work,
    /// Passkeys.
    Passkey,
}

/// The site as passkeys know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeySite {
    /// Scheme, host and port of the pages on which passkeys can be used.
    pub origin: String,
    /// The host, which passkeys are made for.
    pub host: String,
}

/// A provider that people may sign in through, as pages know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSite {
    /// What it goes by.
    pub issuer: String,
    /// What stands on the button.
    pub label: String,
}

/// Where the site's own files are, and how one can sign in besides by a password.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// The script that starts the islands; none leaves the pages without islands.
    pub script: Option<String>,
    /// The WebAssembly that the script loads, so that the browser can fetch both at once.
    pub wasm: Option<String>,
    /// The script of the inbox.
    pub inbox: Option<String>,
    /// The script that shows work as it goes on.
    pub work: Option<String>,
    /// The script of passkeys; none where there are none.
    pub passkey: Option<String>,
    /// Where passkeys can be used; none where they cannot.
    pub passkeys: Option<PasskeySite>,
    /// The provider that people may sign in through, if there is one.
    pub provider: Option<ProviderSite>,
    /// The style sheet of every page, which is all that a view of a dispute needs.
    pub style: Option<String>,
    /// The style sheet that other pages have besides.
    pub pages_style: Option<String>,
}

/// Everything that a page may ask about the request it answers.
#[derive(Clone)]
pub struct PageRequest {
    /// The path, as requested.
    pub path: String,
    /// The parameters of the address, decoded, in order.
    pub query: Vec<(String, String)>,
    /// Scheme and host under which the site is reached, without a slash at the end.
    pub origin: String,
    /// Today, in UTC.
    pub today: NaiveDate,
    /// Who looks.
    pub viewer: Option<Viewer>,
    /// The hash under which their session is kept.
    pub session: Option<String>,
    /// Who looks, as the store asks it.
    pub reader: Reader,
    /// The site's own files.
    pub site: Arc<Site>,
    /// Where the data is.
    pub store: SharedStore,
    /// Events that were read lately.
    pub cache: Arc<EventCache>,
    /// A form that was sent and could not be accepted.
    pub form: Option<Submission>,
    /// How the backups stand that this server makes by itself, if it does; for whoever looks after the site.
    pub backups: Option<Arc<Mutex<Backups>>>,
}

impl PageRequest {
    /// The first value of a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The form as it was sent, or an empty one.
    pub fn submission(&self) -> Submission {
        self.form.clone().unwrap_or_default()
    }

    /// Whether who looks has only just signed in, so that they may change how they do: by the sessions of their account.
    pub fn is_recent(&self, sessions: &[Session]) -> bool {
        let this = sessions.iter().find(|session| self.session.as_ref() == Some(&session.token_hash));
        this.is_some_and(|session| is_recent(session.created, chrono::Utc::now()))
    }

    /// Refuses those who have no account.
    ///
    /// # Errors
    /// [`PageError::SignIn`] for who is not signed in.
    pub fn account(&self) -> Result<&Viewer, PageError> {
        self.viewer.as_ref().ok_or(PageError::SignIn)
    }
}

/// A form as it was sent: what was typed, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Submission {
    /// Names and values in the order sent.
    pub values: Vec<(String, String)>,
    /// What is wrong, at which field.
    pub errors: Vec<FieldError>,
    /// What a date could mean, to choose from.
    pub readings: Vec<EventDate>,
    /// Set when somebody else saved in between: what of it is in the form by now, and what is to be chosen.
    pub conflict: Option<Conflict>,
}

/// What somebody else saved while a form was open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The version that is there now.
    pub version: i64,
    /// Who saved it.
    pub actor: String,
    /// What they changed that clashes with nothing that was typed, and that is in the form by now.
    pub taken: Vec<Difference>,
    /// The fields that both changed, to choose from.
    pub clashes: Vec<Clash>,
}

impl Submission {
    /// A form as sent, not yet looked at.
    pub fn new(values: Vec<(String, String)>) -> Self {
        Self { values, ..Self::default() }
    }

    /// Whether anything was sent at all.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of a field, without white space at its ends; empty if it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.values.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The value of a field exactly as sent.
    pub fn raw(&self, name: &str) -> &str {
        self.values.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// What is wrong at a field.
    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// There is nothing at this address.
    #[error("not found")]
    NotFound,
    /// There was something at this address, and it was taken back.
    #[error("gone")]
    Gone,
    /// One has to sign in first.
    #[error("not signed in")]
    SignIn,
    /// Who looks may see that it is there, and no more.
    #[error("not allowed")]
    Forbidden,
    /// The store failed; the reason is for the log.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            other => Self::Store(other),
        }
    }
}

/// Another form of what a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// Its media type.
    pub media_type: &'static str,
    /// What it is, for people.
    pub title: String,
    /// Its whole address.
    pub href: String,
}

/// A page, loaded and ready to be drawn.
pub struct Page {
    /// The HTTP status.
    pub status: u16,
    /// The title, without the site's name.
    pub title: String,
    /// One sentence for search engines and previews; none keeps the page out of them.
    pub description: Option<String>,
    /// Whether search engines are kept out although it is described.
    pub is_hidden: bool,
    /// The canonical path and query, where the page has one.
    pub canonical: Option<String>,
    /// The script that it is better with, if any.
    pub script: Option<Script>,
    /// After how many seconds a browser without scripts shall look again.
    pub refresh: Option<u32>,
    /// Whether it stands in a page of another site, and in which colours.
    pub embedded: Option<Theme>,
    /// Other forms of what it shows: media type, name, address.
    pub alternates: Vec<Alternate>,
    /// The path of the image that a link to it is shown with.
    pub preview: Option<String>,
    /// What it says, for machines: schema.org as JSON-LD.
    pub data: Option<String>,
    /// Whether it is only a part of a page, which the page's script fetches.
    pub is_part: bool,
    /// Whether it shows a view of a dispute, which one style sheet is enough for.
    pub is_view: bool,
    /// Draws the content of `main`.
    pub body: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Page {
    /// A page that was found.
    pub fn new(title: impl Into<String>, body: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self {
            status: 200,
            title: title.into(),
            description: None,
            is_hidden: false,
            canonical: None,
            script: None,
            refresh: None,
            embedded: None,
            alternates: Vec::new(),
            preview: None,
            data: None,
            is_part: false,
            is_view: false,
            body: Box::new(body),
        }
    }

    /// The same page, described.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The same page, kept out of search engines unless everybody may find what it shows.
    #[must_use]
    pub fn seen_by(mut self, visibility: Visibility) -> Self {
        self.is_hidden = visibility != Visibility::Public;
        self
    }

    /// The same page, with its canonical path and query.
    #[must_use]
    pub fn at(mut self, canonical: impl Into<String>) -> Self {
        self.canonical = Some(canonical.into());
        self
    }

    /// The same page, with the script and what its islands need.
    #[must_use]
    pub fn with_islands(self) -> Self {
        self.with_script(Script::Islands)
    }

    /// The same page as one that shows a view of a dispute, and needs no more style than that.
    #[must_use]
    pub fn of_view(mut self) -> Self {
        self.is_view = true;
        self
    }

    /// Whether it is there to be read by everybody: a view, or what search engines may find. Pages to sign in are not.
    pub fn is_read(&self) -> bool {
        self.is_view || self.description.is_some()
    }

    /// The style sheets that a page has, in their order.
    pub fn styles(&self, site: &Site) -> Vec<String> {
        let more = site.pages_style.clone().filter(|_| !self.is_view);
        site.style.clone().into_iter().chain(more).collect()
    }

    /// The same page, with a script.
    #[must_use]
    pub fn with_script(mut self, script: Script) -> Self {
        self.script = Some(script);
        self
    }

    /// The same page as something that changes by itself: through its script, and without one by looking again after
    /// so many seconds, if any.
    #[must_use]
    pub fn live(mut self, refresh: Option<u32>) -> Self {
        self.script = Some(Script::Work);
        self.refresh = refresh;
        self
    }

    /// The same page, to stand in a page of another site.
    #[must_use]
    pub fn embedded(mut self, theme: Theme) -> Self {
        self.embedded = Some(theme);
        self
    }

    /// The same page, with the image that a link to it is shown with.
    #[must_use]
    pub fn previewed(mut self, path: impl Into<String>) -> Self {
        self.preview = Some(path.into());
        self
    }

    /// The same page, with what it says for machines.
    #[must_use]
    pub fn saying(mut self, data: &serde_json::Value) -> Self {
        // A script element ends at the first `</script`, wherever it stands.
        self.data = Some(data.to_string().replace('<', "\\u003c"));
        self
    }

    /// The same page, with another form of what it shows.
    #[must_use]
    pub fn or(mut self, media_type: &'static str, title: impl Into<String>, href: impl Into<String>) -> Self {
        self.alternates.push(Alternate { media_type, title: title.into(), href: href.into() });
        self
    }

    /// The same page with another status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// A part of a page, to be put into one that is there already.
    pub fn part(body: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self { is_part: true, ..Self::new("", body) }
    }

    /// The whole HTML document, or the part.
    pub fn to_html(self, request: &PageRequest) -> String {
        if self.is_part {
            return draw(self.body);
        }
        draw(|| shell(self, request))
    }
}

/// Draws a view to HTML without the markers (`<!>`) that Leptos' own hydration would look for: nothing here does, and a
/// browser would make a node of each. Text and attributes escape `<`, so that what looks like a marker is one.
pub fn draw(view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        // As Leptos' own HydrationScripts does: outside of islands there is nothing to hydrate, so nothing is marked.
        if let Some(context) = Owner::current_shared_context() {
            context.set_is_hydrating(false);
        }
        view().to_html()
    });
    owner.unset_with_forced_cleanup();
    html.replace("<!>", "")
}

/// The address of the sign-in page that leads back to where one was.
pub fn sign_in_address(path: &str) -> String {
    format!("/sign-in?to={}", encode(path))
}
