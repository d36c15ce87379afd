//! From what a file says to what the store keeps: parties by key or name, sources by their articles.

use std::collections::{BTreeSet, HashMap, HashSet};

use impasse_app::forms::slug_of;
use impasse_app::model::article::{Article, ArticleDraft, Dating, Passage, Stage, Way};
use impasse_app::model::date::EventDate;
use impasse_app::model::dispute::{Party, PartyDraft, PartyKind};
use impasse_app::model::due::Due;
use impasse_app::model::event::{
    Attribution, AttributionKind, CitationDraft, Event, EventDraft, EventParty, Importance, Kind, Phase, Role,
};
use impasse_app::model::id::ArticleId;
use impasse_app::model::record::Record;

use crate::draft::{Draft, DraftParty, DraftSource, Quote, folded};
use crate::reading::{Note, Reading};
use impasse_app::t;

/// The party that a file means: by its key or, without one or if none has it, by its name or another name of it.
pub(crate) fn find_party<'a>(record: &'a Record, named: &DraftParty) -> Option<&'a Party> {
    let by_key = named.key.as_ref().and_then(|key| record.parties.iter().find(|party| party.key == *key));
    let name = folded(&named.name);
    let by_name = || record.parties.iter().find(|party| folded(&party.name) == name);
    let by_alias = || {
        let has_alias = |party: &&Party| party.aliases.iter().any(|alias| folded(alias) == name);
        record.parties.iter().find(has_alias)
    };
    by_key.or_else(by_name).or_else(by_alias)
}

/// The article that a file means: by its identifier, its address or, where one of the two has no address, by headline,
/// publisher and day.
pub(crate) fn find_article<'a>(record: &'a Record, source: &DraftSource) -> Option<&'a Article> {
    let by_id = source
        .article
        .as_ref()
        .and_then(|id| record.articles.iter().find(|article| article.id.0 == *id))
        .filter(|article| source.url.is_none() || article.url.is_none() || has_address(article, source));
    let by_address = || record.articles.iter().find(|article| has_address(article, source));
    let by_title = || {
        let is_it = |article: &&Article| {
            (article.url.is_none() || source.url.is_none())
                && article.published == source.published
                && folded(&article.title) == folded(&source.title)
                && folded(&article.publisher) == folded(&source.publisher)
        };
        let is_named = !source.title.trim().is_empty() || !source.publisher.trim().is_empty();
        record.articles.iter().find(is_it).filter(|_| is_named)
    };
    by_id.or_else(by_address).or_else(by_title)
}

fn has_address(article: &Article, source: &DraftSource) -> bool {
    let Some(url) = source.url.as_deref() else { return false };
    article.url.as_deref() == Some(url) || article.canonical.as_deref() == Some(url)
}

/// Whether the sources are of one article, as far as a file says.
fn is_same_article(one: &DraftSource, other: &DraftSource) -> bool {
    let by_id = one.article.is_some() && one.article == other.article;
    let by_address = one.url.is_some() && one.url == other.url;
    let by_title = one.url.is_none()
        && other.url.is_none()
        && one.article.is_none()
        && other.article.is_none()
        && folded(&one.title) == folded(&other.title)
        && folded(&one.publisher) == folded(&other.publisher)
        && one.published == other.published;
    by_id || by_address || by_title
}

/// The parties that rows name and that are not there, described as far as the file does.
pub(crate) fn new_parties<'a>(
    reading: &Reading,
    record: &Record,
    drafts: impl Iterator<Item = &'a Draft>,
) -> Vec<PartyDraft> {
    let mut keys: BTreeSet<String> = record.parties.iter().map(|party| party.key.clone()).collect();
    let mut made: Vec<PartyDraft> = Vec::new();
    let mut named: HashSet<(Option<&str>, String)> = HashSet::new();
    for party in drafts.flat_map(|draft| draft.parties.iter().flatten()) {
        let name = folded(&party.name);
        if !named.insert((party.key.as_deref(), name.clone())) {
            continue;
        }
        let is_made =
            made.iter().any(|one| party.key.as_ref() == Some(&one.key) || folded(&one.name) == name);
        if name.is_empty() || is_made || find_party(record, party).is_some() {
            continue;
        }
        let described = reading.parties.iter().find(|one| party.key.as_ref() == Some(&one.key));
        let wished = described.map(|one| one.key.clone()).unwrap_or_default();
        let base = [slug_of(&wished), slug_of(&party.name), "party".to_owned()];
        let base = base.into_iter().find(|base| !base.is_empty()).unwrap_or_default();
        let numbered = (2..).map(|n: usize| format!("{base}-{n}"));
        let key = std::iter::once(base.clone()).chain(numbered).find(|key| !keys.contains(key));
        let key = key.unwrap_or(base);
        keys.insert(key.clone());
        made.push(PartyDraft {
            key,
            name: party.name.trim().to_owned(),
            aliases: described.map(|one| one.aliases.clone()).unwrap_or_default(),
            kind: described.map_or(PartyKind::Other, |one| one.kind),
        });
    }
    made
}

/// The articles that rows quote and that are not there. Their text is what the rows quote of them, since the file has
/// no more.
pub(crate) fn new_articles<'a>(
    record: &Record,
    drafts: impl Iterator<Item = &'a Draft>,
    by: &str,
) -> Vec<ArticleDraft> {
    let mut made: Vec<(&DraftSource, Vec<&str>)> = Vec::new();
    // By address or identifier first, so that long files are not compared pair by pair.
    let mut places: HashMap<&str, usize> = HashMap::new();
    for source in drafts.flat_map(|draft| draft.sources.iter().flatten()) {
        let words = source.words().trim();
        if words.is_empty() || find_article(record, source).is_some() {
            continue;
        }
        let name = source.url.as_deref().or(source.article.as_deref());
        let place = match name {
            Some(name) => places.get(name).copied(),
            None => made.iter().position(|(one, _)| is_same_article(one, source)),
        };
        match place.and_then(|place| made.get_mut(place)) {
            Some((_, quotes)) if quotes.iter().any(|quote| quote.contains(words)) => {}
            Some((_, quotes)) => quotes.push(words),
            None => {
                places.extend(name.map(|name| (name, made.len())));
                made.push((source, vec![words]));
            }
        }
    }
    let drafts = made.into_iter().map(|(source, quotes)| ArticleDraft {
        url: source.url.clone(),
        publisher: source.publisher.clone(),
        title: source.title.clone(),
        byline: source.byline.clone(),
        published: source.published,
        text: quotes.join("\n\n"),
        stage: Stage::Kept,
        way: Way::File,
        dating: Dating::given(by),
        ..ArticleDraft::default()
    });
    drafts.collect()
}

/// What the store needs to keep a row as an event: a new one or, with `event`, that one changed. What the row says
/// nothing of is left as it is. Parties and articles of [`crate::Plan`] must be in `record` by now; `texts` has the
/// texts of the articles that are cited. A quote that is not in the article's text is not cited, with a note. What
/// it says of another event is taken only once that is in `record`: when everything is made, this is left to do.
pub fn event_draft(
    draft: &Draft,
    event: Option<&Event>,
    record: &Record,
    texts: &HashMap<ArticleId, String>,
) -> (EventDraft, Vec<Note>) {
    let mut notes = Vec::new();
    let mut kept = event.cloned().map_or_else(new_event, EventDraft::from);
    kept.date = Some(draft.date.clone());
    kept.title = draft.title.trim().to_owned();
    if let Some(description) = &draft.description {
        kept.description.clone_from(description);
    }
    kept.kind = draft.kind.unwrap_or(kept.kind);
    kept.phase = draft.phase.unwrap_or(kept.phase);
    kept.importance = draft.importance.unwrap_or(kept.importance);
    kept.sequence = draft.sequence.unwrap_or(kept.sequence);
    if let Some(due) = &draft.due {
        let rule = due.rule.clone().filter(|rule| record.event(&rule.base).is_some());
        kept.due = Some(Due { state: due.state, rule });
    }
    if let Some(first) = draft.step_of.as_ref().filter(|first| record.event(first).is_some()) {
        kept.step_of = Some(first.clone());
    }
    if let Some(parties) = &draft.parties {
        kept.parties = parts(record, parties, event);
    }
    if let Some(sources) = &draft.sources {
        let mut before = std::mem::take(&mut kept.citations);
        for source in sources.iter().filter(|source| !source.words().trim().is_empty()) {
            match citation(source, &mut before, record, texts) {
                Ok(citation) => kept.citations.push(citation),
                Err(why) => notes.push(Note::warning("quote", why)),
            }
        }
        // What the file does not name is kept: it was found here, and a file made earlier knows nothing of it.
        kept.citations.append(&mut before);
    }
    (kept, notes)
}

fn new_event() -> EventDraft {
    EventDraft {
        date: None,
        title: String::new(),
        description: String::new(),
        kind: Kind::Other,
        phase: Phase::Done,
        importance: Importance::Normal,
        sequence: 0,
        due: None,
        step_of: None,
        parties: Vec::new(),
        citations: Vec::new(),
    }
}

/// Who took part, each once. Of a party whose part the file does not give, the part stays what it is; a new one is
/// taken as an actor.
pub(crate) fn parts(record: &Record, parties: &[DraftParty], event: Option<&Event>) -> Vec<EventParty> {
    let mut parts: Vec<EventParty> = Vec::new();
    for named in parties {
        let Some(party) = find_party(record, named) else { continue };
        if parts.iter().any(|part| part.party == party.id) {
            continue;
        }
        let before = event.and_then(|event| event.parties.iter().find(|part| part.party == party.id));
        let role = named.role.or(before.map(|part| part.role)).unwrap_or(Role::Actor);
        parts.push(EventParty { party: party.id.clone(), role });
    }
    parts
}

/// Whether an event has the citation that a source means, with all that the source says of it.
pub(crate) fn is_cited(event: &Event, record: &Record, source: &DraftSource) -> bool {
    let Some(article) = find_article(record, source) else { return false };
    event.citations.iter().any(|citation| {
        citation.article == article.id
            && is_said_there(&citation.passage, source)
            && agrees(&citation.attribution, citation.date.as_ref(), source)
    })
}

fn is_said_there(passage: &Passage, source: &DraftSource) -> bool {
    folded(&passage.exact) == folded(source.words())
}

fn agrees(attribution: &Attribution, date: Option<&EventDate>, source: &DraftSource) -> bool {
    source.attribution.as_ref().is_none_or(|said| said == attribution)
        && source.date.as_ref().is_none_or(|said| Some(said) == date)
}

/// The citation for a source, which is taken from those before if it is among them.
fn citation(
    source: &DraftSource,
    before: &mut Vec<CitationDraft>,
    record: &Record,
    texts: &HashMap<ArticleId, String>,
) -> Result<CitationDraft, String> {
    let article = find_article(record, source).ok_or(t!("row-no-article"))?;
    // The same words may be cited twice, with different people saying so: the identifier tells, then what agrees.
    let likeness = |citation: &CitationDraft| {
        let is_it = citation.article == article.id && is_said_there(&citation.passage, source);
        is_it.then(|| {
            let has_id = citation.id.as_ref().map(|id| &id.0) == source.id.as_ref();
            (source.id.is_some() && has_id, agrees(&citation.attribution, citation.date.as_ref(), source))
        })
    };
    let best = before.iter().enumerate().filter_map(|(at, one)| Some((likeness(one)?, at))).max_by_key(
        |(like, at)| {
            // Of equals the first.
            (*like, std::cmp::Reverse(*at))
        },
    );
    let same = best.map(|(_, at)| before.remove(at));
    let passage = match &same {
        Some(citation) => citation.passage.clone(),
        None => {
            let found = texts.get(&article.id).zip(source.quote.as_ref());
            found
                .and_then(|(text, quote)| passage(text, quote))
                .ok_or_else(|| t!("row-quote-elsewhere", words = crate::draft::cut(source.words())))?
        }
    };
    let (id, said, date) =
        same.map_or((None, None, None), |same| (same.id, Some(same.attribution), same.date));
    Ok(CitationDraft {
        id,
        article: article.id.clone(),
        passage,
        // A file that does not say who says so has it from the outlet.
        attribution: source.attribution.clone().or(said).unwrap_or_else(|| Attribution {
            kind: AttributionKind::Outlet,
            wording: String::new(),
            count: None,
        }),
        date: source.date.clone().or(date),
    })
}

/// Where the words stand in a text: at the place that the file gives if they are there, else after the same words as
/// in the file, else where they stand first.
fn passage(text: &str, quote: &Quote) -> Option<Passage> {
    let words = quote.exact.trim();
    if let Some((start, _)) = quote.place
        && let Ok(start) = usize::try_from(start)
        && let Some((at, _)) = text.char_indices().nth(start)
        && text.get(at..).is_some_and(|rest| rest.starts_with(&quote.exact))
    {
        return Passage::at(text, at..at + quote.exact.len());
    }
    if words.is_empty() {
        return None;
    }
    let surrounded = text.match_indices(words).find(|(at, _)| {
        let (before, after) = (text.get(..*at), text.get(at + words.len()..));
        before.is_some_and(|text| text.ends_with(&quote.prefix))
            && after.is_some_and(|text| text.starts_with(&quote.suffix))
    });
    match surrounded {
        Some((at, _)) => Passage::at(text, at..at + words.len()),
        None => Passage::find(text, words),
    }
}
