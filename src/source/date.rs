//! Dates as note-writers write them.
//!
//! In: the value of `date:` and its like, or the beginning of a file name. Out: a [`Date`], or word of what was wrong.
//! A date is kept as it was written, in the writer's own offset: nothing here knows the clock or the local time zone,
//! and a note dated `2021-06-16 00:30 +0900` stays a note of the 16th. Order follows what a reader sees, the day
//! first. Where the day is sound and the time is not (`21:04:76`), the day survives.

use std::fmt;

/// A day in the Gregorian calendar, with a time of day when one was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub time: Option<Time>,
}

/// A time of day; the offset from UTC in minutes when one was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub offset: Option<i16>,
}

/// What became of a written date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Whole(Date),
    /// The day was understood; what followed it was not.
    DayOnly(Date),
    Unreadable,
}

impl Date {
    /// `None` when there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day, time: None })
    }

    /// Reads any of the forms in which dates are written in notes.
    pub fn read(written: &str) -> Reading {
        let written = written.trim();
        if !written.is_empty() && written.bytes().all(|b| b.is_ascii_digit()) {
            return digits(written).map_or(Reading::Unreadable, Reading::Whole);
        }
        let Some((day, rest)) = numeric_day(written).or_else(|| worded_day(written)) else {
            return Reading::Unreadable;
        };
        match read_time(&rest) {
            Some(time) => Reading::Whole(Self { time, ..day }),
            None => Reading::DayOnly(day),
        }
    }

    /// A number: `20210616`, or seconds or milliseconds since 1970.
    pub fn from_number(number: i64) -> Option<Self> {
        u64::try_from(number).ok().and_then(|number| digits(&number.to_string()))
    }

    /// The date at the start of a Jekyll file name, and the rest: `2021-06-16-제목` → (date, `제목`).
    pub fn from_file_stem(stem: &str) -> Option<(Self, &str)> {
        let (date, rest) = stem.split_at_checked(10)?;
        let dashes =
            date.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
        let date = match Self::read(date) {
            Reading::Whole(date) if dashes => date,
            _ => return None,
        };
        let title = rest.strip_prefix(['-', '_', ' ']).map(str::trim).unwrap_or_default();
        (rest.is_empty() || !title.is_empty()).then_some((date, title))
    }

    /// For feeds: `2021-06-16T12:00:00+09:00`. A part that was not written is midnight, UTC.
    pub fn rfc3339(&self) -> String {
        let Time { hour, minute, second, offset } =
            self.time.unwrap_or(Time { hour: 0, minute: 0, second: 0, offset: None });
        let zone = match offset {
            None | Some(0) => "Z".to_owned(),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
            }
        };
        format!("{self}T{hour:02}:{minute:02}:{second:02}{zone}")
    }

    /// Whether this date is certainly before another: by the clock where both tell their offset from UTC, else by the
    /// day, and by more than one where an offset may part two days.
    pub fn is_before(&self, other: &Self) -> bool {
        let offset = |date: &Self| date.time.and_then(|time| time.offset);
        match (self.instant(), other.instant()) {
            (Some(this), Some(that)) => this < that,
            _ if offset(self).is_some() || offset(other).is_some() => self.day_number() + 1 < other.day_number(),
            _ => self.day_number() < other.day_number(),
        }
    }

    /// Seconds since some day, where the offset is known.
    fn instant(&self) -> Option<i64> {
        let Time { hour, minute, second, offset } = self.time?;
        let of_day = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        Some(self.day_number() * 86_400 + of_day - i64::from(offset?) * 60)
    }

    /// Days since some day, by the same source as [`Self::from_days`].
    fn day_number(&self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let march_month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * march_month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
    }

    /// Days since 1970-01-01 → a date. After Howard Hinnant, "chrono-compatible low-level date algorithms".
    fn from_days(days: i64) -> Option<Self> {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    fn from_seconds(seconds: i64) -> Option<Self> {
        let part = |value: i64| u8::try_from(value).ok();
        let of_day = seconds.rem_euclid(86_400);
        let time = Time {
            hour: part(of_day / 3_600)?,
            minute: part(of_day / 60 % 60)?,
            second: part(of_day % 60)?,
            offset: Some(0),
        };
        Some(Self { time: Some(time), ..Self::from_days(seconds.div_euclid(86_400))? })
    }
}

/// `2021-06-16`, the day alone.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Digits alone mean a day by 8 (`20210616`), with a time by 12 or 14 (`202106161230`, as Obsidian's unique notes are
/// named), and else an epoch: seconds by up to 10, milliseconds by 11 to 13.
fn digits(written: &str) -> Option<Date> {
    let number = |from: usize, to: usize| written.get(from..to).and_then(|part| part.parse::<u8>().ok());
    let calendar = || {
        let date = Date::new(written.get(..4)?.parse().ok()?, number(4, 6)?, number(6, 8)?)?;
        if written.len() == 8 {
            return Some(date);
        }
        let second = if written.len() == 14 { number(12, 14)? } else { 0 };
        Some(Date { time: Some(clock(number(8, 10)?, number(10, 12)?, second)?), ..date })
    };
    match written.len() {
        8 => calendar(),
        14 => calendar(),
        12 if written.starts_with("19") || written.starts_with("20") => calendar(),
        9..=10 => Date::from_seconds(written.parse().ok()?),
        11..=13 => Date::from_seconds(written.parse::<i64>().ok()? / 1000),
        _ => None,
    }
}

/// `2021-06-16`, `2021.06.16`, `2021. 6. 16.`, `2021/6/1`, `2021년 6월 16일`, and what follows.
fn numeric_day(written: &str) -> Option<(Date, String)> {
    let (year, rest) = leading_number(written, 4)?;
    let (separator, rest) = separator(rest, '년')?;
    let (month, rest) = leading_number(rest, 2)?;
    let (second_separator, rest) = self::separator(rest, '월')?;
    let agree = separator == second_separator || (separator == '년' && second_separator == '월');
    let (day, rest) = leading_number(rest, 2)?;
    // Another digit: `2021-06-163` is no day.
    if !agree || written.get(..4)?.parse::<u16>().ok()? != year || rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('일').or_else(|| rest.strip_prefix('.')).unwrap_or(rest);
    Some((Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?, rest.to_owned()))
}

fn leading_number(text: &str, longest: usize) -> Option<(u16, &str)> {
    let length = text.bytes().take(longest).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(length)?;
    Some((number.parse().ok()?, rest))
}

fn separator(text: &str, korean: char) -> Option<(char, &str)> {
    let text = text.trim_start();
    let separator = text.chars().next().filter(|c| ['-', '.', '/', korean].contains(c))?;
    Some((separator, text.get(separator.len_utf8()..)?.trim_start()))
}

/// `June 16, 2021`, `16 Jun 2021`, `Wed, 16 Jun 2021 12:00:00 GMT`, and what follows.
fn worded_day(written: &str) -> Option<(Date, String)> {
    let words: Vec<&str> = written.split([' ', ',', '\t']).filter(|word| !word.is_empty()).collect();
    let words = match words.split_first() {
        Some((first, rest)) if is_weekday(first) => rest,
        _ => words.as_slice(),
    };
    let (&[first, second, year], rest) = words.split_first_chunk::<3>()?;
    let (month, day) = match (month_name(first), month_name(second)) {
        (Some(month), _) => (month, second),
        (_, Some(month)) => (month, first),
        _ => return None,
    };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let year = year.parse::<u16>().ok().filter(|year| *year >= 1000)?;
    Some((Date::new(year, month, day.parse().ok()?)?, rest.join(" ")))
}

fn month_name(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| word.len() >= 3 && (month.starts_with(&word) || word == "sept" && *month == "september"))?;
    u8::try_from(at + 1).ok()
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.trim_matches(['(', ')', '.', ',']).to_lowercase();
    (word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&word)))
        || matches!(word.strip_suffix("요일").unwrap_or(&word), "월" | "화" | "수" | "목" | "금" | "토" | "일")
}

/// What follows the day: `Some(None)` for nothing, `None` for something that is not a time.
fn read_time(rest: &str) -> Option<Option<Time>> {
    let mut words: Vec<&str> = rest.split([' ', ',', '\t', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    words.retain(|word| !is_weekday(word));
    // `GMT+0900 (KST)`: the name repeats the offset.
    words.retain(|word| !(word.starts_with('(') && word.ends_with(')')));
    let mut words = words.into_iter().peekable();
    if words.peek().is_none() {
        return Some(None);
    }
    let mut half = words.next_if(|word| half_of_day(word).is_some()).and_then(half_of_day);
    let word = words.next()?;
    let word = word.strip_prefix(['T', 't']).unwrap_or(word);
    let end = word.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(word.len());
    let (clock_text, attached) = word.split_at_checked(end)?;
    let mut time = clock_words(clock_text)?;

    let mut zones: Vec<&str> = Vec::new();
    for word in std::iter::once(attached).filter(|word| !word.is_empty()).chain(words) {
        match half_of_day(word) {
            Some(found) if half.is_none() => half = Some(found),
            _ => zones.push(word),
        }
    }
    if let Some(afternoon) = half {
        time.hour = match (time.hour, afternoon) {
            (12, false) => 0,
            (hour @ 1..=11, true) => hour + 12,
            (hour, _) => hour,
        };
    }
    time.offset = match zones.as_slice() {
        [] => None,
        [zone] => Some(offset(zone)?),
        _ => return None,
    };
    Some(Some(time))
}

fn half_of_day(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "오전" | "am" | "a.m." => Some(false),
        "오후" | "pm" | "p.m." => Some(true),
        _ => None,
    }
}

fn clock_words(text: &str) -> Option<Time> {
    // Fractions of a second are of no interest to a reader.
    let text = text.split('.').next()?;
    let mut parts = text.split(':');
    let mut number = || parts.next().map(|part| if part.len() <= 2 { part.parse::<u8>().ok() } else { None });
    let (hour, minute, second) = (number()??, number()??, number().unwrap_or(Some(0))?);
    if number().is_some() {
        return None;
    }
    clock(hour, minute, second)
}

fn clock(hour: u8, minute: u8, second: u8) -> Option<Time> {
    (hour < 24 && minute < 60 && second < 60).then_some(Time { hour, minute, second, offset: None })
}

/// `Z`, `+09:00`, `+0900`, `+9`, `GMT+0900`, `KST`, in minutes.
fn offset(zone: &str) -> Option<i16> {
    let zone = zone.to_ascii_uppercase();
    let rest = ["GMT", "UTC", "Z"].iter().find_map(|name| zone.strip_prefix(name)).unwrap_or(&zone);
    if rest.is_empty() {
        return Some(0);
    }
    if rest == "KST" || rest == "JST" {
        return Some(9 * 60);
    }
    let (sign, rest) = match rest.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, rest.strip_prefix('+')?),
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "0"),
    };
    let (hours, minutes) = (hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?);
    (hours <= 14 && minutes < 60).then(|| sign * (i16::from(hours) * 60 + i16::from(minutes)))
}

#[cfg(test)]
mod tests;
