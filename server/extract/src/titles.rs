//! Short neutral titles made from the clause that tells of an event.

use std::ops::Range;

use crate::attribution;
use crate::tokens::Tokens;

const LONGEST: usize = 100;

/// A title from the clause around the trigger at `at`; `dates` are the byte ranges of time expressions, which a title
/// leaves out.
pub(crate) fn of_clause(t: &Tokens<'_>, from: usize, to: usize, at: usize, dates: &[Range<usize>]) -> String {
    let begin = clause_begin(t, from, at, dates);
    let end = clause_end(t, at, to, dates);
    let kept = keep(t, begin, end, at, dates);
    finish(t, &kept)
}

/// A title from a noun phrase, such as that around "memo".
pub(crate) fn of_noun(t: &Tokens<'_>, from: usize, to: usize, at: usize, dates: &[Range<usize>]) -> String {
    let mut begin = at;
    while begin > from && noun_phrase_word(t, begin - 1) {
        begin -= 1;
    }
    let mut end = at + 1;
    // "memo on AI strategy": a short prepositional phrase belongs to the name.
    if matches!(
        t.word(end),
        "on" | "to" | "from" | "about" | "over" | "of" | "between" | "against" | "with" | "in" | "for"
    ) && !in_dates(t, end + 1, dates)
    {
        let infinitive = t.word(end) == "to"
            && !(t.capital(end + 1) || matches!(t.word(end + 1), "the" | "a" | "its" | "all"));
        let mut stop = if infinitive { end } else { end + 1 };
        while !infinitive
            && stop < to
            && stop < end + 9
            && phrase_goes_on(t, stop)
            && !in_dates(t, stop, dates)
        {
            stop += 1;
        }
        end = stop;
    }
    let kept: Vec<usize> = (begin..end).filter(|&i| !in_dates(t, i, dates)).collect();
    finish(t, &kept)
}

fn noun_phrase_word(t: &Tokens<'_>, i: usize) -> bool {
    t.at(i).is_some_and(|token| {
        token.kind != crate::tokens::Kind::Mark || matches!(t.word(i), "'s" | "’s" | "-")
    }) && !matches!(
        t.word(i),
        "a" | "an"
            | "the"
            | "to"
            | "by"
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
            | "citing"
            | "reference"
            | "references"
            | "dated"
            | "signed"
            | "issued"
            | "sent"
            | "before"
            | "under"
            | "until"
            | "since"
            | "set"
            | "per"
    ) && !attribution::is_saying(t.word(i))
}

fn phrase_goes_on(t: &Tokens<'_>, i: usize) -> bool {
    t.at(i).is_some_and(|token| {
        token.kind != crate::tokens::Kind::Mark || matches!(t.word(i), "'s" | "’s" | "-")
    }) && crate::lexicon::tense(t.word(i)).is_none()
        && !matches!(
            t.word(i),
            "dated"
                | "that"
                | "which"
                | "who"
                | "to"
                | "on"
                | "in"
                | "as"
                | "when"
                | "after"
                | "before"
                | "because"
                | "by"
                | "at"
                | "while"
        )
}

fn in_dates(t: &Tokens<'_>, i: usize, dates: &[Range<usize>]) -> bool {
    t.at(i).is_some_and(|token| dates.iter().any(|date| date.start < token.end && token.start < date.end))
}

/// The start of the clause: after the last mark or word that opens it.
fn clause_begin(t: &Tokens<'_>, from: usize, at: usize, dates: &[Range<usize>]) -> usize {
    let mut begin = from;
    let mut i = at;
    while i > from {
        i -= 1;
        match t.word(i) {
            ";" | ":" | "\"" | "“" | "``" => {
                begin = i + 1;
                break;
            }
            "that" | "which" | "who" | "whether" | "because" | "while" | "but" | "although" if i + 1 < at => {
                // A relative clause inside the subject does not open the clause of the main verb.
                if matches!(t.word(i), "which" | "who" | "that") && closed_aside(t, i, at) {
                    continue;
                }
                begin = i + 1;
                break;
            }
            "," if i + 1 < at && opener(t, from, i, dates) => {
                begin = i + 1;
                break;
            }
            _ => {}
        }
    }
    while matches!(
        t.word(begin),
        "and"
            | "but"
            | ","
            | "also"
            | "meanwhile"
            | "however"
            | "then"
            | "\""
            | "separately"
            | "though"
            | "so"
            | "yet"
    ) && begin < at
    {
        begin += 1;
    }
    begin
}

/// Whether a comma stands between the relative word and the verb, closing the aside before the main verb.
fn closed_aside(t: &Tokens<'_>, i: usize, at: usize) -> bool {
    t.word(i.wrapping_sub(1)) == "," && (i + 1..at).any(|k| t.word(k) == ",")
}

/// Whether what stands before the comma only leads in: "On Tuesday,", "After weeks of talks,", "According to …,".
fn opener(t: &Tokens<'_>, from: usize, comma: usize, dates: &[Range<usize>]) -> bool {
    let lead = matches!(
        t.word(from),
        "on" | "in"
            | "after"
            | "according"
            | "at"
            | "by"
            | "during"
            | "since"
            | "when"
            | "as"
            | "before"
            | "despite"
            | "while"
            | "following"
            | "under"
            | "for"
            | "last"
            | "earlier"
            | "later"
            | "meanwhile"
            | "separately"
            | "amid"
            | "with"
            | "until"
            | "within"
            | "two"
            | "three"
            | "a"
            | "days"
            | "weeks"
            | "months"
            | "however"
            | "but"
            | "instead"
            | "still"
    ) || in_dates(t, from, dates);
    let early = comma - from <= 24;
    let subject_first = matches!(t.word(from), "a" | "with" | "but" | "two" | "three");
    lead && early && (!subject_first || in_dates(t, from, dates) || comma - from <= 3)
}

fn clause_end(t: &Tokens<'_>, at: usize, to: usize, dates: &[Range<usize>]) -> usize {
    let start = t.at(at).map_or(0, |token| token.start);
    let mut end = to;
    for i in at + 1..to {
        let stop = match t.word(i) {
            ";" | ":" | "—" | "--" => true,
            "," => tail(t, i, to),
            "." | "?" | "!" => i + 1 >= to || !t.joined(i),
            "while" | "although" | "whereas" | "because" => true,
            // A phrase around a date ("after weeks of talks") goes with it.
            "after" | "before" | "following" | "amid" | "since" if i > at + 1 || t.word(at) != "set" => {
                (i + 1..i + 4).any(|near| in_dates(t, near, dates))
            }
            "-" => !t.joined(i),
            _ => false,
        };
        if stop {
            end = i;
            break;
        }
        if t.at(i).is_some_and(|token| token.end - start > LONGEST) {
            end = i;
            break;
        }
    }
    while end > at + 1
        && matches!(
            t.word(end - 1),
            "." | ","
                | "\""
                | "”"
                | "''"
                | "and"
                | "or"
                | "the"
                | "of"
                | "to"
                | "in"
                | "for"
                | "a"
                | "that"
                | "with"
                | "by"
                | "an"
                | "its"
        )
    {
        end -= 1;
    }
    end
}

/// Whether a comma opens something a title can do without: an attribution, a relative clause, an afterthought.
fn tail(t: &Tokens<'_>, comma: usize, to: usize) -> bool {
    let next = t.word(comma + 1);
    matches!(
        next,
        "which"
            | "who"
            | "according"
            | "citing"
            | "saying"
            | "but"
            | "while"
            | "after"
            | "as"
            | "a"
            | "the"
            | "with"
            | "and"
            | "so"
            | "where"
            | "when"
            | "arguing"
            | "calling"
            | "despite"
            | "even"
            | "including"
            | "leaving"
            | "because"
            | "though"
            | "then"
            | "reversing"
            | "ending"
            | "he"
            | "she"
            | "it"
            | "they"
    ) || (comma + 1..to.min(comma + 14)).any(|i| attribution::is_saying(t.word(i)))
}

fn keep(t: &Tokens<'_>, begin: usize, end: usize, at: usize, dates: &[Range<usize>]) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    let mut i = begin;
    while i < end {
        // An aside between commas before the verb: ", citing a memo dated January 9,".
        if t.word(i) == ","
            && i < at
            && let Some(close) = (i + 1..at).find(|&k| t.word(k) == ",")
        {
            i = close + 1;
            continue;
        }
        if in_dates(t, i, dates) {
            while kept.last().is_some_and(|&k| {
                k + 1 == i
                    && matches!(
                        t.word(k),
                        "on" | "in"
                            | "by"
                            | "since"
                            | "dated"
                            | "at"
                            | "from"
                            | "during"
                            | "of"
                            | "for"
                            | "until"
                            | "over"
                            | ","
                    )
            }) && kept.last().is_none_or(|&k| k != at)
            {
                kept.pop();
            }
            i += 1;
            continue;
        }
        kept.push(i);
        i += 1;
    }
    while kept.first().is_some_and(|&k| matches!(t.word(k), "," | "and" | "that" | "." | "\"" | ")")) {
        kept.remove(0);
    }
    while kept.last().is_some_and(|&k| {
        matches!(
            t.word(k),
            "," | "and"
                | "or"
                | "that"
                | "."
                | "on"
                | "the"
                | "at"
                | "in"
                | "of"
                | "by"
                | "for"
                | "\""
                | "("
                | "with"
                | "to"
        )
    }) {
        kept.pop();
    }
    kept
}

fn finish(t: &Tokens<'_>, kept: &[usize]) -> String {
    let mut out = String::new();
    let mut last: Option<usize> = None;
    for &i in kept {
        let Some(token) = t.at(i) else { continue };
        let glued = token.gap == crate::tokens::Gap::None && last == Some(i.wrapping_sub(1))
            || matches!(t.word(i), "," | "." | ")");
        if !out.is_empty() && !glued {
            out.push(' ');
        }
        out.push_str(t.printed(i));
        last = Some(i);
    }
    let quotes = out.matches('"').count();
    if quotes % 2 == 1 || out.contains('“') != out.contains('”') {
        out = out.replace(['"', '“', '”'], "");
    }
    let mut chars = out.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => out,
    }
}
