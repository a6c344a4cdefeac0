//! Values in a form in which equal content is equal bytes, whatever its spelling in the stream: string types and
//! widths of integers do not matter, nor does the order of properties; an empty value is as good as none.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::form::Form;
use crate::mapi::text::{from_utf16le_lossy, from_windows_1252};
use crate::mapi::{NamedId, Properties, Property, Type, Value};

/// What is to be hashed: entries in the order of their keys, then parts in their own order. Values of properties stay
/// where they are until then.
#[derive(Debug, Default)]
pub(super) struct Record<'a> {
    entries: BTreeMap<Vec<u8>, Form<'a>>,
    parts: Vec<Vec<u8>>,
}

impl<'a> Record<'a> {
    /// Takes an entry, unless it is empty. The first of a key counts.
    pub(super) fn put(&mut self, key: Vec<u8>, value: Form<'a>) {
        if !value.is_empty() {
            self.entries.entry(key).or_insert(value);
        }
    }

    /// Takes a property under its name or id, unless it is empty.
    pub(super) fn property(&mut self, property: &'a Property) {
        self.put(key(property), Form::of(property));
    }

    /// Takes a text, unless it is empty.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.put(key.into(), Form::Bytes(text.into()));
        }
    }

    /// Takes a number.
    pub(super) fn number(&mut self, key: &str, number: i64) {
        self.put(key.into(), Form::Bytes(number.to_le_bytes().to_vec()));
    }

    /// Takes a part whose place among the parts matters.
    pub(super) fn part(&mut self, part: &[u8]) {
        self.parts.push(part.to_vec());
    }

    /// SHA-256 of everything, each piece with its length.
    pub(super) fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for (key, value) in &self.entries {
            hash.update((key.len() as u64).to_le_bytes());
            hash.update(key);
            hash.update(value.len().to_le_bytes());
            value.write(&mut |bytes| hash.update(bytes));
        }
        for part in &self.parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
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

/// The text of a string, without NULs at its end; `None` if it is no string.
pub(super) fn text(kind: Type, value: &Value) -> Option<String> {
    let found = match (kind, value) {
        (Type::UNICODE | Type::UNICODE_CODEPAGE, Value::Raw(bytes)) => from_utf16le_lossy(bytes),
        (Type::BOOL, _) => return None,
        (kind, Value::Long(long)) => return text(kind, &long.to_value()?),
        (_, Value::Raw(bytes)) => from_windows_1252(bytes),
        (_, value) => value.text()?.into_owned(),
    };
    Some(found.trim_end_matches('\0').to_owned())
}
