//! The site over HTTP: the router, and one module for each kind of thing that can be sent to it.

mod accounts;
pub(crate) mod articles;
pub(crate) mod attempts;
mod candidates;
mod ceremonies;
pub(crate) mod client;
mod disputes;
mod events;
mod feeds;
mod files;
mod history;
mod imports;
mod keep;
pub(crate) mod listen;
mod live;
mod observe;
mod openid;
pub(crate) mod passkeys;
pub(crate) mod people;
mod pictures;
pub(crate) mod request;
pub(crate) mod respond;
mod security;
mod sharing;
mod suggestions;
mod webhooks;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use impasse_app::cache::EventCache;
use impasse_app::model::identity::Doors;
use impasse_app::page::{ProviderSite, Site};
use impasse_app::store::{Backups, SharedStore};
use tokio::sync::{Notify, watch};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::api;
use crate::assets;
use crate::backup::schedule::Schedule;
use crate::fetch::Fetcher;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::openid::Provider;
use crate::settings::Settings;
use crate::work::Worker;

/// What every handler shares.
#[derive(Clone)]
pub struct Server {
    /// Where the data is.
    pub store: SharedStore,
    /// Events that were read lately.
    pub cache: Arc<EventCache>,
    /// What the server runs with.
    pub settings: Arc<Settings>,
    /// The site's own files.
    pub site: Arc<Site>,
    /// Pages as they were sent.
    pub kept: Arc<keep::Kept>,
    /// What fetches pages and feeds.
    pub fetcher: Arc<Fetcher>,
    /// What tells open pages of changes.
    pub live: Arc<Live>,
    /// The pages that are told.
    pub streams: live::Streams,
    /// What is measured.
    pub metrics: Arc<Metrics>,
    /// Whether the server is about to leave: what balances the load sends no more, and what comes is answered.
    pub leaving: Arc<AtomicBool>,
    /// Wakes the worker when there is something to do.
    pub wake: Arc<Notify>,
    /// Whether the server is about to stop, so that what would go on for long ends.
    pub stop: watch::Sender<bool>,
    /// How often the API may be asked.
    pub limits: Arc<api::Limits>,
    /// How often may be tried what must not be tried at will.
    pub attempts: Arc<attempts::Attempts>,
    /// SHA-256 of the token in the one-time address that sets up the owner; none once it was used or is not needed.
    pub setup: Arc<Mutex<Option<String>>>,
    /// How the backups stand that this server makes by itself.
    pub backups: Arc<Mutex<Backups>>,
    /// What asks for passkeys and judges them; none where the site has no address that they could be for.
    pub passkeys: Option<Arc<passkeys::Party>>,
    /// The provider that people may sign in through, if there is one.
    pub openid: Option<Arc<Provider>>,
}

impl Server {
    /// A server over a store.
    pub fn new(store: SharedStore, settings: Settings) -> Self {
        let passkeys = passkeys::Party::of(&settings);
        let openid = Provider::of(&settings);
        let file = |name: &str| assets::is_built().then(|| assets::url(name).into_owned());
        let site = Site {
            script: file(assets::SCRIPT),
            wasm: file(assets::WASM),
            inbox: file(assets::INBOX),
            work: file(assets::WORK),
            passkey: file(assets::PASSKEY).filter(|_| passkeys.is_some()),
            passkeys: passkeys.as_ref().map(|party| party.site().clone()),
            provider: openid.as_ref().map(|provider| ProviderSite {
                issuer: provider.issuer().to_owned(),
                label: settings.openid_label.clone(),
            }),
            style: file(assets::STYLE),
            pages_style: file(assets::PAGES_STYLE),
        };
        Self {
            store,
            cache: Arc::default(),
            kept: Arc::default(),
            live: Arc::default(),
            streams: live::Streams::default(),
            metrics: Arc::default(),
            leaving: Arc::default(),
            fetcher: Arc::new(Fetcher::new(&settings)),
            wake: Arc::default(),
            stop: watch::Sender::new(false),
            limits: Arc::new(api::Limits::new(&settings)),
            settings: Arc::new(settings),
            site: Arc::new(site),
            attempts: Arc::default(),
            setup: Arc::default(),
            backups: Arc::default(),
            passkeys: passkeys.map(Arc::new),
            openid: openid.map(Arc::new),
        }
    }

    /// By what one can sign in here besides passwords.
    fn doors(&self) -> Doors {
        Doors {
            host: self.passkeys.as_ref().map(|party| party.site().host.clone()),
            issuer: self.openid.as_ref().map(|provider| provider.issuer().to_owned()),
        }
    }

    /// When this server makes backups, if it does.
    pub fn backup_schedule(&self) -> Option<Schedule> {
        Schedule::of(&self.settings, self.backups.clone())
    }

    /// What does the jobs of this server.
    pub fn worker(&self) -> Worker {
        Worker::new(self.store.clone(), self.fetcher.clone(), self.settings.recheck_days, self.wake.clone())
    }
}

/// Everything that the site answers.
pub fn router(server: Server) -> Router {
    let timeout = Duration::from_secs(server.settings.request_timeout);
    let max_body = server.settings.max_body;
    let files = DefaultBodyLimit::max(server.settings.max_upload);
    let rejected = respond::cross_site();
    let layers = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .layer(TraceLayer::new_for_http().make_span_with(security::span))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(axum::middleware::from_fn_with_state(server.clone(), observe::observed))
        .layer(axum::middleware::from_fn_with_state(server.clone(), keep::kept))
        .layer(axum::middleware::from_fn_with_state(server.clone(), security::headers))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(5)))
        .layer(CatchPanicLayer::custom(respond::panicked))
        .layer(axum::middleware::map_response(respond::timed_out))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, timeout))
        .layer(CsrfLayer::new().with_rejection_response(rejected))
        .layer(DefaultBodyLimit::max(max_body));

    let show = request::show;
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(respond::ready))
        .route("/metrics", get(observe::metrics))
        .route("/sign-in", get(show).post(accounts::sign_in))
        .route("/sign-in/passkey", post(passkeys::sign_in))
        .route("/sign-in/passkey/start", post(passkeys::start_sign_in))
        .route("/sign-in/openid", get(openid::start))
        .route("/sign-in/openid/back", get(openid::back))
        .route("/sign-out", post(accounts::sign_out))
        .route("/account", get(show))
        .route("/account/password", post(accounts::change_password))
        .route("/account/password/remove", post(passkeys::remove_password))
        .route("/account/confirm", post(passkeys::confirm))
        .route("/account/passkeys", post(passkeys::add))
        .route("/account/passkeys/start", post(passkeys::start_adding))
        .route("/account/passkeys/{id}/rename", post(passkeys::rename))
        .route("/account/passkeys/{id}/remove", post(passkeys::remove))
        .route("/account/openid", post(openid::start_linking))
        .route("/account/openid/{id}/remove", post(openid::remove))
        .route("/account/sessions/end", post(accounts::end_other_sessions))
        .route("/account/tokens", post(accounts::add_token))
        .route("/account/tokens/{id}/revoke", post(accounts::revoke_token))
        .route("/setup/{token}", get(accounts::show_setup).post(accounts::setup))
        .route("/disputes/new", get(show).post(disputes::add))
        .route("/disputes/restore", post(disputes::restore))
        .route("/d/{slug}", get(files::dispute))
        .route("/d/{slug}/timelinejs.json", get(files::named))
        .route("/d/{slug}/timelinejs.csv", get(files::named))
        .route("/d/{slug}/timeline.mw", get(files::named))
        .route("/d/{slug}/edit", get(show).post(disputes::change))
        .route("/d/{slug}/delete", post(disputes::delete))
        .route("/d/{slug}/restore", post(history::restore_dispute))
        .route("/d/{slug}/parties", get(show).post(disputes::save_party))
        .route("/d/{slug}/parties/{id}/delete", post(disputes::delete_party))
        .route("/d/{slug}/parties/{id}/restore", post(history::restore_party))
        .route("/d/{slug}/positions", get(show).post(disputes::save_position))
        .route("/d/{slug}/positions/{id}/delete", post(disputes::delete_position))
        .route("/d/{slug}/positions/{id}/restore", post(history::restore_position))
        .route("/d/{slug}/events/new", get(show).post(events::add))
        .route("/d/{slug}/events/{id}/edit", get(show).post(events::change))
        .route("/d/{slug}/events/{id}/delete", post(events::delete))
        .route("/d/{slug}/events/{id}/restore", post(history::restore_event))
        .route("/d/{slug}/events/{id}/check", post(articles::check_event))
        .route("/d/{slug}/articles/new", get(show).post(articles::add))
        .route("/d/{slug}/articles/fetch", post(articles::fetch))
        .route("/d/{slug}/articles/upload", post(articles::upload).layer(files))
        .route("/d/{slug}/articles/{id}/confirm", post(articles::confirm))
        .route("/d/{slug}/articles/{id}/check", post(articles::check))
        .route("/d/{slug}/articles/{id}/delete", post(articles::delete))
        .route("/d/{slug}/articles/{id}/restore", post(history::restore_article))
        .route("/d/{slug}/feeds", get(show).post(feeds::add))
        .route("/d/{slug}/feeds.opml", get(feeds::export))
        .route("/d/{slug}/feeds/import", post(feeds::import).layer(files))
        .route("/d/{slug}/feeds/{id}", get(show).post(feeds::change))
        .route("/d/{slug}/feeds/{id}/poll", post(feeds::poll))
        .route("/d/{slug}/feeds/{id}/pause", post(feeds::pause))
        .route("/d/{slug}/feeds/{id}/delete", post(feeds::delete))
        .route("/d/{slug}/people", get(show))
        .route("/d/{slug}/people/{id}", post(people::set_role))
        .route("/d/{slug}/visibility", post(people::show_to))
        .route("/d/{slug}/invitations", post(people::invite))
        .route("/d/{slug}/invitations/{id}/revoke", post(people::revoke))
        .route("/join/{code}", get(people::show_invitation).post(people::join))
        .route("/d/{slug}/webhooks", get(show).post(webhooks::add))
        .route("/d/{slug}/webhooks/{id}/test", post(webhooks::test))
        .route("/d/{slug}/webhooks/{id}/pause", post(webhooks::pause))
        .route("/d/{slug}/webhooks/{id}/delete", post(webhooks::delete))
        .route("/d/{slug}/import", get(imports::show).post(imports::look).layer(files))
        .route("/d/{slug}/import/{id}", post(imports::take))
        .route("/d/{slug}/import/{id}/columns", post(imports::columns))
        .route("/d/{slug}/share", get(sharing::show))
        .route("/d/{slug}/links", post(sharing::freeze))
        .route("/d/{slug}/links/{code}/revoke", post(sharing::revoke))
        .route("/s/{code}", get(sharing::open))
        .route("/s/{code}/preview.png", get(pictures::frozen))
        .route("/og/{file}", get(pictures::preview))
        .route("/oembed", get(sharing::oembed))
        .route("/d/{slug}/work/stream", get(feeds::work))
        .route("/d/{slug}/live", get(live::live))
        .route("/d/{slug}/inbox", get(show).post(candidates::decide_all))
        .route("/d/{slug}/suggest", get(show).post(suggestions::add))
        .route("/d/{slug}/suggestions/{id}", post(suggestions::decide))
        .route("/d/{slug}/suggestions/{id}/edit", get(show).post(suggestions::accept))
        .route("/d/{slug}/candidates/{id}", post(candidates::decide))
        .route("/d/{slug}/candidates/{id}/edit", get(show).post(candidates::accept_edited))
        .merge(api::router(&server))
        .merge(assets::router())
        .fallback(get(show).fallback(respond::wrong_method))
        .method_not_allowed_fallback(respond::wrong_method)
        .layer(layers)
        .with_state(server)
}

/// The header that carries a request's identifier into the logs and back to the client.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub(crate) use request::origin;

/// An answer of a handler, or the page that says what went wrong.
type Answer = Result<axum::response::Response, respond::Refusal>;

/// Sends the browser on with a GET, so that going back or reloading sends nothing twice.
fn see_other(address: &str) -> Answer {
    Ok(axum::response::Redirect::to(address).into_response())
}
