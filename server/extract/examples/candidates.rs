//! Reads an article from standard input and prints what was read from it. The first argument is the day of publication.

use std::io::{Read, Write};

use impasse_extract::{Context, Date, Party, candidates};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let published = std::env::args().nth(1).as_deref().and_then(Date::parse);
    // Further arguments are parties: KEY=Name|Alias|Alias.
    let parties: Vec<Party> = std::env::args()
        .skip(2)
        .filter_map(|argument| {
            let (key, names) = argument.split_once('=')?;
            let mut names = names.split('|').map(str::to_owned);
            Some(Party { key: key.to_owned(), name: names.next()?, aliases: names.collect() })
        })
        .collect();
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text)?;
    let context = Context { published, parties: &parties, ..Context::default() };
    let extraction = candidates(&text, &context);
    let mut out = std::io::stdout().lock();
    for candidate in &extraction.candidates {
        writeln!(
            out,
            "{:.2} {} | {} | {} | {}\n     printed {:?}; {}; {}",
            candidate.score,
            candidate.edtf.as_deref().unwrap_or("undated"),
            candidate.kind.as_str(),
            candidate.phase.as_str(),
            candidate.title,
            candidate.date_printed,
            candidate.date_rule,
            candidate.date_basis
        )?;
        writeln!(out, "     parties {:?}; {}", candidate.parties, candidate.reasons.join("; "))?;
        for quote in &candidate.quotes {
            let attribution = &quote.attribution;
            writeln!(
                out,
                "     [{} \"{}\" {:?}] {}",
                attribution.kind.as_str(),
                attribution.wording,
                attribution.count,
                quote.text
            )?;
        }
    }
    Ok(())
}
