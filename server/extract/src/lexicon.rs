//! Words with a fixed meaning: names of months and days, units, numbers, abbreviations. All take lower case.

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The letter TIMEX3 durations use, after `PT` for parts of a day and `P` otherwise.
    pub(crate) fn letter(self) -> &'static str {
        match self {
            Self::Second => "S",
            Self::Minute | Self::Month => "M",
            Self::Hour => "H",
            Self::Day => "D",
            Self::Week | Self::Fortnight => "W",
            Self::Quarter => "Q",
            Self::Year => "Y",
            Self::Decade => "E",
            Self::Century => "C",
            Self::Millennium => "L",
        }
    }

    /// Whether the unit is shorter than a day.
    pub(crate) fn of_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }
}

/// The unit a word names, and whether the word is plural.
pub(crate) fn unit(word: &str) -> Option<(Unit, bool)> {
    let found = match word {
        "second" => (Unit::Second, false),
        "seconds" | "secs" => (Unit::Second, true),
        "minute" => (Unit::Minute, false),
        "minutes" | "mins" => (Unit::Minute, true),
        "hour" => (Unit::Hour, false),
        "hours" | "hrs" => (Unit::Hour, true),
        "hr" => (Unit::Hour, false),
        "day" => (Unit::Day, false),
        "days" => (Unit::Day, true),
        "week" => (Unit::Week, false),
        "weeks" => (Unit::Week, true),
        "fortnight" => (Unit::Fortnight, false),
        "fortnights" => (Unit::Fortnight, true),
        "month" => (Unit::Month, false),
        "months" => (Unit::Month, true),
        "quarter" => (Unit::Quarter, false),
        "quarters" => (Unit::Quarter, true),
        "year" => (Unit::Year, false),
        "years" | "yrs" => (Unit::Year, true),
        "decade" => (Unit::Decade, false),
        "decades" => (Unit::Decade, true),
        "century" => (Unit::Century, false),
        "centuries" => (Unit::Century, true),
        "millennium" => (Unit::Millennium, false),
        "millennia" | "millenniums" => (Unit::Millennium, true),
        _ => return None,
    };
    Some(found)
}

/// The number of a month by its name or abbreviation (without the point).
pub(crate) fn month(word: &str) -> Option<u8> {
    Some(match word {
        "january" | "jan" => 1,
        "february" | "feb" | "febr" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// The number of a weekday (1 for Monday), and whether the word is plural.
pub(crate) fn weekday(word: &str) -> Option<(u8, bool)> {
    Some(match word {
        "monday" | "mon" => (1, false),
        "tuesday" | "tue" | "tues" => (2, false),
        "wednesday" | "wed" => (3, false),
        "thursday" | "thu" | "thur" | "thurs" => (4, false),
        "friday" | "fri" => (5, false),
        "saturday" | "sat" => (6, false),
        "sunday" | "sun" => (7, false),
        "mondays" => (1, true),
        "tuesdays" => (2, true),
        "wednesdays" => (3, true),
        "thursdays" => (4, true),
        "fridays" => (5, true),
        "saturdays" => (6, true),
        "sundays" => (7, true),
        _ => return None,
    })
}

/// Whether a month or weekday is written as an abbreviation that is also another word ("sun", "sat", "mar").
pub(crate) fn ambiguous_short_name(word: &str) -> bool {
    matches!(word, "sun" | "sat" | "wed" | "mon" | "mar" | "jan" | "jun" | "dec" | "fri" | "thu" | "tue")
}

/// The TIMEX3 code of a season.
pub(crate) fn season(word: &str) -> Option<&'static str> {
    Some(match word {
        "spring" | "springtime" => "SP",
        "summer" | "summertime" => "SU",
        "autumn" | "fall" => "FA",
        "winter" | "wintertime" => "WI",
        _ => return None,
    })
}

/// The value of a number word below a hundred.
pub(crate) fn small_number(word: &str) -> Option<u32> {
    Some(match word {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// The value of an ordinal, in words or digits ("ninth", "9th"), below a hundred.
pub(crate) fn ordinal(word: &str) -> Option<u32> {
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        "thirtieth" => 30,
        _ => {
            let digits = word.len().checked_sub(2).and_then(|end| word.get(..end))?;
            let tail = word.get(digits.len()..)?;
            if !matches!(tail, "st" | "nd" | "rd" | "th") || digits.len() > 2 {
                return None;
            }
            return digits.parse().ok();
        }
    })
}

/// The first year of a decade written in words ("nineties"), within the twentieth century.
pub(crate) fn decade_word(word: &str) -> Option<i32> {
    Some(match word {
        "twenties" => 1920,
        "thirties" => 1930,
        "forties" => 1940,
        "fifties" => 1950,
        "sixties" => 1960,
        "seventies" => 1970,
        "eighties" => 1980,
        "nineties" => 1990,
        _ => return None,
    })
}

/// Whether the word is an abbreviation of a person's title, after which a sentence never ends.
pub(crate) fn title_abbreviation(word: &str) -> bool {
    matches!(
        word,
        "mr" | "mrs"
            | "ms"
            | "dr"
            | "prof"
            | "rev"
            | "gen"
            | "lt"
            | "col"
            | "maj"
            | "capt"
            | "sgt"
            | "cmdr"
            | "adm"
            | "sen"
            | "rep"
            | "gov"
            | "sir"
            | "st"
            | "hon"
            | "pres"
            | "messrs"
            | "brig"
            | "vs"
            | "v"
            | "no"
            | "nos"
            | "art"
            | "sec"
            | "cpl"
            | "pvt"
            | "supt"
            | "atty"
            | "amb"
    )
}

/// Whether the word is an abbreviation that usually goes on.
pub(crate) fn abbreviation(word: &str) -> bool {
    title_abbreviation(word)
        || month(word).is_some() && !matches!(word, "may" | "march" | "june" | "july" | "april" | "august")
        || matches!(
            word,
            "inc"
                | "corp"
                | "co"
                | "ltd"
                | "llc"
                | "plc"
                | "jr"
                | "sr"
                | "etc"
                | "dept"
                | "univ"
                | "assn"
                | "bros"
                | "ave"
                | "blvd"
                | "rd"
                | "mt"
                | "ft"
                | "calif"
                | "mass"
                | "conn"
                | "ill"
                | "pa"
                | "fla"
                | "tex"
                | "va"
                | "md"
                | "wash"
                | "ore"
                | "mich"
                | "minn"
                | "wis"
                | "ala"
                | "ariz"
                | "ark"
                | "colo"
                | "del"
                | "ga"
                | "ind"
                | "kan"
                | "ky"
                | "la"
                | "miss"
                | "mo"
                | "mont"
                | "neb"
                | "nev"
                | "okla"
                | "tenn"
                | "vt"
                | "wyo"
                | "approx"
                | "est"
                | "cf"
                | "mon"
                | "tue"
                | "tues"
                | "wed"
                | "thu"
                | "thurs"
                | "fri"
                | "al"
        )
}

/// Whether a capitalised word after an abbreviation is likely to open a new sentence.
pub(crate) fn starts_sentence(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "he"
            | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "you"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "in"
            | "on"
            | "at"
            | "but"
            | "and"
            | "this"
            | "that"
            | "these"
            | "those"
            | "there"
            | "when"
            | "while"
            | "after"
            | "before"
            | "if"
            | "for"
            | "as"
            | "some"
            | "many"
            | "most"
            | "both"
            | "however"
            | "meanwhile"
            | "last"
            | "since"
            | "officials"
            | "mr"
            | "mrs"
            | "ms"
            | "no"
            | "not"
            | "what"
            | "who"
            | "why"
            | "how"
            | "under"
            | "by"
            | "with"
            | "then"
            | "now"
            | "so"
            | "yet"
            | "although"
            | "though"
            | "despite"
            | "also"
            | "separately"
            | "earlier"
    )
}

/// A holiday's day in a year, as the calendars of English-speaking countries give it.
pub(crate) fn holiday(name: &str, year: i32) -> Option<crate::calendar::Date> {
    use crate::calendar::{Date, easter};
    let fixed = |month, day| Date::new(year, month, day);
    // The nth given weekday of a month; n counts from 1.
    let nth = |month, weekday: u8, n: i64| {
        let first = Date::month_start(year, month);
        let ahead = (i64::from(weekday) - i64::from(first.weekday())).rem_euclid(7);
        Some(first.plus_days(ahead + 7 * (n - 1)))
    };
    match name {
        "new year's day" | "new year" | "new year's" => fixed(1, 1),
        "new year's eve" => fixed(12, 31),
        "martin luther king day" | "martin luther king jr. day" | "mlk day" => nth(1, 1, 3),
        "valentine's day" => fixed(2, 14),
        "presidents day" | "presidents' day" | "president's day" | "washington's birthday" => nth(2, 1, 3),
        "st. patrick's day" | "st patrick's day" | "saint patrick's day" => fixed(3, 17),
        "ash wednesday" => Some(easter(year).plus_days(-46)),
        "palm sunday" => Some(easter(year).plus_days(-7)),
        "good friday" => Some(easter(year).plus_days(-2)),
        "shrove tuesday" | "mardi gras" => Some(easter(year).plus_days(-47)),
        "maundy thursday" => Some(easter(year).plus_days(-3)),
        "holy saturday" | "easter saturday" => Some(easter(year).plus_days(-1)),
        "ascension day" => Some(easter(year).plus_days(39)),
        "pentecost" | "whit sunday" | "whitsun" => Some(easter(year).plus_days(49)),
        "whit monday" => Some(easter(year).plus_days(50)),
        "easter" | "easter sunday" => Some(easter(year)),
        "easter monday" => Some(easter(year).plus_days(1)),
        "groundhog day" => fixed(2, 2),
        "australia day" => fixed(1, 26),
        "holocaust memorial day" => fixed(1, 27),
        "anzac day" => fixed(4, 25),
        "canada day" => fixed(7, 1),
        "guy fawkes night" | "bonfire night" | "guy fawkes day" => fixed(11, 5),
        "st. george's day" | "st george's day" => fixed(4, 23),
        "st. andrew's day" | "st andrew's day" => fixed(11, 30),
        "epiphany" | "twelfth night" => fixed(1, 6),
        "assumption day" => fixed(8, 15),
        "all souls' day" | "all souls day" => fixed(11, 2),
        "cyber monday" => nth(11, 4, 4).map(|day| day.plus_days(4)),
        "april fool's day" | "april fools' day" => fixed(4, 1),
        "earth day" => fixed(4, 22),
        "may day" => fixed(5, 1),
        "mother's day" => nth(5, 7, 2),
        "memorial day" => {
            let last = Date::month_end(year, 5);
            Some(last.plus_days(1 - i64::from(last.weekday())))
        }
        "juneteenth" => fixed(6, 19),
        "father's day" => nth(6, 7, 3),
        "independence day" | "fourth of july" | "july fourth" => fixed(7, 4),
        "bastille day" => fixed(7, 14),
        "labor day" => nth(9, 1, 1),
        "columbus day" | "indigenous peoples' day" => nth(10, 1, 2),
        "halloween" => fixed(10, 31),
        "all saints' day" | "all saints day" => fixed(11, 1),
        "election day" => nth(11, 1, 1).map(|monday| monday.plus_days(1)),
        "veterans day" | "armistice day" | "remembrance day" => fixed(11, 11),
        "thanksgiving" | "thanksgiving day" => nth(11, 4, 4),
        "black friday" => nth(11, 4, 4).map(|day| day.plus_days(1)),
        "christmas eve" => fixed(12, 24),
        "christmas" | "christmas day" => fixed(12, 25),
        "boxing day" => fixed(12, 26),
        _ => None,
    }
}

/// What a verb form says about the time of its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Present,
    Future,
}

/// The tense of a finite verb form, auxiliaries included. Regular past forms are known by their ending.
pub(crate) fn tense(word: &str) -> Option<Tense> {
    Some(match word {
        "will" | "'ll" | "shall" | "won't" | "they'll" | "it'll" | "he'll" | "she'll" | "we'll" | "i'll" => {
            Tense::Future
        }
        "is" | "are" | "am" | "has" | "have" | "says" | "expects" | "plans" | "wants" | "does" | "do"
        | "isn't" | "aren't" | "remains" | "continues" => Tense::Present,
        "was" | "were" | "had" | "did" | "said" | "told" | "rose" | "fell" | "made" | "took" | "came"
        | "went" | "got" | "met" | "bought" | "sold" | "held" | "began" | "left" | "won" | "lost"
        | "gave" | "found" | "led" | "became" | "brought" | "kept" | "paid" | "sent" | "wrote" | "broke"
        | "spoke" | "saw" | "knew" | "grew" | "stood" | "ran" | "built" | "fought" | "struck" | "drew"
        | "withdrew" | "chose" | "threw" | "flew" | "caught" | "taught" | "thought" | "spent" | "felt"
        | "heard" | "shot" | "hit" | "cut" | "set" | "put" | "sued" | "swore" | "wasn't" | "weren't"
        | "didn't" | "hadn't" | "sought" | "drove" | "sank" | "sprang" | "slid" | "dealt" | "signed"
        | "lay" | "rode" | "beat" | "overcame" | "arose" | "fled" | "laid" | "lent" | "meant" | "quit"
        | "shook" | "shut" | "split" | "stole" | "stuck" | "swept" | "tore" | "undertook" | "upheld"
        | "wore" | "blew" | "bore" | "bit" | "bled" | "bound" | "bred" | "burst" | "clung" | "crept"
        | "dug" | "drank" | "ate" | "fed" | "forbade" | "forgot" | "froze" | "hid" | "hung" | "knelt"
        | "leapt" | "lit" | "rang" | "sang" | "shed" | "shone" | "shrank" | "slept" | "slipped" | "sped"
        | "spread" | "stung" | "strove" | "swam" | "swung" | "undid" | "understood" | "wept" | "withheld"
        | "awoke" | "outlawed" | "overthrew" | "oversaw" | "foresaw" | "let" | "cast" | "read" | "rid"
        | "bid" | "bet" | "cost" | "hurt" | "thrust" | "upset" | "used" | "wound" => Tense::Past,
        _ if word.len() > 3
            && word.ends_with("ed")
            && !matches!(
                word,
                "need"
                    | "indeed"
                    | "exceed"
                    | "proceed"
                    | "succeed"
                    | "speed"
                    | "hundred"
                    | "united"
                    | "feed"
                    | "seed"
                    | "breed"
                    | "agreed-upon"
                    | "kindred"
                    | "sacred"
                    | "naked"
            ) =>
        {
            Tense::Past
        }
        _ => return None,
    })
}
