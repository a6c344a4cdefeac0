//! Values in a form in which equal content is equal bytes, whatever its spelling in the stream: string types and
//! widths of integers do not matter, nor does the order of properties; an empty value is as good as none.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::mapi::text::{from_utf16le_lossy, from_windows_1252};
use crate::mapi::{NamedId, Properties, Property, Type, Value, pid};

/// The code page of Western Europe.
const WINDOWS_1252: u16 = 1252;

/// What is to be hashed: entries in the order of their keys, then parts in their own order.
#[derive(Debug, Default)]
pub(super) struct Record {
    entries: BTreeMap<Vec<u8>, Vec<u8>>,
    parts: Vec<Vec<u8>>,
}

impl Record {
    /// Takes an entry. The first of a key counts.
    pub(super) fn put(&mut self, key: Vec<u8>, value: Vec<u8>) {
        self.entries.entry(key).or_insert(value);
    }

    /// Takes a property under its name or id, unless it is empty.
    pub(super) fn property(&mut self, property: &Property) {
        if let Some(value) = canonical(property) {
            self.put(key(property), value);
        }
    }

    /// Takes a text, unless it is empty.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.put(key.into(), text.into());
        }
    }

    /// Takes a number.
    pub(super) fn number(&mut self, key: &str, number: i64) {
        self.put(key.into(), number.to_le_bytes().to_vec());
    }

    /// Takes a part whose place among the parts matters.
    pub(super) fn part(&mut self, part: &[u8]) {
        self.parts.push(part.to_vec());
    }

    /// SHA-256 of everything, each piece with its length.
    pub(super) fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        let mut piece = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        for (key, value) in &self.entries {
            piece(key);
            piece(value);
        }
        self.parts.iter().for_each(|part| piece(part));
        hash.update((self.entries.len() as u64).to_le_bytes());
        hash.finalize().into()
    }
}

fn key(property: &Property) -> Vec<u8> {
    match &property.name {
        None => property.tag.id().to_le_bytes().to_vec(),
        Some(name) => match &name.id {
            NamedId::Lid(number) => [&name.set[..], &[0], &number.to_le_bytes()].concat(),
            NamedId::Text(text) => [&name.set[..], &[1], text.as_bytes()].concat(),
        },
    }
}

/// The text of a string property, without NULs at its end; `None` if there is none or it is no string.
pub(super) fn text_of(of: &impl Properties, id: u16) -> Option<String> {
    let property = of.list().iter().find(|property| property.name.is_none() && property.tag.id() == id)?;
    text(property.tag.kind(), &property.value)
}

fn text(kind: Type, value: &Value) -> Option<String> {
    let text = match (kind, value) {
        (Type::UNICODE | Type::UNICODE_CODEPAGE, Value::Raw(bytes)) => from_utf16le_lossy(bytes),
        (Type::BOOL, _) => return None,
        (_, Value::Raw(bytes)) => from_windows_1252(bytes),
        (_, value) => value.text()?.into_owned(),
    };
    Some(text.trim_end_matches('\0').to_owned())
}

/// The canonical bytes of a property's value; `None` if it is empty.
pub(super) fn canonical(property: &Property) -> Option<Vec<u8>> {
    if property.name.is_none() && property.tag.id() == pid::HTML {
        return html(property);
    }
    let bytes = value(property.tag.kind(), &property.value);
    // One byte is the kind's letter.
    Some(bytes).filter(|bytes| bytes.len() > 1)
}

/// HTML is bytes in one place and text in another.
fn html(property: &Property) -> Option<Vec<u8>> {
    let mut bytes = match property.value.binary() {
        Some(bytes) => bytes.to_vec(),
        None => text(property.tag.kind(), &property.value)?.into_bytes(),
    };
    bytes.truncate(bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1));
    Some(bytes).filter(|bytes| !bytes.is_empty())
}

/// A letter for the kind, then the value.
fn value(kind: Type, value_: &Value) -> Vec<u8> {
    let tagged = |letter: u8, bytes: &[u8]| [&[letter], bytes].concat();
    if let Value::Bytes8(bytes) = value_
        && kind.code_page().is_some_and(|page| page != WINDOWS_1252)
        && !bytes.is_ascii()
    {
        return tagged(b'8', bytes);
    }
    if let Some(text) = text(kind, value_) {
        return tagged(b's', text.as_bytes());
    }
    if let Some(number) = value_.integer() {
        return tagged(b'n', &number.to_le_bytes());
    }
    match value_ {
        Value::F32(n) => tagged(b'f', &f64::from(*n).to_le_bytes()),
        Value::F64(n) | Value::AppTime(n) => tagged(b'f', &n.to_le_bytes()),
        Value::Currency(n) => tagged(b'c', &n.to_le_bytes()),
        Value::Error(code) => tagged(b'e', &code.to_le_bytes()),
        Value::Time(filetime) => tagged(b't', &filetime.to_le_bytes()),
        Value::Guid(guid) => tagged(b'g', guid),
        Value::Multi(values) => multi(kind, values),
        // A boolean that is neither 0 nor 1 is true.
        Value::Raw(_) => tagged(b'n', &1_i64.to_le_bytes()),
        other => tagged(b'x', other.binary().map_or(&[], |bytes| bytes)),
    }
}

fn multi(kind: Type, values: &[Value]) -> Vec<u8> {
    let single = Type(kind.0 & !Type::MULTI);
    let mut bytes = vec![b'm'];
    for each in values.iter().map(|each| value(single, each)) {
        bytes.extend((each.len() as u64).to_le_bytes());
        bytes.extend(each);
    }
    bytes
}
