//! Adding, confirming and deleting articles.

use axum::extract::Path;
use impasse_app::forms::{read_address, read_article, read_confirmed};
use impasse_app::model::article::{ArticleDraft, Dating, Taken, Way};
use impasse_app::model::id::{ArticleId, DisputeId, EventId};
use impasse_app::model::time::long_day;
use impasse_app::model::view::FieldError;
use impasse_app::model::work::{JobDraft, JobKind};
use impasse_app::page::Submission;
use impasse_app::store::StoreError;

use super::request::{Contributing, Editing, File, Sent, SentFiles};
use super::{Answer, Server, see_other};
use crate::fetch::Ask;
use crate::ingest::{self, Source, Unreadable, off_thread};
use impasse_app::t;

/// How many files may be sent at once.
pub(crate) const MOST_FILES: usize = 50;

/// `POST /d/{slug}/articles/new`: an article whose text was pasted.
pub(super) async fn add(Contributing(editing): Contributing, Sent(form): Sent) -> Answer {
    let draft = match read_article(form, editing.incoming.page.today) {
        Ok(draft) => draft,
        Err(form) => return editing.incoming.again(*form).await,
    };
    let draft = ArticleDraft {
        canonical: draft.url.as_deref().and_then(impasse_reader::canonical),
        dating: Dating::given(&editing.actor.name),
        ..draft
    };
    let taken = ingest::take(&editing.server.store, &editing.actor, &editing.dispute.id, draft).await;
    shown(&editing, taken.map_err(|error| editing.refused(error))?)
}

/// Sends on to the page of an article.
fn shown(editing: &Editing, taken: Taken) -> Answer {
    match taken {
        Taken::New(article) => see_other(&editing.path(&format!("/articles/{}", article.id))),
        Taken::There(article) => see_other(&editing.path(&format!("/articles/{}?there=1", article.id))),
        // What somebody adds by hand is never that.
        Taken::Deleted => Err(editing.refused(StoreError::NotFound)),
    }
}

/// The page on which articles are added, with what is wrong at a field.
async fn add_again(mut editing: Editing, mut form: Submission, field: &str, why: &str) -> Answer {
    form.errors.push(FieldError::new(field, why));
    editing.incoming.page.path = editing.path("/articles/new");
    editing.incoming.again(form).await
}

/// `POST /d/{slug}/articles/fetch`: an article by its address. It waits to be looked at.
pub(super) async fn fetch(Contributing(mut editing): Contributing, Sent(form): Sent) -> Answer {
    let typed = form.clone();
    let address = match read_address(form) {
        Ok(address) => address,
        Err(form) => {
            editing.incoming.page.path = editing.path("/articles/new");
            return editing.incoming.again(*form).await;
        }
    };
    match fetched(&editing.server, &address).await.map_err(|error| editing.refused(error))? {
        Ok(draft) => {
            let taken = ingest::take(&editing.server.store, &editing.actor, &editing.dispute.id, draft).await;
            shown(&editing, taken.map_err(|error| editing.refused(error))?)
        }
        Err(why) => add_again(editing, typed, "address", &why).await,
    }
}

/// The article at an address, or why there is none, in words.
pub(crate) async fn fetched(
    server: &Server,
    address: &str,
) -> Result<Result<ArticleDraft, String>, StoreError> {
    let page = match server.fetcher.fetch(address, &Ask::page()).await {
        Ok(page) => page,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let read = off_thread(move || {
        ingest::read(&Source {
            bytes: page.body.as_deref().unwrap_or_default(),
            content_type: page.content_type.as_deref(),
            url: Some(page.url.as_str()),
            file_name: None,
            at: page.at,
            way: Way::Address,
            feed_day: None,
            is_attended: true,
        })
    });
    Ok(read.await?.map_err(|error| error.to_string()))
}

/// `POST /d/{slug}/articles/upload`: articles as files. They wait to be looked at.
pub(super) async fn upload(Contributing(editing): Contributing, SentFiles(form, files): SentFiles) -> Answer {
    let files: Vec<File> =
        files.into_iter().filter(|file| file.field == "file" && !file.is_empty()).collect();
    if files.is_empty() {
        return add_again(editing, form, "file", t!("told-articles-choose-a-file")).await;
    }
    if files.len() > MOST_FILES {
        let why = t!("told-articles-these-are-files-and-are", count = files.len(), most = MOST_FILES);
        return add_again(editing, form, "file", &why).await;
    }
    let read =
        off_thread(move || files.into_iter().map(|file| (read_file(&file), file.name)).collect::<Vec<_>>());
    let read = read.await.map_err(|error| editing.refused(error))?;
    // All of them or none, so that it is plain which are still to be sent.
    let mut drafts = Vec::new();
    for (read, name) in read {
        match read {
            Ok(draft) => drafts.push(draft),
            Err(error) => {
                let why = if name.is_empty() { error.to_string() } else { format!("{name}: {error}") };
                return add_again(editing, form, "file", &why).await;
            }
        }
    }
    let count = drafts.len();
    let mut last = None;
    for draft in drafts {
        let taken = ingest::take(&editing.server.store, &editing.actor, &editing.dispute.id, draft).await;
        last = Some(taken.map_err(|error| editing.refused(error))?);
    }
    match last {
        Some(taken) if count == 1 => shown(&editing, taken),
        _ => see_other(&editing.path("/articles")),
    }
}

/// The article in a file.
pub(crate) fn read_file(file: &File) -> Result<ArticleDraft, Unreadable> {
    ingest::read(&Source {
        bytes: &file.bytes,
        content_type: file.content_type.as_deref(),
        url: None,
        file_name: Some(&file.name),
        at: chrono::Utc::now(),
        way: Way::File,
        feed_day: None,
        is_attended: true,
    })
}

/// `POST /d/{slug}/articles/{id}/confirm`: an article that waited becomes a source.
pub(super) async fn confirm(
    Contributing(mut editing): Contributing,
    Path((_, id)): Path<(String, String)>,
    Sent(form): Sent,
) -> Answer {
    let id = ArticleId::from(id);
    let store = &editing.server.store;
    let there = store.article(&editing.dispute.id, &id).await.map_err(|error| editing.refused(error))?;
    let own = editing.path(&format!("/articles/{id}"));
    editing.incoming.page.path.clone_from(&own);
    let typed = form.clone();
    let draft = match read_confirmed(form, editing.incoming.page.today) {
        Ok(draft) => draft,
        Err(form) => return editing.incoming.again(*form).await,
    };
    let before = there.article.dating;
    let draft = ArticleDraft { dating: before.confirmed(draft.published, &editing.actor.name), ..draft };
    match ingest::confirm(store, &editing.actor, &editing.dispute.id, &id, draft).await {
        Ok(_) => see_other(&own),
        Err(StoreError::Taken(_)) => {
            let mut form = typed;
            form.errors.push(FieldError::new("text", t!("told-articles-an-article-with-this-very")));
            editing.incoming.again(form).await
        }
        Err(error) => Err(editing.refused(error)),
    }
}

/// `POST /d/{slug}/articles/{id}/delete`
pub(super) async fn delete(editing: Editing, Path((_, id)): Path<(String, String)>) -> Answer {
    let id = ArticleId::from(id);
    editing
        .server
        .store
        .delete_article(&editing.actor, &editing.dispute.id, &id, "")
        .await
        .map_err(|error| editing.refused(error))?;
    see_other(&editing.path(&format!("/articles?deleted={id}")))
}

/// `POST /d/{slug}/articles/{id}/check`: looks for the article's quotes on its page.
pub(super) async fn check(editing: Editing, Path((_, id)): Path<(String, String)>) -> Answer {
    check_all(&editing, vec![ArticleId::from(id)]).await?;
    see_other(&editing.path("/work"))
}

/// `POST /d/{slug}/events/{id}/check`: looks for the event's quotes on their pages.
pub(super) async fn check_event(editing: Editing, Path((_, id)): Path<(String, String)>) -> Answer {
    let event = editing.server.store.event(&editing.dispute.id, &EventId::from(id)).await;
    let event = event.map_err(|error| editing.refused(error))?;
    let mut articles: Vec<ArticleId> = event.citations.into_iter().map(|citation| citation.article).collect();
    articles.sort_unstable();
    articles.dedup();
    check_all(&editing, articles).await?;
    see_other(&editing.path("/work"))
}

async fn check_all(editing: &Editing, articles: Vec<ArticleId>) -> Result<(), super::respond::Refusal> {
    let written = check_quotes(&editing.server, &editing.dispute.id, articles).await;
    written.map(drop).map_err(|error| editing.refused(error))
}

/// Writes down jobs that look for the quotes of articles on their pages, and says how many are new.
pub(crate) async fn check_quotes(
    server: &Server,
    dispute: &DisputeId,
    articles: Vec<ArticleId>,
) -> Result<u64, StoreError> {
    let mut jobs = Vec::new();
    for id in articles {
        let article = server.store.article(dispute, &id).await?.article;
        if article.url.is_some() {
            let published = article.published.map(|day| format!(", {}", long_day(day))).unwrap_or_default();
            jobs.push(JobDraft {
                dispute: dispute.clone(),
                kind: JobKind::Check,
                subject: id.to_string(),
                title: format!("{}{published}", article.title),
                due: chrono::Utc::now(),
            });
        }
    }
    let written = server.store.add_jobs(&jobs).await?;
    server.wake.notify_one();
    Ok(written)
}
