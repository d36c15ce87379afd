//! Who says so.

use crate::lexicon;
use crate::tokens::Tokens;
use crate::words::among;

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

/// People who are named by what they are, and not by name.
const SOURCES: [&str; 40] = [
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
    "executive",
    "employees",
    "employee",
    "insiders",
    "insider",
    "diplomats",
    "diplomat",
    "lawyers",
    "lawyer",
    "negotiators",
    "negotiator",
    "delegates",
    "delegate",
    "officers",
    "officer",
    "staffers",
    "staffer",
    "advisers",
    "adviser",
    "critics",
    "analysts",
    "experts",
    "economists",
    "witnesses",
    "lawmakers",
    "residents",
    "drivers",
    "observers",
    "supporters",
    "opponents",
];
const SAYING: [&str; 46] = [
    "said",
    "says",
    "say",
    "told",
    "tells",
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
    "claims",
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
    "recalled",
    "conceded",
    "complained",
    "condemned",
];
const DOCUMENTS: [&str; 30] = [
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
    "motion",
    "opinion",
    "papers",
    "audit",
    "study",
    "indictment",
    "minutes",
    "figures",
];

/// Whether the verb reports what somebody said.
pub(crate) fn is_saying(word: &str) -> bool {
    SAYING.contains(&word)
}

/// Whether the noun names a kind of document.
fn is_document(word: &str) -> bool {
    DOCUMENTS.contains(&word)
}

/// Who says what one sentence says.
pub fn attribution(sentence: &str) -> Attribution {
    let tokens = Tokens::new(sentence);
    of_sentence(&tokens, 0, tokens.len())
}

/// The attribution of a sentence, given as tokens from `from` to `to`.
pub(crate) fn of_sentence(t: &Tokens<'_>, from: usize, to: usize) -> Attribution {
    declined(t, from, to)
        .or_else(|| source(t, from, to))
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
                    among(
                        t.word(at),
                        "respond responded responding reply replied return returned answer answered comment",
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
                    let end = comment(at).filter(|&end| end <= at + 3).unwrap_or(at);
                    return Some((i, end + 1));
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

/// The source that the sentence as a whole rests on: one named at its end goes before one inside it.
fn source(t: &Tokens<'_>, from: usize, to: usize) -> Option<Attribution> {
    let mut open = false;
    let mut first = None;
    let mut last = None;
    for i in from..to {
        match t.word(i) {
            "\"" => open = !open,
            "“" | "``" => open = true,
            "”" | "''" => open = false,
            _ => {}
        }
        if open {
            continue;
        }
        let found = if t.word(i) == "according" && t.word(i + 1) == "to" {
            Some((i, phrase_end(t, i + 2, to))).map(|(_, end)| (i + 2, end))
        } else if is_saying(t.word(i)) && t.word(i) != "citing" {
            speaker(t, from, to, i)
        } else if t.word(i) == "statement"
            && matches!(t.word(i.wrapping_sub(2)), "issued" | "released")
            && i > from + 2
        {
            speaker(t, from, to, i - 2)
        } else if matches!(t.word(i), "show" | "shows" | "showed") {
            speaker(t, from, to, i).filter(|&(a, b)| (a..b).any(|at| is_document(t.word(at))))
        } else {
            None
        };
        let Some((begin, end)) = found else { continue };
        let Some(attribution) = classify(t, begin, end) else { continue };
        // "provisions that critics say could allow": said in passing, of one word in the sentence.
        let passing = begin > from
            && matches!(t.word(begin - 1), "that" | "which" | "who" | "what")
            && i + 1 < to
            && (lexicon::tense(t.word(i + 1)).is_some()
                || matches!(t.word(i + 1), "could" | "would" | "may" | "might"));
        if passing {
            continue;
        }
        let closing =
            begin > from && (matches!(t.word(begin - 1), "," | "-" | "–" | "—" | "\"" | "”") || i < begin);
        if closing {
            last = Some(attribution);
        } else if first.is_none() {
            first = Some(attribution);
        }
    }
    // The one at the end speaks for the whole sentence, unless another opened it.
    last.or(first).or_else(|| document(t, from, to))
}

/// The words of the source of a verb of saying: before it, or after it when the words said come first.
fn speaker(t: &Tokens<'_>, from: usize, to: usize, verb: usize) -> Option<(usize, usize)> {
    let before = verb.checked_sub(1).filter(|at| *at >= from).map_or("", |at| t.word(at));
    if verb == from || among(before, ", \" ” '' - — –") && inverted(t, from, verb) {
        let mut end = phrase_end(t, verb + 1, to);
        // ", the transport minister" belongs to the name before it.
        if t.word(end) == ","
            && t.capital(verb + 1)
            && matches!(t.word(end + 1), "the" | "a" | "an" | "its" | "who" | "chief")
            && t.word(end + 1) != "who"
        {
            end = phrase_end(t, end + 1, to);
        }
        return (end > verb + 1).then_some((verb + 1, end));
    }
    let mut end = verb;
    while end > from
        && (among(t.word(end - 1), "also have has had later then will would not")
            || t.word(end - 1).len() > 4 && t.word(end - 1).ends_with("ly")
            || calendar(t, end - 1)
            || t.word(end - 1) == "on" && calendar(t, end))
    {
        end -= 1;
    }
    let mut begin = stretch(t, from, end);
    // An aside between the source and its verb: a name, or how it spoke.
    if end > from && t.word(end - 1) == "," {
        let open = (from..end - 1).rev().take(16).find(|&i| t.word(i) == ",")?;
        begin = stretch(t, from, open);
        let name = t.capital(open + 1) || matches!(t.word(open + 1), "the" | "a" | "an" | "its" | "chief");
        end = if name && !(open + 1..end).any(|i| lexicon::tense(t.word(i)).is_some()) {
            end - 1
        } else {
            open
        };
    }
    // "The minister met the union and said": the source stands before the first verb.
    if let Some(first) = (begin + 1..end).find(|&i| finite(t, i)) {
        end = first;
    }
    while begin < end
        && (among(t.word(begin), "and but while on in as when meanwhile however , after yet")
            || calendar(t, begin))
    {
        begin += 1;
    }
    // "In its motion the tribe": the tribe.
    if begin > from && t.word(begin - 1) == "in" {
        begin = (begin + 2..end)
            .rev()
            .find(|&i| matches!(t.word(i), "the" | "a" | "an" | "its"))
            .unwrap_or(begin);
    }
    (begin < end).then_some((begin, end))
}

/// Whether the source follows its verb: "…, said the minister".
fn inverted(t: &Tokens<'_>, from: usize, verb: usize) -> bool {
    among(t.word(verb), "said says added wrote reported argued warned told")
        && !among(t.word(verb + 1), "that it on in , he she they we to . :")
        // "The firm, a maker of drones, said the rule": an aside closes here, and what follows is said.
        && (matches!(t.word(verb - 1), "\"" | "”" | "''")
            || !(from..verb - 1).rev().take(16).any(|i| t.word(i) == ",")
                && (t.capital(verb + 1) || matches!(t.word(verb + 1), "a" | "an" | "the" | "one" | "two" | "three")))
}

fn calendar(t: &Tokens<'_>, i: usize) -> bool {
    t.capital(i) && (lexicon::weekday(t.word(i)).is_some() || lexicon::month(t.word(i)).is_some())
        || matches!(t.word(i), "yesterday" | "today")
}

fn finite(t: &Tokens<'_>, i: usize) -> bool {
    lexicon::tense(t.word(i)).is_some()
        && !t.capital(i)
        && !among(
            t.word(i),
            "briefed based involved authorized authorised used united asked retired elected granted",
        )
        && !matches!(t.word(i.wrapping_sub(1)), "the" | "a" | "an" | "its")
}

/// The start of the stretch of words before the token that no mark and no word of clauses parts.
fn stretch(t: &Tokens<'_>, from: usize, end: usize) -> usize {
    (from..end)
        .rev()
        .take(24)
        .find(|&i| {
            among(t.word(i), ", ; : \" “ ” `` '' — – -- that which because whether if where ( )")
                || t.word(i) == "-" && !t.joined(i)
        })
        .map_or(from.max(end.saturating_sub(24)), |i| i + 1)
}

fn phrase_end(t: &Tokens<'_>, begin: usize, to: usize) -> usize {
    let mut end = begin;
    while end < to && end < begin + 14 {
        let word = t.word(end);
        // "in" and "and" near the head belong to the name: "the man in charge", "Smith and Sons".
        let near = matches!(word, "in" | "and") && end < begin + 3;
        let stops = !near && among(word, ", ; : \" “ ” ( who which that . ? ! and but when after in");
        let dash = word == "-" && !t.joined(end);
        if stops || dash || word == "on" && calendar(t, end + 1) || calendar(t, end) {
            break;
        }
        end += 1;
    }
    end
}

/// What kind of source a noun phrase names; `None` when it names none.
fn classify(t: &Tokens<'_>, begin: usize, end: usize) -> Option<Attribution> {
    let range = || begin..end;
    let head_end = range()
        .find(|&i| {
            among(t.word(i), "for at with from familiar close briefed involved , who")
                || t.word(i) == "of" && i > begin + 1
        })
        .unwrap_or(end);
    let wording = printed(t, begin, end);
    let new = |kind| Some(Attribution::new(kind, wording));
    if let Some(at) =
        range().find(|&i| matches!(t.word(i), "spokesperson" | "spokesman" | "spokeswoman" | "spokespeople"))
    {
        let named = (at + 1..end).any(|i| t.capital(i)) && !matches!(t.word(at + 1), "for" | "of" | "at")
            || (begin..at).any(|i| t.word(i) == ",");
        return new(if named { AttributionKind::OnRecord } else { AttributionKind::Spokesperson });
    }
    let one_of = t.word(begin + 1) == "of" && lexicon::small_number(t.word(begin)).is_some();
    let plural_of = one_of && t.word(end - 1).ends_with('s') && !(begin + 2..end).any(|i| t.capital(i));
    let them = one_of && matches!(t.word(end - 1), "them" | "three" | "two" | "four" | "five" | "six");
    if let Some(at) =
        range().find(|&i| SOURCES.contains(&t.word(i))).filter(|&at| at < head_end.max(begin + 1) || one_of)
    {
        let singular = !t.word(at).ends_with('s') && t.word(at) != "people";
        // "Pentagon official Dana Reyes" and "the chief executive, Ira Pell" are named.
        let named = singular && (at + 1..end).any(|i| t.capital(i) && (i == at + 1 || t.word(i - 1) == ","));
        let office =
            matches!(t.word(at), "executive" | "lawyer" | "adviser") && t.word(begin) == "the" && singular
                || matches!(t.word(at), "executive" | "lawyer")
                    && matches!(t.word(at.wrapping_sub(1)), "chief" | "'s" | "’s");
        if named || office {
            return new(AttributionKind::OnRecord);
        }
        return Some(Attribution {
            count: count(t, begin, at),
            ..Attribution::new(AttributionKind::Unnamed, wording)
        });
    }
    if plural_of
        || them
        || matches!(t.word(begin), "those")
            && matches!(t.word(begin + 1), "familiar" | "close" | "briefed" | "involved")
    {
        let count = if one_of { lexicon::small_number(t.word(begin)) } else { None };
        return Some(Attribution { count, ..Attribution::new(AttributionKind::Unnamed, wording) });
    }
    if (begin..head_end).any(|i| is_document(t.word(i))) {
        return new(AttributionKind::Document);
    }
    let pronoun = matches!(t.word(begin), "it" | "he" | "she" | "they");
    let named = range().any(|i| t.capital(i))
        || matches!(t.word(begin), "the" | "its" | "a" | "his" | "her" | "their");
    let single = end == begin + 1;
    // A bare common noun at the head of the sentence has a capital that means nothing.
    let common = single
        && t.word(begin).ends_with('s')
        && t.at(begin).is_some_and(|token| token.gap != crate::tokens::Gap::None)
        && begin == 0
        && !t.word(begin).ends_with("ss");
    if among(t.word(begin), "which who that there what i we you") || common {
        return None;
    }
    if pronoun || named { new(AttributionKind::OnRecord) } else { None }
}

/// How many sources the words before the noun count.
fn count(t: &Tokens<'_>, begin: usize, noun: usize) -> Option<u32> {
    for at in begin..noun {
        if let Some(number) = lexicon::small_number(t.word(at)).or_else(|| t.word(at).parse().ok()) {
            let dozen = t.word(at + 1) == "dozen";
            return number.checked_mul(if dozen { 12 } else { 1 });
        }
        if t.word(at) == "dozen" {
            return Some(12);
        }
    }
    let singular = !t.word(noun).ends_with('s') && t.word(noun) != "people";
    (singular && matches!(t.word(begin), "a" | "an" | "another" | "one")).then_some(1)
}

/// A document that a sentence without a speaker rests on: "In a letter dated May 3, the firm …", "citing a report".
fn document(t: &Tokens<'_>, from: usize, to: usize) -> Option<Attribution> {
    let begin =
        if t.word(from) == "in" && matches!(t.word(from + 1), "a" | "an" | "its" | "the" | "his" | "her") {
            from + 1
        } else {
            (from..to).find(|&i| t.word(i) == "citing")? + 1
        };
    let mut end = begin;
    while end < to
        && end < begin + 12
        && !among(t.word(end), ", ; . dated that on which")
        && !calendar(t, end)
    {
        end += 1;
    }
    let document = (begin..end.min(begin + 7)).any(|i| is_document(t.word(i)));
    document.then(|| Attribution::new(AttributionKind::Document, printed(t, begin, end)))
}
