//! From what the words say to dates, given the publication date, the tense of the clause and the dates already named.

mod days;
mod offsets;
mod periods;
mod setting;

use self::offsets::{anchor, moved};
use self::setting::{closing, day_first, is_narrative, month_start, sets_scene, share_years, span_link};
use crate::Context;
use crate::calendar::Date;
use crate::lexicon::{Tense, Unit};
use crate::sentences::Sentence;
use crate::timex::expr::{Clock, Expr, Found, From, Rel, Vague, YearSpec};
use crate::timex::scene::Scene;
use crate::timex::value::Value;
use crate::timex::{Reading, Timex, TimexKind, duration, tense};
use crate::tokens::Tokens;

pub(crate) fn resolve(
    t: &Tokens<'_>,
    sentences: &[Sentence],
    found: &[Found],
    context: &Context<'_>,
) -> Vec<Timex> {
    let mut found = found.to_vec();
    share_years(t, &mut found);
    let mut resolver = Resolver {
        published: context.published,
        narrative: is_narrative(t, sentences, &found, context.published),
        day_first: day_first(&found),
        last: None,
        last_day: None,
        day_sentence: 0,
        scene: None,
        last_year: None,
        quarter: None,
        quarter_spoken: None,
        months_spoken: false,
        sentence: 0,
        since: false,
        adverbial: false,
        period_year: None,
    };
    let mut out = Vec::with_capacity(found.len());
    let mut place = 0;
    for (index, expression) in found.iter().enumerate() {
        // Chronicles say "soon" of any sequel, and "former" of what is past when they are read; news does neither.
        let idle = match expression.rule {
            "former" => !resolver.narrative,
            "soon" => resolver.narrative,
            _ => false,
        };
        if idle {
            continue;
        }
        let (Some(first), Some(last)) = (t.at(expression.first), t.at(expression.end - 1)) else { continue };
        while sentences.get(place + 1).is_some_and(|next| next.span.start <= first.start) {
            place += 1;
        }
        resolver.sentence = place;
        let before = expression.first.checked_sub(1).map_or("", |at| t.word(at));
        resolver.since = before == "since";
        // "the 1979 revolution" and "since 1979" do not say when the rest of the sentence is set.
        resolver.adverbial = !matches!(expression.expr, Expr::Year(_))
            || matches!(
                before,
                "in" | "by" | "during" | "throughout" | "of" | "from" | "until" | "," | "(" | "and" | "to"
            );
        let (from, to) = sentences.get(place).map_or((expression.first, expression.end), |sentence| {
            (t.index_at(sentence.span.start), t.index_at(sentence.span.end.saturating_sub(1)) + 1)
        });
        let tense = tense::direction(t, expression.first, expression.end, from, to);
        // Of a range in a heading ("1944-45") the story has only reached the first year.
        let after_dash = expression.first > from && t.dash(expression.first - 1);
        let setting = sets_scene(t, expression.first, from)
            || !after_dash && sentences.get(place).is_some_and(|sentence| !sentence.section.is_article());
        let opens = index
            .checked_sub(1)
            .and_then(|before| found.get(before))
            .filter(|before| before.end + 1 == expression.first && span_link(t, before))
            .filter(|before| {
                !matches!(expression.expr, Expr::Weekday { .. })
                    || matches!(before.expr, Expr::Weekday { .. })
            })
            .and_then(|_| out.last())
            .and_then(|before: &Timex| {
                Date::parse(before.edtf.as_deref()?).or_else(|| month_start(before.edtf.as_deref()?))
            });
        let held = index
            .checked_sub(1)
            .and_then(|before| found.get(before))
            .filter(|before| before.end < expression.first && expression.first <= before.end + 2);
        resolver.period_year = held.and_then(|before| period_year(t, before, expression, out.last()));
        let resolved = resolver.one(expression, tense, setting, opens);
        let mut timex = timex_of(expression, resolved, first.start..last.end);
        if let Expr::Offset { from: From::Event, count, unit, back } = expression.expr {
            anchor(t, context, expression, found.get(index + 1), &out, (count, unit, back), &mut timex, to);
        }
        out.push(timex);
    }
    out
}

/// In "the year-ago quarter, the second quarter ended Oct. 31," the year of each period is that of the one before.
fn period_year(t: &Tokens<'_>, before: &Found, found: &Found, last: Option<&Timex>) -> Option<i32> {
    let ended = matches!(t.word(before.end), "ended" | "ending");
    let again = t.word(before.end) == "," && matches!(found.expr, Expr::Quarter { year: YearSpec::Open, .. });
    let linked = match found.expr {
        Expr::Day { year: YearSpec::Open, month: Some(_), .. } => ended,
        _ => again,
    };
    let period = matches!(before.expr, Expr::Quarter { half: false, .. });
    last.filter(|_| linked && period)?.value.get(..4)?.parse().ok()
}

/// What an expression came to.
struct Resolved {
    value: Value,
    basis: String,
    confidence: f32,
    readings: Vec<Reading>,
}

fn timex_of(found: &Found, resolved: Resolved, span: std::ops::Range<usize>) -> Timex {
    let Resolved { value, basis, confidence, readings } = resolved;
    let mut text = value.timex3();
    if let Some(clock) = found.clock {
        text = format!("{text}T{}", clock_text(clock));
    }
    let ahead = matches!(found.expr, Expr::Within { .. }) && value.days().is_some();
    let kind = if ahead { TimexKind::Date } else { found.kind };
    let edtf = if readings.is_empty() && !matches!(kind, TimexKind::Duration | TimexKind::Set) {
        value.edtf(found.modifier)
    } else {
        None
    };
    Timex {
        span,
        kind,
        value: text,
        edtf,
        readings,
        rule: found.rule,
        basis,
        confidence,
        modifier: found.modifier,
        anchor: None,
        range: None,
    }
}

fn clock_text(clock: Clock) -> String {
    match clock {
        Clock::At(hour, Some(minute)) => format!("{hour:02}:{minute:02}"),
        Clock::At(hour, None) => format!("{hour:02}:00"),
        Clock::Full(hour, minute, second) => format!("{hour:02}:{minute:02}:{second:02}"),
        Clock::Part(code) => code.to_owned(),
    }
}

struct Resolver {
    published: Option<Date>,
    narrative: bool,
    day_first: Option<bool>,
    /// The last date named, at whatever precision.
    last: Option<Value>,
    last_day: Option<Date>,
    /// The sentence in which a day was last named.
    day_sentence: usize,
    scene: Option<Scene>,
    /// The last year given in figures, with the sentence it stands in.
    last_year: Option<(i32, usize)>,
    /// The quarter that a report of results speaks of.
    quarter: Option<(i32, u8)>,
    /// The sentence that last spoke of a quarter, if no other period was named since.
    quarter_spoken: Option<usize>,
    /// Whether the last period named was a number of months ("the nine months").
    months_spoken: bool,
    sentence: usize,
    /// Whether "since" stands before the expression, so that it cannot lie ahead.
    since: bool,
    /// Whether the expression sets the time of its sentence and does not only describe a thing.
    adverbial: bool,
    /// The year of the period just named, which ended on the day that the expression gives, or which the expression
    /// names again in other words.
    period_year: Option<i32>,
}

impl Resolver {
    /// `opens` is the date that opens a range which the expression closes.
    fn one(&mut self, found: &Found, tense: Option<Tense>, setting: bool, opens: Option<Date>) -> Resolved {
        let resolved = match opens.and_then(|opens| closing(&found.expr, opens)) {
            Some(value) => Self::sure(value, "the end of the range that the date before it opens", 0.85),
            None => self.meaning(&found.expr, tense),
        };
        self.remember(found, &resolved.value, setting);
        resolved
    }

    fn remember(&mut self, found: &Found, value: &Value, setting: bool) {
        match *value {
            Value::Day(day) if found.rule != "overnight" => self.last_day = Some(day),
            Value::Day(_) => {}
            Value::Quarter(year, quarter) => {
                let ended = self.published.is_none_or(|day| value.days().is_some_and(|(_, to)| to <= day));
                // One that has ended is reported on; one to come is only hoped for.
                let open = |held: (i32, u8)| {
                    Value::Quarter(held.0, held.1)
                        .days()
                        .is_some_and(|(_, to)| self.published.is_some_and(|day| to > day))
                };
                let newer = self.quarter.is_none_or(|held| {
                    let back = (held.0 - year) * 4 + i32::from(held.1) - i32::from(quarter);
                    back < 0 || held.0 - year > 1 || (ended && back < 4 && open(held))
                });
                if newer && (ended || self.quarter.is_none()) {
                    self.quarter = Some((year, quarter));
                }
                self.quarter_spoken = Some(self.sentence);
                self.months_spoken &=
                    matches!(found.expr, Expr::Quarter { period: true, .. } | Expr::Offset { .. });
            }
            Value::Other(ref text)
                if found.kind == TimexKind::Duration && matches!(text.as_str(), "P6M" | "P9M") =>
            {
                self.quarter_spoken = None;
                self.months_spoken = true;
                return;
            }
            Value::Year(_) | Value::Half(..) => self.quarter_spoken = None,
            Value::Month(..) | Value::Season(..) | Value::Week(..) => {}
            _ => return,
        }
        if let Expr::Day { year: YearSpec::Given(year), .. }
        | Expr::Month { year: YearSpec::Given(year), .. }
        | Expr::Year(year) = found.expr
            && self.adverbial
        {
            self.last_year = Some((year, self.sentence));
        }
        // Comparisons ("up from a year earlier", "losses overnight") do not move the story.
        let aside = match found.expr {
            Expr::Offset { unit: Unit::Year | Unit::Quarter, .. } => !self.narrative,
            Expr::Year(_) => self.narrative && !setting,
            // "before the summer offensive" says little about where the story stands.
            Expr::Season { year: YearSpec::Open, .. } => self.narrative,
            Expr::TimeOfDay => true,
            _ => found.rule == "overnight",
        };
        if aside {
            return;
        }
        if let Value::Day(_) = value {
            self.day_sentence = self.sentence;
        }
        // A date of another age in mid-sentence is a comparison; the story goes on where it was.
        let far = |scene: Scene| value.days().is_some_and(|(from, _)| scene.years_from(from.year()) > 5);
        if !self.narrative || setting || !self.scene.is_some_and(far) {
            self.scene = Scene::after(self.scene, value);
        }
        self.last = Some(value.clone());
    }

    fn publication_words(&self) -> String {
        match self.published {
            Some(date) => format!("from the publication date {date}"),
            None => "no publication date is known".to_owned(),
        }
    }

    fn sure(value: Value, basis: impl Into<String>, confidence: f32) -> Resolved {
        Resolved { value, basis: basis.into(), confidence, readings: Vec::new() }
    }

    fn unknown(value: &str) -> Resolved {
        Self::sure(Value::Other(value.to_owned()), "nothing in the text says which", 0.2)
    }

    /// Where the text stands: the last date named in a chronicle, the publication otherwise.
    fn now(&self) -> Option<Date> {
        if self.narrative {
            self.spoken().or(self.published)
        } else {
            self.published.or_else(|| self.spoken())
        }
    }

    /// The last date named, as a day (the first of a longer stretch).
    fn spoken(&self) -> Option<Date> {
        self.last.as_ref().and_then(Value::days).map(|(from, _)| from)
    }

    /// The day last named, unless a coarser date has been named since that does not hold it.
    fn last_day_spoken(&self) -> Option<Date> {
        let day = self.last_day?;
        let (from, to) = self.last.as_ref().and_then(Value::days)?;
        (from <= day && day <= to).then_some(day)
    }

    fn meaning(&self, expr: &Expr, tense: Option<Tense>) -> Resolved {
        match expr {
            Expr::Fixed(text) => Self::sure(Value::Other(text.clone()), "needs no reference date", 0.9),
            Expr::Vague(vague) => {
                let name = match vague {
                    Vague::Past => "PAST_REF",
                    Vague::Present => "PRESENT_REF",
                    Vague::Future => "FUTURE_REF",
                };
                Self::sure(Value::Other(name.to_owned()), "names no date", 0.5)
            }
            Expr::Year(year) => Self::sure(Value::Year(*year), "given in full", 0.95),
            Expr::Decade(decade) => Self::sure(Value::Decade(*decade), "given in full", 0.95),
            Expr::Century(century) => Self::sure(Value::Century(*century), "given in full", 0.95),
            Expr::Figures { year, first, second } => self.figures(*year, *first, *second),
            Expr::Day { year, month, day } => self.day(*year, *month, *day, tense),
            Expr::Month { year, month, rel } => self.month(*year, *month, *rel, tense),
            Expr::Weekday { day, rel, week } => self.weekday(*day, *rel, *week, tense),
            Expr::Season { season, year, rel } => self.season(season, *year, *rel, tense),
            Expr::Holiday { name, year } => self.holiday(name, *year, tense),
            Expr::Quarter {
                year: year @ (YearSpec::Given(_) | YearSpec::Relative(_)), period: true, ..
            } if self.months_spoken && !self.narrative => self.months_before(*year),
            Expr::Quarter { number, year, rel, half, .. } => self.quarter(*number, *year, *rel, *half, tense),
            Expr::Unit { unit, rel } => self.unit(*unit, *rel),
            Expr::Weekend(rel) => self.weekend(*rel, tense),
            Expr::Deictic(days) => {
                let base = self.published.or(self.last_day);
                match base {
                    Some(base) => {
                        Self::sure(Value::Day(base.plus_days(*days)), self.publication_words(), 0.95)
                    }
                    None => Self::unknown("XXXX-XX-XX"),
                }
            }
            // What is in its second day is so today; what was in its second day may have been so at any time.
            Expr::DayCount => {
                match self.published.filter(|_| tense == Some(Tense::Present) && !self.narrative) {
                    Some(base) => Self::sure(Value::Day(base), self.publication_words(), 0.6),
                    None => Self::unknown("XXXX-XX-XX"),
                }
            }
            Expr::TimeOfDay => {
                let near = self.sentence - self.day_sentence <= 1;
                let day =
                    self.last_day.filter(|_| self.narrative || near).or(self.published).or(self.last_day);
                match day {
                    Some(day) => Self::sure(Value::Day(day), format!("on the day spoken of, {day}"), 0.6),
                    None => Self::unknown("XXXX-XX-XX"),
                }
            }
            Expr::Shifted { count, unit, back, base } => {
                self.shifted(*count, *unit, *back, self.meaning(base, tense))
            }
            Expr::Nth { number, part, whole } => Self::nth(*number, *part, self.meaning(whole, tense)),
            Expr::Offset { count, unit, back, from } => self.offset(*count, *unit, *back, *from),
            Expr::Within { count, unit } => match self.published.filter(|_| tense == Some(Tense::Future)) {
                Some(base) => {
                    let value = moved(base, i64::from(count.number), i64::from(count.half), *unit);
                    Self::sure(value, format!("from the publication date {base}"), 0.6)
                }
                None => {
                    Self::sure(Value::Other(duration::value(*count, *unit)), "needs no reference date", 0.9)
                }
            },
        }
    }

    /// The year a relative specification means.
    fn year_of(&self, rel: Rel) -> Option<i32> {
        let published = self.published.map(Date::year);
        let spoken = self.spoken().map(Date::year);
        match rel {
            Rel::Last => self.published.or(self.spoken()).map(|d| d.year() - 1),
            Rel::This => published.or(spoken),
            Rel::Next => self.published.or(self.spoken()).map(|d| d.year() + 1),
            Rel::Following => spoken.or(published).map(|y| y + 1),
            Rel::Preceding => spoken.or(published).map(|y| y - 1),
            Rel::Same | Rel::Bare => spoken.or(published),
        }
    }
}
