//! The program: options and log.

fn main() {}
