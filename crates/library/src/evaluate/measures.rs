//! The arithmetic of relevance.

/// The mean; 0 of nothing.
pub(super) fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values {
        sum += value;
        count += 1;
    }
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

/// Normalised discounted cumulative gain over the first `depth` places: `grades` as they came, against `ideal`, every
/// grade there is in any order. 0 where nothing is judged.
pub(super) fn ndcg(grades: &[u8], ideal: &[u8], depth: usize) -> f64 {
    let mut best = ideal.to_vec();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = gain(&best, depth);
    if ideal > 0.0 { gain(grades, depth) / ideal } else { 0.0 }
}

fn gain(grades: &[u8], depth: usize) -> f64 {
    let discounted = |(place, &grade): (usize, &u8)| f64::from(grade) / (place as f64 + 2.0).log2();
    grades.iter().take(depth).enumerate().map(discounted).sum()
}

/// Whether a query is of the half that nothing is tuned on: by a hash of what is typed, FNV-1a.
pub(super) fn is_held_out(text: &str) -> bool {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // Texts that differ in their last letter differ in the low bits alone.
    (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 63 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ideal_order_has_the_whole_gain() {
        assert!((ndcg(&[2, 2, 1], &[1, 2, 2], 10) - 1.0).abs() < 1e-9);
        assert!(ndcg(&[1, 2, 2], &[1, 2, 2], 10) < 1.0);
        assert!(ndcg(&[0, 0, 2], &[2], 10) < ndcg(&[0, 2, 0], &[2], 10));
        assert!(ndcg(&[], &[], 10).abs() < 1e-9);
    }

    #[test]
    fn only_so_many_places_count() {
        assert!(ndcg(&[0, 0, 2], &[2], 2).abs() < 1e-9);
        // More than fit in the depth are not asked for.
        assert!((ndcg(&[2, 2], &[2, 2, 2, 2], 2) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_mean_of_nothing_is_nothing() {
        assert!(mean([]).abs() < 1e-9);
        assert!((mean([1.0, 0.0]) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn about_half_is_held_out() {
        let held = (0..1_000).filter(|number| is_held_out(&format!("query {number}"))).count();
        assert!((400..=600).contains(&held), "help: {held} of 1000 are held out");
    }
}
