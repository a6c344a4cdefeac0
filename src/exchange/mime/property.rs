//! Short hands for setting properties.

use bytes::Bytes;

use crate::mapi::{Properties, Type, Value, time};

/// Sets a text.
pub fn text(of: &mut impl Properties, id: u16, text: impl Into<String>) {
    of.set(id, Type::UNICODE_CODEPAGE, Value::Unicode(text.into()));
}

/// Sets a number.
pub fn number(of: &mut impl Properties, id: u16, number: i32) {
    of.set(id, Type::I32, Value::I32(number));
}

/// Sets a yes or no.
pub fn flag(of: &mut impl Properties, id: u16, flag: bool) {
    of.set(id, Type::BOOL, Value::Bool(flag));
}

/// Sets bytes.
pub fn bytes(of: &mut impl Properties, id: u16, data: Vec<u8>) {
    of.set(id, Type::BINARY, Value::Binary(Bytes::from(data)));
}

/// Sets a time, in seconds since 1970 UTC.
pub fn seconds(of: &mut impl Properties, id: u16, seconds: i64) {
    of.set(id, Type::TIME, Value::Time(time::filetime_from_unix(seconds, 0)));
}
