//! Dates as legal sources state them: often a year alone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A year, a month or a day, Gregorian: `1995`, `2003-10`, `2003-10-31`. Ordered by time, the vaguer first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LegalDate {
    year: i16,
    month: u8,
    day: u8,
}

/// The text is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date: write 1995, 2003-10 or 2003-10-31")]
pub struct ParseLegalDateError(String);

impl LegalDate {
    /// The year, 1 to 9999.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, where it is known.
    pub const fn month(self) -> Option<u8> {
        if self.month == 0 { None } else { Some(self.month) }
    }

    /// The day of the month, 1 to 31, where it is known.
    pub const fn day(self) -> Option<u8> {
        if self.day == 0 { None } else { Some(self.day) }
    }

    /// A year alone, if it lies between 1 and 9999.
    pub fn from_year(year: i16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, month: 0, day: 0 })
    }
}

impl fmt::Display for LegalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl FromStr for LegalDate {
    type Err = ParseLegalDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text.trim()).ok_or_else(|| ParseLegalDateError(text.chars().take(40).collect()))
    }
}

fn read(text: &str) -> Option<LegalDate> {
    let mut pieces = text.split('-');
    let year = number(pieces.next()?, 4)?;
    let month = pieces.next().map_or(Some(0), |p| number(p, 2).filter(|m| (1..=12).contains(m)))?;
    let day =
        pieces.next().map_or(Some(0), |p| number(p, 2).filter(|&d| d >= 1 && d <= days(year, month)))?;
    if pieces.next().is_some() || year == 0 {
        return None;
    }
    Some(LegalDate { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? })
}

fn number(piece: &str, length: usize) -> Option<i16> {
    (piece.len() == length && piece.bytes().all(|b| b.is_ascii_digit())).then(|| piece.parse().ok())?
}

fn days(year: i16, month: i16) -> i16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Serialize for LegalDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LegalDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_months_and_days_survive_the_round_trip() {
        for text in ["1995", "2003-10", "2003-10-31", "2024-02-29", "0999"] {
            assert_eq!(text.parse::<LegalDate>().map(|d| d.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_date_says_how_to_write_one() {
        for text in [
            "",
            "95",
            "2003-13",
            "2003-02-30",
            "2023-02-29",
            "31.10.2003",
            "2003-10-31-1",
            "0000",
            "２００３",
        ] {
            let error = text.parse::<LegalDate>().expect_err(text);
            assert!(error.to_string().contains("2003-10-31"), "{error}");
        }
    }

    #[test]
    fn order_is_time_with_the_vaguer_first() {
        let mut dates: Vec<LegalDate> =
            ["2004", "2003-10-31", "2003", "2003-10"].iter().map(|d| d.parse().unwrap()).collect();
        dates.sort();
        let shown: Vec<String> = dates.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["2003", "2003-10", "2003-10-31", "2004"]);
    }
}
