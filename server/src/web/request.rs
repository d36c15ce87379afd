//! From a request to what pages and handlers ask about it.

use std::net::IpAddr;

use axum::body::Bytes;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum_extra::extract::CookieJar;
use impasse_app::ground::{Base, Theme};
use impasse_app::model::dispute::Dispute;
use impasse_app::model::revision::Actor;
use impasse_app::model::role::{Reader, Role};
use impasse_app::page::{PageRequest, Submission, Viewer};
use impasse_app::pages;
use impasse_app::store::{StoreError, User};

use super::respond::{self, Refusal};
use super::{Answer, Server, accounts, client, events};

/// A request as pages see it, and the account behind it.
pub(crate) struct Incoming {
    pub(crate) page: PageRequest,
    pub(super) user: Option<User>,
    pub(super) wants_json: bool,
    /// What the browser calls itself.
    pub(super) agent: String,
    /// Where the request comes from.
    pub(super) address: IpAddr,
}

impl Incoming {
    /// The account that makes a change.
    pub(super) fn actor(&self) -> Result<Actor, Refusal> {
        match &self.user {
            Some(user) => Ok(Actor { user: Some(user.id.clone()), name: user.name.clone() }),
            None => Err(self.refuse(StatusCode::UNAUTHORIZED)),
        }
    }

    /// A refusal in the form that the client reads.
    pub(super) fn refuse(&self, status: StatusCode) -> Refusal {
        Refusal::new(self, status)
    }

    /// The same request with a form that could not be accepted, answered with its page and the errors in it.
    pub(super) async fn again(mut self, form: Submission) -> Answer {
        if self.wants_json {
            return Ok(match &form.conflict {
                Some(conflict) => respond::conflict(conflict),
                None => respond::problem(StatusCode::UNPROCESSABLE_ENTITY, &form.errors),
            });
        }
        let status = if form.conflict.is_some() { 409 } else { 422 };
        self.page.form = Some(form);
        let page = pages::page(&self.page).await.map_err(|error| Refusal::from_page(&self, error))?;
        Ok(respond::html(page.with_status(status), &self.page))
    }

    /// Turns a failure of the store into an answer.
    pub(super) fn store(&self, error: StoreError) -> Refusal {
        Refusal::from_store(self, error)
    }
}

impl FromRequestParts<Server> for Incoming {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Refusal> {
        let jar = CookieJar::from_headers(&parts.headers);
        let wants_json = wants_json(&parts.headers);
        let query = parts.uri.query().unwrap_or_default();
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let mut incoming = Self {
            page: PageRequest {
                path: parts.uri.path().to_owned(),
                query,
                origin: origin(server, &parts.headers),
                today: chrono::Utc::now().date_naive(),
                viewer: None,
                session: None,
                reader: Reader::Anyone,
                site: server.site.clone(),
                store: server.store.clone(),
                cache: server.cache.clone(),
                form: None,
                backups: server.settings.backup_dir.as_ref().map(|_| server.backups.clone()),
            },
            user: None,
            wants_json,
            agent: agent(&parts.headers),
            address: client::address(server, &parts.headers, &parts.extensions),
        };
        if let Some(hash) = accounts::session_hash(&jar, server) {
            match server.store.session_user(&hash).await {
                Ok(user) => {
                    incoming.page.viewer = Some(Viewer { name: user.name.clone(), is_admin: user.is_admin });
                    incoming.page.session = Some(hash);
                    incoming.page.reader = reader_of(&user);
                    incoming.user = Some(user);
                }
                Err(StoreError::NotFound) => {}
                Err(error) => return Err(incoming.store(error)),
            }
        }
        Ok(incoming)
    }
}

/// An account, as the store asks who reads.
pub(crate) fn reader_of(user: &User) -> Reader {
    Reader::Account { user: user.id.clone(), is_admin: user.is_admin }
}

/// A change by an editor to a dispute: what nearly every handler begins with. The dispute is the one whose slug is in
/// the path.
pub(super) struct Editing {
    pub(super) server: Server,
    pub(super) incoming: Incoming,
    pub(super) actor: Actor,
    pub(super) dispute: Dispute,
}

impl Editing {
    /// The answer to a failure of the store.
    pub(super) fn refused(&self, error: StoreError) -> Refusal {
        self.incoming.store(error)
    }

    /// An address within the dispute.
    pub(super) fn path(&self, further: &str) -> String {
        format!("/d/{}{further}", self.dispute.slug)
    }

    /// Writes down what is due by now and has somebody begin it.
    pub(super) async fn look_what_is_due(&self) -> Result<(), Refusal> {
        let due = self.server.store.add_due_jobs(chrono::Utc::now(), None).await;
        due.map_err(|error| self.refused(error))?;
        self.server.wake.notify_one();
        Ok(())
    }
}

impl FromRequestParts<Server> for Editing {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Refusal> {
        admitted(parts, server, Role::Editor).await
    }
}

/// Lets somebody through who has at least a role in the dispute whose slug is in the path.
async fn admitted(parts: &mut Parts, server: &Server, needed: Role) -> Result<Editing, Refusal> {
    let incoming = Incoming::from_request_parts(parts, server).await?;
    let slug = match RawPathParams::from_request_parts(parts, server).await {
        Ok(params) => params.iter().find(|(name, _)| *name == "slug").map(|(_, slug)| slug.to_owned()),
        Err(_) => None,
    };
    // Whether it is there comes first: who may not know of it is told the same as where there is nothing.
    let (dispute, role) = events::entry(server, &incoming, &slug.unwrap_or_default()).await?;
    let actor = incoming.actor()?;
    if role < needed {
        return Err(incoming.refuse(StatusCode::FORBIDDEN));
    }
    Ok(Editing { server: server.clone(), incoming, actor, dispute })
}

macro_rules! admitting {
    ($($(#[$meta:meta])* $name:ident: $role:ident;)+) => {$(
        $(#[$meta])*
        pub(super) struct $name(pub(super) Editing);

        impl FromRequestParts<Server> for $name {
            type Rejection = Refusal;

            async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Refusal> {
                admitted(parts, server, Role::$role).await.map(Self)
            }
        }
    )+};
}

admitting! {
    /// The same by who may bring articles in.
    Contributing: Contributor;
    /// The same by who may decide about what waits in the inbox.
    Reviewing: Reviewer;
    /// The same by an owner.
    Owning: Owner;
}

/// A form as sent.
pub(super) struct Sent(pub(super) Submission);

impl FromRequest<Server> for Sent {
    type Rejection = Refusal;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_form = kind.is_none_or(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        let (mut parts, body) = request.into_parts();
        let status = if is_form {
            let whole = Request::from_parts(parts.clone(), body);
            match Bytes::from_request(whole, server).await {
                Ok(bytes) => {
                    return Ok(Self(Submission::new(form_urlencoded::parse(&bytes).into_owned().collect())));
                }
                Err(error) => error.status(),
            }
        } else {
            StatusCode::UNSUPPORTED_MEDIA_TYPE
        };
        match Incoming::from_request_parts(&mut parts, server).await {
            Ok(incoming) => Err(incoming.refuse(status)),
            Err(refusal) => Err(refusal),
        }
    }
}

/// A file that was sent with a form.
pub(crate) struct File {
    /// The field.
    pub(crate) field: String,
    /// Its name, as the browser gives it; a name only, not a path.
    pub(crate) name: String,
    /// Its media type, as the browser gives it.
    pub(super) content_type: Option<String>,
    pub(super) bytes: Bytes,
}

impl File {
    /// Whether no file was chosen, which browsers send as one without a name and without content.
    pub(crate) fn is_empty(&self) -> bool {
        self.name.is_empty() && self.bytes.is_empty()
    }
}

/// A form with files as sent.
pub(super) struct SentFiles(pub(super) Submission, pub(super) Vec<File>);

impl FromRequest<Server> for SentFiles {
    type Rejection = Refusal;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        let whole = Request::from_parts(parts.clone(), body);
        let status = match Multipart::from_request(whole, server).await {
            Err(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Ok(multipart) => match read_parts(multipart).await {
                Ok((form, files)) => return Ok(Self(form, files)),
                Err(error) => error.status(),
            },
        };
        Err(Incoming::from_request_parts(&mut parts, server).await?.refuse(status))
    }
}

pub(crate) async fn read_parts(mut multipart: Multipart) -> Result<(Submission, Vec<File>), MultipartError> {
    let (mut values, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = multipart.next_field().await? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) => {
                let name = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(200).collect();
                let content_type = part.content_type().map(str::to_owned);
                files.push(File { field, name, content_type, bytes: part.bytes().await? });
            }
            None => values.push((field, String::from_utf8_lossy(&part.bytes().await?).into_owned())),
        }
    }
    Ok((Submission::new(values), files))
}

/// Shows the page at the request's path. The address of a view is first brought into its canonical spelling.
pub(super) async fn show(State(_): State<Server>, mut incoming: Incoming) -> Answer {
    let parts: Vec<&str> = incoming.page.path.split('/').collect();
    let embedded = match parts.as_slice() {
        ["", "d", _] | ["", "d", _, "at", _] | ["", "s", _, "view"] => Some(false),
        ["", "embed", _] | ["", "s", _, "embed"] => Some(true),
        _ => None,
    };
    if matches!(parts.as_slice(), ["", "embed", ..] | ["", "s", _, "embed", ..]) {
        // A frame in a page of another site shows everybody the same.
        incoming.page.viewer = None;
        incoming.page.reader = Reader::Anyone;
    }
    let request = &incoming.page;
    if let Some(embedded) = embedded {
        let (view, errors) = pages::view_of(request);
        let theme = request.param("theme").and_then(Theme::from_key).filter(|_| embedded).unwrap_or_default();
        let base = Base::Embed(request.path.clone(), theme);
        let written = request.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let spelt = base.query(&view);
        let is_canonical = written.eq(spelt.iter().map(|(name, value)| (*name, value.as_str())));
        if errors.is_empty() && !is_canonical {
            return super::see_other(&base.address(&view));
        }
    }
    match pages::page(request).await {
        Ok(page) => Ok(respond::html(page, request)),
        Err(error) => Err(Refusal::from_page(&incoming, error)),
    }
}

/// Scheme and host under which the client reached the site.
pub(crate) fn origin(server: &Server, headers: &HeaderMap) -> String {
    if let Some(url) = &server.settings.public_url {
        return url.clone();
    }
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .filter(|host| host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte)))
        .map_or_else(|| server.settings.listen.to_string(), str::to_owned);
    format!("http://{host}")
}

/// How much of what a browser calls itself is kept.
const AGENT: usize = 300;

fn agent(headers: &HeaderMap) -> String {
    let said = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.chars().take(AGENT).collect()
}

/// Whether the client asks for JSON and not for a page.
fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("json") && !accept.contains("text/html")
}
