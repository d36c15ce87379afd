//! From what the words say to dates, given the publication date, the tense of the clause and the dates already named.

use crate::calendar::{Date, shift_month};
use crate::lexicon::{self, Tense, Unit};
use crate::sections::SectionKind;
use crate::sentences::Sentence;
use crate::tokens::Tokens;
use crate::{Context, matching};

use super::expr::{Clock, Count, Expr, Found, From, Rel, Vague, YearSpec};
use super::scene::Scene;
use super::value::Value;
use super::{Modifier, Reading, Timex, TimexAnchor, TimexKind, duration, tense};

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
        quarter_spoken: false,
        sentence: 0,
        since: false,
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
        resolver.since = expression.first > 0 && t.word(expression.first - 1) == "since";
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
        let resolved = resolver.one(expression, tense, setting, opens);
        let mut timex = timex_of(expression, resolved, first.start..last.end);
        if let Expr::Offset { from: From::Event, count, unit, back } = expression.expr {
            anchor(t, context, expression, found.get(index + 1), &out, (count, unit, back), &mut timex, to);
        }
        out.push(timex);
    }
    out
}

/// Whether a year moves the story ("In 1942", "by late 1943") or only names something ("the Constitution of 1793").
fn sets_scene(t: &Tokens<'_>, first: usize, from: usize) -> bool {
    first <= from
        || first <= from + 3
            && matches!(
                t.word(first - 1),
                "in" | "by"
                    | "during"
                    | "throughout"
                    | "late"
                    | "early"
                    | "mid"
                    | "until"
                    | "since"
                    | "from"
                    | "of"
            )
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
        let stem = match &value {
            Value::Day(_) => text.clone(),
            _ if text.ends_with("XX") && text.len() == 10 => text.clone(),
            _ => text.clone(),
        };
        text = format!("{stem}T{}", clock_text(clock));
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
        Clock::Part(code) => code.to_owned(),
    }
}

/// Whether the text tells history: its dates carry years long before the publication, and few lean on its day.
fn is_narrative(t: &Tokens<'_>, sentences: &[Sentence], found: &[Found], published: Option<Date>) -> bool {
    let far = |year: i32| published.is_none_or(|published| (published.year() - year).abs() > 1);
    let mut dated = 0;
    let mut leaning = 0;
    let mut place = 0;
    for one in found {
        let start = t.at(one.first).map_or(0, |token| token.start);
        while sentences.get(place + 1).is_some_and(|next| next.span.start <= start) {
            place += 1;
        }
        let around =
            |sentence: &Sentence| !sentence.section.is_article() && sentence.section != SectionKind::Heading;
        if sentences.get(place).is_some_and(around) {
            continue;
        }
        match one.expr {
            Expr::Day { year: YearSpec::Given(year), .. }
            | Expr::Month { year: YearSpec::Given(year), .. }
            | Expr::Year(year)
                if far(year) =>
            {
                dated += 1;
            }
            Expr::Deictic(_) | Expr::Weekday { .. } | Expr::Offset { from: From::Publication, .. } => {
                leaning += 1;
            }
            Expr::Unit { rel: Rel::Last | Rel::This | Rel::Next, .. } => leaning += 1,
            _ => {}
        }
    }
    dated >= 6 && dated > 2 * leaning
}

/// Whether a date in figures whose order is certain has its day first.
fn day_first(found: &[Found]) -> Option<bool> {
    let mut days = 0;
    let mut months = 0;
    for one in found
        .iter()
        .filter(|one| one.rule == "date in figures, day first" || one.rule == "date in figures, month first")
    {
        if one.rule == "date in figures, day first" { days += 1 } else { months += 1 }
    }
    match (days, months) {
        (0, 0) => None,
        (d, m) if d > 0 && m > 0 => None,
        (d, _) => Some(d > 0),
    }
}

/// In "July 1 to July 3, 1863" and "April and June 1955" the year belongs to both dates.
fn share_years(t: &Tokens<'_>, found: &mut [Found]) {
    for index in (0..found.len().saturating_sub(1)).rev() {
        let (end, first) = (found[index].end, found[index + 1].first);
        let linked = match first.checked_sub(end) {
            Some(1) => {
                matches!(t.word(end), "to" | "and" | "through" | "or" | "until" | "," | "&") || t.dash(end)
            }
            Some(2) => {
                t.word(end) == "," && matches!(t.word(end + 1), "and" | "or")
                    || t.word(end + 1) == "the" && matches!(t.word(end), "to" | "and")
            }
            _ => false,
        };
        let given = match found[index + 1].expr {
            Expr::Day { year: YearSpec::Given(year), month: Some(month), .. } => Some((year, month)),
            Expr::Month { year: YearSpec::Given(year), month, .. } => Some((year, month)),
            Expr::Season { year: YearSpec::Given(year), .. } => Some((year, 12)),
            _ => None,
        };
        let Some((year, later)) = given.filter(|_| linked) else { continue };
        let before = |month: u8| if month > later && t.word(end) != "and" { year - 1 } else { year };
        match &mut found[index].expr {
            Expr::Day { year: spec @ YearSpec::Open, month: Some(month), .. } => {
                *spec = YearSpec::Given(before(*month));
            }
            Expr::Month { year: spec @ YearSpec::Open, month, rel: None } => {
                *spec = YearSpec::Given(before(*month));
            }
            Expr::Season { year: spec @ YearSpec::Open, rel: None, .. } => *spec = YearSpec::Given(year),
            _ => {}
        }
    }
}

/// Whether the token after an expression makes it the first end of a range.
fn span_link(t: &Tokens<'_>, before: &Found) -> bool {
    let between = before.first > 0 && t.word(before.first - 1) == "between" && t.word(before.end) == "and";
    matches!(t.word(before.end), "to" | "through" | "until" | "till") || t.dash(before.end) || between
}

/// The first day of a month given as `YYYY-MM`.
fn month_start(edtf: &str) -> Option<Date> {
    Date::parse(&format!("{edtf}-01")).filter(|_| edtf.len() == 7)
}

/// The end of a range: the first such date after its beginning.
fn closing(expr: &Expr, opens: Date) -> Option<Value> {
    match *expr {
        Expr::Day { year: YearSpec::Open, month: Some(month), day } => {
            let later = (month, day) >= (opens.month(), opens.day());
            Date::new(opens.year() + i32::from(!later), month, day).map(Value::Day)
        }
        Expr::Month { year: YearSpec::Open, month, rel: None } => {
            Some(Value::Month(opens.year() + i32::from(month < opens.month()), month))
        }
        Expr::Weekday { day, rel: None, week: None } => {
            Some(Value::Day(opens.plus_days((i64::from(day) - i64::from(opens.weekday())).rem_euclid(7))))
        }
        _ => None,
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
    /// Whether the last period named was a quarter.
    quarter_spoken: bool,
    sentence: usize,
    /// Whether "since" stands before the expression, so that it cannot lie ahead.
    since: bool,
}

impl Resolver {
    /// `opens` is the date that opens a range which the expression closes.
    fn one(&mut self, found: &Found, tense: Option<Tense>, setting: bool, opens: Option<Date>) -> Resolved {
        let resolved = match opens.and_then(|opens| closing(&found.expr, opens)) {
            Some(value) => Self::sure(value, "the end of the range that the date before it opens", 0.85),
            None => self.meaning(found, tense),
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
                let newer = self.quarter.is_none_or(|held| (year, quarter) > held || held.0 - year > 1);
                if newer && (ended || self.quarter.is_none()) {
                    self.quarter = Some((year, quarter));
                }
                self.quarter_spoken = true;
            }
            Value::Year(_) | Value::Half(..) => self.quarter_spoken = false,
            Value::Month(..) | Value::Season(..) | Value::Week(..) => {}
            _ => return,
        }
        if let Expr::Day { year: YearSpec::Given(year), .. }
        | Expr::Month { year: YearSpec::Given(year), .. }
        | Expr::Year(year) = found.expr
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

    fn meaning(&mut self, found: &Found, tense: Option<Tense>) -> Resolved {
        match &found.expr {
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
            Expr::Quarter { number, year, rel, half } => self.quarter(*number, *year, *rel, *half, tense),
            Expr::Unit { unit, rel } => self.unit(*unit, *rel, found.modifier),
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
            Expr::TimeOfDay => {
                let near = self.sentence - self.day_sentence <= 1;
                let day =
                    self.last_day.filter(|_| self.narrative || near).or(self.published).or(self.last_day);
                match day {
                    Some(day) => Self::sure(Value::Day(day), format!("on the day spoken of, {day}"), 0.6),
                    None => Self::unknown("XXXX-XX-XX"),
                }
            }
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

    fn figures(&self, year: i32, first: u8, second: u8) -> Resolved {
        let month_first = Date::new(year, first, second);
        let day_first = Date::new(year, second, first);
        let (Some(a), Some(b)) = (month_first, day_first) else { return Self::unknown("XXXX-XX-XX") };
        match self.day_first {
            Some(true) => Self::sure(Value::Day(b), "day first, as other dates of this text are", 0.85),
            Some(false) => Self::sure(Value::Day(a), "month first, as other dates of this text are", 0.85),
            None => {
                let reading = |date: Date, basis: &str| Reading {
                    value: date.to_string(),
                    edtf: date.to_string(),
                    basis: basis.to_owned(),
                };
                Resolved {
                    value: Value::Day(a),
                    basis: "the order of month and day is not known".to_owned(),
                    confidence: 0.4,
                    readings: vec![reading(a, "month first"), reading(b, "day first")],
                }
            }
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

    /// The year in which a month (and day) falls when the words do not say.
    fn open_year(&self, month: u8, day: Option<u8>, tense: Option<Tense>) -> Option<(i32, String, f32)> {
        if self.narrative
            && let Some(scene) = self.scene
        {
            return Some(scene.year_of(month));
        }
        // A year named just before, in a sentence about another year, still holds.
        if let Some((year, _)) = self.last_year.filter(|(year, sentence)| {
            *sentence == self.sentence && self.published.is_none_or(|published| published.year() != *year)
        }) {
            return Some((year, format!("year from the date named before, {year}"), 0.75));
        }
        let base = self.published.or_else(|| self.spoken())?;
        // How far ahead and how far back the nearest such dates lie: in days, or in months when no day is given.
        let (ahead, back) = match day {
            Some(day) => {
                let of_year = |month: u8, day: u8| i64::from(month) * 31 + i64::from(day);
                let ahead = (of_year(month, day) - of_year(base.month(), base.day())).rem_euclid(372);
                (ahead, 372 - ahead)
            }
            None => {
                let ahead = (i64::from(month) - i64::from(base.month())).rem_euclid(12);
                (ahead, 12 - ahead)
            }
        };
        let weight = if day.is_some() { 4 } else { 6 };
        let (ahead_cost, back_cost) = match tense {
            Some(Tense::Past) => (ahead * weight, back),
            Some(Tense::Future) => (ahead, back * weight),
            _ => (ahead, back),
        };
        let forward = ahead == 0
            || !self.since
                && (ahead_cost < back_cost || ahead_cost == back_cost && tense != Some(Tense::Past));
        let later_in_year = match day {
            Some(day) => (month, day) >= (base.month(), base.day()),
            None => month >= base.month(),
        };
        let year = match (forward, later_in_year) {
            (true, true) | (false, false) => base.year(),
            (true, false) => base.year() + 1,
            (false, true) => base.year() - 1,
        };
        let (how, confidence) =
            match tense.filter(|tense| (*tense == Tense::Future) == (forward && ahead > 0)) {
                Some(Tense::Past) => (" and the past tense of the clause", 0.9),
                Some(Tense::Future) => (" and the clause looking ahead", 0.85),
                _ => (", taking the nearest", 0.75),
            };
        Some((year, format!("year from the publication date {base}{how}"), confidence))
    }

    fn day(&self, year: YearSpec, month: Option<u8>, day: u8, tense: Option<Tense>) -> Resolved {
        let Some(month) = month else {
            let Some(base) = self.now() else { return Self::unknown(&format!("XXXX-XX-{day:02}")) };
            let shift = match tense {
                Some(Tense::Future) if day < base.day() => 1,
                Some(Tense::Past) if day > base.day() => -1,
                None if day > base.day() + 15 => -1,
                _ => 0,
            };
            let (year, month) =
                shift_month(base.year(), base.month(), if self.narrative { 0 } else { shift });
            let basis = format!("month from {base}");
            return match Date::new(year, month, day) {
                Some(date) => Self::sure(Value::Day(date), basis, 0.75),
                None => Self::unknown(&format!("XXXX-XX-{day:02}")),
            };
        };
        let (year, basis, confidence) = match year {
            YearSpec::Given(year) => (Some(year), "given in full".to_owned(), 0.98),
            YearSpec::Relative(rel) => (self.year_of(rel), self.publication_words(), 0.95),
            YearSpec::Open => match self.open_year(month, Some(day), tense) {
                Some((year, basis, confidence)) => (Some(year), basis, confidence),
                None => (None, String::new(), 0.0),
            },
        };
        match year.and_then(|year| Date::new(year, month, day)) {
            Some(date) => Self::sure(Value::Day(date), basis, confidence),
            None => Self::unknown(&format!("XXXX-{month:02}-{day:02}")),
        }
    }

    fn month(&self, year: YearSpec, month: u8, rel: Option<Rel>, tense: Option<Tense>) -> Resolved {
        let relative = |rel: Rel| -> Option<i32> {
            let base = match rel {
                Rel::Following | Rel::Preceding | Rel::Same => self.spoken().or(self.published)?,
                _ => self.published.or_else(|| self.spoken())?,
            };
            Some(match rel {
                // "last January" said in March is this year's; "last May" said in March is last year's.
                Rel::Last | Rel::Preceding => base.year() - i32::from(month >= base.month()),
                Rel::Next | Rel::Following => base.year() + i32::from(month <= base.month()),
                Rel::This | Rel::Same | Rel::Bare => base.year(),
            })
        };
        let (year, basis, confidence) = match (year, rel) {
            (YearSpec::Given(year), _) => (Some(year), "given in full".to_owned(), 0.98),
            (YearSpec::Relative(rel), _) => (self.year_of(rel), self.publication_words(), 0.95),
            (YearSpec::Open, Some(rel)) => (relative(rel), self.publication_words(), 0.9),
            (YearSpec::Open, None) => match self.open_year(month, None, tense) {
                Some((year, basis, confidence)) => (Some(year), basis, confidence),
                None => (None, String::new(), 0.0),
            },
        };
        match year {
            Some(year) => Self::sure(Value::Month(year, month), basis, confidence),
            None => Self::unknown(&format!("XXXX-{month:02}")),
        }
    }

    fn weekday(&self, day: u8, rel: Option<Rel>, week: Option<Rel>, tense: Option<Tense>) -> Resolved {
        let Some(base) = self.now() else { return Self::unknown(&format!("XXXX-WXX-{day}")) };
        let base = match (rel, week) {
            (Some(Rel::Following | Rel::Preceding | Rel::Same), _) => self.last_day.unwrap_or(base),
            (_, Some(Rel::Same)) => self.spoken().unwrap_or(base),
            _ => base,
        };
        let ahead = (i64::from(day) - i64::from(base.weekday())).rem_euclid(7);
        let days = match (week, rel) {
            (Some(week), _) => {
                let shift = match week {
                    Rel::Last | Rel::Preceding => -7,
                    Rel::Next | Rel::Following => 7,
                    _ => 0,
                };
                i64::from(day) - i64::from(base.weekday()) + shift
            }
            (None, Some(Rel::Last | Rel::Preceding)) => {
                if ahead == 0 {
                    -7
                } else {
                    ahead - 7
                }
            }
            (None, Some(Rel::Next | Rel::Following)) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            (None, Some(Rel::This)) => match tense {
                Some(Tense::Past) => {
                    if ahead == 0 {
                        0
                    } else {
                        ahead - 7
                    }
                }
                _ => ahead,
            },
            _ => match tense {
                Some(Tense::Future) => ahead,
                _ if ahead == 0 => 0,
                _ => ahead - 7,
            },
        };
        let how = match (week, rel, tense) {
            (None, None, Some(Tense::Future)) => ", the clause looking ahead",
            (None, None, _) => ", the last such day",
            _ => "",
        };
        let origin = if self.narrative && self.published != Some(base) {
            format!("from the date named before, {base}")
        } else {
            format!("from the publication date {base}")
        };
        let confidence = if week.is_some() || rel.is_some() { 0.9 } else { 0.85 };
        Self::sure(Value::Day(base.plus_days(days)), format!("{origin}{how}"), confidence)
    }

    fn season(
        &self,
        season: &'static str,
        year: YearSpec,
        rel: Option<Rel>,
        tense: Option<Tense>,
    ) -> Resolved {
        let start: u8 = match season {
            "SP" => 3,
            "SU" => 6,
            "FA" => 9,
            _ => 12,
        };
        let year = match (year, rel) {
            (YearSpec::Given(year), _) => {
                return Self::sure(Value::Season(year, season), "given in full", 0.95);
            }
            (YearSpec::Relative(rel), _) => self.year_of(rel),
            (YearSpec::Open, rel) => {
                let base = match rel {
                    Some(Rel::Following | Rel::Preceding | Rel::Same) => self.spoken().or(self.published),
                    _ => self.now(),
                };
                let tense = if self.narrative { None } else { tense };
                base.map(|base| {
                    let begun = base.month() >= start;
                    match rel {
                        Some(Rel::Last | Rel::Preceding) => {
                            base.year() - i32::from(base.month() < start + 3 || season == "WI")
                        }
                        Some(Rel::Next | Rel::Following) => base.year() + i32::from(begun),
                        Some(_) => base.year(),
                        None if tense == Some(Tense::Past) && !begun => base.year() - 1,
                        None if tense == Some(Tense::Future) && base.month() > start + 2 => base.year() + 1,
                        None => base.year(),
                    }
                })
            }
        };
        match year {
            Some(year) => Self::sure(Value::Season(year, season), self.publication_words(), 0.75),
            None => Self::unknown(&format!("XXXX-{season}")),
        }
    }

    fn holiday(&self, name: &str, year: YearSpec, tense: Option<Tense>) -> Resolved {
        let in_year = |year: i32| lexicon::holiday(name, year);
        let day = match year {
            YearSpec::Given(year) => in_year(year),
            YearSpec::Relative(rel @ (Rel::This | Rel::Same)) => self.year_of(rel).and_then(in_year),
            YearSpec::Relative(Rel::Last | Rel::Preceding) => self.now().and_then(|now| {
                in_year(now.year()).filter(|day| *day < now).or_else(|| in_year(now.year() - 1))
            }),
            YearSpec::Relative(_) => self.now().and_then(|now| {
                in_year(now.year()).filter(|day| *day > now).or_else(|| in_year(now.year() + 1))
            }),
            YearSpec::Open => self.now().and_then(|now| {
                let here = in_year(now.year())?;
                match tense {
                    Some(Tense::Past) if here > now => in_year(now.year() - 1),
                    Some(Tense::Future) if here < now => in_year(now.year() + 1),
                    _ => {
                        let options = [in_year(now.year() - 1), Some(here), in_year(now.year() + 1)];
                        options.into_iter().flatten().min_by_key(|day| (day.days() - now.days()).abs())
                    }
                }
            }),
        };
        match day {
            Some(day) => {
                Self::sure(Value::Day(day), format!("the holiday's day, {}", self.publication_words()), 0.85)
            }
            None => Self::unknown("XXXX-XX-XX"),
        }
    }

    fn quarter(
        &self,
        number: Option<u8>,
        year: YearSpec,
        rel: Rel,
        half: bool,
        tense: Option<Tense>,
    ) -> Resolved {
        let Some(base) = self.now() else { return Self::unknown(if half { "XXXX-HX" } else { "XXXX-QX" }) };
        let parts: u8 = if half { 2 } else { 4 };
        let months = 12 / parts;
        let build = |year: i32, number: u8| {
            if half { Value::Half(year, number) } else { Value::Quarter(year, number) }
        };
        let here = (base.month() - 1) / months + 1;
        let step = |by: i32| {
            let index = base.year() * i32::from(parts) + i32::from(here) - 1 + by;
            (index.div_euclid(i32::from(parts)), (index.rem_euclid(i32::from(parts)) + 1) as u8)
        };
        // The quarter a report speaks of; without one, the last that ended.
        let spoken = self.quarter.filter(|_| !half).unwrap_or_else(|| step(-1));
        let basis = self.publication_words();
        let result = match (number, year) {
            (Some(number), YearSpec::Given(year)) => {
                return Self::sure(build(year, number), "given in full", 0.95);
            }
            (Some(number), YearSpec::Relative(rel)) => {
                let year = match rel {
                    Rel::Preceding => spoken.0 - 1,
                    rel => self.year_of(rel).unwrap_or(base.year()),
                };
                (year, number)
            }
            (Some(number), YearSpec::Open) => {
                let year = if number > here
                    && !matches!(tense, Some(Tense::Future))
                    && base.month() <= 5
                    && number == parts
                {
                    base.year() - 1
                } else {
                    base.year()
                };
                (year, number)
            }
            (None, YearSpec::Given(year)) => (year, spoken.1),
            (None, YearSpec::Relative(Rel::Preceding)) => (spoken.0 - 1, spoken.1),
            (None, YearSpec::Relative(rel)) => (self.year_of(rel).unwrap_or(base.year()), spoken.1),
            (None, YearSpec::Open) => match rel {
                Rel::This => self.quarter.unwrap_or_else(|| step(0)),
                Rel::Last => step(-1),
                Rel::Next => step(1),
                Rel::Following => {
                    let index = spoken.0 * 4 + i32::from(spoken.1);
                    (index.div_euclid(4), (index.rem_euclid(4) + 1) as u8)
                }
                Rel::Preceding => {
                    let index = spoken.0 * 4 + i32::from(spoken.1) - 2;
                    (index.div_euclid(4), (index.rem_euclid(4) + 1) as u8)
                }
                Rel::Same | Rel::Bare => match &self.last {
                    Some(Value::Quarter(year, quarter)) if rel == Rel::Same => (*year, *quarter),
                    _ => spoken,
                },
            },
        };
        Self::sure(build(result.0, result.1), basis, 0.8)
    }

    fn unit(&self, unit: Unit, rel: Rel, modifier: Option<Modifier>) -> Resolved {
        let anaphoric = matches!(rel, Rel::Following | Rel::Preceding | Rel::Same);
        let base = if anaphoric { self.spoken().or(self.published) } else { self.now() };
        let shift: i64 = match rel {
            Rel::Last | Rel::Preceding => -1,
            Rel::Next | Rel::Following => 1,
            _ => 0,
        };
        let base = match (rel, unit) {
            (Rel::Last | Rel::This | Rel::Next, _) if self.published.is_some() && !self.narrative => {
                self.published
            }
            (Rel::Same, Unit::Day) => self.last_day_spoken().or(self.published).or(base),
            (Rel::Following | Rel::Preceding, Unit::Day) => {
                self.last.as_ref().and_then(Value::days).map(|(_, to)| to).or(base)
            }
            _ => base,
        };
        let Some(base) = base else {
            return Self::unknown(match unit {
                Unit::Day => "XXXX-XX-XX",
                Unit::Week => "XXXX-WXX",
                Unit::Month => "XXXX-XX",
                _ => "XXXX",
            });
        };
        let value = match unit {
            Unit::Week | Unit::Fortnight => {
                let (year, week) = base.plus_days(7 * shift).iso_week();
                Value::Week(year, week)
            }
            Unit::Month => {
                let (year, month) = shift_month(base.year(), base.month(), shift);
                Value::Month(year, month)
            }
            Unit::Quarter => {
                let (year, month) = shift_month(base.year(), base.month(), 3 * shift);
                Value::Quarter(year, (month - 1) / 3 + 1)
            }
            Unit::Year => Value::Year(base.year() + shift as i32),
            Unit::Decade => Value::Decade(base.year().div_euclid(10) + shift as i32),
            Unit::Century => Value::Century(base.year().div_euclid(100) + shift as i32),
            Unit::Millennium => {
                return Self::sure(
                    Value::Other(format!("{}", base.year() / 1000)),
                    self.publication_words(),
                    0.6,
                );
            }
            _ => Value::Day(base.plus_days(shift)),
        };
        let _ = modifier;
        let basis = if anaphoric && self.spoken().is_some() {
            format!("from the date named before, {base}")
        } else {
            format!("from the publication date {base}")
        };
        Self::sure(value, basis, if anaphoric || rel == Rel::Bare { 0.75 } else { 0.92 })
    }

    fn weekend(&self, rel: Rel, tense: Option<Tense>) -> Resolved {
        let Some(base) = self.now() else { return Self::unknown("XXXX-WXX-WE") };
        let weekday = base.weekday();
        let shift = match rel {
            Rel::Last | Rel::Preceding => -7,
            Rel::Next | Rel::Following => 7,
            Rel::This | Rel::Same => 0,
            Rel::Bare => match tense {
                Some(Tense::Future) => 0,
                _ if weekday <= 3 => -7,
                Some(Tense::Past) if weekday < 6 => -7,
                _ => 0,
            },
        };
        let (year, week) = base.plus_days(shift).iso_week();
        Self::sure(Value::Weekend(year, week), self.publication_words(), 0.8)
    }

    fn offset(&self, count: Count, unit: Unit, back: bool, from: From) -> Resolved {
        if from == From::Event {
            return Self::sure(Value::Other(duration::value(count, unit)), "counted from an event", 0.8);
        }
        if count.vague() {
            let name = if back { "PAST_REF" } else { "FUTURE_REF" };
            return Self::sure(Value::Other(name.to_owned()), "names no date", 0.4);
        }
        let base = match from {
            From::Publication => self.now(),
            _ => self.spoken().or(self.published),
        };
        let Some(base) = base else {
            return Self::sure(
                Value::Other(duration::value(count, unit)),
                "nothing in the text says from when",
                0.3,
            );
        };
        // In a report of results "a year ago" is the same quarter of the year before.
        if unit == Unit::Year
            && count == Count::ONE
            && back
            && self.quarter_spoken
            && !self.narrative
            && let Some((year, quarter)) = self.quarter
        {
            return Self::sure(
                Value::Quarter(year - 1, quarter),
                format!("the quarter a year before {year}-Q{quarter}"),
                0.7,
            );
        }
        let number = i64::from(count.number) * if back { -1 } else { 1 };
        let half = i64::from(count.half) * if back { -1 } else { 1 };
        let value = moved(base, number, half, unit);
        let basis = match from {
            From::Publication => format!("from the publication date {base}"),
            _ => format!("from the date named before, {base}"),
        };
        Self::sure(value, basis, if from == From::Publication { 0.9 } else { 0.75 })
    }
}

/// The date so many units from another, no more precise than the unit.
fn moved(base: Date, number: i64, half: i64, unit: Unit) -> Value {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            Value::Day(base.plus_days(if unit == Unit::Hour { number / 24 } else { 0 }))
        }
        Unit::Day => Value::Day(base.plus_days(number)),
        Unit::Week => Value::Day(base.plus_days(7 * number)),
        Unit::Fortnight => Value::Day(base.plus_days(14 * number)),
        Unit::Month => {
            let (year, month) = shift_month(base.year(), base.month(), number);
            Value::Month(year, month)
        }
        Unit::Quarter => {
            let (year, month) = shift_month(base.year(), base.month(), 3 * number);
            Value::Quarter(year, (month - 1) / 3 + 1)
        }
        Unit::Year if half != 0 => {
            let (year, month) = shift_month(base.year(), base.month(), 12 * number + 6 * half);
            Value::Month(year, month)
        }
        Unit::Year => Value::Year((i64::from(base.year()) + number).clamp(-9999, 9999) as i32),
        Unit::Decade => Value::Year((i64::from(base.year()) + 10 * number).clamp(-9999, 9999) as i32),
        Unit::Century => {
            Value::Century((i64::from(base.year()).div_euclid(100) + number).clamp(-99, 99) as i32)
        }
        Unit::Millennium => Value::Year((i64::from(base.year()) + 1000 * number).clamp(-9999, 9999) as i32),
    }
}

/// Ties "two days after the memo" to the event or the date that its words name.
#[allow(clippy::too_many_arguments)]
fn anchor(
    t: &Tokens<'_>,
    context: &Context<'_>,
    found: &Found,
    next: Option<&Found>,
    _before: &[Timex],
    (count, unit, back): (Count, Unit, bool),
    timex: &mut Timex,
    limit: usize,
) {
    timex.kind = TimexKind::Duration;
    let first = found.end + 1;
    let mut end = first;
    while end < limit
        && end < first + 8
        && !matches!(t.word(end), "," | "." | ";" | ":" | "and" | "but" | "that" | "which" | ")" | "the" if end > first)
    {
        end += 1;
    }
    let (Some(a), Some(b)) = (t.at(first), t.at(end.wrapping_sub(1))) else { return };
    if end <= first || b.end < a.start {
        return;
    }
    let words = &t.text[a.start..b.end];
    timex.anchor = Some(TimexAnchor { words: words.to_owned(), event: None });
    if count.vague() {
        return;
    }
    let sign = if back { -1 } else { 1 };
    let from = |base: Date| moved(base, i64::from(count.number) * sign, i64::from(count.half) * sign, unit);
    if let Some(next) = next.filter(|next| next.first >= first && next.first < end)
        && let Expr::Day { year: YearSpec::Given(year), month: Some(month), day } = next.expr
        && let Some(base) = Date::new(year, month, day)
    {
        timex.edtf = from(base).edtf(None);
        timex.basis = format!("counted from {base}, which the words after it give");
        return;
    }
    if let Some(anchor) = matching::anchor_named(words, context.anchors) {
        timex.anchor = Some(TimexAnchor { words: words.to_owned(), event: Some(anchor.id.clone()) });
        if let Some(base) = Date::parse(&anchor.edtf).filter(|_| anchor.edtf.len() == 10) {
            timex.edtf = from(base).edtf(None);
            timex.basis = format!("counted from \"{}\" on the timeline, {base}", anchor.title);
            timex.confidence = 0.8;
        }
    }
}
