//! Short neutral titles made from the clause that tells of an event.
//!
//! A title is the clause's subject, its verb and what belongs to the verb, without the date, without asides and
//! without what follows as an afterthought. Where that is too long it ends before a phrase that it can do without,
//! never in the middle of one.

use std::ops::Range;

use crate::attribution;
use crate::clause::{Sentence, adverb, determiner};
use crate::lexicon;
use crate::parties;
use crate::tokens::{Gap, Kind};
use crate::triggers::Trigger;
use crate::words::among;

/// A title that is longer ends before a phrase that it can do without, in bytes.
const LONG: usize = 110;
/// No title is longer than this, in bytes.
const LONGEST: usize = 180;

/// Names to put in place of words: "the company" is whoever it stands for.
pub(crate) type Names<'n> = [(Range<usize>, &'n str)];

/// A title from the clause around a verb.
pub(crate) fn of_clause(s: &Sentence<'_>, trigger: &Trigger, names: &Names<'_>) -> String {
    let verb = trigger.first;
    if let Some(content) = content(s, trigger) {
        let mut kept: Vec<usize> = content.collect();
        strip_dates(s, &mut kept);
        trim_lead(s, &mut kept);
        shorten(s, &mut kept, trigger.first, trigger.first, None, 0);
        trim_tail(s, &mut kept, 0);
        return finish(s, &kept, names);
    }
    let subject = subject(s, trigger);
    let subject = match s.speaker_for(&subject) {
        Some(speaker) => speaker,
        None => subject,
    };
    let mut kept: Vec<usize> = subject.clone().filter(|&i| !is_aside(s, i, &subject)).collect();
    strip_dates(s, &mut kept);
    trim_lead(s, &mut kept);
    let end = clause_end(s, trigger);
    let start = if trigger.infinitive || trigger.topic == "no answer" { verb } else { trigger.first };
    let start = if subject.end > start { subject.end } else { start };
    let mut tail: Vec<usize> = (start..end).collect();
    drop_asides(s, &mut tail, trigger.at);
    strip_dates(s, &mut tail);
    trim_tail(s, &mut tail, trigger.end);
    // "issued a statement saying" will be "says".
    let spare = if trigger.topic == "issued a statement" { 20 } else { 0 };
    shorten(s, &mut tail, trigger.end, trigger.first, kept.first().copied(), spare);
    let mut all = kept;
    all.extend(tail);
    finish(s, &all, names)
}

/// What somebody said in so many words: `Curt Mayhew: "It is unlawful"`.
pub(crate) fn of_remark(s: &Sentence<'_>, trigger: &Trigger, speaker: &str) -> Option<String> {
    let t = s.t;
    let plain = matches!(trigger.topic, "say" | "tell" | "write");
    let pronoun = matches!(speaker.to_lowercase().as_str(), "" | "he" | "she" | "it" | "they");
    if !plain || pronoun || speaker.len() > 80 {
        return None;
    }
    let mark = |i: &usize| matches!(t.word(*i), "\"" | "“" | "”" | "``" | "''");
    let open = (s.from..s.to).find(mark)?;
    let close = (open + 1..s.to).find(mark).unwrap_or(s.to);
    let mut kept: Vec<usize> = (open + 1..close).collect();
    if kept.len() < 4 {
        return None;
    }
    shorten(s, &mut kept, open + 1, open + 1, None, 0);
    trim_tail(s, &mut kept, open + 1);
    let words = finish(s, &kept, &[]);
    let speaker = speaker.trim_start_matches("The ").trim_start_matches("the ");
    let mut chars = speaker.chars();
    let first = chars.next()?;
    Some(format!("{}{}: \"{words}\"", first.to_uppercase(), chars.as_str()))
}

/// What was said, when the verb of saying comes after it: "Qantas plans daily flights, the airline announced Friday."
fn content(s: &Sentence<'_>, trigger: &Trigger) -> Option<Range<usize>> {
    if trigger.kind != crate::EventKind::Statement || trigger.topic == "no answer" {
        return None;
    }
    // ", the airline announced Friday."
    let bare =
        (trigger.end..s.to).all(|i| s.in_date(i) || among(s.t.word(i), ". on in late early \" a statement"));
    let comma = (s.from.max(trigger.at.saturating_sub(14))..trigger.at)
        .filter(|&i| s.t.word(i) == ",")
        .find(|&comma| !(comma + 1..trigger.at).any(|i| s.finite(i)))
        .filter(|_| bare)?;
    (comma > s.from + 3).then_some(s.from..comma)
}

/// A title from a noun phrase, such as that around "memo".
pub(crate) fn of_noun(s: &Sentence<'_>, at: usize, names: &Names<'_>) -> String {
    let t = s.t;
    let mut begin = at;
    while begin > s.from && noun_phrase_word(s, begin - 1) {
        begin -= 1;
    }
    // "the department's memo" keeps whose it is.
    let mut end = at + 1;
    let mut phrases = 0;
    // "memo on AI strategy": a phrase with a preposition belongs to the name.
    while phrases < 2
        && preposition(t.word(end))
        && !s.in_date(end + 1)
        && end + 1 < s.to
        && !(t.word(end) == "to" && !determiner(t.word(end + 1)) && !t.capital(end + 1))
    {
        let mut stop = end + 1;
        while stop < s.to && stop < end + 8 && phrase_goes_on(s, stop) && !s.in_date(stop) {
            stop += 1;
        }
        if stop == end + 1 || stop == end + 2 && determiner(t.word(end + 1)) {
            break;
        }
        end = stop;
        phrases += 1;
    }
    let mut kept: Vec<usize> = (begin..end).filter(|&i| !s.in_date(i)).collect();
    trim_lead(s, &mut kept);
    trim_tail(s, &mut kept, at + 1);
    finish(s, &kept, names)
}

fn preposition(word: &str) -> bool {
    among(
        word,
        "on to from about over of between against with in for into under at by during through \
            toward towards across among within without outside near beyond despite amid per upon \
            inside along around off onto via",
    )
}

fn is_word(s: &Sentence<'_>, i: usize) -> bool {
    s.t.at(i).is_some_and(|token| token.kind != Kind::Mark || among(s.t.word(i), "'s ’s - & $ £ € %"))
}

fn noun_phrase_word(s: &Sentence<'_>, i: usize) -> bool {
    let word = s.t.word(i);
    is_word(s, i)
        && !preposition(word)
        && !attribution::is_saying(word)
        && !among(
            word,
            "a an the that and but after as while when because which who or if is was were are has \
            have had citing reference references dated signed issued sent before until since set its \
            this will would following under",
        )
        && (lexicon::tense(word).is_none()
            || s.t.capital(i)
            || among(word, "united bid cut set cost spread split read"))
}

fn phrase_goes_on(s: &Sentence<'_>, i: usize) -> bool {
    let word = s.t.word(i);
    is_word(s, i)
        && (lexicon::tense(word).is_none() || s.t.capital(i) || determiner(s.t.word(i.saturating_sub(1))))
        && !preposition(word)
        && !among(
            word,
            "dated that which who as when after before because while and but if leaves says shows \
            since until",
        )
        && !attribution::is_saying(word)
}

/// The words before the verb that say who does it.
fn subject(s: &Sentence<'_>, trigger: &Trigger) -> Range<usize> {
    let t = s.t;
    let verb = trigger.first;
    if trigger.reduced {
        return noun_before(s, verb);
    }
    if let Some(relative) = s.relative(verb)
        && verb <= relative + 4
        && !(relative + 1..verb).any(|i| noun_phrase_word(s, i) && !adverb(t.word(i)))
    {
        let antecedent = noun_before(s, relative);
        if !antecedent.is_empty() {
            return antecedent;
        }
    }
    let mut begin = s.boundary(verb);
    // "and", "also" and the like open no title.
    while begin < verb
        && (among(
            t.word(begin),
            "and but , also meanwhile however then \" “ separately though so yet that instead still \
            elsewhere first next",
        ) || s.in_date(begin)
            || matches!(t.word(begin), "on" | "in" | "by" | "since" | "until") && s.in_date(begin + 1))
    {
        begin += 1;
    }
    // A lead-in without a comma: "On April 8 the court".
    let has_noun = (begin..verb).any(|i| {
        is_word(s, i) && !adverb(t.word(i)) && !matches!(t.word(i), "and" | "or" | "to" | "but" | "not" | "-")
    });
    if has_noun {
        // "X did this and did that": the subject stands before the first verb.
        if let Some(first) = (begin..verb).find(|&i| s.finite(i) && !described(s, i))
            && (first..verb).any(|i| matches!(t.word(i), "and" | "but" | "then"))
        {
            let last =
                (first..verb).rev().find(|&i| matches!(t.word(i), "and" | "but" | "then")).unwrap_or(first);
            let own = last + 1..verb;
            if own
                .clone()
                .any(|i| noun_phrase_word(s, i) && !adverb(t.word(i)) && lexicon::tense(t.word(i)).is_none())
            {
                return own;
            }
            return if trigger.passive && trigger.first == trigger.at {
                begin..first + 1
            } else {
                begin..before_auxiliaries(s, begin, first)
            };
        }
        return begin..verb;
    }
    // A verb without a subject of its own takes that of the verb before it.
    let mut from = s.from;
    while from < verb && (s.in_date(from) || matches!(t.word(from), "on" | "," | "and" | "but")) {
        from += 1;
    }
    match (from..verb).find(|&i| s.finite(i) && !described(s, i)) {
        Some(first) => {
            let own = first + 1;
            let first = before_auxiliaries(s, from, first);
            let start = s.boundary(first).max(from);
            let range = if start < first { start..first } else { from..first };
            let range = if trigger.passive && trigger.first == trigger.at { range.start..own } else { range };
            if range.len() <= 14 { range } else { verb..verb }
        }
        None => verb..verb,
    }
}

fn before_auxiliaries(s: &Sentence<'_>, from: usize, mut verb: usize) -> usize {
    while verb > from
        && (adverb(s.t.word(verb - 1)) || among(s.t.word(verb - 1), "has have had was were is are will not"))
    {
        verb -= 1;
    }
    verb
}

/// Whether the verb stands in an aside between commas, and so is not the main one.
fn described(s: &Sentence<'_>, i: usize) -> bool {
    let comma = (s.from..i).rev().take(8).find(|&k| s.t.word(k) == ",");
    comma.is_some_and(|comma| matches!(s.t.word(comma + 1), "which" | "who" | "whose"))
}

/// The noun phrase that ends before the token, with its article.
fn noun_before(s: &Sentence<'_>, end: usize) -> Range<usize> {
    let t = s.t;
    let mut end = end;
    while end > s.from
        && (t.word(end - 1) == ","
            || s.in_date(end - 1)
            || matches!(t.word(end - 1), "on" | "in") && s.in_date(end))
    {
        end -= 1;
    }
    let mut begin = end;
    while begin > s.from && begin + 9 > end {
        let word = t.word(begin - 1);
        let of = word == "of" && begin < end && begin >= s.from + 2;
        if !(noun_phrase_word(s, begin - 1) || of) || s.in_date(begin - 1) {
            break;
        }
        begin -= 1;
    }
    begin..end
}

/// The index at which the clause's own words end.
fn clause_end(s: &Sentence<'_>, trigger: &Trigger) -> usize {
    let t = s.t;
    let at = trigger.end;
    let statement = trigger.kind == crate::EventKind::Statement;
    let due = trigger.kind == crate::EventKind::Deadline;
    let quoted = s.in_quotes(trigger.at);
    let mut end = s.to;
    let mut open = quoted;
    for i in at..s.to {
        let stop = match t.word(i) {
            "\"" | "”" | "''" | "``" | "“" => {
                if quoted {
                    true
                } else {
                    open = !open;
                    false
                }
            }
            _ if open && !quoted => false,
            ";" | ":" | "—" | "–" | "--" | "(" => true,
            "," => tail(s, i, statement),
            "." | "?" | "!" => i + 1 >= s.to || !t.joined(i) || matches!(t.word(i + 1), "\"" | "”" | "''"),
            "while" | "although" | "whereas" | "because" | "though" | "despite" => true,
            "after" | "before" | "following" | "amid" | "until" | "unless" | "if" | "when" | "as"
            | "once" | "since" => {
                i > at
                    && !statement
                    && !due
                    && !matches!(t.word(i - 1), "as" | "such" | "well" | "far" | "soon")
                    || !due && (i..i + 4).any(|near| s.in_date(near)) && i >= at
            }
            "which" | "who" | "where" | "whose" => !statement && i > at + 1 || t.word(i - 1) == ",",
            "that" => !statement && i > at && lexicon::tense(t.word(i + 1)).is_some(),
            // A new clause after "and": "… and the union walked out".
            "and" | "but" => {
                let next = (i + 1..s.to.min(i + 8)).find(|&k| s.finite(k));
                i > at
                    && next.is_some_and(|k| {
                        let parted = (i + 1..k).any(|m| matches!(t.word(m), "," | "and" | "that" | "who"));
                        let said = statement && (at..i).any(|m| t.word(m) == "that");
                        !parted && !said
                    })
            }
            "-" => !t.joined(i),
            _ => false,
        };
        if stop {
            end = i;
            break;
        }
    }
    end
}

/// Whether a comma opens something a title can do without: an attribution, a relative clause, an afterthought.
fn tail(s: &Sentence<'_>, comma: usize, statement: bool) -> bool {
    let t = s.t;
    let next = t.word(comma + 1);
    // The comma inside a date, or in a list ("steel, copper and zinc").
    if s.in_date(comma)
        || s.in_date(comma + 1) && !matches!(next, "on" | "in") && s.in_date(comma.saturating_sub(1))
    {
        return false;
    }
    let list = (comma + 1..s.to.min(comma + 6)).find(|&i| matches!(t.word(i), "and" | "or" | ","));
    let listed = list.is_some_and(|i| {
        i > comma + 1
            && t.word(i) != ","
            && i <= comma + 4
            && !(comma + 1..i + 3)
                .any(|k| s.finite(k) || s.in_date(k) || t.word(k).ends_with("ing") && k == comma + 1)
            && !matches!(next, "the" | "a" | "an" | "which" | "who" | "with")
    });
    // "Oslo, Norway," and "Smith, Inc." go on; in a statement what follows is part of what was said.
    !(listed
        || statement
            && !closing(s, comma)
            && !next.ends_with("ing")
            && !among(next, "which who and but a the according as"))
}

/// Whether what follows the comma only says who said it.
fn closing(s: &Sentence<'_>, comma: usize) -> bool {
    (comma + 1..s.to.min(comma + 12)).any(|i| attribution::is_saying(s.t.word(i)))
}

/// Takes out what stands between commas before the verb: ", citing a memo dated January 9,".
fn is_aside(s: &Sentence<'_>, i: usize, within: &Range<usize>) -> bool {
    let t = s.t;
    let open = (within.start..=i).rev().find(|&k| t.word(k) == ",");
    let close = (i..within.end).find(|&k| t.word(k) == ",");
    match (open, close) {
        (Some(open), Some(close)) if open != close => open > within.start,
        // The mark itself, at either end of an aside.
        (Some(open), Some(_)) if t.word(i) == "," => open > within.start,
        _ => false,
    }
}

fn drop_asides(s: &Sentence<'_>, kept: &mut Vec<usize>, verb: usize) {
    let t = s.t;
    // ", in a letter," before the verb of a group that it parts.
    let Some(open) = kept.iter().position(|&i| t.word(i) == "," && i < verb) else { return };
    if let Some(close) = kept.iter().skip(open + 1).position(|&i| t.word(i) == "," && i < verb) {
        kept.drain(open..=open + 1 + close);
    }
}

fn strip_dates(s: &Sentence<'_>, kept: &mut Vec<usize>) {
    let t = s.t;
    let mut out: Vec<usize> = Vec::with_capacity(kept.len());
    for (place, &i) in kept.iter().enumerate() {
        if !s.in_date(i) {
            out.push(i);
            continue;
        }
        // "'s" after a date, and "from 58 to 63", are no dates to leave out.
        let begins = place == 0 || !s.in_date(kept[place - 1]);
        if begins {
            while out.last().is_some_and(|&k| {
                k + 1 == i
                    && among(t.word(k), "on in by since dated at from during of for until , early late before after as between to \
            and")
            }) {
                let word = t.word(out[out.len() - 1]);
                if matches!(word, "and") && out.len() > 1 && !s.in_date(out[out.len() - 1].saturating_sub(1))
                {
                    break;
                }
                out.pop();
            }
        }
    }
    out.retain(|&i| !(matches!(t.word(i), "'s" | "’s") && i > 0 && s.in_date(i - 1)));
    *kept = out;
}

fn trim_lead(s: &Sentence<'_>, kept: &mut Vec<usize>) {
    let t = s.t;
    while kept.first().is_some_and(|&k| among(t.word(k), ", and that . \" ) ” “ but - also 's ’s")) {
        kept.remove(0);
    }
    while kept.last().is_some_and(|&k| matches!(t.word(k), ",")) {
        kept.pop();
    }
}

/// Takes words off the end that need something after them; the verb's own particle, before `own`, stays.
fn trim_tail(s: &Sentence<'_>, kept: &mut Vec<usize>, own: usize) {
    let t = s.t;
    while kept.last().is_some_and(|&k| {
        k >= own
            && (preposition(t.word(k))
                || among(
                    t.word(k),
                    ", and or that . the a an \" ( its their his her than as because which who “ `` early \
            late both is was when not",
                ))
    }) {
        kept.pop();
    }
}

/// Ends a title that is too long before a phrase that it can do without.
fn shorten(
    s: &Sentence<'_>,
    kept: &mut Vec<usize>,
    own: usize,
    verb: usize,
    subject: Option<usize>,
    spare: usize,
) {
    let t = s.t;
    let lead = subject
        .and_then(|i| t.at(i))
        .map_or(0, |first| t.at(verb).map_or(0, |verb| verb.start.saturating_sub(first.start)));
    let width = |count: usize| {
        let tail = kept[..count].iter().map(|&i| t.printed(i).len() + 1).sum::<usize>();
        (lead.min(LONG) + tail).saturating_sub(spare)
    };
    if width(kept.len()) <= LONG {
        return;
    }
    let mut best: Option<usize> = None;
    let mut last = None;
    for count in 1..kept.len() {
        let i = kept[count];
        let word = t.word(i);
        if i < own + 2 && subject.is_some() {
            continue;
        }
        // "of" ties to the noun before; "to" after a noun or a verb ties to it unless a noun phrase has come between.
        let can = preposition(word)
            && !matches!(word, "of" | "to" | "between" | "by" | "into" | "than")
            && !s.in_quotes(i)
            || among(word, "which who where so when while without including")
            || word == "that" && i > own + 3
            || word == "," && !s.in_quotes(i)
            || word == "and" && i > own + 4 && !s.in_quotes(i);
        // Never between a verb or a preposition and what it needs.
        let before = t.word(kept[count - 1]);
        let dangles =
            preposition(before) || determiner(before) || among(before, "and or that as to is was are be");
        if can && !dangles {
            last = Some(count);
            if width(count) <= LONG {
                best = Some(count);
            } else if best.is_some() {
                break;
            }
        }
    }
    let cut = best.or(last.filter(|&count| width(count) <= LONGEST));
    if let Some(count) = cut {
        kept.truncate(count);
    }
    trim_tail(s, kept, own);
}

/// Whether a title says "it" for whoever did it.
pub(crate) fn opens_with_pronoun(title: &str) -> bool {
    matches!(title.split(' ').next(), Some("It" | "They" | "He" | "She" | "We" | "I" | "This" | "That"))
}

/// "issued a statement saying it will appeal" is "says it will appeal".
fn plainly(title: &str) -> Option<String> {
    for long in [" issued a statement saying ", " released a statement saying ", " said in a statement that "]
    {
        if let Some((who, what)) = title.split_once(long) {
            return Some(format!("{who} says {what}"));
        }
    }
    None
}

fn finish(s: &Sentence<'_>, kept: &[usize], names: &Names<'_>) -> String {
    let t = s.t;
    let mut out = String::new();
    let mut last: Option<usize> = None;
    let mut skip_to = 0;
    for (place, &i) in kept.iter().enumerate() {
        if i < skip_to {
            last = Some(i);
            continue;
        }
        let Some(token) = t.at(i) else { continue };
        let glued = token.gap == Gap::None && last == Some(i.wrapping_sub(1))
            || matches!(t.word(i), "," | "." | ")" | "'s" | "’s");
        if !out.is_empty() && !glued && !out.ends_with('(') {
            out.push(' ');
        }
        if let Some((span, name)) = names.iter().find(|(span, _)| span.start == i)
            && kept.get(place..place + span.len()).is_some_and(|run| run.iter().copied().eq(span.clone()))
        {
            // "the department" inside a title stands for "the Department of Defense".
            if t.word(i) == "the" && !out.is_empty() {
                out.push_str(&parties::with_article(name));
            } else {
                out.push_str(name);
            }
            skip_to = span.end;
        } else {
            out.push_str(t.printed(i));
        }
        last = Some(i);
    }
    let quotes = out.matches('"').count();
    if quotes % 2 == 1 || out.matches('“').count() != out.matches('”').count() {
        out = out.replace(['"', '“', '”'], "");
    }
    let out = plainly(&out).unwrap_or(out);
    let out = out.trim().trim_start_matches("The ").trim_start_matches("the ").to_owned();
    let mut chars = out.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => out,
    }
}
