//! The archive of open formats.

use std::collections::BTreeMap;

use impasse_app::model::role::Visibility;
use impasse_formats::{Format, Options};
use impasse_server::{archive, db};
use serde_json::Value;

use super::Home;
use super::fill::{TEXTS, fill};
use super::make::{ada, day, scene};

pub(crate) async fn everything_is_in_the_archive(home: Home) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("site.zip");
    let store = db::open(&home.url).await.unwrap();
    let one = fill(&store).await;
    let two = scene(&*store, "two").await;
    let two = store.set_visibility(&ada(), &two.id, Visibility::Private, false).await.unwrap();
    let gone = scene(&*store, "gone").await;
    store.delete_dispute(&ada(), &gone.id, "").await.unwrap();
    archive::write(&store, "https://e.org", &file).await.unwrap();

    let mut zip = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
    let mut texts = BTreeMap::new();
    for n in 0..zip.len() {
        let entry = zip.by_index(n).unwrap();
        texts.insert(entry.name().unwrap().into_owned(), std::io::read_to_string(entry).unwrap());
    }
    let text = |name: &str| texts.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", texts.keys()));
    let index: Value = serde_json::from_str(text("index.json")).unwrap();
    assert_eq!(index.as_array().unwrap().len(), 2, "what is deleted is left out");
    assert_eq!((&index[0]["folder"], &index[1]["visibility"]), (&"one".into(), &"private".into()));
    assert!(text("index.md").contains("[The one dispute](one/timeline.md)"));
    assert!(
        texts.contains_key(&format!("{}/dispute.json", two.slug)) && !texts.contains_key("gone/dispute.json")
    );

    let events = usize::try_from(index[0]["events"].as_u64().unwrap()).unwrap();
    assert_eq!(events, one.briefs(&*store).await.len());
    let options = Options::on(day("2026-11-28"));
    let json = impasse_formats::read(Format::Json, text("one/dispute.json").as_bytes(), &options);
    let csv = impasse_formats::read(Format::Csv, text("one/events.csv").as_bytes(), &options);
    assert_eq!((json.unwrap().rows.len(), csv.unwrap().rows.len()), (events, events));
    assert_eq!(text("one/events.ics").matches("BEGIN:VEVENT").count(), events);
    assert!(text("one/timeline.md").contains("O'Brien; drop table events"));

    for article in store.articles(&one.id).await.unwrap() {
        let kept = store.article(&one.id, &article.id).await.unwrap().text;
        let (header, body) =
            text(&format!("one/articles/{}.md", article.id)).split_once("\n---\n\n").unwrap();
        assert_eq!(body, format!("{kept}\n"));
        assert!(header.contains(&format!("\npublisher: \"{}\"", article.publisher)), "{header}");
    }
    let revisions: Vec<Value> =
        text("one/revisions.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let all = store.revisions(&one.id, None, None, 1000).await.unwrap();
    assert_eq!(revisions.len(), all.len());
    assert_eq!(revisions.iter().map(|row| row["number"].as_i64().unwrap()).collect::<Vec<_>>(), {
        all.iter().map(|revision| revision.number).collect::<Vec<_>>()
    });
    assert!(revisions.iter().all(|row| row["state"].is_object()), "what was recorded is JSON within JSON");
    assert!(revisions.iter().any(|row| row["reason"] == TEXTS[2]));

    // Each kind of file is explained.
    let readme = text("README.md");
    for name in texts.keys().filter(|name| *name != "README.md") {
        let kind = name.rsplit('/').next().unwrap();
        let kind = if name.contains("/articles/") { "articles/ID.md" } else { kind };
        assert!(readme.contains(&format!("`{kind}`")), "{name} is not explained");
    }
}
