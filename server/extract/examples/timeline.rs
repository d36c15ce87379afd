//! Ranks the dates of a topic in the layout of Timeline17: `timeline DIR` reads every `DIR/*/articles.jsonl` and
//! `timelines.jsonl` and writes `{topic, timeline, dates}` lines, as many dates as the timeline has, within its range.

use std::io::Write;

use impasse_extract::{Date, Dated, RankOptions, rank_dates};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = std::env::args().nth(1).ok_or("usage: timeline DIR")?;
    let mut out = std::io::stdout().lock();
    let mut topics: Vec<_> = std::fs::read_dir(root)?.collect::<Result<Vec<_>, _>>()?;
    topics.sort_by_key(std::fs::DirEntry::path);
    for topic in topics {
        let read = |name: &str| -> Result<Vec<Value>, Box<dyn std::error::Error>> {
            let text = std::fs::read_to_string(topic.path().join(name))?;
            text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
        };
        let articles = read("articles.jsonl")?;
        for timeline in read("timelines.jsonl")? {
            let mut gold: Vec<&str> = timeline["entries"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|entry| entry["date"].as_str())
                .collect();
            gold.sort_unstable();
            gold.dedup();
            let from = gold.first().copied().and_then(Date::parse);
            let to = gold.last().copied().and_then(Date::parse);
            let dated: Vec<Dated<'_>> = articles
                .iter()
                .filter_map(|article| {
                    Some(Dated {
                        published: Date::parse(article["date"].as_str()?)?,
                        text: article["text"].as_str()?,
                    })
                })
                .filter(|article| {
                    from.is_none_or(|from| article.published >= from)
                        && to.is_none_or(|to| article.published <= to)
                })
                .collect();
            let options = RankOptions { from, to, limit: Some(gold.len()), keywords: Vec::new() };
            let dates: Vec<String> =
                rank_dates(&dated, &options).iter().map(|ranked| ranked.date.to_string()).collect();
            let name = topic.file_name().to_string_lossy().into_owned();
            let record = json!({"topic": name, "timeline": timeline["name"], "dates": dates});
            writeln!(out, "{record}")?;
        }
    }
    Ok(())
}
