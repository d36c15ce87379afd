//! Web pages.

mod byline;
pub(crate) mod ld;
pub(crate) mod lines;
pub(crate) mod page;
pub(crate) mod scan;
mod slim;

use std::borrow::Cow;

use dom_smoothie::{Config, Readability};
use encoding_rs::Encoding;

use crate::charset::{self, Decoded};
use crate::dates::{self, Dating};
use crate::text::{clean_line, tidy};
use crate::{Document, Hint, ReadError, SourceKind, Warning, canonical, guarded};
use ld::Entity;
use page::Page;

pub(crate) use byline::authors_of;

/// Text shorter than this, in characters, is little for an article.
const LITTLE: usize = 250;

/// Reads a page.
pub(crate) fn read(bytes: &[u8], hint: &Hint<'_>) -> Result<Document, ReadError> {
    let Decoded { text, encoding, mut warnings } = charset::decode_html(bytes, hint.content_type);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let page = Page::new(text.as_bytes());
    let entities = entities(&page);
    let dating = dates::of_page(&page, &entities, hint);
    let slim = slim::slim(&text);
    if slim.shortened {
        warnings.push(Warning::Shortened);
    }
    let article = guarded(|| {
        // Class names are of no use for text; links are not kept.
        let config = Config { keep_classes: false, ..Config::default() };
        Readability::new(slim.html.as_str(), hint.url.filter(|url| url.contains("://")), Some(config))
            .ok()?
            .parse()
            .ok()
    })
    .flatten();
    let body = match &article {
        Some(article) => lines::lines(article.content.as_bytes()),
        None => {
            warnings.push(Warning::WholePage);
            lines::lines(slim.html.as_bytes())
        }
    };
    let body = tidy(&body, &mut warnings);
    if body.is_empty() {
        return Err(ReadError::NoText { kind: SourceKind::Html });
    }
    let characters = body.chars().count();
    if characters < LITTLE {
        warnings.push(Warning::LittleText { characters });
    }
    let found = entities.iter().find(|entity| entity.is_article());
    let title = article
        .as_ref()
        .map(|article| clean_line(&article.title))
        .filter(|title| !title.is_empty())
        .or_else(|| own_title(&page));
    let byline = article.as_ref().and_then(|article| article.byline.as_deref()).map(clean_line);
    let byline = byline.filter(|byline| !byline.is_empty());
    let authors = match found {
        Some(entity) if !entity.authors.is_empty() => {
            entity.authors.iter().map(|name| clean_line(name)).collect()
        }
        _ => byline.as_deref().map(authors_of).unwrap_or_default(),
    };
    let publisher = found
        .and_then(|entity| entity.publisher.clone())
        .or_else(|| page.meta_value("og:site_name").map(Cow::into_owned))
        .or_else(|| entities.iter().find_map(|entity| entity.publisher.clone()))
        .or_else(|| page.meta_value("application-name").map(Cow::into_owned))
        .map(|name| clean_line(&name))
        .filter(|name| !name.is_empty());
    Ok(Document {
        charset: Some(encoding_name(encoding)),
        title,
        byline,
        authors,
        publisher,
        canonical_url: canonical_url(&page, found, hint),
        language: language(&page, found),
        text: body,
        warnings,
        ..Document::new(SourceKind::Html, dating)
    })
}

/// The dates of a page, without laying it out.
pub(crate) fn dates(bytes: &[u8], hint: &Hint<'_>) -> Dating {
    // In the sets that keep ASCII where it is, the tags can be read as they stand.
    let wide = bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || memchr::memchr(0, &bytes[..bytes.len().min(64)]).is_some();
    if wide {
        let decoded = charset::decode_html(bytes, hint.content_type);
        let page = Page::new(decoded.text.as_bytes());
        return dates::of_page(&page, &entities(&page), hint);
    }
    let page = Page::new(bytes);
    dates::of_page(&page, &entities(&page), hint)
}

fn entities(page: &Page<'_>) -> Vec<Entity> {
    page.json_ld.iter().flat_map(|block| ld::entities(block)).collect()
}

pub(crate) fn encoding_name(encoding: &'static Encoding) -> String {
    encoding.name().to_owned()
}

fn own_title(page: &Page<'_>) -> Option<String> {
    let title = page.meta_value("og:title").or_else(|| page.title.map(scan::text))?;
    Some(clean_line(&title)).filter(|title| !title.is_empty())
}

fn language(page: &Page<'_>, article: Option<&Entity>) -> Option<String> {
    let candidates = [
        page.language.as_deref().map(str::to_owned),
        page.meta_value("content-language").map(Cow::into_owned),
        article.and_then(|entity| entity.text("inLanguage")).map(str::to_owned),
        page.meta_value("og:locale").map(Cow::into_owned),
    ];
    candidates.into_iter().flatten().find_map(|tag| language_tag(&tag))
}

/// A language tag in the spelling of BCP 47, or `None` for what is none.
pub(crate) fn language_tag(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let fits = |part: &str| part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !(2..=3).contains(&first.len()) || !first.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let mut out = first.to_ascii_lowercase();
    for part in parts {
        if part.is_empty() || !fits(part) {
            break;
        }
        out.push('-');
        if part.len() == 2 { out.push_str(&part.to_ascii_uppercase()) } else { out.push_str(part) }
    }
    Some(out)
}

fn canonical_url(page: &Page<'_>, article: Option<&Entity>, hint: &Hint<'_>) -> Option<String> {
    let base = hint.url.and_then(|url| url::Url::parse(url).ok());
    let candidates = [
        page.canonical.as_deref().map(str::to_owned),
        page.meta_value("og:url").map(Cow::into_owned),
        article.and_then(|entity| entity.text("url")).map(str::to_owned),
    ];
    let own = candidates.into_iter().flatten().find_map(|address| {
        let address = match &base {
            Some(base) => base.join(address.trim()).ok()?,
            None => url::Url::parse(address.trim()).ok()?,
        };
        // Faulty templates name the front page on every page.
        let front = address.path() == "/" && address.query().is_none();
        let is_front = base.as_ref().is_none_or(|base| base.path() == "/" && base.query().is_none());
        if front && !is_front { None } else { canonical(address.as_str()) }
    });
    own.or_else(|| hint.url.and_then(canonical))
}
