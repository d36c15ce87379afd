//! How a view is handed on: its address, a frozen link, a frame for other sites, files.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

use super::dispute::{Reading, frame, view_of};
use super::embed::plain_embed;
use super::print::view_words;
use super::{entry, trail};
use crate::components::fields::{Field, error_summary, escape};
use crate::components::parts::share_line;
use crate::components::timeline::TimelineFrame;
use crate::ground::{Base, Ground, Theme};
use crate::model::link::Link;
use crate::model::role::Role;
use crate::model::time::long_day;
use crate::page::{Page, PageError, PageRequest, Script, Submission};
use crate::t;

/// How many events the HTML without a frame holds.
const IN_PLAIN_HTML: usize = 200;

/// A file that a view can be had as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What the format is called.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub purpose: &'static str,
    /// Where it is.
    pub href: String,
    /// What of this view it cannot hold, each in a sentence.
    pub losses: Vec<String>,
}

/// `/d/{slug}/share`. `offers` are the files that the view can be had as.
///
/// # Errors
/// As the page of the dispute.
pub async fn share(request: &PageRequest, slug: &str, offers: Vec<Offer>) -> Result<Page, PageError> {
    let ground = Ground::now(request, entry(request, slug).await?);
    let frame = frame(request, &ground, view_of(request).0, Reading::Every).await?;
    let plain = plain_embed(&frame, &request.origin, IN_PLAIN_HTML);
    let may_write = ground.role >= Some(Role::Editor);
    let links = if may_write { request.store.links(&ground.dispute.id).await? } else { Vec::new() };
    let made = request.param("link").map(str::to_owned);
    let theme = request.param("theme").and_then(Theme::from_key).unwrap_or_default();
    let form = request.submission();
    let (origin, today) = (request.origin.clone(), request.today);
    let title = t!("share-share", title = frame.dispute.title);
    Ok(Page::new(title, move || {
        let live = format!("{origin}{}", frame.address(|_| {}));
        let words = view_words(&frame, frame.in_range());
        let links: Vec<_> = links.iter().map(|link| link_item(&frame, &origin, link, today)).collect();
        let links = (!links.is_empty()).then(|| {
            view! { <h3>{t!("share-frozen-links-of-this-dispute")}</h3><ul class="share-links">{links}</ul> }
        });
        view! {
            {trail(&frame.dispute, &[])}
            <header class="page-head">
                <h1>{t!("share-share-this-view")}</h1>
                <p class="soft">{words}</p>
            </header>
            {error_summary(&form)}
            <div class="share-parts">
                <section aria-labelledby="live">
                    <h2 id="live">{t!("share-as-it-is")}</h2>
                    <p>{t!("share-opens-on-exactly-this-range")}</p>
                    {share_line("share-link", t!("share-link"), &live, false)}
                    {qr(&live)}
                </section>
                <section aria-labelledby="frozen">
                    <h2 id="frozen">{t!("share-frozen")}</h2>
                    <p>{t!("share-shows-tomorrow-what-it-shows")}</p>
                    {made.map(|code| made_link(&origin, &code))}
                    {freeze(&frame, &form)}
                    {links}
                </section>
                <section aria-labelledby="embed">
                    <h2 id="embed">{t!("share-in-a-page-of-yours")}</h2>
                    {embed(&frame, &origin, theme, &plain)}
                </section>
                <section aria-labelledby="files">
                    <h2 id="files">{t!("share-as-a-file")}</h2>
                    <p>{t!("share-each-has-the-events-that")}</p>
                    <ul class="offers">{offers.iter().map(offer).collect::<Vec<_>>()}</ul>
                </section>
            </div>
        }
        .into_any()
    })
    .with_script(Script::View))
}

fn made_link(origin: &str, code: &str) -> AnyView {
    let address = format!("{origin}/s/{code}");
    view! {
        <div class="notice" role="status">
            <p>{t!("share-the-link-is-made")}</p>
            {share_line("frozen-link", t!("share-frozen-link"), &address, false)}
        </div>
    }
    .into_any()
}

fn freeze(frame: &TimelineFrame, form: &Submission) -> AnyView {
    let query = frame.view.query_string();
    view! {
        <form method="post" action=format!("/d/{}/links", frame.dispute.slug) class="form">
            <input type="hidden" name="view" value=query/>
            {Field::new(form, "expires", t!("share-last-day-on-which-it"))
                .hint(t!("share-leave-it-empty-for-a"))
                .text("date", "off")}
            <div class="form-end"><button class="button button-main" type="submit">{t!("share-freeze-this-view")}</button></div>
        </form>
    }
    .into_any()
}

fn link_item(frame: &TimelineFrame, origin: &str, link: &Link, today: chrono::NaiveDate) -> AnyView {
    let day = long_day(link.created.date_naive());
    let made = match &link.by {
        Some(by) => t!("share-made-by", day = day, by = by),
        None => t!("share-made-by-a-reader", day = day),
    };
    let state = match (link.revoked, link.expires) {
        (Some(at), _) => Some(t!("share-taken-back-on", at = long_day(at.date_naive()))),
        (None, Some(last)) if last < today => Some(t!("share-ended-on", last = long_day(last))),
        (None, Some(last)) => Some(t!("share-opens-until", last = long_day(last))),
        (None, None) => None,
    };
    let revoke = link.opens_on(today).then(|| {
        view! {
            <form method="post" action=format!("/d/{}/links/{}/revoke", frame.dispute.slug, link.code)>
                <button class="button button-quiet" type="submit">{t!("share-take-back")}</button>
            </form>
        }
    });
    let address = format!("{origin}/s/{}", link.code);
    view! {
        <li>
            <p><a href=address>{made}</a>{state.map(|state| view! { <span class="soft">" · "{state}</span> })}</p>
            <p class="soft share-query">{if link.query.is_empty() { t!("share-the-whole-dispute").to_owned() } else { link.query.clone() }}</p>
            {revoke}
        </li>
    }
    .into_any()
}

/// The markup to paste, with and without a frame.
fn embed(frame: &TimelineFrame, origin: &str, theme: Theme, plain: &str) -> AnyView {
    let mut base = frame.clone();
    base.base = Base::Embed(format!("/embed/{}", frame.dispute.slug), theme);
    let src = format!("{origin}{}", base.address(|_| {}));
    let code = iframe(origin, &src, &frame.dispute.title);
    let themes: Vec<_> = Theme::ALL
        .iter()
        .map(|one| view! { <option value=one.key() selected=*one == theme>{one.label()}</option> })
        .collect();
    let hidden: Vec<_> = frame
        .view
        .query()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect();
    // Leptos 0.8 does not escape the children of a textarea; what is copied from there would be other HTML than this.
    view! {
        <form method="get" action=format!("/d/{}/share#embed", frame.dispute.slug) class="share-theme">
            {hidden}
            <label for="theme">{t!("share-colours")}</label>
            <select id="theme" name="theme">{themes}</select>
            <button class="button button-quiet" type="submit">{t!("share-use")}</button>
        </form>
        <div class="field">
            <label for="embed-code">{t!("share-html-with-a-frame")}</label>
            <textarea id="embed-code" readonly rows="4" inner_html=escape(&code)></textarea>
            <p class="field-hint">{t!("share-no-cookies-no-call-to")}</p>
        </div>
        <div class="field">
            <label for="embed-plain">{t!("share-html-without-a-frame")}</label>
            <textarea id="embed-plain" readonly rows="4" inner_html=escape(plain)></textarea>
            <p class="field-hint">{t!("share-a-plain-list-with-links")}</p>
        </div>
        <p><a href=src target="_blank">{t!("share-see-how-it-looks")}</a></p>
    }
    .into_any()
}

/// The frame for a page of another site. Its height is what it has until, and unless, the script lets it grow.
pub fn iframe(origin: &str, src: &str, title: &str) -> String {
    let (src, title) = (escape(src), escape(title));
    format!(
        "<iframe src=\"{src}\" title=\"{title}\" width=\"100%\" height=\"640\" loading=\"lazy\" \
         style=\"border:0\" data-impasse></iframe>\n<script async src=\"{origin}/embed.js\"></script>"
    )
}

fn offer(offer: &Offer) -> AnyView {
    let losses: Vec<_> = offer.losses.iter().map(|loss| view! { <li>{loss.clone()}</li> }).collect();
    let losses = (!losses.is_empty()).then(|| {
        view! { <details><summary>{t!("share-what-it-cannot-hold")}</summary><ul>{losses}</ul></details> }
    });
    view! {
        <li>
            <a href=offer.href.clone()>{offer.name}</a>
            <p class="soft">{offer.purpose}</p>
            {losses}
        </li>
    }
    .into_any()
}

/// An address as a QR code, to be seen from a sheet of paper or another screen; none if it is too long for one.
fn qr(address: &str) -> Option<AnyView> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    // Four modules of white around it, as ISO/IEC 18004 wants.
    let view_box = format!("-4 -4 {0} {0}", size + 8);
    Some(
        view! {
            <details class="qr">
                <summary>{t!("share-qr-code")}</summary>
                <svg viewBox=view_box role="img" aria-label=t!("share-qr-code-of-this-address") width="200" height="200">
                    <path class="qr-paper" d=format!("M-4 -4h{0}v{0}h-{0}z", size + 8)/>
                    <path class="qr-ink" d=path/>
                </svg>
            </details>
        }
        .into_any(),
    )
}
