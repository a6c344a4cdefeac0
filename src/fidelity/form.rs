//! A value's canonical bytes, made while they are hashed: a letter for the kind, then the value. HTML is bytes in one
//! place and text in another and has no letter.

use std::borrow::Cow;

use super::canonical::text;
use crate::mapi::text::{from_windows_1252, utf16le_lossy};
use crate::mapi::{Long, Property, Type, Value, pid};

/// The code page of Western Europe.
const WINDOWS_1252: u16 = 1252;
/// Text handed on at once, in bytes.
const PIECE: usize = 4096;

/// Who takes the bytes, in order.
type Taker<'t> = &'t mut dyn FnMut(&[u8]);

/// A value in canonical form.
#[derive(Debug)]
pub(super) enum Form<'a> {
    /// Already made.
    Bytes(Vec<u8>),
    /// Of a property with this type.
    Value(Type, &'a Value),
    /// Of the HTML body with this type.
    Html(Type, &'a Value),
}

impl<'a> Form<'a> {
    /// That of a property's value.
    pub(super) fn of(property: &'a Property) -> Form<'a> {
        match property.name.is_none() && property.tag.id() == pid::HTML {
            true => Form::Html(property.tag.kind(), &property.value),
            false => Form::Value(property.tag.kind(), &property.value),
        }
    }

    /// Whether it says nothing: an empty value is as good as none.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Form::Bytes(bytes) => bytes.is_empty(),
            // One byte is the kind's letter.
            Form::Value(..) => self.len() <= 1,
            Form::Html(..) => self.len() == 0,
        }
    }

    /// Its length in bytes.
    pub(super) fn len(&self) -> u64 {
        length(|taker| self.write(taker))
    }

    /// Hands on its bytes.
    pub(super) fn write(&self, taker: Taker<'_>) {
        match self {
            Form::Bytes(bytes) => taker(bytes),
            Form::Value(kind, value) => write(*kind, value, taker),
            Form::Html(kind, value) => html(*kind, value, taker),
        }
    }
}

fn length(write: impl FnOnce(Taker<'_>)) -> u64 {
    let mut length = 0;
    write(&mut |bytes: &[u8]| length += bytes.len() as u64);
    length
}

fn html(kind: Type, value: &Value, taker: Taker<'_>) {
    match value {
        Value::Long(long) if is_bytes(long.kind()) => {
            let zeros = long.pieces().fold(0, |zeros, piece| match piece.iter().rposition(|byte| *byte != 0) {
                Some(last) => piece.len() - last - 1,
                None => zeros + piece.len(),
            });
            let mut left = long.pieces().map(<[u8]>::len).sum::<usize>() - zeros;
            for piece in long.pieces() {
                let piece = &piece[..piece.len().min(left)];
                left -= piece.len();
                taker(piece);
            }
        }
        Value::Long(long) => long_text(long, taker),
        value => {
            let bytes = match value.binary() {
                Some(bytes) => Cow::Borrowed(&bytes[..]),
                None => Cow::Owned(text(kind, value).unwrap_or_default().into_bytes()),
            };
            taker(&bytes[..bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1)]);
        }
    }
}

fn write(kind: Type, value: &Value, taker: Taker<'_>) {
    let mut tagged = |letter: u8, bytes: &[u8]| {
        taker(&[letter]);
        taker(bytes);
    };
    match value {
        Value::Long(long) => return write_long(long, taker),
        Value::Bytes8(bytes) if is_foreign(kind) && !bytes.is_ascii() => return tagged(b'8', bytes),
        _ => {}
    }
    if let Some(text) = text(kind, value) {
        return tagged(b's', text.as_bytes());
    }
    if let Some(number) = value.integer() {
        return tagged(b'n', &number.to_le_bytes());
    }
    match value {
        Value::F32(n) => tagged(b'f', &f64::from(*n).to_le_bytes()),
        Value::F64(n) | Value::AppTime(n) => tagged(b'f', &n.to_le_bytes()),
        Value::Currency(n) => tagged(b'c', &n.to_le_bytes()),
        Value::Error(code) => tagged(b'e', &code.to_le_bytes()),
        Value::Time(filetime) => tagged(b't', &filetime.to_le_bytes()),
        Value::Guid(guid) => tagged(b'g', guid),
        Value::Multi(values) => multi(kind, values, taker),
        // A boolean that is neither 0 nor 1 is true.
        Value::Raw(_) => tagged(b'n', &1_i64.to_le_bytes()),
        other => tagged(b'x', other.binary().map_or(&[], |bytes| bytes)),
    }
}

fn multi(kind: Type, values: &[Value], taker: Taker<'_>) {
    let single = Type(kind.0 & !Type::MULTI);
    taker(b"m");
    for value in values {
        taker(&length(|taker| write(single, value, taker)).to_le_bytes());
        write(single, value, taker);
    }
}

/// The same bytes as of the value in memory.
fn write_long(long: &Long, taker: Taker<'_>) {
    if is_bytes(long.kind()) {
        taker(b"x");
        return long.pieces().for_each(taker);
    }
    let ends_with_nul = long.pieces().last().is_some_and(|piece| piece.ends_with(&[0]));
    if !is_wide(long.kind()) && is_foreign(long.kind()) && ends_with_nul && !long.pieces().all(<[u8]>::is_ascii) {
        taker(b"8");
        let mut left = long.pieces().map(<[u8]>::len).sum::<usize>() - 1;
        for piece in long.pieces() {
            let piece = &piece[..piece.len().min(left)];
            left -= piece.len();
            taker(piece);
        }
        return;
    }
    taker(b"s");
    long_text(long, taker);
}

/// The text of a long string as UTF-8, without NULs at its end.
fn long_text(long: &Long, taker: Taker<'_>) {
    match is_wide(long.kind()) {
        true => utf8(utf16le_lossy(long.pieces().flatten().copied()), taker),
        false => utf8(long.pieces().flat_map(|piece| piece.chunks(PIECE)).flat_map(western), taker),
    }
}

fn western(piece: &[u8]) -> Vec<char> {
    from_windows_1252(piece).chars().collect()
}

fn utf8(text: impl Iterator<Item = char>, taker: Taker<'_>) {
    let mut piece = String::with_capacity(PIECE + 4);
    let mut put = |letter: char| {
        piece.push(letter);
        if piece.len() >= PIECE {
            taker(piece.as_bytes());
            piece.clear();
        }
    };
    let mut nuls = 0_usize;
    for letter in text {
        if letter == '\0' {
            nuls += 1;
            continue;
        }
        (0..std::mem::take(&mut nuls)).for_each(|_| put('\0'));
        put(letter);
    }
    taker(piece.as_bytes());
}

fn is_wide(kind: Type) -> bool {
    matches!(kind, Type::UNICODE | Type::UNICODE_CODEPAGE)
}

fn is_bytes(kind: Type) -> bool {
    !is_wide(kind) && kind != Type::STRING8 && kind.code_page().is_none()
}

/// Whether it is a string in a code page that is not read here.
fn is_foreign(kind: Type) -> bool {
    kind.code_page().is_some_and(|page| page != WINDOWS_1252)
}
