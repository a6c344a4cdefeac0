//! The streams of the corpus: a few that lie beside these tests, and all where the shared folder is.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use cutover::mapi::Item;
use cutover::mapi::stream::{self, DecodeError, Listed};
use serde_json::Value as Json;

/// A stream of the corpus.
pub struct Stream {
    /// Such as `055` or `variants/055.options02`.
    pub name: String,
    pub bytes: Vec<u8>,
    /// What an independent route said about it; variants have none of their own.
    pub description: Option<Json>,
}

/// What a stream turned out to be.
#[derive(Debug, PartialEq)]
pub enum Decoded {
    Item(Item),
    List(Vec<Listed>),
}

impl Stream {
    /// Whether it is a message list.
    pub fn is_list(&self) -> bool {
        self.name.ends_with("messagelist")
    }

    /// Reads these bytes, which may be damaged, as this stream's kind.
    pub fn decode_as(&self, bytes: &[u8]) -> Result<Decoded, DecodeError> {
        if self.is_list() {
            stream::decode_list(bytes).map(Decoded::List)
        } else {
            stream::decode(bytes).map(Decoded::Item)
        }
    }

    /// The item, or the first message.
    pub fn item(&self) -> Item {
        match self.decode_as(&self.bytes).unwrap() {
            Decoded::Item(item) => item,
            Decoded::List(list) => list.into_iter().next().unwrap().item,
        }
    }
}

impl Decoded {
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Decoded::Item(item) => stream::encode(item).unwrap(),
            Decoded::List(list) => stream::encode_list(list).unwrap(),
        }
    }
}

/// The folder of the whole corpus, if it is there.
pub fn shared_folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let folder = named_folder().unwrap_or_else(beside).join("fxstream");
    folder.is_dir().then_some(folder)
}

fn named_folder() -> Option<PathBuf> {
    std::env::var_os("CUTOVER_CORPORA").map(PathBuf::from)
}

/// Says that only the small part of the corpus was read (past the test harness, which shows what failed tests print only);
/// a failure where a folder was named.
#[allow(clippy::explicit_write)]
pub fn say_what_is_left_out() {
    if shared_folder().is_none() {
        let words =
            "left out: the whole fast transfer corpus (CUTOVER_CORPORA); only tests/corpora/fxstream was read";
        writeln!(std::io::stderr(), "{words}").unwrap();
        assert!(named_folder().is_none(), "CUTOVER_CORPORA names a folder without fxstream");
    }
}

/// All streams there are, by name.
pub fn streams() -> Vec<Stream> {
    let mut all = BTreeMap::new();
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/fxstream");
    for folder in [Some(bundled), shared_folder()].into_iter().flatten() {
        read_folder(&folder, "", &mut all);
        read_folder(&folder.join("variants"), "variants/", &mut all);
    }
    assert!(all.len() >= 40, "the bundled streams are there");
    all.into_values().collect()
}

fn read_folder(folder: &Path, prefix: &str, all: &mut BTreeMap<String, Stream>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Some(stem) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".fts")) else { continue };
        let name = format!("{prefix}{stem}");
        let bytes = std::fs::read(&path).unwrap();
        let description = std::fs::read(path.with_extension("json")).ok();
        let description = description.map(|json| serde_json::from_slice(&json).unwrap());
        assert_eq!(description.is_some(), prefix.is_empty(), "{name}");
        all.insert(name.clone(), Stream { name, bytes, description });
    }
}
