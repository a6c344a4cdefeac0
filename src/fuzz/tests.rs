//! Every target over its stored corpus, over a few thousand mutations of it that are the same in every run, and over
//! shapes that are too deep or too long to be stored.

mod mutate;
mod shapes;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::{TARGETS, Target};
use mutate::Mutator;

/// Mutations of each target's corpus.
const MUTATIONS: u64 = 2_000;
/// The most files of one target, and the most bytes of one file.
const FILES: usize = 40;
const FILE_BYTES: usize = 4096;
/// The stack of the threads that the program's parsers run on, in bytes.
const STACK: usize = 2 * 1024 * 1024;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/fuzz")
}

/// The stored inputs of a target with their names, in the order of these.
fn corpus(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = folder().join(name);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let named = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|file| (named(file), std::fs::read(file).unwrap())).collect()
}

/// Runs a target on a thread like the program's own, and says which input it failed on.
fn run(name: &'static str, target: Target, inputs: impl Iterator<Item = (String, Vec<u8>)> + Send + 'static) {
    let work = move || {
        for (what, input) in inputs {
            if catch_unwind(AssertUnwindSafe(|| target(&input))).is_err() {
                let shown = input.escape_ascii().to_string();
                panic!("{name} failed on {what}: {}", &shown[..shown.len().min(FILE_BYTES)]);
            }
        }
    };
    let thread = std::thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(work).unwrap();
    if let Err(cause) = thread.join() {
        std::panic::resume_unwind(cause);
    }
}

/// Half of the targets on another thread.
fn each(work: impl Fn(&'static str, Target) + Sync) {
    let (first, second) = TARGETS.split_at(TARGETS.len() / 2);
    std::thread::scope(|scope| {
        scope.spawn(|| first.iter().for_each(|(name, target)| work(name, *target)));
        second.iter().for_each(|(name, target)| work(name, *target));
    });
}

#[test]
fn the_stored_corpus_is_read_without_a_panic() {
    each(|name, target| run(name, target, corpus(name).into_iter()));
}

#[test]
fn mutations_of_the_corpus_are_read_without_a_panic() {
    each(|name, target| {
        let seeds = corpus(name).into_iter().map(|(_, input)| input).collect();
        let mut mutator = Mutator::new(name, seeds);
        run(name, target, (0..MUTATIONS).map(move |number| (format!("mutation {number}"), mutator.next_input())));
    });
}

#[test]
fn deep_and_long_inputs_are_read_without_a_panic() {
    each(|name, target| run(name, target, shapes::of(name)));
}

#[test]
fn the_corpus_is_small_and_each_folder_is_a_targets() {
    let folders = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    let mut found: Vec<String> = folders
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    found.sort();
    let mut names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(found, names);
    for name in names {
        let files = corpus(name);
        assert!((3..=FILES).contains(&files.len()), "{name} has {} files", files.len());
        for (file, bytes) in files {
            assert!(bytes.len() <= FILE_BYTES, "{name}/{file} has {} bytes", bytes.len());
        }
    }
}
