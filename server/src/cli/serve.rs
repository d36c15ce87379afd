//! `impasse serve`

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clap::Args;
use impasse_app::model::role::Reader;
use impasse_app::model::view::View;
use impasse_app::store::SharedStore;
use impasse_app::texts;
use tokio::net::TcpListener;

use super::{Failure, open, tell};
use crate::settings::Settings;
use crate::web::listen;
use crate::{assets, demo, password, web};

#[derive(Args, Default)]
pub(super) struct Serve {
    /// Leaves the demo dispute out when the database is empty
    #[arg(long)]
    no_demo: bool,
}

impl Serve {
    pub(super) async fn run(self, settings: Settings) -> Result<(), Failure> {
        texts::choose(&settings.locale, settings.locales.as_deref())
            .map_err(|error| format!("locale: {error}"))?;
        let store = open(&settings).await?;
        if !self.no_demo {
            load_demo_once(&store).await?;
        }
        let listener = TcpListener::bind(settings.listen).await.map_err(|error| {
            format!(
                "cannot listen on {}: {error}. Another address can be given with --listen",
                settings.listen
            )
        })?;
        let address = listener.local_addr()?;
        let reached = settings.public_url.clone().unwrap_or_else(|| format!("http://{}", reachable(address)));
        let server = web::Server::new(store, settings);
        if server.store.count_users().await? == 0 {
            let token = password::token().ok_or("the system’s randomness fails")?;
            if let Ok(mut setup) = server.setup.lock() {
                *setup = Some(password::sha256(&token));
            }
            tell(&format!(
                "To set up the account that looks after the site, open this once: {reached}/setup/{token}"
            ));
        }
        if !assets::is_built() {
            tracing::warn!(
                "the browser’s files are not built: pages have neither style nor script; see `make run`"
            );
        }
        tell(&format!("Impasse is at {reached}"));
        let stop = server.stop.clone();
        let working = tokio::spawn(server.worker().run(stop.subscribe()));
        let backups = server.backup_schedule().map(|schedule| tokio::spawn(schedule.run(stop.subscribe())));
        let watching = tokio::spawn(server.live.clone().run(server.store.clone(), stop.subscribe()));
        let (leaving, drain) = (server.leaving.clone(), Duration::from_secs(server.settings.drain));
        let stopped = stop.subscribe();
        tokio::spawn(async move {
            asked_to_stop().await;
            leaving.store(true, Ordering::Relaxed);
            tokio::time::sleep(drain).await;
            stop.send_replace(true);
        });
        let most = server.settings.max_connections;
        listen::serve(listener, web::router(server), most, stopped).await;
        working.await?;
        watching.await?;
        if let Some(backups) = backups {
            backups.await?;
        }
        Ok(())
    }
}

/// The demo is for a first look, so it is loaded where there is nothing yet, and never again after it was deleted.
async fn load_demo_once(store: &SharedStore) -> Result<(), Failure> {
    if store.disputes(&Reader::Program, "").await?.is_empty() && store.count_users().await? == 0 {
        match demo::load(store).await {
            Ok(dispute) => {
                let events = store.events(&dispute.id, &View::default()).await?.len();
                tracing::info!(events, "loaded the demo dispute");
            }
            // Another server on the same database was quicker, or it was deleted.
            Err(impasse_app::store::StoreError::Taken(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// An address that a browser on this machine can open.
fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], address.port())) } else { address }
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => {
                let _ = interrupt.await;
            }
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupt.await;
    }
}
