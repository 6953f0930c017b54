//! Taking a text out of what is found and shown, and bringing it back.

use std::fmt;

use merida_store::{ExpressionRecord, Target};
use serde::Serialize;

use crate::indexed::Update;
use crate::{Address, Error, Library, Timestamp};

/// What is to be withdrawn or brought back.
#[derive(Clone, Debug)]
pub struct WithdrawRequest {
    /// A work, with all that comes of it later, or one version of it.
    pub address: Address,
    /// Why; readers see it. Not read where `undo` is set.
    pub reason: String,
    /// Who; goes into the event log.
    pub by: String,
    /// Whether to bring it back instead.
    pub undo: bool,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WithdrawReport {
    /// The work or version.
    pub address: Address,
    /// Whether it is withdrawn now.
    pub withdrawn: bool,
    /// Whether that is new.
    pub changed: bool,
}

/// What stands in the place of something withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tombstone {
    /// What was withdrawn: a work or a version of it.
    pub address: Address,
    /// Its title.
    pub title: String,
    /// When: `2026-11-23T20:31:08Z`.
    pub withdrawn_at: String,
    /// Why.
    pub reason: String,
    /// What to look at instead, where its source reads as that now.
    pub successor: Option<Address>,
}

impl Tombstone {
    /// What stands in the place of `record`, if it is withdrawn.
    pub(crate) fn of(record: &ExpressionRecord) -> Option<Box<Self>> {
        let withdrawal = record.withdrawn.as_ref()?;
        let uri = &record.expression.uri;
        Some(Box::new(Self {
            address: if withdrawal.whole_work {
                Address::of_work(uri.work())
            } else {
                Address::of_expression(uri)
            },
            title: record.expression.title.clone(),
            withdrawn_at: withdrawal.at.clone(),
            reason: withdrawal.reason.clone(),
            successor: withdrawal.successor.as_ref().map(Address::of_expression),
        }))
    }

    /// The day on which it was withdrawn: `2026-11-23`.
    pub fn day(&self) -> &str {
        self.withdrawn_at.split('T').next().unwrap_or_default()
    }
}

impl fmt::Display for Tombstone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, title, reason, successor, .. } = self;
        write!(f, "{address} ({title}) was withdrawn on {}: {reason}", self.day())?;
        match successor {
            Some(successor) => write!(f, "; see {successor}"),
            None => Ok(()),
        }
    }
}

impl Library {
    /// Takes a work or a version of it out of what is found and shown, or brings it back. Text, tags and original file
    /// stay kept either way. What is withdrawn already, or is not, is left as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] if nothing is kept there; [`Error::Request`] for a provision, which cannot be withdrawn.
    pub async fn withdraw(&self, request: WithdrawRequest, at: Timestamp) -> Result<WithdrawReport, Error> {
        let WithdrawRequest { address, reason, by, undo } = request;
        if address.provision.is_some() {
            let whole = Address { provision: None, ..address };
            return Err(Error::Request(format!("a provision stands and falls with its text: give {whole}")));
        }
        let target = match &address.expression {
            Some(uri) => Target::Expression(uri.clone()),
            None => Target::Work(address.work.clone()),
        };
        let by = if by.is_empty() { "a curator" } else { by.as_str() };
        let done = if undo {
            self.store().restore(&target, at, by).await
        } else {
            self.store().withdraw(&target, reason.trim(), at, by).await
        };
        let changed = match done {
            Ok(sequence) => sequence.is_some(),
            Err(merida_store::Error::NotKept(_)) => return Err(Error::NotFound(address.to_string())),
            Err(error) => return Err(error.into()),
        };
        self.indexed().update(self.store(), Update::CatchUp, &|_, _| ()).await?;
        Ok(WithdrawReport { address, withdrawn: !undo, changed })
    }
}
