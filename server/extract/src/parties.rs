//! The dispute's parties where a text names them.

use std::ops::Range;

use crate::tokens::Tokens;

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
}

struct Name {
    party: usize,
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
                    names.push(Name { party, words });
                }
            }
            // A name in which no such word occurs is most often a company's.
            if own.is_empty()
                && !spellings.iter().any(|name| {
                    name.split(' ').count() == 2
                        && name.starts_with(char::is_uppercase)
                        && !name.contains('.')
                })
            {
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
                out.push(Mention { party, tokens: i..i + length });
                *last = Some(party);
                i += length;
                continue;
            }
            if t.word(i) == "the"
                && let Some(party) = self.by_noun(t.word(i + 1))
                && i + 1 < range.end
                && !t.capital(i + 2)
            {
                out.push(Mention { party, tokens: i..i + 2 });
                *last = Some(party);
                i += 2;
                continue;
            }
            // "It" at the head of a sentence stands for the party the sentence before was about.
            if i == range.start
                && matches!(t.word(i), "it" | "they")
                && let Some(party) = *last
            {
                out.push(Mention { party, tokens: i..i + 1 });
            }
            i += 1;
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
            .filter(|_| t.capital(i) || t.at(i).is_some_and(|token| token.kind != crate::tokens::Kind::Word))
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
