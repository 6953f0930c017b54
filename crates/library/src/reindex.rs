//! Building the index anew from what is kept.

use std::time::Instant;

use serde::Serialize;

use crate::indexed::Update;
use crate::{Error, Library};

/// What a rebuilding of the index did.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReindexReport {
    /// Expressions put in.
    pub expressions: u64,
    /// How long it took, in seconds.
    pub seconds: f64,
}

impl Library {
    /// Builds the index anew. `progress` hears how many expressions are done, of how many.
    ///
    /// # Errors
    /// If the store cannot be read or the index not written.
    pub async fn reindex(
        &self,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<ReindexReport, Error> {
        let started = Instant::now();
        let updated = self.indexed().update(self.store(), Update::Rebuild, &progress).await?;
        Ok(ReindexReport { expressions: updated.expressions, seconds: started.elapsed().as_secs_f64() })
    }
}
