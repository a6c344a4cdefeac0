//! One program for all targets: `FUZZ_TARGET` says which of [`cutover::fuzz::TARGETS`] gets the bytes. Beside a panic and
//! a hang it stops at an input that takes far more memory than its length explains.
#![no_main]

use std::alloc::System;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

/// The most bytes that one input may make a parser allocate, freed ones included: inputs have at most 8 KiB.
const ALLOCATED: usize = 64 * 1024 * 1024;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The target asked for.
static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let asked = std::env::var("FUZZ_TARGET").unwrap_or_default();
    let found = cutover::fuzz::TARGETS.iter().find(|(name, _)| *name == asked);
    let target = found.unwrap_or_else(|| panic!("FUZZ_TARGET is «{asked}», which is no target")).1;
    target(b"0"); // What a target makes once is not the first input's.
    target
});

fuzz_target!(|data: &[u8]| {
    let target = *TARGET;
    let region = Region::new(ALLOCATOR);
    target(data);
    let allocated = region.change().bytes_allocated;
    assert!(allocated <= ALLOCATED, "{allocated} bytes allocated for {} of input", data.len());
});
