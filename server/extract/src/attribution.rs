//! Who says so.

use crate::lexicon;
use crate::tokens::Tokens;

/// How a source stands behind a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributionKind {
    /// A named person or organisation, for quotation.
    OnRecord,
    /// A named document: a memo, a filing, a letter.
    Document,
    /// A spokesperson who is not named.
    Spokesperson,
    /// People who are not named.
    Unnamed,
    /// The outlet itself.
    Outlet,
    /// Asked and gave no answer: declined to comment, did not respond.
    Declined,
}

impl AttributionKind {
    /// The name in lower case, as stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnRecord => "on_record",
            Self::Document => "document",
            Self::Spokesperson => "spokesperson",
            Self::Unnamed => "unnamed",
            Self::Outlet => "outlet",
            Self::Declined => "declined",
        }
    }
}

/// Who says so, in the words of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// How the source stands behind the claim.
    pub kind: AttributionKind,
    /// The wording as printed: "six people familiar with the talks"; empty when the outlet itself says so.
    pub wording: String,
    /// How many unnamed sources there are, when the wording says.
    pub count: Option<u32>,
}

impl Attribution {
    fn new(kind: AttributionKind, wording: &str) -> Self {
        Self { kind, wording: wording.trim().to_owned(), count: None }
    }
}

const SOURCES: [&str; 14] = [
    "people",
    "persons",
    "person",
    "officials",
    "official",
    "sources",
    "source",
    "aides",
    "aide",
    "executives",
    "employees",
    "insiders",
    "diplomats",
    "lawyers",
];
const SAYING: [&str; 40] = [
    "said",
    "says",
    "say",
    "told",
    "added",
    "adds",
    "argued",
    "argue",
    "argues",
    "announced",
    "stated",
    "warned",
    "acknowledged",
    "confirmed",
    "denied",
    "claimed",
    "insisted",
    "explained",
    "noted",
    "testified",
    "wrote",
    "disclosed",
    "suggested",
    "contended",
    "asserted",
    "called",
    "accused",
    "urged",
    "criticized",
    "criticised",
    "described",
    "characterized",
    "characterised",
    "reported",
    "declared",
    "maintained",
    "cited",
    "citing",
    "reference",
    "referenced",
];
const DOCUMENTS: [&str; 22] = [
    "memo",
    "memorandum",
    "filing",
    "filings",
    "document",
    "documents",
    "letter",
    "records",
    "record",
    "complaint",
    "order",
    "report",
    "email",
    "emails",
    "transcript",
    "lawsuit",
    "notice",
    "petition",
    "brief",
    "ruling",
    "contract",
    "affidavit",
];

/// Whether the verb reports what somebody said.
pub(crate) fn is_saying(word: &str) -> bool {
    SAYING.contains(&word)
}

/// Whether the noun names a kind of document.
pub(crate) fn is_document(word: &str) -> bool {
    DOCUMENTS.contains(&word)
}

/// The attribution of a sentence, given as tokens from `from` to `to`.
pub(crate) fn of_sentence(t: &Tokens<'_>, from: usize, to: usize) -> Attribution {
    declined(t, from, to)
        .or_else(|| unnamed(t, from, to))
        .or_else(|| spokesperson(t, from, to))
        .or_else(|| according_to(t, from, to))
        .or_else(|| speaker(t, from, to))
        .unwrap_or_else(|| Attribution::new(AttributionKind::Outlet, ""))
}

fn printed<'a>(t: &Tokens<'a>, from: usize, to: usize) -> &'a str {
    match (t.at(from), t.at(to.wrapping_sub(1))) {
        (Some(a), Some(b)) if from < to => &t.text[a.start..b.end],
        _ => "",
    }
}

/// Where "declined to comment" or "did not respond" begins, and where it ends.
pub(crate) fn no_answer(t: &Tokens<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let comment = |from: usize| {
        let reach = from..to.min(from + 8);
        let asked = |at: &usize| {
            matches!(
                t.word(*at),
                "comment" | "comments" | "inquiries" | "inquiry" | "questions" | "elaborate"
            )
        };
        reach
            .clone()
            .find(asked)
            .or_else(|| reach.clone().find(|&at| matches!(t.word(at), "request" | "requests")))
    };
    for i in from..to {
        match t.word(i) {
            "declined" | "refused" | "declines" | "declining" if t.word(i + 1) == "to" => {
                if let Some(end) = comment(i + 1).or_else(|| {
                    (i + 2..to.min(i + 5))
                        .find(|&at| matches!(t.word(at), "say" | "respond" | "answer" | "discuss"))
                }) {
                    return Some((i, end + 1));
                }
            }
            "did" | "had" | "has" | "have" | "didn't" | "not" => {
                let respond = (i + 1..to.min(i + 5)).find(|&at| {
                    matches!(
                        t.word(at),
                        "respond"
                            | "responded"
                            | "responding"
                            | "reply"
                            | "replied"
                            | "return"
                            | "returned"
                            | "answer"
                            | "answered"
                            | "comment"
                    )
                });
                let negated = t.word(i) == "not"
                    || t.word(i) == "didn't"
                    || (i + 1..to.min(i + 4)).any(|at| matches!(t.word(at), "not" | "n't"));
                if let Some(at) = respond.filter(|_| negated) {
                    let end = comment(at).map_or(at + 1, |end| end + 1);
                    let calls = matches!(t.word(at), "return" | "returned")
                        && !(at..to.min(at + 5)).any(|w| {
                            matches!(t.word(w), "calls" | "call" | "messages" | "message" | "emails")
                        });
                    let answer = matches!(t.word(at), "answer" | "answered") && comment(at).is_none();
                    if !calls && !answer {
                        return Some((i, end));
                    }
                }
            }
            "could" | "couldn't" => {
                let reached = (i + 1..to.min(i + 6)).find(|&at| t.word(at) == "reached");
                if let (Some(at), true) = (reached, t.word(i) == "couldn't" || t.word(i + 1) == "not") {
                    return Some((i, at + 1));
                }
            }
            _ => {}
        }
    }
    None
}

fn declined(t: &Tokens<'_>, from: usize, to: usize) -> Option<Attribution> {
    let (begin, end) = no_answer(t, from, to)?;
    Some(Attribution::new(AttributionKind::Declined, printed(t, begin, end)))
}

/// "six people familiar with the talks", "officials who spoke on condition of anonymity", "Pentagon officials".
fn unnamed(t: &Tokens<'_>, from: usize, to: usize) -> Option<Attribution> {
    for i in from..to {
        if !SOURCES.contains(&t.word(i)) {
            continue;
        }
        let familiar = matches!(t.word(i + 1), "familiar" | "briefed" | "close" | "involved")
            || matches!(
                (t.word(i + 1), t.word(i + 2)),
                ("with", "knowledge" | "direct" | "the" | "first-hand")
                    | ("who", "spoke" | "were" | "was" | "asked" | "requested" | "are" | "have")
                    | ("speaking", "on")
                    | ("granted", "anonymity")
                    | ("not", "authorized")
            );
        let speaks = (i + 1..to.min(i + 16)).any(|at| is_saying(t.word(at)))
            || (from..i).any(|at| t.word(at) == "according" || is_saying(t.word(at)));
        let officials = matches!(
            t.word(i),
            "officials" | "official" | "sources" | "source" | "aides" | "executives" | "diplomats"
        ) && speaks;
        if !(familiar && speaks || officials) || !anonymous(t, i) {
            continue;
        }
        let mut begin = i;
        while begin > from && noun_phrase_word(t, begin - 1) {
            begin -= 1;
        }
        let mut end = i + 1;
        if familiar {
            while end < to
                && end < i + 12
                && !matches!(t.word(end), "," | "." | ";" | "\"" | "”")
                && !is_saying(t.word(end))
                && t.word(end) != "-"
            {
                end += 1;
            }
        }
        let count = (begin..i)
            .find_map(|at| lexicon::small_number(t.word(at)).or_else(|| t.word(at).parse().ok()))
            .or_else(|| matches!(t.word(begin), "a" | "an").then_some(1));
        return Some(Attribution {
            count,
            ..Attribution::new(AttributionKind::Unnamed, printed(t, begin, end))
        });
    }
    None
}

/// "Pentagon official Dana Reyes" is named; "a Pentagon official" is not.
fn anonymous(t: &Tokens<'_>, i: usize) -> bool {
    !t.capital(i + 1) || matches!(t.word(i), "officials" | "people" | "sources")
}

fn noun_phrase_word(t: &Tokens<'_>, i: usize) -> bool {
    let word = t.word(i);
    t.at(i).is_some_and(|token| token.kind != crate::tokens::Kind::Mark)
        && !matches!(
            word,
            "to" | "by"
                | "said"
                | "of"
                | "that"
                | "and"
                | "but"
                | "with"
                | "from"
                | "on"
                | "in"
                | "after"
                | "as"
                | "while"
                | "according"
                | "told"
                | "for"
                | "at"
                | "when"
                | "because"
                | "which"
                | "who"
                | "or"
                | "if"
                | "is"
                | "was"
                | "were"
                | "are"
                | "has"
                | "have"
                | "had"
        )
        && !is_saying(word)
}

fn spokesperson(t: &Tokens<'_>, from: usize, to: usize) -> Option<Attribution> {
    let at = (from..to)
        .find(|&i| matches!(t.word(i), "spokesperson" | "spokesman" | "spokeswoman" | "spokespeople"))?;
    let mut begin = at;
    while begin > from && noun_phrase_word(t, begin - 1) {
        begin -= 1;
    }
    let named = t.capital(at + 1);
    let mut end = at + 1;
    while end < to
        && end < at + 8
        && (noun_phrase_word(t, end) || matches!(t.word(end), "for" | "of" | "at") && end == at + 1)
        && lexicon::tense(t.word(end)).is_none()
    {
        end += 1;
    }
    let kind = if named { AttributionKind::OnRecord } else { AttributionKind::Spokesperson };
    Some(Attribution::new(kind, printed(t, begin, end)))
}

fn according_to(t: &Tokens<'_>, from: usize, to: usize) -> Option<Attribution> {
    let at = (from..to).find(|&i| t.word(i) == "according" && t.word(i + 1) == "to")?;
    let begin = at + 2;
    let mut end = begin;
    while end < to && end < begin + 12 && !matches!(t.word(end), "," | "." | ";" | ":" | "\"" | "”" | "-") {
        end += 1;
    }
    let document = (begin..end).any(|i| is_document(t.word(i)));
    let vague = matches!(t.word(begin), "those" | "people");
    let kind = if document {
        AttributionKind::Document
    } else if vague {
        AttributionKind::Unnamed
    } else {
        AttributionKind::OnRecord
    };
    Some(Attribution::new(kind, printed(t, begin, end)))
}

/// A named speaker before or after a verb of saying; a document that "says".
fn speaker(t: &Tokens<'_>, from: usize, to: usize) -> Option<Attribution> {
    for i in from..to {
        let statement =
            t.word(i) == "statement" && matches!(t.word(i.wrapping_sub(2)), "in" | "issued" | "released");
        if !is_saying(t.word(i)) && !statement {
            continue;
        }
        let mut end = i;
        // Auxiliaries, adverbs and a comma may stand between the speaker and the verb.
        while end > from
            && (matches!(
                t.word(end - 1),
                "also"
                    | "have"
                    | "has"
                    | "had"
                    | "a"
                    | "in"
                    | "issued"
                    | "released"
                    | "later"
                    | "previously"
                    | "repeatedly"
            ))
        {
            end -= 1;
        }
        let mut begin = end;
        while begin > from && noun_phrase_word(t, begin - 1) {
            begin -= 1;
        }
        if begin == end {
            continue;
        }
        if matches!(t.word(begin), "it" | "he" | "she" | "they")
            || (begin..end).any(|at| t.capital(at))
            || matches!(t.word(begin), "the" | "its" | "a")
        {
            let document = (begin..end).any(|at| is_document(t.word(at)));
            let kind = if document { AttributionKind::Document } else { AttributionKind::OnRecord };
            return Some(Attribution::new(kind, printed(t, begin, end)));
        }
    }
    None
}
