//! The one binary, `merida`.

fn main() {}
