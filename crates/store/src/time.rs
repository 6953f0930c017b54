//! Moments, handed in by whoever reads the clock.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A moment in UTC, to the second: `2026-11-23T20:31:08Z`. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

/// The text is not a moment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a moment: write 2026-11-23T20:31:08Z")]
pub struct ParseTimestampError(String);

impl Timestamp {
    const SECONDS_A_DAY: i64 = 86_400;
    /// 0001-01-01T00:00:00Z.
    const FIRST: i64 = -62_135_596_800;
    /// 9999-12-31T23:59:59Z.
    const LAST: i64 = 253_402_300_799;

    /// Seconds since 1970-01-01T00:00:00Z; brought within the years 1 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self(seconds.clamp(Self::FIRST, Self::LAST))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub const fn unix_seconds(self) -> i64 {
        self.0
    }
}

/// The Gregorian date of a day counted from 1970-01-01, after Howard Hinnant's `civil_from_days`.
fn date_of(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, day)
}

/// The day, counted from 1970-01-01, of a Gregorian date, after Howard Hinnant's `days_from_civil`.
fn day_of(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date_of(self.0.div_euclid(Self::SECONDS_A_DAY));
        let second = self.0.rem_euclid(Self::SECONDS_A_DAY);
        let (h, m, s) = (second / 3_600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}Z")
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).ok_or_else(|| ParseTimestampError(text.chars().take(40).collect()))
    }
}

fn read(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    if bytes.len() != 20 || !text.is_ascii() {
        return None;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<u32>().ok().map(i64::from);
    let seconds = number(11, 13)? * 3_600 + number(14, 16)? * 60 + number(17, 19)?;
    let days = day_of(number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let moment = Timestamp(days * Timestamp::SECONDS_A_DAY + seconds);
    // Whatever is no date or time of day, or is punctuated otherwise, is displayed differently.
    (moment.to_string() == text).then_some(moment)
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_survive_the_round_trip() {
        for text in
            ["1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2026-11-23T20:31:08Z", "0001-01-01T00:00:00Z"]
        {
            assert_eq!(text.parse::<Timestamp>().map(|t| t.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(Timestamp::from_unix_seconds(951_782_400).to_string(), "2000-02-29T00:00:00Z");
    }

    #[test]
    fn what_is_no_moment_says_how_to_write_one() {
        for text in [
            "",
            "2026-11-23",
            "2026-13-23T20:31:08Z",
            "2026-02-30T20:31:08Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23 20:31:08Z",
        ] {
            assert!(text.parse::<Timestamp>().expect_err(text).to_string().contains("2026-11-23T20:31:08Z"));
        }
    }
}
