//! What an index holds, text by text: for comparing it with the store.

use std::collections::HashMap;

use merida_law::ExpressionUri;

use super::Index;

impl Index {
    /// How many provisions it holds of each expression; expressions of which it holds none are left out.
    pub fn holdings(&self) -> HashMap<ExpressionUri, usize> {
        let snapshot = self.snapshot();
        let mut counts = vec![0_usize; snapshot.cards.len()];
        for segment in &snapshot.segments {
            for doc in segment.reader.doc_ids_alive() {
                // A number that no card has does not load.
                if let Some(count) =
                    segment.expression.get(doc as usize).and_then(|number| counts.get_mut(*number as usize))
                {
                    *count += 1;
                }
            }
        }
        let mut holdings = HashMap::new();
        // An expression that was put again has a card of each time.
        for (card, count) in snapshot.cards.iter().zip(counts).filter(|(_, count)| *count > 0) {
            *holdings.entry(card.expression.clone()).or_default() += count;
        }
        holdings
    }
}
