//! Writes a prediction line for every page of a folder, for the scorers of the yardsticks, and the pages a second.
//!
//! `pages readability DIR`: DIR has `manifest.json` and NAME/source.html. `pages dates DIR`: DIR has `gold.jsonl` and
//! html/FILE. Add `--seen` or `--held-out` for the first two of every three pages in sorted order, or the third, and
//! `--explain` for every reading of a date, `--three` to measure three passes over the dates.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use impasse_reader::{Dating, Hint, dates, read};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, folder, flags @ ..] = arguments.as_slice() else {
        return Err("use: pages readability|dates DIR [--seen|--held-out] [--explain]".into());
    };
    let folder = Path::new(folder);
    let flag = |name: &str| flags.iter().any(|flag| flag == name);
    let kept = |at: usize| !(flag("--seen") && at % 3 == 2 || flag("--held-out") && at % 3 != 2);
    let mut pages = 0;
    if task == "dates" {
        let gold = fs::read_to_string(folder.join("gold.jsonl"))?;
        let mut gold: Vec<Value> = gold.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        gold.sort_by(|a, b| a["file"].as_str().cmp(&b["file"].as_str()));
        let mut loaded = Vec::new();
        for (at, page) in gold.iter().enumerate() {
            if kept(at) {
                let file = page["file"].as_str().ok_or("a page without a file")?;
                loaded.push((page, fs::read(folder.join("html").join(file))?));
            }
        }
        pages += loaded.len();
        // The first pass is slower: code and pages come into the caches, where they are for a scraper at work.
        let passes = if flag("--three") { 3 } else { 1 };
        let mut read: Vec<Dating> = Vec::new();
        for _ in 0..passes {
            let started = Instant::now();
            read = loaded.iter().map(|(_, bytes)| dates(bytes, &Hint::default())).collect();
            let seconds = started.elapsed().as_secs_f64();
            eprintln!("{pages} pages in {seconds:.4} s: {:.0} a second", pages as f64 / seconds);
        }
        for ((page, _), dating) in loaded.iter().zip(&read) {
            let day = dating.published.as_ref().map(|reading| reading.day.to_string());
            println!("{}", json!({"file": page["file"], "published": day}));
            if flag("--explain") && day.as_deref() != page["date"].as_str() {
                eprintln!("{} wanted {} got {day:?} {}", page["file"], page["date"], page["url"]);
                for reading in &dating.readings {
                    eprintln!(
                        "    {} {:?} {} {:?}",
                        reading.day, reading.role, reading.source, reading.wording
                    );
                }
            }
        }
    } else {
        let manifest: Vec<Value> = serde_json::from_str(&fs::read_to_string(folder.join("manifest.json"))?)?;
        let mut names: Vec<&str> = manifest.iter().filter_map(|page| page["name"].as_str()).collect();
        names.sort_unstable();
        let mut seconds = 0.0;
        for (at, name) in names.into_iter().enumerate() {
            if !kept(at) {
                continue;
            }
            let bytes = fs::read(folder.join(name).join("source.html"))?;
            let started = Instant::now();
            let document = read(&bytes, &Hint { content_type: Some("text/html"), ..Hint::default() });
            seconds += started.elapsed().as_secs_f64();
            pages += 1;
            match document {
                Ok(document) => {
                    let day = document.published.as_ref().map(|reading| reading.day.to_string());
                    println!(
                        "{}",
                        json!({"name": name, "title": document.title, "byline": document.byline, "published": day,
                            "text": document.text, "authors": document.authors})
                    );
                }
                Err(error) => eprintln!("{name}: {error}"),
            }
        }
        eprintln!("{pages} pages in {seconds:.4} s: {:.0} a second", f64::from(pages as u32) / seconds);
    }
    Ok(())
}
