//! Making and changing a dispute, its parties and their positions.

use leptos::prelude::*;

use super::{dispute_for, entry_for, trail};
use crate::components::fields::{Field, date_readings, error_summary, options};
use crate::components::parts::date_words;
use crate::model::dispute::{Dispute, PartyKind, Status};
use crate::model::role::{Role, Visibility};
use crate::page::{Page, PageError, PageRequest};
use crate::t;

/// `/disputes/new` and `/d/{slug}/edit`
pub async fn dispute_form(request: &PageRequest, slug: Option<&str>) -> Result<Page, PageError> {
    let (dispute, is_owner) = match slug {
        Some(slug) => {
            let (dispute, role) = entry_for(request, slug, Role::Editor).await?;
            (Some(dispute), role == Role::Owner)
        }
        None => {
            request.account()?;
            (None, false)
        }
    };
    let form = request.submission();
    let heading =
        if dispute.is_some() { t!("dispute-form-edit-the-dispute") } else { t!("dispute-form-new-dispute") };
    Ok(Page::new(heading, move || {
        let (action, back) = match &dispute {
            Some(dispute) => (format!("/d/{}/edit", dispute.slug), format!("/d/{}", dispute.slug)),
            None => ("/disputes/new".to_owned(), "/".to_owned()),
        };
        let old = |field: fn(&Dispute) -> String| dispute.as_ref().map(field).unwrap_or_default();
        let version = dispute.as_ref().map(|dispute| {
            let version = match form.get("version") {
                "" => dispute.version.to_string(),
                typed => typed.to_owned(),
            };
            view! { <input type="hidden" name="version" value=version/> }
        });
        let further = dispute.as_ref().map(|dispute| {
            view! {
                <p class="tools">
                    <a class="button button-quiet" href=format!("/d/{}/parties", dispute.slug)>{t!("dispute-form-parties")}</a>
                    <a class="button button-quiet" href=format!("/d/{}/positions", dispute.slug)>{t!("dispute-form-positions")}</a>
                    {is_owner.then(|| view! {
                        <a class="button button-quiet" href=format!("/d/{}/people", dispute.slug)>{t!("dispute-form-people")}</a>
                        <a class="button button-quiet" href=format!("/d/{}/webhooks", dispute.slug)>{t!("dispute-form-webhooks")}</a>
                    })}
                </p>
            }
        });
        // The address of one that is not public stays, since another one could be guessed.
        let has_own_name = dispute.as_ref().is_none_or(|dispute| dispute.visibility == Visibility::Public);
        let delete = dispute.as_ref().filter(|_| is_owner).map(delete_form);
        view! {
            {dispute.as_ref().map(|dispute| trail(dispute, &[]))}
            <div class="form-page">
                <h1>{heading}</h1>
                {further}
                {error_summary(&form)}
                <form method="post" action=action class="form">
                    {version}
                    {Field::new(&form, "title", t!("dispute-form-title")).value(old(|d| d.title.clone())).required().text("text", "off")}
                    {has_own_name.then(|| {
                        Field::new(&form, "slug", t!("dispute-form-name-in-its-address"))
                            .value(old(|d| d.slug.clone()))
                            .hint(t!("dispute-form-made-from-the-title-if"))
                            .text("text", "off")
                    })}
                    {Field::new(&form, "summary", t!("dispute-form-summary")).value(old(|d| d.summary.clone())).lines(4)}
                    {Field::new(&form, "question", t!("dispute-form-the-question-at-stake")).value(old(|d| d.question.clone())).text("text", "off")}
                    {Field::new(&form, "status", t!("dispute-form-how-it-stands"))
                        .value(old(|d| d.status.key().to_owned()))
                        .required()
                        .choice(&options!(Status))}
                    {Field::new(&form, "inclusion_rule", t!("dispute-form-which-events-belong-here"))
                        .value(old(|d| d.inclusion_rule.clone()))
                        .hint(t!("dispute-form-readers-see-this-rule-so"))
                        .lines(3)}
                    <div class="form-end">
                        <button class="button button-main" type="submit">{t!("dispute-form-save")}</button>
                        <a class="button button-quiet" href=back>{t!("dispute-form-cancel")}</a>
                    </div>
                </form>
                {delete}
            </div>
        }
        .into_any()
    }))
}

fn delete_form(dispute: &Dispute) -> AnyView {
    view! {
        <details class="danger">
            <summary>{t!("dispute-form-delete-this-dispute")}</summary>
            <form method="post" action=format!("/d/{}/delete", dispute.slug) class="form">
                <p>{t!("dispute-form-it-leaves-the-site-with")}</p>
                <div class="form-end"><button class="button button-bad" type="submit">{t!("dispute-form-delete")}</button></div>
            </form>
        </details>
    }
    .into_any()
}

/// `/d/{slug}/parties`
pub async fn parties(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Editor).await?;
    let parties = request.store.parties(&dispute.id).await?;
    let form = request.submission();
    let editing = match form.get("id") {
        "" => request.param("edit").unwrap_or_default().to_owned(),
        id => id.to_owned(),
    };
    Ok(Page::new(t!("dispute-form-parties-2", title = dispute.title), move || {
        let path = format!("/d/{}/parties", dispute.slug);
        let edited = parties.iter().find(|party| party.id.as_str() == editing);
        let items: Vec<_> = parties
            .iter()
            .map(|party| {
                let aliases =
                    (!party.aliases.is_empty()).then(|| t!("dispute-form-also", aliases = party.aliases.join(", ")));
                view! {
                    <li>
                        <strong>{party.name.clone()}</strong>" "
                        <span class="soft">{party.kind.label()}" "{aliases}</span>
                        <span class="row-tools">
                            <a class="button button-quiet" href=format!("{path}?edit={}", party.id)>
                                {t!("dispute-form-edit")}<span class="visually-hidden">{format!(" {}", party.name)}</span>
                            </a>
                            <a class="button button-quiet" href=format!("{path}/{}/history", party.id)>
                                {t!("dispute-form-history")}<span class="visually-hidden">{format!(" {}", t!("dispute-form-of", name = party.name))}</span>
                            </a>
                            <form method="post" action=format!("{path}/{}/delete", party.id)>
                                <button class="button button-quiet" type="submit">
                                    {t!("dispute-form-delete")}<span class="visually-hidden">{format!(" {}", party.name)}</span>
                                </button>
                            </form>
                        </span>
                    </li>
                }
            })
            .collect();
        let heading =
            if edited.is_some() { t!("dispute-form-edit-the-party") } else { t!("dispute-form-add-a-party") };
        view! {
            {trail(&dispute, &[])}
            <div class="form-page">
                <h1>{t!("dispute-form-parties")}</h1>
                <ul class="rows">{items}</ul>
                <h2>{heading}</h2>
                {error_summary(&form)}
                <form method="post" action=path.clone() class="form">
                    <input type="hidden" name="id" value=edited.map(|party| party.id.to_string()).unwrap_or_default()/>
                    {Field::new(&form, "name", t!("dispute-form-name")).value(edited.map(|p| p.name.clone()).unwrap_or_default()).required().text("text", "off")}
                    {Field::new(&form, "aliases", t!("dispute-form-other-names"))
                        .value(edited.map(|p| p.aliases.join(", ")).unwrap_or_default())
                        .hint(t!("dispute-form-separated-by-commas-articles-are"))
                        .text("text", "off")}
                    {Field::new(&form, "kind", t!("dispute-form-kind"))
                        .value(edited.map(|p| p.kind.key().to_owned()).unwrap_or_default())
                        .required()
                        .choice(&options!(PartyKind))}
                    {Field::new(&form, "key", t!("dispute-form-name-in-addresses"))
                        .value(edited.map(|p| p.key.clone()).unwrap_or_default())
                        .hint(t!("dispute-form-made-from-the-name-if"))
                        .text("text", "off")}
                    <div class="form-end">
                        <button class="button button-main" type="submit">{t!("dispute-form-save")}</button>
                        <a class="button button-quiet" href=format!("/d/{}", dispute.slug)>{t!("dispute-form-back-to-the-dispute")}</a>
                    </div>
                </form>
            </div>
        }
        .into_any()
    }))
}

/// `/d/{slug}/positions`
pub async fn positions(request: &PageRequest, slug: &str) -> Result<Page, PageError> {
    let dispute = dispute_for(request, slug, Role::Editor).await?;
    let parties = request.store.parties(&dispute.id).await?;
    let positions = request.store.positions(&dispute.id).await?;
    let form = request.submission();
    let editing = match form.get("id") {
        "" => request.param("edit").unwrap_or_default().to_owned(),
        id => id.to_owned(),
    };
    Ok(Page::new(t!("dispute-form-positions-2", title = dispute.title), move || {
        let path = format!("/d/{}/positions", dispute.slug);
        let edited = positions.iter().find(|position| position.id.as_str() == editing);
        let party_of = |id| parties.iter().find(|party| party.id == id);
        let items: Vec<_> = positions
            .iter()
            .map(|position| {
                let name = party_of(position.party.clone()).map(|party| party.name.clone()).unwrap_or_default();
                view! {
                    <li>
                        <strong>{name.clone()}</strong>": "{position.statement.clone()}" "
                        <span class="soft">{date_words(&position.date)}</span>
                        <span class="row-tools">
                            <a class="button button-quiet" href=format!("{path}?edit={}", position.id)>
                                {t!("dispute-form-edit")}<span class="visually-hidden">{format!(" {}", t!("dispute-form-position-of", name = name))}</span>
                            </a>
                            <a class="button button-quiet" href=format!("{path}/{}/history", position.id)>
                                {t!("dispute-form-history")}<span class="visually-hidden">{format!(" {}", t!("dispute-form-of-position-of", name = name))}</span>
                            </a>
                            <form method="post" action=format!("{path}/{}/delete", position.id)>
                                <button class="button button-quiet" type="submit">
                                    {t!("dispute-form-delete")}<span class="visually-hidden">{format!(" {}", t!("dispute-form-position-of", name = name))}</span>
                                </button>
                            </form>
                        </span>
                    </li>
                }
            })
            .collect();
        let choices: Vec<(String, String)> =
            parties.iter().map(|party| (party.key.clone(), party.name.clone())).collect();
        let heading = if edited.is_some() {
            t!("dispute-form-edit-the-position")
        } else {
            t!("dispute-form-add-a-position")
        };
        let party =
            edited.and_then(|position| party_of(position.party.clone())).map(|party| party.key.clone());
        view! {
            {trail(&dispute, &[])}
            <div class="form-page">
                <h1>{t!("dispute-form-positions")}</h1>
                <p>{t!("dispute-form-what-each-party-holds-while")}</p>
                <ul class="rows">{items}</ul>
                <h2>{heading}</h2>
                {error_summary(&form)}
                <form method="post" action=path.clone() class="form">
                    <input type="hidden" name="id" value=edited.map(|p| p.id.to_string()).unwrap_or_default()/>
                    {Field::new(&form, "party", t!("dispute-form-party")).value(party.unwrap_or_default()).required().choice(&choices)}
                    {Field::new(&form, "statement", t!("dispute-form-what-it-holds"))
                        .value(edited.map(|p| p.statement.clone()).unwrap_or_default())
                        .required()
                        .lines(3)}
                    {Field::new(&form, "date", t!("dispute-form-while"))
                        .value(edited.map(|p| p.date.edtf().to_owned()).unwrap_or_default())
                        .hint(t!("dispute-form-such-as-since-9-january"))
                        .required()
                        .text("text", "off")}
                    {date_readings(&form)}
                    <div class="form-end">
                        <button class="button button-main" type="submit">{t!("dispute-form-save")}</button>
                        <a class="button button-quiet" href=format!("/d/{}", dispute.slug)>{t!("dispute-form-back-to-the-dispute")}</a>
                    </div>
                </form>
            </div>
        }
        .into_any()
    }))
}
