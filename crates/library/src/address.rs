//! Where a work, a version of it or one of its provisions is shown.

use std::fmt;
use std::str::FromStr;

use merida_law::{ExpressionUri, ProvisionId, WorkUri};
use serde::{Serialize, Serializer};

/// What a URL of the site, or an argument of `show`, points at. The path of a page is the Akoma Ntoso URI itself:
///
/// - a work: `/akn/gb/act/2010/23`
/// - an expression: `/akn/gb/act/2010/23/eng@2010-04-08`
/// - a provision: `/akn/gb/act/2010/23/eng@2010-04-08/~sec_6`, or, in whatever language the reader has,
///   `/akn/gb/act/2010/23/~sec_6`; `#sec_6` is read as `/~sec_6`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The work.
    pub work: WorkUri,
    /// The expression, where one is named.
    pub expression: Option<ExpressionUri>,
    /// The provision, where one is named.
    pub provision: Option<ProvisionId>,
}

/// The text is not the address of anything here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not an address: write /akn/gb/act/2010/23, /akn/gb/act/2010/23/eng@2010-04-08 or either with /~sec_6"
)]
pub struct ParseAddressError(String);

impl Address {
    /// The address of a work.
    pub fn of_work(work: &WorkUri) -> Self {
        Self { work: work.clone(), expression: None, provision: None }
    }

    /// The address of an expression.
    pub fn of_expression(expression: &ExpressionUri) -> Self {
        Self { work: expression.work().clone(), expression: Some(expression.clone()), provision: None }
    }

    /// The address of a provision of an expression.
    pub fn of_provision(expression: &ExpressionUri, provision: &ProvisionId) -> Self {
        Self { provision: Some(provision.clone()), ..Self::of_expression(expression) }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expression {
            Some(expression) => write!(f, "{expression}")?,
            None => write!(f, "{}", self.work)?,
        }
        if let Some(provision) = &self.provision {
            write!(f, "/~{provision}")?;
        }
        Ok(())
    }
}

impl FromStr for Address {
    type Err = ParseAddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseAddressError(text.chars().take(120).collect());
        let (place, provision) = match text.split_once("/~").or_else(|| text.split_once('#')) {
            Some((place, id)) => (place, Some(id.parse().map_err(|_| error())?)),
            None => (text, None),
        };
        let place = place.strip_suffix('/').unwrap_or(place);
        if place.contains('@') {
            let expression: ExpressionUri = place.parse().map_err(|_| error())?;
            return Ok(Self { work: expression.work().clone(), expression: Some(expression), provision });
        }
        Ok(Self { work: place.parse().map_err(|_| error())?, expression: None, provision })
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_survive_the_round_trip() {
        for text in [
            "/akn/gb/act/2010/23",
            "/akn/gb/act/2010/23/~sec_6",
            "/akn/gb/act/2010/23/eng@2010-04-08",
            "/akn/gb/act/2010/23/eng@2010-04-08.2/~sec_6",
            "/akn/fr/act/code/nd/code-penal/fra@/~art_432-11",
        ] {
            assert_eq!(text.parse::<Address>().map(|a| a.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(
            "/akn/gb/act/2010/23#sec_6".parse::<Address>().map(|a| a.to_string()).as_deref(),
            Ok("/akn/gb/act/2010/23/~sec_6")
        );
    }

    #[test]
    fn what_is_no_address_says_how_to_write_one() {
        for text in ["", "bribery", "/akn/gb", "/akn/gb/act/2010/23/~", "/akn/gb/act/2010/23/~Sec 6"] {
            assert!(
                text.parse::<Address>().expect_err(text).to_string().contains("/akn/gb/act/2010/23"),
                "{text}"
            );
        }
    }
}
