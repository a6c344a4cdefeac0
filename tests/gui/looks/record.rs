//! What every picture looked like when somebody last looked at it: one file per language in `tests/looks`, one line per
//! picture, the SHA-256 of its pixels and its name. Nothing is recorded unless CUTOVER_WRITE_LOOKS is 1.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use iced::Size;
use sha2::{Digest, Sha256};

/// The variable that lets pictures be recorded.
const WRITE: &str = "CUTOVER_WRITE_LOOKS";

/// The pictures of a language.
pub struct Record {
    file: PathBuf,
    known: BTreeMap<String, String>,
    taken: BTreeMap<String, String>,
    differ: Vec<String>,
}

impl Record {
    /// What is on record.
    pub fn of(language: &str) -> Record {
        let file = root().join(format!("tests/looks/{language}.sha256"));
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let known = text.lines().filter_map(|line| line.split_once("  "));
        let known = known.map(|(hash, name)| (name.to_owned(), hash.to_owned())).collect();
        Record { file, known, taken: BTreeMap::new(), differ: Vec::new() }
    }

    /// Compares a picture. One that is new or differs is left for looking at.
    pub fn take(&mut self, name: String, (extent, rgba): (Size<u32>, Vec<u8>)) {
        let hash = Sha256::new().chain_update(extent.width.to_be_bytes()).chain_update(&rgba).finalize();
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        if self.known.get(&name) != Some(&hash) {
            let language = self.file.file_stem().unwrap().to_string_lossy();
            let picture = save(&format!("{language}-{name}"), extent, &rgba);
            let what = if self.known.contains_key(&name) { "differs from" } else { "is not on" };
            self.differ.push(format!("{name} {what} record: see {}", picture.display()));
        }
        assert!(self.taken.insert(name.clone(), hash).is_none(), "{name} was taken twice");
    }

    /// Fails if anything is not as it is on record, or writes the record if that is wanted.
    pub fn close(self) {
        if std::env::var(WRITE).is_ok_and(|value| value == "1") {
            let lines: String = self.taken.iter().map(|(name, hash)| format!("{hash}  {name}\n")).collect();
            return std::fs::write(&self.file, lines).unwrap();
        }
        let gone = self.known.keys().filter(|name| !self.taken.contains_key(*name));
        let gone: Vec<String> = gone.map(|name| format!("{name} is on record but was not taken")).collect();
        let file = self.file.display();
        assert!(
            self.differ.is_empty() && gone.is_empty(),
            "{file}: {:#?}\nIf all is as it should be, run again with {WRITE}=1.",
            [self.differ, gone].concat()
        );
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Leaves a picture for looking at. Answers where.
pub fn save(name: &str, extent: Size<u32>, rgba: &[u8]) -> PathBuf {
    let file = root().join(format!("target/looks/{name}.png"));
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let mut encoder = png::Encoder::new(std::fs::File::create(&file).unwrap(), extent.width, extent.height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header().unwrap().write_image_data(rgba).unwrap();
    file
}
