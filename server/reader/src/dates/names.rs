//! Names of the months, and of the zones that clocks are printed with.

/// The month (from 1) that a word in lower case names, in full or as usually cut short.
pub(super) fn month(word: &str) -> Option<u8> {
    MONTHS.binary_search_by(|(name, _)| (*name).cmp(word)).ok().map(|at| MONTHS[at].1)
}

/// Seconds east of Greenwich for the name of a zone in lower case. Names that stand for several zones (IST, ET) are
/// left out: the offset is then not stated.
pub(super) fn zone(word: &str) -> Option<i32> {
    let hours = match word {
        "z" | "utc" | "gmt" => 0,
        "bst" | "cet" | "mez" => 1,
        "cest" | "mesz" | "eet" => 2,
        "edt" => -4,
        "est" | "cdt" => -5,
        "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        "jst" => 9,
        "aest" => 10,
        "aedt" => 11,
        "nzst" => 12,
        "nzdt" => 13,
        _ => return None,
    };
    Some(hours * 3600)
}

/// Sorted by name, so that it can be searched. The names are those of the Unicode CLDR (format and stand-alone, wide
/// and abbreviated) for English, German, French, Spanish, Italian, Dutch and Portuguese, and the wide ones of
/// Swedish, Danish, Norwegian, Polish, Czech, Turkish, Indonesian, Russian and Hindi.
#[rustfmt::skip]
const MONTHS: &[(&str, u8)] = &[
    ("abr", 4), ("abril", 4), ("ago", 8), ("agosto", 8), ("agustus", 8), ("aout", 8), ("août", 8), ("apr", 4),
    ("april", 4), ("aprile", 4), ("aralık", 12), ("aug", 8), ("august", 8), ("augusti", 8), ("augustus", 8),
    ("avr", 4), ("avril", 4), ("ağustos", 8), ("března", 3), ("czerwca", 6), ("dec", 12), ("december", 12),
    ("decembre", 12), ("des", 12), ("desember", 12), ("dez", 12), ("dezember", 12), ("dezembro", 12), ("dic", 12),
    ("dicembre", 12), ("diciembre", 12), ("dubna", 4), ("déc", 12), ("décembre", 12), ("ekim", 10), ("ene", 1),
    ("enero", 1), ("eylül", 9), ("feb", 2), ("febbraio", 2), ("febr", 2), ("febrero", 2), ("februar", 2),
    ("februari", 2), ("february", 2), ("fev", 2), ("fevereiro", 2), ("fevrier", 2), ("fév", 2), ("févr", 2),
    ("février", 2), ("gen", 1), ("gennaio", 1), ("giu", 6), ("giugno", 6), ("grudnia", 12), ("haziran", 6),
    ("jan", 1), ("janeiro", 1), ("januar", 1), ("januari", 1), ("january", 1), ("janv", 1), ("janvier", 1),
    ("juil", 7), ("juillet", 7), ("juin", 6), ("jul", 7), ("julho", 7), ("juli", 7), ("julio", 7), ("july", 7),
    ("jun", 6), ("june", 6), ("junho", 6), ("juni", 6), ("junio", 6), ("jänner", 1), ("kasım", 11), ("května", 5),
    ("kwietnia", 4), ("ledna", 1), ("lipca", 7), ("listopada", 11), ("listopadu", 11), ("lug", 7), ("luglio", 7),
    ("lutego", 2), ("maart", 3), ("mag", 5), ("maggio", 5), ("mai", 5), ("maio", 5), ("maj", 5), ("maja", 5),
    ("mar", 3), ("marca", 3), ("march", 3), ("maret", 3), ("mars", 3), ("mart", 3), ("marts", 3), ("marzo", 3),
    ("março", 3), ("may", 5), ("mayo", 5), ("mayıs", 5), ("mei", 5), ("mrt", 3), ("mrz", 3), ("mär", 3),
    ("märz", 3), ("nisan", 4), ("nov", 11), ("november", 11), ("novembre", 11), ("novembro", 11), ("noviembre", 11),
    ("ocak", 1), ("oct", 10), ("october", 10), ("octobre", 10), ("octubre", 10), ("okt", 10), ("oktober", 10),
    ("ott", 10), ("ottobre", 10), ("out", 10), ("outubro", 10), ("października", 10), ("prosince", 12), ("sep", 9),
    ("sept", 9), ("september", 9), ("septembre", 9), ("septiembre", 9), ("set", 9), ("setembro", 9),
    ("setiembre", 9), ("settembre", 9), ("sierpnia", 8), ("srpna", 8), ("stycznia", 1), ("temmuz", 7),
    ("września", 9), ("září", 9), ("února", 2), ("července", 7), ("června", 6), ("října", 10), ("şubat", 2),
    ("августа", 8), ("апреля", 4), ("декабря", 12), ("июля", 7), ("июня", 6), ("марта", 3), ("мая", 5),
    ("ноября", 11), ("октября", 10), ("сентября", 9), ("февраля", 2), ("января", 1), ("अक्टूबर", 10),
    ("अक्तूबर", 10), ("अगस्त", 8), ("अप्रैल", 4), ("जनवरी", 1), ("जुलाई", 7), ("जून", 6), ("दिसंबर", 12),
    ("दिसम्बर", 12), ("नवंबर", 11), ("नवम्बर", 11), ("फरवरी", 2), ("मई", 5), ("मार्च", 3), ("सितंबर", 9),
    ("सितम्बर", 9),
];
