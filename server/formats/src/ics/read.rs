//! Reading calendars.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use impasse_app::model::date::EventDate;
use impasse_app::model::event::Kind;

use super::lines::{Line, lines};
use super::zone::in_zone;
use super::{REST, Shown, WHOLE, restored};
use crate::draft::{Draft, DraftSource};
use crate::format::Format;
use crate::reading::{Reading, Refusal, RowReader};
use crate::text::{decode, one_line, plain};
use impasse_app::t;
use impasse_app::texts::in_english;

pub(crate) fn read(bytes: &[u8]) -> Result<Reading, Refusal> {
    let (text, is_guessed) = decode(bytes);
    let mut reading = Reading::new(Format::Ics);
    if is_guessed {
        reading.warn("", t!("file-not-utf-8"));
    }
    let mut open: Vec<String> = Vec::new();
    let mut event: Option<Component> = None;
    let mut has_calendar = false;
    let (mut passed_over, mut broken) = (0_usize, 0_usize);
    for line in lines(&text) {
        let Ok(line) = line else {
            broken += 1;
            continue;
        };
        match line.name.as_str() {
            "BEGIN" => {
                let name = line.value.trim().to_ascii_uppercase();
                has_calendar |= name == "VCALENDAR";
                if open.len() > 20 {
                    return Err(Refusal::whole(t!("file-nested")));
                }
                match name.as_str() {
                    "VEVENT" if event.is_none() => event = Some(Component::new(line.number, open.len())),
                    "VTODO" | "VJOURNAL" => passed_over += 1,
                    _ => {}
                }
                open.push(name);
            }
            "END" => {
                open.pop();
                if let Some(whole) = event.take_if(|event| event.depth >= open.len()) {
                    reading.push(whole.row())?;
                }
            }
            name => match &mut event {
                // What is nested in an event, such as an alarm, says nothing of the event.
                Some(event) if open.len() == event.depth + 1 => event.add(line),
                None if open.len() == 1 => about(&mut reading, name, &line),
                _ => {}
            },
        }
    }
    if !has_calendar {
        return Err(Refusal::whole(t!("file-no-calendar")));
    }
    if event.is_some() || !open.is_empty() {
        reading.warn("", t!("file-cut-short"));
    }
    if broken > 0 {
        reading.warn("", t!("file-broken-lines", count = broken));
    }
    if passed_over > 0 {
        reading.warn("", t!("file-tasks", count = passed_over));
    }
    Ok(reading)
}

fn about(reading: &mut Reading, name: &str, line: &Line) {
    let about = &mut reading.about;
    let (into, text) = match name {
        "NAME" | "X-WR-CALNAME" => (&mut about.title, one_line(&line.text())),
        "DESCRIPTION" | "X-WR-CALDESC" => (&mut about.summary, plain(&line.text())),
        _ => return,
    };
    if into.is_empty() {
        *into = text;
    }
}

/// An event as the file has it.
struct Component {
    number: u64,
    /// How many components it stands in.
    depth: usize,
    /// The first of each property.
    lines: HashMap<String, Line>,
}

impl Component {
    fn new(number: u64, depth: usize) -> Self {
        Self { number, depth, lines: HashMap::new() }
    }

    fn add(&mut self, line: Line) {
        self.lines.entry(line.name.clone()).or_insert(line);
    }

    fn text(&self, name: &str) -> Option<String> {
        self.lines.get(name).map(|line| plain(line.text().trim())).filter(|text| !text.is_empty())
    }

    fn row(self) -> crate::reading::Row {
        let mut row = RowReader::new(self.number);
        let draft = self.draft(&mut row);
        row.finish(draft)
    }

    fn draft(&self, row: &mut RowReader) -> Option<Draft> {
        if self.text("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
            row.error("STATUS", t!("row-cancelled"));
        }
        for name in ["RRULE", "RDATE"] {
            if self.lines.contains_key(name) {
                row.warn(name, t!("row-repeated"));
            }
        }
        let date = self.date(row)?;
        let title = one_line(&self.text("SUMMARY").unwrap_or_default());
        let uid = self.text("UID").map(|uid| one_line(&uid));
        if let (Some(whole), Some(uid)) = (self.lines.get(WHOLE), &uid) {
            let description = self.lines.get("DESCRIPTION").map(Line::text).unwrap_or_default();
            // Some programs take away empty lines at the beginning.
            let is_bare = description.starts_with(REST.trim_start());
            let said = description.rsplit_once(REST).map_or(description.as_str(), |(said, _)| said);
            let said = if is_bare { "" } else { said };
            let shown = Shown {
                uid: uid.clone(),
                time: super::time(&date).unwrap_or_default(),
                date: Some(date.clone()),
                title: title.clone(),
                description: plain(said),
            };
            if let Some(draft) = in_english(|| restored(&whole.text(), &shown)) {
                return Some(draft);
            }
            row.warn(WHOLE, t!("row-own-part"));
        }
        let mut draft = Draft::new(date, title);
        // One of several occurrences of an event that is repeated has the same UID.
        let occurrence = self.text("RECURRENCE-ID");
        draft.id = uid.map(|uid| occurrence.map_or(uid.clone(), |occurrence| format!("{uid}/{occurrence}")));
        let place = self.text("LOCATION").map(|place| format!("Location: {}", one_line(&place)));
        let description: Vec<String> = self.text("DESCRIPTION").into_iter().chain(place).collect();
        draft.description = (!description.is_empty()).then(|| description.join("\n\n"));
        let categories = self.lines.get("CATEGORIES").map(Line::texts).unwrap_or_default();
        let kind = |name: &String| {
            Kind::ALL.iter().copied().find(|kind| kind.label().eq_ignore_ascii_case(name.trim()))
        };
        draft.kind = in_english(|| categories.iter().find_map(kind));
        let url = self.text("URL");
        draft.sources = url.map(|url| vec![DraftSource { url: Some(url), ..DraftSource::default() }]);
        Some(draft)
    }

    fn date(&self, row: &mut RowReader) -> Option<EventDate> {
        let Some(line) = self.lines.get("DTSTART") else {
            row.error("DTSTART", t!("row-no-date"));
            return None;
        };
        let Some(start) = Moment::of(line) else {
            row.error("DTSTART", t!("row-no-calendar-date", value = crate::draft::cut(&line.value)));
            return None;
        };
        let end = match (self.lines.get("DTEND"), self.lines.get("DURATION")) {
            (Some(line), _) => {
                let end = Moment::of(line);
                if end.is_none() {
                    row.error("DTEND", t!("row-no-calendar-end"));
                }
                end.map(|end| end.local)
            }
            (None, Some(line)) => {
                let end =
                    duration(line.value.trim()).and_then(|length| start.local.checked_add_signed(length));
                if end.is_none() {
                    row.error("DURATION", t!("row-no-length"));
                }
                end
            }
            (None, None) => None,
        };
        // The last minute that belongs to it; programs that give the end as the beginning mean that day.
        let last = end
            .filter(|end| *end > start.local)
            .and_then(|end| end.checked_sub_signed(TimeDelta::seconds(1)));
        let first_day = start.local.date();
        let edtf = match last.map(|last| last.date()).filter(|last| *last > first_day) {
            Some(last) => {
                if start.has_time {
                    row.warn("DTSTART", t!("row-span-to-the-day"));
                }
                format!("{first_day}/{last}")
            }
            None if start.has_time => {
                if last.is_some() {
                    row.warn("DTEND", t!("row-time-without-end"));
                }
                start.edtf(row)
            }
            None => first_day.to_string(),
        };
        EventDate::parse(&edtf).map_err(|error| row.error("DTSTART", error.to_string())).ok()
    }
}

/// A date or time of a calendar.
struct Moment {
    local: NaiveDateTime,
    has_time: bool,
    is_utc: bool,
    zone: Option<String>,
}

impl Moment {
    fn of(line: &Line) -> Option<Self> {
        let value = line.value.trim();
        if let Some(day) = day(value) {
            return Some(Self {
                local: day.and_hms_opt(0, 0, 0)?,
                has_time: false,
                is_utc: false,
                zone: None,
            });
        }
        let (date, time) = value.split_once(['T', 't'])?;
        let (time, is_utc) = time.strip_suffix(['Z', 'z']).map_or((time, false), |time| (time, true));
        if time.len() != 6 || !time.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let part = |from: usize| time.get(from..from + 2)?.parse::<u32>().ok();
        // A leap second is the second before it, as RFC 5545 (3.3.12) has it for programs that know none.
        let local = day(date)?.and_hms_opt(part(0)?, part(2)?, part(4)?.min(59))?;
        Some(Self { local, has_time: true, is_utc, zone: line.parameter("TZID").map(str::to_owned) })
    }

    fn edtf(&self, row: &mut RowReader) -> String {
        let local = self.local.format("%Y-%m-%dT%H:%M:%S");
        match &self.zone {
            _ if self.is_utc => format!("{local}Z"),
            None => local.to_string(),
            Some(zone) => in_zone(self.local, zone).unwrap_or_else(|| {
                row.warn("DTSTART", t!("row-unknown-zone", zone = crate::draft::cut(zone)));
                local.to_string()
            }),
        }
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    let is_day = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_day.then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok())?
}

/// A length of time: P2W, P1DT12H (RFC 5545, 3.3.6).
fn duration(text: &str) -> Option<TimeDelta> {
    let rest = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let mut seconds: i64 = 0;
    let mut figures = String::new();
    for c in rest.chars() {
        let unit = match c {
            '0'..='9' => {
                figures.push(c);
                continue;
            }
            'T' if figures.is_empty() => continue,
            'W' => 7 * 24 * 3600,
            'D' => 24 * 3600,
            'H' => 3600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(figures.parse::<i64>().ok()?.checked_mul(unit)?)?;
        figures.clear();
    }
    if figures.is_empty() { TimeDelta::try_seconds(seconds) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(properties: &str) -> Option<String> {
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:A\r\n{properties}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let reading = read(text.as_bytes()).unwrap();
        reading.rows[0].draft.as_ref().map(|draft| draft.date.edtf().to_owned())
    }

    #[test]
    fn reads_days_spans_and_times() {
        for (properties, expected) in [
            ("DTSTART;VALUE=DATE:20260109", Some("2026-01-09")),
            ("DTSTART;VALUE=DATE:20260109\nDTEND;VALUE=DATE:20260110", Some("2026-01-09")),
            ("DTSTART;VALUE=DATE:20260109\nDTEND;VALUE=DATE:20260109", Some("2026-01-09")),
            ("DTSTART;VALUE=DATE:20260109\nDTEND;VALUE=DATE:20260112", Some("2026-01-09/2026-01-11")),
            ("DTSTART:20260109T140500Z\nDURATION:PT1H", Some("2026-01-09T14:05:00Z")),
            ("DTSTART:20260109T140500Z\nDURATION:P2D", Some("2026-01-09/2026-01-11")),
            ("DTSTART;TZID=Europe/Berlin:20260709T140500", Some("2026-07-09T14:05:00+02:00")),
            ("DTSTART;TZID=Nowhere:20260709T140500", Some("2026-07-09T14:05:00")),
            ("DTSTART:20260230", None),
            ("DTSTART:soon", None),
            ("DTSTART:20260109\nDURATION:long", None),
            ("DTSTART:20260109\nSTATUS:CANCELLED", None),
            ("X:1", None),
        ] {
            assert_eq!(edtf(properties).as_deref(), expected, "{properties}");
        }
    }

    #[test]
    fn alarms_say_nothing_of_the_event() {
        let text = "BEGIN:VCALENDAR\nX-WR-CALNAME:All\nBEGIN:VEVENT\nBEGIN:VALARM\nSUMMARY:Ring\nDESCRIPTION:x\nEND:VALARM\nUID:1\nSUMMARY:A\nDTSTART:20260109\nCATEGORIES:x,Ruling\nEND:VEVENT\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR\n";
        let reading = read(text.as_bytes()).unwrap();
        let draft = reading.rows[0].draft.as_ref().unwrap();
        assert_eq!((draft.title.as_str(), draft.kind), ("A", Some(Kind::Ruling)));
        assert_eq!(draft.description, None);
        assert_eq!((reading.about.title.as_str(), reading.notes.len()), ("All", 1));
        assert!(read(b"hello").is_err());
    }
}
