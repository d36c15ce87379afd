//! The dispute's parties where a text names them.

use std::ops::Range;

use crate::lexicon;
use crate::tokens::Tokens;
use crate::words::among;

/// An actor in the dispute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The caller's key for the party.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Other names it goes by: "Pentagon", "Department of Defense", "Department of War".
    pub aliases: Vec<String>,
}

/// A place where a party is named.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// The party's place in the context's list.
    pub(crate) party: usize,
    /// Tokens of the name.
    pub(crate) tokens: Range<usize>,
    /// Whether a pronoun or "the company" stands for the name.
    pub(crate) implied: bool,
}

struct Name {
    party: usize,
    /// Whether the name is written small, so that only "the" before it makes it a name: "the ministry".
    small: bool,
    words: Vec<String>,
}

/// The names of all parties, ready to be looked up.
pub(crate) struct Names {
    /// Sorted by first word.
    names: Vec<Name>,
    /// For each party, what "the company" or "the department" would call it.
    nouns: Vec<Vec<String>>,
}

const ROLE_NOUNS: [&str; 34] = [
    "company",
    "firm",
    "startup",
    "developer",
    "maker",
    "department",
    "ministry",
    "agency",
    "bureau",
    "commission",
    "administration",
    "court",
    "union",
    "association",
    "committee",
    "council",
    "government",
    "group",
    "board",
    "authority",
    "regulator",
    "university",
    "institute",
    "army",
    "corporation",
    "lab",
    "organization",
    "organisation",
    "coalition",
    "federation",
    "bank",
    "manufacturer",
    "operator",
    "vendor",
];

impl Names {
    pub(crate) fn new(parties: &[Party]) -> Self {
        let mut names = Vec::new();
        let mut nouns = Vec::with_capacity(parties.len());
        for (party, one) in parties.iter().enumerate() {
            let mut own = Vec::new();
            let spellings: Vec<&str> =
                std::iter::once(&one.name).chain(&one.aliases).map(String::as_str).collect();
            for name in &spellings {
                let small = name.trim_start_matches("the ").starts_with(char::is_lowercase);
                let tokens = Tokens::new(name);
                let words: Vec<String> = (0..tokens.len()).map(|i| tokens.word(i).to_owned()).collect();
                let words: Vec<String> = match words.first().map(String::as_str) {
                    Some("the") if words.len() > 1 => words[1..].to_vec(),
                    _ => words,
                };
                for word in &words {
                    if ROLE_NOUNS.contains(&word.as_str()) && !own.contains(word) {
                        own.push(word.clone());
                    }
                }
                if !words.is_empty()
                    && !names.iter().any(|held: &Name| held.party == party && held.words == words)
                {
                    names.push(Name { party, small, words });
                }
            }
            // A name in which no such word occurs is most often a company's.
            let person = spellings.iter().any(|name| {
                name.split(' ').count() == 2
                    && name.starts_with(char::is_uppercase)
                    && !name.contains('.')
                    // People go by their last name, companies by their first.
                    && !spellings.iter().any(|other| name.split(' ').next() == Some(other))
            });
            if own.is_empty() && !person {
                own.extend(["company", "firm", "startup", "developer", "maker"].map(str::to_owned));
            }
            nouns.push(own);
        }
        names.sort_by(|a, b| a.words[0].cmp(&b.words[0]).then(b.words.len().cmp(&a.words.len())));
        Self { names, nouns }
    }

    /// The mentions between two tokens. `last` carries the party that pronouns and role nouns refer to.
    pub(crate) fn mentions(
        &self,
        t: &Tokens<'_>,
        range: Range<usize>,
        last: &mut Option<usize>,
    ) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        let mut i = range.start;
        while i < range.end {
            if let Some((party, length)) = self.named(t, i, range.end) {
                out.push(Mention { party, tokens: i..i + length, implied: false });
                *last = Some(party);
                i += length;
                continue;
            }
            if t.word(i) == "the"
                && let Some(party) = self.by_noun(t.word(i + 1))
                && i + 1 < range.end
                && !t.capital(i + 1)
                && !t.capital(i + 2)
            {
                out.push(Mention { party, tokens: i..i + 2, implied: true });
                *last = Some(party);
                i += 2;
                continue;
            }
            // "A ministry spokesman".
            if speaks(t, i + 1)
                && !t.capital(i)
                && i + 1 < range.end
                && let Some(party) = self.by_noun(t.word(i))
            {
                out.push(Mention { party, tokens: i..i + 1, implied: false });
                *last = Some(party);
                i += 1;
                continue;
            }
            // "The two sides" are the parties of a dispute that has two.
            if self.nouns.len() == 2
                && matches!(t.word(i), "two" | "both")
                && matches!(t.word(i + 1), "sides" | "parties")
                && i + 1 < range.end
            {
                for party in 0..2 {
                    out.push(Mention { party, tokens: i..i + 2, implied: false });
                }
                i += 2;
                continue;
            }
            // "It" at the head of a sentence stands for the party the sentence before was about.
            if heads(t, range.start, i)
                && matches!(t.word(i), "it" | "they")
                && !expletive(t, i)
                && let Some(party) = *last
            {
                out.push(Mention { party, tokens: i..i + 1, implied: true });
            }
            i += 1;
        }
        // "its challenge": the party that the sentence before was about.
        if out.is_empty()
            && let Some(party) = *last
            && let Some(at) = range.into_iter().find(|&i| matches!(t.word(i), "its" | "their"))
        {
            out.push(Mention { party, tokens: at..at, implied: true });
        }
        out
    }

    fn named(&self, t: &Tokens<'_>, i: usize, limit: usize) -> Option<(usize, usize)> {
        let word = t.word(i);
        let from = self.names.partition_point(|name| name.words[0].as_str() < word);
        self.names[from..]
            .iter()
            .take_while(|name| name.words[0] == word)
            .find(|name| {
                i + name.words.len() <= limit
                    && name.words.iter().enumerate().all(|(at, word)| t.word(i + at) == word)
            })
            .filter(|name| {
                t.capital(i)
                    || t.at(i).is_some_and(|token| token.kind != crate::tokens::Kind::Word)
                    || name.small
                        && (name.words.len() > 1
                            || i > 0 && t.word(i - 1) == "the"
                            || speaks(t, i + name.words.len()))
            })
            .map(|name| (name.party, name.words.len()))
    }

    /// The one party a role noun can stand for.
    fn by_noun(&self, noun: &str) -> Option<usize> {
        let mut fitting =
            self.nouns.iter().enumerate().filter(|(_, nouns)| nouns.iter().any(|own| own == noun));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first.0)
    }
}

/// A name as it stands inside a sentence: "the Department of Defense", but "Anthropic".
pub(crate) fn with_article(name: &str) -> String {
    let office = name.split(' ').any(|word| ROLE_NOUNS.contains(&word.to_lowercase().as_str()));
    if office && !name.to_lowercase().starts_with("the ") { format!("the {name}") } else { name.to_owned() }
}

/// Whether the word after a party's name says that it speaks: "a ministry spokesman".
fn speaks(t: &Tokens<'_>, i: usize) -> bool {
    among(t.word(i), "spokesman spokeswoman spokesperson official officials lawyer lawyers")
}

/// Whether only a date stands before the token: "On Wednesday it asked", "In March they met".
pub(crate) fn heads(t: &Tokens<'_>, from: usize, i: usize) -> bool {
    i == from
        || i < from + 6
            && matches!(t.word(from), "on" | "in")
            && (from + 1..i).all(|at| {
                let word = t.word(at);
                lexicon::weekday(word).is_some()
                    || lexicon::month(word).is_some()
                    || word.starts_with(|c: char| c.is_ascii_digit())
                    || matches!(word, "." | ",")
            })
}

/// Whether "it" stands for nothing: "it is unclear whether", "it remains to be seen".
fn expletive(t: &Tokens<'_>, i: usize) -> bool {
    among(t.word(i + 1), "is was remains remained seems seemed appears 's ’s takes took")
        || (i + 2..i + 5).any(|at| t.word(at) == "been")
            && (i + 3..i + 9).any(|at| matches!(t.word(at), "that" | "since" | "for"))
}
