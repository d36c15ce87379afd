//! Adding and deleting articles.

use axum::extract::{Path, State};
use impasse_app::forms::read_article;
use impasse_app::model::id::ArticleId;

use super::events::dispute;
use super::request::{Incoming, Sent};
use super::{Answer, Server, see_other};
use crate::ingest;

/// `POST /d/{slug}/articles/new`
pub(super) async fn add(
    State(server): State<Server>,
    Path(slug): Path<String>,
    incoming: Incoming,
    Sent(form): Sent,
) -> Answer {
    let actor = incoming.actor()?;
    let dispute = dispute(&server, &incoming, &slug).await?;
    let draft = match read_article(form, incoming.page.today) {
        Ok(draft) => draft,
        Err(form) => return incoming.again(*form).await,
    };
    let (article, _) = ingest::ingest(&server.store, &actor, &dispute.id, draft)
        .await
        .map_err(|error| incoming.store(error))?;
    see_other(&format!("/d/{slug}/articles/{}", article.id))
}

/// `POST /d/{slug}/articles/{id}/delete`
pub(super) async fn delete(
    State(server): State<Server>,
    Path((slug, id)): Path<(String, String)>,
    incoming: Incoming,
) -> Answer {
    let actor = incoming.actor()?;
    let dispute = dispute(&server, &incoming, &slug).await?;
    server
        .store
        .delete_article(&actor, &dispute.id, &ArticleId::from(id), "")
        .await
        .map_err(|error| incoming.store(error))?;
    see_other(&format!("/d/{slug}/articles"))
}
